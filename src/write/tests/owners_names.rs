//! Names that belong to the output's owner, such as `.git`.

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
