//! `doctor`: looks at all that an upload needs, and says how to mend what is wrong.
//!
//! It creates nothing: the server is asked for its list, the ledger is opened read-only and without its lock, and a folder
//! is tried with a temporary file that is gone again. Only with `--notify` somebody is told, that this is a test.

mod files;
mod notify;
mod server;
mod setup;

use std::ffi::OsString;

use serde::Serialize;

use super::args::DoctorArgs;
use super::console::{Console, Tone};
use super::exit;
use super::keys::GlobalKeys;
use super::parse::OutputFormat;
use super::refusal::Refusal;
use super::settings::Settings;
use crate::domain::quote::visible;
use crate::lang::say;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Ok,
    Warn,
    Fail,
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Check {
    /// What was looked at; a name for programs, the same in every language.
    check: &'static str,
    status: Status,
    /// In a sentence.
    found: String,
    /// How to mend it; `None` where nothing has to be.
    fix: Option<String>,
}

impl Check {
    fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, status: Status::Ok, found: found.into(), fix: None }
    }

    fn warn(check: &'static str, found: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { check, status: Status::Warn, found: found.into(), fix: Some(fix.into()) }
    }

    fn fail(check: &'static str, found: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { check, status: Status::Fail, found: found.into(), fix: Some(fix.into()) }
    }

    /// A failure that a refusal tells of.
    fn refused(check: &'static str, refusal: &Refusal) -> Self {
        Self { check, status: Status::Fail, found: refusal.line(), fix: refusal.hint.clone() }
    }

    /// The same of something that works all the same.
    fn warned(check: &'static str, refusal: &Refusal) -> Self {
        Self { status: Status::Warn, ..Self::refused(check, refusal) }
    }
}

/// Runs the command; gives the exit code.
pub(super) fn run(
    arguments: &DoctorArgs,
    settings: &Settings,
    console: &Console,
    environment: &dyn Fn(&str) -> Option<OsString>,
) -> u8 {
    let mut shown = Shown { console, failed: false };
    shown.all(setup::config(settings));
    let (token, found) = setup::token(settings, environment);
    shown.all([found, setup::base_url(settings), setup::country_code(settings)]);
    shown.all(setup::sandbox(settings));
    shown.all(notify::settings(settings, environment));
    if arguments.notify {
        shown.all(notify::test(settings, environment));
    }
    if !arguments.offline {
        server::look(settings, token, &mut |check| shown.one(&check));
    }
    shown.all(files::ledger(settings));
    shown.all(files::folders(settings));
    shown.code()
}

/// What is told when the settings cannot be read, on which everything else depends; gives the exit code.
pub(super) fn without_settings(refusal: &Refusal, global: &GlobalKeys) -> u8 {
    let is_json = global.format == Some(OutputFormat::Json);
    let console = if is_json { Console::early().for_programs() } else { Console::early() };
    let mut shown = Shown { console: &console, failed: false };
    let is_url = refusal
        .place
        .as_deref()
        .is_some_and(|place| place.ends_with("base_url") || matches!(place, "--base-url" | "INCS_BASE_URL"));
    shown.one(&Check::refused(if is_url { "base_url" } else { "config" }, refusal));
    console.note(say!("doctor-rest-later"));
    shown.code()
}

/// Tells what is found as it is found.
struct Shown<'c> {
    console: &'c Console,
    failed: bool,
}

impl Shown<'_> {
    fn all(&mut self, checks: impl IntoIterator<Item = Check>) {
        checks.into_iter().for_each(|check| self.one(&check));
    }

    fn one(&mut self, check: &Check) {
        self.failed |= check.status == Status::Fail;
        if !self.console.is_human() {
            self.console.json(check);
            return;
        }
        let (word, tone) = match check.status {
            Status::Ok => ("ok  ", Tone::Good),
            Status::Warn => ("warn", Tone::Care),
            Status::Fail => ("fail", Tone::Bad),
        };
        if self.console.is_quiet() && check.status == Status::Ok {
            return;
        }
        let word = self.console.tone(tone, word);
        let mut line = format!("{word}  {:14}  {}", check.check, visible(&check.found));
        if let Some(fix) = &check.fix {
            line.push_str(&format!("\n      {:14}  fix: {}", "", visible(fix)));
        }
        self.console.result(line);
    }

    fn code(&self) -> u8 {
        if self.failed { exit::SOMETHING_LEFT } else { exit::ALL_DONE }
    }
}
