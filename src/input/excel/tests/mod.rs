//! xlsx, as Excel writes it and by hand.

use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};

use super::super::tests::{opened, zipped};
use super::*;
use crate::domain::cell::Format;
use crate::input::Flow;

mod others;

/// The cells of a table as `A1 value format`, hidden rows marked.
fn dump(source: &mut dyn Source, table: usize) -> Result<Vec<String>, Unreadable> {
    let mut found = Vec::new();
    source.read(table, &mut |row| {
        for cell in row.cells() {
            let place = format!("{}{}", Letters(cell.column), row.number);
            let value = match cell.value {
                Value::Text(text) => format!("{text:?}"),
                Value::Number(number) => number.to_string(),
                Value::Date { serial, epoch } => format!("date {serial} {epoch:?}"),
                Value::DateText(text) => format!("date {text}"),
                Value::Bool(flag) => flag.to_string(),
                Value::Error(text) => format!("error {text}"),
            };
            let format = match cell.format {
                Format::Unknown | Format::Plain => String::new(),
                other => format!(" {other:?}"),
            };
            let hidden = if row.hidden { " hidden" } else { "" };
            found.push(format!("{place} {value}{format}{hidden}"));
        }
        Flow::Continue
    })?;
    Ok(found)
}

/// A workbook by hand: its sheet data, shared strings, number formats and workbook properties.
struct Hand<'a> {
    sheet: &'a str,
    strings: &'a str,
    styles: &'a str,
    properties: &'a str,
}

const PLAIN: Hand<'_> = Hand { sheet: "", strings: "<sst/>", styles: "", properties: "" };

impl Hand<'_> {
    fn bytes(&self) -> Vec<u8> {
        let relation = |id: &str, kind: &str, target: &str| {
            let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
            format!(
                "<Relationships><Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>"
            )
        };
        let codes: Vec<&str> = self.styles.split_terminator(';').collect();
        let formats = codes
            .iter()
            .enumerate()
            .map(|(n, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", 164 + n));
        let uses = (0..codes.len()).map(|n| format!("<xf numFmtId=\"{}\"/>", 164 + n));
        let styles = format!(
            "<styleSheet><numFmts>{}</numFmts><cellXfs><xf numFmtId=\"0\"/>{}</cellXfs></styleSheet>",
            formats.collect::<String>(),
            uses.collect::<String>()
        );
        let workbook = format!(
            "<workbook>{}<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            self.properties
        );
        let sheet = if self.sheet.contains("<sheetData") {
            self.sheet.to_owned()
        } else {
            format!("<worksheet><sheetData>{}</sheetData></worksheet>", self.sheet)
        };
        zipped(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &relation("rId1", "officeDocument", "xl/workbook.xml")),
            ("xl/workbook.xml", &workbook),
            ("xl/_rels/workbook.xml.rels", &relation("rId1", "worksheet", "worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/sharedStrings.xml", self.strings),
            ("xl/styles.xml", &styles),
        ])
    }

    fn dump(&self) -> Result<Vec<String>, Unreadable> {
        let mut source = opened("list.csv", &self.bytes())?;
        assert_eq!(source.kind(), Kind::Xlsx);
        let found = dump(source.as_mut(), 0);
        assert_eq!(dump(source.as_mut(), 0), found, "a second reading gives the same");
        found
    }
}

fn sheet(sheet: &str) -> Result<Vec<String>, Unreadable> {
    Hand { sheet, ..PLAIN }.dump()
}

#[test]
fn a_workbook_as_excel_writes_it() {
    let mut book = Workbook::new();
    let data = book.add_worksheet().set_name("Users & Orders").unwrap();
    let styled = |code: &str| Style::new().set_num_format(code);
    data.write_string(0, 0, "user_phone").unwrap();
    data.write_string_with_format(1, 0, "0812 0000 0001", &styled("@")).unwrap();
    data.write_number(2, 0, 6_281_200_000_001.0).unwrap();
    data.write_number_with_format(2, 1, 42.0, &styled("00000")).unwrap();
    data.write_number_with_format(2, 2, 0.075, &styled("0.00%")).unwrap();
    data.write_number_with_format(2, 3, 1500.5, &styled("\"S/\" #,##0.00")).unwrap();
    data.write_number_with_format(2, 4, 3000.0, &styled("S/ #,##0.00")).unwrap();
    let day = ExcelDateTime::from_ymd(2026, 4, 15).unwrap();
    data.write_datetime_with_format(2, 5, &day, &styled("dd/mm/yyyy")).unwrap();
    data.write_boolean(2, 6, true).unwrap();
    data.write_formula(2, 7, Formula::new("1+1").set_result("2")).unwrap();
    data.write_blank(3, 0, &styled("@")).unwrap();
    data.write_string(4, 1, "last").unwrap();
    data.set_row_hidden(4).unwrap();
    data.merge_range(6, 0, 8, 1, "one", &Style::new()).unwrap();
    book.add_worksheet().set_name("Notes").unwrap().set_hidden(true);
    let mut source = opened("list.xls", &book.save_to_buffer().unwrap()).unwrap();
    let table = |sheet: &str, hidden| TableInfo { sheet: Some(sheet.into()), hidden };
    assert_eq!(source.tables(), [table("Users & Orders", false), table("Notes", true)]);
    let want = [
        "A1 \"user_phone\"",
        "A2 \"0812 0000 0001\"",
        "A3 6281200000001",
        "B3 42 Zeros(5)",
        "C3 0.075 Percent",
        "D3 1500.5",
        "E3 3000",
        "F3 date 46127 Y1900",
        "G3 true",
        "H3 2",
        "B5 \"last\" hidden",
        "A7 \"one\"",
    ];
    assert_eq!(dump(source.as_mut(), 0).unwrap(), want);
    assert_eq!(dump(source.as_mut(), 0).unwrap(), want, "a table can be read again");
    assert_eq!(dump(source.as_mut(), 1).unwrap(), [""; 0]);
    assert!(dump(source.as_mut(), 2).is_err());
    let area = MergedArea { first_row: 7, last_row: 9, first_column: 0, last_column: 1 };
    assert_eq!(source.merges(0).unwrap(), [area]);
    let mut seen = 0;
    source
        .read(0, &mut |_| {
            seen += 1;
            Flow::Stop
        })
        .unwrap();
    assert_eq!(seen, 1);
}

