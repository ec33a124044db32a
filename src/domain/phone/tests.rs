use proptest::prelude::*;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::BareNumbers::{International, National};
use super::PhoneFlaw::*;
use super::PhoneForm::{Bare, Blank, Explicit, FromCountryCode};
use super::*;
use crate::domain::cell::Epoch;
use crate::domain::code::Code;

fn rules(code: &str, bare: Option<BareNumbers>) -> PhoneRules {
    PhoneRules { country_code: (!code.is_empty()).then(|| code.to_owned()), bare }
}

fn phone(value: Value<'_>, format: Format, rules: &PhoneRules) -> Result<(String, PhoneForm), PhoneFlaw> {
    let mut out = String::from("before|");
    let result = read_user_phone(&Cell { column: 0, value, format }, rules, &mut out);
    let written = out.strip_prefix("before|").expect("what stood there stays").to_owned();
    result.map(|form| (written.clone(), form)).inspect_err(|_| assert_eq!(written, ""))
}

fn typed(text: &str, rules: &PhoneRules) -> Result<(String, PhoneForm), PhoneFlaw> {
    phone(Value::Text(text), Format::Unknown, rules)
}

fn read(digits: &str, form: PhoneForm) -> Result<(String, PhoneForm), PhoneFlaw> {
    Ok((digits.to_owned(), form))
}

#[test]
fn every_way_to_write_one_phone() {
    for text in [
        "+6281234567890",
        "006281234567890",
        "00 62 812 3456 7890",
        " +62 812-3456-7890 ",
        "+62 (812) 3456.7890",
        "(+62) 812 3456 7890",
        "'+6281234567890",
        "+62 (0) 812 3456 7890",
        "+62(0)81234567890",
        "0062 ( 0 ) 81234567890",
        "+62.812.3456.7890",
        "\u{202A}+62\u{A0}812\u{2011}3456\u{2011}7890\u{202C}",
        "+62\u{200D}81234567890",
        "＋６２　８１２３４５６７８９０",
        "+62\t812\t34567890",
        "+6281234567890.0",
        "+6281234567890.00",
        "+6281.234567890",
        "+62 812.34.56.78.90",
    ] {
        assert_eq!(typed(text, &rules("", None)), read("6281234567890", Explicit), "{text:?}");
        assert_eq!(typed(text, &rules("86", None)), read("6281234567890", Explicit), "{text:?}");
    }
    for text in [
        "081234567890",
        "0812-3456-7890",
        "(0812) 3456 7890",
        "(0)81234567890",
        "0812.3456.7890",
        "081234567890.0",
        "'0812'3456'7890",
        "6281234567890",
        "6281234567890.00",
        "62 (0) 812-3456-7890",
        "(62) 81234567890",
        "6.281234567890E+12",
        "6.281234567890e12",
        "6,281234567890E+012",
        "62812.34567890E+8",
        "6.2812345678900000E+12",
    ] {
        assert_eq!(typed(text, &rules("62", None)), read("6281234567890", FromCountryCode), "{text:?}");
    }
    for text in ["", "  ", "\u{200B}\u{FEFF}", "\u{200D}"] {
        assert_eq!(typed(text, &rules("62", None)), read("", Blank));
    }
}

