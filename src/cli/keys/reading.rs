//! Keys that say how lists are read.

use std::path::PathBuf;

use super::group;
use crate::cli::parse::{
    Commas, CountryCode, Delimiter, FieldName, Mapping, Text, Whole, Zone, mappings, one_or_many, path,
};
use crate::domain::rules::{BareNumbers, DateOrder, DecimalSeparator, HiddenRows};

group! {
    "reading"
    /// How lists are read.
    #[derive(clap::Args)]
    #[command(next_help_heading = "Reading")]
    pub struct ReadingKeys {
        /// The table of users, where users and orders are two tables; goes with --orders, in place of INPUT
        #[arg(long, value_name = "PATH[#SHEET]")]
        #[serde(deserialize_with = "path")]
        pub users: Option<PathBuf>,
        /// The table of orders; goes with --users
        #[arg(long, value_name = "PATH[#SHEET]")]
        #[serde(deserialize_with = "path")]
        pub orders: Option<PathBuf>,
        /// Read only this sheet (repeatable)
        #[arg(long, value_name = "NAME")]
        #[serde(deserialize_with = "one_or_many")]
        pub sheet: Option<Vec<Text>>,
        /// Read every visible sheet that has a header, even if they differ
        #[arg(long, value_name = "BOOL", conflicts_with = "sheet")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub all_sheets: Option<bool>,
        /// Row of the column names, counted from 1 [default: found among the first 20]
        #[arg(long, value_name = "N")]
        pub header_row: Option<Whole<1, { u32::MAX }>>,
        /// Column of a field: a header text, a letter (C) or a number (#3) (repeatable)
        #[arg(long, value_name = "FIELD=COLUMN")]
        #[serde(deserialize_with = "mappings")]
        pub map: Option<Vec<Mapping>>,
        /// Leave this column out, silently (repeatable)
        #[arg(long, value_name = "COLUMN")]
        #[serde(deserialize_with = "one_or_many")]
        pub ignore: Option<Vec<Text>>,
        /// Fields that must have a column and be filled in every row
        #[arg(long, value_name = "FIELD,...")]
        #[serde(deserialize_with = "one_or_many")]
        pub require: Option<Vec<Commas<FieldName>>>,
        /// Encoding of CSV files, such as gb18030 or windows-1252 [default: found by itself]
        #[arg(long, value_name = "NAME")]
        pub encoding: Option<Text>,
        /// What stands between the fields of a CSV file: , ; | or tab [default: found by itself]
        #[arg(long, value_name = "C")]
        pub delimiter: Option<Delimiter>,
        /// Country calling code that replaces the leading 0 of a phone, such as 62
        #[arg(long, value_name = "DIGITS")]
        pub country_code: Option<CountryCode>,
        /// What a phone without +, 00 or 0 is, beside --country-code: one that lost its 0, or one with its country code
        #[arg(long, value_name = "KIND")]
        pub bare_numbers: Option<BareNumbers>,
        /// How a date such as 04/05/2026 is read
        #[arg(long, value_name = "ORDER")]
        pub date_order: Option<DateOrder>,
        /// How an amount such as 3.000 is read: the mark before its decimals
        #[arg(long, value_name = "MARK")]
        pub decimal_separator: Option<DecimalSeparator>,
        /// Time zone of dates, such as Asia/Jakarta [default for {date}: this machine's]
        #[arg(long, value_name = "IANA")]
        pub time_zone: Option<Zone>,
        /// Take blank cells of user columns from the row above
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub fill_down: Option<bool>,
        /// What becomes of rows that a sheet hides or filters out; needed to upload them where nobody can be asked
        #[arg(long, value_name = "CHOICE")]
        pub hidden_rows: Option<HiddenRows>,
    }
}
