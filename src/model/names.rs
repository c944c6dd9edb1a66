//! Comparing and finding words. In: names, headings and paragraphs in any
//! script. Out: one form for comparison, heading ids, the nearest name, and
//! the sentence around a place.

mod nearest;

pub use nearest::nearest;

use crate::source::{holds_any, places_of};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// A text in one line: each run of white space is one space, with none at its ends.
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Most need no trimming either, which asks for more than this does.
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let text = text.trim();
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Whether a text surely is one line: of ASCII, as nearly all are, with single spaces inside.
fn is_one_line(text: &str) -> bool {
    let mut before = b' ';
    for &byte in text.as_bytes() {
        if !matches!(byte, b' '..=b'~') || byte == b' ' && before == b' ' {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// One form for all spellings of a name that a reader takes for the same:
/// without case, accents, typographic variants and invisible characters. For
/// comparison only, never for print (content-model.md, section 2: a link
/// names a page by id, title or alias).
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    // Quotes and dashes first, for NFKC takes some of them for a space and a
    // mark; and once more behind it, for it makes some out of other signs.
    let plain = text.chars().filter_map(plain_character).nfkc();
    let lower = plain.filter_map(plain_character).collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.nfc() {
        fold_letter(c, &mut folded);
    }
    let composed: String = folded.nfc().collect();
    match one_line(&composed) {
        Cow::Borrowed(line) if line.len() == composed.len() => composed,
        line => line.into_owned(),
    }
}

/// A name in the form by which lists are put in order: as [`fold`] has it, without the marks before its first letter
/// or digit. A name of marks alone stays.
pub fn sort_name(name: &str) -> String {
    let folded = fold(name);
    match folded.find(char::is_alphanumeric) {
        Some(start) => folded[start..].to_owned(),
        None => folded,
    }
}

/// One form for all paths that some file system takes for the same: without case, and with marks
/// always stored in the same way.
pub fn file_key(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfd().collect::<String>().to_lowercase().nfc().collect()
}

/// Most names are ASCII, and in ASCII only case and white space vary.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.make_ascii_lowercase();
    folded
}

/// Typographic variants as their plain form; none for the invisible.
fn plain_character(c: char) -> Option<char> {
    match c {
        '’' | '‘' | '‛' | '‚' | 'ʼ' | 'ʻ' | '′' | '´' | '＇' | '‹' | '›' => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => Some('"'),
        '‐'..='―' | '−' | '﹘' | '﹣' | '－' => Some('-'),
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{feff}' => None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{fe00}'..='\u{fe0f}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// Adds a lower-case letter without its marks.
fn fold_letter(c: char, folded: &mut String) {
    match c {
        // Letters of their own in Cyrillic alphabets, not letters with a mark.
        'й' | 'ї' | 'ў' | 'ѓ' | 'ќ' => folded.push(c),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ς' => folded.push('σ'),
        // Through NFKD, for `ǿ` is `ø` with a mark.
        c => {
            for part in std::iter::once(c).nfkd().filter(|part| !is_accent(*part)) {
                match part {
                    part if part == c => folded.push(c),
                    part => fold_letter(part, folded),
                }
            }
        }
    }
}

/// Marks above, below and through a letter. The vowel signs of Indic scripts
/// and the voicing of kana are no accents: without them it is another word.
fn is_accent(c: char) -> bool {
    let class = canonical_combining_class(c);
    class == 1 || class >= 10
}

/// The id of a heading by the code host's rule, so that one link works there
/// and here: lower case; letters, digits and marks of any script, `-` and `_`
/// stay; a space becomes `-`; all else goes.
pub fn heading_id(text: &str) -> String {
    if text.is_ascii() { ascii_heading_id(text) } else { any_heading_id(text) }
}

fn any_heading_id(text: &str) -> String {
    let kept = |c: char| match c {
        ' ' | '-' => Some('-'),
        c if is_word_character(c) => Some(c),
        _ => None,
    };
    text.trim().to_lowercase().chars().filter_map(kept).collect()
}

/// In ASCII, as nearly all headings are, no letter turns into several.
fn ascii_heading_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    id.extend(text.trim().chars().filter_map(|c| match c {
        ' ' => Some('-'),
        c if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') => Some(c.to_ascii_lowercase()),
        _ => None,
    }));
    id
}

/// `\p{Word}`: letters, marks, decimal digits and joining punctuation.
fn is_word_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    // `²` and `½` are numeric, yet no decimal digits: they stand for others.
    let is_digit = c.is_numeric() && std::iter::once(c).nfkd().eq([c]);
    let is_joiner = "_‿⁀⁔︳︴﹍﹎﹏＿".contains(c);
    c.is_alphabetic() || is_digit || is_joiner || is_combining_mark(c)
}

/// Gives the headings of one page their ids in order: `a`, `a-1`, `a-2`.
#[derive(Clone, Debug, Default)]
pub struct HeadingIds {
    taken: BTreeSet<String>,
    last: BTreeMap<String, usize>,
}

impl HeadingIds {
    /// The ids of a page without headings.
    pub fn new() -> HeadingIds {
        HeadingIds::default()
    }

    /// The id of the next heading. One without a letter is `section`: HTML
    /// knows no empty id. One that begins with `_` gets `section` before it:
    /// such ids are the theme's (content-model.md, section 2).
    pub fn id(&mut self, text: &str) -> String {
        let base = match heading_id(text) {
            bare if bare.is_empty() || bare.starts_with('_') => format!("section{bare}"),
            base => base,
        };
        if self.taken.insert(base.clone()) {
            return base;
        }
        let count = self.last.entry(base.clone()).or_default();
        loop {
            *count += 1;
            let id = format!("{base}-{count}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Most names that a finding lists: thousands of findings that list thousands of names fill the memory,
/// and nobody reads them.
const MOST_LISTED: usize = 24;

/// Adds a number to a text such as an id. Pages have thousands, and `write!` costs several times as much.
pub fn put_number(text: &mut String, number: usize) {
    if number > 99 {
        put_number(text, number / 100);
        text.push_str(two_digits(number));
    } else if number > 9 {
        text.push_str(two_digits(number));
    } else {
        text.push(last_digit(number));
    }
}

/// The last two digits of a number.
fn two_digits(number: usize) -> &'static str {
    const ALL: &str = "00010203040506070809101112131415161718192021222324252627282930313233343536373839\
        40414243444546474849505152535455565758596061626364656667686970717273747576777879\
        8081828384858687888990919293949596979899";
    let at = number % 100 * 2;
    &ALL[at..at + 2]
}

/// The last digit of a number.
#[inline]
pub fn last_digit(number: usize) -> char {
    char::from(b'0' + u8::try_from(number % 10).unwrap_or(0))
}

/// Names in their order with a separator between them; of a long list the first, and how many there are
/// besides.
pub fn listed<T: AsRef<str>>(names: &[T], separator: &str) -> String {
    let shown = names.iter().take(MOST_LISTED).map(AsRef::as_ref).collect::<Vec<_>>().join(separator);
    match names.len().saturating_sub(MOST_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Whether a text folds to a name that is folded already.
pub fn folds_to(text: &str, folded: &str) -> bool {
    if !text.is_ascii() {
        return fold(text) == folded;
    }
    // Without a copy: a link is compared with all headings of a page.
    let mut rest = folded;
    text.split_ascii_whitespace().enumerate().all(|(at, word)| {
        let behind = if at == 0 { Some(rest) } else { rest.strip_prefix(' ') };
        let found = behind.and_then(|behind| behind.split_at_checked(word.len()));
        match found.filter(|(own, _)| own.bytes().eq(word.bytes().map(|byte| byte.to_ascii_lowercase()))) {
            Some((_, behind)) => {
                rest = behind;
                true
            }
            None => false,
        }
    }) && rest.is_empty()
}

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

    #[test]
    fn numbers_are_written_as_everywhere() {
        for number in [0, 7, 10, 99, 100, 1_203, usize::MAX] {
            let mut text = "_n".to_owned();
            put_number(&mut text, number);
            assert_eq!(text, format!("_n{number}"));
        }
    }

    fn sentence_around(text: &str, at: Range<usize>) -> Range<usize> {
        sentence_among(&sentences(text).collect::<Vec<_>>(), at)
    }

    use proptest::prelude::*;

    #[test]
    fn names_fold_to_one_form() {
        let check = |input: &str, expected: &str| assert_eq!(fold(input), expected, "{input}");
        check("  Volodymyr\u{a0} Zelenskyy\n", "volodymyr zelenskyy");
        check("Київ", "київ");
        check("Киї\u{301}в", "київ");
        check("И\u{306}од Йод", "йод йод");
        check("Ёлка Ґанок", "елка ґанок");
        check("Зеле\u{301}нський", "зеленський");
        check("Слов’янськ Словʼянськ", "слов'янськ слов'янськ");
        check("“Łódź” «Øst» Straße Ærø", "\"lodz\" \"ost\" strasse aero");
        check("STRAẞE Ǿ İstanbul Akıncı", "strasse o istanbul akinci");
        check("cease\u{ad}fire cease‑fire cease–fire", "ceasefire cease-fire cease-fire");
        check("︱", "-");
        check("zero\u{200b}width ﬁne №\u{2009}5", "zerowidth fine no 5");
        check("ΟΔΟΣ", "οδοσ");
    }

    #[test]
    fn long_names_have_no_slips_and_long_lists_are_cut() {
        let long = "a".repeat(101);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(nearest("aaaa", [long.as_str(), "aaab"]), Some("aaab"));
        assert_eq!(nearest(&long[1..], [&long[2..]]), Some(&long[2..]));
        assert_eq!(listed(&["a", "b"], ", "), "a, b");
        assert!(listed(&vec!["a"; 30], "; ").ends_with("a; a and 6 more"));
    }

    #[test]
    fn texts_fold_to_a_name_without_a_copy() {
        let check = |text: &str| {
            for folded in ["what moved", "what", "what  moved", "whatmoved", ""] {
                assert_eq!(folds_to(text, folded), fold(text) == folded, "{text} {folded}");
            }
        };
        for text in ["What  Moved ", "What", "whatmoved", "", " ", "Whàt moved", "what moved on", "wha t"] {
            check(text);
        }
    }

    #[test]
    fn heading_ids_follow_the_code_host() {
        let check = |input: &str, expected: &str| assert_eq!(heading_id(input), expected, "{input}");
        check("What moved", "what-moved");
        check("Who's who, and why?", "whos-who-and-why");
        check("Aid – 2025 (USD)", "aid--2025-usd");
        check("snake_case & kebab-case", "snake_case--kebab-case");
        check("Позиція України", "позиція-україни");
        check("km² and ½", "km-and-");
    }

    #[test]
    fn heading_ids_are_unique_in_order() {
        let mut ids = HeadingIds::new();
        let given = ["A", "a", "A!", "a-1", "?", "!", "_main"].map(|text| ids.id(text));
        assert_eq!(given, ["a", "a-1", "a-2", "a-1-1", "section", "section-1", "section_main"]);
    }

    #[test]
    fn the_nearest_name_is_explained_by_a_slip() {
        let names = [
            "volodymyr-zelenskyy",
            "Zelensky",
            "sovereign-assets",
            "territory",
            "us",
            "pows",
            "vladimir-putin",
            "vladimir-medinsky",
            "reconstruction",
            "Київ",
        ];
        let check = |wanted: &str, expected: Option<&str>| {
            assert_eq!(nearest(wanted, names), expected, "{wanted}");
        };
        check("zelenski", Some("Zelensky"));
        check("sovereign_assets", Some("sovereign-assets"));
        check("Sovereign assets", Some("sovereign-assets"));
        check("teritory", Some("territory"));
        check("terirtory", Some("territory"));
        check("pwos", Some("pows"));
        check("кийв", Some("Київ"));
        check("recon", Some("reconstruction"));
        check("vladimir", None);
        check("un", None);
        check("putin", None);
        check("lavrov", None);
        check("", None);
        assert_eq!(nearest("talk", ["tall", "tale"]), Some("tall"));
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
        fn ascii_is_no_case_of_its_own(text in "[ -~\\t\\r\\n]*") {
            prop_assert_eq!(ascii_heading_id(&text), any_heading_id(&text));
        }

        #[test]
        fn one_line_is_its_words_with_single_spaces(text in "([a-zé]{0,2}[ \\t\\n\u{a0}]{0,2}){0,5}") {
            prop_assert_eq!(one_line(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }

        #[test]
        fn no_text_stops_the_functions(text in "\\PC*|([A-Za-zé]{0,3}[.!?…”) ]{0,3}){0,9}", from in 0usize..40, len in 0usize..40) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
            prop_assert!(text.get(sentence_around(&text, from..from + len)).is_some());
            prop_assert!(text.contains(first_sentence(&text)));
            let mut ids = HeadingIds::new();
            prop_assert_ne!(ids.id(&text), ids.id(&text));
            nearest(&text, ["a", "territory", "Київ"]);
        }
    }
}
