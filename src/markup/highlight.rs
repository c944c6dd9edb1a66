//! Code with its words marked by CSS classes; the theme gives them colours.
//!
//! In: code and its language. Out: HTML. Loading the grammars costs more than a page, so it is done
//! only for a wiki that has code.

use super::Html;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Longest code that is highlighted, in bytes: grammars are regular expressions, whose time on crafted
/// input has no useful bound. With these two bounds the slowest of the grammars that are left took 0.7 s
/// (R, 50 patterns of brackets, quotes and words); brackets left open make each line slower than the one
/// before.
const LONGEST: usize = 20_000;

/// Longest line that is highlighted, for the same reason.
const LONGEST_LINE: usize = 200;

/// Grammars that take longer than a second within these bounds: 10 s for `<!--` in Makefile, whose time
/// grows with the cube of a line; 1.1 s for `a(` in MATLAB.
const SLOW: [&str; 2] = ["Makefile", "MATLAB"];

/// The grammars.
#[derive(Debug)]
pub struct Highlighter(SyntaxSet);

impl Highlighter {
    /// Loads the grammars.
    pub fn load() -> Highlighter {
        Highlighter(SyntaxSet::load_defaults_newlines())
    }

    /// Code as HTML; plain where the language is not known, or highlighting could take long.
    pub fn html(&self, code: &str, language: &str) -> Html {
        let short = code.len() <= LONGEST && code.lines().all(|line| line.len() <= LONGEST_LINE);
        match self.syntax(language).filter(|_| short) {
            Some(syntax) => self.marked(code, syntax).unwrap_or_else(|| Html::text(code)),
            None => Html::text(code),
        }
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        let token = language.split([' ', ',', '{']).next().unwrap_or("");
        let found = self.0.find_syntax_by_token(token)?;
        let plain = found.name == "Plain Text" || SLOW.contains(&found.name.as_str());
        (!plain).then_some(found)
    }

    fn marked(&self, code: &str, syntax: &SyntaxReference) -> Option<Html> {
        let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
        let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &self.0, style);
        // The library escapes what HTML gives a meaning, not what HTML forbids.
        let code =
            code.replace(|c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r'), "\u{fffd}");
        for line in LinesWithEndings::from(&code) {
            generator.parse_html_for_line_which_includes_newline(line).ok()?;
        }
        Some(Html::trusted(generator.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_where_that_takes_no_time() {
        let highlighter = Highlighter::load();
        let check = |code: &str, language: &str, marked: bool| {
            let html = highlighter.html(code, language);
            assert_eq!(html != Html::text(code), marked, "{language}");
        };
        let lines = |line: usize, lines: usize| format!("{}\n", "a".repeat(line - 1)).repeat(lines);
        check("fn f() {}", "rust", true);
        check("fn f() {}", "nothing", false);
        check(&lines(200, 100), "rust", true);
        check(&lines(200, 101), "rust", false);
        check(&lines(202, 1), "rust", false);
        for language in ["make", "Makefile", "mak", "matlab"] {
            check("all: a\n\techo\n", language, false);
        }
        assert!(SLOW.iter().all(|name| highlighter.0.find_syntax_by_name(name).is_some()));
    }
}
