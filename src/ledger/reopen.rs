//! Taking up a run again: what was in flight is in doubt, what surely was not created may be sent.

use rusqlite::{Connection, TransactionBehavior, params};

use super::LedgerError;
use super::doubts::doubtful;
use super::record::keys_of;
use super::rows::{AttemptEnd, Doubtful, RunState};
use super::sqlite::seq_of;
use crate::domain::outcome::State;

/// Opens run number `run` again, in one transaction: every intent that was found is in doubt, every doubt is to be looked
/// up, and failed tasks, as well as those that ended in one of the states `retry`, are planned anew. `timeout_ms` is the
/// time for an answer from now on; the longer one of it and the run's is kept, for whoever has to look for what is in flight
/// after a kill.
///
/// # Errors
/// The store failed; the run is as it was.
pub fn reopen(
    connection: &mut Connection,
    run: i64,
    retry: &[State],
    timeout_ms: i64,
) -> Result<(), LedgerError> {
    let (first, last) = keys_of(run);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        "UPDATE attempt SET verdict = ?3 WHERE verdict IS NULL AND task IN
             (SELECT id FROM task INDEXED BY task_open WHERE id BETWEEN ?1 AND ?2 AND state < 10 AND state = ?4)",
        params![first, last, AttemptEnd::InDoubt.as_str(), State::Intent as u8],
    )?;
    transaction.execute(
        "UPDATE task INDEXED BY task_open SET state = ?4, attempts_used = attempts_used + 1
         WHERE id BETWEEN ?1 AND ?2 AND state < 10 AND state = ?3",
        params![first, last, State::Intent as u8, State::InDoubt as u8],
    )?;
    // An unresolved task with a doubt of its own is asked about again; one that waited for another run may have its turn.
    transaction.execute(
        "UPDATE task INDEXED BY task_open
         SET (state, note) = (SELECT iif(own, ?5, ?6), iif(own, note, NULL) FROM
             (SELECT EXISTS (SELECT 1 FROM attempt WHERE attempt.task = task.id AND verdict = ?4) AS own))
         WHERE id BETWEEN ?1 AND ?2 AND state < 10 AND state = ?3",
        params![
            first,
            last,
            State::Unresolved as u8,
            AttemptEnd::InDoubt.as_str(),
            State::InDoubt as u8,
            State::Planned as u8
        ],
    )?;
    let mut states = vec![(State::Failed, "INDEXED BY task_failed")];
    states.extend(retry.iter().map(|state| (*state, "NOT INDEXED")));
    for (state, index) in states {
        // The number stands in the statement, for the index covers that state alone.
        let state = state as u8;
        transaction.execute(
            &format!(
                "UPDATE task {index} SET state = ?3, attempts_used = 0, note = NULL
                 WHERE id BETWEEN ?1 AND ?2 AND state = {state}"
            ),
            params![first, last, State::Planned as u8],
        )?;
    }
    transaction.execute(
        "UPDATE run SET state = ?2, finished_at = NULL, exit_code = NULL, ended_by = NULL,
                        settings = json_set(settings, '$.timeout_ms',
                                            max(coalesce(json_extract(settings, '$.timeout_ms'), 0), ?3))
         WHERE number = ?1",
        params![run, RunState::Running as u8, timeout_ms],
    )?;
    transaction.commit()?;
    Ok(())
}

/// What is needed to look for one task that is in doubt, or was in flight when its process died.
///
/// # Errors
/// The store failed.
pub fn doubt_of(connection: &Connection, task: i64) -> Result<Doubtful, LedgerError> {
    connection.execute(
        "UPDATE attempt SET verdict = ?2
         WHERE task = ?1 AND verdict IS NULL AND (SELECT state FROM task WHERE id = ?1) = ?3",
        params![task, AttemptEnd::InDoubt.as_str(), State::Intent as u8],
    )?;
    connection.execute(
        "UPDATE task SET state = ?2, attempts_used = attempts_used + 1 WHERE id = ?1 AND state = ?3",
        params![task, State::InDoubt as u8, State::Intent as u8],
    )?;
    doubtful(connection, task, None)
}

/// The doubts of a run, in upload order.
///
/// # Errors
/// The store failed.
pub fn doubts_of(connection: &Connection, run: i64) -> Result<Vec<Doubtful>, LedgerError> {
    let (first, last) = keys_of(run);
    let mut query = connection.prepare(
        "SELECT id FROM task INDEXED BY task_open
         WHERE id BETWEEN ?1 AND ?2 AND state < 10 AND state = ?3 ORDER BY id",
    )?;
    let ids = query.query_map(params![first, last, State::InDoubt as u8], |row| row.get::<_, i64>(0))?;
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    ids.into_iter().map(|id| doubtful(connection, id, Some(seq_of(id)))).collect()
}
