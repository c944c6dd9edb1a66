//! Mistakes as newcomers make them: what is told of each, and what is not.
//!
//! A case changes the sound wiki `tests/diagnostics/_base`. Every finding of the run is compared, so that a
//! mistake that brings others with it fails here.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

mod cases;

use cases::{folder, run_with};
use std::fs;
use std::path::Path;

/// A change of the wiki.
enum Do {
    /// Writes a file.
    Write(&'static str, String),
    /// Renames a file or folder.
    Rename(&'static str, &'static str),
    /// Replaces text in a file that is there.
    Edit(&'static str, &'static str, &'static str),
}
use Do::{Edit, Rename, Write};

fn change(content: &Path, changes: &[Do]) {
    for change in changes {
        let at = |path: &str| {
            let path = content.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        };
        match change {
            Write(path, text) => fs::write(at(path), text).unwrap(),
            Rename(from, to) => fs::rename(at(from), at(to)).unwrap(),
            Edit(path, old, new) => {
                let text = fs::read_to_string(at(path)).unwrap();
                assert!(text.contains(old), "{path} has no {old:?}");
                fs::write(at(path), text.replace(old, new)).unwrap();
            }
        }
    }
}

/// The findings of a printed report, each as `code path:line:col message | label | help`.
fn told(printed: &str) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for line in printed.lines() {
        let trimmed = line.trim_start();
        let severity = ["error[", "warning[", "note["].into_iter().find_map(|word| line.strip_prefix(word));
        if let Some((code, message)) = severity.and_then(|rest| rest.split_once("]: ")) {
            told.push(format!("{code} {message}"));
            continue;
        }
        let Some(last) = told.last_mut() else { continue };
        if let Some(path) = trimmed.strip_prefix("--> ") {
            let (code, message) = last.split_once(' ').unwrap();
            *last = format!("{code} {path} {message}");
        } else if let Some(help) = trimmed.strip_prefix("= help: ") {
            *last += &format!(" | {help}");
        } else if let Some((_, label)) = line.split_once("^ ").filter(|(before, _)| before.contains("| ")) {
            *last += &format!(" | {label}");
        }
    }
    told
}

/// Runs a changed wiki and compares errors and warnings with what is expected of them.
fn check(case: &str, changes: &[Do], expected: &[&str]) {
    let (printed, _) = run_with("_base", &[], |wiki| change(&wiki.join("content"), changes));
    let told = told(printed.split("note[").next().unwrap());
    assert_eq!(told, expected, "{case}\n{printed}");
}

fn base(path: &str) -> String {
    fs::read_to_string(folder("_base").join("content").join(path)).unwrap()
}

const POSITION: &str = "positions/territory/2025-03-20-ukraine-land.md";

#[test]
fn a_bad_file_name_is_told_once_and_the_page_is_known_by_its_mended_name() {
    check(
        "capitals and spaces",
        &[
            Rename("sources/ap-2025-03-28.md", "sources/AP 2025-03-28.md"),
            Edit("pages/about.md", "What", "[Report](../sources/ap-2025-03-28.md). What"),
        ],
        &[
            "bad-file-name content/sources/AP 2025-03-28.md `sources/AP 2025-03-28.md` is not a name for a page \
           | rename it to ap-2025-03-28.md: small letters a to z, digits and `-`",
        ],
    );
    check(
        "an accent",
        &[Rename("actors/volodymyr-zelenskyy.md", "actors/Volodymýr_Zelenskyy.md")],
        &[
            "bad-file-name content/actors/Volodymýr_Zelenskyy.md `actors/Volodymýr_Zelenskyy.md` is not a name \
           for a page | rename it to volodymyr-zelenskyy.md: small letters a to z, digits and `-`",
        ],
    );
    check(
        "another script",
        &[Write("pages/Стан-2025.md", base("pages/about.md"))],
        &["bad-file-name content/pages/Стан-2025.md `pages/Стан-2025.md` is not a name for a page \
           | name the file by its subject: small letters a to z, digits and `-`"],
    );
}

#[test]
fn a_page_in_the_wrong_folder_is_told_once() {
    check(
        "a position among issues",
        &[Write("issues/2025-03-21-ukraine-land.md", base(POSITION))],
        &["stray-file content/issues/2025-03-21-ukraine-land.md these are the fields of a position \
           | move the file to content/positions/<issue>/2025-03-21-ukraine-land.md, where <issue> is the file name \
           of its issue without .md"],
    );
    check(
        "a source among documents",
        &[Rename("sources/ap-2025-03-28.md", "documents/ap-2025-03-28.md")],
        &["stray-file content/documents/ap-2025-03-28.md these are the fields of a source \
           | move the file to content/sources/ap-2025-03-28.md"],
    );
    check(
        "an actor among free pages",
        &[
            Rename("actors/russia.md", "pages/russia.md"),
            Edit("pages/about.md", "What", "[Russia](../actors/russia.md), [[russia]]. What"),
        ],
        &["stray-file content/pages/russia.md these are the fields of an actor \
           | move the file to content/actors/russia.md"],
    );
    check(
        "an issue with one slip among actors",
        &[
            Rename("issues/territory.md", "actors/territory.md"),
            Edit("actors/territory.md", "points:", "poinst:"),
        ],
        &[
            "stray-file content/actors/territory.md these are the fields of an issue \
             | move the file to content/issues/territory.md",
            "unknown-key content/actors/territory.md:7:1 there is no field `poinst` here | did you mean `points`?",
        ],
    );
}

#[test]
fn a_file_with_the_wrong_ending_or_folder_is_told_where_it_goes() {
    let to = "content/positions/territory/2025-03-21-russia-land.md";
    for (name, help) in [
        ("2025-03-21-russia-land.txt", "a position is a file that ends in .md: rename it to "),
        ("2025-03-21-russia-land.md.txt", "a position is a file that ends in .md: rename it to "),
        ("2025-03-21-russia-land.MD", "a position is a file that ends in .md: rename it to "),
        ("2025-03-21-russia-land", "a position is a file that ends in .md: rename it to "),
        (
            "march/2025-03-21-russia-land.md",
            "positions lie directly in the folder of their issue: move it to ",
        ),
    ] {
        let path: &'static str = format!("positions/territory/{name}").leak();
        let expected = format!("stray-file content/{path} `{path}` does not belong here | {help}{to}");
        check(name, &[Write(path, base(POSITION))], &[&expected]);
    }
    check(
        "a page of the wrong ending",
        &[
            Rename("glossary/crimea.md", "glossary/crimea.MD"),
            Edit("issues/territory.md", "[[crimea]]", "it"),
        ],
        &["stray-file content/glossary/crimea.MD `glossary/crimea.MD` does not belong here \
           | a page is a file that ends in .md: rename it to content/glossary/crimea.md"],
    );
    check(
        "an image in a folder of images",
        &[
            Write("images/front.png", String::new()),
            Edit("pages/about.md", "What this", "![The front](../images/front.png)\n\nWhat this"),
        ],
        &[
            "stray-file content/images/front.png `images/front.png` does not belong here | put it beside the page \
           that shows it, such as content/issues/front.png, and write its name alone in the link: (front.png); \
           in a position write (../../issues/front.png)",
        ],
    );
    check(
        "a folder that is a slip",
        &[Write("issue/crossings.md", base("issues/territory.md"))],
        &["stray-file content/issue/crossings.md `issue/crossings.md` does not belong here \
           | did you mean content/issues/crossings.md?"],
    );
}

#[test]
fn a_renamed_page_is_told_by_its_new_name() {
    check(
        "an issue",
        &[
            Rename("issues/territory.md", "issues/land.md"),
            Edit("issues/land.md", "title: \"Territory\"", "title: \"Land\"\nredirect_from: territory"),
            Edit("pages/about.md", "What", "[Land](../issues/territory.md). What"),
        ],
        &[
            "unknown-issue content/documents/joint-statement.md:7:9 there is no issue `territory` \
             | this page is now `land`",
            "unknown-issue content/events/jeddah-meeting.md:6:9 there is no issue `territory` \
             | this page is now `land`",
            "broken-link content/pages/about.md:5:1 there is no file `../issues/territory.md` \
             | this page is now `land`: write ../issues/land.md",
            "unknown-issue content/positions/territory/2025-03-20-ukraine-land.md the issue `territory` is now \
             `land` | move the folder to content/positions/land/",
        ],
    );
    check(
        "a source",
        &[
            Rename("sources/ap-2025-03-28.md", "sources/report.md"),
            Edit("sources/report.md", "type:", "redirect_from: [ap-2025-03-28]\ntype:"),
            Edit("issues/territory.md", "[@ap-2025-03-28]", "[@crs-in12534]"),
        ],
        &["unknown-source content/positions/territory/2025-03-20-ukraine-land.md:12:29 there is no source \
           `ap-2025-03-28` | this page is now `report`"],
    );
}

#[test]
fn one_bad_field_of_a_position_hides_no_other() {
    check(
        "stance and citation",
        &[
            Edit(POSITION, "stance: demands", "stance: support"),
            Edit(POSITION, " [@crs-in12534; @ap-2025-03-28]", ""),
            Edit(POSITION, "point: recognition", "point: river"),
        ],
        &[
            "uncited content/positions/territory/2025-03-20-ukraine-land.md:1:1 this position has no citation | \
             expected the statement below the front matter, with a citation such as [@crs-in12534]",
            "wrong-choice content/positions/territory/2025-03-20-ukraine-land.md:4:9 `support` is not a word for \
             `stance` | expected one of demands, accepts, rejects, states",
            "unknown-point content/positions/territory/2025-03-20-ukraine-land.md:6:8 the issue `territory` has \
             no point `river` | its points are line, recognition",
        ],
    );
    check(
        "no basis, a date after the sources and before the role",
        &[
            Edit(POSITION, "basis: quoted\n", ""),
            Edit(POSITION, "date: 2025-03-20", "date: 2025-04-20"),
            Edit("actors/volodymyr-zelenskyy.md", "from: 2019-05-20", "from: 2026"),
        ],
        &[
            "missing-field content/positions/territory/2025-03-20-ukraine-land.md:1:1 the field `basis` is \
             missing | expected `basis: …`, one of official, quoted, reported, told, analyst \
             | `basis`: How we know of it.",
            "dated-after-source content/positions/territory/2025-03-20-ukraine-land.md:3:7 this statement is \
             dated after all the sources it rests on | check the date, or cite a later source | for a statement \
             of unknown date write ../ and the source's date: ../2025-03-26",
            "no-role content/positions/territory/2025-03-20-ukraine-land.md:6:5 `volodymyr-zelenskyy` has no role \
             for `ukraine` on 2025-04-20 | for whom did this person speak? | add a role with `for: ukraine` that \
             holds on that day to content/actors/volodymyr-zelenskyy.md, or name another `actor`",
        ],
    );
    check(
        "an unknown actor asks for no role",
        &[
            Edit(POSITION, "actor: ukraine", "actor: norland"),
            Edit(POSITION, "at: jeddah-meeting", "at: jeddah"),
        ],
        &[
            "unknown-actor content/positions/territory/2025-03-20-ukraine-land.md:2:8 there is no actor `norland` \
             | no actor has this id, title or alias | for a new actor, create content/actors/norland.md",
            "unknown-event content/positions/territory/2025-03-20-ukraine-land.md:9:5 there is no event `jeddah` \
             | no event has this id, title or alias | for a new event, create content/events/jeddah.md",
        ],
    );
}

#[test]
fn a_mistake_brings_no_others_with_it() {
    check(
        "points that are not set in",
        &[
            Edit("issues/territory.md", "\n  line:", "\nline:"),
            Edit("issues/territory.md", "  recog", "recog"),
        ],
        &["unknown-key content/issues/territory.md:8:1 `line` belongs to `points` and is not set in \
           | put two spaces before it | put two spaces before every line that belongs to `points`"],
    );
    check(
        "a slip in `by` of readouts",
        &[Edit(
            "events/jeddah-meeting.md",
            "issues: territory",
            "issues: territory\nreadouts:\n  by: [ukraine, rusia]\n  rows:\n    - aspect: \"First step\"\n      \
             ukraine: \"A ceasefire [@crs-in12534]\"\n      russia: \"Talks [@crs-in12534]\"",
        )],
        &["unknown-actor content/events/jeddah-meeting.md:8:17 there is no actor `rusia` \
           | did you mean `russia`? | for a new actor, create content/actors/rusia.md"],
    );
}

#[test]
fn an_id_with_folder_or_ending_is_told_without_them() {
    check(
        "in a field",
        &[
            Edit(POSITION, "at: jeddah-meeting", "at: jeddah-meeting.md"),
            Edit(POSITION, "about: joint-statement", "about: documents/joint-statement"),
            Edit(POSITION, "actor: ukraine", "actor: norland.md"),
        ],
        &[
            "unknown-actor content/positions/territory/2025-03-20-ukraine-land.md:2:8 there is no actor \
             `norland.md` | no actor has this id, title or alias \
             | for a new actor, create content/actors/norland.md",
            "unknown-document content/positions/territory/2025-03-20-ukraine-land.md:8:8 there is no document \
             `documents/joint-statement` | did you mean `joint-statement`?",
            "unknown-event content/positions/territory/2025-03-20-ukraine-land.md:9:5 there is no event \
             `jeddah-meeting.md` | did you mean `jeddah-meeting`?",
        ],
    );
    check(
        "in links",
        &[
            Edit("site.yaml", "home: about", "home: about\nchecks: {wanted-page: warning}"),
            Edit(
                "pages/about.md",
                "What",
                "[[territory.md]], [[issues/territory#background]], [[sea/land]]. What",
            ),
        ],
        &[
            "wanted-page content/pages/about.md:5:1 nobody has written the page `territory.md` \
             | did you mean `territory`?",
            "wanted-page content/pages/about.md:5:19 nobody has written the page `issues/territory` \
             | did you mean `territory`?",
            "wanted-page content/pages/about.md:5:52 nobody has written the page `sea/land` \
             | it is shown as a red link until somebody does",
        ],
    );
    check(
        "the name of an image",
        &[
            Write("pages/exchanges.png", String::new()),
            Write("issues/front line.png", String::new()),
            Edit("pages/about.md", "What", "![x](Exchanges.PNG) ![y](front%20line.png) What"),
        ],
        &[
            "broken-link content/pages/about.md:5:1 there is no image `Exchanges.PNG` \
             | did you mean `exchanges.png`?",
            "broken-link content/pages/about.md:5:21 there is no image `front%20line.png` \
             | did you mean `../issues/front%20line.png`?",
        ],
    );
}

#[test]
fn help_names_the_folder_that_was_given() {
    let (printed, _) = run_with("_base", &["--content", "wiki"], |folder| {
        fs::rename(folder.join("content"), folder.join("wiki")).unwrap();
        change(
            &folder.join("wiki"),
            &[
                Edit(POSITION, "actor: ukraine", "actor: norland"),
                Edit("actors/volodymyr-zelenskyy.md", "from: 2019-05-20", "from: 2026"),
                Write("positions/sea/2025-03-20-ukraine.md", base(POSITION)),
                Write("positions/territory/2025-03-21-ukraine.md", base(POSITION)),
                Edit("issues/territory.md", "group: core", "group: core\nsteps: [{what: \"x\"}]"),
            ],
        );
    });
    for expected in [
        "create wiki/actors/norland.md",
        "create wiki/issues/sea.md",
        "that holds on that day to wiki/actors/volodymyr-zelenskyy.md",
        "create wiki/schema/steps.yaml",
    ] {
        assert!(printed.contains(expected), "{expected}\n{printed}");
    }
    assert!(!printed.contains("content/"), "{printed}");
}

#[test]
fn what_to_mend_first_is_told_first() {
    let change = |wiki: &Path| {
        change(
            &wiki.join("content"),
            &[
                Edit("actors/russia.md", "A state", "A state of [[nowhere]]"),
                Edit("documents/joint-statement.md", "status: published", "status: publishd"),
                Edit("issues/territory.md", "## Background", "### Background"),
                Rename("glossary/crimea.md", "glossary/Crimea.md"),
            ],
        );
    };
    let codes = |options: &[&str]| -> Vec<String> {
        let (printed, _) = run_with("_base", options, change);
        let code = |line: &str| Some(line.split_once('[')?.1.split_once("]: ")?.0.to_owned());
        printed.lines().filter_map(code).collect()
    };
    assert_eq!(codes(&[]), ["bad-file-name", "wrong-choice", "heading-skipped", "wanted-page"]);
    assert_eq!(
        codes(&["--format", "short"]),
        ["wanted-page", "wrong-choice", "bad-file-name", "heading-skipped"]
    );
}

#[test]
fn what_would_be_lost_without_a_word_is_told() {
    let body = |text: &str| [Write("pages/about.md", format!("---\ntitle: \"About\"\n---\n\n{text}\n"))];
    let check = |text: &str, expected: &[&str]| check(text, &body(text), expected);
    check(
        "See [it][War plan] and [the pact][].\n\n[war  PLAN]: https://example.org/\n[the pact]: https://example.org/b\n\
         [//]: # (a comment)\n[comment]: /\n[Straße]: https://example.org/c\n\nSee [that][STRASSE].",
        &[],
    );
    check(
        "![A map, see [the plan][a]](map.png) and [the plan][a] and [the pact][a]\n\n[a]: https://example.org/ \"New\"",
        &[
            "broken-link content/pages/about.md:5:1 there is no image `map.png` | expected the way from this file's \
             folder to a file of the content folder",
            "vague-link-text content/pages/about.md:7:1 readers would not see the words in quotes behind this address | \
             write them in the text, or take them out",
        ],
    );
    check(
        "See [it][a] and [that][b].\n\n[a]: https://example.org/\n[b]: https://example.org/b\n[//]: # (one)\n[//]: # (two)\n\n\
         > [A]: https://example.org/2 \"New\"\n\n```\n[a]: code\n```\n\nWords\n[a]: https://example.org/text",
        &[
            "broken-link content/pages/about.md:12:3 this label has an address already, and links take the first: \
             readers would never reach this one | give one of the two another label than [A], or take this line out",
        ],
    );
    check(
        "Text.\n\n[Update]: resumed\n[of old]: https://example.org/\n  \"On the war\"\n[a]: https://example.org/a",
        &[
            "broken-link content/pages/about.md:7:1 this line says where a link leads, and no link does: readers would \
             not see it | link to it as [words][Update], take it out, or write \\[ for words in brackets",
            "broken-link content/pages/about.md:8:1 this line says where a link leads, and no link does: readers would \
             not see it | link to it as [words][of old], take it out, or write \\[ for words in brackets",
            "broken-link content/pages/about.md:10:1 this line says where a link leads, and no link does: readers would \
             not see it | link to it as [words][a], take it out, or write \\[ for words in brackets",
        ],
    );
    check(
        "Read [the plan](https://example.org/ \"as it was in May\") and ![A map](map.png 'after the ISW').",
        &[
            "broken-link content/pages/about.md:5:62 there is no image `map.png` | expected the way from this file's folder \
             to a file of the content folder",
            "image-description content/pages/about.md:5:62 readers would not see the words in quotes behind this address \
             | write them below the image, or take them out",
            "vague-link-text content/pages/about.md:5:6 readers would not see the words in quotes behind this address | \
             write them in the text, or take them out",
        ],
    );
    check(
        "- **Assumption.** X holds.\n- **Assumption.** Y holds.",
        &[
            "bad-label content/pages/about.md:5:3 a label opens a paragraph, and this is an entry of a list | \
             take it out of the list, with an empty line above and below",
            "bad-label content/pages/about.md:6:3 a label opens a paragraph, and this is an entry of a list | \
             take it out of the list, with an empty line above and below",
        ],
    );
    check(
        "**Open question (since 2025-03-26).** X?\n**Assumption.** Y.",
        &["bad-label content/pages/about.md:6:1 a label opens a paragraph, and this stands inside one | \
           put an empty line before it"],
    );
    check(
        "**Open question (since 2025-03-26).**\n\nWho pays?",
        &["bad-label content/pages/about.md:5:1 nothing stands behind this label | \
           put the text behind it, in the same paragraph"],
    );
    check(
        "**Assumption.**X.",
        &["bad-label content/pages/about.md:5:1 a blank is missing behind this label, so it is none | \
           write **Assumption.** and a blank behind it"],
    );
    check(
        "| who | what |\n|---|---|\n| [[ukraine|it]] | claims it [@nobody] |",
        &[
            "broken-link content/pages/about.md:7:3 in a table a bar ends the cell, so this is no link and what \
           stands behind it is lost | write [[ukraine\\|it]]",
        ],
    );
    check(
        "| who | what |\n|---|---|\n| `[[x` | b | lost |",
        &[
            "yaml-lost-text content/pages/about.md:7:15 this row has more cells than the table's head, so nobody \
           would see this one | give the head a column more, or write \\| for a bar inside a cell",
        ],
    );
    // A warning never stands in the place of an error.
    check(
        "##Heading [^9]",
        &[
            "undefined-footnote content/pages/about.md:5:11 there is no footnote `9` | \
             expected a line `[^9]: …` further below",
            "heading-skipped content/pages/about.md:5:1 a blank is missing behind these signs, so this is no \
             heading | write ## Heading [^9]",
        ],
    );
    check(
        "## <b></b>",
        &["raw-html content/pages/about.md:5:4 raw HTML is not taken | write **words** for bold"],
    );
    check(
        "## a {#[@Bad x]}",
        &[
            "bad-citation content/pages/about.md:5:8 this citation has a form that is not read | write [@bad, x]",
        ],
    );
    check(
        "#",
        &["heading-skipped content/pages/about.md:5:1 this heading has no words | \
           write them behind the signs, or take the line out"],
    );
    check(
        "> [!NOTE]: nobody/sees-this",
        &["bad-label content/pages/about.md:5:3 the text of a callout begins on the next line | \
           write > [!NOTE] alone on this line, and the text on the next behind >"],
    );
    check(
        "[!INFO]: nobody/sees-this",
        &["bad-label content/pages/about.md:5:1 this callout is none of the five | \
           expected [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION], and its text on the next line"],
    );
    check(
        "[see the text [@crs-in12534]](https://example.org).",
        &[
            "broken-link content/pages/about.md:5:29 this is no link | the words of a link hold no citation and \
           no other link: put it behind the link",
        ],
    );
    check(
        "Text of [[ukraine and [[]], \\[[ukraine, `[[x`.",
        &[
            "broken-link content/pages/about.md:5:9 these two brackets begin no link | expected [[id]], \
             [[title]] or [[id|words]]; for brackets as they stand write \\[\\[",
            "broken-link content/pages/about.md:5:23 these two brackets begin no link | expected [[id]], \
             [[title]] or [[id|words]]; for brackets as they stand write \\[\\[",
        ],
    );
    check(
        "| A | B |\n| 1 | 2 |\n\n• one\n• two\n\nSo **bold it is.\n\nA %%secret%% note.",
        &[
            "bad-label content/pages/about.md:5:1 this line is no row of a table, so readers would see its signs | \
             a table has a line such as |---|---| below its head, and no empty line between its rows",
            "bad-label content/pages/about.md:8:1 this sign makes no list | begin each entry on a line of its own \
             with a hyphen and a blank, the first below an empty line",
            "bad-label content/pages/about.md:11:4 these stars make nothing bold, so readers would see them | write \
             **words** with no blank inside the stars, and a blank behind them; stars as they stand are \\*\\*",
            "raw-html content/pages/about.md:13:3 this is no comment here, so readers would see it | \
             write <!-- … -->",
        ],
    );
    check(
        "| A | B |\n|---|---|\n| 1 | 2 |\nSource: AP\n\nThe talks failed.\n---\n\n    So [@crs-in12534].\n\n```\nText",
        &[
            "bad-label content/pages/about.md:8:1 the table above takes this line for a row | put an empty line \
             before it; a row has bars between its cells",
            "bad-citation content/pages/about.md:13:8 with so many blanks before it this is printed as code | take \
             the blanks out; what is meant as code stands between lines of ```",
            "bad-label content/pages/about.md:15:1 this block of code is never closed, so all that follows is printed \
             as code | end it with a line ```",
            "heading-skipped content/pages/about.md:10:1 the line below makes a heading of this sentence | put an \
             empty line between them",
        ],
    );
    check(
        "The end.\n\n---\ntitle: \"Another\"\n---\n\nText.",
        &[
            "yaml-lost-text content/pages/about.md:8:1 these fields belong to no page, so readers would see them as \
           text | a second page or statement stands in a file of its own",
        ],
    );
    check(
        "As [the report][crs] says, see Https://example.org/a.",
        &[
            "broken-link content/pages/about.md:5:4 no line says where this leads, so it is no link or image | write [the report](address); for brackets as they stand write \\[the report]",
            "broken-link content/pages/about.md:5:32 with a capital at its beginning this address is no link | \
             write https://example.org/a",
        ],
    );
    check(
        "Text [[@crs-in12534]].",
        &["bad-citation content/pages/about.md:5:6 a citation stands in one pair of brackets | \
           write [@crs-in12534]"],
    );
    check(
        "Text <!-- a secret",
        &["raw-html content/pages/about.md:5:6 this comment is never closed, so readers would see it | \
           end it with -->"],
    );
}

#[test]
fn what_computers_and_keyboards_leave_is_told_with_the_line_to_write() {
    let position = |from: &str, to: &str| {
        let text = base(POSITION);
        assert!(text.contains(from), "{from}");
        [Write(POSITION, text.replacen(from, to, 1))]
    };
    check(
        "a merge that was not finished",
        &position("basis: quoted\n", "<<<<<<< main\nbasis: quoted\n=======\nbasis: told\n>>>>>>> mine\n"),
        &[&format!(
            "yaml content/{POSITION}:5:1 two versions of this text stand here that were not merged | keep one of \
             them, and take out the lines with <<<<<<<, ======= and >>>>>>>"
        )],
    );
    check(
        "an empty line at the top",
        &position("---\nactor", "\n---\nactor"),
        &[&format!(
            "front-matter-missing content/{POSITION}:1:1 this page does not begin with front matter | expected a \
             line `---` here | take out the empty lines and blanks before the line `---`"
        )],
    );
    for dashes in [" ---", "—", "----"] {
        check(
            dashes,
            &position("meeting\n---\n", &format!("meeting\n{dashes}\n")),
            &[&format!(
                "front-matter-unclosed content/{POSITION}:10:1 this line does not close the front matter | write \
                 `---`: three hyphens, and nothing before or behind them"
            )],
        );
    }
    check(
        "a blank that does not break lines",
        &position("basis: quoted", "basis:\u{a0}quoted"),
        &[&format!(
            "yaml content/{POSITION}:5:1 the blank after the colon is none that YAML takes | write basis: quoted | \
             where the colon belongs to the words, put them in double quotes"
        )],
    );
    check(
        "a comma behind a value",
        &position("basis: quoted", "basis: \"quoted\","),
        &[&format!("yaml content/{POSITION}:5:8 a comma stands behind this value | write \"quoted\"")],
    );
    let list = |end: &str| format!("aliases: [\n  \"a one\",\n  \"b two\"\n]\nshort: {end}\n");
    check(
        "no comma between the lines of a list",
        &position("about: joint-statement\n", &list("\"said \"no\" twice\"")),
        &[&format!(
            "yaml-quotes content/{POSITION}:12:8 quotation marks stand inside quotation marks | write \\\" for those \
             inside: \"said \\\"no\\\" twice\""
        )],
    );
    check(
        "brackets with backslashes",
        &position("[@crs-in12534; @ap-2025-03-28]", "\\[@crs-in12534, p. 2\\]"),
        &[&format!(
            "bad-citation content/{POSITION}:12:14 this citation has a form that is not read | write \
             [@crs-in12534, p. 2]"
        )],
    );
    check(
        "a word of the opposite meaning is not proposed",
        &position("stance: demands", "stance: opposes"),
        &[&format!(
            "wrong-choice content/{POSITION}:4:9 `opposes` is not a word for `stance` | expected one of demands, \
             accepts, rejects, states"
        )],
    );
    check(
        "a note without its colon, and a picture of one computer",
        &[Write(
            "pages/about.md",
            "---\ntitle: \"About\"\n---\n\nText.[^1]\n\n[^1] The note.\n\n![A map](C:/maps/front.png)\n"
                .to_owned(),
        )],
        &[
            "undefined-footnote content/pages/about.md:5:6 there is no footnote `1` | expected a line `[^1]: …` \
             further below",
            "undefined-footnote content/pages/about.md:7:1 there is no footnote `1` | a colon is missing, if this is \
             the note: `[^1]: …`",
            "bad-scheme content/pages/about.md:9:1 `C:/maps/front.png` is no image of the wiki | put the file beside \
             the page and name it here",
        ],
    );
}

#[test]
fn an_actor_under_two_names_is_one() {
    check(
        "two accounts",
        &[Edit(
            "events/jeddah-meeting.md",
            "issues: territory",
            "issues: territory\nreadouts:\n  by: [ukraine]\n  rows:\n    - {aspect: \"A\", ukraine: \"One [@crs-in12534].\", \
             Ukraine: \"Two [@crs-in12534].\"}",
        )],
        &[
            "duplicate-key content/events/jeddah-meeting.md:10:53 `Ukraine` is `ukraine`, who stands here already | \
           take one of the two out, or put both in one",
        ],
    );
}

#[test]
fn one_name_is_taken_where_one_is_asked_for() {
    check(
        "several",
        &[Edit(POSITION, "actor: ukraine", "actor: ukraine, russia")],
        &[&format!(
            "wrong-type content/{POSITION}:2:8 `ukraine, russia` names several, and this field takes one | \
             write one of them"
        )],
    );
}

#[test]
fn names_in_brackets_are_told_with_what_their_field_takes() {
    let said = |written: &'static str, found: &[&str]| {
        let found: Vec<String> =
            found.iter().map(|found| found.replace("HERE", &format!("content/{POSITION}:2:8"))).collect();
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        check(written, &[Edit(POSITION, "actor: ukraine", written)], &found);
    };
    for name in ["[ukraine]", "[\"[[ukraine]]\"]", "[[ukraine|Kyiv]]"] {
        let written = format!("actor: {name}").leak();
        said(written, &["wrong-type HERE `actor` takes a name without brackets | write ukraine"]);
    }
    said(
        "actor: [ukraine, russia]",
        &["wrong-type HERE `actor` takes one name, and several stand here | write one of them"],
    );
    said(
        "actor: [[ukraine]],",
        &[
            "yaml-quotes HERE double brackets are for links in texts | the name of a page stands without brackets \
           here | write: actor: ukraine",
        ],
    );
    said(
        "actor: [[ukraine]], [[russia]]",
        &[
            "yaml-quotes HERE double brackets are for links in texts | names of pages stand in one pair of brackets \
             here | write: actor: [ukraine, russia]",
            "wrong-type HERE `actor` takes one name, and several stand here | write one of them",
        ],
    );
    said(
        "actor: [[ukraine]].",
        &[
            "yaml-quotes HERE double brackets are for links in texts | the name of a page stands without brackets \
           here | write: actor: ukraine",
        ],
    );
    said("actor: ukraine,", &["unknown-actor HERE there is no actor `ukraine,` | did you mean `ukraine`?"]);
}

