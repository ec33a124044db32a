//! Amounts: never guessed. What has two readings is a flaw whose hint names the flag that settles it.
//!
//! An amount is text from the first to the last: digits, at most one dot, no sign, no grouping, the decimals as typed.

mod currency;
mod flaw;
#[cfg(test)]
mod tests;
mod total;
mod typed;

use std::fmt::Write as _;

use super::cell::{Cell, Format, Value};
use super::fold::plain;
use super::rules::DecimalSeparator;
use super::text::{LOSSY_FROM, number_text};

pub use self::flaw::AmountFlaw;
pub use self::total::Total;

/// Reads an amount and appends it: `3000`, `1500.5`, `3000.00`. A blank cell appends nothing.
///
/// `separator` is the one before the decimals, where the user has given it: then only that reading of a text is
/// taken. On an error `out` is left as it was.
///
/// # Errors
/// The [`AmountFlaw`] of anything that is not exactly one amount of zero or more.
pub fn read_amount(
    cell: &Cell<'_>,
    separator: Option<DecimalSeparator>,
    out: &mut String,
) -> Result<(), AmountFlaw> {
    match cell.value {
        Value::Text(text) if typed::is_final(text, separator) => {
            out.push_str(text);
            Ok(())
        }
        Value::Text(text) => typed::read(&plain(text), separator, out),
        Value::Number(_) if cell.format == Format::Percent => Err(AmountFlaw::Percent),
        Value::Number(number) => from_number(number, out),
        Value::Date { .. } | Value::DateText(_) => Err(AmountFlaw::Date),
        Value::Bool(_) => Err(AmountFlaw::NotAnAmount),
        Value::Error(_) => Err(AmountFlaw::CellError),
    }
}

/// Rounds the shortest decimal form of the number half-even to 2 decimals, and writes no trailing zeros.
fn from_number(number: f64, out: &mut String) -> Result<(), AmountFlaw> {
    if !number.is_finite() {
        return Err(AmountFlaw::NotAnAmount);
    }
    if number < 0.0 {
        return Err(AmountFlaw::Negative);
    }
    if number >= LOSSY_FROM {
        return Err(AmountFlaw::LossyNumber);
    }
    let start = out.len();
    number_text(number, out);
    if number.fract() == 0.0 {
        return Ok(());
    }
    // The decimal form decides, not the binary one: 1.005 is half-way, although the float is a little below it.
    let cents = out.get(start..).and_then(rounded_cents);
    out.truncate(start);
    let cents = cents.ok_or(AmountFlaw::NotAnAmount)?;
    let _ = write!(out, "{}", cents / 100); // writing into a String cannot fail
    match cents % 100 {
        0 => {}
        tenths if tenths % 10 == 0 => {
            let _ = write!(out, ".{}", tenths / 10);
        }
        hundredths => {
            let _ = write!(out, ".{hundredths:02}");
        }
    }
    Ok(())
}

/// The hundredths of `12.345`, half-even.
fn rounded_cents(text: &str) -> Option<u64> {
    let (whole, decimals) = text.split_once('.')?;
    let digit = |at: usize| decimals.as_bytes().get(at).map_or(0, |byte| u64::from(byte - b'0'));
    let cents = whole.parse::<u64>().ok()?.checked_mul(100)? + digit(0) * 10 + digit(1);
    let rest = decimals.as_bytes().get(2..).unwrap_or_default();
    let up = match rest.split_first() {
        Some((b'5', below)) => below.iter().any(|&byte| byte != b'0') || cents % 2 == 1,
        Some((first, _)) => *first > b'5',
        None => false,
    };
    Some(cents + u64::from(up))
}
