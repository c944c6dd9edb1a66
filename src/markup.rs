//! HTML text: the only way in which text from content becomes markup.
//!
//! In: text and values. Out: [`Html`], in which everything from content is escaped.

mod highlight;

pub use highlight::Highlighter;

use crate::model::names::put_number;
use crate::source::holds_any;
use serde::{Serialize, Serializer};
use std::fmt::{self, Write};
use std::io;

/// A piece of HTML. Text gets into it only escaped, tags only from our own code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing.
    pub fn new() -> Html {
        Html::default()
    }

    /// Nothing, with room for so many bytes.
    pub fn with_room(bytes: usize) -> Html {
        Html(String::with_capacity(bytes))
    }

    /// Text, escaped.
    pub fn text(text: &str) -> Html {
        let mut html = Html::with_room(text.len());
        html.push(text);
        html
    }

    /// Writes text that a template places, escaped as everywhere.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_text(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
        let mut written = Ok(());
        escape(text, |part| {
            if written.is_ok() {
                written = out.write_all(part.as_bytes());
            }
        });
        written
    }

    /// Adds text, escaped.
    pub fn push(&mut self, text: &str) -> &mut Html {
        escape(text, |part| self.0.push_str(part));
        self
    }

    /// Adds text that a function puts behind what is there, escaped. Nothing else is to be done to it: so values
    /// that can write themselves need no text of their own.
    pub fn push_with(&mut self, put: impl FnOnce(&mut String)) -> &mut Html {
        let start = self.0.len();
        put(&mut self.0);
        if !is_plain(&self.0.as_bytes()[start..]) {
            let text = self.0.split_off(start);
            self.push(&text);
        }
        self
    }

    /// Adds a value as it is shown, escaped.
    pub fn show(&mut self, value: &impl fmt::Display) -> &mut Html {
        // Writing to a text does not fail.
        self.push_with(|text| _ = write!(text, "{value}"))
    }

    /// Adds markup, or text that needs no escaping, that our own code holds as a constant.
    pub fn tag(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: usize) -> &mut Html {
        put_number(&mut self.0, number);
        self
    }

    /// Adds HTML.
    pub fn add(&mut self, html: &Html) -> &mut Html {
        self.0.push_str(&html.0);
        self
    }

    /// Begins an element with attributes; values are escaped, an empty value leaves one out.
    pub fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut Html {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            escape(value, |part| self.0.push_str(part));
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// Ends an element.
    pub fn close(&mut self, name: &'static str) -> &mut Html {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    /// Adds a whole element with text.
    pub fn put(&mut self, name: &'static str, attributes: &[(&'static str, &str)], text: &str) -> &mut Html {
        self.open(name, attributes).push(text).close(name)
    }

    /// A whole element with text.
    pub fn element(name: &'static str, attributes: &[(&'static str, &str)], text: &str) -> Html {
        let held: usize = attributes.iter().map(|(key, value)| key.len() + value.len() + 4).sum();
        let mut html = Html::with_room(2 * name.len() + 5 + held + text.len());
        html.put(name, attributes, text);
        html
    }

    /// Makes room for so many bytes more.
    pub fn reserve(&mut self, bytes: usize) {
        self.0.reserve(bytes);
    }

    /// Its bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes white space from the end, so that a note's mark follows the word it belongs to.
    pub fn trim_end(&mut self) {
        let len = self.0.trim_end().len();
        self.0.truncate(len);
    }

    /// Without white space at the start.
    pub fn trim_start(&self) -> Html {
        Html(self.0.trim_start().to_owned())
    }

    /// Parts with a separator between them.
    pub fn join<'h>(parts: impl IntoIterator<Item = &'h Html>, separator: &str) -> Html {
        let mut html = Html::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !html.is_empty() {
                html.push(separator);
            }
            html.add(part);
        }
        html
    }

    /// Finishes what is here, and leaves the room for the next: lists of megabytes are not in memory twice.
    pub fn finish(&mut self) -> Finished {
        let finished = Finished(tera::Value::safe_string(&self.0));
        self.0.clear();
        finished
    }

    /// JSON that can stand in a script element: nothing in it can end the element.
    pub fn json(value: &impl Serialize) -> Html {
        // What is written fails only where a key is no text.
        let json = serde_json::to_string(value).unwrap_or_default();
        if !holds_any(&json, [b'<', b'>', b'&']) {
            return Html(json);
        }
        Html(json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }

    /// Markup of a library that escapes its own input.
    fn trusted(markup: String) -> Html {
        Html(markup)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Serialize for Html {
    /// For templates it is finished: they write it as it is, without a filter.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

/// HTML that nothing is added to any more. Templates take it without a copy.
#[derive(Clone, Debug)]
pub struct Finished(tera::Value);

impl Serialize for Finished {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Hands text on in parts, the five characters escaped that HTML gives a meaning. Control characters that
/// HTML forbids become U+FFFD, as a browser would show them.
fn escape(text: &str, mut out: impl FnMut(&str)) {
    if is_plain(text.as_bytes()) {
        return out(text);
    }
    let mut from = 0;
    for (number, chunk) in text.as_bytes().chunks(CHUNK).enumerate() {
        if is_plain(chunk) {
            continue;
        }
        for (at, byte) in chunk.iter().enumerate().filter(|(_, byte)| !PLAIN[**byte as usize]) {
            let at = number * CHUNK + at;
            out(&text[from..at]);
            out(match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                _ => "\u{fffd}",
            });
            from = at + 1;
        }
    }
    out(&text[from..]);
}

/// Bytes that are looked at together.
const CHUNK: usize = 16;

/// Whether a text surely needs no escaping, as most. It is looked at in chunks, of which the last may begin inside
/// the one before it.
fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk() else {
        return match ends(bytes) {
            Some(chunk) => no_zero(least([u8::MAX; CHUNK], &chunk)),
            None => bytes.iter().all(|byte| PLAIN[*byte as usize]),
        };
    };
    no_zero(bytes.as_chunks().0.iter().fold(least([u8::MAX; CHUNK], last), least))
}

/// The first and the last bytes of a short text, which cover it, in one chunk.
fn ends(bytes: &[u8]) -> Option<[u8; CHUNK]> {
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => {
            let [first, last] =
                [bytes.first_chunk()?, bytes.last_chunk()?].map(|end| u32::from_le_bytes(*end));
            let both = u64::from(first) << 32 | u64::from(last);
            (both, both)
        }
    };
    Some((u128::from(first) << 64 | u128::from(last)).to_le_bytes())
}

fn no_zero(chunk: [u8; CHUNK]) -> bool {
    !chunk.iter().fold(false, |any, &byte| any | (byte == 0))
}

/// For each place in a chunk the least of some numbers, of which one is 0 where the byte there does not stand for
/// itself; white space below the space is left to the table. The compiler takes a whole chunk at once, which it
/// does not do with comparisons. `&` and `'` differ in one bit, and so do `<` and `>`.
#[inline]
fn least(mut all: [u8; CHUNK], chunk: &[u8; CHUNK]) -> [u8; CHUNK] {
    for (at, all) in all.iter_mut().enumerate() {
        let byte = chunk[at];
        *all = (byte & 0xe0)
            .min(byte ^ 0x7f)
            .min((byte | 1) ^ b'\'')
            .min((byte | 2) ^ b'>')
            .min(byte ^ b'"')
            .min(*all);
    }
    all
}

/// The bytes that stand for themselves.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 0x20 {
        plain[byte] = matches!(byte as u8, b'\t' | b'\n' | b'\r');
        byte += 1;
    }
    plain[0x7f] = false;
    plain[b'&' as usize] = false;
    plain[b'<' as usize] = false;
    plain[b'>' as usize] = false;
    plain[b'"' as usize] = false;
    plain[b'\'' as usize] = false;
    plain
};

