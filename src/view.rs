//! Views: what stands on each page, complete before a template runs.
//!
//! In: a resolved [`Wiki`]. Out: [`plans`], the list of all pages with their addresses, and [`make`],
//! which makes one page of it. Pure, so pages are made in parallel; a view holds what its page shows
//! and never the whole site. These are the only types that templates see.

mod actor;
mod backlinks;
mod card;
mod cited;
mod desk;
mod document;
mod event;
mod frame;
mod history;
mod home;
mod index;
mod issue;
mod letters;
mod linked;
mod machines;
mod near;
mod notes;
mod previews;
mod prose;
mod questions;
mod redirect;
mod rows;
mod sitemap;
mod source;
mod statements;
mod tables;
mod term;
mod totals;
mod wanted;
mod words;

pub use frame::{Global, Indexed, Masthead};
pub use sitemap::SitemapView;
pub use words::Words;

use crate::markup::{Highlighter, Html};
use crate::model::date_words::DateWords;
use crate::model::kind::Kind;
use crate::model::names::fold;
use crate::resolve::{PageRef, Wiki};
use desk::Desk;
use rayon::prelude::*;
use serde::Serialize;

/// What all pages share; made once, never copied into a page.
#[derive(Debug)]
pub struct Shared<'s> {
    /// The wiki.
    pub wiki: &'s Wiki<'s>,
    /// Words of the interface.
    pub words: &'s Words,
    /// Words for dates.
    pub dates: DateWords,
    /// Grammars, if any page has code.
    pub highlighter: Option<Highlighter>,
    /// For each page a link by its short title, from behind the way to the site's root on.
    pub links: Vec<Html>,
    /// What lists say of each page that they link to.
    pub linked: linked::LinkedPages,
    /// The place of each page in the order of their titles; pages of one title share it. Long lists are sorted by
    /// it, without a look at the titles.
    pub by_title: Vec<u32>,
    /// What notes say of each source.
    pub cited: cited::CitedSources,
    /// The label of a way back from a note, in the parts around the note's name.
    pub back_to_note: Vec<Html>,
    /// What stands in many statements alike.
    pub phrases: statements::Phrases,
    /// Pages by their file of previews.
    pub previews: previews::Previews,
}

impl<'s> Shared<'s> {
    /// Gathers what pages share.
    pub fn new(wiki: &'s Wiki<'s>, words: &'s Words) -> Shared<'s> {
        let (by_title, highlighter) = rayon::join(|| by_title(wiki), || highlighter(wiki));
        let shared = Shared {
            wiki,
            words,
            dates: words.dates(wiki.site.date_order),
            highlighter,
            links: Vec::new(),
            linked: linked::LinkedPages::default(),
            by_title,
            cited: cited::CitedSources::default(),
            back_to_note: words.get("back-to-note").split("{note}").map(Html::text).collect(),
            phrases: statements::Phrases::new(wiki.site, words),
            previews: previews::Previews::new(wiki),
        };
        let desk = Desk::new(&shared, "", None);
        let pages: Vec<PageRef> = wiki.refs().map(|(at, _)| at).collect();
        let linked = linked::LinkedPages::new(&desk);
        let (cited, links) = rayon::join(
            || cited::CitedSources::new(&desk),
            || pages.par_iter().map(|at| desk.rest_of_link(*at, wiki.page(*at).short())).collect(),
        );
        Shared { links, linked, cited, ..shared }
    }
}

/// Grammars, if any page has code.
fn highlighter(wiki: &Wiki<'_>) -> Option<Highlighter> {
    let pages = wiki.pages.iter().map(|page| page.document);
    let mut all = pages.chain(wiki.positions.iter().map(|position| position.document));
    all.any(|document| document.proses.iter().any(|prose| prose.has_code)).then(Highlighter::load)
}

/// For each page how many titles come before its own.
fn by_title(wiki: &Wiki<'_>) -> Vec<u32> {
    let mut titles: Vec<(&str, usize)> =
        wiki.pages.iter().enumerate().map(|(at, page)| (page.title(), at)).collect();
    titles.par_sort_unstable();
    let mut places = vec![0; titles.len()];
    for (number, same) in titles.chunk_by(|a, b| a.0 == b.0).enumerate() {
        for (_, at) in same {
            places[*at] = u32::try_from(number).unwrap_or(u32::MAX);
        }
    }
    places
}

/// A page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The home page.
    Home,
    /// A page of the wiki.
    Page(PageRef),
    /// The history of an issue.
    History(PageRef),
    /// The index of a kind.
    Index(Kind),
    /// Every name from A to Z.
    Letters,
    /// Pages that nobody has written.
    Wanted,
    /// Every open question.
    Questions,
    /// A page at an old address, by its number in the wiki's redirects.
    Redirect(usize),
    /// The history page at an old address of an issue.
    HistoryRedirect(usize),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// The addresses of all pages, for search engines; with a number one of the parts of a long list.
    Sitemap(Option<usize>),
    /// The file for robots.
    Robots,
    /// Every name, for the quick switcher.
    Names,
    /// What links to pages show before they are followed; one of the files, by its number.
    Previews(u8),
    /// The picture of a page, or of the site, beside a link elsewhere.
    Card(Option<PageRef>),
}

