//! What stands above a row and counts for it: in the workbook, where the rows above are gone, it stands in the row.
//!
//! The cells are those that planning saw. Fields of the person need not be carried to other rows of the same user, since
//! all of his rows are here; where planning let them count for a row without a user, it says so. What a merged cell shows
//! stands in every row that it covers.

use crate::domain::cell::{Cell, Row};
use crate::domain::field::Field;
use crate::domain::reading::{Reading, Role, TableReading};
use crate::input::MergedArea;
use crate::input::carry::Carry as Above;

/// Fields that belong to the person, and do not count for another one below.
const PERSONAL: [Field; 4] = [Field::UserName, Field::Description, Field::TotalAmount, Field::UserId];

/// What is carried down a table.
#[derive(Debug, Default)]
pub(super) struct Carry {
    above: Above,
    /// The fields of the user that have a column, and whether they count for every row below, whoever's it is.
    fields: Vec<(Field, u16, bool)>,
    /// Rows without a user and the fields that count for them, as bits, in rising order.
    strays: Vec<(u32, u16)>,
}

impl Carry {
    pub(super) fn new(table: &TableReading, merges: &[MergedArea], reading: &Reading) -> Self {
        let column = |field: Field| {
            let at = table.fields.iter().position(|other| *other == Some(field))?;
            u16::try_from(at).ok()
        };
        let key_is_id = table.role == Role::Orders && column(Field::UserPhone).is_none();
        let users = Field::ALL.into_iter().filter(|field| !field.is_order());
        let fields = users.filter_map(|field| {
            let for_all = !PERSONAL.contains(&field) || (key_is_id && field == Field::UserId);
            Some((field, column(field)?, for_all))
        });
        let strays = reading.carried.iter().filter(|stray| stray.0 == table.table);
        let mut strays: Vec<(u32, u16)> = strays.map(|stray| (stray.1, stray.2)).collect();
        strays.sort_unstable();
        Self { above: Above::new(column, merges, table.fill_down), fields: fields.collect(), strays }
    }

    /// Takes in the next row that was read, or was left out because the sheet hides it.
    pub(super) fn pass(&mut self, row: &Row) {
        for (field, ..) in &self.fields {
            self.above.take(row, *field);
        }
    }

    /// Takes in a total: what follows it is nobody's.
    pub(super) fn total(&mut self, row: &Row) {
        self.above.forget(row, &Field::ALL);
    }

    /// Whether a merged cell is shown in place of what stands in a column.
    pub(super) fn hides(&self, row: &Row, column: u16) -> bool {
        self.fields.iter().any(|(field, other, _)| *other == column && self.above.hides(row, *field))
    }

    /// The cells from above that count for a row which has been passed.
    pub(super) fn cells<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = Cell<'c>> {
        let stray = self.strays.binary_search_by_key(&row.number, |stray| stray.0);
        let bits = stray.ok().and_then(|at| self.strays.get(at)).map_or(0, |stray| stray.1);
        self.fields
            .iter()
            .filter(move |(field, _, for_all)| {
                *for_all || bits & (1 << *field as u16) != 0 || self.above.hides(row, *field)
            })
            .filter_map(|(field, ..)| self.above.get(row, *field))
    }
}
