//! The command as people and scripts meet it: exit codes, what stands on which stream, every option.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;

use checker::{SMALL, briefwiki, small_with, tree, write};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run said and how it ended.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(arguments: &[&str], from: &Path) -> Ran {
    run_with(arguments, from, &[])
}

fn run_with(arguments: &[&str], from: &Path, environment: &[(&str, &str)]) -> Ran {
    let mut command = briefwiki();
    let output =
        command.args(arguments).current_dir(from).envs(environment.iter().copied()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with `content/` in it.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    write(&content, SMALL);
    write(&content, files);
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

const DRAFT: (&str, &str) = ("pages/soon.md", "---\ntitle: \"Soon\"\ndraft: true\n---\n\nNot yet.\n");
const LINK_TO_DRAFT: (&str, &str) = ("pages/now.md", "---\ntitle: \"Now\"\n---\n\nAs [[soon]] tells.\n");
const ERROR: (&str, &str) = ("pages/wrong.md", "---\ntitle: \"Wrong\"\nsumary: \"x\"\n---\n\nText.\n");

#[test]
fn without_options_content_becomes_public() {
    let folder = project(&[]);
    let ran = run(&["build"], folder.path());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert!(read(folder.path(), "public/issues/strip.html").contains("The strip"));
}

/// `/dev/full` takes no byte, as a full disk does.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_no_success() {
    let folder = project(&[ERROR]);
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_briefwiki"));
        command.arg("check").current_dir(folder.path());
        command
    };
    let output = check().stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot be printed"));
    assert_eq!(check().stderr(full()).output().unwrap().status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_begins_no_line_of_the_log() {
    let folder = project(&[("pages/a\n::error::b.md", "x")]);
    for format in ["short", "human"] {
        let ran = run(&["check", "--format", format], folder.path());
        assert!(ran.out.contains("pages/a\\u{a}::error::b.md"), "{}", ran.out);
        assert!(!ran.out.lines().any(|line| line.trim_start().starts_with("::")), "{}", ran.out);
    }
}

/// What a run that was killed left is cleared by the next, whatever that one finds.
#[test]
fn a_build_with_errors_clears_what_another_left() {
    let folder = project(&[ERROR]);
    let left = folder.path().join(".public.briefwiki-new");
    fs::create_dir(&left).unwrap();
    fs::write(left.join(".briefwiki"), "This folder is written by briefwiki.\n").unwrap();
    assert_eq!(run(&["build"], folder.path()).code, Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn help_shows_commands_to_copy() {
    for arguments in [&["--help"][..], &["help"], &["build", "--help"], &["check", "--help"]] {
        let ran = run(arguments, Path::new("."));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(ran.out.contains("Examples:\n  briefwiki build "), "{arguments:?}:\n{}", ran.out);
    }
    let version = run(&["--version"], Path::new("."));
    assert_eq!(
        (version.code, version.out.trim()),
        (Some(0), concat!("briefwiki ", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn what_cannot_run_ends_with_2_and_says_why() {
    let folder = project(&[]);
    write(folder.path(), &[("notes.txt", "x"), ("foreign/mine.txt", "x"), ("content/sub/x", "")]);
    write(folder.path(), &[("own/words/en.yaml", "skip: \"Straight to the words\"\n")]);
    fs::remove_dir_all(folder.path().join("content/sub")).unwrap();
    let check = |arguments: &[&str], expected: &str| {
        let before = tree(folder.path());
        let ran = run(arguments, folder.path());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.contains(expected), "{arguments:?}: {}", ran.err);
        assert_eq!(tree(folder.path()), before, "{arguments:?} changes nothing");
    };
    check(&["build", "--contents", "x"], "'--content'");
    check(&["bild"], "'build'");
    check(&["build", "--today", "yesterday"], "expected a day such as 2025-12-16");
    check(&["build", "--today", "2025-02-30"], "February 2025 has 28 days");
    check(&["build", "--base-url", "example.org"], "https://example.org/wiki/");
    check(&["build", "--base-url", "https://a.org/my wiki/"], "https://example.org/wiki/");
    check(&["build", "--format", "xml"], "possible values: human, short");
    check(
        &["build", "--content", "nowhere"],
        "there is no content folder `nowhere`; run this in the folder that holds it",
    );
    check(&["check", "--content", "notes.txt"], "there is no content folder `notes.txt`");
    check(&["check", "--theme", "nowhere"], "there is no theme folder `nowhere`");
    check(&["build", "--output", "foreign"], "holds `mine.txt` and was not written by briefwiki");
    check(&["build", "--output", "notes.txt"], "`notes.txt` is not a folder");
    check(&["build", "--output", "content/public"], "lies in `content`");
    check(&["build", "--output", "content"], "from which the build reads");
    check(&["build", "--theme", "own", "--output", "own/public"], "lies in `own`");
    check(&["build", "--theme", "own", "--output", "own"], "from which the build reads");
    check(&["build", "--output", "."], "would replace `content`");
    check(&["build", "--output", "notes.txt/public"], "notes.txt");
}

#[test]
fn findings_stand_on_stdout_and_the_summary_on_stderr() {
    let folder = project(&[ERROR]);
    let ran = run(&["check"], folder.path());
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("error[unknown-key]"), "{}", ran.out);
    assert!(ran.out.contains("content/pages/wrong.md:3:1"), "{}", ran.out);
    assert!(ran.err.contains("1 error, 0 warnings"), "{}", ran.err);
    assert!(!ran.err.contains("unknown-key"), "{}", ran.err);
    assert!(!folder.path().join("public").exists());

    let ran = run(&["build"], folder.path());
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("nothing was written, "), "{}", ran.err);
    assert!(!folder.path().join("public").exists());

    fs::create_dir(folder.path().join("public")).unwrap();
    let ran = run(&["build"], folder.path());
    assert!(ran.err.contains("nothing was written; public is as it was, "), "{}", ran.err);
}

#[test]
fn a_summary_counts_what_was_built() {
    let ran = run(&["build"], project(&[]).path());
    assert!(ran.err.contains("3 pages, "), "{}", ran.err);
    assert!(ran.err.contains("0 errors, 0 warnings"), "{}", ran.err);
    assert!(ran.err.contains(" in public, "), "{}", ran.err);
    assert!(ran.err.contains("no base_url: "), "{}", ran.err);
}

#[test]
fn short_findings_are_one_line_each_with_a_place_that_editors_open() {
    let folder = project(&[ERROR, LINK_TO_DRAFT, DRAFT]);
    let ran = run(&["build", "--format", "short"], folder.path());
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    assert!(lines[0].starts_with("content/pages/now.md:5:4: warning[draft-link]: "), "{}", lines[0]);
    assert!(lines[1].starts_with("content/pages/wrong.md:3:1: error[unknown-key]: "), "{}", lines[1]);
}

#[test]
fn no_colours_go_into_a_pipe() {
    let folder = project(&[ERROR]);
    for arguments in [&["check"][..], &["check", "--help"], &["check", "--nothing"]] {
        let ran = run_with(arguments, folder.path(), &[("TERM", "xterm-256color")]);
        assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{}{}", ran.out, ran.err);
    }
    let ran = run_with(&["check"], folder.path(), &[("CLICOLOR_FORCE", "1")]);
    assert!(ran.out.contains('\u{1b}'), "colours are there for who forces them");
}

#[test]
fn strict_makes_errors_of_warnings() {
    let folder = project(&[LINK_TO_DRAFT, DRAFT]);
    let easy = run(&["check"], folder.path());
    assert_eq!(easy.code, Some(0), "{}", easy.out);
    assert!(easy.out.contains("warning[draft-link]"), "{}", easy.out);
    let strict = run(&["build", "--strict"], folder.path());
    assert_eq!(strict.code, Some(1), "{}", strict.out);
    assert!(strict.out.contains("error[draft-link]"), "{}", strict.out);
    assert!(!folder.path().join("public").exists());
}

#[test]
fn drafts_are_shown_to_who_asks() {
    let folder = project(&[LINK_TO_DRAFT, DRAFT]);
    assert_eq!(run(&["build"], folder.path()).code, Some(0));
    assert!(!folder.path().join("public/pages/soon.html").exists());
    assert!(!read(folder.path(), "public/pages/now.html").contains("soon.html"));
    assert_eq!(run(&["build", "--drafts", "--strict"], folder.path()).code, Some(0));
    assert!(folder.path().join("public/pages/soon.html").exists());
    assert!(read(folder.path(), "public/pages/now.html").contains("soon.html"));
}

/// The day: `--today`, else site.yaml, else SOURCE_DATE_EPOCH.
#[test]
fn the_day_is_an_input() {
    let folder = project(&[]);
    let epoch = [("SOURCE_DATE_EPOCH", "1765843200")];
    let day = |arguments: &[&str]| {
        let ran = run_with(&[&["build"], arguments].concat(), folder.path(), &epoch);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        let home = read(folder.path(), "public/index.html");
        home.split("<time datetime=\"").nth(1).unwrap()[..10].to_owned()
    };
    assert_eq!(day(&["--today", "2025-07-01"]), "2025-07-01");
    assert_eq!(day(&[]), "2025-06-01", "as site.yaml says");
    let site = SMALL[0].1.replace("today: 2025-06-01\n", "");
    write(&folder.path().join("content"), &[("site.yaml", &site)]);
    assert_eq!(day(&[]), "2025-12-16", "as SOURCE_DATE_EPOCH says");
    assert_eq!(day(&["--today", "2025-07-01"]), "2025-07-01");
}

#[test]
fn an_epoch_that_is_no_number_does_not_become_a_day() {
    let folder = project(&[("site.yaml", &SMALL[0].1.replace("today: 2025-06-01\n", ""))]);
    let ran = run_with(&["build"], folder.path(), &[("SOURCE_DATE_EPOCH", "soon")]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("SOURCE_DATE_EPOCH"), "{}", ran.err);
    for far in ["-99999999999999999", "99999999999999999"] {
        let ran = run_with(&["build"], folder.path(), &[("SOURCE_DATE_EPOCH", far)]);
        assert!(matches!(ran.code, Some(0 | 2)), "{far}: {}", ran.err);
    }
}

#[test]
fn the_base_address_stands_in_canonical_links() {
    let folder = project(&[]);
    for base in ["https://example.org/wiki", "https://example.org/wiki/"] {
        let ran = run(&["build", "--base-url", base], folder.path());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(!ran.err.contains("no base_url"), "{}", ran.err);
        let canonical = |path: &str, expected: &str| {
            let link = format!("<link rel=\"canonical\" href=\"{expected}\">");
            assert!(read(folder.path(), path).contains(&link), "{path} has no {link}");
        };
        canonical("public/issues/strip.html", "https://example.org/wiki/issues/strip.html");
        canonical("public/index.html", "https://example.org/wiki/");
    }
}

#[test]
fn a_theme_takes_the_place_of_single_files() {
    let folder = project(&[]);
    let theme = [
        ("own/term.html", "{% extends \"base.html\" %}"),
        ("own/words/en.yaml", "skip: \"Straight to the words\"\n"),
        ("own/static/extra.css", "p { color: red }\n"),
    ];
    write(folder.path(), &theme);
    let ran = run(&["build", "--theme", "own", "--strict"], folder.path());
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(read(folder.path(), "public/index.html").contains("Straight to the words"));
    assert!(read(folder.path(), "public/_theme/extra.css").contains("red"));
    assert!(folder.path().join("public/_theme/site.css").exists(), "the rest is the default theme's");

    // Beside the content, a folder themes/site is the wiki's own theme without being named.
    write(folder.path(), &[("themes/site/words/en.yaml", "skip: \"Over there\"\n")]);
    assert_eq!(run(&["build"], folder.path()).code, Some(0));
    assert!(read(folder.path(), "public/index.html").contains("Over there"));

    write(folder.path(), &[("own/issue.html", "{{ nothing_of_this_name }}")]);
    let ran = run(&["build", "--theme", "own"], folder.path());
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains("error[template]") && ran.out.contains("own/issue.html:1:"), "{}", ran.out);
}

#[test]
fn a_theme_adds_to_the_head_and_has_words_for_a_tag_in_capitals() {
    let folder = project(&[]);
    let site = read(folder.path(), "content/site.yaml");
    let site: String =
        site.lines().filter(|line| !line.starts_with("language:")).map(|line| format!("{line}\n")).collect();
    write(folder.path(), &[("content/site.yaml", &format!("{site}language: DE\n"))]);
    let ran = run(&["build", "--theme", "own"], folder.path());
    assert_eq!(ran.code, Some(2), "there is no theme yet: {}", ran.err);
    let ran = run(&["check"], folder.path());
    assert!(ran.out.contains("no words for `DE`") && ran.out.contains("words/de.yaml"), "{}", ran.out);
    write(
        folder.path(),
        &[
            ("own/words/de.yaml", "skip: \"Zum Text\"\n"),
            ("own/parts/head.html", "<link rel=\"stylesheet\" href=\"{{ root }}_theme/own.css\">\n"),
            ("own/static/own.css", "p { color: red }\n"),
        ],
    );
    let ran = run(&["build", "--theme", "own", "--strict"], folder.path());
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(read(folder.path(), "public/index.html").contains("Zum Text"));
    assert!(read(folder.path(), "public/issues/strip.html").contains("href=\"../_theme/own.css\""));
}

#[test]
fn a_masthead_is_made_of_what_its_pages_share() {
    let folder = project(&[]);
    let build = |masthead: &str| {
        write(folder.path(), &[("own/parts/masthead.html", masthead)]);
        run(&["build", "--theme", "own"], folder.path())
    };
    assert_eq!(build("<p>{{ site_title }}, {{ section }} at {{ root }}.</p>").code, Some(0));
    for (path, expected) in [
        ("index.html", "home at ."),
        ("questions.html", "home at ."),
        ("issues/strip.html", "issues at ../."),
        ("issues/strip/history.html", "issues at ../../."),
        ("sources/index.html", "sources at ../."),
    ] {
        let page = read(folder.path(), &format!("public/{path}"));
        assert!(page.contains(&format!(", {expected}</p>\n<main")), "{path}: {page}");
    }

    let ran = build("{{ title }}");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(ran.out.matches("own/parts/masthead.html:1:").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("parts/masthead.html gets: base_url, "), "{}", ran.out);

    write(folder.path(), &[("own/parts/colophon.html", "{{ title }}")]);
    let ran = build("");
    assert_eq!(ran.out.matches("own/parts/colophon.html:1:").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("parts/colophon.html gets: base_url, "), "{}", ran.out);
    write(folder.path(), &[("own/parts/colophon.html", "{{ root }}{{ free_pages | length }}")]);

    let base = fs::read_to_string("themes/default/base.html").unwrap().replace("{{ masthead }}", "");
    write(folder.path(), &[("own/base.html", &base)]);
    assert_eq!(build("<p>{{ section }}</p>").code, Some(0), "a theme may do without");
    assert!(read(folder.path(), "public/index.html").contains("<body>\n\n<main"));
}

#[test]
fn check_tells_of_a_template_that_one_page_cannot_use() {
    let event = |fields: &str| {
        format!(
            "---\ntitle: \"A call\"\ntype: call\ndate: 2025-05-01\nwho: north\nissues: strip\n{fields}---\n\nThey spoke [@gazette].\n"
        )
    };
    let told =
        event("readouts:\n  by: [north]\n  rows:\n    - {aspect: \"A\", north: \"It closes [@gazette].\"}\n");
    let folder = project(&[("events/a.md", &told), ("events/b.md", &event(""))]);
    write(
        folder.path(),
        &[("own/event.html", "{% for account in readouts.by %}{{ account.name }}{% endfor %}")],
    );
    for command in ["check", "build"] {
        let ran = run(&[command, "--theme", "own", "--format", "short"], folder.path());
        assert_eq!(
            (ran.code, ran.out.matches("event.html:1:").count()),
            (Some(1), 1),
            "{command}: {}",
            ran.out
        );
    }
}

#[test]
fn a_reader_who_closes_the_pipe_causes_no_panic() {
    let folder = small_with(&[]);
    for n in 0..300 {
        let text = format!("---\ntitle: \"P{n}\"\nsumary: \"x\"\n---\n\nText [@nothing].\n");
        write(folder.path(), &[(&format!("pages/p{n}.md"), &text)]);
    }
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Stdio::from(writer)
    };
    let status = |out: Stdio, err: Stdio| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("briefwiki"));
        command.arg("check").arg("--content").arg(folder.path()).stdout(out).stderr(err);
        command.status().unwrap().code()
    };
    assert_eq!(status(closed(), Stdio::null()), Some(1), "stdout is closed");
    assert_eq!(status(Stdio::null(), closed()), Some(1), "stderr is closed");
    assert_eq!(status(closed(), closed()), Some(1), "both are closed");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("briefwiki"));
    command.args(["check", "--content", "nowhere"]).stdout(closed()).stderr(closed());
    assert_eq!(command.status().unwrap().code(), Some(2));
}

