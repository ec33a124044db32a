//! `resume`: finishes a run from the ledger alone, by the same way as `upload` once the list is read.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::books::{Books, name_holder, open_books};
use super::finish::{Done, Finish, finish};
use super::kept::{Kept, speak_like};
use super::target::{Job, Target, send, token_of};
use super::{Conduct, Environment, Failure, alone};
use crate::cli::afterwards::{conclude, failed};
use crate::cli::args::{ResumeArgs, Retry};
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::log;
use crate::cli::metrics::{self, Beginning};
use crate::cli::parse::BaseUrl;
use crate::cli::purge::purged;
use crate::cli::refusal::Refusal;
use crate::cli::runs::{holder_state, local_time, refused, show_end, tell_of_fix};
use crate::cli::settings::{Origin, Settings};
use crate::cli::signals::Vigil;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::outcome::{Outcome, State};
use crate::lang::say;
use crate::ledger::history::Changed;
use crate::ledger::read::{Reader, Run};
use crate::ledger::{Ledger, LedgerError, RunState, SqliteStore, doubts_of, reopen};
use crate::report::files::private_folder;
use crate::report::{MADE_ALWAYS, Summary, write_all};

/// Which run is taken up, and what of it.
pub(in crate::cli) struct Which<'w> {
    /// Its id; `None`: the latest one that is not finished.
    pub(in crate::cli) run: Option<&'w str>,
    /// Where none is named: how long ago it may have begun.
    pub(in crate::cli) max_age: Duration,
    /// Ends that are not final this time.
    pub(in crate::cli) retry: Vec<State>,
}

/// Runs the command; gives the exit code.
pub(in crate::cli) fn resume(
    arguments: &ResumeArgs,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> u8 {
    let which = Which {
        run: arguments.run.as_deref(),
        max_age: arguments.max_age.0,
        retry: arguments.retry.iter().map(|retry| state_of(*retry)).collect(),
    };
    let deadline = settings.deadline(SystemClock.now());
    let vigil = match Vigil::begin(*console, deadline) {
        Ok(vigil) => vigil,
        Err(refusal) => return failed("resume", &refusal.into(), settings, console, environment),
    };
    let done =
        alone(&vigil, deadline, true, |conduct| take_up(&which, settings, conduct, console, environment));
    conclude("resume", done, settings, console, environment)
}

/// Finishes a run.
///
/// # Errors
/// Nothing was sent: no such run, no token, another server, or a ledger that another run holds.
pub(in crate::cli) fn take_up(
    which: &Which<'_>,
    settings: &Settings,
    conduct: &Conduct<'_>,
    console: &Console,
    environment: Environment<'_>,
) -> Result<Done, Failure> {
    let path = settings.global.ledger()?;
    let Which { run, max_age, retry } = which;
    match run {
        Some(id) => must_exist(path, id)?,
        None if !path.exists() => return Ok(nothing(None, console)),
        None => {}
    }
    // Chosen under the lock: what another run is doing to it meanwhile would make the choice a wrong one.
    let books = open_books(path, conduct.patience(&settings.upload), *run)?;
    let reader = reader(&books)?;
    let run = match run {
        Some(id) => named(&reader, id)?,
        None => match latest(&reader, *max_age, retry).map_err(|error| refused(&error))? {
            Latest::Run { run, waits: None } => *run,
            Latest::Run { run, waits: Some(later) } => {
                console.note(say!("resume-owner-first", run = &run.id, later = later));
                *run
            }
            Latest::Older(run) => return Ok(nothing(run.as_deref(), console)),
        },
    };
    name_holder(&books.lock, Some(&run.id));
    let _run = log::of_run(&run.id);
    speak_like(&run, &reader, settings);
    let folder = match settings.origin_of("report_dir") {
        Origin::Flag => settings.upload.report_dir.join(&run.id),
        _ => run.report_dir.clone(),
    };
    if let Some(at) = run.purged_at {
        return Err(Refusal::new(purged(&run.id, at)).hint(say!("purge-no-resume")).into());
    }
    let server = server_of(&run, settings, console)?;
    if !is_open(&reader, &run, retry).map_err(|error| refused(&error))? {
        return Ok(Done::without_run(nothing_left(&reader, &run, &folder, settings, console)?));
    }
    let text = reader.settings(run.number).map_err(|error| refused(&error))?;
    let kept = Kept::read(&text)?;
    if kept.own_sandbox {
        return Err(Refusal::new(say!("resume-ended-stand-in", run = &run.id))
            .hint(say!("resume-mend-ended-stand-in"))
            .into());
    }
    if settings.upload.sandbox {
        return Err(Refusal::new(say!("resume-no-stand-in", run = &run.id, server = server.as_str()))
            .at(settings.origin_of("sandbox").place("sandbox"))
            .hint(say!("resume-mend-no-stand-in"))
            .into());
    }
    if settings.upload.dry_run {
        let code = dry_run(&reader, &run, retry, console).map_err(|error| refused(&error))?;
        return Ok(Done::without_run(code));
    }
    let mut upload = kept.under(settings)?;
    upload.base_url = server;
    drop(reader);

    let token = token_of(settings, console, environment)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(say!("screens-no-runtime", error = error.to_string())))?;
    let target = Target::start(&upload, Some(token), &runtime)?;
    make_folder(&folder)?;
    (conduct.begins)(&run.id, &[])?;
    let timeout_ms = i64::try_from(upload.timeout.as_millis()).unwrap_or(i64::MAX);
    let Books { path, mut connection, secret, lock } = books;
    reopen(&mut connection, run.number, retry, timeout_ms).map_err(|error| refused(&error))?;
    let doubts = doubts_of(&connection, run.number).map_err(|error| refused(&error))?;
    let total = Reader::open(&path)
        .and_then(|reader| reader.map_or(Ok(0), |reader| reader.open_tasks(run.number)))
        .map_err(|error| refused(&error))?;
    console.note(say!("resume-begins", run = &run.id, count = total, doubts = doubts.len()));
    let changed = upload.changed.unwrap_or(Changed::Skip);
    let store = SqliteStore::new(connection, &path, run.number, upload.dedupe_window_ms(), changed);
    let ledger = Arc::new(Ledger::start(store).map_err(|error| refused(&error))?);
    metrics::begins(Beginning { number: run.number, files: conduct.files }, settings);
    log::run_begins("resume", &target.base_url, total, doubts.len());
    let job = Job { run: run.number, path: path.clone(), ledger: Arc::clone(&ledger), secret, doubts, total };
    let ended = runtime.block_on(send(&upload, &target, job, conduct.interrupt.clone(), *console));
    runtime.block_on(target.stop());
    let done = finish(Finish::Sent(ended, ledger), &path, &run.id, &folder, &upload, console);
    drop(lock);
    Ok(done)
}

