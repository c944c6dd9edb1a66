//! Reading: every file of content and theme, once, in a fixed order.
//!
//! In: the content folder and, if there is one, a theme folder. Out: [`Inputs`]; nothing is read
//! later. What cannot be read or does not belong is a finding, and the rest is read all the same.

mod kinds;
mod theme;

pub use kinds::{Role, is_image, role};

use crate::diagnostic::{Code, Finding, Place};
use crate::source::FileId;
use rayon::prelude::*;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// Largest text file that is read, in bytes: a page of a briefing has some 10 kB.
pub const LARGEST: u64 = 8 << 20;

/// Bytes of a file as most are at most.
const ROOM: usize = 16 << 10;

/// Most folders within folders that are listed.
pub const DEEPEST: usize = 64;

/// A file of the run.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Path below its folder, with `/`.
    pub path: String,
    /// The folder of content or theme that it lies in; `None` for a file of the default theme.
    pub folder: Option<Arc<Path>>,
    /// What the file is for.
    pub role: Role,
    /// Its text; empty where it is not read or not UTF-8.
    pub text: String,
    /// False where the text could not be read; a finding says why.
    pub readable: bool,
}

impl InputFile {
    /// Where it lies; `None` for a file of the default theme.
    pub fn from(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(&self.path))
    }

    /// Whether it is a file of the default theme.
    pub fn is_built_in(&self) -> bool {
        self.folder.is_none()
    }

    /// Its path to print, which the reader can open.
    pub fn shown(&self) -> String {
        self.beside(&self.path)
    }

    /// Another path below the same folder as it is printed.
    pub fn beside(&self, path: &str) -> String {
        match &self.folder {
            Some(folder) => [folder.to_string_lossy().trim_end_matches('/'), "/", path].concat(),
            None => [theme::SHOWN, "/", path].concat(),
        }
    }
}

/// Every file of content and theme; the index is the [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The files, content first, each group sorted by path.
    pub files: Vec<InputFile>,
    /// The content folder as its repository names it, with a final `/`; `None` where that is not known.
    pub in_repository: Option<String>,
}

impl Inputs {
    /// A file.
    pub fn file(&self, id: FileId) -> &InputFile {
        &self.files[id.index()]
    }

    /// The text of a file.
    pub fn text(&self, id: FileId) -> &str {
        &self.file(id).text
    }

    /// Whether a template is not the default theme's.
    pub fn has_own_templates(&self) -> bool {
        self.files.iter().any(|file| file.role == Role::Template && !file.is_built_in())
    }

    /// The files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &InputFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(u32::try_from(at).unwrap_or(u32::MAX)), file))
    }
}

/// What could not be done at all.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such content folder.
    NoContent(PathBuf),
    /// There is no such theme folder.
    NoTheme(PathBuf),
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ReadError::NoContent(path) => write!(
                out,
                "there is no content folder `{}`; run this in the folder that holds it, or name it with --content",
                path.display()
            ),
            ReadError::NoTheme(path) => {
                write!(
                    out,
                    "there is no theme folder `{}`; leave --theme out for the built-in theme",
                    path.display()
                )
            }
        }
    }
}

/// Reads a content folder and an optional theme folder.
///
/// # Errors
/// When a folder that was asked for does not exist.
pub fn read(content: &Path, theme: Option<&Path>) -> Result<(Inputs, Vec<Finding>), ReadError> {
    if !content.is_dir() {
        return Err(ReadError::NoContent(content.to_owned()));
    }
    let read = list(content, role, is_left_out);
    let own_theme = match theme {
        Some(theme) if !theme.is_dir() => return Err(ReadError::NoTheme(theme.to_owned())),
        Some(theme) => list(theme, theme::role, theme::is_left_out),
        None => Vec::new(),
    };
    let built_in = theme::built_in(own_theme.iter().flatten().map(|(file, _)| file));
    let all = || read.iter().chain(&own_theme);
    let files = Vec::with_capacity(all().map(Vec::len).sum::<usize>() + built_in.len() + 1);
    let mut inputs = Inputs { files, in_repository: in_repository(content) };
    let mut findings = Vec::new();
    for (file, finding) in read.into_iter().chain(own_theme).flatten() {
        let id = FileId(u32::try_from(inputs.files.len()).unwrap_or(u32::MAX));
        inputs.files.push(file);
        findings.extend(finding.map(|mut finding| {
            finding.place.file = id;
            *finding
        }));
    }
    if !inputs.files.iter().any(|file| file.role == Role::Site) {
        findings.push(no_site(&mut inputs, content));
    }
    inputs.files.extend(built_in);
    Ok((inputs, findings))
}

