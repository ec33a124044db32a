//! `.xlsx` and `.xlsm`: cells from calamine as they come, with the number formats, and beside them the raw rows for
//! what calamine does not tell.

use std::fs::File;
use std::io::BufReader;

use calamine::{Reader, XlsxError};

use super::super::{Flow, Kind, MergedArea, Note, Source, TableInfo, Unreadable};
use super::format::Shown;
use super::package::Package;
use super::raw::{RawRow, RawRows};
use super::{HOLLOW, Places, check_list, epoch, guard, merged, push, sheet_name, tables};
use crate::domain::cell::{Epoch, Format, Row, Value};

/// So many unreadable cells in a row are not odd cells but a damaged sheet.
const MAX_ERRORS: usize = 1_000;

/// The sheets up to this size cannot hold anything that does not fit into memory.
const LARGE_PART: u64 = 128 * 1024 * 1024;

/// More tags than areas can be merged in a sheet, or hang on it in another way.
const MAX_TAGS_BEHIND: u64 = 10_000_000;

/// An open workbook.
pub(super) struct Xlsx {
    book: calamine::Xlsx<BufReader<File>>,
    package: Package,
    /// The part of each table.
    parts: Vec<String>,
    tables: Vec<TableInfo>,
    /// Large tables that were found to hold nothing larger than a row may be.
    looked_through: Vec<usize>,
    epoch: Epoch,
    row: Row,
}

impl Xlsx {
    pub(super) fn open(file: File, mut package: Package) -> Result<Self, Unreadable> {
        let book: calamine::Xlsx<_> = guard(|| calamine::Xlsx::new(BufReader::new(file)))?.map_err(broken)?;
        let sheets = book.sheets_metadata();
        let parts = package.sheet_parts()?;
        check_list(sheets.len(), parts.len())?;
        let with_cells =
            sheets.iter().zip(parts).filter(|(sheet, _)| sheet.typ == calamine::SheetType::WorkSheet);
        let parts = with_cells.map(|(_, part)| part).collect();
        let (tables, epoch) = (tables(sheets), epoch(book.has_1904_epoch()));
        Ok(Self { book, package, parts, tables, looked_through: Vec::new(), epoch, row: Row::default() })
    }

    fn stream(&mut self, table: usize, name: &str, sink: Sink<'_>) -> Result<(), Unreadable> {
        let missing = || Unreadable::broken("its part is missing");
        let part = self.parts.get(table).ok_or_else(missing)?;
        if self.package.size(part).is_some_and(|size| size > LARGE_PART)
            && !self.looked_through.contains(&table)
        {
            look_through(self.package.part(part)?.ok_or_else(missing)?)?;
            self.looked_through.push(table);
        }
        // Whatever the last reading ended with is no row of this one.
        self.row.start(0);
        let mut pass = Pass {
            row: &mut self.row,
            open: false,
            blank: Vec::new(),
            complaints: Vec::new(),
            doubt: false,
            doubt_behind: false,
            raw: RawRows::new(self.package.part(part)?.ok_or_else(missing)?),
            sink,
        };
        let book = &mut self.book;
        let mut cells = guard(|| book.worksheet_cells_reader(name))?.map_err(broken)?;
        let palette: Vec<Shown> = cells.styles().iter().map(shown).collect();
        let mut places = Places::default();
        let mut errors = 0;
        loop {
            match guard(|| cells.next_cell_with_style_id())? {
                Ok(Some((cell, style))) => {
                    let (fresh, number, column) = places.next(cell.get_position())?;
                    if fresh && pass.start(number)? == Flow::Stop {
                        return Ok(());
                    }
                    errors = 0;
                    pass.good_cell();
                    if !push(pass.row, column, cell.get_value(), self.epoch, palette.get(style).copied()) {
                        pass.blank.push(column);
                    }
                }
                Ok(None) => break,
                Err(error) if ends_the_sheet(&error) || errors >= MAX_ERRORS => {
                    let row = places.last.map(|(row, _)| row.saturating_add(1));
                    let detail = format!("after this row: {error}");
                    return Err(Unreadable::Broken { sheet: None, row, detail });
                }
                Err(error) => {
                    errors += 1;
                    pass.bad_cell(complaint(&error));
                }
            }
        }
        pass.finish()
    }
}

