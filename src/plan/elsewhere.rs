//! What a fix workbook says of the list that its rows came from.

use super::layout::PlannedTable;
use crate::input::fixbook::FixBook;

/// Users that are not here, but in the list that the rows of a fix workbook came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Elsewhere {
    /// By the country of their phone.
    pub(super) countries: Vec<(String, u64)>,
    /// Whether there are such users of whom nothing is known, because the workbook lost its hidden sheet.
    pub(super) is_partial: bool,
}

impl Elsewhere {
    /// `books` are those of all files.
    pub(super) fn of(tables: &[PlannedTable], books: Vec<FixBook>) -> Self {
        let is_partial = tables.iter().any(|planned| planned.header.is_fix() && planned.origin.is_none())
            || books.iter().any(|book| book.is_partial);
        Self { countries: books.into_iter().flat_map(|book| book.countries).collect(), is_partial }
    }
}
