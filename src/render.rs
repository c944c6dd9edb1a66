//! Rendering: views become the bytes of files.
//!
//! In: views, the templates and words of the theme. Out: the bytes of each page. Templates place what
//! a view has formatted; nothing is derived here.

mod page;
mod templates;

pub use templates::{Templates, Unusable};

use crate::diagnostic::{Code, Finding, Place};
use crate::parse::Findings;
use crate::read::{Inputs, Role};
use crate::source::FileId;
use crate::view::Words;

/// The words of the theme for a language, over the built-in English.
pub fn words(inputs: &Inputs, language: &str, findings: &mut Findings) -> Words {
    let mut built_in = std::collections::BTreeMap::new();
    let mut own = std::collections::BTreeMap::new();
    let short = language.split('-').next().unwrap_or(language);
    let mut wanted = [format!("words/{short}.yaml"), format!("words/{language}.yaml")];
    wanted.sort_by_key(String::len);
    for (id, file) in inputs.iter().filter(|(_, file)| file.role == Role::Words) {
        let mut read = || crate::parse::words::read(&file.text, id, findings);
        if wanted.contains(&file.path) && !is_built_in(inputs, id) {
            own.extend(read());
        } else if file.path == "words/en.yaml" {
            built_in.extend(read());
        } else if wanted.contains(&file.path) {
            own.extend(read());
        }
    }
    Words::new(built_in, own)
}

/// Whether a file is one of the default theme.
fn is_built_in(inputs: &Inputs, id: FileId) -> bool {
    inputs.file(id).from.as_os_str().is_empty()
}

/// Theme files that nothing uses.
pub fn unknown_theme_files(inputs: &Inputs, language: &str, templates: &Templates) -> Findings {
    let short = language.split('-').next().unwrap_or(language);
    let words = [format!("words/{short}.yaml"), format!("words/{language}.yaml"), "words/en.yaml".to_owned()];
    let mut findings = Findings::new();
    for (id, file) in inputs.iter().filter(|(id, _)| !is_built_in(inputs, *id)) {
        let used = match file.role {
            Role::Template => templates.uses(&file.path),
            Role::Words => words.contains(&file.path),
            Role::ThemeStray => false,
            _ => true,
        };
        if !used {
            findings.push(
                Finding::new(Code::UnknownThemeFile, Place::file(id), format!("nothing uses the theme file `{}`", file.path))
                    .help("templates have the names of the default theme's, static files lie in static/, words in words/"),
            );
        }
    }
    findings
}
