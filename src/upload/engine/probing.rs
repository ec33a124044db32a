//! Asking the server a safe question: whether the token is good, whether it is back.

use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::answers::LONGEST_PAUSE;
use super::looking::GetResult;
use super::{Done, Engine, Probe};
use crate::api::classify::{Answer, SendFailure, get_status};
use crate::domain::clock::Clock;
use crate::domain::note::ServerWords;
use crate::upload::breaker::Breaker;
use crate::upload::event::{Attempt, Ending, Event, Trouble};
use crate::upload::retry::{Cause, backoff, retry_after};

/// How often the question whether the token is good is put again when it got no answer.
const TOKEN_PROBES: u32 = 3;

/// How often a page of the list is asked for before the reading is given up.
const PAGE_TRIES: u32 = 5;

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
        let probe = async move {
            let answer = client.list(&[("page", "1".to_owned()), ("page_size", "1".to_owned())]).await;
            Done::Probed(answer)
        };
        self.probing = Some(self.work.spawn(probe));
    }

    /// Starts a GET of the list beside the tasks.
    pub(super) fn get(&mut self, query: Vec<(&'static str, String)>) -> AbortHandle {
        self.lookups += 1;
        self.in_flight += 1;
        let (client, begin) = (self.client.clone(), Instant::now());
        self.work.spawn(async move {
            let answer = client.list(&query).await;
            Done::Paged { answer, took: begin.elapsed() }
        })
    }

    /// Makes of an answer to such a GET what is to be done next; `tries` counts failures in a row.
    pub(super) fn page_of(&mut self, answer: Result<Answer, SendFailure>, tries: &mut u32) -> GetResult {
        let status = answer.as_ref().ok().map(get_status);
        if let Ok(answer) = &answer
            && status == Some(429)
        {
            return match self.wait_asked(answer) {
                Some(wait) => {
                    self.pace.pause(wait);
                    self.unstage();
                    self.tell(Event::Throttled { wait, attempt: Attempt::default() });
                    GetResult::Again(Duration::ZERO)
                }
                None => GetResult::Ended,
            };
        }
        self.throttled_since = None;
        match (status, answer) {
            (Some(200..300), Ok(answer)) => {
                *tries = 0;
                GetResult::Answer(answer)
            }
            (Some(401 | 403), _) => {
                self.end(Ending::TokenRefused(ServerWords::default()));
                GetResult::Ended
            }
            (Some(status @ (300..=399 | 404 | 405)), _) => {
                self.end(Ending::WrongServer { status });
                GetResult::Ended
            }
            (status, answer) => {
                *tries += 1;
                if *tries < PAGE_TRIES {
                    return GetResult::Again(backoff(Cause::Connect, *tries, fastrand::f64()));
                }
                *tries = 0;
                GetResult::Failed(match (status, answer) {
                    (Some(status), _) => Trouble::Status(status),
                    (None, Err(failure)) => Trouble::Failure(failure),
                    (None, Ok(_)) => Trouble::NotTheApi,
                })
            }
        }
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
        if let Some(wait) = answer.and_then(|answer| self.wait_asked(answer)) {
            self.tell(Event::Throttled { wait, attempt: Attempt::default() });
            self.ask(probe, Instant::now() + wait);
        }
    }

    /// How long to wait after a GET was answered with 429; `None` if that ends the run.
    fn wait_asked(&mut self, answer: &Answer) -> Option<Duration> {
        let now = answer.date.unwrap_or(self.clock.now() / 1_000);
        let asked = answer.retry_after.as_deref().and_then(|header| retry_after(header, now));
        let wait = asked.unwrap_or_else(|| backoff(Cause::Throttle, 3, 1.0)).max(Duration::from_millis(100));
        if wait > LONGEST_PAUSE {
            self.end(Ending::RetryLater { wait });
            return None;
        }
        if self.throttled_too_long() {
            self.end(Ending::ThrottledThroughout);
            return None;
        }
        Some(wait)
    }
}