#[test]
fn cells_of_every_kind_by_hand() {
    let found = Hand {
        sheet: r#"<row r="1"><c r="A1" t="inlineStr"><is><t>in</t></is></c><c r="C1" t="s"><v>1</v></c></row>
            <row r="2"><c t="n"><v>1.5</v></c><c><v>2</v></c></row><row><c t="b"><v>1</v></c></row>
            <row r="9"><c r="A9" t="e"><v>#N/A</v></c><c r="B9" t="str"><f>""</f><v></v></c><c r="C9"><f>1+1</f></c>
            <c r="D9"><f>1+1</f><v/></c><c r="E9"><f>2</f><v>2</v></c><c r="F9" s="1"/><c r="G9" t="d"><v>2026-04-15</v></c>
            <c r="H9" s="1"><v>46127</v></c><c r="I9" s="2"><v>5</v></c><c r="J9"><v>inf</v></c></row>
            <row r="1048576"><c r="XFD1048576"><v>7</v></c></row>"#,
        strings: "<sst count=\"2\" uniqueCount=\"2\"><si/><si><t>shared</t></si></sst>",
        styles: "yyyy-mm-dd;USD 0.00;",
        properties: "<workbookPr date1904=\"1\"/>",
    };
    let want = [
        "A1 \"in\"",
        "C1 \"shared\"",
        "A2 1.5",
        "B2 2",
        "A3 true",
        "A9 error #N/A",
        "C9 error formula without a stored value",
        "D9 error formula without a stored value",
        "E9 2",
        "G9 date 2026-04-15",
        "H9 date 46127 Y1904",
        "I9 5",
        "J9 error not a number",
        "XFD1048576 7",
    ];
    assert_eq!(found.dump().unwrap(), want);
}

#[test]
fn a_cell_that_cannot_be_read_is_an_error_where_it_stands() {
    let row = |number: u32, cells: &str| format!("<row r=\"{number}\">{cells}</row>");
    let cell = |place: &str| format!("<c r=\"{place}\"><v>1</v></c>");
    let spill = |place: &str| format!("<c r=\"{place}\" t=\"e\"><v>#SPILL!</v></c>");
    for (text, want) in [
        // in the middle, at the start and at the end of a row
        (row(1, &(cell("A1") + &spill("B1") + &cell("C1"))), vec!["A1 1", "B1 error #SPILL!", "C1 1"]),
        (
            row(1, &cell("A1")) + &row(2, &(spill("A2") + &cell("B2"))) + &row(3, &cell("A3")),
            vec!["A1 1", "A2 error #SPILL!", "B2 1", "A3 1"],
        ),
        (
            row(1, &(cell("A1") + &spill("C1"))) + &row(2, &cell("A2")),
            vec!["A1 1", "C1 error #SPILL!", "A2 1"],
        ),
        // rows of nothing else, between others, at the top and at the end
        (
            row(1, &cell("A1")) + &row(4, &spill("B4")) + &row(6, &cell("A6")),
            vec!["A1 1", "B4 error #SPILL!", "A6 1"],
        ),
        (row(1, &spill("A1")) + &row(2, &cell("A2")), vec!["A1 error #SPILL!", "A2 1"]),
        (row(1, &cell("A1")) + &row(2, &spill("A2")), vec!["A1 1", "A2 error #SPILL!"]),
        // where places are counted, the cells after it are somewhere else
        (
            row(1, &cell("A1"))
                + "<row><c t=\"e\"><v>#CALC!</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
            vec!["A1 1", "A2 error #CALC!", "B2 error unreadable cell", "A3 3"],
        ),
        (
            row(
                1,
                "<c r=\"A1\" t=\"n\"><v>text</v></c><c r=\"B1\" t=\"odd\"><v>1</v></c><c r=\"C1\"><v>1</v></c>",
            ),
            vec![
                "A1 error unreadable cell (Parse float error: invalid float literal)",
                "B1 error unreadable cell (Unknown cell 't' attribute: \"odd\")",
                "C1 1",
            ],
        ),
        (
            row(1, "<c r=\"A1\" t=\"s\"><v>9</v></c><c r=\"B1\"><v>1</v></c>"),
            vec!["A1 error unreadable cell (Cell string index not found in shared strings table)", "B1 1"],
        ),
    ] {
        assert_eq!(sheet(&text).unwrap(), want, "{text}");
    }
    let damaged: String = (1..2000).map(|n| row(n, &spill(&format!("A{n}")))).collect();
    assert!(matches!(sheet(&damaged), Err(Unreadable::Broken { .. })));
}

