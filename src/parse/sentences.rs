//! The sentences around links and citations.
//!
//! In: a paragraph's text and a place in it. Out: the sentence there, kept once in the piece of
//! Markdown however many places share it.

use super::Prose;
use crate::model::sentences::sentence_among;
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Longest sentence that is kept, in bytes: other pages quote it, once for each place.
const LONGEST: usize = 1000;

/// Adds sentences to a prose, the same one once in a row.
pub(super) struct Sentences<'a, I> {
    /// Where they are kept.
    pub prose: &'a mut Prose,
    /// The paragraph.
    pub text: &'a str,
    /// The sentences of the paragraph that were needed so far.
    pub places: &'a mut Vec<Range<usize>>,
    /// Those behind them: most paragraphs end behind their last link.
    pub behind: I,
    /// The sentence that was asked for last, with its number: many places may share one.
    pub last: Option<(Range<usize>, u32)>,
}

impl<I: Iterator<Item = Range<usize>>> Sentences<'_, I> {
    /// The number of the sentence around a place.
    pub fn around(&mut self, from: usize, to: usize) -> u32 {
        let within = Span::new(from, to).clamp(self.text).range();
        while self.places.last().is_none_or(|last| last.end <= within.end + 1)
            && let Some(next) = self.behind.next()
        {
            self.places.push(next);
        }
        let place = sentence_among(self.places, within);
        if let Some((_, number)) = self.last.as_ref().filter(|(last, _)| *last == place) {
            return *number;
        }
        let sentence = shortened(self.text[place.clone()].trim());
        if self.prose.sentences.last().is_none_or(|last| *last != sentence) {
            self.prose.sentences.push(&sentence);
        }
        let number = u32::try_from(self.prose.sentences.len() - 1).unwrap_or(u32::MAX);
        self.last = Some((place, number));
        number
    }
}

fn shortened(sentence: &str) -> Cow<'_, str> {
    if sentence.len() <= LONGEST {
        return Cow::Borrowed(sentence);
    }
    let mut end = LONGEST;
    while !sentence.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Owned(format!("{}…", sentence[..end].trim_end()))
}
