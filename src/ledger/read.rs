//! Reading the ledger beside whoever writes it: reports, lists of runs. Needs no lock.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};

use super::column::{count, damaged, note, result_row, state};
use super::history::Earlier;
use super::record::keys_of;
pub use super::records::{Counts, ResultRow, Run, Tally};
use super::rows::{InputFile, RunState, TableRow};
use super::{LedgerError, Secret, schema};
use crate::domain::code::Code;
use crate::domain::note::Note;
use crate::domain::outcome::{Outcome, State};
use crate::domain::place::{Names, TableName};

/// An open ledger that nothing is written to.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
    /// The schema of the file.
    pub(super) version: u32,
}

impl Reader {
    /// Opens the file; `None` where there is none, which means that nothing was ever run.
    ///
    /// # Errors
    /// The file cannot be read, is no ledger, or is newer than this program.
    pub fn open(path: &Path) -> Result<Option<Self>, LedgerError> {
        if !path.exists() {
            return Ok(None);
        }
        let cannot =
            |error: rusqlite::Error| LedgerError::Open { path: path.to_owned(), detail: error.to_string() };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(cannot)?;
        connection.busy_timeout(std::time::Duration::from_secs(10)).map_err(cannot)?;
        let found: u32 =
            connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(cannot)?;
        match found {
            0 => Ok(None),
            found if found > schema::NEWEST => {
                Err(LedgerError::Newer { path: path.to_owned(), found, known: schema::NEWEST })
            }
            version => Ok(Some(Self { connection, version })),
        }
    }

    /// The key under which phones and contents are looked up.
    ///
    /// # Errors
    /// The store failed, or has lost the key.
    pub fn secret(&self) -> Result<Secret, LedgerError> {
        super::open::stored_secret(&self.connection)?
            .ok_or_else(|| LedgerError::Damaged("its key is missing".to_owned()))
    }

    /// What all runs have for a phone: created or in doubt, latest first.
    ///
    /// # Errors
    /// The store failed.
    pub fn earlier(&self, phone_key: &[u8; 16], identity: &[u8; 16]) -> Result<Vec<Earlier>, LedgerError> {
        super::history::of_phone(&self.connection, phone_key, identity)
    }

    /// All runs, latest first.
    ///
    /// # Errors
    /// The store failed.
    pub fn runs(&self) -> Result<Vec<Run>, LedgerError> {
        self.select_runs("ORDER BY run.number DESC", &[])
    }

    /// The run of this id, or the latest one.
    ///
    /// # Errors
    /// The store failed.
    pub fn run(&self, id: Option<&str>) -> Result<Option<Run>, LedgerError> {
        let mut runs = match id {
            Some(id) => self.select_runs("WHERE run.id = ?1", &[&id])?,
            None => self.select_runs("ORDER BY run.number DESC LIMIT 1", &[])?,
        };
        Ok(runs.pop())
    }

