//! When an attempt in doubt may have made its task, on the server's clocks.
//!
//! The server has two: the one of its `Date` headers, in UTC, and the one on its wall, in a zone that nobody tells
//! (`created_at`, `start_at`, `end_at`). Ours may be wrong, and may have jumped since. Every estimate that there is
//! widens the window; none narrows it.

use std::time::Duration;

use tokio::time::Instant;

use crate::ledger::ZoneSample;

/// Around every window: `Date` has whole seconds, and an answer takes its time.
const MARGIN: i64 = 5;

/// Where nothing says how wrong our clock was: any zone, and a day more.
const FAR: i64 = 26 * 3_600;

/// A zone is known when so many answers agree...
const AGREEING: usize = 2;
/// ...to so many seconds.
const SPREAD: i64 = 120;

/// The zones there are, in seconds: UTC-12 to UTC+14, by quarters of an hour.
pub const ZONES: (i64, i64, i64) = (-12 * 3_600, 14 * 3_600, 900);

/// Seconds since 1970, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first second.
    pub from: i64,
    /// The last second.
    pub to: i64,
}

impl Span {
    /// Whether a second lies in it.
    pub const fn has(self, second: i64) -> bool {
        self.from <= second && second <= self.to
    }

    const fn wider(self, by: i64) -> Self {
        Self { from: self.from - by, to: self.to + by }
    }
}

/// A moment as we saw it.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Our wall clock, milliseconds since 1970.
    pub wall: i64,
    /// The clock that never jumps; `None` for a moment of another process.
    pub steady: Option<Instant>,
}

/// The time in which the attempts of a doubt were on their way.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// The first of them left not before.
    pub since: Moment,
    /// The last of them ended not after.
    pub until: Moment,
    /// The server's clock less ours at that time, in milliseconds; `None` if no answer told.
    pub lead: Option<i64>,
}

/// Now, on our clocks and the server's.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Our wall clock, milliseconds since 1970.
    pub wall: i64,
    /// The clock that never jumps.
    pub steady: Instant,
    /// The server's clock less ours, in milliseconds; `None` if its answers have no `Date`.
    pub lead: Option<i64>,
}

impl Now {
    /// The server's UTC clock, seconds since 1970.
    pub fn server(&self) -> i64 {
        (self.wall + self.lead.unwrap_or(0)).div_euclid(1_000)
    }

    /// Every estimate of a moment on the server's UTC clock, in seconds.
    fn estimates(&self, moment: Moment, then: Option<i64>) -> impl Iterator<Item = i64> {
        let lead = self.lead.unwrap_or(0);
        let steady = moment.steady.map(|at| {
            let ago = self.steady.saturating_duration_since(at).as_millis();
            self.wall + lead - i64::try_from(ago).unwrap_or(i64::MAX / 2)
        });
        [Some(moment.wall + lead), then.map(|then| moment.wall + then), steady]
            .into_iter()
            .flatten()
            .map(|millis| millis.div_euclid(1_000))
    }
}

/// When a task may have been made, on the server's UTC clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// As far as our clocks can be believed.
    pub likely: Span,
    /// Whatever our clock was.
    pub possible: Span,
}

/// The window of a doubt: from its first attempt to `settle` after its last.
pub fn window(sent: &Sent, now: &Now, settle: Duration) -> Window {
    let settle = i64::try_from(settle.as_secs()).unwrap_or(i64::MAX / 4).saturating_add(1);
    let from = now.estimates(sent.since, sent.lead).min().unwrap_or_default();
    let to = now.estimates(sent.until, sent.lead).max().unwrap_or_default();
    let likely = Span { from, to: to.max(from).saturating_add(settle) }.wider(MARGIN);
    let is_certain = now.lead.is_some() && (sent.until.steady.is_some() || sent.lead.is_some());
    Window { likely, possible: if is_certain { likely } else { likely.wider(FAR) } }
}

/// What the server's clock on the wall shows more than its UTC clock, in seconds, with what is uncertain about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// At the least.
    pub low: i64,
    /// At the most.
    pub high: i64,
}

/// Learns the zone; `None` where too few answers tell it, or they disagree.
pub fn zone(samples: &[ZoneSample]) -> Option<Zone> {
    let leads = || samples.iter().map(|sample| sample.created_at - sample.date);
    let zone = Zone { low: leads().min()?, high: leads().max()? };
    (samples.len() >= AGREEING && zone.high - zone.low <= SPREAD).then_some(zone)
}

/// A span of the server's UTC clock on its clock on the wall, which shows it inside the answer whatever the zone is.
pub fn on_the_wall(span: Span, zone: Option<Zone>) -> Span {
    let zone = zone.unwrap_or(Zone { low: ZONES.0, high: ZONES.1 });
    Span { from: span.from + zone.low, to: span.to + zone.high }.wider(2)
}