#[test]
fn each_name_of_a_list_has_a_line_of_its_own() {
    check(
        "links in an entry",
        &[Edit("issues/territory.md", "actors: [ukraine, russia]", "actors:\n  - [[ukraine]], [[russia]]")],
        &[
            "yaml-quotes content/issues/territory.md:7:5 double brackets are for links in texts | each name stands in a \
           line of its own here | write: - ukraine, and below it: - russia",
        ],
    );
    check(
        "a name and a link",
        &[Edit("issues/territory.md", "actors: [ukraine, russia]", "actors: ukraine, [[russia]]")],
        &[
            "unknown-actor content/issues/territory.md:6:9 there is no actor `ukraine, [[russia]]` | write several in \
             brackets: [ukraine, russia]",
        ],
    );
    check(
        "a link and a name",
        &[Edit("issues/territory.md", "actors: [ukraine, russia]", "actors: [[ukraine]], russia")],
        &[
            "yaml-quotes content/issues/territory.md:6:9 double brackets are for links in texts | names of pages stand \
             in one pair of brackets here | write: actors: [ukraine, russia]",
        ],
    );
    check(
        "names in an entry",
        &[Edit("issues/territory.md", "actors: [ukraine, russia]", "actors:\n  - ukraine, russia")],
        &[
            "unknown-actor content/issues/territory.md:7:5 there is no actor `ukraine, russia` | each is an entry of its \
           own: ukraine and russia",
        ],
    );
}

