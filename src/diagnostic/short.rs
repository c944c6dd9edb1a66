//! One line a finding: `path:line:col: severity[code]: message`, for editors and scripts.

use super::human::in_one_line;
use super::{Located, Spot, printable};
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
            in_one_line(&finding.message)
        );
        if !finding.label.is_empty() {
            let _ = write!(out, "; {}", in_one_line(&finding.label));
        }
        out.push('\n');
    }
    out
}

/// `path:line:col`, the form that editors make a link of.
pub(super) fn place(spot: &Spot<'_>) -> String {
    format!("{}:{}:{}", printable(&spot.file.path), spot.from.line, spot.from.column)
}
