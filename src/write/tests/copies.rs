//! Files that are copied from the content folder.

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
