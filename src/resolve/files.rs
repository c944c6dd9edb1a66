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

/// The files that Markdown links may name.
#[derive(Debug)]
pub struct Files<'a> {
    /// Also by the path where a page belongs that lies in another folder or has a bad name.
    pub(super) pages: HashMap<Cow<'a, str>, PageRef>,
    pub(super) others: HashSet<&'a str>,
    pub(super) drafts_and_broken: HashSet<&'a str>,
    /// Files that belong elsewhere.
    pub(super) strays: HashSet<&'a str>,
    /// For links that lead nowhere: pages, and other files.
    near_pages: Near,
    near_others: Near,
}

/// Paths by what is left of them when case, or the folder, is wrong.
#[derive(Debug, Default)]
struct Near {
    by_path: HashMap<String, String>,
    by_name: HashMap<String, String>,
}

impl Near {
    fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Near {
        let mut near = Near::default();
        for path in paths {
            let lower = path.to_lowercase();
            let name = lower.rsplit('/').next().unwrap_or_default().to_owned();
            for (map, key) in [(&mut near.by_path, lower), (&mut near.by_name, name)] {
                let known = map.entry(key).or_insert_with(|| path.to_owned());
                // Of several the smallest.
                if path < known.as_str() {
                    *known = path.to_owned();
                }
            }
        }
        near
    }
}

impl<'a> Files<'a> {
    /// Gathers the files of a wiki.
    pub fn new(inputs: &'a Inputs, pages: &[&'a Document]) -> Files<'a> {
        let path = |document: &&'a Document| inputs.file(document.file).path.as_str();
        let mut by_path: HashMap<Cow<'a, str>, PageRef> = HashMap::with_capacity(pages.len());
        let mut page_paths: Vec<Cow<'a, str>> = Vec::with_capacity(pages.len());
        for (at, document) in pages.iter().enumerate() {
            let page = super::page_ref(at);
            by_path.insert(Cow::Borrowed(path(document)), page);
            page_paths.push(Cow::Borrowed(path(document)));
            let RecordKind::Page(kind) = document.kind else { continue };
            let proper = format!("{}/{}.md", kind.folder(), document.id);
            if proper != path(document) {
                page_paths.push(Cow::Owned(proper.clone()));
                by_path.entry(Cow::Owned(proper)).or_insert(page);
            }
        }
        let of_role = |wanted: fn(&Role) -> bool| {
            inputs.iter().filter(move |(_, file)| wanted(&file.role)).map(|(_, file)| file.path.as_str())
        };
        let copied = || of_role(|role| matches!(role, Role::Copied | Role::Svg));
        let others = copied().collect();
        let drafts_and_broken = of_role(|role| matches!(role, Role::Page(_)))
            .filter(|path| !by_path.contains_key(*path))
            .collect();
        let strays = of_role(|role| *role == Role::Stray).collect();
        let near_pages = Near::of(page_paths.iter().map(Cow::as_ref));
        let near_others = Near::of(copied());
        Files { pages: by_path, others, drafts_and_broken, strays, near_pages, near_others }
    }
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
            None if own_way(own, link).is_some_and(|path| path.starts_with("positions/")) => {
                finding.label("a position has no page of its own: link to its issue")
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
        let among = |find: &dyn Fn(&Near) -> Option<&String>| {
            let page = || is_page.then(|| find(pages)).flatten();
            find(others).or_else(page)
        };
        // As the page stands in the site, or without an ending.
        let named =
            name.strip_suffix(".html").or_else(|| Some(name.as_str()).filter(|name| !name.contains('.')));
        let page = named.filter(|named| is_page && !named.is_empty()).map(|named| format!("{named}.md"));
        let near = among(&|near: &Near| near.by_path.get(&wanted))
            .or_else(|| among(&|near: &Near| near.by_name.get(&name)))
            .or_else(|| pages.by_name.get(page.as_deref()?));
        if let Some(path) = near {
            return Some((path, None));
        }
        let now = self.index.renamed(stem(&target), None).filter(|_| is_page)?;
        let path = pages.by_name.get(&format!("{now}.md"))?;
        Some((path, Some(now)))
    }
}

/// The path below the content folder that a link names.
fn own_way(own: &str, link: &Link) -> Option<String> {
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
