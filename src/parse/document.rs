//! One page file as a document.
//!
//! In: a file and the site's settings. Out: a [`Document`] and the findings of this file alone.

use super::fields::{Mapping, NoValue, Walk};
use super::folders::{check_name, id_of, misplaced};
use super::front_matter::Reading;
use super::prose::{self, Home, fit};
use super::quoted_words::check_plain;
use super::yaml::Yaml;
use super::{Findings, Parsed, Prose, check_prose, front_matter, stem};
use crate::diagnostic::{Code, Finding, Place, may_suggest};
use crate::model::field::Field;
use crate::model::kind::{Kind, RecordKind};
use crate::model::names::{listed, nearest};
use crate::model::schema::Block;
use crate::model::site::Site;
use crate::model::tables;
use crate::model::value::{Name, Record, Value};
use crate::read::{InputFile, Role};
use crate::source::{FileId, KeyPath, Way};
use std::collections::BTreeSet;

/// A page or position as its file has it, but for its [`Fields`].
#[derive(Clone, Debug)]
pub struct Document {
    /// Its file.
    pub file: FileId,
    /// What it is a record of.
    pub kind: RecordKind,
    /// The file's name without its ending.
    pub id: String,
    /// The folder of a position: its issue's id.
    pub issue: Option<String>,
    /// Whether its fields are known, as they are written or as they were meant; else only its text is checked.
    pub sound: bool,
    /// How it is called; nothing for most positions, of which there are many.
    called: Option<Box<Called>>,
    /// Markdown: the body first, then that of front matter.
    pub proses: Vec<Prose>,
}

/// What must be known of every document before a name can be resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Called {
    /// The title.
    pub title: Option<String>,
    /// The short title.
    pub short: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// The name in its own language.
    pub native: Option<String>,
    /// Whether it is left out without `--drafts`.
    pub draft: bool,
    /// Ids it had before.
    pub old_ids: Vec<String>,
}

/// What a document is called that nothing is known of.
static UNCALLED: Called =
    Called { title: None, short: None, aliases: Vec::new(), native: None, draft: false, old_ids: Vec::new() };

/// The front matter of a document: every value read, no name resolved. Resolving uses it up, so that a wiki
/// is not in memory twice.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The fields of its kind.
    pub record: Record<Name>,
    /// Rows of topic blocks, in the order of the file.
    pub blocks: Vec<BlockRows<Name>>,
}

/// The rows of a topic block in an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockRows<R> {
    /// The block's number in [`Parsed::blocks`].
    pub block: usize,
    /// The rows as written.
    pub rows: Vec<Row<R>>,
}

/// A row of a topic block.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<R> {
    /// The number of its kind in the block.
    pub kind: usize,
    /// Its values.
    pub record: Record<R>,
}

impl Document {
    /// How it is called.
    pub fn called(&self) -> &Called {
        self.called.as_deref().unwrap_or(&UNCALLED)
    }

    fn call(&mut self, called: Called) {
        self.called = (called != UNCALLED).then(|| Box::new(called));
    }

    /// The title; a file without one is called by its id.
    pub fn title(&self) -> &str {
        self.called().title.as_deref().unwrap_or(&self.id)
    }

    /// Other names.
    pub fn aliases(&self) -> &[String] {
        &self.called().aliases
    }

    /// The body.
    pub fn body(&self) -> Option<&Prose> {
        self.proses.first()
    }
}

/// Reads a page file; a panic of a library in one file becomes a finding for that file.
pub fn read(
    id: FileId,
    file: &InputFile,
    parsed: &Parsed,
    reader: &mut prose::Reader,
) -> (Document, Fields, Findings) {
    let read = || read_file(id, file, parsed, reader);
    let guarded = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    guarded.unwrap_or_else(|_| {
        let finding = Finding::new(
            Code::StrayFile,
            Place::file(id),
            "this file cannot be read: its Markdown confuses the reader",
        )
        .help("take out the last change and report the file");
        (empty(id, file), Fields::default(), vec![finding])
    })
}

