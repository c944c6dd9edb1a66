//! Checks of single pages and positions that need to know other pages.
//!
//! In: the wiki with every name resolved. Out: findings of severity error and warning.

use super::positions::unknown_point;
use super::{Page, PageRef, Position, Wiki};
use crate::diagnostic::{Code, Finding, Part, Place};
use crate::model::date::Date;
use crate::model::field::Type;
use crate::model::kind::Kind;
use crate::model::names::nearest;
use crate::model::value::{ACCOUNTS, Record, Value};
use crate::parse::labels::Label;
use crate::parse::{Findings, Parsed, Prose};
use crate::source::KeyPath;
use std::ops::Range;

/// Checks a page.
pub fn page(wiki: &Wiki<'_>, at: PageRef) -> Findings {
    let mut findings = Findings::new();
    let page = wiki.page(at);
    if !page.document.sound {
        return findings;
    }
    match page.kind {
        Kind::Issue => issue(wiki, at, &mut findings),
        Kind::Event => {
            uncited_record(page, "event", &mut findings);
            readouts(wiki, page, &mut findings);
        }
        Kind::Document => {
            uncited_record(page, "document", &mut findings);
            provisions(wiki, page, &mut findings);
        }
        Kind::Actor => roles(page, &mut findings),
        Kind::Source | Kind::Term | Kind::Page => {}
    }
    if matches!(page.kind, Kind::Event | Kind::Document | Kind::Source) {
        date_note(page, &mut findings);
    }
    findings
}

fn issue(wiki: &Wiki<'_>, at: PageRef, findings: &mut Findings) {
    let page = wiki.page(at);
    let file = page.document.file;
    let label = page
        .document
        .body()
        .and_then(|body| body.labels.iter().find(|label| label.label == Label::BottomLine));
    match label {
        Some(label) if label.opens => {
            if !page.document.body().is_some_and(|body| cited(body, label.cites.clone())) {
                let place = page
                    .document
                    .body()
                    .map_or(Place::start(file), |body| crate::parse::place(&body.home, file, label.span));
                findings.push(
                    Finding::new(Code::Uncited, place, "this bottom line has no citation")
                        .label("expected a citation such as [@crs-in12534]"),
                );
            }
        }
        Some(label) => {
            let place = page
                .document
                .body()
                .map_or(Place::start(file), |body| crate::parse::place(&body.home, file, label.span));
            findings.push(
                Finding::new(Code::NoBottomLine, place, "the bottom line is not the first paragraph")
                    .label("move it to the top of the text"),
            );
        }
        None => findings.push(
            Finding::new(
                Code::NoBottomLine,
                Place::start(file),
                "this issue does not open with its bottom line",
            )
            .label("expected a first paragraph **Bottom line.** …")
            .help("the bottom line stands on cards, in briefs and in feeds"),
        ),
    }
    parent_loop(wiki, at, findings);
    regions(wiki, page, findings);
}

fn parent_loop(wiki: &Wiki<'_>, at: PageRef, findings: &mut Findings) {
    let parent = |page: PageRef| wiki.page(page).record().reference("parent").copied();
    let mut next = parent(at);
    // A chain longer than the wiki goes round in a loop that this page only leads into.
    for _ in 0..wiki.pages.len() {
        match next {
            Some(page) if page == at => {
                let page = wiki.page(at);
                findings.push(
                    Finding::new(
                        Code::ParentLoop,
                        Place::value(page.document.file, KeyPath::key("parent")),
                        format!("`{}` is its own parent, directly or through others", page.id()),
                    )
                    .label("take `parent` out of one of the issues of this loop"),
                );
                return;
            }
            Some(page) => next = parent(page),
            None => return,
        }
    }
}

fn regions(wiki: &Wiki<'_>, page: &Page<'_>, findings: &mut Findings) {
    for block in &page.resolved.blocks {
        for row in &block.rows {
            for field in &wiki.blocks[block.block].kinds[row.kind].columns {
                let (Type::Regions(map), Some(Value::Regions(ids))) =
                    (&field.ty, row.record.get(&field.name))
                else {
                    continue;
                };
                let Some(map) = wiki.maps.iter().find(|known| known.name == *map) else { continue };
                let known: Vec<&str> = map.regions.iter().map(|region| region.id.as_str()).collect();
                for (at, id) in ids.iter().enumerate().filter(|(_, id)| !known.contains(&id.as_str())) {
                    let finding = Finding::new(
                        Code::UnknownRegion,
                        Place::value(page.document.file, row.record.path_of(&field.name).at(at)),
                        format!("maps/{}.svg has no region `{id}`", map.name),
                    );
                    findings.push(match nearest(id, known.iter().copied()) {
                        Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near),
                        None => finding.label(format!("its regions are {}", known.join(", "))),
                    });
                }
            }
        }
    }
}

/// Whether a range of the citations of a text holds one, be it in a form that is not read.
fn cited(prose: &Prose, cites: Range<usize>) -> bool {
    !cites.is_empty() || prose.unread_cites
}

