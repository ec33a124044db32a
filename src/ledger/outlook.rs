//! What whoever watches a ledger asks of it: where the rows of a task stand, when a run last went well, what is left to do.

use rusqlite::{OptionalExtension as _, params};

use super::LedgerError;
use super::column::count;
use super::read::{Reader, Run};
use super::record::{key, keys_of};
use super::rows::RunState;
use crate::domain::outcome::State;

/// Where the rows of a task stand, as the results name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceRows {
    /// File (and sheet) of the first row; `None` where the task is not known.
    pub source: Option<String>,
    /// `17..19;25`
    pub rows: Option<String>,
}

/// What all runs of a ledger have left to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unfinished {
    /// Runs that can be taken up again.
    pub runs: u64,
    /// Tasks of theirs that were not sent.
    pub pending: u64,
    /// Tasks that may exist, and nobody knows.
    pub unresolved: u64,
    /// Tasks that were surely not created, because the attempts were used up.
    pub failed: u64,
}

impl Reader {
    /// Where the rows of a task stand; `None` if there is no such task.
    ///
    /// # Errors
    /// The store failed.
    pub fn rows_of(&self, run: i64, seq: u32) -> Result<Option<SourceRows>, LedgerError> {
        let mut query = self.connection.prepare_cached("SELECT source, rows FROM task WHERE id = ?1")?;
        let found = query
            .query_row([key(run, seq)], |row| Ok(SourceRows { source: row.get(0)?, rows: row.get(1)? }))
            .optional()?;
        Ok(found)
    }

    /// When the latest run with this exit code ended at a real server, milliseconds since 1970; `None` if there is none.
    ///
    /// # Errors
    /// The store failed.
    pub fn last_with_exit_code(&self, exit_code: i32) -> Result<Option<i64>, LedgerError> {
        let sql = "SELECT max(finished_at) FROM run WHERE exit_code = ?1 AND NOT sandbox";
        Ok(self.connection.query_row(sql, [exit_code], |row| row.get(0))?)
    }

    /// The run that ended last at a real server.
    ///
    /// # Errors
    /// The store failed.
    pub fn last_ended(&self) -> Result<Option<Run>, LedgerError> {
        let rest = "WHERE run.finished_at IS NOT NULL AND NOT run.sandbox
                    ORDER BY run.finished_at DESC, run.number DESC LIMIT 1";
        Ok(self.select_runs(rest, &[])?.pop())
    }

    /// What is left of all runs but those that were refused or forgotten, `besides` being the one that goes on now.
    ///
    /// # Errors
    /// The store failed.
    pub fn unfinished(&self, besides: Option<i64>) -> Result<Unfinished, LedgerError> {
        let purged = if self.version < 4 { "" } else { "AND purged_at IS NULL" };
        let sql = format!(
            "SELECT number, state = ?2 FROM run
             WHERE state <> ?1 AND NOT sandbox AND number IS NOT ?3 {purged}"
        );
        let mut runs = self.connection.prepare(&sql)?;
        let mut runs = runs.query(params![RunState::Refused as u8, RunState::Running as u8, besides])?;
        let mut all = Unfinished::default();
        while let Some(row) = runs.next()? {
            let left = self.left_of(row.get(0)?)?;
            let was_killed: bool = row.get(1)?;
            all.runs += u64::from(was_killed || left != Unfinished::default());
            all.pending += left.pending;
            all.unresolved += left.unresolved;
            all.failed += left.failed;
        }
        Ok(all)
    }

    /// The ids of the runs whose doubts are all that keeps the tasks of this one: nothing is left of it that it could settle
    /// by itself. Empty where something is, and where nothing is left at all.
    ///
    /// # Errors
    /// The store failed.
    pub fn waits_for(&self, run: i64) -> Result<Vec<String>, LedgerError> {
        let (first, last) = keys_of(run);
        let left = self.left_of(run)?;
        if left.pending > 0 || left.failed > 0 {
            return Ok(Vec::new());
        }
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT iif(state = ?3 AND json_extract(note, '$.kind') = 'in-doubt-elsewhere',
                                 json_extract(note, '$.run'), NULL)
             FROM task INDEXED BY task_open WHERE id BETWEEN ?1 AND ?2 AND state < 10",
        )?;
        let rows = query.query_map(params![first, last, State::Unresolved as u8], |row| row.get(0))?;
        let owners: Option<Vec<String>> = rows.collect::<Result<_, _>>()?;
        Ok(owners.unwrap_or_default())
    }

    /// The tasks of one run that can be gone on with; `runs` says nothing.
    pub(super) fn left_of(&self, run: i64) -> Result<Unfinished, LedgerError> {
        let (first, last) = keys_of(run);
        let mut open = self.connection.prepare_cached(
            "SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state > 0)
             FROM task INDEXED BY task_open WHERE id BETWEEN ?1 AND ?2 AND state < 10",
        )?;
        let (pending, unresolved) =
            open.query_row([first, last], |row| Ok((count(row, 0)?, count(row, 1)?)))?;
        let failed = if self.version < 3 {
            "SELECT count(*) FROM task WHERE id BETWEEN ?1 AND ?2 AND state = 13"
        } else {
            "SELECT count(*) FROM task INDEXED BY task_failed WHERE id BETWEEN ?1 AND ?2 AND state = 13"
        };
        let failed = self.connection.prepare_cached(failed)?.query_row([first, last], |row| count(row, 0))?;
        Ok(Unfinished { runs: 0, pending, unresolved, failed })
    }
}