/// An address for `href` or `src`: characters that may not stand in one are percent-encoded
/// (WHATWG URL standard, path and query percent-encode sets), others stay as written.
pub fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", c as u32))
            }
            c if c.is_control() || c.is_whitespace() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// The address of a file by its path: here `%`, `?` and `#` are letters of a name.
pub fn path_address(path: &str) -> String {
    address(&path.replace('%', "%25").replace('?', "%3F").replace('#', "%23"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_tags_are_not() {
        let mut html = Html::new();
        html.open("a", &[("href", "x?a&\"b"), ("title", "")]).push("<b>&'\u{0}ї").close("a");
        assert_eq!(html.as_str(), "<a href=\"x?a&amp;&quot;b\">&lt;b&gt;&amp;&#39;\u{fffd}ї</a>");
    }

    #[test]
    fn no_place_in_a_text_is_passed_over() {
        for len in 0..50 {
            for at in 0..len {
                for (c, shown) in [('<', "&lt;"), ('\'', "&#39;"), ('\u{7f}', "\u{fffd}"), ('\t', "\t")] {
                    let (before, behind) = ("a".repeat(at), "ї".repeat(len - at - 1));
                    let html = Html::text(&format!("{before}{c}{behind}"));
                    assert_eq!(html.as_str(), format!("{before}{shown}{behind}"));
                }
            }
        }
    }

    #[test]
    fn json_ends_no_script_element() {
        let words = "</script><!-- &amp; ї \"\u{2028}";
        let json = Html::json(&serde_json::json!({ words: [words] }));
        assert!(!json.as_str().contains(['<', '>', '&']), "{json}");
        let read: serde_json::Value = serde_json::from_str(json.as_str()).expect("JSON");
        assert_eq!(read[words][0], words, "it says the same");
    }

    #[test]
    fn addresses_hold_no_characters_that_end_them() {
        assert_eq!(path_address("100% #1?.csv"), "100%25%20%231%3F.csv");
        assert_eq!(address("a b\"<ї>.png?x=[1]"), "a%20b%22%3Cї%3E.png?x=%5B1%5D");
    }
}
