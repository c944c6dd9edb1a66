//! Amounts as contributors write them. In: the text of a quantity, such as
//! `about 10–12 million people`. Out: its parts with the number's own text
//! kept, its value for sorting and charts, and exact sums.

use crate::model::names::one_line;
use std::fmt;
use std::ops::Range;

use crate::model::value_error::ValueError;

mod slip;

const EXPECTED: &str = "a quantity such as 175, about 20%, over 1 million people or 10–12 million";

/// So many digits a number may have: an `f64` tells them all apart.
const MAX_DIGITS: usize = 15;

/// What stands between the ends of a range.
const DASHES: [char; 5] = ['-', '–', '—', '‑', '−'];

/// How a number is meant (content-model.md, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// `about`.
    About,
    /// `over`.
    Over,
    /// `under`.
    Under,
    /// `at least`.
    AtLeast,
    /// `at most`.
    AtMost,
    /// `nearly`.
    Nearly,
}

impl Qualifier {
    /// What is certain of a sum, some of whose parts are qualified: `over 1`
    /// and `at least 2` are over 3, `over 1` and `under 2` are about 3.
    fn of_sum(parts: impl Iterator<Item = Qualifier>) -> Option<Qualifier> {
        use Qualifier::{About, AtLeast, AtMost, Over, Under};
        parts.reduce(|a, b| match (a, b) {
            (a, b) if a == b && a != Qualifier::Nearly => a,
            (Over | AtLeast, Over | AtLeast) => Over,
            (Under | AtMost, Under | AtMost) => Under,
            _ => About,
        })
    }

    /// A sum to the next full step, such that what is said of it stays true: a bound is never moved past the sum.
    fn rounded(self, sum: i128, step: i128) -> Option<i128> {
        let up = match self {
            Qualifier::Over | Qualifier::AtLeast => 0,
            Qualifier::Under | Qualifier::AtMost => step - 1,
            Qualifier::About | Qualifier::Nearly => step / 2,
        };
        Some(sum.checked_add(up)? / step * step)
    }

    const ALL: [Qualifier; 6] = [
        Qualifier::About,
        Qualifier::Over,
        Qualifier::Under,
        Qualifier::AtLeast,
        Qualifier::AtMost,
        Qualifier::Nearly,
    ];

    /// The word or words as they are written.
    pub fn word(self) -> &'static str {
        match self {
            Qualifier::About => "about",
            Qualifier::Over => "over",
            Qualifier::Under => "under",
            Qualifier::AtLeast => "at least",
            Qualifier::AtMost => "at most",
            Qualifier::Nearly => "nearly",
        }
    }
}

/// The word behind a number that multiplies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Without a word.
    One,
    /// `thousand`.
    Thousand,
    /// `million`.
    Million,
    /// `billion`, a thousand million.
    Billion,
    /// `trillion`, a million million.
    Trillion,
}

impl Scale {
    const WORDS: [Scale; 4] = [Scale::Thousand, Scale::Million, Scale::Billion, Scale::Trillion];

    /// The word as it is written; empty for `One`.
    pub fn word(self) -> &'static str {
        match self {
            Scale::One => "",
            Scale::Thousand => "thousand",
            Scale::Million => "million",
            Scale::Billion => "billion",
            Scale::Trillion => "trillion",
        }
    }

    fn exponent(self) -> i32 {
        match self {
            Scale::One => 0,
            Scale::Thousand => 3,
            Scale::Million => 6,
            Scale::Billion => 9,
            Scale::Trillion => 12,
        }
    }
}

/// A number that keeps its text: `1.50` stays `1.50`, and is not `1.5`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    text: String,
    digits: i64,
    decimals: i32,
}

impl Number {
    /// What a number looks like.
    pub const EXPECTED: &str = "a number such as 175, 1.50 or 1,200";

    /// Reads `175`, `1.50`, `1,200` or, with a minus sign, `-3`.
    pub fn parse(text: &str) -> Result<Number, ValueError> {
        let text = text.trim();
        let (sign, unsigned) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let number = Number::unsigned(unsigned).map_err(|error| ValueError::new(error, Number::EXPECTED))?;
        Ok(Number { text: text.replace('−', "-"), digits: sign * number.digits, ..number })
    }

