//! Tests of the output stage on real folders: what is refused, what a build leaves and what an
//! interrupted one leaves to the next.

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
            .map(|(path, text)| staging.put(path, text.as_bytes()))
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
    let put = staging.put("index.html", b"home").unwrap();
    staging.finish(seal(), vec![put]).unwrap();
    assert_eq!(project.names("a"), ["b/public/.briefwiki", "b/public/.nojekyll", "b/public/index.html"]);
}

mod unchanged {
    use super::*;

    #[test]
    fn an_unchanged_site_is_left_as_it_is() {
        let project = Project::new();
        project.build(&SITE);
        let before = inode(&project.at("public"));
        assert_eq!(project.build(&SITE), Written { files: 3, bytes: 18, unchanged: 3 });
        assert_eq!(inode(&project.at("public")), before);
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn an_unchanged_file_is_linked_and_a_changed_one_written() {
        let project = Project::new();
        project.build(&SITE);
        let [home, list] = ["public/index.html", "public/issues/index.html"].map(|path| project.at(path));
        let before = [inode(&home), inode(&list)];
        let site = [SITE[0], ("issues/index.html", "LIST"), SITE[2]];
        assert_eq!(project.build(&site).unchanged, 2);
        assert_eq!(inode(&home), before[0]);
        assert_ne!(inode(&list), before[1]);
        assert_eq!(fs::read_to_string(list).unwrap(), "LIST");
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn a_file_edited_by_hand_is_rewritten_even_with_its_old_time() {
        let project = Project::new();
        project.build(&SITE);
        let home = project.at("public/index.html");
        let time = fs::metadata(&home).unwrap().modified().unwrap();
        fs::write(&home, "HOME").unwrap();
        fs::File::options().write(true).open(&home).unwrap().set_modified(time).unwrap();
        assert_eq!(project.build(&SITE).unchanged, 2);
        assert_eq!(fs::read_to_string(home).unwrap(), "home");
    }

    #[test]
    fn what_was_removed_or_added_by_hand_is_set_right() {
        let project = Project::new();
        project.build(&SITE);
        let clean = project.files("public");
        let spoil: [fn(&Project); 6] = [
            |project| fs::remove_file(project.at("public/issues/index.html")).unwrap(),
            |project| project.write("public/extra.html", "mine"),
            |project| project.write("public/issues/.extra", "mine"),
            |project| fs::create_dir(project.at("public/empty")).unwrap(),
            |project| project.write("public/.nojekyll", "text"),
            |project| project.write("public/.briefwiki", &format!("{}2026-11-22", super::super::MARK)),
        ];
        for spoil in spoil {
            spoil(&project);
            project.build(&SITE);
            assert_eq!(project.files("public"), clean);
            assert!(!project.at("public/empty").exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_page_is_replaced_by_the_page() {
        let project = Project::new();
        project.build(&SITE);
        project.write("elsewhere", "home");
        let home = project.at("public/index.html");
        fs::remove_file(&home).unwrap();
        std::os::unix::fs::symlink(project.at("elsewhere"), &home).unwrap();
        project.build(&SITE);
        assert!(fs::symlink_metadata(&home).unwrap().is_file());
        assert_eq!(fs::read_to_string(project.at("elsewhere")).unwrap(), "home");
    }

    #[test]
    fn a_page_that_is_gone_leaves_the_output() {
        let project = Project::new();
        project.build(&SITE);
        project.build(&SITE[..1]);
        assert_eq!(project.names("public"), [MARKER, NO_JEKYLL, "index.html"]);
    }

    #[test]
    fn large_files_are_compared_to_the_end() {
        let project = Project::new();
        let mut text = "x".repeat(200_000);
        project.build(&[("big.txt", &text)]);
        assert_eq!(project.build(&[("big.txt", &text)]).unchanged, 1);
        text.replace_range(199_999.., "y");
        assert_eq!(project.build(&[("big.txt", &text)]).unchanged, 0);
    }

    #[cfg(unix)]
    fn inode(path: &Path) -> u64 {
        std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap())
    }
}

mod seals {
    use super::*;

    /// Builds, changes something, and looks whether the output is still seen as what was built.
    fn check(change: impl FnOnce(&Project), expected: bool) {
        let project = Project::new();
        project.build(&SITE);
        change(&project);
        let found = project.hold("public").is_made_of(seal(), &[]);
        assert_eq!(found, expected.then_some(Written { files: 3, bytes: 18, unchanged: 3 }));
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn an_output_is_known_by_its_files_and_bytes() {
        check(|_| {}, true);
        check(|project| project.write("public/.git/HEAD", "main"), true);
        check(|project| project.write("public/index.html", "HOME"), false);
        check(|project| project.write("public/new.html", "new"), false);
        check(|project| project.write("public/.briefwiki", super::super::MARK), false);
        check(|project| fs::remove_file(project.at("public/issues/index.html")).unwrap(), false);
        check(|project| fs::remove_file(project.at("public/.nojekyll")).unwrap(), false);
        check(|project| fs::create_dir(project.at("public/empty")).unwrap(), false);
        let rename = |project: &Project| {
            fs::rename(project.at("public/index.html"), project.at("public/home.html")).unwrap();
        };
        check(rename, false);
    }

    #[test]
    fn another_seal_is_another_site() {
        let project = Project::new();
        project.build(&SITE);
        let is_made_of = |parts: &[&[u8]]| project.hold("public").is_made_of(Seal::of(parts.to_vec()), &[]);
        assert!(is_made_of(&[b"content"]).is_some());
        assert!(is_made_of(&[b"other content"]).is_none());
        assert!(is_made_of(&[b"con", b"tent"]).is_none());
    }

    #[test]
    fn a_copy_is_compared_with_its_source() {
        let project = Project::new();
        project.write("content/front.svg", "<svg/>");
        let source = project.at("content/front.svg");
        let copies = [("front.svg", source.as_path())];
        let staging = project.hold("public").stage().unwrap();
        let put = staging.copy("front.svg", &source).unwrap();
        staging.finish(seal(), vec![put]).unwrap();
        let is_made = || project.hold("public").is_made_of(seal(), &copies).is_some();
        assert!(is_made());
        project.write("content/front.svg", "<SVG/>");
        assert!(!is_made());
    }

    #[test]
    fn the_same_site_of_another_seal_gets_a_new_marker_only() {
        let project = Project::new();
        project.build(&SITE);
        let before = project.files("public");
        let staging = project.hold("public").stage().unwrap();
        let puts = SITE.map(|(path, text)| staging.put(path, text.as_bytes()).unwrap());
        let other = Seal::of([b"other".as_slice()]);
        assert_eq!(staging.finish(other, puts.to_vec()).unwrap().unchanged, 3);
        let after = project.files("public");
        let changed: Vec<&String> = after.keys().filter(|name| before[*name] != after[*name]).collect();
        assert_eq!(changed, [MARKER]);
        assert!(project.hold("public").is_made_of(other, &[]).is_some());
        assert_eq!(project.top(), ["content", "public"]);
    }
}

mod copies {
    use super::*;

    fn build(project: &Project) -> io::Result<Written> {
        let staging = project.hold("public").stage()?;
        let put = staging.copy("maps/front.svg", &project.at("content/front.svg"))?;
        staging.finish(seal(), vec![put])
    }

    #[test]
    fn a_file_is_copied_once() {
        let project = Project::new();
        project.write("content/front.svg", "<svg/>");
        assert_eq!(build(&project).unwrap(), Written { files: 1, bytes: 6, unchanged: 0 });
        assert_eq!(build(&project).unwrap(), Written { files: 1, bytes: 6, unchanged: 1 });
        project.write("content/front.svg", "<SVG/>");
        assert_eq!(build(&project).unwrap().unchanged, 0);
        assert_eq!(fs::read_to_string(project.at("public/maps/front.svg")).unwrap(), "<SVG/>");
    }

    #[test]
    fn a_missing_file_fails_the_build_and_keeps_the_output() {
        let project = Project::new();
        project.build(&SITE);
        let before = project.files("public");
        let error = build(&project).unwrap_err();
        assert!(error.to_string().contains("front.svg"), "{error}");
        assert_eq!(project.files("public"), before);
        assert_eq!(project.top(), ["content", "public"]);
    }
}

mod refusals {
    use super::*;

    #[test]
    fn a_file() {
        let project = Project::new();
        project.write("public", "text");
        assert!(matches!(project.refusal("public"), Refusal::NotAFolder(_)));
    }

    #[test]
    fn a_folder_that_is_not_ours_names_what_it_holds() {
        let project = Project::new();
        project.write("public/notes.txt", "");
        project.write("public/zoo.txt", "");
        let refusal = project.refusal("public");
        assert!(matches!(&refusal, Refusal::Foreign { found, .. } if found == "notes.txt"));
        assert!(refusal.to_string().contains("not written by briefwiki"), "{refusal}");
    }

    #[test]
    fn a_folder_with_a_marker_of_another_hand() {
        let project = Project::new();
        project.write("public/notes.txt", "");
        project.write("public/.briefwiki", "settings: none");
        assert!(matches!(project.refusal("public"), Refusal::Foreign { .. }));
    }

    #[test]
    fn folders_that_lie_in_one_another() {
        let project = Project::new();
        fs::create_dir(project.at("empty")).unwrap();
        for output in [
            "content",
            "content/public",
            "content/../content/x",
            "theme",
            "theme/x",
            "none/../content/x",
            "empty/../content",
        ] {
            assert!(matches!(project.refusal(output), Refusal::LiesIn { .. }), "{output}");
        }
        for output in [".", "content/..", "none/.."] {
            assert!(matches!(project.refusal(output), Refusal::Holds { .. }), "{output}");
        }
        // A name that only begins alike lies apart.
        project.check("content-public").unwrap();
    }

    #[test]
    fn relative_paths_start_at_the_current_folder() {
        let here = std::env::current_dir().unwrap();
        let refusal = Target::check(Path::new("src/public"), &[&here.join("src")]).unwrap_err();
        assert!(matches!(refusal, Refusal::LiesIn { .. }));
    }

    #[test]
    fn the_root() {
        assert!(Target::check(Path::new("/"), &[]).is_err());
    }

    #[test]
    fn nothing_is_created_by_a_check() {
        let project = Project::new();
        project.check("a/public").unwrap();
        assert_eq!(project.top(), ["content"]);
    }

    #[cfg(unix)]
    mod links {
        use super::*;
        use std::os::unix::fs::symlink;

        #[test]
        fn a_link_to_a_folder_or_to_nothing() {
            let project = Project::new();
            fs::create_dir(project.at("real")).unwrap();
            symlink(project.at("real"), project.at("public")).unwrap();
            assert!(matches!(project.refusal("public"), Refusal::SymbolicLink(_)));
            assert!(matches!(project.refusal("public/"), Refusal::SymbolicLink(_)));
            symlink(project.at("nothing"), project.at("dangling")).unwrap();
            assert!(project.check("dangling").is_err());
        }

        #[test]
        fn a_link_on_the_way_is_seen_through() {
            let project = Project::new();
            symlink(project.at("content"), project.at("alias")).unwrap();
            assert!(matches!(project.refusal("alias/public"), Refusal::LiesIn { .. }));
            fs::create_dir_all(project.at("content/deep/er")).unwrap();
            symlink(project.at("content/deep/er"), project.at("way")).unwrap();
            // Behind a link `..` is the parent of what it points to.
            assert!(matches!(project.refusal("way/../public"), Refusal::LiesIn { .. }));
        }

        #[test]
        fn content_that_is_a_link_into_the_output() {
            let project = Project::new();
            fs::create_dir_all(project.at("public")).unwrap();
            fs::remove_dir(project.at("content")).unwrap();
            symlink(project.at("public"), project.at("content")).unwrap();
            assert!(matches!(project.refusal("public"), Refusal::LiesIn { .. }));
        }
    }
}

mod paths {
    use super::*;

    #[test]
    fn that_lead_out_or_are_the_owners_are_refused() {
        let project = Project::new();
        let staging = project.hold("public").stage().unwrap();
        for path in [
            "",
            "/etc/x",
            "../x",
            "a/../../x",
            "a//b",
            "a/./b",
            "a/",
            "./a",
            "a\\b",
            ".git/config",
            ".nojekyll",
            "a\0b",
        ] {
            let error = staging.put(path, b"").unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{path}");
            assert!(staging.copy(path, &project.at("content")).is_err(), "{path}");
        }
        staging.put("a/.b/..c", b"").map(drop).unwrap();
    }

    #[test]
    fn put_twice_are_refused() {
        let project = Project::new();
        let twice = [("a.html", "a"), ("a.html", "a")];
        assert!(project.try_build(&twice).is_err());
        project.build(&[("a.html", "a"), ("b.html", "b")]);
        // Both are unchanged now and as many as before.
        let error = project.try_build(&twice).unwrap_err();
        assert!(error.to_string().contains("`a.html` is written twice"), "{error}");
        assert_eq!(project.names("public"), [MARKER, NO_JEKYLL, "a.html", "b.html"]);
    }
}

mod failures {
    use super::*;

    #[test]
    fn a_dropped_staging_leaves_nothing() {
        let project = Project::new();
        let staging = project.hold("a/b/public").stage().unwrap();
        staging.put("issues/x.html", b"text").map(drop).unwrap();
        assert!(project.at("a/b/.public.briefwiki-new").exists());
        drop(staging);
        assert_eq!(project.top(), ["content"]);
    }

    #[test]
    fn a_dropped_staging_keeps_the_output() {
        let project = Project::new();
        project.build(&SITE);
        let staging = project.hold("public").stage().unwrap();
        staging.put("index.html", b"new").map(drop).unwrap();
        drop(staging);
        assert_eq!(fs::read_to_string(project.at("public/index.html")).unwrap(), "home");
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn an_exchange_that_fails_keeps_the_output() {
        let project = Project::new();
        project.build(&SITE);
        let mut held = project.hold("public");
        assert!(held.places.swap(&mut held.lock).is_err(), "there is no new folder");
        drop(held);
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[cfg(unix)]
    #[test]
    fn an_output_that_may_not_be_changed_is_refused_before_the_exchange() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for folder in ["public", "public/issues", "public/.git"] {
            let project = Project::new();
            project.build(&SITE);
            project.write("public/.git/HEAD", "ref");
            let folder = project.at(folder);
            mode(&folder, 0o555);
            if fs::write(folder.join("x"), "").is_ok() {
                // The superuser may write everywhere.
                return;
            }
            let error = project.try_build(&[("index.html", "new")]).unwrap_err();
            assert!(error.to_string().contains("you may not change the folder"), "{error}");
            assert_eq!(project.top(), ["content", "public"]);
            assert_eq!(fs::read_to_string(project.at("public/index.html")).unwrap(), "home");
            mode(&folder, 0o755);
            project.build(&[("index.html", "new")]);
        }
    }

    /// Each build either is told to wait or leaves its whole site: never parts of two, nothing beside.
    #[test]
    fn builds_at_the_same_time_do_not_mix() {
        let project = Project::new();
        let build = |letter: &str| {
            for round in 0..60 {
                let text = format!("{letter}{round}");
                let site = ["a.html", "b/c.html", "d/e/f.html"].map(|path| (path, text.as_str()));
                match project.try_build(&site) {
                    Err(error) => assert_eq!(error.kind(), io::ErrorKind::ResourceBusy, "{error}"),
                    Ok(written) => assert_eq!(written.files, 3),
                }
            }
        };
        std::thread::scope(|scope| {
            for letter in ["x", "y", "z"] {
                scope.spawn(move || build(letter));
            }
        });
        let files = project.files("public");
        assert_eq!(files.len(), 5);
        assert!(files["a.html"] == files["b/c.html"] && files["a.html"] == files["d/e/f.html"]);
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn a_second_build_at_the_same_time_is_told() {
        let project = Project::new();
        project.build(&SITE);
        let staging = project.hold("public").stage().unwrap();
        let error = project.try_build(&SITE).unwrap_err();
        assert!(error.to_string().contains("another build"), "{error}");
        drop(staging);
        project.build(&SITE);
    }
}

mod owners_names {
    use super::*;

    #[test]
    fn are_carried_over_whole() {
        let project = Project::new();
        project.write("public/.gitignore", "x");
        project.write("public/.git/objects/ab", "blob");
        let before = fs::metadata(project.at("public/.git/objects/ab")).unwrap().modified().unwrap();
        project.build(&SITE);
        project.build(&SITE[..2]);
        assert_eq!(
            project.names("public"),
            [MARKER, ".git/objects/ab", ".gitignore", NO_JEKYLL, "index.html", "issues/index.html"]
        );
        let after = fs::metadata(project.at("public/.git/objects/ab")).unwrap().modified().unwrap();
        assert_eq!(after, before);
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn do_not_make_a_site_count_as_changed() {
        let project = Project::new();
        project.build(&SITE);
        project.write("public/.git/HEAD", "ref");
        assert_eq!(project.build(&SITE).unchanged, 3);
        assert_eq!(fs::read_to_string(project.at("public/.git/HEAD")).unwrap(), "ref");
    }
}

mod interrupted {
    use super::*;

    const NEW: &str = ".public.briefwiki-new";
    const OLD: &str = ".public.briefwiki-old";
    const LOCK: &str = ".public.briefwiki-lock";

    fn marked(project: &Project, folder: &str, page: &str) {
        project.write(&format!("{folder}/{MARKER}"), super::super::MARK);
        project.write(&format!("{folder}/index.html"), page);
    }

    #[test]
    fn while_writing() {
        let project = Project::new();
        project.build(&SITE);
        marked(&project, NEW, "half");
        project.build(&SITE);
        assert_eq!(project.top(), ["content", "public"]);
        assert_eq!(fs::read_to_string(project.at("public/index.html")).unwrap(), "home");
    }

    /// Goes as far as the exchange and stops there, as a build that is killed does.
    fn stop_after_the_swap(project: &Project) {
        let mut held = project.hold("public");
        held.places.create().unwrap();
        held.places.swap(&mut held.lock).unwrap();
    }

    #[test]
    fn before_the_marker_was_written() {
        for text in [None, Some(""), Some("This folder is")] {
            let project = Project::new();
            fs::create_dir(project.at(NEW)).unwrap();
            text.into_iter().for_each(|text| project.write(&format!("{NEW}/{MARKER}"), text));
            project.build(&SITE);
            assert_eq!(project.top(), ["content", "public"]);
        }
    }

    #[test]
    fn is_cleared_before_anything_is_made() {
        let project = Project::new();
        project.build(&SITE);
        marked(&project, NEW, "half");
        project.write(LOCK, "");
        drop(project.hold("public"));
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn between_the_exchange_and_the_move_of_the_owners_names() {
        let project = Project::new();
        project.build(&SITE);
        project.write("public/.git/HEAD", "ref");
        stop_after_the_swap(&project);
        assert!(project.at(NEW).join(".git").exists() && project.at(LOCK).exists());
        project.build(&SITE);
        assert_eq!(fs::read_to_string(project.at("public/.git/HEAD")).unwrap(), "ref");
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn and_the_output_removed_by_hand_since() {
        let project = Project::new();
        project.write("public/.git/HEAD", "ref");
        stop_after_the_swap(&project);
        fs::remove_dir_all(project.at("public")).unwrap();
        project.build(&SITE);
        assert_eq!(fs::read_to_string(project.at("public/.git/HEAD")).unwrap(), "ref");
    }

    #[test]
    fn and_the_owners_name_made_anew_since_loses_neither() {
        let project = Project::new();
        project.build(&SITE);
        project.write("public/.git/HEAD", "old");
        stop_after_the_swap(&project);
        project.write("public/.git/HEAD", "new");
        let error = project.try_build(&SITE).unwrap_err();
        assert!(error.to_string().contains("keep one of them"), "{error}");
        assert_eq!(fs::read_to_string(project.at("public/.git/HEAD")).unwrap(), "new");
        assert_eq!(fs::read_to_string(project.at(&format!("{NEW}/.git/HEAD"))).unwrap(), "old");
        fs::remove_dir_all(project.at(NEW).join(".git")).unwrap();
        project.build(&SITE);
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn between_the_two_renames() {
        let project = Project::new();
        project.build(&SITE);
        project.write("public/.git/HEAD", "ref");
        let mut held = project.hold("public");
        held.lock.begin(&held.places.output).unwrap();
        drop(held);
        fs::rename(project.at("public"), project.at(OLD)).unwrap();
        marked(&project, NEW, "finished");
        let staging = project.hold("public").stage().unwrap();
        assert_eq!(fs::read_to_string(project.at("public/index.html")).unwrap(), "home");
        assert_eq!(fs::read_to_string(project.at("public/.git/HEAD")).unwrap(), "ref");
        drop(staging);
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn after_the_two_renames() {
        let project = Project::new();
        project.build(&SITE);
        project.write("public/.gitignore", "x");
        let mut held = project.hold("public");
        held.lock.begin(&held.places.output).unwrap();
        held.places.create().unwrap();
        held.places.swap_by_renames().unwrap();
        drop(held);
        project.build(&SITE);
        assert_eq!(fs::read_to_string(project.at("public/.gitignore")).unwrap(), "x");
        assert_eq!(project.top(), ["content", "public"]);
    }

    #[test]
    fn names_of_the_owner_come_only_from_a_folder_that_was_the_output() {
        for folder in [NEW, OLD] {
            let project = Project::new();
            marked(&project, folder, "page");
            project.write(&format!("{folder}/.well-known/x.html"), "not the owner's");
            project.write(LOCK, "1:1");
            let error = project.try_build(&SITE).unwrap_err();
            assert!(error.to_string().contains("holds `.well-known`, which no build put there"), "{error}");
            assert!(!project.at("public").exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_with_our_name_is_not_followed() {
        for name in [NEW, OLD, LOCK] {
            let project = Project::new();
            project.build(&SITE);
            marked(&project, "elsewhere", "mine");
            std::os::unix::fs::symlink(project.at("elsewhere"), project.at(name)).unwrap();
            let error = project.try_build(&SITE).unwrap_err();
            assert!(error.to_string().contains("move it away"), "{error}");
            assert_eq!(project.names("elsewhere"), [MARKER, "index.html"]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_as_a_marker_is_not_waited_for() {
        let project = Project::new();
        fs::create_dir(project.at(NEW)).unwrap();
        let pipe = project.at(NEW).join(MARKER);
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
        let error = project.try_build(&SITE).unwrap_err();
        assert!(error.to_string().contains("not written by briefwiki"), "{error}");
    }

    #[test]
    fn and_a_folder_of_another_hand_bears_our_name() {
        let project = Project::new();
        project.write(&format!("{NEW}/thesis.txt"), "years of work");
        let error = project.try_build(&SITE).unwrap_err();
        assert!(error.to_string().contains("move it away"), "{error}");
        assert_eq!(project.names(NEW), ["thesis.txt"]);
    }
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
