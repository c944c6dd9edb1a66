//! The tags of a template, as the engine's lexer finds them.
//!
//! In: a template's text. Out: what stands in each `{% … %}` and `{{ … }}`; comments and raw text hold none.

use crate::source::Span;

/// What stands in a tag or an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'t> {
    /// Its text, without the marks and the blanks around it.
    pub text: &'t str,
    /// Whether it is `{% … %}`, not `{{ … }}`.
    pub is_statement: bool,
    /// Its bytes, with the marks.
    pub span: Span,
}

impl<'t> Tag<'t> {
    /// What follows the first word, where a statement begins with that word.
    pub fn after(&self, word: &str) -> Option<&'t str> {
        let rest = self.text.strip_prefix(word).filter(|_| self.is_statement)?;
        let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        ends.then(|| rest.trim_start())
    }

    /// The template that a statement of this word names, in quotes.
    pub fn named(&self, word: &str) -> Option<&'t str> {
        let rest = self.after(word)?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        rest[1..].split(quote).next()
    }
}

/// The tags in order, up to one that does not end: the engine tells that.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('{')?;
            let close = match text.as_bytes().get(start + 1) {
                Some(b'#') => {
                    at = start + 2 + text[start + 2..].find("#}")? + 2;
                    continue;
                }
                Some(b'%') => "%}",
                Some(b'{') => "}}",
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            let inner = start + 2;
            let end = inner + end(&text[inner..], close)?;
            at = end + 2;
            let inside = text[inner..end].strip_prefix('-').unwrap_or(&text[inner..end]);
            let inside = inside.strip_suffix('-').unwrap_or(inside).trim();
            let is_statement = close == "%}";
            if is_statement && inside == "raw" {
                at += after_raw(&text[at..])?;
                continue;
            }
            return Some(Tag { text: inside, is_statement, span: Span::new(start, at) });
        }
    })
}

/// Where the mark stands that closes a tag, outside of quotes.
fn end(text: &str, close: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = &text.as_bytes()[at..];
        match rest.first()? {
            b'"' | b'\'' | b'`' => at += quoted(rest)?,
            _ if rest.starts_with(close.as_bytes()) => return Some(at),
            _ => at += 1,
        }
    }
}

/// How long a text in quotes is that stands here, with its quotes.
fn quoted(text: &[u8]) -> Option<usize> {
    let mut bytes = text.iter().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            _ if *byte == text[0] => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Where the bytes of an expression stand that are in no quotes.
pub(super) fn outside_quotes(expression: &str) -> impl Iterator<Item = (usize, u8)> {
    let bytes = expression.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(long) = matches!(bytes.get(at)?, b'"' | b'\'' | b'`').then(|| quoted(&bytes[at..])) {
            at += long?;
        }
        at += 1;
        Some((at - 1, bytes[at - 1]))
    })
}

/// The byte behind the tag that ends raw text.
fn after_raw(text: &str) -> Option<usize> {
    text.match_indices("{%").find_map(|(at, open)| {
        let rest = &text[at + open.len()..];
        let inside = rest.strip_prefix('-').unwrap_or(rest).trim_start().strip_prefix("endraw")?.trim_start();
        let close = inside.strip_prefix('-').unwrap_or(inside).strip_prefix("%}")?;
        Some(text.len() - close.len())
    })
}

/// The names that an expression holds, without fields: of `point.actors | length` these are `point` and `length`.
pub(super) fn names(expression: &str) -> impl Iterator<Item = &str> {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = expression.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &bytes[at..];
            let start = at;
            match rest.first()? {
                b'"' | b'\'' | b'`' => at += quoted(rest)?,
                byte if !part(byte) => at += 1,
                first => {
                    at += rest.iter().take_while(|byte| part(byte)).count();
                    let is_field = start > 0 && bytes[start - 1] == b'.';
                    if !is_field && !first.is_ascii_digit() {
                        return Some(&expression[start..at]);
                    }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_as_the_engine_finds_them() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = tags(text).map(|tag| tag.text).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("a { b }} {{ c }}{%- if d -%}", &["c", "if d"]);
        check("{# {{ a }} #}{{ b }}", &["b"]);
        check("{% raw %}{{ a }}{%- endraw -%}{{ b }}", &["b"]);
        check("{{ \"}}\" }}{% set x = '%}' %}", &["\"}}\"", "set x = '%}'"]);
        check("{{ 'it\\'s }}' ~ a }}", &["'it\\'s }}' ~ a"]);
        // Nothing behind what does not end.
        check("{{ a }}{{ b {% if c %}", &["a"]);
        check("{{ a }}{% raw %}{{ b }}", &["a"]);
        check("{{ a }}{# {{ b }}", &["a"]);
    }

    #[test]
    fn a_statement_is_known_by_its_first_word() {
        let of = |text| tags(text).next().unwrap();
        assert_eq!(of("{% set x = 1 %}").after("set"), Some("x = 1"));
        assert_eq!(of("{% set_global x = 1 %}").after("set"), None);
        assert_eq!(of("{{ set }}").after("set"), None);
        assert_eq!(of("{%- include \"parts/a.html\" -%}").named("include"), Some("parts/a.html"));
        assert_eq!(of("{% include a %}").named("include"), None);
    }

    #[test]
    fn names_are_those_that_an_expression_begins_with() {
        let check =
            |text: &str, expected: &[&str]| assert_eq!(names(text).collect::<Vec<_>>(), expected, "{text}");
        check("point.actors | length", &["point", "length"]);
        check("\"a b\" ~ x[y.z] ~ 'c' ~ 12", &["x", "y"]);
        check("é ~ a_1", &["a_1"]);
        check("a ~ \"open", &["a"]);
    }
}
