//! Durations, rates and time zones.

use std::num::NonZeroU32;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::{FromText, did_you_mean, digits, nearest, text_values, wants};
use crate::lang::say;
use crate::upload::pace::Rate;

text_values! { [const LEAST_MILLIS: u64] Period<LEAST_MILLIS>, [] Rate, [] Zone, }

/// A duration of at least `LEAST_MILLIS`: `60s`, `1m30s`, `20h`, `2d`, `500ms`, or a bare `0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period<const LEAST_MILLIS: u64>(pub Duration);

/// The units, greatest first, with their milliseconds.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

/// 100 years. Longer ones only serve to overflow a clock.
const LONGEST_MILLIS: u64 = 36_500 * 86_400_000;

impl<const LEAST_MILLIS: u64> FromText for Period<LEAST_MILLIS> {
    fn wanted() -> String {
        say!("value-wants-duration")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let millis = if text == "0" { Some(0) } else { millis(text) };
        let millis = millis.ok_or_else(|| match digits(text) {
            Some(_) => needs_unit(["s", "m", "h"].map(|unit| format!("{text}{unit}"))),
            None => wants::<Self>(),
        })?;
        match millis {
            _ if millis > LONGEST_MILLIS => Err(say!("value-duration-too-long")),
            _ if millis < LEAST_MILLIS && LEAST_MILLIS == 1 => Err(say!("value-duration-zero")),
            _ if millis < LEAST_MILLIS => {
                let least = Period::<0>(Duration::from_millis(LEAST_MILLIS)).to_string();
                Err(say!("value-duration-too-short", least = least))
            }
            _ => Ok(Self(Duration::from_millis(millis))),
        }
    }
}

/// As it is written in the file: `1h30m`, `0`.
impl<const LEAST_MILLIS: u64> std::fmt::Display for Period<LEAST_MILLIS> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut rest = self.0.as_millis();
        if rest == 0 {
            return f.write_str("0");
        }
        for (unit, worth) in UNITS {
            let worth = u128::from(worth);
            if rest >= worth {
                write!(f, "{}{unit}", rest / worth)?;
            }
            rest %= worth;
        }
        Ok(())
    }
}

/// What a bare number is answered with: the same with each unit.
fn needs_unit([one, two, three]: [String; 3]) -> String {
    say!("value-needs-unit", one = one, two = two, three = three)
}

/// Reads numbers with units, the greater unit first and each unit once. An overflow saturates, and so is too long.
fn millis(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut units = UNITS.iter();
    let mut sum = 0_u64;
    while !rest.is_empty() {
        let (number, behind) = rest.split_at(rest.find(|character: char| !character.is_ascii_digit())?);
        let unit_end =
            behind.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(unit_end);
        let (_, worth) = units.find(|(name, _)| *name == unit)?;
        let number = digits(number)?.parse().unwrap_or(u64::MAX);
        sum = sum.saturating_add(worth.saturating_mul(number));
        rest = behind.trim_start();
    }
    (!text.is_empty()).then_some(sum)
}

/// Above it, no clock of ours keeps the requests apart.
const MOST_PER_SECOND: u64 = 1_000_000;

impl FromText for Rate {
    fn wanted() -> String {
        say!("value-wants-rate")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if digits(text).is_some() {
            return Err(needs_unit(["s", "m", "h"].map(|unit| format!("{text}/{unit}"))));
        }
        let (count, unit) = text.split_once('/').ok_or_else(wants::<Self>)?;
        let seconds = match unit.trim() {
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => return Err(wants::<Self>()),
        };
        let count = digits(count.trim()).and_then(|count| count.parse().ok()).ok_or_else(wants::<Self>)?;
        let count = NonZeroU32::new(count).ok_or_else(|| say!("value-rate-zero"))?;
        if u64::from(count.get()) > MOST_PER_SECOND * seconds {
            return Err(say!("value-rate-too-high", most = MOST_PER_SECOND.to_string()));
        }
        Ok(Self { count, per: Duration::from_secs(seconds) })
    }
}

/// A time zone by its IANA name, in any case: `Asia/Jakarta`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(pub TimeZone);

