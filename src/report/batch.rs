//! Lines of the results as cells: made once, for every format that shows them.

use super::columns::COLUMNS;
use crate::domain::outcome::Outcome;
use crate::domain::place::Names;
use crate::ledger::read::ResultRow;

/// So many lines go into a batch.
const LINES: usize = 256;

/// Some lines of the results, in their order, each with one cell a column. All texts lie in one.
#[derive(Debug, Default)]
pub(super) struct Batch {
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    outcomes: Vec<Outcome>,
}

impl Batch {
    /// Adds a line.
    pub(super) fn push(&mut self, row: &ResultRow<'_>, names: &Names) {
        for column in &COLUMNS {
            (column.write)(row, names, &mut self.text);
            self.ends.push(self.text.len());
        }
        self.outcomes.push(row.outcome);
    }

    /// Whether it is time to hand it over.
    pub(super) fn is_full(&self) -> bool {
        self.outcomes.len() >= LINES
    }

    /// The lines: how each ended, and its cells by column.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Outcome, impl Iterator<Item = &str>)> {
        let mut begin = 0;
        self.outcomes.iter().zip(self.ends.chunks(COLUMNS.len())).map(move |(outcome, ends)| {
            let mut from = begin;
            begin = ends.last().copied().unwrap_or(begin);
            let cells = ends.iter().map(move |end| &self.text[std::mem::replace(&mut from, *end)..*end]);
            (*outcome, cells)
        })
    }
}
