//! Values of YAML that need quotes, and what was meant by them.
//!
//! In: YAML that cannot be read, and the line at which the reader stopped. Out: the line that was meant.

use super::places::quote;
use super::spots::line_span;
use super::{yaml, yaml_slips};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::field::Type;
use crate::model::kind::{Kind, RecordKind};
use crate::model::tables;
use crate::source::{FileId, Span};

/// What is said of a quotation mark that is open.
pub(super) const UNCLOSED: &str = "the quotation mark before this value is never closed";

/// What is said of names that are written as links.
const LINK_MARKS: &str = "double brackets are for links in texts";

/// Most bytes of what stands before the names of an entry, once for each: a line of thousands of blanks and names is
/// a slip of another sort.
const LONGEST_LINES: usize = 10_000;

/// A value that needs quotes, or other ones.
pub(super) struct Repair {
    /// Its line, from 1.
    line: usize,
    /// Where the value begins in the line.
    value: usize,
    /// What it was meant as.
    form: Form,
    /// The value as it should be; an entry of several names becomes several lines.
    meant: String,
    /// The text with a line that can be read.
    pub mended: String,
}

/// What a value was meant as.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Text in quotes.
    Text,
    /// Text in quotes, of which the first stands there.
    Unclosed,
    /// The name of a page.
    Name,
    /// Names of pages in brackets.
    Names,
    /// Names of pages, each a line.
    Lines,
}

/// Quotes the value on the line of an error, or on one of the lines just before it.
pub(super) fn repair(text: &str, line: usize) -> Option<Repair> {
    let lines: Vec<&str> = text.split('\n').collect();
    let last = line.min(lines.len());
    // A quotation mark that is not closed swallows lines up to the next one, with all that is wrong in them.
    let opened = lines[..last].iter().position(|line| unclosed(value_of(line)).is_some()).map(|at| at + 1);
    let near = (last.saturating_sub(2)..=last).rev().filter(|&number| number >= 1);
    near.chain(opened).find_map(|number| {
        let line_now = lines.get(number - 1)?;
        let (value, form, meant) = meant_value(line_now)?;
        // Mending moves nothing to another line: of several lines the first stands for all.
        let new_line = [&line_now[..value], meant.split('\n').next().unwrap_or(&meant)].concat();
        let mut mended: Vec<&str> = lines.clone();
        mended[number - 1] = &new_line;
        let mended = mended.join("\n");
        let better = match yaml::read(&mended) {
            Ok(_) => true,
            Err(next) => next.line > if opened == Some(number) { number } else { line },
        };
        better.then_some(Repair { line: number, value, form, meant, mended })
    })
}

/// Of `key: value` or `- value` where the value begins, what it was meant as, and how that is written; `None` where
/// there is no plain value.
fn meant_value(line: &str) -> Option<(usize, Form, String)> {
    let body = line.trim_end_matches('\r');
    let at = yaml_slips::value_start(body);
    let value = body[at..].trim_end();
    let simple = value.len() > 2 && value.starts_with(['"', '\'']) && value.ends_with(value.chars().next()?);
    let block = value.strip_prefix(['|', '>']);
    let block = block.is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'1'..=b'9')));
    if value.is_empty() || simple || block {
        return None;
    }
    // A bracket that is never closed is a list with a slip, and so is one that ends the value; a citation, a
    // link or a bracket with words behind it is meant as text.
    let words_behind = |close: char| value.contains(close) && !value.ends_with(close);
    let list =
        value.starts_with('[') && !value.starts_with("[@") && !value.starts_with("[[") && !words_behind(']')
            || value.starts_with('{') && !words_behind('}');
    if list {
        return None;
    }
    // A quotation mark that is never closed is closed; else the whole is text, marks included.
    let before = &body[..at];
    let names = linked_names(value, before).filter(|_| !holds_words(before));
    let (form, meant) = match (names.as_deref(), unclosed(value)) {
        (Some([name]), _) => (Form::Name, (*name).to_owned()),
        (Some(names), _)
            if before.trim_end().ends_with('-') && before.len() * names.len() < LONGEST_LINES =>
        {
            (Form::Lines, names.join(&format!("\n{before}")))
        }
        (Some(names), _) => (Form::Names, format!("[{}]", names.join(", "))),
        (None, Some(rest)) => (Form::Unclosed, quote(rest)),
        (None, None) => (Form::Text, quote(value)),
    };
    Some((at, form, meant))
}