#[test]
fn sheets_that_do_not_keep_to_the_format_are_broken() {
    for (text, row) in [
        ("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>", Some(2)),
        ("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>2</v></c></row>", Some(3)),
        ("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"A3\"><v>2</v></c></row>", Some(3)),
        ("<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>", Some(1_048_577)),
        ("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", Some(1)),
        ("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v>", None),
        ("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", Some(1)),
        ("<worksheet><dimension ref=\"A0:B2\"/><sheetData/></worksheet>", None),
        ("<worksheet><dimension ref=\"B2:A1\"/><sheetData/></worksheet>", None),
        ("<worksheet><dimension ref=\"AAAAAAAAAAAAAAAA1\"/><sheetData/></worksheet>", None),
    ] {
        match sheet(text) {
            // Without overflow checks calamine passes a reversed or wrapped dimension, which nothing here uses.
            Ok(rows) => assert!(text.contains("dimension") && rows.is_empty(), "{text}: {rows:?}"),
            Err(Unreadable::Broken { sheet, row: found, .. }) => {
                assert_eq!(sheet.as_deref(), Some("Data"));
                assert!(row.is_none() || found == row, "{text}: {found:?}");
            }
            Err(other) => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn forged_string_tables_never_reach_calamine() {
    for strings in [
        "<sst uniqueCount=\"4000000000\"><si><t>a</t></si></sst>",
        "<sst uniqueCount=\"99999999999999999999999\"/>",
        "<sst x:uniqueCount=\"1\" uniqueCount=\"4611686018427387904\"/>",
        "<!DOCTYPE a [<!ENTITY b \"<sst uniqueCount='1'/>\">]><sst uniqueCount=\"4000000000\"/>",
        "nothing",
    ] {
        let refused = Hand { strings, ..PLAIN }.dump();
        assert!(matches!(refused, Err(Unreadable::Broken { .. })), "{strings}: {refused:?}");
    }
}

#[test]
fn a_bomb_is_refused_by_its_directory() {
    // The sizes are only declared: the directory of an honest archive is overwritten.
    let mut bytes = PLAIN.bytes();
    let place = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[place + 24..place + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    let place = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[place + 24..place + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(opened("list.xlsx", &bytes).err(), Some(Unreadable::TooBig { .. })));
}

#[test]
fn a_workbook_cut_anywhere_is_broken_and_not_short() {
    let bytes = PLAIN.bytes();
    for length in (4..bytes.len()).step_by(7) {
        assert!(opened("list.xlsx", &bytes[..length]).is_err(), "{length}");
    }
}

#[test]
fn forged_parts_are_read_or_refused_without_a_panic() {
    let sheet = concat!(
        "<worksheet><dimension ref=\"A1:C3\"/><sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\" s=\"1\"><f>1</f><v>1</v></c>",
        "<c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"e\"><v>#N/A</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"/></row>",
        "</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>"
    );
    let strings = "<sst uniqueCount=\"1\"><si><t>text</t></si></sst>";
    let mut random = fastrand::Rng::with_seed(3);
    for _ in 0..600 {
        let mut forge = |part: &str| {
            let mut bytes = part.as_bytes().to_vec();
            for _ in 0..random.usize(..3) {
                let at = random.usize(..bytes.len());
                match random.u8(..4) {
                    0 => bytes[at] = random.choice(b"<>/\"=& A09:".iter().copied()).unwrap(),
                    1 => drop(bytes.remove(at)),
                    2 => bytes.truncate(at.max(1)),
                    _ => bytes.insert(at, random.u8(b' '..b'~')),
                }
            }
            String::from_utf8(bytes).unwrap()
        };
        let (sheet, strings) = (forge(sheet), forge(strings));
        let book = Hand { sheet: &sheet, strings: &strings, styles: "0%;", properties: "" };
        if let Ok(mut source) = opened("list.xlsx", &book.bytes()) {
            let _ = (dump(source.as_mut(), 0), source.merges(0));
        }
    }
}
