//! Slips in single lines of YAML, and the lines that were meant.
//!
//! In: YAML text. Out: [`Slip`]s by line. The reader tells such a slip, if at all, on a line further down
//! and in other words.

use super::brace_slips;
use super::cite_forms;
use super::places::quote;
use super::repairs::UNCLOSED;
use super::yaml::{self, Yaml};
use crate::diagnostic::Code;
use std::ops::Range;

/// A slip in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// Line, from 1.
    pub line: usize,
    /// The bytes of the line that are wrong.
    pub at: Range<usize>,
    /// What to write in their place.
    pub text: String,
    /// The code of its finding.
    pub code: Code,
    /// What is wrong.
    pub message: &'static str,
    /// What to do.
    pub label: String,
    /// What else to know, where that is not the line to write.
    pub help: Option<&'static str>,
}

/// The text without its slips, which are in the order of their lines.
pub fn mended(text: &str, slips: &[Slip]) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for slip in slips.iter().rev() {
        if let Some(line) = lines.get_mut(slip.line - 1) {
            line.replace_range(slip.at.clone(), &slip.text);
        }
    }
    lines.join("\n")
}

/// Whether two values differ in more than the words of their scalars.
pub fn differ(one: &Yaml<'_>, other: &Yaml<'_>) -> bool {
    match (one, other) {
        (Yaml::List(a), Yaml::List(b)) => a.len() != b.len() || a.iter().zip(b).any(|(a, b)| differ(a, b)),
        (Yaml::Map(a), Yaml::Map(b)) => {
            a.len() != b.len() || a.iter().zip(b).any(|((k, a), (l, b))| k != l || differ(a, b))
        }
        (Yaml::Scalar(_), Yaml::Scalar(_)) | (Yaml::Null, Yaml::Null) => false,
        _ => true,
    }
}

/// Slips in the marks of YAML: each is one only if the text reads otherwise without it.
pub fn marks(text: &str) -> Vec<Slip> {
    let open = open_quotes(text);
    // Every front matter comes by here, and nearly none holds a mark without its blank.
    if !may_lack_blanks(text.as_bytes()) || !open.is_empty() {
        return open;
    }
    let found = plain_lines(text).filter_map(|(number, line)| {
        let slip = blank_after_colon(line)
            .or_else(|| list_mark(line))
            .or_else(|| braces(line))
            .or_else(|| brace_slips::commas(line))?;
        Some(Slip { line: number, ..slip })
    });
    found.collect()
}

/// Values whose quotation mark is closed, if at all, behind the next field: they would swallow it.
fn open_quotes(text: &str) -> Vec<Slip> {
    let lines: Vec<&str> = text.split('\n').collect();
    let is_field = |line: &&str| name_end(line) > 0 && line[name_end(line)..].starts_with(": ");
    let found = plain_lines(text).filter_map(|(number, line)| {
        let start = value_start(line);
        let inside = line[start..].strip_prefix('"').filter(|inside| !inside.contains('"'))?;
        lines.get(number).filter(|next| is_field(next))?;
        let label = format!("close it: {}", quote(inside));
        let slip = slip(start..line.len(), quote(inside), UNCLOSED, label);
        Some(Slip { line: number, code: Code::YamlQuotes, ..slip })
    });
    found.collect()
}

/// Whether a colon has no blank behind it (`//` of an address aside), or a line begins with a mark of a list
/// that may be one without its blank, or with a star, or there are braces.
fn may_lack_blanks(text: &[u8]) -> bool {
    let colon = |pair: &[u8]| pair[0] == b':' && !matches!(pair[1], b' ' | b'\t' | b'\n' | b'\r' | b'/');
    let starts = |line: &[u8]| match line.trim_ascii_start() {
        [b'-', next, ..] => *next != b' ',
        [b'*', ..] => true,
        _ => false,
    };
    text.contains(&b'{') || text.windows(2).any(colon) || text.split(|&byte| byte == b'\n').any(starts)
}

