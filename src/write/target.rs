//! The output folder before any work is done: a path comes in, a [`Target`] that may be replaced
//! goes out, or the [`Refusal`] that says why not.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::{fmt, fs, io};

use super::lock::Lock;
use super::places::Places;
use super::{MARK, MARKER, NO_JEKYLL, is_owners};

/// An output folder that may be replaced, or is not there yet.
#[derive(Debug)]
pub struct Target {
    pub(super) places: Places,
}

/// An output folder that this run alone writes, until it is dropped.
#[derive(Debug)]
pub struct Held {
    pub(super) places: Places,
    pub(super) lock: Lock,
}

/// Why a folder cannot be the output. The command ends with exit code 2.
#[derive(Debug)]
pub enum Refusal {
    /// The output is a file, a socket or the like.
    NotAFolder(PathBuf),
    /// The output is a symbolic link; replacing it would leave what it points to as it was.
    SymbolicLink(PathBuf),
    /// The output is the folder, or lies in it, from which the build reads.
    LiesIn {
        /// As it was asked for.
        output: PathBuf,
        /// Content or theme.
        folder: PathBuf,
    },
    /// The output holds a folder from which the build reads.
    Holds {
        /// As it was asked for.
        output: PathBuf,
        /// Content or theme.
        folder: PathBuf,
    },
    /// The output holds something that this program did not write.
    Foreign {
        /// As it was asked for.
        output: PathBuf,
        /// The first such name.
        found: OsString,
    },
    /// The output is the root of a file system, which cannot be renamed.
    MountPoint(PathBuf),
    /// The system does not let us look.
    Unreadable {
        /// Where.
        path: PathBuf,
        /// What it says.
        error: io::Error,
    },
}

impl Target {
    /// Looks whether `output` may be replaced; changes nothing.
    ///
    /// `keep_out` are the folders from which the build reads (content and theme, even one that is
    /// missing). Relative paths start at the current folder; symbolic links and `..` are seen
    /// through.
    ///
    /// # Errors
    ///
    /// The first reason against it; see [`Refusal`].
    pub fn check(output: &Path, keep_out: &[&Path]) -> Result<Self, Refusal> {
        let place = Resolved::of(output)?;
        if place.last_is_link {
            return Err(Refusal::SymbolicLink(output.into()));
        }
        for folder in keep_out {
            apart(output, &place.path, folder)?;
        }
        match fs::symlink_metadata(&place.path) {
            Ok(found) if !found.is_dir() => return Err(Refusal::NotAFolder(output.into())),
            Ok(_) => replaceable(output, &place.path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(output, error)),
        }
        match (place.path.parent(), place.path.file_name()) {
            (Some(parent), Some(name)) => Ok(Self { places: Places::new(parent, name) }),
            _ => Err(Refusal::MountPoint(output.into())),
        }
    }

    /// Keeps other builds from the output, and clears away what an interrupted build left.
    ///
    /// # Errors
    ///
    /// Another build is at work there; nothing can be written beside the output; the leftovers
    /// cannot be cleared without losing something.
    pub fn hold(self) -> io::Result<Held> {
        let places = self.places;
        let mut lock = Lock::take(&places.lock, &places.output)?;
        places.repair(&mut lock)?;
        Ok(Held { places, lock })
    }
}

/// Whether the output and a folder that is read lie apart.
fn apart(output: &Path, place: &Path, folder: &Path) -> Result<(), Refusal> {
    let read = Resolved::of(folder)?.path;
    let (output, folder) = (output.to_path_buf(), folder.to_path_buf());
    if place.starts_with(&read) {
        Err(Refusal::LiesIn { output, folder })
    } else if read.starts_with(place) {
        Err(Refusal::Holds { output, folder })
    } else {
        Ok(())
    }
}

/// Whether the folder `place` is ours or holds nothing.
fn replaceable(output: &Path, place: &Path) -> Result<(), Refusal> {
    match foreign_name(place) {
        Err(error) => Err(unreadable(output, error)),
        Ok(Some(found)) => Err(Refusal::Foreign { output: output.into(), found }),
        Ok(None) if is_mount_point(place) => Err(Refusal::MountPoint(output.into())),
        Ok(None) => Ok(()),
    }
}

