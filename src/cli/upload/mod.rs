//! `upload`: check, ask, record, send, report. The main job.

mod ask;
mod books;
mod finish;
mod kept;
mod leftovers;
mod resolve;
mod resume;
mod target;
mod who;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::afterwards::{conclude, failed};
use super::console::{Console, News};
use super::exit;
use super::log;
use super::metrics::{self, Beginning, Files};
use super::parse::{Changed, InputPath};
use super::prepare::{Barrier, Prepared, ReadFile, keep_inputs, prepare, reading_of};
use super::preview::{self, logged};
use super::refusal::Refusal;
use super::runs::refused;
use super::settings::{Settings, Upload};
use super::signals::{Busy, Vigil};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::lang::say;
use crate::ledger::history::Rule;
use crate::ledger::{self, Ledger, NewRun, RunState, SqliteStore};
use crate::plan::{Plan, Unusable};
use crate::report::files::private_folder;
use crate::upload::Interrupt;
use ask::{Answer, ask, dry_exit, dry_run, is_at_terminal};
pub(super) use books::{Books, open_books};
use books::{decide_all, record, tell_unfinished};
pub(super) use finish::{Done, RunPlace, final_code};
use finish::{Finish, finish};
pub(super) use kept::{Kept, speak_like};
pub(super) use leftovers::finish_leftovers;
pub(super) use resolve::resolve;
pub(super) use resume::{Which, mend_reports, resume, server_of, take_up, unknown};
use target::{Job, send};
pub(super) use target::{Target, token_of};
use who::operator;
pub(super) use who::{host, run_id};

/// Why the command ends before it has a run.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nothing was sent, because of a setting or something around the program.
    Refused(Refusal),
    /// Nothing was sent, because of the list.
    Unsendable(Unsendable),
    /// Nothing was sent, because the person who was asked said no.
    Declined(Refusal),
    /// Another run holds the ledger.
    Locked(Refusal),
    /// Somebody asked to stop before there was a run.
    Interrupted,
}

/// A list of which nothing can be sent as it is.
#[derive(Debug)]
pub(super) struct Unsendable {
    /// Why.
    pub(super) refusal: Refusal,
    /// What is wrong with it in particular, a line each; may be empty.
    pub(super) problems: String,
    /// The same for a log.
    pub(super) logged: Vec<News>,
}

impl Unsendable {
    /// Says what is wrong with it in particular.
    pub(super) fn tell_problems(&self, console: &Console) {
        if console.is_log_for_programs() {
            self.logged.iter().for_each(|problem| console.news(problem));
        } else {
            self.problems.lines().for_each(|line| console.warn_line(line));
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure {
    /// What happened; `None` where there is nothing to say that the person does not know.
    pub(super) fn why(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(why) | Self::Declined(why) | Self::Locked(why) => Some(why),
            Self::Unsendable(list) => Some(&list.refusal),
            Self::Interrupted => None,
        }
    }

    /// The exit code of a command that ends with it.
    pub(super) const fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) | Self::Unsendable(_) | Self::Declined(_) => exit::NOTHING_SENT,
            Self::Locked(_) => exit::LOCKED,
            Self::Interrupted => exit::INTERRUPTED,
        }
    }

    /// Says it on standard error.
    pub(super) fn tell(&self, console: &Console) {
        if let Self::Unsendable(list) = self {
            list.tell_problems(console);
        }
        if let Some(why) = self.why() {
            console.refuse(why);
        }
    }
}

pub(super) type Environment<'e> = &'e dyn Fn(&str) -> Option<OsString>;

/// What a run is called, when it began, where its reports go.
pub(super) struct Identity {
    pub(super) run_id: String,
    /// Milliseconds since 1970.
    pub(super) started_at: i64,
    /// The folder of its reports, as the user would type it.
    pub(super) folder: PathBuf,
    /// The same of a run that is refused.
    pub(super) folder_if_refused: PathBuf,
}

