//! The catalogue of findings: every code with its severity and what it means.
//!
//! In: nothing. Out: [`Code`], the one list that the printed findings, `docs/diagnostics.md`
//! and `checks` in site.yaml share (content model, section 7).

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops the build; nothing is written.
    Error,
    /// Does not stop the build, unless `--strict`.
    Warning,
    /// Tells the state of the briefing and fails nothing.
    Note,
}

impl Severity {
    /// The word printed before the code.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! catalogue {
    ($($code:ident $name:literal $severity:ident $meaning:literal;)*) => {
        /// A documented kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $code,)* }

        impl Code {
            /// Every code, in the order of the content model.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// The name that is printed, documented and used in site.yaml.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)* }
            }

            /// The severity without site.yaml's `checks`.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }

            /// What the code means, as one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$code => $meaning,)* }
            }
        }
    };
}

catalogue! {
    FrontMatterMissing "front-matter-missing" Error "A page does not begin with front matter.";
    FrontMatterUnclosed "front-matter-unclosed" Error "Front matter has no closing line `---`.";
    Yaml "yaml" Error "Front matter or a YAML file cannot be read.";
    YamlQuotes "yaml-quotes" Error "YAML cannot take a value as it stands; it needs double quotes.";
    YamlLostText "yaml-lost-text" Error "YAML or a table would drop a part of what is written.";
    NotUtf8 "not-utf8" Error "A file is not UTF-8 text.";
    DuplicateKey "duplicate-key" Error "A key stands twice in one mapping.";
    UnknownKey "unknown-key" Error "A key is not one of this place's fields.";
    MissingField "missing-field" Error "A required field is not there.";
    WrongType "wrong-type" Error "A value has not the form that its field takes.";
    WrongChoice "wrong-choice" Error "A value is not one of the words that its field takes.";
    UnknownActor "unknown-actor" Error "A field names an actor that has no page.";
    UnknownIssue "unknown-issue" Error "A field or folder names an issue that has no page.";
    UnknownEvent "unknown-event" Error "A field names an event that has no page.";
    UnknownDocument "unknown-document" Error "A field names a document that has no page.";
    UnknownSource "unknown-source" Error "A citation or field names a source that has no page.";
    UnknownPoint "unknown-point" Error "A point is not in its issue's `points`.";
    UnknownRegion "unknown-region" Error "A region is not an outline of its map.";
    UnknownBlock "unknown-block" Error "A key of an issue is neither a field nor a topic block.";
    WrongKind "wrong-kind" Error "A field names a page of another kind than it takes.";
    AmbiguousName "ambiguous-name" Error "A name fits two pages.";
    DuplicateId "duplicate-id" Error "Two pages have the same id.";
    BadFileName "bad-file-name" Error "A file name cannot be an address.";
    StrayFile "stray-file" Error "A file lies where it is neither read nor copied.";
    BrokenAnchor "broken-anchor" Error "A link names a heading that its page does not have.";
    BrokenLink "broken-link" Error "A link or image names a file that is not there.";
    BadCitation "bad-citation" Error "A citation has a form that is not read.";
    UndefinedFootnote "undefined-footnote" Error "A footnote mark has no note.";
    BadDate "bad-date" Error "A date cannot be read.";
    DateBackwards "date-backwards" Error "A range of dates ends before it begins.";
    DateNoteMissing "date-note-missing" Error "An inferred date has no `date_note` that explains it.";
    DatedAfterSource "dated-after-source" Error "A statement is dated after all the sources it rests on.";
    BadQuantity "bad-quantity" Error "A quantity cannot be read.";
    BadMoney "bad-money" Error "An amount of money cannot be read.";
    AmountWithoutMeasure "amount-without-measure" Error "An amount does not say what it measures.";
    Uncited "uncited" Error "A statement has no citation.";
    NoBottomLine "no-bottom-line" Error "An issue does not open with its one bottom line.";
    ToldByMissing "told-by-missing" Error "A position with basis `told` does not say who told it.";
    ReadoutActor "readout-actor" Error "A readout row has an account of an actor that is not in `by`.";
    BadLabel "bad-label" Error "A paragraph opens with a label, or a quotation with a callout, in a form that is not read.";
    EmbedLoop "embed-loop" Error "A section embeds itself, directly or through others.";
    ParentLoop "parent-loop" Error "An issue is its own parent, directly or through others.";
    RedirectLoop "redirect-loop" Error "An address is redirected to itself.";
    RedirectTaken "redirect-taken" Error "An address in `redirect_from` is in use.";
    RawHtml "raw-html" Error "Raw HTML is not taken.";
    BadScheme "bad-scheme" Error "An address begins with another scheme than https, http or mailto.";
    ImageDescription "image-description" Error "An image has no description.";
    BadSchema "bad-schema" Error "A topic block's schema cannot be used.";
    BadConfig "bad-config" Error "site.yaml cannot be used.";
    Template "template" Error "A template cannot be used.";
    PathCollision "path-collision" Error "Two files would have the same address.";
    DraftLink "draft-link" Warning "A link leads to a draft, which is left out.";
    NoRole "no-role" Warning "A person speaks for a state without a role that says so on that date.";
    SummaryLong "summary-long" Warning "A summary has more than 160 characters.";
    HeadingSkipped "heading-skipped" Warning "A heading is more than one level below the one before.";
    VagueLinkText "vague-link-text" Warning "A link's words do not tell where it leads.";
    LongQuotation "long-quotation" Warning "A quotation has more than 40 words.";
    PartyWord "party-word" Warning "A party's word stands outside quotation marks.";
    UnknownThemeFile "unknown-theme-file" Warning "A theme file overrides nothing and is used by nothing.";
    ShallowClone "shallow-clone" Warning "The repository's history is cut, so dates from it are left out.";
    OnePublisher "one-publisher" Note "A statement rests on one publisher.";
    ReviewOverdue "review-overdue" Note "A page's review is overdue.";
    AsOfOld "as-of-old" Note "An issue's as-of date is older than its newest position.";
    UnlinkedMention "unlinked-mention" Note "A page names another page without a link to it.";
    OrphanPage "orphan-page" Note "No page links to this page.";
    WantedPage "wanted-page" Note "A link leads to a page that nobody has written.";
    SharedName "shared-name" Note "Two pages share a name.";
}

impl Code {
    /// Whether it tells of something that is not there. Until errors are mended that may only seem so:
    /// a page that one mistyped field fails to name looks as if nobody named it.
    pub fn tells_of_absence(self) -> bool {
        matches!(self, Code::OrphanPage | Code::OnePublisher)
    }

    /// Whether others may follow from it: a file that is not read, or not found where it belongs, leaves
    /// gaps elsewhere.
    pub fn has_consequences(self) -> bool {
        matches!(
            self,
            Code::FrontMatterMissing
                | Code::FrontMatterUnclosed
                | Code::Yaml
                | Code::YamlQuotes
                | Code::NotUtf8
                | Code::DuplicateId
                | Code::BadFileName
                | Code::StrayFile
                | Code::BadSchema
                | Code::BadConfig
        )
    }

    /// The code of a name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}
