//! Dates and times: never guessed. What has two readings is a flaw whose hint names the flag that settles it.
//!
//! Every reader appends to the caller's `out`, and leaves it as it was when it returns an error.

mod cursor;
mod day;
mod flaw;
mod moment;
#[cfg(test)]
mod tests;
mod time;

use super::cell::{Cell, Epoch, Format, Value};
use super::fold::plain;
use super::rules::DateRules;

pub use self::flaw::DateFlaw;
use self::moment::{Day, Moment, SerialFault};

/// Reads a date field and appends `YYYY-MM-DD`; a time of day is dropped. A blank cell appends nothing.
///
/// `epoch` is that of the workbook: by it a number cell without a date format is read as a serial.
///
/// # Errors
/// The [`DateFlaw`] of anything that is not exactly one day from 1970 to 2100.
pub fn read_date(cell: &Cell<'_>, rules: &DateRules, epoch: Epoch, out: &mut String) -> Result<(), DateFlaw> {
    if let Some(moment) = read(cell, rules, epoch)? {
        moment.day.write(out);
    }
    Ok(())
}

/// Reads a field of date and time and appends `YYYY-MM-DD HH:MM:SS`; a bare date gets `00:00:00`, fractions of a
/// second are dropped. A blank cell appends nothing. `epoch` as in [`read_date`].
///
/// # Errors
/// As [`read_date`].
pub fn read_datetime(
    cell: &Cell<'_>,
    rules: &DateRules,
    epoch: Epoch,
    out: &mut String,
) -> Result<(), DateFlaw> {
    if let Some(moment) = read(cell, rules, epoch)? {
        moment.day.write(out);
        out.push(' ');
        moment.time.unwrap_or_default().write(out);
    }
    Ok(())
}

fn read(cell: &Cell<'_>, rules: &DateRules, epoch: Epoch) -> Result<Option<Moment>, DateFlaw> {
    let moment = match cell.value {
        Value::Text(text) | Value::DateText(text) => {
            let text = plain(text);
            if text.is_empty() {
                return Ok(None);
            }
            from_text(&text, rules)?
        }
        Value::Number(number) => from_number(number, cell.format, epoch)?,
        Value::Date { serial, epoch } => from_serial(serial, epoch)?,
        Value::Bool(_) => return Err(DateFlaw::NotADate),
        Value::Error(_) => return Err(DateFlaw::CellError),
    };
    moment.day.in_range().then_some(Some(moment)).ok_or(DateFlaw::OutOfRange)
}

/// Reads text that has been made plain; the year may be any.
fn from_text(text: &str, rules: &DateRules) -> Result<Moment, DateFlaw> {
    if let Some(moment) = Moment::from_iso(text) {
        return Ok(moment);
    }
    let mut cursor = cursor::Cursor::new(text);
    let shape = day::parse(&mut cursor)?;
    let clock = time::parse(&mut cursor)?;
    // The day is judged last, so that a text which is no date at all is not called ambiguous.
    let day = shape.settle(rules.order)?;
    let Some(clock) = clock else { return Ok(Moment { day, time: None }) };
    let moment = Moment { day, time: Some(clock.time) };
    match (clock.offset_seconds, &rules.zone) {
        (None, _) => Ok(moment),
        (Some(_), None) => Err(DateFlaw::NoZone),
        (Some(offset), Some(zone)) => moment.moved(offset, zone).ok_or(DateFlaw::OutOfRange),
    }
}

fn from_number(number: f64, format: Format, epoch: Epoch) -> Result<Moment, DateFlaw> {
    if format == Format::Percent {
        return Err(DateFlaw::NotADate);
    }
    // No serial has eight digits: the last day of a spreadsheet, 9999-12-31, is serial 2,958,465.
    if number.fract() == 0.0 && (10_000_000.0..100_000_000.0).contains(&number) {
        let digits = number as u32;
        let day = Day::new(digits / 10_000, digits / 100 % 100, digits % 100).ok_or(DateFlaw::Impossible)?;
        return Ok(Moment { day, time: None });
    }
    from_serial(number, epoch)
}

fn from_serial(serial: f64, epoch: Epoch) -> Result<Moment, DateFlaw> {
    Moment::from_serial(serial, epoch).map_err(|fault| match fault {
        SerialFault::TimeOnly(_) => DateFlaw::TimeOnly,
        SerialFault::FalseLeapDay => DateFlaw::FalseLeapDay,
        SerialFault::OutOfRange => DateFlaw::OutOfRange,
    })
}

/// Appends the ISO text of a date cell that stands in a text field: `2026-04-15`, with a time of day
/// `2026-04-15 10:00:00`, a time alone `10:00:00`. Returns `false` and appends nothing if the serial is no date.
pub(crate) fn serial_text(serial: f64, epoch: Epoch, out: &mut String) -> bool {
    match Moment::from_serial(serial, epoch) {
        Ok(moment) => moment.write_short(out),
        Err(SerialFault::TimeOnly(time)) => time.write(out),
        Err(SerialFault::FalseLeapDay | SerialFault::OutOfRange) => return false,
    }
    true
}

/// The same for a date cell that holds ISO text.
pub(crate) fn iso_text(text: &str, out: &mut String) -> bool {
    match from_text(&plain(text), &DateRules::default()) {
        Ok(moment) => moment.write_short(out),
        Err(_) => return false,
    }
    true
}
