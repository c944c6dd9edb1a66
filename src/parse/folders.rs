//! What the folder and the name of a page file say.
//!
//! In: a file's path and the keys of its front matter. Out: its id, and findings for a name that is none and
//! for a page that lies in the folder of another kind.

use super::document::{is_block, looks_like_rows};
use super::fields::Mapping;
use super::markdown::is_id;
use super::yaml::Yaml;
use super::{Document, Findings, Parsed, stem};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::{Kind, RecordKind};
use crate::model::names::page_id;
use crate::model::tables;
use crate::read::InputFile;

/// The id of a file's name: the name itself, or as it is proposed where it is none, so that links by the
/// mended name are not missing as well.
pub(super) fn id_of(name: &str, kind: &RecordKind) -> String {
    if usable(name, kind) { name.to_owned() } else { page_id(name).unwrap_or_else(|| name.to_owned()) }
}

/// Whether a file's name can be an id. That of a position becomes an anchor, so it takes the same letters.
fn usable(name: &str, kind: &RecordKind) -> bool {
    is_id(name)
        && match kind {
            RecordKind::Position => true,
            RecordKind::Page(kind) => !kind.reserves(name),
        }
}

/// Tells of a name that is none, with one that is.
pub(super) fn check_name(document: &Document, file: &InputFile, findings: &mut Findings) {
    let name = stem(&file.path);
    if usable(name, &document.kind) {
        return;
    }
    let message = format!("`{}` is not a name for a page", file.path);
    let finding = Finding::new(Code::BadFileName, Place::file(document.file), message);
    let is_kept = matches!(document.kind, RecordKind::Page(kind) if is_id(name) && kind.reserves(name));
    findings.push(match page_id(name) {
        _ if is_kept => finding.help("this name is kept for a page of the site: take another"),
        Some(id) => finding.help(format!("rename it to {id}.md: small letters a to z, digits and `-`")),
        None => finding.help("name the file by its subject: small letters a to z, digits and `-`"),
    });
}

/// The kind of a page whose fields are those of another kind than its folder's, and the finding.
pub(super) fn misplaced(
    map: &Mapping<'_>,
    document: &Document,
    file: &InputFile,
    parsed: &Parsed,
) -> Option<(RecordKind, Finding)> {
    // Nearly all pages have the fields of their folder alone.
    unknown(map, &document.kind, parsed).next()?;
    let own = strange(map, &document.kind, parsed);
    let others = Kind::ALL.map(RecordKind::Page).into_iter().chain([RecordKind::Position]);
    let others = others.filter(|kind| *kind != document.kind);
    let fits = |kind: &RecordKind| {
        let other = strange(map, kind, parsed);
        // One slip in a page of many strange fields does not make it a page of this folder.
        let clear = own >= CLEARLY_STRANGE && of_kind_alone(map, kind, &document.kind) > 1;
        other == 0 || other == 1 && clear
    };
    let best = |kind: &RecordKind| strange(map, kind, parsed);
    let kind = others.filter(fits).min_by_key(best)?;
    let name = format!("{}.md", document.id);
    let (word, help) = match (&kind, issue_of(map)) {
        (RecordKind::Page(kind), _) => {
            (kind.with_article(), file.beside(&format!("{}/{name}", kind.folder())))
        }
        (RecordKind::Position, Some(issue)) => {
            ("a position".to_owned(), file.beside(&format!("positions/{issue}/{name}")))
        }
        (RecordKind::Position, None) => {
            let path = file.beside(&format!("positions/<issue>/{name}"));
            (
                "a position".to_owned(),
                format!("{path}, where <issue> is the file name of its issue without .md"),
            )
        }
    };
    let message = format!("these are the fields of {word}");
    let finding = Finding::new(Code::StrayFile, Place::file(document.file), message)
        .help(format!("move the file to {help}"));
    Some((kind, finding))
}

/// So many strange fields are more than slips.
const CLEARLY_STRANGE: usize = 4;

/// How far front matter is from the fields of a kind: how many of its keys are none, and how many fields that
/// are required it lacks.
fn strange(map: &Mapping<'_>, kind: &RecordKind, parsed: &Parsed) -> usize {
    let written = |name: &str| map.iter().any(|(key, _)| key == name);
    let missing = tables::fields(kind).filter(|field| field.required && !written(&field.name));
    unknown(map, kind, parsed).count() + missing.count()
}

/// The keys that are no fields of a kind.
fn unknown<'a>(
    map: &'a Mapping<'_>,
    kind: &'a RecordKind,
    parsed: &'a Parsed,
) -> impl Iterator<Item = &'a str> {
    let is_issue = *kind == RecordKind::Page(Kind::Issue);
    let known = move |key: &str, value: &Yaml| {
        tables::fields(kind).any(|field| field.name == key)
            || is_issue && (is_block(key, parsed) || looks_like_rows(value))
    };
    map.iter().filter(move |(key, value)| !known(key, value)).map(|(key, _)| key.as_ref())
}

/// How many of the fields that are written are fields of one kind and not of another.
fn of_kind_alone(map: &Mapping<'_>, kind: &RecordKind, other: &RecordKind) -> usize {
    let has = |kind: &RecordKind, key: &str| tables::fields(kind).any(|field| field.name == key);
    map.iter().filter(|(key, _)| has(kind, key) && !has(other, key)).count()
}

/// The issue that a position names itself.
fn issue_of<'a>(map: &'a Mapping<'_>) -> Option<&'a str> {
    map.iter().find_map(|(key, value)| match value {
        Yaml::Scalar(issue) if key == "issue" && is_id(issue) => Some(issue.as_ref()),
        _ => None,
    })
}
