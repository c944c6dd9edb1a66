//! A field of a schema.
//!
//! In: what stands behind its name. Out: a [`Field`], or findings that say what it needs.

use super::{Mapping, Reader, get};
use crate::diagnostic::Part;
use crate::model::field::{Field, Type, Words};
use crate::model::kind::Kind;
use crate::model::meaning::Meaning;
use crate::model::names::nearest;
use crate::model::tables;
use crate::parse::fields::flag;
use crate::parse::yaml::Yaml;
use crate::source::KeyPath;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The types a schema may use.
const TYPES: [&str; 18] = [
    "text", "markdown", "date", "number", "quantity", "money", "tally", "choice", "flag", "url", "actor",
    "actors", "issue", "issues", "event", "document", "source", "sources",
];

impl Reader<'_> {
    pub(super) fn field(&mut self, name: &str, yaml: &Yaml<'_>, path: &KeyPath) -> Option<Field> {
        let well_named = !name.is_empty()
            && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
        if !well_named || tables::ROW_END.iter().any(|field| field.name == name) || name == "kind" {
            let message = match name {
                "kind" => {
                    "`kind` is kept for blocks with `kinds`, whose rows say by it what they are".to_owned()
                }
                _ if well_named => format!("every row has `{name}` without its schema"),
                _ => format!("`{name}` is not a name for a field"),
            };
            self.bad(
                path,
                Part::Key,
                message,
                match name {
                    "kind" => "choose another name",
                    _ if well_named => "take this line out",
                    _ => "expected small letters, digits and `_`",
                },
            );
            return None;
        }
        let Yaml::Map(map) = yaml else {
            self.bad(
                path,
                Part::Value,
                format!("the field `{name}` has no type"),
                "expected braces such as {type: text}",
            );
            return None;
        };
        self.keys(map, &["type", "required", "required_with", "of", "label", "map"], path);
        let ty = self.ty(map, path)?;
        let mut field = Field::new("", ty, "").meaning(Meaning::InTable);
        field.name = Cow::Owned(name.to_owned());
        field.label = self.words(map, "label", path);
        field.required_with = self.text(map, "required_with", path);
        let required = match get(map, "required") {
            None => Some(false),
            Some(Yaml::Scalar(word)) => flag(word),
            Some(_) => None,
        };
        if required.is_none() {
            let message = "`required` is a flag".into();
            self.bad(&path.then("required"), Part::Value, message, "expected true or false");
        }
        field.required = required == Some(true);
        self.beside(map, "of", "choice", path);
        self.beside(map, "map", "regions", path);
        Some(field)
    }

    fn ty(&mut self, map: &Mapping<'_>, path: &KeyPath) -> Option<Type> {
        let Some(Yaml::Scalar(word)) = get(map, "type") else {
            self.bad(
                path,
                Part::Value,
                "this field has no type".into(),
                "expected a type such as {type: text}",
            );
            return None;
        };
        Some(match word.as_ref() {
            "text" => Type::Text,
            "markdown" => Type::Markdown,
            "date" => Type::Date,
            "number" => Type::Number,
            "quantity" => Type::Quantity,
            "money" => Type::Money,
            "tally" => Type::Tally,
            "flag" => Type::Flag,
            "url" => Type::Url,
            "actor" => Type::Ref(Kind::Actor),
            "actors" => Type::Refs(Kind::Actor),
            "issue" => Type::Ref(Kind::Issue),
            "issues" => Type::Refs(Kind::Issue),
            "event" => Type::Ref(Kind::Event),
            "document" => Type::Ref(Kind::Document),
            "source" => Type::Ref(Kind::Source),
            "sources" => Type::Refs(Kind::Source),
            "choice" => self.choice(map, path),
            "regions" => match get(map, "map") {
                Some(Yaml::Scalar(map)) => Type::Regions(map.to_string()),
                _ => {
                    self.bad(
                        path,
                        Part::Value,
                        "regions need the map they are regions of".into(),
                        &format!("expected {{type: regions, map: {}}}", self.map),
                    );
                    return None;
                }
            },
            other => {
                let near = nearest(other, TYPES.into_iter().chain(["regions"]));
                let label = near.map_or_else(
                    || format!("expected one of {}, regions", TYPES.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.bad(&path.then("type"), Part::Value, format!("there is no type `{other}`"), &label);
                return None;
            }
        })
    }

    /// Tells of a key that has a meaning for one type only.
    fn beside(&mut self, map: &Mapping<'_>, key: &str, ty: &str, path: &KeyPath) {
        let written = match get(map, "type") {
            Some(Yaml::Scalar(word)) if word != ty => word,
            _ => return,
        };
        if get(map, key).is_some() {
            self.bad(
                &path.then(key),
                Part::Key,
                format!("`{key}` belongs to the type `{ty}`, and this field is `{written}`"),
                &format!("write `type: {ty}`, or take this out"),
            );
        }
    }

    fn choice(&mut self, map: &Mapping<'_>, path: &KeyPath) -> Type {
        let at = path.then("of");
        let written: Vec<(&Yaml<'_>, KeyPath)> = match get(map, "of") {
            Some(Yaml::List(items)) => items.iter().enumerate().map(|(n, item)| (item, at.at(n))).collect(),
            Some(Yaml::Map(_)) | None => Vec::new(),
            Some(one) => vec![(one, at)],
        };
        let told = self.findings.len();
        let mut words: Vec<String> = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (word, at) in &written {
            let (message, label) = match word {
                Yaml::Null => continue,
                Yaml::Scalar(word) if word == "unknown" || word == "none" => (
                    format!("`{word}` is a word of every choice"),
                    "take it out: a row may hold it without the schema",
                ),
                Yaml::Scalar(word) if seen.insert(word) => {
                    words.push(word.to_string());
                    continue;
                }
                Yaml::Scalar(word) => {
                    (format!("`{word}` stands here a second time"), "take one of the two out")
                }
                Yaml::List(_) | Yaml::Map(_) => {
                    ("a choice has words alone".to_owned(), "expected a word, without brackets or a colon")
                }
            };
            self.bad(at, Part::Value, message, label);
        }
        if words.is_empty() && self.findings.len() == told {
            self.bad(
                path,
                Part::Value,
                "a choice needs its words".into(),
                "expected `of: [one, two]`; `unknown` and `none` need not be listed",
            );
        }
        Type::Choice(Words::Schema(words))
    }
}