/// Slips in the values of lines that cannot be read by themselves.
pub fn values(text: &str) -> Vec<Slip> {
    // Brackets that run over lines have commas at the ends of these.
    let runs_on = |(_, line): (usize, &str)| {
        let value = &line[value_start(line)..];
        value.starts_with(['[', '{']) && !value.ends_with([']', '}'])
    };
    let has_commas = plain_lines(text).any(runs_on);
    let found = plain_lines(text).filter_map(|(number, line)| {
        let value = &line[value_start(line)..];
        if value.is_empty() || yaml::read(value).is_ok() && yaml::read(line.trim_start()).is_ok() {
            return None;
        }
        let slip = comma_behind(line)
            .filter(|_| !has_commas)
            .or_else(|| citation(line))
            .or_else(|| quoted_list(line))
            .or_else(|| inner_quotes(line))
            .or_else(|| single_quotes(line))
            .or_else(|| commas(line))
            .or_else(|| brace_slips::marks(line))?;
        Some(Slip { line: number, ..slip })
    });
    found.collect()
}

/// Values in curly quotation marks, which YAML takes for letters.
pub fn curly(text: &str) -> Vec<Slip> {
    if text.is_ascii() {
        return Vec::new();
    }
    let of_line = |(number, line): (usize, &str)| {
        let slips = curly_values(line).into_iter().map(|at| Slip {
            line: number,
            text: quote(inner(&line[at.clone()])),
            code: Code::YamlQuotes,
            message: "these are curly quotation marks, which YAML takes for letters",
            label: format!("write straight ones: {}", quote(inner(&line[at.clone()]))),
            help: Some("if the marks belong to the words, put straight ones around them as well: \"“…”\""),
            at,
        });
        slips.collect::<Vec<_>>()
    };
    plain_lines(text).flat_map(of_line).collect()
}

/// The lines with their numbers, but for those of values that begin with `|` or `>`, which hold text.
fn plain_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut block: Option<usize> = None;
    text.split('\n').enumerate().filter_map(move |(at, line)| {
        let line = line.trim_end();
        let indent = line.len() - line.trim_start().len();
        if line.is_empty() || block.is_some_and(|block| indent > block) || line[indent..].starts_with('#') {
            return None;
        }
        let value = &line[value_start(line)..];
        block = (value.starts_with(['|', '>']) && value.len() <= 3).then_some(indent);
        Some((at + 1, line))
    })
}

/// Where the marks of list entries before a field or value end.
fn entry_start(line: &str) -> usize {
    let mut at = line.len() - line.trim_start().len();
    while line[at..].starts_with("- ") {
        at += 2;
        at += line[at..].len() - line[at..].trim_start().len();
    }
    at
}

/// The bytes of a field's name at the start of a text.
fn name_end(text: &str) -> usize {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    text.find(|c| !letter(c)).unwrap_or(text.len())
}

/// Where the value begins in a line `field: value` or `- value`.
pub fn value_start(line: &str) -> usize {
    let at = entry_start(line);
    let Some(colon) = line[at..].find(':') else { return at };
    let key = &line[at..at + colon];
    let is_key = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !is_key {
        return at;
    }
    let after = &line[at + colon + 1..];
    at + colon + 1 + (after.len() - after.trim_start().len())
}

fn slip(at: Range<usize>, text: impl Into<String>, message: &'static str, label: String) -> Slip {
    Slip { line: 0, at, text: text.into(), code: Code::Yaml, message, label, help: None }
}

/// What stands before a colon in addresses and numbers of publications.
const SCHEMES: [&str; 10] = ["arxiv", "doi", "geo", "hdl", "isbn", "issn", "mailto", "tel", "urn", "sip"];

