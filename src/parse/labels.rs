//! Labels of paragraphs: judgment, assumption, open question, answer, bottom line.
//!
//! In: the bold words that open a paragraph. Out: the label, or the form that was meant (content
//! model, section 2; the words of likelihood and confidence are those of ICD 203).

use crate::model::date::Date;
use crate::model::names::{nearest, one_line};

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// `**Judgment (likely; moderate confidence).**`
    Judgment {
        /// One of [`LIKELIHOODS`].
        likelihood: &'static str,
        /// One of [`CONFIDENCES`].
        confidence: &'static str,
    },
    /// `**Assumption.**`
    Assumption,
    /// `**Open question (since 2025-03-26).**`
    OpenQuestion(Date),
    /// `**Answered (2025-04-02).**`
    Answered(Date),
    /// `**Bottom line.**`
    BottomLine,
}

/// Words of likelihood, least likely first.
pub const LIKELIHOODS: [&str; 7] = [
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
];

/// Words of confidence.
pub const CONFIDENCES: [&str; 3] = ["low", "moderate", "high"];

/// What bold words at the start of a paragraph are.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// A label.
    Label(Label),
    /// Meant as a label.
    Wrong(Wrong),
    /// Just bold words.
    Plain,
}

/// A label in another form than the one that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The form to write.
    pub form: String,
    /// The label, where the form is sure.
    pub label: Option<Label>,
    /// What may stand in the brackets, where something must.
    pub help: Option<String>,
    /// What is wrong.
    pub slip: Slip,
}

/// What is wrong with a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Its words.
    Form,
    /// It opens an entry of a list, not a paragraph.
    InList,
    /// It stands inside a paragraph.
    Inside,
    /// Nothing stands behind it in its paragraph.
    Alone,
    /// No blank stands behind it, so that it is not bold either.
    NoBlank,
    /// A blank stands between its words and the stars, so that it is not bold.
    BlankInside,
}

impl Wrong {
    /// A label in its right words at a wrong place.
    pub fn misplaced(words: &str, slip: Slip) -> Option<Wrong> {
        match read(words) {
            Read::Plain => None,
            Read::Wrong(wrong) => Some(Wrong { slip, ..wrong }),
            Read::Label(_) => {
                Some(Wrong { form: format!("**{}**", one_line(words)), label: None, help: None, slip })
            }
        }
    }
}

/// Other words for a label, which are one only with brackets behind them.
const OTHER_NAMES: [(&str, &str); 2] = [("question", "Open question"), ("answer", "Answered")];

/// Reads the bold words that open a paragraph.
pub fn read(words: &str) -> Read {
    let words = one_line(words);
    exact(&words).map_or_else(|| meant(&words), Read::Label)
}

fn exact(words: &str) -> Option<Label> {
    match words {
        "Assumption." => return Some(Label::Assumption),
        "Bottom line." => return Some(Label::BottomLine),
        _ => {}
    }
    let (name, inner) = words.strip_suffix(").")?.split_once(" (")?;
    match name {
        "Judgment" => {
            let (likelihood, confidence) = inner.split_once("; ")?;
            let confidence = confidence.strip_suffix(" confidence")?;
            Some(Label::Judgment {
                likelihood: LIKELIHOODS.into_iter().find(|word| *word == likelihood)?,
                confidence: CONFIDENCES.into_iter().find(|word| *word == confidence)?,
            })
        }
        // A span that is open at one end says nothing of since when.
        "Open question" => Date::parse(inner.strip_prefix("since ")?)
            .ok()
            .filter(|date| date.earliest().is_some() && date.latest().is_some())
            .map(Label::OpenQuestion),
        "Answered" => Date::parse(inner).ok().map(Label::Answered),
        _ => None,
    }
}

/// The labels, by the words with which a paragraph that means them begins.
const NAMES: [(&str, &str); 8] = [
    ("judgment", "Judgment"),
    ("judgement", "Judgment"),
    ("assumption", "Assumption"),
    ("open question", "Open question"),
    ("open-question", "Open question"),
    ("answered", "Answered"),
    ("bottom line", "Bottom line"),
    ("bottom-line", "Bottom line"),
];

fn meant(words: &str) -> Read {
    let lower = words.to_lowercase();
    let found = NAMES.iter().find_map(|(name, right)| {
        let rest = lower.strip_prefix(name)?;
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let label = rest.is_empty()
            || rest.starts_with(['.', ':', ',', '(', '?'])
            || [" (", " –", " —", " -", " since "].iter().any(|mark| rest.starts_with(mark))
            || rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        label.then_some((rest, *right))
    });
    let Some((rest, right)) = found.or_else(|| misspelt(&lower)) else { return Read::Plain };
    let inner = rest.trim_matches(['.', ':', ',', ' ', '–', '—', '-', '?']);
    let inner = inner.trim_start_matches('(').trim_end_matches([')', '.', ':']).trim();
    let form = match right {
        "Judgment" => judgment(inner),
        "Open question" => {
            let form = format!("Open question (since {}).", date(inner));
            // A date without a beginning or an end is none to count from.
            match exact(&form) {
                Some(_) => form,
                None => "Open question (since YYYY-MM-DD).".to_owned(),
            }
        }
        "Answered" => format!("Answered ({}).", date(inner)),
        plain => format!("{plain}."),
    };
    // A slip in spelling, case or punctuation leaves no doubt of what was meant.
    let label = exact(&form).filter(|_| inner.is_empty() || !matches!(right, "Assumption" | "Bottom line"));
    let help = match right {
        _ if label.is_some() => None,
        "Judgment" => Some(format!(
            "likelihood is one of {}; confidence is {}",
            LIKELIHOODS.join(", "),
            CONFIDENCES.join(", ")
        )),
        "Open question" => Some("write the day since which the question is open, year first".to_owned()),
        "Answered" => Some("write the day of the answer, year first".to_owned()),
        _ => Some("the label stands by itself in bold; what it says follows in plain letters".to_owned()),
    };
    Read::Wrong(Wrong { form: format!("**{form}**"), label, help, slip: Slip::Form })
}

