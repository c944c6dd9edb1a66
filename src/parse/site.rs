//! site.yaml: the wiki's settings.
//!
//! In: its text. Out: [`Site`] with every default filled in, and findings. A wiki without the file,
//! or with one that cannot be read, still gets settings, so that its pages are checked.

use super::fields::{NoValue, Walk, is_language, whole};
use super::yaml::Yaml;
use super::{Findings, Prose, front_matter, prose};
use crate::diagnostic::{Code, Finding, Place, Severity};
use crate::model::date_words::DateOrder;
use crate::model::kind::Kind;
use crate::model::names::nearest;
use crate::model::site::{Site, base_url};
use crate::model::tables;
use crate::model::value::{Name, Record, Value};
use crate::source::{FileId, KeyPath, Way};

/// The stances of the content model, for a wiki whose own cannot be read.
const STANCES: [&str; 8] =
    ["demands", "proposes", "accepts", "accepts-if", "open-to", "undecided", "rejects", "states"];

/// Settings with nothing but defaults.
pub fn defaults() -> Site {
    Site {
        lists_unread: true,
        title: "Briefing".into(),
        branch: "main".into(),
        language: "en-US".into(),
        stances: STANCES.iter().map(|word| ((*word).to_owned(), (*word).to_owned())).collect(),
        ..Site::default()
    }
}

/// Reads site.yaml.
pub fn read(text: &str, file: FileId, findings: &mut Findings) -> Site {
    let mut site = defaults();
    let Some(yaml) = front_matter::read(text, 0, file, findings).sound() else { return site };
    let Yaml::Map(map) = yaml else {
        findings.push(
            Finding::new(Code::BadConfig, Place::span(file, whole(text)), "site.yaml holds no fields")
                .label("expected lines such as `title: \"Ceasefire briefing\"`"),
        );
        return site;
    };
    let mut proses: Vec<Prose> = Vec::new();
    let none = Site::default();
    let mut reader = prose::Reader::default();
    let mut walk = Walk {
        file,
        site: &none,
        findings,
        proses: &mut proses,
        no_value: NoValue::Refused,
        reader: &mut reader,
    };
    let record = walk.record(&map, tables::SITE, &Way::Top, &|_, _| false);
    fill(&mut site, &record, file, findings);
    site
}

fn fill(site: &mut Site, record: &Record<Name>, file: FileId, findings: &mut Findings) {
    let text = |name: &str| record.text(name).map(str::to_owned);
    let labels = |name: &str| match record.get(name) {
        Some(Value::Labels(labels)) => labels.clone(),
        _ => Vec::new(),
    };
    site.title = text("title").unwrap_or_else(|| std::mem::take(&mut site.title));
    site.description = text("description").unwrap_or_default();
    site.base_url = record.text("base_url").and_then(|url| {
        let base = base_url(url);
        if base.is_none() {
            let finding =
                bad(file, KeyPath::key("base_url"), format!("`{url}` is not where a site can stand"));
            findings.push(finding.label("expected an address such as https://example.org/wiki/"));
        }
        base
    });
    site.repository = text("repository").map(|url| url.trim_end_matches('/').to_owned());
    site.branch = text("branch").unwrap_or_else(|| std::mem::take(&mut site.branch));
    site.home = record.reference("home").cloned();
    site.parties = record.refs("parties").to_vec();
    site.groups = labels("groups");
    site.maps = labels("maps");
    site.words_to_quote = record.texts("words_to_quote").to_vec();
    site.date_order = match record.text("date_style") {
        Some("month-day-year") => DateOrder::MonthDayYear,
        Some("year-month-day") => DateOrder::Iso,
        _ => DateOrder::DayMonthYear,
    };
    let spoiled = |name: &str| record.spoiled.iter().any(|field| field == name);
    site.lists_unread = record.get("stances").is_none() || spoiled("groups");
    let stances = labels("stances");
    if !stances.is_empty() {
        site.stances = stances;
    }
    if let Some(licence) = record.record("licence") {
        site.licence =
            licence.text("text").map(|text| (text.to_owned(), licence.text("url").map(str::to_owned)));
    }
    if let Some(reviews) = record.record("review_every") {
        site.review_every = Kind::ALL
            .into_iter()
            .filter_map(|kind| match reviews.get(kind.word()) {
                Some(Value::Duration(every)) => Some((kind, *every)),
                _ => None,
            })
            .collect();
    }
    language(site, record, file, findings);
    today(site, record, file, findings);
    site.checks =
        labels("checks").into_iter().filter_map(|(code, to)| check(&code, &to, file, findings)).collect();
}

fn bad(file: FileId, path: KeyPath, message: String) -> Finding {
    Finding::new(Code::BadConfig, Place::value(file, path), message)
}

fn language(site: &mut Site, record: &Record<Name>, file: FileId, findings: &mut Findings) {
    let Some(tag) = record.text("language") else { return };
    if is_language(tag) {
        site.language = tag.to_owned();
    } else {
        let finding = bad(file, KeyPath::key("language"), format!("`{tag}` is not a language"));
        findings.push(finding.label("expected a tag such as en-US, en-GB or uk"));
    }
}

fn today(site: &mut Site, record: &Record<Name>, file: FileId, findings: &mut Findings) {
    let Some(date) = record.date("today") else { return };
    if date.earliest().is_some() && date.earliest() == date.latest() {
        site.today = date.earliest();
    } else {
        let finding = bad(file, KeyPath::key("today"), format!("`{date}` is not one day"));
        findings.push(finding.label("expected a day such as 2025-12-16"));
    }
}

/// `code: warning|note|off`; errors stay errors.
fn check(code: &str, to: &str, file: FileId, findings: &mut Findings) -> Option<(Code, Option<Severity>)> {
    let path = KeyPath::key("checks").then(code);
    let Some(known) = Code::named(code) else {
        let finding =
            Finding::new(Code::BadConfig, Place::key(file, path), format!("there is no check `{code}`"));
        let names =
            Code::ALL.iter().filter(|code| code.severity() != Severity::Error).map(|code| code.name());
        findings.push(match nearest(code, names.clone()) {
            Some(near) => finding.label(format!("did you mean `{near}`?")).fix(near),
            None => finding.label(format!("expected one of {}", names.collect::<Vec<_>>().join(", "))),
        });
        return None;
    };
    if known.severity() == Severity::Error {
        let finding = Finding::new(
            Code::BadConfig,
            Place::key(file, path),
            format!("`{code}` is an error and stays one"),
        );
        findings.push(finding.label("take this line out").help("only warnings and notes can be moved"));
        return None;
    }
    match to {
        "warning" => Some((known, Some(Severity::Warning))),
        "note" => Some((known, Some(Severity::Note))),
        "off" | "false" => Some((known, None)),
        _ => {
            let finding = bad(file, path, format!("`{to}` is not a severity that a check can have"));
            findings.push(finding.label("expected warning, note or off"));
            None
        }
    }
}
