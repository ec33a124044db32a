//! Workbooks: calamine behind checks that keep a forged file from ending the process.
//!
//! calamine's dense tables are used only where it offers nothing else (xls, ods), and only after the file was
//! checked for what they would cost. Its panics are caught call by call, so that one of ours is never taken for
//! a damaged file.

mod ahead;
mod biff;
mod biff_cells;
mod compound;
mod dense;
mod format;
mod marks;
mod merges;
mod ods;
mod ods_cells;
mod ods_styles;
mod ods_tidy;
mod package;
mod raw;
mod strings;
mod xlsb;
mod xlsb_cells;
mod xlsx;
mod xml;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{CellErrorType, DataRef, Dimensions, Sheet, SheetType, SheetVisible};

use self::compound::Compound;
use self::format::Shown;
use self::package::Package;
use super::{Kind, Lookalike, MAX_COLUMNS, MAX_ROWS, MergedArea, Source, TableInfo, Unreadable};
use crate::domain::cell::{Epoch, Letters, Row, Value};
use crate::domain::detail::Detail;
use crate::domain::unread;

/// Opens a zip archive that may be a workbook.
pub(super) fn open_zip(path: &Path, file: File) -> Result<Box<dyn Source>, Unreadable> {
    let mut package = Package::open(File::open(path)?)?;
    let kind = package.kind()?;
    if kind == Kind::Xlsx {
        return Ok(Box::new(xlsx::Xlsx::open(path, file, package)?));
    }
    package.check()?;
    Ok(match kind {
        Kind::Ods => Box::new(dense::open_ods(file, &mut package)?),
        _ => Box::new(xlsb::Xlsb::open(file, File::open(path)?, package)?),
    })
}

/// Opens a compound file, which may be an `.xls` workbook or a workbook under a password.
pub(super) fn open_compound(mut file: File) -> Result<Box<dyn Source>, Unreadable> {
    if file.metadata()?.len() > compound::MAX_FILE {
        let detail = Detail::XlsSize { mib: 256 };
        return Err(Unreadable::TooBig { detail });
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    file.seek(SeekFrom::Start(0))?;
    let container = Compound::new(bytes)?;
    if container.has("EncryptedPackage") {
        return Err(Unreadable::Encrypted);
    }
    let stream = match container.stream("Workbook")? {
        Some(stream) => Some(stream),
        None => container.stream("Book")?,
    };
    let Some(stream) = stream else {
        let looks_like = if container.has("WordDocument") {
            Lookalike::Word
        } else if container.has("PowerPoint Document") {
            Lookalike::PowerPoint
        } else {
            Lookalike::OfficeFile
        };
        return Err(Unreadable::NotATable { looks_like });
    };
    biff::check(&stream)?;
    let marks = biff_cells::marks(&stream);
    drop((stream, container));
    Ok(Box::new(dense::open_xls(file, marks)?))
}

/// Runs a call into calamine, which may panic on what it does not expect.
fn guard<T>(call: impl FnOnce() -> T) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| Unreadable::broken(Detail::ReaderConfused))
}

/// The sheets that hold cells, with the name of each.
fn tables(sheets: &[Sheet]) -> Vec<TableInfo> {
    let with_cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    with_cells
        .map(|sheet| TableInfo {
            sheet: Some(sheet.name.clone()),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

/// Checks how many sheets calamine found, and that as many were found beside it.
fn check_list(sheets: usize, parts: usize) -> Result<(), Unreadable> {
    if sheets > package::MAX_SHEETS {
        let detail = Detail::TooManySheets { most: package::MAX_SHEETS };
        return Err(Unreadable::TooBig { detail });
    }
    if sheets != parts {
        return Err(Unreadable::broken(Detail::SheetList));
    }
    Ok(())
}

fn epoch(is_1904: bool) -> Epoch {
    if is_1904 { Epoch::Y1904 } else { Epoch::Y1900 }
}

/// The name of a table, which every sheet has.
fn sheet_name(tables: &[TableInfo], table: usize) -> Result<&str, Unreadable> {
    let name = tables.get(table).and_then(|table| table.sheet.as_deref());
    name.ok_or_else(|| Unreadable::broken(Detail::NoSuchSheet))
}

fn merged(area: &Dimensions) -> Option<MergedArea> {
    let column = |column: u32| u16::try_from(column).ok().filter(|&column| column < MAX_COLUMNS);
    let row = |row: u32| row.checked_add(1).filter(|&row| row <= MAX_ROWS);
    Some(MergedArea {
        first_row: row(area.start.0)?,
        last_row: row(area.end.0)?,
        first_column: column(area.start.1)?,
        last_column: column(area.end.1)?,
    })
}

/// What the cells of a sheet, as they come in, may not do: go back, or leave the sheet.
#[derive(Debug, Default)]
struct Places {
    /// Row and column that came last, both counted from 0.
    last: Option<(u32, u16)>,
}

impl Places {
    /// Takes the place of the next cell, and tells whether it begins a row. The row given back counts from 1.
    fn next(&mut self, (row, column): (u32, u32)) -> Result<(bool, u32, u16), Unreadable> {
        let number = row.saturating_add(1);
        let within = u16::try_from(column).ok().filter(|&column| column < MAX_COLUMNS && row < MAX_ROWS);
        let error = |detail| Unreadable::Broken { sheet: None, row: Some(number), detail };
        let column = within.ok_or_else(|| error(Detail::CellBeyondSheet))?;
        if self.last.is_some_and(|last| last >= (row, column)) {
            return Err(error(Detail::CellTwice { cell: format!("{}{number}", Letters(column)) }));
        }
        let fresh = self.last.is_none_or(|(last, _)| last != row);
        self.last = Some((row, column));
        Ok((fresh, number, column))
    }
}

/// Adds a cell as calamine gives it; `false` if it is blank, and so was left out.
fn push(row: &mut Row, column: u16, value: &DataRef<'_>, epoch: Epoch, shown: Shown) -> bool {
    let (value, format) = match value {
        DataRef::Empty => return false,
        DataRef::String(text) if text.is_empty() => return false,
        DataRef::SharedString("") => return false,
        DataRef::String(text) => (Value::Text(text), shown.format),
        DataRef::SharedString(text) => (Value::Text(text), shown.format),
        #[expect(clippy::cast_precision_loss, reason = "packed integers of xls and xlsb have 30 bits")]
        DataRef::Int(integer) => (number(*integer as f64, epoch, shown), shown.format),
        DataRef::Float(float) => (number(*float, epoch, shown), shown.format),
        // Whether it is a date is only calamine's guess.
        DataRef::DateTime(date) => (number(date.as_f64(), epoch, shown), shown.format),
        DataRef::Bool(flag) => (Value::Bool(*flag), shown.format),
        DataRef::DateTimeIso(text) => (Value::DateText(text), shown.format),
        DataRef::DurationIso(text) => (ods::duration(text, epoch), shown.format),
        DataRef::Error(error) => (Value::Error(error_name(error)), shown.format),
    };
    row.push(column, value, format);
    true
}

/// A number as its format shows it.
fn number(number: f64, epoch: Epoch, shown: Shown) -> Value<'static> {
    if !number.is_finite() {
        Value::Error(unread::NO_NUMBER)
    } else if let Some(flaw) = shown.flaw {
        Value::Error(flaw.words())
    } else if shown.date {
        Value::Date { serial: number, epoch }
    } else {
        Value::Number(number)
    }
}

fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests;
