//! The words for what is wrong with a text field.

use serde::{Deserialize, Serialize};

use super::LIMIT;
use crate::domain::code::Code;

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
}

impl TextFlaw {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::CellError => Code::CellError,
            Self::TooLong { .. } => Code::TooLong,
            Self::LossyNumber => Code::LossyNumber,
            Self::BadNumber => Code::BadNumber,
        }
    }

    /// What is wrong; `value` is what the user's cell holds. Control characters are the caller's to escape.
    pub fn message(&self, value: &str) -> String {
        match self {
            Self::CellError => format!("\"{value}\" is an error in the spreadsheet, not a value"),
            Self::TooLong { length } => format!("the text has {length} characters, and {LIMIT} is the most"),
            Self::LossyNumber => {
                format!(
                    "\"{value}\" is a number of more than 15 digits: the spreadsheet has rounded it already"
                )
            }
            Self::BadNumber => format!("\"{value}\" is not a positive whole number"),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => "mend the formula, or type the value into the cell".to_owned(),
            Self::TooLong { length } => {
                format!(
                    "shorten it by {} characters",
                    length.saturating_sub(u32::try_from(LIMIT).unwrap_or(0))
                )
            }
            Self::LossyNumber => {
                "format the column as text, then paste the number again from its source".to_owned()
            }
            Self::BadNumber => "use digits only, for example 30058".to_owned(),
        }
    }
}
