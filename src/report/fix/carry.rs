//! What stands above a row and counts for it: in the workbook, where the rows above are gone, it stands in the row.
//!
//! The same rules as those of planning: the cells of merged areas and of `--fill-down`, for user columns only. Fields of
//! the person need not be carried to other rows of the same user, since all of his rows are here; where planning let
//! them count for a row without a user, it says so.

use crate::domain::cell::{Cell, Row};
use crate::domain::field::Field;
use crate::domain::reading::{Reading, Role, TableReading};
use crate::domain::text::is_blank;
use crate::input::MergedArea;

/// Fields that belong to the person, and do not count for another one below.
const PERSONAL: [Field; 4] = [Field::UserName, Field::Description, Field::TotalAmount, Field::UserId];

/// What is carried down a table.
#[derive(Debug, Default)]
pub(super) struct Carry {
    columns: Vec<Carried>,
    fill_down: bool,
    /// Rows without a user and the fields that count for them, as bits, in rising order.
    strays: Vec<(u32, u16)>,
}

#[derive(Debug)]
struct Carried {
    field: Field,
    column: u16,
    /// Whether it counts for every row below, whoever's it is.
    for_all: bool,
    areas: Vec<MergedArea>,
    /// A row with the cell in column 0.
    cell: Row,
    /// The last row it counts for.
    until: u32,
}

impl Carry {
    pub(super) fn new(table: &TableReading, merges: &[MergedArea], reading: &Reading) -> Self {
        let has_phone = table.fields.contains(&Some(Field::UserPhone));
        let key_is_id = table.role == Role::Orders && !has_phone;
        let fields = (0_u16..).zip(&table.fields);
        let columns = fields.filter_map(|(column, field)| {
            let field = field.filter(|field| !field.is_order())?;
            let covers = |area: &&MergedArea| area.first_column == column && area.last_row > area.first_row;
            Some(Carried {
                field,
                column,
                for_all: !PERSONAL.contains(&field) || (key_is_id && field == Field::UserId),
                areas: merges.iter().filter(covers).copied().collect(),
                cell: Row::default(),
                until: 0,
            })
        });
        let strays = reading.carried.iter().filter(|stray| stray.0 == table.table);
        let mut strays: Vec<(u32, u16)> = strays.map(|stray| (stray.1, stray.2)).collect();
        strays.sort_unstable();
        Self { columns: columns.collect(), fill_down: table.fill_down, strays }
    }

    /// Takes in the next row that was read as one of a user or an order.
    pub(super) fn pass(&mut self, row: &Row) {
        for carried in &mut self.columns {
            let Some(cell) = row.get(carried.column).filter(|cell| !is_blank(&cell.value)) else { continue };
            let covers = |area: &&MergedArea| area.first_row <= row.number && row.number <= area.last_row;
            let merged = carried.areas.iter().find(covers).map(|area| area.last_row);
            let until = if self.fill_down { u32::MAX } else { merged.unwrap_or(0) };
            if until > 0 {
                carried.until = until;
                carried.cell.start(row.number);
                carried.cell.push(0, cell.value, cell.format);
            }
        }
    }

    /// The cells from above that count for a row which has been passed.
    pub(super) fn cells<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = Cell<'c>> {
        let stray = self.strays.binary_search_by_key(&row.number, |stray| stray.0);
        let bits = stray.map_or(0, |at| self.strays[at].1);
        self.columns
            .iter()
            .filter(move |carried| carried.for_all || bits & (1 << carried.field as u16) != 0)
            .filter(move |carried| carried.until >= row.number && carried.cell.number < row.number)
            .filter(|carried| row.get(carried.column).is_none_or(|cell| is_blank(&cell.value)))
            .filter_map(|carried| Some(Cell { column: carried.column, ..carried.cell.get(0)? }))
    }
}
