//! The ledger while an upload uses it: opened under its lock, asked about every user, and given the whole run before
//! anything is sent.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::Failure;
use super::who::host;
use crate::cli::console::Console;
use crate::cli::prepare::ReadFile;
use crate::cli::refusal::Refusal;
use crate::cli::runs::refused;
use crate::domain::note::Note;
use crate::domain::outcome::{Outcome, State};
use crate::domain::place::RowRange;
use crate::domain::problem::{Problem, Reason};
use crate::lang::say;
use crate::ledger::history::{Rule, Ruling, decide};
use crate::ledger::read::Reader;
use crate::ledger::{
    self, Holder, InputFile, LedgerError, Lock, Locked, NewRun, NewTask, Recorder, RunState, Secret,
    TableRow, lock_path,
};
use crate::plan::{Line, Plan};
use crate::report::files::ensure_private_folder;

/// An open ledger, and the right to write it.
pub(in crate::cli) struct Books {
    pub(in crate::cli) path: PathBuf,
    pub(in crate::cli) connection: Connection,
    pub(in crate::cli) secret: Secret,
    pub(in crate::cli) lock: Lock,
}

/// What the ledger's history says about each line of the plan.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// By line; lines that are not tasks have none.
    pub(super) by_line: Vec<Option<Decision>>,
    pub(super) already: u64,
    pub(super) changed: u64,
    pub(super) doubtful: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub(super) phone_key: [u8; 16],
    pub(super) identity: [u8; 16],
    pub(super) held_back: Option<(State, Note)>,
}

/// Opens the ledger under its lock. `run_id` is told to whoever finds it taken; `None` before the run is chosen.
pub(in crate::cli) fn open_books(
    path: &Path,
    patience: Duration,
    run_id: Option<&str>,
) -> Result<Books, Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        ensure_private_folder(folder).map_err(|error| {
            let (folder, error) = (folder.display().to_string(), error.to_string());
            Refusal::new(say!("upload-no-ledger-folder", folder = folder, error = error))
                .hint(say!("upload-mend-ledger-folder"))
        })?;
    }
    let path = &ledger::real_path(path).map_err(|error| refused(&error))?;
    let lock = Lock::take(&lock_path(path), patience).map_err(|locked| match locked {
        Locked::Held(_) => {
            Failure::Locked(Refusal::new(locked.to_string()).hint(say!("screens-mend-locked")))
        }
        Locked::Unusable(error) => Failure::Refused(refused(&error)),
    })?;
    name_holder(&lock, run_id);
    let (connection, secret) = ledger::open(path).map_err(|error| refused(&error))?;
    Ok(Books { path: path.to_owned(), connection, secret, lock })
}

/// Says for which run the ledger is held.
pub(super) fn name_holder(lock: &Lock, run_id: Option<&str>) {
    let holder = Holder {
        host: host(&|name| std::env::var_os(name)),
        pid: std::process::id(),
        run: run_id.map(str::to_owned),
    };
    // Only words for whoever comes second; the lock holds without them.
    drop(lock.name(&holder));
}

/// A killed run is told of: its tasks may be in doubt.
pub(super) fn tell_unfinished(ledger: &Path, console: &Console) {
    let Ok(Some(reader)) = Reader::open(ledger) else { return };
    let Ok(runs) = reader.runs() else { return };
    for run in runs.iter().filter(|run| run.state == RunState::Running && run.purged_at.is_none()) {
        let Ok(counts) = reader.counts(run.number) else { continue };
        let (pending, doubts) = (counts.lines(Outcome::Pending), counts.lines(Outcome::Unresolved));
        if pending + doubts > 0 {
            let run = &run.id;
            console.warn(say!("upload-unfinished-run", run = run, pending = pending, doubts = doubts));
        }
    }
}

pub(super) fn decide_all(
    plan: &Plan,
    books: Option<&Books>,
    server: &str,
    rule: Rule,
) -> Result<Decisions, Refusal> {
    let Some(books) = books else {
        return Ok(Decisions { by_line: plan.lines().map(|_| None).collect(), ..Decisions::default() });
    };
    let mut decisions = Decisions::default();
    // One view of the ledger for all: without it each user's question would lock and unlock the file.
    let view = books.connection.unchecked_transaction().map_err(|error| refused(&error.into()))?;
    let secret = &books.secret;
    let keys = plan.lines().map(|line| {
        let task = line.task.ok()?;
        Some((secret.phone_key(server, &task.user_phone), secret.identity(&task.content())))
    });
    ahead(keys, |keys| {
        for keys in keys {
            let Some((phone_key, identity)) = keys else {
                decisions.by_line.push(None);
                continue;
            };
            let earlier = ledger::history::of_phone(&view, &phone_key, &identity)?;
            let held_back = match decide(&earlier, rule) {
                Ruling::Hold(state, note) => {
                    match &note {
                        Note::AlreadyCreated { .. } => decisions.already += 1,
                        _ => decisions.changed += 1,
                    }
                    Some((state, note))
                }
                // It is planned like any other, and waits for the look-up when it is its turn.
                Ruling::Ask { .. } => {
                    decisions.doubtful += 1;
                    None
                }
                Ruling::Send => None,
            };
            decisions.by_line.push(Some(Decision { phone_key, identity, held_back }));
        }
        Ok(())
    })
    .map_err(|error: LedgerError| refused(&error))?;
    Ok(decisions)
}

