//! One issue page: the world and an index come in, 600 to 900 words with twelve links go out.

use super::records::{GROUPS, cite};
use super::words::{Rng, capital, phrase, sentence};
use super::world::{Entity, World, date};

const HEADINGS: [&str; 7] = [
    "What the sides say",
    "What has moved",
    "Money and law",
    "People concerned",
    "Open points",
    "The talks so far",
    "What may follow",
];

const CODE: [&str; 3] = [
    "```json\n{\"page\": 3, \"rows\": [175, 175], \"checked\": true}\n```\n",
    "```python\ndef share(part, whole):\n    return round(100 * part / whole, 1)\n\n\nprint(share(20, 104))\n```\n",
    "```rust\nfn share(part: f64, whole: f64) -> f64 {\n    100.0 * part / whole\n}\n```\n",
];

pub fn issue(world: &World, index: usize) -> String {
    let mut rng = world.rng("issue page", index);
    format!("---\n{}---\n\n{}", front_matter(world, &mut rng, index), body(world, &mut rng, index))
}

fn front_matter(world: &World, rng: &mut Rng, index: usize) -> String {
    let issue = &world.issues[index];
    let sources = world.sources_of(index);
    let newest = sources.iter().map(|&source| world.sources[source].day).max().unwrap_or(0);
    let mut text = format!(
        "title: \"{}\"\nsummary: \"{}.\"\nstatus: {}\nstatus_reason: \"{}\"\nas_of: {}\nreviewed: 2026-01-10\ngroup: {}\nactors: {}\n",
        issue.title,
        capital(&format!("the {} turns on the {}", phrase(rng), phrase(rng))),
        rng.pick(&["mentioned", "contested", "partial-accord", "agreed", "in-effect", "stalled"]),
        sentence(rng, None, None),
        date(newest),
        rng.pick(&GROUPS),
        world.actor_ids(rng, 5),
    );
    if index.is_multiple_of(2) {
        text += &format!("aliases: [\"{}\"]\n", issue.alias);
    }
    if index % 3 == 1 {
        text += &format!("short: \"Dispute {}\"\n", index + 1);
    }
    if index > 0 {
        // Always an earlier issue, so that no chain of parents closes.
        let earlier = [rng.below(index), rng.below(index)].map(|other| &world.issues[other].id);
        text += &if index % 8 == 5 {
            format!("parent: {}\n", earlier[0])
        } else {
            format!("related: {}\n", earlier[1])
        };
    }
    text += &format!(
        "points:\n  timing: \"Should the {} come first?\"\n  control: \"Who should control the {}?\"\n",
        phrase(rng),
        phrase(rng)
    );
    if index.is_multiple_of(2) {
        text += &rows(world, rng, index, &sources);
    }
    text + "changes:\n  - {date: 2026-01-10, note: \"Looked through again.\"}\n  - {date: 2026-01-02, note: \"First published.\"}\n"
}

/// Two to six rows of one of the three blocks.
fn rows(world: &World, rng: &mut Rng, index: usize, sources: &[usize]) -> String {
    let block = index / 2 % 3;
    let mut text = format!("{}:\n", ["territory", "assistance", "exchanges"][block]);
    for row in 0..rng.between(2, 6) {
        let source = sources[rng.below(sources.len())];
        let day = date(world.day_before(rng, source));
        text += &match block {
            0 => area(world, rng, &day),
            1 => support(world, rng, row, &day),
            _ => exchange(world, rng, index, &day),
        };
        if rng.once_in(2) {
            text += &format!("    note: \"{}\"\n", sentence(rng, None, None));
        }
        text += &format!("    cite: {}\n", cite(world, rng, source).trim_start_matches('@'));
    }
    text
}

