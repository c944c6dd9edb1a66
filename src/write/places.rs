//! The three places of a swap (output, new, old): a finished folder under the new name comes in,
//! it stands under the output's name when we are done, and nothing is left beside it.
//!
//! # What is safe when the process dies
//!
//! Names of the owner (`.git`) are moved *after* the exchange, from the replaced folder to the
//! new one. So nothing of the owner's is touched before the exchange has succeeded; each move is
//! one rename, so a name is always whole in exactly one of the two folders; and the replaced
//! folder is removed only when no such name is left in it. A build that dies at any point leaves
//! the owner's names in the output or in a folder beside it, and [`Places::repair`] brings the
//! latter home before anything is removed. The marker is removed last, so that a half-removed
//! folder is still known as ours.
//!
//! Which folder was replaced stands in the [`Lock`]: a folder beside the output that is not that
//! one was never the output, and nothing is taken from it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::lock::Lock;
use super::system::{cannot_exchange, exchange, may_change};
use super::target::{foreign_name, is_begun};
use super::{MARKER, at, is_owners};

/// Where the folders of one output stand. The paths are absolute and free of symbolic links.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) output: PathBuf,
    /// The new folder before the exchange, the replaced one after it.
    pub(super) new: PathBuf,
    /// The replaced folder where the system cannot exchange.
    pub(super) old: PathBuf,
    /// The file that is locked while a build runs.
    pub(super) lock: PathBuf,
}

impl Places {
    pub(super) fn new(parent: &Path, name: &OsStr) -> Self {
        let beside = |suffix: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(suffix);
            parent.join(hidden)
        };
        Self {
            output: parent.join(name),
            new: beside(".briefwiki-new"),
            old: beside(".briefwiki-old"),
            lock: beside(".briefwiki-lock"),
        }
    }

    /// Ends what an interrupted build began: afterwards only the output may be there.
    pub(super) fn repair(&self, lock: &mut Lock) -> io::Result<()> {
        if !exists(&self.output) && lock.has_replaced(&self.old) {
            // It died between the two renames. The last whole build is the old one.
            rename(&self.old, &self.output)?;
        }
        self.settle(lock)
    }

    /// Creates the new folder with its marker.
    pub(super) fn create(&self) -> io::Result<()> {
        fs::create_dir(&self.new).map_err(at(&self.new))?;
        let marker = self.new.join(MARKER);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&marker).map_err(at(&marker))?;
        file.write_all(super::seal::marker(None).as_bytes()).map_err(at(&marker))
    }

    /// Makes sure that after an exchange nothing of the output would have to stay: a folder that
    /// may not be changed can be renamed with the output, but not be removed.
    pub(super) fn refuse_if_fixed(&self) -> io::Result<()> {
        if !exists(&self.output) {
            return Ok(());
        }
        refuse_tree_if_fixed(&self.output)?;
        for name in names(&self.output)?.iter().filter(|name| is_owners(name)) {
            let path = self.output.join(name);
            if is_folder(&path) {
                refuse_folder_if_fixed(&path)?;
            }
        }
        Ok(())
    }

    /// Puts the new folder in the output's place. On an error the output is as it was.
    pub(super) fn swap(&self, lock: &mut Lock) -> io::Result<()> {
        if !exists(&self.output) {
            return rename(&self.new, &self.output);
        }
        lock.begin(&self.output)?;
        let swapped = match exchange(&self.new, &self.output) {
            Err(error) if cannot_exchange(&error) => self.swap_by_renames(),
            result => result.map_err(|error| not_exchanged(&self.output, &error)),
        };
        if swapped.is_err() && lock.has_replaced(&self.output) {
            lock.end()?;
        }
        swapped
    }

    /// For systems without an exchange. Between the two renames there is no output; a process
    /// that dies there is repaired by the next run.
    pub(super) fn swap_by_renames(&self) -> io::Result<()> {
        rename(&self.output, &self.old)?;
        rename(&self.new, &self.output).inspect_err(|_| drop(rename(&self.old, &self.output)))
    }

    /// Brings the owner's names home from the folder that was replaced, then removes what stands
    /// beside the output.
    pub(super) fn settle(&self, lock: &mut Lock) -> io::Result<()> {
        for folder in [&self.new, &self.old] {
            if exists(folder) {
                refuse_if_foreign(folder)?;
                if lock.has_replaced(folder) {
                    carry_over(folder, &self.output)?;
                } else {
                    refuse_if_owned(folder)?;
                }
                remove(folder)?;
            }
        }
        lock.end()
    }
}

