//! Opening the file: for its owner only, migrated, synced at every commit.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use hmac::{Hmac, KeyInit as _, Mac as _};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _};
use sha2::Sha256;

use super::lock::private_file;
use super::{LedgerError, schema};
use crate::lang::say;
use crate::platform::{self, FileId, has_several_names, sync_name};

/// Where the lock of a ledger lies: `LEDGER.lock` beside it.
pub fn lock_path(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// The ledger by its real name: two names of one file must not have two locks.
///
/// # Errors
/// The file has several names (hard links), between which no lock can tell.
pub fn real_path(path: &Path) -> Result<PathBuf, LedgerError> {
    let Ok(real) = std::fs::canonicalize(path) else {
        // There is no such file yet; its folder may still be a link.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        return Ok(path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name)));
    };
    if std::fs::metadata(&real).is_ok_and(|found| found.is_file() && has_several_names(&found)) {
        let detail = say!("ledger-several-names");
        return Err(LedgerError::Open { path: path.to_owned(), detail });
    }
    Ok(real)
}

/// The file that has this name now; `None` where there is none.
pub(super) fn file_now(path: &Path) -> Option<FileId> {
    std::fs::metadata(path).ok().filter(Metadata::is_file).map(|file| platform::file_id(&file))
}

/// The key of the ledger's hashes: what is hashed with it says nothing to anybody without the ledger.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// The hash of server and phone: equal for the same person at the same server, whatever the content.
    pub fn phone_key(&self, server: &str, phone: &str) -> [u8; 16] {
        self.hash(&[b"phone", server.as_bytes(), phone.as_bytes()])
    }

    /// The hash of a task's content digest.
    pub fn identity(&self, content: &[u8]) -> [u8; 16] {
        self.hash(&[b"content", content])
    }

    fn hash(&self, parts: &[&[u8]]) -> [u8; 16] {
        // HMAC takes keys of any length, so this cannot fail; an empty key would only be a weaker one.
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| Hmac::new(&Default::default()));
        for part in parts {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        let mut short = [0; 16];
        short.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        short
    }
}

/// Opens a ledger for writing, making it and its folder where there is none. The caller holds the lock.
///
/// # Errors
/// The file cannot be made or written, is no ledger, or is newer than this program.
pub fn open(path: &Path) -> Result<(Connection, Secret), LedgerError> {
    let cannot = |detail: String| LedgerError::Open { path: path.to_owned(), detail };
    // SQLite would make the file readable for others; made by us first, it keeps our mode, as do its WAL files.
    let file = private_file(path).map_err(|error| cannot(error.to_string()))?;
    file.sync_all().map_err(|error| cannot(error.to_string()))?;
    drop(file);
    sync_name(path).map_err(|error| cannot(error.to_string()))?;

    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection =
        Connection::open_with_flags(path, flags).map_err(|error| cannot(error.to_string()))?;
    prepare(&connection).map_err(|error| cannot(error.to_string()))?;
    schema::migrate(&mut connection, path)?;
    let secret = secret(&connection)?;
    Ok((connection, secret))
}

fn prepare(connection: &Connection) -> Result<(), rusqlite::Error> {
    // Counts for a new file only. A body takes about 1 KB: half as many pages are written, and written again, as with 4 KB.
    connection.pragma_update(None, "page_size", 8_192)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    // FULL: a commit is on the disk when it returns. NORMAL may lose the last commits with the power.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    fold_by_itself(connection, true)?;
    // Without it SQLite plans a statement anew for each set of values that it is given.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Whether the WAL is folded into the file whenever it has grown to 16 MiB: that syncs the file and makes everybody wait.
pub(super) fn fold_by_itself(connection: &Connection, folds: bool) -> Result<(), rusqlite::Error> {
    let page_size: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    connection.pragma_update(None, "wal_autocheckpoint", if folds { (16 << 20) / page_size } else { 0 })
}

/// A folding of the WAL under way, and what became of it.
#[derive(Debug, Clone, Default)]
pub struct Folding(Arc<OnceLock<LedgerError>>);

impl Folding {
    /// Why it failed: then nothing more may be sent, as after any error of the ledger.
    pub(super) fn failure(&self) -> Option<LedgerError> {
        self.0.get().cloned()
    }
}

/// Folds the WAL into the file on a thread of its own, beside whoever writes: after a run was recorded, most of what was
/// written is in the WAL, and sending need not wait for that.
pub fn fold_beside(path: &Path) -> Folding {
    let (path, folding) = (path.to_owned(), Folding::default());
    let failed = Arc::clone(&folding.0);
    let fold = move || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags)?;
        connection.pragma_update(None, "fullfsync", true)?;
        connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
    };
    let thread = std::thread::Builder::new().name("fold".to_owned()).spawn(move || match fold() {
        // Somebody else is at it, which does as well.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {}
        Err(error) => drop(failed.set(error.into())),
        Ok(()) => {}
    });
    // Without a thread the WAL is folded by a later commit.
    drop(thread);
    folding
}

/// The key of a ledger that has one.
pub(super) fn stored_secret(connection: &Connection) -> Result<Option<Secret>, LedgerError> {
    Ok(connection.query_row("SELECT key FROM secret", [], |row| row.get(0)).optional()?.map(Secret))
}

fn secret(connection: &Connection) -> Result<Secret, LedgerError> {
    if let Some(secret) = stored_secret(connection)? {
        return Ok(secret);
    }
    let mut key = vec![0; 32];
    getrandom::fill(&mut key).map_err(|error| LedgerError::Failed(error.to_string()))?;
    connection.execute("INSERT INTO secret (key) VALUES (?1)", [&key])?;
    Ok(Secret(key))
}
