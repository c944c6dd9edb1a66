//! The same content gives the same bytes, and a build touches no more than it has to.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;
#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code, reason = "its counts are for measurements")]
mod corpus;

use checker::{briefwiki, build, case, small_with, tree, write};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Every file of a site, built in an environment and from a folder.
fn built(content: &Path, from: &Path, environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().unwrap();
    let site = output.path().join("site");
    let mut command = briefwiki();
    command.current_dir(from).envs(environment.iter().copied());
    command.arg("build").arg("--content").arg(content).arg("--output").arg(&site).assert().success();
    tree(&site)
}

/// The first file in which two sites differ.
fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>, why: &str) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{why}");
    let differing = a.iter().find(|(path, bytes)| b[*path] != **bytes);
    assert!(differing.is_none(), "{why}: {} differs", differing.unwrap().0);
}

#[test]
fn surroundings_do_not_show_in_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    fs::create_dir(&content).unwrap();
    corpus::write(&content, 40, 3).unwrap();
    let here = folder.path();
    let one = built(&content, here, &[("RAYON_NUM_THREADS", "1")]);
    assert!(one.len() > 80, "only {} files were compared", one.len());
    assert_same(&one, &built(&content, here, &[("RAYON_NUM_THREADS", "8")]), "more threads");
    let elsewhere = [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")];
    assert_same(&one, &built(&content, here, &elsewhere), "another place on earth");
    assert_same(&one, &built(Path::new("."), &content, &[]), "another working folder");
    // Files made in another order come out of the file system in another order.
    let again = folder.path().join("again");
    for (path, bytes) in tree(&content).into_iter().rev() {
        let path = again.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    assert_same(&one, &built(&again, here, &[]), "files made in another order");
}

#[test]
fn findings_come_in_the_same_order_whatever_the_threads() {
    let folder = small_with(&[]);
    for n in 0..40 {
        let text =
            format!("---\ntitle: \"P{n}\"\nsummary: [x]\n---\n\n[[nobody-{n}]] [@nothing] [x](y.md)\n");
        write(folder.path(), &[(&format!("pages/p{n}.md"), &text)]);
    }
    let said = |threads: &str| {
        let mut command = briefwiki();
        command.env("RAYON_NUM_THREADS", threads).arg("check").arg("--content").arg(folder.path());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let one = said("1");
    assert!(one.matches("error[").count() >= 120, "{one}");
    assert_eq!(one, said("8"));
}

/// When each file was written, and which file it is.
fn stamps(site: &Path) -> BTreeMap<String, (SystemTime, u64)> {
    let stamp = |path: &str| {
        let found = fs::metadata(site.join(path)).unwrap();
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&found);
        #[cfg(not(unix))]
        let number = 0;
        (found.modified().unwrap(), number)
    };
    tree(site).into_keys().map(|path| (path.clone(), stamp(&path))).collect()
}

fn rebuild(content: &Path, site: &Path) -> i32 {
    let mut command = briefwiki();
    command.arg("build").arg("--content").arg(content).arg("--output").arg(site);
    command.output().unwrap().status.code().unwrap()
}

#[test]
fn a_build_with_nothing_changed_writes_no_file_again() {
    let built = build(&case("every-field"), &[]);
    let before = stamps(&built.site);
    assert_eq!(rebuild(&case("every-field"), &built.site), 0);
    assert_eq!(stamps(&built.site), before);
}

/// What was asked for decides the pages as the content does, though their names are the same.
#[test]
fn a_build_that_is_asked_for_something_else_writes_it() {
    let draft = "---\nactor: north\ndate: 2025-04-01\nstance: demands\nbasis: official\ndraft: true\n---\n\n\
                 Nobody shall read this yet [@gazette].\n";
    let folder = small_with(&[("positions/strip/2025-04-01-north.md", draft)]);
    let output = tempfile::tempdir().unwrap();
    let site = output.path().join("site");
    let check = |options: &[&str], page: &str, words: &str, shown: bool| {
        let mut command = briefwiki();
        command.arg("build").arg("--content").arg(folder.path()).arg("--output").arg(&site).args(options);
        command.assert().success();
        let text = fs::read_to_string(site.join(page)).unwrap();
        assert_eq!(text.contains(words), shown, "{options:?} {page}: {words}");
    };
    let (history, words) = ("issues/strip/history.html", "Nobody shall read this yet");
    check(&["--drafts"], history, words, true);
    check(&[], history, words, false);
    check(&["--drafts"], history, words, true);
    let (one, other) = ("rel=\"canonical\" href=\"https://a.org/", "rel=\"canonical\" href=\"https://b.org/");
    check(&["--base-url", "https://a.org"], history, one, true);
    check(&["--base-url", "https://b.org"], history, other, true);
}

#[test]
fn a_build_after_a_change_writes_what_changed() {
    let folder = small_with(&[]);
    let built = build(folder.path(), &[]);
    let before = stamps(&built.site);
    write(folder.path(), &[("actors/new.md", "---\ntitle: \"New\"\ntype: state\n---\n\nOf [[north]].\n")]);
    assert_eq!(rebuild(folder.path(), &built.site), 0);
    let after = stamps(&built.site);
    let same = |path: &str| before[path] == after[path];
    assert!(after.contains_key("actors/new.html"));
    assert!(!same("actors/north.html"), "it has a new backlink");
    assert!(same("_theme/site.css") && same("sources/gazette.html"), "nothing changed there");
    // What is gone from the content is gone from the site.
    fs::remove_file(folder.path().join("actors/new.md")).unwrap();
    assert_eq!(rebuild(folder.path(), &built.site), 0);
    assert_eq!(stamps(&built.site).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn a_build_from_another_folder_writes_its_edit_links() {
    let folder = tempfile::tempdir().unwrap();
    let site = "title: \"S\"\nrepository: https://example.org/r\nstances: {demands: \"D\"}\n";
    for content in ["content", "wiki"] {
        write(
            folder.path(),
            &[
                (&format!("{content}/site.yaml"), site),
                (&format!("{content}/pages/a.md"), "---\ntitle: \"A\"\n---\n\nA.\n"),
            ],
        );
    }
    let check = |content: &str, link: Option<&str>| {
        let mut command = briefwiki();
        command.current_dir(folder.path()).args(["build", "--no-search", "--content", content]);
        command.assert().success();
        let page = fs::read_to_string(folder.path().join("public/pages/a.html")).unwrap();
        let found = page.split("href=\"https://example.org/r/edit/main/").nth(1);
        let found = found.and_then(|rest| rest.split('"').next());
        assert_eq!(found, link, "{content}");
    };
    check("content", Some("content/pages/a.md"));
    check("wiki", Some("wiki/pages/a.md"));
    check("./wiki", Some("wiki/pages/a.md"));
    let absolute = |name: &str| folder.path().join(name).display().to_string();
    check(&absolute("wiki"), None);
    check(&absolute("content"), Some("content/pages/a.md"));
    // A repository shows where its top is.
    fs::create_dir_all(folder.path().join("docs")).unwrap();
    for name in ["content", "wiki"] {
        fs::rename(folder.path().join(name), folder.path().join("docs").join(name)).unwrap();
    }
    fs::create_dir(folder.path().join(".git")).unwrap();
    check("docs/content", Some("docs/content/pages/a.md"));
    check(&absolute("docs/wiki"), Some("docs/wiki/pages/a.md"));
    fs::rename(folder.path().join(".git"), folder.path().join("docs/.git")).unwrap();
    check("docs/wiki", Some("wiki/pages/a.md"));
}

#[test]
fn a_build_that_fails_leaves_the_last_one() {
    let folder = small_with(&[]);
    let built = build(folder.path(), &[]);
    let (files, before) = (tree(&built.site), stamps(&built.site));
    let check = |path: &str, text: &str| {
        write(folder.path(), &[(path, text)]);
        assert_eq!(rebuild(folder.path(), &built.site), 1, "{path}");
        fs::remove_file(folder.path().join(path)).unwrap();
        assert_same(&files, &tree(&built.site), path);
        assert_eq!(stamps(&built.site), before, "{path}");
        let left: Vec<_> = fs::read_dir(built.temporary.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing but the site is left beside it: {left:?}");
    };
    check("pages/broken.md", "---\ntitle: [\n---\n");
    check("pages/cites.md", "---\ntitle: \"Cites\"\n---\n\nNobody said it [@nobody].\n");
    check("schema/broken.yaml", "block: other\n");
}
