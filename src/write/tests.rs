//! Tests of the output stage on real folders: what is refused, what a build leaves and what an
//! interrupted one leaves to the next.

mod copies;
mod failures;
mod interrupted;
mod owners_names;
mod paths;
mod pieces;
mod refusals;
mod seals;
mod unchanged;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::TempDir;

use super::{Held, MARKER, NO_JEKYLL, Put, Refusal, Seal, Target, Written};

/// A project with a content folder, and `public` not yet written.
struct Project(TempDir);

const SITE: [(&str, &str); 3] =
    [("index.html", "home"), ("issues/index.html", "list"), ("issues/territory/history.html", "what moved")];

/// What the sites of these tests are made of.
fn seal() -> Seal {
    Seal::of([b"content".as_slice()])
}

impl Project {
    fn new() -> Self {
        let project = Self(TempDir::new().unwrap());
        fs::create_dir(project.at("content")).unwrap();
        project
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn check(&self, output: &str) -> Result<Target, Refusal> {
        Target::check(&self.at(output), &[&self.at("content"), &self.at("theme")])
    }

    fn hold(&self, output: &str) -> Held {
        self.check(output).unwrap().hold().unwrap()
    }

    fn refusal(&self, output: &str) -> Refusal {
        self.check(output).unwrap_err()
    }

    fn try_build(&self, site: &[(&str, &str)]) -> io::Result<Written> {
        let staging = self.check("public").unwrap().hold()?.stage()?;
        let puts = site
            .par_iter()
            .map(|(path, text)| {
                // In parts, as long pages come.
                let (begin, end) = text.as_bytes().split_at(text.len() / 2);
                staging.put(path, &[begin, end])
            })
            .collect::<io::Result<Vec<Put>>>()?;
        staging.finish(seal(), puts)
    }

    fn build(&self, site: &[(&str, &str)]) -> Written {
        self.try_build(site).unwrap()
    }

    /// Every file below a folder, with its bytes.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        fn collect(root: &Path, folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(root, &path, into);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    into.insert(name, fs::read(path).unwrap());
                }
            }
        }
        let mut files = BTreeMap::new();
        collect(&self.at(folder), &self.at(folder), &mut files);
        files
    }

    fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }

    /// What stands in the project: nothing may be left beside the output.
    fn top(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn writes_the_site_and_leaves_nothing_beside_it() {
    let project = Project::new();
    let written = project.build(&SITE);
    assert_eq!(written, Written { files: 3, bytes: 18, unchanged: 0 });
    assert_eq!(
        project.names("public"),
        [MARKER, NO_JEKYLL, "index.html", "issues/index.html", "issues/territory/history.html"]
    );
    assert_eq!(project.top(), ["content", "public"]);
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (one, other) = (Project::new(), Project::new());
    one.build(&[("index.html", "an older home"), ("gone.html", "")]);
    one.build(&SITE);
    other.build(&SITE);
    assert_eq!(one.files("public"), other.files("public"));
}

#[test]
fn creates_missing_folders_above_the_output() {
    let project = Project::new();
    let staging = project.hold("a/b/public").stage().unwrap();
    let put = staging.put("index.html", &[b"home"]).unwrap();
    staging.finish(seal(), vec![put]).unwrap();
    assert_eq!(project.names("a"), ["b/public/.briefwiki", "b/public/.nojekyll", "b/public/index.html"]);
}

#[cfg(unix)]
#[test]
fn who_may_read_the_output_stays_as_its_owner_set_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = Project::new();
    project.build(&SITE);
    let output = project.at("public");
    // No new folder has this by itself.
    fs::set_permissions(&output, fs::Permissions::from_mode(0o710)).unwrap();
    project.build(&SITE[..2]);
    assert_eq!(project.names("public").len(), 4);
    assert_eq!(fs::metadata(&output).unwrap().permissions().mode() & 0o777, 0o710);
}

#[test]
fn two_renames_do_what_an_exchange_does() {
    let project = Project::new();
    project.build(&SITE);
    project.write("public/.git/HEAD", "ref");
    let mut held = project.hold("public");
    held.places.create().unwrap();
    fs::write(held.places.new.join("index.html"), "new").unwrap();
    held.lock.begin(&held.places.output).unwrap();
    held.places.swap_by_renames().unwrap();
    assert!(held.places.old.exists() && !held.places.new.exists());
    held.places.settle(&mut held.lock).unwrap();
    drop(held);
    assert_eq!(project.names("public"), [MARKER, ".git/HEAD", "index.html"]);
    assert_eq!(project.top(), ["content", "public"]);
}

#[test]
fn a_second_rename_that_fails_takes_the_first_one_back() {
    let project = Project::new();
    project.build(&SITE);
    let places = project.check("public").unwrap().places;
    assert!(places.swap_by_renames().is_err(), "there is no new folder");
    assert_eq!(project.top(), ["content", "public"]);
}
