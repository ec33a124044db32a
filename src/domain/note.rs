//! Why a task ended as it did: data, kept in the ledger, from which the words are made when somebody reads them.

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::outcome::Outcome;
use super::place::{Names, Place};
use super::problem::Reason;
use super::words::{hint, listed, message};
use crate::lang::say;

/// Why an attempt may have made a task although no answer says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// No answer within the time allowed.
    Timeout,
    /// The connection ended before the answer was complete.
    ConnectionLost,
    /// The server, or a gateway before it, failed with this status.
    ServerError(u16),
    /// The answer was a success without a usable task id, or could not be read.
    UnreadableAnswer,
    /// The answer was another text than the API's, such as a login page.
    ForeignAnswer,
    /// A redirect that can mean "done, look there".
    Redirected(u16),
    /// The answer named another user, or an id that another task of ours has.
    Crossed,
    /// The program ended while the request was on its way.
    Interrupted,
    /// "User is in an incomplete task." after an attempt in doubt: the task meant may be our own.
    Busy,
}

/// Why looking for a task in the server's list did not tell whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Lookup {
    /// Several tasks are equal to it.
    Candidates {
        /// Their ids.
        ids: Vec<i64>,
    },
    /// A task is like it, but its time cannot be compared with that of the request, or its agent is another one.
    Unplaced {
        /// Its id.
        ids: Vec<i64>,
    },
    /// The list could not be read.
    Unreadable {
        /// What the library or the server said.
        detail: String,
    },
    /// The list changed while it was read.
    Unsteady,
    /// The list does not show other tasks that were surely created.
    Incomplete,
    /// Nothing tells the server's clock, so that nobody knows which time to look at.
    UnknownClock,
}

/// Whom a hint is about, so that the command to type can stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About<'a> {
    /// The run.
    pub run: &'a str,
    /// The user's phone; `None` where the hint is about several users.
    pub phone: Option<&'a str>,
}

impl About<'_> {
    /// No run in particular.
    pub const ANY: Self = Self { run: "RUN", phone: None };
}

/// What the server said when it refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ServerWords {
    /// The envelope's code; `None` where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// The envelope's message, cut to a sane length.
    #[serde(default)]
    pub message: String,
    /// The envelope's `error` object as compact JSON; empty when it says nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub error: String,
}

/// Why a line of the results ended as it did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Note {
    /// The rows have errors; this is the first.
    Problem {
        /// What is wrong.
        reason: Reason,
        /// Where.
        at: Place,
        /// The field that was to be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Field>,
        /// What stood there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
    },
    /// An earlier run made a task with the same content.
    AlreadyCreated {
        /// That run.
        run: String,
        /// That task.
        task_id: i64,
    },
    /// An earlier run made a task for this phone with other content.
    ChangedSinceCreated {
        /// That run.
        run: String,
        /// That task.
        task_id: i64,
    },
    /// A task of an earlier run for this phone may exist.
    InDoubtElsewhere {
        /// That run.
        run: String,
    },
    /// The server's own words.
    Server(ServerWords),
    /// It may exist.
    Doubt {
        /// Why.
        doubt: Doubt,
        /// What the library or the server said, for a person.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        detail: String,
        /// Why the look-up did not settle it; `None` before it was looked for to the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lookup: Option<Lookup>,
    },
    /// It never reached the server.
    NotSent {
        /// What the library said, for a person.
        detail: String,
    },
    /// The last attempt was in doubt, and the server's list proved that it made nothing.
    Absent {
        /// What made it doubtful.
        doubt: Doubt,
        /// What the library or the server said then.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        detail: String,
    },
    /// A later run made a task for this phone with other content.
    CreatedLater {
        /// That run.
        run: String,
        /// That task.
        task_id: i64,
    },
    /// A task of a later run for this phone may exist.
    InDoubtLater {
        /// That run.
        run: String,
    },
    /// The server listed an unfinished task of this user before anything was sent.
    Busy {
        /// That task.
        task_id: i64,
    },
    /// The server listed a task with the same authorisation, phone and name before anything was sent.
    AtServer {
        /// That task.
        task_id: i64,
        /// Whether it was surely created within the window; else its time could not be placed.
        within: bool,
    },
}

impl Note {
    /// The stable code for the column `error_code`.
    pub fn code(&self) -> String {
        match self {
            Self::Problem { reason, .. } => reason.code().as_str().to_owned(),
            Self::AlreadyCreated { .. } => "already-created".to_owned(),
            Self::ChangedSinceCreated { .. } => "changed-since-created".to_owned(),
            Self::InDoubtElsewhere { .. } => "in-doubt-elsewhere".to_owned(),
            Self::Server(words) => words.code.map_or_else(|| "server".to_owned(), |code| code.to_string()),
            Self::Doubt { doubt, .. } | Self::Absent { doubt, .. } => doubt.code().to_owned(),
            Self::NotSent { .. } => "not-sent".to_owned(),
            Self::CreatedLater { .. } => "created-later".to_owned(),
            Self::InDoubtLater { .. } => "in-doubt-later".to_owned(),
            Self::Busy { .. } => "busy".to_owned(),
            Self::AtServer { .. } => "at-server".to_owned(),
        }
    }

