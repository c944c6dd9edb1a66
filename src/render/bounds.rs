//! Bounds of templates: a template is a program, and its engine ends the run where one nests too deep.
//!
//! In: the templates as they were read. Out: findings on those that the engine could not read, or that would not
//! end. They are bounds against mistakes; what a template can be made to do on purpose has no bound.

use super::calls::{self, MOST_LOOPS, MULTIPLIED, Name, Part, finding};
use super::slips::Source;
use super::tags::{Tag, names, outside_quotes, tags};
use crate::diagnostic::{Code, Finding, Place};
use crate::parse::Findings;
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest tags within tags. The engine reads `elif` as an `if` in the branch before.
const DEEPEST: usize = 100;

/// Most bytes of a template times what it can have mistakes in: for each the engine looks for its line, and shows it.
const LARGEST: usize = 256 << 20;

/// What is found beyond the bounds.
pub(super) struct Beyond {
    /// The findings.
    pub findings: Findings,
    /// Whether they are on calls, so that no template can be read.
    pub of_calls: bool,
}

/// What the engine could not read, or what would not end.
pub(super) fn check(sources: &[Source]) -> Beyond {
    let mut findings = Findings::new();
    let mut parts = BTreeMap::new();
    for source in sources {
        findings.extend(too_long(source));
        let mut reader = Reader::new(source);
        tags(&source.text).for_each(|tag| reader.tag(tag));
        findings.append(&mut reader.findings);
        parts.extend(reader.parts);
    }
    let of_calls = calls::check(&parts);
    let beyond = of_calls.is_some();
    findings.extend(of_calls);
    Beyond { findings, of_calls: beyond }
}

/// A tag that is open.
struct Open<'t> {
    /// The word that ends it.
    end: &'static str,
    /// How deep the engine goes for it.
    levels: usize,
    /// The list of a loop.
    list: &'t str,
    /// Whether this is a loop that goes through a list anew: through numbers, or through an outer loop's list.
    is_anew: bool,
    /// The name that a block of text is set to, and how often it stands in that text.
    sets: Option<(&'t str, usize)>,
    /// The part that goes on behind it, where this is a component.
    outer: Option<Name<'t>>,
}

/// Reads the tags of one template.
struct Reader<'t> {
    file: FileId,
    open: Vec<Open<'t>>,
    part: Name<'t>,
    parts: BTreeMap<Name<'t>, Part<'t>>,
    /// How deep the engine goes for the tags that are open.
    levels: usize,
    findings: Findings,
}

