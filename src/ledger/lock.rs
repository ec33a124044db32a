//! One run at a time: the lock beside the ledger, which names its holder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::LedgerError;
use crate::lang::say;
use crate::platform;

/// Who holds the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The machine.
    pub host: String,
    /// The process.
    pub pid: u32,
    /// The run, once it has an id.
    pub run: Option<String>,
}

/// The lock is held until this is dropped, or the process ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    holder_path: PathBuf,
}

/// Somebody else holds the ledger.
#[derive(Debug, Clone)]
pub enum Locked {
    /// Another run.
    Held(
        /// Who; `None` when it has not said so yet.
        Option<Holder>,
    ),
    /// The lock file cannot be used.
    Unusable(LedgerError),
}

impl std::fmt::Display for Locked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Held(holder) => f.write_str(&words(holder.as_ref())),
            Self::Unusable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Locked {}

fn words(holder: Option<&Holder>) -> String {
    match holder {
        Some(Holder { host, pid, run: Some(run) }) => {
            say!("ledger-held-by-run", run = run, pid = pid.to_string(), host = host)
        }
        Some(Holder { host, pid, run: None }) => {
            say!("ledger-held-by-process", pid = pid.to_string(), host = host)
        }
        None => say!("ledger-held"),
    }
}

impl Lock {
    /// Takes the lock, waiting at most `patience` for another run to end.
    ///
    /// # Errors
    /// [`Locked::Held`] names who has it.
    pub fn take(path: &Path, patience: Duration) -> Result<Self, Locked> {
        let unusable = |error: std::io::Error| {
            Locked::Unusable(LedgerError::Open { path: path.to_owned(), detail: error.to_string() })
        };
        let holder_path = path.with_extension("holder");
        let file = private_file(path).map_err(unusable)?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file, holder_path }),
                Err(TryLockError::WouldBlock) if since.elapsed() < patience => {
                    std::thread::sleep(Duration::from_millis(200).min(patience));
                }
                Err(TryLockError::WouldBlock) => return Err(Locked::Held(read_holder(&holder_path))),
                Err(TryLockError::Error(error)) => return Err(unusable(error)),
            }
        }
    }

    /// Whether somebody holds the lock now, and who.
    pub fn holder(path: &Path) -> Option<Option<Holder>> {
        let file = File::open(path).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(read_holder(&path.with_extension("holder"))),
            Ok(()) | Err(TryLockError::Error(_)) => None,
        }
    }

    /// Says who holds the lock, for those who find it taken.
    ///
    /// # Errors
    /// The file beside the lock cannot be written.
    pub fn name(&self, holder: &Holder) -> std::io::Result<()> {
        let mut file = private_file(&self.holder_path)?;
        file.set_len(0)?;
        file.write_all(serde_json::to_string(holder)?.as_bytes())
    }
}

fn read_holder(path: &Path) -> Option<Holder> {
    let mut text = String::new();
    File::open(path).ok()?.take(4_096).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Opens a file for writing, creating it for its owner only.
pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    platform::private_file(&mut options).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_taker_learns_who_was_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db.lock");
        let first = Lock::take(&path, Duration::ZERO).unwrap();
        let holder = Holder { host: "desk".to_owned(), pid: 7, run: Some("20261122-013000-k7f3".to_owned()) };
        first.name(&holder).unwrap();
        match Lock::take(&path, Duration::ZERO) {
            Err(Locked::Held(Some(found))) => assert_eq!(found, holder),
            other => panic!("{other:?}"),
        }
        assert_eq!(Lock::holder(&path), Some(Some(holder)));
        drop(first);
        assert_eq!(Lock::holder(&path), None);
        assert!(Lock::take(&path, Duration::ZERO).is_ok());
    }
}
