//! The words for what is wrong with a text field.

use serde::{Deserialize, Serialize};

use super::{LARGEST_EXACT, LIMIT};
use crate::domain::code::Code;
use crate::lang::say;

/// What is wrong with a text, an identifier or a plain number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextFlaw {
    /// The cell holds an error of the spreadsheet.
    CellError,
    /// More characters than the API takes.
    TooLong {
        /// How many characters there are.
        length: u32,
    },
    /// A number cell of more than 15 digits.
    LossyNumber,
    /// Not a positive whole number where one is needed, or a number that cannot be written.
    BadNumber,
    /// A whole number beyond [`LARGEST_EXACT`].
    TooLarge,
    /// A number cell of more than 15 digits where a whole number is needed.
    RoundedNumber,
}

impl TextFlaw {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::CellError => Code::CellError,
            Self::TooLong { .. } => Code::TooLong,
            Self::LossyNumber => Code::LossyNumber,
            Self::BadNumber | Self::TooLarge | Self::RoundedNumber => Code::BadNumber,
        }
    }

    /// What is wrong; `value` is what the user's cell holds. Control characters are the caller's to escape.
    pub fn message(&self, value: &str) -> String {
        match self {
            Self::CellError => say!("problem-text-cell-error", value = value),
            Self::TooLong { length } => {
                say!("problem-text-too-long", length = length.to_string(), limit = LIMIT.to_string())
            }
            Self::LossyNumber => say!("problem-text-lossy-number", value = value),
            Self::BadNumber => say!("problem-text-bad-number", value = value),
            Self::TooLarge => {
                say!("problem-text-too-large", value = value, most = LARGEST_EXACT.to_string())
            }
            Self::RoundedNumber => say!("problem-text-rounded-number", value = value),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => say!("problem-text-cell-error-hint"),
            Self::TooLong { length } => {
                let over = length.saturating_sub(u32::try_from(LIMIT).unwrap_or(0));
                say!("problem-text-too-long-hint", count = over)
            }
            Self::LossyNumber | Self::RoundedNumber => say!("problem-text-lossy-number-hint"),
            Self::BadNumber => say!("problem-text-bad-number-hint"),
            Self::TooLarge => say!("problem-text-too-large-hint"),
        }
    }
}