    pub(super) fn select_runs(
        &self,
        rest: &str,
        parameters: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<Run>, LedgerError> {
        // What is only read is not brought to the newest schema.
        let newer = if self.version < 4 { "NULL, NULL" } else { "run.total_amount, run.purged_at" };
        let mut query = self.connection.prepare(&format!(
            "SELECT run.number, run.id, server.base_url, run.sandbox, run.state, run.started_at, run.finished_at,
                    run.operator, run.host, run.report_dir, run.rows, run.rows_invalid, run.rows_left_out, run.lookups,
                    run.exit_code, run.ended_by, {newer}
             FROM run JOIN server ON server.number = run.server {rest}"
        ))?;
        let rows = query.query_map(parameters, |row| {
            let state: u8 = row.get(4)?;
            let left_out: String = row.get(12)?;
            Ok(Run {
                number: row.get(0)?,
                id: row.get(1)?,
                server: row.get(2)?,
                sandbox: row.get(3)?,
                state: RunState::from_number(state)
                    .ok_or_else(|| damaged(4, format!("run state {state}")))?,
                started_at: row.get(5)?,
                finished_at: row.get(6)?,
                operator: row.get(7)?,
                host: row.get(8)?,
                report_dir: PathBuf::from(row.get::<_, String>(9)?),
                rows: count(row, 10)?,
                rows_invalid: count(row, 11)?,
                rows_left_out: serde_json::from_str(&left_out)
                    .map_err(|error| damaged(12, error.to_string()))?,
                lookups: count(row, 13)?,
                exit_code: row.get(14)?,
                ended_by: row.get(15)?,
                total_amount: row.get(16)?,
                purged_at: row.get(17)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The files of a run, in the order in which they were named.
    ///
    /// # Errors
    /// The store failed.
    pub fn input_files(&self, run: i64) -> Result<Vec<InputFile>, LedgerError> {
        let mut query = self
            .connection
            .prepare("SELECT path, sha256, rows FROM input_file WHERE run = ?1 ORDER BY file")?;
        let rows = query.query_map([run], |row| {
            Ok(InputFile { path: row.get(0)?, sha256: row.get(1)?, rows: count(row, 2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The tables of a run, in the order in which they were read.
    ///
    /// # Errors
    /// The store failed.
    pub fn input_tables(&self, run: i64) -> Result<Vec<TableRow>, LedgerError> {
        let mut query = self
            .connection
            .prepare("SELECT file, sheet, headers FROM input_table WHERE run = ?1 ORDER BY idx")?;
        let rows = query.query_map([run], |row| {
            let headers: String = row.get(2)?;
            let headers = serde_json::from_str(&headers).map_err(|error| damaged(2, error.to_string()))?;
            Ok(TableRow { file: row.get(0)?, sheet: row.get(1)?, headers })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The names of a run's tables, for the places in its problems and notes.
    ///
    /// # Errors
    /// The store failed.
    pub fn names(&self, run: i64) -> Result<Names, LedgerError> {
        let files = self.input_files(run)?;
        let tables = self.input_tables(run)?.into_iter().map(|table| TableName {
            file: files.get(usize::from(table.file)).map(|file| file.path.clone()).unwrap_or_default(),
            sheet: table.sheet,
            headers: table.headers,
        });
        Ok(Names(tables.collect()))
    }

    /// Lines and rows by outcome, and the POSTs behind them.
    ///
    /// # Errors
    /// The store failed.
    pub fn counts(&self, run: i64) -> Result<Counts, LedgerError> {
        let (first, last) = keys_of(run);
        // Added up here: grouping by state would sort all tasks first.
        let mut query = self
            .connection
            .prepare("SELECT state, row_count, attempts, given_back, total_amount FROM task WHERE id BETWEEN ?1 AND ?2")?;
        let mut rows = query.query([first, last])?;
        let mut counts = Counts::default();
        while let Some(row) = rows.next()? {
            let tally = counts.tallies.entry(state(row, 0)?.outcome()).or_default();
            let total = row.get_ref(4)?.as_str_or_null().map_err(|error| damaged(4, error.to_string()))?;
            tally.add(count(row, 1)?, total);
            let posts = count(row, 2)?.saturating_sub(count(row, 3)?);
            counts.posts += posts;
            counts.retried += posts.saturating_sub(1);
        }
        Ok(counts)
    }

    /// How many tasks were skipped because an earlier run had made the very same.
    ///
    /// # Errors
    /// The store failed.
    pub fn already_created(&self, run: i64) -> Result<u64, LedgerError> {
        let (first, last) = keys_of(run);
        Ok(self.connection.query_row(
            "SELECT count(*) FROM task WHERE id BETWEEN ?1 AND ?2 AND state = ?3
             AND (json_extract(note, '$.kind') = 'already-created'
                  OR (json_extract(note, '$.kind') = 'at-server' AND json_extract(note, '$.within')))",
            params![first, last, State::Skipped as u8],
            |row| count(row, 0),
        )?)
    }

    /// Why lines that could be sent were not created: one note of each kind, and how many lines have it.
    ///
    /// # Errors
    /// The store failed.
    pub fn notes(&self, run: i64) -> Result<Vec<(Outcome, Note, u64)>, LedgerError> {
        let (first, last) = keys_of(run);
        let mut query = self.connection.prepare(
            "SELECT state, min(note), count(*)
             FROM (SELECT id, state, note, json_extract(note, '$.kind') AS kind FROM task
                   WHERE id BETWEEN ?1 AND ?2 AND note IS NOT NULL AND state <> ?3)
             GROUP BY state, iif(kind IN ('server', 'not-sent'), note, kind || coalesce(json_extract(note, '$.doubt'), ''))
             ORDER BY count(*) DESC, min(id)",
        )?;
        let rows = query.query_map(params![first, last, State::Invalid as u8], |row| {
            Ok((state(row, 0)?.outcome(), note(row, 1)?, count(row, 2)?))
        })?;
        rows.filter_map(|row| match row {
            Ok((outcome, Some(note), count)) => Some(Ok((outcome, note, count))),
            Ok((_, None, _)) => None,
            Err(error) => Some(Err(error.into())),
        })
        .collect()
    }

    /// How often each problem code was found.
    ///
    /// # Errors
    /// The store failed.
    pub fn problems(&self, run: i64) -> Result<Vec<(Code, u64)>, LedgerError> {
        let mut query =
            self.connection.prepare("SELECT code, count(*) FROM problem WHERE run = ?1 GROUP BY code")?;
        let rows = query.query_map([run], |row| Ok((row.get::<_, String>(0)?, count(row, 1)?)))?;
        let mut problems = Vec::new();
        for row in rows {
            let (code, count) = row?;
            let code = Code::from_text(&code)
                .ok_or_else(|| LedgerError::Damaged(format!("problem code {code:?}")))?;
            problems.push((code, count));
        }
        problems.sort();
        Ok(problems)
    }

    /// POSTs of a run that were answered with 429.
    ///
    /// # Errors
    /// The store failed.
    pub fn throttled(&self, run: i64) -> Result<u64, LedgerError> {
        let (first, last) = keys_of(run);
        Ok(self.connection.query_row(
            "SELECT count(*) FROM attempt WHERE task BETWEEN ?1 AND ?2 AND verdict = 'throttled'",
            [first, last],
            |row| count(row, 0),
        )?)
    }

    /// Calls `each` for every line of the results in upload order, without holding them all.
    ///
    /// # Errors
    /// The store failed, or `each` did.
    pub fn results<E: From<LedgerError>>(
        &self,
        run: i64,
        mut each: impl FnMut(&ResultRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (first, last) = keys_of(run);
        let failed = |error: rusqlite::Error| E::from(LedgerError::from(error));
        let mut query = self
            .connection
            .prepare(
                "SELECT id & 0xFFFFFFFF, state, source, rows, row_count, user_phone, user_name, assignee_username, name,
                        orders, total_amount, note, attempts - given_back, server_id, creation_id, conversation_id,
                        http_status, sent_at, finished_at, latency_ms
                 FROM task WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            )
            .map_err(failed)?;
        let (id, is_refused): (String, bool) = self
            .connection
            .query_row(
                "SELECT id, state = ?2 FROM run WHERE number = ?1",
                params![run, RunState::Refused as u8],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(failed)?;
        let mut rows = query.query([first, last]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            each(&ResultRow { is_refused, ..result_row(row, &id).map_err(failed)? })?;
        }
        Ok(())
    }

    /// The settings of a run, as they were written.
    ///
    /// # Errors
    /// The store failed.
    pub fn settings(&self, run: i64) -> Result<String, LedgerError> {
        Ok(self
            .connection
            .query_row("SELECT settings FROM run WHERE number = ?1", [run], |row| row.get(0))?)
    }

    /// How many tasks of a run have not come to an end.
    ///
    /// # Errors
    /// The store failed.
    pub fn open_tasks(&self, run: i64) -> Result<u64, LedgerError> {
        let (first, last) = keys_of(run);
        Ok(self.connection.query_row(
            "SELECT count(*) FROM task INDEXED BY task_open WHERE id BETWEEN ?1 AND ?2 AND state < 10",
            [first, last],
            |row| count(row, 0),
        )?)
    }

    /// The tasks of a run for a phone: key, state, why.
    ///
    /// # Errors
    /// The store failed.
    pub fn tasks_of(&self, run: i64, phone: &str) -> Result<Vec<(i64, State, Option<Note>)>, LedgerError> {
        let (first, last) = keys_of(run);
        let mut query = self.connection.prepare(
            "SELECT id, state, note FROM task
             WHERE id BETWEEN ?1 AND ?2 AND user_phone = ?3 AND phone_key IS NOT NULL ORDER BY id",
        )?;
        let rows = query
            .query_map(params![first, last, phone], |row| Ok((row.get(0)?, state(row, 1)?, note(row, 2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether the run has tasks that can be gone on with: pending, in doubt, or failed.
    ///
    /// # Errors
    /// The store failed.
    pub fn can_go_on(&self, run: i64) -> Result<bool, LedgerError> {
        let (first, last) = keys_of(run);
        for sql in [
            "SELECT id FROM task INDEXED BY task_open WHERE id BETWEEN ?1 AND ?2 AND state < 10 LIMIT 1",
            "SELECT id FROM task INDEXED BY task_failed WHERE id BETWEEN ?1 AND ?2 AND state = 13 LIMIT 1",
        ] {
            if self.connection.prepare(sql)?.exists([first, last])? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
