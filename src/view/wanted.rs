//! Pages that nobody has written, and who links to them.

use super::desk::Desk;
use super::frame::Frame;
use super::wanted_anchor;
use crate::resolve::{Origin, PositionRef, Target};
use serde::Serialize;
use std::collections::BTreeMap;

/// What `wanted.html` gets.
#[derive(Debug, Serialize)]
pub struct WantedView {
    /// What stands around it.
    pub frame: Frame,
    /// The wanted pages, by name.
    pub wanted: Vec<WantedPage>,
}

/// A page that nobody has written.
#[derive(Debug, Serialize)]
pub struct WantedPage {
    /// Its id on this page.
    pub id: String,
    /// The name by which it is called.
    pub name: String,
    /// The pages that link to it.
    pub from: Vec<From>,
}

/// A page that links to a wanted one.
#[derive(Debug, Serialize)]
pub struct From {
    /// The page.
    pub href: String,
    /// Its title.
    pub title: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str) -> WantedView {
    let mut frame = desk.frame(address, desk.word("wanted"), "a-z");
    frame.description = desk.word("wanted-description").to_owned();
    let wiki = desk.wiki();
    // Names that differ only in case or accents are the same wanted page.
    let mut by_anchor: BTreeMap<String, (String, Vec<Origin>)> = BTreeMap::new();
    let mut add = |targets: &[Vec<Target>], origin: Origin| {
        for target in targets.iter().flatten() {
            if let Target::Wanted(name) = target {
                let (_, from) =
                    by_anchor.entry(wanted_anchor(name)).or_insert_with(|| (name.to_string(), Vec::new()));
                if !from.contains(&origin) {
                    from.push(origin);
                }
            }
        }
    };
    for (at, page) in wiki.refs() {
        add(&page.resolved.links, Origin::Page(at));
    }
    for (at, position) in wiki.positions.iter().enumerate() {
        add(&position.resolved.links, Origin::Position(PositionRef(u32::try_from(at).unwrap_or(u32::MAX))));
    }
    let wanted = by_anchor
        .into_iter()
        .map(|(id, (name, origins))| WantedPage {
            id,
            name,
            from: origins.into_iter().map(|origin| from(desk, origin)).collect(),
        })
        .collect();
    WantedView { frame, wanted }
}

fn from(desk: &Desk<'_>, origin: Origin) -> From {
    match origin {
        Origin::Page(page) => From { href: desk.href(page), title: desk.page(page).title().to_owned() },
        Origin::Position(at) => {
            let position = desk.wiki().position(at);
            let title = desk.shared.words.fill("history-of", &[("issue", desk.page(position.issue).title())]);
            From { href: desk.permalink(position), title }
        }
    }
}
