//! The words for what is wrong with an amount.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;

/// What is wrong with an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmountFlaw {
    /// The cell holds an error of the spreadsheet.
    CellError,
    /// Something that is no number at all.
    NotAnAmount,
    /// The marks between the digits do not group them by three.
    Grouping,
    /// Less than zero: a minus sign on either side, or brackets.
    Negative,
    /// A percentage.
    Percent,
    /// Written with an exponent.
    Exponent,
    /// A date cell.
    Date,
    /// `3.000` or `3,000`: three thousand, or three with decimals.
    Ambiguous,
    /// Readable, but not with the decimal separator that was given.
    OtherSeparator,
    /// A number cell of more than 15 digits.
    LossyNumber,
    /// More digits than can be added exactly.
    TooLarge,
}

impl AmountFlaw {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::CellError => Code::CellError,
            Self::Ambiguous => Code::AmbiguousAmount,
            Self::LossyNumber => Code::LossyNumber,
            Self::NotAnAmount
            | Self::Grouping
            | Self::Negative
            | Self::Percent
            | Self::Exponent
            | Self::Date
            | Self::OtherSeparator
            | Self::TooLarge => Code::BadAmount,
        }
    }

    /// What is wrong; `value` is what the user's cell holds. Control characters are the caller's to escape.
    pub fn message(&self, value: &str) -> String {
        match self {
            Self::CellError => format!("\"{value}\" is an error in the spreadsheet, not an amount"),
            Self::NotAnAmount => format!("\"{value}\" is not an amount"),
            Self::Grouping => format!("\"{value}\" is not an amount: its digits are not grouped by three"),
            Self::Negative => format!("\"{value}\" is a negative amount"),
            Self::Percent => format!("\"{value}\" is a percentage, not an amount"),
            Self::Exponent => format!("\"{value}\" is written with an exponent, and digits may be lost"),
            Self::Date => format!("\"{value}\" is a date, not an amount"),
            Self::Ambiguous => {
                format!("\"{value}\" has two readings: its mark may group thousands or begin the decimals")
            }
            Self::OtherSeparator => {
                format!(
                    "\"{value}\" is not an amount with the decimal separator given by --decimal-separator"
                )
            }
            Self::LossyNumber => {
                format!(
                    "\"{value}\" is a number of more than 15 digits: the spreadsheet has rounded it already"
                )
            }
            Self::TooLarge => format!("\"{value}\" has more digits than an amount can have"),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => "mend the formula, or type the amount into the cell",
            Self::Ambiguous => {
                "add --decimal-separator . if 1.000 is one and 1,000 a thousand, --decimal-separator , if it is the other way round"
            }
            Self::OtherSeparator => "write it as 3000.50 in a number cell, or choose the other --decimal-separator",
            Self::Date => "give the cell a number format and check the amount: it was turned into a date",
            Self::LossyNumber => "check the amount, and type it as text if it is right",
            Self::Negative => "amounts are zero or more: mend it, or leave the cell blank",
            Self::NotAnAmount | Self::Grouping | Self::Percent | Self::Exponent | Self::TooLarge => {
                "use digits and one mark before the decimals, for example 3000.50"
            }
        }
        .to_owned()
    }
}
