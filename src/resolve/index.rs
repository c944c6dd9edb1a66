//! Names: from an id, title or alias to the pages it fits.
//!
//! In: the documents that are pages. Out: [`Index`], the one way in which names are looked up. The
//! order is: id, exact title, alias; then id, title and alias folded for case, diacritics and
//! typographic variants. The first step that fits anything decides.

use super::{PageRef, page_ref};
use crate::model::kind::{Kind, RecordKind};
use crate::model::names::{fold, nearest};
use crate::parse::Document;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// What a name fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One page.
    Page(PageRef),
    /// Several at the same step.
    Ambiguous(Vec<PageRef>),
    /// A draft that is left out.
    Draft,
    /// None.
    Missing,
}

/// What a name is to a page, in the order in which they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Id,
    Title,
    Alias,
}

/// The pages that have a name; nearly always it is one.
#[derive(Debug)]
struct Bearers {
    first: (Use, PageRef),
    others: Vec<(Use, PageRef)>,
}

/// Every name of every page.
#[derive(Debug)]
pub struct Index<'a> {
    kinds: Vec<Kind>,
    /// The id of each page.
    own: Vec<&'a str>,
    /// Ids that pages had before.
    old: HashMap<&'a str, Vec<PageRef>>,
    exact: HashMap<&'a str, Bearers>,
    folded: HashMap<String, Bearers>,
    drafts: HashMap<String, ()>,
    /// Names in an actor's own language, folded, with its id; no link is found by them.
    natives: HashMap<String, &'a str>,
    /// Every name by its number of letters, to look for slips of the pen.
    by_length: BTreeMap<usize, Vec<Slip<'a>>>,
}

/// A name that may have been meant.
#[derive(Debug)]
struct Slip<'a> {
    folded: String,
    id: &'a str,
    /// The title or alias, where it is not the id.
    other: Option<&'a str>,
    kind: Kind,
}

impl<'a> Index<'a> {
    /// Gathers the names of pages and of drafts that are left out.
    pub fn new(pages: &[&'a Document], drafts: &[&'a Document]) -> Index<'a> {
        let mut index = Index {
            kinds: Vec::with_capacity(pages.len()),
            own: Vec::with_capacity(pages.len()),
            old: HashMap::new(),
            // An id and a title each.
            exact: HashMap::with_capacity(2 * pages.len()),
            folded: HashMap::with_capacity(2 * pages.len()),
            drafts: HashMap::new(),
            natives: HashMap::new(),
            by_length: BTreeMap::new(),
        };
        let mut add =
            || pages.iter().enumerate().for_each(|(at, document)| index.add(page_ref(at), document));
        let ((), by_length) = rayon::join(&mut add, || slips(pages));
        index.by_length = by_length;
        for draft in drafts {
            let names = draft.aliases().iter().map(String::as_str).chain([draft.id.as_str(), draft.title()]);
            index.drafts.extend(names.map(|name| (fold(name), ())));
        }
        index
    }

    fn add(&mut self, page: PageRef, document: &'a Document) {
        self.kinds.push(kind_of(document));
        self.own.push(&document.id);
        if let Some(native) = &document.called.native {
            self.natives.entry(fold(native)).or_insert(&document.id);
        }
        for old in &document.called.old_ids {
            self.old.entry(old).or_default().push(page);
        }
        let aliases = document.aliases().iter().map(|alias| (Use::Alias, alias.as_str()));
        let names = [(Use::Id, document.id.as_str()), (Use::Title, document.title())];
        for (as_what, name) in names.into_iter().chain(aliases) {
            put(self.exact.entry(name), (as_what, page));
            put(self.folded.entry(fold(name)), (as_what, page));
        }
    }

    /// The id of a page.
    pub fn id(&self, page: PageRef) -> &'a str {
        self.own.get(page.index()).copied().unwrap_or_default()
    }

    /// Looks a name up; with a kind, among its pages only.
    pub fn find(&self, name: &str, kind: Option<Kind>) -> Found {
        let name = name.trim();
        match self.among(self.exact.get(name), kind) {
            // Two pages with one id are a finding of their own; for links the first of them stands.
            Some((Use::Id, Found::Ambiguous(pages))) if !pages.is_empty() => return Found::Page(pages[0]),
            Some((_, found)) => return found,
            None => {}
        }
        let folded = fold(name);
        match self.among(self.folded.get(&folded), kind) {
            Some((_, found)) => found,
            None if self.drafts.contains_key(&folded) => Found::Draft,
            None => Found::Missing,
        }
    }

    /// Of the pages of a kind that have a name, those to which it is what counts most.
    fn among(&self, bearers: Option<&Bearers>, kind: Option<Kind>) -> Option<(Use, Found)> {
        let bearers = bearers?;
        let all = || [bearers.first].into_iter().chain(bearers.others.iter().copied());
        let fitting = || all().filter(|(_, page)| self.is_of(*page, kind));
        let most = fitting().map(|(as_what, _)| as_what).min()?;
        let mut pages = fitting().filter(|(as_what, _)| *as_what == most).map(|(_, page)| page);
        let first = pages.next()?;
        let found = match pages.next() {
            None => Found::Page(first),
            Some(second) => Found::Ambiguous([first, second].into_iter().chain(pages).collect()),
        };
        Some((most, found))
    }

    fn is_of(&self, page: PageRef, kind: Option<Kind>) -> bool {
        kind.is_none_or(|kind| self.kinds[page.index()] == kind)
    }

    /// The id of the page that has a name in its own language.
    pub fn native(&self, name: &str) -> Option<&'a str> {
        self.natives.get(&fold(name)).copied()
    }

    /// The id that a page has now, of which a name is the id it had before.
    pub fn renamed(&self, name: &str, kind: Option<Kind>) -> Option<&'a str> {
        let mut pages = self.old.get(stem_of(name))?.iter().filter(|page| self.is_of(**page, kind));
        match (pages.next(), pages.next()) {
            (Some(page), None) => self.own.get(page.index()).copied(),
            _ => None,
        }
    }

    /// The id of the page that a name means by the way to its file: `events/talks`, `talks.md`.
    pub fn as_path(&self, name: &str, kind: Option<Kind>) -> Option<&'a str> {
        let stem = stem_of(name);
        match self.find(stem, kind) {
            Found::Page(page) if stem != name => self.own.get(page.index()).copied(),
            _ => None,
        }
    }

    /// The page whose id, title or alias differs from a name by a slip of the pen: its id, and the
    /// other name by which it was found.
    ///
    /// Names of about the same length with the same first or last letter are compared; that keeps a
    /// wiki full of unknown names from taking long, and another person's name is no correction.
    pub fn slip(&self, name: &str, kind: Option<Kind>) -> Option<(&'a str, Option<&'a str>)> {
        let name = fold(stem_of(name));
        let letters = name.chars().count();
        let ends = |text: &str| (text.chars().next(), text.chars().next_back());
        let (first, last) = ends(&name);
        let near = (letters.saturating_sub(2)..=letters + 2)
            .filter_map(|length| self.by_length.get(&length))
            .flatten();
        let fitting = near.filter(|slip| {
            let (own_first, own_last) = ends(&slip.folded);
            (own_first == first || own_last == last) && kind.is_none_or(|kind| slip.kind == kind)
        });
        let fitting: Vec<&Slip<'a>> = fitting.collect();
        let best = nearest(&name, fitting.iter().map(|slip| slip.folded.as_str()))?;
        let slip = fitting.iter().find(|slip| slip.folded == best)?;
        Some((slip.id, slip.other))
    }
}

