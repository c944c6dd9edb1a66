//! Backlinks are exactly the inverse of the links that content writes.
//!
//! The links are gathered a second time, naively, from the raw files: by a scan for brackets and by the
//! list of fields in the content model. What each built page lists must be the same set.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;
#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code, reason = "its counts are for measurements")]
mod corpus;

use checker::{Page, Site, build, case, content, decoded, resolve, small_with, tree};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FOLDERS: [&str; 7] = ["issues", "actors", "events", "documents", "sources", "glossary", "pages"];

/// Fields that name pages: the folder of the record, the way to the field, the folder of what it names.
const REFERENCES: &[(&str, &str, &str)] = &[
    ("issues", "actors", "actors"),
    ("issues", "parent", "issues"),
    ("issues", "related", "issues"),
    ("actors", "member_of", "actors"),
    ("actors", "roles.for", "actors"),
    ("actors", "roles.at", "actors"),
    ("events", "who", "actors"),
    ("events", "issues", "issues"),
    ("events", "readouts.by", "actors"),
    ("events", "readouts.rows.issue", "issues"),
    ("documents", "by", "actors"),
    ("documents", "to", "actors"),
    ("documents", "issues", "issues"),
    ("documents", "provisions.issue", "issues"),
    ("documents", "supersedes", "documents"),
    ("positions", "actor", "actors"),
    ("positions", "also", "issues"),
    ("positions", "by", "actors"),
    ("positions", "told_by", "actors"),
    ("positions", "about", "documents"),
    ("positions", "at", "events"),
    ("glossary", "see_also", ""),
];

/// Fields that hold Markdown or citations.
const TEXTS: &[(&str, &str)] = &[("documents", "provisions.text"), ("events", "readouts.rows")];
const CITES: &[(&str, &str)] = &[("actors", "roles.cite"), ("documents", "provisions.cite")];

/// A file of the content as the scan sees it.
struct Record {
    folder: String,
    id: String,
    /// The page that shows it, below the site: for a position its issue's history.
    shown: String,
    /// The page whose own links these are: for a position its issue.
    own: String,
    front: Value,
    body: String,
}

/// What links where: for each page the pages that link to it, and those that cite it.
#[derive(Default)]
struct Ties {
    links: BTreeMap<String, BTreeSet<String>>,
    cites: BTreeMap<String, BTreeSet<String>>,
}

fn records(folder: &Path) -> Vec<Record> {
    let mut records = Vec::new();
    for (path, bytes) in tree(folder) {
        let parts: Vec<&str> = path.split('/').collect();
        let hidden = parts.iter().any(|part| part.starts_with(['_', '.']) || *part == "README.md");
        let Some(id) = parts.last().and_then(|name| name.strip_suffix(".md")).filter(|_| !hidden) else {
            continue;
        };
        let text = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        let text = text.trim_start_matches('\u{feff}').strip_prefix("---\n").unwrap();
        let (front, body) = text.split_once("\n---\n").unwrap();
        let front: Value = serde_yaml::from_str(front).unwrap();
        if texts(&front["draft"]).iter().any(|draft| draft == "true" || draft == "yes") {
            continue;
        }
        let (shown, own) = match parts[..] {
            ["positions", issue, _] => {
                (format!("issues/{issue}/history.html"), format!("issues/{issue}.html"))
            }
            _ => (format!("{}/{id}.html", parts[0]), format!("{}/{id}.html", parts[0])),
        };
        let record =
            Record { folder: parts[0].into(), id: id.into(), shown, own, front, body: body.to_owned() };
        records.push(record);
    }
    records
}

/// The words of a scalar or of a list of such.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(flag) => vec![flag.to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::Sequence(list) => list.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The values at the end of a way through mappings and lists.
fn at<'v>(value: &'v Value, way: &str) -> Vec<&'v Value> {
    way.split('.').fold(vec![value], |values, key| {
        let step = |value: &'v Value| match value {
            Value::Sequence(list) => list.iter().map(|entry| &entry[key]).collect(),
            one => vec![&one[key]],
        };
        values.into_iter().flat_map(step).collect()
    })
}

/// Names of pages: ids go before titles, titles before aliases, exact ones before those in another case.
struct Names(Vec<(String, String, [Vec<String>; 3])>);

impl Names {
    fn new(records: &[Record]) -> Names {
        let pages = records.iter().filter(|record| record.folder != "positions");
        let names = |record: &Record| {
            [vec![record.id.clone()], texts(&record.front["title"]), texts(&record.front["aliases"])]
        };
        Names(pages.map(|record| (record.folder.clone(), record.own.clone(), names(record))).collect())
    }

