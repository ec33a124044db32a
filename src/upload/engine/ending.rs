//! Stopping early, for whatever reason, and giving back what was not sent.

use std::cmp::Reverse;
use std::collections::VecDeque;

use tokio::time::Instant;

use super::{Done, Engine, Ready};
use crate::domain::clock::Clock;
use crate::ledger::LedgerError;
use crate::upload::event::{Ending, Event};

impl<C: Clock> Engine<C> {
    /// Ends early: from here on nothing new starts. The first reason counts, but a failing ledger beats all.
    pub(super) fn end(&mut self, why: Ending) {
        let ledger_failed = matches!(why, Ending::Ledger(..));
        if self.ending.is_some() && !ledger_failed {
            return;
        }
        let first = self.ending.is_none();
        self.ending = Some(why);
        self.waiting.clear();
        if self.probe_at.take().is_some() {
            // It was not asked yet, and nobody waits for the answer any more.
            self.probe = None;
        }
        if let Some(probing) = self.probing.take() {
            // A GET may be left at any moment; who ended the run should not wait for a server that hangs.
            probing.abort();
            self.probe = None;
        }
        if let Some(looking) = self.looking.take() {
            looking.abort();
        }
        if let Some(asking) = self.asking.take() {
            asking.abort();
        }
        if first {
            self.tell(Event::Draining { in_flight: self.in_flight });
        }
        self.give_back_staged();
        self.barred.clear();
    }

    pub(super) fn ledger_failed(&mut self, error: &LedgerError) {
        self.end(Ending::Ledger(error.clone()));
    }

    pub(super) fn give_back_staged(&mut self) {
        let staged = std::mem::take(&mut self.staged);
        self.give_back(&staged);
    }

    pub(super) fn give_back(&mut self, staged: &VecDeque<Ready>) {
        if !staged.is_empty() {
            let given = self.ledger.give_back(staged.iter().map(|ready| ready.claimed.seq).collect());
            self.work.spawn(async move { Done::GivenBack(given.await) });
        }
    }

    /// Whether nothing may start for now: a pause, a question to the server, or the end.
    pub(super) fn is_held(&self) -> bool {
        self.ending.is_some() || self.probe.is_some() || self.asking.is_some() || self.pace.is_paused()
    }

    /// Gives staged intents back while nothing may start: what waits must not look sent.
    pub(super) fn unstage(&mut self) {
        let staged = std::mem::take(&mut self.staged);
        self.give_back(&staged);
        // They are due at once; whatever holds everybody holds them too.
        let due = Instant::now();
        self.waiting.extend(staged.into_iter().map(|ready| (Reverse((due, ready.claimed.seq)), ready)));
    }
}
