//! What the engine tells while it works, and why it ended.

use std::time::Duration;

use crate::domain::note::{Doubt, ServerWords};
use crate::domain::outcome::Outcome;

/// Something a listener may show or keep.
#[derive(Debug, Clone)]
pub enum Event {
    /// A request left.
    Sent,
    /// A task reached its end; the ledger has it.
    Finished {
        /// How.
        outcome: Outcome,
    },
    /// A request was answered with 429, and everybody waits.
    Throttled {
        /// How long.
        wait: Duration,
    },
    /// An attempt never reached the server and will be made again.
    Retry {
        /// After how long.
        wait: Duration,
        /// Why.
        why: String,
    },
    /// It is not known whether a task was made.
    Doubt(Doubt),
    /// Tasks in doubt are waited for, and looked up.
    Settling {
        /// How many.
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
    /// Start nothing new, finish what is in flight.
    Drain,
}

/// Why a run stopped before its last task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Somebody asked.
    Interrupted,
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
    ListUnreadable(String),
    /// The server kept failing, and no probe was answered.
    ServerDown {
        /// The last failure.
        last: String,
    },
    /// The ledger failed; its words, and what to do.
    Ledger(String, &'static str),
    /// A part of this program failed.
    Bug(String),
}

impl Ending {
    /// The exit code: all of them leave a run that can be taken up again.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Interrupted => 130,
            _ => 3,
        }
    }

    /// What happened.
    pub fn message(&self) -> String {
        match self {
            Self::Interrupted => "interrupted".to_owned(),
            Self::TokenRefused(words) if words.message.is_empty() => "the server refuses the token".to_owned(),
            Self::TokenRefused(words) => format!("the server refuses the token: {}", words.message),
            Self::TokenUnclear => {
                "the server answered 401 or 403, and did not say whether the token is good".to_owned()
            }
            Self::WrongServer { status } => {
                format!("this is not the INCS API: it answered with status {status} where a task was to be made")
            }
            Self::ForeignAnswer => {
                "this is not the INCS API: a page came instead of its answer, such as a login page or a portal".to_owned()
            }
            Self::CrossedAnswers => "an answer belongs to another task: something between us mixes answers up".to_owned(),
            Self::EqualRejections { count, words } if words.message.is_empty() => {
                let code = words.code.map(|code| format!(" (code {code})")).unwrap_or_default();
                format!("{count} tasks in a row were refused without a reason{code}")
            }
            Self::EqualRejections { count, words } => {
                format!("{count} tasks in a row were refused with the same words: {}", words.message)
            }
            Self::RetryLater { wait } => format!("the server wants no request for {} seconds", wait.as_secs()),
            Self::ListUnreadable(detail) => {
                format!("the server's list of tasks could not be read before sending: {detail}")
            }
            Self::ThrottledThroughout => "the server answered nothing but 429 for 30 minutes".to_owned(),
            Self::ServerDown { last } => format!("the server keeps failing: {last}"),
            Self::Ledger(words, _) => words.clone(),
            Self::Bug(detail) => format!("a part of the program failed: {detail}"),
        }
    }

    /// What to do about it; `run` is taken up again.
    pub fn hint(&self, run: &str) -> String {
        let resume = format!("incs-import resume {run}");
        match self {
            Self::Interrupted => format!("to go on: {resume}"),
            Self::TokenRefused(_) | Self::TokenUnclear => {
                format!("put a valid token into INCS_TOKEN or --token-file, then: {resume}")
            }
            Self::WrongServer { .. } | Self::ForeignAnswer => {
                format!("check the address of the server and any proxy or portal in between, then: {resume}")
            }
            Self::CrossedAnswers => {
                format!(
                    "tell whoever runs the server; once it is mended, what may exist is looked up by: {resume}"
                )
            }
            Self::EqualRejections { .. } => format!(
                "mend what the server names (often --auth-id or the account), then upload the list again; \
                 if it was the server's fault: {resume} --retry rejected"
            ),
            Self::RetryLater { wait } => {
                format!("go on in {} minutes or later with: {resume}", wait.as_secs().div_ceil(60))
            }
            Self::ThrottledThroughout => {
                format!("go on later with: {resume}, with a lower --rate if this repeats")
            }
            Self::ListUnreadable(_) => {
                format!("nothing was sent; once the list can be read: {resume}")
            }
            Self::ServerDown { .. } => format!("check the network and the server, then: {resume}"),
            Self::Ledger(_, hint) => (*hint).to_owned(),
            Self::Bug(_) => {
                format!(
                    "please report this; what may have been sent is looked up before it is sent again: {resume}"
                )
            }
        }
    }
}
