//! Phones: what is accepted is 8 to 15 digits of a possible number, and with a `+` is read again as itself.
#![no_main]

use incs_import::domain::cell::{Cell, Format, Value};
use incs_import::domain::phone::{PhoneForm, country_of, read_order_phone, read_user_phone};
use incs_import::domain::rules::{BareNumbers, PhoneRules};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    for code in [None, Some("62"), Some("86"), Some("1"), Some("91")] {
        for bare in [None, Some(BareNumbers::National), Some(BareNumbers::International)] {
            let rules = PhoneRules { country_code: code.map(str::to_owned), bare };
            if let Ok(text) = str::from_utf8(data) {
                check(Value::Text(text), &rules);
            }
            if let Some(bytes) = data.first_chunk() {
                check(Value::Number(f64::from_le_bytes(*bytes)), &rules);
            }
        }
    }
});

fn check(value: Value<'_>, rules: &PhoneRules) {
    let cell = Cell { column: 0, value, format: Format::Unknown };
    let mut phone = String::new();
    match read_user_phone(&cell, rules, &mut phone) {
        Err(_) | Ok(PhoneForm::Blank) => assert_eq!(phone, ""),
        Ok(form) => {
            assert!(
                (8..=15).contains(&phone.len()) && phone.bytes().all(|byte| byte.is_ascii_digit()),
                "{phone}"
            );
            assert!(!phone.starts_with('0'), "{phone}");
            assert!(country_of(&phone).is_some(), "{phone}");
            if form == PhoneForm::FromCountryCode {
                assert!(phone.starts_with(rules.country_code.as_deref().expect("a code")), "{phone}");
            }
            let mut again = String::new();
            let form = read_user_phone(&Cell::text(0, &format!("+{phone}")), rules, &mut again);
            assert_eq!((form, again), (Ok(PhoneForm::Explicit), phone));
        }
    }
    let mut order = String::new();
    if read_order_phone(&cell, &mut order).is_err() {
        assert_eq!(order, "");
    }
}
