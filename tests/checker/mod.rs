//! An independent checker of a built site: it knows HTML and nothing of the crate.
//!
//! In: a folder that the binary wrote. Out: a sentence for everything that is wrong with it. Pages are
//! parsed with html5ever and looked at as flat lists of elements, so that nesting of any depth is safe.

#![allow(dead_code, reason = "each test binary uses its part")]

use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// A site that the real binary built, in a folder that goes with this value.
pub struct Built {
    /// Holds the folder.
    pub temporary: tempfile::TempDir,
    /// The site.
    pub site: PathBuf,
    /// What the binary said.
    pub output: Output,
}

/// The binary, apart from the surroundings of the test.
pub fn briefwiki() -> assert_cmd::Command {
    let mut command = assert_cmd::Command::cargo_bin("briefwiki").unwrap();
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("RUST_BACKTRACE").env_remove("CLICOLOR_FORCE");
    command
}

/// The folder of a case in `tests/sites`.
pub fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name).join("content")
}

/// The content of the repository.
pub fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// Builds a content folder with the real binary.
pub fn build(content: &Path, options: &[&str]) -> Built {
    let temporary = tempfile::tempdir().unwrap();
    let site = temporary.path().join("public");
    let mut command = briefwiki();
    command.arg("build").arg("--content").arg(content).arg("--output").arg(&site).args(options);
    let output = command.output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} does not build:\n{said}", content.display());
    Built { temporary, site, output }
}

/// An element of a page; its place in the list is its place in the document.
#[derive(Debug)]
pub struct Element {
    /// The tag.
    pub name: String,
    /// The attributes.
    pub attributes: BTreeMap<String, String>,
    /// The element it stands in.
    pub parent: Option<usize>,
    /// All text in it.
    pub text: String,
}

impl Element {
    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether it has a class.
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|all| all.split_whitespace().any(|own| own == class))
    }
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its path below the site.
    pub path: String,
    /// Its elements in the order of the document.
    pub elements: Vec<Element>,
    /// What the HTML parser complains of.
    pub parse_errors: Vec<String>,
}

impl Page {
    /// Parses a page.
    pub fn parse(path: &str, html: &str) -> Page {
        let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(html);
        let mut elements: Vec<Element> = Vec::new();
        let mut todo: Vec<(Handle, Option<usize>)> = vec![(dom.document.clone(), None)];
        while let Some((node, parent)) = todo.pop() {
            let mut inside = parent;
            match &node.data {
                NodeData::Element { name, attrs, .. } => {
                    let attributes = attrs.borrow();
                    let attributes =
                        attributes.iter().map(|one| (one.name.local.to_string(), one.value.to_string()));
                    elements.push(Element {
                        name: name.local.to_string(),
                        attributes: attributes.collect(),
                        parent,
                        text: String::new(),
                    });
                    inside = Some(elements.len() - 1);
                }
                NodeData::Text { contents } => {
                    // The text of elements is needed near the leaves; far above it is the whole page.
                    let mut at = parent;
                    for _ in 0..12 {
                        let Some(index) = at else { break };
                        elements[index].text.push_str(&contents.borrow());
                        at = elements[index].parent;
                    }
                }
                _ => {}
            }
            todo.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), inside)));
        }
        let parse_errors = dom.errors.borrow().iter().map(ToString::to_string).collect();
        Page { path: path.to_owned(), elements, parse_errors }
    }

    /// The elements with a tag.
    pub fn tags<'p>(&'p self, name: &'p str) -> impl Iterator<Item = (usize, &'p Element)> {
        self.elements.iter().enumerate().filter(move |(_, element)| element.name == name)
    }

    /// The elements that an element stands in, the nearest first.
    pub fn around(&self, at: usize) -> impl Iterator<Item = &Element> {
        std::iter::successors(self.elements[at].parent, |&parent| self.elements[parent].parent)
            .map(|index| &self.elements[index])
    }

    /// Whether an element stands in one with that tag and class.
    pub fn is_in(&self, at: usize, name: &str, class: &str) -> bool {
        self.around(at).any(|around| around.name == name && (class.is_empty() || around.has_class(class)))
    }

    /// Every id of the page.
    pub fn ids(&self) -> impl Iterator<Item = (usize, &str)> {
        self.elements.iter().enumerate().filter_map(|(at, element)| Some((at, element.get("id")?)))
    }
}

/// A site that was read.
pub struct Site {
    /// Every file below the folder, with its size.
    pub files: BTreeSet<String>,
    /// The pages by path.
    pub pages: BTreeMap<String, Page>,
}

