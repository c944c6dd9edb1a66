//! Slips in Markdown that the parser takes for plain text, or that would make no sound page.
//!
//! In: tokens and their source. Out: problems with the form to write.

use super::markdown::{Element, Form, Image, Kind, Problem, ProblemKind, Slip, Token, Wikilink, wikilink};
use super::prose::How;
use crate::diagnostic::Code;
use crate::source::{Span, holds_any};

/// How a slip is told: its code, what is wrong, what to do, and the sure remedy.
pub fn told(slip: &Slip) -> (Code, &'static str, String, Option<String>) {
    match slip {
        Slip::BlankInAddress(meant) => (
            Code::BrokenLink,
            "there is a blank in this address, so it is no link",
            format!("write {meant}"),
            Some(meant.clone()),
        ),
        Slip::GapBeforeAddress(meant) => (
            Code::BrokenLink,
            "there is a blank between the words and the address, so this is no link",
            format!("write {meant}"),
            Some(meant.clone()),
        ),
        Slip::EmbedInLine => (
            Code::BrokenLink,
            "a section of another page cannot stand inside a line",
            "put it on a line of its own, with an empty line before and behind it".to_owned(),
            None,
        ),
        Slip::EmbedWords => (
            Code::BrokenLink,
            "a section of another page stands under its own heading, so these words are lost",
            "take the bar and the words behind it out".to_owned(),
            None,
        ),
        Slip::InlineNote => (
            Code::UndefinedFootnote,
            "a note cannot stand inside the text",
            "write [^1] here, and the note on a line of its own further below: [^1]: …".to_owned(),
            None,
        ),
        Slip::BarInTable(meant) => (
            Code::BrokenLink,
            "in a table a bar ends the cell, so this is no link and what stands behind it is lost",
            format!("write {meant}"),
            Some(meant.clone()),
        ),
        Slip::NoWikilink => (
            Code::BrokenLink,
            "these two brackets begin no link",
            "expected [[id]], [[title]] or [[id|words]]; for brackets as they stand write \\[\\[".to_owned(),
            None,
        ),
        Slip::NoLink => (
            Code::BrokenLink,
            "this is no link",
            "the words of a link hold no citation and no other link: put it behind the link".to_owned(),
            None,
        ),
        Slip::NoDefinition(words) => (
            Code::BrokenLink,
            "no line says where this leads, so it is no link or image",
            format!("write {words}(address); for brackets as they stand write \\{words}"),
            None,
        ),
        Slip::UnusedDefinition(label) => (
            Code::BrokenLink,
            "this line says where a link leads, and no link does: readers would not see it",
            format!("link to it as [words][{label}], take it out, or write \\[ for words in brackets"),
            None,
        ),
        Slip::SecondDefinition(label) => (
            Code::BrokenLink,
            "this label has an address already, and links take the first: readers would never reach this one",
            format!("give one of the two another label than [{label}], or take this line out"),
            None,
        ),
        Slip::LinkTitle => (
            Code::VagueLinkText,
            "readers would not see the words in quotes behind this address",
            "write them in the text, or take them out".to_owned(),
            None,
        ),
        Slip::ImageTitle => (
            Code::ImageDescription,
            "readers would not see the words in quotes behind this address",
            "write them below the image, or take them out".to_owned(),
            None,
        ),
        Slip::CitationAsLink(meant) => (
            Code::BadCitation,
            "a citation stands in one pair of brackets",
            format!("write {meant}"),
            Some(meant.clone()),
        ),
        Slip::OpenComment => (
            Code::RawHtml,
            "this comment is never closed, so readers would see it",
            "end it with -->".to_owned(),
            None,
        ),
        Slip::NoBlankInHeading(meant) => (
            Code::HeadingSkipped,
            "a blank is missing behind these signs, so this is no heading",
            format!("write {meant}"),
            Some(meant.clone()),
        ),
        Slip::SurplusCell => (
            Code::YamlLostText,
            "this row has more cells than the table's head, so nobody would see this one",
            "give the head a column more, or write \\| for a bar inside a cell".to_owned(),
            None,
        ),
        Slip::NoTable => (
            Code::BadLabel,
            "this line makes no table, so readers would see its signs",
            "expected the table's head directly above, with as many cells as there are groups of dashes here"
                .to_owned(),
            None,
        ),
        Slip::NoRow => (
            Code::BadLabel,
            "this line is no row of a table, so readers would see its signs",
            "a table has a line such as |---|---| below its head, and no empty line between its rows".to_owned(),
            None,
        ),
        Slip::LineInTable => (
            Code::BadLabel,
            "the table above takes this line for a row",
            "put an empty line before it; a row has bars between its cells".to_owned(),
            None,
        ),
        Slip::NoList => (
            Code::BadLabel,
            "this sign makes no list",
            "begin each entry on a line of its own with a hyphen and a blank, the first below an empty line"
                .to_owned(),
            None,
        ),
        Slip::LooseStars => (
            Code::BadLabel,
            "these stars make nothing bold, so readers would see them",
            "write **words** with no blank inside the stars, and a blank behind them; stars as they stand are \\*\\*"
                .to_owned(),
            None,
        ),
        Slip::OtherComment => (
            Code::RawHtml,
            "this is no comment here, so readers would see it",
            "write <!-- … -->".to_owned(),
            None,
        ),
        Slip::RuledSentence => (
            Code::HeadingSkipped,
            "the line below makes a heading of this sentence",
            "put an empty line between them".to_owned(),
            None,
        ),
        Slip::SecondFrontMatter => (
            Code::YamlLostText,
            "these fields belong to no page, so readers would see them as text",
            "a second page or statement stands in a file of its own".to_owned(),
            None,
        ),
        Slip::SetIn(form) => (
            match form {
                Form::Citation => Code::BadCitation,
                Form::Wikilink => Code::BrokenLink,
            },
            "with so many blanks before it this is printed as code",
            "take the blanks out; what is meant as code stands between lines of ```".to_owned(),
            None,
        ),
        Slip::OpenCode(fence) => (
            Code::BadLabel,
            "this block of code is never closed, so all that follows is printed as code",
            match fence.len() {
                0..20 => format!("end it with a line {fence}"),
                _ => "end it with a line of as many such signs".to_owned(),
            },
            None,
        ),
        Slip::EmptyHeading => (
            Code::HeadingSkipped,
            "this heading has no words",
            "write them behind the signs, or take the line out".to_owned(),
            None,
        ),
        Slip::HeadingAttributes => (
            Code::HeadingSkipped,
            "readers would see this as words of the heading",
            "take it out: a heading's address is made from its words".to_owned(),
            None,
        ),
        Slip::UnknownCallout => (
            Code::BadLabel,
            "this callout is none of the five",
            "expected [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION], and its text on the next line"
                .to_owned(),
            None,
        ),
        Slip::CalloutInLine(mark) => (
            Code::BadLabel,
            "the text of a callout begins on the next line",
            format!("write > {mark} alone on this line, and the text on the next behind >"),
            None,
        ),
        Slip::CalloutForm(mark) => (
            Code::BadLabel,
            "this mark makes no callout here",
            format!("write > {mark} with one blank behind >, as the quotation's first line"),
            None,
        ),
        Slip::CommentInCallout(mark) => (
            Code::BadLabel,
            "a comment stands behind this mark, so it makes no callout",
            format!("write > {mark} alone on this line, and the comment on a line of its own below the text"),
            None,
        ),
        Slip::NoScheme(meant) => (
            Code::BrokenLink,
            "https:// is missing before this address, so it is no link",
            format!("write {meant}, or put it in backticks if it is to be none"),
            None,
        ),
        Slip::CapitalScheme(meant) => (
            Code::BrokenLink,
            "with a capital at its beginning this address is no link",
            format!("write {meant}"),
            Some(meant.clone()),
        ),
        Slip::EmptyCallout => (
            Code::BadLabel,
            "nothing stands in this callout",
            "write its text on the next line, behind >".to_owned(),
            None,
        ),
    }
}

