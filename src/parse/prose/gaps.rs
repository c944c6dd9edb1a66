//! Gaps: what stands in a text for a link whose words are not known before names are resolved.
//!
//! In: a text with the numbers of its links between two private characters. Out: the text with words there.

use crate::model::sentences::GAP_START;
use crate::source::holds_any;

/// The end of a gap that begins with [`GAP_START`]; taken out of text that holds it.
pub(super) const GAP_END: char = '\u{e001}';
/// The byte with which both begin in UTF-8.
const GAP_BYTE: u8 = 0xEE;

/// A text with its gaps filled: `fill` gets the number of each link and adds its words.
pub fn fill_gaps(text: &str, mut fill: impl FnMut(usize, &mut String)) -> String {
    let mut words = String::with_capacity(text.len() + 32);
    let mut parts = text.split(GAP_START);
    words.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(GAP_END) {
            Some((number, rest)) => {
                fill(number.parse().unwrap_or(usize::MAX), &mut words);
                words.push_str(rest);
            }
            None => words.push_str(part),
        }
    }
    words
}

/// Whether a text may have gaps; true also of the few that hold another character of the same block.
pub fn has_gaps(text: &str) -> bool {
    holds_any(text, [GAP_BYTE])
}
