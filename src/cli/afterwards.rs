//! What is done once a run, or an attempt at one, has ended, for whoever did not watch.
//!
//! None of it changes the exit code, and none of it can make a run fail: what goes wrong here is a warning.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::console::Console;
use super::exit;
use super::metrics::{self, Files};
use super::notify;
use super::parse::InputPath;
use super::purge::purge;
use super::refusal::Refusal;
use super::settings::{Reading, Settings};
use super::upload::{Done, Environment, Failure, RunPlace};
use crate::lang::say;
use crate::report::Summary;

/// How a run, or an attempt at one, ended.
#[derive(Debug)]
pub(super) struct End<'e> {
    /// The command: `upload`, `resume` or `inbox`.
    pub(super) command: &'static str,
    /// What the command, or this file of `inbox`, ended with.
    pub(super) exit_code: u8,
    /// `None` where no run was recorded.
    pub(super) run_id: Option<&'e str>,
    /// The numbers of the run; `None` where there is none, or they could not be read.
    pub(super) summary: Option<&'e Summary>,
    /// The folder of its reports.
    pub(super) report_dir: Option<&'e Path>,
    /// The names of its lists, without their folders.
    pub(super) files: Vec<String>,
    /// What became of the files of the drop folder before this one, and of this one; `None` without one.
    pub(super) inbox: Option<Files>,
    /// Why it stopped early or was refused, and what to do about it.
    pub(super) why: Option<&'e Refusal>,
}

impl End<'_> {
    fn without_run(command: &'static str, exit_code: u8, settings: &Settings) -> Self {
        let files = names(&settings.reading);
        Self {
            command,
            exit_code,
            run_id: None,
            summary: None,
            report_dir: None,
            files,
            inbox: None,
            why: None,
        }
    }
}

/// Does it. Called once an end, and not where nothing real could have been sent.
pub(super) fn afterwards(
    end: &End<'_>,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) {
    if settings.upload.dry_run || settings.upload.sandbox {
        return;
    }
    metrics::write(end, settings, console);
    if end.run_id.is_some() {
        forget_old_runs(settings, console);
    }
    notify::tell(end, settings, console, environment);
}

/// `--retention`: forgets the people of old runs.
fn forget_old_runs(settings: &Settings, console: &Console) {
    let Some((age, Ok(ledger))) = settings.upload.retention.zip(Some(settings.global.ledger())) else {
        return;
    };
    match purge(ledger, age, Duration::ZERO, false, console) {
        // What goes wrong with a folder is told there. Whoever holds the ledger does this at its own end.
        Ok(_) | Err(Failure::Locked(_)) => {}
        Err(failure) => {
            let why = failure.why().map(|why| why.message.clone()).unwrap_or_default();
            console.warn(say!("purge-not-now", why = why));
        }
    }
}

/// Does the work of a command that does one run, says why it ended without one, does what comes afterwards, and gives the
/// exit code.
pub(super) fn conclude(
    command: &'static str,
    work: impl FnOnce() -> Result<Done, Failure>,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> u8 {
    let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        // What it said may hold a cell, and is for the screen alone.
        let why = Refusal::new(say!("notify-bug")).hint(say!("screens-mend-bug"));
        let end = End { why: Some(&why), ..End::without_run(command, exit::STOPPED, settings) };
        afterwards(&end, settings, console, environment);
        resume_unwind(panic)
    });
    let Done { code, why, summary, run, .. } = match done {
        Ok(done) => done,
        Err(failure) => return failed(command, &failure, settings, console, environment),
    };
    // Without a run it found nothing to do.
    if let Some(RunPlace { id, folder }) = &run {
        let summary = summary.as_ref();
        let end = End {
            command,
            exit_code: code,
            run_id: Some(id),
            summary,
            report_dir: Some(folder),
            files: summary.map_or_else(|| names(&settings.reading), names_of),
            inbox: None,
            why: why.as_ref(),
        };
        afterwards(&end, settings, console, environment);
    }
    code
}

/// The same for a command that ended before it had a run.
pub(super) fn failed(
    command: &'static str,
    failure: &Failure,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> u8 {
    failure.tell(console);
    let exit_code = failure.exit_code();
    // Whoever said no was there.
    if !matches!(failure, Failure::Declined(_)) {
        let end = End { why: failure.why(), ..End::without_run(command, exit_code, settings) };
        afterwards(&end, settings, console, environment);
    }
    exit_code
}

/// The lists of a run, without their folders.
pub(super) fn names_of(summary: &Summary) -> Vec<String> {
    summary.input.files.iter().map(|file| name(Path::new(&file.path))).collect()
}

/// The lists that were named.
fn names(reading: &Reading) -> Vec<String> {
    let tables = [&reading.users, &reading.orders].into_iter().flatten().map(|table| &table.path);
    let inputs = reading.inputs.iter().map(|input| match input {
        InputPath::File(path) => path.clone(),
        InputPath::Stdin => PathBuf::from("-"),
    });
    inputs.chain(tables.cloned()).map(|path| name(&path)).collect()
}

/// The name of a file, without its folder.
pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::panic::panic_any;

    use super::*;
    use crate::cli::config::Folders;
    use crate::cli::settings::{Flags, Surroundings};

    #[test]
    fn a_bug_is_told_without_its_words_and_goes_on_as_one() {
        let folder = tempfile::tempdir().unwrap();
        let (config, out) = (folder.path().join("c.toml"), folder.path().join("told"));
        let command = format!("['sh', '-c', 'cat > \"$0\"', '{}']", out.display());
        let ledger = folder.path().join("ledger.db");
        let text = format!("ledger = '{}'\n[notify]\ncommand = {command}", ledger.display());
        std::fs::write(&config, text).unwrap();
        let nothing = |_: &str| None;
        let around = Surroundings { environment: &nothing, folders: Folders::default() };
        let settings = Settings::load(Flags { config: Some(config), ..Flags::default() }, &around).unwrap();
        let work = || panic_any("Zhang San".to_owned());
        let concluded = catch_unwind(AssertUnwindSafe(|| {
            conclude("upload", work, &settings, &Console::early(), &nothing)
        }));
        let panic = concluded.unwrap_err();
        assert_eq!(panic.downcast_ref::<String>().map(String::as_str), Some("Zhang San"));
        let told = std::fs::read_to_string(out).unwrap();
        assert!(told.contains("\"exit_code\":3") && told.contains("a bug of the program ended it"), "{told}");
        assert!(!told.contains("Zhang"), "{told}");
    }
}
