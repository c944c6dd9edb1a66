//! Files whose bytes come one after the other.

use super::*;
use std::io::Write;

/// A site of files around the lengths at which a file is passed on, each written in one go or in pieces of a length.
fn build(project: &Project, pieces_of: Option<usize>) -> Written {
    let files = [0, 10, 65_535, 65_536, 65_537, 200_000].map(|length| {
        let bytes: Vec<u8> = (0..length).map(|at| b'a' + (at % 23) as u8).collect();
        (format!("a/{length}/x.html"), bytes)
    });
    let staging = project.hold("public").stage().unwrap();
    let mut room = Vec::new();
    let puts = files.iter().map(|(path, bytes)| match pieces_of {
        None => staging.put(path, &[bytes]).unwrap(),
        Some(length) => {
            let mut writing = staging.begin(path, &mut room).unwrap();
            bytes.chunks(length).for_each(|piece| writing.write_all(piece).unwrap());
            writing.finish().unwrap()
        }
    });
    let puts = puts.collect();
    staging.finish(seal(), puts).unwrap()
}

#[test]
fn a_file_in_pieces_is_the_file_as_a_whole() {
    let whole = Project::new();
    build(&whole, None);
    for length in [1_000, 65_536, 150_000] {
        let project = Project::new();
        assert_eq!(build(&project, Some(length)), Written { files: 6, bytes: 396_618, unchanged: 0 });
        assert_eq!(project.files("public"), whole.files("public"), "pieces of {length}");
        assert_eq!(build(&project, Some(length)).unchanged, 6, "pieces of {length}");
        // Over an old folder that holds another file of that name.
        project.write("public/a/200000/x.html", "changed by hand");
        assert_eq!(build(&project, Some(length)).unchanged, 5, "pieces of {length}");
        assert_eq!(project.files("public"), whole.files("public"), "pieces of {length}");
    }
}

#[test]
fn what_goes_wrong_on_the_way_is_told_at_the_end() {
    let project = Project::new();
    let staging = project.hold("public").stage().unwrap();
    let mut room = Vec::new();
    assert!(staging.begin("../x.html", &mut room).is_err());
    staging.put("a/b/c.html", &[b"a page"]).map(drop).unwrap();
    let mut writing = staging.begin("a/b", &mut room).unwrap();
    for _ in 0..3 {
        writing.write_all(&[b'x'; 65_536]).unwrap();
    }
    let error = writing.finish().unwrap_err().to_string();
    assert!(error.contains("a/b: "), "{error}");
}
