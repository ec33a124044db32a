//! Delimited text: encodings, quotation marks, line ends, sizes.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write as _;
use std::process::Stdio;

use super::{check, finished, limited, read, refused, refused_as};
use crate::support::WorkDir;

const LIST: &str = "user_phone,order_no\n6281210000000,O1\n";

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn other_content_under_the_name_of_a_list() {
    let work = WorkDir::new();
    for (name, content, message, hint) in [
        (
            "page.xls",
            &b"<html><body><table><tr><td>user_phone</td></tr></table></body></html>"[..],
            "an HTML page",
            "save it as .xlsx",
        ),
        ("page.xlsx", b"\xEF\xBB\xBF <!DOCTYPE html><html></html>", "an HTML page", "save it as .xlsx"),
        ("list.xls", b"user_phone\torder_no\n6281210000000\tO1\n", "plain text", "rename it to .csv"),
        ("list.xlsx", b"user_phone,order_no\n6281210000000,O1\n", "plain text", "rename it to .csv"),
        ("list.xlsb", b"user_phone,order_no\n", "plain text", "rename it to .csv"),
        ("list.ods", b"user_phone,order_no\n", "plain text", "rename it to .csv"),
        ("data.xlsx", b"[{\"user_phone\": \"6281210000000\"}]", "JSON", "name the list itself"),
        ("data.csv", b"{\"user_phone\": 1}", "JSON", "name the list itself"),
        ("paper.xls", b"%PDF-1.7\n%\xE2\xE3", "a PDF document", "name the list itself"),
        ("shot.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture", "name the list itself"),
        ("list.csv", b"\x1F\x8B\x08\0\0\0\0\0", "a compressed archive", "unpack it"),
        (
            "book.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "Excel 2003",
            "save it as .xlsx",
        ),
        ("half.xlsx", b"PK", "plain text", "save it as a workbook (.xlsx)"),
        ("half.xls", b"\xD0\xCF\x11\xE0", "plain text", "save it as a workbook (.xlsx)"),
    ] {
        work.write(name, content);
        refused(&work, name, message, hint);
    }
}

#[test]
fn bytes_that_are_no_text() {
    let work = WorkDir::new();
    let marked = |text: &[u8]| [b"\xFF\xFE", text].concat();
    let half = |unit: [u8; 2]| marked(&[&utf16(LIST)[..], &unit, &utf16(",O2\n")].concat());
    for (name, content, code, message) in [
        (
            "zeros.csv",
            b"user_phone,order_no\n6281210000000,\0\0\0O1\n".to_vec(),
            "unreadable",
            "a binary file",
        ),
        ("nothing.csv", vec![0; 5000], "unreadable", "a binary file"),
        ("nomark.csv", utf16(LIST), "unreadable", "UTF-16 text without a byte order mark"),
        (
            "odd.csv",
            {
                let mut odd = marked(&utf16(LIST));
                odd.pop();
                odd
            },
            "undecodable",
            "in the middle of a character",
        ),
        ("high.csv", half([0x00, 0xD8]), "undecodable", "are not UTF-16LE"),
        ("low.csv", half([0x00, 0xDC]), "undecodable", "are not UTF-16LE"),
        (
            "end.csv",
            marked(&[&utf16(LIST)[..], &[0x00, 0xD8]].concat()),
            "undecodable",
            "in the middle of a character",
        ),
    ] {
        work.write(name, content);
        refused_as(&work, name, code, message, "");
    }
    // Zeros so far behind that the beginning says nothing of them.
    work.write("late.csv", format!("{LIST}{}6281210000002,\0\0O3\n", "\n".repeat(70_000)));
    refused_as(&work, "late.csv", "undecodable", "line 70003", "save the file as UTF-8");
}

#[test]
fn files_with_nothing_in_them() {
    let work = WorkDir::new();
    for (name, content) in [
        ("empty.csv", &b""[..]),
        ("mark.csv", b"\xEF\xBB\xBF"),
        ("mark16.csv", b"\xFF\xFE"),
        ("markbe.csv", b"\xFE\xFF"),
        ("lines.csv", b"\r\n\r\n\n"),
        ("empty.xlsx", b""),
    ] {
        work.write(name, content);
        refused(&work, name, "the file is empty", "check that the export finished");
    }
    work.write("million.csv", "\n".repeat(1_000_000));
    assert_eq!(check(&work, "million.csv").code, 2);
    for (name, content) in
        [("commas.csv", ",,,\n".repeat(10_000)), ("quotes.csv", "\"\",\"\"\n".repeat(10_000))]
    {
        work.write(name, content);
        assert_eq!(check(&work, name).code, 2, "{name}");
    }
    work.write("blank.csv", format!("{LIST}{}6281210000001,O2\n", "\n".repeat(1_000_000)));
    let checked = read(&work, "blank.csv", 2, 2, &[]);
    assert_eq!(checked.json["problems"], serde_json::json!([]));
}

