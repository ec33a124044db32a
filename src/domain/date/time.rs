//! The time of day behind a day, and the zone behind the time.

use super::cursor::Cursor;
use super::flaw::DateFlaw;
use super::moment::Time;

/// A time of day, with its distance from UTC where the text names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: Time,
    /// Seconds ahead of UTC.
    pub(super) offset_seconds: Option<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Reads the rest of the text after the day, which is nothing or a time of day with or without a zone.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Result<Option<Clock>, DateFlaw> {
    cursor.take(",");
    cursor.spaces();
    if cursor.at_end() {
        return Ok(None);
    }
    let iso = cursor.take("T") || cursor.take("t");
    let half_before = half(cursor);
    cursor.spaces();
    let (hour, minute, second) = numbers(cursor, iso)?;
    let half = half_before.or_else(|| {
        let mut probe = *cursor;
        probe.spaces();
        half(&mut probe).inspect(|_| *cursor = probe)
    });
    let hour = match half {
        // `13:45 PM` and `00:15 AM` come from systems that write both clocks at once.
        Some(Half::Morning) if hour == 12 => 0,
        Some(Half::Morning) if hour > 12 => return Err(DateFlaw::BadTime),
        Some(Half::Afternoon) if hour == 0 => return Err(DateFlaw::BadTime),
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        None if minute.is_none() => return Err(DateFlaw::BadTime), // `2026-04-05 10` may be anything
        _ => hour,
    };
    let time = Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0)).ok_or(DateFlaw::BadTime)?;
    cursor.spaces();
    let offset_seconds = if cursor.at_end() { None } else { Some(offset(cursor)?) };
    cursor.spaces();
    if cursor.at_end() { Ok(Some(Clock { time, offset_seconds })) } else { Err(DateFlaw::NotADate) }
}

/// `14:30`, `14.30.15`, `14:30:15.123`, `14时30分15秒`, `2` (for `2 PM`), and `1430` or `143015` after a `T`.
fn numbers(cursor: &mut Cursor<'_>, iso: bool) -> Result<(u32, Option<u32>, Option<u32>), DateFlaw> {
    let hour = cursor.number().ok_or(DateFlaw::NotADate)?;
    match hour.width {
        1 | 2 => {}
        4 if iso => return Ok((hour.value / 100, Some(hour.value % 100), None)),
        6 if iso => return Ok((hour.value / 10_000, Some(hour.value / 100 % 100), Some(hour.value % 100))),
        _ => return Err(DateFlaw::NotADate),
    }
    if cursor.take_any(&['时', '時', '点', '點']).is_some() {
        let mut part = |sign: char| {
            let number = cursor.number()?;
            cursor.take_any(&[sign]);
            Some(number.value)
        };
        let minute = part('分');
        let second = minute.and_then(|_| part('秒'));
        return Ok((hour.value, minute.or(Some(0)), second));
    }
    let Some(mark) = cursor.take_any(&[':', '.']) else { return Ok((hour.value, None, None)) };
    let two = |cursor: &mut Cursor<'_>| {
        cursor.number().filter(|number| number.width == 2).map(|number| number.value).ok_or(DateFlaw::BadTime)
    };
    let minute = two(cursor)?;
    if cursor.take_any(&[mark]).is_none() {
        return Ok((hour.value, Some(minute), None));
    }
    let second = two(cursor)?;
    if cursor.take_any(&['.', ',']).is_some() {
        cursor.number().ok_or(DateFlaw::BadTime)?; // a fraction of the second: dropped
    }
    Ok((hour.value, Some(minute), Some(second)))
}

/// `AM`, `p.m.`, `上午`, `下午`.
fn half(cursor: &mut Cursor<'_>) -> Option<Half> {
    if cursor.take("上午") {
        return Some(Half::Morning);
    }
    if cursor.take("下午") {
        return Some(Half::Afternoon);
    }
    let mut probe = *cursor;
    let word = probe.word()?;
    let is = |word: &str, wanted: &str| word.eq_ignore_ascii_case(wanted);
    let dotted = word.len() == 1 && probe.take(".") && probe.word().is_some_and(|second| is(second, "m"));
    if dotted {
        probe.take(".");
    }
    let half = match word {
        _ if is(word, "am") || dotted && is(word, "a") => Half::Morning,
        _ if is(word, "pm") || dotted && is(word, "p") => Half::Afternoon,
        _ => return None,
    };
    *cursor = probe;
    Some(half)
}

/// `Z`, `UTC`, `+07:00`, `+0700`, `-03`, `GMT+7`, and the three zones of Indonesia.
fn offset(cursor: &mut Cursor<'_>) -> Result<i32, DateFlaw> {
    let named = match cursor.word() {
        None => false,
        Some(word) => match word.to_ascii_uppercase().as_str() {
            "Z" => return Ok(0),
            "WIB" => return Ok(7 * 3_600),
            "WITA" => return Ok(8 * 3_600),
            "WIT" => return Ok(9 * 3_600),
            "UTC" | "GMT" => true,
            _ => return Err(DateFlaw::NotADate),
        },
    };
    let sign = match cursor.take_any(&['+', '-']) {
        Some('-') => -1,
        Some(_) => 1,
        None if named => return Ok(0),
        None => return Err(DateFlaw::NotADate),
    };
    let number = cursor.number().ok_or(DateFlaw::NotADate)?;
    let (hours, minutes) = match number.width {
        1 if named => (number.value, 0),
        2 if cursor.take(":") => {
            let minutes = cursor.number().filter(|minutes| minutes.width == 2).ok_or(DateFlaw::NotADate)?;
            (number.value, minutes.value)
        }
        2 => (number.value, 0),
        4 => (number.value / 100, number.value % 100),
        _ => return Err(DateFlaw::NotADate),
    };
    // No place on earth is further from UTC than 14 hours.
    if hours > 14 || minutes > 59 {
        return Err(DateFlaw::BadTime);
    }
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).map_err(|_| DateFlaw::BadTime)?;
    Ok(sign * seconds)
}