impl Decisions {
    pub(super) fn to_send(&self) -> u64 {
        self.by_line.iter().flatten().filter(|decision| decision.held_back.is_none()).count() as u64
    }

    /// What is held back, in words; empty when nothing is.
    pub(super) fn words(&self) -> String {
        let parts = [
            (self.already, say!("upload-besides-already", count = self.already)),
            (self.changed, say!("upload-besides-changed", count = self.changed)),
            (self.doubtful, say!("upload-besides-doubtful", count = self.doubtful)),
        ];
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect()
    }
}

/// Records a run with all its tasks, in one transaction that ends once `copied` says that the inputs are kept.
pub(super) fn record(
    connection: &mut Connection,
    run: &NewRun,
    plan: &Plan,
    files: &[ReadFile],
    decisions: &Decisions,
    copied: impl FnOnce() -> Result<(), Refusal>,
) -> Result<i64, Refusal> {
    let recorder = write_run(connection, run, plan, files, decisions).map_err(|error| refused(&error))?;
    copied()?;
    recorder.commit().map_err(|error| refused(&error))
}

fn write_run<'c>(
    connection: &'c mut Connection,
    run: &NewRun,
    plan: &Plan,
    files: &[ReadFile],
    decisions: &Decisions,
) -> Result<Recorder<'c>, LedgerError> {
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
    let looked_through = if decisions.changed > 0 { decisions.by_line.len() } else { 0 };
    for (line, decision) in plan.lines().zip(&decisions.by_line).take(looked_through) {
        let note = decision.as_ref().and_then(|decision| decision.held_back.as_ref());
        if let Some((_, Note::ChangedSinceCreated { run, task_id })) = note {
            let reason = Reason::ChangedSinceCreated { run: run.as_str().into(), task_id: *task_id };
            recorder.problem(&Problem::at(reason, line.at))?;
        }
    }
    let lines = (0_u32..).zip(plan.lines()).zip(&decisions.by_line);
    let lines = lines.map(|((seq, line), decision)| render(plan, seq, line, decision.as_ref()));
    ahead(lines, |lines| {
        for (seq, rendered) in (0_u32..).zip(lines) {
            recorder.task(&rendered.as_new_task(seq))?;
        }
        Ok::<_, LedgerError>(())
    })?;
    Ok(recorder)
}

/// A line of the results, ready to be recorded.
struct Rendered<'p> {
    line: Line<'p>,
    decision: Option<&'p Decision>,
    state: State,
    note: Option<Note>,
    body: Vec<u8>,
    places: Vec<RowRange>,
}

fn render<'p>(plan: &Plan, seq: u32, line: Line<'p>, decision: Option<&'p Decision>) -> Rendered<'p> {
    let mut body = Vec::new();
    let (state, note) = match (&line.task, decision.and_then(|decision| decision.held_back.clone())) {
        (Err(problem), _) => (State::Invalid, Some(problem.as_note())),
        (Ok(_), Some((state, note))) => (state, Some(note)),
        (Ok(_), None) => (State::Planned, None),
    };
    if let Ok(task) = &line.task {
        task.write_body(&mut body);
    }
    Rendered { places: plan.places(seq as usize), line, decision, state, note, body }
}

impl Rendered<'_> {
    fn as_new_task(&self, seq: u32) -> NewTask<'_> {
        let line = &self.line;
        let task = line.task.as_ref().ok();
        let some = |text| Some(text).filter(|text: &&str| !text.is_empty());
        NewTask {
            seq,
            state: self.state,
            phone_key: self.decision.map(|decision| decision.phone_key),
            identity: self.decision.map(|decision| decision.identity),
            body: &self.body,
            source: &line.source,
            rows: &line.rows,
            places: &self.places,
            row_count: line.row_count,
            user_phone: line.user_phone.as_deref(),
            user_name: some(line.user_name),
            assignee_username: some(task.map_or(line.assignee_username, |task| task.assignee_username)),
            name: some(task.map_or(&*line.name, |task| &*task.name)),
            orders: line.orders,
            total_amount: task.and_then(|task| some(task.total_amount)),
            note: self.note.as_ref(),
        }
    }
}

/// Lets another thread work out `items` ahead of whoever uses them, in their order.
fn ahead<T: Send, R>(
    mut items: impl Iterator<Item = T> + Send,
    use_all: impl FnOnce(&mut dyn Iterator<Item = T>) -> R,
) -> R {
    const CHUNK: usize = 64;
    std::thread::scope(|scope| {
        let (sender, chunks) = std::sync::mpsc::sync_channel(4);
        scope.spawn(move || {
            loop {
                let chunk: Vec<T> = items.by_ref().take(CHUNK).collect();
                // Nobody taking them means that their user gave up.
                if chunk.is_empty() || sender.send(chunk).is_err() {
                    break;
                }
            }
        });
        use_all(&mut chunks.into_iter().flatten())
    })
}
