//! A cell keeps its kind and its place until a field is read from it.

use std::fmt;
use std::ops::Range;

use super::unread::TOO_LONG;

/// Which way a spreadsheet counts its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    /// Serial 1 is 1900-01-01, and 1900 wrongly has a 29 February (serial 60).
    Y1900,
    /// Serial 0 is 1904-01-01.
    Y1904,
}

/// What spreadsheets show for an error.
const ERROR_TEXTS: [&str; 17] = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#FIELD!",
    "#BLOCKED!",
    "#BUSY!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#PYTHON!",
];

/// Whether a text is what a spreadsheet shows for an error, spaces around it aside: `#N/A`, LibreOffice's `Err:502`, or the
/// [`is_narrow`] of a column. Nobody is called that.
pub fn is_error_text(text: &str) -> bool {
    // Letters and digits, with which nearly every cell begins, begin no error but one, and no space.
    if text.as_bytes().first().is_some_and(|first| first.is_ascii_alphanumeric() && *first != b'E') {
        return false;
    }
    let text = text.trim();
    let of_libre_office = text
        .strip_prefix("Err:")
        .is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()));
    of_libre_office || is_narrow(text) || ERROR_TEXTS.contains(&text)
}

/// Whether a text is only the signs that a spreadsheet fills a cell with whose column is too narrow for its number.
pub fn is_narrow(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 3 && text.bytes().all(|byte| byte == b'#')
}

/// What a cell holds, before anybody has decided what it means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text, as typed or exported; not trimmed.
    Text(&'a str),
    /// A number cell of a spreadsheet: always a 64-bit float, and so exact only up to 15 digits.
    Number(f64),
    /// A number cell whose format shows a date or a time: days since the epoch.
    Date {
        /// Days, the fraction being the time of day.
        serial: f64,
        /// What day 0 is.
        epoch: Epoch,
    },
    /// A date cell of an OpenDocument sheet: ISO 8601 text, `2026-04-15` or `2026-04-15T10:00:00`.
    DateText(&'a str),
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// `#N/A` and its like, or a cell that could not be read; the text names it.
    Error(&'a str),
}

/// What is known of the number format under which a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// The file format does not tell (CSV), or it does not matter.
    #[default]
    Unknown,
    /// The default format, or one that changes nothing that matters here.
    Plain,
    /// Only zeros, such as `00000`: the number is shown with at least so many digits.
    Zeros(u8),
    /// A percentage: the stored value is a hundredth of what is shown.
    Percent,
}

/// One cell of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// Counted from 0: column `A` is 0.
    pub column: u16,
    /// What it holds.
    pub value: Value<'a>,
    /// How it is shown.
    pub format: Format,
}

impl<'a> Cell<'a> {
    /// A text cell, as every cell of a CSV file is one.
    pub fn text(column: u16, text: &'a str) -> Self {
        Self { column, value: Value::Text(text), format: Format::Unknown }
    }
}

/// The most text of one row, in bytes. No spreadsheet program can make a row of that much.
const MOST_TEXT: usize = 256 * 1024 * 1024;

/// A row while it is on its way from a reader to the plan. Made to be filled again and again without allocating.
#[derive(Debug, Default)]
pub struct Row {
    /// Counted from 1 as a spreadsheet shows it; in a CSV file the line on which the record starts.
    pub number: u32,
    /// Hidden by hand or by a filter. Only xlsx tells.
    pub hidden: bool,
    text: String,
    cells: Vec<Stored>,
}

/// Rows go from one thread to another by the million, so a cell is kept in 16 bytes.
#[derive(Debug, Clone, Copy)]
struct Stored {
    kind: Kind,
    column: u16,
    format: Format,
    /// Of a number or a date the bits; of a text where it begins and ends.
    content: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Date1900,
    Date1904,
    DateText,
    Bool,
    Error,
}

const fn span(from: u32, to: u32) -> u64 {
    (from as u64) << 32 | to as u64
}

impl Stored {
    #[expect(clippy::cast_possible_truncation, reason = "the halves of 64 bits")]
    const fn span(self) -> (usize, usize) {
        ((self.content >> 32) as usize, self.content as u32 as usize)
    }
}

impl Clone for Row {
    fn clone(&self) -> Self {
        Self { number: self.number, hidden: self.hidden, text: self.text.clone(), cells: self.cells.clone() }
    }

