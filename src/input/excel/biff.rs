//! The records of an `.xls` workbook, looked at before calamine turns every sheet into a dense table: a forged size
//! makes it ask for more memory than there is, which ends the process. Source of the layout: MS-XLS.

use std::mem::size_of;

use calamine::Data;

use super::super::Unreadable;

/// Rows and columns of a sheet of Excel 97 to 2003.
const MAX_ROWS: u32 = 65_536;
const MAX_COLUMNS: u32 = 256;

/// What the dense table of one sheet may take.
const MAX_TABLE: u64 = 512 * 1024 * 1024;

pub(super) const END: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const MUL_RK: u16 = 0x00BD;
const DIMENSIONS: u16 = 0x0200;
pub(super) const BEGIN: u16 = 0x0809;
/// Records whose first two numbers are the row and the column of one cell.
const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];

/// Checks the stream `Workbook`.
pub(super) fn check(stream: &[u8]) -> Result<(), Unreadable> {
    let mut sheets = Vec::new();
    for (kind, data) in Records(stream) {
        match kind {
            FILE_PASS => return Err(Unreadable::Encrypted),
            BOUND_SHEET => sheets.push(u32_at(data, 0)),
            END => break,
            _ => {}
        }
    }
    for place in sheets {
        let place = place.and_then(|place| usize::try_from(place).ok());
        let sheet = place.and_then(|place| stream.get(place..));
        check_sheet(sheet.ok_or_else(|| Unreadable::broken("a sheet lies beyond its end"))?)?;
    }
    Ok(())
}

fn check_sheet(stream: &[u8]) -> Result<(), Unreadable> {
    let mut depth = 0_u32;
    let mut used = Used::default();
    for (kind, data) in Records(stream) {
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
    used.check()
}

/// The rectangle that the cells of a sheet span.
#[derive(Default)]
struct Used {
    rows: Option<(u32, u32)>,
    columns: Option<(u32, u32)>,
    cells: u64,
}

impl Used {
    fn add(&mut self, row: Option<u16>, column: Option<u16>) -> Result<(), Unreadable> {
        let (Some(row), Some(column)) = (row.map(u32::from), column.map(u32::from)) else {
            return Err(Unreadable::broken("a cell is cut off"));
        };
        if column >= MAX_COLUMNS {
            return Err(Unreadable::broken("a cell lies beyond the last column"));
        }
        let widen = |range: Option<(u32, u32)>, at: u32| {
            range.map_or((at, at), |(first, last)| (first.min(at), last.max(at)))
        };
        self.rows = Some(widen(self.rows, row));
        self.columns = Some(widen(self.columns, column));
        self.cells += 1;
        Ok(())
    }

    fn check(&self) -> Result<(), Unreadable> {
        let (Some(rows), Some(columns)) = (self.rows, self.columns) else { return Ok(()) };
        let area = u64::from(rows.1 - rows.0 + 1) * u64::from(columns.1 - columns.0 + 1);
        // A table full of cells is an honest one; it is the few cells far apart that cost without being worth it.
        if area * size_of::<Data>() as u64 > MAX_TABLE && area / 16 > self.cells {
            let detail =
                "a sheet has cells so far apart that the room between them does not fit into memory".into();
            return Err(Unreadable::TooBig { detail });
        }
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
        return Err(Unreadable::broken("the size of a sheet is cut off"));
    };
    if end > MAX_ROWS || u32::from(last) > MAX_COLUMNS || (end > 0 && first >= end) {
        return Err(Unreadable::broken("a sheet claims a size that no sheet can have"));
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
        let size = || broken("a sheet claims a size that no sheet can have");
        for (sheet, want) in [
            (vec![dimensions(0, 2, 3), number(0, 0, 1.0), number(1, 2, 2.0)], Ok(())),
            (vec![dimensions(0, 0, 0)], Ok(())),
            (vec![dimensions(0, u32::MAX, 3)], Err(size())),
            (vec![dimensions(0, 3, u16::MAX)], Err(size())),
            (vec![dimensions(9, 3, 3)], Err(size())),
            (vec![number(0, 0, 1.0), number(u16::MAX, 1, 1.0)], Ok(())),
            (vec![number(0, 300, 1.0)], Err(broken("a cell lies beyond the last column"))),
            (vec![record(0x0203, &[0])], Err(broken("a cell is cut off"))),
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
