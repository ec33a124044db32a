//! `.xlsb`: cells from calamine as they come, with the number formats, and beside them the records it passes over
//! without a word (formulas whose result is an error, rich text, cells that do not say their column).
//!
//! Source of the records: MS-XLSB.

use std::fs::File;
use std::io::BufReader;

use calamine::{DataRef, Reader, SheetType, XlsbError};

use super::super::{Flow, Kind, MergedArea, Note, Source, TableInfo, Unreadable};
use super::format::Shown;
use super::package::{MAX_STRINGS, Package};
use super::xlsb_cells::{Beside, Content, Found, merged_areas, records, wide_text};
use super::{Places, check_list, epoch, guard, number, push, sheet_name, tables};
use crate::domain::cell::{Epoch, Format, Row, Value};
use crate::domain::detail::Detail;
use crate::domain::unread;

/// An open workbook.
pub(super) struct Xlsb {
    book: calamine::Xlsb<BufReader<File>>,
    package: Package,
    /// The part of each table.
    parts: Vec<String>,
    tables: Vec<TableInfo>,
    epoch: Epoch,
    /// How each style shows a number.
    palette: Vec<Shown>,
    /// The same file once more, for its table of texts, which calamine does not lend.
    again: Option<File>,
    texts: Vec<String>,
    row: Row,
}

impl Xlsb {
    pub(super) fn open(file: File, again: File, mut package: Package) -> Result<Self, Unreadable> {
        let book: calamine::Xlsb<_> = guard(|| calamine::Xlsb::new(BufReader::new(file)))?.map_err(broken)?;
        let sheets = book.sheets_metadata();
        let parts = package.binary_sheet_parts()?;
        check_list(sheets.len(), parts.len())?;
        let with_cells = sheets.iter().zip(parts).filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet);
        let parts = with_cells.map(|(_, part)| part).collect();
        let (tables, epoch) = (tables(sheets), epoch(book.has_1904_epoch()));
        let palette = palette(&package.read_whole("xl/styles.bin")?.unwrap_or_default());
        let (again, texts, row) = (Some(again), Vec::new(), Row::default());
        Ok(Self { book, package, parts, tables, epoch, palette, again, texts, row })
    }

    fn stream(
        &mut self,
        table: usize,
        name: &str,
        sink: &mut dyn FnMut(&Row) -> Flow,
    ) -> Result<(), Unreadable> {
        let missing = || Unreadable::broken(Detail::PartMissing);
        let part = self.parts.get(table).ok_or_else(missing)?;
        let mut beside = Beside::new(BufReader::new(self.package.part(part)?.ok_or_else(missing)?));
        let book = &mut self.book;
        let mut cells = guard(|| book.worksheet_cells_reader(name))?.map_err(broken)?;
        let mut places = Places::default();
        let mut open = false;
        loop {
            let row = places.last.map(|(row, _)| row.saturating_add(1));
            let damaged = |detail| Unreadable::Broken { sheet: None, row, detail };
            let Some(Found { place, style, content }) = beside.next()? else { break };
            let (fresh, number_of_row, column) = places.next(place)?;
            if fresh {
                if open && !self.row.is_empty() && sink(&self.row) == Flow::Stop {
                    return Ok(());
                }
                open = true;
                self.row.start(number_of_row);
            }
            let shown = Shown::in_palette(&self.palette, style);
            let value = match content {
                Content::Given => {
                    match guard(|| cells.next_cell())? {
                        Ok(Some(cell)) if cell.get_position() == place => {
                            push(&mut self.row, column, cell.get_value(), self.epoch, shown);
                        }
                        Ok(_) => return Err(damaged(Detail::CellsUnclear)),
                        Err(error @ (XlsbError::Io(_) | XlsbError::Zip(_))) => {
                            return Err(damaged(Detail::AfterRow { error: error.to_string() }));
                        }
                        Err(error) => {
                            let text = unread::because(&error);
                            self.row.push(column, Value::Error(&text), Format::Unknown);
                        }
                    }
                    continue;
                }
                Content::Number(found) => number(found, self.epoch, shown),
                Content::Bool(flag) => Value::Bool(flag),
                Content::Error(text) => Value::Error(text),
                Content::Text(text) => {
                    push(&mut self.row, column, &DataRef::String(text), self.epoch, shown);
                    continue;
                }
                Content::SharedText(index) => {
                    if let Some(again) = self.again.take() {
                        self.texts = shared_texts(again)?;
                    }
                    let text = usize::try_from(index).ok().and_then(|index| self.texts.get(index));
                    let text = text.ok_or_else(|| damaged(Detail::TextMissing))?;
                    push(&mut self.row, column, &DataRef::SharedString(text), self.epoch, shown);
                    continue;
                }
            };
            self.row.push(column, value, shown.format);
        }
        if guard(|| cells.next_cell())?.is_ok_and(|cell| cell.is_some()) {
            return Err(Unreadable::broken(Detail::CellsUnclear));
        }
        if open && !self.row.is_empty() {
            sink(&self.row);
        }
        Ok(())
    }
}

/// How each style of the part `styles.bin` shows a number.
fn palette(part: &[u8]) -> Vec<Shown> {
    const FORMAT: u16 = 0x002C;
    const STYLE: u16 = 0x002F;
    const BEGIN_STYLES: u16 = 0x0269;
    const END_STYLES: u16 = 0x026A;
    let id_at = |content: &[u8], at: usize| {
        content.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |id| u16::from_le_bytes(*id))
    };
    let mut formats: Vec<(u16, Shown)> = Vec::new();
    let mut styles = Vec::new();
    let mut in_styles = false;
    for (kind, content) in records(part) {
        match kind {
            FORMAT => {
                let id = id_at(content, 0);
                let code = wide_text(content.get(2..).unwrap_or_default()).unwrap_or_default();
                formats.push((id, Shown::of(&code, Some(u32::from(id)))));
            }
            BEGIN_STYLES => in_styles = true,
            END_STYLES => in_styles = false,
            STYLE if in_styles => {
                let id = id_at(content, 2);
                let own = formats.iter().rev().find(|format| format.0 == id);
                styles.push(own.map_or_else(|| Shown::of_id(u32::from(id)), |format| format.1));
            }
            _ => {}
        }
    }
    styles
}

/// The table of texts, as calamine reads it.
fn shared_texts(file: File) -> Result<Vec<String>, Unreadable> {
    const ITEM: u16 = 0x0013;
    let part = Package::open(file)?.read_up_to("xl/sharedStrings.bin", MAX_STRINGS)?.unwrap_or_default();
    let items = records(&part).filter(|(kind, _)| *kind == ITEM);
    Ok(items.map(|(_, item)| wide_text(item.get(1..).unwrap_or_default()).unwrap_or_default()).collect())
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

    fn merges(&mut self, table: usize) -> Result<Vec<MergedArea>, Unreadable> {
        let name = sheet_name(&self.tables, table)?.to_owned();
        let missing = || Unreadable::broken(Detail::PartMissing);
        let part = self.parts.get(table).ok_or_else(missing)?;
        let part = self.package.part(part)?.ok_or_else(missing)?;
        merged_areas(part).map_err(|error| error.in_sheet(&name, None))
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn notes(&self) -> &[Note] {
        &[]
    }
}

fn broken(error: XlsbError) -> Unreadable {
    match error {
        XlsbError::Password => Unreadable::Encrypted,
        XlsbError::Zip(error) => super::package::zip_error(error),
        other => Unreadable::broken(other.to_string()),
    }
}
