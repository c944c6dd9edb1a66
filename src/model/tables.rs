//! The field table of each kind (content model, section 4).
//!
//! In: a kind. Out: its fields. Reading, checking and `docs/fields.md` all walk these tables, so a
//! field that is added here is read, checked and documented.

use super::field::{Field, Type, Words};
use super::kind::{Kind, RecordKind};
use super::meaning::Meaning;

/// The fields of a kind of record, those of all kinds first.
pub fn fields(kind: &RecordKind) -> impl Iterator<Item = &'static Field> + Clone {
    let own = match kind {
        RecordKind::Page(Kind::Issue) => ISSUE,
        RecordKind::Page(Kind::Actor) => ACTOR,
        RecordKind::Page(Kind::Event) => EVENT,
        RecordKind::Page(Kind::Document) => DOCUMENT,
        RecordKind::Page(Kind::Source) => SOURCE,
        RecordKind::Page(Kind::Term) => TERM,
        RecordKind::Page(Kind::Page) => PAGE,
        RecordKind::Position => POSITION,
    };
    let titled = TITLE.iter().filter(move |_| *kind != RecordKind::Position);
    titled.chain(COMMON).chain(own)
}

/// `title` is a field of all kinds but positions.
pub const TITLE: &[Field] =
    &[Field::new("title", Type::Text, "The page's name, as it is printed and linked.").required()];

/// Fields of all kinds.
pub const COMMON: &[Field] = &[
    Field::new(
        "short",
        Type::Text,
        "A shorter title for navigation and for links by id; a position, which has no title, shows none.",
    ),
    Field::new(
        "summary",
        Type::Text,
        "One sentence of at most 160 characters; without it the bottom line or the first sentence serves.",
    ),
    Field::new(
        "aliases",
        Type::Texts,
        "Other names by which links may call the page; a position has no page that a link could call.",
    ),
    Field::new("reviewed", Type::Date, "The day an editor last checked the page."),
    Field::new("review_every", Type::Duration, "How long a review holds, if not as site.yaml says."),
    Field::new("changes", Type::Rows(CHANGE), "What was changed in the page, and when."),
    Field::new("draft", Type::Flag, "Leaves the page out unless the build is told to show drafts."),
    Field::new(
        "redirect_from",
        Type::OldAddresses,
        "Ids and headings that this page had before; of a position its old file names, as `issue#file-name` \
         where it has moved from another issue.",
    ),
];

const CHANGE: &[Field] = &[
    Field::new("date", Type::Date, "The day of the change.").required(),
    Field::new("note", Type::Text, "What changed, in a sentence.").required(),
];

const ISSUE_STATUS: &[&str] = &["mentioned", "contested", "partial-accord", "agreed", "in-effect", "stalled"];

/// Fields of an issue; its topic blocks come from `content/schema/`.
pub const ISSUE: &[Field] = &[
    Field::new("status", Type::Choice(Words::Fixed(ISSUE_STATUS)), "Where the issue stands.").required(),
    Field::new("status_reason", Type::Text, "Why it stands there, in a sentence."),
    Field::new("as_of", Type::Date, "The day up to which the page tells the state of things.").required(),
    Field::new(
        "group",
        Type::Choice(Words::Groups),
        "The group of site.yaml under which the issue is listed.",
    ),
    Field::new("actors", Type::Refs(Kind::Actor), "Actors whom the issue concerns.")
        .meaning(Meaning::Concerned),
    Field::new("parent", Type::Ref(Kind::Issue), "The issue that this one is a part of.")
        .meaning(Meaning::PartOf),
    Field::new("related", Type::Refs(Kind::Issue), "Issues that bear on this one.").meaning(Meaning::Related),
    Field::new("points", Type::Labels, "The questions in dispute, each with a short id."),
];

const ACTOR_TYPES: &[&str] = &["person", "state", "organization", "group"];

