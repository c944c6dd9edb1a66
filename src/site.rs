//! The site: every output path, and the making of its bytes.
//!
//! In: a wiki, its shared values and the templates. Out: [`SitePlan`], in which no two files have the
//! same path, and the bytes of each file, made in parallel and handed on one by one, so that the
//! whole site is never in memory.

mod paths;

use crate::card::Painter;
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::Kind;
use crate::parse::Findings;
use crate::read::{Inputs, Role};
use crate::render::{LONGEST_PAGE, Templates};
use crate::resolve::{Drafts, PageRef, Wiki};
use crate::search::{Entry, Index, Rank};
use crate::source::FileId;
use crate::view::{self, Made, Plan, Shared};
use crate::write::{Held, Put, Seal, Staging, Written};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Every file of the site.
#[derive(Debug, Default)]
pub struct SitePlan {
    /// Pages with their paths.
    pub pages: Vec<(String, Plan)>,
    /// Files of content and theme that are copied or compiled in.
    pub files: Vec<(String, FileId)>,
}

/// Where static files of the theme stand in the site; no page can be named so.
pub const THEME_FOLDER: &str = "_theme";

/// Plans the site; a path that could not be written beside the others is a finding.
pub fn plan(wiki: &Wiki<'_>) -> (SitePlan, Findings) {
    let mut findings = Findings::new();
    let pages = view::plans(wiki);
    let mut files = Vec::new();
    for (id, file) in wiki.inputs.iter() {
        match file.role {
            Role::Copied | Role::Svg => files.push((file.path.clone(), id)),
            Role::ThemeFile | Role::ThemeText => {
                let below = file.path.strip_prefix("static/").unwrap_or(&file.path);
                files.push((format!("{THEME_FOLDER}/{below}"), id));
            }
            _ => {}
        }
    }
    paths::check(wiki, &pages, &files, &mut findings);
    (SitePlan { pages, files }, findings)
}

/// Makes pages.
#[derive(Debug)]
pub struct Maker<'s> {
    /// What all pages share.
    pub shared: Shared<'s>,
    /// The templates.
    pub templates: &'s Templates,
    /// The files that were read.
    pub inputs: &'s Inputs,
    /// What draws cards.
    pub painter: Painter,
}

/// Pages made between two reports of progress; at its end threads wait for each other.
const BATCH: usize = 8192;

/// The same where the text of each page waits for the search index.
const BATCH_INDEXED: usize = 256;

