//! The end of a run: reports, the last word in the ledger, the closing screen, the exit code.

use std::path::Path;
use std::sync::Arc;

use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::runs::show_end;
use crate::cli::settings::Settings;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::outcome::Outcome;
use crate::ledger::read::{Reader, Run};
use crate::ledger::{Ledger, LedgerError, RunEnd, RunState};
use crate::report::{Status, Summary, write_all};
use crate::upload::{Ended, Ending};

/// How the sending part ended.
pub(super) enum Finish {
    Refused,
    Sent(Ended, Arc<Ledger>),
}

/// Writes the reports, closes the run, shows its end; gives the exit code.
pub(super) fn finish(
    ending: Finish,
    ledger: &Path,
    run_id: &str,
    folder: &Path,
    settings: &Settings,
    console: &Console,
) -> u8 {
    let failed = |what: &str, error: &dyn std::fmt::Display| {
        let hint = "make room or mend the place, then: incs-import report; nothing is sent twice";
        console.error(format_args!("{what}: {error}"), Some(hint));
        exit::STOPPED
    };
    let read = Reader::open(ledger).and_then(|reader| {
        let run = reader.as_ref().map(|reader| reader.run(Some(run_id))).transpose()?.flatten();
        Ok(reader.zip(run))
    });
    let (reader, mut run) = match read {
        Ok(Some(found)) => found,
        Ok(None) => return failed("the ledger lost the run", &run_id),
        Err(error) => return failed("the ledger cannot be read for the reports", &error),
    };
    let finished_at = SystemClock.now();
    let (early, lookups, sandbox) = match &ending {
        Finish::Refused => (None, 0, run.sandbox),
        Finish::Sent(ended, _) => (ended.early.clone(), ended.lookups, ended.sandbox || run.sandbox),
    };
    run.lookups += lookups;
    run.sandbox = sandbox;
    let (status, state) = match (&ending, &early) {
        (Finish::Refused, _) => (Status::Refused, RunState::Refused),
        (_, None) => (Status::Completed, RunState::Completed),
        (_, Some(Ending::Interrupted)) => (Status::Interrupted, RunState::Interrupted),
        (_, Some(_)) => (Status::Aborted, RunState::Aborted),
    };
    let exit_code = match (&ending, &early) {
        (Finish::Refused, _) => Ok(exit::NOTHING_SENT),
        (_, Some(ending)) => Ok(ending.exit_code()),
        (_, None) => final_code(&reader, &run, settings),
    };
    let exit_code = match exit_code {
        Ok(code) => code,
        Err(error) => return failed("the ledger cannot be read for the reports", &error),
    };
    let summary = match Summary::read(&reader, &run, status, Some(i32::from(exit_code)), Some(finished_at)) {
        Ok(summary) => summary,
        Err(error) => return failed("the ledger cannot be read for the reports", &error),
    };
    if let Err(error) = write_all(&reader, &run, &summary, folder) {
        return failed("the reports could not be written", &error);
    }
    if let Finish::Sent(_, ledger) = ending
        && !matches!(early, Some(Ending::Ledger(_)))
    {
        // Closed only now: a run counts as finished when its reports are written.
        let ended_by = early.as_ref().map(Ending::message);
        let end = RunEnd { state, finished_at, exit_code: i32::from(exit_code), ended_by, lookups, sandbox };
        if let Err(error) = ledger.end_run(end) {
            return failed("the run could not be closed", &error);
        }
    }
    if let Some(ending) = &early {
        console.error(ending.message(), Some(ending.hint()));
    }
    if let Err(error) = show_end(&reader, &run, &summary, folder, console) {
        return failed("the ledger cannot be read for the reports", &error);
    }
    exit_code
}

/// 0 when every row ended well, 1 when something is left to mend.
pub(super) fn final_code(reader: &Reader, run: &Run, settings: &Settings) -> Result<u8, LedgerError> {
    let counts = reader.counts(run.number)?;
    let accepts = |outcome: Outcome| settings.upload.accept.contains(&outcome);
    let already = reader.already_created(run.number)?;
    let well = Outcome::ALL.into_iter().all(|outcome| {
        let lines = counts.lines(outcome);
        match outcome {
            Outcome::Created => true,
            Outcome::Skipped => lines == already || accepts(outcome),
            _ => lines == 0 || accepts(outcome),
        }
    });
    let empty = run.rows == 0 && !settings.upload.allow_empty;
    let summary = Summary::read(reader, run, Status::Completed, None, None)?;
    let done = well && !empty && summary.conservation.holds();
    Ok(if done { exit::ALL_DONE } else { exit::SOMETHING_LEFT })
}