#[test]
fn links_in_a_field_of_words_are_no_list_of_names() {
    check(
        "a note",
        &[Edit(
            "issues/territory.md",
            "points:",
            "changes:\n  - date: 2025-03-26\n    note: [[ukraine]] and [[russia]]\npoints:",
        )],
        &[
            "yaml-quotes content/issues/territory.md:9:11 YAML cannot take this value as it stands | put it in double \
             quotes | write: note: \"[[ukraine]] and [[russia]]\"",
            "wrong-type content/issues/territory.md:9:11 `note` takes plain words, and `[[ukraine]]` would be printed \
             as it stands | write the words alone: ukraine",
            "wrong-type content/issues/territory.md:9:27 `note` takes plain words, and `[[russia]]` would be printed \
             as it stands | write the words alone: russia",
        ],
    );
}

#[test]
fn a_point_whose_words_cannot_be_read_is_a_point() {
    check(
        "points",
        &[Edit("issues/territory.md", "\"Whose is the land?\"", "[[ukraine]], [[russia]]")],
        &[
            "yaml-quotes content/issues/territory.md:9:16 double brackets are for links in texts | names of pages \
             stand in one pair of brackets here | write: recognition: [ukraine, russia]",
            "wrong-type content/issues/territory.md:9:16 `recognition` has no words | expected `recognition: \"…\"`",
        ],
    );
}

