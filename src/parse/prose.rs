//! What a piece of Markdown says of itself: headings, links, citations, labels, sentences.
//!
//! In: the text. Out: [`Prose`], the facts that later stages need without reading the text again,
//! and the findings that one text can show by itself.

mod blocks;
mod facts;
mod gaps;
mod inner;
mod labelling;
mod told;

pub use blocks::{Block, BlockKind};
pub use facts::{Cite, Heading, Home, How, Labelled, Link, Prose, Texts, Unmarked, fit};
pub use gaps::{fill_gaps, has_gaps};

use super::labels::{Label, Slip, Wrong};
use super::markdown::{self, Element, Image, Kind, Packed, Problem, ProblemKind, Token, Wikilink, wikilink};
use super::sentences::Sentences;
use super::text_forms;
use super::text_slips;
use super::{block_forms, block_slips};
use crate::model::names::{HeadingIds, put_number};
use crate::model::sentences::{GAP_START, sentences};
use crate::source::Span;
use blocks::Blocks;
use gaps::GAP_END;
use inner::inner_text;
use std::ops::Range;
use std::sync::Arc;
use told::told;

/// The facts of a piece of Markdown, with what is wrong in it and its blocks for further checks.
pub struct Reading<'r> {
    /// The facts.
    pub prose: Prose,
    /// Forms that are not read.
    pub problems: Vec<Problem>,
    /// Labels in another form: the bytes, and what was meant.
    pub bad_labels: Vec<(Span, Wrong)>,
    blocks: &'r Blocks,
}

impl Reading<'_> {
    /// Blocks in order.
    pub fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        self.blocks.iter()
    }
}

/// Reads pieces of Markdown, one after the other: what it gathers them in keeps its room for the next.
#[derive(Default)]
pub struct Reader {
    /// The facts of the piece so far.
    prose: Prose,
    problems: Vec<Problem>,
    blocks: Blocks,
    bad_labels: Vec<(Span, Wrong)>,
    ids: HeadingIds,
    /// The headings whose sections have not ended, each of a level below the one before.
    sections: Vec<usize>,
    /// The open elements: what to do when each ends.
    open: Vec<Open>,
    /// The block that is being gathered.
    block: Option<Gathering>,
    /// What the block before was gathered in.
    spare: Gathering,
    in_code: usize,
    quotes: usize,
    /// How many links are open.
    links: usize,
    /// The bytes of the first element.
    opening: Option<Span>,
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Block(BlockKind),
    Heading(u8),
    Quote,
    Code,
    Item,
    Link,
    Other,
}

#[derive(Default)]
struct Gathering {
    text: String,
    /// Of a heading, all that the code host reads as words: citations and links of the wiki with their brackets.
    written: String,
    span: Span,
    kind: BlockKind,
    /// Positions in `text` of links and citations that wait for their sentence.
    links: Vec<(usize, usize)>,
    cites: Vec<(usize, usize)>,
    /// The sentences around them.
    sentences: Vec<Range<usize>>,
    label: Option<(Label, usize)>,
    first_cite: usize,
}

impl Gathering {
    /// Begins a block in what another was gathered in.
    fn begin(&mut self, span: Span, kind: BlockKind, first_cite: usize) {
        self.text.clear();
        self.written.clear();
        (self.span, self.kind, self.first_cite) = (span, kind, first_cite);
        self.links.clear();
        self.cites.clear();
        self.sentences.clear();
        self.label = None;
    }

    /// Adds text of the content.
    fn push(&mut self, text: &str) {
        // Both gap characters begin with the same byte, which is quickly seen to be absent.
        if has_gaps(text) {
            self.text.extend(text.chars().filter(|c| !matches!(*c, GAP_START | GAP_END)));
        } else {
            self.text.push_str(text);
        }
    }
}

