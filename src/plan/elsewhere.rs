//! What a fix workbook says of the list that its rows came from.

use crate::input::fixbook::FixBook;

/// Users that are not here, but in the list that the rows of a fix workbook came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Elsewhere {
    /// By the country of their phone.
    pub(super) countries: Vec<(String, u64)>,
}

impl Elsewhere {
    /// `books` are those of all files.
    pub(super) fn of(books: Vec<FixBook>) -> Self {
        Self { countries: books.into_iter().flat_map(|book| book.countries).collect() }
    }
}
