//! Slips in the blocks of a page: cells that nobody would see, headings without words, callouts of no kind.
//!
//! In: tokens and their source. Out: problems with the form to write.

use super::markdown::{Element, Kind, Problem, ProblemKind, Slip, Token, callout_named};
use crate::source::Span;

/// Slips in the blocks that tokens make.
pub fn in_blocks(tokens: &[Token<'_>], source: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut row: Option<Row> = None;
    for (at, token) in tokens.iter().enumerate() {
        let problem = match &token.kind {
            Kind::Open(element) => {
                depth += 1;
                match element {
                    Element::TableRow => {
                        row = Some(Row { depth, end: token.span.start });
                        None
                    }
                    Element::TableCell => {
                        row = row.map(|row| Row { end: token.span.end, ..row });
                        None
                    }
                    Element::Heading(_) => heading(token.span.clamp(source), &tokens[at + 1..], source),
                    Element::Quote(None) => callout(&tokens[at + 1..], source),
                    Element::Quote(Some(_)) if is_closed(tokens.get(at + 1)) => {
                        Some((token.span.first_line(source), Slip::EmptyCallout))
                    }
                    _ => None,
                }
            }
            Kind::Text(text) if is_rule(text) && opens_line(tokens, at) => {
                Some((token.span.clamp(source), Slip::NoTable))
            }
            Kind::Close => {
                depth = depth.saturating_sub(1);
                row.take_if(|row| row.depth > depth).and_then(|row| surplus(token.span, row.end, source))
            }
            _ => None,
        };
        if let Some((span, slip)) = problem {
            found.push(Problem { span, what: ProblemKind::Slip(slip) });
        }
    }
    found
}

/// Whether a text is the line of dashes below the head of a table.
pub(super) fn is_rule(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
        && text.contains('|')
        && text.contains("--")
}

/// Whether a token is the first of a line of its paragraph.
pub(super) fn opens_line(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_some_and(|before| matches!(before.kind, Kind::SoftBreak | Kind::Open(Element::Paragraph)))
}

/// Whether an element ends where it began.
fn is_closed(next: Option<&Token<'_>>) -> bool {
    next.is_none_or(|next| matches!(next.kind, Kind::Close))
}

/// The row of a table that is being read.
#[derive(Clone, Copy)]
struct Row {
    /// How deep it stands.
    depth: usize,
    /// Where its last cell so far ends.
    end: u32,
}

/// What a row holds behind the last cell that has a column.
fn surplus(row: Span, end: u32, source: &str) -> Option<(Span, Slip)> {
    let end = end as usize;
    let rest = source.get(end..row.end as usize)?;
    let behind = rest.strip_prefix('|').unwrap_or(rest);
    let words = behind.trim_matches(|c: char| c == '|' || is_blank(c));
    if is_comment(words) {
        return None;
    }
    let from = end + rest.len() - behind.len() + behind.find(words)?;
    Some((Span::new(from, from + words.len()), Slip::SurplusCell))
}

/// Whether a text is nothing but comments.
fn is_comment(mut text: &str) -> bool {
    while let Some((_, behind)) = text.strip_prefix("<!--").and_then(|text| text.split_once("-->")) {
        text = behind.trim_start_matches(|c: char| c == '|' || is_blank(c));
    }
    text.is_empty()
}

/// White space, and signs that take no room.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A heading without words, or with attributes, which are read as words.
fn heading(span: Span, inside: &[Token<'_>], source: &str) -> Option<(Span, Slip)> {
    let written = source[span.range()].trim_end();
    let is_empty = match inside {
        [Token { kind: Kind::Close, .. }, ..] => true,
        [Token { kind: Kind::Text(text), .. }, Token { kind: Kind::Close, .. }, ..] => {
            text.chars().all(is_blank)
        }
        _ => false,
    };
    let start = span.start as usize;
    if is_empty {
        return Some((span.first_line(source), Slip::EmptyHeading));
    }
    // Signs may close a heading as they open it; a line below the words may make them one.
    let words = match written.strip_prefix('#') {
        Some(_) => written.lines().next().unwrap_or("").trim_end().trim_end_matches('#'),
        None => written.trim_end_matches(['=', '-']),
    };
    let words = words.trim_end();
    let open = words.strip_suffix('}')?.rfind('{')?;
    let is_meant = attributes(&words[open + 1..words.len() - 1]) && !words[..open].ends_with('\\');
    is_meant.then(|| (Span::new(start + open, start + words.len()), Slip::HeadingAttributes))
}

/// Whether what stands in braces is an id, a class or another attribute, as other dialects write them.
fn attributes(inner: &str) -> bool {
    let inner = inner.strip_prefix(':').unwrap_or(inner).trim();
    let is_one = |part: &str| {
        let id = part.strip_prefix('#').is_some_and(|id| id.starts_with(char::is_alphanumeric));
        let class =
            part.strip_prefix('.').is_some_and(|class| class.starts_with(|c: char| c.is_ascii_lowercase()));
        let name = part.split('=').next().unwrap_or(part);
        (id || class || part == "-" || name.len() < part.len()) && !name.contains([',', '['])
    };
    // Blanks inside the quotation marks of a value part nothing.
    let (mut quote, mut before) = (None, ' ');
    let ends = |c: char| {
        match (quote, c) {
            (Some(mark), _) if c == mark => quote = None,
            (None, '"' | '\'' | '”') if before == '=' => quote = Some(c),
            (None, '“') if before == '=' => quote = Some('”'),
            _ => {}
        }
        before = c;
        quote.is_none() && c.is_whitespace()
    };
    !inner.is_empty() && inner.split(ends).filter(|part| !part.is_empty()).all(is_one)
}

/// A quotation that begins as a callout does and is none.
fn callout(inside: &[Token<'_>], source: &str) -> Option<(Span, Slip)> {
    let [Token { kind: Kind::Open(Element::Paragraph), .. }, text, behind @ ..] = inside else { return None };
    let Kind::Text(_) = &text.kind else { return None };
    let span = text.span.clamp(source);
    let start = span.start as usize;
    // With a backslash it is meant as it stands.
    let (name, rest) = source[span.range()].strip_prefix("[!")?.split_once(']')?;
    let is_escaped = source[..start].ends_with('\\');
    if is_escaped || name.contains(['[', '\n']) || !name.contains(char::is_alphabetic) {
        return None;
    }
    let alone = rest.trim().is_empty()
        && behind.first().is_none_or(|token| matches!(token.kind, Kind::SoftBreak | Kind::Close));
    let mark = Span::new(start, start + name.len() + 3).clamp(source);
    // Comments are dropped before blocks are looked at.
    let behind_mark = source[mark.end as usize..].lines().next().unwrap_or("").trim();
    match callout_named(name) {
        Some(known) if alone && behind_mark.starts_with("<!--") => {
            Some((mark, Slip::CommentInCallout(format!("[!{known}]"))))
        }
        Some(known) if alone => Some((mark, Slip::CalloutForm(format!("[!{known}]")))),
        Some(known) => Some((mark, Slip::CalloutInLine(format!("[!{known}]")))),
        // Words in such brackets may be an editor's.
        None if alone || !name.contains(char::is_lowercase) => Some((mark, Slip::UnknownCallout)),
        None => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::markdown::tokens;
    use super::*;

    type Find = fn(&[Token<'_>], &str) -> Vec<Problem>;

    /// What of a text is told as a slip, with the slip.
    pub fn check_slips(find: Find, text: &str, expected: &[(&str, Slip)]) {
        let found: Vec<(&str, Slip)> = find(&tokens(text).0, text)
            .into_iter()
            .filter_map(|problem| match problem.what {
                ProblemKind::Slip(slip) => Some((&text[problem.span.range()], slip)),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_readers_would_not_see_as_meant_is_found() {
        let check = |text: &str, expected: &[(&str, Slip)]| check_slips(in_blocks, text, expected);
        let head = "| a | b |\n|---|---|\n";
        let table = |row: &str| format!("{head}{row}\n");
        check(&table("| 1 | 2 | 3 |"), &[("3", Slip::SurplusCell)]);
        check(&table("| 1 | *2* | 3 | [[x]] |"), &[("3 | [[x]]", Slip::SurplusCell)]);
        check(&table("| [[a\\|b]] | 2 | 3 |"), &[("3", Slip::SurplusCell)]);
        check(&table("1 | 2 | 3"), &[("3", Slip::SurplusCell)]);
        check(
            &table("| 1 | 2 | 3 |\n| 4 | 5 |\n| 6 | 7 | 8 |"),
            &[("3", Slip::SurplusCell), ("8", Slip::SurplusCell)],
        );
        for sound in ["| 1 | 2 |", "| 1 | 2 | |", "| 1 |", "1 | 2", "| 1 | a \\| b |", "| | |", "| 1 | *2* |"]
        {
            check(&table(sound), &[]);
        }
        check("| a | b | c |\n|---|---|\n| 1 | 2 | 3 |", &[("|---|---|", Slip::NoTable)]);
        check("| a | b |\n\n|:--|--:|\n| 1 | 2 |", &[("|:--|--:|", Slip::NoTable)]);
        check("> | a | b |\n> |---|\n", &[("|---|", Slip::NoTable)]);
        for sound in
            ["a | b\n--|--\n1 | 2", "    | a | b |\n    |---|\n", "`|--|`", "a |--| b", "A\n--\n", "|-|"]
        {
            check(sound, &[]);
        }
        check("##", &[("##", Slip::EmptyHeading)]);
        check("## &nbsp;", &[("## &nbsp;", Slip::EmptyHeading)]);
        for attributes in [
            "{#id title=\"a b\"}",
            "{title='a b, c' .wide}",
            "{#id}",
            "{.wide #id}",
            "{: #id}",
            "{-}",
            "{lang=uk}",
        ] {
            for heading in [format!("## Words {attributes}"), format!("## Words {attributes} ##  \n\nText")] {
                check(&heading, &[(attributes, Slip::HeadingAttributes)]);
            }
            check(&format!("Words {attributes}\n---\n"), &[(attributes, Slip::HeadingAttributes)]);
        }
        for sound in ["{sic}", "{#}", "{#1, #2}", "{.NET, Java}", "{a, b}", "\\{#id}", "`{#id}`"] {
            check(&format!("## Words {sound}"), &[]);
        }
        for unknown in
            ["[!INFO]\n> Text", "[!INFO] Text", "[!INFO2]\n> Text", "[!ПРИМ] Text", "[!info]\n> Text"]
        {
            let mark = &unknown[..=unknown.find(']').unwrap_or(0)];
            check(&format!("> {unknown}"), &[(mark, Slip::UnknownCallout)]);
        }
        let in_line = || Slip::CalloutInLine("[!NOTE]".to_owned());
        for text in [" Text", " **x**", " `x`", " [[russia]] y", "*x*"] {
            check(&format!("> [!NOTE]{text}"), &[("[!NOTE]", in_line())]);
        }
        let form = || Slip::CalloutForm("[!NOTE]".to_owned());
        let comment = || Slip::CommentInCallout("[!NOTE]".to_owned());
        check("> [!note] <!-- x -->\n> Text", &[("[!note]", comment())]);
        check("> [!NOTE]<!-- x --> Text", &[("[!NOTE]", in_line())]);
        check(">  [!NOTE]\n> Text", &[("[!NOTE]", form())]);
        check("> [!note ]\n> Text", &[("[!note ]", form())]);
        check("Text\n\n> [!NOTE]\n\nText", &[("> [!NOTE]", Slip::EmptyCallout)]);
        for sound in
            ["[!NOTE]\n> Text", "[sic] so", "\\[!INFO] x", "&#91;!INFO] x", "[!sic] so he said", "[!] x"]
        {
            check(&format!("> {sound}"), &[]);
        }
        check("[!INFO]", &[]);
    }
}
