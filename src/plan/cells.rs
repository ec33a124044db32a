//! The cells of a row as a plan sees them: by field, with what stands for them above, read into their final text.

use super::Context;
use super::layout::Role;
use crate::domain::cell::{Cell, Epoch, Row, Value};
use crate::domain::date::{read_date, read_datetime};
use crate::domain::field::Field;
use crate::domain::money::read_amount;
use crate::domain::phone::read_order_phone;
use crate::domain::problem::Reason;
use crate::domain::text::{
    LineBreaks, TextFlaw, is_blank, number_text, read_identifier, read_limited, read_text, read_whole_number,
};
use crate::input::MergedArea;

/// A cell that stands for those below it.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// A row with this one cell in column 0; empty when there is none.
    pub(super) cell: Row,
    /// The last row it stands for.
    pub(super) until: u32,
    /// What is wrong with it, by the index of the problem.
    pub(super) problem: Option<u32>,
}

/// The table whose rows are coming in.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) table: u16,
    pub(super) role: Role,
    /// Whether more cells than the header has are an error.
    pub(super) is_narrow: bool,
    /// The first column that is the list's own.
    pub(super) first_column: u16,
    pub(super) fill_down: bool,
    pub(super) header_columns: u16,
    pub(super) columns: [Option<u16>; Field::ALL.len()],
    pub(super) has_order_columns: bool,
    /// Merged areas of user columns, by field slot (the phone first).
    pub(super) merged: Vec<(usize, MergedArea)>,
    pub(super) carried: [Carried; 9],
    pub(super) epoch: Epoch,
    /// The user of the nearest row above that has a phone.
    pub(super) above: u32,
}

impl Current {
    /// The cells of a row that are the list's own.
    pub(super) fn cells<'r>(&self, row: &'r Row) -> impl DoubleEndedIterator<Item = Cell<'r>> {
        let first = self.first_column;
        row.cells().filter(move |cell| cell.column >= first)
    }

    /// Whether a field of the row comes from a cell above.
    pub(super) fn is_carried(&self, row: &Row, field: Field) -> bool {
        let own = self.columns[field as usize].and_then(|column| row.get(column));
        own.is_none_or(|cell| is_blank(&cell.value))
    }
}

/// What the row says for a field, or what a cell above says for it.
pub(super) fn value_of<'r>(row: &'r Row, current: &'r Current, field: Field) -> Option<Cell<'r>> {
    let column = current.columns[field as usize]?;
    let own = row.get(column).filter(|cell| !is_blank(&cell.value)).map(with_errors_seen);
    if own.is_some() || field.is_order() {
        return own;
    }
    let carried = current.carried.get(field as usize)?;
    if carried.until < row.number {
        return None;
    }
    carried.cell.get(0).map(|cell| Cell { column, ..cell })
}

/// A cell whose text is what a spreadsheet shows for an error, as exports leave it: nobody is called `#N/A`.
pub(super) fn with_errors_seen(cell: Cell<'_>) -> Cell<'_> {
    const ERRORS: [&str; 10] = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    ];
    match cell.value {
        Value::Text(text) if text.trim_start().starts_with('#') && ERRORS.contains(&text.trim()) => {
            Cell { value: Value::Error(text), ..cell }
        }
        _ => cell,
    }
}

/// Lets a cell stand for those below it: as far as its merged area goes, or with `--fill-down` until the next one.
pub(super) fn carry(row: &Row, current: &mut Current, field: Field) {
    let Some(column) = current.columns[field as usize] else { return };
    let at = field as usize;
    let starts = |area: &MergedArea| area.first_row <= row.number && row.number <= area.last_row;
    let merged =
        current.merged.iter().find(|(slot, area)| *slot == at && starts(area)).map(|(_, area)| area.last_row);
    let until = if current.fill_down { u32::MAX } else { merged.unwrap_or(0) };
    if until == 0 {
        return;
    }
    if let Some(cell) = row.get(column).filter(|cell| !is_blank(&cell.value)) {
        let carried = &mut current.carried[at];
        carried.until = until;
        carried.problem = None;
        carried.cell.start(row.number);
        carried.cell.push(0, cell.value, cell.format);
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
                number_text(number as f64, out);
            }
            Ok(())
        }
        Field::TotalAmount => read_amount(cell, context.decimal, out).map_err(Reason::Amount),
        Field::UserId => read_identifier(cell, out).map_err(Reason::Text),
        _ => read_text(cell, LineBreaks::Space, out).map_err(Reason::Text),
    }
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
    let lower = text.to_lowercase();
    let rest = WORDS.iter().find_map(|word| lower.strip_prefix(word))?;
    if !rest
        .chars()
        .next()
        .is_none_or(|next| next.is_whitespace() || matches!(next, ':' | '：') || next.is_numeric())
    {
        return None;
    }
    // The word may stand in the phone column, where no phone is; an order number is one whatever it says.
    let filled = |field: Field| {
        current.columns[field as usize]
            .filter(|other| *other != column || field == Field::OrderNumber)
            .and_then(|column| row.get(column))
            .is_some_and(|cell| !is_blank(&cell.value))
    };
    if filled(Field::UserPhone) || filled(Field::OrderNumber) {
        return None;
    }
    Some(text.to_owned())
}
