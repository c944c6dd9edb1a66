//! What leads somewhere: links, embeds, images, citations and marks of footnotes.
//!
//! In: a token and where it leads. Out: HTML with addresses seen from the page.

use super::{Ids, Writer};
use crate::markup::{address, path_address};
use crate::parse::Document;
use crate::parse::markdown::Kind;
use crate::resolve::{DEEPEST_EMBED, PageRef, Target, link_anchor};
use crate::view::wanted_anchor;

/// The links that backlinks lead to: the first of several that mean the same, and an embed means
/// something else than a mention. In their order.
pub(super) fn firsts(links: &[Target]) -> Vec<usize> {
    let to_pages = links
        .iter()
        .enumerate()
        .filter_map(|(at, target)| Some((target.page()?, matches!(target, Target::Section { .. }), at)));
    let mut firsts: Vec<(PageRef, bool, usize)> = to_pages.collect();
    firsts.sort_unstable();
    firsts.dedup_by_key(|(page, is_section, _)| (*page, *is_section));
    let mut firsts: Vec<usize> = firsts.into_iter().map(|(_, _, at)| at).collect();
    firsts.sort_unstable();
    firsts
}

impl<'w, 'p> Writer<'w, 'p, '_> {
    pub(super) fn text(&mut self, text: &str, at: usize) {
        if at > 0 && matches!(self.reading.tokens[at - 1].kind, Kind::Cite(_)) {
            let moved = self.punctuation_after(at - 1);
            return self.plain_text(&text[moved.len()..], at);
        }
        self.plain_text(text, at);
    }

    fn plain_text(&mut self, text: &str, at: usize) {
        let Some(addresses) = self.reading.addresses.filter(|_| self.in_link == 0) else {
            self.html.push(text);
            return;
        };
        let mut from = 0;
        for (number, range) in addresses(text).into_iter().enumerate() {
            self.html.push(&text[from..range.start]);
            let target = self.target(self.reading.links(at) + number).cloned();
            let words = &text[range.clone()];
            match target {
                Some(Target::Outside(to)) => {
                    self.html.put("a", &[("class", "url"), ("href", &address(&to))], words)
                }
                _ => self.html.push(words),
            };
            from = range.end;
        }
        self.html.push(&text[from..]);
    }

    fn target(&self, index: usize) -> Option<&'p Target> {
        self.reading.piece.resolved.links.get(self.reading.piece.id.index())?.get(index)
    }

    /// The id of a link's place, if backlinks lead to it.
    fn link_id(&self, index: usize) -> String {
        if self.reading.piece.ids == Ids::Own && self.reading.firsts.binary_search(&index).is_ok() {
            link_anchor(self.reading.piece.id, index)
        } else {
            String::new()
        }
    }

    /// Where a target leads, seen from the page, with a class; `None` for plain text.
    fn way(&self, target: &Target) -> Option<(String, &'static str)> {
        let desk = &self.desk;
        match target {
            Target::Page { page, heading } => {
                let own = desk.own == Some(*page);
                let heading = heading.and_then(|at| heading_id(desk.page(*page).document, at));
                let href = match (own, heading) {
                    (true, Some(heading)) => ["#", heading].concat(),
                    (true, None) => return None,
                    (false, Some(heading)) => [&desk.href(*page), "#", heading].concat(),
                    (false, None) => desk.href(*page),
                };
                Some((href, ""))
            }
            Target::Here(heading) => {
                let id = heading_id(self.reading.piece.document, *heading).unwrap_or_default();
                Some((self.here(id), ""))
            }
            Target::Section { .. } | Target::Text => None,
            Target::File(path) => Some((format!("{}{}", desk.root, path_address(path)), "")),
            Target::Outside(url) => Some((address(url), "url")),
            Target::Wanted(name) => {
                Some((format!("{}wanted.html#{}", desk.root, wanted_anchor(name)), "wanted"))
            }
        }
    }

    /// A heading of the page the text is written in, which may be another than the one it is shown on.
    fn here(&self, heading: &str) -> String {
        if self.reading.piece.ids == Ids::Own {
            return format!("#{heading}");
        }
        match self.reading.piece.page {
            Some(page) => format!("{}#{heading}", self.desk.href(page)),
            None => format!("#{heading}"),
        }
    }

    pub(super) fn wikilink(&mut self, at: usize) {
        let index = self.reading.links(at);
        let Some(link) = self.reading.prose.links.get(index) else { return };
        let target = self.target(index);
        let words = self.desk.wiki().link_words(
            (self.reading.piece.document, self.reading.piece.resolved),
            link,
            target,
        );
        let words = link.label.as_deref().unwrap_or(&words);
        let id = self.link_id(index);
        if let Some(Target::Page { page, heading: None }) = target
            && self.in_link == 0
            && self.desk.own != Some(*page)
        {
            return self.page_link(*page, &id, words);
        }
        match target.and_then(|target| self.way(target)) {
            Some((href, class)) if self.in_link == 0 => {
                self.html.put("a", &[("id", &id), ("class", class), ("href", &href)], words);
            }
            _ => {
                self.html.push(words);
            }
        }
    }

    /// A link to another page as a whole, as nearly all are: put down without an address of its own.
    fn page_link(&mut self, page: PageRef, id: &str, words: &str) {
        self.html.tag("<a");
        if !id.is_empty() {
            self.html.tag(" id=\"").push(id).tag("\"");
        }
        self.desk.put_address(page, self.html.tag(" href=\""));
        self.html.tag("\">").push(words).tag("</a>");
    }

    pub(super) fn embed(&mut self, at: usize) {
        let index = self.reading.links(at);
        let Some(Target::Section { page, heading }) = self.target(index) else {
            if let Some(link) = self.reading.prose.links.get(index) {
                let words = link.label.as_ref().unwrap_or(&link.target).clone();
                match self.target(index).and_then(|target| self.way(target)) {
                    Some((href, class)) => self.html.put("a", &[("class", class), ("href", &href)], &words),
                    None => self.html.push(&words),
                };
            }
            return;
        };
        if self.depth >= DEEPEST_EMBED {
            return;
        }
        let id = self.link_id(index);
        if !id.is_empty() {
            self.html.open("span", &[("id", &id)]).close("span");
        }
        let section = self.desk.section(*page, *heading as usize, self.depth);
        self.html.add(&section);
    }

    pub(super) fn link(&mut self, at: usize) -> &'static str {
        let index = self.reading.links(at);
        let id = self.link_id(index);
        match self.target(index).and_then(|target| self.way(target)) {
            Some((href, class)) if self.in_link == 0 => {
                self.html.open("a", &[("id", &id), ("class", class), ("href", &href)]);
                self.in_link += 1;
                "</a>"
            }
            _ => "",
        }
    }

    pub(super) fn image(&mut self, alt: &str, at: usize) {
        let index = self.reading.links(at);
        match self.target(index) {
            Some(Target::File(path)) => {
                let src = format!("{}{}", self.desk.root, path_address(path));
                self.html.open("img", &[("src", &src), ("alt", alt), ("loading", "lazy")]);
            }
            _ => {
                self.html.push(alt);
            }
        }
    }

    pub(super) fn cite(&mut self, first: usize, count: usize, punctuation: &str) {
        let cites = self.reading.piece.resolved.cites.get(self.reading.piece.id.index());
        let found = (first..first + count).filter_map(|index| Some((index, cites?.get(index)?.as_ref()?)));
        let own = self.reading.piece.ids == Ids::Own;
        let marked = found.map(|(index, cite)| (cite, own.then_some((self.reading.piece.id, index))));
        self.html.trim_end();
        self.html.push(punctuation);
        self.desk.cite(marked, &mut self.html);
    }

    /// The punctuation behind a citation: on the page it stands before the note's mark.
    pub(super) fn punctuation_after(&self, at: usize) -> &'w str {
        match self.reading.tokens.get(at + 1).map(|token| &token.kind) {
            Some(Kind::Text(text)) if text.starts_with(['.', ',', ';', ':']) => &text[..1],
            _ => "",
        }
    }

    pub(super) fn footnote(&mut self, name: &str) {
        let (reading, piece) = (self.reading, self.reading.piece);
        // Footnotes of different texts may have the same name.
        let key = format!("{}:{}:{name}", piece.document.file.0, piece.id.0);
        let waiting = self.desk.notes.waiting();
        let (mark, new) = self.desk.footnote(&key);
        if let (Some(number), Some(range)) = (new, reading.footnote(name)) {
            self.desk.notes.wait(number, range);
        }
        // In a long chain of footnotes the stack would not hold them: their words are written when the
        // first of the chain is done.
        if !self.in_footnote || self.depth < DEEPEST_EMBED {
            while let Some((number, range)) = self.desk.notes.next(waiting) {
                let mut writer = Writer::new(reading, &range, self.desk);
                writer.depth = self.depth + 1;
                writer.in_footnote = true;
                writer.write(range);
                let words = writer.html;
                self.desk.notes.set(number, words);
            }
        }
        self.html.add(&mark);
    }
}

/// The id of a heading of a document's body.
fn heading_id(document: &Document, at: u32) -> Option<&str> {
    Some(&document.body()?.headings.get(at as usize)?.id)
}
