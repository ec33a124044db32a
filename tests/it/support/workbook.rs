//! Workbooks as a person mends them: opened, some cells typed over, saved.

use std::path::Path;

use calamine::{Data, Reader as _, SheetVisible, Xlsx, open_workbook};
use rust_xlsxwriter::{Format, Workbook};

/// A sheet as it is read back.
#[derive(Debug, Clone)]
pub(crate) struct SheetCells {
    pub(crate) name: String,
    pub(crate) visible: bool,
    /// From A1 on.
    pub(crate) rows: Vec<Vec<Data>>,
}

impl SheetCells {
    /// The cell under a header of row `header` (from 0) in a row (from 0).
    pub(crate) fn cell(&self, header: usize, row: usize, title: &str) -> &Data {
        &self.rows[row][self.column(header, title)]
    }

    pub(crate) fn column(&self, header: usize, title: &str) -> usize {
        let titles = &self.rows[header];
        titles
            .iter()
            .position(|cell| *cell == Data::String(title.to_owned()))
            .unwrap_or_else(|| panic!("{titles:?}"))
    }
}

/// All sheets, hidden ones too.
#[expect(clippy::disallowed_methods, reason = "small files of our own")]
pub(crate) fn sheets(path: &Path) -> Vec<SheetCells> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let all = book.sheets_metadata().to_vec();
    all.into_iter()
        .map(|sheet| {
            let range = book.worksheet_range(&sheet.name).unwrap();
            let (rows, columns) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
            let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
            let rows = (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect();
            SheetCells { name: sheet.name, visible: sheet.visible == SheetVisible::Visible, rows }
        })
        .collect()
}

/// Saves sheets as a workbook, each cell as what it is.
pub(crate) fn save(sheets: &[SheetCells], path: &Path) {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for cells in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(&cells.name).unwrap().set_very_hidden(!cells.visible);
        for (row, line) in (0_u32..).zip(&cells.rows) {
            for (column, cell) in (0_u16..).zip(line) {
                match cell {
                    Data::Empty => continue,
                    Data::String(text) => sheet.write_string(row, column, text),
                    Data::Float(number) => sheet.write_number(row, column, *number),
                    Data::Bool(flag) => sheet.write_boolean(row, column, *flag),
                    Data::DateTime(at) => sheet.write_number_with_format(row, column, at.as_f64(), &date),
                    other => panic!("{other:?}"),
                }
                .unwrap();
            }
        }
    }
    book.save(path).unwrap();
}
