//! `.xlsb`: records that lie.

use super::{BROKEN, check, read, refused};
use crate::support::WorkDir;
use crate::support::workbooks::{wide, xlsb, xlsb_of, xlsb_record};

fn text(column: u32, text: &str) -> Vec<u8> {
    xlsb_record(0x0006, &[&column.to_le_bytes()[..], &[0; 4], &wide(text)].concat())
}

fn row(number: u32, cells: &[Vec<u8>]) -> Vec<u8> {
    [xlsb_record(0x0000, &number.to_le_bytes()), cells.concat()].concat()
}

/// A sheet with a header, one user, and these records.
fn sheet(more: &[u8]) -> Vec<u8> {
    [
        xlsb_record(0x0081, &[]),
        xlsb_record(0x0094, &[0; 16]),
        xlsb_record(0x0091, &[]),
        row(0, &[text(0, "user_phone"), text(1, "order_no")]),
        row(1, &[text(0, "6281210000000"), text(1, "O1")]),
        more.to_vec(),
        xlsb_record(0x0092, &[]),
    ]
    .concat()
}

/// The records of no strings at all.
fn strings() -> Vec<u8> {
    xlsb_record(0x009F, &[0; 8])
}

#[test]
fn a_list_made_by_hand_is_read() {
    let work = WorkDir::with("list.xlsb", xlsb(&sheet(&[]), &strings()));
    read(&work, "list.xlsb", 1, 1, &[]);
}

#[test]
fn sheets_that_lie() {
    let work = WorkDir::new();
    let mut dimensions = sheet(&[]);
    dimensions[5..21].fill(0xFF);
    work.write("dimensions.xlsb", xlsb(&dimensions, &strings()));
    let checked = check(&work, "dimensions.xlsb");
    assert!(checked.code == 2 || checked.json["tasks"] == 1, "{}", checked.json);
    for (file, more, message) in [
        ("below.xlsb", row(1_048_576, &[text(0, "x")]), "beyond the last"),
        ("far.xlsb", row(u32::MAX, &[text(0, "x")]), "beyond the last"),
        ("column.xlsb", row(2, &[text(16_384, "x")]), "beyond the last row or column"),
        ("columns.xlsb", row(2, &[text(u32::MAX, "x")]), "beyond the last row or column"),
        ("order.xlsb", row(2, &[text(3, "x"), text(1, "y")]), "out of order"),
        ("back.xlsb", row(0, &[text(3, "x")]), "out of order"),
        // Lengths: of the record, of the text in it, and of a cell without room for its place.
        ("record.xlsb", vec![0x06, 0xFF, 0xFF, 0xFF, 0x7F], BROKEN),
        ("place.xlsb", xlsb_record(0x0005, &[0; 3]), BROKEN),
        ("empty.xlsb", xlsb_record(0x0000, &[]), BROKEN),
        (
            "string.xlsb",
            xlsb_record(0x0007, &[&2_u32.to_le_bytes()[..], &[0; 4], &[0xFF; 4]].concat()),
            BROKEN,
        ),
    ] {
        work.write(file, xlsb(&sheet(&more), &strings()));
        refused(&work, file, message, "save it as a new .xlsx");
    }
    // A text that is shorter than it says, in a column that nobody asks for.
    let short = xlsb_record(0x0006, &[2, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1]);
    work.write("text.xlsb", xlsb(&sheet(&short), &strings()));
    read(&work, "text.xlsb", 1, 1, &["unknown-column"]);
    let whole = sheet(&row(2, &[text(0, "6281210000001")]));
    for length in (0..whole.len()).step_by(13) {
        work.write("cut.xlsb", xlsb(&whole[..length], &strings()));
        refused(&work, "cut.xlsb", BROKEN, "save it as a new .xlsx");
    }
}

#[test]
fn a_far_away_cell_costs_nothing() {
    let far = row(1_048_575, &[text(16_383, "x")]);
    let work = WorkDir::with("far.xlsb", xlsb(&sheet(&far), &strings()));
    read(&work, "far.xlsb", 2, 1, &["missing-value", "unknown-column"]);
}

#[test]
fn string_tables_that_lie_or_are_too_much() {
    let work = WorkDir::new();
    let begin = |count: u32| xlsb_record(0x009F, &[count.to_le_bytes(), count.to_le_bytes()].concat());
    let item = xlsb_record(0x0013, &[0; 5]);
    for (file, strings) in [
        ("count.xlsb", begin(u32::MAX)),
        ("short.xlsb", xlsb_record(0x009F, &[0; 3])),
        ("item.xlsb", [begin(1), xlsb_record(0x0013, &[0, 0xFF, 0xFF, 0xFF, 0xFF])].concat()),
        ("record.xlsb", [begin(1), vec![0x13, 0xFF, 0xFF, 0xFF, 0x7F]].concat()),
    ] {
        work.write(file, xlsb(&sheet(&[]), &strings));
        refused(&work, file, BROKEN, "save it as a new .xlsx");
    }
    work.write("many.xlsb", xlsb(&sheet(&[]), &[begin(18_000_000), item.repeat(18_000_000)].concat()));
    refused(&work, "many.xlsb", "the file is too big", "copy the rows that matter");
}

#[test]
fn workbooks_that_lie() {
    let work = WorkDir::new();
    let sheet_record =
        |length: &[u8]| xlsb_record(0x009C, &[&[0; 4][..], &[1, 0, 0, 0], length, b"r\0"].concat());
    for workbook in [
        vec![],
        sheet_record(&[0xFF, 0xFF, 0xFF, 0x7F]),
        sheet_record(&[0xFE, 0xFF, 0xFF, 0xFF]),
        sheet_record(&[1, 0, 0, 0]),
        [xlsb_record(0x0090, &[]), xlsb_record(0x016A, &[0xFF, 0xFF, 0xFF, 0x7F])].concat(),
        [xlsb_record(0x0090, &[]), xlsb_record(0x0027, &[0xFF; 40])].concat(),
        vec![0xFF; 64],
    ] {
        work.write("list.xlsb", xlsb_of(&workbook, &sheet(&[]), &strings()));
        refused(&work, "list.xlsb", BROKEN, "save it as a new .xlsx");
    }
}
