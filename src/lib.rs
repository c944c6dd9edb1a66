//! briefwiki: a compiler from Markdown with YAML front matter to a static wiki of positions and sources.
//!
//! ```text
//! disk ─read→ Inputs ─parse→ Parsed ─resolve→ Wiki ─view→ View ─render→ bytes ─write→ public/
//!                                  every stage adds findings and goes on
//! ```
//!
//! A stage takes a value and gives a new one; nothing is filled in later. [`run`] is the pipeline on
//! one screen. ARCHITECTURE.md tells the whole.

pub mod card;
pub mod diagnostic;
pub mod markup;
pub mod model;
pub mod parse;
pub mod read;
pub mod render;
pub mod resolve;
pub mod search;
pub mod site;
pub mod source;
pub mod view;
pub mod write;

use diagnostic::{Finding, Located, Severity, join};
use model::date::Day;
use model::site::Site;
use parse::{Document, Findings, Parsed, Strict};
use read::{Inputs, ReadError};
use resolve::{Drafts, Resolved};
use site::Search;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use write::{Refusal, Target, Written};

/// What a run works on.
#[derive(Clone, Debug)]
pub struct Options {
    /// The content folder.
    pub content: PathBuf,
    /// A theme folder over the default theme.
    pub theme: Option<PathBuf>,
    /// Where the wiki will stand, instead of what site.yaml says.
    pub base_url: Option<String>,
    /// The day to speak for, instead of what site.yaml says.
    pub today: Option<Day>,
    /// The day to speak for if nobody says.
    pub clock: Day,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether warnings count as errors.
    pub strict: Strict,
    /// Whether a build makes the search index.
    pub search: Search,
}

/// What a run does at its end.
#[derive(Clone, Copy, Debug)]
pub enum Goal<'a> {
    /// Find what is wrong and write nothing.
    Check,
    /// Write the site into a folder, if nothing is wrong.
    Build(&'a Path),
}

/// Why a run did not even begin.
#[derive(Debug)]
pub enum Stop {
    /// A folder to read is not there.
    Read(ReadError),
    /// The output folder is none that may be replaced.
    Refused(Refusal),
    /// The output could not be written.
    Write(std::io::Error),
}

impl std::fmt::Display for Stop {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stop::Read(error) => error.fmt(out),
            Stop::Refused(refusal) => refusal.fmt(out),
            Stop::Write(error) => write!(out, "the output cannot be written: {error}"),
        }
    }
}

/// What a run found and did.
#[derive(Debug)]
pub struct Outcome {
    /// The files that were read, which findings point into.
    pub inputs: Inputs,
    /// Everything that was found, in no order; see [`Outcome::report`].
    pub findings: Vec<Finding>,
    /// The settings.
    pub site: Site,
    /// What was written; `None` after a check and where errors stopped the build.
    pub written: Option<Written>,
    /// How much there is of it.
    pub numbers: Numbers,
    /// How long each stage took.
    pub stages: Vec<(&'static str, Duration)>,
    strict: Strict,
    /// What was parsed, millions of small texts; they are given back with the outcome, or not at all where the
    /// process ends.
    _documents: Vec<Document>,
    /// What was resolved, for the same reason: of pages and of positions.
    _resolved: (Vec<Resolved>, Vec<Resolved>),
}

/// How much there is of a wiki.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Pages of the wiki.
    pub pages: usize,
    /// Links between pages, from text and from fields.
    pub links: usize,
    /// Places where a source is cited.
    pub citations: usize,
}

impl Outcome {
    /// The findings with their places, in order.
    pub fn report(&self) -> Vec<Located<'_>> {
        parse::locate(self.findings.clone(), &self.inputs, &self.site, self.strict)
    }
}

/// How far the making of pages is.
pub type Progress<'p> = &'p (dyn Fn(usize, usize) + Sync);