/// A slip in a wikilink or embed.
pub fn in_link(link: &Wikilink<'_>, how: How, span: Span) -> Option<Problem> {
    let slip = match (how, &link.label) {
        (How::Wiki, _) if link.target.starts_with('@') => Slip::CitationAsLink(format!("[{}]", link.target)),
        (How::Wiki, Some(label)) if label.contains('[') => Slip::NoLink,
        (How::Embed, Some(_)) => Slip::EmbedWords,
        _ => return None,
    };
    Some(Problem { span, what: ProblemKind::Slip(slip) })
}

/// An image that was meant as a citation.
pub fn in_image(image: &Image<'_>, span: Span) -> Option<Problem> {
    (image.to.is_empty() && image.alt.starts_with('@')).then(|| {
        let meant = Slip::CitationAsLink(format!("[{}]", image.alt));
        Problem { span, what: ProblemKind::Slip(meant) }
    })
}

/// Slips in a text token.
pub fn in_text(token: &Token<'_>, source: &str) -> Vec<Problem> {
    if !matches!(token.kind, Kind::Text(_)) {
        return Vec::new();
    }
    let span = token.span.clamp(source);
    let start = span.start as usize;
    let written = &source[span.range()];
    let mut found = Vec::new();
    let mut push = |from: usize, to: usize, slip: Slip| {
        found.push(Problem { span: Span::new(from, to).shift(start), what: ProblemKind::Slip(slip) });
    };
    let plain = |at: usize| !source[..start + at].ends_with('\\');
    // Most texts hold none of these.
    if holds_any(written, [b'[', b']', b'<']) {
        for (at, _) in written.match_indices(']') {
            let slip = address(source, written, start, at).or_else(|| definition(source, written, start, at));
            if let Some((from, to, slip)) = slip {
                push(from, to, slip);
            }
        }
        for (at, _) in written.match_indices("^[") {
            let inner = &written[at + 2..];
            match inner.find(['[', ']', '\n']) {
                Some(end) if inner[end..].starts_with(']') => push(at, at + end + 3, Slip::InlineNote),
                _ => {}
            }
        }
        for (at, _) in written.match_indices("[[").filter(|(at, _)| plain(*at)) {
            let begins = |c: char| c.is_alphanumeric() || matches!(c, ']' | '|' | '#');
            // A run of brackets is a drawing.
            if !written[at + 2..].starts_with(begins) || written[..at].ends_with('[') {
                continue;
            }
            match bar_in_table(&source[start + at..]) {
                Some((length, meant)) => push(at, at + length, Slip::BarInTable(meant)),
                None => push(at, at + 2, Slip::NoWikilink),
            }
        }
        for (at, _) in written.match_indices("<!--").filter(|(at, _)| plain(*at)) {
            push(at, at + 4, Slip::OpenComment);
        }
    }
    if written.starts_with("##") && opens_line(&source[..start]) {
        let words = written.trim_start_matches('#');
        let marks = written.len() - words.len();
        if marks <= 6 && words.starts_with(|c: char| c.is_alphanumeric()) {
            push(0, written.len(), Slip::NoBlankInHeading(format!("{} {words}", &written[..marks])));
        }
    }
    // Behind a citation or a link of the wiki: the link that they are in is none.
    if written.starts_with("](") && source[..start].ends_with(']') {
        found.push(Problem { span: Span::new(start, start + 2), what: ProblemKind::Slip(Slip::NoLink) });
    }
    found
}

