//! Folders that are no output, each with the words of the refusal.

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
