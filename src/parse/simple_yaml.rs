//! YAML of simple lines, which nearly all front matter is: `field: value`, lists and groups on one line, lists of
//! lines, groups set in by spaces.
//!
//! In: YAML text. Out: its value; `None` wherever there is a doubt, and then the YAML reader decides. A value that
//! comes out here is what that reader gives, and nothing in its text is to be told: the test holds both.
//!
//! It takes a seventh of the reader's instructions, which were a sixth of a build's.

use super::yaml::Yaml;
use crate::source::{holds_any, split_at_byte};
use std::borrow::Cow;

/// Deepest nesting that is read here.
const DEEPEST: usize = 8;

/// The longest name of a field that is read here; YAML has a limit of its own.
const LONGEST_KEY: usize = 100;

/// Reads YAML if it is simple.
pub fn read(text: &str) -> Option<Yaml<'_>> {
    // All bytes are looked at, many at a time, which is quicker than stopping at the first.
    let refused = |byte: u8| byte < b' ' && byte != b'\n' || byte == 0x7f;
    let refused = text.bytes().fold(false, |found, byte| found | refused(byte));
    if refused || !text.is_ascii() && text.chars().any(breaks) {
        return None;
    }
    let mut lines = Lines { rest: text, next: None, sound: true };
    lines.pass();
    let first = lines.next?;
    let value = lines.block(first.indent, 0)?;
    (lines.next.is_none() && lines.sound).then_some(value)
}

/// Characters that YAML takes for the end of a line, or refuses.
fn breaks(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A line without its indent and the blanks at its end.
#[derive(Clone, Copy)]
struct Line<'a> {
    indent: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Option<Line<'a>> {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        let text = text.trim_end_matches(' ');
        (!text.is_empty()).then_some(Line { indent, text })
    }

    /// What stands behind the mark of a list's entry.
    fn entry(self) -> Option<Line<'a>> {
        let text = self.text.strip_prefix("- ")?.trim_start_matches(' ');
        Some(Line { indent: self.indent + self.text.len() - text.len(), text })
    }

    /// A field's name and what stands behind its colon.
    fn field(self) -> Option<(&'a str, &'a str)> {
        let (key, rest) = key(self.text)?;
        match rest.strip_prefix(' ') {
            Some(value) => Some((key, value.trim_start_matches(' '))),
            None => rest.is_empty().then_some((key, "")),
        }
    }
}

/// A field's name at the start of a text, and what stands behind its colon.
fn key(text: &str) -> Option<(&str, &str)> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let (key, rest) = text.split_at(text.bytes().position(|byte| !letter(byte))?);
    let is_name = key.starts_with(|c: char| c.is_ascii_alphanumeric()) && key.len() <= LONGEST_KEY;
    let rest = rest.strip_prefix(':').filter(|_| is_name && !is_null(key))?;
    Some((key, rest))
}

fn is_null(text: &str) -> bool {
    matches!(text, "null" | "Null" | "NULL")
}

struct Lines<'a> {
    rest: &'a str,
    /// The next line; none behind the last, and where a line is not simple.
    next: Option<Line<'a>>,
    sound: bool,
}

impl<'a> Lines<'a> {
    /// Goes on to the line that follows the next, empty ones left out.
    fn pass(&mut self) {
        self.rest = self.rest.trim_start_matches('\n');
        if self.rest.is_empty() {
            self.next = None;
            return;
        }
        let (line, rest) = split_at_byte(self.rest, b'\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.next = Line::new(line);
        self.sound &= self.next.is_some();
    }

    /// The fields or entries whose lines are set in just so far. Any other line is left: the block that it belongs
    /// to goes on with it, and if there is none, the text is not simple.
    fn block(&mut self, indent: usize, depth: usize) -> Option<Yaml<'a>> {
        let first = self.next?;
        if depth > DEEPEST {
            None
        } else if first.entry().is_some() {
            self.list(indent, depth)
        } else {
            self.fields(indent, depth)
        }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<Yaml<'a>> {
        let mut items = Vec::new();
        while let Some(line) = self.next.filter(|line| line.indent == indent) {
            // A field at this place belongs to what the list stands in.
            let Some(entry) = line.entry() else { break };
            if entry.text.starts_with("- ") {
                return None;
            }
            items.push(if entry.field().is_some() {
                // The fields of a group begin behind the mark.
                self.next = Some(entry);
                self.block(entry.indent, depth + 1)?
            } else {
                self.pass();
                // `- stance:proposes` is told as a field without its blank.
                value(entry.text)
                    .filter(|_| !entry.text.contains(':') || entry.text.starts_with(['"', '{']))?
            });
        }
        Some(Yaml::List(items))
    }

