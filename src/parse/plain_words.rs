//! Marks of Markdown in fields of plain text, where they would be printed as they stand.
//!
//! In: the text of such a field. Out: its marks, each with the words to write instead where they are sure;
//! the findings of them.

use super::{Findings, cite_forms};
use crate::diagnostic::{Code, Finding, Place};
use crate::source::holds_any;
use std::ops::Range;

/// A mark in plain text.
#[derive(Debug, PartialEq)]
pub struct Mark {
    /// Its bytes.
    pub at: Range<usize>,
    /// The code of its finding.
    pub code: Code,
    /// The words without it.
    pub plain: Option<String>,
}

/// The elements of HTML with which people set words; anything else between `<` and `>` is shown as it stands.
const ELEMENTS: [&str; 20] = [
    "a", "b", "i", "u", "s", "p", "br", "em", "strong", "span", "div", "sub", "sup", "small", "font", "ul",
    "li", "code", "del", "mark",
];

/// Most characters of a mark.
const LONGEST: usize = 1000;

/// Tells of the marks in a field's text, which would be printed.
pub fn tell(field: &str, text: &str, place: impl Fn(Range<usize>) -> Place, findings: &mut Findings) {
    for mark in marks(text) {
        let words = &text[mark.at.clone()];
        let place = place(mark.at);
        let message = format!("`{field}` takes plain words, and `{words}` would be printed as it stands");
        let finding = Finding::new(mark.code, place, message);
        findings.push(match mark.plain {
            Some(plain) if !plain.is_empty() => {
                finding.label(format!("write the words alone: {plain}")).fix(plain)
            }
            _ if mark.code == Code::BadCitation => {
                finding.label("take it out here, and cite the source in the text")
            }
            _ => finding.label("take it out"),
        });
    }
}

/// The marks of a text in order.
pub fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    // Few texts hold any of these.
    if !holds_any(text, *b"[<*@") {
        return found;
    }
    let mut at = 0;
    while let Some(step) = text[at..].find(['[', '!', '<', '*', '@']) {
        at += step;
        // A mark is short; looking further for each bracket of a long run of them would take long.
        let end = text[at..].char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| at + end);
        match mark(&text[at..end], text[..at].chars().next_back()) {
            Some((len, code, plain)) => {
                found.push(Mark { at: at..at + len, code, plain });
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// The mark at the start of a text: its bytes, the code of its finding, the words without it.
fn mark(text: &str, before: Option<char>) -> Option<(usize, Code, Option<String>)> {
    let image = usize::from(text.starts_with('!'));
    let rest = &text[image..];
    if let Some(inner) = rest.strip_prefix("[[") {
        let end = inner.find("]]")?;
        let name = inner[..end].rsplit('|').next().unwrap_or("");
        let plain = name.trim_start_matches('#').split('#').next().unwrap_or("").trim();
        return Some((image + end + 4, Code::WrongType, Some(plain.to_owned())));
    }
    if let Some(after) = rest.strip_prefix("[@") {
        // The name of an account, as bibliographies give it: no id has capitals.
        let id = &after[..cite_forms::id_end(after)];
        if id.bytes().any(|byte| byte.is_ascii_uppercase()) && !id.contains('-') {
            return None;
        }
        return Some((image + rest.find(']')? + 1, Code::BadCitation, None));
    }
    if let Some(inner) = rest.strip_prefix('[') {
        let (words, after) = inner.split_once(']')?;
        let close = after.strip_prefix('(')?.find(')')?;
        return Some((image + words.len() + close + 4, Code::WrongType, Some(words.to_owned())));
    }
    if let Some(after) = text.strip_prefix('@') {
        let id = &after[..cite_forms::id_end(after)];
        let sound = cite_forms::is_dated(id) && !before.is_some_and(char::is_alphanumeric);
        return sound.then_some((id.len() + 1, Code::BadCitation, None));
    }
    if let Some(inner) = text.strip_prefix("**") {
        let words = &inner[..inner.find("**")?];
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // As in Markdown, stars between letters or behind a word set nothing in bold.
        let set = !letter(before) && !letter(inner[words.len() + 2..].chars().next());
        let sound = set && !words.is_empty() && words.trim() == words;
        return sound.then(|| (words.len() + 4, Code::WrongType, Some(words.to_owned())));
    }
    let name = text.strip_prefix('<')?.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    let element = ELEMENTS.contains(&name[..end].to_ascii_lowercase().as_str());
    (element && name[end..].starts_with(['>', ' ', '/']))
        .then(|| text.find('>').map(|close| (close + 1, Code::RawHtml, None)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_plain_text_are_found() {
        let check = |text: &str, expected: &[(&str, &str, &str)]| {
            let found = marks(text);
            let found: Vec<(&str, &str, &str)> = found
                .iter()
                .map(|mark| (&text[mark.at.clone()], mark.code.name(), mark.plain.as_deref().unwrap_or("-")))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        for sound in [
            "GDP**, population**",
            "Trump, Donald J. [@realDonaldTrump]",
            "f**k and s**t",
            "5 * 3 ** 2",
            "[sic]",
        ] {
            check(sound, &[]);
        }
        check("See [[territory]].", &[("[[territory]]", "wrong-type", "territory")]);
        check(
            "[[ukraine|Kyiv]] [@ap-1]",
            &[("[[ukraine|Kyiv]]", "wrong-type", "Kyiv"), ("[@ap-1]", "bad-citation", "-")],
        );
        check("[words](https://a.org) x", &[("[words](https://a.org)", "wrong-type", "words")]);
        check(
            "a <b>bold</b> **word**",
            &[("<b>", "raw-html", "-"), ("</b>", "raw-html", "-"), ("**word**", "wrong-type", "word")],
        );
        check("so @ap-2025-12-15 says", &[("@ap-2025-12-15", "bad-citation", "-")]);
        check("He [Trump] said! 5 < 6, a*b, x@y.org, @POTUS [sic] (so) <unclear>", &[]);
    }
}
