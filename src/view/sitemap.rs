//! The sitemap: the addresses of all pages, for search engines.
//!
//! In: the pages; before them stand the home page and the lists that lead to them. Out: what `sitemap.xml`
//! gets; for a wiki of more pages than one file may hold, what each of the files gets that it lists.

use super::desk::Desk;
use super::frame::canonical;
use super::machines::last_change;
use crate::markup::Html;
use crate::model::kind::Kind;
use crate::resolve::{Page, Wiki};
use serde::Serialize;
use std::ops::Range;

/// What `sitemap.xml` gets (sitemaps.org protocol 0.9).
#[derive(Debug, Serialize)]
pub struct SitemapView {
    /// The pages of the site; empty where the file lists other sitemaps.
    pub urls: Vec<SitemapUrl>,
    /// The full addresses of the sitemaps of a wiki of more pages than one may hold; else empty.
    pub sitemaps: Vec<String>,
}

/// A page in the sitemap.
#[derive(Debug, Serialize)]
pub struct SitemapUrl {
    /// The full address.
    pub loc: String,
    /// The day of the last change that the page tells of; empty where it tells none.
    pub lastmod: String,
}

/// What one sitemap may hold.
#[derive(Clone, Copy, Debug)]
struct Limit {
    urls: usize,
    bytes: usize,
}

/// The limit of the protocol.
const LIMIT: Limit = Limit { urls: 50_000, bytes: 50 << 20 };

/// Room for the marks and the day around an address; a theme may write more of them.
const AROUND: usize = 400;

/// The sitemaps that a wiki needs besides `sitemap.xml`, which then lists them; none where that holds all.
pub fn sitemaps(wiki: &Wiki<'_>) -> usize {
    match parts(wiki, LIMIT).len() {
        1 => 0,
        several => several,
    }
}

/// The path of a sitemap beside `sitemap.xml`, by its number from 0.
pub fn sitemap_path(number: usize) -> String {
    format!("sitemap-{}.xml", number + 1)
}

/// `sitemap.xml`, or with a number one of those that it lists.
pub fn sitemap(desk: &Desk<'_>, number: Option<usize>) -> SitemapView {
    sitemap_within(desk.wiki(), number, LIMIT)
}

fn sitemap_within(wiki: &Wiki<'_>, number: Option<usize>, limit: Limit) -> SitemapView {
    let base = wiki.site.base_url.as_deref().unwrap_or_default();
    let parts = parts(wiki, limit);
    let part = match (number, &parts[..]) {
        (Some(number), parts) => parts.get(number).cloned().unwrap_or_default(),
        (None, [all]) => all.clone(),
        (None, parts) => {
            let sitemaps = (0..parts.len()).map(|number| format!("{base}{}", sitemap_path(number)));
            return SitemapView { urls: Vec::new(), sitemaps: sitemaps.collect() };
        }
    };
    let lists = lists(wiki);
    let url = |at: usize| match lists.get(at) {
        Some(list) => Some(SitemapUrl { loc: format!("{base}{}", canonical(list)), lastmod: String::new() }),
        None => wiki
            .pages
            .get(at - lists.len())
            .filter(|page| is_public(page))
            .map(|page| SitemapUrl { loc: format!("{base}{}", page.address()), lastmod: last_change(page) }),
    };
    SitemapView { urls: part.filter_map(url).collect(), sitemaps: Vec::new() }
}

/// Whether anyone may find a page: a draft is nobody's to find.
fn is_public(page: &Page<'_>) -> bool {
    !page.document.called().draft
}

/// The pages that no file of the wiki is: home, the indexes of kinds that have pages, A–Z, open questions.
fn lists(wiki: &Wiki<'_>) -> Vec<String> {
    let kinds = Kind::ALL.into_iter().filter(|kind| wiki.of_kind(*kind).any(|(_, page)| is_public(page)));
    let indexes = kinds.map(|kind| format!("{}/index.html", kind.folder()));
    let others = ["a-z.html", "questions.html"].map(str::to_owned);
    std::iter::once("index.html".to_owned()).chain(indexes).chain(others).collect()
}

