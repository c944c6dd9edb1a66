//! Words of the interface: one YAML file a language, each line a key and its words.
//!
//! In: the text of such a file. Out: its keys and words in order.

use super::Findings;
use super::front_matter;
use super::yaml::Yaml;
use crate::source::FileId;
use std::collections::BTreeMap;

/// Reads a file of words; entries that are no text are left out.
pub fn read(text: &str, file: FileId, findings: &mut Findings) -> BTreeMap<String, String> {
    match front_matter::read(text, 0, file, findings).sound() {
        Some(Yaml::Map(map)) => map
            .into_iter()
            .filter_map(|(key, value)| match value {
                Yaml::Scalar(words) => Some((key, words)),
                _ => None,
            })
            .collect(),
        _ => BTreeMap::new(),
    }
}