/// An event or document rests on a citation in its text, its readouts or its provisions.
fn uncited_record(page: &Page<'_>, word: &str, findings: &mut Findings) {
    // A row or account without a citation, and a citation that is not read, are findings themselves.
    let record = page.record();
    let in_text = page.document.proses.iter().any(|prose| cited(prose, 0..prose.cites.len()));
    let in_rows = !record.rows("provisions").is_empty() || has_accounts(record);
    if !in_text && !in_rows {
        findings.push(
            Finding::new(
                Code::Uncited,
                Place::start(page.document.file),
                format!("this {word} has no citation"),
            )
            .label("expected a citation such as [@crs-in12534] in its text"),
        );
    }
}

fn has_accounts<R>(record: &Record<R>) -> bool {
    let rows = record.record("readouts").map_or(&[][..], |readouts| readouts.rows("rows"));
    rows.iter().any(|row| row.get(ACCOUNTS).is_some())
}

/// Beginning and end of a role that ends before it begins.
fn backwards(role: &Record<PageRef>) -> Option<(&Date, &Date)> {
    role.date("from").zip(role.date("to")).filter(|(from, to)| from.after(to))
}

/// A role does not end before it begins.
fn roles(page: &Page<'_>, findings: &mut Findings) {
    for role in page.record().rows("roles") {
        if let Some((from, to)) = backwards(role) {
            findings.push(
                Finding::new(
                    Code::DateBackwards,
                    Place::value(page.document.file, role.path_of("to")),
                    format!("this role ends on {to}, before it begins on {from}"),
                )
                .label("expected a date after `from`"),
            );
        }
    }
}

fn readouts(wiki: &Wiki<'_>, page: &Page<'_>, findings: &mut Findings) {
    let Some(readouts) = page.record().record("readouts") else { return };
    let by = readouts.refs("by");
    let file = page.document.file;
    for row in readouts.rows("rows") {
        row_point(wiki, page, row, findings);
        let Some(Value::Accounts(accounts)) = row.get(ACCOUNTS) else { continue };
        for (actor, prose) in accounts {
            let Some(text) = page.prose(*prose) else { continue };
            let crate::parse::Home::Field(path, _) = &text.home else { continue };
            if !by.contains(actor) && readouts.mentions("by") {
                let names: Vec<&str> = by.iter().map(|actor| wiki.page(*actor).id()).collect();
                findings.push(
                    Finding::new(
                        Code::ReadoutActor,
                        Place::key(file, path.clone()),
                        format!("`{}` gives an account here and is not in `by`", wiki.page(*actor).id()),
                    )
                    .label(format!("add it to `by: [{}]`, or take the account out", names.join(", "))),
                );
            }
            if !cited(text, 0..text.cites.len()) {
                findings.push(
                    Finding::new(
                        Code::Uncited,
                        Place::value(file, path.clone()),
                        "this account has no citation",
                    )
                    .label("expected a citation such as [@crs-in12534] behind the words"),
                );
            }
        }
    }
}

fn provisions(wiki: &Wiki<'_>, page: &Page<'_>, findings: &mut Findings) {
    for row in page.record().rows("provisions") {
        row_point(wiki, page, row, findings);
    }
}

/// The point of a row belongs to the issue that the row names.
fn row_point(wiki: &Wiki<'_>, page: &Page<'_>, row: &Record<PageRef>, findings: &mut Findings) {
    let Some(point) = row.text("point") else { return };
    let place = Place::value(page.document.file, row.path_of("point"));
    match row.reference("issue") {
        Some(issue) => findings.extend(unknown_point(point, wiki.page(*issue), place)),
        None if row.mentions("issue") => {}
        None => findings.push(
            Finding::new(Code::UnknownPoint, place, "this row names a point but no issue")
                .label("expected `issue:` in the same row"),
        ),
    }
}

fn date_note(page: &Page<'_>, findings: &mut Findings) {
    let inferred = page.record().date("date").is_some_and(Date::is_inferred);
    if inferred && !page.record().mentions("date_note") {
        findings.push(
            Finding::new(
                Code::DateNoteMissing,
                Place::value(page.document.file, KeyPath::key("date")),
                "this date is inferred, and nothing says how",
            )
            .label("expected `date_note: \"…\"` beside it"),
        );
    }
}

/// Checks a position.
pub fn position(wiki: &Wiki<'_>, position: &Position<'_>) -> Findings {
    let mut findings = Findings::new();
    let file = position.document.file;
    if let Some(point) = &position.point {
        let place = Place::value(file, KeyPath::key("point"));
        findings.extend(unknown_point(point, wiki.page(position.issue), place));
    }
    let body = position.document.body();
    if body.is_none_or(|body| !cited(body, 0..body.cites.len())) {
        findings.push(
            Finding::new(Code::Uncited, Place::start(file), "this position has no citation").label(
                "expected the statement below the front matter, with a citation such as [@crs-in12534]",
            ),
        );
    }
    findings.extend(dated_after_sources(wiki, position));
    findings.extend(no_role(wiki, position));
    findings
}

