//! Notes: the state of the briefing.
//!
//! In: the resolved wiki. Out: findings of severity note, which fail nothing: overdue reviews, pages
//! nobody links to, names that are shared or not linked, statements that rest on one publisher.

use super::checks::sources;
use super::{Page, PageRef, Wiki};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::duration::Duration;
use crate::model::kind::Kind;
use crate::model::value::Value;
use crate::parse::Findings;
use crate::source::{KeyPath, Span};
use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Every note of the wiki, but those that resolving itself tells (`wanted-page`).
pub fn all(wiki: &Wiki<'_>, names: &Names<'_>) -> Findings {
    let (mut findings, unlinked) = rayon::join(|| of_records(wiki), || unlinked_mentions(wiki, names));
    findings.extend(unlinked);
    findings
}

/// Notes on what front matter says.
fn of_records(wiki: &Wiki<'_>) -> Findings {
    let mut findings = Findings::new();
    for (at, page) in wiki.refs() {
        if !page.document.sound {
            continue;
        }
        findings.extend(review_overdue(wiki, page));
        findings.extend(as_of_old(wiki, at, page));
        findings.extend(orphan(wiki, at, page));
    }
    findings.extend(wiki.positions.iter().filter_map(|position| one_publisher(wiki, position)));
    findings.extend(shared_names(wiki));
    findings
}

fn review_overdue(wiki: &Wiki<'_>, page: &Page<'_>) -> Option<Finding> {
    let record = page.record();
    let reviewed = record.date("reviewed")?.latest()?;
    let every: Duration = match record.get("review_every") {
        Some(Value::Duration(every)) => *every,
        _ => wiki.site.review_every.iter().find(|(kind, _)| *kind == page.kind)?.1,
    };
    let due = every.after(reviewed);
    (due < wiki.today).then(|| {
        Finding::new(
            Code::ReviewOverdue,
            Place::value(page.document.file, KeyPath::key("reviewed")),
            format!("the review of `{}` was due on {due}", page.id()),
        )
        .label("check the page, then write the day here")
    })
}

fn as_of_old(wiki: &Wiki<'_>, at: PageRef, page: &Page<'_>) -> Option<Finding> {
    if page.kind != Kind::Issue {
        return None;
    }
    let as_of = page.record().date("as_of")?;
    let newest = wiki.position(*wiki.relations.on_issue[at.index()].first()?);
    newest.date.after(as_of).then(|| {
        Finding::new(
            Code::AsOfOld,
            Place::value(page.document.file, KeyPath::key("as_of")),
            format!("there is a newer position of {}", newest.date),
        )
        .label("tell the state of things up to that day, then write it here")
        .also(Place::file(newest.document.file), "the newer position")
    })
}

fn orphan(wiki: &Wiki<'_>, at: PageRef, page: &Page<'_>) -> Option<Finding> {
    let lonely = wiki.relations.backlinks[at.index()].is_empty() && wiki.home != Some(at);
    lonely.then(|| {
        Finding::new(
            Code::OrphanPage,
            Place::start(page.document.file),
            format!("no page links to `{}`", page.id()),
        )
        .label(format!("link to it where it belongs: [[{}]]", page.id()))
    })
}

fn one_publisher(wiki: &Wiki<'_>, position: &super::Position<'_>) -> Option<Finding> {
    let mut publishers: Vec<&str> = sources(&position.resolved)
        .filter_map(|source| wiki.page(source).record().text("publisher"))
        .collect();
    publishers.sort_unstable();
    publishers.dedup();
    let [publisher] = publishers[..] else { return None };
    Some(
        Finding::new(
            Code::OnePublisher,
            Place::start(position.document.file),
            format!("this statement rests on {publisher} alone"),
        )
        .label("a second publisher would confirm it"),
    )
}

