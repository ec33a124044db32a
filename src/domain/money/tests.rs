use proptest::prelude::*;

use super::AmountFlaw::*;
use super::*;
use crate::domain::cell::Epoch;
use crate::domain::code::Code;
use crate::domain::rules::DecimalSeparator::{Comma, Dot};

fn amount(
    value: Value<'_>,
    format: Format,
    separator: Option<DecimalSeparator>,
) -> Result<String, AmountFlaw> {
    let mut out = String::from("before|");
    let result = read_amount(&Cell { column: 0, value, format }, separator, &mut out);
    let written = out.strip_prefix("before|").expect("what stood there stays").to_owned();
    result.map(|()| written.clone()).inspect_err(|_| assert_eq!(written, ""))
}

fn typed(text: &str, separator: Option<DecimalSeparator>) -> Result<String, AmountFlaw> {
    amount(Value::Text(text), Format::Unknown, separator)
}

#[test]
fn text_with_one_reading() {
    for (text, want) in [
        ("", ""),
        (" \u{A0}\u{200B}", ""),
        ("3000", "3000"),
        ("0", "0"),
        ("000", "0"),
        ("007", "7"),
        ("0.00", "0.00"),
        ("00.50", "0.50"),
        ("12.50", "12.50"),
        ("12,50", "12.50"),
        ("12,5", "12.5"),
        ("3000.00", "3000.00"),
        ("3000.0", "3000.0"),
        ("1234.500", "1234.500"),
        ("1234,500", "1234.500"),
        ("0.500", "0.500"),
        ("0,500", "0.500"),
        (".50", "0.50"),
        (",500", "0.500"),
        ("1.2345", "1.2345"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,567", "1234.567"),
        ("1,234.567", "1234.567"),
        ("3.000.000,00", "3000000.00"),
        ("3,000,000.00", "3000000.00"),
        ("012,345.00", "12345.00"),
        ("1 234 567", "1234567"),
        ("3 000", "3000"),
        ("1 234,50", "1234.50"),
        ("1 234.500", "1234.500"),
        ("1\u{A0}234\u{202F}567,5", "1234567.5"),
        ("1'234'567.50", "1234567.50"),
        ("1’234", "1234"),
        ("+500", "500"),
        ("Rp 3,000.00", "3000.00"),
        ("Rp3.000.000", "3000000"),
        ("Rp. 500", "500"),
        ("rp.500", "500"),
        ("Rp3.000,-", "3000"),
        ("Rp 500,-", "500"),
        ("3.000.000,–", "3000000"),
        ("IDR 1500", "1500"),
        ("1500 idr", "1500"),
        ("$1,234.50", "1234.50"),
        ("US$ 12.50", "12.50"),
        ("12.50USD", "12.50"),
        ("+$5", "5"),
        ("$+5", "5"),
        ("¥3000", "3000"),
        ("￥３，０００．００", "3000.00"),
        ("3000元", "3000"),
        ("人民币 3000 元", "3000"),
        ("RMB 3000", "3000"),
        ("€ 12,50", "12.50"),
        ("12,50 €", "12.50"),
        ("£5", "5"),
        ("1.234.567 ₫", "1234567"),
        ("500Đ", "500"),
        ("₱1,234.50", "1234.50"),
        ("฿ 500", "500"),
        ("RM 12.50", "12.50"),
        ("CHF 12.50", "12.50"),
        ("12.50 CHF", "12.50"),
        ("12,50chf", "12.50"),
        ("AED 5", "5"),
        ("5 ARS", "5"),
        ("CNH 12.50", "12.50"),
        ("XAF 1 500", "1500"),
        ("LAK 500", "500"),
        ("500 LAK", "500"),
        ("zł 5", "5"),
        ("12,50 ZŁ", "12.50"),
        ("100 kr", "100"),
        ("kr.100", "100"),
        ("100 kr.", "100"),
        ("5 Kč", "5"),
        ("5 KC\u{30C}", "5"),
        ("500 Ft", "500"),
        ("12,50 lei", "12.50"),
        ("5 лв", "5"),
        ("5 ЛВ.", "5"),
        ("S/ 3,000.00", "3000.00"),
        ("S/.500", "500"),
        ("R$ 12,50", "12.50"),
        ("C$5", "5"),
        ("A$5", "5"),
        ("HK$5", "5"),
        ("5 NT$", "5"),
        ("US$5", "5"),
        ("圆5", "5"),
        ("5圓", "5"),
        ("5円", "5"),
        ("500원", "500"),
        ("3000 Rupiah", "3000"),
        ("rupiah 3000", "3000"),
        ("Rs. 5", "5"),
        ("Rs.500", "500"),
        ("₨5", "5"),
        ("5 ₿", "5"),
        ("₴5", "5"),
        ("5 ﷼", "5"),
        ("＄5", "5"),
        ("￦500", "500"),
        ("\u{1ECB0}5", "5"),
        ("K 500", "500"),
        ("K500", "500"),
        ("$.50", "0.50"),
        ("CHF .50", "0.50"),
        ("\t3000\r\n", "3000"),
        ("9999999999999999999999999999", "9999999999999999999999999999"),
        ("00000000000000000000000000000000001", "1"),
    ] {
        assert_eq!(typed(text, None).as_deref(), Ok(want), "{text:?}");
    }
}

fn unknown(text: &str) -> AmountFlaw {
    Unknown { text: text.into() }
}

#[test]
fn a_flaw_says_what_stands_beside_the_number() {
    assert_eq!(unknown("juta").code(), Code::BadAmount);
    assert_eq!(
        unknown("juta").message("3 juta"),
        "\"3 juta\" is not an amount: \"juta\" is no currency known here, and may change the number"
    );
}

#[test]
fn text_that_is_refused() {
    for (text, want) in [
        ("3.000", Ambiguous),
        ("3,000", Ambiguous),
        ("30.000", Ambiguous),
        ("300,000", Ambiguous),
        ("012.345", Ambiguous),
        ("00.500", Ambiguous),
        ("Rp 3.000", Ambiguous),
        ("$3,000", Ambiguous),
        ("３．０００", Ambiguous),
        ("+3.000 IDR", Ambiguous),
        ("-5", Negative),
        ("−5", Negative),
        ("5-", Negative),
        ("Rp -500", Negative),
        ("-Rp 500", Negative),
        ("(500)", Negative),
        ("Rp (500)", Negative),
        ("3.000-", Negative),
        ("5.-", Negative),
        ("7.5%", Percent),
        ("7.5 %", Percent),
        ("７％", Percent),
        ("3e5", Exponent),
        ("3.5E+05", Exponent),
        ("1E-3", Exponent),
        ("12,34,567", Grouping),
        ("1,23,456.00", Grouping),
        ("1,2345,678", Grouping),
        ("12 34", Grouping),
        ("1 000'000", Grouping),
        ("1  000", Grouping),
        ("0,123,456", Grouping),
        ("1234,567.00", Grouping),
        ("1,234.567,89", NotAnAmount),
        ("1,234.567.89", NotAnAmount),
        ("1.5 000", NotAnAmount),
        ("12.", NotAnAmount),
        ("12,", NotAnAmount),
        ("3.000.", Grouping),
        (".", NotAnAmount),
        (",-", NotAnAmount),
        ("Rp", NotAnAmount),
        ("Rp ,-", NotAnAmount),
        ("+", NotAnAmount),
        ("++5", NotAnAmount),
        ("Rp Rp 5", unknown("Rp")),
        ("12,5O", NotAnAmount),
        ("l2", NotAnAmount),
        ("50rb", unknown("rb")),
        ("3 juta", unknown("juta")),
        ("3k", unknown("k")),
        ("3万", unknown("万")),
        ("3jt", unknown("jt")),
        ("3K", unknown("K")),
        ("3 K", unknown("K")),
        ("k3", unknown("k")),
        ("3 lak", unknown("lak")),
        ("lak 3", unknown("lak")),
        ("50 ¢", unknown("¢")),
        ("50￠", unknown("￠")),
        ("₥5", unknown("₥")),
        ("XXX500", unknown("XXX")),
        ("CHF.500", unknown("CHF.")),
        ("CHF 5 juta", unknown("juta")),
        ("1M USD", unknown("M")),
        ("5 lunas semua sudah dibayar", NotAnAmount),
        ("12rb50", NotAnAmount),
        ("1/2", NotAnAmount),
        ("½", NotAnAmount),
        ("10²", NotAnAmount),
        ("٣٠٠٠", NotAnAmount),
        ("1_000", NotAnAmount),
        ("0x10", NotAnAmount),
        ("NaN", NotAnAmount),
        ("inf", NotAnAmount),
        ("-", NotAnAmount),
        ("N/A", NotAnAmount),
        ("lunas", NotAnAmount),
        ("2026-04-05", NotAnAmount),
        ("3000\n4000", NotAnAmount),
        ("=1+1", NotAnAmount),
        ("99999999999999999999999999999", TooLarge),
        ("1.23456789012345678901234567890", TooLarge),
    ] {
        assert_eq!(typed(text, None), Err(want), "{text:?}");
    }
}

#[test]
fn a_given_separator_leaves_one_reading() {
    for (text, separator, want) in [
        ("3.000", Dot, Ok("3.000")),
        ("3.000", Comma, Ok("3000")),
        ("3,000", Dot, Ok("3000")),
        ("3,000", Comma, Ok("3.000")),
        ("12.50", Dot, Ok("12.50")),
        ("12.50", Comma, Err(OtherSeparator)),
        ("12,50", Dot, Err(OtherSeparator)),
        ("12,50", Comma, Ok("12.50")),
        ("0.500", Comma, Err(OtherSeparator)),
        ("000.500", Comma, Err(Grouping)),
        ("012.500", Comma, Ok("12500")),
        ("1234.500", Comma, Err(OtherSeparator)),
        ("1,234,567", Comma, Err(OtherSeparator)),
        ("1,234,567", Dot, Ok("1234567")),
        ("1.234,50", Dot, Err(OtherSeparator)),
        ("1.234,50", Comma, Ok("1234.50")),
        ("1,234.50", Comma, Err(OtherSeparator)),
        ("1 234.500", Comma, Err(OtherSeparator)),
        ("1 234 567", Comma, Ok("1234567")),
        ("Rp3.000,-", Comma, Ok("3000")),
        ("Rp3.000,-", Dot, Err(OtherSeparator)),
        ("3000", Dot, Ok("3000")),
    ] {
        assert_eq!(typed(text, Some(separator)), want.map(str::to_owned), "{text:?} with {separator:?}");
    }
}

#[test]
fn number_cells_are_rounded_half_even() {
    for (number, want) in [
        (3000.0, Ok("3000")),
        (1500.5, Ok("1500.5")),
        (1500.25, Ok("1500.25")),
        (0.0, Ok("0")),
        (-0.0, Ok("0")),
        (1.005, Ok("1")),
        (1.015, Ok("1.02")),
        (2.675, Ok("2.68")),
        (2.665, Ok("2.66")),
        (2.665_000_1, Ok("2.67")),
        (0.1 + 0.2, Ok("0.3")),
        (1_234.567_89, Ok("1234.57")),
        (99.995, Ok("100")),
        (99.985, Ok("99.98")),
        (0.05, Ok("0.05")),
        (0.004, Ok("0")),
        (1e-300, Ok("0")),
        (5e-324, Ok("0")),
        (123_456_789_012_345.67, Ok("123456789012345.67")),
        (999_999_999_999_999.0, Ok("999999999999999")),
        (1e15, Err(LossyNumber)),
        (1e300, Err(LossyNumber)),
        (-5.0, Err(Negative)),
        (-0.001, Err(Negative)),
        (f64::NAN, Err(NotAnAmount)),
        (f64::INFINITY, Err(NotAnAmount)),
        (f64::NEG_INFINITY, Err(NotAnAmount)),
    ] {
        // the flag is about text only
        for separator in [None, Some(Comma)] {
            let read = amount(Value::Number(number), Format::Plain, separator);
            assert_eq!(read, want.clone().map(str::to_owned), "{number}");
        }
    }
}

#[test]
fn other_kinds_of_cells() {
    for (value, format, want) in [
        (Value::Number(0.075), Format::Percent, Percent),
        (Value::Date { serial: 46_117.0, epoch: Epoch::Y1900 }, Format::Unknown, Date),
        (Value::DateText("2026-04-05"), Format::Unknown, Date),
        (Value::Bool(false), Format::Unknown, NotAnAmount),
        (Value::Error("#DIV/0!"), Format::Unknown, CellError),
    ] {
        assert_eq!(amount(value, format, None), Err(want), "{value:?}");
    }
}

#[test]
fn totals_are_exact() {
    for (amounts, want) in [
        (&["3000", "1500.5"][..], "4500.50"),
        (&["0.10", "0.20"], "0.30"),
        (&["0.1"; 10], "1.00"),
        (&["0"], "0.00"),
        (&["0.00", ""], "0.00"),
        (&["", ""], ""),
        (&[], ""),
        (&["1.005"], "1.00"),
        (&["1.005", "0.010"], "1.02"), // 1.015: the sum is rounded, not what it is made of
        (&["0.005", "0.005"], "0.01"),
        (&["0.004", "0.004", "0.004"], "0.01"),
        (&["1234.500"], "1234.50"),
        (&["99999999999999999999", "1"], "100000000000000000000.00"),
        (&["9999999999999999999999999999"], "9999999999999999999999999999.00"),
    ] {
        let mut total = Total::default();
        for amount in amounts {
            total.add(amount).unwrap();
        }
        let mut out = String::new();
        total.write(&mut out);
        assert_eq!(out, want, "{amounts:?}");
        assert_eq!(total.is_empty(), want.is_empty());
    }
}

#[test]
fn a_total_that_would_not_be_exact_is_refused() {
    let mut total = Total::default();
    total.add("9999999999999999999999999999").unwrap();
    let before = total.clone();
    assert_eq!(total.add("0.01"), Err(TooLarge));
    assert_eq!(total.add("-1"), Err(NotAnAmount));
    assert_eq!(total.add("1_0"), Err(NotAnAmount));
    assert_eq!(total.add("1.2.3"), Err(NotAnAmount));
    assert_eq!(total, before);
    for _ in 0..6 {
        total.add("9999999999999999999999999999").unwrap();
    }
    assert_eq!(total.add("9999999999999999999999999999"), Err(TooLarge));
}

#[test]
fn words_of_a_flaw() {
    assert_eq!(NotAnAmount.message("12,5O"), "\"12,5O\" is not an amount");
    for (flaw, code) in [(Ambiguous, Code::AmbiguousAmount), (OtherSeparator, Code::BadAmount)] {
        assert_eq!(flaw.code(), code);
        assert!(flaw.hint().contains("--decimal-separator"));
        let json = serde_json::to_string(&flaw).unwrap();
        assert_eq!(serde_json::from_str::<AmountFlaw>(&json).unwrap(), flaw);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(text in "(Rp|\\$|\\+)?[0-9]{1,4}([., '][0-9]{1,4}){0,3}(元|,-)?", dot in any::<bool>()) {
        let separator = dot.then_some(Dot);
        if let Ok(once) = typed(&text, separator) {
            // with the dot given: `3.000` as written has three decimals
            prop_assert_eq!(typed(&once, Some(Dot)), Ok(once.clone()));
            let mut total = Total::default();
            prop_assert_eq!(total.add(&once), Ok(()));
        }
    }

    #[test]
    fn grouping_never_changes_an_amount(number in 0_u64..1_000_000_000_000, cents in 0_u64..100) {
        let digits = number.to_string();
        let grouped = |mark: char| digits.chars().enumerate().flat_map(|(at, digit)| {
            let starts_group = at > 0 && (digits.len() - at).is_multiple_of(3);
            starts_group.then_some(mark).into_iter().chain([digit])
        }).collect::<String>();
        let want = format!("{number}.{cents:02}");
        for (grouping, decimal) in [(',', '.'), ('.', ','), (' ', '.'), (' ', ','), ('\'', '.')] {
            let text = format!("{}{decimal}{cents:02}", grouped(grouping));
            prop_assert_eq!(typed(&text, None), Ok(want.clone()), "{}", text);
        }
    }

    #[test]
    fn cents_of_a_number_cell_stay(cents in 0_u64..100_000_000_000_000) {
        let read = amount(Value::Number(cents as f64 / 100.0), Format::Plain, None).unwrap();
        let (mut a, mut b) = (Total::default(), String::new());
        a.add(&read).unwrap();
        a.write(&mut b);
        prop_assert_eq!(b, format!("{}.{:02}", cents / 100, cents % 100));
    }

    #[test]
    fn what_is_accepted_is_a_plain_decimal(text in "[0-9.,' Rp$+()%eE-]{0,14}", number in any::<f64>(), dot in any::<bool>()) {
        let separator = if dot { Dot } else { Comma };
        let from_number = amount(Value::Number(number), Format::Plain, None);
        for read in [typed(&text, None), typed(&text, Some(separator)), from_number].into_iter().flatten() {
            if read.is_empty() {
                continue;
            }
            let decimal = rust_decimal::Decimal::from_str_exact(&read).unwrap();
            prop_assert!(decimal >= rust_decimal::Decimal::ZERO);
            prop_assert_eq!(decimal.to_string(), read.clone());
            prop_assert_eq!(typed(&read, Some(Dot)), Ok(read));
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in any::<String>(), number in any::<f64>()) {
        let _ = typed(&text, None);
        let _ = typed(&text, Some(Comma));
        let _ = amount(Value::Number(number), Format::Unknown, None);
        let _ = Total::default().add(&text);
    }
}
