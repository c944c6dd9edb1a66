//! Content that nobody would write in good faith: it is told or shown as text, and nothing else comes
//! of it. No panic, no run without end, no script in a page, no output without bounds.
//!
//! `BRIEFWIKI_FUZZ=5000` runs that many cases of each property instead of a few dozen.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;

use briefwiki::model::date::Day;
use briefwiki::parse::Strict;
use briefwiki::resolve::Drafts;
use briefwiki::site::Search;
use briefwiki::{Goal, Options, Outcome};
use checker::{Site, case, content, problems, small_with, tree, write};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// More than any run of these tests takes, even unoptimised and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

fn options(content: &Path, theme: Option<&Path>) -> Options {
    Options {
        content: content.to_owned(),
        theme: theme.map(Path::to_owned),
        base_url: None,
        today: None,
        clock: Day::from_unix_seconds(1_765_843_200),
        drafts: Drafts::Shown,
        strict: Strict::No,
        search: Search::LeftOut,
    }
}

/// Runs in this process; a panic of a run, caught by it or not, fails the test.
fn run(options: &Options, goal: Goal<'_>) -> Outcome {
    let start = Instant::now();
    let outcome = briefwiki::run(options, goal, &|_, _| {}).unwrap();
    assert!(start.elapsed() < PATIENCE, "a run took {:?}", start.elapsed());
    for finding in &outcome.findings {
        let caught = ["confuses the reader", "could not be made"];
        assert!(!caught.iter().any(|sign| finding.message.contains(sign)), "a panic: {}", finding.message);
    }
    // Printing finds every place; it may not fail either.
    let report = outcome.report();
    briefwiki::diagnostic::human::render(&report, briefwiki::diagnostic::human::Colour::No);
    briefwiki::diagnostic::short::render(&report);
    outcome
}

/// Builds; where that succeeds the site is as sound as any other. Gives the codes of what was found.
fn build(content: &Path, theme: Option<&Path>) -> (Outcome, Option<Site>) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("site");
    let outcome = run(&options(content, theme), Goal::Build(&output));
    let site = outcome.written.is_some().then(|| Site::read(&output));
    (outcome, site)
}

fn assert_sound(site: &Site) {
    let problems = problems(site);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = outcome.findings.iter().map(|finding| finding.code.name()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

// Properties

fn cases() -> u32 {
    std::env::var("BRIEFWIKI_FUZZ").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48)
}

fn runner() -> TestRunner {
    TestRunner::new(Config { cases: cases(), failure_persistence: None, ..Config::default() })
}

/// A step of damage: where, how much, which kind.
type Step = (u16, u8, u8);

/// Pieces that mean something to some reader of the program.
const PIECES: &[&str] = &[
    "---\n",
    "\n",
    "\r\n",
    "\u{feff}",
    "\0",
    ":",
    ": ",
    " #",
    "\"",
    "'",
    "[",
    "]",
    "[[",
    "]]",
    "![[",
    "|",
    "\\",
    "`",
    "```\n",
    "~~~",
    "<",
    "<!--",
    "-->",
    "<b>",
    "&",
    "&amp;",
    "*",
    "**",
    "_",
    ">",
    "> ",
    "- ",
    "1. ",
    "#",
    "## ",
    "[^a]",
    "[^a]: ",
    "[@",
    "@",
    ";",
    "{",
    "}",
    "{{",
    "{%",
    "?",
    "~",
    "/",
    "..",
    "%",
    "999999999999",
    "-1",
    "0",
    "null",
    "true",
    "unknown",
    "none",
    "\u{202e}",
    "\u{301}",
    "ї",
    "🙂",
    "\t",
    "https://",
    "javascript:",
    "![](",
    "|---|",
    "*x",
    "&x",
];

/// A text that was damaged, at places that are no boundaries of characters too.
fn damaged(text: &[u8], steps: &[Step]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for &(place, length, kind) in steps {
        let at = usize::from(place) * bytes.len() / 65536;
        let end = (at + usize::from(length)).min(bytes.len());
        match kind % 5 {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let copy = bytes[at..end].to_vec();
                let to = copy.len().min(at);
                bytes.splice(to..to, copy);
            }
            2 | 3 => {
                let piece = PIECES[usize::from(length) % PIECES.len()];
                bytes.splice(at..at, piece.bytes());
            }
            _ => bytes.truncate(end.max(at)),
        }
    }
    bytes
}

/// Every file of a folder in a temporary one, of which one at a time is damaged and put right again.
struct Damaged {
    folder: tempfile::TempDir,
    files: Vec<(String, Vec<u8>)>,
}

impl Damaged {
    fn new(from: &Path, wanted: fn(&str) -> bool) -> Damaged {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<(String, Vec<u8>)> = tree(from).into_iter().collect();
        for (path, bytes) in &files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Damaged { folder, files: files.into_iter().filter(|(path, _)| wanted(path)).collect() }
    }

    /// Runs a test with a damaged file in place.
    fn with(&self, file: usize, steps: &[Step], test: impl FnOnce(&Path)) {
        let (path, bytes) = &self.files[file % self.files.len()];
        let path = self.folder.path().join(path);
        fs::write(&path, damaged(bytes, steps)).unwrap();
        let _mended = Mended(&path, bytes);
        test(self.folder.path());
    }
}

/// Puts a file right again, after a test that failed too.
struct Mended<'m>(&'m Path, &'m [u8]);

impl Drop for Mended<'_> {
    fn drop(&mut self) {
        fs::write(self.0, self.1).unwrap();
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(any::<Step>(), 1..6)
}

#[test]
fn a_damaged_briefing_is_told_or_built_sound() {
    let briefing = Damaged::new(&case("every-field"), |_| true);
    let check = |(file, steps): (usize, Vec<Step>)| {
        briefing.with(file, &steps, |content| {
            if let (_, Some(site)) = build(content, None) {
                assert_sound(&site);
            }
        });
        Ok(())
    };
    runner().run(&(any::<usize>(), steps()), check).unwrap();
}

