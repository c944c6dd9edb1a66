//! The folder being written: files come in from any number of threads, the finished folder goes
//! out in the place of the old one.
//!
//! A file that the old folder holds already is only noted. When all have come and nothing differs,
//! the old folder stays as it is; else those noted are hard-linked. Linking and removing 20,000
//! files costs more than comparing them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::lock::Lock;
use super::places::{self, Places};
use super::target::Held;
use super::unchanged::{holds_bytes, holds_file, holds_only};
use super::{MARKER, NO_JEKYLL, Seal, Written, at, seal};

/// A folder beside the output in which a build is put together. Dropped before
/// [`Staging::finish`], it is removed.
#[derive(Debug)]
pub struct Staging {
    places: Places,
    /// There is no old folder whose files could be the same.
    fresh: bool,
    state: State,
    /// Held until the staging folder is gone.
    lock: Lock,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    /// The new folder is ours to remove.
    Unfinished,
    /// The new name now bears the replaced folder, with the owner's names in it.
    Swapped,
}

/// A file that has been handed over; [`Staging::finish`] wants all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a file is in the output only if `finish` gets this"]
pub struct Put<'a> {
    path: &'a str,
    bytes: u64,
    number: u128,
    unchanged: bool,
}

impl<'a> Put<'a> {
    /// A file that was written anew.
    pub(super) fn new(path: &'a str, (number, bytes): (u128, u64)) -> Put<'a> {
        Put { path, bytes, number, unchanged: false }
    }
}

impl Held {
    /// Begins a new folder beside the output.
    ///
    /// # Errors
    ///
    /// The folder cannot be created.
    pub fn stage(self) -> io::Result<Staging> {
        let Self { places, lock } = self;
        let fresh = !places.output.exists();
        let staging = Staging { places, fresh, state: State::Unfinished, lock };
        staging.places.create()?;
        Ok(staging)
    }
}

impl Staging {
    /// Writes one file, given in parts, unless the old folder has it with the same bytes. `path` is
    /// relative, with `/` between its names.
    ///
    /// # Errors
    ///
    /// `path` leads out of the folder or begins with a dot, or has been put before; the file
    /// cannot be written.
    pub fn put<'a>(&self, path: &'a str, parts: &[&[u8]]) -> io::Result<Put<'a>> {
        check(path)?;
        let unchanged = !self.fresh && holds_bytes(&self.places.output.join(path), parts);
        if !unchanged {
            let place = self.place(path);
            let mut file = create_below(&place, path)?;
            let written = parts.iter().try_for_each(|part| file.write_all(part));
            written.map_err(at(&place))?;
        }
        let bytes = parts.iter().map(|part| part.len() as u64).sum();
        Ok(Put { path, bytes, number: seal::of_bytes(parts), unchanged })
    }

    /// Where a file of the new folder lies.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.places.new.join(path)
    }

    /// Whether the old folder may hold a file as it is put.
    pub(super) fn may_hold_old(&self) -> bool {
        !self.fresh
    }

    /// Copies a file from elsewhere without taking it into memory, unless the old folder has it
    /// with the same bytes.
    ///
    /// # Errors
    ///
    /// As [`Staging::put`]; `from` cannot be read.
    pub fn copy<'a>(&self, path: &'a str, from: &Path) -> io::Result<Put<'a>> {
        check(path)?;
        let old = self.places.output.join(path);
        let unchanged = holds_file(&old, from);
        let place = if unchanged { old } else { self.place(path) };
        if !unchanged {
            copy(from, &place)?;
        }
        let (number, bytes) = seal::of_file(&place)?;
        Ok(Put { path, bytes, number, unchanged })
    }

    /// Puts the folder in the output's place, with exactly the files of `puts`. The marker tells of what
    /// they were made, for [`Held::is_made_of`].
    ///
    /// # Errors
    ///
    /// A path occurs twice; the folder cannot be completed or exchanged: then the output is as it
    /// was. Or the replaced folder cannot be cleared away: then the output is the new one, and the
    /// next build clears it.
    pub fn finish(mut self, made_of: Seal, mut puts: Vec<Put<'_>>) -> io::Result<Written> {
        puts.par_sort_unstable_by_key(|put| put.path);
        refuse_twice(&puts)?;
        let written = tally(&puts);
        let output = &self.places.output;
        let is = seal::of_files(puts.iter().map(|put| (put.path, put.number)));
        self.mark(&seal::sealed(made_of, is))?;
        if written.unchanged == written.files && holds_only(output, written.files) {
            // The same site was made of something else: only the marker is new.
            let (new, old) = (self.places.new.join(MARKER), output.join(MARKER));
            fs::rename(&new, &old).map_err(at(&old))?;
            return Ok(written);
        }
        self.places.refuse_if_fixed()?;
        puts.par_iter().filter(|put| put.unchanged).try_for_each(|put| self.keep(put))?;
        create(&self.places.new.join(NO_JEKYLL)).map_err(at(&self.places.new))?;
        if let Ok(found) = fs::metadata(output) {
            fs::set_permissions(&self.places.new, found.permissions()).map_err(at(&self.places.new))?;
        }
        self.places.swap(&mut self.lock)?;
        self.state = State::Swapped;
        self.places.settle(&mut self.lock)?;
        Ok(written)
    }

    /// Adds a line to the marker, which at no moment is without its first one.
    fn mark(&self, line: &str) -> io::Result<()> {
        let marker = self.places.new.join(MARKER);
        let file = OpenOptions::new().append(true).open(&marker);
        file.and_then(|mut file| file.write_all(line.as_bytes())).map_err(at(&marker))
    }

    /// Takes an unchanged file over from the old folder: by a link, or, where the file system has
    /// none or refuses (another owner, too many links), by a copy.
    fn keep(&self, put: &Put<'_>) -> io::Result<()> {
        let (old, new) = (self.places.output.join(put.path), self.place(put.path));
        match in_folder(&new, || fs::hard_link(&old, &new)) {
            Ok(()) => Ok(()),
            Err(_) => copy(&old, &new).map(drop),
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.state == State::Unfinished {
            // What cannot be removed now is removed by the next build; there is nobody to tell.
            drop(places::remove(&self.places.new));
        }
    }
}

