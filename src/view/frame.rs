//! The frame of a page: what stands around its content.
//!
//! In: a desk and what the page is. Out: [`Frame`], which every view holds, and [`Global`], which all
//! templates share.

use super::backlinks::Group;
use super::card::Card;
use super::desk::Desk;
use super::near::Near;
use super::redirect::MovedAnchor;
use super::words::Words;
use crate::markup::{Html, address};
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::names::sort_name;
use crate::resolve::{Page, PageRef, Wiki};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// What is the same on every page: given to the templates once, never copied into a page.
#[derive(Debug, Serialize)]
pub struct Global {
    /// The wiki's title.
    pub site_title: String,
    /// What the wiki is about.
    pub site_description: String,
    /// BCP 47 tag of the wiki's language.
    pub site_language: String,
    /// Where the wiki stands, with a final `/`; empty if site.yaml does not say.
    pub base_url: String,
    /// The day the build speaks for, in words.
    pub today: String,
    /// The day the build speaks for, as `2025-12-16`.
    pub today_iso: String,
    /// The licence's name; empty if there is none.
    pub licence: String,
    /// Where the licence's text stands.
    pub licence_url: String,
    /// The indexes: key of the kind, words, address below the root.
    pub navigation: Vec<NavigationEntry>,
    /// The free pages but the home page, by their short titles; where they are many, their index alone.
    pub free_pages: Vec<NavigationEntry>,
    /// Whether the site has a search index.
    pub search: bool,
    /// Words of the interface by key.
    pub words: BTreeMap<String, String>,
}

/// Whether the site has a search index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexed {
    /// It has.
    Yes,
    /// It has none: the search form leads to the A–Z.
    No,
}

/// An entry of the navigation.
#[derive(Debug, Serialize)]
pub struct NavigationEntry {
    /// The folder of the kind, to mark where the reader is.
    pub key: &'static str,
    /// The words.
    pub words: String,
    /// The address below the root.
    pub href: String,
}

/// The address of a page as others should give it; of a folder's index the folder's.
pub fn canonical(address: &str) -> &str {
    match address.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => address,
    }
}

impl Global {
    /// Gathers it.
    pub fn new(wiki: &Wiki<'_>, words: &Words, indexed: Indexed) -> Global {
        let site = wiki.site;
        let kinds = Kind::ALL.into_iter().filter(|kind| wiki.of_kind(*kind).next().is_some());
        let mut navigation: Vec<NavigationEntry> = kinds
            .filter(|kind| *kind != Kind::Page)
            .map(|kind| NavigationEntry {
                key: kind.folder(),
                words: words.get(kind.folder()).to_owned(),
                href: format!("{}/index.html", kind.folder()),
            })
            .collect();
        navigation.push(NavigationEntry {
            key: "a-z",
            words: words.get("a-z").to_owned(),
            href: "a-z.html".into(),
        });
        let free_pages = free_pages(wiki, words);
        let today = Date::from(wiki.today);
        let (licence, licence_url) = site.licence.clone().unwrap_or_default();
        Global {
            site_title: site.title.clone(),
            site_description: site.description.clone(),
            site_language: site.language.clone(),
            base_url: site.base_url.clone().unwrap_or_default(),
            today: today.words(&words.dates(site.date_order)),
            today_iso: wiki.today.to_string(),
            licence,
            licence_url: licence_url.map_or_else(String::new, |url| address(&url)),
            navigation,
            free_pages,
            search: indexed == Indexed::Yes,
            words: words.all(),
        }
    }
}

/// Most free pages that every page names.
const MOST_FREE_PAGES: usize = 8;

fn free_pages(wiki: &Wiki<'_>, words: &Words) -> Vec<NavigationEntry> {
    let entry =
        |words: &str, href| NavigationEntry { key: Kind::Page.folder(), words: words.to_owned(), href };
    let mut pages: Vec<&Page<'_>> =
        wiki.of_kind(Kind::Page).filter(|(at, _)| wiki.home != Some(*at)).map(|(_, page)| page).collect();
    if pages.len() > MOST_FREE_PAGES {
        return vec![entry(words.get(Kind::Page.folder()), format!("{}/index.html", Kind::Page.folder()))];
    }
    pages.sort_by_cached_key(|page| (sort_name(page.short()), page.id()));
    pages.into_iter().map(|page| entry(page.short(), page.address())).collect()
}

