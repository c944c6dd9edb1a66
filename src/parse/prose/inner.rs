//! The words inside an element, such as a link or bold words.
//!
//! In: the tokens behind its beginning. Out: their text, without marks.

use crate::parse::markdown::{Kind, Token, wikilink};
use crate::source::Span;

/// The text of tokens up to the end of the element that is open.
pub(super) fn inner_text(tokens: &[Token<'_>]) -> String {
    start_of_inner_text(tokens, usize::MAX)
}

/// The first bytes of that text, about so many.
pub(super) fn start_of_inner_text(tokens: &[Token<'_>], most: usize) -> String {
    let mut depth = 1;
    let mut text = String::new();
    for token in tokens {
        let link;
        let part: &str = match &token.kind {
            Kind::Text(part) | Kind::Code(part) => part,
            Kind::SoftBreak | Kind::HardBreak => " ",
            Kind::Image(image) => &image.alt,
            Kind::Wikilink(written) => {
                link = wikilink(written);
                link.label.as_ref().unwrap_or(&link.target)
            }
            Kind::Open(_) => {
                depth += 1;
                continue;
            }
            Kind::Close if depth == 1 => break,
            Kind::Close => {
                depth -= 1;
                continue;
            }
            _ => continue,
        };
        text.push_str(&part[Span::new(0, most - text.len()).clamp(part).range()]);
        if text.len() >= most {
            break;
        }
    }
    text
}