/// See [`Conduct::begins`].
pub(super) type Begins<'c> = &'c dyn Fn(&str, &[ReadFile]) -> Result<(), Failure>;

/// What a command that uploads settles besides the settings.
pub(super) struct Conduct<'c> {
    /// Whether a person at a terminal is asked before anything is sent.
    pub(super) may_ask: bool,
    /// Called under the lock, before anything is left of a run or it is taken up again, with its id and the files that were
    /// read for it. Whatever it fails with is the end.
    pub(super) begins: Begins<'c>,
    /// Says when to stop sending.
    pub(super) interrupt: watch::Receiver<Interrupt>,
    /// When that will be said at the latest, in milliseconds since 1970.
    pub(super) deadline: Option<i64>,
    /// What became of the files of a drop folder so far; `None` without one.
    pub(super) files: Option<Files>,
}

/// Does a run that is not one of many. Until it begins, a signal ends the process at once.
fn alone(
    vigil: &Vigil,
    deadline: Option<i64>,
    may_ask: bool,
    work: impl FnOnce(&Conduct<'_>) -> Result<Done, Failure>,
) -> Result<Done, Failure> {
    let begins = |_: &str, _: &[ReadFile]| match vigil.is_stopped(Busy::Running) {
        true => Err(Failure::Interrupted),
        false => Ok(()),
    };
    if vigil.is_stopped(Busy::Preparing) {
        return Err(Failure::Interrupted);
    }
    let interrupt = vigil.interrupt();
    let done = work(&Conduct { may_ask, begins: &begins, interrupt, deadline, files: None });
    vigil.is_stopped(Busy::Idle);
    done
}

impl Conduct<'_> {
    /// How long another run is waited for: not beyond the deadline.
    fn patience(&self, upload: &Upload) -> Duration {
        let left = self.deadline.map(|deadline| deadline.saturating_sub(SystemClock.now()));
        let left = left.map(|left| Duration::from_millis(u64::try_from(left).unwrap_or_default()));
        left.map_or(upload.lock_wait, |left| left.min(upload.lock_wait))
    }
}

/// Runs the command; gives the exit code.
pub(super) fn run(settings: &Settings, console: &Console, environment: Environment<'_>) -> u8 {
    let started_at = SystemClock.now();
    let run_id = run_id(started_at);
    let folder = settings.upload.report_dir.join(&run_id);
    let identity = Identity { run_id, started_at, folder_if_refused: folder.clone(), folder };
    let deadline = settings.deadline(started_at);
    // It listens until everything is told, too.
    let vigil = match Vigil::begin(*console, deadline) {
        Ok(vigil) => vigil,
        Err(refusal) => return failed("upload", &refusal.into(), settings, console, environment),
    };
    let mut before = exit::ALL_DONE;
    if settings.upload.resume_first && !settings.upload.sandbox {
        let left = finish_leftovers(settings, &vigil, deadline, console, environment);
        if !left.goes_on {
            console.error(say!("leftovers-in-the-way"), Some(&say!("leftovers-mend-in-the-way")));
            return left.code;
        }
        before = left.code;
    }
    let done =
        alone(&vigil, deadline, true, |conduct| upload(identity, settings, conduct, console, environment));
    exit::worse(before, conclude("upload", done, settings, console, environment))
}

