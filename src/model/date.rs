//! Dates as contributors write them. In: the text of a date, such as
//! `2025-12-14?/2025-12-15?`. Out: a span of days with its marks, or what is
//! wrong with the text and, where one is sure, how it should read.

use std::fmt;
use std::ops::Range;

pub use crate::model::day::Day;
use crate::model::value_error::ValueError;

mod slip;

const EXPECTED: &str = "a date such as 2025-03-11, 2025-03 or 2014";
const EXPECTED_RANGE: &str = "a range such as 2025-03-11/2025-03-15, 2025-03-11/.. or ../2025-03-26";
const EXPECTED_DAY: &str = "a day such as 2025-03-11";

/// The years that can be written: four digits, and near enough that a slip in
/// the first digit is noticed.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

/// The English months, for messages, for reading slips and for printing.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Days are read as dates are, so that they explain the same slips.
impl Day {
    /// Reads a day such as `2025-03-11`, without marks (for `today`).
    pub fn parse(text: &str) -> Result<Day, ValueError> {
        let date = Date::parse(text).map_err(|DateError { error, .. }| ValueError {
            expected: EXPECTED_DAY,
            // A sure date need not be a sure day.
            fix: error.fix.filter(|fix| Day::parse(fix).is_ok()),
            ..error
        })?;
        match date.0 {
            Shape::Point(point) if point.is_bare_day() => Ok(point.first),
            _ => {
                let message = format!("`{}` does not name one day", text.trim());
                Err(ValueError::new(message, EXPECTED_DAY))
            }
        }
    }
}

/// How exactly a point in time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Precision {
    Year,
    Month,
    Day,
}

/// A year, a month or a day, with its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Point {
    pub(super) first: Day,
    pub(super) precision: Precision,
    pub(super) inferred: bool,
    pub(super) about: bool,
}

impl Point {
    pub(super) fn day(first: Day) -> Point {
        Point { first, precision: Precision::Day, inferred: false, about: false }
    }

    fn is_bare_day(self) -> bool {
        self == Point::day(self.first)
    }

    fn last(self) -> Day {
        match self.precision {
            Precision::Year => self.first.last_of_year(),
            Precision::Month => self.first.last_of_month(),
            Precision::Day => self.first,
        }
    }

    /// The point without its marks, as in `<time datetime>`.
    pub(super) fn bare(self) -> String {
        let mut text = String::with_capacity(10);
        self.put(&mut text);
        text
    }

    /// Adds the point without its marks to a text.
    pub(super) fn put(self, text: &mut String) {
        self.first.put(text);
        let too_much = match self.precision {
            Precision::Year => "-MM-DD".len(),
            Precision::Month => "-DD".len(),
            Precision::Day => 0,
        };
        text.truncate(text.len() - too_much);
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inferred = if self.inferred { "?" } else { "" };
        let about = if self.about { "~" } else { "" };
        write!(f, "{}{inferred}{about}", self.bare())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Point(Point),
    Range(Point, Point),
    Since(Point),
    By(Point),
}

/// A date as a span of days (content-model.md, section 3; a subset of EDTF,
/// ISO 8601-2). Sixteen bytes; prints as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date(pub(super) Shape);

impl Date {
    /// Reads `2025-03-11`, `2025-03` or `2014`, each with `?` (inferred), `~`
    /// (about) or both behind it; `A/B`, `A/..` (since) and `../B` (by).
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let trimmed = text.trim();
        let start = text.len() - text.trim_start().len();
        strict(trimmed).map_err(|DateError { kind, error }| {
            let at = error.at.map(|at| start + at.start..start + at.end);
            // A range written backwards has no sure fix: a slip in a year is
            // as likely as two ends changed round.
            let fix = match kind {
                DateErrorKind::Bad => slip::meant(trimmed),
                DateErrorKind::Backwards => None,
            };
            let error = ValueError { at, fix, ..error };
            DateError { kind, error }
        })
    }

    /// The first day of the span; none for `../B`, whose start is not known.
    pub fn earliest(&self) -> Option<Day> {
        match self.0 {
            Shape::Point(point) | Shape::Range(point, _) | Shape::Since(point) => Some(point.first),
            Shape::By(_) => None,
        }
    }

