//! `.xlsx` and `.xlsm`: cells from calamine as they come, with the number formats, and beside them the raw rows for
//! what calamine does not tell.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use calamine::{DataRef, Reader, XlsxError};

use super::super::{Flow, Kind, MergedArea, Note, Source, TableInfo, Unreadable};
use super::ahead::{Ahead, WORTHWHILE};
use super::format::Shown;
use super::merges::{LookedThrough, look_through};
use super::package::{Package, WorkbookParts};
use super::raw::{RawCell, RawRow, RawRows, Stored};
use super::{Places, check_list, epoch, guard, push, sheet_name, tables};
use crate::domain::cell::{Epoch, Format, Row, Value};
use crate::domain::detail::Detail;
use crate::domain::unread;

/// So many unreadable cells in a row are not odd cells but a damaged sheet.
const MAX_ERRORS: usize = 1_000;

/// The sheets up to this size cannot hold anything that does not fit into memory.
const LARGE_PART: u64 = 128 * 1024 * 1024;

/// An open workbook.
pub(super) struct Xlsx {
    book: calamine::Xlsx<BufReader<File>>,
    path: PathBuf,
    package: Package,
    /// The largest part, which is being looked through.
    looking: Option<(String, Looking)>,
    /// The part of each table.
    parts: Vec<String>,
    tables: Vec<TableInfo>,
    /// What was found in the tables that were looked through.
    looked_through: HashMap<usize, LookedThrough>,
    epoch: Epoch,
    /// Zeros of formulas may be placeholders.
    recalculates: bool,
    /// The first shared text, which calamine also gives where it cannot read the index.
    first_text: Option<String>,
    row: Row,
}

impl Xlsx {
    /// Opens the workbook in `file`, which is found again under `path`.
    pub(super) fn open(path: &Path, file: File, mut package: Package) -> Result<Self, Unreadable> {
        let WorkbookParts { sheets: parts, recalculates, first_text } = package.workbook_parts()?;
        // Begun before the checks, which take their time too; it needs none of them.
        let looking = look_ahead(path, &package, &parts);
        package.check()?;
        let book: calamine::Xlsx<_> = guard(|| calamine::Xlsx::new(BufReader::new(file)))?.map_err(broken)?;
        let sheets = book.sheets_metadata();
        check_list(sheets.len(), parts.len())?;
        let with_cells =
            sheets.iter().zip(parts).filter(|(sheet, _)| sheet.typ == calamine::SheetType::WorkSheet);
        let parts = with_cells.map(|(_, part)| part).collect();
        let (tables, epoch) = (tables(sheets), epoch(book.has_1904_epoch()));
        let (path, row) = (path.to_owned(), Row::default());
        let looked_through = HashMap::new();
        Ok(Self {
            book,
            path,
            package,
            looking,
            parts,
            tables,
            looked_through,
            epoch,
            recalculates,
            first_text,
            row,
        })
    }

    /// Looks a table through once; it holds nothing then that does not fit into memory.
    fn look_through(&mut self, table: usize) -> Result<LookedThrough, Unreadable> {
        if let Some(found) = self.looked_through.get(&table) {
            return Ok(found.clone());
        }
        let missing = || Unreadable::broken(Detail::PartMissing);
        let part = self.parts.get(table).ok_or_else(missing)?;
        let found = match self.looking.take_if(|(looked_for, _)| looked_for == part) {
            Some((_, looking)) => looking.join().map_err(|_| Unreadable::broken(Detail::ReaderFailed))??,
            None => look_through(self.package.part(part)?.ok_or_else(missing)?)?,
        };
        self.looked_through.insert(table, found.clone());
        Ok(found)
    }

