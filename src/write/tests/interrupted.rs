//! What an interrupted build leaves to the next.

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
