//! What is left of a run for people and programs, made from the ledger alone.
//!
//! One table of columns serves every format, so that titles and values cannot drift apart. Files are written beside
//! their target and renamed, for their owner only.

mod columns;
mod csv;
pub mod files;
pub mod fix;
pub mod summary;

use std::path::{Path, PathBuf};

use crate::lang::say;
use crate::ledger::LedgerError;
use crate::ledger::read::{Reader, Run};

pub use fix::Made;
pub use summary::{Conservation, Status, Summary};

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A file could not be written.
    #[error("{}", say!("report-cannot-write", path = path.display().to_string(), error = error.to_string()))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

/// The files that every run has in its folder in the end.
pub const MADE_ALWAYS: [&str; 2] = ["results.csv", "summary.json"];

/// Writes the reports of a run into `folder`: `results.csv`, `fix.xlsx` where something is to be mended, and
/// `summary.json`. Gives what became of `fix.xlsx`.
///
/// # Errors
/// The ledger cannot be read, or a file cannot be written; files written before stay.
pub fn write_all(reader: &Reader, run: &Run, summary: &Summary, folder: &Path) -> Result<Made, ReportError> {
    csv::write(reader, run, &folder.join("results.csv"))?;
    let made = fix::of_run(reader, run, folder)?;
    let path = folder.join("summary.json");
    files::write_atomically(&path, |out| {
        serde_json::to_writer_pretty(&mut *out, summary)?;
        out.write_all(b"\n")
    })
    .map_err(|error| ReportError::File { path, error })?;
    Ok(made)
}
