//! Statements and rows as readers find them: what is current, who spoke and in which role, in which order, and
//! which sentence a source bears out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;

use checker::{Page, Site, build, small_with};

const SITE: &str =
    "title: \"S\"\ntoday: 2025-06-01\nparties: [north]\nstances: {demands: \"Demands\", states: \"Says\"}\n";
const ISSUE: &str = "---\ntitle: \"The strip\"\nstatus: contested\nas_of: 2025-05-01\n\
                     points: {fare: \"Who pays?\", line: \"Where is it?\"}\n---\n\n**Bottom line.** Both claim it [@gazette].\n";
const PERSON: &str = "---\ntitle: \"Ann Ferry\"\ntype: person\nroles:\n  \
                      - {title: \"Envoy\", for: north, from: 2024, to: 2024, cite: gazette}\n  \
                      - {title: \"Secretary\", for: north, cite: gazette}\n---\n\nA person.\n";
const UNION: &str = "---\ntitle: \"Union\"\ntype: organization\n---\n\nA union.\n";

/// A position; the fields are those behind the actor, each with its line end.
fn position(actor: &str, date: &str, fields: &str) -> String {
    let stance = if fields.contains("stance:") { "" } else { "stance: demands\n" };
    let basis = if fields.contains("basis:") { "" } else { "basis: official\n" };
    format!("---\nactor: {actor}\ndate: {date}\n{stance}{basis}{fields}---\n\nIt is ours [@gazette].\n")
}

/// A site of an issue with two points, a state, a union, a person, and these files; no other statement.
fn site(files: &[(&str, &str)]) -> Site {
    let mut all = vec![
        ("site.yaml", SITE),
        ("issues/strip.md", ISSUE),
        ("actors/ann-ferry.md", PERSON),
        ("actors/union.md", UNION),
    ];
    all.extend(files);
    let folder = small_with(&all);
    std::fs::remove_file(folder.path().join("positions/strip/2025-05-01-north.md")).unwrap();
    Site::read(&build(folder.path(), &["--no-search"]).site)
}

/// The text of what stands in an element and has a tag and a class.
fn text_in<'p>(page: &'p Page, at: usize, tag: &'p str, class: &str) -> &'p str {
    let around = |inner: usize| page.around(inner).any(|around| std::ptr::eq(around, &page.elements[at]));
    let mut found = page.tags(tag).filter(|(inner, element)| element.has_class(class) && around(*inner));
    found.next().unwrap().1.text.trim()
}

#[test]
fn a_statement_is_earlier_when_the_actor_s_own_next_one_on_the_point_surely_follows() {
    let check = |said: &[(&str, &str)], expected: &[&str]| {
        let of = |(date, fields): &(&str, &str)| {
            (format!("positions/strip/{date}.md"), position("north", date, fields))
        };
        let files: Vec<(String, String)> = said.iter().map(of).collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = site(&files);
        let page = site.page("issues/strip/history.html");
        let (mut old, mut told) = (Vec::new(), Vec::new());
        for (at, li) in page.tags("li").filter(|(at, _)| page.is_in(*at, "ol", "records")) {
            let id = li.get("id").unwrap();
            old.extend(li.has_class("old").then_some(id));
            told.extend(text_in(page, at, "p", "meta").contains("Earlier").then_some(id));
        }
        assert_eq!(old, expected, "{said:?}");
        assert_eq!(told, expected, "{said:?}");
    };
    // However many there are, the newest is what it says now.
    check(&[("2025-01", ""), ("2025-02", ""), ("2025-03", "")], &["2025-02", "2025-01"]);
    // A warning or comment neither replaces a position nor is one that is replaced.
    check(&[("2025-01", ""), ("2025-02", "stance: states\n")], &[]);
    check(&[("2025-01", "stance: states\n"), ("2025-02", "")], &[]);
    // An analyst's reading is not the actor's word.
    check(&[("2025-01", ""), ("2025-02", "basis: analyst\n")], &[]);
    // Each point for itself, and what bears on none.
    check(&[("2025-01", "point: fare\n"), ("2025-02", "point: line\n"), ("2025-03", "")], &[]);
    check(&[("2025-01", "point: fare\n"), ("2025-02", "point: fare\n")], &["2025-01"]);
    // It may have been said on the last day of the month.
    check(&[("2025-01", ""), ("2025-01-31", "")], &[]);
}

