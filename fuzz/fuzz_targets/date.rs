//! Dates: what is accepted lies in 1970 to 2100, and is read again as itself, whatever the user has settled.
#![no_main]

use incs_import::domain::cell::{Cell, Epoch, Format, Value};
use incs_import::domain::date::{read_date, read_datetime};
use incs_import::domain::rules::{DateOrder, DateRules};
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let zone = TimeZone::fixed(Offset::constant(7));
    for order in [None, Some(DateOrder::Ymd), Some(DateOrder::Dmy), Some(DateOrder::Mdy)] {
        for zone in [None, Some(zone.clone())] {
            let rules = DateRules { order, zone };
            if let Ok(text) = str::from_utf8(data) {
                check(Value::Text(text), &rules, Epoch::Y1900);
                check(Value::DateText(text), &rules, Epoch::Y1900);
            }
            if let Some(bytes) = data.first_chunk() {
                let number = f64::from_le_bytes(*bytes);
                for epoch in [Epoch::Y1900, Epoch::Y1904] {
                    check(Value::Number(number), &rules, epoch);
                    check(Value::Date { serial: number, epoch }, &rules, epoch);
                }
            }
        }
    }
});

fn check(value: Value<'_>, rules: &DateRules, epoch: Epoch) {
    let cell = Cell { column: 0, value, format: Format::Unknown };
    let (mut day, mut moment) = (String::new(), String::new());
    let read = read_date(&cell, rules, epoch, &mut day);
    assert_eq!(read.is_ok(), read_datetime(&cell, rules, epoch, &mut moment).is_ok());
    if read.is_err() {
        assert_eq!((day.as_str(), moment.as_str()), ("", ""), "an error leaves nothing");
        return;
    }
    if day.is_empty() {
        assert_eq!(moment, "");
        return;
    }
    let date: Date = day.parse().expect("ISO");
    assert!((1970..=2100).contains(&date.year()) && date.to_string() == day, "{day}");
    let at: DateTime = moment.parse().expect("ISO");
    assert_eq!((at.date(), at.strftime("%Y-%m-%d %H:%M:%S").to_string()), (date, moment.clone()));
    let mut again = String::new();
    assert_eq!(read_date(&Cell::text(0, &day), rules, epoch, &mut again), Ok(()), "{day}");
    assert_eq!(again, day);
    again.clear();
    assert_eq!(read_datetime(&Cell::text(0, &moment), rules, epoch, &mut again), Ok(()), "{moment}");
    assert_eq!(again, moment);
}
