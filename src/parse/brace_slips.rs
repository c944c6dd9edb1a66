//! Values in braces that lack their quotation marks: `{amount: USD 1,500,000}`, `{a: He said [@id]}`.
//!
//! In: a line of YAML. Out: the value as it was meant. In braces a comma ends the value, so what follows it is
//! read as a field of its own without a value, and brackets cannot stand at all.

use super::places::quote;
use super::yaml_slips::{Slip, value_start};
use crate::diagnostic::Code;
use std::ops::Range;

/// The values of a line that lose what stands behind their comma.
pub fn commas(line: &str) -> Option<Slip> {
    let meant = values(line, Why::Comma)?;
    Some(Slip {
        line: 0,
        label: format!("if it belongs to the value, write {}", meant.text),
        at: meant.at,
        text: meant.text,
        code: Code::YamlQuotes,
        message: "in braces a comma ends the value",
        help: None,
    })
}

/// The values of a line that hold what YAML keeps for itself.
pub fn marks(line: &str) -> Option<Slip> {
    let meant = values(line, Why::Mark)?;
    Some(Slip {
        line: 0,
        label: format!("put it in double quotes: {}", meant.text),
        at: meant.at,
        text: meant.text,
        code: Code::YamlQuotes,
        message: "YAML cannot take this value as it stands",
        help: None,
    })
}

/// Why a value needs quotation marks.
#[derive(Clone, Copy, PartialEq)]
enum Why {
    Comma,
    Mark,
}

/// A part of a line and what to write in its place.
struct Meant {
    at: Range<usize>,
    text: String,
}

/// From the first value that needs quotation marks to the last.
fn values(line: &str, why: Why) -> Option<Meant> {
    let start = value_start(line);
    let mut found = Vec::new();
    let mut group = Group { line, depth: 0, found: &mut found };
    match line.as_bytes().get(start)? {
        b'{' => group.braces(start + 1)?,
        b'[' => group.list(start + 1)?,
        _ => return None,
    };
    // Brackets break the line for the reader, so that its commas are no question yet.
    if why == Why::Mark && !found.iter().any(|(_, why)| *why == Why::Mark)
        || why == Why::Comma && found.iter().any(|(_, why)| *why == Why::Mark)
    {
        return None;
    }
    let at = found.first()?.0.start..found.last()?.0.end;
    let mut text = String::new();
    let mut from = at.start;
    for (value, _) in &found {
        text.push_str(&line[from..value.start]);
        text.push_str(&quote(&line[value.clone()]));
        from = value.end;
    }
    Some(Meant { at, text })
}

/// Most groups within one another that are walked; no line that people write has more.
const DEEPEST: usize = 20;

/// Walks groups in braces and brackets on one line; `None` where one is not closed there.
struct Group<'a> {
    line: &'a str,
    /// How many groups are open.
    depth: usize,
    found: &'a mut Vec<(Range<usize>, Why)>,
}

