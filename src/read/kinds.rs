//! What a file of the content folder is for, by its path (content model, section 1).

use super::{DEEPEST, InputFile};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::Kind;
use crate::model::names::{nearest, page_id};
use crate::source::FileId;
use std::path::Path;

/// What a file is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// `site.yaml`
    Site,
    /// `schema/<block>.yaml`
    Schema,
    /// `maps/<map>.svg`
    Map,
    /// A page of a kind.
    Page(Kind),
    /// A position; the text is its issue's folder.
    Position(String),
    /// An SVG image beside pages; read, because it must hold no script.
    Svg,
    /// An image, table or document beside pages; copied without being read.
    Copied,
    /// A file that belongs nowhere.
    Stray,
    /// A template of a theme.
    Template,
    /// Words of the interface in one language.
    Words,
    /// A static file of the default theme, whose text is compiled in.
    ThemeText,
    /// A static file of a theme folder; copied without being read.
    ThemeFile,
    /// A file of a theme folder that is nothing of these.
    ThemeStray,
}

/// Endings of files that are copied: images, and what readers may load.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif"];
const FILES: &[&str] = &["pdf", "csv", "ods", "xlsx", "docx"];

/// Whether browsers show a file beside pages as an image, by its ending.
pub fn is_image(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    ending == "svg" || IMAGES.contains(&ending.as_str())
}

/// The role of a path below the content folder; `None` for a file that is left alone.
pub fn role(path: &str) -> Option<Role> {
    let parts: Vec<&str> = path.split('/').collect();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let role = match parts[..] {
        ["site.yaml"] => Role::Site,
        ["schema", _] if ending == "yaml" => Role::Schema,
        ["maps", _] if ending == "svg" => Role::Map,
        ["positions", issue, _] if ending == "md" => Role::Position(issue.to_owned()),
        [folder, _] if ending == "md" => Kind::of_folder(folder).map_or(Role::Stray, Role::Page),
        [folder, ..] if Kind::of_folder(folder).is_some() => beside(ending),
        _ => Role::Stray,
    };
    Some(role)
}

/// A file in a folder of pages that is not a page.
fn beside(ending: &str) -> Role {
    let ending = ending.to_ascii_lowercase();
    if ending == "svg" {
        Role::Svg
    } else if IMAGES.iter().chain(FILES).any(|copied| *copied == ending) {
        Role::Copied
    } else {
        Role::Stray
    }
}

/// The finding for a file that belongs nowhere, with where it may have been meant to go.
pub(super) fn stray(id: FileId, file: &InputFile, from: &Path) -> Finding {
    // A folder is listed only where what is in it cannot be.
    if from.is_dir() && !from.is_symlink() {
        if file.path.bytes().filter(|byte| *byte == b'/').count() >= DEEPEST {
            return Finding::new(Code::StrayFile, Place::file(id), "this folder lies too deep")
                .help(format!("files lie at most {DEEPEST} folders deep"));
        }
        return Finding::new(
            Code::StrayFile,
            Place::file(id),
            format!("the folder `{}` cannot be opened", file.path),
        )
        .help("give it permission to be read, or take it out of the content folder");
    }
    let help = if from.is_symlink() {
        "it is a link to another place: put the file itself here".to_owned()
    } else {
        stray_help(file)
    };
    Finding::new(Code::StrayFile, Place::file(id), format!("`{}` does not belong here", file.path)).help(help)
}

