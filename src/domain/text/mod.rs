//! Text fields: cleaning, numbers as text, identifiers, limits.
//!
//! Every reader appends to the caller's `out`, and leaves it as it was when it returns an error.

mod clean;
mod flaw;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::cell::{Cell, Format, Value};
use super::date;
use super::fold::plain;

pub use self::clean::{LineBreaks, clean};
pub use self::flaw::TextFlaw;

/// The most characters (Unicode scalar values) that `name` and `description` can have. Source: `create-task`.
pub const LIMIT: usize = 256;

/// The largest whole number that every program which reads JSON holds exactly; many keep numbers as 64-bit floats.
pub const LARGEST_EXACT: u64 = (1 << 53) - 1;

/// From here on a whole number has more than the 15 digits that a spreadsheet keeps.
pub(crate) const LOSSY_FROM: f64 = 1e15;

/// Appends a number in its shortest decimal form, never with an exponent: `3000`, `0.1`, `-1500.5`.
///
/// The shortest form is the one with the fewest digits that reads back as the same 64-bit float.
pub fn number_text(number: f64, out: &mut String) {
    // A negative zero is a zero to everybody.
    let number = if number == 0.0 { 0.0 } else { number };
    // Writing into a String cannot fail.
    let _ = if number.fract() == 0.0 && number.abs() < LOSSY_FROM {
        // Below 10^15 every whole float is exactly this integer, and integers are written faster.
        write!(out, "{}", number as i64)
    } else {
        write!(out, "{number}")
    };
}

/// Appends a number as it is shown: with the leading zeros of its format, if the format is of zeros only.
pub(crate) fn shown_number(number: f64, format: Format, out: &mut String) {
    let start = out.len();
    number_text(number, out);
    if let Format::Zeros(width) = format
        && number.fract() == 0.0
    {
        let digits = start + usize::from(out[start..].starts_with('-'));
        let missing = usize::from(width).saturating_sub(out.len() - digits);
        out.insert_str(digits, &"0".repeat(missing));
    }
}

/// Reads a text field. A blank cell appends nothing.
///
/// Booleans are `TRUE` and `FALSE`, numbers are written in their shortest decimal form, date cells in ISO form.
///
/// # Errors
/// [`TextFlaw::CellError`] for an error cell, [`TextFlaw::BadNumber`] for a number that is none (infinite).
pub fn read_text(cell: &Cell<'_>, breaks: LineBreaks, out: &mut String) -> Result<(), TextFlaw> {
    match cell.value {
        Value::Text(text) => out.push_str(&clean(text, breaks)),
        Value::Number(number) if !number.is_finite() => return Err(TextFlaw::BadNumber),
        Value::Number(number) => shown_number(number, cell.format, out),
        Value::Bool(flag) => out.push_str(if flag { "TRUE" } else { "FALSE" }),
        Value::Date { serial, .. } if !serial.is_finite() => return Err(TextFlaw::BadNumber),
        Value::Date { serial, epoch } => {
            if !date::serial_text(serial, epoch, out) {
                number_text(serial, out);
            }
        }
        Value::DateText(text) => {
            if !date::iso_text(text, out) {
                out.push_str(&clean(text, breaks));
            }
        }
        Value::Error(_) => return Err(TextFlaw::CellError),
    }
    Ok(())
}

/// Reads `order_number` or `user_id`: like other text, but a number of more than 15 digits is refused, since the
/// spreadsheet has rounded it already. Text stays as typed.
///
/// # Errors
/// [`TextFlaw::LossyNumber`] for such a number, and those of [`read_text`].
pub fn read_identifier(cell: &Cell<'_>, out: &mut String) -> Result<(), TextFlaw> {
    let start = out.len();
    if let Value::Number(number) = cell.value {
        if number.abs() >= LOSSY_FROM && number.is_finite() {
            return Err(TextFlaw::LossyNumber);
        }
        if number.fract() != 0.0 && number.is_finite() {
            number_text(number, out);
            let digits =
                out[start..].trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
            if digits > 15 {
                out.truncate(start);
                return Err(TextFlaw::LossyNumber);
            }
            return Ok(());
        }
    }
    read_text(cell, LineBreaks::Space, out)
}

/// Reads `name` or `description`: text of at most [`LIMIT`] characters, never cut.
///
/// # Errors
/// [`TextFlaw::TooLong`], and those of [`read_text`].
pub fn read_limited(cell: &Cell<'_>, breaks: LineBreaks, out: &mut String) -> Result<(), TextFlaw> {
    let start = out.len();
    read_text(cell, breaks, out)?;
    check_limit(&out[start..]).inspect_err(|_| out.truncate(start))
}

/// Whether a text, however it was made, has at most [`LIMIT`] characters.
///
/// # Errors
/// [`TextFlaw::TooLong`] with the number of its characters.
pub fn check_limit(text: &str) -> Result<(), TextFlaw> {
    // No character is shorter than a byte.
    if text.len() <= LIMIT {
        return Ok(());
    }
    match text.chars().count() {
        length if length <= LIMIT => Ok(()),
        length => Err(TextFlaw::TooLong { length: u32::try_from(length).unwrap_or(u32::MAX) }),
    }
}

/// Reads `auth_id`: a positive whole number up to [`LARGEST_EXACT`], also with the `.0` that exports leave behind. Blank is
/// `None`. The digits of a text are never anything but whole numbers on their way.
///
/// # Errors
/// [`TextFlaw::TooLarge`] for a greater number, [`TextFlaw::RoundedNumber`] for a number cell of more than 15 digits,
/// [`TextFlaw::BadNumber`] for anything else, [`TextFlaw::CellError`] for an error cell.
pub fn read_whole_number(cell: &Cell<'_>) -> Result<Option<u64>, TextFlaw> {
    let number = match cell.value {
        Value::Text(text) => {
            let text = plain(text);
            if text.is_empty() {
                return Ok(None);
            }
            let whole = match text.split_once('.') {
                Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
                Some(_) => return Err(TextFlaw::BadNumber),
                None => &*text,
            };
            // `parse` alone would take a plus sign.
            if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(TextFlaw::BadNumber);
            }
            // Digits alone are only refused for being too many.
            whole.parse::<u64>().map_err(|_| TextFlaw::TooLarge)?
        }
        Value::Number(number) if number.fract() == 0.0 && number >= 1.0 && cell.format != Format::Percent => {
            if number >= LOSSY_FROM {
                return Err(TextFlaw::RoundedNumber);
            }
            number as u64
        }
        Value::Error(_) => return Err(TextFlaw::CellError),
        _ => return Err(TextFlaw::BadNumber),
    };
    match number {
        0 => Err(TextFlaw::BadNumber),
        1..=LARGEST_EXACT => Ok(Some(number)),
        _ => Err(TextFlaw::TooLarge),
    }
}

/// Whether nothing is left of the value when it is cleaned.
pub fn is_blank(value: &Value<'_>) -> bool {
    match value {
        Value::Text(text) | Value::DateText(text) => {
            !text.bytes().any(|byte| matches!(byte, b'!'..=b'~')) && clean(text, LineBreaks::Space).is_empty()
        }
        _ => false,
    }
}