fn empty(id: FileId, file: &InputFile) -> Document {
    let (kind, issue) = match &file.role {
        Role::Position(issue) => (RecordKind::Position, Some(issue.clone())),
        Role::Page(kind) => (RecordKind::Page(*kind), None),
        _ => (RecordKind::Page(Kind::Page), None),
    };
    Document {
        file: id,
        id: id_of(stem(&file.path), &kind),
        kind,
        issue,
        sound: false,
        called: None,
        proses: Vec::new(),
    }
}

fn read_file(
    id: FileId,
    file: &InputFile,
    parsed: &Parsed,
    reader: &mut prose::Reader,
) -> (Document, Fields, Findings) {
    let mut document = empty(id, file);
    let mut fields = Fields::default();
    let mut findings = Findings::new();
    check_name(&document, file, &mut findings);
    if !file.readable {
        // Its own finding says why; nothing more is known of it.
        return (document, fields, findings);
    }
    if let Some(conflict) = front_matter::conflict(&file.text, id) {
        document.call(guessed(&file.text));
        findings.push(conflict);
        return (document, fields, findings);
    }
    let parts = match front_matter::split(&file.text) {
        Ok(parts) => parts,
        Err(code) => {
            document.call(guessed(&file.text));
            findings.push(front_matter::not_split(&file.text, id, code));
            return (document, fields, findings);
        }
    };
    let written = &file.text[parts.yaml.clone()];
    let yaml = front_matter::read(written, parts.yaml.start, id, &mut findings);
    let body = &file.text[parts.body..];
    let reading = reader.read(body, Home::Body(parts.body));
    let map = match yaml {
        // What was meant is checked as well: all mistakes of a file come out in one run.
        Reading::Sound(Yaml::Map(map)) | Reading::Meant(Yaml::Map(map)) => map,
        Reading::Sound(Yaml::Null) | Reading::Meant(Yaml::Null) => Vec::new(),
        no_fields => {
            if let Reading::Sound(_) | Reading::Meant(_) = no_fields {
                let message = "the front matter holds no fields";
                let finding = Finding::new(Code::WrongType, Place::start(id), message);
                findings.push(finding.label("expected lines such as `title: \"…\"` below"));
            }
            document.call(guessed(written));
            check_prose(&reading, body, id, &parsed.site, &mut findings);
            document.proses = vec![reading.prose];
            return (document, fields, findings);
        }
    };
    document.sound = true;
    if let Some((kind, finding)) = misplaced(&map, &document, file, parsed) {
        // Read as what it is, it is found by the links that mean it.
        document.kind = kind;
        findings.push(finding);
    }
    check_prose(&reading, body, id, &parsed.site, &mut findings);
    let mut proses = vec![reading.prose];
    let mut walk = Walk {
        file: id,
        site: &parsed.site,
        findings: &mut findings,
        proses: &mut proses,
        no_value: NoValue::Refused,
        reader,
    };
    let table: Vec<&Field> = tables::fields(&document.kind).collect();
    let is_issue = document.kind == RecordKind::Page(Kind::Issue);
    let block_key = |key: &str, value: &Yaml| is_issue && (is_block(key, parsed) || looks_like_rows(value));
    fields.record = walk.record(&map, table.iter().copied(), &Way::Top, &block_key);
    walk.findings.extend(long_summary(&fields.record, id));
    check_names(&fields.record, &document.kind, id, &parsed.site, walk.findings);
    if is_issue {
        fields.blocks = blocks(&map, &document, file, parsed, &mut walk);
    }
    document.call(called(&fields.record));
    fit(&mut proses);
    document.proses = proses;
    (document, fields, findings)
}

/// Whether a key is a topic block, usable or not.
pub(super) fn is_block(key: &str, parsed: &Parsed) -> bool {
    parsed.blocks.iter().any(|block| block.name == key) || parsed.broken_blocks.iter().any(|name| name == key)
}

