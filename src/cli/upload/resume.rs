//! `resume`: finishes a run from the ledger alone, by the same way as `upload` once the list is read.

use std::path::Path;
use std::sync::Arc;

use super::books::{Books, name_holder, open_books};
use super::finish::{Finish, finish};
use super::kept::Kept;
use super::target::{Job, Target, send, token_of};
use super::{Environment, Failure};
use crate::cli::args::{ResumeArgs, Retry};
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::parse::{BaseUrl, Changed as ChangedFlag};
use crate::cli::refusal::Refusal;
use crate::cli::runs::refused;
use crate::cli::settings::{Origin, Settings};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::outcome::{Outcome, State};
use crate::ledger::history::Changed;
use crate::ledger::read::{Reader, Run};
use crate::ledger::{Ledger, LedgerError, RunState, SqliteStore, doubts_of, reopen};
use crate::report::files::private_folder;

/// Runs the command; gives the exit code.
///
/// # Errors
/// Nothing was sent: no such run, no token, another server, or a ledger that another run holds.
pub(crate) fn resume(
    arguments: &ResumeArgs,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<u8, Failure> {
    let path = settings.global.ledger()?;
    let retry: Vec<State> = arguments.retry.iter().map(|retry| state_of(*retry)).collect();
    if !path.exists() {
        // Looking for a run must not leave a ledger where there was none.
        return match &arguments.run {
            Some(id) => Err(no_such_run(id).into()),
            None => Ok(nothing(console)),
        };
    }
    // Chosen under the lock: what another run is doing to it meanwhile would make the choice a wrong one.
    let books = open_books(path, settings.upload.lock_wait, arguments.run.as_deref())?;
    let reader = reader(&books)?;
    let since =
        SystemClock.now().saturating_sub(i64::try_from(arguments.max_age.0.as_millis()).unwrap_or(i64::MAX));
    let run = match &arguments.run {
        Some(id) => Some(named(&reader, id)?),
        None => latest(&reader, since, &retry).map_err(|error| refused(&error))?,
    };
    let Some(run) = run else { return Ok(nothing(console)) };
    name_holder(&books.lock, Some(&run.id));
    let folder = match settings.origin_of("report_dir") {
        Origin::Flag => settings.upload.report_dir.join(&run.id),
        _ => run.report_dir.clone(),
    };
    if !is_open(&reader, &run, &retry).map_err(|error| refused(&error))?
        && folder.join("summary.json").exists()
    {
        console.note(format_args!("run {} has nothing left to do", run.id));
        return Ok(nothing(console));
    }
    let text = reader.settings(run.number).map_err(|error| refused(&error))?;
    let kept = Kept::read(&text)?;
    if kept.own_sandbox {
        return Err(Refusal::new(format!("run {} went to a stand-in that ended with its process", run.id))
            .hint("upload the list again with --sandbox; nothing real was created")
            .into());
    }
    let mut upload = kept.under(settings)?;
    (upload.sandbox, upload.dry_run) = (false, false);
    upload.base_url = server_of(&run, settings, console)?;
    drop(reader);

    let token = token_of(settings, console, environment)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(format!("cannot start the runtime: {error}")))?;
    let target = Target::start(&upload, token, &runtime)?;
    make_folder(&folder)?;
    let timeout_ms = i64::try_from(upload.timeout.as_millis()).unwrap_or(i64::MAX);
    let Books { path, mut connection, secret, lock } = books;
    reopen(&mut connection, run.number, &retry, timeout_ms).map_err(|error| refused(&error))?;
    let doubts = doubts_of(&connection, run.number).map_err(|error| refused(&error))?;
    let total = Reader::open(&path)
        .and_then(|reader| reader.map_or(Ok(0), |reader| reader.open_tasks(run.number)))
        .map_err(|error| refused(&error))?;
    console.note(format_args!(
        "resuming run {}: {total} tasks are left, {} of them in doubt",
        run.id,
        doubts.len()
    ));
    let changed = if upload.changed == Some(ChangedFlag::Send) { Changed::Send } else { Changed::Skip };
    let store = SqliteStore::new(connection, &path, run.number, upload.dedupe_window_ms(), changed);
    let ledger = Arc::new(Ledger::start(store).map_err(|error| refused(&error))?);
    let job = Job { run: run.number, ledger: Arc::clone(&ledger), secret, doubts, total };
    let ended = runtime.block_on(send(&upload, &target, job, *console));
    runtime.block_on(target.stop());
    let code = finish(Finish::Sent(ended, ledger), &path, &run.id, &folder, &upload, console);
    drop(lock);
    Ok(code)
}

