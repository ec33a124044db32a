//! Notices that the server is failing for everybody, not for one task.

use std::collections::VecDeque;
use std::time::Duration;

/// So many failures in a row open it.
const IN_A_ROW: u32 = 10;
/// It looks at so many of the last attempts...
const WINDOW: usize = 50;
/// ...and opens when so many of them failed.
const FAILED: usize = 25;

/// Waits before the probes; after the last probe the run stops.
const PROBES: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(30),
];

/// Counts what became of attempts. Failures are connect failures, timeouts, cuts and 5xx; 429 and look-ups are neither
/// failures nor successes.
#[derive(Debug, Default)]
pub struct Breaker {
    in_a_row: u32,
    last: VecDeque<bool>,
}

impl Breaker {
    /// Takes in one attempt; `true` means that the breaker opens now.
    pub fn record(&mut self, failed: bool) -> bool {
        self.in_a_row = if failed { self.in_a_row + 1 } else { 0 };
        if self.last.len() == WINDOW {
            self.last.pop_front();
        }
        self.last.push_back(failed);
        let many = self.last.len() == WINDOW && self.last.iter().filter(|&&failed| failed).count() >= FAILED;
        failed && (self.in_a_row >= IN_A_ROW || many)
    }

    /// Starts anew, after a probe was answered.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// How long to wait before probe number `probe`, from 0; `None` when it is time to give up.
    pub fn wait(probe: usize) -> Option<Duration> {
        PROBES.get(probe).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds a pattern (`x` failed, `.` answered) and tells after how many it opened.
    fn opens_after(pattern: &str) -> Option<usize> {
        let mut breaker = Breaker::default();
        pattern.chars().position(|sign| breaker.record(sign == 'x')).map(|at| at + 1)
    }

    #[test]
    fn when_it_opens() {
        assert_eq!(opens_after(&"x".repeat(10)), Some(10));
        assert_eq!(opens_after("xxxxxxxxx."), None);
        assert_eq!(opens_after(&".x".repeat(25)), Some(50), "half of the last fifty");
        assert_eq!(opens_after(&"..x".repeat(100)), None);
        assert_eq!(opens_after(&("x.".repeat(24) + "..")), None);
        assert_eq!(opens_after(""), None);
    }

    #[test]
    fn closing_forgets() {
        let mut breaker = Breaker::default();
        assert_eq!((0..10).filter(|_| breaker.record(true)).count(), 1);
        breaker.close();
        assert!(!(0..9).any(|_| breaker.record(true)));
        assert!(breaker.record(true));
    }
}