/// `stance:proposes`
fn blank_after_colon(line: &str) -> Option<Slip> {
    let at = entry_start(line);
    let name = name_end(&line[at..]);
    let value = line[at + name..].strip_prefix(':')?;
    if !line[at..].starts_with(|c: char| c.is_ascii_lowercase())
        || value.is_empty()
        || value.starts_with([' ', '\t', '/', ':'])
    {
        return None;
    }
    let field = &line[at..at + name];
    if SCHEMES.contains(&field) {
        return None;
    }
    // Blanks that do not break a line look like those that YAML takes.
    let meant = format!("{field}: {}", value.trim_start());
    let label = format!("write {meant}");
    let message = match value.starts_with(char::is_whitespace) {
        true => "the blank after the colon is none that YAML takes",
        false => "a blank is missing after the colon",
    };
    let mut found = slip(at..line.len(), meant, message, label);
    found.help = Some("where the colon belongs to the words, put them in double quotes");
    Some(found)
}

/// `-kind: exchange` and `* kind`
fn list_mark(line: &str) -> Option<Slip> {
    let at = line.len() - line.trim_start().len();
    let (mark, rest) = line[at..].split_at_checked(1)?;
    let entry = format!("- {}", rest.trim_start());
    let label = format!("write {entry}");
    let at = at..line.len();
    match mark {
        "-" if rest.starts_with(|c: char| c.is_ascii_lowercase())
            && rest[name_end(rest)..].starts_with(':') =>
        {
            Some(slip(at, entry, "a blank is missing after the hyphen", label))
        }
        "*" if rest.starts_with(' ') => {
            Some(slip(at, entry, "YAML marks the entries of a list with hyphens", label))
        }
        _ => None,
    }
}

/// `{ukraine:146}`
fn braces(line: &str) -> Option<Slip> {
    let start = value_start(line);
    let value = &line[start..];
    if !value.starts_with('{') {
        return None;
    }
    let mut text = String::new();
    let mut quoted = false;
    let mut entry = true;
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let name = name_end(rest);
        let colon = entry && !quoted && name > 0 && rest[name..].starts_with(':');
        let value = rest.get(name + 1..).unwrap_or("");
        if colon && !value.starts_with([' ', '/', ':', ',', '}']) && !value.is_empty() {
            text.push_str(&rest[..name]);
            text.push_str(": ");
            rest = value;
            entry = false;
            continue;
        }
        quoted ^= c == '"';
        entry = matches!(c, '{' | ',') || entry && c == ' ';
        text.push(c);
        rest = &rest[c.len_utf8()..];
    }
    let label = format!("write {text}");
    let message = "a blank is missing after a colon in these braces";
    (text != value).then(|| slip(start..line.len(), text, message, label))
}

/// `"words",`
fn comma_behind(line: &str) -> Option<Slip> {
    let start = value_start(line);
    let value = line[start..].strip_suffix(',')?;
    let is_quoted = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
    let message = "a comma stands behind this value";
    (is_quoted && yaml::read(value).is_ok())
        .then(|| slip(start..line.len(), value, message, format!("write {value}")))
}

/// `cite: [@id, p. 4]` and `cite: @id`
fn citation(line: &str) -> Option<Slip> {
    let start = value_start(line);
    let value = &line[start..];
    if !line[entry_start(line)..].starts_with("cite:")
        || !value.starts_with(['@', '['])
        || !value.contains('@')
    {
        return None;
    }
    let meant = cite_forms::in_field(value)?;
    let meant = if meant.contains(": ") || meant.contains(" #") { quote(&meant) } else { meant };
    let label = format!("write it without @ and brackets: {meant}");
    Some(Slip { code: Code::BadCitation, ..slip(start..line.len(), meant, "this is not a citation", label) })
}

/// `"one", "two"]`
fn quoted_list(line: &str) -> Option<Slip> {
    let start = value_start(line);
    let meant = format!("[{}]", quoted_names(&line[start..])?);
    let label = format!("write {meant}");
    let found = slip(start..line.len(), meant, "a list on one line stands in brackets", label);
    Some(Slip { code: Code::YamlQuotes, ..found })
}

/// What stands between the brackets that were meant in `"one", "two"]`.
fn quoted_names(value: &str) -> Option<&str> {
    let list = value.trim_end_matches([']', ',', ' ']);
    let parts: Vec<&str> = list.split('"').collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let between = parts.iter().step_by(2).skip(1).take(parts.len().saturating_sub(3) / 2);
    let is_list = parts.len() > 3 && parts.len() % 2 == 1 && first.is_empty() && last.is_empty();
    (is_list && between.into_iter().all(|part| part.trim() == ",")).then_some(list)
}