#[test]
fn a_page_in_a_folder_of_its_own_is_sent_to_a_free_name() {
    check(
        "a folder for each issue",
        &[
            Write("issues/territory/territory.md", String::new()),
            Write("issues/territory/other.md", String::new()),
            Write("issues/Dom\u{e9}stic politics/index.md", String::new()),
        ],
        &[
            "stray-file content/issues/Dom\u{e9}stic politics/index.md `issues/Dom\u{e9}stic politics/index.md` does not \
             belong here | pages lie directly in their folder: move it to content/issues/domestic-politics.md",
            "stray-file content/issues/territory/other.md `issues/territory/other.md` does not belong here | pages \
             lie directly in their folder: move it to content/issues/other.md",
            "stray-file content/issues/territory/territory.md `issues/territory/territory.md` does not belong here \
             | pages lie directly in their folder: move it to content/issues/territory.md (a file of that name is \
             there already: give this one another, or take it out)",
        ],
    );
}

#[test]
fn a_number_is_one_as_in_a_quantity() {
    let check = |number: &'static str, expected: &[&str]| {
        let schema = "block: steps\nfields:\n  load: {type: number}\n".to_owned();
        let row = format!("steps:\n  - {{load: {number}, as_of: 2025-03-26, cite: crs-in12534}}\npoints:");
        let changes =
            [Write("schema/steps.yaml", schema), Edit("issues/territory.md", "points:", row.leak())];
        check(number, &changes, expected);
    };
    for sound in ["1.50", "\"1,200\"", "-3", "0.0", "unknown"] {
        check(sound, &[]);
    }
    let told = |message: &str| {
        format!(
            "wrong-type content/issues/territory.md:8:12 {message} | expected a number such as 175, 1.50 or 1,200"
        )
    };
    check("\"1,5\"", &[&told("`1,5` has a comma that does not part thousands")]);
    check("1e3", &[&told("`1e3` is not a number")]);
    check("10_0", &[&told("`10_0` is not a number")]);
    check(".inf", &[&told("`.inf` is not a number")]);
    check("[1, 2]", &[&told("`load` does not take this value")]);
}