    /// The last day of the span; none for `A/..`, which is still open.
    pub fn latest(&self) -> Option<Day> {
        match self.0 {
            Shape::Point(point) | Shape::Range(_, point) | Shape::By(point) => Some(point.last()),
            Shape::Since(_) => None,
        }
    }

    /// The place in the order used everywhere: earliest, then latest. `../B`
    /// sorts as B itself would, an open end as the largest day.
    pub fn sort_key(&self) -> (Day, Day) {
        let first = match self.0 {
            Shape::By(point) => point.first,
            Shape::Point(point) | Shape::Range(point, _) | Shape::Since(point) => point.first,
        };
        (first, self.latest().unwrap_or(Day::MAX))
    }

    /// Whether every day of this span lies behind the other span: the one
    /// meaning of "after", "older" and "backwards". A span without a known
    /// start is never after, and nothing is after a span without an end.
    pub fn after(&self, other: &Date) -> bool {
        self.earliest().zip(other.latest()).is_some_and(|(earliest, latest)| earliest > latest)
    }

    /// Whether either end carries `?`.
    pub fn is_inferred(&self) -> bool {
        self.any(|point| point.inferred)
    }

    fn any(&self, mark: impl Fn(Point) -> bool) -> bool {
        match self.0 {
            Shape::Range(from, to) => mark(from) || mark(to),
            Shape::Point(point) | Shape::Since(point) | Shape::By(point) => mark(point),
        }
    }

    /// The date as it is written; both marks in the order `?~`.
    pub fn text(&self) -> String {
        self.to_string()
    }

    /// The value of HTML's `<time datetime>`, which knows years, months and
    /// days but no ranges.
    pub fn datetime(&self) -> Option<String> {
        match self.0 {
            Shape::Point(point) => Some(point.bare()),
            _ => None,
        }
    }

    /// Whether it is one day, month or year, and so has a value for `<time datetime>`.
    pub fn is_point(&self) -> bool {
        matches!(self.0, Shape::Point(_))
    }

    /// Adds the value of `<time datetime>` to a text, if the date has one.
    pub fn put_datetime(&self, text: &mut String) {
        if let Shape::Point(point) = self.0 {
            point.put(text);
        }
    }
}

impl Date {
    /// The date of something that was done at one time, for programs; none for a range and for one that is about.
    pub fn exact(&self) -> Option<String> {
        self.datetime().filter(|_| !self.any(|point| point.about))
    }

    /// When something begins and ends, for programs: what is known of either and is not about. What is done by a day
    /// or at one point in time has no end of its own.
    pub fn exact_ends(&self) -> (Option<String>, Option<String>) {
        let exact = |point: Point| (!point.about).then(|| point.bare());
        match self.0 {
            Shape::Point(from) | Shape::Since(from) => (exact(from), None),
            Shape::Range(from, to) => (exact(from), exact(to)),
            Shape::By(_) => (None, None),
        }
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Date {
        Date(Shape::Point(Point::day(day)))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::Point(point) => point.fmt(f),
            Shape::Range(from, to) => write!(f, "{from}/{to}"),
            Shape::Since(from) => write!(f, "{from}/.."),
            Shape::By(to) => write!(f, "../{to}"),
        }
    }
}

/// Which finding a date gives (content-model.md, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateErrorKind {
    /// `bad-date`: the text is no date.
    Bad,
    /// `date-backwards`: the range ends before it begins.
    Backwards,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// Which finding it gives.
    pub kind: DateErrorKind,
    /// What is wrong, and where.
    pub error: ValueError,
}

impl From<DateError> for ValueError {
    fn from(error: DateError) -> ValueError {
        error.error
    }
}

impl DateError {
    fn bad(message: impl Into<String>, expected: &'static str) -> DateError {
        DateError { kind: DateErrorKind::Bad, error: ValueError::new(message, expected) }
    }

    /// The same error about these bytes.
    fn at(self, at: Range<usize>) -> DateError {
        DateError { error: self.error.at(at), ..self }
    }

    /// The same error, found in a part that stands at these bytes.
    fn within(self, whole: Range<usize>) -> DateError {
        let at = match &self.error.at {
            Some(at) => whole.start + at.start..whole.start + at.end,
            None => whole,
        };
        self.at(at)
    }
}