/// What each sitemap holds, counted through the lists and then the pages.
fn parts(wiki: &Wiki<'_>, limit: Limit) -> Vec<Range<usize>> {
    let base = Html::text(wiki.site.base_url.as_deref().unwrap_or_default());
    let around = base.as_str().len() + AROUND;
    let mut parts = Vec::new();
    let (mut start, mut urls, mut bytes, mut end) = (0, 0, 0, 0);
    // Ids and folders hold no sign that is written at length.
    let lists = lists(wiki).into_iter().map(|list| list.len());
    for length in
        lists.chain(wiki.pages.iter().map(|page| page.kind.folder().len() + page.id().len() + "/.html".len()))
    {
        let size = around + length;
        if urls == limit.urls || bytes + size > limit.bytes {
            parts.push(start..end);
            (start, urls, bytes) = (end, 0, 0);
        }
        urls += 1;
        bytes += size;
        end += 1;
    }
    parts.push(start..end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::Day;
    use crate::resolve::Drafts;
    use std::path::Path;

    /// The sitemaps of a wiki within a limit: what `sitemap.xml` lists, and the addresses of each file.
    fn within(wiki: &Wiki<'_>, limit: Limit) -> (Vec<String>, Vec<Vec<String>>) {
        let urls = |view: SitemapView| view.urls.into_iter().map(|url| url.loc).collect::<Vec<_>>();
        let index = sitemap_within(wiki, None, limit);
        let listed = index.sitemaps.clone();
        if listed.is_empty() {
            return (listed, vec![urls(index)]);
        }
        assert!(index.urls.is_empty());
        let each = (0..listed.len()).map(|at| urls(sitemap_within(wiki, Some(at), limit)));
        (listed, each.collect())
    }

    #[test]
    fn a_list_that_is_too_long_is_parted_and_the_parts_are_listed() {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/every-field/content");
        let (inputs, _) = crate::read::read(&content, None).unwrap();
        let (mut parsed, _) = crate::parse::parse(&inputs);
        parsed.site.base_url = Some("https://example.org/".to_owned());
        let fields = std::mem::take(&mut parsed.fields);
        let day = Day::parse("2025-04-01").unwrap();
        let (wiki, _) = crate::resolve::resolve(&inputs, &parsed, fields, day, Drafts::LeftOut);
        // Home, seven indexes, A–Z and open questions.
        let count = wiki.pages.len() + 10;
        assert!(count > 18, "{count}");

        let (listed, all) = within(&wiki, LIMIT);
        assert!(listed.is_empty() && sitemaps(&wiki) == 0);
        assert_eq!((all.len(), all[0].len(), all[0][0].as_str()), (1, count, "https://example.org/"));

        for urls in [1, 2, 3, count - 1, count, count + 1] {
            let (listed, parts) = within(&wiki, Limit { urls, ..LIMIT });
            assert_eq!(parts.len(), count.div_ceil(urls), "{urls}");
            assert!(parts.iter().all(|part| (1..=urls).contains(&part.len())), "{urls}");
            assert_eq!(parts.concat(), all[0], "{urls}");
            let names = (0..parts.len()).map(|at| format!("https://example.org/sitemap-{}.xml", at + 1));
            assert_eq!(listed, if parts.len() == 1 { Vec::new() } else { names.collect() }, "{urls}");
        }
        let bytes = 3 * (AROUND + 60);
        let (_, parts) = within(&wiki, Limit { bytes, ..LIMIT });
        let size = |part: &Vec<String>| part.iter().map(|loc| loc.len() + AROUND).sum::<usize>();
        assert!(parts.len() > 2 && parts.iter().all(|part| size(part) <= bytes));
        assert_eq!(parts.concat(), all[0]);
    }
}
