//! Front matter walked with a field table: generic YAML in, typed values out, every mistake told.
//!
//! In: a mapping and the fields it may have. Out: a [`Record`] with unresolved names; findings for
//! unknown and missing keys, wrong types, wrong words and values that cannot be read.

mod cites;
mod groups;
mod scalars;
mod words;

pub use scalars::flag;

use super::prose::{self, Home};
use super::repairs::linked_name;
use super::yaml::Yaml;
use super::{Findings, Prose, check_prose};
use crate::diagnostic::{Code, Finding, Part, Place};
use crate::model::field::{Field, Type, Words};
use crate::model::kind::Kind;
use crate::model::names::{listed, nearest};
use crate::model::site::Site;
use crate::model::value::{Name, Record, Regions, Value};
use crate::source::{FileId, Span, Way};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A mapping as YAML gives it.
pub type Mapping<'a> = [(Cow<'a, str>, Yaml<'a>)];

/// Whether `unknown` and `none` may stand for a value: in rows of topic blocks they may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoValue {
    /// They are words like any other.
    Refused,
    /// They stand for a whole value.
    Taken,
}

/// What the walk needs of the file and the site, and where it leaves what it finds.
pub struct Walk<'a> {
    /// The file.
    pub file: FileId,
    /// Stances and groups.
    pub site: &'a Site,
    /// Findings of the file.
    pub findings: &'a mut Findings,
    /// Markdown of the file.
    pub proses: &'a mut Vec<Prose>,
    /// Whether the record is a row of a topic block.
    pub no_value: NoValue,
    /// The reader of Markdown.
    pub reader: &'a mut prose::Reader,
}

