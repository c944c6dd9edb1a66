//! Front matter: the YAML between two lines `---` at the top of a page.
//!
//! In: a file's text. Out: its parts, or what is missing; then the YAML as a value with everything
//! that is wrong with it as YAML, worded for people who have never heard of a parser.

use super::places;
use super::repairs::{quotes_finding, repair, value_of};
use super::simple_yaml;
use super::spots::{in_file, line_span};
use super::yaml::{self, Yaml};
use super::yaml_slips::{self, Slip};
use crate::diagnostic::{Code, Finding, Place};
use crate::source::{FileId, Span, holds_any, lines, places_of_text};
use std::borrow::Cow;
use std::ops::Range;

/// The parts of a page file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML.
    pub yaml: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

/// The bytes of the byte order mark that some editors write at the start of a file.
pub fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Splits a page file.
///
/// # Errors
/// With the code for a missing or an unclosed front matter.
pub fn split(text: &str) -> Result<Parts, Code> {
    let start = byte_order_mark(text);
    let mut lines = lines(&text[start..]);
    let first = lines.next().unwrap_or("");
    if !is_mark(first) {
        return Err(Code::FrontMatterMissing);
    }
    let yaml = start + first.len();
    let mut at = yaml;
    for line in lines {
        if is_mark(line) {
            return Ok(Parts { yaml: yaml..at, body: at + line.len() });
        }
        at += line.len();
    }
    Err(Code::FrontMatterUnclosed)
}

/// Whether a line opens or closes front matter.
fn is_mark(line: &str) -> bool {
    // Most lines are seen at once to be none.
    line.starts_with("---") && line.trim_end() == "---"
}

/// Whether a line was meant to: with blanks before it, or dashes of other lengths.
fn is_meant_as_mark(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '–' | '—')) && line.len() > 1
}

/// The finding for a page whose front matter is missing or unclosed.
pub fn not_split(text: &str, file: FileId, code: Code) -> Finding {
    let mark = byte_order_mark(text);
    let text = &text[mark..];
    let first = text.trim_start().lines().next().unwrap_or_default();
    if code == Code::FrontMatterMissing {
        let finding = Finding::new(code, Place::start(file), "this page does not begin with front matter")
            .label("expected a line `---` here");
        if is_mark(first) {
            return finding.help("take out the empty lines and blanks before the line `---`");
        }
        return finding.help("begin the file with a line `---`, then the fields, then another line `---`");
    }
    let mut at = 0;
    for line in lines(text) {
        if at > 0 && is_meant_as_mark(line) {
            let from = mark + at;
            let place = Place::span(file, Span::new(from, from + line.trim_end().len()));
            return Finding::new(code, place, "this line does not close the front matter")
                .label("write `---`: three hyphens, and nothing before or behind them");
        }
        at += line.len();
    }
    Finding::new(code, Place::start(file), "the front matter that begins here is never closed")
        .label("expected another line `---` below the fields")
        .help("put a line `---` between the fields and the text")
}

/// The line at which two versions of a file begin that were not merged. A code host writes it.
pub fn conflict(text: &str, file: FileId) -> Option<Finding> {
    const MARK: &str = "<<<<<<< ";
    if !holds_any(text, [b'<']) {
        return None;
    }
    let at = places_of_text(text, MARK).find(|at| *at == 0 || text[..*at].ends_with('\n'))?;
    let place = Place::span(file, Span::new(at, at + MARK.len()).first_line(text));
    Some(
        Finding::new(Code::Yaml, place, "two versions of this text stand here that were not merged")
            .label("keep one of them, and take out the lines with <<<<<<<, ======= and >>>>>>>"),
    )
}

/// How many values of one file are mended in thought to find the next mistake behind them.
const MOST_REPAIRS: usize = 25;