#[test]
fn a_speaker_is_told_with_the_role_of_that_day() {
    let check = |actor: &str, date: &str, person: &str, expected: &str| {
        let said = position(actor, date, "by: ann-ferry\n");
        let site = site(&[("actors/ann-ferry.md", person), ("positions/strip/p.md", &said)]);
        let page = site.page("issues/strip/history.html");
        let (at, _) = page.tags("li").find(|(_, li)| li.get("id") == Some("p")).unwrap();
        let meta = text_in(page, at, "p", "meta");
        assert!(meta.contains(&format!("· {expected} ")), "{actor} {date}: {meta}");
    };
    check("north", "2025-04-01", PERSON, "Ann Ferry, Secretary");
    check("north", "2024-04-01", PERSON, "Ann Ferry, Envoy");
    // For a body whose officer she is not, she speaks as what she is elsewhere.
    check("union", "2025-04-01", PERSON, "Ann Ferry, Secretary");
    let both = PERSON.replace(
        "cite: gazette}\n---",
        "cite: gazette}\n  - {title: \"Chair\", for: union, cite: gazette}\n---",
    );
    check("union", "2025-04-01", &both, "Ann Ferry, Chair");
    // The first and the last day are days of the role.
    let short = |field: &str| {
        PERSON.replace("\", for: north, cite", &format!("\", for: north, {field}: 2025-04-02, cite"))
    };
    check("union", "2025-04-02", &short("from"), "Ann Ferry, Secretary");
    check("union", "2025-04-01", &short("from"), "Ann Ferry");
    check("union", "2025-04-02", &short("to"), "Ann Ferry, Secretary");
    check("union", "2025-04-03", &short("to"), "Ann Ferry");
}

#[test]
fn who_speaks_for_another_is_listed_once_and_nobody_for_himself() {
    let check = |actor: &str, fields: &str, page: &str, expected: usize| {
        let id = if fields.contains("told") { "_told-of-others" } else { "_spoke" };
        let site = site(&[("positions/strip/p.md", &position(actor, "2025-04-01", fields))]);
        let page = site.page(page);
        let heading = page.tags("h2").filter(|(_, h2)| h2.get("id") == Some(id)).count();
        assert_eq!(heading, expected.min(1), "{actor} {fields}");
        let statements = page.tags("li").filter(|(at, _)| page.is_in(*at, "ol", "records"));
        assert_eq!(
            statements.count(),
            expected.max(usize::from(page.path.contains(actor))),
            "{actor} {fields}"
        );
    };
    check("north", "by: ann-ferry\n", "actors/ann-ferry.html", 1);
    check("north", "basis: told\ntold_by: ann-ferry\nby: ann-ferry\n", "actors/ann-ferry.html", 1);
    check("ann-ferry", "by: ann-ferry\n", "actors/ann-ferry.html", 0);
}

