//! Footnotes that nobody would see.
//!
//! In: the tokens of a text. Out: a [`Problem`] for each footnote that no mark leads to.

use super::{Element, Kind, Problem, ProblemKind, Token};
use crate::source::Span;
use std::collections::BTreeMap;

/// Footnotes that the text never leads to: readers would not see them, nor what they link and cite.
pub(super) fn unmarked(tokens: &[Token<'_>]) -> Vec<Problem> {
    if !tokens.iter().any(|token| matches!(token.kind, Kind::Open(Element::Footnote(_)))) {
        return Vec::new();
    }
    // Marks by the footnote they stand in; those of the text itself come first.
    let mut notes: Vec<(&str, Span)> = Vec::new();
    let mut marks: Vec<Vec<&str>> = vec![Vec::new()];
    let mut open: Vec<usize> = Vec::new();
    for token in tokens {
        let inside = open.last().copied().unwrap_or(0);
        match &token.kind {
            Kind::Open(Element::Footnote(name)) => {
                notes.push((name, token.span));
                marks.push(Vec::new());
                open.push(notes.len());
            }
            Kind::Open(_) => open.push(inside),
            Kind::Close => {
                open.pop();
            }
            Kind::FootnoteMark(name) => marks[inside].push(name),
            _ => {}
        }
    }
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, (name, _)) in notes.iter().enumerate() {
        first.entry(name).or_insert(at);
    }
    let mut reached = vec![false; notes.len()];
    let mut todo = vec![0];
    while let Some(at) = todo.pop() {
        for note in marks[at].iter().filter_map(|name| first.get(name)) {
            if !std::mem::replace(&mut reached[*note], true) {
                todo.push(note + 1);
            }
        }
    }
    let unmarked = notes.iter().zip(reached).filter(|(_, reached)| !reached);
    unmarked
        .map(|((name, at), _)| Problem {
            span: Span { end: at.start, ..*at },
            what: ProblemKind::Unmarked((*name).to_owned()),
        })
        .collect()
}
