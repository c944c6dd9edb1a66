//! Notes at the foot of a page: numbered citations and footnotes that lead back to each place.
//!
//! In: citations in reading order. Out: marks for the text and the list for the foot. The same source
//! and place is one note, however often it is cited.

use super::desk::Desk;
use crate::markup::Html;
use crate::model::value::{Citation, ProseId};
use crate::resolve::{PageRef, put_cite_anchor};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Notes gathered so far.
#[derive(Debug, Default)]
pub struct Notes {
    entries: Vec<Entry>,
    cited: BTreeMap<(PageRef, Option<Arc<str>>), usize>,
    footnotes: BTreeMap<String, usize>,
    /// Footnotes whose words are not written yet: their numbers and tokens.
    waiting: Vec<(usize, Range<usize>)>,
}

#[derive(Debug)]
struct Entry {
    what: What,
    /// The places that it supports.
    places: Vec<Place>,
}

/// The id of a place.
#[derive(Debug)]
enum Place {
    /// One that backlinks lead to: the citation of that number in a piece of Markdown.
    Own(ProseId, usize),
    /// A fresh one, by its number.
    Fresh(usize),
}

impl Place {
    fn put<'h>(&self, html: &'h mut Html) -> &'h mut Html {
        match self {
            Place::Own(prose, index) => html.push_with(|text| put_cite_anchor(*prose, *index, text)),
            Place::Fresh(number) => html.tag("_x").number(*number),
        }
    }
}

#[derive(Debug)]
enum What {
    Source { source: PageRef, place: Option<Arc<str>> },
    Footnote(Html),
}

impl Desk<'_> {
    /// Adds the marks of citations that stand together, each with the id of its place; one without gets a fresh
    /// id.
    pub fn cite<'c>(
        &mut self,
        cites: impl Iterator<Item = (&'c Citation<PageRef>, Option<(ProseId, usize)>)>,
        html: &mut Html,
    ) {
        let mut end = "";
        for (cite, id) in cites {
            html.tag(if end.is_empty() { "<sup>" } else { ", " });
            self.mark_source(cite, id, html);
            end = "</sup>";
        }
        html.tag(end);
    }

    /// The marks of a row's citations, which stand in a cell of their own.
    pub fn cite_cell(&mut self, cites: &[Citation<PageRef>]) -> Html {
        let mut html = Html::with_room(cites.len() * 120);
        for (at, cite) in cites.iter().enumerate() {
            html.tag(if at > 0 { ", " } else { "" });
            self.mark_source(cite, None, &mut html);
        }
        html
    }

    /// Adds marks to the end of a sentence that is made of a field.
    pub fn cite_field(&mut self, cites: &[Citation<PageRef>], html: &mut Html) {
        self.cite(cites.iter().map(|cite| (cite, None)), html);
    }

    fn mark_source(&mut self, cite: &Citation<PageRef>, id: Option<(ProseId, usize)>, html: &mut Html) {
        let place = id.map_or_else(|| self.fresh_place(), |(prose, index)| Place::Own(prose, index));
        let next = self.notes.entries.len() + 1;
        let number = *self.notes.cited.entry((cite.source, cite.place.clone())).or_insert(next);
        let first = number == next;
        if first {
            self.notes.add(What::Source { source: cite.source, place: cite.place.clone() });
        }
        self.mark(number, place, html);
        // The first mark of a note has its words for the margin.
        if first {
            html.tag("\" data-note=\"").number(number).tag(" ").push(self.shared.cited.label(cite.source));
            if let Some(place) = cite.place.as_deref() {
                html.tag(", ").push(place);
            }
        }
        html.tag("\">").number(number).tag("</a>");
    }

    /// The mark of a footnote; its number where it is new, and its words are to be made.
    pub fn footnote(&mut self, name: &str) -> (Html, Option<usize>) {
        let place = self.fresh_place();
        let known = self.notes.footnotes.get(name).copied();
        let number = known.unwrap_or_else(|| {
            let number = self.notes.add(What::Footnote(Html::new()));
            self.notes.footnotes.insert(name.to_owned(), number);
            number
        });
        let mut html = Html::new();
        html.tag("<sup>");
        self.mark(number, place, &mut html);
        html.tag("\">").number(number).tag("</a></sup>");
        (html, known.is_none().then_some(number))
    }

    /// Begins the mark of a note, up to the end of the address it leads to.
    fn mark(&mut self, number: usize, place: Place, html: &mut Html) {
        place.put(html.tag("<a id=\"")).tag("\" href=\"#_n").number(number);
        if let Some(entry) = self.notes.entries.get_mut(number - 1) {
            entry.places.push(place);
        }
    }

    /// A place that no backlink leads to.
    fn fresh_place(&mut self) -> Place {
        self.ids += 1;
        Place::Fresh(self.ids)
    }

    /// The list for the foot: an `li` for each note, with the source or the text and the ways back.
    pub fn notes(&mut self) -> Html {
        let entries = std::mem::take(&mut self.notes.entries);
        let mut first_of: BTreeMap<PageRef, usize> = BTreeMap::new();
        let mut html = Html::with_room(entries.len() * 450);
        for (at, entry) in entries.iter().enumerate() {
            html.tag("\n<li id=\"_n").number(at + 1).tag("\">");
            match &entry.what {
                What::Footnote(words) => {
                    html.add(words);
                }
                What::Source { source, place } => match first_of.get(source) {
                    Some(first) => self.again(*source, *first, place.as_deref(), &mut html),
                    None => {
                        first_of.insert(*source, at + 1);
                        self.in_full(*source, place.as_deref(), &mut html);
                    }
                },
            }
            html.tag(" <span class=\"back\">");
            back(at + 1, &entry.places, &self.shared.back_to_note, &mut html);
            html.tag("</span></li>");
        }
        html
    }

    /// Publisher, title, date, place.
    fn in_full(&self, at: PageRef, place: Option<&str>, html: &mut Html) {
        let Some(source) = self.shared.cited.get(at) else { return };
        html.add(&source.before).tag("“");
        match self.own == Some(at) {
            true => self.put_title(at, html),
            false => self.put_finished(&source.link, html),
        }
        html.tag("”").add(&source.behind);
        if let Some(place) = place {
            html.tag(", ").push(place);
        }
        html.tag(".");
        if !source.url.is_empty() {
            html.tag(" ").add(&source.url).tag(".");
        }
    }

    /// A source that an earlier note gives in full.
    fn again(&self, source: PageRef, first: usize, place: Option<&str>, html: &mut Html) {
        let label = self.shared.cited.label(source);
        html.tag("<a href=\"#_n").number(first).tag("\">").push(label).tag("</a>");
        if let Some(place) = place {
            html.tag(", ").push(place);
        }
        html.tag(".");
    }
}

