//! Markdown of the content as HTML of one page.
//!
//! In: a piece of Markdown with its links and citations resolved. Out: HTML in which every link is an
//! address seen from the page, and every citation a numbered mark.

mod links;
mod reading;

use super::desk::Desk;
use crate::markup::Html;
use crate::model::value::ProseId;
use crate::parse::labels::Label;
use crate::parse::markdown::{Align, Callout, Element, Kind, Token};
use crate::parse::{Document, Home, Prose};
use crate::resolve::{PageRef, Resolved};
use reading::Reading;
use std::ops::Range;

/// Whose text it is, which decides the ids in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// The page's own: headings, links and citations carry their ids.
    Own,
    /// Shown on another page: only citations carry ids, made for this page.
    Foreign,
}

/// A piece of Markdown to show.
#[derive(Clone, Copy)]
pub struct Piece<'p> {
    /// The document it is of.
    pub document: &'p Document,
    /// The document with names resolved.
    pub resolved: &'p Resolved,
    /// The page whose file it stands in; none for a position.
    pub page: Option<PageRef>,
    /// Which piece.
    pub id: ProseId,
    /// Whose text it is.
    pub ids: Ids,
}

/// A body: the bottom line apart from the rest.
#[derive(Debug, Default)]
pub struct Body {
    /// The words of the bottom line, without the label.
    pub bottom_line: Html,
    /// Everything else.
    pub rest: Html,
}

impl<'s> Desk<'s> {
    /// The body of a page, as its own text.
    pub fn text(&self, at: PageRef) -> Piece<'s> {
        let page = self.page(at);
        Piece {
            document: page.document,
            resolved: &page.resolved,
            page: Some(at),
            id: ProseId::BODY,
            ids: Ids::Own,
        }
    }
}

impl Desk<'_> {
    /// A body with the bottom line apart.
    pub fn body(&mut self, piece: Piece<'_>) -> Body {
        let Some(reading) = Reading::of(self, piece) else { return Body::default() };
        let opening =
            reading.prose.labels.iter().find(|label| label.opens && label.label == Label::BottomLine);
        let split = opening.and_then(|label| closing(&reading, label.span.end as usize));
        let bottom_line = split.map_or_else(Html::new, |split| bottom_line(&reading, split, self));
        let from = split.map_or(0, |split| split + 1);
        let rest = Writer::write_all(&reading, from..reading.tokens.len(), self);
        Body { bottom_line, rest }
    }

    /// A piece in one go.
    pub fn prose(&mut self, piece: Piece<'_>) -> Html {
        self.inner(piece, false)
    }

    /// A piece of one paragraph, without the paragraph's tags, to stand inside a line.
    pub fn inline(&mut self, piece: Piece<'_>) -> Html {
        self.inner(piece, true)
    }

    fn inner(&mut self, piece: Piece<'_>, inline: bool) -> Html {
        let Some(reading) = Reading::of(self, piece) else { return Html::new() };
        let range = if inline { reading.inside() } else { 0..reading.tokens.len() };
        Writer::write_all(&reading, range, self)
    }

    /// An embedded section of another page.
    fn section(&mut self, page: PageRef, heading: usize, depth: usize) -> Html {
        let content = self.page(page);
        let Some(prose) = content.document.body() else { return Html::new() };
        let Some(section) = prose.headings.get(heading) else { return Html::new() };
        let text = text_of(self, content.document, prose);
        let tokens = prose.tokens(text);
        let inside =
            |token: &Token<'_>| token.span.start >= section.span.end && token.span.start < section.end;
        let from = tokens.iter().position(inside).unwrap_or(tokens.len());
        let to = tokens.iter().rposition(inside).map_or(from, |at| at + 1);
        // The heading's own closing token lies inside its span, so the section begins after it.
        let from = (from..to).find(|&at| tokens[at].kind != Kind::Close).unwrap_or(to);
        let piece = Piece {
            document: content.document,
            resolved: &content.resolved,
            page: Some(page),
            id: ProseId::BODY,
            ids: Ids::Foreign,
        };
        let heading = self.wiki().heading_words(content.document, &content.resolved, section);
        let words = format!("{}: {heading}", content.short());
        let href = format!("{}#{}", self.href(page), section.id);
        let link = Html::element("a", &[("href", &href)], &words);
        let reading = Reading::new(piece, prose, tokens);
        let mut writer = Writer::new(&reading, &(from..to), self);
        writer.depth = depth + 1;
        writer.write(from..to);
        let inner = writer.html;
        let mut html = Html::new();
        html.tag("<div class=\"embed\"><p class=\"embed-from\">")
            .push(self.word("quoted-from"))
            .tag(" ")
            .add(&link)
            .tag("</p>");
        html.add(&inner).tag("</div>");
        html
    }
}

