//! Markdown as a flat list of tokens, with the wiki's own forms recognised.
//!
//! In: the text of a body or of a Markdown field. Out: [`Token`]s with byte spans and the forms that
//! are refused ([`Problem`]). The only file that knows the Markdown parser. Parsing and viewing take the
//! same tokens, so the n-th link of one is the n-th link of the other.

mod definitions;
mod footnotes;
mod packed;
mod plain;
mod problems;
mod token;

pub use packed::Packed;
pub use problems::{Form, Problem, ProblemKind, Slip};
pub use token::{Align, Callout, CiteItem, Element, Image, Kind, Token, Wikilink};

use crate::model::names::one_line;
use crate::source::{Span, split_at_byte};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options,
    Parser, RefDefs, Tag,
};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// The options of the Markdown dialect (content model, section 2). The parser's metadata blocks stay
/// off, because they swallow any later `---`; so do heading attributes.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Splits Markdown into tokens.
pub fn tokens(text: &str) -> (Vec<Token<'_>>, Vec<Problem>) {
    match plain::tokens(text) {
        Some(tokens) => (tokens, Vec::new()),
        None => parsed(text),
    }
}

/// The tokens as the Markdown parser finds them.
fn parsed(text: &str) -> (Vec<Token<'_>>, Vec<Problem>) {
    let callback = |link: BrokenLink<'_>| {
        link.reference.trim_start().starts_with('@').then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(callback));
    // `[@id]: …` and `[!NOTE]: …` would be addresses for links, which nobody sees.
    let mut problems: Vec<Problem> = parser
        .reference_definitions()
        .iter()
        .filter_map(|(label, definition)| {
            let what = match label.trim_start().chars().next()? {
                '@' => ProblemKind::Citation(None),
                '!' => ProblemKind::Slip(match callout_named(label.trim_start().trim_start_matches('!')) {
                    Some(known) => Slip::CalloutInLine(format!("[!{known}]")),
                    None => Slip::UnknownCallout,
                }),
                _ => return None,
            };
            Some(Problem { span: span(&definition.span), what })
        })
        .collect();
    let out = Vec::with_capacity(text.len() / 24);
    let mut reader = Reader { text, out, problems: Vec::new(), in_code: false, followed: BTreeSet::new() };
    let mut events = parser.into_offset_iter();
    while let Some((event, range)) = events.next() {
        reader.event(event, range, &mut events);
    }
    problems.append(&mut reader.problems);
    let definitions = events.reference_definitions();
    if definitions.iter().next().is_some() {
        let first = |label: &str| definitions.get(label).map(|definition| definition.span.start);
        problems.extend(definitions::doubled(text, &reader.out, first));
    }
    problems.extend(unseen(text, definitions, &reader.followed));
    problems.extend(footnotes::unmarked(&reader.out));
    problems.sort_by_key(|problem| problem.span);
    (reader.out, problems)
}

/// Definitions that no link leads to, and words in them that no page shows.
fn unseen(text: &str, all: &RefDefs<'_>, followed: &BTreeSet<String>) -> Vec<Problem> {
    let used = followed.iter().filter_map(|label| all.get(label));
    let used: BTreeSet<usize> = used.map(|definition| definition.span.start).collect();
    let told = all.iter().filter_map(|(label, definition)| {
        let words = label.trim();
        let is_comment = definitions::is_comment(label, &definition.dest);
        let slip = match used.contains(&definition.span.start) {
            // Citations and callouts have findings of their own.
            _ if words.starts_with(['@', '!']) || is_comment => return None,
            false => Slip::UnusedDefinition(one_line(label).into_owned()),
            true if has_words(definition.title.as_deref()) => Slip::LinkTitle,
            true => return None,
        };
        Some(Problem { span: span(&definition.span).first_line(text), what: ProblemKind::Slip(slip) })
    });
    told.collect()
}

