//! The problems of a piece of Markdown that are told.
//!
//! In: all that were found. Out: those to tell, in order; of several at one place one.

use crate::diagnostic::Severity;
use crate::parse::labels::Wrong;
use crate::parse::markdown::{Problem, ProblemKind, Slip as TextSlip};
use crate::parse::text_slips;
use crate::source::Span;

/// The problems to tell, in order: of those within one another the outermost, but never a warning in place of an
/// error.
pub(super) fn told(problems: Vec<Problem>, bad_labels: &[(Span, Wrong)], text: &str) -> Vec<Problem> {
    // Stars of a label are told with the label; labels stand in the order of the text.
    let in_label = |span: Span| {
        let behind = bad_labels.partition_point(|(label, _)| label.start <= span.start);
        behind.checked_sub(1).is_some_and(|at| span.end <= bad_labels[at].0.end)
    };
    let is_loose = |problem: &Problem| problem.what == ProblemKind::Slip(TextSlip::LooseStars);
    let problems = problems.into_iter().filter(|problem| !(is_loose(problem) && in_label(problem.span)));
    let (warnings, mut told): (Vec<_>, Vec<_>) = problems.partition(|problem| {
        matches!(&problem.what, ProblemKind::Slip(slip) if text_slips::told(slip).0.severity() != Severity::Error)
    });
    let order = |problem: &Problem| (problem.span.start, std::cmp::Reverse(problem.span.end));
    told.sort_by_key(order);
    told.dedup_by(|b, a| a.span.end > b.span.start);
    // A link that its bar cut in two is told as that, not as a cell too many.
    let mut cut = 0;
    told.retain(|problem| match &problem.what {
        ProblemKind::Slip(TextSlip::BarInTable(_)) => {
            cut = problem.span.end as usize;
            true
        }
        ProblemKind::Slip(TextSlip::SurplusCell) => {
            let between = text.get(cut..problem.span.start as usize).unwrap_or("");
            cut == 0 || between.contains('\n')
        }
        _ => true,
    });
    // A heading may be without words because what is wrong in it was taken out.
    let apart = |warning: &Problem| {
        let next = told.partition_point(|problem| problem.span.end <= warning.span.start);
        let is_apart = told.get(next).is_none_or(|problem| problem.span.start >= warning.span.end);
        is_apart || warning.what != ProblemKind::Slip(TextSlip::EmptyHeading)
    };
    let warnings: Vec<Problem> = warnings.into_iter().filter(apart).collect();
    told.extend(warnings);
    told.sort_by_key(order);
    told
}
