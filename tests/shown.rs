//! What readers find on pages that are made of other pages' content.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

#[path = "checker/mod.rs"]
mod checker;

use checker::{Page, Site, build, small_with};

/// The quotations in the list of a class, each with where it leads and what stands behind it.
fn lines(page: &Page, list: &str) -> Vec<String> {
    let items = page.tags("li").filter(|(at, _)| page.is_in(*at, "ul", list));
    items.map(|(_, item)| item.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

const SCHEMA: &str = "block: areas\nfields:\n  area: {type: text}\n  by: {type: actor}\n";
const GROUPS: &str = "block: groups\nfields:\n  who: {type: choice, of: [sick-people]}\n  by: {type: actor}\n  \
                      count: {type: quantity}\n  place: {type: text}\n";
const ISSUE: &str = "---\ntitle: \"The land\"\nstatus: contested\nas_of: 2025-05-01\nareas:\n  \
    - {area: \"The east\", by: north, as_of: 2025-05-01, cite: \"gazette, p. 1\"}\n  \
    - {area: \"The west\", as_of: 2025-05-01, note: \"Not all of it.\", cite: \"gazette, p. 1\"}\n  \
    - {area: \"The west\", as_of: 2025-05-01, cite: \"gazette, p. 1\"}\n\
    groups:\n  - {who: sick-people, by: north, count: about 30, place: \"x\", as_of: 2025-05-01, cite: gazette}\n\
    ---\n\n**Bottom line.** Both claim it [@gazette; @gazette].\n";
const PERSON: &str = "---\ntitle: \"A Person\"\ntype: person\nsummary: \"A person of note.\"\nroles:\n  \
    - {title: \"Secretary\", for: north, cite: gazette}\n  \
    - {title: \"Secretary\", for: north, cite: gazette}\n---\n\nA person.\n";

#[test]
fn a_row_or_role_is_quoted_in_its_own_words() {
    let files = [
        ("schema/areas.yaml", SCHEMA),
        ("schema/groups.yaml", GROUPS),
        ("issues/land.md", ISSUE),
        ("actors/a-person.md", PERSON),
    ];
    let site = Site::read(&build(small_with(&files).path(), &["--no-search"]).site);
    let source = lines(site.page("sources/gazette.html"), "rests");
    assert_eq!(
        source,
        [
            "Secretary, for Northland",
            "Secretary, for Northland",
            "Both claim it.",
            "The east p. 1",
            "The west p. 1",
            "The west p. 1",
            "Sick people, Northland, about 30",
            "Northland claims it.",
            "All of it."
        ]
    );
    let actor = lines(site.page("actors/north.html"), "links").join("\n");
    for expected in ["A Person actor Secretary, for Northland", "The land issue The east"] {
        assert!(actor.contains(expected), "{expected}\n{actor}");
    }
}

#[test]
fn every_open_question_is_reached_from_the_home_page() {
    let questions: String =
        (1..=12).map(|n| format!("**Open question (since 2025-01-{n:02}).** What of {n}?\n\n")).collect();
    let page = format!("---\ntitle: \"Questions\"\n---\n\n{questions}");
    let site = Site::read(&build(small_with(&[("pages/asked.md", &page)]).path(), &["--no-search"]).site);
    let texts = |path: &str| -> Vec<String> {
        let page = site.page(path);
        let text = page.tags("p").map(|(_, p)| p.text.clone());
        text.filter(|text| text.starts_with("What of ")).collect()
    };
    assert_eq!(texts("index.html").len(), 8);
    let all: Vec<String> = (1..=12).map(|n| format!("What of {n}?")).collect();
    assert_eq!(texts("questions.html"), all);
    let link = site.page("index.html").tags("a").find(|(_, a)| a.get("href") == Some("questions.html"));
    assert_eq!(link.map(|(_, a)| a.text.as_str()), Some("All 12 open questions"));
}

#[test]
fn a_point_on_which_nothing_is_found_is_shown() {
    let issue = "---\ntitle: \"New\"\nstatus: contested\nas_of: 2025-05-01\npoints: {line: \"Where is it?\"}\n---\n\n\
                 **Bottom line.** It is new [@gazette].\n";
    let site = Site::read(&build(small_with(&[("issues/new.md", issue)]).path(), &["--no-search"]).site);
    let page = site.page("issues/new.html");
    let has = |tag: &str, text: &str| page.tags(tag).any(|(_, element)| element.text.trim() == text);
    assert!(has("h3", "Where is it?") && has("p", "None found in our sources."));
    let to_history =
        |(_, a): (usize, &checker::Element)| a.get("href").is_some_and(|to| to.contains("history"));
    assert!(!page.tags("a").any(to_history), "there are no statements to tell");
}

#[test]
fn a_position_s_question_and_the_words_of_others_have_their_place() {
    let position = |date: &str, more: &str, words: &str| {
        format!("---\nactor: north\ndate: {date}\nstance: demands\n{more}\n---\n\n{words} [@gazette].\n")
    };
    let asked = position(
        "2025-02-01",
        "basis: quoted",
        "It demands this [@gazette].\n\n**Open question (since 2025-02-01).** How far does it go?\n\nSo it says",
    );
    let told = position("2025-03-01", "basis: analyst", "Another reading");
    let files = [
        ("issues/land.md", ISSUE),
        ("schema/areas.yaml", SCHEMA),
        ("schema/groups.yaml", GROUPS),
        ("positions/land/2025-02-01-north.md", &asked),
        ("positions/land/2025-03-01-north.md", &told),
    ];
    let site = Site::read(&build(small_with(&files).path(), &["--no-search"]).site);
    let questions = &site.page("questions.html").tags("main").next().unwrap().1.text;
    assert!(questions.contains("How far does it go?"), "{questions}");
    let links: Vec<&str> =
        site.page("questions.html").tags("a").filter_map(|(_, tag)| tag.get("href")).collect();
    assert!(links.contains(&"issues/land/history.html#2025-02-01-north"), "{links:?}");
    // The actor's own words come first, though another's reading is newer.
    let issue = &site.page("issues/land.html").tags("main").next().unwrap().1.text;
    let at = |words: &str| issue.find(words).unwrap_or_else(|| panic!("{words}: {issue}"));
    assert!(at("It demands this") < at("Another reading"));
    // A history tells them by date.
    let page = site.page("issues/land/history.html");
    let ids: Vec<&str> = page.tags("li").filter_map(|(_, tag)| tag.get("id")).collect();
    assert_eq!(ids[..2], ["2025-03-01-north", "2025-02-01-north"]);
}

#[test]
fn nothing_stands_above_a_bottom_line_unseen() {
    for above in ["![A map](map.png)", "```\ncode\n```", "- ![A map](map.png)", "***"] {
        let issue = format!(
            "---\ntitle: \"The land\"\nstatus: contested\nas_of: 2025-05-01\n---\n\n{above}\n\n\
                             **Bottom line.** Both claim it [@gazette].\n"
        );
        let folder = small_with(&[("issues/land.md", &issue), ("issues/map.png", "")]);
        let mut command = checker::briefwiki();
        command.args(["check", "--format", "short", "--content"]).arg(folder.path());
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(said.contains("no-bottom-line"), "{above}\n{said}");
    }
}

#[test]
fn an_id_that_ends_in_index_keeps_its_end() {
    let source = "---\ntitle: \"An index\"\ntype: official\npublisher: \"P\"\ndate: 2025-01-01\nurl: https://example.org/\n---\n";
    let folder = small_with(&[("sources/price-index.md", source)]);
    let site =
        Site::read(&build(folder.path(), &["--no-search", "--base-url", "https://example.org/wiki"]).site);
    let canonical = |path: &str| -> String {
        let page = site.page(path);
        let link = page.tags("link").find(|(_, tag)| tag.get("rel") == Some("canonical")).unwrap().1;
        link.get("href").unwrap().to_owned()
    };
    assert_eq!(canonical("sources/price-index.html"), "https://example.org/wiki/sources/price-index.html");
    assert_eq!(canonical("sources/index.html"), "https://example.org/wiki/sources/");
    assert_eq!(canonical("index.html"), "https://example.org/wiki/");
}

/// A map with one region, which has its own name on each map.
fn map(name: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path id=\"n\" name=\"{name}\" d=\"M0 0h9\"/></svg>"
    )
}

#[test]
fn rows_sort_by_what_readers_see_and_regions_have_the_names_of_their_map() {
    let schema = |block: &str, map: &str| {
        format!(
            "block: {block}\nsort: by\nfields:\n  by: {{type: actor}}\n  where: {{type: regions, map: {map}}}\n"
        )
    };
    let row = |by: &str| format!("  - {{by: {by}, where: n, as_of: 2025-05-01, cite: gazette}}\n");
    let issue = format!(
        "---\ntitle: \"The land\"\nstatus: contested\nas_of: 2025-05-01\none:\n{}{}two:\n{}---\n\n\
         **Bottom line.** Both claim it [@gazette].\n",
        row("north"),
        row("zed"),
        row("north")
    );
    let actor = "---\ntitle: \"alpha group\"\ntype: organization\n---\n\nA group.\n";
    let files = [
        ("maps/alpha.svg", map("Northshire")),
        ("maps/beta.svg", map("Northumbria")),
        ("schema/one.yaml", schema("one", "alpha")),
        ("schema/two.yaml", schema("two", "beta")),
        ("issues/land.md", issue),
        ("actors/zed.md", actor.to_owned()),
    ];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let site = Site::read(&build(small_with(&files).path(), &["--no-search"]).site);
    let page = site.page("issues/land.html");
    let cells = |name: &str| -> Vec<String> {
        let tables = page.tags(name).filter(|(at, _)| page.is_in(*at, "table", ""));
        tables.map(|(_, cell)| cell.text.trim().to_owned()).collect()
    };
    let by: Vec<String> = cells("th")
        .into_iter()
        .filter(|words| words.contains("alpha") || words.contains("Northland"))
        .collect();
    assert_eq!(by, ["alpha group", "Northland", "Northland"]);
    let regions: Vec<String> = cells("td").into_iter().filter(|words| words.starts_with("North")).collect();
    assert_eq!(regions, ["Northshire", "Northshire", "Northumbria"]);
}

#[test]
fn a_cell_whose_words_do_not_sort_has_a_key() {
    let schema = "block: steps\nfields:\n  date: {type: date}\n  load: {type: number}\n  cost: {type: money}\n  \
         freed: {type: tally}\n";
    let issue = "---\ntitle: \"The land\"\nstatus: contested\nas_of: 2025-05-01\nsteps:\n  \
        - {date: 2025-03-11/2025-03-12, load: \"1,200\", cost: USD 2 billion, freed: {north: over 175}, cite: gazette}\n  \
        - {date: 2025-03, load: 1.50, cost: unknown, cite: gazette}\n---\n\n\
        **Bottom line.** Both claim it [@gazette].\n";
    let event = |date: &str| {
        format!(
            "---\ntitle: \"A call\"\ntype: call\ndate: {date}\nwho: north\nissues: strip\n---\n\nThey spoke [@gazette].\n"
        )
    };
    let (range, open) = (event("2025-03-11/2025-03-12"), event("2024-01/.."));
    let folder = small_with(&[
        ("schema/steps.yaml", schema),
        ("issues/land.md", issue),
        ("events/range.md", &range),
        ("events/open.md", &open),
    ]);
    let site = Site::read(&build(folder.path(), &["--no-search"]).site);
    let keys = |path: &str| -> Vec<String> {
        let cells = site.page(path).tags("table").next().map(|(at, _)| at).into_iter().flat_map(|table| {
            let page = site.page(path);
            let cell = page.tags("td").chain(page.tags("th")).filter(move |(at, _)| *at > table);
            cell.filter_map(|(at, cell)| Some((at, cell.get("data-k")?.to_owned())))
        });
        let mut cells: Vec<(usize, String)> = cells.collect();
        cells.sort();
        cells.into_iter().map(|(_, key)| key).collect()
    };
    assert_eq!(keys("events/index.html"), ["2025-03-11/2025-03-12", "2024-01-01/9999-12-31"]);
    assert_eq!(keys("issues/index.html"), ["2025-05-01", "2025-05-01"]);
    assert_eq!(
        keys("issues/land.html"),
        ["2025-03-11/2025-03-12", "1200", "2000000000", "175", "2025-03-01/2025-03-31", "1.5"]
    );
}

#[test]
fn an_entry_with_a_box_is_marked_with_or_without_empty_lines() {
    for text in ["- [ ] a\n- [x] b\n", "- [ ] a\n\n- [x] b\n"] {
        let page = format!("---\ntitle: \"P\"\n---\n\n{text}");
        let site = Site::read(&build(small_with(&[("pages/p.md", &page)]).path(), &["--no-search"]).site);
        let tasks = site.page("pages/p.html").tags("li").filter(|(_, li)| li.get("class") == Some("task"));
        assert_eq!(tasks.count(), 2, "{text}");
    }
}

#[test]
fn a_table_in_the_text_is_named_by_its_heading() {
    let table = "| a |\n|---|\n| b |\n\n";
    let text = format!(
        "---\ntitle: \"P\"\n---\n\n{table}## Ships & boats\n\n{table}{table}### Later\n\n{table}![[q#part]]\n"
    );
    let other = format!("---\ntitle: \"Q\"\n---\n\n## Part\n\n{table}");
    let folder = small_with(&[("pages/p.md", &text), ("pages/q.md", &other)]);
    let site = Site::read(&build(folder.path(), &["--no-search"]).site);
    let page = site.page("pages/p.html");
    let names: Vec<&str> = page.tags("div").filter_map(|(_, div)| div.get("aria-label")).collect();
    assert_eq!(
        names,
        ["Table", "Table: Ships & boats", "Table: Ships & boats (2)", "Table: Later", "Table: Part"]
    );
}

#[test]
fn the_latest_role_of_a_person_stands_first() {
    let role =
        |title: &str, dates: &str| format!("  - {{title: {title}, for: north{dates}, cite: gazette}}\n");
    let person = format!(
        "---\ntitle: \"A Person\"\ntype: person\nroles:\n{}{}{}{}{}{}---\n\nA person.\n",
        role("Undated", ""),
        role("First", ", from: 2010, to: 2014"),
        role("Guest", ", to: 2012"),
        role("Also", ""),
        role("Minister", ", from: 2014, to: 2018"),
        role("President", ", from: 2014"),
    );
    let site =
        Site::read(&build(small_with(&[("actors/a-person.md", &person)]).path(), &["--no-search"]).site);
    let page = site.page("actors/a-person.html");
    let titles = page.tags("th").filter(|(_, th)| th.get("scope") == Some("row"));
    let titles: Vec<&str> = titles.map(|(_, th)| th.text.trim()).collect();
    assert_eq!(titles, ["President", "Minister", "Guest", "First", "Undated", "Also"]);
}

#[test]
fn a_readout_row_shows_its_point() {
    let event = "---\ntitle: \"A call\"\ntype: call\ndate: 2025-05-01\nwho: north\nissues: land\nreadouts:\n  by: [north]\n  rows:\n    \
                 - {aspect: \"The bridge\", issue: land, point: fare, north: \"It closes [@gazette].\"}\n---\n\nThey spoke [@gazette].\n";
    let issue = "---\ntitle: \"The land\"\nstatus: contested\nas_of: 2025-05-01\npoints: {fare: \"Who pays?\"}\n---\n\n\
                 **Bottom line.** Both claim it [@gazette].\n";
    let folder = small_with(&[("events/call.md", event), ("issues/land.md", issue)]);
    let site = Site::read(&build(folder.path(), &["--no-search"]).site);
    let text = &site.page("events/call.html").tags("main").next().unwrap().1.text;
    assert!(text.contains("Who pays?"), "{text}");
}

#[test]
fn embeds_are_shown_to_the_depth_that_is_told() {
    // Each page embeds the next one: as many as are shown, and one more.
    for (pages, sound) in [(17, true), (18, false)] {
        let folder = small_with(&[]);
        for at in 1..=pages {
            let embed = if at < pages { format!("![[p{}#part]]\n", at + 1) } else { "The end.\n".into() };
            let text = format!("---\ntitle: \"P{at}\"\n---\n\n## Part\n\n{embed}");
            checker::write(folder.path(), &[(&format!("pages/p{at}.md"), &text)]);
        }
        let mut command = checker::briefwiki();
        command.args(["check", "--format", "short", "--content"]).arg(folder.path());
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert_eq!(!said.contains("more than 16 deep"), sound, "{pages}: {said}");
        if sound {
            let site = Site::read(&build(folder.path(), &["--no-search"]).site);
            let mut links = site.page("pages/p1.html").tags("a").filter_map(|(_, tag)| tag.get("href"));
            assert!(links.any(|href| href.ends_with("p17.html#part")));
        }
    }
}

/// The totals below the tables of an issue with such rows.
fn totals(schema: &str, rows: &[String]) -> Vec<String> {
    let rows: String =
        rows.iter().map(|row| format!("  - {{{row}, as_of: 2025-05-01, cite: gazette}}\n")).collect();
    let issue = format!(
        "---\ntitle: \"Aid\"\nstatus: contested\nas_of: 2025-05-01\naid:\n{rows}---\n\n\
         **Bottom line.** There is some [@gazette].\n"
    );
    let folder = small_with(&[("schema/aid.yaml", schema), ("issues/aid.md", &issue)]);
    let site = Site::read(&build(folder.path(), &["--no-search"]).site);
    let page = site.page("issues/aid.html");
    let totals = page.tags("p").filter(|(_, p)| p.get("class") == Some("total"));
    totals.map(|(_, p)| p.text.clone()).collect()
}

#[test]
fn a_total_is_given_only_where_amounts_are_of_one_sort() {
    let schema = "block: aid\nfields:\n  what: {type: text}\n  amount: {type: money}\n  spent: {type: money, label: \"Paid out\"}\n  \
                  measure: {type: choice, of: [committed, disbursed]}\n";
    let check = |rows: &[&str], expected: &[&str]| {
        let rows: Vec<String> =
            rows.iter().zip('a'..).map(|(row, name)| format!("what: {name}, {row}")).collect();
        assert_eq!(totals(schema, &rows), expected, "{rows:?}");
    };
    let committed = |amount: &str| format!("amount: {amount}, measure: committed");
    let (one, two, over) =
        (committed("USD 1 billion"), committed("USD 2.5 billion"), committed("over USD 2 billion"));
    check(&[&one, &two], &["Amount, total: USD 3.5 billion."]);
    check(&[&one, &over], &["Amount, total: over USD 3 billion."]);
    check(
        &[&one, &two, "amount: unknown"],
        &["Amount, total: USD 3.5 billion. 1 row without a known amount is left out."],
    );
    check(
        &[&format!("{one}, spent: USD 1 million"), &format!("{two}, spent: USD 2 million")],
        &["Amount, total: USD 3.5 billion. Paid out, total: USD 3 million."],
    );
    // Of one row, of two currencies, of two measures or of none there is no sum.
    check(&[&one], &[]);
    check(&[&one, &committed("EUR 1 billion")], &[]);
    check(&[&one, "amount: USD 1 billion, measure: disbursed"], &[]);
    check(&["amount: USD 1 billion", "amount: USD 2 billion"], &[]);
}

#[test]
fn a_total_adds_neither_other_measures_nor_one_thing_twice() {
    let schema = "block: aid\nfields:\n  what: {type: text}\n  why: {type: markdown}\n  who: {type: actor}\n  sum: {type: money}\n  \
                  sort_of_sum: {type: choice, of: [asked, paid], required_with: sum}\n  paid: {type: money}\n";
    let check = |rows: &[&str], expected: &[&str]| {
        let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        assert_eq!(totals(schema, &rows), expected, "{rows:?}");
    };
    let asked = |what: &str, sum: &str| format!("what: \"{what}\", sum: {sum}, sort_of_sum: asked");
    let (dam, road) = (asked("Cost of the dam", "USD 900 million"), asked("Road", "USD 1.1 billion"));
    check(&[&dam, &road], &["Sum, total: USD 2 billion."]);
    check(&[&dam, &road.replace("asked", "paid")], &[]);
    // Two sources on one thing, however its name is written and whatever else they say.
    let again = asked("cost of the  dam", "USD 1.1 billion");
    check(&[&dam, &again], &[]);
    check(&[&dam, &road, &format!("{again}, note: \"Another source says so.\"")], &[]);
    check(&[&format!("{dam}, paid: USD 1"), &format!("{again}, paid: USD 2")], &[]);
    // In another column it may be one row that has a sum, and another field may tell rows apart.
    let paid = ["what: a, paid: USD 1", "what: b, paid: USD 2"];
    check(
        &[&dam, &again, paid[0], paid[1]],
        &["Paid, total: USD 3. 2 rows without a known amount are left out."],
    );
    check(&[&dam, &format!("{again}, who: north")], &["Sum, total: USD 2 billion."]);
    check(
        &[&format!("{dam}, why: \"One [@gazette].\""), &format!("{again}, why: \"Two [@gazette].\"")],
        &["Sum, total: USD 2 billion."],
    );
    check(
        &[&format!("{dam}, why: \"One [@gazette].\""), &format!("{again}, why: \"One [@gazette, p. 2].\"")],
        &[],
    );
}

#[test]
fn a_statement_may_be_a_quotation_or_stand_under_a_heading() {
    let check = |body: &str, expected: &str| {
        let position =
            format!("---\nactor: north\ndate: 2025-04\nstance: demands\nbasis: official\n---\n\n{body}\n");
        let folder = small_with(&[("positions/strip/2025-04-north.md", &position)]);
        let site = Site::read(&build(folder.path(), &["--no-search"]).site);
        let text = &site.page("issues/strip/history.html").tags("main").next().unwrap().1.text;
        assert!(text.contains(expected), "{text}");
    };
    check("> \"We want it\" [@gazette].", "We want it");
    check("## Words\n\nIt is ours [@gazette].", "It is ours");
    check("| side | wants |\n|---|---|\n| north | it [@gazette] |", "wants");
}

#[test]
fn a_page_that_opens_with_a_heading_is_summed_up_by_its_first_sentence() {
    let check = |body: &str, expected: &str| {
        let page = format!("---\ntitle: \"New\"\n---\n\n{body}\n");
        let site = Site::read(&build(small_with(&[("pages/new.md", &page)]).path(), &["--no-search"]).site);
        let index = &site.page("pages/index.html").tags("main").next().unwrap().1.text;
        assert!(index.contains(expected), "{index}");
    };
    check("## One\n\nThis is it. Next.", "This is it.");
    check("| a |\n|---|\n| b |\n\nThis is it. Next.", "This is it.");
}

#[test]
fn a_section_that_became_a_page_of_another_kind_lives_on() {
    let page = "---\ntitle: \"Claims\"\nredirect_from: \"strip#claims\"\n---\n\nWords.\n";
    let site = Site::read(&build(small_with(&[("pages/new.md", page)]).path(), &["--no-search"]).site);
    let issue = site.page("issues/strip.html");
    assert!(issue.ids().any(|(_, id)| id == "claims"), "the old anchor is gone");
    assert!(
        issue.tags("a").any(|(_, a)| a.get("href") == Some("../pages/new.html")),
        "nothing leads to the new page"
    );
    assert!(!site.pages.contains_key("pages/strip.html"));
}

#[test]
fn a_link_to_a_heading_of_its_page_has_the_heading_s_words() {
    let page = "---\ntitle: \"New\"\n---\n\nSee [[#who-pays-what]] and [[#Who pays what?|the payer]].\n\n## Who pays *what*?\n\nWords.\n";
    let site = Site::read(&build(small_with(&[("pages/new.md", page)]).path(), &["--no-search"]).site);
    let page = site.page("pages/new.html");
    let links = page.tags("a").filter(|(_, a)| a.get("href") == Some("#who-pays-what"));
    let words: Vec<&str> = links.map(|(_, a)| a.text.as_str()).collect();
    assert!(words.starts_with(&["Who pays what?", "the payer"]), "{words:?}");
}

#[test]
fn ids_of_headings_are_those_of_the_code_host() {
    let page = "---\ntitle: \"Said\"\n---\n\n## Aims [@gazette, p. 2]\n\nText.\n\n\
        ## The [[strip|land]] of [[strip]]\n\nSee [[#Aims]] and [the land](#the-stripland-of-strip).\n";
    let folder = small_with(&[("pages/said.md", page)]);
    let site = Site::read(&build(folder.path(), &["--no-search"]).site);
    let said = site.page("pages/said.html");
    for id in ["aims-gazette-p-2", "the-stripland-of-strip"] {
        assert!(said.ids().any(|(_, own)| own == id), "{id}");
        let link = format!("#{id}");
        assert!(said.tags("a").any(|(_, a)| a.get("href") == Some(&link)), "{id}");
    }
}

#[test]
fn statements_on_no_question_have_a_heading_of_their_own() {
    let issue = "---\ntitle: \"Strip\"\nstatus: contested\nas_of: 2025-05-01\npoints: {fare: \"Who pays?\"}\n---\n\n\
                 **Bottom line.** Both claim it [@gazette].\n";
    let position = |point: &str, words: &str| {
        format!(
            "---\nactor: north\ndate: 2025-04\nstance: demands\nbasis: official\n{point}---\n\n{words} [@gazette].\n"
        )
    };
    let (on_point, general) = (position("point: fare\n", "They pay."), position("", "It is ours."));
    let check = |files: &[(&str, &str)], expected: &[&str]| {
        let mut all = vec![("issues/strip.md", issue)];
        all.extend(files);
        let folder = small_with(&all);
        std::fs::remove_file(folder.path().join("positions/strip/2025-05-01-north.md")).unwrap();
        let site = Site::read(&build(folder.path(), &["--no-search"]).site);
        let headings: Vec<&str> =
            site.page("actors/north.html").tags("h4").map(|(_, heading)| heading.text.as_str()).collect();
        assert_eq!(headings, expected);
    };
    let (one, two) = ("positions/strip/2025-04-a.md", "positions/strip/2025-04-b.md");
    check(&[(one, &on_point), (two, &general)], &["Who pays?", "In general"]);
    check(&[(one, &general)], &[]);
}

#[test]
fn notes_are_numbered_as_they_are_read_in_a_row() {
    let schema = "block: areas\nfields:\n  area: {type: text}\n";
    let issue = "---\ntitle: \"Land\"\nstatus: contested\nas_of: 2025-05-01\nareas:\n  \
                 - {area: \"East\", as_of: 2025-05-01, note: \"See [@gazette, p. 2].\", cite: \"gazette, p. 1\"}\n---\n\n\
                 **Bottom line.** Both claim it [@gazette].\n";
    let folder = small_with(&[("schema/areas.yaml", schema), ("issues/land.md", issue)]);
    let site = Site::read(&build(folder.path(), &["--no-search"]).site);
    let page = site.page("issues/land.html");
    let marks = page.tags("a").filter(|(at, a)| {
        page.is_in(*at, "table", "") && a.get("href").is_some_and(|href| href.starts_with("#_n"))
    });
    let numbers: Vec<&str> = marks.map(|(_, a)| a.text.as_str()).collect();
    assert_eq!(numbers, ["2", "3"]);
}

#[test]
fn a_draft_that_is_shown_is_marked_and_kept_from_search_engines() {
    let draft = "---\ntitle: \"A draft\"\ndraft: true\n---\n\nNot yet.\n";
    let issue = "---\ntitle: \"New\"\nstatus: contested\nas_of: 2025-05-01\ndraft: true\n---\n\n\
                 **Bottom line.** It is new [@gazette].\n";
    let position = "---\nactor: north\ndate: 2025-05-01\nstance: demands\nbasis: official\ndraft: true\n---\n\nAll of it [@gazette].\n";
    let files =
        [("pages/plan.md", draft), ("issues/new.md", issue), ("positions/new/2025-05-01-north.md", position)];
    let options = ["--no-search", "--drafts", "--base-url", "https://example.org/"];
    let built = build(small_with(&files).path(), &options);
    let site = Site::read(&built.site);
    let check = |path: &str, expected: bool| {
        let page = site.page(path);
        let robots = page
            .tags("meta")
            .any(|(_, meta)| meta.get("name") == Some("robots") && meta.get("content") == Some("noindex"));
        let mark = page.tags("span").any(|(_, mark)| mark.has_class("chip") && mark.text.contains("Draft"));
        assert_eq!((robots, mark), (expected, expected), "{path}");
    };
    check("pages/plan.html", true);
    check("issues/new.html", true);
    check("issues/new/history.html", true);
    check("issues/strip.html", false);
    // A mark stands at each link of an index, and at the statement.
    let index = site.page("issues/index.html");
    let marks: Vec<usize> =
        index.tags("span").filter(|(_, a)| a.has_class("chip")).map(|(at, _)| at).collect();
    assert_eq!(marks.len(), 1, "of two issues one is a draft");
    let history = site.page("issues/new/history.html");
    let marked = history.tags("b").filter(|(at, b)| b.text == "Draft" && history.is_in(*at, "p", "meta"));
    assert_eq!(marked.count(), 1);
    let sitemap = std::fs::read_to_string(built.site.join("sitemap.xml")).unwrap();
    assert!(sitemap.contains("issues/strip.html"), "{sitemap}");
    assert!(!sitemap.contains("plan.html") && !sitemap.contains("new.html"), "{sitemap}");
}

#[test]
fn the_sitemap_names_lists_by_the_addresses_that_they_give_themselves() {
    let files = [
        ("pages/plan.md", "---\ntitle: \"Plan\"\ndraft: true\n---\n\nText.\n"),
        (
            "issues/new.md",
            "---\ntitle: \"New\"\nredirect_from: old\nstatus: mentioned\nas_of: 2025-05-01\n---\n\n**Bottom line.** A [[name without a page]].[@gazette]\n",
        ),
    ];
    let options = ["--no-search", "--drafts", "--base-url", "https://example.org/w/"];
    let built = build(small_with(&files).path(), &options);
    let site = Site::read(&built.site);
    let sitemap = std::fs::read_to_string(built.site.join("sitemap.xml")).unwrap();
    let listed: Vec<&str> =
        sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    for path in ["index.html", "issues/index.html", "actors/index.html", "a-z.html", "questions.html"] {
        let mut links = site.page(path).tags("link");
        let own = links.find_map(|(_, link)| {
            (link.get("rel") == Some("canonical")).then(|| link.get("href").unwrap().to_owned())
        });
        assert!(own.is_some_and(|own| listed.contains(&&*own)), "{path}: {listed:?}");
    }
    assert_eq!(listed[0], "https://example.org/w/");
    // The only free page is a draft.
    for path in ["404.html", "wanted.html", "issues/old.html", "pages/", "index.html"] {
        assert!(!listed.iter().any(|loc| loc.strip_prefix("https://example.org/w/") == Some(path)), "{path}");
    }
}

#[test]
fn a_page_of_any_kind_tells_its_changes_and_its_review() {
    let common = "reviewed: 2025-05-20\nchanges:\n  - {date: 2025-05-10, note: \"First.\"}\n  - {date: 2025-05-20, note: \"Second.\"}\n";
    let dated = "date: 2025-05-01\nissues: strip\n";
    let files = [
        ("issues/a.md", "status: contested\nas_of: 2025-05-01\n".to_owned()),
        ("actors/b.md", "type: state\n".to_owned()),
        ("events/c.md", format!("{dated}type: talks\nwho: north\n")),
        ("documents/d.md", format!("{dated}type: plan\nby: north\nstatus: proposed\n")),
        ("sources/e.md", "publisher: \"P\"\ntype: official\ndate: 2025-05-01\n".to_owned()),
        ("glossary/f.md", String::new()),
        ("pages/g.md", String::new()),
    ];
    let page = |(path, fields): &(&'static str, String)| {
        let text =
            format!("---\ntitle: \"{path}\"\n{fields}{common}---\n\n**Bottom line.** It is so [@gazette].\n");
        (
            *path,
            text.replace(
                "**Bottom line.** ",
                if path.starts_with("issues") { "**Bottom line.** " } else { "" },
            ),
        )
    };
    let pages: Vec<(&str, String)> = files.iter().map(page).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let site = Site::read(&build(small_with(&files).path(), &["--no-search"]).site);
    for (path, _) in files {
        let page = site.page(&path.replace(".md", ".html"));
        let text: String =
            page.tags("main").next().unwrap().1.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in ["Reviewed20 May 2025", "20 May 2025Second.", "10 May 2025First."] {
            assert_eq!(text.matches(expected).count(), 1, "{path}: {expected}\n{text}");
        }
        let heading = page.tags("h2").filter(|(_, h2)| h2.get("id") == Some("_changes"));
        assert_eq!(heading.count(), 1, "{path}");
    }
}

#[test]
fn events_after_the_day_are_no_latest_events() {
    let event = |date: &str| {
        format!(
            "---\ntitle: \"Talks of {date}\"\ndate: {date}\ntype: talks\nwho: north\nissues: strip\n---\n\nThey talk [@gazette].\n"
        )
    };
    let events = ["2025-06-01", "2025-05-01", "2025-06-02", "2025-07-01", "2025-06"]
        .map(|date| (format!("events/talks-{date}.md"), event(date)));
    let files: Vec<(&str, &str)> = events.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::read(&build(small_with(&files).path(), &["--no-search"]).site);
    let page = site.page("index.html");
    let listed: Vec<&str> = page
        .elements
        .iter()
        .filter(|element| {
            element.name == "h2" || element.text.starts_with("Talks of ") && element.name == "a"
        })
        .map(|element| element.text.trim())
        .collect();
    let expected = [
        "Issues",
        "Latest events",
        "Talks of 2025-06",
        "Talks of 2025-06-01",
        "Talks of 2025-05-01",
        "Coming up",
        "Talks of 2025-06-02",
        "Talks of 2025-07-01",
    ];
    assert_eq!(listed, expected);
}

#[test]
fn free_pages_stand_in_the_footer_of_every_page() {
    let page = |title: &str| format!("---\ntitle: \"{title}\"\n---\n\nText.\n");
    let (method, about) = (page("How we work\"\nshort: \"Method & more"), page("About"));
    let draft = page("Later").replace("---\n\n", "draft: yes\n---\n\n");
    let settings = "title: \"Small\"\nparties: [north]\nhome: start\nstances: {demands: \"Demands\"}\n";
    let files = [
        ("site.yaml", settings),
        ("pages/start.md", &page("Start")),
        ("pages/method.md", &method),
        ("pages/about.md", &about),
        ("pages/later.md", &draft),
    ];
    let site = Site::read(&build(small_with(&files).path(), &["--no-search"]).site);
    let footer = |site: &Site, path: &str| -> Vec<(String, String)> {
        let page = site.page(path);
        let links = page.tags("a").filter(|(at, _)| page.is_in(*at, "footer", "foot"));
        links.map(|(_, link)| (link.get("href").unwrap().to_owned(), link.text.trim().to_owned())).collect()
    };
    for (path, root) in [
        ("index.html", ""),
        ("questions.html", ""),
        ("issues/strip.html", "../"),
        ("pages/about.html", "../"),
        ("issues/strip/history.html", "../../"),
    ] {
        let listed = [("about", "About"), ("method", "Method & more")];
        let listed = listed.map(|(id, words)| (format!("{root}pages/{id}.html"), words.to_owned()));
        assert_eq!(footer(&site, path), listed, "{path}");
    }

    // Without any nothing shows; of many the index.
    let none = Site::read(&build(small_with(&[]).path(), &["--no-search"]).site);
    assert_eq!(footer(&none, "issues/strip.html"), []);
    let many: Vec<(String, String)> =
        (1..10).map(|n| (format!("pages/p{n}.md"), page(&format!("Page {n}")))).collect();
    let files: Vec<(&str, &str)> = many.iter().map(|(path, text)| (&**path, &**text)).collect();
    let many = Site::read(&build(small_with(&files).path(), &["--no-search"]).site);
    assert_eq!(footer(&many, "issues/strip.html"), [("../pages/index.html".to_owned(), "Pages".to_owned())]);
}