#[test]
fn rows_stand_in_the_order_that_their_schema_names() {
    let check = |ty: &str, sort: &str, values: &[&str], expected: &str| {
        let schema =
            format!("block: one\nsort: {sort}\nfields:\n  what: {{type: text}}\n  n: {{type: {ty}}}\n");
        let row = |(name, value): (char, &&str)| {
            let value = if value.is_empty() { String::new() } else { format!(" n: {value},") };
            format!("  - {{what: {name},{value} as_of: 2025-05-01, cite: gazette}}\n")
        };
        let rows: String = ('a'..).zip(values).map(row).collect();
        let issue = ISSUE.replace("points:", &format!("one:\n{rows}points:"));
        let site = site(&[("schema/one.yaml", &schema), ("issues/strip.md", &issue)]);
        let page = site.page("issues/strip.html");
        let heads = page.tags("th").filter(|(_, th)| th.get("scope") == Some("rowgroup"));
        assert_eq!(heads.map(|(_, th)| th.text.as_str()).collect::<String>(), expected, "{ty} {sort}");
    };
    // As numbers, not as their letters; what is not known comes last either way.
    check("number", "n", &["10", "unknown", "9", "", "none", "100"], "cafbde");
    check("number", "-n", &["10", "unknown", "9", "", "none", "100"], "facbde");
    check("quantity", "n", &["about 10", "unknown", "over 9"], "cab");
    check("money", "-n", &["USD 900", "unknown", "USD 2 million"], "cab");
    check("date", "n", &["2025-03", "unknown", "2024", "2025-02-14"], "cdab");
    check(
        "tally",
        "n",
        &["{north: 100, ann-ferry: 20}", "unknown", "{north: 9}", "{north: over 100}"],
        "cdab",
    );
    check("text", "n", &["b", "B", "a"], "cab");
}

#[test]
fn a_source_quotes_the_sentence_that_its_citation_ends() {
    let check = |text: &str, expected: &[&str]| {
        let page = format!("---\ntitle: \"Said\"\n---\n\n{text}\n");
        let site = site(&[("pages/said.md", &page)]);
        let source = site.page("sources/gazette.html");
        let quoted = source.tags("a").filter(|(at, a)| {
            source.is_in(*at, "ul", "rests") && a.get("href").is_some_and(|href| href.contains("said.html"))
        });
        assert_eq!(quoted.map(|(_, a)| a.text.as_str()).collect::<Vec<_>>(), expected, "{text}");
    };
    check("It demands this [@gazette]. Next sentence.", &["It demands this."]);
    // Behind the full stop it still is that sentence's, not the next one's.
    check("It demands this. [@gazette] Next sentence.", &["It demands this."]);
    check("It demands this.[@gazette]\nNext sentence.", &["It demands this."]);
    check("First. It demands this. [@gazette]", &["It demands this."]);
    check("It demands this. [@gazette] Next one [@gazette, p. 2].", &["It demands this.", "Next one."]);
}

/// The headings of level 2 with these ids, in order.
fn headings(page: &Page, ids: &[&str]) -> Vec<String> {
    let headings = page.tags("h2").filter_map(|(_, h2)| h2.get("id"));
    headings.filter(|id| ids.contains(id)).map(str::to_owned).collect()
}

#[test]
fn what_others_tell_of_an_actor_is_no_position_it_holds() {
    let check = |fields: &str, expected: &[&str]| {
        let site = site(&[("positions/strip/p.md", &position("north", "2025-04-01", fields))]);
        let text = &site.page("actors/north.html").tags("body").next().unwrap().1.text;
        let found = ["Holds a position on", "Mentioned in"].into_iter().filter(|words| text.contains(words));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{fields}");
    };
    check("", &["Holds a position on"]);
    check("basis: told\ntold_by: union\n", &["Mentioned in"]);
    check("basis: analyst\nby: ann-ferry\n", &["Mentioned in"]);
}

#[test]
fn who_tells_of_another_does_not_speak_for_it() {
    let check = |fields: &str, page: &str, expected: &[&str]| {
        let site = site(&[("positions/strip/p.md", &position("north", "2025-04-01", fields))]);
        let found = headings(site.page(page), &["_spoke", "_told-of-others"]);
        assert_eq!(found, expected, "{page} {fields}");
    };
    check("by: ann-ferry\n", "actors/ann-ferry.html", &["_spoke"]);
    check("basis: told\ntold_by: union\n", "actors/union.html", &["_told-of-others"]);
    check("basis: analyst\nby: ann-ferry\n", "actors/ann-ferry.html", &["_told-of-others"]);
    // Of whom it is told that she spoke for it, she told nothing.
    let both = "basis: told\ntold_by: union\nby: ann-ferry\n";
    check(both, "actors/ann-ferry.html", &["_spoke"]);
    check(both, "actors/union.html", &["_told-of-others"]);
}

