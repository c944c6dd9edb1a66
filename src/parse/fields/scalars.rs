//! One word or a list of words as a value.
//!
//! In: text of front matter and the type of its field. Out: the value, or a finding with what was expected.

use super::{Walk, is_empty, one_of};
use crate::diagnostic::{Code, Finding, Place, may_suggest};
use crate::model::date::{Date, DateErrorKind};
use crate::model::duration::Duration;
use crate::model::field::{Field, Type, Words};
use crate::model::money::Money;
use crate::model::names::nearest;
use crate::model::quantity::{Number, Quantity};
use crate::model::value::{Name, OldAddress, Value};
use crate::model::value_error::ValueError;
use crate::parse::markdown::is_id;
use crate::parse::quoted_words::check_plain;
use crate::parse::yaml::Yaml;
use crate::source::Way;

/// What a flag says.
pub fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

impl Walk<'_> {
    pub(super) fn scalar(
        &mut self,
        field: &Field,
        ty: &Type,
        text: &str,
        path: &Way<'_>,
    ) -> Option<Value<Name>> {
        let value = match ty {
            Type::Markdown => return Some(Value::Prose(self.markdown(text, path))),
            Type::Flag => match flag(text) {
                Some(flag) => Value::Flag(flag),
                None => return self.refuse(field, path),
            },
            Type::Url => return self.url(field, text, path),
            Type::Number => {
                let read = Number::parse(text);
                return self
                    .parsed(Code::WrongType, read, path)
                    .map(|number| Value::Number(Box::new(number)));
            }
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
            Type::Ref(_) => Value::Ref(Name::new(text, path)),
            Type::Text => {
                self.plain_words(&field.name, text, path);
                // Titles are names: a role keeps its own words, and of pages it depends on their kind.
                if !matches!(field.name.as_ref(), "title" | "short") {
                    check_plain(text, path, self.file, self.site, self.findings);
                }
                Value::Text(text.to_owned())
            }
            _ => Value::Text(text.to_owned()),
        };
        Some(value)
    }

    pub(super) fn date(&mut self, text: &str, path: &Way<'_>) -> Option<Date> {
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

    pub(super) fn parsed<T>(&mut self, code: Code, read: Result<T, ValueError>, path: &Way<'_>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                let place = match error.at {
                    // A sure replacement is one of the whole value.
                    Some(range) if error.fix.is_none() => Place::within(self.file, path.path(), range),
                    _ => Place::value(self.file, path.path()),
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

    fn url(&mut self, field: &Field, text: &str, path: &Way<'_>) -> Option<Value<Name>> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        match rest {
            Some(rest) if !rest.is_empty() && !text.contains(char::is_whitespace) => {
                Some(Value::Url(text.to_owned()))
            }
            None if text.contains(':') && !text.contains(' ') => {
                let place = Place::value(self.file, path.path());
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

    pub(super) fn choice(
        &mut self,
        field: &Field,
        words: &Words,
        text: &str,
        path: &Way<'_>,
    ) -> Option<Value<Name>> {
        let list = self.words(words);
        let unread = self.site.lists_unread && matches!(words, Words::Stances | Words::Groups);
        if unread || list.contains(&text) {
            return Some(Value::Choice(text.to_owned()));
        }
        let place = Place::value(self.file, path.path());
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

    /// The scalars of a list, or the one scalar that stands for a list of one.
    pub(super) fn scalars<'y>(
        &mut self,
        field: &Field,
        yaml: &'y Yaml<'_>,
        path: &'y Way<'y>,
    ) -> Option<Vec<(&'y str, Way<'y>)>> {
        match yaml {
            Yaml::Scalar(text) => Some(vec![(text.as_ref(), *path)]),
            Yaml::List(items) => {
                let mut texts = Vec::with_capacity(items.len());
                let mut sound = true;
                for (at, item) in items.iter().enumerate() {
                    match item {
                        item if is_empty(item) => {}
                        Yaml::Scalar(text) => texts.push((text.as_ref(), path.at(at))),
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

    pub(super) fn old_address(&mut self, text: &str, path: &Way<'_>) -> Option<OldAddress> {
        let index = path.index().unwrap_or(0);
        let (id, heading) = match text.split_once('#') {
            Some((id, heading)) => (id, Some(heading.to_owned()).filter(|heading| !heading.is_empty())),
            None => (text, None),
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
                Place::value(self.file, path.path()),
                format!("`{text}` is not an old address"),
            )
            .label("expected old-id or old-id#old-heading"),
        );
        None
    }
}