impl<'t> Reader<'t> {
    fn new(source: &'t Source) -> Reader<'t> {
        let part = Name::Template(&source.name);
        let parts = BTreeMap::from([(part, Part { file: source.file, calls: Vec::new(), loops: 0 })]);
        Reader { file: source.file, open: Vec::new(), part, parts, levels: 0, findings: Findings::new() }
    }

    /// Reads a tag; behind one that stands too deep, nothing is read.
    fn tag(&mut self, tag: Tag<'t>) {
        if self.levels > DEEPEST {
            return;
        }
        self.texts_set(tag);
        for word in ["include", "extends"] {
            if let Some(name) = tag.named(word) {
                self.call(Name::Template(name), tag.span);
            }
        }
        for name in components(tag.text) {
            self.call(Name::Component(name), tag.span);
        }
        self.opens(tag);
        self.levels = self.open.iter().map(|open| open.levels).sum();
        if self.levels > DEEPEST {
            let message = format!("more than {DEEPEST} tags stand in each other; each `elif` counts as one");
            self.found(tag.span, message, "move some of them into a template of their own and `include` it");
        }
    }

    /// What a tag opens or closes.
    fn opens(&mut self, tag: Tag<'t>) {
        let open = |end| Open { end, levels: 1, list: "", is_anew: false, sets: None, outer: None };
        if tag.after("if").is_some() {
            self.open.push(open("endif"));
        } else if tag.after("elif").is_some() {
            if let Some(last) = self.open.last_mut().filter(|last| last.end == "endif") {
                last.levels += 1;
            }
        } else if let Some(rest) = tag.after("for") {
            let list = behind_in(rest);
            let is_outer = |open: &Open<'_>| open.list == list && !list.is_empty();
            let is_anew = names(list).any(|name| name == "range") || self.open.iter().any(is_outer);
            self.open.push(Open { list, is_anew, ..open("endfor") });
            self.count_loops(tag.span);
        } else if tag.after("else").is_some() {
            // What stands behind the `else` of a loop is in no round of it.
            if let Some(last) = self.open.last_mut().filter(|last| last.end == "endfor") {
                (last.list, last.is_anew) = ("", false);
            }
        } else if let Some(rest) = set(tag) {
            let name = names(rest).next().unwrap_or_default();
            let is_block = rest.strip_prefix(name).is_some_and(|rest| !rest.trim_start().starts_with('='));
            if is_block {
                self.open.push(Open { sets: Some((name, 0)), ..open("endset") });
            }
        } else if let Some(rest) = tag.after("component") {
            let part = Name::Component(dotted(rest));
            self.parts.entry(part).or_insert(Part { file: self.file, calls: Vec::new(), loops: 0 });
            self.open.push(Open { outer: Some(self.part), ..open("endcomponent") });
            self.part = part;
        } else if tag.after("block").is_some() {
            self.open.push(open("endblock"));
        } else if tag.after("filter").is_some() {
            self.open.push(open("endfilter"));
        } else if let Some(at) = self.open.iter().rposition(|open| tag.after(open.end).is_some()) {
            self.part = self.open[at].outer.unwrap_or(self.part);
            self.open.truncate(at);
        }
    }

    /// Whether the text of a `set` is twice the text before.
    fn texts_set(&mut self, tag: Tag<'t>) {
        let in_place =
            set(tag).and_then(|rest| rest.split_once('=')).map(|(name, value)| (name.trim(), value));
        let is_again = |part: &str, name: &str| part.split('|').next().unwrap_or_default().trim() == name;
        let doubled = match in_place {
            Some((name, value)) => {
                (value.split('~').filter(|part| is_again(part, name)).count() > 1).then_some(name)
            }
            None if tag.is_statement => None,
            // Of the branches of an `if` one is taken.
            None => self.open.last_mut().and_then(|open| {
                let (name, times) = open.sets.as_mut()?;
                *times += usize::from(is_again(tag.text, name));
                (*times == 2 && is_again(tag.text, name)).then_some(*name)
            }),
        };
        if let Some(name) = doubled {
            let message = format!("the text `{name}` is joined with itself, and doubles");
            self.found(tag.span, message, "give the new text another name");
        }
    }

    fn call(&mut self, name: Name<'t>, span: Span) {
        let loops = self.loops();
        if let Some(part) = self.parts.get_mut(&self.part) {
            part.calls.push((name, loops, span));
        }
    }

    fn loops(&self) -> usize {
        self.open.iter().filter(|open| open.is_anew).count()
    }

    fn count_loops(&mut self, span: Span) {
        let loops = self.loops();
        if let Some(part) = self.parts.get_mut(&self.part) {
            part.loops = part.loops.max(loops);
        }
        if loops == MOST_LOOPS + 1 && self.open.last().is_some_and(|open| open.is_anew) {
            self.found(span, MULTIPLIED.0.into(), MULTIPLIED.1);
        }
    }

    fn found(&mut self, span: Span, message: String, help: &str) {
        self.findings.push(finding(self.file, span, message, help));
    }
}

/// The components that are used in a tag: behind a value `<` compares.
fn components(text: &str) -> impl Iterator<Item = &str> {
    let ends_value = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ')' | ']' | '"' | '\'' | '`');
    let compares = move |before: &str| {
        let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        before.ends_with(ends_value) && !OPERATORS.contains(&word)
    };
    let signs = outside_quotes(text).filter(|(_, byte)| *byte == b'<');
    let names = signs.filter(move |(at, _)| !compares(text[..*at].trim_end()));
    names.map(|(at, _)| dotted(text[at + 1..].trim_start())).filter(|name| !name.is_empty())
}

/// Words behind which a value begins.
const OPERATORS: [&str; 6] = ["not", "and", "or", "else", "if", "in"];

/// The names of the templates of which some template uses a component.
pub(super) fn with_components(sources: &[Source]) -> impl Iterator<Item = &str> {
    let all = || sources.iter().flat_map(|source| tags(&source.text).map(move |tag| (source, tag)));
    let used: BTreeSet<&str> = all().flat_map(|(_, tag)| components(tag.text)).collect();
    let is_used = move |tag: Tag<'_>| tag.after("component").is_some_and(|rest| used.contains(dotted(rest)));
    all().filter(move |(_, tag)| is_used(*tag)).map(|(source, _)| source.name.as_str())
}