impl Maker<'_> {
    /// Makes a page and puts its bytes out.
    ///
    /// # Errors
    /// When its template cannot be used for it, or a panic of a library ended its making.
    pub fn page(&self, path: &str, plan: Plan, out: &mut impl io::Write) -> Result<(), Box<Finding>> {
        self.made(path, plan, out).map_err(|unmade| Box::new(unmade.finding))
    }

    fn made(&self, path: &str, plan: Plan, out: &mut impl io::Write) -> Result<(), Box<Unmade>> {
        // A panic of a library in one page is told with the page, and the others are made.
        let make = || view::make(&self.shared, path, plan);
        let unmade = |finding: Finding, endless: bool| Box::new(Unmade { finding, endless });
        let made = catch_unwind(AssertUnwindSafe(|| match make() {
            Made::View(view) => self.templates.render(view, out).map_err(|unusable| {
                let endless = unusable.endless;
                if endless && !self.inputs.has_own_templates() {
                    return unmade(self.too_long(path, plan), endless);
                }
                match make() {
                    Made::View(view) => unmade(self.templates.with_fields(*unusable, &view), endless),
                    Made::Data(_) => unmade(unusable.finding, endless),
                }
            }),
            Made::Data(text) => {
                out.write_all(text.as_bytes()).map_err(|_| unmade(self.gave_up(path, plan), false))
            }
        }));
        made.unwrap_or_else(|_| Err(unmade(self.gave_up(path, plan), false)))
    }

    /// A page as one text.
    fn text(&self, path: &str, plan: Plan) -> Result<String, Box<Finding>> {
        let mut bytes = Vec::new();
        self.page(path, plan, &mut bytes)?;
        // Templates write nothing but text.
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }

    /// A card as a picture.
    fn picture(&self, path: &str, card: Plan) -> Result<Vec<u8>, Box<Finding>> {
        let svg = self.text(path, card)?;
        let drawn = catch_unwind(AssertUnwindSafe(|| self.painter.png(&svg)));
        let drawn = drawn.unwrap_or_else(|_| Err("the program that draws it gave up".to_owned()));
        drawn.map_err(|why| Box::new(self.templates.not_drawn(&why)))
    }

    fn gave_up(&self, path: &str, plan: Plan) -> Finding {
        self.unmade(plan, format!("the page `{path}` could not be made"))
            .help("take out the last change and report the file")
    }

    /// The finding for a page that content alone makes too long.
    fn too_long(&self, path: &str, plan: Plan) -> Finding {
        self.unmade(plan, format!("the page `{path}` would be longer than {} MB", LONGEST_PAGE >> 20)).help(
            "split what it shows, or take out links and citations that repeat on the pages that lead to it",
        )
    }

    fn unmade(&self, plan: Plan, message: String) -> Finding {
        let file = match plan {
            Plan::Page(page) | Plan::History(page) => self.shared.wiki.page(page).document.file,
            _ => FileId(0),
        };
        Finding::new(Code::Template, Place::file(file), message)
    }

    /// Makes pages and writes none, to find templates that cannot be used: one page of each sort; then, where
    /// templates are the wiki's own and end, every other page.
    pub fn rehearse(&self, plan: &SitePlan) -> Findings {
        let (firsts, others) = self.firsts(plan);
        let (mut findings, endless) = self.rehearsed(&firsts);
        if self.inputs.has_own_templates() && !endless {
            findings.extend(self.rehearsed(&others).0);
        }
        once_each(findings)
    }

    /// The first page of each sort, and the others: of a template that does not end one page is enough.
    fn firsts<'p>(&self, plan: &'p SitePlan) -> (Vec<&'p Planned>, Vec<&'p Planned>) {
        let mut seen = BTreeSet::new();
        plan.pages.iter().partition(|(path, page)| seen.insert(self.sort(path, *page)))
    }

    /// What is found in making pages, and whether one of them does not end.
    fn rehearsed(&self, pages: &[&Planned]) -> (Findings, bool) {
        let made = pages.par_iter().filter_map(|(path, page)| match page {
            Plan::Card(_) => {
                self.picture(path, *page).err().map(|finding| Unmade { finding: *finding, endless: false })
            }
            _ => self.made(path, *page, &mut io::sink()).err().map(|unmade| *unmade),
        });
        let unmade: Vec<Unmade> = made.collect();
        let endless = unmade.iter().any(|unmade| unmade.endless);
        (unmade.into_iter().map(|unmade| unmade.finding).collect(), endless)
    }

    /// The sort of a page: pages of one sort have the same template.
    fn sort<'p>(&self, path: &'p str, page: Plan) -> &'p str {
        match page {
            Plan::Page(at) => self.shared.wiki.page(at).kind.folder(),
            Plan::Index(_) => "index",
            Plan::History(_) => "history",
            Plan::Redirect(_) | Plan::HistoryRedirect(_) => "redirect",
            Plan::Previews(_) => "preview",
            Plan::Card(_) => "card",
            _ => path,
        }
    }

    /// Makes every page and swaps the site in; with a finding nothing is swapped in. An output that was
    /// made of just the same is left as it is, and no page is made.
    ///
    /// # Errors
    /// When the file system refuses, or the search index cannot be made.
    pub fn write(
        &self,
        plan: &SitePlan,
        target: Held,
        (drafts, search): (Drafts, Search),
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> io::Result<(Option<Written>, Findings)> {
        let made_of = self.seal(plan, drafts, search);
        let files = plan.files.iter().map(|(path, id)| (path.as_str(), self.inputs.file(*id)));
        let copies: Vec<(&str, PathBuf)> =
            files.filter_map(|(path, file)| Some((path, file.from()?))).collect();
        if let Some(written) = target.is_made_of(made_of, &copies) {
            return Ok((Some(written), Findings::new()));
        }
        if self.inputs.has_own_templates()
            && let (findings, true) = self.rehearsed(&self.firsts(plan).0)
        {
            return Ok((None, once_each(findings)));
        }
        let staging = target.stage()?;
        let index = match search {
            Search::Built => Some(Index::start(&self.shared.wiki.site.language).map_err(io::Error::other)?),
            Search::LeftOut => None,
        };
        let mut puts: Vec<Put<'_>> = Vec::with_capacity(plan.pages.len() + plan.files.len());
        let mut findings = Findings::new();
        let batch = if search == Search::Built { BATCH_INDEXED } else { BATCH };
        for batch in plan.pages.chunks(batch) {
            // Few at a time: some pages are ten thousand times as long as others.
            let pages = batch.par_iter().with_max_len(8);
            let made: Vec<io::Result<Result<Done<'_>, Box<Finding>>>> = pages
                .map_init(Vec::new, |room, (path, page)| self.put(&staging, path, *page, search, room))
                .collect();
            for made in made {
                match made? {
                    Ok(done) => {
                        puts.push(done.put);
                        // In the order of the plan, so that the index is the same each time.
                        index.iter().zip(done.entry).for_each(|(index, entry)| index.add(entry));
                    }
                    Err(finding) => findings.push(*finding),
                }
            }
            progress(puts.len(), plan.pages.len());
        }
        if !findings.is_empty() {
            return Ok((None, once_each(findings)));
        }
        for (path, id) in &plan.files {
            let file = self.inputs.file(*id);
            puts.push(match file.from() {
                Some(from) => staging.copy(path, &from)?,
                None => staging.put(path, &[file.text.as_bytes()])?,
            });
        }
        let bundle = index.map(Index::finish).transpose().map_err(io::Error::other)?.unwrap_or_default();
        for (path, bytes) in &bundle.files {
            puts.push(staging.put(path, &[bytes])?);
        }
        Ok((Some(staging.finish(made_of, puts)?), findings))
    }

    /// What decides the bytes of the site: the program, the day, what was asked for, the paths of all pages
    /// (a program with cards plans more of them), where the content lies in its repository, and the text of
    /// every file that was read. Of files that are only copied, the names.
    fn seal(&self, plan: &SitePlan, drafts: Drafts, search: Search) -> Seal {
        let wiki = self.shared.wiki;
        let base_url = wiki.site.base_url.as_deref().unwrap_or_default();
        let edited =
            wiki.site.repository.as_ref().and(self.inputs.in_repository.as_deref()).unwrap_or_default();
        let run = format!("{} {drafts:?} {search:?} {base_url} {edited}", wiki.today);
        let program = [env!("CARGO_PKG_VERSION"), env!("BRIEFWIKI_SOURCE"), &run].map(str::as_bytes);
        let files = self.inputs.files.par_iter().map(|file| {
            let role = match &file.role {
                // Its path tells the issue.
                Role::Position(_) => Cow::Borrowed("Position"),
                role => Cow::Owned(format!("{role:?}")),
            };
            Seal::of([&role, file.path.as_str(), &file.text].map(str::as_bytes)).bytes()
        });
        let files: Vec<[u8; 16]> = files.collect();
        let paths = plan.pages.iter().map(|(path, _)| path.as_bytes());
        Seal::of(program.into_iter().chain(paths).chain(files.iter().map(|file| &file[..])))
    }

    /// Makes a page and writes it; `room` is what pages wait in, one after the other.
    fn put<'p>(
        &self,
        staging: &Staging,
        path: &'p str,
        plan: Plan,
        search: Search,
        room: &mut Vec<u8>,
    ) -> io::Result<Result<Done<'p>, Box<Finding>>> {
        let (put, entry) = match (plan, search) {
            (Plan::Card(_), _) => match self.picture(path, plan) {
                Ok(picture) => (staging.put(path, &[&picture])?, None),
                Err(finding) => return Ok(Err(finding)),
            },
            (Plan::Page(at), Search::Built) => match self.text(path, plan) {
                Ok(html) => (staging.put(path, &[html.as_bytes()])?, Some(self.entry(path, at, html))),
                Err(finding) => return Ok(Err(finding)),
            },
            _ => {
                let mut writing = staging.begin(path, room)?;
                match self.page(path, plan, &mut writing) {
                    Ok(()) => (writing.finish()?, None),
                    Err(finding) => return Ok(Err(finding)),
                }
            }
        };
        Ok(Ok(Done { put, entry }))
    }

    /// What the search index gets of a page.
    fn entry(&self, path: &str, at: PageRef, html: String) -> Entry {
        let (names, facets) = view::facets(&self.shared, at);
        let rank = match self.shared.wiki.page(at).kind {
            Kind::Issue | Kind::Actor => Rank::First,
            _ => Rank::Behind,
        };
        Entry { path: path.to_owned(), html, names, facets, rank }
    }
}

