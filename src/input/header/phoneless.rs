//! A row that would be the header if it had a phone column: what to say instead of "there is none".

use super::Header;
use super::names::may_be_phone;

/// A row with several known columns, and no phone column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phoneless {
    /// The row, counted from 1.
    pub row: u32,
    /// How many of its columns are known.
    pub known: usize,
    /// What its phone column may be called: the one that looks like it, else each that is no known field.
    pub columns: Vec<String>,
}

impl Phoneless {
    /// `known` of the columns of this header were recognised.
    pub(super) fn of(header: &Header, known: usize) -> Self {
        let mut columns: Vec<String> = header.unknown.iter().map(|unknown| unknown.header.clone()).collect();
        let mut likely = columns.iter().filter(|text| may_be_phone(text));
        if let (Some(one), None) = (likely.next(), likely.next()) {
            columns = vec![one.clone()];
        }
        Self { row: header.row, known, columns }
    }
}
