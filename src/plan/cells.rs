//! The cells of a row as a plan sees them: by field, with what stands for them above, read into their final text.

use super::Context;
use super::layout::Role;
use crate::domain::cell::{Cell, Epoch, Format, Row, Value};
use crate::domain::date::{read_date, read_datetime};
use crate::domain::field::Field;
use crate::domain::money::read_amount;
use crate::domain::phone::read_order_phone;
use crate::domain::problem::Reason;
use crate::domain::text::{
    LineBreaks, TextFlaw, is_blank, number_text, read_identifier, read_limited, read_text, read_whole_number,
};

/// A cell that stands for those below it.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// A row with this one cell in column 0; empty when there is none.
    pub(super) cell: Row,
    /// The last row whose blank cell it fills.
    pub(super) until: u32,
    /// The rows of the merged area that shows it, first and last: what stands below it there is not seen.
    pub(super) shown: (u32, u32),
}

impl Carried {
    /// Whether the sheet shows it in this row, whatever the row's own cell holds.
    fn hides(&self, row: &Row) -> bool {
        self.shown.0 < row.number && row.number <= self.shown.1
    }

    fn hold(&mut self, row: &Row, cell: Option<Cell<'_>>, until: u32) {
        self.until = until;
        self.cell.start(row.number);
        if let Some(cell) = cell {
            self.cell.push(0, cell.value, cell.format);
        }
    }
}

/// The table whose rows are coming in.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) table: u16,
    pub(super) role: Role,
    pub(super) is_sheet: bool,
    /// Its orders find their users by `user_id`.
    pub(super) joins_by_id: bool,
    pub(super) header_columns: u16,
    pub(super) columns: [Option<u16>; Field::ALL.len()],
    /// The rows of merged areas by field (the phone first), first and last, those passed taken away from the end.
    pub(super) merged: [Vec<(u32, u32)>; 9],
    /// Whether a cell may stand for those below it.
    pub(super) carries: bool,
    pub(super) carried: [Carried; 9],
    pub(super) epoch: Epoch,
    /// The user of the nearest row above that has a phone.
    pub(super) above: u32,
    /// The user of the row before, if nothing was wrong there.
    pub(super) clean_of: u32,
    /// How many rows the sheet hides.
    pub(super) hidden: u32,
}

impl Current {
    /// Whether a field of the row comes from a cell above.
    pub(super) fn is_carried(&self, row: &Row, field: Field) -> bool {
        let own = self.columns[field as usize].and_then(|column| row.get(column));
        let hidden = self.carried.get(field as usize).is_some_and(|carried| carried.hides(row));
        hidden || own.is_none_or(|cell| is_blank(&cell.value))
    }

    /// Cells above stand no longer for what is below, unless a merged area says so.
    pub(super) fn forget(&mut self, row: &Row, fields: &[Field]) {
        for field in fields {
            if let Some(carried) = self.carried.get_mut(*field as usize)
                && carried.shown.1 < row.number
            {
                *carried = Carried::default();
            }
        }
    }
}

/// What the row says for a field, or what a cell above says for it.
pub(super) fn value_of<'r>(row: &'r Row, current: &'r Current, field: Field) -> Option<Cell<'r>> {
    let column = current.columns[field as usize]?;
    if current.carries
        && let Some(carried) = current.carried.get(field as usize).filter(|carried| carried.hides(row))
    {
        return carried.cell.get(0).map(|cell| with_errors_seen(Cell { column, ..cell }));
    }
    let own = row.get(column).filter(|cell| !is_blank(&cell.value)).map(with_errors_seen);
    if own.is_some() || !current.carries || field.is_order() {
        return own;
    }
    let carried = current.carried.get(field as usize)?;
    if carried.until < row.number {
        return None;
    }
    carried.cell.get(0).map(|cell| with_errors_seen(Cell { column, ..cell }))
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
    // Letters and digits, with which nearly every cell begins, begin no error and no space.
    let may_be = |text: &str| !text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    match cell.value {
        Value::Text(text) if may_be(text) && ERRORS.contains(&text.trim()) => {
            Cell { value: Value::Error(text), ..cell }
        }
        _ => cell,
    }
}

/// Lets a cell stand for those below it: as far as its merged area goes, or with `--fill-down` until the next one.
pub(super) fn carry(row: &Row, current: &mut Current, field: Field, fill_down: bool) {
    if !current.carries {
        return;
    }
    let Some(column) = current.columns[field as usize] else { return };
    let at = field as usize;
    let (Some(areas), Some(carried)) = (current.merged.get_mut(at), current.carried.get_mut(at)) else {
        return;
    };
    while areas.pop_if(|(_, last)| *last < row.number).is_some() {}
    let area = areas.last().copied().filter(|(first, _)| *first <= row.number);
    let own = row.get(column).filter(|cell| !is_blank(&cell.value));
    match area {
        Some(area) if carried.shown == area => {}
        Some(area) => {
            carried.shown = area;
            // Only the first cell is seen; a row of blank cells is not given at all.
            let own = own.filter(|_| row.number == area.0);
            if own.is_some() || !fill_down {
                carried.hold(row, own, if fill_down { u32::MAX } else { area.1 });
            }
        }
        None if fill_down && own.is_some() => carried.hold(row, own, u32::MAX),
        None => {}
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
    let first = row.cells().find_map(|cell| match cell.value {
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
    // The word may stand in the phone column, where no phone is. An order number that only begins with it is one.
    let word_alone = rest.trim_start_matches([':', '：']).trim().is_empty();
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
