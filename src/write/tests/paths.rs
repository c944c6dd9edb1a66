//! Paths that would lead out of the output or meet each other.

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
        let error = staging.put(path, &[b""]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{path}");
        assert!(staging.copy(path, &project.at("content")).is_err(), "{path}");
    }
    staging.put("a/.b/..c", &[b""]).map(drop).unwrap();
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
