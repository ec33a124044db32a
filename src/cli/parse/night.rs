//! What only a job that nobody watches asks for: a time to end, and how many rows it expects.

use std::fmt;
use std::time::Duration;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::{FromText, Period, digits, text_values, wants};
use crate::lang::say;

text_values! { [] Deadline, [] ExpectedRows, }

/// When no new task is started any more: some time after the command began (`2h`), or at a time of day (`06:00`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// So long after the command began.
    After(Duration),
    /// When the clock next shows this time, whole minutes.
    At(Time),
}

impl Deadline {
    /// The moment, in milliseconds since 1970, for a command that began at `start`. A time of day counts in `zone`; one that
    /// a change of the clocks leaves out that day is the moment after the gap, as RFC 5545 (section 3.3.5) has it.
    pub fn moment(self, start: i64, zone: &TimeZone) -> i64 {
        let at = match self {
            Self::After(time) => {
                return start.saturating_add(i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
            }
            Self::At(at) => at,
        };
        let next = || {
            let now = Timestamp::from_millisecond(start).ok()?.to_zoned(zone.clone());
            let today = zone.to_zoned(now.date().to_datetime(at)).ok()?;
            if today > now {
                return Some(today);
            }
            zone.to_zoned(now.date().checked_add(1.day()).ok()?.to_datetime(at)).ok()
        };
        // A clock beyond the year 9999 has no next morning.
        next().map_or(i64::MAX, |moment| moment.timestamp().as_millisecond())
    }
}

impl FromText for Deadline {
    fn wanted() -> String {
        say!("value-wants-deadline")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let Some((hour, minute)) = text.split_once(':') else {
            return Period::<1>::from_text(text).map(|Period(time)| Self::After(time)).map_err(|why| {
                // What is no duration at all may have been meant as a time of day.
                if why == wants::<Period<1>>() { wants::<Self>() } else { why }
            });
        };
        let number = |text: &str, width: std::ops::RangeInclusive<usize>| {
            digits(text).filter(|digits| width.contains(&digits.len()))?.parse::<i8>().ok()
        };
        let time = number(hour, 1..=2).zip(number(minute, 2..=2));
        let time = time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
        time.map(Self::At).ok_or_else(wants::<Self>)
    }
}

/// As it is written in the file: `2h`, `06:00`.
impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(time) => Period::<1>(*time).fmt(f),
            Self::At(time) => write!(f, "{:02}:{:02}", time.hour(), time.minute()),
        }
    }
}

/// How many rows a list should have, both ends included: `5000..20000`, `5000..`, `..20000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedRows {
    least: Option<u64>,
    most: Option<u64>,
}

impl ExpectedRows {
    /// Whether so many are expected.
    pub fn contain(self, rows: u64) -> bool {
        self.least.is_none_or(|least| rows >= least) && self.most.is_none_or(|most| rows <= most)
    }
}

impl FromText for ExpectedRows {
    fn wanted() -> String {
        say!("value-wants-rows")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let end = |text: &str| match text.trim() {
            "" => Ok(None),
            text => digits(text).and_then(|text| text.parse().ok()).map(Some).ok_or_else(wants::<Self>),
        };
        // One number is exactly so many.
        let (least, most) = text.split_once("..").unwrap_or((text, text));
        let (least, most): (Option<u64>, Option<u64>) = (end(least)?, end(most)?);
        match (least, most) {
            (None, None) => Err(wants::<Self>()),
            (Some(least), Some(most)) if least > most => Err(say!("value-rows-reversed")),
            _ => Ok(Self { least, most }),
        }
    }
}

