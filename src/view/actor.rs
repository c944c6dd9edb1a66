//! The page of an actor.

use super::desk::Desk;
use super::frame::Frame;
use super::issue::Dated;
use super::statements::{ROOM, Where, point_of};
use crate::markup::{Finished, Html};
use crate::model::date::{Date, Day};
use crate::model::kind::Kind;
use crate::model::meaning::Meaning;
use crate::model::names::sort_name;
use crate::model::value::{Record, Value};
use crate::resolve::{Basis, List, Page, PageRef, PositionRef, holds, row_anchor};
use serde::Serialize;
use std::cmp::Reverse;

/// What `actor.html` gets.
#[derive(Debug, Serialize)]
pub struct ActorView {
    /// What stands around it.
    pub frame: Frame,
    /// The name in the actor's own language.
    pub native: String,
    /// That language.
    pub native_lang: String,
    /// A sentence about the actor.
    pub summary: String,
    /// The text.
    pub body: Html,
    /// Roles, newest first; those without a date come last.
    pub roles: Vec<Role>,
    /// Where the actor stands on each issue.
    pub stands: Vec<OnIssue>,
    /// What others told of the actor, and analysts.
    pub told: Vec<OnIssue>,
    /// What the actor said for others.
    pub spoke: Vec<OnIssue>,
    /// What the actor told of others, and its readings of them.
    pub told_of_others: Vec<OnIssue>,
    /// Those who hold a role for the actor, or at it, on the day.
    pub speakers: Vec<Speaker>,
    /// Those whose role for the actor, or at it, has ended.
    pub former: Vec<Speaker>,
    /// Events, newest first.
    pub events: Vec<Dated>,
    /// Documents, newest first.
    pub documents: Vec<Dated>,
}

/// A role.
#[derive(Debug, Serialize)]
pub struct Role {
    /// Its id.
    pub id: String,
    /// The office.
    pub title: String,
    /// For whom or where.
    pub of: Html,
    /// When it began.
    pub from: Html,
    /// When it ended.
    pub to: Html,
    /// Its citations.
    pub cites: Html,
}

/// Statements on an issue.
#[derive(Debug, Serialize)]
pub struct OnIssue {
    /// The issue.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its points with statements.
    pub points: Vec<OnPoint>,
}

/// Statements on a point.
#[derive(Debug, Serialize)]
pub struct OnPoint {
    /// The question; empty for statements without a point.
    pub question: String,
    /// An `li` for each statement, newest first; in a list that would be too long with them, without its words.
    pub statements: Finished,
}

/// Somebody who holds a role for the actor.
#[derive(Debug, Serialize)]
pub struct Speaker {
    /// The page.
    pub href: String,
    /// The name.
    pub name: String,
    /// The roles; those that have ended with their dates.
    pub roles: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, at: PageRef) -> ActorView {
    let page = desk.page(at);
    let mut frame = desk.page_frame(address, at);
    let kind = page.record().text("type").unwrap_or_default();
    frame.eyebrow =
        Html::join(&[frame.eyebrow, Html::text(&desk.shared.words.choice("actor-type", kind))], " · ");
    facts(desk, page, &mut frame);
    let text = desk.text(at);
    let body = desk.prose(text);
    let roles = roles(desk, page);
    let held = &desk.wiki().relations.of_actor[at.index()];
    let own = |position: &PositionRef| desk.wiki().position(*position).basis.is_own();
    let (own, told): (Vec<PositionRef>, Vec<PositionRef>) = held.iter().copied().partition(own);
    let stands = on_issues(desk, &own, Where::Issue);
    let told = on_issues(desk, &told, Where::Issue);
    let wiki = desk.wiki();
    let told_by_it = |position: &PositionRef| {
        let position = wiki.position(*position);
        position.basis == Basis::Analyst || position.resolved.record.reference("told_by") == Some(&at)
    };
    let (told_of_others, spoke): (Vec<PositionRef>, Vec<PositionRef>) =
        wiki.relations.by_speaker[at.index()].iter().copied().partition(told_by_it);
    let spoke = on_issues(desk, &spoke, Where::Spoken);
    let told_of_others = on_issues(desk, &told_of_others, Where::Spoken);
    let (speakers, former) = speakers(desk, at);
    let events = dated(desk, at, Kind::Event);
    let documents = dated(desk, at, Kind::Document);

    desk.add_headings(at, &mut frame.contents);
    let parts = [
        ("_roles", "roles", !roles.is_empty()),
        ("_stands", "where-it-stands", !stands.is_empty()),
        ("_told", "told-of-it", !told.is_empty()),
        ("_spoke", "spoke-for-others", !spoke.is_empty()),
        ("_told-of-others", "told-of-others", !told_of_others.is_empty()),
        ("_speakers", "speakers", !speakers.is_empty()),
        ("_former", "former-speakers", !former.is_empty()),
        ("_events", "events", !events.is_empty()),
        ("_documents", "documents", !documents.is_empty()),
    ];
    desk.add_parts(&parts, &mut frame.contents);
    desk.finish(&mut frame, Some(at));
    let (native, native_lang) = match page.record().get("native") {
        Some(Value::Native(native)) => (native.text.to_string(), native.lang.to_string()),
        _ => (String::new(), String::new()),
    };
    let summary = page.record().text("summary").unwrap_or_default().to_owned();
    ActorView {
        frame,
        native,
        native_lang,
        summary,
        body,
        roles,
        stands,
        told,
        spoke,
        told_of_others,
        speakers,
        former,
        events,
        documents,
    }
}

