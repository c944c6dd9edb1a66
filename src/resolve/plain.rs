//! Text without marks, for cards, previews and the sentences around links.
//!
//! In: text that parsing took from Markdown. Out: the words that readers see: parsing cannot know the
//! short title of a page that is linked by its id, so it leaves a gap there, which is filled here.

use super::{Page, PageRef, Resolved, Target, Wiki};
use crate::model::value::ProseId;
use crate::parse::{Document, Heading, Link, fill_gaps, has_gaps};
use std::borrow::Cow;

impl Wiki<'_> {
    /// The words of a link that has none of its own: by id the page's short title, by title or alias
    /// just what is written; with a heading its text behind a colon, and of a heading of its own page that text
    /// alone (content model, section 2). The link stands in a document with what was resolved of it.
    pub fn link_words<'l>(
        &'l self,
        (document, resolved): (&'l Document, &Resolved),
        link: &'l Link,
        target: Option<&Target>,
    ) -> Cow<'l, str> {
        self.words((document, resolved), link, target, &|document, resolved, heading| {
            self.heading_words(document, resolved, heading)
        })
    }

    fn words<'l>(
        &'l self,
        (document, resolved): (&'l Document, &Resolved),
        link: &'l Link,
        target: Option<&Target>,
        of_heading: &dyn Fn(&Document, &Resolved, &'l Heading) -> Cow<'l, str>,
    ) -> Cow<'l, str> {
        if let Some(heading) = target.and_then(|target| target.heading_of(document)) {
            return of_heading(document, resolved, heading);
        }
        let Some(Target::Page { page, heading }) = target else {
            let own_heading = link.heading.as_ref().filter(|_| link.target.is_empty());
            return Cow::Borrowed(own_heading.unwrap_or(&link.target));
        };
        let page = self.page(*page);
        let name = if page.id() == &*link.target { page.short() } else { &link.target };
        let headings = page.document.body().map_or(&[][..], |body| &body.headings);
        match heading.and_then(|at| headings.get(at as usize)) {
            Some(heading) => {
                Cow::Owned(format!("{name}: {}", of_heading(page.document, &page.resolved, heading)))
            }
            None => Cow::Borrowed(name),
        }
    }

    /// The words of a heading of a document's body, as readers see them.
    pub fn heading_words<'h>(
        &self,
        document: &Document,
        resolved: &Resolved,
        heading: &'h Heading,
    ) -> Cow<'h, str> {
        let Some(shown) = &heading.shown else { return Cow::Borrowed(&heading.text) };
        // Headings may name each other: of one that a heading names, the words stand as they are written.
        let as_written: &dyn for<'l> Fn(&Document, &Resolved, &'l Heading) -> Cow<'l, str> =
            &|_, _, heading| Cow::Borrowed(&heading.text);
        Cow::Owned(self.filled(document, resolved, ProseId::BODY, shown, as_written))
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
        let of_heading: &dyn for<'l> Fn(&Document, &Resolved, &'l Heading) -> Cow<'l, str> =
            &|document, resolved, heading| self.heading_words(document, resolved, heading);
        Cow::Owned(self.filled(document, resolved, id, text, of_heading))
    }

    fn filled(
        &self,
        document: &Document,
        resolved: &Resolved,
        id: ProseId,
        text: &str,
        of_heading: &dyn for<'l> Fn(&Document, &Resolved, &'l Heading) -> Cow<'l, str>,
    ) -> String {
        let prose = document.proses.get(id.index());
        let targets = resolved.links.get(id.index());
        fill_gaps(text, |number, words| {
            if let Some(link) = prose.and_then(|prose| prose.links.get(number)) {
                let target = targets.and_then(|targets| targets.get(number));
                words.push_str(&self.words((document, resolved), link, target, of_heading));
            }
        })
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
        self.plain_body(page, crate::model::sentences::first_sentence(first))
    }
}
