//! Quantities as people write them, read only to offer the right form.
//!
//! In: a text that is no quantity. Out: the one quantity that can be meant, if one is sure.

use super::{DASHES, Scale, split_number, strict, strip_words};
use crate::model::names::one_line;

/// Signs and words that mean one of the qualifiers; `>=` stands before `>`.
const SYNONYMS: [(&str, &[&str]); 6] = [
    ("at least", &[">=", "≥", "no fewer than", "no less than"]),
    ("at most", &["<=", "≤", "up to", "no more than", "not more than"]),
    ("over", &[">", "more than", "above"]),
    ("under", &["<", "less than", "fewer than", "below"]),
    ("nearly", &["almost"]),
    ("about", &["~", "≈", "approximately", "approx.", "around", "roughly", "circa", "ca.", "some"]),
];

/// Short and plural forms that can mean only one scale. `m` may be metres.
const SHORT: [(Scale, &[&str]); 4] = [
    (Scale::Thousand, &["k", "thousands"]),
    (Scale::Million, &["mn", "mln", "mio", "millions"]),
    (Scale::Billion, &["bn", "bln", "billions"]),
    (Scale::Trillion, &["tn", "trn", "trln", "trillions"]),
];

/// The one quantity that can be meant.
pub(super) fn meant(text: &str) -> Option<String> {
    let text = one_line(text);
    let (qualifier, rest) = qualifier(&text);
    let fixed = format!("{qualifier}{}", numbers(rest)?);
    // Printed, so that the fix is as an editor would write it.
    let quantity = strict(&fixed).ok()?;
    Some(quantity.to_string())
}

fn qualifier(text: &str) -> (String, &str) {
    let is_sign = |word: &str| !word.starts_with(|c: char| c.is_alphabetic());
    let mut synonyms =
        SYNONYMS.iter().flat_map(|(qualifier, words)| words.iter().map(move |word| (qualifier, word)));
    synonyms
        .find_map(|(qualifier, word)| {
            let rest = match is_sign(word) {
                true => text.strip_prefix(word)?.trim_start(),
                false => strip_words(text, word)?,
            };
            Some((format!("{qualifier} "), rest))
        })
        .unwrap_or_else(|| {
            let (qualifier, rest) = super::split_qualifier(text);
            let words = qualifier.map(|qualifier| format!("{} ", qualifier.word()));
            (words.unwrap_or_default(), rest)
        })
}

/// The numbers, scale and unit in the right form.
fn numbers(text: &str) -> Option<String> {
    let (low, rest) = number(text)?;
    // Million or metres: only the writer knows.
    if rest.strip_prefix('m').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
        return None;
    }
    let (first_scale, after_scale) = scale_or_percent(rest);
    let Some(tail) = after_separator(after_scale) else {
        return Some(format!("{low}{}", with_space(first_scale, after_scale)));
    };
    let (high, rest) = number(tail)?;
    let (scale, rest) = scale_or_percent(rest);
    // `900 thousand–1.1 million` cannot be put in one scale for sure.
    if !first_scale.is_empty() && first_scale != scale {
        return None;
    }
    Some(format!("{low}–{high}{}", with_space(scale, rest)))
}

fn with_space(scale: &str, unit: &str) -> String {
    let space = if scale == "%" { "" } else { " " };
    format!("{space}{scale} {}", unit.trim_start()).trim_end().to_owned()
}

/// The digits at the start: `1 200 000` as `1,200,000`, `.5` as `0.5`.
fn number(text: &str) -> Option<(String, &str)> {
    let (first, mut rest) = split_number(text);
    let mut digits = first.trim_end_matches(['.', ',']).to_owned();
    if digits.starts_with('.') {
        digits.insert(0, '0');
    }
    while let Some(group) = rest.strip_prefix(' ').and_then(|tail| tail.get(..3)) {
        let tail = &rest[4..];
        let is_group = group.bytes().all(|byte| byte.is_ascii_digit())
            && !tail.starts_with(|c: char| c.is_ascii_digit());
        if !is_group || digits.contains('.') || digits.split(',').any(|part| part.len() > 3) {
            break;
        }
        digits = format!("{digits},{group}");
        rest = tail;
    }
    (!digits.is_empty()).then_some((digits, rest))
}

/// `million`, `bn` or `%` at the start, as the word to write.
fn scale_or_percent(text: &str) -> (&'static str, &str) {
    let trimmed = text.trim_start();
    if let Some(rest) = trimmed.strip_prefix('%') {
        return ("%", rest);
    }
    let full = Scale::WORDS.iter().find_map(|scale| {
        let rest = strip_prefix_ignoring_case(trimmed, scale.word())?;
        is_word_end(rest).then_some((scale.word(), rest))
    });
    full.or_else(|| short_scale(trimmed).map(|(scale, rest)| (scale.word(), rest))).unwrap_or(("", text))
}

/// A short or plural form of a scale at the start.
pub(super) fn short_scale(text: &str) -> Option<(Scale, &str)> {
    let text = text.trim_start();
    let mut words = SHORT.iter().flat_map(|(scale, words)| words.iter().map(move |word| (*scale, word)));
    words.find_map(|(scale, word)| {
        let rest = strip_prefix_ignoring_case(text, word)?;
        is_word_end(rest).then_some((scale, rest))
    })
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(rest)
}

fn is_word_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ') || rest.starts_with(DASHES)
}

/// What stands behind `to`, `or` or a dash, if it is a number.
fn after_separator(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let tail = ["to", "or"].iter().find_map(|word| strip_words(text, word));
    tail.or_else(|| text.strip_prefix(DASHES))
        .map(str::trim_start)
        .filter(|tail| tail.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a second number follows where the scale and unit should.
pub(super) fn has_second_number(rest: &str) -> bool {
    after_separator(scale_or_percent(rest).1).is_some()
}
