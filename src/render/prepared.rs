//! What is done to a template of the default theme before any page is made.
//!
//! In: the template, the other ones, the words of the wiki's language, its title and language. Out: the template with
//! the parts that it includes written in, and `{{ words["key"] }}` replaced by the words, and so on: most of what a
//! page would look up by name. Templates of a folder stay as they are, so that findings about them keep their places,
//! and so does what includes them.

use crate::markup::Html;
use crate::view::Global;
use std::borrow::Cow;
use std::collections::BTreeMap;

const OPEN: &str = "{{ words[\"";
const CLOSE: &str = "\"] }}";

/// A page's template with parts, words, title and language written in; `part` gives the text of a part of the default
/// theme.
pub fn prepared<'p>(template: &str, global: &Global, part: &dyn Fn(&str) -> Option<&'p str>) -> String {
    let fields = [("{{ site_title }}", &*global.site_title), ("{{ site_language }}", &*global.site_language)];
    let words = written_in(&with_parts(template, part), &global.words);
    fields.into_iter().fold(words, field_written_in)
}

const INCLUDE: &str = " include \"";

/// A template with the parts written in that it includes. A part is a page's text of its own: the dashes that take
/// white space away at its ends do not reach beyond it.
fn with_parts<'p>(template: &str, part: &dyn Fn(&str) -> Option<&'p str>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once(INCLUDE) {
        let (tag, dashed) = (before.strip_suffix("{%"), before.strip_suffix("{%-"));
        let found = behind.split_once("\" %}").and_then(|(name, after)| Some((part(name)?, after)));
        match (found, dashed.map(str::trim_end).or(tag)) {
            (Some((part, after)), Some(before)) => {
                text.push_str(before);
                text.push_str(&without_outer_dashes(part));
                rest = after;
            }
            _ => {
                text.extend([before, INCLUDE]);
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    text
}

/// A part whose first and last tag take no white space away outside of it.
fn without_outer_dashes(part: &str) -> Cow<'_, str> {
    let opened = ["{%-", "{#-", "{{-"].into_iter().find_map(|tag| Some((&tag[..2], part.strip_prefix(tag)?)));
    let (open, inside) = opened.unwrap_or(("", part));
    let end = inside.trim_end();
    let closed = ["-%}", "-#}", "-}}"].into_iter().find_map(|tag| Some((end.strip_suffix(tag)?, &tag[1..])));
    let (inside, close) = closed.unwrap_or((inside, ""));
    if open.is_empty() && close.is_empty() {
        return Cow::Borrowed(part);
    }
    Cow::Owned([open, inside, close].concat())
}

/// A template with a field written in, of which the value is the same on every page.
fn field_written_in(template: String, (field, value): (&str, &str)) -> String {
    match template.contains(field) && !value.contains('{') {
        true => template.replace(field, Html::text(value).as_str()),
        false => template,
    }
}

/// A template with its words written in.
fn written_in(template: &str, words: &BTreeMap<String, String>) -> String {
    let mut parts = template.split(OPEN);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let found = part.split_once(CLOSE).and_then(|(key, rest)| Some((words.get(key)?, rest)));
        match found {
            // A brace could begin something that the template engine reads.
            Some((words, rest)) if !words.contains('{') => {
                text.push_str(Html::new().push(words).as_str());
                text.push_str(rest);
            }
            _ => text.extend([OPEN, part]),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_in_where_they_are_the_default_theme_s() {
        let check = |template: &str, expected: &str| {
            let part = |name: &str| match name {
                "plain" => Some("\n<b>\n"),
                "dashed" => Some("{%- if a %}x{%- endif -%}\n"),
                "note" => Some("{#- Nothing. -#}\n"),
                _ => None,
            };
            assert_eq!(with_parts(template, &part), expected, "{template}");
        };
        check("a\n{% include \"plain\" %}\nb", "a\n\n<b>\n\nb");
        check("a\n{%- include \"plain\" %}b", "a\n<b>\nb");
        check("a {% include \"dashed\" %} b", "a {% if a %}x{%- endif %} b");
        check("a {%- include \"note\" %} b", "a{# Nothing. #} b");
        let two = "{% include \"plain\" %}{% include \"own\" %}{% include \"plain\" %}";
        check(two, "\n<b>\n{% include \"own\" %}\n<b>\n");
        for unchanged in ["{% include \"own\" %}", "{% include name %}", " include \"plain", ""] {
            check(unchanged, unchanged);
        }
    }

    #[test]
    fn words_are_written_in_escaped_and_all_else_stays() {
        let words = [("a", "A & \"B\""), ("odd", "{{ x }}")].map(|(key, text)| (key.into(), text.into()));
        let check = |template: &str, expected: &str| {
            assert_eq!(written_in(template, &words.clone().into()), expected, "{template}");
        };
        check(
            "<p>{{ words[\"a\"] }}</p>{{ words[\"a\"] }}",
            "<p>A &amp; &quot;B&quot;</p>A &amp; &quot;B&quot;",
        );
        let check = |value: &str, expected: &str| {
            assert_eq!(
                field_written_in("<b>{{ t }}</b>".to_owned(), ("{{ t }}", value)),
                expected,
                "{value}"
            );
        };
        check("A & B", "<b>A &amp; B</b>");
        check("{{ x }}", "<b>{{ t }}</b>");
        let check = |template: &str, expected: &str| {
            assert_eq!(written_in(template, &words.clone().into()), expected, "{template}");
        };
        for unchanged in [
            "{{ words[\"odd\"] }}",
            "{{ words[\"none\"] }}",
            "{{ words[\"a\" }}",
            "{% if words[\"a\"] %}",
            "{{ words[name] }} {{ words[\"",
            "",
        ] {
            check(unchanged, unchanged);
        }
    }
}
