//! The rows of an xlsx sheet as they are written, beside calamine's cells: which rows are hidden, which formulas
//! have no stored value, and which cells calamine could not read.
//!
//! Rows are found by their tags alone, and the cells of a row are looked at only when there is a doubt, so this
//! costs little more than inflating the part once more.

use std::io::{self, Read};

use memchr::memmem::Finder;

use super::super::{MAX_COLUMNS, Unreadable};
use super::xml::{Form, Tag, Tags};
use crate::domain::cell::column_of_letters;
use crate::domain::detail::Detail;

const CHUNK: usize = 256 * 1024;

/// The longest row, in bytes: 16,384 cells of some 4,000 characters each.
const MAX_ROW: usize = 64 * 1024 * 1024;

/// More tags than areas can be merged in a sheet, or hang on it in another way.
const MAX_TAGS_BEHIND: u64 = 10_000_000;

/// Reads the rows of a sheet part one by one.
pub(super) struct RawRows<R> {
    part: R,
    buffer: Vec<u8>,
    /// Where the unread text begins in `buffer`.
    at: usize,
    drained: bool,
    /// `</x:row` in the prefix of the sheet; `None` until the data begins.
    closing: Option<Finder<'static>>,
    ended: bool,
    number: u32,
    current: Option<RawRow>,
}

/// One row of the sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawRow {
    /// Counted from 1.
    pub(super) number: u32,
    pub(super) hidden: bool,
    from: usize,
    to: usize,
}

/// One cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawCell {
    /// Counted from 0.
    pub(super) column: u16,
    /// Whether the writer says where the cell is, instead of leaving it to be counted.
    pub(super) placed: bool,
    pub(super) formula: bool,
    pub(super) stored: Stored,
}

/// What is stored as the value of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    Nothing,
    /// A number, a text, or the index of a shared text.
    Value,
    /// An index that is no plain number; calamine takes the first text for it.
    OddIndex,
}

impl<R: Read> RawRows<R> {
    pub(super) fn new(part: R) -> Self {
        Self {
            part,
            buffer: Vec::with_capacity(2 * CHUNK),
            at: 0,
            drained: false,
            closing: None,
            ended: false,
            number: 0,
            current: None,
        }
    }

    /// The row that comes next, without going past it.
    pub(super) fn peek(&mut self) -> Result<Option<RawRow>, Unreadable> {
        while self.current.is_none() && !self.ended {
            if !self.step() {
                self.fill()?;
            }
        }
        Ok(self.current)
    }

    /// Goes past the row that [`RawRows::peek`] gave.
    pub(super) fn pass(&mut self) {
        self.current = None;
    }