/// The finding for a wiki without settings; the file that should be there stands for it.
fn no_site(inputs: &mut Inputs, content: &Path) -> Finding {
    let id = FileId(u32::try_from(inputs.files.len()).unwrap_or(u32::MAX));
    inputs.files.push(InputFile {
        path: "site.yaml".to_owned(),
        folder: Some(content.into()),
        role: Role::Site,
        text: String::new(),
        readable: false,
    });
    Finding::new(Code::BadConfig, Place::file(id), "there is no site.yaml in the content folder")
        .help("create it with at least `title: \"…\"` and `stances: {…}`")
}

/// A content folder as its repository names it. The repository's top is the nearest folder above that holds a
/// `.git`. Where there is none, a run is taken to be at the top, so a way down from there is a way in the
/// repository; of any other only the usual name is believed.
fn in_repository(content: &Path) -> Option<String> {
    below_top(content).or_else(|| below_here(content))
}

fn below_top(content: &Path) -> Option<String> {
    let whole = std::fs::canonicalize(content).ok()?;
    let top = whole.ancestors().find(|folder| folder.join(".git").exists())?;
    let mut way = String::new();
    for part in whole.strip_prefix(top).ok()?.components() {
        way.extend([part.as_os_str().to_str()?, "/"]);
    }
    Some(way)
}

fn below_here(content: &Path) -> Option<String> {
    let mut way = String::new();
    for part in content.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => way.extend([name.to_str()?, "/"]),
            _ => return usual(content),
        }
    }
    if way.is_empty() { usual(content) } else { Some(way) }
}

/// `content/`, where that is the folder's name.
fn usual(content: &Path) -> Option<String> {
    let named = match content.file_name() {
        Some(name) => name == "content",
        None => std::fs::canonicalize(content).is_ok_and(|whole| whole.ends_with("content")),
    };
    named.then(|| "content/".to_owned())
}

/// Names in a content folder that are nobody's page (content model, section 1).
fn is_left_out(name: &str) -> bool {
    name.starts_with(['.', '_']) || name == "README.md"
}

/// A file that was read, and what is wrong with it. It has its number only when all have been listed.
type Loaded = (InputFile, Option<Box<Finding>>);

/// The files below a folder in the order of their paths, in parts; symbolic links are not followed.
fn list(folder: &Path, role_of: fn(&str) -> Option<Role>, left_out: fn(&str) -> bool) -> Vec<Vec<Loaded>> {
    let listing = Listing { root: folder.into(), role_of, left_out };
    listing.below(Entry { from: folder.to_owned(), path: String::new(), is_text: true })
}

/// How a folder of content or theme is listed.
struct Listing {
    root: Arc<Path>,
    role_of: fn(&str) -> Option<Role>,
    left_out: fn(&str) -> bool,
}

/// A file or folder below it.
struct Entry {
    from: PathBuf,
    /// Its path below the root; of a folder with a `/` behind it, as in the paths of its files.
    path: String,
    /// Whether the path is UTF-8; else it is shown as near as may be.
    is_text: bool,
}

impl Listing {
    /// The files below one of the folders, each folder by itself: a wiki has one for each issue. They come in
    /// parts, so that none is moved from list to list.
    fn below(&self, folder: Entry) -> Vec<Vec<Loaded>> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        if folder.path.bytes().filter(|byte| *byte == b'/').count() > DEEPEST {
            return vec![self.folder(folder)];
        }
        for entry in WalkDir::new(&folder.from).min_depth(1).max_depth(1).follow_links(false) {
            let entry = match entry {
                Ok(entry) => entry,
                // A folder that cannot be opened is reported as a file that cannot be read.
                Err(error) if error.path() == Some(&folder.from) => {
                    return vec![self.folder(folder)];
                }
                Err(_) => continue,
            };
            let name = entry.file_name();
            if name.to_str().is_some_and(self.left_out) {
                continue;
            }
            let mut path = [&folder.path, &*name.to_string_lossy()].concat();
            let is_text = folder.is_text && name.to_str().is_some();
            let kind = entry.file_type();
            if kind.is_dir() {
                path.push('/');
                folders.push(Entry { from: entry.into_path(), path, is_text });
            } else {
                files.push(Entry { is_text: is_text && kind.is_file(), from: entry.into_path(), path });
            }
        }
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        folders.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        // Most folders hold a handful of files, which are not worth handing on; some hold ten thousand.
        let files = files.into_par_iter().with_min_len(100);
        let room = || Vec::with_capacity(ROOM);
        let files = files.map_init(room, |room, file| self.load(file, room));
        let files: Vec<Loaded> = files.flatten_iter().collect();
        let deeper = folders.into_par_iter().map(|folder| (folder.path.clone(), self.below(folder)));
        let deeper: Vec<(String, Vec<Vec<Loaded>>)> = deeper.collect();
        if deeper.is_empty() {
            return vec![files];
        }
        let mut parts = Vec::with_capacity(2 * deeper.len() + 1);
        let mut files = files.into_iter().peekable();
        for (path, below) in deeper {
            let before = std::iter::from_fn(|| files.next_if(|(file, _)| file.path < path));
            parts.push(before.collect());
            parts.extend(below);
        }
        parts.push(files.collect());
        parts
    }

    /// A folder whose files cannot be listed, in their place.
    fn folder(&self, folder: Entry) -> Vec<Loaded> {
        let path = folder.path.trim_end_matches('/').to_owned();
        self.load(Entry { path, is_text: false, ..folder }, &mut Vec::new()).into_iter().collect()
    }

    /// Reads a file's text where its role needs it, by way of a room; no file where the role is to be left alone.
    fn load(&self, Entry { from, path, is_text }: Entry, room: &mut Vec<u8>) -> Option<Loaded> {
        let role = if is_text { (self.role_of)(&path)? } else { Role::Stray };
        let folder = Some(Arc::clone(&self.root));
        let mut file = InputFile { path, folder, role, text: String::new(), readable: true };
        let finding = loaded(&mut file, &from, room);
        file.readable = finding.is_none();
        Some((file, finding.map(Box::new)))
    }
}

