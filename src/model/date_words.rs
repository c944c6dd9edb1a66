//! Dates in words. In: a date and the words of a language. Out: the text a
//! reader sees, such as "14–15 December 2025, inferred".

use crate::model::date::{Date, Day, MONTHS, Point, Precision, Shape};
use crate::model::names::put_number;

/// Keeps the day and its month on one line.
const NO_BREAK: &str = "\u{a0}";

/// In which order a date is told (`date_style` in site.yaml).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 11 March 2025.
    #[default]
    DayMonthYear,
    /// March 11, 2025.
    MonthDayYear,
    /// 2025-03-11.
    Iso,
}

/// The words of the dates of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateWords {
    /// In which order a date is told.
    pub order: DateOrder,
    /// The names of the months, from January.
    pub months: [String; 12],
    /// What stands behind a date marked `?`.
    pub inferred: String,
    /// What stands before a date marked `~`.
    pub about: String,
    /// What stands before `A/..`.
    pub since: String,
    /// What stands before `../B`.
    pub by: String,
    /// What stands between the ends of a range. An en dash is set without
    /// spaces where both ends are single words.
    pub to: String,
}

impl DateWords {
    /// The English words.
    pub fn english(order: DateOrder) -> DateWords {
        DateWords {
            order,
            months: MONTHS.map(str::to_owned),
            inferred: "inferred".into(),
            about: "about".into(),
            since: "since".into(),
            by: "by".into(),
            to: "–".into(),
        }
    }

    fn month(&self, day: Day) -> &str {
        let index = usize::from(day.month()).saturating_sub(1);
        self.months.get(index).map_or("", String::as_str)
    }

    /// "11 March" or "March 11".
    fn day_and_month(&self, day: Day) -> String {
        let (days, month) = (day.day().to_string(), self.month(day));
        match self.order {
            DateOrder::MonthDayYear => [month, NO_BREAK, &days].concat(),
            DateOrder::DayMonthYear | DateOrder::Iso => [&days, NO_BREAK, month].concat(),
        }
    }

    /// "11 March 2025" or "March 11, 2025"; the day may be a range of days.
    fn whole(&self, days: &str, last: Day) -> String {
        let (month, year) = (self.month(last), last.year().to_string());
        let (first, second, comma) = match self.order {
            DateOrder::MonthDayYear => (month, days, ", "),
            DateOrder::DayMonthYear | DateOrder::Iso => (days, month, " "),
        };
        // Pages tell thousands of dates, and joining many parts at once costs several times as much.
        let mut text = String::with_capacity(days.len() + month.len() + year.len() + 4);
        for part in [first, NO_BREAK, second, comma, &year] {
            text.push_str(part);
        }
        text
    }

    /// Days and months, with the year behind them.
    fn with_year(&self, days: &str, year: &str) -> String {
        match self.order {
            DateOrder::MonthDayYear => [days, ", ", year].concat(),
            DateOrder::DayMonthYear | DateOrder::Iso => [days, " ", year].concat(),
        }
    }

    fn joined(&self, from: &str, to: &str) -> String {
        let is_word = |text: &str| !text.contains([' ', '-']) && !text.contains(NO_BREAK);
        if self.to == "–" && is_word(from) && is_word(to) {
            format!("{from}{}{to}", self.to)
        } else {
            format!("{from} {} {to}", self.to)
        }
    }

    /// Adds a point without its marks.
    fn put_bare(&self, point: Point, text: &mut String) {
        let day = point.first;
        match (self.order, point.precision) {
            (DateOrder::Iso, _) | (_, Precision::Year) => return point.put(text),
            (_, Precision::Month) => {
                text.push_str(self.month(day));
                text.push(' ');
            }
            (DateOrder::MonthDayYear, Precision::Day) => {
                text.push_str(self.month(day));
                text.push_str(NO_BREAK);
                put_number(text, day.day().into());
                text.push_str(", ");
            }
            (DateOrder::DayMonthYear, Precision::Day) => {
                put_number(text, day.day().into());
                text.push_str(NO_BREAK);
                text.push_str(self.month(day));
                text.push(' ');
            }
        }
        text.push_str(if day.year() < 0 { "-" } else { "" });
        put_number(text, day.year().unsigned_abs().into());
    }

    /// A point without its marks.
    fn bare(&self, point: Point) -> String {
        let mut text = String::new();
        self.put_bare(point, &mut text);
        text
    }

    /// Adds "about 2014".
    fn put_about(&self, point: Point, text: &mut String) {
        if point.about {
            text.push_str(&self.about);
            text.push(' ');
        }
        self.put_bare(point, text);
    }

    /// "about 2014".
    fn with_about(&self, point: Point) -> String {
        let mut text = String::new();
        self.put_about(point, &mut text);
        text
    }

    /// Adds "about 2014, inferred".
    fn put_point(&self, point: Point, text: &mut String) {
        self.put_about(point, text);
        if point.inferred {
            text.push_str(", ");
            text.push_str(&self.inferred);
        }
    }

    /// One end of a range whose other end has another mark: brackets, because
    /// behind a comma the mark would be read of both ends.
    fn end(&self, point: Point) -> String {
        let text = self.with_about(point);
        if point.inferred { format!("{text} ({})", self.inferred) } else { text }
    }