#[test]
fn a_site_has_one_address_and_settings_are_one_document() {
    check(
        "a query",
        &[Edit("site.yaml", "home: about", "home: about\nbase_url: https://example.org/?wiki")],
        &["bad-config content/site.yaml:4:11 `https://example.org/?wiki` is not where a site can stand | \
           expected an address such as https://example.org/wiki/"],
    );
    check(
        "a line of front matter",
        &[Edit("site.yaml", "home: about", "home: about\n---")],
        &[
            "yaml content/site.yaml:4:1 a line `---` stands only in pages; take it out | the fields cannot be read \
           from here on | each line is `field: value`, lists are lines that begin with `- `, both set in by \
           spaces alike",
        ],
    );
}

#[test]
fn a_link_to_a_heading_of_a_position_is_told() {
    let text = base(POSITION) + "\n## Terms\n\nSee [[#Terms]] [@crs-in12534].\n";
    let line = text.lines().count();
    check(
        "a heading of its own",
        &[Write(POSITION, text)],
        &[&format!(
            "broken-anchor content/{POSITION}:{line}:5 a position's own headings cannot be linked to | \
             link to a heading of a page, such as [[page#heading]]"
        )],
    );
}

#[test]
fn a_link_to_a_position_is_told_with_the_link_to_its_issue() {
    let id = "2025-03-20-ukraine-land";
    let address = format!("issues/territory/history.html#{id}");
    let found = format!("readers find the statement in the issue's history, at {address}");
    for (link, column, message, write) in [
        (format!("[[{id}]]"), 24, format!("`{id}`"), "[[territory]]"),
        (format!("[[territory/{id}|its land]]"), 24, format!("`territory/{id}`"), "[[territory|its land]]"),
        (
            format!("![[positions/territory/{id}.md]]"),
            1,
            format!("`positions/territory/{id}.md`"),
            "[[territory]]",
        ),
    ] {
        let text = if column == 1 { format!("text.\n\n{link}\n") } else { format!("{link} text.") };
        let line = if column == 1 { 7 } else { 5 };
        check(
            &link,
            &[Edit("pages/about.md", "briefing is.", &format!("briefing is. {text}").leak()[..])],
            &[&format!(
                "broken-link content/pages/about.md:{line}:{column} {message} is a position, and a position has no \
                 page of its own | link to its issue: {write} | {found}"
            )],
        );
    }
    check(
        "by file, and with the site's address",
        &[
            Edit("pages/about.md", "What", "[Land](../positions/territory/2025-03-20-ukraine-land.md) What"),
            Edit("site.yaml", "home:", "base_url: https://example.org/talks/\nhome:"),
        ],
        &[&format!(
            "broken-link content/pages/about.md:5:1 there is no file `../positions/territory/{id}.md` | link to \
             its issue: [[territory]] | or to the statement itself, by its full address: \
             [words](https://example.org/talks/{address})"
        )],
    );
    let history = "../issues/territory/history.html";
    let label = "no file has this page of the site: link to its issue, [[territory]]";
    for (link, told) in [
        (format!("{history}#{id}"), format!("link to its issue: [[territory]] | {found}")),
        (history.to_owned(), label.to_owned()),
    ] {
        check(
            "by its place in the site",
            &[Edit("pages/about.md", "What", format!("[Land]({link}) what").leak())],
            &[&format!("broken-link content/pages/about.md:5:1 there is no file `{link}` | {told}")],
        );
    }
    check(
        "by another name",
        &[
            Edit("pages/about.md", "What", "[[All its land]] what"),
            Edit(POSITION, "actor:", "aliases: \"All its land\"\nactor:"),
        ],
        &[&format!(
            "broken-link content/pages/about.md:5:1 `All its land` is a position, and a position has no page of its \
             own | link to its issue: [[territory]] | {found}"
        )],
    );
    check(
        "as a heading of its issue",
        &[Edit("pages/about.md", "What", "[[territory#2025-03-20-ukraine-land]] what")],
        &[&format!(
            "broken-anchor content/pages/about.md:5:1 `{id}` is a position on `territory` and no heading of it | \
             link to the issue alone: [[territory]] | {found}"
        )],
    );
}

#[test]
fn a_file_that_a_position_shows_or_links_and_is_not_there_is_no_position() {
    let way = "expected the way from this file's folder to a file of the content folder";
    for (link, told) in [
        ("![A map](map.png)", "there is no image `map.png`"),
        ("[The text](plan.pdf)", "there is no file `plan.pdf`"),
    ] {
        check(
            link,
            &[Edit(POSITION, "All its land", &format!("All its land {link}").leak()[..])],
            &[&format!("broken-link content/{POSITION}:12:14 {told} | {way}")],
        );
    }
}

#[test]
fn each_citation_of_a_field_is_told_at_its_own_id() {
    let actor = "actors/volodymyr-zelenskyy.md";
    let unknown = |column: u32, id: &str| {
        format!(
            "unknown-source content/{actor}:9:{column} there is no source `{id}` | no source has this id, title or \
             alias | for a new source, create content/sources/{id}.md"
        )
    };
    check(
        "of one text",
        &[Edit(actor, "cite: crs-in12534", "cite: \"crs-in12534, p. 2; who-9;  what-7, p. 1\"")],
        &[&unknown(31, "who-9"), &unknown(39, "what-7")],
    );
    check(
        "of a list",
        &[Edit(actor, "cite: crs-in12534", "cite: [crs-in12534, who-9]")],
        &[&unknown(25, "who-9")],
    );
}

#[test]
fn a_wide_sign_and_an_address_without_its_beginning_are_told() {
    let citation = "this citation has a form that is not read";
    let address = "https:// is missing before this address, so it is no link";
    let none = "if it is to be none";
    for (text, told) in [
        ("So it is [＠crs-in12534].", format!("bad-citation 10 {citation} | write [@crs-in12534]")),
        (
            "So says ＠crs-in12534.",
            format!(
                "bad-citation 9 {citation} | write [@crs-in12534] | the name of an account that is no source stands in \
             backticks: `@crs-in12534`"
            ),
        ),
        (
            "See www.example.org/a.",
            format!(
                "broken-link 5 {address} | write https://www.example.org/a, or put it in backticks {none}"
            ),
        ),
        (
            "See [words](www.example.org/a).",
            "broken-link 5 there is no file `www.example.org/a` | for an address \
            outside write https://www.example.org/a"
                .to_owned(),
        ),
    ] {
        let (code, rest) = told.split_once(' ').unwrap();
        let (column, rest) = rest.split_once(' ').unwrap();
        check(
            text,
            &[Edit("pages/about.md", "What this briefing is.", text)],
            &[&format!("{code} content/pages/about.md:5:{column} {rest}")],
        );
    }
    for sound in ["See [www.example.org](https://www.example.org).", "See `www.example.org` and name＠host."]
    {
        check(sound, &[Edit("pages/about.md", "What", sound)], &[]);
    }
    check(
        "in a field",
        &[Edit("actors/volodymyr-zelenskyy.md", "cite: crs-in12534", "cite: ＠crs-in12534")],
        &[
            "bad-citation content/actors/volodymyr-zelenskyy.md:9:11 this is not a citation | write it without @ and \
           brackets | write: crs-in12534",
        ],
    );
}

#[test]
fn attributes_with_blanks_and_comments_behind_a_mark_are_told_as_what_they_are() {
    check(
        "attributes",
        &[Edit("pages/about.md", "What", "## Aims {#aims title=\"our aims\"}\n\nWhat")],
        &[
            "heading-skipped content/pages/about.md:5:9 readers would see this as words of the heading | take it out: \
           a heading's address is made from its words",
        ],
    );
    check(
        "a comment",
        &[Edit("pages/about.md", "What", "> [!note] <!-- to be checked -->\n> Beware.\n\nWhat")],
        &[
            "bad-label content/pages/about.md:5:3 a comment stands behind this mark, so it makes no callout | write > \
           [!NOTE] alone on this line, and the comment on a line of its own below the text",
        ],
    );
}