/// What `parts/assets.html`, `parts/masthead.html` and `parts/colophon.html` get besides what is the same on every
/// page. They are made once for all pages of a section at one depth, and each of these gets them, finished, as
/// `assets`, `masthead` and `colophon`.
#[derive(Debug, Default, Serialize)]
pub struct Masthead {
    /// The way to the site's root: empty, `../` or `../../`.
    pub root: String,
    /// The key of the navigation entry that the pages belong to.
    pub section: String,
}

impl Masthead {
    /// Those of nearly all pages; one of another page is made for that page.
    pub fn common() -> Vec<Masthead> {
        let of_kinds = Kind::ALL.into_iter().map(|kind| ("../", kind.folder()));
        let others = [("", "home"), ("", "a-z"), ("../../", Kind::Issue.folder())];
        let all = of_kinds.chain(others);
        all.map(|(root, section)| Masthead { root: root.to_owned(), section: section.to_owned() }).collect()
    }
}

/// What stands around the content of a page.
#[derive(Debug, Default, Serialize)]
pub struct Frame {
    /// The way to the site's root: empty, `../` or `../../`.
    pub root: String,
    /// The address of the page below the root.
    pub address: String,
    /// The page's name, its one heading of level 1.
    pub title: String,
    /// The language of the title where it is another than the site's; else empty.
    pub title_lang: String,
    /// What the page is about, for previews; plain text.
    pub description: String,
    /// The key of the navigation entry it belongs to.
    pub section: &'static str,
    /// The word for its kind; empty for pages that have none.
    pub kind: String,
    /// Whether the page is a draft, shown because the build was told to.
    pub draft: bool,
    /// The full address, if `base_url` is known.
    pub canonical: String,
    /// The picture that stands beside a link to the page elsewhere; none where the program draws none.
    pub card: Option<Card>,
    /// Where the page is edited on the code host, if its place there is known.
    pub edit: String,
    /// A line above the title.
    pub eyebrow: Html,
    /// A `dt` and a `dd` for each fact beside the text.
    pub facts: Html,
    /// An `li` with a link for each heading of the page; empty where there are fewer than two.
    pub contents: Contents,
    /// An `li` for each change to the page, newest first: its day as `when`, and what it was.
    pub changes: Html,
    /// An `li` for each citation and footnote, with the ways back.
    pub notes: Html,
    /// What leads here, by meaning.
    pub backlinks: Vec<Group>,
    /// The page as schema.org describes it; empty for pages that have no file of their own.
    pub json_ld: Html,
    /// What the page is directly related to; none for most kinds.
    pub near: Option<Near>,
    /// Headings that this page had and that stand elsewhere now.
    pub moved: Vec<MovedAnchor>,
}

/// The contents of a page. Templates get them as one piece of HTML.
#[derive(Debug, Default)]
pub struct Contents {
    entries: Html,
    count: usize,
}

impl Contents {
    /// Adds a heading by its id.
    pub fn add(&mut self, id: &str, words: &str) {
        self.count += 1;
        self.entries.tag("\n<li><a href=\"#").push(id).tag("\">").push(words).tag("</a></li>");
    }
}

impl Serialize for Contents {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.count > 1 { self.entries.serialize(serializer) } else { Html::new().serialize(serializer) }
    }
}

/// Bytes of the contents of a page as most are at most.
const ROOM: usize = 1024;

