//! How many requests are let in.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

/// At most `count` requests in any stretch of `per`; those that are turned away do not count.
#[derive(Debug)]
pub(super) struct Window {
    count: NonZeroU32,
    per: Duration,
    /// Of the last requests that were let in, the oldest first.
    starts: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new(count: NonZeroU32, per: Duration) -> Self {
        Self { count, per, starts: VecDeque::new() }
    }

    /// Lets a request in that comes at `now`, if there is room for it.
    pub(super) fn admit(&mut self, now: Instant) -> bool {
        let is_over = |start: &Instant| now.saturating_duration_since(*start) >= self.per;
        while self.starts.pop_front_if(|start| is_over(start)).is_some() {}
        let room = u32::try_from(self.starts.len()).is_ok_and(|inside| inside < self.count.get());
        if room {
            self.starts.push_back(now);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stretch_has_more_than_it_may() {
        let start = Instant::now();
        let mut window = Window::new(NonZeroU32::new(2).unwrap(), Duration::from_secs(1));
        for (millis, let_in) in
            [(0, true), (400, true), (600, false), (999, false), (1000, true), (1399, false), (1400, true)]
        {
            assert_eq!(window.admit(start + Duration::from_millis(millis)), let_in, "{millis} ms");
        }
    }
}
