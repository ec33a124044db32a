//! `.xlsx`: sheets, strings and styles that lie or that are too much.

use std::fmt::Write as _;

use super::archives::SHEET;
use super::{BROKEN, check, read, refused};
use crate::support::WorkDir;
use crate::support::workbooks::{XLSX, Xlsx, zipped};

/// A sheet of these rows behind the header.
fn sheet(rows: &str) -> String {
    let end = "</sheetData></worksheet>";
    format!("{}{rows}{end}", SHEET.strip_suffix(end).unwrap())
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// Writes a workbook of this sheet, deflated: what is long is long because it repeats.
fn write(work: &WorkDir, file: &str, book: &Xlsx<'_>) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(work.path().join(file)).unwrap());
    let fast = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for (name, content) in book.parts() {
        zip.start_file(name, fast).unwrap();
        std::io::Write::write_all(&mut zip, content).unwrap();
    }
    zip.finish().unwrap();
}

fn with_sheet(work: &WorkDir, file: &str, sheet: &str) {
    write(work, file, &Xlsx { sheet: sheet.as_bytes(), ..XLSX });
}

#[test]
fn a_far_away_cell_costs_nothing() {
    let work = WorkDir::new();
    with_sheet(&work, "far.xlsx", &sheet("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"));
    // The last row is a row like any other, and it has no phone.
    let checked = check(&work, "far.xlsx");
    assert_eq!((checked.code, &checked.json["rows"], &checked.json["tasks"]), (1, &2.into(), &1.into()));
    let problems = checked.json["problems"].as_array().unwrap();
    let told: Vec<_> = problems.iter().map(|problem| (&problem["row"], &problem["code"])).collect();
    let want = [(&1.into(), &"unknown-column".into()), (&1_048_576.into(), &"missing-value".into())];
    assert_eq!(told, want, "{problems:?}");
}

#[test]
fn sizes_that_a_string_table_only_claims_are_not_believed() {
    let work = WorkDir::new();
    for count in ["4000000000", "4611686018427387904", "99999999999999999999999999", "-1", "many"] {
        let strings = format!("<sst count=\"2\" uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        write(&work, "list.xlsx", &Xlsx { sheet: SHEET.as_bytes(), strings: strings.as_bytes(), ..XLSX });
        refused(&work, "list.xlsx", "claims to hold more texts", "save it as a new .xlsx");
    }
}

#[test]
fn string_tables_that_unfold_to_more_than_memory_are_refused() {
    let work = WorkDir::new();
    let empty = "<si/>".repeat(20_000_000);
    let long = format!("<si><t>{}</t></si>", "x".repeat(40 << 20));
    for (file, content) in [("empty.xlsx", empty), ("long.xlsx", long)] {
        let strings = format!("<sst>{content}</sst>");
        write(&work, file, &Xlsx { sheet: SHEET.as_bytes(), strings: strings.as_bytes(), ..XLSX });
        refused(&work, file, "the file is too big", "copy the rows that matter");
    }
}

#[test]
fn styles_that_unfold_to_more_than_memory_are_refused() {
    let work = WorkDir::new();
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(10_000_000));
    write(&work, "list.xlsx", &Xlsx { sheet: SHEET.as_bytes(), styles: styles.as_bytes(), ..XLSX });
    refused(&work, "list.xlsx", "the file is too big", "copy the rows that matter");
}

#[test]
fn lists_of_sheets_and_names_that_are_too_long() {
    let work = WorkDir::new();
    let name = "<definedName name=\"a\">b</definedName>".repeat(2_500_000);
    let sheets = "<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets>";
    let workbook = format!("<workbook>{sheets}<definedNames>{name}</definedNames></workbook>");
    write(&work, "names.xlsx", &Xlsx { sheet: SHEET.as_bytes(), workbook: workbook.as_bytes(), ..XLSX });
    refused(&work, "names.xlsx", "the file is too big", "copy the rows that matter");
    let sheets: String = (0..70_000).fold(String::new(), |mut sheets, number| {
        let _ = write!(sheets, "<sheet name=\"{number}\" sheetId=\"{number}\" r:id=\"rId1\"/>");
        sheets
    });
    let workbook = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    write(&work, "sheets.xlsx", &Xlsx { sheet: SHEET.as_bytes(), workbook: workbook.as_bytes(), ..XLSX });
    refused(&work, "sheets.xlsx", "the file is too big", "copy the rows that matter");
}

#[test]
fn a_thousand_sheets_and_every_column() {
    let work = WorkDir::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for number in 0..1000 {
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "user_phone").unwrap().write_string(0, 1, "order_no").unwrap();
        sheet.write_string(1, 0, format!("62812{:08}", 10_000_000 + number)).unwrap();
    }
    book.save(work.path().join("sheets.xlsx")).unwrap();
    read(&work, "sheets.xlsx", 1000, 1000, &["no-orders"]);

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "user_phone").unwrap().write_string(0, 1, "order_no").unwrap();
    for column in 0..16_384 {
        if column > 1 {
            sheet.write_string(0, column, format!("x{column}")).unwrap();
        }
        sheet.write_string(1, column, if column == 0 { "6281210000000" } else { "1" }).unwrap();
    }
    book.save(work.path().join("columns.xlsx")).unwrap();
    read(&work, "columns.xlsx", 1, 1, &["unknown-column"]);
}