/// The file of all names.
pub const NAMES: &str = "_names.json";

/// Every page of the site with its address below the root.
pub fn plans(wiki: &Wiki<'_>) -> Vec<(String, Plan)> {
    let mut plans = vec![
        ("index.html".to_owned(), Plan::Home),
        ("404.html".to_owned(), Plan::NotFound),
        ("a-z.html".to_owned(), Plan::Letters),
        ("wanted.html".to_owned(), Plan::Wanted),
        ("questions.html".to_owned(), Plan::Questions),
    ];
    plans.extend(Kind::ALL.map(|kind| (format!("{}/index.html", kind.folder()), Plan::Index(kind))));
    plans.push((NAMES.to_owned(), Plan::Names));
    plans.extend(previews::plans(wiki));
    if wiki.site.base_url.is_some() {
        plans.push(("sitemap.xml".to_owned(), Plan::Sitemap(None)));
        let others =
            (0..sitemap::sitemaps(wiki)).map(|at| (sitemap::sitemap_path(at), Plan::Sitemap(Some(at))));
        plans.extend(others);
        plans.push(("robots.txt".to_owned(), Plan::Robots));
    }
    let cards = crate::card::DRAWN && wiki.site.base_url.is_some();
    if cards {
        plans.push((format!("{}/site.png", card::CARDS), Plan::Card(None)));
    }
    for (at, page) in wiki.refs() {
        plans.push((page.address(), Plan::Page(at)));
        if cards {
            let path = format!("{}/{}/{}.png", card::CARDS, page.kind.folder(), page.id());
            plans.push((path, Plan::Card(Some(at))));
        }
        // An issue without statements has no history to tell.
        if page.kind == Kind::Issue && has_history(wiki, at, page.id()) {
            plans.push((["issues/", page.id(), "/history.html"].concat(), Plan::History(at)));
        }
    }
    for (number, redirect) in wiki.redirects.pages.iter().enumerate() {
        plans.push((format!("{}/{}.html", redirect.kind.folder(), redirect.id), Plan::Redirect(number)));
        let own = wiki.page(redirect.to).id();
        let told = [&redirect.id, own].into_iter().any(|id| has_history(wiki, redirect.to, id));
        if redirect.kind == Kind::Issue && told {
            plans.push((format!("issues/{}/history.html", redirect.id), Plan::HistoryRedirect(number)));
        }
    }
    plans
}

/// Whether an issue, by the id that it has or had, has statements to tell, or statements that have left it.
pub fn has_history(wiki: &Wiki<'_>, at: PageRef, id: &str) -> bool {
    !wiki.relations.on_issue[at.index()].is_empty() || wiki.redirects.gone.contains_key(id)
}

/// A page with the name of its template.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum View {
    /// `home.html`
    Home(Box<home::HomeView>),
    /// `issue.html`
    Issue(Box<issue::IssueView>),
    /// `history.html`
    History(Box<history::HistoryView>),
    /// `actor.html`
    Actor(Box<actor::ActorView>),
    /// `event.html`
    Event(Box<event::EventView>),
    /// `document.html`
    Document(Box<document::DocumentView>),
    /// `source.html`
    Source(Box<source::SourceView>),
    /// `term.html`
    Term(Box<term::TermView>),
    /// `page.html`
    Page(Box<term::TermView>),
    /// `index.html`
    Index(Box<index::IndexView>),
    /// `a-z.html`
    Letters(Box<letters::LettersView>),
    /// `wanted.html`
    Wanted(Box<wanted::WantedView>),
    /// `questions.html`
    Questions(Box<questions::QuestionsView>),
    /// `redirect.html`
    Redirect(Box<redirect::RedirectView>),
    /// `404.html`
    NotFound(Box<redirect::NotFoundView>),
    /// `sitemap.xml`
    Sitemap(SitemapView),
    /// `robots.txt`
    Robots(machines::RobotsView),
    /// `card.svg`
    Card(card::CardView),
}

/// A file before it is rendered.
#[derive(Debug)]
pub enum Made {
    /// A page for a template.
    View(View),
    /// Data that needs no template.
    Data(String),
}

