//! A file that a run was begun for: the run is gone on with, or only the file is moved.

use std::cell::Cell;
use std::fs;
use std::time::Duration;

use super::Worker;
use crate::cli::exit;
use crate::cli::inbox::claims::Claim;
use crate::cli::inbox::fate::Fate;
use crate::cli::prepare::ReadFile;
use crate::cli::refusal::Refusal;
use crate::cli::runs::{holder_state, refused};
use crate::cli::signals::Busy;
use crate::cli::upload::{Done, Failure, RunPlace, Unsendable, Which, final_code, mend_reports, take_up};
use crate::domain::quote::visible;
use crate::lang::{say, speak, spoken};
use crate::ledger::read::{Reader, Run};
use crate::ledger::{Lock, RunState, lock_path, real_path};
use crate::report::{MADE_ALWAYS, Summary};

impl Worker<'_> {
    /// Goes on with what an earlier sweep, or another process, began for a file. `None`: it came to nothing, and the file is
    /// a list like any other.
    pub(in crate::cli::inbox) fn go_on(&self, claim: &Claim) -> Option<Fate> {
        match self.try_to_go_on(claim) {
            Ok(fate) => fate,
            Err(why) => {
                let fate = Fate::left(exit::NOTHING_SENT).and_all_others();
                self.end_without_run(&claim.name, &claim.run_id, &why, &fate);
                Some(fate)
            }
        }
    }

    fn try_to_go_on(&self, claim: &Claim) -> Result<Option<Fate>, Refusal> {
        let Claim { name, run_id, .. } = claim;
        let not_ours = |why: Refusal| {
            let fate = Fate::left(exit::LOCKED);
            self.end_without_run(name, run_id, &why, &fate);
            Ok(Some(fate))
        };
        if self.settings.upload.sandbox {
            return not_ours(
                Refusal::new(say!("inbox-claimed-real", run = run_id)).hint(say!("inbox-mend-claimed-real")),
            );
        }
        // Asked before the ledger is read: whoever holds it may be about to record the run.
        let path = self.settings.global.ledger()?;
        let real = real_path(path).map_err(|error| refused(&error))?;
        let is_held = Lock::holder(&lock_path(&real)).is_some();
        let reader = self.reader()?;
        let is_ours = match &reader {
            Some(reader) => self.ledger_mark(reader)? == claim.ledger,
            None => false,
        };
        let Some(reader) = reader.filter(|_| is_ours) else {
            let ledger = self.ledger_name();
            return not_ours(
                Refusal::new(say!("inbox-claimed-elsewhere", run = run_id, ledger = ledger))
                    .hint(say!("inbox-mend-claimed-elsewhere", file = self.claims.shown(name))),
            );
        };
        let run = reader.run(Some(run_id)).map_err(|error| refused(&error))?;
        // A run whose people are forgotten cannot be gone on with; what it did is known all the same.
        match run.filter(|run| run.purged_at.is_none()) {
            None if is_held => not_ours(
                Refusal::new(say!("inbox-claimed", file = visible(name))).hint(say!("screens-mend-locked")),
            ),
            None => {
                self.forget(name, run_id);
                self.clear_away(run_id);
                Ok(None)
            }
            Some(run) => {
                // What was stopped at its very end has nothing left to go on with.
                let is_open = match run.state {
                    RunState::Running => true,
                    RunState::Interrupted | RunState::Aborted => {
                        reader.can_go_on(run.number).map_err(|error| refused(&error))?
                    }
                    RunState::Completed | RunState::Refused => false,
                };
                if is_open {
                    Ok(Some(self.resume(claim)))
                } else {
                    self.only_move(claim, &reader, &run).map(Some)
                }
            }
        }
    }

    /// Removes the copy of the input that a run has left which was never recorded.
    fn clear_away(&self, run_id: &str) {
        for folder in [self.done().join(run_id), self.failed().join(run_id)] {
            let is_only_input = fs::read_dir(&folder)
                .is_ok_and(|entries| entries.flatten().all(|entry| entry.file_name() == "input"));
            if is_only_input {
                drop(fs::remove_dir_all(folder));
            }
        }
    }

    fn resume(&self, claim: &Claim) -> Fate {
        let Claim { name, run_id, sha256, .. } = claim;
        let which = Which { run: Some(run_id), max_age: Duration::ZERO, retry: Vec::new() };
        let begun = Cell::new(false);
        let begins = |_: &str, _: &[ReadFile]| {
            if self.vigil.is_asked(Busy::Running) {
                return Err(Failure::Interrupted);
            }
            begun.set(true);
            Ok(())
        };
        let language = spoken();
        let done = self.watched(|| {
            take_up(&which, self.settings, &self.conduct(&begins), &self.console.of_many(), self.environment)
        });
        speak(language);
        let (why, fate) = match done {
            Ok(done) if begun.get() => return self.settle(name, run_id, sha256, done),
            Ok(done) if self.settings.upload.dry_run => return self.tried(name, done.code),
            // Somebody else has finished it just now: the next look sees it.
            Ok(done) => return Fate::left(done.code),
            Err(Failure::Interrupted) => return Fate::left(exit::INTERRUPTED).and_all_others(),
            Err(Failure::Locked(why)) => (why, Fate::left(exit::LOCKED).and_all_others()),
            // The run cannot be gone on with like this; other files may.
            Err(
                Failure::Refused(why)
                | Failure::Declined(why)
                | Failure::Unsendable(Unsendable { refusal: why, .. }),
            ) => (why, Fate::left(exit::NOTHING_SENT)),
        };
        self.end_without_run(name, run_id, &why, &fate);
        fate
    }

    /// A run that has come to its end before its file was moved.
    fn only_move(&self, claim: &Claim, reader: &Reader, run: &Run) -> Result<Fate, Refusal> {
        let summary = Summary::read(reader, run, holder_state(run), run.exit_code, run.finished_at)
            .map_err(|error| refused(&error))?;
        let code = match run.state {
            RunState::Refused => exit::NOTHING_SENT,
            RunState::Interrupted | RunState::Aborted => {
                final_code(reader, run, &summary, &self.settings.upload).map_err(|error| refused(&error))?
            }
            _ => run.exit_code.and_then(|code| u8::try_from(code).ok()).unwrap_or(exit::SOMETHING_LEFT),
        };
        if self.settings.upload.dry_run {
            return Ok(self.tried(&claim.name, code));
        }
        if !MADE_ALWAYS.iter().all(|name| run.report_dir.join(name).exists()) {
            // It shows the end of the run too.
            mend_reports(reader, run, &summary, &run.report_dir, self.settings, &self.console.of_many())?;
        } else if !self.console.is_human() {
            self.console.json(&summary);
        }
        let run = Some(RunPlace { id: run.id.clone(), folder: run.report_dir.clone() });
        let done = Done { code, early: None, why: None, summary: Some(summary), run };
        Ok(self.settle(&claim.name, &claim.run_id, &claim.sha256, done))
    }
}
