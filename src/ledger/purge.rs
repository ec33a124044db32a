//! Forgetting people: what a run knew of them goes, what keeps the next run from tasking them twice stays.
//!
//! Counts, ids, times and keyed hashes stay. What is still in doubt stays whole, because looking for it takes its phone and
//! its body; it goes with the next purge after it is settled.

use rusqlite::{Connection, TransactionBehavior, params};

use super::LedgerError;
use super::record::keys_of;
use crate::domain::outcome::State;

/// The states of tasks that have to be looked for.
const IN_DOUBT: [State; 3] = [State::Intent, State::InDoubt, State::Unresolved];

/// A run whose people are to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldRun {
    /// Its number in this ledger.
    pub number: i64,
    /// Its id.
    pub id: String,
    /// The folder of its reports.
    pub report_dir: std::path::PathBuf,
    /// Lines of its results that tell of a person.
    pub people: u64,
    /// Tasks in doubt, which stay.
    pub in_doubt: u64,
    /// Tasks that could still be sent, and cannot afterwards.
    pub pending: u64,
}

fn in_doubt() -> String {
    IN_DOUBT.map(|state| (state as u8).to_string()).join(", ")
}

/// The runs that began before a moment (milliseconds since 1970) and still know people, oldest first.
///
/// # Errors
/// The store failed.
pub fn old_runs(connection: &Connection, before: i64) -> Result<Vec<OldRun>, LedgerError> {
    let mut query = connection
        .prepare("SELECT number, id, report_dir, purged_at FROM run WHERE started_at < ?1 ORDER BY number")?;
    let runs = query.query_map([before], |row| {
        let old = OldRun {
            number: row.get(0)?,
            id: row.get(1)?,
            report_dir: row.get::<_, String>(2)?.into(),
            people: 0,
            in_doubt: 0,
            pending: 0,
        };
        Ok((old, row.get::<_, Option<i64>>(3)?.is_some()))
    })?;
    let mut count = connection.prepare(&format!(
        "SELECT coalesce(sum(state NOT IN ({0})), 0), coalesce(sum(state IN ({0})), 0), coalesce(sum(state = ?3), 0)
         FROM task WHERE id BETWEEN ?1 AND ?2 AND source <> ''",
        in_doubt()
    ))?;
    let mut old = Vec::new();
    for run in runs {
        let (mut run, is_purged) = run?;
        let (first, last) = keys_of(run.number);
        (run.people, run.in_doubt, run.pending) =
            count.query_row(params![first, last, State::Planned as u8], |row| {
                let count = |column| row.get::<_, i64>(column).map(i64::cast_unsigned);
                Ok((count(0)?, count(1)?, count(2)?))
            })?;
        if !is_purged || run.people > 0 {
            old.push(run);
        }
    }
    Ok(old)
}

/// Forgets the people of a run, in one transaction. It counts as purged once [`overwrite`] has been through the file too.
///
/// # Errors
/// The store failed; nothing is forgotten then.
pub fn forget(connection: &mut Connection, run: &OldRun) -> Result<(), LedgerError> {
    let (first, last) = keys_of(run.number);
    let in_doubt = in_doubt();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for sql in [
        // Before the tasks, whose states say which of these stay.
        "DELETE FROM body WHERE task BETWEEN ?1 AND ?2
         AND (SELECT state FROM task WHERE task.id = body.task) NOT IN (IN_DOUBT)",
        "UPDATE attempt SET evidence = NULL WHERE task BETWEEN ?1 AND ?2 AND evidence IS NOT NULL
         AND (SELECT state FROM task WHERE task.id = attempt.task) NOT IN (IN_DOUBT)",
        "UPDATE task SET source = '', rows = '', places = NULL, user_phone = NULL, user_name = NULL,
                         assignee_username = NULL, name = NULL, total_amount = NULL, note = NULL
         WHERE id BETWEEN ?1 AND ?2 AND state NOT IN (IN_DOUBT)",
    ] {
        transaction.execute(&sql.replace("IN_DOUBT", &in_doubt), [first, last])?;
    }
    for sql in [
        // The codes stay, for they are counted.
        "UPDATE problem SET value = NULL, reason = 'null' WHERE run = ?1",
        "UPDATE input_table SET headers = '[]' WHERE run = ?1",
        // A reason may quote the server, and how a list was read may quote the list.
        "UPDATE run SET ended_by = NULL, total_amount = NULL, settings = json_remove(settings, '$.list')
         WHERE number = ?1",
    ] {
        transaction.execute(sql, [run.number])?;
    }
    transaction.commit()?;
    Ok(())
}

/// Removes what was forgotten of some runs from the files too, and marks them as purged; `now` in milliseconds since 1970. What
/// is deleted is overwritten, but pages that were split long ago hold copies of what moved, and the log holds pages as they
/// were: so the file is written anew, and the log emptied. Gives whether it could be; somebody who is reading keeps it, and
/// then nothing is marked.
///
/// # Errors
/// The store failed, for example for want of room for the new file.
pub fn overwrite(connection: &Connection, runs: &[i64], now: i64) -> Result<bool, LedgerError> {
    // As large as the ledger is, it need not fit into memory.
    connection.pragma_update(None, "temp_store", "FILE")?;
    connection.execute_batch("VACUUM")?;
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Ok(false);
    }
    for run in runs {
        connection.execute("UPDATE run SET purged_at = ?2 WHERE number = ?1", params![run, now])?;
    }
    Ok(true)
}
