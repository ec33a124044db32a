//! Where something stands in the input, and how that is shown.

use serde::{Deserialize, Serialize};

use super::cell::Letters;
use super::field::Field;
use super::quote::visible;
use crate::lang::say;

/// A cell, a row or a whole table. Small, because a long list may have a problem in every row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Which of the tables that were read, from 0.
    pub table: u16,
    /// Counted from 1 as the spreadsheet shows it, or the line of a CSV file; 0 stands for the whole table.
    pub row: u32,
    /// Counted from 0; `None` for a whole row.
    pub column: Option<u16>,
}

impl Place {
    /// A whole table.
    pub const fn table(table: u16) -> Self {
        Self { table, row: 0, column: None }
    }

    /// A whole row.
    pub const fn row(table: u16, row: u32) -> Self {
        Self { table, row, column: None }
    }

    /// One cell.
    pub const fn cell(table: u16, row: u32, column: u16) -> Self {
        Self { table, row, column: Some(column) }
    }
}

/// Rows of one table: the table, the first row and the last one.
pub type RowRange = (u16, u32, u32);

/// The header of the column that the sheets of a fix workbook have in front, with the reasons.
pub const PROBLEM: &str = "_problem";

/// What a table is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableName {
    /// The file, as the user named it.
    pub file: String,
    /// The sheet; `None` for CSV.
    pub sheet: Option<String>,
    /// The header texts by column.
    pub headers: Vec<String>,
}

impl TableName {
    /// `list.xlsx Orders`, or `list.csv`.
    pub fn title(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{} {}", visible(&self.file), visible(sheet)),
            None => visible(&self.file).into_owned(),
        }
    }
}

/// The names of all tables, by their number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(pub Vec<TableName>);

impl Names {
    /// The name of a table.
    pub fn table(&self, table: u16) -> Option<&TableName> {
        self.0.get(usize::from(table))
    }

    /// Whether a table is a sheet of a fix workbook, with the reasons in its first column.
    pub fn is_fix(&self, table: u16) -> bool {
        let first = self.table(table).and_then(|table| table.headers.first());
        first.is_some_and(|header| header.trim() == PROBLEM)
    }

    /// The letters by which a flag names a column: those of the list, in which a fix workbook's first column is not.
    pub fn typed_letters(&self, table: u16, column: u16) -> String {
        Letters(column.saturating_sub(u16::from(self.is_fix(table)))).to_string()
    }

    /// The column as a report names it: the letter in a sheet, the header in a CSV file.
    pub fn column(&self, at: Place) -> Option<String> {
        let column = at.column?;
        let table = self.table(at.table)?;
        if table.sheet.is_some() {
            return Some(Letters(column).to_string());
        }
        let header = table.headers.get(usize::from(column)).filter(|header| !header.is_empty());
        Some(header.map_or_else(
            || say!("problem-place-column", number = (u32::from(column) + 1).to_string()),
            |header| visible(header).into_owned(),
        ))
    }

    /// The place as a person finds it: `list.xlsx Orders!C17`, `list.csv:17 user_phone`, `list.xlsx Orders`.
    pub fn place(&self, at: Place) -> String {
        let Some(table) = self.table(at.table) else { return String::new() };
        let file = visible(&table.file);
        match (&table.sheet, at.row, self.column(at)) {
            (_, 0, _) => table.title(),
            (Some(sheet), row, Some(letters)) => format!("{file} {}!{letters}{row}", visible(sheet)),
            (Some(sheet), row, None) => format!("{file} {}!{row}", visible(sheet)),
            (None, row, Some(header)) => format!("{file}:{row} {header}"),
            (None, row, None) => format!("{file}:{row}"),
        }
    }

    /// The place in a few letters, for a reader who already looks at the same file: `C17`, `Orders!C17`, `line 17`.
    pub fn short(&self, at: Place, from: u16) -> String {
        let Some(table) = self.table(at.table) else { return String::new() };
        if at.table != from {
            let same_file = self.table(from).is_some_and(|from| from.file == table.file);
            return match (&table.sheet, at.column) {
                (Some(sheet), column) if same_file => {
                    let letters = column.map(|column| Letters(column).to_string()).unwrap_or_default();
                    format!("{}!{letters}{}", visible(sheet), at.row)
                }
                _ => self.place(at),
            };
        }
        match (&table.sheet, at.column) {
            (Some(_), Some(column)) => format!("{}{}", Letters(column), at.row),
            (Some(_), None) => say!("problem-place-row", row = at.row.to_string()),
            (None, _) => say!("problem-place-line", line = at.row.to_string()),
        }
    }
}

/// How a field of a mapping is typed: `--map user_phone="Tel."`.
pub fn map_flag(field: Field, column: &str) -> String {
    format!("--map {field}={}", shell_word(column))
}

/// A word as it is typed in a shell, quoted where it has to be. What a terminal would obey is spelled out.
pub fn shell_word(text: &str) -> String {
    let hidden = |c: char| visible(c.encode_utf8(&mut [0; 4])).starts_with('\\') && c != '\\';
    if text.contains(hidden) {
        let mut word = String::from("$'");
        for c in text.chars() {
            match c {
                '\'' | '\\' => word.extend(['\\', c]),
                c if hidden(c) => word.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => word.push(c),
            }
        }
        word.push('\'');
        return word;
    }
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '#' | '@' | '%' | '+');
    if !text.is_empty() && text.chars().all(plain) && !text.starts_with('#') {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_as_people_find_them() {
        let sheet =
            TableName { file: "list.xlsx".into(), sheet: Some("Orders".into()), headers: vec!["Tel".into()] };
        let csv = TableName {
            file: "list.csv".into(),
            sheet: None,
            headers: vec!["Tel".into(), "user_phone".into()],
        };
        let names = Names(vec![sheet, csv]);
        for (place, want) in [
            (Place::cell(0, 17, 2), "list.xlsx Orders!C17"),
            (Place::row(0, 17), "list.xlsx Orders!17"),
            (Place::table(0), "list.xlsx Orders"),
            (Place::cell(1, 17, 1), "list.csv:17 user_phone"),
            (Place::cell(1, 17, 9), "list.csv:17 column 10"),
            (Place::row(1, 17), "list.csv:17"),
            (Place::table(1), "list.csv"),
        ] {
            assert_eq!(names.place(place), want);
        }
        assert_eq!(names.short(Place::cell(0, 3, 1), 0), "B3");
        assert_eq!(names.short(Place::cell(1, 3, 1), 0), "list.csv:3 user_phone");
        let users = TableName { file: "list.xlsx".into(), sheet: Some("Users".into()), headers: vec![] };
        assert_eq!(Names(vec![names.0[0].clone(), users]).short(Place::cell(1, 3, 0), 0), "Users!A3");
    }

    #[test]
    fn words_for_the_shell() {
        for (text, want) in [
            ("Tel", "Tel"),
            ("User Tel.", "'User Tel.'"),
            ("it's", r"'it'\''s'"),
            ("#3", "'#3'"),
            ("电话", "电话"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(text), want);
        }
    }

    #[test]
    fn words_are_quoted_as_a_shell_wants_them() {
        for (text, want) in [
            ("Tel", "Tel"),
            ("#3", "'#3'"),
            ("", "''"),
            ("No. \"HP\"", "'No. \"HP\"'"),
            ("it's", r"'it'\''s'"),
            ("\u{1b}[31mit's\n\\", r"$'\u001b[31mit\'s\u000a\\'"),
            ("a\u{202e}b", r"$'a\u202eb'"),
        ] {
            assert_eq!(shell_word(text), want, "{text:?}");
        }
    }
}
