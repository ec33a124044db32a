//! Tables in a workbook: what a person opens, filters and sorts, and what no spreadsheet turns into something else.
//!
//! All text is in text cells (a phone stays a phone, a formula stays a text), written as it comes, so that a long table needs
//! no memory. A table that is longer than a sheet goes on in another one.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthChar as _;

use super::files::write_atomically;

/// The rows of a sheet (ECMA-376, as every spreadsheet program has it).
const SHEET_ROWS: u32 = 1_048_576;

/// The longest text of a cell, in UTF-16 units.
const CELL: usize = 32_767;

/// Widths of columns, in characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, which a spreadsheet must not take for anything else.
    Text,
    /// A count or milliseconds.
    Number,
}

/// How a cell stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Not at all.
    Plain,
    /// Went well.
    Good,
    /// To be looked at.
    Care,
    /// Went wrong.
    Bad,
    /// Neither: nothing was to be done, or not yet.
    Quiet,
    /// A title.
    Title,
}

impl Tone {
    const ALL: [Self; 6] = [Self::Plain, Self::Good, Self::Care, Self::Bad, Self::Quiet, Self::Title];

    fn format(self) -> Format {
        let format = Format::new().set_num_format("@").set_align(FormatAlign::Top);
        match self {
            Self::Plain => format,
            Self::Good => {
                format.set_background_color(Color::RGB(0xC6_EFCE)).set_font_color(Color::RGB(0x00_6100))
            }
            Self::Care => {
                format.set_background_color(Color::RGB(0xFF_EB9C)).set_font_color(Color::RGB(0x7F_6000))
            }
            Self::Bad => {
                format.set_background_color(Color::RGB(0xFF_C7CE)).set_font_color(Color::RGB(0x9C_0006))
            }
            Self::Quiet => {
                format.set_background_color(Color::RGB(0xE7_E6E6)).set_font_color(Color::RGB(0x40_4040))
            }
            Self::Title => format.set_bold(),
        }
    }
}

/// A workbook that is being written.
pub(crate) struct Book {
    workbook: Workbook,
    text: Vec<Format>,
    number: Format,
}

impl Book {
    /// An empty workbook. What is not yet in the file lies in temporary files of the system without a name.
    pub(crate) fn new() -> Self {
        let text = Tone::ALL.iter().map(|tone| tone.format()).collect();
        // At the left: at the right a count would touch the amount behind it, and be read as its first digit.
        let number =
            Format::new().set_num_format("#,##0").set_align(FormatAlign::Top).set_align(FormatAlign::Left);
        let mut workbook = Workbook::new();
        // Half the time, for a file that is a quarter larger.
        workbook.set_zip_compression_level(2);
        Self { workbook, text, number }
    }

    /// Begins a table on a sheet of this name, which has to be one that Excel takes.
    ///
    /// # Errors
    /// The name is no name of a sheet, or is there already.
    pub(crate) fn table<'t>(
        &mut self,
        name: &str,
        columns: &'t [(&'t str, Kind)],
    ) -> io::Result<Table<'_, 't>> {
        let mut table = Table {
            book: self,
            name: name.to_owned(),
            columns,
            sheets: 0,
            row: 0,
            column: 0,
            widths: columns.iter().map(|(title, _)| width(title) + 3).collect(),
        };
        table.begin_sheet()?;
        Ok(table)
    }

    /// Adds a sheet for lines of all kinds, without a header; gives its number for [`Book::page`].
    ///
    /// # Errors
    /// The name is no name of a sheet, or is there already.
    pub(crate) fn add_page(&mut self, name: &str, widths: &[f64]) -> io::Result<usize> {
        let worksheet = self.workbook.add_worksheet_with_constant_memory().map_err(refused)?;
        worksheet.set_name(name).map_err(refused)?;
        worksheet.set_landscape().set_print_fit_to_pages(1, 0);
        for (column, width) in (0..).zip(widths) {
            worksheet.set_column_width(column, *width).map_err(refused)?;
        }
        Ok(self.workbook.worksheets().len() - 1)
    }

    /// The sheet of this number, to be filled in one go.
    ///
    /// # Errors
    /// There is no such sheet.
    pub(crate) fn page(&mut self, number: usize) -> io::Result<Page<'_>> {
        let worksheet = self.workbook.worksheet_from_index(number).map_err(refused)?;
        Ok(Page { worksheet, text: &self.text, number: &self.number, row: 0 })
    }

    /// Writes the workbook beside its target and renames it.
    ///
    /// # Errors
    /// Writing failed; the target is then as it was.
    pub(crate) fn save(mut self, path: &Path) -> io::Result<()> {
        write_atomically(path, |out| self.workbook.save_to_writer(out).map_err(refused))
    }
}

