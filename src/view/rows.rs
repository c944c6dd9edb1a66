//! The words of a row, where it is told away from its table.
//!
//! In: a row of a topic block or a role. Out: its name, or its first cells, as plain words.

use super::desk::Desk;
use super::words::List;
use crate::model::field::Type;
use crate::model::value::{Record, Value};
use crate::parse::Document;
use crate::resolve::{PageRef, Resolved};
use std::fmt::Write;

/// Most cells that are told of a row whose first cell is no name.
const MOST_CELLS: usize = 3;

impl Desk<'_> {
    /// The words of a row of a topic block: its name, where that is its first cell; else its first cells.
    pub fn block_row_words(
        &self,
        document: &Document,
        resolved: &Resolved,
        block: usize,
        row: usize,
    ) -> String {
        let found = resolved.blocks.get(block).and_then(|rows| Some((rows.block, rows.rows.get(row)?)));
        let Some((block, row)) = found else { return String::new() };
        let columns = &self.wiki().blocks[block].kinds[row.kind].columns;
        let mut words = String::with_capacity(64);
        let mut cells = 0;
        for (at, column) in columns.iter().enumerate() {
            let end = words.len();
            words.push_str(if cells > 0 { ", " } else { "" });
            let begin = words.len();
            match row.record.get(&column.name) {
                Some(Value::Prose(id)) => {
                    let text = document.proses.get(id.index()).map_or("", |prose| prose.first.as_str());
                    words.push_str(&self.wiki().plain(document, resolved, *id, text));
                }
                Some(value) => self.put_value_words(&column.name, value, &mut words),
                None => {}
            }
            if words.len() == begin {
                words.truncate(end);
                continue;
            }
            cells += 1;
            let is_name = at == 0 && matches!(column.ty, Type::Text | Type::Markdown);
            if is_name || cells == MOST_CELLS {
                break;
            }
        }
        words
    }

    /// The question of the point that a row names; empty where it names none.
    pub fn question(&self, issue: PageRef, row: &Record<PageRef>) -> String {
        let points = crate::resolve::points(self.page(issue));
        let question = row.text("point").and_then(|point| points.iter().find(|(id, _)| id == point));
        question.map_or_else(String::new, |(_, question)| question.clone())
    }

    /// The words of a role: "Secretary, for Ukraine".
    pub fn role_words(&self, role: &Record<PageRef>) -> String {
        let mut words = role.text("title").unwrap_or_default().to_owned();
        for (field, key) in [("for", "said-role-for"), ("at", "said-role-at")] {
            // Whoever speaks for a body at that body is told once where.
            let is_told = field == "at" && role.reference("for") == role.reference("at");
            if let Some(actor) = role.reference(field).filter(|_| !is_told) {
                let actor = self.page(*actor).short();
                words = self.shared.words.fill(key, &[("role", &words), ("actor", actor)]);
            }
        }
        words
    }

    /// A value of a row as plain words; empty for one that has none of its own.
    pub(super) fn value_words(&self, field: &str, value: &Value<PageRef>) -> String {
        let mut words = String::new();
        self.put_value_words(field, value, &mut words);
        words
    }

    fn put_value_words(&self, field: &str, value: &Value<PageRef>, words: &mut String) {
        match value {
            Value::Text(text) | Value::Url(text) => words.push_str(text),
            Value::Number(number) => words.push_str(&number.to_string()),
            Value::Texts(texts) => words.push_str(&texts.join(", ")),
            Value::Choice(word) => {
                words.push_str(&self.shared.words.choice_of(List::Schema(field), word));
            }
            Value::Date(date) => date.put_words(&self.shared.dates, words),
            // Writing to a text does not fail.
            Value::Quantity(quantity) => _ = write!(words, "{quantity}"),
            Value::Money(money) => _ = write!(words, "{money}"),
            Value::Duration(duration) => _ = write!(words, "{duration}"),
            Value::Ref(page) => words.push_str(self.page(*page).short()),
            Value::Refs(pages) => {
                for (at, page) in pages.iter().enumerate() {
                    words.extend([if at > 0 { ", " } else { "" }, self.page(*page).short()]);
                }
            }
            Value::Tally(parts) => {
                for (at, (actor, count)) in parts.iter().enumerate() {
                    words.extend([if at > 0 { ", " } else { "" }, self.page(*actor).short()]);
                    words.extend(["\u{a0}", &count.to_string()]);
                }
            }
            Value::Regions(regions) => words.push_str(&self.region_names(regions)),
            Value::Native(native) => words.push_str(&native.text),
            // A gap or a flag says nothing without the head of its column.
            Value::Flag(_)
            | Value::Unknown
            | Value::Nothing
            | Value::Prose(_)
            | Value::Cite(_)
            | Value::Labels(_)
            | Value::OldAddresses(_)
            | Value::Record(_)
            | Value::Rows(_)
            | Value::Accounts(_) => {}
        }
    }
}
