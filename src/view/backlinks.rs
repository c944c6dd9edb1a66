//! What leads to a page, grouped by what it means.
//!
//! In: the wiki's relations. Out: groups with a line for each page that links here.

use super::desk::Desk;
use crate::markup::{Finished, Html};
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
    /// An `li` for each page that links here: a link to the place, the word for the page's kind, the sentence
    /// around the link, and "and 2 more places" where there are more. One piece of HTML for all: a page can
    /// have thousands of them.
    pub entries: Finished,
}

/// Bytes of a line as most are at most.
const ROOM: usize = 320;

/// Links whose lines are looked up together.
const GROUP: usize = 16;

/// Bytes that come from memory at once, on most machines.
const LINE: usize = 64;

impl<'s> Desk<'s> {
    /// The backlinks of a page; a source's citations are told in full elsewhere on its page.
    pub fn backlinks(&self, at: PageRef) -> Vec<Group> {
        let all = &self.wiki().relations.backlinks[at.index()];
        let by_meaning = all.chunk_by(|a, b| a.meaning == b.meaning);
        let mut groups = Vec::new();
        let mut entries = Html::new();
        for links in by_meaning.filter(|links| links[0].meaning != Meaning::Cited) {
            let place = |link: &Backlink<'_>| self.shared.by_title[link.page.index()];
            let mut sorted: Vec<(u32, &Backlink<'_>)> =
                links.iter().map(|link| (place(link), link)).collect();
            sorted.sort_by_key(|(place, _)| *place);
            // Those of one title, such as from statements on one issue, stand in the order of their addresses.
            for same in sorted.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
                same.sort_by_cached_key(|(_, link)| self.place(link.origin, link.anchor));
            }
            entries.reserve(sorted.len() * ROOM);
            for some in sorted.chunks(GROUP) {
                self.look_ahead(some);
                for (_, link) in some {
                    entries.tag("\n<li>");
                    self.line(link, &mut entries);
                    entries.tag("</li>");
                }
            }
            groups.push(Group {
                heading: self.shared.words.meaning(links[0].meaning).to_owned(),
                entries: entries.finish(),
            });
        }
        groups
    }

    /// Looks at what the lines of some links need. It lies far apart in memory, each piece known only by the one
    /// before: looked up for all of them step by step, the waits go on side by side.
    fn look_ahead(&self, links: &[(u32, &Backlink<'s>)]) {
        let mut seen = 0;
        let held: [_; GROUP] = std::array::from_fn(|at| {
            let (_, link) = links.get(at)?;
            let (document, anchor) = match link.origin {
                Origin::Page(page) => (self.page(page).document, ""),
                Origin::Position(position) => {
                    let position = self.wiki().position(position);
                    (position.document, position.anchor())
                }
            };
            Some((*link, document, anchor))
        });
        let proses = held.map(|held| {
            let (link, document, anchor) = held?;
            seen ^= first_byte(anchor) ^ first_byte(self.shared.linked.stem(link.page).as_str());
            let (id, sentence) = match link.said {
                Said::Sentence(id, sentence) => (id, Some(sentence)),
                Said::Summary => (ProseId::BODY, None),
                _ => return None,
            };
            Some((link, document.proses.get(id.index())?, sentence))
        });
        let texts = proses.map(|prose| {
            let (link, prose, sentence) = prose?;
            seen ^= first_byte(self.shared.linked.end(link.page).as_str());
            let sentence = || sentence.and_then(|sentence| prose.sentences.get(sentence as usize));
            Some(link.words.or_else(sentence).unwrap_or(&prose.first))
        });
        for text in texts.into_iter().flatten() {
            seen ^= text.bytes().step_by(LINE).take(4).fold(0, |seen, byte| seen ^ byte);
        }
        std::hint::black_box(seen);
    }

    fn line(&self, link: &Backlink<'_>, html: &mut Html) {
        html.tag("<a href=\"");
        self.put_place(link.origin, link.anchor, html);
        html.add(self.shared.linked.end(link.page));
        let said = self.said(link.origin, link.said, link.words);
        if !said.is_empty() {
            html.tag(" <q>").push(&said).tag("</q>");
        }
        if link.times > 1 {
            let more = self.shared.words.count("more-places", link.times as usize - 1);
            html.tag(" <span class=\"kind\">").push(&more).tag("</span>");
        }
    }

    /// The address of a place, seen from here.
    pub fn place(&self, origin: Origin, anchor: Anchor) -> String {
        match origin {
            Origin::Page(page) => {
                let mut href = self.href(page);
                anchor.put(self.wiki(), &mut href);
                href
            }
            Origin::Position(position) => self.permalink(self.wiki().position(position)),
        }
    }

    /// Adds the address of a place, seen from here, to markup.
    pub fn put_place(&self, origin: Origin, anchor: Anchor, html: &mut Html) {
        match origin {
            Origin::Page(page) => {
                self.put_address(page, html);
                html.push_with(|text| anchor.put(self.wiki(), text));
            }
            Origin::Position(position) => self.put_permalink(self.wiki().position(position), html),
        }
    }

    /// The words around a link; `words` if relations hold them.
    pub fn said(&self, origin: Origin, said: Said, words: Option<&'s str>) -> Cow<'s, str> {
        if let Some(words) = words {
            return Cow::Borrowed(words);
        }
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

fn first_byte(text: &str) -> u8 {
    text.bytes().next().unwrap_or_default()
}
