//! Takes the white space between cells out of an `.ods` workbook: calamine refuses it there, but programs indent
//! their files.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::Unreadable;
use super::xml::{Form, Tag, Tags};

const MIME: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Whether anything but cells stands in a row, or anything but paragraphs in a cell.
pub(super) fn is_untidy(content: &[u8]) -> bool {
    let mut place = Place::default();
    let mut after = 0;
    Tags::new(content).any(|tag| {
        let loose = place.is_loose() && tag.from > after;
        place.pass(&tag);
        after = tag.to;
        loose
    })
}

/// A workbook with this content and nothing else, tidy.
pub(super) fn tidied(content: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let error = |error: ZipError| Unreadable::broken(error.to_string());
    let written = |result: std::io::Result<()>| result.map_err(|error| Unreadable::broken(error.to_string()));
    let mut book = ZipWriter::new(Cursor::new(Vec::with_capacity(content.len())));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    book.start_file("mimetype", stored).map_err(error)?;
    written(book.write_all(MIME))?;
    book.start_file("META-INF/manifest.xml", stored).map_err(error)?;
    written(book.write_all(b"<manifest:manifest/>"))?;
    book.start_file("content.xml", stored).map_err(error)?;
    let mut place = Place::default();
    let mut from = 0;
    for tag in Tags::new(content) {
        if place.is_loose() {
            from = tag.from;
        }
        place.pass(&tag);
        written(book.write_all(content.get(from..tag.to).unwrap_or_default()))?;
        from = tag.to;
    }
    written(book.write_all(content.get(from..).unwrap_or_default()))?;
    Ok(book.finish().map_err(error)?.into_inner())
}

/// Where a tag stands.
#[derive(Default)]
struct Place {
    in_row: bool,
    /// How deep inside a paragraph.
    paragraphs: u32,
}

impl Place {
    /// Whether text at this place belongs to nothing.
    const fn is_loose(&self) -> bool {
        self.in_row && self.paragraphs == 0
    }

    fn pass(&mut self, tag: &Tag<'_>) {
        match (tag.name, tag.form) {
            (b"table:table-row", form) => (self.in_row, self.paragraphs) = (form == Form::Open, 0),
            (b"text:p" | b"text:h", Form::Open) => self.paragraphs = self.paragraphs.saturating_add(1),
            (b"text:p" | b"text:h", Form::Close) => self.paragraphs = self.paragraphs.saturating_sub(1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_is_taken_out() {
        let tidy = "<d> <table:table-row><c><text:p> a <text:span> b</text:span>\n</text:p></c></table:table-row> </d>";
        assert!(!is_untidy(tidy.as_bytes()));
        let untidy = tidy.replace("<c>", "\n <!-- c --> <c>\t").replace("</c>", "\n</c>\n");
        assert!(is_untidy(untidy.as_bytes()));
        let book = tidied(untidy.as_bytes()).unwrap();
        assert!(memchr::memmem::find(&book, tidy.as_bytes()).is_some());
        for length in 0..untidy.len() {
            let _ = tidied(&untidy.as_bytes()[..length]);
        }
    }
}
