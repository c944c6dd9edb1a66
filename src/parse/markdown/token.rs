//! What a text of Markdown is made of.
//!
//! In: nothing; these are the values into which `markdown.rs` splits a text. Out: what `parse` reads links and checks
//! from, and `view` writes HTML from.

use crate::source::Span;
use std::borrow::Cow;

/// A token and the bytes it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Bytes of the text that was given.
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    /// A block or inline element begins.
    Open(Element<'a>),
    /// The innermost open element ends.
    Close,
    /// Text.
    Text(Cow<'a, str>),
    /// Code within a line.
    Code(Cow<'a, str>),
    /// A line break in the text that is a space on the page.
    SoftBreak,
    /// A line break that is kept.
    HardBreak,
    /// A line across the page.
    Rule,
    /// The box of a task; true is done.
    Task(bool),
    /// `[[target#heading|label]]`, as it is written: [`super::wikilink`] reads it.
    Wikilink(&'a str),
    /// `![[target#heading]]`, as it is written, without the `!`.
    Embed(&'a str),
    /// `[@id, place; @id]`
    Cite(Vec<CiteItem<'a>>),
    /// `![alt](to)`; boxed, because tokens of a page are many and images few.
    Image(Box<Image<'a>>),
    /// `[^name]`
    FootnoteMark(Cow<'a, str>),
}

/// An element that holds others.
#[derive(Clone, Debug, PartialEq)]
pub enum Element<'a> {
    /// A paragraph.
    Paragraph,
    /// A heading of level 2 to 6.
    Heading(u8),
    /// A quotation, or a callout of the code host.
    Quote(Option<Callout>),
    /// A fenced or indented block of code with its language.
    CodeBlock(Cow<'a, str>),
    /// A list; numbered from the given number.
    List(Option<u64>),
    /// An entry of a list.
    Item,
    /// A table with the alignment of its columns.
    Table(Vec<Align>),
    /// The head row of a table.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell.
    TableCell,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck-out text.
    Strikethrough,
    /// A link to an address as written.
    Link(Cow<'a, str>),
    /// The text of a footnote.
    Footnote(Cow<'a, str>),
}

/// The five callouts of the code host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callout {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As the table's other text.
    None,
    /// Left.
    Left,
    /// In the middle.
    Centre,
    /// Right.
    Right,
}

/// An image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image<'a> {
    /// The address.
    pub to: Cow<'a, str>,
    /// The description.
    pub alt: String,
}

/// The parts of a wikilink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wikilink<'a> {
    /// Id, title or alias; empty for a heading of the same page.
    pub target: Cow<'a, str>,
    /// A heading's text or id.
    pub heading: Option<Cow<'a, str>>,
    /// The words to show.
    pub label: Option<Cow<'a, str>>,
}

/// One source in a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CiteItem<'a> {
    /// The source's id.
    pub id: &'a str,
    /// The place in it, as written.
    pub place: Option<Cow<'a, str>>,
    /// The bytes of `@id`.
    pub span: Span,
    /// The byte after its place.
    pub end: u32,
}
