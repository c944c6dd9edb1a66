//! Ids of places on a page that backlinks lead to. All begin with `_`, so that they never meet the id
//! of a heading (content model, section 2).
//!
//! In: a place by its numbers. Out: its id. Relations keep the numbers: there are hundreds of thousands.

use super::Wiki;
use crate::model::names::put_number;
use crate::model::value::ProseId;

/// The place of a link on the page that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The page as a whole; for a position, its statement.
    Whole,
    /// A link in a piece of the page's own Markdown, by its number there.
    Link(ProseId, u32),
    /// A citation in a piece of the page's own Markdown, by its number there.
    Cite(ProseId, u32),
    /// A row of a list of front matter, by its number.
    Row(List, u32),
    /// A row of a topic block, by the numbers of the block among those of the wiki and of the row.
    BlockRow(u32, u32),
}

/// A list of rows in front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Changes to a page.
    Changes,
    /// Provisions of a document.
    Provisions,
    /// Accounts of an event.
    Readouts,
    /// Roles of an actor.
    Roles,
}

impl List {
    /// The list of a field; the rows of `readouts.rows` are the event's readouts.
    pub(super) fn of_field(name: &str) -> Option<List> {
        Some(match name {
            "changes" => List::Changes,
            "provisions" => List::Provisions,
            "rows" => List::Readouts,
            "roles" => List::Roles,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            List::Changes => "changes",
            List::Provisions => "provisions",
            List::Readouts => "readouts",
            List::Roles => "roles",
        }
    }
}

impl Anchor {
    /// Adds its id to an address, behind `#`; nothing for the page as a whole.
    pub fn put(self, wiki: &Wiki<'_>, address: &mut String) {
        match self {
            Anchor::Whole => {}
            Anchor::Link(prose, index) => put_in_prose("#_l", prose, index as usize, address),
            Anchor::Cite(prose, index) => put_in_prose("#_c", prose, index as usize, address),
            Anchor::Row(list, index) => {
                address.push('#');
                put_row(list, index as usize, address);
            }
            Anchor::BlockRow(block, index) => {
                address.push('#');
                put_block_row(&wiki.blocks[block as usize].name, index as usize, address);
            }
        }
    }
}

/// The id of a link in a page's own Markdown.
pub fn link_anchor(prose: ProseId, index: usize) -> String {
    let mut id = String::with_capacity(12);
    put_in_prose("_l", prose, index, &mut id);
    id
}

/// Adds the id of a citation in a page's own Markdown, of which there are many.
pub fn put_cite_anchor(prose: ProseId, index: usize, id: &mut String) {
    put_in_prose("_c", prose, index, id);
}

fn put_in_prose(start: &str, prose: ProseId, index: usize, id: &mut String) {
    id.push_str(start);
    put_number(id, prose.index());
    id.push('-');
    put_number(id, index);
}

/// The id of a topic block on its issue's page. Wikis name their blocks as they like, so block ids have
/// a space of their own, apart from those of the theme such as `_events`.
pub fn block_anchor(block: &str) -> String {
    format!("_b-{block}")
}

/// The id of a row of a topic block, counted from 1. No block is named with a `.`.
pub fn block_row_anchor(block: &str, index: usize) -> String {
    let mut id = String::with_capacity(block.len() + 8);
    put_block_row(block, index, &mut id);
    id
}

fn put_block_row(block: &str, index: usize, id: &mut String) {
    id.extend(["_b-", block, "."]);
    put_number(id, index + 1);
}

/// The id of a row of a list of front matter; counted from 1.
pub fn row_anchor(list: List, index: usize) -> String {
    let mut id = String::with_capacity(16);
    put_row(list, index, &mut id);
    id
}

fn put_row(list: List, index: usize, id: &mut String) {
    id.extend(["_", list.word(), "-"]);
    put_number(id, index + 1);
}
