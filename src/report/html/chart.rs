//! How fast a run went, drawn as paths for the page: at most some hundred points, however long it took.
//!
//! A plot is drawn in a box of fixed size and stretched to the width of the page; its labels stand beside it as text.

use std::fmt::Write as _;

use super::text::local_clock;
use crate::lang::say;
use crate::ledger::Sample;

/// So many points are drawn at most (and one more for each time that a run was taken up again).
const POINTS: i64 = 600;

/// Seconds without a measurement after which the run was not at work: it was taken up again later.
const GAP_MS: i64 = 20_000;

/// Width of both plots, in units of their boxes.
const WIDTH: f64 = 1_000.0;

/// Height of a plot, in units of its box.
const HEIGHT: f64 = 100.0;

/// One point: what happened in some seconds.
#[derive(Debug, Clone, Default, PartialEq)]
struct Bin {
    at: i64,
    seconds: u32,
    finished: u64,
    throttled: u64,
    failed: u64,
    paused: u32,
    latency_sum: u64,
    latency_weight: u64,
    /// Whether it is the first one after a gap.
    resumed: bool,
}

/// A stretch of a plot that is marked, in units of its box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// The left edge.
    pub(super) x: String,
    /// How wide.
    pub(super) width: String,
    /// What it says when it is pointed at.
    pub(super) title: String,
}

/// All that the page shows of the pace.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chart {
    /// The area below the tasks a second.
    pub(super) rate_area: String,
    /// The line of the latency, broken where nothing was answered.
    pub(super) latency_line: String,
    /// Labels at the top, the middle and the bottom.
    pub(super) rate_labels: [String; 3],
    /// The same of the latency, with unit.
    pub(super) latency_labels: [String; 3],
    /// Clock times at the left, the middle and the right.
    pub(super) times: [String; 3],
    /// When a pause held everything.
    pub(super) pauses: Vec<Mark>,
    /// When the server asked to slow down.
    pub(super) throttles: Vec<Mark>,
    /// When requests failed.
    pub(super) failures: Vec<Mark>,
    /// Where the run was taken up again.
    pub(super) resumptions: Vec<Mark>,
    /// One a point, for whoever points at it.
    pub(super) points: Vec<Mark>,
    /// What it shows in a sentence each.
    pub(super) facts: Vec<String>,
    /// How many seconds a point stands for.
    pub(super) seconds: u32,
}

impl Chart {
    /// Draws what was measured; `None` where nothing was sent.
    pub(super) fn draw(samples: &[Sample]) -> Option<Self> {
        let (bins, seconds) = bins(samples);
        if bins.iter().all(|bin| bin.finished == 0 && bin.throttled == 0 && bin.failed == 0) {
            return None;
        }
        let step = WIDTH / bins.len() as f64;
        let top_rate = nice(bins.iter().map(Bin::rate).fold(0.0, f64::max));
        let top_latency = nice(bins.iter().filter_map(Bin::latency).fold(0.0, f64::max));
        let mut area = format!("M0 {HEIGHT}");
        let mut line = String::new();
        let mut is_down = false;
        for (at, bin) in bins.iter().enumerate() {
            let left = at as f64 * step;
            let y = height(bin.rate(), top_rate);
            // Writing into a string cannot fail.
            let _ = write!(area, "L{left:.1} {y:.1}L{:.1} {y:.1}", left + step);
            match bin.latency() {
                Some(latency) => {
                    let y = height(latency, top_latency);
                    let sign = if is_down { 'L' } else { 'M' };
                    let _ = write!(line, "{sign}{left:.1} {y:.1}L{:.1} {y:.1}", left + step);
                    is_down = true;
                }
                None => is_down = false,
            }
        }
        let _ = write!(area, "L{WIDTH} {HEIGHT}Z");
        let marks = |wanted: fn(&Bin) -> bool| {
            let marked = bins.iter().enumerate().filter(|(_, bin)| wanted(bin));
            marked.map(|(at, bin)| mark(at, step, bin)).collect::<Vec<_>>()
        };
        let first = bins.first().map(|bin| bin.at);
        let middle = bins.get(bins.len() / 2).map(|bin| bin.at);
        let last = bins.last().map(|bin| bin.at + i64::from(bin.seconds) * 1_000);
        Some(Self {
            rate_area: area,
            latency_line: line,
            rate_labels: [shown(top_rate), shown(top_rate / 2.0), "0".to_owned()],
            latency_labels: [
                format!("{} ms", shown(top_latency)),
                format!("{} ms", shown(top_latency / 2.0)),
                "0".to_owned(),
            ],
            times: [first, middle, last].map(|at| at.map(local_clock).unwrap_or_default()),
            pauses: marks(|bin| bin.paused > 0),
            throttles: marks(|bin| bin.throttled > 0),
            failures: marks(|bin| bin.failed > 0),
            resumptions: marks(|bin| bin.resumed),
            points: marks(|_| true),
            facts: facts(&bins),
            seconds,
        })
    }
}