/// `"He said "no" twice."`
fn inner_quotes(line: &str) -> Option<Slip> {
    let start = value_start(line);
    let value = &line[start..];
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::from("\"");
    let mut escaped = false;
    for c in inside.chars() {
        if c == '"' && !escaped {
            text.push('\\');
        }
        escaped = c == '\\' && !escaped;
        text.push(c);
    }
    text.push('"');
    let message = "quotation marks stand inside quotation marks";
    let label = format!("write \\\" for those inside: {text}");
    (text != value).then(|| Slip { code: Code::YamlQuotes, ..slip(start..line.len(), text, message, label) })
}

/// `'it's so'`
fn single_quotes(line: &str) -> Option<Slip> {
    let start = value_start(line);
    let value = &line[start..];
    let inside = value.strip_prefix('\'')?.strip_suffix('\'')?;
    let lone = inside.replace("\'\'", "").contains('\'');
    let text = quote(inside);
    let label = format!("write double ones around: {text}");
    let message = "a quotation mark stands inside quotation marks";
    lone.then(|| Slip { code: Code::YamlQuotes, ..slip(start..line.len(), text, message, label) })
}

/// `["Umerov" "Rustem"]` and `[a,, b]`
fn commas(line: &str) -> Option<Slip> {
    let start = value_start(line);
    let value = &line[start..];
    if !value.starts_with('[') || !value.ends_with(']') {
        return None;
    }
    let mut text = String::new();
    let mut surplus = false;
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in value.char_indices() {
        if c == ',' && !quoted && text.trim_end().ends_with([',', '[']) {
            surplus = true;
            continue;
        }
        text.push(c);
        if c == '"' && !escaped {
            quoted = !quoted;
            let next = value[at + 1..].trim_start();
            if !quoted && !next.starts_with([',', ']', ':', '}']) {
                text.push(',');
            }
        }
        escaped = c == '\\' && !escaped;
    }
    let label = format!("write {text}");
    let message = match surplus {
        true => "an entry is missing between the commas of this list",
        false => "a comma is missing between the entries of this list",
    };
    (text != value).then(|| slip(start..line.len(), text, message, label))
}

const OPENING: [char; 6] = ['“', '”', '„', '‟', '‘', '‚'];
const CLOSING: [char; 4] = ['”', '“', '’', '‘'];
const SINGLE: [char; 3] = ['‘', '’', '‚'];
const DOUBLE: [char; 7] = ['“', '”', '„', '‟', '«', '»', '"'];

/// A text without its first and last character.
fn inner(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.next_back();
    letters.as_str()
}

/// Whether a whole value stands in one pair of marks of which at least one is curly.
fn in_curly(value: &str) -> bool {
    let single = value.starts_with(SINGLE) && value.ends_with(SINGLE);
    let opens = single || value.starts_with(OPENING) && !value.starts_with(SINGLE);
    let closes = single || value.ends_with(CLOSING) && !value.ends_with(SINGLE);
    let inside = inner(value);
    // Two pairs are words in quotation marks, not a value in them; an apostrophe has a letter behind it.
    let mark = |(at, c): (usize, char)| {
        let after = inside[at + c.len_utf8()..].chars().next();
        SINGLE.contains(&c) && !(c == '’' && after.is_some_and(char::is_alphanumeric))
    };
    value.chars().count() > 2
        && (opens && (closes || value.ends_with('"')) || closes && value.starts_with('"'))
        && !inside.contains(DOUBLE)
        && !(single && inside.char_indices().any(mark))
}