fn state_of(retry: Retry) -> State {
    match retry {
        Retry::IncompleteTask => State::IncompleteTask,
        Retry::Rejected => State::Rejected,
    }
}

/// `older`: one that has to be named.
fn nothing(older: Option<&Run>, console: &Console) -> Done {
    match older {
        None => console.note(say!("resume-nothing")),
        Some(run) => {
            console.note(say!("resume-nothing-recent", run = &run.id, time = local_time(run.started_at)));
        }
    }
    Done::without_run(exit::ALL_DONE)
}

/// A run that was named and is finished: only its reports may be missing.
fn nothing_left(
    reader: &Reader,
    run: &Run,
    folder: &Path,
    settings: &Settings,
    console: &Console,
) -> Result<u8, Refusal> {
    console.note(say!("resume-nothing-left", run = &run.id));
    let status = holder_state(run);
    let summary = Summary::read(reader, run, status, run.exit_code, run.finished_at);
    let summary = summary.map_err(|error| refused(&error))?;
    if settings.upload.dry_run || MADE_ALWAYS.iter().all(|name| folder.join(name).exists()) {
        if !console.is_human() {
            console.json(&summary);
        }
        return Ok(exit::ALL_DONE);
    }
    mend_reports(reader, run, &summary, folder, settings, console)?;
    Ok(run.exit_code.and_then(|code| u8::try_from(code).ok()).unwrap_or(exit::ALL_DONE))
}

/// Writes the reports of a run that is over, and shows its end.
///
/// # Errors
/// The ledger cannot be read, or the reports cannot be written.
pub(in crate::cli) fn mend_reports(
    reader: &Reader,
    run: &Run,
    summary: &Summary,
    folder: &Path,
    settings: &Settings,
    console: &Console,
) -> Result<(), Refusal> {
    console.note(say!("resume-reports-missing", folder = folder.display().to_string()));
    make_folder(folder)?;
    let kept = Kept::read(&reader.settings(run.number).map_err(|error| refused(&error))?)?;
    let privacy = kept.under(settings)?.privacy;
    let made = write_all(reader, run, summary, folder, privacy)
        .map_err(|error| Refusal::new(error.to_string()).hint(say!("file-mend-place")))?;
    tell_of_fix(&made, console);
    show_end(reader, run, summary, folder, console).map_err(|error| refused(&error))
}

/// Says what would be done.
fn dry_run(reader: &Reader, run: &Run, retry: &[State], console: &Console) -> Result<u8, LedgerError> {
    let counts = reader.counts(run.number)?;
    let again = retry.iter().map(|state| state.outcome()).chain([Outcome::Pending, Outcome::Failed]);
    let sending: u64 = again.map(|outcome| counts.lines(outcome)).sum();
    let doubts = counts.lines(Outcome::Unresolved);
    if console.is_human() {
        let (id, server) = (&run.id, &run.server);
        console.result(match doubts {
            0 => say!("resume-dry-run", count = sending, run = id, server = server),
            doubts => say!(
                "resume-dry-run-with-doubts",
                count = sending,
                run = id,
                server = server,
                doubts = doubts
            ),
        });
    } else {
        console.json(&Summary::read(reader, run, holder_state(run), run.exit_code, run.finished_at)?);
    }
    Ok(if doubts > 0 { exit::SOMETHING_LEFT } else { exit::ALL_DONE })
}

