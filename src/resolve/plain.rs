//! Text without marks, for cards, previews and the sentences around links.
//!
//! In: text that parsing took from Markdown. Out: the words that readers see: parsing cannot know the
//! short title of a page that is linked by its id, so it leaves a gap there, which is filled here.

use super::{Page, PageRef, Resolved, Target, Wiki};
use crate::model::value::ProseId;
use crate::parse::{Document, GAP_END, GAP_START, Link, has_gaps};
use std::borrow::Cow;

impl Wiki<'_> {
    /// The words of a link that has none of its own: by id the page's short title, by title or alias
    /// just what is written; with a heading its text behind a colon, and of the own page the heading's text alone
    /// (content model, section 2).
    pub fn link_words<'l>(
        &'l self,
        document: &'l Document,
        link: &'l Link,
        target: Option<&Target>,
    ) -> Cow<'l, str> {
        if let Some(heading) = target.and_then(|target| target.heading_of(document)) {
            return Cow::Borrowed(&heading.text);
        }
        let Some(Target::Page { page, heading }) = target else {
            let own_heading = link.heading.as_ref().filter(|_| link.target.is_empty());
            return Cow::Borrowed(own_heading.unwrap_or(&link.target));
        };
        let page = self.page(*page);
        let name = if page.id() == &*link.target { page.short() } else { &link.target };
        let headings = page.document.body().map_or(&[][..], |body| &body.headings);
        let heading = heading.and_then(|at| headings.get(at as usize));
        match heading {
            Some(heading) => Cow::Owned(format!("{name}: {}", heading.text)),
            None => Cow::Borrowed(name),
        }
    }

    /// Text of a piece of Markdown with its gaps filled.
    pub fn plain<'t>(
        &self,
        document: &Document,
        resolved: &Resolved,
        id: ProseId,
        text: &'t str,
    ) -> Cow<'t, str> {
        if !has_gaps(text) {
            return Cow::Borrowed(text);
        }
        let prose = document.proses.get(id.index());
        let targets = resolved.links.get(id.index());
        let mut words = String::with_capacity(text.len());
        for (at, part) in text.split(GAP_START).enumerate() {
            match part.split_once(GAP_END).filter(|_| at > 0) {
                Some((number, rest)) => {
                    let number: usize = number.parse().unwrap_or(usize::MAX);
                    if let Some(link) = prose.and_then(|prose| prose.links.get(number)) {
                        words.push_str(&self.link_words(
                            document,
                            link,
                            targets.and_then(|targets| targets.get(number)),
                        ));
                    }
                    words.push_str(rest);
                }
                None => words.push_str(part),
            }
        }
        Cow::Owned(words)
    }

    /// Text of a page's body with its gaps filled.
    pub fn plain_body<'t>(&self, page: &Page<'_>, text: &'t str) -> Cow<'t, str> {
        self.plain(page.document, &page.resolved, ProseId::BODY, text)
    }

    /// The words for cards and previews: the summary, else the first sentence of the bottom line or body.
    pub fn summary(&self, at: PageRef) -> Cow<'_, str> {
        let page = self.page(at);
        if let Some(summary) = page.record().text("summary") {
            return Cow::Borrowed(summary);
        }
        let first = page.document.body().map_or("", |body| body.first.as_str());
        self.plain_body(page, crate::model::names::first_sentence(first))
    }
}
