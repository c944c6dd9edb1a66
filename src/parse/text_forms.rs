//! Forms inside plain text: bare addresses, and marks that were meant as a citation or a footnote.
//!
//! In: a text token. Out: where its addresses are, and what is wrong in it.

use super::cite_forms::{self, WIDE_MARKS};
use super::markdown::{Kind, Problem, ProblemKind, Slip, Token};
use super::prose::Unmarked;
use crate::source::{Span, holds_any};
use std::ops::Range;

/// Whether a text surely holds nothing that is looked for in texts: no address, no citation or note, no slip, no
/// bracket and no sign that begins with a byte of a gap. What these stand on is looked for in one go, because most
/// texts hold none of it.
pub fn is_plain(text: &str) -> bool {
    let marks = [b'@', b'[', b']', b'(', b'<', b':', 0xEE, 0xEF];
    !holds_any(text, marks) && !text.starts_with("##")
}

/// The bare web addresses of a text, without the punctuation that follows them.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Asking whether is far quicker than asking where.
    if !text.contains("http") {
        return found;
    }
    let mut from = 0;
    while let Some(at) = text[from..].find("http").map(|at| from + at) {
        from = at + 4;
        let rest = &text[at..];
        let starts_word = !text[..at].ends_with(|c: char| c.is_alphanumeric());
        if !starts_word || !(rest.starts_with("https://") || rest.starts_with("http://")) {
            continue;
        }
        let address = address_at(rest);
        if has_host(address) {
            found.push(at..at + address.len());
        }
        // Behind the whole of it also where it is none: the end was looked for, and each beginning of many in
        // one word would look for it again.
        from = at + address.len();
    }
    found
}

/// Whether [`schemes`] may find something in a piece of Markdown.
pub fn may_have_bad_scheme(source: &str) -> bool {
    // Asking for one byte is far quicker, and few texts hold it.
    source.contains("www.") || holds_any(source, [b'/']) && source.contains("://")
}

/// Addresses that begin with `www.` or with a capital in the text of a token, which the code host makes links of
/// and readers take for them.
pub fn schemes(token: &Token<'_>, source: &str) -> Vec<Problem> {
    let Kind::Text(text) = &token.kind else { return Vec::new() };
    if !may_have_bad_scheme(text) {
        return Vec::new();
    }
    let written = &source[token.span.clamp(source).range()];
    let mut found = capital_schemes(written, token.span.start as usize);
    let mut from = 0;
    while let Some(at) = written[from..].find("www.").map(|at| from + at) {
        let address = address_at(&written[at..]);
        let host = address.split(['/', '?', '#', ':']).next().unwrap_or("");
        let inside =
            |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '@' | ':' | '=' | '\\');
        let is_host = host.len() < MOST_CITED
            && host.split('.').count() > 2
            && host
                .split('.')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'));
        if is_host && !written[..at].ends_with(inside) {
            let span = Span::new(at, at + address.len()).shift(token.span.start as usize);
            let what = ProblemKind::Slip(Slip::NoScheme(format!("https://{address}")));
            found.push(Problem { span, what });
        }
        // Behind the whole of it, as for other addresses.
        from = at + address.len().max(4);
    }
    found
}

/// Addresses whose `http` or `https` has a capital, as keyboards of telephones write it.
fn capital_schemes(written: &str, start: usize) -> Vec<Problem> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = written[from..].find("://").map(|at| from + at) {
        let before = &written[from..at];
        let scheme = &before[before.trim_end_matches(char::is_alphanumeric).len()..];
        let known = ["http", "https"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known));
        let begin = at - scheme.len();
        from = at + 3;
        if let Some(known) = known.filter(|known| *known != scheme) {
            let address = address_at(&written[begin..]);
            // Behind the whole of it, as for other addresses.
            from = from.max(begin + address.len());
            if !has_host(address) {
                continue;
            }
            let meant = [known, &address[scheme.len()..]].concat();
            let span = Span::new(begin, begin + address.len()).shift(start);
            found.push(Problem { span, what: ProblemKind::Slip(Slip::CapitalScheme(meant)) });
        }
    }
    found
}

