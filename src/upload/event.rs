//! What the engine tells while it works, and why it ended.

use std::time::Duration;

use crate::api::classify::SendFailure;
use crate::api::list::BadList;
use crate::domain::note::{Doubt, Lookup, ServerWords};
use crate::domain::outcome::Outcome;
use crate::lang::{in_english, say};
use crate::ledger::{LedgerError, Settlement};

/// The attempt that an event is about, as far as there is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attempt {
    /// Place of the task in upload order; `None` for what is about no task of the run in hand.
    pub seq: Option<u32>,
    /// Which attempt, from 1; `None` where nothing was sent.
    pub number: Option<u32>,
    /// The status of its answer.
    pub http_status: Option<u16>,
    /// From sending to the answer, or to the end of the wait for it; milliseconds.
    pub latency_ms: Option<u64>,
}

impl Attempt {
    /// The one that a settlement records.
    pub(super) fn of(settlement: &Settlement) -> Self {
        Self {
            seq: Some(settlement.seq),
            number: Some(settlement.attempt),
            http_status: settlement.http_status,
            latency_ms: u64::try_from(settlement.ended_at - settlement.sent_at).ok(),
        }
    }
}

/// Something a listener may show or keep. No event holds a person's data: places and numbers say which task is meant.
#[derive(Debug, Clone)]
pub enum Event {
    /// A request left.
    Sent(Attempt),
    /// A task reached its end; the ledger has it.
    Finished {
        /// How.
        outcome: Outcome,
        /// By which attempt.
        attempt: Attempt,
    },
    /// Tasks reached their end together, by what the server listed before anything was sent.
    Marked {
        /// How.
        outcome: Outcome,
        /// How many.
        count: u64,
    },
    /// A request was answered with 429, and everybody waits.
    Throttled {
        /// How long.
        wait: Duration,
        /// The attempt, if it was one.
        attempt: Attempt,
    },
    /// An attempt never reached the server and will be made again.
    Retry {
        /// After how long.
        wait: Duration,
        /// Why.
        why: String,
        /// The attempt that failed.
        attempt: Attempt,
    },
    /// It is not known whether a task was made.
    Doubt {
        /// Why not.
        doubt: Doubt,
        /// The attempt.
        attempt: Attempt,
    },
    /// The server's list is read, to look for tasks in doubt.
    Looking {
        /// For how many.
        doubts: usize,
    },
    /// What was looked for was found, proved absent, or given up; the ledger has it.
    LookedUp {
        /// The outcome; `None`: it is absent, and sent again.
        outcome: Option<Outcome>,
        /// The last attempt; without a place for a task of another run.
        attempt: Attempt,
    },
    /// How fast it goes has changed; told once a second at the most.
    Pace {
        /// How many requests may be on their way.
        concurrency: usize,
        /// The part of the configured rate that is used, in percent.
        rate_percent: u8,
    },
    /// Tasks in doubt are waited for, and looked up; told whenever their number changes.
    Settling {
        /// How many are left.
        doubts: usize,
        /// Until the last of them may be believed to be absent.
        wait: Duration,
    },
    /// The server fails; sending rests until a probe is answered.
    BreakerOpen {
        /// Until the next probe.
        wait: Duration,
        /// Which probe, from 1.
        probe: u32,
    },
    /// The server answers again.
    BreakerClosed,
    /// An answer carried the sandbox's mark.
    Sandbox,
    /// No new request starts any more; those on their way are waited for.
    Draining {
        /// How many.
        in_flight: usize,
    },
}

/// A wish to end early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interrupt {
    /// Go on.
    #[default]
    None,
    /// Start nothing new, finish what is in flight: somebody asked.
    Drain,
    /// The same: it is late.
    Deadline,
}

/// What the server or the way to it did wrong; the words are made when somebody reads them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There was no answer, or not all of one.
    Failure(SendFailure),
    /// An answer of this status.
    Status(u16),
    /// An answer that is not the API's.
    NotTheApi,
    /// A page of the list that is not as the API describes it.
    List(BadList),
    /// The list could not be read to its end.
    Lookup(Lookup),
}

impl Trouble {
    /// What happened, for a person.
    pub fn words(&self) -> String {
        match self {
            Self::Failure(failure) => failure.words(),
            Self::Status(status) => say!("engine-status", status = status.to_string()),
            Self::NotTheApi => say!("engine-not-the-api"),
            Self::List(bad) => bad.to_string(),
            Self::Lookup(lookup) => lookup.words(),
        }
    }

    /// The same as a reason why a look-up told nothing. That is kept in the ledger, and so is in no language but English.
    pub fn as_lookup(&self) -> Lookup {
        Lookup::Unreadable { detail: in_english(|| self.words()) }
    }
}

/// Why a run stopped before its last task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Somebody asked.
    Interrupted,
    /// It was late.
    Deadline,
    /// The server refuses the token.
    TokenRefused(ServerWords),
    /// A 401 or 403 came, and the server did not say whether the token is good.
    TokenUnclear,
    /// Redirects, or pages that are not the API's.
    WrongServer {
        /// The status.
        status: u16,
    },
    /// A 2xx that is not the API's.
    ForeignAnswer,
    /// Answers belong to other tasks.
    CrossedAnswers,
    /// Many equal rejections in a row.
    EqualRejections {
        /// How many.
        count: u32,
        /// The server's words.
        words: ServerWords,
    },
    /// The server wants a longer pause than a run should sit through.
    RetryLater {
        /// How long.
        wait: Duration,
    },
    /// Nothing but 429 for a long time.
    ThrottledThroughout,
    /// What was to be asked before sending could not be read.
    ListUnreadable(Trouble),
    /// The server kept failing, and no probe was answered.
    ServerDown {
        /// The last failure.
        last: Option<Trouble>,
    },
    /// The ledger failed.
    Ledger(LedgerError),
    /// A part of this program failed.
    Bug(String),
}