    /// The page of a name; none for a page that nobody has written.
    fn page(&self, name: &str, folder: &str) -> Option<&str> {
        let same: [fn(&str, &str) -> bool; 2] = [|a, b| a == b, |a, b| a.to_lowercase() == b.to_lowercase()];
        for same in same {
            for rank in 0..3 {
                let mut fitting = self.0.iter().filter(|(own, _, names)| {
                    (folder.is_empty() || own == folder)
                        && names[rank].iter().any(|other| same(other, name.trim()))
                });
                if let Some((_, page, _)) = fitting.next() {
                    assert!(fitting.next().is_none(), "`{name}` fits several pages");
                    return Some(page);
                }
            }
        }
        None
    }
}

/// Every link of a folder of content, turned round.
fn naive(folder: &Path) -> Ties {
    let records = records(folder);
    let names = Names::new(&records);
    let schemas: BTreeMap<String, Value> = tree(folder)
        .into_iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("schema/")?.strip_suffix(".yaml")?.to_owned();
            Some((name, serde_yaml::from_str(&String::from_utf8(bytes).unwrap()).unwrap()))
        })
        .collect();
    let mut ties = Ties::default();
    for record in &records {
        let mut scan = Scan { record, names: &names, ties: &mut ties };
        scan.markdown(&record.body);
        for (_, way, to) in REFERENCES.iter().filter(|(own, ..)| *own == record.folder) {
            for name in at(&record.front, way).into_iter().flat_map(texts) {
                scan.name(&name, to);
            }
        }
        for (_, way) in TEXTS.iter().filter(|(own, _)| *own == record.folder) {
            for value in at(&record.front, way) {
                scan.markdown_in(value);
            }
        }
        for (_, way) in CITES.iter().filter(|(own, _)| *own == record.folder) {
            for cite in at(&record.front, way).into_iter().flat_map(texts) {
                scan.cites(&cite);
            }
        }
        if record.folder == "issues" {
            for (block, schema) in &schemas {
                for row in record.front[block.as_str()].as_sequence().into_iter().flatten() {
                    scan.row(row, schema);
                }
            }
        }
    }
    ties
}

struct Scan<'s> {
    record: &'s Record,
    names: &'s Names,
    ties: &'s mut Ties,
}

impl Scan<'_> {
    fn name(&mut self, name: &str, folder: &str) {
        if let Some(page) = self.names.page(name, folder).map(str::to_owned) {
            self.link(page);
        }
    }

    /// A page does not lead to itself, and a statement belongs to its issue.
    fn link(&mut self, page: String) {
        if page != self.record.own {
            self.ties.links.entry(page).or_default().insert(self.record.own.clone());
        }
    }

    /// `id, place; id`
    fn cites(&mut self, text: &str) {
        for cite in text.split(';') {
            let id = cite.trim().trim_start_matches('@').split(',').next().unwrap().trim();
            let page = self.names.page(id, "sources").unwrap_or_else(|| panic!("no source `{id}`"));
            self.ties.cites.entry(page.to_owned()).or_default().insert(self.record.shown.clone());
        }
    }

    /// A row of a topic block, by its schema.
    fn row(&mut self, row: &Value, schema: &Value) {
        let kind = texts(&row["kind"]);
        let fields = match kind.first() {
            Some(kind) => &schema["kinds"][kind.as_str()]["fields"],
            None => &schema["fields"],
        };
        for (key, field) in fields.as_mapping().unwrap() {
            let value = &row[key.as_str().unwrap()];
            let folder = match field["type"].as_str().unwrap() {
                "actor" | "actors" => "actors",
                "issue" | "issues" => "issues",
                "event" => "events",
                "document" => "documents",
                "source" | "sources" => "sources",
                "tally" => {
                    for (actor, _) in value.as_mapping().into_iter().flatten() {
                        self.name(actor.as_str().unwrap(), "actors");
                    }
                    continue;
                }
                "markdown" => {
                    self.markdown_in(value);
                    continue;
                }
                _ => continue,
            };
            for name in texts(value) {
                self.name(&name, folder);
            }
        }
        self.markdown_in(&row["note"]);
        for cite in texts(&row["cite"]) {
            self.cites(&cite);
        }
    }

    /// Markdown in a field, or in every account of the rows of a readout.
    fn markdown_in(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.markdown(text),
            Value::Sequence(rows) => rows.iter().for_each(|row| self.markdown_in(row)),
            Value::Mapping(row) => {
                let plain = ["aspect", "issue", "point", "differs"];
                for (_, value) in row.iter().filter(|(key, _)| !plain.contains(&key.as_str().unwrap())) {
                    self.markdown_in(value);
                }
            }
            _ => {}
        }
    }

    fn markdown(&mut self, text: &str) {
        let text = without_code(text);
        for (at, _) in text.match_indices("[[") {
            let Some(inside) = text[at + 2..].split("]]").next() else { continue };
            let target = inside.split(['|', '#']).next().unwrap().trim_end_matches('\\');
            if !target.is_empty() {
                self.name(target, "");
            }
        }
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#', ' ']).next().unwrap();
            if let Some(page) = target.strip_suffix(".md").filter(|page| !page.contains(':')) {
                let from = if self.record.folder == "positions" {
                    format!("positions/{}", self.record.own.replace("issues/", "").replace(".html", "/x.md"))
                } else {
                    format!("{}/x.md", self.record.folder)
                };
                self.link(resolve(&from, &decoded(page)).unwrap() + ".html");
            }
        }
        for (at, _) in text.match_indices("[@") {
            self.cites(text[at + 1..].split(']').next().unwrap());
        }
    }
}

