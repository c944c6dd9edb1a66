//! Rendering: views become the bytes of files.
//!
//! In: views, the templates and words of the theme. Out: the bytes of each page. Templates place what
//! a view has formatted; nothing is derived here.

mod page;
mod slips;
mod templates;

pub use templates::{Templates, Unusable};

use crate::diagnostic::{Code, Finding, Place};
use crate::parse::Findings;
use crate::read::{Inputs, Role};
use crate::view::Words;
use std::collections::BTreeMap;

/// The words of the theme for a language, over the built-in English.
pub fn words(inputs: &Inputs, language: &str, findings: &mut Findings) -> Words {
    let mut words = BTreeMap::new();
    for path in files_of_words(language) {
        let of_path = || inputs.iter().filter(|(_, file)| file.role == Role::Words && file.path == path);
        let built_in = of_path().filter(|(_, file)| file.is_built_in());
        let own = of_path().filter(|(_, file)| !file.is_built_in());
        for (id, file) in built_in.chain(own) {
            words.extend(crate::parse::words::read(&file.text, id, findings));
        }
    }
    Words::new(words)
}

/// The files that hold words for a language, each over those before it: English, then the language, then
/// the language of one country.
fn files_of_words(language: &str) -> Vec<String> {
    let short = language.split('-').next().unwrap_or(language);
    let mut paths: Vec<String> = ["en", short, language].map(|name| format!("words/{name}.yaml")).into();
    paths.dedup();
    paths
}

/// Theme files that nothing uses.
pub fn unknown_theme_files(inputs: &Inputs, language: &str, templates: &Templates) -> Findings {
    let words = files_of_words(language);
    let mut findings = Findings::new();
    for (id, file) in inputs.iter().filter(|(_, file)| !file.is_built_in()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::InputFile;

    fn file(path: &str, text: &str, from: &str) -> InputFile {
        InputFile {
            path: path.to_owned(),
            shown: path.to_owned(),
            role: Role::Words,
            text: text.to_owned(),
            readable: true,
            from: from.into(),
        }
    }

    #[test]
    fn the_nearer_file_of_words_wins() {
        let files = vec![
            file("words/de-AT.yaml", "jan: Jänner", "theme"),
            file("words/de.yaml", "jan: Januar\nfeb: Februar", "theme"),
            file("words/en-US.yaml", "jan: US", "theme"),
            file("words/en.yaml", "jan: own\nfeb: own\nmar: own", "theme"),
            file("words/en.yaml", "jan: January\nfeb: February\nmar: March\napr: April", ""),
        ];
        let inputs = Inputs { files, ..Inputs::default() };
        let check = |language: &str, expected: [&str; 4]| {
            let words = words(&inputs, language, &mut Findings::new());
            assert_eq!(["jan", "feb", "mar", "apr"].map(|key| words.get(key)), expected, "{language}");
        };
        check("en", ["own", "own", "own", "April"]);
        check("en-US", ["US", "own", "own", "April"]);
        check("de", ["Januar", "Februar", "own", "April"]);
        check("de-AT", ["Jänner", "Februar", "own", "April"]);
    }
}
