//! The picture of each page for links elsewhere: there with the feature `cards`, nowhere without it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// Builds the briefing of this repository, which has a `base_url`.
fn build(output: &Path) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut command = Command::cargo_bin("briefwiki").unwrap();
    command.arg("build").arg("--no-search").arg("--content").arg(content).arg("--output").arg(output);
    command.assert().success();
}

/// The value of a property in a page's head.
fn property<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    page.split_once(&format!("<meta property=\"{name}\" content=\""))?.1.split('"').next()
}

#[test]
fn each_page_names_its_card() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    build(&output);
    for (page, card, words) in [
        ("issues/territory.html", "_card/issues/territory.png", "Issue: Status of occupied territory"),
        ("actors/ukraine.html", "_card/actors/ukraine.png", "Actor: Ukraine"),
        ("index.html", "_card/site.png", "Ceasefire briefing"),
        ("a-z.html", "_card/site.png", "Ceasefire briefing"),
    ] {
        let html = fs::read_to_string(output.join(page)).unwrap();
        let named = property(&html, "og:image");
        if !cfg!(feature = "cards") {
            assert_eq!(named, None, "{page}");
            continue;
        }
        let base = property(&html, "og:url").unwrap().split(page.trim_end_matches("index.html")).next();
        let base = if page == "index.html" { property(&html, "og:url") } else { base }.unwrap();
        assert_eq!(named, Some(format!("{base}{card}").as_str()), "{page}");
        assert_eq!(property(&html, "og:image:alt"), Some(words));
        let picture = fs::read(output.join(card)).unwrap();
        let side = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap()).to_string();
        assert_eq!(property(&html, "og:image:width"), Some(side(16).as_str()));
        assert_eq!(property(&html, "og:image:height"), Some(side(20).as_str()));
    }
    assert_eq!(output.join("_card").exists(), cfg!(feature = "cards"));
}
