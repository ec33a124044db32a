//! Whether a list was uploaded before.

use rusqlite::{OptionalExtension as _, params};

use super::LedgerError;
use super::read::Reader;
use super::rows::RunState;

/// A run that read the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameContent {
    /// Its id.
    pub run: String,
    /// What the file was called then.
    pub path: String,
}

impl Reader {
    /// The latest run for a server, begun since then (milliseconds since 1970) and ended in exit code 0 or 1, that read a
    /// file with this SHA-256.
    ///
    /// # Errors
    /// The store failed.
    pub fn same_content(
        &self,
        sha256: &str,
        server: &str,
        since: i64,
    ) -> Result<Option<SameContent>, LedgerError> {
        let found = self.connection.query_row(
            "SELECT run.id, input_file.path FROM run
             JOIN server ON server.number = run.server
             JOIN input_file ON input_file.run = run.number
             WHERE run.started_at >= ?3 AND run.state = ?4 AND run.exit_code IN (0, 1)
               AND server.base_url = ?2 AND input_file.sha256 = ?1
             ORDER BY run.number DESC LIMIT 1",
            params![sha256, server, since, RunState::Completed as u8],
            |row| Ok(SameContent { run: row.get(0)?, path: row.get(1)? }),
        );
        Ok(found.optional()?)
    }
}