    /// Digits, with commas between thousands and one point at most.
    fn unsigned(text: &str) -> Result<Number, String> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let groups: Vec<&str> = whole.split(',').collect();
        let is_wrong_group = |(index, group): (usize, &&str)| match index {
            0 => groups.len() > 1 && !(1..=3).contains(&group.len()),
            _ => group.len() != 3,
        };
        if !text.chars().all(|c| c.is_ascii_digit() || ".,".contains(c)) || digits.is_empty() {
            return Err(format!("`{text}` is not a number"));
        } else if fraction.contains('.') {
            return Err(format!("`{text}` has more than one decimal point"));
        } else if fraction.contains(',') || groups.iter().enumerate().any(is_wrong_group) {
            return Err(format!("`{text}` has a comma that does not part thousands"));
        } else if whole.is_empty() || text.ends_with('.') {
            return Err(format!("`{text}` lacks a digit beside its decimal point"));
        } else if digits.len() > MAX_DIGITS {
            return Err(format!("`{text}` has more than {MAX_DIGITS} digits"));
        }
        Ok(Number {
            text: text.to_owned(),
            // Fifteen digits always fit.
            digits: digits.parse().unwrap_or(i64::MAX),
            decimals: i32::try_from(fraction.len()).unwrap_or(i32::MAX),
        })
    }

    /// The number as it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number for sorting and charts.
    pub fn value(&self) -> f64 {
        self.scaled(Scale::One)
    }

    /// Right to the last bit: both factors are exact, so it rounds once.
    fn scaled(&self, scale: Scale) -> f64 {
        let power = scale.exponent() - self.decimals;
        let digits = self.digits as f64;
        if power < 0 { digits / 10f64.powi(-power) } else { digits * 10f64.powi(power) }
    }

    /// The number as a count of the units of `10^power`.
    fn count_of(&self, power: i32, scale: Scale) -> Option<i128> {
        let zeros = u32::try_from(scale.exponent() - self.decimals - power).ok()?;
        i128::from(self.digits).checked_mul(10i128.checked_pow(zeros)?)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A number or a range of numbers with its qualifier, scale and unit
/// (content-model.md, section 3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// `about` and the like.
    pub qualifier: Option<Qualifier>,
    /// The number, or the lower end of a range.
    pub low: Number,
    /// The upper end of a range.
    pub high: Option<Number>,
    /// The word that multiplies the numbers.
    pub scale: Scale,
    /// What is counted: free text, `%`, or empty.
    pub unit: String,
}

impl Quantity {
    /// Reads `175`, `about 20%`, `over 1 million people`, `10–12 million`.
    pub fn parse(text: &str) -> Result<Quantity, ValueError> {
        strict(text.trim()).map_err(|Fault { message, at }| {
            let start = text.len() - text.trim_start().len();
            ValueError {
                message,
                expected: EXPECTED,
                at: at.map(|at| start + at.start..start + at.end),
                fix: slip::meant(text),
            }
        })
    }

    /// The number, or the lower end of the range, in units.
    pub fn low_value(&self) -> f64 {
        self.low.scaled(self.scale)
    }

    /// The upper end of the range in units; without a range the number.
    pub fn high_value(&self) -> f64 {
        self.high.as_ref().unwrap_or(&self.low).scaled(self.scale)
    }

