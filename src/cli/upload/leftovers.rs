//! `--resume-first`: what earlier runs left is finished before today's list is begun.

use std::time::Duration;

use super::resume::{Which, is_open, take_up};
use super::{Environment, Failure, alone};
use crate::cli::afterwards::{conclude, failed};
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::parse::BaseUrl;
use crate::cli::refusal::Refusal;
use crate::cli::runs::refused;
use crate::cli::settings::Settings;
use crate::cli::signals::{Busy, Vigil};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::lang::{say, speak, spoken};
use crate::ledger::read::{Reader, Run};
use crate::ledger::{LedgerError, RunState};

/// How long ago a run may have begun. A night that ended late and the next one that begins early lie within it; what was
/// meant for the day before yesterday does not go out unasked.
const AGE: Duration = Duration::from_hours(36);

/// What became of them.
pub(in crate::cli) struct Leftovers {
    /// The worst exit code.
    pub(in crate::cli) code: u8,
    /// Whether today's work can follow: what stopped them is not what would stop it too.
    pub(in crate::cli) goes_on: bool,
}

/// Finishes what runs of the last 36 hours left at this server, the oldest first.
pub(in crate::cli) fn finish_leftovers(
    settings: &Settings,
    vigil: &Vigil,
    deadline: Option<i64>,
    console: &Console,
    environment: Environment<'_>,
) -> Leftovers {
    let mut all = Leftovers { code: exit::ALL_DONE, goes_on: true };
    let runs = match left(settings, console) {
        Ok(runs) => runs,
        Err(refusal) => {
            let code = failed("resume", &refusal.into(), settings, console, environment);
            return Leftovers { code, goes_on: false };
        }
    };
    for run in runs {
        let which = Which { run: Some(&run.id), max_age: Duration::ZERO, retry: Vec::new() };
        let language = spoken();
        let done = match vigil.is_asked(Busy::Idle) {
            true => Err(Failure::Interrupted),
            false => alone(vigil, deadline, false, |conduct| {
                take_up(&which, settings, conduct, console, environment)
            }),
        };
        // A run that cannot be taken up is in nobody's way, and is not forgotten in the exit code.
        let code = match conclude("resume", done, settings, console, environment) {
            exit::NOTHING_SENT => exit::SOMETHING_LEFT,
            code => code,
        };
        speak(language);
        all.code = exit::worse(all.code, code);
        if !matches!(code, exit::ALL_DONE | exit::SOMETHING_LEFT) {
            return Leftovers { goes_on: false, ..all };
        }
    }
    all
}

/// The runs that have something left; those that are too old or went elsewhere are told of.
fn left(settings: &Settings, console: &Console) -> Result<Vec<Run>, Refusal> {
    let path = settings.global.ledger()?;
    let read = || -> Result<Vec<Run>, LedgerError> {
        let Some(reader) = Reader::open(path)? else { return Ok(Vec::new()) };
        let mut open = Vec::new();
        for run in reader.runs()? {
            let may_be = run.state != RunState::Refused && run.purged_at.is_none();
            if may_be && is_open(&reader, &run, &[])? {
                open.push(run);
            }
        }
        Ok(open)
    };
    let mut open = read().map_err(|error| refused(&error))?;
    let since = SystemClock.now().saturating_sub(i64::try_from(AGE.as_millis()).unwrap_or(i64::MAX));
    let server = settings.upload.base_url.as_str();
    let is_here = |run: &Run| BaseUrl::parse(&run.server).is_ok_and(|url| url.as_str() == server);
    let all = open.len();
    open.retain(|run| run.started_at >= since && is_here(run));
    if open.len() < all {
        console.warn(say!("leftovers-not-taken", count = all - open.len()));
    }
    open.sort_by_key(|run| (run.started_at, run.number));
    Ok(open)
}
