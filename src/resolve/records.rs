//! Documents resolved: names in front matter and Markdown become pages.
//!
//! In: one document and the [`Index`]. Out: [`Resolved`], and findings for names that fit no page,
//! several pages, or a page of another kind. Pure by document, so documents are done in parallel.

use super::files::Files;
use super::headings::Headings;
use super::index::{Found, Index};
use super::links::Target;
use super::statements::Statements;
use super::{PageRef, Resolved};
use crate::diagnostic::{At, Code, Finding, Place, may_suggest};
use crate::model::field::{Field, Type};
use crate::model::kind::Kind;
use crate::model::names::nearest;
use crate::model::tables;
use crate::model::value::{Citation, Name, ProseId, Record, Value};
use crate::parse::markdown::is_id;
use crate::parse::{BlockRows, Document, Fields, Findings, How, Parsed, has_date, kind_of};
use crate::read::Inputs;
use crate::source::{FileId, Span};
use std::borrow::Cow;

/// What resolving needs of the whole wiki.
pub struct Resolver<'a> {
    /// Names.
    pub index: &'a Index<'a>,
    /// The documents that are pages; a [`PageRef`] is an index into them.
    pub pages: &'a [&'a Document],
    /// Headings that links may lead to.
    pub headings: &'a Headings<'a>,
    /// Files that links may lead to.
    pub files: &'a Files<'a>,
    /// Positions that a text may name as if they were pages.
    pub statements: &'a Statements<'a>,
    /// For the paths that findings show.
    pub inputs: &'a Inputs,
    /// Settings and schemas.
    pub parsed: &'a Parsed,
}