    fn fields(&mut self, indent: usize, depth: usize) -> Option<Yaml<'a>> {
        // As many as most files have, and most rows.
        let mut fields = Vec::with_capacity(if depth == 0 { 16 } else { 4 });
        while let Some(line) = self.next.filter(|line| line.indent == indent) {
            let (key, text) = line.field()?;
            self.pass();
            let value = if text.is_empty() { self.below(indent, depth)? } else { value(text)? };
            fields.push((Cow::Borrowed(key), value));
        }
        Some(Yaml::Map(fields))
    }

    /// What stands on the lines below a field without a value.
    fn below(&mut self, indent: usize, depth: usize) -> Option<Yaml<'a>> {
        match self.next {
            // The entries of a list may stand right below the name of their field.
            Some(line) if line.indent > indent || line.indent == indent && line.entry().is_some() => {
                self.block(line.indent, depth + 1)
            }
            _ => Some(Yaml::Null),
        }
    }
}

/// A value that fills the rest of a line.
fn value(text: &str) -> Option<Yaml<'_>> {
    if !text.starts_with(['"', '[', '{']) {
        let doubtful = || text.contains(": ") || text.contains(" #") || text.ends_with(':');
        return plain(text).filter(|_| !holds_any(text, *b":#") || !doubtful());
    }
    let (value, rest) = group(text, 0)?;
    rest.is_empty().then_some(value)
}

/// A value without quotation marks.
fn plain(text: &str) -> Option<Yaml<'_>> {
    let value = || if is_null(text) { Yaml::Null } else { Yaml::Scalar(Cow::Borrowed(text)) };
    text.starts_with(char::is_alphanumeric).then(value)
}

/// A quoted text, a list or a group at the start of a text, or a value within one of these; and what follows.
fn group(text: &str, depth: usize) -> Option<(Yaml<'_>, &str)> {
    if depth > DEEPEST {
        return None;
    }
    match text.as_bytes().first()? {
        b'"' => {
            let (inner, rest) = split_at_byte(&text[1..], b'"')?;
            (!inner.contains('\\')).then_some((Yaml::Scalar(Cow::Borrowed(inner)), rest))
        }
        b'[' => {
            let mut items = Vec::new();
            let rest = entries(&text[1..], ']', |entry| {
                let (item, rest) = group(entry, depth + 1)?;
                items.push(item);
                Some(rest)
            })?;
            Some((Yaml::List(items), rest))
        }
        b'{' => {
            let mut fields = Vec::new();
            let rest = entries(&text[1..], '}', |entry| {
                let (key, value) = key(entry)?;
                let (value, rest) = group(value.strip_prefix(' ')?.trim_start_matches(' '), depth + 1)?;
                fields.push((Cow::Borrowed(key), value));
                Some(rest)
            })?;
            Some((Yaml::Map(fields), rest))
        }
        _ => {
            let (inner, _) = text.split_at(text.find([',', ']', '}', '[', '{', ':', '#', '"'])?);
            Some((plain(inner.trim_end_matches(' '))?, &text[inner.len()..]))
        }
    }
}

