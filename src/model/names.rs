//! Comparing and finding words. In: names and headings in any script. Out: one
//! form for comparison, heading ids, the nearest name.

mod nearest;

pub use nearest::nearest;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

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

/// The id that resembles the name of a file, without its ending; none where letters of it have no form among a to z, or
/// where it would be that of an index.
pub fn page_id(name: &str) -> Option<String> {
    let folded = fold(name);
    if folded.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
        return None;
    }
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let id = parts.collect::<Vec<_>>().join("-");
    (!id.is_empty() && id != "index").then_some(id)
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
        fn no_text_stops_the_functions(text in "\\PC*|([A-Za-zé]{0,3}[.!?…”) ]{0,3}){0,9}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
            let mut ids = HeadingIds::new();
            prop_assert_ne!(ids.id(&text), ids.id(&text));
            nearest(&text, ["a", "territory", "Київ"]);
        }
    }
}
