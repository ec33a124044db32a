//! From planned to on the wire: intents are recorded ahead of the free slots, and sent when the pace allows.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::cases::STALE;
use super::{Done, Engine, Ready, STAGE};
use crate::domain::clock::Clock;
use crate::ledger::{Claims, LedgerError};
use crate::upload::event::{Attempt, Event};
use crate::upload::reconcile::window::Moment;

impl<C: Clock> Engine<C> {
    // Staging -----------------------------------------------------------------------------------------------------

    /// Claims ahead of the free slots, so that sending never waits for a commit.
    pub(super) fn stage(&mut self) {
        if self.is_held() || self.exhausted || self.claiming {
            return;
        }
        let (limit, depth) = (self.room(), self.depth());
        if limit * 2 < depth {
            return;
        }
        self.claiming = true;
        let (ledger, at, begin) = (Arc::clone(&self.ledger), self.clock.now(), Instant::now());
        self.work.spawn(async move {
            let claims = ledger.claim(limit, at).await;
            Done::Claimed { claims, at, took: begin.elapsed() }
        });
    }

    /// What is sent while a claim is under way: throughput x commit time x 4, since a claim may have to wait for the commit
    /// before its own, and the next one is asked for at half the depth. Where the rate is no limit, at least a full round
    /// of slots, or the stage itself would keep the concurrency from growing.
    pub(super) fn depth(&self) -> usize {
        let configured = 1.0 / self.options.rate.interval().as_secs_f64().max(1e-9);
        let reachable = self.concurrency.limit() as f64 / self.latency.max(0.001);
        let round = self.concurrency.limit() as f64;
        let needed = (reachable * self.commit * 4.0).max(round);
        (configured * self.commit * 4.0).min(needed).clamp(STAGE.0, STAGE.1) as usize
    }

    pub(super) fn took_commit(&mut self, took: Duration) {
        // A slowly forgetting maximum stands for the 99th percentile.
        self.commit = took.as_secs_f64().max(self.commit * 0.99).min(1.0);
    }

    pub(super) fn claimed(&mut self, claims: Result<Claims, LedgerError>, at: i64, took: Duration) {
        self.claiming = false;
        self.took_commit(took);
        match claims {
            Ok(claims) => {
                self.exhausted = claims.exhausted;
                self.take_claims(claims, at);
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// Stages what was claimed; `intended_at` is the time that its intents have in the ledger.
    pub(super) fn take_claims(&mut self, claims: Claims, intended_at: i64) {
        for held in claims.held_back {
            self.finished(held.state.outcome(), Attempt { seq: Some(held.seq), ..Attempt::default() });
        }
        let is_blocked = !claims.blocked.is_empty();
        for (seq, doubtful) in claims.blocked {
            self.recall(doubtful, Some(seq));
        }
        if is_blocked {
            self.tell_of_cases();
        }
        self.staged.extend(claims.tasks.into_iter().map(|claimed| {
            let doubted = claimed.doubted_since.map(|wall| Moment { wall, steady: None });
            Ready { claimed, throttles: 0, doubted, intended_at }
        }));
        self.keep_or_give_back();
    }

    /// What was on its way into the stage when everything stopped goes back too.
    pub(super) fn keep_or_give_back(&mut self) {
        if self.ending.is_some() {
            self.give_back_staged();
        } else if self.is_held() {
            self.unstage();
        }
    }

    /// How many more intents the stage may hold; those that are not durable yet are in it too.
    pub(super) fn room(&self) -> usize {
        self.depth().saturating_sub(self.staged.len() + self.intending)
    }

    /// Records the next intent of every task whose wait is over.
    pub(super) fn intend_due(&mut self) {
        let now = Instant::now();
        let mut room = self.room();
        while room > 0
            && let Some(entry) = self.waiting.last_entry()
        {
            if entry.key().0.0 > now {
                break;
            }
            room -= 1;
            self.intending += 1;
            let mut ready = entry.remove();
            ready.intended_at = self.clock.now();
            let intent = self.ledger.intend(ready.claimed.seq, ready.intended_at);
            self.work.spawn(async move { Done::Intended(ready, intent.await) });
        }
    }

    pub(super) fn intended(&mut self, mut ready: Ready, attempt: Result<u32, LedgerError>) {
        self.intending -= 1;
        match attempt {
            Ok(attempt) => {
                ready.claimed.attempt = attempt;
                self.staged.push_front(ready);
                self.keep_or_give_back();
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    // Sending -----------------------------------------------------------------------------------------------------

    pub(super) fn may_dispatch(&self) -> bool {
        self.ending.is_none()
            && self.probe.is_none()
            && self.asking.is_none()
            && !self.staged.is_empty()
            && self.in_flight < self.concurrency.limit()
    }

    /// Sends what may be sent; a page that is due goes first.
    pub(super) fn dispatch_staged(&mut self) {
        while !self.page_is_due() && self.may_dispatch() && self.pace.try_start() {
            self.dispatch();
        }
    }

    /// Sends the first staged task; the caller has taken the right to start a request.
    pub(super) fn dispatch(&mut self) {
        let Some(ready) = self.staged.pop_front() else { return };
        let (wall, begin) = (self.clock.now(), Instant::now());
        if (wall - ready.intended_at).unsigned_abs() > STALE.as_millis() as u64 {
            // The machine slept, or its clock was set: whoever finds this intent after a kill would look for the task at
            // the wrong time.
            self.staged.push_front(ready);
            self.unstage();
            return;
        }
        self.in_flight += 1;
        self.sample.sent += 1;
        self.tell(Event::Sent(Attempt {
            seq: Some(ready.claimed.seq),
            number: Some(ready.claimed.attempt),
            ..Attempt::default()
        }));
        let client = self.client.clone();
        self.work.spawn(async move {
            let answer = client.create(ready.claimed.body.clone()).await;
            let sent = Moment { wall, steady: Some(begin) };
            Done::Answered { ready, answer, sent, took: begin.elapsed() }
        });
    }

    /// When the next page of the list is to be asked for; `None` if none is wanted, or one is under way.
    pub(super) fn page_at(&self) -> Option<Instant> {
        if self.ending.is_some() || self.probe.is_some() {
            return None;
        }
        let asking = self.asking.as_ref().and_then(|asking| asking.page_at);
        asking.or_else(|| self.looking.as_ref().and_then(|looking| looking.page_at))
    }

    pub(super) fn page_is_due(&self) -> bool {
        self.in_flight < self.concurrency.limit() && self.page_at().is_some_and(|at| at <= Instant::now())
    }

    pub(super) fn send_due_page(&mut self) {
        if self.asking.is_some() { self.send_question() } else { self.send_page() }
    }
}
