//! Amounts as people type them.

use super::currency::{Side, is_sign, without};
use super::flaw::AmountFlaw;
use crate::domain::rules::DecimalSeparator;

/// The most digits that exact decimal arithmetic holds in every case (it has 96 bits).
const MOST_DIGITS: usize = 28;

/// Whether the text stands as it will be sent: what systems export, and so nearly every amount of a long list.
pub(super) fn is_final(text: &str, separator: Option<DecimalSeparator>) -> bool {
    let bytes = text.as_bytes();
    let whole = match bytes {
        [whole @ .., b'.', b'0'..=b'9', b'0'..=b'9'] if separator != Some(DecimalSeparator::Comma) => whole,
        whole => whole,
    };
    matches!(whole, [b'1'..=b'9', rest @ ..] if rest.len() < 15 && rest.iter().all(u8::is_ascii_digit))
}

/// Reads text that has been made plain. `out` is only written when there is no flaw.
pub(super) fn read(
    text: &str,
    separator: Option<DecimalSeparator>,
    out: &mut String,
) -> Result<(), AmountFlaw> {
    if text.is_empty() {
        return Ok(());
    }
    let parts = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        Parts { whole: text, decimals: None }
    } else {
        split(bare(text)?, separator)?
    };
    let Parts { whole, decimals } = parts;
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let significant = digits(whole.trim_start_matches(|character: char| !matches!(character, '1'..='9')));
    if significant + decimals.map_or(0, str::len) > MOST_DIGITS {
        return Err(AmountFlaw::TooLarge);
    }
    let start = out.len();
    if whole.len() == digits(whole) {
        out.push_str(whole.trim_start_matches('0'));
    } else {
        out.extend(whole.chars().filter(char::is_ascii_digit).skip_while(|&digit| digit == '0'));
    }
    if out.len() == start {
        out.push('0');
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    Ok(())
}

/// An amount taken apart: digits with their grouping, and digits only.
struct Parts<'a> {
    whole: &'a str,
    decimals: Option<&'a str>,
}

/// What is left without a currency before or behind it, and without a plus sign.
fn bare(text: &str) -> Result<&str, AmountFlaw> {
    let mut rest = text;
    let (mut plus, mut currency) = (false, false);
    while !rest.starts_with(|first: char| first.is_ascii_digit()) {
        if !plus && let Some(after) = rest.strip_prefix('+') {
            (plus, rest) = (true, after.trim_start());
        } else if !currency && let Some(after) = without(rest, Side::Before) {
            (currency, rest) = (true, after.trim_start());
        } else {
            break;
        }
    }
    if !rest.ends_with(|last: char| last.is_ascii_digit())
        && let Some(before) = without(rest, Side::Behind)
    {
        rest = before.trim_end();
    }
    let core = rest.strip_suffix('-').filter(|before| before.ends_with(',')).unwrap_or(rest);
    if core.bytes().all(is_of_a_number) {
        // `Rp3.000,-`: the dash stands for no cents; the comma stays for `split` to judge.
        return if core.is_empty() { Err(AmountFlaw::NotAnAmount) } else { Ok(rest) };
    }
    Err(refusal(rest))
}

const fn is_of_a_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'.' | b',' | b' ' | b'\'')
}

/// Says what kind of thing stands there instead of an amount.
fn refusal(text: &str) -> AmountFlaw {
    let number = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let bracketed = text.starts_with('(') && text.ends_with(')');
    if !number(text) {
        AmountFlaw::NotAnAmount
    } else if text.starts_with('-') || text.ends_with('-') || bracketed {
        AmountFlaw::Negative
    } else if text.ends_with('%') || text.ends_with('‰') {
        AmountFlaw::Percent
    } else if text.split_once(['e', 'E']).is_some_and(|(before, after)| {
        number(before) && after.trim_start_matches(['+', '-']).bytes().all(|byte| byte.is_ascii_digit())
    }) {
        AmountFlaw::Exponent
    } else {
        match beside(text) {
            Some(words) => AmountFlaw::Unknown { text: words.into() },
            None => AmountFlaw::NotAnAmount,
        }
    }
}

/// So many characters beside a number may be a unit; more of them are a sentence.
const LONGEST_UNIT: usize = 20;

