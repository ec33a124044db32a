//! What stands in the columns of a row that was read, or in what way it is damaged.

use rusqlite::Row;

use super::records::ResultRow;
use crate::domain::note::{Doubt, Note};
use crate::domain::outcome::State;

/// A line of the results, from a row of the query in [`Reader::results`](super::read::Reader::results).
pub(super) fn result_row<'r>(row: &'r Row<'_>, run: &'r str) -> Result<ResultRow<'r>, rusqlite::Error> {
    let text = |column| row.get_ref(column)?.as_str().map_err(|error| damaged(column, error.to_string()));
    let optional =
        |column| row.get_ref(column)?.as_str_or_null().map_err(|error| damaged(column, error.to_string()));
    let state = state(row, 1)?;
    let note = match (note(row, 11)?, state) {
        // Nobody lived to write down what became of it.
        (Some(note @ Note::Doubt { .. }), State::Intent | State::InDoubt) => Some(note),
        (_, State::Intent | State::InDoubt) => {
            Some(Note::Doubt { doubt: Doubt::Interrupted, detail: String::new(), lookup: None })
        }
        (note, _) => note,
    };
    Ok(ResultRow {
        run,
        is_refused: false,
        seq: row.get(0)?,
        outcome: state.outcome(),
        source: text(2)?,
        rows: text(3)?,
        row_count: row.get(4)?,
        user_phone: optional(5)?,
        user_name: optional(6)?,
        assignee_username: optional(7)?,
        name: optional(8)?,
        orders: row.get(9)?,
        total_amount: optional(10)?,
        note,
        attempts: row.get(12)?,
        task_id: row.get(13)?,
        creation_id: row.get(14)?,
        conversation_id: row.get(15)?,
        http_status: row.get(16)?,
        sent_at: row.get(17)?,
        finished_at: row.get(18)?,
        latency_ms: row.get(19)?,
    })
}

pub(super) fn state(row: &Row<'_>, column: usize) -> Result<State, rusqlite::Error> {
    let number: u8 = row.get(column)?;
    State::from_number(number).ok_or_else(|| damaged(column, format!("task state {number}")))
}

pub(super) fn note(row: &Row<'_>, column: usize) -> Result<Option<Note>, rusqlite::Error> {
    match row.get_ref(column)?.as_str_or_null()? {
        Some(text) => {
            serde_json::from_str(text).map(Some).map_err(|error| damaged(column, error.to_string()))
        }
        None => Ok(None),
    }
}

pub(super) fn count(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| damaged(column, format!("count {number}")))
}

pub(super) fn damaged(column: usize, detail: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, detail.into())
}
