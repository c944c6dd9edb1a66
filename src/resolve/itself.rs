//! Pages that name themselves where only another page makes sense.
//!
//! In: pages and positions with every name resolved. Out: findings.

use super::{Page, PageRef};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::value::{Record, Value};
use crate::source::{FileId, KeyPath};

/// Fields that tell of another page of the same kind; `parent` has a check of its own.
const OF_ANOTHER: [&str; 4] = ["related", "member_of", "supersedes", "see_also"];

/// A finding for each field with which a page names itself.
pub fn page(page: &Page<'_>, at: PageRef) -> impl Iterator<Item = Finding> {
    let named = OF_ANOTHER.into_iter().filter_map(move |field| {
        let place = names(page.record(), page.document.file, field, at)?;
        Some(Finding::new(Code::WrongChoice, place, format!("`{}` names itself", page.id())))
    });
    named.map(|finding| finding.label("expected another page"))
}

/// A finding for a position that names its own issue as one that it also bears on.
pub fn position(record: &Record<PageRef>, file: FileId, issue: PageRef) -> Option<Finding> {
    let place = names(record, file, "also", issue)?;
    let message = "this is the position's own issue, under which it stands anyway";
    Some(Finding::new(Code::WrongChoice, place, message).label("expected another issue"))
}

/// The place where a field names a page.
fn names(record: &Record<PageRef>, file: FileId, field: &str, page: PageRef) -> Option<Place> {
    let key = KeyPath::key(field);
    let key = match record.get(field)? {
        Value::Ref(named) if *named == page => key,
        Value::Refs(named) => key.at(named.iter().position(|named| *named == page)?),
        _ => return None,
    };
    Some(Place::value(file, key))
}
