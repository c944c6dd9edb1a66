//! The kinds of records and the folders they live in (content model, section 1).

use crate::diagnostic::Code;

/// A kind of page. The folder of a file tells its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A disputed question, edited in place.
    Issue,
    /// A person, state, organization or group.
    Actor,
    /// Something that happened.
    Event,
    /// A text or proposal.
    Document,
    /// What statements rest on.
    Source,
    /// A glossary term.
    Term,
    /// Free prose.
    Page,
}

impl Kind {
    /// Every kind, in the order of the navigation.
    pub const ALL: [Kind; 7] =
        [Kind::Issue, Kind::Actor, Kind::Event, Kind::Document, Kind::Source, Kind::Term, Kind::Page];

    /// Whether an id is kept for a page of the site in the kind's folder (content model, section 1).
    pub fn reserves(self, id: &str) -> bool {
        id == "index" || self == Kind::Source && id == "coverage"
    }

    /// The folder below `content/`, also the first part of an address.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Issue => "issues",
            Kind::Actor => "actors",
            Kind::Event => "events",
            Kind::Document => "documents",
            Kind::Source => "sources",
            Kind::Term => "glossary",
            Kind::Page => "pages",
        }
    }

    /// The kind of a folder.
    pub fn of_folder(folder: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }

    /// One such page in words: "actor", "term".
    pub fn word(self) -> &'static str {
        match self {
            Kind::Issue => "issue",
            Kind::Actor => "actor",
            Kind::Event => "event",
            Kind::Document => "document",
            Kind::Source => "source",
            Kind::Term => "term",
            Kind::Page => "page",
        }
    }

    /// The word with its article: "an actor"; free pages are told from pages as such.
    pub fn with_article(self) -> String {
        if self == Kind::Page {
            return "a free page".to_owned();
        }
        let article = if matches!(self, Kind::Issue | Kind::Actor | Kind::Event) { "an" } else { "a" };
        format!("{article} {}", self.word())
    }

    /// The finding for a field that names a page of this kind which does not exist.
    pub fn unknown(self) -> Code {
        match self {
            Kind::Issue => Code::UnknownIssue,
            Kind::Actor => Code::UnknownActor,
            Kind::Event => Code::UnknownEvent,
            Kind::Document => Code::UnknownDocument,
            Kind::Source => Code::UnknownSource,
            // No field refers to terms or free pages by kind; a link to one is a wanted page.
            Kind::Term | Kind::Page => Code::BrokenLink,
        }
    }
}

/// What a file is a record of: a page of a kind, or a position on an issue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A page with an address of its own.
    Page(Kind),
    /// A dated statement; its address is an anchor on its issue's history page.
    Position,
}