/// Whether nothing but blanks stands on a line before the end of a text. Looking for its beginning each time
/// would take long for many pieces of text on one line.
fn opens_line(before: &str) -> bool {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    before.is_empty() || before.ends_with('\n')
}

/// Longest wikilink that is looked for where the parser saw none, in bytes.
const LONGEST_LINK: usize = 400;

/// A wikilink that the parser took apart at its bar, which it does in tables only: its bytes, and what to write.
fn bar_in_table(rest: &str) -> Option<(usize, String)> {
    // A link is short; looking further for each bracket of a long run of them would take long.
    let near = Span::new(0, LONGEST_LINK).clamp(rest).range();
    let inner = rest[near].lines().next()?.strip_prefix("[[")?;
    let (inner, _) = inner.split_once("]]")?;
    let (target, label) = inner.split_once('|').filter(|(target, _)| !target.is_empty())?;
    let is_bar = !label.is_empty() && !label.contains('|') && !inner.contains('[');
    is_bar.then(|| (inner.len() + 4, format!("[[{target}\\|{label}]]")))
}

/// A link with a blank in or before its address, by the bracket that ends its words.
fn address(source: &str, written: &str, start: usize, at: usize) -> Option<(usize, usize, Slip)> {
    let rest = &written[at + 1..];
    let inner = rest.trim_start_matches(' ').strip_prefix('(')?;
    let open = opening(written, at)?;
    let image = open > 0 && written[..open].ends_with('!');
    let from = open - usize::from(image);
    // A backslash shows that brackets are meant; two brackets are a link of the wiki.
    if at == open + 1 || source[..start + from].ends_with(['\\', '[']) || written[at + 1..].starts_with(']') {
        return None;
    }
    let words = &written[from..=at];
    let close = next_bracket(inner, ')').filter(|&close| !inner[..close].contains(['"', '<']))?;
    let whole = inner[..close].trim();
    // A title in marks that make none, or the size of an image.
    let titled = |rest: &str| rest.starts_with(['“', '”', '„', '«', '‘', '’', '=']);
    let (target, is_titled) = match whole.split_once(' ') {
        Some((target, rest)) if titled(rest.trim_start()) => (target, true),
        _ => (whole, false),
    };
    let to = written.len() - inner.len() + close + 1;
    let gap = rest.starts_with(' ');
    let is_address = target.starts_with("https://")
        || target.starts_with("http://")
        // Behind a gap the name of a site in brackets is text.
        || !gap && target.rsplit_once('.').is_some_and(|(name, end)| {
            (2..=5).contains(&end.split('#').next().unwrap_or("").len())
                && !name.is_empty()
                && end.starts_with(|c: char| c.is_ascii_lowercase())
        });
    if !is_address || gap && target.contains(' ') || !gap && !is_titled && !target.contains(' ') {
        return None;
    }
    let meant = format!("{words}({})", target.replace(' ', "%20"));
    let slip = if gap { Slip::GapBeforeAddress(meant) } else { Slip::BlankInAddress(meant) };
    Some((from, to, slip))
}