/// Whether a value is a list of rows.
pub(super) fn looks_like_rows(value: &Yaml<'_>) -> bool {
    match value {
        Yaml::List(items) => items.iter().any(|item| matches!(item, Yaml::Map(_))),
        _ => false,
    }
}

fn blocks(
    map: &Mapping<'_>,
    document: &Document,
    file: &InputFile,
    parsed: &Parsed,
    walk: &mut Walk<'_>,
) -> Vec<BlockRows<Name>> {
    let fields: Vec<&str> = tables::fields(&document.kind).map(|field| field.name.as_ref()).collect();
    let mut found = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (key, value) in map.iter().filter(|(key, _)| !fields.contains(&key.as_ref())) {
        if !seen.insert(key) || !(is_block(key, parsed) || looks_like_rows(value)) {
            continue;
        }
        let path = Way::Top.then(key);
        match parsed.blocks.iter().position(|block| block.name == *key) {
            Some(number) => {
                let rows = rows(&parsed.blocks[number], value, &path, walk);
                found.push(BlockRows { block: number, rows });
            }
            None if parsed.broken_blocks.iter().any(|name| name == key) => {}
            None => {
                let finding = unknown_block(key, (document.file, file), parsed, &fields, walk.findings);
                walk.findings.push(finding);
            }
        }
    }
    found
}

fn unknown_block(
    key: &str,
    (file, input): (FileId, &InputFile),
    parsed: &Parsed,
    fields: &[&str],
    before: &[Finding],
) -> Finding {
    let names: Vec<&str> =
        parsed.blocks.iter().map(|block| block.name.as_str()).chain(fields.iter().copied()).collect();
    let finding = Finding::new(
        Code::UnknownBlock,
        Place::key(file, KeyPath::key(key)),
        format!("there is no topic block `{key}`"),
    );
    match may_suggest(before).then(|| nearest(key, names.iter().copied())).flatten() {
        Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near),
        None => finding
            .label("no schema describes these rows")
            .help(format!("for a new block, create {}", input.beside(&format!("schema/{key}.yaml")))),
    }
}

fn rows(block: &Block, value: &Yaml<'_>, path: &Way<'_>, walk: &mut Walk<'_>) -> Vec<Row<Name>> {
    let (items, in_list): (&[Yaml<'_>], bool) = match value {
        Yaml::List(items) => (items, true),
        Yaml::Null => (&[], true),
        single => (std::slice::from_ref(single), false),
    };
    let mut rows = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let path = if in_list { path.at(at) } else { *path };
        match item {
            Yaml::Map(map) => {
                let end = if in_list { map.len() } else { walk.first_row(&block.name, map, &path) };
                rows.extend(row(block, &map[..end], &path, walk));
            }
            Yaml::Null => {}
            _ => walk.findings.push(
                Finding::new(
                    Code::WrongType,
                    Place::value(walk.file, path.path()),
                    format!("this is not a row of `{}`", block.name),
                )
                .label("expected fields such as `status: …`"),
            ),
        }
    }
    rows
}

fn row(block: &Block, map: &Mapping<'_>, path: &Way<'_>, walk: &mut Walk<'_>) -> Option<Row<Name>> {
    let kind = row_kind(block, map, path, walk)?;
    walk.no_value = NoValue::Taken;
    let record = walk.record(map, &block.kinds[kind].fields, path, &|_, _| false);
    walk.no_value = NoValue::Refused;
    let dated = record.mentions("as_of") || record.mentions("date");
    if !dated {
        walk.findings.push(
            Finding::new(
                Code::MissingField,
                Place::value(walk.file, path.path()),
                "this row does not say for which day it holds",
            )
            .label("expected `as_of: YYYY-MM-DD`, or a `date`"),
        );
    }
    Some(Row { kind, record })
}