/// What could be read of YAML.
pub enum Reading<'a> {
    /// All of it.
    Sound(Yaml<'a>),
    /// What was meant, where slips leave no doubt of it; the file itself cannot be read.
    Meant(Yaml<'a>),
    /// Nothing.
    Unreadable,
}

impl<'a> Reading<'a> {
    /// The value, if it stands so in the file.
    pub fn sound(self) -> Option<Yaml<'a>> {
        if let Reading::Sound(value) = self { Some(value) } else { None }
    }
}

/// Reads YAML that stands at `start` in a file.
pub fn read<'a>(text: &'a str, start: usize, file: FileId, findings: &mut Vec<Finding>) -> Reading<'a> {
    match simple_yaml::read(text) {
        Some(value) => Reading::Sound(value),
        None => read_any(text, start, file, findings),
    }
}

/// Reads YAML of any form.
pub(super) fn read_any(
    text: &str,
    start: usize,
    file: FileId,
    findings: &mut Vec<Finding>,
) -> Reading<'static> {
    let mark = byte_order_mark(text);
    let (text, start) = (&text[mark..], start + mark);
    let curly = yaml_slips::curly(text);
    let straight = match curly[..] {
        [] => Cow::Borrowed(text),
        _ => Cow::Owned(yaml_slips::mended(text, &curly)),
    };
    findings.extend(slip_findings(text, start, file, &curly));
    match yaml::read(&straight) {
        Ok(value) => {
            let (value, marks) = without_slips(&straight, value);
            let told = slip_findings(text, start, file, &marks).zip(&marks);
            findings.extend(told.map(|(mut finding, slip)| {
                // Its bytes are those of the line with straight marks: there the fix of those comes first.
                if curly.binary_search_by_key(&slip.line, |curly| curly.line).is_ok() {
                    finding.fix = None;
                }
                finding
            }));
            if !curly.is_empty() && yaml::read(text).is_err() {
                findings.extend(lost(text, &yaml_slips::mended(&straight, &marks), start, file));
                return Reading::Meant(value);
            }
            findings.extend(lost(text, text, start, file));
            Reading::Sound(value)
        }
        Err(broken) => {
            let (found, meant) = explain(&straight, text, start, file, &broken);
            findings.extend(found);
            let Some((mended, value)) = meant else { return Reading::Unreadable };
            let (value, marks) = without_slips(&mended, value);
            findings.extend(slip_findings(text, start, file, &marks));
            findings.extend(lost(text, &yaml_slips::mended(&mended, &marks), start, file));
            Reading::Meant(value)
        }
    }
}

/// The findings for text that YAML would drop; `meant` is the text without the slips that are told already.
fn lost(text: &str, meant: &str, start: usize, file: FileId) -> Vec<Finding> {
    let told = |lost: places::Lost| {
        let words = &meant[lost.span.range()];
        let span = in_file(text, meant, lost.span);
        // What stands otherwise in the file belongs to a slip.
        (text.get(span.range()) == Some(words)).then(|| lost_finding(&lost, words, span.shift(start), file))
    };
    places::lost_text(meant).into_iter().filter_map(told).collect()
}

/// The text that was meant by YAML with slips, line by line; `None` where it has none, or that is in doubt.
pub fn meant(text: &str) -> Option<String> {
    let straight = yaml_slips::mended(text, &yaml_slips::curly(text));
    let meant = match yaml::read(&straight) {
        Ok(value) => yaml_slips::mended(&straight, &without_slips(&straight, value).1),
        Err(broken) => {
            let (mended, value) = explain(&straight, text, 0, FileId(0), &broken).1?;
            yaml_slips::mended(&mended, &without_slips(&mended, value).1)
        }
    };
    (meant != text).then_some(meant)
}

/// The value that was meant, where a slip makes YAML read something else than fields and rows.
fn without_slips(text: &str, value: Yaml<'static>) -> (Yaml<'static>, Vec<Slip>) {
    let marks = yaml_slips::marks(text);
    let meant = (!marks.is_empty()).then(|| yaml::read(&yaml_slips::mended(text, &marks)).ok()).flatten();
    match meant {
        Some(meant) if yaml_slips::differ(&value, &meant) => (meant, marks),
        _ => (value, Vec::new()),
    }
}

