//! Which statements are an actor's current position (content model, section 4).
//!
//! In: all positions, those of an issue together. Out: those marked that another own statement of the actor on the
//! point surely follows.

use super::{PageRef, Position};
use crate::model::date::Day;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The stance of warnings, claims and comments; it never replaces another.
const STATES: &str = "states";

/// Whose words on which point of an issue.
type Subject<'p> = (PageRef, Option<&'p str>);

/// Marks the positions that are superseded.
pub(super) fn mark(positions: &mut [Position<'_>]) {
    positions.par_chunk_by_mut(|a, b| a.issue == b.issue).for_each(mark_on_issue);
}

/// The same for those of one issue, in one sweep: there can be thousands.
fn mark_on_issue(positions: &mut [Position<'_>]) {
    let mut newest: BTreeMap<Subject<'_>, Day> = BTreeMap::new();
    for position in positions.iter().filter(|position| can_be_current(position)) {
        let Some(begins) = position.date.earliest() else { continue };
        let newest = newest.entry(subject(position)).or_insert(begins);
        *newest = begins.max(*newest);
    }
    let superseded = |position: &Position<'_>| {
        // As `Date::after`, with the newest of all rivals.
        let newest = newest.get(&subject(position)).zip(position.date.latest());
        newest.is_some_and(|(newest, latest)| *newest > latest) && position.stance != STATES
    };
    let superseded: Vec<bool> = positions.iter().map(superseded).collect();
    for (position, superseded) in positions.iter_mut().zip(superseded) {
        position.is_superseded = superseded;
    }
}

fn subject<'p>(position: &'p Position<'_>) -> Subject<'p> {
    (position.actor, position.point.as_deref())
}

/// Whether a statement can be an actor's current position.
fn can_be_current(position: &Position<'_>) -> bool {
    position.basis.is_own() && position.stance != STATES
}
