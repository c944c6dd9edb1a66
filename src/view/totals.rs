//! Totals below the tables of a topic block.
//!
//! In: the rows of a table. Out: a sentence for each column of money of which a sum says something true.

use super::desk::Desk;
use crate::model::field::{Field, Type};
use crate::model::money::Money;
use crate::model::names::fold;
use crate::model::schema::RowKind;
use crate::model::value::{Record, Value};
use crate::parse::{Document, Row};
use crate::resolve::PageRef;
use std::collections::BTreeSet;

impl Desk<'_> {
    /// The totals of a table: one for each column of money of which one can be made.
    pub(super) fn totals(
        &self,
        kind: &RowKind,
        rows: &[(usize, &Row<PageRef>)],
        document: &Document,
    ) -> String {
        let columns: Vec<&Field> = kind.columns.iter().filter(|field| field.ty == Type::Money).collect();
        let words = self.shared.words;
        let totals = columns.iter().filter_map(|column| {
            let (sum, skipped) = total(kind, column, rows, document)?;
            let sum = sum.to_string();
            let total = match columns.len() {
                1 => words.fill("total", &[("sum", &sum)]),
                _ => words.fill("total-of", &[("column", &column.head()), ("sum", &sum)]),
            };
            Some(if skipped == 0 {
                total
            } else {
                format!("{total} {}", words.count("total-skips", skipped))
            })
        });
        totals.collect::<Vec<String>>().join(" ")
    }
}

/// A total only over rows of one currency and one measure of which no two tell of the same, and how many rows have
/// no known amount.
fn total(
    kind: &RowKind,
    column: &Field,
    rows: &[(usize, &Row<PageRef>)],
    document: &Document,
) -> Option<(Money, usize)> {
    let known: Vec<(&Record<PageRef>, &Money)> = rows
        .iter()
        .filter_map(|(_, row)| match row.record.get(&column.name) {
            Some(Value::Money(money)) => Some((&row.record, &**money)),
            _ => None,
        })
        .collect();
    if known.len() < 2 {
        return None;
    }
    for measure in measures(kind, column) {
        let mut words = known.iter().map(|(record, _)| record.text(&measure.name));
        let first = words.next()??;
        if words.any(|word| word != Some(first)) {
            return None;
        }
    }
    // Sources that disagree are rows of their own: their sum would count one thing twice.
    let mut told = BTreeSet::new();
    if !known.iter().all(|(record, _)| told.insert(told_of(kind, record, document))) {
        return None;
    }
    let amounts: Vec<&Money> = known.iter().map(|(_, money)| *money).collect();
    Some((Money::sum(&amounts)?, rows.len() - known.len()))
}

/// The fields that say what a column of money measures: the choices that it requires, else the one named `measure`.
fn measures<'k>(kind: &'k RowKind, column: &Field) -> Vec<&'k Field> {
    let required = |field: &&Field| {
        matches!(field.ty, Type::Choice(_)) && field.required_with.as_deref() == Some(&*column.name)
    };
    let own: Vec<&Field> = kind.columns.iter().filter(required).collect();
    if own.is_empty() { kind.columns.iter().filter(|field| field.name == "measure").collect() } else { own }
}

/// What a row tells of, in a form to compare: all its columns but money. Its citations, its note and the day that
/// it is as of say only who told it and when.
fn told_of(kind: &RowKind, record: &Record<PageRef>, document: &Document) -> Vec<(usize, String)> {
    let columns = kind.columns.iter().enumerate().filter(|(_, column)| column.ty != Type::Money);
    columns
        .filter_map(|(at, column)| {
            let words = match record.get(&column.name)? {
                Value::Text(text) => fold(text),
                Value::Prose(id) => fold(document.proses.get(id.index()).map_or("", |prose| &prose.first)),
                // Every part of a value stands in this form, and none is shown.
                value => format!("{value:?}"),
            };
            Some((at, words))
        })
        .collect()
}