/// The first name that stands against replacing a folder: none if it bears our marker, or holds
/// only names that are carried over.
pub(super) fn foreign_name(folder: &Path) -> io::Result<Option<OsString>> {
    if is_marked(folder) {
        return Ok(None);
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !is_owners(&name) && name != NO_JEKYLL {
            names.push(name);
        }
    }
    Ok(names.into_iter().min())
}

/// Whether the folder holds our marker: a plain file with our first line, not just the name.
fn is_marked(folder: &Path) -> bool {
    mark(folder).is_some_and(|text| text == MARK.as_bytes())
}

/// Whether the folder holds a marker whose first line was not finished, as where a build died.
pub(super) fn is_begun(folder: &Path) -> bool {
    mark(folder).is_some_and(|text| MARK.as_bytes().starts_with(&text))
}

/// As much of the marker as tells whether it is ours. Only a plain file is opened: a pipe would
/// never end.
fn mark(folder: &Path) -> Option<Vec<u8>> {
    let marker = folder.join(MARKER);
    fs::symlink_metadata(&marker).ok().filter(fs::Metadata::is_file)?;
    let mut text = Vec::new();
    fs::File::open(&marker).ok()?.take(MARK.len() as u64).read_to_end(&mut text).ok()?;
    Some(text)
}

/// Whether another file system begins at the folder, as at a volume of a container.
#[cfg(unix)]
fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    folder.parent().is_none_or(|parent| device(parent) != device(folder))
}

#[cfg(not(unix))]
fn is_mount_point(folder: &Path) -> bool {
    folder.parent().is_none()
}

/// A path with all links seen through, of which the end need not exist.
struct Resolved {
    path: PathBuf,
    last_is_link: bool,
}

impl Resolved {
    /// Goes step by step: `canonicalize` alone refuses what is missing, and taking `..` away in
    /// the text alone is wrong behind a symbolic link.
    fn of(path: &Path) -> Result<Self, Refusal> {
        let whole = std::path::absolute(path).map_err(|error| unreadable(path, error))?;
        let mut resolved = Self { path: PathBuf::new(), last_is_link: false };
        for step in whole.components() {
            match step {
                Component::Normal(name) => resolved.enter(name).map_err(|error| unreadable(path, error))?,
                Component::ParentDir => {
                    resolved.path.pop();
                    resolved.last_is_link = false;
                }
                Component::CurDir => {}
                Component::RootDir | Component::Prefix(_) => resolved.path.push(step),
            }
        }
        Ok(resolved)
    }

    fn enter(&mut self, name: &OsStr) -> io::Result<()> {
        self.path.push(name);
        match fs::symlink_metadata(&self.path) {
            Ok(found) => {
                self.last_is_link = found.is_symlink();
                if self.last_is_link {
                    self.path = fs::canonicalize(&self.path)?;
                }
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.last_is_link = false;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

fn unreadable(path: &Path, error: io::Error) -> Refusal {
    Refusal::Unreadable { path: path.into(), error }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(output) => {
                write!(f, "the output `{}` is not a folder; name another with --output", output.display())
            }
            Self::SymbolicLink(output) => write!(
                f,
                "the output `{}` is a symbolic link; give --output the folder it points to",
                output.display()
            ),
            Self::LiesIn { output, folder } => write!(
                f,
                "the output `{}` lies in `{}`, from which the build reads; name a folder outside it with --output",
                output.display(),
                folder.display()
            ),
            Self::Holds { output, folder } => write!(
                f,
                "the output `{}` would replace `{}`, from which the build reads; name a folder beside it with --output",
                output.display(),
                folder.display()
            ),
            Self::Foreign { output, found } => write!(
                f,
                "the output `{}` holds `{}` and was not written by briefwiki, so it is left alone; \
                 empty it, or name another folder with --output",
                output.display(),
                found.display()
            ),
            Self::MountPoint(output) => write!(
                f,
                "the output `{0}` is the root of a file system and cannot be exchanged; \
                 name a folder in it with --output, such as `{1}`",
                output.display(),
                output.join("public").display()
            ),
            Self::Unreadable { path, error } => {
                write!(f, "`{}` cannot be read: {error}; check its path and permissions", path.display())
            }
        }
    }
}

impl std::error::Error for Refusal {}
