//! The files of the content folder that Markdown links and images may name.
//!
//! In: the way to a file as it is written. Out: its path below the content folder; the finding for one that
//! is not there, with the way to the file that is likely meant.

use super::PageRef;
use super::links::Target;
use super::records::Resolver;
use crate::diagnostic::{At, Code, Finding, Place};
use crate::model::kind::RecordKind;
use crate::parse::{Document, Findings, How, Link, stem};
use crate::read::{Inputs, Role};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

/// The files that Markdown links may name.
#[derive(Debug)]
pub struct Files<'a> {
    /// Also by the path where a page belongs that lies in another folder or has a bad name.
    pub(super) pages: HashMap<Cow<'a, str>, PageRef>,
    pub(super) others: HashSet<&'a str>,
    pub(super) drafts: HashSet<&'a str>,
    /// Files that belong elsewhere; asked for only by links that lead nowhere.
    strays: OnceLock<HashSet<&'a str>>,
    inputs: &'a Inputs,
    /// For links that lead nowhere: pages, and other files.
    near_pages: Near<'a>,
    near_others: Near<'a>,
}

/// Paths to be found where case, or the folder, is wrong; asked for only by links that lead nowhere.
#[derive(Debug, Default)]
struct Near<'a> {
    paths: Vec<Cow<'a, str>>,
    numbers: OnceLock<Numbers>,
}

/// The numbers that stand for whole paths, and for their last parts, in order, each with the index of the path.
/// Texts would be as many as files.
#[derive(Debug)]
struct Numbers {
    by_path: Vec<(u64, usize)>,
    by_name: Vec<(u64, usize)>,
}

