//! Delimited text: every line that is not blank ends in a row or in an error. The first byte settles the delimiter.
#![no_main]

use incs_import::domain::cell::Value;
use incs_import::input::Options;
use incs_import_fuzz::{opened, panics_may_be_caught, read_all};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    panics_may_be_caught();
    let Some((&first, text)) = data.split_first() else { return };
    let delimiter = match first {
        b',' | b';' | b'\t' | b'|' => Some(first),
        _ => None,
    };
    let Ok(mut source) = opened("list.csv", text, &Options { delimiter, ..Options::default() }) else {
        return;
    };
    let Ok(rows) = read_all(source.as_mut()) else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    // A line ends with a line feed, a carriage return, or both.
    let lines = text.replace("\r\n", "\n").split(['\n', '\r']).count();
    // What is worth a cell is a letter or a digit here: quotation marks and delimiters belong to the format.
    let told = |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>();
    let text = text.trim_start_matches('\u{feff}');
    let (first, rest) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
    let bare = first.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(first);
    // `sep=;` names the delimiter and is no record.
    let names = matches!(bare.as_bytes(), [key @ .., mark]
        if key.eq_ignore_ascii_case(b"sep=") && mark.is_ascii() && !mark.is_ascii_alphanumeric() && *mark != b'"');
    let text = if names && first.len() < text.len() { rest } else { text };
    let read: String = rows
        .iter()
        .flat_map(|row| row.cells())
        .map(|cell| match cell.value {
            Value::Text(text) => told(text),
            other => panic!("a text file has text only: {other:?}"),
        })
        .collect();
    if rows.len() < 10_000 {
        assert_eq!(read, told(text), "letters were lost or made");
    }
    assert!(rows.last().is_none_or(|row| row.number as usize <= lines));
});
