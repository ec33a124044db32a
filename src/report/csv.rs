//! `results.csv`: UTF-8 without a mark, LF, every text safe to open in a spreadsheet.
//!
//! The lines are read for it once, and whoever else needs them is given them on the way.

use std::borrow::Cow;
use std::path::Path;

use super::batch::Batch;
use super::columns::COLUMNS;
use super::overview::Overview;
use super::redact::Lines;
use super::workbook::Kind;
use super::{Failure, ReportError, write_report};

/// Writes one line for each line of the results, gives every batch of them to `hand_over`, and sums them up.
pub(super) fn write(
    lines: &Lines<'_>,
    path: &Path,
    mut hand_over: impl FnMut(Batch),
) -> Result<Overview, ReportError> {
    let mut overview = Overview::default();
    let names = lines.reader.names(lines.run.number)?;
    write_report(path, |out| {
        let mut csv = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(out);
        csv.write_record(COLUMNS.iter().map(|column| column.title))?;
        let mut write_out = |batch: Batch| {
            for (_, cells) in batch.lines() {
                for (cell, column) in cells.zip(&COLUMNS) {
                    let text = if column.kind == Kind::Text { defused(cell) } else { Cow::Borrowed(cell) };
                    csv.write_field(text.as_bytes())?;
                }
                csv.write_record(None::<&[u8]>)?;
            }
            hand_over(batch);
            Ok::<_, Failure>(())
        };
        let mut batch = Batch::default();
        lines.each(|row| {
            overview.add(row, &names);
            batch.push(row, &names);
            if batch.is_full() { write_out(std::mem::take(&mut batch)) } else { Ok(()) }
        })?;
        write_out(batch)?;
        csv.flush().map_err(Failure::Write)
    })?;
    overview.sort();
    Ok(overview)
}

/// The text with a leading `'` where a spreadsheet would run it as a formula.
pub(super) fn defused(text: &str) -> Cow<'_, str> {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if runs { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_nothing_else_is_touched() {
        for (text, want) in [
            ("=1+1", "'=1+1"),
            ("+62", "'+62"),
            ("-5", "'-5"),
            ("@x", "'@x"),
            ("＝x", "'＝x"),
            ("\tx", "'\tx"),
            ("6281234567890", "6281234567890"),
            ("'quoted", "'quoted"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(defused(text), want);
        }
    }
}
