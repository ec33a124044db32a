//! `--metrics-file`: how the last run went and what is left to do, for the textfile collector of Prometheus' node exporter.
//!
//! The file is written when a run begins and when it, or an attempt at one, ends. Everything in it is from the ledger, or
//! from what has just ended: nothing is read from the file of the last time, which anybody may have written.

mod text;

use std::io::{self, ErrorKind};
use std::path::Path;

use super::afterwards::End;
use super::console::Console;
use super::runs::holder_state;
use super::settings::Settings;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::code::Code;
use crate::domain::outcome::Outcome;
use crate::lang::say;
use crate::ledger::read::Reader;
use crate::ledger::{LedgerError, Unfinished};
use crate::report::Summary;
use crate::report::files::{may_be_replaced, write_atomically_for_all};
use text::{Page, Seconds};

/// The files of a drop folder since its sweeps were begun.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Files {
    /// Moved to `done`.
    pub(super) done: u64,
    /// Moved to `failed`.
    pub(super) failed: u64,
    /// Attempts after which a file stayed.
    pub(super) stayed: u64,
}

/// A run that begins, or is taken up again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beginning {
    /// Its number in the ledger.
    pub(super) number: i64,
    /// Where it is one of many of a drop folder.
    pub(super) files: Option<Files>,
}

/// Tells that a run is going on. What goes wrong is not said before its end: see [`write()`].
pub(super) fn begins(run: Beginning, settings: &Settings) {
    let Some(path) = file_of(settings) else { return };
    let now = SystemClock.now();
    let facts =
        Facts { started_at: Some(now), files: run.files, ..Facts::of_ledger(settings, Some(run.number)) };
    if let Err(error) = put(path, &facts) {
        tracing::debug!(name: "metrics-not-written", error = error.to_string(), "metrics not written");
    }
}

/// Tells how a run, or an attempt at one, ended. That the file cannot be written is a warning.
pub(super) fn write(end: &End<'_>, settings: &Settings, console: &Console) {
    let Some(path) = file_of(settings) else { return };
    let of_ledger = Facts::of_ledger(settings, None);
    let facts = Facts {
        exit_code: Some(i32::from(end.exit_code)),
        ended_at: Some(SystemClock.now()),
        last: end.summary.cloned().or(of_ledger.last),
        files: end.inbox,
        ..of_ledger
    };
    if let Err(error) = put(path, &facts) {
        let (file, error) = (path.display().to_string(), error.to_string());
        console.warn(say!("file-cannot-write", file = file, error = error));
    }
}

/// The file, where something real can have been sent.
fn file_of(settings: &Settings) -> Option<&Path> {
    let upload = &settings.upload;
    upload.metrics_file.as_deref().filter(|_| !upload.dry_run && !upload.sandbox)
}

/// What is told.
#[derive(Debug, Default)]
struct Facts {
    /// When the run that goes on began, or was taken up again; milliseconds since 1970, as all times here.
    started_at: Option<i64>,
    exit_code: Option<i32>,
    ended_at: Option<i64>,
    succeeded_at: Option<i64>,
    /// The run that ended last.
    last: Option<Summary>,
    left: Option<Unfinished>,
    ledger_size: Option<u64>,
    files: Option<Files>,
}

impl Facts {
    /// What the ledger knows, as if the last run were the last thing that ended. Where it cannot be read, that is left out.
    fn of_ledger(settings: &Settings, going_on: Option<i64>) -> Self {
        let Ok(path) = settings.global.ledger() else { return Self::default() };
        let read = || -> Result<Option<Self>, LedgerError> {
            let Some(reader) = Reader::open(path)? else { return Ok(None) };
            let last = reader.last_ended()?;
            let summary = last
                .as_ref()
                .map(|run| Summary::read(&reader, run, holder_state(run), run.exit_code, run.finished_at))
                .transpose()?;
            Ok(Some(Self {
                exit_code: last.as_ref().and_then(|run| run.exit_code),
                ended_at: last.as_ref().and_then(|run| run.finished_at),
                succeeded_at: reader.last_with_exit_code(0)?,
                last: summary,
                left: Some(reader.unfinished(going_on)?),
                ..Self::default()
            }))
        };
        let facts = read().ok().flatten().unwrap_or_default();
        Self { ledger_size: size_of(path), ..facts }
    }

