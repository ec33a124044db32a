//! One sheet: what stands above the header, the header, and the rows to be mended.

use rust_xlsxwriter::{Note, Worksheet, XlsxError};

use super::Offending;
use super::carry::Carry;
use super::reasons::{Reasons, Why};
use super::values::{Look, Looks, Mark, write};
use crate::domain::cell::{Cell, Letters, Row};
use crate::domain::field::Field;
use crate::domain::place::PROBLEM;
use crate::domain::reading::{Reading, TableReading};
use crate::domain::text::is_blank;
use crate::input::{Flow, MergedArea};
use crate::lang::say;
use crate::ledger::LedgerError;

/// So many cells of a workbook have notes.
const MOST_NOTES: u32 = 10_000;

/// The longest text of the column of the reasons, and of a note, in characters.
const LONGEST: usize = 2_000;

/// Why a row could not be written.
pub(super) enum Fault {
    /// Its reasons cannot be read.
    Ledger(LedgerError),
    /// The writer refused it.
    Workbook(XlsxError),
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}

/// A sheet that is being written.
pub(super) struct Sheet<'b, 'r> {
    worksheet: &'b mut Worksheet,
    table: &'b TableReading,
    wanted: &'b [u32],
    offending: &'b Offending,
    written: usize,
    carry: Carry,
    looks: &'b mut Looks,
    reasons: &'b mut Reasons<'r>,
}

impl<'b, 'r> Sheet<'b, 'r> {
    pub(super) fn new(
        worksheet: &'b mut Worksheet,
        table: &'b TableReading,
        offending: &'b Offending,
        looks: &'b mut Looks,
        reasons: &'b mut Reasons<'r>,
    ) -> Self {
        let wanted = offending.rows(table.table);
        Self { worksheet, table, wanted, offending, written: 0, carry: Carry::default(), looks, reasons }
    }

    /// What the list is like, before its first row comes.
    pub(super) fn begin(&mut self, merges: &[MergedArea], reading: &Reading) {
        self.carry = Carry::new(self.table, merges, reading);
    }

    /// Whether every row that is to be mended was there.
    pub(super) fn is_complete(&self) -> bool {
        self.written == self.wanted.len()
    }

    /// The last touches.
    pub(super) fn end(self) -> Result<(), XlsxError> {
        self.worksheet.set_freeze_panes(self.table.header_row, 1)?;
        self.worksheet.set_column_width(0, 60)?;
        let last = u16::try_from(self.table.fields.len()).unwrap_or(u16::MAX).min(200);
        for column in 1..=last {
            self.worksheet.set_column_width(column, 18)?;
        }
        Ok(())
    }

    /// Takes the next row of the list.
    pub(super) fn take(&mut self, row: &Row) -> Result<Flow, Fault> {
        if row.number <= self.table.header_row {
            self.above(row)?;
            return Ok(if self.wanted.is_empty() && row.number == self.table.header_row {
                Flow::Stop
            } else {
                Flow::Continue
            });
        }
        if self.offending.is_left_out(self.table.table, row.number) {
            self.carry.total(row);
            return Ok(Flow::Continue);
        }
        if self.own(row).next().is_none() {
            return Ok(Flow::Continue);
        }
        self.carry.pass(row);
        if self.wanted.get(self.written) == Some(&row.number) {
            self.mend(row)?;
            self.written += 1;
        }
        Ok(if self.is_complete() { Flow::Stop } else { Flow::Continue })
    }

    /// The column of the list in the sheet.
    fn column(&self, column: u16) -> u16 {
        column + u16::from(!self.table.is_fix)
    }

