//! A row that would be the header if it had a phone column: what to say instead of "there is none".

use super::Header;
use super::names::may_be_phone;
use crate::domain::field::Field;

/// A row with several known columns, and no phone column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phoneless {
    /// The row, counted from 1.
    pub row: u32,
    /// How many of its columns are known.
    pub known: usize,
    /// What its phone column may be called: the one that looks like it, else each that is no known field.
    pub columns: Vec<String>,
    /// Whether these are columns with the phone of the order, which says nothing of the user's.
    pub of_orders: bool,
}

impl Phoneless {
    /// `known` of the columns of this header were recognised.
    pub(super) fn of(header: &Header, known: usize) -> Self {
        let mut columns: Vec<String> = header.unknown.iter().map(|unknown| unknown.header.clone()).collect();
        let mut likely = columns.iter().filter(|text| may_be_phone(text));
        if let (Some(one), None) = (likely.next(), likely.next()) {
            columns = vec![one.clone()];
        } else if !columns.iter().any(|text| may_be_phone(text)) {
            let orders = of_orders(header);
            if !orders.is_empty() {
                return Self { row: header.row, known, columns: orders, of_orders: true };
            }
        }
        Self { row: header.row, known, columns, of_orders: false }
    }
}

/// The texts of the columns that hold the phone of the order.
fn of_orders(header: &Header) -> Vec<String> {
    let is_phone = |column: &u16| header.column(Field::PhoneNumber) == Some(*column);
    let twice = header.duplicates.iter().filter(|(field, ..)| *field == Field::PhoneNumber);
    let all = twice.flat_map(|(_, first, later)| [*first, *later]);
    let mut columns: Vec<u16> = (0..header.width).filter(is_phone).chain(all).collect();
    columns.sort_unstable();
    columns.dedup();
    let texts = columns.iter().filter_map(|column| header.texts.get(usize::from(*column)));
    texts.filter(|text| !text.is_empty()).cloned().collect()
}
