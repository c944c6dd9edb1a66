//! Places in YAML: where a key path stands, what a scalar's own text is, and what YAML drops.
//!
//! In: YAML text that can be read. Out: byte spans. This is the slow way of reading, taken only for
//! findings, for numbers, and for text that holds characters by which YAML loses something.

use super::yaml::Yaml;
use crate::diagnostic::Part;
use crate::source::{KeyPath, Span, Step};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as CharSpan};
use std::borrow::Cow;

/// A node of YAML with its place.
#[derive(Debug)]
struct Node {
    span: Span,
    what: What,
    /// An anchor, alias or tag stands at it.
    marked: bool,
}

#[derive(Debug)]
enum What {
    Scalar { text: String, plain: bool },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// Deepest nesting that is followed; the reader refuses deeper text before.
const DEEPEST: usize = 130;

/// YAML with its places, in which several are looked up.
#[derive(Debug)]
pub struct Places(Node);

impl Places {
    /// Reads a text; `None` where it cannot be read.
    pub fn read(text: &str) -> Option<Places> {
        tree(text).map(Places)
    }

    /// The bytes of a key path, or of the nearest part of it that is there; `text` is what was read.
    pub fn find(&self, text: &str, path: &KeyPath, part: &Part) -> Option<Span> {
        find(&self.0, text, path, part)
    }
}

fn find(root: &Node, text: &str, path: &KeyPath, part: &Part) -> Option<Span> {
    let mut node = root;
    let mut key: Option<&Node> = None;
    let mut steps = path.steps().peekable();
    while let Some(step) = steps.next() {
        let last = steps.peek().is_none();
        let next = match (step, &node.what) {
            (Step::Key(name), What::Map(entries)) => {
                let mut named = entries.iter().filter(|(key, _)| key.is(name));
                let entry = match part {
                    Part::SecondKey if last => named.nth(1),
                    _ => named.next(),
                };
                entry.map(|(key, value)| (Some(key), value))
            }
            (Step::Index(index), What::List(items)) => items.get(index).map(|item| (None, item)),
            // A list of one needs no brackets.
            (Step::Index(0), What::Scalar { .. }) if last => Some((key, node)),
            _ => None,
        };
        let Some((found_key, value)) = next else {
            // The path names something absent: point at what should hold it.
            return Some(key.map_or(node.span.first_line(text), |key| key.span));
        };
        key = found_key;
        node = value;
    }
    Some(match (part, key) {
        (Part::Key | Part::SecondKey, Some(key)) => key.span,
        (Part::Within(from, to), _) => within(text, node, *from, *to),
        (_, Some(key)) if node.span.start == node.span.end => key.span,
        _ => node.span.first_line(text),
    })
}

impl Node {
    fn is(&self, name: &str) -> bool {
        matches!(&self.what, What::Scalar { text, .. } if text == name)
    }
}

/// A range of a scalar's decoded text, where the text stands in the file as it is decoded.
fn within(text: &str, node: &Node, from: usize, to: usize) -> Span {
    let written = &text[node.span.range()];
    if let What::Scalar { text: decoded, .. } = &node.what {
        let inner = written.strip_prefix(['"', '\'']).map_or((written, 0), |rest| (rest, 1));
        if inner.0.starts_with(decoded.as_str()) && to <= decoded.len() {
            return Span::new(from, to).shift(node.span.start as usize + inner.1);
        }
        // Folded or escaped: look for the words themselves.
        if let Some(at) =
            decoded.get(from..to).filter(|words| !words.is_empty()).and_then(|words| written.find(words))
        {
            return Span::new(at, at + (to - from)).shift(node.span.start as usize);
        }
    }
    node.span.first_line(text)
}

/// Text that YAML takes for something else and drops, with the words for it.
#[derive(Debug, PartialEq)]
pub struct Lost {
    /// The bytes that would be lost.
    pub span: Span,
    /// What YAML takes it for.
    pub taken_for: &'static str,
    /// The whole value in quotes, and its bytes, where that mends it.
    pub quoted: Option<(Span, String)>,
}

/// Finds what YAML drops: text behind one blank and `#`, anchors, aliases and tags.
pub fn lost_text(text: &str) -> Vec<Lost> {
    // Most front matter holds none of these characters and needs no second reading.
    if !text.contains(['#', '&', '!', '*']) {
        return Vec::new();
    }
    if let Some(root) = tree(text) {
        return lost_of(text, &root);
    }
    // The two readers differ in one thing: this one refuses a `#` right behind what is closed.
    let (mut lost, without) = behind_closed(text);
    lost.extend(tree(&without).iter().flat_map(|root| lost_of(&without, root)));
    lost.sort_by_key(|lost| lost.span);
    lost
}

fn lost_of(text: &str, root: &Node) -> Vec<Lost> {
    let mut lost = Vec::new();
    let mut scalars = Vec::new();
    collect_lost(text, root, &mut lost, &mut scalars);
    lost.extend(values_lost(text, &mut scalars));
    lost.sort_by_key(|lost| lost.span);
    lost.dedup_by_key(|lost| lost.span);
    lost
}

/// What begins with `#` right behind a quotation mark or bracket that closes a value, and the text without it.
fn behind_closed(text: &str) -> (Vec<Lost>, String) {
    let mut lost = Vec::new();
    let mut without = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let closed = |(at, _): &(usize, &str)| {
            line[..*at].ends_with(['"', '\'', ']', '}']) && line[..*at].matches('"').count().is_multiple_of(2)
        };
        let end = line.trim_end().len();
        let Some((at, _)) = line.match_indices('#').find(closed) else {
            without.push_str(line);
            continue;
        };
        let start = without.len();
        let span = Span::new(start + at, start + end);
        lost.push(Lost { span, taken_for: "a comment", quoted: None });
        without.push_str(&line[..at]);
        without.extend(std::iter::repeat_n(' ', end - at));
        without.push_str(&line[end..]);
    }
    (lost, without)
}