/// Whether a time on the server's wall may lie in a span of its UTC clock.
pub fn may_lie_in(created_at: i64, span: Span, zone: Option<Zone>) -> bool {
    if zone.is_some() {
        return on_the_wall(span, zone).has(created_at);
    }
    let (first, last, step) = ZONES;
    let mut zone = first;
    while zone <= last {
        if span.wider(2).has(created_at - zone) {
            return true;
        }
        zone += step;
    }
    false
}

/// Merges spans that overlap, or nearly do: reading a gap of a minute costs less than another query.
pub fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.from);
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.to.saturating_add(60) => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTLE: Duration = Duration::from_secs(10);

    fn now(wall: i64, lead: Option<i64>) -> Now {
        Now { wall: wall * 1_000, steady: Instant::now() + Duration::from_secs(100_000), lead }
    }

    fn ago(now: &Now, wall: i64, seconds: u64) -> Moment {
        Moment { wall: wall * 1_000, steady: Some(now.steady - Duration::from_secs(seconds)) }
    }

    fn span(from: i64, to: i64) -> Span {
        Span { from, to }
    }

    #[tokio::test]
    async fn clocks_that_agree_give_the_narrow_window() {
        let now = now(1_000, Some(50_000));
        let sent = Sent { since: ago(&now, 900, 100), until: ago(&now, 910, 90), lead: None };
        let window = window(&sent, &now, SETTLE);
        assert_eq!(window.likely, span(945, 976));
        assert_eq!(window.possible, window.likely);
    }

    #[tokio::test]
    async fn a_jump_of_our_clock_and_a_sleep_of_the_machine_widen_it() {
        // Set forward by an hour between sending and now: the steady clock knows better, and both count.
        let now = now(4_600, Some(0));
        let sent = Sent { since: ago(&now, 900, 100), until: ago(&now, 910, 90), lead: None };
        assert_eq!(window(&sent, &now, SETTLE).likely, span(895, 4_526));
    }

    #[tokio::test]
    async fn without_any_evidence_of_our_clock_everything_is_possible() {
        let now = now(1_000, Some(0));
        let moment = |wall: i64| Moment { wall: wall * 1_000, steady: None };
        let other_process = Sent { since: moment(900), until: moment(910), lead: None };
        let found = window(&other_process, &now, SETTLE);
        assert_eq!(found.likely, span(895, 926));
        assert_eq!(found.possible, span(895 - FAR, 926 + FAR));
        // An answer of that time told how wrong the clock was.
        let known = Sent { lead: Some(7_200_000), ..other_process };
        let found = window(&known, &now, SETTLE);
        assert_eq!((found.likely, found.possible), (span(895, 8_126), span(895, 8_126)));
        // A server that never tells its time.
        let silent = Now { lead: None, ..now };
        assert_eq!(window(&known, &silent, SETTLE).possible, span(895 - FAR, 8_126 + FAR));
    }

    #[test]
    fn a_zone_needs_two_answers_that_agree() {
        let sample = |lead: i64| ZoneSample { created_at: 1_000 + lead, date: 1_000 };
        assert_eq!(zone(&[]), None);
        assert_eq!(zone(&[sample(25_200)]), None);
        assert_eq!(zone(&[sample(25_200), sample(25_199)]), Some(Zone { low: 25_199, high: 25_200 }));
        assert_eq!(zone(&[sample(25_200), sample(25_200), sample(28_800)]), None, "it changed meanwhile");
    }

    #[test]
    fn every_zone_there_is_can_be_placed() {
        let hour = span(10_000, 10_060);
        for quarter in -48..=56 {
            let created_at = 10_030 + quarter * 900;
            assert!(may_lie_in(created_at, hour, None), "{quarter}");
            assert!(on_the_wall(hour, None).has(created_at));
            let zone = Some(Zone { low: quarter * 900, high: quarter * 900 });
            assert!(may_lie_in(created_at, hour, zone));
            assert!(!may_lie_in(created_at + 900, hour, zone));
        }
        assert!(!may_lie_in(10_030 + 400, hour, None), "no zone is off by seven minutes");
        assert!(!may_lie_in(10_030 + 57 * 900, hour, None));
    }

    #[test]
    fn spans_are_merged() {
        assert_eq!(
            merged(vec![span(500, 600), span(0, 10), span(5, 70), span(131, 140)]),
            [span(0, 70), span(131, 140), span(500, 600)]
        );
        assert_eq!(merged(vec![]), []);
    }
}
