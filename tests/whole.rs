//! A whole site as it is built: `tests/sites/every-field/expected/` holds what its pages show.
//!
//! Of each page it holds `<main>`, with a line for each block, so that a change can be read; of the pages of
//! [`IN_FULL`] the whole file; the other small files as they are. `BLESS=1 cargo test --test whole` writes them
//! anew: read the difference before you commit it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

mod cases;
#[path = "checker/mod.rs"]
mod checker;

use cases::write_or_compare;
use checker::{build, case};
use std::collections::BTreeMap;
use std::path::Path;

/// Pages whose frame is held as well: one below a folder, the one that is served at any depth, a redirect.
const IN_FULL: &[&str] = &["issues/river-crossings.html", "404.html", "issues/strip-and-crossings.html"];

/// Elements that begin a line.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// What is held of a file; `None` for those that are copied or tell of the build itself.
fn held(path: &str, bytes: &[u8]) -> Option<String> {
    if path.starts_with("_theme/") || path == ".briefwiki" {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let main = text.find("<main").zip(text.find("</main>"));
    let text = match main {
        Some((from, to)) if !IN_FULL.contains(&path) => &text[from..to],
        _ => text,
    };
    Some(if path.ends_with(".html") { in_lines(text) } else { text.to_owned() })
}

/// A text with a line for each block.
fn in_lines(html: &str) -> String {
    let mut lines = String::new();
    for (at, part) in html.split('<').enumerate() {
        let begins = BLOCKS
            .iter()
            .any(|block| part.strip_prefix(block).is_some_and(|rest| rest.starts_with(['>', ' '])));
        if begins && !lines.ends_with('\n') && !lines.is_empty() {
            lines.push('\n');
        }
        if at > 0 {
            lines.push('<');
        }
        lines.push_str(part);
    }
    let lines: Vec<&str> = lines.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

/// The files below a folder with their paths, with `/`.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    let of = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (path, std::fs::read(entry.path()).unwrap())
    };
    files.map(of).collect()
}

#[test]
fn every_page_shows_what_is_expected() {
    let expected = case("every-field").parent().unwrap().join("expected");
    // Edit links tell where a wiki lies in its repository, so it is built as the top of one.
    let top = tempfile::tempdir().unwrap();
    for (path, bytes) in files(&case("every-field")) {
        let path = top.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::create_dir(top.path().join(".git")).unwrap();
    let built = build(&top.path().join("content"), &["--no-search"]);
    let shown: BTreeMap<String, String> = files(&built.site)
        .iter()
        .filter_map(|(path, bytes)| Some((path.clone(), held(path, bytes)?)))
        .collect();
    let bless = std::env::var_os("BLESS").is_some_and(|bless| bless == "1");
    let mut wrong = Vec::new();
    for path in files(&expected).keys().filter(|path| !shown.contains_key(*path)) {
        match bless {
            true => std::fs::remove_file(expected.join(path)).unwrap(),
            false => wrong.push(format!("{path} is not built")),
        }
    }
    for (path, text) in &shown {
        wrong.extend(write_or_compare(&expected.join(path), text).err());
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}
