//! How a list was read, as far as a second reading has to know it: kept with a run, so that the rows to be mended can be
//! written long after the flags of that day are forgotten.

use serde::{Deserialize, Serialize};

use super::field::Field;

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Users and orders in the same rows, or a list of users alone.
    Flat,
    /// One row a user, joined by the orders.
    Users,
    /// Orders that belong to the users of another table.
    Orders,
}

impl Role {
    /// The word in the hidden sheet of a fix workbook.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Users => "users",
            Self::Orders => "orders",
        }
    }

    /// The role of this word.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Flat, Self::Users, Self::Orders].into_iter().find(|role| role.as_str() == name)
    }
}

/// A whole list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// `--delimiter`, as a byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<u8>,
    /// `--encoding`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// All users by the country of their phone, `ID +62`, whether they are sent or not: what decides of which country
    /// bare numbers are.
    pub countries: Vec<(String, u64)>,
    /// The tables that were read, in the order of the inputs.
    pub tables: Vec<TableReading>,
    /// Rows without a user, and which fields of the person above counted for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<CarriedRow>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableReading {
    /// Its number among all tables, as in a place.
    pub table: u16,
    /// As what it was read.
    pub role: Role,
    /// The row of the header, counted from 1.
    pub header_row: u32,
    /// The field of each column.
    pub fields: Vec<Option<Field>>,
    /// Whether it has `_problem` in its first column.
    pub is_fix: bool,
    /// Whether blank cells of user columns take what stands above.
    pub fill_down: bool,
    /// The columns that letters may name, which may be more than the header has.
    pub width: u16,
    /// What is called differently in a fix workbook.
    pub origin: Origin,
}

/// What a table was before it became a sheet of a fix workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file as the user named it: `{file}` is made from it.
    pub file: String,
    /// The sheet, by which `--sheet` knows it; `None` for CSV, where more cells than the header has are an error.
    pub sheet: Option<String>,
}

/// A row whose user is not known, but for which fields of the person above counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedRow(
    /// The table.
    pub u16,
    /// The row.
    pub u32,
    /// The fields, as a bit each: `1 << field`.
    pub u16,
);
