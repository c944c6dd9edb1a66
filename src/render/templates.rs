//! The templates of the theme.
//!
//! In: their texts and what all pages share. Out: rendered pages, or what is wrong with a template.
//! Only this file, `fields.rs` and `filters.rs` know the template engine.

use super::slips::{self, Source};
use super::{bounds, fields, filters, fixed_words};
use crate::diagnostic::{Code, Finding, Place};
use crate::markup::Html;
use crate::parse::Findings;
use crate::read::{Inputs, Role};
use crate::source::{FileId, Span};
use crate::view::{Global, Masthead, SHARED, TEMPLATES, View};
use serde::Serialize;
use std::io::{self, Write};
use tera::{Context, ErrorKind, Tera, Value};

/// Templates that can be used.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The templates as they were read.
    sources: Vec<Source>,
    /// The keys of all words.
    words: Vec<String>,
    /// The names of what all pages share.
    globals: Vec<String>,
    /// What is made once for many pages, as finished values in the order of `SHARED`.
    shared: Vec<(Masthead, Vec<Value>)>,
    /// The names of templates that others include, extend or use components of, and of views.
    used: Vec<String>,
}

/// A template that failed on a page.
#[derive(Debug)]
pub struct Unusable {
    /// What is wrong.
    pub finding: Finding,
    /// Whether the page became too long, which can be its content's doing as well.
    pub endless: bool,
}

/// Most templates that are told to be broken; each costs a load of all.
const MOST_BROKEN: usize = 50;

/// The longest page, in bytes. The longest of a wiki of 10,000 issues has 13 MB.
pub const LONGEST_PAGE: usize = 256 << 20;

/// The longest part of pages that is made once for many, in bytes.
const LONGEST_PART: usize = 4 << 20;

/// Takes a page up to its longest.
struct Capped<W> {
    out: W,
    /// The bytes that have room.
    left: usize,
    /// Whether more came.
    is_full: bool,
}

