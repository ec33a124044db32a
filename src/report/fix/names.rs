//! Names of sheets: those of the list where they can be, and none twice.

use std::collections::HashSet;
use std::path::Path;

use crate::domain::place::TableName;
use crate::input::fixbook;

/// The longest name of a sheet, in UTF-16 units.
const LONGEST: usize = 31;

/// The names that were given so far.
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    /// In lower case, as spreadsheet programs compare them.
    taken: HashSet<String>,
}

impl SheetNames {
    /// A name for the sheet of this table: its own, or that of its file.
    pub(super) fn next(&mut self, table: Option<&TableName>) -> String {
        let wanted = match table {
            Some(TableName { sheet: Some(sheet), .. }) => sheet.clone(),
            Some(TableName { file, .. }) if file == "-" => "stdin".to_owned(),
            Some(TableName { file, .. }) => Path::new(file)
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default(),
            None => String::new(),
        };
        let allowed = allowed(&wanted);
        // "History" is the name of a sheet of Excel's own, and the hidden one is ours.
        let base = match allowed.to_lowercase().as_str() {
            "" => "list".to_owned(),
            "history" | fixbook::SHEET => format!("{allowed} list"),
            _ => allowed,
        };
        let mut name = shortened(&base, "");
        let mut number = 1_u32;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            name = shortened(&base, &format!(" ({number})"));
        }
        name
    }
}

/// Without the characters that the name of a sheet cannot have.
fn allowed(wanted: &str) -> String {
    let name: String = wanted
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { '_' } else { c })
        .collect();
    name.trim_matches('\'').to_owned()
}

fn shortened(base: &str, end: &str) -> String {
    let mut room = LONGEST - end.len();
    let kept: String = base
        .chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= room;
            room = if fits { room - c.len_utf16() } else { 0 };
            fits
        })
        .collect();
    // A name may neither begin nor end with an apostrophe, and the cut may have left one.
    format!("{}{end}", kept.trim_end_matches('\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_one_that_a_sheet_can_have() {
        let mut names = SheetNames::default();
        let long = "很".repeat(40);
        for (file, sheet, want) in [
            ("a.xlsx", Some("Orders"), "Orders"),
            ("b.xlsx", Some("orders"), "orders (2)"),
            ("in/daily.list.csv", None, "daily.list"),
            ("-", None, "stdin"),
            ("a", Some("a[b]:c*?/\\d"), "a_b__c____d"),
            ("a", Some("History"), "History list"),
            ("a", Some("_incs_import"), "_incs_import list"),
            ("a", Some("''"), "list"),
            ("a", Some("'x'"), "x"),
            ("a", Some(""), "list (2)"),
            ("a", Some("tab\tbed\u{ffff}"), "tabbed"),
            ("a", Some(&long), &"很".repeat(31)),
            ("a", Some(&long), &format!("{} (2)", "很".repeat(27))),
            ("a", Some("𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞"), &"𝄞".repeat(15)),
            ("a", Some("123456789012345678901234567890'x"), "123456789012345678901234567890"),
        ] {
            let table =
                TableName { file: file.to_owned(), sheet: sheet.map(str::to_owned), headers: Vec::new() };
            assert_eq!(names.next(Some(&table)), want);
        }
    }
}
