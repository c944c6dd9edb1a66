//! The pages of glossary terms and free pages: text with what leads there.

use super::desk::Desk;
use super::frame::Frame;
use crate::markup::Html;
use crate::model::kind::Kind;
use crate::resolve::PageRef;
use serde::Serialize;

/// What `term.html` and `page.html` get.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// What stands around it.
    pub frame: Frame,
    /// The text.
    pub body: Html,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, at: PageRef) -> TermView {
    let page = desk.page(at);
    let mut frame = desk.page_frame(address, at);
    if page.kind == Kind::Term {
        desk.fact(&mut frame.facts, "also-called", Html::text(&page.aliases().join(", ")));
        desk.fact(&mut frame.facts, "see-also", desk.links(page.record().refs("see_also")));
    }
    let text = desk.text(at);
    let body = desk.prose(text);
    desk.add_headings(at, &mut frame.contents);
    desk.finish(&mut frame, Some(at));
    TermView { frame, body }
}