/// Findings of pages, each once: one template fails on many pages in the same way.
fn once_each(mut findings: Findings) -> Findings {
    findings.sort();
    findings.dedup_by(|a, b| a.place == b.place && a.message == b.message);
    findings
}

/// A page with its path.
type Planned = (String, Plan);

/// A page that could not be made.
struct Unmade {
    finding: Finding,
    /// Whether it became too long.
    endless: bool,
}

/// A page that was made.
struct Done<'p> {
    put: Put<'p>,
    /// What the search index gets of it.
    entry: Option<Entry>,
}

/// Whether a build makes the search index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// It does.
    Built,
    /// It does not; the form leads to the A–Z.
    LeftOut,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;
    use crate::view::View;

    #[test]
    fn a_list_of_sitemaps_is_an_index_by_the_protocol() {
        let content = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites/every-field/content");
        let (inputs, _) = crate::read::read(&content, None).unwrap();
        let (mut parsed, mut findings) = crate::parse::parse(&inputs);
        let fields = std::mem::take(&mut parsed.fields);
        let day = crate::model::date::Day::parse("2025-04-01").unwrap();
        let (wiki, _) = crate::resolve::resolve(&inputs, &parsed, fields, day, Drafts::LeftOut);
        let words = render::words(&inputs, &wiki.site.language, &mut findings);
        let global = view::Global::new(&wiki, &words, view::Indexed::No);
        let templates = Templates::load(&inputs, &global).0;
        let sitemaps = vec!["https://a.org/?x&y/sitemap-1.xml".to_owned(), "https://a.org/2.xml".to_owned()];
        let view = View::Sitemap(view::SitemapView { urls: Vec::new(), sitemaps });
        let mut bytes = Vec::new();
        templates.render(view, &mut bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <sitemap><loc>https://a.org/?x&amp;y/sitemap-1.xml</loc></sitemap>\n\
             <sitemap><loc>https://a.org/2.xml</loc></sitemap>\n\
             </sitemapindex>\n"
        );
    }
}
