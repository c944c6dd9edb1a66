//! Words of the interface: one YAML file a language, each line a key and its words.
//!
//! In: the text of such a file. Out: its keys and words in order.

use super::Findings;
use super::front_matter;
use super::yaml::Yaml;
use crate::diagnostic::{Code, Finding, Place};
use crate::source::{FileId, KeyPath};
use std::collections::BTreeMap;

/// Reads a file of words; entries that are no text are told and left out.
pub fn read(text: &str, file: FileId, findings: &mut Findings) -> BTreeMap<String, String> {
    let Some(Yaml::Map(map)) = front_matter::read(text, 0, file, findings).sound() else {
        return BTreeMap::new();
    };
    let mut words = BTreeMap::new();
    for (key, value) in map {
        let what = match value {
            Yaml::Scalar(text) => {
                words.insert(key.into_owned(), text.into_owned());
                continue;
            }
            Yaml::Null => "nothing",
            Yaml::List(_) => "a list",
            Yaml::Map(_) => "a group",
        };
        let place = Place::key(file, KeyPath::key(&key));
        let message = format!("behind `{key}` stands {what}, so the English words are taken");
        findings.push(
            Finding::new(Code::UnknownThemeFile, place, message)
                .help("write the words behind the key, on the same line and in quotation marks"),
        );
    }
    words
}
