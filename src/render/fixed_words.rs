//! Words that stand in a template before any page is made.
//!
//! In: a template of the default theme, the words of the wiki's language. Out: the template with
//! `{{ words["key"] }}` replaced by the words: most of what a page would look up by name. Templates of a
//! folder stay as they are, so that findings about them keep their places.

use crate::markup::Html;
use std::collections::BTreeMap;

const OPEN: &str = "{{ words[\"";
const CLOSE: &str = "\"] }}";

/// A template with its words written in.
pub fn written_in(template: &str, words: &BTreeMap<String, String>) -> String {
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