/// The findings for slips, which are in the order of their lines: one walk over the lines places them all.
fn slip_findings(text: &str, start: usize, file: FileId, slips: &[Slip]) -> impl Iterator<Item = Finding> {
    let mut lines = text.split('\n');
    let (mut number, mut line) = (1, 0);
    slips.iter().map(move |slip| {
        while number < slip.line {
            line += lines.next().map_or(0, |line| line.len() + 1);
            number += 1;
        }
        let at = Span::new(line + slip.at.start, line + slip.at.end).clamp(text);
        let mut finding = Finding::new(slip.code, Place::span(file, at.shift(start)), slip.message)
            .label(slip.label.clone())
            .fix(slip.text.clone());
        finding.help = slip.help.map(str::to_owned);
        finding
    })
}

fn lost_finding(lost: &places::Lost, words: &str, span: Span, file: FileId) -> Finding {
    let message = format!("YAML takes `{words}` for {} and drops it", lost.taken_for);
    let finding = Finding::new(Code::YamlLostText, Place::span(file, span), message);
    match &lost.quoted {
        Some((_, quoted)) => finding
            .label("this text would be lost")
            .help(format!("if it belongs to the value, write {quoted}; a comment has two blanks before it")),
        None => finding.label("this text would be lost").help("put the value in double quotes"),
    }
}

/// The findings for YAML that cannot be read: each slip, each value that needs quotes, else the first error;
/// and the text and the value that were meant, if mending these lets it be read.
fn explain(
    straight: &str,
    text: &str,
    start: usize,
    file: FileId,
    broken: &yaml::Broken,
) -> (Vec<Finding>, Option<(String, Yaml<'static>)>) {
    let mut mended = straight.to_owned();
    let mut findings = Vec::new();
    // Mending moves nothing to another line, so line numbers stay those of the file.
    let (mut line, mut jargon) = (broken.line, broken.jargon.clone());
    for _ in 0..MOST_REPAIRS {
        for find in [yaml_slips::values, yaml_slips::marks] {
            let slips = find(&mended);
            let without = yaml_slips::mended(&mended, &slips);
            let next = yaml::read(&without);
            if slips.is_empty() || next.as_ref().is_err_and(|next| next.line <= line) {
                continue;
            }
            findings.extend(slip_findings(text, start, file, &slips));
            match next {
                Ok(value) => return (findings, Some((without, value))),
                Err(next) => (mended, line, jargon) = (without, next.line, next.jargon),
            }
        }
        let Some(repair) = repair(&mended, line) else { break };
        findings.push(quotes_finding(text, start, file, &repair));
        mended = repair.mended;
        match yaml::read(&mended) {
            Ok(value) => return (findings, Some((mended, value))),
            Err(next) => (line, jargon) = (next.line, next.jargon),
        }
    }
    let (line, words) = match second_document(&mended).filter(|_| jargon.contains("more than one document")) {
        Some((line, "---")) => (line, "a line `---` stands only in pages; take it out".to_owned()),
        Some((line, _)) => (line, "a line of three dots ends YAML; take it out".to_owned()),
        None => plainly(&mended, line.max(1), &jargon),
    };
    let at = line_span(text, line);
    findings.push(
        Finding::new(Code::Yaml, Place::span(file, at.shift(start)), words)
            .label("the fields cannot be read from here on")
            .help("each line is `field: value`, lists are lines that begin with `- `, both set in by spaces alike"),
    );
    (findings, None)
}

/// The line of a mistake and what is wrong with it, where the reader notices it only further on or
/// its words lead astray.
fn plainly(text: &str, line: usize, jargon: &str) -> (usize, String) {
    let lines: Vec<&str> = text.split('\n').collect();
    let up_to = line.min(lines.len());
    let tab = |line: &str| line[..line.len() - line.trim_start().len()].contains('\t');
    if let Some(at) = lines[..up_to].iter().position(|line| tab(line)) {
        return (at + 1, "this line is set in with a tab; YAML takes only spaces".to_owned());
    }
    let half_quoted = |line: &str| {
        let value = value_of(line);
        value.starts_with(['[', '{']) && value.replace("\\\"", "").matches('"').count() % 2 == 1
    };
    if let Some(at) = lines[..up_to].iter().position(|line| half_quoted(line)) {
        return (at + 1, "a quotation mark in this line is never closed".to_owned());
    }
    for (needle, open, close, what) in
        [("',' or ']'", '[', ']', "list in brackets"), ("',' or '}'", '{', '}', "group in braces")]
    {
        let unclosed = |line: &&str| line.matches(open).count() > line.matches(close).count();
        if let (true, Some(at)) = (jargon.contains(needle), lines[..up_to].iter().rposition(unclosed)) {
            return (at + 1, format!("this {what} is not closed, or a comma is missing in it"));
        }
    }
    let second = lines.get(line - 1).is_some_and(|line| line.matches(": ").count() < 2);
    if jargon.contains("mapping values are not allowed") && second {
        return (line, "this line is set in further than the lines it belongs to".to_owned());
    }
    // It is noticed at the next line that has one.
    if jargon.contains("could not find expected ':'") {
        let without = |line: &&str| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#') && !line.contains(": ") && !line.ends_with(':')
        };
        if let Some(at) = lines[..up_to].iter().rposition(without) {
            return match lines[at].contains('：') {
                true => (at + 1, "this colon is a wide one; write `:` and a blank".to_owned()),
                false => (at + 1, in_words(jargon)),
            };
        }
    }
    (line, in_words(jargon))
}

