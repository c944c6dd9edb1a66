//! Whether all files of the site can be written, on every system and beside each other.
//!
//! In: the planned paths, each with the file it is made of. Out: findings, so that a check tells what
//! would else stop a build at the disk.

use crate::diagnostic::{Code, Finding, Place, printable};
use crate::model::names::file_key;
use crate::parse::Findings;
use crate::resolve::Wiki;
use crate::source::{FileId, KeyPath};
use crate::view::Plan;
use std::collections::{BTreeMap, HashSet};

/// The longest name, in bytes, that all common file systems take.
const LONGEST: usize = 255;

/// What a page's file may be called: behind it comes `.html`.
const LONGEST_ID: usize = LONGEST - ".html".len();

/// Names that Windows takes for devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Tells of names that cannot be written and of paths that cannot stand beside another.
pub(super) fn check(
    wiki: &Wiki<'_>,
    pages: &[(String, Plan)],
    files: &[(String, FileId)],
    findings: &mut Findings,
) {
    long_names(wiki, findings);
    for (_, id) in files {
        findings.extend(unwritable(wiki, *id));
    }
    // Of the pages only those that a file or a folder of it may meet: a wiki has far more pages than files.
    let met = files.iter().flat_map(|(path, _)| folders(path).chain([path.as_str()]));
    let met: HashSet<String> = met.map(file_key).collect();
    let keys = pages.iter().map(|(path, _)| file_key(path)).filter(|key| met.contains(key));
    let mut paths: BTreeMap<String, Option<FileId>> = keys.map(|key| (key, None)).collect();
    for (path, id) in files {
        if let Some(other) = paths.insert(file_key(path), Some(*id)) {
            let finding = collision(*id, other, format!("another file has the address `{path}`"));
            findings.push(finding.help(
                "rename one of the two; names that differ only in case, or in how an accent is stored, count \
                 as the same",
            ));
        }
    }
    for (path, id) in files {
        if let Some((folder, other)) =
            folders(path).find_map(|folder| paths.get(&file_key(folder)).map(|other| (folder, *other)))
        {
            let finding = collision(*id, other, format!("`{folder}` is the address of a file"));
            findings.push(finding.help("rename the folder: no folder can stand in the place of a file"));
        }
    }
}

/// The folders in which a path lies, from the outermost on.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn collision(id: FileId, other: Option<FileId>, message: String) -> Finding {
    let finding = Finding::new(Code::PathCollision, Place::file(id), message);
    match other {
        Some(other) => finding.also(Place::file(other), "the other file"),
        None => finding,
    }
}

/// Ids of pages, and of pages that were, that leave no room for `.html`.
fn long_names(wiki: &Wiki<'_>, findings: &mut Findings) {
    let told = |place: Place, what: &str| {
        Finding::new(
            Code::BadFileName,
            place,
            format!("{what} is longer than a file of the site may be called"),
        )
        .help(format!("shorten it to at most {LONGEST_ID} letters"))
    };
    for page in wiki.pages.iter().filter(|page| page.id().len() > LONGEST_ID) {
        findings.push(told(Place::file(page.document.file), "the name of this page"));
    }
    for page in &wiki.pages {
        let old = page.record().old_addresses("redirect_from");
        for old in old.iter().filter(|old| old.id.len() > LONGEST_ID) {
            let key = KeyPath::key("redirect_from").at(old.index);
            findings.push(told(Place::value(page.document.file, key), "this address"));
        }
    }
}

/// A copied file whose name not every system can write.
fn unwritable(wiki: &Wiki<'_>, id: FileId) -> Option<Finding> {
    let file = wiki.inputs.file(id);
    let (part, why) = file.path.split('/').find_map(|part| Some((part, refused(part)?)))?;
    let message = format!("`{part}` is not a name for a file: {why}");
    let help = "rename it: letters, digits, `-`, `_` and `.` can be written everywhere";
    Some(Finding::new(Code::BadFileName, Place::file(id), message).help(help))
}

/// Why Windows cannot write a name.
fn refused(part: &str) -> Option<String> {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().filter_map(|port| stem.strip_prefix(port));
    if let Some(sign) = part.chars().find(|c| c.is_control() || r#"<>:"|?*\"#.contains(*c)) {
        Some(format!("Windows cannot write `{}`", printable(&sign.to_string())))
    } else if part.ends_with(['.', ' ']) {
        Some("Windows drops a dot or blank at its end".to_owned())
    } else if DEVICES.contains(&stem.as_str())
        || numbered.into_iter().any(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    {
        Some("on Windows it is a device".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_not_every_system_can_write() {
        for name in
            ["a\\b.png", "a:b.png", "what?.png", "a\nb.png", "con", "NUL.tar.png", "com1.png", "a.", "a "]
        {
            assert!(refused(name).is_some(), "{name:?}");
        }
        for name in ["front.png", "Київ 2025.png", "icon.png", "com.png", "com10.png", "a..b", "«x».svg"]
        {
            assert_eq!(refused(name), None, "{name:?}");
        }
    }
}