#[test]
fn a_build_tells_warnings_and_no_notes() {
    // Nothing links to the page that links to the draft, which a check notes.
    let folder = project(&[LINK_TO_DRAFT, DRAFT]);
    let checked = run(&["check"], folder.path());
    assert!(checked.out.contains("note[orphan-page]"), "{}", checked.out);
    let ran = run(&["build"], folder.path());
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(folder.path().join("public/index.html").exists());
    assert!(ran.out.contains("warning[draft-link]"), "{}", ran.out);
    assert!(ran.err.contains("0 errors, 1 warning"), "{}", ran.err);
    assert!(!ran.out.contains("note["), "{}", ran.out);
}

#[test]
fn the_theme_beside_the_content_is_found_from_within_and_may_hold_any_name() {
    let folder = project(&[]);
    let broken = "{{ nothing }}";
    write(folder.path(), &[("themes/site/parts/_mine.html", "x"), ("themes/site/actor.html", broken)]);
    let check = |arguments: &[&str], from: &Path| {
        let ran = run(arguments, from);
        assert!(ran.out.contains("actor.html:1:"), "{}{}", ran.out, ran.err);
        assert!(ran.out.contains("_mine.html"), "{}", ran.out);
    };
    check(&["check", "--format", "short"], folder.path());
    check(&["check", "--format", "short", "--content", "."], &folder.path().join("content"));
}

#[test]
fn a_page_is_edited_in_the_folder_that_was_built() {
    let folder = project(&[(
        "site.yaml",
        "title: \"S\"\nrepository: https://example.org/r\nstances: {demands: \"D\"}\n",
    )]);
    fs::rename(folder.path().join("content"), folder.path().join("wiki")).unwrap();
    let ran = run(&["build", "--no-search", "--content", "wiki"], folder.path());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let page = read(folder.path(), "public/actors/north.html");
    assert!(page.contains("href=\"https://example.org/r/edit/main/wiki/actors/north.md\""), "{page}");
}
