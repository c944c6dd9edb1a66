//! Chance and language: a seed comes in, numbers, sentences and names go out.

/// SplitMix64: small, fast, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// A stream of its own for each record, so that one more issue changes no other file much.
    pub fn new(seed: u64, kind: &str, index: usize) -> Self {
        let salt =
            kind.bytes().fold(index as u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let mut rng = Self(seed ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        rng.next();
        rng
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    /// `count` different numbers below `end`, in ascending order.
    pub fn some_of(&mut self, count: usize, end: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..end).collect();
        for place in 0..count.min(end) {
            let other = place + self.below(end - place);
            all.swap(place, other);
        }
        all.truncate(count);
        all.sort_unstable();
        all
    }
}

/// Draws ranks so that the second is half as frequent as the first, the third a third.
#[derive(Debug)]
pub struct Zipf(Vec<u64>);

impl Zipf {
    /// For ranks below `count`.
    pub fn new(count: usize) -> Self {
        let mut sum = 0;
        Self(
            (1..=count as u64)
                .map(|rank| {
                    sum += 1_000_000_000 / rank;
                    sum
                })
                .collect(),
        )
    }

    /// A rank; 0 is the most frequent.
    pub fn draw(&self, rng: &mut Rng) -> usize {
        let total = self.0.last().copied().unwrap_or(1);
        let point = rng.next() % total;
        self.0.partition_point(|&sum| sum <= point)
    }
}

/// A sentence of ten to twenty-five words. `object` takes the place of what is acted upon, `cite`
/// stands before the full stop.
pub fn sentence(rng: &mut Rng, object: Option<&str>, cite: Option<&str>) -> String {
    let mut text = match rng.below(5) {
        0 => format!("{}, the {}", capital(rng.pick(OPENINGS)), phrase(rng)),
        1 => format!("Each {}", phrase(rng)),
        2 => format!("Some {} in the {}", rng.pick(PLURALS), rng.pick(NOUNS)),
        _ => format!("The {}", phrase(rng)),
    };
    text += &format!(" {} ", rng.pick(VERBS));
    match object {
        Some(object) => text += object,
        None => text += &format!("the {}", phrase(rng)),
    }
    text += &format!(" {} the {}", rng.pick(PREPOSITIONS), phrase(rng));
    match rng.below(4) {
        0 => text += &format!(", and the {} {} it {}", rng.pick(NOUNS), rng.pick(VERBS), rng.pick(ADVERBS)),
        1 => {
            text += &format!(
                " while {} {} the {} {}",
                rng.pick(PLURALS),
                rng.pick(VERBS),
                rng.pick(NOUNS),
                rng.pick(ADVERBS)
            )
        }
        2 => text += &format!(" {} {} {}", rng.pick(PREPOSITIONS), rng.pick(ADJECTIVES), rng.pick(PLURALS)),
        _ => {}
    }
    match cite {
        Some(cite) => text + &format!(" [{cite}]."),
        None => text + ".",
    }
}

/// `adjective noun`.
pub fn phrase(rng: &mut Rng) -> String {
    format!("{} {}", rng.pick(ADJECTIVES), rng.pick(NOUNS))
}

/// A family name that no other index has.
pub fn family(index: usize) -> String {
    let count = SYLLABLES.len();
    let index = index + 1;
    // Spreads neighbours apart; one to one, because the factor has no divisor in common.
    let mut rest = index / 8000 * 8000 + index % 8000 * 2741 % 8000;
    let mut name = String::new();
    for _ in 0..3 {
        name += SYLLABLES[rest % count];
        rest /= count;
    }
    while rest > 0 {
        name += SYLLABLES[rest % count];
        rest /= count;
    }
    capital(&name) + "ov"
}

/// The text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const SYLLABLES: &[&str] = &[
    "bra", "cel", "dor", "fen", "gri", "hal", "jas", "kel", "lum", "mar", "nev", "ost", "pra", "rud", "sil",
    "tor", "ulm", "vek", "wen", "zab",
];

pub const FIRST: &[&str] = &[
    "Adela", "Boris", "Clara", "Daniel", "Edith", "Felix", "Greta", "Henrik", "Irena", "Jonas", "Katya",
    "Leon", "Marta", "Nils", "Olena", "Pavel", "Renata", "Stefan", "Tilda", "Viktor",
];

