//! `runs` and `report`: past runs, from the ledger.

use std::path::Path;

use comfy_table::{CellAlignment, Table, presets};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::ReportArgs;
use super::closing::closing;
use super::console::Console;
use super::exit;
use super::purge::purged;
use super::refusal::Refusal;
use super::settings::Settings;
use super::upload::speak_like;
use crate::domain::outcome::Outcome;
use crate::domain::quote::visible;
use crate::lang::{grouped, say};
use crate::ledger::read::{Reader, Run};
use crate::ledger::{LedgerError, Lock, RunState, lock_path, real_path};
use crate::report::files::private_folder;
use crate::report::{Made, ReportError, Status, Summary, write_all};

/// The status of a run; one that is not closed is running if somebody holds the ledger for it.
pub(super) fn status(run: &Run, holder: Option<&str>) -> Status {
    match run.state {
        RunState::Running if holder == Some(run.id.as_str()) => Status::Running,
        RunState::Running => Status::Unfinished,
        RunState::Completed => Status::Completed,
        RunState::Interrupted => Status::Interrupted,
        RunState::Aborted => Status::Aborted,
        RunState::Refused => Status::Refused,
    }
}

/// The same under the lock, which nobody else can hold then.
pub(super) fn holder_state(run: &Run) -> Status {
    status(run, None)
}

/// What a failing ledger means before anything was sent.
pub(super) fn refused(error: &LedgerError) -> Refusal {
    Refusal::new(error.to_string()).hint(error.hint())
}

fn holder_of(settings: &Settings) -> Option<String> {
    let ledger = real_path(settings.global.ledger().ok()?).ok()?;
    Lock::holder(&lock_path(&ledger))??.run
}

/// Runs `runs`; gives the exit code.
///
/// # Errors
/// The ledger cannot be read.
pub(super) fn list(settings: &Settings, console: &Console) -> Result<u8, Refusal> {
    let path = settings.global.ledger()?;
    let reader = Reader::open(path).map_err(|error| refused(&error))?;
    let runs = match &reader {
        Some(reader) => reader.runs().map_err(|error| refused(&error))?,
        None => Vec::new(),
    };
    let holder = holder_of(settings);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header([
        say!("runs-run"),
        say!("runs-started"),
        say!("runs-state"),
        say!("runs-tasks"),
        say!("runs-created"),
        say!("runs-not-created"),
        say!("runs-file"),
        say!("runs-by"),
    ]);
    for run in &runs {
        let Some(reader) = &reader else { break };
        let status = status(run, holder.as_deref());
        let summary = Summary::read(reader, run, status, run.exit_code, run.finished_at)
            .map_err(|error| refused(&error))?;
        if !console.is_human() {
            console.json(&summary);
            continue;
        }
        let created = summary.tasks.created + summary.tasks.skipped;
        let files: Vec<_> = summary.input.files.iter().map(|file| visible(&file.path).into_owned()).collect();
        table.add_row([
            run.id.clone(),
            local_time(run.started_at),
            format!("{}{}", status.as_str(), if run.sandbox { " (sandbox)" } else { "" }),
            grouped(summary.tasks.planned),
            grouped(summary.tasks.created),
            grouped(summary.tasks.planned.saturating_sub(created) + summary.tasks.invalid),
            files.join(", "),
            format!("{}@{}", visible(&run.operator), visible(&run.host)),
        ]);
    }
    if !console.is_human() {
        return Ok(exit::ALL_DONE);
    }
    if runs.is_empty() {
        console.result(say!("runs-none", ledger = path.display().to_string()));
        return Ok(exit::ALL_DONE);
    }
    for column in 3..6 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    console.result(table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n"));
    Ok(exit::ALL_DONE)
}

/// A moment in the zone of this machine, for a person.
pub(super) fn local_time(millis: i64) -> String {
    let at = Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(TimeZone::system());
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Runs `report`; gives the exit code.
///
/// # Errors
/// There is no such run, or the reports cannot be written.
pub(super) fn report(arguments: &ReportArgs, settings: &Settings, console: &Console) -> Result<u8, Refusal> {
    let path = settings.global.ledger()?;
    let reader = Reader::open(path).map_err(|error| refused(&error))?;
    let nothing = || {
        let ledger = path.display().to_string();
        Refusal::new(match arguments.run.as_deref() {
            Some(id) => say!("runs-no-such-run", run = id, ledger = ledger),
            None => say!("runs-no-run-yet", ledger = ledger),
        })
        .hint(say!("runs-see-runs"))
    };
    let reader = reader.ok_or_else(nothing)?;
    let run = reader.run(arguments.run.as_deref()).map_err(|error| refused(&error))?.ok_or_else(nothing)?;
    if let Some(at) = run.purged_at {
        return Err(Refusal::new(purged(&run.id, at)).hint(say!("purge-no-reports")));
    }
    speak_like(&run, &reader, settings);
    let status = status(&run, holder_of(settings).as_deref());
    let folder = match &arguments.report_dir {
        Some(folder) => folder.join(&run.id),
        None => run.report_dir.clone(),
    };
    let failed = |error: ReportError| Refusal::new(error.to_string()).hint(say!("file-mend-reports"));
    if !folder.is_dir() {
        private_folder(&folder).map_err(|error| failed(ReportError::File { path: folder.clone(), error }))?;
    }
    let summary = Summary::read(&reader, &run, status, run.exit_code, run.finished_at)
        .map_err(|error| refused(&error))?;
    let made = write_all(&reader, &run, &summary, &folder, settings.upload.privacy).map_err(failed)?;
    tell_of_fix(&made, console);
    show_end(&reader, &run, &summary, &folder, console).map_err(|error| refused(&error))?;
    Ok(exit::ALL_DONE)
}

/// Says why there is no `fix.xlsx` although something is to be mended.
pub(super) fn tell_of_fix(made: &Made, console: &Console) {
    if let Made::Impossible(why, hint) = made {
        console.warn(format_args!("{why}{}{hint}", say!("screens-semicolon")));
    }
}

/// Shows the end of a run: the closing screen, or its summary as JSON.
///
/// # Errors
/// The ledger cannot be read.
pub(super) fn show_end(
    reader: &Reader,
    run: &Run,
    summary: &Summary,
    folder: &Path,
    console: &Console,
) -> Result<(), LedgerError> {
    if !console.is_human() {
        console.json(summary);
        return Ok(());
    }
    if console.is_brief() {
        return Ok(());
    }
    let mut reasons = reader.notes(run.number)?;
    reasons.retain(|(outcome, _, _)| *outcome != Outcome::Created);
    let names = reader.names(run.number)?;
    console.result(closing(summary, &reasons, &names, folder, console));
    Ok(())
}
