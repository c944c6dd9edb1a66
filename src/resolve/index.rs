//! Names: from an id, title or alias to the pages it fits.
//!
//! In: the documents that are pages. Out: [`Index`], the one way in which names are looked up. The
//! order is: id, exact title, alias; then id, title and alias folded for case, diacritics and
//! typographic variants. The first step that fits anything decides.

use super::{PageRef, page_ref};
use crate::model::kind::{Kind, RecordKind};
use crate::model::names::{fold, nearest};
use crate::parse::Document;
use crate::source::NameMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::OnceLock;

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
    /// The documents of the pages, for what only names that fit nothing ask for.
    pages: &'a [&'a Document],
    /// Ids that pages had before.
    old: NameMap<&'a str, Vec<PageRef>>,
    exact: NameMap<&'a str, Bearers>,
    folded: NameMap<Cow<'a, str>, Bearers>,
    drafts: NameMap<String, ()>,
    /// Names in an actor's own language, folded, with its id; no link is found by them.
    natives: OnceLock<NameMap<String, &'a str>>,
    /// Every name by its number of letters, to look for slips of the pen.
    by_length: OnceLock<BTreeMap<usize, Vec<Slip<'a>>>>,
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
    pub fn new(pages: &'a [&'a Document], drafts: &[&'a Document]) -> Index<'a> {
        let (exact, folded) =
            rayon::join(|| by_name(pages, |name| name), || by_name(pages, |name| folded(name)));
        let mut index = Index {
            kinds: pages.iter().map(|page| kind_of(page)).collect(),
            own: pages.iter().map(|page| page.id.as_str()).collect(),
            pages,
            old: NameMap::default(),
            exact,
            folded,
            drafts: NameMap::default(),
            natives: OnceLock::new(),
            by_length: OnceLock::new(),
        };
        for (at, document) in pages.iter().enumerate() {
            for old in &document.called().old_ids {
                index.old.entry(old).or_default().push(page_ref(at));
            }
        }
        for draft in drafts {
            let names = draft.aliases().iter().map(String::as_str).chain([draft.id.as_str(), draft.title()]);
            index.drafts.extend(names.map(|name| (fold(name), ())));
        }
        index
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
        match self.among(self.folded.get(folded.as_str()), kind) {
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
        let natives = self.natives.get_or_init(|| natives(self.pages));
        natives.get(&fold(name)).copied()
    }

    /// Whether several pages have a name, as written.
    pub fn is_shared(&self, name: &str) -> bool {
        self.exact
            .get(name)
            .is_some_and(|bearers| bearers.others.iter().any(|(_, page)| *page != bearers.first.1))
    }

    /// The titles and aliases that several of some pages have, each with the pages; all in order.
    pub fn shared_titles(&self, among: impl Fn(&PageRef) -> bool) -> Vec<(&'a str, Vec<PageRef>)> {
        let several = |(name, Bearers { first, others }): (&&'a str, &Bearers)| {
            if others.is_empty() {
                return None;
            }
            let all = [first].into_iter().chain(others).filter(|(as_what, _)| *as_what != Use::Id);
            let mut pages: Vec<PageRef> = all.map(|(_, page)| *page).filter(&among).collect();
            pages.sort_unstable();
            pages.dedup();
            (pages.len() > 1).then_some((*name, pages))
        };
        let mut shared: Vec<(&str, Vec<PageRef>)> = self.exact.iter().filter_map(several).collect();
        shared.sort_unstable();
        shared
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
        let by_length = self.by_length.get_or_init(|| slips(self.pages));
        let near =
            (letters.saturating_sub(2)..=letters + 2).filter_map(|length| by_length.get(&length)).flatten();
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

/// Every id, title and alias, in a form, with the pages that have it.
fn by_name<'a, K: Eq + Hash>(pages: &[&'a Document], form: impl Fn(&'a str) -> K) -> NameMap<K, Bearers> {
    // An id and a title each.
    let mut bearers = NameMap::with_capacity_and_hasher(2 * pages.len(), Default::default());
    for (at, document) in pages.iter().enumerate() {
        let aliases = document.aliases().iter().map(|alias| (Use::Alias, alias.as_str()));
        let names = [(Use::Id, document.id.as_str()), (Use::Title, document.title())];
        for (as_what, name) in names.into_iter().chain(aliases) {
            put(bearers.entry(form(name)), (as_what, page_ref(at)));
        }
    }
    bearers
}

/// A name folded; most ids are that already, and need no copy.
fn folded(name: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b'!'..=b'@' | b'['..=b'~');
    match name.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        true => Cow::Borrowed(name),
        false => Cow::Owned(fold(name)),
    }
}

/// Names of pages in their own language, folded; of several pages with one the first's id.
fn natives<'a>(pages: &[&'a Document]) -> NameMap<String, &'a str> {
    let mut natives = NameMap::default();
    for document in pages {
        if let Some(native) = &document.called().native {
            natives.entry(fold(native)).or_insert(document.id.as_str());
        }
    }
    natives
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
