//! The search stage: finished pages come in, the files of Pagefind's index go out.
//!
//! ```text
//! Index::start ─→ Index ─add, add, …─→ finish ─→ Bundle { pages, files }
//! ```
//!
//! A thread of its own takes the text of each page as soon as it is added, so that no more than
//! `WAITING` pages of HTML are held and the index grows while other pages are made. Pagefind
//! numbers pages as they come: whoever adds them in the same order gets the same bytes.
//!
//! Pagefind needs 0.3 to 0.4 MB of memory for a page of 30 kB until its files are made, so a large
//! wiki is indexed in parts of `PART` pages, each a folder. search.js reads in `parts.json` how many
//! there are and has Pagefind search them as one.
//!
//! What Pagefind reads of a page is marked in the templates (`data-pagefind-body`,
//! `data-pagefind-ignore`). What the reader does not see — other names of the page, the facets, its
//! rank, and what keeps cells and lines apart — is put into the text that Pagefind gets, so no page of
//! the site grows by it and no theme can lose it.

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use std::fmt::Write as _;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use tokio::runtime::{Builder, Runtime};

/// Where the index stands in the site; no page can be named so.
pub const FOLDER: &str = "_search";

/// Pages that may wait for the thread; then [`Index::add`] waits.
const WAITING: usize = 64;

/// Pages in one part of the index.
const PART: usize = 2000;

/// The attribute without which a page is not indexed.
const BODY: &str = "data-pagefind-body";

/// What belongs to no sentence: numbers of notes, permalinks, words for those alone who hear the page.
const UNREAD: [&str; 4] = ["sup", "a[href^='#_n']", ".perma", ".vh"];

/// Elements that stand apart on a page and that Pagefind would read on with what is beside them.
const APART: [&str; 8] = ["th", "caption", "dt", "dd", "pre", "blockquote", "figcaption", "summary"];

/// An element that Pagefind ends as a sentence.
const BLOCK: &str = "div";

/// What stands between two lines of one text.
const LINE: &str = " · ";

/// A page to find.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its address below the root, as `issues/ceasefire.html`.
    pub path: String,
    /// Its finished text.
    pub html: String,
    /// What else it is called: aliases, the name in its own script, other spellings.
    pub names: Vec<String>,
    /// What readers can narrow by, as `("kind", "Issue")`; a facet may have many values.
    pub facets: Vec<(&'static str, String)>,
    /// Whether it stands before others where the same words are found.
    pub rank: Rank,
}

/// Where a page stands among others in which the same words are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rank {
    /// What readers look for.
    #[default]
    First,
    /// What tells the same of it elsewhere; found first by its own title all the same.
    Behind,
}

impl Rank {
    /// The attribute for an element around the page's text. Pagefind counts a weight about by its square.
    fn attribute(self) -> &'static str {
        match self {
            Rank::First => "",
            Rank::Behind => " data-pagefind-weight=\"0.5\"",
        }
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Bundle {
    /// How many pages can be found; with none there are no files.
    pub pages: usize,
    /// The files, by path below the root.
    pub files: Vec<(String, Vec<u8>)>,
}

/// An index that grows.
#[derive(Debug)]
pub struct Index {
    pages: SyncSender<Entry>,
    thread: JoinHandle<Result<Bundle, String>>,
}

impl Index {
    /// Begins an index in a language (a BCP 47 tag), which decides how words are cut to their stems.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(language: &str) -> Result<Index, String> {
        let language = stemmer(language);
        let (pages, waiting) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("search".into())
            .spawn(move || run(&waiting, &language))
            .map_err(|error| format!("no thread for the search index: {error}"))?;
        Ok(Index { pages, thread })
    }

    /// Adds a page; waits while the thread is behind. Pages that no template marks for the index are
    /// left out. What goes wrong is told by [`Index::finish`].
    pub fn add(&self, page: Entry) {
        if page.html.contains(BODY) {
            // The thread is gone only if it failed, which `finish` tells.
            let _ = self.pages.send(page);
        }
    }

