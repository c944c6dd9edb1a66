//! What need not be written again: an earlier folder and the bytes of this build come in, whether
//! they are the same goes out.
//!
//! The bytes are compared. A list of times kept in the marker would save a fifth of the time on an
//! unchanged site, and would miss a file that was edited by hand and given its old time back.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::NO_JEKYLL;

/// Large enough that most pages are one read.
const CHUNK: usize = 64 * 1024;

/// Whether `old` is a plain file with exactly the bytes of some parts. An error in reading it counts as
/// no: then it is written anew.
pub(super) fn holds_bytes(old: &Path, parts: &[&[u8]]) -> bool {
    let length = parts.iter().map(|part| part.len() as u64).sum();
    open_if_long(old, length).is_some_and(|mut old| parts.iter().all(|part| goes_on(&mut old, part)))
}

/// The same for a file in place of bytes.
pub(super) fn holds_file(old: &Path, from: &Path) -> bool {
    let Ok(length) = fs::metadata(from).map(|found| found.len()) else {
        return false;
    };
    match (open_if_long(old, length), File::open(from)) {
        (Some(old), Ok(from)) => same(old, BufReader::with_capacity(CHUNK, from)),
        _ => false,
    }
}

/// Opens a plain file of that length; a symbolic link is none.
fn open_if_long(path: &Path, length: u64) -> Option<BufReader<File>> {
    let found = fs::symlink_metadata(path).ok()?;
    let file = (found.is_file() && found.len() == length).then(|| File::open(path).ok())??;
    Some(BufReader::with_capacity(CHUNK, file))
}

/// Whether the next bytes of a file are these.
fn goes_on(file: &mut impl BufRead, part: &[u8]) -> bool {
    same(file.take(part.len() as u64), part)
}

fn same(mut one: impl BufRead, mut other: impl BufRead) -> bool {
    loop {
        let (Ok(left), Ok(right)) = (one.fill_buf(), other.fill_buf()) else {
            return false;
        };
        let length = left.len().min(right.len());
        if length == 0 {
            return left.is_empty() && right.is_empty();
        }
        if left.get(..length) != right.get(..length) {
            return false;
        }
        one.consume(length);
        other.consume(length);
    }
}

/// Whether `output` holds `.nojekyll` and, beside the owner's names, exactly `count` other files.
pub(super) fn holds_only(output: &Path, count: usize) -> bool {
    files(output).is_ok_and(|found| found.is_some_and(|found| found.len() == count))
}

/// The paths of the files of a site, with `/`; the marker, `.nojekyll` and the owner's names at the top
/// are left out. Nothing if there is no `.nojekyll`, a name is not UTF-8, or a folder is empty or a file no
/// plain one, which no build of ours leaves.
pub(super) fn files(output: &Path) -> io::Result<Option<Vec<String>>> {
    let mut found = Vec::new();
    let whole = holds_bytes(&output.join(NO_JEKYLL), &[]) && collect(output, "", &mut found)?;
    Ok(whole.then_some(found))
}

fn collect(folder: &Path, above: &str, found: &mut Vec<String>) -> io::Result<bool> {
    let mut entries = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries += 1;
        let name = entry.file_name();
        if above.is_empty() && name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let Some(name) = name.to_str() else { return Ok(false) };
        let path = [above, name].concat();
        let kind = entry.file_type()?;
        if kind.is_file() {
            found.push(path);
        } else if !kind.is_dir() || !collect(&entry.path(), &[&path, "/"].concat(), found)? {
            return Ok(false);
        }
    }
    Ok(entries > 0)
}
