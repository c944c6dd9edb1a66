//! What holds of any text, tried on every text of three pieces: all neighbourhoods that the parser looks at.
//!
//! In: pieces of Markdown. Out: nothing; the test fails with the text.

use super::*;

#[rustfmt::skip]
const PIECES: [&str; 79] = [
    "a", "word", "Wörter", " ", "  ", "\n", "[@a]", "[@a, p. 3; @b]", "[@a,", "[[x]]", "[[x|y z]]",
    "[[x#y]]", "[[x|y|z]]", "[[ x ]]", "[[|x]]", "[[x|]]", "[[#x]]", "[[@x]]", "[[]]", "[", "]", "[[",
    "]]", "@", "!", "(", ")", ":", "|", "\\", "*", "_", "`", "&", "&amp;", "<", ">", "1.", "1)", "12",
    "- ", "-", "# ", "#", "> ", "+ ", "=", "===", "é", "\u{a0}", "\u{3000}", "\u{2028}", "\u{85}", "^",
    "[^a]", "~", "~~", "\t", "\r", "\r\n", ".", ",", ";", "\0", "\u{7f}", "\u{feff}", "http://x.y",
    "www.x.y", "x@y.z", "[x](y)", "(y)", "\"", "'", "--", "...", "$", "{", "}", "%",
];

/// The texts.
fn texts() -> impl Iterator<Item = String> {
    let pairs = PIECES.iter().flat_map(|a| PIECES.iter().map(move |b| [*a, b].concat()));
    pairs.flat_map(|pair| PIECES.iter().map(move |c| [&pair, *c].concat()))
}

#[test]
fn what_is_read_as_plain_the_parser_reads_so_too() {
    let mut plain = 0;
    for text in texts() {
        if let Some(tokens) = plain::tokens(&text) {
            assert_eq!((tokens, Vec::new()), parsed(&text), "{text:?}");
            plain += 1;
        }
    }
    assert!(plain > 50_000, "only {plain} texts are plain");
}

#[test]
fn tokens_of_any_text_come_out_as_they_went_in() {
    for text in texts() {
        let (tokens, _) = tokens(&text);
        if let Some(packed) = Packed::new(&tokens, &text) {
            assert_eq!(packed.tokens(&text), tokens, "{text:?}");
        }
    }
}
