//! Mentions without a link: where a page names another one and never links to it.
//!
//! In: the names of all pages, the text of each. Out: notes, the first place of each.

use super::index::Index;
use super::{Page, PageRef, Wiki};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::kind::Kind;
use crate::parse::{Findings, Home};
use crate::source::Span;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// Names of three letters and less are too often something else.
const SHORTEST_NAME: usize = 4;

/// Every name by which a page may be mentioned, found in a text by where its words begin.
#[derive(Debug)]
pub struct Names<'a> {
    /// In order; of a name that several pages have, the first page's.
    names: Vec<Named<'a>>,
    /// See [`shorter`].
    shorter: Vec<Option<usize>>,
    /// How names begin.
    beginnings: Beginnings,
}

/// A name with its page, behind its [`start`]: the names themselves lie all over the memory.
type Named<'a> = (u128, &'a str, PageRef);

/// The first bytes of a text as a number: texts are in the order of these, and of their rest where these are the
/// same.
fn start(text: &str) -> u128 {
    match text.as_bytes().first_chunk() {
        Some(bytes) => u128::from_be_bytes(*bytes),
        None => {
            let mut bytes = [0; START];
            bytes.iter_mut().zip(text.bytes()).for_each(|(byte, own)| *byte = own);
            u128::from_be_bytes(bytes)
        }
    }
}

/// Bytes of the start of a text.
const START: usize = 16;

/// How names begin: most words of a text begin none, and this tells so at once. Now and then it lets another
/// word through.
#[derive(Debug)]
struct Beginnings {
    /// What each byte may be, see [`FIRST`] and [`JOINING`].
    bytes: [u8; 256],
    /// A bit for each value of a hash of the first bytes.
    bits: Vec<u64>,
}

/// A letter that no name follows at once.
const JOINING: u8 = 1;

/// The first byte of a name: the bit above, so that one shift lets a byte forbid the next to begin a name.
const FIRST: u8 = JOINING << 1;

impl Beginnings {
    fn of<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Beginnings {
        // About one word in a hundred is let through.
        let mut bits = vec![0; (names.len() * 2).next_power_of_two()];
        let mut bytes = [0; 256];
        for (byte, _) in bytes.iter_mut().zip(JOINS).filter(|(_, joins)| *joins) {
            *byte = JOINING;
        }
        for name in names {
            bytes[usize::from(name.as_bytes().first().copied().unwrap_or_default())] |= FIRST;
            // The more bytes, the fewer other words begin so.
            if let Some(hash) = hash::<16>(name).or_else(|| hash::<8>(name)).or_else(|| hash::<4>(name)) {
                let at = place(hash, &bits);
                bits[at] |= 1 << (hash % 64);
            }
        }
        Beginnings { bytes, bits }
    }

    /// Whether a name may begin as a text does.
    fn may_begin(&self, text: &str) -> bool {
        let known = |hash| self.bits[place(hash, &self.bits)] >> (hash % 64) & 1 == 1;
        hash::<16>(text).is_some_and(known)
            || hash::<8>(text).is_some_and(known)
            || hash::<4>(text).is_some_and(known)
    }
}

/// Where a hash has its bit in words of which there are a power of two.
fn place(hash: u64, bits: &[u64]) -> usize {
    (hash / 64) as usize & (bits.len() - 1)
}

