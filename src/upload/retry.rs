//! How long to wait before a request that surely was not acted on is made again.

use std::time::Duration;

/// No single wait is longer: a batch can afford patience, its operator cannot afford to wonder.
const CAP: Duration = Duration::from_secs(30);

/// Longer waits are all the same to us, and must not overflow a clock.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The server could not be reached.
    Connect,
    /// The server said 429 and no more.
    Throttle,
}

/// Full jitter: a random part of `base x 2^n`, capped at 30 s.
///
/// `failures` counts from 1; `random` is a number from 0 up to 1.
pub fn backoff(cause: Cause, failures: u32, random: f64) -> Duration {
    let base = match cause {
        Cause::Connect => Duration::from_millis(500),
        Cause::Throttle => Duration::from_secs(1),
    };
    let factor = 2_u32.saturating_pow(failures.saturating_sub(1).min(16));
    base.saturating_mul(factor).min(CAP).mul_f64(random.clamp(0.0, 1.0))
}

/// Reads how long the server asks us to wait.
///
/// `header` is the value of `Retry-After`: whole seconds (`120`) or an HTTP date, read against `now`, the server's
/// clock in seconds since 1970. `None` means that the header has another form, and the caller uses its own backoff.
/// Source: RFC 9110, section 10.2.3.
pub fn retry_after(header: &str, now: i64) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are a very long wait, not a malformed one.
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)).min(LONGEST));
    }
    let at = httpdate::parse_http_date(header).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let wait = i64::try_from(at.as_secs()).ok()?.saturating_sub(now);
    Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_to_its_cap_and_no_further() {
        let at_most = |cause, failures| backoff(cause, failures, 1.0).as_millis();
        assert_eq!([1, 2, 3, 4].map(|n| at_most(Cause::Connect, n)), [500, 1_000, 2_000, 4_000]);
        assert_eq!(
            [1, 2, 6, 60, u32::MAX].map(|n| at_most(Cause::Throttle, n)),
            [1_000, 2_000, 30_000, 30_000, 30_000]
        );
        assert_eq!(backoff(Cause::Connect, 3, 0.0), Duration::ZERO);
    }

    #[test]
    fn retry_after_in_both_forms() {
        // 1994-11-06 08:49:37 is 784111777.
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        for (header, want) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("9223372036854775807", Some(LONGEST.as_secs())),
            ("99999999999999999999999", Some(LONGEST.as_secs())),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(LONGEST.as_secs())),
            (date, Some(7)),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after(header, 784_111_770), want.map(Duration::from_secs), "{header:?}");
        }
        assert_eq!(retry_after(date, 784_111_999), Some(Duration::ZERO), "a date that has passed");
    }
}