/// calamine reads a text or a comment whole, however long it is; the raw rows are read in pieces.
fn look_through(part: impl std::io::Read) -> Result<(), Unreadable> {
    let mut rows = RawRows::new(part);
    while rows.peek()?.is_some() {
        rows.pass();
    }
    if rows.tags_behind()? > MAX_TAGS_BEHIND {
        let detail = "a sheet has more than ten million tags behind its rows".into();
        return Err(Unreadable::TooBig { detail });
    }
    Ok(())
}

impl Source for Xlsx {
    fn kind(&self) -> Kind {
        Kind::Xlsx
    }

    fn tables(&self) -> &[TableInfo] {
        &self.tables
    }

    fn read(&mut self, table: usize, sink: &mut dyn FnMut(&Row) -> Flow) -> Result<(), Unreadable> {
        let name = sheet_name(&self.tables, table)?.to_owned();
        self.stream(table, &name, sink).map_err(|error| error.in_sheet(&name, None))
    }

    fn merges(&mut self, table: usize) -> Result<Vec<MergedArea>, Unreadable> {
        let name = sheet_name(&self.tables, table)?.to_owned();
        let book = &mut self.book;
        let areas = guard(|| book.merge_cells_by_sheet_name(&name)).and_then(|areas| areas.map_err(broken));
        let areas = areas.map_err(|error| error.in_sheet(&name, None))?;
        Ok(areas.iter().filter_map(merged).collect())
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn notes(&self) -> &[Note] {
        &[]
    }
}

type Sink<'a> = &'a mut dyn FnMut(&Row) -> Flow;

/// One reading of a sheet.
///
/// calamine does not say which cell it could not read. Everything between the last good cell and the next one is
/// then in doubt, and is compared with the raw rows: a cell that is written and was not given is an error cell.
struct Pass<'a, R> {
    row: &'a mut Row,
    /// Whether `row` is being filled.
    open: bool,
    /// Columns of the row that were given and are blank.
    blank: Vec<u16>,
    /// What calamine said of the cells in doubt, oldest first.
    complaints: Vec<String>,
    /// Whether cells of the row, up to the last good one, are in doubt.
    doubt: bool,
    /// Whether cells after the last good one are in doubt; which row they belong to is not known yet.
    doubt_behind: bool,
    raw: RawRows<R>,
    sink: Sink<'a>,
}

