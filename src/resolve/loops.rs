//! What leads back to itself: embeds, also those that go too deep, issues that are their own parents, and
//! documents that supersede each other.
//!
//! In: a wiki with every link resolved. Out: findings, and plain text in the place of such embeds.

use super::links::Target;
use super::{PageRef, Wiki};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::Kind;
use crate::parse::Findings;
use crate::source::KeyPath;
use std::collections::HashMap;

/// Most embeds within embeds; no reader would follow deeper ones.
pub const DEEPEST_EMBED: usize = 16;

/// Most links that are followed, for all embeds of a run, to tell those that lead back to themselves from
/// those that only go too deep.
const MOST_FOLLOWED: usize = 5_000_000;

/// A section, by its page and the number of its heading.
type Section = (PageRef, u32);

/// Finds embeds that lead back to themselves, tells of them, and turns them into plain text.
pub fn cut(wiki: &mut Wiki<'_>, findings: &mut Findings) {
    let mut cut: Vec<(PageRef, usize, Wrong)> = Vec::new();
    let mut depths = Depths { wiki, known: HashMap::new() };
    let mut walk = Walk { wiki, passed: HashMap::new(), left: MOST_FOLLOWED };
    for (page, content) in wiki.refs() {
        let Some(body) = content.document.body() else { continue };
        for (at, target) in content.resolved.links.first().into_iter().flatten().enumerate() {
            let Target::Section { page: to, heading } = *target else { continue };
            // One that leads back to itself has no end, so it is among those that go too deep.
            if depths.of((to, heading), DEEPEST_EMBED) == DEEPEST_EMBED {
                // The section that holds the embed closes the loop, and so does the page as a whole.
                let found = walk.wrong((to, heading), (page, body.links[at].span.start), 0);
                cut.push((page, at, found.unwrap_or(Wrong::TooDeep)));
            }
        }
    }
    for (page, at, wrong) in cut {
        let content = &wiki.pages[page.index()];
        if let Some(body) = content.document.body() {
            let place = crate::parse::place(&body.home, content.document.file, body.links[at].span);
            let message = match wrong {
                Wrong::TooDeep => {
                    format!("the section embeds others that embed others, more than {DEEPEST_EMBED} deep")
                }
                Wrong::Loop => "this section embeds itself, directly or through others".to_owned(),
            };
            findings.push(
                Finding::new(Code::EmbedLoop, place, message)
                    .label("take one of the embeds out; link instead"),
            );
        }
        wiki.pages[page.index()].resolved.links[0][at] = Target::Text;
    }
}

/// How far the walk over a page has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    OnTheWay,
    Left,
}

/// Tells of issues that are their own parents, each by itself.
pub fn parents(wiki: &Wiki<'_>, findings: &mut Findings) {
    let mut seen = vec![Seen::Not; wiki.pages.len()];
    for (start, _) in wiki.refs() {
        let mut way: Vec<PageRef> = Vec::new();
        let mut next = Some(start);
        while let Some(page) = next.filter(|page| seen[page.index()] == Seen::Not) {
            seen[page.index()] = Seen::OnTheWay;
            way.push(page);
            next = wiki.page(page).record().reference("parent").copied();
        }
        let closed = next.filter(|page| seen[page.index()] == Seen::OnTheWay);
        for at in way.iter().skip_while(|at| Some(**at) != closed) {
            let page = wiki.page(*at);
            findings.push(
                Finding::new(
                    Code::ParentLoop,
                    Place::value(page.document.file, KeyPath::key("parent")),
                    format!("`{}` is its own parent, directly or through others", page.id()),
                )
                .label("take `parent` out of one of the issues of this loop"),
            );
        }
        way.iter().for_each(|page| seen[page.index()] = Seen::Left);
    }
}