/// Fields of an actor.
pub const ACTOR: &[Field] = &[
    Field::new("type", Type::Choice(Words::Fixed(ACTOR_TYPES)), "What sort of actor it is.").required(),
    Field::new("native", Type::Native, "The name in its own language, and that language."),
    Field::new("roles", Type::Rows(ROLE), "Offices and functions, each with its time and source."),
    Field::new("member_of", Type::Refs(Kind::Actor), "Bodies and groups it belongs to.")
        .meaning(Meaning::MemberOf),
];

const ROLE: &[Field] = &[
    Field::new("title", Type::Text, "The office or function.").required(),
    Field::new("for", Type::Ref(Kind::Actor), "The actor for whom a holder of the role speaks.")
        .meaning(Meaning::RoleFor),
    Field::new("at", Type::Ref(Kind::Actor), "The organization where the role is held.")
        .meaning(Meaning::RoleFor),
    Field::new("from", Type::Date, "When it began."),
    Field::new("to", Type::Date, "When it ended."),
    Field::new("cite", Type::Cite, "The source of the role.").meaning(Meaning::Cited),
];

const EVENT_TYPES: &[&str] = &[
    "talks",
    "call",
    "meeting",
    "statement",
    "decision",
    "signing",
    "exchange",
    "fighting",
    "election",
    "inauguration",
    "speech",
];

/// Fields of an event.
pub const EVENT: &[Field] = &[
    Field::new("date", Type::Date, "When it happened.").required(),
    Field::new("type", Type::Choice(Words::Fixed(EVENT_TYPES)), "What sort of event it is.").required(),
    Field::new("who", Type::Refs(Kind::Actor), "Who took part.").required().meaning(Meaning::TookPart),
    Field::new("issues", Type::Refs(Kind::Issue), "The issues it bears on.")
        .required()
        .meaning(Meaning::Touches),
    Field::new("place", Type::Text, "Where it happened."),
    Field::new("milestone", Type::Flag, "Whether it stands out in the history of the talks."),
    Field::new("readouts", Type::Record(READOUTS), "The accounts that participants gave, side by side."),
    Field::new("date_note", Type::Text, "How an inferred date was found."),
    Field::new("added", Type::Date, "The day the record was added."),
];

const READOUTS: &[Field] = &[
    Field::new("by", Type::Refs(Kind::Actor), "Whose accounts they are: the columns.")
        .required()
        .meaning(Meaning::GaveAccount),
    Field::new("rows", Type::ReadoutRows(READOUT_ROW), "One aspect a row, with a key for each account.")
        .required(),
];

const READOUT_ROW: &[Field] = &[
    Field::new("aspect", Type::Text, "What the row compares.").required(),
    Field::new("issue", Type::Ref(Kind::Issue), "The issue it belongs to.").meaning(Meaning::Touches),
    Field::new("point", Type::Point, "The point of that issue."),
    Field::new("differs", Type::Text, "How the accounts differ, where an editor says so."),
];

const DOCUMENT_TYPES: &[&str] = &[
    "joint-statement",
    "proposal",
    "draft-treaty",
    "plan",
    "agreement",
    "law",
    "resolution",
    "warrant",
    "charter",
    "readout",
];
const DOCUMENT_STAGES: &[&str] =
    &["pre-negotiation", "ceasefire", "framework", "partial", "comprehensive", "implementation"];
const DOCUMENT_STATUS: &[&str] = &[
    "proposed",
    "published",
    "accepted",
    "rejected",
    "signed",
    "adopted",
    "in-force",
    "superseded",
    "collapsed",
];

