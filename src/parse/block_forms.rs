//! Blocks that were meant as others: rows of no table, lists of no kind, text that is code, a second front matter.
//!
//! In: tokens and their source. Out: problems with the form to write.

use super::block_slips::is_rule;
use super::markdown::{Element, Form, Kind, Problem, ProblemKind, Slip, Token};
use crate::source::{Span, places_of_text};

/// What in the blocks of a piece of Markdown is none of what it was meant as.
pub fn misread(tokens: &[Token<'_>], source: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let loose = Loose::of(tokens, source);
    let mut columns = 0;
    for (at, token) in tokens.iter().enumerate() {
        let inside = &tokens[at + 1..];
        let problem = match &token.kind {
            Kind::Open(Element::Paragraph) => {
                let is_behind_rule =
                    at.checked_sub(1).is_some_and(|before| tokens[before].kind == Kind::Rule);
                second(inside, source).filter(|_| is_behind_rule).or_else(|| paragraph(inside, source))
            }
            Kind::Open(Element::Heading(_)) => ruled(token.span, inside, source),
            Kind::Open(Element::CodeBlock(_)) => code(token.span, source),
            Kind::Open(Element::Table(own)) => {
                columns = own.len();
                None
            }
            Kind::Open(Element::TableRow) if columns > 1 => {
                let row = token.span.first_line(source);
                (!source[row.range()].contains('|')).then_some((row, Slip::LineInTable))
            }
            Kind::Text(_) if loose.stars || loose.percents => loose.in_text(token.span, source),
            _ => None,
        };
        if let Some((span, slip)) = problem {
            found.push(Problem { span, what: ProblemKind::Slip(slip) });
        }
    }
    found
}

/// Marks that may stand in the texts of a piece; most pieces have none, and are not searched text by text.
struct Loose {
    stars: bool,
    percents: bool,
}

impl Loose {
    fn of(tokens: &[Token<'_>], source: &str) -> Loose {
        let strong = tokens.iter().filter(|token| token.kind == Kind::Open(Element::Strong)).count();
        let stars = places_of_text(source, "**").count() > 2 * strong;
        Loose { stars, percents: source.contains("%%") }
    }

    /// The first such mark in a text.
    fn in_text(&self, span: Span, source: &str) -> Option<(Span, Slip)> {
        let span = span.clamp(source);
        let written = &source[span.range()];
        let found = |mark: &str| {
            let at = written.find(mark)?;
            let is_escaped = source[..span.start as usize + at].ends_with('\\');
            (!is_escaped).then(|| (at, &written[at + mark.len()..]))
        };
        let place = |at| Span::new(at, at + 2).shift(span.start as usize);
        if self.percents
            && let Some((at, rest)) = found("%%")
            && rest.contains("%%")
        {
            return Some((place(at), Slip::OtherComment));
        }
        let (at, rest) = found("**").filter(|_| self.stars)?;
        // A sign of calculation has a blank on both sides, and only one such sign stands in a text.
        let is_apart = written[..at].ends_with(' ') && rest.starts_with(' ') && !rest.contains("**");
        let is_mark = rest.chars().chain(written[..at].chars()).any(|c| c.is_alphanumeric());
        (is_mark && !is_apart).then(|| (place(at), Slip::LooseStars))
    }
}

/// A paragraph whose lines were meant as rows or as entries of a list.
fn paragraph(inside: &[Token<'_>], source: &str) -> Option<(Span, Slip)> {
    let end = inside.iter().position(|token| token.kind == Kind::Close)?;
    let mut found = None;
    let mut opens = true;
    for token in &inside[..end] {
        if let (true, Kind::Text(text)) = (opens, &token.kind) {
            if is_rule(text) {
                // Told as the rule of no table.
                return None;
            }
            let is_escaped = source[..token.span.clamp(source).start as usize].ends_with('\\');
            let slip = if text.starts_with('|') && text[1..].contains('|') && !is_escaped {
                Some(Slip::NoRow)
            } else {
                is_entry(text).then_some(Slip::NoList)
            };
            found = found.or(slip.map(|slip| (token.span.first_line(source), slip)));
        }
        opens = matches!(token.kind, Kind::SoftBreak | Kind::HardBreak);
    }
    let is_head = matches!(
        &inside[end + 1..],
        [Token { kind: Kind::Open(Element::Paragraph), .. }, Token { kind: Kind::Text(text), .. }, ..] if is_rule(text)
    );
    found.filter(|_| !is_head)
}

/// Whether a line begins as the lists of word processors do.
fn is_entry(text: &str) -> bool {
    let rest = text.strip_prefix(['•', '●', '▪', '◦', '‣', '·', '○', '■', '➢', '\u{f0b7}', '\u{f0a7}']);
    rest.is_some_and(|rest| rest.starts_with(char::is_whitespace) && !rest.trim().is_empty())
}

/// A heading that is one only by the line below it, and was meant as none.
fn ruled(span: Span, inside: &[Token<'_>], source: &str) -> Option<(Span, Slip)> {
    let written = source[span.clamp(source).range()].trim_end();
    if written.starts_with('#') {
        return None;
    }
    let words = written.trim_end_matches(['=', '-']).trim_end();
    let is_sentence = words.ends_with(['.', '!', '?', '…', ':', ';'])
        || inside
            .iter()
            .take_while(|token| token.kind != Kind::Close)
            .any(|token| matches!(token.kind, Kind::Cite(_)));
    let sentence = || is_sentence.then(|| (span.first_line(source), Slip::RuledSentence));
    second(inside, source).or_else(sentence)
}

/// Fields with which pages and statements begin, and no sentence does.
const FIRST_FIELDS: [&str; 6] = ["title:", "actor:", "date:", "stance:", "basis:", "type:"];

/// The first line of fields where text was expected.
fn second(inside: &[Token<'_>], source: &str) -> Option<(Span, Slip)> {
    let [Token { kind: Kind::Text(text), span }, ..] = inside else { return None };
    let is_field = FIRST_FIELDS.iter().any(|field| text.starts_with(field));
    is_field.then(|| (span.first_line(source), Slip::SecondFrontMatter))
}

/// A block of code that was meant as text, or that takes the text behind it with it.
fn code(span: Span, source: &str) -> Option<(Span, Slip)> {
    let span = span.clamp(source);
    let written = &source[span.range()];
    let first = written.trim_start();
    let Some(mark) = first
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~') && first.starts_with(&mark.to_string().repeat(3)))
    else {
        let (at, form) = match (written.find("[@"), written.find("[[")) {
            (Some(at), _) => (at, Form::Citation),
            (None, Some(at)) => (at, Form::Wikilink),
            (None, None) => return None,
        };
        let rest = &written[at..];
        let end = rest.find([']', '\n']).map_or(rest.len(), |end| end + 1);
        return Some((Span::new(at, at + end).shift(span.start as usize), Slip::SetIn(form)));
    };
    let fence = &first[..first.len() - first.trim_start_matches(mark).len()];
    let last = written.trim_end().lines().skip(1).last().unwrap_or_default();
    // Of a block in a quotation the lines begin with its marks.
    let last = last.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let is_closed = last.starts_with(fence) && last.chars().all(|c| c == mark || c.is_whitespace());
    (!is_closed).then(|| (span.first_line(source), Slip::OpenCode(fence.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::super::markdown::tokens;
    use super::*;

    #[test]
    fn blocks_that_were_meant_as_others_are_found() {
        let check = |text: &str, expected: &[(&str, Slip)]| {
            let found = misread(&tokens(text).0, text);
            let found: Vec<(&str, Slip)> = found
                .into_iter()
                .filter_map(|problem| match problem.what {
                    ProblemKind::Slip(slip) => Some((&text[problem.span.range()], slip)),
                    _ => None,
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("| a | b |\n| 1 | 2 |", &[("| a | b |", Slip::NoRow)]);
        check("| a | b |\n|—|—|\n| 1 | 2 |", &[("| a | b |", Slip::NoRow)]);
        check("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |", &[("| 3 | 4 |", Slip::NoRow)]);
        check("| a | b |\n|---|---|\n| 1 | 2 |\nSource: AP", &[("Source: AP", Slip::LineInTable)]);
        for sound in [
            "| a | b | c |\n|---|---|\n| 1 | 2 |",
            "| a | b |\n\n|---|---|\n| 1 | 2 |",
            "| a |\n|---|\nb",
            "\\| a | b |",
            "a | b\n--|--\n1 | 2",
        ] {
            check(sound, &[]);
        }
        check("Text:\n• one\n• two", &[("• one", Slip::NoList)]);
        check("\u{f0b7}\tone", &[("\u{f0b7}\tone", Slip::NoList)]);
        check("A · b, •c", &[]);
        check("So ** bold ** it is", &[("**", Slip::LooseStars)]);
        check("So **bold it is", &[("**", Slip::LooseStars)]);
        check("**“x”**y and **z**", &[("**", Slip::LooseStars)]);
        for sound in ["**a** b", "2 ** 3", "`**a`", "\\*\\*a\\*\\*", "***a***", "*a **b** c*", "** * **"] {
            check(sound, &[]);
        }
        check("A %%secret%% b", &[("%%", Slip::OtherComment)]);
        check("100%% of it, `%%a%%`", &[]);
        check("The talks failed.\n---\nNext", &[("The talks failed.", Slip::RuledSentence)]);
        check("A [@crs-in12534]\n---\nNext", &[("A [@crs-in12534]", Slip::RuledSentence)]);
        check("A title\n---\nNext\n\n---\n\nThe end.", &[]);
        let second = ("actor: russia", Slip::SecondFrontMatter);
        check("A.\n\n---\nactor: russia\ndate: 2025-03-21\n---\n\nB.", std::slice::from_ref(&second));
        check("A.\n\n---\n\nactor: russia\n\n---\n\nB.", std::slice::from_ref(&second));
        check("A.\n---\nactor: russia\n---\nB.", &[("A.", Slip::RuledSentence), second]);
        check("actor: russia, in the words of others", &[]);
        check("A\n\n    b [@crs-in12534, p. 2] c", &[("[@crs-in12534, p. 2]", Slip::SetIn(Form::Citation))]);
        check("A\n\n\tb [[russia]] c", &[("[[russia]", Slip::SetIn(Form::Wikilink))]);
        check("A\n\n    let a = b[0];", &[]);
        check("```\n[@a]\n```\n\n~~~~ rust\n```\n~~~~", &[]);
        check("A\n\n```\n[@a]\n\n## B", &[("```", Slip::OpenCode("```".to_owned()))]);
        check("> ```\n> a\n> ```\n\n- ```\n  a\n  ```", &[]);
        check("~~~", &[("~~~", Slip::OpenCode("~~~".to_owned()))]);
    }
}
