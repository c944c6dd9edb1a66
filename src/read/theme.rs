//! The files of a theme: those compiled in, and a folder over them, file by file.
//!
//! In: an optional theme folder's listed files. Out: every file of the theme that the build uses.

use super::{InputFile, Role};
use include_dir::{Dir, DirEntry, include_dir};
use std::collections::BTreeSet;

/// The default theme as it was when the program was built.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// How the files of the default theme are shown in findings.
pub(super) const SHOWN: &str = "(default theme)";

/// The role of a path below a theme folder.
pub(super) fn role(path: &str) -> Option<Role> {
    Some(match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        _ if path.starts_with("static/") => Role::ThemeFile,
        "html" | "xml" => Role::Template,
        "svg" if !path.contains('/') => Role::Template,
        "txt" if !path.contains('/') => Role::Template,
        "yaml" if path.starts_with("words/") => Role::Words,
        _ => Role::ThemeStray,
    })
}

/// Names in a theme folder that are no file of the theme.
pub(super) fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || name == "README.md"
}

/// The files of the default theme that no file of `own` takes the place of.
pub(super) fn built_in<'f>(own: impl Iterator<Item = &'f InputFile>) -> Vec<InputFile> {
    let own: BTreeSet<&str> = own.map(|file| file.path.as_str()).collect();
    let mut files = development().unwrap_or_else(|| compiled_in(&BUILT_IN));
    // English words are the ground under those of every other language, so they always stay.
    files.retain(|file| file.role == Role::Words || !own.contains(&*file.path));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn compiled_in(folder: &Dir<'static>) -> Vec<InputFile> {
    let mut files = Vec::new();
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => files.extend(compiled_in(inner)),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
                let text = file.contents_utf8().unwrap_or_default().to_owned();
                files.extend(one(path, text));
            }
        }
    }
    files
}

fn one(path: String, text: String) -> Option<InputFile> {
    let role = match role(&path)? {
        Role::ThemeFile => Role::ThemeText,
        role => role,
    };
    Some(InputFile { path, folder: None, role, text, readable: true })
}

/// The default theme of the working copy, so that a change to it shows without a new build of the
/// program. Only development builds look for it.
fn development() -> Option<Vec<InputFile>> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let listed = super::list(&folder, role, is_left_out);
    let read = |(file, _): super::Loaded| {
        let text = super::text_of(&file.from()?, &mut Vec::new()).ok()?;
        one(file.path, text)
    };
    let files: Vec<InputFile> = listed.into_iter().flatten().filter_map(read).collect();
    (!files.is_empty()).then_some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_tells_the_role_before_the_ending() {
        let check = |path: &str, expected: Role| assert_eq!(role(path), Some(expected), "{path}");
        check("event.html", Role::Template);
        check("parts/mine.html", Role::Template);
        check("card.svg", Role::Template);
        check("robots.txt", Role::Template);
        check("words/uk.yaml", Role::Words);
        check("static/site.css", Role::ThemeFile);
        check("static/help.html", Role::ThemeFile);
        check("static/feed.xml", Role::ThemeFile);
        check("static/icon.svg", Role::ThemeFile);
        check("parts/icon.svg", Role::ThemeStray);
    }
}
