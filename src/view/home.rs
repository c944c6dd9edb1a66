//! The home page: opening text, issues by group, latest events and coming ones, what is open.

use super::desk::Desk;
use super::frame::Frame;
use super::issue::Dated;
use super::questions::Question;
use crate::markup::Html;
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::names::sort_name;
use crate::resolve::{Page, PageRef};
use serde::Serialize;

/// Most events and questions on the home page; pages of their own have them all.
const MOST: usize = 8;

/// What `home.html` gets.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// What stands around it.
    pub frame: Frame,
    /// The body of the page that opens the wiki.
    pub body: Html,
    /// Issues by group.
    pub groups: Vec<IssueGroup>,
    /// The latest events, up to the day the build speaks for.
    pub events: Vec<Dated>,
    /// Events after that day, the next one first.
    pub coming: Vec<Dated>,
    /// The oldest open questions, oldest first.
    pub questions: Vec<Question>,
    /// "All 19 open questions".
    pub all_questions: String,
    /// How many pages of each kind there are; free pages are not counted.
    pub counts: Vec<Count>,
}

/// Issues of a group.
#[derive(Debug, Serialize)]
pub struct IssueGroup {
    /// The heading's id.
    pub id: String,
    /// The heading; empty for the only group of a wiki without groups.
    pub heading: String,
    /// The issues.
    pub issues: Vec<IssueCard>,
}

/// An issue on a card.
#[derive(Debug, Serialize)]
pub struct IssueCard {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The status's id.
    pub status: String,
    /// The status's words.
    pub status_words: String,
    /// The bottom line, without marks.
    pub bottom_line: String,
}

/// How many pages of a kind there are.
#[derive(Debug, Serialize)]
pub struct Count {
    /// The index.
    pub href: String,
    /// "21 issues".
    pub words: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str) -> HomeView {
    let wiki = desk.wiki();
    let mut frame = desk.frame(address, &wiki.site.title, "home");
    let body = match wiki.home {
        Some(home) => {
            let text = desk.text(home);
            desk.prose(text)
        }
        None => Html::new(),
    };
    let groups = groups(desk);
    let is_coming = |page: &Page<'_>| {
        let first = page.record().date("date").and_then(Date::earliest);
        first.is_some_and(|first| first > wiki.today)
    };
    let all = wiki.of_kind(Kind::Event);
    let (coming, events): (Vec<_>, Vec<_>) = all.partition(|(_, page)| is_coming(page));
    let dated = |events: Vec<(PageRef, &Page<'_>)>| {
        desk.dated(events.into_iter().map(|(at, _)| (at, String::new())).collect())
    };
    let (mut events, mut coming) = (dated(events), dated(coming));
    events.truncate(MOST);
    coming.reverse();
    coming.truncate(MOST);
    let (questions, all) = desk.questions(MOST);
    let all_questions = desk.shared.words.count("all-questions", all);
    let counts = Kind::ALL
        .into_iter()
        .filter_map(|kind| {
            let number = wiki.of_kind(kind).count();
            let words = desk.shared.words.count(&format!("count-{}", kind.folder()), number);
            (number > 0 && kind != Kind::Page).then(|| Count { href: desk.index(kind), words })
        })
        .collect();
    frame.json_ld = super::machines::site_json_ld(desk);
    desk.finish(&mut frame, None);
    HomeView { frame, body, groups, events, coming, questions, all_questions, counts }
}

fn groups(desk: &Desk<'_>) -> Vec<IssueGroup> {
    let wiki = desk.wiki();
    let mut groups: Vec<(Option<String>, String)> =
        wiki.site.groups.iter().map(|(id, heading)| (Some(id.clone()), heading.clone())).collect();
    let rest = if groups.is_empty() { String::new() } else { desk.word("other-issues").to_owned() };
    groups.push((None, rest));
    groups
        .into_iter()
        .filter_map(|(group, heading)| {
            let of_group =
                wiki.of_kind(Kind::Issue).filter(|(_, page)| page.record().text("group") == group.as_deref());
            let mut issues: Vec<IssueCard> = of_group.map(|(at, page)| card(desk, at, page)).collect();
            issues.sort_by_cached_key(|issue| (sort_name(&issue.title), issue.title.clone()));
            let id = format!("_g-{}", group.unwrap_or_default());
            (!issues.is_empty()).then_some(IssueGroup { id, heading, issues })
        })
        .collect()
}

fn card(desk: &Desk<'_>, at: PageRef, page: &Page<'_>) -> IssueCard {
    let status = page.record().text("status").unwrap_or_default();
    let bottom_line = page.document.body().map_or("", |body| body.first.as_str());
    IssueCard {
        href: desk.href(at),
        title: page.title().to_owned(),
        status: status.to_owned(),
        status_words: desk.shared.words.choice("status", status).into_owned(),
        bottom_line: desk.wiki().plain_body(page, bottom_line).into_owned(),
    }
}
