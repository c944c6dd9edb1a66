//! Front matter walked with a field table: generic YAML in, typed values out, every mistake told.
//!
//! In: a mapping and the fields it may have. Out: a [`Record`] with unresolved names; findings for
//! unknown and missing keys, wrong types, wrong words and values that cannot be read.

use super::cite_forms;
use super::markdown::is_id;
use super::plain_words;
use super::prose::{self, Home};
use super::yaml::Yaml;
use super::{Findings, Prose, check_prose};
use crate::diagnostic::{Code, Finding, Part, Place, may_suggest};
use crate::model::date::{Date, DateErrorKind};
use crate::model::duration::Duration;
use crate::model::field::{Field, Type, Words};
use crate::model::kind::Kind;
use crate::model::money::Money;
use crate::model::names::{listed, nearest};
use crate::model::quantity::Quantity;
use crate::model::site::Site;
use crate::model::value::{ACCOUNTS, Citation, Name, OldAddress, Record, Value};
use crate::model::value_error::ValueError;
use crate::source::{FileId, KeyPath, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A mapping as YAML gives it.
pub type Mapping = [(String, Yaml)];

/// Words that people write for `unknown` or `none`; which of the two, only the writer knows.
const NO_VALUES: [&str; 15] = [
    "n/a",
    "n.a.",
    "na",
    "not known",
    "not available",
    "not applicable",
    "not stated",
    "nil",
    "null",
    "?",
    "-",
    "–",
    "—",
    "tbd",
    "tbc",
];

const NO_VALUE_HELP: &str = "unknown: our sources do not say; none: it is known not to exist";

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
}

