//! The records of an `.xls` workbook, looked at before calamine turns every sheet into a dense table: a forged size
//! makes it ask for more memory than there is, which ends the process. Source of the layout: MS-XLS.

use std::mem::size_of;

use calamine::Data;

use super::super::Unreadable;
use super::strings::sizes;
use crate::domain::detail::Detail;

/// Rows and columns of a sheet of Excel 97 to 2003.
const MAX_ROWS: u32 = 65_536;
const MAX_COLUMNS: u32 = 256;

/// What the dense tables of all sheets may take, and what their texts. calamine holds both twice for a while.
const MAX_TABLES: u64 = 384 * 1024 * 1024;
const MAX_TEXTS: u64 = 256 * 1024 * 1024;

/// More continuations than a file within its limit has of an honest length. calamine takes them from the front of a
/// list, which is quadratic.
const MAX_CONTINUED: u32 = 40_000;

pub(super) const END: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const CONTINUE: u16 = 0x003C;
pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const MUL_RK: u16 = 0x00BD;
const STRINGS: u16 = 0x00FC;
const LABEL_OF_STRINGS: u16 = 0x00FD;
const DIMENSIONS: u16 = 0x0200;
const LABELS: [u16; 2] = [0x0204, 0x00D6];
const TEXT_OF_FORMULA: u16 = 0x0207;
pub(super) const BEGIN: u16 = 0x0809;
/// Records whose first two numbers are the row and the column of one cell.
const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];

/// Checks the stream `Workbook`.
pub(super) fn check(stream: &[u8]) -> Result<(), Unreadable> {
    let mut sheets = Vec::new();
    let mut cost = Cost::default();
    let mut continued = 0;
    let mut records = Records(stream);
    while let Some((kind, data)) = records.next() {
        continued = if kind == CONTINUE { continued + 1 } else { 0 };
        match kind {
            FILE_PASS => return Err(Unreadable::Encrypted),
            BOUND_SHEET => sheets.push(u32_at(data, 0)),
            STRINGS => {
                let pieces =
                    Records(records.0).take_while(|(kind, _)| *kind == CONTINUE).map(|(_, data)| data);
                cost.strings = sizes(data, pieces, MAX_TEXTS)?;
            }
            END => break,
            _ if continued > MAX_CONTINUED => return Err(Unreadable::broken(Detail::EndlessRecord)),
            _ => {}
        }
    }
    // Sheets that overlap cost more than the file has bytes.
    let mut walked = 0;
    for place in sheets {
        let place = place.and_then(|place| usize::try_from(place).ok());
        let sheet = place.and_then(|place| stream.get(place..));
        let sheet = sheet.ok_or_else(|| Unreadable::broken(Detail::SheetBeyondEnd))?;
        walked += sheet.len() - check_sheet(sheet, &mut cost)?.len();
        if walked > stream.len() {
            return Err(Unreadable::broken(Detail::SheetsOverlap));
        }
    }
    Ok(())
}

/// Checks one sheet and gives what lies behind it.
fn check_sheet<'a>(stream: &'a [u8], cost: &mut Cost) -> Result<&'a [u8], Unreadable> {
    let mut depth = 0_u32;
    let mut used = Used::default();
    let mut continued = 0;
    let mut records = Records(stream);
    for (kind, data) in records.by_ref() {
        continued = if kind == CONTINUE { continued + 1 } else { 0 };
        if continued > MAX_CONTINUED {
            return Err(Unreadable::broken(Detail::EndlessRecord));
        }
        // calamine makes room for as many characters as are announced.
        match kind {
            LABEL_OF_STRINGS => cost.string(u32_at(data, 6))?,
            TEXT_OF_FORMULA => cost.text(u16_at(data, 0).map(u32::from))?,
            _ if LABELS.contains(&kind) => cost.text(u16_at(data, 6).map(u32::from))?,
            _ => {}
        }
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // A chart inside the sheet has records of its own, which calamine passes over.
            _ if depth > 1 => {}
            DIMENSIONS => check_dimensions(data)?,
            MUL_RK => {
                let last = data.len().checked_sub(2).and_then(|at| u16_at(data, at));
                for column in [u16_at(data, 2), last] {
                    used.add(u16_at(data, 0), column)?;
                }
            }
            _ if CELLS.contains(&kind) => used.add(u16_at(data, 0), u16_at(data, 2))?,
            _ => {}
        }
    }
    cost.table(&used)?;
    Ok(records.0)
}

/// What the sheets take in memory together.
#[derive(Default)]
struct Cost {
    tables: u64,
    texts: u64,
    /// What each of the shared strings takes; every cell has its own copy.
    strings: Vec<u32>,
}

impl Cost {
    fn string(&mut self, index: Option<u32>) -> Result<(), Unreadable> {
        let index = index.and_then(|index| usize::try_from(index).ok());
        self.text(index.and_then(|index| self.strings.get(index)).copied())
    }

    fn text(&mut self, length: Option<u32>) -> Result<(), Unreadable> {
        self.texts += u64::from(length.unwrap_or_default());
        if self.texts > MAX_TEXTS {
            let detail = Detail::CellTexts { mib: 256 };
            return Err(Unreadable::TooBig { detail });
        }
        Ok(())
    }