impl<W: Write> Write for Capped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.left.checked_sub(bytes.len()) {
            Some(left) => self.left = left,
            None => {
                self.is_full = true;
                return Err(io::ErrorKind::FileTooLarge.into());
            }
        }
        self.out.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Templates {
    /// Loads the templates; a broken one is told and left empty, so that the others are checked too.
    pub fn load(inputs: &Inputs, global: &Global) -> (Templates, Findings) {
        let mut findings = Findings::new();
        let sources: Vec<Source> = inputs
            .iter()
            .filter(|(_, file)| file.role == Role::Template)
            .map(|(id, file)| Source {
                name: file.path.clone(),
                file: id,
                text: file.text.clone(),
                own: !file.is_built_in(),
            })
            .collect();
        let used = used(&sources);
        let words: Vec<String> = global.words.keys().cloned().collect();
        findings.extend(slips::empty(&sources, &TEMPLATES));
        let mut tera = Tera::new();
        let mut broken: Vec<String> = Vec::new();
        let beyond = bounds::check(&sources);
        // Templates that call each other too deep end the run, whichever of them is left out.
        let attempts = if beyond.of_calls { 0 } else { MOST_BROKEN };
        let is_beyond =
            |source: &&Source| beyond.findings.iter().any(|found| found.place.file == source.file);
        broken.extend(sources.iter().filter(is_beyond).map(|source| source.name.clone()));
        findings.extend(beyond.findings);
        for _ in 0..attempts {
            let mut fresh = Tera::new();
            fresh.autoescape_on([".html", ".xml", ".svg"]);
            fresh.set_escape_fn(Html::write_text);
            filters::register(&mut fresh);
            let text = |source: &Source| match broken.contains(&source.name) {
                true => String::new(),
                false if source.own => source.text.clone(),
                false => fixed_words::all_written_in(&source.text, global),
            };
            match fresh.add_raw_templates(sources.iter().map(|source| (source.name.as_str(), text(source)))) {
                Ok(()) => {
                    tera = fresh;
                    break;
                }
                Err(error) => {
                    // These are told of all templates at once, when each can be read by itself.
                    if let ErrorKind::Msg(text) = error.kind()
                        && let Some(found) = slips::of_references(text, &sources, &broken)
                    {
                        findings.extend(found);
                        break;
                    }
                    let (name, finding) = explain(&error, &sources, &words);
                    findings.push(finding);
                    match name.filter(|name| !broken.contains(name)) {
                        Some(name) => broken.push(name),
                        // The error names no file that can be left out: nothing more is found.
                        None => break,
                    }
                }
            }
        }
        let globals = names(global);
        if let Ok(global) = context(global) {
            *tera.global_context() = global;
        }
        let mut templates = Templates { tera, sources, words, globals, shared: Vec::new(), used };
        // One that fails is told by the first page that needs it.
        let made = |masthead| templates.shared(&masthead).ok().map(|values| (masthead, values));
        templates.shared = Masthead::common().into_iter().filter_map(made).collect();
        (templates, findings)
    }

    fn shared(&self, masthead: &Masthead) -> Result<Vec<Value>, Box<Unusable>> {
        let context = context(masthead).map_err(|error| self.told(&error))?;
        let made = |(template, _)| {
            let mut bytes = Vec::new();
            self.rendered(template, &context, &mut bytes, LONGEST_PART)?;
            Ok(Value::safe_string(&String::from_utf8_lossy(&bytes)))
        };
        SHARED.into_iter().map(made).collect()
    }

    /// Renders a template with its fields, up to so many bytes.
    fn rendered(
        &self,
        template: &str,
        context: &Context,
        out: &mut impl Write,
        most: usize,
    ) -> Result<(), Box<Unusable>> {
        let mut out = Capped { out, left: most, is_full: false };
        let rendered = self.tera.render_to(template, context, &mut out);
        rendered.map_err(|error| match out.is_full {
            true => Box::new(Unusable { finding: self.endless(template, most), endless: true }),
            false => self.told(&error),
        })
    }

    fn told(&self, error: &tera::Error) -> Box<Unusable> {
        let finding = explain(error, &self.sources, &self.words).1;
        Box::new(Unusable { finding, endless: false })
    }

    /// Gives a page what those of its section and depth share; what has no frame needs none of it.
    fn add_shared(&self, context: &mut Context) -> Result<(), Box<Unusable>> {
        let text = |name| context.get(name).and_then(Value::as_str);
        let (Some(root), Some(section)) = (text("root"), text("section")) else { return Ok(()) };
        let mut common = self.shared.iter();
        let values = match common.find(|(own, _)| own.section == section && own.root == root) {
            Some((_, values)) => values.clone(),
            None => self.shared(&Masthead { root: root.to_owned(), section: section.to_owned() })?,
        };
        for ((_, name), value) in SHARED.into_iter().zip(values) {
            context.insert_value(name, value);
        }
        Ok(())
    }

    /// Whether a template is used by a view or by another template.
    pub fn uses(&self, name: &str) -> bool {
        self.used.iter().any(|used| used == name)
    }

    /// Renders a page into what takes it. The view is used up before the page is written: the largest have
    /// megabytes.
    ///
    /// # Errors
    /// When the template names a field that is not there, or cannot do what it says.
    pub fn render(&self, view: View, out: &mut impl Write) -> Result<(), Box<Unusable>> {
        let template = view.template();
        let context = context(&view);
        drop(view);
        let mut context = context.map_err(|error| self.told(&error))?;
        self.add_shared(&mut context)?;
        self.rendered(template, &context, out, LONGEST_PAGE)
    }

    /// The finding for a template that goes on and on.
    fn endless(&self, template: &str, most: usize) -> Finding {
        let file = self.file(template).unwrap_or(FileId(0));
        let message = format!("what `{template}` makes is longer than {} MB", most >> 20);
        Finding::new(Code::Template, Place::file(file), message)
            .help("look at its loops, and at those of what it includes or extends")
    }

    /// The finding for a card that is no picture.
    pub fn not_drawn(&self, why: &str) -> Finding {
        let file = self.file("card.svg").unwrap_or(FileId(0));
        Finding::new(Code::Template, Place::file(file), format!("`card.svg` gives no picture: {why}"))
            .help("write a whole SVG: one element `svg` with a width and a height, each element closed")
    }

    fn file(&self, name: &str) -> Option<FileId> {
        self.sources.iter().find(|source| source.name == name).map(|source| source.file)
    }

    /// A finding about a template, with the fields that it gets; one that has its remedy stays as it is.
    pub fn with_fields(&self, unusable: Unusable, view: &View) -> Finding {
        if unusable.finding.help.is_some() {
            return unusable.finding;
        }
        let is_at = |template: &str| Some(unusable.finding.place.file) == self.file(template);
        let (template, mut fields) = match SHARED.into_iter().find(|(template, _)| is_at(template)) {
            Some((template, _)) => (template, names(&Masthead::default())),
            None => {
                let mut fields = names(view);
                if fields.iter().any(|name| name == "section") {
                    fields.extend(SHARED.map(|(_, name)| name.to_owned()));
                }
                (view.template(), fields)
            }
        };
        fields.extend_from_slice(&self.globals);
        fields.sort_unstable();
        let finding = unusable.finding;
        let named = finding.message.strip_suffix("` is not defined").and_then(|rest| rest.strip_prefix('`'));
        let named = named.unwrap_or_default().to_owned();
        let finding = finding.help(format!("{template} gets: {}", fields.join(", ")));
        slips::meant(finding, &named, fields.iter().map(String::as_str))
    }
}

