//! Values of front matter, before and after names are resolved.
//!
//! `Value<Name>` comes from reading a file; `Value<PageRef>` from resolving. A name that fits no
//! page cannot be written down in the second.

use super::date::Date;
use super::duration::Duration;
use super::money::Money;
use super::quantity::{Number, Quantity};
use crate::source::{KeyPath, Way};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A name as written in a reference, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name and behind it the steps of its path: there are hundreds of thousands until they are resolved.
    text_and_path: Box<str>,
    /// The bytes of the name.
    length: u32,
    /// The byte of that value's text at which it begins: a value may hold several citations.
    start: u32,
}

impl Name {
    /// An id, title or alias that is a whole value.
    pub fn new(text: &str, way: &Way<'_>) -> Name {
        Name::within(text, way, 0)
    }

    /// A name that begins at a byte of a value.
    pub fn within(text: &str, way: &Way<'_>, start: usize) -> Name {
        let number = |bytes| u32::try_from(bytes).unwrap_or(u32::MAX);
        let mut text_and_path = String::with_capacity(text.len() + way.length());
        text_and_path.push_str(text);
        way.put(&mut text_and_path);
        Name { text_and_path: text_and_path.into(), length: number(text.len()), start: number(start) }
    }

    /// The id, title or alias.
    pub fn text(&self) -> &str {
        &self.text_and_path[..self.length as usize]
    }

    /// Where it stands in front matter.
    pub fn path(&self) -> KeyPath {
        KeyPath::of_steps(&self.text_and_path[self.length as usize..])
    }

    /// Its bytes in the text of that value.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

/// A piece of Markdown of a document, as an index into its `proses`; 0 is the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProseId(pub u32);

impl ProseId {
    /// The body of a document.
    pub const BODY: ProseId = ProseId(0);

    /// The index into a document's `proses`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A source and the place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation<R> {
    /// The source.
    pub source: R,
    /// Such as `p. 2`; printed as written.
    pub place: Option<Arc<str>>,
}

/// A value of a field, with references of type `R`. What is large and rare is boxed: a wiki holds a
/// hundred thousand values.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<R> {
    /// Text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
    /// Markdown, kept with the document's prose.
    Prose(ProseId),
    /// A number, with its text as written.
    Number(Box<Number>),
    /// A flag.
    Flag(bool),
    /// A web address.
    Url(String),
    /// A date.
    Date(Date),
    /// A quantity.
    Quantity(Box<Quantity>),
    /// Money.
    Money(Box<Money>),
    /// Quantities by actor.
    Tally(Vec<(R, Quantity)>),
    /// A span of time.
    Duration(Duration),
    /// A word of a list.
    Choice(String),
    /// A page.
    Ref(R),
    /// Pages.
    Refs(Vec<R>),
    /// Citations.
    Cite(Vec<Citation<R>>),
    /// Regions of a map.
    Regions(Box<Regions>),
    /// A name in another language, and the language.
    Native(Box<Native>),
    /// Ids with a text each.
    Labels(Vec<(String, String)>),
    /// Old addresses.
    OldAddresses(Vec<OldAddress>),
    /// A group of fields.
    Record(Box<Record<R>>),
    /// Rows.
    Rows(Vec<Record<R>>),
    /// The accounts of a readout row: who gives it, and the words; none where the key stands alone.
    Accounts(Vec<(R, Option<ProseId>)>),
    /// `unknown`: our sources do not say.
    Unknown,
    /// `none`: known not to exist.
    Nothing,
}

/// All that a tally counts, by which tallies sort.
pub fn tallied<R>(parts: &[(R, Quantity)]) -> f64 {
    parts.iter().map(|(_, count)| count.low_value()).sum()
}

/// A name in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Native {
    /// The name.
    pub text: Box<str>,
    /// BCP 47 tag.
    pub lang: Box<str>,
}

/// Regions of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regions {
    /// The map's name.
    pub map: String,
    /// Ids of its regions.
    pub ids: Vec<String>,
}

/// `old-id` or `old-id#old-heading` in `redirect_from`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OldAddress {
    /// The old id.
    pub id: String,
    /// The old heading id.
    pub heading: Option<String>,
    /// Its number in the list, for the place.
    pub index: usize,
}

/// The key under which a readout row keeps its accounts; no field can be named so.
pub const ACCOUNTS: &str = "*accounts";

/// Values by field name, in the order of the field table.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<R> {
    /// Where the record stands; empty at the top.
    pub path: KeyPath,
    /// Field names and values; a field that was left out or could not be read is not here.
    pub values: Vec<(Cow<'static, str>, Value<R>)>,
    /// Fields that were written but could not be read: absent, yet not missing.
    pub spoiled: Vec<String>,
}

impl<R> Default for Record<R> {
    fn default() -> Self {
        Record { path: KeyPath::default(), values: Vec::new(), spoiled: Vec::new() }
    }
}

impl<R> Record<R> {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value<R>> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether the field was written, readable or not.
    pub fn mentions(&self, name: &str) -> bool {
        self.get(name).is_some() || self.spoiled.iter().any(|key| key == name)
    }

    /// The path of one of its fields.
    pub fn path_of(&self, name: &str) -> KeyPath {
        self.path.then(name)
    }

    /// A date field.
    pub fn date(&self, name: &str) -> Option<&Date> {
        match self.get(name)? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// A text, choice or address field.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) | Value::Choice(text) | Value::Url(text) => Some(text),
            _ => None,
        }
    }

    /// A flag, false where left out.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Flag(true)))
    }

    /// A list of texts, empty where left out.
    pub fn texts(&self, name: &str) -> &[String] {
        match self.get(name) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The rows of a field, empty where left out.
    pub fn rows(&self, name: &str) -> &[Record<R>] {
        match self.get(name) {
            Some(Value::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// A group of fields.
    pub fn record(&self, name: &str) -> Option<&Record<R>> {
        match self.get(name)? {
            Value::Record(record) => Some(record),
            _ => None,
        }
    }

    /// A Markdown field.
    pub fn prose(&self, name: &str) -> Option<ProseId> {
        match self.get(name)? {
            Value::Prose(id) => Some(*id),
            _ => None,
        }
    }

    /// Citations, empty where left out.
    pub fn cites(&self, name: &str) -> &[Citation<R>] {
        match self.get(name) {
            Some(Value::Cite(cites)) => cites,
            _ => &[],
        }
    }

    /// Old addresses, empty where left out.
    pub fn old_addresses(&self, name: &str) -> &[OldAddress] {
        match self.get(name) {
            Some(Value::OldAddresses(old)) => old,
            _ => &[],
        }
    }

    /// A list of references, empty where left out.
    pub fn refs(&self, name: &str) -> &[R] {
        match self.get(name) {
            Some(Value::Refs(refs)) => refs,
            _ => &[],
        }
    }

    /// A single reference.
    pub fn reference(&self, name: &str) -> Option<&R> {
        match self.get(name)? {
            Value::Ref(reference) => Some(reference),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_text_and_its_path_apart() {
        for text in ["kyiv", "", "Київ \u{1e}x"] {
            let rows = Way::Top.then("rows");
            let row = rows.at(1);
            let way = row.then("cite");
            let name = Name::within(text, &way, 7);
            assert_eq!((name.text(), name.path(), name.range()), (text, way.path(), 7..7 + text.len()));
        }
    }
}