#[test]
fn a_damaged_file_of_the_repository_is_told() {
    let briefing = Damaged::new(&content(), |_| true);
    let check = |(file, steps): (usize, Vec<Step>)| {
        briefing.with(file, &steps, |content| drop(run(&options(content, None), Goal::Check)));
        Ok(())
    };
    runner().run(&(any::<usize>(), steps()), check).unwrap();
}

#[test]
fn a_damaged_theme_is_told() {
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let theme = Damaged::new(&themes, |path| path.ends_with(".html") || path.ends_with(".yaml"));
    let content = small_with(&[]);
    let check = |(file, steps): (usize, Vec<Step>)| {
        theme.with(file, &steps, |theme| {
            run(&options(content.path(), Some(theme)), Goal::Check);
        });
        Ok(())
    };
    runner().run(&(any::<usize>(), steps()), check).unwrap();
}

/// Templates are programs: these would end the run, fill the memory, or go on for years.
#[test]
fn templates_that_would_not_end_are_told() {
    let content = small_with(&[]);
    let check = |templates: &[(String, String)], expected: &str| {
        let theme = tempfile::tempdir().unwrap();
        let files: Vec<(&str, &str)> = templates.iter().map(|(path, text)| (&**path, &**text)).collect();
        write(theme.path(), &files);
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        for goal in [Goal::Check, Goal::Build(&output)] {
            let outcome = run(&options(content.path(), Some(theme.path())), goal);
            let told = outcome.findings.iter().map(|finding| &finding.message);
            assert_eq!(told.filter(|message| message.contains(expected)).count(), 1, "{expected}");
            assert!(!output.exists());
        }
    };
    let page = |main: &str| {
        let text = format!("{{% extends \"base.html\" %}}{{% block main %}}{main}{{% endblock %}}");
        ("issue.html".to_owned(), text)
    };
    let branches = "{% elif today == 1 %}".repeat(1_000);
    check(
        &[page(&format!("{{% if today == 0 %}}{branches}{{% endif %}}"))],
        "more than 100 tags stand in each other",
    );
    let chain = |word: &str| -> Vec<(String, String)> {
        let part =
            |at: usize| (format!("parts/p{at}.html"), format!("{{% {word} \"parts/p{}.html\" %}}", at + 1));
        let last = ("parts/p300.html".to_owned(), "end".to_owned());
        (0..300).map(part).chain([last, page("{% include \"parts/p0.html\" %}")]).collect()
    };
    check(&chain("include"), "more than 32 templates include or extend each other");
    check(&chain("extends"), "more than 32 templates include or extend each other");
    let endless = "{% for a in range(end=200) %}{% for b in range(end=200) %}{% for c in range(end=200) %}\
                   As many words as make a page too long.\
                   {% endfor %}{% endfor %}{% endfor %}";
    check(&[page(endless)], "what `issue.html` makes is longer than 256 MB");
    check(
        &[("parts/masthead.html".to_owned(), endless.to_owned())],
        "what `parts/masthead.html` makes is longer than 4 MB",
    );
    check(&[page("{% for a in range(end=100000) %}{% endfor %}")], "`range` gives at most 200 numbers");
    let unknown: String = (0..10_000).map(|at| format!("{{{{ today | q{at} }}}} ")).collect();
    check(&[page(&unknown)], "`issue.html` is too long for all the tags in it");
}

#[test]
fn a_template_may_begin_with_a_byte_order_mark() {
    let content = small_with(&[]);
    let theme = tempfile::tempdir().unwrap();
    write(
        theme.path(),
        &[("home.html", "\u{feff}{% extends \"base.html\" %}{% block main %}Mine{% endblock %}")],
    );
    let (outcome, site) = build(content.path(), Some(theme.path()));
    assert!(site.is_some(), "{:?}", codes(&outcome));
}

#[test]
fn no_bytes_stop_a_run() {
    const PLACES: [&str; 9] = [
        "site.yaml",
        "schema/x.yaml",
        "issues/x.md",
        "actors/x.md",
        "events/x.md",
        "sources/x.md",
        "positions/strip/x.md",
        "maps/x.svg",
        "issues/x.svg",
    ];
    let bytes = proptest::collection::vec(any::<u8>(), 0..300);
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..60);
    let text = prop_oneof![
        bytes.prop_map(|bytes| bytes),
        pieces.clone().prop_map(|pieces| pieces.concat().into_bytes()),
        pieces.prop_map(|pieces| format!("---\ntitle: \"X\"\n---\n\n{}", pieces.concat()).into_bytes()),
    ];
    let folder = small_with(&[]);
    let check = |(place, bytes): (&str, Vec<u8>)| {
        let path = folder.path().join(place);
        let before = fs::read(&path).ok();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        if let (_, Some(site)) = build(folder.path(), None) {
            assert_sound(&site);
        }
        match before {
            Some(before) => fs::write(&path, before).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        Ok(())
    };
    runner().run(&(proptest::sample::select(&PLACES[..]), text), check).unwrap();
}

// Text stays text

/// What would run if it came through as it is.
const EVIL: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;b&gt;{{ title }}";

/// The payload in single quotes of YAML.
fn quoted() -> String {
    format!("'{}'", EVIL.replace('\'', "''"))
}

