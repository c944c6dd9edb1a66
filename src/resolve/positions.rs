//! Positions: dated statements, each on an issue.
//!
//! In: their documents and the resolver. Out: [`Position`]s sorted by issue, newest first; findings
//! for what a position needs and has not.

use super::index::Found;
use super::records::Resolver;
use super::{Drafts, PageRef, Resolved};
use crate::diagnostic::{At, Code, Finding, Part, Place, may_suggest};
use crate::model::date::{Date, Day};
use crate::model::kind::{Kind, RecordKind};
use crate::model::names::nearest;
use crate::parse::{Document, Fields, Findings, Parsed};
use crate::source::KeyPath;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A position, as an index into [`super::Wiki::positions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PositionRef(pub u32);

impl PositionRef {
    /// The index into `Wiki::positions`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// How we know of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// An official text.
    Official,
    /// Quoted words.
    Quoted,
    /// Reported in the source's own voice.
    Reported,
    /// Another actor's account.
    Told,
    /// An analyst's reading.
    Analyst,
}

impl Basis {
    /// Every one, in order.
    pub const ALL: [Basis; 5] =
        [Basis::Official, Basis::Quoted, Basis::Reported, Basis::Told, Basis::Analyst];

    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Basis::Official => "official",
            Basis::Quoted => "quoted",
            Basis::Reported => "reported",
            Basis::Told => "told",
            Basis::Analyst => "analyst",
        }
    }

    fn of(word: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.word() == word)
    }

    /// Whether the statement is the actor's own and can be current (content model, section 4).
    pub fn is_own(self) -> bool {
        matches!(self, Basis::Official | Basis::Quoted | Basis::Reported)
    }
}

/// A statement of an actor on an issue.
#[derive(Clone, Debug)]
pub struct Position<'a> {
    /// Its document.
    pub document: &'a Document,
    /// Names and links resolved.
    pub resolved: Resolved,
    /// The issue.
    pub issue: PageRef,
    /// Whoever holds it.
    pub actor: PageRef,
    /// When it was stated.
    pub date: Date,
    /// The stance's id.
    pub stance: String,
    /// How we know of it.
    pub basis: Basis,
    /// The point of the issue.
    pub point: Option<String>,
    /// The person or body that spoke.
    pub by: Option<PageRef>,
    /// Whether another own statement of the actor on the point is surely later.
    pub is_superseded: bool,
}

impl Position<'_> {
    /// The anchor on the history page: the file's name.
    pub fn anchor(&self) -> &str {
        &self.document.id
    }
}

/// A position that lacks what it needs to be shown. It is checked like the others, so that one mistake in
/// it hides no other.
#[derive(Clone, Debug)]
pub struct Unfinished<'a> {
    /// Its document.
    pub document: &'a Document,
    /// What could be resolved of it.
    pub resolved: Resolved,
    /// The issue, if the folder is one's.
    pub issue: Option<PageRef>,
}

/// What puts statements into their order everywhere: newest first, then by id (content model, section 3).
fn order<'a>(position: &Position<'a>) -> (PageRef, Reverse<(Day, Day)>, &'a str) {
    (position.issue, Reverse(position.date.sort_key()), position.document.id.as_str())
}

/// Resolves every position; apart from them those that lack something.
pub(super) fn resolve<'a>(
    parsed: &'a Parsed,
    fields: Vec<Option<Fields>>,
    resolver: &Resolver<'_>,
    drafts: Drafts,
    findings: &mut Findings,
) -> (Vec<Position<'a>>, Vec<Unfinished<'a>>) {
    let documents: Vec<(&Document, Fields)> = parsed
        .documents
        .iter()
        .zip(fields)
        .filter(|(document, _)| document.kind == RecordKind::Position && document.sound)
        .filter(|(document, _)| drafts == Drafts::Shown || !document.called().draft)
        .map(|(document, fields)| (document, fields.unwrap_or_default()))
        .collect();
    // Of one whose fields cannot be read, the text is checked alone.
    let texts = parsed.documents.iter().filter(|it| it.kind == RecordKind::Position && !it.sound);
    findings.extend(texts.flat_map(|document| resolver.document(document, None, Fields::default()).1));
    let issues = issues(documents.iter().map(|(document, _)| *document), resolver, findings);
    let (mut read, mut found): (Vec<One<'a>>, Vec<Findings>) = Default::default();
    let each = documents.into_par_iter().with_max_len(super::SHARE);
    each.map(|(document, fields)| one(document, fields, resolver, &issues))
        .unzip_into_vecs(&mut read, &mut found);
    findings.extend(found.into_iter().flatten());
    let mut unfinished = Vec::new();
    let finished = |one: One<'a>| one.map_err(|one| unfinished.push(one)).ok();
    let mut positions: Vec<Position<'a>> = read.into_iter().filter_map(finished).collect();
    // Keys are sorted, and each position is moved once: they are long.
    positions.par_sort_by_cached_key(order);
    super::current::mark(&mut positions);
    (positions, unfinished)
}

/// The issue of each folder of positions; none where the folder's name is no issue's, which is one mistake
/// and is told at the folder's first file.
fn issues<'a>(
    documents: impl Iterator<Item = &'a Document>,
    resolver: &Resolver<'_>,
    findings: &mut Findings,
) -> BTreeMap<&'a str, Option<PageRef>> {
    let mut folders: Vec<(&str, &Document)> =
        documents.filter_map(|document| Some((document.issue.as_deref()?, document))).collect();
    // Those of a folder stand together.
    folders.dedup_by_key(|(folder, _)| *folder);
    let found = folders.par_iter().map(|(folder, _)| resolver.index.find(folder, Some(Kind::Issue)));
    let found: Vec<Found> = found.collect();
    let mut issues = BTreeMap::new();
    let mut told = Findings::new();
    for ((folder, document), found) in folders.into_iter().zip(found) {
        issues.entry(folder).or_insert_with(|| match found {
            Found::Page(page) if resolver.pages[page.index()].id == folder => Some(page),
            found => {
                let finding = no_issue(document, folder, &found, resolver, &told);
                told.push(finding);
                None
            }
        });
    }
    findings.extend(told);
    issues
}

/// A position, or what there is of it.
type One<'a> = Result<Position<'a>, Unfinished<'a>>;

fn one<'a>(
    document: &'a Document,
    fields: Fields,
    resolver: &Resolver<'_>,
    issues: &BTreeMap<&str, Option<PageRef>>,
) -> (One<'a>, Findings) {
    let issue = document.issue.as_deref().and_then(|folder| *issues.get(folder)?);
    let (resolved, mut findings) = resolver.document(document, issue, fields);
    findings.extend(other_issue(document, &resolved, issue, resolver));
    let record = &resolved.record;
    if record.text("basis") == Some("told") && !record.mentions("told_by") {
        findings.push(
            Finding::new(
                Code::ToldByMissing,
                Place::value(document.file, KeyPath::key("basis")),
                "this position does not say who told of it",
            )
            .label("expected `told_by:` with the actor who told it"),
        );
    }
    if record.text("basis").is_some_and(|basis| basis != "told") && record.mentions("told_by") {
        let place = Place::value(document.file, KeyPath::key("basis"));
        findings.push(
            Finding::new(Code::WrongChoice, place, "`told_by` stands only with the basis `told`")
                .label("write `told`, or take `told_by` out"),
        );
    }
    let position = (|| {
        Some(Position {
            issue: issue?,
            actor: *record.reference("actor")?,
            date: *record.date("date")?,
            stance: record.text("stance")?.to_owned(),
            basis: Basis::of(record.text("basis")?)?,
            point: record.text("point").map(str::to_owned),
            by: record.reference("by").copied(),
            is_superseded: false,
            document,
            resolved: Resolved::default(),
        })
    })();
    let position = match position {
        Some(position) => Ok(Position { resolved, ..position }),
        None => Err(Unfinished { document, resolved, issue }),
    };
    (position, findings)
}

/// The finding for a written `issue` that is not the one of the position's folder.
fn other_issue(
    document: &Document,
    resolved: &Resolved,
    issue: Option<PageRef>,
    resolver: &Resolver<'_>,
) -> Option<Finding> {
    let written = resolved.record.reference("issue").filter(|written| Some(**written) != issue)?;
    let (written, own) = (resolver.pages[written.index()], resolver.pages[issue?.index()]);
    let message =
        format!("this names the issue `{}`, but the file lies in the folder of `{}`", written.id, own.id);
    let place = Place { file: document.file, at: At::Key(KeyPath::key("issue"), Part::Value) };
    Some(Finding::new(Code::WrongChoice, place, message).label("take the line out, or move the file"))
}

/// The finding for a folder of positions whose name is no issue's, after those for other folders.
fn no_issue(
    document: &Document,
    folder: &str,
    found: &Found,
    resolver: &Resolver<'_>,
    before: &[Finding],
) -> Finding {
    let finding = |message| Finding::new(Code::UnknownIssue, Place::file(document.file), message);
    let content = |path: String| resolver.inputs.file(document.file).beside(&path);
    if *found == Found::Draft {
        let issue = content(format!("issues/{folder}.md"));
        return finding(format!("the issue `{folder}` is a draft, and its positions are not"))
            .help(format!("take `draft: true` out of {issue}, or write it here too"));
    }
    if let Some(now) = resolver.index.renamed(folder, Some(Kind::Issue)) {
        return finding(format!("the issue `{folder}` is now `{now}`"))
            .help(format!("move the folder to {}", content(format!("positions/{now}/"))));
    }
    let issues = resolver.pages.iter().filter(|page| page.kind == RecordKind::Page(Kind::Issue));
    let ids = issues.map(|page| page.id.as_str());
    let finding = finding(format!("there is no issue `{folder}` for the positions in this folder"));
    match may_suggest(before).then(|| nearest(folder, ids)).flatten() {
        Some(near) => finding.help(format!("did you mean the folder positions/{near}/?")),
        None => finding.help(format!(
            "create {}, or move the file to the folder of its issue",
            content(format!("issues/{folder}.md"))
        )),
    }
}
