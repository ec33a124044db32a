//! The server's own clock, which may be wrong, and its zone.

use std::time::Duration;

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// What the server takes for the time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// How far it is ahead.
    pub(super) skew: SignedDuration,
    pub(super) zone: Offset,
}

impl Clock {
    pub(super) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        // A skew that leads out of the calendar is as good as none.
        now.checked_add(self.skew).unwrap_or(now)
    }

    /// This clock's time as `Date` writes it; `None` when it is right, and the HTTP library writes it.
    pub(super) fn date(&self) -> Option<String> {
        (!self.skew.is_zero()).then(|| self.http_date(Duration::ZERO)).flatten()
    }

    /// A moment that is so far away, as HTTP writes it.
    pub(super) fn http_date(&self, ahead: Duration) -> Option<String> {
        let moment = self.now().checked_add(ahead).ok()?;
        rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).ok()
    }

    /// A time of the store (UTC), as it is shown.
    pub(super) fn shown(&self, moment: DateTime) -> DateTime {
        moment.saturating_add(self.ahead())
    }

    /// A time as a client writes it, in UTC.
    pub(super) fn utc(&self, shown: DateTime) -> DateTime {
        shown.saturating_sub(self.ahead())
    }

    fn ahead(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.zone.seconds()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(skew: SignedDuration, minutes: i32) -> Clock {
        Clock { skew, zone: Offset::from_seconds(minutes * 60).unwrap() }
    }

    #[test]
    fn zones_lead_there_and_back() {
        let right = SignedDuration::ZERO;
        for (minutes, utc, shown) in [
            (0, "2026-04-16T10:00:00", "2026-04-16T10:00:00"),
            (480, "2026-04-16T17:30:00", "2026-04-17T01:30:00"),
            (-720, "2026-03-01T08:00:00", "2026-02-28T20:00:00"),
            (345, "2026-04-16T10:00:00", "2026-04-16T15:45:00"),
        ] {
            let clock = clock(right, minutes);
            let (utc, shown): (DateTime, DateTime) = (utc.parse().unwrap(), shown.parse().unwrap());
            assert_eq!((clock.shown(utc), clock.utc(shown)), (shown, utc), "{minutes}");
        }
        // The ends of the calendar are far enough for any window.
        assert_eq!(clock(right, -720).utc(DateTime::MAX), DateTime::MAX);
        assert_eq!(clock(right, 840).utc(DateTime::MIN), DateTime::MIN);
    }

    #[test]
    fn a_clock_that_is_wrong_says_so_in_its_date() {
        assert_eq!(clock(SignedDuration::ZERO, 0).date(), None);
        for hours in [-26, 26] {
            let skew = SignedDuration::from_hours(hours);
            let wrong = clock(skew, 0);
            let date = wrong.date().unwrap();
            let told: Timestamp = rfc2822::parse(&date).unwrap().timestamp();
            let away = told.duration_since(Timestamp::now()) - skew;
            assert!(away.abs() <= SignedDuration::from_secs(2) && date.ends_with(" GMT"), "{date}");
        }
        // Nothing out of the calendar ends the process.
        assert!(clock(SignedDuration::MAX, 0).now() < Timestamp::MAX);
        assert_eq!(clock(SignedDuration::ZERO, 0).http_date(Duration::MAX), None);
    }
}