/// A site with the payload in each field that takes text.
fn evil_site() -> tempfile::TempDir {
    let q = quoted();
    let front = |text: &str| format!("---\n{}---\n\n", text.replace("EVIL", &q));
    // In Markdown `<` begins HTML, which is refused; escaped or as code it is text.
    let escaped = EVIL.replace('<', "\\<").replace('&', "\\&");
    let file = |head: &str, body: &str| front(head) + &body.replace("EVIL", &escaped).replace("CODE", EVIL);
    let common = "short: EVIL\nsummary: EVIL\nchanges: [{date: 2025-05-01, note: EVIL}]\n";
    let site = "title: EVIL\ndescription: EVIL\nbase_url: 'https://example.org/\"onload=\"x/'\n\
        repository: 'https://example.org/\"onload=\"x'\nbranch: EVIL\ntoday: 2025-06-01\nhome: free\n\
        licence: {text: EVIL, url: 'https://example.org/\"onload=\"x'}\nparties: [north]\n\
        groups: {core: EVIL}\nstances: {demands: EVIL}\nwords_to_quote: [EVIL]\nmaps: {land: {credit: EVIL}}\n";
    let schema = "block: things\nheading: EVIL\nkinds:\n  one:\n    heading: EVIL\n    fields:\n\
        \x20     what: {type: text, label: EVIL}\n      words: {type: markdown}\n      count: {type: quantity}\n\
        \x20     link: {type: url}\n      where: {type: regions, map: land}\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path id=\"a\" name=\"&lt;script&gt;alert(1)&lt;/script&gt;\" d=\"M0 0\"/></svg>";
    let issue = format!(
        "title: 'Strip EVIL'\n{common}aliases: ['x EVIL']\nstatus: contested\nstatus_reason: EVIL\nas_of: 2025-05-01\n\
         group: core\npoints: {{who: EVIL}}\nthings:\n  - {{kind: one, what: EVIL, words: '`EVIL`', count: '12 x', \
         link: 'https://example.org/\"onload=\"x', where: a, as_of: 2025-05-01, note: '`EVIL`', cite: 'gazette, EVIL'}}\n"
    )
    .replace("'x EVIL'", &format!("'x {}", &q[1..]))
    .replace("'Strip EVIL'", &format!("'Strip {}", &q[1..]))
    .replace("'gazette, EVIL'", &format!("'gazette, {}", &q[1..].replace(';', "")))
    .replace("'`EVIL`'", &format!("'`{}`'", &q[1..q.len() - 1]));
    let body = "**Bottom line.** EVIL [@gazette].\n\n## EVIL\n\n`CODE`\n\n```CODE\nCODE\n```\n\n    CODE\n\n\
        | EVIL | b |\n|---|---|\n| EVIL | `CODE` |\n\n> EVIL\n\n[^a]: EVIL\n\nA mark[^a] and [EVIL](https://example.org/%22onload=%22x).\n\n\
        [[north|EVIL]] [[EVIL]] [[nobody \"onload=\"x]] ![EVIL](a%27onload=%27x%26lt;.png)\n\n\
        **Open question (since 2025-05-01).** EVIL\n\n<https://example.org/\"onload=\"x>\n\n\
        https://example.org/\"onload=\"x and [t](https://example.org \"EVIL\") and \\<script>alert(1)\\</script>.\n\n\
        [a](https://example.org) [@gazette, p. \"x']\n";
    let folder = tempfile::tempdir().unwrap();
    let actor = "native: {text: EVIL, lang: uk}\nroles: [{title: EVIL, for: other, from: 2025-01-01, cite: gazette}]\n";
    let event = "date: 2025-05-01?\ndate_note: EVIL\ntype: call\nwho: north\nissues: strip\nplace: EVIL\n\
        readouts: {by: [north], rows: [{aspect: EVIL, issue: strip, point: who, north: '`x` [@gazette]', differs: EVIL}]}\n";
    let document = "date: 2025-05-01?\ndate_note: EVIL\ntype: plan\nby: north\nstatus: proposed\nissues: strip\n\
        url: 'https://example.org/\"onload=\"x'\nprovisions: [{issue: strip, point: who, text: 'x', cite: gazette}]\n";
    let source = "publisher: EVIL\ntype: wire\ndate: 2025-05-01?\nauthors: [EVIL]\nurl: 'https://example.org/\"onload=\"x'\n\
        archived: 'https://example.org/\"onload=\"x'\nlanguage: EVIL\nrights: EVIL\ncaveats: [EVIL]\ndate_note: EVIL\n";
    let position = "actor: north\ndate: 2025-05-01\nstance: demands\nbasis: official\npoint: who\n";
    let titled = |rest: &str| format!("title: EVIL\n{common}{rest}");
    let files = [
        ("site.yaml", site.replace("EVIL", &q)),
        ("schema/things.yaml", schema.replace("EVIL", &q)),
        ("maps/land.svg", svg.to_owned()),
        ("issues/strip.md", file(&issue, body)),
        ("issues/a'onload='x&lt;.png", "x".to_owned()),
        ("actors/north.md", file(&titled(&format!("type: state\n{actor}")), "EVIL\n")),
        (
            "actors/other.md",
            file("title: 'Other'\ntype: state\n", "![[strip#^]]\n").replace("![[strip#^]]\n", "EVIL\n"),
        ),
        ("events/call.md", file(&titled(event), "EVIL [@gazette]\n")),
        ("documents/plan.md", file(&titled(document), "EVIL [@gazette]\n")),
        ("sources/gazette.md", file(&titled(source), "EVIL\n")),
        ("positions/strip/one.md", file(position, "EVIL [@gazette, \"><b>]\n")),
        ("glossary/term.md", file("title: 'Term'\nsee_also: strip\n", "EVIL\n")),
        ("pages/free.md", file("title: 'Free'\nredirect_from: [old, 'strip#\"onload=\"x']\n", "EVIL\n")),
    ];
    for (path, text) in &files {
        write(folder.path(), &[(path, text)]);
    }
    folder
}

