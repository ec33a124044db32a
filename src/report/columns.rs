//! The columns of the results, once for all formats.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use jiff::Timestamp;

use super::csv::defused;
use super::workbook::Kind;
use crate::domain::place::Names;
use crate::domain::quote::visible;
use crate::ledger::read::ResultRow;

/// The longest text of an error, in characters.
const ERROR: usize = 500;

/// One column.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    /// Appends the text of the cell.
    pub(super) write: fn(&ResultRow<'_>, &Names, &mut String),
}

const fn text(title: &'static str, write: fn(&ResultRow<'_>, &Names, &mut String)) -> Column {
    Column { title, kind: Kind::Text, write }
}

const fn number(title: &'static str, write: fn(&ResultRow<'_>, &Names, &mut String)) -> Column {
    Column { title, kind: Kind::Number, write }
}

/// All columns, in the order of the contract.
pub(super) const COLUMNS: [Column; 20] = [
    text("source", |row, _, cell| cell.push_str(row.source)),
    text("rows", |row, _, cell| cell.push_str(row.rows)),
    text("user_phone", |row, _, cell| cell.push_str(row.user_phone.unwrap_or_default())),
    text("user_name", |row, _, cell| cell.push_str(row.user_name.unwrap_or_default())),
    text("assignee_username", |row, _, cell| cell.push_str(row.assignee_username.unwrap_or_default())),
    text("name", |row, _, cell| cell.push_str(row.name.unwrap_or_default())),
    number("orders", |row, _, cell| show(row.orders, cell)),
    text("total_amount", |row, _, cell| cell.push_str(row.total_amount.unwrap_or_default())),
    text("outcome", |row, _, cell| cell.push_str(row.outcome.as_str())),
    text("task_id", |row, _, cell| optional(row.task_id, cell)),
    text("creation_id", |row, _, cell| optional(row.creation_id, cell)),
    text("conversation_id", |row, _, cell| optional(row.conversation_id, cell)),
    text("error_code", |row, _, cell| optional(row.note.as_ref().map(|note| note.code()), cell)),
    text("error", |row, names, cell| {
        let message = row.note.as_ref().map(|note| note.message(names)).unwrap_or_default();
        let message = visible(&message);
        // The mark before what looks like a formula counts.
        let length = ERROR - usize::from(matches!(defused(&message), Cow::Owned(_)));
        cell.extend(message.chars().take(length));
    }),
    text("hint", |row, names, cell| {
        cell.push_str(&row.remedy(names));
    }),
    number("attempts", |row, _, cell| show(row.attempts, cell)),
    text("http_status", |row, _, cell| optional(row.http_status, cell)),
    text("sent_at", |row, _, cell| write_time(row.sent_at, cell)),
    text("finished_at", |row, _, cell| write_time(row.finished_at, cell)),
    number("latency_ms", |row, _, cell| optional(row.latency_ms, cell)),
];

fn show(value: impl Display, cell: &mut String) {
    // Writing into a string cannot fail.
    let _ = write!(cell, "{value}");
}

fn optional(value: Option<impl Display>, cell: &mut String) {
    if let Some(value) = value {
        show(value, cell);
    }
}

fn write_time(millis: Option<i64>, cell: &mut String) {
    if let Some(at) = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok()) {
        show(format_args!("{at:.3}"), cell);
    }
}

/// `2026-11-22T01:30:00.123Z`
pub(super) fn time(millis: Option<i64>) -> String {
    let mut text = String::new();
    write_time(millis, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits_behind_the_second_and_an_hour_of_two() {
        for (millis, want) in [
            (Some(0), "1970-01-01T00:00:00.000Z"),
            (Some(1_795_311_000_120), "2026-11-22T01:30:00.120Z"),
            (Some(1_795_311_000_999), "2026-11-22T01:30:00.999Z"),
            (Some(i64::MAX), ""),
            (None, ""),
        ] {
            assert_eq!(time(millis), want, "{millis:?}");
        }
    }
}
