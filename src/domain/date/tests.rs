use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::DateFlaw::*;
use super::*;
use crate::domain::code::Code;
use crate::domain::rules::DateOrder::{self, Dmy, Mdy, Ymd};

fn rules(order: Option<DateOrder>, zone: Option<&str>) -> DateRules {
    DateRules { order, zone: zone.map(|name| TimeZone::get(name).unwrap()) }
}

fn datetime(value: Value<'_>, rules: &DateRules, epoch: Epoch) -> Result<String, DateFlaw> {
    let mut out = String::from("before|");
    let cell = Cell { column: 0, value, format: Format::Unknown };
    let result = read_datetime(&cell, rules, epoch, &mut out);
    let written = out.strip_prefix("before|").expect("what stood there stays").to_owned();
    let mut date = String::new();
    let dated = read_date(&cell, rules, epoch, &mut date);
    assert_eq!(dated, result, "both readers take the same cells");
    assert_eq!(written.split(' ').next().unwrap_or(""), date, "the date is that of the time");
    result.map(|()| written.clone()).inspect_err(|_| assert_eq!(written, ""))
}

fn typed(text: &str, order: Option<DateOrder>) -> Result<String, DateFlaw> {
    datetime(Value::Text(text), &rules(order, None), Epoch::Y1900)
}

#[test]
fn forms_with_one_reading() {
    for (text, want) in [
        ("2026-04-05", "2026-04-05 00:00:00"),
        ("2026-4-5", "2026-04-05 00:00:00"),
        ("2026/04/05", "2026-04-05 00:00:00"),
        ("2026.4.5", "2026-04-05 00:00:00"),
        ("2026 / 4 / 5", "2026-04-05 00:00:00"),
        ("20260405", "2026-04-05 00:00:00"),
        ("20260405T103000", "2026-04-05 10:30:00"),
        ("20260405 10:30", "2026-04-05 10:30:00"),
        ("2026年4月5日", "2026-04-05 00:00:00"),
        ("2026年04月05号 10:30", "2026-04-05 10:30:00"),
        ("2026 年 4 月 5 日", "2026-04-05 00:00:00"),
        ("2026年4月5", "2026-04-05 00:00:00"),
        ("2026年4月5日10时30分15秒", "2026-04-05 10:30:15"),
        ("2026年4月5日 10点", "2026-04-05 10:00:00"),
        ("2026年4月5日下午3:04", "2026-04-05 15:04:00"),
        ("2026/4/5 上午 9:30:01", "2026-04-05 09:30:01"),
        ("２０２６－０４－０５", "2026-04-05 00:00:00"),
        ("\u{FEFF}2026-04-05\u{A0}", "2026-04-05 00:00:00"),
        ("5 Apr 2026", "2026-04-05 00:00:00"),
        ("5-Apr-2026", "2026-04-05 00:00:00"),
        ("05.APR.2026", "2026-04-05 00:00:00"),
        ("5Apr2026", "2026-04-05 00:00:00"),
        ("5th of April 2026", "2026-04-05 00:00:00"),
        ("5 April, 2026", "2026-04-05 00:00:00"),
        ("April 5, 2026", "2026-04-05 00:00:00"),
        ("april 5 2026", "2026-04-05 00:00:00"),
        ("Apr. 5th, 2026 3:04 pm", "2026-04-05 15:04:00"),
        ("2026-Apr-05", "2026-04-05 00:00:00"),
        ("5 Agustus 2026", "2026-08-05 00:00:00"),
        ("17 AGT 2026", "2026-08-17 00:00:00"),
        ("1 Mei 2026", "2026-05-01 00:00:00"),
        ("31 Desember 2026 23:59", "2026-12-31 23:59:00"),
        ("31-Des-2026", "2026-12-31 00:00:00"),
        ("9 Okt 2026", "2026-10-09 00:00:00"),
        ("15/04/2026", "2026-04-15 00:00:00"),
        ("04/15/2026", "2026-04-15 00:00:00"),
        ("04/04/2026", "2026-04-04 00:00:00"),
        ("15-4-2026 7:05", "2026-04-15 07:05:00"),
        ("15.04.2026 10.30", "2026-04-15 10:30:00"),
        ("31/1/2026", "2026-01-31 00:00:00"),
        ("2026-04-05T10:30:00", "2026-04-05 10:30:00"),
        ("2026-04-05t10:30", "2026-04-05 10:30:00"),
        ("2026-04-05 10:30:00.999999", "2026-04-05 10:30:00"),
        ("2026-04-05 10:30:00,5", "2026-04-05 10:30:00"),
        ("2026-04-05\n10:30", "2026-04-05 10:30:00"),
        ("2026-04-05  9:30 AM", "2026-04-05 09:30:00"),
        ("2026-04-05 12:00 am", "2026-04-05 00:00:00"),
        ("2026-04-05 12:30 p.m.", "2026-04-05 12:30:00"),
        ("2026-04-05 3PM", "2026-04-05 15:00:00"),
        ("2026-04-05 13:45 PM", "2026-04-05 13:45:00"),
        ("2026-04-05 00:15 AM", "2026-04-05 00:15:00"),
        ("2028-02-29", "2028-02-29 00:00:00"),
        ("1970-01-01", "1970-01-01 00:00:00"),
        ("2100-12-31 23:59:59", "2100-12-31 23:59:59"),
    ] {
        assert_eq!(typed(text, None).as_deref(), Ok(want), "{text:?}");
    }
    assert_eq!(typed(" \u{200B}", None).as_deref(), Ok(""));
}

