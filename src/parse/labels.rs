//! Labels of paragraphs: judgment, assumption, open question, answer, bottom line.
//!
//! In: the bold words that open a paragraph. Out: the label, or the form that was meant (content
//! model, section 2; the words of likelihood and confidence are those of ICD 203).

use crate::model::date::Date;

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
    /// Meant as a label; the form to write.
    Wrong(String),
    /// Just bold words.
    Plain,
}

/// Reads the bold words that open a paragraph.
pub fn read(words: &str) -> Read {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
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
        "Open question" => Date::parse(inner.strip_prefix("since ")?).ok().map(Label::OpenQuestion),
        "Answered" => Date::parse(inner).ok().map(Label::Answered),
        _ => None,
    }
}

/// The forms, by the words with which a paragraph that means them begins.
const FORMS: [(&str, &str); 8] = [
    ("judgment", "**Judgment (likely; moderate confidence).**"),
    ("judgement", "**Judgment (likely; moderate confidence).**"),
    ("assumption", "**Assumption.**"),
    ("open question", "**Open question (since 2025-03-26).**"),
    ("open-question", "**Open question (since 2025-03-26).**"),
    ("answered", "**Answered (2025-04-02).**"),
    ("bottom line", "**Bottom line.**"),
    ("bottom-line", "**Bottom line.**"),
];

fn meant(words: &str) -> Read {
    let lower = words.to_lowercase();
    let form = FORMS.iter().find(|(name, _)| {
        lower.strip_prefix(name).is_some_and(|rest| {
            let rest = rest.trim_start_matches('s');
            rest.is_empty()
                || rest.starts_with(['.', ':', ',', '(', '?'])
                || rest.starts_with(" (")
                || rest.starts_with(" –")
        })
    });
    form.map_or(Read::Plain, |(_, form)| Read::Wrong((*form).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_their_form_only() {
        let check = |words: &str, expected: Read| assert_eq!(read(words), expected, "{words}");
        let wrong = |form: &str| Read::Wrong(form.to_owned());
        check("Bottom line.", Read::Label(Label::BottomLine));
        check(
            "Judgment (very likely; low confidence).",
            Read::Label(Label::Judgment { likelihood: "very likely", confidence: "low" }),
        );
        check("Judgement (likely; low confidence).", wrong("**Judgment (likely; moderate confidence).**"));
        check("Judgment (probable; low confidence).", wrong("**Judgment (likely; moderate confidence).**"));
        check("Open question:", wrong("**Open question (since 2025-03-26).**"));
        check("Bottom line", wrong("**Bottom line.**"));
        check("Judgment day", Read::Plain);
        check("Note.", Read::Plain);
    }
}
