//! Notes: the state of the briefing.
//!
//! In: the resolved wiki. Out: findings of severity note, which fail nothing: overdue reviews, pages
//! nobody links to, names that are shared or not linked, statements that rest on one publisher.

use super::checks::sources;
use super::index::Index;
use super::mentions::{Names, unlinked_mentions};
use super::{Page, PageRef, Wiki};
use crate::diagnostic::{Code, Finding, Place, join};
use crate::model::date::Date;
use crate::model::duration::Duration;
use crate::model::kind::Kind;
use crate::model::value::Value;
use crate::parse::Findings;
use crate::source::KeyPath;

/// Every note of the wiki, but those that resolving itself tells (`wanted-page`).
pub fn all(wiki: &Wiki<'_>, names: &Names<'_>, index: &Index<'_>) -> Findings {
    let (mut findings, unlinked) =
        rayon::join(|| of_records(wiki, index), || unlinked_mentions(wiki, names, index));
    join(&mut findings, unlinked);
    findings
}

/// Notes on what front matter says.
fn of_records(wiki: &Wiki<'_>, index: &Index<'_>) -> Findings {
    // A wiki that nobody looks after has one for each.
    let mut findings = Findings::with_capacity(wiki.pages.len() + wiki.positions.len());
    for (at, page) in wiki.refs() {
        if !page.document.sound {
            continue;
        }
        findings.extend(review_overdue(wiki, page));
        findings.extend(as_of_old(wiki, at, page));
        findings.extend(orphan(wiki, at, page));
    }
    findings.extend(wiki.positions.iter().filter_map(|position| one_publisher(wiki, position)));
    findings.extend(shared_names(wiki, index));
    findings
}

fn review_overdue(wiki: &Wiki<'_>, page: &Page<'_>) -> Option<Finding> {
    let record = page.record();
    let every: Duration = match record.get("review_every") {
        Some(Value::Duration(every)) => *every,
        _ => wiki.site.review_every.iter().find(|(kind, _)| *kind == page.kind)?.1,
    };
    if !record.mentions("reviewed") {
        return never_reviewed(wiki, page, every);
    }
    let reviewed = record.date("reviewed")?.latest()?;
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

/// A page without a review is as old as what it says of itself; one that says nothing is due.
fn never_reviewed(wiki: &Wiki<'_>, page: &Page<'_>, every: Duration) -> Option<Finding> {
    let record = page.record();
    let changes = record.rows("changes").iter().filter_map(|row| row.date("date"));
    let newest = changes.chain(record.date("as_of")).filter_map(Date::latest).max();
    newest.is_none_or(|newest| every.after(newest) < wiki.today).then(|| {
        Finding::new(
            Code::ReviewOverdue,
            Place::start(page.document.file),
            format!("`{}` was never reviewed", page.id()),
        )
        .label("check the page, then write the day as `reviewed`")
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
    (lonely && !shown_elsewhere(wiki, at, page)).then(|| {
        Finding::new(
            Code::OrphanPage,
            Place::start(page.document.file),
            format!("nothing leads to `{}`", page.id()),
        )
        .label(format!("link to it where it belongs: [[{}]]", page.id()))
    })
}

/// Whether other pages list a page by what it says itself: an event or document on those of its issues and
/// actors, an issue on that of its parent and of those who hold positions on it, a person on those spoken for.
fn shown_elsewhere(wiki: &Wiki<'_>, at: PageRef, page: &Page<'_>) -> bool {
    let record = page.record();
    let names = |field: &str| !record.refs(field).is_empty();
    match page.kind {
        Kind::Event => names("issues") || names("who"),
        Kind::Document => names("issues") || names("by") || names("to"),
        Kind::Issue => {
            record.reference("parent").is_some() || !wiki.relations.on_issue[at.index()].is_empty()
        }
        Kind::Actor => record.rows("roles").iter().any(|role| role.reference("for").is_some()),
        Kind::Source | Kind::Term | Kind::Page => false,
    }
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
            format!("this statement rests on one publisher: {publisher}"),
        )
        .label("a second publisher would confirm it"),
    )
}

fn shared_names(wiki: &Wiki<'_>, index: &Index<'_>) -> Findings {
    // Of a page that cannot be read nothing more is told.
    let sound = |page: &PageRef| wiki.page(*page).document.sound;
    let names = index.shared_titles(sound);
    let mut findings = Findings::new();
    for (name, pages) in &names {
        let [first, others @ ..] = &pages[..] else { continue };
        let Some(second) = others.first() else { continue };
        // A title goes before an alias when a link is looked up; two titles leave the link open.
        let titled: Vec<PageRef> =
            pages.iter().copied().filter(|at| wiki.page(*at).title() == *name).collect();
        let label = match titled[..] {
            [titled] => {
                let other = if titled == *first { *second } else { *first };
                let (titled, other) = (wiki.page(titled).id(), wiki.page(other).id());
                format!(
                    "links that say it lead to `{titled}`, whose title it is; name `{other}` for the other"
                )
            }
            _ => {
                let (first, second) = (wiki.page(*first).id(), wiki.page(*second).id());
                format!("links that say it must name `{first}` or `{second}`")
            }
        };
        let (first, second) = (wiki.page(*first), wiki.page(*second));
        findings.push(
            Finding::new(
                Code::SharedName,
                name_place(second, name),
                format!("`{name}` is a name of {} pages", pages.len()),
            )
            .label(label)
            .also(name_place(first, name), "the other page"),
        );
    }
    findings
}

/// Where a page says that it has a name: its title, or one of its aliases.
fn name_place(page: &Page<'_>, name: &str) -> Place {
    let alias = page.aliases().iter().position(|alias| alias == name);
    let key = match alias {
        Some(at) if page.title() != name => KeyPath::key("aliases").at(at),
        _ => KeyPath::key("title"),
    };
    Place::value(page.document.file, key)
}
