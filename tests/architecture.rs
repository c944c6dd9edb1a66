//! The rules of ARCHITECTURE.md, held against the code.
//!
//! The order of modules and the homes of foreign crates are read from that file, so that text and code
//! cannot part. What breaks a rule is told with file and line.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of code that a file may have before it needs a reason.
const LONGEST: usize = 400;

/// Longer files, each with the reason why it is one.
const LONG_FILES: &[(&str, &str)] = &[];

/// Crates that may stand in any file (rule 3).
const ANYWHERE: &[&str] = &["serde", "rayon", "std", "core", "alloc", "briefwiki"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap()
}

/// A source file: its path below `src/`, and its lines with their numbers, without unit tests.
struct Source {
    path: String,
    text: String,
    code: Vec<(usize, String)>,
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut folders = vec![src.clone()];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        // A file of unit tests is a module that stands behind `#[cfg(test)]`.
        let tests = name.ends_with("/tests.rs") || name.contains("/tests/");
        let lines = text.lines().enumerate().take_while(|(_, line)| !tests && *line != "#[cfg(test)]");
        let code = lines
            .map(|(at, line)| (at + 1, line.split("//").next().unwrap().trim_end().to_owned()))
            .filter(|(_, line)| !line.trim().is_empty())
            .collect();
        Source { path: name, code, text }
    };
    paths.iter().map(read).collect()
}

/// Fails with everything that was found.
fn assert_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

/// The modules in order: the first fenced block below the heading.
fn modules() -> Vec<String> {
    let text = architecture();
    let (_, below) = text.split_once("\n## Modules in order\n").expect("a heading `Modules in order`");
    let mut fences = below.split("```");
    let block = fences.nth(1).expect("a fenced block below it");
    block.lines().skip(1).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The module of the order that a file belongs to.
fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The module a path leads to, counted from the crate's root, in a file so many modules deep.
fn named_modules(line: &str, depth: usize) -> Vec<String> {
    let mut named = Vec::new();
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut after_root = |rest: &str| match rest.strip_prefix('{') {
        Some(group) => {
            // Only the first word of each entry at the top of the group counts.
            let mut level = 0;
            let mut entry = String::new();
            for c in group.chars() {
                match c {
                    '{' => level += 1,
                    '}' if level == 0 => break,
                    '}' => level -= 1,
                    ',' if level == 0 => {
                        named.push(word(entry.trim()));
                        entry.clear();
                        continue;
                    }
                    _ => {}
                }
                entry.push(c);
            }
            named.push(word(entry.trim()));
        }
        None => named.push(word(rest)),
    };
    for (at, _) in line.match_indices("crate::") {
        let whole = at == 0 || !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if whole {
            after_root(&line[at + "crate::".len()..]);
        }
    }
    let up = "super::".repeat(depth);
    for (at, _) in line.match_indices(&up) {
        let starts = !line[..at].ends_with("super::");
        if starts && !line[at + up.len()..].starts_with("super") {
            after_root(&line[at + up.len()..]);
        }
    }
    named.retain(|name| !name.is_empty());
    named
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let check = |line: &str, depth: usize, expected: &[&str]| {
        assert_eq!(named_modules(line, depth), expected, "{line}");
    };
    check("use crate::model::date::Day;", 1, &["model"]);
    check("use crate::{model::{date, kind}, parse, view::View};", 1, &["model", "parse", "view"]);
    check("let x = crate::parse::stops(&y, crate::view::z);", 1, &["parse", "view"]);
    check("use super::Page;", 2, &[]);
    check("use super::parse::Page;", 1, &["parse"]);
    check("use super::super::parse::Page;", 2, &["parse"]);
    check("use mycrate::model;", 1, &[]);
}

#[test]
fn a_module_uses_only_modules_before_it() {
    let order = modules();
    let place = |module: &str| order.iter().position(|own| own == module);
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        let module = module_of(&source.path);
        let Some(own) = place(module) else {
            found.push(format!("src/{}:1: `{module}` is missing in the list of modules", source.path));
            continue;
        };
        let depth = source.path.matches('/').count() + 1;
        for (number, line) in &source.code {
            for used in named_modules(line, depth) {
                match place(&used) {
                    Some(other) if other <= own => {}
                    Some(_) => found.push(format!(
                        "src/{}:{number}: `{module}` uses `{used}`, which comes after it",
                        source.path
                    )),
                    None => found.push(format!(
                        "src/{}:{number}: `crate::{used}` is the root's; use what the module itself offers",
                        source.path
                    )),
                }
            }
        }
    }
    assert_none(&found, "ARCHITECTURE.md, rule 1: a module uses only modules above it");
}

#[test]
fn the_list_of_modules_has_no_more_than_there_are() {
    let there: BTreeSet<String> = sources()
        .iter()
        .map(|source| module_of(&source.path).to_owned())
        .filter(|name| name != "lib")
        .collect();
    assert_eq!(modules().into_iter().collect::<BTreeSet<_>>(), there);
}

