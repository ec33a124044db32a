//! How a sandbox is to behave.

use std::fs::File;
use std::num::NonZeroU32;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::tz::Offset;

use super::clock::Clock;
use super::faults::Chances;

/// How a sandbox is to behave. The default is the API of the pages on a free port, without faults.
pub struct Config {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The only bearer token that is accepted; `None` accepts any. A request without a token is refused in either case.
    pub token: Option<String>,
    /// Gets one JSON line `{"at","id","body"}` per created task. Open for appending, so that lines are written whole.
    pub audit: Option<File>,
    /// Gets one JSON line `{"at","n","method","target","phone","name","fault"}` per request, written before the request is
    /// acted on. Open for appending. `n` counts the requests from 1, `phone` and `name` are those of a POST's body,
    /// `fault` is what is about to go wrong.
    pub requests: Option<File>,
    /// How long after its creation a task is over by itself: completed, or terminated; `None` is never.
    pub finish_after: Option<Duration>,
    /// What agents do to tasks meanwhile.
    pub agents: Agents,
    /// What all draws start from: the same seed and requests meet the same faults.
    pub seed: u64,
    /// What goes wrong with POSTs.
    pub chances: Chances,
    /// How late a task is created that meets [`Fault::Late`](super::Fault::Late).
    pub late_by: Duration,
    /// How long every answer is held back. What it tells was done before that.
    pub latency: Duration,
    /// The most requests, at least 1, that are let in within any stretch of this length; others are answered with 429.
    pub rate_limit: Option<(NonZeroU32, Duration)>,
    /// What a 429 asks for in `Retry-After`, in whole seconds, rounded up.
    pub retry_after: Duration,
    /// Whether `Retry-After` is an HTTP date rather than a number of seconds.
    pub retry_after_date: bool,
    /// Whether refusals (400, 401, 403, 422) have the HTTP status 200; their envelope tells the code all the same.
    pub errors_as_200: bool,
    /// Whether every answer ends its connection.
    pub close: bool,
    /// From this request on, counted from 1, every answer is 401.
    pub unauthorized_from: Option<u64>,
    /// From this request on, counted from 1, every answer is a login page with status 200.
    pub captive_from: Option<u64>,
    /// The phones whose POSTs are answered with 403.
    pub forbidden: Vec<String>,
    /// The redirect (300 to 399) that every POST is answered with.
    pub redirect: Option<u16>,
    /// The zone in which times are shown, and in which `start_at` and `end_at` are read.
    pub zone: Offset,
    /// How far the server's clock is ahead: in its `Date`, its times, and when a task is finished or shown. The files for
    /// tests keep the true time.
    pub clock_skew: SignedDuration,
    /// What goes wrong with lists.
    pub list: ListFaults,
}

/// What agents do to tasks before they are over.
#[derive(Debug, Clone, Default)]
pub struct Agents {
    /// How long after its creation a task is in progress; `None` is never.
    pub start_after: Option<Duration>,
    /// The share (0 to 1) of the tasks that get a remark: when they are begun, or at once where none is.
    pub remarks: f64,
    /// The share (0 to 1) of the tasks that end as terminated, not as completed.
    pub terminated: f64,
}

/// What goes wrong with lists.
#[derive(Debug, Clone, Default)]
pub struct ListFaults {
    /// How long after its creation a task is listed for the first time.
    pub lag: Duration,
    /// The probability (0 to 1) that a list request is answered with a 500, a cut, half a body or HTML, in turn.
    pub fault: f64,
    /// From this list request on, counted from 1, every one fails with 500.
    pub fails_from: Option<u64>,
    /// The share (0 to 1) of the tasks that are never listed.
    pub misses: f64,
    /// The probability (0 to 1) that a page begins with the last task of the page before instead of its own first.
    pub unstable: f64,
}

impl Config {
    pub(super) fn clock(&self) -> Clock {
        Clock { skew: self.clock_skew, zone: self.zone }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            token: None,
            audit: None,
            requests: None,
            finish_after: None,
            agents: Agents::default(),
            seed: 0,
            chances: Chances::default(),
            // Beyond the minute that our client waits for an answer, unless it is told otherwise.
            late_by: Duration::from_secs(65),
            latency: Duration::ZERO,
            rate_limit: None,
            retry_after: Duration::from_secs(1),
            retry_after_date: false,
            errors_as_200: false,
            close: false,
            unauthorized_from: None,
            captive_from: None,
            forbidden: Vec::new(),
            redirect: None,
            zone: Offset::UTC,
            clock_skew: SignedDuration::ZERO,
            list: ListFaults::default(),
        }
    }
}
