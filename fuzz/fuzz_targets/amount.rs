//! Amounts: what is accepted is a plain decimal number, and is read again as itself.
#![no_main]

use incs_import::domain::cell::{Cell, Format, Value};
use incs_import::domain::money::read_amount;
use incs_import::domain::rules::DecimalSeparator;
use rust_decimal::Decimal;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(text) = str::from_utf8(data) {
        for separator in [None, Some(DecimalSeparator::Dot), Some(DecimalSeparator::Comma)] {
            check(Value::Text(text), separator);
        }
    }
    if let Some(bytes) = data.first_chunk() {
        check(Value::Number(f64::from_le_bytes(*bytes)), None);
    }
});

fn check(value: Value<'_>, separator: Option<DecimalSeparator>) {
    let cell = Cell { column: 0, value, format: Format::Unknown };
    let mut amount = String::from("kept");
    let read = read_amount(&cell, separator, &mut amount);
    let amount = amount.strip_prefix("kept").expect("what was there stays");
    if read.is_err() {
        assert_eq!(amount, "", "an error leaves nothing");
        return;
    }
    if amount.is_empty() {
        return;
    }
    assert!(amount.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'), "{amount}");
    let decimal = Decimal::from_str_exact(amount).expect("a decimal number");
    assert!(decimal >= Decimal::ZERO && decimal.to_string() == amount, "{amount} is {decimal}");
    let mut again = String::new();
    let again_read = read_amount(&Cell::text(0, amount), Some(DecimalSeparator::Dot), &mut again);
    assert_eq!((again_read, again.as_str()), (Ok(()), amount));
}