/// A label with a slip in its name or another word for it, and what follows: with brackets behind it, it is
/// hardly anything else.
fn misspelt(words: &str) -> Option<(&str, &'static str)> {
    let (name, _) = words.split_once(" (")?;
    if !words.trim_end_matches(['.', ':']).ends_with(')') {
        return None;
    }
    let right = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, right)| *right);
    let right = right.or_else(|| {
        let meant = nearest(name, NAMES.iter().map(|(other, _)| *other))?;
        NAMES.iter().find(|(other, _)| *other == meant).map(|(_, right)| *right)
    })?;
    Some((&words[name.len()..], right))
}

/// The form of a judgment with the words that are right; what cannot be read is left open, because a word
/// that was not written would change the judgment.
fn judgment(inner: &str) -> String {
    let (mut likelihoods, mut confidences, mut others) = (Vec::new(), Vec::new(), false);
    let inner =
        inner.replace([" - ", " – ", " — "].iter().find(|mark| inner.contains(**mark)).unwrap_or(&";"), ";");
    for part in inner.split([';', ',']).map(str::trim) {
        let level = part.strip_suffix("confidence").map_or(part, str::trim);
        if let Some(word) = CONFIDENCES.into_iter().find(|word| *word == level) {
            confidences.push(word);
        } else if let Some(word) = LIKELIHOODS.into_iter().find(|word| *word == part) {
            likelihoods.push(word);
        } else {
            others = true;
        }
    }
    let only = |words: &[&'static str]| if let [word] = words { *word } else { "…" };
    // Words that are neither, such as a condition, must not be dropped in silence.
    let left = if others && likelihoods.len() == 1 && confidences.len() == 1 { "; …" } else { "" };
    format!("Judgment ({}; {} confidence{left}).", only(&likelihoods), only(&confidences))
}

/// The writer's own date in its form, or where to write one.
fn date(inner: &str) -> String {
    let words = ["since ", "on ", "from "];
    let written = words.iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner).trim();
    match Date::parse(written) {
        Ok(date) => date.to_string(),
        Err(error) => error.error.fix.unwrap_or_else(|| "YYYY-MM-DD".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_their_form_only() {
        let check = |words: &str, expected: Read| assert_eq!(read(words), expected, "{words}");
        let check_wrong = |words: &str, expected: &str, sure: bool| match read(words) {
            Read::Wrong(wrong) => assert_eq!((wrong.form.as_str(), wrong.label.is_some()), (expected, sure)),
            other => panic!("{words}: {other:?}"),
        };
        // What stands in the label besides its name is never dropped.
        check_wrong("Bottom line: both sides reject it.", "**Bottom line.**", false);
        check_wrong(
            "Judgment (likely; moderate confidence; if talks resume).",
            "**Judgment (likely; moderate confidence; …).**",
            false,
        );
        check_wrong(
            "Judgment (likely; unlikely; high confidence).",
            "**Judgment (…; high confidence).**",
            false,
        );
        check("Bottom line.", Read::Label(Label::BottomLine));
        check(
            "Judgment (very likely; low confidence).",
            Read::Label(Label::Judgment { likelihood: "very likely", confidence: "low" }),
        );
        check_wrong("Judgement (likely; low confidence).", "**Judgment (likely; low confidence).**", true);
        check_wrong("Judgment (likely, low confidence):", "**Judgment (likely; low confidence).**", true);
        check_wrong("Judgment (probable; high confidence).", "**Judgment (…; high confidence).**", false);
        check_wrong("Judgment (likely).", "**Judgment (likely; … confidence).**", false);
        check_wrong("Judgment (high confidence, likely).", "**Judgment (likely; high confidence).**", true);
        check_wrong("Open question:", "**Open question (since YYYY-MM-DD).**", false);
        check_wrong("Open question (since 14 December 2025).", "**Open question (since 2025-12-14).**", true);
        check_wrong("Open question (2025-12-14)", "**Open question (since 2025-12-14).**", true);
        check_wrong("Answered (14 December 2025).", "**Answered (2025-12-14).**", true);
        check_wrong("Answered (03/11/2025).", "**Answered (YYYY-MM-DD).**", false);
        check_wrong("Bottom line", "**Bottom line.**", true);
        check_wrong("Open question (since ../2025).", "**Open question (since YYYY-MM-DD).**", false);
        check_wrong("Jugdment (likely; low confidence).", "**Judgment (likely; low confidence).**", true);
        check_wrong("Answer (2025-04-02).", "**Answered (2025-04-02).**", true);
        check_wrong("Question (since 2025-04-02).", "**Open question (since 2025-04-02).**", true);
        check("Question.", Read::Plain);
        check("Asked (again).", Read::Plain);
        check("Judgment day", Read::Plain);
        check("Note.", Read::Plain);
    }
}