#[test]
fn very_many_empty_rows_with_formats_are_no_rows() {
    let work = WorkDir::new();
    let rows = (3..=300_000).fold(String::new(), |mut rows, number| {
        let _ = write!(rows, "<row r=\"{number}\" s=\"0\"><c r=\"A{number}\" s=\"0\"/></row>");
        rows
    });
    with_sheet(&work, "list.xlsx", &sheet(&rows));
    read(&work, "list.xlsx", 1, 1, &[]);
}

#[test]
fn one_text_that_would_fill_the_memory() {
    let work = WorkDir::new();
    let giant = "x".repeat(150 << 20);
    with_sheet(&work, "cell.xlsx", &sheet(&format!("<row r=\"3\">{}</row>", text("A3", &giant))));
    refused(&work, "cell.xlsx", "the file is too big", "copy the rows that matter");
    with_sheet(&work, "comment.xlsx", &sheet(&format!("<!--{giant}-->")));
    refused(&work, "comment.xlsx", "the file is too big", "copy the rows that matter");
}

#[test]
#[ignore = "cleans 1 GiB of text, which takes long in a dev build"]
fn one_text_in_very_many_cells() {
    // 400 KiB of strings and 150,000 cells that point at them, worth 9 GiB.
    let work = WorkDir::new();
    let strings = format!(
        "<sst><si><t>user_phone</t></si><si><t>order_no</t></si><si><t>{}</t></si></sst>",
        "x".repeat(60_000)
    );
    let rows = (2..150_000).fold(String::new(), |mut rows, number| {
        let phone = 6_281_210_000_000_u64 + number;
        let _ = write!(
            rows,
            "<row r=\"{number}\"><c r=\"A{number}\"><v>{phone}</v></c><c r=\"B{number}\" t=\"s\"><v>2</v></c></row>"
        );
        rows
    });
    let header = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";
    let sheet = format!("<worksheet><sheetData>{header}{rows}</sheetData></worksheet>");
    write(&work, "list.xlsx", &Xlsx { sheet: sheet.as_bytes(), strings: strings.as_bytes(), ..XLSX });
    refused(&work, "list.xlsx", "the file is too big", "copy the rows that matter");
}

#[test]
fn merged_areas_without_end() {
    let work = WorkDir::new();
    let areas = "<mergeCell ref=\"D5:E6\"/>".repeat(2_000_000);
    let list = SHEET.replace("</worksheet>", &format!("<mergeCells>{areas}</mergeCells></worksheet>"));
    with_sheet(&work, "list.xlsx", &list);
    let checked = check(&work, "list.xlsx");
    assert!(checked.code == 2 || checked.json["tasks"] == 1, "{}", checked.json);
}

#[test]
fn elements_nested_without_end() {
    let work = WorkDir::new();
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    for (file, list) in [
        ("before.xlsx", SHEET.replace("<sheetData>", &format!("{deep}<sheetData>"))),
        ("row.xlsx", SHEET.replace("</row></sheetData>", &format!("{deep}</row></sheetData>"))),
        ("cell.xlsx", SHEET.replace("<is><t>O1", &format!("<is>{deep}<t>O1"))),
        ("open.xlsx", SHEET.replace("<sheetData>", &format!("{}<sheetData>", "<a>".repeat(100_000)))),
    ] {
        with_sheet(&work, file, &list);
        let checked = check(&work, file);
        assert!(checked.code == 2 || checked.json["rows"] == 1, "{file}: {}", checked.json);
    }
    let strings = format!("<sst>{deep}<si>{deep}<t>a</t></si></sst>");
    write(&work, "strings.xlsx", &Xlsx { sheet: SHEET.as_bytes(), strings: strings.as_bytes(), ..XLSX });
    read(&work, "strings.xlsx", 1, 1, &[]);
}

#[test]
fn entities_are_not_unfolded() {
    let work = WorkDir::new();
    let mut lies = String::from("<!DOCTYPE a [<!ENTITY x0 \"ha\">");
    for number in 1..30 {
        let _ = write!(lies, "<!ENTITY x{number} \"&x{0};&x{0};\">", number - 1);
    }
    lies.push_str("]>");
    let list = lies.clone() + &SHEET.replace("O1", "&x29;");
    with_sheet(&work, "laughs.xlsx", &list);
    let checked = check(&work, "laughs.xlsx");
    assert!(checked.json["tasks"] == 0 && checked.code > 0, "{}", checked.json);
    let strings = format!("{lies}<sst uniqueCount=\"1\"><si><t>&x29;</t></si></sst>");
    write(&work, "strings.xlsx", &Xlsx { sheet: SHEET.as_bytes(), strings: strings.as_bytes(), ..XLSX });
    refused(&work, "strings.xlsx", "declares a document type", "save it as a new .xlsx");
    let outside = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">".to_owned() + SHEET;
    with_sheet(&work, "outside.xlsx", &outside);
    let checked = check(&work, "outside.xlsx");
    assert!(!checked.json.to_string().contains("root:"));
}