impl Site {
    /// Reads and parses a site.
    pub fn read(folder: &Path) -> Site {
        let files: BTreeSet<String> = tree(folder).into_keys().collect();
        let pages = files.iter().filter(|path| path.ends_with(".html"));
        let pages = pages
            .map(|path| (path.clone(), Page::parse(path, &fs::read_to_string(folder.join(path)).unwrap())))
            .collect();
        Site { files, pages }
    }

    /// A page that has to be there.
    pub fn page(&self, path: &str) -> &Page {
        self.pages.get(path).unwrap_or_else(|| panic!("the site has no page {path}"))
    }
}

/// The files below a folder with their bytes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Everything that is wrong with a site.
pub fn problems(site: &Site) -> Vec<String> {
    let mut problems = Vec::new();
    let ids: BTreeMap<&str, BTreeSet<&str>> = site
        .pages
        .iter()
        .map(|(path, page)| (path.as_str(), page.ids().map(|(_, id)| id).collect()))
        .collect();
    for page in site.pages.values() {
        let mut found = Vec::new();
        frame(page, &mut found);
        own_ids(page, &mut found);
        links(page, site, &ids, &mut found);
        foreign(page, &mut found);
        images(page, &mut found);
        notes(page, &mut found);
        redirect(page, &mut found);
        problems.extend(found.into_iter().map(|problem| format!("{}: {problem}", page.path)));
    }
    problems
}

/// Language, title, one heading of level 1, no complaint of the parser.
fn frame(page: &Page, found: &mut Vec<String>) {
    found.extend(page.parse_errors.iter().map(|error| format!("the HTML is malformed: {error}")));
    let lang = page.tags("html").find_map(|(_, html)| html.get("lang"));
    if lang.is_none_or(str::is_empty) {
        found.push("<html> has no lang".into());
    }
    let titles: Vec<&Element> =
        page.tags("title").filter(|(at, _)| page.is_in(*at, "head", "")).map(|(_, title)| title).collect();
    if titles.len() != 1 || titles[0].text.trim().is_empty() {
        found.push(format!("{} titles, or an empty one", titles.len()));
    }
    let headings: Vec<&Element> = page.tags("h1").map(|(_, heading)| heading).collect();
    if headings.len() != 1 || headings[0].text.trim().is_empty() {
        found.push(format!("{} headings of level 1, or an empty one", headings.len()));
    }
}

