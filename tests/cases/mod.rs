//! Cases of findings: laying one out in a folder, running the program on it, comparing text files.
//! Shared by the tests of findings and of their documentation.
#![allow(dead_code, reason = "each test uses a part of this")]
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// The folder of a case.
pub fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics").join(case)
}

/// The names of all cases, in order.
pub fn cases() -> Vec<String> {
    let listed = std::fs::read_dir(folder("")).expect("the folder of cases");
    let mut names: Vec<String> = listed
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| !name.starts_with('_'))
        .chain(["not-utf8".to_owned()])
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Lays a case out and prints its findings; gives the text and the exit code.
pub fn run(case: &str, options: &[&str]) -> (String, i32) {
    run_with(case, options, |_| {})
}

/// The same, with a change of the files before.
pub fn run_with(case: &str, options: &[&str], change: impl Fn(&Path)) -> (String, i32) {
    let wiki = tempfile::tempdir().expect("a folder");
    lay_out(case, wiki.path());
    change(wiki.path());
    let mut command = Command::cargo_bin("briefwiki").expect("the program");
    command.current_dir(wiki.path()).env_remove("SOURCE_DATE_EPOCH").arg("check").args(options);
    if wiki.path().join("theme").is_dir() {
        command.args(["--theme", "theme"]);
    }
    let output = command.output().expect("a run");
    let printed = String::from_utf8(output.stdout).expect("text");
    (printed, output.status.code().expect("an exit code"))
}

/// Copies the base and then the case over it.
fn lay_out(case: &str, to: &Path) {
    copy(&folder("_base"), to);
    copy(&folder(case), to);
    if let Ok(without) = std::fs::read_to_string(folder(case).join("without.txt")) {
        for path in without.lines() {
            std::fs::remove_file(to.join("content").join(path)).expect("a file of the base");
        }
    }
    if case == "path-collision" {
        // Kept in the repository, the two names would be one file on some systems.
        std::fs::copy(to.join("content/pages/map.svg"), to.join("content/pages/Map.svg")).expect("a copy");
    }
    if case == "not-utf8" {
        // Such a file cannot be kept as text: `Régime` as Latin-1.
        std::fs::write(to.join("content/pages/about.md"), b"---\ntitle: \"R\xe9gime\"\n---\n\nText.\n")
            .expect("a file");
    }
}

/// Copies a folder's files over those of another.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).min_depth(1).into_iter().flatten() {
        let target = to.join(entry.path().strip_prefix(from).expect("a path below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
        } else {
            std::fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

/// Compares a text with a file; with `BLESS=1` in the environment writes the file.
pub fn write_or_compare(path: &Path, text: &str) -> Result<(), String> {
    if std::env::var_os("BLESS").is_some_and(|bless| bless == "1") {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        }
        return std::fs::write(path, text).map_err(|error| error.to_string());
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == text {
        return Ok(());
    }
    let line = expected.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
    Err(format!(
        "{} differs from line {} on; BLESS=1 writes it anew\n--- expected\n{expected}\n--- got\n{text}",
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        line + 1
    ))
}
