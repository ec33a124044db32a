//! Delimited text: `.csv`, `.tsv`, `.txt`.
//!
//! Every line of the file ends up in a row or in an error: a quotation mark without a partner, which would swallow
//! the lines after it, is found by looking at the raw bytes of each record that spans lines, and of the last one.

mod decode;
mod dialect;
mod tape;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use ::csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use self::decode::{Decoder, Encoding};
use self::dialect::Dialect;
use self::tape::Tape;
use super::{Flow, Kind, MAX_COLUMNS, MergedArea, Note, Options, Source, TableInfo, Unreadable};
use crate::domain::cell::Row;
use crate::domain::detail::Detail;

/// So much of the text is looked at to find the delimiter.
const HEAD: usize = 64 * 1024;

/// No honest record spans more lines.
const MAX_LINES: u32 = 1_000;

/// An open text file.
pub(super) struct Csv {
    file: File,
    encoding: Encoding,
    dialect: Dialect,
    tables: [TableInfo; 1],
    notes: Vec<Note>,
    row: Row,
}

impl Csv {
    /// Opens a file that was found to be text.
    ///
    /// # Errors
    /// When the encoding is unknown or unclear, or the beginning does not fit it.
    pub(super) fn open(mut file: File, options: &Options) -> Result<Self, Unreadable> {
        let encoding = Encoding::of(&mut file, options.encoding.as_deref())?;
        let mut text = Vec::with_capacity(HEAD);
        let decoded = decoder(&mut file, encoding)?.take(HEAD as u64).read_to_end(&mut text);
        decoded.map_err(read_error)?;
        let dialect = Dialect::of(&text, text.len() < HEAD, options.delimiter);
        let told = encoding.told().map(|name| Note::Encoding { name, guessed: encoding.guessed });
        let mut notes: Vec<Note> = told.into_iter().collect();
        if dialect.delimiter != b',' && options.delimiter.is_none() {
            notes.push(Note::Delimiter(char::from(dialect.delimiter)));
        }
        let tables = [TableInfo { sheet: None, hidden: false }];
        Ok(Self { file, encoding, dialect, tables, notes, row: Row::default() })
    }
}

impl Source for Csv {
    fn kind(&self) -> Kind {
        Kind::Csv
    }

    fn tables(&self) -> &[TableInfo] {
        &self.tables
    }

    fn read(&mut self, table: usize, sink: &mut dyn FnMut(&Row) -> Flow) -> Result<(), Unreadable> {
        if table != 0 {
            return Err(Unreadable::broken(Detail::OneTable));
        }
        let text = decoder(&mut self.file, self.encoding)?;
        let mut records = Records::new(Tape::new(text, self.dialect), self.dialect)?;
        while let Some(line) = records.next()? {
            if records.record.as_slice().is_empty() {
                continue;
            }
            fill(&mut self.row, line, &records.record)?;
            if sink(&self.row) == Flow::Stop {
                return Ok(());
            }
        }
        Ok(())
    }

    fn merges(&mut self, _table: usize) -> Result<Vec<MergedArea>, Unreadable> {
        Ok(Vec::new())
    }

    fn notes(&self) -> &[Note] {
        &self.notes
    }
}

fn decoder(file: &mut File, encoding: Encoding) -> Result<Decoder<&mut File>, Unreadable> {
    file.seek(SeekFrom::Start(encoding.mark as u64))?;
    Ok(Decoder::new(file, encoding))
}

/// The records of a text with the lines they start on.
struct Records<R> {
    reader: Reader<Tape<R>>,
    record: ByteRecord,
    delimiter: u8,
    /// The line that comes next. The reader's own count knows nothing of lines that end with a carriage return alone.
    line: u64,
    /// Whether the bytes so far end with a carriage return, whose line feed is still to come.
    after_return: bool,
    /// Where the record that was read last starts, and its line.
    last: Option<(u64, u32)>,
}

impl<R: Read> Records<R> {
    fn new(mut tape: Tape<R>, dialect: Dialect) -> Result<Self, Unreadable> {
        tape.skip(dialect.skip).map_err(read_error)?;
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(dialect.delimiter)
            .buffer_capacity(tape::CHUNK)
            .from_reader(tape);
        Ok(Self {
            reader,
            record: ByteRecord::new(),
            delimiter: dialect.delimiter,
            // A `sep=` line is none of the reader's.
            line: 1 + u64::from(dialect.skip > 0),
            after_return: false,
            last: None,
        })
    }