    /// What happened, for the column `error`. `names` are those of the run's tables.
    pub fn message(&self, names: &Names) -> String {
        match self {
            Self::Problem { reason, at, field, value } => say!(
                "note-at-place",
                place = names.place(*at),
                message = message(reason, *at, *field, value.as_deref(), names)
            ),
            Self::AlreadyCreated { run, task_id } => {
                say!("note-already-created", task = task_id.to_string(), run = run)
            }
            Self::ChangedSinceCreated { run, task_id } => {
                say!("note-changed-since-created", task = task_id.to_string(), run = run)
            }
            Self::InDoubtElsewhere { run } => say!("note-in-doubt-elsewhere", run = run),
            Self::Server(words) => match (words.message.as_str(), words.error.as_str()) {
                ("", "") => say!("note-server-silent"),
                ("", error) => error.to_owned(),
                (message, "") => message.to_owned(),
                (message, error) => format!("{message} {error}"),
            },
            Self::Doubt { doubt, detail, lookup } => {
                let what = doubt.words(detail);
                match lookup {
                    Some(lookup) => say!("note-doubt-and-lookup", doubt = what, lookup = lookup.words()),
                    None => what,
                }
            }
            Self::NotSent { detail } => say!("note-not-sent", detail = detail),
            Self::Absent { doubt, detail } => say!("note-absent", doubt = doubt.words(detail)),
            Self::CreatedLater { run, task_id } => {
                say!("note-created-later", task = task_id.to_string(), run = run)
            }
            Self::InDoubtLater { run } => say!("note-in-doubt-later", run = run),
            Self::Busy { task_id } => say!("note-busy", task = task_id.to_string()),
            Self::AtServer { task_id, within: true } => say!("note-at-server", task = task_id.to_string()),
            Self::AtServer { task_id, within: false } => {
                say!("note-at-server-unplaced", task = task_id.to_string())
            }
        }
    }

    /// What to do about a line of the results, for the column `hint`: what has had no turn needs nothing but that, whatever
    /// kept it from it.
    pub fn remedy(&self, outcome: Outcome, names: &Names, about: About<'_>) -> String {
        match outcome {
            Outcome::Pending => say!("note-pending-hint", run = about.run),
            _ => self.hint(names, about),
        }
    }

    /// What to do about what it says.
    pub fn hint(&self, names: &Names, about: About<'_>) -> String {
        match self {
            Self::Problem { reason, at, field, value } => hint(reason, *at, *field, value.as_deref(), names),
            Self::AlreadyCreated { .. } => say!("note-already-created-hint"),
            Self::ChangedSinceCreated { .. } | Self::CreatedLater { .. } => {
                say!("problem-changed-since-created-hint")
            }
            Self::InDoubtElsewhere { run } => {
                let resolve = resolving(&About { run, phone: about.phone }, None);
                say!("note-in-doubt-elsewhere-hint", run = run, resolve = resolve)
            }
            Self::Server(words) if is_incomplete_task(&words.message) => {
                say!("note-incomplete-task-hint", run = about.run)
            }
            Self::Server(_) => say!("note-server-hint"),
            Self::Doubt { lookup: None, .. } => say!("note-doubt-hint", run = about.run),
            Self::Doubt { lookup: Some(Lookup::Candidates { ids } | Lookup::Unplaced { ids }), .. } => {
                let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
                let resolve = resolving(&about, ids.first().map(String::as_str));
                say!("note-candidates-hint", ids = listed(&ids), resolve = resolve)
            }
            Self::Doubt { .. } => {
                say!("note-unresolved-hint", run = about.run, resolve = resolving(&about, None))
            }
            Self::NotSent { .. } => say!("note-not-sent-hint", run = about.run),
            Self::Absent { .. } => say!("note-absent-hint", run = about.run),
            Self::InDoubtLater { run } => say!("note-in-doubt-later-hint", run = run),
            Self::Busy { .. } => say!("note-busy-hint", run = about.run),
            Self::AtServer { within: true, .. } => say!("note-at-server-hint"),
            Self::AtServer { within: false, .. } => say!("note-at-server-unplaced-hint"),
        }
    }
}

impl Doubt {
    const fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::ConnectionLost => "connection-lost",
            Self::ServerError(_) => "server-error",
            Self::UnreadableAnswer => "unreadable-answer",
            Self::ForeignAnswer => "foreign-answer",
            Self::Redirected(_) => "redirected",
            Self::Crossed => "crossed-answer",
            Self::Interrupted => "interrupted",
            Self::Busy => "busy-after-doubt",
        }
    }

    fn words(self, detail: &str) -> String {
        let what = match self {
            Self::Timeout => say!("note-timeout"),
            Self::ConnectionLost => say!("note-connection-lost"),
            Self::ServerError(status) => say!("note-server-error", status = status.to_string()),
            Self::UnreadableAnswer => say!("note-unreadable-answer"),
            Self::ForeignAnswer => say!("note-foreign-answer"),
            Self::Redirected(status) => say!("note-redirected", status = status.to_string()),
            Self::Crossed => say!("note-crossed"),
            Self::Interrupted => say!("note-interrupted"),
            Self::Busy => say!("note-busy-after-doubt"),
        };
        if detail.is_empty() { what } else { say!("note-with-detail", what = what, detail = detail) }
    }
}

impl Lookup {
    /// What went wrong, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Candidates { ids } => say!("note-candidates", count = ids.len()),
            Self::Unplaced { .. } => say!("note-unplaced"),
            Self::Unreadable { detail } => say!("note-list-unreadable", detail = detail),
            Self::Unsteady => say!("note-list-unsteady"),
            Self::UnknownClock => say!("note-list-no-clock"),
            Self::Incomplete => say!("note-list-incomplete"),
        }
    }
}

/// The command that takes a person's word.
fn resolving(about: &About<'_>, id: Option<&str>) -> String {
    let (run, phone, id) = (about.run, about.phone.unwrap_or("PHONE"), id.unwrap_or("ID"));
    say!("note-resolving", run = run, phone = phone, id = id)
}

/// Whether these are the server's words for "the user still has an unfinished task".
///
/// Source: the failure example of the page on creating tasks, "User is in an incomplete task.".
pub fn is_incomplete_task(message: &str) -> bool {
    message.to_lowercase().contains("incomplete task")
}
