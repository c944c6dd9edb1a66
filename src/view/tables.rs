//! Tables of a topic block: one for each kind of row.
//!
//! In: the rows of a block in an issue. Out: [`Table`]s with heads, cells and note marks.

use super::desk::Desk;
use super::prose::{Ids, Piece};
use super::words::List;
use crate::markup::Html;
use crate::model::field::Field;
use crate::model::names::fold;
use crate::model::schema::RowKind;
use crate::model::value::{ProseId, Record, Value, tallied};
use crate::parse::{BlockRows, Document, Row};
use crate::resolve::{PageRef, Resolved, block_anchor, block_row_anchor};
use serde::Serialize;

/// A block with its tables.
#[derive(Debug, Serialize)]
pub struct Block {
    /// The heading's id.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// The tables, one for each kind of row that occurs.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Debug, Serialize)]
pub struct Table {
    /// The caption's id.
    pub id: String,
    /// The caption.
    pub caption: String,
    /// The heads of the columns.
    pub heads: Vec<Head>,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// The sum of amounts, one for each column of money, with what was left out of it; empty where none can be
    /// made.
    pub total: String,
}

/// The head of a column.
#[derive(Debug, Serialize)]
pub struct Head {
    /// The words.
    pub words: String,
    /// `num` for a column of figures.
    pub class: &'static str,
}

/// A row.
#[derive(Debug, Serialize)]
pub struct TableRow {
    /// Its id.
    pub id: String,
    /// The cells as whole elements, one piece of HTML for all, because tables have many: the first is a `th`
    /// that heads the row, the others are `td`. The class `num` marks a figure, `data-k` the key to sort by
    /// where that is not the text.
    pub cells: Html,
    /// A sentence or two about the row.
    pub note: Html,
    /// Its citations.
    pub cites: Html,
}

impl Desk<'_> {
    /// The tables of all blocks of an issue.
    pub fn blocks(&mut self, document: &Document, resolved: &Resolved) -> Vec<Block> {
        resolved
            .blocks
            .iter()
            .filter(|block| !block.rows.is_empty())
            .map(|block| self.block(block, document, resolved))
            .collect()
    }

    fn block(&mut self, rows: &BlockRows<PageRef>, document: &Document, resolved: &Resolved) -> Block {
        let schema = &self.wiki().blocks[rows.block];
        let mut tables = Vec::new();
        for (number, kind) in schema.kinds.iter().enumerate() {
            let mut of_kind: Vec<(usize, &Row<PageRef>)> =
                rows.rows.iter().enumerate().filter(|(_, row)| row.kind == number).collect();
            if of_kind.is_empty() {
                continue;
            }
            if let Some(sort) = &kind.sort {
                // What is no figure and no date stands by its words as readers see them.
                let words = |value: &Value<PageRef>| fold(&self.value_words(&sort.field, value));
                of_kind.sort_by(|(_, a), (_, b)| {
                    sort.order(&a.record, &b.record, |a, b| words(a).cmp(&words(b)))
                });
            }
            let id = if kind.name.is_empty() {
                format!("_t-{}", schema.name)
            } else {
                format!("_t-{}.{}", schema.name, kind.name)
            };
            let columns = columns(kind, &of_kind);
            let heads =
                columns.iter().map(|field| Head { words: self.head(field), class: class(field) }).collect();
            let total = self.totals(kind, &of_kind, document);
            let table_rows = of_kind
                .iter()
                .map(|(at, row)| {
                    let id = block_row_anchor(&schema.name, *at);
                    self.table_row(&id, &columns, &row.record, document, resolved)
                })
                .collect();
            tables.push(Table { id, caption: kind.heading.clone(), heads, rows: table_rows, total });
        }
        Block { id: block_anchor(&schema.name), heading: schema.heading.clone(), tables }
    }

    fn head(&self, field: &Field) -> String {
        if field.name == "as_of" { self.shared.words.get("as-of").to_owned() } else { field.head() }
    }

    fn table_row(
        &mut self,
        id: &str,
        columns: &[&Field],
        record: &Record<PageRef>,
        document: &Document,
        resolved: &Resolved,
    ) -> TableRow {
        let spans = if record.prose("note").is_some() { "2" } else { "" };
        let mut cells = Html::with_room(columns.len() * 80);
        for (at, field) in columns.iter().enumerate() {
            let head = (at == 0).then_some(spans);
            self.cell(field, head, (record, document, resolved), &mut cells);
        }
        // Numbers run in reading order: the row's own citations stand above its note.
        let cites = self.cite_cell(record.cites("cite"));
        let note =
            record.prose("note").map_or_else(Html::new, |note| self.field_prose(note, document, resolved));
        TableRow { id: id.to_owned(), cells, note, cites }
    }

    /// A cell as an element; `head` has the rows that the cell spans if it heads them.
    fn cell(
        &mut self,
        field: &Field,
        head: Option<&'static str>,
        (record, document, resolved): (&Record<PageRef>, &Document, &Resolved),
        html: &mut Html,
    ) {
        let value = record.get(&field.name);
        let key = value.map_or_else(String::new, sort_key);
        let scope = if head.is_some() { "rowgroup" } else { "" };
        let name = if head.is_some() { "th" } else { "td" };
        html.open(
            name,
            &[
                ("scope", scope),
                ("rowspan", head.unwrap_or_default()),
                ("class", class(field)),
                ("data-k", &key),
            ],
        );
        match value {
            Some(Value::Prose(id)) => _ = html.add(&self.field_prose(*id, document, resolved)),
            Some(value) => self.put_value(List::Schema(&field.name), value, html),
            None => {}
        }
        html.close(name);
    }

    /// Markdown of front matter, inside a line.
    pub fn field_prose(&mut self, id: ProseId, document: &Document, resolved: &Resolved) -> Html {
        self.inline(Piece { document, resolved, page: self.own, id, ids: Ids::Own })
    }
}

/// What the script sorts a cell by where that is not its text; else empty.
pub(super) fn sort_key(value: &Value<PageRef>) -> String {
    match value {
        Value::Date(date) => {
            let (first, last) = date.sort_key();
            if first == last { first.to_string() } else { format!("{first}/{last}") }
        }
        Value::Number(number) => number.value().to_string(),
        Value::Quantity(quantity) => quantity.low_value().to_string(),
        Value::Money(money) => money.amount().low_value().to_string(),
        Value::Tally(parts) => tallied(parts).to_string(),
        _ => String::new(),
    }
}

/// The columns that some row fills, in the schema's order, and "as of" where a row has it.
fn columns<'k>(kind: &'k RowKind, rows: &[(usize, &Row<PageRef>)]) -> Vec<&'k Field> {
    let filled = |field: &&Field| rows.iter().any(|(_, row)| row.record.get(&field.name).is_some());
    let first = kind.columns.first();
    let as_of = kind.fields.iter().find(|field| field.name == "as_of");
    kind.columns
        .iter()
        .filter(|field| first == Some(field) || filled(field))
        .chain(as_of.filter(|field| filled(field)))
        .collect()
}

fn class(field: &Field) -> &'static str {
    if field.is_figure() { "num" } else { "" }
}
