//! Findings: what is wrong or noteworthy, where, and how to mend it.
//!
//! In: facts from every stage. Out: an ordered list of findings, and their printed forms
//! ([`human`], [`short`]). A finding is data; words for terminals are made in the renderers.

mod code;
pub mod human;
pub mod short;

pub use code::{Code, Severity};

use crate::source::{FileId, KeyPath, LineColumn, Span};
use std::borrow::Cow;
use std::ops::Range;

/// Where in a file a finding points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole; also used for files that are not text.
    File,
    /// The first line, the opening `---` of front matter: for something that is absent.
    Start,
    /// A range of bytes.
    Span(Span),
    /// A key or value of front matter; looked up when the finding is printed.
    Key(KeyPath, Part),
}

/// Which part of a front-matter entry a place means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The key.
    Key,
    /// The second of two equal keys.
    SecondKey,
    /// The whole value.
    Value,
    /// Bytes of the value's decoded text.
    Within(usize, usize),
}

/// A file and a place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub at: At,
}

impl Place {
    /// A range of bytes of a file.
    pub fn span(file: FileId, span: Span) -> Place {
        Place { file, at: At::Span(span) }
    }

    /// The value at a key path.
    pub fn value(file: FileId, path: KeyPath) -> Place {
        Place { file, at: At::Key(path, Part::Value) }
    }

    /// The key at a key path.
    pub fn key(file: FileId, path: KeyPath) -> Place {
        Place { file, at: At::Key(path, Part::Key) }
    }

    /// A range of the decoded text of the value at a key path.
    pub fn within(file: FileId, path: KeyPath, range: Range<usize>) -> Place {
        Place { file, at: At::Key(path, Part::Within(range.start, range.end)) }
    }

    /// The opening line, for what is absent.
    pub fn start(file: FileId) -> Place {
        Place { file, at: At::Start }
    }

    /// The file as a whole.
    pub fn file(file: FileId) -> Place {
        Place { file, at: At::File }
    }
}

/// A replacement that is sure to mend a finding: the bytes at the finding's own place become `text`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The new text of the place.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it is.
    pub place: Place,
    /// Its documented code.
    pub code: Code,
    /// A plain sentence, lower-case start, no full stop.
    pub message: String,
    /// The words beside the caret: what was expected, or the nearest match.
    pub label: String,
    /// The remedy, where it is more than the label.
    pub help: Option<String>,
    /// Other places that belong to it, such as the second candidate of an ambiguous name.
    pub also: Vec<(Place, String)>,
    /// The replacement, where one is sure.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with its code, place and sentence.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Finding {
        Finding {
            place,
            code,
            message: message.into(),
            label: String::new(),
            help: None,
            also: Vec::new(),
            fix: None,
        }
    }

    /// Adds the words beside the caret.
    pub fn label(mut self, label: impl Into<String>) -> Finding {
        self.label = label.into();
        self
    }

    /// Adds the remedy.
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// Adds another place with what it is.
    pub fn also(mut self, place: Place, what: impl Into<String>) -> Finding {
        self.also.push((place, what.into()));
        self
    }

    /// Adds a sure replacement of the place.
    pub fn fix(mut self, text: impl Into<String>) -> Finding {
        self.fix = Some(Fix { text: text.into() });
        self
    }

    /// Adds a replacement if there is one.
    pub fn maybe_fix(mut self, text: Option<String>) -> Finding {
        self.fix = text.map(|text| Fix { text });
        self
    }
}

/// Puts two lists of findings together, in no order: a report sorts them. The longer one stays where it is, for a
/// wiki can have as many notes as files.
pub fn join(findings: &mut Vec<Finding>, mut more: Vec<Finding>) {
    if findings.len() < more.len() {
        std::mem::swap(findings, &mut more);
    }
    findings.append(&mut more);
}

/// Most findings of a file that look for the name that was meant. To look for it among thousands of names
/// takes long, and nobody mends thousands of slips one by one.
const MOST_SUGGESTED: usize = 100;

/// Whether the next finding of a file, after these, may look for the name that was meant.
pub fn may_suggest(findings: &[Finding]) -> bool {
    findings.len() < MOST_SUGGESTED
}

/// A file as a finding shows it: the path to print and the text, if it is text.
#[derive(Clone, Debug)]
pub struct FileText<'a> {
    /// Path as the reader can open it.
    pub path: String,
    /// Content; empty for a file that is not text.
    pub text: &'a str,
}

/// A range in a file, ready to print.
#[derive(Clone, Debug)]
pub struct Spot<'a> {
    /// The file.
    pub file: FileText<'a>,
    /// The bytes; whole characters.
    pub span: Span,
    /// False where only the file is meant, so that no line is shown.
    pub in_text: bool,
    /// Line and column of the start.
    pub from: LineColumn,
}

/// A finding whose places are known as lines and columns and whose severity is settled.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// The finding.
    pub finding: Finding,
    /// After site.yaml's `checks` and `--strict`.
    pub severity: Severity,
    /// Its place.
    pub spot: Spot<'a>,
    /// The places in `finding.also`.
    pub also: Vec<Spot<'a>>,
}

impl Located<'_> {
    /// The order of a report, which editors and scripts take: by file, line and column, then code and words.
    pub fn order(&self) -> (&str, LineColumn, Code, &str) {
        (&self.spot.file.path, self.spot.from, self.finding.code, &self.finding.message)
    }

    /// What to mend first: errors before warnings before notes, causes before what may follow from them.
    pub fn urgency(&self) -> (Severity, bool) {
        (self.severity, !self.finding.code.has_consequences())
    }
}

/// How many findings of each severity a run had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Counts a report.
    pub fn of(findings: &[Located<'_>]) -> Counts {
        let count = |severity| findings.iter().filter(|found| found.severity == severity).count();
        Counts {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        write!(
            out,
            "{}, {}, {}",
            part(self.errors, "error"),
            part(self.warnings, "warning"),
            part(self.notes, "note")
        )
    }
}

/// A path or a message of the system for a terminal or log: what does not show, or changes how the rest
/// shows, is written as its number.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// Whether a character does not show, or changes how the rest shows.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_begin_a_line_or_turn_what_follows() {
        assert_eq!(printable("pages/a\n::error::b\u{202e}.md"), "pages/a\\u{a}::error::b\\u{202e}.md");
        assert!(matches!(printable("pages/Стан 2025.md"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_form_prints_a_line_break_of_a_name() {
        let path = "pages/a\n::error::b.md";
        let file = || FileText { path: path.to_owned(), text: "one line" };
        let spot = |in_text| Spot {
            file: file(),
            span: Span::new(0, 3),
            in_text,
            from: LineColumn { line: 1, column: 1 },
        };
        let finding = Finding::new(Code::StrayFile, Place::file(FileId(0)), format!("`{path}` is stray"))
            .label(path)
            .help(path)
            .also(Place::file(FileId(0)), path);
        for in_text in [true, false] {
            let located = [Located {
                finding: finding.clone(),
                severity: Severity::Error,
                spot: spot(in_text),
                also: vec![spot(in_text)],
            }];
            for text in [human::render(&located, human::Colour::No), short::render(&located)] {
                assert!(!text.lines().any(|line| line.trim_start().starts_with("::error")), "{text}");
            }
        }
    }
}
