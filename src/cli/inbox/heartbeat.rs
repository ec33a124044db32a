//! A line for whoever watches over the watcher.

use std::io;
use std::path::Path;

use serde::Serialize;

use crate::report::files::write_atomically;

/// What happened since the program was started; the names are those of the file.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Counts {
    /// Looks at the folder.
    pub(super) looks: u64,
    /// Files that were moved to `done`.
    pub(super) done: u64,
    /// Files that were moved to `failed`.
    pub(super) failed: u64,
    /// Attempts after which a file stayed.
    pub(super) stayed: u64,
}

/// The line.
#[derive(Debug, Serialize)]
pub(super) struct Heartbeat<'h> {
    at: jiff::Timestamp,
    pid: u32,
    last_file: Option<&'h str>,
    last_exit_code: Option<u8>,
    counts: &'h Counts,
}

impl<'h> Heartbeat<'h> {
    /// Of this moment.
    pub(super) fn now(last: Option<&'h (String, u8)>, counts: &'h Counts) -> Self {
        Self {
            at: jiff::Timestamp::now(),
            pid: std::process::id(),
            last_file: last.map(|(file, _)| file.as_str()),
            last_exit_code: last.map(|(_, code)| *code),
            counts,
        }
    }

    /// Writes it in place of the one before.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        write_atomically(path, |out| out.write_all(&line))
    }
}
