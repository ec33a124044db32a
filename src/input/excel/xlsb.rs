//! `.xlsb`: cells from calamine as they come, and beside them the records it passes over without a word (formulas
//! whose result is an error, and rich text), so that such a cell is an error and not a blank.
//!
//! Source of the records: MS-XLSB.

use std::fs::File;
use std::io::{self, BufReader, Read};

use calamine::{Reader, SheetType, XlsbError};

use super::super::{Flow, Kind, MAX_ROWS, MergedArea, Note, Source, TableInfo, Unreadable};
use super::package::Package;
use super::{Places, check_list, epoch, guard, push, sheet_name, tables};
use crate::domain::cell::{Epoch, Format, Row, Value};

/// An open workbook.
pub(super) struct Xlsb {
    book: calamine::Xlsb<BufReader<File>>,
    package: Package,
    /// The part of each table.
    parts: Vec<String>,
    tables: Vec<TableInfo>,
    epoch: Epoch,
    row: Row,
}

impl Xlsb {
    pub(super) fn open(file: File, mut package: Package) -> Result<Self, Unreadable> {
        let book: calamine::Xlsb<_> = guard(|| calamine::Xlsb::new(BufReader::new(file)))?.map_err(broken)?;
        let sheets = book.sheets_metadata();
        let parts = package.binary_sheet_parts()?;
        check_list(sheets.len(), parts.len())?;
        let with_cells = sheets.iter().zip(parts).filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet);
        let parts = with_cells.map(|(_, part)| part).collect();
        let (tables, epoch) = (tables(sheets), epoch(book.has_1904_epoch()));
        Ok(Self { book, package, parts, tables, epoch, row: Row::default() })
    }

    fn stream(
        &mut self,
        table: usize,
        name: &str,
        sink: &mut dyn FnMut(&Row) -> Flow,
    ) -> Result<(), Unreadable> {
        let missing = || Unreadable::broken("its part is missing");
        let part = self.parts.get(table).ok_or_else(missing)?;
        let mut passed_over = PassedOver::new(BufReader::new(self.package.part(part)?.ok_or_else(missing)?));
        let book = &mut self.book;
        let mut cells = guard(|| book.worksheet_cells_reader(name))?.map_err(broken)?;
        let mut places = Places::default();
        let mut open = false;
        loop {
            let row = || places.last.map(|(row, _)| row.saturating_add(1));
            let cell = guard(|| cells.next_cell())?.map_err(|error| {
                let detail = format!("after this row: {error}");
                Unreadable::Broken { sheet: None, row: row(), detail }
            })?;
            let upcoming = cell.as_ref().map(calamine::Cell::get_position);
            // Both come in the order of the sheet: what calamine left out goes before its next cell.
            while let Some((place, text)) = passed_over.before(upcoming)? {
                let (fresh, number, column) = places.next(place)?;
                if fresh && begin(&mut self.row, &mut open, number, sink) == Flow::Stop {
                    return Ok(());
                }
                self.row.push(column, Value::Error(text), Format::Unknown);
            }
            let Some(cell) = cell else { break };
            let (fresh, number, column) = places.next(cell.get_position())?;
            if fresh && begin(&mut self.row, &mut open, number, sink) == Flow::Stop {
                return Ok(());
            }
            push(&mut self.row, column, cell.get_value(), self.epoch, None);
        }
        if open && !self.row.is_empty() {
            sink(&self.row);
        }
        Ok(())
    }
}

/// Gives out the row that is complete and begins another one.
fn begin(row: &mut Row, open: &mut bool, number: u32, sink: &mut dyn FnMut(&Row) -> Flow) -> Flow {
    let flow = if *open && !row.is_empty() { sink(row) } else { Flow::Continue };
    *open = true;
    row.start(number);
    flow
}

impl Source for Xlsb {
    fn kind(&self) -> Kind {
        Kind::Xlsb
    }

    fn tables(&self) -> &[TableInfo] {
        &self.tables
    }

    fn read(&mut self, table: usize, sink: &mut dyn FnMut(&Row) -> Flow) -> Result<(), Unreadable> {
        let name = sheet_name(&self.tables, table)?.to_owned();
        self.stream(table, &name, sink).map_err(|error| error.in_sheet(&name, None))
    }