/// A run is named, and so it has to be somewhere: asking for it makes no ledger.
pub(super) fn must_exist(ledger: &Path, id: &str) -> Result<(), Refusal> {
    if ledger.exists() { Ok(()) } else { Err(unknown(id)) }
}

pub(in crate::cli) fn unknown(id: &str) -> Refusal {
    Refusal::new(say!("resume-unknown-run", run = id)).hint(say!("runs-see-runs"))
}

pub(super) fn reader(books: &Books) -> Result<Reader, Refusal> {
    let gone = || LedgerError::Gone(books.path.clone());
    Reader::open(&books.path).and_then(|reader| reader.ok_or_else(gone)).map_err(|error| refused(&error))
}

/// The run of this id, which has to be one that can be gone on with.
pub(super) fn named(reader: &Reader, id: &str) -> Result<Run, Refusal> {
    let run = reader.run(Some(id)).map_err(|error| refused(&error))?.ok_or_else(|| unknown(id))?;
    if run.state == RunState::Refused {
        return Err(Refusal::new(say!("resume-refused-run", run = id)).hint(say!("resume-mend-refused-run")));
    }
    Ok(run)
}

/// What is meant when no run is named.
enum Latest {
    /// This one.
    Run {
        /// The run.
        run: Box<Run>,
        /// A later one that can do nothing until this one's doubts are settled.
        waits: Option<String>,
    },
    /// None; the latest of those that are too old, if there is one.
    Older(Option<Box<Run>>),
}

/// The latest run begun within `age` that is not finished. One that only waits for the doubts of others gives way to the
/// latest of those: taken up itself, it could but wait again.
fn latest(reader: &Reader, age: Duration, retry: &[State]) -> Result<Latest, LedgerError> {
    let since = SystemClock.now().saturating_sub(i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
    let mut older = None;
    let mut waiting: Option<(Box<Run>, Vec<String>)> = None;
    for run in reader.runs()? {
        if run.state == RunState::Refused || run.purged_at.is_some() || !is_open(reader, &run, retry)? {
            continue;
        }
        if run.started_at < since {
            older.get_or_insert(Box::new(run));
            continue;
        }
        match &waiting {
            Some((later, owners)) if owners.contains(&run.id) => {
                let waits = Some(later.id.clone());
                return Ok(Latest::Run { run: Box::new(run), waits });
            }
            Some(_) => {}
            None => {
                let owners =
                    if has_more(reader, &run, retry)? { Vec::new() } else { reader.waits_for(run.number)? };
                if owners.is_empty() {
                    return Ok(Latest::Run { run: Box::new(run), waits: None });
                }
                waiting = Some((Box::new(run), owners));
            }
        }
    }
    Ok(match waiting {
        // Whose doubts they are is settled or too old; looking again is all that is left to do.
        Some((run, _)) => Latest::Run { run, waits: None },
        None => Latest::Older(older),
    })
}

/// Whether a run has something left to do: tasks, or reports after a kill.
pub(super) fn is_open(reader: &Reader, run: &Run, retry: &[State]) -> Result<bool, LedgerError> {
    Ok(reader.can_go_on(run.number)? || has_more(reader, run, retry)?)
}

/// Whether there is more to do than a run's open and failed tasks: reports after a kill, or what is to be tried again.
fn has_more(reader: &Reader, run: &Run, retry: &[State]) -> Result<bool, LedgerError> {
    if run.state == RunState::Running {
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
pub(in crate::cli) fn server_of(
    run: &Run,
    settings: &Settings,
    console: &Console,
) -> Result<BaseUrl, Refusal> {
    let server = BaseUrl::parse(&run.server).map_err(|why| {
        Refusal::new(say!("resume-bad-server", why = why)).hint(say!("resume-mend-bad-server"))
    })?;
    let origin = settings.origin_of("base_url");
    if *origin != Origin::Default && settings.upload.base_url.as_str() != server.as_str() {
        let (run, own, other) = (&run.id, server.as_str(), settings.upload.base_url.as_str());
        if *origin == Origin::Flag {
            return Err(Refusal::new(say!("resume-other-server", run = run, server = own, other = other))
                .at("--base-url")
                .hint(say!("resume-mend-other-server")));
        }
        let place = origin.place("base_url");
        console.warn(say!(
            "resume-other-server-ignored",
            run = run,
            server = own,
            other = other,
            place = place
        ));
    }
    Ok(server)
}

fn make_folder(folder: &Path) -> Result<(), Refusal> {
    if folder.is_dir() {
        return Ok(());
    }
    private_folder(folder).map_err(|error| {
        let (folder, error) = (folder.display().to_string(), error.to_string());
        Refusal::new(say!("file-no-report-folder", folder = folder, error = error))
            .hint(say!("file-mend-report-folder"))
    })
}