    /// The cells of the list that are not blank.
    fn own<'c>(&self, row: &'c Row) -> impl Iterator<Item = Cell<'c>> + use<'c> {
        let first = u16::from(self.table.is_fix);
        row.cells().filter(move |cell| cell.column >= first && !is_blank(&cell.value))
    }

    /// A title, or the header itself.
    fn above(&mut self, row: &Row) -> Result<(), Fault> {
        let at = row.number - 1;
        let is_header = row.number == self.table.header_row;
        let mark = if is_header { Mark::Header } else { Mark::None };
        if is_header {
            self.worksheet.write_string_with_format(at, 0, PROBLEM, self.looks.get(Look::Text, mark))?;
        }
        for cell in self.own(row) {
            let column = self.column(cell.column);
            write(self.worksheet, at, column, &cell, mark, self.looks)?;
        }
        Ok(())
    }

    fn mend(&mut self, row: &Row) -> Result<(), Fault> {
        let reasons = self.reasons.of(self.table.table, row.number)?;
        let at = self.table.header_row + u32::try_from(self.written).unwrap_or(u32::MAX);
        let mut lost = Vec::new();
        let carried: Vec<Cell<'_>> = self.carry.cells(row).collect();
        let seen = self.own(row).filter(|cell| !self.carry.hides(row, cell.column));
        for cell in seen.chain(carried).collect::<Vec<_>>() {
            let column = self.column(cell.column);
            let mark = if self.is_bad(&reasons, cell.column) { Mark::Bad } else { Mark::None };
            if let Some(why) = write(self.worksheet, at, column, &cell, mark, self.looks)? {
                lost.push((cell.column, why));
            }
        }
        self.blanks_to_fill(row, at, &reasons)?;
        self.notes(at, &reasons, &lost)?;
        let lost = lost.iter().map(|(column, why)| {
            let letters = Letters(self.column(*column)).to_string();
            say!("report-fix-lost-cell", column = letters, why = why)
        });
        let words: Vec<String> = reasons.iter().map(|why| why.message.clone()).chain(lost).collect();
        let origin = self.reasons.origin(self.table.table, row.number);
        let text =
            say!("report-fix-reasons", reasons = words.join(&say!("report-fix-semicolon")), origin = origin);
        let look = self.looks.get(Look::Text, Mark::Reason);
        self.worksheet.write_string_with_format(at, 0, plain(&text), look)?;
        Ok(())
    }

    fn is_bad(&self, reasons: &[Why], column: u16) -> bool {
        let is_ragged = self.table.origin.sheet.is_none() && usize::from(column) >= self.table.fields.len();
        is_ragged || reasons.iter().any(|why| why.column == Some(column))
    }

    /// Cells that are blank and must not be: what is typed into a text cell stays as typed.
    fn blanks_to_fill(&mut self, row: &Row, at: u32, reasons: &[Why]) -> Result<(), Fault> {
        for column in reasons.iter().filter_map(|why| why.column) {
            let is_hidden = self.carry.hides(row, column);
            if row.get(column).is_some_and(|cell| !is_blank(&cell.value)) && !is_hidden {
                continue;
            }
            if self.carry.cells(row).any(|cell| cell.column == column) {
                continue;
            }
            let field = self.table.fields.get(usize::from(column)).copied().flatten();
            let look = match field {
                Some(
                    Field::LoanAmount
                    | Field::DueAmount
                    | Field::TotalAmount
                    | Field::AuthId
                    | Field::NextDueDate
                    | Field::ConfirmLoanTime,
                )
                | None => Look::General,
                Some(_) => Look::Text,
            };
            let column = self.column(column);
            self.worksheet.write_blank(at, column, self.looks.get(look, Mark::Bad))?;
        }
        Ok(())
    }

    /// Notes say what is wrong and how to mend it; those of the whole row stand at its reasons.
    fn notes(&mut self, at: u32, reasons: &[Why], lost: &[(u16, String)]) -> Result<(), Fault> {
        let mut texts: Vec<(u16, String)> = Vec::new();
        let mut add = |column: u16, text: String| match texts.iter_mut().find(|(other, _)| *other == column) {
            Some((_, texts)) => {
                texts.push_str("\n\n");
                texts.push_str(&text);
            }
            None => texts.push((column, text)),
        };
        for why in reasons {
            let column = why.column.map_or(0, |column| self.column(column));
            add(column, say!("report-fix-note", message = &why.message, hint = &why.hint));
        }
        for (column, why) in lost {
            add(
                self.column(*column),
                say!("report-fix-note", message = why, hint = say!("report-fix-lost-hint")),
            );
        }
        for (column, text) in texts {
            if !self.looks.note_fits(MOST_NOTES) {
                break;
            }
            let note = Note::new(plain(&text)).add_author_prefix(false).set_width(320).set_height(110);
            self.worksheet.insert_note(at, column, &note)?;
        }
        Ok(())
    }
}

/// Text of ours for a cell: without characters that a workbook cannot hold, and of a length that can be read.
fn plain(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    let mut short: String = text.chars().filter(kept).take(LONGEST).collect();
    if short.len() < text.len() && text.chars().filter(kept).count() > LONGEST {
        short.push('…');
    }
    short
}
