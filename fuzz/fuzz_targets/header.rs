//! Headers: a field has one column at most, every column is accounted for, and looking twice gives the same. Lines are
//! rows, cells are parted by `|`; a line `map FIELD=COLUMN`, `ignore COLUMN` or `row N` is a rule.
#![no_main]

use incs_import::domain::cell::{Format, Row, Value};
use incs_import::domain::field::Field;
use incs_import::input::header::{ColumnName, HeaderRules, recognise};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = str::from_utf8(data) else { return };
    let mut rules = HeaderRules::default();
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if let Some((field, column)) = line.strip_prefix("map ").and_then(|rule| rule.split_once('=')) {
            rules.map.extend(Field::from_name(field).map(|field| (field, ColumnName(column.to_owned()))));
        } else if let Some(column) = line.strip_prefix("ignore ") {
            rules.ignore.push(ColumnName(column.to_owned()));
        } else if let Some(row) = line.strip_prefix("row ").and_then(|row| row.parse().ok()) {
            rules.row = Some(row);
        } else {
            let mut row = Row::default();
            row.start(number);
            for (column, cell) in (0..16_384).zip(line.split('|')) {
                if !cell.is_empty() {
                    row.push(column, Value::Text(cell), Format::Unknown);
                }
            }
            rows.push(row);
        }
    }
    let found = recognise(&rows, &rules, 0);
    assert_eq!(found, recognise(&rows, &rules, 0));
    let Ok(header) = found else { return };
    assert!(rows.iter().any(|row| row.number == header.row));
    for field in header.fields.iter().flatten() {
        let columns = header.fields.iter().filter(|found| **found == Some(*field)).count();
        assert_eq!(columns, 1, "{field}");
    }
    for unknown in &header.unknown {
        let column = usize::from(unknown.column);
        assert_eq!(header.texts.get(column), Some(&unknown.header));
        assert!(header.fields.get(column).is_none_or(Option::is_none));
    }
});
