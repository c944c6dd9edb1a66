//! The page of an event, with the accounts of its participants side by side.

use super::desk::Desk;
use super::frame::Frame;
use super::statements::{ByActor, Where};
use crate::markup::Html;
use crate::model::value::{ACCOUNTS, Value};
use crate::resolve::{List, Page, PageRef, row_anchor};
use serde::Serialize;

/// What `event.html` gets.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// What stands around it.
    pub frame: Frame,
    /// A sentence about it.
    pub summary: String,
    /// The text.
    pub body: Html,
    /// The accounts; none for most events.
    pub readouts: Option<Readouts>,
    /// Positions stated there, by actor.
    pub positions: Vec<ByActor>,
}

/// Accounts side by side.
#[derive(Debug, Serialize)]
pub struct Readouts {
    /// Whose accounts they are: the columns.
    pub by: Vec<Account>,
    /// One aspect a row.
    pub rows: Vec<ReadoutRow>,
}

/// Whose account it is.
#[derive(Debug, Serialize)]
pub struct Account {
    /// The name.
    pub name: String,
    /// The page.
    pub href: String,
}

/// An aspect.
#[derive(Debug, Serialize)]
pub struct ReadoutRow {
    /// Its id.
    pub id: String,
    /// What is compared.
    pub aspect: String,
    /// The issue it belongs to.
    pub issue: Html,
    /// The point's question; empty where none is named.
    pub point: String,
    /// The accounts in the order of the columns; empty where one does not mention it.
    pub cells: Vec<Html>,
    /// How they differ; empty where no editor says so.
    pub differs: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, at: PageRef) -> EventView {
    let page = desk.page(at);
    let mut frame = desk.page_frame(address, at);
    let kind = page.record().text("type").unwrap_or_default();
    frame.eyebrow =
        Html::join(&[frame.eyebrow, Html::text(&desk.shared.words.choice("event-type", kind))], " · ");
    facts(desk, page, &mut frame);
    let text = desk.text(at);
    let body = desk.prose(text);
    let readouts = readouts(desk, page);
    let positions = desk.wiki().relations.at_event[at.index()].clone();
    let positions = desk.actors(&positions, Where::Elsewhere);
    desk.add_headings(at, &mut frame.contents);
    let parts = [
        ("_readouts", "readouts", readouts.is_some()),
        ("_positions", "positions-there", !positions.is_empty()),
    ];
    desk.add_parts(&parts, &mut frame.contents);
    desk.finish(&mut frame, Some(at));
    let summary = page.record().text("summary").unwrap_or_default().to_owned();
    EventView { frame, summary, body, readouts, positions }
}

fn facts(desk: &Desk<'_>, page: &Page<'_>, frame: &mut Frame) {
    let record = page.record();
    let facts = &mut frame.facts;
    desk.fact(facts, "date", desk.noted_date(page));
    desk.fact(facts, "place", Html::text(record.text("place").unwrap_or_default()));
    desk.fact(facts, "who", desk.links(record.refs("who")));
    desk.fact(facts, "issues", desk.links(record.refs("issues")));
    if record.flag("milestone") {
        desk.fact(facts, "milestone", Html::text(desk.word("yes")));
    }
    desk.fact(facts, "added", record.date("added").map_or_else(Html::new, |date| desk.date(date)));
}

fn readouts(desk: &mut Desk<'_>, page: &Page<'_>) -> Option<Readouts> {
    let record = page.record().record("readouts")?;
    let actors = record.refs("by");
    let by = actors
        .iter()
        .map(|actor| Account { name: desk.page(*actor).short().to_owned(), href: desk.href(*actor) })
        .collect();
    let mut rows = Vec::new();
    for (at, row) in record.rows("rows").iter().enumerate() {
        let mut cells = Vec::new();
        for actor in actors {
            let account = match row.get(ACCOUNTS) {
                Some(Value::Accounts(accounts)) => {
                    accounts.iter().find(|(own, _)| own == actor).and_then(|(_, prose)| *prose)
                }
                _ => None,
            };
            cells.push(
                account
                    .map_or_else(Html::new, |prose| desk.field_prose(prose, page.document, &page.resolved)),
            );
        }
        rows.push(ReadoutRow {
            id: row_anchor(List::Readouts, at),
            aspect: row.text("aspect").unwrap_or_default().to_owned(),
            issue: row.reference("issue").map_or_else(Html::new, |issue| desk.link(*issue)),
            point: row.reference("issue").map_or_else(String::new, |issue| desk.question(*issue, row)),
            cells,
            differs: row.text("differs").unwrap_or_default().to_owned(),
        });
    }
    Some(Readouts { by, rows })
}

impl Desk<'_> {
    /// The date of a record with the note that explains it.
    pub fn noted_date(&self, page: &Page<'_>) -> Html {
        let record = page.record();
        let mut html = record.date("date").map_or_else(Html::new, |date| self.date(date));
        if let Some(note) = record.text("date_note") {
            html.add(&Html::element("p", &[], note));
        }
        html
    }
}