fn stray_help(file: &InputFile) -> String {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let parts: Vec<&str> = file.path.split('/').collect();
    // A page in a folder of its own is called by the folder.
    let page = match &parts[..] {
        [first, .., folder, _] if *first != "positions" => {
            let is_index = |page: &String| page == "index.md" || page == "readme.md";
            page_name(name).map(|page| if is_index(&page) { page_of(folder) } else { page })
        }
        _ => page_name(name),
    };
    let to = |path: String| {
        let is_taken = file.folder.as_ref().is_some_and(|folder| folder.join(&path).exists());
        let taken = " (a file of that name is there already: give this one another, or take it out)";
        file.beside(&path) + if is_taken { taken } else { "" }
    };
    match (&parts[..], &page) {
        (["site.yml"], _) => format!("rename it to {}", to("site.yaml".to_owned())),
        (["schema", _], _) => "a topic block is a file that ends in .yaml".to_owned(),
        (["maps", _], _) => "a map is a file that ends in .svg".to_owned(),
        (["positions", _], Some(page)) => format!(
            "put it in the folder of its issue: {}, where <issue> is the file name of the issue without .md",
            to(format!("positions/<issue>/{page}"))
        ),
        (["positions", issue, _], Some(page)) => {
            format!(
                "a position is a file that ends in .md: rename it to {}",
                to(format!("positions/{issue}/{page}"))
            )
        }
        (["positions", issue, ..], Some(page)) => format!(
            "positions lie directly in the folder of their issue: move it to {}",
            to(format!("positions/{issue}/{page}"))
        ),
        // Positions begin with their day, pages of issues do not.
        (["issues", "positions", issue, _, ..] | ["issues", issue, _, ..], Some(page))
            if begins_with_day(page) && *issue != "positions" =>
        {
            format!(
                "a position lies in the folder of its issue among the positions: move it to {}",
                to(format!("positions/{issue}/{page}"))
            )
        }
        ([folder, ..], Some(page)) if Kind::of_folder(folder).is_some() => {
            let path = to(format!("{folder}/{page}"));
            if parts.len() == 2 {
                format!("a page is a file that ends in .md: rename it to {path}")
            } else {
                format!("pages lie directly in their folder: move it to {path}")
            }
        }
        // Positions are shown on the pages of issues, so their pictures lie there.
        (["positions", ..], None) if is_beside(name) => format!(
            "put it beside the pages of issues, as {}, and write in the position: (../../issues/{})",
            to(format!("issues/{name}")),
            name.replace(' ', "%20")
        ),
        (_, None) if is_beside(name) => {
            let written = name.replace(' ', "%20");
            format!(
                "put it beside the page that shows it, such as {}, and write its name alone in the link: \
                 ({written}); in a position write (../../issues/{written})",
                to(format!("issues/{name}"))
            )
        }
        ([folder, ..], _) if Kind::of_folder(folder).is_some() => {
            format!(
                "pages end in .md; beside them may lie files that end in svg, {}",
                [IMAGES, FILES].concat().join(", ")
            )
        }
        ([folder, ..], Some(page)) if parts.len() > 1 && near_folder(folder).is_some() => {
            let near = near_folder(folder).unwrap_or_default();
            format!("did you mean {}?", to(format!("{near}/{page}")))
        }
        _ => format!(
            "pages go into one of the folders {}, positions into positions/<issue>; a name that begins with _ \
             is ignored",
            Kind::ALL.map(Kind::folder).join(", ")
        ),
    }
}

/// The folder of a kind of which a name is a slip, such as `issue` of `issues`.
fn near_folder(folder: &str) -> Option<&'static str> {
    nearest(folder, Kind::ALL.map(Kind::folder))
}

/// The name of a page that a file seems to be: text under another ending, or under none.
fn page_name(name: &str) -> Option<String> {
    let mut stem = name;
    while let Some((before, ending)) = stem.rsplit_once('.') {
        let ending = ending.to_ascii_lowercase();
        if !["md", "txt", "text", "markdown", "mdown", "mkd"].contains(&ending.as_str()) {
            break;
        }
        stem = before;
    }
    // What is left of a name with another ending is no text.
    (!stem.is_empty() && (stem != name || !name.contains('.'))).then(|| page_of(stem))
}

/// The file of a page by what it is called, with an id for a name where one resembles it.
fn page_of(stem: &str) -> String {
    format!("{}.md", page_id(stem).as_deref().unwrap_or(stem))
}

/// Whether a name begins like `2025-03-20-`.
fn begins_with_day(name: &str) -> bool {
    let form = b"0000-00-00-";
    let digit = |(byte, form): (u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
    name.len() > form.len() && name.bytes().zip(form).all(digit)
}

/// Whether a file of this name may lie beside pages.
fn is_beside(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| beside(ending) != Role::Stray)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_tells_the_role() {
        let check = |path: &str, expected: Role| assert_eq!(role(path), Some(expected), "{path}");
        check("site.yaml", Role::Site);
        check("schema/pows.yaml", Role::Schema);
        check("issues/territory.md", Role::Page(Kind::Issue));
        check("glossary/readout.md", Role::Page(Kind::Term));
        check("positions/territory/2025-a.md", Role::Position("territory".into()));
        check("positions/2025-a.md", Role::Stray);
        check("issues/deep/territory.md", Role::Stray);
        check("issues/photo.JPG", Role::Copied);
        check("issues/map.svg", Role::Svg);
        check("issues/run.exe", Role::Stray);
        check("notes.md", Role::Stray);
    }

    #[test]
    fn a_file_that_seems_to_be_a_page_gets_the_ending_of_one() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(page_name(name).as_deref(), expected, "{name}");
        };
        check("2025-a.txt", Some("2025-a.md"));
        check("2025-a.md.txt", Some("2025-a.md"));
        check("2025-a.MD", Some("2025-a.md"));
        check("2025-a", Some("2025-a.md"));
        check("2025-a.md", Some("2025-a.md"));
        check("São Tomé.MD", Some("sao-tome.md"));
        check("index.md", Some("index.md"));
        check("map.png", None);
        check(".txt", None);
    }
}
