//! Blocks that were meant as others: rows of no table, lists of no kind, text that is code, a second front matter.
//!
//! In: tokens and their source. Out: problems with the form to write.

use super::block_slips::{is_rule, opens_line};
use super::markdown::{Element, Form, Kind, Problem, ProblemKind, Slip, Token};
use crate::source::{Span, holds_any, places_of_text};

/// What in the blocks of a piece of Markdown is none of what it was meant as.
pub fn misread(tokens: &[Token<'_>], source: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let loose = Loose::of(tokens, source);
    let mut columns = 0;
    // Where the paragraph begins whose lines are read, and the last that was settled.
    let (mut paragraph, mut settled) = (0, None);
    for (at, token) in tokens.iter().enumerate() {
        let inside = &tokens[at + 1..];
        let problem = match &token.kind {
            Kind::Open(Element::Paragraph) => {
                paragraph = at;
                let is_behind_rule =
                    at.checked_sub(1).is_some_and(|before| matches!(tokens[before].kind, Kind::Rule));
                if is_behind_rule { second(inside, source) } else { None }
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
            Kind::Text(text) if may_be_line(text) && opens_line(tokens, at) && settled != Some(paragraph) => {
                let line = line(token.span, &tokens[paragraph..], source);
                // Of many rows the first decides: to ask each for the paragraph's rule would take long.
                if line.is_some() || text.starts_with('|') {
                    settled = Some(paragraph);
                }
                line
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
        if !holds_any(source, [b'*', b'%']) {
            return Loose { stars: false, percents: false };
        }
        let strong =
            || tokens.iter().filter(|token| matches!(token.kind, Kind::Open(Element::Strong))).count();
        let stars = places_of_text(source, "**").count();
        Loose {
            stars: stars > 0 && stars > 2 * strong(),
            percents: holds_any(source, [b'%']) && source.contains("%%"),
        }
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
        // A sign of calculation has a blank on both sides, a sign for a note none before it; each stands alone.
        let (before, is_alone) = (&written[..at], !rest.contains("**"));
        let is_sum = before.ends_with(' ') && rest.starts_with(' ');
        let is_note =
            before.ends_with(|c: char| !c.is_whitespace()) && !rest.starts_with(char::is_alphanumeric);
        let is_apart = is_alone && (is_sum || is_note);
        let is_mark = rest.chars().chain(written[..at].chars()).any(|c| c.is_alphanumeric());
        (is_mark && !is_apart).then(|| (place(at), Slip::LooseStars))
    }
}

/// Whether the first byte of a text may be the sign of a row or of a list.
fn may_be_line(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| first == b'|' || !first.is_ascii())
}

/// A line that was meant as the row of a table or as an entry of a list; the tokens begin with its paragraph.
fn line(span: Span, paragraph: &[Token<'_>], source: &str) -> Option<(Span, Slip)> {
    let span = span.clamp(source);
    let written = &source[span.start as usize..];
    let end = written.find('\n').unwrap_or(written.len());
    let (line, place) = (&written[..end], Span::new(0, end).shift(span.start as usize).first_line(source));
    if is_entry(line) {
        return Some((place, Slip::NoList));
    }
    let is_escaped = source[..span.start as usize].ends_with('\\');
    let is_row = line.starts_with('|') && line[1..].contains('|') && !is_escaped && !has_rule(paragraph);
    is_row.then_some((place, Slip::NoRow))
}

/// Whether the rule of a table stands in a paragraph, or opens the next one: then that is told.
fn has_rule(paragraph: &[Token<'_>]) -> bool {
    let mut opened = 0;
    let rule = |token: &Token<'_>| matches!(&token.kind, Kind::Text(text) if is_rule(text));
    for (at, token) in paragraph.iter().enumerate() {
        match &token.kind {
            Kind::Open(_) => opened += 1,
            Kind::Close => opened -= 1,
            _ if rule(token) => return true,
            _ => {}
        }
        if opened == 0 {
            let next = &paragraph[at + 1..];
            let is_text = matches!(next.first(), Some(Token { kind: Kind::Open(Element::Paragraph), .. }));
            return is_text && next.get(1).is_some_and(rule);
        }
    }
    false
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
    use super::super::block_slips::tests::check_slips;
    use super::*;

    #[test]
    fn blocks_that_were_meant_as_others_are_found() {
        let check = |text: &str, expected: &[(&str, Slip)]| check_slips(misread, text, expected);
        check("| a | b |\n| 1 | 2 |", &[("| a | b |", Slip::NoRow)]);
        check("| **a** | b |\n| 1 | 2 |", &[("| **a** | b |", Slip::NoRow)]);
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
        for sound in [
            "**a** b",
            "2 ** 3",
            "0.45**, with care",
            "`**a`",
            "\\*\\*a\\*\\*",
            "***a***",
            "*a **b** c*",
            "** * **",
        ] {
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
