//! The words for what is wrong with an amount.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;
use crate::domain::quote::shortened;
use crate::lang::say;

/// What is wrong with an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmountFlaw {
    /// The cell holds an error of the spreadsheet.
    CellError,
    /// Something that is no number at all.
    NotAnAmount,
    /// A number with letters or a sign beside it that are no currency we know: they may multiply it.
    Unknown {
        /// What stands there.
        text: Box<str>,
    },
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
            | Self::Unknown { .. }
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
            Self::CellError => say!("problem-amount-cell-error", value = value),
            Self::NotAnAmount => say!("problem-amount-not-an-amount", value = value),
            Self::Unknown { text } => {
                say!("problem-amount-unknown", value = value, text = shortened(text))
            }
            Self::Grouping => say!("problem-amount-grouping", value = value),
            Self::Negative => say!("problem-amount-negative", value = value),
            Self::Percent => say!("problem-amount-percent", value = value),
            Self::Exponent => say!("problem-amount-exponent", value = value),
            Self::Date => say!("problem-amount-date", value = value),
            Self::Ambiguous => say!("problem-amount-ambiguous", value = value),
            Self::OtherSeparator => say!("problem-amount-other-separator", value = value),
            Self::LossyNumber => say!("problem-amount-lossy-number", value = value),
            Self::TooLarge => say!("problem-amount-too-large", value = value),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => say!("problem-amount-cell-error-hint"),
            Self::Ambiguous => say!("problem-amount-ambiguous-hint"),
            Self::OtherSeparator => say!("problem-amount-other-separator-hint"),
            Self::Date => say!("problem-amount-date-hint"),
            Self::LossyNumber => say!("problem-amount-lossy-number-hint"),
            Self::Negative => say!("problem-amount-negative-hint"),
            Self::Unknown { text } => say!("problem-amount-unknown-hint", text = shortened(text)),
            Self::NotAnAmount | Self::Grouping | Self::Percent | Self::Exponent | Self::TooLarge => {
                say!("problem-amount-digits-hint")
            }
        }
    }
}