    /// Reads the next record into `record` and gives the line on which it starts.
    fn next(&mut self) -> Result<Option<u32>, Unreadable> {
        let from = self.reader.position().byte();
        self.reader.get_mut().start_record(from, self.last.map_or(from, |(before, _)| before));
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return self.finish(),
            Err(error) => return Err(self.overlong().unwrap_or_else(|| csv_error(error))),
        }
        let to = self.reader.position().byte();
        // The reader counts the blank lines before a record, and the second half of a CRLF, to the record.
        let lines = self.reader.get_ref().lines(from, to, &mut self.after_return);
        let start = shown(self.line.saturating_add(lines.before));
        self.line = self.line.saturating_add(lines.before).saturating_add(lines.within);
        if memchr::memchr(b'\n', self.record.as_slice()).is_some() {
            self.check_quotes(from, to, start)?;
            if lines.within > u64::from(MAX_LINES) {
                let detail = Detail::TooManyLines { most: MAX_LINES };
                return Err(Unreadable::OpenQuote { line: start, detail });
            }
        }
        if self.record.len() > usize::from(MAX_COLUMNS) {
            let detail = Detail::TooManyFields { line: start, most: MAX_COLUMNS };
            return Err(Unreadable::TooBig { detail });
        }
        self.last = Some((from, start));
        Ok(Some(start))
    }

    /// At the end of the file: the last record may have ended only because the file did.
    fn finish(&mut self) -> Result<Option<u32>, Unreadable> {
        if let Some((from, line)) = self.last.take() {
            self.check_quotes(from, self.reader.position().byte(), line)?;
        }
        Ok(None)
    }

    fn check_quotes(&self, from: u64, to: u64, line: u32) -> Result<(), Unreadable> {
        match tape::quotes(self.reader.get_ref().between(from, to), self.delimiter) {
            tape::Quotes::Paired => Ok(()),
            tape::Quotes::Open => Err(Unreadable::OpenQuote { line, detail: Detail::NeverClosed }),
            tape::Quotes::Stray => Err(Unreadable::OpenQuote { line, detail: Detail::TextBehindQuote }),
        }
    }

    fn overlong(&self) -> Option<Unreadable> {
        let tape = self.reader.get_ref();
        tape.overran().then(|| Unreadable::OpenQuote {
            line: shown(self.line),
            detail: Detail::LongRecord { kib: u32::try_from(tape::MAX_RECORD / 1024).unwrap_or(u32::MAX) },
        })
    }
}

fn shown(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

fn fill(row: &mut Row, line: u32, record: &ByteRecord) -> Result<(), Unreadable> {
    // No program writes zeros into a list; they are what a damaged disk or a broken copy leaves.
    if memchr::memchr(0, record.as_slice()).is_some() {
        return Err(Unreadable::Undecodable { line, detail: Detail::ZeroBytes });
    }
    // All fields at once is far faster than one by one; two invalid ones that join to valid text are told apart by
    // a border in the middle of a character.
    let text = str::from_utf8(record.as_slice()).map_err(|_| undecodable(line, record))?;
    let fields = (0..record.len()).filter_map(|place| record.range(place));
    row.start_with_texts(line, text, fields).ok_or_else(|| undecodable(line, record))
}

/// Names the first byte of a record that is not UTF-8.
fn undecodable(line: u32, record: &ByteRecord) -> Unreadable {
    let mut breaks = 0_usize;
    for (place, field) in record.iter().enumerate() {
        if let Err(error) = str::from_utf8(field) {
            let (valid, rest) = field.split_at_checked(error.valid_up_to()).unwrap_or((field, &[]));
            breaks += memchr::memchr_iter(b'\n', valid).count();
            let line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            let byte = rest.first().copied().unwrap_or_default();
            let detail = Detail::NotUtf8Byte { byte, field: u32::try_from(place + 1).unwrap_or(u32::MAX) };
            return Unreadable::Undecodable { line, detail };
        }
        breaks += memchr::memchr_iter(b'\n', field).count();
    }
    Unreadable::Undecodable { line, detail: Detail::NotUtf8 }
}

fn csv_error(error: ::csv::Error) -> Unreadable {
    match error.into_kind() {
        ErrorKind::Io(error) => read_error(error),
        other => Unreadable::broken(format!("{other:?}")),
    }
}

fn read_error(error: io::Error) -> Unreadable {
    match error.downcast::<Unreadable>() {
        Ok(unreadable) => unreadable,
        Err(error) => error.into(),
    }
}

#[cfg(test)]
mod tests;