    /// The sum of quantities of one unit, in whole numbers and not in
    /// floating point. None if there are none, if their units differ, or if
    /// the sum is beyond all measure.
    ///
    /// Ranges add up to a range. Bounds of one direction bound the sum; any
    /// other qualified part makes the whole `about`. The sum is told in the
    /// largest scale of a part that needs no more than three decimals, and
    /// fewer than a million of its units; else in full. A qualified one is
    /// not told in full: to three decimals of the largest scale of a part.
    pub fn sum(parts: &[&Quantity]) -> Option<Quantity> {
        let first = parts.first()?;
        if parts.iter().any(|part| part.unit != first.unit) {
            return None;
        }
        let ends = || parts.iter().flat_map(|part| part.ends().map(|end| (end, part.scale)));
        let power = ends().map(|(end, scale)| scale.exponent() - end.decimals).min()?.min(0);
        let total = |high: bool| {
            parts.iter().try_fold(0i128, |sum, part| {
                let end = part.high.as_ref().filter(|_| high).unwrap_or(&part.low);
                sum.checked_add(end.count_of(power, part.scale)?)
            })
        };
        let (low, high) = (total(false)?, total(true)?);
        let mut scale = told_scale([low, high], power, parts.iter().map(|part| part.scale));
        let of_sum = Qualifier::of_sum(parts.iter().filter_map(|part| part.qualifier));
        // A bound of one part says nothing of both ends of a range.
        let mut qualifier = of_sum.map(|of_sum| if high == low { of_sum } else { Qualifier::About });
        let (mut low, mut high) = (low, high);
        let one = |scale: Scale| 10i128.checked_pow(u32::try_from(scale.exponent() - power).ok()?);
        let reached = |scale: &Scale| one(*scale).is_some_and(|one| one <= low);
        let largest = parts.iter().map(|part| part.scale).filter(reached).max().unwrap_or(scale);
        if let Some(meant) = qualifier.filter(|_| scale < largest) {
            scale = largest;
            let step = one(scale)? / 1000;
            (low, high) = (meant.rounded(low, step)?, meant.rounded(high, step)?);
            qualifier = Some(if meant == Qualifier::Nearly { Qualifier::About } else { meant });
        }
        Some(Quantity {
            qualifier,
            low: exact(low, scale.exponent() - power)?,
            high: match high == low {
                true => None,
                false => Some(exact(high, scale.exponent() - power)?),
            },
            scale,
            unit: first.unit.clone(),
        })
    }

    fn ends(&self) -> impl Iterator<Item = &Number> {
        std::iter::once(&self.low).chain(&self.high)
    }

    /// Numbers, scale and unit without the qualifier: "10–12 million people".
    pub fn unqualified(&self) -> String {
        let mut text = self.low.text.clone();
        if let Some(high) = &self.high {
            text = format!("{text}–{high}");
        }
        for word in [self.scale.word(), &self.unit] {
            let attached = self.scale == Scale::One && word.starts_with(['%', '‰', '°']);
            if !word.is_empty() && !attached {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }
}

/// As an editor would print it: "about 20%", "10–12 million people".
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(qualifier) = self.qualifier {
            write!(f, "{} ", qualifier.word())?;
        }
        f.write_str(&self.unqualified())
    }
}

/// The largest of the scales in which both sums, counted in units of
/// `10^power`, need at most three decimals.
fn told_scale(sums: [i128; 2], power: i32, scales: impl Iterator<Item = Scale>) -> Scale {
    let ten_to = |zeros: i32| 10i128.checked_pow(u32::try_from(zeros).unwrap_or(0));
    let is_short = |scale: &Scale| {
        let divisor = ten_to(scale.exponent() - 3 - power);
        divisor.is_some_and(|divisor| sums.iter().all(|sum| sum % divisor == 0))
            && ten_to(scale.exponent() + 6 - power)
                .is_none_or(|million| sums.iter().all(|sum| *sum < million))
    };
    scales.filter(is_short).max().unwrap_or(Scale::One)
}

/// The number `count / 10^decimals`, with commas and without zeros at its end.
fn exact(count: i128, decimals: i32) -> Option<Number> {
    let decimals = usize::try_from(decimals).ok()?;
    let digits = format!("{count:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let grouped: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    let text = match fraction.trim_end_matches('0') {
        "" => grouped.join(","),
        fraction => format!("{}.{fraction}", grouped.join(",")),
    };
    Number::unsigned(&text).ok()
}

/// Why a text is no quantity; the place is within the trimmed text.
struct Fault {
    message: String,
    at: Option<Range<usize>>,
}