/// Values that begin with `#`. `key: # why` is a comment: `#1 issue` is none, for a blank is missing in it.
fn values_lost(text: &str, scalars: &mut [Span]) -> Vec<Lost> {
    scalars.sort();
    let in_scalar = |at: usize| {
        let before = scalars.partition_point(|span| span.start as usize <= at);
        before.checked_sub(1).is_some_and(|last| at < scalars[last].end as usize)
    };
    let mut lost = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('#').map(|at| from + at) {
        from = at + 1;
        if in_scalar(at) {
            continue;
        }
        let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[line_start..at];
        let end = line_end(text, at);
        let words = text[at..end].trim_end();
        let sticks = !words[1..].starts_with([' ', '\t', '#']) && words.len() > 1;
        let begins_value =
            before.strip_suffix(' ').is_some_and(|before| before.ends_with([':', '-', ',', '[', '{']));
        if begins_value && sticks {
            let span = Span::new(at, at + words.len());
            let quoted = !before.contains(['[', '{']);
            lost.push(Lost { span, taken_for: "a comment", quoted: quoted.then(|| (span, quote(words))) });
        }
        // The rest of the line is the comment.
        from = end;
    }
    lost
}

fn collect_lost(text: &str, node: &Node, lost: &mut Vec<Lost>, scalars: &mut Vec<Span>) {
    if node.marked {
        lost.push(mark_lost(text, node));
    }
    match &node.what {
        What::Scalar { plain, .. } => {
            scalars.push(node.span);
            let line = line_end(text, node.span.end as usize);
            let behind = &text[node.span.end as usize..line];
            // Behind two blanks, or behind what is closed, a comment is meant as one.
            let one_blank = behind.strip_prefix([' ', '\t']).is_some_and(|rest| rest.starts_with('#'));
            if *plain && one_blank {
                let start = line - behind.trim_start().len();
                let end = start + text[start..line].trim_end().len();
                let whole = Span::new(node.span.start as usize, end);
                lost.push(Lost {
                    span: Span::new(start, end),
                    taken_for: "a comment",
                    quoted: Some((whole, quote(&text[whole.range()]))),
                });
            }
        }
        What::List(items) => items.iter().for_each(|item| collect_lost(text, item, lost, scalars)),
        What::Map(entries) => {
            for (key, value) in entries {
                collect_lost(text, key, lost, scalars);
                collect_lost(text, value, lost, scalars);
            }
        }
    }
}

/// The anchor, alias or tag at a node: it stands on the node's line, before it.
fn mark_lost(text: &str, node: &Node) -> Lost {
    let start = node.span.start as usize;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..start];
    let mark = before
        .rfind([' ', '[', ',', '{'])
        .map_or(0, |_| before.trim_end().rfind([' ', '[', ',', '{']).map_or(0, |at| at + 1));
    let at = if text[start..].starts_with(['*', '&', '!']) { start } else { line_start + mark };
    let end = at + text[at..line_end(text, at)].find([' ', ',', ']', '}']).unwrap_or(line_end(text, at) - at);
    let taken_for = match text.as_bytes().get(at) {
        Some(b'&') => "an anchor",
        Some(b'*') => "an alias",
        _ => "a tag",
    };
    let value_end = (node.span.end as usize).max(end);
    let whole = Span::new(at, value_end);
    let one_line = !text[whole.range()].contains('\n');
    Lost {
        span: Span::new(at, end),
        taken_for,
        quoted: (one_line && matches!(node.what, What::Scalar { .. }))
            .then(|| (whole, quote(&text[whole.range()]))),
    }
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at)
}

