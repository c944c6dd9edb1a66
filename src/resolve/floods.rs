//! What multiplies on a page: sections that embed two others, which embed two others; links that each show a long
//! title; citations whose notes each name a source.
//!
//! In: a wiki without embed loops. Out: findings, and plain text in the place of the embeds and links that would
//! bring more onto a page than a page can hold.

use super::links::Target;
use super::loops::DEEPEST_EMBED;
use super::{PageRef, Resolved, Wiki};
use crate::diagnostic::{Code, Finding, Place};
use crate::parse::{Document, Findings};
use std::collections::{BTreeMap, BTreeSet};

/// Most bytes of pages that are read again for the embeds of one page; a page of a briefing has some 10 kB.
const MOST_EMBEDDED: usize = 16 << 20;

/// Most bytes of titles that the links of one page show, and of names that its notes show; plain words have at most
/// 2,000 characters.
const MOST_SHOWN: usize = 16 << 20;

/// As many links can show more than that: 2,000 characters have at most 8,000 bytes.
const MANY_LINKS: usize = MOST_SHOWN / 8_000;

/// Cuts the embeds and links of pages and positions that are too much, and tells of them.
pub fn cut(wiki: &mut Wiki<'_>, findings: &mut Findings) {
    let mut weights = Weights { wiki, known: BTreeMap::new() };
    let pages = wiki.pages.iter().map(|page| (page.document, &page.resolved));
    let positions = wiki.positions.iter().map(|position| (position.document, &position.resolved));
    let floods: Vec<Vec<(usize, usize)>> = pages
        .chain(positions)
        .map(|(document, resolved)| weights.flood(document, resolved, findings))
        .collect();
    let pages = wiki.pages.iter_mut().map(|page| &mut page.resolved);
    let positions = wiki.positions.iter_mut().map(|position| &mut position.resolved);
    for (resolved, flood) in pages.chain(positions).zip(floods) {
        for (prose, link) in flood {
            resolved.links[prose][link] = Target::Text;
        }
    }
}

/// What embedding a section costs: the page it is read from, and what it embeds itself.
struct Weights<'w, 'a> {
    wiki: &'w Wiki<'a>,
    known: BTreeMap<(PageRef, usize), usize>,
}

impl Weights<'_, '_> {
    /// The embeds and links of a document that are too much, by the numbers of their piece of Markdown and link; with
    /// them its notes are told.
    fn flood(
        &mut self,
        document: &Document,
        resolved: &Resolved,
        findings: &mut Findings,
    ) -> Vec<(usize, usize)> {
        let mut flood = Vec::new();
        let mut sum = 0usize;
        for (prose, links) in resolved.links.iter().enumerate() {
            for (link, target) in links.iter().enumerate() {
                let Target::Section { page, heading } = target else { continue };
                sum = sum.saturating_add(self.section(*page, *heading as usize, 0));
                if sum > MOST_EMBEDDED {
                    flood.push((prose, link));
                }
            }
        }
        if let Some(first) = flood.first() {
            let message = "the embeds here bring more text than a page can hold";
            findings.push(
                Finding::new(Code::EmbedLoop, place(document, *first), message)
                    .label("this one and those after it are too much; link instead"),
            );
        }
        let titles = self.titles(document, resolved);
        if let Some(first) = titles.first() {
            let message = "the titles that the links here show are more text than a page can hold";
            findings.push(
                Finding::new(Code::BrokenLink, place(document, *first), message)
                    .label("this one and those after it are too much; write [[id|words]]"),
            );
        }
        findings.extend(self.notes(document, resolved));
        flood.extend(titles);
        flood
    }

    /// The links of a document that show too many titles.
    fn titles(&self, document: &Document, resolved: &Resolved) -> Vec<(usize, usize)> {
        if resolved.links.iter().map(Vec::len).sum::<usize>() < MANY_LINKS {
            return Vec::new();
        }
        let mut sum = 0;
        let mut flood = Vec::new();
        for (at, (prose, targets)) in document.proses.iter().zip(&resolved.links).enumerate() {
            for (number, (link, target)) in prose.links.iter().zip(targets).enumerate() {
                let Target::Page { page, .. } = target else { continue };
                if link.label.is_none() {
                    sum += self.wiki.page(*page).title().len();
                }
                if sum > MOST_SHOWN {
                    flood.push((at, number));
                }
            }
        }
        flood
    }

    /// The first citation of a document whose notes are too much; each place in a source has a note of its own.
    fn notes(&self, document: &Document, resolved: &Resolved) -> Option<Finding> {
        if resolved.cites.iter().map(Vec::len).sum::<usize>() < MANY_LINKS {
            return None;
        }
        let mut sum = 0;
        let mut seen = BTreeSet::new();
        for (prose, citations) in document.proses.iter().zip(&resolved.cites) {
            for (cite, citation) in prose.cites.iter().zip(citations) {
                let Some(citation) = citation.as_ref().filter(|citation| citation.place.is_some()) else {
                    continue;
                };
                if !seen.insert((citation.source, citation.place.as_deref())) {
                    continue;
                }
                let source = self.wiki.page(citation.source);
                sum += source.title().len() + source.record().text("publisher").map_or(0, str::len);
                if sum > MOST_SHOWN {
                    let place = crate::parse::place(&prose.home, document.file, cite.span);
                    let message = "the notes for the citations here are more text than a page can hold";
                    let found = Finding::new(Code::BadCitation, place, message);
                    return Some(found.label("from here on they are too much; split the page"));
                }
            }
        }
        None
    }

    fn section(&mut self, page: PageRef, heading: usize, depth: usize) -> usize {
        if depth >= DEEPEST_EMBED {
            return 0;
        }
        if let Some(known) = self.known.get(&(page, heading)) {
            return *known;
        }
        let content = self.wiki.page(page);
        let mut sum = self.wiki.inputs.text(content.document.file).len();
        let body = content.document.body();
        let links = content.resolved.links.first();
        if let (Some(body), Some(links)) = (body, links)
            && let Some(section) = body.headings.get(heading)
        {
            let inside = section.span.start..section.end;
            // Links stand in order, so those of a section follow each other.
            let first = body.links.partition_point(|link| link.span.start < inside.start);
            let of_section = body.links.iter().zip(links).skip(first);
            for (_, target) in of_section.take_while(|(link, _)| link.span.start < inside.end) {
                if let Target::Section { page: to, heading: next } = target {
                    sum = sum.saturating_add(self.section(*to, *next as usize, depth + 1));
                }
            }
        }
        self.known.insert((page, heading), sum);
        sum
    }
}

/// The place of a link, by the numbers of its piece of Markdown and its own.
fn place(document: &Document, (prose, link): (usize, usize)) -> Place {
    let prose = &document.proses[prose];
    crate::parse::place(&prose.home, document.file, prose.links[link].span)
}
