//! Who and what there is, before any page is written: a number and a seed come in; names, dates
//! and who speaks for whom go out, so that every page can link to every other.

use super::words::{FIRST, NOUNS, Rng, Zipf, capital, family, phrase};

/// Days from 1 February 2022 to 31 December 2025; all dates lie in them.
const DAYS: usize = 1430;

/// Something with a page.
#[derive(Debug)]
pub struct Entity {
    pub id: String,
    pub title: String,
    /// Another name, which no other page has.
    pub alias: String,
    /// The day of an event, document or source.
    pub day: usize,
    /// Index of the source that a record rests on; dated no earlier than `day`.
    pub source: usize,
}

/// An actor's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    State,
    Organization,
    Group,
    /// Speaks for the state with this index.
    Person(usize),
}

/// All of it.
#[derive(Debug)]
pub struct World {
    pub seed: u64,
    pub issues: Vec<Entity>,
    pub actors: Vec<Entity>,
    pub types: Vec<Type>,
    pub events: Vec<Entity>,
    pub documents: Vec<Entity>,
    pub sources: Vec<Entity>,
    pub terms: Vec<Entity>,
    by_fame: [Zipf; 2],
}

impl World {
    pub fn new(issues: usize, seed: u64) -> Self {
        let sources = sources((issues / 20).max(8), seed);
        let types = types((issues / 10).max(12));
        let records = |count, kind: &str, title: fn(&str, usize) -> String| {
            (0..count).map(|index| record(seed, kind, index, &sources, title)).collect::<Vec<_>>()
        };
        let mut documents =
            records((issues / 50).max(4), "document", |what, n| format!("Draft on the {what} {n}"));
        // By date, so that one can supersede the one before it.
        documents.sort_by_key(|document| document.day);
        Self {
            seed,
            issues: records(issues, "issue", |what, n| format!("{} dispute {n}", capital(what))),
            actors: types.iter().enumerate().map(|(index, &kind)| actor(index, kind)).collect(),
            events: records((issues / 20).max(4), "event", |what, n| format!("Talks on the {what} {n}")),
            documents,
            terms: records((issues / 100).max(4), "term", |what, n| format!("{} rule {n}", capital(what))),
            by_fame: [Zipf::new(issues), Zipf::new(types.len())],
            types,
            sources,
        }
    }

    pub fn rng(&self, kind: &str, index: usize) -> Rng {
        Rng::new(self.seed, kind, index)
    }

    /// An issue, the first ones more often.
    pub fn famous_issue(&self, rng: &mut Rng) -> usize {
        self.by_fame[0].draw(rng)
    }

    /// An actor, the first ones far more often.
    pub fn famous_actor(&self, rng: &mut Rng) -> usize {
        self.by_fame[1].draw(rng)
    }

    /// Up to `count` different actors' ids for a list in front matter; always one.
    pub fn actor_ids(&self, rng: &mut Rng, count: usize) -> String {
        let mut chosen: Vec<usize> = (0..count).map(|_| self.famous_actor(rng)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        let ids: Vec<&str> = chosen.iter().map(|&index| self.actors[index].id.as_str()).collect();
        format!("[{}]", ids.join(", "))
    }

    /// The sources of an issue. The first goes round all sources, so that each is cited.
    pub fn sources_of(&self, issue: usize) -> Vec<usize> {
        let mut rng = self.rng("sources", issue);
        let mut chosen = vec![issue % self.sources.len()];
        for _ in 0..rng.between(2, 4) {
            let next = rng.below(self.sources.len());
            if !chosen.contains(&next) {
                chosen.push(next);
            }
        }
        chosen
    }

    /// A day at most two months before a source's.
    pub fn day_before(&self, rng: &mut Rng, source: usize) -> usize {
        self.sources[source].day.saturating_sub(rng.below(60))
    }
}

fn entity(id: String, title: String, alias: String) -> Entity {
    Entity { id, title, alias, day: 0, source: 0 }
}

fn sources(count: usize, seed: u64) -> Vec<Entity> {
    (0..count)
        .map(|index| {
            let mut rng = Rng::new(seed, "source", index);
            let title = format!("Report on the {} {}", phrase(&mut rng), index + 1);
            let id = format!("{}-{}", rng.pick(NOUNS), index + 1);
            let day = rng.between(90, DAYS);
            Entity { day, source: index, ..entity(id, title, format!("source number {}", index + 1)) }
        })
        .collect()
}

/// A page with a date and a source: an event, document, issue or term.
fn record(
    seed: u64,
    kind: &str,
    index: usize,
    sources: &[Entity],
    title: fn(&str, usize) -> String,
) -> Entity {
    let mut rng = Rng::new(seed, kind, index);
    let what = phrase(&mut rng);
    let title = title(&what, index + 1);
    let source = index % sources.len();
    let day = sources[source].day.saturating_sub(rng.below(40));
    let id = title.to_lowercase().replace(' ', "-");
    let id = if kind == "event" { format!("{}-{id}", date(day)) } else { id };
    Entity { day, source, ..entity(id, title, format!("the {what} {kind} {}", index + 1)) }
}

/// Three states first, the parties; then two states, an organization and a group in every ten.
fn types(count: usize) -> Vec<Type> {
    let mut types = vec![Type::State; 3];
    for index in 3..count {
        types.push(match index % 10 {
            0 | 1 => Type::State,
            2 => Type::Organization,
            3 => Type::Group,
            other => Type::Person(other % 3),
        });
    }
    types
}

fn actor(index: usize, kind: Type) -> Entity {
    let name = family(index);
    let (title, alias) = match kind {
        Type::State => (format!("Republic of {name}"), format!("the {name} government")),
        Type::Organization => (format!("{name} Organization"), format!("the {name} secretariat")),
        Type::Group => (format!("{name} Group"), format!("the {name} members")),
        Type::Person(_) => (format!("{} {name}", FIRST[index % FIRST.len()]), name),
    };
    entity(title.to_lowercase().replace(' ', "-"), title, alias)
}

/// `2024-02-29` for a number of days since 1 February 2022.
pub fn date(day: usize) -> String {
    let mut rest = day + 31;
    let mut year = 2022;
    loop {
        let leap = year % 4 == 0;
        let months = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, &length) in months.iter().enumerate() {
            if rest < length {
                return format!("{year}-{:02}-{:02}", month + 1, rest + 1);
            }
            rest -= length;
        }
        year += 1;
    }
}
