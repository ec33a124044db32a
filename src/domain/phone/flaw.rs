//! The words for what is wrong with a phone.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;
use crate::lang::say;

/// What is wrong with a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PhoneFlaw {
    /// The cell holds an error of the spreadsheet.
    CellError,
    /// Digits are missing: a number cell of more than 15 digits, or a shortened exponent form.
    LossyNumber,
    /// No phone at all, or with something in it that no phone has.
    NotAPhone,
    /// A date cell.
    Date,
    /// A number cell that is shown as a percentage.
    Percent,
    /// A number with decimals.
    Fraction,
    /// More than one phone in the cell.
    TwoPhones,
    /// A letter that looks like a digit stands among the digits.
    Letter,
    /// Something like an extension stands behind the number.
    Extension,
    /// A number cell whose format fills it up with zeros in front.
    Padded,
    /// `.0` behind something that is not plain digits.
    ZeroTail,
    /// Fewer than 8 or more than 15 digits.
    Length {
        /// How many there are; 255 stands for far too many.
        digits: u8,
    },
    /// No country has this country code.
    UnknownCountry,
    /// A length that the country does not have.
    CountryLength {
        /// Shown as `ID +62`.
        country: Box<str>,
    },
    /// A `0` between the country code and a number that is not valid without it either.
    TrunkZero,
    /// A national number, and no country code is given.
    NoCountryCode,
    /// Neither the given country code nor `0`, `+` or `00` stands in front.
    BareNumber {
        /// The given one.
        country_code: Box<str>,
    },
    /// The leading digits may be the given country code, or part of a number that lost its zero.
    CodeOrNumber {
        /// The given one.
        country_code: Box<str>,
    },
    /// `0` and then the country code: one zero too many, or an area code.
    ZeroBeforeCode,
    /// Written without `+`, and not a valid number of any country.
    NotValid,
}

impl PhoneFlaw {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::CellError => Code::CellError,
            Self::LossyNumber => Code::LossyNumber,
            Self::NotAPhone
            | Self::Date
            | Self::Percent
            | Self::Fraction
            | Self::TwoPhones
            | Self::Letter
            | Self::Extension
            | Self::Padded
            | Self::ZeroTail
            | Self::Length { .. }
            | Self::UnknownCountry
            | Self::CountryLength { .. }
            | Self::TrunkZero
            | Self::NoCountryCode
            | Self::BareNumber { .. }
            | Self::CodeOrNumber { .. }
            | Self::ZeroBeforeCode
            | Self::NotValid => Code::BadPhone,
        }
    }

    /// What is wrong; `value` is what the user's cell holds. Control characters are the caller's to escape.
    pub fn message(&self, value: &str) -> String {
        match self {
            Self::CellError => say!("problem-phone-cell-error", value = value),
            Self::LossyNumber => say!("problem-phone-lossy-number", value = value),
            Self::NotAPhone => say!("problem-phone-not-a-phone", value = value),
            Self::Date => say!("problem-phone-date", value = value),
            Self::Percent => say!("problem-phone-percent", value = value),
            Self::Fraction => say!("problem-phone-fraction", value = value),
            Self::TwoPhones => say!("problem-phone-two-phones", value = value),
            Self::Letter => say!("problem-phone-letter", value = value),
            Self::Extension => say!("problem-phone-extension", value = value),
            Self::Padded => say!("problem-phone-padded", value = value),
            Self::ZeroTail => say!("problem-phone-zero-tail", value = value),
            Self::Length { digits: u8::MAX } => say!("problem-phone-length-far", value = value),
            Self::Length { digits } => {
                say!("problem-phone-length", value = value, digits = u32::from(*digits))
            }
            Self::UnknownCountry => say!("problem-phone-unknown-country", value = value),
            Self::CountryLength { country } => {
                say!("problem-phone-country-length", value = value, country = &**country)
            }
            Self::TrunkZero => say!("problem-phone-trunk-zero", value = value),
            Self::NoCountryCode => say!("problem-phone-no-country-code", value = value),
            Self::BareNumber { country_code } => {
                say!("problem-phone-bare-number", value = value, country_code = &**country_code)
            }
            Self::CodeOrNumber { country_code } => {
                say!("problem-phone-code-or-number", value = value, country_code = &**country_code)
            }
            Self::ZeroBeforeCode => say!("problem-phone-zero-before-code", value = value),
            Self::NotValid => say!("problem-phone-not-valid", value = value),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => say!("problem-phone-cell-error-hint"),
            Self::LossyNumber => say!("problem-phone-lossy-number-hint"),
            Self::TwoPhones => say!("problem-phone-two-phones-hint"),
            Self::Letter => say!("problem-phone-letter-hint"),
            Self::Extension => say!("problem-phone-extension-hint"),
            Self::Fraction | Self::Padded | Self::ZeroTail | Self::Date | Self::Percent | Self::NotAPhone => {
                say!("problem-phone-as-text-hint")
            }
            Self::Length { .. } | Self::UnknownCountry | Self::CountryLength { .. } => {
                say!("problem-phone-look-up-hint")
            }
            Self::TrunkZero | Self::ZeroBeforeCode => say!("problem-phone-zero-hint"),
            Self::NoCountryCode | Self::NotValid => say!("problem-phone-no-country-code-hint"),
            Self::BareNumber { country_code } => {
                say!("problem-phone-bare-number-hint", country_code = &**country_code)
            }
            Self::CodeOrNumber { country_code } => {
                say!("problem-phone-code-or-number-hint", country_code = &**country_code)
            }
        }
    }
}
