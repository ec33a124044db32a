//! The workbook of rows to be mended: the offending rows as they came, marked and explained. Corrected, it is an input
//! again that yields exactly what was missing.
//!
//! Nothing of the rows is remembered from the first reading but their places: the inputs are read a second time, and
//! sheets are written as they are read, so that a list in which every row is wrong costs no more memory than another.
//!
//! What must hold of it, and where it is cared for:
//! - a value is never read back as another one: `values`, and what cannot stand in a workbook becomes an error;
//! - a row means without its neighbours what it meant among them: `carry`;
//! - the rows are judged by the list they came from: the hidden sheet, [`crate::input::fixbook`].
//!
//! Only the first 10,000 marked cells have a note, since spreadsheet programs open many notes slowly; the colour and the
//! text in `_problem` are in every row.

mod carry;
mod names;
mod reasons;
mod rows;
mod run;
mod sheet;
mod values;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Workbook, XlsxError};

use super::files::{sha256, write_atomically};
use crate::domain::cell::Row;
use crate::domain::file::Unreadable;
use crate::domain::place::{Names, PROBLEM, TableName};
use crate::domain::problem::Problem;
use crate::domain::quote::visible;
use crate::domain::reading::{Reading, TableReading};
use crate::input::fixbook::{self, FixBook, FixSheet};
use crate::input::{Flow, Options, Source, open};
use crate::lang::say;
use crate::ledger::LedgerError;
use names::SheetNames;
use reasons::Reasons;
pub use rows::Offending;
pub use run::{Made, none_of_run, of_run};
use sheet::Sheet;
use values::Looks;

/// A file of the list, to be read a second time.
#[derive(Debug, Clone)]
pub struct InputCopy {
    /// As the user named it; `-` for standard input.
    pub name: String,
    /// Where its bytes lie.
    pub path: PathBuf,
    /// What they have to be, in hexadecimal.
    pub sha256: String,
}

/// The list that the rows are of.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    /// What its tables are called.
    pub names: &'a Names,
    /// How it was read.
    pub reading: &'a Reading,
    /// Its files.
    pub files: &'a [InputCopy],
    /// Which of them each table is in.
    pub file_of_table: &'a [u16],
}

