//! Questions to the server before anything is sent: who has an unfinished task, and which tasks it has already.

use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::looking::GetResult;
use super::{Done, Engine};
use crate::api::classify::{Answer, SendFailure};
use crate::api::list::page;
use crate::domain::clock::Clock;
use crate::domain::outcome::Outcome;
use crate::ledger::{AtServer, LedgerError, Op, WallEvidence};
use crate::upload::event::{Ending, Event, Trouble};
use crate::upload::reconcile::sweep::{Listing, Part, Step, Sweep};
use crate::upload::reconcile::window::{Span, ZONES, Zone, on_the_wall, zone};

/// What a task not begun (0) and one under way (1) are called. Source: the page on listing tasks.
const UNFINISHED: [u8; 2] = [0, 1];

/// A question to be asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prelude {
    /// Which tasks the server has that were created within this time.
    Preflight {
        /// The time.
        window: Duration,
    },
    /// Which users have an unfinished task.
    SkipBusy,
}

/// A question under way.
#[derive(Debug)]
pub(super) struct Asking {
    kind: Prelude,
    zone: Option<Zone>,
    sweep: Option<Sweep>,
    pub(super) page_at: Option<Instant>,
    tries: u32,
    get: Option<AbortHandle>,
}

impl Asking {
    pub(super) fn abort(self) {
        if let Some(get) = self.get {
            get.abort();
        }
    }
}

impl<C: Clock> Engine<C> {
    /// Begins the next question, if there is one.
    pub(super) fn ask_next(&mut self) {
        if self.asking.is_some() || self.ending.is_some() {
            return;
        }
        let Some(kind) = self.preludes.pop_front() else { return };
        let page_at = Some(Instant::now());
        let mut asking = Asking { kind, zone: None, sweep: None, page_at, tries: 0, get: None };
        if kind == Prelude::SkipBusy {
            asking.sweep = Some(Sweep::loosely(UNFINISHED.map(Part::Status).to_vec()));
        }
        self.asking = Some(asking);
    }

    pub(super) fn send_question(&mut self) {
        let query = match &self.asking {
            Some(Asking { sweep: Some(sweep), .. }) => sweep.query().unwrap_or_default(),
            _ => vec![("page", "1".to_owned()), ("page_size", "1".to_owned())],
        };
        let get = self.get(query);
        if let Some(asking) = &mut self.asking {
            asking.page_at = None;
            asking.get = Some(get);
        }
    }

    pub(super) fn question_answered(&mut self, answer: Result<Answer, SendFailure>) {
        let Some(mut asking) = self.asking.take() else { return };
        asking.get = None;
        match self.page_of(answer, &mut asking.tries) {
            GetResult::Ended => {}
            GetResult::Failed(trouble) => self.end(Ending::ListUnreadable(trouble)),
            GetResult::Again(wait) => {
                asking.page_at = Some(Instant::now() + wait);
                self.asking = Some(asking);
            }
            GetResult::Answer(answer) => {
                let Some(sweep) = &mut asking.sweep else {
                    // The server's clock is known now; its zone is in the ledger, if it is anywhere.
                    let now = self.server_now();
                    let wide = on_the_wall(Span { from: now - 86_400, to: now }, None);
                    let samples = self.ledger.zone(wide.from, wide.to);
                    self.work.spawn(async move { Done::Zone(samples.await) });
                    self.asking = Some(asking);
                    return;
                };
                let step = match page(&answer.body) {
                    Ok(page) => sweep.take(page, &|_| true),
                    Err(bad) => return self.end(Ending::ListUnreadable(Trouble::List(bad))),
                };
                match step {
                    Step::Next => {
                        asking.page_at = Some(Instant::now());
                        self.asking = Some(asking);
                    }
                    Step::Failed(why) => self.end(Ending::ListUnreadable(Trouble::Lookup(why))),
                    Step::Done(listing) => {
                        self.mark(&asking, &listing);
                        self.asking = Some(asking);
                    }
                }
            }
        }
    }