/// The number of the kind that a row says it is.
fn row_kind(block: &Block, map: &Mapping<'_>, path: &Way<'_>, walk: &mut Walk<'_>) -> Option<usize> {
    if !block.has_kinds() {
        return Some(0);
    }
    let words = || block.kinds.iter().map(|kind| kind.name.as_str());
    let list = listed(&words().collect::<Vec<_>>(), ", ");
    let finding = match map.iter().find(|(key, _)| key == "kind") {
        Some((_, Yaml::Scalar(word))) => {
            if let Some(kind) = block.kinds.iter().position(|kind| kind.name == *word) {
                return Some(kind);
            }
            let finding = Finding::new(
                Code::WrongChoice,
                Place::value(walk.file, path.then("kind").path()),
                format!("`{}` has no kind of row `{word}`", block.name),
            );
            match nearest(word, words()) {
                Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near),
                None => finding.label(format!("expected one of {list}")),
            }
        }
        _ => Finding::new(
            Code::MissingField,
            Place::value(walk.file, path.path()),
            "this row does not say its kind",
        )
        .label(format!("expected `kind:` with one of {list}")),
    };
    walk.findings.push(finding);
    None
}

/// The title (or first heading) and aliases of a page that cannot be read, by its lines: so that links to the
/// page by these names are not missing as well.
fn guessed(yaml: &str) -> Called {
    let mut called = Called::default();
    let after = |field: &str| yaml.lines().find_map(|line| line.strip_prefix(field)).map(str::trim);
    let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let heading = || yaml.lines().find_map(|line| line.strip_prefix("# "));
    called.title = after("title:").or_else(heading).map(bare);
    if let Some(aliases) = after("aliases:") {
        let inline = aliases.trim_start_matches('[').trim_end_matches(']').split(',').map(bare);
        let below = yaml.lines().skip_while(|line| !line.starts_with("aliases:")).skip(1);
        let below = below.map_while(|line| line.trim_start().strip_prefix("- ")).map(bare);
        called.aliases = inline.chain(below).filter(|name| !name.is_empty()).collect();
    }
    called
}

fn called(record: &Record<Name>) -> Called {
    let old = record.old_addresses("redirect_from");
    let old_ids = old.iter().filter(|old| old.heading.is_none()).map(|old| old.id.clone());
    Called {
        old_ids: old_ids.collect(),
        title: record.text("title").map(str::to_owned),
        short: record.text("short").map(str::to_owned),
        aliases: record.texts("aliases").to_vec(),
        native: match record.get("native") {
            Some(Value::Native(native)) => Some(native.text.to_string()),
            _ => None,
        },
        draft: record.flag("draft"),
    }
}

/// Most characters of a summary (content model, section 4).
const LONGEST_SUMMARY: usize = 160;

/// Checks the words that stand largest on a page: its title and the questions of its points. The titles of
/// sources and documents are words of others.
fn check_names(record: &Record<Name>, kind: &RecordKind, file: FileId, site: &Site, findings: &mut Findings) {
    let of_others = matches!(kind, RecordKind::Page(Kind::Source | Kind::Document));
    for field in ["title", "short"].into_iter().filter(|_| !of_others) {
        if let Some(text) = record.text(field) {
            check_plain(text, &Way::Top.then(field), file, site, findings);
        }
    }
    if let Some(Value::Labels(points)) = record.get("points") {
        let path = Way::Top.then("points");
        for (id, question) in points {
            check_plain(question, &path.then(id), file, site, findings);
        }
    }
}

fn long_summary(record: &Record<Name>, file: FileId) -> Option<Finding> {
    let characters = record.text("summary")?.chars().count();
    (characters > LONGEST_SUMMARY).then(|| {
        let place = Place::value(file, KeyPath::key("summary"));
        Finding::new(Code::SummaryLong, place, format!("this summary has {characters} characters"))
            .label(format!("at most {LONGEST_SUMMARY} fit on cards and in previews"))
    })
}
