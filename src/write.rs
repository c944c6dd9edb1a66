//! The output stage: finished files come in, a folder of them goes out, swapped in at once.
//!
//! ```text
//! Target::check ─→ Target ─hold→ Held ─stage→ Staging ─put, copy→ Put, Put, … ─finish→ Written
//!                                 │             └─begin→ Writing ─finish→ Put
//!                                 └─is_made_of→ Written, where an earlier build wrote just this
//! ```
//!
//! Nothing changes in the output folder until [`Staging::finish`] exchanges it for the new one.
//! A staging folder that is dropped before leaves nothing behind. No file here holds a clock time,
//! so the same files give the same folder.
//!
//! # The names beside the output
//!
//! For an output `public` they are `.public.briefwiki-new` (being written; after the exchange the
//! folder that was replaced), `.public.briefwiki-lock` (locked while a build runs; see `lock`) and,
//! only where a system cannot exchange, `.public.briefwiki-old`. An interrupted build may leave
//! them; the next one repairs that before it reads.
//!
//! # Names that begin with a dot
//!
//! At the top of the output they belong to its owner (`.git`, `.gitignore`) and are moved over to
//! the new folder, never copied and never written, but for [`MARKER`] and [`NO_JEKYLL`].

#![expect(clippy::disallowed_methods, reason = "this stage writes files")]

mod lock;
mod places;
mod seal;
mod staging;
mod system;
mod target;
mod unchanged;
mod writing;

use std::io;
use std::path::Path;

pub use seal::Seal;
pub use staging::{Put, Staging};
pub use target::{Held, Refusal, Target};
pub use writing::Writing;

/// The file that says that a folder is ours to replace.
pub const MARKER: &str = ".briefwiki";

/// The file that keeps GitHub Pages from hiding names that begin with an underscore.
pub const NO_JEKYLL: &str = ".nojekyll";

/// A marker counts only if it begins with this line, so it must stay the same for ever.
const MARK: &str = "This folder is written by briefwiki.\n";

/// What follows the mark: for the person who opens the file.
const MARKER_NOTE: &str = "Each build replaces all of it but names at its top that begin with a dot.\n";

/// What a build wrote, the marker and `.nojekyll` not counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// All files of the site.
    pub files: usize,
    /// Their size.
    pub bytes: u64,
    /// How many of the files were there already, with the same bytes.
    pub unchanged: usize,
}

/// Whether a name at the top of the output belongs to the owner of the folder.
fn is_owners(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") && name != MARKER && name != NO_JEKYLL
}

/// Puts the path before an error of the system, which alone does not say where.
fn at(path: &Path) -> impl FnOnce(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests;
