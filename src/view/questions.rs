//! The page of all open questions, oldest first.

use super::desk::Desk;
use super::frame::Frame;
use crate::markup::Html;
use crate::model::date::Date;
use crate::model::value::ProseId;
use crate::parse::Document;
use crate::parse::labels::Label;
use crate::resolve::{Anchor, Origin, PositionRef};
use serde::Serialize;

/// What `questions.html` gets.
#[derive(Debug, Serialize)]
pub struct QuestionsView {
    /// What stands around it.
    pub frame: Frame,
    /// Every open question, oldest first.
    pub questions: Vec<Question>,
}

/// An open question.
#[derive(Debug, Serialize)]
pub struct Question {
    /// Since when.
    pub since: Html,
    /// The question.
    pub text: String,
    /// The page that asks it.
    pub href: String,
    /// Its title.
    pub title: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str) -> QuestionsView {
    let mut frame = desk.frame(address, desk.word("open-questions"), "home");
    frame.description = desk.word("questions-description").to_owned();
    let (questions, _) = desk.questions(usize::MAX);
    desk.finish(&mut frame, None);
    QuestionsView { frame, questions }
}

impl<'s> Desk<'s> {
    /// The open questions of the wiki, oldest first and at most so many, and how many there are.
    pub fn questions(&self, most: usize) -> (Vec<Question>, usize) {
        let wiki = self.wiki();
        let mut open: Vec<(&Date, Origin, &str)> = Vec::new();
        let mut gather = |origin, document: &'s Document| {
            let labels = document.body().into_iter().flat_map(|body| &body.labels);
            open.extend(labels.filter_map(|label| match &label.label {
                Label::OpenQuestion(since) => Some((since, origin, label.text.as_str())),
                _ => None,
            }));
        };
        for (at, page) in wiki.refs() {
            gather(Origin::Page(at), page.document);
        }
        for (at, position) in wiki.positions.iter().enumerate() {
            gather(Origin::Position(PositionRef(u32::try_from(at).unwrap_or(u32::MAX))), position.document);
        }
        open.sort_by(|a, b| a.0.sort_key().cmp(&b.0.sort_key()).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let shown = open.iter().take(most).map(|&(since, origin, text)| {
            let (document, resolved, page) = match origin {
                Origin::Page(at) => (self.page(at).document, &self.page(at).resolved, at),
                Origin::Position(at) => {
                    let position = wiki.position(at);
                    (position.document, &position.resolved, position.issue)
                }
            };
            Question {
                since: self.date(since),
                text: wiki.plain(document, resolved, ProseId::BODY, text).into_owned(),
                href: self.place(origin, Anchor::Whole),
                title: self.page(page).title().to_owned(),
            }
        });
        (shown.collect(), open.len())
    }
}
