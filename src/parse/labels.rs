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
const FORMS: [(&str, &str, &str); 8] = [
    ("judgment", "Judgment", "Judgment (likely; moderate confidence)."),
    ("judgement", "Judgment", "Judgment (likely; moderate confidence)."),
    ("assumption", "Assumption", "Assumption."),
    ("open question", "Open question", "Open question (since 2025-03-26)."),
    ("open-question", "Open question", "Open question (since 2025-03-26)."),
    ("answered", "Answered", "Answered (2025-04-02)."),
    ("bottom line", "Bottom line", "Bottom line."),
    ("bottom-line", "Bottom line", "Bottom line."),
];

fn meant(words: &str) -> Read {
    let lower = words.to_lowercase();
    let form = FORMS.iter().find_map(|(name, right, example)| {
        let rest = lower.strip_prefix(name)?;
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let label = rest.is_empty()
            || rest.starts_with(['.', ':', ',', '(', '?'])
            || rest.starts_with(" (")
            || rest.starts_with(" –");
        label.then_some((rest, right, example))
    });
    let Some((rest, right, example)) = form else { return Read::Plain };
    // A slip in spelling, case or punctuation leaves no doubt of what was meant.
    let rest = rest.trim_end_matches(['.', ':', ' ']).trim_start().replace(", ", "; ");
    let rest = if rest.is_empty() { rest } else { format!(" {rest}") };
    let sure = format!("{right}{rest}.");
    let label = exact(&sure);
    let form = if label.is_some() { sure } else { (*example).to_owned() };
    let help = (label.is_none() && *right == "Judgment").then(|| {
        format!("likelihood is one of {}; confidence is {}", LIKELIHOODS.join(", "), CONFIDENCES.join(", "))
    });
    Read::Wrong(Wrong { form: format!("**{form}**"), label, help })
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
        check("Bottom line.", Read::Label(Label::BottomLine));
        check(
            "Judgment (very likely; low confidence).",
            Read::Label(Label::Judgment { likelihood: "very likely", confidence: "low" }),
        );
        check_wrong("Judgement (likely; low confidence).", "**Judgment (likely; low confidence).**", true);
        check_wrong("Judgment (likely, low confidence):", "**Judgment (likely; low confidence).**", true);
        check_wrong(
            "Judgment (probable; low confidence).",
            "**Judgment (likely; moderate confidence).**",
            false,
        );
        check_wrong("Open question:", "**Open question (since 2025-03-26).**", false);
        check_wrong("Bottom line", "**Bottom line.**", true);
        check("Judgment day", Read::Plain);
        check("Note.", Read::Plain);
    }
}
