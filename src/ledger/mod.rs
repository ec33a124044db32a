//! The durable memory of every run: the only truth after planning.
//!
//! One thread owns the connection ([`Ledger`]): it takes one operation, drains what else waits, writes all of it in
//! one transaction with one sync, and only then acknowledges. What was acknowledged survives a kill and a power cut.
//! Readers ([`read::Reader`]) open the file read-only and need no lock.
//!
//! Any error of the store ends the run: after a failed sync neither "it failed, so it is absent" nor "the second try
//! succeeded, so it is durable" holds.

mod committer;
mod doubts;
pub mod history;
mod lock;
mod mending;
mod open;
mod purge;
pub mod read;
mod record;
mod reopen;
mod rows;
mod schema;
mod series;
mod sqlite;
mod store;
#[cfg(test)]
pub(crate) mod trial;

use std::path::PathBuf;

pub use committer::{Ledger, Ticket};
pub use lock::{Holder, Lock, Locked};
pub use open::{Folding, Secret, fold_beside, lock_path, open, real_path};
pub use purge::{OldRun, forget, old_runs, overwrite};
pub use record::Recorder;
pub use reopen::{doubt_of, doubts_of, reopen};
pub use rows::{
    AttemptEnd, Claimed, DatedAnswer, Doubtful, HeldBack, InputFile, LastAttempt, NewRun, NewTask,
    Resolution, RunEnd, RunState, Sample, Settled, Settlement, Survey, TableRow, ZoneSample,
};
pub use sqlite::SqliteStore;
pub use store::{AtServer, Claims, Op, Reply, Store};

/// Why the ledger cannot be used, or can no longer be.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened or created.
    #[error("cannot open the ledger {}: {detail}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The file was made by a newer program.
    #[error("the ledger {} was made by a newer version (schema {found}, this program knows {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest one known here.
        known: u32,
    },
    /// The store failed; nothing more may be sent.
    #[error("the ledger failed: {0}")]
    Failed(String),
    /// The file lost its name while a run was going on: what the run did is recorded nowhere.
    #[error("the ledger {} was moved or deleted while the run was going on", .0.display())]
    Gone(PathBuf),
    /// What is stored makes no sense.
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
}

impl LedgerError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Open { .. } => {
                "choose a writable place with --ledger PATH, or mend the rights of the folder"
            }
            Self::Newer { .. } => "use the newer program, or another file with --ledger PATH",
            Self::Failed(_) => {
                "make room on the disk or mend it; what was sent is recorded as far as the disk allowed, and nothing is sent twice"
            }
            Self::Gone(_) => {
                "put it back if you can; else look in INCS what was created before uploading the list again: nothing remembers it"
            }
            Self::Damaged(_) => "keep the file for inspection and choose another one with --ledger PATH",
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
