//! One file: uploaded, or its run taken up again, and moved.
//!
//! The order is what makes it safe to be killed anywhere: the claim is durable before the run is recorded, the run before
//! anything is sent, the end of the run before the file is moved, the move before the claim is forgotten. The reports are
//! made in their last place, so that the ledger knows it from the beginning.

mod again;

use std::cell::{Cell, RefCell};
use std::fs;
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::claims::{Claim, Claims};
use super::fate::{Fate, Place, REASONS, Turn, ends_others, explained, panic_words, tell_no_run, tell_run};
use super::look::{Found, Stamp};
use super::moving::{Moved, bring_home};
use crate::cli::afterwards::{End, afterwards};
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::metrics::Files;
use crate::cli::parse::InputPath;
use crate::cli::prepare::ReadFile;
use crate::cli::refusal::Refusal;
use crate::cli::runs::refused;
use crate::cli::settings::Settings;
use crate::cli::signals::{Busy, Vigil};
use crate::cli::upload::{Begins, Conduct, Done, Environment, Failure, Identity, Unsendable, run_id, upload};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::quote::visible;
use crate::lang::say;
use crate::ledger::read::Reader;
use crate::report::Summary;
use crate::report::files::{ensure_private_folder, private_folder, write_atomically};

/// Whoever works on the files of a folder.
pub(super) struct Worker<'w> {
    pub(super) folder: &'w Path,
    pub(super) settings: &'w Settings,
    pub(super) console: &'w Console,
    pub(super) environment: Environment<'w>,
    pub(super) vigil: &'w Vigil,
    /// When nothing new is started any more, in milliseconds since 1970.
    pub(super) deadline: Option<i64>,
    pub(super) claims: Claims,
    /// What became of those that had their turn.
    pub(super) files: Cell<Files>,
}

