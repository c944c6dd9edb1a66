//! The history page of an issue: every statement under its anchor.

use super::desk::Desk;
use super::frame::Frame;
use super::statements::{ByPoint, Where};
use crate::markup::Html;
use crate::resolve::PageRef;
use serde::Serialize;

/// What `history.html` gets.
#[derive(Debug, Serialize)]
pub struct HistoryView {
    /// What stands around it.
    pub frame: Frame,
    /// The issue's page.
    pub issue: String,
    /// The issue's title.
    pub issue_title: String,
    /// Every statement by point and actor, newest first.
    pub points: Vec<ByPoint>,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, at: PageRef) -> HistoryView {
    let page = desk.page(at);
    let words = desk.shared.words;
    let mut frame =
        desk.frame(address, &words.fill("history-of", &[("issue", page.title())]), page.kind.folder());
    frame.draft = page.document.called().draft;
    frame.description = words.fill("history-description", &[("issue", page.title())]);
    frame.eyebrow = Html::join(
        &[Html::element("a", &[("href", &desk.index(page.kind))], words.get("issues")), desk.link(at)],
        " · ",
    );
    let points = desk.points(at, Where::History);
    points.iter().for_each(|point| frame.contents.add(&point.id, &point.question));
    desk.finish(&mut frame, None);
    frame.moved = desk.gone(page.id());
    HistoryView { frame, issue: desk.href(at), issue_title: page.title().to_owned(), points }
}
