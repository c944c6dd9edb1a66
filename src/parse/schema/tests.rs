//! What is told of schemas that cannot be used.

use super::*;

/// What is told of a schema, each as `message | label`.
fn check(text: &str, expected: &[&str]) {
    let mut findings = Findings::new();
    let block = read(&format!("block: steps\n{text}"), "steps", FileId(0), "NAME", &mut findings);
    let told: Vec<String> =
        findings.iter().map(|finding| format!("{} | {}", finding.message, finding.label)).collect();
    assert_eq!(told, expected, "{text}");
    let refused = findings.iter().any(|finding| finding.code == Code::BadSchema);
    assert_eq!(block.is_none(), refused, "{text}");
}

#[test]
fn a_kind_of_row_stands_once_and_sorts_its_own_rows() {
    let kind = "  a: {fields: {x: {type: text}}}\n";
    check(&format!("kinds:\n{kind}"), &[]);
    check(
        &format!("kinds:\n{kind}{kind}"),
        &["the kind of row `a` stands here a second time | take one of the two out"],
    );
    check(
        &format!("sort: x\nkinds:\n{kind}"),
        &["each kind of row has its own `sort` | move it to the kinds of rows, beside their `fields`"],
    );
    let no_fields = "a kind of row needs its fields | expected `fields:` with a line for each field";
    check("fields: {}\n", &[no_fields]);
    check("kinds:\n  a: {fields: {}}\n", &[no_fields]);
}

#[test]
fn a_field_is_what_it_says() {
    let check = |field: &str, expected: &[&str]| check(&format!("fields:\n  x: {{{field}}}\n"), expected);
    for required in ["true", "True", "YES", "no", "False"] {
        check(&format!("type: text, required: {required}"), &[]);
    }
    check("type: text, required: 1", &["`required` is a flag | expected true or false"]);
    check("type: text, required: [true]", &["`required` is a flag | expected true or false"]);
    check(
        "type: text, of: [a]",
        &[
            "`of` belongs to the type `choice`, and this field is `text` | write `type: choice`, or take this out",
        ],
    );
    check(
        "type: text, map: land",
        &[
            "`map` belongs to the type `regions`, and this field is `text` | write `type: regions`, or take this out",
        ],
    );
}

#[test]
fn a_choice_lists_words() {
    let check =
        |of: &str, expected: &[&str]| check(&format!("fields:\n  x: {{type: choice{of}}}\n"), expected);
    let needed =
        "a choice needs its words | expected `of: [one, two]`; `unknown` and `none` need not be listed";
    let own = |word: &str| {
        format!("`{word}` is a word of every choice | take it out: a row may hold it without the schema")
    };
    let group = "a choice has words alone | expected a word, without brackets or a colon";
    check(", of: a", &[]);
    check(", of: [a, 1]", &[]);
    check("", &[needed]);
    check(", of: []", &[needed]);
    check(", of: [unknown, a]", &[&own("unknown")]);
    check(", of: [none]", &[&own("none")]);
    check(", of: [a, b, a]", &["`a` stands here a second time | take one of the two out"]);
    check(", of: [a, [b], {c: d}]", &[group, group]);
}

#[test]
fn a_field_that_cannot_be_read_is_there() {
    check(
        "sort: -x\nfields:\n  x: {type: txt}\n  y: {type: text, required_with: x}\n",
        &["there is no type `txt` | did you mean `text`?"],
    );
    check(
        "sort: z\nfields:\n  y: {type: text, required_with: x}\n",
        &[
            "there is no field `x` | expected another field of this row",
            "there is no field `z` to sort by | expected a field; with `-` before it the newest comes first",
        ],
    );
}

#[test]
fn headings_and_labels_are_plain_words() {
    let fields = "fields: {x: {type: text, label: \"A <b>x</b>\"}}\n";
    let told = |field: &str, words: &str, label: &str| {
        format!("`{field}` takes plain words, and `{words}` would be printed as it stands | {label}")
    };
    check(&format!("heading: \"Steps & <3\"\n{}", fields.replace("<b>x</b>", "x")), &[]);
    check(
        &format!("heading: \"The [[t]]\"\n{fields}"),
        &[
            &told("heading", "[[t]]", "write the words alone: t"),
            &told("label", "<b>", "take it out"),
            &told("label", "</b>", "take it out"),
        ],
    );
    check(
        "kinds: {a: {heading: \"A [@s]\", fields: {x: {type: text}}}}\n",
        &[&told("heading", "[@s]", "take it out here, and cite the source in the text")],
    );
}
