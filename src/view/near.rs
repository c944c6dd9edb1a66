//! The neighbourhood of a page: what it is directly related to, drawn and listed.
//!
//! In: the wiki's relations. Out: an SVG without links, laid out the same each time, and an equal list.

use super::desk::Desk;
use crate::markup::Html;
use crate::model::date::Date;
use crate::model::meaning::Meaning;
use crate::resolve::{PageRef, holds};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What a page is directly related to.
#[derive(Debug, Serialize)]
pub struct Near {
    /// The drawing.
    pub svg: Html,
    /// The list: for each meaning a `div` with a `dt` and, in a `dd`, the pages, and "and 3 more" where not all
    /// are listed.
    pub list: Html,
}

/// Most pages that a group draws and lists; the lists above and the backlinks have them all.
const MOST: usize = 6;

/// Letters of a title that fit on a line of the drawing.
const LETTERS: usize = 40;

struct Group<'w> {
    heading: &'w str,
    pages: Vec<PageRef>,
    hidden: usize,
}

impl Desk<'_> {
    /// The neighbourhood of an issue or actor; `None` where it has fewer than two neighbours.
    pub fn near(&self, at: PageRef) -> Option<Near> {
        let groups = self.groups(at);
        let count: usize = groups.iter().map(|group| group.pages.len()).sum();
        if count < 2 {
            return None;
        }
        let svg = self.drawing(at, &groups);
        let mut list = Html::with_room(groups.len() * 60 + count * 100);
        for group in &groups {
            list.tag("\n<div><dt>").push(group.heading).tag("</dt><dd>").add(&self.links(&group.pages));
            if group.hidden > 0 {
                list.tag(" ").push(&self.shared.words.count("and-more", group.hidden));
            }
            list.tag("</dd></div>");
        }
        Some(Near { svg, list })
    }

    /// Relations by meaning: those the page names itself, then those that name the page.
    fn groups(&self, at: PageRef) -> Vec<Group<'_>> {
        let record = self.page(at).record();
        let words = self.shared.words;
        let mut groups: Vec<(&str, Vec<PageRef>)> = Vec::new();
        for (field, key) in [("actors", "concerned"), ("related", "related"), ("member_of", "member-of")] {
            groups.push((words.get(key), record.refs(field).to_vec()));
        }
        groups.push((words.get("part-of"), record.reference("parent").into_iter().copied().collect()));
        let today = Date::from(self.wiki().today);
        let roles = record.rows("roles").iter().filter(|row| holds(row, &today));
        let roles = roles.filter_map(|row| row.reference("for").copied());
        groups.push((words.get("speaks-for"), roles.collect()));
        let weak = [Meaning::Mentioned, Meaning::Cited, Meaning::Quoted, Meaning::InTable];
        // They stand in the order of their meanings.
        let backlinks = &self.wiki().relations.backlinks[at.index()];
        for links in backlinks.chunk_by(|a, b| a.meaning == b.meaning) {
            let meaning = links[0].meaning;
            if !weak.contains(&meaning) {
                let mut pages: Vec<PageRef> = links.iter().map(|link| link.page).collect();
                if meaning == Meaning::Related {
                    // Two that name each other are related once.
                    let named: BTreeSet<PageRef> = record.refs("related").iter().copied().collect();
                    pages.retain(|page| !named.contains(page));
                }
                groups.push((words.meaning(meaning), pages));
            }
        }
        groups
            .into_iter()
            .filter_map(|(heading, mut pages)| {
                pages.retain(|page| *page != at);
                pages.sort_unstable();
                pages.dedup();
                let order = |a: &PageRef, b: &PageRef| {
                    self.page(*a).short().cmp(self.page(*b).short()).then(a.cmp(b))
                };
                let hidden = pages.len().saturating_sub(MOST);
                if hidden > 0 {
                    // Of the thousands that some have, only these are put in order.
                    pages.select_nth_unstable_by(MOST, order);
                    pages.truncate(MOST);
                }
                pages.sort_unstable_by(order);
                (!pages.is_empty()).then_some(Group { heading, pages, hidden })
            })
            .collect()
    }

    /// A tree from left to right: the page, the meanings, the neighbours.
    fn drawing(&self, at: PageRef, groups: &[Group<'_>]) -> Html {
        let rows: usize = groups.iter().map(|group| group.pages.len() + 1).sum();
        let height = rows * 20 + 8;
        let middle = height / 2;
        let title = self.shared.words.fill("near-title", &[("title", self.page(at).title())]);
        let mut svg = Html::with_room(400 + rows * 120);
        svg.tag("<svg viewBox=\"0 0 340 ").number(height);
        svg.tag("\" role=\"img\" aria-labelledby=\"_near-t _near-d\" width=\"340\" height=\"")
            .number(height)
            .tag("\">");
        svg.put("title", &[("id", "_near-t")], &title);
        svg.put("desc", &[("id", "_near-d")], self.shared.words.get("near-described"));
        let mut words = Html::with_room(rows * 90);
        svg.tag("<path d=\"");
        let mut y = 4;
        for group in groups {
            y += 20;
            let knot = y - 5;
            svg.tag("M8 ").number(middle).tag("C24 ").number(middle);
            svg.tag(" 16 ").number(knot).tag(" 32 ").number(knot);
            words.tag("<text x=\"36\" y=\"").number(y).tag("\" class=\"near-g\">").push(group.heading);
            words.tag("</text>");
            for page in &group.pages {
                y += 20;
                let end = y - 5;
                svg.tag("M40 ").number(knot + 8).tag("V").number(end).tag("H52");
                words.tag("<text x=\"58\" y=\"").number(y).tag("\">").push(&cut(self.page(*page).short()));
                words.tag("</text>");
            }
        }
        svg.tag("\"></path>").add(&words);
        svg.tag("<circle cx=\"8\" cy=\"").number(middle).tag("\" r=\"5\"></circle></svg>");
        svg
    }
}

fn cut(title: &str) -> Cow<'_, str> {
    // A letter is a byte at least.
    match title.char_indices().nth(LETTERS).filter(|_| title.len() > LETTERS) {
        Some((at, _)) => Cow::Owned(format!("{}…", title[..at].trim_end())),
        None => Cow::Borrowed(title),
    }
}
