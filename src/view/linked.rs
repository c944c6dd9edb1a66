//! What lists say of a page that they link to, made once for all pages that link there.
//!
//! In: the pages of the wiki. Out: for each the parts of such a link that are the same on every page. A list can have
//! thousands of links: for each it finds these parts in one place in memory, and escapes nothing again.

use super::desk::Desk;
use crate::markup::Html;
use crate::resolve::PageRef;
use rayon::prelude::*;

/// What is said of each page.
#[derive(Debug, Default)]
pub struct LinkedPages(Vec<Linked>);

#[derive(Debug)]
struct Linked {
    stem: Html,
    end: Html,
}

impl LinkedPages {
    /// Gathers it; none of it depends on where the page of the desk stands.
    pub fn new(desk: &Desk<'_>) -> LinkedPages {
        let pages: Vec<PageRef> = desk.wiki().refs().map(|(at, _)| at).collect();
        LinkedPages(pages.par_iter().map(|at| linked(desk, *at)).collect())
    }

    /// The address of a page below the site's root, without its ending.
    pub fn stem(&self, page: PageRef) -> &Html {
        &self.0[page.index()].stem
    }

    /// A link to a page by its title and the word for its kind, from behind its address on.
    pub fn end(&self, page: PageRef) -> &Html {
        &self.0[page.index()].end
    }
}

fn linked(desk: &Desk<'_>, at: PageRef) -> Linked {
    let page = desk.page(at);
    let (title, lang, kind) = (page.title(), desk.title_lang(at), desk.shared.words.kind(page.kind));
    let mut stem = Html::with_room(page.id().len() + 16);
    stem.tag(page.kind.folder()).tag("/").push(page.id());
    let mut end = Html::with_room(title.len() + kind.len() + 48);
    end.tag("\"");
    if !lang.is_empty() {
        end.tag(" lang=\"").push(lang).tag("\"");
    }
    end.tag(">").push(title).tag("</a> <span class=\"kind\">").push(kind).tag("</span>");
    Linked { stem, end }
}