#[test]
fn line_ends_of_every_kind() {
    let work = WorkDir::new();
    work.write("cr.csv", LIST.replace('\n', "\r"));
    read(&work, "cr.csv", 1, 1, &[]);
    work.write("returns.csv", "\r".repeat(1_000_000));
    assert_eq!(check(&work, "returns.csv").code, 2);
    // All but the last line end as on an old Macintosh: the rows are no part of the header's line.
    work.write("last.csv", "user_phone,order_no\r6281210000000,O1\r6281210000001,O2\n");
    read(&work, "last.csv", 2, 2, &[]);
    work.write("mixed.csv", "user_phone,order_no\r\n6281210000000,O1\n6281210000001,O2\r\n");
    read(&work, "mixed.csv", 2, 2, &[]);
}

#[test]
fn quotation_marks_without_partner_are_named_where_they_begin() {
    let work = WorkDir::new();
    let rows =
        (0..200_000).map(|user| format!("62812{:08},O{user}\n", 10_000_000 + user)).collect::<String>();
    for (name, content, line) in [
        ("early.csv", format!("user_phone,order_no\n6281210000000,\"O1\n{rows}"), 2),
        ("late.csv", format!("user_phone,order_no\n{rows}6281310000000,\"O1\n"), 200_002),
        ("header.csv", format!("\"user_phone,order_no\n{rows}"), 1),
    ] {
        work.write(name, content);
        refused(&work, name, &format!("line {line}"), "close the quotation mark");
    }
    for (name, content) in
        [("one.csv", "\"".into()), ("only.csv", "\"".repeat(1_000_000)), ("odd.csv", "\"".repeat(999_999))]
    {
        let content: String = content;
        work.write(name, content);
        let checked = check(&work, name);
        assert_eq!(checked.code, 2, "{name}: {}", checked.json);
        assert!(!checked.words().1.is_empty(), "{name}");
    }
}

#[test]
fn a_line_without_end() {
    let work = WorkDir::new();
    // Holes read as zeros; the beginning is text.
    let mut file = File::create(work.path().join("holes.csv")).unwrap();
    file.write_all(LIST.repeat(3000).as_bytes()).unwrap();
    file.set_len(256 << 20).unwrap();
    drop(file);
    let checked = check(&work, "holes.csv");
    assert_eq!((checked.code, &checked.json["tasks"]), (2, &0.into()), "{}", checked.json);

    let mut child = limited(&work, "check", OsStr::new("-"), &["--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(LIST.as_bytes()).unwrap();
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..256 {
        input.write_all(&chunk).unwrap();
    }
    drop(input);
    let checked = finished(child.wait_with_output().unwrap(), OsStr::new("-"));
    let (message, hint) = checked.words();
    assert_eq!((checked.code, &checked.json["problems"][0]["row"]), (2, &3.into()), "{}", checked.json);
    assert!(message.contains("longer than") && hint.contains("quotation mark"), "{}", checked.json);
}

#[test]
fn records_of_very_many_fields() {
    let work = WorkDir::new();
    work.write("wide.csv", format!("user_phone{}\n6281210000000\n", ",x".repeat(20_000)));
    refused(&work, "wide.csv", "more than 16384 fields", "copy the rows that matter");
    let late = format!("{LIST}6281210000001{}\n", ",x".repeat(20_000));
    work.write("late.csv", late);
    refused(&work, "late.csv", "more than 16384 fields", "copy the rows that matter");
    let header: String = (0..16_000).map(|column| format!(",x{column}")).collect();
    work.write("widest.csv", format!("user_phone,order_no{header}\n6281210000000,O1\n"));
    read(&work, "widest.csv", 1, 1, &["unknown-column"]);
}

#[test]
fn cells_of_a_megabyte() {
    let work = WorkDir::new();
    let long = "x".repeat(900_000);
    work.write("header.csv", format!("user_phone,order_no,{long}\n6281210000000,O1,y\n"));
    let checked = read(&work, "header.csv", 1, 1, &["unknown-column"]);
    assert!(checked.json.to_string().len() < 100_000, "a message is no place for a megabyte");
    work.write("phone.csv", format!("user_phone,order_no\n{},O1\n", "6".repeat(900_000)));
    let checked = read(&work, "phone.csv", 1, 0, &["bad-phone"]);
    assert!(checked.json.to_string().len() < 100_000);
    let header = "user_phone,order_no,due_amount,next_due_date,name,description";
    work.write("fields.csv", format!("{header}\n6281210000000,O1,{0},{0},{0},{0}\n", "9".repeat(200_000)));
    let checked = check(&work, "fields.csv");
    assert_eq!((checked.code, &checked.json["tasks"]), (1, &0.into()));
    assert!(checked.json.to_string().len() < 100_000);
}