/// The kind of a document that is a page.
pub fn kind_of(document: &Document) -> Kind {
    match document.kind {
        RecordKind::Page(kind) => kind,
        RecordKind::Position => Kind::Page,
    }
}

/// Every name of every page, by its number of letters.
fn slips<'a>(pages: &[&'a Document]) -> BTreeMap<usize, Vec<Slip<'a>>> {
    let mut by_length: BTreeMap<usize, Vec<Slip<'a>>> = BTreeMap::new();
    for document in pages {
        let others = document.aliases().iter().map(String::as_str).chain([document.title()]);
        // The id first: where it fits as well as a title, the title adds nothing.
        let names = [(document.id.as_str(), None)].into_iter().chain(others.map(|name| (name, Some(name))));
        for (name, other) in names {
            let slip = Slip { id: &document.id, other, kind: kind_of(document), folded: fold(name) };
            by_length.entry(slip.folded.chars().count()).or_default().push(slip);
        }
    }
    by_length
}

/// The id in the way to a file: `../events/talks.md` is `talks`.
pub fn stem_of(name: &str) -> &str {
    let name = name.trim().trim_start_matches("[[").trim_end_matches("]]").trim_end_matches('/');
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("md") && !stem.is_empty() => stem,
        _ if is_folder(name) => file,
        _ => name,
    }
}

/// Whether a name goes by way of a folder of pages. Titles may hold a `/` as well.
fn is_folder(name: &str) -> bool {
    let mut folders = name.split('/').rev().skip(1);
    folders.next().is_some_and(|folder| Kind::of_folder(folder).is_some())
}

fn put<K>(entry: Entry<'_, K, Bearers>, bearer: (Use, PageRef)) {
    match entry {
        Entry::Vacant(entry) => {
            entry.insert(Bearers { first: bearer, others: Vec::new() });
        }
        Entry::Occupied(mut entry) => {
            let Bearers { first, others } = entry.get_mut();
            if *first != bearer && !others.contains(&bearer) {
                others.push(bearer);
            }
        }
    }
}