/// A text as a double-quoted YAML scalar.
pub fn quote(text: &str) -> String {
    let inner = text.trim().trim_end_matches('\r');
    format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Puts the text of each scalar back that the reader turned into a number or flag.
pub fn restore_scalars(text: &str, value: &mut Yaml<'_>) {
    if let Some(root) = tree(text) {
        restore(&root, value);
    }
}

fn restore(node: &Node, value: &mut Yaml<'_>) {
    match (&node.what, value) {
        (What::Scalar { text, .. }, Yaml::Scalar(own)) => *own = Cow::Owned(text.clone()),
        (What::List(nodes), Yaml::List(items)) => {
            nodes.iter().zip(items).for_each(|(node, item)| restore(node, item));
        }
        (What::Map(nodes), Yaml::Map(entries)) => {
            for ((key, value), (own_key, own_value)) in nodes.iter().zip(entries) {
                if let What::Scalar { text, .. } = &key.what {
                    *own_key = Cow::Owned(text.clone());
                }
                restore(value, own_value);
            }
        }
        _ => {}
    }
}

/// Reads the first document of a text into nodes; `None` where it cannot be read.
fn tree(text: &str) -> Option<Node> {
    let bytes = CharIndex::new(text);
    let mut open: Vec<(Node, Option<Node>)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, at) = event.ok()?;
        let span = bytes.span(at);
        let node = match event {
            Event::Scalar(value, style, anchor, tag) => Node {
                span: trimmed(text, span),
                what: What::Scalar { text: value.into_owned(), plain: style == ScalarStyle::Plain },
                marked: anchor > 0 || tag.is_some(),
            },
            Event::Alias(_) => {
                Node { span, what: What::Scalar { text: String::new(), plain: true }, marked: true }
            }
            Event::SequenceStart(anchor, tag) => {
                open.push((
                    Node { span, what: What::List(Vec::new()), marked: anchor > 0 || tag.is_some() },
                    None,
                ));
                if open.len() > DEEPEST {
                    return None;
                }
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                open.push((
                    Node { span, what: What::Map(Vec::new()), marked: anchor > 0 || tag.is_some() },
                    None,
                ));
                if open.len() > DEEPEST {
                    return None;
                }
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (mut node, _) = open.pop()?;
                node.span = trimmed(text, Span::new(node.span.start as usize, span.end as usize));
                node
            }
            _ => continue,
        };
        match open.last_mut() {
            None => return Some(node),
            Some((Node { what: What::List(items), .. }, _)) => items.push(node),
            Some((Node { what: What::Map(entries), .. }, key)) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push((key, node)),
            },
            Some(_) => return None,
        }
    }
    None
}

fn trimmed(text: &str, span: Span) -> Span {
    let span = span.clamp(text);
    let inner = text[span.range()].trim_end();
    Span::new(span.start as usize, span.start as usize + inner.len())
}

/// Turns the parser's character counts into bytes.
struct CharIndex {
    /// Byte offset of every character, only where they differ.
    offsets: Option<Vec<u32>>,
    len: usize,
}

impl CharIndex {
    fn new(text: &str) -> CharIndex {
        let offsets = (!text.is_ascii())
            .then(|| text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect());
        CharIndex { offsets, len: text.len() }
    }

    fn byte(&self, index: usize) -> usize {
        match &self.offsets {
            None => index.min(self.len),
            Some(offsets) => offsets.get(index).map_or(self.len, |&at| at as usize),
        }
    }

    fn span(&self, at: CharSpan) -> Span {
        Span::new(self.byte(at.start.index()), self.byte(at.end.index()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_path_leads_to_its_bytes() {
        let text = "title: \"Ґрунт\"\nrows:\n  - {who: a, cite: \"x; y\"}\n  - who: b\n";
        let check = |path: KeyPath, part: Part, expected: &str| {
            let places = Places::read(text).expect("YAML");
            let span = places.find(text, &path, &part).expect("a place");
            assert_eq!(&text[span.range()], expected, "{path}");
        };
        let row = |at| KeyPath::key("rows").at(at);
        check(KeyPath::key("title"), Part::Value, "\"Ґрунт\"");
        check(KeyPath::key("title"), Part::Key, "title");
        check(KeyPath::key("title"), Part::Within(0, 2), "Ґ");
        check(row(0).then("cite"), Part::Within(3, 4), "y");
        check(row(1).then("who"), Part::Value, "b");
        check(row(1).then("cite"), Part::Value, "who: b");
    }

    #[test]
    fn what_yaml_drops_is_seen() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found: Vec<(String, &str)> = lost_text(text)
                .into_iter()
                .map(|lost| (text[lost.span.range()].to_owned(), lost.taken_for))
                .collect();
            let found: Vec<(&str, &str)> = found.iter().map(|(text, what)| (text.as_str(), *what)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("a: list A #2 of", &[("#2 of", "a comment")]);
        check("# a comment\na: x\n  # another", &[]);
        check("a: \"#2\"\nb: x#y", &[]);
        check("a: #1 issue\nb: #2", &[("#1 issue", "a comment"), ("#2", "a comment")]);
        check("a:\n  - #x\n  - y", &[("#x", "a comment")]);
        check("a: [u1, #b\n  u2]", &[("#b", "a comment")]);
        check(
            "a: \"x\"# lost\nb: [y]#z\nc: #1",
            &[("# lost", "a comment"), ("#z", "a comment"), ("#1", "a comment")],
        );
        check("a: # to be filled in\nb: \"#1\"\nc: |\n  x: #1\n", &[]);
        check("a: &x y", &[("&x", "an anchor")]);
        check("a: !x y", &[("!x", "a tag")]);
        check("a: b & c\nd: x*y!", &[]);
        check("a: [x, y] # why\nb: \"x\" # why\nc: # why\n  - x   # why", &[]);
    }
}