/// Moves the owner's names; never over one that is there already.
fn carry_over(from: &Path, to: &Path) -> io::Result<()> {
    for name in names(from)?.into_iter().filter(|name| is_owners(name)) {
        let (left, home) = (from.join(&name), to.join(&name));
        if exists(&home) {
            let text = format!(
                "an interrupted build left `{}`, and `{}` exists as well; keep one of them there and remove the other",
                left.display(),
                home.display()
            );
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, text));
        }
        fs::create_dir_all(to).map_err(at(to))?;
        rename(&left, &home)?;
    }
    Ok(())
}

/// Removes one of our folders, its marker last.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    let rest: Vec<PathBuf> =
        names(folder)?.into_iter().filter(|name| name != MARKER).map(|name| folder.join(name)).collect();
    rest.par_iter().try_for_each(|path| remove_tree(path))?;
    fs::remove_dir_all(folder).map_err(at(folder))
}

/// Like `fs::remove_dir_all` for what lies in a folder, but on all threads: a third off the time
/// with two.
fn remove_tree(path: &Path) -> io::Result<()> {
    if is_folder(path) {
        let paths: Vec<PathBuf> = names(path)?.iter().map(|name| path.join(name)).collect();
        paths.par_iter().try_for_each(|path| remove_tree(path))?;
        fs::remove_dir(path).map_err(at(path))
    } else {
        fs::remove_file(path).map_err(at(path))
    }
}

/// The names in a folder.
fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.file_name())).collect())
        .map_err(at(folder))
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// A folder itself; a link to one is none.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).map_err(|error| {
        let text = format!("{} cannot be renamed to {}: {error}", from.display(), to.display());
        io::Error::new(error.kind(), text)
    })
}

/// Says what a bare "device busy" or "cross-device link" hides.
fn not_exchanged(output: &Path, error: &io::Error) -> io::Error {
    let text = format!(
        "{} cannot be exchanged for the new folder: {error} (if it is a mount or belongs to a \
         container's image, name a folder in it with --output)",
        output.display()
    );
    io::Error::new(error.kind(), text)
}

/// Guards against a folder that by chance bears one of our names, and against a link, which would
/// have the folder emptied that it points to.
fn refuse_if_foreign(folder: &Path) -> io::Result<()> {
    let why = if !is_folder(folder) {
        "is not a folder".to_owned()
    } else if is_begun(folder) {
        return Ok(());
    } else {
        match foreign_name(folder).map_err(at(folder))? {
            None => return Ok(()),
            Some(found) => format!("holds `{}` and was not written by briefwiki", found.display()),
        }
    };
    Err(in_the_way(folder, &why))
}

/// A folder that was never the output holds no names of its owner: whoever put some there wants
/// them, or wants them to be published.
fn refuse_if_owned(folder: &Path) -> io::Result<()> {
    match names(folder)?.into_iter().filter(|name| is_owners(name)).min() {
        None => Ok(()),
        Some(found) => {
            Err(in_the_way(folder, &format!("holds `{}`, which no build put there", found.display())))
        }
    }
}

fn in_the_way(folder: &Path, why: &str) -> io::Error {
    let text = format!("`{}` {why}; move it away", folder.display());
    io::Error::new(io::ErrorKind::AlreadyExists, text)
}

/// The folders of a tree, the owner's at its top left out.
fn refuse_tree_if_fixed(folder: &Path) -> io::Result<()> {
    refuse_folder_if_fixed(folder)?;
    for name in names(folder)? {
        let path = folder.join(&name);
        if !is_owners(&name) && is_folder(&path) {
            refuse_tree_if_fixed(&path)?;
        }
    }
    Ok(())
}

fn refuse_folder_if_fixed(folder: &Path) -> io::Result<()> {
    if may_change(folder) {
        return Ok(());
    }
    let text = format!(
        "you may not change the folder `{}`, so it cannot be replaced; give yourself the right to write in it",
        folder.display()
    );
    Err(io::Error::new(io::ErrorKind::PermissionDenied, text))
}
