//! What is written and read: plain records, no SQL.

use crate::domain::note::{Doubt, Note};
use crate::domain::outcome::State;
use crate::domain::place::RowRange;

/// Where a whole run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum RunState {
    /// Recorded with all its tasks, and not ended. If nobody holds the lock, it was killed.
    Running = 0,
    /// Every task had its turn, and the reports are written.
    Completed = 1,
    /// A person or the system asked it to stop.
    Interrupted = 2,
    /// It stopped early by itself: token refused, wrong server, ledger failing.
    Aborted = 3,
    /// Nothing was sent, by rule: `--strict`, `--max-invalid`.
    Refused = 4,
}

impl RunState {
    /// The state of this number.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Running, Self::Completed, Self::Interrupted, Self::Aborted, Self::Refused]
            .into_iter()
            .find(|state| *state as u8 == number)
    }
}

/// A run before anything is sent.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Sorts by time: `20261122-013000-k7f3`.
    pub id: String,
    /// The base URL, normalised.
    pub server: String,
    /// Whether the target is the stand-in inside this process.
    pub sandbox: bool,
    /// [`RunState::Running`], or [`RunState::Refused`].
    pub state: RunState,
    /// Milliseconds since 1970.
    pub started_at: i64,
    /// Who ran it.
    pub operator: String,
    /// On which machine.
    pub host: String,
    /// The folder of its reports, absolute.
    pub report_dir: String,
    /// The settings that `resume` needs, as JSON; never the token.
    pub settings: String,
    /// Rows read.
    pub rows: u64,
    /// Rows with an error of their own, and those withheld with them.
    pub rows_invalid: u64,
    /// Why rows belong to no line of the results: reason and count, as JSON pairs.
    pub rows_left_out: Vec<(String, u64)>,
    /// The sum of the totals of all valid tasks; `None` where they have none.
    pub total_amount: Option<String>,
    /// The exit code, for a run that ends as it begins.
    pub exit_code: Option<i32>,
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// As the user named it.
    pub path: String,
    /// Of the bytes that were read, in hexadecimal.
    pub sha256: String,
    /// Rows read from it, headers and blank rows not counted.
    pub rows: u64,
}

/// One table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Which [`InputFile`].
    pub file: u16,
    /// The sheet; `None` for CSV.
    pub sheet: Option<String>,
    /// The header texts by column.
    pub headers: Vec<String>,
}

/// One line of the results, before anything is sent.
#[derive(Debug, Clone)]
pub struct NewTask<'a> {
    /// Place in upload order, from 0.
    pub seq: u32,
    /// [`State::Planned`], or one of the states in which nothing is sent.
    pub state: State,
    /// The keyed hash of server and phone; `None` without a usable phone.
    pub phone_key: Option<[u8; 16]>,
    /// The keyed hash of the content.
    pub identity: Option<[u8; 16]>,
    /// The body to POST; empty for what is never sent.
    pub body: &'a [u8],
    /// File (and sheet) of the first row.
    pub source: &'a str,
    /// `17..19;25`, others as `Sheet2!4`.
    pub rows: &'a str,
    /// The same as a program finds them.
    pub places: &'a [RowRange],
    /// How many input rows it stands for.
    pub row_count: u32,
    /// As sent.
    pub user_phone: Option<&'a str>,
    /// As sent.
    pub user_name: Option<&'a str>,
    /// As sent.
    pub assignee_username: Option<&'a str>,
    /// As sent.
    pub name: Option<&'a str>,
    /// How many orders.
    pub orders: u32,
    /// As sent.
    pub total_amount: Option<&'a str>,
    /// Why it is not sent.
    pub note: Option<&'a Note>,
}

/// A task whose next attempt is durably recorded: it may be sent.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Place in upload order.
    pub seq: u32,
    /// The attempt that the intent is for, from 1.
    pub attempt: u32,
    /// Attempts that count against `--max-attempts` before this one.
    pub attempts_used: u32,
    /// The bytes to POST.
    pub body: Vec<u8>,
    /// The phone in it, to be compared with the answer's echo.
    pub user_phone: String,
    /// When the first attempt that was ever in doubt may have left, milliseconds since 1970; `None` if none was.
    pub doubted_since: Option<i64>,
}

/// A task that may exist: what is needed to look for it.
#[derive(Debug, Clone)]
pub struct Doubtful {
    /// Its key in the ledger.
    pub task: i64,
    /// Place in upload order, if it is one of the run in hand.
    pub seq: Option<u32>,
    /// Its run.
    pub run: String,
    /// The bytes that were sent.
    pub body: Vec<u8>,
    /// The phone in them.
    pub user_phone: String,
    /// The last attempt.
    pub attempt: u32,
    /// Attempts that count against `--max-attempts`.
    pub attempts_used: u32,
    /// Why it is in doubt.
    pub doubt: Doubt,
    /// More of that, for a person.
    pub detail: String,
    /// When the first attempt in doubt may have left at the earliest, milliseconds since 1970.
    pub since: i64,
    /// When the last attempt may have left at the latest, and how long it may have taken.
    pub last: LastAttempt,
    /// The nearest answer of the same run that had a `Date`: that, and when it was sent and ended by our clock;
    /// `None` if there is none.
    pub dated: Option<DatedAnswer>,
}

/// An answer that tells the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedAnswer {
    /// Its `Date`, seconds since 1970.
    pub date: i64,
    /// When the request left, milliseconds since 1970.
    pub sent_at: i64,
    /// When the answer was there, milliseconds since 1970.
    pub ended_at: i64,
}

