//! Every mistake comes out in one run, each once, and a site that was built before stays as it was.
#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod cases;

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::Path;

/// A slip in a file: the words it takes the place of, those that are written, and the finding.
type Slip = (&'static str, &'static str, &'static str, &'static str);

/// Ten files with a slip each, all of another sort, and one with three.
const SLIPS: [Slip; 13] = [
    ("actors/china.md", "type: state", "type: country", "3:7: error[wrong-choice]"),
    ("actors/nato.md", "title: ", "titel: ", "2:1: error[unknown-key]"),
    (
        "events/2025-03-18-trump-putin-call.md",
        "date: 2025-03-18",
        "date: 18 March 2025",
        "5:7: error[bad-date]",
    ),
    ("glossary/readout.md", "title: \"", "title: Account: \"", "2:8: error[yaml-quotes]"),
    ("issues/sanctions.md", "status: mentioned\n", "", "1:1: error[missing-field]"),
    ("pages/contribute.md", "\n---\n", "\n", "1:1: error[front-matter-unclosed]"),
    ("pages/method.md", "## Sources", "<b>Sources</b>", "6:1: error[raw-html]"),
    (
        "positions/territory/2025-03-26-russia-annexation.md",
        "recognition",
        "recogniton",
        "4:8: error[unknown-point]",
    ),
    ("positions/territory/2025-03-26-ukraine-claims-all.md", "[@crs-in12534]", "", "1:1: error[uncited]"),
    ("actors/volodymyr-zelenskyy.md", "for: ukraine", "for: ukrane", "9:10: error[unknown-actor]"),
    ("issues/nato-and-neutrality.md", "as_of: 2025-03-26", "as_of: 2025-13-26", "7:13: error[bad-date]"),
    ("issues/nato-and-neutrality.md", "**Bottom line.**", "**Bottom line:**", "19:1: error[bad-label]"),
    ("issues/nato-and-neutrality.md", "\n## ", "\n[@ap-2025-03-26]\n\n## ", "23:2: error[unknown-source]"),
];

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().display().to_string(), std::fs::read(entry.path()).expect("a file")))
        .collect()
}

/// Builds the wiki of a folder; gives the findings and the exit code.
fn build(wiki: &Path) -> (String, Option<i32>) {
    let mut command = Command::cargo_bin("briefwiki").expect("the program");
    command.current_dir(wiki).args(["build", "--format", "short"]);
    let output = command.output().expect("a run");
    (String::from_utf8(output.stdout).expect("text"), output.status.code())
}

#[test]
fn thirteen_slips_are_thirteen_findings_of_one_run() {
    let wiki = tempfile::tempdir().expect("a folder");
    let content = wiki.path().join("content");
    std::fs::create_dir(&content).expect("a folder");
    cases::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &content);
    assert_eq!(build(wiki.path()), (String::new(), Some(0)));
    let public = wiki.path().join("public");
    let before = files(&public);
    assert!(before.len() > 50);

    let mut expected: Vec<String> = Vec::new();
    for (file, old, new, finding) in SLIPS {
        let path = content.join(file);
        let text = std::fs::read_to_string(&path).expect("a page");
        assert!(text.contains(old), "{file} holds no `{old}`");
        std::fs::write(&path, text.replacen(old, new, 1)).expect("a page");
        expected.push(format!("content/{file}:{finding}"));
    }
    expected.sort();
    let (printed, exit) = build(wiki.path());
    let mut found: Vec<String> = printed
        .lines()
        .map(|line| line.split_once("]: ").map_or(line.to_owned(), |(place, _)| format!("{place}]")))
        .collect();
    found.sort();
    assert_eq!(found, expected, "{printed}");
    assert_eq!(exit, Some(1));
    assert!(files(&public) == before, "the earlier site was changed");
}
