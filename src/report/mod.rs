//! What is left of a run for people and programs, made from the ledger alone.
//!
//! One table of columns serves every format, so that titles and values cannot drift apart. Files are written beside
//! their target and renamed, for their owner only.

mod batch;
mod columns;
mod csv;
pub mod files;
pub mod fix;
pub mod history;
mod html;
pub mod listed;
mod overview;
pub(crate) mod redact;
pub mod summary;
mod table;
pub mod tracking;
pub(crate) mod workbook;
mod xlsx;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::lang::{say, speaking, spoken};
use crate::ledger::LedgerError;
use crate::ledger::read::{Reader, Run};

pub use fix::Made;
use redact::Lines;
pub use redact::Privacy;
pub use summary::{Conservation, Status, Summary};
use xlsx::Part;

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

/// Either of two failures on the way from the ledger into a file.
enum Failure {
    Ledger(LedgerError),
    Write(std::io::Error),
}

impl Failure {
    /// What it means for this file.
    fn at(self, path: &Path) -> ReportError {
        match self {
            Self::Ledger(error) => error.into(),
            Self::Write(error) => ReportError::File { path: path.to_owned(), error },
        }
    }
}

/// Writes a report beside its target and renames it.
fn write_report(
    path: &Path,
    write: impl FnOnce(&mut (dyn std::io::Write + Send)) -> Result<(), Failure>,
) -> Result<(), ReportError> {
    let mut ledger_failed = None;
    let written = files::write_atomically(path, |out| {
        write(out).map_err(|failure| match failure {
            Failure::Write(error) => error,
            Failure::Ledger(error) => {
                let words = error.to_string();
                ledger_failed = Some(error);
                std::io::Error::other(words)
            }
        })
    });
    match ledger_failed {
        Some(error) => Err(error.into()),
        None => written.map_err(|error| Failure::Write(error).at(path)),
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<::csv::Error> for Failure {
    fn from(error: ::csv::Error) -> Self {
        Self::Write(error.into())
    }
}

/// A moment in the zone of this machine, for a person: `2026-11-22 08:30:00 +07:00`.
fn time_here(millis: i64) -> String {
    let at = Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(TimeZone::system());
    at.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// The files that every run has in its folder in the end.
pub const MADE_ALWAYS: [&str; 4] = ["results.csv", "results.xlsx", "report.html", "summary.json"];

/// Writes the reports of a run into `folder`: `results.csv`, `results.xlsx`, `fix.xlsx` where something is to be mended,
/// `report.html` and `summary.json`. Gives what became of `fix.xlsx`, which there is none of where people are masked: it would be no list any more.
///
/// # Errors
/// The ledger cannot be read, or a file cannot be written; files written before stay.
pub fn write_all(
    reader: &Reader,
    run: &Run,
    summary: &Summary,
    folder: &Path,
    privacy: Privacy,
) -> Result<Made, ReportError> {
    let lines = Lines { reader, run, privacy };
    let language = spoken();
    let made = std::thread::scope(|scope| {
        let (parts, taken) = sync_channel(8);
        // The workbook takes as long as all else together.
        let workbook = scope.spawn(|| {
            let taken = taken;
            speaking(language, || xlsx::write(run, summary, &taken, &folder.join("results.xlsx")))
        });
        let others = || {
            // A workbook that cannot be written says why itself; the other reports go on without it.
            let hand_over = |part| drop(parts.send(part));
            let path = folder.join("results.csv");
            let overview = Arc::new(csv::write(&lines, &path, |batch| hand_over(Part::Lines(batch)))?);
            hand_over(Part::Sum(Arc::clone(&overview)));
            let made = match privacy {
                Privacy::Full => fix::of_run(reader, run, folder)?,
                Privacy::Redacted => fix::none_of_run(reader, run, folder)?,
            };
            // After the rows to mend: the page says whether there are any.
            html::write(&lines, summary, &overview, folder)?;
            Ok(made)
        };
        let others = others();
        drop(parts);
        workbook.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).and(others)
    })?;
    let path = folder.join("summary.json");
    files::write_atomically(&path, |out| {
        serde_json::to_writer_pretty(&mut *out, summary)?;
        out.write_all(b"\n")
    })
    .map_err(|error| ReportError::File { path, error })?;
    Ok(made)
}