fn fault<T>(message: impl Into<String>, at: Option<Range<usize>>) -> Result<T, Fault> {
    let message = message.into();
    Err(Fault { message, at })
}

/// Reads a text without white space at its ends. Every `rest` is an end of it,
/// so places follow from lengths.
fn strict(text: &str) -> Result<Quantity, Fault> {
    let place = |rest: &str, len: usize| {
        let start = text.len() - rest.len();
        Some(start..start + len)
    };
    let (qualifier, rest) = split_qualifier(text);
    let (low, after_low) = split_number(rest);
    if low.is_empty() {
        return fault(no_number(text, rest), None);
    }
    let number = |digits: &str, rest| {
        Number::unsigned(digits).or_else(|message| fault(message, place(rest, digits.len())))
    };
    let (low_number, mut high, mut rest) = (number(low, rest)?, None, after_low);
    if let Some(after_dash) = rest.trim_start().strip_prefix(DASHES) {
        let after_dash = after_dash.trim_start();
        let (digits, after_high) = split_number(after_dash);
        if digits.is_empty() {
            return fault("behind the dash a number is missing", place(rest, rest.len()));
        }
        (high, rest) = (Some(number(digits, after_dash)?), after_high);
    }
    if let Some(high) = high.as_ref().filter(|high| high.value() < low_number.value()) {
        return fault(format!("the range runs backwards, from {low_number} to {high}"), None);
    }
    let (scale, unit) = split_scale(rest);
    if let Some(message) = unit_fault(rest, scale, unit) {
        return fault(message, place(rest, rest.len()));
    }
    Ok(Quantity { qualifier, low: low_number, high, scale, unit: one_line(unit).into_owned() })
}

/// `about`, `at least` and the like, and what stands behind.
pub(super) fn split_qualifier(text: &str) -> (Option<Qualifier>, &str) {
    // Most begin with a digit.
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, text);
    }
    Qualifier::ALL
        .into_iter()
        .find_map(|qualifier| Some((Some(qualifier), strip_words(text, qualifier.word())?)))
        .unwrap_or((None, text))
}

/// What stands behind these words and their white space.
fn strip_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    words.split(' ').try_fold(text, |rest, word| {
        let (head, tail) = rest.split_at_checked(word.len())?;
        let behind = tail.trim_start();
        let ends = tail.is_empty() || behind.len() < tail.len();
        (head.eq_ignore_ascii_case(word) && ends).then_some(behind)
    })
}

fn split_number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    text.split_at(end.unwrap_or(text.len()))
}

/// The scale at the start of what stands behind a number, and the unit.
fn split_scale(rest: &str) -> (Scale, &str) {
    let rest = rest.trim_start();
    Scale::WORDS
        .into_iter()
        .find_map(|scale| Some((scale, strip_words(rest, scale.word())?)))
        .unwrap_or((Scale::One, rest))
}

fn no_number(text: &str, rest: &str) -> String {
    if text.is_empty() {
        "the quantity is empty".into()
    } else if let Some(sign) = rest.chars().find(|c| "~≈<>≤≥".contains(*c)) {
        format!("`{sign}` is written as a word: about, over, under, at least, at most, nearly")
    } else if rest.starts_with(DASHES) {
        "a quantity is not less than nothing".into()
    } else if rest.contains(|c: char| c.is_ascii_digit()) {
        format!("the number does not come first in `{rest}`")
    } else {
        format!("`{text}` has no number")
    }
}

