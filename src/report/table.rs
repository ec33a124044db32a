//! A table of columns as a file: CSV or a workbook, whole or not there, for its owner only.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use super::csv::defused;
use super::workbook::{Book, Kind, Tone};
use super::{ReportError, files};
use crate::domain::quote::visible;

/// A column of a table of rows `R`.
pub(super) struct Field<R> {
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    pub(super) text: fn(&R) -> Cow<'_, str>,
    /// How its cells stand out in a workbook.
    tone: fn(&R) -> Tone,
}

impl<R> Field<R> {
    /// The same with cells that stand out.
    pub(super) const fn toned(mut self, tone: fn(&R) -> Tone) -> Self {
        self.tone = tone;
        self
    }
}

pub(super) const fn text<R>(title: &'static str, text: fn(&R) -> Cow<'_, str>) -> Field<R> {
    Field { title, kind: Kind::Text, text, tone: |_| Tone::Plain }
}

pub(super) const fn number<R>(title: &'static str, text: fn(&R) -> Cow<'_, str>) -> Field<R> {
    Field { title, kind: Kind::Number, text, tone: |_| Tone::Plain }
}

/// Writes one line for each row. Text that a spreadsheet would run as a formula is neutralised.
pub(super) fn write_csv<R>(path: &Path, fields: &[Field<R>], rows: &[R]) -> Result<(), ReportError> {
    let written = files::write_atomically(path, |out| {
        let mut csv = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(out);
        csv.write_record(fields.iter().map(|field| field.title)).map_err(io::Error::from)?;
        for row in rows {
            for field in fields {
                let cell = (field.text)(row);
                let cell = legible(&cell);
                let cell = if field.kind == Kind::Text { defused(&cell) } else { Cow::Borrowed(&*cell) };
                csv.write_field(cell.as_bytes()).map_err(io::Error::from)?;
            }
            csv.write_record(None::<&[u8]>).map_err(io::Error::from)?;
        }
        csv.flush()
    });
    written.map_err(|error| ReportError::File { path: path.to_owned(), error })
}

/// Writes one line for each row on a sheet of this name. Text is in text cells, whatever it looks like.
pub(super) fn write_xlsx<R>(
    path: &Path,
    sheet: &str,
    fields: &[Field<R>],
    rows: &[R],
) -> Result<(), ReportError> {
    let columns: Vec<(&str, Kind)> = fields.iter().map(|field| (field.title, field.kind)).collect();
    let mut book = Book::new();
    let written = (|| {
        let mut table = book.table(sheet, &columns)?;
        for row in rows {
            for field in fields {
                table.cell(&legible(&(field.text)(row)), (field.tone)(row))?;
            }
            table.end_line()?;
        }
        table.end()?;
        book.save(path)
    })();
    written.map_err(|error| ReportError::File { path: path.to_owned(), error })
}

/// What the server gave us, without characters that hide or move anything: line breaks stay, and the joiners that some
/// scripts are written with; others are shown as escapes.
fn legible(text: &str) -> Cow<'_, str> {
    let stays = |c: char| matches!(c, '\n' | '\u{200c}' | '\u{200d}');
    let mut buffer = [0; 4];
    if text.chars().all(|c| stays(c) || matches!(visible(c.encode_utf8(&mut buffer)), Cow::Borrowed(_))) {
        return Cow::Borrowed(text);
    }
    let mut legible = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match stays(c) {
            true => legible.push(c),
            false => legible.push_str(&visible(c.encode_utf8(&mut buffer))),
        }
    }
    Cow::Owned(legible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_shown_and_lines_stay() {
        for (text, want) in [
            ("plain 张三\nb", "plain 张三\nb"),
            ("a\r\nb\tc", "a\nb\\tc"),
            ("a\u{1b}[31m\u{202e}", "a\\u{1b}[31m\\u{202e}"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
        ] {
            assert_eq!(legible(text), want);
        }
    }

    #[test]
    fn cells_are_quoted_and_formulas_neutralised() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let fields = [
            text("a", |row: &(String, i32)| row.0.as_str().into()),
            number("n", |row| row.1.to_string().into()),
        ];
        let rows = [("=1+1".to_owned(), -5), ("a,\"b\"\nc".to_owned(), 2)];
        write_csv(&path, &fields, &rows).unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "a,n\n'=1+1,-5\n\"a,\"\"b\"\"\nc\",2\n");
    }
}
