//! What was asked, written down before it is acted on: one JSON line a request.

use std::fs::File;
use std::io::{self, Write as _};

use jiff::Timestamp;
use serde::Serialize;

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
    pub(super) fn new(file: File) -> Self {
        Self { file }
    }

    pub(super) fn record(&self, line: &Line<'_>) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        // Appending is atomic, so lines of several requests do not mix.
        (&self.file).write_all(&bytes)
    }
}
