//! Resolving: every name becomes a page, every relation is derived once.
//!
//! In: [`Parsed`]. Out: a [`Wiki`] in whose types an unresolved name cannot be written down, and the
//! findings that need more than one file.

mod anchors;
mod checks;
mod current;
mod files;
mod floods;
mod headings;
mod index;
mod itself;
mod links;
mod loops;
mod mentions;
mod notes;
mod plain;
mod points;
mod positions;
mod records;
mod redirects;
mod relations;
mod statements;
mod unknown;

pub use anchors::{Anchor, List, block_anchor, block_row_anchor, link_anchor, put_cite_anchor, row_anchor};
pub use checks::{holds, printed_role};
pub use links::Target;
pub use loops::DEEPEST_EMBED;
pub use points::points;
pub use positions::{Basis, Position, PositionRef};
pub use redirects::{Moved, Redirect};
pub use relations::{Backlink, Mention, Origin, Relations, Said};

use crate::diagnostic::{Code, Finding, Place, join};
use crate::model::date::Day;
use crate::model::kind::{Kind, RecordKind};
use crate::model::schema::Block;
use crate::model::site::Site;
use crate::model::value::{Citation, ProseId, Record};
use crate::parse::{BlockRows, Document, Fields, Findings, Parsed, Prose, svg};
use crate::read::Inputs;
use rayon::prelude::*;

/// A page of the wiki, as an index into [`Wiki::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageRef(pub u32);

impl PageRef {
    /// The index into `Wiki::pages`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a resolved document holds, page or position.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// Front matter.
    pub record: Record<PageRef>,
    /// Rows of topic blocks.
    pub blocks: Vec<BlockRows<PageRef>>,
    /// For each piece of Markdown, where its links lead, in their order.
    pub links: Vec<Vec<Target>>,
    /// For each piece of Markdown, its citations, in their order; `None` where the source is unknown.
    pub cites: Vec<Vec<Option<Citation<PageRef>>>>,
}

/// A page with everything resolved.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// Its kind.
    pub kind: Kind,
    /// The document it comes from.
    pub document: &'a Document,
    /// Its content.
    pub resolved: Resolved,
    /// What every link to it asks for, at hand: the way through the document leads all over the memory.
    id: &'a str,
    title: &'a str,
    short: &'a str,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, resolved: Resolved) -> Page<'a> {
        let title = document.title();
        Page {
            kind: index::kind_of(document),
            document,
            resolved,
            id: &document.id,
            title,
            short: document.called().short.as_deref().unwrap_or(title),
        }
    }

    /// Its id.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// Its title.
    pub fn title(&self) -> &'a str {
        self.title
    }

    /// Its short title, or its title.
    pub fn short(&self) -> &'a str {
        self.short
    }

    /// Its other names.
    pub fn aliases(&self) -> &'a [String] {
        self.document.aliases()
    }

    /// Its front matter.
    pub fn record(&self) -> &Record<PageRef> {
        &self.resolved.record
    }

    /// The address below the site's root, without a leading `/`.
    pub fn address(&self) -> String {
        [self.kind.folder(), "/", self.id(), ".html"].concat()
    }

    /// One of its pieces of Markdown.
    pub fn prose(&self, id: ProseId) -> Option<&'a Prose> {
        self.document.proses.get(id.index())
    }
}

/// The whole wiki with every name resolved.
#[derive(Debug)]
pub struct Wiki<'a> {
    /// The files.
    pub inputs: &'a Inputs,
    /// The settings.
    pub site: &'a Site,
    /// The topic blocks.
    pub blocks: &'a [Block],
    /// The maps.
    pub maps: &'a [svg::Map],
    /// The day the build speaks for.
    pub today: Day,
    /// Pages, by kind and id.
    pub pages: Vec<Page<'a>>,
    /// Positions, newest first within an issue; see [`Relations`] for lists of them.
    pub positions: Vec<Position<'a>>,
    /// What leads where.
    pub relations: Relations<'a>,
    /// Pages that stand for old addresses, and anchors that moved.
    pub redirects: redirects::Redirects,
    /// The page that opens the home page.
    pub home: Option<PageRef>,
    /// The sides of the talks, which stand first among actors.
    pub parties: Vec<PageRef>,
}

impl<'a> Wiki<'a> {
    /// A page.
    pub fn page(&self, at: PageRef) -> &Page<'a> {
        &self.pages[at.index()]
    }

    /// A position.
    pub fn position(&self, at: PositionRef) -> &Position<'a> {
        &self.positions[at.index()]
    }

    /// The pages of a kind, in the order of their ids.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (PageRef, &Page<'a>)> {
        self.refs().filter(move |(_, page)| page.kind == kind)
    }

    /// Every page with its reference.
    pub fn refs(&self) -> impl Iterator<Item = (PageRef, &Page<'a>)> {
        self.pages.iter().enumerate().map(|(at, page)| (page_ref(at), page))
    }
}

