//! What earlier runs did for a phone, and what follows for a new task: the guard against tasking a user twice.

use rusqlite::{Connection, params};

use super::LedgerError;
use crate::domain::note::Note;
use crate::domain::outcome::State;

/// What to do with a user who got a task with other content within the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Hold it back.
    Skip,
    /// Send it: a second task is wanted.
    Send,
}

/// The rule of a run.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Runs begun before this (milliseconds since 1970) do not count; `None`: created tasks never hold anything back.
    pub since: Option<i64>,
    /// What other content means.
    pub changed: Changed,
}

/// A task of another run for the same phone at the same server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its key in the ledger.
    pub task: i64,
    /// Its run.
    pub run: String,
    /// Whether that run is a later one than the run that asks.
    pub later: bool,
    /// When that run began.
    pub started_at: i64,
    /// Where it stands.
    pub state: State,
    /// Whether its content is the same.
    pub same_content: bool,
    /// Its id at the server, if created.
    pub server_id: Option<i64>,
}

/// What becomes of a task, given what other runs did for its phone.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// It may be sent.
    Send,
    /// It is held back in this state, for this reason.
    Hold(State, Note),
    /// A task of an earlier run may exist: it has to be looked up first.
    Ask {
        /// Its key in the ledger.
        task: i64,
        /// Its run.
        run: String,
    },
}

/// Decides whether a task may be sent, given the others for its phone, latest first.
///
/// A doubt counts whatever its age: a task that may exist does not go away by waiting. What a later run did counts
/// whatever the window: the older run is only taken up again.
pub fn decide(earlier: &[Earlier], rule: Rule) -> Ruling {
    let created = |same: bool| {
        earlier.iter().find(|task| {
            task.state == State::Created
                && task.same_content == same
                && (task.later || rule.since.is_some_and(|since| task.started_at >= since))
        })
    };
    if let Some(task) = created(true) {
        let note = Note::AlreadyCreated { run: task.run.clone(), task_id: task.server_id.unwrap_or(0) };
        return Ruling::Hold(State::Skipped, note);
    }
    if let Some(task) = earlier.iter().find(|task| task.later) {
        let run = task.run.clone();
        let note = match (task.state, task.server_id) {
            (State::Created, id) => Note::CreatedLater { run, task_id: id.unwrap_or(0) },
            _ => Note::InDoubtLater { run },
        };
        return Ruling::Hold(State::Skipped, note);
    }
    let doubtful = |task: &&Earlier| matches!(task.state, State::Intent | State::InDoubt | State::Unresolved);
    if let Some(task) = earlier.iter().find(doubtful) {
        return Ruling::Ask { task: task.task, run: task.run.clone() };
    }
    if rule.changed == Changed::Skip
        && let Some(task) = created(false)
    {
        let note = Note::ChangedSinceCreated { run: task.run.clone(), task_id: task.server_id.unwrap_or(0) };
        return Ruling::Hold(State::Skipped, note);
    }
    Ruling::Send
}

/// Finds what all runs in the ledger have for this phone: created or in doubt, latest first.
///
/// # Errors
/// The store failed.
pub fn of_phone(
    connection: &Connection,
    phone_key: &[u8; 16],
    identity: &[u8; 16],
) -> Result<Vec<Earlier>, LedgerError> {
    // No task has a negative key.
    earlier(connection, phone_key, identity, (-1, -1))
}

/// Finds what other runs have for this phone: created or in doubt, latest first. A task that was itself held back by a
/// doubt was never sent, and is none: the run that is cited has to be the one that sent something.
///
/// `own` is the range of task keys of the asking run, which do not count.
pub(super) fn earlier(
    connection: &Connection,
    phone_key: &[u8; 16],
    identity: &[u8; 16],
    own: (i64, i64),
) -> Result<Vec<Earlier>, LedgerError> {
    let mut query = connection.prepare_cached(
        "SELECT run.id, run.started_at, task.state, task.identity = ?2, task.server_id, task.id
         FROM task JOIN run ON run.number = task.id >> 32
         WHERE task.phone_key = ?1 AND task.id NOT BETWEEN ?3 AND ?4 AND task.state IN (1, 2, 3, 10)
               AND (task.state = 10 OR EXISTS (SELECT 1 FROM attempt WHERE attempt.task = task.id
                                               AND (verdict IS NULL OR verdict = 'in-doubt')))
         ORDER BY task.id DESC",
    )?;
    let rows = query.query_map(params![phone_key, identity, own.0, own.1], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, u8>(2)?, row.get(3)?, row.get(4)?, row.get::<_, i64>(5)?))
    })?;
    rows.map(|row| {
        let (run, started_at, state, same_content, server_id, task) = row?;
        let state =
            State::from_number(state).ok_or_else(|| LedgerError::Damaged(format!("task state {state}")))?;
        Ok(Earlier {
            task,
            run,
            later: task > own.1 && own.1 >= 0,
            started_at,
            state,
            same_content,
            server_id,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(state: State, same_content: bool, started_at: i64) -> Earlier {
        Earlier {
            task: 5,
            run: "r".to_owned(),
            later: false,
            started_at,
            state,
            same_content,
            server_id: Some(9),
        }
    }

    fn later(state: State, same_content: bool) -> Earlier {
        Earlier { later: true, ..task(state, same_content, 1) }
    }

    #[test]
    fn who_is_held_back() {
        let run = || "r".to_owned();
        let already = || Ruling::Hold(State::Skipped, Note::AlreadyCreated { run: run(), task_id: 9 });
        let changed = || Ruling::Hold(State::Skipped, Note::ChangedSinceCreated { run: run(), task_id: 9 });
        let created_later = || Ruling::Hold(State::Skipped, Note::CreatedLater { run: run(), task_id: 9 });
        let doubt_later = || Ruling::Hold(State::Skipped, Note::InDoubtLater { run: run() });
        let ask = || Ruling::Ask { task: 5, run: run() };
        let skip = Rule { since: Some(100), changed: Changed::Skip };
        let send = Rule { since: Some(100), changed: Changed::Send };
        let off = Rule { since: None, changed: Changed::Skip };
        let created = State::Created;
        for (case, earlier, rule, want) in [
            ("nobody", vec![], skip, Ruling::Send),
            ("same, inside", vec![task(created, true, 100)], skip, already()),
            ("same, outside", vec![task(created, true, 99)], skip, Ruling::Send),
            ("same, inside, send", vec![task(created, true, 100)], send, already()),
            ("same, window off", vec![task(created, true, 100)], off, Ruling::Send),
            ("other, inside", vec![task(created, false, 100)], skip, changed()),
            ("other, inside, send", vec![task(created, false, 100)], send, Ruling::Send),
            ("other, outside", vec![task(created, false, 99)], skip, Ruling::Send),
            ("doubt, old", vec![task(State::Unresolved, false, 1)], skip, ask()),
            ("doubt, send", vec![task(State::Intent, true, 1)], send, ask()),
            ("doubt, window off", vec![task(State::InDoubt, true, 1)], off, ask()),
            (
                "created and doubt",
                vec![task(State::Intent, false, 200), task(created, true, 150)],
                skip,
                already(),
            ),
            ("later, same", vec![later(created, true)], off, already()),
            ("later, other", vec![later(created, false)], send, created_later()),
            ("later, in doubt", vec![later(State::InDoubt, true)], send, doubt_later()),
            (
                "later before an earlier doubt",
                vec![later(created, false), task(State::Unresolved, true, 1)],
                skip,
                created_later(),
            ),
        ] {
            assert_eq!(decide(&earlier, rule), want, "{case}");
        }
    }
}
