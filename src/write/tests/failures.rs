//! A build that fails leaves the output as it was and nothing beside it.

use super::*;

#[test]
fn a_dropped_staging_leaves_nothing() {
    let project = Project::new();
    let staging = project.hold("a/b/public").stage().unwrap();
    staging.put("issues/x.html", &[b"text"]).map(drop).unwrap();
    assert!(project.at("a/b/.public.briefwiki-new").exists());
    drop(staging);
    assert_eq!(project.top(), ["content"]);
}

#[test]
fn a_dropped_staging_keeps_the_output() {
    let project = Project::new();
    project.build(&SITE);
    let staging = project.hold("public").stage().unwrap();
    staging.put("index.html", &[b"new"]).map(drop).unwrap();
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
