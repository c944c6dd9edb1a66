//! What the template engine says, as findings at their places.
//!
//! In: messages of the engine and the texts of the templates. Out: findings in words for authors of themes.

use super::tags::tags;
use crate::diagnostic::{Code, Finding, Place};
use crate::model::names::nearest;
use crate::parse::Findings;
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A template as it was read.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path in the theme, by which others call it.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// Its text.
    pub text: String,
    /// Whether it is the author's, not the default theme's.
    pub own: bool,
}

/// Filters of the engine, to find the one that was meant.
const FILTERS: [&str; 37] = [
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];

/// Most names that are told not to be there; the place of each is looked for from the start of its template.
const MOST_TOLD: usize = 500;

/// What the engine reports of names that are not there: blocks, filters, functions, templates. Blocks that a
/// template of the author lacks and the default theme fills are one finding. What follows from a broken template
/// is left out. `None` for a text of another form.
pub(super) fn of_references(text: &str, sources: &[Source], broken: &[String]) -> Option<Findings> {
    let mut findings = Findings::new();
    let mut lacking: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    let reports = reports(text);
    for report in reports.iter().take(MOST_TOLD) {
        let source = sources.iter().find(|source| source.name == report.name)?;
        let finding = |message: String| Finding::new(Code::Template, report.place(source), message);
        let named = report.message.split('`').nth(1).unwrap_or_default();
        let what = report.message.split('`').next().unwrap_or_default().trim();
        if what == "Block" {
            let parents = parents(source, sources);
            if parents.iter().any(|parent| broken.contains(&parent.name)) {
                continue;
            }
            if let Some(own) = parents.iter().find(|parent| parent.own && !source.own) {
                lacking.entry(&own.name).or_default().entry(named).or_default().insert(&source.name);
                continue;
            }
            let there: BTreeSet<&str> = parents.iter().flat_map(|parent| blocks(&parent.text)).collect();
            let shown: Vec<&str> = there.iter().copied().collect();
            let found = finding(format!("there is no block `{named}` in the template that this one extends"))
                .help(format!("its blocks are: {}", shown.join(", ")));
            findings.push(meant(found, named, there));
            continue;
        }
        let sort = what.strip_prefix("Unknown ")?;
        let found = finding(format!("there is no {sort} `{named}`"));
        findings.push(match sort {
            "template" => meant(found, named, sources.iter().map(|source| source.name.as_str()))
                .help("a template is called by its path in the theme, such as `parts/foot.html`"),
            "filter" => meant(found, named, FILTERS),
            "function" => {
                found.help("all that a page shows stands in its fields, such as `today`; see docs/theme.md")
            }
            _ => found,
        });
    }
    for (name, blocks) in lacking {
        let source = sources.iter().find(|source| source.name == name)?;
        let fills = |templates: &BTreeSet<&str>| {
            let mut shown: Vec<&str> = templates.iter().copied().take(3).collect();
            if templates.len() > shown.len() {
                shown.push("…");
            }
            shown.join(", ")
        };
        let shown: Vec<String> =
            blocks.iter().map(|(block, by)| format!("`{block}` (by {})", fills(by))).collect();
        let write: Vec<String> =
            blocks.keys().map(|block| format!("{{% block {block} %}}{{% endblock %}}")).collect();
        let message = format!("`{name}` lacks blocks that the default theme fills: {}", shown.join(", "));
        let place = Place::file(source.file);
        findings.push(Finding::new(Code::Template, place, message).help(format!(
            "write each where its content belongs: {}; docs/theme.md tells what they are for",
            write.join(" ")
        )));
    }
    (!reports.is_empty()).then_some(findings)
}

/// What is wrong where the engine found something while it made a page: `message` is the engine's.
pub(super) fn of_rendering(source: &Source, span: Span, message: &str, words: &[String]) -> Finding {
    let (said, there) = message.split_once(". Available").unwrap_or((message, ""));
    let finding = |message: String| Finding::new(Code::Template, Place::span(source.file, span), message);
    let undefined = said.starts_with("Field `")
        || said.starts_with("Variable `")
        || said.contains("variable that is undefined")
        || said.ends_with("got `undefined`")
        || said.ends_with("on type `undefined`");
    let named = expression(&source.text, span);
    if !undefined || named.is_empty() {
        return finding(said.trim_end_matches('.').to_owned());
    }
    if let Some(key) = word_key(named) {
        let found = finding(format!("there is no word `{key}`"))
            .help("words stand in words/en.yaml of the theme, a line each, and in the default theme's");
        return meant(found, key, words.iter().map(String::as_str));
    }
    match named.rsplit_once('.') {
        Some((owner, field)) => {
            let fields = there.split_once(": ").map_or("", |(_, fields)| fields);
            let help = match fields {
                "" => format!("docs/theme.md tells the fields of `{owner}`"),
                _ => format!("`{owner}` has: {fields}; see docs/theme.md"),
            };
            let found = finding(format!("`{owner}` has no field `{field}`")).help(help);
            meant(found, field, fields.split(", ").filter(|field| !field.is_empty()))
        }
        None => finding(format!("`{named}` is not defined")),
    }
}

