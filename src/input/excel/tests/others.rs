//! ods, xls and xlsb by hand; what programs write of them is in `tests/fixtures`.

use super::super::super::tests::{cells, opened, zipped};
use super::super::*;
use super::dump;

fn ods(content: &str) -> Vec<u8> {
    let names = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:calcext=\"c\"";
    let content = format!("<office:document-content {names}>{content}</office:document-content>");
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

#[test]
fn an_open_document_workbook() {
    let bytes = ods(concat!(
        "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>",
        "<table:table table:name=\"Orders\">",
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>",
        "<table:table-row><table:table-cell/>",
        "<table:table-cell office:value-type=\"string\"><text:p>0812</text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"float\" office:value=\"1500.5\"><text:p>1,500.50</text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-04-15\"><text:p>x</text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>x</text:p></table:table-cell>",
        "<table:table-cell table:formula=\"of:=NA()\" office:value-type=\"string\" office:string-value=\"\"",
        " calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>",
        "<table:table-cell table:formula=\"of:=1+1\"/>",
        "</table:table-row>",
        "<table:table-row table:number-rows-repeated=\"1048573\">",
        "<table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        "</table:table>",
        "<table:table table:name=\"Old\" table:style-name=\"ta2\"></table:table>",
    ));
    let mut source = opened("list.xlsx", &bytes).unwrap();
    assert_eq!(source.kind(), Kind::Ods);
    let table = |sheet: &str, hidden| TableInfo { sheet: Some(sheet.into()), hidden };
    assert_eq!(source.tables(), [table("Orders", false), table("Old", true)]);
    let want = [
        "B3 \"0812\"",
        "C3 1500.5",
        "D3 date 2026-04-15",
        "E3 true",
        "F3 error #N/A",
        "G3 error formula without a stored value",
    ];
    assert_eq!(dump(source.as_mut(), 0).unwrap(), want);
    assert_eq!(dump(source.as_mut(), 0).unwrap(), want, "a table can be read again");
    assert_eq!(cells(source.as_mut(), 1).unwrap(), [""; 0]);
    let protected = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<m><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></m>",
        ),
        ("content.xml", "<office:document-content></office:document-content>"),
    ]);
    assert_eq!(opened("list.ods", &protected).err(), Some(Unreadable::Encrypted));
}

#[test]
fn an_xls_workbook_and_what_only_looks_like_one() {
    let number = biff::tests::number;
    let stream = biff::tests::workbook(&[], &[number(1, 0, 6_281_200_000_001.0), number(3, 2, 1.5)]);
    let container = compound::tests::container(&[("Workbook", &stream)]);
    let mut source = opened("list.csv", &container).unwrap();
    assert_eq!((source.kind(), source.tables()[0].sheet.as_deref()), (Kind::Xls, Some("Data")));
    assert_eq!(dump(source.as_mut(), 0).unwrap(), ["A2 6281200000001", "C4 1.5"]);
    for (streams, want) in [
        (&[("EncryptedPackage", &b"x"[..])][..], Unreadable::Encrypted),
        (&[("WordDocument", b"x")], Unreadable::NotATable { looks_like: Lookalike::Word }),
        (&[("Other", b"x")], Unreadable::NotATable { looks_like: Lookalike::OfficeFile }),
    ] {
        assert_eq!(opened("list.xlsx", &compound::tests::container(streams)).err(), Some(want));
    }
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..200 {
        let mut forged = container.clone();
        for _ in 0..8 {
            let at = random.usize(..forged.len().min(4096));
            forged[at] = random.u8(..);
        }
        if let Ok(mut source) = opened("list.xls", &forged) {
            let _ = cells(source.as_mut(), 0);
        }
    }
}

