//! Files of words: what in them no page would show as it was meant.
//!
//! In: an author's words, the English ones and the templates. Out: findings.

use crate::diagnostic::{Code, Finding, Place, may_suggest};
use crate::model::names::nearest;
use crate::parse::Findings;
use crate::read::{Inputs, Role};
use crate::source::{FileId, KeyPath};
use std::collections::{BTreeMap, BTreeSet};

type Words = BTreeMap<String, String>;

/// Lists of which a wiki has words of its own, in keys `LIST-ID`; `choice` is that of its topic blocks.
const LISTS: [&str; 10] = [
    "actor-type-",
    "basis-",
    "choice-",
    "document-type-",
    "event-type-",
    "kind-",
    "shift-",
    "source-type-",
    "stage-",
    "status-",
];

/// Checks a file's words against the English ones.
pub(super) fn check(words: &Words, file: FileId, english: &Words, inputs: &Inputs) -> Findings {
    let templates = inputs.iter().filter(|(_, file)| file.role == Role::Template);
    let templates: Vec<&str> = templates.map(|(_, file)| file.text.as_str()).collect();
    let mut findings = Findings::new();
    for (key, text) in words {
        let many = key.strip_suffix("-one").unwrap_or(key);
        match english.get(key).or_else(|| english.get(many)) {
            Some(own) => {
                let ground = english.get(many).unwrap_or(own);
                findings.extend(gaps(key, text, file, &[own, ground]));
            }
            None if LISTS.iter().any(|list| key.starts_with(list)) => {}
            None if templates.iter().any(|template| names(template, key)) => {}
            None => {
                let finding = Finding::new(
                    Code::UnknownThemeFile,
                    Place::key(file, KeyPath::key(key)),
                    format!("no page shows the words of `{key}`"),
                );
                let near = may_suggest(&findings)
                    .then(|| nearest(key, english.keys().map(String::as_str)))
                    .flatten();
                findings.push(match near {
                    Some(near) => finding.label(format!("did you mean `{near}`?")),
                    None => finding.help("the keys stand in words/en.yaml of the default theme"),
                });
            }
        }
    }
    findings
}

/// Whether a template asks for a key, whole or put together behind a hyphen.
fn names(template: &str, key: &str) -> bool {
    let quoted =
        |text: &str| ['"', '\'', '`'].iter().any(|mark| template.contains(&format!("{mark}{text}{mark}")));
    let fronts = key.match_indices('-').map(|(at, _)| &key[..=at]);
    template.contains(&format!("words.{key}")) || quoted(key) || fronts.into_iter().any(quoted)
}

/// Gaps such as `{n}` that are never filled, and the number that words for a number of pages lack.
fn gaps(key: &str, text: &str, file: FileId, english: &[&String]) -> Findings {
    let known: BTreeSet<&str> = english.iter().flat_map(|text| gaps_of(text)).collect();
    let shown: Vec<String> = known.iter().map(|gap| format!("`{{{gap}}}`")).collect();
    let help = match shown.is_empty() {
        true => "nothing is put into these words; write them without braces".to_owned(),
        false => format!("what is put into these words is {}", shown.join(", ")),
    };
    let finding = |message| {
        let place = Place::value(file, KeyPath::key(key));
        Finding::new(Code::UnknownThemeFile, place, message).help(help.clone())
    };
    let own: BTreeSet<&str> = gaps_of(text).collect();
    let mut findings: Findings =
        own.difference(&known).map(|gap| finding(format!("nothing fills `{{{gap}}}` in `{key}`"))).collect();
    let counts = key.starts_with("count-") && !key.ends_with("-one") && known.contains("n");
    if counts && !own.contains("n") && findings.is_empty() {
        findings.push(finding(format!("`{key}` does not say how many: it lacks `{{n}}`")));
    }
    findings
}

/// The names in braces.
fn gaps_of(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    names.filter(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
}

/// A language of which the theme has no words: the interface stays English.
pub(super) fn untranslated(inputs: &Inputs, language: &str, paths: &[String]) -> Option<Finding> {
    let short = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    let has = |(_, file): (FileId, &crate::read::InputFile)| {
        file.role == Role::Words && paths.iter().skip(1).any(|path| file.path.eq_ignore_ascii_case(path))
    };
    if short == "en" || inputs.iter().any(has) {
        return None;
    }
    let (site, _) = inputs.iter().find(|(_, file)| file.role == Role::Site)?;
    let place = Place::value(site, KeyPath::key("language"));
    let message = format!("the theme has no words for `{language}`, so headings and buttons are English");
    Some(Finding::new(Code::UnknownThemeFile, place, message).help(format!(
        "write words/{short}.yaml in your theme, which is the folder themes/site beside the content folder: a copy of \
         words/en.yaml of the default theme, translated"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::InputFile;

    fn map(entries: &[(&str, &str)]) -> Words {
        entries.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    fn check_words(entries: &[(&str, &str)], expected: &[&str]) {
        let english =
            map(&[("issues", "Issues"), ("count-issues", "{n} issues"), ("moved-title", "Moved: {title}")]);
        let template = InputFile {
            path: "page.html".to_owned(),
            folder: Some(std::path::Path::new("theme").into()),
            role: Role::Template,
            text: "{{ words[\"mine\"] }} {{ words['grade-' ~ grade] }}".to_owned(),
            readable: true,
        };
        let inputs = Inputs { files: vec![template], ..Inputs::default() };
        let found = check(&map(entries), FileId(0), &english, &inputs);
        let told: Vec<String> = found.iter().map(|it| format!("{} {}", it.message, it.label)).collect();
        assert_eq!(told.iter().map(|it| it.trim()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_key_that_nothing_shows_is_told_with_the_nearest() {
        check_words(&[("isues", "T")], &["no page shows the words of `isues` did you mean `issues`?"]);
        check_words(&[("mine", "T"), ("grade-a", "A"), ("count-issues-one", "one issue")], &[]);
        check_words(&[("status-run-down", "T"), ("choice-side-north", "T"), ("issues", "Themen")], &[]);
    }

    #[test]
    fn gaps_are_those_of_the_english_words() {
        check_words(&[("count-issues", "{n} Themen"), ("moved-title", "Verschoben")], &[]);
        check_words(&[("count-issues", "Themen")], &["`count-issues` does not say how many: it lacks `{n}`"]);
        check_words(&[("count-issues", "{m} Themen")], &["nothing fills `{m}` in `count-issues`"]);
        check_words(&[("issues", "{n} Themen")], &["nothing fills `{n}` in `issues`"]);
    }
}
