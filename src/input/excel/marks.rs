//! What a look beside calamine found out about the cells of a sheet of `.xls` or `.ods`, kept until its rows are read.
//!
//! Only cells that are not plain are kept, and repeated ones once, so that a list takes little and a forged file no
//! more than its own size.

use super::format::Shown;
use crate::domain::unread;

/// What is known of a cell beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// How its number is shown.
    Shown(Shown),
    /// It is a boolean, whatever calamine says.
    Bool(bool),
    /// It has a text, whatever calamine says.
    Filled,
    /// It is an error, which its text may name.
    Failed,
    /// It cannot be taken, for this reason.
    Error(Reason),
}

/// Why a cell cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// A formula without a result.
    Hollow,
    /// A text that goes on in another record, where calamine does not follow.
    LongText,
    /// A text that is not marked as one.
    LostText,
    /// A value that does not fit its type.
    LostValue,
    /// A drawing, or a pronunciation, has a text that calamine takes for that of the cell.
    ForeignText,
    /// Two values for one place.
    Twice,
}

impl Reason {
    /// What stands in the cell instead.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Hollow => unread::HOLLOW,
            Self::LongText => unread::LONG_TEXT,
            Self::LostText => unread::LOST_TEXT,
            Self::LostValue => unread::LOST_VALUE,
            Self::ForeignText => unread::FOREIGN_TEXT,
            Self::Twice => unread::TWICE,
        }
    }
}

/// Neighbouring cells of a row that share a mark; columns are counted from 0 and both are part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) mark: Mark,
}

/// The marks of a sheet.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Without overlap, from the top.
    rows: Vec<Rows>,
    runs: Vec<Run>,
}

/// Equal rows, counted from 0 and both part of it.
#[derive(Debug, Clone, Copy)]
struct Rows {
    first: u32,
    last: u32,
    /// Where its runs begin and end.
    from: usize,
    to: usize,
}

impl Marks {
    /// Adds rows below those that are there; the runs rise and do not overlap.
    pub(super) fn push(&mut self, first: u32, last: u32, runs: &[Run]) {
        if runs.is_empty() || last < first {
            return;
        }
        let from = self.runs.len();
        self.runs.extend_from_slice(runs);
        self.rows.push(Rows { first, last, from, to: self.runs.len() });
    }

    /// Takes cells in any order; of two for one place the later one counts.
    pub(super) fn of_cells(mut cells: Vec<(u32, u32, Mark)>) -> Self {
        cells.sort_by_key(|&(row, column, _)| (row, column));
        let mut marks = Self::default();
        let mut runs: Vec<Run> = Vec::new();
        for row in cells.chunk_by(|one, other| one.0 == other.0) {
            runs.clear();
            for &(_, column, mark) in row {
                match runs.last_mut() {
                    Some(run) if run.last == column => run.mark = mark,
                    _ => runs.push(Run { first: column, last: column, mark }),
                }
            }
            if let Some(&(number, ..)) = row.first() {
                marks.push(number, number, &runs);
            }
        }
        marks
    }

    /// The runs of a row, from the left.
    pub(super) fn row(&self, number: u32) -> &[Run] {
        let at = self.rows.partition_point(|rows| rows.last < number);
        let found = self.rows.get(at).filter(|rows| rows.first <= number);
        found.and_then(|rows| self.runs.get(rows.from..rows.to)).unwrap_or_default()
    }

    /// The first and the last row with a cell that has to be there.
    pub(super) fn span(&self) -> Option<(u32, u32)> {
        let mut needed = self.rows.iter().filter(|rows| {
            let runs = self.runs.get(rows.from..rows.to).unwrap_or_default();
            runs.iter().any(|run| !matches!(run.mark, Mark::Shown(_)))
        });
        let first = needed.next()?;
        Some((first.first, needed.next_back().unwrap_or(first).last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_and_the_later_of_two_counts() {
        let (shown, error) = (Mark::Shown(Shown::DATE), Mark::Error(Reason::Hollow));
        let run = |first, last, mark| Run { first, last, mark };
        let marks = Marks::of_cells(vec![
            (9, 2, shown),
            (4, 5, shown),
            (4, 1, error),
            (4, 5, error),
            (4, 6, shown),
            (7, 0, Mark::Filled),
        ]);
        assert_eq!(marks.row(4), [run(1, 1, error), run(5, 5, error), run(6, 6, shown)]);
        assert_eq!(marks.row(9), [run(2, 2, shown)]);
        assert_eq!((marks.row(5), marks.row(99)), (&[][..], &[][..]));
        assert_eq!(marks.span(), Some((4, 7)));
        let mut repeated = Marks::default();
        repeated.push(3, 100, &[run(2, 4, shown)]);
        assert_eq!((repeated.row(50), repeated.span()), (&[run(2, 4, shown)][..], None));
    }
}
