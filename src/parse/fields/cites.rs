//! Citations in front matter.
//!
//! In: `id, place; id`, or a list of such. Out: citations with the names of their sources, or findings with
//! what to write.

use super::Walk;
use crate::diagnostic::{Code, Finding, Place};
use crate::model::field::Field;
use crate::model::names::one_line;
use crate::model::value::{Citation, Name, Value};
use crate::parse::cite_forms;
use crate::parse::markdown::is_id;
use crate::parse::yaml::Yaml;
use crate::source::Way;
use std::sync::Arc;

impl Walk<'_> {
    /// `id, place; id` or a list of such.
    pub(super) fn cite(&mut self, field: &Field, yaml: &Yaml<'_>, path: &Way<'_>) -> Option<Value<Name>> {
        if self.place_in_list(yaml, path).is_some() {
            return None;
        }
        let texts = self.scalars(field, yaml, path)?;
        // Nearly always one each; resolving keeps what room there is.
        let mut cites = Vec::with_capacity(texts.len());
        for (text, path) in texts {
            let mut at = 0;
            for part in text.split(';') {
                let lead = part.len() - part.trim_start().len();
                let (id, place) = match part.trim().split_once(',') {
                    Some((id, place)) => (id.trim(), Some(one_line(place))),
                    None => (part.trim(), None),
                };
                let range = at + lead..at + lead + id.len();
                at += part.len() + 1;
                if is_id(id) && place.as_ref().is_none_or(|place| !place.is_empty()) {
                    let source = Name::within(id, &path, range.start);
                    cites.push(Citation { source, place: place.as_deref().map(Arc::from) });
                } else {
                    self.bad_cite(text, &path, range);
                }
            }
        }
        (!cites.is_empty()).then_some(Value::Cite(cites))
    }

    fn bad_cite(&mut self, text: &str, path: &Way<'_>, range: std::ops::Range<usize>) {
        let meant = cite_forms::in_field(text).filter(|meant| meant != text);
        let finding = Finding::new(
            Code::BadCitation,
            if meant.is_some() {
                Place::value(self.file, path.path())
            } else {
                Place::within(self.file, path.path(), range)
            },
            "this is not a citation",
        );
        self.findings.push(match meant {
            Some(meant) if text.contains(['@', '[', '＠', '﹫']) => {
                finding.label("write it without @ and brackets").help(format!("write: {meant}")).fix(meant)
            }
            Some(meant) => finding.label(format!("write {meant}")).fix(meant),
            None => finding.label("expected the id of a source").help(
                "write ids with `;` between them and a place after a comma: crs-in12534, p. 2; ap-2025-12-15",
            ),
        });
    }

    /// A list in which the place stands as an entry of its own: `[ap-2025-12-15, p. 4]`.
    fn place_in_list(&mut self, yaml: &Yaml<'_>, path: &Way<'_>) -> Option<()> {
        let Yaml::List(items) = yaml else { return None };
        let texts = items.iter().filter_map(|item| match item {
            Yaml::Scalar(text) => Some(text.as_ref()),
            _ => None,
        });
        let entries: Vec<&str> = texts.collect();
        let is_place = |entry: &&str| entry.contains(' ') && !entry.contains([',', '@']);
        if !entries.iter().skip(1).any(is_place) {
            return None;
        }
        let meant = cite_forms::in_list(&entries)?;
        let place = Place::value(self.file, path.path());
        self.findings.push(
            Finding::new(Code::BadCitation, place, "a place in a source is no entry of a list")
                .label("write it without brackets")
                .help(format!("write: {meant}"))
                .fix(meant),
        );
        Some(())
    }
}