impl Walk<'_> {
    /// Reads a mapping with its fields. Keys that are in `elsewhere` are read by the caller.
    pub fn record<'f>(
        &mut self,
        map: &Mapping<'_>,
        fields: impl IntoIterator<Item = &'f Field> + Clone,
        path: &Way<'_>,
        elsewhere: &dyn Fn(&str, &Yaml<'_>) -> bool,
    ) -> Record<Name> {
        let values = Vec::with_capacity(map.len());
        let mut record = Record { path: path.path(), values, ..Record::default() };
        let mut slips: Vec<(usize, String)> = Vec::new();
        // The first entry of each field, and the keys that are none.
        let mut written: Vec<Option<usize>> = vec![None; fields.clone().into_iter().count()];
        let mut others: BTreeSet<&str> = BTreeSet::new();
        // The group of lines just above that has none.
        let mut open: Option<&Field> = None;
        for (at, (key, value)) in map.iter().enumerate() {
            let mut all = fields.clone().into_iter().enumerate();
            let field = all.find(|(_, field)| field.name == *key);
            let twice = match field {
                Some((number, _)) => *written[number].get_or_insert(at) < at,
                None => !others.insert(key),
            };
            if twice {
                self.duplicate(path, key);
            } else if field.is_some() || elsewhere(key, value) {
                let group = field.filter(|(_, field)| field.ty.is_group() && is_empty(value));
                open = group.map(|(_, field)| field);
            } else if let Some(group) = open
                && nearest(key, fields.clone().into_iter().map(|field| field.name.as_ref())).is_none()
            {
                if !record.spoiled.iter().any(|name| *name == group.name) {
                    record.spoiled.push(group.name.to_string());
                    self.not_set_in(path, key, group);
                }
            } else {
                slips.extend(self.unknown_key(path, key, fields.clone()).map(|meant| (at, meant)));
            }
        }
        for (field, written) in fields.clone().into_iter().zip(written) {
            // A key that is a slip of the pen is told as that; its field is not missing as well.
            let meant = || slips.iter().find(|(_, name)| **name == field.name).map(|(at, _)| *at);
            let Some((key, value)) = written.or_else(meant).map(|at| &map[at]) else { continue };
            if is_empty(value) {
                continue;
            }
            match self.value(field, value, &path.then(key)) {
                Some(value) => record.values.push((field.name.clone(), value)),
                None => record.spoiled.push(field.name.to_string()),
            }
        }
        self.missing(&record, fields);
        record
    }

    /// Tells of the first of some lines that belong to a field and stand beside it.
    fn not_set_in(&mut self, path: &Way<'_>, key: &str, group: &Field) {
        let place = Place::key(self.file, path.then(key).path());
        let message = format!("`{key}` belongs to `{}` and is not set in", group.name);
        self.findings.push(
            Finding::new(Code::UnknownKey, place, message)
                .label("put two spaces before it")
                .help(format!("put two spaces before every line that belongs to `{}`", group.name)),
        );
    }

    fn missing<'f>(&mut self, record: &Record<Name>, fields: impl IntoIterator<Item = &'f Field>) {
        for field in fields {
            let may_be_missing = field.required || field.required_with.is_some();
            if !may_be_missing || record.mentions(&field.name) {
                continue;
            }
            let with = field.required_with.as_deref().filter(|other| {
                record.mentions(other) && !matches!(record.get(other), Some(Value::Unknown | Value::Nothing))
            });
            let why = match with {
                Some("amount") if field.name == "measure" => {
                    self.absent(
                        record,
                        Code::AmountWithoutMeasure,
                        "this amount does not say what it measures",
                        field,
                    );
                    continue;
                }
                Some(other) => format!("`{other}` needs `{}` beside it", field.name),
                None if field.required && field.name == "cite" => {
                    self.absent(record, Code::Uncited, "this row has no citation", field);
                    continue;
                }
                None if field.required => format!("the field `{}` is missing", field.name),
                None => continue,
            };
            self.absent(record, Code::MissingField, &why, field);
        }
    }

    fn absent(&mut self, record: &Record<Name>, code: Code, message: &str, field: &Field) {
        // At the top the opening line stands for what is absent; in a row its first line does.
        let place = if record.path.is_top() {
            Place::start(self.file)
        } else {
            Place::value(self.file, record.path.clone())
        };
        let expected = match &field.ty {
            Type::Choice(words) => one_of(&self.words(words)),
            ty => Some(ty.expected()),
        };
        let expected = expected.map_or_else(String::new, |expected| format!(", {expected}"));
        let mut finding =
            Finding::new(code, place, message).label(format!("expected `{}: …`{expected}", field.name));
        // A field of a schema has no sentence of its own.
        if !field.help.is_empty() {
            finding = finding.help(format!("`{}`: {}", field.name, field.help));
        }
        self.findings.push(finding);
    }

    fn duplicate(&mut self, path: &Way<'_>, key: &str) {
        let path = path.then(key).path();
        let place = Place { file: self.file, at: crate::diagnostic::At::Key(path.clone(), Part::SecondKey) };
        self.findings.push(
            Finding::new(Code::DuplicateKey, place, format!("`{key}` stands here a second time"))
                .label("take one of the two out")
                .also(Place::key(self.file, path), "the first"),
        );
    }

    /// Tells of a key that is no field; gives the field that was meant, if it is a slip of the pen.
    fn unknown_key<'f>(
        &mut self,
        path: &Way<'_>,
        key: &str,
        fields: impl IntoIterator<Item = &'f Field> + Clone,
    ) -> Option<String> {
        let place = Place::key(self.file, path.then(key).path());
        let names = fields.clone().into_iter().map(|field| field.name.as_ref());
        // `nearest` gives back one of the names, but they live as long as the table.
        let near = nearest(key, names).map(str::to_owned);
        let finding = Finding::new(Code::UnknownKey, place, format!("there is no field `{key}` here"));
        let all: Vec<&str> = fields.into_iter().map(|field| field.name.as_ref()).collect();
        self.findings.push(match &near {
            Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near.clone()),
            None => finding
                .label("take it out, or move it into the text")
                .help(format!("the fields are {}", all.join(", "))),
        });
        near
    }

    fn wrong_type(&mut self, field: &Field, path: &Way<'_>) {
        self.findings.push(
            Finding::new(
                Code::WrongType,
                Place::value(self.file, path.path()),
                format!("`{}` does not take this value", field.name),
            )
            .label(format!("expected {}", field.ty.expected())),
        );
    }

    fn value(&mut self, field: &Field, yaml: &Yaml<'_>, path: &Way<'_>) -> Option<Value<Name>> {
        if self.no_value == NoValue::Taken
            && !matches!(field.ty, Type::Text | Type::Markdown | Type::Flag | Type::Cite)
            && let Yaml::Scalar(word) = yaml
        {
            match word.as_ref() {
                "unknown" => return Some(Value::Unknown),
                "none" => return Some(Value::Nothing),
                word if self.meant_no_value(field, word, path).is_some() => return None,
                _ => {}
            }
        }
        match &field.ty {
            Type::Texts => {
                if let Yaml::Scalar(text) = yaml
                    && field.name == "aliases"
                    && text.contains(", ")
                {
                    self.names_in_one(text, path);
                    return None;
                }
                let texts = self.scalars(field, yaml, path)?;
                texts.iter().for_each(|(text, path)| self.plain_words(&field.name, text, path));
                Some(Value::Texts(texts.into_iter().map(|(text, _)| text.to_owned()).collect()))
            }
            Type::Refs(_) | Type::AnyRefs => {
                if let Some(names) = all_bracketed(yaml) {
                    self.all_bracketed(field, &names, path);
                    return Some(Value::Refs(names.iter().map(|name| Name::new(name, path)).collect()));
                }
                let names = self.scalars(field, yaml, path)?;
                Some(Value::Refs(names.iter().map(|(text, path)| Name::new(text, path)).collect()))
            }
            Type::Regions(map) => {
                let ids = self.scalars(field, yaml, path)?.into_iter().map(|(id, _)| id.to_owned()).collect();
                Some(Value::Regions(Box::new(Regions { map: map.clone(), ids })))
            }
            Type::OldAddresses => {
                let texts = self.scalars(field, yaml, path)?;
                Some(Value::OldAddresses(
                    texts.into_iter().filter_map(|(text, path)| self.old_address(text, &path)).collect(),
                ))
            }
            Type::Cite => self.cite(field, yaml, path),
            Type::Tally => self.tally(field, yaml, path),
            Type::Labels => self.labels(field, yaml, path),
            Type::Native => self.native(field, yaml, path),
            Type::MapCredits => self.map_credits(field, yaml, path),
            Type::Record(fields) => match yaml {
                Yaml::Map(map) => {
                    Some(Value::Record(Box::new(self.record(map, *fields, path, &|_, _| false))))
                }
                _ => self.refuse(field, path),
            },
            Type::Rows(fields) => self.rows(field, yaml, path, &mut |walk, map, path| {
                walk.record(map, *fields, path, &|_, _| false)
            }),
            Type::ReadoutRows(fields) => {
                self.rows(field, yaml, path, &mut |walk, map, path| walk.readout_row(map, fields, path))
            }
            ty => match yaml {
                Yaml::Scalar(text) => self.scalar(field, ty, text, path),
                Yaml::List(items) => match (bracketed(items), &items[..], ty) {
                    (Some(name), ..) if *ty != Type::Url => self.bracketed(field, name, path),
                    (None, [Yaml::Scalar(name)], Type::Ref(_)) => {
                        self.bracketed(field, name.trim_matches(['[', ']']), path)
                    }
                    (None, [_, _, ..], Type::Ref(_)) => self.several(field, path),
                    _ => self.refuse(field, path),
                },
                _ => self.refuse(field, path),
            },
        }
    }

    fn refuse<T>(&mut self, field: &Field, path: &Way<'_>) -> Option<T> {
        self.wrong_type(field, path);
        None
    }

    /// Markdown of a field, kept with the document.
    fn markdown(&mut self, text: &str, path: &Way<'_>) -> crate::model::value::ProseId {
        let reading = self.reader.read(text, Home::Field(path.path(), text.to_owned()));
        let id = crate::model::value::ProseId(u32::try_from(self.proses.len()).unwrap_or(u32::MAX));
        check_prose(&reading, text, self.file, self.site, self.findings);
        self.proses.push(reading.prose);
        id
    }

    /// The words of a choice.
    fn words<'w>(&'w self, words: &'w Words) -> Vec<&'w str> {
        match words {
            Words::Fixed(words) => words.to_vec(),
            Words::Schema(words) => words.iter().map(String::as_str).collect(),
            Words::Stances => self.site.stances.iter().map(|(id, _)| id.as_str()).collect(),
            Words::Groups => self.site.groups.iter().map(|(id, _)| id.as_str()).collect(),
        }
    }
}

