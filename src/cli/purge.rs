//! `purge`: forgets the people of old runs, in the ledger and in the report folders.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

use super::args::PurgeArgs;
use super::console::Console;
use super::exit;
use super::runs::{local_time, refused};
use super::settings::Settings;
use super::upload::{Books, Failure, open_books};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::quote::visible;
use crate::lang::say;
use crate::ledger::{OldRun, forget, old_runs, overwrite};

/// Runs the command; gives the exit code.
///
/// # Errors
/// The ledger cannot be used, or another run holds it.
pub(super) fn run(arguments: &PurgeArgs, settings: &Settings, console: &Console) -> Result<u8, Failure> {
    let path = settings.global.ledger()?;
    let code = purge(path, arguments.older_than.0, settings.upload.lock_wait, arguments.dry_run, console)?;
    Ok(code.unwrap_or_else(|| {
        console.say(say!("purge-nothing"));
        exit::ALL_DONE
    }))
}

/// Forgets the people of the runs that began longer ago than `age`, or says who would be forgotten. `None`: there are none.
///
/// # Errors
/// The ledger cannot be used, or another run holds it for longer than `patience`.
pub(super) fn purge(
    path: &Path,
    age: Duration,
    patience: Duration,
    is_dry: bool,
    console: &Console,
) -> Result<Option<u8>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let Books { mut connection, lock, .. } = open_books(path, patience, None)?;
    let now = SystemClock.now();
    let age = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
    let failed = |error| Failure::Refused(refused(&error));
    let runs = old_runs(&connection, now.saturating_sub(age)).map_err(failed)?;
    if runs.is_empty() {
        return Ok(None);
    }
    let mut forgotten = Vec::new();
    for run in &runs {
        if is_dry {
            tell(run, is_dry, console);
            continue;
        }
        // The folder first: a run whose folder could not be deleted is not done, and comes again with the next purge.
        if let Err(why) = delete_folder(run) {
            console.warn(say!(
                "purge-folder",
                folder = visible(&run.report_dir.to_string_lossy()),
                why = why
            ));
            continue;
        }
        forget(&mut connection, run).map_err(failed)?;
        tell(run, is_dry, console);
        forgotten.push(run.number);
    }
    if is_dry {
        console.say(say!("purge-dry-run", count = runs.len()));
        return Ok(Some(exit::ALL_DONE));
    }
    let is_gone = overwrite(&connection, &forgotten, now).map_err(failed)?;
    drop(lock);
    if !is_gone {
        console.warn(say!("purge-read"));
        return Ok(Some(exit::SOMETHING_LEFT));
    }
    console.say(say!("purge-done", count = forgotten.len()));
    Ok(Some(if forgotten.len() == runs.len() { exit::ALL_DONE } else { exit::SOMETHING_LEFT }))
}

/// What is forgotten of a run, and what of it stays.
fn tell(run: &OldRun, is_dry: bool, console: &Console) {
    let started = run.id.as_str();
    let people = run.people;
    console.say(if is_dry {
        say!("purge-would", run = started, count = people)
    } else {
        say!("purge-run", run = started, count = people)
    });
    if run.in_doubt > 0 {
        console.warn(say!("purge-doubts", count = run.in_doubt, run = started));
    }
    if run.pending > 0 {
        console.warn(say!("purge-pending", count = run.pending, run = started));
    }
}

/// Deletes the report folder of a run, and nothing that only has its place in the ledger.
fn delete_folder(run: &OldRun) -> Result<(), String> {
    match fs::symlink_metadata(&run.report_dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.to_string()),
        Ok(found) if !found.is_dir() => return Err(say!("purge-no-folder")),
        Ok(_) => {}
    }
    if run.report_dir.file_name().is_none_or(|name| name != run.id.as_str()) {
        return Err(say!("purge-other-folder"));
    }
    delete_lists(run).and_then(|()| fs::remove_dir_all(&run.report_dir)).map_err(|error| error.to_string())
}

/// Deletes the lists that `inbox` put beside the report folder, named after the run.
fn delete_lists(run: &OldRun) -> io::Result<()> {
    let Some(parent) = run.report_dir.parent().filter(|parent| is_of_inbox(parent)) else { return Ok(()) };
    let prefix = format!("{}-", run.id);
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&prefix) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether it is a folder that `inbox` moves lists to.
fn is_of_inbox(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == "done" || name == "failed")
}

/// Words for who asks for what a purged run has forgotten.
pub(super) fn purged(run: &str, at: i64) -> String {
    say!("purge-forgotten", run = run, at = local_time(at))
}
