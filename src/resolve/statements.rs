//! Positions that a text names as if they were pages.
//!
//! In: a name as it is written in a link. Out: the positions of that name; the finding with the link to write
//! instead, because a position has no page of its own (content model, section 1).

use super::files::own_way;
use super::records::Resolver;
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::RecordKind;
use crate::parse::{Document, How, Link, Parsed};
use std::sync::OnceLock;

/// Positions with each name that they have or had.
#[derive(Debug)]
pub struct Statements<'a> {
    parsed: &'a Parsed,
    /// In the order of the names and then of their files. Only names that fit no page ask for it.
    names: OnceLock<Vec<(&'a str, &'a Document)>>,
}

impl<'a> Statements<'a> {
    /// The positions of a wiki, drafts as well.
    pub fn new(parsed: &'a Parsed) -> Statements<'a> {
        Statements { parsed, names: OnceLock::new() }
    }

    fn gathered(&self) -> Vec<(&'a str, &'a Document)> {
        let positions = self.parsed.documents.iter().filter(|document| document.kind == RecordKind::Position);
        let names = positions.flat_map(|document| {
            let others = document.called().old_ids.iter().chain(document.aliases()).map(String::as_str);
            [document.id.as_str()].into_iter().chain(others).map(move |name| (name, document))
        });
        let mut names: Vec<(&str, &Document)> = names.collect();
        names.sort_by_key(|(name, _)| *name);
        names
    }

    /// The positions of a name.
    fn named(&self, name: &str) -> impl Iterator<Item = &'a Document> {
        let names = self.names.get_or_init(|| self.gathered());
        let first = names.partition_point(|(own, _)| *own < name);
        names[first..].iter().take_while(move |(own, _)| *own == name).map(|(_, document)| *document)
    }

    /// The position of a name: its file name, also by way of its folder, or another name of it.
    pub fn find(&self, name: &str) -> Option<&'a Document> {
        let name = name.trim();
        let whole = self.named(name).next();
        whole.or_else(|| {
            let mut parts = name.rsplit('/');
            let file = parts.next().map(|file| file.strip_suffix(".md").unwrap_or(file))?;
            let folder = parts.next();
            self.of_issue(file, folder)
        })
    }

    /// The position of a name on an issue, where one is given.
    fn of_issue(&self, name: &str, issue: Option<&str>) -> Option<&'a Document> {
        self.named(name).find(|document| issue.is_none() || document.issue.as_deref() == issue)
    }
}

impl Resolver<'_> {
    /// The finding for a wikilink or embed that names a position.
    pub(super) fn is_statement(&self, link: &Link, place: Place) -> Option<Finding> {
        let position = self.statements.find(&link.target)?;
        let message = format!("`{}` is a position, and a position has no page of its own", link.target);
        Some(self.its_issue(Finding::new(Code::BrokenLink, place, message), position, link))
    }

    /// The finding for a heading of an issue that is the anchor of a position on its history page.
    pub(super) fn is_permalink(&self, document: &Document, wanted: &str, place: Place) -> Option<Finding> {
        let position = self.statements.of_issue(wanted, Some(&document.id))?;
        let message = format!("`{wanted}` is a position on `{}` and no heading of it", document.id);
        let finding = Finding::new(Code::BrokenAnchor, place, message)
            .label(format!("link to the issue alone: [[{}]]", document.id));
        Some(self.with_permalink(finding, position))
    }

    /// The words for a link to the file of a position.
    pub(super) fn no_page(&self, finding: Finding, own: &str, link: &Link) -> Finding {
        let way = own_way(own, link);
        match way.and_then(|way| self.statements.find(way.strip_prefix("positions/")?)) {
            Some(position) => self.its_issue(finding, position, link),
            None => finding.label("a position has no page of its own: link to its issue"),
        }
    }

    /// The words for a link to the history of an issue, which the program makes.
    pub(super) fn on_history(&self, finding: Finding, own: &str, link: &Link) -> Finding {
        let way = own_way(own, link).unwrap_or_default();
        let issue = way.split('/').nth(1).unwrap_or_default();
        let anchor = link.target.split('#').nth(1).unwrap_or_default();
        match self.statements.of_issue(anchor, Some(issue)) {
            Some(position) => self.its_issue(finding, position, link),
            None => {
                finding.label(format!("no file has this page of the site: link to its issue, [[{issue}]]"))
            }
        }
    }

    fn its_issue(&self, finding: Finding, position: &Document, link: &Link) -> Finding {
        let Some(issue) = position.issue.as_deref() else { return finding };
        let label = match link.label.as_deref().filter(|_| link.how == How::Wiki) {
            Some(words) => format!("link to its issue: [[{issue}|{words}]]"),
            None => format!("link to its issue: [[{issue}]]"),
        };
        self.with_permalink(finding.label(label), position)
    }

    /// Says where readers find the statement.
    fn with_permalink(&self, finding: Finding, position: &Document) -> Finding {
        let Some(issue) = position.issue.as_deref() else { return finding };
        let address = format!("issues/{issue}/history.html#{}", position.id);
        finding.help(match &self.parsed.site.base_url {
            Some(base) => {
                format!("or to the statement itself, by its full address: [words]({base}{address})")
            }
            None => format!("readers find the statement in the issue's history, at {address}"),
        })
    }
}