/// The name in `[[name]]`, which YAML takes for a list in a list.
fn bracketed<'a>(items: &'a [Yaml<'_>]) -> Option<&'a str> {
    match items {
        [Yaml::List(inner)] => match &inner[..] {
            [Yaml::Scalar(name)] => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// The names in `[[one]]`, in `[[[one]], [[two]]]`, or in a list of which some entries are `[one]` or `[[one]]`.
fn all_bracketed<'a>(yaml: &'a Yaml<'_>) -> Option<Vec<&'a str>> {
    let Yaml::List(items) = yaml else { return None };
    if !items.iter().any(|item| matches!(item, Yaml::List(_))) {
        return None;
    }
    let name = |item: &'a Yaml<'_>| match item {
        Yaml::List(inner) => bracketed(inner).or_else(|| bracketed(std::slice::from_ref(item))),
        Yaml::Scalar(name) => Some(&**name),
        _ => None,
    };
    let names: Option<Vec<&str>> = items.iter().map(name).collect();
    names.map(|names| names.into_iter().map(linked_name).collect())
}

/// The words of a choice as a phrase; nothing where there are none.
fn one_of(words: &[&str]) -> Option<String> {
    match words {
        [] => None,
        [word] => Some((*word).to_owned()),
        words => Some(format!("one of {}", listed(words, ", "))),
    }
}

/// Null and empty count as left out.
fn is_empty(yaml: &Yaml<'_>) -> bool {
    match yaml {
        Yaml::Null => true,
        Yaml::Scalar(text) => text.trim().is_empty(),
        Yaml::List(items) => items.iter().all(is_empty),
        Yaml::Map(map) => map.is_empty(),
    }
}

/// A BCP 47 language tag, by its form (RFC 5646, section 2.1).
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    // Longer first parts are reserved, and people write names of languages.
    matches!(first.len(), 2 | 3)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// The bytes of a field's finding in a file that is YAML as a whole.
pub fn whole(text: &str) -> Span {
    Span::new(0, text.find('\n').unwrap_or(text.len()))
}

/// The kinds that a field's references may lead to; `None` is any kind.
pub fn kind_of(ty: &Type) -> Option<Kind> {
    match ty {
        Type::Ref(kind) | Type::Refs(kind) => Some(*kind),
        Type::Tally | Type::ReadoutRows(_) => Some(Kind::Actor),
        Type::Cite => Some(Kind::Source),
        _ => None,
    }
}
