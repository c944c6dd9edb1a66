//! Sums of money as contributors write them. In: the text, such as
//! `about USD 280 billion`. Out: the currency and the amount, and exact sums.
//!
//! The only file that knows the crate `iso_currency`.

use std::fmt;

use iso_currency::Currency;

use crate::model::quantity::{Quantity, split_qualifier};
use crate::model::value_error::ValueError;

const EXPECTED: &str = "money such as USD 61 billion, about USD 280 billion or USD 4–5 billion";

/// Signs and names that can mean only one currency. `$`, `£` and `¥` are not
/// among them: a Canadian, an Egyptian and a Chinese source write them too.
const NAMES: [(&str, &str); 8] = [
    ("US$", "USD"),
    ("€", "EUR"),
    ("₴", "UAH"),
    ("₽", "RUB"),
    ("US dollars", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("hryvnias", "UAH"),
];

/// An amount in one currency, by its ISO 4217 code (content-model.md,
/// section 3). The amount has no unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    currency: Currency,
    amount: Quantity,
}

impl Money {
    /// Reads `USD 61 billion`, `about USD 280 billion`, `USD 4–5 billion`.
    pub fn parse(text: &str) -> Result<Money, ValueError> {
        let trimmed = text.trim();
        strict(trimmed).map_err(|message| ValueError::new(message, EXPECTED).with_fix(meant(trimmed)))
    }

    /// The ISO 4217 code of the currency.
    pub fn code(&self) -> &'static str {
        self.currency.code()
    }

    /// Qualifier, numbers and scale.
    pub fn amount(&self) -> &Quantity {
        &self.amount
    }

    /// The exact sum of amounts in one currency. None if there are none, or
    /// if the currencies differ. See [`Quantity::sum`] for ranges, scales and
    /// qualifiers.
    pub fn sum(parts: &[&Money]) -> Option<Money> {
        let currency = parts.first()?.currency;
        if parts.iter().any(|part| part.currency != currency) {
            return None;
        }
        let amounts: Vec<&Quantity> = parts.iter().map(|part| &part.amount).collect();
        let amount = Quantity::sum(&amounts)?;
        Some(Money { currency, amount })
    }
}

/// As an editor would print it: "about USD 280 billion".
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(qualifier) = self.amount.qualifier {
            write!(f, "{} ", qualifier.word())?;
        }
        write!(f, "{} {}", self.code(), self.amount.unqualified())
    }
}

fn strict(text: &str) -> Result<Money, String> {
    if text.is_empty() {
        return Err("the sum of money is empty".into());
    }
    let (qualifier, rest) = split_qualifier(text);
    let (code, number) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let currency = is_code(code).then(|| Currency::from_code(code)).flatten();
    let currency = currency.ok_or_else(|| no_currency(rest, code))?;
    let amount = Quantity::parse(number).map_err(|error| match number.trim() {
        "" => format!("behind {code} the amount is missing"),
        _ => error.message,
    })?;
    if amount.qualifier.is_some() {
        return Err(format!("words such as `about` stand before {code}"));
    } else if !amount.unit.is_empty() {
        return Err(format!("`{}` is not part of a sum of money", amount.unit));
    }
    let amount = Quantity { qualifier, ..amount };
    Ok(Money { currency, amount })
}

fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The sentence for a text that does not begin with a known code.
fn no_currency(text: &str, first: &str) -> String {
    let elsewhere = located(text).map(|(currency, _)| currency.code());
    let sign = text.chars().find(|c| "$€£¥₴₽₺₹₩₪".contains(*c));
    match (elsewhere, sign) {
        (Some(code), Some(sign)) => format!("`{sign}` is a sign: the currency is written {code}"),
        (None, Some('$')) => "`$` does not say which dollar is meant: USD is the US dollar".into(),
        (None, Some(sign)) => format!("`{sign}` does not say the currency by its three letters"),
        (Some(code), None) if first.eq_ignore_ascii_case(code) => {
            format!("the currency is written in capitals, as {code}")
        }
        (Some(code), None) if first.starts_with(code) => format!("behind {code} a blank is missing"),
        (Some(code), None) => format!("the currency stands before the number, as {code}"),
        (None, None) if is_code(first) => format!("there is no currency {first}"),
        (None, None) => format!("`{text}` does not say the currency by its three letters"),
    }
}

/// The money that can alone be meant: the currency wherever it stands, and
/// the quantity that the rest of the text is or means.
fn meant(text: &str) -> Option<String> {
    let (currency, rest) = located(text)?;
    let amount = Quantity::parse(&rest)
        .or_else(|error| error.fix.map_or(Err(()), |fix| Quantity::parse(&fix).map_err(|_| ())))
        .ok()
        .filter(|amount| amount.unit.is_empty())?;
    Some(Money { currency, amount }.to_string())
}

/// The one currency a text names by code, sign or word, and the text without.
fn located(text: &str) -> Option<(Currency, String)> {
    let named = NAMES.iter().find_map(|(name, code)| {
        let (before, behind) = text.split_once(name)?;
        Some((Currency::from_code(code)?, format!("{before} {behind}")))
    });
    named.or_else(|| located_code(text))
}

