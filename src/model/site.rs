//! What `content/site.yaml` says of a wiki (content model, section 5).

use super::date::Day;
use super::date_words::DateOrder;
use super::duration::Duration;
use super::kind::Kind;
use super::value::Name;
use crate::diagnostic::{Code, Severity};

/// The wiki's settings, with every default filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    /// True where site.yaml is not there or its lists cannot be read: then words of these lists are
    /// not checked, so that one mistake there is not one in every page.
    pub lists_unread: bool,
    /// The name of the wiki.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Where it will stand, with a final `/`.
    pub base_url: Option<String>,
    /// The repository, without a final `/`.
    pub repository: Option<String>,
    /// The branch that is edited.
    pub branch: String,
    /// BCP 47 tag.
    pub language: String,
    /// How dates are printed.
    pub date_order: DateOrder,
    /// The licence's name and address.
    pub licence: Option<(String, Option<String>)>,
    /// The page that opens the home page.
    pub home: Option<Name>,
    /// The day a closed briefing speaks for.
    pub today: Option<Day>,
    /// The sides of the talks, which stand first.
    pub parties: Vec<Name>,
    /// Groups of issues and their headings.
    pub groups: Vec<(String, String)>,
    /// Stances and the words that readers see.
    pub stances: Vec<(String, String)>,
    /// How long a review holds.
    pub review_every: Vec<(Kind, Duration)>,
    /// Words that may stand only inside quotation marks.
    pub words_to_quote: Vec<String>,
    /// Codes that were moved; `None` is off.
    pub checks: Vec<(Code, Option<Severity>)>,
    /// Credit lines of maps.
    pub maps: Vec<(String, String)>,
}

/// The address of a site as the front of those of its pages: with a final `/`. `None` for one that cannot
/// be: another scheme than http and https, no host, blanks, a query or a fragment.
pub fn base_url(text: &str) -> Option<String> {
    let below = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = below.split('/').next().filter(|host| !host.is_empty())?;
    let sound = !below.contains(['?', '#']) && !below.contains(char::is_whitespace) && host != ".";
    sound.then(|| format!("{}/", text.trim_end_matches('/')))
}

impl Site {
    /// The words that readers see for a stance; the id itself for one that is not listed.
    pub fn stance<'a>(&'a self, id: &'a str) -> &'a str {
        self.stances.iter().find(|(key, _)| key == id).map_or(id, |(_, words)| words)
    }

    /// The severity of a code after `checks`; `None` is off.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        let moved = self.checks.iter().find(|(key, _)| *key == code).map(|(_, to)| *to);
        moved.unwrap_or(Some(code.severity()))
    }
}
