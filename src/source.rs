//! Places in files: file numbers, byte spans, lines and columns, and key paths in front matter.
//!
//! In: byte offsets or key paths. Out: what a finding needs to point at a place.

use std::fmt;

/// A file of the run, as an index into [`crate::read::Inputs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The index into `Inputs::files`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A map whose keys are names. Its hashes are quick, and seeded anew by each process: names come from
/// contributors.
pub type NameMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// Whether a text holds one of some bytes.
pub fn holds_any<const N: usize>(text: &str, bytes: [u8; N]) -> bool {
    let text = text.as_bytes();
    match bytes[..] {
        [a, b, c] => memchr::memchr3(a, b, c, text).is_some(),
        [a, b] => memchr::memchr2(a, b, text).is_some(),
        [a] => memchr::memchr(a, text).is_some(),
        _ => holds_such(text, |byte| is_one_of(byte, bytes)),
    }
}

/// Whether a text holds a byte of some kind. The compiler takes a chunk at a time if `is_such` is comparisons that
/// are all made, joined by `|`.
#[inline]
pub fn holds_such(text: &[u8], is_such: impl Fn(u8) -> bool) -> bool {
    const CHUNK: usize = 16;
    let in_chunk = |chunk: &[u8; CHUNK]| u128::from_ne_bytes(chunk.map(|byte| u8::from(is_such(byte)))) != 0;
    // The last chunk goes back over bytes of the one before, so that none is left over.
    match text.last_chunk() {
        Some(last) => text.as_chunks().0.iter().any(in_chunk) || in_chunk(last),
        None => text.iter().any(|byte| is_such(*byte)),
    }
}

/// Whether a byte is one of some, all of which are compared.
#[inline]
pub fn is_one_of<const N: usize>(byte: u8, bytes: [u8; N]) -> bool {
    bytes.into_iter().fold(false, |found, one| found | (one == byte))
}

/// Where three bytes stand in a text.
pub fn places_of(text: &str, [a, b, c]: [u8; 3]) -> impl Iterator<Item = usize> {
    memchr::memchr3_iter(a, b, c, text.as_bytes())
}

/// Where a text stands in another, in order; none of these places overlaps the one before.
pub fn places_of_text<'t>(text: &'t str, wanted: &'t str) -> impl Iterator<Item = usize> + 't {
    memchr::memmem::find_iter(text.as_bytes(), wanted)
}

/// What stands before the first of a byte of ASCII in a text, and what stands behind it.
pub fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    memchr::memchr(byte, text.as_bytes()).and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)))
}

/// The lines of a text, each with its end.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let line;
        (line, rest) = rest.split_at(end);
        (!line.is_empty()).then_some(line)
    })
}

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from offsets in bytes; files of 4 GiB and more are not read.
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end.max(start)).unwrap_or(u32::MAX),
        }
    }

    /// The same range as `usize` offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span moved forward by `by` bytes.
    pub fn shift(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }

    /// The span cut to whole characters of `text`, so that slicing cannot fail.
    pub fn clamp(self, text: &str) -> Span {
        let mut start = (self.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (self.end as usize).clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// The part of the span on its first line, without white space at its end; cut to whole characters of `text`.
    pub fn first_line(self, text: &str) -> Span {
        let range = self.clamp(text).range();
        let line = text[range.clone()].lines().next().unwrap_or("").trim_end();
        Span::new(range.start, range.start + line.len())
    }
}

/// A line and a column, both counted from 1; the column counts characters, as editors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The line and column of a byte offset in `text`.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let before = &text[..Span::new(offset, offset).clamp(text).start as usize];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    LineColumn {
        line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
        column: before[line_start..].chars().filter(|&c| c != '\u{feff}').count() + 1,
    }
}

/// One step from a mapping or a list to what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step<'p> {
    /// A key of a mapping.
    Key(&'p str),
    /// An entry of a list, from 0.
    Index(usize),
}

/// The way from the top of the front matter to a value, such as `readouts.rows[2].issue`.
///
/// Places in YAML follow from it only when a finding is printed: the fast reader keeps none. Every name
/// in every front matter has one, so it is one short text: each step begins with a mark. A key that holds
/// such a mark itself is found up to there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPath(Box<str>);

/// The marks before a key and before the number of an entry: control characters, which YAML takes into a
/// key only when they are escaped.
const KEY: char = '\u{1e}';
const INDEX: char = '\u{1f}';

impl KeyPath {
    /// The path of a key at the top.
    pub fn key(name: &str) -> KeyPath {
        KeyPath::default().then(name)
    }

    /// This path and one key further.
    pub fn then(&self, name: &str) -> KeyPath {
        // Every field of every file has one: no room is left that would be given back.
        let mut path = String::with_capacity(self.0.len() + KEY.len_utf8() + name.len());
        path.push_str(&self.0);
        path.push(KEY);
        path.push_str(name);
        KeyPath(path.into())
    }

    /// This path and one list entry further.
    pub fn at(&self, index: usize) -> KeyPath {
        let index = index.to_string();
        let mut path = String::with_capacity(self.0.len() + INDEX.len_utf8() + index.len());
        path.push_str(&self.0);
        path.push(INDEX);
        path.push_str(&index);
        KeyPath(path.into())
    }

    /// Its steps as one text, each behind a mark.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path that [`KeyPath::as_str`] gave.
    pub fn of_steps(steps: &str) -> KeyPath {
        KeyPath(steps.into())
    }

