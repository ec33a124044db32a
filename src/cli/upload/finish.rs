//! The end of a run: reports, the last word in the ledger, the closing screen, the exit code.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::log;
use crate::cli::refusal::Refusal;
use crate::cli::runs::{show_end, tell_of_fix};
use crate::cli::settings::Upload;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::outcome::Outcome;
use crate::lang::{in_english, say};
use crate::ledger::read::{Reader, Run};
use crate::ledger::{Ledger, LedgerError, RunEnd, RunState};
use crate::report::{Status, Summary, write_all};
use crate::upload::{Ended, Ending};

/// How the sending part ended.
pub(super) enum Finish {
    /// The list was too bad; this is what was said of it.
    Refused(Refusal),
    Sent(Ended, Arc<Ledger>),
}

/// Why a run could not be brought to its end, although what it did is in the ledger.
struct Unfinished(Refusal);

impl From<LedgerError> for Unfinished {
    fn from(error: LedgerError) -> Self {
        Self(Refusal::new(say!("upload-ledger-unread", error = error.to_string())).hint(error.hint()))
    }
}

/// What became of a run, or of what should have been one.
pub(in crate::cli) struct Done {
    pub(in crate::cli) code: u8,
    /// Why it ended before its last task.
    pub(in crate::cli) early: Option<Ending>,
    /// That, or why it was refused or is not finished, without what the server wrote: others read it too.
    pub(in crate::cli) why: Option<Refusal>,
    /// `None` where nothing was recorded, or it could not be read.
    pub(in crate::cli) summary: Option<Summary>,
    /// `None` where nothing was done to any run.
    pub(in crate::cli) run: Option<RunPlace>,
}

/// A run and the folder of its reports.
pub(in crate::cli) struct RunPlace {
    pub(in crate::cli) id: String,
    pub(in crate::cli) folder: PathBuf,
}

impl Done {
    /// Nothing was sent, nor had to be.
    pub(super) fn without_run(code: u8) -> Self {
        Self { code, early: None, why: None, summary: None, run: None }
    }

    /// A bug of this program ended it somewhere; what was sent is in the ledger.
    pub(in crate::cli) fn bug() -> Self {
        Self::without_run(exit::STOPPED)
    }
}

/// Writes the reports, closes the run, shows its end.
pub(super) fn finish(
    ending: Finish,
    ledger: &Path,
    run_id: &str,
    folder: &Path,
    upload: &Upload,
    console: &Console,
) -> Done {
    let (early, mut why) = match &ending {
        Finish::Sent(Ended { early: Some(early), .. }, _) => {
            let hint = early.hint(run_id);
            console.error_about_people(early.message(), early.outline(), Some(&hint));
            (Some(early.clone()), Some(Refusal::new(early.outline()).hint(hint)))
        }
        Finish::Sent(..) => (None, None),
        Finish::Refused(why) => {
            console.error(&why.message, why.hint.as_deref());
            (None, Some(why.clone()))
        }
    };
    let (code, summary) = match close(ending, early.clone(), ledger, run_id, folder, upload, console) {
        Ok((code, summary)) => (code, Some(summary)),
        Err(Unfinished(unfinished)) => {
            console.refuse(&unfinished);
            why = Some(unfinished);
            (exit::STOPPED, None)
        }
    };
    if let Some(summary) = &summary {
        log::run_ended(summary);
    }
    let run = Some(RunPlace { id: run_id.to_owned(), folder: folder.to_owned() });
    Done { code, early, why, summary, run }
}

fn close(
    ending: Finish,
    early: Option<Ending>,
    ledger: &Path,
    run_id: &str,
    folder: &Path,
    upload: &Upload,
    console: &Console,
) -> Result<(u8, Summary), Unfinished> {
    let lost = || Unfinished::from(LedgerError::Gone(ledger.to_owned()));
    let reader = Reader::open(ledger)?.ok_or_else(lost)?;
    let mut run = reader.run(Some(run_id))?.ok_or_else(lost)?;
    let finished_at = SystemClock.now();
    if let Finish::Sent(ended, _) = &ending {
        run.lookups += ended.lookups;
        run.sandbox |= ended.sandbox;
    }
    // Read once: what the counts say decides the exit code, and that belongs into the summary.
    let mut summary = Summary::read(&reader, &run, Status::Completed, None, Some(finished_at))?;
    let (status, state, exit_code) = match (&ending, &early) {
        (Finish::Refused(_), _) => (Status::Refused, RunState::Refused, exit::NOTHING_SENT),
        (_, Some(early @ (Ending::Interrupted | Ending::Deadline))) => {
            (Status::Interrupted, RunState::Interrupted, early.exit_code())
        }
        (_, Some(early)) => (Status::Aborted, RunState::Aborted, early.exit_code()),
        (_, None) => (Status::Completed, RunState::Completed, final_code(&reader, &run, &summary, upload)?),
    };
    (summary.status, summary.exit_code) = (status, Some(i32::from(exit_code)));
    run.ended_by = early.as_ref().map(Ending::message);
    let written = write_all(&reader, &run, &summary, folder, upload.privacy);
    if let Ok(made) = &written {
        tell_of_fix(made, console);
    }
    if let Err(error) = written {
        // The run is not finished without them; what became of the tasks is told all the same.
        (summary.status, summary.exit_code) = (Status::Unfinished, Some(i32::from(exit::STOPPED)));
        show_end(&reader, &run, &summary, folder, console)?;
        let what = say!("upload-no-reports", error = error.to_string());
        return Err(Unfinished(Refusal::new(what).hint(say!("upload-mend-reports"))));
    }
    if let Finish::Sent(ended, ledger) = ending
        && !matches!(early, Some(Ending::Ledger(..)))
    {
        // Closed only now: a run counts as finished when its reports are written.
        // What is stored is in no language but English.
        let ended_by = in_english(|| early.as_ref().map(Ending::message));
        let exit_code = i32::from(exit_code);
        let (lookups, sandbox) = (ended.lookups, run.sandbox);
        ledger.end_run(RunEnd { state, finished_at, exit_code, ended_by, lookups, sandbox })?;
    }
    show_end(&reader, &run, &summary, folder, console)?;
    Ok((exit_code, summary))
}

/// 0 when every row ended well, 1 when something is left to mend.
pub(in crate::cli) fn final_code(
    reader: &Reader,
    run: &Run,
    summary: &Summary,
    upload: &Upload,
) -> Result<u8, LedgerError> {
    let accepts = |outcome: Outcome| upload.accept.contains(&outcome);
    let already = if summary.tasks.skipped == 0 { 0 } else { reader.already_created(run.number)? };
    let well = Outcome::ALL.into_iter().all(|outcome| {
        let lines = summary.tasks.lines(outcome);
        match outcome {
            Outcome::Created => true,
            Outcome::Skipped => lines == already || accepts(outcome),
            _ => lines == 0 || accepts(outcome),
        }
    });
    let empty = run.rows == 0 && !upload.allow_empty;
    let done = well && !empty && summary.conservation.holds();
    Ok(if done { exit::ALL_DONE } else { exit::SOMETHING_LEFT })
}