/// Takes the text of a file; gives the finding where that cannot be.
fn loaded(file: &mut InputFile, from: &Path, room: &mut Vec<u8>) -> Option<Finding> {
    let id = FileId(0);
    match file.role {
        // Copied later; opened now, so that a check tells what a build would stop at.
        Role::Copied | Role::ThemeFile => opens(from).err().map(|error| closed(id, &error)),
        Role::ThemeStray | Role::ThemeText => None,
        Role::Stray => Some(kinds::stray(id, file, from)),
        _ => match text_of(from, room) {
            Ok(text) => {
                // The first tag of a template stands first, and an editor's mark before it is no text of a page.
                let template = file.role == Role::Template;
                file.text = match text.strip_prefix('\u{feff}').filter(|_| template) {
                    Some(text) => text.to_owned(),
                    None => text,
                };
                None
            }
            Err(Unreadable::NotUtf8(at)) => Some(
                Finding::new(
                    Code::NotUtf8,
                    Place::file(id),
                    format!("this file is not UTF-8 text (byte {})", at + 1),
                )
                .help("save it again with the encoding UTF-8"),
            ),
            Err(Unreadable::TooLarge(bytes)) => Some(
                Finding::new(Code::StrayFile, Place::file(id), format!("this file has {} MB", bytes >> 20))
                    .help(format!("a text file may have at most {} MB: split it", LARGEST >> 20)),
            ),
            Err(Unreadable::Io(error)) => Some(closed(id, &error)),
        },
    }
}

/// The finding for a file that the system does not let us read.
fn closed(id: FileId, error: &std::io::Error) -> Finding {
    Finding::new(Code::StrayFile, Place::file(id), format!("this file cannot be read: {error}"))
        .help("give the file read permission, or take it out of the folder")
}

#[expect(clippy::disallowed_methods, reason = "this stage reads files")]
fn opens(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path).map(drop)
}

enum Unreadable {
    NotUtf8(usize),
    TooLarge(u64),
    Io(std::io::Error),
}

/// Reads a text into the room of the one before. A file is not asked how long it is: on a memory file system that
/// takes longer than to ask for more than there is.
#[expect(clippy::disallowed_methods, reason = "this stage reads files")]
fn text_of(path: &Path, room: &mut Vec<u8>) -> Result<String, Unreadable> {
    let mut file = std::fs::File::open(path).map_err(Unreadable::Io)?;
    room.clear();
    file.by_ref().take(LARGEST + 1).read_to_end(room).map_err(Unreadable::Io)?;
    if room.len() as u64 > LARGEST {
        return Err(Unreadable::TooLarge(file.metadata().map_err(Unreadable::Io)?.len()));
    }
    match std::str::from_utf8(room) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Unreadable::NotUtf8(error.valid_up_to())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_repository_a_run_is_at_its_top() {
        let check = |content: &str, expected: Option<&str>| {
            assert_eq!(below_here(Path::new(content)).as_deref(), expected, "{content}");
        };
        check("content", Some("content/"));
        check("./wiki", Some("wiki/"));
        check("a/./b/", Some("a/b/"));
        check("a./b", Some("a./b/"));
        check("/srv/content", Some("content/"));
        check("../content", Some("content/"));
        check("/srv/wiki", None);
        check("../wiki", None);
        // The tests run at the top of the package, which is no content folder.
        check(".", None);
        check("..", None);
    }
}