#[test]
fn names_are_told_in_the_form_that_the_field_takes() {
    check(
        "aliases in one",
        &[Edit("actors/russia.md", "aliases: [\"the Kremlin\"]", "aliases: Moscow, the Kremlin")],
        &[
            "wrong-type content/actors/russia.md:4:10 names with a comma between them are one name here | write \
           several in brackets: [Moscow, the Kremlin] | if it is one name, write it in brackets and quotes: \
           [\"Moscow, the Kremlin\"]",
        ],
    );
    check(
        "a link",
        &[Edit(POSITION, "actor: ukraine", "actor: [[ukraine]]")],
        &[&format!(
            "wrong-type content/{POSITION}:2:8 `actor` takes a name without brackets | write ukraine"
        )],
    );
    check(
        "a language in words",
        &[Edit("site.yaml", "home: about", "home: about\nlanguage: English")],
        &[
            "bad-config content/site.yaml:4:11 `English` is not a language | expected a tag such as en-US, en-GB or uk",
        ],
    );
    let source = base("sources/crs-in12534.md");
    check(
        "a name that is kept",
        &[Write("sources/coverage.md", source)],
        &[
            "bad-file-name content/sources/coverage.md `sources/coverage.md` is not a name for a page | this name is \
           kept for a page of the site: take another",
        ],
    );
}

#[test]
fn links_that_hold_what_they_cannot() {
    let body = |words: &str| [Write("pages/about.md", format!("---\ntitle: \"About\"\n---\n\n{words}\n"))];
    let link = "the words of a link hold no citation and no other link: put it behind the link";
    check(
        "a citation in a link",
        &body("See [[crimea|the land [@crs-in12534]]]."),
        &[&format!("broken-link content/pages/about.md:5:5 this is no link | {link}")],
    );
    check(
        "a citation as a link",
        &body("See [[@crs-in12534]]."),
        &[
            "bad-citation content/pages/about.md:5:5 a citation stands in one pair of brackets | write [@crs-in12534]",
        ],
    );
    check(
        "a citation as an image",
        &body("See ![@crs-in12534]."),
        &[
            "bad-citation content/pages/about.md:5:5 a citation stands in one pair of brackets | write [@crs-in12534]",
        ],
    );
    check(
        "an embed with words",
        &body("![[territory#background|the land]]"),
        &[
            "broken-link content/pages/about.md:5:1 a section of another page stands under its own heading, so these \
           words are lost | take the bar and the words behind it out",
        ],
    );
    check(
        "an image that is none",
        &[
            Write("pages/losses.csv", "a,b\n".to_owned()),
            Write("pages/about.md", "---\ntitle: \"About\"\n---\n\n![Losses](losses.csv)\n".to_owned()),
        ],
        &["broken-link content/pages/about.md:5:1 `pages/losses.csv` is no image | link to it with words: \
           [what it is](losses.csv)"],
    );
}

#[test]
fn the_place_of_a_name_among_others_is_its_own() {
    check(
        "itself behind an unknown name",
        &[Edit("glossary/crimea.md", "title: \"Crimea\"", "title: \"Crimea\"\nsee_also: [nowhere, crimea]")],
        &[
            "broken-link content/glossary/crimea.md:3:12 there is no page `nowhere` | no page has this id, title or alias",
            "wrong-choice content/glossary/crimea.md:3:21 `crimea` names itself | expected another page",
        ],
    );
    check(
        "an old address behind an empty one",
        &[Edit(
            "glossary/crimea.md",
            "title: \"Crimea\"",
            "title: \"Crimea\"\nredirect_from: [\"\", x, crimea]",
        )],
        &[
            "redirect-loop content/glossary/crimea.md:3:24 `crimea` is this page's own id | take it out: an address \
           cannot lead to itself",
        ],
    );
}

#[test]
fn an_old_address_is_nobody_elses_of_any_kind() {
    let about = |old: &str| {
        [Write("pages/about.md", format!("---\ntitle: \"About\"\nredirect_from: \"{old}\"\n---\n\nWords.\n"))]
    };
    let taken = "redirect-taken content/pages/about.md:3:16 the address";
    check(
        "the id of an actor",
        &about("ukraine"),
        &[&format!("{taken} `ukraine` is in use | take it out here, or there")],
    );
    check(
        "a heading of an issue",
        &about("territory#background"),
        &[&format!("{taken} `territory#background` is in use | take it out here, or there")],
    );
    check("a section that left an issue", &about("territory#claims"), &[]);
}

#[test]
fn one_mistake_in_a_citation_or_role_is_told_once() {
    check(
        "one citation of two is not read, and may be the later one",
        &[
            Edit(POSITION, "date: 2025-03-20", "date: 2025-04-20"),
            Edit(POSITION, "@ap-2025-03-28", "@nobody"),
        ],
        &[&format!(
            "unknown-source content/{POSITION}:12:29 there is no source `nobody` | no source has this id, title \
             or alias | for a new source, create content/sources/nobody.md"
        )],
    );
}

#[test]
fn a_role_holds_on_its_first_and_its_last_day() {
    let role = |days: &'static str| [Edit("actors/volodymyr-zelenskyy.md", "from: 2019-05-20", days)];
    let none = format!(
        "no-role content/{POSITION}:7:5 `volodymyr-zelenskyy` has no role for `ukraine` on 2025-03-20 \
         | for whom did this person speak? | add a role with `for: ukraine` that holds on that day to \
         content/actors/volodymyr-zelenskyy.md, or name another `actor`"
    );
    check("from that day", &role("from: 2025-03-20"), &[]);
    check("from that month", &role("from: 2025-03"), &[]);
    check("from the next day", &role("from: 2025-03-21"), &[&none]);
    check("to that day", &role("to: 2025-03-20"), &[]);
    check("to that month", &role("to: 2025-03"), &[]);
    check("to the day before", &role("to: 2025-03-19"), &[&none]);
}

#[test]
fn a_name_is_corrected_by_a_page_of_the_kind_that_is_asked_for() {
    let unknown = format!("unknown-actor content/{POSITION}:2:8 there is no actor");
    check(
        "the old id of a source",
        &[
            Edit("sources/ap-2025-03-28.md", "type:", "redirect_from: norland\ntype:"),
            Edit(POSITION, "actor: ukraine", "actor: norland"),
        ],
        &[&format!(
            "{unknown} `norland` | no actor has this id, title or alias | for a new actor, create \
             content/actors/norland.md"
        )],
    );
    check(
        "the old id of an actor",
        &[
            Edit("actors/ukraine.md", "type:", "redirect_from: norland\ntype:"),
            Edit(POSITION, "actor: ukraine", "actor: norland"),
        ],
        &[&format!("{unknown} `norland` | this page is now `ukraine`")],
    );
    check(
        "a slip at the first letter or the last",
        &[
            Edit("site.yaml", "home: about", "home: about\nchecks: {wanted-page: warning}"),
            Edit("pages/about.md", "What", "[[krimea]], [[crimee]]. What"),
        ],
        &[
            "wanted-page content/pages/about.md:5:1 nobody has written the page `krimea` | did you mean `crimea`?",
            "wanted-page content/pages/about.md:5:13 nobody has written the page `crimee` | did you mean `crimea`?",
        ],
    );
}

#[test]
fn links_to_headings_of_a_page_that_cannot_be_read_are_not_told() {
    check(
        "a line is set in too far",
        &[
            Edit("issues/territory.md", "title: \"Territory\"", "title: \"Territory\"\n  - x"),
            Edit(
                "pages/about.md",
                "What",
                "[[territory#background]], [x](../issues/territory.md#points). What",
            ),
        ],
        &["yaml content/issues/territory.md:3:3 this line is not set in like the lines it belongs to, or a \
           quotation mark is missing | the fields cannot be read from here on | each line is `field: value`, \
           lists are lines that begin with `- `, both set in by spaces alike"],
    );
}