impl Reader {
    /// Reads a piece of Markdown.
    pub fn read(&mut self, text: &str, home: Home) -> Reading<'_> {
        let (tokens, problems) = markdown::tokens(text);
        self.begin_piece(home, problems);
        self.problems.extend(text_slips::embeds(&tokens));
        self.problems.extend(block_slips::in_blocks(&tokens, text));
        self.problems.extend(block_forms::misread(&tokens, text));
        self.opening = tokens.first().map(|token| token.span);
        let may_have_bad_scheme = text_forms::may_have_bad_scheme(text);
        for (at, token) in tokens.iter().enumerate() {
            if may_have_bad_scheme && self.in_code == 0 && self.links == 0 {
                self.problems.extend(text_forms::schemes(token, text));
            }
            self.token(token, &tokens[at + 1..], text);
        }
        self.finish(text.len());
        let problems = told(std::mem::take(&mut self.problems), &self.bad_labels, text);
        let mut prose = self.prose.take();
        prose.packed = Packed::of_long(&tokens, text);
        prose.unread_cites = problems.iter().any(|problem| matches!(problem.what, ProblemKind::Citation(_)));
        let bad_labels = std::mem::take(&mut self.bad_labels);
        Reading { prose, problems, bad_labels, blocks: &self.blocks }
    }

    /// Forgets the piece before, of which a panic may have left the half.
    fn begin_piece(&mut self, home: Home, problems: Vec<Problem>) {
        self.prose.clear(home);
        self.problems = problems;
        self.blocks.clear();
        self.bad_labels.clear();
        self.ids = HeadingIds::new();
        self.sections.clear();
        self.open.clear();
        self.block = None;
        (self.in_code, self.quotes, self.links) = (0, 0, 0);
        self.opening = None;
    }

    fn token(&mut self, token: &Token<'_>, rest: &[Token<'_>], source: &str) {
        if let Some(block) = self.block.as_mut().filter(|block| block.kind == BlockKind::Heading) {
            match &token.kind {
                Kind::Text(text) | Kind::Code(text) => block.written.push_str(text),
                Kind::SoftBreak | Kind::HardBreak => block.written.push(' '),
                Kind::Wikilink(_) | Kind::Cite(_) => {
                    block.written.push_str(&source[token.span.clamp(source).range()]);
                }
                _ => {}
            }
        }
        match &token.kind {
            Kind::Open(element) => self.open(element, token.span, rest, source),
            Kind::Close => self.close(),
            Kind::Text(text) if self.in_code == 0 => self.text(text, token, source),
            Kind::Code(text) => self.gather(token.span).push(text),
            Kind::SoftBreak | Kind::HardBreak => {
                self.gather(token.span).text.push(' ');
                self.misplaced_label(rest, source, Slip::Inside);
            }
            Kind::Wikilink(link) => self.wikilink(&wikilink(link), How::Wiki, token.span),
            Kind::Embed(link) => self.wikilink(&wikilink(link), How::Embed, token.span),
            Kind::Image(image) => self.image(image, token.span),
            Kind::Cite(items) => {
                let block = self.gather(token.span);
                block.text.truncate(block.text.trim_end().len());
                let at = block.text.len();
                for item in items {
                    let index = self.prose.cites.len();
                    self.gather(token.span).cites.push((index, at));
                    self.prose.cites.push(Cite {
                        id: item.id.into(),
                        place: item.place.as_deref().map(Arc::from),
                        span: item.span,
                        end: item.end,
                        sentence: 0,
                    });
                }
            }
            Kind::Text(_) | Kind::Rule | Kind::Task(_) | Kind::FootnoteMark(_) => {}
        }
    }

    fn text(&mut self, text: &str, token: &Token<'_>, source: &str) {
        if text_forms::is_plain(text) {
            return self.gather(token.span).text.push_str(text);
        }
        self.problems.extend(text_forms::problems(token, source));
        self.problems.extend(text_slips::in_text(token, source));
        self.prose.unmarked.extend(text_forms::unmarked(token, source));
        self.gather(token.span).push(text);
        for range in text_forms::addresses(text) {
            self.address(&text[range], token.span);
        }
    }

    fn open(&mut self, element: &Element<'_>, span: Span, rest: &[Token<'_>], source: &str) {
        let open = match element {
            Element::Paragraph | Element::TableCell => {
                let kind = match element {
                    _ if self.quotes > 0 => BlockKind::Quoted,
                    Element::TableCell => BlockKind::Cell,
                    _ => BlockKind::Text,
                };
                self.begin(span, kind);
                if *element == Element::Paragraph {
                    self.label(rest, source);
                }
                Open::Block(kind)
            }
            Element::Heading(level) => {
                self.begin(span, BlockKind::Heading);
                Open::Heading(*level)
            }
            Element::Quote(None) => {
                self.quotes += 1;
                Open::Quote
            }
            Element::CodeBlock(_) => {
                self.end_block();
                self.in_code += 1;
                self.prose.has_code = true;
                Open::Code
            }
            Element::Item => {
                self.end_block();
                self.misplaced_label(rest, source, Slip::InList);
                Open::Item
            }
            Element::Link(to) => {
                let label = inner_text(rest);
                self.link(How::Markdown, to, Some(&label), span);
                self.links += 1;
                Open::Link
            }
            Element::List(_) | Element::Table(_) | Element::Quote(Some(_)) | Element::Footnote(_) => {
                self.end_block();
                Open::Other
            }
            _ => Open::Other,
        };
        self.open.push(open);
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Block(_) | Open::Item) => self.end_block(),
            Some(Open::Heading(level)) => self.heading(level),
            Some(Open::Quote) => self.quotes -= 1,
            Some(Open::Code) => self.in_code -= 1,
            Some(Open::Link) => self.links -= 1,
            Some(Open::Other) | None => {}
        }
    }

    fn begin(&mut self, span: Span, kind: BlockKind) {
        self.end_block();
        let mut block = std::mem::take(&mut self.spare);
        block.begin(span, kind, self.prose.cites.len());
        self.block = Some(block);
    }

    /// The block that text goes into; an entry of a tight list has no paragraph and gets its own.
    fn gather(&mut self, span: Span) -> &mut Gathering {
        if self.block.is_none() {
            self.begin(span, if self.quotes > 0 { BlockKind::Quoted } else { BlockKind::Text });
        }
        let block = self.block.get_or_insert_default();
        block.span.end = block.span.end.max(span.end);
        block
    }

    fn image(&mut self, image: &Image<'_>, span: Span) {
        let slip = text_slips::in_image(image, span);
        // Told as the citation that was meant, not as an image that nobody has as well.
        if slip.is_none() {
            let label = Some(image.alt.as_str()).filter(|alt| !alt.trim().is_empty());
            self.link(How::Image, &image.to, label, span);
        }
        self.problems.extend(slip);
    }

    fn wikilink(&mut self, link: &Wikilink<'_>, how: How, span: Span) {
        self.problems.extend(text_slips::in_link(link, how, span));
        // Told as the citation that was meant, not as a page that nobody has as well.
        if how == How::Wiki && link.target.starts_with('@') {
            return;
        }
        let at = self.prose.links.len();
        self.link(how, &link.target, link.label.as_deref(), span);
        if let Some(link_fact) = self.prose.links.get_mut(at) {
            link_fact.heading = link.heading.as_deref().map(Box::from);
        }
        if how == How::Wiki {
            let shown = &mut self.gather(span).text;
            match &link.label {
                Some(label) => shown.push_str(label),
                None => {
                    shown.push(GAP_START);
                    put_number(shown, at);
                    shown.push(GAP_END);
                }
            }
        }
    }

    fn link(&mut self, how: How, target: &str, label: Option<&str>, span: Span) {
        let index = self.prose.links.len();
        let block = self.gather(span);
        block.links.push((index, block.text.len()));
        let (target, label) = (target.into(), label.map(Box::from));
        self.prose.links.push(Link { how, target, heading: None, label, span, sentence: 0 });
    }

    /// A bare address; the token's span stands for it.
    fn address(&mut self, address: &str, span: Span) {
        self.link(How::Markdown, address, None, span);
    }

    fn heading(&mut self, level: u8) {
        let Some(block) = &self.block else { return };
        let words = block.text.trim();
        let (text, shown) = match has_gaps(words) {
            true => (self.written(words), Some(Box::from(words))),
            false => (words.to_owned(), None),
        };
        let span = block.span;
        let id = self.ids.id(block.written.trim());
        self.close_sections(level, span.start);
        self.sections.push(self.prose.headings.len());
        self.prose.headings.push(Heading { level, text, shown, id, span, end: u32::MAX });
        self.end_block();
    }

    /// A text with its gaps filled with the names that are written there.
    fn written(&self, text: &str) -> String {
        fill_gaps(text, |number, words| {
            let Some(link) = self.prose.links.get(number) else { return };
            match &link.heading {
                Some(heading) if link.target.is_empty() => words.push_str(heading),
                _ => words.push_str(&link.target),
            }
        })
    }

    fn close_sections(&mut self, level: u8, at: u32) {
        let headings = &mut self.prose.headings;
        while let Some(last) = self.sections.pop_if(|last| headings[*last].level >= level) {
            headings[last].end = at;
        }
    }

    fn end_block(&mut self) {
        let Some(mut block) = self.block.take() else { return };
        self.place(&mut block);
        let first = self.prose.first.is_empty();
        let text = block.text.trim();
        if let Some((label, skipped)) = block.label.take() {
            let text = block.text.get(skipped..).unwrap_or("").trim().to_owned();
            // An image or a block of code before it has no text, and yet stands before it.
            let opens = self.opening == Some(block.span);
            let cites = block.first_cite..self.prose.cites.len();
            if first {
                self.prose.first.clone_from(&text);
            }
            self.prose.labels.push(Labelled { label, span: block.span, text, opens, cites });
        } else if first && block.kind == BlockKind::Text {
            self.prose.first = text.to_owned();
        }
        if !text.is_empty() {
            self.blocks.push(Block { text: &block.text, span: block.span, kind: block.kind });
        }
        self.spare = block;
    }

    /// Gives the links and citations of a block their sentences.
    fn place(&mut self, block: &mut Gathering) {
        let behind = sentences(&block.text);
        let places = &mut block.sentences;
        let mut sentences =
            Sentences { prose: &mut self.prose, text: &block.text, places, behind, last: None };
        for &(index, at) in &block.links {
            let sentence = sentences.around(at, at + 1);
            sentences.prose.links[index].sentence = sentence;
        }
        for &(index, at) in &block.cites {
            let sentence = sentences.around(at.saturating_sub(1), at);
            sentences.prose.cites[index].sentence = sentence;
        }
    }

    fn finish(&mut self, end: usize) {
        self.end_block();
        // A statement may be a quotation, or words in a table.
        for kind in [BlockKind::Quoted, BlockKind::Cell] {
            if self.prose.first.is_empty()
                && let Some(block) = self.blocks.iter().find(|block| block.kind == kind)
            {
                self.prose.first = block.text.trim().to_owned();
            }
        }
        self.close_sections(0, u32::try_from(end).unwrap_or(u32::MAX));
    }
}
