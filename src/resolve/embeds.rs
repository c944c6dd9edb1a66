//! Embeds that multiply: sections that embed two others, which embed two others.
//!
//! In: a wiki without embed loops. Out: findings, and plain text in the place of the embeds that would
//! bring more onto a page than a page can hold.

use super::links::Target;
use super::loops::DEEPEST_EMBED;
use super::{PageRef, Resolved, Wiki};
use crate::diagnostic::{Code, Finding};
use crate::parse::{Document, Findings};
use std::collections::BTreeMap;

/// Most bytes of pages that are read again for the embeds of one page; a page of a briefing has some 10 kB.
const MOST_EMBEDDED: usize = 16 << 20;

/// Cuts the embeds of pages and positions that are too much, and tells of them.
pub fn cut_floods(wiki: &mut Wiki<'_>, findings: &mut Findings) {
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
    /// The embeds of a document that are too much, by the numbers of their piece of Markdown and link.
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
        if let Some(&(prose, link)) = flood.first() {
            let prose = &document.proses[prose];
            let place = crate::parse::place(&prose.home, document.file, prose.links[link].span);
            findings.push(
                Finding::new(Code::EmbedLoop, place, "the embeds here bring more text than a page can hold")
                    .label("this one and those after it are too much; link instead"),
            );
        }
        flood
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
