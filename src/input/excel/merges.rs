//! What is found by looking a whole sheet part through before its first row is read: the merged areas, which stand behind
//! the rows, and that nothing in it is too large to be read.

use std::io::Read;

use super::super::{MAX_COLUMNS, MAX_ROWS, MergedArea, Unreadable};
use super::raw::RawRows;
use crate::domain::cell::column_of_letters;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LookedThrough {
    /// The merged areas.
    pub(super) merges: Vec<MergedArea>,
    /// Whether any row is hidden.
    pub(super) hides: bool,
}

/// Looks through a sheet part.
///
/// calamine reads a text or a comment whole, however long it is; here the part is read in pieces.
///
/// # Errors
/// The part cannot be inflated, holds a piece that no sheet has, or far too much behind its rows.
pub(super) fn look_through(part: impl Read) -> Result<LookedThrough, Unreadable> {
    let mut rows = RawRows::new(part);
    let mut found = LookedThrough::default();
    while let Some(row) = rows.peek()? {
        found.hides |= row.hidden;
        rows.pass();
    }
    rows.behind(&mut |tag| {
        if tag.local_name() == b"mergeCell" {
            found.merges.extend(tag.attribute(b"ref").and_then(area));
        }
    })?;
    Ok(found)
}

/// Reads `A1:B3`.
fn area(reference: &[u8]) -> Option<MergedArea> {
    let (first, last) = str::from_utf8(reference).ok()?.split_once(':')?;
    let ((first_column, first_row), (last_column, last_row)) = (cell(first)?, cell(last)?);
    (first_row <= last_row && first_column <= last_column).then_some(MergedArea {
        first_row,
        last_row,
        first_column,
        last_column,
    })
}

fn cell(reference: &str) -> Option<(u16, u32)> {
    let digits = reference.find(|character: char| character.is_ascii_digit())?;
    let (letters, digits) = reference.split_at_checked(digits)?;
    let column = column_of_letters(letters).filter(|&column| column < MAX_COLUMNS)?;
    let row = digits.parse().ok().filter(|row| (1..=MAX_ROWS).contains(row))?;
    Some((column, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(text: &str) -> Vec<(u32, u32, u16, u16)> {
        let found = look_through(text.as_bytes()).unwrap();
        found.merges.iter().map(|it| (it.first_row, it.last_row, it.first_column, it.last_column)).collect()
    }

    #[test]
    fn areas_stand_behind_the_rows() {
        let merged = "<mergeCells count=\"3\"><mergeCell ref=\"A2:A5\"/><mergeCell ref=\"B1:AB1\"></mergeCell>\
                      <mergeCell ref=\"C9:C3\"/><mergeCell ref=\"A0:A2\"/><mergeCell ref=\"D4\"/></mergeCells>";
        let want = vec![(2, 5, 0, 0), (1, 1, 1, 27)];
        for (text, want) in [
            (format!("<worksheet><sheetData><row/></sheetData>{merged}</worksheet>"), &want),
            (format!("<worksheet><sheetData/>{merged}</worksheet>"), &want),
            (format!("<worksheet><sheetData />{merged}</worksheet>"), &want),
            (
                format!("<x:worksheet><x:sheetData><x:row/></x:sheetData>{merged}</x:worksheet>")
                    .replace("<merge", "<x:merge")
                    .replace("</merge", "</x:merge"),
                &want,
            ),
            // What is written in a cell ends nothing.
            (format!("<sheetData><c><t>&lt;/sheetData> {merged} sheetData</t></c>"), &Vec::new()),
            ("<worksheet><sheetData><row/>".to_owned(), &Vec::new()),
            (String::new(), &Vec::new()),
        ] {
            assert_eq!(&areas(&text), want, "{text}");
        }
    }

    #[test]
    fn the_end_of_the_rows_is_found_wherever_a_chunk_ends() {
        const CHUNK: usize = 256 * 1024;
        for length in CHUNK - 60..CHUNK + 5 {
            let text = format!(
                "<a:sheetData>{}</a:sheetData><a:mergeCell ref=\"A2:A5\"/>",
                "x".repeat(length - "<a:sheetData>".len())
            );
            assert_eq!(areas(&text), [(2, 5, 0, 0)], "{length}");
        }
    }
}