/// Text without comments, fences and code.
fn without_code(text: &str) -> String {
    let mut fenced = false;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push(line);
        }
    }
    let text = lines.join("\n");
    let mut out = String::new();
    for (number, part) in text.split("<!--").enumerate() {
        out.push_str(if number == 0 { part } else { part.split_once("-->").map_or("", |(_, after)| after) });
    }
    out.split('`').step_by(2).collect()
}

/// The pages that a page lists in `aside.backlinks`; a history page counts for its issue.
fn listed(page: &Page) -> BTreeSet<String> {
    let links = page.tags("a").filter(|(at, link)| {
        page.is_in(*at, "aside", "backlinks") && page.elements[link.parent.unwrap()].name == "li"
    });
    links.map(|(_, link)| target(page, link.get("href").unwrap()).replace("/history.html", ".html")).collect()
}

/// The pages that a source lists as resting on it.
fn resting(page: &Page) -> BTreeSet<String> {
    let links = page.tags("a").filter(|(at, _)| page.is_in(*at, "ul", "rests"));
    links.map(|(_, link)| target(page, link.get("href").unwrap())).collect()
}

fn target(page: &Page, href: &str) -> String {
    resolve(&page.path, href.split('#').next().unwrap()).unwrap()
}

/// Compares every page of a built site with the scan; gives how many links were compared.
fn check(content: &Path) -> (usize, usize) {
    let built = build(content, &[]);
    let site = Site::read(&built.site);
    let ties = naive(content);
    let (mut links, mut cites) = (0, 0);
    for record in records(content).iter().filter(|record| FOLDERS.contains(&record.folder.as_str())) {
        let page = site.page(&record.own);
        let expected = ties.links.get(&record.own).cloned().unwrap_or_default();
        assert_eq!(listed(page), expected, "what links to {}", record.own);
        links += expected.len();
        if record.folder == "sources" {
            let expected = ties.cites.get(&record.own).cloned().unwrap_or_default();
            assert_eq!(resting(page), expected, "what rests on {}", record.own);
            cites += expected.len();
        }
    }
    // Pages that nobody wrote as such, an index or the A–Z, are led to by navigation, which never counts.
    let written: BTreeSet<String> = records(content).into_iter().map(|record| record.own).collect();
    for page in site.pages.values().filter(|page| !written.contains(&page.path)) {
        assert_eq!(listed(page), BTreeSet::new(), "{} has no content of its own", page.path);
    }
    (links, cites)
}

#[test]
fn in_the_briefing_of_the_repository() {
    let (links, cites) = check(&content());
    assert!(links > 200 && cites > 30, "only {links} links and {cites} citations were compared");
}

#[test]
fn in_a_site_with_every_field() {
    let (links, cites) = check(&case("every-field"));
    assert!(links > 50 && cites > 10, "only {links} links and {cites} citations were compared");
}

#[test]
fn in_a_large_briefing() {
    let folder = tempfile::tempdir().unwrap();
    corpus::write(folder.path(), 60, 11).unwrap();
    let (links, cites) = check(folder.path());
    assert!(links > 500 && cites > 60, "only {links} links and {cites} citations were compared");
}

#[test]
fn a_link_in_a_comment_or_code_is_none_and_every_form_of_a_link_is_one() {
    let page = "---\ntitle: \"Forms\"\n---\n\n<!-- [[strip]] -->\n\n`[[strip]]`\n\n```\n[[strip]]\n```\n\n\
                [[NORTHLAND|them]], [x](../issues/strip.md#nothing) and [@gazette, p. 1].\n\n![[Deep#part]]\n";
    let page = page.replace("#nothing", "");
    let deep = "---\ntitle: \"Deep\"\n---\n\n## Part\n\nOf [[forms]] and [[deep]] and [[#part]].\n";
    let folder = small_with(&[("pages/forms.md", &page), ("pages/deep.md", deep)]);
    check(folder.path());
    let site = Site::read(&build(folder.path(), &[]).site);
    let links = |path: &str| listed(site.page(path)).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(links("actors/north.html"), "issues/strip.html pages/forms.html");
    assert_eq!(links("issues/strip.html"), "pages/forms.html");
    assert_eq!(links("pages/deep.html"), "pages/forms.html");
    assert_eq!(links("pages/forms.html"), "pages/deep.html");
}

