//! What an output folder was made of: the parts that decide its bytes come in, whether the folder still
//! is what they gave goes out, without one page being made.
//!
//! The marker holds two numbers: the seal of what the site was made of, and one over the names and bytes
//! of the files that were written. Both are hashes of 128 bits that guard against chance, not against
//! somebody who wants to deceive himself.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use twox_hash::XxHash3_128;

use super::target::Held;
use super::unchanged::{files, holds_file};
use super::{MARK, MARKER, MARKER_NOTE, Written, at};

/// What the bytes of a site depend on, as one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal(u128);

impl Seal {
    /// The seal of parts in their order; a part is never taken for the end of another.
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Seal {
        let mut hash = XxHash3_128::new();
        for part in parts {
            hash.write(&(part.len() as u64).to_le_bytes());
            hash.write(part);
        }
        Seal(hash.finish_128())
    }

    /// The number, as a part of another seal.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

/// The text of the marker.
pub(super) fn marker(seals: Option<(Seal, Seal)>) -> String {
    let line = seals.map(|(inputs, outputs)| sealed(inputs, outputs));
    [MARK, MARKER_NOTE, line.as_deref().unwrap_or_default()].concat()
}

/// The last line of the marker.
pub(super) fn sealed(inputs: Seal, outputs: Seal) -> String {
    format!("Made of {inputs}, and is {outputs}.\n")
}

/// The number of one file's bytes, which come in parts.
pub(super) fn of_bytes(parts: &[&[u8]]) -> u128 {
    if let [whole] = parts {
        return XxHash3_128::oneshot(whole);
    }
    let mut hash = XxHash3_128::new();
    parts.iter().for_each(|part| hash.write(part));
    hash.finish_128()
}

/// The same for bytes that come one after the other.
pub(super) struct Sum {
    hash: XxHash3_128,
    bytes: u64,
}

impl Sum {
    /// Of nothing.
    pub(super) fn new() -> Sum {
        Sum { hash: XxHash3_128::new(), bytes: 0 }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.hash.write(bytes);
        self.bytes += bytes.len() as u64;
    }

    /// The number of the bytes, and how many they are.
    pub(super) fn finish(self) -> (u128, u64) {
        (self.hash.finish_128(), self.bytes)
    }
}

/// The number of a file's bytes, and how many they are.
pub(super) fn of_file(path: &Path) -> io::Result<(u128, u64)> {
    let mut file = File::open(path).map_err(at(path))?;
    let (mut chunk, mut sum) = (vec![0; 64 * 1024], Sum::new());
    loop {
        match file.read(&mut chunk).map_err(at(path))? {
            0 => return Ok(sum.finish()),
            length => sum.add(&chunk[..length]),
        }
    }
}

/// The number over files, sorted by path, each with the number of its bytes.
pub(super) fn of_files<'p>(files: impl IntoIterator<Item = (&'p str, u128)>) -> Seal {
    let mut hash = XxHash3_128::new();
    for (path, number) in files {
        hash.write(path.as_bytes());
        // No path holds a zero byte.
        hash.write(&[0]);
        hash.write(&number.to_le_bytes());
    }
    Seal(hash.finish_128())
}

impl Held {
    /// Whether the output is just what a build of this seal wrote and nobody has touched it since; then
    /// nothing needs to be made. `copies` are the files that were copied, with where they come from: they
    /// are compared with their sources, because no seal is taken of their bytes.
    pub fn is_made_of(&self, seal: Seal, copies: &[(&str, PathBuf)]) -> Option<Written> {
        let output = &self.places.output;
        let text = fs::read_to_string(output.join(MARKER)).ok()?;
        if !text.contains(&format!("Made of {seal},")) {
            return None;
        }
        let mut paths = files(output).ok()??;
        paths.sort_unstable();
        let numbers: Option<Vec<(u128, u64)>> =
            paths.par_iter().map(|path| of_file(&output.join(path)).ok()).collect();
        let numbers = numbers?;
        let found = of_files(paths.iter().map(String::as_str).zip(numbers.iter().map(|number| number.0)));
        if text != marker(Some((seal, found)))
            || !copies.par_iter().all(|(path, from)| holds_file(&output.join(path), from))
        {
            return None;
        }
        let bytes = numbers.iter().map(|number| number.1).sum();
        Some(Written { files: paths.len(), bytes, unchanged: paths.len() })
    }
}