fn has_words(title: Option<&str>) -> bool {
    title.is_some_and(|title| !title.trim().is_empty())
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

struct Reader<'a> {
    text: &'a str,
    out: Vec<Token<'a>>,
    problems: Vec<Problem>,
    in_code: bool,
    /// The labels of definitions that links and images lead to.
    followed: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn event(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        rest: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    ) {
        let at = span(&range);
        match event {
            Event::Start(tag) => self.start(tag, range, rest),
            Event::End(_) => {
                self.in_code = false;
                self.push(Kind::Close, at);
            }
            Event::Text(text) if self.in_code => self.push(Kind::Text(cow(text)), at),
            Event::Text(text) => self.words(cow(text), at),
            Event::Code(text) => self.push(Kind::Code(cow(text)), at),
            Event::SoftBreak => self.push(Kind::SoftBreak, at),
            Event::HardBreak => self.push(Kind::HardBreak, at),
            Event::Rule => self.push(Kind::Rule, at),
            Event::TaskListMarker(done) => self.push(Kind::Task(done), at),
            Event::FootnoteReference(name) => self.push(Kind::FootnoteMark(cow(name)), at),
            Event::InlineHtml(_) | Event::Html(_) => self.html(range),
            // These need options that are off; as text nothing is lost.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(Kind::Text(cow(text)), at),
        }
    }

    /// Takes down which definition a link or an image leads to, and tells of words that no page shows.
    fn follow(&mut self, tag: &Tag<'a>, at: Span) {
        let (link_type, title, id, slip) = match tag {
            Tag::Link { link_type, title, id, .. } => (link_type, title, id, Slip::LinkTitle),
            Tag::Image { link_type, title, id, .. } => (link_type, title, id, Slip::ImageTitle),
            _ => return,
        };
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.followed.insert(id.to_string());
        } else if has_words(Some(title)) {
            self.problem(at, ProblemKind::Slip(slip));
        }
    }

    /// The words of an image, whose links no page shows.
    fn plain(&mut self, rest: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>) -> String {
        let mut text = String::new();
        let mut depth = 1;
        for (event, range) in rest {
            match event {
                Event::Start(tag) => {
                    self.follow(&tag, span(&range));
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        text
    }

    fn start(
        &mut self,
        tag: Tag<'a>,
        range: Range<usize>,
        rest: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    ) {
        let at = span(&range);
        self.follow(&tag, at);
        let element = match tag {
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { level, .. } => Element::Heading(level_number(level)),
            Tag::BlockQuote(kind) => Element::Quote(kind.map(callout)),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                Element::CodeBlock(match kind {
                    CodeBlockKind::Indented => Cow::Borrowed(""),
                    CodeBlockKind::Fenced(language) => cow(language),
                })
            }
            Tag::List(first) => Element::List(first),
            Tag::Item => Element::Item,
            Tag::FootnoteDefinition(name) => Element::Footnote(cow(name)),
            Tag::Table(columns) => Element::Table(columns.into_iter().map(align).collect()),
            Tag::TableHead => Element::TableHead,
            Tag::TableRow => Element::TableRow,
            Tag::TableCell => Element::TableCell,
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strikethrough,
            Tag::HtmlBlock => {
                skip(rest);
                return self.html(range);
            }
            Tag::Image { link_type: LinkType::WikiLink { .. }, .. } => {
                skip(rest);
                return self.push(Kind::Embed(self.slice(&range).trim_start_matches('!')), at);
            }
            Tag::Link { link_type: LinkType::WikiLink { .. }, .. } => {
                skip(rest);
                return self.push(Kind::Wikilink(self.slice(&range)), at);
            }
            Tag::Image { dest_url, .. } => {
                let alt = self.plain(rest);
                return self.push(Kind::Image(Box::new(Image { to: cow(dest_url), alt })), at);
            }
            Tag::Link { link_type: LinkType::ShortcutUnknown, .. } => {
                skip(rest);
                return self.cite(at);
            }
            Tag::Link { link_type, dest_url, .. } => {
                let source = self.slice(&range);
                if source.starts_with("[@") {
                    skip(rest);
                    let fix =
                        matches!(link_type, LinkType::ReferenceUnknown).then(|| source.replace("][", "; "));
                    self.problem(at, ProblemKind::Citation(fix));
                    return self.push(Kind::Text(Cow::Borrowed(source)), at);
                }
                let to = cow(dest_url);
                Element::Link(if link_type == LinkType::Email {
                    Cow::Owned(format!("mailto:{to}"))
                } else {
                    to
                })
            }
            // These need options that are off.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_)
            | Tag::Superscript
            | Tag::Subscript => Element::Paragraph,
        };
        self.push(Kind::Open(element), at);
    }

    fn push(&mut self, kind: Kind<'a>, at: Span) {
        self.out.push(Token { kind, span: at });
    }

    fn problem(&mut self, at: Span, what: ProblemKind) {
        self.problems.push(Problem { span: at, what });
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        &self.text[span(range).clamp(self.text).range()]
    }

    /// Text joined to the text before it: the parser splits at every bracket.
    fn words(&mut self, text: Cow<'a, str>, at: Span) {
        if let Some(Token { kind: Kind::Text(before), span }) = self.out.last_mut()
            && span.end == at.start
        {
            let whole = Span::new(span.start as usize, at.end as usize);
            let source = &self.text[whole.clamp(self.text).range()];
            // Text that stands so in the source is borrowed from it; comparing what was joined before
            // once more for each piece would take long for a long run of brackets.
            let borrowed = matches!(before, Cow::Borrowed(text) if text.as_ptr() == source.as_ptr());
            if borrowed && source.len() == before.len() + text.len() && source.ends_with(text.as_ref()) {
                *before = Cow::Borrowed(source);
            } else {
                before.to_mut().push_str(&text);
            }
            *span = whole;
            return;
        }
        self.push(Kind::Text(text), at);
    }

    /// `[@id, place; @id]`, or a finding.
    fn cite(&mut self, at: Span) {
        let source = self.slice(&at.range());
        match cite_items(source.trim_start_matches('[').trim_end_matches(']'), at.start as usize + 1) {
            Some(items) => self.push(Kind::Cite(items), at),
            None => {
                self.problem(at, ProblemKind::Citation(None));
                self.push(Kind::Text(Cow::Borrowed(source)), at);
            }
        }
    }

    /// Drops a comment; anything else is a problem. Text that a comment takes with it is one too.
    fn html(&mut self, range: Range<usize>) {
        let source = self.slice(&range);
        let Some(after_open) = source.trim_start().strip_prefix("<!--") else {
            let tag_end = source.find('>').map_or(source.trim_end().len(), |at| at + 1);
            return self.problem(Span::new(range.start, range.start + tag_end), ProblemKind::Html);
        };
        let rest = after_open.find("-->").map(|at| &after_open[at + 3..]);
        if rest.is_none_or(|rest| !rest.trim().is_empty()) {
            let shown = source.trim_end().len();
            self.problem(Span::new(range.start, range.start + shown), ProblemKind::CommentSwallows);
        }
    }
}

fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.into_string()),
    }
}

