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

/// The id of a row: of a topic block, of `readouts`, `provisions` or `roles`; counted from 1.
pub fn row_anchor(list: &str, index: usize) -> String {
    format!("_{list}-{}", index + 1)
}