/// Whether an address names a site.
fn has_host(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, host)| host.contains('.') || host.starts_with("localhost"))
}

/// The address with which a text begins, without the punctuation that follows it.
fn address_at(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”'));
    trim_punctuation(&text[..end.unwrap_or(text.len())])
}

/// Without the punctuation of the sentence around an address; a closing bracket only if it has no
/// opening one, as the code host does it (GFM specification, section 6.9).
fn trim_punctuation(mut address: &str) -> &str {
    let opening = address.matches('(').count();
    let mut closing = address.matches(')').count();
    let has_brackets = address.contains('[');
    loop {
        let before = address;
        address = address.trim_end_matches([
            '.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '~', '…', '»', '›', '}', '\u{200b}',
        ]);
        if address.ends_with(')') && closing > opening {
            address = &address[..address.len() - 1];
            closing -= 1;
        }
        if address.ends_with(']') && !has_brackets {
            address = &address[..address.len() - 1];
        }
        if before == address {
            return address;
        }
    }
}

/// Citations and footnotes in a form that is not read, in the text of a token.
pub fn problems(token: &Token<'_>, source: &str) -> Vec<Problem> {
    let Kind::Text(text) = &token.kind else { return Vec::new() };
    // Wide marks begin with this byte in UTF-8 (U+FE6B, U+FF20).
    if !holds_any(text, [b'@', b'^', 0xEF]) {
        return Vec::new();
    }
    let has_wide = text.contains(WIDE_MARKS);
    // Spans need the text as it stands; with escapes and entities it is looked up in the source.
    let written = &source[token.span.clamp(source).range()];
    let mut found = Vec::new();
    let wide = || written.match_indices(WIDE_MARKS).filter(|_| has_wide);
    for (at, mark) in written.match_indices('@').chain(wide()) {
        if let Some(range) = meant_as_citation(written, at, mark.len()) {
            let span = Span::new(range.start, range.end).shift(token.span.start as usize);
            found.push(escaped(span, source).unwrap_or(Problem { span, what: ProblemKind::Citation(None) }));
        }
    }
    for (at, _) in written.match_indices("[^") {
        let ends = |c: char| matches!(c, '[' | ']') || c.is_whitespace();
        let name = written[at + 2..].split(ends).next().unwrap_or("");
        let closed = written[at + 2 + name.len()..].starts_with(']');
        if closed && !name.is_empty() && !written[..at].ends_with('\\') {
            found.push(Problem {
                span: Span::new(at, at + name.len() + 3).shift(token.span.start as usize),
                what: ProblemKind::Footnote(name.to_owned()),
            });
        }
    }
    found
}

/// `\[@id\]`, as word processors that write Markdown do it: the parser ends a text at each backslash.
fn escaped(span: Span, source: &str) -> Option<Problem> {
    let words = &source[span.clamp(source).range()];
    let (from, to) = (span.start.checked_sub(1)? as usize, span.end as usize + 2);
    let whole = source.get(from..to).filter(|whole| whole.starts_with("\\[") && whole.ends_with("\\]"))?;
    let fix = cite_forms::in_text(&[words, "]"].concat());
    Some(Problem { span: Span::new(from, from + whole.len()), what: ProblemKind::Citation(fix) })
}

