//! Every page and every other name, from A to Z.

use super::desk::Desk;
use super::frame::Frame;
use crate::model::names::sort_name;
use crate::resolve::PageRef;
use serde::Serialize;
use std::collections::BTreeMap;

/// What `a-z.html` gets.
#[derive(Debug, Serialize)]
pub struct LettersView {
    /// What stands around it.
    pub frame: Frame,
    /// The letters that occur.
    pub letters: Vec<Letter>,
}

/// The names under a letter.
#[derive(Debug, Serialize)]
pub struct Letter {
    /// The heading's id.
    pub id: String,
    /// The letter.
    pub letter: String,
    /// The names.
    pub names: Vec<Named>,
}

/// A name of a page.
#[derive(Debug, Serialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The page.
    pub href: String,
    /// The page's title, where the name is another; else empty.
    pub title: String,
    /// The word for its kind.
    pub kind: String,
}

/// Makes the page.
pub fn view(desk: &mut Desk<'_>, address: &str) -> LettersView {
    let mut frame = desk.frame(address, desk.word("a-z"), "a-z");
    let mut by_letter: BTreeMap<String, Vec<(String, Named)>> = BTreeMap::new();
    for (at, page) in desk.wiki().refs() {
        let others = super::machines::all_names(page);
        for name in others.chain([page.title()]) {
            let folded = sort_name(name);
            let letter = folded.chars().find(|c| c.is_alphanumeric());
            let letter = letter.map_or_else(
                || "#".to_owned(),
                |c| if c.is_numeric() { "0–9".to_owned() } else { capital(c) },
            );
            by_letter.entry(letter).or_default().push((folded, named(desk, at, name)));
        }
    }
    let letters: Vec<Letter> = by_letter
        .into_iter()
        .enumerate()
        .map(|(number, (letter, mut names))| {
            names.sort_by(|a, b| (&a.0, &a.1.name, &a.1.href).cmp(&(&b.0, &b.1.name, &b.1.href)));
            Letter {
                id: format!("_az{number}"),
                letter,
                names: names.into_iter().map(|(_, named)| named).collect(),
            }
        })
        .collect();
    letters.iter().for_each(|letter| frame.contents.add(&letter.id, &letter.letter));
    LettersView { frame, letters }
}

/// The capital of a letter; the letter itself where names are not written with its capital, as in Georgian, whose
/// capitals are for whole lines in capitals (Unicode 11, Mtavruli).
fn capital(letter: char) -> String {
    let is_title_cased = !('\u{10d0}'..='\u{10ff}').contains(&letter);
    if is_title_cased { letter.to_uppercase().collect() } else { letter.to_string() }
}

fn named(desk: &Desk<'_>, at: PageRef, name: &str) -> Named {
    let page = desk.page(at);
    let title = if name == page.title() { String::new() } else { page.title().to_owned() };
    Named {
        name: name.to_owned(),
        href: desk.href(at),
        title,
        kind: desk.shared.words.kind(page.kind).to_owned(),
    }
}