#[test]
fn sheets_that_do_not_keep_to_the_format() {
    let work = WorkDir::new();
    let sheet_data = SHEET.replace("<sheetData>", "<dimension ref=\"REF\"/><sheetData>");
    for reference in ["B2:A1", "A0:B2", "AAAAAAAAAAAAAAAA1", "A99999999999999999999", "A1:XFE1048577", ""] {
        with_sheet(&work, "list.xlsx", &sheet_data.replace("REF", reference));
        let checked = check(&work, "list.xlsx");
        let (message, hint) = checked.words();
        // What the reader does not use it does not need to mind.
        assert!(
            checked.json["tasks"] == 1 || (message.contains("sheet \"Data\"") && !hint.is_empty()),
            "{reference}: {}",
            checked.json
        );
    }
    for (file, rows, message) in [
        (
            "order.xlsx",
            text("A3", "6281210000001") + "</row><row r=\"2\">" + &text("A2", "x"),
            "out of order",
        ),
        ("twice.xlsx", text("A3", "6281210000001") + &text("A3", "6281210000002"), "there twice"),
        ("beyond.xlsx", text("XFE3", "x"), "beyond the last row or column"),
        ("below.xlsx", text("A1048577", "x"), "beyond the last row or column"),
        ("huge.xlsx", text("A99999999999", "x"), BROKEN),
        ("letters.xlsx", text("ABCDEFGHIJKLMNOP3", "x"), BROKEN),
    ] {
        with_sheet(&work, file, &sheet(&format!("<row r=\"3\">{rows}</row>")));
        refused(&work, file, message, "save it as a new .xlsx");
    }
    for length in (SHEET.len() / 4..SHEET.len() - 10).step_by(97) {
        with_sheet(&work, "cut.xlsx", &SHEET[..length]);
        refused(&work, "cut.xlsx", BROKEN, "save it as a new .xlsx");
    }
}

#[test]
fn odd_cells_spoil_their_row_and_no_other() {
    let work = WorkDir::new();
    let row = |number: u32, phone: &str, order: &str| format!("<row r=\"{number}\">{phone}{order}</row>");
    let good = |number: u32| text(&format!("A{number}"), &format!("62812100000{number:02}"));
    let odd = [
        "<c r=\"B3\" t=\"e\"><v>#SPILL!</v></c>",
        "<c r=\"B4\" t=\"unheard\"><v>1</v></c>",
        "<c r=\"B5\" t=\"s\"><v>7</v></c>",
        "<c r=\"B6\" t=\"n\"><v>one</v></c>",
        "<c r=\"B7\"><v>NaN</v></c>",
        "<c r=\"B8\"><v>inf</v></c>",
        "<c r=\"B9\"><f>A1</f></c>",
        "<c r=\"B10\" t=\"s\"><v>99999999999999999999</v></c>",
    ];
    let rows: String = (3..).zip(odd).map(|(number, cell)| row(number, &good(number), cell)).collect();
    with_sheet(&work, "list.xlsx", &sheet(&(rows + &row(99, &good(99), &text("B99", "O99")))));
    let checked = read(&work, "list.xlsx", 10, 2, &["cell-error"]);
    let named: Vec<u64> =
        checked.json["problems"].as_array().unwrap().iter().map(|it| it["row"].as_u64().unwrap()).collect();
    assert_eq!(named, (3..=10).collect::<Vec<_>>());
}

#[test]
fn parts_that_are_missing_or_somewhere_else() {
    let work = WorkDir::new();
    let book = Xlsx { sheet: SHEET.as_bytes(), ..XLSX };
    for part in book.parts().map(|(name, _)| name) {
        let left: Vec<_> = book.parts().into_iter().filter(|(name, _)| *name != part).collect();
        work.write("list.xlsx", zipped(&left));
        let checked = check(&work, "list.xlsx");
        let needed = !matches!(part, "[Content_Types].xml" | "xl/sharedStrings.xml" | "xl/styles.xml");
        assert_eq!(checked.code, if needed { 2 } else { 0 }, "without {part}: {}", checked.json);
        assert_eq!(checked.json["tasks"], u32::from(!needed), "without {part}: {}", checked.json);
    }
    // The strings lie under a name that calamine does not look for.
    let list = SHEET.replace("t=\"inlineStr\"><is><t>O1</t></is>", "t=\"s\"><v>0</v>");
    let mut parts = Xlsx { sheet: list.as_bytes(), ..XLSX }.parts();
    parts[5] = ("xl/texts.xml", b"<sst uniqueCount=\"1\"><si><t>O1</t></si></sst>");
    work.write("list.xlsx", zipped(&parts));
    read(&work, "list.xlsx", 1, 0, &["cell-error"]);
}