/// Tells of documents that take the place of one that takes theirs, once for each loop, at the document that
/// closes it. One that names itself is told where its name stands.
pub fn superseded(wiki: &Wiki<'_>, findings: &mut Findings) {
    let mut seen = vec![Seen::Not; wiki.pages.len()];
    for (start, _) in wiki.of_kind(Kind::Document) {
        if seen[start.index()] != Seen::Not {
            continue;
        }
        seen[start.index()] = Seen::OnTheWay;
        // Each document on the way with how many of those it supersedes were followed.
        let mut way: Vec<(PageRef, usize)> = vec![(start, 0)];
        while let Some((at, followed)) = way.last_mut() {
            let (at, number) = (*at, *followed);
            *followed += 1;
            match wiki.page(at).record().refs("supersedes").get(number) {
                None => {
                    seen[at.index()] = Seen::Left;
                    way.pop();
                }
                Some(to) if seen[to.index()] == Seen::Not => {
                    seen[to.index()] = Seen::OnTheWay;
                    way.push((*to, 0));
                }
                Some(to) if seen[to.index()] == Seen::OnTheWay && *to != at => {
                    let (page, to) = (wiki.page(at), wiki.page(*to));
                    let place = Place::value(page.document.file, KeyPath::key("supersedes"));
                    findings.push(
                        Finding::new(
                            Code::WrongChoice,
                            place,
                            format!(
                                "`{}` takes the place of `{}`, which takes its place, directly or through others",
                                page.id(),
                                to.id()
                            ),
                        )
                        .label("take `supersedes` out of one of the documents of this loop")
                        .also(Place::file(to.document.file), format!("the document `{}`", to.id())),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

/// What is wrong with an embed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    /// It leads back to where it stands.
    Loop,
    /// It goes too deep.
    TooDeep,
}

/// The embeds of a section, in their order; and the number of its links.
fn embeds<'w>(wiki: &'w Wiki<'_>, (page, heading): Section) -> (impl Iterator<Item = Section> + 'w, usize) {
    let content = wiki.page(page);
    let links = content.resolved.links.first().map_or(&[][..], Vec::as_slice);
    let body = content.document.body();
    let section = body.and_then(|body| Some((body, body.headings.get(heading as usize)?)));
    let inside = section.map_or(0..0, |(body, section)| {
        // Links stand in order, so those of a section follow each other.
        let before = |at: u32| body.links.partition_point(|link| link.span.start < at).min(links.len());
        before(section.span.start)..before(section.end)
    });
    let links = links.get(inside).unwrap_or_default();
    let embedded = links.iter().filter_map(|target| match *target {
        Target::Section { page, heading } => Some((page, heading)),
        _ => None,
    });
    (embedded, links.len())
}

/// How deep the embeds of sections go.
struct Depths<'w, 'a> {
    wiki: &'w Wiki<'a>,
    /// The depth of each section, and up to which depth it was asked for: the true one where it is less.
    known: HashMap<Section, (usize, usize)>,
}

impl Depths<'_, '_> {
    /// How many embeds within embeds a section has, counted up to a number of them.
    fn of(&mut self, section: Section, most: usize) -> usize {
        if most == 0 {
            return 0;
        }
        match self.known.get(&section) {
            Some(&(depth, asked)) if depth < asked || most <= asked => return depth.min(most),
            _ => {}
        }
        let wiki = self.wiki;
        let mut depth = 0;
        for next in embeds(wiki, section).0 {
            depth = depth.max(1 + self.of(next, most - 1));
            if depth == most {
                break;
            }
        }
        self.known.insert(section, (depth, most));
        depth
    }
}

/// The walk from an embed along those of the section it shows.
struct Walk<'w, 'a> {
    wiki: &'w Wiki<'a>,
    /// Sections known not to lead to the start, for the start they were asked for.
    passed: HashMap<Section, (PageRef, u32)>,
    /// How many links may still be followed.
    left: usize,
}

impl Walk<'_, '_> {
    /// What is wrong where a section holds the place of the start, or embeds one that does, or goes too deep.
    fn wrong(&mut self, section: Section, start: (PageRef, u32), depth: usize) -> Option<Wrong> {
        if depth >= DEEPEST_EMBED || self.left == 0 {
            return Some(Wrong::TooDeep);
        }
        if self.passed.get(&section) == Some(&start) {
            return None;
        }
        let wiki = self.wiki;
        let body = wiki.page(section.0).document.body();
        let heading = body.and_then(|body| body.headings.get(section.1 as usize))?;
        if section.0 == start.0 && (heading.span.start..heading.end).contains(&start.1) {
            return Some(Wrong::Loop);
        }
        let (embeds, links) = embeds(wiki, section);
        self.left = self.left.saturating_sub(links + 1);
        for next in embeds {
            if let Some(wrong) = self.wrong(next, start, depth + 1) {
                return Some(wrong);
            }
        }
        self.passed.insert(section, start);
        None
    }
}
