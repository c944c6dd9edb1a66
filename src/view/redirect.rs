//! Pages at old addresses, and the page for addresses that lead nowhere.

use super::desk::Desk;
use super::frame::Frame;
use crate::resolve::{Moved, PageRef, PositionRef};
use serde::Serialize;
use std::collections::BTreeSet;

/// What `redirect.html` gets.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// What stands around it.
    pub frame: Frame,
    /// The new address, seen from here.
    pub to: String,
    /// The title of the page there.
    pub to_title: String,
}

/// An anchor that stands elsewhere now.
#[derive(Debug, Serialize)]
pub struct MovedAnchor {
    /// The old id, which this page still has.
    pub id: String,
    /// Where it is now.
    pub href: String,
    /// The words of the link.
    pub words: String,
}

/// What `404.html` gets. Its links are full addresses, because it is served at any depth.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// What stands around it.
    pub frame: Frame,
    /// The home page; empty without `base_url`.
    pub home: String,
    /// The A–Z; empty without `base_url`.
    pub letters: String,
}

/// A page at an old address.
pub fn page(desk: &mut Desk<'_>, address: &str, number: usize) -> RedirectView {
    let redirect = &desk.wiki().redirects.pages[number];
    let page = desk.page(redirect.to);
    let title = desk.shared.words.fill("moved-title", &[("title", page.title())]);
    let mut frame = desk.frame(address, &title, page.kind.folder());
    frame.moved = desk.moved(&redirect.moved);
    frame.canonical = desk.full_address(&page.address());
    RedirectView { frame, to: desk.href(redirect.to), to_title: page.title().to_owned() }
}

/// The history page at an old address of an issue: every statement keeps its permalink.
pub fn history(desk: &mut Desk<'_>, address: &str, number: usize) -> RedirectView {
    let wiki = desk.wiki();
    let redirect = &wiki.redirects.pages[number];
    let words = desk.shared.words;
    let title = words.fill("history-of", &[("issue", desk.page(redirect.to).title())]);
    let mut frame = desk.frame(address, &words.fill("moved-title", &[("title", &title)]), "issues");
    let own = desk.page(redirect.to).id();
    let (all, anchors) = (&wiki.relations.on_issue[redirect.to.index()], &wiki.redirects.anchors);
    let now = all.iter().map(|at| (wiki.position(*at).anchor(), *at));
    let before =
        all.iter().flat_map(|at| anchors.get(at).into_iter().flatten().map(|old| (old.as_str(), *at)));
    // An anchor may have stood for one statement under the old id and for another since: the old id's counts here.
    frame.moved = desk.gone(&redirect.id);
    frame.moved.extend(now.chain(before).map(|(id, at)| desk.moved_statement(id, at)));
    frame.moved.extend(desk.gone(own));
    let mut seen = BTreeSet::new();
    frame.moved.retain(|moved| seen.insert(moved.id.clone()));
    if !super::has_history(wiki, redirect.to, own) {
        frame.canonical = desk.full_address(&desk.page(redirect.to).address());
        return RedirectView {
            frame,
            to: desk.href(redirect.to),
            to_title: desk.page(redirect.to).title().to_owned(),
        };
    }
    let to = desk.history(redirect.to);
    frame.canonical = desk.full_address(&format!("issues/{}/history.html", desk.page(redirect.to).id()));
    RedirectView { frame, to, to_title: title }
}

/// The page for addresses that lead nowhere.
pub fn not_found(desk: &mut Desk<'_>, address: &str) -> NotFoundView {
    let frame = desk.frame(address, desk.word("not-found"), "");
    let full = |path: &str| {
        desk.wiki().site.base_url.as_ref().map_or_else(String::new, |base| format!("{base}{path}"))
    };
    NotFoundView { home: full(""), letters: full("a-z.html"), frame }
}

impl Desk<'_> {
    /// Anchors that a page has lost: those that became a heading of its own stay alive there.
    pub fn moved_away(&self, at: PageRef) -> Vec<MovedAnchor> {
        let moved = self.wiki().redirects.moved.get(&at).into_iter().flatten();
        let away: Vec<Moved> =
            moved.filter(|moved| moved.page != at || moved.heading.is_none()).cloned().collect();
        self.moved(&away)
    }

    /// Statements that have left the issue of this id, as visible lines.
    pub fn gone(&self, issue: &str) -> Vec<MovedAnchor> {
        let gone = self.wiki().redirects.gone.get(issue).into_iter().flatten();
        gone.map(|(id, at)| self.moved_statement(id, *at)).collect()
    }

    /// A statement under an anchor that it had before.
    fn moved_statement(&self, id: &str, at: PositionRef) -> MovedAnchor {
        let position = self.wiki().position(at);
        MovedAnchor {
            id: id.to_owned(),
            href: self.permalink(position),
            words: format!("{}, {}", self.page(position.actor).title(), self.date_words(&position.date)),
        }
    }

    /// Anchors that moved, as visible lines.
    pub fn moved(&self, moved: &[Moved]) -> Vec<MovedAnchor> {
        moved
            .iter()
            .map(|moved| {
                let page = self.page(moved.page);
                let heading = moved
                    .heading
                    .as_ref()
                    .and_then(|id| page.document.body()?.headings.iter().find(|heading| heading.id == *id));
                let href = self.href(moved.page);
                MovedAnchor {
                    id: moved.anchor.clone(),
                    href: heading.map_or_else(|| href.clone(), |heading| format!("{href}#{}", heading.id)),
                    words: heading.map_or_else(
                        || page.title().to_owned(),
                        |heading| {
                            let words = self.wiki().heading_words(page.document, &page.resolved, heading);
                            format!("{}: {words}", page.title())
                        },
                    ),
                }
            })
            .collect()
    }
}