/// The ways back to the places of a note, each with the parts of its label around the note's name.
fn back(number: usize, places: &[Place], label: &[Html], html: &mut Html) {
    for (at, place) in places.iter().enumerate() {
        html.tag(if at > 0 { " <a href=\"#" } else { "<a href=\"#" });
        place.put(html).tag("\" aria-label=\"");
        for (part, words) in label.iter().enumerate() {
            if part > 0 {
                html.number(number);
                if places.len() > 1 {
                    put_letters(at, html);
                }
            }
            html.add(words);
        }
        html.tag("\">");
        if places.len() > 1 {
            put_letters(at, html);
        } else {
            html.tag("↑");
        }
        html.tag("</a>");
    }
}

impl Notes {
    fn add(&mut self, what: What) -> usize {
        self.entries.push(Entry { what, places: Vec::new() });
        self.entries.len()
    }

    /// How many footnotes wait for their words.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Puts a footnote by until its words are written.
    pub fn wait(&mut self, number: usize, tokens: Range<usize>) {
        self.waiting.push((number, tokens));
    }

    /// The next footnote to write of those that wait above the first so many, which are others' business.
    pub fn next(&mut self, above: usize) -> Option<(usize, Range<usize>)> {
        if self.waiting.len() > above { self.waiting.pop() } else { None }
    }

    /// The words of a footnote.
    pub fn set(&mut self, number: usize, words: Html) {
        if let Some(entry) = self.entries.get_mut(number - 1) {
            entry.what = What::Footnote(words);
        }
    }
}

/// Adds a, b, … z, aa, ab, …
fn put_letters(at: usize, html: &mut Html) {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    if at >= LETTERS.len() {
        put_letters(at / LETTERS.len() - 1, html);
    }
    let letter = at % LETTERS.len();
    html.tag(&LETTERS[letter..=letter]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_go_on_after_z() {
        let check = |at, expected: &str| {
            let mut html = super::Html::new();
            super::put_letters(at, &mut html);
            assert_eq!(html.as_str(), expected);
        };
        check(0, "a");
        check(25, "z");
        check(26, "aa");
        check(701, "zz");
        check(702, "aaa");
    }
}
