//! The cells of a row as a plan sees them: by field, with what stands for them above, read into their final text.

use std::fmt::Write as _;

use super::Context;
use super::layout::Role;
use crate::domain::cell::{Cell, Epoch, Format, Row, Value, is_error_text};
use crate::domain::date::{read_date, read_datetime};
use crate::domain::field::Field;
use crate::domain::money::read_amount;
use crate::domain::phone::read_order_phone;
use crate::domain::problem::Reason;
use crate::domain::text::{
    LineBreaks, TextFlaw, is_blank, read_identifier, read_limited, read_text, read_whole_number,
};
use crate::input::carry::Carry;

/// The table whose rows are coming in.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) table: u16,
    pub(super) role: Role,
    /// Its orders find their users by `user_id`.
    pub(super) joins_by_id: bool,
    /// Whether more cells than the header has are an error.
    pub(super) is_narrow: bool,
    /// The first column that is the list's own.
    pub(super) first_column: u16,
    pub(super) header_columns: u16,
    pub(super) columns: [Option<u16>; Field::ALL.len()],
    /// What stands above and counts for the rows.
    pub(super) carry: Carry,
    /// What is wrong with the cells that stand above, by the index of the problem.
    pub(super) carried_problems: [Option<u32>; 9],
    pub(super) epoch: Epoch,
    /// The user of the nearest row above that has a phone.
    pub(super) above: u32,
    /// The phone of the nearest row above that has one, a row included that was left out as hidden; 0 without any.
    pub(super) phone_above: u64,
    /// The user of the row before, if nothing was wrong there.
    pub(super) clean_of: u32,
    /// Whether each column needs no word, since it has a header, a flag speaks of it, or it has been told.
    pub(super) told_columns: Vec<bool>,
    pub(super) header_row: u32,
    /// How many rows the sheet hides.
    pub(super) hidden: u32,
}

impl Current {
    /// The cells of a row that are the list's own.
    pub(super) fn cells<'r>(&self, row: &'r Row) -> impl DoubleEndedIterator<Item = Cell<'r>> {
        let first = self.first_column;
        row.cells().filter(move |cell| cell.column >= first)
    }

    /// Takes in what a row says for a field of the user.
    pub(super) fn carry(&mut self, row: &Row, field: Field) {
        if self.carry.take(row, field)
            && let Some(problem) = self.carried_problems.get_mut(field as usize)
        {
            *problem = None;
        }
    }

    /// Whether a field of the row comes from a cell above.
    pub(super) fn is_carried(&self, row: &Row, field: Field) -> bool {
        self.carry.get(row, field).is_some()
    }
}

/// What the row says for a field, or what a cell above says for it.
pub(super) fn value_of<'r>(row: &'r Row, current: &'r Current, field: Field) -> Option<Cell<'r>> {
    let column = current.columns[field as usize]?;
    if current.carry.is_active() && !field.is_order() {
        if let Some(cell) = current.carry.get(row, field) {
            return Some(with_errors_seen(cell));
        }
        if current.carry.hides(row, field) {
            return None;
        }
    }
    row.get(column).filter(|cell| !is_blank(&cell.value)).map(with_errors_seen)
}