impl Ending {
    /// The exit code: all of them leave a run that can be taken up again.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Interrupted | Self::Deadline => 130,
            _ => 3,
        }
    }

    /// What happened.
    pub fn message(&self) -> String {
        match self {
            Self::Interrupted => say!("engine-interrupted"),
            Self::Deadline => say!("engine-deadline"),
            Self::TokenRefused(words) if words.message.is_empty() => say!("engine-token-refused"),
            Self::TokenRefused(words) => say!("engine-token-refused-words", words = &words.message),
            Self::TokenUnclear => say!("engine-token-unclear"),
            Self::WrongServer { status } => say!("engine-wrong-server", status = status.to_string()),
            Self::ForeignAnswer => say!("engine-foreign-answer"),
            Self::CrossedAnswers => say!("engine-crossed-answers"),
            Self::EqualRejections { count, words } if words.message.is_empty() => match words.code {
                Some(code) => say!("engine-equal-rejections-code", count = *count, code = code.to_string()),
                None => say!("engine-equal-rejections-unexplained", count = *count),
            },
            Self::EqualRejections { count, words } => {
                say!("engine-equal-rejections", count = *count, words = &words.message)
            }
            Self::RetryLater { wait } => say!("engine-retry-later", seconds = wait.as_secs().to_string()),
            Self::ListUnreadable(trouble) => say!("engine-list-unreadable", why = trouble.words()),
            Self::ThrottledThroughout => say!("engine-throttled-throughout"),
            Self::ServerDown { last } => {
                let why = last.as_ref().map(Trouble::words).unwrap_or_default();
                say!("engine-server-down", why = why)
            }
            Self::Ledger(error) => error.to_string(),
            Self::Bug(detail) => say!("engine-bug", why = detail),
        }
    }

    /// What happened, without what a server wrote or a panic said: those may name a person, and this goes where others read
    /// it.
    pub fn outline(&self) -> String {
        let outlined = |trouble: &Trouble| match trouble {
            Trouble::Failure(_) | Trouble::Status(_) | Trouble::NotTheApi => trouble.clone(),
            Trouble::List(_) | Trouble::Lookup(_) => Trouble::NotTheApi,
        };
        match self {
            Self::TokenRefused(_) => say!("engine-token-refused"),
            Self::EqualRejections { count, words } => {
                let words = ServerWords { code: words.code, message: String::new(), error: String::new() };
                Self::EqualRejections { count: *count, words }.message()
            }
            Self::ListUnreadable(trouble) => Self::ListUnreadable(outlined(trouble)).message(),
            Self::ServerDown { last } => Self::ServerDown { last: last.as_ref().map(outlined) }.message(),
            Self::Bug(_) => say!("notify-bug"),
            Self::Deadline
            | Self::Interrupted
            | Self::TokenUnclear
            | Self::WrongServer { .. }
            | Self::ForeignAnswer
            | Self::CrossedAnswers
            | Self::RetryLater { .. }
            | Self::ThrottledThroughout
            | Self::Ledger(_) => self.message(),
        }
    }

    /// What to do about it; `run` is taken up again.
    pub fn hint(&self, run: &str) -> String {
        let resume = format!("incs-import resume {run}");
        match self {
            Self::Interrupted | Self::Deadline => say!("engine-go-on", resume = resume),
            Self::TokenRefused(_) | Self::TokenUnclear => say!("engine-mend-token", resume = resume),
            Self::WrongServer { .. } | Self::ForeignAnswer => say!("engine-mend-server", resume = resume),
            Self::CrossedAnswers => say!("engine-mend-crossed-answers", resume = resume),
            Self::EqualRejections { .. } => say!("engine-mend-rejections", resume = resume),
            Self::RetryLater { wait } => {
                let minutes = wait.as_secs().div_ceil(60).to_string();
                say!("engine-go-on-later", minutes = minutes, resume = resume)
            }
            Self::ThrottledThroughout => say!("engine-go-on-slower", resume = resume),
            Self::ListUnreadable(_) => say!("engine-mend-list", resume = resume),
            Self::ServerDown { .. } => say!("engine-mend-network", resume = resume),
            Self::Ledger(error) => error.hint(),
            Self::Bug(_) => say!("engine-report-bug", resume = resume),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_repeats_nobody() {
        let words = |code| ServerWords {
            code,
            message: "Zhang San, 6281234567890".to_owned(),
            error: "Zhang San".to_owned(),
        };
        let list = || Trouble::Lookup(Lookup::Unreadable { detail: "Zhang San".to_owned() });
        for (ending, want) in [
            (Ending::TokenRefused(words(None)), "the server refuses the token"),
            (
                Ending::EqualRejections { count: 20, words: words(Some(422)) },
                "20 tasks in a row were refused without a reason (code 422)",
            ),
            (
                Ending::ListUnreadable(list()),
                "the server's list of tasks could not be read before sending: no answer of the API",
            ),
            (Ending::ServerDown { last: Some(list()) }, "the server keeps failing: no answer of the API"),
            (Ending::ServerDown { last: Some(Trouble::Status(502)) }, "the server keeps failing: status 502"),
            (Ending::Bug("Zhang San".to_owned()), "a bug of the program ended it"),
            (Ending::Interrupted, "interrupted"),
        ] {
            assert_eq!(ending.outline(), want);
        }
    }
}
