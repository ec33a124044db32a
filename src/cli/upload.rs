//! `upload`: check, ask, record, send, report. The main job.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use secrecy::SecretString;
use tokio::sync::{mpsc, watch};

use super::console::{Console, Tone};
use super::exit;
use super::parse::{Changed, InputPath};
use super::prepare::{Barrier, Prepared, ReadFile, keep_inputs, prepare};
use super::preview;
use super::progress;
use super::refusal::Refusal;
use super::runs::{refused, show_end};
use super::settings::Settings;
use super::signals;
use super::token::{self, load_token};
use crate::api::client::Client;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::note::Note;
use crate::domain::outcome::{Outcome, State};
use crate::ledger::history::{Rule, decide};
use crate::ledger::read::{Reader, Run};
use crate::ledger::{
    self, Holder, InputFile, Ledger, Lock, Locked, NewRun, NewTask, Recorder, RunEnd, RunState, Secret,
    SqliteStore, TableRow, lock_path,
};
use crate::plan::Plan;
use crate::report::files::private_folder;
use crate::report::{Status, Summary, write_all};
use crate::upload::{Ended, Ending, Interrupt, Options, Upload};

/// Why the command ends before it has a run.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nothing was sent.
    Refused(Refusal),
    /// Another run holds the ledger.
    Locked(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

type Environment<'e> = &'e dyn Fn(&str) -> Option<std::ffi::OsString>;

/// An open ledger, and the right to write it.
struct Books {
    path: PathBuf,
    connection: Connection,
    secret: Secret,
    lock: Lock,
}

/// What the ledger's history says about each line of the plan.
#[derive(Debug, Default)]
struct Decisions {
    /// By line; lines that are not tasks have none.
    by_line: Vec<Option<Decision>>,
    already: u64,
    changed: u64,
    doubtful: u64,
}

#[derive(Debug, Clone)]
struct Decision {
    phone_key: [u8; 16],
    identity: [u8; 16],
    held_back: Option<(State, Note)>,
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// Nothing was sent: bad settings, no token, an unusable list, or a ledger that another run holds.
pub(super) fn run(
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<u8, Failure> {
    let upload = &settings.upload;
    let needs_answer = !upload.yes && !upload.sandbox && !upload.dry_run;
    if needs_answer && settings.reading.inputs.contains(&InputPath::Stdin) && io::stderr().is_terminal() {
        let refusal = Refusal::new("standard input is the list, so nobody can be asked before sending");
        return Err(refusal.at("-").hint("add --yes").into());
    }
    let token = token_of(settings, console, environment)?;
    let clock = SystemClock;
    let started_at = clock.now();
    let run_id = run_id(started_at);
    let report_dir = std::path::absolute(&upload.report_dir).unwrap_or_else(|_| upload.report_dir.clone());
    let folder = report_dir.join(&run_id);

    // The sandbox has a ledger of its own, made with the folder; a dry run has none where there is none yet.
    let mut books = match settings.global.ledger() {
        _ if upload.sandbox => None,
        Ok(path) if upload.dry_run && !path.exists() => None,
        path => Some(open_books(path?, upload.lock_wait, &run_id)?),
    };
    if let Some(books) = &books {
        tell_unfinished(&books.path, console);
    }

    let Prepared { plan, files, .. } = &prepare(settings)?;
    let plan = match plan {
        Ok(plan) => plan,
        Err(unusable) => {
            let text =
                preview::problems(unusable.problems.iter(), &unusable.names, console, console.is_verbose());
            for line in text.trim_end().lines() {
                console.warn_line(line);
            }
            return Err(Refusal::new("the list cannot be used, and nothing was sent")
                .hint("mend what is named above; incs-import check shows the same without sending")
                .into());
        }
    };
    console.say(preview::overview(plan, console).trim_end());
    let problems = preview::problems(plan.problems(), &plan.names, console, console.is_verbose());
    if !problems.is_empty() {
        console.say(problems.trim_end());
    }
    let barrier = Barrier::of(plan, settings);
    let changed = upload.changed.unwrap_or(Changed::Skip);
    let window = i64::try_from(upload.dedupe_window.as_millis()).ok().filter(|window| *window > 0);
    let since = window.map(|window| started_at - window);
    let mut rule = Rule { since, changed };
    let server = upload.base_url.as_str().to_owned();
    let mut decisions = decide_all(plan, books.as_mut(), &server, rule)?;

    if upload.dry_run {
        dry_run(plan, &decisions, barrier, settings, console);
        return Ok(if barrier.is_some() { exit::NOTHING_SENT } else { dry_exit(plan, &decisions) });
    }
    if barrier.is_none() && needs_answer && io::stdin().is_terminal() && io::stderr().is_terminal() {
        match ask(plan, &decisions, settings, console) {
            Answer::No => return Err(Refusal::new("not confirmed, and nothing was sent").into()),
            Answer::Yes => {}
            Answer::All => {
                rule.changed = Changed::Send;
                decisions = decide_all(plan, books.as_mut(), &server, rule)?;
            }
        }
    }

    private_folder(&folder).map_err(|error| {
        Refusal::new(format!("cannot make the report folder {}: {error}", folder.display()))
            .hint("choose another place with --report-dir DIR")
    })?;
    keep_inputs(files, &folder.join("input")).inspect_err(|_| drop(std::fs::remove_dir_all(&folder)))?;
    let mut books = match books {
        Some(books) => books,
        None => open_books(&folder.join("ledger.db"), std::time::Duration::ZERO, &run_id)?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(format!("cannot start the runtime: {error}")))?;
    let target = Target::start(settings, token, &runtime)?;
    if upload.sandbox {
        decisions = decide_all(plan, Some(&mut books), &target.base_url, rule)?;
    }
    let new_run = NewRun {
        id: run_id.clone(),
        server: target.base_url.clone(),
        sandbox: upload.sandbox,
        state: if barrier.is_some() { RunState::Refused } else { RunState::Running },
        started_at,
        operator: operator(environment),
        host: host(environment),
        report_dir: folder.display().to_string(),
        settings: resume_settings(settings),
        rows: plan.counts.rows,
        rows_invalid: plan.counts.rows_invalid,
        rows_left_out: vec![
            ("total rows".to_owned(), plan.counts.total_rows),
            ("beyond --limit".to_owned(), plan.counts.rows_beyond_limit),
        ],
        exit_code: barrier.map(|_| i32::from(exit::NOTHING_SENT)),
    };
    let number =
        record(&mut books.connection, &new_run, plan, files, &decisions).map_err(|error| refused(&error))?;
    let Books { path, connection, lock, .. } = books;
    let _lock = lock;

    let ending = if let Some(barrier) = barrier {
        drop(connection);
        console.error(barrier.message(plan, settings), Some(barrier.hint()));
        Finish::Refused
    } else {
        let store = SqliteStore::new(connection, number, window, rule.changed);
        let ledger = Arc::new(Ledger::start(store).map_err(|error| refused(&error))?);
        let to_send = decisions.to_send();
        let ended = runtime.block_on(send(settings, &target, Arc::clone(&ledger), to_send, *console));
        Finish::Sent(ended, ledger)
    };
    runtime.block_on(target.stop());
    Ok(finish(ending, &path, &run_id, &folder, settings, console))
}

/// How the sending part ended.
enum Finish {
    Refused,
    Sent(Ended, Arc<Ledger>),
}

/// Writes the reports, closes the run, shows its end; gives the exit code.
fn finish(
    ending: Finish,
    ledger: &Path,
    run_id: &str,
    folder: &PathBuf,
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
fn final_code(reader: &Reader, run: &Run, settings: &Settings) -> Result<u8, crate::ledger::LedgerError> {
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

// Before sending ---------------------------------------------------------------------------------------------------

fn token_of(
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<Option<SecretString>, Refusal> {
    if settings.upload.sandbox || settings.upload.dry_run {
        return Ok(None);
    }
    let mut warnings = Vec::new();
    let token = load_token(settings, environment, &mut warnings)?;
    for warning in warnings {
        console.warn(warning);
    }
    match token {
        Some(token) => Ok(Some(token)),
        None => Err(Refusal::new("no token: the server lets nobody in without one").hint(token::HINT)),
    }
}

fn open_books(path: &Path, patience: std::time::Duration, run_id: &str) -> Result<Books, Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        private_folder(folder).map_err(|error| {
            Refusal::new(format!("cannot make the folder of the ledger {}: {error}", folder.display()))
                .hint("choose a writable place with --ledger PATH")
        })?;
    }
    let lock = Lock::take(&lock_path(path), patience).map_err(|locked| match locked {
        Locked::Held(_) => Failure::Locked(locked.to_string()),
        Locked::Unusable(error) => Failure::Refused(refused(&error)),
    })?;
    let holder = Holder {
        host: host(&|name| std::env::var_os(name)),
        pid: std::process::id(),
        run: Some(run_id.to_owned()),
    };
    // Only words for whoever comes second; the lock holds without them.
    drop(lock.name(&holder));
    let (connection, secret) = ledger::open(path).map_err(|error| refused(&error))?;
    Ok(Books { path: path.to_owned(), connection, secret, lock })
}

/// A killed run is told of: its tasks may be in doubt.
fn tell_unfinished(ledger: &Path, console: &Console) {
    let Ok(Some(reader)) = Reader::open(ledger) else { return };
    let Ok(runs) = reader.runs() else { return };
    for run in runs.iter().filter(|run| run.state == RunState::Running) {
        console.warn(format_args!(
            "run {} never finished; users whose task it may have created are not tasked again",
            run.id
        ));
    }
}

fn decide_all(
    plan: &Plan,
    books: Option<&mut Books>,
    server: &str,
    rule: Rule,
) -> Result<Decisions, Refusal> {
    let Some(books) = books else {
        return Ok(Decisions { by_line: plan.lines().map(|_| None).collect(), ..Decisions::default() });
    };
    let mut decisions = Decisions::default();
    for line in plan.lines() {
        let Ok(task) = &line.task else {
            decisions.by_line.push(None);
            continue;
        };
        let phone_key = books.secret.phone_key(server, &task.user_phone);
        let identity = books.secret.identity(&task.content());
        let earlier = ledger::history::of_phone(&books.connection, &phone_key, &identity)
            .map_err(|error| refused(&error))?;
        let held_back = decide(&earlier, rule);
        match &held_back {
            Some((_, Note::AlreadyCreated { .. })) => decisions.already += 1,
            Some((_, Note::ChangedSinceCreated { .. })) => decisions.changed += 1,
            Some(_) => decisions.doubtful += 1,
            None => {}
        }
        decisions.by_line.push(Some(Decision { phone_key, identity, held_back }));
    }
    Ok(decisions)
}

impl Decisions {
    fn to_send(&self) -> u64 {
        self.by_line.iter().flatten().filter(|decision| decision.held_back.is_none()).count() as u64
    }

    /// What is held back, in words; empty when nothing is.
    fn words(&self) -> String {
        let parts = [
            (self.already, "already created"),
            (self.changed, "created before with other content"),
            (self.doubtful, "possibly created by an earlier run"),
        ];
        parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!(", {count} {what}"))
            .collect()
    }
}

fn dry_run(
    plan: &Plan,
    decisions: &Decisions,
    barrier: Option<Barrier>,
    settings: &Settings,
    console: &Console,
) {
    if !console.is_human() {
        console.json(&preview::CheckObject::of_plan(plan, barrier.is_none()));
        return;
    }
    match barrier {
        Some(barrier) => console.error(barrier.message(plan, settings), Some(barrier.hint())),
        None => {
            let sending = plan.counts.tasks - (decisions.already + decisions.changed + decisions.doubtful);
            console.result(format_args!(
                "dry run: {sending} tasks would be sent to {}{}; nothing was sent or recorded",
                settings.upload.base_url.as_str(),
                decisions.words()
            ));
        }
    }
}

fn dry_exit(plan: &Plan, decisions: &Decisions) -> u8 {
    let left =
        plan.counts.rows_invalid > 0 || decisions.changed + decisions.doubtful > 0 || plan.counts.rows == 0;
    if left { exit::SOMETHING_LEFT } else { exit::ALL_DONE }
}

enum Answer {
    Yes,
    /// Those with other content too.
    All,
    No,
}

/// Asks once, with counts and target in sight.
fn ask(plan: &Plan, decisions: &Decisions, settings: &Settings, console: &Console) -> Answer {
    let sending = decisions.to_send();
    let target = settings.upload.base_url.as_str();
    let choices = if decisions.changed > 0 && settings.upload.changed.is_none() {
        format!("[y]es, [a]ll including the {} with other content, [N]o", decisions.changed)
    } else {
        "[y]es, [N]o".to_owned()
    };
    let invalid = plan.counts.rows_invalid;
    let withheld = if invalid > 0 { format!(", {invalid} invalid rows not sent") } else { String::new() };
    let mut err = io::stderr().lock();
    let question = format!("create {sending} tasks at {target}{}{withheld}? {choices}: ", decisions.words());
    // Without the question there is no answer that counts.
    if write!(err, "{}", console.tone(Tone::Bold, question)).and_then(|()| err.flush()).is_err() {
        return Answer::No;
    }
    let mut answer = String::new();
    if io::stdin().read_line(&mut answer).is_err() {
        return Answer::No;
    }
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Answer::Yes,
        "a" | "all" if decisions.changed > 0 => Answer::All,
        _ => Answer::No,
    }
}

fn record(
    connection: &mut Connection,
    run: &NewRun,
    plan: &Plan,
    files: &[ReadFile],
    decisions: &Decisions,
) -> Result<i64, crate::ledger::LedgerError> {
    let mut recorder = Recorder::begin(connection, run)?;
    for (index, file) in (0_u16..).zip(files) {
        let rows = plan.counts.rows_by_file.get(usize::from(index)).copied().unwrap_or(0);
        recorder
            .input_file(index, &InputFile { path: file.name.clone(), sha256: file.sha256.clone(), rows })?;
    }
    for (index, name) in (0_u16..).zip(&plan.names.0) {
        let table =
            TableRow { file: plan.file_of(index), sheet: name.sheet.clone(), headers: name.headers.clone() };
        recorder.input_table(index, &table)?;
    }
    for problem in plan.problems() {
        recorder.problem(problem)?;
    }
    let mut body = Vec::new();
    for ((seq, line), decision) in (0_u32..).zip(plan.lines()).zip(&decisions.by_line) {
        body.clear();
        let (state, note) = match (&line.task, decision) {
            (Err(problem), _) => (State::Invalid, Some(problem.as_note())),
            (Ok(task), decision) => {
                task.write_body(&mut body);
                match decision.as_ref().and_then(|decision| decision.held_back.clone()) {
                    Some((state, note)) => (state, Some(note)),
                    None => (State::Planned, None),
                }
            }
        };
        let task = line.task.as_ref().ok();
        let some = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
        let name = task.map_or_else(|| line.name.clone(), |task| task.name.clone());
        recorder.task(&NewTask {
            seq,
            state,
            phone_key: decision.as_ref().map(|decision| decision.phone_key),
            identity: decision.as_ref().map(|decision| decision.identity),
            body: &body,
            source: &line.source,
            rows: &line.rows,
            row_count: line.row_count,
            user_phone: line.user_phone.as_deref(),
            user_name: some(line.user_name).as_deref(),
            assignee_username: some(task.map_or(line.assignee_username, |task| task.assignee_username))
                .as_deref(),
            name: some(&name).as_deref(),
            orders: line.orders,
            total_amount: task.and_then(|task| some(task.total_amount)).as_deref(),
            note: note.as_ref(),
        })?;
    }
    recorder.commit()
}

/// What a resumed run has to know; never the token.
fn resume_settings(settings: &Settings) -> String {
    let upload = &settings.upload;
    serde_json::json!({
        "rate": upload.rate.to_string(),
        "burst": upload.burst,
        "concurrency": upload.concurrency,
        "timeout_ms": u64::try_from(upload.timeout.as_millis()).unwrap_or(u64::MAX),
        "max_attempts": upload.max_attempts,
        "dedupe_window_ms": u64::try_from(upload.dedupe_window.as_millis()).unwrap_or(u64::MAX),
        "changed": match upload.changed { Some(Changed::Send) => "send", _ => "skip" },
        "accept": upload.accept.iter().map(|outcome| outcome.as_str()).collect::<Vec<_>>(),
        "allow_empty": upload.allow_empty,
    })
    .to_string()
}

// Sending ----------------------------------------------------------------------------------------------------------

/// Where the tasks go: the configured server, or the stand-in that lives as long as this.
struct Target {
    base_url: String,
    client: Client,
    #[cfg(feature = "sandbox")]
    sandbox: Option<crate::sandbox::Running>,
}

impl Target {
    fn start(
        settings: &Settings,
        token: Option<SecretString>,
        runtime: &tokio::runtime::Runtime,
    ) -> Result<Self, Refusal> {
        let upload = &settings.upload;
        let client = |base_url: &str, token: &SecretString| {
            let url = reqwest::Url::parse(base_url)
                .map_err(|error| Refusal::new(error.to_string()).at("base_url"))?;
            Client::new(&url, token, upload.timeout).map_err(|error| Refusal::new(error.to_string()))
        };
        if upload.sandbox {
            #[cfg(feature = "sandbox")]
            {
                let config = crate::sandbox::Config::default();
                let running = runtime
                    .block_on(crate::sandbox::start(config))
                    .map_err(|error| Refusal::new(format!("cannot start the sandbox: {error}")))?;
                let base_url = format!("http://{}", running.address());
                let client = client(&base_url, &SecretString::from("sandbox"))?;
                return Ok(Self { base_url, client, sandbox: Some(running) });
            }
            #[cfg(not(feature = "sandbox"))]
            {
                let _ = runtime;
                return Err(Refusal::new("this program was built without the sandbox")
                    .at("--sandbox")
                    .hint("build it with the feature sandbox, which is on by default"));
            }
        }
        let Some(token) = token else { return Err(Refusal::new("no token").hint(token::HINT)) };
        let base_url = upload.base_url.as_str().to_owned();
        let client = client(&base_url, &token)?;
        Ok(Self {
            base_url,
            client,
            #[cfg(feature = "sandbox")]
            sandbox: None,
        })
    }

    async fn stop(self) {
        #[cfg(feature = "sandbox")]
        if let Some(sandbox) = self.sandbox {
            drop(self.client);
            sandbox.stop().await;
        }
    }
}

async fn send(
    settings: &Settings,
    target: &Target,
    ledger: Arc<Ledger>,
    total: u64,
    console: Console,
) -> Ended {
    let upload = &settings.upload;
    if upload.sandbox {
        console.note(format_args!(
            "SANDBOX: sending to a stand-in at {}; nothing real is created",
            target.base_url
        ));
    }
    let (events, listener) = mpsc::unbounded_channel();
    let (stop, interrupt) = watch::channel(Interrupt::None);
    let showing = tokio::spawn(progress::show(listener, total, console));
    let listening = tokio::spawn(signals::listen(stop, console));
    let job = Upload {
        client: target.client.clone(),
        ledger,
        options: Options {
            rate: upload.rate,
            burst: std::num::NonZeroU32::new(upload.burst).unwrap_or(std::num::NonZeroU32::MIN),
            concurrency: usize::try_from(upload.concurrency).unwrap_or(usize::MAX),
            max_attempts: upload.max_attempts,
        },
        clock: SystemClock,
        events,
        interrupt,
    };
    let ended = job.run().await;
    listening.abort();
    // The listener ends with its channel; a bar that failed to draw is no reason to fail.
    drop(showing.await);
    ended
}

// Who and when -----------------------------------------------------------------------------------------------------

/// `20261122-013000-k7f3`: UTC, so that ids sort by time wherever they were made.
fn run_id(now: i64) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let at = jiff::Timestamp::from_millisecond(now).unwrap_or_default();
    let suffix: String = (0..4).map(|_| char::from(LETTERS[fastrand::usize(..LETTERS.len())])).collect();
    format!("{}-{suffix}", at.strftime("%Y%m%d-%H%M%S"))
}

fn operator(environment: Environment<'_>) -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| environment(name))
        .map_or_else(|| "unknown".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn host(environment: Environment<'_>) -> String {
    let named = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| environment(name));
    named
        .map(|name| name.to_string_lossy().into_owned())
        .or_else(|| std::fs::read_to_string("/etc/hostname").ok())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_ids_sort_by_time() {
        let early = run_id(1_763_775_000_000);
        assert!(early.starts_with("20251122-013000-") && early.len() == 20, "{early}");
        assert!(early < run_id(1_763_775_001_000));
    }
}
