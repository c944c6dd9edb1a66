//! In which file the preview of a page stands, which a link to it shows when it is pointed at.
//!
//! In: pages. Out: some hundred files at most, however many pages there are: a file for each page would be as
//! many files again, of a hundred bytes each. `static/links.js` finds the file of a page by the same rule.

use super::Plan;
use crate::resolve::{Page, PageRef, Wiki};
use std::collections::BTreeSet;

/// The folder of previews.
pub const PREVIEWS: &str = "_preview";

/// Pages by the number of their file of previews.
#[derive(Debug)]
pub struct Previews(Vec<Vec<PageRef>>);

impl Previews {
    /// Sorts the pages of a wiki.
    pub fn new(wiki: &Wiki<'_>) -> Previews {
        let mut files = vec![Vec::new(); usize::from(u8::MAX) + 1];
        wiki.refs().for_each(|(at, page)| files[usize::from(number(page))].push(at));
        Previews(files)
    }

    /// The pages of one file.
    pub fn of(&self, number: u8) -> &[PageRef] {
        &self.0[usize::from(number)]
    }
}

/// The files of previews of a wiki with their paths.
pub fn plans(wiki: &Wiki<'_>) -> impl Iterator<Item = (String, Plan)> {
    let numbers: BTreeSet<u8> = wiki.pages.iter().map(number).collect();
    numbers.into_iter().map(|number| (format!("{PREVIEWS}/{number}.json"), Plan::Previews(number)))
}

/// The number of the file that holds the preview of a page: a hash of its address without its ending.
fn number(page: &Page<'_>) -> u8 {
    hash(&[page.kind.folder(), "/", page.id()])
}

fn hash(parts: &[&str]) -> u8 {
    let bytes = parts.iter().flat_map(|part| part.bytes());
    bytes.fold(0, |number, byte| number.wrapping_mul(31).wrapping_add(byte))
}

#[cfg(test)]
mod tests {
    /// What `static/links.js` computes for the same addresses.
    #[test]
    fn a_page_is_looked_for_where_it_stands() {
        let check = |address: &str, expected: u8| assert_eq!(super::hash(&[address]), expected, "{address}");
        check("issues/territory", 5);
        check("actors/united-states", 187);
    }
}
