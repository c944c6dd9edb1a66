//! The desk on which one page is composed: where it will stand, and what it has cited so far.
//!
//! In: values of the wiki. Out: HTML for links, dates and values, seen from one page's address.

use super::Shared;
use super::notes::Notes;
use super::words::List;
use crate::markup::{Html, address};
use crate::model::date::Date;
use crate::model::kind::Kind;
use crate::model::value::{Regions, Value};
use crate::resolve::{Page, PageRef, Position, Wiki};
use std::collections::BTreeMap;

/// What one page is composed with.
pub struct Desk<'s> {
    /// What all pages share.
    pub shared: &'s Shared<'s>,
    /// The way from the page to the site's root: empty, `../` or `../../`.
    pub root: &'static str,
    /// The page whose own text this is, if it is one.
    pub own: Option<PageRef>,
    /// Notes so far.
    pub notes: Notes,
    /// How many ids for places were handed out.
    pub ids: usize,
    /// How often each name of a region was asked for.
    pub regions: BTreeMap<String, usize>,
}

impl<'s> Desk<'s> {
    /// A desk for an address.
    pub fn new(shared: &'s Shared<'s>, address: &str, own: Option<PageRef>) -> Desk<'s> {
        // No page stands deeper than a history.
        let root = ["", "../", "../../"][address.matches('/').count().min(2)];
        Desk { shared, root, own, notes: Notes::default(), ids: 0, regions: BTreeMap::new() }
    }

    /// The wiki.
    pub fn wiki(&self) -> &'s Wiki<'s> {
        self.shared.wiki
    }

    /// A page.
    pub fn page(&self, at: PageRef) -> &'s Page<'s> {
        self.shared.wiki.page(at)
    }

    /// The words of a key.
    pub fn word(&self, key: &'s str) -> &'s str {
        self.shared.words.get(key)
    }

    /// The address of a page, seen from here.
    pub fn href(&self, page: PageRef) -> String {
        let page = self.page(page);
        let mut href = String::with_capacity(page.id().len() + 24);
        href.extend([self.root, page.kind.folder(), "/", page.id(), ".html"]);
        href
    }

    /// Adds the address of a page, seen from here, to markup.
    pub fn put_address(&self, page: PageRef, html: &mut Html) {
        html.tag(self.root).add(self.shared.linked.stem(page)).tag(".html");
    }

    /// The address of an issue's history page, seen from here.
    pub fn history(&self, issue: PageRef) -> String {
        let mut href = String::with_capacity(self.page(issue).id().len() + 32);
        self.put_history(issue, &mut href);
        href
    }

    fn put_history(&self, issue: PageRef, text: &mut String) {
        let issue = self.page(issue);
        text.extend([self.root, issue.kind.folder(), "/", issue.id(), "/history.html"]);
    }

    /// The address of a statement on its issue's history page, seen from here.
    pub fn permalink(&self, position: &Position<'_>) -> String {
        let room = self.page(position.issue).id().len() + position.anchor().len() + 32;
        let mut href = String::with_capacity(room);
        self.put_history(position.issue, &mut href);
        href.extend(["#", position.anchor()]);
        href
    }

    /// Adds the address of a statement on its issue's history page, seen from here, to markup.
    pub fn put_permalink(&self, position: &Position<'_>, html: &mut Html) {
        html.tag(self.root).add(self.shared.linked.stem(position.issue));
        html.tag("/history.html#").push(position.anchor());
    }

    /// The address of the index of a kind, seen from here.
    pub fn index(&self, kind: Kind) -> String {
        [self.root, kind.folder(), "/index.html"].concat()
    }

    /// A link to a page by its short title.
    pub fn link(&self, page: PageRef) -> Html {
        let mut html = Html::with_room(96);
        self.put_short(page, &mut html);
        html
    }

    /// Adds a link to a page by its short title.
    pub fn put_short<'h>(&self, page: PageRef, html: &'h mut Html) -> &'h mut Html {
        match self.shared.links.get(page.index()).filter(|_| self.own != Some(page)) {
            Some(rest) => self.put_finished(rest, html),
            None => self.put_link(page, self.page(page).short(), html),
        }
        html
    }

    /// A link to a page by its title.
    pub fn title_link(&self, page: PageRef) -> Html {
        let mut html = Html::with_room(96);
        self.put_title(page, &mut html);
        html
    }

    /// Adds a link to a page by its title.
    pub fn put_title(&self, page: PageRef, html: &mut Html) {
        self.put_link(page, self.page(page).title(), html);
    }

    /// A link to a page by one of its titles; plain words on the page itself.
    fn put_link(&self, page: PageRef, words: &str, html: &mut Html) {
        let lang = self.words_lang(page, words);
        if self.own != Some(page) {
            self.put_finished(&self.rest_of_link(page, words), html);
        } else if lang.is_empty() {
            html.push(words);
        } else {
            html.put("span", &[("lang", lang)], words);
        }
    }

    /// Adds a link that is finished but for the way to the site's root.
    pub fn put_finished(&self, rest: &Html, html: &mut Html) {
        html.tag("<a href=\"").tag(self.root).add(rest);
    }

    /// A link to a page by one of its titles, from behind the way to the site's root on: all of it that is the
    /// same on every page.
    pub fn rest_of_link(&self, page: PageRef, words: &str) -> Html {
        let lang = self.words_lang(page, words);
        let page = self.page(page);
        let mut html = Html::with_room(page.id().len() + words.len() + 40);
        html.push(&page.address()).tag("\"");
        if !lang.is_empty() {
            html.tag(" lang=\"").push(lang).tag("\"");
        }
        html.tag(">").push(words).tag("</a>");
        html
    }

    /// The language of a link's words: a short title is the wiki's own label, the title is the source's.
    fn words_lang(&self, page: PageRef, words: &str) -> &'s str {
        if words == self.page(page).title() { self.title_lang(page) } else { "" }
    }

    /// The language of a source's title where it is another than the wiki's, for `lang`; else empty.
    pub fn title_lang(&self, page: PageRef) -> &'s str {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let page = self.page(page);
        if page.kind != Kind::Source {
            return "";
        }
        let Some(tag) = page.record().text("language") else { return "" };
        // The field is free text; only a tag of a language of two or three letters says which (BCP 47).
        if crate::parse::is_language(tag) && primary(tag) != primary(&self.wiki().site.language) {
            tag
        } else {
            ""
        }
    }

    /// Links to pages, separated by commas.
    pub fn links(&self, pages: &[PageRef]) -> Html {
        let mut html = Html::with_room(pages.len() * 80);
        self.put_links(pages, &mut html);
        html
    }

    /// Adds links to pages, separated by commas.
    pub fn put_links<'h>(&self, pages: &[PageRef], html: &'h mut Html) -> &'h mut Html {
        for (at, page) in pages.iter().enumerate() {
            html.tag(if at > 0 { ", " } else { "" });
            self.put_short(*page, html);
        }
        html
    }

    /// A link to an address outside the wiki, shown by its host and path.
    pub fn outside(&self, url: &str) -> Html {
        let shown = url
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.")
            .trim_end_matches('/');
        Html::element("a", &[("class", "url"), ("href", &address(url))], shown)
    }

    /// A date in words.
    pub fn date(&self, date: &Date) -> Html {
        let mut html = Html::with_room(96);
        self.put_date(date, &mut html);
        html
    }

    /// Adds a date in words.
    pub fn put_date<'h>(&self, date: &Date, html: &'h mut Html) -> &'h mut Html {
        let is_point = date.is_point();
        if is_point {
            html.tag("<time datetime=\"").push_with(|text| date.put_datetime(text)).tag("\">");
        }
        let mark = &self.shared.dates.inferred;
        let mut is_inferred = false;
        html.push_with(|text| {
            let start = text.len();
            date.put_words(&self.shared.dates, text);
            let words = text[start..].strip_suffix(mark).and_then(|words| words.strip_suffix(", "));
            if let Some(words) = words {
                is_inferred = true;
                text.truncate(start + words.len());
            }
        });
        html.tag(if is_point { "</time>" } else { "" });
        if is_inferred {
            html.tag(", ").put("span", &[("class", "how")], mark);
        }
        html
    }

    /// A date in words, without markup.
    pub fn date_words(&self, date: &Date) -> String {
        date.words(&self.shared.dates)
    }

    /// A name for a region that no other on the page has: the second of a name gets a number.
    pub fn region_name(&mut self, name: String) -> String {
        let times = self.regions.entry(name.clone()).or_default();
        *times += 1;
        if *times == 1 { name } else { format!("{name} ({times})") }
    }

    /// Adds a value of a row or record as it is shown in a cell.
    pub fn put_value(&self, list: List<'_>, value: &Value<PageRef>, html: &mut Html) {
        match value {
            Value::Text(text) => html.push(text),
            Value::Number(number) => html.push(number.text()),
            Value::Texts(texts) => html.push(&texts.join(", ")),
            Value::Choice(word) => html.push(&self.shared.words.choice_of(list, word)),
            Value::Flag(flag) => html.push(self.word(if *flag { "yes" } else { "no" })),
            Value::Url(url) => html.add(&self.outside(url)),
            Value::Date(date) => self.put_date(date, html),
            Value::Quantity(quantity) => html.show(quantity),
            Value::Money(money) => html.show(money),
            Value::Duration(duration) => html.show(duration),
            Value::Ref(page) => self.put_short(*page, html),
            Value::Refs(pages) => self.put_links(pages, html),
            Value::Tally(parts) => {
                for (at, (actor, count)) in parts.iter().enumerate() {
                    html.tag(if at > 0 { ", " } else { "" });
                    self.put_short(*actor, html);
                    html.tag("\u{a0}").show(count);
                }
                html
            }
            Value::Regions(regions) => html.push(&self.region_names(regions)),
            Value::Native(native) => html.put("span", &[("lang", &native.lang)], &native.text),
            Value::Unknown => html.put("span", &[("class", "empty")], self.word("not-stated")),
            Value::Nothing => html.put("span", &[("class", "empty")], self.word("none")),
            Value::Prose(_)
            | Value::Cite(_)
            | Value::Labels(_)
            | Value::OldAddresses(_)
            | Value::Record(_)
            | Value::Rows(_)
            | Value::Accounts(_) => html,
        };
    }

    /// The names of regions on their map.
    pub fn region_names(&self, regions: &Regions) -> String {
        let map = self.wiki().maps.iter().find(|map| map.name == regions.map);
        let name = |id: &String| {
            let region = map.and_then(|map| map.regions.iter().find(|region| region.id == *id));
            region.map_or_else(|| id.clone(), |region| region.name.clone())
        };
        regions.ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}