/// A code in letters of either case, apart or before the digits (`USD61`).
fn located_code(text: &str) -> Option<(Currency, String)> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() == 3).find_map(|word| {
        let currency = Currency::from_code(&word.to_uppercase())?;
        let (before, behind) = text.split_once(word)?;
        Some((currency, format!("{before} {behind}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Printed form and value.
    fn check(input: &str, expected: &str) {
        let money = Money::parse(input).unwrap();
        let amount = money.amount();
        let values = (amount.low_value() / 1e6, amount.high_value() / 1e6);
        assert_eq!(format!("{money} | {} {}", values.0, values.1), expected);
        assert_eq!(Money::parse(&money.to_string()), Ok(money));
    }

    /// The message and, behind an arrow, the fix.
    fn check_error(input: &str, expected: &str) {
        let error = Money::parse(input).unwrap_err();
        let fix = error.fix.map_or(String::new(), |fix| format!(" → {fix}"));
        assert_eq!(format!("{}{fix}", error.message), expected, "{input}");
    }

    #[test]
    fn sums_of_money() {
        check("USD 61 billion", "USD 61 billion | 61000 61000");
        check("about USD 280 billion", "about USD 280 billion | 280000 280000");
        check("USD 4-5 billion", "USD 4–5 billion | 4000 5000");
        check("At least EUR 1.50 million", "at least EUR 1.50 million | 1.5 1.5");
        check("UAH 1,200,000", "UAH 1,200,000 | 1.2 1.2");
    }

    #[test]
    fn the_currency_has_a_code() {
        assert_eq!(Money::parse("UAH 5").unwrap().code(), "UAH");
    }

    #[test]
    fn errors_are_explained() {
        check_error("", "the sum of money is empty");
        check_error("$61 billion", "`$` does not say which dollar is meant: USD is the US dollar");
        check_error("£5 million", "`£` does not say the currency by its three letters");
        check_error("US$61 billion", "`$` is a sign: the currency is written USD → USD 61 billion");
        check_error("€5 bn", "`€` is a sign: the currency is written EUR → EUR 5 billion");
        check_error(
            "about 61 billion USD",
            "the currency stands before the number, as USD → about USD 61 billion",
        );
        check_error(
            "about usd 61 billion",
            "the currency is written in capitals, as USD → about USD 61 billion",
        );
        check_error("USD61 billion", "behind USD a blank is missing → USD 61 billion");
        check_error("UDS 61 billion", "there is no currency UDS");
        check_error("61 billion", "`61 billion` does not say the currency by its three letters");
        check_error("USD", "behind USD the amount is missing");
        check_error("USD 61 billion in loans", "`in loans` is not part of a sum of money");
        check_error("USD 5–4 billion", "the range runs backwards, from 5 to 4");
        check_error("USD about 61 billion", "words such as `about` stand before USD → about USD 61 billion");
    }

    #[test]
    fn a_fix_is_offered_only_if_it_is_sure() {
        let fix = |text: &str| Money::parse(text).unwrap_err().fix;
        for (input, expected) in [
            ("usd 61 billion", "USD 61 billion"),
            ("USD61bn", "USD 61 billion"),
            ("~USD 61 billion", "about USD 61 billion"),
            ("more than EUR 5 million", "over EUR 5 million"),
            ("5 billion euros", "EUR 5 billion"),
            ("USD 4 billion to 5 billion", "USD 4–5 billion"),
        ] {
            assert_eq!(fix(input).as_deref(), Some(expected), "{input}");
        }
        for input in ["61 billion dollars", "UDS 5", "all of it", "USD 1.000.000"] {
            assert_eq!(fix(input), None, "{input}");
        }
    }

    #[test]
    fn only_one_currency_adds_up() {
        let sum = |parts: &[&str]| {
            let parts: Vec<Money> = parts.iter().map(|part| Money::parse(part).unwrap()).collect();
            let sum = Money::sum(&parts.iter().collect::<Vec<_>>());
            sum.map(|sum| sum.to_string())
        };
        assert_eq!(sum(&["USD 0.1", "USD 0.2"]).as_deref(), Some("USD 0.3"));
        assert_eq!(
            sum(&["USD 4–5 billion", "over USD 500 million"]).as_deref(),
            Some("about USD 4.5–5.5 billion")
        );
        assert_eq!(sum(&["USD 1", "EUR 1"]), None);
        assert_eq!(sum(&[]), None);
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader(text in "\\PC*|(about |~)?(USD|eur|€|\\$)? ?[0-9.]{0,4} ?(bn|million|%|é)?(USD| euros)?") {
            match Money::parse(&text) {
                Ok(money) => prop_assert_eq!(Money::parse(&money.to_string()), Ok(money)),
                Err(error) => prop_assert!(error.fix.is_none_or(|fix| Money::parse(&fix).is_ok())),
            }
        }
    }
}
