//! Nothing in a built site leads nowhere, and nothing in it comes from elsewhere.
//!
//! The sites are built by the real binary and read by a checker that knows nothing of the crate.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;
#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code, reason = "its counts are for measurements")]
mod corpus;

use checker::{Page, Site, build, case, content, problems, redirect_of, small_with};
use std::collections::BTreeSet;

/// Builds a folder and shows every problem at once.
fn check(content: &std::path::Path, options: &[&str]) -> Site {
    let built = build(content, options);
    let site = Site::read(&built.site);
    let problems = problems(&site);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    site
}

#[test]
fn the_briefing_of_the_repository_is_sound() {
    let site = check(&content(), &[]);
    assert!(site.pages.len() > 60, "only {} pages were checked", site.pages.len());
}

#[test]
fn a_site_with_every_field_is_sound() {
    let site = check(&case("every-field"), &[]);
    assert!(site.page("issues/river-strip.html").tags("img").next().is_some(), "no image was checked");
}

#[test]
fn a_site_with_drafts_is_sound() {
    let site = check(&case("every-field"), &["--drafts"]);
    assert!(site.pages.contains_key("pages/coming-soon.html"));
}

#[test]
fn a_large_briefing_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    corpus::write(folder.path(), 60, 7).unwrap();
    let site = check(folder.path(), &[]);
    assert!(site.pages.len() > 120, "only {} pages were checked", site.pages.len());
}

#[test]
fn an_old_address_sends_its_reader_on() {
    let site = check(&case("every-field"), &[]);
    let moved = |path: &str| redirect_of(site.page(path)).unwrap();
    assert_eq!(moved("issues/strip-and-crossings.html"), "../issues/river-strip.html");
    assert_eq!(moved("issues/strip-and-crossings/history.html"), "../../issues/river-strip/history.html");
    // Every permalink of the old history page lives on.
    let ids = |path: &str| -> BTreeSet<String> {
        site.page(path).ids().filter(|(_, id)| !id.starts_with('_')).map(|(_, id)| id.to_owned()).collect()
    };
    assert_eq!(ids("issues/strip-and-crossings/history.html"), ids("issues/river-strip/history.html"));
    // So do those of a position under the name and on the issue that it had.
    assert!(ids("issues/river-strip/history.html").contains("2025-03-05-norland-line"));
    let left = site.page("issues/river-crossings/history.html");
    assert!(left.ids().any(|(_, id)| id == "2025-03-norland-line"));
    let leads = |(_, link): (usize, &checker::Element)| {
        link.get("href") == Some("../../issues/river-strip/history.html#2025-03-05-norland-owner")
    };
    assert!(left.tags("a").any(leads));
}

/// A permalink outlives a new name of its issue, also of a statement that has left it.
#[test]
fn permalinks_outlive_a_renamed_issue() {
    let issue = |title: &str, redirect: &str| {
        format!(
            "---\ntitle: \"{title}\"\nstatus: contested\nas_of: 2025-05-01\n{redirect}---\n\n\
             **Bottom line.** [[north]] claims it [@gazette].\n"
        )
    };
    let position = |redirect: &str| {
        format!(
            "---\nactor: north\ndate: 2025-04\nstance: demands\nbasis: official\n{redirect}---\n\nIt is ours [@gazette].\n"
        )
    };
    let check = |files: &[(&str, String)], expected: &[(&str, &str)]| {
        let (strip, aid) = (issue("Strip", "redirect_from: land\n"), issue("Aid", ""));
        let mut all = vec![("issues/strip.md", strip.as_str()), ("issues/aid.md", aid.as_str())];
        all.extend(files.iter().map(|(path, text)| (*path, text.as_str())));
        let folder = small_with(&all);
        std::fs::remove_file(folder.path().join("positions/strip/2025-05-01-north.md")).unwrap();
        let site = check(folder.path(), &[]);
        let page = site.page("issues/land/history.html");
        let of = |at: usize| {
            page.tags("a").find(|(link, _)| page.around(*link).any(|li| std::ptr::eq(li, &page.elements[at])))
        };
        let ids: Vec<(&str, &str)> = page
            .ids()
            .filter(|(_, id)| !id.starts_with('_'))
            .map(|(at, id)| (id, of(at).and_then(|(_, link)| link.get("href")).unwrap_or_default()))
            .collect();
        assert_eq!(ids, expected);
    };
    let (to_aid, to_strip) = ("../../issues/aid/history.html#", "../../issues/strip/history.html#");
    // The only statement has left the issue, under its new name or its old one.
    let left = |old: &str| [("positions/aid/p.md", position(&format!("redirect_from: \"{old}\"\n")))];
    check(&left("strip#p"), &[("p", &format!("{to_aid}p"))]);
    check(&left("land#p"), &[("p", &format!("{to_aid}p"))]);
    // One anchor, two claims: that of the page's own id counts.
    let both = [("positions/strip/x.md", position("")), left("land#x")[0].clone()];
    check(&both, &[("x", &format!("{to_aid}p"))]);
    let named = [("positions/strip/x.md", position("redirect_from: [old, \"land#old\"]\n"))];
    check(&named, &[("old", &format!("{to_strip}x")), ("x", &format!("{to_strip}x"))]);
}