    /// Without allocating where there is room.
    fn clone_from(&mut self, source: &Self) {
        (self.number, self.hidden) = (source.number, source.hidden);
        self.text.clone_from(&source.text);
        self.cells.clone_from(&source.cells);
    }
}

impl Row {
    /// Empties the row and gives it its number; the memory is kept.
    pub fn start(&mut self, number: u32) {
        self.number = number;
        self.hidden = false;
        self.text.clear();
        self.cells.clear();
    }

    /// Appends a cell. Columns must come in rising order: [`Row::get`] relies on it.
    pub fn push(&mut self, column: u16, value: Value<'_>, format: Format) {
        debug_assert!(self.cells.last().is_none_or(|last| last.column < column), "columns rise");
        let (kind, content) = match value {
            Value::Text(text) => self.keep(Kind::Text, text),
            Value::Number(number) => (Kind::Number, number.to_bits()),
            Value::Date { serial, epoch: Epoch::Y1900 } => (Kind::Date1900, serial.to_bits()),
            Value::Date { serial, epoch: Epoch::Y1904 } => (Kind::Date1904, serial.to_bits()),
            Value::DateText(text) => self.keep(Kind::DateText, text),
            Value::Bool(flag) => (Kind::Bool, u64::from(flag)),
            Value::Error(text) => self.keep(Kind::Error, text),
        };
        self.cells.push(Stored { kind, column, format, content });
    }

    /// Starts the row anew with text cells from column 0 on, each a range of `text`. `None`, and a row of no use, when a
    /// range cuts a character.
    pub fn start_with_texts(
        &mut self,
        number: u32,
        text: &str,
        cells: impl Iterator<Item = Range<usize>>,
    ) -> Option<()> {
        self.start(number);
        let end = |at: usize| u32::try_from(at).ok().filter(|_| text.is_char_boundary(at));
        self.text.push_str(text);
        for (column, cell) in (0..=u16::MAX).zip(cells) {
            let content = span(end(cell.start)?, end(cell.end)?);
            self.cells.push(Stored { kind: Kind::Text, column, format: Format::Unknown, content });
        }
        Some(())
    }

    /// Keeps a text; one for which there is no room is an error cell, and not a shorter text.
    fn keep(&mut self, kind: Kind, text: &str) -> (Kind, u64) {
        let from = self.text.len();
        let (kind, text) =
            if text.len() > MOST_TEXT.saturating_sub(from) { (Kind::Error, TOO_LONG) } else { (kind, text) };
        self.text.push_str(text);
        // Both below 2^32: the texts are limited, and a row has fewer than 2^14 cells.
        let end = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        (kind, span(end(from), end(self.text.len())))
    }

    /// How many bytes its texts take.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// A copy whose texts are cut to so many bytes at most.
    #[must_use]
    pub fn shortened(&self, bytes: usize) -> Self {
        let mut copy = Self { number: self.number, hidden: self.hidden, ..Self::default() };
        let cut = |text: &'_ str| text.floor_char_boundary(bytes);
        for cell in self.cells() {
            let value = match cell.value {
                Value::Text(text) => Value::Text(&text[..cut(text)]),
                Value::DateText(text) => Value::DateText(&text[..cut(text)]),
                Value::Error(text) => Value::Error(&text[..cut(text)]),
                other => other,
            };
            copy.push(cell.column, value, cell.format);
        }
        copy
    }

    /// How many cells are there; blank ones may be missing.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether no cell was pushed.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cells in rising order of their columns.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = Cell<'_>> {
        self.cells.iter().map(|stored| self.cell(stored))
    }

    /// The cell of a column, `None` where the sheet has none.
    pub fn get(&self, column: u16) -> Option<Cell<'_>> {
        self.stored(column).map(|stored| self.cell(stored))
    }

    fn stored(&self, column: u16) -> Option<&Stored> {
        // Rows are mostly without gaps, so the cell is mostly where its column says.
        match self.cells.get(usize::from(column)).filter(|stored| stored.column == column) {
            Some(stored) => Some(stored),
            None => {
                let at = self.cells.binary_search_by_key(&column, |stored| stored.column).ok()?;
                self.cells.get(at)
            }
        }
    }

    /// Whether a column holds the very same as in another row; two missing cells are the same.
    pub fn repeats(&self, other: &Self, column: u16) -> bool {
        match (self.stored(column), other.stored(column)) {
            (None, None) => true,
            (Some(one), Some(two)) if one.kind == two.kind && one.format == two.format => match one.kind {
                Kind::Text | Kind::DateText | Kind::Error => self.text_of(one) == other.text_of(two),
                _ => one.content == two.content,
            },
            _ => false,
        }
    }

    fn text_of(&self, stored: &Stored) -> &str {
        let (from, to) = stored.span();
        &self.text[from..to]
    }

    fn cell(&self, stored: &Stored) -> Cell<'_> {
        let number = || f64::from_bits(stored.content);
        let value = match stored.kind {
            Kind::Text => Value::Text(self.text_of(stored)),
            Kind::Number => Value::Number(number()),
            Kind::Date1900 => Value::Date { serial: number(), epoch: Epoch::Y1900 },
            Kind::Date1904 => Value::Date { serial: number(), epoch: Epoch::Y1904 },
            Kind::DateText => Value::DateText(self.text_of(stored)),
            Kind::Bool => Value::Bool(stored.content != 0),
            Kind::Error => Value::Error(self.text_of(stored)),
        };
        Cell { column: stored.column, value, format: stored.format }
    }
}

