//! The page of a document.

use super::desk::Desk;
use super::frame::Frame;
use super::issue::Dated;
use super::statements::{ByActor, Where};
use crate::markup::Html;
use crate::model::meaning::Meaning;
use crate::resolve::{List, Page, PageRef, row_anchor};
use serde::Serialize;

/// What `document.html` gets.
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// What stands around it.
    pub frame: Frame,
    /// The status's id.
    pub status: String,
    /// The status's words.
    pub status_words: String,
    /// A sentence about it.
    pub summary: String,
    /// The text.
    pub body: Html,
    /// What it says, by issue.
    pub provisions: Vec<ProvisionsOn>,
    /// Positions about it, by actor.
    pub positions: Vec<ByActor>,
    /// Documents that take its place, newest first.
    pub superseded_by: Vec<Dated>,
}

/// Provisions on an issue.
#[derive(Debug, Serialize)]
pub struct ProvisionsOn {
    /// The issue.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The provisions.
    pub provisions: Vec<Provision>,
}

/// A provision.
#[derive(Debug, Serialize)]
pub struct Provision {
    /// Its id.
    pub id: String,
    /// What it says, with note marks.
    pub html: Html,
    /// The point's question; empty where none is named.
    pub point: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, at: PageRef) -> DocumentView {
    let page = desk.page(at);
    let mut frame = desk.page_frame(address, at);
    let words = desk.shared.words;
    let kind = page.record().text("type").unwrap_or_default();
    frame.eyebrow = Html::join(&[frame.eyebrow, Html::text(&words.choice("document-type", kind))], " · ");
    facts(desk, page, &mut frame);
    let text = desk.text(at);
    let body = desk.prose(text);
    let provisions = provisions(desk, page);
    let positions = desk.wiki().relations.about[at.index()].clone();
    let positions = desk.actors(&positions, Where::Elsewhere);
    let later =
        desk.wiki().relations.backlinks[at.index()].iter().filter(|link| link.meaning == Meaning::Supersedes);
    let superseded_by = desk.dated(later.map(|link| (link.page, String::new())).collect());
    desk.add_headings(at, &mut frame.contents);
    let parts = [
        ("_provisions", "provisions", !provisions.is_empty()),
        ("_positions", "said-about-it", !positions.is_empty()),
        ("_later", "superseded-by", !superseded_by.is_empty()),
    ];
    desk.add_parts(&parts, &mut frame.contents);
    desk.finish(&mut frame, Some(at));
    let status = page.record().text("status").unwrap_or_default();
    let summary = page.record().text("summary").unwrap_or_default().to_owned();
    DocumentView {
        frame,
        status: status.to_owned(),
        status_words: words.choice("status", status).into_owned(),
        summary,
        body,
        provisions,
        positions,
        superseded_by,
    }
}

fn facts(desk: &Desk<'_>, page: &Page<'_>, frame: &mut Frame) {
    let record = page.record();
    let facts = &mut frame.facts;
    desk.fact(facts, "date", desk.noted_date(page));
    desk.fact(facts, "by", desk.links(record.refs("by")));
    desk.fact(facts, "to", desk.links(record.refs("to")));
    let stage = record
        .text("stage")
        .map_or_else(String::new, |stage| desk.shared.words.choice("stage", stage).into_owned());
    desk.fact(facts, "stage", Html::text(&stage));
    desk.fact(facts, "issues", desk.links(record.refs("issues")));
    desk.fact(facts, "supersedes", desk.links(record.refs("supersedes")));
    desk.fact(facts, "text", record.text("url").map_or_else(Html::new, |url| desk.outside(url)));
    desk.fact(facts, "added", record.date("added").map_or_else(Html::new, |date| desk.date(date)));
}

/// Provisions by issue, in the order in which the issues first occur.
fn provisions(desk: &mut Desk<'_>, page: &Page<'_>) -> Vec<ProvisionsOn> {
    let rows = page.record().rows("provisions");
    let mut issues: Vec<PageRef> = Vec::new();
    for issue in rows.iter().filter_map(|row| row.reference("issue")) {
        if !issues.contains(issue) {
            issues.push(*issue);
        }
    }
    let mut groups = Vec::new();
    for issue in issues {
        let mut of_issue = Vec::new();
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.reference("issue") == Some(&issue)) {
            let mut html = row
                .prose("text")
                .map_or_else(Html::new, |text| desk.field_prose(text, page.document, &page.resolved));
            desk.cite_field(row.cites("cite"), &mut html);
            let point = desk.question(issue, row);
            of_issue.push(Provision { id: row_anchor(List::Provisions, at), html, point });
        }
        groups.push(ProvisionsOn {
            title: desk.page(issue).title().to_owned(),
            href: desk.href(issue),
            provisions: of_issue,
        });
    }
    groups
}