    fn range(&self, from: Point, to: Point) -> String {
        if from.inferred != to.inferred {
            return self.joined(&self.end(from), &self.end(to));
        }
        // "about" is said at each end: said once it would be read of the first.
        let text = if from.about || to.about {
            self.joined(&self.with_about(from), &self.with_about(to))
        } else {
            self.short_range(from, to)
        };
        if from.inferred { format!("{text}, {}", self.inferred) } else { text }
    }

    /// A range that says only once what its ends have in common.
    fn short_range(&self, from: Point, to: Point) -> String {
        let (first, last) = (from.first, to.first);
        let one_year = first.year() == last.year() && self.order != DateOrder::Iso;
        match (from.precision, to.precision) {
            _ if from == to => self.bare(from),
            (Precision::Month, Precision::Month) if one_year => {
                let months = self.joined(self.month(first), self.month(last));
                format!("{months} {}", last.year())
            }
            (Precision::Day, Precision::Day) if one_year && first.month() == last.month() => {
                self.whole(&self.joined(&first.day().to_string(), &last.day().to_string()), last)
            }
            (Precision::Day, Precision::Day) if one_year => self.with_year(
                &self.joined(&self.day_and_month(first), &self.day_and_month(last)),
                &last.year().to_string(),
            ),
            _ => self.joined(&self.bare(from), &self.bare(to)),
        }
    }
}

impl Date {
    /// The date as a reader sees it: "March 2025, inferred", "by 26 March
    /// 2025" (content-model.md, section 3).
    pub fn words(&self, words: &DateWords) -> String {
        let mut text = String::with_capacity(32);
        self.put_words(words, &mut text);
        text
    }

    /// Adds the date as a reader sees it to a text.
    pub fn put_words(&self, words: &DateWords, text: &mut String) {
        let (before, point) = match self.0 {
            Shape::Point(point) => return words.put_point(point, text),
            Shape::Range(from, to) => return text.push_str(&words.range(from, to)),
            Shape::Since(from) => (&words.since, from),
            Shape::By(to) => (&words.by, to),
        };
        text.push_str(before);
        text.push(' ');
        words.put_point(point, text);
    }
}

impl Day {
    /// The day as a reader sees it: "11 March 2025".
    pub fn words(self, words: &DateWords) -> String {
        words.bare(Point::day(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares with plain spaces, which are easier to write.
    fn check_in(order: DateOrder, input: &str, expected: &str) {
        let words = Date::parse(input).unwrap().words(&DateWords::english(order));
        assert_eq!(words.replace(NO_BREAK, " "), expected, "{input}");
    }

    fn check(input: &str, expected: &str) {
        check_in(DateOrder::DayMonthYear, input, expected);
    }

    #[test]
    fn points() {
        check("2025-03-11", "11 March 2025");
        check("2025-03?", "March 2025, inferred");
        check("2014~", "about 2014");
        check("2014?~", "about 2014, inferred");
    }

    #[test]
    fn ranges_say_once_what_both_ends_share() {
        check("2025-12-14?/2025-12-15?", "14–15 December 2025, inferred");
        check("2021-10/2021-12", "October–December 2021");
        check("2021-10/2024-09", "October 2021 – September 2024");
        check("2025-02-28/2025-03-03", "28 February – 3 March 2025");
        check("2014/2022", "2014–2022");
        check("2025-12-31/2026-01-02", "31 December 2025 – 2 January 2026");
        check("2025-03/2025-05-03", "March 2025 – 3 May 2025");
        check("2025-03-11/2025-03-11", "11 March 2025");
    }

    #[test]
    fn different_marks_are_told_at_each_end() {
        check("2025-12-14?/2025-12-15", "14 December 2025 (inferred) – 15 December 2025");
        check("2014~/2022", "about 2014 – 2022");
        check("2014~/2022~", "about 2014 – about 2022");
        check("2014?/2022~", "2014 (inferred) – about 2022");
        check("2014?~/2022?", "about 2014 – 2022, inferred");
    }

    #[test]
    fn open_ends() {
        check("2025-03-11/..", "since 11 March 2025");
        check("../2025-03-26", "by 26 March 2025");
        check("../2025-03?", "by March 2025, inferred");
    }

    #[test]
    fn month_first() {
        let check = |input, expected| check_in(DateOrder::MonthDayYear, input, expected);
        check("2025-03-11", "March 11, 2025");
        check("2025-12-14/2025-12-15", "December 14–15, 2025");
        check("2025-02-28/2025-03-03", "February 28 – March 3, 2025");
        check("2021-10/2021-12", "October–December 2021");
        check("2025-03-11/..", "since March 11, 2025");
    }

    #[test]
    fn iso() {
        let check = |input, expected| check_in(DateOrder::Iso, input, expected);
        check("2025-03-11", "2025-03-11");
        check("2025-12-14?/2025-12-15?", "2025-12-14 – 2025-12-15, inferred");
        check("2014/2022", "2014–2022");
        check("../2025-03", "by 2025-03");
    }

    #[test]
    fn the_day_stays_with_its_month() {
        let day = Day::parse("2025-03-11").unwrap();
        let words = |order| day.words(&DateWords::english(order));
        assert_eq!(words(DateOrder::DayMonthYear), "11\u{a0}March 2025");
        assert_eq!(words(DateOrder::MonthDayYear), "March\u{a0}11, 2025");
    }

    #[test]
    fn another_language_may_join_with_a_word() {
        let mut words = DateWords::english(DateOrder::DayMonthYear);
        words.to = "to".into();
        let date = Date::parse("2021-10/2021-12").unwrap();
        assert_eq!(date.words(&words), "October to December 2021");
    }
}
