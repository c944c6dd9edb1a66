//! Findings for people: the sentence, the line with a caret, and the remedy.
//!
//! In: located findings. Out: text, with colour codes only where asked for.

use super::{Located, Severity, Spot, printable};
use crate::source::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;

/// Longest piece of a source line that is shown; the rest adds nothing and can be megabytes.
const SHOWN: usize = 400;

/// Whether the text may hold colour codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For a terminal.
    Yes,
    /// For a file or a pipe.
    No,
}

/// Prints findings, a paragraph each, the most urgent first.
pub fn render(findings: &[Located<'_>], colour: Colour) -> String {
    let renderer = match colour {
        Colour::Yes => Renderer::styled(),
        Colour::No => Renderer::plain(),
    };
    let mut sorted: Vec<&Located<'_>> = findings.iter().collect();
    // A stable sort: those of one urgency keep the order of the report.
    sorted.sort_by_key(|found| found.urgency());
    let mut out = String::new();
    for found in sorted {
        out.push_str(&one(found, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(found: &Located<'_>, renderer: &Renderer) -> String {
    let finding = &found.finding;
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = in_one_line(&finding.message);
    let title = level.primary_title(message).id(finding.code.name());
    let mut group = add_spot(Group::with_title(title), &found.spot, &finding.label, AnnotationKind::Primary);
    for ((_, what), spot) in finding.also.iter().zip(&found.also) {
        group = add_spot(group, spot, what, AnnotationKind::Context);
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(in_one_line(help)));
    }
    renderer.render(&[group])
}

fn add_spot<'a>(group: Group<'a>, spot: &'a Spot<'_>, label: &str, kind: AnnotationKind) -> Group<'a> {
    if !spot.in_text {
        let group = group.element(Origin::path(printable(&spot.file.path)));
        return if label.is_empty() { group } else { group.element(Level::NOTE.message(in_one_line(label))) };
    }
    let (text, line, span) = excerpt(spot);
    let mut annotation = kind.span(span.range());
    if !label.is_empty() {
        annotation = annotation.label(in_one_line(label));
    }
    group.element(
        Snippet::source(text).path(printable(&spot.file.path)).line_start(line).annotation(annotation),
    )
}

/// The lines around a spot, the first line's number, and the spot within them.
///
/// Only these lines go to the printer, so that a finding in a huge file stays cheap.
fn excerpt<'a>(spot: &Spot<'a>) -> (Cow<'a, str>, usize, Span) {
    let text = spot.file.text;
    let span = spot.span.range();
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    // One line is enough to find a place; a range that goes on is marked to its line's end.
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let line = text[start..end].trim_end_matches('\r');
    let in_line = Span::new(span.start - start, span.end.min(end) - start).clamp(line);
    let (line, in_line) = window(line, in_line);
    let (line, in_line) = without_controls(line, in_line);
    (line, spot.from.line, in_line)
}

/// Cuts an overlong line to the part around the span.
fn window(line: &str, span: Span) -> (&str, Span) {
    if line.len() <= SHOWN {
        return (line, span);
    }
    let from = (span.start as usize).saturating_sub(SHOWN / 4);
    let cut = Span::new(from, from + SHOWN).clamp(line);
    let shift = cut.start as usize;
    let end = span.end.min(cut.end) as usize;
    let cut_text = &line[cut.range()];
    (cut_text, Span::new(span.start as usize - shift, end.max(span.start as usize) - shift).clamp(cut_text))
}

/// Shows control characters as pictures: they must not reach a terminal.
fn without_controls(line: &str, span: Span) -> (Cow<'_, str>, Span) {
    match visible(line) {
        Cow::Borrowed(same) => (Cow::Borrowed(same), span),
        Cow::Owned(shown) => {
            let start = visible(&line[..span.start as usize]).len();
            let end = visible(&line[..span.end as usize]).len();
            (Cow::Owned(shown), Span::new(start, end))
        }
    }
}

/// Words of a finding. They may hold names of files, and a line break in one of them could begin a line
/// that a program which reads the log obeys.
pub(super) fn in_one_line(text: &str) -> String {
    visible(text).replace('\n', "\\u{a}")
}

/// The text of a file, with one visible character for each that is hidden.
fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| !matches!(c, '\n' | '\t') && super::hidden(c);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match c {
        '\u{0}'..='\u{1f}' if hidden(c) => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        c if hidden(c) => '\u{fffd}',
        c => c,
    });
    Cow::Owned(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}\u{200b}"), "a\u{241b}[2Jb\u{fffd}\u{fffd}");
        assert!(matches!(visible("Київ\tx\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = "x".repeat(10_000);
        let (cut, span) = window(&line, Span::new(5_000, 9_000));
        assert_eq!((cut.len(), span), (SHOWN, Span::new(100, SHOWN)));
    }
}