/// A cell whose text is what a spreadsheet shows for an error, as exports leave it, is an error.
pub(super) fn with_errors_seen(cell: Cell<'_>) -> Cell<'_> {
    match cell.value {
        Value::Text(text) if is_error_text(text) => Cell { value: Value::Error(text), ..cell },
        _ => cell,
    }
}

pub(super) fn user_field(
    cell: &Cell<'_>,
    field: Field,
    context: &Context,
    out: &mut String,
) -> Result<(), Reason> {
    match field {
        Field::Name => read_limited(cell, LineBreaks::Space, out).map_err(Reason::Text),
        // The limit holds for all descriptions of a user together, and is checked when they are.
        Field::Description => read_text(cell, LineBreaks::Keep, out).map_err(Reason::Text),
        Field::AuthId => {
            if let Some(number) = read_whole_number(cell).map_err(Reason::Text)? {
                // Writing into a string cannot fail.
                let _ = write!(out, "{number}");
            }
            Ok(())
        }
        Field::TotalAmount => read_amount(cell, context.decimal, out).map_err(Reason::Amount),
        Field::UserId => read_key(cell, out).map_err(Reason::Text),
        _ => read_text(cell, LineBreaks::Space, out).map_err(Reason::Text),
    }
}

/// Reads a `user_id`. It only joins tables, and zeros that a format puts before a number may be put there in one of them
/// alone.
pub(super) fn read_key(cell: &Cell<'_>, out: &mut String) -> Result<(), TextFlaw> {
    let format = if matches!(cell.format, Format::Zeros(_)) { Format::Plain } else { cell.format };
    read_identifier(&Cell { format, ..*cell }, out)
}

pub(super) fn order_field(
    cell: &Cell<'_>,
    field: Field,
    context: &Context,
    epoch: Epoch,
    out: &mut String,
) -> Result<(), Reason> {
    match field {
        Field::OrderNumber => read_identifier(cell, out).map_err(Reason::Text),
        Field::PhoneNumber => read_order_phone(cell, out).map_err(Reason::Phone),
        Field::LoanAmount | Field::DueAmount => {
            read_amount(cell, context.decimal, out).map_err(Reason::Amount)
        }
        Field::NextDueDate => read_date(cell, &context.date, epoch, out).map_err(Reason::Date),
        Field::ConfirmLoanTime => read_datetime(cell, &context.date, epoch, out).map_err(Reason::Date),
        _ => read_text(cell, LineBreaks::Space, out).map_err(Reason::Text),
    }
}

/// A cell as a message quotes it.
pub(super) fn shown(cell: &Cell<'_>) -> String {
    match cell.value {
        Value::Text(text) | Value::DateText(text) | Value::Error(text) => text.to_owned(),
        _ => {
            let mut text = String::new();
            let written: Result<(), TextFlaw> = read_text(cell, LineBreaks::Space, &mut text);
            if written.is_err() {
                text.push_str("a number");
            }
            text
        }
    }
}

/// The word that makes a row a total row: no phone, no order number, and the first text is such a word, alone or
/// followed by a space, a colon or a digit.
pub(super) fn total_word(row: &Row, current: &Current) -> Option<String> {
    const WORDS: [&str; 6] = ["grand total", "total", "合计", "总计", "小计", "jumlah"];
    let first = current.cells(row).find_map(|cell| match cell.value {
        Value::Text(text) if !text.trim().is_empty() => Some((cell.column, text.trim())),
        _ => None,
    });
    let (column, text) = first?;
    // Nearly no text begins like one of the words.
    if !text.starts_with(['t', 'T', 'g', 'G', 'j', 'J', '合', '总', '小']) {
        return None;
    }
    let lower = text.to_lowercase();
    let rest = WORDS.iter().find_map(|word| lower.strip_prefix(word))?;
    if !rest
        .chars()
        .next()
        .is_none_or(|next| next.is_whitespace() || matches!(next, ':' | '：') || next.is_numeric())
    {
        return None;
    }
    // The word may stand in the phone column, where no phone is. An order number is one whatever it says, unless it is
    // the word alone, and the phone of its row is only that of the rows above.
    let word_alone = rest.trim_start_matches([':', '：']).trim().is_empty()
        && current.carry.get(row, Field::UserPhone).is_some();
    let filled = |field: Field| {
        current.columns[field as usize]
            .filter(|other| *other != column || (field == Field::OrderNumber && !word_alone))
            .and_then(|column| row.get(column))
            .is_some_and(|cell| !is_blank(&cell.value))
    };
    if filled(Field::UserPhone) || filled(Field::OrderNumber) {
        return None;
    }
    Some(text.to_owned())
}