#[test]
fn a_title_goes_before_another_page_s_alias() {
    let actor = |title: &str, alias: &str| {
        format!("---\ntitle: \"{title}\"\ntype: state\naliases: [{alias}]\n---\n\nA state.\n")
    };
    let page = "---\ntitle: \"Forms\"\n---\n\nOf [[Crossing]], [[CROSSING]] and [[Strip]].\n";
    let folder = small_with(&[
        ("pages/forms.md", page),
        ("glossary/the-crossing.md", "---\ntitle: \"Crossing\"\n---\n\nA bridge.\n"),
        ("actors/one.md", &actor("One", "Crossing")),
        ("actors/two.md", &actor("Two", "CROSSING")),
        ("actors/three.md", &actor("Three", "Strip")),
    ]);
    let (links, _) = check(folder.path());
    assert_eq!(links, 4, "three of the page, one of the small wiki");
}

/// What a page tells of those that link to it, as it stands there: what each means, and where it leads, in which
/// words, how often.
#[test]
fn each_line_says_where_it_leads_and_quotes_the_words_around_the_link() {
    let event = "---\ntitle: \"A call\"\ntype: call\ndate: 2025-05-01\nwho: north\nissues: strip\nreadouts:\n  \
                 by: [north]\n  rows:\n    - {aspect: \"The fare\", north: \"It rises [@gazette].\"}\n    \
                 - {aspect: \"The bridge\", issue: aid, north: \"It closes [@gazette].\"}\n---\n\nThey spoke of [[strip]] [@gazette].\n";
    let aid = "---\ntitle: \"Aid\"\nstatus: contested\nas_of: 2025-05-01\n---\n\n**Bottom line.** There is none [@gazette].\n";
    let zoo = "---\ntitle: \"A zoo\"\n---\n\nFirst. A [[strip]] and the [[strip]]. Next of [[strip|it]].\n\n![[word#part]]\n";
    let word = "---\ntitle: \"Word\"\nsee_also: strip\nsummary: \"A word of theirs.\"\n---\n\n## Part\n\nWords. More of [[strip]].\n";
    let position = "---\nactor: north\ndate: 2025-04-01\nstance: demands\nbasis: official\n---\n\nAs with [[word]], it is ours [@gazette].\n";
    let folder = small_with(&[
        ("events/call.md", event),
        ("issues/aid.md", aid),
        ("pages/zoo.md", zoo),
        ("glossary/word.md", word),
        ("positions/strip/2025-04-01-north.md", position),
    ]);
    check(folder.path());
    let site = Site::read(&build(folder.path(), &["--no-search"]).site);
    let check = |path: &str, expected: &[&str]| {
        let page = site.page(path);
        let inside = page.elements.iter().enumerate().filter(|(at, _)| page.is_in(*at, "aside", "backlinks"));
        let lines = inside.filter_map(|(at, element)| match element.name.as_str() {
            "h3" => Some(element.text.clone()),
            "li" => {
                let link = page.tags("a").find(|(link, _)| *link > at).unwrap().1;
                Some(format!("{}: {}", link.get("href").unwrap(), element.text))
            }
            _ => None,
        });
        assert_eq!(lines.collect::<Vec<_>>(), expected, "{path}");
    };
    check(
        "issues/strip.html",
        &[
            "Bear on it",
            "../events/call.html: A call event They spoke of The strip.",
            "Related to",
            "../glossary/word.html: Word term A word of theirs.",
            "Mentioned in",
            "../events/call.html#_l0-0: A call event They spoke of The strip.",
            // In the order of their titles, of which `A zoo` stands before `Word`.
            "../pages/zoo.html#_l0-0: A zoo page A The strip and the The strip. and 2 more places",
            "../glossary/word.html#_l0-0: Word term More of The strip.",
        ],
    );
    check("issues/aid.html", &["Bear on it", "../events/call.html#_readouts-2: A call event The bridge"]);
    check(
        "glossary/word.html",
        &[
            "Quoted in",
            "../pages/zoo.html#_l0-3: A zoo page",
            "Mentioned in",
            "../issues/strip/history.html#2025-04-01-north: The strip issue As with Word, it is ours.",
        ],
    );
    check(
        "actors/north.html",
        &[
            "Took part in",
            "../events/call.html: A call event They spoke of The strip.",
            "Holds a position on",
            "../issues/strip/history.html#2025-05-01-north: The strip issue All of it. and 1 more place",
            "Gave an account of",
            "../events/call.html: A call event They spoke of The strip.",
            "Mentioned in",
            "../issues/strip.html#_l0-0: The strip issue Northland claims it.",
        ],
    );
}
