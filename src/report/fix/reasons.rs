//! Why a row is to be mended, in words that name the places of the workbook and not those of the list.

use super::{List, Offending, Problems};
use crate::domain::code::Severity;
use crate::domain::note::About;
use crate::domain::place::{Names, Place};
use crate::domain::problem::Problem;
use crate::domain::quote::visible;
use crate::lang::say;
use crate::ledger::LedgerError;

/// One reason.
#[derive(Debug)]
pub(super) struct Why {
    /// The column of the list; `None` for the whole row.
    pub(super) column: Option<u16>,
    pub(super) message: String,
    pub(super) hint: String,
}

/// The reasons of one row after the other: made when the row is written, since a long list may have a million of them.
pub(super) struct Reasons<'a> {
    list: &'a List<'a>,
    shown: &'a Names,
    offending: &'a Offending,
    problems: Problems<'a>,
    next: Option<Problem>,
    begun: bool,
}

impl<'a> Reasons<'a> {
    /// `shown` are the names of the sheets, in the order of the tables.
    pub(super) fn new(
        list: &'a List<'a>,
        shown: &'a Names,
        offending: &'a Offending,
        problems: Problems<'a>,
    ) -> Self {
        Self { list, shown, offending, problems, next: None, begun: false }
    }

    /// The reasons of a row. Rows have to be asked for in the order of tables and rows.
    pub(super) fn of(&mut self, table: u16, row: u32) -> Result<Vec<Why>, LedgerError> {
        let mut reasons = Vec::new();
        if !self.begun {
            self.begun = true;
            self.next = (self.problems)()?;
        }
        while let Some(problem) = self.next.take_if(|next| (next.at.table, next.at.row) <= (table, row)) {
            if (problem.at.table, problem.at.row) == (table, row) && problem.severity() == Severity::Error {
                reasons.push(self.words(problem));
            }
            self.next = (self.problems)()?;
        }
        if let Some(note) = self.offending.refusal(table, row) {
            reasons.push(Why {
                column: None,
                message: say!("report-fix-refused", message = note.message(self.list.names)),
                hint: note.hint(self.list.names, About::ANY),
            });
        }
        Ok(reasons)
    }

    /// Where the row came from: `row 57 of list.xlsx Orders`.
    pub(super) fn origin(&self, table: u16, row: u32) -> String {
        let name = self.list.names.table(table);
        let title = name.map(|name| match name.file.as_str() {
            "-" => say!("report-fix-standard-input"),
            _ => name.title(),
        });
        let (row, title) = (row.to_string(), title.unwrap_or_default());
        let origin = if name.is_some_and(|name| name.sheet.is_some()) {
            say!("report-fix-row-of", row = row, title = title)
        } else {
            say!("report-fix-line-of", line = row, title = title)
        };
        visible(&origin).into_owned()
    }

    fn words(&self, mut problem: Problem) -> Why {
        let column = problem.at.column;
        let at = self.moved(problem.at);
        let cited = problem.reason.cited().map(|place| (*place, self.moved(*place)));
        match (at, cited) {
            (Some(at), None) => problem.at = at,
            (Some(at), Some((_, Some(moved)))) => {
                problem.at = at;
                if let Some(place) = problem.reason.cited() {
                    *place = moved;
                }
            }
            // What it cites is not here: the words name the places of the list.
            _ => {
                let names = self.list.names;
                return Why { column, message: problem.message(names), hint: problem.hint(names) };
            }
        }
        Why { column, message: problem.message(self.shown), hint: problem.hint(self.shown) }
    }

    /// Where a cell or row of the list stands in the workbook, if it does.
    fn moved(&self, at: Place) -> Option<Place> {
        let tables = &self.list.reading.tables;
        let number = tables.iter().position(|table| table.table == at.table)?;
        let table = &tables[number];
        let among = self.offending.rows(at.table).binary_search(&at.row).ok()?;
        Some(Place {
            table: u16::try_from(number).ok()?,
            row: u32::try_from(among).ok()?.checked_add(table.header_row)?.checked_add(1)?,
            column: at.column.map(|column| column + u16::from(!table.is_fix)),
        })
    }
}
