//! What is wrong with one written value. In: what a value parser found out.
//! Out: the sentence, the place and the sure replacement that a finding shows.

use std::fmt;
use std::ops::Range;

/// Why a value cannot be read, told to an analyst who is no programmer
/// (content-model.md, section 7: every finding says what was expected and,
/// where one is sure, carries a fix).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// A plain sentence that starts in lower case and has no full stop.
    pub message: String,
    /// What would have been right, as an example: "a date such as 2025-03-11".
    pub expected: &'static str,
    /// The bytes of the value that are wrong; `None` means all of it.
    pub at: Option<Range<usize>>,
    /// The text for the whole value, only if no other can be meant.
    pub fix: Option<String>,
}

impl ValueError {
    /// An error about the whole value, without a fix.
    pub fn new(message: impl Into<String>, expected: &'static str) -> Self {
        Self { message: message.into(), expected, at: None, fix: None }
    }

    /// The same error about a part of the value.
    #[must_use]
    pub fn at(self, at: Range<usize>) -> Self {
        Self { at: Some(at), ..self }
    }

    /// The same error with the text that is meant, if there is one.
    #[must_use]
    pub fn with_fix(self, fix: Option<String>) -> Self {
        Self { fix, ..self }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ValueError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_prints_its_sentence() {
        let error = ValueError::new("the date is empty", "a date").at(0..1).with_fix(Some("2025".into()));
        assert_eq!(error.to_string(), "the date is empty");
        assert_eq!((error.at, error.fix), (Some(0..1), Some("2025".into())));
    }
}