/// The list of a `for`: what stands behind its `in`.
fn behind_in(rest: &str) -> &str {
    let words = rest.match_indices("in").map(|(at, word)| (&rest[..at], &rest[at + word.len()..]));
    let mut words = words.filter(|(before, behind)| {
        before.ends_with(char::is_whitespace) && behind.starts_with(char::is_whitespace)
    });
    words.next().map_or("", |(_, list)| list.trim())
}

/// What follows the word of a `set`.
fn set(tag: Tag<'_>) -> Option<&str> {
    tag.after("set").or_else(|| tag.after("set_global"))
}

/// The name of a component that stands here.
fn dotted(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.')).next().unwrap_or_default()
}

/// A template with so much in its tags that the engine's reports about it would take minutes and fill the memory.
fn too_long(source: &Source) -> Option<Finding> {
    let can_fail = |tag: Tag<'_>| {
        let signs = tag.text.bytes().filter(|byte| matches!(byte, b'|' | b'(' | b'<')).count();
        1 + signs + tag.text.matches(" is").count()
    };
    let parts: usize = tags(&source.text).map(can_fail).sum();
    (source.text.len().saturating_mul(parts) > LARGEST).then(|| {
        let long = source.text.len() >> 10;
        let message = format!("`{}` is too long for all the tags in it: {long} kB", source.name);
        Finding::new(Code::Template, Place::file(source.file), message)
            .help("move some of it into templates of its own in `parts/` and `include` them")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in templates named `a`, `b`, and so on.
    fn found(texts: &[&str]) -> Vec<String> {
        let source = |(at, text): (usize, &&str)| {
            let name = char::from(b'a' + u8::try_from(at).unwrap()).to_string();
            Source { name, file: FileId(0), text: (*text).to_owned(), own: true }
        };
        let sources: Vec<Source> = texts.iter().enumerate().map(source).collect();
        check(&sources).findings.into_iter().map(|finding| finding.message).collect()
    }

    fn check_found(texts: &[&str], expected: &str) {
        let found = found(texts);
        let as_expected = match expected {
            "" => found.is_empty(),
            _ => found.len() == 1 && found[0].contains(expected),
        };
        let begins: Vec<String> = texts.iter().map(|text| text.chars().take(80).collect()).collect();
        assert!(as_expected, "{begins:?}: {found:?}");
    }

    #[test]
    fn tags_stand_in_each_other_up_to_a_depth() {
        let branches = |count: usize| format!("{{% if x %}}{}{{% endif %}}", "{% elif y %}".repeat(count));
        check_found(&[&branches(99)], "");
        check_found(&[&branches(100)], "more than 100 tags");
        // Those beside each other do not add up.
        check_found(&[&branches(60).repeat(3)], "");
        let nested = |count: usize| {
            let inner = format!("{{% if x %}}{}", "{% elif y %}".repeat(9));
            format!("{}{}", inner.repeat(count), "{% endif %}".repeat(count))
        };
        check_found(&[&nested(10)], "");
        check_found(&[&nested(11)], "more than 100 tags");
        check_found(&[&format!("{{# {} #}}", "{% if x %}".repeat(200))], "");
    }

    #[test]
    fn templates_call_each_other_up_to_a_depth_and_a_number() {
        let chain = |word: &str, count: u8| -> Vec<String> {
            let name = |at: u8| char::from(b'a' + at);
            let calls = (1..count).map(|at| format!("{{% {word} \"{}\" %}}", name(at)));
            calls.chain(["end".to_owned()]).collect()
        };
        let check_chain = |texts: Vec<String>, expected: &str| {
            check_found(&texts.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        };
        check_chain(chain("include", 32), "");
        check_chain(chain("include", 33), "more than 32 templates");
        check_chain(chain("extends", 33), "more than 32 templates");
        let twice = |count| chain("include", count).iter().map(|text| text.repeat(2)).collect();
        check_chain(twice(13), "");
        check_chain(twice(14), "more than 10000 templates");
        // The engine tells templates that include themselves.
        check_found(&["{% include \"b\" %}", "{% include \"a\" %}"], "");
    }

    #[test]
    fn a_component_does_not_use_itself() {
        let component = |name: &str, inner: &str| {
            format!("{{% component {name}(n: integer) %}}{inner}{{% endcomponent {name} %}}")
        };
        check_found(&[&component("c.d", "{{ <c.d n={n}/> }}")], "the component `c.d` uses itself");
        let through = component("c", "{{ <d n={n}/> }}") + &component("d", "{% <c n={n}> %}x{% </c> %}");
        check_found(&[&through], "uses itself, directly or through others");
        for used in ["{{ < c /> }}", "{% if not <c/> %}x{% endif %}", "{{ n if false else <c/> }}"] {
            check_found(&[&component("c", used)], "the component `c` uses itself");
        }
        check_found(&[&component("c", "{{ n }}"), "{{ <c n={1}/> }}"], "");
        check_found(&[&component("n", "{% if 1 <n %}{{ n ~ \"<n>\" }}{% endif %}")], "");
    }

    #[test]
    fn a_template_is_used_by_its_components() {
        let source = |name: &str, text: &str| Source {
            name: name.to_owned(),
            file: FileId(0),
            text: text.to_owned(),
            own: true,
        };
        let sources = [
            source("page", "{{ <card title={title}/> }}{% set x = \"<row/>\" %}"),
            source("cards", "{% component card(title: string) %}{{ title }}{% endcomponent card %}"),
            source("rows", "{% component row() %}x{% endcomponent row %}"),
        ];
        assert_eq!(with_components(&sources).collect::<Vec<_>>(), ["cards"]);
    }

    #[test]
    fn loops_that_multiply_are_told() {
        let nested = |heads: &[&str]| {
            let opened: String = heads.iter().map(|head| format!("{{% for {head} %}}")).collect();
            opened + &"{% endfor %}".repeat(heads.len())
        };
        let numbers = "a in range(end=9)";
        check_found(&[&nested(&[numbers; 3])], "");
        check_found(&[&nested(&[numbers; 4])], "four loops");
        check_found(&[&nested(&["a\nin\nrange(end=9)"; 4])], "four loops");
        check_found(&[&nested(&["a in x", "b in x", "c in x", "d in x"])], "");
        check_found(&[&nested(&["a in x"; 5])], "four loops");
        check_found(
            &[&nested(&["a in x", "b in a.l", "k, c in b | group_by(attribute=\"x\")", "d in c", "e in y"])],
            "",
        );
        check_found(&[&"{% for a in x %}a{% else %}".repeat(9)], "");
        // Through parts; and a loop beside others counts alone.
        let two = nested(&[numbers; 2]);
        let calls = two.replacen("{% endfor %}", "{% include \"b\" %}{% endfor %}", 1);
        check_found(&[&calls, &two], "four loops");
        check_found(&[&calls, &nested(&[numbers]).repeat(9)], "");
    }

    #[test]
    fn a_text_that_doubles_is_told() {
        let doubled = "the text `x` is joined with itself";
        check_found(&["{% set x = x ~ x %}"], doubled);
        check_found(&["{% set_global x = x ~ \"x\" ~ x | upper %}"], doubled);
        check_found(&["{% set x %}{{ x }} and {{ x | safe }}{% endset %}"], doubled);
        // One of the two is a condition, a field, or stands in another branch.
        check_found(&["{% set_global x = x ~ (\", \" if x else \"\") ~ x.y %}"], "");
        check_found(&["{% set x %}{% if x %}{{ x }}, a{% else %}{{ x }}{% endif %}{% endset %}"], "");
        check_found(&["{% set x = x ~ \"x\" ~ y %}{% set n = n + n %}{% set x = y ~ y %}"], "");
        check_found(&["{% set x %}{{ y }}{{ x }}{% endset %}{{ x }}{{ x }}"], "");
        // The engine tells names that are none.
        check_found(
            &["{% set é x %}{% set %}{% set \"é\" = é %}{% for é in é %}{% component é %}{{ <é/> }}"],
            "",
        );
    }

    #[test]
    fn a_template_with_too_much_in_it_is_told() {
        check_found(&[&"{{ a | b }}\n".repeat(3_000)], "");
        check_found(&[&"{{ a | b }}\n".repeat(4_000)], "`a` is too long for all the tags in it: 46 kB");
        check_found(&[&"<p>text (is)</p>\n".repeat(10_000)], "");
        check_found(&[&format!("{{% raw %}}{}{{% endraw %}}", "{{ a | b }}\n".repeat(9_000))], "");
    }
}
