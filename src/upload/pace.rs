//! When the next request may start, and how many may be on their way.
//!
//! One limiter at the configured rate lives as long as the run: swapping it would forget what was already spent. Going
//! slower is a second gate before it.

use std::num::NonZeroU32;
use std::ops::Add;
use std::time::Duration;

use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use tokio::time::{Instant, sleep};

/// Tokio's timers tick at a millisecond. Where that is much of an interval, the rest is waited for by yielding.
const TICK: Duration = Duration::from_millis(2);

/// From this interval up, a late tick costs less than a twentieth of the rate.
const LONG_INTERVAL: Duration = Duration::from_millis(40);

/// How much faster than its answers come back a full house of requests is sent.
const HEADROOM: f64 = 1.5;

/// So few do not wait for each other.
const FEW_SLOTS: usize = 8;

/// Below this answer time nothing is spread: timers are too coarse for it.
const SHORT_ROUND: Duration = Duration::from_millis(5);

/// The slowest that 429 answers make us: a hundredth of the rate.
const SLOWEST: f64 = 0.01;

/// Tokio's clock for the limiter, so that tests can pause it.
#[derive(Debug, Clone, Copy, Default)]
struct TokioClock;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment(Instant);

impl Clock for TokioClock {
    type Instant = Moment;

    fn now(&self) -> Moment {
        Moment(Instant::now())
    }
}

impl Add<Nanos> for Moment {
    type Output = Self;

    fn add(self, other: Nanos) -> Self {
        Self(self.0 + Duration::from(other))
    }
}

impl Reference for Moment {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_duration_since(earlier.0).into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        self.0.checked_sub(duration.into()).map_or(*self, Self)
    }
}

/// `count` requests per `per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// At least one.
    pub count: NonZeroU32,
    /// Longer than zero.
    pub per: Duration,
}

impl Rate {
    /// The rate where none is given.
    pub const TEN_PER_SECOND: Self =
        Self { count: NonZeroU32::MIN.saturating_add(9), per: Duration::from_secs(1) };

    /// The time between two requests.
    pub fn interval(self) -> Duration {
        self.per / self.count.get()
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.per.as_secs() {
            60 => "m",
            3600 => "h",
            _ => "s",
        };
        write!(f, "{}/{unit}", self.count)
    }
}

/// The gates that a request passes before it starts: the shared pause, the slow-down, the spreading, the rate.
#[derive(Debug)]
pub struct Pace {
    spread: Option<Spread>,
    limiter: RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Moment>>,
    interval: Duration,
    paused_until: Option<Instant>,
    factor: f64,
    factor_since: Instant,
    next_start: Instant,
}

impl Pace {
    /// At most `rate` requests and `burst` at once.
    pub fn new(rate: Rate, burst: NonZeroU32) -> Self {
        let interval = rate.interval().max(Duration::from_nanos(1));
        let quota =
            Quota::with_period(interval).unwrap_or_else(|| Quota::per_second(rate.count)).allow_burst(burst);
        let now = Instant::now();
        Self {
            spread: None,
            limiter: RateLimiter::direct_with_clock(quota, TokioClock),
            interval,
            paused_until: None,
            factor: 1.0,
            factor_since: now,
            next_start: now,
        }
    }

    /// Holds everything back until `wait` from now, if that is later than what already holds.
    pub fn pause(&mut self, wait: Duration) {
        let until = Instant::now() + wait;
        if self.paused_until.is_none_or(|paused| paused < until) {
            self.paused_until = Some(until);
        }
    }

    /// Until when a pause holds everything back; `None` when none does.
    pub fn paused_until(&self) -> Option<Instant> {
        self.paused_until.filter(|&until| until > Instant::now())
    }

    /// Whether a pause holds everything back now.
    pub fn is_paused(&self) -> bool {
        self.paused_until().is_some()
    }

    /// Halves the rate; it grows back by a twentieth of the full rate each second.
    pub fn slow_down(&mut self) {
        self.factor = (self.factor_now() * 0.5).max(SLOWEST);
        self.factor_since = Instant::now();
    }

    /// The part of the rate that is used now, in percent, to full tens.
    pub fn percent(&self) -> u8 {
        (self.factor_now() * 10.0) as u8 * 10
    }

    fn factor_now(&self) -> f64 {
        (self.factor + 0.05 * self.factor_since.elapsed().as_secs_f64()).min(1.0)
    }

