//! What the targets share: files in memory, workbooks around a fuzzed part, and what must hold of whatever is read.

#![allow(dead_code, reason = "each target is a program of its own and needs a part of this")]

use std::path::Path;
use std::sync::Once;

use incs_import::domain::cell::{Row, Value};
use incs_import::input::{Flow, MAX_COLUMNS, MAX_ROWS, Options, Source, Unreadable, open};

#[path = "../../tests/it/support/workbooks.rs"]
mod made;

pub use workbooks::*;

/// Workbooks by hand, as the tests make them.
mod workbooks {
    use super::made;

    /// An `.xlsx` workbook around four parts; what is missing is as in a sound workbook.
    pub fn xlsx(parts: [Option<&[u8]>; 4]) -> Vec<u8> {
        let [sheet, strings, styles, workbook] = parts;
        let sound = made::XLSX;
        let book = made::Xlsx {
            sheet: sheet.unwrap_or(sound.sheet),
            strings: strings.unwrap_or(sound.strings),
            styles: styles.unwrap_or(sound.styles),
            workbook: workbook.unwrap_or(sound.workbook),
        };
        made::zipped(&book.parts())
    }

    /// An `.ods` workbook around its content.
    pub fn ods(content: &[u8]) -> Vec<u8> {
        made::ods(content)
    }

    /// An `.xlsb` workbook around its sheet, its strings and its list of sheets.
    pub fn xlsb(parts: [Option<&[u8]>; 3]) -> Vec<u8> {
        let [sheet, strings, workbook] = parts;
        let (sheet, strings) = (sheet.unwrap_or_default(), strings.unwrap_or_default());
        match workbook {
            Some(workbook) => made::xlsb_of(workbook, sheet, strings),
            None => made::xlsb(sheet, strings),
        }
    }

    /// An `.xls` workbook around the records of its globals and of its sheet.
    pub fn xls(parts: [Option<&[u8]>; 2]) -> Vec<u8> {
        let [sheet, globals] = parts;
        xls_of(&made::xls_stream(globals.unwrap_or_default(), sheet.unwrap_or_default()))
    }

    /// An `.xls` workbook around its whole stream.
    pub fn xls_of(stream: &[u8]) -> Vec<u8> {
        made::compound(&[("Workbook", stream)])
    }
}

/// Stands between the parts of an input.
pub const CUT: &[u8] = b"\n--8<--\n";

/// The parts of an input, in the order of the target.
pub fn parts<const N: usize>(data: &[u8]) -> [Option<&[u8]>; N] {
    let mut parts = [None; N];
    let mut rest = Some(data);
    for (number, part) in parts.iter_mut().enumerate() {
        let Some(text) = rest else { break };
        let cut = text.windows(CUT.len()).position(|window| window == CUT).filter(|_| number + 1 < N);
        *part = Some(cut.map_or(text, |at| &text[..at]));
        rest = cut.map(|at| &text[at + CUT.len()..]);
    }
    parts
}

/// Takes the process back from libFuzzer, which ends it at every panic: one of calamine's is caught by the reader and
/// made an error. A panic that is not caught ends it all the same, when it comes out of the target.
pub fn panics_may_be_caught() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let ours = info.location().is_none_or(|place| !place.file().contains("calamine"));
            if ours {
                eprintln!("{info}");
            }
        }));
    });
}

/// Writes a file into memory and opens it.
pub fn opened(name: &str, bytes: &[u8], options: &Options) -> Result<Box<dyn Source>, Unreadable> {
    let folder = if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" };
    let path = Path::new(folder).join(format!("incs-import-fuzz-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).expect("the file can be written");
    let source = open(&path, name, options);
    std::fs::remove_file(&path).expect("the file can be removed");
    source
}

/// Reads every table twice and holds the rows against what [`Source`] promises. Gives the rows of the first table.
pub fn read_all(source: &mut dyn Source) -> Result<Vec<Row>, Unreadable> {
    let mut first = Ok(Vec::new());
    for table in 0..source.tables().len() {
        let rows = rows(source, table);
        let again = self::rows(source, table);
        match (&rows, &again) {
            (Ok(rows), Ok(again)) => {
                assert_eq!(rows.len(), again.len(), "a second reading gives other rows");
                assert!(
                    rows.iter().zip(again).all(|(one, other)| same(one, other)),
                    "a second reading differs"
                );
            }
            (one, other) => assert_eq!(one.as_ref().err(), other.as_ref().err()),
        }
        for area in source.merges(table).unwrap_or_default() {
            assert!(area.last_column < MAX_COLUMNS && area.last_row <= MAX_ROWS);
        }
        if table == 0 {
            first = rows;
        }
    }
    first
}

fn rows(source: &mut dyn Source, table: usize) -> Result<Vec<Row>, Unreadable> {
    let mut rows: Vec<Row> = Vec::new();
    let mut broken = None;
    source.read(table, &mut |row| {
        if rows.last().is_some_and(|last| last.number >= row.number) || row.number == 0 {
            broken = Some("row numbers rise");
        }
        if row.is_empty() {
            broken = Some("no row is empty");
        }
        let columns: Vec<u16> = row.cells().map(|cell| cell.column).collect();
        if !columns.is_sorted_by(|one, other| one < other)
            || columns.iter().any(|&column| column >= MAX_COLUMNS)
        {
            broken = Some("columns rise and end");
        }
        for cell in row.cells() {
            if let Value::Number(number) | Value::Date { serial: number, .. } = cell.value
                && !number.is_finite()
            {
                broken = Some("numbers are numbers");
            }
        }
        if rows.len() < 10_000 {
            rows.push(row.clone());
        }
        Flow::Continue
    })?;
    assert_eq!(broken, None);
    Ok(rows)
}

fn same(one: &Row, other: &Row) -> bool {
    one.number == other.number && one.hidden == other.hidden && one.cells().eq(other.cells())
}
