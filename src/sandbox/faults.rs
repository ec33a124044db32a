//! What goes wrong on purpose, and for whom: decided by seed alone.
//!
//! A decision depends on what is asked and how often it was asked before, never on the order in which requests of
//! different users arrive, so that a run with the same list and seed meets the same faults however it is spread over
//! connections.

use std::fmt;

use super::config::ListFaults;

/// What can happen to a POST. At most one of these does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 429 with `Retry-After`; nothing is created.
    TooManyRequests,
    /// 500 with an error envelope; nothing is created.
    ServerError,
    /// 503 with an error envelope; nothing is created.
    Unavailable,
    /// 408 with an HTML page; nothing is created.
    RequestTimeout,
    /// The connection is cut without a byte of an answer; nothing is created.
    DropBefore,
    /// Created; then the connection is cut without a byte of an answer.
    DropAfter,
    /// Created; then the connection is cut in the middle of the answer's body.
    Truncate,
    /// 502 with an HTML page; nothing is created.
    Html,
    /// Created only after [`Config::late_by`](super::Config::late_by), whether the client still waits or not.
    Late,
    /// Created; answered by a gateway's HTML page with 504.
    GatewayTimeout,
    /// Created; answered with 200 and an empty body.
    Empty,
    /// Created; answered with a success envelope whose `data` is `{}`.
    NoId,
    /// Created; answered with the task that was created before it, if there is one.
    Cross,
    /// Created; answered as if the user had been busy.
    BusyAfter,
}

impl Fault {
    /// All of them, in the order in which a draw goes through them.
    pub const ALL: [Self; 14] = [
        Self::TooManyRequests,
        Self::ServerError,
        Self::Unavailable,
        Self::RequestTimeout,
        Self::DropBefore,
        Self::DropAfter,
        Self::Truncate,
        Self::Html,
        Self::Late,
        Self::GatewayTimeout,
        Self::Empty,
        Self::NoId,
        Self::Cross,
        Self::BusyAfter,
    ];

    /// The end of its flag: `--fault-{name}`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooManyRequests => "429",
            Self::ServerError => "500",
            Self::Unavailable => "503",
            Self::RequestTimeout => "408",
            Self::DropBefore => "drop-before",
            Self::DropAfter => "drop-after",
            Self::Truncate => "truncate",
            Self::Html => "html",
            Self::Late => "late",
            Self::GatewayTimeout => "504",
            Self::Empty => "empty",
            Self::NoId => "no-id",
            Self::Cross => "cross",
            Self::BusyAfter => "busy-after",
        }
    }
}

/// How likely each [`Fault`] is. Whoever is not named never happens.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chances(Vec<(Fault, f64)>);

/// Chances that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BadChances {
    /// One of them is not from 0 to 1.
    #[error("--fault-{} wants a probability from 0 to 1", .0.name())]
    OutOfRange(Fault),
    /// A POST meets one fault at most, so together they cannot be likelier than certain.
    #[error(
        "the probabilities of the --fault flags add up to {0}: a request meets one fault at most, so 1 is the most"
    )]
    MoreThanCertain(f64),
}

impl Chances {
    /// # Errors
    /// When a probability is not from 0 to 1, or all of them add up to more than 1.
    pub fn new(chances: impl IntoIterator<Item = (Fault, f64)>) -> Result<Self, BadChances> {
        /// What adding decimal fractions in binary may leave over.
        const ROUNDING: f64 = 1e-9;
        let chances: Vec<_> = chances.into_iter().collect();
        if let Some((fault, _)) = chances.iter().find(|(_, chance)| !(0.0..=1.0).contains(chance)) {
            return Err(BadChances::OutOfRange(*fault));
        }
        let sum: f64 = chances.iter().map(|(_, chance)| chance).sum();
        if sum > 1.0 + ROUNDING {
            return Err(BadChances::MoreThanCertain((sum * 1e6).round() / 1e6));
        }
        Ok(Self(chances))
    }

