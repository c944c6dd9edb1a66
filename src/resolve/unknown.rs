//! Findings for names that fit no page, several, or one of another kind.
//!
//! In: the name, and what is known of the wiki. Out: the finding, with the name that was likely meant.

use super::PageRef;
use super::index::{Found, stem_of};
use super::records::Resolver;
use crate::diagnostic::{At, Code, Finding, Place, may_suggest};
use crate::model::kind::{Kind, RecordKind};
use crate::parse::markdown::is_id;
use crate::source::{Step, holds_any};

/// Most pages that the finding of an ambiguous name lists.
const MOST_FITTING: usize = 10;

impl Resolver<'_> {
    pub(super) fn unknown(
        &self,
        name: &str,
        kind: Option<Kind>,
        place: Place,
        before: &[Finding],
    ) -> Finding {
        let (code, word) = kind.map_or((Code::BrokenLink, "page"), |kind| (kind.unknown(), kind.word()));
        let inputs = self.inputs.file(place.file);
        let is_entry =
            matches!(&place.at, At::Key(path, _) if matches!(path.steps().last(), Some(Step::Index(_))));
        let finding = Finding::new(code, place, format!("there is no {word} `{name}`"));
        if kind == Some(Kind::Source) && matches!(name, "unknown" | "none") {
            return finding.label("expected the id of a source: what is written here rests on one");
        }
        if matches!(name, "unknown" | "none") {
            return finding
                .label(format!("`{name}` stands for a whole value, and only in rows of topic blocks"))
                .help("where our sources do not say, leave the field out");
        }
        if let Some(now) = self.index.renamed(name, kind) {
            return finding.label(format!("this page is now `{now}`")).fix(now);
        }
        if let Some(id) = self.index.as_path(name, kind) {
            return finding.label(format!("did you mean `{id}`?")).fix(id);
        }
        let finding = match may_suggest(before).then(|| self.index.slip(name, kind)).flatten() {
            Some((id, Some(other))) => {
                finding.label(format!("did you mean `{id}` (also \"{other}\")?")).fix(id)
            }
            Some((id, None)) => finding.label(format!("did you mean `{id}`?")).fix(id),
            None if is_entry && self.is_list(name, kind) => {
                let several = parts(name).unwrap_or_default().join(" and ");
                return finding.label(format!("each is an entry of its own: {several}"));
            }
            None if self.is_list(name, kind) => {
                let several = format!("[{}]", parts(name).unwrap_or_default().join(", "));
                return finding.label(format!("write several in brackets: {several}")).fix(several);
            }
            None => finding.label(format!("no {word} has this id, title or alias")),
        };
        let proposal = crate::model::names::heading_id(&crate::model::names::fold(stem_of(name)));
        let is_free = || matches!(self.index.find(&proposal, None), Found::Missing);
        match kind.filter(|_| is_id(&proposal) && is_free()) {
            Some(kind) => {
                let path = inputs.beside(&format!("{}/{proposal}.md", kind.folder()));
                finding.help(format!("for a new {word}, create {path}"))
            }
            None => finding,
        }
    }

    /// Whether a name is several names with commas between them.
    pub(super) fn is_list(&self, name: &str, kind: Option<Kind>) -> bool {
        let known = |name: &str| matches!(self.index.find(name, kind), Found::Page(_));
        // One with a mark behind it is a slip of the pen.
        parts(name).is_some_and(|parts| parts.len() > 1 && parts.into_iter().all(known))
    }

    pub(super) fn other_kind(&self, name: &str, page: PageRef, kind: Option<Kind>, place: Place) -> Finding {
        let document = self.pages[page.index()];
        let own = match &document.kind {
            RecordKind::Page(kind) => kind.with_article(),
            RecordKind::Position => "a position".to_owned(),
        };
        let wanted = kind.map_or_else(|| "another page".to_owned(), Kind::with_article);
        Finding::new(Code::WrongKind, place, format!("`{name}` is {own}, and this takes {wanted}"))
            .also(Place::file(document.file), format!("the page `{}`", document.id))
            .label(format!("expected {wanted}"))
    }

    /// The finding for a name that fits several pages, with the ids to write instead.
    pub(super) fn ambiguous(&self, name: &str, pages: &[PageRef], place: Place) -> Finding {
        let shown = &pages[..pages.len().min(MOST_FITTING)];
        let ids: Vec<String> =
            shown.iter().map(|page| format!("`{}`", self.pages[page.index()].id)).collect();
        let more = match pages.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let mut finding =
            Finding::new(Code::AmbiguousName, place, format!("`{name}` fits {} pages", pages.len()))
                .label(format!("write the id: {}{more}", ids.join(" or ")));
        for page in shown {
            let document = self.pages[page.index()];
            finding =
                finding.also(Place::file(document.file), format!("`{}`, {}", document.id, document.title()));
        }
        finding
    }
}

/// The names in a text that holds several, as people part them, some in the brackets of links.
fn parts(name: &str) -> Option<Vec<&str>> {
    // An id, which most names are, holds none of these bytes.
    if !holds_any(name, [b',', b';', b' ']) {
        return None;
    }
    let mark = [",", ";", " and ", " & "].into_iter().find(|mark| name.contains(mark))?;
    let parts = name.split(mark).map(|part| part.trim().trim_start_matches("[[").trim_end_matches("]]"));
    Some(parts.filter(|part| !part.is_empty()).collect())
}
