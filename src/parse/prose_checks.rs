//! What can be wrong in a piece of Markdown by itself.
//!
//! In: its reading. Out: findings: forms that are not read, addresses nobody can open, skipped
//! headings, empty link words; what is quoted and what should be.

use super::Findings;
use super::cite_forms::{self, WIDE_MARKS};
use super::labels::Slip;
use super::markdown::{Problem, ProblemKind};
use super::prose::{Home, How, Link, Reading};
use super::quoted_words::Words;
use super::text_slips;
use crate::diagnostic::{Code, Finding, Place};
use crate::model::site::Site;
use crate::source::{FileId, Span};
use std::collections::BTreeSet;

/// Finds what is wrong in a piece of Markdown without knowing other pages.
pub fn check_prose(reading: &Reading<'_>, text: &str, file: FileId, site: &Site, findings: &mut Findings) {
    let checks = Checks { reading, text, file };
    let mut opened: BTreeSet<&str> = BTreeSet::new();
    for problem in &reading.problems {
        // The end of an element is told with its beginning.
        let closing = problem.what == ProblemKind::Html && !opened.insert(tag(checks.words(problem)));
        if !(closing && checks.words(problem).starts_with("</")) {
            findings.push(checks.problem(problem));
        }
    }
    findings.extend(reading.bad_labels.iter().map(|(span, wrong)| {
        let (message, label) = match wrong.slip {
            Slip::Form => ("this label is not written in its form", format!("expected {}", wrong.form)),
            Slip::InList => (
                "a label opens a paragraph, and this is an entry of a list",
                "take it out of the list, with an empty line above and below".to_owned(),
            ),
            Slip::Inside => (
                "a label opens a paragraph, and this stands inside one",
                "put an empty line before it".to_owned(),
            ),
            Slip::Alone => (
                "nothing stands behind this label",
                "put the text behind it, in the same paragraph".to_owned(),
            ),
            Slip::NoBlank => (
                "a blank is missing behind this label, so it is none",
                format!("write {} and a blank behind it", wrong.form),
            ),
            Slip::BlankInside => (
                "a blank stands inside the stars of this label, so it is none",
                format!("write {}", wrong.form),
            ),
        };
        let sure = wrong.label.is_some() && wrong.slip == Slip::Form;
        let finding = checks.at(Code::BadLabel, *span, message).label(label);
        let mut finding = finding.maybe_fix(sure.then(|| wrong.form.clone()));
        finding.help = wrong.help.clone();
        finding
    }));
    findings.extend(reading.prose.links.iter().filter_map(|link| checks.link(link)));
    checks.headings(findings);
    let place = |span| place(&reading.prose.home, file, span);
    let words = Words { place: &place, text };
    for block in reading.blocks() {
        words.check(block, site, findings);
    }
}

struct Checks<'a> {
    reading: &'a Reading<'a>,
    text: &'a str,
    file: FileId,
}