/// A permalink that is in use cannot be an old one.
#[test]
fn an_old_permalink_is_nobody_elses() {
    let check = |old: &str, expected: &str| {
        let position = |redirect: &str| {
            format!(
                "---\nactor: north\ndate: 2025-04\nstance: demands\nbasis: official\n{redirect}---\n\nIt is ours [@gazette].\n"
            )
        };
        let old = position(&format!("redirect_from: {old}\n"));
        let later = "---\ntitle: \"Later\"\nstatus: contested\nas_of: 2025-05-01\ndraft: true\n---\n\n**Bottom line.** Later.\n";
        let folder = small_with(&[
            ("positions/strip/new.md", &old),
            ("positions/strip/other.md", &position("")),
            ("issues/later.md", later),
        ]);
        let mut command = checker::briefwiki();
        command.args(["check", "--format", "short", "--content"]).arg(folder.path());
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(said.contains(expected) && said.contains("error") != expected.is_empty(), "{old}\n{said}");
    };
    check("before", "");
    check("other", "new.md:6:16: error[redirect-taken]");
    check("new", "new.md:6:16: error[redirect-loop]");
    check("[before, before]", "new.md:6:25: error[redirect-taken]: `before` is written twice");
    check("nowhere#before", "new.md:6:16: error[unknown-issue]");
    // It is there with --drafts.
    check("later#before", "");
}

/// Names that content chooses never meet the ids that the theme uses.
#[test]
fn names_of_content_and_ids_of_the_theme_live_apart() {
    let row = "[{what: \"x\", as_of: 2025-05-01, cite: gazette}]";
    let blocks = ["events", "positions", "notes", "main", "l0", "c0", "n1", "x1", "p", "t", "x", "x-y"];
    let keys: String = blocks.iter().map(|block| format!("{block}: {row}\n")).collect();
    let keys = keys.replace(&format!("x: {row}"), &format!("x: {}", row.replace('{', "{kind: y, ")));
    let issue = format!(
        "---\ntitle: \"The strip\"\nstatus: contested\nas_of: 2025-05-01\npoints: {{events: \"When?\", a: \"Who?\"}}\n\
         related: other\n{keys}---\n\n**Bottom line.** [[north]] claims it [@gazette].\n\n\
         ## _main\n\n[[main]] [[theme]] [[Q]] [[toc]] [[C++]] [[C#5]]\n\n## Events\n\n## Events\n\n## ?\n\n## `_notes`\n"
    );
    let other = "---\ntitle: \"Other\"\nstatus: contested\nas_of: 2025-05-01\nredirect_from: [strip#Notes, strip#main]\n---\n\n\
                 **Bottom line.** Nothing is known [@gazette].\n";
    let schema = |block: &str| match block {
        "x" => "block: x\nkinds:\n  y:\n    fields:\n      what: {type: text}\n".to_owned(),
        block => format!("block: {block}\nfields:\n  what: {{type: text}}\n"),
    };
    let folder = small_with(&[("issues/strip.md", &issue), ("issues/other.md", other)]);
    for block in blocks {
        checker::write(folder.path(), &[(&format!("schema/{block}.yaml"), &schema(block))]);
    }
    let site = check(folder.path(), &[]);
    let wanted = site.page("wanted.html").tags("li").filter(|(_, li)| li.get("id").is_some()).count();
    assert_eq!(wanted, 6, "each name is a wanted page of its own");
}

