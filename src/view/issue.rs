//! The page of an issue.

use super::desk::Desk;
use super::frame::Frame;
use super::has_history;
use super::statements::{ByPoint, Where};
use super::tables::Block;
use crate::markup::Html;
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::meaning::Meaning;
use crate::resolve::{Page, PageRef};
use serde::Serialize;

/// What `issue.html` gets.
#[derive(Debug, Serialize)]
pub struct IssueView {
    /// What stands around it.
    pub frame: Frame,
    /// The status's id.
    pub status: String,
    /// The status's words.
    pub status_words: String,
    /// Why it stands so.
    pub status_reason: String,
    /// The bottom line.
    pub bottom_line: Html,
    /// The text.
    pub body: Html,
    /// Statements by point and actor.
    pub points: Vec<ByPoint>,
    /// Statements of other issues that bear on this one.
    pub also: Html,
    /// The address of the history page; empty without statements.
    pub history: String,
    /// Tables of topic blocks.
    pub blocks: Vec<Block>,
    /// Events that bear on it, newest first.
    pub events: Vec<Dated>,
    /// Documents that bear on it, newest first.
    pub documents: Vec<Dated>,
}

/// A dated record in a list.
#[derive(Debug, Serialize)]
pub struct Dated {
    /// Its date.
    pub when: Html,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// A sentence about it.
    pub summary: String,
    /// The status's id of a document; empty for others.
    pub status: String,
    /// The status's words.
    pub status_words: String,
    /// How it relates to the page, such as "addressed to it"; empty where the list tells.
    pub relation: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, at: PageRef) -> IssueView {
    let page = desk.page(at);
    let mut frame = desk.page_frame(address, at);
    frame.eyebrow = eyebrow(desk, page);
    facts(desk, page, at, &mut frame);
    let text = desk.text(at);
    let body = desk.body(text);
    let points = desk.points(at, Where::Issue);
    let mut also = Html::new();
    for position in &desk.wiki().relations.also_on_issue[at.index()] {
        desk.put_statement(*position, Where::AlsoHere, &mut also);
    }
    let blocks = desk.blocks(page.document, &page.resolved);
    let events = related(desk, at, Kind::Event);
    let documents = related(desk, at, Kind::Document);

    desk.add_headings(at, &mut frame.contents);
    let has_positions = !points.is_empty() || !also.is_empty();
    desk.add_parts(&[("_positions", "positions", has_positions)], &mut frame.contents);
    blocks.iter().for_each(|block| frame.contents.add(&block.id, &block.heading));
    let parts =
        [("_events", "events", !events.is_empty()), ("_documents", "documents", !documents.is_empty())];
    desk.add_parts(&parts, &mut frame.contents);
    desk.finish(&mut frame, Some(at));

    let status = page.record().text("status").unwrap_or_default();
    IssueView {
        frame,
        status: status.to_owned(),
        status_words: desk.shared.words.choice("status", status).into_owned(),
        status_reason: page.record().text("status_reason").unwrap_or_default().to_owned(),
        bottom_line: body.bottom_line,
        body: body.rest,
        history: if has_history(desk.wiki(), at, page.id()) { desk.history(at) } else { String::new() },
        points,
        also,
        blocks,
        events,
        documents,
    }
}

fn eyebrow(desk: &Desk<'_>, page: &Page<'_>) -> Html {
    let words = desk.shared.words;
    let mut parts = vec![Html::element("a", &[("href", &desk.index(Kind::Issue))], words.get("issues"))];
    let group = page.record().text("group");
    if let Some((_, heading)) = desk.wiki().site.groups.iter().find(|(id, _)| Some(id.as_str()) == group) {
        parts.push(Html::text(heading));
    }
    if let Some(as_of) = page.record().date("as_of") {
        let mut html = Html::text(words.get("as-of"));
        html.tag(" ").add(&desk.date(as_of));
        parts.push(html);
    }
    Html::join(&parts, " · ")
}

fn facts(desk: &Desk<'_>, page: &Page<'_>, at: PageRef, frame: &mut Frame) {
    let record = page.record();
    let facts = &mut frame.facts;
    desk.fact(facts, "concerned", desk.links(record.refs("actors")));
    desk.fact(
        facts,
        "part-of",
        record.reference("parent").map_or_else(Html::new, |parent| desk.link(*parent)),
    );
    let links = desk.wiki().relations.backlinks[at.index()].iter();
    let parts: Vec<PageRef> =
        links.filter(|link| link.meaning == Meaning::PartOf).map(|link| link.page).collect();
    desk.fact(facts, "parts", desk.links(&parts));
    desk.fact(facts, "related", desk.links(record.refs("related")));
}

/// The events or documents that name an issue, newest first.
fn related(desk: &Desk<'_>, issue: PageRef, kind: Kind) -> Vec<Dated> {
    let links = desk.wiki().relations.backlinks[issue.index()].iter();
    let touching = links.filter(|link| link.meaning == Meaning::Touches).map(|link| link.page);
    let pages = touching.filter(|page| {
        desk.page(*page).kind == kind && desk.page(*page).record().refs("issues").contains(&issue)
    });
    desk.dated(pages.map(|page| (page, String::new())).collect())
}

impl Desk<'_> {
    /// Dated pages as a list, newest first, each with how it relates to the page.
    pub fn dated(&self, pages: Vec<(PageRef, String)>) -> Vec<Dated> {
        let mut pages: Vec<(&Date, PageRef, String)> = pages
            .into_iter()
            .filter_map(|(page, relation)| Some((self.page(page).record().date("date")?, page, relation)))
            .collect();
        pages.sort_by(|a, b| {
            b.0.sort_key().cmp(&a.0.sort_key()).then_with(|| self.page(a.1).id().cmp(self.page(b.1).id()))
        });
        pages
            .into_iter()
            .map(|(date, at, relation)| {
                let page = self.page(at);
                let status = page.record().text("status").unwrap_or_default();
                let status_words = if status.is_empty() {
                    String::new()
                } else {
                    self.shared.words.choice("status", status).into_owned()
                };
                Dated {
                    when: self.date(date),
                    href: self.href(at),
                    title: page.title().to_owned(),
                    summary: self.wiki().summary(at).into_owned(),
                    status: status.to_owned(),
                    status_words,
                    relation,
                }
            })
            .collect()
    }

    /// The changes to a page, newest first, each as an entry of a list.
    pub fn changes(&self, page: &Page<'_>) -> Html {
        let mut changes: Vec<(&Date, &str)> = page
            .record()
            .rows("changes")
            .iter()
            .filter_map(|row| Some((row.date("date")?, row.text("note")?)))
            .collect();
        changes.sort_by_key(|(date, _)| std::cmp::Reverse(date.sort_key()));
        let mut html = Html::with_room(changes.len() * 150);
        for (date, note) in changes {
            html.tag("\n<li><span class=\"when\">").add(&self.date(date)).tag("</span><p>").push(note);
            html.tag("</p></li>");
        }
        html
    }
}
