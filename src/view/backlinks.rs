//! What leads to a page, grouped by what it means.
//!
//! In: the wiki's relations. Out: groups with a line for each page that links here.

use super::desk::Desk;
use crate::markup::Html;
use crate::model::meaning::Meaning;
use crate::model::value::ProseId;
use crate::resolve::{Anchor, Backlink, Origin, PageRef, Said};
use serde::Serialize;
use std::borrow::Cow;

/// Links of one meaning.
#[derive(Debug, Serialize)]
pub struct Group {
    /// What they mean.
    pub heading: String,
    /// For each page that links here: a link to the place, the word for the page's kind, the sentence
    /// around the link, and "and 2 more places" where there are more. One piece of HTML each: a page can
    /// have thousands of them.
    pub entries: Vec<Html>,
}

impl<'s> Desk<'s> {
    /// The backlinks of a page; a source's citations are told in full elsewhere on its page.
    pub fn backlinks(&self, at: PageRef) -> Vec<Group> {
        let all = &self.wiki().relations.backlinks[at.index()];
        let by_meaning = all.chunk_by(|a, b| a.meaning == b.meaning);
        let mut groups = Vec::new();
        for links in by_meaning.filter(|links| links[0].meaning != Meaning::Cited) {
            let mut sorted: Vec<(&str, String, &Backlink)> = links
                .iter()
                .map(|link| {
                    let href = self.place(link.origin, link.anchor);
                    (self.page(link.page).title(), href, link)
                })
                .collect();
            sorted.sort_by(|a, b| a.0.cmp(b.0).then_with(|| a.1.cmp(&b.1)));
            groups.push(Group {
                heading: self.shared.words.get(&format!("means-{}", links[0].meaning.key())).to_owned(),
                entries: sorted
                    .into_iter()
                    .map(|(title, href, link)| self.line(title, &href, link))
                    .collect(),
            });
        }
        groups
    }

    fn line(&self, title: &str, href: &str, link: &Backlink) -> Html {
        let words = &self.shared.words;
        let said = self.said(link.origin, link.said);
        let mut html = Html::with_room(title.len() + href.len() + said.len() + 100);
        html.put("a", &[("href", href), ("lang", self.title_lang(link.page))], title).push(" ");
        html.tag("<span class=\"kind\">").push(words.kind(self.page(link.page).kind));
        html.tag("</span>");
        if !said.is_empty() {
            html.tag(" <q>").push(&said).tag("</q>");
        }
        if link.times > 1 {
            let more = words.count("more-places", link.times as usize - 1);
            html.push(" ").put("span", &[("class", "kind")], &more);
        }
        html
    }

    /// The address of a place, seen from here.
    pub fn place(&self, origin: Origin, anchor: Anchor) -> String {
        let page = match origin {
            Origin::Page(page) => page,
            Origin::Position(position) => {
                return self.permalink(self.wiki().position(position));
            }
        };
        self.href_to(page, &anchor.id(self.wiki()))
    }

    /// The words around a link.
    pub fn said(&self, origin: Origin, said: Said) -> Cow<'s, str> {
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
                wiki.plain(document, resolved, id, sentence.unwrap_or_default())
            }
            (Said::Summary, Origin::Page(page)) => wiki.summary(page),
            (Said::Summary, Origin::Position(_)) => {
                let first = document.body().map_or("", |body| body.first.as_str());
                wiki.plain(document, resolved, ProseId::BODY, first)
            }
            (Said::BlockRow(block, row), _) => {
                Cow::Owned(self.block_row_words(document, resolved, block as usize, row as usize))
            }
            (Said::Role(row), _) => {
                let role = resolved.record.rows("roles").get(row as usize);
                Cow::Owned(role.map_or_else(String::new, |role| self.role_words(role)))
            }
            (Said::Readout(row), _) => {
                let rows =
                    resolved.record.record("readouts").map_or(&[][..], |readouts| readouts.rows("rows"));
                Cow::Borrowed(rows.get(row as usize).and_then(|row| row.text("aspect")).unwrap_or_default())
            }
        }
    }
}
