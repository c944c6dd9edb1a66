//! YAML as a generic value: keys in their order, scalars by their text.
//!
//! In: the text between the `---` lines, or a YAML file. Out: [`Yaml`], or what is wrong with the
//! text. Field tables give values their meaning; this module knows none.

use super::places;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A value of YAML. Texts that stand in the source as they are meant are borrowed from it: of a page they are read
/// into values of their own.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml<'a> {
    /// Nothing, `null` or `~`.
    Null,
    /// A scalar as it is written, without its quotes.
    Scalar(Cow<'a, str>),
    /// A list.
    List(Vec<Yaml<'a>>),
    /// A mapping; two equal keys are both kept.
    Map(Vec<(Cow<'a, str>, Yaml<'a>)>),
}

/// A syntax error of the YAML reader.
#[derive(Debug)]
pub struct Broken {
    /// Line, from 1.
    pub line: usize,
    /// The reader's own words.
    pub jargon: String,
}

/// Reads YAML.
///
/// # Errors
/// With the first place that cannot be read.
pub fn read(text: &str) -> Result<Yaml<'static>, Broken> {
    if let Some(line) = too_deep(text) {
        return Err(Broken { line, jargon: "recursion limit exceeded".to_owned() });
    }
    let raw: Raw = serde_yaml::from_str(text).map_err(|error| Broken {
        line: error.location().map_or(1, |place| place.line()),
        jargon: error.to_string(),
    })?;
    let mut value = raw.value;
    if raw.typed {
        // The reader turned `1.50` into 1.5: take those scalars from the text.
        places::restore_scalars(text, &mut value);
    }
    Ok(value)
}

/// Most brackets that may be open at once. The reader refuses far fewer, but looks at all of them for
/// each one first.
const DEEPEST: usize = 1000;

/// The line where too many brackets are open, quoted or not.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0usize;
    for (at, line) in text.lines().enumerate() {
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open = open.saturating_sub(1),
                _ => continue,
            }
            if open > DEEPEST {
                return Some(at + 1);
            }
        }
    }
    None
}

/// A value as the reader gives it, and whether a scalar was turned into a number or flag.
struct Raw {
    value: Yaml<'static>,
    typed: bool,
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl RawVisitor {
    fn text<E>(text: &str) -> Result<Raw, E> {
        Ok(Raw { value: Yaml::Scalar(Cow::Owned(text.to_owned())), typed: false })
    }

    fn typed<E>(value: impl fmt::Display) -> Result<Raw, E> {
        Ok(Raw { value: Yaml::Scalar(Cow::Owned(value.to_string())), typed: true })
    }
}

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Self::typed(value)
    }
    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Self::typed(value)
    }
    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Self::typed(value)
    }
    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Self::typed(value)
    }
    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Self::typed(value)
    }
    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Self::typed(value)
    }
    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Self::text(value)
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw { value: Yaml::Null, typed: false })
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw { value: Yaml::Null, typed: false })
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        let mut typed = false;
        while let Some(item) = items.next_element::<Raw>()? {
            typed |= item.typed;
            list.push(item.value);
        }
        Ok(Raw { value: Yaml::List(list), typed })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        let mut typed = false;
        while let Some(key) = entries.next_key::<Raw>()? {
            let value = entries.next_value::<Raw>()?;
            typed |= key.typed | value.typed;
            let key = match key.value {
                Yaml::Scalar(key) => key,
                Yaml::Null => Cow::Borrowed("null"),
                Yaml::List(_) | Yaml::Map(_) => Cow::Borrowed("[…]"),
            };
            map.push((key, value.value));
        }
        Ok(Raw { value: Yaml::Map(map), typed })
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, tagged: A) -> Result<Raw, A::Error> {
        // A tagged value; the tag itself is refused by `places::lost_text`.
        use serde::de::VariantAccess;
        let (tag, rest) = tagged.variant::<String>()?;
        let mut raw = rest.newtype_variant::<Raw>()?;
        if raw.value == Yaml::Null {
            raw.value = Yaml::Scalar(Cow::Owned(tag));
        }
        Ok(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Yaml) {
        assert_eq!(read(text).expect("readable"), expected, "{text}");
    }

    fn scalar(text: &str) -> Yaml<'_> {
        Yaml::Scalar(text.into())
    }

    #[test]
    fn numbers_keep_their_text() {
        for number in ["1.50", "007", "1e3", "0x1F", "2014", "yes", "True", "-0.0", "1_000"] {
            check(&format!("a: {number}"), Yaml::Map(vec![("a".into(), scalar(number))]));
        }
        check(
            "[1.50, \"2\", {x: 3.0}]",
            Yaml::List(vec![scalar("1.50"), scalar("2"), Yaml::Map(vec![("x".into(), scalar("3.0"))])]),
        );
        check("2014: a", Yaml::Map(vec![("2014".into(), scalar("a"))]));
    }

    #[test]
    fn equal_keys_are_both_kept() {
        check("a: x\na: y", Yaml::Map(vec![("a".into(), scalar("x")), ("a".into(), scalar("y"))]));
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for at in b'b'..=b'z' {
            let (at, before) = (at as char, (at - 1) as char);
            bomb.push_str(&format!("{at}: &{at} [{}*{before}]\n", format!("*{before},").repeat(9)));
        }
        assert!(read(&bomb).is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&format!("{}x", "- ".repeat(100_000))).is_err());
    }
}
