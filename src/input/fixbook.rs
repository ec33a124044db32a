//! What a workbook of rows to be mended says of itself, in a hidden sheet: of which country the list was, and what each
//! sheet was in it. Without that, the few rows of such a workbook would be read by other rules than the list.

use crate::domain::cell::Value;
use crate::domain::reading::{Origin, Role};

use super::{Flow, Source};

/// The hidden sheet.
pub const SHEET: &str = "_incs_import";

/// The form of the hidden sheet; another number is of another version, and is not read.
const VERSION: &str = "1";

/// What the hidden sheet says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FixBook {
    /// Users that are not in the workbook, by the country of their phone.
    pub countries: Vec<(String, u64)>,
    /// The sheets.
    pub sheets: Vec<FixSheet>,
}

/// What a sheet was in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixSheet {
    /// Its name in this workbook.
    pub name: String,
    /// As what it was read.
    pub role: Role,
    /// Columns that letters may name, `_problem` not counted.
    pub width: u16,
    /// Where it came from.
    pub origin: Origin,
}

impl FixBook {
    /// The sheet of this name.
    pub fn sheet(&self, name: &str) -> Option<&FixSheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// The cells of the hidden sheet, all of them text.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![vec![SHEET.to_owned(), VERSION.to_owned()]];
        let countries = self.countries.iter();
        rows.extend(
            countries.map(|(name, count)| vec!["country".to_owned(), name.clone(), count.to_string()]),
        );
        rows.extend(self.sheets.iter().map(|sheet| {
            let (kind, original) = match &sheet.origin.sheet {
                Some(original) => ("sheet", original.clone()),
                None => ("csv", String::new()),
            };
            let (role, width) = (sheet.role.as_str().to_owned(), sheet.width.to_string());
            // The free text comes last: it may be blank.
            vec![
                "table".to_owned(),
                sheet.name.clone(),
                role,
                width,
                kind.to_owned(),
                sheet.origin.file.clone(),
                original,
            ]
        }));
        rows
    }

    /// Reads the hidden sheet of a file. `None` where there is none, or it is something else.
    pub fn read(source: &mut dyn Source) -> Option<Self> {
        let table = source.tables().iter().position(|table| table.sheet.as_deref() == Some(SHEET))?;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let read = source.read(table, &mut |row| {
            let text = |column| match row.get(column).map(|cell| cell.value) {
                Some(Value::Text(text)) => text.to_owned(),
                _ => String::new(),
            };
            rows.push((0..7).map(text).collect());
            // As many sheets as one could ever click through; what is longer is not ours.
            if rows.len() < 20_000 { Flow::Continue } else { Flow::Stop }
        });
        read.ok()?;
        let mut rows = rows.into_iter();
        let first = rows.next()?;
        if first[0] != SHEET || first[1] != VERSION {
            return None;
        }
        let mut book = Self::default();
        for mut row in rows {
            match row[0].as_str() {
                "country" => book.countries.push((std::mem::take(&mut row[1]), row[2].parse().ok()?)),
                "table" => {
                    let sheet = match row[4].as_str() {
                        "csv" => None,
                        _ => Some(std::mem::take(&mut row[6])),
                    };
                    book.sheets.push(FixSheet {
                        role: Role::from_name(&row[2])?,
                        width: row[3].parse().ok()?,
                        origin: Origin { file: std::mem::take(&mut row[5]), sheet },
                        name: std::mem::take(&mut row[1]),
                    });
                }
                _ => return None,
            }
        }
        Some(book)
    }
}
