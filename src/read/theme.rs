//! What a file of a theme folder is for, by its ending.

use super::Role;

/// The role of a path below a theme folder.
pub(super) fn role(path: &str) -> Option<Role> {
    Some(match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" | "xml" => Role::Template,
        "yaml" if path.starts_with("words/") => Role::Words,
        "css" | "js" | "svg" | "txt" | "json" => Role::ThemeText,
        _ => Role::ThemeFile,
    })
}
