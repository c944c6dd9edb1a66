//! Ids of places on a page that backlinks lead to. All begin with `_`, so that they never meet the id
//! of a heading (content model, section 2).

use crate::model::value::ProseId;

/// The id of a link in a page's own Markdown.
pub fn link_anchor(prose: ProseId, index: usize) -> String {
    format!("_l{}-{index}", prose.0)
}

/// The id of a citation in a page's own Markdown.
pub fn cite_anchor(prose: ProseId, index: usize) -> String {
    format!("_c{}-{index}", prose.0)
}

/// The id of a topic block on its issue's page. Wikis name their blocks as they like, so block ids have
/// a space of their own, apart from those of the theme such as `_events`.
pub fn block_anchor(block: &str) -> String {
    format!("_b-{block}")
}

/// The id of a row of a topic block, counted from 1. No block is named with a `.`.
pub fn block_row_anchor(block: &str, index: usize) -> String {
    format!("_b-{block}.{}", index + 1)
}

/// The id of a row of `readouts`, `provisions` or `roles`; counted from 1.
pub fn row_anchor(list: &str, index: usize) -> String {
    format!("_{list}-{}", index + 1)
}
