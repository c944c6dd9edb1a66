//! `docs/theme.md` lists each template with every field it gets. It is written from the view types'
//! own source, so that a field that is added there is documented here.
//!
//! `BLESS=1 cargo test --test theme_docs` writes it anew.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A type of `src/view`, as its source declares it.
#[derive(Default)]
struct Declared {
    words: String,
    fields: Vec<(String, String, String)>,
}

/// Reads `pub struct` declarations of what templates get: documentation, names and types of public fields.
fn declared(source: &str, types: &mut BTreeMap<String, Declared>) {
    let mut words = Vec::new();
    let mut open: Option<(String, Declared)> = None;
    let mut shown = false;
    for line in source.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("/// ") {
            words.push(doc.to_owned());
        } else if let Some(name) = line.strip_prefix("pub struct ") {
            let name = name.split([' ', '<', '{', '(']).next().unwrap().to_owned();
            let declared = Declared { words: words.join(" "), fields: Vec::new() };
            open = Some((name, declared)).filter(|_| shown);
            words.clear();
        } else if line == "}" {
            if let Some((name, declared)) = open.take() {
                let before = types.insert(name.clone(), declared);
                assert!(
                    before.is_none(),
                    "two views have a type `{name}`: the reference cannot tell them apart"
                );
            }
            words.clear();
        } else if let Some((field, ty)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
            if let Some((_, declared)) = &mut open {
                declared.fields.push((
                    field.to_owned(),
                    ty.trim_end_matches(',').to_owned(),
                    words.join(" "),
                ));
            }
            words.clear();
        } else if line.starts_with("#[derive(") {
            shown = line.contains("Serialize");
        } else if !line.starts_with('#') {
            words.clear();
        }
    }
}

/// A type in the words of somebody who writes templates.
fn in_words(ty: &str) -> String {
    if let Some(inner) = ty.strip_prefix("Vec<").and_then(|ty| ty.strip_suffix('>')) {
        return format!("list of {}", in_words(inner));
    }
    if let Some(inner) = ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')) {
        return format!("{} or nothing", in_words(inner));
    }
    match ty {
        "String" | "&'static str" => "text".into(),
        "Html" | "Finished" | "Contents" => "markup".into(),
        "usize" | "u32" => "number".into(),
        "bool" => "flag".into(),
        "BTreeMap<String, String>" => "map of texts".into(),
        other => {
            let name = other.rsplit("::").next().unwrap();
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}

fn table(out: &mut String, declared: &Declared) {
    out.push_str("\n| field | what it is | |\n|---|---|---|\n");
    for (name, ty, words) in &declared.fields {
        if name == "frame" {
            let _ = writeln!(out, "| … | every field of [Frame](#frame) | |");
        } else {
            let _ = writeln!(out, "| `{name}` | {words} | {} |", in_words(ty));
        }
    }
}

fn written() -> String {
    let mut types = BTreeMap::new();
    let walk = walkdir::WalkDir::new("src/view").sort_by_file_name().into_iter().map(Result::unwrap);
    let files = walk.map(walkdir::DirEntry::into_path).filter(|path| path.is_file());
    for file in files {
        declared(&fs::read_to_string(file).unwrap(), &mut types);
    }
    // Templates and the views they show stand together in the enumeration of views.
    let source = fs::read_to_string("src/view.rs").unwrap();
    let enumeration = source.split("pub enum View {").nth(1).unwrap().split("\n}").next().unwrap();
    let lines: Vec<&str> = enumeration.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let pairs = lines.chunks(2).map(|pair| {
        let template = pair[0].trim_start_matches("/// ").trim_matches('`');
        let view = pair[1].rsplit([':', '(']).next().unwrap().trim_end_matches(['>', ')', ',']);
        (template, view)
    });
    let mut out = fs::read_to_string("docs/theme-head.md").unwrap();
    out.push_str("\n## Templates\n");
    let mut shown: Vec<String> = Vec::new();
    for (template, view) in pairs {
        let _ = write!(out, "\n### {template}\n");
        table(&mut out, &types[view]);
        shown.push(view.to_owned());
    }
    out.push_str("\n## On every page\n");
    for name in ["Global", "Frame", "Masthead"] {
        let _ = write!(out, "\n### {name}\n\n{}\n", types[name].words);
        table(&mut out, &types[name]);
        if name == "Frame" {
            for name in ["assets", "masthead", "colophon"] {
                let _ =
                    writeln!(out, "| `{name}` | The finished [`parts/{name}.html`](#masthead). | markup |");
            }
        }
        shown.push(name.to_owned());
    }
    out.push_str("\n## Parts\n");
    let used = |name: &str| types.values().flat_map(|ty| &ty.fields).any(|(_, ty, _)| ty.contains(name));
    for (name, declared) in types.iter().filter(|(name, _)| !shown.contains(name) && used(name)) {
        if declared.fields.is_empty() {
            continue;
        }
        let _ = write!(out, "\n### {name}\n\n{}\n", declared.words);
        table(&mut out, declared);
    }
    out
}

#[test]
fn the_theme_s_reference_tells_every_field() {
    let path = Path::new("docs/theme.md");
    let written = written();
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, &written).unwrap();
    }
    assert_eq!(
        fs::read_to_string(path).unwrap_or_default(),
        written,
        "run BLESS=1 cargo test --test theme_docs"
    );
    for template in briefwiki::view::TEMPLATES {
        assert!(written.contains(&format!("### {template}\n")), "{template} has no section");
    }
}

#[test]
fn what_a_base_template_needs_is_told() {
    let head = fs::read_to_string("docs/theme-head.md").unwrap();
    let read = |path: &str| fs::read_to_string(Path::new("themes/default").join(path)).unwrap();
    let base = read("base.html");
    let blocks = base.split("block ").skip(1).filter_map(|rest| rest.split_whitespace().next());
    let blocks: Vec<&str> =
        blocks.filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_')).collect();
    assert!(blocks.len() > 5, "{blocks:?}");
    for block in blocks {
        assert!(head.contains(&format!("\n| `{block}` |")), "the block {block} is not told");
    }
    for script in ["site.js", "links.js", "search.js"] {
        let text = read(&format!("static/{script}"));
        for wanted in text.split("at('_").chain(text.split("getElementById('_")).skip(1) {
            let Some((id, _)) =
                wanted.split_once('\'').filter(|(id, _)| id.chars().all(char::is_alphanumeric))
            else {
                continue;
            };
            assert!(
                head.contains(&format!("`_{id}`")),
                "the id _{id}, which {script} looks for, is not told"
            );
        }
        assert!(head.contains(script), "{script} is not told");
    }
}