#[test]
fn what_the_rules_make_of_a_number() {
    for (text, code, bare, want) in [
        ("81234567890", "62", None, Err(BareNumber { country_code: "62".into() })),
        ("81234567890", "62", Some(National), read("6281234567890", FromCountryCode)),
        ("81234567890", "62", Some(International), read("81234567890", Explicit)), // Japan, as the user says
        ("6281234567890", "62", Some(National), read("6281234567890", FromCountryCode)),
        ("6281234567890", "62", Some(International), read("6281234567890", FromCountryCode)),
        ("081234567890", "62", Some(International), read("6281234567890", FromCountryCode)),
        ("081234567890", "", None, Err(NoCountryCode)),
        ("081234567890", "", Some(National), Err(NoCountryCode)),
        ("081234567890", "", Some(International), Err(NoCountryCode)),
        ("81234567890", "", Some(National), Err(NoCountryCode)),
        ("6281234567890", "", None, read("6281234567890", Bare)),
        ("6281234567890", "", Some(International), read("6281234567890", Explicit)),
        ("81234567890", "", None, read("81234567890", Bare)), // the list must agree
        ("13800138000", "", None, Err(NotValid)),
        ("13800138000", "86", None, Err(BareNumber { country_code: "86".into() })),
        ("13800138000", "86", Some(National), read("8613800138000", FromCountryCode)),
        ("8613800138000", "86", None, read("8613800138000", FromCountryCode)),
        ("6212345678", "62", None, read("6212345678", FromCountryCode)),
        ("6281234567", "62", None, read("6281234567", FromCountryCode)),
        // mobile numbers that begin with the digits of the country code
        ("9123456789", "91", None, Err(CodeOrNumber { country_code: "91".into() })),
        ("9123456789", "91", Some(National), read("919123456789", FromCountryCode)),
        ("9123456789", "91", Some(International), read("9123456789", FromCountryCode)),
        ("919123456789", "91", None, read("919123456789", FromCountryCode)),
        ("919123456789", "91", Some(National), read("919123456789", FromCountryCode)),
        ("09123456789", "91", None, read("919123456789", FromCountryCode)),
        ("0628123456789", "62", None, Err(ZeroBeforeCode)),
        ("0622123456", "62", None, read("62622123456", FromCountryCode)), // an area code of Sumatra
        ("+390612345678", "62", None, read("390612345678", Explicit)),    // a zero that belongs to the number
        ("+6208123456789012", "", None, Err(Length { digits: 16 })),
        ("+620812", "", None, Err(Length { digits: 6 })),
        ("+6208121", "", None, Err(Length { digits: 7 })),
        ("+62081211", "", None, Err(TrunkZero)),
        ("+62 0812 3456 7890", "", None, Err(TrunkZero)),
        ("62 0812 3456 7890", "62", None, Err(TrunkZero)),
        ("62081512341234", "", None, Err(TrunkZero)),
        ("+620812345", "", None, Err(TrunkZero)),
        ("+86013800138000", "", None, Err(TrunkZero)),
        ("+440207946", "", None, Err(TrunkZero)),
        ("+390", "", None, Err(Length { digits: 3 })),
        ("0812345", "62", None, Err(CountryLength { country: "ID +62".into() })),
        ("08123456", "62", None, read("628123456", FromCountryCode)),
        ("081234567890", "999", None, Err(UnknownCountry)),
        ("081234567890", "+62", None, Err(NotAPhone)),
        ("081234567890", "", None, Err(NoCountryCode)),
    ] {
        assert_eq!(typed(text, &rules(code, bare)), want, "{text:?} with {code:?} {bare:?}");
    }
}

#[test]
fn what_is_refused() {
    let too_long = |digits| Length { digits };
    for (text, want) in [
        ("x", NotAPhone),
        ("-", NotAPhone),
        ("+", NotAPhone),
        ("()", NotAPhone),
        ("0812abc34567", NotAPhone),
        ("WA 081234567890", NotAPhone),
        ("tel:+6281234567890", NotAPhone),
        ("=\"081234567890\"", NotAPhone),
        ("0812345O7890", Letter),
        ("081234567890 x12", Extension),
        ("081234567890 ext. 5", Extension),
        ("081234567890#5", Extension),
        ("081234567890 (1)", Extension),
        ("081234567890-03", Extension),
        ("+6281234567890 2", Extension),
        ("081234567890 (Budi)", NotAPhone),
        ("081234567890 / 081234567891", TwoPhones),
        ("081234567890/081234567891", TwoPhones),
        ("081234567890, 081234567891", TwoPhones),
        ("081234567890;081234567891", TwoPhones),
        ("081234567890 atau 081234567891", TwoPhones),
        ("+6281234567890 +6281234567891", TwoPhones),
        ("5551234\n5551235", TwoPhones),
        ("0812345 0812346", TwoPhones),
        ("6281234567890 6281234567891", TwoPhones),
        ("+62+81234567890", NotAPhone),
        ("++6281234567890", NotAPhone),
        ("62(0812(0)34567", NotAPhone),
        ("0812(0)3456789", NotAPhone),
        ("６２８１２３４５６٧", NotAPhone),
        ("٠٨١٢٣٤٥٦٧٨٩٠", NotAPhone),
        ("081234567890²", NotAPhone),
        ("6281234567890.5", Fraction),
        ("6281234567890.05", Fraction),
        ("62812345678.125", Fraction),
        ("+62 812 3456 7890.5", Fraction),
        ("6.28E+12", LossyNumber),
        ("6.28151E+12", LossyNumber),
        ("6E12", LossyNumber),
        ("6.281234567890E+13", LossyNumber),
        ("6.2812345678905E+12", Fraction),
        ("6.28E-12", NotAPhone),
        ("6.28E+99999999999999999999999", NotAPhone),
        ("0812-3456.0", ZeroTail),
        ("+62 812 3456 7890.0", ZeroTail),
        ("0812.3456.00", ZeroTail),
        ("0812345.0000", ZeroTail),
        ("6281234567890,0", Extension),
        ("12", BareNumber { country_code: "62".into() }),
        ("0812", too_long(5)),
        ("+1234567", too_long(7)),
        ("+6281234567890123", too_long(16)),
        ("62812345678901234567890123456789012345", too_long(255)),
        ("000081234567890", UnknownCountry),
        ("+0812345678", UnknownCountry),
        ("+00628123456789", UnknownCountry),
        ("0000000000", UnknownCountry),
        ("+999123456789", UnknownCountry),
        ("+62123456", CountryLength { country: "ID +62".into() }), // six digits: inside one town only
        ("+12015550", CountryLength { country: "US +1".into() }),
        ("+861380013800012", CountryLength { country: "CN +86".into() }),
    ] {
        let read = typed(text, &rules("62", None));
        assert_eq!(read, Err(want), "{text:?}");
    }
}

