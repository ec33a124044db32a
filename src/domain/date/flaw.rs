//! The words for what is wrong with a date.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;

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
            Self::CellError => format!("\"{value}\" is an error in the spreadsheet, not a date"),
            Self::NotADate => format!("\"{value}\" is not a date"),
            Self::Impossible => format!("\"{value}\" is a day that does not exist"),
            Self::OutOfRange => format!("\"{value}\" is not in the years 1970 to 2100"),
            Self::FalseLeapDay => format!("\"{value}\" stands for 29 February 1900, a day that never was"),
            Self::TimeOnly => format!("\"{value}\" is a time without a day"),
            Self::BadTime => format!("\"{value}\" has a time of day that does not exist or is not complete"),
            Self::BareNumber => format!("\"{value}\" is a bare number, not a date"),
            Self::Ambiguous => format!("\"{value}\" has two readings: the day or the month may come first"),
            Self::ShortYear => {
                format!("\"{value}\" has a year of two digits, and its parts may stand in any order")
            }
            Self::OtherOrder => format!("\"{value}\" is not a date in the order given by --date-order"),
            Self::NoZone => {
                format!("\"{value}\" is a time of a named zone, and it is not given to which to convert it")
            }
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::CellError => "mend the formula, or type the date into the cell",
            Self::Ambiguous => {
                "add --date-order dmy if the day comes first, --date-order mdy if the month does"
            }
            Self::ShortYear => "write the year with four digits, or add --date-order ymd, dmy or mdy",
            Self::OtherOrder => "write it as 2026-04-15, or choose another --date-order",
            Self::NoZone => {
                "add --time-zone with the zone of your office, for example --time-zone Asia/Jakarta"
            }
            Self::BadTime => "write the time as 14:30 or 14:30:00; midnight is 00:00 of the next day",
            Self::BareNumber => {
                "write it as 2026-04-15, or give the file as .xlsx, where a number cell can be a date"
            }
            Self::NotADate | Self::Impossible | Self::OutOfRange | Self::FalseLeapDay | Self::TimeOnly => {
                "write it as 2026-04-15, with a time as 2026-04-15 10:00:00"
            }
        }
        .to_owned()
    }
}
