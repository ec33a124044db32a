//! The records of a sheet of an `.xlsb` workbook, looked at beside calamine: where each cell stands, its style, and
//! the content of those that calamine passes over.
//!
//! Source of the records: MS-XLSB, section 2.4.

use std::io::{self, Read};

use super::super::{MAX_ROWS, MergedArea, Unreadable};
use super::merged;
use crate::domain::detail::Detail;
use crate::domain::unread;

/// A sheet of the workbook, and the end of their list.
pub(super) const SHEET: u16 = 0x009C;
pub(super) const END_SHEETS: u16 = 0x0090;

const ROW: u16 = 0x0000;
const BLANK: u16 = 0x0001;
const FORMULA_ERROR: u16 = 0x000B;
const SHORT_BLANK: u16 = 0x000C;
const SHORT_RK: u16 = 0x000D;
const SHORT_ERROR: u16 = 0x000E;
const SHORT_BOOL: u16 = 0x000F;
const SHORT_REAL: u16 = 0x0010;
const SHORT_TEXT: u16 = 0x0011;
const SHORT_SHARED: u16 = 0x0012;
const RICH_TEXT: u16 = 0x003E;
/// A text of the table of shared ones.
const TEXT: u16 = 0x0013;
const BEGIN_DATA: u16 = 0x0091;
const END_DATA: u16 = 0x0092;
const MERGED: u16 = 0x00B0;

/// So much of a record is kept: a cell holds at most 32,767 characters of two bytes.
const KEPT: usize = 72 * 1024;

/// A cell of the sheet.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// Row and column, both counted from 0.
    pub(super) place: (u32, u32),
    pub(super) style: usize,
    pub(super) content: Content,
}

/// What a cell holds.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// calamine gives it.
    Given,
    Number(f64),
    Bool(bool),
    Text(String),
    /// A place in the table of texts.
    SharedText(u32),
    Error(&'static str),
}

/// Reads the cells of a sheet part one by one.
pub(super) struct Beside<R> {
    part: R,
    in_data: bool,
    ended: bool,
    row: u32,
    /// The column after the last cell: that of one which does not say where it stands.
    next_column: u32,
    record: Vec<u8>,
}

impl<R: Read> Beside<R> {
    pub(super) fn new(part: R) -> Self {
        Self { part, in_data: false, ended: false, row: 0, next_column: 0, record: Vec::new() }
    }

    /// The next cell that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<Found>, Unreadable> {
        while !self.ended {
            let found = self.step()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn step(&mut self) -> Result<Option<Found>, Unreadable> {
        let kind = self.next_record().map_err(|error| Unreadable::broken(error.to_string()))?;
        match kind {
            BEGIN_DATA => self.in_data = true,
            END_DATA => self.ended = true,
            // calamine takes what it read last for the number of such a row.
            ROW if self.in_data && self.record.len() < 4 => {
                return Err(Unreadable::broken(Detail::RowCutOff));
            }
            ROW if self.in_data => {
                self.row = u32_at(&self.record, 0);
                self.next_column = 0;
                // calamine takes such a row for the end of the sheet.
                if self.row >= MAX_ROWS {
                    return Err(Unreadable::broken(Detail::RowBeyondSheet));
                }
            }
            BLANK..=RICH_TEXT if self.in_data => return Ok(self.cell(kind)),
            _ => {}
        }
        Ok(None)
    }

    fn cell(&mut self, kind: u16) -> Option<Found> {
        let short = (SHORT_BLANK..=SHORT_SHARED).contains(&kind);
        if !short && kind > FORMULA_ERROR && kind != RICH_TEXT {
            return None;
        }
        let column = if short { self.next_column } else { u32_at(&self.record, 0) };
        self.next_column = column.saturating_add(1);
        let at = if short { 0 } else { 4 };
        let style = u32_at(&self.record, at) & 0x00FF_FFFF;
        let value = self.record.get(at + 4..).unwrap_or_default();
        let first = value.first().copied().unwrap_or_default();
        let text = |value: &[u8]| wide_text(value).map_or(Content::Error(unread::CUT_TEXT), Content::Text);
        let content = match kind {
            BLANK | SHORT_BLANK => return None,
            FORMULA_ERROR | SHORT_ERROR => Content::Error(error_of(first)),
            SHORT_RK => Content::Number(packed(u32_at(value, 0))),
            SHORT_BOOL => Content::Bool(first != 0),
            SHORT_REAL => match value.first_chunk() {
                Some(bytes) => Content::Number(f64::from_le_bytes(*bytes)),
                None => Content::Error(unread::CUT_NUMBER),
            },
            SHORT_TEXT => text(value),
            SHORT_SHARED => Content::SharedText(u32_at(value, 0)),
            RICH_TEXT => text(value.get(1..).unwrap_or_default()),
            _ => Content::Given,
        };
        Some(Found {
            place: (self.row, column),
            style: usize::try_from(style).unwrap_or(usize::MAX),
            content,
        })
    }

    /// Reads a record and keeps its beginning.
    fn next_record(&mut self) -> io::Result<u16> {
        let kind = variable(&mut self.part, 2)?;
        let length = variable(&mut self.part, 4)?;
        let kept = usize::try_from(length).unwrap_or(usize::MAX).min(KEPT);
        self.record.resize(kept, 0);
        self.part.read_exact(&mut self.record)?;
        let rest = u64::from(length) - kept as u64;
        if rest > 0 && io::copy(&mut (&mut self.part).take(rest), &mut io::sink())? < rest {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(u16::try_from(kind).unwrap_or(u16::MAX))
    }
}

/// How many texts a part of shared strings holds, as far as it can be read: calamine reads no further.
pub(super) fn count_texts(part: impl Read) -> io::Result<u64> {
    let mut records = Beside::new(part);
    let mut count = 0;
    loop {
        match records.next_record() {
            Ok(TEXT) => count += 1,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(count),
            Err(error) => return Err(error),
        }
    }
}

/// The merged areas of a sheet part.
pub(super) fn merged_areas(part: impl Read) -> Result<Vec<MergedArea>, Unreadable> {
    let mut records = Beside::new(io::BufReader::new(part));
    let mut areas = Vec::new();
    loop {
        match records.next_record() {
            Ok(MERGED) => {
                let number = |at: usize| u32_at(&records.record, at * 4);
                let area = calamine::Dimensions::new((number(0), number(2)), (number(1), number(3)));
                areas.extend(merged(&area));
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(areas),
            Err(error) => return Err(Unreadable::broken(error.to_string())),
        }
    }
}

/// A number in 30 bits: a whole one or the upper half of a float, either of them perhaps in hundredths.
fn packed(bits: u32) -> f64 {
    let number = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
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
    wide_text(sheet.get(8..)?)
}

/// A text behind the number of its characters; `None` if it is cut off.
pub(super) fn wide_text(bytes: &[u8]) -> Option<String> {
    let length = u32::from_le_bytes(*bytes.first_chunk()?);
    let length = usize::try_from(length).ok()?.checked_mul(2)?;
    let units =
        bytes.get(4..)?.get(..length)?.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u32::from_le_bytes(*chunk))
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
        _ => unread::FORMULA_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        for (bits, want) in [
            (7 << 2 | 2, 7.0),
            (150_050 << 2 | 3, 1500.5),
            ((-3_i32 << 2 | 2).cast_unsigned(), -3.0),
            ((1.5_f64.to_bits() >> 32) as u32, 1.5),
            ((150.0_f64.to_bits() >> 32) as u32 | 1, 1.5),
        ] {
            assert_eq!(packed(bits), want, "{bits:#x}");
        }
    }
}
