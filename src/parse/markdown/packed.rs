//! Tokens in little room, so that a body is read once for parsing and views.
//!
//! In: tokens and the text they were read from. Out: twelve bytes a token, and from them the same tokens. Texts
//! are held as places in the text; a text that does not stand there as it is shown is not packed.

use super::{Align, Callout, Element, Kind, Token, cite_items};
use crate::source::Span;
use std::borrow::Cow;

/// Tokens of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    tokens: Box<[Small]>,
    /// What does not fit into a token, in the order of the tokens that need it.
    more: Box<[Span]>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Small {
    what: What,
    span: Span,
}

/// A kind of token; those marked with a star have an entry in `more`.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Close,
    /// A text that is its span.
    Text,
    /// *A text at another place.
    TextAt,
    /// *
    Code,
    SoftBreak,
    HardBreak,
    Rule,
    Task(bool),
    Wikilink,
    Embed,
    Cite,
    /// *
    FootnoteMark,
    Paragraph,
    Heading(u8),
    Quote(Option<Callout>),
    /// *
    CodeBlock,
    List,
    /// *The number of the first entry.
    Numbered,
    Item,
    /// *The number of columns, and two bits for each.
    Table,
    TableHead,
    TableRow,
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    /// *
    Link,
    /// *
    Footnote,
}

/// Fewer tokens are read again sooner than they are kept.
const LONG: usize = 16;

/// As many columns have room in a span.
const MOST_COLUMNS: usize = 16;