#[test]
fn a_mistake_in_front_matter_hides_no_other() {
    let page = |front: &str| {
        let text = format!(
            "---\ntitle: \"X\"\nstatus: agreed\nas_of: 2025-3-20\n{front}\n---\n\n**Bottom line.** A <b>word</b>. [@nobody]\n"
        );
        [Write("issues/x.md", text)]
    };
    let others = |line: usize| {
        [
            "bad-date content/issues/x.md:4:8 `2025-3-20` is not written as year, month and day with two digits and \
             hyphens | did you mean `2025-03-20`?"
                .to_owned(),
            format!(
                "raw-html content/issues/x.md:{line}:20 raw HTML is not taken | write **words** for bold"
            ),
            format!(
                "unknown-source content/issues/x.md:{line}:34 there is no source `nobody` | no source has this id, title \
                 or alias | for a new source, create content/sources/nobody.md"
            ),
        ]
    };
    let told_of = |front: &str, own: &[&str], lost: usize| {
        let line = 7 + front.lines().count();
        let others = others(line);
        let expected: Vec<&str> =
            own.iter().copied().chain(others.iter().skip(lost).map(String::as_str)).collect();
        check(front, &page(front), &expected);
    };
    let open = "yaml-quotes content/issues/x.md:5:8 the quotation mark before this value is never closed";
    told_of(
        "short: \"Y\ngroup: core\nactors: [ukraine]\nreviewed: 2025-03-20\nrelated: []",
        &[&format!("{open} | close it: \"Y\"")],
        0,
    );
    told_of(
        "short: 'Y\ngroup: core\nactors: [ukraine]\nreviewed: 2025-03-20\naliases: ['A', 'B']",
        &[&format!("{open} | close it: \"Y\"")],
        0,
    );
    // It is told where YAML would read on to the mark of another field.
    told_of("short: \"Y\nsummary: A word\"", &[&format!("{open} | close it: \"Y\"")], 0);
    // Two slips, of which one hides the other.
    told_of(
        "short: \"Y\nsummary: *A word",
        &[
            &format!("{open} | close it: \"Y\""),
            "yaml-quotes content/issues/x.md:6:10 YAML cannot take this value as it stands | put it in double quotes | \
             write: summary: \"*A word\"",
        ],
        0,
    );
    told_of(
        "aliases: \"A\", \"B\"]",
        &[
            "yaml-quotes content/issues/x.md:5:10 a list on one line stands in brackets | write [\"A\", \"B\"]",
        ],
        0,
    );
    for names in ["[[ukraine]] and [[russia]]", "[[ukraine|Kyiv]]; [[russia#x]],"] {
        told_of(
            &format!("actors: {names}"),
            &[
                "yaml-quotes content/issues/x.md:5:9 double brackets are for links in texts | names of pages stand in one \
               pair of brackets here | write: actors: [ukraine, russia]",
            ],
            0,
        );
    }
    told_of(
        "actors: [[ukraine]], [[russia]]",
        &[
            "yaml-quotes content/issues/x.md:5:9 double brackets are for links in texts | names of pages stand in one \
             pair of brackets here | write: actors: [ukraine, russia]",
        ],
        0,
    );
    // Where nothing can be made of the fields, the text is checked still.
    told_of(
        "short: \"Y\"\n  - x",
        &[
            "yaml content/issues/x.md:6:3 this line is not set in like the lines it belongs to, or a quotation mark is \
             missing | the fields cannot be read from here on | each line is `field: value`, lists are lines that \
             begin with `- `, both set in by spaces alike",
        ],
        1,
    );
}

#[test]
fn what_yaml_would_drop_is_told_beside_a_slip() {
    check(
        "an open mark and a number sign",
        &[Edit(
            "issues/territory.md",
            "group: core",
            "short: 'Y\nsummary: list A #2 of it\naliases: ['A', 'B']",
        )],
        &[
            "yaml-quotes content/issues/territory.md:5:8 the quotation mark before this value is never closed | close \
             it: \"Y\"",
            "yaml-lost-text content/issues/territory.md:6:17 YAML takes `#2 of it` for a comment and drops it | this text \
             would be lost | if it belongs to the value, write \"list A #2 of it\"; a comment has two blanks before it",
        ],
    );
}

#[test]
fn names_in_double_brackets_are_told_with_those_that_were_meant() {
    let check_field = |written: &'static str, place: &str, meant: &str| {
        let changes = [Edit("issues/territory.md", "actors: [ukraine, russia]", written)];
        let expected = format!(
            "wrong-type content/issues/territory.md:{place} `actors` takes names without brackets of their own | write {meant}"
        );
        check(written, &changes, &[&expected]);
    };
    check_field("actors: [[ukraine]]", "6:9", "[ukraine]");
    check_field("actors: [[[ukraine]], [[russia]]]", "6:9", "[ukraine, russia]");
    check_field("actors:\n  - [[ukraine]]\n  - [[russia]]", "7:3", "[ukraine, russia]");
    check_field("actors:\n  - ukraine\n  - [[russia|Moscow]]", "7:3", "[ukraine, russia]");
}

#[test]
fn places_are_those_of_the_file_where_a_line_was_mended() {
    let check_front = |front: &'static str, expected: &[&str]| {
        check(
            front,
            &[Edit("issues/territory.md", "title: \"Territory\"\nstatus: contested", front)],
            expected,
        );
    };
    let choice = "`contestd` is not a word for `status` | did you mean `contested`? | it takes one of mentioned, \
                  contested, partial-accord, agreed, in-effect, stalled";
    check_front(
        "title:\"Territory\"\nstatus: contestd",
        &[
            "yaml content/issues/territory.md:2:1 a blank is missing after the colon | write title: \"Territory\" | where \
             the colon belongs to the words, put them in double quotes",
            &format!("wrong-choice content/issues/territory.md:3:9 {choice}"),
        ],
    );
    check_front(
        "title: \"Territory\"\nstatus:contestd",
        &[
            "yaml content/issues/territory.md:3:1 a blank is missing after the colon | write status: contestd | where the \
             colon belongs to the words, put them in double quotes",
            &format!("wrong-choice content/issues/territory.md:3:8 {choice}"),
        ],
    );
}

#[test]
fn rows_without_their_hyphens_are_told_once() {
    let check_rows = |written: &'static str, expected: &[&str]| {
        check(written, &[Edit("issues/territory.md", "group: core", written)], expected);
    };
    check_rows(
        "group: core\nchanges:\n  date: 2025-03-20\n  note: \"One\"\n  date: 2025-03-21\n  note: \"Two\"",
        &[
            "duplicate-key content/issues/territory.md:9:3 a second row of `changes` begins here without its hyphen | \
             begin the first line of each row with `- `, and set its other lines in by two blanks more",
        ],
    );
    // Rows of topic blocks alike.
    check(
        "a topic block",
        &[
            Write(
                "schema/checks.yaml",
                "block: checks\nheading: \"Checks\"\nfields:\n  name: { type: text }\n".into(),
            ),
            Edit(
                "issues/territory.md",
                "group: core",
                "group: core\nchecks:\n  name: \"A\"\n  as_of: 2025-03-20\n  cite: crs-in12534\n  name: \"B\"\n  as_of: 2025-03-21",
            ),
        ],
        &[
            "duplicate-key content/issues/territory.md:10:3 a second row of `checks` begins here without its hyphen | begin \
             the first line of each row with `- `, and set its other lines in by two blanks more",
        ],
    );
    // One row needs none.
    check_rows("group: core\nchanges:\n  date: 2025-03-20\n  note: \"One\"", &[]);
}

#[test]
fn a_position_among_the_issues_is_sent_to_its_folder() {
    check(
        "a position beside its issue",
        &[Rename(POSITION, "issues/territory/2025-03-20-ukraine-land.md")],
        &["stray-file content/issues/territory/2025-03-20-ukraine-land.md \
           `issues/territory/2025-03-20-ukraine-land.md` does not belong here | a position lies in the folder of its \
           issue among the positions: move it to content/positions/territory/2025-03-20-ukraine-land.md"],
    );
}

/// Runs a changed wiki and compares the notes of one code, each as its place and message.
fn check_notes(case: &str, code: &str, changes: &[Do], expected: &[&str]) {
    let (printed, _) = run_with("_base", &[], |wiki| change(&wiki.join("content"), changes));
    let code = format!("{code} content/");
    let all = told(&printed);
    let notes: Vec<&str> = all.iter().filter_map(|note| note.strip_prefix(&code)).collect();
    assert_eq!(notes, expected, "{case}\n{printed}");
}

#[test]
fn a_review_is_due_after_the_days_that_are_told_for_its_page_or_kind() {
    let check = |case: &str, settings: &'static str, fields: &'static str, expected: &[&str]| {
        let changes =
            [Edit("site.yaml", "home: about", settings), Edit("pages/about.md", "title: \"About\"", fields)];
        check_notes(case, "review-overdue", &changes, expected);
    };
    let (page, day) = ("title: \"About\"\nreviewed: 2025-01-31", "title: \"About\"\nreviewed: 2025-01-30");
    let own = "title: \"About\"\nreviewed: 2025-01-30\nreview_every: 61d";
    let overdue = "pages/about.md:3:11 the review of `about` was due on 2025-03-31 \
                   | check the page, then write the day here";
    let settings = "home: about\nreview_every: {page: 60d, issue: 7d}";
    check("due today", settings, page, &[]);
    check("due yesterday", settings, day, &[overdue]);
    check("another interval of its own", settings, own, &[]);
    check("none for its kind", "home: about\nreview_every: {issue: 60d}", day, &[]);
}