fn context(given: &impl Serialize) -> Result<Context, tera::Error> {
    let mut context = Context::new();
    for (name, value) in fields::of(given)? {
        context.insert_value(name, value);
    }
    Ok(context)
}

fn names(given: &impl Serialize) -> Vec<String> {
    fields::of(given).unwrap_or_default().into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// Names in quotes after `extends` and `include`, of views, and of templates whose components are used; also behind
/// what cannot be read.
fn used(sources: &[Source]) -> Vec<String> {
    let shared = SHARED.map(|(template, _)| template);
    let mut used: Vec<String> = TEMPLATES.iter().chain(&shared).map(|name| (*name).to_owned()).collect();
    for Source { text, .. } in sources {
        for word in ["extends", "include"] {
            for (at, _) in text.match_indices(word) {
                let rest = text[at + word.len()..].trim_start();
                if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                    used.extend(rest[1..].split(quote).next().map(str::to_owned));
                }
            }
        }
    }
    used.extend(bounds::with_components(sources).map(str::to_owned));
    used
}

/// The template of an error, and the finding for it.
fn explain(error: &tera::Error, sources: &[Source], words: &[String]) -> (Option<String>, Finding) {
    let source_of = |name: &str| sources.iter().find(|source| source.name == name);
    let first = sources.first().map_or(FileId(0), |source| source.file);
    let whole = |name: &str, message: String| {
        let place = Place::file(source_of(name).map_or(first, |source| source.file));
        (Some(name.to_owned()), Finding::new(Code::Template, place, message))
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let name = report.filename();
            match source_of(name) {
                Some(source) => {
                    let range = &report.span().range;
                    let span = Span::new(range.start, range.end);
                    (Some(name.to_owned()), slips::of_rendering(source, span, report.message(), words))
                }
                None => whole(name, report.message().to_owned()),
            }
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            whole(tpl, format!("`{tpl}` extends itself, directly or through others"))
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            whole(tpl, format!("`{tpl}` includes itself, directly or through others"))
        }
        ErrorKind::MissingParent { current, parent } => {
            whole(current, format!("there is no template `{parent}` to extend"))
        }
        ErrorKind::TemplateNotFound(name) => whole(name, format!("there is no template `{name}`")),
        other => {
            let place = Place::file(first);
            (None, Finding::new(Code::Template, place, format!("the templates cannot be used: {other}")))
        }
    }
}