/// A table that is being written, cell by cell.
pub(crate) struct Table<'b, 't> {
    book: &'b mut Book,
    name: String,
    columns: &'t [(&'t str, Kind)],
    sheets: usize,
    row: u32,
    column: u16,
    widths: Vec<usize>,
}

impl Table<'_, '_> {
    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        let name =
            if self.sheets == 1 { self.name.clone() } else { format!("{} {}", self.name, self.sheets) };
        let title = &self.book.text[Tone::Title as usize];
        let worksheet = self.book.workbook.add_worksheet_with_constant_memory().map_err(refused)?;
        worksheet.set_name(name).map_err(refused)?;
        for (column, (text, kind)) in (0..).zip(self.columns) {
            // What most cells of a column have; to look up the format of each would cost as much as writing it.
            let format = match kind {
                Kind::Text => &self.book.text[Tone::Plain as usize],
                Kind::Number => &self.book.number,
            };
            worksheet.set_column_format(column, format).map_err(refused)?;
            worksheet.write_string_with_format(0, column, *text, title).map_err(refused)?;
        }
        (self.row, self.column) = (1, 0);
        Ok(())
    }

    /// Freezes and filters the header and sets the widths.
    fn end_sheet(&mut self) -> io::Result<()> {
        let last_column = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        let worksheet = last_sheet(&mut self.book.workbook)?;
        worksheet.set_landscape().set_print_fit_to_pages(1, 0);
        worksheet.set_repeat_rows(0, 0).map_err(refused)?;
        worksheet.set_freeze_panes(1, 0).map_err(refused)?;
        worksheet.autofilter(0, 0, self.row - 1, last_column).map_err(refused)?;
        for (column, width) in (0..).zip(&self.widths) {
            let width = (*width).clamp(NARROWEST, WIDEST) as f64;
            worksheet.set_column_width(column, width).map_err(refused)?;
        }
        Ok(())
    }

    /// The next cell, in the form of its column; a blank text is a blank cell.
    ///
    /// # Errors
    /// Writing failed.
    pub(crate) fn cell(&mut self, text: &str, tone: Tone) -> io::Result<()> {
        let column = self.column;
        self.column += 1;
        if text.is_empty() {
            return Ok(());
        }
        let (_, kind) = self.columns[usize::from(column)];
        if let Some(widest) = self.widths.get_mut(usize::from(column))
            && *widest < WIDEST
        {
            *widest = (*widest).max(width(text) + 1);
        }
        let worksheet = last_sheet(&mut self.book.workbook)?;
        let number = if kind == Kind::Number { text.parse::<u64>().ok() } else { None };
        // A count that does not fit a double stays text.
        let written = if let Some(number) = number.filter(|number| *number < 1 << 53) {
            worksheet.write_number(self.row, column, number as f64)
        } else if tone == Tone::Plain && kind == Kind::Text {
            worksheet.write_string(self.row, column, fitting(text))
        } else {
            let format = &self.book.text[tone as usize];
            worksheet.write_string_with_format(self.row, column, fitting(text), format)
        };
        written.map(drop).map_err(refused)
    }

    /// Ends the line.
    ///
    /// # Errors
    /// Writing failed.
    pub(crate) fn end_line(&mut self) -> io::Result<()> {
        (self.row, self.column) = (self.row + 1, 0);
        if self.row == SHEET_ROWS {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        Ok(())
    }

    /// Ends the table.
    ///
    /// # Errors
    /// Writing failed.
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.end_sheet()
    }
}

/// A sheet of lines of all kinds.
pub(crate) struct Page<'b> {
    worksheet: &'b mut Worksheet,
    text: &'b [Format],
    number: &'b Format,
    row: u32,
}