/// What the binary declares besides would be compiled into it with its private parts.
#[test]
fn the_binary_sees_only_the_library_s_public_items() {
    let sources = sources();
    let declared = |path: &str| -> BTreeSet<String> {
        let source = sources.iter().find(|source| source.path == path).unwrap();
        let name = |line: &str| line.trim_start_matches("pub ").strip_prefix("mod ").map(str::to_owned);
        let names = source.code.iter().filter_map(|(_, line)| name(line));
        names.map(|name| name.trim_end_matches(';').to_owned()).collect()
    };
    assert_eq!(declared("main.rs"), BTreeSet::from(["cli".to_owned()]));
    let library = modules().into_iter().filter(|name| !matches!(name.as_str(), "cli" | "main"));
    assert_eq!(declared("lib.rs"), library.collect());
}

/// The homes of crates: the table below rule 3, crate → files.
fn homes() -> BTreeMap<String, Vec<String>> {
    let text = architecture();
    let ticked =
        |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let rows = text.lines().map(str::trim).filter(|line| line.starts_with("| `") && line.contains(".rs`"));
    let mut homes = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        for name in ticked(cells[0]) {
            homes.insert(name.replace('-', "_"), ticked(cells[1]));
        }
    }
    homes
}

/// The crates that Cargo.toml names as dependencies.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, below) = manifest.split_once("\n[dependencies]\n").unwrap();
    let lines = below.lines().take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| Some(line.split_once('=')?.0.trim().replace('-', "_"))).collect()
}

#[test]
fn a_foreign_crate_has_one_home() {
    let homes = homes();
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for name in dependencies().into_iter().filter(|name| !ANYWHERE.contains(&name.as_str())) {
        let Some(home) = homes.get(&name) else {
            found.push(format!("Cargo.toml: `{name}` has no home in the table of ARCHITECTURE.md"));
            continue;
        };
        for source in sources() {
            for (number, line) in &source.code {
                let names = [format!("{name}::"), format!("use {name};")];
                let whole =
                    |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
                let uses =
                    names.iter().any(|path| line.match_indices(path.as_str()).any(|(at, _)| whole(at)));
                if uses && home.contains(&source.path) {
                    used.insert(name.clone());
                } else if uses {
                    found.push(format!(
                        "src/{}:{number}: `{name}` lives in {}",
                        source.path,
                        home.join(", ")
                    ));
                }
            }
        }
        if !used.contains(&name) {
            found.push(format!("ARCHITECTURE.md: nothing uses `{name}` in {}", home.join(", ")));
        }
    }
    assert_none(&found, "ARCHITECTURE.md, rule 3: one home for a foreign crate");
}

#[test]
fn a_file_begins_with_what_comes_in_and_goes_out() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("src/{}:1: expected `//! …`", source.path))
        .collect();
    assert_none(&found, "ARCHITECTURE.md, rule 4: every file begins with `//!`");
}

#[test]
fn a_long_file_has_a_reason() {
    let lengths: BTreeMap<String, usize> =
        sources().into_iter().map(|source| (source.path, source.code.len())).collect();
    let excused = |path: &str| LONG_FILES.iter().any(|(long, _)| *long == path);
    let too_long = lengths.iter().filter(|(path, length)| **length > LONGEST && !excused(path));
    let mut found: Vec<String> =
        too_long.map(|(path, length)| format!("src/{path}:1: {length} lines of code: split it")).collect();
    let idle =
        LONG_FILES.iter().filter(|(path, _)| lengths.get(*path).is_none_or(|length| *length <= LONGEST));
    found.extend(idle.map(|(path, _)| format!("{path} needs no exception any more: take it out")));
    assert_none(&found, "ARCHITECTURE.md, rule 4: small files");
}

/// Names of fields and variables that are hash maps or sets in a file.
fn hashed(source: &Source) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, line) in &source.code {
        let maps = ["HashMap", "HashSet", "NameMap"];
        let Some((before, _)) = maps.iter().find_map(|map| line.split_once(map)) else { continue };
        let before =
            before.trim().trim_start_matches("pub ").trim_start_matches("let ").trim_start_matches("mut ");
        let name: String = before.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if before[name.len()..].starts_with([':', ' ']) && name != "use" && name != "fn" {
            names.insert(name);
        }
    }
    names
}

/// A line of code with the lines behind it that go on with its value, as `rustfmt` breaks them.
fn gone_on(code: &[(usize, String)]) -> String {
    let mut lines = code.iter().map(|(_, line)| line.trim());
    let first = lines.next().unwrap_or_default().to_owned();
    lines.take_while(|line| line.starts_with('.')).fold(first, |whole, line| whole + line)
}

/// What walks through a map in its own order. A walk whose result has no order is marked on its line or
/// the one before: `min()`, `max()`, `any(`, `all(`, `len()`, or a sort right behind it.
#[test]
fn no_hash_map_is_walked_through() {
    assert_none(
        &sources().iter().flat_map(walked).collect::<Vec<_>>(),
        "ARCHITECTURE.md, rule 5: no iteration over hash maps",
    );
}