    /// Whether it is the top itself.
    pub fn is_top(&self) -> bool {
        self.0.is_empty()
    }

    /// Its steps from the top.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let mark = rest.chars().next()?;
            let step = &rest[mark.len_utf8()..];
            let end = step.find([KEY, INDEX]).unwrap_or(step.len());
            rest = &step[end..];
            let number = step[..end].parse().ok().filter(|_| mark == INDEX);
            Some(number.map_or(Step::Key(&step[..end]), Step::Index))
        })
    }
}

/// The way to a value while front matter is walked, step by step on the stack: it becomes a [`KeyPath`] only where
/// it is kept, which of most values it is not.
#[derive(Clone, Copy, Debug)]
pub enum Way<'w> {
    /// The top itself.
    Top,
    /// Another way and one step further.
    Then(&'w Way<'w>, Step<'w>),
}

impl<'w> Way<'w> {
    /// This way and one key further.
    pub fn then(&'w self, name: &'w str) -> Way<'w> {
        Way::Then(self, Step::Key(name))
    }

    /// This way and one list entry further.
    pub fn at(&'w self, index: usize) -> Way<'w> {
        Way::Then(self, Step::Index(index))
    }

    /// The number of the list entry with which it ends.
    pub fn index(&self) -> Option<usize> {
        if let Way::Then(_, Step::Index(index)) = self { Some(*index) } else { None }
    }

    /// The way as it is kept.
    pub fn path(&self) -> KeyPath {
        let mut path = String::with_capacity(self.length());
        self.put(&mut path);
        KeyPath(path.into())
    }

    /// How many bytes its steps are.
    pub fn length(&self) -> usize {
        match self {
            Way::Top => 0,
            Way::Then(before, Step::Key(name)) => before.length() + KEY.len_utf8() + name.len(),
            Way::Then(before, Step::Index(index)) => {
                let digits = index.checked_ilog10().unwrap_or(0) as usize + 1;
                before.length() + INDEX.len_utf8() + digits
            }
        }
    }

    /// Adds its steps to a text, as [`KeyPath::as_str`] gives them.
    pub fn put(&self, text: &mut String) {
        match self {
            Way::Top => {}
            Way::Then(before, Step::Key(name)) => {
                before.put(text);
                text.push(KEY);
                text.push_str(name);
            }
            Way::Then(before, Step::Index(index)) => {
                before.put(text);
                text.push(INDEX);
                text.push_str(&index.to_string());
            }
        }
    }
}

impl fmt::Display for KeyPath {
    /// Writes `territory[2].cite`, entries counted from 1 as people count.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps().enumerate() {
            match step {
                Step::Key(key) if at == 0 => write!(out, "{key}")?,
                Step::Key(key) => write!(out, ".{key}")?,
                Step::Index(index) => write!(out, "[{}]", index + 1)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_the_byte_order_mark() {
        let check = |text: &str, offset, line, column| {
            assert_eq!(line_column(text, offset), LineColumn { line, column });
        };
        check("abc", 2, 1, 3);
        check("Київ x", 9, 1, 6);
        check("a\r\nb", 3, 2, 1);
        check("\u{feff}a", 3, 1, 1);
        check("ab", 99, 1, 3);
    }

    #[test]
    fn any_of_the_bytes_is_found() {
        for text in ["a", "b", "c", "d", "e"] {
            assert_eq!(holds_any(text, *b"abcd"), text != "e");
            assert_eq!(holds_any(text, *b"abcdx"), text != "e");
            assert_eq!(holds_any(text, *b"d"), text == "d");
        }
        for length in 0..40 {
            let text = "-".repeat(length);
            assert!(!holds_any(&text, *b"abcd"));
            for at in 0..length {
                let text = [&text[..at], "d", &text[at + 1..]].concat();
                assert!(holds_any(&text, *b"abcd") && !holds_any(&text, *b"abce"), "{text}");
            }
        }
        assert_eq!(places_of("a.b!?", *b".!?").collect::<Vec<_>>(), [1, 3, 4]);
    }

    #[test]
    fn lines_keep_their_ends() {
        for text in ["", "a", "a\n", "\n", "a\n\nb\r\nc", "a line that is longer than a chunk is\nb\n\n"] {
            assert!(lines(text).eq(text.split_inclusive('\n')), "{text:?}");
        }
    }

    #[test]
    fn a_span_inside_a_character_is_widened() {
        assert_eq!(Span::new(1, 1).clamp("ї"), Span::new(0, 2));
    }

    #[test]
    fn a_way_is_kept_as_its_path() {
        let (rows, number) = (Way::Top.then("rows"), 1_230);
        let row = rows.at(number);
        let cite = row.then("cite");
        assert_eq!(cite.path(), KeyPath::key("rows").at(number).then("cite"));
        for way in [Way::Top, rows, row, cite, rows.at(0), rows.at(9), rows.at(10), rows.at(99), rows.at(100)]
        {
            assert_eq!(way.length(), way.path().as_str().len());
        }
        assert_eq!((row.index(), cite.index()), (Some(number), None));
    }

    #[test]
    fn key_paths_read_as_people_count() {
        let path = KeyPath::key("rows").at(0).then("cite");
        assert_eq!(path.to_string(), "rows[1].cite");
        assert_eq!(path.steps().collect::<Vec<_>>(), [Step::Key("rows"), Step::Index(0), Step::Key("cite")]);
    }
}
