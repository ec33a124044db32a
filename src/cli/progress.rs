//! Showing how far the upload is: a bar at a terminal, a line every few seconds in a pipe.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::console::Console;
use super::preview::counted;
use crate::domain::outcome::Outcome;
use crate::lang::grouped;
use crate::upload::Event;

/// Between two lines in a pipe.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// The same news is told once in so long.
const NEWS_EVERY: Duration = Duration::from_secs(10);

/// What was seen so far.
#[derive(Debug)]
struct Progress {
    total: u64,
    done: u64,
    by_outcome: BTreeMap<Outcome, u64>,
    is_sandbox: bool,
    begin: Instant,
    throttled_told: Option<Instant>,
    retry_told: Option<Instant>,
    doubts_told: Option<Instant>,
}

/// Shows events until their sender is gone. `total` is the number of tasks that are to be sent;
/// `is_sandbox` tells that the stand-in is no news.
pub(super) async fn show(
    mut events: UnboundedReceiver<Event>,
    total: u64,
    is_sandbox: bool,
    console: Console,
) {
    let bar = bar(total, console);
    let mut progress = Progress {
        total,
        done: 0,
        by_outcome: BTreeMap::new(),
        is_sandbox,
        begin: Instant::now(),
        throttled_told: None,
        retry_told: None,
        doubts_told: None,
    };
    let mut ticks = interval(if bar.is_some() { Duration::from_millis(200) } else { LINE_EVERY });
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    ticks.tick().await;
    loop {
        tokio::select! {
            event = events.recv() => {
                let Some(event) = event else { break };
                if let Some(news) = progress.take(&event) {
                    match &bar {
                        Some(bar) => bar.suspend(|| console.note(news)),
                        None => console.note(news),
                    }
                }
            }
            _ = ticks.tick() => match &bar {
                Some(bar) => {
                    bar.set_position(progress.done);
                    bar.set_message(progress.tail());
                }
                None => console.note(progress.line()),
            },
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn bar(total: u64, console: Console) -> Option<ProgressBar> {
    if console.is_quiet() || !io::stderr().is_terminal() {
        return None;
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} tasks{msg}").ok()?;
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr()).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    Some(bar)
}

impl Progress {
    /// Takes in an event; what is worth a line of its own comes back.
    fn take(&mut self, event: &Event) -> Option<String> {
        match event {
            Event::Sent | Event::Doubt(_) => None,
            Event::Settling { doubts: 0, .. } => None,
            Event::Settling { doubts, wait } => due(&mut self.doubts_told).then(|| {
                let tasks = counted(*doubts as u64, "task");
                format!(
                    "{tasks} may have been created without an answer: looking at the server for up to {}",
                    human(*wait)
                )
            }),
            Event::Finished { outcome } => {
                self.done += 1;
                *self.by_outcome.entry(*outcome).or_default() += 1;
                None
            }
            Event::Throttled { wait } => due(&mut self.throttled_told)
                .then(|| format!("the server asks us to slow down (429): waiting {}", human(*wait))),
            Event::Retry { wait, why } => due(&mut self.retry_told)
                .then(|| format!("the server cannot be reached ({why}): trying again in {}", human(*wait))),
            Event::BreakerOpen { wait, probe } => Some(format!(
                "the server keeps failing: asking again in {} (probe {probe} of 5)",
                human(*wait)
            )),
            Event::BreakerClosed => Some("the server answers again: going on".to_owned()),
            Event::Sandbox if self.is_sandbox => None,
            Event::Sandbox => {
                Some("SANDBOX: the server says it is a stand-in; nothing real is created".to_owned())
            }
            Event::Draining { in_flight: 0 } => Some("stopping".to_owned()),
            Event::Draining { in_flight } => {
                Some(format!("stopping: {in_flight} requests are on their way and are waited for"))
            }
        }
    }

    /// Rate, outcomes that are not `created`, and the time left.
    fn tail(&self) -> String {
        let seconds = self.begin.elapsed().as_secs_f64().max(0.001);
        let rate = self.done as f64 / seconds;
        let left = self.total.saturating_sub(self.done);
        let others = self.by_outcome.iter().filter(|(outcome, _)| **outcome != Outcome::Created);
        let others: String = others.map(|(outcome, count)| format!(", {count} {outcome}")).collect();
        let time_left = if rate > 0.0 && left > 0 {
            format!(", about {} left", human(Duration::from_secs_f64((left as f64 / rate).min(1e9))))
        } else {
            String::new()
        };
        format!(", {rate:.1}/s{others}{time_left}")
    }

    fn line(&self) -> String {
        format!("{} of {} tasks{}", grouped(self.done), grouped(self.total), self.tail())
    }
}

fn due(told: &mut Option<Instant>) -> bool {
    let now = Instant::now();
    if told.is_some_and(|told| now - told < NEWS_EVERY) {
        return false;
    }
    *told = Some(now);
    true
}

/// `45 s`, `3 min 20 s`, `2 h 5 min`.
pub(super) fn human(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => format!("{:.1} s", duration.as_secs_f64()),
        1..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_for_people() {
        for (seconds, want) in
            [(0.25, "0.2 s"), (45.0, "45 s"), (200.0, "3 min 20 s"), (7_500.0, "2 h 5 min")]
        {
            assert_eq!(human(Duration::from_secs_f64(seconds)), want);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_line_says_how_far_and_what_failed() {
        let mut progress = Progress {
            total: 100,
            done: 0,
            by_outcome: BTreeMap::new(),
            is_sandbox: false,
            begin: Instant::now(),
            throttled_told: None,
            retry_told: None,
            doubts_told: None,
        };
        for outcome in
            [Outcome::Created, Outcome::Created, Outcome::Rejected, Outcome::IncompleteTask, Outcome::Created]
        {
            assert_eq!(progress.take(&Event::Finished { outcome }), None);
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(progress.line(), "5 of 100 tasks, 5.0/s, 1 incomplete_task, 1 rejected, about 19 s left");
        assert!(progress.take(&Event::Throttled { wait: Duration::from_secs(3) }).is_some());
        assert!(
            progress.take(&Event::Throttled { wait: Duration::from_secs(3) }).is_none(),
            "told a moment ago"
        );
    }
}
