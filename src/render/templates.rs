//! The templates of the theme.
//!
//! In: their texts and what all pages share. Out: rendered pages, or what is wrong with a template.
//! The only file that knows the template engine.

use super::slips::{self, Source};
use super::{fields, fixed_words};
use crate::diagnostic::{Code, Finding, Place};
use crate::markup::Html;
use crate::parse::Findings;
use crate::read::{Inputs, Role};
use crate::source::{FileId, Span};
use crate::view::{Global, Masthead, SHARED, TEMPLATES, View};
use serde::Serialize;
use std::io::Write;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

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
    /// The names of templates that others include or extend, and of views.
    used: Vec<String>,
}

/// A template that failed on a page.
#[derive(Debug)]
pub struct Unusable {
    /// What is wrong.
    pub finding: Finding,
}

/// Most templates that are told to be broken; each costs a load of all.
const MOST_BROKEN: usize = 50;

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
        for _ in 0..MOST_BROKEN {
            let mut fresh = Tera::new();
            fresh.autoescape_on([".html", ".xml", ".svg"]);
            fresh.set_escape_fn(Html::write_text);
            fresh.register_filter("safe", safe);
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

    fn shared(&self, masthead: &Masthead) -> Result<Vec<Value>, tera::Error> {
        let context = context(masthead)?;
        let made = |(template, _)| Ok(Value::safe_string(&self.tera.render(template, &context)?));
        SHARED.into_iter().map(made).collect()
    }

    /// Gives a page what those of its section and depth share; what has no frame needs none of it.
    fn add_shared(&self, context: &mut Context) -> Result<(), tera::Error> {
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
        let rendered = context.and_then(|mut context| {
            self.add_shared(&mut context)?;
            self.tera.render_to(template, &context, out)
        });
        rendered
            .map_err(|error| Box::new(Unusable { finding: explain(&error, &self.sources, &self.words).1 }))
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

/// The filter `safe`: the engine's own takes what is not there for an empty text.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> Result<Value, tera::Error> {
    if value.is_undefined() {
        let (expected_type, actual_type) = ("text".to_owned(), "undefined".to_owned());
        return Err(tera::Error::new(ErrorKind::InvalidArgument { expected_type, actual_type }));
    }
    Ok(match value.as_str() {
        Some(text) => Value::safe_string(text),
        None => Value::safe_string(&value.to_string()),
    })
}

/// Names in quotes after `extends` and `include`, and the names of views.
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