impl Page<'_> {
    /// Writes a line of cells: texts with their tone.
    ///
    /// # Errors
    /// Writing failed.
    pub(crate) fn line(&mut self, cells: &[PageCell<'_>]) -> io::Result<()> {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                PageCell::Text(text, _) if text.is_empty() => {}
                PageCell::Text(text, tone) => {
                    // Not wrapped: rows that are written as they come are not made higher for it.
                    let format = &self.text[*tone as usize];
                    self.worksheet
                        .write_string_with_format(self.row, column, fitting(text), format)
                        .map_err(refused)?;
                }
                PageCell::Number(number) => {
                    self.worksheet
                        .write_number_with_format(self.row, column, *number as f64, self.number)
                        .map_err(refused)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }
}

/// A cell of a page.
pub(crate) enum PageCell<'c> {
    /// Text; an empty one is a blank cell.
    Text(Cow<'c, str>, Tone),
    /// A count.
    Number(u64),
}

impl<'c> PageCell<'c> {
    /// Text in a tone.
    pub(crate) fn text(text: impl Into<Cow<'c, str>>, tone: Tone) -> Self {
        Self::Text(text.into(), tone)
    }

    /// Text as it is.
    pub(crate) fn plain(text: impl Into<Cow<'c, str>>) -> Self {
        Self::text(text, Tone::Plain)
    }

    /// A title.
    pub(crate) fn title(text: impl Into<Cow<'c, str>>) -> Self {
        Self::text(text, Tone::Title)
    }
}

/// The sheet that is being written: nobody else can add one while a table has the workbook.
fn last_sheet(workbook: &mut Workbook) -> io::Result<&mut Worksheet> {
    let last = workbook.worksheets().len().saturating_sub(1);
    workbook.worksheet_from_index(last).map_err(refused)
}

/// Text that a cell can hold. What a workbook cannot have in it is spelled out, and a text that is too long says how much of it is missing.
fn fitting(text: &str) -> String {
    if is_plain(text) && text.len() <= CELL {
        return text.to_owned();
    }
    let kept =
        |c: char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    let mut fitting = String::with_capacity(text.len());
    for c in text.chars() {
        if kept(c) {
            fitting.push(c);
        } else {
            fitting.extend(c.escape_default());
        }
    }
    let length = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    // Nothing is as many units as bytes, so that the usual text is not counted.
    if fitting.len() <= CELL || length(&fitting) <= CELL {
        return fitting;
    }
    let (mut units, mut end) = (0, 0);
    for (at, c) in fitting.char_indices() {
        units += c.len_utf16();
        if units > CELL - 40 {
            break;
        }
        end = at + c.len_utf8();
    }
    let missing = fitting[end..].chars().count();
    format!("{}… (+{missing})", &fitting[..end])
}

/// Whether it is one line of printable ASCII, as most cells are.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// How wide a text is shown: its longest line, in columns of a Latin letter.
fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    let line = |line: &str| line.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
    text.lines().map(line).max().unwrap_or(0)
}

/// The writer's error as one of writing.
fn refused(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader as _};

    use super::*;

    #[test]
    fn what_is_written_is_read_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let hostile = [
            "=1+1",
            "+62",
            "6281234567890",
            "007",
            "1e5",
            "2026-04-05",
            "TRUE",
            "http://x.example/",
            "a\nb",
            "<b>&\"'",
            "_x0041_",
            "中文",
        ];
        let mut book = Book::new();
        let mut table = book.table("Results", &[("text", Kind::Text), ("count", Kind::Number)]).unwrap();
        for (number, text) in hostile.iter().enumerate() {
            table.cell(text, Tone::Plain).unwrap();
            table.cell(&number.to_string(), Tone::Plain).unwrap();
            table.end_line().unwrap();
        }
        table.end().unwrap();
        book.save(&path).unwrap();
        let mut read: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
        // A file of our own, a few rows long.
        #[expect(clippy::disallowed_methods, reason = "a small file that was just written")]
        let range = read.worksheet_range("Results").unwrap();
        for (number, text) in hostile.iter().enumerate() {
            assert_eq!(range.get((number + 1, 0)), Some(&Data::String((*text).to_owned())));
            assert_eq!(range.get((number + 1, 1)), Some(&Data::Float(number as f64)));
        }
    }

    #[test]
    fn what_a_cell_cannot_hold_is_told() {
        for (text, want) in [("a\u{0}b", r"a\u{0}b"), ("a\u{ffff}", r"a\u{ffff}"), ("a\tb\nc", "a\tb\nc")] {
            assert_eq!(fitting(text), want);
        }
        let long = "长".repeat(CELL + 5);
        let short = fitting(&long);
        assert!(short.chars().count() <= CELL && short.ends_with("… (+45)"), "{}", short.len());
    }
}
