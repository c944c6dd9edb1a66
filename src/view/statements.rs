//! Statements: positions as they are shown on issues, histories, actors, events and documents.
//!
//! In: positions. Out: lists of them, grouped by point and actor; which of them are current follows
//! the content model, section 4.

use super::desk::Desk;
use super::prose::{Ids, Piece};
use super::words::Words;
use crate::markup::{Finished, Html};
use crate::model::names::{heading_id, sort_name};
use crate::model::site::Site;
use crate::model::value::ProseId;
use crate::resolve::{Basis, PageRef, Position, PositionRef, printed_role};
use serde::Serialize;

/// The statements of an actor on a point.
#[derive(Debug, Serialize)]
pub struct ByActor {
    /// The actor's name.
    pub name: String,
    /// The actor's page.
    pub href: String,
    /// An `li` for each statement, newest first; on all pages but a history, what others told stands behind the
    /// actor's own. In it `when`, `said` and `meta`.
    pub statements: Finished,
}

/// The statements on a point.
#[derive(Debug, Serialize)]
pub struct ByPoint {
    /// The heading's id.
    pub id: String,
    /// The question, or "In general".
    pub question: String,
    /// The actors, parties first.
    pub actors: Vec<ByActor>,
}

/// Bytes of a statement as most are.
pub const ROOM: usize = 800;

/// What a statement's last line tells besides basis and speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// On the page of its issue.
    Issue,
    /// On the history page, where it has its anchor.
    History,
    /// Elsewhere, below its actor: the issue is told.
    Elsewhere,
    /// Neither below its issue nor its actor: both are told.
    AlsoHere,
    /// Below its issue, but not below its actor: the actor is told.
    Spoken,
}

impl Desk<'_> {
    /// The points of an issue with the statements on each by actor; the general ones last. A point without
    /// statements stands there too: that nothing was found is worth knowing.
    pub fn points(&mut self, issue: PageRef, place: Where) -> Vec<ByPoint> {
        let wiki = self.wiki();
        let points = crate::resolve::points(wiki.page(issue));
        let mut on_point: Vec<Vec<PositionRef>> = vec![Vec::new(); points.len() + 1];
        for at in &wiki.relations.on_issue[issue.index()] {
            on_point[point_of(wiki.position(*at), points)].push(*at);
        }
        let mut by_point = Vec::with_capacity(on_point.len());
        for ((id, question), statements) in points.iter().zip(&on_point) {
            by_point.push(ByPoint {
                id: ["_p-", &heading_id(id)].concat(),
                question: question.clone(),
                actors: self.actors(statements, place),
            });
        }
        let general = &on_point[points.len()];
        if !general.is_empty() {
            let actors = self.actors(general, place);
            by_point.push(ByPoint { id: "_p".into(), question: self.word("in-general").to_owned(), actors });
        }
        by_point
    }

    /// Statements by actor: the parties first in their order, then others by name.
    pub fn actors(&mut self, positions: &[PositionRef], place: Where) -> Vec<ByActor> {
        let wiki = self.wiki();
        let mut actors: Vec<PageRef> = positions.iter().map(|at| wiki.position(*at).actor).collect();
        let rank =
            |actor: &PageRef| wiki.parties.iter().position(|party| party == actor).unwrap_or(usize::MAX);
        actors.sort_unstable();
        actors.dedup();
        actors.sort_by_cached_key(|actor| (rank(actor), sort_name(wiki.page(*actor).title()), *actor));
        let mut groups = Vec::with_capacity(actors.len());
        let mut statements = Html::new();
        for actor in actors {
            let mut own: Vec<PositionRef> =
                positions.iter().copied().filter(|at| wiki.position(*at).actor == actor).collect();
            // What others told stands apart, behind the actor's own words (content model, section 4); a history
            // tells what came when.
            if place != Where::History {
                own.sort_by_key(|at| !wiki.position(*at).basis.is_own());
            }
            statements.reserve(own.len() * ROOM);
            for at in own {
                self.put_statement(at, place, &mut statements);
            }
            groups.push(ByActor {
                name: self.page(actor).title().to_owned(),
                href: self.href(actor),
                statements: statements.finish(),
            });
        }
        groups
    }

    /// Puts down a statement as an entry of a list, one that templates place in one piece: `li` with its anchor on
    /// the history page, and the class `told` for another's account or an analyst's reading, `old` for one that
    /// was superseded. In it: when it was made; the stance, and the words with note marks; the actor where the
    /// heading does not tell, basis, speaker with role, what it is about, permalink.
    pub fn put_statement(&mut self, at: PositionRef, place: Where, html: &mut Html) {
        let words = self.inline(piece(self.wiki().position(at)));
        self.put_with_words(at, place, &words, html);
    }

    /// Puts down a statement without its words, as an entry of a list that would be too long with them.
    pub fn put_headline(&self, at: PositionRef, place: Where, html: &mut Html) {
        self.put_with_words(at, place, &Html::new(), html);
    }

    fn put_with_words(&self, at: PositionRef, place: Where, words: &Html, html: &mut Html) {
        let position = self.wiki().position(at);
        let id = if place == Where::History { position.anchor() } else { "" };
        html.tag("\n").open("li", &[("id", id), ("class", class(position))]);
        html.tag("\n<span class=\"when\">");
        self.put_date(&position.date, html);
        html.tag("</span>\n<div class=\"said\">");
        if place == Where::History {
            for old in self.wiki().redirects.anchors.get(&at).into_iter().flatten() {
                html.put("span", &[("id", old)], "");
            }
        }
        self.shared.phrases.put_stance(&position.stance, html);
        html.add(words).tag("</div>\n<p class=\"meta\">");
        self.put_meta(position, place, html);
        html.tag("</p>\n</li>");
    }

    /// Basis, speaker with the role of that day, occasion, what it is about, shift.
    fn put_meta(&self, position: &Position<'_>, place: Where, html: &mut Html) {
        let words = self.shared.words;
        let record = &position.resolved.record;
        let start = html.len();
        if matches!(place, Where::Spoken | Where::AlsoHere) {
            self.put_short(position.actor, html);
        }
        if position.document.called().draft {
            apart(html, start).tag("<b>").push(words.get("draft-mark")).tag("</b>");
        }
        if class(position) == OLD {
            apart(html, start).push(words.get("earlier"));
        }
        match (position.basis, record.reference("told_by")) {
            (Basis::Told, Some(teller)) => {
                apart(html, start).tag("<b>").push(words.get("told-by")).tag(" ");
                self.put_short(*teller, html);
                html.tag("</b>");
            }
            (basis, _) => _ = apart(html, start).add(self.shared.phrases.basis(basis)),
        }
        if let Some(speaker) = position.by {
            self.speaker(speaker, position, apart(html, start));
        }
        if matches!(place, Where::Elsewhere | Where::AlsoHere) {
            self.put_short(position.issue, apart(html, start));
        }
        if let Some(event) = record.reference("at").filter(|event| self.own != Some(**event)) {
            self.phrase("stated-at", *event, apart(html, start));
        }
        if let Some(document) = record.reference("about").filter(|document| self.own != Some(**document)) {
            self.phrase("stated-about", *document, apart(html, start));
        }
        if let Some(shift) = record.text("shift") {
            apart(html, start).push(&words.choice("shift", shift));
        }
        html.tag(" <span class=\"perma\"><a href=\"");
        match place {
            Where::History => _ = html.tag("#").push(position.anchor()),
            _ => self.put_permalink(position, html),
        }
        html.add(&self.shared.phrases.permalink);
    }

    fn phrase(&self, key: &str, page: PageRef, html: &mut Html) {
        html.push(self.shared.words.get(key)).tag(" ");
        self.put_short(page, html);
    }

    /// The speaker and the role that holds on the date.
    fn speaker(&self, speaker: PageRef, position: &Position<'_>, html: &mut Html) {
        self.put_short(speaker, html);
        if let Some(title) = printed_role(self.page(speaker), position.actor, &position.date)
            .and_then(|role| role.text("title"))
        {
            html.tag(", ").push(title);
        }
    }
}