/// `@id` at the start of a word is a citation that lost its brackets; `name@host` is an address.
fn meant_as_citation(text: &str, at: usize, mark: usize) -> Option<Range<usize>> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '.' | '/' | '_')) {
        return None;
    }
    let start = at + mark;
    let id = cite_forms::id_end(&text[start..]);
    let (name, rest) = text[start..].split_at(id);
    // Capitals are the name of an account, but where a hyphen and a digit show an id.
    let account = name.contains(|c: char| c.is_ascii_uppercase())
        && !(name.contains(|c: char| c.is_ascii_digit()) && name.contains('-'));
    if id == 0 || account || rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mark = at..start + id;
    // In brackets the whole of them was meant. Looking further for each `@` would take long for many.
    let (text, rest) = (near_end(text, start + id + MOST_CITED), near_end(rest, MOST_CITED));
    let from = near_end(text, at.saturating_sub(MOST_CITED)).len();
    let Some(open) = text[from..at]
        .rfind(['[', '(', ']', ')', '\n'])
        .map(|open| from + open)
        .filter(|&open| text[open..].starts_with(['[', '(']))
    else {
        return Some(mark);
    };
    let square = text[open..].starts_with('[');
    let close = rest.find(if square { ']' } else { ')' }).map(|close| mark.end + close + 1);
    match close.filter(|&close| !text[at..close].contains(['[', '\n'])) {
        Some(close) if square => Some(open..close),
        // Round brackets may hold a sentence that names the account.
        Some(close) if rest.starts_with([',', ';', ')']) && open + 1 == at => Some(open..close),
        // Brackets that are never closed end behind the place.
        None if square && open + 1 == at => Some(open..mark.end + cite_forms::place_end(rest)),
        _ => Some(mark),
    }
}

/// Longest citation whose brackets are looked for, in bytes.
const MOST_CITED: usize = 1_000;

/// The start of a text, of about so many bytes.
fn near_end(text: &str, bytes: usize) -> &str {
    (0..4).find_map(|less| text.get(..bytes.saturating_sub(less))).unwrap_or(text)
}

