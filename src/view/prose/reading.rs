//! A piece of Markdown read once, for all that is written of it: its text and each of its footnotes.
//!
//! In: the tokens. Out: where elements end, how many links and citations stand before each token, and
//! where each footnote begins.

use super::{Ids, Piece, links, text_of};
use crate::parse::markdown::{Element, Kind, Token};
use crate::parse::{How, Link, Prose};
use crate::view::desk::Desk;
use std::collections::BTreeMap;
use std::ops::Range;

type Addresses = fn(&str) -> Vec<Range<usize>>;

/// A piece with its tokens and what is known of them.
pub(super) struct Reading<'p> {
    pub piece: Piece<'p>,
    pub prose: &'p Prose,
    pub tokens: Vec<Token<'p>>,
    /// What is known of each token.
    known: Vec<Known>,
    /// Finds the addresses that stand bare in a text of it; none where none does.
    pub addresses: Option<Addresses>,
    /// The links that backlinks lead to.
    pub firsts: Vec<usize>,
    /// The token that opens each footnote.
    footnotes: BTreeMap<String, usize>,
}

/// What is known of a token.
struct Known {
    /// How many links and citations stand before it.
    links: usize,
    cites: usize,
    /// The token that closes the element it opens; the last token, where none does.
    close: usize,
}

impl<'p> Reading<'p> {
    /// Reads a piece; none where the document has no such piece.
    pub fn of(desk: &Desk<'p>, piece: Piece<'p>) -> Option<Reading<'p>> {
        let prose = piece.document.proses.get(piece.id.index())?;
        let text = text_of(desk, piece.document, prose);
        Some(Reading::new(piece, prose, prose.tokens(text)))
    }

    /// A piece of which the tokens are known.
    pub fn new(piece: Piece<'p>, prose: &'p Prose, tokens: Vec<Token<'p>>) -> Reading<'p> {
        // Looking through a text costs as much as writing it; parsing has made a link of each address.
        let is_address = |link: &Link| link.how == How::Markdown && link.target.starts_with("http");
        let has_address = prose.links.iter().any(is_address);
        let addresses = has_address.then_some(crate::parse::addresses as Addresses);
        let targets = piece.resolved.links.get(piece.id.index()).filter(|_| piece.ids == Ids::Own);
        let mut footnotes = BTreeMap::new();
        for (at, token) in tokens.iter().enumerate() {
            if let Kind::Open(Element::Footnote(name)) = &token.kind {
                footnotes.entry(name.to_string()).or_insert(at);
            }
        }
        Reading {
            firsts: targets.map(|targets| links::firsts(targets)).unwrap_or_default(),
            known: known(&tokens, addresses),
            piece,
            prose,
            tokens,
            addresses,
            footnotes,
        }
    }

    /// The index of the token that closes the element opened at an index.
    pub fn close(&self, open: usize) -> usize {
        self.known.get(open).map_or(0, |known| known.close)
    }

    /// All tokens; of a single paragraph those inside it, to stand in a line.
    pub fn inside(&self) -> Range<usize> {
        let len = self.tokens.len();
        let first = self.tokens.first().map(|token| &token.kind);
        let single = first == Some(&Kind::Open(Element::Paragraph)) && self.close(0) + 1 == len;
        if single { 1..len - 1 } else { 0..len }
    }

    /// How many links stand before a token: its number, if it is one.
    pub fn links(&self, at: usize) -> usize {
        self.known[at].links
    }

    /// How many citations stand before a token: the number of its first, if it has any.
    pub fn cites(&self, at: usize) -> usize {
        self.known[at].cites
    }

    /// The tokens of a footnote's text. A single paragraph gives its inside, to stand in a line.
    pub fn footnote(&self, name: &str) -> Option<Range<usize>> {
        let open = *self.footnotes.get(name)?;
        let close = self.close(open);
        let paragraph = matches!(self.tokens.get(open + 1)?.kind, Kind::Open(Element::Paragraph));
        let single = paragraph && self.close(open + 1) + 1 == close;
        Some(if single { open + 2..close - 1 } else { open + 1..close })
    }

    /// The bytes of Markdown that a range of tokens spans.
    pub fn bytes(&self, range: &Range<usize>) -> usize {
        bytes(self.tokens.get(range.clone()).unwrap_or_default())
    }
}

fn bytes(tokens: &[Token<'_>]) -> usize {
    let end = tokens.iter().map(|token| token.span.end).max().unwrap_or(0);
    tokens.first().map_or(0, |first| end.saturating_sub(first.span.start) as usize)
}

/// What is known of each token; links and citations are counted as parsing counts them.
fn known(tokens: &[Token<'_>], addresses: Option<Addresses>) -> Vec<Known> {
    let last = tokens.len().saturating_sub(1);
    let is_code = |kind: &Kind<'_>| matches!(kind, Kind::Open(Element::CodeBlock(_)));
    let (mut links, mut cites, mut in_code) = (0, 0, 0usize);
    let mut open = Vec::with_capacity(8);
    let mut known: Vec<Known> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        known.push(Known { links, cites, close: last });
        match &token.kind {
            Kind::Open(element) => {
                open.push(at);
                in_code += usize::from(is_code(&token.kind));
                links += usize::from(matches!(element, Element::Link(_)));
            }
            Kind::Close => {
                if let Some(opened) = open.pop() {
                    known[opened].close = at;
                    in_code -= usize::from(is_code(&tokens[opened].kind));
                }
            }
            Kind::Wikilink(_) | Kind::Embed(_) | Kind::Image(_) => links += 1,
            Kind::Text(text) if in_code == 0 => {
                links += addresses.map_or(0, |addresses| addresses(text).len());
            }
            Kind::Cite(items) => cites += items.len(),
            _ => {}
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::tokens;

    #[test]
    fn each_element_ends_at_its_own_token_and_spans_its_own_bytes() {
        let text = "A[^a] *b*.\n\n[^a]: Note.\n\nThe end, which is long.\n";
        let (tokens, _) = tokens(text);
        let known = known(&tokens, None);
        let find = |is: fn(&Element<'_>) -> bool| {
            let open = |token: &Token<'_>| matches!(&token.kind, Kind::Open(element) if is(element));
            tokens.iter().position(open).expect("an element")
        };
        let note = find(|element| matches!(element, Element::Footnote(_)));
        let emphasis = find(|element| *element == Element::Emphasis);
        assert_eq!((known[emphasis].close, known[0].close), (emphasis + 2, note - 1));
        // Room for the note alone: pages with thousands of them would not fit into memory otherwise.
        assert!(bytes(&tokens[note + 1..known[note].close]) <= "Note.\n".len());
        assert_eq!(bytes(&[]), 0);
    }
}