/// Runs the pipeline.
///
/// # Errors
/// When the run cannot begin or the output cannot be written. What is wrong with the content is no
/// error of the run: it stands in the outcome.
pub fn run(options: &Options, goal: Goal<'_>, progress: Progress<'_>) -> Result<Outcome, Stop> {
    let mut clock = Clock::new();
    let target = match goal {
        Goal::Check => None,
        Goal::Build(output) => Some(target(options, output)?.hold().map_err(Stop::Write)?),
    };
    let (inputs, mut findings) =
        read::read(&options.content, options.theme.as_deref()).map_err(Stop::Read)?;
    clock.lap("read");
    let (mut parsed, found) = parse::parse(&inputs);
    join(&mut findings, found);
    if let Some(base) = options.base_url.as_deref().and_then(model::site::base_url) {
        parsed.site.base_url = Some(base);
    }
    clock.lap("parse");
    let today = options.today.or(parsed.site.today).unwrap_or(options.clock);
    let fields = std::mem::take(&mut parsed.fields);
    let (wiki, found) = resolve::resolve(&inputs, &parsed, fields, today, options.drafts);
    join(&mut findings, found);
    let numbers = Numbers {
        pages: wiki.pages.len(),
        links: wiki.relations.backlinks.iter().flatten().map(|link| link.times as usize).sum(),
        citations: wiki.relations.mentions.iter().map(Vec::len).sum(),
    };
    clock.lap("resolve");
    let words = render::words(&inputs, &wiki.site.language, &mut findings);
    let indexed = if options.search == Search::Built { view::Indexed::Yes } else { view::Indexed::No };
    findings.extend(render::unsearched(&inputs, indexed));
    let global = view::Global::new(&wiki, &words, indexed);
    let ((plan, found), (shared, (templates, of_theme))) = rayon::join(
        || site::plan(&wiki),
        || (view::Shared::new(&wiki, &words), render::Templates::load(&inputs, &global)),
    );
    findings.extend(found);
    findings.extend(of_theme);
    findings.extend(render::unknown_theme_files(&inputs, &wiki.site.language, &templates));
    let maker = site::Maker { shared, templates: &templates, inputs: &inputs, painter: card::Painter::new() };
    clock.lap("plan");

    if findings.iter().any(|finding| finding.code.severity() == Severity::Error) {
        findings.retain(|finding| !finding.code.tells_of_absence());
    }
    let sound = !stops(&findings, &parsed.site, options.strict);
    let mut written = None;
    if sound {
        match target {
            None => findings.extend(maker.rehearse(&plan)),
            Some(target) => {
                let (done, found) = maker
                    .write(&plan, target, (options.drafts, options.search), progress)
                    .map_err(Stop::Write)?;
                written = done;
                findings.extend(found);
            }
        }
    }
    clock.lap("pages");
    drop(maker);
    let resolve::Wiki { pages, positions, .. } = wiki;
    let _resolved = (
        pages.into_iter().map(|page| page.resolved).collect(),
        positions.into_iter().map(|position| position.resolved).collect(),
    );
    let Parsed { site, documents, .. } = parsed;
    let stages = clock.laps;
    Ok(Outcome {
        inputs,
        findings,
        site,
        written,
        numbers,
        stages,
        strict: options.strict,
        _documents: documents,
        _resolved,
    })
}

/// The output folder, if it may be replaced.
fn target(options: &Options, output: &Path) -> Result<Target, Stop> {
    let keep_out: Vec<&Path> =
        std::iter::once(options.content.as_path()).chain(options.theme.as_deref()).collect();
    Target::check(output, &keep_out).map_err(Stop::Refused)
}

/// Whether findings stop a build.
fn stops(findings: &Findings, site: &Site, strict: Strict) -> bool {
    findings.iter().any(|finding| parse::severity(finding.code, site, strict) == Some(Severity::Error))
}

/// Times of stages.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn new() -> Clock {
        Clock { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        self.laps.push((stage, self.last.elapsed()));
        self.last = Instant::now();
    }
}