fn facts(desk: &Desk<'_>, page: &Page<'_>, frame: &mut Frame) {
    let record = page.record();
    desk.fact(&mut frame.facts, "also-called", Html::text(&page.aliases().join(", ")));
    desk.fact(&mut frame.facts, "member-of", desk.links(record.refs("member_of")));
}

fn roles(desk: &mut Desk<'_>, page: &Page<'_>) -> Vec<Role> {
    let mut rows: Vec<(usize, &Record<PageRef>)> = page.record().rows("roles").iter().enumerate().collect();
    rows.sort_by_key(|(_, row)| Reverse(when_held(row)));
    rows.into_iter()
        .map(|(at, row)| {
            let date = |name| row.date(name).map_or_else(Html::new, |date| desk.date(date));
            let (from, to) = (date("from"), date("to"));
            let mut of: Vec<PageRef> =
                ["for", "at"].into_iter().filter_map(|name| row.reference(name).copied()).collect();
            of.dedup();
            let of = desk.links(&of);
            let cites = desk.cite_cell(row.cites("cite"));
            Role {
                id: row_anchor(List::Roles, at),
                title: row.text("title").unwrap_or_default().to_owned(),
                of,
                from,
                to,
                cites,
            }
        })
        .collect()
}

/// The first and last day of a role, for its order: a role without an end still holds.
fn when_held(role: &Record<PageRef>) -> Option<(Day, Day)> {
    let [from, to] = ["from", "to"].map(|name| role.date(name).map(Date::sort_key));
    Some((from.or(to)?.0, to.map_or(Day::MAX, |to| to.1)))
}

/// Most statements that an actor's page tells with their words; a longer list leads to them.
const MOST_IN_FULL: usize = 200;