impl View {
    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match self {
            View::Home(_) => "home.html",
            View::Issue(_) => "issue.html",
            View::History(_) => "history.html",
            View::Actor(_) => "actor.html",
            View::Event(_) => "event.html",
            View::Document(_) => "document.html",
            View::Source(_) => "source.html",
            View::Term(_) => "term.html",
            View::Page(_) => "page.html",
            View::Index(_) => "index.html",
            View::Letters(_) => "a-z.html",
            View::Wanted(_) => "wanted.html",
            View::Questions(_) => "questions.html",
            View::Redirect(_) => "redirect.html",
            View::NotFound(_) => "404.html",
            View::Sitemap(_) => "sitemap.xml",
            View::Robots(_) => "robots.txt",
            View::Card(_) => "card.svg",
        }
    }
}

/// Every template that some view names.
pub const TEMPLATES: [&str; 18] = [
    "home.html",
    "issue.html",
    "history.html",
    "actor.html",
    "event.html",
    "document.html",
    "source.html",
    "term.html",
    "page.html",
    "index.html",
    "a-z.html",
    "wanted.html",
    "questions.html",
    "redirect.html",
    "404.html",
    "sitemap.xml",
    "robots.txt",
    "card.svg",
];

/// The templates that are made once for many pages, which get [`Masthead`], each with the name under which pages
/// get what came of it.
pub const SHARED: [(&str, &str); 3] = [
    ("parts/assets.html", "assets"),
    ("parts/masthead.html", "masthead"),
    ("parts/colophon.html", "colophon"),
];

/// What a page can be found by besides its text: other names, and the facets of the search.
pub fn facets(shared: &Shared<'_>, at: PageRef) -> (Vec<String>, Vec<(&'static str, String)>) {
    machines::facets(&Desk::new(shared, "", None), at)
}

/// Makes one file.
pub fn make(shared: &Shared<'_>, address: &str, plan: Plan) -> Made {
    let desk = || Desk::new(shared, address, None);
    match plan {
        Plan::Sitemap(part) => Made::View(View::Sitemap(sitemap::sitemap(&desk(), part))),
        Plan::Robots => Made::View(View::Robots(machines::robots(&desk()))),
        Plan::Names => Made::Data(machines::names(&desk())),
        Plan::Previews(number) => Made::Data(machines::previews(&desk(), number)),
        Plan::Card(page) => Made::View(View::Card(card::view(&desk(), page))),
        _ => Made::View(view(shared, address, plan)),
    }
}

/// Makes one page.
fn view(shared: &Shared<'_>, address: &str, plan: Plan) -> View {
    let own = match plan {
        Plan::Page(page) => Some(page),
        Plan::Home => shared.wiki.home,
        _ => None,
    };
    let mut desk = Desk::new(shared, address, own);
    match plan {
        Plan::Home => View::Home(Box::new(home::view(&mut desk, address))),
        Plan::Page(page) => match shared.wiki.page(page).kind {
            Kind::Issue => View::Issue(Box::new(issue::view(&mut desk, address, page))),
            Kind::Actor => View::Actor(Box::new(actor::view(&mut desk, address, page))),
            Kind::Event => View::Event(Box::new(event::view(&mut desk, address, page))),
            Kind::Document => View::Document(Box::new(document::view(&mut desk, address, page))),
            Kind::Source => View::Source(Box::new(source::view(&mut desk, address, page))),
            Kind::Term => View::Term(Box::new(term::view(&mut desk, address, page))),
            Kind::Page => View::Page(Box::new(term::view(&mut desk, address, page))),
        },
        Plan::History(issue) => View::History(Box::new(history::view(&mut desk, address, issue))),
        Plan::Index(kind) => View::Index(Box::new(index::view(&mut desk, address, kind))),
        Plan::Letters => View::Letters(Box::new(letters::view(&mut desk, address))),
        Plan::Wanted => View::Wanted(Box::new(wanted::view(&mut desk, address))),
        Plan::Questions => View::Questions(Box::new(questions::view(&mut desk, address))),
        Plan::Redirect(number) => View::Redirect(Box::new(redirect::page(&mut desk, address, number))),
        Plan::HistoryRedirect(number) => {
            View::Redirect(Box::new(redirect::history(&mut desk, address, number)))
        }
        Plan::NotFound
        | Plan::Sitemap(_)
        | Plan::Robots
        | Plan::Names
        | Plan::Previews(_)
        | Plan::Card(_) => View::NotFound(Box::new(redirect::not_found(&mut desk, address))),
    }
}

/// The id of a wanted page on `wanted.html`: readable, and another for each name, `C++` and `C#` included.
fn wanted_anchor(name: &str) -> String {
    let mut id = "_w-".to_owned();
    for c in fold(name).chars() {
        match c {
            ' ' => id.push('-'),
            c if c.is_alphanumeric() || c == '-' => id.push(c),
            c => id.push_str(&format!(".{:x}.", u32::from(c))),
        }
    }
    id
}
