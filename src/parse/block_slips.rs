//! Slips in the blocks of a page: cells that nobody would see, headings without words, callouts of no kind.
//!
//! In: tokens and their source. Out: problems with the form to write.

use super::markdown::{Element, Kind, Problem, ProblemKind, Slip, Token};
use crate::source::Span;

/// The callouts that the code host knows (content model, section 2).
const CALLOUTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Slips in the blocks that tokens make.
pub fn in_blocks(tokens: &[Token<'_>], source: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut row: Option<Row> = None;
    for (at, token) in tokens.iter().enumerate() {
        let problem = match &token.kind {
            Kind::Open(element) => {
                depth += 1;
                match element {
                    Element::TableRow => {
                        row = Some(Row { depth, end: token.span.start });
                        None
                    }
                    Element::TableCell => {
                        row = row.map(|row| Row { end: token.span.end, ..row });
                        None
                    }
                    Element::Heading(_) => heading(token.span.clamp(source), tokens.get(at + 1), source),
                    Element::Quote(None) => callout(&tokens[at + 1..], source),
                    _ => None,
                }
            }
            Kind::Close => {
                depth = depth.saturating_sub(1);
                row.take_if(|row| row.depth > depth).and_then(|row| surplus(token.span, row.end, source))
            }
            _ => None,
        };
        found.extend(problem.map(|(span, slip)| Problem { span, what: ProblemKind::Slip(slip) }));
    }
    found
}

/// The row of a table that is being read.
#[derive(Clone, Copy)]
struct Row {
    /// How deep it stands.
    depth: usize,
    /// Where its last cell so far ends.
    end: u32,
}

/// What a row holds behind the last cell that has a column.
fn surplus(row: Span, end: u32, source: &str) -> Option<(Span, Slip)> {
    let end = end as usize;
    let rest = source.get(end..row.end as usize)?;
    // A link that its bar cut in two is told as that.
    if source.get(row.range())?.split("[[").skip(1).any(has_bar) {
        return None;
    }
    let behind = rest.strip_prefix('|').unwrap_or(rest);
    let words = behind.trim_matches(|c: char| c == '|' || c.is_whitespace());
    let from = end + rest.len() - behind.len() + behind.find(words)?;
    (!words.is_empty()).then(|| (Span::new(from, from + words.len()), Slip::SurplusCell))
}

/// Whether a link, from behind its opening brackets, has a bar that ends the cell.
fn has_bar(link: &str) -> bool {
    let inner = link.split_once("]]").map_or(link, |(inner, _)| inner);
    inner.split_once('|').is_some_and(|(target, _)| !target.ends_with('\\'))
}

/// A heading without words, or with attributes, which are read as words.
fn heading(span: Span, next: Option<&Token<'_>>, source: &str) -> Option<(Span, Slip)> {
    let first_line = source[span.range()].lines().next().unwrap_or("");
    if matches!(next.map(|token| &token.kind), Some(Kind::Close)) {
        let start = span.start as usize;
        return Some((Span::new(start, start + first_line.len()), Slip::EmptyHeading));
    }
    let words = first_line.trim_end();
    let open = words.strip_suffix('}')?.rfind('{')?;
    let inner = &words[open + 1..words.len() - 1];
    let is_attributes = inner.trim_start().starts_with(['#', '.']) && inner.len() > 1;
    let start = span.start as usize;
    is_attributes.then(|| (Span::new(start + open, start + words.len()), Slip::HeadingAttributes))
}

/// A quotation that begins as a callout does and is none.
fn callout(inside: &[Token<'_>], source: &str) -> Option<(Span, Slip)> {
    let [Token { kind: Kind::Open(Element::Paragraph), .. }, text, ..] = inside else { return None };
    let Kind::Text(words) = &text.kind else { return None };
    let (name, rest) = words.strip_prefix("[!")?.split_once(']')?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let start = text.span.clamp(source).start as usize;
    let span = Span::new(start, start + name.len() + 3).clamp(source);
    let known = CALLOUTS.iter().find(|known| known.eq_ignore_ascii_case(name));
    match known {
        Some(known) if !rest.trim().is_empty() => Some((span, Slip::CalloutInLine(format!("[!{known}]")))),
        _ => Some((span, Slip::UnknownCallout)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::markdown::tokens;
    use super::*;

    #[test]
    fn what_readers_would_not_see_as_meant_is_found() {
        let check = |text: &str, expected: &[(&str, Slip)]| {
            let found = in_blocks(&tokens(text).0, text);
            let found: Vec<(&str, Slip)> = found
                .into_iter()
                .filter_map(|problem| match problem.what {
                    ProblemKind::Slip(slip) => Some((&text[problem.span.range()], slip)),
                    _ => None,
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        let head = "| a | b |\n|---|---|\n";
        let table = |row: &str| format!("{head}{row}\n");
        check(&table("| 1 | 2 | 3 |"), &[("3", Slip::SurplusCell)]);
        check(&table("| 1 | *2* | 3 | [[x]] |"), &[("3 | [[x]]", Slip::SurplusCell)]);
        check(&table("| [[a\\|b]] | 2 | 3 |"), &[("3", Slip::SurplusCell)]);
        check(&table("1 | 2 | 3"), &[("3", Slip::SurplusCell)]);
        check(
            &table("| 1 | 2 | 3 |\n| 4 | 5 |\n| 6 | 7 | 8 |"),
            &[("3", Slip::SurplusCell), ("8", Slip::SurplusCell)],
        );
        for sound in [
            "| 1 | 2 |",
            "| 1 | 2 | |",
            "| 1 |",
            "1 | 2",
            "| 1 | a \\| b |",
            "| | |",
            "| 1 | *2* |",
            "| 1 | [[a|b]] |",
        ] {
            check(&table(sound), &[]);
        }
        check("##", &[("##", Slip::EmptyHeading)]);
        check("## Words {#id}", &[("{#id}", Slip::HeadingAttributes)]);
        check("## Words {.wide #id} \n\nText", &[("{.wide #id}", Slip::HeadingAttributes)]);
        check("## Words {sic}\n\n## A {#}", &[]);
        check("> [!INFO]\n> Text", &[("[!INFO]", Slip::UnknownCallout)]);
        check("> [!NOTE] Text", &[("[!NOTE]", Slip::CalloutInLine("[!NOTE]".to_owned()))]);
        check("> [!NOTE]\n> Text\n\n> [sic] so\n\n[!INFO]", &[]);
    }
}
