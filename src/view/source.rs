//! The page of a source: what it is, its caveats, and all that rests on it.

use super::desk::Desk;
use super::frame::{Entry, Frame};
use crate::markup::Html;
use crate::resolve::{Origin, Page, PageRef};
use serde::Serialize;

/// What `source.html` gets.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// What stands around it.
    #[serde(flatten)]
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
    /// The sentences, in reading order.
    pub sentences: Vec<Sentence>,
}

/// A sentence that rests on the source.
#[derive(Debug, Serialize)]
pub struct Sentence {
    /// Its place.
    pub href: String,
    /// Its words.
    pub words: String,
    /// The place in the source; empty if none is named.
    pub place: String,
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
    let rests = rests(desk, at);
    let sentences: usize = rests.iter().map(|on| on.sentences.len()).sum();
    let count = words.fill(
        "rests-count",
        &[
            ("sentences", &words.count("sentences", sentences)),
            ("pages", &words.count("pages-n", rests.len())),
        ],
    );
    frame.contents = desk.headings(at);
    let caveats = page.record().texts("caveats").to_vec();
    let parts = [("_caveats", "caveats", !caveats.is_empty()), ("_rests", "rests-on-it", true)];
    let entries: Vec<Entry> =
        parts.into_iter().filter(|part| part.2).map(|(id, key, _)| desk.entry(id, key)).collect();
    frame.contents.extend(entries);
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
    desk.fact(facts, "language", text("language"));
    desk.fact(facts, "rights", text("rights"));
    desk.fact(facts, "cite-as", Html::element("code", &[], &format!("[@{}]", page.id())));
}

/// Sentences by page; those of positions under their issue's history page.
fn rests(desk: &Desk<'_>, at: PageRef) -> Vec<OnPage> {
    let wiki = desk.wiki();
    let mut pages: Vec<(bool, PageRef, OnPage)> = Vec::new();
    for mention in &wiki.relations.mentions[at.index()] {
        let (in_position, page) = match mention.origin {
            Origin::Page(page) => (false, page),
            Origin::Position(position) => (true, wiki.position(position).issue),
        };
        let sentence = Sentence {
            href: desk.place(mention.origin, mention.anchor.as_deref()),
            words: desk.said(mention.origin, mention.said),
            place: mention.place.clone().unwrap_or_default(),
        };
        match pages.last_mut().filter(|(positions, last, _)| *positions == in_position && *last == page) {
            Some((_, _, on)) => on.push(sentence),
            None => {
                let (title, href, kind) = if in_position {
                    let title = desk.shared.words.fill("history-of", &[("issue", desk.page(page).title())]);
                    (title, desk.history(page), desk.shared.words.get("kind-positions").to_owned())
                } else {
                    (
                        desk.page(page).title().to_owned(),
                        desk.href(page),
                        desk.shared.words.choice("kind", desk.page(page).kind.word()),
                    )
                };
                pages.push((in_position, page, OnPage { title, href, kind, sentences: vec![sentence] }));
            }
        }
    }
    pages.sort_by(|a, b| a.2.title.cmp(&b.2.title).then_with(|| a.2.href.cmp(&b.2.href)));
    pages.into_iter().map(|(_, _, on)| on).collect()
}

impl OnPage {
    /// Adds a sentence; one that cites the source twice at the same place is one.
    fn push(&mut self, sentence: Sentence) {
        let same = self
            .sentences
            .last()
            .is_some_and(|last| last.words == sentence.words && last.place == sentence.place);
        if !same {
            self.sentences.push(sentence);
        }
    }
}