#[test]
fn what_is_refused() {
    for (text, want) in [
        ("04/05/2026", Ambiguous),
        ("4-5-2026", Ambiguous),
        ("04.05.2026 10:00", Ambiguous),
        ("12/11/2026", Ambiguous),
        ("15/04/26", ShortYear),
        ("26/04/15", ShortYear),
        ("5 Apr 26", ShortYear),
        ("Apr 5, 26", ShortYear),
        ("26年4月5日", ShortYear),
        ("30/02/2026", Impossible),
        ("31/04/2026", Impossible),
        ("2026-02-29", Impossible),
        ("2026-02-30", Impossible),
        ("2026/15/04", Impossible),
        ("2026-13-01", Impossible),
        ("2026-00-10", Impossible),
        ("2100-02-29", Impossible),
        ("31 Feb 2026", Impossible),
        ("00/00/0000", Impossible),
        ("99/99/99", Impossible),
        ("20261301", Impossible),
        ("05042026", Impossible),
        ("15/04/1926", OutOfRange),
        ("1969-12-31", OutOfRange),
        ("2101-01-01", OutOfRange),
        ("9999-12-31", OutOfRange),
        ("46117", BareNumber),
        ("2026", BareNumber),
        ("260405", BareNumber),
        ("0", BareNumber),
        ("46117.5", NotADate),
        ("20260405103000", NotADate),
        ("2026-04", NotADate),
        ("04/2026", NotADate),
        ("Apr 2026", NotADate),
        ("5 Apr", NotADate),
        ("2026/04-05", NotADate),
        ("2026-04-05-06", NotADate),
        ("2026-04-05 foo", NotADate),
        ("2026-04-05 10:00 foo", NotADate),
        ("04/05/2026 foo", NotADate),
        ("2026-04-05 10:00-11:00 x", NotADate),
        ("-2026-04-05", NotADate),
        ("2026-004-05", NotADate),
        ("226-04-05", NotADate),
        ("5 Foo 2026", NotADate),
        ("tomorrow", NotADate),
        ("-", NotADate),
        ("10:30", NotADate),
        ("2026-04-05 24:00", BadTime),
        ("2026-04-05T24:00:00", BadTime),
        ("2026-04-05 10:60", BadTime),
        ("2026-04-05 10:00:60", BadTime),
        ("2026-04-05 10", BadTime),
        ("2026-04-05 9:5", BadTime),
        ("2026-04-05 13:00 AM", BadTime),
        ("2026-04-05 0:00 PM", BadTime),
        ("2026-04-05 10:30:00.", BadTime),
        ("2026-04-05T10:00:00Z", NoZone),
        ("2026-04-05 10:00 +0700", NoZone),
        ("٢٠٢٦-٠٤-٠٥", NotADate),
    ] {
        assert_eq!(typed(text, None), Err(want), "{text:?}");
    }
}

