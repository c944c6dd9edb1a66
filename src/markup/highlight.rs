//! Code with its words marked by CSS classes; the theme gives them colours.
//!
//! In: code and its language. Out: HTML. Loading the grammars costs more than a page, so it is done
//! only for a wiki that has code.

use super::Html;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Longest code that is highlighted, in bytes: grammars are regular expressions, whose time on
/// crafted input has no useful bound.
const LONGEST: usize = 100_000;

/// Longest line that is highlighted, for the same reason.
const LONGEST_LINE: usize = 2_000;

/// The grammars.
#[derive(Debug)]
pub struct Highlighter(SyntaxSet);

impl Highlighter {
    /// Loads the grammars.
    pub fn load() -> Highlighter {
        Highlighter(SyntaxSet::load_defaults_newlines())
    }

    /// Code as HTML; plain where the language is not known.
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
        (found.name != "Plain Text").then_some(found)
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
