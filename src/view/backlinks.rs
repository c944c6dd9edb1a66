//! What leads to a page, grouped by what it means.
//!
//! In: the wiki's relations. Out: groups with a line for each page that links here.

use super::desk::Desk;
use crate::model::meaning::Meaning;
use crate::model::value::ProseId;
use crate::resolve::{Backlink, Origin, PageRef, Said};
use serde::Serialize;

/// Links of one meaning.
#[derive(Debug, Serialize)]
pub struct Group {
    /// What they mean.
    pub heading: String,
    /// The pages.
    pub entries: Vec<Line>,
}

/// A page that links here.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The place where the link stands.
    pub href: String,
    /// The page's title.
    pub title: String,
    /// The word for its kind.
    pub kind: String,
    /// The sentence around the link.
    pub said: String,
    /// "and 2 more places", or empty.
    pub more: String,
}

impl Desk<'_> {
    /// The backlinks of a page; a source's citations are told in full elsewhere on its page.
    pub fn backlinks(&self, at: PageRef) -> Vec<Group> {
        let all = &self.wiki().relations.backlinks[at.index()];
        let mut groups: Vec<Group> = Vec::new();
        let mut current: Option<Meaning> = None;
        for link in all.iter().filter(|link| link.meaning != Meaning::Cited) {
            if current != Some(link.meaning) {
                current = Some(link.meaning);
                let heading = self.shared.words.get(&format!("means-{}", link.meaning.key())).to_owned();
                groups.push(Group { heading, entries: Vec::new() });
            }
            let line = self.line(link);
            if let Some(group) = groups.last_mut() {
                group.entries.push(line);
            }
        }
        for group in &mut groups {
            group.entries.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.href.cmp(&b.href)));
        }
        groups
    }

    fn line(&self, link: &Backlink) -> Line {
        let page = self.page(link.page);
        let words = &self.shared.words;
        let more =
            if link.times > 1 { words.count("more-places", link.times as usize - 1) } else { String::new() };
        Line {
            href: self.place(link.origin, link.anchor.as_deref()),
            title: page.title().to_owned(),
            kind: words.choice("kind", page.kind.word()),
            said: self.said(link.origin, link.said),
            more,
        }
    }

    /// The address of a place, seen from here.
    pub fn place(&self, origin: Origin, anchor: Option<&str>) -> String {
        let href = match origin {
            Origin::Page(page) => self.href(page),
            Origin::Position(position) => self.history(self.wiki().position(position).issue),
        };
        match anchor {
            Some(anchor) => format!("{href}#{anchor}"),
            None => href,
        }
    }

    /// The words around a link.
    pub fn said(&self, origin: Origin, said: Said) -> String {
        let wiki = self.wiki();
        let (document, resolved) = match origin {
            Origin::Page(page) => (self.page(page).document, &self.page(page).resolved),
            Origin::Position(position) => {
                (wiki.position(position).document, &wiki.position(position).resolved)
            }
        };
        match (said, origin) {
            (Said::Sentence(id, sentence), _) => {
                let prose = document.proses.get(id.index());
                let sentence =
                    prose.and_then(|prose| prose.sentences.get(sentence as usize).or(Some(&prose.first)));
                wiki.plain(document, resolved, id, sentence.map_or("", String::as_str)).into_owned()
            }
            (Said::Summary, Origin::Page(page)) => wiki.summary(page).into_owned(),
            (Said::Summary, Origin::Position(_)) => {
                let first = document.body().map_or("", |body| body.first.as_str());
                wiki.plain(document, resolved, ProseId::BODY, first).into_owned()
            }
        }
    }
}