/// Statements by issue and point, issues by title.
fn on_issues(desk: &mut Desk<'_>, positions: &[PositionRef], place: Where) -> Vec<OnIssue> {
    let wiki = desk.wiki();
    let in_full = positions.len() <= MOST_IN_FULL;
    let keyed = |at: &PositionRef| {
        let issue = wiki.position(*at).issue;
        (desk.shared.by_title[issue.index()], issue, *at)
    };
    let mut by_issue: Vec<(u32, PageRef, PositionRef)> = positions.iter().map(keyed).collect();
    by_issue.sort_by_key(|(place, issue, _)| (*place, *issue));
    let mut groups = Vec::new();
    let mut statements = Html::new();
    for of_issue in by_issue.chunk_by(|a, b| a.1 == b.1) {
        let issue = of_issue[0].1;
        let points = crate::resolve::points(wiki.page(issue));
        let mut by_point: Vec<(usize, PositionRef)> =
            of_issue.iter().map(|(_, _, at)| (point_of(wiki.position(*at), points), *at)).collect();
        by_point.sort_by_key(|(number, _)| *number);
        let mut shown = Vec::new();
        for of_point in by_point.chunk_by(|a, b| a.0 == b.0) {
            let question = match points.get(of_point[0].0) {
                Some((_, question)) => question.as_str(),
                // Alone under an issue they need no heading of their own.
                None if of_point.len() == by_point.len() => "",
                None => desk.shared.words.get("in-general"),
            };
            statements.reserve(of_point.len() * ROOM);
            for (_, at) in of_point {
                if in_full {
                    desk.put_statement(*at, place, &mut statements);
                } else {
                    desk.put_headline(*at, place, &mut statements);
                }
            }
            shown.push(OnPoint { question: question.to_owned(), statements: statements.finish() });
        }
        groups.push(OnIssue {
            title: wiki.page(issue).title().to_owned(),
            href: desk.href(issue),
            points: shown,
        });
    }
    groups
}

/// Persons who hold a role for the actor or at it on the day, and those whose role has ended. One that has yet to
/// begin stands on the person's page.
fn speakers(desk: &Desk<'_>, at: PageRef) -> (Vec<Speaker>, Vec<Speaker>) {
    let today = Date::from(desk.wiki().today);
    let links =
        desk.wiki().relations.backlinks[at.index()].iter().filter(|link| link.meaning == Meaning::RoleFor);
    let (mut now, mut former) = (Vec::new(), Vec::new());
    for link in links {
        let page = desk.page(link.page);
        let rows = page.record().rows("roles").iter();
        let rows = rows.filter(|row| [row.reference("for"), row.reference("at")].contains(&Some(&at)));
        let (held, others): (Vec<_>, Vec<_>) = rows.partition(|row| holds(row, &today));
        let ended = others.into_iter().filter(|row| row.date("to").is_some_and(|to| today.after(to)));
        let held: Vec<String> =
            held.into_iter().filter_map(|row| row.text("title").map(str::to_owned)).collect();
        let ended: Vec<String> = ended.map(|row| ended_role(desk, row)).collect();
        for (roles, list, separator) in [(held, &mut now, ", "), (ended, &mut former, "; ")] {
            if !roles.is_empty() {
                let (href, name) = (desk.href(link.page), page.title().to_owned());
                list.push(Speaker { href, name, roles: roles.join(separator) });
            }
        }
    }
    for list in [&mut now, &mut former] {
        list.sort_by_cached_key(|speaker| (sort_name(&speaker.name), speaker.href.clone()));
    }
    (now, former)
}

/// A role that has ended, with its dates.
fn ended_role(desk: &Desk<'_>, role: &Record<PageRef>) -> String {
    let title = role.text("title").unwrap_or_default();
    let date = |name| role.date(name).map_or_else(String::new, |date| desk.date_words(date));
    let (from, to) = (date("from"), date("to"));
    let key = if from.is_empty() { "role-until" } else { "role-from-until" };
    desk.shared.words.fill(key, &[("role", title), ("from", &from), ("to", &to)])
}

/// The events or documents of an actor, with how they relate.
fn dated(desk: &Desk<'_>, at: PageRef, kind: Kind) -> Vec<Dated> {
    let links = desk.wiki().relations.backlinks[at.index()].iter();
    let meanings = [
        (Meaning::TookPart, ""),
        (Meaning::GaveAccount, ""),
        (Meaning::Issued, "by-it"),
        (Meaning::Addressed, "to-it"),
    ];
    let mut pages: Vec<(PageRef, String)> = Vec::new();
    for link in links {
        // Its meaning is at hand; the page is elsewhere in memory, and some have thousands of links.
        let Some((_, key)) = meanings.iter().find(|(meaning, _)| *meaning == link.meaning) else { continue };
        if desk.page(link.page).kind == kind && !pages.iter().any(|(page, _)| *page == link.page) {
            let relation = if key.is_empty() { String::new() } else { desk.shared.words.get(key).to_owned() };
            pages.push((link.page, relation));
        }
    }
    desk.dated(pages)
}