    /// Whether nothing ever happens.
    pub(super) fn is_none(&self) -> bool {
        self.0.iter().all(|&(_, chance)| chance == 0.0)
    }
}

/// What happens to a POST of this phone and name that is the `nth` for the phone.
pub(super) fn decide(seed: u64, chances: &Chances, phone: &str, name: &str, nth: u64) -> Option<Fault> {
    let mut rest = draw(seed, "post", &[phone.as_bytes(), name.as_bytes(), &nth.to_le_bytes()]);
    for &(fault, chance) in &chances.0 {
        if rest < chance {
            return Some(fault);
        }
        rest -= chance;
    }
    None
}

/// What can happen to a list request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListFault {
    /// 500 with an error envelope.
    ServerError,
    /// The connection is cut without a byte of an answer.
    Cut,
    /// The connection is cut in the middle of the answer's body.
    Truncate,
    /// 502 with an HTML page.
    Html,
    /// The page begins with the last task of the page before, as when rows shift between two requests.
    Shifted,
}

impl ListFault {
    /// Those of `--fault-list`, which take turns.
    const IN_TURN: [Self; 4] = [Self::ServerError, Self::Cut, Self::Truncate, Self::Html];

    fn name(self) -> &'static str {
        match self {
            Self::ServerError => "list-500",
            Self::Cut => "list-cut",
            Self::Truncate => "list-truncate",
            Self::Html => "list-html",
            Self::Shifted => "list-unstable",
        }
    }
}

/// What happens to the `nth` list request, counted from 1.
pub(super) fn decide_list(seed: u64, faults: &ListFaults, nth: u64) -> Option<ListFault> {
    let happens = |what, chance| draw(seed, what, &[&nth.to_le_bytes()]) < chance;
    if faults.fails_from.is_some_and(|from| nth >= from) {
        Some(ListFault::ServerError)
    } else if happens("list", faults.fault) {
        let turns = ListFault::IN_TURN;
        let turn = seed.wrapping_add(nth) % turns.len() as u64;
        usize::try_from(turn).ok().and_then(|turn| turns.get(turn)).copied()
    } else if happens("shift", faults.unstable) {
        Some(ListFault::Shifted)
    } else {
        None
    }
}

/// Whether something happens to the task of this phone and name: that no list ever shows it (`miss`), that it is
/// terminated, or remarked on.
pub(super) fn happens_to(seed: u64, what: &str, chance: f64, phone: &str, name: &str) -> bool {
    chance > 0.0 && draw(seed, what, &[phone.as_bytes(), name.as_bytes()]) < chance
}

/// What stands between a request and its ordinary answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    Captive,
    RateLimit,
    Unauthorized,
    Redirect,
    Forbidden,
    Post(Fault),
    List(ListFault),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Captive => "captive",
            Self::RateLimit => "rate-limit",
            Self::Unauthorized => "unauthorized",
            Self::Redirect => "redirect",
            Self::Forbidden => "forbid",
            Self::Post(fault) => fault.name(),
            Self::List(fault) => fault.name(),
        })
    }
}

/// A number from 0 up to 1 that looks random and depends on nothing but the arguments.
fn draw(seed: u64, what: &str, parts: &[&[u8]]) -> f64 {
    let hashed = parts.iter().fold(mix(seed, what.as_bytes()), |state, part| mix(state, part));
    // The 53 bits that a fraction between 0 and 1 holds exactly.
    (hashed >> 11) as f64 / (1_u64 << 53) as f64
}

/// FNV-1a over the bytes, stirred into the state by the finaliser of SplitMix64. Stable across versions and machines,
/// which the hashes of the standard library do not promise.
fn mix(state: u64, bytes: &[u8]) -> u64 {
    let hash = bytes.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let mut mixed = state.wrapping_add(0x9E37_79B9_7F4A_7C15).rotate_left(17) ^ hash;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests;