/// `[words][label]` whose label nothing explains, by the bracket that ends its words: what the parser knew is no
/// text any more.
fn definition(source: &str, written: &str, start: usize, at: usize) -> Option<(usize, usize, Slip)> {
    let label = written[at + 1..].strip_prefix('[')?;
    let open = opening(written, at)?;
    let close = next_bracket(label, ']')?;
    // Citations, notes and callouts have findings of their own; a gap in a quotation is no word.
    let is_word = |words: &str| words.starts_with(char::is_alphanumeric);
    let is_meant = is_word(&written[open + 1..at]) && (close == 0 || is_word(label));
    let from = open - usize::from(written[..open].ends_with('!'));
    (is_meant && !source[..start + from].ends_with(['\\', '[', ']']))
        .then(|| (from, at + close + 3, Slip::NoDefinition(written[from..=at].to_owned())))
}

/// Where the bracket opens that ends at a place, on the same line and with no other between them.
fn opening(written: &str, at: usize) -> Option<usize> {
    written[..at].rfind(['[', ']', '\n']).filter(|&open| written[open..].starts_with('['))
}

/// Where a text reaches a closing bracket, before any other and on the same line: looking further for each
/// bracket of a long run of them would take long.
fn next_bracket(text: &str, close: char) -> Option<usize> {
    text.find(['[', ']', '(', ')', '\n']).filter(|&at| text[at..].starts_with(close))
}

