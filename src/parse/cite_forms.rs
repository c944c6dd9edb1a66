//! Citations in another form than the one that is read, and the form that was meant.
//!
//! In: the words as they are written. Out: the citation to write, where they leave no doubt of it.

use super::markdown::is_id;
use crate::model::names::one_line;

/// Words before the first `@` of a citation that say nothing of the source.
const FILLERS: [&str; 6] = ["", "-", "see", "see also", "cf.", "e.g."];

/// Other signs that people write for `@`, as keyboards of East Asian scripts have it.
pub const WIDE_MARKS: [char; 2] = ['＠', '﹫'];

/// One source that was meant.
struct Meant {
    id: String,
    place: String,
}

/// `[@id, place; @id]` for words of a text in brackets of either sort, closed or not.
pub fn in_text(words: &str) -> Option<String> {
    let inner = words.strip_prefix(['[', '('])?;
    let inner = inner.strip_suffix([']', ')']).unwrap_or(inner).replace(WIDE_MARKS, "@");
    let items = items(&inner)?;
    (!items.is_empty()).then(|| format!("[{}]", joined(&items, "@")))
}

/// `id, place; id` for the value of a field.
pub fn in_field(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches(['"', '\'']).replace(['[', ']'], " ").replace(WIDE_MARKS, "@");
    let items = items(&bare)?;
    (!items.is_empty()).then(|| joined(&items, ""))
}

/// `id, place; id` for a list in which the places stand as entries of their own.
pub fn in_list(entries: &[&str]) -> Option<String> {
    let mut text = (*entries.first()?).to_owned();
    for entry in &entries[1..] {
        let source = entry.contains('@') || item(entry).is_some_and(|meant| is_coined(&meant.id));
        text.push_str(if source { "; " } else { ", " });
        text.push_str(entry);
    }
    in_field(&text)
}

/// The ids in brackets that hold sources and their places, but no `@`.
pub fn without_mark(inner: &str) -> Option<Vec<String>> {
    // Most brackets begin with a word of a sentence, which is quickly seen.
    let first = inner.split([',', ';', ' ']).next()?;
    if !is_coined(&first.to_ascii_lowercase()) || inner.contains('@') {
        return None;
    }
    Some(items(inner)?.into_iter().map(|meant| meant.id).collect())
}

/// Whether a word has a date in it as ids of sources have, year and month: `mid-2025` is a place or a time.
pub fn has_date(word: &str) -> bool {
    let groups =
        word.split('-').filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    is_dated(word) && groups.count() > 1
}

/// Whether a word can hardly be anything but the id of a source: it holds a hyphen, a letter and a number
/// as long as a year.
pub fn is_dated(word: &str) -> bool {
    let longest = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    is_coined(word) && word.bytes().any(|byte| byte.is_ascii_lowercase()) && longest >= Some(4)
}

/// The bytes at the start of a text that may be an id, capitals and typographic hyphens included.
pub fn id_end(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || is_hyphen(c))).unwrap_or(text.len())
}

/// The bytes of `, p. 2` at the start of a text.
pub fn place_end(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(", ") else { return 0 };
    let word = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let after = rest[word..].trim_start_matches('.');
    let number = after.trim_start();
    let digits = number.find(|c: char| !(c.is_ascii_digit() || is_hyphen(c))).unwrap_or(number.len());
    let sound = (1..=9).contains(&word) && number.starts_with(|c: char| c.is_ascii_digit());
    if sound { text.len() - number.len() + digits } else { 0 }
}

/// Whether an id was coined with a hyphen and a digit, as no word of a sentence is.
fn is_coined(id: &str) -> bool {
    is_id(id) && id.contains('-') && id.bytes().any(|byte| byte.is_ascii_digit())
}

/// Word processors write these for a hyphen.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '–' | '−')
}

fn joined(items: &[Meant], mark: &str) -> String {
    let written = items.iter().map(|meant| {
        let comma = if meant.place.is_empty() { "" } else { ", " };
        format!("{mark}{}{comma}{}", meant.id, meant.place)
    });
    written.collect::<Vec<_>>().join("; ")
}

fn items(inner: &str) -> Option<Vec<Meant>> {
    let mut items = Vec::new();
    for part in inner.split(';').filter(|part| !part.trim().is_empty()) {
        let mut pieces = part.split('@');
        let before = pieces.next().unwrap_or("").trim();
        if part.contains('@') {
            if !FILLERS.contains(&before.to_lowercase().as_str()) {
                return None;
            }
            for piece in pieces {
                items.push(item(piece)?);
            }
        } else {
            // Without the mark only a name that was coined can be meant as a source.
            items.push(item(before).filter(|meant| meant.id.contains('-'))?);
        }
    }
    Some(items.into_iter().flat_map(apart).collect())
}

