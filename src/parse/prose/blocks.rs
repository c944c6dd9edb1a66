//! The blocks of a piece of Markdown, which checks look through once.
//!
//! In: the text of each block. Out: the blocks in order.

use super::Texts;
use crate::source::Span;

/// A piece of text that reads as one: a paragraph, a cell, a heading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block<'a> {
    /// Its text without marks.
    pub text: &'a str,
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, an entry of a list.
    #[default]
    Text,
    /// A cell of a table.
    Cell,
    /// A heading.
    Heading,
    /// A paragraph of a quotation.
    Quoted,
}

/// The blocks of a piece, with their texts one behind the other.
#[derive(Default)]
pub(super) struct Blocks {
    texts: Texts,
    places: Vec<(Span, BlockKind)>,
}

impl Blocks {
    /// Adds a block.
    pub(super) fn push(&mut self, block: Block<'_>) {
        self.texts.push(block.text);
        self.places.push((block.span, block.kind));
    }

    /// The blocks in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Block<'_>> {
        let block = |(at, (span, kind)): (usize, &(Span, BlockKind))| {
            let text = self.texts.get(at).unwrap_or_default();
            Block { text, span: *span, kind: *kind }
        };
        self.places.iter().enumerate().map(block)
    }

    /// Drops the blocks and keeps their room.
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.places.clear();
    }
}
