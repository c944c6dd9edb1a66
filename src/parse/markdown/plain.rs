//! A text that is one plain paragraph, read without the Markdown parser.
//!
//! In: the text of a body or of a Markdown field. Out: its tokens, the same that the parser gives; nothing for
//! a text with anything in it but words, wikilinks and citations. Most positions, cells and notes are
//! such texts, and for them the parser takes longer to set itself up than to read.

use super::{Element, Kind, Token, cite_items};
use crate::source::{Span, holds_such, is_one_of, places_of};
use std::borrow::Cow;

/// Whether a byte may mean something to the parser wherever it stands, line breaks among them; brackets and bars
/// may be those of the forms.
fn is_mark(byte: u8) -> bool {
    (byte < b' ')
        | is_one_of(byte, *b"!&*<\\")
        | (b'^'..=b'`').contains(&byte)
        | (b'~'..=0x7f).contains(&byte)
}

/// The tokens of a plain paragraph.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let start = text.bytes().position(|byte| byte != b'\n')?;
    let end = text.trim_end_matches('\n').len();
    if !may_begin(&text[start..end])
        || text[..end].ends_with(char::is_whitespace)
        || holds_such(&text.as_bytes()[start..end], is_mark)
    {
        return None;
    }
    // A paragraph takes the end of its line with it.
    let whole = Span::new(start, text.len().min(end + 1));
    let mut tokens = Vec::with_capacity(8);
    tokens.push(Token { kind: Kind::Open(Element::Paragraph), span: whole });
    let mut from = start;
    while let Some(at) = brackets(&text[from..end]).next().map(|at| from + at) {
        push_text(&mut tokens, text, from..at);
        let form = form(text, at, end)?;
        from = form.span.end as usize;
        // What follows may make a link of another kind, or an image's description, of it.
        if matches!(text.as_bytes().get(from), Some(b'(' | b'[' | b':')) {
            return None;
        }
        tokens.push(form);
    }
    push_text(&mut tokens, text, from..end);
    tokens.push(Token { kind: Kind::Close, span: whole });
    Some(tokens)
}

/// Whether a line begins as a paragraph: with a letter, a quotation mark, a number that counts nothing, or one
/// of the forms.
fn may_begin(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = rest.len() < line.len();
    match rest.chars().next() {
        Some('.' | ')') => !counted,
        Some('#' | '>' | '-' | '+' | '=' | ':') => counted,
        Some(first) => counted || !first.is_whitespace(),
        None => counted,
    }
}

/// Where the brackets and bars of a text stand.
fn brackets(text: &str) -> impl Iterator<Item = usize> {
    places_of(text, *b"[]|")
}

fn push_text<'a>(tokens: &mut Vec<Token<'a>>, text: &'a str, range: std::ops::Range<usize>) {
    if !range.is_empty() {
        let span = Span::new(range.start, range.end);
        tokens.push(Token { kind: Kind::Text(Cow::Borrowed(&text[range])), span });
    }
}

/// The wikilink or citation that begins at a mark.
fn form(text: &str, at: usize, end: usize) -> Option<Token<'_>> {
    let rest = &text[at..end];
    if let Some(inner) = rest.strip_prefix("[[") {
        let close = words_end(inner, Some(b'|'))?;
        let is_filled = inner[..close].split('|').all(|part| !part.trim().is_empty());
        let is_link = is_filled && inner[close..].starts_with("]]");
        let source = rest.get(..close + 4).filter(|_| is_link)?;
        let span = Span::new(at, at + source.len());
        return Some(Token { kind: Kind::Wikilink(source), span });
    }
    let inner = rest.strip_prefix('[').filter(|inner| inner.starts_with('@'))?;
    let close =
        words_end(inner, None).filter(|close| inner[*close..].starts_with(']') && *close < LONGEST)?;
    let items = cite_items(&inner[..close], at + 1)?;
    Some(Token { kind: Kind::Cite(items), span: Span::new(at, at + close + 2) })
}

/// The parser takes no label that is longer than 999 letters (CommonMark 0.31, link labels).
const LONGEST: usize = 999;

/// The bytes before the first bracket or bar, of which one kind is allowed.
fn words_end(text: &str, allowed: Option<u8>) -> Option<usize> {
    brackets(text).find(|at| text.as_bytes().get(*at).copied() != allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::parsed;

    #[test]
    fn a_paragraph_of_words_links_and_citations_is_read_as_the_parser_reads_it() {
        let check = |text: &str, plain: bool| {
            let tokens = tokens(text);
            assert_eq!(tokens.is_some(), plain, "{text:?}");
            if let Some(tokens) = tokens {
                assert_eq!((tokens, Vec::new()), parsed(text), "{text:?}");
            }
        };
        check("Ready, if the other side is [@readout].", true);
        check("\n\nSaid [[Kyiv|the capital]] on 18 March [@a, p. 3; @b].\n\n", true);
        check("18 points; “quoted”: yes (so they say).", true);
        check("[[a#b]], [@c]", true);
        check("**Bottom line.** Words.", false);
        check("Two\nlines", false);
        check("1. A list", false);
        check("- A list", false);
        check("A ![[picture]]", false);
        check("[@a]: no citation", false);
        check("[@A] is no id", false);
        check("  indented", false);
        check(&format!("[@a, {}]", "p".repeat(1000)), false);
        check("", false);
    }
}
