//! A piece of Markdown read once, for all that is written of it: its text and each of its footnotes.
//!
//! In: the tokens. Out: where elements end, how many links and citations stand before each token, and
//! where each footnote begins.

use super::{Ids, Piece, links};
use crate::parse::markdown::{Element, Kind, Token};
use crate::parse::{How, Link, Prose};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

type Addresses = fn(&str) -> Vec<Range<usize>>;

/// A piece with its tokens and what is known of them.
pub(super) struct Reading<'p> {
    pub piece: Piece<'p>,
    pub prose: &'p Prose,
    pub tokens: Vec<Token<'p>>,
    /// Links and citations before each token.
    pub links: Vec<u32>,
    pub cites: Vec<u32>,
    /// Finds the addresses that stand bare in a text of it.
    pub addresses: Addresses,
    /// The links that backlinks lead to.
    pub firsts: BTreeSet<usize>,
    /// For each token that opens an element, the one that closes it.
    closes: Vec<usize>,
    /// The token that opens each footnote.
    footnotes: BTreeMap<String, usize>,
}

impl<'p> Reading<'p> {
    pub fn new(piece: Piece<'p>, prose: &'p Prose, tokens: Vec<Token<'p>>) -> Reading<'p> {
        // Looking through a text costs as much as writing it; parsing has made a link of each address.
        let is_address = |link: &Link| link.how == How::Markdown && link.target.starts_with("http");
        let addresses: Addresses =
            if prose.links.iter().any(is_address) { crate::parse::addresses } else { |_| Vec::new() };
        let (links, cites) = counters(&tokens, addresses);
        let targets = piece.resolved.links.get(piece.id.index()).filter(|_| piece.ids == Ids::Own);
        let mut footnotes = BTreeMap::new();
        for (at, token) in tokens.iter().enumerate() {
            if let Kind::Open(Element::Footnote(name)) = &token.kind {
                footnotes.entry(name.to_string()).or_insert(at);
            }
        }
        Reading {
            firsts: targets.map(|targets| links::firsts(targets)).unwrap_or_default(),
            closes: closes(&tokens),
            piece,
            prose,
            tokens,
            links,
            cites,
            addresses,
            footnotes,
        }
    }

    /// The index of the token that closes the element opened at an index.
    pub fn close(&self, open: usize) -> usize {
        self.closes.get(open).copied().unwrap_or(0)
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

/// For each token that opens an element, the index of the one that closes it; the last token, where
/// none does.
fn closes(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut closes = vec![tokens.len().saturating_sub(1); tokens.len()];
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open(_) => open.push(at),
            Kind::Close => {
                if let Some(opened) = open.pop() {
                    closes[opened] = at;
                }
            }
            _ => {}
        }
    }
    closes
}

/// How many links and citations stand before each token, counted as parsing counts them.
fn counters(tokens: &[Token<'_>], addresses: Addresses) -> (Vec<u32>, Vec<u32>) {
    let (mut link, mut cite) = (0u32, 0u32);
    let mut in_code = 0usize;
    let mut open: Vec<bool> = Vec::new();
    let mut links = Vec::with_capacity(tokens.len());
    let mut cites = Vec::with_capacity(tokens.len());
    for token in tokens {
        links.push(link);
        cites.push(cite);
        match &token.kind {
            Kind::Open(element) => {
                let code = matches!(element, Element::CodeBlock(_));
                in_code += usize::from(code);
                open.push(code);
                link += u32::from(matches!(element, Element::Link(_)));
            }
            Kind::Close => in_code -= usize::from(open.pop() == Some(true)),
            Kind::Wikilink(_) | Kind::Embed(_) | Kind::Image { .. } => link += 1,
            Kind::Text(text) if in_code == 0 => {
                link += u32::try_from(addresses(text).len()).unwrap_or(0);
            }
            Kind::Cite(items) => cite += u32::try_from(items.len()).unwrap_or(0),
            _ => {}
        }
    }
    (links, cites)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::tokens;

    #[test]
    fn each_element_ends_at_its_own_token_and_spans_its_own_bytes() {
        let text = "A[^a] *b*.\n\n[^a]: Note.\n\nThe end, which is long.\n";
        let (tokens, _) = tokens(text);
        let closes = closes(&tokens);
        let find = |is: fn(&Element<'_>) -> bool| {
            let open = |token: &Token<'_>| matches!(&token.kind, Kind::Open(element) if is(element));
            tokens.iter().position(open).expect("an element")
        };
        let note = find(|element| matches!(element, Element::Footnote(_)));
        let emphasis = find(|element| *element == Element::Emphasis);
        assert_eq!((closes[emphasis], closes[0]), (emphasis + 2, note - 1));
        // Room for the note alone: pages with thousands of them would not fit into memory otherwise.
        assert!(bytes(&tokens[note + 1..closes[note]]) <= "Note.\n".len());
        assert_eq!(bytes(&[]), 0);
    }
}
