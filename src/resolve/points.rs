//! Points: the questions of an issue that positions, provisions and readouts name.
//!
//! In: pages and positions with every name resolved. Out: the points of an issue; findings for a point that its
//! issue does not list.

use super::positions::Unfinished;
use super::{Page, PageRef, Wiki};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::Kind;
use crate::model::names::{listed, nearest};
use crate::model::value::{Record, Value};
use crate::parse::Findings;
use crate::source::{FileId, KeyPath};
use std::collections::{HashMap, HashSet};

/// The points of an issue with their questions.
pub fn points<'p>(issue: &'p Page<'_>) -> &'p [(String, String)] {
    match issue.record().get("points") {
        Some(Value::Labels(points)) => points,
        _ => &[],
    }
}

/// Checks the points that all records name.
pub(super) fn unknown(wiki: &Wiki<'_>, unfinished: &[Unfinished<'_>]) -> Findings {
    let mut check = Check { wiki, issues: HashMap::new(), findings: Findings::new() };
    for page in wiki.pages.iter().filter(|page| page.document.sound) {
        let rows = match page.kind {
            Kind::Document => page.record().rows("provisions"),
            Kind::Event => page.record().record("readouts").map_or(&[][..], |readouts| readouts.rows("rows")),
            _ => continue,
        };
        for row in rows {
            check.row(page.document.file, row);
        }
    }
    let finished = wiki.positions.iter().map(|one| (one.document, &one.resolved, Some(one.issue)));
    let unfinished = unfinished.iter().map(|one| (one.document, &one.resolved, one.issue));
    for (document, resolved, issue) in finished.chain(unfinished) {
        if let Some((point, issue)) = resolved.record.text("point").zip(issue) {
            check.point(point, issue, Place::value(document.file, KeyPath::key("point")));
        }
    }
    check.findings
}

/// Most unknown points of an issue for which the one that was meant is looked for: an issue may have very many
/// points, and be named by very many records.
const MOST_SUGGESTED: usize = 100;

/// What is known of an issue that records name points of.
struct Known<'a> {
    ids: HashSet<&'a str>,
    /// How many unknown points were told.
    told: usize,
    /// What to say where none is near; most issues never need it.
    expected: Option<String>,
}

struct Check<'a> {
    wiki: &'a Wiki<'a>,
    issues: HashMap<PageRef, Known<'a>>,
    findings: Findings,
}

impl Check<'_> {
    /// The point of a row belongs to the issue that the row names.
    fn row(&mut self, file: FileId, row: &Record<PageRef>) {
        let Some(point) = row.text("point") else { return };
        let place = Place::value(file, row.path_of("point"));
        match row.reference("issue") {
            Some(issue) => self.point(point, *issue, place),
            None if row.mentions("issue") => {}
            None => self.findings.push(
                Finding::new(Code::UnknownPoint, place, "this row names a point but no issue")
                    .label("expected `issue:` in the same row"),
            ),
        }
    }

    fn point(&mut self, point: &str, issue: PageRef, place: Place) {
        let issue_page = self.wiki.page(issue);
        let wiki = self.wiki;
        let known = self.issues.entry(issue).or_insert_with(|| Known::of(issue_page));
        let unread = issue_page.record().mentions("points") && known.ids.is_empty();
        if known.ids.contains(point) || !issue_page.document.sound || unread {
            return;
        }
        let message = format!("the issue `{}` has no point `{point}`", issue_page.id());
        let finding = Finding::new(Code::UnknownPoint, place, message);
        known.told += 1;
        let ids = || points(issue_page).iter().map(|(id, _)| id.as_str());
        let near = (known.told <= MOST_SUGGESTED).then(|| nearest(point, ids())).flatten();
        self.findings.push(match near {
            Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near),
            None => finding.label(known.expected.get_or_insert_with(|| expected(wiki, issue_page)).as_str()),
        });
    }
}

impl<'a> Known<'a> {
    fn of(issue: &'a Page<'_>) -> Known<'a> {
        Known { ids: points(issue).iter().map(|(id, _)| id.as_str()).collect(), told: 0, expected: None }
    }
}

/// The points of an issue, for whoever named another.
fn expected(wiki: &Wiki<'_>, issue: &Page<'_>) -> String {
    let own: Vec<&str> = points(issue).iter().map(|(id, _)| id.as_str()).collect();
    match own[..] {
        [] => format!("{} lists no `points`", wiki.inputs.file(issue.document.file).shown()),
        _ => format!("its points are {}", listed(&own, ", ")),
    }
}