    fn merges(&mut self, _table: usize) -> Result<Vec<MergedArea>, Unreadable> {
        Ok(Vec::new())
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn notes(&self) -> &[Note] {
        &[]
    }
}

/// A sheet of the workbook, and the end of their list.
pub(super) const SHEET: u16 = 0x009C;
pub(super) const END_SHEETS: u16 = 0x0090;

const ROW: u16 = 0x0000;
const TEXT: u16 = 0x0013;
const FORMULA_ERROR: u16 = 0x000B;
const RICH_TEXT: u16 = 0x003E;
const BEGIN_DATA: u16 = 0x0091;
const END_DATA: u16 = 0x0092;

/// A place that calamine left out, and what is wrong there.
type Lost = ((u32, u32), &'static str);

/// Finds the records that calamine passes over, never reading far ahead of it.
struct PassedOver<R> {
    part: R,
    in_data: bool,
    ended: bool,
    row: u32,
    found: Option<Lost>,
}

impl<R: Read> PassedOver<R> {
    fn new(part: R) -> Self {
        Self { part, in_data: false, ended: false, row: 0, found: None }
    }

    /// The next one before a place, or before the end of the sheet.
    fn before(&mut self, next: Option<(u32, u32)>) -> Result<Option<Lost>, Unreadable> {
        while self.found.is_none() && !self.ended && next.is_none_or(|(row, _)| self.row <= row) {
            self.step()?;
        }
        Ok(self.found.take_if(|(place, _)| next.is_none_or(|next| *place < next)))
    }

    fn step(&mut self) -> Result<(), Unreadable> {
        let mut head = [0_u8; 9];
        let record = record(&mut self.part, &mut head);
        let (kind, length) = record.map_err(|error| Unreadable::broken(error.to_string()))?;
        let [a, b, c, d, .., code] = head;
        let number = u32::from_le_bytes([a, b, c, d]);
        match kind {
            BEGIN_DATA => self.in_data = true,
            END_DATA => self.ended = true,
            // calamine takes what it read last for the number of such a row.
            ROW if self.in_data && length < 4 => return Err(Unreadable::broken("a row is cut off")),
            // calamine takes such a row for the end of the sheet.
            ROW if self.in_data && number >= MAX_ROWS => {
                return Err(Unreadable::broken("a row lies beyond the last one"));
            }
            ROW if self.in_data => self.row = number,
            FORMULA_ERROR if self.in_data => self.found = Some(((self.row, number), error_of(code))),
            RICH_TEXT if self.in_data => {
                self.found = Some(((self.row, number), "formatted text; save the workbook as .xlsx"));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Reads a record and keeps its first bytes. Gives its kind and its length.
fn record(part: &mut impl Read, head: &mut [u8; 9]) -> io::Result<(u16, u32)> {
    let kind = variable(part, 2)?;
    let length = variable(part, 4)?;
    let taken = usize::try_from(length).unwrap_or(usize::MAX).min(head.len());
    part.read_exact(head.get_mut(..taken).unwrap_or_default())?;
    let rest = u64::from(length) - taken as u64;
    if io::copy(&mut part.take(rest), &mut io::sink())? < rest {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok((u16::try_from(kind).unwrap_or(u16::MAX), length))
}

/// How many texts a part of shared strings holds, as far as it can be read: calamine reads no further.
pub(super) fn count_texts(mut part: impl Read) -> io::Result<u64> {
    let mut count = 0;
    loop {
        match record(&mut part, &mut [0; 9]) {
            Ok((TEXT, _)) => count += 1,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(count),
            Err(error) => return Err(error),
        }
    }
}

/// A number of up to `most` bytes, seven bits each, the lowest first.
fn variable(from: &mut impl Read, most: u32) -> io::Result<u32> {
    let mut value = 0;
    for place in 0..most {
        let mut byte = [0_u8];
        from.read_exact(&mut byte)?;
        value |= u32::from(byte[0] & 0x7F) << (7 * place);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Ok(value)
}

/// The records of a part that is in memory, until it ends or is cut off.
pub(super) fn records(mut part: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let kind = u16::try_from(variable(&mut part, 2).ok()?).ok()?;
        let length = usize::try_from(variable(&mut part, 4).ok()?).ok()?;
        let (content, rest) = part.split_at_checked(length)?;
        part = rest;
        Some((kind, content))
    })
}

/// The id under which a sheet record names its part; `None` for a sheet without one, which calamine leaves out too.
pub(super) fn relation_id(sheet: &[u8]) -> Option<String> {
    let length = u32::from_le_bytes(*sheet.get(8..)?.first_chunk()?);
    let length = usize::try_from(length).ok()?.checked_mul(2)?;
    let units =
        sheet.get(12..)?.get(..length)?.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

fn error_of(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "formula error",
    }
}

fn broken(error: XlsbError) -> Unreadable {
    match error {
        XlsbError::Password => Unreadable::Encrypted,
        XlsbError::Zip(error) => super::package::zip_error(error),
        other => Unreadable::broken(other.to_string()),
    }
}
