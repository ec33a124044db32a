//! What is known of the numbers of each country: libphonenumber's data.
//!
//! Its parser is not used: it would strip and rewrite digits on its own. Numbers are given to it taken apart.

use std::fmt;
use std::sync::LazyLock;

use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberType, Region};

use super::flaw::PhoneFlaw;

/// Where a phone belongs, shown as `ID +62`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country {
    /// Without `+`: 62.
    pub calling_code: u16,
    /// ISO 3166 letters; `None` for the codes of no country (satellite phones and the like).
    pub region: Option<[u8; 2]>,
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(letters) = &self.region {
            write!(f, "{} ", std::str::from_utf8(letters).unwrap_or("??"))?;
        }
        write!(f, "+{}", self.calling_code)
    }
}

/// What is asked of a calling code for every phone, looked up once.
#[derive(Debug, Clone, Copy)]
struct Plan {
    /// The country, or the main one of those that share the code.
    main: Region,
    shared: bool,
    /// Bit `n` is set when a national number may have `n` digits.
    lengths: u32,
    mobile_lengths: u32,
}

/// A phone has at most 15 digits, its country code included.
const MOST_NATIONAL_DIGITS: u32 = 14;

/// By calling code; none has more than three digits, and none begins another one.
static PLANS: LazyLock<Vec<Option<Plan>>> = LazyLock::new(|| {
    let mut plans = vec![None; 1000];
    for code in PHONE_NUMBER_UTIL.get_supported_calling_codes() {
        if let Some(slot) = usize::try_from(code).ok().and_then(|index| plans.get_mut(index)) {
            *slot = plan(code);
        }
    }
    plans
});

fn plan(code: i32) -> Option<Plan> {
    let mut regions = PHONE_NUMBER_UTIL.get_regions_for_country_calling_code(code)?;
    let main = regions.next()?;
    let lengths = |kind: PhoneNumberType| {
        let has = |length: &u32| {
            let number = PhoneNumber {
                country_code: code,
                national_number: 10_u64.pow(length - 1),
                ..PhoneNumber::default()
            };
            PHONE_NUMBER_UTIL.is_possible_number_for_type_with_reason(&number, kind)
                == Ok(NumberLengthType::IsPossible)
        };
        (1..=MOST_NATIONAL_DIGITS).filter(has).fold(0, |mask, length| mask | 1 << length)
    };
    Some(Plan {
        main,
        shared: regions.next().is_some(),
        lengths: lengths(PhoneNumberType::Unknown),
        mobile_lengths: lengths(PhoneNumberType::Mobile),
    })
}

/// A number taken apart.
struct Parts<'a> {
    code: &'a str,
    national: &'a str,
    plan: Plan,
}

fn parts(digits: &str) -> Option<Parts<'_>> {
    let (code, national) = calling_code(digits)?;
    Some(Parts { code, national, plan: plan_of(code)? })
}

fn plan_of(code: &str) -> Option<Plan> {
    PLANS.get(code.parse::<usize>().ok()?).copied().flatten()
}

/// Splits digits behind their calling code; `None` if there is no such code.
pub(super) fn calling_code(digits: &str) -> Option<(&str, &str)> {
    if digits.starts_with('0') {
        return None;
    }
    (1..=3).filter_map(|length| digits.split_at_checked(length)).find(|(code, _)| plan_of(code).is_some())
}

impl Parts<'_> {
    fn number(&self) -> Option<PhoneNumber> {
        // "Italian" is libphonenumber's word for a zero that belongs to the number; a last one is no leading one.
        let zeros = self.national.bytes().take_while(|&byte| byte == b'0').count();
        let zeros = zeros.min(self.national.len().saturating_sub(1));
        Some(PhoneNumber {
            country_code: self.code.parse().ok()?,
            national_number: self.national.parse().ok()?,
            italian_leading_zero: (zeros > 0).then_some(true),
            number_of_leading_zeros: i32::try_from(zeros).ok().filter(|&zeros| zeros > 1),
            ..Default::default()
        })
    }

    fn length_fits(&self, lengths: u32) -> bool {
        u32::try_from(self.national.len())
            .ok()
            .and_then(|length| lengths.checked_shr(length))
            .is_some_and(|bits| bits & 1 == 1)
    }

    /// The country whose numbering plan has this number, `None` if none has.
    fn region(&self) -> Option<Region> {
        if !self.plan.shared {
            return Some(self.plan.main);
        }
        PHONE_NUMBER_UTIL.get_region_for_number(&self.number()?)
    }
}

/// Says why this is not a phone of possible length for its country.
pub(super) fn check(digits: &str) -> Result<(), PhoneFlaw> {
    if !(8..=15).contains(&digits.len()) {
        return Err(PhoneFlaw::Length { digits: u8::try_from(digits.len()).unwrap_or(u8::MAX) });
    }
    let parts = parts(digits).ok_or(PhoneFlaw::UnknownCountry)?;
    if parts.length_fits(parts.plan.lengths) {
        return Ok(());
    }
    let country = country(parts.code, parts.plan.main).ok_or(PhoneFlaw::UnknownCountry)?;
    Err(PhoneFlaw::CountryLength { country: country.to_string().into() })
}

/// Whether the digits, country code first, are of possible length for their country. Lengths that can only be dialled
/// inside one town do not count: with a country code they reach nobody.
pub fn is_possible(digits: &str) -> bool {
    check(digits).is_ok()
}

/// Whether the digits, country code first, are a number that its country has given out, as far as is known.
pub fn is_valid(digits: &str) -> bool {
    let Some(parts) = parts(digits) else { return false };
    parts.length_fits(parts.plan.lengths)
        && parts.number().is_some_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number))
}

/// Whether the digits, country code first, are a valid mobile number.
pub(super) fn is_mobile(digits: &str) -> bool {
    let Some(parts) = parts(digits).filter(|parts| parts.length_fits(parts.plan.mobile_lengths)) else {
        return false;
    };
    parts.number().is_some_and(|number| {
        let kind = PHONE_NUMBER_UTIL.get_number_type(&number);
        matches!(kind, PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile)
    })
}

/// Whether a trunk zero follows the country code (`62|0|812…`): in Italy, zeros belong to the numbers.
pub(super) fn has_trunk_zero(digits: &str) -> bool {
    let Some(parts) = parts(digits).filter(|parts| parts.national.starts_with('0')) else { return false };
    // Whether a zero is dialled but no part of the number shows on a number that is surely right.
    let Ok(example) = PHONE_NUMBER_UTIL.get_example_number(parts.plan.main) else { return false };
    let with_zero = format!("+{}0{}", parts.code, example.national_number);
    let parsed = PHONE_NUMBER_UTIL.parse(&with_zero, None);
    !example.italian_leading_zero() && parsed.is_ok_and(|parsed| parsed == example)
}

/// The country of a phone, country code first. Where several share the code (`+1`) and none has this number, it is the
/// main one. `None` if the code does not exist.
pub fn country_of(digits: &str) -> Option<Country> {
    let parts = parts(digits)?;
    country(parts.code, parts.region().unwrap_or(parts.plan.main))
}

fn country(code: &str, region: Region) -> Option<Country> {
    let region = (region != Region::World).then(|| (region as u16).to_be_bytes());
    Some(Country { calling_code: code.parse().ok()?, region })
}