    fn table(&mut self, used: &Used) -> Result<(), Unreadable> {
        let (Some(rows), Some(columns)) = (used.rows, used.columns) else { return Ok(()) };
        let area = u64::from(rows.1 - rows.0 + 1) * u64::from(columns.1 - columns.0 + 1);
        self.tables += area * size_of::<Data>() as u64;
        if self.tables > MAX_TABLES {
            let detail = Detail::SparseCells;
            return Err(Unreadable::TooBig { detail });
        }
        Ok(())
    }
}

/// The rectangle that the cells of a sheet span.
#[derive(Default)]
struct Used {
    rows: Option<(u32, u32)>,
    columns: Option<(u32, u32)>,
}

impl Used {
    fn add(&mut self, row: Option<u16>, column: Option<u16>) -> Result<(), Unreadable> {
        let (Some(row), Some(column)) = (row.map(u32::from), column.map(u32::from)) else {
            return Err(Unreadable::broken(Detail::CellCutOff));
        };
        if column >= MAX_COLUMNS {
            return Err(Unreadable::broken(Detail::CellBeyondColumns));
        }
        let widen = |range: Option<(u32, u32)>, at: u32| {
            range.map_or((at, at), |(first, last)| (first.min(at), last.max(at)))
        };
        self.rows = Some(widen(self.rows, row));
        self.columns = Some(widen(self.columns, column));
        Ok(())
    }
}

/// calamine reserves memory for the product of what this record says.
fn check_dimensions(data: &[u8]) -> Result<(), Unreadable> {
    let (rows, columns) = if data.len() < 14 {
        ((u16_at(data, 0).map(u32::from), u16_at(data, 2).map(u32::from)), u16_at(data, 6))
    } else {
        ((u32_at(data, 0), u32_at(data, 4)), u16_at(data, 10))
    };
    let ((Some(first), Some(end)), Some(last)) = (rows, columns) else {
        return Err(Unreadable::broken(Detail::SizeCutOff));
    };
    if end > MAX_ROWS || u32::from(last) > MAX_COLUMNS || (end > 0 && first >= end) {
        return Err(Unreadable::broken(Detail::ImpossibleSize));
    }
    Ok(())
}

/// Kind and content of each record until the stream ends or is cut off.
pub(super) struct Records<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.0, 0)?, u16_at(self.0, 2)?);
        let (data, rest) = self.0.get(4..)?.split_at_checked(usize::from(length))?;
        self.0 = rest;
        Some((kind, data))
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One record.
    pub(in super::super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    /// A workbook of one sheet `Data` with these records.
    pub(in super::super) fn workbook(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
        let begin = record(BEGIN, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let mut stream = [begin.clone(), globals.concat()].concat();
        let place = u32::try_from(stream.len() + 4 + 12 + 4).unwrap();
        stream.extend(record(BOUND_SHEET, &[&place.to_le_bytes()[..], &[0, 0, 4, 0], b"Data"].concat()));
        stream.extend(record(END, &[]));
        stream.extend(begin);
        stream.extend(sheet.concat());
        stream.extend(record(END, &[]));
        stream
    }

    /// A cell with a number.
    pub(in super::super) fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        record(0x0203, &[place, value.to_le_bytes().to_vec()].concat())
    }

    fn dimensions(first: u32, end: u32, columns: u16) -> Vec<u8> {
        let rows = [first.to_le_bytes(), end.to_le_bytes()].concat();
        record(DIMENSIONS, &[&rows[..], &[0, 0], &columns.to_le_bytes(), &[0, 0]].concat())
    }

    #[test]
    fn forged_sizes_and_far_cells_are_refused() {
        let broken = Unreadable::broken;
        let size = || broken(Detail::ImpossibleSize);
        for (sheet, want) in [
            (vec![dimensions(0, 2, 3), number(0, 0, 1.0), number(1, 2, 2.0)], Ok(())),
            (vec![dimensions(0, 0, 0)], Ok(())),
            (vec![dimensions(0, u32::MAX, 3)], Err(size())),
            (vec![dimensions(0, 3, u16::MAX)], Err(size())),
            (vec![dimensions(9, 3, 3)], Err(size())),
            (vec![number(0, 0, 1.0), number(u16::MAX, 1, 1.0)], Ok(())),
            (vec![number(0, 300, 1.0)], Err(broken(Detail::CellBeyondColumns))),
            (vec![record(0x0203, &[0])], Err(broken(Detail::CellCutOff))),
        ] {
            assert_eq!(check(&workbook(&[], &sheet)), want, "{sheet:?}");
        }
        let protected = workbook(&[record(FILE_PASS, &[0; 6])], &[]);
        assert_eq!(check(&protected), Err(Unreadable::Encrypted));
        let sound = workbook(&[], &[dimensions(0, 2, 3), number(0, 0, 1.0)]);
        for length in 0..sound.len() {
            let _ = check(&sound[..length]);
        }
    }
}