pub const ADJECTIVES: &[&str] = &[
    "early",
    "late",
    "public",
    "private",
    "local",
    "foreign",
    "northern",
    "southern",
    "eastern",
    "western",
    "coastal",
    "rural",
    "urban",
    "annual",
    "weekly",
    "formal",
    "informal",
    "joint",
    "separate",
    "broad",
    "narrow",
    "strict",
    "loose",
    "quiet",
    "open",
    "closed",
    "interim",
    "lasting",
    "partial",
    "complete",
    "modest",
    "large",
    "small",
    "heavy",
    "light",
    "simple",
    "complex",
    "direct",
    "indirect",
    "legal",
    "technical",
    "financial",
    "military",
    "civil",
    "common",
    "shared",
    "recent",
    "former",
    "current",
    "new",
    "old",
    "final",
    "first",
    "second",
    "third",
    "mutual",
    "neutral",
    "central",
    "regional",
    "federal",
    "national",
    "careful",
    "rapid",
    "slow",
    "steady",
    "uncertain",
    "clear",
    "vague",
    "written",
    "spoken",
    "missing",
    "spare",
    "double",
    "single",
    "outer",
    "inner",
    "winter",
    "summer",
    "temporary",
    "permanent",
];

pub const NOUNS: &[&str] = &[
    "harbour",
    "river",
    "bridge",
    "railway",
    "road",
    "border",
    "valley",
    "village",
    "city",
    "province",
    "market",
    "factory",
    "school",
    "hospital",
    "archive",
    "court",
    "council",
    "ministry",
    "office",
    "agency",
    "committee",
    "commission",
    "parliament",
    "cabinet",
    "delegation",
    "mission",
    "embassy",
    "garrison",
    "convoy",
    "fleet",
    "budget",
    "loan",
    "grant",
    "tariff",
    "tax",
    "fund",
    "account",
    "contract",
    "permit",
    "licence",
    "treaty",
    "accord",
    "clause",
    "annex",
    "draft",
    "proposal",
    "plan",
    "schedule",
    "deadline",
    "timetable",
    "register",
    "census",
    "survey",
    "report",
    "letter",
    "speech",
    "statement",
    "summary",
    "record",
    "map",
    "line",
    "zone",
    "corridor",
    "crossing",
    "station",
    "depot",
    "warehouse",
    "pipeline",
    "grid",
    "dam",
    "reservoir",
    "field",
    "forest",
    "mine",
    "quarry",
    "harvest",
    "fishery",
    "ferry",
    "airport",
    "tunnel",
    "signal",
    "network",
    "inquiry",
    "verdict",
    "appeal",
    "hearing",
    "sentence",
    "pardon",
    "exchange",
    "transfer",
    "return",
    "release",
    "inspection",
    "patrol",
    "observer",
    "monitor",
    "mediator",
    "guarantee",
    "pledge",
    "payment",
    "debt",
    "price",
    "currency",
    "union",
    "league",
    "alliance",
    "party",
    "coalition",
    "majority",
    "minority",
    "election",
    "ballot",
    "campaign",
];

pub const PLURALS: &[&str] = &[
    "officials",
    "residents",
    "farmers",
    "engineers",
    "judges",
    "soldiers",
    "drivers",
    "teachers",
    "doctors",
    "traders",
    "pilots",
    "sailors",
    "miners",
    "clerks",
    "envoys",
    "experts",
    "donors",
    "lenders",
    "owners",
    "tenants",
    "voters",
    "members",
    "deputies",
    "mayors",
    "guards",
    "refugees",
    "families",
    "workers",
    "reporters",
    "lawyers",
];

pub const VERBS: &[&str] = &[
    "delayed",
    "opened",
    "closed",
    "reviewed",
    "rejected",
    "accepted",
    "described",
    "questioned",
    "supported",
    "opposed",
    "extended",
    "reduced",
    "doubled",
    "financed",
    "inspected",
    "repaired",
    "replaced",
    "restored",
    "suspended",
    "resumed",
    "announced",
    "denied",
    "confirmed",
    "criticized",
    "welcomed",
    "postponed",
    "completed",
    "abandoned",
    "negotiated",
    "drafted",
    "signed",
    "ratified",
    "amended",
    "published",
    "withheld",
    "transferred",
    "guarded",
    "crossed",
    "measured",
    "counted",
    "compared",
    "separated",
    "joined",
    "followed",
    "raised",
    "settled",
];

const ADVERBS: &[&str] = &[
    "quickly",
    "slowly",
    "openly",
    "quietly",
    "twice",
    "again",
    "later",
    "early",
    "in part",
    "in full",
    "at once",
    "with care",
    "by letter",
    "in person",
    "by vote",
    "without delay",
    "in writing",
    "on request",
];

const PREPOSITIONS: &[&str] = &[
    "before",
    "after",
    "during",
    "under",
    "near",
    "beyond",
    "along",
    "across",
    "behind",
    "within",
    "without",
    "despite",
    "because of",
    "instead of",
    "in return for",
    "ahead of",
    "on top of",
    "at the edge of",
];

const OPENINGS: &[&str] = &[
    "in spring",
    "in autumn",
    "by then",
    "at first",
    "in practice",
    "on paper",
    "since then",
    "for years",
    "in the end",
    "a week later",
    "in the same month",
    "as before",
    "at that point",
    "for a time",
    "in public",
    "in return",
    "by contrast",
    "in short",
];