    fn page(&self, job_name: &str) -> String {
        let mut page = Page::new(("job_name", job_name));
        let version = Some(("version", env!("CARGO_PKG_VERSION")));
        page.gauge("incs_import_build_info", "Always 1; the version is a label", [(version, 1)]);
        let is_going_on = u8::from(self.started_at.is_some());
        page.value("incs_import_run_in_progress", "Whether a run is going on", Some(is_going_on));
        page.value(
            "incs_import_run_start_timestamp_seconds",
            "When the run that is going on began or was taken up again",
            self.started_at.map(Seconds),
        );
        page.value(
            "incs_import_last_end_timestamp_seconds",
            "When a run, or an attempt at one, ended last",
            self.ended_at.map(Seconds),
        );
        page.value("incs_import_last_exit_code", "Its exit code", self.exit_code);
        page.value(
            "incs_import_last_success_timestamp_seconds",
            "When a run ended last with exit code 0",
            self.succeeded_at.map(Seconds),
        );
        if let Some(last) = &self.last {
            of_last_run(&mut page, last);
        }
        if let Some(left) = self.left {
            page.value("incs_import_unfinished_runs", "Runs that can be taken up again", Some(left.runs));
            page.gauge(
                "incs_import_unfinished_tasks",
                "Tasks of all runs that have not come to their end",
                [
                    (Outcome::Pending, left.pending),
                    (Outcome::Unresolved, left.unresolved),
                    (Outcome::Failed, left.failed),
                ]
                .map(|(outcome, count)| (Some(("outcome", outcome.as_str())), count)),
            );
        }
        page.value("incs_import_ledger_size_bytes", "Size of the ledger on disk", self.ledger_size);
        if let Some(files) = self.files {
            page.gauge(
                "incs_import_inbox_files",
                "Files of the drop folder since the program was started, by where they are now",
                [("done", files.done), ("failed", files.failed), ("stayed", files.stayed)]
                    .map(|(place, count)| (Some(("place", place)), count)),
            );
        }
        page.into_text()
    }
}

fn of_last_run(page: &mut Page, last: &Summary) {
    page.value(
        "incs_import_last_run_duration_seconds",
        "From the beginning of the last run to its end",
        last.duration_ms().map(Seconds),
    );
    page.gauge(
        "incs_import_last_run_tasks",
        "Lines of the results of the last run by outcome",
        Outcome::ALL.map(|outcome| (Some(("outcome", outcome.as_str())), last.tasks.lines(outcome))),
    );
    page.value("incs_import_last_run_rows", "Rows read by the last run", Some(last.input.rows));
    page.value(
        "incs_import_last_run_rows_invalid",
        "Rows of the last run with an error, and rows withheld with them",
        Some(last.input.rows_invalid),
    );
    let requests = &last.requests;
    page.gauge(
        "incs_import_last_run_requests",
        "Requests of the last run by kind",
        [("posts", requests.posts), ("lookups", requests.lookups)]
            .map(|(kind, count)| (Some(("kind", kind)), count)),
    );
    page.value(
        "incs_import_last_run_requests_retried",
        "POSTs of the last run beyond the first of their task",
        Some(requests.retried),
    );
    page.value(
        "incs_import_last_run_requests_throttled",
        "POSTs of the last run that were answered with 429",
        Some(requests.throttled),
    );
    page.gauge(
        "incs_import_last_run_problems",
        "Problems of the list of the last run by code",
        Code::ALL.iter().map(|code| {
            let count = last.problems.get(code.as_str()).copied().unwrap_or_default();
            (Some(("code", code.as_str())), count)
        }),
    );
}

/// Bytes of the ledger and of the log beside it.
fn size_of(ledger: &Path) -> Option<u64> {
    let mut log = ledger.as_os_str().to_owned();
    log.push("-wal");
    let size = |path: &Path| std::fs::metadata(path).map(|file| file.len()).ok();
    Some(size(ledger)? + size(log.as_ref()).unwrap_or_default())
}

/// How every file begins that was written here.
const BEGINNING: &str = "# HELP incs_import_";

/// Writes the file in place of the one before, readable for the exporter, which is another user.
fn put(path: &Path, facts: &Facts) -> io::Result<()> {
    if !may_be_replaced(path, BEGINNING)? {
        // A list whose name was typed by mistake must not be lost.
        return Err(io::Error::new(ErrorKind::AlreadyExists, say!("file-no-metrics")));
    }
    // Several jobs write files of their own; the exporter takes equal samples of two files for an error.
    let job_name = path.file_stem().unwrap_or_default().to_string_lossy();
    let text = facts.page(&job_name);
    write_atomically_for_all(path, |out| out.write_all(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_here_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("night.prom");
        let facts = Facts { exit_code: Some(3), ..Facts::default() };
        for before in [None, Some(""), Some("# HELP incs_import_old x\n")] {
            before.map_or(Ok(()), |text| std::fs::write(&path, text)).unwrap();
            put(&path, &facts).unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with(BEGINNING), "{text}");
            assert!(text.contains("incs_import_last_exit_code{job_name=\"night\"} 3\n"), "{text}");
        }
        std::fs::write(&path, "user_phone,name\n").unwrap();
        assert!(put(&path, &facts).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "user_phone,name\n");
        assert!(put(folder.path(), &facts).is_err(), "a folder");
    }
}
