//! The page of all open questions, oldest first.

use super::desk::Desk;
use super::frame::Frame;
use crate::markup::Html;
use crate::model::date::Date;
use crate::parse::labels::Label;
use crate::resolve::PageRef;
use serde::Serialize;

/// What `questions.html` gets.
#[derive(Debug, Serialize)]
pub struct QuestionsView {
    /// What stands around it.
    #[serde(flatten)]
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
    let questions = desk.questions();
    desk.finish(&mut frame, None);
    QuestionsView { frame, questions }
}

impl Desk<'_> {
    /// Every open question of the wiki, oldest first.
    pub fn questions(&self) -> Vec<Question> {
        let mut open: Vec<(&Date, PageRef, &str)> = Vec::new();
        for (at, page) in self.wiki().refs() {
            let labels = page.document.body().into_iter().flat_map(|body| &body.labels);
            open.extend(labels.filter_map(|label| match &label.label {
                Label::OpenQuestion(since) => Some((since, at, label.text.as_str())),
                _ => None,
            }));
        }
        open.sort_by(|a, b| a.0.sort_key().cmp(&b.0.sort_key()).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        open.into_iter()
            .map(|(since, at, text)| Question {
                since: self.date(since),
                text: self.wiki().plain_body(self.page(at), text).into_owned(),
                href: self.href(at),
                title: self.page(at).title().to_owned(),
            })
            .collect()
    }
}