/// A link to a file leads to it, whatever its name is.
#[test]
fn files_with_odd_names_are_found() {
    let page = "---\ntitle: \"Odd\"\n---\n\n[a](100%25.csv) [b](a%20b.csv) [c](%23c%26d.csv) [d](її.csv) [e](<e 'f'&g;.csv>)\n";
    let files =
        ["100%.csv", "a b.csv", "#c&d.csv", "її.csv", "e 'f'&g;.csv"].map(|name| format!("pages/{name}"));
    let folder = small_with(&[("pages/odd.md", page)]);
    for file in &files {
        checker::write(folder.path(), &[(file, "x\n")]);
    }
    let site = check(folder.path(), &[]);
    assert!(files.iter().all(|file| site.files.contains(file)), "{:?}", site.files);
}

/// A note, a link and a citation that stand where little is shown still do not lead nowhere.
#[test]
fn places_that_are_not_shown_are_not_led_to() {
    let page = "---\ntitle: \"Odd\"\n---\n\n## With [[north]]\n\nA note[^a], again[^a], [a link to itself](odd.md), \
                [[strip]].\n\n\
                > A quotation [see it](https://example.org) [@gazette, p. 1; @gazette, p. 2; @gazette].\n\n\
                | a [[north]] | b |\n|---|---|\n| c [@gazette] | d |\n\n\
                ## With [[north]] and [@gazette]\n\n\
                [^a]: The note [@gazette] with [[strip]].\n";
    let folder = small_with(&[("pages/odd.md", page)]);
    let site = check(folder.path(), &[]);
    // The code host makes the id of what is written, not of the words that readers see.
    let with_north = |(_, h2): &(usize, &checker::Element)| h2.get("id") == Some("with-north");
    let heading = site.page("pages/odd.html").tags("h2").find(with_north).unwrap().1;
    assert_eq!(heading.text, "With Northland");
}

/// A page that keeps its name keeps the anchors it had.
#[test]
fn an_old_heading_of_a_page_stays_where_it_was() {
    let page = |title: &str, old: &str, body: &str| {
        format!("---\ntitle: \"{title}\"\nredirect_from: {old}\n---\n\n{body}\n")
    };
    let x = page("X", "\"x#gone\"", "Nothing is left of it.");
    let site = check(small_with(&[("pages/x.md", &x)]).path(), &[]);
    assert!(site.page("pages/x.html").ids().any(|(_, id)| id == "gone"), "an anchor that became nothing");
    // A heading of the same name on both: the old anchor leads to the other page's, and is not put into the own one.
    let (x, y) = (page("X", "old-x", "## Part\n\nOne."), page("Y", "\"x#parts\"", "## Part\n\nTwo."));
    let site = check(small_with(&[("pages/x.md", &x), ("pages/y.md", &y)]).path(), &[]);
    let x = site.page("pages/x.html");
    let (at, _) = x.ids().find(|(_, id)| *id == "parts").unwrap();
    assert!(!x.around(at).any(|around| around.name == "h2"));
    assert!(x.tags("a").any(|(_, a)| a.get("href") == Some("../pages/y.html#part")));
}

/// A title goes before an alias, and what is written exactly before what only sounds alike.
#[test]
fn a_name_leads_to_the_page_that_it_fits_best() {
    let check = |link: &str, expected: &str| {
        let page = format!("---\ntitle: \"Odd\"\n---\n\nSee [[{link}|this]].\n");
        let named = |alias: &str| {
            format!("---\ntitle: \"Of {alias}\"\ntype: state\naliases: [{alias}]\n---\n\nA state.\n")
        };
        let folder = small_with(&[
            ("pages/odd.md", &page),
            ("glossary/the-crossing.md", "---\ntitle: \"Crossing\"\n---\n\nA bridge.\n"),
            ("actors/one.md", &named("Crossing")),
            ("actors/two.md", &named("CROSSING")),
            ("actors/ferry.md", &named("Strip")),
        ]);
        let site = check(folder.path(), &[]);
        let link = site.page("pages/odd.html").tags("a").find(|(_, a)| a.text == "this").unwrap().1;
        assert_eq!(link.get("href"), Some(format!("../{expected}.html").as_str()), "{link:?}");
    };
    check("Crossing", "glossary/the-crossing");
    check("crossing", "glossary/the-crossing");
    check("CROSSING", "actors/two");
    check("strip", "issues/strip");
    check("Strip", "actors/ferry");
    check("STRIP", "issues/strip");
}

