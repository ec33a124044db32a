//! Values on their way into a cell: each is read back as what it was, or as an error, never as another value.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, Worksheet, XlsxError};

use crate::domain::cell::{self, Cell, Epoch, Value, is_error_text};
use crate::domain::unread;
use crate::lang::{grouped, say};

/// The longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;

/// What stands for a value that a workbook cannot hold.
const ERROR: &str = "#VALUE!";

/// How a cell shows its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Look {
    General,
    Text,
    /// All digits of a long number.
    Whole,
    Zeros(u8),
    Percent,
    Date,
    DateTime,
    Time,
}

impl Look {
    fn code(self) -> String {
        match self {
            Self::General => "General".to_owned(),
            Self::Text => "@".to_owned(),
            Self::Whole => "0".to_owned(),
            Self::Zeros(digits) => "0".repeat(usize::from(digits)),
            Self::Percent => "0.00%".to_owned(),
            Self::Date => "yyyy-mm-dd".to_owned(),
            Self::DateTime => "yyyy-mm-dd hh:mm:ss".to_owned(),
            Self::Time => "hh:mm:ss".to_owned(),
        }
    }
}

/// How a cell stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    None,
    Header,
    /// The column of the reasons.
    Reason,
    /// To be mended.
    Bad,
}

/// The formats made so far.
#[derive(Debug, Default)]
pub(super) struct Looks {
    made: HashMap<(Look, Mark), Format>,
    notes: u32,
}

impl Looks {
    /// Counts one more note; whether it is among the first `most`.
    pub(super) fn note_fits(&mut self, most: u32) -> bool {
        self.notes = self.notes.saturating_add(1);
        self.notes <= most
    }

    pub(super) fn get(&mut self, look: Look, mark: Mark) -> &Format {
        self.made.entry((look, mark)).or_insert_with(|| {
            let format = Format::new().set_num_format(look.code());
            match mark {
                Mark::None => format,
                Mark::Header => format.set_bold(),
                Mark::Reason => format.set_background_color(Color::RGB(0xFF_EB9C)),
                Mark::Bad => format.set_background_color(Color::RGB(0xFF_C7CE)),
            }
        })
    }
}

/// A value as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written<'a> {
    Text(&'a str),
    Number(f64, Look),
    Bool(bool),
    /// It cannot be.
    Lost(Lost),
    /// It was an error already, which says why.
    WasError(&'a str),
}

/// Why a workbook cannot hold a value.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lost {
    /// An infinite number.
    Number,
    /// A date before or after those of workbooks.
    Date,
    /// A text that is too long.
    Length,
    /// A text with characters that XML cannot have.
    Characters,
}

impl Lost {
    fn words(self) -> String {
        match self {
            Self::Number => say!("report-fix-lost-number"),
            Self::Date => say!("report-fix-lost-date"),
            Self::Length => say!("report-fix-lost-length", most = grouped(LONGEST as u64)),
            Self::Characters => say!("report-fix-lost-characters"),
        }
    }
}

/// Writes a cell; gives what a note has to say where the value could not be kept.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    mark: Mark,
    looks: &mut Looks,
) -> Result<Option<String>, XlsxError> {
    match written(cell) {
        Written::Text(text) => {
            sheet.write_string_with_format(row, column, text, looks.get(Look::Text, mark))?;
        }
        Written::Number(number, look) => {
            sheet.write_number_with_format(row, column, number, looks.get(look, mark))?;
        }
        Written::Bool(flag) => {
            sheet.write_boolean_with_format(row, column, flag, looks.get(Look::General, mark))?;
        }
        Written::Lost(why) => {
            sheet.write_string_with_format(row, column, ERROR, looks.get(Look::Text, Mark::Bad))?;
            return Ok(Some(why.words()));
        }
        Written::WasError(what) => {
            sheet.write_string_with_format(row, column, ERROR, looks.get(Look::Text, mark))?;
            return Ok(Some(unread::words(what).into_owned()));
        }
    }
    Ok(None)
}

fn written<'a>(cell: &Cell<'a>) -> Written<'a> {
    match cell.value {
        Value::Text(text) => text_of(text),
        Value::Error(text) if is_error_text(text) => Written::Text(text),
        Value::Error(text) => Written::WasError(text),
        Value::Bool(flag) => Written::Bool(flag),
        Value::Number(number) if !number.is_finite() => Written::Lost(Lost::Number),
        Value::Number(number) => Written::Number(number, look_of(number, cell.format)),
        Value::Date { serial, epoch } => match serial_of_1900(serial, epoch) {
            Some(serial) => Written::Number(serial, date_look(serial)),
            None => Written::Lost(Lost::Date),
        },
        // As a date cell it is no phone and no amount, as little as it was before; as text it might be one.
        Value::DateText(text) => match serial_of_iso(text) {
            Some(serial) => Written::Number(serial, date_look(serial)),
            None => Written::Lost(Lost::Date),
        },
    }
}

fn text_of(text: &str) -> Written<'_> {
    if text.len() > LONGEST && text.encode_utf16().count() > LONGEST {
        return Written::Lost(Lost::Length);
    }
    if text.contains(['\u{fffe}', '\u{ffff}']) {
        return Written::Lost(Lost::Characters);
    }
    Written::Text(text)
}

