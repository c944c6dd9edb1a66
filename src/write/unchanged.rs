//! What need not be written again: an earlier folder and the bytes of this build come in, whether
//! they are the same goes out.
//!
//! The bytes are compared. A list of hashes and times kept in the marker would save a fifth of
//! the time on an unchanged site, and would miss a file that was edited by hand and given its old
//! time back.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::{MARK, MARKER, MARKER_NOTE, NO_JEKYLL, is_owners};

/// Large enough that most pages are one read.
const CHUNK: usize = 64 * 1024;

/// Whether `old` is a plain file with exactly these bytes. An error in reading it counts as no:
/// then it is written anew.
pub(super) fn holds_bytes(old: &Path, bytes: &[u8]) -> bool {
    open_if_long(old, bytes.len() as u64).is_some_and(|old| same(old, bytes))
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

/// Whether `output` holds our own two files and, beside the owner's names, exactly `count` others.
pub(super) fn holds_only(output: &Path, count: usize) -> bool {
    let own = [(MARKER, [MARK, MARKER_NOTE].concat()), (NO_JEKYLL, String::new())];
    own.iter().all(|(name, text)| holds_bytes(&output.join(name), text.as_bytes()))
        && count_files(output, 0).is_ok_and(|found| found == Some(count + own.len()))
}

/// The number of files, the owner's names at the top (`depth` 0) left out; nothing if a folder is
/// empty, which no build of ours leaves.
fn count_files(folder: &Path, depth: usize) -> io::Result<Option<usize>> {
    let mut sum = 0;
    let mut entries = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries += 1;
        if depth == 0 && is_owners(&entry.file_name()) {
            continue;
        }
        sum += if entry.file_type()?.is_dir() {
            match count_files(&entry.path(), depth + 1)? {
                Some(files) => files,
                None => return Ok(None),
            }
        } else {
            1
        };
    }
    Ok((entries > 0).then_some(sum))
}
