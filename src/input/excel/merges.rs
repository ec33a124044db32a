//! The merged areas of an xlsx sheet. They stand behind its rows, so the whole part has to be inflated before the first
//! row can be read; its cells are passed over without being looked at.

use std::io::Read;

use memchr::memmem::Finder;

use super::super::{MAX_COLUMNS, MAX_ROWS, MergedArea, Unreadable};
use super::xml::{Form, Tags};
use crate::domain::cell::column_of_letters;

const CHUNK: usize = 256 * 1024;

/// What may stand behind the rows of a sheet: merged areas, links, conditional formats.
const MAX_TAIL: usize = 256 * 1024 * 1024;

/// No prefix of a tag is longer.
const MAX_PREFIX: usize = 64;

const ROWS: &[u8] = b"sheetData";

/// Reads the merged areas of a sheet part.
///
/// # Errors
/// The part cannot be inflated, or there is far too much behind its rows.
pub(super) fn merged_areas(mut part: impl Read) -> Result<Vec<MergedArea>, Unreadable> {
    let finder = Finder::new(ROWS);
    let mut buffer = Vec::with_capacity(2 * CHUNK);
    let mut behind = false;
    loop {
        let held = buffer.len();
        let read = (&mut part).take(CHUNK as u64).read_to_end(&mut buffer);
        let count = read.map_err(|error| Unreadable::broken(error.to_string()))?;
        if !behind {
            // The name may be cut by the end of what was there before.
            let from = held.saturating_sub(ROWS.len() + MAX_PREFIX);
            let end = finder.find_iter(buffer.get(from..).unwrap_or_default()).find_map(|at| {
                let at = from + at;
                ends_the_rows(&buffer, at).then_some(at)
            });
            if let Some(at) = end {
                behind = true;
                buffer.drain(..at);
            } else {
                let passed = buffer.len().saturating_sub(ROWS.len() + MAX_PREFIX);
                buffer.drain(..passed);
            }
        }
        if count == 0 {
            break;
        }
        if buffer.len() > MAX_TAIL {
            let detail = "what follows the rows of a sheet takes more than 256 MiB".into();
            return Err(Unreadable::TooBig { detail });
        }
    }
    let tags = Tags::new(if behind { &buffer } else { &[] });
    let areas = tags.filter(|tag| tag.form != Form::Close && tag.local_name() == b"mergeCell");
    Ok(areas.filter_map(|tag| area(tag.attribute(b"ref")?)).collect())
}

/// Whether the name at a place is that of the tag with which the rows end: `</sheetData`, `</x:sheetData`, or
/// `<sheetData/` for none at all.
fn ends_the_rows(text: &[u8], at: usize) -> bool {
    let before = text.get(at.saturating_sub(MAX_PREFIX)..at).unwrap_or_default();
    let prefix = before.strip_suffix(b":").map(|before| {
        let name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let length = before.iter().rev().take_while(name).count();
        before.get(..before.len() - length).unwrap_or_default()
    });
    let before = prefix.unwrap_or(before);
    let after = text.get(at + ROWS.len()..).unwrap_or_default();
    before.ends_with(b"</") || before.ends_with(b"<") && after.trim_ascii_start().starts_with(b"/")
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
        let areas = merged_areas(text.as_bytes()).unwrap();
        areas.iter().map(|it| (it.first_row, it.last_row, it.first_column, it.last_column)).collect()
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
        for length in CHUNK - 30..CHUNK + 5 {
            let text = format!(
                "<a:sheetData>{}</a:sheetData><a:mergeCell ref=\"A2:A5\"/>",
                "x".repeat(length - "<a:sheetData>".len())
            );
            assert_eq!(areas(&text), [(2, 5, 0, 0)], "{length}");
        }
    }
}