#[test]
fn an_order_settles_and_binds() {
    for (text, order, want) in [
        ("04/05/2026", Dmy, Ok("2026-05-04 00:00:00")),
        ("04/05/2026", Mdy, Ok("2026-04-05 00:00:00")),
        ("04/05/2026", Ymd, Err(OtherOrder)),
        ("15/04/2026", Dmy, Ok("2026-04-15 00:00:00")),
        ("15/04/2026", Mdy, Err(OtherOrder)),
        ("04/15/2026", Dmy, Err(OtherOrder)),
        ("04/05/26", Dmy, Ok("2026-05-04 00:00:00")),
        ("04/05/26", Mdy, Ok("2026-04-05 00:00:00")),
        ("26-04-05", Ymd, Ok("2026-04-05 00:00:00")),
        ("26-04-05", Dmy, Ok("2005-04-26 00:00:00")),
        ("70-04-05", Ymd, Ok("1970-04-05 00:00:00")),
        ("69-04-05", Ymd, Ok("2069-04-05 00:00:00")),
        ("15/04/26", Ymd, Ok("2015-04-26 00:00:00")),
        ("31/04/26", Dmy, Err(OtherOrder)), // 2031-04-26 in another
        ("32/14/50", Dmy, Err(Impossible)),
        ("05-Apr-26", Dmy, Ok("2026-04-05 00:00:00")),
        ("05-Apr-26", Ymd, Ok("2005-04-26 00:00:00")),
        ("Apr 5, 26", Mdy, Ok("2026-04-05 00:00:00")),
        ("26年4月5日", Ymd, Ok("2026-04-05 00:00:00")),
        // the year first is year, month, day whatever the order
        ("2026/04/05", Dmy, Ok("2026-04-05 00:00:00")),
        ("2026-4-5", Mdy, Ok("2026-04-05 00:00:00")),
        ("20260405", Dmy, Ok("2026-04-05 00:00:00")),
        ("2026/15/04", Dmy, Err(Impossible)),
        ("5 Apr 2026", Mdy, Ok("2026-04-05 00:00:00")),
    ] {
        assert_eq!(typed(text, Some(order)), want.map(str::to_owned), "{text:?} as {order:?}");
    }
}

#[test]
fn zones_are_converted() {
    let jakarta = rules(None, Some("Asia/Jakarta"));
    for (text, want) in [
        ("2026-04-05T10:00:00Z", Ok("2026-04-05 17:00:00")),
        ("2026-04-05T20:00:00z", Ok("2026-04-06 03:00:00")),
        ("2026-04-05T10:00:00+07:00", Ok("2026-04-05 10:00:00")),
        ("2026-04-05 10:00 +0800", Ok("2026-04-05 09:00:00")),
        ("2026-04-05T10:00:00.123-03:30", Ok("2026-04-05 20:30:00")),
        ("2026-04-05 10:00 PM +08", Ok("2026-04-05 21:00:00")),
        ("2026-04-05 10:00 UTC", Ok("2026-04-05 17:00:00")),
        ("2026-04-05 10:00 GMT+7", Ok("2026-04-05 10:00:00")),
        ("2026-04-05 10:00 WITA", Ok("2026-04-05 09:00:00")),
        ("2026-04-05 10:00", Ok("2026-04-05 10:00:00")),
        ("04/05/2026 10:00Z", Err(Ambiguous)),
        ("2026-04-05T10:00:00+15:00", Err(BadTime)),
        ("2026-04-05T10:00:00+07:60", Err(BadTime)),
        ("2026-04-05T10:00:00+7", Err(NotADate)),
        ("2026-04-05 10:00 CST", Err(NotADate)), // in China or in Chicago
        ("2100-12-31T20:00:00Z", Err(OutOfRange)),
        ("1969-12-31T23:00:00Z", Ok("1970-01-01 06:00:00")),
        ("2026-04-05+07:00", Err(NotADate)),
    ] {
        let read = datetime(Value::Text(text), &jakarta, Epoch::Y1900);
        assert_eq!(read, want.map(str::to_owned), "{text:?}");
    }
    let new_york = rules(None, Some("America/New_York"));
    let read = datetime(Value::Text("2026-03-08T07:30:00Z"), &new_york, Epoch::Y1900);
    assert_eq!(read.as_deref(), Ok("2026-03-08 03:30:00"), "summer time has begun half an hour ago");
}

