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
    /// Its run.
    pub run: String,
    /// When that run began.
    pub started_at: i64,
    /// Where it stands.
    pub state: State,
    /// Whether its content is the same.
    pub same_content: bool,
    /// Its id at the server, if created.
    pub server_id: Option<i64>,
}

/// Decides whether a task may be sent, given the others for its phone, latest first. `None`: it may.
///
/// A doubt counts whatever its age: a task that may exist does not go away by waiting.
pub fn decide(earlier: &[Earlier], rule: Rule) -> Option<(State, Note)> {
    let created = |same: bool| {
        earlier.iter().find(|task| {
            task.state == State::Created
                && task.same_content == same
                && rule.since.is_some_and(|since| task.started_at >= since)
        })
    };
    if let Some(task) = created(true) {
        let note = Note::AlreadyCreated { run: task.run.clone(), task_id: task.server_id.unwrap_or(0) };
        return Some((State::Skipped, note));
    }
    let doubtful = |task: &&Earlier| matches!(task.state, State::Intent | State::InDoubt | State::Unresolved);
    if let Some(task) = earlier.iter().find(doubtful) {
        return Some((State::Unresolved, Note::InDoubtElsewhere { run: task.run.clone() }));
    }
    if rule.changed == Changed::Skip
        && let Some(task) = created(false)
    {
        let note = Note::ChangedSinceCreated { run: task.run.clone(), task_id: task.server_id.unwrap_or(0) };
        return Some((State::Skipped, note));
    }
    None
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
        "SELECT run.id, run.started_at, task.state, task.identity = ?2, task.server_id
         FROM task JOIN run ON run.number = task.id >> 32
         WHERE task.phone_key = ?1 AND task.id NOT BETWEEN ?3 AND ?4 AND task.state IN (1, 2, 3, 10)
               AND (task.state = 10 OR task.attempts > task.given_back)
         ORDER BY task.id DESC",
    )?;
    let rows = query.query_map(params![phone_key, identity, own.0, own.1], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, u8>(2)?, row.get(3)?, row.get(4)?))
    })?;
    rows.map(|row| {
        let (run, started_at, state, same_content, server_id) = row?;
        let state =
            State::from_number(state).ok_or_else(|| LedgerError::Damaged(format!("task state {state}")))?;
        Ok(Earlier { run, started_at, state, same_content, server_id })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(state: State, same_content: bool, started_at: i64) -> Earlier {
        Earlier { run: "r".to_owned(), started_at, state, same_content, server_id: Some(9) }
    }

    #[test]
    fn who_is_held_back() {
        let created = Note::AlreadyCreated { run: "r".to_owned(), task_id: 9 };
        let changed = Note::ChangedSinceCreated { run: "r".to_owned(), task_id: 9 };
        let doubt = Note::InDoubtElsewhere { run: "r".to_owned() };
        let skip = Rule { since: Some(100), changed: Changed::Skip };
        let send = Rule { since: Some(100), changed: Changed::Send };
        let off = Rule { since: None, changed: Changed::Skip };
        let table = [
            ("nobody", vec![], skip, None),
            (
                "same, inside",
                vec![task(State::Created, true, 100)],
                skip,
                Some((State::Skipped, created.clone())),
            ),
            ("same, outside", vec![task(State::Created, true, 99)], skip, None),
            (
                "same, inside, send",
                vec![task(State::Created, true, 100)],
                send,
                Some((State::Skipped, created.clone())),
            ),
            ("same, window off", vec![task(State::Created, true, 100)], off, None),
            ("other, inside", vec![task(State::Created, false, 100)], skip, Some((State::Skipped, changed))),
            ("other, inside, send", vec![task(State::Created, false, 100)], send, None),
            ("other, outside", vec![task(State::Created, false, 99)], skip, None),
            (
                "doubt, old",
                vec![task(State::Unresolved, false, 1)],
                skip,
                Some((State::Unresolved, doubt.clone())),
            ),
            (
                "doubt, send",
                vec![task(State::Intent, true, 1)],
                send,
                Some((State::Unresolved, doubt.clone())),
            ),
            ("doubt, window off", vec![task(State::InDoubt, true, 1)], off, Some((State::Unresolved, doubt))),
            (
                "created and doubt",
                vec![task(State::Intent, false, 200), task(State::Created, true, 150)],
                skip,
                Some((State::Skipped, created)),
            ),
        ];
        for (case, earlier, rule, want) in table {
            assert_eq!(decide(&earlier, rule), want, "{case}");
        }
    }
}
