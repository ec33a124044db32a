//! Why a task ended as it did: data, kept in the ledger, from which the words are made when somebody reads them.

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::place::{Names, Place};
use super::problem::Reason;
use super::words::{hint, message};

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
    },
    /// It never reached the server.
    NotSent {
        /// What the library said, for a person.
        detail: String,
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
            Self::Doubt { doubt, .. } => match doubt {
                Doubt::Timeout => "timeout",
                Doubt::ConnectionLost => "connection-lost",
                Doubt::ServerError(_) => "server-error",
                Doubt::UnreadableAnswer => "unreadable-answer",
                Doubt::ForeignAnswer => "foreign-answer",
                Doubt::Redirected(_) => "redirected",
                Doubt::Crossed => "crossed-answer",
                Doubt::Interrupted => "interrupted",
            }
            .to_owned(),
            Self::NotSent { .. } => "not-sent".to_owned(),
        }
    }

    /// What happened, for the column `error`. `names` are those of the run's tables.
    pub fn message(&self, names: &Names) -> String {
        match self {
            Self::Problem { reason, at, field, value } => {
                format!("{}: {}", names.place(*at), message(reason, *at, *field, value.as_deref(), names))
            }
            Self::AlreadyCreated { run, task_id } => {
                format!("already created as task {task_id} by run {run}")
            }
            Self::ChangedSinceCreated { run, task_id } => {
                format!("task {task_id} of run {run} was created for this phone with other content")
            }
            Self::InDoubtElsewhere { run } => format!("run {run} may have created a task for this phone"),
            Self::Server(words) => match (words.message.as_str(), words.error.as_str()) {
                ("", "") => "the server gave no reason".to_owned(),
                ("", error) => error.to_owned(),
                (message, "") => message.to_owned(),
                (message, error) => format!("{message} {error}"),
            },
            Self::Doubt { doubt, detail } => {
                let what = match doubt {
                    Doubt::Timeout => "no answer in time".to_owned(),
                    Doubt::ConnectionLost => "the connection ended before the answer".to_owned(),
                    Doubt::ServerError(status) => format!("the server failed with status {status}"),
                    Doubt::UnreadableAnswer => "the answer could not be read as a created task".to_owned(),
                    Doubt::ForeignAnswer => "the answer is not one of the INCS API".to_owned(),
                    Doubt::Redirected(status) => format!("the server redirected with status {status}"),
                    Doubt::Crossed => "the answer belongs to another task".to_owned(),
                    Doubt::Interrupted => "the program ended before the answer".to_owned(),
                };
                if detail.is_empty() { what } else { format!("{what}: {detail}") }
            }
            Self::NotSent { detail } => format!("the server could not be reached: {detail}"),
        }
    }

    /// What to do about it, for the column `hint`.
    pub fn hint(&self, names: &Names) -> String {
        match self {
            Self::Problem { reason, at, field, value } => hint(reason, *at, *field, value.as_deref(), names),
            Self::AlreadyCreated { .. } => {
                "nothing to do; to send equal tasks again sooner, shorten --dedupe-window".to_owned()
            }
            Self::ChangedSinceCreated { .. } => {
                "if a second task is wanted, upload the list again with --changed send".to_owned()
            }
            Self::InDoubtElsewhere { run } => {
                format!("look in INCS whether run {run} created the task before sending another")
            }
            Self::Server(words) if is_incomplete_task(&words.message) => {
                "the user still has an unfinished task: finish or end it in INCS, then upload again"
                    .to_owned()
            }
            Self::Server(_) => "mend what the server names, then upload the list again".to_owned(),
            Self::Doubt { .. } => {
                "the task may exist: look for the phone in INCS before sending it again".to_owned()
            }
            Self::NotSent { .. } => {
                "nothing was created: check the network and base_url, then upload again".to_owned()
            }
        }
    }
}

/// Whether these are the server's words for "the user still has an unfinished task".
///
/// Source: the failure example of the page on creating tasks, "User is in an incomplete task.".
pub fn is_incomplete_task(message: &str) -> bool {
    message.to_lowercase().contains("incomplete task")
}
