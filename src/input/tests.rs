use std::io::Write as _;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::domain::cell::Value;
use crate::lang::{Language, assert_translated, speaking};

/// The rows of a table as `number: a|b|c`.
pub(super) fn cells(source: &mut dyn Source, table: usize) -> Result<Vec<String>, Unreadable> {
    let mut rows = Vec::new();
    source.read(table, &mut |row| {
        let cells: Vec<_> = row
            .cells()
            .map(|cell| match cell.value {
                Value::Text(text) => text.to_owned(),
                other => format!("{other:?}"),
            })
            .collect();
        rows.push(format!("{}: {}", row.number, cells.join("|")));
        Flow::Continue
    })?;
    Ok(rows)
}

/// A zip archive of these parts.
pub(super) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Writes a file and opens it under its own name.
pub(super) fn opened(name: &str, content: &[u8]) -> Result<Box<dyn Source>, Unreadable> {
    let (folder, path) = written(name, content);
    let source = open(&path, name, &Options::default());
    // An open file outlives its name.
    drop(folder);
    source
}

fn written(name: &str, content: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

fn refusal(name: &str, content: &[u8]) -> Unreadable {
    match opened(name, content) {
        Ok(source) => panic!("{name} was taken as {:?}", source.kind()),
        Err(unreadable) => unreadable,
    }
}

/// Few of its bytes are zero as UTF-16, and some of them not those of its commas.
const CHINESE: &str = "手机号,姓名,催收员一一一\n八一二三四五六七八九零,王五一,催收员\n";

fn little(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn big(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

#[test]
fn content_decides_what_a_file_is_not() {
    let not = |looks_like| Unreadable::NotATable { looks_like };
    let text = |extension: &str| Unreadable::TextNamedWorkbook { extension: extension.into() };
    let html = b"\xEF\xBB\xBF\r\n <HTML><body><table><tr><td>1</td></tr></table>";
    let wide_html: Vec<u8> =
        "\u{feff}<table><tr><td>1</td></tr></table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let no_mark: Vec<u8> = "user_phone,name\n6281,A\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, content, want) in [
        ("list.xlsx", &b"\x89PNG\r\n\x1A\n\0\0\0"[..], not(Lookalike::Picture)),
        ("list.csv", b"\xFF\xD8\xFF\xE0", not(Lookalike::Picture)),
        ("list.csv", b"%PDF-1.7\n", not(Lookalike::Pdf)),
        ("list.csv", b"\x1F\x8B\x08\0", not(Lookalike::Archive)),
        ("list.xls", html, not(Lookalike::Html)),
        ("list.csv", b"<table border=1><tr><td>user_phone", not(Lookalike::Html)),
        ("list.xls", &wide_html, not(Lookalike::Html)),
        (
            "list.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            not(Lookalike::SpreadsheetXml),
        ),
        // The schema may be missing, and the line that names the program as well.
        (
            "list.xls",
            b"<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?><a/>",
            not(Lookalike::SpreadsheetXml),
        ),
        ("list.xls", b"<?xml version=\"1.0\"?><ss:Workbook/>", not(Lookalike::SpreadsheetXml)),
        ("list.xml", b"<?xml version=\"1.0\"?><a/>", not(Lookalike::Xml)),
        ("list.xls", b"MIME-Version: 1.0\r\n", not(Lookalike::Mhtml)),
        ("list.txt", b"{\"a\": 1}", not(Lookalike::Json)),
        ("list.csv", b"user_phone\0\x01\x02", not(Lookalike::Binary)),
        ("list.csv", &no_mark, not(Lookalike::Utf16WithoutMark)),
        ("list.csv", &little(CHINESE), not(Lookalike::Utf16WithoutMark)),
        ("list.csv", &big(CHINESE), not(Lookalike::Utf16BigEndianWithoutMark)),
        ("list.csv", &big("user_phone,name\r\n62812,a\r\n"), not(Lookalike::Utf16BigEndianWithoutMark)),
        ("list.csv", &little("a,b\n1,\u{1F600}")[..13], not(Lookalike::Utf16WithoutMark)),
        ("list.csv", &[0, 0, 0, 0, 0, 0], not(Lookalike::Binary)),
        ("list.csv", &little("a,b\n\u{1}\u{0}"), not(Lookalike::Binary)),
        ("list.xls", b"\x09\x08\x08\0\0\x05", not(Lookalike::OldExcel)),
        ("list.xlsx", b"user_phone,name\n1,2\n", text("xlsx")),
        ("LIST.XLS", b"user_phone\tname\n1\t2\n", text("xls")),
        ("list.csv", b"", Unreadable::Empty),
        ("list.csv", b"\xEF\xBB\xBF", Unreadable::Empty),
        ("list.csv", b" \r\n\r\n", Unreadable::Empty),
        ("list.xlsx", b"", Unreadable::Empty),
        ("list.zip", &zipped(&[("list.csv", "a,b")]), not(Lookalike::Zip)),
        (
            "list.xlsx",
            &zipped(&[("[Content_Types].xml", ""), ("word/document.xml", "")]),
            not(Lookalike::Word),
        ),
        (
            "list.ods",
            &zipped(&[("mimetype", "application/vnd.oasis.opendocument.text")]),
            not(Lookalike::OpenDocument),
        ),
    ] {
        let unreadable = refusal(name, content);
        assert_eq!(unreadable, want, "{name}");
        assert!(!unreadable.hint().is_empty());
    }
    assert!(matches!(refusal("list.xlsx", b"PK\x03\x04cut off"), Unreadable::Broken { .. }));
}

#[test]
fn files_that_are_no_files() {
    let folder = TempDir::new().unwrap();
    let refused = |path: &Path| open(path, "list.csv", &Options::default()).err();
    assert_eq!(refused(&folder.path().join("none.csv")), Some(Unreadable::NotFound));
    assert_eq!(refused(folder.path()), Some(Unreadable::IsFolder));
    #[cfg(unix)]
    assert_eq!(
        refused(Path::new("/dev/null")),
        Some(Unreadable::NotATable { looks_like: Lookalike::Device })
    );
}

#[test]
fn any_bytes_behind_a_known_beginning_are_taken_without_a_panic() {
    let mut random = fastrand::Rng::with_seed(7);
    let starts =
        [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"", b"\xFF\xFE", b"a,\"", b"sep="];
    for round in 0..300 {
        let start = starts[round % starts.len()];
        let rest: Vec<u8> = (0..random.usize(..2000)).map(|_| random.u8(..)).collect();
        if let Ok(mut source) = opened("list.csv", &[start, &rest].concat()) {
            let _ = cells(source.as_mut(), 0);
        }
    }
}

#[test]
fn a_source_can_move_to_its_own_thread() {
    let mut source = opened("list.csv", b"a,b\n1,2\n").unwrap();
    let rows = std::thread::spawn(move || cells(source.as_mut(), 0)).join().unwrap().unwrap();
    assert_eq!(rows, ["1: a|b", "2: 1|2"]);
}

#[test]
fn what_is_wrong_with_a_file_is_kept_as_data_and_said_in_each_language() {
    let zero_far_below = format!("user_phone\n{}\0\n", "628120000001\n".repeat(20_000));
    for (name, content) in [
        ("list.csv", &b"user_phone\n\"628120000001\"x\n\"\n"[..]),
        ("list.csv", zero_far_below.as_bytes()),
        ("list.xlsx", b"PK\x03\x04cut off"),
    ] {
        let seen = |language| {
            speaking(language, || {
                let flaw = match opened(name, content) {
                    Ok(mut source) => source.read(0, &mut |_| Flow::Continue).unwrap_err(),
                    Err(flaw) => flaw,
                };
                (serde_json::to_string(&flaw).unwrap(), flaw.message())
            })
        };
        let (english, chinese) = (seen(Language::English), seen(Language::Chinese));
        assert!(english.0.contains("\"detail\":"), "{}", english.0);
        assert_eq!(english.0, chinese.0, "what is kept does not depend on the language");
        assert_ne!(english.1, chinese.1);
    }
}

#[test]
fn what_the_readers_decide_is_said_in_each_language() {
    for note in [
        Note::Delimiter('\t'),
        Note::Delimiter(';'),
        Note::Encoding { name: "GB18030", guessed: false },
        Note::Encoding { name: "GB18030", guessed: true },
    ] {
        assert_translated(|| note.to_string());
    }
}
