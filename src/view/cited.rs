//! What notes say of a source, made once for all pages that cite it.
//!
//! In: the sources of the wiki. Out: for each its label and the parts of its entry that are the same on every page.

use super::desk::Desk;
use crate::markup::Html;
use crate::model::kind::Kind;
use crate::resolve::PageRef;

/// What is said of one source.
#[derive(Debug)]
pub struct Cited {
    /// Its short title, or publisher and date.
    pub label: String,
    /// What stands before its title: the authors.
    pub before: Html,
    /// A link by its title, from behind the way to the site's root on.
    pub link: Html,
    /// What stands behind its title: publisher and date.
    pub behind: Html,
    /// Its address, as a link; empty if it has none.
    pub url: Html,
}

/// What is said of each source.
#[derive(Debug, Default)]
pub struct CitedSources {
    /// The first source: the pages of a kind stand in a row.
    first: usize,
    sources: Vec<Cited>,
}

impl CitedSources {
    /// Gathers it; none of it depends on where the page of the desk stands.
    pub fn new(desk: &Desk<'_>) -> CitedSources {
        let all = || desk.wiki().of_kind(Kind::Source);
        CitedSources {
            first: all().next().map_or(0, |(at, _)| at.index()),
            sources: all().map(|(at, _)| cited(desk, at)).collect(),
        }
    }

    /// What is said of a source.
    pub fn get(&self, source: PageRef) -> Option<&Cited> {
        self.sources.get(source.index().checked_sub(self.first)?)
    }

    /// The source in a few words.
    pub fn label(&self, source: PageRef) -> &str {
        self.get(source).map_or("", |cited| cited.label.as_str())
    }
}

fn cited(desk: &Desk<'_>, at: PageRef) -> Cited {
    let source = desk.page(at);
    let record = source.record();
    let (publisher, date) = (record.text("publisher"), record.date("date"));
    let label = match (source.document.called().short.as_deref(), date) {
        (Some(short), _) => short.to_owned(),
        (None, Some(date)) => format!("{}, {}", publisher.unwrap_or(source.title()), desk.date_words(date)),
        (None, None) => publisher.unwrap_or(source.title()).to_owned(),
    };
    let (mut before, mut behind) = (Html::new(), Html::new());
    let authors = record.texts("authors");
    if !authors.is_empty() {
        before.push(&authors.join(", ")).tag(", ");
    }
    if let Some(publisher) = publisher {
        behind.tag(", ").push(publisher);
    }
    if let Some(date) = date {
        behind.tag(", ").add(&desk.date(date));
    }
    let url = record.text("url").map_or_else(Html::new, |url| desk.outside(url));
    let link = desk.rest_of_link(at, source.title());
    Cited { label, before, link, behind, url }
}