#[test]
fn other_kinds_of_cells() {
    let none = rules("", None);
    for (value, format, rules, want) in [
        (Value::Number(6_281_234_567_890.0), Format::Unknown, &none, read("6281234567890", Bare)),
        (Value::Number(6_281_234_567_890.5), Format::Unknown, &none, Err(Fraction)),
        (Value::Number(-6_281_234_567_890.0), Format::Unknown, &none, Err(NotAPhone)),
        (Value::Number(1e15), Format::Unknown, &none, Err(LossyNumber)),
        (Value::Number(6.281e300), Format::Unknown, &none, Err(LossyNumber)),
        (Value::Number(f64::NAN), Format::Unknown, &none, Err(NotAPhone)),
        (Value::Number(0.0), Format::Unknown, &none, Err(NoCountryCode)),
        (Value::Number(81_234_567_890.0), Format::Zeros(12), &none, Err(NoCountryCode)),
        (
            Value::Number(81_234_567_890.0),
            Format::Zeros(12),
            &rules("62", None),
            read("6281234567890", FromCountryCode),
        ),
        (Value::Number(62_812.0), Format::Zeros(255), &none, Err(Padded)),
        // 00 in front would make it a number of Japan
        (Value::Number(8_123_456_789.0), Format::Zeros(12), &rules("62", None), Err(Padded)),
        (
            Value::Number(8_123_456_789.0),
            Format::Zeros(10),
            &rules("62", None),
            Err(BareNumber { country_code: "62".into() }),
        ),
        (Value::Number(62.0), Format::Percent, &none, Err(Percent)),
        (Value::Date { serial: 46_117.0, epoch: Epoch::Y1900 }, Format::Unknown, &none, Err(Date)),
        (Value::DateText("2026-04-05"), Format::Unknown, &none, Err(Date)),
        (Value::Bool(true), Format::Unknown, &none, Err(NotAPhone)),
        (Value::Error("#N/A"), Format::Unknown, &none, Err(CellError)),
    ] {
        assert_eq!(phone(value, format, rules), want, "{value:?}");
    }
}

#[test]
fn phones_of_orders_are_free_text() {
    for (value, want) in [
        (Value::Text(" 0812 (rumah) / 0813 "), Ok("0812 (rumah) / 0813")),
        (Value::Text("13800138000"), Ok("13800138000")),
        (Value::Number(13_800_138_000.0), Ok("13800138000")),
        (Value::Number(0.5), Err(Fraction)),
        (Value::Number(-1.0), Err(NotAPhone)),
        (Value::Number(1e15), Err(LossyNumber)),
        (Value::Date { serial: 46_117.0, epoch: Epoch::Y1900 }, Err(Date)),
        (Value::Error("#N/A"), Err(CellError)),
    ] {
        let mut out = String::new();
        let cell = Cell { column: 0, value, format: Format::Unknown };
        let result = read_order_phone(&cell, &mut out).map(|()| out);
        assert_eq!(result, want.map(str::to_owned), "{value:?}");
    }
}

