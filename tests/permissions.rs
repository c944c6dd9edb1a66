//! Files and folders that may not be read or written. For root nothing is closed: then the program runs as
//! somebody else, so that these tests see the same on every machine.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;

use checker::{SMALL, briefwiki, write};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

/// A user who owns nothing.
const SOMEBODY: u32 = 65_534;

/// A program that is started while another is copied holds that copy open for a moment, and no system runs a
/// file that is open to be written: the two wait for each other.
static ALONE: Mutex<()> = Mutex::new(());

/// A project that belongs to whoever runs the program.
struct Project {
    folder: tempfile::TempDir,
    by_root: bool,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Project {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("content"), SMALL);
        write(folder.path(), files);
        // Where the program lies, somebody else may not look.
        let _alone = ALONE.lock();
        fs::copy(briefwiki().get_program(), folder.path().join("briefwiki")).unwrap();
        let by_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        Project { folder, by_root }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn mode(&self, path: &str, mode: u32) {
        fs::set_permissions(self.at(path), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(self.at("briefwiki"));
        command.args(arguments).current_dir(&self.folder);
        if self.by_root {
            for entry in walkdir::WalkDir::new(&self.folder) {
                chown(entry.unwrap().path(), Some(SOMEBODY), Some(SOMEBODY)).unwrap();
            }
            command.uid(SOMEBODY).gid(SOMEBODY);
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let alone = ALONE.lock();
        let running = command.spawn().unwrap();
        drop(alone);
        running.wait_with_output().unwrap()
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn what_cannot_be_opened_is_told_and_the_rest_is_read() {
    let project = Project::new(&[
        ("content/pages/x.md", ""),
        ("content/pages/x.png", ""),
        ("content/pages/y.md", "---\ntitle: \"Y\"\nsumary: \"Y\"\n---\n"),
        ("content/events/x.md", ""),
    ]);
    for path in ["content/pages/x.md", "content/pages/x.png", "content/events"] {
        project.mode(path, 0o0);
    }
    let ran = project.run(&["check", "--format", "short"]);
    project.mode("content/events", 0o755);
    assert_eq!(
        text(&ran.stdout),
        "content/events:1:1: error[stray-file]: the folder `events` cannot be opened\n\
         content/pages/x.md:1:1: error[stray-file]: this file cannot be read: Permission denied (os error 13)\n\
         content/pages/x.png:1:1: error[stray-file]: this file cannot be read: Permission denied (os error 13)\n\
         content/pages/y.md:3:1: error[unknown-key]: there is no field `sumary` here; did you mean `summary`?\n"
    );
}

#[test]
fn an_output_that_cannot_be_written_ends_with_2() {
    let project = Project::new(&[("closed/x", "")]);
    project.mode("closed", 0o555);
    let ran = project.run(&["build", "--output", "closed/public"]);
    project.mode("closed", 0o755);
    assert_eq!((ran.status.code(), text(&ran.stdout)), (Some(2), ""), "{}", text(&ran.stderr));
    assert!(text(&ran.stderr).starts_with("error: "), "{}", text(&ran.stderr));
}

#[test]
fn an_output_that_may_not_be_changed_is_as_it_was() {
    for folder in ["public", "public/pages", "public/.git"] {
        let project = Project::new(&[]);
        assert_eq!(project.run(&["build"]).status.code(), Some(0));
        write(
            project.folder.path(),
            &[("public/.git/HEAD", "ref"), ("content/pages/new.md", "---\ntitle: \"New\"\n---\n")],
        );
        let before = fs::read_to_string(project.at("public/index.html")).unwrap();
        project.mode(folder, 0o555);
        let ran = project.run(&["build"]);
        project.mode(folder, 0o755);
        assert_eq!(ran.status.code(), Some(2), "{folder}");
        assert!(text(&ran.stderr).contains("you may not change the folder"), "{}", text(&ran.stderr));
        assert_eq!(fs::read_to_string(project.at("public/index.html")).unwrap(), before);
        let mut top: Vec<String> = fs::read_dir(project.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
            .collect();
        top.sort();
        assert_eq!(top, ["briefwiki", "content", "public"], "{folder}");
        assert_eq!(project.run(&["build"]).status.code(), Some(0), "{folder}");
        assert!(project.at("public/pages/new.html").exists());
    }
}
