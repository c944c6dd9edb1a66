//! The facts of a piece of Markdown, which later stages need without reading the text again.
//!
//! In and out: plain data. There are hundreds of thousands of links and citations, so texts that never grow
//! are held without room to grow.

use crate::parse::labels::Label;
use crate::parse::markdown::{self, Packed, Token};
use crate::source::{KeyPath, Span};
use std::ops::Range;
use std::sync::Arc;

/// Where a piece of Markdown stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Home {
    /// The body of the file, from this byte on.
    Body(usize),
    /// A value of front matter.
    Field(KeyPath, String),
}

impl Default for Home {
    fn default() -> Self {
        Home::Body(0)
    }
}

/// A piece of Markdown and its facts. Spans count from the start of the piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// Where it stands.
    pub home: Home,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links, embeds and images in order.
    pub links: Vec<Link>,
    /// Cited sources in order; those of one bracket follow each other.
    pub cites: Vec<Cite>,
    /// Labelled paragraphs in order.
    pub labels: Vec<Labelled>,
    /// Sentences around links and citations.
    pub sentences: Texts,
    /// The text of its first paragraph, without marks; without one, of its first quotation or cell.
    pub first: String,
    /// Brackets that are citations without `@` if they name sources.
    pub unmarked: Vec<Unmarked>,
    /// Whether it holds a citation in a form that is not read, which is a finding of its own.
    pub unread_cites: bool,
    /// Whether it holds a block of code, which needs the highlighter.
    pub has_code: bool,
    /// The tokens of a long piece; short ones are read again sooner than they are kept.
    pub packed: Option<Box<Packed>>,
}

impl Prose {
    /// Takes what was gathered, with no room for more, and leaves the room.
    pub fn take(&mut self) -> Prose {
        Prose {
            home: std::mem::take(&mut self.home),
            headings: self.headings.drain(..).collect(),
            links: self.links.drain(..).collect(),
            cites: self.cites.drain(..).collect(),
            labels: self.labels.drain(..).collect(),
            sentences: self.sentences.take(),
            first: std::mem::take(&mut self.first),
            unmarked: std::mem::take(&mut self.unmarked),
            packed: self.packed.take(),
            ..*self
        }
    }

    /// Begins to gather another piece.
    pub fn clear(&mut self, home: Home) {
        self.home = home;
        self.headings.clear();
        self.links.clear();
        self.cites.clear();
        self.labels.clear();
        self.sentences.clear();
        self.first.clear();
        self.unmarked.clear();
        (self.unread_cites, self.has_code, self.packed) = (false, false, None);
    }

    /// The tokens of the piece, whose text is given.
    pub fn tokens<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        match &self.packed {
            Some(packed) => packed.tokens(text),
            None => markdown::tokens(text).0,
        }
    }
}

/// Texts of which there are many, one behind the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    whole: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.whole.push_str(text);
        self.ends.push(u32::try_from(self.whole.len()).unwrap_or(u32::MAX));
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A text by its number.
    pub fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.whole.get(start..end)
    }

    /// The text that was added last.
    pub fn last(&self) -> Option<&str> {
        self.get(self.len().checked_sub(1)?)
    }

    /// Takes the texts, with no room for more, and leaves the room.
    pub fn take(&mut self) -> Texts {
        let taken = self.clone();
        self.clear();
        taken
    }

    /// Drops the texts and keeps their room.
    pub fn clear(&mut self) {
        self.whole.clear();
        self.ends.clear();
    }
}

/// Gives back a list's room for more. `shrink_to_fit` is not enough: of a list that is half full the allocator
/// keeps the whole, and lists that are kept grew by doubling.
pub fn fit<T>(list: &mut Vec<T>) {
    if list.len() < list.capacity() {
        let mut fitting = Vec::with_capacity(list.len());
        fitting.append(list);
        *list = fitting;
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its words, with links without words of their own as they are written.
    pub text: String,
    /// Its words with gaps for links that have none of their own, where there are such.
    pub shown: Option<Box<str>>,
    /// Its id by the code host's rule, which counts citations and links of the wiki as plain words.
    pub id: String,
    /// Its own bytes.
    pub span: Span,
    /// The byte after the last of its section.
    pub end: u32,
}

impl AsRef<str> for Heading {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// `[[…]]`
    Wiki,
    /// `![[…]]`
    Embed,
    /// `[words](address)`
    Markdown,
    /// `![description](address)`
    Image,
}

/// A link as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// How it is written.
    pub how: How,
    /// A page's name, or an address.
    pub target: Box<str>,
    /// The heading after `#` of a wikilink or embed.
    pub heading: Option<Box<str>>,
    /// The words it shows, where it has its own.
    pub label: Option<Box<str>>,
    /// Its bytes.
    pub span: Span,
    /// The sentence around it, as an index into `sentences`.
    pub sentence: u32,
}

/// A source cited in prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Cite {
    /// The id as written.
    pub id: Box<str>,
    /// The place in the source.
    pub place: Option<Arc<str>>,
    /// The bytes of `@id`.
    pub span: Span,
    /// The byte after its place.
    pub end: u32,
    /// The sentence it supports, as an index into `sentences`.
    pub sentence: u32,
}

/// Brackets in a text whose words have the form of ids of sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmarked {
    /// The ids.
    pub ids: Vec<String>,
    /// The brackets' bytes.
    pub span: Span,
    /// The citation to write.
    pub meant: String,
}

/// A labelled paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// The label.
    pub label: Label,
    /// The paragraph's bytes.
    pub span: Span,
    /// Its text without the label and without marks.
    pub text: String,
    /// Whether nothing stands before it.
    pub opens: bool,
    /// The range of `cites` in it.
    pub cites: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_numbers() {
        let mut texts = Texts::default();
        assert_eq!((texts.get(0), texts.last()), (None, None));
        ["Київ.", "", "Two."].into_iter().for_each(|text| texts.push(text));
        let texts = texts.take();
        let found: Vec<Option<&str>> = (0..4).map(|number| texts.get(number)).collect();
        assert_eq!(found, [Some("Київ."), Some(""), Some("Two."), None]);
        assert_eq!((texts.last(), texts.len()), (Some("Two."), 3));
    }

    #[test]
    fn a_list_that_fits_has_no_room_for_more() {
        let mut list = Vec::with_capacity(8);
        list.extend([1, 2, 3, 4, 5]);
        fit(&mut list);
        assert_eq!((list.capacity(), &list[..]), (5, &[1, 2, 3, 4, 5][..]));
    }
}
