//! Headings by their names.
//!
//! In: the documents that are pages. Out: [`Headings`], the one way in which headings are looked up.

use crate::model::names::{fold, folds_to};
use crate::parse::{Document, Heading};
use crate::source::FileId;
use std::collections::HashMap;

/// Most headings of a page that are looked through for each link to one of them. Hardly any page has more,
/// and for fewer a map costs more than it saves.
const MOST_LOOKED_THROUGH: usize = 200;

/// The headings of all pages.
#[derive(Debug)]
pub struct Headings<'a>(HashMap<FileId, Names<'a>>);

/// The names of a page's headings, each with the number of the first that has it.
#[derive(Debug, Default)]
struct Names<'a> {
    /// Ids and texts.
    exact: HashMap<&'a str, usize>,
    /// Folded texts.
    folded: HashMap<String, usize>,
}

impl<'a> Headings<'a> {
    /// Gathers the names of headings where they are many.
    pub fn new(pages: &[&'a Document]) -> Headings<'a> {
        let long = pages.iter().filter(|page| headings(page).len() > MOST_LOOKED_THROUGH);
        Headings(long.map(|page| (page.file, names(headings(page)))).collect())
    }

    /// The number of a page's heading, by its id or its text.
    pub fn find(&self, page: &Document, wanted: &str) -> Option<usize> {
        let folded = fold(wanted);
        if let Some(names) = self.0.get(&page.file) {
            return names.exact.get(wanted).or_else(|| names.folded.get(&folded)).copied();
        }
        let headings = headings(page);
        let exact = headings.iter().position(|heading| heading.id == wanted || heading.text == wanted);
        exact.or_else(|| headings.iter().position(|heading| folds_to(&heading.text, &folded)))
    }
}

fn headings(page: &Document) -> &[Heading] {
    page.body().map_or(&[], |body| &body.headings)
}

fn names(headings: &[Heading]) -> Names<'_> {
    let mut names = Names::default();
    for (at, heading) in headings.iter().enumerate() {
        names.exact.entry(&heading.id).or_insert(at);
        names.exact.entry(&heading.text).or_insert(at);
        names.folded.entry(fold(&heading.text)).or_insert(at);
    }
    names
}
