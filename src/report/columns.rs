//! The columns of the results, once for all formats.

use jiff::Timestamp;

use crate::domain::place::Names;
use crate::domain::quote::visible;
use crate::ledger::read::ResultRow;

/// The longest text of an error, in characters.
const ERROR: usize = 500;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, which a spreadsheet must not take for anything else.
    Text,
    /// A count or milliseconds.
    Number,
}

/// One column.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    pub(super) text: fn(&ResultRow, &Names) -> String,
}

const fn text(title: &'static str, text: fn(&ResultRow, &Names) -> String) -> Column {
    Column { title, kind: Kind::Text, text }
}

const fn number(title: &'static str, text: fn(&ResultRow, &Names) -> String) -> Column {
    Column { title, kind: Kind::Number, text }
}

/// All columns, in the order of the contract.
pub(super) const COLUMNS: [Column; 20] = [
    text("source", |row, _| row.source.clone()),
    text("rows", |row, _| row.rows.clone()),
    text("user_phone", |row, _| row.user_phone.clone().unwrap_or_default()),
    text("user_name", |row, _| row.user_name.clone().unwrap_or_default()),
    text("assignee_username", |row, _| row.assignee_username.clone().unwrap_or_default()),
    text("name", |row, _| row.name.clone().unwrap_or_default()),
    number("orders", |row, _| row.orders.to_string()),
    text("total_amount", |row, _| row.total_amount.clone().unwrap_or_default()),
    text("outcome", |row, _| row.outcome.to_string()),
    text("task_id", |row, _| optional(row.task_id)),
    text("creation_id", |row, _| optional(row.creation_id)),
    text("conversation_id", |row, _| optional(row.conversation_id)),
    text("error_code", |row, _| row.note.as_ref().map(|note| note.code()).unwrap_or_default()),
    text("error", |row, names| {
        let message = row.note.as_ref().map(|note| note.message(names)).unwrap_or_default();
        visible(&message).chars().take(ERROR).collect()
    }),
    text("hint", |row, names| {
        row.note.as_ref().map(|note| note.remedy(row.outcome, names, row.about())).unwrap_or_default()
    }),
    number("attempts", |row, _| row.attempts.to_string()),
    text("http_status", |row, _| optional(row.http_status)),
    text("sent_at", |row, _| time(row.sent_at)),
    text("finished_at", |row, _| time(row.finished_at)),
    number("latency_ms", |row, _| optional(row.latency_ms)),
];

fn optional(number: Option<impl ToString>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// `2026-11-22T01:30:00.123Z`
pub(super) fn time(millis: Option<i64>) -> String {
    let at = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok());
    at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()).unwrap_or_default()
}
