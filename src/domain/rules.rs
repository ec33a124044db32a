//! What the user has settled about values that have two readings.

use jiff::tz::TimeZone;

/// How a phone written without `+`, `00` or a leading `0` is read when a country code is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BareNumbers {
    /// It lost its trunk zero: the country code goes before it.
    National,
    /// It already has its country code, whatever it is.
    International,
}

/// What a phone needs to become digits with a country code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneRules {
    /// Digits, without `+`: `62`.
    pub country_code: Option<String>,
    /// Settled by `--bare-numbers`.
    pub bare: Option<BareNumbers>,
}

/// Which mark stands before the decimals; the other one groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalSeparator {
    /// `1,234.50`
    Dot,
    /// `1.234,50`
    Comma,
}

/// In which order the parts of a date such as `04/05/2026` stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// What a date needs to have one reading.
#[derive(Debug, Clone, Default)]
pub struct DateRules {
    /// Settled by `--date-order`.
    pub order: Option<DateOrder>,
    /// Settled by `--time-zone`; without it a time that names a zone has two readings.
    pub zone: Option<TimeZone>,
}

/// What becomes of rows that the sheet hides, by hand or by a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HiddenRows {
    /// They are rows like any other.
    Read,
    /// They are left out.
    Skip,
}

/// Where the total of a task comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalAmount {
    /// Only the column.
    Column,
    /// Always the sum of the due amounts.
    SumDue,
    /// Always the sum of the loan amounts.
    SumLoan,
}
