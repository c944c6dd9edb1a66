//! Text in another language says so, for those who hear the page.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test")]

use assert_cmd::Command;
use std::fs;

const SITE: &str = "title: A briefing\nlanguage: en-GB\nstances: {states: Says}\n";
const PAGE: &str = "---\ntitle: On the plan\n---\n\nThere is a plan [@plan] and a report [@report].\n";
const ACTOR: &str =
    "---\ntitle: Kyiv\ntype: state\nnative: {text: Київ, lang: uk}\n---\n\nThe capital [@report].\n";

fn source(title: &str, language: &str) -> String {
    format!(
        "---\ntitle: {title}\npublisher: Gazette\ntype: news\ndate: 2025-03-06\nlanguage: {language}\n---\n\nA paper.\n"
    )
}

/// Builds, and looks for a piece of HTML in a page.
fn check(page: &str, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    for (path, text) in [
        ("site.yaml", SITE.to_owned()),
        ("pages/plan-page.md", PAGE.to_owned()),
        ("actors/kyiv.md", ACTOR.to_owned()),
        ("sources/plan.md", source("Мирний план", "uk")),
        ("sources/report.md", source("Report", "en")),
    ] {
        fs::create_dir_all(content.join(path).parent().unwrap()).unwrap();
        fs::write(content.join(path), text).unwrap();
    }
    let mut command = Command::cargo_bin("briefwiki").unwrap();
    command.args(["build", "--no-search"]).current_dir(&folder).assert().success();
    let html = fs::read_to_string(folder.path().join("public").join(page)).unwrap();
    assert!(html.contains(expected), "{page} lacks {expected}:\n{html}");
}

#[test]
fn a_title_in_another_language_says_which() {
    check("sources/plan.html", "<h1 lang=\"uk\">Мирний план</h1>");
    check("sources/index.html", "<a href=\"../sources/plan.html\" lang=\"uk\">Мирний план</a>");
    check("pages/plan-page.html", "“<a href=\"../sources/plan.html\" lang=\"uk\">Мирний план</a>”");
}

#[test]
fn a_title_in_the_wiki_s_language_says_nothing() {
    check("sources/report.html", "<h1>Report</h1>");
    check("pages/plan-page.html", "“<a href=\"../sources/report.html\">Report</a>”");
}

#[test]
fn a_native_name_says_its_language() {
    check("actors/kyiv.html", "lang=\"uk\">Київ</p>");
}