impl<R: std::io::Read> Pass<'_, R> {
    fn good_cell(&mut self) {
        self.doubt |= self.doubt_behind;
        self.doubt_behind = false;
    }

    fn bad_cell(&mut self, complaint: String) {
        self.complaints.push(complaint);
        self.doubt_behind = true;
    }

    /// Gives out the row that is complete and begins another one.
    fn start(&mut self, number: u32) -> Result<Flow, Unreadable> {
        if self.give()? == Flow::Stop || self.catch_up(number, self.doubt_behind)? == Flow::Stop {
            return Ok(Flow::Stop);
        }
        self.row.start(number);
        self.blank.clear();
        self.open = true;
        self.doubt = false;
        Ok(Flow::Continue)
    }

    fn finish(mut self) -> Result<(), Unreadable> {
        if self.give()? == Flow::Continue && self.doubt_behind {
            self.catch_up(u32::MAX, true)?;
        }
        Ok(())
    }

    fn give(&mut self) -> Result<Flow, Unreadable> {
        if !self.open {
            return Ok(Flow::Continue);
        }
        let (number, in_doubt) = (self.row.number, self.doubt || self.doubt_behind);
        // Rows before it hold no cells, or were given already.
        self.catch_up(number, false)?;
        let raw = self.raw.peek()?.filter(|raw| raw.number == number);
        self.row.hidden = raw.is_some_and(|raw| raw.hidden);
        if in_doubt || !self.blank.is_empty() {
            let raw = raw.ok_or_else(|| {
                let detail = "its rows are numbered in an odd way".into();
                Unreadable::Broken { sheet: None, row: Some(number), detail }
            })?;
            self.compare(raw, in_doubt);
        }
        if !self.doubt_behind {
            self.complaints.clear();
        }
        self.open = false;
        if self.row.is_empty() { Ok(Flow::Continue) } else { Ok((self.sink)(self.row)) }
    }

    /// Passes the raw rows before `number`. In doubt, those with cells are rows of which nothing could be read.
    fn catch_up(&mut self, number: u32, doubt: bool) -> Result<Flow, Unreadable> {
        while let Some(raw) = self.raw.peek()?.filter(|raw| raw.number < number) {
            if doubt && raw.number > self.row.number && self.raw.cells(raw).next().is_some() {
                self.row.start(raw.number);
                self.row.hidden = raw.hidden;
                self.blank.clear();
                self.compare(raw, true);
                if (self.sink)(self.row) == Flow::Stop {
                    return Ok(Flow::Stop);
                }
            }
            self.raw.pass();
        }
        Ok(Flow::Continue)
    }

    /// Adds an error cell for each formula without a value, and in doubt for each cell that was not given.
    fn compare(&mut self, raw: RawRow, in_doubt: bool) {
        let mut cells: Vec<_> = self.raw.cells(raw).collect();
        cells.sort_by_key(|cell| cell.column);
        cells.dedup_by_key(|cell| cell.column);
        let given = |column: u16| self.row.get(column).is_some();
        // Where places are counted, a cell that could not be read shifts all that follow it.
        let shifted = in_doubt && cells.iter().any(|cell| !cell.placed);
        let lost = |column: u16| shifted || (in_doubt && !given(column) && !self.blank.contains(&column));
        let wrong: Vec<(u16, bool)> = cells
            .iter()
            .filter(|cell| lost(cell.column) || (cell.hollow && !given(cell.column)))
            .map(|cell| (cell.column, lost(cell.column)))
            .collect();
        if wrong.is_empty() {
            return;
        }
        let before = self.row.clone();
        self.row.start(before.number);
        self.row.hidden = before.hidden;
        let mut good = before.cells().filter(|_| !shifted).peekable();
        let mut complaints = std::mem::take(&mut self.complaints).into_iter();
        for (column, lost) in wrong {
            while let Some(cell) = good.next_if(|cell| cell.column < column) {
                self.row.push(cell.column, cell.value, cell.format);
            }
            let complaint = if lost { complaints.next() } else { None };
            let text = if lost { complaint.as_deref().unwrap_or("unreadable cell") } else { HOLLOW };
            self.row.push(column, Value::Error(text), Format::Unknown);
        }
        for cell in good {
            self.row.push(cell.column, cell.value, cell.format);
        }
        self.complaints = complaints.collect();
    }
}

fn shown(style: &calamine::Style) -> Shown {
    match &style.number_format {
        Some(format) => Shown::of(&format.format_code, format.format_id),
        None => Shown::of("General", None),
    }
}

/// Errors that come again and again, because the text itself cannot be read on.
fn ends_the_sheet(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::Io(_)
            | XlsxError::Zip(_)
            | XlsxError::Xml(_)
            | XlsxError::XmlEof(_)
            | XlsxError::Encoding(_)
    )
}

/// What is shown for a cell that could not be read: the name of an error calamine does not know, or its words.
fn complaint(error: &XlsxError) -> String {
    match error {
        XlsxError::CellError(name) => name.chars().take(32).collect(),
        other => format!("unreadable cell ({other})").chars().take(120).collect(),
    }
}

fn broken(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        XlsxError::Zip(error) => super::package::zip_error(error),
        other => Unreadable::broken(other.to_string()),
    }
}