/// Uploads what the settings name as one run.
///
/// # Errors
/// Nothing was sent, and nothing is recorded.
pub(super) fn upload(
    identity: Identity,
    settings: &Settings,
    conduct: &Conduct<'_>,
    console: &Console,
    environment: Environment<'_>,
) -> Result<Done, Failure> {
    let upload = &settings.upload;
    let started_at = identity.started_at;
    // What a dry run tells is what would happen here: it asks nothing, but knows whether somebody could be asked.
    let unconfirmed = conduct.may_ask && !upload.yes && !upload.sandbox;
    if unconfirmed
        && !upload.dry_run
        && settings.reading.inputs.contains(&InputPath::Stdin)
        && io::stderr().is_terminal()
    {
        return Err(Refusal::new(say!("upload-nobody-to-ask")).at("-").hint(say!("upload-add-yes")).into());
    }
    let token = match upload.sandbox || upload.dry_run {
        true => None,
        false => Some(token_of(settings, console, environment)?),
    };

    // The sandbox has a ledger of its own, made with the folder; a dry run has none where there is none yet.
    let books = match settings.global.ledger() {
        _ if upload.sandbox => None,
        Ok(path) if upload.dry_run && !path.exists() => None,
        path => Some(open_books(path?, conduct.patience(upload), Some(&identity.run_id))?),
    };
    if let Some(books) = &books {
        tell_unfinished(&books.path, console);
    }

    let prepared = prepare(settings, !upload.dry_run)?;
    let plan = prepared.plan.as_ref().map_err(|unusable| unsendable(unusable, console))?;
    show_plan(plan, console);
    let barrier = Barrier::of(plan, settings);
    let window = upload.dedupe_window_ms();
    let mut rule = Rule {
        since: window.map(|window| started_at - window),
        changed: upload.changed.unwrap_or(Changed::Skip),
    };
    let mut decisions = decide_all(plan, books.as_ref(), upload.base_url.as_str(), rule)?;
    let asks = unconfirmed && is_at_terminal();
    if plan.counts.hidden_rows > 0 && settings.reading.hidden_rows.is_none() && !asks {
        let refusal = Refusal::new(say!("upload-hidden-rows", count = plan.counts.hidden_rows));
        let refusal = refusal.hint(say!("upload-mend-hidden-rows"));
        return Err(Failure::Unsendable(Unsendable { refusal, problems: String::new(), logged: Vec::new() }));
    }
    if upload.dry_run {
        dry_run(plan, &decisions, barrier, settings, console);
        let code = if barrier.is_some() { exit::NOTHING_SENT } else { dry_exit(plan, &decisions, upload) };
        return Ok(Done::without_run(code));
    }
    if barrier.is_none() && asks {
        match ask(plan, &decisions, settings, console) {
            Answer::No => return Err(Failure::Declined(Refusal::new(say!("upload-not-confirmed")))),
            Answer::Yes => {}
            Answer::All => {
                rule.changed = Changed::Send;
                decisions = decide_all(plan, books.as_ref(), upload.base_url.as_str(), rule)?;
            }
        }
    }

    let folder = if barrier.is_some() { &identity.folder_if_refused } else { &identity.folder };
    let _run = log::of_run(&identity.run_id);
    (conduct.begins)(&identity.run_id, &prepared.files)?;
    make_folder(folder)?;
    let mut books = match books {
        Some(books) => books,
        None => open_books(&folder.join("ledger.db"), Duration::ZERO, Some(&identity.run_id))?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(say!("screens-no-runtime", error = error.to_string())))?;
    let target = Target::start(upload, token, &runtime)?;
    if upload.sandbox {
        decisions = decide_all(plan, Some(&books), &target.base_url, rule)?;
    }
    let kept = Kept::of(settings, rule.changed, reading_of(plan, settings));
    let new_run = new_run(&identity, folder, &kept, settings, environment, &target.base_url, plan, barrier);
    let number = std::thread::scope(|scope| {
        // Copied meanwhile; nothing is recorded unless the copies are what was read.
        let keeping = scope.spawn(|| keep(&prepared, folder));
        let copied = || keeping.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        record(&mut books.connection, &new_run, plan, &prepared.files, &decisions, copied)
    })?;

    let Books { path, connection, secret, lock } = books;
    let to_send = decisions.to_send();
    let ended = if let Some(barrier) = barrier {
        drop(connection);
        Finish::Refused(Refusal::new(barrier.message(plan, settings)).hint(barrier.hint()))
    } else {
        // What is sent comes from the ledger alone: the plan of a long list need not be held meanwhile.
        // Letting go of its many small parts takes longer than the first answer does.
        let held = (decisions, prepared.into_plan());
        std::thread::spawn(move || drop(held));
        let folding = ledger::fold_beside(&path);
        let store = SqliteStore::new(connection, &path, number, window, rule.changed).beside(folding);
        let ledger = Arc::new(Ledger::start(store).map_err(|error| refused(&error))?);
        let job = Job {
            run: number,
            path: path.clone(),
            ledger: Arc::clone(&ledger),
            secret,
            doubts: Vec::new(),
            total: to_send,
        };
        metrics::begins(Beginning { number, files: conduct.files }, settings);
        log::run_begins("upload", &target.base_url, to_send, 0);
        let ended = runtime.block_on(send(upload, &target, job, conduct.interrupt.clone(), *console));
        Finish::Sent(ended, ledger)
    };
    runtime.block_on(target.stop());
    let done = finish(ended, &path, &identity.run_id, folder, upload, console);
    drop(lock);
    Ok(done)
}

