//! Words of the interface in one language.
//!
//! In: keys and words from `words/<language>.yaml` of the theme. Out: words with their gaps filled.

use crate::model::date_words::{DateOrder, DateWords};
use crate::model::kind::Kind;
use crate::model::meaning::Meaning;
use crate::source::NameMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The words of a language; a key that a theme's file lacks is taken from the built-in English.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: Map<String>,
    /// The same words by list and id: a key `a-b-c` stands under `a` and `b-c`, and under `a-b` and `c`.
    /// Pages ask for these most, and so no key is put together for each.
    choices: Lists,
    /// The words for kinds of pages, which stand behind each backlink.
    kinds: [String; Kind::ALL.len()],
    /// The headings for the meanings of links, of which each page has some.
    meanings: [String; Meaning::ALL.len()],
    /// The words for choices of schemas, whose keys begin with [`SCHEMA`], by field and id.
    of_schemas: Lists,
}

type Lists = Map<Map<String>>;

/// Each page looks up hundreds of words, by short keys that come with the theme.
type Map<V> = NameMap<String, V>;

/// What the keys for choices of schemas begin with: their fields may have any name, and so their words are
/// kept apart from those of the interface.
const SCHEMA: &str = "choice-";

/// The list that a word of the content model is of.
#[derive(Clone, Copy, Debug)]
pub enum List<'l> {
    /// One of the program's own.
    Own(&'l str),
    /// The choice of a field of a schema.
    Schema(&'l str),
}

impl Words {
    /// Words by their keys.
    pub fn new(by_key: BTreeMap<String, String>) -> Words {
        let (mut choices, mut of_schemas) = (Lists::default(), Lists::default());
        for (key, word) in &by_key {
            let (lists, key) = match key.strip_prefix(SCHEMA) {
                Some(rest) => (&mut of_schemas, rest),
                None => (&mut choices, key.as_str()),
            };
            for (at, _) in key.match_indices('-') {
                let list = lists.entry(key[..at].to_owned()).or_default();
                list.insert(key[at + 1..].to_owned(), word.clone());
            }
        }
        let words = by_key.into_iter().collect();
        let unnamed =
            Words { words, choices, of_schemas, kinds: Default::default(), meanings: Default::default() };
        let kinds = Kind::ALL.map(|kind| unnamed.choice("kind", kind.word()).into_owned());
        let meanings =
            Meaning::ALL.map(|meaning| unnamed.get(&format!("means-{}", meaning.key())).to_owned());
        Words { kinds, meanings, ..unnamed }
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

    /// The heading for links of a meaning.
    pub fn meaning(&self, meaning: Meaning) -> &str {
        self.meanings.get(meaning as usize).map_or("", String::as_str)
    }

    /// The word for a kind of page.
    pub fn kind(&self, kind: Kind) -> &str {
        self.kinds.get(kind as usize).map_or("", String::as_str)
    }

    /// A word of one of the program's own lists for readers.
    pub fn choice(&self, list: &str, id: &str) -> Cow<'_, str> {
        self.choice_of(List::Own(list), id)
    }

    /// A word of the content model for readers: from the file if it is there, else the id with
    /// spaces and a capital, as wikis name their own words.
    pub fn choice_of(&self, list: List<'_>, id: &str) -> Cow<'_, str> {
        let words = match list {
            List::Own(list) => self.choices.get(list),
            List::Schema(field) => self.of_schemas.get(field),
        };
        match words.and_then(|words| words.get(id)) {
            Some(words) => Cow::Borrowed(words),
            None => Cow::Owned(spaced(id)),
        }
    }

    /// The word for a language by its BCP 47 tag, whose region is left out; what has no word stays as it is.
    pub fn language<'w>(&'w self, tag: &'w str) -> &'w str {
        let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        self.choices.get("language").and_then(|languages| languages.get(&primary)).map_or(tag, String::as_str)
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
    pub fn all(&self) -> BTreeMap<String, String> {
        self.words.clone().into_iter().collect::<BTreeMap<String, String>>()
    }
}

/// An id as words: with spaces and a capital.
fn spaced(id: &str) -> String {
    let mut letters = id.chars().map(|c| if matches!(c, '-' | '_') { ' ' } else { c });
    let mut words = String::with_capacity(id.len());
    words.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    words.extend(letters);
    words
}

/// A text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_name() {
        let keys = [("language", "Language"), ("language-uk", "Ukrainian")];
        let words = Words::new(keys.map(|(key, word)| (key.to_owned(), word.to_owned())).into());
        let check = |tag: &str, expected: &str| assert_eq!(words.language(tag), expected, "{tag}");
        check("uk", "Ukrainian");
        check("UK-Latn-UA", "Ukrainian");
        check("rue", "rue");
        check("Old Church Slavonic", "Old Church Slavonic");
        check("", "");
    }

    #[test]
    fn a_choice_of_a_schema_meets_no_words_of_the_interface() {
        let keys = [
            ("count-issues", "{n} issues"),
            ("stage-pre-negotiation", "Pre-negotiation"),
            ("choice-run-by-north-side", "The north"),
        ];
        let words = Words::new(keys.map(|(key, word)| (key.to_owned(), word.to_owned())).into());
        let check = |list: List<'_>, id: &str, expected: &str| {
            assert_eq!(words.choice_of(list, id), expected, "{list:?} {id}");
        };
        check(List::Own("stage"), "pre-negotiation", "Pre-negotiation");
        check(List::Own("stage"), "cease-fire", "Cease fire");
        check(List::Own("choice"), "run-by-north-side", "Run by north side");
        check(List::Schema("count"), "issues", "Issues");
        check(List::Schema("stage"), "pre-negotiation", "Pre negotiation");
        check(List::Schema("run-by"), "north-side", "The north");
    }
}