#[test]
fn text_of_content_stays_text() {
    let folder = evil_site();
    let theme = tempfile::tempdir().unwrap();
    let words =
        ["backlinks", "notes", "permalink", "back-to-note", "label-judgment", "contents", "issues", "skip"];
    let words: String = words.iter().map(|word| format!("{word}: {}\n", quoted())).collect();
    write(theme.path(), &[("words/en.yaml", &words)]);
    let (outcome, site) = build(folder.path(), Some(theme.path()));
    let said = briefwiki::diagnostic::short::render(&outcome.report());
    let site = site.unwrap_or_else(|| panic!("the site does not build:\n{said}"));
    assert_sound(&site);
    // What came through came through as text: on every page that has a name of content.
    for path in [
        "issues/strip",
        "issues/strip/history",
        "actors/north",
        "events/call",
        "documents/plan",
        "sources/gazette",
        "index",
        "a-z",
        "wanted",
    ] {
        let page = site.page(&format!("{path}.html"));
        let main = page.tags("main").next().unwrap().0;
        let shown =
            page.elements[main..].iter().any(|element| element.text.contains("<script>alert(1)</script>"));
        assert!(shown, "{path} does not show the payload as text");
        for element in &page.elements {
            for (name, value) in &element.attributes {
                let loads = ["href", "src", "action"].contains(&name.as_str()) && element.name != "link";
                assert!(!loads || !value.contains(['"', '<', '>', ' ']), "{path}: {name}={value}");
            }
            assert!(!element.attributes.contains_key("onload"), "{path}: {element:?}");
        }
        let images = page.tags("img").filter(|(_, image)| image.get("src") == Some("x")).count();
        assert_eq!(images, 0, "{path}");
        let scripts: Vec<_> = page.tags("script").filter_map(|(_, script)| script.get("src")).collect();
        assert!(
            scripts.iter().all(|src| src.contains("../_theme/") || src.starts_with("_theme/")),
            "{scripts:?}"
        );
    }
}

#[test]
fn what_would_run_is_refused() {
    let check = |body: &str, expected: &[&str]| {
        let folder = small_with(&[("pages/x.md", &format!("---\ntitle: \"X\"\n---\n\n{body}\n"))]);
        let (outcome, site) = build(folder.path(), None);
        for code in expected {
            assert!(codes(&outcome).contains(code), "{body}: expected {code}, found {:?}", codes(&outcome));
        }
        assert_eq!(site.is_none(), !expected.is_empty(), "{body}");
        if let Some(site) = site {
            assert_sound(&site);
        }
    };
    check("[x](javascript:alert(1))", &["bad-scheme"]);
    check("[x](JaVaScRiPt:alert(1))", &["bad-scheme"]);
    check("[x](&#106;avascript:alert(1))", &["bad-scheme"]);
    check("[x](java\\\nscript:alert(1))", &[]);
    check("[x](<java script:alert(1)>)", &["bad-scheme"]);
    check("[x](<\u{1}javascript:alert(1)>)", &["bad-scheme"]);
    check("[x](<java\tscript:alert(1)>)", &["bad-scheme"]);
    check("[x](vbscript:x)", &["bad-scheme"]);
    check("[x](data:text/html,<script>1</script>)", &["bad-scheme"]);
    check("[x](//elsewhere.example/x)", &["bad-scheme"]);
    check("<javascript:alert(1)>", &["bad-scheme"]);
    check("![x](https://elsewhere.example/x.png)", &["bad-scheme"]);
    check("[x]: javascript:alert(1)\n\n[x]", &["bad-scheme"]);
    check("<script>alert(1)</script>", &["raw-html"]);
    check("a <b onclick=x>b</b>", &["raw-html"]);
    check("<img src=x onerror=alert(1)>", &["raw-html"]);
    check("<!-- x --><script>1</script>", &["raw-html"]);
    check("[[javascript:alert(1)]]", &[]);
    check("[[x|<script>1</script>]]", &[]);
    let field = |path: &str, text: &str| {
        let folder = small_with(&[(path, text)]);
        let (outcome, site) = build(folder.path(), None);
        assert!(site.is_none(), "{text}: {:?}", codes(&outcome));
    };
    field(
        "sources/s.md",
        "---\ntitle: \"S\"\npublisher: \"P\"\ntype: wire\ndate: 2025-05-01\nurl: \"javascript:alert(1)\"\n---\n\nX.\n",
    );
    field("site.yaml", "title: \"S\"\nrepository: \"javascript:alert(1)\"\nstances: {demands: \"D\"}\n");
    field(
        "site.yaml",
        "title: \"S\"\nlicence: {text: \"x\", url: \"javascript:alert(1)\"}\nstances: {demands: \"D\"}\n",
    );
    field("site.yaml", "title: \"S\"\nbase_url: \"javascript:alert(1)\"\nstances: {demands: \"D\"}\n");
    field("issues/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>");
    field("issues/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x\"/>");
    field("issues/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"javascript:x\"/></svg>");
    field(
        "issues/x.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://elsewhere.example/x\"/></svg>",
    );
    field(
        "issues/x.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject><iframe/></foreignObject></svg>",
    );
}

// Too much of everything

/// Builds a page with a body, in bounded time; gives the size of the largest page and what was found.
fn body(body: &str) -> (Vec<&'static str>, usize) {
    text(&format!("---\ntitle: \"X\"\n---\n\n{body}\n"))
}

fn text(text: &str) -> (Vec<&'static str>, usize) {
    let folder = small_with(&[]);
    fs::create_dir_all(folder.path().join("pages")).unwrap();
    fs::write(folder.path().join("pages/x.md"), text).unwrap();
    built(folder.path())
}

fn built(content: &Path) -> (Vec<&'static str>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("site");
    let outcome = run(&options(content, None), Goal::Build(&output));
    let largest = match outcome.written {
        Some(_) => tree(&output).values().map(Vec::len).max().unwrap_or(0),
        None => 0,
    };
    (codes(&outcome), largest)
}

const MB: usize = 1 << 20;