fn show_plan(plan: &Plan, console: &Console) {
    if console.is_brief() || !console.is_human() {
        preview::tell_guesses(&plan.notes, console);
    }
    if !console.is_human() {
        preview::tell_unused(plan, console);
    }
    if console.is_brief() {
        return;
    }
    console.say(preview::overview(plan, console).trim_end());
    let problems = preview::problems(plan.problems(), &plan.names, console, console.is_verbose());
    if !problems.is_empty() {
        console.say(problems.trim_end());
    }
    log::problems(plan);
}

fn unsendable(unusable: &Unusable, console: &Console) -> Failure {
    let mut problems = String::new();
    preview::notes(&mut problems, &unusable.notes);
    let all = console.is_verbose() || console.is_brief();
    problems += &preview::problems(unusable.problems.iter(), &unusable.names, console, all);
    problems.truncate(problems.trim_end().len());
    let refusal = Refusal::new(say!("upload-unusable")).hint(say!("upload-mend-unusable"));
    let logged = unusable.problems.iter().map(|problem| logged(problem, &unusable.names)).collect();
    Failure::Unsendable(Unsendable { refusal, problems, logged })
}

fn make_folder(folder: &Path) -> Result<(), Refusal> {
    private_folder(folder).map_err(|error| {
        let (folder, error) = (folder.display().to_string(), error.to_string());
        Refusal::new(say!("file-no-report-folder", folder = folder, error = error))
            .hint(say!("file-mend-report-folder"))
    })
}

/// Copies the inputs into the folder of the run; without them there is no folder either.
fn keep(prepared: &Prepared, folder: &Path) -> Result<(), Refusal> {
    keep_inputs(&prepared.files, &folder.join("input")).inspect_err(|_| discard(folder))
}

/// Nothing was recorded, so nothing should be left that looks like a run.
fn discard(folder: &Path) {
    drop(std::fs::remove_dir_all(folder));
}

#[expect(clippy::too_many_arguments, reason = "all that is recorded of a run comes together here")]
fn new_run(
    identity: &Identity,
    folder: &Path,
    kept: &Kept,
    settings: &Settings,
    environment: Environment<'_>,
    server: &str,
    plan: &Plan,
    barrier: Option<Barrier>,
) -> NewRun {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    NewRun {
        id: identity.run_id.clone(),
        server: server.to_owned(),
        sandbox: settings.upload.sandbox,
        state: if barrier.is_some() { RunState::Refused } else { RunState::Running },
        started_at: identity.started_at,
        operator: operator(environment),
        host: host(environment),
        report_dir: folder.display().to_string(),
        settings: kept.write(),
        rows: plan.counts.rows,
        rows_invalid: plan.counts.rows_invalid,
        rows_left_out: vec![
            ("total rows".to_owned(), plan.counts.total_rows),
            ("hidden rows".to_owned(), plan.counts.rows_hidden),
            ("beyond --limit".to_owned(), plan.counts.rows_beyond_limit),
        ],
        total_amount: Some(plan.counts.total_amount.clone()).filter(|total| !total.is_empty()),
        exit_code: barrier.map(|_| i32::from(exit::NOTHING_SENT)),
    }
}
