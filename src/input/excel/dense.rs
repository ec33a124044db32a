//! `.xls` and `.ods`: calamine reads these whole when they are opened, into one dense table a sheet.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};

use calamine::{Data, DataRef, OdsError, Range, Reader, SheetType, XlsError};

use super::super::{Flow, Kind, MAX_COLUMNS, MAX_ROWS, MergedArea, Note, Source, TableInfo, Unreadable};
use super::format::Shown;
use super::marks::{Mark, Marks, Reason, Run};
use super::package::Package;
use super::{check_list, epoch, guard, merged, ods, ods_cells, push, sheet_name, tables};
use crate::domain::cell::{Epoch, Format, Row, Value};
use crate::domain::detail::Detail;
use crate::domain::unread;

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
    marks: Marks,
    merges: Vec<MergedArea>,
}

/// Reads a workbook whose container and records were checked; `marks` are those of its sheets, charts among them.
pub(super) fn open_xls(file: File, marks: Vec<Marks>) -> Result<impl Source + use<>, Unreadable> {
    let broken = |error: XlsError| match error {
        XlsError::Password => Unreadable::Encrypted,
        other => Unreadable::broken(other.to_string()),
    };
    let mut book: calamine::Xls<_> = guard(|| calamine::Xls::new(BufReader::new(file)))?.map_err(broken)?;
    let metadata = book.sheets_metadata();
    check_list(metadata.len(), marks.len())?;
    let tables = tables(metadata);
    let with_cells = metadata.iter().zip(marks).filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet);
    let marks: Vec<Marks> = with_cells.map(|(_, marks)| marks).collect();
    let mut sheets = Vec::with_capacity(tables.len());
    for (name, marks) in tables.iter().filter_map(|table| table.sheet.as_deref()).zip(marks) {
        let cells = range(&mut book, name)?.map_err(broken)?;
        let merges = guard(|| book.merge_cells_by_sheet_name(name))?.map_err(broken)?;
        let merges = merges.iter().filter_map(merged).collect();
        sheets.push(Sheet { cells, marks, merges });
    }
    let epoch = epoch(book.has_1904_epoch());
    Ok(Dense { kind: Kind::Xls, tables, sheets, epoch, row: Row::default() })
}

/// Reads a workbook after a look at what its content would cost.
pub(super) fn open_ods(file: File, package: &mut Package) -> Result<impl Source + use<>, Unreadable> {
    let scanned = ods::check(package)?;
    match scanned.tidied {
        Some(book) => ods_sheets(Cursor::new(book), scanned.sheets, scanned.epoch),
        None => ods_sheets(BufReader::new(file), scanned.sheets, scanned.epoch),
    }
}