/// Embeds that are not the whole of their paragraph: a section is made of blocks.
pub fn embeds(tokens: &[Token<'_>]) -> Vec<Problem> {
    let mut open: Vec<bool> = Vec::new();
    let mut found = Vec::new();
    if !tokens.iter().any(|token| matches!(token.kind, Kind::Embed(_))) {
        return found;
    }
    for (at, token) in tokens.iter().enumerate() {
        match &token.kind {
            Kind::Open(element) => open.push(matches!(
                element,
                Element::Paragraph
                    | Element::Heading(_)
                    | Element::Emphasis
                    | Element::Strong
                    | Element::Strikethrough
                    | Element::Link(_)
            )),
            Kind::Close => {
                open.pop();
            }
            // That an image is shown in another way is told where names are known.
            Kind::Embed(link) if !crate::read::is_image(&wikilink(link).target) => {
                let first = matches!(tokens[at.saturating_sub(1)].kind, Kind::Open(Element::Paragraph));
                let last = matches!(tokens.get(at + 1).map(|token| &token.kind), Some(Kind::Close));
                if open.last() == Some(&true) && !(first && last) {
                    found.push(Problem { span: token.span, what: ProblemKind::Slip(Slip::EmbedInLine) });
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::markdown::tokens;
    use super::*;

    #[test]
    fn slips_are_found_with_their_remedy() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let (tokens, _) = tokens(text);
            let mut found = embeds(&tokens);
            found.extend(tokens.iter().flat_map(|token| in_text(token, text)));
            let found: Vec<(String, String)> = found
                .iter()
                .map(|problem| match &problem.what {
                    ProblemKind::Slip(slip) => {
                        (text[problem.span.range()].to_owned(), told(slip).3.unwrap_or_default())
                    }
                    other => (String::new(), format!("{other:?}")),
                })
                .collect();
            let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("![A chart](my chart.png)", &[("![A chart](my chart.png)", "![A chart](my%20chart.png)")]);
        check("![A map](map.svg “By AP”)", &[("![A map](map.svg “By AP”)", "![A map](map.svg)")]);
        check("![A map](map.svg =30x20)", &[("![A map](map.svg =30x20)", "![A map](map.svg)")]);
        check(
            "See [Report](https://a.org/my report.pdf).",
            &[("[Report](https://a.org/my report.pdf)", "[Report](https://a.org/my%20report.pdf)")],
        );
        check("[Report] (https://a.org)", &[("[Report] (https://a.org)", "[Report](https://a.org)")]);
        check("Text^[note].", &[("^[note]", "")]);
        check(
            "See [the report][crs], ![a map][m], [the report][] and [1][2].",
            &[("[the report][crs]", ""), ("![a map][m]", ""), ("[the report][]", ""), ("[1][2]", "")],
        );
        check("##Heading", &[("##Heading", "## Heading")]);
        check("See ![[map.png]] there.", &[]);
        check("See ![[a#b]] there.", &[("![[a#b]]", "")]);
        for sound in [
            "![[a#b]]",
            "> ![[a#b]]",
            "[[a]] (https://a.org)",
            "[sic] (so it is)",
            "until victory […] (pravda.com.ua)",
            "\\[a] (https://a.org)",
            "he said [the treaty][…] and […][sic]",
            "\\[a][b]",
            "[a][b]\n\n[b]: https://a.org",
            "[a][^1]\n\n[^1]: Note.",
            "[sic] [so it is]",
        ] {
            check(sound, &[]);
        }
        check("[a](b.md) [@x] (https://a.org) #Hashtag ## no heading, `[a] (b.md)`", &[]);
    }
}
