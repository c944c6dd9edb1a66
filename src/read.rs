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
use walkdir::WalkDir;

/// Largest text file that is read, in bytes: a page of a briefing has some 10 kB.
pub const LARGEST: u64 = 8 << 20;

/// A file of the run.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Path below its folder, with `/`.
    pub path: String,
    /// Path to print, which the reader can open.
    pub shown: String,
    /// What the file is for.
    pub role: Role,
    /// Its text; empty where it is not read or not UTF-8.
    pub text: String,
    /// False where the text could not be read; a finding says why.
    pub readable: bool,
    /// Where it lies, for files that are copied; empty for pages once they are read, for there are many.
    pub from: PathBuf,
}

impl InputFile {
    /// Whether it is copied from where it lies; a file that is compiled in is not.
    pub fn is_copied(&self) -> bool {
        self.from != Path::new("")
    }

    /// Whether a file of the theme is one of the default theme.
    pub fn is_built_in(&self) -> bool {
        self.from == Path::new("")
    }

    /// Another path below the same folder as it is printed.
    pub fn beside(&self, path: &str) -> String {
        let folder = self.shown.strip_suffix(&self.path).unwrap_or("content/");
        format!("{folder}{path}")
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
    let mut read = list(content, role, is_left_out);
    let own_theme = match theme {
        Some(theme) if !theme.is_dir() => return Err(ReadError::NoTheme(theme.to_owned())),
        Some(theme) => list(theme, theme::role, theme::is_left_out),
        None => Vec::new(),
    };
    let built_in = theme::built_in(own_theme.iter().map(|(file, _)| file));
    read.extend(own_theme);
    let files = Vec::with_capacity(read.len() + built_in.len() + 1);
    let mut inputs = Inputs { files, in_repository: in_repository(content) };
    let mut findings = Vec::new();
    for (file, finding) in read {
        let id = FileId(u32::try_from(inputs.files.len()).unwrap_or(u32::MAX));
        inputs.files.push(file);
        findings
            .extend(finding.map(|finding| Finding { place: Place { file: id, ..finding.place }, ..finding }));
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
        shown: shown(content, "site.yaml"),
        role: Role::Site,
        text: String::new(),
        readable: false,
        from: content.join("site.yaml"),
    });
    Finding::new(Code::BadConfig, Place::file(id), "there is no site.yaml in the content folder")
        .help("create it with at least `title: \"…\"` and `stances: {…}`")
}

/// A path as it is printed.
fn shown(folder: &Path, below: &str) -> String {
    format!("{}/{below}", folder.display().to_string().trim_end_matches('/'))
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
type Loaded = (InputFile, Option<Finding>);

/// The files below a folder in the order of their paths; symbolic links are not followed.
fn list(folder: &Path, role_of: fn(&str) -> Option<Role>, left_out: fn(&str) -> bool) -> Vec<Loaded> {
    let mut files = below(folder, folder, role_of, left_out);
    files.par_sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    files
}

/// The files below one of the folders of a root, each folder by itself: a wiki has one for each issue.
fn below(
    folder: &Path,
    root: &Path,
    role_of: fn(&str) -> Option<Role>,
    left_out: fn(&str) -> bool,
) -> Vec<Loaded> {
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).max_depth(1).follow_links(false) {
        found.push(match entry {
            Ok(entry) if entry.file_name().to_str().is_some_and(left_out) => continue,
            Ok(entry) if entry.file_type().is_dir() => {
                folders.push(entry.into_path());
                continue;
            }
            Ok(entry) => (entry.path().to_owned(), entry.file_type().is_file()),
            // A folder that cannot be opened is reported as a file that cannot be read.
            Err(error) => match error.path() {
                Some(path) => (path.to_owned(), false),
                None => continue,
            },
        });
    }
    // Most folders hold a handful of files, which are not worth handing on; some hold ten thousand.
    let files = found.into_par_iter().with_min_len(100);
    let files = files.filter_map(|(path, is_file)| file(path, is_file, root, role_of).map(load));
    let mut files: Vec<Loaded> = files.collect();
    let deeper: Vec<Vec<Loaded>> =
        folders.par_iter().map(|folder| below(folder, root, role_of, left_out)).collect();
    files.extend(deeper.into_iter().flatten());
    files
}

fn file(from: PathBuf, is_file: bool, root: &Path, role_of: fn(&str) -> Option<Role>) -> Option<InputFile> {
    let below = from.strip_prefix(root).ok()?;
    let readable = below.to_str().is_some();
    let path = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let role = if is_file && readable { role_of(&path)? } else { Role::Stray };
    Some(InputFile { shown: shown(root, &path), path, role, text: String::new(), readable: true, from })
}

/// Reads a file's text where its role needs it.
fn load(mut file: InputFile) -> Loaded {
    let id = FileId(0);
    let finding = match file.role {
        // Copied later; opened now, so that a check tells what a build would stop at.
        Role::Copied | Role::ThemeFile => opens(&file.from).err().map(|error| closed(id, &error)),
        Role::ThemeStray | Role::ThemeText => None,
        Role::Stray => Some(kinds::stray(id, &file)),
        _ => match text_of(&file.from) {
            Ok(text) => {
                file.text = text;
                if matches!(file.role, Role::Page(_) | Role::Position(_)) {
                    file.from = PathBuf::new();
                }
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
    };
    file.readable = finding.is_none();
    (file, finding)
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

#[expect(clippy::disallowed_methods, reason = "this stage reads files")]
fn text_of(path: &Path) -> Result<String, Unreadable> {
    let file = std::fs::File::open(path).map_err(Unreadable::Io)?;
    let length = file.metadata().map_err(Unreadable::Io)?.len();
    if length > LARGEST {
        return Err(Unreadable::TooLarge(length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.take(LARGEST).read_to_end(&mut bytes).map_err(Unreadable::Io)?;
    String::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8(error.utf8_error().valid_up_to()))
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