/// A source, and those behind it that a comma or "and" makes look like its place.
fn apart(first: Meant) -> Vec<Meant> {
    let mut found = vec![Meant { id: first.id, place: String::new() }];
    for part in first.place.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let behind_and = ["and ", "& "].into_iter().find_map(|word| part.strip_prefix(word));
        let id = behind_and.unwrap_or(part).trim_end_matches(".md");
        if is_dated(id) || behind_and.is_some() && is_coined(id) {
            found.push(Meant { id: id.to_owned(), place: String::new() });
        } else if let Some(last) = found.last_mut() {
            let comma = if last.place.is_empty() { "" } else { ", " };
            last.place = format!("{}{comma}{part}", last.place);
        }
    }
    found
}

/// An id with the place behind it; `None` where words stand that are neither.
fn item(written: &str) -> Option<Meant> {
    let written = written.trim_start();
    let (id, rest) = written.split_at(id_end(written));
    let rest = rest.strip_prefix(".md").unwrap_or(rest);
    let id: String = id.chars().map(|c| if is_hyphen(c) { '-' } else { c.to_ascii_lowercase() }).collect();
    let id = id.trim_end_matches('-');
    let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ',' | ':'));
    let place = rest.trim_start_matches([',', ':', ' ', '-', '–']).trim_end_matches([',', ' ', '-', '&']);
    let place = place.strip_suffix(" and").unwrap_or(place);
    let place = if matches!(place, "and" | "see") { "" } else { place };
    if !is_id(id) || !ends || place.contains(['[', ']']) {
        return None;
    }
    Some(Meant { id: id.to_owned(), place: one_line(place).into_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_citation_that_was_meant_in_a_text() {
        let check = |words: &str, expected: &str| {
            assert_eq!(in_text(words).as_deref().unwrap_or("-"), expected, "{words}");
        };
        check("[see @ap-2025-12-15]", "[@ap-2025-12-15]");
        check("[@ap-2025-12-15.md, p. 2]", "[@ap-2025-12-15, p. 2]");
        check("[@ap\u{2011}2025\u{2010}12–15]", "[@ap-2025-12-15]");
        check("(@ap-2025-12-15, p. 2)", "[@ap-2025-12-15, p. 2]");
        check("[@ap-2025-12-15, p. 2", "[@ap-2025-12-15, p. 2]");
        check("[@AP-2025-12-15]", "[@ap-2025-12-15]");
        check("[＠ap-2025-12-15, p. 2; ﹫crs-1]", "[@ap-2025-12-15, p. 2; @crs-1]");
        check("[@a, p. 2, @b]", "[@a, p. 2; @b]");
        check("[@ap-2025-12-15; crs-in12534]", "[@ap-2025-12-15; @crs-in12534]");
        check("[@ap-2025-12-15 and crs-in12534]", "[@ap-2025-12-15; @crs-in12534]");
        check("[as the agency @ap says]", "-");
        check("[@ap.org]", "-");
    }

    #[test]
    fn the_citation_that_was_meant_in_a_field() {
        let check = |text: &str, expected: &str| {
            assert_eq!(in_field(text).as_deref().unwrap_or("-"), expected, "{text}");
        };
        check("[@ap-2025-12-15, p. 4]", "ap-2025-12-15, p. 4");
        check("\"[@ap-2025-12-15]\"", "ap-2025-12-15");
        check("@a, @b-1, p. 2", "a; b-1, p. 2");
        check("[@a], [@b]", "a; b");
        check("＠ap-2025-12-15", "ap-2025-12-15");
        check("@ap-2025-12-15, p. 2, crs-in12534", "ap-2025-12-15, p. 2; crs-in12534");
        check("ap-2025-12-15 crs-in12534", "ap-2025-12-15; crs-in12534");
        check("ap-2025-12-15.md p. 4", "ap-2025-12-15, p. 4");
        check("CRS Insight", "-");
        assert_eq!(in_list(&["ap-2025", "p. 4", "crs-1"]).as_deref(), Some("ap-2025, p. 4; crs-1"));
        assert_eq!(in_list(&["CRS", "p. 4"]), None);
    }

    #[test]
    fn brackets_without_the_mark_may_name_sources() {
        let check = |inner: &str, expected: Option<&[&str]>| {
            let ids = without_mark(inner);
            let ids = ids.as_ref().map(|ids| ids.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(ids.as_deref(), expected, "{inner}");
        };
        check("ap-2025-12-15, p. 2", Some(&["ap-2025-12-15"]));
        check("ap-2025-12-15; crs-in12534", Some(&["ap-2025-12-15", "crs-in12534"]));
        check("sic", None);
        check("territory-wide", None);
        assert!(has_date("ap-2025-12-15") && !has_date("pre-2022") && !has_date("art-2014"));
        assert!(is_dated("crs-in12534") && !is_dated("table-2") && !is_dated("2025-03"));
    }
}