/// Passes over what is inside the element that has just begun, and its end.
fn skip<'a>(rest: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>) {
    let mut depth = 1;
    for (event, _) in rest {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
}

/// Reads `[[target#heading|label]]` from the source, where a newline is a space and a table writes `\|`.
pub fn wikilink(source: &str) -> Wikilink<'_> {
    let mut inner = source;
    while let Some(inside) = inner.strip_prefix("[[") {
        inner = inside;
    }
    while let Some(inside) = inner.strip_suffix("]]") {
        inner = inside;
    }
    let (name, label) = match split_at_byte(inner, b'|') {
        Some((name, label)) => (name.trim_end_matches('\\'), Some(label)),
        None => (inner, None),
    };
    // With nothing behind it the sign belongs to the name: `C#`.
    let (target, heading) = match split_at_byte(name, b'#') {
        Some((target, heading)) if !heading.trim().is_empty() || target.trim().is_empty() => {
            (target, Some(heading))
        }
        _ => (name, None),
    };
    let filled = |text| Some(one_line(text)).filter(|text| !text.is_empty());
    Wikilink { target: one_line(target), heading: heading.and_then(filled), label: label.and_then(filled) }
}

/// Reads what stands between the brackets of a citation, with `@` before each id.
///
/// `start` is the offset of `inner`. `None` where the form is another.
pub fn cite_items(inner: &str, start: usize) -> Option<Vec<CiteItem<'_>>> {
    // Nearly always one.
    let mut items = Vec::with_capacity(1);
    let mut at = start;
    let mut rest = Some(inner);
    while let Some(text) = rest {
        let (part, behind) =
            split_at_byte(text, b';').map_or((text, None), |(part, behind)| (part, Some(behind)));
        rest = behind;
        let item = part.trim_start();
        let lead = part.len() - item.len();
        let item = item.trim_end();
        let id = item.strip_prefix('@')?;
        let (id, place) = match split_at_byte(id, b',') {
            Some((id, place)) => (id.trim_end(), Some(one_line(place))),
            None => (id, None),
        };
        if !is_id(id) || place.as_ref().is_some_and(|place| place.is_empty() || place.contains('@')) {
            return None;
        }
        let from = at + lead;
        let end = Span::new(from, from + item.len()).end;
        items.push(CiteItem { id, place, span: Span::new(from, from + 1 + id.len()), end });
        at += part.len() + 1;
    }
    Some(items)
}

/// Whether a text has the form of a page's id (content model, section 1).
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// A heading of the body is at least of level 2: the page's title is the one of level 1.
fn level_number(level: HeadingLevel) -> u8 {
    (level as u8).max(2)
}

/// The mark of a callout that the code host knows (content model, section 2), by its word in any case.
pub fn callout_named(word: &str) -> Option<&'static str> {
    let all = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    all.into_iter().find(|known| known.eq_ignore_ascii_case(word.trim()))
}

fn callout(kind: BlockQuoteKind) -> Callout {
    match kind {
        BlockQuoteKind::Note => Callout::Note,
        BlockQuoteKind::Tip => Callout::Tip,
        BlockQuoteKind::Important => Callout::Important,
        BlockQuoteKind::Warning => Callout::Warning,
        BlockQuoteKind::Caution => Callout::Caution,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

#[cfg(test)]
mod tests;