#[test]
fn a_walk_through_a_hash_map_is_seen() {
    let check = |lines: &str, expected: usize| {
        let text = format!("let names: HashMap<u32, u32> = x();\n{lines}");
        let code = text.lines().enumerate().map(|(at, line)| (at + 1, line.to_owned())).collect();
        let source = Source { path: "x.rs".into(), code, text: text.clone() };
        assert_eq!(walked(&source).len(), expected, "{lines}");
    };
    check("names.get(&1)", 0);
    check("let ids: NameMap<u32, u32> = x();\nids.iter()", 1);
    check("names.iter().map(x)", 1);
    check("names\n    .into_iter()\n    .map(x)", 1);
    check("names\n    .values()\n    .max()", 0);
    check("for name in &names {", 1);
}

fn walked(source: &Source) -> Vec<String> {
    const WALKS: [&str; 7] =
        [".iter()", ".keys()", ".values()", ".into_iter()", ".drain()", ".into_values()", ".into_keys()"];
    const UNORDERED: [&str; 6] = [".min()", ".max()", ".any(", ".all(", ".sort", ".collect::<BTree"];
    let mut found = Vec::new();
    for name in hashed(source) {
        for (at, (number, _)) in source.code.iter().enumerate() {
            let line = &gone_on(&source.code[at..]);
            // A list of the same name is counted; nobody counts the entries of a map.
            let counted = line.contains(&format!("{name}.iter().enumerate()"));
            let walks = !counted && WALKS.iter().any(|walk| line.contains(&format!("{name}{walk}")))
                || line.contains(&format!("in &{name} "))
                || line.contains(&format!("in &self.{name} "));
            let near = source.code[at..].iter().take(4).map(|(_, line)| line.as_str());
            let safe = near.collect::<String>();
            if walks && !UNORDERED.iter().any(|end| safe.contains(end)) {
                found.push(format!("src/{}:{number}: `{name}` is walked in no order", source.path));
            }
        }
    }
    found
}

/// What rule 5 refuses in a line.
fn hidden(path: &str, line: &str) -> Vec<(&'static str, &'static str)> {
    const STATE: &str = "no hidden state";
    const INSIDE: &str = "no interior mutability";
    const DAY: &str = "the day is an input";
    const REFUSED: [(&str, &str); 13] = [
        ("unsafe ", "no `unsafe`"),
        ("static mut", "no mutable statics"),
        ("OnceLock", STATE),
        ("thread_local!", STATE),
        ("LazyLock", STATE),
        ("LazyCell", STATE),
        ("Atomic", INSIDE),
        // `Cell`, `RefCell`, `OnceCell`, `UnsafeCell`: their paths, types and beginnings.
        ("cell::", INSIDE),
        ("Cell<", INSIDE),
        ("Cell::new", INSIDE),
        ("Mutex", INSIDE),
        ("RwLock", INSIDE),
        ("::now", DAY),
    ];
    // The root measures its stages; the binary tells how long a run took, and which day it is.
    let excused = |word: &str| match word {
        "::now" => matches!(path, "lib.rs" | "cli.rs"),
        // In a value, what it holds follows from that value; in a static it would be state.
        "OnceLock" => !line.contains("static "),
        _ => false,
    };
    REFUSED.into_iter().filter(|(word, _)| line.contains(word) && !excused(word)).collect()
}

#[test]
fn what_is_hidden_is_seen() {
    let check = |path: &str, line: &str, expected: bool| {
        assert_eq!(!hidden(path, line).is_empty(), expected, "{path}: {line}");
    };
    check("view.rs", "static COUNT: AtomicUsize = AtomicUsize::new(0);", true);
    check("view.rs", "    names: RwLock<Vec<String>>,", true);
    check("view.rs", "use std::cell::OnceCell;", true);
    check("view.rs", "    seen: Cell<u32>,", true);
    check("view.rs", "    names: OnceLock<Names>,", false);
    check("view.rs", "static NAMES: OnceLock<Names> = OnceLock::new();", true);
    check("view.rs", "let start = Instant::now();", true);
    check("lib.rs", "let start = Instant::now();", false);
    check("lib.rs", "static SEEN: Mutex<u32> = Mutex::new(0);", true);
    check("view.rs", "BlockKind::Cell => x,", false);
    check("view.rs", "static JOINS: [bool; 128] = {", false);
}

#[test]
fn nothing_is_hidden() {
    let mut found = Vec::new();
    for source in sources() {
        for (number, line) in &source.code {
            for (word, rule) in hidden(&source.path, line) {
                found.push(format!("src/{}:{number}: `{}`: {rule}", source.path, word.trim()));
            }
        }
    }
    assert_none(&found, "ARCHITECTURE.md, rule 5: no hidden state");
}
