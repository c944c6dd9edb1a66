//! Sentences. In: paragraphs in any script. Out: where their sentences stand, and
//! the sentence around a place.

use crate::source::{holds_any, places_of};
use std::ops::Range;

/// Words that end in a full stop inside a sentence, whatever follows; in order, because they are looked up for
/// each sentence.
const ABBREVIATIONS: [&str; 73] = [
    "Adm", "Amb", "Apr", "Art", "Arts", "Aug", "Brig", "Capt", "Ch", "Col", "Dec", "Dr", "Feb", "Fig", "Gen",
    "Gov", "Hon", "Jan", "Lt", "Maj", "Mr", "Mrs", "Ms", "Mt", "Nov", "Oct", "Pres", "Prof", "Rep", "Rev",
    "Sec", "Sen", "Sep", "Sept", "Sgt", "St", "Vol", "al", "approx", "art", "arts", "ca", "cf", "ch", "ed",
    "eds", "fig", "p", "para", "paras", "pp", "sec", "viz", "vol", "vs", "вул", "гг", "грн", "див", "им",
    "млн", "млрд", "напр", "рр", "руб", "см", "ст", "стор", "тис", "трлн", "тыс", "ул", "ім",
];

/// Words that end in a full stop inside a sentence before a number, and that
/// end a sentence otherwise ("They said No.").
const BEFORE_NUMBERS: [&str; 6] = ["No", "Nos", "no", "nos", "Res", "Doc"];

/// Words that end in a full stop at the end of a sentence as often as inside.
const MAY_END: [&str; 8] = ["etc", "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "Bros"];

/// Bytes of the longest of all these.
const LONGEST_LISTED: usize = 8;

/// Words that hardly ever follow an abbreviation inside a sentence.
const STARTERS: [&str; 16] = [
    "The", "This", "That", "These", "Those", "It", "He", "She", "They", "We", "But", "However", "In", "On",
    "Its", "Their",
];

/// The place of the sentence that holds `at` in a paragraph whose [`sentences`] are known, for many places share
/// one paragraph; without white space at its ends. If `at` runs over several, all of them.
pub fn sentence_among(sentences: &[Range<usize>], at: Range<usize>) -> Range<usize> {
    // Behind the last sentence nothing stands but white space.
    let first =
        sentences.partition_point(|sentence| sentence.end <= at.start).min(sentences.len().max(1) - 1);
    let Some(Range { start, end }) = sentences.get(first).cloned() else { return 0..0 };
    let last = at.end.max(at.start.saturating_add(1));
    let others = sentences[first + 1..].iter().take_while(|sentence| sentence.start < last);
    start..others.last().map_or(end, |sentence| sentence.end)
}

/// The first sentence of a paragraph.
pub fn first_sentence(text: &str) -> &str {
    sentences(text).next().and_then(|place| text.get(place)).unwrap_or("")
}

/// The places of all sentences of a paragraph, in order, without white space at their ends.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut word = 0;
    let mut stops = stops(text);
    std::iter::from_fn(move || {
        let rest = &text[start..];
        let begin = start + (rest.len() - rest.trim_start().len());
        if begin == text.len() {
            // Not looked through again: each place of a text without words asks for its sentence.
            start = begin;
            return None;
        }
        let end = sentence_end(text, begin, &mut stops, &mut word);
        start = end;
        Some(begin..end)
    })
}

/// What stands before the number of a link whose words are not known yet. It is private to this program, and
/// taken out of text that holds it; for the end of a sentence it is a word with a capital.
pub const GAP_START: char = '\u{e000}';

/// Where the sentence ends that begins here: behind its stop and the quotes
/// and brackets that close there, or with the text. `stops` are those that were
/// not looked at. `word` is where the next word was found last: many stops may
/// stand before the same one.
fn sentence_end(
    text: &str,
    begin: usize,
    stops: &mut impl Iterator<Item = usize>,
    word: &mut usize,
) -> usize {
    let is_stop = |c: char| matches!(c, '.' | '!' | '?' | '…');
    let mut at = begin;
    while let Some(stop) = stops.find(|stop| *stop >= at) {
        let behind_run = text[stop..].trim_start_matches(is_stop);
        let closes = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '}');
        let behind = behind_run.trim_start_matches(closes);
        let end = text.len() - behind.len();
        let run = &text[stop..text.len() - behind_run.len()];
        let is_apart = behind.starts_with(char::is_whitespace);
        if behind.trim_start().is_empty() {
            return end;
        }
        if is_apart {
            if *word < end {
                *word = text.len()
                    - behind.trim_start_matches(|c: char| !c.is_alphanumeric() && c != GAP_START).len();
            }
            if ends_sentence(&text[begin..stop], run, &text[*word..]) {
                return end;
            }
        }
        at = end;
    }
    text.trim_end().len()
}

/// Where stops stand in a text, in order.
fn stops(text: &str) -> impl Iterator<Item = usize> {
    let mut marks = places_of(text, *b".!?").peekable();
    // Asking for the byte with which it begins in UTF-8 is far quicker than asking where it stands.
    let may_have_dots = holds_any(text, [0xE2]);
    let dots = may_have_dots.then(|| text.match_indices('…').map(|(at, _)| at));
    let mut dots = dots.into_iter().flatten().peekable();
    std::iter::from_fn(move || match (marks.peek(), dots.peek()) {
        (Some(mark), Some(dot)) if dot < mark => dots.next(),
        (None, _) => dots.next(),
        _ => marks.next(),
    })
}

