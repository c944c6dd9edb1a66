//! How often something is due. In: `60d`, `6m` or `1y`. Out: the duration, the
//! day it leads to, and its words.

use std::fmt;

use crate::model::date::Day;
use crate::model::value_error::ValueError;

const EXPECTED: &str = "a duration such as 60d, 6m or 1y";

/// The longest number that can be written: four digits are a slip's limit.
const MAX: u16 = 9999;

/// A length of time in one unit (content-model.md, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duration {
    /// `60d`.
    Days(u16),
    /// `6m`.
    Months(u16),
    /// `1y`.
    Years(u16),
}

impl Duration {
    /// Reads `60d`, `6m` or `1y`.
    pub fn parse(text: &str) -> Result<Duration, ValueError> {
        let text = text.trim();
        strict(text).map_err(|message| ValueError::new(message, EXPECTED).with_fix(meant(text)))
    }

    /// The day so much later; a day that a month lacks becomes its last one.
    pub fn after(self, day: Day) -> Day {
        match self {
            Duration::Days(count) => day.plus_days(count.into()),
            Duration::Months(count) => day.plus_months(count.into()),
            Duration::Years(count) => day.plus_months(12 * i64::from(count)),
        }
    }

    /// The duration as it is written: `60d`.
    pub fn text(self) -> String {
        match self {
            Duration::Days(count) => format!("{count}d"),
            Duration::Months(count) => format!("{count}m"),
            Duration::Years(count) => format!("{count}y"),
        }
    }
}

/// "60 days".
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Duration::Days(count) => (count, "day"),
            Duration::Months(count) => (count, "month"),
            Duration::Years(count) => (count, "year"),
        };
        let plural = if *count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{plural}")
    }
}

fn strict(text: &str) -> Result<Duration, String> {
    let (count, unit) = number_and_unit(text);
    let kind = match unit {
        "d" => Duration::Days,
        "m" => Duration::Months,
        "y" => Duration::Years,
        _ if text.is_empty() => return Err("the duration is empty".into()),
        _ if count.is_empty() => return Err(format!("`{text}` is not a duration")),
        "" => return Err(format!("`{text}` does not say days, months or years")),
        _ => return Err(format!("`{}` is not `d`, `m` or `y`", unit.trim())),
    };
    match count.parse() {
        Ok(0) => Err("a duration is at least one day".into()),
        Ok(count @ 1..=MAX) => Ok(kind(count)),
        _ if count.is_empty() => Err("the number is missing".into()),
        _ => Err(format!("{count} is more than {MAX}")),
    }
}

fn number_and_unit(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// `60 days`, `2 weeks`, `1Y`.
fn meant(text: &str) -> Option<String> {
    let (count, unit) = number_and_unit(text);
    let fixed = match unit.trim().to_lowercase().as_str() {
        "d" | "day" | "days" => format!("{count}d"),
        "w" | "week" | "weeks" => format!("{}d", 7 * u32::from(count.parse::<u16>().ok()?)),
        "m" | "month" | "months" => format!("{count}m"),
        "y" | "year" | "years" => format!("{count}y"),
        _ => return None,
    };
    Some(fixed).filter(|fixed| strict(fixed).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(input: &str, expected: &str) {
        let duration = Duration::parse(input).unwrap();
        assert_eq!(duration.to_string(), expected, "{input}");
        assert_eq!(duration.text(), input.trim());
    }

    fn check_error(input: &str, message: &str, fix: Option<&str>) {
        let error = Duration::parse(input).unwrap_err();
        assert_eq!((error.message.as_str(), error.fix.as_deref()), (message, fix));
    }

    #[test]
    fn durations() {
        check("60d", "60 days");
        check("1m", "1 month");
        check(" 1y ", "1 year");
    }

    #[test]
    fn errors() {
        check_error("", "the duration is empty", None);
        check_error("60", "`60` does not say days, months or years", None);
        check_error("60 days", "`days` is not `d`, `m` or `y`", Some("60d"));
        check_error("2w", "`w` is not `d`, `m` or `y`", Some("14d"));
        check_error("0d", "a duration is at least one day", None);
        check_error("99999d", "99999 is more than 9999", None);
        check_error("soon", "`soon` is not a duration", None);
        check_error("d", "the number is missing", None);
    }

    #[test]
    fn the_day_it_leads_to() {
        let after = |text: &str, day: &str| {
            let day = Day::parse(day).unwrap();
            Duration::parse(text).unwrap().after(day).to_string()
        };
        assert_eq!(after("60d", "2025-12-16"), "2026-02-14");
        assert_eq!(after("6m", "2025-08-31"), "2026-02-28");
        assert_eq!(after("1y", "2024-02-29"), "2025-02-28");
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader(text in "\\PC*|[0-9]{0,6} ?[dmyw]") {
            if let Ok(duration) = Duration::parse(&text) {
                prop_assert_eq!(Duration::parse(&duration.text()), Ok(duration));
            }
        }
    }
}