/// As it is written in the file.
impl fmt::Display for ExpectedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |end: Option<u64>| end.map(|end| end.to_string()).unwrap_or_default();
        match (self.least, self.most) {
            (Some(least), Some(most)) if least == most => write!(f, "{least}"),
            (least, most) => write!(f, "{}..{}", end(least), end(most)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_a_duration_or_a_time_of_day() {
        for (text, shown) in
            [("2h", "2h"), ("90m", "1h30m"), ("06:00", "06:00"), ("6:00", "06:00"), (" 23:59 ", "23:59")]
        {
            let deadline = Deadline::from_text(text).unwrap();
            assert_eq!(deadline.to_string(), shown);
            assert_eq!(Deadline::from_text(shown), Ok(deadline));
        }
        let wanted = "wants a duration such as 2h, or a time of day such as 06:00";
        for (text, why) in [
            ("", wanted),
            ("24:00", wanted),
            ("6:0", wanted),
            ("06:60", wanted),
            ("06:00:00", wanted),
            ("-1:00", wanted),
            ("6am", wanted),
            (":30", wanted),
            ("tomorrow", wanted),
            ("0", "must be longer than nothing"),
            ("6", "needs its unit: 6s, 6m or 6h"),
        ] {
            assert_eq!(Deadline::from_text(text).unwrap_err(), why, "{text:?}");
        }
    }

    #[test]
    fn a_time_of_day_is_the_next_one_in_its_zone() {
        let moment = |start: &str, at: &str, zone: &str| {
            let start = start.parse::<Timestamp>().unwrap().as_millisecond();
            let zone = TimeZone::get(zone).unwrap();
            let moment = Deadline::from_text(at).unwrap().moment(start, &zone);
            Timestamp::from_millisecond(moment).unwrap().to_string()
        };
        for (start, at, zone, want) in [
            ("2026-04-15T18:30:00Z", "06:00", "Asia/Jakarta", "2026-04-15T23:00:00Z"), // 01:30 there
            ("2026-04-15T23:00:00Z", "06:00", "Asia/Jakarta", "2026-04-16T23:00:00Z"), // just now is not next
            ("2026-04-15T23:30:00Z", "06:00", "Asia/Jakarta", "2026-04-16T23:00:00Z"),
            ("2026-04-15T18:30:00Z", "06:00", "UTC", "2026-04-16T06:00:00Z"),
            ("2026-04-15T18:30:00Z", "2h", "UTC", "2026-04-15T20:30:00Z"),
            ("2026-03-29T00:00:00Z", "02:30", "Europe/Berlin", "2026-03-29T01:30:00Z"), // left out that night
            ("2026-10-24T23:00:00Z", "02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"), // there twice: the first
        ] {
            assert_eq!(moment(start, at, zone), want, "{start} {at} {zone}");
        }
        assert_eq!(Deadline::After(Duration::MAX).moment(5, &TimeZone::UTC), i64::MAX);
    }

    #[test]
    fn expected_rows_are_a_number_or_have_one_end_or_two() {
        for (text, inside, outside) in [
            ("5..7", [5, 7], [4, 8]),
            ("5..", [5, u64::MAX], [4, 0]),
            ("..7", [0, 7], [8, u64::MAX]),
            ("0..0", [0, 0], [1, 2]),
            ("5", [5, 5], [4, 6]),
        ] {
            let rows = ExpectedRows::from_text(text).unwrap();
            assert_eq!(ExpectedRows::from_text(&rows.to_string()), Ok(rows), "{text}");
            assert!(inside.iter().all(|count| rows.contain(*count)), "{text}");
            assert!(!outside.iter().any(|count| rows.contain(*count)), "{text}");
        }
        let wanted = "wants how many rows are expected, such as 412, 5000..20000, 5000.. or ..20000";
        for (text, why) in [
            ("", wanted),
            ("..", wanted),
            ("5...7", wanted),
            ("a..b", wanted),
            ("-1..2", wanted),
            ("5..99999999999999999999", wanted),
            ("7..5", "has its greater end first"),
        ] {
            assert_eq!(ExpectedRows::from_text(text).unwrap_err(), why, "{text:?}");
        }
    }
}
