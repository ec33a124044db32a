use std::io::Write;

use proptest::prelude::*;

use super::super::{open, tests::cells};
use super::*;

/// The rows of a text as `line: a|b|c`, joined by spaces, or the error.
fn read(text: impl AsRef<[u8]>, options: &Options) -> Result<Vec<String>, Unreadable> {
    let mut file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    file.write_all(text.as_ref()).unwrap();
    let mut source = open(file.path(), "list.csv", options)?;
    assert_eq!(source.kind(), Kind::Csv);
    let rows = cells(source.as_mut(), 0)?;
    assert_eq!(cells(source.as_mut(), 0)?, rows, "a table can be read again");
    Ok(rows)
}

fn plain(text: impl AsRef<[u8]>) -> Result<Vec<String>, Unreadable> {
    read(text, &Options::default())
}

#[test]
fn rows_carry_the_line_they_start_on() {
    for (text, want) in [
        ("a,b\n1,2\n", &["1: a|b", "2: 1|2"][..]),
        ("a,b\r\n1,2\r\n3,4", &["1: a|b", "2: 1|2", "3: 3|4"]),
        ("a,b\r1,2\r\r3,4\r", &["1: a|b", "2: 1|2", "4: 3|4"]),
        ("a,b\r1,2\r\r3,4\n5,6", &["1: a|b", "2: 1|2", "4: 3|4", "5: 5|6"]),
        ("a,b\r\n1,2\r3,4\r\n\r\n5,6\n", &["1: a|b", "2: 1|2", "3: 3|4", "5: 5|6"]),
        ("\n\na,b\n\n\n1,2\n", &["3: a|b", "6: 1|2"]),
        ("a,b\r\n\r\n1,2\r\n", &["1: a|b", "3: 1|2"]),
        ("\u{feff}a,b\n1,2", &["1: a|b", "2: 1|2"]),
        ("a,b\n\"x\ny\nz\",2\n3,4\n", &["1: a|b", "2: x\ny\nz|2", "5: 3|4"]),
        ("a,b\r\n\"x\r\ny\",2\r\n3,4\r\n", &["1: a|b", "2: x\r\ny|2", "4: 3|4"]),
        ("a,b\n,\n\"\",\n1,2\n", &["1: a|b", "4: 1|2"]),
        ("sep=;\na;b\n1;2,5\n", &["2: a|b", "3: 1|2,5"]),
        ("a,b,c\n1\n1,2,3,4\n", &["1: a|b|c", "2: 1", "3: 1|2|3|4"]),
        ("a,b\n\"5\"\" pipe\",x\n", &["1: a|b", "2: 5\" pipe|x"]),
        ("a;b\n\u{5f20}\u{4e09};\u{e9}\n", &["1: a|b", "2: \u{5f20}\u{4e09}|\u{e9}"]),
    ] {
        assert_eq!(plain(text).unwrap(), want, "{text:?}");
    }
}

#[test]
fn utf16_with_a_mark_is_text_too() {
    let text = "\u{feff}a\tb\r\n\u{5f20}\t2\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(plain(bytes).unwrap(), ["1: a|b", "2: \u{5f20}|2"]);
}

#[test]
fn settled_options_win() {
    let options = Options { delimiter: Some(b';'), encoding: None };
    assert_eq!(read("a,b,c\n1,2,3\n", &options).unwrap(), ["1: a,b,c", "2: 1,2,3"]);
    let options = Options { delimiter: None, encoding: Some("utf-16le".into()) };
    let bytes: Vec<u8> = "a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(bytes, &options).unwrap(), ["1: a|b", "2: 1|2"]);
    let options = Options { delimiter: None, encoding: Some("klingon".into()) };
    assert_eq!(read("a", &options).unwrap_err(), Unreadable::UnknownEncoding { name: "klingon".into() });
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_line() {
    for (bytes, line) in [
        (&b"a,b\n\xD6\xD0,2\n"[..], 2),
        (b"a,b\r\n1,2\r\n\"x\r\ny\xFF\",2\r\n", 4),
        // Each field is cut, yet the two joined are valid text.
        (b"a,b\n\xE4,\xBD\xA0\n", 2),
        (b"a,b\n1,2\n3,\xC3", 3),
    ] {
        let options = Options { delimiter: None, encoding: Some("utf-8".into()) };
        match read(bytes, &options).unwrap_err() {
            Unreadable::Undecodable { line: found, .. } => assert_eq!(found, line, "{bytes:?}"),
            other => panic!("{bytes:?}: {other:?}"),
        }
    }
}

#[test]
fn a_quote_without_partner_never_swallows_rows() {
    let long = format!("a,b\n1,\"2\n{}", "3,4\n".repeat(400_000));
    let many = format!("a,b\n1,\"2\n{}\"\n5,6\n", "3,4\n".repeat(2_000));
    let giant = format!("a,b\n{}\n", "x".repeat(3_000_000));
    for (text, line) in [
        ("a,b\n1,\"2\n3,4\n", 2),
        ("a,b\n1,2\n3,\"4", 3),
        ("a,b\n1,\"2\n3,\"4\"\n5,6\n", 2),
        (long.as_str(), 2),
        (many.as_str(), 2),
        (giant.as_str(), 2),
    ] {
        match plain(text).unwrap_err() {
            Unreadable::OpenQuote { line: found, .. } => assert_eq!(found, line),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_record_wider_than_any_sheet_is_refused() {
    let wide = ",x".repeat(usize::from(MAX_COLUMNS));
    assert!(matches!(plain(wide), Err(Unreadable::TooBig { .. })));
    let widest = ",x".repeat(usize::from(MAX_COLUMNS) - 1);
    assert_eq!(plain(widest).unwrap().len(), 1);
}

#[test]
fn a_reader_may_stop_early_and_start_again() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all("a,b\n".repeat(100_000).as_bytes()).unwrap();
    let mut source = open(file.path(), "list", &Options::default()).unwrap();
    for stop_after in [20, 1] {
        let mut seen = 0;
        source
            .read(0, &mut |_| {
                seen += 1;
                if seen == stop_after { Flow::Stop } else { Flow::Continue }
            })
            .unwrap();
        assert_eq!(seen, stop_after);
    }
    assert_eq!(cells(source.as_mut(), 0).unwrap().len(), 100_000);
}

/// The letters and digits of a text: what a file is worth, whatever its format.
fn told(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn every_line_ends_in_a_row_or_in_an_error(text in "[abc12,;\"\r\n ]{0,300}", delimiter in prop_oneof![Just(None), Just(Some(b';'))]) {
        let options = Options { delimiter, encoding: None };
        // Reads twice, and compares.
        if let Ok(rows) = read(&text, &options) {
            let numbers: Vec<usize> = rows.iter().map(|row| row.split_once(':').unwrap().0.parse().unwrap()).collect();
            prop_assert!(numbers.is_sorted_by(|one, other| one < other), "{:?}", rows);
            let cells: String = rows.iter().map(|row| told(row.split_once(": ").unwrap().1)).collect();
            prop_assert_eq!(cells, told(&text));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in prop_oneof![Just(None), Just(Some("utf-16be"))]) {
        let _ = read(&bytes, &Options { delimiter: None, encoding: name.map(str::to_owned) });
    }
}
