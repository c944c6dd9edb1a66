//! When an output is known to be made of just what would be built.

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
    let copies = [("front.svg", source.clone())];
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
    let puts = SITE.map(|(path, text)| staging.put(path, &[text.as_bytes()]).unwrap());
    let other = Seal::of([b"other".as_slice()]);
    assert_eq!(staging.finish(other, puts.to_vec()).unwrap().unchanged, 3);
    let after = project.files("public");
    let changed: Vec<&String> = after.keys().filter(|name| before[*name] != after[*name]).collect();
    assert_eq!(changed, [MARKER]);
    assert!(project.hold("public").is_made_of(other, &[]).is_some());
    assert_eq!(project.top(), ["content", "public"]);
}