/// Fields of a document.
pub const DOCUMENT: &[Field] = &[
    Field::new("date", Type::Date, "The date of the text.").required(),
    Field::new("type", Type::Choice(Words::Fixed(DOCUMENT_TYPES)), "What sort of text it is.").required(),
    Field::new(
        "stage",
        Type::Choice(Words::Fixed(DOCUMENT_STAGES)),
        "The stage of a peace process it belongs to.",
    ),
    Field::new("by", Type::Refs(Kind::Actor), "Who issued it.").required().meaning(Meaning::Issued),
    Field::new("to", Type::Refs(Kind::Actor), "Whom it is addressed to.").meaning(Meaning::Addressed),
    Field::new("status", Type::Choice(Words::Fixed(DOCUMENT_STATUS)), "What became of it.").required(),
    Field::new("issues", Type::Refs(Kind::Issue), "The issues it bears on.")
        .required()
        .meaning(Meaning::Touches),
    Field::new("provisions", Type::Rows(PROVISION), "What it says on each issue."),
    Field::new("supersedes", Type::Refs(Kind::Document), "The texts it takes the place of.")
        .meaning(Meaning::Supersedes),
    Field::new("url", Type::Url, "Where the text can be read."),
    Field::new("date_note", Type::Text, "How an inferred date was found."),
    Field::new("added", Type::Date, "The day the record was added."),
];

const PROVISION: &[Field] = &[
    Field::new("issue", Type::Ref(Kind::Issue), "The issue it settles or proposes to settle.")
        .required()
        .meaning(Meaning::Touches),
    Field::new("point", Type::Point, "The point of that issue."),
    Field::new("text", Type::Markdown, "What it says, in our words.").required(),
    Field::new("cite", Type::Cite, "The source.").required().meaning(Meaning::Cited),
];

const SOURCE_TYPES: &[&str] = &[
    "official",
    "intergovernmental",
    "government-research",
    "research",
    "wire",
    "news",
    "news-analysis",
    "database",
    "aggregator",
];

/// Fields of a source; its body is one sentence that describes it and its standpoint.
pub const SOURCE: &[Field] = &[
    Field::new("publisher", Type::Text, "Who published it.").required(),
    Field::new("type", Type::Choice(Words::Fixed(SOURCE_TYPES)), "What sort of source it is.").required(),
    Field::new("date", Type::Date, "When it was published.").required(),
    Field::new("authors", Type::Texts, "Who wrote it."),
    Field::new("url", Type::Url, "Where it can be read."),
    Field::new("archived", Type::Url, "Where a copy is kept."),
    Field::new("accessed", Type::Date, "The day it was read."),
    Field::new(
        "language",
        Type::Text,
        "The language it is written in, if not the wiki's: a BCP 47 tag such as `uk`, which is shown by its name and by which its title is read out; another word is only printed.",
    ),
    Field::new("rights", Type::Text, "Who holds rights in it, and what may be done with it."),
    Field::new("caveats", Type::Texts, "What a reader must bear in mind, a line each."),
    Field::new("date_note", Type::Text, "How an inferred date was found."),
];

const BASES: &[&str] = &["official", "quoted", "reported", "told", "analyst"];
const SHIFTS: &[&str] = &["softer", "harder", "unclear"];

/// Fields of a position; its body is the statement, with at least one citation.
pub const POSITION: &[Field] = &[
    Field::new("actor", Type::Ref(Kind::Actor), "Whoever holds the position.")
        .required()
        .meaning(Meaning::HoldsPosition),
    Field::new("date", Type::Date, "When it was stated.").required(),
    Field::new("stance", Type::Choice(Words::Stances), "What the statement does, as one word of site.yaml.")
        .required(),
    Field::new("basis", Type::Choice(Words::Fixed(BASES)), "How we know of it.").required(),
    Field::new(
        "issue",
        Type::Ref(Kind::Issue),
        "The issue; it follows from the folder and need not be written.",
    )
    .meaning(Meaning::Touches),
    Field::new("point", Type::Point, "The point of the issue."),
    Field::new("also", Type::Refs(Kind::Issue), "Other issues it bears on.").meaning(Meaning::PositionAlso),
    Field::new(
        "by",
        Type::Ref(Kind::Actor),
        "The person or body that spoke; of an analyst's reading the analyst.",
    )
    .meaning(Meaning::SpokeOn),
    Field::new("told_by", Type::Ref(Kind::Actor), "Who told of it, when the basis is `told`.")
        .meaning(Meaning::Told),
    Field::new("about", Type::Ref(Kind::Document), "The text it is about.").meaning(Meaning::PositionAbout),
    Field::new("at", Type::Ref(Kind::Event), "The event where it was stated.").meaning(Meaning::PositionAt),
    Field::new(
        "shift",
        Type::Choice(Words::Fixed(SHIFTS)),
        "How it differs from what the actor said before.",
    ),
    Field::new("added", Type::Date, "The day the record was added."),
];

