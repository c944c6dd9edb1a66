//! The card of a page: the picture that stands beside a link to it elsewhere.
//!
//! In: a page, or the site as a whole. Out: [`CardView`], words in lines that fit, for `card.svg`.

use super::desk::Desk;
use crate::card::{DRAWN, HEIGHT, WIDTH};
use crate::resolve::PageRef;
use serde::Serialize;

/// What `card.svg` gets.
#[derive(Debug, Serialize)]
pub struct CardView {
    /// The word for the page's kind; empty for the site's own card.
    pub kind: String,
    /// The title in lines that fit the width.
    pub lines: Vec<CardLine>,
    /// The size of the title's letters in pixels.
    pub size: u32,
    /// Status and date; empty where there is neither.
    pub below: String,
    /// Where that line stands, in pixels from the top.
    pub below_y: u32,
    /// The site's title, cut to the width.
    pub site: String,
}

/// A line of the title.
#[derive(Debug, Serialize)]
pub struct CardLine {
    /// Its words.
    pub words: String,
    /// Where its letters stand, in pixels from the top.
    pub y: u32,
}

/// A picture as a page's head names it.
#[derive(Debug, Serialize)]
pub struct Card {
    /// Its full address.
    pub url: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it shows, in words.
    pub alt: String,
}

/// The folder of cards, each with the path of its page.
pub(super) const CARDS: &str = "_card";

/// Pixels between the margins.
const ACROSS: f32 = 1040.0;

/// Sizes of letters with the most lines that fit, the largest first.
const SIZES: [(u32, usize); 3] = [(72, 3), (56, 4), (44, 5)];

/// The address of a card below the site's root.
pub(super) fn path(desk: &Desk<'_>, page: Option<PageRef>) -> String {
    match page.map(|page| desk.page(page)) {
        Some(page) => format!("{CARDS}/{}/{}.png", page.kind.folder(), page.id()),
        None => format!("{CARDS}/site.png"),
    }
}

/// The card of a page, for its head; none where the program draws none or no full address is known.
pub(super) fn card(desk: &Desk<'_>, page: Option<PageRef>) -> Option<Card> {
    let base = desk.wiki().site.base_url.as_deref().filter(|_| DRAWN)?;
    let alt = match page.map(|page| desk.page(page)) {
        Some(page) => {
            let kind = desk.shared.words.kind(page.kind);
            format!("{}: {}", super::words::capital(kind), page.title())
        }
        None => desk.wiki().site.title.clone(),
    };
    Some(Card { url: format!("{base}{}", path(desk, page)), width: WIDTH, height: HEIGHT, alt })
}

/// Makes the card.
pub fn view(desk: &Desk<'_>, page: Option<PageRef>) -> CardView {
    let site = &desk.wiki().site;
    let words = desk.shared.words;
    let (kind, title, below) = match page.map(|page| desk.page(page)) {
        None => (String::new(), site.title.as_str(), site.description.clone()),
        Some(page) => {
            let record = page.record();
            let status = record.text("status").map(|status| words.choice("status", status).into_owned());
            let as_of =
                record.date("as_of").map(|day| format!("{} {}", words.get("as-of"), desk.date_words(day)));
            let date = record.date("date").map(|date| desk.date_words(date));
            let below: Vec<String> = status.into_iter().chain(as_of).chain(date).collect();
            let kind = words.kind(page.kind);
            (super::words::capital(kind), page.title(), below.join(" · "))
        }
    };
    let (size, lines) = set(title);
    let y = |at: usize| 130 + size + u32::try_from(at).unwrap_or(0) * size * 6 / 5;
    let below_y = y(lines.len()).saturating_sub(size) + 44;
    let lines = lines.into_iter().enumerate().map(|(at, words)| CardLine { words, y: y(at) }).collect();
    CardView {
        kind,
        lines,
        size,
        below: cut(&below, 30, ACROSS),
        below_y,
        site: cut(&site.title, 30, ACROSS),
    }
}

/// A title in the largest letters in which it fits; else in the smallest, cut.
fn set(title: &str) -> (u32, Vec<String>) {
    for (size, most) in SIZES {
        let lines = wrap(title, size);
        if lines.len() <= most && lines.iter().all(|line| width(line, size) <= ACROSS) {
            return (size, lines);
        }
    }
    let (size, most) = SIZES[SIZES.len() - 1];
    let mut lines = wrap(title, size);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = format!("{last} …");
        }
    }
    (size, lines.iter().map(|line| cut(line, size, ACROSS)).collect())
}

/// Words in lines of the width.
fn wrap(text: &str, size: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= ACROSS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A text that fits a width, with "…" where something is left out.
fn cut(text: &str, size: u32, most: f32) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept, size) + 1.5 * size as f32 > most {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// The width of a text in pixels, a little more than DejaVu Serif takes: no font is measured here.
fn width(text: &str, size: u32) -> f32 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | ' ' | '.' | ',' | ';' | ':' | '!' | '\'' | '’' | '(' | ')'
        | '|' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' | 'Щ' | 'Ш' | 'Ж' | 'Ю' | 'щ' | 'ш' | 'ж' | 'ю'
        | 'ы' => 1.08,
        c if c.is_uppercase() => 0.85,
        c if c.is_alphanumeric() || c.is_ascii() => 0.67,
        _ => 1.0,
    };
    text.chars().map(letter).sum::<f32>() * size as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_set_in_the_largest_letters_that_fit() {
        let check = |title: &str, size: u32, lines: &[&str]| {
            assert_eq!(set(title), (size, lines.iter().map(|line| (*line).to_owned()).collect()))
        };
        check("Territory", 72, &["Territory"]);
        check("Prisoners of war and detainees", 72, &["Prisoners of war and", "detainees"]);
        check("", 72, &[]);
        let long = "word ".repeat(200);
        let (size, lines) = set(&long);
        assert_eq!((size, lines.len()), (44, 5));
        assert!(lines[4].ends_with('…'));
        let (_, lines) = set(&"W".repeat(300));
        assert!(lines.len() == 1 && lines[0].ends_with('…'));
    }
}
