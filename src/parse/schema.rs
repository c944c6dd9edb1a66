//! `content/schema/<block>.yaml`: the topic blocks that a wiki defines (content model, section 6).
//!
//! In: the text of a schema file. Out: a [`Block`], or findings that say what it needs.

mod field;

use super::fields::whole;
use super::markdown::is_id;
use super::yaml::Yaml;
use super::{Findings, front_matter, plain_words};
use crate::diagnostic::{Code, Finding, Part, Place};
use crate::model::field::{Field, Type};
use crate::model::kind::{Kind, RecordKind};
use crate::model::names::nearest;
use crate::model::schema::{Block, RowKind, Sort};
use crate::model::tables;
use crate::source::{FileId, KeyPath};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Most fields of a kind of row. A table of thousands of columns and rows fills the memory.
const MOST_FIELDS: usize = 64;

/// Reads a schema; `name` is the file's name without its ending, `map` a map that may stand in
/// examples. `None` where it cannot be used at all.
pub fn read(text: &str, name: &str, file: FileId, map: &str, findings: &mut Findings) -> Option<Block> {
    let yaml = front_matter::read(text, 0, file, findings).sound()?;
    let Yaml::Map(fields) = yaml else {
        findings.push(
            Finding::new(Code::BadSchema, Place::span(file, whole(text)), "this schema holds no fields")
                .label(format!("expected `block: {name}`, a heading, and `fields:` or `kinds:`")),
        );
        return None;
    };
    let mut reader = Reader { file, map, findings, sound: true };
    reader.block(&fields, name)
}

struct Reader<'a> {
    file: FileId,
    /// A map of the wiki, for examples.
    map: &'a str,
    findings: &'a mut Findings,
    sound: bool,
}

type Mapping<'a> = [(Cow<'a, str>, Yaml<'a>)];

