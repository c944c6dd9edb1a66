//! Fields: what a record may hold. One table of them for each kind (see [`super::tables`]) and
//! one for each kind of row in a topic block drive reading, checking and `docs/fields.md`.

use super::kind::Kind;
use super::meaning::Meaning;
use super::quantity::Number;
use std::borrow::Cow;

/// One field of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key in front matter.
    pub name: Cow<'static, str>,
    /// What it takes.
    pub ty: Type,
    /// Whether a record without it is incomplete.
    pub required: bool,
    /// Another field with which it is required.
    pub required_with: Option<String>,
    /// One sentence for `docs/fields.md` and for findings.
    pub help: Cow<'static, str>,
    /// What a reference in it means to the page it names.
    pub meaning: Meaning,
    /// The column head in a table of rows, where it is not the name.
    pub label: Option<String>,
}

/// What a field takes (content model, section 3).
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// Plain text.
    Text,
    /// A list of plain texts; one needs no brackets.
    Texts,
    /// A sentence or two with links and citations.
    Markdown,
    /// A number, kept as it is written.
    Number,
    /// true, false, yes or no.
    Flag,
    /// A web address.
    Url,
    /// A date or range of dates.
    Date,
    /// A number with words such as "about" and a unit.
    Quantity,
    /// An amount with an ISO 4217 code.
    Money,
    /// A quantity for each of several actors.
    Tally,
    /// A span such as `60d`.
    Duration,
    /// One word of a list.
    Choice(Words),
    /// One page of a kind.
    Ref(Kind),
    /// Pages of a kind; one needs no brackets.
    Refs(Kind),
    /// Pages of any kind; one needs no brackets.
    AnyRefs,
    /// Citations as between the brackets, or a list of source ids.
    Cite,
    /// Regions of the named map.
    Regions(String),
    /// `{text, lang}`: a name in another language.
    Native,
    /// Ids with a text each, in order: the points of an issue, the stances of a wiki.
    Labels,
    /// A point of the record's issue.
    Point,
    /// Old addresses: `old-id` or `old-id#old-heading`.
    OldAddresses,
    /// For each map, `{credit: "…"}`.
    MapCredits,
    /// A mapping with fields of its own.
    Record(&'static [Field]),
    /// A list of mappings.
    Rows(&'static [Field]),
    /// Rows of a readout: the table's fields and a key for each account.
    ReadoutRows(&'static [Field]),
}

/// Where the words of a choice come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Words {
    /// Fixed by the content model.
    Fixed(&'static [&'static str]),
    /// From a topic block's schema.
    Schema(Vec<String>),
    /// site.yaml's `stances`.
    Stances,
    /// site.yaml's `groups`.
    Groups,
}

impl Field {
    /// An optional field; `const` so that whole tables are constants.
    pub const fn new(name: &'static str, ty: Type, help: &'static str) -> Field {
        Field {
            name: Cow::Borrowed(name),
            ty,
            required: false,
            required_with: None,
            help: Cow::Borrowed(help),
            meaning: Meaning::Mentioned,
            label: None,
        }
    }

    /// The field made required.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// The field with the meaning of its references.
    pub const fn meaning(mut self, meaning: Meaning) -> Field {
        self.meaning = meaning;
        self
    }

    /// The words of a column head: the label, or the name with spaces and a capital.
    pub fn head(&self) -> String {
        if let Some(label) = &self.label {
            return label.clone();
        }
        let words = self.name.replace(['_', '-'], " ");
        let mut letters = words.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => words,
        }
    }

    /// Whether a value means to hold numbers, which tables align.
    pub fn is_figure(&self) -> bool {
        matches!(self.ty, Type::Number | Type::Quantity | Type::Money | Type::Tally)
    }
}

impl Type {
    /// Whether it is a group of lines that are set in below the field.
    pub fn is_group(&self) -> bool {
        matches!(self, Type::Labels | Type::Native | Type::Tally | Type::MapCredits | Type::Record(_))
    }

    /// The fields inside a field of mappings or rows.
    pub fn inner(&self) -> &'static [Field] {
        match self {
            Type::Record(fields) | Type::Rows(fields) | Type::ReadoutRows(fields) => fields,
            _ => &[],
        }
    }

    /// What to write, as a phrase that follows "expected".
    pub fn expected(&self) -> String {
        match self {
            Type::Text => "text in double quotes".into(),
            Type::Texts => "a text in double quotes, or a list of them".into(),
            Type::Markdown => "a sentence in double quotes".into(),
            Type::Number => Number::EXPECTED.into(),
            Type::Flag => "true, false, yes or no".into(),
            Type::Url => "an address such as https://example.org/page".into(),
            Type::Date => "a date such as 2025-03-11, 2025-03 or 2014".into(),
            Type::Quantity => "a quantity such as 175, about 20% or over 1 million people".into(),
            Type::Money => "an amount such as USD 61 billion".into(),
            Type::Tally => "a quantity for each actor, such as {ukraine: 175, russia: 175}".into(),
            Type::Duration => "a span such as 60d, 6m or 1y".into(),
            Type::Choice(_) => "one word of the list".into(),
            Type::Ref(kind) => format!("the id, title or alias of {}", kind.with_article()),
            Type::Refs(kind) => format!("one or more {}s by id, title or alias", kind.word()),
            Type::AnyRefs => "one or more pages by id, title or alias".into(),
            Type::Cite => "sources such as crs-in12534, p. 2; ap-2025-12-15".into(),
            Type::Regions(map) => format!("ids of regions of maps/{map}.svg"),
            Type::Native => "a name and its language, such as {text: \"Київ\", lang: uk}".into(),
            Type::Labels => {
                "ids with a text each, such as {line: \"Where should the fighting stop?\"}".into()
            }
            Type::Point => "a point of the issue".into(),
            Type::OldAddresses => "old ids, each as old-id or old-id#old-heading".into(),
            Type::MapCredits => "for each map its credit, such as {NAME: {credit: \"Map: …\"}}".into(),
            Type::Record(_) => "a group of fields".into(),
            Type::Rows(_) | Type::ReadoutRows(_) => "a list of rows, each beginning with `- `".into(),
        }
    }

    /// The short name in `docs/fields.md`.
    pub fn word(&self) -> String {
        match self {
            Type::Text => "text".into(),
            Type::Texts => "texts".into(),
            Type::Markdown => "markdown".into(),
            Type::Number => "number".into(),
            Type::Flag => "flag".into(),
            Type::Url => "url".into(),
            Type::Date => "date".into(),
            Type::Quantity => "quantity".into(),
            Type::Money => "money".into(),
            Type::Tally => "tally".into(),
            Type::Duration => "duration".into(),
            Type::Choice(_) => "choice".into(),
            Type::Ref(kind) => kind.word().into(),
            Type::Refs(kind) => format!("{}s", kind.word()),
            Type::AnyRefs => "pages".into(),
            Type::Cite => "citations".into(),
            Type::Regions(_) => "regions".into(),
            Type::Native => "name and language".into(),
            Type::Labels => "ids with texts".into(),
            Type::Point => "point".into(),
            Type::OldAddresses => "old addresses".into(),
            Type::MapCredits => "credits of maps".into(),
            Type::Record(_) => "fields".into(),
            Type::Rows(_) | Type::ReadoutRows(_) => "rows".into(),
        }
    }
}
