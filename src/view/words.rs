//! Words of the interface in one language.
//!
//! In: keys and words from `words/<language>.yaml` of the theme. Out: words with their gaps filled.

use crate::model::date_words::{DateOrder, DateWords};
use std::collections::BTreeMap;

/// The words of a language; a key that a theme's file lacks is taken from the built-in English.
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Words with those of another file over them.
    pub fn new(built_in: BTreeMap<String, String>, own: BTreeMap<String, String>) -> Words {
        let mut words = built_in;
        words.extend(own);
        Words(words)
    }

    /// The words of a key; the key itself where nobody wrote any, so that the gap is seen.
    pub fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The words of a key with `{name}` replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut words = self.get(key).to_owned();
        for (name, value) in values {
            words = words.replace(&format!("{{{name}}}"), value);
        }
        words
    }

    /// The words for a number of things: `key` for many, `key-one` for one.
    pub fn count(&self, key: &str, number: usize) -> String {
        let one = format!("{key}-one");
        let key = if number == 1 && self.0.contains_key(&one) { one.as_str() } else { key };
        self.fill(key, &[("n", &number.to_string())])
    }

    /// A word of the content model for readers: from the file if it is there, else the id with
    /// spaces and a capital, as wikis name their own words.
    pub fn choice(&self, list: &str, id: &str) -> String {
        if let Some(words) = self.0.get(&format!("{list}-{id}")) {
            return words.clone();
        }
        capital(&id.replace(['-', '_'], " "))
    }

    /// The words for dates.
    pub fn dates(&self, order: DateOrder) -> DateWords {
        let mut dates = DateWords::english(order);
        for (at, month) in dates.months.iter_mut().enumerate() {
            if let Some(words) = self.0.get(&format!("month-{}", at + 1)) {
                month.clone_from(words);
            }
        }
        for (key, word) in [
            ("date-inferred", &mut dates.inferred),
            ("date-about", &mut dates.about),
            ("date-since", &mut dates.since),
            ("date-by", &mut dates.by),
        ] {
            if let Some(words) = self.0.get(key) {
                word.clone_from(words);
            }
        }
        dates
    }

    /// All keys and words, for templates.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

/// A text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