fn area(world: &World, rng: &mut Rng, day: &str) -> String {
    format!(
        "  - area: \"The {}\"\n    status: {}\n    control: {}\n    claimed_by: {}\n    share: {}{}%\n    as_of: {day}\n",
        phrase(rng),
        rng.pick(&["occupied", "claimed", "front-line", "proposed-zone"]),
        world.actor_ids(rng, 1),
        world.actor_ids(rng, 2),
        rng.pick(&["about ", "over ", ""]),
        rng.between(1, 60),
    )
}

fn support(world: &World, rng: &mut Rng, row: usize, day: &str) -> String {
    let donor = &world.actors[world.famous_actor(rng)].id;
    let amount = format!(
        "{}{} {} {}",
        rng.pick(&["about ", ""]),
        rng.pick(&["USD", "EUR"]),
        rng.between(1, 90),
        rng.pick(&["million", "billion"])
    );
    let measure = rng.pick(&["authorized", "committed", "disbursed"]);
    if row == 0 {
        return format!(
            "  - kind: total\n    donor: {donor}\n    amount: {amount}\n    measure: {measure}\n    period: \"the whole war\"\n    as_of: {day}\n"
        );
    }
    let category = rng.pick(&["military", "financial", "humanitarian", "mixed"]);
    format!(
        "  - kind: package\n    name: \"{} package\"\n    donor: {donor}\n    category: {category}\n    date: {day}\n    amount: {amount}\n    measure: {measure}\n",
        capital(&phrase(rng))
    )
}

fn exchange(world: &World, rng: &mut Rng, index: usize, day: &str) -> String {
    let count = rng.between(10, 400);
    format!(
        "  - date: {day}\n    returned: {{{}: {count}, {}: {count}}}\n    mediators: {}\n    event: {}\n",
        world.actors[0].id,
        world.actors[1].id,
        world.actor_ids(rng, 2),
        world.events[index % world.events.len()].id
    )
}

fn body(world: &World, rng: &mut Rng, index: usize) -> String {
    let sources = world.sources_of(index);
    let mut cites: Vec<String> = sources.iter().map(|&source| cite(world, rng, source)).collect();
    let pair = cites.iter().take(2).cloned().collect::<Vec<_>>().join("; ");
    cites.push(pair);
    let mut links = links(world, rng, index);
    let table = if index % 4 == 1 { table(world, rng, &mut links, &cites) } else { String::new() };

    let mut sections = vec![format!(
        "**Bottom line.** {} {}\n",
        sentence(rng, None, Some(&cites[0])),
        sentence(rng, None, None)
    )];
    let count = rng.between(5, 8);
    let extras = extras(world, rng, index, &cites, table);
    let used: usize = extras.iter().map(|text| text.split_whitespace().count()).sum();
    let prose = prose(rng, rng_target(index, used), &links, &cites);
    for number in 0..count {
        let heading = if number == 0 { "Background" } else { HEADINGS[number - 1] };
        let part = &prose[prose.len() * number / count..prose.len() * (number + 1) / count];
        let mut section = format!("## {heading}\n");
        for (place, paragraph) in part.chunks(4).enumerate() {
            if place == 1 && number == 2 {
                section += &format!("\n### The {}\n", phrase(rng));
            }
            section += &format!("\n{}\n", paragraph.join(" "));
        }
        for extra in extras.iter().skip(number).step_by(count) {
            if !extra.is_empty() {
                section += &format!(
                    "
{extra}"
                );
            }
        }
        sections.push(section);
    }
    if index.is_multiple_of(5) {
        sections.push(format!("[^1]: {}\n", sentence(rng, None, Some(&cites[0]))));
    }
    sections.join("\n")
}

/// How many words of prose make a page of 640 to 860 words with what else is on it.
fn rng_target(index: usize, used: usize) -> usize {
    660 + index * 37 % 170 - used
}

/// Sentences with about `words` words; each link in one of them, five citations spread over them.
fn prose(rng: &mut Rng, words: usize, links: &[String], cites: &[String]) -> Vec<String> {
    let count = words / 18;
    let linked = rng.some_of(links.len(), count);
    let cited = rng.some_of(5, count);
    (0..count)
        .map(|place| {
            let link = linked.binary_search(&place).ok().map(|number| links[number].as_str());
            let cite = cited.binary_search(&place).ok().map(|number| cites[number % cites.len()].as_str());
            sentence(rng, link, cite)
        })
        .collect()
}