#[test]
fn serials_of_both_systems() {
    let date = |serial, epoch| Value::Date { serial, epoch };
    let (old, mac) = (Epoch::Y1900, Epoch::Y1904);
    for (value, epoch, want) in [
        (date(46_127.0, old), old, Ok("2026-04-15 00:00:00")),
        (date(44_665.0, mac), old, Ok("2026-04-15 00:00:00")),
        (date(25_569.0, old), old, Ok("1970-01-01 00:00:00")),
        (date(25_568.0, old), old, Err(OutOfRange)),
        (date(73_415.999, old), old, Ok("2100-12-31 23:58:33")),
        (date(73_416.0, old), old, Err(OutOfRange)),
        (date(46_127.416_666_666_664, old), old, Ok("2026-04-15 10:00:00")),
        (date(46_127.0 + 35_999.999_999 / 86_400.0, old), old, Ok("2026-04-15 10:00:00")),
        (date(46_127.0 + 36_000.7 / 86_400.0, old), old, Ok("2026-04-15 10:00:00")),
        (date(46_127.999_999_999_9, old), old, Ok("2026-04-16 00:00:00")),
        (date(60.0, old), old, Err(FalseLeapDay)),
        (date(59.0, old), old, Err(OutOfRange)),
        (date(0.5, old), old, Err(TimeOnly)),
        (date(0.0, old), old, Err(TimeOnly)),
        (date(0.5, mac), old, Err(TimeOnly)),
        (date(-1.0, old), old, Err(OutOfRange)),
        (date(1e300, old), old, Err(OutOfRange)),
        (date(f64::NAN, old), old, Err(OutOfRange)),
        (Value::Number(46_117.0), old, Ok("2026-04-05 00:00:00")),
        (Value::Number(46_117.5), old, Ok("2026-04-05 12:00:00")),
        (Value::Number(44_655.0), mac, Ok("2026-04-05 00:00:00")),
        (Value::Number(20_260_405.0), old, Ok("2026-04-05 00:00:00")),
        (Value::Number(20_260_405.0), mac, Ok("2026-04-05 00:00:00")),
        (Value::Number(20_261_305.0), old, Err(Impossible)),
        (Value::Number(20_260_405.5), old, Err(OutOfRange)),
        (Value::Number(3_000.0), old, Err(OutOfRange)),
        (Value::Number(0.25), old, Err(TimeOnly)),
        (Value::Number(-46_117.0), old, Err(OutOfRange)),
        (Value::Number(f64::INFINITY), old, Err(OutOfRange)),
        (Value::DateText("2026-04-15"), old, Ok("2026-04-15 00:00:00")),
        (Value::DateText("2026-04-15T10:00:00"), old, Ok("2026-04-15 10:00:00")),
        (Value::Bool(true), old, Err(NotADate)),
        (Value::Error("#N/A"), old, Err(CellError)),
    ] {
        let read = datetime(value, &DateRules::default(), epoch);
        assert_eq!(read, want.map(str::to_owned), "{value:?}");
    }
    let percent = Cell { column: 0, value: Value::Number(46_117.0), format: Format::Percent };
    assert_eq!(read_date(&percent, &DateRules::default(), old, &mut String::new()), Err(NotADate));
}