fn ods_sheets<R: Read + Seek>(
    file: R,
    scanned: Vec<ods_cells::Sheet>,
    epoch: Epoch,
) -> Result<Dense, Unreadable> {
    let broken = |error: OdsError| match error {
        OdsError::Password => Unreadable::Encrypted,
        other => Unreadable::broken(other.to_string()),
    };
    let mut book: calamine::Ods<_> = guard(|| calamine::Ods::new(file))?.map_err(broken)?;
    let tables = tables(book.sheets_metadata());
    check_list(tables.len(), scanned.len())?;
    let mut sheets = Vec::with_capacity(tables.len());
    for (name, sheet) in tables.iter().filter_map(|table| table.sheet.as_deref()).zip(scanned) {
        let cells = range(&mut book, name)?.map_err(broken)?;
        sheets.push(Sheet { cells, marks: sheet.marks, merges: sheet.merges });
    }
    Ok(Dense { kind: Kind::Ods, tables, sheets, epoch, row: Row::default() })
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

impl Dense {
    fn sheet(&self, table: usize) -> Result<&Sheet, Unreadable> {
        self.sheets.get(table).ok_or_else(|| Unreadable::broken(Detail::NoSuchSheet))
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
        let sheet = self.sheets.get(table).ok_or_else(|| Unreadable::broken(Detail::NoSuchSheet))?;
        let (first, last) = (sheet.cells.start(), sheet.cells.end());
        let span = sheet.marks.span();
        // A formula without a value may stand outside of the cells that have one.
        let from = first.map(|place| place.0).into_iter().chain(span.map(|span| span.0)).min();
        let to = last.map(|place| place.0).into_iter().chain(span.map(|span| span.1)).max();
        let (Some(from), Some(to)) = (from, to) else { return Ok(()) };
        let first = first.unwrap_or_default();
        for row in from..=to {
            let cells = row.checked_sub(first.0).and_then(|at| usize::try_from(at).ok());
            let cells =
                cells.filter(|&at| at < sheet.cells.height()).map(|at| &sheet.cells[at]).unwrap_or_default();
            let cells = (first.1..).zip(cells);
            self.row.start(row.saturating_add(1));
            let beyond = row >= MAX_ROWS
                || fill(&mut self.row, cells, sheet.marks.row(row), self.kind, self.epoch).is_err();
            if beyond {
                let detail = Detail::CellBeyondSheet;
                let row = Some(row.saturating_add(1));
                return Err(Unreadable::Broken { sheet: Some(name.to_owned()), row, detail });
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

/// A cell beyond the last column.
struct Beyond;

/// Adds the cells of a row, with what is known of them beside their values.
fn fill<'a>(
    row: &mut Row,
    cells: impl Iterator<Item = (u32, &'a Data)>,
    runs: &[Run],
    kind: Kind,
    epoch: Epoch,
) -> Result<(), Beyond> {
    let mut runs = runs.iter().copied().peekable();
    for (column, value) in cells {
        while let Some(run) = runs.next_if(|run| run.last < column) {
            lost(row, run);
        }
        // The part of a run that lies before the first cell.
        if let Some(run) = runs.peek_mut().filter(|run| run.first < column) {
            lost(row, Run { last: column - 1, ..*run });
            run.first = column;
        }
        let mark = runs.peek_mut().filter(|run| run.first == column).map(|run| {
            run.first += 1;
            run.mark
        });
        runs.next_if(|run| run.first > run.last);
        let Some(at) = u16::try_from(column).ok().filter(|&column| column < MAX_COLUMNS) else {
            if matches!(value, Data::Empty) {
                continue;
            }
            return Err(Beyond);
        };
        let value = cell(value, kind);
        let shown = match mark {
            None => Shown::PLAIN,
            Some(Mark::Shown(shown)) => shown,
            Some(Mark::Bool(flag)) => {
                row.push(at, Value::Bool(flag), Format::Unknown);
                continue;
            }
            Some(Mark::Filled) if value == DataRef::Empty => {
                row.push(at, Value::Error(Reason::LostText.words()), Format::Unknown);
                continue;
            }
            Some(Mark::Failed) if !matches!(value, DataRef::Error(_)) => {
                row.push(at, Value::Error(unread::FORMULA_ERROR), Format::Unknown);
                continue;
            }
            Some(Mark::Filled | Mark::Failed) => Shown::PLAIN,
            Some(Mark::Error(reason)) => {
                row.push(at, Value::Error(reason.words()), Format::Unknown);
                continue;
            }
        };
        push(row, at, &value, epoch, shown);
    }
    runs.for_each(|run| lost(row, run));
    Ok(())
}

/// Cells that have to be there, where calamine has none.
fn lost(row: &mut Row, run: Run) {
    let text = match run.mark {
        Mark::Shown(_) | Mark::Bool(_) => return,
        Mark::Filled => Reason::LostText.words(),
        Mark::Failed => unread::FORMULA_ERROR,
        Mark::Error(reason) => reason.words(),
    };
    for column in run.first..=run.last {
        if let Ok(column) = u16::try_from(column) {
            row.push(column, Value::Error(text), Format::Unknown);
        }
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
