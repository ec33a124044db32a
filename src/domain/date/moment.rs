//! Days and times as plain numbers, checked against the calendar.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::domain::cell::Epoch;

/// The years that are taken; anything else is a slip of the keyboard or of the format.
const YEARS: std::ops::RangeInclusive<u16> = 1970..=2100;

/// Days from 1899-12-31 to 1970-01-01: what the serials of the 1900 system count from, the false leap day aside.
const Y1900_TO_UNIX: i64 = 25_568;
/// Days from 1904-01-01 to 1970-01-01.
const Y1904_TO_UNIX: i64 = 24_107;
/// 10000-01-01 in the 1900 system: no spreadsheet has it.
const SERIAL_END: f64 = 2_958_466.0;

/// A day of the calendar, year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// A time of day, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Time {
    hour: u8,
    minute: u8,
    second: u8,
}

/// A day, with the time of day if one was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) day: Day,
    pub(super) time: Option<Time>,
}

/// Why a serial is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SerialFault {
    /// Less than one day: only a time of day.
    TimeOnly(Time),
    /// Serial 60 of the 1900 system, the 29 February 1900 that never was.
    FalseLeapDay,
    /// Negative, infinite, or beyond the last day of a spreadsheet.
    OutOfRange,
}

impl Day {
    /// `None` unless the calendar has this day.
    pub(super) fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(1..=9999).contains(&year) || !(1..=length).contains(&day) {
            return None;
        }
        Some(Self {
            year: u16::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }

    /// Whether the year is one that is taken.
    pub(super) fn in_range(self) -> bool {
        YEARS.contains(&self.year)
    }

    /// Appends `YYYY-MM-DD`.
    pub(super) fn write(self, out: &mut String) {
        two_digits(self.year / 100, out);
        two_digits(self.year % 100, out);
        out.push('-');
        two_digits(self.month.into(), out);
        out.push('-');
        two_digits(self.day.into(), out);
    }

    /// Source: H. Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`: years begin in March, so
    /// that the leap day is the last one, and 400 years are always 146,097 days.
    fn from_unix_days(days: i64) -> Option<Self> {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }
}

impl Time {
    /// `None` unless the clock shows it: no `24:00`, no leap second.
    pub(super) fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        Some(Self {
            hour: u8::try_from(hour).ok()?,
            minute: u8::try_from(minute).ok()?,
            second: u8::try_from(second).ok()?,
        })
    }

    /// Appends `HH:MM:SS`.
    pub(super) fn write(self, out: &mut String) {
        two_digits(self.hour.into(), out);
        out.push(':');
        two_digits(self.minute.into(), out);
        out.push(':');
        two_digits(self.second.into(), out);
    }
}

impl Moment {
    /// Reads exactly `YYYY-MM-DD`, or that with ` HH:MM:SS` or `THH:MM:SS`: what most lists hold, and quickly.
    pub(super) fn from_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (date, clock) = bytes.split_at_checked(10)?;
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else { return None };
        let day = Day::new(pair(y1, y2)? * 100 + pair(y3, y4)?, pair(m1, m2)?, pair(d1, d2)?)?;
        let time = match *clock {
            [] => None,
            [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] => {
                Some(Time::new(pair(h1, h2)?, pair(m1, m2)?, pair(s1, s2)?)?)
            }
            _ => return None,
        };
        Some(Self { day, time })
    }

    /// Reads a serial: whole days since the epoch, the fraction being the time of day.
    pub(super) fn from_serial(serial: f64, epoch: Epoch) -> Result<Self, SerialFault> {
        if !(0.0..SERIAL_END).contains(&serial) {
            return Err(SerialFault::OutOfRange);
        }
        // Rounding to milliseconds undoes the noise of a binary fraction (10:00:00 is stored as 09:59:59.9999998);
        // what is left of a second is then dropped.
        let seconds = (serial * 86_400_000.0).round() as i64 / 1_000;
        let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let of_day = u32::try_from(of_day).unwrap_or(0);
        let time = Time::new(of_day / 3_600, of_day / 60 % 60, of_day % 60).ok_or(SerialFault::OutOfRange)?;
        let unix = match epoch {
            Epoch::Y1900 => match days {
                0 => return Err(SerialFault::TimeOnly(time)),
                60 => return Err(SerialFault::FalseLeapDay),
                ..60 => days - Y1900_TO_UNIX,
                _ => days - Y1900_TO_UNIX - 1,
            },
            Epoch::Y1904 if days == 0 && of_day > 0 => return Err(SerialFault::TimeOnly(time)),
            Epoch::Y1904 => days - Y1904_TO_UNIX,
        };
        let day = Day::from_unix_days(unix).ok_or(SerialFault::OutOfRange)?;
        Ok(Self { day, time: (of_day > 0).then_some(time) })
    }

    /// The same instant on the clocks of `zone`, when this is the time of a place `offset_seconds` ahead of UTC.
    pub(super) fn moved(self, offset_seconds: i32, zone: &TimeZone) -> Option<Self> {
        let time = self.time.unwrap_or_default();
        let narrow = |part: u8| i8::try_from(part).ok();
        let local = DateTime::new(
            i16::try_from(self.day.year).ok()?,
            narrow(self.day.month)?,
            narrow(self.day.day)?,
            narrow(time.hour)?,
            narrow(time.minute)?,
            narrow(time.second)?,
            0,
        )
        .ok()?;
        let instant = Offset::from_seconds(offset_seconds).ok()?.to_timestamp(local).ok()?;
        let there = zone.to_datetime(instant);
        let wide = |part: i8| u32::try_from(part).ok();
        Some(Self {
            day: Day::new(u32::try_from(there.year()).ok()?, wide(there.month())?, wide(there.day())?)?,
            time: Some(Time::new(wide(there.hour())?, wide(there.minute())?, wide(there.second())?)?),
        })
    }

    /// Appends the day, and the time of day unless it is midnight.
    pub(super) fn write_short(self, out: &mut String) {
        self.day.write(out);
        if let Some(time) = self.time.filter(|&time| time != Time::default()) {
            out.push(' ');
            time.write(out);
        }
    }
}

fn pair(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

fn two_digits(number: u16, out: &mut String) {
    let digit = |number: u16| char::from_digit(u32::from(number % 10), 10).unwrap_or('0');
    out.push(digit(number / 10));
    out.push(digit(number));
}
