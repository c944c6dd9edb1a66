//! Checks of single pages and positions that need to know other pages.
//!
//! In: the wiki with every name resolved. Out: findings of severity error and warning.

use super::{Page, PageRef, Resolved, Wiki};
use crate::diagnostic::{Code, Finding, Place, may_suggest};
use crate::model::date::Date;
use crate::model::field::Type;
use crate::model::kind::Kind;
use crate::model::names::{listed, nearest};
use crate::model::value::{ACCOUNTS, Record, Value};
use crate::parse::labels::Label;
use crate::parse::{Document, Findings, Labelled, Parsed, Prose};
use crate::read::Inputs;
use crate::source::{FileId, KeyPath};
use std::collections::{BTreeMap, BTreeSet};
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
        Kind::Document => uncited_record(page, "document", &mut findings),
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
    let body = page.document.body();
    let mut labels = body
        .into_iter()
        .flat_map(|body| body.labels.iter().map(move |label| (body, label)))
        .filter(|(_, label)| label.label == Label::BottomLine);
    let at_label = |body: &Prose, label: &Labelled| crate::parse::place(&body.home, file, label.span);
    match labels.next() {
        Some((body, label)) if label.opens => {
            if !cited(body, label.cites.clone()) {
                findings.push(
                    Finding::new(Code::Uncited, at_label(body, label), "this bottom line has no citation")
                        .label("expected a citation such as [@crs-in12534]"),
                );
            }
        }
        Some((body, label)) => findings.push(
            Finding::new(
                Code::NoBottomLine,
                at_label(body, label),
                "the bottom line is not the first paragraph",
            )
            .label("move it to the top of the text"),
        ),
        None => findings.push(
            Finding::new(
                Code::NoBottomLine,
                Place::start(file),
                "this issue does not open with its bottom line",
            )
            .label("expected a first paragraph **Bottom line.** …")
            .help("the bottom line stands above the text, on cards and in search results"),
        ),
    }
    findings.extend(labels.map(|(body, label)| {
        Finding::new(Code::NoBottomLine, at_label(body, label), "this is a second bottom line")
            .label("an issue has one: put this into the first paragraph, or take the label off")
    }));
    regions(wiki, page, findings);
}