    fn stream(&mut self, table: usize, name: &str, sink: Sink<'_>) -> Result<(), Unreadable> {
        let missing = || Unreadable::broken(Detail::PartMissing);
        let size = self.parts.get(table).and_then(|part| self.package.size(part)).unwrap_or_default();
        if size > LARGE_PART {
            self.look_through(table)?;
        }
        let part = self.parts.get(table).ok_or_else(missing)?;
        let part: Box<dyn Read + '_> = if size > WORTHWHILE {
            Box::new(Ahead::of(&self.path, part))
        } else {
            Box::new(self.package.part(part)?.ok_or_else(missing)?)
        };
        // Whatever the last reading ended with is no row of this one.
        self.row.start(0);
        let mut pass = Pass {
            row: &mut self.row,
            open: false,
            may_hide: self.looked_through.get(&table).is_none_or(|found| found.hides),
            blank: Vec::new(),
            empty: Vec::new(),
            suspect: false,
            recalculates: self.recalculates,
            complaints: Vec::new(),
            doubt: false,
            doubt_behind: false,
            raw: RawRows::new(part),
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
                    let value = cell.get_value();
                    pass.suspect |= match value {
                        DataRef::SharedString(text) => self.first_text.as_deref() == Some(*text),
                        DataRef::Float(number) => self.recalculates && *number == 0.0,
                        _ => false,
                    };
                    if !push(pass.row, column, value, self.epoch, Shown::in_palette(&palette, style)) {
                        let blank = if *value == DataRef::Empty { &mut pass.blank } else { &mut pass.empty };
                        blank.push(column);
                    }
                }
                Ok(None) => break,
                Err(error) if ends_the_sheet(&error) || errors >= MAX_ERRORS => {
                    let row = places.last.map(|(row, _)| row.saturating_add(1));
                    let detail = Detail::AfterRow { error: error.to_string() };
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
        self.look_through(table).map(|found| found.merges).map_err(|error| error.in_sheet(&name, None))
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn notes(&self) -> &[Note] {
        &[]
    }
}

/// Begins to look through the largest sheet, which is the one that takes time and is likely read.
fn look_ahead(path: &Path, package: &Package, parts: &[String]) -> Option<(String, Looking)> {
    let sizes = parts.iter().filter_map(|part| Some((package.size(part)?, part)));
    let (_, part) = sizes.max().filter(|(size, _)| *size > WORTHWHILE)?;
    let (path, looked_for) = (path.to_owned(), part.clone());
    let looking = std::thread::spawn(move || {
        let mut package = Package::open(File::open(&path)?)?;
        let part = package.part(&looked_for)?;
        look_through(part.ok_or_else(|| Unreadable::broken(Detail::PartMissing))?)
    });
    Some((part.clone(), looking))
}

type Looking = JoinHandle<Result<LookedThrough, Unreadable>>;
type Sink<'a> = &'a mut dyn FnMut(&Row) -> Flow;

/// One reading of a sheet.
///
/// calamine does not say which cell it could not read. Everything between the last good cell and the next one is
/// then in doubt, and is compared with the raw rows: a cell that is written and was not given is an error cell.
struct Pass<'a, R> {
    row: &'a mut Row,
    /// Whether `row` is being filled.
    open: bool,
    /// Whether rows may be hidden; if none is, the raw rows are looked at only where there is a doubt.
    may_hide: bool,
    /// Columns of the row that were given and hold nothing, and those that hold an empty text.
    blank: Vec<u16>,
    empty: Vec<u16>,
    /// Whether the row has a value that calamine also gives for one it cannot read, or a writer for one it did not
    /// compute.
    suspect: bool,
    recalculates: bool,
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
        if self.give()? == Flow::Stop {
            return Ok(Flow::Stop);
        }
        if self.doubt_behind && self.catch_up(number, true)? == Flow::Stop {
            return Ok(Flow::Stop);
        }
        self.begin(number);
        self.open = true;
        self.doubt = false;
        Ok(Flow::Continue)
    }

    fn begin(&mut self, number: u32) {
        self.row.start(number);
        self.blank.clear();
        self.empty.clear();
        self.suspect = false;
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
        let doubtful = in_doubt || self.suspect || !self.blank.is_empty();
        let mut raw = None;
        if doubtful || self.may_hide {
            // Rows before it hold no cells, or were given already.
            self.catch_up(number, false)?;
            raw = self.raw.peek()?.filter(|raw| raw.number == number);
        }
        self.row.hidden = raw.is_some_and(|raw| raw.hidden);
        if doubtful {
            let raw = raw.ok_or_else(|| {
                let detail = Detail::RowNumbers;
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
                self.begin(raw.number);
                self.row.hidden = raw.hidden;
                self.compare(raw, true);
                if (self.sink)(self.row) == Flow::Stop {
                    return Ok(Flow::Stop);
                }
            }
            self.raw.pass();
        }
        Ok(Flow::Continue)
    }

    /// Adds an error cell for each formula without a value and for each value that calamine has mistaken, and in doubt
    /// for each cell that was not given.
    fn compare(&mut self, raw: RawRow, in_doubt: bool) {
        let mut cells: Vec<_> = self.raw.cells(raw).collect();
        cells.sort_by_key(|cell| cell.column);
        cells.dedup_by_key(|cell| cell.column);
        // Where places are counted, a cell that could not be read shifts all that follow it.
        let shifted = in_doubt && cells.iter().any(|cell| !cell.placed);
        let wrong: Vec<(u16, Option<&'static str>)> = cells
            .iter()
            .filter_map(|&cell| {
                let lost = shifted || (in_doubt && !self.was_given(cell.column));
                let words = if lost { None } else { Some(self.mistake(cell)?) };
                Some((cell.column, words))
            })
            .collect();
        if wrong.is_empty() {
            return;
        }
        let before = self.row.clone();
        self.row.start(before.number);
        self.row.hidden = before.hidden;
        let mut good = before.cells().filter(|_| !shifted).peekable();
        let mut complaints = std::mem::take(&mut self.complaints).into_iter();
        for (column, words) in wrong {
            while let Some(cell) = good.next_if(|cell| cell.column < column) {
                self.row.push(cell.column, cell.value, cell.format);
            }
            good.next_if(|cell| cell.column == column);
            let complaint = if words.is_none() { complaints.next() } else { None };
            let text = words.or(complaint.as_deref()).unwrap_or(unread::UNREADABLE);
            self.row.push(column, Value::Error(text), Format::Unknown);
        }
        for cell in good {
            self.row.push(cell.column, cell.value, cell.format);
        }
        self.complaints = complaints.collect();
    }

    fn was_given(&self, column: u16) -> bool {
        self.row.get(column).is_some() || self.blank.contains(&column) || self.empty.contains(&column)
    }

    /// What is wrong with a cell that was given, or was left out as blank.
    fn mistake(&self, cell: RawCell) -> Option<&'static str> {
        let given = self.row.get(cell.column).map(|cell| cell.value);
        match (cell.stored, given) {
            (Stored::OddIndex, _) => Some(unread::MISSING_TEXT),
            (Stored::Nothing, None) if cell.formula => Some(unread::HOLLOW),
            (Stored::Value, None) if self.blank.contains(&cell.column) => Some(unread::LOST_VALUE),
            (Stored::Value, Some(Value::Number(0.0))) if cell.formula && self.recalculates => {
                Some(unread::HOLLOW)
            }
            _ => None,
        }
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
        other => unread::because(other),
    }
}

fn broken(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        XlsxError::Zip(error) => super::package::zip_error(error),
        other => Unreadable::broken(other.to_string()),
    }
}
