//! Phones: digits that begin with a country code, or a flaw. Never guessed.
//!
//! Every reader appends to the caller's `out`, and leaves it as it was when it returns an error.

mod country;
mod digits;
mod flaw;
mod spelling;
#[cfg(test)]
mod tests;

use super::cell::{Cell, Format, Value};
use super::fold::plain;
use super::rules::{BareNumbers, PhoneRules};
use super::text::{LOSSY_FROM, LineBreaks, TextFlaw, read_text, shown_number};

pub use self::country::{Country, country_of, is_possible, is_valid};
use self::digits::Digits;
pub use self::flaw::PhoneFlaw;
use self::spelling::Spelling;

/// How a phone came by its country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhoneForm {
    /// The cell is blank.
    Blank,
    /// It was written with `+` or `00`, or the user has said that such numbers carry their country code.
    Explicit,
    /// The given country code stood before it already, or was put there.
    FromCountryCode,
    /// Written without `+` and `00`, and no country code is given: a valid number, but the list must agree on one country.
    Bare,
}

/// Reads `user_phone` and appends it: 8 to 15 digits, the country code first, of a length that its country has.
///
/// # Errors
/// The [`PhoneFlaw`] of anything that is not exactly one phone.
pub fn read_user_phone(
    cell: &Cell<'_>,
    rules: &PhoneRules,
    out: &mut String,
) -> Result<PhoneForm, PhoneFlaw> {
    let spelling = match cell.value {
        Value::Text(text) => spelling::read(&plain(text))?,
        Value::Number(number) => {
            let start = out.len();
            whole_digits(number, cell.format, out)?;
            let shown = out.get(start..).unwrap_or("");
            // One zero is a trunk zero; more are there to fill up, and are no international prefix.
            let spelling =
                if shown.starts_with("00") { Err(PhoneFlaw::Padded) } else { spelling::read(shown) };
            out.truncate(start);
            spelling?
        }
        Value::Date { .. } | Value::DateText(_) => return Err(PhoneFlaw::Date),
        Value::Bool(_) => return Err(PhoneFlaw::NotAPhone),
        Value::Error(_) => return Err(PhoneFlaw::CellError),
    };
    let Some(spelling) = spelling else { return Ok(PhoneForm::Blank) };
    let (digits, form) = resolve(&spelling, rules)?;
    out.push_str(digits.as_str());
    Ok(form)
}

/// Reads `phone_number` of an order: free text, cleaned, but a number cell is whole digits.
///
/// # Errors
/// [`PhoneFlaw::Fraction`], [`PhoneFlaw::Percent`], [`PhoneFlaw::LossyNumber`] or [`PhoneFlaw::NotAPhone`] for a number cell that is no
/// phone, [`PhoneFlaw::Date`] for a date cell, [`PhoneFlaw::CellError`] for an error cell.
pub fn read_order_phone(cell: &Cell<'_>, out: &mut String) -> Result<(), PhoneFlaw> {
    match cell.value {
        Value::Number(number) => whole_digits(number, cell.format, out),
        Value::Date { .. } | Value::DateText(_) => Err(PhoneFlaw::Date),
        _ => read_text(cell, LineBreaks::Space, out).map_err(|flaw| match flaw {
            TextFlaw::CellError => PhoneFlaw::CellError,
            _ => PhoneFlaw::NotAPhone,
        }),
    }
}

/// Appends a number cell as digits, with the leading zeros that its format shows.
fn whole_digits(number: f64, format: Format, out: &mut String) -> Result<(), PhoneFlaw> {
    if !number.is_finite() || number < 0.0 {
        return Err(PhoneFlaw::NotAPhone);
    }
    if format == Format::Percent {
        return Err(PhoneFlaw::Percent);
    }
    if number >= LOSSY_FROM {
        return Err(PhoneFlaw::LossyNumber);
    }
    if number.fract() != 0.0 {
        return Err(PhoneFlaw::Fraction);
    }
    shown_number(number, format, out);
    Ok(())
}

/// Puts the country code where it is missing, and checks the whole.
fn resolve(spelling: &Spelling, rules: &PhoneRules) -> Result<(Digits, PhoneForm), PhoneFlaw> {
    let typed = &spelling.digits;
    if spelling.plus {
        return Ok((checked(*typed)?, PhoneForm::Explicit));
    }
    if let Some(international) = typed.as_str().strip_prefix("00") {
        return Ok((checked(Digits::of(&[international])?)?, PhoneForm::Explicit));
    }
    if let Some(national) = typed.as_str().strip_prefix('0') {
        let code = rules.country_code.as_deref().ok_or(PhoneFlaw::NoCountryCode)?;
        return Ok((with_code(code, national)?, PhoneForm::FromCountryCode));
    }
    match (rules.country_code.as_deref(), rules.bare) {
        (Some(code), bare) if typed.as_str().starts_with(code) => {
            Ok((begins_with_code(typed, code, bare)?, PhoneForm::FromCountryCode))
        }
        (Some(code), Some(BareNumbers::National)) => {
            Ok((checked(Digits::of(&[code, typed.as_str()])?)?, PhoneForm::FromCountryCode))
        }
        (None, Some(BareNumbers::National)) => Err(PhoneFlaw::NoCountryCode),
        (_, Some(BareNumbers::International)) => Ok((checked(*typed)?, PhoneForm::Explicit)),
        (Some(code), None) => Err(PhoneFlaw::BareNumber { country_code: code.into() }),
        (None, None) => {
            let digits = checked(*typed)?;
            if is_valid(digits.as_str()) { Ok((digits, PhoneForm::Bare)) } else { Err(PhoneFlaw::NotValid) }
        }
    }
}

/// A national number whose leading zero was replaced by the code.
///
/// `0` and then the code itself (`0628…`) is in most cases a zero too many: when only the number without that zero is
/// a valid one, there are two readings.
fn with_code(code: &str, national: &str) -> Result<Digits, PhoneFlaw> {
    let digits = Digits::of(&[code, national])?;
    if national.starts_with(code) && is_valid(national) && !is_valid(digits.as_str()) {
        return Err(PhoneFlaw::ZeroBeforeCode);
    }
    checked(digits)
}

/// A bare number that begins with the given country code is international. But where mobile numbers can begin with the
/// same digits (`9123456789` in India, 91), one that is only valid with the code put before it has two readings.
fn begins_with_code(typed: &Digits, code: &str, bare: Option<BareNumbers>) -> Result<Digits, PhoneFlaw> {
    if bare != Some(BareNumbers::International)
        && let Ok(national) = Digits::of(&[code, typed.as_str()])
        && country::is_mobile(national.as_str())
        && !is_valid(typed.as_str())
    {
        return match bare {
            Some(BareNumbers::National) => checked(national),
            _ => Err(PhoneFlaw::CodeOrNumber { country_code: code.into() }),
        };
    }
    checked(*typed)
}

/// The number, if it is 8 to 15 digits and of possible length for its country. A zero behind the country code
/// (`+62 0812…`) that makes it invalid is not taken away by us: only `(0)` is there for the eye.
fn checked(digits: Digits) -> Result<Digits, PhoneFlaw> {
    let text = digits.as_str();
    if (8..=15).contains(&text.len()) && country::has_trunk_zero(text) && !is_valid(text) {
        return Err(PhoneFlaw::TrunkZero);
    }
    country::check(text)?;
    Ok(digits)
}
