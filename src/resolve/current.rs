//! Which statements are an actor's current position (content model, section 4).
//!
//! In: all positions. Out: those marked that another own statement of the actor on the point surely follows.

use super::{PageRef, Position};
use crate::model::date::Day;
use std::collections::BTreeMap;

/// The stance of warnings, claims and comments; it never replaces another.
const STATES: &str = "states";

/// Whose words on what.
type Subject = (PageRef, PageRef, Option<String>);

/// Marks the positions that are superseded, in one sweep: an issue can have thousands.
pub(super) fn mark(positions: &mut [Position<'_>]) {
    let mut newest: BTreeMap<Subject, Day> = BTreeMap::new();
    for position in positions.iter().filter(|position| can_be_current(position)) {
        let Some(begins) = position.date.earliest() else { continue };
        let newest = newest.entry(subject(position)).or_insert(begins);
        *newest = begins.max(*newest);
    }
    for position in positions {
        let newest = newest.get(&subject(position));
        // As `Date::after`, with the newest of all rivals.
        let followed = newest.zip(position.date.latest()).is_some_and(|(newest, latest)| *newest > latest);
        position.is_superseded = followed && position.stance != STATES;
    }
}

fn subject(position: &Position<'_>) -> Subject {
    (position.issue, position.actor, position.point.clone())
}

/// Whether a statement can be an actor's current position.
fn can_be_current(position: &Position<'_>) -> bool {
    position.basis.is_own() && position.stance != STATES
}
