//! Words that are no value: marks of Markdown in plain text, and what people write for `unknown` or `none`.
//!
//! In: text of front matter. Out: findings with what to write.

use super::Walk;
use crate::diagnostic::{Code, Finding, Place};
use crate::model::field::{Field, Type};
use crate::parse::places::quote;
use crate::parse::plain_words;
use crate::parse::repairs::linked_name;
use crate::source::Way;

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

/// Most characters of plain words: each link to a page repeats its title.
const LONGEST: usize = 2_000;

const NO_VALUE_HELP: &str = "unknown: our sources do not say; none: it is known not to exist";

impl Walk<'_> {
    /// Tells of names that are not set apart: with commas between them they are one name.
    pub(super) fn names_in_one(&mut self, text: &str, path: &Way<'_>) {
        let place = Place::value(self.file, path.path());
        self.findings.push(
            Finding::new(Code::WrongType, place, "names with a comma between them are one name here")
                .label(format!("write several in brackets: [{text}]"))
                .help(format!("if it is one name, write it in brackets and quotes: [\"{text}\"]")),
        );
    }

    /// Tells of a name in the brackets of a link.
    pub(super) fn bracketed<T>(&mut self, field: &Field, name: &str, path: &Way<'_>) -> Option<T> {
        let place = Place::value(self.file, path.path());
        if field.ty == Type::Markdown {
            let link = format!("\"[[{name}]]\"");
            self.findings.push(
                Finding::new(Code::YamlQuotes, place, "YAML takes two brackets for a list")
                    .label(format!("put it in double quotes: {link}"))
                    .fix(link),
            );
            return None;
        }
        let name = match &field.ty {
            Type::Ref(_) => linked_name(name),
            _ => name,
        };
        let message = match &field.ty {
            Type::Refs(_) | Type::AnyRefs => {
                format!("`{}` takes names without brackets of their own", field.name)
            }
            _ => format!("`{}` takes a name without brackets", field.name),
        };
        self.findings
            .push(Finding::new(Code::WrongType, place, message).label(format!("write {name}")).fix(name));
        None
    }

    /// Tells of several names where one is taken.
    pub(super) fn several<T>(&mut self, field: &Field, path: &Way<'_>) -> Option<T> {
        let place = Place::value(self.file, path.path());
        let message = format!("`{}` takes one name, and several stand here", field.name);
        self.findings.push(Finding::new(Code::WrongType, place, message).label("write one of them"));
        None
    }

    /// Tells of names in a list that stand in brackets of links.
    pub(super) fn all_bracketed(&mut self, field: &Field, names: &[&str], path: &Way<'_>) {
        let is_plain = |name: &str| !name.contains([',', ':', '#', '[', ']', '"']);
        let shown = |name: &&str| if is_plain(name) { (*name).to_owned() } else { quote(name) };
        let meant = format!("[{}]", names.iter().map(shown).collect::<Vec<String>>().join(", "));
        let message = format!("`{}` takes names without brackets of their own", field.name);
        let place = Place::value(self.file, path.path());
        let finding = Finding::new(Code::WrongType, place, message);
        self.findings.push(finding.label(format!("write {meant}")).fix(meant));
    }

    /// Tells of a word that was meant as `unknown` or `none`.
    pub(super) fn meant_no_value(&mut self, field: &Field, word: &str, path: &Way<'_>) -> Option<()> {
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
        let place = Place::value(self.file, path.path());
        let finding = Finding::new(code, place, format!("`{word}` is not a value of `{}`", field.name))
            .help(NO_VALUE_HELP);
        self.findings.push(match fix {
            Some(fix) => finding.label(format!("write {fix}, in small letters")).fix(fix),
            None => finding.label("write unknown or none"),
        });
        Some(())
    }

    /// Tells of plain text that is too long, or holds marks of Markdown, which would be printed.
    pub(super) fn plain_words(&mut self, field: &str, text: &str, path: &Way<'_>) {
        if text.len() > LONGEST && text.chars().count() > LONGEST {
            let message = format!("`{field}` has {} characters", text.chars().count());
            self.findings.push(
                Finding::new(Code::WrongType, Place::value(self.file, path.path()), message)
                    .label(format!("plain words have at most {LONGEST}: write the rest below the fields")),
            );
            return;
        }
        let place = |at| Place::within(self.file, path.path(), at);
        plain_words::tell(field, text, place, self.findings);
    }
}