/// The letters of a column as a spreadsheet shows them: 0 is `A`, 26 is `AA`.
#[derive(Debug, Clone, Copy)]
pub struct Letters(
    /// The column, counted from 0.
    pub u16,
);

impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = [0_u8; 4];
        let mut at = letters.len();
        let mut rest = u32::from(self.0) + 1;
        while rest > 0 {
            rest -= 1;
            at -= 1;
            letters[at] = b'A' + u8::try_from(rest % 26).unwrap_or(0);
            rest /= 26;
        }
        f.write_str(std::str::from_utf8(&letters[at..]).unwrap_or("?"))
    }
}

/// Reads the letters of a column, in either case: `A` is 0. `None` if it is anything but one to three letters.
pub fn column_of_letters(text: &str) -> Option<u16> {
    if text.is_empty() || text.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let number =
        text.bytes().fold(0_u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    u16::try_from(number - 1).ok().filter(|&column| column < 16_384)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_back() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(Letters(column).to_string(), letters);
            assert_eq!(column_of_letters(letters), Some(column));
            assert_eq!(column_of_letters(&letters.to_lowercase()), Some(column));
        }
        for text in ["", "XFE", "A1", "user", "é"] {
            assert_eq!(column_of_letters(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_spreadsheets_show_for_an_error_is_no_value() {
        for text in ERROR_TEXTS.into_iter().chain([" #N/A ", "Err:502", "\u{A0}Err:522", "###", "########"]) {
            assert!(is_error_text(text), "{text:?}");
        }
        for text in
            ["", "#", "##", "#N/A!", "# 12", "###1", "Err:50", "Err:5022", "Err:50x", "Err", "Erna", "12"]
        {
            assert!(!is_error_text(text), "{text:?}");
        }
    }

    #[test]
    fn a_row_gives_back_what_was_pushed_with_and_without_gaps() {
        let mut row = Row::default();
        row.start(7);
        row.push(0, Value::Text("a"), Format::Unknown);
        row.push(3, Value::Number(1.5), Format::Percent);
        row.push(4, Value::Error("#N/A"), Format::Plain);
        assert_eq!(row.get(0).map(|cell| cell.value), Some(Value::Text("a")));
        assert_eq!(row.get(1), None);
        assert_eq!(
            row.get(3).map(|cell| (cell.value, cell.format)),
            Some((Value::Number(1.5), Format::Percent))
        );
        assert_eq!(row.get(4).map(|cell| cell.value), Some(Value::Error("#N/A")));
        let mut copy = Row::default();
        copy.start(1);
        copy.push(0, Value::Text("before"), Format::Plain);
        copy.clone_from(&row);
        assert_eq!((copy.number, copy.len()), (7, 3));
        assert!((0..5).all(|column| copy.repeats(&row, column) && copy.get(column) == row.get(column)));
        let mut other = Row::default();
        other.push(1, Value::Text("xa"), Format::Unknown);
        other.push(3, Value::Number(1.5), Format::Plain);
        other.push(4, Value::Error("#N/A"), Format::Plain);
        let same = |column| (row.repeats(&other, column), other.repeats(&row, column));
        assert_eq!([0, 1, 2, 3, 4].map(same), [false, false, true, false, true].map(|same| (same, same)));
        row.start(8);
        assert!(row.is_empty() && row.get(0).is_none());
    }
}
