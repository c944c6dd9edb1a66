//! Second definitions of a label, which no link follows.
//!
//! In: a text and its tokens. Out: a [`Problem`] for each line `[label]: address` whose label has an address already:
//! links take the first (CommonMark, section 4.7), and readers would never reach the other.

use super::{Element, Kind, Problem, ProblemKind, Slip, Token};
use crate::model::names::one_line;
use crate::source::Span;

/// The second definitions; `first` gives where the definition stands that links of a label take.
pub(super) fn doubled(
    text: &str,
    tokens: &[Token<'_>],
    first: impl Fn(&str) -> Option<usize>,
) -> Vec<Problem> {
    // In code such a line is text, and in the midst of a paragraph it begins with a link.
    let is_shown = |token: &&Token<'_>| match &token.kind {
        Kind::Open(element) => matches!(element, Element::Link(_)),
        Kind::Close => false,
        _ => true,
    };
    let mut shown: Vec<Span> = tokens.iter().filter(is_shown).map(|token| token.span).collect();
    shown.sort_unstable();
    let is_shown = |at: usize| {
        let behind = shown.partition_point(|span| span.range().start <= at);
        behind.checked_sub(1).is_some_and(|last| shown[last].range().contains(&at))
    };
    let mut problems = Vec::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end + (line.len() - line.trim_start_matches([' ', '\t', '>']).len());
        end += line.len();
        let definition = text[start..end].strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        let Some((label, to)) = definition.filter(|(label, to)| !is_comment(label, to.trim_start())) else {
            continue;
        };
        if first(label).is_some_and(|first| first != start) && !to.trim().is_empty() && !is_shown(start) {
            let slip = Slip::SecondDefinition(one_line(label).into_owned());
            let span = Span::new(start, end).first_line(text);
            problems.push(Problem { span, what: ProblemKind::Slip(slip) });
        }
    }
    problems
}

/// Whether a definition is one of the usual ways to a comment.
pub(super) fn is_comment(label: &str, to: &str) -> bool {
    let to = to.split_whitespace().next().unwrap_or_default();
    matches!(to, "" | "#") || matches!(label.trim(), "//" | "comment" | "_")
}
