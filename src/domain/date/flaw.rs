//! The words for what is wrong with a date.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;
use crate::lang::say;

/// What is wrong with a date or a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateFlaw {
    /// The cell holds an error of the spreadsheet.
    CellError,
    /// No form of a date that is known.
    NotADate,
    /// A day that the calendar does not have.
    Impossible,
    /// A year outside 1970 to 2100.
    OutOfRange,
    /// Serial 60 of the 1900 system: 29 February 1900.
    FalseLeapDay,
    /// A time of day without a day.
    TimeOnly,
    /// The day is fine, the time of day is not.
    BadTime,
    /// Text of digits only that is no `YYYYMMDD`; a serial is a date only in a number cell.
    BareNumber,
    /// The day and the month may stand in either order.
    Ambiguous,
    /// A year of two digits, and no order given.
    ShortYear,
    /// A date, but not in the order that was given.
    OtherOrder,
    /// The time names a zone, and it is not known into which to convert it.
    NoZone,
}

impl DateFlaw {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::CellError => Code::CellError,
            Self::Ambiguous | Self::ShortYear | Self::NoZone => Code::AmbiguousDate,
            Self::NotADate
            | Self::Impossible
            | Self::OutOfRange
            | Self::FalseLeapDay
            | Self::TimeOnly
            | Self::BadTime
            | Self::BareNumber
            | Self::OtherOrder => Code::BadDate,
        }
    }

    /// What is wrong; `value` is what the user's cell holds. Control characters are the caller's to escape.
    pub fn message(&self, value: &str) -> String {
        match self {
            Self::CellError => say!("problem-date-cell-error", value = value),
            Self::NotADate => say!("problem-date-not-a-date", value = value),
            Self::Impossible => say!("problem-date-impossible", value = value),
            Self::OutOfRange => say!("problem-date-out-of-range", value = value),
            Self::FalseLeapDay => say!("problem-date-false-leap-day", value = value),
            Self::TimeOnly => say!("problem-date-time-only", value = value),
            Self::BadTime => say!("problem-date-bad-time", value = value),
            Self::BareNumber => say!("problem-date-bare-number", value = value),
            Self::Ambiguous => say!("problem-date-ambiguous", value = value),
            Self::ShortYear => say!("problem-date-short-year", value = value),
            Self::OtherOrder => say!("problem-date-other-order", value = value),
            Self::NoZone => say!("problem-date-no-zone", value = value),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => say!("problem-date-cell-error-hint"),
            Self::Ambiguous => say!("problem-date-ambiguous-hint"),
            Self::ShortYear => say!("problem-date-short-year-hint"),
            Self::OtherOrder => say!("problem-date-other-order-hint"),
            Self::NoZone => say!("problem-date-no-zone-hint"),
            Self::BadTime => say!("problem-date-bad-time-hint"),
            Self::BareNumber => say!("problem-date-bare-number-hint"),
            Self::NotADate | Self::Impossible | Self::OutOfRange | Self::FalseLeapDay | Self::TimeOnly => {
                say!("problem-date-iso-hint")
            }
        }
    }
}
