//! The values that only the sandbox has.

use jiff::SignedDuration;
use jiff::tz::Offset;

use super::{FromText, Period, digits, text_values, wants};
use crate::lang::say;

text_values! { [] Share, [] RedirectStatus, [] OffsetZone, [] Ahead, }

/// A probability, or a share of a whole: `0`, `0.05`, `1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(pub f64);

impl FromText for Share {
    const FRACTION: bool = true;

    fn wanted() -> String {
        say!("value-wants-probability")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let share = text.trim().parse().ok().filter(|share| (0.0..=1.0).contains(share));
        share.map(Self).ok_or_else(wants::<Self>)
    }
}

/// The status of a redirect, 300 to 399.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedirectStatus(pub u16);

impl FromText for RedirectStatus {
    fn wanted() -> String {
        say!("value-wants-redirect")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let status = digits(text.trim()).and_then(|digits| digits.parse().ok());
        status.filter(|status| (300..=399).contains(status)).map(Self).ok_or_else(wants::<Self>)
    }
}

/// A zone by its distance from UTC: `+08:00`, `-0330`; -12:00 to +14:00 in quarter hours, as zones are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffsetZone(pub Offset);

impl FromText for OffsetZone {
    fn wanted() -> String {
        say!("value-wants-offset")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let seconds = || {
            let text = text.trim();
            let (sign, rest) = match text.strip_prefix('-') {
                Some(rest) => (-1, rest),
                None => (1, text.strip_prefix('+')?),
            };
            let (hours, minutes) = rest.split_at_checked(2)?;
            let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
            let two = |text| digits(text).filter(|text| text.len() == 2)?.parse::<i32>().ok();
            let (hours, minutes) = (two(hours)?, two(minutes)?);
            let ahead = sign * (hours * 60 + minutes);
            let is_zone = minutes < 60 && minutes % 15 == 0 && (-12 * 60..=14 * 60).contains(&ahead);
            is_zone.then_some(ahead * 60)
        };
        seconds().and_then(|seconds| Offset::from_seconds(seconds).ok()).map(Self).ok_or_else(wants::<Self>)
    }
}

/// How far a clock is ahead, or with `-` behind: `90s`, `+90s`, `-26h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead(pub SignedDuration);

impl FromText for Ahead {
    fn wanted() -> String {
        say!("value-wants-ahead")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (is_behind, period) = match text.strip_prefix('-') {
            Some(period) => (true, period),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let Period(period) = Period::<0>::from_text(period)?;
        let ahead = SignedDuration::try_from(period).map_err(|_| wants::<Self>())?;
        Ok(Self(if is_behind { -ahead } else { ahead }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_from_0_to_1() {
        for (text, want) in [
            ("0", Some(0.0)),
            ("1", Some(1.0)),
            ("0.05", Some(0.05)),
            (" .5 ", Some(0.5)),
            ("1.0", Some(1.0)),
        ] {
            assert_eq!(Share::from_text(text).ok().map(|share| share.0), want, "{text:?}");
        }
        for text in ["", "1.01", "-0.1", "5%", "0,5", "NaN", "inf", "half"] {
            let message = Share::from_text(text).unwrap_err();
            assert_eq!(message, "wants a probability from 0 to 1, such as 0.05", "{text:?}");
        }
    }

    #[test]
    fn redirects_are_3xx() {
        for (text, want) in
            [("302", Some(302)), ("307", Some(307)), ("200", None), ("400", None), ("+302", None), ("", None)]
        {
            assert_eq!(RedirectStatus::from_text(text).ok().map(|status| status.0), want, "{text:?}");
        }
    }

    #[test]
    fn zones_by_their_distance() {
        for (text, minutes) in [
            ("+08:00", 480),
            ("+0800", 480),
            ("-12:00", -720),
            ("+14:00", 840),
            ("+05:45", 345),
            ("-03:30", -210),
            ("+00:00", 0),
            ("-00:00", 0),
        ] {
            assert_eq!(OffsetZone::from_text(text).unwrap().0.seconds(), minutes * 60, "{text:?}");
        }
        for text in [
            "",
            "08:00",
            "+8:00",
            "+08",
            "+08:10",
            "+08:60",
            "+14:15",
            "-12:15",
            "+08:0é",
            "é08:00",
            "Asia/Jakarta",
            "Z",
        ] {
            assert!(OffsetZone::from_text(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn clocks_are_ahead_or_behind() {
        for (text, seconds) in [("90s", 90), ("+90s", 90), ("-26h", -93_600), ("0", 0), ("-1m30s", -90)] {
            assert_eq!(Ahead::from_text(text).unwrap().0.as_secs(), seconds, "{text:?}");
        }
        for text in ["", "-", "--1s", "+-1s", "5", "1w", "-40000d"] {
            assert!(Ahead::from_text(text).is_err(), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_a_parser(text in r"(\PC|[0-9:+.smh-]){0,12}") {
            let _ = (Share::from_text(&text), RedirectStatus::from_text(&text));
            let _ = (OffsetZone::from_text(&text), Ahead::from_text(&text));
        }
    }
}
