//! One line a finding: `path:line:col: severity[code]: message`, for editors and scripts.

use super::{Located, Spot};
use std::fmt::Write;

/// Prints findings, a line each.
pub fn render(findings: &[Located<'_>]) -> String {
    let mut out = String::new();
    for found in findings {
        let finding = &found.finding;
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "{}: {}[{}]: {}",
            place(&found.spot),
            found.severity.word(),
            finding.code.name(),
            one_line(&finding.message)
        );
        if !finding.label.is_empty() {
            let _ = write!(out, "; {}", one_line(&finding.label));
        }
        out.push('\n');
    }
    out
}

/// `path:line:col`, the form that editors make a link of.
pub(super) fn place(spot: &Spot<'_>) -> String {
    format!("{}:{}:{}", spot.file.path, spot.from.line, spot.from.column)
}

fn one_line(text: &str) -> String {
    super::human::visible(text).replace('\n', " ")
}
