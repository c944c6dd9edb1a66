//! What is quoted, and what should be: long quotations, a party's words outside quotation marks.
//!
//! In: a block of text, of Markdown or of a plain field. Out: findings.

use super::Findings;
use super::prose::{Block, BlockKind};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::site::Site;
use crate::source::{FileId, Span, Way, holds_any};
use std::ops::Range;

/// Most words that a quotation may have (content model, section 7).
const LONGEST_QUOTATION: usize = 40;

/// Checks a field of plain words.
pub fn check_plain(text: &str, path: &Way<'_>, file: FileId, site: &Site, findings: &mut Findings) {
    let place = |span: Span| Place::within(file, path.path(), span.range());
    let block = Block { text, span: Span::new(0, text.len()), kind: BlockKind::Text };
    Words { place: &place, text }.check(block, site, findings);
}

/// A text whose blocks are checked.
pub struct Words<'a> {
    /// The place of some of its bytes.
    pub place: &'a dyn Fn(Span) -> Place,
    /// The text.
    pub text: &'a str,
}

impl Words<'_> {
    /// Checks one of its blocks.
    pub fn check(&self, block: Block<'_>, site: &Site, findings: &mut Findings) {
        self.quotations(block, findings);
        self.party_words(block, &site.words_to_quote, findings);
    }

    fn at(&self, code: Code, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(code, (self.place)(span), message)
    }

    fn quotations(&self, block: Block<'_>, findings: &mut Findings) {
        let long = |words: usize| words > LONGEST_QUOTATION;
        let whole = block.kind == BlockKind::Quoted && long(block.text.split_whitespace().count());
        let longest =
            quoted(block.text).into_iter().map(|range| block.text[range].split_whitespace().count()).max();
        let words = if whole {
            Some(block.text.split_whitespace().count())
        } else {
            longest.filter(|&words| long(words))
        };
        if let Some(words) = words {
            findings.push(
                self.at(
                    Code::LongQuotation,
                    block.span.first_line(self.text),
                    format!("this quotation has {words} words"),
                )
                .label(format!("quote at most {LONGEST_QUOTATION} words and tell the rest in your own"))
                .help("sources are in copyright, and short quotations are read"),
            );
        }
    }

    fn party_words(&self, block: Block<'_>, words: &[String], findings: &mut Findings) {
        if words.is_empty() || block.kind == BlockKind::Quoted {
            return;
        }
        let quoted = quoted(block.text);
        let lower = block.text.to_lowercase();
        for word in words {
            let needle = word.to_lowercase();
            // Lower-casing moves bytes only in rare scripts; there the range is still near enough.
            let words = |text: &str| -> Vec<usize> {
                let found = text.match_indices(&needle).map(|(at, _)| at);
                found.filter(|at| is_word(text, *at..at + needle.len())).collect()
            };
            // The ranges stand in order.
            let is_quoted = |at: &usize| {
                let next = quoted.partition_point(|range| range.end <= *at);
                quoted.get(next).is_some_and(|range| range.contains(at))
            };
            if let Some(number) = words(&lower).iter().position(|at| !is_quoted(at)) {
                let source = self.text[block.span.clamp(self.text).range()].to_lowercase();
                let at = words(&source).get(number).copied().or_else(|| source.find(&needle));
                let span = at.map_or(block.span.first_line(self.text), |at| {
                    Span::new(at, at + needle.len()).shift(block.span.start as usize).clamp(self.text)
                });
                findings.push(
                    self.at(Code::PartyWord, span, format!("`{word}` is a party's word"))
                        .label("put it in quotation marks, or say it in plain words"),
                );
            }
        }
    }
}

/// What stands between quotation marks, in bytes, marks left out.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    // Quotation marks begin with one of these bytes in UTF-8 (U+00AB, U+00BB; U+2018 to U+201E).
    if !holds_any(text, [b'"', 0xC2, 0xE2]) {
        return ranges;
    }
    let mut open: Option<(usize, char)> = None;
    let is_mark = |c: &char| matches!(c, '“' | '”' | '«' | '»' | '„' | '"' | '‘' | '’');
    for (at, c) in text.char_indices().filter(|(_, c)| is_mark(c)) {
        let after = text[at + c.len_utf8()..].chars().next();
        // Before a number, as in ‘90s, and behind a letter it is an apostrophe.
        let opens = |c| {
            c != '‘'
                || after.is_some_and(char::is_alphabetic)
                    && !before(text, at).is_some_and(char::is_alphanumeric)
        };
        match (open, c) {
            (None, '“' | '«' | '„' | '"' | '‘') if opens(c) => open = Some((at + c.len_utf8(), c)),
            (Some((_, '‘')), '“' | '«' | '„' | '"') => open = Some((at + c.len_utf8(), c)),
            // Between letters it is an apostrophe.
            (Some((_, '‘')), '’') if after.is_some_and(char::is_alphanumeric) => {}
            (Some((from, '"')), '"')
            | (Some((from, '“')), '”')
            | (Some((from, '«')), '»')
            | (Some((from, '„')), '“' | '”')
            | (Some((from, '‘')), '’') => {
                ranges.push(from..at);
                open = None;
            }
            _ => {}
        }
    }
    ranges
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn is_word(text: &str, range: Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..range.start].chars().next_back()) && !letter(text[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_by_their_marks() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = quoted(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("He said “no” and „так“, «ні» and \"yes\".", &["no", "так", "ні", "yes"]);
        check("The ‘security’ of Ukraine’s ‘allies’.", &["security", "allies"]);
        check("In the ‘90s the “special operation” of ministers’ making", &["special operation"]);
        check("rock ’n’ roll", &[]);
    }
}
