//! Why a task ended as it did: data, kept in the ledger, from which the words are made when somebody reads them.

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::outcome::Outcome;
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
            Self::Doubt { doubt, detail, lookup } => {
                let what = doubt.words(detail);
                match lookup {
                    Some(lookup) => format!("{what}; {}", lookup.words()),
                    None => what,
                }
            }
            Self::NotSent { detail } => format!("the server could not be reached: {detail}"),
            Self::Absent { doubt, detail } => {
                format!("{}; the server's list shows that nothing was created", doubt.words(detail))
            }
            Self::CreatedLater { run, task_id } => {
                format!("task {task_id} of the later run {run} was created for this phone with other content")
            }
            Self::InDoubtLater { run } => {
                format!("the later run {run} may have created a task for this phone")
            }
            Self::Busy { task_id } => format!("the user has an unfinished task at the server: {task_id}"),
            Self::AtServer { task_id, within: true } => {
                format!("the server has this task already: {task_id}")
            }
            Self::AtServer { task_id, within: false } => {
                format!(
                    "the server has an equal task, {task_id}, of a time that cannot be compared with ours"
                )
            }
        }
    }

    /// What to do about a line of the results, for the column `hint`: what has had no turn needs nothing but that, whatever
    /// kept it from it.
    pub fn remedy(&self, outcome: Outcome, names: &Names, about: About<'_>) -> String {
        match outcome {
            Outcome::Pending => format!("it is sent by: incs-import resume {}", about.run),
            _ => self.hint(names, about),
        }
    }

    /// What to do about what it says.
    pub fn hint(&self, names: &Names, about: About<'_>) -> String {
        match self {
            Self::Problem { reason, at, field, value } => hint(reason, *at, *field, value.as_deref(), names),
            Self::AlreadyCreated { .. } => {
                "nothing to do; to send equal tasks again sooner, shorten --dedupe-window".to_owned()
            }
            Self::ChangedSinceCreated { .. } => {
                "if a second task is wanted, upload the list again with --changed send".to_owned()
            }
            Self::InDoubtElsewhere { run } => {
                format!(
                    "look in INCS whether run {run} created it, then: {}",
                    resolving(&About { run, phone: about.phone }, None)
                )
            }
            Self::Server(words) if is_incomplete_task(&words.message) => {
                format!(
                    "finish or end the user's task in INCS, then: incs-import resume {} --retry incomplete_task",
                    about.run
                )
            }
            Self::Server(_) => "mend what the server names, then upload the list again".to_owned(),
            Self::Doubt { lookup: None, .. } => {
                format!("it is looked for before anything is sent again: incs-import resume {}", about.run)
            }
            Self::Doubt { lookup: Some(Lookup::Candidates { ids } | Lookup::Unplaced { ids }), .. } => {
                let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
                format!(
                    "look in INCS which of these is it: {}; then: {}",
                    ids.join(", "),
                    resolving(&about, ids.first().map(String::as_str))
                )
            }
            Self::Doubt { .. } => format!(
                "ask the server again with: incs-import resume {}; or look for the phone in INCS, then: {}",
                about.run,
                resolving(&about, None)
            ),
            Self::NotSent { .. } => format!(
                "nothing was created: check the network and base_url, then: incs-import resume {}",
                about.run
            ),
            Self::Absent { .. } => format!("to send it again: incs-import resume {}", about.run),
            Self::CreatedLater { .. } => {
                "if a second task is wanted, upload the list again with --changed send".to_owned()
            }
            Self::InDoubtLater { run } => format!("settle that one first: incs-import resume {run}"),
            Self::Busy { .. } => {
                format!(
                    "finish or end it in INCS, then: incs-import resume {} --retry incomplete_task",
                    about.run
                )
            }
            Self::AtServer { within: true, .. } => {
                "nothing to do; leave out --preflight to create it all the same".to_owned()
            }
            Self::AtServer { within: false, .. } => {
                "look at its time in INCS; leave out --preflight to create another one".to_owned()
            }
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
            Self::Timeout => "no answer in time".to_owned(),
            Self::ConnectionLost => "the connection ended before the answer".to_owned(),
            Self::ServerError(status) => format!("the server failed with status {status}"),
            Self::UnreadableAnswer => "the answer could not be read as a created task".to_owned(),
            Self::ForeignAnswer => "the answer is not one of the INCS API".to_owned(),
            Self::Redirected(status) => format!("the server redirected with status {status}"),
            Self::Crossed => "the answer belongs to another task".to_owned(),
            Self::Interrupted => "the program ended before the answer".to_owned(),
            Self::Busy => {
                "the user is in an unfinished task, perhaps the one of an earlier attempt".to_owned()
            }
        };
        if detail.is_empty() { what } else { format!("{what}: {detail}") }
    }
}

impl Lookup {
    /// What went wrong, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Candidates { ids } => format!("{} tasks at the server may be it", ids.len()),
            Self::Unplaced { .. } => "a task at the server may be it".to_owned(),
            Self::Unreadable { detail } => format!("the server's list could not be read: {detail}"),
            Self::Unsteady => "the server's list kept changing while it was read".to_owned(),
            Self::Incomplete => "the server's list lacks tasks that were surely created".to_owned(),
        }
    }
}

/// The command that takes a person's word.
fn resolving(about: &About<'_>, id: Option<&str>) -> String {
    let (run, phone, id) = (about.run, about.phone.unwrap_or("PHONE"), id.unwrap_or("ID"));
    format!("incs-import resolve {run} --phone {phone} --task-id {id}, or --absent if there is none")
}

/// Whether these are the server's words for "the user still has an unfinished task".
///
/// Source: the failure example of the page on creating tasks, "User is in an incomplete task.".
pub fn is_incomplete_task(message: &str) -> bool {
    message.to_lowercase().contains("incomplete task")
}
