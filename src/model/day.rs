//! One day of the calendar. In: numbers, or seconds since 1970. Out: days that
//! can be compared, counted and printed.
//!
//! The only file that knows the crate `jiff`.

use std::fmt;

use jiff::{Span, civil};

use crate::model::names::last_digit;

/// One day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

impl Day {
    /// The largest day: where a span without an end sorts.
    pub const MAX: Day = Day(civil::Date::MAX);
    /// The smallest day.
    pub const MIN: Day = Day(civil::Date::MIN);

    /// The day, if the calendar has it.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Day> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        civil::Date::new(year, month, day).ok().map(Day)
    }

    /// The day in UTC of a count of seconds since 1970 (SOURCE_DATE_EPOCH).
    pub fn from_unix_seconds(seconds: i64) -> Day {
        Day(civil::Date::constant(1970, 1, 1)).plus_days(seconds.div_euclid(86_400))
    }

    /// The day so many days later; stops at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        self.plus(Span::new().try_days(days), days)
    }

    /// The same day of a later month, or that month's last day if it is
    /// shorter; stops at the ends of the calendar.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Day {
        self.plus(Span::new().try_months(months), months)
    }

    fn plus(self, span: Result<Span, jiff::Error>, sign: i64) -> Day {
        match span {
            Ok(span) => Day(self.0.saturating_add(span)),
            Err(_) if sign < 0 => Day::MIN,
            Err(_) => Day::MAX,
        }
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Day {
        Day(self.0.last_of_month())
    }

    /// The last day of its year.
    #[must_use]
    pub fn last_of_year(self) -> Day {
        Day(self.0.last_of_year())
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// Adds the day as `2025-03-11` to a text. Pages have thousands, and `write!` costs several times as much.
    pub fn put(self, text: &mut String) {
        let Ok(year) = usize::try_from(self.year()) else { return text.push_str(&self.to_string()) };
        for number in [year / 1000, year / 100, year / 10, year] {
            text.push(last_digit(number));
        }
        for number in [usize::from(self.month()), usize::from(self.day())] {
            text.push('-');
            text.push(last_digit(number / 10));
            text.push(last_digit(number));
        }
    }
}

/// `2025-03-11`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn days_are_put_as_they_are_printed() {
        for seconds in (-99_999_999_999..=253_402_300_799).step_by(77_777_777) {
            let day = Day::from_unix_seconds(seconds);
            let mut text = String::new();
            day.put(&mut text);
            assert_eq!(text, day.to_string());
        }
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(day("2025-12-31").plus_days(1), day("2026-01-01"));
        assert_eq!(day("2025-01-31").plus_months(1), day("2025-02-28"));
        assert_eq!(day("2025-03-31").plus_months(-1), day("2025-02-28"));
        assert_eq!(day("2025-03-11").plus_days(i64::MAX), Day::MAX);
        assert_eq!(day("2025-03-11").plus_months(i64::MIN), Day::MIN);
        assert_eq!(Day::from_unix_seconds(1_765_843_200), day("2025-12-16"));
        assert_eq!(Day::from_unix_seconds(-1).to_string(), "1969-12-31");
    }
}
