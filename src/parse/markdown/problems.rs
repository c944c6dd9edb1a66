//! Forms of Markdown that are not taken.
//!
//! In: nothing; these are the values in which reading tells of them. Out: what `prose_checks.rs` and `text_slips.rs`
//! put into words.

use crate::source::Span;

/// A form that is not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The bytes.
    pub span: Span,
    /// What it is.
    pub what: ProblemKind,
}

/// What is not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// A citation in another form, with the form to write if that is sure.
    Citation(Option<String>),
    /// Raw HTML.
    Html,
    /// A comment that is never closed, or text behind one on its line.
    CommentSwallows,
    /// A footnote mark without a note.
    Footnote(String),
    /// A footnote that no mark in the text leads to, or a second one of the same name.
    Unmarked(String),
    /// A link, note, heading or embed in a form that is not read.
    Slip(Slip),
}

/// A form of this dialect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// `[@id]`
    Citation,
    /// `[[id]]`
    Wikilink,
}

/// Forms that would be printed as they stand, with the form to write where that is sure.
#[derive(Clone, Debug, PartialEq)]
pub enum Slip {
    /// `[words](an address.pdf)`
    BlankInAddress(String),
    /// `[words] (address)`
    GapBeforeAddress(String),
    /// `^[note]`
    InlineNote,
    /// `##Heading`
    NoBlankInHeading(String),
    /// An embed with words beside it.
    EmbedInLine,
    /// `![[page#heading|words]]`
    EmbedWords,
    /// `[[id|words]]` in a table, where the bar ends the cell.
    BarInTable(String),
    /// `[[` that begins no link.
    NoWikilink,
    /// `](` that ends no link.
    NoLink,
    /// `[words][label]` without a line `[label]: address`, with the words in their brackets.
    NoDefinition(String),
    /// `[label]: address` that nothing leads to.
    UnusedDefinition(String),
    /// A second address for a label of links.
    SecondDefinition(String),
    /// `[words](address "more")`
    LinkTitle,
    /// `![words](address "more")`
    ImageTitle,
    /// `[[@id]]`
    CitationAsLink(String),
    /// `<!--` that is never closed.
    OpenComment,
    /// A cell behind the last column of its table.
    SurplusCell,
    /// `|---|---|` that makes no table.
    NoTable,
    /// `| a | b |` that is the row of no table.
    NoRow,
    /// A line without bars right below a table, which takes it for a row.
    LineInTable,
    /// `• entry`
    NoList,
    /// Stars that make nothing bold.
    LooseStars,
    /// `%%note%%`, a comment of another dialect.
    OtherComment,
    /// A sentence that a line of dashes below it makes a heading.
    RuledSentence,
    /// Lines of fields behind a rule.
    SecondFrontMatter,
    /// Text that is code because it is set in, with a form in it that code does not show.
    SetIn(Form),
    /// A block of code that is never closed, with the line that closes it.
    OpenCode(String),
    /// `##` without words.
    EmptyHeading,
    /// `## Words {#id}`
    HeadingAttributes,
    /// `> [!INFO]`
    UnknownCallout,
    /// `> [!NOTE] words`, with the mark that stands alone on its line.
    CalloutInLine(String),
    /// A mark alone on its line that makes no callout, with its form.
    CalloutForm(String),
    /// A comment behind the mark of a callout, which then is none.
    CommentInCallout(String),
    /// An address such as `www.example.org`, and what to write.
    NoScheme(String),
    /// An address such as `Https://example.org`, and what to write.
    CapitalScheme(String),
    /// A callout without text.
    EmptyCallout,
}
