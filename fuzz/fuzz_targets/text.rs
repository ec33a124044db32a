//! Text fields: what is accepted holds nothing that cannot be seen, and is read again as itself.
#![no_main]

use incs_import::domain::cell::{Cell, Format, Value};
use incs_import::domain::text::{
    LIMIT, LineBreaks, is_blank, read_identifier, read_limited, read_text, read_whole_number,
};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(text) = str::from_utf8(data) {
        check(Value::Text(text));
        check(Value::DateText(text));
    }
    if let Some(bytes) = data.first_chunk() {
        check(Value::Number(f64::from_le_bytes(*bytes)));
    }
});

fn check(value: Value<'_>) {
    for format in [Format::Unknown, Format::Zeros(12)] {
        let cell = Cell { column: 0, value, format };
        let mut identifier = String::new();
        if read_identifier(&cell, &mut identifier).is_err() {
            assert_eq!(identifier, "");
        }
        assert!(read_whole_number(&cell).is_err() || read_whole_number(&cell) != Ok(Some(0)));
        for breaks in [LineBreaks::Keep, LineBreaks::Space] {
            let mut text = String::new();
            if read_text(&cell, breaks, &mut text).is_err() {
                assert_eq!(text, "");
                continue;
            }
            let wild = |c: char| c.is_control() && !(c == '\n' && breaks == LineBreaks::Keep);
            assert!(!text.contains(wild) && text.trim() == text, "{text:?}");
            if matches!(value, Value::Text(_)) {
                assert_eq!(is_blank(&value), text.is_empty(), "{text:?}");
            }
            let mut again = String::new();
            assert_eq!(read_text(&Cell::text(0, &text), breaks, &mut again), Ok(()));
            assert_eq!(again, text, "cleaning is done once");
            let mut limited = String::new();
            let fits = read_limited(&cell, breaks, &mut limited).is_ok();
            assert_eq!((fits, limited.is_empty()), (text.chars().count() <= LIMIT, !fits || text.is_empty()));
        }
    }
}
