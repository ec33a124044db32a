//! What the content of an `.ods` workbook would cost, found before calamine unfolds its repeated cells and rows, and
//! whether its tables come to an end, which calamine waits for without looking for the end of the file.

use std::io::Read;

use super::super::{MAX_COLUMNS, MAX_ROWS, Unreadable};
use super::ods_cells::{Scan, Scanned};
use super::ods_tidy;
use super::package::Package;
use super::xml::{Form, Tag, Tags};
use crate::domain::cell::{Epoch, Value};
use crate::domain::detail::Detail;
use crate::domain::unread;

/// What the unfolded cells may take. calamine holds a table twice when it is given out.
const MAX_UNFOLDED: u64 = 768 * 1024 * 1024;

/// The longest tag, comment or text.
const MAX_PIECE: usize = 16 * 1024 * 1024;

/// So much is read at once.
const CHUNK: usize = 256 * 1024;

/// What a cell takes at least: its value and its formula.
const CELL: u64 = 64;

/// What is looked at in memory of the part that holds the cells, once it is known to be harmless.
const MAX_CONTENT: u64 = 768 * 1024 * 1024;

/// Checks `content.xml`, and finds what calamine does not tell of its cells.
pub(super) fn check(package: &mut Package) -> Result<Scanned, Unreadable> {
    // The content of a protected workbook is noise.
    let manifest = package.read_whole("META-INF/manifest.xml")?.unwrap_or_default();
    if Tags::new(&manifest).any(|tag| tag.local_name() == b"encryption-data") {
        return Err(Unreadable::Encrypted);
    }
    let missing = || Unreadable::broken(Detail::MissingPart { part: "content.xml".to_owned() });
    check_content(package.part("content.xml")?.ok_or_else(missing)?)?;
    let styles = package.read_whole("styles.xml")?.unwrap_or_default();
    let content = package.read_up_to("content.xml", MAX_CONTENT)?.ok_or_else(missing)?;
    let mut scanned = scan_content(&content, &styles)?;
    if ods_tidy::is_untidy(&content) {
        scanned.tidied = Some(ods_tidy::tidied(&content)?);
    }
    Ok(scanned)
}

fn scan_content(content: &[u8], styles: &[u8]) -> Result<Scanned, Unreadable> {
    if memchr::memmem::find(content, b"<![CDATA[").is_some() {
        return Err(Unreadable::broken(Detail::Cdata));
    }
    let mut scan = Scan::new(content, styles);
    for tag in Tags::new(content) {
        scan.tag(&tag);
    }
    scan.finish()
}

/// Looks at the tags piece by piece: the content may be larger than memory.
fn check_content(mut content: impl Read) -> Result<(), Unreadable> {
    let mut look = Look::default();
    let mut held = Vec::new();
    loop {
        let before = held.len();
        // As much again, so that a long tag is not searched over and over.
        let more = before.max(CHUNK) as u64;
        let read = (&mut content).take(more).read_to_end(&mut held);
        read.map_err(|error| Unreadable::broken(error.to_string()))?;
        if held.len() == before {
            return look.finish();
        }
        let mut tags = Tags::new(&held);
        for tag in tags.by_ref() {
            look.at(&tag)?;
        }
        let seen = tags.seen();
        look.cost.passed += seen as u64;
        held.drain(..seen);
        if held.len() > MAX_PIECE {
            let detail = Detail::TagSize { mib: 16 };
            return Err(Unreadable::TooBig { detail });
        }
    }
}

/// What was seen of the content so far.
#[derive(Default)]
struct Look {
    cost: Cost,
    tables: u32,
    notes: u32,
    closed: bool,
}

impl Look {
    fn at(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        // For calamine `</table:table x>` ends nothing, and it waits for what does.
        if tag.form == Form::Close && tag.has_more() {
            return Err(Unreadable::broken(Detail::ClosingTag));
        }
        let cost = &mut self.cost;
        self.closed = tag.name == b"office:document-content" && tag.form == Form::Close;
        match tag.name {
            b"table:table" => {
                self.tables = nested(self.tables, tag.form)?;
                cost.table(tag.form);
            }
            b"office:annotation" => self.notes = nested(self.notes, tag.form)?,
            b"table:table-row" => cost.row(tag),
            b"table:table-cell" | b"table:covered-table-cell" => cost.cell(tag),
            b"text:s" => cost.spaces(tag),
            _ => {}
        }
        if cost.total > MAX_UNFOLDED {
            let detail = Detail::Repeats;
            return Err(Unreadable::TooBig { detail });
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Unreadable> {
        if !self.closed || self.tables > 0 || self.notes > 0 {
            return Err(Unreadable::broken(Detail::ContentCutOff));
        }
        Ok(())
    }
}

/// Reads a time of day or a length of time (`PT10H30M00S`) as the part of days that other formats store.
pub(super) fn duration(text: &str, epoch: Epoch) -> Value<'static> {
    days(text).map_or(Value::Error(unread::NO_TIME), |serial| Value::Date { serial, epoch })
}

/// Source: ISO 8601-1, section 5.5.2, without years and months, which have no fixed length.
fn days(text: &str) -> Option<f64> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut rest = rest.strip_prefix('P')?;
    let mut seconds = 0.0;
    let mut of_day = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            of_day = true;
            rest = after;
            continue;
        }
        let length = rest.find(|character: char| !character.is_ascii_digit() && character != '.')?;
        let (number, unit) = rest.split_at_checked(length)?;
        let unit_seconds = match (unit.as_bytes().first()?, of_day) {
            (b'D', false) => 86_400.0,
            (b'H', true) => 3_600.0,
            (b'M', true) => 60.0,
            (b'S', true) => 1.0,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * unit_seconds;
        rest = unit.get(1..)?;
    }
    let days: f64 = seconds / 86_400.0;
    Some(if negative { -days } else { days })
}