#[test]
fn what_is_worth_a_note_is_noted_and_nothing_else() {
    let publisher = "publisher: \"Congressional Research Service\"";
    check_notes("two publishers", "one-publisher", &[], &[]);
    check_notes(
        "two sources of one publisher",
        "one-publisher",
        &[Edit("sources/ap-2025-03-28.md", "publisher: \"Associated Press\"", publisher)],
        &[&format!(
            "{POSITION}:1:1 this statement rests on one publisher: Congressional Research Service \
             | a second publisher would confirm it"
        )],
    );
    let names = |aliases: &'static str| [Edit("actors/russia.md", "aliases: [\"the Kremlin\"]", aliases)];
    check_notes("an alias that is the own title", "shared-name", &names("aliases: [Russia]"), &[]);
    check_notes(
        "an alias that is another's",
        "shared-name",
        &names("aliases: [Kyiv]"),
        &["actors/ukraine.md:4:11 `Kyiv` is a name of 2 pages \
           | links that say it must name `russia` or `ukraine`"],
    );
    let body = |words: &str| [Write("pages/about.md", format!("---\ntitle: \"About\"\n---\n\n{words}\n"))];
    check_notes(
        "a name of four letters",
        "unlinked-mention",
        &body("In Kyiv."),
        &["pages/about.md:5:4 this page names `ukraine` and never links to it | write [[Kyiv]]"],
    );
    check_notes("a part of a word", "unlinked-mention", &body("The Kyivan Rus."), &[]);
}

#[test]
fn a_page_that_was_never_reviewed_is_overdue_once_its_own_dates_are_old() {
    let check = |case: &str, every: &'static str, fields: &'static str, expected: &[&str]| {
        let changes =
            [Edit("site.yaml", "home: about", every), Edit("pages/about.md", "title: \"About\"", fields)];
        check_notes(case, "review-overdue", &changes, expected);
    };
    let (every, plain) = ("home: about\nreview_every: {page: 60d}", "title: \"About\"");
    let never =
        "pages/about.md:1:1 `about` was never reviewed | check the page, then write the day as `reviewed`";
    check("no date at all", every, plain, &[never]);
    check(
        "an old change",
        every,
        "title: \"About\"\nchanges: [{date: 2025-01-01, note: \"New.\"}]",
        &[never],
    );
    check("a new change", every, "title: \"About\"\nchanges: [{date: 2025-03-01, note: \"New.\"}]", &[]);
    let issues = "home: about\nreview_every: {issue: 1d}";
    let issue = "issues/territory.md:1:1 `territory` was never reviewed \
                 | check the page, then write the day as `reviewed`";
    check("as_of is old", issues, plain, &[issue]);
    check("as_of is new enough", "home: about\nreview_every: {issue: 60d}", plain, &[]);
}

#[test]
fn a_page_that_others_list_by_its_own_fields_is_no_orphan() {
    let event = "---\ntitle: \"A call\"\ndate: 2025-03-12\ntype: call\nwho: ukraine\nissues: territory\n---\n\nThey called [@crs-in12534].\n";
    let part = "---\ntitle: \"A part\"\nstatus: contested\nas_of: 2025-03-26\nparent: territory\n---\n\n\
                **Bottom line.** It is a part [@crs-in12534].\n";
    let whole = part.replace("parent: territory\n", "");
    let position = base(POSITION).replace("point: recognition\n", "");
    let orphan = "issues/part.md:1:1 nothing leads to `part` | link to it where it belongs: [[part]]";
    check_notes(
        "an event, a part and an issue with a statement",
        "orphan-page",
        &[
            Write("events/call.md", event.into()),
            Write("issues/part.md", part.into()),
            Write("issues/other.md", whole.replace("A part", "Another")),
            Write("positions/other/2025-03-20-ukraine.md", position),
        ],
        &[],
    );
    check_notes("an issue by itself", "orphan-page", &[Write("issues/part.md", whole)], &[orphan]);
}

#[test]
fn a_party_s_word_is_told_in_titles_and_questions() {
    check(
        "a title, a short title and a question",
        &[
            Edit("site.yaml", "home: about", "home: about\nwords_to_quote: [\"big land\"]"),
            Edit("pages/about.md", "title: \"About\"", "title: \"About big land\"\nshort: \"Big land\""),
            Edit("issues/territory.md", "Whose is the land?", "Whose is the big land?"),
            Edit("documents/joint-statement.md", "Joint statement", "Joint statement on the big land"),
        ],
        &[
            "party-word content/issues/territory.md:9:30 `big land` is a party's word \
             | put it in quotation marks, or say it in plain words",
            "party-word content/pages/about.md:2:15 `big land` is a party's word \
             | put it in quotation marks, or say it in plain words",
            "party-word content/pages/about.md:3:9 `big land` is a party's word \
             | put it in quotation marks, or say it in plain words",
        ],
    );
}

#[test]
fn a_picture_among_positions_is_told_where_it_lies_and_how_it_is_written() {
    check(
        "a picture beside a position",
        &[Write("positions/territory/front line.png", String::new())],
        &[
            "stray-file content/positions/territory/front line.png `positions/territory/front line.png` does not \
           belong here | put it beside the pages of issues, as content/issues/front line.png, and write in the \
           position: (../../issues/front%20line.png)",
        ],
    );
    let shown = "All its land ![the line](../../issues/front%20line.png)";
    check(
        "as it was told",
        &[Write("issues/front line.png", String::new()), Edit(POSITION, "All its land", shown)],
        &[],
    );
}

#[test]
fn a_schema_is_told_of_its_own_wiki_s_map_and_of_a_field_that_is_kept() {
    let schema = "block: areas\nfields:\n  kind: {type: text}\n  where: {type: regions}\n";
    let kept = "bad-schema content/schema/areas.yaml:3:3 `kind` is kept for blocks with `kinds`, whose rows say by it \
                what they are | choose another name";
    let needs = "bad-schema content/schema/areas.yaml:4:10 regions need the map they are regions of \
                 | expected {type: regions, map: ";
    let schema = || Write("schema/areas.yaml", schema.into());
    check("no map", &[schema()], &[kept, &format!("{needs}NAME}}")]);
    let map = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path id=\"a\" name=\"A\" d=\"M0 0z\"/></svg>";
    check("a map", &[schema(), Write("maps/basin.svg", map.into())], &[kept, &format!("{needs}basin}}")]);
}

#[test]
fn documents_that_supersede_each_other_are_told_once() {
    let path = "documents/joint-statement.md";
    let with = |other: &str| {
        let text = base(path).replace("status:", &format!("supersedes: {other}\nstatus:"));
        text.replace("Joint statement", &format!("Before {other}"))
    };
    let label = "take `supersedes` out of one of the documents of this loop";
    let (a, b) = (("documents/a.md", "b"), ("documents/b.md", "a"));
    let two = format!(
        "wrong-choice content/documents/b.md:6:13 `b` takes the place of `a`, which takes its place, directly or \
         through others | {label}"
    );
    check("two", &[Write(a.0, with(a.1)), Write(b.0, with(b.1))], &[&two]);
    check("none", &[Write(a.0, with(a.1)), Write(b.0, with("joint-statement"))], &[]);
}

#[test]
fn a_wanted_page_that_is_a_native_name_is_told_with_the_page() {
    let actor = "title: \"Russia\"\nnative: {text: \"Росія\", lang: uk}";
    check_notes(
        "a native name",
        "wanted-page",
        &[
            Edit("actors/russia.md", "title: \"Russia\"", actor),
            Edit("pages/about.md", "What this", "Of [[Росія]]. What this"),
        ],
        &[
            "pages/about.md:5:4 nobody has written the page `Росія` | `russia` has this as its `native` name: write \
           [[russia|Росія]], or make it an alias",
        ],
    );
}

#[test]
fn a_home_of_another_kind_is_told_that_it_takes_a_free_page() {
    check(
        "an issue as home",
        &[Edit("site.yaml", "home: about", "home: territory")],
        &["wrong-kind content/site.yaml:3:7 `territory` is an issue, and this takes a free page \
           | expected a free page"],
    );
}

#[test]
fn an_analyst_needs_no_role() {
    let spoke = |basis: &'static str| {
        [Edit(POSITION, "basis: quoted", basis), Edit(POSITION, "2025-03-20", "2018-03-20")]
    };
    check("an analyst's reading", &spoke("basis: analyst"), &[]);
    check(
        "a statement",
        &spoke("basis: quoted"),
        &[
            "no-role content/positions/territory/2025-03-20-ukraine-land.md:7:5 `volodymyr-zelenskyy` has no role for \
           `ukraine` on 2018-03-20 | for whom did this person speak? | add a role with `for: ukraine` that holds on \
           that day to content/actors/volodymyr-zelenskyy.md, or name another `actor`",
        ],
    );
}