/// Whether the stops behind a text end a sentence, by the next word, which begins the other text.
fn ends_sentence(before: &str, stops: &str, next: &str) -> bool {
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    if stops != "." {
        return true;
    }
    let opens = |c: char| matches!(c, '(' | '"' | '\'' | '“' | '‘' | '«' | '[' | '—' | '–' | '-');
    let word = before.rsplit(|c: char| c.is_whitespace() || opens(c)).next();
    let word = word.unwrap_or_default();
    // Nearly all words are longer than any of those below, and are no initials.
    if word.len() > LONGEST_LISTED && !word.contains('.') {
        return true;
    }
    if ABBREVIATIONS.binary_search(&word).is_ok() {
        false
    } else if BEFORE_NUMBERS.contains(&word) {
        !next.starts_with(char::is_numeric)
    } else if MAY_END.contains(&word) || is_initials(word) {
        STARTERS.contains(&next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
    } else {
        true
    }
}

/// `J`, `U.S`, `e.g`, `Ph.D`, `р`.
fn is_initials(word: &str) -> bool {
    let is_dotted = word.contains('.');
    word.split('.').all(|part| {
        // Without counting those of a long word.
        let length = part.chars().take(3).count();
        (length == 1 || is_dotted && length == 2) && part.chars().all(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentence_around(text: &str, at: Range<usize>) -> Range<usize> {
        sentence_among(&sentences(text).collect::<Vec<_>>(), at)
    }

    /// The sentence around the sign `|`, which is taken out.
    fn check(input: &str, expected: &str) {
        let at = input.find('|').unwrap();
        let text = input.replacen('|', "", 1);
        assert_eq!(&text[sentence_around(&text, at..at + 1)], expected);
    }

    #[test]
    fn a_sentence_ends_at_its_stop() {
        check("One. T|wo. Three.", "Two.");
        check("One! |Two? Three", "Two?");
        check("One. Two. Th|ree", "Three");
        check("He said: “No dea|l.” Then he left.", "He said: “No deal.”");
        check("Росія відмовила. Київ |чекає. Далі.", "Київ чекає.");
        check("«Ні!» — сказа|в він. Так.", "«Ні!» — сказав він.");
        check("“Why?” he |asked. Nobody spoke.", "“Why?” he asked.");
        check("One.  |", "One.");
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_it() {
        assert!(ABBREVIATIONS.is_sorted());
        let listed = ABBREVIATIONS.iter().chain(&BEFORE_NUMBERS).chain(&MAY_END);
        assert_eq!(listed.map(|word| word.len()).max(), Some(LONGEST_LISTED));
        check("The U.S. Senate |voted. Next.", "The U.S. Senate voted.");
        check("Talks moved to the U|.S. The delegation left.", "Talks moved to the U.S.");
        check("Mr. Putin met Gen. A|. Ivanov. Next.", "Mr. Putin met Gen. A. Ivanov.");
        check("J. D. Va|nce spoke. Next.", "J. D. Vance spoke.");
        check(
            "See Art. 5, p. 2, e.g. No. 7 o|r cf. Doc. 3. Next.",
            "See Art. 5, p. 2, e.g. No. 7 or cf. Doc. 3.",
        );
        check("They said No. Th|en they left.", "Then they left.");
        check("It is 1.5 bill|ion. Next.", "It is 1.5 billion.");
        check("Well … perh|aps... not. Next.", "Well … perhaps... not.");
        check("У 2025 р. Президент |сказав. Далі.", "У 2025 р. Президент сказав.");
        check("St. Petersburg vs. Lt. Kije a|nd Dr. No. Next.", "St. Petersburg vs. Lt. Kije and Dr. No.");
        // A link's number is no number of the text.
        check("They sa|id no. \u{e000}0\u{e001} agreed.", "They said no.");
        check("They sa|w No. 5 there.", "They saw No. 5 there.");
    }

    #[test]
    fn a_place_may_run_over_several_sentences() {
        let text = "One. Two. Three. Four.";
        assert_eq!(&text[sentence_around(text, 5..12)], "Two. Three.");
        assert_eq!(sentence_around("", 3..9), 0..0);
        assert_eq!(&text[sentence_around(text, 90..99)], "Four.");
    }

    #[test]
    fn the_first_sentence() {
        assert_eq!(first_sentence(" Mr. A. spoke. Next."), "Mr. A. spoke.");
        assert_eq!(first_sentence("no stop"), "no stop");
        assert_eq!(first_sentence(" "), "");
    }

    proptest! {
        #[test]
        fn no_text_stops_the_functions(text in "\\PC*|([A-Za-zé]{0,3}[.!?…”) ]{0,3}){0,9}", from in 0usize..40, len in 0usize..40) {
            prop_assert!(text.get(sentence_around(&text, from..from + len)).is_some());
            prop_assert!(text.contains(first_sentence(&text)));
        }
    }
}