#[test]
fn a_role_that_has_ended_is_told_as_past() {
    let check = |dates: &str, expected: [&str; 2], speaks: bool| {
        let person = format!(
            "---\ntitle: \"Ann Ferry\"\ntype: person\nmember_of: [union, west]\nroles:\n  \
             - {{title: \"Envoy\", for: north{dates}, cite: gazette}}\n---\n\nA person.\n"
        );
        let west = UNION.replace("Union", "West");
        let site = site(&[("actors/ann-ferry.md", &person), ("actors/west.md", &west)]);
        let page = site.page("actors/north.html");
        let listed = |id: &str| -> String {
            let heading = page.tags("h2").find(|(_, h2)| h2.get("id") == Some(id)).map(|(at, _)| at);
            let entry = heading.and_then(|heading| page.tags("li").find(|(at, _)| *at > heading));
            entry.map_or_else(String::new, |(_, li)| li.text.trim().to_owned())
        };
        assert_eq!([listed("_speakers"), listed("_former")], expected, "{dates}");
        let person = &site.page("actors/ann-ferry.html").tags("body").next().unwrap().1.text;
        assert_eq!(person.contains("Speaks for"), speaks, "{dates}");
    };
    check("", ["Ann Ferry, Envoy", ""], true);
    // The day is 1 June 2025.
    check(", to: 2025-06", ["Ann Ferry, Envoy", ""], true);
    check(", to: 2025-05", ["", "Ann Ferry, Envoy (until May 2025)"], false);
    check(", from: 2019, to: 2024", ["", "Ann Ferry, Envoy (2019 to 2024)"], false);
    check(", from: 2026", ["", ""], false);
}

#[test]
fn a_role_for_and_at_one_body_names_it_once() {
    let person = PERSON.replace("for: north, from: 2024, to: 2024", "for: union, at: union");
    let site = site(&[("actors/ann-ferry.md", &person)]);
    let page = site.page("actors/ann-ferry.html");
    let row = page.tags("tr").find(|(_, tr)| tr.get("id") == Some("_roles-1")).unwrap().1;
    assert_eq!(row.text.matches("Union").count(), 1, "{}", row.text);
    let source = &site.page("sources/gazette.html").tags("main").next().unwrap().1.text;
    assert!(source.contains("Envoy, for Union") && !source.contains("at Union"), "{source}");
}

#[test]
fn two_issues_that_name_each_other_are_related_once() {
    let issue = |title: &str, related: &str| {
        ISSUE.replace("The strip", title).replace("points:", &format!("related: [{related}]\npoints:"))
    };
    let (one, two, three) = (issue("One", "two, three"), issue("Two", "one"), issue("Three", "strip"));
    let site = site(&[("issues/one.md", &one), ("issues/two.md", &two), ("issues/three.md", &three)]);
    let page = site.page("issues/one.html");
    let drawn = |words: &str| {
        let texts = page.tags("text").filter(|(_, text)| text.text.trim() == words);
        texts.count()
    };
    assert_eq!([drawn("Related"), drawn("Related to"), drawn("Two")], [1, 0, 1]);
    // Three names none of those that name it.
    let text = &site.page("issues/three.html").tags("body").next().unwrap().1.text;
    assert!(text.contains("Related to"), "{text}");
}

