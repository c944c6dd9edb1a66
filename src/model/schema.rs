//! Topic blocks: the tables that a wiki defines in `content/schema/<block>.yaml`.

use super::field::Field;
use super::value::{Record, Value, tallied};
use crate::source::FileId;
use std::cmp::Ordering;

/// A topic block, as its schema file declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The key that an issue page uses; the file's name.
    pub name: String,
    /// Its file, for findings.
    pub file: Option<FileId>,
    /// The heading of its tables.
    pub heading: String,
    /// Its kinds of rows; one without a name for a block that has none.
    pub kinds: Vec<RowKind>,
}

/// A kind of row, shown as a table of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct RowKind {
    /// The word of `kind:`; empty for a block without kinds.
    pub name: String,
    /// The caption of its table.
    pub heading: String,
    /// The order of its rows.
    pub sort: Option<Sort>,
    /// The schema's fields in the order of the columns, without those that every row has.
    pub columns: Vec<Field>,
    /// Every field a row may have: `kind`, the columns, then `as_of`, `note`, `cite`.
    pub fields: Vec<Field>,
}

/// An order of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The field to sort by.
    pub field: String,
    /// Whether the largest or newest comes first.
    pub descending: bool,
}

impl Sort {
    /// The order of two rows; `unknown`, `none` and left-out values come last either way. Figures and dates stand by
    /// what they say; what orders the other values is handed in.
    pub fn order<R>(
        &self,
        a: &Record<R>,
        b: &Record<R>,
        others: impl Fn(&Value<R>, &Value<R>) -> Ordering,
    ) -> Ordering {
        let known = |value: &&Value<R>| !matches!(value, Value::Unknown | Value::Nothing);
        let (a, b) = (a.get(&self.field).filter(known), b.get(&self.field).filter(known));
        let order = match (a, b) {
            (Some(Value::Date(a)), Some(Value::Date(b))) => a.sort_key().cmp(&b.sort_key()),
            (Some(Value::Quantity(a)), Some(Value::Quantity(b))) => a.low_value().total_cmp(&b.low_value()),
            (Some(Value::Money(a)), Some(Value::Money(b))) => {
                a.amount().low_value().total_cmp(&b.amount().low_value())
            }
            (Some(Value::Number(a)), Some(Value::Number(b))) => a.value().total_cmp(&b.value()),
            (Some(Value::Tally(a)), Some(Value::Tally(b))) => tallied(a).total_cmp(&tallied(b)),
            (Some(a), Some(b)) => others(a, b),
            (a, b) => return b.is_some().cmp(&a.is_some()),
        };
        if self.descending { order.reverse() } else { order }
    }
}

impl Block {
    /// Whether rows say `kind:`.
    pub fn has_kinds(&self) -> bool {
        self.kinds.iter().any(|kind| !kind.name.is_empty())
    }

    /// The kind of a name; the empty name for a block without kinds.
    pub fn kind(&self, name: &str) -> Option<&RowKind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }
}