fn nested(depth: u32, form: Form) -> Result<u32, Unreadable> {
    match form {
        Form::Open => Ok(depth.saturating_add(1)),
        Form::Close => depth.checked_sub(1).ok_or_else(|| Unreadable::broken(Detail::ContentOrder)),
        Form::Empty => Ok(depth),
    }
}

/// Adds up what calamine would hold.
#[derive(Debug, Default)]
struct Cost {
    /// In bytes, of all tables so far.
    total: u64,
    row_repeats: u64,
    /// Rows of the table, and how far its filled cells reach down and to the right.
    rows: u64,
    last_filled: u64,
    width: u64,
    /// Columns of the row so far.
    columns: u64,
    /// The cell that is open: how often it is repeated, whether it has a value, where its content begins.
    repeats: u64,
    filled: bool,
    content_from: u64,
    /// Bytes before those in which the tags are counted.
    passed: u64,
}

impl Cost {
    fn table(&mut self, form: Form) {
        if form == Form::Close {
            // The rectangle around the filled cells is filled with empty ones.
            self.add(self.last_filled.saturating_mul(self.width).saturating_mul(CELL));
        }
        (self.rows, self.last_filled, self.width) = (0, 0, 0);
    }

    fn row(&mut self, tag: &Tag<'_>) {
        if tag.form == Form::Close {
            return;
        }
        let repeats = tag.number(b"table:number-rows-repeated").unwrap_or(1);
        self.row_repeats = repeats.min(u64::from(MAX_ROWS));
        self.rows = self.rows.saturating_add(self.row_repeats);
        self.columns = 0;
    }

    fn cell(&mut self, tag: &Tag<'_>) {
        if tag.form != Form::Close {
            let repeats = tag.number(b"table:number-columns-repeated").unwrap_or(1);
            self.repeats = repeats.min(u64::from(MAX_COLUMNS));
            self.columns = self.columns.saturating_add(self.repeats).min(u64::from(MAX_COLUMNS));
            self.filled =
                tag.attribute(b"office:value-type").is_some() || tag.attribute(b"table:formula").is_some();
            // The attributes hold values too.
            self.content_from = self.passed + tag.from as u64;
        }
        if tag.form != Form::Open && self.filled {
            let length = (self.passed + tag.to as u64).saturating_sub(self.content_from);
            let times = self.repeats.saturating_mul(self.row_repeats);
            self.add(times.saturating_mul(length));
            self.width = self.width.max(self.columns);
            self.last_filled = self.rows.min(u64::from(MAX_ROWS));
            self.filled = false;
        }
    }

    /// One tag can stand for any number of spaces.
    fn spaces(&mut self, tag: &Tag<'_>) {
        let count = tag.number(b"text:c").unwrap_or(1);
        self.add(count.saturating_mul(self.repeats.max(1)).saturating_mul(self.row_repeats.max(1)));
    }

    fn add(&mut self, bytes: u64) {
        self.total = self.total.saturating_add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(table: &str) -> String {
        format!("<office:document-content><table:table>{table}</table:table></office:document-content>")
    }

    #[test]
    fn honest_content_passes_and_bombs_do_not() {
        let cell = "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
        let empty = |count: u32| format!("<table:table-cell table:number-columns-repeated=\"{count}\"/>");
        let row = |repeats: u32, cells: &str| {
            format!("<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>")
        };
        let many = cell.replace("table-cell ", "table-cell table:number-columns-repeated=\"16384\" ");
        let spaces = cell.replace("<text:p>", "<text:p><text:s text:c=\"99999999999\"/>");
        for (table, sound) in [
            (row(1, cell), true),
            // As every sheet of LibreOffice ends.
            (row(1, cell) + &row(1_048_575, &empty(16_384)), true),
            (row(1_048_576, &(empty(16_383) + cell)), false),
            (row(1, cell) + &row(1_048_574, &empty(16_384)) + &row(1, &(empty(16_383) + cell)), false),
            (row(100_000, &many), false),
            (row(1, &spaces), false),
        ] {
            assert_eq!(check_content(content(&table).as_bytes()).is_ok(), sound, "{table}");
        }
    }

    #[test]
    fn content_cut_anywhere_is_refused() {
        let whole = content("<table:table-row><table:table-cell/></table:table-row>");
        for length in 0..whole.len() {
            assert!(check_content(&whole.as_bytes()[..length]).is_err(), "{length}");
        }
        let open = whole.replace("</table:table>", "");
        assert!(check_content(open.as_bytes()).is_err());
        let more = whole.replace("</table:table>", "</table:table x>");
        assert!(check_content(more.as_bytes()).is_err());
        let spaced = whole.replace("</table:table>", "</table:table >");
        assert!(check_content(spaced.as_bytes()).is_ok());
        let note = content("<office:annotation>");
        assert!(check_content(note.as_bytes()).is_err());
    }

    #[test]
    fn times_and_lengths_of_time() {
        for (text, want) in [
            ("PT12H00M00S", Some(0.5)),
            ("PT36H", Some(1.5)),
            ("P1DT6H", Some(1.25)),
            ("PT00H00M43.2S", Some(0.0005)),
            ("-PT6H", Some(-0.25)),
            ("P1M", None),
            ("P1Y", None),
            ("PT5", None),
            ("PT.H.", None),
            ("12:00", None),
            ("", None),
        ] {
            assert_eq!(days(text), want, "{text}");
        }
    }
}
