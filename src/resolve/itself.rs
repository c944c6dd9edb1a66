//! Pages that name themselves where only another page makes sense.
//!
//! In: front matter as it is written, and the page it speaks of. Out: findings, each at its own name.

use super::PageRef;
use super::index::{Found, Index};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::{Kind, RecordKind};
use crate::model::value::{Name, Record, Value};
use crate::source::FileId;

/// Fields that tell of another page of the same kind; `parent` has a check of its own.
const OF_ANOTHER: [&str; 4] = ["related", "member_of", "supersedes", "see_also"];

/// The kind of the pages that a field names.
fn page_kind(field: &str, kind: &RecordKind) -> Option<Kind> {
    match kind {
        RecordKind::Page(kind) if field != "see_also" => Some(*kind),
        _ => None,
    }
}

/// A finding for each place where a page names itself, or a position its own issue as one that it also bears on.
pub fn named<'a>(
    record: &'a Record<Name>,
    (kind, own): (&'a RecordKind, PageRef),
    file: FileId,
    index: &'a Index<'_>,
) -> impl Iterator<Item = Finding> + 'a {
    let is_position = *kind == RecordKind::Position;
    let fields = record.values.iter().filter_map(move |(field, value)| match value {
        Value::Refs(names) if is_position && field == "also" => Some((names, Some(Kind::Issue))),
        Value::Refs(names) if OF_ANOTHER.contains(&field.as_ref()) => Some((names, page_kind(field, kind))),
        _ => None,
    });
    let names = fields.flat_map(|(names, kind)| names.iter().map(move |name| (name, kind)));
    names.filter(move |(name, kind)| index.find(name.text(), *kind) == Found::Page(own)).map(
        move |(name, _)| {
            let place = Place::value(file, name.path());
            if is_position {
                let message = "this is the position's own issue, under which it stands anyway";
                return Finding::new(Code::WrongChoice, place, message).label("expected another issue");
            }
            Finding::new(Code::WrongChoice, place, format!("`{}` names itself", index.id(own)))
                .label("expected another page")
        },
    )
}
