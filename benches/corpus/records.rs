//! Everything but issues: the world and an index come in, the text of one file goes out.

use super::words::{PLURALS, Rng, VERBS, capital, family, phrase, sentence};
use super::world::{Type, World, date};

pub const ABOUT: &str = "---\ntitle: \"About this briefing\"\n---\n\nThis briefing was made up to measure the generator. Nothing in it is true.\n";

/// The topic blocks, by name.
pub const SCHEMAS: [(&str, &str); 3] = [
    (
        "territory",
        "block: territory
heading: \"Areas and their status\"
fields:
  area:       {type: text, required: true}
  status:     {type: choice, required: true, of: [occupied, claimed, front-line, proposed-zone]}
  control:    {type: actors, label: \"Controlled by\"}
  claimed_by: {type: actors, label: \"Claimed by\"}
  share:      {type: quantity, label: \"Share of the whole\"}
  since:      {type: date}
",
    ),
    (
        "assistance",
        "block: assistance
heading: \"Assistance\"
kinds:
  package:
    heading: \"Packages\"
    sort: -date
    fields:
      name:     {type: text, required: true}
      donor:    {type: actor}
      category: {type: choice, of: [military, financial, humanitarian, mixed]}
      date:     {type: date, required: true}
      amount:   {type: money}
      measure:  {type: choice, required_with: amount, of: [authorized, committed, disbursed]}
      act:      {type: document}
  total:
    heading: \"Totals\"
    fields:
      donor:   {type: actor, required: true}
      amount:  {type: money}
      measure: {type: choice, required_with: amount, of: [authorized, committed, disbursed]}
      period:  {type: text}
",
    ),
    (
        "exchanges",
        "block: exchanges
heading: \"Exchanges\"
sort: -date
fields:
  date:      {type: date, required: true}
  returned:  {type: tally}
  mediators: {type: actors}
  event:     {type: event}
",
    ),
];

pub const GROUPS: [&str; 5] = ["core", "war", "people", "money", "talks"];

const STANCES: [&str; 8] =
    ["demands", "proposes", "accepts", "accepts-if", "open-to", "undecided", "rejects", "states"];

/// `site.yaml`.
pub fn site(world: &World) -> String {
    let parties: Vec<&str> = world.actors.iter().take(3).map(|actor| actor.id.as_str()).collect();
    format!(
        "title: \"A made-up briefing\"
description: \"Positions, proposals and evidence that nobody put forward\"
base_url: https://example.org/briefing/
language: en-US
date_style: day-month-year
licence: {{text: \"CC BY 4.0\", url: \"https://creativecommons.org/licenses/by/4.0/\"}}
home: about
today: 2026-01-15
parties: [{}]
groups: {{core: \"Core disputes\", war: \"Ceasefire and security\", people: \"People\", money: \"Money and law\", talks: \"The talks\"}}
stances: {{demands: \"Demands\", proposes: \"Proposes\", accepts: \"Accepts\", accepts-if: \"Accepts with conditions\", open-to: \"Open to it\", undecided: \"Undecided\", rejects: \"Rejects\", states: \"Says\"}}
",
        parties.join(", ")
    )
}

/// `@source` or `@source, p. 3`.
pub fn cite(world: &World, rng: &mut Rng, source: usize) -> String {
    let id = &world.sources[source].id;
    match rng.below(3) {
        0 => format!("@{id}"),
        _ => format!("@{id}, p. {}", rng.between(1, 40)),
    }
}

pub fn actor(world: &World, index: usize) -> String {
    let mut rng = world.rng("actor page", index);
    let actor = &world.actors[index];
    let source = rng.below(world.sources.len());
    let cite = cite(world, &mut rng, source);
    let more = match world.types[index] {
        Type::State => "type: state\n".to_owned(),
        Type::Organization => "type: organization\n".to_owned(),
        Type::Group => "type: group\n".to_owned(),
        Type::Person(state) => format!(
            "type: person\nroles:\n  - title: \"Envoy\"\n    for: {}\n    from: 2019\n    cite: {}\n",
            world.actors[state].id, world.sources[source].id
        ),
    };
    format!(
        "---\ntitle: \"{}\"\nsummary: \"{} for {}.\"\naliases: [\"{}\"]\n{more}---\n\n{} {}\n\n## Record\n\n{}\n",
        actor.title,
        capital(&phrase(&mut rng)),
        rng.pick(PLURALS),
        actor.alias,
        sentence(&mut rng, None, Some(&cite)),
        sentence(&mut rng, None, None),
        paragraph(&mut rng, 5),
    )
}

pub fn event(world: &World, index: usize) -> String {
    let mut rng = world.rng("event page", index);
    let event = &world.events[index];
    let cite = cite(world, &mut rng, event.source);
    let issue = &world.issues[index % world.issues.len()].id;
    let milestone = if index % 100 == 7 { "milestone: true\n" } else { "" };
    let readouts = if index % 8 == 3 { readouts(world, &mut rng, issue, &cite) } else { String::new() };
    format!(
        "---\ntitle: \"{}\"\ndate: {}\ntype: {}\nwho: {}\nissues: [{issue}]\nplace: \"{}\"\n{milestone}{readouts}---\n\n{} {}\n",
        event.title,
        date(event.day),
        rng.pick(&["talks", "call", "meeting"]),
        world.actor_ids(&mut rng, 4),
        family(rng.below(400)),
        sentence(&mut rng, None, Some(&cite)),
        paragraph(&mut rng, 4),
    )
}

/// What two parties said of one event.
fn readouts(world: &World, rng: &mut Rng, issue: &str, cite: &str) -> String {
    let [one, other] = [&world.actors[0].id, &world.actors[1].id];
    let mut text = format!("readouts:\n  by: [{one}, {other}]\n  rows:\n");
    for _ in 0..3 {
        text += &format!("    - aspect: \"{}\"\n      issue: {issue}\n", capital(&phrase(rng)));
        for party in [one, other] {
            text += &format!("      {party}: \"{}\"\n", sentence(rng, None, Some(cite)));
        }
    }
    text
}

pub fn document(world: &World, index: usize) -> String {
    let mut rng = world.rng("document page", index);
    let document = &world.documents[index];
    let cite = cite(world, &mut rng, document.source);
    let issue = &world.issues[index % world.issues.len()].id;
    let supersedes = match index.checked_sub(1) {
        Some(before) if index % 5 == 4 => format!("supersedes: {}\n", world.documents[before].id),
        _ => String::new(),
    };
    let mut provisions = String::new();
    for _ in 0..3 {
        let text = sentence(&mut rng, None, None);
        provisions += &format!(
            "  - issue: {issue}\n    text: \"{text}\"\n    cite: {}\n",
            cite.trim_start_matches('@')
        );
    }
    format!(
        "---\ntitle: \"{}\"\ndate: {}\ntype: {}\nby: {}\nstatus: proposed\nissues: [{issue}]\n{supersedes}provisions:\n{provisions}---\n\n{} {}\n",
        document.title,
        date(document.day),
        rng.pick(&["proposal", "plan", "draft-treaty"]),
        world.actor_ids(&mut rng, 2),
        sentence(&mut rng, None, Some(&cite)),
        paragraph(&mut rng, 3),
    )
}

pub fn source(world: &World, index: usize) -> String {
    let mut rng = world.rng("source page", index);
    let source = &world.sources[index];
    format!(
        "---\ntitle: \"{}\"\npublisher: \"{} Press\"\ntype: {}\ndate: {}\nauthors: [\"{} {}\"]\nurl: https://example.org/reports/{}\nlanguage: en\nrights: \"Made up\"\n---\n\n{}\n",
        source.title,
        family(rng.below(40)),
        rng.pick(&["official", "research", "wire", "news"]),
        date(source.day),
        rng.pick(super::words::FIRST),
        family(rng.below(8000)),
        source.id,
        sentence(&mut rng, None, None),
    )
}

pub fn term(world: &World, index: usize) -> String {
    let mut rng = world.rng("term page", index);
    let term = &world.terms[index];
    let text = paragraph(&mut rng, 2);
    format!("---\ntitle: \"{}\"\naliases: [\"{}\"]\n---\n\n{text}\n", term.title, term.alias)
}

/// The three positions of an issue: file name and text.
pub fn positions(world: &World, issue: usize) -> Vec<(String, String)> {
    let mut rng = world.rng("positions", issue);
    let sources = world.sources_of(issue);
    (0..3).map(|number| position(world, &mut rng, &sources, issue * 3 + number)).collect()
}

/// Parties first, then anyone who is no person; a point unless it is a third one.
fn position(world: &World, rng: &mut Rng, sources: &[usize], number: usize) -> (String, String) {
    let mut source = sources[rng.below(sources.len())];
    let mut when = date(world.day_before(rng, source));
    let mut more = String::new();
    match number % 10 {
        // Said at the event, and taken from the event's source.
        2 => {
            let event = &world.events[number % world.events.len()];
            (source, when) = (event.source, date(event.day));
            more += &format!("at: {}\n", event.id);
        }
        5 => when.truncate("2024-03".len()),
        7 => {
            let known = world.documents.partition_point(|document| date(document.day) < when);
            if known > 0 {
                more += &format!("about: {}\n", world.documents[rng.below(known)].id);
            }
        }
        _ => {}
    }
    let actor = holder(world, rng);
    more += &basis(world, rng, actor);
    if number % 3 < 2 {
        more += if rng.once_in(2) { "point: timing\n" } else { "point: control\n" };
    }
    let actor = &world.actors[actor].id;
    let cite = cite(world, rng, source);
    let text = format!(
        "---\nactor: {actor}\ndate: {when}\nstance: {}\n{more}---\n{} {}\n",
        rng.pick(&STANCES),
        sentence(rng, None, Some(&cite)),
        sentence(rng, None, None),
    );
    (format!("{when}-{actor}-{}-{}", rng.pick(VERBS), number % 3 + 1), text)
}

fn holder(world: &World, rng: &mut Rng) -> usize {
    let chosen = world.famous_actor(rng);
    match world.types[chosen] {
        Type::Person(state) => state,
        _ if rng.once_in(3) => chosen,
        _ => rng.below(3),
    }
}

/// How we know it: for a party often by a person who has a role for it.
fn basis(world: &World, rng: &mut Rng, actor: usize) -> String {
    let speakers = |rng: &mut Rng| {
        let speaks = |kind: &Type| *kind == Type::Person(actor);
        let all: Vec<usize> =
            (0..world.types.len()).filter(|&person| speaks(&world.types[person])).take(20).collect();
        (!all.is_empty()).then(|| world.actors[all[rng.below(all.len())]].id.clone())
    };
    match rng.below(10) {
        0 => format!("basis: told\ntold_by: {}\n", world.actors[if actor == 0 { 1 } else { 0 }].id),
        1 => "basis: analyst\n".to_owned(),
        2..=6 => match speakers(rng) {
            Some(person) => format!("basis: quoted\nby: {person}\n"),
            None => "basis: reported\n".to_owned(),
        },
        _ => "basis: official\n".to_owned(),
    }
}

pub fn paragraph(rng: &mut Rng, sentences: usize) -> String {
    (0..sentences).map(|_| sentence(rng, None, None)).collect::<Vec<_>>().join(" ")
}