#[test]
fn each_footnote_of_a_long_chain_is_shown() {
    let chain: String = (0..100).map(|at| format!("[^{at}]: Note {at}[^{}]\n\n", at + 1)).collect();
    let page = format!("---\ntitle: \"X\"\n---\n\nText[^0].\n\n{chain}[^100]: Note 100.\n");
    let folder = small_with(&[("pages/x.md", page.as_str())]);
    let output = tempfile::tempdir().unwrap();
    let site = output.path().join("site");
    run(&options(folder.path(), None), Goal::Build(&site));
    let shown = fs::read_to_string(site.join("pages/x.html")).unwrap();
    let missing: Vec<usize> = (0..=100).filter(|at| !shown.contains(&format!("Note {at}"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(shown.contains("Note 100."));
}

#[test]
fn deep_nesting_ends() {
    // What it opens, what it closes, and the one finding that refuses it, if one does.
    for (open, close, refused) in [
        ("> ", "", ""),
        ("[", "", ""),
        ("[", "]", ""),
        ("*", "", "bad-label"),
        ("**a", "**", "bad-label"),
        ("_a ", " _", ""),
        ("(", ")", ""),
        ("![", "](x)", "broken-link"),
        ("[[", "]]", ""),
        ("![[", "", "broken-link"),
        ("[^", "]", "undefined-footnote"),
        ("[@", "]", "wrong-kind"),
        ("`", "", "bad-label"),
        ("- ", "", ""),
        ("1. ", "", ""),
        ("~~", "", "bad-label"),
        ("<", "", ""),
        ("&", "", ""),
        ("<!--", "", "raw-html"),
        ("\\", "", ""),
        ("|", "", "bad-label"),
        ("[x](", ")", "broken-link"),
    ] {
        let text = open.repeat(100_000) + "x" + &close.repeat(100_000);
        let (codes, largest) = body(&text);
        if refused.is_empty() {
            assert!(largest > 0, "`{open}` does not build: {codes:?}");
            assert!(largest < 64 * MB, "`{open}` makes a page of {largest} bytes");
        } else {
            assert_eq!((&codes[..], largest), (&[refused][..], 0), "`{open}`");
        }
    }
}

#[test]
fn long_lines_and_long_files_end() {
    assert!(body(&"[".repeat(MB)).1 > MB);
    assert!(body(&"word ".repeat(MB)).1 > 5 * MB);
    assert!(body(&"x".repeat(5 * MB)).1 > 5 * MB);
    assert!(body(&format!("http://a.b/{}", ")".repeat(MB))).1 > MB);
    assert!(text(&"-".repeat(5 * MB)).0.contains(&"front-matter-missing"));
    assert!(text(&format!("---\ntitle: \"{}\"\n---\n", "x".repeat(MB))).0.contains(&"wrong-type"));
    assert!(body(&"x".repeat(9 * MB)).0.contains(&"stray-file"), "a text of 9 MB is refused");
}

#[test]
fn many_of_anything_end() {
    let of = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let check = |what: &str, text: String| {
        let (codes, largest) = body(&text);
        assert!(largest > 0, "{what} does not build: {codes:?}");
        assert!(largest < 200 * text.len(), "{what}: {largest} bytes of {}", text.len());
    };
    check("headings", of(20_000, &|n| format!("## Heading {n}\n\n")));
    check("headings of one name", of(20_000, &|_| "## Heading\n\n".into()));
    check("citations", of(10_000, &|n| format!("It is so [@gazette, p. {n}].\n\n")));
    check("citations in a paragraph", of(10_000, &|_| "It is so [@gazette]. ".into()));
    check("links in a paragraph", of(10_000, &|_| "See [[north]] ".into()));
    check("wanted pages", of(10_000, &|n| format!("See [[page {n}]].\n\n")));
    check("footnotes", of(5_000, &|n| format!("x[^{n}]\n\n[^{n}]: y\n\n")));
    check("list entries", of(50_000, &|n| format!("- {n}\n")));
    check(
        "rows of a table",
        "| a | b |\n|---|---|\n".to_owned() + &of(20_000, &|n| format!("| {n} | x |\n")),
    );
    check("open questions", of(3_000, &|n| format!("**Open question (since 2025-05-01).** Why {n}?\n\n")));
    check("fences", of(3_000, &|n| format!("```rust\nfn f{n}() {{}}\n```\n\n")));
}

/// What takes seconds when each piece of it is looked at once, and many minutes when each is looked at for
/// each other.
#[test]
fn nothing_is_looked_through_for_each_of_many() {
    let of = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let check = |files: &[(&str, &str)], expected: &str| {
        let codes = codes(&run(&options(small_with(files).path(), None), Goal::Check));
        assert!(codes.contains(&expected), "expected {expected}, found {codes:?}");
    };
    let page = |front: &str, body: &str| format!("---\ntitle: \"X\"\n{front}---\n\n{body}\n\n[[x#gone]]\n");
    let check_page = |front: String, body: String, expected: &str| {
        check(&[("pages/x.md", &page(&front, &body))], expected)
    };
    let check_body = |body: String| check_page(String::new(), body, "broken-anchor");

    check_body("http://-".repeat(400_000));
    check_body("[[north]]".to_owned() + &". ".repeat(1_000_000));
    check_body("*a* ".repeat(1_000_000));
    check_body("**a\n".repeat(200_000) + "x" + &"**".repeat(200_000));
    check_body("**Assumption\n".repeat(50_000) + "x" + &"**".repeat(50_000));
    check_body("![a](gone.png) ".repeat(300_000));
    check_body("| a | b |\n".repeat(400_000) + "|---|---|");
    check_body("** Assumption.** x\n\n".repeat(200_000));
    check_body("HTTP://a.b".repeat(400_000) + &"[a][b]".repeat(400_000));
    check_body("[[north]] ".repeat(200_000) + &"South ".repeat(400_000));
    check_page("a:b\n".repeat(400_000), String::new(), "yaml");
    let cites = format!("kind: person\nroles:\n  - title: a\n    cite: \"{}s\"\n", "s; ".repeat(200_000));
    check(&[("actors/x.md", &page(&cites, ""))], "unknown-source");
    check_page(of(120_000, &|n| format!("a{n}: “b”\na{n}:b\n")), String::new(), "yaml-quotes");

    let entry = format!("aliases:\n{}- {}\n", " ".repeat(1_000_000), "[[a]], ".repeat(200_000));
    check_page(entry, String::new(), "yaml-quotes");
    check_body(of(200_000, &|n| format!("[a{n}]: b\n")) + "\n" + &of(200_000, &|n| format!("[c][a{n}]\n")));
    check_body(of(100_000, &|n| format!("[a{n}]: b \"c\"\n")));

    let issue = |front: &str| {
        format!("---\ntitle: \"X\"\nstatus: contested\nas_of: 2025-05-01\n{front}---\n\n[[gone]]\n")
    };
    let check_issue = |front: &str, expected: &str| check(&[("issues/x.md", &issue(front))], expected);
    let empty = of(400_000, &|n| format!("      p{n}:\n"));
    check_issue(&format!("points:\n{}", of(300_000, &|n| format!("  p{n}: \"Who?\"\n"))), "wanted-page");
    check_issue(&of(300_000, &|n| format!("p{n}: [{{}}]\n")), "unknown-block");
    let schema = "block: things\nheading: \"T\"\nfields:\n  count: {type: tally}\n";
    let rows = format!("things:\n  - as_of: 2025-05-01\n    count:\n{empty}");
    check(&[("schema/things.yaml", schema), ("issues/x.md", &issue(&rows))], "wanted-page");
    let readouts = format!("readouts:\n  by: [north]\n  rows:\n    - aspect: \"x\"\n{empty}");
    check(&[("events/x.md", &page(&readouts, ""))], "missing-field");

    let headings = of(100_000, &|n| format!("## Heading {n}\n\n"));
    for links in ["Heading", "HEADING"] {
        check_body(headings.clone() + &of(100_000, &|n| format!("[[#{links} {n}]]\n")));
    }
    let embeds = |to: &str| page("", &format!("## S\n\n{}", format!("![[{to}#s]]\n\n").repeat(150_000)));
    for end in ["The end.", "![[a#s]]"] {
        let end = page("", &format!("## S\n\n{end}"));
        let pages = [("pages/a.md", embeds("b")), ("pages/b.md", embeds("c")), ("pages/c.md", end)];
        check(&pages.each_ref().map(|(path, text)| (*path, text.as_str())), "embed-loop");
    }
}

#[test]
fn a_deep_list_ends() {
    let list: String = (0..2_000).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    let (codes, largest) = body(&list);
    assert!(largest > 0, "it does not build: {codes:?}");
    assert!(largest < 8 * MB);
}

#[test]
fn yaml_that_grows_or_nests_is_refused() {
    let mut bomb = "---\na: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for pair in ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi"] {
        let (from, to) = pair.split_at(1);
        bomb += &format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 9].join(", "));
    }
    let (codes, largest) = text(&format!("{bomb}title: *i\n---\n"));
    assert!(
        largest == 0 && codes.iter().any(|code| code.starts_with("yaml")),
        "aliases are refused: {codes:?}"
    );
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let deep =
            format!("---\ntitle: \"X\"\naliases: {}x{}\n---\n", open.repeat(50_000), close.repeat(50_000));
        let (codes, largest) = text(&deep);
        assert!(largest == 0 && !codes.is_empty(), "{open}");
    }
    let keys: String = (0..5_000).map(|n| format!("key{n}: x\n")).collect();
    assert!(text(&format!("---\ntitle: \"X\"\n{keys}---\n")).0.contains(&"unknown-key"));
    let aliases: Vec<String> = (0..20_000).map(|n| format!("name {n}")).collect();
    assert!(text(&format!("---\ntitle: \"X\"\naliases: [{}]\n---\n\nText.\n", aliases.join(", "))).1 > 0);
}

