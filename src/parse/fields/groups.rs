//! Values that are mappings or rows.
//!
//! In: mappings and lists of front matter. Out: the value, or findings for what is in it.

use super::{Mapping, Walk, is_empty, is_language};
use crate::diagnostic::{At, Code, Finding, Part, Place};
use crate::model::field::Field;
use crate::model::quantity::Quantity;
use crate::model::value::{ACCOUNTS, Name, Native, Record, Value};
use crate::parse::markdown::is_id;
use crate::parse::yaml::Yaml;
use crate::source::Way;
use std::borrow::Cow;
use std::collections::BTreeSet;

impl Walk<'_> {
    pub(super) fn tally(&mut self, field: &Field, yaml: &Yaml<'_>, path: &Way<'_>) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let mut tally = Vec::with_capacity(map.len());
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (actor, value) in map {
            if !seen.insert(actor) {
                self.duplicate(path, actor);
                continue;
            }
            let path = path.then(actor);
            if is_empty(value) {
                self.findings.push(
                    Finding::new(
                        Code::BadQuantity,
                        Place::key(self.file, path.path()),
                        format!("`{actor}` has no number"),
                    )
                    .label("write its number, or take it out"),
                );
                continue;
            }
            let Yaml::Scalar(text) = value else { return self.refuse(field, &path) };
            let read = Quantity::parse(text);
            let quantity = self.parsed(Code::BadQuantity, read, &path)?;
            tally.push((Name::new(actor, &path), quantity));
        }
        Some(Value::Tally(tally))
    }

    pub(super) fn labels(&mut self, field: &Field, yaml: &Yaml<'_>, path: &Way<'_>) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let mut labels: Vec<(String, String)> = Vec::with_capacity(map.len());
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (id, text) in map {
            if seen.contains(id.as_ref()) {
                self.duplicate(path, id);
                continue;
            }
            match text {
                // The codes in `checks` are looked up, and told with the nearest code.
                _ if !is_id(id) && field.name != "checks" => self.bad_id(path, id),
                Yaml::Scalar(text) if !text.trim().is_empty() => {
                    self.plain_words(id, text, &path.then(id));
                    labels.push((id.to_string(), text.to_string()));
                    seen.insert(id);
                }
                _ => {
                    let place = Place::value(self.file, path.then(id).path());
                    let finding = Finding::new(Code::WrongType, place, format!("`{id}` has no words"));
                    self.findings.push(finding.label(format!("expected `{id}: \"…\"`")));
                    // Whoever names it is not wrong; what it says has an error, so no page shows it.
                    if field.name != "checks" {
                        labels.push((id.to_string(), String::new()));
                        seen.insert(id);
                    }
                }
            }
        }
        Some(Value::Labels(labels))
    }

    /// The key of an entry that others name by it.
    fn bad_id(&mut self, path: &Way<'_>, id: &str) {
        self.findings.push(
            Finding::new(
                Code::WrongType,
                Place::key(self.file, path.then(id).path()),
                format!("`{id}` is no id"),
            )
            .label("expected small letters a to z, digits and `-`"),
        );
    }

    pub(super) fn native(&mut self, field: &Field, yaml: &Yaml<'_>, path: &Way<'_>) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let get = |name: &str| map.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        match (get("text"), get("lang")) {
            (Some(Yaml::Scalar(text)), Some(Yaml::Scalar(lang))) if map.len() == 2 && is_language(lang) => {
                let (text, lang) = (text.as_ref().into(), lang.as_ref().into());
                Some(Value::Native(Box::new(Native { text, lang })))
            }
            _ => self.refuse(field, path),
        }
    }

    pub(super) fn map_credits(
        &mut self,
        field: &Field,
        yaml: &Yaml<'_>,
        path: &Way<'_>,
    ) -> Option<Value<Name>> {
        let Yaml::Map(map) = yaml else { return self.refuse(field, path) };
        let mut credits = Vec::new();
        for (name, value) in map {
            match value {
                Yaml::Map(entries) => match &entries[..] {
                    [(key, Yaml::Scalar(credit))] if key == "credit" => {
                        credits.push((name.to_string(), credit.to_string()))
                    }
                    _ => self.wrong_type(field, &path.then(name)),
                },
                _ => self.wrong_type(field, &path.then(name)),
            }
        }
        Some(Value::Labels(credits))
    }

    pub(super) fn rows(
        &mut self,
        field: &Field,
        yaml: &Yaml<'_>,
        path: &Way<'_>,
        read: &mut dyn FnMut(&mut Self, &Mapping<'_>, &Way<'_>) -> Record<Name>,
    ) -> Option<Value<Name>> {
        match yaml {
            Yaml::Map(map) => {
                let first = self.first_row(&field.name, map, path);
                Some(Value::Rows(vec![read(self, &map[..first], path)]))
            }
            Yaml::List(items) => {
                let mut rows = Vec::with_capacity(items.len());
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

    /// The number of fields before the first key comes again, which is told as a row without its hyphen. What stands
    /// in that row is read once it has one: until then its places are those of the row before.
    pub fn first_row(&mut self, rows: &str, map: &Mapping<'_>, path: &Way<'_>) -> usize {
        // Twice, one right behind the other, is a slip of another sort.
        let repeats = map.iter().skip(2).position(|(key, _)| *key == map[0].0);
        let Some(next) = repeats.map(|at| at + 2) else { return map.len() };
        let path = path.then(&map[0].0).path();
        let place = Place { file: self.file, at: At::Key(path, Part::SecondKey) };
        let message = format!("a second row of `{rows}` begins here without its hyphen");
        self.findings.push(Finding::new(Code::DuplicateKey, place, message).label(
            "begin the first line of each row with `- `, and set its other lines in by two blanks more",
        ));
        next
    }

    /// A row of a readout: the table's fields, and every other key names the actor of an account.
    pub(super) fn readout_row(
        &mut self,
        map: &Mapping<'_>,
        fields: &'static [Field],
        path: &Way<'_>,
    ) -> Record<Name> {
        let is_field = |key: &str| fields.iter().any(|field| field.name == key);
        let mut record = self.record(map, fields, path, &|_, _| true);
        let mut accounts = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (key, value) in map.iter().filter(|(key, _)| !is_field(key)) {
            if !seen.insert(key) {
                continue;
            }
            let path = path.then(key);
            let prose = match value {
                value if is_empty(value) => None,
                Yaml::Scalar(text) => Some(self.markdown(text, &path)),
                _ => {
                    let message = format!("the account of `{key}` is no sentence");
                    self.findings.push(
                        Finding::new(Code::WrongType, Place::value(self.file, path.path()), message)
                            .label("expected a sentence with its citation, in double quotes"),
                    );
                    continue;
                }
            };
            accounts.push((Name::new(key, &path), prose));
        }
        if !accounts.is_empty() {
            record.values.push((Cow::Borrowed(ACCOUNTS), Value::Accounts(accounts)));
        }
        record
    }
}
