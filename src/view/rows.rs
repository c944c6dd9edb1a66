//! The words of a row, where it is told away from its table.
//!
//! In: a row of a topic block or a role. Out: its name, or its first cells, as plain words.

use super::desk::Desk;
use super::words::List;
use crate::model::field::Type;
use crate::model::value::{Record, Value};
use crate::parse::Document;
use crate::resolve::{PageRef, Resolved};

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
        let mut cells: Vec<String> = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let value = row.record.get(&column.name);
            let words = match value {
                Some(Value::Prose(id)) => {
                    let text = document.proses.get(id.index()).map_or("", |prose| prose.first.as_str());
                    self.wiki().plain(document, resolved, *id, text).into_owned()
                }
                Some(value) => self.value_words(&column.name, value),
                None => continue,
            };
            if words.is_empty() {
                continue;
            }
            cells.push(words);
            let is_name = at == 0 && matches!(column.ty, Type::Text | Type::Markdown);
            if is_name || cells.len() == MOST_CELLS {
                break;
            }
        }
        cells.join(", ")
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
        let names = |pages: &[PageRef]| {
            let names: Vec<&str> = pages.iter().map(|page| self.page(*page).short()).collect();
            names.join(", ")
        };
        match value {
            Value::Text(text) | Value::Url(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Texts(texts) => texts.join(", "),
            Value::Choice(word) => self.shared.words.choice_of(List::Schema(field), word).into_owned(),
            Value::Date(date) => self.date_words(date),
            Value::Quantity(quantity) => quantity.to_string(),
            Value::Money(money) => money.to_string(),
            Value::Duration(duration) => duration.to_string(),
            Value::Ref(page) => names(&[*page]),
            Value::Refs(pages) => names(pages),
            Value::Tally(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|(actor, count)| format!("{}\u{a0}{count}", self.page(*actor).short()))
                    .collect();
                parts.join(", ")
            }
            Value::Regions(regions) => self.region_names(regions),
            Value::Native(native) => native.text.to_string(),
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
            | Value::Accounts(_) => String::new(),
        }
    }
}
