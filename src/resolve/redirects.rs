//! Old addresses: redirect pages, and anchors that moved.
//!
//! In: `redirect_from` of every page and position. Out: [`Redirects`], and findings for addresses that are in use.

use super::{Page, PageRef, Position, PositionRef};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::{Kind, RecordKind};
use crate::model::names::nearest;
use crate::model::value::OldAddress;
use crate::parse::{Document, Findings};
use crate::source::KeyPath;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// An anchor that stands elsewhere now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The old id of the heading.
    pub anchor: String,
    /// The page it stands on now.
    pub page: PageRef,
    /// The heading it became, where one has a name like it.
    pub heading: Option<String>,
}

/// A page at an old address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The kind whose folder it lies in.
    pub kind: Kind,
    /// The old id.
    pub id: String,
    /// Where it leads; for an address of which only anchors are known, where the first of them went.
    pub to: PageRef,
    /// Its anchors and where they went.
    pub moved: Vec<Moved>,
}

/// Everything about old addresses.
#[derive(Debug, Default)]
pub struct Redirects {
    /// Redirect pages, by kind and id.
    pub pages: Vec<Redirect>,
    /// For a page that still stands, the anchors it lost, or that it has under another name.
    pub moved: BTreeMap<PageRef, Vec<Moved>>,
    /// For a statement, the anchors it had before on its issue's history page.
    pub anchors: BTreeMap<PositionRef, Vec<String>>,
    /// For the id of an issue, standing or old, the anchors of statements that stand in another issue now.
    pub gone: BTreeMap<String, Vec<(String, PositionRef)>>,
}