impl Walk<'_> {
    /// Reads a mapping with its fields. Keys that are in `elsewhere` are read by the caller.
    pub fn record<'f>(
        &mut self,
        map: &Mapping,
        fields: impl IntoIterator<Item = &'f Field> + Clone,
        path: &KeyPath,
        elsewhere: &dyn Fn(&str, &Yaml) -> bool,
    ) -> Record<Name> {
        let values = Vec::with_capacity(map.len());
        let mut record = Record { path: path.clone(), values, ..Record::default() };
        let mut slips: Vec<(usize, String)> = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        // The group of lines just above that has none.
        let mut open: Option<&Field> = None;
        for (at, (key, value)) in map.iter().enumerate() {
            let twice = !seen.insert(key);
            let field = fields.clone().into_iter().find(|field| field.name == key.as_str());
            if twice {
                self.duplicate(path, key);
            } else if field.is_some() || elsewhere(key, value) {
                open = field.filter(|field| field.ty.is_group() && is_empty(value));
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
        for field in fields.clone() {
            let written = map.iter().find(|(key, _)| *key == field.name);
            // A key that is a slip of the pen is told as that; its field is not missing as well.
            let meant = || slips.iter().find(|(_, name)| **name == field.name).map(|(at, _)| &map[*at]);
            let Some((key, value)) = written.or_else(meant) else { continue };
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
    fn not_set_in(&mut self, path: &KeyPath, key: &str, group: &Field) {
        let place = Place::key(self.file, path.then(key));
        let message = format!("`{key}` belongs to `{}` and is not set in", group.name);
        self.findings.push(
            Finding::new(Code::UnknownKey, place, message)
                .label("put two spaces before it")
                .help(format!("put two spaces before every line that belongs to `{}`", group.name)),
        );
    }

    fn missing<'f>(&mut self, record: &Record<Name>, fields: impl IntoIterator<Item = &'f Field>) {
        for field in fields {
            if record.mentions(&field.name) {
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

    fn duplicate(&mut self, path: &KeyPath, key: &str) {
        let path = path.then(key);
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
        path: &KeyPath,
        key: &str,
        fields: impl IntoIterator<Item = &'f Field> + Clone,
    ) -> Option<String> {
        let place = Place::key(self.file, path.then(key));
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

    fn wrong_type(&mut self, field: &Field, path: &KeyPath) {
        self.findings.push(
            Finding::new(
                Code::WrongType,
                Place::value(self.file, path.clone()),
                format!("`{}` does not take this value", field.name),
            )
            .label(format!("expected {}", field.ty.expected())),
        );
    }

    fn value(&mut self, field: &Field, yaml: &Yaml, path: &KeyPath) -> Option<Value<Name>> {
        if self.no_value == NoValue::Taken
            && !matches!(field.ty, Type::Text | Type::Markdown | Type::Flag | Type::Cite)
            && let Yaml::Scalar(word) = yaml
        {
            match word.as_str() {
                "unknown" => return Some(Value::Unknown),
                "none" => return Some(Value::Nothing),
                word if self.meant_no_value(field, word, path).is_some() => return None,
                _ => {}
            }
        }
        match &field.ty {
            Type::Texts => {
                let texts = self.scalars(field, yaml, path)?;
                texts.iter().for_each(|(text, path)| self.plain_words(&field.name, text, path));
                Some(Value::Texts(texts.into_iter().map(|(text, _)| text).collect()))
            }
            Type::Refs(_) | Type::AnyRefs => {
                let names = self.scalars(field, yaml, path)?;
                Some(Value::Refs(
                    names.into_iter().map(|(text, path)| Name { text: text.into(), path }).collect(),
                ))
            }
            Type::Regions(_) => self
                .scalars(field, yaml, path)
                .map(|ids| Value::Regions(ids.into_iter().map(|(id, _)| id).collect())),
            Type::OldAddresses => {
                let texts = self.scalars(field, yaml, path)?;
                Some(Value::OldAddresses(
                    texts
                        .into_iter()
                        .enumerate()
                        .filter_map(|(index, text)| self.old_address(index, text))
                        .collect(),
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
                _ => self.refuse(field, path),
            },
        }
    }

    /// Tells of a word that was meant as `unknown` or `none`.
    fn meant_no_value(&mut self, field: &Field, word: &str, path: &KeyPath) -> Option<()> {
        let lower = word.trim().to_lowercase();
        let fix = ["unknown", "none"].into_iter().find(|word| *word == lower);
        if fix.is_none() && !NO_VALUES.contains(&lower.as_str()) {
            return None;
        }
        let code = match &field.ty {
            Type::Quantity | Type::Tally => Code::BadQuantity,
            Type::Money => Code::BadMoney,
            Type::Date => Code::BadDate,
            Type::Choice(words) if self.words(words).contains(&word) => return None,
            Type::Choice(_) => Code::WrongChoice,
            Type::Ref(kind) | Type::Refs(kind) => kind.unknown(),
            _ => Code::WrongType,
        };
        let place = Place::value(self.file, path.clone());
        let finding = Finding::new(code, place, format!("`{word}` is not a value of `{}`", field.name))
            .help(NO_VALUE_HELP);
        self.findings.push(match fix {
            Some(fix) => finding.label(format!("write {fix}, in small letters")).fix(fix),
            None => finding.label("write unknown or none"),
        });
        Some(())
    }

    /// Tells of marks of Markdown in plain text, which would be printed.
    fn plain_words(&mut self, field: &str, text: &str, path: &KeyPath) {
        for mark in plain_words::marks(text) {
            let words = &text[mark.at.clone()];
            let place = Place::within(self.file, path.clone(), mark.at);
            let message = format!("`{field}` takes plain words, and `{words}` would be printed as it stands");
            let finding = Finding::new(mark.code, place, message);
            self.findings.push(match mark.plain {
                Some(plain) if !plain.is_empty() => {
                    finding.label(format!("write the words alone: {plain}")).fix(plain)
                }
                _ if mark.code == Code::BadCitation => {
                    finding.label("take it out here, and cite the source in the text")
                }
                _ => finding.label("take it out"),
            });
        }
    }

    fn refuse<T>(&mut self, field: &Field, path: &KeyPath) -> Option<T> {
        self.wrong_type(field, path);
        None
    }

    fn scalar(&mut self, field: &Field, ty: &Type, text: &str, path: &KeyPath) -> Option<Value<Name>> {
        let value = match ty {
            Type::Markdown => return Some(Value::Prose(self.markdown(text, path))),
            Type::Flag => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" => Value::Flag(true),
                "false" | "no" => Value::Flag(false),
                _ => return self.refuse(field, path),
            },
            Type::Url => return self.url(field, text, path),
            Type::Number => match text.replace(['_', ','], "").parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(text.to_owned()),
                _ => return self.refuse(field, path),
            },
            Type::Date => return self.date(text, path).map(Value::Date),
            Type::Quantity => {
                let read = Quantity::parse(text);
                return self
                    .parsed(Code::BadQuantity, read, path)
                    .map(|quantity| Value::Quantity(Box::new(quantity)));
            }
            Type::Money => {
                let read = Money::parse(text);
                return self.parsed(Code::BadMoney, read, path).map(|money| Value::Money(Box::new(money)));
            }
            Type::Duration => {
                let read = Duration::parse(text);
                return self.parsed(Code::WrongType, read, path).map(Value::Duration);
            }
            Type::Choice(words) => return self.choice(field, words, text, path),
            Type::Ref(_) => Value::Ref(Name { text: text.into(), path: path.clone() }),
            Type::Text => {
                self.plain_words(&field.name, text, path);
                Value::Text(text.to_owned())
            }
            _ => Value::Text(text.to_owned()),
        };
        Some(value)
    }

    /// Markdown of a field, kept with the document.
    fn markdown(&mut self, text: &str, path: &KeyPath) -> crate::model::value::ProseId {
        let reading = prose::read(text, Home::Field(path.clone(), text.to_owned()));
        let id = crate::model::value::ProseId(u32::try_from(self.proses.len()).unwrap_or(u32::MAX));
        check_prose(&reading, text, self.file, self.site, self.findings);
        self.proses.push(reading.prose);
        id
    }

    fn date(&mut self, text: &str, path: &KeyPath) -> Option<Date> {
        match Date::parse(text) {
            Ok(date) => Some(date),
            Err(error) => {
                let code = match error.kind {
                    DateErrorKind::Bad => Code::BadDate,
                    DateErrorKind::Backwards => Code::DateBackwards,
                };
                self.parsed(code, Err::<Date, ValueError>(error.error), path)
            }
        }
    }

    fn parsed<T>(&mut self, code: Code, read: Result<T, ValueError>, path: &KeyPath) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                let place = match error.at {
                    // A sure replacement is one of the whole value.
                    Some(range) if error.fix.is_none() => Place::within(self.file, path.clone(), range),
                    _ => Place::value(self.file, path.clone()),
                };
                let label = match &error.fix {
                    Some(fix) => format!("did you mean `{fix}`?"),
                    None => format!("expected {}", error.expected),
                };
                self.findings
                    .push(Finding::new(code, place, error.message).label(label).maybe_fix(error.fix));
                None
            }
        }
    }

    fn url(&mut self, field: &Field, text: &str, path: &KeyPath) -> Option<Value<Name>> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        match rest {
            Some(rest) if !rest.is_empty() && !text.contains(char::is_whitespace) => {
                Some(Value::Url(text.to_owned()))
            }
            None if text.contains(':') && !text.contains(' ') => {
                let place = Place::value(self.file, path.clone());
                self.findings.push(
                    Finding::new(
                        Code::BadScheme,
                        place,
                        format!("`{text}` is not an address that readers can open"),
                    )
                    .label("expected an address that begins with https:// or http://"),
                );
                None
            }
            _ => self.refuse(field, path),
        }
    }

    fn choice(&mut self, field: &Field, words: &Words, text: &str, path: &KeyPath) -> Option<Value<Name>> {
        let list = self.words(words);
        let unread = self.site.lists_unread && matches!(words, Words::Stances | Words::Groups);
        if unread || list.contains(&text) {
            return Some(Value::Choice(text.to_owned()));
        }
        let place = Place::value(self.file, path.clone());
        let finding =
            Finding::new(Code::WrongChoice, place, format!("`{text}` is not a word for `{}`", field.name));
        let near = may_suggest(self.findings).then(|| nearest(text, list.iter().copied())).flatten();
        self.findings.push(match (near, one_of(&list)) {
            (Some(near), Some(list)) => {
                finding.label(format!("did you mean `{near}`?")).fix(near).help(format!("it takes {list}"))
            }
            (_, Some(list)) => finding.label(format!("expected {list}")),
            (_, None) => finding.label(format!("site.yaml lists no {}s", field.name)),
        });
        None
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

    /// The scalars of a list, or the one scalar that stands for a list of one.
    fn scalars(&mut self, field: &Field, yaml: &Yaml, path: &KeyPath) -> Option<Vec<(String, KeyPath)>> {
        match yaml {
            Yaml::Scalar(text) => Some(vec![(text.clone(), path.clone())]),
            Yaml::List(items) => {
                let mut texts = Vec::new();
                let mut sound = true;
                for (at, item) in items.iter().enumerate() {
                    match item {
                        item if is_empty(item) => {}
                        Yaml::Scalar(text) => texts.push((text.clone(), path.at(at))),
                        _ => {
                            self.wrong_type(field, &path.at(at));
                            sound = false;
                        }
                    }
                }
                sound.then_some(texts)
            }
            _ => self.refuse(field, path),
        }
    }

    fn old_address(&mut self, index: usize, (text, path): (String, KeyPath)) -> Option<OldAddress> {
        let (id, heading) = match text.split_once('#') {
            Some((id, heading)) => (id, Some(heading.to_owned()).filter(|heading| !heading.is_empty())),
            None => (text.as_str(), None),
        };
        // Ids that begin with `_` are the theme's, and no page ever gave one to a heading.
        let is_anchor =
            |heading: &String| !heading.starts_with('_') && !heading.contains(char::is_whitespace);
        if is_id(id) && id != "index" && !text.ends_with('#') && heading.iter().all(is_anchor) {
            return Some(OldAddress { id: id.to_owned(), heading, index });
        }
        self.findings.push(
            Finding::new(
                Code::WrongType,
                Place::value(self.file, path),
                format!("`{text}` is not an old address"),
            )
            .label("expected old-id or old-id#old-heading"),
        );
        None
    }

    /// `id, place; id` or a list of such.
    fn cite(&mut self, field: &Field, yaml: &Yaml, path: &KeyPath) -> Option<Value<Name>> {
        if self.place_in_list(yaml, path).is_some() {
            return None;
        }
        let mut cites = Vec::new();
        for (text, path) in self.scalars(field, yaml, path)? {
            let mut at = 0;
            for part in text.split(';') {
                let lead = part.len() - part.trim_start().len();
                let (id, place) = match part.trim().split_once(',') {
                    Some((id, place)) => {
                        (id.trim(), Some(place.split_whitespace().collect::<Vec<_>>().join(" ")))
                    }
                    None => (part.trim(), None),
                };
                let range = at + lead..at + lead + id.len();
                at += part.len() + 1;
                if is_id(id) && place.as_ref().is_none_or(|place| !place.is_empty()) {
                    let path = path.clone();
                    cites.push(Citation {
                        source: Name { text: id.into(), path },
                        place: place.map(Arc::from),
                    });
                } else {
                    self.bad_cite(&text, &path, range);
                }
            }
        }
        (!cites.is_empty()).then_some(Value::Cite(cites))
    }

    fn bad_cite(&mut self, text: &str, path: &KeyPath, range: std::ops::Range<usize>) {
        let meant = cite_forms::in_field(text).filter(|meant| meant != text);
        let finding = Finding::new(
            Code::BadCitation,
            if meant.is_some() {
                Place::value(self.file, path.clone())
            } else {
                Place::within(self.file, path.clone(), range)
            },
            "this is not a citation",
        );
        self.findings.push(match meant {
            Some(meant) if text.contains(['@', '[']) => {
                finding.label("write it without @ and brackets").help(format!("write: {meant}")).fix(meant)
            }
            Some(meant) => finding.label(format!("write {meant}")).fix(meant),
            None => finding.label("expected the id of a source").help(
                "write ids with `;` between them and a place after a comma: crs-in12534, p. 2; ap-2025-12-15",
            ),
        });
    }

    /// A list in which the place stands as an entry of its own: `[ap-2025-12-15, p. 4]`.
    fn place_in_list(&mut self, yaml: &Yaml, path: &KeyPath) -> Option<()> {
        let Yaml::List(items) = yaml else { return None };
        let texts = items.iter().filter_map(|item| match item {
            Yaml::Scalar(text) => Some(text.as_str()),
            _ => None,
        });
        let entries: Vec<&str> = texts.collect();
        let is_place = |entry: &&str| entry.contains(' ') && !entry.contains([',', '@']);
        if !entries.iter().skip(1).any(is_place) {
            return None;
        }
        let meant = cite_forms::in_list(&entries)?;
        let place = Place::value(self.file, path.clone());
        self.findings.push(
            Finding::new(Code::BadCitation, place, "a place in a source is no entry of a list")
                .label("write it without brackets")
                .help(format!("write: {meant}"))
                .fix(meant),
        );
        Some(())
    }

    fn tally(&mut self, field: &Field, yaml: &Yaml, path: &KeyPath) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let mut tally = Vec::new();
        for (actor, value) in map {
            let path = path.then(actor);
            let Yaml::Scalar(text) = value else { return self.refuse(field, &path) };
            let read = Quantity::parse(text);
            let quantity = self.parsed(Code::BadQuantity, read, &path)?;
            tally.push((Name { text: actor.as_str().into(), path }, quantity));
        }
        Some(Value::Tally(tally))
    }

    fn labels(&mut self, field: &Field, yaml: &Yaml, path: &KeyPath) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let mut labels: Vec<(String, String)> = Vec::new();
        for (id, text) in map {
            if labels.iter().any(|(other, _)| other == id) {
                self.duplicate(path, id);
                continue;
            }
            match text {
                // The codes in `checks` are looked up, and told with the nearest code.
                _ if !is_id(id) && field.name != "checks" => self.bad_id(path, id),
                Yaml::Scalar(text) if !text.trim().is_empty() => {
                    self.plain_words(id, text, &path.then(id));
                    labels.push((id.clone(), text.clone()));
                }
                _ => self.findings.push(
                    Finding::new(
                        Code::WrongType,
                        Place::value(self.file, path.then(id)),
                        format!("`{id}` has no words"),
                    )
                    .label(format!("expected `{id}: \"…\"`")),
                ),
            }
        }
        Some(Value::Labels(labels))
    }

    /// The key of an entry that others name by it.
    fn bad_id(&mut self, path: &KeyPath, id: &str) {
        self.findings.push(
            Finding::new(Code::WrongType, Place::key(self.file, path.then(id)), format!("`{id}` is no id"))
                .label("expected small letters a to z, digits and `-`"),
        );
    }

    fn native(&mut self, field: &Field, yaml: &Yaml, path: &KeyPath) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let get = |name: &str| map.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        match (get("text"), get("lang")) {
            (Some(Yaml::Scalar(text)), Some(Yaml::Scalar(lang))) if map.len() == 2 && is_language(lang) => {
                Some(Value::Native { text: text.as_str().into(), lang: lang.as_str().into() })
            }
            _ => self.refuse(field, path),
        }
    }

    fn map_credits(&mut self, field: &Field, yaml: &Yaml, path: &KeyPath) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let mut credits = Vec::new();
        for (name, value) in map {
            match value {
                Yaml::Map(entries) => match &entries[..] {
                    [(key, Yaml::Scalar(credit))] if key == "credit" => {
                        credits.push((name.clone(), credit.clone()))
                    }
                    _ => self.wrong_type(field, &path.then(name)),
                },
                _ => self.wrong_type(field, &path.then(name)),
            }
        }
        Some(Value::Labels(credits))
    }

    fn rows(
        &mut self,
        field: &Field,
        yaml: &Yaml,
        path: &KeyPath,
        read: &mut dyn FnMut(&mut Self, &Mapping, &KeyPath) -> Record<Name>,
    ) -> Option<Value<Name>> {
        match yaml {
            Yaml::Map(map) => Some(Value::Rows(vec![read(self, map, path)])),
            Yaml::List(items) => {
                let mut rows = Vec::new();
                for (at, item) in items.iter().enumerate() {
                    match item {
                        Yaml::Map(map) => rows.push(read(self, map, &path.at(at))),
                        Yaml::Null => {}
                        _ => self.wrong_type(field, &path.at(at)),
                    }
                }
                Some(Value::Rows(rows))
            }
            _ => self.refuse(field, path),
        }
    }

    /// A row of a readout: the table's fields, and every other key names the actor of an account.
    fn readout_row(&mut self, map: &Mapping, fields: &'static [Field], path: &KeyPath) -> Record<Name> {
        let is_field = |key: &str| fields.iter().any(|field| field.name == key);
        let mut record =
            self.record(map, fields, path, &|_, value| matches!(value, Yaml::Scalar(_) | Yaml::Null));
        let mut accounts = Vec::new();
        for (at, (key, value)) in map.iter().enumerate() {
            let first = !map[..at].iter().any(|(other, _)| other == key);
            if let (false, true, Yaml::Scalar(text)) = (is_field(key), first, value) {
                let path = path.then(key);
                let prose = self.markdown(text, &path);
                accounts.push((Name { text: key.as_str().into(), path }, prose));
            }
        }
        if !accounts.is_empty() {
            record.values.push((Cow::Borrowed(ACCOUNTS), Value::Accounts(accounts)));
        }
        record
    }
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
fn is_empty(yaml: &Yaml) -> bool {
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
    (2..=8).contains(&first.len())
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