fn dated_after_sources(wiki: &Wiki<'_>, position: &Position<'_>) -> Option<Finding> {
    let mut dates = sources(position).filter_map(|source| wiki.page(source).record().date("date")).peekable();
    dates.peek()?;
    if !dates.all(|date| position.date.after(date)) {
        return None;
    }
    Some(
        Finding::new(
            Code::DatedAfterSource,
            Place::value(position.document.file, KeyPath::key("date")),
            "this statement is dated after all the sources it rests on",
        )
        .label("check the date, or cite a later source")
        .help("for a statement of unknown date write ../ and the source's date: ../2025-03-26"),
    )
}

/// The sources that a position's statement cites.
pub fn sources<'p>(position: &'p Position<'_>) -> impl Iterator<Item = PageRef> + 'p {
    position.resolved.cites.iter().flatten().flatten().map(|cite| cite.source)
}

fn no_role(wiki: &Wiki<'_>, position: &Position<'_>) -> Option<Finding> {
    let speaker = wiki.page(position.by?);
    let actor = wiki.page(position.actor);
    let is = |page: &Page<'_>, word| page.record().text("type") == Some(word);
    if !is(actor, "state")
        || !is(speaker, "person")
        || role_for(speaker, position.actor, &position.date).is_some()
    {
        return None;
    }
    // A role with a mistake in it is told by that, and may be the one that is missing here.
    let unsure = |role: &Record<PageRef>| !role.spoiled.is_empty() || backwards(role).is_some();
    if !speaker.record().spoiled.is_empty() || speaker.record().rows("roles").iter().any(unsure) {
        return None;
    }
    let place = Place {
        file: position.document.file,
        at: crate::diagnostic::At::Key(KeyPath::key("by"), Part::Value),
    };
    Some(
        Finding::new(
            Code::NoRole,
            place,
            format!("`{}` has no role for `{}` on {}", speaker.id(), actor.id(), position.date),
        )
        .label("for whom did this person speak?")
        .help(format!(
            "add a role with `for: {}` that holds on that day to content/actors/{}.md, or name another `actor`",
            actor.id(),
            speaker.id()
        )),
    )
}

/// The role in which a person speaks for an actor on a date.
pub fn role_for<'p>(speaker: &'p Page<'_>, actor: PageRef, date: &Date) -> Option<&'p Record<PageRef>> {
    let mut roles = speaker.record().rows("roles").iter();
    roles.find(|role| role.reference("for") == Some(&actor) && holds(role, date))
}

/// The role printed with a speaker: the one for the actor, else any that holds, in file order.
pub fn printed_role<'p>(speaker: &'p Page<'_>, actor: PageRef, date: &Date) -> Option<&'p Record<PageRef>> {
    role_for(speaker, actor, date)
        .or_else(|| speaker.record().rows("roles").iter().find(|role| holds(role, date)))
}

/// Whether a role holds on a date: neither surely later begun nor surely earlier ended. An open
/// start is no bound; a date "by B" counts as B, where it also stands in order.
pub fn holds(role: &Record<PageRef>, date: &Date) -> bool {
    let (first, _) = date.sort_key();
    let last = date.latest();
    let begun =
        role.date("from").and_then(Date::earliest).is_none_or(|from| last.is_none_or(|last| from <= last));
    let ended = role.date("to").and_then(Date::latest).is_some_and(|to| to < first);
    begun && !ended
}

/// Checks the maps that schemas and site.yaml name.
pub fn schemas(parsed: &Parsed) -> Findings {
    let mut findings = Findings::new();
    for (map, _) in &parsed.site.maps {
        let known = parsed.maps.iter().any(|known| known.name == *map);
        if let (false, Some(file)) = (known, parsed.site_file) {
            let place = Place::key(file, KeyPath::key("maps").then(map));
            findings.push(
                Finding::new(Code::BadConfig, place, format!("there is no map `{map}`"))
                    .label(format!("expected a file content/maps/{map}.svg")),
            );
        }
    }
    for block in &parsed.blocks {
        for kind in &block.kinds {
            for field in &kind.columns {
                let Type::Regions(map) = &field.ty else { continue };
                if parsed.maps.iter().any(|known| known.name == *map) {
                    continue;
                }
                let Some(file) = block.file else { continue };
                let fields = if kind.name.is_empty() {
                    KeyPath::key("fields")
                } else {
                    KeyPath::key("kinds").then(&kind.name).then("fields")
                };
                findings.push(
                    Finding::new(
                        Code::BadSchema,
                        Place::value(file, fields.then(&field.name).then("map")),
                        format!("there is no map `{map}`"),
                    )
                    .label(format!("expected a file content/maps/{map}.svg")),
                );
            }
        }
    }
    findings
}
