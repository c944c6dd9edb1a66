//! Links in Markdown: from what is written to where it leads.
//!
//! In: a link as written. Out: a [`Target`], in which a page that is meant either is there or is told
//! to be missing; findings for headings, files and names that are not there.

use super::PageRef;
use super::files::{decoded, join};
use super::index::Found;
use super::records::Resolver;
use crate::diagnostic::{Code, Finding, Place, may_suggest};
use crate::model::kind::RecordKind;
use crate::model::names::{listed, nearest};
use crate::parse::{Document, Findings, Heading, How, Link};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page, or a heading of it.
    Page {
        /// The page.
        page: PageRef,
        /// The index into the headings of its body.
        heading: Option<u32>,
    },
    /// A heading of the page it is written in, as an index into those of its body.
    Here(u32),
    /// A section that is embedded: the page and the number of its heading.
    Section {
        /// The page.
        page: PageRef,
        /// The index into the headings of its body.
        heading: u32,
    },
    /// A file beside pages, by its path below the content folder.
    File(Box<str>),
    /// An address outside the wiki.
    Outside(Box<str>),
    /// A page that nobody has written, by the name it was called.
    Wanted(Box<str>),
    /// Plain text: the link leads to a draft, or to something that a finding tells of.
    Text,
}

impl Target {
    /// The heading of the document it is written in, where it leads to one.
    pub fn heading_of<'d>(&self, document: &'d Document) -> Option<&'d Heading> {
        match self {
            Target::Here(at) => document.body()?.headings.get(*at as usize),
            _ => None,
        }
    }

    /// The page it leads to, by name or file; it may be the one it is written in.
    pub fn page(&self) -> Option<PageRef> {
        match self {
            Target::Page { page, .. } | Target::Section { page, .. } => Some(*page),
            _ => None,
        }
    }
}