impl FromText for Zone {
    fn wanted() -> String {
        say!("value-wants-zone")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        TimeZone::get(text).map(Self).map_err(|_| {
            let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
            let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_lowercase();
            let wanted_city = city(text).replace(' ', "_");
            // Some names are doubled at the top level (`Singapore`): there the city would have been found.
            let by_city = names.iter().find(|name| city(name) == wanted_city).map(String::as_str);
            let meant = by_city.or_else(|| nearest(text, names.iter().map(String::as_str)));
            format!("{}{}", wants::<Self>(), did_you_mean(meant))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_people_write_them() {
        for (text, want) in [
            ("60s", 60_000),
            ("1m30s", 90_000),
            ("1m 30s", 90_000),
            ("20h", 72_000_000),
            ("2d", 172_800_000),
            ("500ms", 500),
            ("1d2h3m4s5ms", 93_784_005),
            ("0", 0),
            ("0s", 0),
            (" 5s ", 5000),
        ] {
            let period = Period::<0>::from_text(text).unwrap();
            assert_eq!(period, Period(Duration::from_millis(want)), "{text:?}");
            assert_eq!(Period::from_text(&period.to_string()), Ok(period), "{period}");
        }
        for (text, want) in [
            ("", "wants a duration such as 60s, 1m30s, 20h or 2d"),
            ("60", "needs its unit: 60s, 60m or 60h"),
            ("s", "wants a duration"),
            ("1.5h", "wants a duration"),
            ("-1s", "wants a duration"),
            ("1s1m", "wants a duration"),
            ("1s1s", "wants a duration"),
            ("1w", "wants a duration"),
            ("1s5", "wants a duration"),
            ("1é", "wants a duration"),
            ("36501d", "is longer than 100 years"),
            ("99999999999999999999999d", "is longer than 100 years"),
        ] {
            let message = Period::<0>::from_text(text).unwrap_err();
            assert!(message.starts_with(want), "{text:?}: {message}");
        }
        assert_eq!(Period::<1>::from_text("0").unwrap_err(), "must be longer than nothing");
        assert_eq!(Period::<86_400_000>::from_text("23h").unwrap_err(), "must be at least 1d");
        assert_eq!(Period::<86_400_000>::from_text("24h").unwrap().to_string(), "1d");
    }

    #[test]
    fn rates_have_a_count_and_a_unit() {
        for (text, count, seconds) in
            [("10/s", 10, 1), ("600/m", 600, 60), ("36000/h", 36_000, 3600), (" 1 / m ", 1, 60)]
        {
            let rate = Rate::from_text(text).unwrap();
            assert_eq!((rate.count.get(), rate.per.as_secs()), (count, seconds), "{text:?}");
            assert_eq!(rate.to_string(), text.replace(' ', ""));
        }
        for (text, want) in [
            ("10", "needs its unit: 10/s, 10/m or 10/h"),
            ("", "wants a rate such as 10/s"),
            ("/s", "wants a rate"),
            ("10/", "wants a rate"),
            ("10/d", "wants a rate"),
            ("1.5/s", "wants a rate"),
            ("-1/s", "wants a rate"),
            ("0/s", "must let something through"),
            ("1000001/s", "must not be above 1000000/s"),
            ("99999999999/s", "wants a rate"),
        ] {
            let message = Rate::from_text(text).unwrap_err();
            assert!(message.starts_with(want), "{text:?}: {message}");
        }
    }

    #[test]
    fn time_zones_by_name_with_a_suggestion() {
        for text in ["Asia/Jakarta", "asia/jakarta", "UTC", " Asia/Shanghai "] {
            assert!(Zone::from_text(text).is_ok(), "{text:?}");
        }
        for (text, meant) in [
            ("Jakarta", "did you mean Asia/Jakarta?"),
            ("Asia/Jakrta", "did you mean Asia/Jakarta?"),
            ("Ho Chi Minh", "did you mean Asia/Ho_Chi_Minh?"),
            ("+07:00", "wants a time zone by its IANA name, such as Asia/Jakarta"),
            ("", "wants a time zone by its IANA name, such as Asia/Jakarta"),
        ] {
            let message = Zone::from_text(text).unwrap_err();
            assert!(message.ends_with(meant), "{text:?}: {message}");
        }
    }
}