fn shared_names(wiki: &Wiki<'_>) -> Findings {
    let mut names: BTreeMap<&str, Vec<PageRef>> = BTreeMap::new();
    for (at, page) in wiki.refs() {
        let own = page.aliases().iter().map(String::as_str).chain([page.title()]);
        for name in own {
            let pages = names.entry(name).or_default();
            if !pages.contains(&at) {
                pages.push(at);
            }
        }
    }
    let mut findings = Findings::new();
    for (name, pages) in names {
        let [first, others @ ..] = &pages[..] else { continue };
        let Some(second) = others.first() else { continue };
        let (first, second) = (wiki.page(*first), wiki.page(*second));
        findings.push(
            Finding::new(
                Code::SharedName,
                Place::start(second.document.file),
                format!("`{name}` is a name of {} pages", pages.len()),
            )
            .label(format!("links that say it must name `{}` or `{}`", first.id(), second.id()))
            .also(Place::file(first.document.file), "the other page"),
        );
    }
    findings
}

/// Names of three letters and less are too often something else.
const SHORTEST_NAME: usize = 4;

/// Every name by which a page may be mentioned, and what looks for all of them at once. Building it takes one
/// thread as long as the relations take the others.
#[derive(Debug)]
pub struct Names<'a> {
    names: Vec<(&'a str, PageRef)>,
    /// Names of several pages, of whatever kind: a link that says one may lead to another.
    shared: BTreeSet<&'a str>,
    /// None where the names are too many for it.
    finder: Option<AhoCorasick>,
}

impl<'a> Names<'a> {
    /// Gathers the names of all pages.
    pub fn of(pages: &[Page<'a>]) -> Names<'a> {
        let mut names: Vec<(&str, PageRef)> = Vec::new();
        let mut by_name: BTreeMap<&str, PageRef> = BTreeMap::new();
        let mut shared: BTreeSet<&str> = BTreeSet::new();
        for (at, page) in pages.iter().enumerate() {
            let at = super::page_ref(at);
            let own = || page.aliases().iter().map(String::as_str).chain([page.title()]);
            let several = |name: &&'a str| by_name.insert(name, at).is_some_and(|other| other != at);
            shared.extend(own().chain([page.id()]).filter(several));
            if !matches!(page.kind, Kind::Page | Kind::Source) {
                let long = own().filter(|name| name.chars().count() >= SHORTEST_NAME);
                names.extend(long.map(|name| (name, at)));
            }
        }
        let patterns = names.iter().map(|(name, _)| *name);
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        Names { names, shared, finder }
    }
}

fn unlinked_mentions(wiki: &Wiki<'_>, names: &Names<'_>) -> Findings {
    let Some(finder) = &names.finder else { return Findings::new() };
    let search = Search { wiki, names, finder };
    let found: Vec<Findings> =
        (0..wiki.pages.len()).into_par_iter().map(|at| search.page(super::page_ref(at))).collect();
    found.into_iter().flatten().collect()
}

struct Search<'s, 'a> {
    wiki: &'s Wiki<'a>,
    names: &'s Names<'a>,
    finder: &'s AhoCorasick,
}

impl Search<'_, '_> {
    /// The first mention of each page that this page names and never links to.
    fn page(&self, at: PageRef) -> Findings {
        let page = self.wiki.page(at);
        let Some(body) = page.document.body() else { return Findings::new() };
        let crate::parse::Home::Body(start) = body.home else { return Findings::new() };
        let text = &self.wiki.inputs.text(page.document.file)[start..];
        let linked: Vec<PageRef> =
            page.resolved.links.iter().flatten().filter_map(super::Target::page).collect();
        let mut told: Vec<PageRef> = Vec::new();
        let mut findings = Findings::new();
        for found in self.finder.find_iter(text) {
            let (name, to) = self.names.names[found.pattern().as_usize()];
            if to == at || linked.contains(&to) || told.contains(&to) || !stands_alone(text, found.range()) {
                continue;
            }
            told.push(to);
            let span = Span::new(found.start(), found.end()).shift(start);
            let id = self.wiki.page(to).id();
            findings.push(
                Finding::new(
                    Code::UnlinkedMention,
                    Place::span(page.document.file, span),
                    format!("this page names `{id}` and never links to it"),
                )
                .label(if self.names.shared.contains(name) {
                    format!("write [[{id}|{name}]]")
                } else {
                    format!("write [[{name}]]")
                }),
            );
        }
        findings
    }
}

/// Whether a range is whole words outside of brackets, code and addresses.
fn stands_alone(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let part = |c: Option<char>| {
        c.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '[' | '|' | '/' | '`' | '@' | '#' | '-' | ']' | '_')
        })
    };
    !part(before) && !part(after)
}