fn look_of(number: f64, format: cell::Format) -> Look {
    match format {
        cell::Format::Percent => Look::Percent,
        cell::Format::Zeros(digits) => Look::Zeros(digits),
        cell::Format::Plain | cell::Format::Unknown if number.fract() == 0.0 && number.abs() >= 1e10 => {
            Look::Whole
        }
        cell::Format::Plain | cell::Format::Unknown => Look::General,
    }
}

fn date_look(serial: f64) -> Look {
    if (0.0..1.0).contains(&serial) {
        Look::Time
    } else if serial.fract() == 0.0 {
        Look::Date
    } else {
        Look::DateTime
    }
}

/// The same moment in a workbook that counts from 1900, as ours does.
fn serial_of_1900(serial: f64, epoch: Epoch) -> Option<f64> {
    /// Days from 1900 (with its false leap day) to 1904-01-01.
    const APART: f64 = 1_462.0;
    /// 10000-01-01 counted from 1904.
    const END: f64 = 2_957_004.0;
    match epoch {
        Epoch::Y1900 => serial.is_finite().then_some(serial),
        // Only a time of day: it is one in both.
        Epoch::Y1904 if serial > 0.0 && serial < 1.0 => Some(serial),
        Epoch::Y1904 => (0.0..END).contains(&serial).then_some(serial + APART),
    }
}

/// Reads `2026-04-15` and `2026-04-15T10:00:00` with or without fractions of a second, which are dropped.
fn serial_of_iso(text: &str) -> Option<f64> {
    let text = text.trim();
    let (date, time) = text.split_at_checked(10)?;
    let date: jiff::civil::Date = date.parse().ok()?;
    let seconds = match time {
        "" => 0,
        time => {
            let clock = time.strip_prefix(['T', ' '])?;
            // A zone is not part of a date cell.
            let plain =
                clock.len() >= 8 && clock.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b'.'));
            let clock: jiff::civil::Time = plain.then(|| clock.parse().ok())??;
            i32::from(clock.hour()) * 3_600 + i32::from(clock.minute()) * 60 + i32::from(clock.second())
        }
    };
    // Before that, the false leap day of 1900 makes days uncertain.
    let first = jiff::civil::date(1900, 3, 1);
    let days = first.until(date).ok()?.get_days();
    (days >= 0).then(|| f64::from(days + 61) + f64::from(seconds) / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::assert_translated;

    #[test]
    fn values_stay_what_they_are() {
        let cell = |value, format| Cell { column: 0, value, format };
        let long = "x".repeat(LONGEST + 1);
        let cjk = "很".repeat(LONGEST);
        let text = |text| cell(Value::Text(text), cell::Format::Unknown);
        let date = |serial, epoch| cell(Value::Date { serial, epoch }, cell::Format::Plain);
        let iso = |text| cell(Value::DateText(text), cell::Format::Unknown);
        for (given, want) in [
            (text("0812"), Written::Text("0812")),
            (text("=1+1"), Written::Text("=1+1")),
            (text(&cjk), Written::Text(&cjk)),
            (text(&long), Written::Lost(Lost::Length)),
            (text("a\u{ffff}"), Written::Lost(Lost::Characters)),
            (cell(Value::Error("#N/A"), cell::Format::Plain), Written::Text("#N/A")),
            (
                cell(Value::Error("formula without a stored value"), cell::Format::Plain),
                Written::WasError("formula without a stored value"),
            ),
            (cell(Value::Number(7.0), cell::Format::Zeros(5)), Written::Number(7.0, Look::Zeros(5))),
            (cell(Value::Number(0.075), cell::Format::Percent), Written::Number(0.075, Look::Percent)),
            (
                cell(Value::Number(6281512341234.0), cell::Format::Plain),
                Written::Number(6281512341234.0, Look::Whole),
            ),
            (cell(Value::Number(1.5), cell::Format::Unknown), Written::Number(1.5, Look::General)),
            (cell(Value::Bool(true), cell::Format::Plain), Written::Bool(true)),
            (date(46_127.0, Epoch::Y1900), Written::Number(46_127.0, Look::Date)),
            (date(44_665.5, Epoch::Y1904), Written::Number(46_127.5, Look::DateTime)),
            (date(0.25, Epoch::Y1904), Written::Number(0.25, Look::Time)),
            (date(0.0, Epoch::Y1904), Written::Number(1_462.0, Look::Date)),
            (date(2_957_004.0, Epoch::Y1904), Written::Lost(Lost::Date)),
            (date(-1.0, Epoch::Y1904), Written::Lost(Lost::Date)),
            (iso("2026-04-15"), Written::Number(46_127.0, Look::Date)),
            (iso("2026-04-15T12:00:00.9"), Written::Number(46_127.5, Look::DateTime)),
            (iso("2026-04-15T12:00:00Z"), Written::Lost(Lost::Date)),
            (iso("2026-04-15T12:00:00-07"), Written::Lost(Lost::Date)),
            (iso("1900-02-28"), Written::Lost(Lost::Date)),
            (iso("2026-13-15"), Written::Lost(Lost::Date)),
            (iso("很很很很"), Written::Lost(Lost::Date)),
        ] {
            assert_eq!(written(&given), want, "{given:?}");
        }
    }

    #[test]
    fn what_a_workbook_cannot_hold_is_said_in_every_language() {
        for lost in [Lost::Number, Lost::Date, Lost::Length, Lost::Characters] {
            assert_translated(|| lost.words());
        }
        assert_eq!(
            Lost::Length.words(),
            "the text is longer than the 32 767 characters that a cell can hold"
        );
    }
}