#[test]
fn early_serials_in_text_fields() {
    for (serial, epoch, want) in [
        (1.0, Epoch::Y1900, "1900-01-01"),
        (59.0, Epoch::Y1900, "1900-02-28"),
        (61.0, Epoch::Y1900, "1900-03-01"),
        (0.0, Epoch::Y1904, "1904-01-01"),
        (2_958_465.0, Epoch::Y1900, "9999-12-31"),
        (0.75, Epoch::Y1900, "18:00:00"),
    ] {
        let mut out = String::new();
        assert!(serial_text(serial, epoch, &mut out));
        assert_eq!(out, want);
    }
    // the 1904 system ends 1462 days earlier on the same page
    assert!(!serial_text(2_958_465.0, Epoch::Y1904, &mut String::new()));
}

#[test]
fn words_of_a_flaw() {
    for (flaw, code, flag) in [
        (Ambiguous, Code::AmbiguousDate, "--date-order"),
        (ShortYear, Code::AmbiguousDate, "--date-order"),
        (NoZone, Code::AmbiguousDate, "--time-zone"),
        (OtherOrder, Code::BadDate, "--date-order"),
    ] {
        assert_eq!(flaw.code(), code);
        assert!(flaw.hint().contains(flag) && flaw.message("04/05/2026").starts_with("\"04/05/2026\""));
        let json = serde_json::to_string(&flaw).unwrap();
        assert_eq!(serde_json::from_str::<DateFlaw>(&json).unwrap(), flaw);
    }
}

/// Texts made of what dates are made of: far more likely to get past the first check than any string.
fn date_like() -> impl Strategy<Value = String> {
    "[0-9]{0,4}[-/. 年A-Za-z,]{0,2}[0-9A-Zaprei]{0,4}[-/. 月,]{0,2}[0-9]{0,4}[日T ,]{0,2}[0-9:.APM时]{0,12}[Z+:0-9WIB-]{0,6}"
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(text in date_like(), order in prop_oneof![Just(None), Just(Some(Dmy)), Just(Some(Ymd))]) {
        let rules = rules(order, Some("Asia/Jakarta"));
        if let Ok(once) = datetime(Value::Text(&text), &rules, Epoch::Y1900) {
            prop_assert!(once.is_empty() || ("1970".."2101").contains(&&once[..4]), "{}", once);
            prop_assert_eq!(datetime(Value::Text(&once), &rules, Epoch::Y1900), Ok(once));
        }
    }

    #[test]
    fn what_is_read_from_a_number_is_read_again(number in prop_oneof![0.0..80_000.0, 19_690_101.0..21_011_231.0, any::<f64>()]) {
        for value in [Value::Number(number), Value::Date { serial: number, epoch: Epoch::Y1904 }] {
            if let Ok(once) = datetime(value, &rules(None, None), Epoch::Y1900) {
                prop_assert!(("1970".."2101").contains(&&once[..4]), "{}", once);
                prop_assert_eq!(datetime(Value::Text(&once), &rules(None, None), Epoch::Y1900), Ok(once));
            }
        }
    }

    #[test]
    fn every_second_of_a_serial_comes_back(days in 25_569_u32..73_416, second in 0_u32..86_400) {
        let serial = f64::from(days) + f64::from(second) / 86_400.0;
        let mut out = String::new();
        prop_assert!(serial_text(serial, Epoch::Y1900, &mut out));
        let clock = format!(" {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        prop_assert!(if second == 0 { out.len() == 10 } else { out.ends_with(&clock) }, "{} {}", out, clock);
        // jiff knows the calendar too
        let day = jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(i64::from(days))).unwrap();
        prop_assert!(out.starts_with(&day.to_string()), "{} {}", out, day);
    }

    #[test]
    fn nothing_makes_it_panic(text in any::<String>(), number in any::<f64>()) {
        for value in [Value::Text(&text), Value::DateText(&text), Value::Number(number), Value::Date { serial: number, epoch: Epoch::Y1904 }] {
            let _ = datetime(value, &rules(Some(Mdy), Some("Asia/Jakarta")), Epoch::Y1904);
        }
    }
}