/// Gives the problems of a list one by one, in the order of their places.
pub type Problems<'a> = &'a mut dyn FnMut() -> Result<Option<Problem>, LedgerError>;

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum FixError {
    /// The problems cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The workbook cannot be written.
    #[error("{}", say!("report-cannot-write", path = path.display().to_string(), error = error.to_string()))]
    File {
        /// The workbook.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// An input cannot be read again.
    #[error("{}", say!("report-fix-unreadable", name = visible(name), flaw = flaw.message()))]
    Input {
        /// As the user named it.
        name: String,
        /// Why.
        flaw: Unreadable,
    },
    /// An input is not what it was.
    #[error("{}", say!("report-fix-changed", name = visible(.0)))]
    Changed(
        /// As the user named it.
        String,
    ),
    /// A sheet would have more rows than a sheet can have.
    #[error("{}", say!("report-fix-too-many-rows", rows = rows.to_string(), name = visible(name)))]
    TooManyRows {
        /// The table.
        name: String,
        /// How many.
        rows: usize,
    },
    /// A row fills the last column, and there is none left for the reasons.
    #[error("{}", say!("report-fix-too-many-columns", row = row.to_string(), name = visible(name)))]
    TooManyColumns {
        /// The table.
        name: String,
        /// The row.
        row: u32,
    },
}

impl FixError {
    /// How to mend it.
    pub fn hint(&self) -> String {
        match self {
            Self::Ledger(error) => error.hint(),
            Self::File { .. } => say!("report-fix-file-hint"),
            Self::Input { .. } | Self::Changed(_) => say!("report-fix-changed-hint"),
            Self::TooManyRows { .. } => say!("report-fix-too-many-rows-hint"),
            Self::TooManyColumns { .. } => say!("report-fix-too-many-columns-hint"),
        }
    }

    /// Whether the fault is that of the inputs, and not of the ledger or of the place to write to.
    pub fn is_of_the_inputs(&self) -> bool {
        !matches!(self, Self::Ledger(_) | Self::File { .. })
    }
}

/// Writes the workbook, or leaves what stands at `path` as it was.
///
/// # Errors
/// An input cannot be read again or has changed, there is no room, or the rows do not fit into sheets.
pub fn write(
    path: &Path,
    list: &List<'_>,
    offending: &Offending,
    problems: Problems<'_>,
) -> Result<(), FixError> {
    let failed = |error: XlsxError| FixError::File { path: path.to_owned(), error: as_io(error) };
    let mut sheet_names = SheetNames::default();
    let tables = &list.reading.tables;
    let names =
        tables.iter().map(|table| sheet_names.next(list.names.table(table.table))).collect::<Vec<_>>();
    let shown = Names(
        names
            .iter()
            .map(|name| TableName {
                file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                sheet: Some(name.clone()),
                headers: vec![PROBLEM.to_owned()],
            })
            .collect(),
    );
    let mut reasons = Reasons::new(list, &shown, offending, problems);
    let mut looks = Looks::default();
    let mut book = Workbook::new();
    // What is written before it is whole lies where the workbook will: there is room there, and nobody else looks in.
    book.set_tempdir(folder_of(path)).map_err(failed)?;
    let mut open_file: Option<(u16, Box<dyn Source>)> = None;
    for (table, name) in tables.iter().zip(&names) {
        let worksheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
        worksheet.set_name(name).map_err(failed)?;
        let file = list.file_of_table.get(usize::from(table.table)).copied().unwrap_or(0);
        let source = match &mut open_file {
            Some((number, source)) if *number == file => source,
            slot => &mut slot.insert((file, open_again(list, file)?)).1,
        };
        let input = Input { list, table, file };
        input.check_size(offending)?;
        let mut sheet = Sheet::new(worksheet, table, offending, &mut looks, &mut reasons);
        input.copy(source.as_mut(), &mut sheet, path)?;
        sheet.end().map_err(failed)?;
    }
    for file in list.files {
        let now = File::open(&file.path).and_then(sha256).unwrap_or_default();
        if now != file.sha256 {
            return Err(FixError::Changed(file.name.clone()));
        }
    }
    let about = FixBook {
        countries: offending.elsewhere(&list.reading.countries),
        sheets: tables.iter().zip(names).map(|(table, name)| fix_sheet(table, name)).collect(),
    };
    hidden_sheet(&mut book, &about).map_err(failed)?;
    write_atomically(path, |out| book.save_to_writer(out).map_err(as_io))
        .map_err(|error| FixError::File { path: path.to_owned(), error })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn fix_sheet(table: &TableReading, name: String) -> FixSheet {
    FixSheet { name, role: table.role, width: table.width, origin: table.origin.clone() }
}

fn hidden_sheet(book: &mut Workbook, about: &FixBook) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(fixbook::SHEET)?.set_very_hidden(true);
    for (row, cells) in (0_u32..).zip(about.rows()) {
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

fn as_io(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

fn open_again(list: &List<'_>, file: u16) -> Result<Box<dyn Source>, FixError> {
    let copy = list.files.get(usize::from(file)).ok_or_else(|| FixError::Changed(String::new()))?;
    let options = Options { delimiter: list.reading.delimiter, encoding: list.reading.encoding.clone() };
    open(&copy.path, &copy.name, &options).map_err(|flaw| FixError::Input { name: copy.name.clone(), flaw })
}

/// A table on its way into its sheet.
struct Input<'a> {
    list: &'a List<'a>,
    table: &'a TableReading,
    file: u16,
}

impl Input<'_> {
    fn file_name(&self) -> String {
        self.list.files.get(usize::from(self.file)).map(|file| file.name.clone()).unwrap_or_default()
    }

    fn title(&self) -> String {
        self.list.names.table(self.table.table).map(TableName::title).unwrap_or_default()
    }

    fn check_size(&self, offending: &Offending) -> Result<(), FixError> {
        let rows = offending.rows(self.table.table).len();
        let above = usize::try_from(self.table.header_row).unwrap_or(usize::MAX);
        if rows.saturating_add(above) > crate::input::MAX_ROWS as usize {
            return Err(FixError::TooManyRows { name: self.title(), rows });
        }
        Ok(())
    }

    fn copy(&self, source: &mut dyn Source, sheet: &mut Sheet<'_, '_>, path: &Path) -> Result<(), FixError> {
        let unreadable = |flaw| FixError::Input { name: self.file_name(), flaw };
        let name = self.list.names.table(self.table.table).and_then(|name| name.sheet.as_deref());
        let number = source.tables().iter().position(|table| table.sheet.as_deref() == name);
        let number = number.ok_or_else(|| FixError::Changed(self.file_name()))?;
        let merges = source.merges(number).map_err(unreadable)?;
        sheet.begin(&merges, self.list.reading);
        let mut failure = None;
        let read = source.read(number, &mut |row| match self.take(row, sheet, path) {
            Ok(flow) => flow,
            Err(error) => {
                failure = Some(error);
                Flow::Stop
            }
        });
        if let Some(error) = failure {
            return Err(error);
        }
        read.map_err(unreadable)?;
        if sheet.is_complete() { Ok(()) } else { Err(FixError::Changed(self.file_name())) }
    }

    fn take(&self, row: &Row, sheet: &mut Sheet<'_, '_>, path: &Path) -> Result<Flow, FixError> {
        sheet.take(row).map_err(|fault| match fault {
            sheet::Fault::Ledger(error) => error.into(),
            sheet::Fault::Workbook(XlsxError::RowColumnLimitError) => {
                FixError::TooManyColumns { name: self.title(), row: row.number }
            }
            sheet::Fault::Workbook(error) => FixError::File { path: path.to_owned(), error: as_io(error) },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::assert_translated;

    #[test]
    fn why_there_is_no_workbook_is_said_in_every_language() {
        let name = || "list.csv".to_owned();
        for error in [
            FixError::File { path: "fix.xlsx".into(), error: io::Error::other("full") },
            FixError::Input { name: name(), flaw: Unreadable::Empty },
            FixError::Changed(name()),
            FixError::TooManyRows { name: name(), rows: 2_000_000 },
            FixError::TooManyColumns { name: name(), row: 7 },
        ] {
            assert_translated(|| error.to_string());
            assert_translated(|| error.hint());
        }
    }
}
