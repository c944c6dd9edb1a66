//! What a link means to the page it leads to: the groups of its backlinks.

/// The meaning of a link, from the field or the form it is written in.
///
/// The order is the order of the groups on a page; the strongest ties come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// An event's `who`.
    TookPart,
    /// The `actor` of a position that is its own word.
    HoldsPosition,
    /// A position's `by`.
    SpokeOn,
    /// A position's `told_by`.
    Told,
    /// A readout's `by`.
    GaveAccount,
    /// A document's `by`.
    Issued,
    /// A document's `to`.
    Addressed,
    /// A position's `about`.
    PositionAbout,
    /// A position's `at`.
    PositionAt,
    /// A position's `also`.
    PositionAlso,
    /// The `issues` of an event or document, a provision's `issue`, a readout row's `issue`.
    Touches,
    /// An issue's `actors`.
    Concerned,
    /// An issue's `parent`.
    PartOf,
    /// An issue's `related`, a term's `see_also`.
    Related,
    /// An actor's `member_of`.
    MemberOf,
    /// A role's `for` or `at`.
    RoleFor,
    /// A document's `supersedes`.
    Supersedes,
    /// A reference in a row of a topic block.
    InTable,
    /// A citation, in prose or in a `cite` field.
    Cited,
    /// An embed of one of its sections.
    Quoted,
    /// A link in prose, and the `actor` of a position that another told or an analyst wrote.
    Mentioned,
}

impl Meaning {
    /// Every meaning in the order of the groups.
    pub const ALL: [Meaning; 21] = [
        Meaning::TookPart,
        Meaning::HoldsPosition,
        Meaning::SpokeOn,
        Meaning::Told,
        Meaning::GaveAccount,
        Meaning::Issued,
        Meaning::Addressed,
        Meaning::PositionAbout,
        Meaning::PositionAt,
        Meaning::PositionAlso,
        Meaning::Touches,
        Meaning::Concerned,
        Meaning::PartOf,
        Meaning::Related,
        Meaning::MemberOf,
        Meaning::RoleFor,
        Meaning::Supersedes,
        Meaning::InTable,
        Meaning::Cited,
        Meaning::Quoted,
        Meaning::Mentioned,
    ];

    /// The key of its heading in a language's words.
    pub fn key(self) -> &'static str {
        match self {
            Meaning::TookPart => "took-part",
            Meaning::HoldsPosition => "holds-position",
            Meaning::SpokeOn => "spoke-on",
            Meaning::Told => "told",
            Meaning::GaveAccount => "gave-account",
            Meaning::Issued => "issued",
            Meaning::Addressed => "addressed",
            Meaning::PositionAbout => "position-about",
            Meaning::PositionAt => "position-at",
            Meaning::PositionAlso => "position-also",
            Meaning::Touches => "touches",
            Meaning::Concerned => "concerned",
            Meaning::PartOf => "part-of",
            Meaning::Related => "related",
            Meaning::MemberOf => "member-of",
            Meaning::RoleFor => "role-for",
            Meaning::Supersedes => "supersedes",
            Meaning::InTable => "in-table",
            Meaning::Cited => "cited",
            Meaning::Quoted => "quoted",
            Meaning::Mentioned => "mentioned",
        }
    }
}