#[test]
fn bytes_that_editors_leave_are_no_harm() {
    let (codes, largest) =
        text("\u{feff}---\r\ntitle: \"X\"\r\n---\r\n\r\n## A\r\n\r\nOf [[north]] [@gazette].\r\n");
    assert!(largest > 0, "a byte order mark and Windows line ends are fine: {codes:?}");
    assert!(
        text("---\rtitle: \"X\"\r---\rText.\r").1 == 0,
        "line ends of old Macs are told, not taken for one line"
    );
    for odd in ["a\0b", "\0", "a\u{2028}b", "a\u{85}b", "\u{202e}abc", "a\u{feff}b"] {
        let (codes, largest) = body(odd);
        assert!(largest > 0, "{odd:?} does not build: {codes:?}");
    }
}

/// A page for each of many sections, each embedding some of the next.
fn embedding(levels: usize, times: usize) -> tempfile::TempDir {
    let folder = small_with(&[]);
    for level in 0..levels {
        let next = format!("![[p{}#s]]\n\n", level + 1).repeat(times);
        let next = if level + 1 == levels { "The end.\n" } else { &next };
        let text = format!("---\ntitle: \"P{level}\"\n---\n\n## S\n\n{next}");
        write(folder.path(), &[(&format!("pages/p{level}.md"), &text)]);
    }
    folder
}

#[test]
fn embeds_do_not_multiply() {
    let (codes, largest) = built(embedding(10, 2).path());
    assert!(largest > 0 && largest < 2 * MB, "1,024 embeds are still a page: {codes:?} {largest}");
    for (levels, times) in [(30, 2), (14, 10), (1_000, 1), (3, 2_000)] {
        let (codes, largest) = built(embedding(levels, times).path());
        assert!(codes.contains(&"embed-loop"), "{levels} levels of {times}: {codes:?}");
        assert_eq!(largest, 0, "{levels} levels of {times}");
    }
}

