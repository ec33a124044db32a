//! Signs and codes of money that may stand before or behind an amount.
//!
//! No word that multiplies (`rb`, `juta`, `k`, `万`) and no sign of a hundredth (`¢`) may ever be among them: without it
//! the amount would be another one.

/// On which side of the digits a currency stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// The codes, in either case. Source: ISO 4217, list one of January 2026, less `XXX` (no currency, and what people put
/// over digits that nobody shall see) and `XTS` (for tests); behind them codes that were withdrawn in the years before,
/// and two that are not the standard's. `LAK` is among [`WRITTEN`].
const CODES: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW \
    CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LBP LKR LRD LSL LYD MAD MDL MGA \
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD \
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD \
    USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR \
    ZMW ZWG \
    ANG BGN CUC HRK SLL ZWL \
    CNH RMB";

/// What is written instead of a code, in small letters; it is compared without case.
const SIGNS: &[&str] = &[
    "rp",
    "rp.",
    "rupiah",
    "us$",
    "s$",
    "hk$",
    "nt$",
    "a$",
    "c$",
    "mx$",
    "r$",
    "cn¥",
    "人民币",
    "元",
    "圆",
    "圓",
    "円",
    "원",
    "đ",
    "rm",
    "rs",
    "rs.",
    "ksh",
    "tsh",
    "ush",
    "zł",
    "kr",
    "kr.",
    "kč",
    "kc\u{30c}",
    "ft",
    "lei",
    "лв",
    "лв.",
    "s/",
    "s/.",
];

/// What is a currency in one case or on one side only: `3k` is three thousand, and `3 lak` may be three hundred thousand.
const WRITTEN: &[(&str, Option<Side>)] = &[("K", Some(Side::Before)), ("LAK", None)];

/// The characters of Unicode's category Sc (version 17), less those of a hundredth, a thousandth or another part: `¢` (and
/// the wide one), `₥`, `₰` and `৻`.
pub(super) const fn is_currency_sign(character: char) -> bool {
    is_sign(character) && !matches!(character, '\u{A2}' | '\u{FFE0}' | '\u{20A5}' | '\u{20B0}' | '\u{9FB}')
}

/// The whole category.
pub(super) const fn is_sign(character: char) -> bool {
    matches!(character,
        '$' | '\u{A2}'..='\u{A5}' | '\u{58F}' | '\u{60B}' | '\u{7FE}' | '\u{7FF}' | '\u{9F2}' | '\u{9F3}' | '\u{9FB}'
        | '\u{AF1}' | '\u{BF9}' | '\u{E3F}' | '\u{17DB}' | '\u{20A0}'..='\u{20C1}' | '\u{A838}' | '\u{FDFC}'
        | '\u{FE69}' | '\u{FF04}' | '\u{FFE0}' | '\u{FFE1}' | '\u{FFE5}' | '\u{FFE6}' | '\u{11FDD}'..='\u{11FE0}'
        | '\u{1E2FF}' | '\u{1ECB0}')
}

/// The text without the currency on that side, not trimmed; the longest that fits counts. `None` without any.
///
/// A dot or comma right behind letters (`CHF.500`) may end a short form or begin decimals, so that such a currency is
/// none, unless it is known with its dot (`Rp.500`).
pub(super) fn without(text: &str, side: Side) -> Option<&str> {
    let cut = |sign: &str| match side {
        Side::Before => text.split_at_checked(sign.len()),
        Side::Behind => {
            let (rest, typed) = text.split_at_checked(text.len().checked_sub(sign.len())?)?;
            Some((typed, rest))
        }
    };
    let words = CODES.split(' ').chain(SIGNS.iter().copied()).filter_map(|sign| {
        let (typed, rest) = cut(sign)?;
        same(typed, sign).then_some(rest)
    });
    let written =
        WRITTEN.iter().filter(|(_, only)| only.is_none_or(|only| only == side)).filter_map(|(sign, _)| {
            let (typed, rest) = cut(sign)?;
            (typed == *sign).then_some(rest)
        });
    let sign = match side {
        Side::Before => text.chars().next(),
        Side::Behind => text.chars().next_back(),
    };
    let symbol = sign.filter(|sign| is_currency_sign(*sign)).and_then(|sign| match side {
        Side::Before => text.strip_prefix(sign),
        Side::Behind => text.strip_suffix(sign),
    });
    let rest = words.chain(written).chain(symbol).min_by_key(|rest| rest.len())?;
    let typed = text.get(..text.len() - rest.len()).unwrap_or_default();
    let unclear =
        side == Side::Before && typed.ends_with(char::is_alphabetic) && rest.starts_with(['.', ',']);
    (!unclear).then_some(rest)
}

fn same(typed: &str, sign: &str) -> bool {
    typed.eq_ignore_ascii_case(sign)
        || (!typed.is_ascii() && typed.chars().flat_map(char::to_lowercase).eq(sign.chars()))
}