fn strict(text: &str) -> Result<Date, DateError> {
    let shape = match text.split_once('/') {
        None => Shape::Point(point(text)?),
        // `2025/03/11` is one date with the wrong separator, no range.
        Some((_, rest)) if rest.contains('/') => {
            return Err(DateError::bad(unread(text), EXPECTED));
        }
        Some(("..", "..")) => {
            let message = "a range needs a date at one end at least";
            return Err(DateError::bad(message, EXPECTED_RANGE));
        }
        Some(("", _) | (_, "")) => {
            let message = "one end of the range is empty: an open end is written `..`";
            return Err(DateError::bad(message, EXPECTED_RANGE));
        }
        Some(("..", to)) => Shape::By(point(to).map_err(|error| error.within(3..text.len()))?),
        Some((from, "..")) => Shape::Since(point(from).map_err(|error| error.within(0..from.len()))?),
        Some((from, to)) => range(from, to)?,
    };
    Ok(Date(shape))
}

fn range(from: &str, to: &str) -> Result<Shape, DateError> {
    let end = from.len() + 1..from.len() + 1 + to.len();
    let first = point(from).map_err(|error| error.within(0..from.len()))?;
    let last = point(to).map_err(|error| error.within(end))?;
    if first.first > last.last() {
        let message = format!("the range ends with {to}, before it begins with {from}");
        let expected = "a range whose earlier date stands first";
        return Err(DateError { kind: DateErrorKind::Backwards, error: ValueError::new(message, expected) });
    }
    Ok(Shape::Range(first, last))
}

fn point(text: &str) -> Result<Point, DateError> {
    let body = text.trim_end_matches(['?', '~']);
    let marks = &text[body.len()..];
    let [year, month, day] = fields(body).ok_or_else(|| DateError::bad(unread(text), EXPECTED))?;
    if !matches!(marks, "" | "?" | "~" | "?~" | "~?") {
        let message = "the same mark stands twice";
        return Err(DateError::bad(message, EXPECTED).at(body.len()..text.len()));
    }
    Ok(Point {
        first: calendar_day(year.unwrap_or(0), month, day)?,
        precision: match (month, day) {
            (None, _) => Precision::Year,
            (_, None) => Precision::Month,
            _ => Precision::Day,
        },
        inferred: marks.contains('?'),
        about: marks.contains('~'),
    })
}

/// Year, month and day of `2025-03-11`, `2025-03` or `2014`.
fn fields(body: &str) -> Option<[Option<i16>; 3]> {
    let mut fields = [None; 3];
    for (index, part) in body.as_bytes().split(|byte| *byte == b'-').enumerate() {
        let width = if index == 0 { 4 } else { 2 };
        if part.len() != width || !part.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = part.iter().fold(0, |number, digit| 10 * number + i16::from(digit - b'0'));
        *fields.get_mut(index)? = Some(number);
    }
    Some(fields)
}

