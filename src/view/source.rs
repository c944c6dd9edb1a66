//! The page of a source: what it is, its caveats, and all that rests on it.

use super::desk::Desk;
use super::frame::Frame;
use crate::markup::{Finished, Html};
use crate::resolve::{Mention, Origin, Page, PageRef, Said};
use serde::Serialize;

/// What `source.html` gets.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// What stands around it.
    pub frame: Frame,
    /// What it is and where it stands.
    pub body: Html,
    /// What a reader must bear in mind.
    pub caveats: Vec<String>,
    /// Everything that cites it, by page.
    pub rests: Vec<OnPage>,
    /// "18 sentences on 7 pages".
    pub count: String,
}

/// What rests on the source on a page.
#[derive(Debug, Serialize)]
pub struct OnPage {
    /// The page's title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// The word for its kind.
    pub kind: String,
    /// An `li` for each sentence, in reading order: a quotation that links to its place, and the place in the
    /// source where one is named.
    pub sentences: Finished,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, at: PageRef) -> SourceView {
    let page = desk.page(at);
    let mut frame = desk.page_frame(address, at);
    let words = desk.shared.words;
    let kind = page.record().text("type").unwrap_or_default();
    frame.eyebrow = Html::join(&[frame.eyebrow, Html::text(&words.choice("source-type", kind))], " · ");
    facts(desk, page, &mut frame);
    let text = desk.text(at);
    let body = desk.prose(text);
    let (rests, sentences) = rests(desk, at);
    let count = words.fill(
        "rests-count",
        &[
            ("sentences", &words.count("sentences", sentences)),
            ("pages", &words.count("pages-n", rests.len())),
        ],
    );
    desk.add_headings(at, &mut frame.contents);
    let caveats = page.record().texts("caveats").to_vec();
    let parts = [("_caveats", "caveats", !caveats.is_empty()), ("_rests", "rests-on-it", true)];
    desk.add_parts(&parts, &mut frame.contents);
    desk.finish(&mut frame, Some(at));
    SourceView { frame, body, caveats, rests, count }
}

fn facts(desk: &Desk<'_>, page: &Page<'_>, frame: &mut Frame) {
    let record = page.record();
    let text = |name: &str| Html::text(record.text(name).unwrap_or_default());
    let url = |name: &str| record.text(name).map_or_else(Html::new, |url| desk.outside(url));
    let facts = &mut frame.facts;
    desk.fact(facts, "publisher", text("publisher"));
    desk.fact(facts, "authors", Html::text(&record.texts("authors").join(", ")));
    desk.fact(facts, "date", desk.noted_date(page));
    desk.fact(facts, "address", url("url"));
    desk.fact(facts, "archived", url("archived"));
    desk.fact(facts, "accessed", record.date("accessed").map_or_else(Html::new, |date| desk.date(date)));
    let language = record.text("language").unwrap_or_default();
    desk.fact(facts, "language", Html::text(desk.shared.words.language(language)));
    desk.fact(facts, "rights", text("rights"));
    desk.fact(facts, "cite-as", Html::element("code", &[], &format!("[@{}]", page.id())));
}

/// Bytes of a sentence as most are, with the link around it.
const ROOM: usize = 240;

/// Sentences by page, those of positions under their issue's history page; and how many there are.
fn rests(desk: &Desk<'_>, at: PageRef) -> (Vec<OnPage>, usize) {
    let wiki = desk.wiki();
    let place = |mention: &Mention<'_>| match mention.origin {
        Origin::Page(page) => (false, page),
        Origin::Position(position) => (true, wiki.position(position).issue),
    };
    let mentions = &wiki.relations.mentions[at.index()];
    let (mut pages, mut count) = (Vec::with_capacity(mentions.len()), 0);
    let mut sentences = Html::new();
    for mentions in mentions.chunk_by(|a, b| place(a) == place(b)) {
        let (in_position, page) = place(&mentions[0]);
        let (title, href, kind) = if in_position {
            let title = desk.shared.words.fill("history-of", &[("issue", desk.page(page).title())]);
            (title, desk.history(page), desk.shared.words.get("kind-positions"))
        } else {
            let title = desk.page(page).title().to_owned();
            (title, desk.href(page), desk.shared.words.kind(desk.page(page).kind))
        };
        sentences.reserve(mentions.len() * ROOM);
        for (number, mention) in mentions.iter().enumerate() {
            if number == 0 || !same_words(&mentions[number - 1], mention) {
                put_sentence(desk, mention, &title, &mut sentences);
                count += 1;
            }
        }
        pages.push(OnPage { title, href, kind: kind.to_owned(), sentences: sentences.finish() });
    }
    pages.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.href.cmp(&b.href)));
    (pages, count)
}

/// Whether a sentence cites the source twice at the same place. Equal words elsewhere are another citation.
fn same_words(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    // All citations in text without a sentence share the summary; only their places tell them apart.
    let same_spot = a.said != Said::Summary || a.anchor == b.anchor;
    a.origin == b.origin && a.said == b.said && a.place == b.place && same_spot
}

/// Puts down a sentence that rests on the source; the page's title stands for one without words.
fn put_sentence(desk: &Desk<'_>, mention: &Mention<'_>, title: &str, html: &mut Html) {
    let said = desk.said(mention.origin, mention.said, mention.words);
    html.tag("\n<li><q><a href=\"");
    desk.put_place(mention.origin, mention.anchor, html);
    html.tag("\">").push(if said.is_empty() { title } else { &said }).tag("</a></q>");
    if let Some(place) = mention.place.as_deref() {
        html.tag(" <span class=\"kind\">").push(place).tag("</span>");
    }
    html.tag("</li>");
}