/// What is wrong with the text behind the numbers.
fn unit_fault(rest: &str, scale: Scale, unit: &str) -> Option<String> {
    let glued = !rest.starts_with(char::is_whitespace);
    let first = rest.trim_start().chars().next()?;
    if slip::short_scale(rest).is_some_and(|(_, tail)| tail.is_empty() || !glued) {
        let word = rest.split_whitespace().next().unwrap_or_default();
        return Some(format!("`{word}` is not a full word: write thousand, million, billion or trillion"));
    }
    if slip::has_second_number(rest) {
        return Some("a range is written with a dash, and its scale or `%` only once".into());
    }
    if first.is_numeric() {
        return Some("two numbers stand side by side".into());
    }
    if glued && first.is_alphabetic() {
        return Some(format!("between the number and `{rest}` a space is missing"));
    }
    let starts_unit = |c: char| c.is_alphabetic() || "%‰°(".contains(c);
    match unit.chars().next() {
        Some(c) if !starts_unit(c) => Some(format!("`{unit}` is not a unit")),
        Some('%') if scale != Scale::One => Some("a share has no thousands or millions".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    /// Printed form, lower and upper value.
    fn check(input: &str, expected: &str) {
        let found = quantity(input);
        let values = (found.low_value(), found.high_value());
        assert_eq!(format!("{found} | {} {}", values.0, values.1), expected);
        assert_eq!(quantity(&found.to_string()), found);
    }

    /// The message and, behind an arrow, the fix.
    fn check_error(input: &str, expected: &str) {
        let error = Quantity::parse(input).unwrap_err();
        let fix = error.fix.map_or(String::new(), |fix| format!(" → {fix}"));
        assert_eq!(format!("{}{fix}", error.message), expected, "{input}");
    }

    fn check_fix(input: &str, expected: Option<&str>) {
        let error = Quantity::parse(input).unwrap_err();
        assert_eq!(error.fix.as_deref(), expected, "{input}");
    }

    #[test]
    fn quantities() {
        check("175", "175 | 175 175");
        check("about 20%", "about 20% | 20 20");
        check("About 20 %", "about 20% | 20 20");
        check("over 1 million people", "over 1 million people | 1000000 1000000");
        check("10–12 million", "10–12 million | 10000000 12000000");
        check("10-12 million", "10–12 million | 10000000 12000000");
        check("10 – 12", "10–12 | 10 12");
        check("1.50", "1.50 | 1.5 1.5");
        check("1,200", "1,200 | 1200 1200");
        check("about 280 billion", "about 280 billion | 280000000000 280000000000");
        check("at  least 3 prisoners of  war", "at least 3 prisoners of war | 3 3");
        check("nearly 20% of Ukraine", "nearly 20% of Ukraine | 20 20");
        check("5 km²", "5 km² | 5 5");
        check("12 people aged 18–60", "12 people aged 18–60 | 12 12");
        check("5 millionaires", "5 millionaires | 5 5");
        check("0.1 trillion", "0.1 trillion | 100000000000 100000000000");
    }

    #[test]
    fn the_parts_can_be_read() {
        let found = quantity("at most 1.50–2 thousand tonnes");
        assert_eq!(found.qualifier, Some(Qualifier::AtMost));
        assert_eq!(found.low.text(), "1.50");
        assert_eq!(found.high.map(|high| high.to_string()).as_deref(), Some("2"));
        assert_eq!((found.scale, found.unit.as_str()), (Scale::Thousand, "tonnes"));
    }

    #[test]
    fn errors_are_explained() {
        check_error("", "the quantity is empty");
        check_error(
            "~20%",
            "`~` is written as a word: about, over, under, at least, at most, nearly → about 20%",
        );
        check_error("many", "`many` has no number");
        check_error(
            "some 300 people",
            "the number does not come first in `some 300 people` → about 300 people",
        );
        check_error("1.000.000", "`1.000.000` has more than one decimal point");
        check_error("1,20", "`1,20` has a comma that does not part thousands");
        check_error("12–10 million", "the range runs backwards, from 12 to 10");
        check_error("10–", "behind the dash a number is missing");
        check_error("-5", "a quantity is not less than nothing");
        check_error("1 200", "two numbers stand side by side → 1,200");
        check_error("175people", "between the number and `people` a space is missing → 175 people");
        check_error("10 to 12", "a range is written with a dash, and its scale or `%` only once → 10–12");
        check_error(
            "5 bn",
            "`bn` is not a full word: write thousand, million, billion or trillion → 5 billion",
        );
        check_error("5 €", "`€` is not a unit");
        check_error("1234567890123456", "`1234567890123456` has more than 15 digits");
    }

    #[test]
    fn a_fix_is_offered_only_if_it_is_sure() {
        for (input, expected) in [
            (">1 million", "over 1 million"),
            (">= 5", "at least 5"),
            ("more than 1 million people", "over 1 million people"),
            ("up to 3", "at most 3"),
            ("10 million to 12 million people", "10–12 million people"),
            ("20%-30%", "20–30%"),
            ("5bn", "5 billion"),
            ("3 millions", "3 million"),
            ("1 200 000 people", "1,200,000 people"),
            (".5%", "0.5%"),
            ("5.", "5"),
        ] {
            check_fix(input, Some(expected));
        }
        for input in
            ["1m", "10m people", "900 thousand–1.1 million", "1,5", "1.000.000", "12–10", "a lot", "10 20"]
        {
            check_fix(input, None);
        }
    }

    #[test]
    fn an_error_points_at_the_wrong_part() {
        let at = |text: &str| Quantity::parse(text).unwrap_err().at;
        assert_eq!(at(" about 1,20 people"), Some(7..11));
        assert_eq!(at("5 €"), Some(1..5));
        assert_eq!(at("many"), None);
    }

    #[test]
    fn a_number_may_be_negative() {
        let number = |text: &str| Number::parse(text).map(|number| (number.value(), number.text));
        assert_eq!(number("-1.50"), Ok((-1.5, "-1.50".into())));
        assert_eq!(number("−3"), Ok((-3.0, "-3".into())));
        assert!(number("--3").is_err() && number("").is_err() && number("1e3").is_err());
    }

    #[test]
    fn sums_are_exact() {
        let sum = |parts: &[&str]| {
            let parts: Vec<Quantity> = parts.iter().map(|part| quantity(part)).collect();
            let sum = Quantity::sum(&parts.iter().collect::<Vec<_>>());
            sum.map(|sum| sum.to_string())
        };
        let check = |parts: &[&str], expected: &str| assert_eq!(sum(parts).as_deref(), Some(expected));
        check(&["0.1", "0.2"], "0.3");
        check(&["1.50 billion", "1.50 billion"], "3 billion");
        check(&["61 billion", "500 million"], "61.5 billion");
        check(&["61 billion", "1"], "61,000,000,001");
        check(&["750 million", "750 million"], "1,500 million");
        check(&["4–5 billion", "about 1 billion"], "about 5–6 billion");
        check(&["1.5 thousand", "1,500", "nearly 2 trillion"], "about 2 trillion");
        check(&["1.5 thousand", "1,500", "2 trillion"], "2,000,000,003,000");
        check(&["over 61 billion", "1,999,999"], "over 61.001 billion");
        check(&["at most 61 billion", "1"], "at most 61.001 billion");
        check(&["about 61 billion", "1,600,000"], "about 61.002 billion");
        check(&["about 0.0001 billion", "5"], "about 100,005");
        check(&["1–2 billion", "about 3"], "about 1–2 billion");
        check(&["1.2 billion", "500.25 million"], "1,700.25 million");
        check(&["900 people", "over 300 people"], "over 1,200 people");
        check(&["over 1", "at least 2"], "over 3");
        check(&["at most 1", "at most 2"], "at most 3");
        check(&["over 1", "under 2"], "about 3");
        check(&["nearly 1", "nearly 2"], "about 3");
        check(&["0", "0"], "0");
        assert_eq!(sum(&["3 people", "3%"]), None);
        assert_eq!(sum(&[]), None);
        assert_eq!(sum(&["999999999999999 trillion", "0.00000000000001"]), None);
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader(text in "\\PC*|(about |~|> )?[0-9., ]{0,9}( to |–|-|%)?[0-9]{0,3} ?(k|bn|million|%|µ| é)*[a-z%–]{0,3}") {
            match Quantity::parse(&text) {
                Ok(found) => prop_assert_eq!(Quantity::parse(&found.to_string()), Ok(found)),
                Err(error) => {
                    prop_assert!(error.at.is_none_or(|at| text.get(at).is_some()));
                    prop_assert!(error.fix.is_none_or(|fix| Quantity::parse(&fix).is_ok()));
                }
            }
        }
    }
}