impl Resolver<'_> {
    /// Resolves a document with its front matter, which is used up; `own` is the page, or a position's issue.
    pub fn document(
        &self,
        document: &Document,
        own: Option<PageRef>,
        fields: Fields,
    ) -> (Resolved, Findings) {
        let mut findings = Findings::new();
        let file = document.file;
        // Of fields that could not be read nothing more is told.
        let own = own.filter(|_| document.sound);
        findings.extend(
            own.into_iter().flat_map(|own| {
                super::itself::named(&fields.record, (&document.kind, own), file, self.index)
            }),
        );
        let record = self.record(fields.record, tables::fields(&document.kind), file, &mut findings);
        let blocks = fields.blocks.into_iter().map(|rows| self.block(rows, file, &mut findings)).collect();
        let mut links = Vec::with_capacity(document.proses.len());
        let mut cites = Vec::with_capacity(document.proses.len());
        for prose in &document.proses {
            links.push(
                prose.links.iter().map(|link| self.link(document, prose, link, &mut findings)).collect(),
            );
            for bracket in
                prose.unmarked.iter().filter(|bracket| bracket.ids.iter().any(|id| self.is_source(id)))
            {
                let at = crate::parse::place(&prose.home, file, bracket.span);
                findings.push(
                    Finding::new(
                        Code::BadCitation,
                        at,
                        "this names a source, and without @ it is no citation",
                    )
                    .label(format!("write {}", bracket.meant))
                    .fix(bracket.meant.clone()),
                );
            }
            cites.push(
                prose
                    .cites
                    .iter()
                    .map(|cite| {
                        let place = || crate::parse::place(&prose.home, file, cite.span);
                        if let Some(meant) = self.second_source(&cite.id, cite.place.as_deref(), "@") {
                            let whole = Span { end: cite.end, ..cite.span };
                            let at = crate::parse::place(&prose.home, file, whole);
                            findings.push(lost_source(at, meant));
                        }
                        let source = self.source(&cite.id, place, &mut findings)?;
                        Some(Citation { source, place: cite.place.clone() })
                    })
                    .collect(),
            );
        }
        (Resolved { record, blocks, links, cites }, findings)
    }

    fn block(&self, block: BlockRows<Name>, file: FileId, findings: &mut Findings) -> BlockRows<PageRef> {
        let schema = &self.parsed.blocks[block.block];
        let rows = block
            .rows
            .into_iter()
            .map(|row| {
                let fields = schema.kinds[row.kind].fields.iter();
                crate::parse::Row { kind: row.kind, record: self.record(row.record, fields, file, findings) }
            })
            .collect();
        BlockRows { block: block.block, rows }
    }

    /// Resolves the values of a record by the fields it was read with.
    pub fn record<'f>(
        &self,
        record: Record<Name>,
        mut fields: impl Iterator<Item = &'f Field>,
        file: FileId,
        findings: &mut Findings,
    ) -> Record<PageRef> {
        let Record { path, values, mut spoiled } = record;
        let resolve = |(name, value): (Cow<'static, str>, Value<Name>)| {
            // Values stand in the order of the fields; accounts, which are none, stand behind them.
            let ty = fields.find(|field| field.name == *name).map_or(&Type::Text, |field| &field.ty);
            let is_list = matches!(value, Value::Refs(_));
            let before = findings.len();
            let value = self.value(value, ty, file, findings);
            // A list that lost a name is kept, and yet not all that was meant.
            if value.is_none() || is_list && findings.len() > before {
                spoiled.push(name.to_string());
            }
            value.map(|value| (name, value))
        };
        let values = values.into_iter().filter_map(resolve).collect();
        Record { path, values, spoiled }
    }

    fn value(
        &self,
        value: Value<Name>,
        ty: &Type,
        file: FileId,
        findings: &mut Findings,
    ) -> Option<Value<PageRef>> {
        let kind = kind_of(ty);
        Some(match value {
            Value::Ref(name) if self.is_list(name.text(), kind) => {
                let place = Place::value(file, name.path());
                let message = format!("`{}` names several, and this field takes one", name.text());
                findings.push(Finding::new(Code::WrongType, place, message).label("write one of them"));
                return None;
            }
            Value::Ref(name) => Value::Ref(self.reference(&name, kind, file, findings)?),
            Value::Refs(names) => {
                let mut pages: Vec<PageRef> = Vec::with_capacity(names.len());
                for name in &names {
                    // A page that is named twice is one page.
                    pages.extend(
                        self.reference(name, kind, file, findings).filter(|page| !pages.contains(page)),
                    );
                }
                Value::Refs(pages)
            }
            Value::Tally(parts) => {
                let mut tally = Vec::with_capacity(parts.len());
                for (name, count) in parts {
                    let place = || Place::key(file, name.path());
                    if let Some(actor) = self.named(name.text(), Some(Kind::Actor), &place, findings)
                        && self.is_first(actor, tally.iter().map(|(actor, _)| *actor), &name, file, findings)
                    {
                        tally.push((actor, count));
                    }
                }
                Value::Tally(tally)
            }
            Value::Cite(cites) => {
                self.lost_in_field(&cites, file, findings);
                Value::Cite(
                    cites
                        .into_iter()
                        .filter_map(|cite| {
                            let name = &cite.source;
                            let place = || Place::within(file, name.path(), name.range());
                            let source = self.source(name.text(), place, findings)?;
                            Some(Citation { source, place: cite.place })
                        })
                        .collect(),
                )
            }
            Value::Accounts(accounts) => {
                let mut told: Vec<(PageRef, Option<ProseId>)> = Vec::with_capacity(accounts.len());
                for (name, prose) in accounts {
                    if let Some(actor) = self.account(&name, file, findings)
                        && self.is_first(actor, told.iter().map(|(actor, _)| *actor), &name, file, findings)
                    {
                        told.push((actor, prose));
                    }
                }
                Value::Accounts(told)
            }
            Value::Record(inner) => {
                Value::Record(Box::new(self.record(*inner, ty.inner().iter(), file, findings)))
            }
            Value::Rows(rows) => {
                let resolve = |row| self.record(row, ty.inner().iter(), file, findings);
                Value::Rows(rows.into_iter().map(resolve).collect())
            }
            Value::Text(text) => Value::Text(text),
            Value::Texts(texts) => Value::Texts(texts),
            Value::Prose(id) => Value::Prose(id),
            Value::Number(number) => Value::Number(number),
            Value::Flag(flag) => Value::Flag(flag),
            Value::Url(url) => Value::Url(url),
            Value::Date(date) => Value::Date(date),
            Value::Quantity(quantity) => Value::Quantity(quantity),
            Value::Money(money) => Value::Money(money),
            Value::Duration(duration) => Value::Duration(duration),
            Value::Choice(word) => Value::Choice(word),
            Value::Regions(regions) => Value::Regions(regions),
            Value::Native(native) => Value::Native(native),
            Value::Labels(labels) => Value::Labels(labels),
            Value::OldAddresses(old) => Value::OldAddresses(old),
            Value::Unknown => Value::Unknown,
            Value::Nothing => Value::Nothing,
        })
    }

    /// Whether a key names an actor that no key before it names; else the finding for it.
    fn is_first(
        &self,
        actor: PageRef,
        mut before: impl Iterator<Item = PageRef>,
        name: &Name,
        file: FileId,
        findings: &mut Findings,
    ) -> bool {
        let first = !before.any(|other| other == actor);
        if !first {
            let id = &self.pages[actor.index()].id;
            let message = format!("`{}` is `{id}`, who stands here already", name.text());
            let place = Place::key(file, name.path());
            findings.push(
                Finding::new(Code::DuplicateKey, place, message)
                    .label("take one of the two out, or put both in one"),
            );
        }
        first
    }

    /// The page of a reference in front matter.
    pub fn reference(
        &self,
        name: &Name,
        kind: Option<Kind>,
        file: FileId,
        findings: &mut Findings,
    ) -> Option<PageRef> {
        let place = || Place::value(file, name.path());
        self.named(name.text(), kind, &place, findings)
    }

    /// The page of a name that has to exist; its place is asked for only where it does not.
    fn named(
        &self,
        name: &str,
        kind: Option<Kind>,
        place: &dyn Fn() -> Place,
        findings: &mut Findings,
    ) -> Option<PageRef> {
        let found = self.index.find(name, kind);
        if let Found::Page(page) = found {
            return Some(page);
        }
        let place = place();
        match found {
            Found::Page(_) => {}
            Found::Ambiguous(pages) => findings.push(self.ambiguous(name, &pages, place)),
            Found::Draft => findings.push(
                Finding::new(
                    kind.map_or(Code::BrokenLink, Kind::unknown),
                    place,
                    format!("`{name}` is a draft, and this field needs it"),
                )
                .label("a draft is left out")
                .help("take `draft: true` out of the other page, or make this one a draft too"),
            ),
            Found::Missing => match kind.map(|_| self.index.find(name, None)) {
                Some(Found::Page(page)) => findings.push(self.other_kind(name, page, kind, place)),
                _ => {
                    let finding = self.unknown(name, kind, place, findings);
                    findings.push(finding);
                }
            },
        }
        None
    }

    /// The source of a citation: by id only (content model, section 2).
    fn source(&self, id: &str, place: impl Fn() -> Place, findings: &mut Findings) -> Option<PageRef> {
        let before = findings.len();
        let source = self.named(id, Some(Kind::Source), &place, findings);
        let found = findings.split_off(before);
        match source.map(|source| (source, self.pages[source.index()].id.as_str())) {
            Some((source, own)) if own == id => return Some(source),
            Some((_, own)) => findings.push(
                Finding::new(Code::UnknownSource, place(), format!("no source has the id `{id}`"))
                    .label(format!("a citation takes the id: `{own}`")),
            ),
            None => {
                let place = place();
                findings.extend(found.into_iter().map(|finding| {
                    let fix = finding.fix.as_ref().and_then(|fix| self.in_place(&place, id, &fix.text));
                    finding.maybe_fix(fix)
                }));
            }
        }
        None
    }

    /// The text at a place with another id; none in a field, whose text is known by its decoded bytes only.
    pub(super) fn in_place(&self, place: &Place, id: &str, new: &str) -> Option<String> {
        let At::Span(span) = place.at else { return None };
        let written = self.inputs.text(place.file).get(span.range())?;
        written.contains(id).then(|| written.replacen(id, new, 1))
    }

    fn is_source(&self, id: &str) -> bool {
        matches!(self.index.find(id, Some(Kind::Source)), Found::Page(page) if self.pages[page.index()].id == id)
    }

    /// The citation to write where a comma, which comes before a place, stands between two sources.
    fn second_source(&self, id: &str, place: Option<&str>, mark: &str) -> Option<String> {
        let is_second = |word: &str| is_id(word) && (has_date(word) || self.is_source(word));
        let parts = place?.split(',').map(str::trim);
        if !parts.clone().any(is_second) {
            return None;
        }
        let parts = parts.map(|part| match is_second(part) {
            true => format!("; {mark}{part}"),
            false => format!(", {part}"),
        });
        Some(format!("{mark}{id}{}", parts.collect::<String>()))
    }

    /// Finds the same in a field, whose whole value is to be written anew.
    fn lost_in_field(&self, cites: &[Citation<Name>], file: FileId, findings: &mut Findings) {
        let second =
            |cite: &Citation<Name>| self.second_source(cite.source.text(), cite.place.as_deref(), "");
        // Sources of one value stand side by side.
        for cites in cites.chunk_by(|a, b| a.source.path() == b.source.path()) {
            let Some(cite) = cites.iter().find(|cite| second(cite).is_some()) else { continue };
            let written = cites.iter().map(|cite| {
                let place = cite.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
                second(cite).unwrap_or_else(|| format!("{}{place}", cite.source.text()))
            });
            let meant = written.collect::<Vec<_>>().join("; ");
            findings.push(lost_source(Place::value(file, cite.source.path()), meant));
        }
    }

    /// The actor of an account in a readout row; whether it is in `by` is checked with the page.
    fn account(&self, name: &Name, file: FileId, findings: &mut Findings) -> Option<PageRef> {
        match self.index.find(name.text(), Some(Kind::Actor)) {
            Found::Page(page) => Some(page),
            _ => {
                let fields = ["aspect", "issue", "point", "differs"];
                let finding = Finding::new(
                    Code::ReadoutActor,
                    Place::key(file, name.path()),
                    format!("`{}` is neither a field of this row nor an actor", name.text()),
                );
                let slip =
                    || self.index.slip(name.text(), Some(Kind::Actor)).filter(|_| may_suggest(findings));
                let near = nearest(name.text(), fields).or_else(|| slip().map(|(id, _)| id));
                findings.push(match near {
                    Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near),
                    None => finding.label("expected an actor of `by`, or aspect, issue, point, differs"),
                });
                None
            }
        }
    }

    fn link(
        &self,
        document: &Document,
        prose: &crate::parse::Prose,
        link: &crate::parse::Link,
        findings: &mut Findings,
    ) -> Target {
        let place = crate::parse::place(&prose.home, document.file, link.span);
        match link.how {
            How::Wiki | How::Embed => self.wikilink(document, link, place, findings),
            How::Markdown | How::Image => self.address(document, link, place, findings),
        }
    }
}

fn lost_source(place: Place, meant: String) -> Finding {
    Finding::new(Code::BadCitation, place, "a comma stands between two sources, so the second would be lost")
        .label(format!("write {meant}"))
        .help("`;` stands between sources; after a comma stands a place in the source")
        .fix(meant)
}
