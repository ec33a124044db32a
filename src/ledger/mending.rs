//! What the rows to be mended are made from: problems, refused tasks, and how the list was read.

use rusqlite::{Row, params};

use super::LedgerError;
use super::column::{damaged, note, state};
use super::read::Reader;
use super::record::keys_of;
use crate::domain::code::Code;
use crate::domain::field::Field;
use crate::domain::note::{Note, ServerWords};
use crate::domain::outcome::{Outcome, State};
use crate::domain::place::{Place, RowRange};
use crate::domain::problem::Problem;
use crate::domain::reading::Reading;

impl Reader {
    /// How the list of a run was read; `None` if an older program recorded it.
    ///
    /// # Errors
    /// The store failed.
    pub fn reading(&self, run: i64) -> Result<Option<Reading>, LedgerError> {
        let settings: String =
            self.connection
                .query_row("SELECT settings FROM run WHERE number = ?1", [run], |row| row.get(0))?;
        let mut settings: serde_json::Value =
            serde_json::from_str(&settings).map_err(|error| LedgerError::Damaged(error.to_string()))?;
        let list = settings.get_mut("list").map(serde_json::Value::take);
        list.map(serde_json::from_value)
            .transpose()
            .map_err(|error| LedgerError::Damaged(format!("how the list was read: {error}")))
    }

    /// Where rows have a problem, and whether it is an error: in the order of tables and rows, some rows more than once.
    ///
    /// # Errors
    /// The store failed.
    pub fn problem_places(&self, run: i64, each: &mut dyn FnMut(Place, Code)) -> Result<(), LedgerError> {
        let mut query = self.connection.prepare(
            "SELECT DISTINCT tbl, row, code FROM problem WHERE run = ?1 AND row > 0 ORDER BY tbl, row",
        )?;
        let mut rows = query.query([run])?;
        while let Some(row) = rows.next()? {
            let code: String = row.get(2)?;
            let code = Code::from_text(&code)
                .ok_or_else(|| LedgerError::Damaged(format!("problem code {code:?}")))?;
            each(Place::row(row.get(0)?, row.get(1)?), code);
        }
        Ok(())
    }

    /// Lends out the problems of a run one by one, in the order of their places, without holding them all.
    ///
    /// # Errors
    /// Those of `read`, and in what it is given: the store failed.
    pub fn with_problems<T, E: From<LedgerError>>(
        &self,
        run: i64,
        read: impl FnOnce(&mut dyn FnMut() -> Result<Option<Problem>, LedgerError>) -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = |error: rusqlite::Error| E::from(LedgerError::from(error));
        let mut query = self
            .connection
            .prepare(
                "SELECT tbl, row, col, field, value, reason FROM problem WHERE run = ?1 AND row > 0
                 ORDER BY tbl, row, col, n",
            )
            .map_err(failed)?;
        let mut rows = query.query([run]).map_err(failed)?;
        read(&mut || rows.next()?.map(problem).transpose().map_err(LedgerError::from))
    }

    /// The tasks that the server refused for good: where their rows are, and why.
    ///
    /// # Errors
    /// The store failed.
    pub fn rejected(&self, run: i64) -> Result<Vec<(Vec<RowRange>, Note)>, LedgerError> {
        let (first, last) = keys_of(run);
        let mut query = self.connection.prepare(
            "SELECT places, note FROM task WHERE id BETWEEN ?1 AND ?2 AND state = ?3 AND places IS NOT NULL ORDER BY id",
        )?;
        let rows = query.query_map(params![first, last, State::Rejected as u8], |row| {
            let places: String = row.get(0)?;
            let places = serde_json::from_str(&places).map_err(|error| damaged(0, error.to_string()))?;
            Ok((places, note(row, 1)?.unwrap_or_else(|| Note::Server(ServerWords::default()))))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The phones of all tasks with one of these outcomes.
    ///
    /// # Errors
    /// The store failed.
    pub fn phones(
        &self,
        run: i64,
        outcomes: &[Outcome],
        each: &mut dyn FnMut(&str),
    ) -> Result<(), LedgerError> {
        let (first, last) = keys_of(run);
        let mut query = self.connection.prepare(
            "SELECT state, user_phone FROM task WHERE id BETWEEN ?1 AND ?2 AND user_phone IS NOT NULL",
        )?;
        let mut rows = query.query([first, last])?;
        while let Some(row) = rows.next()? {
            if outcomes.contains(&state(row, 0)?.outcome()) {
                each(row.get_ref(1)?.as_str().map_err(|error| damaged(1, error.to_string()))?);
            }
        }
        Ok(())
    }
}

fn problem(row: &Row<'_>) -> Result<Problem, rusqlite::Error> {
    let reason: String = row.get(5)?;
    let field: Option<String> = row.get(3)?;
    let value: Option<String> = row.get(4)?;
    Ok(Problem {
        reason: serde_json::from_str(&reason).map_err(|error| damaged(5, error.to_string()))?,
        at: Place { table: row.get(0)?, row: row.get(1)?, column: row.get(2)? },
        field: field.as_deref().and_then(Field::from_name),
        value: value.map(Into::into),
    })
}
