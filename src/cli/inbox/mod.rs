//! `inbox`: uploads what is put into a drop folder, and moves it away.
//!
//! A sweep goes on with the runs that earlier sweeps have left, then takes the lists that have stood still, oldest first.
//! With `--watch` it looks again when the file system tells of a list, and at least every `--every`: an event ([`events`]) only
//! shortens the wait, since network folders have none.

mod claims;
mod events;
mod fate;
mod heartbeat;
mod look;
mod moving;
mod patience;
mod work;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::afterwards::failed;
use super::args::InboxArgs;
use super::console::Console;
use super::exit;
use super::refusal::Refusal;
use super::settings::{Origin, Settings};
use super::signals::{Busy, Vigil};
use super::upload::{Environment, Failure, finish_leftovers, token_of};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::lang::say;
use claims::Claims;
use events::{Events, Listening};
use exit::worse;
pub(super) use fate::counts;
use fate::{Fate, Place, Turn};
use heartbeat::{Counts, Heartbeat};
use look::{Found, Lookout, Stamp};
use patience::Patience;
use work::Worker;

/// Runs the command; gives the worst exit code of all files.
///
/// # Errors
/// Nothing was looked at: there is no such folder, a flag makes no sense here, or there is no token or no ledger.
pub(super) fn run(
    arguments: &InboxArgs,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<u8, Failure> {
    check(arguments, settings)?;
    if !settings.upload.sandbox && !settings.upload.dry_run {
        // Better said now than at night, when the first list comes.
        token_of(settings, console, environment)?;
        settings.global.ledger()?;
    }
    if settings.upload.sandbox {
        // Told with --quiet too: whoever takes this for a trial loses sight of lists that nobody has sent.
        console.caution(say!("inbox-sandbox"));
    }
    let deadline = settings.deadline(SystemClock.now());
    let vigil = Vigil::begin(*console, deadline)?;
    let mut before = exit::ALL_DONE;
    if settings.upload.resume_first && !settings.upload.sandbox {
        let left = finish_leftovers(settings, &vigil, deadline, console, environment);
        before = left.code;
        // Who watches tries again with each list that comes.
        if !left.goes_on && !arguments.watch {
            return Ok(before);
        }
    }
    let folder = &arguments.folder;
    let worker = Worker {
        folder,
        settings,
        console,
        environment,
        vigil: &vigil,
        deadline,
        claims: Claims::of(folder),
        files: Cell::default(),
    };
    let lookout = Lookout::new(folder, arguments.rest.0, arguments.heartbeat.as_deref());
    let mut inbox = Inbox {
        arguments,
        worker,
        lookout,
        patience: Patience::default(),
        heartbeat: Heartbeat::begin(arguments.heartbeat.as_deref(), *console),
        trouble: None,
        bad_claims: Vec::new(),
    };
    let mut events = Events::of(folder, inbox.lookout.own());
    loop {
        if arguments.watch {
            inbox.listen(&mut events);
        }
        let code = inbox.sweep();
        inbox.heartbeat.write();
        if !arguments.watch {
            return Ok(worse(before, code));
        }
        if vigil.is_asked(Busy::Idle) {
            return Ok(exit::INTERRUPTED);
        }
        if vigil.wait_or(arguments.every.0, events.next()) {
            return Ok(exit::INTERRUPTED);
        }
    }
}

fn check(arguments: &InboxArgs, settings: &Settings) -> Result<(), Refusal> {
    check_folder(&arguments.folder)?;
    for key in ["users", "orders", "report_dir"] {
        let origin = settings.origin_of(key);
        if *origin == Origin::Flag {
            let flag = origin.place(key);
            return Err(Refusal::new(say!("inbox-no-such-flag")).at(flag).hint(match key {
                "report_dir" => say!("inbox-mend-report-dir"),
                _ => say!("inbox-mend-two-tables"),
            }));
        }
    }
    Ok(())
}

fn check_folder(folder: &Path) -> Result<(), Refusal> {
    if folder.is_dir() {
        return Ok(());
    }
    let folder = folder.display().to_string();
    Err(Refusal::new(say!("inbox-no-folder", folder = folder)).hint(say!("inbox-mend-no-folder")))
}

/// What is remembered from sweep to sweep; all of it can be lost.
struct Inbox<'i> {
    arguments: &'i InboxArgs,
    worker: Worker<'i>,
    lookout: Lookout,
    patience: Patience,
    heartbeat: Heartbeat,
    /// What is wrong with the folder, told once as long as it stays the same.
    trouble: Option<String>,
    /// Claims that say nothing, told once too.
    bad_claims: Vec<PathBuf>,
}