/// The text of a piece.
fn text_of<'p>(desk: &Desk<'p>, document: &'p Document, prose: &'p Prose) -> &'p str {
    match &prose.home {
        Home::Body(start) => desk.wiki().inputs.text(document.file).get(*start..).unwrap_or(""),
        Home::Field(_, text) => text,
    }
}

/// The index of the token that closes the element which ends at a byte.
fn closing(reading: &Reading<'_>, end: usize) -> Option<usize> {
    reading
        .tokens
        .iter()
        .position(|token| token.kind == Kind::Open(Element::Paragraph) && token.span.end as usize >= end)
        .map(|open| reading.close(open))
}

/// The bottom line without its label; its paragraph closes at a token.
fn bottom_line(reading: &Reading<'_>, close: usize, desk: &mut Desk<'_>) -> Html {
    let open = reading.tokens.iter().position(|token| token.kind == Kind::Open(Element::Strong)).unwrap_or(0);
    Writer::write_all(reading, reading.close(open) + 1..close, desk).trim_start()
}

struct Writer<'w, 'p, 's> {
    reading: &'w Reading<'p>,
    desk: &'w mut Desk<'s>,
    html: Html,
    /// What is written where each open element ends.
    ends: Vec<&'static str>,
    /// Alignment of the open table's columns, and the column.
    columns: Vec<Align>,
    column: usize,
    in_head: bool,
    in_link: usize,
    /// Embeds and footnotes around what is written.
    depth: usize,
    in_footnote: bool,
}

impl<'w, 'p, 's> Writer<'w, 'p, 's> {
    /// A writer with room for a range of tokens.
    fn new(reading: &'w Reading<'p>, range: &Range<usize>, desk: &'w mut Desk<'s>) -> Self {
        Writer {
            html: Html::with_room(reading.bytes(range) * 2),
            reading,
            desk,
            ends: Vec::new(),
            columns: Vec::new(),
            column: 0,
            in_head: false,
            in_link: 0,
            depth: 0,
            in_footnote: false,
        }
    }

    /// A range of tokens as HTML.
    fn write_all(reading: &'w Reading<'p>, range: Range<usize>, desk: &'w mut Desk<'s>) -> Html {
        let mut writer = Writer::new(reading, &range, desk);
        writer.write(range);
        writer.html
    }

