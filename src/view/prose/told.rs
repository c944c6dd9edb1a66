//! Words that several pages show, written once for all of them: an issue, its history and its actors show the
//! same statements.
//!
//! In: a piece of Markdown. Out: [`Told`], all of it that is the same on every page, and from that the HTML of
//! one page.

use super::reading::Reading;
use super::{Piece, Writer};
use crate::markup::Html;
use crate::parse::markdown::{Element, Kind};
use crate::view::desk::Desk;
use std::ops::Range;

/// A piece as HTML without the marks of its citations, whose numbers and ids are those of a page.
#[derive(Debug)]
pub struct Told {
    html: Html,
    marks: Box<[Mark]>,
}

/// Where citations stand.
#[derive(Debug)]
pub(super) struct Mark {
    /// The byte of the HTML at which their marks belong.
    pub at: usize,
    /// Their numbers among those of the piece.
    pub cites: Range<usize>,
}

impl Desk<'_> {
    /// A piece for many pages, to stand inside a line; none where more of it than the marks of citations depends on
    /// the page, such as its links.
    pub fn told(&mut self, piece: Piece<'_>) -> Option<Told> {
        if !piece.document.proses.get(piece.id.index())?.links.is_empty() {
            return None;
        }
        let reading = Reading::of(self, piece)?;
        if !reading.tokens.iter().all(|token| is_same_everywhere(&token.kind)) {
            return None;
        }
        let range = reading.inside();
        let mut writer = Writer::new(&reading, &range, self);
        writer.marks = Some(Vec::new());
        writer.write(range);
        // A copy takes no more room than it needs.
        Some(Told { html: writer.html.clone(), marks: writer.marks.unwrap_or_default().into() })
    }

    /// A piece on this page.
    pub fn retell(&mut self, told: &Told, piece: Piece<'_>) -> Html {
        let end = told.html.as_str().len();
        let mut html = Html::with_room(end + 160 * told.marks.len());
        let mut from = 0;
        for mark in &told.marks {
            html.add_part(&told.html, from..mark.at);
            self.cite(piece.marked(mark.cites.clone()), &mut html);
            from = mark.at;
        }
        html.add_part(&told.html, from..end);
        html
    }
}

/// Whether a token is written the same on every page, or is a citation.
fn is_same_everywhere(kind: &Kind<'_>) -> bool {
    match kind {
        Kind::Open(element) => matches!(
            element,
            Element::Paragraph
                | Element::Emphasis
                | Element::Strong
                | Element::Strikethrough
                | Element::Quote(None)
                | Element::List(_)
                | Element::Item
        ),
        Kind::Close | Kind::Text(_) | Kind::Code(_) | Kind::SoftBreak | Kind::HardBreak | Kind::Cite(_) => {
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::Day;
    use crate::read::Inputs;
    use crate::resolve::Drafts;
    use crate::view::statements::piece;
    use crate::view::{Shared, Words};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::path::Path;

    /// What statements are made of, and behind that what keeps one from being told.
    const PARTS: [&str; 30] = [
        "word",
        " ",
        "word.",
        " ",
        "[@gazette-2025-03-06]",
        "[@bulletin-2025-02, p. 2]",
        "[@gazette-2025-03-06; @bulletin-2025-02]",
        "[@nobody]",
        ". ",
        ",",
        "*",
        "**",
        "`a`",
        "\n",
        "\n\n",
        "  \n",
        "> ",
        "- ",
        "1. ",
        "~~",
        "<b>&\"",
        "\\",
        "**Assumption.** ",
        "[[river-strip]]",
        "[a](https://a.org)",
        "https://a.org/ ",
        "[^1]",
        "\n\n[^1]: Note [@gazette-2025-03-06].\n\n",
        "| a |\n|---|\n| b |\n",
        "```rust\nfn f() {}\n```\n",
    ];

    /// The number of statements that were told, after each was compared on two pages.
    fn compare(inputs: &Inputs) -> usize {
        let (mut parsed, _) = crate::parse::parse(inputs);
        let fields = std::mem::take(&mut parsed.fields);
        let day = Day::parse("2025-04-01").unwrap();
        let (wiki, _) = crate::resolve::resolve(inputs, &parsed, fields, day, Drafts::LeftOut);
        let words = Words::new(BTreeMap::new());
        let shared = Shared::new(&wiki, &words);
        for (address, own) in
            [("issues/a/history.html", None), ("a.html", wiki.refs().next().map(|(at, _)| at))]
        {
            let [mut slow, mut fast] = [(); 2].map(|()| Desk::new(&shared, address, own));
            for (position, told) in wiki.positions.iter().zip(&shared.told) {
                if let Some(told) = told {
                    assert_eq!(fast.retell(told, piece(position)), slow.inline(piece(position)));
                }
            }
            assert_eq!(format!("{:?}", fast.notes()), format!("{:?}", slow.notes()));
        }
        shared.told.iter().flatten().count()
    }

    fn every_field() -> Inputs {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/every-field/content");
        crate::read::read(&content, None).unwrap().0
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn statements_are_told_as_they_are_written(
            bodies in prop::collection::vec(prop::collection::vec(0..PARTS.len() + 40, 0..12), 10),
        ) {
            let mut inputs = every_field();
            let positions = inputs.files.iter_mut().filter(|file| file.path.starts_with("positions/"));
            for (file, body) in positions.zip(&bodies) {
                let end = file.text.rfind("---\n").unwrap() + "---\n".len();
                file.text.truncate(end);
                // Most often what keeps no statement from being told.
                file.text.extend(body.iter().map(|at| *PARTS.get(*at).unwrap_or(&PARTS[at % 20])));
            }
            compare(&inputs);
        }
    }

    #[test]
    fn a_statement_without_links_is_told() {
        assert!(compare(&every_field()) > 0);
    }
}