impl Checks<'_> {
    fn at(&self, code: Code, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(code, place(&self.reading.prose.home, self.file, span), message)
    }

    fn words(&self, problem: &Problem) -> &str {
        &self.text[problem.span.clamp(self.text).range()]
    }

    fn problem(&self, problem: &Problem) -> Finding {
        let words = self.words(problem);
        match &problem.what {
            ProblemKind::Citation(fix) => {
                let finding =
                    self.at(Code::BadCitation, problem.span, "this citation has a form that is not read");
                let bare = words.trim_start_matches('@').trim_start_matches(WIDE_MARKS);
                match fix.clone().or_else(|| cite_forms::in_text(words)) {
                    Some(fix) => finding.label(format!("write {fix}")).fix(fix),
                    None if bare.len() < words.len() => finding.label(format!("write [@{bare}]")).help(
                        format!("the name of an account that is no source stands in backticks: `@{bare}`"),
                    ),
                    None => finding.label("expected [@id], [@id, p. 2] or [@id; @id]").help(
                        "only the id of a source, a place after a comma, and `;` between sources are read",
                    ),
                }
            }
            ProblemKind::Html => self.html(problem.span, words),
            ProblemKind::CommentSwallows => self
                .at(Code::RawHtml, problem.span, "this comment takes text with it that stands behind it")
                .label("end it with --> and begin the text on a new line"),
            ProblemKind::Footnote(name) => {
                let finding =
                    self.at(Code::UndefinedFootnote, problem.span, format!("there is no footnote `{name}`"));
                let (before, behind) = self.text.split_at(problem.span.clamp(self.text).start as usize);
                let opens_line = before.is_empty() || before.ends_with('\n');
                let words = behind.get(name.len() + 3..).unwrap_or_default();
                finding.label(if !matches!(self.reading.prose.home, Home::Body(_)) {
                    "a field takes no footnote: write the note in the text, or cite a source".to_owned()
                } else if opens_line && words.starts_with(' ') {
                    format!("a colon is missing, if this is the note: `[^{name}]: …`")
                } else {
                    format!("expected a line `[^{name}]: …` further below")
                })
            }
            ProblemKind::Unmarked(name) => self
                .at(Code::UndefinedFootnote, problem.span, format!("nobody would see this footnote `{name}`"))
                .label(format!(
                    "expected one mark or more `[^{name}]` in the text, and one note of this name"
                )),
            ProblemKind::Slip(slip) => {
                let (code, message, label, fix) = text_slips::told(slip);
                self.at(code, problem.span, message).label(label).maybe_fix(fix)
            }
        }
    }

    fn html(&self, span: Span, words: &str) -> Finding {
        let name = tag(words).to_ascii_lowercase();
        let instead = match name.as_str() {
            "b" | "strong" => "write **words** for bold",
            "i" | "em" => "write *words* for italics",
            "a" => "write [words](address) for a link",
            "img" => "write ![description](file.png) for an image",
            "br" => {
                "take it out; for a new line inside a paragraph end the one before with a backslash, in a table \
                 write a semicolon"
            }
            "hr" => "write a line of three stars for a line across the page",
            "p" | "div" | "span" => {
                "leave an empty line between paragraphs; colours and sizes are the theme's"
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write ## and a space before a heading",
            "ul" | "ol" | "li" => "begin the lines of a list with `- ` or `1. `",
            "table" | "tr" | "td" | "th" | "thead" | "tbody" => "write a table with | between the cells",
            "blockquote" => "begin the lines of a quotation with `> `",
            "code" | "pre" => "put code between backticks",
            "del" | "s" | "strike" => "write ~~words~~ for struck-out words",
            "sup" | "sub" => "write the words plainly; for a note write [^1]",
            "details" | "summary" => "write a heading, or a callout such as `> [!NOTE]`",
            "script" | "iframe" | "style" | "object" | "embed" => "take it out: pages load and run nothing",
            _ => "write it in Markdown, or put it in backticks to show it as it is",
        };
        self.at(Code::RawHtml, span, "raw HTML is not taken").label(instead)
    }

    fn link(&self, link: &Link) -> Option<Finding> {
        match link.how {
            How::Image if link.label.is_none() => Some(
                self.at(Code::ImageDescription, link.span, "this image has no description")
                    .label("write ![what it shows](file.png)")
                    .help("readers who do not see the image read its description"),
            ),
            How::Image | How::Markdown => self.scheme(link).or_else(|| self.vague(link)),
            How::Wiki => self.vague(link),
            How::Embed => None,
        }
    }

    fn scheme(&self, link: &Link) -> Option<Finding> {
        let target = link.target.trim();
        let scheme = scheme_of(target);
        let sound = match scheme.as_deref() {
            None => !target.starts_with("//"),
            Some("https" | "http") => link.how == How::Markdown,
            Some("mailto") => link.how == How::Markdown,
            Some(_) => false,
        };
        if sound {
            return None;
        }
        if link.how == How::Image {
            let elsewhere = matches!(scheme.as_deref(), Some("https" | "http")) || target.starts_with("//");
            let message = match elsewhere {
                true => "this image lies elsewhere; pages load nothing from elsewhere".to_owned(),
                false => format!("`{}` is no image of the wiki", cut(target)),
            };
            return Some(
                self.at(Code::BadScheme, link.span, message)
                    .label("put the file beside the page and name it here"),
            );
        }
        Some(
            self.at(
                Code::BadScheme,
                link.span,
                format!("`{}` is not an address that readers can open", cut(target)),
            )
            .label("expected an address that begins with https://, http:// or mailto:"),
        )
    }

    fn vague(&self, link: &Link) -> Option<Finding> {
        let label = link.label.as_deref()?;
        let words = label.trim().trim_end_matches(['.', ':', '…']);
        let vague = [
            "",
            "here",
            "click here",
            "this",
            "link",
            "this link",
            "more",
            "read more",
            "this page",
            "source",
            "see here",
        ];
        vague.iter().any(|vague| vague.eq_ignore_ascii_case(words)).then(|| {
            let message = if words.is_empty() {
                "this link has no words".to_owned()
            } else {
                format!("the words `{}` do not tell where the link leads", cut(label.trim()))
            };
            self.at(Code::VagueLinkText, link.span, message)
                .label("name what stands there")
                .help("some readers hear a list of a page's links without the text around them")
        })
    }

    fn headings(&self, findings: &mut Findings) {
        let mut before = 1;
        for heading in &self.reading.prose.headings {
            if heading.text.trim().is_empty() {
                // That it has no words is told.
            } else if self.is_first_level(heading.span) {
                findings.push(
                    self.at(
                        Code::HeadingSkipped,
                        heading.span.first_line(self.text),
                        "this heading has the level of the page's title",
                    )
                    .label(format!("expected `## {}`", cut(&heading.text)))
                    .help("the page's title is level 1, so its first headings begin with ##"),
                );
            } else if heading.level > before + 1 {
                let right = "#".repeat(usize::from(before) + 1);
                findings.push(
                    self.at(
                        Code::HeadingSkipped,
                        heading.span.first_line(self.text),
                        "this heading skips a level",
                    )
                    .label(format!("expected `{right} {}`", cut(&heading.text)))
                    .help("the page's title is level 1, so its first headings begin with ##"),
                );
            }
            before = heading.level;
        }
    }

    /// Whether a heading is written with one `#`, or with `===` below it.
    fn is_first_level(&self, span: Span) -> bool {
        let written = &self.text[span.clamp(self.text).range()];
        let marks = written.len() - written.trim_start_matches('#').len();
        marks == 1 || marks == 0 && written.lines().last().is_some_and(|line| line.trim().starts_with('='))
    }
}

/// The name in an HTML tag.
fn tag(words: &str) -> &str {
    let name = words.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    &name[..end]
}

/// The place of a span of a piece of Markdown.
pub fn place(home: &Home, file: FileId, span: Span) -> Place {
    match home {
        Home::Body(start) => Place::span(file, span.shift(*start)),
        Home::Field(path, _) => Place::within(file, path.clone(), span.range()),
    }
}

/// The scheme of an address in lower case (RFC 3986, section 3.1); browsers skip white space and
/// control characters in it, and so does this.
pub fn scheme_of(address: &str) -> Option<String> {
    let clean: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = clean.split_once(':')?;
    let mut letters = scheme.chars();
    let sound = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    sound.then(|| scheme.to_ascii_lowercase())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