/// The line that ends a YAML document while more follows, or begins another, and what it says.
fn second_document(text: &str) -> Option<(usize, &str)> {
    let lines = || text.lines().map(str::trim_end).enumerate();
    let (first, _) =
        lines().find(|(_, line)| !line.is_empty() && *line != "---" && !line.starts_with('#'))?;
    let found = lines().skip(first).find(|(_, line)| matches!(*line, "---" | "..."));
    found.map(|(at, line)| (at + 1, line))
}

/// The reader's words for an error in plain ones.
fn in_words(jargon: &str) -> String {
    let table = [
        (
            "cannot start any token",
            "this line begins with a character that YAML keeps for itself; a tab must be spaces",
        ),
        (
            "mapping values are not allowed",
            "there is a second `: ` in this line; put the value in double quotes",
        ),
        (
            "did not find expected key",
            "this line is not set in like the lines it belongs to, or a quotation mark is missing",
        ),
        ("could not find expected ':'", "this line has no `: ` after its field"),
        ("found unexpected end of stream", "a quotation mark or bracket is never closed"),
        ("did not find expected ',' or ']'", "a list in brackets is not closed, or a comma is missing"),
        ("did not find expected ',' or '}'", "a group in braces is not closed, or a comma is missing"),
        ("did not find expected '-' indicator", "this line is not set in like the list it belongs to"),
        ("block sequence entries are not allowed", "a list cannot begin here; put it on a line of its own"),
        ("unknown anchor", "a value that begins with `*` needs double quotes"),
        ("recursion limit", "the fields are nested too deeply"),
        ("repetition limit", "aliases are not taken: write the value out"),
        ("control characters", "this line holds a control character, which YAML does not take"),
        ("escape", "after a backslash in double quotes YAML expects a known letter; write two backslashes"),
    ];
    let known = table.iter().find(|(needle, _)| jargon.contains(needle));
    known.map_or_else(
        || "the fields cannot be read from this line on".to_owned(),
        |(_, words)| (*words).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_colon_is_the_one_that_is_told() {
        let check = |text: &str, expected: &str| {
            let mut findings = Vec::new();
            read(text, 0, FileId(0), &mut findings);
            let places = findings.iter().map(|finding| match &finding.place.at {
                crate::diagnostic::At::Span(span) => &text[span.range()],
                _ => "",
            });
            assert_eq!(places.collect::<Vec<_>>(), [expected], "{text}");
        };
        check("short: \"z\"\nreviewed 2025-01-01\naliases: [k]\n", "reviewed 2025-01-01");
        check("a: b\nsummary \"x\"\n\n\nc: d\n", "summary \"x\"");
        let wide = "a: b\nsummary：\"x\"\nc: d\n";
        check(wide, "summary：\"x\"");
        let mut findings = Vec::new();
        read(wide, 0, FileId(0), &mut findings);
        assert_eq!(findings[0].message, "this colon is a wide one; write `:` and a blank");
    }

    #[test]
    fn a_page_is_split_at_its_lines() {
        let check = |text: &str, expected: Result<(&str, &str), Code>| {
            let parts = split(text).map(|parts| (&text[parts.yaml], &text[parts.body..]));
            assert_eq!(parts, expected, "{text:?}");
        };
        check("---\na: b\n---\nbody\n---\n", Ok(("a: b\n", "body\n---\n")));
        check("\u{feff}---\r\na: b\r\n---\r\nbody", Ok(("a: b\r\n", "body")));
        check("---\n---\n", Ok(("", "")));
        check("", Err(Code::FrontMatterMissing));
        check("a: b", Err(Code::FrontMatterMissing));
        check("---\na: b\n", Err(Code::FrontMatterUnclosed));
    }

    #[test]
    fn each_value_that_needs_quotes_is_found() {
        let check = |text: &str, expected: &[&str]| {
            let mut findings = Vec::new();
            read(text, 0, FileId(0), &mut findings);
            let found: Vec<String> = findings
                .iter()
                .map(|f| format!("{} {}", f.code.name(), f.fix.as_ref().map_or("", |fix| &fix.text)))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("title: Talks: a story\nsummary: fine", &["yaml-quotes \"Talks: a story\""]);
        check("a: @x\nb: ok\nc: 'it' was: said", &["yaml-quotes \"@x\"", "yaml-quotes \"'it' was: said\""]);
        check("rows:\n  - note: 5% of: x\n", &["yaml-quotes \"5% of: x\""]);
        check("a: [x\nb: y", &["yaml "]);
        check("a: x #2", &["yaml-lost-text "]);
        check("actor:ukraine\ndate:2025-12-14\nstance: x", &["yaml actor: ukraine", "yaml date: 2025-12-14"]);
        check("stance: x\nadded:2025-12-16\n", &["yaml added: 2025-12-16"]);
        check("actor:ukraine", &["yaml actor: ukraine"]);
        check("rows:\n  -kind: exchange\n    date: x", &["yaml - kind: exchange"]);
        check("rows:\n  - kind:exchange", &["yaml kind: exchange"]);
        check("names:\n  * a\n  * b", &["yaml - a", "yaml - b"]);
        check("a: [\"x\" \"y\"]\nb: z", &["yaml [\"x\", \"y\"]"]);
        check("cite: [@ap-2025, p. 4]", &["bad-citation ap-2025, p. 4"]);
        check("a: \"He said \"no\".\"", &["yaml-quotes \"He said \\\"no\\\".\""]);
        check("a: “b: c”\nd: “e”", &["yaml-quotes \"b: c\"", "yaml-quotes \"e\""]);
        check("a: {b:1}", &["yaml {b: 1}"]);
        check("a: {b: 1,5}\nc: [d, e]", &["yaml-quotes \"1,5\""]);
        check("a: [Update] talks\nb: {x} y", &["yaml-quotes \"[Update] talks\"", "yaml-quotes \"{x} y\""]);
        check("a: |x", &["yaml-quotes \"|x\""]);
        check("a: \"b\n  c:d\"\ne: |\n  f:g", &[]);
    }
}