/// A number for the first bytes of a text, if it has so many.
fn hash<const BYTES: usize>(text: &str) -> Option<u64> {
    let mut start = [0; 16];
    start[..BYTES].copy_from_slice(text.as_bytes().get(..BYTES)?);
    let number = u128::from_le_bytes(start);
    let (low, high) = (number as u64, (number >> 64) as u64);
    // Knuth's multiplicative hashing (The Art of Computer Programming, 6.4); its upper half is well mixed.
    Some((low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32)
}

impl<'a> Names<'a> {
    /// Gathers the names of all pages.
    pub fn of(pages: &[Page<'a>]) -> Names<'a> {
        let mut names: Vec<Named<'_>> = Vec::with_capacity(pages.len());
        for (at, page) in pages.iter().enumerate() {
            if !matches!(page.kind, Kind::Page | Kind::Source) {
                let own = page.aliases().iter().map(String::as_str).chain([page.title()]);
                let long = own.filter(|name| name.chars().count() >= SHORTEST_NAME);
                names.extend(long.map(|name| (start(name), name, super::page_ref(at))));
            }
        }
        names.sort_unstable();
        names.dedup_by_key(|(_, name, _)| *name);
        Names::sorted(names)
    }

    fn sorted(names: Vec<Named<'a>>) -> Names<'a> {
        let beginnings = Beginnings::of(names.iter().map(|(_, name, _)| *name));
        Names { shorter: shorter(&names), names, beginnings }
    }

    /// The names that stand in a text as whole words, from its start to its end; of several at one place the
    /// longest.
    fn find<'n>(&'n self, text: &str, mut each: impl FnMut(Range<usize>, &'n str, PageRef)) {
        let bytes = text.as_bytes();
        let (mut at, mut before) = (0, 0);
        loop {
            // One question for each byte, and nearly always the same answer. No name begins inside a word.
            let next = bytes[at..].iter().position(|byte| {
                let what = self.beginnings.bytes[usize::from(*byte)];
                let begins = what & !(before << 1) & FIRST != 0;
                before = what;
                begins
            });
            let Some(next) = next else { return };
            at += next;
            // A name begins with the first byte of a letter, so that the text can be cut there.
            if !joins_before(text, at)
                && self.beginnings.may_begin(&text[at..])
                && let Some((name, page)) = self.at(&text[at..])
            {
                let end = at + name.len();
                each(at..end, name, page);
                before = self.beginnings.bytes[usize::from(bytes[end - 1])];
                at = end;
            } else {
                at += 1;
            }
        }
    }

    /// The longest name with which a text begins and behind which its word ends.
    fn at(&self, text: &str) -> Option<(&'a str, PageRef)> {
        // Every name that the text begins with begins the last name before the text, too.
        let wanted = start(text);
        let behind = self.names.partition_point(|(start, name, _)| (*start, *name) <= (wanted, text));
        let mut at = behind.checked_sub(1)?;
        let (last, name, _) = self.names[at];
        let shared = match last ^ wanted {
            0 => common(name, text),
            other => (other.leading_zeros() / 8) as usize,
        };
        let shared = shared.min(text.len());
        loop {
            let (_, name, page) = self.names[at];
            if name.len() <= shared && !text[name.len()..].starts_with(joins) {
                return Some((name, page));
            }
            at = self.shorter[at]?;
        }
    }
}

/// For each name in order the longest other name with which it begins.
fn shorter(names: &[Named<'_>]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let of = |(at, (_, name, _)): (usize, &Named<'_>)| {
        while open.pop_if(|other| !name.starts_with(names[*other].1)).is_some() {}
        let longest = open.last().copied();
        open.push(at);
        longest
    };
    names.iter().enumerate().map(of).collect()
}

/// Bytes of whole letters that two texts have in common at their start.
fn common(a: &str, b: &str) -> usize {
    let mut same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !b.is_char_boundary(same) {
        same -= 1;
    }
    same
}

/// Whether a letter at the edge of a name makes it a part of something else: a word, brackets, code, an address.
fn joins(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '[' | '|' | '/' | '`' | '@' | '#' | '-' | ']' | '_')
}

/// Whether the letter before a place makes what begins there a part of something else.
fn joins_before(text: &str, at: usize) -> bool {
    let Some(byte) = at.checked_sub(1).and_then(|before| text.as_bytes().get(before)) else { return false };
    JOINS.get(usize::from(*byte)).copied().unwrap_or_else(|| text[..at].ends_with(joins))
}

/// [`joins`] of each letter of ASCII, which most letters are.
static JOINS: [bool; 128] = {
    let mut table = [false; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        let mark = matches!(byte, b'[' | b'|' | b'/' | b'`' | b'@' | b'#' | b'-' | b']' | b'_');
        table[byte as usize] = mark || byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// A note for each page that another names and never links to.
pub fn unlinked_mentions(wiki: &Wiki<'_>, names: &Names<'_>, index: &Index<'_>) -> Findings {
    let pages = (0..wiki.pages.len()).into_par_iter().with_max_len(super::SHARE);
    let found: Vec<Findings> = pages.map(|at| of_page(wiki, names, index, super::page_ref(at))).collect();
    found.into_iter().flatten().collect()
}

/// The first mention of each page that this page names and never links to.
fn of_page(wiki: &Wiki<'_>, names: &Names<'_>, index: &Index<'_>, at: PageRef) -> Findings {
    let page = wiki.page(at);
    let mut findings = Findings::new();
    let Some(body) = page.document.body() else { return findings };
    let Home::Body(start) = body.home else { return findings };
    let text = &wiki.inputs.text(page.document.file)[start..];
    let links = page.resolved.links.iter().flatten();
    // Linked pages need no mention, and a mention is told once.
    let mut known: BTreeSet<PageRef> = links.filter_map(super::Target::page).chain([at]).collect();
    names.find(text, |range, name, to| {
        if !known.insert(to) {
            return;
        }
        let id = wiki.page(to).id();
        findings.push(
            Finding::new(
                Code::UnlinkedMention,
                Place::span(page.document.file, Span::new(range.start, range.end).shift(start)),
                format!("this page names `{id}` and never links to it"),
            )
            .label(if index.is_shared(name) {
                format!("write [[{id}|{name}]]")
            } else {
                format!("write [[{name}]]")
            }),
        );
    });
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_whole_words_the_longest_first() {
        let words =
            ["Kyiv", "Kyiv Post", "Kyiv Post Office", "the Kremlin", "Дніпро", "Kyi\u{301}v", "C++ club"];
        let mut names: Vec<Named<'_>> = words.iter().map(|name| (start(name), *name, PageRef(0))).collect();
        names.sort_unstable();
        let names = Names::sorted(names);
        let check = |text: &str, expected: &[&str]| {
            let mut found = Vec::new();
            names.find(text, |range, name, _| {
                assert_eq!(&text[range], name);
                found.push(name);
            });
            assert_eq!(found, expected, "{text}");
        };
        check("Kyiv", &["Kyiv"]);
        check("In Kyiv, Kyiv Post and Kyiv Post Office.", &["Kyiv", "Kyiv Post", "Kyiv Post Office"]);
        check("Kyiv Poste and Kyiv Post Offices", &["Kyiv", "Kyiv Post"]);
        check("Kyiv Posts, Kyiv Post Offices and Kyiv Pos", &["Kyiv", "Kyiv Post", "Kyiv"]);
        check("Kyivan [[Kyiv]] `Kyiv` a/Kyiv x-Kyiv Kyiv_", &[]);
        check("(Kyiv) “the Kremlin” the Kremlins", &["Kyiv", "the Kremlin"]);
        check("über Дніпро, Дніпром; Kyi\u{301}v C++ club", &["Дніпро", "Kyi\u{301}v", "C++ club"]);
        check("Kyi", &[]);
        check("", &[]);
    }
}
