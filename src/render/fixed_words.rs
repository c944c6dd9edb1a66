//! Words that stand in a template before any page is made.
//!
//! In: a template of the default theme, the words of the wiki's language, its title and language. Out: the template
//! with `{{ words["key"] }}` replaced by the words, and so on: most of what a page would look up by name. Templates
//! of a folder stay as they are, so that findings about them keep their places.

use crate::markup::Html;
use crate::view::Global;
use std::collections::BTreeMap;

const OPEN: &str = "{{ words[\"";
const CLOSE: &str = "\"] }}";

/// A page's template with words, title and language written in.
pub fn all_written_in(template: &str, global: &Global) -> String {
    let fields = [("{{ site_title }}", &*global.site_title), ("{{ site_language }}", &*global.site_language)];
    fields.into_iter().fold(written_in(template, &global.words), field_written_in)
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