/// How long the last attempt of a doubt may have been on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastAttempt {
    /// It ended then, milliseconds since 1970.
    Ended(i64),
    /// Its intent was recorded; the process did not live to see the end.
    Intended {
        /// When that process last wrote something, milliseconds since 1970.
        alive_at: i64,
        /// The time allowed for an answer in that run.
        timeout_ms: i64,
    },
}

/// What a look-up, or a person, found about a doubt.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The task's key in the ledger.
    pub task: i64,
    /// [`State::Created`], [`State::Planned`] (proved absent), [`State::Failed`] and [`State::IncompleteTask`] (the same,
    /// and not to be sent again), or [`State::Unresolved`].
    pub state: State,
    /// Why, where it is not created.
    pub note: Option<Note>,
    /// The id, if created.
    pub server_id: Option<i64>,
    /// The batch.
    pub creation_id: Option<i64>,
    /// When, in seconds of the server's clock on the wall.
    pub created_at: Option<i64>,
    /// What was read to find out, as JSON.
    pub evidence: String,
    /// Now, milliseconds since 1970.
    pub at: i64,
}

/// A created task whose answer tells both of the server's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneSample {
    /// Its `created_at`: seconds of the clock on the wall.
    pub created_at: i64,
    /// The `Date` of the answer, seconds since 1970.
    pub date: i64,
}

/// What the ledger knows of the server's clock on the wall.
#[derive(Debug, Clone, Default)]
pub struct WallEvidence {
    /// By its other clock.
    pub samples: Vec<ZoneSample>,
    /// By ours: `created_at` less the end of the request, in seconds, for the first tasks that the run created.
    pub by_our_clock: Vec<i64>,
}

/// What the ledger knows of the tasks in a window.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// Tasks of ours created in it: id and time of the server's clock on the wall.
    pub ours: Vec<(i64, i64)>,
    /// Those of the ids asked about that are ours already.
    pub owned: Vec<i64>,
}

/// A task that a rule held back when it was its turn.
#[derive(Debug, Clone)]
pub struct HeldBack {
    /// Place in upload order.
    pub seq: u32,
    /// [`State::Skipped`] or [`State::Unresolved`].
    pub state: State,
    /// Why.
    pub note: Note,
}

/// How an attempt ended, for the list of attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptEnd {
    /// Answered for good.
    Answered,
    /// Proved not to have reached the server.
    NotSent,
    /// Refused before it was acted on.
    Throttled,
    /// Refused by a gatekeeper; the task waits.
    Barred,
    /// It may have made the task.
    InDoubt,
    /// It was in doubt, and the server's list proved that it made nothing.
    Absent,
    /// It was in doubt, and the task was found.
    Found,
    /// Never put on the wire.
    GivenBack,
}

impl AttemptEnd {
    /// The word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NotSent => "not-sent",
            Self::Throttled => "throttled",
            Self::Barred => "barred",
            Self::InDoubt => "in-doubt",
            Self::Absent => "absent",
            Self::Found => "found",
            Self::GivenBack => "given-back",
        }
    }

    /// Whether it counts against `--max-attempts`.
    pub const fn uses_an_attempt(self) -> bool {
        matches!(self, Self::Answered | Self::NotSent | Self::InDoubt)
    }
}

/// What an answer, or its absence, made of a task.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// Place in upload order.
    pub seq: u32,
    /// Which attempt.
    pub attempt: u32,
    /// How the attempt ended.
    pub end: AttemptEnd,
    /// Where the task stands now.
    pub state: State,
    /// The ids given by the server: task, batch, conversation.
    pub server_id: Option<i64>,
    /// The batch.
    pub creation_id: Option<i64>,
    /// The conversation.
    pub conversation_id: Option<i64>,
    /// When it was created, in seconds of the server's clock on the wall.
    pub created_at: Option<i64>,
    /// `None` where no status line came.
    pub http_status: Option<u16>,
    /// Why, where it is not created.
    pub note: Option<Note>,
    /// When the request was handed to the network.
    pub sent_at: i64,
    /// When the answer, or its absence, was known.
    pub ended_at: i64,
    /// The answer's `Date`, seconds since 1970.
    pub server_date: Option<i64>,
}

/// What the ledger says to a settlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Recorded.
    Recorded,
    /// The server's id belongs to another task of ours: recorded as unresolved, and the run must stop.
    Crossed,
}

/// One second of the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sample {
    /// The second it covers, milliseconds since 1970.
    pub at: i64,
    /// Requests started.
    pub sent: u32,
    /// Tasks that reached an end.
    pub finished: u32,
    /// 429 answers.
    pub throttled: u32,
    /// Connect failures, timeouts, cuts, 5xx.
    pub failed: u32,
    /// Requests on their way at the end of the second.
    pub in_flight: u32,
    /// The ceiling at the end of the second.
    pub concurrency: u32,
    /// Whether a pause held everything at the end of the second.
    pub paused: bool,
    /// Mean latency of the answers.
    pub latency_ms: u32,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct RunEnd {
    /// Any state but [`RunState::Running`].
    pub state: RunState,
    /// When.
    pub finished_at: i64,
    /// The exit code.
    pub exit_code: i32,
    /// Why it stopped early; `None` when it did not.
    pub ended_by: Option<String>,
    /// GET requests made for the run.
    pub lookups: u64,
    /// Whether the server turned out to be a stand-in.
    pub sandbox: bool,
}
