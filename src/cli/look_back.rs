//! What earlier runs did for the users of a list, looked up without taking the ledger: a list is checked while others
//! upload.

use super::settings::Settings;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::note::Note;
use crate::domain::problem::{Problem, Reason};
use crate::ledger::LedgerError;
use crate::ledger::history::{Changed, Rule, Ruling, decide};
use crate::ledger::read::Reader;
use crate::plan::Plan;

/// What an upload of the list would meet.
#[derive(Debug, Default)]
pub(super) struct LookBack {
    /// Tasks that an earlier run created with the same content.
    pub already: u64,
    /// Tasks of users for whom an earlier run created one with other content.
    pub changed: u64,
    /// Tasks of users who may have one from an earlier run.
    pub doubtful: u64,
    /// Where content changed.
    pub problems: Vec<Problem>,
}

impl LookBack {
    /// Tasks that would not be sent.
    pub(super) fn held_back(&self) -> u64 {
        self.already + self.changed + self.doubtful
    }
}

/// Looks up every task of a plan. Without a ledger nothing was ever created.
///
/// # Errors
/// The ledger cannot be read.
pub(super) fn look_back(plan: &Plan, settings: &Settings) -> Result<LookBack, LedgerError> {
    let mut found = LookBack::default();
    let Ok(path) = settings.global.ledger() else { return Ok(found) };
    let Some(reader) = Reader::open(path)? else { return Ok(found) };
    let secret = reader.secret()?;
    let server = settings.upload.base_url.as_str();
    let window = settings.upload.dedupe_window_ms();
    let rule = Rule {
        since: window.map(|window| SystemClock.now() - window),
        changed: settings.upload.changed.unwrap_or(Changed::Skip),
    };
    for line in plan.lines() {
        let Ok(task) = &line.task else { continue };
        let (phone, content) = (secret.phone_key(server, &task.user_phone), secret.identity(&task.content()));
        match decide(&reader.earlier(&phone, &content)?, rule) {
            Ruling::Hold(_, Note::AlreadyCreated { .. }) => found.already += 1,
            Ruling::Hold(_, Note::ChangedSinceCreated { run, task_id }) => {
                found.changed += 1;
                found
                    .problems
                    .push(Problem::at(Reason::ChangedSinceCreated { run: run.into(), task_id }, line.at));
            }
            Ruling::Ask { .. } | Ruling::Hold(..) => found.doubtful += 1,
            Ruling::Send => {}
        }
    }
    Ok(found)
}
