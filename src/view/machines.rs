//! What programs read: JSON-LD, robots, the list of names, the previews of links.
//!
//! In: pages. Out: views of these files, and the JSON-LD that stands in a page's head.

use super::desk::Desk;
use crate::markup::Html;
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::value::Value;
use crate::resolve::{Page, PageRef};
use serde::Serialize;
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What `robots.txt` gets.
#[derive(Debug, Serialize)]
pub struct RobotsView {
    /// The full address of the sitemap.
    pub sitemap: String,
}

/// The newest day among a page's changes, its review and its record's date of entry.
pub fn last_change(page: &Page<'_>) -> String {
    let record = page.record();
    let changes = record.rows("changes").iter().filter_map(|row| row.date("date"));
    let days =
        changes.chain(record.date("reviewed")).chain(record.date("added")).filter_map(|date| date.latest());
    days.max().map_or_else(String::new, |day| day.to_string())
}

/// The file for robots.
pub fn robots(desk: &Desk<'_>) -> RobotsView {
    RobotsView { sitemap: format!("{}sitemap.xml", desk.wiki().site.base_url.as_deref().unwrap_or_default()) }
}

/// Every name with the page it leads to, for the quick switcher: `[name, address, title, kind]`.
pub fn names(desk: &Desk<'_>) -> String {
    let mut names = Vec::new();
    for (_, page) in desk.wiki().refs() {
        let kind = desk.shared.words.kind(page.kind);
        for name in std::iter::once(page.title()).chain(all_names(page)) {
            names.push((name, page.address(), page.title(), kind));
        }
    }
    text(&names)
}

/// A value as JSON. What is written fails only where a key is no text.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Aliases and the native name of a page.
pub fn all_names<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
    let native = match page.record().get("native") {
        Some(Value::Native(native)) => Some(&*native.text),
        _ => None,
    };
    page.aliases().iter().map(String::as_str).chain(native).filter(|name| *name != page.title())
}

/// What a page can be found by besides its text: other names, and the facets kind, issue, actor, status.
pub fn facets(desk: &Desk<'_>, at: PageRef) -> (Vec<String>, Vec<(&'static str, String)>) {
    let page = desk.page(at);
    let record = page.record();
    let words = desk.shared.words;
    let mut facets = vec![("kind", words.kind(page.kind).to_owned())];
    if let Some(status) = record.text("status") {
        facets.push(("status", words.choice("status", status).into_owned()));
    }
    let title = |page: &PageRef| desk.page(*page).short().to_owned();
    let issues = record.refs("issues").iter().map(title);
    facets.extend(issues.chain((page.kind == Kind::Issue).then(|| title(&at))).map(|issue| ("issue", issue)));
    let actors = ["actors", "who", "by", "to"].into_iter().flat_map(|field| record.refs(field)).map(title);
    facets.extend(actors.chain((page.kind == Kind::Actor).then(|| title(&at))).map(|actor| ("actor", actor)));
    let names = all_names(page).map(str::to_owned).chain(std::iter::once(page.id().replace('-', " ")));
    (names.collect(), facets)
}

/// What is shown of a page before a link to it is followed.
#[derive(Serialize)]
struct Preview<'p> {
    kind: &'p str,
    status: Cow<'p, str>,
    summary: Cow<'p, str>,
    title: &'p str,
}

/// A file of previews: by address without its ending, the title, kind, status and summary of a page.
pub fn previews(desk: &Desk<'_>, number: u8) -> String {
    let words = desk.shared.words;
    let previews = desk.shared.previews.of(number).iter().map(|at| {
        let page = desk.page(*at);
        let status = page.record().text("status").map(|status| words.choice("status", status));
        let preview = Preview {
            kind: words.kind(page.kind),
            status: status.unwrap_or_default(),
            summary: desk.wiki().summary(*at),
            title: page.title(),
        };
        ([page.kind.folder(), "/", page.id()].concat(), preview)
    });
    text(&previews.collect::<BTreeMap<String, Preview<'_>>>())
}

/// A page in words of schema.org, in the order in which they are printed.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Thing<'t> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    of: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'t str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    description: Cow<'t, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Named<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Named<'t>>,
    name: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A thing of which only the name is told.
#[derive(Serialize)]
struct Named<'t> {
    #[serde(rename = "@type")]
    of: &'static str,
    name: &'t str,
}

/// The page as schema.org describes such things (schema.org 29).
pub fn json_ld(desk: &Desk<'_>, at: PageRef) -> Html {
    let page = desk.page(at);
    let site = desk.wiki().site;
    let record = page.record();
    let named = |of, name| record.text(name).map(|name| Named { of, name });
    let mut thing = Thing {
        context: "https://schema.org",
        of: schema_type(page),
        alternate_name: all_names(page).collect(),
        description: desk.wiki().summary(at),
        name: page.title(),
        url: site.base_url.as_ref().map(|base| [base.as_str(), &page.address()].concat()),
        ..Thing::default()
    };
    let date = record.date("date");
    match page.kind {
        Kind::Event => {
            (thing.start_date, thing.end_date) = date.map(Date::exact_ends).unwrap_or_default();
            thing.location = named("Place", "place");
        }
        Kind::Document | Kind::Source => {
            thing.date_published = date.and_then(Date::exact);
            thing.same_as = record.text("url");
            thing.publisher = named("Organization", "publisher");
            let authors = record.texts("authors").iter();
            thing.author = authors.map(|name| Named { of: "Person", name }).collect();
        }
        Kind::Issue => {
            thing.headline = Some(page.title());
            thing.date_modified = Some(last_change(page)).filter(|day| !day.is_empty());
            thing.in_language = Some(&site.language);
            thing.is_part_of = Some(Named { of: "WebSite", name: &site.title });
        }
        Kind::Actor | Kind::Term | Kind::Page => {}
    }
    Html::json(&thing)
}

/// The wiki as a whole.
pub fn site_json_ld(desk: &Desk<'_>) -> Html {
    let site = desk.wiki().site;
    let mut thing = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.title,
        "description": site.description,
        "inLanguage": site.language,
    });
    if let (Some(base), Some(object)) = (&site.base_url, thing.as_object_mut()) {
        object.insert("url".to_owned(), json!(base));
    }
    if let (Some((_, Some(licence))), Some(object)) = (&site.licence, thing.as_object_mut()) {
        object.insert("license".to_owned(), json!(licence));
    }
    Html::json(&thing)
}

fn schema_type(page: &Page<'_>) -> &'static str {
    match (page.kind, page.record().text("type")) {
        (Kind::Issue, _) => "Article",
        (Kind::Actor, Some("person")) => "Person",
        (Kind::Actor, Some("state")) => "Country",
        (Kind::Actor, _) => "Organization",
        (Kind::Event, _) => "Event",
        (Kind::Document, Some("law" | "resolution" | "charter")) => "Legislation",
        (Kind::Source, Some("news" | "wire" | "news-analysis")) => "NewsArticle",
        (Kind::Source, Some("government-research" | "research")) => "Report",
        (Kind::Source, Some("database")) => "Dataset",
        (Kind::Document | Kind::Source, _) => "CreativeWork",
        (Kind::Term, _) => "DefinedTerm",
        (Kind::Page, _) => "WebPage",
    }
}