#[test]
fn long_titles_and_names_do_not_multiply() {
    let long = "l".repeat(2_000);
    let page = format!("---\ntitle: \"{long}\"\n---\n\nText.\n");
    let source = format!(
        "---\ntitle: \"Report\"\npublisher: \"{long}\"\ntype: wire\ndate: 2024-01-01\n---\n\nText.\n"
    );
    let check = |one: &dyn Fn(usize) -> String, code: &str| {
        for (count, is_told) in [(8_000, false), (8_500, true)] {
            let body: String = (0..count).map(one).collect();
            let many = format!("---\ntitle: \"Many\"\n---\n\n{body}\n");
            let folder = small_with(&[
                ("pages/long.md", &page),
                ("sources/report.md", &source),
                ("pages/many.md", &many),
            ]);
            let (codes, largest) = built(folder.path());
            assert_eq!((codes.contains(&code), largest == 0), (is_told, is_told), "{count}: {codes:?}");
        }
    };
    check(&|_| "[[long]] ".to_owned(), "broken-link");
    check(&|at| format!("It is so [@report, p. {at}].\n\n"), "bad-citation");
    // One note for all that name one place, and words of their own, are no more than they say.
    let body = "[[long|words]] It is so [@report, p. 1]. It is so [@report]. ".repeat(9_000);
    let many = format!("---\ntitle: \"Many\"\n---\n\n{body}\n");
    let folder =
        small_with(&[("pages/long.md", &page), ("sources/report.md", &source), ("pages/many.md", &many)]);
    let (codes, largest) = built(folder.path());
    assert!(largest > 0, "{codes:?}");
}

#[test]
fn loops_are_told_and_left() {
    let page = |title: &str, body: &str| format!("---\ntitle: \"{title}\"\n---\n\n{body}\n");
    let check = |files: &[(&str, &str)], expected: &str| {
        let (codes, _) = built(small_with(files).path());
        assert!(codes.contains(&expected), "expected {expected}, found {codes:?}");
    };
    check(&[("pages/a.md", &page("A", "## S\n\n![[a#s]]"))], "embed-loop");
    check(&[("pages/a.md", &page("A", "## S\n\n![[#s]]"))], "embed-loop");
    check(
        &[("pages/a.md", &page("A", "## S\n\n![[b#s]]")), ("pages/b.md", &page("B", "## S\n\n![[a#s]]"))],
        "embed-loop",
    );
    let issue = |parent: &str, more: &str| {
        format!(
            "---\ntitle: \"{parent} {more}\"\nstatus: contested\nas_of: 2025-05-01\n{more}---\n\n**Bottom line.** X [@gazette].\n"
        )
    };
    check(&[("issues/a.md", &issue("a", "parent: a\n"))], "parent-loop");
    check(
        &[
            ("issues/a.md", &issue("a", "parent: b\n")),
            ("issues/b.md", &issue("b", "parent: c\n")),
            ("issues/c.md", &issue("c", "parent: a\n")),
        ],
        "parent-loop",
    );
    check(&[("issues/a.md", &issue("a", "redirect_from: a\n"))], "redirect-loop");
    check(&[("issues/a.md", &issue("a", "redirect_from: strip\n"))], "redirect-taken");
    check(&[("issues/a.md", &issue("a", "redirect_from: [x, x]\n"))], "redirect-taken");
    check(&[("issues/a.md", &issue("a", "redirect_from: ['../x']\n"))], "wrong-type");
    check(&[("issues/a.md", &issue("a", "redirect_from: ['x#_main']\n"))], "wrong-type");
    check(&[("issues/a.md", &issue("a", "redirect_from: index\n"))], "wrong-type");
}

#[test]
fn redirects_of_many_sorts_build_sound() {
    let page =
        |title: &str, front: &str| format!("---\ntitle: \"{title}\"\n{front}---\n\n## Part\n\nText.\n");
    let folder = small_with(&[
        (
            "pages/a.md",
            &page("A", "redirect_from: [old, 'old#Part', 'old#gone', 'b#was', 'a#before', 'a#part-1']\n"),
        ),
        ("pages/b.md", &page("B", "redirect_from: ['old#other', 'never', 'a#b']\n")),
        ("pages/history.md", &page("H", "redirect_from: ['h#ї', 'h#\"x']\n")),
    ]);
    let (outcome, site) = build(folder.path(), None);
    assert_sound(&site.unwrap_or_else(|| panic!("{:?}", codes(&outcome))));
}

#[test]
fn names_that_differ_only_in_case_do_not_collide_unseen() {
    let folder = small_with(&[("pages/a.csv", "x"), ("pages/A.csv", "x")]);
    let (codes, _) = built(folder.path());
    assert!(codes.contains(&"path-collision"), "{codes:?}");
}

#[test]
fn names_that_cannot_be_written_are_told_by_a_check() {
    let page = |more: &str| format!("---\ntitle: \"A\"\n{more}---\n\nText.\n");
    let told = |files: &[(&str, &str)]| codes(&run(&options(small_with(files).path(), None), Goal::Check));
    let long = |letters: usize| format!("pages/{}.md", "a".repeat(letters));
    assert!(!told(&[(&long(250), &page(""))]).contains(&"bad-file-name"));
    assert_eq!(told(&[(&long(251), &page(""))]).iter().filter(|code| **code == "bad-file-name").count(), 1);
    let redirect = page(&format!("redirect_from: [{}]\n", "b".repeat(300)));
    assert!(told(&[("pages/a.md", &redirect)]).contains(&"bad-file-name"));
    assert!(told(&[("pages/a.md", &page("")), ("pages/a.html/x.png", "")]).contains(&"path-collision"));
    assert!(told(&[("pages/e\u{301}.png", ""), ("pages/É.png", "")]).contains(&"path-collision"));
    assert!(!told(&[("pages/e.png", ""), ("pages/é.png", "")]).contains(&"path-collision"));
    #[cfg(unix)]
    assert!(told(&[("pages/a\\b.png", "")]).contains(&"bad-file-name"));
}

