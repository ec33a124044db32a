//! What stands above a row and counts for it: the cells of merged areas, and with `--fill-down` the last filled ones.
//! For the columns of the user only: an order has its own cells.

use super::MergedArea;
use crate::domain::cell::{Cell, Row};
use crate::domain::field::Field;
use crate::domain::text::is_blank;

/// How many fields belong to the user, the phone first.
const USER_FIELDS: usize = 9;

/// A cell that stands for those below it.
#[derive(Debug, Default)]
struct Above {
    /// A row with this one cell in column 0; empty when there is none.
    cell: Row,
    /// The last row whose blank cell it fills.
    until: u32,
    /// The rows of the merged area that shows it, first and last: what stands below it there is not seen.
    shown: (u32, u32),
}

impl Above {
    fn hides(&self, row: &Row) -> bool {
        self.shown.0 < row.number && row.number <= self.shown.1
    }

    fn hold(&mut self, row: &Row, cell: Option<Cell<'_>>, until: u32) {
        self.until = until;
        self.cell.start(row.number);
        if let Some(cell) = cell {
            self.cell.push(0, cell.value, cell.format);
        }
    }
}

/// The cells above, for the table whose rows are coming in.
#[derive(Debug, Default)]
pub struct Carry {
    columns: [Option<u16>; USER_FIELDS],
    fill_down: bool,
    /// Whether a cell may stand for those below it at all.
    is_active: bool,
    /// The rows of merged areas by field, first and last; those passed are taken away from the end.
    areas: [Vec<(u32, u32)>; USER_FIELDS],
    above: [Above; USER_FIELDS],
}

impl Carry {
    /// `column` gives the column of a field.
    pub fn new(column: impl Fn(Field) -> Option<u16>, merges: &[MergedArea], fill_down: bool) -> Self {
        let mut columns = [None; USER_FIELDS];
        for (slot, field) in columns.iter_mut().zip(Field::ALL) {
            *slot = column(field);
        }
        let mut areas: [Vec<(u32, u32)>; USER_FIELDS] = Default::default();
        for area in merges.iter().filter(|area| area.last_row > area.first_row) {
            let field = columns.iter().position(|column| *column == Some(area.first_column));
            if let Some(rows) = field.and_then(|field| areas.get_mut(field)) {
                rows.push((area.first_row, area.last_row));
            }
        }
        // The next one to come stands at the end.
        areas.iter_mut().for_each(|rows| rows.sort_unstable_by(|one, other| other.cmp(one)));
        let is_active = fill_down || areas.iter().any(|rows| !rows.is_empty());
        Self { columns, fill_down, is_active, areas, above: Default::default() }
    }

    /// Whether anything may ever stand for what is below it.
    pub fn is_active(&self) -> bool {
        self.is_active
    }

    /// Takes in what a row says for a field, in the order of the rows; whether another cell counts from here on.
    pub fn take(&mut self, row: &Row, field: Field) -> bool {
        let at = field as usize;
        let (Some(Some(column)), Some(areas), Some(above)) =
            (self.columns.get(at).copied(), self.areas.get_mut(at), self.above.get_mut(at))
        else {
            return false;
        };
        if !self.is_active {
            return false;
        }
        while areas.pop_if(|(_, last)| *last < row.number).is_some() {}
        let area = areas.last().copied().filter(|(first, _)| *first <= row.number);
        let own = row.get(column).filter(|cell| !is_blank(&cell.value));
        match area {
            Some(area) if above.shown == area => false,
            Some(area) => {
                above.shown = area;
                // Only the first cell is seen; a row of blank cells is not given at all.
                let own = own.filter(|_| row.number == area.0);
                let holds = own.is_some() || !self.fill_down;
                if holds {
                    above.hold(row, own, if self.fill_down { u32::MAX } else { area.1 });
                }
                holds
            }
            None if self.fill_down && own.is_some() => {
                above.hold(row, own, u32::MAX);
                true
            }
            None => false,
        }
    }

    /// Whether the sheet shows another cell in place of the row's own.
    pub fn hides(&self, row: &Row, field: Field) -> bool {
        self.is_active && self.above.get(field as usize).is_some_and(|above| above.hides(row))
    }

    /// The cell above that counts for a row which was taken in, if its own does not.
    pub fn get<'c>(&'c self, row: &Row, field: Field) -> Option<Cell<'c>> {
        if !self.is_active {
            return None;
        }
        let above = self.above.get(field as usize)?;
        let column = self.columns.get(field as usize).copied()??;
        let own = row.get(column).filter(|cell| !is_blank(&cell.value));
        let counts = above.hides(row) || (own.is_none() && above.until >= row.number);
        let cell = above.cell.get(0).filter(|_| counts && above.cell.number < row.number)?;
        Some(Cell { column, ..cell })
    }

    /// What stands above counts no longer for the row and those below it, unless a merged area says so.
    pub fn forget(&mut self, row: &Row, fields: &[Field]) {
        for field in fields {
            if let Some(above) = self.above.get_mut(*field as usize)
                && above.shown.1 < row.number
            {
                *above = Above::default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell::{Format, Value};

    /// Rows of two columns, the phone and the name; what counts for the phone of each.
    fn phones(rows: &[(u32, &str)], merges: &[(u32, u32)], fill_down: bool) -> Vec<String> {
        let column = |field| match field {
            Field::UserPhone => Some(0),
            Field::UserName => Some(1),
            _ => None,
        };
        let merges: Vec<MergedArea> = merges
            .iter()
            .map(|&(first_row, last_row)| MergedArea { first_row, last_row, first_column: 0, last_column: 0 })
            .collect();
        let mut carry = Carry::new(column, &merges, fill_down);
        let mut row = Row::default();
        let mut found = Vec::new();
        for (number, phone) in rows {
            row.start(*number);
            row.push(0, Value::Text(phone), Format::Unknown);
            carry.take(&row, Field::UserPhone);
            let own = if carry.hides(&row, Field::UserPhone) { "" } else { phone };
            found.push(match carry.get(&row, Field::UserPhone).map(|cell| cell.value) {
                Some(Value::Text(text)) => text.to_owned(),
                _ => own.to_owned(),
            });
        }
        found
    }

    #[test]
    fn what_stands_above_counts_where_it_is_shown_or_wanted() {
        let rows = [(2, "a"), (3, ""), (4, "b"), (5, ""), (6, "")];
        for (rows, merges, fill_down, want) in [
            (&rows[..], &[][..], false, ["a", "", "b", "", ""]),
            (&rows, &[], true, ["a", "a", "b", "b", "b"]),
            (&rows, &[(2, 3), (4, 5)], false, ["a", "a", "b", "b", ""]),
            (&rows, &[(4, 5), (2, 3)], true, ["a", "a", "b", "b", "b"]),
            // an old value under a merged cell is not seen
            (&rows, &[(2, 5)], false, ["a", "a", "a", "a", ""]),
            (&rows, &[(2, 4)], true, ["a", "a", "a", "a", "a"]),
            // a merged cell that shows nothing
            (&rows, &[(3, 5)], false, ["a", "", "", "", ""]),
            (&rows, &[(1, 4)], false, ["", "", "", "", ""]),
        ] {
            assert_eq!(phones(rows, merges, fill_down), want, "{merges:?} {fill_down}");
        }
    }
}