/// Whether the field before a value holds words, whatever the record: in those, links are links.
fn holds_words(before: &str) -> bool {
    let types = types_before(before);
    !types.is_empty() && types.iter().all(|ty| matches!(ty, Type::Text | Type::Markdown))
}

/// Whether the field before a value holds names, in any record.
fn holds_names(before: &str) -> bool {
    types_before(before).iter().any(|ty| matches!(ty, Type::Ref(_) | Type::Refs(_) | Type::AnyRefs))
}

/// The types of the field before a value: fields of several records share their name.
fn types_before(before: &str) -> Vec<&'static Type> {
    let key = before.trim().trim_start_matches(['-', ' ']).trim_end_matches([':', ' ']);
    let kinds = Kind::ALL.map(RecordKind::Page).into_iter().chain([RecordKind::Position]);
    let fields = kinds.flat_map(|kind| tables::fields(&kind).collect::<Vec<_>>());
    let fields = fields.flat_map(|field| std::iter::once(field).chain(field.ty.inner()));
    fields.filter(|field| field.name == key).map(|field| &field.ty).collect()
}

/// The value of a line.
pub(super) fn value_of(line: &str) -> &str {
    let line = line.trim_end();
    &line[yaml_slips::value_start(line)..]
}

/// What stands behind a quotation mark that opens a value and is not closed in it.
fn unclosed(value: &str) -> Option<&str> {
    let rest = value.strip_prefix('"').filter(|rest| !rest.contains('"'));
    // Before a digit an apostrophe stands for a century.
    let is_open = |rest: &&str| !rest.contains('\'') && rest.starts_with(char::is_alphabetic);
    rest.or_else(|| value.strip_prefix('\'').filter(is_open))
}

/// The names in `[[one]], [[two|words]]`, `[[one]] and [[two]]` and `[[one]].`; in a field of names in `[[one]], two`,
/// too.
fn linked_names<'v>(value: &'v str, before: &str) -> Option<Vec<&'v str>> {
    let mut names = Vec::new();
    let value = value.trim();
    let mut rest = value.strip_suffix('.').unwrap_or(value);
    let mut is_apart = true;
    while !rest.is_empty() {
        let (name, behind) = match rest.strip_prefix("[[") {
            Some(link) => link.split_once("]]").map(|(name, behind)| (linked_name(name), behind))?,
            None if is_apart && value.contains("[[") && holds_names(before) => {
                let end = rest.find([',', ';']).unwrap_or(rest.len());
                (rest[..end].trim(), &rest[end..])
            }
            None => return None,
        };
        if name.is_empty() || name.contains(['[', ']', ':', ',', '"']) {
            return None;
        }
        names.push(name);
        rest = behind.trim_start();
        let next = [",", ";", "and ", "&"].into_iter().find_map(|mark| rest.strip_prefix(mark));
        is_apart = next.is_some();
        rest = next.unwrap_or(rest).trim_start();
    }
    (!names.is_empty()).then_some(names)
}

/// The name in what stands between the brackets of a link.
pub(super) fn linked_name(inner: &str) -> &str {
    inner.split(['|', '#']).next().unwrap_or(inner).trim()
}

/// The finding for a value that was mended.
pub(super) fn quotes_finding(text: &str, start: usize, file: FileId, repair: &Repair) -> Finding {
    let line = line_span(text, repair.line);
    let line_start = text[..line.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let value = Span::new(line_start + repair.value, line.end as usize).clamp(text);
    let fix = repair.meant.clone();
    let (message, label) = match repair.form {
        Form::Unclosed => (UNCLOSED, ""),
        Form::Text => ("YAML cannot take this value as it stands", "put it in double quotes"),
        Form::Name => (LINK_MARKS, "the name of a page stands without brackets here"),
        Form::Names => (LINK_MARKS, "names of pages stand in one pair of brackets here"),
        Form::Lines => (LINK_MARKS, "each name stands in a line of its own here"),
    };
    let finding = Finding::new(Code::YamlQuotes, Place::span(file, value.shift(start)), message);
    if repair.form == Form::Unclosed {
        return finding.label(format!("close it: {fix}")).fix(fix);
    }
    let lines = [text[line_start..line_start + repair.value].trim_start(), &fix].concat();
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    finding.label(label).help(format!("write: {}", lines.join(", and below it: "))).fix(fix)
}
