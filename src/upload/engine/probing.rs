//! Asking the server a safe question: whether the token is good, whether it is back.

use tokio::time::Instant;

use super::{Done, Engine, Probe};
use crate::api::classify::{Answer, SendFailure, get_status};
use crate::domain::clock::Clock;
use crate::domain::note::Note;
use crate::upload::breaker::Breaker;
use crate::upload::event::{Ending, Event};
use crate::upload::retry::{Cause, backoff};

/// How often the question whether the token is good is put again when it got no answer.
const TOKEN_PROBES: u32 = 3;

impl<C: Clock> Engine<C> {
    pub(super) fn open_breaker(&mut self, number: usize) {
        match Breaker::wait(number) {
            Some(wait) => {
                self.probe = Some(Probe::Breaker { number });
                self.probe_at = Some(Instant::now() + wait);
                let probe = u32::try_from(number + 1).unwrap_or(u32::MAX);
                self.tell(Event::BreakerOpen { wait, probe });
            }
            None => self.end(Ending::ServerDown { last: self.last_failure.clone() }),
        }
    }

    /// Asks the server for one task: a safe question, under the same rate as all others.
    pub(super) fn send_probe(&mut self) {
        self.probe_at = None;
        self.lookups += 1;
        let client = self.client.clone();
        let probe = async move { Done::Probed(client.list(&[("page", "1"), ("page_size", "1")]).await) };
        self.probing = Some(self.work.spawn(probe));
    }

    pub(super) fn probed(&mut self, answer: Result<Answer, SendFailure>) {
        self.probing = None;
        let Some(probe) = self.probe.take() else { return };
        let status = answer.as_ref().ok().map(get_status);
        match (probe, status) {
            (Probe::Token { .. }, Some(200..300)) => {
                // The token is good, so it is these tasks that the server does not want.
                for (_, words, settlement) in std::mem::take(&mut self.barred) {
                    self.reject(settlement, words);
                }
            }
            (Probe::Token { .. }, Some(401 | 403)) => {
                let words = self.barred.first().map(|(_, words, _)| words.clone()).unwrap_or_default();
                self.settle_barred();
                self.end(Ending::TokenRefused(words));
            }
            (Probe::Token { tries }, _) if tries < TOKEN_PROBES && self.ending.is_none() => {
                self.probe = Some(Probe::Token { tries: tries + 1 });
                self.probe_at = Some(Instant::now() + backoff(Cause::Throttle, tries, 1.0));
            }
            (Probe::Token { .. }, _) => {
                self.settle_barred();
                self.end(Ending::TokenUnclear);
            }
            (Probe::Breaker { .. }, Some(200..500)) => {
                self.breaker.close();
                self.tell(Event::BreakerClosed);
            }
            (Probe::Breaker { number }, _) => {
                if self.ending.is_none() {
                    self.open_breaker(number + 1);
                }
            }
        }
        if self.ending.is_some() {
            self.settle_barred();
        } else if !self.barred.is_empty() && self.probe.is_none() {
            // Somebody was barred while the breaker was probing.
            self.probe = Some(Probe::Token { tries: 1 });
            self.probe_at = Some(Instant::now());
        }
    }

    /// Writes down those who were barred as what they are without a decision: not acted on, and pending.
    pub(super) fn settle_barred(&mut self) {
        for (_, words, mut settlement) in std::mem::take(&mut self.barred) {
            settlement.note = Some(Note::Server(words));
            self.settle(settlement, None);
        }
    }
}
