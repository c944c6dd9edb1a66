//! Relations, derived once in one sweep over all pages and positions (ARCHITECTURE.md, rule 8).
//!
//! In: pages and positions with every name resolved. Out: for each page what leads to it, with what
//! meaning, in which words and from which place; and lists of positions by what they belong to.

use super::anchors::{Anchor, List};
use super::{Page, PageRef, Position, PositionRef, Resolved, Target};
use crate::model::field::Field;
use crate::model::meaning::Meaning;
use crate::model::schema::Sort;
use crate::model::tables;
use crate::model::value::{Citation, ProseId, Record, Value};
use crate::parse::{Document, Parsed, Row, fit, has_gaps};
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

/// Where a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// On a page.
    Page(PageRef),
    /// In a position, which is shown on its issue's history page.
    Position(PositionRef),
}

/// The words around a link, as a reference to where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// A sentence of a piece of Markdown, by their numbers.
    Sentence(ProseId, u32),
    /// The summary of the page, or the statement of the position, it is written in.
    Summary,
    /// The row of a topic block, by the numbers of the block on its page and of the row.
    BlockRow(u32, u32),
    /// A role of an actor, by its number.
    Role(u32),
    /// A row of an event's readouts, by its number.
    Readout(u32),
}

/// A link to a page, as that page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink<'a> {
    /// What it means.
    pub meaning: Meaning,
    /// The page that shows the place where it is written: for a position its issue.
    pub page: PageRef,
    /// Where it is written; the first place, where there are several.
    pub origin: Origin,
    /// The words around it.
    pub said: Said,
    /// Those words, where they stand in the document without gaps: thousands of links lead to some pages, and the
    /// way from each to its sentence goes through half a dozen places in memory.
    pub words: Option<&'a str>,
    /// The place on the page.
    pub anchor: Anchor,
    /// How many places of that page say the same.
    pub times: u32,
}

/// A place where a source is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<'a> {
    /// Where it is cited.
    pub origin: Origin,
    /// The words it supports.
    pub said: Said,
    /// Those words, where they stand in the document without gaps.
    pub words: Option<&'a str>,
    /// The place on the page.
    pub anchor: Anchor,
    /// The place in the source.
    pub place: Option<Arc<str>>,
}

/// What leads where; each list is indexed by [`PageRef`].
#[derive(Debug, Default)]
pub struct Relations<'a> {
    /// What leads to a page, by meaning, then by page.
    pub backlinks: Vec<Vec<Backlink<'a>>>,
    /// Where a source is cited, by page, then in reading order.
    pub mentions: Vec<Vec<Mention<'a>>>,
    /// Positions on an issue, newest first.
    pub on_issue: Vec<Vec<PositionRef>>,
    /// Positions that bear on an issue besides their own.
    pub also_on_issue: Vec<Vec<PositionRef>>,
    /// Positions an actor holds.
    pub of_actor: Vec<Vec<PositionRef>>,
    /// Positions an actor spoke or told of for others.
    pub by_speaker: Vec<Vec<PositionRef>>,
    /// Positions about a document.
    pub about: Vec<Vec<PositionRef>>,
    /// Positions stated at an event.
    pub at_event: Vec<Vec<PositionRef>>,
}

/// A tie found in the sweep.
struct Tie<'t, 'a> {
    to: PageRef,
    backlink: Backlink<'a>,
    /// For a citation, the place in the source.
    cited: Option<Option<&'t Arc<str>>>,
}

/// The ties of some documents.
#[derive(Default)]
struct Swept<'t, 'a> {
    ties: Vec<Tie<'t, 'a>>,
    /// The owner and the number of each, in the order of these: ties themselves are large to move.
    order: Vec<(u32, u32)>,
}

impl<'t, 'a> Swept<'t, 'a> {
    /// Sweeps documents, in the room of those before.
    fn fill(&mut self, origins: &[Origin], sweep: impl Fn(Origin, &mut Vec<Tie<'t, 'a>>)) {
        self.ties.clear();
        origins.iter().for_each(|origin| sweep(*origin, &mut self.ties));
        self.order.clear();
        let numbers = self.ties.iter().enumerate().map(|(at, tie)| (numbered(tie.owner()), numbered(at)));
        self.order.extend(numbers);
        self.order.sort_unstable();
    }