fn page_ref(at: usize) -> PageRef {
    PageRef(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Documents that one thread takes at a time; some are far longer than others.
const SHARE: usize = 64;

/// Whether drafts are pages of the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// They are shown.
    Shown,
    /// They are left out.
    LeftOut,
}

/// Resolves a parsed wiki for a day; `fields` are those of its documents, in their order.
pub fn resolve<'a>(
    inputs: &'a Inputs,
    parsed: &'a Parsed,
    fields: Vec<Fields>,
    today: Day,
    drafts: Drafts,
) -> (Wiki<'a>, Findings) {
    let mut findings = Findings::new();
    let (page_documents, left_out) = page_documents(parsed, drafts, &mut findings);
    let (index, (files, headings, statements)) = rayon::join(
        || index::Index::new(&page_documents, &left_out),
        || {
            (
                files::Files::new(inputs, &page_documents, &left_out),
                headings::Headings::new(&page_documents),
                statements::Statements::new(parsed),
            )
        },
    );
    let resolver = records::Resolver {
        index: &index,
        pages: &page_documents,
        headings: &headings,
        files: &files,
        statements: &statements,
        inputs,
        parsed,
    };

    let mut fields: Vec<Option<Fields>> = fields.into_iter().map(Some).collect();
    let with_fields: Vec<(&Document, Fields)> =
        page_documents.iter().map(|document| (*document, of(document, parsed, &mut fields))).collect();
    let (mut pages, mut found): (Vec<Page<'_>>, Vec<Findings>) = Default::default();
    let resolved =
        with_fields.into_par_iter().with_max_len(SHARE).enumerate().map(|(at, (document, fields))| {
            let (resolved, found) = resolver.document(document, Some(page_ref(at)), fields);
            (Page::new(document, resolved), found)
        });
    resolved.unzip_into_vecs(&mut pages, &mut found);
    findings.extend(found.into_iter().flatten());
    let (positions, unfinished) = positions::resolve(parsed, fields, &resolver, drafts, &mut findings);
    let (relations, (names, redirects)) = rayon::join(
        || relations::derive(&pages, &positions, parsed),
        || (mentions::Names::of(&pages), redirects::resolve(&pages, &positions, &left_out, &mut findings)),
    );
    let (home, parties) = site_pages(parsed, &resolver, &mut findings);
    let mut wiki = Wiki {
        inputs,
        site: &parsed.site,
        blocks: &parsed.blocks,
        maps: &parsed.maps,
        today,
        pages,
        positions,
        relations,
        redirects,
        home,
        parties,
    };
    let (checked, unknown) = rayon::join(|| checked(&wiki), || points::unknown(&wiki, &unfinished));
    findings.extend(checked.into_iter().flatten());
    for position in &unfinished {
        findings.extend(checks::position(&wiki, position.document, &position.resolved));
    }
    findings.extend(unknown);
    findings.extend(checks::schemas(inputs, parsed));
    loops::parents(&wiki, &mut findings);
    loops::superseded(&wiki, &mut findings);
    loops::cut(&mut wiki, &mut findings);
    floods::cut(&mut wiki, &mut findings);
    join(&mut findings, notes::all(&wiki, &names, &index));
    (wiki, findings)
}

/// Checks pages and positions, each by itself.
fn checked(wiki: &Wiki<'_>) -> Vec<Findings> {
    let pages = (0..wiki.pages.len()).into_par_iter().with_max_len(SHARE);
    let pages = pages.map(|at| checks::page(wiki, page_ref(at)));
    let positions = wiki.positions.par_iter();
    let positions = positions.map(|position| checks::position(wiki, position.document, &position.resolved));
    pages.chain(positions).collect()
}

/// The fields of a document, which are used up.
fn of(document: &Document, parsed: &Parsed, fields: &mut [Option<Fields>]) -> Fields {
    let number = parsed.documents.binary_search_by_key(&document.file, |document| document.file);
    number.ok().and_then(|number| fields.get_mut(number)?.take()).unwrap_or_default()
}

/// The documents that become pages, by kind and id, and the drafts that do not.
fn page_documents<'a>(
    parsed: &'a Parsed,
    drafts: Drafts,
    findings: &mut Findings,
) -> (Vec<&'a Document>, Vec<&'a Document>) {
    let all = parsed.documents.iter().filter(|document| document.kind != RecordKind::Position);
    let (mut left_out, mut pages): (Vec<&Document>, Vec<&Document>) =
        all.partition(|document| drafts == Drafts::LeftOut && document.called().draft);
    pages.sort_by_key(|document| (document.kind.clone(), &document.id));
    let mut by_id: Vec<&Document> = pages.iter().chain(&left_out).copied().collect();
    by_id.sort_by_key(|document| (&document.id, document.file));
    for pair in by_id.windows(2) {
        if pair[0].id == pair[1].id {
            findings.push(
                Finding::new(
                    Code::DuplicateId,
                    Place::file(pair[1].file),
                    format!("two pages have the id `{}`", pair[1].id),
                )
                .also(Place::file(pair[0].file), "the other")
                .help("rename one of the two files; ids are unique over the whole wiki"),
            );
        }
    }
    left_out.sort_by_key(|document| &document.id);
    (pages, left_out)
}

/// The pages that site.yaml names.
fn site_pages(
    parsed: &Parsed,
    resolver: &records::Resolver<'_>,
    findings: &mut Findings,
) -> (Option<PageRef>, Vec<PageRef>) {
    let Some(file) = parsed.site_file else { return (None, Vec::new()) };
    let mut found = |name, kind| resolver.reference(name, Some(kind), file, findings);
    let home = parsed.site.home.as_ref().and_then(|name| found(name, Kind::Page));
    let parties = parsed.site.parties.iter().filter_map(|name| found(name, Kind::Actor)).collect();
    (home, parties)
}
