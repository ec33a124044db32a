//! The words for what is wrong with a phone.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;

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
            Self::CellError => format!("\"{value}\" is an error in the spreadsheet, not a phone"),
            Self::LossyNumber => format!("\"{value}\" does not hold every digit of the phone any more"),
            Self::NotAPhone => format!("\"{value}\" is not a phone"),
            Self::Date => format!("\"{value}\" is a date, not a phone"),
            Self::Fraction => format!("\"{value}\" is a number with decimals, not a phone"),
            Self::TwoPhones => format!("\"{value}\" is more than one phone"),
            Self::Letter => format!("\"{value}\" has a letter among its digits"),
            Self::Extension => format!("\"{value}\" has something behind the number, such as an extension"),
            Self::Padded => format!("\"{value}\" is a number that its format fills up with zeros"),
            Self::ZeroTail => format!("\"{value}\" ends in zeros that may or may not belong to the phone"),
            Self::Length { digits: u8::MAX } => format!("\"{value}\" has far more than 15 digits"),
            Self::Length { digits } => {
                format!("\"{value}\" has {digits} digits with its country code, not 8 to 15")
            }
            Self::UnknownCountry => format!("\"{value}\" begins with a country code that does not exist"),
            Self::CountryLength { country } => {
                format!("\"{value}\" has a number of digits that no phone of {country} has")
            }
            Self::TrunkZero => format!("\"{value}\" has a 0 behind its country code"),
            Self::NoCountryCode => format!("\"{value}\" is a national number, and no country code is given"),
            Self::BareNumber { country_code } => {
                format!("\"{value}\" begins with neither {country_code} nor 0, + or 00")
            }
            Self::CodeOrNumber { country_code } => {
                format!(
                    "\"{value}\" has two readings: its {country_code} may be the country code or part of the number"
                )
            }
            Self::ZeroBeforeCode => {
                format!("\"{value}\" has two readings: a 0 stands before the country code")
            }
            Self::NotValid => format!("\"{value}\" is not a valid phone of any country as it stands"),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => "mend the formula, or type the phone into the cell",
            Self::LossyNumber => "format the column as text, then paste the phones again from their source",
            Self::TwoPhones => "keep one phone in the cell; tasks go to one phone each",
            Self::Letter => "type the digit that was meant: 0 for O, 1 for l or I, 5 for S, 8 for B",
            Self::Extension => "take away what stands behind the number",
            Self::Fraction | Self::Padded | Self::ZeroTail | Self::Date | Self::NotAPhone => {
                "format the cell as text and type the phone with its country code, for example +6281234567890"
            }
            Self::Length { .. } | Self::UnknownCountry | Self::CountryLength { .. } => {
                "look the phone up and write it with its country code, for example +6281234567890"
            }
            Self::TrunkZero | Self::ZeroBeforeCode => "take the 0 away, and write the phone with + and its country code",
            Self::NoCountryCode | Self::NotValid => {
                "add --country-code, for example --country-code 62, or write the phone with + and its country code"
            }
            Self::BareNumber { country_code } => {
                return format!(
                    "add --bare-numbers national if +{country_code} belongs before it, --bare-numbers international if it is complete, or write it with +"
                );
            }
            Self::CodeOrNumber { country_code } => {
                return format!(
                    "write it with + and its country code, or add --bare-numbers national if +{country_code} belongs before it, --bare-numbers international if it is complete"
                );
            }
        }
        .to_owned()
    }
}