#[test]
fn a_folder_in_the_place_of_a_file_of_the_theme_is_told() {
    let (folder, theme) = (small_with(&[]), tempfile::TempDir::new().unwrap());
    fs::create_dir_all(theme.path().join("static/site.css")).unwrap();
    fs::write(theme.path().join("static/site.css/x.css"), "").unwrap();
    let outcome = run(&options(folder.path(), Some(theme.path())), Goal::Check);
    assert!(codes(&outcome).contains(&"path-collision"), "{:?}", codes(&outcome));
}

#[cfg(unix)]
#[test]
fn links_and_odd_files_of_the_disk_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let check = |make: &dyn Fn(&Path), expected: Option<&str>| {
        let folder = small_with(&[("pages/a.md", "---\ntitle: \"A\"\n---\n\nText.\n")]);
        make(&folder.path().join("pages"));
        let (codes, largest) = built(folder.path());
        assert_eq!(largest > 0, expected.is_none(), "{codes:?}");
        assert!(expected.is_none_or(|code| codes.contains(&code)), "{expected:?}: {codes:?}");
    };
    check(&|pages| symlink(pages, pages.join("loop")).unwrap(), Some("stray-file"));
    check(&|pages| symlink("b.md", pages.join("b.md")).unwrap(), Some("stray-file"));
    check(&|pages| symlink("a.md", pages.join("b.md")).unwrap(), Some("stray-file"));
    check(&|pages| symlink("/etc/passwd", pages.join("b.csv")).unwrap(), Some("stray-file"));
    check(&|pages| fs::create_dir(pages.join("x.md")).unwrap(), None);
    check(&|pages| fs::write(pages.join("x.md"), b"---\ntitle: \"\xff\"\n---\n").unwrap(), Some("not-utf8"));
    check(
        &|pages| {
            use std::os::unix::ffi::OsStrExt as _;
            fs::write(pages.join(std::ffi::OsStr::from_bytes(b"\xff.md")), "x").unwrap();
        },
        Some("stray-file"),
    );
}

#[test]
fn plain_words_end_at_some_length() {
    let title = |length| format!("---\ntitle: \"{}\"\n---\n\nText.\n", "ї".repeat(length));
    let is_told = |length| text(&title(length)).0.contains(&"wrong-type");
    assert!(!is_told(2_000) && is_told(2_001));
}

#[test]
fn folders_end_at_some_depth() {
    let folder = small_with(&[]);
    let mut at = folder.path().join("pages");
    for _ in 0..100 {
        at.push("d");
    }
    fs::create_dir_all(&at).unwrap();
    fs::write(at.join("x.png"), "").unwrap();
    let told = of_code(&folder, "stray-file");
    let messages: Vec<&str> = told.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["this folder lies too deep"]);
}

#[test]
fn a_page_in_a_folder_that_is_named_like_one_is_told() {
    let folder = small_with(&[("pages/x.md/y.md", "---\ntitle: \"Y\"\n---\n")]);
    assert!(built(folder.path()).0.contains(&"stray-file"));
}

/// A statement that is sound in the folder of an issue.
const POSITION: &str =
    "---\nactor: north\ndate: 2025-05-01\nstance: demands\nbasis: official\n---\n\nAll of it [@gazette].\n";

/// What was found on a page, of one code.
fn of_code(folder: &tempfile::TempDir, code: &str) -> Vec<briefwiki::diagnostic::Finding> {
    let found = run(&options(folder.path(), None), Goal::Check).findings;
    found.into_iter().filter(|finding| finding.code.name() == code).collect()
}

#[test]
fn findings_list_a_few_of_many_names() {
    let page = |body: &str| format!("---\ntitle: \"X\"\n---\n\n{body}\n");
    let many = |range: std::ops::Range<usize>, text: &dyn Fn(usize) -> String| -> String {
        range.map(text).collect()
    };

    let folder = small_with(&[("pages/x.md", &page("[[Same name]]"))]);
    for at in 0..30 {
        let text = format!("---\ntitle: \"Page {at}\"\naliases: [\"Same name\"]\n---\n\nText.\n");
        write(folder.path(), &[(&format!("pages/p{at}.md"), &text)]);
    }
    let found = of_code(&folder, "ambiguous-name");
    assert_eq!((found.len(), found[0].also.len()), (1, 10));
    assert!(found[0].label.ends_with("and 20 more"), "{}", found[0].label);

    let headings = many(0..150, &|at| format!("## Heading {at}\n\n"));
    let links = many(0..150, &|at| format!("[[#Haeding {at}]] [[#zz{at}]]\n"));
    let found =
        of_code(&small_with(&[("pages/x.md", &page(&format!("{headings}{links}")))]), "broken-anchor");
    assert_eq!(found.len(), 300);
    let suggested = found.iter().filter(|finding| finding.label.starts_with("did you mean")).count();
    assert!((1..=100).contains(&suggested), "{suggested}");
    let helps = found.iter().filter_map(|finding| finding.help.as_deref());
    assert_eq!(helps.filter(|help| help.ends_with("and 126 more")).count() + suggested, found.len());

    let slips: BTreeSet<String> = ('a'..='z')
        .flat_map(|letter| (0..=5).map(move |at| format!("{}{letter}{}", &"strip"[..at], &"strip"[at..])))
        .collect();
    let folder = small_with(&[]);
    for slip in &slips {
        write(folder.path(), &[(&format!("positions/{slip}/2025-05-01-north.md"), POSITION)]);
    }
    let found = of_code(&folder, "unknown-issue");
    let helps = found.iter().filter_map(|finding| finding.help.as_deref());
    let suggested = helps.filter(|help| help.starts_with("did you mean")).count();
    assert_eq!((found.len(), suggested), (slips.len(), 100));

    for (count, sound) in [(64, true), (65, false)] {
        let fields = many(0..count, &|at| format!("  f{at}: {{type: text}}\n"));
        let schema = format!("block: things\nheading: \"T\"\nfields:\n{fields}");
        let found = of_code(&small_with(&[("schema/things.yaml", &schema)]), "bad-schema");
        assert_eq!(found.is_empty(), sound, "{count}");
    }
}
