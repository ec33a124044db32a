//! Asking the server a safe question: whether the token is good, whether it is back.

use std::time::Duration;

use tokio::time::Instant;

use super::answers::LONGEST_PAUSE;
use super::{Done, Engine, Probe};
use crate::api::classify::{Answer, SendFailure, get_status};
use crate::domain::clock::Clock;
use crate::upload::breaker::Breaker;
use crate::upload::event::{Ending, Event};
use crate::upload::retry::{Cause, backoff, retry_after};

/// How often the question whether the token is good is put again when it got no answer.
const TOKEN_PROBES: u32 = 3;

impl<C: Clock> Engine<C> {
    pub(super) fn open_breaker(&mut self, number: usize) {
        match Breaker::wait(number) {
            Some(wait) => {
                self.ask(Probe::Breaker { number }, Instant::now() + wait);
                let probe = u32::try_from(number + 1).unwrap_or(u32::MAX);
                self.tell(Event::BreakerOpen { wait, probe });
            }
            None => self.end(Ending::ServerDown { last: self.last_failure.clone() }),
        }
    }

    pub(super) fn ask_about_token(&mut self, tries: u32, at: Instant) {
        self.ask(Probe::Token { tries }, at);
    }

    /// Nothing starts until the server has answered.
    fn ask(&mut self, probe: Probe, at: Instant) {
        self.probe = Some(probe);
        self.probe_at = Some(at);
        self.unstage();
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
        if self.ending.is_some() {
            return;
        }
        match (probe, answer.as_ref().ok().map(get_status)) {
            // Too many requests says nothing about the token or the health of the server: ask again when it likes.
            (probe, Some(429)) => self.ask_later(probe, answer.as_ref().ok()),
            (Probe::Token { .. }, Some(200..300)) => {
                // The token is good, so it is these tasks that the server does not want.
                for (words, settlement) in std::mem::take(&mut self.barred) {
                    self.reject(settlement, words);
                }
            }
            (_, Some(401 | 403)) => {
                let words = self.barred.first().map(|(words, _)| words.clone()).unwrap_or_default();
                self.end(Ending::TokenRefused(words));
            }
            (_, Some(status @ (300..=399 | 404 | 405))) => self.end(Ending::WrongServer { status }),
            (Probe::Token { tries }, _) if tries < TOKEN_PROBES => {
                self.ask_about_token(tries + 1, Instant::now() + backoff(Cause::Throttle, tries, 1.0));
            }
            (Probe::Token { .. }, _) => self.end(Ending::TokenUnclear),
            (Probe::Breaker { .. }, Some(200..500)) => {
                self.breaker.close();
                self.tell(Event::BreakerClosed);
            }
            (Probe::Breaker { number }, _) => self.open_breaker(number + 1),
        }
        if self.ending.is_none() && !self.barred.is_empty() && self.probe.is_none() {
            // Somebody was barred while the breaker was probing.
            self.ask_about_token(1, Instant::now());
        }
    }

    fn ask_later(&mut self, probe: Probe, answer: Option<&Answer>) {
        let now = answer.and_then(|answer| answer.date).unwrap_or(self.clock.now() / 1_000);
        let asked = answer
            .and_then(|answer| answer.retry_after.as_deref())
            .and_then(|header| retry_after(header, now));
        let wait = asked.unwrap_or_else(|| backoff(Cause::Throttle, 3, 1.0)).max(Duration::from_millis(100));
        if wait > LONGEST_PAUSE {
            self.end(Ending::RetryLater { wait });
            return;
        }
        if self.throttled_too_long() {
            self.end(Ending::ThrottledThroughout);
            return;
        }
        self.tell(Event::Throttled { wait });
        self.ask(probe, Instant::now() + wait);
    }
}