impl Reader<'_> {
    fn bad(&mut self, path: &KeyPath, part: Part, message: String, label: &str) {
        self.sound = false;
        let place = Place { file: self.file, at: crate::diagnostic::At::Key(path.clone(), part) };
        self.findings.push(Finding::new(Code::BadSchema, place, message).label(label));
    }

    fn block(&mut self, map: &Mapping<'_>, name: &str) -> Option<Block> {
        let top = KeyPath::default();
        self.keys(map, &["block", "heading", "fields", "kinds", "sort"], &top);
        if !is_id(name) {
            self.bad(
                &top.then("block"),
                Part::Value,
                format!("`{name}.yaml` is not a name for a block"),
                "rename the file: small letters, digits and `-`",
            );
        }
        match get(map, "block") {
            Some(Yaml::Scalar(block)) if block == name => {}
            _ => self.bad(
                &top.then("block"),
                Part::Value,
                "the block must have the name of its file".into(),
                &format!("expected `block: {name}`"),
            ),
        }
        if tables::fields(&RecordKind::Page(Kind::Issue)).any(|field| field.name == name) {
            self.bad(
                &top.then("block"),
                Part::Value,
                format!("`{name}` is a field of every issue"),
                "rename the block and its file",
            );
        }
        let heading = self.words(map, "heading", &top).unwrap_or_else(|| capital(name));
        let kinds = match (get(map, "fields"), get(map, "kinds")) {
            (Some(_), Some(_)) => {
                self.bad(
                    &top.then("kinds"),
                    Part::Key,
                    "a block has either `fields` or `kinds`".into(),
                    "take one of the two out",
                );
                return None;
            }
            (Some(_), None) => vec![self.row_kind(map, "", &heading, &top)],
            (None, Some(Yaml::Map(kinds))) if !kinds.is_empty() => {
                if get(map, "sort").is_some() {
                    self.bad(
                        &top.then("sort"),
                        Part::Key,
                        "each kind of row has its own `sort`".into(),
                        "move it to the kinds of rows, beside their `fields`",
                    );
                }
                self.kinds(kinds, &top.then("kinds"))
            }
            _ => {
                self.bad(
                    &top,
                    Part::Value,
                    "this block has no fields".into(),
                    "expected `fields:` or `kinds:` with what a row may hold",
                );
                return None;
            }
        };
        self.sound.then(|| Block { name: name.to_owned(), file: Some(self.file), heading, kinds })
    }

    fn kinds(&mut self, kinds: &Mapping<'_>, path: &KeyPath) -> Vec<RowKind> {
        let mut read = Vec::new();
        for (name, kind) in kinds {
            let path = path.then(name);
            match kind {
                _ if read.iter().any(|other: &RowKind| other.name == *name) => self.bad(
                    &path,
                    Part::SecondKey,
                    format!("the kind of row `{name}` stands here a second time"),
                    "take one of the two out",
                ),
                Yaml::Map(map) if is_id(name) => {
                    self.keys(map, &["heading", "fields", "sort"], &path);
                    let heading = self.words(map, "heading", &path).unwrap_or_else(|| capital(name));
                    read.push(self.row_kind(map, name, &heading, &path));
                }
                _ => self.bad(
                    &path,
                    Part::Key,
                    format!("`{name}` is not a kind of row"),
                    "expected small letters, with `heading` and `fields` below",
                ),
            }
        }
        read
    }

    fn row_kind(&mut self, map: &Mapping<'_>, name: &str, heading: &str, path: &KeyPath) -> RowKind {
        let fields_path = path.then("fields");
        let mut columns: Vec<Field> = Vec::new();
        // A field that cannot be read is told by itself; what names it is right.
        let names: Vec<&str> = match get(map, "fields") {
            Some(Yaml::Map(fields)) => fields.iter().map(|(name, _)| name.as_ref()).collect(),
            _ => Vec::new(),
        };
        match get(map, "fields") {
            Some(Yaml::Map(fields)) if fields.len() > MOST_FIELDS => {
                let message = format!("this kind of row has {} fields", fields.len());
                let label = format!("expected at most {MOST_FIELDS}: each is a column of a table");
                self.bad(&fields_path, Part::Key, message, &label);
            }
            Some(Yaml::Map(fields)) if !fields.is_empty() => {
                for (key, field) in fields {
                    if columns.iter().any(|other| other.name == *key) {
                        self.bad(
                            &fields_path.then(key),
                            Part::SecondKey,
                            format!("the field `{key}` stands here a second time"),
                            "take one of the two out",
                        );
                    } else if let Some(field) = self.field(key, field, &fields_path.then(key)) {
                        columns.push(field);
                    }
                }
            }
            _ => self.bad(
                &fields_path,
                Part::Value,
                "a kind of row needs its fields".into(),
                "expected `fields:` with a line for each field",
            ),
        }
        for column in &columns {
            if let Some(with) = &column.required_with
                && !names.contains(&with.as_str())
            {
                let at = fields_path.then(&column.name).then("required_with");
                self.bad(
                    &at,
                    Part::Value,
                    format!("there is no field `{with}`"),
                    "expected another field of this row",
                );
            }
        }
        let sort = self.sort(map, &names, path);
        let mut all = Vec::new();
        if !name.is_empty() {
            all.push(Field::new("kind", Type::Text, "The kind of row.").required());
        }
        all.extend(columns.iter().cloned());
        all.extend(tables::ROW_END.iter().cloned());
        RowKind { name: name.to_owned(), heading: heading.to_owned(), sort, columns, fields: all }
    }

    fn sort(&mut self, map: &Mapping<'_>, names: &[&str], path: &KeyPath) -> Option<Sort> {
        let sort = match get(map, "sort")? {
            Yaml::Scalar(sort) => sort,
            _ => "",
        };
        let field = sort.strip_prefix('-').unwrap_or(sort).to_owned();
        if !names.contains(&field.as_str()) && field != "as_of" {
            self.bad(
                &path.then("sort"),
                Part::Value,
                format!("there is no field `{field}` to sort by"),
                "expected a field; with `-` before it the newest comes first",
            );
        }
        Some(Sort { descending: sort.starts_with('-'), field })
    }

    /// Findings for keys that are none of these.
    fn keys(&mut self, map: &Mapping<'_>, known: &[&str], path: &KeyPath) {
        let mut seen = BTreeSet::new();
        for (key, _) in map {
            if !seen.insert(key) {
                self.bad(
                    &path.then(key),
                    Part::SecondKey,
                    format!("`{key}` stands here a second time"),
                    "take one of the two out",
                );
            } else if !known.contains(&key.as_ref()) {
                let near = nearest(key, known.iter().copied());
                let label = near.map_or_else(
                    || format!("expected one of {}", known.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.bad(&path.then(key), Part::Key, format!("a schema has no `{key}` here"), &label);
            }
        }
    }

    /// A text that readers see.
    fn words(&mut self, map: &Mapping<'_>, key: &str, path: &KeyPath) -> Option<String> {
        let text = self.text(map, key, path)?;
        let place = |at| Place::within(self.file, path.then(key), at);
        plain_words::tell(key, &text, place, self.findings);
        Some(text)
    }

    fn text(&mut self, map: &Mapping<'_>, key: &str, path: &KeyPath) -> Option<String> {
        match get(map, key) {
            None | Some(Yaml::Null) => None,
            Some(Yaml::Scalar(text)) => Some(text.clone().into_owned()),
            Some(_) => {
                self.bad(
                    &path.then(key),
                    Part::Value,
                    format!("`{key}` is a text"),
                    "expected text in double quotes",
                );
                None
            }
        }
    }
}

fn get<'a, 'y>(map: &'a Mapping<'y>, key: &str) -> Option<&'a Yaml<'y>> {
    map.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

fn capital(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
