//! What was asked, written down before it is acted on: one JSON line a request.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

/// Opens a file of lines for appending; a new one only its owner can read, since it holds phones. `what` it is stands in
/// the error.
pub(super) fn open(what: &str, path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| {
        io::Error::new(error.kind(), format!("cannot open the {what} file {}: {error}", path.display()))
    })
}

/// One request, as it was received. Its headers, and so the token, are not kept.
#[derive(Debug, Serialize)]
pub(super) struct Line<'a> {
    /// The true time, whatever the server's clock says.
    pub(super) at: Timestamp,
    /// How many requests there were, with this one.
    pub(super) n: u64,
    pub(super) method: &'a str,
    /// Path and query.
    pub(super) target: &'a str,
    pub(super) phone: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    /// What is about to go wrong.
    pub(super) fault: Option<String>,
}

/// The open file. Lines are written whole and without a buffer of ours, so that a killed sandbox keeps them.
pub(super) struct Journal {
    file: File,
}

impl Journal {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: open("requests", path)? })
    }

    pub(super) fn record(&self, line: &Line<'_>) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        // Appending is atomic, so lines of several requests do not mix.
        (&self.file).write_all(&bytes)
    }
}
