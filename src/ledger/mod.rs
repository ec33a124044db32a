//! The durable memory of every run: the only truth after planning.
//!
//! One thread owns the connection ([`Ledger`]): it takes one operation, drains what else waits, writes all of it in
//! one transaction with one sync, and only then acknowledges. What was acknowledged survives a kill and a power cut.
//! Readers ([`read::Reader`]) open the file read-only and need no lock.
//!
//! Any error of the store ends the run: after a failed sync neither "it failed, so it is absent" nor "the second try
//! succeeded, so it is durable" holds.

mod column;
mod committer;
mod content;
mod doubts;
mod health;
pub mod history;
mod lock;
mod mending;
mod open;
mod outlook;
mod purge;
pub mod read;
mod record;
mod records;
mod reopen;
mod rows;
mod schema;
mod series;
mod sqlite;
mod store;
pub mod tracked;
#[cfg(test)]
pub(crate) mod trial;

use std::fmt;
use std::path::PathBuf;

pub use committer::{Ledger, Ticket};
pub use content::SameContent;
pub use health::{Health, OpenRun, examine};
pub use lock::{Holder, Lock, Locked};
pub use open::{Folding, Secret, fold_beside, lock_path, open, real_path};
pub use outlook::{SourceRows, Unfinished};
pub use purge::{OldRun, forget, old_runs, overwrite};
pub use record::Recorder;
pub use reopen::{doubt_of, doubts_of, reopen};
pub use rows::{
    AttemptEnd, Claimed, DatedAnswer, Doubtful, HeldBack, InputFile, LastAttempt, NewRun, NewTask,
    Resolution, RunEnd, RunState, Sample, Settled, Settlement, Survey, TableRow, WallEvidence, ZoneSample,
};
pub use sqlite::SqliteStore;
pub use store::{AtServer, Claims, Op, Reply, Store};

use crate::lang::say;

/// Why the ledger cannot be used, or can no longer be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerError {
    /// The file cannot be opened or created.
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The file was made by a newer program.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest one known here.
        known: u32,
    },
    /// The store failed; nothing more may be sent.
    Failed(String),
    /// The file lost its name while a run was going on: what the run did is recorded nowhere.
    Gone(PathBuf),
    /// What is stored makes no sense.
    Damaged(String),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Open { path, detail } => {
                say!("ledger-cannot-open", file = path.display().to_string(), error = detail)
            }
            Self::Newer { path, found, known } => say!(
                "ledger-newer",
                file = path.display().to_string(),
                found = found.to_string(),
                known = known.to_string()
            ),
            Self::Failed(detail) => say!("ledger-failed", error = detail),
            Self::Gone(path) => say!("ledger-gone", file = path.display().to_string()),
            Self::Damaged(detail) => say!("ledger-damaged", error = detail),
        })
    }
}

impl std::error::Error for LedgerError {}

impl LedgerError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Open { .. } => say!("ledger-mend-open"),
            Self::Newer { .. } => say!("ledger-mend-newer"),
            Self::Failed(_) => say!("ledger-mend-failed"),
            Self::Gone(_) => say!("ledger-mend-gone"),
            Self::Damaged(_) => say!("ledger-mend-damaged"),
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
