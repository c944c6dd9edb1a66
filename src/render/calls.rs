//! How templates call each other.
//!
//! In: what each template and each component calls, and in how many loops. Out: a finding on a call that goes too
//! deep, too often, or in a circle.

use crate::diagnostic::{Code, Finding, Place};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// Deepest templates that include, extend or use each other.
const DEEPEST_CALLS: usize = 32;

/// Most templates that one page is put together from, each counted as often as it is included.
const MOST_CALLS: u64 = 10_000;

/// Most loops in each other that go through numbers, or through the list of an outer one.
pub(super) const MOST_LOOPS: usize = 3;

/// What is said of loops beyond `MOST_LOOPS`, and what to do.
pub(super) const MULTIPLIED: (&str, &str) = (
    "four loops stand in each other, and each goes through numbers or a whole list for every round of the others",
    "loop through what the outer loop gives, as in `{% for actor in point.actors %}`",
);

/// A template or a component: what is rendered when it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name<'t> {
    /// A template, by its path.
    Template(&'t str),
    /// A component, by its name.
    Component(&'t str),
}

impl<'t> Name<'t> {
    fn component(&self) -> Option<&'t str> {
        if let Name::Component(name) = self { Some(name) } else { None }
    }
}

/// What a template or a component does.
pub(super) struct Part<'t> {
    /// Its file.
    pub file: FileId,
    /// What it calls, in how many loops of its own, and where.
    pub calls: Vec<(Name<'t>, usize, Span)>,
    /// Most of its loops in each other.
    pub loops: usize,
}

/// The first call that goes beyond a bound.
pub(super) fn check(parts: &BTreeMap<Name<'_>, Part<'_>>) -> Option<Finding> {
    let mut calls = Calls { parts, costs: BTreeMap::new() };
    parts.keys().find_map(|part| calls.cost(part, &mut Vec::new()).err()).map(|found| *found)
}

/// A finding on a template.
pub(super) fn finding(file: FileId, span: Span, message: String, help: &str) -> Finding {
    Finding::new(Code::Template, Place::span(file, span), message).help(help)
}

/// What a call of a part costs.
#[derive(Clone, Copy)]
struct Cost {
    /// How many parts call each other in it.
    depth: usize,
    /// How many parts it calls.
    calls: u64,
    /// Most loops in each other.
    loops: usize,
}

/// The calls of all parts.
struct Calls<'p, 't> {
    parts: &'p BTreeMap<Name<'t>, Part<'t>>,
    costs: BTreeMap<Name<'t>, Cost>,
}

impl<'t> Calls<'_, 't> {
    /// The cost of a part that those of `path` call.
    ///
    /// # Errors
    /// A finding, where it goes beyond a bound.
    fn cost(&mut self, name: &Name<'t>, path: &mut Vec<Name<'t>>) -> Result<Cost, Box<Finding>> {
        let mut cost = Cost { depth: 1, calls: 1, loops: 0 };
        let Some(part) = self.parts.get(name) else { return Ok(cost) };
        if let Some(known) = self.costs.get(name) {
            return Ok(*known);
        }
        cost.loops = part.loops;
        path.push(*name);
        for (called, loops, span) in &part.calls {
            let finding =
                |message: String, help: &str| Err(Box::new(finding(part.file, *span, message, help)));
            if let Some(at) = path.iter().position(|outer| outer == called) {
                let Some(own) = path[at..].iter().find_map(Name::component) else {
                    // The engine tells templates that include themselves.
                    continue;
                };
                let message = format!("the component `{own}` uses itself, directly or through others");
                return finding(message, "what repeats is a `for` through a list");
            }
            if path.len() >= DEEPEST_CALLS {
                return finding(too_deep(), "include them beside each other, not each in the one before");
            }
            let inner = self.cost(called, path)?;
            cost.depth = cost.depth.max(inner.depth + 1);
            cost.calls = cost.calls.saturating_add(inner.calls);
            cost.loops = cost.loops.max(loops + inner.loops);
            if cost.depth > DEEPEST_CALLS {
                return finding(too_deep(), "include them beside each other, not each in the one before");
            }
            if cost.calls > MOST_CALLS {
                let message = format!("one page would be put together from more than {MOST_CALLS} templates");
                return finding(message, "include each of them once; what repeats is a `for` through a list");
            }
            // Loops of one template alone are told where they stand.
            if *loops > 0 && inner.loops > 0 && loops + inner.loops > MOST_LOOPS {
                return finding(MULTIPLIED.0.into(), MULTIPLIED.1);
            }
        }
        path.pop();
        self.costs.insert(*name, cost);
        Ok(cost)
    }
}

fn too_deep() -> String {
    format!("more than {DEEPEST_CALLS} templates include or extend each other, one in the other")
}