    /// The ties of an owner, in the order in which they were found.
    fn of(&self, owner: usize) -> impl Iterator<Item = &Tie<'t, 'a>> {
        let owner = numbered(owner);
        let first = self.order.partition_point(|(own, _)| *own < owner);
        let own = self.order[first..].iter().take_while(move |(own, _)| *own == owner);
        own.map(|(_, at)| &self.ties[*at as usize])
    }
}

/// Documents whose ties are in memory at a time, and those that one thread takes of them.
const BATCH: usize = 1024;
const SHARE: usize = 64;

/// Pages whose lists one thread fills at a time; a few of them get most of the ties.
const OWN: usize = 256;

/// Derives all relations.
pub(super) fn derive<'a>(pages: &[Page<'a>], positions: &[Position<'a>], parsed: &Parsed) -> Relations<'a> {
    let many = || vec![Vec::new(); pages.len()];
    let mut relations = Relations {
        backlinks: vec![Vec::new(); pages.len()],
        mentions: vec![Vec::new(); pages.len()],
        on_issue: many(),
        also_on_issue: many(),
        of_actor: many(),
        by_speaker: many(),
        about: many(),
        at_event: many(),
    };
    // In the order of pages and positions, however many threads sweep them.
    let origins = (0..pages.len()).map(|at| Origin::Page(super::page_ref(at)));
    let origins = origins.chain((0..positions.len()).map(|at| Origin::Position(PositionRef(numbered(at)))));
    let origins: Vec<Origin> = origins.collect();
    let mut swept: Vec<Swept<'_, 'a>> = Vec::new();
    for batch in origins.chunks(BATCH) {
        swept.resize_with(batch.len().div_ceil(SHARE), Swept::default);
        batch.par_chunks(SHARE).zip(&mut swept).for_each(|(origins, swept)| {
            swept.fill(origins, |origin, ties| sweep(origin, pages, positions, parsed, ties));
        });
        let lists = relations.backlinks.par_chunks_mut(OWN).zip(relations.mentions.par_chunks_mut(OWN));
        lists.enumerate().for_each(|(owner, (backlinks, mentions))| {
            for tie in swept.iter().flat_map(|swept| swept.of(owner)) {
                let at = tie.to.index() - owner * OWN;
                tie.add(&mut backlinks[at], &mut mentions[at]);
            }
        });
    }
    for (at, position) in positions.iter().enumerate() {
        relations.list(PositionRef(numbered(at)), position);
    }
    relations.finish();
    relations
}

/// The ties of one page or position, put to others.
fn sweep<'t, 'a>(
    origin: Origin,
    pages: &'t [Page<'a>],
    positions: &'t [Position<'a>],
    parsed: &Parsed,
    ties: &mut Vec<Tie<'t, 'a>>,
) {
    let (page, document, resolved) = match origin {
        Origin::Page(page) => (page, pages[page.index()].document, &pages[page.index()].resolved),
        Origin::Position(at) => {
            let position = &positions[at.index()];
            (position.issue, position.document, &position.resolved)
        }
    };
    let hearsay = matches!(origin, Origin::Position(at) if !positions[at.index()].basis.is_own());
    let told = vec![false; document.proses.len()];
    Sweep { page, origin, hearsay, document, resolved, told, ties }.document(parsed);
}

impl Relations<'_> {
    fn list(&mut self, at: PositionRef, position: &Position<'_>) {
        let record = &position.resolved.record;
        self.on_issue[position.issue.index()].push(at);
        self.of_actor[position.actor.index()].push(at);
        // On its own issue it stands already.
        for issue in record.refs("also").iter().filter(|issue| **issue != position.issue) {
            self.also_on_issue[issue.index()].push(at);
        }
        let mut speakers: Vec<PageRef> =
            position.by.into_iter().chain(record.reference("told_by").copied()).collect();
        speakers.dedup();
        for speaker in speakers.into_iter().filter(|speaker| *speaker != position.actor) {
            self.by_speaker[speaker.index()].push(at);
        }
        if let Some(document) = record.reference("about") {
            self.about[document.index()].push(at);
        }
        if let Some(event) = record.reference("at") {
            self.at_event[event.index()].push(at);
        }
    }

    /// Joins several links of one page with one meaning into one entry, and puts entries in order.
    fn finish(&mut self) {
        self.mentions.par_iter_mut().for_each(fit);
        self.backlinks.par_iter_mut().for_each(|backlinks| {
            // The sort keeps the reading order of each page, so the first place stays first.
            backlinks.sort_by_key(|link| (link.meaning, link.page));
            backlinks.dedup_by(|later, first| {
                let same = later.meaning == first.meaning && later.page == first.page;
                if same {
                    first.times += later.times;
                }
                same
            });
            fit(backlinks);
        });
    }
}

