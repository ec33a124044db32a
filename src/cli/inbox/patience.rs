//! How long a file that could not be brought to its end is left alone before it is tried again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::look::Stamp;

/// The longest pause.
const LONGEST: Duration = Duration::from_mins(10);

/// A file that waits.
#[derive(Debug)]
struct Waiting {
    /// As it was; another one of its name need not wait. `None`: it is not there.
    stamp: Option<Stamp>,
    /// `None`: as long as it stays as it is.
    until: Option<Instant>,
    pause: Duration,
}

/// The files that wait, by name.
#[derive(Debug, Default)]
pub(super) struct Patience(BTreeMap<String, Waiting>);

impl Patience {
    /// Whether a file is to be tried now.
    pub(super) fn is_due(&self, name: &str, stamp: Option<Stamp>, now: Instant) -> bool {
        self.0
            .get(name)
            .is_none_or(|waiting| waiting.stamp != stamp || waiting.until.is_some_and(|until| until <= now))
    }

    /// It was tried, and is to be tried again: after `first`, then after ever longer.
    pub(super) fn wait(&mut self, name: &str, stamp: Option<Stamp>, first: Duration, now: Instant) {
        let before = self.0.get(name).filter(|waiting| waiting.stamp == stamp);
        let pause = before.map_or(first, |waiting| waiting.pause.saturating_mul(2)).min(LONGEST);
        self.0.insert(name.to_owned(), Waiting { stamp, until: Some(now + pause), pause });
    }

    /// What happened to the file `cause` would happen to this one: it waits as long, at least. `false`: that one does not wait
    /// for a time.
    pub(super) fn wait_with(&mut self, name: &str, stamp: Option<Stamp>, cause: &str) -> bool {
        let Some(&Waiting { until: Some(until), pause, .. }) = self.0.get(cause) else { return false };
        let is_longer = |own: &Waiting| own.stamp == stamp && own.until.is_none_or(|own| own >= until);
        if !self.0.get(name).is_some_and(is_longer) {
            self.0.insert(name.to_owned(), Waiting { stamp, until: Some(until), pause });
        }
        true
    }

    /// It is not tried again unless it changes.
    pub(super) fn leave(&mut self, name: &str, stamp: Option<Stamp>) {
        self.0.insert(name.to_owned(), Waiting { stamp, until: None, pause: LONGEST });
    }

    /// Forgets all others: they are not there any more, or need not wait.
    pub(super) fn keep(&mut self, is_there: impl Fn(&str) -> bool) {
        self.0.retain(|name, _| is_there(name));
    }

    /// It has come to its end.
    pub(super) fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_ten_minutes_and_end_when_the_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "one").unwrap();
        let stamp = Stamp::at(&path);
        let (mut patience, mut now) = (Patience::default(), Instant::now());
        assert!(patience.is_due("a.csv", stamp, now));
        for pause in [10, 20, 40, 80, 160, 320, 600, 600] {
            patience.wait("a.csv", stamp, Duration::from_secs(10), now);
            assert!(!patience.is_due("a.csv", stamp, now + Duration::from_secs(pause - 1)), "{pause}");
            now += Duration::from_secs(pause);
            assert!(patience.is_due("a.csv", stamp, now), "{pause}");
        }
        patience.wait("a.csv", stamp, Duration::from_secs(10), now);
        assert!(patience.is_due("a.csv", None, now), "it changed");
        patience.wait("a.csv", None, Duration::from_secs(10), now);
        assert!(patience.is_due("a.csv", None, now + Duration::from_secs(10)), "it begins anew");
        assert!(patience.wait_with("b.csv", stamp, "a.csv"));
        assert!(!patience.is_due("b.csv", stamp, now + Duration::from_secs(9)));
        assert!(patience.is_due("b.csv", stamp, now + Duration::from_secs(10)));
        patience.wait("b.csv", stamp, Duration::from_secs(10), now);
        assert!(patience.wait_with("b.csv", stamp, "a.csv"));
        assert!(!patience.is_due("b.csv", stamp, now + Duration::from_secs(19)), "its own pause is longer");
        patience.leave("a.csv", stamp);
        assert!(!patience.wait_with("b.csv", stamp, "a.csv"));
        assert!(!patience.wait_with("b.csv", stamp, "c.csv"));
        assert!(!patience.is_due("a.csv", stamp, now + Duration::from_hours(9)));
        patience.keep(|name| name != "a.csv");
        assert!(patience.is_due("a.csv", stamp, now));
    }
}