fn regions(wiki: &Wiki<'_>, page: &Page<'_>, findings: &mut Findings) {
    // The regions of each map, in its order and to be looked up, for all rows.
    let mut maps: BTreeMap<&str, (Vec<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for block in &page.resolved.blocks {
        for row in &block.rows {
            for field in &wiki.blocks[block.block].kinds[row.kind].columns {
                let Some(Value::Regions(regions)) = row.record.get(&field.name) else { continue };
                let Some(map) = wiki.maps.iter().find(|known| known.name == regions.map) else { continue };
                let (known, all) = maps.entry(&map.name).or_insert_with(|| {
                    let known = || map.regions.iter().map(|region| region.id.as_str());
                    (known().collect(), known().collect())
                });
                for (at, id) in regions.ids.iter().enumerate().filter(|(_, id)| !all.contains(id.as_str())) {
                    let finding = Finding::new(
                        Code::UnknownRegion,
                        Place::value(page.document.file, row.record.path_of(&field.name).at(at)),
                        format!("maps/{}.svg has no region `{id}`", map.name),
                    );
                    let near = may_suggest(findings).then(|| nearest(id, known.iter().copied())).flatten();
                    findings.push(match near {
                        Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near),
                        None => finding.label(format!("its regions are {}", listed(known, ", "))),
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
    // Names that are missing in `by`, or could not be read, are told there.
    let by_is_sound = readouts.get("by").is_some() && !readouts.spoiled.iter().any(|field| field == "by");
    let file = page.document.file;
    for row in readouts.rows("rows") {
        let Some(Value::Accounts(accounts)) = row.get(ACCOUNTS) else { continue };
        for (actor, prose) in accounts {
            let Some(text) = prose.and_then(|prose| page.prose(prose)) else { continue };
            let crate::parse::Home::Field(path, _) = &text.home else { continue };
            if !by.contains(actor) && by_is_sound {
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

/// Checks a position, by what could be resolved of it: what a mistake takes away is not asked for again.
pub fn position(wiki: &Wiki<'_>, document: &Document, resolved: &Resolved) -> Findings {
    let mut findings = Findings::new();
    let file = document.file;
    let body = document.body();
    if body.is_none_or(|body| !cited(body, 0..body.cites.len())) {
        findings.push(
            Finding::new(Code::Uncited, Place::start(file), "this position has no citation").label(
                "expected the statement below the front matter, with a citation such as [@crs-in12534]",
            ),
        );
    }
    if body.is_some_and(|body| !body.cites.is_empty() && body.first.is_empty()) {
        let finding = Finding::new(Code::MissingField, Place::start(file), "this position has no words");
        findings.push(finding.label("expected the statement below the front matter, before its citation"));
    }
    findings.extend(dated_after_sources(wiki, file, resolved));
    findings.extend(no_role(wiki, file, resolved));
    findings
}

fn dated_after_sources(wiki: &Wiki<'_>, file: FileId, resolved: &Resolved) -> Option<Finding> {
    let said = resolved.record.date("date")?;
    let dates = || sources(resolved).map(|source| wiki.page(source).record().date("date"));
    // What the first of them reports was said by then.
    let by = dates().flatten().filter_map(Date::latest).min()?;
    // A source without a readable date may be a later one.
    let unread = resolved.cites.iter().flatten().any(Option::is_none);
    if unread || !dates().all(|date| date.is_some_and(|date| said.after(date))) {
        return None;
    }
    Some(
        Finding::new(
            Code::DatedAfterSource,
            Place::value(file, KeyPath::key("date")),
            "this statement is dated after all the sources it rests on",
        )
        .label("check the date, or cite a later source")
        .help(format!("for a statement of unknown date write ../ and the source's date: ../{by}")),
    )
}

/// The sources that a position's statement cites.
pub fn sources(resolved: &Resolved) -> impl Iterator<Item = PageRef> + '_ {
    resolved.cites.iter().flatten().flatten().map(|cite| cite.source)
}

fn no_role(wiki: &Wiki<'_>, file: FileId, resolved: &Resolved) -> Option<Finding> {
    let record = &resolved.record;
    // An analyst reads a position, and speaks for nobody.
    if record.text("basis") == Some("analyst") {
        return None;
    }
    let (actor_ref, date) = (*record.reference("actor")?, record.date("date")?);
    let (speaker, actor) = (wiki.page(*record.reference("by")?), wiki.page(actor_ref));
    let is = |page: &Page<'_>, word| page.record().text("type") == Some(word);
    if !is(actor, "state") || !is(speaker, "person") || role_for(speaker, actor_ref, date).is_some() {
        return None;
    }
    // A role with a mistake in it is told by that, and may be the one that is missing here.
    let tells = |field: &String| matches!(field.as_str(), "for" | "from" | "to" | "roles");
    let spoiled = |record: &Record<PageRef>| record.spoiled.iter().any(tells);
    let unsure = |role: &Record<PageRef>| spoiled(role) || backwards(role).is_some();
    if spoiled(speaker.record()) || speaker.record().rows("roles").iter().any(unsure) {
        return None;
    }
    Some(
        Finding::new(
            Code::NoRole,
            Place::value(file, KeyPath::key("by")),
            format!("`{}` has no role for `{}` on {date}", speaker.id(), actor.id()),
        )
        .label("for whom did this person speak?")
        .help(format!(
            "add a role with `for: {}` that holds on that day to {}, or name another `actor`",
            actor.id(),
            wiki.inputs.file(speaker.document.file).shown()
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
pub fn schemas(inputs: &Inputs, parsed: &Parsed) -> Findings {
    let mut findings = Findings::new();
    let expected = |file: FileId, map: &str| {
        format!("expected a file {}", inputs.file(file).beside(&format!("maps/{map}.svg")))
    };
    for (map, _) in &parsed.site.maps {
        let known = parsed.maps.iter().any(|known| known.name == *map);
        if let (false, Some(file)) = (known, parsed.site_file) {
            let place = Place::key(file, KeyPath::key("maps").then(map));
            findings.push(
                Finding::new(Code::BadConfig, place, format!("there is no map `{map}`"))
                    .label(expected(file, map)),
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
                    .label(expected(file, map)),
                );
            }
        }
    }
    findings
}