/// What stands in a section beside prose, in the order of the sections.
fn extras(world: &World, rng: &mut Rng, index: usize, cites: &[String], table: String) -> Vec<String> {
    let since =
        date(world.sources_of(index).iter().map(|&source| world.sources[source].day).min().unwrap_or(0));
    let likelihood = rng.pick(&["unlikely", "roughly even chance", "likely", "very likely"]);
    let confidence = rng.pick(&["low", "moderate", "high"]);
    let note = if index.is_multiple_of(5) { "[^1]" } else { "" };
    let mut extras = vec![
        // An embedded section holds none of the labelled paragraphs, so that they are listed once.
        String::new(),
        format!(
            "**Judgment ({likelihood}; {confidence} confidence).** {}\n",
            sentence(rng, None, Some(&cites[0]))
        ),
        format!("**Assumption.** {}{note}\n", sentence(rng, None, None)),
        format!("**Open question (since {since}).** {}\n", sentence(rng, None, None).replace('.', "?")),
        format!("- {}\n- {}\n- {}\n", phrase(rng), phrase(rng), phrase(rng)),
        table,
    ];
    if index.is_multiple_of(10) {
        extras[4] += &format!("\n{}", CODE[index / 10 % CODE.len()]);
    }
    if index % 6 == 2 {
        extras[2] += &format!("\n> [!NOTE]\n> {}\n", sentence(rng, None, None));
    }
    if index % 25 == 24 {
        // Only from an issue before this one, whose background embeds nothing.
        extras[3] += &format!("\n![[{}#background]]\n", world.issues[index - 1].id);
    }
    extras
}

/// A comparison of three actors; it takes three of the page's links.
fn table(world: &World, rng: &mut Rng, links: &mut Vec<String>, cites: &[String]) -> String {
    let mut text = "| Actor | Share | Source |\n|---|---:|---|\n".to_owned();
    for _ in 0..3 {
        let actor = &world.actors[world.famous_actor(rng)];
        links.pop();
        text +=
            &format!("| [[{}\\|{}]] | {}% | [{}] |\n", actor.id, actor.title, rng.between(1, 90), cites[0]);
    }
    text
}

/// Twelve: some go round all events, terms, actors and documents, so that each is reached; the
/// rest by fame.
fn links(world: &World, rng: &mut Rng, index: usize) -> Vec<String> {
    let round = |list: &[Entity]| index % list.len();
    let mut links = vec![
        link(rng, &world.events[round(&world.events)], false),
        link(rng, &world.terms[round(&world.terms)], true),
        link(rng, &world.actors[round(&world.actors)], true),
    ];
    for _ in 0..3 {
        let other = match world.famous_issue(rng) {
            same if same == index => (index + 1) % world.issues.len(),
            other => other,
        };
        links.push(if rng.once_in(4) {
            format!("[[{}#background]]", world.issues[other].id)
        } else {
            link(rng, &world.issues[other], other.is_multiple_of(2))
        });
    }
    let documents = &world.documents;
    let mut actors = 6;
    if index % 2 == 1 {
        actors -= 1;
        links.push(link(rng, &documents[index / 2 % documents.len()], false));
    }
    for _ in 0..actors {
        let actor = world.famous_actor(rng);
        links.push(link(rng, &world.actors[actor], true));
    }
    links
}

/// By id, title, alias where it has one, or id with other words.
fn link(rng: &mut Rng, to: &Entity, has_alias: bool) -> String {
    match rng.below(4) {
        0 => format!("[[{}]]", to.id),
        1 => format!("[[{}]]", to.title),
        2 if has_alias => format!("[[{}]]", to.alias),
        _ => format!("[[{}|the {}]]", to.id, phrase(rng)),
    }
}
