//! Pages that name themselves where only another page makes sense.
//!
//! In: pages and positions with every name resolved. Out: findings.

use super::{Page, PageRef};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::value::Record;
use crate::source::{FileId, KeyPath};

/// Fields that tell of another page of the same kind; `parent` has a check of its own.
const OF_ANOTHER: [&str; 4] = ["related", "member_of", "supersedes", "see_also"];

/// A finding for each place where a page names itself.
pub fn page(page: &Page<'_>, at: PageRef) -> impl Iterator<Item = Finding> {
    let named =
        OF_ANOTHER.into_iter().flat_map(move |field| places(page.record(), page.document.file, field, at));
    named.map(|place| {
        Finding::new(Code::WrongChoice, place, format!("`{}` names itself", page.id()))
            .label("expected another page")
    })
}

/// A finding for each place where a position names its own issue as one that it also bears on.
pub fn position(record: &Record<PageRef>, file: FileId, issue: PageRef) -> impl Iterator<Item = Finding> {
    places(record, file, "also", issue).into_iter().map(|place| {
        let message = "this is the position's own issue, under which it stands anyway";
        Finding::new(Code::WrongChoice, place, message).label("expected another issue")
    })
}

/// The places where a field names a page.
fn places(record: &Record<PageRef>, file: FileId, field: &str, page: PageRef) -> Vec<Place> {
    let key = || KeyPath::key(field);
    let named = record.refs(field).iter().enumerate().filter(|(_, named)| **named == page);
    named.map(|(number, _)| Place::value(file, key().at(number))).collect()
}