    /// The zone for [`Prelude::Preflight`].
    pub(super) fn question_placed(&mut self, evidence: Result<WallEvidence, LedgerError>) {
        let samples = match evidence {
            Ok(evidence) => evidence.samples,
            Err(error) => return self.ledger_failed(&error),
        };
        let now = self.server_now();
        let Some(asking) = &mut self.asking else { return };
        let Prelude::Preflight { window } = asking.kind else { return };
        asking.zone = zone(&samples);
        let span = on_the_wall(within(window, now), asking.zone);
        let part = vec![Part::Created(span)];
        // Without its zone the window is not closed: it goes on growing while it is read, and what is there is all seen.
        asking.sweep = Some(if asking.zone.is_some() { Sweep::new(part) } else { Sweep::loosely(part) });
        asking.page_at = Some(Instant::now());
    }

    fn server_now(&self) -> i64 {
        (self.clock.now() + self.lead.map_or(0, |lead| lead.low)).div_euclid(1_000)
    }

    fn mark(&mut self, asking: &Asking, listing: &Listing) {
        let at = self.clock.now();
        let op = match asking.kind {
            Prelude::SkipBusy => {
                let phones = listing.kept.iter().map(|task| ((self.phone_key)(&task.user_phone), task.id));
                Op::Busy { phones: phones.collect(), at }
            }
            Prelude::Preflight { window } => {
                let span = within(window, self.server_now());
                let newest = listing.kept.iter().filter_map(|task| task.created_at).max();
                let listed = listing.kept.iter().filter_map(|task| {
                    let created_at = task.created_at?;
                    Some(AtServer {
                        phone_key: (self.phone_key)(&task.user_phone),
                        auth_id: task.auth_id?,
                        name: task.name.clone(),
                        id: task.id,
                        within: surely_within(created_at, newest, span, asking.zone),
                    })
                });
                Op::AtServer { listed: listed.collect(), at }
            }
        };
        let marked = self.ledger.mark(op);
        let outcome = match asking.kind {
            Prelude::SkipBusy => Outcome::IncompleteTask,
            Prelude::Preflight { .. } => Outcome::Skipped,
        };
        self.work.spawn(async move { Done::Marked(outcome, marked.await) });
    }

    pub(super) fn marked(&mut self, outcome: Outcome, marked: Result<u64, LedgerError>) {
        self.asking = None;
        match marked {
            Ok(count) => {
                self.sample.finished += u32::try_from(count).unwrap_or(u32::MAX);
                self.tell(Event::Marked { outcome, count });
            }
            Err(error) => self.ledger_failed(&error),
        }
    }
}

/// The window on the server's UTC clock; what it creates from now on is not ours to wait for.
fn within(window: Duration, now: i64) -> Span {
    let window = i64::try_from(window.as_secs()).unwrap_or(i64::MAX / 4);
    Span { from: now.saturating_sub(window), to: now }
}

/// Whether a task was created within the span whatever the zone is. `newest` is the latest time listed: a task of the
/// future cannot be, and so the zone is at least as far east as it makes it.
fn surely_within(created_at: i64, newest: Option<i64>, span: Span, zone: Option<Zone>) -> bool {
    let zone = zone.unwrap_or_else(|| {
        let low = newest.map_or(ZONES.0, |newest| (newest - span.to).max(ZONES.0));
        Zone { low: low.min(ZONES.1), high: ZONES.1 }
    });
    created_at - zone.high >= span.from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_surely_within_the_window() {
        const HOUR: i64 = 3_600;
        let now = 1_000_000_000;
        let span = within(Duration::from_secs(20 * 3_600), now);
        assert_eq!(span, Span { from: now - 20 * HOUR, to: now });
        let jakarta = Some(Zone { low: 7 * HOUR, high: 7 * HOUR });
        for (hours, zone, want) in [
            (7 - 19, jakarta, true),
            (7 - 21, jakarta, false),
            (0, None, true),
            (-5, None, true),
            (-7, None, false),
        ] {
            assert_eq!(surely_within(now + hours * HOUR, Some(now), span, zone), want, "{hours}");
        }
    }
}