/// Adds the name that was meant, if a slip explains it.
pub(super) fn meant<'a>(finding: Finding, name: &str, there: impl IntoIterator<Item = &'a str>) -> Finding {
    match nearest(name, there) {
        Some(near) => finding.label(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// Own templates of pages that hold nothing: each page would be empty.
pub(super) fn empty(sources: &[Source], pages: &[&str]) -> Findings {
    let own = sources.iter().filter(|source| source.own && source.text.trim().is_empty());
    own.filter(|source| source.name != "robots.txt" && pages.contains(&source.name.as_str()))
        .map(|source| {
            let message = format!("`{}` is empty, and so each page made with it would be", source.name);
            Finding::new(Code::Template, Place::file(source.file), message)
                .help("write the template, or take the file away: then the default theme's is used")
        })
        .collect()
}

/// One report of the engine.
struct Report<'t> {
    message: &'t str,
    name: &'t str,
    line: usize,
    column: usize,
    width: usize,
}

impl Report<'_> {
    fn place(&self, source: &Source) -> Place {
        let before: usize = source.text.split_inclusive('\n').take(self.line - 1).map(str::len).sum();
        let line = source.text[before..].lines().next().unwrap_or_default();
        let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        let (from, to) = (byte(self.column - 1), byte(self.column - 1 + self.width));
        Place::span(source.file, Span::new(before + from, before + to))
    }
}

/// The reports of a text: `error: …`, below it `--> name:line:column`, and then the line with marks below.
fn reports(text: &str) -> Vec<Report<'_>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let heads = lines.windows(2).enumerate();
    heads
        .filter_map(|(at, pair)| {
            let message = pair[0].strip_prefix("error: ")?;
            let mut place = pair[1].trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
            let column: usize = place.next()?.parse().ok()?;
            let line: usize = place.next()?.parse().ok()?;
            let width = lines.get(at + 4).map_or(1, |marks| marks.matches('^').count());
            let name = place.next()?;
            (line > 0 && column > 0).then_some(Report { message, name, line, column, width })
        })
        .collect()
}

/// The templates that one extends, the nearest first.
fn parents<'s>(source: &Source, sources: &'s [Source]) -> Vec<&'s Source> {
    let mut parents: Vec<&Source> = Vec::new();
    let mut next = extended(&source.text);
    while let Some(parent) = next.and_then(|name| sources.iter().find(|source| source.name == name)) {
        if parents.iter().any(|known| known.name == parent.name) {
            break;
        }
        parents.push(parent);
        next = extended(&parent.text);
    }
    parents
}

/// The name in a template's `extends`.
fn extended(text: &str) -> Option<&str> {
    tags(text).find_map(|tag| tag.named("extends"))
}

/// The blocks that a template has.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    tags(text).filter_map(|tag| tag.after("block"))
}

/// The whole expression that a span of the engine stands in: for `numer` of `n.numer` that.
fn expression(text: &str, span: Span) -> &str {
    let Some(before) = text.get(..span.start as usize) else { return "" };
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let from = before.trim_end_matches(part).len();
    let Some(rest) = text.get(from..) else { return "" };
    let end = rest.find(|c: char| !part(c)).unwrap_or(rest.len());
    let end = match rest[end..].strip_prefix('[') {
        Some(index) => end + 1 + index.find(']').map_or(0, |at| at + 1),
        None => end.max((span.end as usize).saturating_sub(from).min(rest.len())),
    };
    rest.get(..end).unwrap_or_default().trim()
}

/// The key in `words["key"]` or `words.key`.
fn word_key(expression: &str) -> Option<&str> {
    let rest = expression.strip_prefix("words")?;
    if let Some(key) = rest.strip_prefix('.') {
        return Some(key);
    }
    let key = rest.strip_prefix('[')?.strip_suffix(']')?.trim();
    let key = key.trim_matches(['"', '\'', '`']);
    (!key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { name: "page.html".into(), file: FileId(0), text: text.into(), own: true }
    }

    #[test]
    fn a_report_is_found_by_its_line_and_column() {
        let text = "error: Unknown filter `saef`\n --> page.html:2:6\n  |\n2 | é{{ a | saef }}\n  |         ^^^^\n\nerror: Unknown function `now`\n --> page.html:1:1\n  |\n1 | now\n  | ^^^";
        let found = reports(text);
        let all: Vec<_> = found.iter().map(|it| (it.message, it.line, it.column, it.width)).collect();
        assert_eq!(all, [("Unknown filter `saef`", 2, 6, 4), ("Unknown function `now`", 1, 1, 3)]);
        assert!(of_references("no report", &[], &[]).is_none());
    }

    #[test]
    fn the_expression_is_told_by_its_owner() {
        let check = |text: &str, at: &str, expected: &str| {
            let start = text.find(at).unwrap();
            assert_eq!(expression(text, Span::new(start, start + at.len())), expected, "{text}");
        };
        check("{{ n.numer }}", "numer", "n.numer");
        check("{{ bodyy | safe }}", "bodyy", "bodyy");
        check("{{ words[\"edti\"] }}", "words", "words[\"edti\"]");
        check("{{ words[\"edti\"] }}", "words[\"edti\"]", "words[\"edti\"]");
        let words = ["edit".to_owned()];
        let text = "{{ words[\"edti\"] }}";
        let found = of_rendering(
            &source(text),
            Span::new(3, 16),
            "Tried to render a variable that is undefined",
            &words,
        );
        assert_eq!(
            (found.message.as_str(), found.label.as_str()),
            ("there is no word `edti`", "did you mean `edit`?")
        );
    }
}