fn calendar_day(year: i16, month: Option<i16>, day: Option<i16>) -> Result<Day, DateError> {
    if !YEARS.contains(&year) {
        let message = format!("the year {year:04} is not between 1000 and 2999");
        return Err(DateError::bad(message, EXPECTED).at(0..4));
    }
    // Two digits fit; anything else is no month and no day either.
    let [month, day] = [month, day].map(|field| u8::try_from(field.unwrap_or(1)).unwrap_or(0));
    let name = usize::from(month).checked_sub(1).and_then(|index| MONTHS.get(index));
    let (Some(name), Some(first)) = (name, Day::new(year, month, 1)) else {
        let message = format!("there is no month {month:02}: months run from 01 to 12");
        return Err(DateError::bad(message, EXPECTED).at(5..7));
    };
    Day::new(year, month, day).ok_or_else(|| {
        let message = format!("{name} {year} has {} days", first.last_of_month().day());
        DateError::bad(message, EXPECTED).at(8..10)
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The sentence for a text that has not the form of a date.
fn unread(text: &str) -> String {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    let year_first = runs.next().is_some_and(|run| run.len() == 4);
    let has_year = year_first || runs.any(|run| run.len() == 4);
    let named = |word| slip::month(word).is_some();
    if text.is_empty() {
        "the date is empty".into()
    } else if text.contains('%') {
        "the mark `%` is not used here: both marks together are written `?~`".into()
    } else if !has_year && text.split(|c: char| !c.is_alphabetic()).any(named) {
        format!("`{text}` does not say the year")
    } else if !has_year {
        format!("`{text}` is not a date")
    } else if text.contains(':') {
        "a date does not say the time of day".into()
    } else if year_first {
        format!("`{text}` is not written as year, month and day with two digits and hyphens")
    } else {
        format!("`{text}` is not written year first")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Earliest and latest day, `-` where there is none.
    fn check(input: &str, expected: &str) {
        let date = date(input);
        let show = |day: Option<Day>| day.map_or("-".into(), |day| day.to_string());
        let found = format!("{} {}", show(date.earliest()), show(date.latest()));
        assert_eq!(found, expected, "{input}");
        assert_eq!(date.text(), input.trim());
    }

    /// The message and, behind an arrow, the fix.
    fn check_error(input: &str, expected: &str) {
        let error = Date::parse(input).unwrap_err().error;
        let fix = error.fix.map_or(String::new(), |fix| format!(" → {fix}"));
        assert_eq!(format!("{}{fix}", error.message), expected, "{input}");
    }

    #[test]
    fn programs_are_told_only_what_is_exact() {
        let check = |text: &str, one: &str, from: &str, to: &str| {
            let date = Date::parse(text).unwrap();
            let (start, end) = date.exact_ends();
            let told = [date.exact(), start, end].map(Option::unwrap_or_default);
            assert_eq!(told, [one, from, to], "{text}");
        };
        check("2004-02-27/2004-03-02", "", "2004-02-27", "2004-03-02");
        check("2004-02~/2004-03", "", "", "2004-03");
        check("2005~", "", "", "");
        check("2005?", "2005", "2005", "");
        check("2005/..", "", "2005", "");
        check("../2005", "", "", "");
    }

    #[test]
    fn a_date_is_a_span() {
        check("2025-03-11", "2025-03-11 2025-03-11");
        check("2024-02", "2024-02-01 2024-02-29");
        check("2014", "2014-01-01 2014-12-31");
        check(" 2025-03? ", "2025-03-01 2025-03-31");
        check("2014~", "2014-01-01 2014-12-31");
        check("2014?~", "2014-01-01 2014-12-31");
        check("2025-12-14?/2025-12-15~", "2025-12-14 2025-12-15");
        check("2021-10/2021", "2021-10-01 2021-12-31");
        check("2025-03-11/..", "2025-03-11 -");
        check("../2025-03-26", "- 2025-03-26");
        assert_eq!(date("2014~?").text(), "2014?~");
        assert!(size_of::<Date>() <= 16);
    }

    #[test]
    fn marks_are_told_of_either_end() {
        assert!(date("2014/2015?").is_inferred() && !date("2014").is_inferred());
    }

    #[test]
    fn slips_are_explained_and_put_right() {
        check_error("", "the date is empty");
        check_error("18 March 2025", "`18 March 2025` is not written year first → 2025-03-18");
        check_error("March 2025", "`March 2025` is not written year first → 2025-03");
        check_error("March 18", "`March 18` does not say the year");
        check_error("03/11/2025", "`03/11/2025` is not written year first");
        check_error("2025-02-30", "February 2025 has 28 days");
        check_error("2025-13", "there is no month 13: months run from 01 to 12");
        check_error("0925-01", "the year 0925 is not between 1000 and 2999");
        check_error("2025??", "the same mark stands twice → 2025?");
        check_error("2025-03/", "one end of the range is empty: an open end is written `..`");
        check_error("../..", "a range needs a date at one end at least");
        check_error("yesterday", "`yesterday` is not a date");
        check_error(
            "2025-03%",
            "the mark `%` is not used here: both marks together are written `?~` → 2025-03?~",
        );
        check_error(
            "2025-3-1",
            "`2025-3-1` is not written as year, month and day with two digits and hyphens → 2025-03-01",
        );
    }

    #[test]
    fn a_fix_is_offered_only_if_it_is_sure() {
        let fix = |text: &str| Date::parse(text).unwrap_err().error.fix;
        for (input, expected) in [
            ("March 18th, 2025", "2025-03-18"),
            ("Tuesday, 18 Mar. 2025", "2025-03-18"),
            ("2025/03/11", "2025-03-11"),
            ("20250311", "2025-03-11"),
            ("18.3.2025", "2025-03-18"),
            ("03/18/2025", "2025-03-18"),
            ("03/2025", "2025-03"),
            ("2025–03–11", "2025-03-11"),
            ("2025-03-11T10:00Z", "2025-03-11"),
            ("2025-03-11 ?", "2025-03-11?"),
            ("~2014", "2014~"),
            ("about 2014", "2014~"),
            ("since 11 March 2025", "2025-03-11/.."),
            ("by 2025-03-26", "../2025-03-26"),
            ("14–15 December 2025", "2025-12-14/2025-12-15"),
            ("28 February – 3 March 2025", "2025-02-28/2025-03-03"),
            ("October to December 2021", "2021-10/2021-12"),
            ("2014–2022", "2014/2022"),
            ("2025-03-11/today", "2025-03-11/.."),
            ("../26 March 2025", "../2025-03-26"),
        ] {
            assert_eq!(fix(input).as_deref(), Some(expected), "{input}");
        }
        for input in ["03/11/2025", "2010/12", "2010–12", "3.4.2025", "31 June 2025", "2025-Q1"] {
            assert_eq!(fix(input), None, "{input}");
        }
    }

    #[test]
    fn an_error_points_at_the_wrong_part() {
        let at = |text: &str| Date::parse(text).unwrap_err().error.at;
        assert_eq!(at(" 2025-02-30"), Some(9..11));
        assert_eq!(at("2025-01-01/2025-13"), Some(16..18));
        assert_eq!(at("2025-01-01/soon"), Some(11..15));
        assert_eq!(at("../soon"), Some(3..7));
        assert_eq!(at("soon"), None);
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_its_own_kind_of_error() {
        let kind = |text: &str| Date::parse(text).map_err(|error| error.kind);
        assert_eq!(kind("2025-04/2025-03-31"), Err(DateErrorKind::Backwards));
        assert_eq!(kind("2025-04/2025-03-32"), Err(DateErrorKind::Bad));
        assert!(kind("2025-03-31/2025-03").is_ok());
        check_error("2025/2024", "the range ends with 2024, before it begins with 2025");
    }

    #[test]
    fn after_needs_a_gap_between_the_spans() {
        let after = |a: &str, b: &str| date(a).after(&date(b));
        assert!(after("2025-03-12", "2025-03-11"));
        assert!(!after("2025-03-12", "2025-03"));
        assert!(after("2025-04", "../2025-03-26"));
        assert!(!after("../2025-03-26", "2014"));
        assert!(!after("2025", "2014/.."));
        assert!(after("2025/..", "2014"));
    }

    #[test]
    fn spans_sort_by_earliest_then_latest() {
        let mut dates = ["2025/..", "2025", "2025-01-01", "../2025-01-02", "2024-12-31"].map(date);
        dates.sort_by_key(Date::sort_key);
        let sorted = dates.map(|date| date.text()).join(" ");
        assert_eq!(sorted, "2024-12-31 2025-01-01 2025 2025/.. ../2025-01-02");
        assert_eq!(date("2025/..").sort_key().1, Day::MAX);
    }

    #[test]
    fn html_knows_points_but_no_ranges() {
        assert_eq!(date("2025-03?").datetime().as_deref(), Some("2025-03"));
        assert_eq!(date("2014~").datetime().as_deref(), Some("2014"));
        assert_eq!(date("2025-03-11/..").datetime(), None);
    }

    #[test]
    fn a_day_is_not_a_month() {
        let error = Day::parse("2025-03").unwrap_err();
        assert_eq!(error.message, "`2025-03` does not name one day");
        assert!(Day::parse("2025-03-11?").is_err());
        assert_eq!(Day::parse("11 March 2025").unwrap_err().fix.as_deref(), Some("2025-03-11"));
        assert_eq!(Day::parse("March 2025").unwrap_err().fix, None);
        assert_eq!(Date::from(day("2025-03-11")), date("2025-03-11"));
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader(text in "\\PC*|[0-9/?~. %–-]{0,24}|[0-9]{1,4}[-/. –][0-9A-Zµé]{1,9}[-/. –][0-9]{1,4}") {
            match Date::parse(&text) {
                Ok(date) => prop_assert_eq!(Date::parse(&date.text()), Ok(date)),
                Err(DateError { error, .. }) => {
                    if let Some(at) = error.at {
                        prop_assert!(text.get(at).is_some());
                    }
                    if let Some(fix) = error.fix {
                        prop_assert!(Date::parse(&fix).is_ok());
                    }
                }
            }
        }
    }
}