impl Packed {
    /// Packs the tokens of a text if there are many.
    pub fn of_long(tokens: &[Token<'_>], text: &str) -> Option<Box<Packed>> {
        if tokens.len() < LONG { None } else { Packed::new(tokens, text).map(Box::new) }
    }

    /// Packs the tokens of a text; nothing where one of them cannot be found in it again.
    pub fn new(tokens: &[Token<'_>], text: &str) -> Option<Packed> {
        let mut more = Vec::new();
        let mut packed = Vec::with_capacity(tokens.len());
        for token in tokens {
            let what = match &token.kind {
                Kind::Close => What::Close,
                Kind::Text(words) => match place(words, text)? {
                    place if place == token.span => What::Text,
                    place => with(&mut more, place, What::TextAt),
                },
                Kind::Code(code) => with(&mut more, place(code, text)?, What::Code),
                Kind::SoftBreak => What::SoftBreak,
                Kind::HardBreak => What::HardBreak,
                Kind::Rule => What::Rule,
                Kind::Task(done) => What::Task(*done),
                Kind::Wikilink(_) => What::Wikilink,
                Kind::Embed(_) => What::Embed,
                Kind::Cite(_) => What::Cite,
                Kind::Image(_) => return None,
                Kind::FootnoteMark(name) => with(&mut more, place(name, text)?, What::FootnoteMark),
                Kind::Open(element) => opened(element, text, &mut more)?,
            };
            packed.push(Small { what, span: token.span });
        }
        Some(Packed { tokens: packed.into(), more: more.into() })
    }

    /// The tokens that were packed; `text` is what they were read from.
    pub fn tokens<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        let slice = |span: Span| text.get(span.range()).unwrap_or_default();
        let mut more = self.more.iter().copied();
        let mut next = || more.next().unwrap_or_default();
        let mut kind = |small: &Small| match small.what {
            What::Close => Kind::Close,
            What::Text => Kind::Text(Cow::Borrowed(slice(small.span))),
            What::TextAt => Kind::Text(Cow::Borrowed(slice(next()))),
            What::Code => Kind::Code(Cow::Borrowed(slice(next()))),
            What::SoftBreak => Kind::SoftBreak,
            What::HardBreak => Kind::HardBreak,
            What::Rule => Kind::Rule,
            What::Task(done) => Kind::Task(done),
            What::Wikilink => Kind::Wikilink(slice(small.span)),
            What::Embed => Kind::Embed(slice(small.span).trim_start_matches('!')),
            What::Cite => {
                let inner = slice(small.span).trim_start_matches('[').trim_end_matches(']');
                Kind::Cite(cite_items(inner, small.span.start as usize + 1).unwrap_or_default())
            }
            What::FootnoteMark => Kind::FootnoteMark(Cow::Borrowed(slice(next()))),
            What::Paragraph => Kind::Open(Element::Paragraph),
            What::Heading(level) => Kind::Open(Element::Heading(level)),
            What::Quote(callout) => Kind::Open(Element::Quote(callout)),
            What::CodeBlock => Kind::Open(Element::CodeBlock(Cow::Borrowed(slice(next())))),
            What::List => Kind::Open(Element::List(None)),
            What::Numbered => Kind::Open(Element::List(Some(next().start.into()))),
            What::Item => Kind::Open(Element::Item),
            What::Table => Kind::Open(Element::Table(columns(next()))),
            What::TableHead => Kind::Open(Element::TableHead),
            What::TableRow => Kind::Open(Element::TableRow),
            What::TableCell => Kind::Open(Element::TableCell),
            What::Emphasis => Kind::Open(Element::Emphasis),
            What::Strong => Kind::Open(Element::Strong),
            What::Strikethrough => Kind::Open(Element::Strikethrough),
            What::Link => Kind::Open(Element::Link(Cow::Borrowed(slice(next())))),
            What::Footnote => Kind::Open(Element::Footnote(Cow::Borrowed(slice(next())))),
        };
        self.tokens.iter().map(|small| Token { kind: kind(small), span: small.span }).collect()
    }
}

fn opened(element: &Element<'_>, text: &str, more: &mut Vec<Span>) -> Option<What> {
    Some(match element {
        Element::Paragraph => What::Paragraph,
        Element::Heading(level) => What::Heading(*level),
        Element::Quote(callout) => What::Quote(*callout),
        Element::CodeBlock(language) => with(more, place(language, text)?, What::CodeBlock),
        Element::List(None) => What::List,
        Element::List(Some(first)) => {
            let start = u32::try_from(*first).ok()?;
            with(more, Span { start, end: start }, What::Numbered)
        }
        Element::Item => What::Item,
        Element::Table(columns) => with(more, bits(columns)?, What::Table),
        Element::TableHead => What::TableHead,
        Element::TableRow => What::TableRow,
        Element::TableCell => What::TableCell,
        Element::Emphasis => What::Emphasis,
        Element::Strong => What::Strong,
        Element::Strikethrough => What::Strikethrough,
        Element::Link(to) => with(more, place(to, text)?, What::Link),
        Element::Footnote(name) => with(more, place(name, text)?, What::Footnote),
    })
}

fn with(more: &mut Vec<Span>, entry: Span, what: What) -> What {
    more.push(entry);
    what
}

/// Where a part of a text stands in it, if it was borrowed from it.
fn place(part: &str, text: &str) -> Option<Span> {
    if part.is_empty() {
        return Some(Span::default());
    }
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (start + part.len() <= text.len()).then(|| Span::new(start, start + part.len()))
}

const ALIGNS: [Align; 4] = [Align::None, Align::Left, Align::Centre, Align::Right];

fn bits(columns: &[Align]) -> Option<Span> {
    let bit = |align: &Align| ALIGNS.iter().position(|known| known == align);
    let bits =
        columns.iter().try_rfold(0, |bits, align| Some(bits << 2 | u32::try_from(bit(align)?).ok()?))?;
    let start = u32::try_from(columns.len()).ok().filter(|_| columns.len() <= MOST_COLUMNS)?;
    Some(Span { start, end: bits })
}

fn columns(packed: Span) -> Vec<Align> {
    (0..packed.start).map(|at| ALIGNS[(packed.end >> (2 * at) & 3) as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::tokens;

    #[test]
    fn tokens_come_out_as_they_went_in() {
        let check = |text: &str, is_packed: bool| {
            let (tokens, _) = tokens(text);
            let packed = Packed::new(&tokens, text);
            assert_eq!(packed.is_some(), is_packed, "{text:?}");
            if let Some(packed) = packed {
                assert_eq!(packed.tokens(text), tokens, "{text:?}");
            }
        };
        check("## A heading\n\nWords [[Kyiv#x|y]] and *more* **words** ~~gone~~ `code`.\n", true);
        check("1. a\n2. b\n\n7. c\n\n- [x] done\n- [ ] open\n", true);
        check("3. third\n4. fourth [@a, p. 3; @b]\n", true);
        check("> [!NOTE]\n> A note\n> on two lines\\\n> with a break\n\n> quoted\n\n---\n", true);
        check("| a | b | c | d |\n|---|:--|:-:|--:|\n| `x` | [[a\\|b]] | ~~y~~ |\n\n![[embed#one]]\n", true);
        check("```rust\nlet a = 1;\n```\n\n    indented\n", true);
        check("A note[^1] and a [link](https://example.org \"t\").\n\n[^1]: Text.\n", true);
        check("An \\*escape\\*", true);
        check("An &amp; entity, \"joined\"", false);
        check("![a picture](a.png)", false);
        check("9999999999999 <a@example.org>", false);
        check(&format!("|{0}\n|{1}\n", "a|".repeat(17), "-|".repeat(17)), false);
        check(&format!("|{0}\n|{1}\n", "a|".repeat(16), "-:|".repeat(16)), true);
        check("", true);
    }
}