/// Each id once; what does not begin with `_` comes of the content: a heading, a statement, an old anchor.
fn own_ids(page: &Page, found: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for (at, id) in page.ids() {
        if id.is_empty() || id.contains(char::is_whitespace) {
            found.push(format!("`{id}` is no id"));
        }
        if !seen.insert(id) {
            found.push(format!("the id `{id}` stands twice"));
        }
        let element = &page.elements[at];
        let heading = is_heading(&element.name);
        let statement = element.name == "li" && page.path.ends_with("/history.html");
        let in_heading = page.around(at).next().is_some_and(|around| is_heading(&around.name));
        let in_statement = page.path.ends_with("/history.html") && page.is_in(at, "div", "said");
        let moved = element.name == "li" && page.is_in(at, "section", "moved")
            || element.name == "span" && (in_heading || in_statement) && element.text.is_empty();
        let content = heading && page.is_in(at, "div", "body") && follows_the_host_but_in_links(page, at, id);
        if !id.starts_with('_') && !content && !statement && !moved {
            found.push(format!("the id `{id}` of <{}> is the theme's and lacks its `_`", element.name));
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The same where links and marks of citations have other words on the page than in the file: what stands before
/// the first of them begins the id, and what stands behind the last one ends it.
fn follows_the_host_but_in_links(page: &Page, at: usize, id: &str) -> bool {
    let element = &page.elements[at];
    let inside = |link: &usize| page.around(*link).any(|around| std::ptr::eq(around, element));
    let links: Vec<&str> = page
        .tags("a")
        .filter(|(link, _)| inside(link))
        .map(|(_, link)| link.text.as_str())
        .filter(|words| !words.is_empty())
        .collect();
    let (Some(first), Some(last)) = (links.first(), links.last()) else {
        return follows_the_host(id, &element.text);
    };
    let begins = host_words(element.text.split(first).next().unwrap_or_default());
    let ends = host_words(element.text.rsplit(last).next().unwrap_or_default());
    // The second heading of the same words has a number behind them.
    let once = id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    id.trim_start_matches("section").starts_with(begins.trim_start_matches("section"))
        && (id.ends_with(&ends) || once.ends_with(&ends))
}

/// A text as the code host writes it in an id.
fn host_words(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// Whether a heading's id is what the code host makes of its text: a rough rule of its own, which
/// knows letters, digits, `-` and `_`.
fn follows_the_host(id: &str, text: &str) -> bool {
    let made = host_words(text);
    let made = if made.is_empty() || made.starts_with('_') { format!("section{made}") } else { made };
    let rest = id.strip_prefix(&made);
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok())
    })
}

/// Every attribute that holds an address of its own site or another.
fn addresses(page: &Page) -> impl Iterator<Item = (usize, &Element, &'static str, &str)> {
    const HOLDERS: [&str; 8] = ["href", "src", "action", "srcset", "poster", "data", "formaction", "cite"];
    page.elements.iter().enumerate().flat_map(|(at, element)| {
        HOLDERS.into_iter().filter_map(move |name| Some((at, element, name, element.get(name)?)))
    })
}

/// Whether an address names a scheme or a host.
fn is_outside(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or("");
    address.starts_with("//") || scheme.contains(':')
}

/// The empty icon, by which a browser asks nobody for one.
fn is_no_icon(element: &Element) -> bool {
    element.get("rel") == Some("icon") && element.get("href") == Some("data:,")
}

/// Every internal link has its file, every fragment its id.
fn links(page: &Page, site: &Site, ids: &BTreeMap<&str, BTreeSet<&str>>, found: &mut Vec<String>) {
    for (_, element, name, address) in addresses(page) {
        if is_no_icon(element) {
            continue;
        }
        if is_outside(address) {
            let scheme = address.split(':').next().unwrap_or("").to_ascii_lowercase();
            if !["https", "http", "mailto"].contains(&scheme.as_str()) {
                found.push(format!("{name}=\"{address}\" has a scheme that is not allowed"));
            }
            continue;
        }
        if address.starts_with('/') {
            found.push(format!("{name}=\"{address}\" begins with `/`"));
            continue;
        }
        if address.is_empty() {
            found.push(format!("{name} is empty"));
            continue;
        }
        let (before, fragment) =
            address.split_once('#').map_or((address, None), |(path, fragment)| (path, Some(fragment)));
        let path = before.split('?').next().unwrap_or("");
        let Some(target) = resolve(&page.path, &decoded(path)) else {
            found.push(format!("{name}=\"{address}\" leads out of the site"));
            continue;
        };
        if !site.files.contains(&target) {
            found.push(format!("{name}=\"{address}\": there is no file `{target}`"));
        } else if let Some(fragment) = fragment {
            let known = ids.get(target.as_str()).is_some_and(|ids| ids.contains(decoded(fragment).as_str()));
            if !known {
                found.push(format!("{name}=\"{address}\": `{target}` has no id `{}`", decoded(fragment)));
            }
        }
    }
}

/// The file that a relative path leads to from a page.
pub fn resolve(from: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Percent-decoding as a browser does it.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%')
            .then(|| {
                std::str::from_utf8(after.get(..2)?).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            })
            .flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Nothing runs, styles or loads but the site's own files. The page for lost addresses carries its style,
/// for it cannot know where the site's root is.
fn foreign(page: &Page, found: &mut Vec<String>) {
    for element in &page.elements {
        let name = element.name.as_str();
        let address = match name {
            "script" | "img" | "iframe" | "embed" | "video" | "audio" | "source" | "track" => {
                element.get("src")
            }
            "object" => element.get("data"),
            "link" if element.get("rel") != Some("canonical") => element.get("href"),
            _ => None,
        };
        if address.is_some_and(is_outside) && !is_no_icon(element) || element.get("srcset").is_some() {
            found.push(format!("<{name}> loads from elsewhere: {address:?}"));
        }
        if name == "script" {
            inline_script(element, found);
        }
        if page.path != "404.html" && (name == "style" || element.get("style").is_some()) {
            found.push(format!("inline style on <{name}>"));
        }
        if matches!(
            name,
            "iframe"
                | "object"
                | "embed"
                | "base"
                | "math"
                | "image"
                | "use"
                | "foreignObject"
                | "animate"
                | "set"
        ) {
            found.push(format!("<{name}> has no place in a page"));
        }
        if name == "svg" && (element.get("role") != Some("img") || element.get("aria-labelledby").is_none()) {
            found.push("a drawing without a title".into());
        }
        for attribute in element.attributes.keys().filter(|attribute| attribute.starts_with("on")) {
            found.push(format!("<{name} {attribute}=…> runs script"));
        }
    }
}

/// A script stands in a file of its own. Data for programs is no script, if it is data indeed.
fn inline_script(element: &Element, found: &mut Vec<String>) {
    if element.get("type") == Some("application/ld+json") && element.get("src").is_none() {
        if let Err(error) = serde_json::from_str::<serde_json::Value>(&element.text) {
            found.push(format!("JSON-LD that cannot be read: {error}"));
        }
    } else if element.get("src").is_none() || !element.text.trim().is_empty() {
        found.push("an inline script".into());
    }
}

/// Images say what they show.
fn images(page: &Page, found: &mut Vec<String>) {
    for (_, image) in page.tags("img") {
        if image.get("alt").is_none_or(|alt| alt.trim().is_empty()) || image.get("src").is_none() {
            found.push(format!("an image without description or file: {:?}", image.attributes));
        }
    }
}

/// Every mark leads to a note, and each note back to each of its marks and to nothing else.
fn notes(page: &Page, found: &mut Vec<String>) {
    let in_notes = |at: usize| page.is_in(at, "section", "notes");
    let notes: BTreeMap<&str, usize> = page
        .tags("li")
        .filter(|(at, _)| in_notes(*at))
        .filter_map(|(at, note)| Some((note.get("id")?, at)))
        .collect();
    let mut marks: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut back: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (at, link) in page.tags("a") {
        let Some(to) = link.get("href").and_then(|href| href.strip_prefix('#')) else { continue };
        if page.is_in(at, "span", "back") {
            let note = page.around(at).find_map(|around| notes.get_key_value(around.get("id")?));
            match note {
                Some((note, _)) => back.entry(note).or_default().insert(to),
                None => {
                    found.push(format!("a way back to #{to} stands outside a note"));
                    continue;
                }
            };
        } else if notes.contains_key(to) {
            match link.get("id") {
                Some(id) => {
                    marks.entry(to).or_default().insert(id);
                }
                // A later note of the same source names the first one.
                None if in_notes(at) => {}
                None => found.push(format!("a mark of the note #{to} has no id to come back to")),
            }
        } else if to.strip_prefix("_n").is_some_and(|n| n.parse::<u32>().is_ok()) {
            found.push(format!("a mark leads to #{to}, which is no note"));
        }
    }
    for note in notes.keys() {
        let (marks, back) = (marks.get(note), back.get(note));
        if marks.is_none() || marks != back {
            found.push(format!("the note #{note} has the marks {marks:?} and leads back to {back:?}"));
        }
    }
}

/// A page that sends its reader on has a plain link to the same place.
fn redirect(page: &Page, found: &mut Vec<String>) {
    let Some(to) = redirect_of(page) else { return };
    let plain = page.tags("a").any(|(at, link)| link.get("href") == Some(&to) && page.is_in(at, "main", ""));
    if !plain {
        found.push(format!("it sends readers to {to} without a plain link"));
    }
}

/// Where a page sends its reader on.
pub fn redirect_of(page: &Page) -> Option<String> {
    let refresh = page.tags("meta").find(|(_, meta)| meta.get("http-equiv") == Some("refresh"))?;
    let (_, to) = refresh.1.get("content")?.split_once("url=")?;
    Some(to.to_owned())
}

/// The files of the smallest wiki that says something: an issue, an actor, a source and a position.
pub const SMALL: &[(&str, &str)] = &[
    ("site.yaml", "title: \"Small\"\ntoday: 2025-06-01\nparties: [north]\nstances: {demands: \"Demands\"}\n"),
    (
        "issues/strip.md",
        "---\ntitle: \"The strip\"\nstatus: contested\nas_of: 2025-05-01\n---\n\n\
         **Bottom line.** [[north]] claims it [@gazette].\n",
    ),
    ("actors/north.md", "---\ntitle: \"Northland\"\ntype: state\n---\n\nA state.\n"),
    (
        "sources/gazette.md",
        "---\ntitle: \"Gazette\"\npublisher: \"Press\"\ntype: official\ndate: 2025-05-01\n---\n\nThe state's paper.\n",
    ),
    (
        "positions/strip/2025-05-01-north.md",
        "---\nactor: north\ndate: 2025-05-01\nstance: demands\nbasis: official\n---\n\nAll of it [@gazette].\n",
    ),
];

/// Writes files below a folder; a later one takes the place of an earlier one of the same name.
pub fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The smallest wiki with more files in it.
pub fn small_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    write(folder.path(), files);
    folder
}