/// The words of a statement. Every page shows them as another's text; on the history page it has its anchor.
fn piece<'p>(position: &'p Position<'_>) -> Piece<'p> {
    Piece {
        document: position.document,
        resolved: &position.resolved,
        page: None,
        id: ProseId::BODY,
        ids: Ids::Foreign,
    }
}

/// The number of the point that a statement is on; for one on no point that behind the last.
pub(super) fn point_of(position: &Position<'_>, points: &[(String, String)]) -> usize {
    let number = position.point.as_ref().and_then(|point| points.iter().position(|(id, _)| id == point));
    number.unwrap_or(points.len())
}

/// Ready for the next part of a line that begins at a place.
fn apart(html: &mut Html, start: usize) -> &mut Html {
    if html.len() > start {
        html.tag(" · ");
    }
    html
}

/// What stands in thousands of statements alike, made once.
#[derive(Debug)]
pub struct Phrases {
    /// The stances of the wiki by their ids.
    stances: Vec<(String, Html)>,
    /// The words for each basis.
    bases: [Html; Basis::ALL.len()],
    /// The end of a permalink, from behind its address on.
    permalink: Html,
}

impl Phrases {
    /// Gathers them.
    pub fn new(site: &Site, words: &Words) -> Phrases {
        let stances = site.stances.iter().map(|(id, shown)| (id.clone(), stance(id, shown)));
        let mut permalink = Html::new();
        permalink.tag("\">").push(words.get("permalink")).tag("</a></span>");
        let bases = Basis::ALL.map(|basis| Html::text(&words.choice("basis", basis.word())));
        Phrases { stances: stances.collect(), bases, permalink }
    }

    /// Adds a stance; one that is not listed by its id.
    fn put_stance(&self, id: &str, html: &mut Html) {
        match self.stances.iter().find(|(known, _)| known == id) {
            Some((_, stance)) => html.add(stance),
            None => html.add(&stance(id, id)),
        };
    }

    fn basis(&self, basis: Basis) -> &Html {
        &self.bases[basis as usize]
    }
}

fn stance(id: &str, words: &str) -> Html {
    let mut html = Html::new();
    html.tag("<span class=\"st st-").push(id).tag("\">").push(words).tag("</span> ");
    html
}

/// The class of a statement that was superseded.
const OLD: &str = "old";

fn class(position: &Position<'_>) -> &'static str {
    match position.basis.is_own() {
        false => "told",
        true if position.is_superseded => OLD,
        true => "",
    }
}