/// The letters or signs of money before or behind what is else a number.
fn beside(text: &str) -> Option<&str> {
    let is_digit = |character: char| character.is_ascii_digit();
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    let (before, number, behind) = (text.get(..first)?, text.get(first..=last)?, text.get(last + 1..)?);
    let is_word = |text: &&str| text.contains(|it: char| it.is_alphabetic() || is_sign(it));
    let word = [before.trim(), behind.trim()].into_iter().find(is_word)?;
    // A letter typed for a digit is nothing to be taken away.
    let is_typo = matches!(word, "O" | "o" | "I" | "l" | "S" | "B");
    (number.bytes().all(is_of_a_number) && !is_typo && word.chars().count() <= LONGEST_UNIT).then_some(word)
}

/// Finds the decimals; whatever else stands between the digits must group them by three.
fn split(text: &str, separator: Option<DecimalSeparator>) -> Result<Parts<'_>, AmountFlaw> {
    let (text, no_cents) = match text.strip_suffix(",-") {
        Some(before) => (before, true),
        None => (text, false),
    };
    let count = |mark: char| text.matches(mark).count();
    let (dots, commas, other) = (count('.'), count(','), count(' ') + count('\''));
    let given = separator.map(|separator| match separator {
        DecimalSeparator::Dot => '.',
        DecimalSeparator::Comma => ',',
    });

    let decimal = if no_cents {
        if commas > 0 {
            return Err(AmountFlaw::NotAnAmount);
        }
        if given == Some('.') {
            return Err(AmountFlaw::OtherSeparator);
        }
        None
    } else {
        match (dots, commas) {
            (0, 0) => None,
            (1.., 1..) => text.chars().rfind(|mark| matches!(mark, '.' | ',')),
            (1, 0) | (0, 1) => {
                let mark = if dots == 1 { '.' } else { ',' };
                lone_mark(text, mark, other > 0, given)?
            }
            (_, 0) | (0, _) => None,
        }
    };
    if let (Some(decimal), Some(given)) = (decimal, given)
        && decimal != given
    {
        return Err(AmountFlaw::OtherSeparator);
    }
    let (whole, decimals) = match decimal.and_then(|mark| text.split_once(mark)) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    if decimals.is_some_and(|text| text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(AmountFlaw::NotAnAmount);
    }
    // `.50` is half of one; `,-` alone is nothing.
    if !(whole.is_empty() && decimals.is_some()) {
        check_groups(whole, given)?;
    }
    Ok(Parts { whole, decimals })
}

/// What a single dot or comma is: `Some` when it stands before decimals, `None` when it groups.
fn lone_mark(text: &str, mark: char, grouped: bool, given: Option<char>) -> Result<Option<char>, AmountFlaw> {
    let (before, after) = text.split_once(mark).unwrap_or((text, ""));
    if grouped {
        return Ok(Some(mark)); // something else groups already
    }
    let may_group = (1..=3).contains(&before.len()) && before != "0" && after.len() == 3;
    match given {
        Some(given) if given == mark => Ok(Some(mark)),
        Some(_) if may_group => Ok(None),
        Some(_) => Err(AmountFlaw::OtherSeparator),
        None if may_group => Err(AmountFlaw::Ambiguous),
        None => Ok(Some(mark)),
    }
}

/// Digits alone, or one to three of them and then groups of three, all behind the same mark, which is not the given
/// decimal separator. A first group of zeros groups nothing.
fn check_groups(whole: &str, given: Option<char>) -> Result<(), AmountFlaw> {
    let Some(mark) = whole.chars().find(|character| !character.is_ascii_digit()) else {
        return if whole.is_empty() { Err(AmountFlaw::NotAnAmount) } else { Ok(()) };
    };
    if Some(mark) == given {
        return Err(AmountFlaw::OtherSeparator);
    }
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or("");
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first_is_fine =
        (1..=3).contains(&first.len()) && digits(first) && first.contains(|digit| digit != '0');
    if first_is_fine && groups.all(|group| group.len() == 3 && digits(group)) {
        Ok(())
    } else {
        Err(AmountFlaw::Grouping)
    }
}