    /// Spreads starts over the time that answers take, `slots` requests being on their way; `None` ends it.
    ///
    /// Answers that come together would be followed by requests that leave together, and those wait for each other at
    /// both ends, round after round. This leaves half as much again free.
    pub fn spread(&mut self, over: Option<(usize, Duration)>) {
        let over = over.filter(|(slots, round)| *slots > FEW_SLOTS && *round >= SHORT_ROUND);
        let Some((slots, round)) = over else {
            self.spread = None;
            return;
        };
        let per_second = HEADROOM * slots as f64 / round.as_secs_f64();
        let spread = self.spread.get_or_insert(Spread { per_second, free: 0.0, at: Instant::now() });
        spread.per_second = per_second;
    }

    /// Takes the right to start one request now, if there is one.
    pub fn try_start(&mut self) -> bool {
        self.wait().is_none()
    }

    /// Waits until one request may start, and takes that right. Dropping the future takes nothing.
    pub async fn start(&mut self) {
        while let Some(wait) = self.wait() {
            if wait >= TICK || self.interval >= LONG_INTERVAL {
                sleep(if self.interval >= LONG_INTERVAL { wait } else { wait - TICK / 2 }).await;
            } else {
                tokio::task::yield_now().await;
            }
        }
    }

    /// `None` when the right was taken, else how long to wait before asking again.
    fn wait(&mut self) -> Option<Duration> {
        let now = Instant::now();
        if let Some(until) = self.paused_until.filter(|&until| until > now) {
            return Some(until - now);
        }
        if self.next_start > now {
            return Some(self.next_start - now);
        }
        if self.spread.as_mut().is_some_and(|spread| !spread.may_start(now)) {
            return Some(TICK);
        }
        if let Err(later) = self.limiter.check() {
            return Some(later.wait_time_from(Moment(now)).max(Duration::from_nanos(1)));
        }
        if let Some(spread) = &mut self.spread {
            spread.free -= 1.0;
        }
        let factor = self.factor_now();
        if factor < 1.0 {
            self.next_start = now + self.interval.div_f64(factor);
        }
        None
    }
}

/// Lets so many start a second, and no more at once than two ticks of the timers bring.
#[derive(Debug)]
struct Spread {
    per_second: f64,
    free: f64,
    at: Instant,
}

impl Spread {
    fn may_start(&mut self, now: Instant) -> bool {
        let most = (self.per_second * TICK.as_secs_f64()).max(1.0);
        self.free = (self.free + self.per_second * (now - self.at).as_secs_f64()).min(most);
        self.at = now;
        self.free >= 1.0
    }
}

/// How many requests may be on their way: additive increase, multiplicative decrease.
#[derive(Debug)]
pub struct Concurrency {
    limit: f64,
    ceiling: f64,
    clean: u32,
    /// Before the first trouble the limit doubles each round, afterwards it grows by one.
    probing: bool,
    calm_until: Option<Instant>,
}

impl Concurrency {
    /// Starts at 4, or at the ceiling if that is lower.
    pub fn new(ceiling: usize) -> Self {
        let ceiling = ceiling.max(1) as f64;
        Self { limit: ceiling.min(4.0), ceiling, clean: 0, probing: true, calm_until: None }
    }

    /// The limit now: from 1 to the ceiling.
    pub fn limit(&self) -> usize {
        self.limit as usize
    }

    /// Whether the limit is still being looked for.
    pub fn is_growing(&self) -> bool {
        self.probing && self.limit < self.ceiling
    }

    /// An answer came as it should, while so many were on their way (itself included).
    pub fn clean(&mut self, in_flight: usize) {
        // A limit that is not used proves nothing.
        if in_flight * 2 < self.limit() {
            return;
        }
        self.clean += 1;
        if self.probing || self.clean >= self.limit as u32 {
            self.limit = (self.limit + 1.0).min(self.ceiling);
            self.clean = 0;
        }
    }