    fn write(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.token(at);
        }
    }

    /// Writes a token; gives the index of the next.
    fn token(&mut self, at: usize) -> usize {
        match &self.reading.tokens[at].kind {
            Kind::Open(element) => return self.open(element, at),
            Kind::Close => {
                if let Some(end) = self.ends.pop() {
                    if end == "</a>" {
                        self.in_link -= 1;
                    }
                    self.html.tag(end);
                }
            }
            Kind::Text(text) => self.text(text, at),
            Kind::Code(text) => {
                self.html.put("code", &[], text);
            }
            Kind::SoftBreak => {
                self.html.tag("\n");
            }
            Kind::HardBreak => {
                self.html.tag("<br>");
            }
            Kind::Rule => {
                self.html.tag("<hr>");
            }
            Kind::Task(done) => {
                let label = self.desk.word(if *done { "task-done" } else { "task-open" });
                self.html.tag(if *done {
                    "<input type=\"checkbox\" disabled checked"
                } else {
                    "<input type=\"checkbox\" disabled"
                });
                self.html.tag(" aria-label=\"").push(label).tag("\"> ");
            }
            Kind::Wikilink(_) => self.wikilink(at),
            Kind::Embed(_) => self.embed(at),
            Kind::Cite(items) => {
                let first = self.reading.cites(at);
                let mark = self.punctuation_after(at);
                self.cite(first, items.len(), mark);
            }
            Kind::Image(image) => self.image(&image.alt, at),
            Kind::FootnoteMark(name) => self.footnote(name),
        }
        at + 1
    }

    fn open(&mut self, element: &Element<'_>, at: usize) -> usize {
        let end = match element {
            Element::Paragraph => return self.paragraph(at),
            Element::Heading(level) => self.heading(*level, at),
            Element::Quote(None) => self.begin("<blockquote>", "</blockquote>"),
            Element::Quote(Some(callout)) => self.callout(*callout),
            Element::CodeBlock(language) => return self.code(language, at),
            Element::List(None) => self.begin("<ul>", "</ul>"),
            Element::List(Some(1)) => self.begin("<ol>", "</ol>"),
            Element::List(Some(first)) => {
                self.html.open("ol", &[("start", &first.to_string())]);
                "</ol>"
            }
            Element::Item => {
                let kind = |at: usize| self.reading.tokens.get(at).map(|token| &token.kind);
                // In a list with empty lines the box stands inside the paragraph.
                let loose = matches!(kind(at + 1), Some(Kind::Open(Element::Paragraph)));
                let task = matches!(kind(at + 1 + usize::from(loose)), Some(Kind::Task(_)));
                self.begin(if task { "<li class=\"task\">" } else { "<li>" }, "</li>")
            }
            Element::Table(columns) => {
                self.columns.clone_from(columns);
                let name = self.table_name(at);
                self.html
                    .tag("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"")
                    .push(&name)
                    .tag("\"><table>");
                if self.rows_after_head(at) { "</tbody></table></div>" } else { "</table></div>" }
            }
            Element::TableHead => {
                self.column = 0;
                self.in_head = true;
                let end = if self.row_follows(at) {
                    "</tr></thead><tbody class=\"lines\">"
                } else {
                    "</tr></thead>"
                };
                self.begin("<thead><tr>", end)
            }
            Element::TableRow => {
                self.column = 0;
                self.in_head = false;
                self.begin("<tr>", "</tr>")
            }
            Element::TableCell => self.cell(),
            Element::Emphasis => self.begin("<em>", "</em>"),
            Element::Strong => self.begin("<strong>", "</strong>"),
            Element::Strikethrough => self.begin("<del>", "</del>"),
            Element::Link(_) => self.link(at),
            // Footnotes are shown among the notes, where a mark asks for them.
            Element::Footnote(_) => return self.reading.close(at) + 1,
        };
        self.ends.push(end);
        at + 1
    }

    fn begin(&mut self, start: &'static str, end: &'static str) -> &'static str {
        self.html.tag(start);
        end
    }

    /// What a table is called among the regions of the page: by the heading it stands under.
    fn table_name(&mut self, at: usize) -> String {
        let start = self.reading.tokens[at].span.start;
        let heading = self.reading.prose.headings.iter().rfind(|heading| heading.span.start < start);
        let name = match heading {
            Some(heading) => self.desk.shared.words.fill("table-of", &[("heading", &heading.text)]),
            None => self.desk.word("table").to_owned(),
        };
        self.desk.region_name(name)
    }

    fn row_follows(&self, head: usize) -> bool {
        let next = self.reading.close(head) + 1;
        matches!(self.reading.tokens.get(next).map(|token| &token.kind), Some(Kind::Open(Element::TableRow)))
    }

    fn rows_after_head(&self, table: usize) -> bool {
        self.row_follows(table + 1)
    }

    fn cell(&mut self) -> &'static str {
        let align = self.columns.get(self.column).copied().unwrap_or(Align::None);
        self.column += 1;
        let class = match align {
            Align::Right => "num",
            Align::Centre => "mid",
            Align::None | Align::Left => "",
        };
        let name = if self.in_head { "th" } else { "td" };
        let scope = if self.in_head { "col" } else { "" };
        self.html.open(name, &[("scope", scope), ("class", class)]);
        if self.in_head { "</th>" } else { "</td>" }
    }

    /// A paragraph: one that only holds an embed or an image is no paragraph on the page.
    fn paragraph(&mut self, at: usize) -> usize {
        let close = self.reading.close(at);
        if close == at + 2 && matches!(self.reading.tokens[at + 1].kind, Kind::Embed(_)) {
            self.token(at + 1);
            return close + 1;
        }
        let span = self.reading.tokens[at].span;
        let labels = &self.reading.prose.labels;
        let found = labels.binary_search_by_key(&span.start, |label| label.span.start);
        let label = found.ok().map(|found| &labels[found].label);
        match label {
            Some(label) => return self.labelled(label, at, close),
            None => self.html.tag("<p>"),
        };
        self.ends.push("</p>");
        at + 1
    }

    /// A labelled paragraph; its dates are told in the wiki's own style.
    fn labelled(&mut self, label: &Label, at: usize, close: usize) -> usize {
        let (class, key) = match label {
            Label::Judgment { .. } => ("judgment", "label-judgment"),
            Label::Assumption => ("assumption", "label-assumption"),
            Label::OpenQuestion(_) => ("question", "label-question"),
            Label::Answered(_) => ("answered", "label-answered"),
            Label::BottomLine => ("bottom-line", "label-bottom-line"),
        };
        self.html.open("p", &[("class", class)]).tag("<strong class=\"label\">").push(self.desk.word(key));
        match label {
            Label::Judgment { likelihood, confidence } => {
                let words = &self.desk.shared.words;
                let likelihood = words.get(likelihood).to_owned();
                let confidence = words.fill("confidence", &[("level", words.get(confidence))]);
                self.html.push(&format!(" ({likelihood}; {confidence})"));
            }
            Label::OpenQuestion(date) => {
                let date = self.desk.date(date);
                self.html.tag(" (").push(self.desk.word("since")).tag(" ").add(&date).tag(")");
            }
            Label::Answered(date) => {
                let date = self.desk.date(date);
                self.html.tag(" (").add(&date).tag(")");
            }
            Label::Assumption | Label::BottomLine => {}
        }
        self.html.tag(".</strong>");
        let bold_end = self.reading.close(at + 1);
        self.write(bold_end + 1..close);
        self.html.tag("</p>");
        close + 1
    }

    fn heading(&mut self, level: u8, at: usize) -> &'static str {
        if self.reading.piece.ids == Ids::Foreign || self.reading.piece.id != ProseId::BODY {
            self.html.tag("<p class=\"embed-h\"><strong>");
            return "</strong></p>";
        }
        let start = self.reading.tokens[at].span.start;
        let headings = &self.reading.prose.headings;
        let found = headings.binary_search_by_key(&start, |heading| heading.span.start);
        let id = found.map_or("", |found| headings[found].id.as_str());
        let (name, end) = match level {
            2 => ("h2", "</h2>"),
            3 => ("h3", "</h3>"),
            4 => ("h4", "</h4>"),
            5 => ("h5", "</h5>"),
            _ => ("h6", "</h6>"),
        };
        self.html.open(name, &[("id", id)]);
        // An old id of this heading stays alive as an empty element at it.
        for old in self.moved_here(id) {
            self.html.open("span", &[("id", &old)]).close("span");
        }
        end
    }

    fn moved_here(&self, id: &str) -> Vec<String> {
        let Some(own) = self.desk.own else { return Vec::new() };
        let moved = self.desk.wiki().redirects.moved.get(&own).into_iter().flatten();
        moved
            .filter(|moved| moved.page == own && moved.heading.as_deref() == Some(id))
            .map(|moved| moved.anchor.clone())
            .collect()
    }

    fn callout(&mut self, callout: Callout) -> &'static str {
        let (class, key) = match callout {
            Callout::Note => ("callout note", "callout-note"),
            Callout::Tip => ("callout tip", "callout-tip"),
            Callout::Important => ("callout important", "callout-important"),
            Callout::Warning => ("callout warning", "callout-warning"),
            Callout::Caution => ("callout caution", "callout-caution"),
        };
        self.html.open("div", &[("class", class), ("role", "note")]);
        self.html.tag("<p class=\"callout-t\">").push(self.desk.word(key)).tag("</p>");
        "</div>"
    }

    fn code(&mut self, language: &str, at: usize) -> usize {
        let close = self.reading.close(at);
        let code: String = self.reading.tokens[at + 1..close]
            .iter()
            .filter_map(|token| match &token.kind {
                Kind::Text(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let marked = match &self.desk.shared.highlighter {
            Some(highlighter) => highlighter.html(&code, language),
            None => Html::text(&code),
        };
        self.html.tag("<pre tabindex=\"0\"><code>").add(&marked).tag("</code></pre>");
        close + 1
    }
}
