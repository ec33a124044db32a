use proptest::prelude::*;

use super::*;
use crate::domain::cell::Epoch;
use crate::domain::code::Code;

fn cell(value: Value<'_>) -> Cell<'_> {
    Cell { column: 0, value, format: Format::Unknown }
}

fn text_of(value: Value<'_>, format: Format) -> Result<String, TextFlaw> {
    let mut out = String::from("before|");
    let result = read_text(&Cell { column: 0, value, format }, LineBreaks::Space, &mut out);
    finish(result, out)
}

fn identifier_of(value: Value<'_>, format: Format) -> Result<String, TextFlaw> {
    let mut out = String::from("before|");
    let result = read_identifier(&Cell { column: 0, value, format }, &mut out);
    finish(result, out)
}

fn finish(result: Result<(), TextFlaw>, out: String) -> Result<String, TextFlaw> {
    let written = out.strip_prefix("before|").expect("what stood there stays").to_owned();
    result
        .map(|()| written.clone())
        .inspect_err(|_| assert_eq!(written, "", "an error leaves nothing behind"))
}

#[test]
fn text_is_cleaned() {
    for (text, spaced, kept) in [
        ("", "", ""),
        ("  Budi  Santoso ", "Budi  Santoso", "Budi  Santoso"),
        ("\u{A0}\u{3000}张三\u{2003}\u{FEFF}", "张三", "张三"),
        ("a\tb", "a b", "a b"),
        ("a\r\nb\rc\nd", "a b c d", "a\nb\nc\nd"),
        ("a\n\nb", "a b", "a\n\nb"),
        ("a\r\n\r\nb", "a b", "a\n\nb"),
        ("a\u{B}b\u{2028}c\u{85}d", "a b c d", "a\nb\nc\nd"),
        ("a\u{0}b\u{7}\u{7F}\u{9F}c", "abc", "abc"),
        ("e\u{301}", "é", "é"),
        // composed only once the mark between them is gone
        ("e\u{200B}\u{301}", "é", "é"),
        ("\u{200B}\u{200E}\u{2060}", "", ""),
        (" \u{200D}\u{FE0F} ", "", ""),
        ("می\u{200C}خواهم", "می\u{200C}خواهم", "می\u{200C}خواهم"),
        (
            "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}",
            "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}",
            "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}",
        ),
        ("soft\u{AD}hyphen", "softhyphen", "softhyphen"),
        ("\u{202E}gnp.exe", "gnp.exe", "gnp.exe"),
        ("\u{200B} x \u{200B}", "x", "x"),
        ("½ ① ﬁ ²", "½ ① ﬁ ²", "½ ① ﬁ ²"), // NFC, not NFKC
        ("=SUM(A1)", "=SUM(A1)", "=SUM(A1)"),
    ] {
        assert_eq!(clean(text, LineBreaks::Space), spaced, "{text:?}");
        assert_eq!(clean(text, LineBreaks::Keep), kept, "{text:?}");
        assert_eq!(is_blank(&Value::Text(text)), spaced.is_empty(), "{text:?}");
    }
}

#[test]
fn clean_text_is_not_copied() {
    for text in ["Budi", " Budi ", "张三", "\u{3000}张三 "] {
        assert!(matches!(clean(text, LineBreaks::Space), std::borrow::Cow::Borrowed(_)), "{text:?}");
    }
}

#[test]
fn numbers_are_written_shortest() {
    for (number, want) in [
        (3000.0, "3000"),
        (0.1, "0.1"),
        (1500.5, "1500.5"),
        (-0.0, "0"),
        (-12.0, "-12"),
        (1e15, "1000000000000000"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (0.1 + 0.2, "0.30000000000000004"),
        (6_281_512_341_234.0, "6281512341234"),
    ] {
        let mut out = String::new();
        number_text(number, &mut out);
        assert_eq!(out, want);
    }
}

#[test]
fn cells_of_every_kind_become_text() {
    let date = |serial| Value::Date { serial, epoch: Epoch::Y1900 };
    for (value, format, want) in [
        (Value::Text(" a\nb "), Format::Unknown, Ok("a b")),
        (Value::Number(7.0), Format::Zeros(5), Ok("00007")),
        (Value::Number(-7.0), Format::Zeros(3), Ok("-007")),
        (Value::Number(1234.0), Format::Zeros(3), Ok("1234")),
        (Value::Number(1.5), Format::Zeros(3), Ok("1.5")),
        (Value::Bool(true), Format::Unknown, Ok("TRUE")),
        (Value::Bool(false), Format::Unknown, Ok("FALSE")),
        (date(46_127.0), Format::Unknown, Ok("2026-04-15")),
        (date(46_127.416_666_666_664), Format::Unknown, Ok("2026-04-15 10:00:00")),
        (Value::Date { serial: 44_665.0, epoch: Epoch::Y1904 }, Format::Unknown, Ok("2026-04-15")),
        (date(60.0), Format::Unknown, Ok("60")),
        (date(-3.0), Format::Unknown, Ok("-3")),
        (date(0.5), Format::Unknown, Ok("12:00:00")),
        (date(f64::NAN), Format::Unknown, Err(TextFlaw::BadNumber)),
        (Value::DateText("2026-04-15"), Format::Unknown, Ok("2026-04-15")),
        (Value::DateText("2026-04-15T10:00:00"), Format::Unknown, Ok("2026-04-15 10:00:00")),
        (Value::DateText("PT10H"), Format::Unknown, Ok("PT10H")),
        (Value::Error("#N/A"), Format::Unknown, Err(TextFlaw::CellError)),
        (Value::Number(f64::INFINITY), Format::Unknown, Err(TextFlaw::BadNumber)),
        (Value::Number(f64::NAN), Format::Zeros(4), Err(TextFlaw::BadNumber)),
    ] {
        assert_eq!(text_of(value, format), want.map(str::to_owned), "{value:?}");
    }
}

#[test]
fn identifiers_keep_every_digit_or_are_refused() {
    for (value, format, want) in [
        (Value::Text(" WD20260401001 "), Format::Unknown, Ok("WD20260401001")),
        (Value::Text("12345678901234567890"), Format::Unknown, Ok("12345678901234567890")),
        (Value::Text("00123"), Format::Unknown, Ok("00123")),
        (Value::Text("1.23E+14"), Format::Unknown, Ok("1.23E+14")),
        (Value::Number(20_260_401_001.0), Format::Unknown, Ok("20260401001")),
        (Value::Number(123.0), Format::Zeros(8), Ok("00000123")),
        (Value::Number(999_999_999_999_999.0), Format::Unknown, Ok("999999999999999")),
        (Value::Number(1e15), Format::Unknown, Err(TextFlaw::LossyNumber)),
        (Value::Number(-1e15), Format::Unknown, Err(TextFlaw::LossyNumber)),
        (Value::Number(123.5), Format::Unknown, Ok("123.5")),
        (Value::Number(0.000_012_5), Format::Unknown, Ok("0.0000125")),
        (Value::Number(0.1 + 0.2), Format::Unknown, Err(TextFlaw::LossyNumber)),
        (Value::Number(f64::INFINITY), Format::Unknown, Err(TextFlaw::BadNumber)),
        (Value::Error("#REF!"), Format::Unknown, Err(TextFlaw::CellError)),
    ] {
        assert_eq!(identifier_of(value, format), want.map(str::to_owned), "{value:?}");
    }
}

#[test]
fn long_text_is_refused_and_never_cut() {
    for (text, want) in [
        ("x".repeat(256), Ok(())),
        ("x".repeat(257), Err(TextFlaw::TooLong { length: 257 })),
        ("汉".repeat(256), Ok(())),
        ("汉".repeat(257), Err(TextFlaw::TooLong { length: 257 })),
        (format!(" {} ", "x".repeat(256)), Ok(())),
        // 512 scalar values as typed, 256 after NFC
        ("e\u{301}".repeat(256), Ok(())),
    ] {
        let mut out = String::from("before|");
        let result = read_limited(&Cell::text(0, &text), LineBreaks::Keep, &mut out);
        assert_eq!(result, want, "{} bytes", text.len());
        assert_eq!(out == "before|", result.is_err());
    }
}

#[test]
fn whole_numbers() {
    for (value, want) in [
        (Value::Text("30058"), Ok(Some(30_058))),
        (Value::Text(" 30058.0 "), Ok(Some(30_058))),
        (Value::Text("30058.00"), Ok(Some(30_058))),
        (Value::Text("３００５８"), Ok(Some(30_058))),
        (Value::Text("\u{200D}30058\u{FEFF}"), Ok(Some(30_058))),
        (Value::Text(" "), Ok(None)),
        (Value::Number(30_058.0), Ok(Some(30_058))),
        (Value::Text("0"), Err(TextFlaw::BadNumber)),
        (Value::Text("-5"), Err(TextFlaw::BadNumber)),
        (Value::Text("+5"), Err(TextFlaw::BadNumber)),
        (Value::Text("30058."), Err(TextFlaw::BadNumber)),
        (Value::Text(".0"), Err(TextFlaw::BadNumber)),
        (Value::Text("30058.5"), Err(TextFlaw::BadNumber)),
        (Value::Text("30,058"), Err(TextFlaw::BadNumber)),
        (Value::Text("3e4"), Err(TextFlaw::BadNumber)),
        (Value::Text("0030058"), Ok(Some(30_058))),
        // Every digit of a text counts: none of these may go through a float.
        (Value::Text("4503599627370497"), Ok(Some(4_503_599_627_370_497))),
        (Value::Text("9007199254740991"), Ok(Some(9_007_199_254_740_991))),
        (Value::Text("9007199254740991.0"), Ok(Some(9_007_199_254_740_991))),
        (Value::Text("9007199254740992"), Err(TextFlaw::TooLarge)),
        (Value::Text("9007199254740993"), Err(TextFlaw::TooLarge)),
        (Value::Text("18446744073709551615"), Err(TextFlaw::TooLarge)),
        (Value::Text("18446744073709551616"), Err(TextFlaw::TooLarge)),
        (Value::Text("99999999999999999999999"), Err(TextFlaw::TooLarge)),
        (Value::Number(999_999_999_999_999.0), Ok(Some(999_999_999_999_999))),
        (Value::Number(9_007_199_254_740_992.0), Err(TextFlaw::RoundedNumber)),
        (Value::Number(0.0), Err(TextFlaw::BadNumber)),
        (Value::Number(1.5), Err(TextFlaw::BadNumber)),
        (Value::Number(-1.0), Err(TextFlaw::BadNumber)),
        (Value::Number(1e15), Err(TextFlaw::RoundedNumber)),
        (Value::Number(f64::NAN), Err(TextFlaw::BadNumber)),
        (Value::Number(f64::INFINITY), Err(TextFlaw::BadNumber)),
        (Value::Bool(true), Err(TextFlaw::BadNumber)),
        (Value::Error("#VALUE!"), Err(TextFlaw::CellError)),
    ] {
        assert_eq!(read_whole_number(&cell(value)), want, "{value:?}");
    }
}

#[test]
fn words_of_a_flaw() {
    let flaw = TextFlaw::TooLong { length: 300 };
    assert_eq!(flaw.code(), Code::TooLong);
    assert_eq!(flaw.hint(), "shorten it by 44 characters");
    let json = serde_json::to_string(&flaw).unwrap();
    assert_eq!(serde_json::from_str::<TextFlaw>(&json).unwrap(), flaw);
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(text in any::<String>()) {
        for breaks in [LineBreaks::Keep, LineBreaks::Space] {
            let once = clean(&text, breaks).into_owned();
            prop_assert_eq!(clean(&once, breaks), once.as_str());
            prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n'));
        }
    }

    #[test]
    fn a_number_reads_back(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
        let mut out = String::new();
        number_text(number, &mut out);
        prop_assert_eq!(out.parse::<f64>().unwrap(), number);
        prop_assert!(!out.contains(['e', 'E']));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>(), number in any::<f64>(), width in any::<u8>()) {
        let _ = read_whole_number(&Cell::text(0, &text));
        let _ = text_of(Value::DateText(&text), Format::Unknown);
        let _ = identifier_of(Value::Text(&text), Format::Unknown);
        let _ = identifier_of(Value::Number(number), Format::Zeros(width));
        let _ = text_of(Value::Date { serial: number, epoch: Epoch::Y1904 }, Format::Unknown);
    }
}