/// Fields of a glossary term; its body is the definition.
pub const TERM: &[Field] =
    &[Field::new("see_also", Type::AnyRefs, "Pages to read with it, by id, title or alias.")
        .meaning(Meaning::Related)];

/// Fields of a free page: none of its own.
pub const PAGE: &[Field] = &[];

/// Fields that every row of every topic block has besides those of its schema.
pub const ROW_END: &[Field] = &[
    Field::new("as_of", Type::Date, "The day for which the row holds; needed unless the row has a `date`."),
    Field::new("note", Type::Markdown, "A sentence or two about the row."),
    Field::new("cite", Type::Cite, "The source of the row.").required().meaning(Meaning::Cited),
];

/// Fields of `content/site.yaml` (content model, section 5).
pub const SITE: &[Field] = &[
    Field::new("title", Type::Text, "The name of the wiki.").required(),
    Field::new("description", Type::Text, "What the wiki is about, in a sentence."),
    Field::new(
        "base_url",
        Type::Url,
        "Where the wiki will stand; needed for canonical links and the sitemap.",
    ),
    Field::new("repository", Type::Url, "The repository, for \"Edit this page\"."),
    Field::new("branch", Type::Text, "The branch that is edited; `main` if left out."),
    Field::new("language", Type::Text, "The wiki's language as a BCP 47 tag; `en-US` if left out."),
    Field::new(
        "date_style",
        Type::Choice(Words::Fixed(DATE_STYLES)),
        "How dates are printed; `day-month-year` if left out.",
    ),
    Field::new("licence", Type::Record(LICENCE), "Under what terms the content may be used."),
    Field::new("home", Type::Ref(Kind::Page), "The page whose body opens the home page."),
    Field::new("today", Type::Date, "The day that a closed briefing speaks for."),
    Field::new(
        "parties",
        Type::Refs(Kind::Actor),
        "The sides of the talks: they stand first among the actors of a point.",
    ),
    Field::new("groups", Type::Labels, "Groups of issues with their headings, in order."),
    Field::new("stances", Type::Labels, "Stances with the words that readers see, in order.").required(),
    Field::new("review_every", Type::Record(REVIEWS), "How long a review holds, by kind."),
    Field::new(
        "words_to_quote",
        Type::Texts,
        "A party's words, which may stand only inside quotation marks.",
    ),
    Field::new("checks", Type::Labels, "Codes of warnings and notes, each moved to warning, note or off."),
    Field::new(
        "maps",
        Type::MapCredits,
        "For each map in `maps/` its credit line; so far maps are not drawn and nothing prints it.",
    ),
];

const DATE_STYLES: &[&str] = &["day-month-year", "month-day-year", "year-month-day"];

const LICENCE: &[Field] = &[
    Field::new("text", Type::Text, "The licence's name.").required(),
    Field::new("url", Type::Url, "Where its text stands."),
];

const REVIEWS: &[Field] = &[
    Field::new("issue", Type::Duration, "How long a review of an issue holds."),
    Field::new("actor", Type::Duration, "How long a review of an actor holds."),
    Field::new("event", Type::Duration, "How long a review of an event holds."),
    Field::new("document", Type::Duration, "How long a review of a document holds."),
    Field::new("source", Type::Duration, "How long a review of a source holds."),
    Field::new("term", Type::Duration, "How long a review of a term holds."),
    Field::new("page", Type::Duration, "How long a review of a page holds."),
];
