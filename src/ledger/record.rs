//! Recording a whole run before anything of it is sent: one transaction, all or nothing.

use rusqlite::{CachedStatement, Connection, Transaction, TransactionBehavior, params};

use super::open::fold_by_itself;
use super::rows::{InputFile, NewRun, NewTask, TableRow};
use super::{LedgerError, schema};
use crate::domain::problem::Problem;

/// Writes a run, its inputs, problems and tasks; dropped without [`Recorder::commit`], nothing of it remains.
pub struct Recorder<'c> {
    connection: &'c Connection,
    // Before the transaction, which they must not outlive.
    task: CachedStatement<'c>,
    body: CachedStatement<'c>,
    transaction: Transaction<'c>,
    run: i64,
    problems: i64,
}

impl<'c> Recorder<'c> {
    /// Begins with the run itself.
    ///
    /// # Errors
    /// The store failed.
    pub fn begin(connection: &'c mut Connection, run: &NewRun) -> Result<Self, LedgerError> {
        debug_assert!(schema::version(connection).is_ok_and(|version| version == schema::NEWEST));
        // Not within the commit, which the first request waits for: see `fold_beside`.
        let connection: &Connection = connection;
        fold_by_itself(connection, false)?;
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        transaction
            .execute("INSERT INTO server (base_url) VALUES (?1) ON CONFLICT DO NOTHING", [&run.server])?;
        let left_out = serde_json::to_string(&run.rows_left_out).unwrap_or_default();
        transaction.execute(
            "INSERT INTO run (id, server, sandbox, state, started_at, operator, host, report_dir, settings, rows,
                              rows_invalid, rows_left_out, exit_code, finished_at, total_amount)
             VALUES (?1, (SELECT number FROM server WHERE base_url = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                     ?13, iif(?13 IS NULL, NULL, ?5), ?14)",
            params![
                run.id,
                run.server,
                run.sandbox,
                run.state as u8,
                run.started_at,
                run.operator,
                run.host,
                run.report_dir,
                run.settings,
                run.rows.cast_signed(),
                run.rows_invalid.cast_signed(),
                left_out,
                run.exit_code,
                run.total_amount
            ],
        )?;
        let run = transaction.last_insert_rowid();
        let task = connection.prepare_cached(
            "INSERT INTO task (id, state, phone_key, identity, source, rows, row_count, user_phone, user_name,
                               assignee_username, name, orders, total_amount, note, places)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?;
        let body = connection.prepare_cached("INSERT INTO body (task, json) VALUES (?1, ?2)")?;
        Ok(Self { connection, task, body, transaction, run, problems: 0 })
    }

    /// Adds one file that was read.
    ///
    /// # Errors
    /// The store failed.
    pub fn input_file(&mut self, index: u16, file: &InputFile) -> Result<(), LedgerError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO input_file (run, file, path, sha256, rows) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![self.run, index, file.path, file.sha256, file.rows.cast_signed()])?;
        Ok(())
    }

    /// Adds one table that was read.
    ///
    /// # Errors
    /// The store failed.
    pub fn input_table(&mut self, index: u16, table: &TableRow) -> Result<(), LedgerError> {
        let headers = serde_json::to_string(&table.headers).unwrap_or_default();
        self.transaction
            .prepare_cached(
                "INSERT INTO input_table (run, idx, file, sheet, headers) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![self.run, index, table.file, table.sheet, headers])?;
        Ok(())
    }

    /// Adds one problem, in the order in which problems are shown.
    ///
    /// # Errors
    /// The store failed.
    pub fn problem(&mut self, problem: &Problem) -> Result<(), LedgerError> {
        let reason =
            serde_json::to_string(&problem.reason).map_err(|error| LedgerError::Failed(error.to_string()))?;
        self.transaction
            .prepare_cached(
                "INSERT INTO problem (run, n, code, tbl, row, col, field, value, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                self.run,
                self.problems,
                problem.code().as_str(),
                problem.at.table,
                problem.at.row,
                problem.at.column,
                problem.field.map(|field| field.as_str()),
                problem.value,
                reason
            ])?;
        self.problems += 1;
        Ok(())
    }

    /// Adds one line of the results.
    ///
    /// # Errors
    /// The store failed.
    pub fn task(&mut self, task: &NewTask<'_>) -> Result<(), LedgerError> {
        let id = key(self.run, task.seq);
        let note = match task.note {
            Some(note) => {
                Some(serde_json::to_string(note).map_err(|error| LedgerError::Failed(error.to_string()))?)
            }
            None => None,
        };
        let places =
            serde_json::to_string(task.places).map_err(|error| LedgerError::Failed(error.to_string()))?;
        self.task.execute(params![
            id,
            task.state as u8,
            task.phone_key,
            task.identity,
            task.source,
            task.rows,
            task.row_count,
            task.user_phone,
            task.user_name,
            task.assignee_username,
            task.name,
            task.orders,
            task.total_amount,
            note,
            places
        ])?;
        if !task.body.is_empty() {
            self.body.execute(params![id, task.body])?;
        }
        Ok(())
    }

    /// Makes all of it durable; gives the run's number. The WAL is left long: see [`fold_beside`](super::fold_beside).
    ///
    /// # Errors
    /// The store failed; nothing of the run remains.
    pub fn commit(self) -> Result<i64, LedgerError> {
        self.transaction.commit()?;
        fold_by_itself(self.connection, true)?;
        Ok(self.run)
    }
}

/// The key of a task.
pub(super) fn key(run: i64, seq: u32) -> i64 {
    (run << 32) | i64::from(seq)
}

/// The first and the last key that a run's tasks can have.
pub(super) fn keys_of(run: i64) -> (i64, i64) {
    (key(run, 0), key(run, u32::MAX))
}