impl Group<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.line.as_bytes().get(at).copied()
    }

    fn blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        at
    }

    /// Walks a group that begins at a place.
    fn deeper(&mut self, at: usize, walk: fn(&mut Self, usize) -> Option<usize>) -> Option<usize> {
        self.depth += 1;
        let end = if self.depth > DEEPEST { None } else { walk(self, at + 1) };
        self.depth -= 1;
        end
    }

    /// Walks from behind a `{` to behind its `}`.
    fn braces(&mut self, mut at: usize) -> Option<usize> {
        // The plain value just before, and why it needs quotation marks.
        let mut last: Option<(Range<usize>, Option<Why>)> = None;
        loop {
            at = self.blanks(at);
            let start = at;
            at = match self.byte(at)? {
                b'}' => {
                    self.found.extend(last.and_then(|(value, why)| Some((value, why?))));
                    return Some(at + 1);
                }
                b',' => {
                    at += 1;
                    continue;
                }
                b'"' | b'\'' => self.quoted(at)?,
                _ => self.key(at)?,
            };
            if self.byte(self.blanks(at)) != Some(b':') {
                let end = self.plain(at)?;
                // Without a colon it belongs to the value before the comma.
                if let Some((value, why)) = &mut last {
                    value.end = self.trimmed(start, end).end;
                    *why = why.or(Some(Why::Comma));
                }
                at = end;
                continue;
            }
            at = self.blanks(self.blanks(at) + 1);
            self.found.extend(last.take().and_then(|(value, why)| Some((value, why?))));
            let value = at;
            at = match self.byte(at)? {
                b'"' | b'\'' => self.quoted(at)?,
                b'{' => self.deeper(at, Group::braces)?,
                b'[' if !matches!(self.byte(at + 1), Some(b'@' | b'[')) => self.deeper(at, Group::list)?,
                _ => {
                    let end = self.plain(at)?;
                    let value = self.trimmed(value, end);
                    let text = &self.line[value.clone()];
                    let mark = text.starts_with(['@', '`', '%']) || text.contains(['[', ']']);
                    last = (!text.is_empty()).then(|| (value, mark.then_some(Why::Mark)));
                    end
                }
            };
            at = self.blanks(at);
            if !matches!(self.byte(at)?, b',' | b'}') {
                return None;
            }
        }
    }

    /// Walks from behind a `[` to behind its `]`.
    fn list(&mut self, mut at: usize) -> Option<usize> {
        loop {
            at = match self.byte(at)? {
                b']' => return Some(at + 1),
                b'"' | b'\'' => self.quoted(at)?,
                b'{' => self.deeper(at, Group::braces)?,
                b'[' => self.deeper(at, Group::list)?,
                _ => at + 1,
            };
        }
    }

    /// The end of a key: its colon, or where the entry ends without one.
    fn key(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.byte(at)? {
                b',' | b'}' | b':' => return Some(at),
                _ => at += 1,
            }
        }
    }

    /// The end of a plain value; commas between brackets are its own.
    fn plain(&self, mut at: usize) -> Option<usize> {
        let mut open = 0usize;
        loop {
            match self.byte(at)? {
                b',' if open == 0 => return Some(at),
                b'}' => return Some(at),
                b'[' => open += 1,
                b']' => open = open.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
    }

    /// The end of a value in quotation marks that begins at a place.
    fn quoted(&self, at: usize) -> Option<usize> {
        let mark = self.byte(at)?;
        let mut at = at + 1;
        loop {
            match self.byte(at)? {
                b'\\' if mark == b'"' => at += 2,
                byte if byte == mark => return Some(at + 1),
                _ => at += 1,
            }
        }
    }

    fn trimmed(&self, start: usize, end: usize) -> Range<usize> {
        start..start + self.line[start..end].trim_end().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_a_comma_cuts_are_put_in_quotes() {
        let check = |find: fn(&str) -> Option<Slip>, line: &str, expected: &str| {
            let mut mended = line.to_owned();
            if let Some(slip) = find(line) {
                mended.replace_range(slip.at, &slip.text);
            }
            assert_eq!(mended, expected, "{line}");
        };
        check(commas, "ta: {a: 1,000, b: 2,500}", "ta: {a: \"1,000\", b: \"2,500\"}");
        check(
            commas,
            "- {aspect: Land, water and air, a: \"x, y\"}",
            "- {aspect: \"Land, water and air\", a: \"x, y\"}",
        );
        check(commas, "  - {what: x, cite: s, p. 2}", "  - {what: x, cite: \"s, p. 2\"}");
        check(commas, "points: {p: Whose, then?, q: \"Q?\"}", "points: {p: \"Whose, then?\", q: \"Q?\"}");
        check(commas, "rows: [{a: 1,5}, {b: 2}]", "rows: [{a: \"1,5\"}, {b: 2}]");
        check(
            marks,
            "- {aspect: \"X\", a: Talks [@s, p. 4], b: [y, z]}",
            "- {aspect: \"X\", a: \"Talks [@s, p. 4]\", b: [y, z]}",
        );
        check(marks, "- {a: [@s], b: c}", "- {a: \"[@s]\", b: c}");
        for sound in [
            "a: {b: c, d: [e, f], g: {h: i}}",
            "a: {b: \"c, d\", e: 'f, g'}",
            "a: {b: , c: }",
            "a: {b: https://x.org/a, c: 12:30}",
            "a: {b, c}",
            "a: {b: c,",
            "a: x, y {b: c, d}",
        ] {
            check(commas, sound, sound);
            check(marks, sound, sound);
        }
    }
}