    /// Makes the files.
    ///
    /// # Errors
    /// When Pagefind cannot index a page; the message names it.
    pub fn finish(self) -> Result<Bundle, String> {
        drop(self.pages);
        self.thread.join().map_err(|_| "the search index gave up".to_owned())?
    }
}

/// The language of a tag as Pagefind takes it: it knows languages by their first part alone, and a long
/// tag does not fit the name of a file.
fn stemmer(tag: &str) -> String {
    let first = tag.split('-').next().unwrap_or_default().to_lowercase();
    let is_code = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    if is_code { first } else { "unknown".to_owned() }
}

/// The work of the thread.
fn run(waiting: &Receiver<Entry>, language: &str) -> Result<Bundle, String> {
    // Pagefind reads a page on a thread of tokio's and no page is added before the last is done.
    let runtime = Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()
        .map_err(|error| format!("the search index cannot start: {error}"))?;
    let mut bundle = Bundle::default();
    let mut parts = 0;
    let mut pages = waiting.iter().peekable();
    while pages.peek().is_some() {
        parts += 1;
        bundle.pages += part(&runtime, pages.by_ref().take(PART), language, parts, &mut bundle.files)?;
    }
    if parts > 0 {
        bundle.files.push((format!("{FOLDER}/parts.json"), parts.to_string().into_bytes()));
    }
    bundle.files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(bundle)
}