/// Brackets that hold ids of sources and no `@`; whether they are ids, only the whole wiki can tell.
pub fn unmarked(token: &Token<'_>, source: &str) -> Vec<Unmarked> {
    let Kind::Text(text) = &token.kind else { return Vec::new() };
    if !holds_any(text, [b'-']) {
        return Vec::new();
    }
    let written = &source[token.span.clamp(source).range()];
    let mut found = Vec::new();
    for (at, open) in written.match_indices(['[', '(']) {
        let close = if open == "[" { ']' } else { ')' };
        // Looking further than to the next bracket would take long for a long run of them.
        let next = written[at + 1..].find(['[', ']', '(', ')', '\n']).map(|next| at + 1 + next);
        let Some(end) = next.filter(|&next| written[next..].starts_with(close)) else { continue };
        let words = &written[at..=end];
        let link =
            written[..at].ends_with(['\\', '!', '[', ']']) || written[end + 1..].starts_with(['(', '[', ':']);
        if let (false, Some(ids), Some(meant)) =
            (link, cite_forms::without_mark(&words[1..words.len() - 1]), cite_forms::in_text(words))
        {
            let span = Span::new(at, end + 1).shift(token.span.start as usize);
            found.push(Unmarked { ids, span, meant });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::markdown::tokens;
    use super::super::prose::has_gaps;
    use super::super::text_slips;
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;
    use std::borrow::Cow;

    #[test]
    fn bare_addresses_end_before_punctuation() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("see https://a.org/x_(y), or (http://b.org).", &["https://a.org/x_(y)", "http://b.org"]);
        check("xhttps://a.org https://nothing http:/a.org", &[]);
        check("„https://a.org/ї“ ok", &["https://a.org/ї"]);
        check(
            "[https://a.org], «https://b.org/a», https://c.org…",
            &["https://a.org", "https://b.org/a", "https://c.org"],
        );
        check("https://a.org/[1]", &["https://a.org/[1]"]);
    }

    #[test]
    fn addresses_without_a_scheme_or_with_a_capital() {
        let check = |text: &str, expected: &[&str]| {
            let token = Token { kind: Kind::Text(Cow::Borrowed(text)), span: Span::new(0, text.len()) };
            let found: Vec<&str> = schemes(&token, text).into_iter().map(|p| &text[p.span.range()]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("see www.example.org/a?b, (www.мзс.укр).", &["www.example.org/a?b", "www.мзс.укр"]);
        check("https://www.example.org www. www.org www..org a.www.b.org x@www.b.org", &[]);
        check("see Https://a.org/b?c. And (HTTP://www.b.org)", &["Https://a.org/b?c", "HTTP://www.b.org"]);
        check("https://a.org FTP://b.org xHttp://a.org HTTP:/a.org Http://", &[]);
    }

    #[test]
    fn what_was_meant_as_a_citation() {
        let check = |text: &str, expected: &[&str]| {
            let token = Token { kind: Kind::Text(Cow::Borrowed(text)), span: Span::new(0, text.len()) };
            let found: Vec<&str> =
                problems(&token, text).into_iter().map(|p| &text[p.span.range()]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("as @ap-2025 says", &["@ap-2025"]);
        check("[see @ap-2025] and [-@ap]", &["[see @ap-2025]", "[-@ap]"]);
        check("name@example.org, @POTUS, 5 @ 3", &[]);
        check("(@ap-2025, p. 2) and (@ap-2025 said so)", &["(@ap-2025, p. 2)", "@ap-2025"]);
        check("It is so [@ap-2025, p. 2. And more.", &["[@ap-2025, p. 2"]);
        check("[@ap-2025 And more.", &["[@ap-2025"]);
        check("(@AP-2025)", &["(@AP-2025)"]);
        let text = "so \\[@ap-2025, p. 2\\].";
        let (tokens, _) = tokens(text);
        let found: Vec<Problem> = tokens.iter().flat_map(|token| problems(token, text)).collect();
        let span = Span::new(3, text.len() - 1);
        let what = ProblemKind::Citation(Some("[@ap-2025, p. 2]".to_owned()));
        assert_eq!(found, [Problem { span, what }]);
        check("so [＠ap-2025, p. 2] and ﹫ap-2025, name＠host", &["[＠ap-2025, p. 2]", "﹫ap-2025"]);
        check("no note[^x] here", &["[^x]"]);
        // Brackets are looked for nearby only.
        let far = format!("[{}@ap-2025]", "ї ".repeat(500));
        check(&far, &["@ap-2025"]);
    }

    #[test]
    fn brackets_that_may_be_citations_without_their_mark() {
        let check = |text: &str, expected: &[&str]| {
            let token = Token { kind: Kind::Text(Cow::Borrowed(text)), span: Span::new(0, text.len()) };
            let found: Vec<String> = unmarked(&token, text).into_iter().map(|found| found.meant).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("on Sunday [ap-2025-12-15, p. 2].", &["[@ap-2025-12-15, p. 2]"]);
        check("so (ap-2025-12-15) and [covid-19]", &["[@ap-2025-12-15]", "[@covid-19]"]);
        check("a [territory-wide] claim [sic], [ap-2025](x.md), [[ap-2025]]", &[]);
    }

    fn bits() -> impl Strategy<Value = &'static str> {
        select(vec![
            "a",
            "é",
            " ",
            "\n",
            "\n\n",
            "-",
            "ap-2025",
            "@",
            "＠",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "^",
            "[^1]",
            "[[",
            "]]",
            "|",
            "\n|a|b|\n|-|-|\n|",
            "!",
            "#",
            "##",
            "\n##",
            "http://a.org",
            "www.a.org",
            ":",
            ".",
            "\\",
            "`",
            "*",
            "&#91;",
            "&commat;",
            "&#x3a;",
            "&lt;",
            "&#xe000;",
            "\u{e000}",
            "\u{e001}",
            "<!--",
            "\u{2028}",
            "\0",
            "> ",
            "- ",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn nothing_is_found_in_a_plain_text(bits in prop::collection::vec(bits(), 0..16)) {
            let source = bits.concat();
            for token in tokens(&source).0 {
                if let Kind::Text(text) = &token.kind && is_plain(text) {
                    prop_assert_eq!(problems(&token, &source), []);
                    prop_assert_eq!(text_slips::in_text(&token, &source), []);
                    prop_assert_eq!(unmarked(&token, &source), []);
                    prop_assert!(addresses(text).is_empty());
                    prop_assert!(!has_gaps(text));
                }
            }
        }
    }
}