impl<'a> Tie<'_, 'a> {
    /// The number of the share of pages to which it leads.
    fn owner(&self) -> usize {
        self.to.index() / OWN
    }

    /// Puts the tie down at the page that it leads to; a page does not lead to itself.
    fn add(&self, backlinks: &mut Vec<Backlink<'a>>, mentions: &mut Vec<Mention<'a>>) {
        let Backlink { meaning, page, origin, said, words, anchor, .. } = self.backlink;
        if let Some(place) = self.cited {
            mentions.push(Mention { origin, said, words, anchor, place: place.cloned() });
        }
        if self.to == page {
            return;
        }
        // Most ties of a page follow each other: joined here, they never take room.
        let own = backlinks.iter_mut().rev().take_while(|link| link.page == page);
        match own.into_iter().find(|link| link.meaning == meaning) {
            Some(first) => first.times += 1,
            None => backlinks.push(self.backlink.clone()),
        }
    }
}

struct Sweep<'s, 't, 'a> {
    page: PageRef,
    origin: Origin,
    /// Whether this is a position that is not its actor's own word.
    hearsay: bool,
    document: &'a Document,
    resolved: &'t Resolved,
    /// The pieces of Markdown that were swept.
    told: Vec<bool>,
    ties: &'s mut Vec<Tie<'t, 'a>>,
}