impl Chart {
    /// Whether a legend is needed.
    pub(super) fn has_marks(&self) -> bool {
        [&self.pauses, &self.throttles, &self.failures, &self.resumptions]
            .iter()
            .any(|marks| !marks.is_empty())
    }
}

impl Bin {
    /// Tasks a second.
    fn rate(&self) -> f64 {
        self.finished as f64 / f64::from(self.seconds.max(1))
    }

    /// Mean latency in milliseconds; `None` where nothing was answered.
    fn latency(&self) -> Option<f64> {
        (self.latency_weight > 0).then(|| self.latency_sum as f64 / self.latency_weight as f64)
    }

    fn add(&mut self, sample: &Sample) {
        self.finished += u64::from(sample.finished);
        self.throttled += u64::from(sample.throttled);
        self.failed += u64::from(sample.failed);
        self.paused += u32::from(sample.paused);
        if sample.latency_ms > 0 {
            let weight = u64::from(sample.finished.max(1));
            self.latency_sum += u64::from(sample.latency_ms) * weight;
            self.latency_weight += weight;
        }
    }

    fn title(&self) -> String {
        let mut title = say!("page-point", time = local_clock(self.at), rate = shown(self.rate()));
        let mut push = |more: String| {
            title.push_str(" · ");
            title.push_str(&more);
        };
        if let Some(latency) = self.latency() {
            push(format!("{latency:.0} ms"));
        }
        if self.throttled > 0 {
            push(say!("page-point-throttled", count = self.throttled));
        }
        if self.failed > 0 {
            push(say!("page-point-failed", count = self.failed));
        }
        if self.paused > 0 {
            push(say!("page-point-paused"));
        }
        if self.resumed {
            push(say!("page-point-resumed"));
        }
        title
    }
}

/// The seconds of a run in points of equal length, and how long that is.
fn bins(samples: &[Sample]) -> (Vec<Bin>, u32) {
    let mut stretches: Vec<&[Sample]> = Vec::new();
    let mut rest = samples;
    while !rest.is_empty() {
        let gap = rest.windows(2).position(|pair| pair[1].at.saturating_sub(pair[0].at) > GAP_MS);
        let (stretch, after) = rest.split_at(gap.map_or(rest.len(), |at| at + 1));
        stretches.push(stretch);
        rest = after;
    }
    let length = |stretch: &[Sample]| match stretch {
        [first, .., last] => (last.at - first.at) / 1_000 + 1,
        _ => 1,
    };
    let all: i64 = stretches.iter().map(|stretch| length(stretch)).sum();
    let steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 43_200];
    let seconds = steps.into_iter().find(|step| all <= POINTS * i64::from(*step)).unwrap_or(86_400_u32);
    let mut bins = Vec::new();
    for (number, stretch) in stretches.iter().enumerate() {
        let begin = stretch.first().map(|sample| sample.at).unwrap_or_default();
        let first = bins.len();
        let span = i64::from(seconds);
        let all = length(stretch);
        bins.extend((0..(all + span - 1) / span).map(|at| Bin {
            at: begin + at * span * 1_000,
            // The last one may stand for less.
            seconds: u32::try_from((all - at * span).min(span)).unwrap_or(1),
            resumed: number > 0 && at == 0,
            ..Bin::default()
        }));
        for sample in *stretch {
            let at = usize::try_from((sample.at - begin) / 1_000 / span).unwrap_or_default();
            if let Some(bin) = bins.get_mut(first + at) {
                bin.add(sample);
            }
        }
    }
    (bins, seconds)
}

fn mark(at: usize, step: f64, bin: &Bin) -> Mark {
    Mark { x: format!("{:.1}", at as f64 * step), width: format!("{:.1}", step.max(2.0)), title: bin.title() }
}

/// Where a value stands in a plot that goes up to `top`.
fn height(value: f64, top: f64) -> f64 {
    HEIGHT - (value / top * HEIGHT).clamp(0.0, HEIGHT)
}

/// The next round number: a scale whose half is a short number too.
fn nice(value: f64) -> f64 {
    let mut unit = 1.0;
    loop {
        for step in [1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0] {
            if value <= step * unit || !value.is_finite() {
                return step * unit;
            }
        }
        unit *= 10.0;
    }
}