    /// The cells of a row that was peeked and not passed.
    pub(super) fn cells(&self, row: RawRow) -> impl Iterator<Item = RawCell> + '_ {
        Cells { tags: Tags::new(self.slice(row)), text: self.slice(row), waiting: None, next_column: 0 }
    }

    /// Gives the tags behind the rows. Nothing can be read after that.
    pub(super) fn behind(&mut self, see: &mut dyn FnMut(&Tag<'_>)) -> Result<(), Unreadable> {
        let mut count = 0_u64;
        loop {
            let mut tags = Tags::new(self.buffer.get(self.at..).unwrap_or_default());
            for tag in tags.by_ref() {
                count += 1;
                see(&tag);
            }
            self.at += tags.seen();
            if count > MAX_TAGS_BEHIND {
                let detail = Detail::TooManyTags;
                return Err(Unreadable::TooBig { detail });
            }
            if self.drained {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn slice(&self, row: RawRow) -> &[u8] {
        self.buffer.get(row.from..row.to).unwrap_or_default()
    }

    /// Looks at the next tag; `false` if the buffer does not hold all that is needed.
    fn step(&mut self) -> bool {
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        let Some(tag) = Tags::new(rest).next() else { return false };
        let end = self.at + tag.to;
        match (tag.local_name(), tag.form, &self.closing) {
            (b"sheetData", Form::Open, None) => {
                let prefix = tag.name.strip_suffix(b"sheetData").unwrap_or_default();
                self.closing = Some(Finder::new(&[b"</", prefix, b"row"].concat()).into_owned());
            }
            (b"sheetData", ..) => self.ended = true,
            (b"row", Form::Open | Form::Empty, Some(closing)) => {
                let to = if tag.form == Form::Empty {
                    end
                } else {
                    match closing.find(self.buffer.get(end..).unwrap_or_default()) {
                        Some(length) => end + length,
                        None => return false,
                    }
                };
                let hidden = is_hidden(&tag);
                let row = self.buffer.get(end..to).unwrap_or_default();
                self.number = number_of(&tag, row).unwrap_or(self.number.saturating_add(1));
                self.current = Some(RawRow { number: self.number, hidden, from: end, to });
                self.at = to;
                return true;
            }
            _ => {}
        }
        self.at = end;
        true
    }

    fn fill(&mut self) -> Result<(), Unreadable> {
        if self.drained {
            self.ended = true;
            return Ok(());
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let held = self.buffer.len();
        if held > MAX_ROW {
            let detail = Detail::RowSize { mib: 64 };
            return Err(Unreadable::TooBig { detail });
        }
        // As much again, so that a long row is not searched over and over.
        self.buffer.resize(held + held.max(CHUNK), 0);
        let count = read_full(&mut self.part, self.buffer.get_mut(held..).unwrap_or_default());
        let count = count.map_err(|error| Unreadable::broken(error.to_string()))?;
        self.buffer.truncate(held + count);
        self.drained = count == 0;
        Ok(())
    }
}

fn read_full(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Hidden by hand or by a filter, or drawn without any height.
fn is_hidden(tag: &Tag<'_>) -> bool {
    if matches!(tag.attribute(b"hidden"), Some(b"1" | b"true")) {
        return true;
    }
    let height = tag.attribute(b"ht").and_then(|height| str::from_utf8(height).ok());
    height.is_some_and(|height| height.trim().parse() == Ok(0.0_f64))
}

/// The number of a row: what its first cell says, as in calamine, or else its own attribute.
fn number_of(tag: &Tag<'_>, row: &[u8]) -> Option<u32> {
    let first = Tags::new(row).next().filter(|tag| tag.local_name() == b"c");
    let of_cell = first.and_then(|cell| {
        let place = str::from_utf8(cell.attribute(b"r")?).ok()?;
        place.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok()
    });
    of_cell.or_else(|| tag.number(b"r").and_then(|number| u32::try_from(number).ok()))
}

/// Walks the tags of a row.
struct Cells<'a> {
    tags: Tags<'a>,
    text: &'a [u8],
    waiting: Option<Tag<'a>>,
    next_column: u16,
}

impl Iterator for Cells<'_> {
    type Item = RawCell;

    fn next(&mut self) -> Option<RawCell> {
        let cell = loop {
            let tag = self.waiting.take().or_else(|| self.tags.next())?;
            if tag.local_name() == b"c" && tag.form != Form::Close {
                break tag;
            }
        };
        let place = cell.attribute(b"r").and_then(|place| str::from_utf8(place).ok());
        let column =
            place.and_then(|place| column_of_letters(place.trim_end_matches(|c: char| c.is_ascii_digit())));
        let placed = column.is_some();
        let column = column.unwrap_or(self.next_column).min(MAX_COLUMNS - 1);
        self.next_column = column.saturating_add(1);
        let kind = cell.attribute(b"t").unwrap_or_default();
        let (mut formula, mut stored) = (false, Stored::Nothing);
        let inside = if cell.form == Form::Open { &mut self.tags } else { &mut Tags::new(&[]) };
        for tag in inside {
            match (tag.local_name(), tag.form) {
                (b"c", Form::Close) => break,
                (b"c", _) => {
                    self.waiting = Some(tag);
                    break;
                }
                (b"f", Form::Open | Form::Empty) => formula = true,
                (b"is", _) => stored = Stored::Value,
                (b"v", Form::Open | Form::Empty) if stored == Stored::Nothing => {
                    let rest = self.text.get(tag.to..).filter(|_| tag.form == Form::Open).unwrap_or_default();
                    stored = stored_value(rest, kind);
                }
                _ => {}
            }
        }
        Some(RawCell { column, placed, formula, stored })
    }
}

/// Judges the value that begins a text, up to the next tag.
fn stored_value(rest: &[u8], kind: &[u8]) -> Stored {
    let index = |value: &[u8]| matches!(value.len(), 1..=9) && value.iter().all(u8::is_ascii_digit);
    let end = memchr::memchr(b'<', rest).unwrap_or(rest.len());
    let value = rest.get(..end).unwrap_or_default();
    let written = !value.is_empty() || rest.starts_with(b"<!");
    match kind {
        // An empty value is a stored one where the result is text.
        b"str" => Stored::Value,
        b"s" if written && !index(value) => Stored::OddIndex,
        _ if written => Stored::Value,
        _ => Stored::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, hidden, and of each cell the column, placed, hollow.
    type Found = Vec<(u32, bool, Vec<(u16, bool, bool)>)>;

    fn rows(text: &str) -> Found {
        let mut rows = RawRows::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(row) = rows.peek().unwrap() {
            let cells = rows
                .cells(row)
                .map(|cell| (cell.column, cell.placed, cell.formula && cell.stored == Stored::Nothing))
                .collect();
            found.push((row.number, row.hidden, cells));
            rows.pass();
        }
        found
    }

    #[test]
    fn rows_and_what_calamine_does_not_tell() {
        let text = r#"<worksheet><sheetViews/><sheetData><row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row/>
            <row r="7"><c r="B7"><f>A1</f></c><c t="str"><f>A1</f><v></v></c><c r="AA7"><f>1</f><v/></c><c/></row>
            <row><c><f>A1</f><v>5</v></c></row></sheetData><row r="99"/></worksheet>"#;
        let want = vec![
            (2, true, vec![(0, true, false)]),
            (3, false, vec![]),
            (7, false, vec![(1, true, true), (2, false, false), (26, true, true), (27, false, false)]),
            (8, false, vec![(0, false, false)]),
        ];
        assert_eq!(rows(text), want);
        let prefixed =
            text.replace("<row", "<x:row").replace("</row", "</x:row").replace("sheetData", "x:sheetData");
        assert_eq!(rows(&prefixed), want);
    }

    #[test]
    fn long_sheets_come_in_chunks_and_cut_ones_end() {
        let long: String =
            (1..=20_000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c></row>")).collect();
        assert_eq!(rows(&format!("<sheetData>{long}</sheetData>")).len(), 20_000);
        let short =
            "<sheetData><row r=\"1\" hidden=\"true\"><c r=\"A1\"><f>1</f><v>2</v></c></row></sheetData>";
        for length in 0..short.len() {
            rows(&short[..length]);
        }
    }

    #[test]
    fn rows_that_are_not_seen_and_indexes_that_are_none() {
        let text = r#"<sheetData><row r="1" ht="0" customHeight="1"><c t="s"><v> 3 </v></c><c t="s"><v>3</v></c>
            <c t="s"><v/></c><c t="s"><v>1.0</v></c><c><v> 3 </v></c><c t="s"><v><![CDATA[3]]></v></c>
            <c t="s"><v>99999999999999999999999</v></c></row>
            <row r="2" ht="15.75"><c><f>1</f><v>0</v></c></row><row r="3" ht="0.0" hidden="0"/></sheetData>"#;
        let mut rows = RawRows::new(text.as_bytes());
        let first = rows.peek().unwrap().unwrap();
        let stored: Vec<_> = rows.cells(first).map(|cell| cell.stored).collect();
        use Stored::{Nothing, OddIndex, Value};
        assert_eq!(stored, [OddIndex, Value, Nothing, OddIndex, Value, OddIndex, OddIndex]);
        let mut hidden = Vec::new();
        while let Some(row) = rows.peek().unwrap() {
            hidden.push(row.hidden);
            rows.pass();
        }
        assert_eq!(hidden, [true, false, true]);
    }
}