/// Reads entries with commas between them up to the mark that closes them; gives what follows that.
fn entries<'a>(
    text: &'a str,
    close: char,
    mut entry: impl FnMut(&'a str) -> Option<&'a str>,
) -> Option<&'a str> {
    let mut rest = text.trim_start_matches(' ');
    if let Some(rest) = rest.strip_prefix(close) {
        return Some(rest);
    }
    loop {
        rest = entry(rest)?.trim_start_matches(' ');
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start_matches(' '),
            None => return rest.strip_prefix(close),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::front_matter::{Reading, read_any};
    use super::*;
    use crate::source::FileId;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    /// Front matter with each form that is simple.
    const SIMPLE: &str = "title: \"Talks: the first round\"\nsummary: It’s 10:30, said \"A\"\nempty:\nnothing: Null\n\
        number: 1.50\nactors: [ukraine, \"A, b\", 2014]\nnone: []\nchanges:\n  - {date: 2026-01-10, note: \"x; y\"}\n  \
        - {date: 2026-01, note: Looked through}\npoints:\n  timing: What comes first?\n  control: Who?\nlist:\n- one\n\
        - two words\nrows:\n  -  who: a\n     cite: b, p. 9\n  - who: c\n\n    more:\n    - d\nlast: \u{491}рунт\n";

    /// The value, after it was held against what the YAML reader gives and what is told of the text.
    fn held(text: &str) -> Option<Yaml<'_>> {
        let value = read(text)?;
        let mut findings = Vec::new();
        let full = read_any(text, 0, FileId(0), &mut findings);
        assert!(findings.is_empty(), "{text}\n{findings:?}");
        assert!(matches!(&full, Reading::Sound(full) if *full == value), "{text}\n{value:?}");
        Some(value)
    }

    #[test]
    fn simple_lines_are_read_as_the_reader_reads_them() {
        assert!(held(SIMPLE).is_some());
        for text in [
            "a:\nb:",
            "- a\n- b",
            "  a: b\n  c: d",
            "- a: b\n  c:\n  - d\n- a:",
            "a: {b: [{c: d}, e]}",
            "a: nULL",
        ] {
            assert!(held(text).is_some(), "{text}");
        }
    }

    #[test]
    fn the_rest_is_left_to_the_reader() {
        let texts = [
            "",
            "a",
            "a:b",
            "a: b: c",
            "a: b #c",
            "a: # b",
            "# a",
            "a: 'b'",
            "a: \"b\\n\"",
            "a: |\n  b",
            "a: b\n  c",
            "a: [b\n  c]",
            "a: [b, ]",
            "a: [b c: d]",
            "a: {b}",
            "a: {b: 1,5}",
            "a: {b:1}",
            "- a:b",
            "- - a",
            "-",
            "a: -1",
            "a: &b c",
            "a: *b",
            "a: !b c",
            "a: @b",
            "a: [@b]",
            "a: “b”",
            "a: {b: “c”}",
            "a:\tb",
            "a: b\r\n",
            "null: a",
            "a: b\n---\n",
            "a: ~",
            "a:\n  b: c\n d: e",
            "a:\n    b: c\n  d: e",
            "a: \"b\" c",
            "a: b\u{85}",
            "a: \u{7f}",
            "a: [b, c] d",
            "a: {b: c}}",
            "\u{feff}a: b",
            "? a\n: b",
            "a: [\"b\"c]",
            "- a\nb: c",
            "a:\n  - b\n    c",
        ];
        for text in texts {
            assert_eq!(read(text), None, "{text}");
        }
    }

    fn bits() -> impl Strategy<Value = &'static str> {
        select(vec![
            "a", "b: ", "c:", ":", ": ", "- ", "-", "\n", "\n  ", "\n- ", " ", "  ", "{", "}", "[", "]", ",",
            ", ", "\"", "'", "#", " #", "“", "”", "’", "1,5", "0x1", "1e3", "true", "null", "NULL", "nULL",
            "~", "x y", "é", "|", "@", "\\", "*", "&x", "!", "=", "<<", "\t", "\r", "\u{a0}", "\u{2028}",
            "...", "---", "?", "`", "%",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_is_read_alike(bits in prop::collection::vec(bits(), 0..24)) {
            held(&bits.concat());
        }

        #[test]
        fn simple_lines_with_slips_are_read_alike(slips in prop::collection::vec((any::<Index>(), bits(), 0..3usize), 1..4)) {
            let mut text: Vec<char> = SIMPLE.chars().collect();
            for (at, bit, gone) in slips {
                let at = at.index(text.len());
                let end = (at + gone).min(text.len());
                text.splice(at..end, bit.chars());
            }
            held(&text.into_iter().collect::<String>());
        }
    }
}