impl<'a> Near<'a> {
    fn of(paths: Vec<Cow<'a, str>>) -> Near<'a> {
        Near { paths, numbers: OnceLock::new() }
    }

    fn numbers(&self) -> &Numbers {
        let sorted = |key: fn(&str) -> &str| {
            let numbers =
                self.paths.iter().enumerate().map(|(at, path)| (number(&key(path).to_lowercase()), at));
            let mut numbers: Vec<(u64, usize)> = numbers.collect();
            numbers.sort_unstable();
            numbers
        };
        self.numbers.get_or_init(|| Numbers { by_path: sorted(|path| path), by_name: sorted(last) })
    }

    /// The path that is a text but for its case; of several the smallest.
    fn path(&self, lower: &str) -> Option<&str> {
        self.find(&self.numbers().by_path, |path| path, lower)
    }

    /// The path whose last part is a text but for its case; of several the smallest.
    fn name(&self, lower: &str) -> Option<&str> {
        self.find(&self.numbers().by_name, last, lower)
    }

    fn find(&self, sorted: &[(u64, usize)], key: fn(&str) -> &str, lower: &str) -> Option<&str> {
        let wanted = number(lower);
        let first = sorted.partition_point(|(number, _)| *number < wanted);
        let same = sorted[first..].iter().take_while(|(number, _)| *number == wanted);
        let paths = same.map(|(_, at)| self.paths[*at].as_ref());
        paths.filter(|path| !lower.is_empty() && key(path).to_lowercase() == lower).min()
    }
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A number that stands for a text, the same in each run.
fn number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl<'a> Files<'a> {
    /// Gathers the files of a wiki.
    pub fn new(inputs: &'a Inputs, pages: &[&'a Document], left_out: &[&'a Document]) -> Files<'a> {
        let path = |document: &&'a Document| inputs.file(document.file).path.as_str();
        let mut by_path: HashMap<Cow<'a, str>, PageRef> = HashMap::with_capacity(pages.len());
        let mut page_paths: Vec<Cow<'a, str>> = Vec::with_capacity(pages.len());
        for (at, document) in pages.iter().enumerate() {
            let page = super::page_ref(at);
            by_path.insert(Cow::Borrowed(path(document)), page);
            page_paths.push(Cow::Borrowed(path(document)));
            let RecordKind::Page(kind) = document.kind else { continue };
            if !is_at(path(document), kind.folder(), &document.id) {
                let proper = format!("{}/{}.md", kind.folder(), document.id);
                page_paths.push(Cow::Owned(proper.clone()));
                by_path.entry(Cow::Owned(proper)).or_insert(page);
            }
        }
        let copied = || of_role(inputs, |role| matches!(role, Role::Copied | Role::Svg));
        let others = copied().collect();
        let drafts: HashSet<&str> = left_out.iter().map(path).collect();
        let near_pages = Near::of(page_paths);
        let near_others = Near::of(copied().map(Cow::Borrowed).collect());
        Files { pages: by_path, others, drafts, strays: OnceLock::new(), inputs, near_pages, near_others }
    }

    /// Whether a path is that of a file that belongs elsewhere.
    pub(super) fn is_stray(&self, path: &str) -> bool {
        let gather = || {
            // A position among the pages is told where it lies, as a stray file is.
            let misplaced = of_role(self.inputs, |role| matches!(role, Role::Page(_)))
                .filter(|path| !self.pages.contains_key(*path) && !self.drafts.contains(path));
            of_role(self.inputs, |role| *role == Role::Stray).chain(misplaced).collect()
        };
        self.strays.get_or_init(gather).contains(path)
    }
}

/// The paths of the files that have some roles.
fn of_role(inputs: &Inputs, wanted: fn(&Role) -> bool) -> impl Iterator<Item = &str> {
    inputs.iter().filter(move |(_, file)| wanted(&file.role)).map(|(_, file)| file.path.as_str())
}

/// Whether a path is that of a page of an id in a folder.
fn is_at(path: &str, folder: &str, id: &str) -> bool {
    let name = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    name.and_then(|name| name.strip_suffix(".md")) == Some(id)
}

impl Resolver<'_> {
    /// Tells of a link or image whose file is not there.
    pub(super) fn broken(
        &self,
        document: &Document,
        link: &Link,
        place: Place,
        findings: &mut Findings,
    ) -> Target {
        let what = if link.how == How::Image { "image" } else { "file" };
        let shown: String = link.target.chars().take(80).collect();
        let finding = Finding::new(Code::BrokenLink, place, format!("there is no {what} `{shown}`"));
        let own = &self.inputs.file(document.file).path;
        findings.push(match self.meant(own, link) {
            Some((path, now)) => {
                let way = way(own, path);
                let fix = self.with_way(&finding.place, link, &way);
                let label = match now {
                    Some(now) => format!("this page is now `{now}`: write {way}"),
                    None => format!("did you mean `{way}`?"),
                };
                finding.label(label).maybe_fix(fix)
            }
            None if link.how != How::Image && own_way(own, link).as_deref().is_some_and(may_be_position) => {
                self.no_page(finding, own, link)
            }
            None if own_way(own, link).is_some_and(|path| is_history(&path)) => {
                self.on_history(finding, own, link)
            }
            None if link.target.starts_with("www.") => {
                finding.label(format!("for an address outside write https://{shown}"))
            }
            None => finding.label("expected the way from this file's folder to a file of the content folder"),
        });
        Target::Text
    }

    /// A link with another way; the words before it may hold the old one too.
    fn with_way(&self, place: &Place, link: &Link, way: &str) -> Option<String> {
        let At::Span(span) = place.at else { return None };
        let written = self.inputs.text(place.file).get(span.range())?;
        let old = link.target.split('#').next().filter(|old| !old.is_empty())?;
        let at = written.rfind(old)?;
        Some([&written[..at], way, &written[at + old.len()..]].concat())
    }

    /// The path of the file that is likely meant; with its id, if it is a page that was renamed.
    fn meant(&self, own: &str, link: &Link) -> Option<(&str, Option<&str>)> {
        let target = link.target.trim().split('#').next().unwrap_or("");
        let target = decoded(target);
        let wanted = join(own, &target).unwrap_or_default().to_lowercase();
        let name = target.rsplit('/').next().unwrap_or("").to_lowercase();
        let is_page = link.how == How::Markdown;
        let (others, pages) = (&self.files.near_others, &self.files.near_pages);
        // As the page stands in the site, or without an ending.
        let named =
            name.strip_suffix(".html").or_else(|| Some(name.as_str()).filter(|name| !name.contains('.')));
        let page = named.filter(|named| is_page && !named.is_empty()).map(|named| format!("{named}.md"));
        let page_at = |path: &str| is_page.then(|| pages.path(path)).flatten();
        let page_of = |name: &str| is_page.then(|| pages.name(name)).flatten();
        let near = others
            .path(&wanted)
            .or_else(|| page_at(&wanted))
            .or_else(|| others.name(&name))
            .or_else(|| page_of(&name))
            .or_else(|| pages.name(page.as_deref()?));
        if let Some(path) = near {
            return Some((path, None));
        }
        let now = self.index.renamed(stem(&target), None).filter(|_| is_page)?;
        let path = pages.name(&format!("{now}.md"))?;
        Some((path, Some(now)))
    }
}

/// Whether a path that leads nowhere is one of the folders of positions, and that of no image or other file.
fn may_be_position(path: &str) -> bool {
    let ending = last(path).rsplit_once('.').map_or("md", |(_, ending)| ending);
    path.starts_with("positions/") && matches!(ending, "md" | "html")
}

/// Whether a path is that of an issue's history in the site.
fn is_history(path: &str) -> bool {
    path.starts_with("issues/") && path.ends_with("/history.html")
}

/// The path below the content folder that a link names.
pub(super) fn own_way(own: &str, link: &Link) -> Option<String> {
    join(own, &decoded(link.target.trim().split('#').next().unwrap_or_default()))
}

/// The way from a file to another, both by their paths below the content folder.
fn way(from: &str, to: &str) -> String {
    let folders = |path: &'_ str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let (own, other) = (folders(from), folders(to));
    let split = |folder: &str| folder.split('/').filter(|part| !part.is_empty()).count();
    let parts = || own.split('/').zip(other.split('/'));
    let shared = parts().take_while(|(a, b)| a == b && !a.is_empty()).count();
    let up = "../".repeat(split(&own) - shared);
    let down = to.splitn(shared + 1, '/').last().unwrap_or(to);
    format!("{up}{}", down.replace(' ', "%20"))
}

/// A path relative to a file, as a path below the content folder; `None` if it leads out of it.
pub(super) fn join(file: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Percent-encoded text decoded (RFC 3986, section 2.1); left as it is where that is no text.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(code) if byte == b'%' => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_at_the_file_s_folder() {
        let check = |file: &str, path: &str, expected: Option<&str>| {
            assert_eq!(join(file, path).as_deref(), expected, "{path}");
        };
        check("issues/a.md", "../actors/b.md", Some("actors/b.md"));
        check("positions/x/a.md", "../../issues/./c.md", Some("issues/c.md"));
        check("issues/a.md", "../../README.md", None);
        check("issues/a.md", "/etc/passwd", None);
    }

    #[test]
    fn the_way_to_a_file_is_the_shortest() {
        let check = |from: &str, to: &str, expected: &str| {
            assert_eq!(way(from, to), expected);
            assert_eq!(join(from, &decoded(expected)).as_deref(), Some(to));
        };
        check("issues/a.md", "issues/b.png", "b.png");
        check("issues/a.md", "actors/b.md", "../actors/b.md");
        check("positions/x/a.md", "issues/b c.md", "../../issues/b%20c.md");
        check("positions/x/a.md", "positions/y/b.md", "../y/b.md");
        check("issues/a.md", "issues/deep/b.png", "deep/b.png");
    }

    #[test]
    fn percent_signs_are_decoded() {
        assert_eq!(decoded("a%20b%zz%"), "a b%zz%");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
