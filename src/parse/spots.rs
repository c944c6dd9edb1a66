//! Places of findings, as lines and columns of their files.
//!
//! In: a place as it was noted, the files. Out: its bytes. Places in front matter are noted as paths of keys and
//! looked up only here, for most files have no finding.

use super::{front_matter, places};
use crate::diagnostic::{At, FileText, Part, Place, Spot};
use crate::read::Inputs;
use crate::source::{FileId, KeyPath, Span, Step, line_column};
use std::ops::Range;

/// The front matter read last: findings of one file follow each other.
pub(super) type Last = Option<(FileId, Option<Placed>)>;

/// YAML in which places are looked up.
pub(super) struct Placed {
    places: places::Places,
    /// What was meant, where the file has slips; its lines are those of the file.
    meant: Option<String>,
}

impl Placed {
    fn read(written: &str) -> Option<Placed> {
        match front_matter::meant(written) {
            Some(meant) => Some(Placed { places: places::Places::read(&meant)?, meant: Some(meant) }),
            None => Some(Placed { places: places::Places::read(written)?, meant: None }),
        }
    }

    fn find(&self, written: &str, path: &KeyPath, part: &Part) -> Option<Span> {
        let Some(meant) = &self.meant else { return self.places.find(written, path, part) };
        self.places.find(meant, path, part).map(|found| in_file(written, meant, found))
    }
}

/// The bytes of a text that those of the text that was meant by it stand for; both have the same lines.
pub(super) fn in_file(written: &str, meant: &str, found: Span) -> Span {
    let before = &meant[..found.start as usize];
    let number = before.matches('\n').count();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let start: usize = written.split_inclusive('\n').take(number).map(str::len).sum();
    let line = |text: &str, from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at);
    let own = &written[start..line(written, start)];
    let other = &meant[line_start..line(meant, line_start)];
    let end = (found.end as usize - line_start).min(other.len());
    let range = in_line(own, other, before.len() - line_start..end);
    Span::new(start + range.start, start + range.end)
}

/// The bytes of a line that those of the mended line stand for.
fn in_line(own: &str, mended: &str, range: Range<usize>) -> Range<usize> {
    let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let before = same(&mut own.bytes().zip(mended.bytes()));
    let most = own.len().min(mended.len()) - before;
    let behind = same(&mut own.bytes().rev().zip(mended.bytes().rev())).min(most);
    if range.end <= before {
        return range;
    }
    if range.start >= mended.len() - behind {
        return own.len() - (mended.len() - range.start)..own.len() - (mended.len() - range.end);
    }
    // In what was mended, or around it: the words themselves, else all of it.
    let from = floor(own, range.start.min(before));
    let words = mended[range.clone()].trim_matches('"');
    match own[from..].find(words).filter(|_| !words.is_empty()) {
        Some(at) => from + at..from + at + words.len(),
        None => from..own.trim_end().len().max(from),
    }
}

/// The nearest place before a byte where a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The place of a finding in its file.
pub(super) fn spot<'a>(place: &Place, inputs: &'a Inputs, last: &mut Last) -> Spot<'a> {
    let file = inputs.file(place.file);
    let text = file.text.as_str();
    let found = match &place.at {
        At::File => None,
        At::Start => Some(Span::new(0, first_line(text))),
        At::Span(span) => Some(*span),
        At::Key(path, part) => {
            let found = key_span(place.file, text, path, part, last);
            Some(found.unwrap_or(Span::new(0, first_line(text))))
        }
    };
    let in_text = found.is_some() && !text.is_empty();
    let span = found.unwrap_or_default().clamp(text);
    Spot {
        file: FileText { path: file.shown(), text },
        span,
        in_text,
        from: line_column(text, span.start as usize),
    }
}

fn key_span(file: FileId, text: &str, path: &KeyPath, part: &Part, last: &mut Last) -> Option<Span> {
    // A YAML file is read from its start; a page between its lines `---`.
    let yaml =
        front_matter::split(text).map_or(front_matter::byte_order_mark(text)..text.len(), |parts| parts.yaml);
    let written = &text[yaml.clone()];
    if last.as_ref().is_none_or(|(read, _)| *read != file) {
        *last = Some((file, Placed::read(written)));
    }
    let (_, known) = last.as_ref()?;
    let found = match known {
        Some(placed) => placed.find(written, path, part),
        None => field_line(written, path),
    };
    found.map(|span| span.shift(yaml.start))
}

/// The line of the field that a path begins with, for YAML that the reader of places does not take.
fn field_line(written: &str, path: &KeyPath) -> Option<Span> {
    let Some(Step::Key(name)) = path.steps().next() else { return None };
    let mut start = 0;
    for line in written.split_inclusive('\n') {
        if line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')) {
            return Some(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}

fn first_line(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| text[..at].trim_end().len())
}

/// The text of a line, from 1, without its line end.
pub(super) fn line_span(text: &str, line: usize) -> Span {
    let mut at = 0;
    for (index, content) in text.split('\n').enumerate() {
        if index + 1 == line {
            let shown = content.trim_end();
            let indent = shown.len() - shown.trim_start().len();
            return Span::new(at + indent, at + shown.len());
        }
        at += content.len() + 1;
    }
    Span::new(text.trim_end().len(), text.trim_end().len())
}
