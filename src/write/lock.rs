//! One build at a time: an output comes in, a [`Lock`] goes out that is held until it is dropped.
//!
//! The lock is on a file beside the output, because the output and the staging folder change their
//! names while a build runs. The system gives it up when the process ends, however it ends. Whoever
//! holds it removes the file at the end, so one that gets the lock looks whether its file still is
//! the one beside the output, and else begins again.
//!
//! The file is empty but from before an exchange until its end: then it names the folder that is
//! replaced. Only that folder can hold names of the owner; so none are taken from a folder that
//! merely bears our name.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::at;
use super::system::{identity, lock, open_lock};

/// How often another build may end between our steps before we give up.
const TRIES: usize = 100;

/// The longest name of a folder that is read from the file.
const LONGEST: u64 = 200;

/// The right to write one output.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
    /// The folder of an exchange that has begun and not ended.
    replaced: Option<String>,
    /// Folders above the output that were missing, outermost first.
    created: Vec<PathBuf>,
}

impl Lock {
    /// Takes the lock of an output at `path`; the folders above it are created.
    pub(super) fn take(path: &Path, output: &Path) -> io::Result<Self> {
        let created = missing_parents(output);
        Self::try_take(path, output, &created)
            .inspect_err(|_| remove_empty(&created))
            .map(|(file, replaced)| Self { path: path.into(), file, replaced, created })
    }

    fn try_take(path: &Path, output: &Path, created: &[PathBuf]) -> io::Result<(File, Option<String>)> {
        for _ in 0..TRIES {
            created.last().map_or(Ok(()), |folder| fs::create_dir_all(folder).map_err(at(folder)))?;
            if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
                let text = format!("`{}` is not a plain file; move it away", path.display());
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, text));
            }
            let mut file = match open_lock(path) {
                // Another build removed the folders above that it had created.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened.map_err(at(path))?,
            };
            match lock(&file) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(busy(output)),
                // Where a file system knows no locks, go on as if there were no other build.
                _ if is_at(&file, path) => {
                    let mut text = Vec::new();
                    (&mut file).take(LONGEST).read_to_end(&mut text).map_err(at(path))?;
                    let replaced = String::from_utf8_lossy(&text).into_owned();
                    return Ok((file, (!text.is_empty()).then_some(replaced)));
                }
                _ => {}
            }
        }
        Err(busy(output))
    }

    /// Whether a folder is the one that an exchange has replaced.
    pub(super) fn has_replaced(&self, folder: &Path) -> bool {
        let found = fs::symlink_metadata(folder).and_then(|found| identity(&found)).ok();
        found.is_some() && self.replaced == found
    }

    /// Notes that `folder` is about to be replaced.
    pub(super) fn begin(&mut self, folder: &Path) -> io::Result<()> {
        let name = fs::symlink_metadata(folder).and_then(|found| identity(&found)).map_err(at(folder))?;
        self.note(&name)?;
        self.replaced = Some(name);
        Ok(())
    }

    /// Notes that nothing is left of an exchange.
    pub(super) fn end(&mut self) -> io::Result<()> {
        if self.replaced.take().is_some() { self.note("") } else { Ok(()) }
    }

    fn note(&mut self, text: &str) -> io::Result<()> {
        let mut write = || {
            self.file.set_len(0)?;
            self.file.rewind()?;
            self.file.write_all(text.as_bytes())
        };
        write().map_err(at(&self.path))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // There is nobody to tell; an empty file that stays is no harm, one with a name is needed.
        if self.replaced.is_none() {
            drop(fs::remove_file(&self.path));
        }
        remove_empty(&self.created);
    }
}

/// Whether an open file still is the one that bears the name.
fn is_at(file: &File, path: &Path) -> bool {
    let same = || io::Result::Ok(identity(&file.metadata()?)? == identity(&fs::symlink_metadata(path)?)?);
    same().unwrap_or(false)
}

fn busy(output: &Path) -> io::Error {
    let text = format!("another build is writing `{}`; wait for it to end", output.display());
    io::Error::new(io::ErrorKind::ResourceBusy, text)
}

/// The folders above the output that are not there, outermost first.
fn missing_parents(output: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> =
        output.ancestors().skip(1).take_while(|folder| !folder.exists()).map(PathBuf::from).collect();
    missing.reverse();
    missing
}

/// Removes folders that we created, unless someone has put something there.
fn remove_empty(created: &[PathBuf]) {
    for folder in created.iter().rev() {
        drop(fs::remove_dir(folder));
    }
}
