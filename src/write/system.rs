//! What only the system can do: a lock, an exchange in one step, whether a folder may be changed,
//! which folder it is whatever its name. Where a system lacks one of them, the caller is told so.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Opens a file to lock it, and creates it if it is missing. A link is not followed and a pipe not
/// waited for: whoever can write beside the output could have put them there.
#[cfg(unix)]
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(open(path, flags, Mode::from_raw_mode(0o644))?.into())
}

#[cfg(not(unix))]
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Locks a file for as long as it is open, or fails at once.
#[cfg(unix)]
pub(super) fn lock(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive).map_err(io::Error::from)
}

#[cfg(not(unix))]
pub(super) fn lock(_file: &File) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// What stays the same of a file or folder when it is renamed, and differs from all others.
#[cfg(unix)]
pub(super) fn identity(found: &fs::Metadata) -> io::Result<String> {
    use std::os::unix::fs::MetadataExt;
    Ok(format!("{}:{}", found.dev(), found.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(found: &fs::Metadata) -> io::Result<String> {
    Ok(format!("{:?}", found.created()?))
}

/// Whether names may be put into a folder and taken out of it.
#[cfg(unix)]
pub(super) fn may_change(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
pub(super) fn may_change(_folder: &Path) -> bool {
    true
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Old kernels say "no such call", some file systems "invalid" or "not supported".
pub(super) fn cannot_exchange(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}