#[test]
fn countries() {
    for (digits, want, valid) in [
        ("6281234567890", "ID +62", true),
        ("8613800138000", "CN +86", true),
        ("12015550123", "US +1", true),
        ("14165550123", "CA +1", true),
        ("10005550123", "US +1", false),
        ("77011234567", "KZ +7", true),
        ("390612345678", "IT +39", true),
        ("870773111632", "+870", true),
        ("2348031234567", "NG +234", true),
        ("620000000", "ID +62", false),
    ] {
        assert_eq!(country_of(digits).map(|country| country.to_string()).as_deref(), Some(want), "{digits}");
        assert!(is_possible(digits));
        assert_eq!(is_valid(digits), valid, "{digits}");
    }
    for digits in ["", "0", "6", "999123456789", "0812", "é", "62é", "99999999999999999999999999999"] {
        assert!(!is_possible(digits) && !is_valid(digits), "{digits:?}");
    }
    assert_eq!(country_of("999123456789"), None);
    assert_eq!(country_of("é"), None);
}

#[test]
fn the_example_number_of_every_region_is_taken() {
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        let number = PHONE_NUMBER_UTIL.get_example_number(region).unwrap();
        let written = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
        let digits = written.trim_start_matches('+');
        assert!(is_valid(digits), "{region:?} {digits}");
        let country = country_of(digits).unwrap();
        assert_eq!(i32::from(country.calling_code), number.country_code);
        // a few territories have no number at all, or one shorter than 8 digits with its code
        if digits.len() >= 8 {
            assert_eq!(typed(&written, &rules("", None)), read(digits, Explicit), "{region:?}");
        }
    }
}

#[test]
fn words_of_a_flaw() {
    for (flaw, code, flag) in [
        (NoCountryCode, Code::BadPhone, "--country-code"),
        (BareNumber { country_code: "62".into() }, Code::BadPhone, "--bare-numbers national if +62"),
        (CodeOrNumber { country_code: "91".into() }, Code::BadPhone, "--bare-numbers national"),
        (LossyNumber, Code::LossyNumber, "as text"),
        (TwoPhones, Code::BadPhone, "one phone"),
    ] {
        assert_eq!(flaw.code(), code);
        assert!(flaw.hint().contains(flag), "{}", flaw.hint());
        let json = serde_json::to_string(&flaw).unwrap();
        assert_eq!(serde_json::from_str::<PhoneFlaw>(&json).unwrap(), flaw);
    }
}

fn any_rules() -> impl Strategy<Value = PhoneRules> {
    let bare = prop_oneof![Just(None), Just(Some(National)), Just(Some(International))];
    ("|62|86|91|1|7|999|x|", bare).prop_map(|(code, bare)| rules(&code, bare))
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(text in "(\\+|00|0|\\(0\\)|62|86|91|7|1)?( |\\(0\\))?[0-9]{3,6}[-. ]?[0-9]{2,7}(\\.0)?", rules in any_rules()) {
        if let Ok((digits, form)) = typed(&text, &rules) {
            prop_assert!((8..=15).contains(&digits.len()) && form != Blank);
            prop_assert_eq!(typed(&format!("+{digits}"), &rules), read(&digits, Explicit));
        }
    }

    #[test]
    fn validity_is_that_of_the_library(digits in "(62|86|1|7|44|91|39|225|870)[0-9]{5,12}") {
        let number = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None);
        if let Ok(number) = number && PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164) == format!("+{digits}") {
            // Numbers that can only be dialled inside the country (Canada's 310 0000) are valid to the library.
            let is_valid_there = PHONE_NUMBER_UTIL.is_valid_number(&number) && is_possible(&digits);
            prop_assert_eq!(is_valid(&digits), is_valid_there);
            if digits.len() <= 15 && is_possible(&digits) {
                prop_assert!(PHONE_NUMBER_UTIL.is_possible_number(&number));
            }
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in any::<String>(), number in any::<f64>(), rules in any_rules(), width in any::<u8>()) {
        let _ = typed(&text, &rules);
        let _ = phone(Value::Number(number), Format::Zeros(width), &rules);
        let _ = (country_of(&text), is_valid(&text), is_possible(&text));
    }
}
