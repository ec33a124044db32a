//! Showing how far the upload is: a bar at a terminal, a line every few seconds in a pipe.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::console::{Console, News};
use super::log::engine::{Places, trace};
use super::log::{Level, Value};
use super::preview::listed;
use crate::domain::outcome::Outcome;
use crate::lang::say;
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
    /// Tasks in doubt that are waited for and looked up.
    doubts: u64,
    by_outcome: BTreeMap<Outcome, u64>,
    is_sandbox: bool,
    begin: Instant,
    throttled_told: Option<Instant>,
    retry_told: Option<Instant>,
    doubts_told: Option<Instant>,
}

/// Shows events until their sender is gone. `total` is the number of tasks that are to be sent;
/// `is_sandbox` tells that the stand-in is no news; `places` names the rows in the log.
pub(super) async fn show(
    mut events: UnboundedReceiver<Event>,
    total: u64,
    is_sandbox: bool,
    places: Places,
    console: Console,
) {
    let bar = bar(total, console);
    let mut progress = Progress::new(total, is_sandbox);
    let mut ticks = interval(if bar.is_some() { Duration::from_millis(200) } else { LINE_EVERY });
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    ticks.tick().await;
    loop {
        tokio::select! {
            event = events.recv() => {
                let Some(event) = event else { break };
                trace(&event, &places);
                if let Some(news) = progress.take(&event) {
                    match &bar {
                        Some(bar) => bar.suspend(|| console.news(&news)),
                        None => console.news(&news),
                    }
                }
            }
            _ = ticks.tick() => match &bar {
                Some(bar) => {
                    bar.set_position(progress.done);
                    bar.set_message(progress.beside_the_bar());
                }
                None => console.news(&progress.news()),
            },
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn bar(total: u64, console: Console) -> Option<ProgressBar> {
    // Lines of a log and a bar would write over one another.
    if console.is_quiet()
        || console.is_verbose()
        || console.is_log_for_programs()
        || !io::stderr().is_terminal()
    {
        return None;
    }
    let style = ProgressStyle::with_template("{bar:30} {msg}").ok()?;
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr()).with_style(style);
    bar.set_message(say!("progress-bar", done = 0_u64, total = total));
    bar.enable_steady_tick(Duration::from_millis(200));
    Some(bar)
}

impl Progress {
    fn new(total: u64, is_sandbox: bool) -> Self {
        Self {
            total,
            done: 0,
            doubts: 0,
            by_outcome: BTreeMap::new(),
            is_sandbox,
            begin: Instant::now(),
            throttled_told: None,
            retry_told: None,
            doubts_told: None,
        }
    }

    /// Takes in an event; what is worth a line of its own comes back.
    fn take(&mut self, event: &Event) -> Option<News> {
        let news = |level, event, text, fields| Some(News { level, event, text, fields });
        let wait_ms = |wait: &Duration| ("wait_ms", Value::from(wait.as_millis() as u64));
        match event {
            Event::Settling { doubts, wait } => {
                let before = std::mem::replace(&mut self.doubts, *doubts as u64);
                // That some of them are settled is seen in the line.
                if self.doubts <= before || !due(&mut self.doubts_told) {
                    return None;
                }
                let text = say!("progress-doubts", count = self.doubts, time = human(*wait));
                news(Level::WARN, "tasks-in-doubt", text, vec![("doubts", self.doubts.into()), wait_ms(wait)])
            }
            Event::Finished { outcome, .. } => {
                self.ended(*outcome, 1);
                None
            }
            Event::Marked { outcome, count } => {
                self.ended(*outcome, *count);
                None
            }
            Event::Throttled { wait, .. } if due(&mut self.throttled_told) => {
                let text = say!("progress-throttled", time = human(*wait));
                news(Level::WARN, "throttled", text, vec![wait_ms(wait)])
            }
            Event::Retry { wait, why, .. } if due(&mut self.retry_told) => {
                let text = say!("progress-unreachable", why = why, time = human(*wait));
                news(Level::WARN, "unreachable", text, vec![wait_ms(wait), ("why", why.as_str().into())])
            }
            Event::BreakerOpen { wait, probe } => {
                let text = say!("progress-failing", time = human(*wait), probe = probe.to_string());
                news(Level::WARN, "breaker-opened", text, vec![wait_ms(wait), ("probe", (*probe).into())])
            }
            Event::BreakerClosed => news(Level::INFO, "breaker-closed", say!("progress-recovered"), vec![]),
            Event::Sandbox if !self.is_sandbox => {
                news(Level::WARN, "sandbox", say!("progress-sandbox"), vec![])
            }
            Event::Draining { in_flight } => {
                let text = match in_flight {
                    0 => say!("progress-stopping"),
                    count => say!("progress-draining", count = *count),
                };
                news(Level::INFO, "stopping", text, vec![("in_flight", (*in_flight).into())])
            }
            Event::Throttled { .. }
            | Event::Retry { .. }
            | Event::Sandbox
            | Event::Sent(_)
            | Event::Doubt { .. }
            | Event::Looking { .. }
            | Event::LookedUp { .. }
            | Event::Pace { .. } => None,
        }
    }

    fn ended(&mut self, outcome: Outcome, count: u64) {
        self.done += count;
        if count > 0 {
            *self.by_outcome.entry(outcome).or_default() += count;
        }
    }

    /// How far it is, for people and for programs.
    fn news(&self) -> News {
        let rate = (self.rate() * 10.0).round() / 10.0;
        let outcomes: serde_json::Map<String, Value> = self
            .by_outcome
            .iter()
            .map(|(outcome, count)| (outcome.as_str().to_owned(), (*count).into()))
            .collect();
        let fields = vec![
            ("done", self.done.into()),
            ("total", self.total.into()),
            ("rate", rate.into()),
            ("doubts", self.doubts.into()),
            ("outcomes", outcomes.into()),
        ];
        News { level: Level::INFO, event: "progress", text: self.line(), fields }
    }

    /// Tasks that came to an end, a second.
    fn rate(&self) -> f64 {
        self.done as f64 / self.begin.elapsed().as_secs_f64().max(0.001)
    }

    /// A line of its own.
    fn line(&self) -> String {
        self.with_tail(say!("progress-tasks", done = self.done, total = self.total))
    }

    /// The same behind the bar, which shows part of it.
    fn beside_the_bar(&self) -> String {
        self.with_tail(say!("progress-bar", done = self.done, total = self.total))
    }

    /// How far it is, and behind it the rate, outcomes that are not `created`, and the time left; or, if all that is left
    /// is in doubt, how much that is: how long a look takes says nothing about the rate.
    fn with_tail(&self, how_far: String) -> String {
        let rate = self.rate();
        let left = self.total.saturating_sub(self.done);
        let only_doubts = left > 0 && left <= self.doubts;
        let mut parts = vec![how_far];
        if !only_doubts {
            parts.push(say!("progress-rate", rate = format!("{rate:.1}")));
        }
        let others = self.by_outcome.iter().filter(|(outcome, _)| **outcome != Outcome::Created);
        parts.extend(others.map(|(outcome, count)| format!("{count} {outcome}")));
        if only_doubts {
            parts.push(say!("progress-looking", count = left));
        } else if rate > 0.0 && left > 0 {
            let time = human(Duration::from_secs_f64((left as f64 / rate).min(1e9)));
            parts.push(say!("progress-left", time = time));
        }
        listed(&parts)
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
        0 => say!("screens-seconds", seconds = format!("{:.1}", duration.as_secs_f64())),
        1..60 => say!("screens-seconds", seconds = seconds.to_string()),
        60..3_600 => {
            let (minutes, seconds) = (seconds / 60, seconds % 60);
            say!("screens-minutes", minutes = minutes.to_string(), seconds = seconds.to_string())
        }
        _ => {
            let (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60);
            say!("screens-hours", hours = hours.to_string(), minutes = minutes.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::Attempt;

    fn ended(outcome: Outcome) -> Event {
        Event::Finished { outcome, attempt: Attempt::default() }
    }

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
        let mut progress = Progress::new(100, false);
        for outcome in
            [Outcome::Created, Outcome::Created, Outcome::Rejected, Outcome::IncompleteTask, Outcome::Created]
        {
            assert_eq!(progress.take(&ended(outcome)), None);
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(progress.line(), "5 of 100 tasks, 5.0/s, 1 incomplete_task, 1 rejected, about 19 s left");
        let (wait, attempt) = (Duration::from_secs(3), Attempt::default());
        let throttled = Event::Throttled { wait, attempt };
        assert!(progress.take(&throttled).is_some());
        assert!(progress.take(&throttled).is_none(), "told a moment ago");
    }

    #[tokio::test(start_paused = true)]
    async fn programs_read_the_same_in_numbers() {
        let mut progress = Progress::new(1_000, false);
        progress.take(&ended(Outcome::Created));
        progress.take(&Event::Marked { outcome: Outcome::Skipped, count: 24 });
        tokio::time::advance(Duration::from_secs(10)).await;
        let News { level, event, text, fields } = progress.news();
        assert_eq!((level, event, text), (Level::INFO, "progress", progress.line()));
        let fields: BTreeMap<_, _> =
            fields.into_iter().map(|(key, value)| (key, value.to_string())).collect();
        let want = [
            ("done", "25"),
            ("doubts", "0"),
            ("outcomes", r#"{"created":1,"skipped":24}"#),
            ("rate", "2.5"),
            ("total", "1000"),
        ];
        assert_eq!(fields, want.map(|(key, text)| (key, text.to_owned())).into());
    }

    #[tokio::test(start_paused = true)]
    async fn where_only_doubts_are_left_no_time_is_foretold() {
        let mut progress = Progress::new(12, false);
        let settling = |doubts| Event::Settling { doubts, wait: Duration::from_secs(20) };
        assert_eq!(
            progress.take(&settling(3)).map(|news| news.text).as_deref(),
            Some("3 tasks may have been created without an answer: looking at the server for up to 20 s")
        );
        for _ in 0..8 {
            progress.take(&ended(Outcome::Created));
        }
        tokio::time::advance(Duration::from_secs(4)).await;
        assert_eq!(progress.line(), "8 of 12 tasks, 2.0/s, about 2 s left", "one is still to be sent");
        progress.take(&ended(Outcome::Rejected));
        tokio::time::advance(Duration::from_secs(100)).await;
        assert_eq!(progress.line(), "9 of 12 tasks, 1 rejected, 3 are being looked for at the server");
        assert_eq!(progress.beside_the_bar(), "9/12 tasks, 1 rejected, 3 are being looked for at the server");

        assert_eq!(progress.take(&settling(1)), None, "fewer are no news");
        for _ in 0..2 {
            progress.take(&ended(Outcome::Created));
        }
        assert_eq!(progress.line(), "11 of 12 tasks, 1 rejected, 1 is being looked for at the server");
        // It was not there, and is sent again.
        assert_eq!(progress.take(&settling(0)), None);
        assert!(progress.line().ends_with("1 rejected, about 9 s left"), "{}", progress.line());
    }
}
