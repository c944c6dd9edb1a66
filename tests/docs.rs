//! The reference in `docs/` agrees with the program.
//!
//! `docs/diagnostics.md`: what a finding means and how to mend it are written by hand; the examples
//! are those of the cases in `tests/diagnostics/`. `docs/fields.md` is written from the field tables.
//! `BLESS=1 cargo test --test docs` writes both anew.
#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod cases;

use briefwiki::diagnostic::{Code, Severity};
use briefwiki::model::field::{Field, Type, Words};
use briefwiki::model::kind::{Kind, RecordKind};
use briefwiki::model::tables;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const MEANING: &str = "**What it means.** ";
const EXAMPLE: &str = "**Example.**\n\n";
const MENDING: &str = "**How to mend it.** ";

/// Lines of the broken file that are shown before and behind the place.
const AROUND: usize = 2;

fn doc(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[test]
fn each_finding_is_documented_with_what_is_printed() {
    let path = doc("diagnostics.md");
    let text = std::fs::read_to_string(&path).expect("docs/diagnostics.md");
    let (head, _) = text.split_once("\n## Errors\n").expect("the heading Errors");
    let mut written = head.to_owned();
    let mut severity = None;
    for &code in Code::ALL {
        if severity != Some(code.severity()) {
            severity = Some(code.severity());
            let heading = match code.severity() {
                Severity::Error => "Errors",
                Severity::Warning => "Warnings",
                Severity::Note => "Notes",
            };
            let _ = write!(written, "\n## {heading}\n");
        }
        let (meaning, mending) = by_hand(&text, code);
        let name = code.name();
        let example = example(code);
        let _ = write!(
            written,
            "\n### {name}\n\n{MEANING}{meaning}\n\n{EXAMPLE}{example}\n\n{MENDING}{mending}\n"
        );
    }
    cases::write_or_compare(&path, &written).expect("docs/diagnostics.md is up to date");
}

/// The parts of a section that are written by hand.
fn by_hand(text: &str, code: Code) -> (&str, &str) {
    let name = code.name();
    let (_, section) =
        text.split_once(&format!("\n### {name}\n")).unwrap_or_else(|| panic!("no section {name}"));
    let part = |label: &str| {
        let (_, part) = section.split_once(label).unwrap_or_else(|| panic!("{name} lacks {label}"));
        part.split("\n\n").next().unwrap_or("").trim_end()
    };
    (part(MEANING), part(MENDING))
}

/// The first finding that the code's case prints, and the lines it points at.
fn example(code: Code) -> String {
    if !cases::cases().iter().any(|case| case == code.name()) {
        return "None yet: nothing in the program reads the history so far.".to_owned();
    }
    let (printed, _) = cases::run(code.name(), &[]);
    let opening = format!("{}[{}]", code.severity().word(), code.name());
    let finding = printed.split("\n\n").find(|finding| finding.starts_with(&opening)).expect("its finding");
    let finding = format!("```text\n{}\n```", finding.trim_end());
    match lines_of(finding.as_str(), code.name()) {
        Some(lines) => format!("{lines}\n\n{finding}"),
        None => finding,
    }
}

/// The lines around the place of a finding, with the name of their file.
fn lines_of(finding: &str, case: &str) -> Option<String> {
    let place = finding.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = place.rsplitn(3, ':');
    let (_, line, path) = (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
    let of = |case: &str| std::fs::read_to_string(cases::folder(case).join(path)).ok();
    let text = of(case).or_else(|| of("_base"))?;
    let first = line.saturating_sub(AROUND + 1);
    let lines: Vec<&str> = text.lines().skip(first).take(line - first + AROUND).collect();
    let shown = lines.join("\n");
    let shown = shown.trim_matches('\n');
    let fence = if shown.contains("```") { "````" } else { "```" };
    let language = if path.ends_with(".md") { "markdown" } else { path.rsplit('.').next().unwrap_or("") };
    Some(format!("In `{path}`:\n\n{fence}{language}\n{shown}\n{fence}"))
}

#[test]
fn the_reference_of_fields_follows_the_tables() {
    cases::write_or_compare(&doc("fields.md"), &fields()).expect("docs/fields.md is up to date");
}

const FIELDS_HEAD: &str = "# Fields

What may stand between the two lines `---` of a page, in a row of a topic block, and in `site.yaml`.
This page is written from the program's own tables.

A field marked *yes* under Required must be there; null and empty count as left out. A list of one needs
no brackets. Names of pages are ids, titles or aliases.
";

fn fields() -> String {
    let mut out = FIELDS_HEAD.to_owned();
    section(&mut out, "All kinds", "Positions have no `title`.", tables::TITLE.iter().chain(tables::COMMON));
    for kind in Kind::ALL {
        let all: Vec<&Field> = tables::fields(&RecordKind::Page(kind)).collect();
        let own = &all[tables::TITLE.len() + tables::COMMON.len()..];
        let note = match kind {
            Kind::Issue => "Any topic block of `schema/` may stand here too, with its rows.",
            Kind::Page => "A free page has the fields of all kinds and none of its own.",
            _ => "",
        };
        let word = kind.word();
        let heading = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        let folder = kind.folder();
        section(&mut out, &heading, &format!("In `{folder}/`. {note}"), own.iter().copied());
    }
    section(&mut out, "Position", "In `positions/<issue>/`.", tables::POSITION.iter());
    section(
        &mut out,
        "Rows of topic blocks",
        "Besides the fields that the block's file in `schema/` lists. `unknown` and `none` may stand for a value of any type but text, markdown, flag and citations.",
        tables::ROW_END.iter(),
    );
    section(&mut out, "site.yaml", "", tables::SITE.iter());
    out.push_str("\n## What each type takes\n\n| type | write |\n|---|---|\n");
    for (word, expected) in types() {
        let _ = writeln!(out, "| {word} | {} |", cell(&expected));
    }
    out
}

/// A heading, a note and a table of fields; fields within fields follow with their whole path.
fn section<'f>(out: &mut String, heading: &str, note: &str, fields: impl Iterator<Item = &'f Field>) {
    let _ = write!(out, "\n## {heading}\n");
    if !note.trim().is_empty() {
        let _ = write!(out, "\n{}\n", note.trim());
    }
    let mut rows = String::new();
    fields.for_each(|field| row(&mut rows, "", field));
    if !rows.is_empty() {
        let _ =
            write!(out, "\n| field | type | required | words | what it is |\n|---|---|---|---|---|\n{rows}");
    }
}

fn row(rows: &mut String, above: &str, field: &Field) {
    let name = format!("{above}{}", field.name);
    let required = if field.required { "yes" } else { "" };
    let words = match &field.ty {
        Type::Choice(Words::Fixed(words)) => words.join(", "),
        Type::Choice(Words::Stances) => "`stances` of site.yaml".to_owned(),
        Type::Choice(Words::Groups) => "`groups` of site.yaml".to_owned(),
        _ => String::new(),
    };
    let _ =
        writeln!(rows, "| `{name}` | {} | {required} | {words} | {} |", field.ty.word(), cell(&field.help));
    if let Type::Record(inner) | Type::Rows(inner) | Type::ReadoutRows(inner) = &field.ty {
        inner.iter().for_each(|field| row(rows, &format!("{name}."), field));
    }
}

/// Every type that a table or a schema uses, by its word.
fn types() -> Vec<(String, String)> {
    let plain = [
        Type::Text,
        Type::Texts,
        Type::Markdown,
        Type::Number,
        Type::Flag,
        Type::Url,
        Type::Date,
        Type::Quantity,
        Type::Money,
        Type::Tally,
        Type::Duration,
        Type::Cite,
        Type::Regions("NAME".to_owned()),
        Type::Native,
        Type::Labels,
        Type::Point,
        Type::OldAddresses,
        Type::MapCredits,
        Type::AnyRefs,
    ];
    let mut all: Vec<(String, String)> = plain.iter().map(|ty| (ty.word(), ty.expected())).collect();
    all.push(("choice".to_owned(), "one of the words in the column Words".to_owned()));
    all.push(("a kind, such as actor".to_owned(), Type::Ref(Kind::Actor).expected()));
    all.push(("kinds, such as actors".to_owned(), Type::Refs(Kind::Actor).expected()));
    all.push(("fields".to_owned(), Type::Record(&[]).expected()));
    all.push(("rows".to_owned(), Type::Rows(&[]).expected()));
    all
}

/// Text within a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