/// An address is read as browsers read it.
#[test]
fn addresses_are_read_in_every_spelling() {
    let page = "---\ntitle: \"Odd\"\n---\n\n[a](HTTPS://Example.org/A) [b](#caf%C3%A9) [c](other.md#th%C3%A9) \
                [d](<other.md#thé>)\n\n## Café\n\nText.\n";
    let other = "---\ntitle: \"Other\"\n---\n\n## Thé\n\nText.\n";
    let site = check(small_with(&[("pages/odd.md", page), ("pages/other.md", other)]).path(), &[]);
    let page = site.page("pages/odd.html");
    let href = |words: &str| {
        page.tags("a")
            .find(|(_, a)| a.text.trim() == words)
            .and_then(|(_, a)| a.get("href"))
            .map(checker::decoded)
    };
    assert_eq!(href("a").as_deref(), Some("HTTPS://Example.org/A"));
    assert_eq!(href("b").as_deref(), Some("#café"));
    assert_eq!(href("c").as_deref(), Some("../pages/other.html#thé"));
    assert_eq!(href("d"), href("c"));
}

/// A footnote that nobody would see is told, and so are the citations in it.
#[test]
fn a_footnote_without_a_mark_is_an_error() {
    let check = |body: &str, expected: Option<&str>| {
        let folder = small_with(&[("pages/odd.md", &format!("---\ntitle: \"Odd\"\n---\n\n{body}\n"))]);
        let mut command = checker::briefwiki();
        command.args(["check", "--format", "short", "--content"]).arg(folder.path());
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let found = said.lines().find(|line| line.contains("undefined-footnote"));
        let as_expected = found.is_none() == expected.is_none()
            && found.is_none_or(|found| found.contains(expected.unwrap_or_default()));
        assert!(as_expected, "{body}\n{said}");
    };
    check("x[^a]\n\n[^a]: y[^b]\n\n[^b]: z", None);
    check("x\n\n[^a]: y", Some("odd.md:7:"));
    check("x[^a]\n\n[^a]: y\n\n[^b]: z[^b]", Some("`b`"));
    check("x[^a]\n\n[^a]: y\n\n[^a]: z", Some("odd.md:9:"));
    check("x[^a]", Some("there is no footnote `a`"));
}

/// The checker itself finds what it is there for.
#[test]
fn the_checker_sees_each_fault() {
    let check = |body: &str, expected: &str| {
        let html = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body><h1>t</h1>{body}</body></html>"
        );
        let page = Page::parse("a/b.html", &html);
        let files = BTreeSet::from(["a/b.html".to_owned(), "_theme/site.js".to_owned()]);
        let site = Site { files, pages: [("a/b.html".to_owned(), page)].into() };
        let found = problems(&site).join("\n");
        let as_expected = if expected.is_empty() { found.is_empty() } else { found.contains(expected) };
        assert!(as_expected, "{body}\nexpected: {expected}\nfound: {found}");
    };
    check("<a href=\"../a/b.html\">x</a>", "");
    check("<a href=\"c.html\">x</a>", "no file `a/c.html`");
    check("<a href=\"/a/b.html\">x</a>", "begins with `/`");
    check("<a href=\"../../x.html\">x</a>", "leads out of the site");
    check("<a href=\"#_y\">x</a>", "no id `_y`");
    check("<i id=\"_x\"></i><b id=\"_x\"></b>", "stands twice");
    check("<i id=\"x\"></i>", "lacks its `_`");
    let heading = |id: &str| {
        format!("<div class=\"body\"><h2 id=\"{id}\">With <a href=\"b.html\">Other words</a> now</h2></div>")
    };
    check(&heading("with-north-now"), "");
    check(&heading("with-north"), "lacks its `_`");
    check(&heading("north-now"), "lacks its `_`");
    check("<h1>again</h1>", "2 headings");
    check("<img src=\"../_theme/site.js\">", "without description");
    check("<script>1</script>", "inline script");
    check("<script src=\"https://elsewhere.example/x.js\"></script>", "loads from elsewhere");
    check("<p onclick=\"x\">y</p>", "runs script");
    check("<p style=\"x\">y</p>", "inline style");
    check("<a href=\"javascript:x\">y</a>", "scheme");
    check("<b><i></b></i>", "malformed");
    let note = |mark: &str, back: &str| {
        format!(
            "<p><a {mark} href=\"#_n1\">1</a></p><section class=\"notes\"><ol>\
             <li id=\"_n1\">x <span class=\"back\"><a href=\"#{back}\">↑</a></span></li></ol></section>"
        )
    };
    check(&note("id=\"_c1\"", "_c1"), "");
    check(&note("", "_n1"), "no id to come back to");
    check(&note("id=\"_c1\"", "_n1"), "leads back to");
    check("<a id=\"_c1\" href=\"#_n7\">7</a>", "is no note");
}
