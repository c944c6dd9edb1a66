//! What is printed for each code of the catalogue.
//!
//! `tests/diagnostics/<code>/` is a case: `content/` holds the files in which it differs from the
//! sound site `_base/`, `theme/` (if there) a theme, `without.txt` (if there) the files of `_base/`
//! that it lacks, and `expected.txt` what `briefwiki check` prints for it. A code that has several
//! faces has further cases, `<code>.<variant>/`.
//!
//! `_sound/` uses what the content model allows, at its edges, and raises nothing.
//!
//! `BLESS=1 cargo test --test diagnostics` writes the expected files anew; read them before you
//! commit them. `docs/diagnostics.md` shows these cases: `BLESS=1 cargo test --test docs` after it.
#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod cases;

use briefwiki::diagnostic::Code;
use cases::{cases, folder, run, run_with, write_or_compare};

/// Codes without a case, and why.
const WITHOUT_CASE: &[(Code, &str)] = &[(Code::ShallowClone, "nothing reads the repository's history yet")];

/// Prints a case and compares it with what is expected of it.
fn check(case: &str) -> Result<(), String> {
    let (printed, exit) = run(case, &[]);
    let errors = printed.lines().any(|line| line.starts_with("error["));
    if exit != i32::from(errors) {
        return Err(format!("{case}: the exit code is {exit}"));
    }
    write_or_compare(&folder(case).join("expected.txt"), &printed).map_err(|why| format!("{case}: {why}"))
}

#[test]
fn each_case_prints_what_is_expected() {
    let wrong: Vec<String> = cases().iter().filter_map(|case| check(case).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_base_is_sound() {
    assert_eq!(run("_base", &[]), (String::new(), 0));
}

#[test]
fn what_the_content_model_allows_is_no_finding() {
    assert_eq!(run("_sound", &[]), (String::new(), 0));
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_fine() {
    let (printed, exit) = run_with("_sound", &[], |wiki| {
        for entry in walkdir::WalkDir::new(wiki).into_iter().flatten() {
            if entry.file_type().is_file() {
                let text = std::fs::read_to_string(entry.path()).expect("text");
                let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
                std::fs::write(entry.path(), text).expect("a file");
            }
        }
    });
    assert_eq!((printed, exit), (String::new(), 0));
}

#[test]
fn every_code_has_a_case_that_shows_it() {
    let cases = cases();
    for &code in Code::ALL {
        let shows = |case: &String| {
            case.split('.').next() == Some(code.name())
                && run(case, &[]).0.contains(&format!("{}[{}]: ", code.severity().word(), code.name()))
        };
        let excused = WITHOUT_CASE.iter().any(|(other, _)| *other == code);
        let of_code: Vec<&String> =
            cases.iter().filter(|case| case.split('.').next() == Some(code.name())).collect();
        assert_eq!(of_code.is_empty(), excused, "{} needs a case, or a reason for none", code.name());
        assert!(of_code.iter().all(|case| shows(case)), "a case of {} does not show it", code.name());
    }
    let stray: Vec<&String> =
        cases.iter().filter(|case| Code::named(case.split('.').next().unwrap_or("")).is_none()).collect();
    assert!(stray.is_empty(), "no code has the name of the cases {stray:?}");
}

#[test]
fn the_short_form_is_a_line_a_finding() {
    let (printed, _) = run("unknown-actor", &["--format", "short"]);
    write_or_compare(&folder("unknown-actor").join("expected.short.txt"), &printed).expect("the short form");
}

#[test]
fn a_pipe_gets_no_colours() {
    let (printed, _) = run("unknown-actor", &[]);
    assert!(!printed.contains('\u{1b}'), "{printed:?}");
}