impl<'t, 'a> Sweep<'_, 't, 'a> {
    fn tie(&mut self, to: PageRef, meaning: Meaning, said: Said, anchor: Anchor) {
        self.put(to, meaning, said, anchor, None);
    }

    fn cite(&mut self, citation: &'t Citation<PageRef>, said: Said, anchor: Anchor) {
        self.put(citation.source, Meaning::Cited, said, anchor, Some(citation.place.as_ref()));
    }

    fn put(
        &mut self,
        to: PageRef,
        meaning: Meaning,
        said: Said,
        anchor: Anchor,
        cited: Option<Option<&'t Arc<str>>>,
    ) {
        // A position is shown whole, under one id.
        let anchor = if let Origin::Position(_) = self.origin { Anchor::Whole } else { anchor };
        let (page, origin, words) = (self.page, self.origin, self.words(said));
        let backlink = Backlink { meaning, page, origin, said, words, anchor, times: 1 };
        self.ties.push(Tie { to, backlink, cited });
    }

    /// The words themselves, where they are a text of the document without gaps.
    fn words(&self, said: Said) -> Option<&'a str> {
        let document = self.document;
        let text = match said {
            Said::Sentence(id, sentence) => {
                let prose = document.proses.get(id.index())?;
                prose.sentences.get(sentence as usize).unwrap_or(&prose.first)
            }
            Said::Summary if matches!(self.origin, Origin::Position(_)) => &document.body()?.first,
            _ => return None,
        };
        (!has_gaps(text)).then_some(text)
    }

    /// Sweeps in the order in which the page is read: the body, lists of front matter, topic blocks.
    fn document(&mut self, parsed: &Parsed) {
        let (document, resolved) = (self.document, self.resolved);
        if document.body().is_some() {
            self.prose(ProseId::BODY);
        }
        self.record(&resolved.record, tables::fields(&document.kind), Anchor::Whole, Said::Summary);
        for (number, block) in resolved.blocks.iter().enumerate() {
            let schema = &parsed.blocks[block.block];
            // Each kind of row is a table of its own. Where words order its rows, they stay as they are written:
            // words are known only when the page is made.
            let mut rows: Vec<(usize, &Row<PageRef>)> = block.rows.iter().enumerate().collect();
            rows.sort_by(|(_, a), (_, b)| {
                let sort = schema.kinds[a.kind].sort.as_ref().filter(|_| a.kind == b.kind);
                let in_table = |sort: &Sort| sort.order(&a.record, &b.record, |_, _| Ordering::Equal);
                a.kind.cmp(&b.kind).then_with(|| sort.map_or(Ordering::Equal, in_table))
            });
            for (at, row) in rows {
                let said = Said::BlockRow(numbered(number), numbered(at));
                let anchor = Anchor::BlockRow(numbered(block.block), numbered(at));
                self.record(&row.record, schema.kinds[row.kind].fields.iter(), anchor, said);
            }
        }
        // What belongs to no field that could be read.
        for at in 0..document.proses.len() {
            self.prose(ProseId(numbered(at)));
        }
    }

    /// Sweeps a piece of Markdown, once.
    fn prose(&mut self, id: ProseId) {
        let (document, resolved) = (self.document, self.resolved);
        let Some(prose) = document.proses.get(id.index()) else { return };
        if std::mem::replace(&mut self.told[id.index()], true) {
            return;
        }
        let targets = resolved.links.get(id.index()).into_iter().flatten();
        for (at, (link, target)) in prose.links.iter().zip(targets).enumerate() {
            let Some(to) = target.page() else { continue };
            let meaning =
                if matches!(target, Target::Section { .. }) { Meaning::Quoted } else { Meaning::Mentioned };
            self.tie(to, meaning, said(prose, id, link.sentence), Anchor::Link(id, numbered(at)));
        }
        let citations = resolved.cites.get(id.index()).into_iter().flatten();
        for (at, (cite, citation)) in prose.cites.iter().zip(citations).enumerate() {
            let Some(citation) = citation else { continue };
            self.cite(citation, said(prose, id, cite.sentence), Anchor::Cite(id, numbered(at)));
        }
    }

    fn record<'f>(
        &mut self,
        record: &'t Record<PageRef>,
        fields: impl Iterator<Item = &'f Field> + Clone,
        anchor: Anchor,
        said: Said,
    ) {
        // A row's note stands below it, and below its citations.
        let is_note = |(name, _): &&(Cow<'static, str>, Value<PageRef>)| name == "note";
        let others = record.values.iter().filter(|value| !is_note(value));
        for (name, value) in others.chain(record.values.iter().filter(is_note)) {
            let Some(field) = fields.clone().find(|field| field.name == *name) else { continue };
            match value {
                Value::Ref(page) => {
                    // What others tell of an actor is no word of its own (content model, section 4).
                    let meaning = match field.meaning {
                        Meaning::HoldsPosition if self.hearsay => Meaning::Mentioned,
                        meaning => meaning,
                    };
                    self.tie(*page, meaning, said, anchor);
                }
                Value::Refs(pages) => {
                    for page in pages {
                        self.tie(*page, field.meaning, said, anchor);
                    }
                }
                Value::Tally(parts) => {
                    for (page, _) in parts {
                        self.tie(*page, field.meaning, said, anchor);
                    }
                }
                Value::Cite(cites) => {
                    for cite in cites {
                        self.cite(cite, said, anchor);
                    }
                }
                Value::Prose(id) => self.prose(*id),
                Value::Accounts(accounts) => {
                    accounts.iter().filter_map(|(_, id)| *id).for_each(|id| self.prose(id));
                }
                Value::Record(inner) => {
                    self.record(inner, field.ty.inner().iter(), anchor, said);
                }
                Value::Rows(rows) => {
                    let list = List::of_field(&field.name);
                    for (at, row) in rows.iter().enumerate() {
                        let own = match list {
                            Some(List::Roles) => Said::Role(numbered(at)),
                            Some(List::Readouts) => Said::Readout(numbered(at)),
                            _ => said,
                        };
                        let said = row.prose("text").map_or(own, |text| Said::Sentence(text, 0));
                        let anchor = list.map_or(anchor, |list| Anchor::Row(list, numbered(at)));
                        self.record(row, field.ty.inner().iter(), anchor, said);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Refers to a sentence, or to the summary for Markdown that has none.
fn said(prose: &crate::parse::Prose, id: ProseId, sentence: u32) -> Said {
    if (sentence as usize) < prose.sentences.len() { Said::Sentence(id, sentence) } else { Said::Summary }
}

fn numbered(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
