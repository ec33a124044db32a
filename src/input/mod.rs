//! Opens the files a user names, says what they are by their content, and streams the rows of their tables.
//!
//! Nothing here knows what a column means: rows go out as cells with their kind, format and place. Two promises
//! matter to everything behind: a file either gives all of its rows or an [`Unreadable`] (nothing is cut off
//! silently), and no file, however made, costs more memory than its visible content is worth.
//!
//! A parser that panics on a damaged file is caught and reported as [`Unreadable::Broken`]; the panic hook of the
//! process still runs before that, so the binary decides whether its text is shown.

pub mod carry;
mod csv;

mod excel;
pub mod fixbook;
pub mod header;
mod open;

use std::fmt;
use std::path::Path;

use crate::domain::cell::{Epoch, Row};
pub use crate::domain::file::{Lookalike, Unreadable};
use crate::lang::say;

/// Rows of the largest sheet a spreadsheet program knows; also the limit for what is read from one.
pub const MAX_ROWS: u32 = 1_048_576;

/// Columns of the widest sheet, and the most fields a CSV record may have.
pub const MAX_COLUMNS: u16 = 16_384;

/// What the user has settled about text files. Workbooks do not need any of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The byte between two fields; found from the content when left out.
    pub delimiter: Option<u8>,
    /// The name of the encoding; found from the content when left out.
    pub encoding: Option<String>,
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Delimited text.
    Csv,
    /// An Office Open XML workbook, with or without macros (`.xlsx`, `.xlsm`).
    Xlsx,
    /// A binary workbook in a zip archive (`.xlsb`).
    Xlsb,
    /// A workbook of Excel 97 to 2003 (`.xls`).
    Xls,
    /// An OpenDocument workbook (`.ods`).
    Ods,
}

/// One table of a file: a sheet of a workbook, or the only one of a CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableInfo {
    /// The name of the sheet; `None` for CSV.
    pub sheet: Option<String>,
    /// Whether the sheet is hidden, by its owner or by a program.
    pub hidden: bool,
}

/// Whether a reader goes on after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next row, please.
    Continue,
    /// Enough was seen.
    Stop,
}

/// A rectangle of cells that the sheet shows as one; only its first cell holds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedArea {
    /// Counted from 1, like [`Row::number`].
    pub first_row: u32,
    /// Counted from 1, and part of the area.
    pub last_row: u32,
    /// Counted from 0, like the column of a cell.
    pub first_column: u16,
    /// Counted from 0, and part of the area.
    pub last_column: u16,
}

/// Something the reader decided by itself and the user should be able to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The fields of the file are separated by something other than a comma.
    Delimiter(char),
    /// The text is not UTF-8.
    Encoding {
        /// What it is read as.
        name: &'static str,
        /// Found by what the text looks like; nobody said so.
        guessed: bool,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delimiter('\t') => f.write_str(&say!("note-read-tabs")),
            Self::Delimiter(mark) => f.write_str(&say!("note-read-delimiter", mark = format!("{mark:?}"))),
            Self::Encoding { name, guessed: false } => f.write_str(&say!("note-read-encoding", name = *name)),
            Self::Encoding { name, guessed: true } => f.write_str(&say!("note-read-guess", name = *name)),
        }
    }
}

/// An open file whose tables can be read, each as often as needed.
pub trait Source: Send {
    /// What the file is.
    fn kind(&self) -> Kind;

    /// The tables in the order of the file; charts and other sheets without cells are not among them.
    fn tables(&self) -> &[TableInfo];

    /// Gives every row of a table to `sink`, from the top, until `sink` has seen enough.
    ///
    /// `table` counts from 0 as in [`Source::tables`]. The row is lent: it is overwritten by the next one. Row
    /// numbers rise. Rows without any cell, and CSV records whose fields are all empty, are left out. A cell that
    /// is there but cannot be read comes as [`Value::Error`](crate::domain::cell::Value::Error).
    ///
    /// # Errors
    /// When the table cannot be read to its end; rows given before that are then part of a broken table.
    fn read(&mut self, table: usize, sink: &mut dyn FnMut(&Row) -> Flow) -> Result<(), Unreadable>;

    /// The merged areas of a table; empty for CSV, which has none.
    ///
    /// # Errors
    /// When the sheet cannot be read.
    fn merges(&mut self, table: usize) -> Result<Vec<MergedArea>, Unreadable>;

    /// How the workbook counts its days; it matters for number cells that no format shows as a date.
    fn epoch(&self) -> Epoch {
        Epoch::Y1900
    }

    /// What was decided while opening the file.
    fn notes(&self) -> &[Note];
}

/// Opens a file as what its content says it is.
///
/// `name` is how the user named the file; only its extension is looked at, to tell a list of text from a workbook
/// that is none.
///
/// # Errors
/// When there is no such file, or it is no table, or is damaged, encrypted or beyond the limits.
pub fn open(path: &Path, name: &str, options: &Options) -> Result<Box<dyn Source>, Unreadable> {
    open::open(path, name, options)
}

#[cfg(test)]
mod tests;