impl Inbox<'_> {
    /// Sees to it that events of the folder are heard, before it is looked at: what comes during the look is one already.
    fn listen(&self, events: &mut Events) {
        if let Listening::Deaf(error) = events.listen() {
            let folder = self.arguments.folder.display().to_string();
            let every = self.arguments.every.to_string();
            self.worker.console.warn(say!("inbox-no-events", folder = folder, error = error, every = every));
        }
    }

    /// Looks once, and works on what has rested; gives the worst exit code.
    fn sweep(&mut self) -> u8 {
        self.heartbeat.count(|counts| counts.looks += 1);
        let mut worst = exit::ALL_DONE;
        match self.work(&mut worst) {
            Ok(()) => self.trouble = None,
            Err(Failure::Refused(why)) => {
                if self.trouble.as_ref() != Some(&why.message) {
                    let Worker { settings, console, environment, .. } = self.worker;
                    failed("inbox", &Failure::Refused(why.clone()), settings, console, environment);
                }
                self.trouble = Some(why.message);
                worst = worse(worst, exit::NOTHING_SENT);
            }
            Err(_) => worst = exit::INTERRUPTED,
        }
        let Counts { looks, done, failed, stayed } = self.heartbeat.counts();
        tracing::debug!(name: "sweep-ended", exit_code = worst, looks, done, failed, stayed, "sweep ended");
        worst
    }

    fn work(&mut self, worst: &mut u8) -> Result<(), Failure> {
        // A folder that lies elsewhere may come and go.
        check_folder(&self.arguments.folder)?;
        if !self.worker.settings.upload.dry_run {
            self.worker.make_folders()?;
        }
        let ended_by = self.take_up(worst)?;
        // What cannot be tried now waits with the others, or it would be tried while they pause.
        let lists = if ended_by.is_none() { self.rested()? } else { self.look()? };
        self.take(&lists, ended_by, worst);
        Ok(())
    }

    /// Goes on with the runs that were left; gives the file that ended the sweep, if one did.
    fn take_up(&mut self, worst: &mut u8) -> Result<Option<String>, Refusal> {
        let (claims, unreadable) = self.worker.claims.all().map_err(|error| self.unreadable(&error))?;
        let told = std::mem::take(&mut self.bad_claims);
        for path in &unreadable {
            *worst = worse(*worst, exit::NOTHING_SENT);
            if told.contains(path) {
                continue;
            }
            let file = path.display().to_string();
            self.worker
                .console
                .error(say!("inbox-bad-claim", file = file), Some(&say!("inbox-mend-bad-claim")));
        }
        self.bad_claims = unreadable;
        let mut ended_by: Option<String> = None;
        for claim in claims {
            let stamp = Stamp::at(&self.arguments.folder.join(&claim.name));
            if let Some(cause) = &ended_by {
                self.wait_with(&claim.name, stamp, cause);
                continue;
            }
            if !self.patience.is_due(&claim.name, stamp, Instant::now()) {
                continue;
            }
            self.heartbeat.begins(&claim.name);
            match self.worker.go_on(&claim) {
                Some(fate) if !self.note(&claim.name, stamp, &fate, worst) => ended_by = Some(claim.name),
                Some(_) => {}
                None => self.heartbeat.rests(),
            }
        }
        Ok(ended_by)
    }

    /// The lists that have stood still and are due, oldest first. Waits until those that may have stood still for long
    /// enough have.
    fn rested(&mut self) -> Result<Vec<Found>, Failure> {
        let mut lists = self.look()?;
        if let Some(left) = self.lookout.until_rested() {
            if self.worker.vigil.wait(left) {
                return Err(Failure::Interrupted);
            }
            lists = self.look()?;
        }
        let claims = &self.worker.claims;
        self.patience.keep(|name| claims.has(name) || lists.iter().any(|list| list.name == name));
        lists.retain(|list| {
            let is_due = self.patience.is_due(&list.name, Some(list.stamp), Instant::now());
            let has_rested = self.lookout.has_rested(list);
            if !has_rested && !self.arguments.watch {
                self.worker.tell_unrested(&list.name);
            }
            // What is claimed had its turn.
            is_due && has_rested && !self.worker.claims.has(&list.name)
        });
        Ok(lists)
    }

    fn look(&mut self) -> Result<Vec<Found>, Refusal> {
        let looked = self.lookout.look(self.worker.console);
        looked.map_err(|error| self.unreadable(&error))
    }

    fn unreadable(&self, error: &std::io::Error) -> Refusal {
        let (folder, error) = (self.arguments.folder.display().to_string(), error.to_string());
        Refusal::new(say!("inbox-unreadable", folder = folder, error = error))
            .hint(say!("inbox-mend-no-folder"))
    }

    fn take(&mut self, lists: &[Found], mut ended_by: Option<String>, worst: &mut u8) {
        for list in lists {
            if let Some(cause) = &ended_by {
                self.wait_with(&list.name, Some(list.stamp), cause);
                continue;
            }
            // Those before it may have taken hours.
            if Stamp::at(&list.path) != Some(list.stamp) {
                self.worker.tell_unrested(&list.name);
                continue;
            }
            self.heartbeat.begins(&list.name);
            let fate = self.worker.upload(list);
            if !self.note(&list.name, Some(list.stamp), &fate, worst) {
                ended_by = Some(list.name.clone());
            }
        }
    }

    /// Keeps in mind what became of a file; gives whether the sweep goes on.
    fn note(&mut self, name: &str, stamp: Option<Stamp>, fate: &Fate, worst: &mut u8) -> bool {
        *worst = worse(*worst, fate.code);
        self.heartbeat.ended(name, fate.run.clone(), fate.code);
        if fate.place == Place::Stays && self.worker.settings.upload.dry_run {
            self.patience.leave(name, stamp);
            return !fate.ends_sweep;
        }
        match Turn::of(&fate.place, fate.code) {
            Turn::None => {}
            Turn::Stayed => {
                self.heartbeat.count(|counts| counts.stayed += 1);
                self.wait(name, stamp);
            }
            Turn::Failed => {
                self.heartbeat.count(|counts| counts.failed += 1);
                self.patience.forget(name);
            }
            Turn::Done => {
                self.heartbeat.count(|counts| counts.done += 1);
                self.patience.forget(name);
            }
        }
        !fate.ends_sweep
    }

    /// What ended the sweep would have ended an attempt at this file: it is not tried before that one.
    fn wait_with(&mut self, name: &str, stamp: Option<Stamp>, cause: &str) {
        let waits = self.patience.wait_with(name, stamp, cause);
        if !waits && self.patience.is_due(name, stamp, Instant::now()) {
            self.wait(name, stamp);
        }
    }

    fn wait(&mut self, name: &str, stamp: Option<Stamp>) {
        self.patience.wait(name, stamp, self.arguments.every.0, Instant::now());
    }
}

/// How often the folder is looked at, where nobody says.
pub(super) const EVERY: &str = "10s";

/// How long a file has to stand still, where nobody says.
pub(super) const REST: &str = "2s";

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::cli::parse::{FromText as _, Period};

    #[test]
    fn the_usual_times_are_as_promised() {
        let of = |text| Period::<1>::from_text(text).unwrap().0;
        assert_eq!((of(EVERY), of(REST)), (Duration::from_secs(10), Duration::from_secs(2)));
    }
}