impl Desk<'_> {
    /// The frame of a page that has no file of its own.
    pub fn frame(&self, address: &str, title: &str, section: &'static str) -> Frame {
        Frame {
            root: self.root.to_owned(),
            address: address.to_owned(),
            title: title.to_owned(),
            description: self.wiki().site.description.clone(),
            section,
            card: super::card::card(self, None),
            canonical: self.full_address(address),
            ..Frame::default()
        }
    }

    /// The full address of a page, if `base_url` is known; of a folder's index the folder's.
    pub fn full_address(&self, address: &str) -> String {
        let base = self.wiki().site.base_url.as_deref();
        base.map_or_else(String::new, |base| [base, canonical(address)].concat())
    }

    /// The frame of a page of the wiki; contents, notes and backlinks come when its content is done.
    pub fn page_frame(&self, address: &str, at: PageRef) -> Frame {
        let page = self.page(at);
        let words = &self.shared.words;
        let mut frame = self.frame(address, page.title(), page.kind.folder());
        frame.description = self.wiki().summary(at).into_owned();
        frame.title_lang = self.title_lang(at).to_owned();
        frame.kind = words.kind(page.kind).to_owned();
        frame.draft = page.document.called().draft;
        frame.edit = self.edit(page.document.file);
        frame.card = super::card::card(self, Some(at));
        frame.json_ld = super::machines::json_ld(self, at);
        frame.facts = Html::with_room(1024);
        frame.eyebrow =
            Html::element("a", &[("href", &self.index(page.kind))], words.get(page.kind.folder()));
        frame
    }

    /// The address at which a file is edited on the code host; empty where its place there is not known.
    pub fn edit(&self, file: crate::source::FileId) -> String {
        let (site, inputs) = (self.wiki().site, self.wiki().inputs);
        match (&site.repository, &inputs.in_repository) {
            (Some(repository), Some(folder)) => {
                let path = &inputs.file(file).path;
                address(&format!("{repository}/edit/{}/{folder}{path}", site.branch))
            }
            _ => String::new(),
        }
    }

    /// Adds the headings of a page's text to its contents.
    pub fn add_headings(&self, at: PageRef, contents: &mut Contents) {
        let page = self.page(at);
        let body = page.document.body();
        contents.entries.reserve(ROOM);
        for heading in body.into_iter().flat_map(|body| &body.headings).filter(|heading| heading.level == 2) {
            contents.add(&heading.id, &self.wiki().heading_words(page.document, &page.resolved, heading));
        }
    }

    /// Adds those parts to the contents that the page has and the theme heads with words of its own: for each its id
    /// and the key of the words.
    pub fn add_parts(&self, parts: &[(&str, &str, bool)], contents: &mut Contents) {
        for (id, key, _) in parts.iter().filter(|(_, _, there)| *there) {
            contents.add(id, self.shared.words.get(key));
        }
    }

    /// Adds a fact, if there is something to tell.
    pub fn fact(&self, facts: &mut Html, key: &str, html: Html) {
        if !html.is_empty() {
            facts.tag("\n<dt>").push(self.shared.words.get(key)).tag("</dt><dd>").add(&html).tag("</dd>");
        }
    }

    /// Puts what every page of the wiki ends with into a frame: its review, changes, notes and backlinks, with
    /// their entries in the contents.
    pub fn finish(&mut self, frame: &mut Frame, at: Option<PageRef>) {
        frame.notes = self.notes();
        if let Some(at) = at {
            let page = self.page(at);
            let reviewed = page.record().date("reviewed").map_or_else(Html::new, |date| self.date(date));
            self.fact(&mut frame.facts, "reviewed", reviewed);
            frame.changes = self.changes(page);
            frame.backlinks = self.backlinks(at);
            frame.moved = self.moved_away(at);
            if matches!(page.kind, Kind::Issue | Kind::Actor) {
                frame.near = self.near(at);
            }
        }
        let parts = [
            ("_changes", "changes", !frame.changes.is_empty()),
            ("_near", "near", frame.near.is_some()),
            ("_notes", "notes", !frame.notes.is_empty()),
            ("_links", "backlinks", !frame.backlinks.is_empty()),
        ];
        self.add_parts(&parts, &mut frame.contents);
    }
}