impl Worker<'_> {
    fn done(&self) -> PathBuf {
        self.folder.join("done")
    }

    fn failed(&self) -> PathBuf {
        self.folder.join("failed")
    }

    /// Makes the folders into which files are moved.
    pub(super) fn make_folders(&self) -> Result<(), Refusal> {
        for folder in [self.done(), self.failed()] {
            ensure_private_folder(&folder).map_err(|error| {
                let (folder, error) = (folder.display().to_string(), error.to_string());
                Refusal::new(say!("file-no-report-folder", folder = folder, error = error))
                    .hint(say!("inbox-mend-folder"))
            })?;
        }
        Ok(())
    }

    /// Uploads a new list.
    pub(super) fn upload(&self, found: &Found) -> Fate {
        let started_at = SystemClock.now();
        let run_id = run_id(started_at);
        let identity = Identity {
            folder: self.done().join(&run_id),
            folder_if_refused: self.failed().join(&run_id),
            run_id: run_id.clone(),
            started_at,
        };
        let mut settings = self.settings.clone();
        settings.reading.inputs = vec![InputPath::File(found.path.clone())];
        (settings.reading.users, settings.reading.orders) = (None, None);
        let content = RefCell::new(None);
        let begins = |run_id: &str, files: &[ReadFile]| {
            if self.vigil.is_asked(Busy::Running) {
                return Err(Failure::Interrupted);
            }
            let sha256 = files.first().map(|file| file.sha256.clone()).unwrap_or_default();
            // What goes to the stand-in is real to nobody, and has a ledger that ends with it.
            if !self.settings.upload.sandbox {
                self.claim(&found.name, run_id, &sha256, started_at)?;
            }
            content.replace(Some(sha256));
            Ok(())
        };
        let done = self.watched(|| {
            upload(identity, &settings, &self.conduct(&begins), &self.console.of_many(), self.environment)
        });
        match (done, content.into_inner()) {
            (Ok(done), Some(content)) => self.settle(&found.name, &run_id, &content, done),
            (Ok(done), None) if settings.upload.dry_run => self.tried(&found.name, done.code),
            (Ok(done), None) => {
                self.forget_unrecorded(&found.name, &run_id);
                Fate::left(done.code)
            }
            (Err(failure), _) => {
                self.forget_unrecorded(&found.name, &run_id);
                self.without_run(found, &run_id, failure)
            }
        }
    }

    fn conduct<'c>(&self, begins: Begins<'c>) -> Conduct<'c> {
        let interrupt = self.vigil.interrupt();
        let files = Some(self.files.get());
        Conduct { may_ask: false, begins, interrupt, deadline: self.deadline, files }
    }

    /// Does work that may be left at any moment until it says otherwise; a bug in it is not the end of all others.
    fn watched(&self, work: impl FnOnce() -> Result<Done, Failure>) -> Result<Done, Failure> {
        if self.vigil.is_asked(Busy::Preparing) {
            self.vigil.is_asked(Busy::Idle);
            return Err(Failure::Interrupted);
        }
        let done = catch_unwind(AssertUnwindSafe(work));
        self.vigil.is_asked(Busy::Idle);
        done.unwrap_or_else(|panic| {
            let words = say!("screens-bug", error = panic_words(&*panic));
            self.console.error_about_people(words, say!("notify-bug"), Some(&say!("screens-mend-bug")));
            Ok(Done::bug())
        })
    }

    /// Writes down, under the ledger's lock, that a run is about to be recorded for a file.
    fn claim(&self, name: &str, run_id: &str, sha256: &str, now: i64) -> Result<(), Failure> {
        let reader =
            self.reader()?.ok_or_else(|| Refusal::new(say!("ledger-gone", file = self.ledger_name())))?;
        let upload = &self.settings.upload;
        let since = upload.dedupe_window_ms().map(|window| now - window);
        let same = since.map(|since| reader.same_content(sha256, upload.base_url.as_str(), since));
        if let Some(same) = same.transpose().map_err(|error| refused(&error))?.flatten() {
            let path = Path::new(&same.path).file_name().unwrap_or_default().to_string_lossy();
            self.console.warn(say!(
                "inbox-same-content",
                file = visible(name),
                other = visible(&path),
                run = same.run
            ));
        }
        let claim = Claim {
            name: name.to_owned(),
            sha256: sha256.to_owned(),
            run_id: run_id.to_owned(),
            ledger: self.ledger_mark(&reader)?,
        };
        let claimed = self.claims.put(&claim).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::Locked(
                Refusal::new(say!("inbox-claimed", file = visible(name))).hint(say!("screens-mend-locked")),
            ),
            _ => Failure::Refused(self.no_claim(&error)),
        });
        if claimed.is_ok() {
            tracing::info!(name: "file-claimed", file = name, "file claimed");
        }
        claimed
    }

    fn no_claim(&self, error: &io::Error) -> Refusal {
        let (folder, error) = (self.folder.display().to_string(), error.to_string());
        Refusal::new(say!("inbox-no-claim", folder = folder, error = error)).hint(say!("inbox-mend-folder"))
    }

    fn ledger_name(&self) -> String {
        self.settings.global.ledger().map(|path| path.display().to_string()).unwrap_or_default()
    }

    fn reader(&self) -> Result<Option<Reader>, Refusal> {
        Reader::open(self.settings.global.ledger()?).map_err(|error| refused(&error))
    }

    /// What tells this ledger from others, wherever it lies.
    fn ledger_mark(&self, reader: &Reader) -> Result<String, Refusal> {
        let secret = reader.secret().map_err(|error| refused(&error))?;
        let mark = secret.identity(b"whose claims these are");
        Ok(mark.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Forgets the claim of a run that was not recorded.
    fn forget_unrecorded(&self, name: &str, run_id: &str) {
        if self.settings.upload.sandbox || !self.claims.has(name) {
            return;
        }
        // Where the ledger cannot tell, the next sweep asks again.
        if let Ok(Some(reader)) = self.reader()
            && matches!(reader.run(Some(run_id)), Ok(None))
        {
            self.forget(name, run_id);
        }
    }

    fn forget(&self, name: &str, run_id: &str) {
        // One that stays is found by the next sweep, which finds its file moved.
        if let Err(error) = self.claims.remove(name, run_id) {
            self.console.warn(self.no_claim(&error).message);
        }
    }

    /// The end of a run, or of an attempt at it: its file is moved, or stays.
    fn settle(&self, name: &str, run_id: &str, content: &str, done: Done) -> Fate {
        let Done { code, early, .. } = &done;
        let code = *code;
        let home = match code {
            exit::ALL_DONE | exit::SOMETHING_LEFT => self.done(),
            exit::NOTHING_SENT => self.failed(),
            _ => {
                let folder = done.run.as_ref().map(|run| run.folder.clone());
                self.end_of_run(name, run_id, folder.as_deref(), &done, code, &Place::Stays);
                let fate = Fate::left(code).of_run(run_id);
                return if ends_others(early.as_ref()) { fate.and_all_others() } else { fate };
            }
        };
        let folder = home.join(run_id);
        let place = match bring_home(self.folder, &home, run_id, name, content) {
            Ok(Moved::To(path)) => Place::Moved(path),
            Ok(Moved::Gone) => Place::Gone(folder.clone()),
            Ok(Moved::Replaced) => Place::Replaced(folder.clone()),
            Err(error) => {
                let (file, error) = (visible(name), error.to_string());
                let place = home.display().to_string();
                let words = say!("inbox-not-moved", file = file, place = place, error = error);
                self.console.error(words, Some(&say!("inbox-mend-not-moved")));
                self.end_of_run(name, run_id, Some(&folder), &done, exit::STOPPED, &Place::Stays);
                return Fate::left(exit::STOPPED).of_run(run_id);
            }
        };
        if !self.settings.upload.sandbox {
            self.forget(name, run_id);
        }
        self.end_of_run(name, run_id, Some(&folder), &done, code, &place);
        Fate { code, place, run: Some(run_id.to_owned()), ends_sweep: false }
    }

    /// A list for which there is no run.
    fn without_run(&self, found: &Found, run_id: &str, failure: Failure) -> Fate {
        let is_as_found = Stamp::at(&found.path) == Some(found.stamp);
        let (why, fate) = match failure {
            Failure::Interrupted => return Fate::left(exit::INTERRUPTED).and_all_others(),
            // What was read of it is not what it is now.
            Failure::Refused(_) | Failure::Unsendable(_) if !is_as_found => {
                self.tell_unrested(&found.name);
                return Fate::left(exit::ALL_DONE);
            }
            Failure::Refused(why) | Failure::Declined(why) => {
                (why, Fate::left(exit::NOTHING_SENT).and_all_others())
            }
            Failure::Locked(why) => (why, Fate::left(exit::LOCKED).and_all_others()),
            Failure::Unsendable(list) if self.settings.upload.dry_run => {
                list.tell_problems(self.console);
                self.console.error(&list.refusal.message, list.refusal.hint.as_deref());
                return self.tried(&found.name, exit::NOTHING_SENT);
            }
            Failure::Unsendable(list) => match self.put_aside(found, run_id, &list) {
                Ok(Some(place)) => {
                    let fate = Fate { code: exit::NOTHING_SENT, place, run: None, ends_sweep: false };
                    if self.console.is_verbose() || self.console.is_log_for_programs() {
                        list.tell_problems(self.console);
                    }
                    let Unsendable { refusal, problems, .. } = list;
                    let is_told_there = !problems.is_empty();
                    (if is_told_there { refusal.hint(say!("inbox-mend-refused")) } else { refusal }, fate)
                }
                Ok(None) => {
                    self.tell_unrested(&found.name);
                    return Fate::left(exit::ALL_DONE);
                }
                Err(error) => {
                    let (file, place) = (visible(&found.name), self.failed().display().to_string());
                    let error = error.to_string();
                    let words = say!("inbox-not-moved", file = file, place = place, error = error);
                    (Refusal::new(words).hint(say!("inbox-mend-not-moved")), Fate::left(exit::NOTHING_SENT))
                }
            },
        };
        self.end_without_run(&found.name, run_id, &why, &fate);
        fate
    }

    /// Says how the run of a file ended, here and to whoever does not watch.
    fn end_of_run(
        &self,
        name: &str,
        run_id: &str,
        folder: Option<&Path>,
        done: &Done,
        code: u8,
        place: &Place,
    ) {
        let summary = done.summary.as_ref();
        let to = if let Place::Moved(path) = place { Some(path.display().to_string()) } else { None };
        tracing::info!(
            name: "file-ended",
            run = run_id,
            file = name,
            place = place.as_str(),
            to,
            exit_code = code,
            "file ended"
        );
        tell_run(name, run_id, summary, code, place, self.console);
        self.count(place, code);
        self.afterwards(name, code, Some(run_id), summary, folder, done.why.as_ref());
    }

    /// Says why a file has no run, or why its run was not gone on with.
    fn end_without_run(&self, name: &str, run_id: &str, why: &Refusal, fate: &Fate) {
        let (place, exit_code) = (fate.place.as_str(), fate.code);
        tracing::info!(name: "file-ended", file = name, place, exit_code, "file ended");
        tell_no_run(name, &self.folder.join(name), run_id, why, fate, self.console);
        self.count(&fate.place, exit_code);
        self.afterwards(name, exit_code, None, None, None, Some(why));
    }

    fn count(&self, place: &Place, code: u8) {
        let mut files = self.files.get();
        match Turn::of(place, code) {
            Turn::Done => files.done += 1,
            Turn::Failed => files.failed += 1,
            Turn::Stayed => files.stayed += 1,
            Turn::None => {}
        }
        self.files.set(files);
    }

    fn afterwards(
        &self,
        name: &str,
        exit_code: u8,
        run_id: Option<&str>,
        summary: Option<&Summary>,
        report_dir: Option<&Path>,
        why: Option<&Refusal>,
    ) {
        let files = vec![name.to_owned()];
        let inbox = Some(self.files.get());
        let end = End { command: "inbox", exit_code, run_id, summary, report_dir, files, inbox, why };
        afterwards(&end, self.settings, self.console, self.environment);
    }

    /// A dry run ends with a line.
    fn tried(&self, name: &str, code: u8) -> Fate {
        self.console.say(say!("inbox-dry-run", file = visible(name), code = code.to_string()));
        Fate::left(code)
    }

    /// A file that is another one than it was; of one that went away nothing is to be said.
    pub(super) fn tell_unrested(&self, name: &str) {
        if fs::symlink_metadata(self.folder.join(name)).is_err() {
            return;
        }
        self.console.note(say!("inbox-unrested", file = visible(name)));
    }

    /// Moves a list of which nothing can be sent, with a word on why. `None`: it has changed, or gone.
    fn put_aside(&self, found: &Found, run_id: &str, list: &Unsendable) -> io::Result<Option<Place>> {
        let content = match fs::File::open(&found.path).and_then(crate::report::files::sha256) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            content => content?,
        };
        if Stamp::at(&found.path) != Some(found.stamp) {
            return Ok(None);
        }
        let folder = self.failed().join(run_id);
        private_folder(&folder)?;
        let text = explained(&list.refusal, &list.problems);
        write_atomically(&folder.join(REASONS), |out| out.write_all(text.as_bytes()))?;
        match bring_home(self.folder, &self.failed(), run_id, &found.name, &content) {
            Ok(Moved::To(path)) => Ok(Some(Place::Moved(path))),
            other => {
                drop(fs::remove_dir_all(&folder));
                other.map(|_| None)
            }
        }
    }
}
