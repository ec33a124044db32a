//! How people and exports write a phone: down to its digits, and whether a `+` stood before them.

use super::country::calling_code;
use super::digits::Digits;
use super::flaw::PhoneFlaw;

/// A phone as it was typed, without what is only there for the eye.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    pub(super) digits: Digits,
    pub(super) plus: bool,
}

/// From so many digits on, a run of them may be a phone of its own.
const PHONE_LIKE: usize = 7;

/// Reads text that has been made plain; `None` if it is blank.
pub(super) fn read(text: &str) -> Result<Option<Spelling>, PhoneFlaw> {
    if text.is_empty() {
        return Ok(None);
    }
    if is_digits(text) {
        return Ok(Some(Spelling { digits: Digits::of(&[text])?, plus: false }));
    }
    if let Some(result) = scientific(text) {
        return result.map(Some);
    }
    separated(without_decimals(text)?).map(Some)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `6.281512341234E+12`, as spreadsheets write long numbers into CSV: taken only when no digit is missing.
/// `None` when the text is something else.
fn scientific(text: &str) -> Option<Result<Spelling, PhoneFlaw>> {
    let (unsigned, plus) = match text.strip_prefix('+') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E'])?;
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    if whole.is_empty()
        || exponent.is_empty()
        || !is_digits(whole)
        || !is_digits(decimals)
        || !is_digits(exponent)
    {
        return None;
    }
    let Ok(exponent) = exponent.parse::<usize>() else { return Some(Err(PhoneFlaw::NotAPhone)) };
    Some(match decimals.split_at_checked(exponent) {
        None => Err(PhoneFlaw::LossyNumber),
        Some((_, rest)) if rest.contains(|digit| digit != '0') => Err(PhoneFlaw::Fraction),
        Some((moved, _)) => Digits::of(&[whole, moved]).map(|digits| Spelling { digits, plus }),
    })
}

/// Takes away the `.0` or `.00` that exports put behind the digits of a number, and refuses other decimals.
///
/// A dot may as well be a separator (`0812.3456.7890`). Where it is not clear whether the digits behind the last one
/// belong to the phone, it is refused.
fn without_decimals(text: &str) -> Result<&str, PhoneFlaw> {
    let Some((before, tail)) = text.rsplit_once('.') else { return Ok(text) };
    if tail.is_empty() || !is_digits(tail) {
        return Ok(text);
    }
    let number = before.strip_prefix('+').unwrap_or(before);
    let (is_number, zeros) = (is_digits(number), tail.bytes().all(|byte| byte == b'0'));
    match tail.len() {
        1 | 2 if zeros && is_number => Ok(before),
        1 | 2 if zeros => Err(PhoneFlaw::ZeroTail),
        _ if zeros && is_number => Err(PhoneFlaw::ZeroTail),
        1 => Err(PhoneFlaw::Fraction),
        2 if is_number => Err(PhoneFlaw::Fraction),
        // Eight digits are a whole phone already.
        _ if is_number && number.len() >= 8 => Err(PhoneFlaw::Fraction),
        _ => Ok(text),
    }
}

/// Digits between spaces, `-`, `.`, `'` and brackets, perhaps with a `+` in front and a trunk `(0)` behind the code.
fn separated(text: &str) -> Result<Spelling, PhoneFlaw> {
    let mut digits = Digits::default();
    let mut plus = false;
    // Where the current run of digits began, and how long the ones before it are, the last one first.
    let mut run = 0;
    let mut before = [0; 2];
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or("");
        match character {
            '0'..='9' => digits.push(character as u8)?,
            '+' if digits.as_str().is_empty() && !plus => plus = true,
            '(' if !digits.as_str().is_empty() && trunk_end(after).is_some() => {
                if !is_code(digits.as_str(), plus) {
                    return Err(PhoneFlaw::NotAPhone);
                }
                rest = trunk_end(after).unwrap_or("");
                run = digits.as_str().len();
                continue;
            }
            ' ' | '-' | '.' | '\'' | '(' | ')' => {
                second_phone(&digits, run)?;
                let length = digits.as_str().len() - run;
                if length > 0 {
                    before = [length, before[0]];
                }
                run = digits.as_str().len();
            }
            _ if digits.as_str().is_empty() => return Err(PhoneFlaw::NotAPhone),
            // Only beside digits: `(Budi)` begins with a letter too.
            'O' | 'o' | 'I' | 'l' | 'S' | 'B'
                if after.trim_start_matches(['O', 'o']).starts_with(|c: char| c.is_ascii_digit()) =>
            {
                return Err(PhoneFlaw::Letter);
            }
            _ => return Err(interruption(&digits, after)),
        }
        rest = after;
    }
    second_phone(&digits, run)?;
    let [last, long] = match digits.as_str().len() - run {
        0 => before,
        length => [length, before[0]],
    };
    // `081234567890 (1)`: nobody writes a whole phone in one piece and then its last digit.
    if last <= 2 && long >= PHONE_LIKE {
        return Err(PhoneFlaw::Extension);
    }
    if digits.as_str().is_empty() { Err(PhoneFlaw::NotAPhone) } else { Ok(Spelling { digits, plus }) }
}

/// What follows the bracket of a `(0)`.
fn trunk_end(after: &str) -> Option<&str> {
    after.trim_start_matches(' ').strip_prefix('0')?.trim_start_matches(' ').strip_prefix(')')
}

/// Whether the digits so far are exactly a country code: a trunk zero can stand nowhere else.
fn is_code(digits: &str, plus: bool) -> bool {
    let code = if plus { digits } else { digits.strip_prefix("00").unwrap_or(digits) };
    calling_code(code).is_some_and(|(code, national)| !code.is_empty() && national.is_empty())
}

/// `08123456 08123457`: two long runs are two phones when the second begins with a zero, or both are too long for one.
fn second_phone(digits: &Digits, run: usize) -> Result<(), PhoneFlaw> {
    let current = digits.as_str().get(run..).unwrap_or("");
    let both_long = run >= PHONE_LIKE && current.len() >= PHONE_LIKE;
    if both_long && (current.starts_with('0') || digits.as_str().len() > 15) {
        return Err(PhoneFlaw::TwoPhones);
    }
    Ok(())
}

/// What something unexpected after the first digits means.
fn interruption(digits: &Digits, after: &str) -> PhoneFlaw {
    let more = after.bytes().filter(u8::is_ascii_digit).count();
    match (digits.as_str().len(), more) {
        (PHONE_LIKE.., PHONE_LIKE..) => PhoneFlaw::TwoPhones,
        (PHONE_LIKE.., 1..) => PhoneFlaw::Extension,
        _ => PhoneFlaw::NotAPhone,
    }
}
