//! Dates as people write them, read only to offer the right form.
//!
//! In: a text that is no date. Out: the one date that can be meant, if one is sure.

use super::{MONTHS, is_digits, point, strict};
use crate::model::names::one_line;

/// The one date that can be meant by a text that is not written as one.
pub(super) fn meant(text: &str) -> Option<String> {
    let text = one_line(text);
    with_word(&text).or_else(|| one(&text)).or_else(|| range(&text)).filter(|fixed| strict(fixed).is_ok())
}

/// `since 2025-03-11`, `by 26 March 2025`, `about 2014`.
fn with_word(text: &str) -> Option<String> {
    let (word, rest) = text.split_once(' ')?;
    let date = one(rest)?;
    match word.to_lowercase().as_str() {
        "since" | "from" => Some(format!("{date}/..")),
        "by" => Some(format!("../{date}")),
        "about" | "around" | "approximately" | "circa" | "ca." | "c." => Some(format!("{date}~")),
        _ => None,
    }
}

/// One date without a range: as it is if it is right, else as it is meant.
fn one(text: &str) -> Option<String> {
    if point(text).is_ok() {
        return Some(text.to_owned());
    }
    let body = text.trim_matches(['?', '~', '%', ' ']);
    let inferred = if text.contains(['?', '%']) { "?" } else { "" };
    let about = if text.contains(['~', '%']) { "~" } else { "" };
    let date = in_digits(body)
        .or_else(|| in_words(body))
        .or_else(|| with_time(body))
        .unwrap_or_else(|| body.to_owned());
    Some(format!("{date}{inferred}{about}")).filter(|fixed| point(fixed).is_ok())
}

/// `2025-3-1`, `2025/03/11`, `20250311`, `18.3.2025`; but not
/// `03/11/2025`, which is one day in Europe and another in America.
fn in_digits(text: &str) -> Option<String> {
    let separator = text.chars().find(|c| !c.is_ascii_digit()).unwrap_or('-');
    let parts: Vec<&str> = text.split(separator).collect();
    if !"-./–‑−".contains(separator) || !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    match parts[..] {
        [all] if all.len() == 8 => Some(format!("{}-{}-{}", &all[..4], &all[4..6], &all[6..])),
        // `2010–12` and `2010/12` may be ranges of years.
        [year, month] if year.len() == 4 => {
            ['-', '.'].contains(&separator).then(|| format!("{year}-{month:0>2}"))
        }
        [year, month, day] if year.len() == 4 => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        [month, year] if year.len() == 4 => Some(format!("{year}-{month:0>2}")),
        [a, b, year] if year.len() == 4 => {
            let (month, day) = month_and_day(a.parse().ok()?, b.parse().ok()?)?;
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// Which of two numbers is the month, if only one of them can be.
fn month_and_day(a: u8, b: u8) -> Option<(u8, u8)> {
    match (a <= 12, b <= 12) {
        (true, false) => Some((a, b)),
        (false, true) => Some((b, a)),
        (true, true) if a == b => Some((a, b)),
        _ => None,
    }
}

/// `18 March 2025`, `Tuesday, March 18th, 2025`, `Sept. 2025`.
fn in_words(text: &str) -> Option<String> {
    let (mut named, mut year, mut day) = (None, None, None);
    for word in text.split([' ', ',', '.']) {
        let number = number(word);
        if is_filler(word) {
            continue;
        }
        let twice = match number {
            Some(number) if number.len() == 4 => year.replace(number).is_some(),
            Some(number) => day.replace(number).is_some(),
            None => named.replace(month(word)?).is_some(),
        };
        if twice {
            return None;
        }
    }
    let (month, year) = (named?, year?);
    Some(match day {
        Some(day) => format!("{year}-{month:02}-{day:0>2}"),
        None => format!("{year}-{month:02}"),
    })
}

/// The digits of `18` or `18th`.
fn number(word: &str) -> Option<&str> {
    let ends = ["st", "nd", "rd", "th"];
    let digits = ends.iter().find_map(|end| word.strip_suffix(end));
    digits.or(Some(word)).filter(|digits| is_digits(digits))
}

fn is_filler(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(word.as_str(), "" | "of" | "the") || word.len() > 5 && word.ends_with("day")
}

/// The number of a month's English name, or of its first three letters.
pub(super) fn month(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let same = |name: &str| {
        let name = name.to_lowercase();
        name == word || name[..3] == word || (word == "sept" && name == "september")
    };
    MONTHS.iter().position(|name| same(name)).map(|at| at + 1)
}

/// `2025-03-11T10:00`, `2025-03-11 10:00`.
fn with_time(text: &str) -> Option<String> {
    let (date, time) = text.split_once(['T', ' '])?;
    let is_time = time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit());
    is_time.then(|| date.to_owned())
}

/// `2025-3-11/2025-3-15`, `2014–2022`, `October to December 2021`,
/// `14–15 December 2025`, `2025-03-11 to today`.
fn range(text: &str) -> Option<String> {
    let separators = ["/", " to ", " until ", " – ", " - ", "–", "—", "-"];
    separators.iter().find_map(|separator| {
        let (from, to) = text.split_once(separator)?;
        let (from, to) = (from.trim(), to.trim());
        let from = from.strip_prefix("from ").unwrap_or(from);
        match (from, to.to_lowercase().as_str()) {
            ("..", _) => Some(format!("../{}", one(to)?)),
            (_, ".." | "present" | "now" | "today") => Some(format!("{}/..", one(from)?)),
            // Between slashes a number alone may be a month or a day.
            _ if *separator == "/" => Some(format!("{}/{}", one(from)?, one(to)?)),
            _ => Some(format!("{}/{}", first_of(from, to)?, one(to)?)),
        }
    })
}

/// The first date of a range, which may leave its month and its year to
/// the last one.
fn first_of(from: &str, to: &str) -> Option<String> {
    let (_, year) = to.rsplit_once(' ').unwrap_or(("", ""));
    let (_, month_and_year) = to.split_once(' ').unwrap_or(("", ""));
    one(from)
        .or_else(|| in_words(&format!("{from} {year}")))
        .or_else(|| in_words(&format!("{from} {month_and_year}")))
}