/// Gathers the old addresses of all pages and positions; `drafts` are the documents that are left out.
pub(super) fn resolve(
    pages: &[Page<'_>],
    positions: &[Position<'_>],
    drafts: &[&Document],
    findings: &mut Findings,
) -> Redirects {
    let mut redirects = of_pages(pages, findings);
    of_positions(pages, positions, drafts, &mut redirects, findings);
    redirects
}

/// Old permalinks: the file name that a position had, with its issue's id before `#` where that was another.
fn of_positions(
    pages: &[Page<'_>],
    positions: &[Position<'_>],
    drafts: &[&Document],
    redirects: &mut Redirects,
    findings: &mut Findings,
) {
    if !positions.iter().any(|position| position.resolved.record.mentions("redirect_from")) {
        return;
    }
    let issue_of = |position: &Position<'_>| pages[position.issue.index()].id();
    let mut taken_by: BTreeMap<(String, String), usize> = positions
        .iter()
        .enumerate()
        .map(|(at, position)| ((issue_of(position).to_owned(), position.anchor().to_owned()), at))
        .collect();
    let was_issue = |page: &&Redirect| page.kind == Kind::Issue;
    let old_issues: BTreeSet<String> =
        redirects.pages.iter().filter(was_issue).map(|page| page.id.clone()).collect();
    let is_draft = |draft: &&&Document| draft.kind == RecordKind::Page(Kind::Issue);
    let drafts: BTreeSet<&str> = drafts.iter().filter(is_draft).map(|draft| draft.id.as_str()).collect();
    let issues: BTreeSet<&str> = pages.iter().filter(|page| page.kind == Kind::Issue).map(Page::id).collect();
    for (at, position) in positions.iter().enumerate() {
        for old in position.resolved.record.old_addresses("redirect_from") {
            let place = Place::value(position.document.file, KeyPath::key("redirect_from").at(old.index));
            let (issue, anchor) = match &old.heading {
                Some(anchor) => (old.id.as_str(), anchor.as_str()),
                None => (issue_of(position), old.id.as_str()),
            };
            if !issues.contains(issue) && !old_issues.contains(issue) {
                // Without its page the old address has no place to stand; with --drafts it is there.
                if drafts.contains(issue) {
                    continue;
                }
                findings.push(
                    Finding::new(Code::UnknownIssue, place, format!("there is no issue `{issue}`"))
                        .label("expected the file name that this position had, or issue#file-name"),
                );
                continue;
            }
            if let Some(other) = taken_by.insert((issue.to_owned(), anchor.to_owned()), at) {
                let is_own = issue == issue_of(position) && anchor == position.anchor();
                findings.push(if is_own {
                    Finding::new(Code::RedirectLoop, place, format!("`{anchor}` is this position's own name"))
                        .label("take it out: an address cannot lead to itself")
                } else if other == at {
                    Finding::new(Code::RedirectTaken, place, format!("`{anchor}` is written twice"))
                        .label("take it out here")
                } else {
                    taken(old, place).also(Place::file(positions[other].document.file), "the position there")
                });
                continue;
            }
            let at = PositionRef(u32::try_from(at).unwrap_or(u32::MAX));
            if issue == issue_of(position) {
                redirects.anchors.entry(at).or_default().push(anchor.to_owned());
            } else {
                redirects.gone.entry(issue.to_owned()).or_default().push((anchor.to_owned(), at));
            }
        }
    }
}

fn of_pages(pages: &[Page<'_>], findings: &mut Findings) -> Redirects {
    let mut redirects = Redirects::default();
    let mut by_address: BTreeMap<(Kind, String), Redirect> = BTreeMap::new();
    let mut claimed: BTreeMap<(Kind, String, Option<String>), PageRef> = BTreeMap::new();
    if !pages.iter().any(|page| page.record().mentions("redirect_from")) {
        return redirects;
    }
    let addresses = Addresses::of(pages);
    let mut headings = HeadingIds::default();
    for (at, page) in pages.iter().enumerate() {
        let page_ref = super::page_ref(at);
        let mut looked_for = 0;
        for old in page.record().old_addresses("redirect_from") {
            let place = Place::value(page.document.file, KeyPath::key("redirect_from").at(old.index));
            let kind = addresses.kind(&old.id).unwrap_or(page.kind);
            let key = (kind, old.id.clone(), old.heading.clone());
            if let Some(other) = claimed.insert(key, page_ref) {
                findings.push(
                    taken(old, place)
                        .also(Place::file(pages[other.index()].document.file), "claimed here as well"),
                );
                continue;
            }
            match (&old.heading, addresses.standing(&old.id)) {
                (None, None) if page.kind.reserves(&old.id) => findings.push(taken(old, place)),
                (None, Some(own)) if own == page_ref => findings.push(
                    Finding::new(Code::RedirectLoop, place, format!("`{}` is this page's own id", old.id))
                        .label("take it out: an address cannot lead to itself"),
                ),
                (None, Some(other)) => {
                    findings.push(
                        taken(old, place)
                            .also(Place::file(pages[other.index()].document.file), "the page there"),
                    );
                }
                (None, None) => {
                    by_address
                        .entry((kind, old.id.clone()))
                        .or_insert_with(|| redirect(kind, old, page_ref))
                        .to = page_ref
                }
                (Some(anchor), Some(standing)) => {
                    if headings.of(pages, standing).contains(anchor.as_str()) {
                        findings.push(taken(old, place).also(
                            Place::file(pages[standing.index()].document.file),
                            "the heading is there",
                        ));
                    } else {
                        let moved = headings.moved(anchor, pages, page_ref, &mut looked_for);
                        redirects.moved.entry(standing).or_default().push(moved);
                    }
                }
                (Some(anchor), None) => {
                    let of_address = by_address
                        .entry((kind, old.id.clone()))
                        .or_insert_with(|| redirect(kind, old, page_ref));
                    of_address.moved.push(headings.moved(anchor, pages, page_ref, &mut looked_for));
                }
            }
        }
    }
    redirects.pages = by_address.into_values().collect();
    redirects
}

fn redirect(kind: Kind, old: &OldAddress, to: PageRef) -> Redirect {
    Redirect { kind, id: old.id.clone(), to, moved: Vec::new() }
}

/// The pages that stand and those that were renamed, by id: ids are unique over all kinds, so an old address
/// may be one of another kind's folder.
struct Addresses<'a> {
    standing: HashMap<&'a str, (PageRef, Kind)>,
    renamed: HashMap<&'a str, Kind>,
}

impl<'a> Addresses<'a> {
    fn of(pages: &'a [Page<'_>]) -> Addresses<'a> {
        let mut standing = HashMap::with_capacity(pages.len());
        let mut renamed = HashMap::new();
        for (at, page) in pages.iter().enumerate() {
            standing.entry(page.id()).or_insert((super::page_ref(at), page.kind));
            for old in page.record().old_addresses("redirect_from") {
                if old.heading.is_none() {
                    renamed.entry(old.id.as_str()).or_insert(page.kind);
                }
            }
        }
        Addresses { standing, renamed }
    }

    fn standing(&self, id: &str) -> Option<PageRef> {
        self.standing.get(id).map(|(page, _)| *page)
    }

    /// The kind in whose folder an id stands, or stood before its page was renamed.
    fn kind(&self, id: &str) -> Option<Kind> {
        self.standing.get(id).map(|(_, kind)| *kind).or_else(|| self.renamed.get(id).copied())
    }
}

fn taken(old: &OldAddress, place: Place) -> Finding {
    let shown =
        old.heading.as_ref().map_or_else(|| old.id.clone(), |heading| format!("{}#{heading}", old.id));
    Finding::new(Code::RedirectTaken, place, format!("the address `{shown}` is in use"))
        .label("take it out here, or there")
}

/// Most old anchors of a page for which a heading of a like name is looked for.
const MOST_LIKE: usize = 100;

/// The ids of the headings of pages that old anchors stood on or stand on now.
#[derive(Default)]
struct HeadingIds<'a>(HashMap<PageRef, HashSet<&'a str>>);

impl<'a> HeadingIds<'a> {
    fn of(&mut self, pages: &'a [Page<'_>], page: PageRef) -> &HashSet<&'a str> {
        self.0.entry(page).or_insert_with(|| ids(&pages[page.index()]).collect())
    }

    /// Where an anchor went that a page claims; counts those of the page for which a like name was looked for.
    fn moved(&mut self, anchor: &str, pages: &'a [Page<'_>], to: PageRef, looked_for: &mut usize) -> Moved {
        let same = self.of(pages, to).get(anchor).copied();
        let heading = same.or_else(|| {
            *looked_for += 1;
            nearest(anchor, ids(&pages[to.index()]).filter(|_| *looked_for <= MOST_LIKE))
        });
        Moved { anchor: anchor.to_owned(), page: to, heading: heading.map(str::to_owned) }
    }
}

/// The ids of a page's headings, in order.
fn ids<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
    page.document.body().into_iter().flat_map(|body| body.headings.iter().map(|heading| heading.id.as_str()))
}
