//! The index of a kind.

use super::desk::Desk;
use super::frame::Frame;
use super::tables::sort_key;
use super::words::List;
use crate::markup::Html;
use crate::model::kind::Kind;
use crate::model::names::sort_name;
use crate::resolve::{Page, PageRef};
use serde::Serialize;

/// What `index.html` gets.
#[derive(Debug, Serialize)]
pub struct IndexView {
    /// What stands around it.
    pub frame: Frame,
    /// "8 documents".
    pub count: String,
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The pages: dated kinds newest first, others by title.
    pub rows: Vec<IndexRow>,
    /// All kinds with their numbers.
    pub kinds: Vec<KindEntry>,
}

/// A page in an index.
#[derive(Debug, Serialize)]
pub struct IndexRow {
    /// A link to it by its title; a draft that is shown is marked.
    pub link: Html,
    /// What the page is about.
    pub summary: String,
    /// The status's id of an issue or document; empty for others.
    pub status: String,
    /// The status's words.
    pub status_words: String,
    /// The other columns as whole elements `td`; `data-k` is the key to sort by where that is not the text.
    pub cells: Vec<Html>,
}

/// A kind in the list beside an index.
#[derive(Debug, Serialize)]
pub struct KindEntry {
    /// Its index.
    pub href: String,
    /// "Issues, 21".
    pub words: String,
    /// Whether it is the one that is shown.
    pub current: bool,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str, kind: Kind) -> IndexView {
    let words = desk.shared.words;
    let mut frame = desk.frame(address, words.get(kind.folder()), kind.folder());
    let mut pages: Vec<(PageRef, &Page<'_>)> = desk.wiki().of_kind(kind).collect();
    let dated = matches!(kind, Kind::Event | Kind::Document | Kind::Source);
    pages.sort_by_cached_key(|(_, page)| {
        let date = page.record().date("date").filter(|_| dated);
        (
            date.map(|date| std::cmp::Reverse(date.sort_key())),
            sort_name(page.title()),
            page.title(),
            page.id(),
        )
    });
    let columns = columns(kind);
    let rows: Vec<IndexRow> = pages.iter().map(|(at, page)| row(desk, *at, page, columns)).collect();
    let heads = columns.iter().map(|column| words.get(&format!("column-{column}")).to_owned()).collect();
    let count = words.count(&format!("count-{}", kind.folder()), rows.len());
    frame.description = format!("{}: {count}", words.get(kind.folder()));
    let kinds = kinds(desk, kind);
    desk.finish(&mut frame, None);
    IndexView { frame, count, heads, rows, kinds }
}

/// The fields that an index shows besides title and status.
fn columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Issue => &["group", "as_of"],
        Kind::Actor => &["type", "aliases"],
        Kind::Event => &["date", "type", "who"],
        Kind::Document => &["date", "type", "by"],
        Kind::Source => &["date", "publisher", "type"],
        Kind::Term => &["aliases"],
        Kind::Page => &[],
    }
}

fn row(desk: &Desk<'_>, at: PageRef, page: &Page<'_>, columns: &[&str]) -> IndexRow {
    let record = page.record();
    let status = record.text("status").unwrap_or_default();
    let words = desk.shared.words;
    let cells = columns.iter().map(|column| cell(desk, page, column)).collect();
    let mut link = desk.title_link(at);
    if page.document.called().draft {
        link.tag(" ").put("span", &[("class", "st chip")], words.get("draft-mark"));
    }
    IndexRow {
        link,
        summary: desk.wiki().summary(at).into_owned(),
        status: status.to_owned(),
        status_words: if status.is_empty() {
            String::new()
        } else {
            words.choice("status", status).into_owned()
        },
        cells,
    }
}

/// A cell as an element.
fn cell(desk: &Desk<'_>, page: &Page<'_>, column: &str) -> Html {
    let record = page.record();
    let value = record.get(column);
    let key = value.map_or_else(String::new, sort_key);
    let mut html = Html::with_room(key.len() + 96);
    html.open("td", &[("data-k", &key)]);
    match (column, value) {
        ("aliases", _) => _ = html.push(&page.aliases().join(", ")),
        ("group", _) => {
            let group = record.text("group");
            let heading = desk.wiki().site.groups.iter().find(|(id, _)| Some(id.as_str()) == group);
            html.push(heading.map_or("", |(_, heading)| heading));
        }
        ("type", Some(value)) => {
            desk.put_value(List::Own(&format!("{}-type", page.kind.word())), value, &mut html);
        }
        (_, Some(value)) => desk.put_value(List::Own(column), value, &mut html),
        (_, None) => {}
    }
    html.close("td");
    html
}

fn kinds(desk: &Desk<'_>, shown: Kind) -> Vec<KindEntry> {
    Kind::ALL
        .into_iter()
        .filter_map(|kind| {
            let number = desk.wiki().of_kind(kind).count();
            let words = format!("{}, {number}", desk.shared.words.get(kind.folder()));
            (number > 0).then(|| KindEntry { href: desk.index(kind), words, current: kind == shown })
        })
        .collect()
}
