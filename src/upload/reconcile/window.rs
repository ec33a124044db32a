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

/// The server's UTC clock less our wall clock, in milliseconds, as far as its answers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// At the least.
    pub low: i64,
    /// At the most.
    pub high: i64,
}

impl Lead {
    /// What one answer tells: its `Date`, in seconds since 1970, was true at some moment between sending the request and
    /// having the answer, both in milliseconds of our wall clock. Servers write the header anew once a second, so it may be
    /// two seconds behind.
    pub const fn of(date: i64, sent_at: i64, ended_at: i64) -> Self {
        Self { low: date * 1_000 - ended_at, high: date * 1_000 + 2_000 - sent_at }
    }

    /// What two answers tell together. If they contradict each other a clock was set, and the newer one counts.
    #[must_use]
    pub fn and(self, newer: Self) -> Self {
        let both = Self { low: self.low.max(newer.low), high: self.high.min(newer.high) };
        if both.low <= both.high { both } else { newer }
    }
}

/// The time in which the attempts of a doubt were on their way.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// The first of them left not before.
    pub since: Moment,
    /// The last of them left not before. It is later than `since`, unless a clock was set back between them.
    pub last: Moment,
    /// The last of them ended not after.
    pub until: Moment,
    /// For a doubt of another process: when this one began, and that one was surely over.
    pub over_by: Option<Instant>,
    /// What an answer of that time told of the server's clock.
    pub lead: Option<Lead>,
}

/// Now, on our clocks and the server's.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Our wall clock, milliseconds since 1970.
    pub wall: i64,
    /// The clock that never jumps.
    pub steady: Instant,
    /// `None` if the server's answers have no `Date`.
    pub lead: Option<Lead>,
}

impl Now {
    /// The server's UTC clock at the least, in seconds since 1970.
    pub fn server(&self) -> i64 {
        (self.wall + self.lead.map_or(0, |lead| lead.low)).div_euclid(1_000)
    }

    fn lead(&self) -> Lead {
        self.lead.unwrap_or(Lead { low: 0, high: 0 })
    }

    /// Every estimate of a moment on the server's UTC clock, in seconds, at the least and at the most.
    fn estimates(&self, moment: Moment, then: Option<Lead>) -> impl Iterator<Item = (i64, i64)> {
        let by_wall = |lead: Lead| (moment.wall + lead.low, moment.wall + lead.high);
        [Some(by_wall(self.lead())), then.map(by_wall), moment.steady.map(|at| self.millis_at(at))]
            .into_iter()
            .flatten()
            .map(|(low, high)| (low.div_euclid(1_000), high.div_euclid(1_000)))
    }

    fn millis_at(&self, at: Instant) -> (i64, i64) {
        let ago = self.steady.saturating_duration_since(at).as_millis();
        let wall = self.wall - i64::try_from(ago).unwrap_or(i64::MAX / 4);
        (wall + self.lead().low, wall + self.lead().high)
    }
}

/// When a task may have been made, on the server's UTC clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// As far as our clocks can be believed.
    pub likely: Span,
    /// Whatever our clock was.
    pub possible: Span,
    /// The second after which the attempt was surely over.
    pub over: i64,
    /// The second up to which a reading has to go to prove absence: the settle time is in it.
    pub needed: i64,
}