#[test]
fn an_xlsb_workbook_with_records_that_calamine_passes_over() {
    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        if kind < 0x80 {
            bytes.push(u8::try_from(kind).unwrap());
        } else {
            bytes.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
        }
        assert!(content.len() < 0x80);
        bytes.push(u8::try_from(content.len()).unwrap());
        bytes.extend(content);
        bytes
    }
    fn wide(text: &str) -> Vec<u8> {
        let length = u32::try_from(text.len()).unwrap().to_le_bytes();
        length.into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    }
    let place = |column: u32| [column.to_le_bytes(), [0; 4]].concat();
    let cell = |kind, column, content: &[u8]| record(kind, &[&place(column)[..], content].concat());
    let sheet = [
        record(0x0081, &[]),
        record(0x0094, &[0; 16]),
        record(0x0091, &[]),
        record(0x0000, &0_u32.to_le_bytes()),
        cell(0x0006, 0, &wide("phone")),
        cell(0x003E, 1, &[&[1][..], &wide("rich")].concat()),
        cell(0x0005, 2, &1.5_f64.to_le_bytes()),
        record(0x0000, &4_u32.to_le_bytes()),
        cell(0x000B, 0, &[0x2A, 0, 0]),
        cell(0x0003, 1, &[0x07]),
        record(0x0000, &5_u32.to_le_bytes()),
        cell(0x000A, 0, &[1, 0, 0]),
        record(0x0092, &[]),
    ]
    .concat();
    let workbook = [
        record(0x0083, &[]),
        record(0x009C, &[&[0; 4][..], &[1, 0, 0, 0], &wide("rId1"), &wide("Data")].concat()),
        record(0x0090, &[]),
        record(0x009D, &[]),
    ]
    .concat();
    let relations =
        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let bytes = |sheet: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, content) in [
            ("xl/workbook.bin", &workbook[..]),
            ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.bin", sheet),
        ] {
            zip.start_file(name, options).unwrap();
            std::io::Write::write_all(&mut zip, content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let mut source = opened("list.xlsx", &bytes(&sheet)).unwrap();
    assert_eq!(source.kind(), Kind::Xlsb);
    let want = ["A1 \"phone\"", "B1 \"rich\"", "C1 1.5", "A5 error #N/A", "B5 error #DIV/0!", "A6 true"];
    assert_eq!(dump(source.as_mut(), 0).unwrap(), want);
    for length in 0..sheet.len() {
        if let Ok(mut source) = opened("list.xlsb", &bytes(&sheet[..length])) {
            assert!(cells(source.as_mut(), 0).is_err(), "{length}");
        }
    }
}

/// The parts of one of the workbooks that programs have written.
fn parts_of(name: &str) -> Vec<(String, Vec<u8>)> {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let names: Vec<String> =
        archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    let part = |(index, name): (usize, String)| {
        let mut content = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut content).unwrap();
        (name, content)
    };
    names.into_iter().enumerate().map(part).collect()
}

#[test]
fn forged_parts_of_real_workbooks_are_read_or_refused() {
    let mut random = fastrand::Rng::with_seed(11);
    for (name, forged) in [
        ("everything.excel.xlsb", &["xl/worksheets/sheet1.bin", "xl/styles.bin", "xl/sharedStrings.bin"][..]),
        ("problems.sheetjs.xlsb", &["xl/worksheets/sheet1.bin", "xl/styles.bin"]),
        ("everything.odfpy.ods", &["content.xml", "styles.xml"]),
        ("problems.gnumeric.ods", &["content.xml", "styles.xml"]),
        ("placeholders.xlsx", &["xl/worksheets/sheet1.xml", "xl/workbook.xml"]),
    ] {
        let parts = parts_of(name);
        for round in 0..60 {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for (path, content) in &parts {
                let mut content = content.clone();
                if *path == forged[round % forged.len()] && !content.is_empty() {
                    for _ in 0..4 {
                        let at = random.usize(..content.len());
                        content[at] = random.u8(..);
                    }
                    content.truncate(content.len() - random.usize(..content.len()) / (1 + round % 7));
                }
                zip.start_file(path.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut zip, &content).unwrap();
            }
            if let Ok(mut source) = opened(name, &zip.finish().unwrap().into_inner()) {
                for table in 0..source.tables().len() {
                    let _ = (cells(source.as_mut(), table), source.merges(table));
                }
            }
        }
    }
    // Of .xls, the records themselves.
    for name in ["everything.poi.xls", "problems.xlwt.xls", "evaluated.gnumeric.biff5.xls"] {
        let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        let whole = std::fs::read(path).unwrap();
        for _ in 0..100 {
            let mut forged = whole.clone();
            for _ in 0..6 {
                let at = random.usize(512..forged.len());
                forged[at] = random.u8(..);
            }
            if let Ok(mut source) = opened(name, &forged) {
                let _ = (cells(source.as_mut(), 0), source.merges(0));
            }
        }
    }
}
