//! What a second build leaves alone, and what it writes anew.

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
