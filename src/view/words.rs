//! Words of the interface in one language.
//!
//! In: keys and words from `words/<language>.yaml` of the theme. Out: words with their gaps filled.

use crate::model::date_words::{DateOrder, DateWords};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The words of a language; a key that a theme's file lacks is taken from the built-in English.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: BTreeMap<String, String>,
    /// The same words by list and id: a key `a-b-c` stands under `a` and `b-c`, and under `a-b` and `c`.
    /// Pages ask for these most, and so no key is put together for each.
    choices: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    /// Words by their keys.
    pub fn new(words: BTreeMap<String, String>) -> Words {
        let mut choices: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (key, word) in &words {
            for (at, _) in key.match_indices('-') {
                let list = choices.entry(key[..at].to_owned()).or_default();
                list.insert(key[at + 1..].to_owned(), word.clone());
            }
        }
        Words { words, choices }
    }

    /// The words of a key; the key itself where nobody wrote any, so that the gap is seen.
    pub fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The words of a key with `{name}` replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut words =
            String::with_capacity(rest.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
        while let Some((before, gap)) = rest.split_once('{') {
            words.push_str(before);
            let filled = values
                .iter()
                .find_map(|(name, value)| Some((value, gap.strip_prefix(name)?.strip_prefix('}')?)));
            match filled {
                Some((value, after)) => {
                    words.push_str(value);
                    rest = after;
                }
                None => {
                    words.push('{');
                    rest = gap;
                }
            }
        }
        words.push_str(rest);
        words
    }

    /// The words for a number of things: `key` for many, `key-one` for one.
    pub fn count(&self, key: &str, number: usize) -> String {
        let one = if number == 1 { format!("{key}-one") } else { String::new() };
        let key = if self.words.contains_key(&one) { one.as_str() } else { key };
        self.fill(key, &[("n", &number.to_string())])
    }

    /// A word of the content model for readers: from the file if it is there, else the id with
    /// spaces and a capital, as wikis name their own words.
    pub fn choice(&self, list: &str, id: &str) -> Cow<'_, str> {
        match self.choices.get(list).and_then(|words| words.get(id)) {
            Some(words) => Cow::Borrowed(words),
            None => Cow::Owned(capital(&id.replace(['-', '_'], " "))),
        }
    }

    /// The words for dates.
    pub fn dates(&self, order: DateOrder) -> DateWords {
        let mut dates = DateWords::english(order);
        for (at, month) in dates.months.iter_mut().enumerate() {
            if let Some(words) = self.words.get(&format!("month-{}", at + 1)) {
                month.clone_from(words);
            }
        }
        for (key, word) in [
            ("date-inferred", &mut dates.inferred),
            ("date-about", &mut dates.about),
            ("date-since", &mut dates.since),
            ("date-by", &mut dates.by),
        ] {
            if let Some(words) = self.words.get(key) {
                word.clone_from(words);
            }
        }
        dates
    }

    /// All keys and words, for templates.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}

/// A text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