/// A number with a decimal only where it is small.
fn shown(value: f64) -> String {
    if value >= 10.0 || value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn facts(bins: &[Bin]) -> Vec<String> {
    let finished: u64 = bins.iter().map(|bin| bin.finished).sum();
    let seconds: u64 = bins.iter().map(|bin| u64::from(bin.seconds)).sum();
    let peak = bins.iter().map(Bin::rate).fold(0.0, f64::max);
    let mean = finished as f64 / seconds.max(1) as f64;
    let mut facts = vec![say!("page-fact-rate", mean = shown(mean), peak = shown(peak))];
    let sum: u64 = bins.iter().map(|bin| bin.latency_sum).sum();
    let weight: u64 = bins.iter().map(|bin| bin.latency_weight).sum();
    if weight > 0 {
        let slowest = bins.iter().filter_map(Bin::latency).fold(0.0, f64::max);
        facts.push(say!(
            "page-fact-latency",
            mean = format!("{:.0}", sum as f64 / weight as f64),
            slowest = format!("{slowest:.0}")
        ));
    }
    let throttled: u64 = bins.iter().map(|bin| bin.throttled).sum();
    let paused: u64 = bins.iter().map(|bin| u64::from(bin.paused)).sum();
    let failed: u64 = bins.iter().map(|bin| bin.failed).sum();
    if throttled > 0 {
        facts.push(say!("page-fact-throttled", count = throttled));
    }
    if failed > 0 {
        facts.push(say!("page-fact-failed", count = failed));
    }
    if paused > 0 {
        facts.push(say!("page-fact-paused", count = paused));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(at: i64, finished: u32) -> Sample {
        Sample { at: at * 1_000, sent: finished, finished, latency_ms: 20, ..Sample::default() }
    }

    #[test]
    fn points_stay_few_and_lose_nothing() {
        for (seconds, points, width) in [
            (1, 1, 1),
            (600, 600, 1),
            (601, 301, 2),
            (3_600, 360, 10),
            (100_000, 334, 300),
            (9_000_000, 209, 43_200),
        ] {
            let samples: Vec<Sample> = (0..seconds).map(|at| second(at, 3)).collect();
            let (bins, each) = bins(&samples);
            assert_eq!((bins.len(), each), (points, width), "{seconds} s");
            assert_eq!(bins.iter().map(|bin| bin.finished).sum::<u64>(), 3 * seconds as u64);
            assert!(bins.iter().all(|bin| bin.rate() == 3.0), "the last point is no dip");
        }
    }

    #[test]
    fn a_run_that_was_taken_up_again_shows_no_hours_of_nothing() {
        let samples: Vec<Sample> = (0..5).chain(7_200..7_210).map(|at| second(at, 1)).collect();
        let (bins, _) = bins(&samples);
        assert_eq!(bins.len(), 15);
        let resumed: Vec<usize> = (0..15).filter(|at| bins[*at].resumed).collect();
        assert_eq!(resumed, [5]);
        assert_eq!(Chart::draw(&samples).unwrap().resumptions.len(), 1);
    }

    #[test]
    fn seconds_without_a_measurement_are_seconds_without_a_task() {
        let (bins, _) = bins(&[second(0, 4), second(3, 4)]);
        assert_eq!(bins.iter().map(|bin| bin.finished).collect::<Vec<_>>(), [4, 0, 0, 4]);
    }

    #[test]
    fn what_held_the_run_up_is_marked() {
        let mut samples = vec![second(0, 9), second(1, 0), second(2, 0)];
        (samples[1].throttled, samples[2].paused, samples[2].failed) = (2, true, 1);
        let chart = Chart::draw(&samples).unwrap();
        assert_eq!((chart.throttles.len(), chart.pauses.len(), chart.failures.len()), (1, 1, 1));
        assert!(chart.throttles[0].title.contains("429"), "{}", chart.throttles[0].title);
        assert_eq!(chart.rate_labels[0], "10");
        assert!(Chart::draw(&[]).is_none() && Chart::draw(&[second(0, 0)]).is_none(), "nothing to show");
    }

    #[test]
    fn scales_have_short_halves() {
        for (value, want) in [
            (0.0, 1.0),
            (1.0, 1.0),
            (1.1, 1.2),
            (9.9, 10.0),
            (450.0, 500.0),
            (11.0, 12.0),
            (3_100.0, 4_000.0),
        ] {
            assert_eq!(nice(value), want);
        }
        assert_eq!(nice(f64::NAN), 1.0);
    }
}