fn state_of(retry: Retry) -> State {
    match retry {
        Retry::IncompleteTask => State::IncompleteTask,
        Retry::Rejected => State::Rejected,
    }
}

fn nothing(console: &Console) -> u8 {
    console.note("nothing to resume");
    exit::ALL_DONE
}

pub(super) fn reader(books: &Books) -> Result<Reader, Refusal> {
    let gone = || LedgerError::Gone(books.path.clone());
    Reader::open(&books.path).and_then(|reader| reader.ok_or_else(gone)).map_err(|error| refused(&error))
}

pub(super) fn no_such_run(id: &str) -> Refusal {
    Refusal::new(format!("there is no run {id} in this ledger"))
        .hint("see the runs with: incs-import runs; another ledger is named with --ledger PATH")
}

/// The run of this id, which has to be one that can be gone on with.
pub(super) fn named(reader: &Reader, id: &str) -> Result<Run, Refusal> {
    let run = reader.run(Some(id)).map_err(|error| refused(&error))?.ok_or_else(|| no_such_run(id))?;
    if run.state == RunState::Refused {
        return Err(Refusal::new(format!(
            "run {id} was refused before anything was sent, and cannot be resumed"
        ))
        .hint("mend the list and upload it again"));
    }
    Ok(run)
}

/// The latest run begun since then that is not finished.
fn latest(reader: &Reader, since: i64, retry: &[State]) -> Result<Option<Run>, LedgerError> {
    for run in reader.runs()? {
        if run.started_at >= since && run.state != RunState::Refused && is_open(reader, &run, retry)? {
            return Ok(Some(run));
        }
    }
    Ok(None)
}

/// Whether a run has something left to do: tasks, or reports after a kill.
fn is_open(reader: &Reader, run: &Run, retry: &[State]) -> Result<bool, LedgerError> {
    if run.state == RunState::Running || reader.can_go_on(run.number)? {
        return Ok(true);
    }
    if retry.is_empty() {
        return Ok(false);
    }
    let counts = reader.counts(run.number)?;
    let outcomes: Vec<Outcome> = retry.iter().map(|state| state.outcome()).collect();
    Ok(outcomes.into_iter().any(|outcome| counts.lines(outcome) > 0))
}

/// The server of the run, which nothing can change.
pub(super) fn server_of(run: &Run, settings: &Settings, console: &Console) -> Result<BaseUrl, Refusal> {
    let server = BaseUrl::parse(&run.server).map_err(|why| {
        Refusal::new(format!("the server of the run {why}"))
            .hint("the ledger is damaged; keep it for inspection")
    })?;
    let origin = settings.origin_of("base_url");
    if *origin != Origin::Default && settings.upload.base_url.as_str() != server.as_str() {
        let words = format!(
            "run {} belongs to {}, not to {}",
            run.id,
            server.as_str(),
            settings.upload.base_url.as_str()
        );
        if *origin == Origin::Flag {
            return Err(Refusal::new(words)
                .at("--base-url")
                .hint("leave it out: the server of a run cannot be changed"));
        }
        console.warn(format_args!("{words} as {} says; the run's own is used", origin.place("base_url")));
    }
    Ok(server)
}

fn make_folder(folder: &Path) -> Result<(), Refusal> {
    if folder.is_dir() {
        return Ok(());
    }
    private_folder(folder).map_err(|error| {
        Refusal::new(format!("cannot make the report folder {}: {error}", folder.display()))
            .hint("choose another place with --report-dir DIR")
    })
}
