//! Labels of paragraphs: judgments, assumptions, open questions, bottom lines.
//!
//! In: the tokens behind the start of a paragraph, an entry or a line. Out: the label of the block that is
//! being gathered, or what is wrong with it.

use super::Reader;
use super::inner::{inner_text, start_of_inner_text};
use crate::parse::labels::{self, Label, Read, Slip, Wrong};
use crate::parse::markdown::{Element, Kind, Token};
use crate::source::Span;

impl Reader {
    /// The label at the start of a paragraph.
    pub(super) fn label(&mut self, rest: &[Token<'_>], source: &str) {
        let Some(Token { kind: Kind::Open(Element::Strong), span: bold }) = rest.first() else {
            self.bad_labels.extend(unbold_label(rest, source));
            return;
        };
        let bold = *bold;
        let words = inner_text(&rest[1..]);
        match labels::read(&words) {
            Read::Label(label) => {
                if is_alone(&rest[1..]) {
                    let wrong = Wrong::misplaced(&words, Slip::Alone);
                    self.bad_labels.extend(wrong.map(|wrong| (bold.clamp(source), wrong)));
                }
                if let Some(block) = &mut self.block {
                    block.label = Some((label, words.len()));
                }
            }
            Read::Wrong(wrong) => {
                // A bottom line with a slip in its label is not missing as well.
                if let (Some(block), Some(Label::BottomLine)) = (&mut self.block, &wrong.label) {
                    block.label = Some((Label::BottomLine, words.len()));
                }
                self.bad_labels.push((bold.clamp(source), wrong));
            }
            Read::Plain => {}
        }
    }

    /// A label where none can be read, which is told: its bold words open an entry or a line.
    pub(super) fn misplaced_label(&mut self, rest: &[Token<'_>], source: &str, slip: Slip) {
        let Some(Token { kind: Kind::Open(Element::Strong), span: bold }) = rest.first() else { return };
        let bold = *bold;
        let words = start_of_inner_text(&rest[1..], LONGEST_LABEL);
        let wrong = Wrong::misplaced(&words, slip);
        self.bad_labels.extend(wrong.map(|wrong| (bold.clamp(source), wrong)));
    }
}

/// Longest label that is looked for inside a paragraph, in bytes. Bold words may open each line of it and hold
/// all that follow, so that reading them to their end would take long.
const LONGEST_LABEL: usize = 400;

/// Whether nothing but citations stands between the end of the bold words and that of their paragraph.
fn is_alone(rest: &[Token<'_>]) -> bool {
    let mut depth = 1;
    for token in rest {
        match &token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close if depth == 0 => return true,
            Kind::Close => depth -= 1,
            Kind::Text(text) if depth == 0 && !text.contains(char::is_alphanumeric) => {}
            Kind::Cite(_) | Kind::SoftBreak | Kind::HardBreak if depth == 0 => {}
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// A label that is not bold, because a letter follows its stars or a blank stands inside them (CommonMark,
/// section 6.2), or that is bold and slanted.
fn unbold_label(rest: &[Token<'_>], source: &str) -> Option<(Span, Wrong)> {
    if let [
        Token { kind: Kind::Open(Element::Emphasis), span },
        Token { kind: Kind::Open(Element::Strong), .. },
        ..,
    ] = rest
    {
        let wrong = Wrong::misplaced(&inner_text(&rest[2..]), Slip::Form)?;
        return Some((*span, wrong));
    }
    let Token { kind: Kind::Text(_), span } = rest.first()? else { return None };
    let start = span.start as usize;
    let inner = source.get(start..)?.strip_prefix("**")?.lines().next()?;
    let (words, behind) = inner.split_once("**")?;
    let slip = match words.starts_with(' ') || words.ends_with(' ') {
        true => Slip::BlankInside,
        false if behind.starts_with(char::is_alphanumeric) => Slip::NoBlank,
        false => return None,
    };
    Some((Span::new(start, start + words.len() + 4), Wrong::misplaced(words, slip)?))
}