/// The window of a doubt: from its first attempt to `settle` after its last.
pub fn window(sent: &Sent, now: &Now, settle: Duration) -> Window {
    let settle = i64::try_from(settle.as_millis().div_ceil(1_000)).unwrap_or(i64::MAX / 4);
    let starts = [sent.since, sent.last];
    let starts = starts.into_iter().flat_map(|moment| now.estimates(moment, sent.lead));
    let from = starts.map(|(low, _)| low).min().unwrap_or_default();
    let until = now.estimates(sent.until, sent.lead).map(|(_, high)| high).max().unwrap_or_default();
    let over_by = sent.over_by.map(|at| now.millis_at(at).1.div_euclid(1_000));
    let over = over_by.map_or(until, |by| by.min(until)).max(from);
    let likely = Span { from, to: over.saturating_add(settle) }.wider(MARGIN);
    let is_certain = now.lead.is_some() && (sent.until.steady.is_some() || sent.lead.is_some());
    if is_certain {
        return Window { likely, possible: likely, over, needed: over.saturating_add(settle) };
    }
    let over = over_by.unwrap_or(over);
    let last = over_by.map_or(likely.to.saturating_add(FAR), |by| by.saturating_add(settle + MARGIN));
    let possible = Span { from: likely.from - FAR, to: last.max(likely.to) };
    Window { likely, possible, over, needed: over.saturating_add(settle) }
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
///
/// A task is created a little before the `Date` of its answer is written, so the quarter of an hour that is meant counts
/// too where it is near. Where it is not, the two clocks differ by more than a zone, and what they show is what counts.
pub fn zone(samples: &[ZoneSample]) -> Option<Zone> {
    agreed(samples.iter().map(|sample| sample.created_at - sample.date))
}

/// The same for a server that never tells its time: what its clock on the wall shows more than ours.
pub fn zone_by_our_clock(leads: &[i64]) -> Option<Zone> {
    agreed(leads.iter().copied())
}

/// Whether all that the server's wall showed fits into what is taken for possible where its time is not known otherwise;
/// without any evidence it does not.
pub fn is_within_reach(leads: &[i64]) -> bool {
    let reach = Span { from: ZONES.0 - FAR, to: ZONES.1 + FAR };
    !leads.is_empty() && leads.iter().all(|lead| reach.has(*lead))
}

fn agreed(leads: impl ExactSizeIterator<Item = i64> + Clone) -> Option<Zone> {
    let (low, high) = (leads.clone().min()?, leads.clone().max()?);
    if leads.len() < AGREEING || high - low > SPREAD {
        return None;
    }
    let quarter = (high + ZONES.2 / 2).div_euclid(ZONES.2) * ZONES.2;
    let meant = Zone { low: low.min(quarter), high: high.max(quarter) };
    Some(if meant.high - meant.low <= SPREAD { meant } else { Zone { low, high } })
}

/// A span of the server's UTC clock on its clock on the wall, which shows it inside the answer whatever the zone is.
pub fn on_the_wall(span: Span, zone: Option<Zone>) -> Span {
    let zone = zone.unwrap_or(Zone { low: ZONES.0, high: ZONES.1 });
    Span { from: span.from + zone.low, to: span.to + zone.high }
}

/// Whether a time on the server's wall may lie in a span of its UTC clock.
pub fn may_lie_in(created_at: i64, span: Span, zone: Option<Zone>) -> bool {
    if zone.is_some() {
        return on_the_wall(span, zone).has(created_at);
    }
    let (first, last, step) = ZONES;
    let mut zone = first;
    while zone <= last {
        if span.has(created_at - zone) {
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

    fn lead(seconds: i64) -> Lead {
        Lead { low: seconds * 1_000, high: seconds * 1_000 }
    }

    fn now(wall: i64, lead: Option<Lead>) -> Now {
        Now { wall: wall * 1_000, steady: Instant::now() + Duration::from_secs(100_000), lead }
    }

    fn ago(now: &Now, wall: i64, seconds: u64) -> Moment {
        Moment { wall: wall * 1_000, steady: Some(now.steady - Duration::from_secs(seconds)) }
    }

    fn span(from: i64, to: i64) -> Span {
        Span { from, to }
    }

    /// One attempt of this process, from 900 to 910.
    fn here(now: &Now) -> Sent {
        let since = ago(now, 900, 100);
        Sent { since, last: since, until: ago(now, 910, 90), over_by: None, lead: None }
    }

    #[test]
    fn answers_together_tell_the_clock_better_than_each() {
        let one = Lead::of(1_000, 999_100, 999_150);
        assert_eq!(one, Lead { low: 850, high: 2_900 });
        let both = one.and(Lead::of(1_001, 999_500, 999_600));
        assert_eq!(both, Lead { low: 1_400, high: 2_900 });
        let after_a_jump = Lead::of(1_100, 999_600, 999_700);
        assert_eq!(both.and(after_a_jump), after_a_jump);
    }

    #[tokio::test]
    async fn clocks_that_agree_give_the_narrow_window() {
        let now = now(1_000, Some(lead(50)));
        let sent = here(&now);
        let window = window(&sent, &now, SETTLE);
        assert_eq!(window.likely, span(945, 975));
        assert_eq!(window.possible, window.likely);
        assert_eq!((window.over, window.needed), (960, 970));
    }

    #[tokio::test]
    async fn what_is_uncertain_about_the_servers_clock_widens_it() {
        let now = now(1_000, Some(Lead { low: 0, high: 2_500 }));
        let sent = here(&now);
        let window = window(&sent, &now, Duration::from_millis(300));
        assert_eq!((window.likely, window.needed), (span(895, 918), 913));
        assert_eq!(now.server(), 1_000, "what is over is over for the slowest clock");
    }

    #[tokio::test]
    async fn a_jump_of_our_clock_and_a_sleep_of_the_machine_widen_it() {
        // Set forward by an hour between sending and now: the steady clock knows better, and both count.
        let now = now(4_600, Some(lead(0)));
        let sent = here(&now);
        assert_eq!(window(&sent, &now, SETTLE).likely, span(895, 4_525));
    }

    #[tokio::test]
    async fn a_doubt_of_another_process_was_over_when_this_one_began() {
        let now = now(1_000, Some(lead(0)));
        let moment = |wall: i64| Moment { wall: wall * 1_000, steady: None };
        let over_by = Some(now.steady - Duration::from_secs(50));
        // The intent may have been sent until 990, but nobody was there to do it after 950.
        let since = moment(900);
        let sent = Sent { since, last: since, until: moment(990), over_by, lead: Some(lead(0)) };
        let found = window(&sent, &now, SETTLE);
        assert_eq!((found.likely, found.over, found.needed), (span(895, 965), 950, 960));
    }

    #[tokio::test]
    async fn a_first_attempt_of_a_clock_that_was_ahead_does_not_hide_the_last_one() {
        // Another process noted the first attempt by a clock that was seven hours ahead and was set right since.
        let now = now(1_000, Some(lead(0)));
        let first = Moment { wall: (900 + 25_200) * 1_000, steady: None };
        let (last, until) = (ago(&now, 900, 100), ago(&now, 910, 90));
        let window = window(&Sent { since: first, last, until, over_by: None, lead: None }, &now, SETTLE);
        assert_eq!((window.likely, window.over, window.needed), (span(895, 925), 910, 920));
    }

    #[tokio::test]
    async fn without_any_evidence_of_our_clock_everything_is_possible() {
        let now = now(1_000, Some(lead(0)));
        let moment = |wall: i64| Moment { wall: wall * 1_000, steady: None };
        let over_by = Some(now.steady - Duration::from_secs(50));
        let since = moment(900);
        let other_process = Sent { since, last: since, until: moment(910), over_by, lead: None };
        let found = window(&other_process, &now, SETTLE);
        assert_eq!(found.likely, span(895, 925));
        assert_eq!((found.possible, found.needed), (span(895 - FAR, 965), 960));
        // An answer of that time told how wrong the clock was.
        let known = Sent { lead: Some(lead(-7_200)), ..other_process };
        let found = window(&known, &now, SETTLE);
        assert_eq!((found.likely, found.possible), (span(895 - 7_200, 925), span(895 - 7_200, 925)));
        // A server that never tells its time.
        let silent = Now { lead: None, ..now };
        assert_eq!(window(&known, &silent, SETTLE).possible.from, 895 - 7_200 - FAR);
    }

    #[test]
    fn a_zone_needs_two_answers_that_agree() {
        let sample = |lead: i64| ZoneSample { created_at: 1_000 + lead, date: 1_000 };
        assert_eq!(zone(&[]), None);
        assert_eq!(zone(&[sample(25_200)]), None);
        assert_eq!(zone(&[sample(25_200), sample(25_199)]), Some(Zone { low: 25_199, high: 25_200 }));
        // A server that takes its time between creating and answering.
        assert_eq!(zone(&[sample(25_190), sample(25_195)]), Some(Zone { low: 25_190, high: 25_200 }));
        assert_eq!(zone(&[sample(25_200), sample(25_200), sample(28_800)]), None, "it changed meanwhile");
        // A database whose clock is not the one of the web server.
        assert_eq!(zone(&[sample(25_600), sample(25_601)]), Some(Zone { low: 25_600, high: 25_601 }));
        assert_eq!(zone(&[sample(24_000), sample(24_100)]), Some(Zone { low: 24_000, high: 24_100 }));
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