/// The values of a line that stand in curly marks.
fn curly_values(line: &str) -> Vec<Range<usize>> {
    let start = value_start(line);
    let value = &line[start..];
    if start == line.len() - line.trim_start().len() {
        // Neither a field nor an entry: a line of a longer value.
        return Vec::new();
    }
    if !value.starts_with(['[', '{']) {
        return Vec::from_iter(in_curly(value).then_some(start..line.len()));
    }
    let mut found = Vec::new();
    let mut entry = start + 1;
    let mut quoted = false;
    for (at, c) in value.char_indices().skip(1).map(|(at, c)| (start + at, c)) {
        quoted ^= c == '"';
        if quoted || !matches!(c, ',' | ':' | ']' | '}' | '[' | '{') {
            continue;
        }
        let words = &line[entry..at];
        let from = entry + (words.len() - words.trim_start().len());
        if in_curly(words.trim()) {
            found.push(from..from + words.trim().len());
        }
        // A comma inside the marks is a part of the value.
        let open = words.trim_start().starts_with(OPENING) && !words.trim_end().ends_with(CLOSING);
        if !open || matches!(c, ']' | '}') {
            entry = at + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(slips: fn(&str) -> Vec<Slip>, line: &str, expected: &str) {
        let found = slips(line);
        assert_eq!(mended(line, &found), expected, "{line}: {found:?}");
    }

    #[test]
    fn marks_that_lack_something_are_mended() {
        check(marks, "stance:proposes", "stance: proposes");
        check(marks, "  - title:\"A\"", "  - title: \"A\"");
        check(marks, "  -kind: exchange", "  - kind: exchange");
        check(marks, "  * item", "  - item");
        check(marks, "returned: {ukraine:146, russia: 1}", "returned: {ukraine: 146, russia: 1}");
        check(marks, "returned: {ukraine: 1,146, russia: 1}", "returned: {ukraine: \"1,146\", russia: 1}");
        for sound in [
            "url: https://a.org",
            "- https://a.org",
            "- doi:10.1000/182",
            "- mailto:press@mfa.gov.ua",
            "text: |\n  a:b\n  * c",
            "a: {b: \"c:d\"}",
        ] {
            check(marks, sound, sound);
        }
    }

    #[test]
    fn values_that_cannot_be_read_are_mended() {
        check(values, "cite: [@ap-2025-12-15, p. 4]", "cite: ap-2025-12-15, p. 4");
        check(values, "  - cite: @ap-2025-12-15", "  - cite: ap-2025-12-15");
        check(values, "summary: \"He said \"no\" twice.\"", "summary: \"He said \\\"no\\\" twice.\"");
        check(values, "aliases: [\"Umerov\" \"Rustem\"]", "aliases: [\"Umerov\", \"Rustem\"]");
        check(values, "aliases: [a,, b]", "aliases: [a, b]");
        check(values, "summary: 'it's so'", "summary: \"it's so\"");
        check(values, "- {a: Talks [@s], b: c}", "- {a: \"Talks [@s]\", b: c}");
        for sound in ["a: \"b\" # \"c\"", "a: \"\\\"b\\\"\"", "cite: ap-2025, p. 4", "a: [\"b\", c]"] {
            check(values, sound, sound);
        }
    }

    #[test]
    fn curly_marks_are_made_straight() {
        check(curly, "actor: “ukraine”", "actor: \"ukraine\"");
        check(curly, "title: “A: b”", "title: \"A: b\"");
        check(curly, "title: \"A”", "title: \"A\"");
        check(curly, "- „A“", "- \"A\"");
        check(curly, "title: ‘A’", "title: \"A\"");
        check(curly, "aliases: [“Umerov, R.”, \"“x”\", ‘y’]", "aliases: [\"Umerov, R.\", \"“x”\", \"y\"]");
        check(curly, "native: {text: “Київ”, lang: uk}", "native: {text: \"Київ\", lang: uk}");
        for sound in [
            "a: \"“b”\"",
            "a: “b” and “c”",
            "a: \"Its ‘b’\"",
            "a: b’s",
            "summary: \"It is the parties’",
            "summary: \"They call it ‘security’",
            "title: ‘Land’ for ‘peace’",
            "- ‘Occupied’ here means ‘under control’",
            "aliases: [«Слуга народу»]",
        ] {
            check(curly, sound, sound);
        }
    }
}
