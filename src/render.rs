//! Rendering: views become the bytes of files.
//!
//! In: views, the templates and words of the theme. Out: the bytes of each page. Templates place what
//! a view has formatted; nothing is derived here.

mod bounds;
mod calls;
mod fields;
mod filters;
mod fixed_words;
mod slips;
mod tags;
mod templates;
mod word_checks;

pub use templates::{LONGEST_PAGE, Templates, Unusable};

use crate::diagnostic::{Code, Finding, Place};
use crate::parse::Findings;
use crate::read::{InputFile, Inputs, Role};
use crate::view::{Indexed, Words};
use std::collections::BTreeMap;

/// The words of the theme for a language, over the built-in English.
pub fn words(inputs: &Inputs, language: &str, findings: &mut Findings) -> Words {
    let mut words = BTreeMap::new();
    let mut english = BTreeMap::new();
    let paths = files_of_words(language);
    for path in &paths {
        let is_it = |file: &InputFile| file.role == Role::Words && file.path.eq_ignore_ascii_case(path);
        let of_path = || inputs.iter().filter(|(_, file)| is_it(file));
        for (id, file) in of_path().filter(|(_, file)| file.is_built_in()) {
            english.extend(crate::parse::words::read(&file.text, id, findings));
            words.clone_from(&english);
        }
        for (id, file) in of_path().filter(|(_, file)| !file.is_built_in()) {
            let own = crate::parse::words::read(&file.text, id, findings);
            findings.extend(word_checks::check(&own, id, &english, inputs));
            words.extend(own);
        }
    }
    findings.extend(word_checks::untranslated(inputs, language, &paths));
    Words::new(words)
}

/// The files that hold words for a language, each over those before it: English, then the language, then
/// the language of one country. Tags of languages are the same in small and capital letters.
fn files_of_words(language: &str) -> Vec<String> {
    let short = language.split('-').next().unwrap_or(language);
    let mut paths: Vec<String> = ["en", short, language].map(|name| format!("words/{name}.yaml")).into();
    paths.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    paths
}

/// Theme files that nothing uses.
pub fn unknown_theme_files(inputs: &Inputs, language: &str, templates: &Templates) -> Findings {
    let words = files_of_words(language);
    let mut findings = Findings::new();
    for (id, file) in inputs.iter().filter(|(_, file)| !file.is_built_in()) {
        let used = match file.role {
            Role::Template => templates.uses(&file.path),
            Role::Words => words.iter().any(|path| file.path.eq_ignore_ascii_case(path)),
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

/// The attribute by which the search knows the text of a page.
const SEARCHED: &str = "data-pagefind-body";

/// A theme of which no page would be found by its text.
pub fn unsearched(inputs: &Inputs, indexed: Indexed) -> Option<Finding> {
    let templates = || inputs.iter().filter(|(_, file)| file.role == Role::Template);
    if indexed == Indexed::No || templates().any(|(_, file)| file.text.contains(SEARCHED)) {
        return None;
    }
    let own = || templates().filter(|(_, file)| !file.is_built_in());
    let (id, _) = own().find(|(_, file)| file.path == "base.html").or_else(|| own().next())?;
    let message = format!("no template has the attribute `{SEARCHED}`, so the search finds no text");
    Some(Finding::new(Code::UnknownThemeFile, Place::file(id), message).help(format!(
        "write `<main id=\"_main\"{{% if kind %}} {SEARCHED}{{% endif %}}>` in base.html, or build with --no-search"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn file(path: &str, text: &str, folder: &str) -> InputFile {
        InputFile {
            path: path.to_owned(),
            folder: Some(Path::new(folder).into()).filter(|_| !folder.is_empty()),
            role: Role::Words,
            text: text.to_owned(),
            readable: true,
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
        check("DE-at", ["Jänner", "Februar", "own", "April"]);
    }
}