#[test]
fn names_stand_in_order_without_the_marks_before_them() {
    let person = |title: &str| format!("---\ntitle: '{title}'\ntype: person\n---\n\nA person.\n");
    let (quoted, bracket, other, georgian) =
        (person("\"Beta\" group"), person("(Bravo)"), person("Bark"), person("გიორგი"));
    let site = site(&[
        ("actors/a.md", &quoted),
        ("actors/b.md", &bracket),
        ("actors/c.md", &other),
        ("actors/d.md", &georgian),
    ]);
    let order = |page: &str| -> Vec<String> {
        let links = site.page(page).tags("a").filter(|(_, a)| {
            a.get("href").is_some_and(|href| {
                ["a.html", "b.html", "c.html"].iter().any(|end| href.rsplit('/').next() == Some(end))
            })
        });
        links.map(|(_, a)| a.text.trim().to_owned()).collect()
    };
    let expected = ["Bark", "\"Beta\" group", "(Bravo)"];
    assert_eq!(order("a-z.html"), expected);
    assert_eq!(order("actors/index.html"), expected);
    let heads: Vec<&str> = site.page("a-z.html").tags("h2").map(|(_, h2)| h2.text.trim()).collect();
    assert!(heads.contains(&"გ"), "{heads:?}");
}

#[test]
fn a_source_lists_what_rests_on_it_as_it_is_read() {
    let document = "---\ntitle: \"A plan\"\ntype: plan\ndate: 2025-04-01\nstatus: proposed\nby: north\nissues: strip\n\
                    provisions:\n  - {issue: strip, text: \"It shares the strip.\", cite: gazette}\n---\n\nIt is new [@gazette].\n";
    let schema = "block: areas\nkinds:\n  one:\n    fields: {area: {type: text}}\n  two:\n    sort: -date\n    fields: {area: {type: text}, date: {type: date}}\n";
    let row = |kind: &str, area: &str, note: &str| {
        format!(
            "  - {{kind: {kind}, area: {area}, as_of: 2025-05-01, note: \"{note} [@gazette].\", cite: gazette}}\n"
        )
    };
    let dated = |area: &str, date: &str| {
        row("two", area, "Not all").replace("as_of", &format!("date: {date}, as_of"))
    };
    let rows = [dated("South", "2024"), dated("East", "2025"), row("one", "West", "But some")].concat();
    let issue = ISSUE.replace("points:", &format!("areas:\n{rows}points:"));
    let site =
        site(&[("documents/plan.md", document), ("schema/areas.yaml", schema), ("issues/strip.md", &issue)]);
    let page = site.page("sources/gazette.html");
    let quoted = |from: &str| -> Vec<&str> {
        let links = page.tags("a").filter(|(at, a)| {
            page.is_in(*at, "ul", "rests") && a.get("href").is_some_and(|href| href.contains(from))
        });
        links.map(|(_, a)| a.text.as_str()).collect()
    };
    assert_eq!(quoted("plan.html"), ["It is new.", "It shares the strip."]);
    assert_eq!(
        quoted("strip.html"),
        ["Both claim it.", "West", "But some.", "East", "Not all.", "South", "Not all."]
    );
}

#[test]
fn an_event_of_some_days_tells_programs_its_first_and_last() {
    let check = |date: &str, expected: &[&str]| {
        let event = format!(
            "---\ntitle: \"Talks\"\ntype: talks\ndate: {date}\nwho: north\nissues: strip\n---\n\nThey met [@gazette].\n"
        );
        let site = site(&[("events/talks.md", &event)]);
        let scripts = site.page("events/talks.html").tags("script");
        let text: String = scripts.map(|(_, script)| script.text.as_str()).collect();
        let told =
            ["\"startDate\":\"2004-02-27\"", "\"endDate\":\"2004-03-02\"", "\"startDate\"", "\"endDate\""];
        let found: Vec<&str> = told.into_iter().filter(|words| text.contains(words)).collect();
        assert_eq!(found, expected, "{date} {text}");
    };
    check("2004-02-27", &["\"startDate\":\"2004-02-27\"", "\"startDate\""]);
    check(
        "2004-02-27/2004-03-02",
        &["\"startDate\":\"2004-02-27\"", "\"endDate\":\"2004-03-02\"", "\"startDate\"", "\"endDate\""],
    );
    check("2005~", &[]);
}