    /// A 429, a timeout or a cut. `round_trip` is a usual answer time: within one, troubles are one trouble.
    pub fn trouble(&mut self, round_trip: Duration) {
        let now = Instant::now();
        self.probing = false;
        self.clean = 0;
        if self.calm_until.is_some_and(|until| until > now) {
            return;
        }
        self.limit = (self.limit * 0.7).max(1.0);
        self.calm_until = Some(now + round_trip);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(count: u32, seconds: u64) -> Rate {
        Rate { count: NonZeroU32::new(count).unwrap(), per: Duration::from_secs(seconds) }
    }

    async fn starts(pace: &mut Pace, during: Duration) -> Vec<Duration> {
        let begin = Instant::now();
        let mut starts = Vec::new();
        while tokio::time::timeout_at(begin + during, pace.start()).await.is_ok() {
            starts.push(begin.elapsed());
        }
        starts
    }

    /// The most starts in any window of one second.
    fn most_in_a_second(starts: &[Duration]) -> usize {
        (0..starts.len())
            .map(|first| {
                starts[first..].iter().take_while(|&&at| at < starts[first] + Duration::from_secs(1)).count()
            })
            .max()
            .unwrap_or(0)
    }

    #[tokio::test(start_paused = true)]
    async fn the_rate_is_kept_and_reached() {
        for (rate, burst, per_second) in [(rate(10, 1), 1, 10), (rate(600, 60), 1, 10), (rate(20, 1), 5, 20)]
        {
            let mut pace = Pace::new(rate, NonZeroU32::new(burst).unwrap());
            let starts = starts(&mut pace, Duration::from_secs(20)).await;
            assert!(most_in_a_second(&starts) <= per_second + burst as usize, "{rate:?} {starts:?}");
            assert!(starts.len() as f64 >= 0.95 * 20.0 * per_second as f64, "{rate:?}: {}", starts.len());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_shared_and_only_ever_longer() {
        let mut pace = Pace::new(rate(10, 1), NonZeroU32::MIN);
        pace.pause(Duration::from_secs(5));
        pace.pause(Duration::from_secs(1));
        assert!(pace.is_paused() && !pace.try_start());
        let begin = Instant::now();
        pace.start().await;
        assert!(begin.elapsed() >= Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn starts_are_spread_over_a_round_and_hardly_held_back() {
        let spread = Some((64, Duration::from_millis(20)));
        for (over, most_at_once, least) in [
            (None, 100, 100),
            (spread, 10, 64),
            (Some((64, Duration::from_millis(1))), 100, 100),
            (Some((8, Duration::from_millis(20))), 100, 100),
        ] {
            let mut pace = Pace::new(rate(1_000_000, 1), NonZeroU32::new(100).unwrap());
            pace.spread(over);
            tokio::time::sleep(Duration::from_millis(100)).await;
            let begin = Instant::now();
            let (mut at_once, mut in_a_round) = (0, 0);
            while begin.elapsed() < Duration::from_millis(20) && in_a_round < 100 {
                in_a_round += 1;
                at_once += usize::from(begin.elapsed() < Duration::from_millis(1));
                pace.start().await;
            }
            assert!(at_once <= most_at_once && in_a_round >= least, "{over:?}: {at_once}, {in_a_round}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn slowing_down_halves_and_grows_back() {
        let mut pace = Pace::new(rate(10, 1), NonZeroU32::MIN);
        pace.slow_down();
        let slow = starts(&mut pace, Duration::from_secs(2)).await;
        assert!((9..=13).contains(&slow.len()), "{}", slow.len());
        tokio::time::sleep(Duration::from_secs(10)).await;
        let full = starts(&mut pace, Duration::from_secs(2)).await;
        assert!(full.len() >= 19, "{}", full.len());
    }

    #[tokio::test(start_paused = true)]
    async fn concurrency_grows_while_it_is_used_and_shrinks_once_a_round_trip() {
        let mut limit = Concurrency::new(64);
        assert_eq!(limit.limit(), 4);
        limit.clean(1);
        assert_eq!(limit.limit(), 4, "one of four in use proves nothing");
        (0..100).for_each(|_| limit.clean(64));
        assert_eq!(limit.limit(), 64);
        limit.trouble(Duration::from_millis(100));
        limit.trouble(Duration::from_millis(100));
        assert_eq!(limit.limit(), 44);
        (0..44).for_each(|_| limit.clean(44));
        assert_eq!(limit.limit(), 45, "one for each clean round");
        for _ in 0..100 {
            tokio::time::advance(Duration::from_secs(1)).await;
            limit.trouble(Duration::from_millis(100));
        }
        assert_eq!(limit.limit(), 1);
        assert_eq!(Concurrency::new(2).limit(), 2);
    }
}