fn tally(puts: &[Put<'_>]) -> Written {
    Written {
        files: puts.len(),
        bytes: puts.iter().map(|put| put.bytes).sum(),
        unchanged: puts.iter().filter(|put| put.unchanged).count(),
    }
}

/// Two unchanged files of one path would else pass for two files.
fn refuse_twice(sorted: &[Put<'_>]) -> io::Result<()> {
    match sorted.windows(2).find_map(|pair| match pair {
        [one, other] if one.path == other.path => Some(one.path),
        _ => None,
    }) {
        None => Ok(()),
        Some(path) => Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("`{path}` is written twice"))),
    }
}

/// A path may not lead out of the folder, nor name what belongs to the owner of the output.
pub(super) fn check(path: &str) -> io::Result<()> {
    let plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if plain && !path.starts_with('.') && !path.contains(['\\', '\0']) {
        return Ok(());
    }
    let text = format!("`{path}` cannot be the path of an output file");
    Err(io::Error::new(io::ErrorKind::InvalidInput, text))
}

/// A new file, never one that is there.
fn create(path: &Path) -> io::Result<File> {
    in_folder(path, || OpenOptions::new().write(true).create_new(true).open(path))
}

/// The same at a place in the new folder, with the path below it. One that lies deep is likely to be the first of
/// its folder, as an issue's history is.
pub(super) fn create_below(place: &Path, path: &str) -> io::Result<File> {
    let is_deep = path.bytes().filter(|byte| *byte == b'/').count() > 1;
    if let Some(folder) = place.parent().filter(|_| is_deep) {
        // Where this fails, the file is tried all the same.
        drop(fs::create_dir(folder));
    }
    create(place).map_err(at(place))
}

/// `io::copy` and not `fs::copy`, which would hand on the permissions of a private file.
fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    let mut source = File::open(from).map_err(at(from))?;
    create(to).and_then(|mut file| io::copy(&mut source, &mut file)).map_err(at(to))
}

/// Tries, and once more with the folder created: no list of folders is kept, so threads share
/// nothing, and all but the first file of a folder need one call.
fn in_folder<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (make(), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            make()
        }
        (result, _) => result,
    }
}
