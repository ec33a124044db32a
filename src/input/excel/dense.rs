//! `.xls` and `.ods`: calamine reads these whole when they are opened, into one dense table a sheet.

use std::fs::File;
use std::io::{BufReader, Read, Seek};

use calamine::{Data, DataRef, OdsError, Range, Reader, XlsError};

use super::super::{Flow, Kind, MAX_COLUMNS, MAX_ROWS, MergedArea, Note, Source, TableInfo, Unreadable};
use super::package::Package;
use super::{HOLLOW, check_list, epoch, guard, merged, ods, push, sheet_name, tables};
use crate::domain::cell::{Epoch, Format, Row, Value};

/// A workbook that is in memory.
struct Dense {
    kind: Kind,
    tables: Vec<TableInfo>,
    sheets: Vec<Sheet>,
    epoch: Epoch,
    row: Row,
}

struct Sheet {
    cells: Range<Data>,
    /// Places of formulas without a stored value, counted from 0, in rising order.
    hollow: Vec<(u32, u32)>,
    merges: Vec<MergedArea>,
}

/// Reads a workbook whose container and records were checked.
pub(super) fn open_xls(file: File) -> Result<impl Source + use<>, Unreadable> {
    let broken = |error: XlsError| match error {
        XlsError::Password => Unreadable::Encrypted,
        other => Unreadable::broken(other.to_string()),
    };
    let mut book: calamine::Xls<_> = guard(|| calamine::Xls::new(BufReader::new(file)))?.map_err(broken)?;
    let tables = tables(book.sheets_metadata());
    check_list(tables.len(), tables.len())?;
    let mut sheets = Vec::with_capacity(tables.len());
    for name in tables.iter().filter_map(|table| table.sheet.as_deref()) {
        let cells = range(&mut book, name)?.map_err(broken)?;
        let merges = guard(|| book.merge_cells_by_sheet_name(name))?.map_err(broken)?;
        let merges = merges.iter().filter_map(merged).collect();
        sheets.push(Sheet { cells, hollow: Vec::new(), merges });
    }
    let epoch = epoch(book.has_1904_epoch());
    Ok(Dense { kind: Kind::Xls, tables, sheets, epoch, row: Row::default() })
}

/// Reads a workbook after a look at what its content would cost.
pub(super) fn open_ods(file: File, package: &mut Package) -> Result<impl Source + use<>, Unreadable> {
    ods::check(package)?;
    let broken = |error: OdsError| match error {
        OdsError::Password => Unreadable::Encrypted,
        other => Unreadable::broken(other.to_string()),
    };
    let mut book: calamine::Ods<_> = guard(|| calamine::Ods::new(BufReader::new(file)))?.map_err(broken)?;
    let tables = tables(book.sheets_metadata());
    check_list(tables.len(), tables.len())?;
    let mut sheets = Vec::with_capacity(tables.len());
    for name in tables.iter().filter_map(|table| table.sheet.as_deref()) {
        let cells = range(&mut book, name)?.map_err(broken)?;
        let formulas = guard(|| book.worksheet_formula(name))?.map_err(broken)?;
        let hollow = hollow(&cells, &formulas);
        sheets.push(Sheet { cells, hollow, merges: Vec::new() });
    }
    Ok(Dense { kind: Kind::Ods, tables, sheets, epoch: Epoch::Y1900, row: Row::default() })
}

fn range<R: Read + Seek, B: Reader<R>>(
    book: &mut B,
    name: &str,
) -> Result<Result<Range<Data>, B::Error>, Unreadable> {
    #[expect(
        clippy::disallowed_methods,
        reason = "there is no other way for xls and ods; what it costs was checked"
    )]
    guard(|| book.worksheet_range(name))
}

fn hollow(cells: &Range<Data>, formulas: &Range<String>) -> Vec<(u32, u32)> {
    let Some((first_row, first_column)) = formulas.start() else { return Vec::new() };
    let places = formulas.used_cells().map(|(row, column, _)| {
        let place = |first: u32, at: usize| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(first);
        (place(first_row, row), place(first_column, column))
    });
    places.filter(|&place| matches!(cells.get_value(place), None | Some(Data::Empty))).collect()
}

impl Dense {
    fn sheet(&self, table: usize) -> Result<&Sheet, Unreadable> {
        self.sheets.get(table).ok_or_else(|| Unreadable::broken("there is no such sheet"))
    }
}

impl Source for Dense {
    fn kind(&self) -> Kind {
        self.kind
    }

    fn tables(&self) -> &[TableInfo] {
        &self.tables
    }

    fn read(&mut self, table: usize, sink: &mut dyn FnMut(&Row) -> Flow) -> Result<(), Unreadable> {
        let name = sheet_name(&self.tables, table)?;
        let sheet = self.sheets.get(table).ok_or_else(|| Unreadable::broken("there is no such sheet"))?;
        let Some(first) = sheet.cells.start().or(sheet.hollow.first().copied()) else { return Ok(()) };
        let beyond = |row: u32| {
            let detail = "a cell lies beyond the last row or column".to_owned();
            Err(Unreadable::Broken { sheet: Some(name.to_owned()), row: Some(row.saturating_add(1)), detail })
        };
        // A formula without a value may stand outside of the cells that have one.
        let first_row = sheet.hollow.first().map_or(first.0, |place| place.0.min(first.0));
        let last_row =
            sheet.cells.end().into_iter().chain(sheet.hollow.last().copied()).map(|place| place.0).max();
        let mut hollow = sheet.hollow.iter().copied().peekable();
        for row in first_row..=last_row.unwrap_or(first_row) {
            if row >= MAX_ROWS {
                return beyond(row);
            }
            self.row.start(row + 1);
            let cells = row.checked_sub(first.0).and_then(|at| usize::try_from(at).ok());
            let cells =
                cells.filter(|&at| at < sheet.cells.height()).map(|at| &sheet.cells[at]).unwrap_or_default();
            let first_column = if cells.is_empty() { 0 } else { first.1 };
            for (column, value) in (first_column..).zip(cells) {
                while let Some((_, column)) = hollow.next_if(|&place| place < (row, column)) {
                    push_hollow(&mut self.row, column);
                }
                let Ok(column) = u16::try_from(column) else { return beyond(row) };
                if column >= MAX_COLUMNS && !matches!(value, Data::Empty) {
                    return beyond(row);
                }
                let value = cell(value, self.kind);
                push(&mut self.row, column, &value, self.epoch, None);
            }
            while let Some((_, column)) = hollow.next_if(|place| place.0 == row) {
                push_hollow(&mut self.row, column);
            }
            if !self.row.is_empty() && sink(&self.row) == Flow::Stop {
                break;
            }
        }
        Ok(())
    }

    fn merges(&mut self, table: usize) -> Result<Vec<MergedArea>, Unreadable> {
        Ok(self.sheet(table)?.merges.clone())
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn notes(&self) -> &[Note] {
        &[]
    }
}

fn push_hollow(row: &mut Row, column: u32) {
    if let Ok(column) = u16::try_from(column) {
        row.push(column, Value::Error(HOLLOW), Format::Unknown);
    }
}

/// The same value, borrowed. LibreOffice stores an error as its text.
fn cell(value: &Data, kind: Kind) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => match error(text).filter(|_| kind == Kind::Ods) {
            Some(error) => DataRef::Error(error),
            None => DataRef::SharedString(text),
        },
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn error(text: &str) -> Option<calamine::CellErrorType> {
    if text.starts_with("Err:") && text.len() == 7 {
        return Some(calamine::CellErrorType::Value);
    }
    text.starts_with('#').then(|| text.parse().ok()).flatten()
}