/// Makes one part; gives the number of its pages. What all parts share comes with the first.
fn part(
    runtime: &Runtime,
    pages: impl Iterator<Item = Entry>,
    language: &str,
    number: usize,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<usize, String> {
    let options = PagefindServiceConfig::builder()
        .keep_index_url(true)
        .exclude_selectors(UNREAD.map(str::to_owned).to_vec())
        .force_language(language.to_owned())
        .build();
    let mut index = PagefindIndex::new(Some(options))
        .map_err(|error| format!("the search index cannot start: {error}"))?;
    let mut count = 0;
    for page in pages {
        let html = shown(&page.html, &hidden(&page.names, &page.facets), page.rank);
        runtime
            .block_on(index.add_html_file(Some(page.path.clone()), None, html))
            .map_err(|error| format!("`{}` cannot be indexed for search: {error}", page.path))?;
        count += 1;
    }
    let made = runtime
        .block_on(index.get_files())
        .map_err(|error| format!("the search index cannot be made: {error}"))?;
    let own_reader = format!("wasm.{language}.pagefind");
    let stems = made.iter().any(|file| file.filename.as_os_str() == own_reader.as_str());
    for file in made {
        let name = file.filename.to_string_lossy().replace('\\', "/");
        let is_reader = name == if stems { own_reader.as_str() } else { "wasm.unknown.pagefind" };
        match number {
            1 if is_reader || is_shared(&name) || is_of_part(&name) => {
                files.push((format!("{FOLDER}/{name}"), file.contents));
            }
            2.. if is_of_part(&name) => files.push((format!("{FOLDER}/{number}/{name}"), file.contents)),
            _ => {}
        }
    }
    Ok(count)
}

/// Whether a file is a script of Pagefind's that search.js loads; its ready-made interfaces are not.
fn is_shared(name: &str) -> bool {
    matches!(name, "pagefind.js" | "pagefind-worker.js")
}

/// Whether a file holds what one part knows.
fn is_of_part(name: &str) -> bool {
    name.contains('/') || name == "pagefind-entry.json" || name.ends_with(".pf_meta")
}

/// Names and facets as Pagefind reads them.
fn hidden(names: &[String], facets: &[(&'static str, String)]) -> String {
    let mut out = String::new();
    if !names.is_empty() {
        let names = escape(&names.join(" · "));
        let _ = write!(out, r#"<meta data-pagefind-meta="names[content]" content="{names}">"#);
    }
    for (facet, value) in facets {
        let value = escape(value);
        let _ = write!(out, r#"<meta data-pagefind-filter="{facet}[content]" content="{value}">"#);
    }
    out
}

/// What Pagefind gets of a page: the marked element up to the end of `main`, with what is hidden.
fn shown(html: &str, hidden: &str, rank: Rank) -> String {
    let marked = html.find(BODY).and_then(|at| html[..at].rfind('<')).unwrap_or(0);
    let rest = &html[marked..];
    let end = rest.rfind("</main>").map_or(rest.len(), |at| at + "</main>".len());
    let mut out = String::with_capacity(hidden.len() + end + 128);
    let _ = write!(out, "<html><head>{hidden}</head><body{}>", rank.attribute());
    apart(&mut out, &rest[..end]);
    out.push_str("</body></html>");
    out
}

/// Writes the markup of a page so that cells, entries and lines stand apart in what Pagefind reads of it. In text a
/// `<` is always written at length, so each one begins a tag.
fn apart(out: &mut String, html: &str) {
    // For each `span` that is open whether it is written as a block: a day or a status before a text.
    let mut spans = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let name_at = if tag.starts_with("</") { 2 } else { 1 };
        let name = &tag[name_at..];
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let after = &tag[name_at + name.len()..];
        let is_block = match name {
            "span" if name_at == 1 => {
                let is_label = after.starts_with(" class=\"st ") || after.starts_with(" class=\"when\"");
                spans.push(is_label);
                is_label
            }
            "span" => spans.pop().unwrap_or_default(),
            "br" => {
                out.push_str(LINE);
                rest = after.split_once('>').map_or("", |(_, after)| after);
                continue;
            }
            _ => APART.contains(&name),
        };
        out.push_str(&tag[..name_at]);
        out.push_str(if is_block { BLOCK } else { name });
        rest = after;
    }
    out.push_str(rest);
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize) -> Entry {
        Entry {
            path: format!("issues/{number}.html"),
            html: format!(
                "<!DOCTYPE html><html lang=en><head><title>t</title></head><body><nav>menu</nav>\
                 <main data-pagefind-body><h1>Page {number}</h1><h2 id=a>Terms</h2><p>Cease-fire text {}.</p>\
                 <section data-pagefind-ignore>note</section></main></body></html>",
                number % 7
            ),
            names: vec![format!("Alias “{number}” & Co"), "Київ".into()],
            facets: vec![("kind", "Issue".into()), ("actor", format!("A{}", number % 5))],
            rank: Rank::First,
        }
    }

    fn bundle(pages: usize) -> Bundle {
        let index = Index::start("en-GB").unwrap();
        for number in 0..pages {
            index.add(page(number));
        }
        index.finish().unwrap()
    }

    #[test]
    fn the_same_pages_give_the_same_bytes() {
        let (one, two) = (bundle(300), bundle(300));
        assert_eq!(one.pages, 300);
        assert!(one.files == two.files);
    }

    #[test]
    fn there_is_what_the_script_loads_and_no_more() {
        let mut names: Vec<String> = bundle(3).files.into_iter().map(|(name, _)| name).collect();
        names.retain(|name| name.matches('/').count() == 1 && !name.ends_with(".pf_meta"));
        assert_eq!(
            names,
            [
                "_search/pagefind-entry.json",
                "_search/pagefind-worker.js",
                "_search/pagefind.js",
                "_search/parts.json",
                "_search/wasm.en.pagefind"
            ]
        );
    }

    #[test]
    fn any_language_is_taken() {
        for tag in ["en-GB-oxendict-x-aaaaaaaa-bbbbbbbb-cccccccc-ddddddd", "qaa", "x-private", "zh-Hans-CN"] {
            let index = Index::start(tag).unwrap();
            index.add(page(1));
            assert_eq!(index.finish().map(|bundle| bundle.pages), Ok(1), "{tag}");
        }
    }

    #[test]
    fn a_large_wiki_comes_in_parts() {
        let bundle = bundle(PART + 1);
        let get =
            |name: &str| bundle.files.iter().find(|(path, _)| path == name).map(|(_, bytes)| &bytes[..]);
        assert_eq!(bundle.pages, PART + 1);
        assert_eq!(get("_search/parts.json"), Some(&b"2"[..]));
        assert!(get("_search/2/pagefind-entry.json").is_some());
        assert!(get("_search/2/pagefind.js").is_none());
    }

    #[test]
    fn what_stands_outside_the_text_is_not_read() {
        let html = shown(
            "<html><head></head><body><nav>n</nav><main class=x data-pagefind-body><p>t</p></main><aside>",
            "<meta>",
            Rank::First,
        );
        assert_eq!(
            html,
            "<html><head><meta></head><body><main class=x data-pagefind-body><p>t</p></main></body></html>"
        );
    }

    #[test]
    fn a_page_behind_others_has_less_weight_as_a_whole() {
        let html = shown("<main data-pagefind-body><h1>t</h1></main>", "", Rank::Behind);
        assert!(html.contains("<body data-pagefind-weight=\"0.5\"><main"), "{html}");
    }

    #[test]
    fn cells_entries_and_lines_stand_apart() {
        let read = |html: &str| {
            let mut out = String::new();
            apart(&mut out, html);
            out
        };
        assert_eq!(
            read(
                "<table><caption>C</caption><thead><tr><th scope=\"col\">A</th><th>B</th></tr></thead><td>1</td>"
            ),
            "<table><div>C</div><thead><tr><div scope=\"col\">A</div><div>B</div></tr></thead><td>1</td>"
        );
        assert_eq!(read("<dl><dt>a</dt><dd>b</dd></dl>"), "<dl><div>a</div><div>b</div></dl>");
        assert_eq!(read("one<br>two<br />three"), "one · two · three");
        assert_eq!(
            read(
                "<span class=\"when\"><span>2</span> May</span><span class=\"st st-says\">Says</span> <span>x</span>"
            ),
            "<div class=\"when\"><span>2</span> May</div><div class=\"st st-says\">Says</div> <span>x</span>"
        );
        for whole in ["", "<p>a &lt; b</p>", "<!-- th --><h2 id=\"a\">é</h2>", "</span>a<", "<br"] {
            assert_eq!(read(whole), if whole == "<br" { LINE } else { whole });
        }
    }

    #[test]
    fn words_of_cells_and_numbers_of_notes_are_not_run_together() {
        // Pagefind tells how many words it reads: Page, A, B, C, one, two.
        let html = "<main data-pagefind-body><h1>Page</h1><table><tr><th>A</th><th>B</th><th>C</th></tr></table>\
                    <p>one.<sup><a href=\"#_n1\">12</a></sup> two <span class=\"meta perma\">link</span></p><table><tr><td><a href=\"#_n1\">1</a></td></tr></table>";
        let options =
            PagefindServiceConfig::builder().exclude_selectors(UNREAD.map(str::to_owned).to_vec()).build();
        let runtime = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        let mut index = PagefindIndex::new(Some(options)).unwrap();
        let html = shown(html, "", Rank::First);
        let told = runtime.block_on(index.add_html_file(Some("a.html".into()), None, html)).unwrap();
        assert_eq!(told.page_word_count, 6);
    }

    #[test]
    fn unmarked_pages_are_left_out() {
        let index = Index::start("uk").unwrap();
        index.add(Entry { html: "<main>no</main>".into(), ..page(1) });
        let bundle = index.finish().unwrap();
        assert_eq!((bundle.pages, bundle.files.len()), (0, 0));
    }

    #[test]
    fn names_cannot_break_out_of_their_attribute() {
        assert_eq!(
            hidden(&["a\"><b>&".into()], &[]),
            r#"<meta data-pagefind-meta="names[content]" content="a&quot;>&lt;b>&amp;">"#
        );
        assert_eq!(hidden(&[], &[]), "");
    }
}
