//! What the engine tells, as lines of the log: every attempt and every end at debug level, with the place of its rows.
//! What is worth more than that is news, which [`progress`](crate::cli::progress) tells.

use std::path::Path;

use tracing::{Level, debug, enabled};

use crate::domain::note::Doubt;
use crate::ledger::SourceRows;
use crate::ledger::read::Reader;
use crate::upload::{Attempt, Event};

/// Where the rows of the tasks of a run stand. The ledger is asked, and only if somebody reads the answer.
#[derive(Debug)]
pub(in crate::cli) struct Places {
    reader: Option<Reader>,
    run: i64,
}

impl Places {
    /// Of a run of the ledger at this path.
    pub(in crate::cli) fn of(ledger: &Path, run: i64) -> Self {
        let reader = if enabled!(Level::DEBUG) { Reader::open(ledger).ok().flatten() } else { None };
        Self { reader, run }
    }

    fn of_task(&self, seq: Option<u32>) -> SourceRows {
        // A line without its place is better than none.
        let found =
            self.reader.as_ref().zip(seq).and_then(|(reader, seq)| reader.rows_of(self.run, seq).ok());
        found.flatten().unwrap_or_default()
    }
}

/// Sends a `tracing` event about an attempt: its name, its words, its own fields, then those of all attempts.
macro_rules! about {
    ($places:ident, $attempt:ident, $name:literal, $words:literal, $($field:ident = $value:expr),*) => {{
        let Attempt { seq, number, http_status, latency_ms } = *$attempt;
        let rows = $places.of_task(seq);
        debug!(
            name: $name,
            task = seq,
            attempt = number,
            source = rows.source,
            rows = rows.rows,
            $($field = $value,)*
            http_status,
            latency_ms,
            $words
        );
    }};
}

/// Writes a line about what the engine told.
pub(in crate::cli) fn trace(event: &Event, places: &Places) {
    // Nothing is looked up or put into words for nobody.
    if !enabled!(Level::DEBUG) {
        return;
    }
    let millis = |wait: &std::time::Duration| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    match event {
        Event::Sent(attempt) => about!(places, attempt, "request-sent", "request sent",),
        Event::Finished { outcome, attempt } => {
            about!(places, attempt, "task-ended", "task ended", outcome = outcome.as_str());
        }
        Event::Marked { outcome, count } => {
            debug!(name: "tasks-marked", outcome = outcome.as_str(), count, "tasks marked before sending");
        }
        Event::Throttled { wait, attempt } => {
            about!(places, attempt, "request-throttled", "request throttled", wait_ms = millis(wait));
        }
        Event::Retry { wait, why, attempt } => {
            about!(
                places,
                attempt,
                "request-not-sent",
                "request not sent",
                wait_ms = millis(wait),
                why = why
            );
        }
        Event::Doubt { doubt, attempt } => {
            about!(places, attempt, "task-in-doubt", "task in doubt", doubt = word(*doubt));
        }
        Event::Looking { doubts } => {
            debug!(name: "looking", doubts, "reading the list of the server");
        }
        Event::LookedUp { outcome, attempt } => {
            let outcome = outcome.map_or("absent", |outcome| outcome.as_str());
            about!(places, attempt, "task-looked-up", "task looked up", outcome = outcome);
        }
        Event::Pace { concurrency, rate_percent } => {
            debug!(name: "pace-changed", concurrency, rate_percent, "pace changed");
        }
        // All of these are news.
        Event::Settling { .. }
        | Event::BreakerOpen { .. }
        | Event::BreakerClosed
        | Event::Sandbox
        | Event::Draining { .. } => {}
    }
}

/// The word of a doubt in the ledger.
fn word(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Timeout => "timeout",
        Doubt::ConnectionLost => "connection-lost",
        Doubt::ServerError(_) => "server-error",
        Doubt::UnreadableAnswer => "unreadable-answer",
        Doubt::ForeignAnswer => "foreign-answer",
        Doubt::Redirected(_) => "redirected",
        Doubt::Crossed => "crossed",
        Doubt::Interrupted => "interrupted",
        Doubt::Busy => "busy",
    }
}