impl Resolver<'_> {
    /// Resolves a wikilink or embed.
    pub(super) fn wikilink(
        &self,
        document: &Document,
        link: &Link,
        place: Place,
        findings: &mut Findings,
    ) -> Target {
        let embed = link.how == How::Embed;
        if link.target.is_empty() {
            let Some(heading) = &link.heading else {
                findings.push(
                    Finding::new(Code::BrokenLink, place, "this link names no page")
                        .label("expected [[id]], [[title]] or [[id|words]]"),
                );
                return Target::Text;
            };
            let found = self.heading(document, heading, place, findings);
            return match (found, embed) {
                (Some(at), false) => Target::Here(at),
                (Some(at), true) => {
                    self.own_page(document).map_or(Target::Text, |page| Target::Section { page, heading: at })
                }
                (None, _) => Target::Text,
            };
        }
        match self.index.find(&link.target, None) {
            Found::Page(page) => self.found(page, link, place, findings),
            Found::Ambiguous(pages) => {
                findings.push(self.ambiguous(&link.target, &pages, place));
                Target::Text
            }
            Found::Draft => {
                findings.push(
                    Finding::new(
                        Code::DraftLink,
                        place,
                        format!("`{}` is a draft, which is left out", link.target),
                    )
                    .label("these words are shown without a link"),
                );
                Target::Text
            }
            Found::Missing if self.statements.find(&link.target).is_some() => {
                findings.extend(self.is_statement(link, place));
                Target::Text
            }
            Found::Missing if embed && link.target.contains('.') => {
                findings.push(
                    Finding::new(Code::BrokenLink, place, "an embed shows a section of a page, no file")
                        .label(format!("for an image write ![what it shows]({})", link.target)),
                );
                Target::Text
            }
            Found::Missing => {
                let finding = self.wanted(link, place, findings);
                findings.push(finding);
                Target::Wanted(link.target.clone())
            }
        }
    }

    fn own_page(&self, document: &Document) -> Option<PageRef> {
        match self.index.find(&document.id, None) {
            Found::Page(page) if self.pages[page.index()].file == document.file => Some(page),
            _ => None,
        }
    }

    fn found(&self, page: PageRef, link: &Link, place: Place, findings: &mut Findings) -> Target {
        let document = self.pages[page.index()];
        let embed = link.how == How::Embed;
        match &link.heading {
            None if embed => {
                let message = format!("this embed does not say which section of `{}` it shows", document.id);
                findings.push(
                    Finding::new(Code::BrokenAnchor, place, message)
                        .label(format!("expected ![[{}#heading]]", link.target))
                        .help(headings_help(document)),
                );
                Target::Text
            }
            None => Target::Page { page, heading: None },
            Some(_) if !document.sound => Target::Page { page, heading: None },
            Some(heading) => match self.heading(document, heading, place, findings) {
                Some(heading) if embed => Target::Section { page, heading },
                heading => Target::Page { page, heading },
            },
        }
    }

    fn wanted(&self, link: &Link, place: Place, before: &[Finding]) -> Finding {
        let name = &*link.target;
        let finding = |label: String, id: &str| {
            let fix = self.in_place(&place, name, id);
            let message = format!("nobody has written the page `{name}`");
            Finding::new(Code::WantedPage, place.clone(), message).label(label).maybe_fix(fix)
        };
        if let Some(now) = self.index.renamed(name, None) {
            return finding(format!("this page is now `{now}`"), now);
        }
        if let Some(id) = self.index.as_path(name, None) {
            return finding(format!("did you mean `{id}`?"), id);
        }
        match may_suggest(before).then(|| self.index.slip(name, None)).flatten() {
            Some((id, Some(other))) => finding(format!("did you mean `{id}` (also \"{other}\")?"), id),
            Some((id, None)) => finding(format!("did you mean `{id}`?"), id),
            None => {
                let label = self.index.native(name).map_or_else(
                    || "it is shown as a red link until somebody does".to_owned(),
                    |id| {
                        format!(
                            "`{id}` has this as its `native` name: write [[{id}|{name}]], or make it an alias"
                        )
                    },
                );
                Finding::new(Code::WantedPage, place, format!("nobody has written the page `{name}`"))
                    .label(label)
            }
        }
    }

    /// The number of a heading, by its id or its text.
    fn heading(
        &self,
        document: &Document,
        wanted: &str,
        place: Place,
        findings: &mut Findings,
    ) -> Option<u32> {
        if document.kind == RecordKind::Position {
            // A statement is shown on other pages, whose headings are their own.
            let finding =
                Finding::new(Code::BrokenAnchor, place, "a position's own headings cannot be linked to");
            findings.push(finding.label("link to a heading of a page, such as [[page#heading]]"));
            return None;
        }
        if let Some(at) = self.headings.find(document, wanted) {
            return u32::try_from(at).ok();
        }
        if let Some(finding) = self.is_permalink(document, wanted, place.clone()) {
            findings.push(finding);
            return None;
        }
        let headings: &[Heading] = document.body().map_or(&[], |body| &body.headings);
        let finding =
            Finding::new(Code::BrokenAnchor, place, format!("`{}` has no heading `{wanted}`", document.id));
        let names = headings.iter().flat_map(|heading| [heading.id.as_str(), heading.text.as_str()]);
        let near = may_suggest(findings).then(|| nearest(wanted, names)).flatten();
        findings.push(match near {
            Some(near) => finding.label(format!("did you mean `{near}`?")),
            None => finding.label("no heading has this text or id").help(headings_help(document)),
        });
        None
    }

    /// Resolves the address of a Markdown link or an image.
    pub(super) fn address(
        &self,
        document: &Document,
        link: &Link,
        place: Place,
        findings: &mut Findings,
    ) -> Target {
        let target = link.target.trim();
        if crate::parse::scheme_of(target).is_some() || target.starts_with("//") {
            // Schemes that nobody can open are findings of the file alone.
            let sound = ["https:", "http:", "mailto:"]
                .iter()
                .any(|scheme| target.to_ascii_lowercase().starts_with(scheme));
            return if sound && link.how == How::Markdown {
                Target::Outside(target.into())
            } else {
                Target::Text
            };
        }
        let (path, fragment) =
            target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
        if path.is_empty() {
            let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
                return self.broken(document, link, place, findings);
            };
            return self
                .heading(document, &decoded(fragment), place, findings)
                .map_or(Target::Text, Target::Here);
        }
        let own = &self.inputs.file(document.file).path;
        let Some(path) = join(own, &decoded(path)) else {
            return self.broken(document, link, place, findings);
        };
        if let Some(&page) = self.files.pages.get(path.as_str()).filter(|_| link.how == How::Markdown) {
            let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decoded);
            let with_heading = Link { heading: fragment.map(Box::from), ..link.clone() };
            return self.found(page, &with_heading, place, findings);
        }
        if self.files.others.contains(path.as_str()) {
            if link.how == How::Image && !crate::read::is_image(&path) {
                let label = format!("link to it with words: [what it is]({})", link.target);
                findings.push(
                    Finding::new(Code::BrokenLink, place, format!("`{path}` is no image")).label(label),
                );
                return Target::Text;
            }
            return Target::File(path.into());
        }
        if self.files.drafts.contains(path.as_str()) {
            let message = format!("`{path}` is a draft, which is left out");
            findings.push(
                Finding::new(Code::DraftLink, place, message).label("these words are shown without a link"),
            );
            return Target::Text;
        }
        if self.files.is_stray(&path) {
            // Where it should lie is told at the file.
            return Target::Text;
        }
        self.broken(document, link, place, findings)
    }
}

fn headings_help(document: &Document) -> String {
    match document.body().map_or(&[][..], |body| &body.headings) {
        [] => format!("`{}` has no headings", document.id),
        headings => format!("its headings are: {}", listed(headings, "; ")),
    }
}
