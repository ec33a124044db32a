//! What an answer makes of a task, of the pace, and of the run.

use std::time::Duration;

use std::cmp::Reverse;
use tokio::task::JoinError;
use tokio::time::Instant;

use super::{Done, Engine, Ready, Then};
use crate::api::classify::{Answer, SendFailure, Stop, Verdict, classify, classify_failure};
use crate::domain::clock::Clock;
use crate::domain::note::{Doubt, Note, ServerWords};
use crate::domain::outcome::{Outcome, State};
use crate::ledger::{AttemptEnd, LedgerError, Settled, Settlement};
use crate::upload::event::{Attempt, Ending, Event, Trouble};
use crate::upload::reconcile::window::{Lead, Moment};
use crate::upload::retry::{Cause, backoff, retry_after};

/// So many equal rejections in a row stop the run: a wrong auth id must not burn the list.
const EQUAL_REJECTIONS: u32 = 20;

/// The longest pause that a run sits through because the server asks for it.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// Nothing but 429 for so long stops the run.
const THROTTLED_THROUGHOUT: Duration = Duration::from_secs(1_800);

impl<C: Clock> Engine<C> {
    pub(super) fn take(&mut self, done: Result<Done, JoinError>) {
        match done {
            Ok(Done::Claimed { claims, at, took }) => self.claimed(claims, at, took),
            Ok(Done::Reclaimed { claims, at }) => self.reclaimed(claims, at),
            Ok(Done::Zone(samples)) if self.asking.is_some() => self.question_placed(samples),
            Ok(Done::Zone(samples)) => self.zone_known(samples),
            Ok(Done::Paged { answer, took }) => {
                self.in_flight -= 1;
                self.heard(answer.as_ref().ok(), took);
                if self.asking.is_some() { self.question_answered(answer) } else { self.paged(answer) }
            }
            Ok(Done::Surveyed(survey)) => self.surveyed(survey),
            Ok(Done::Resolved { case, state, id, result }) => self.resolved(*case, state, id, result),
            Ok(Done::Marked(outcome, marked)) => self.marked(outcome, marked),
            Ok(Done::Intended(ready, attempt)) => self.intended(ready, attempt),
            Ok(Done::Answered { ready, answer, sent, took }) => self.answered(ready, answer, sent, took),
            Ok(Done::GivenBack(result)) => {
                if let Err(error) = result {
                    self.ledger_failed(&error);
                }
            }
            Ok(Done::Probed(answer)) => self.probed(answer),
            Err(error) if error.is_cancelled() => {}
            // The intent stays in the ledger: whatever the request did, it is in doubt and not forgotten.
            Err(error) => self.end(Ending::Bug(error.to_string())),
        }
    }

    pub(super) fn answered(
        &mut self,
        ready: Ready,
        answer: Result<Answer, SendFailure>,
        sent: Moment,
        took: Duration,
    ) {
        self.in_flight -= 1;
        let seconds = took.as_secs_f64();
        self.latency = if self.latency == 0.0 { seconds } else { self.latency * 0.9 + seconds * 0.1 };
        self.sample_latency = (self.sample_latency.0 + seconds, self.sample_latency.1 + 1);
        let round = Duration::from_secs_f64(self.latency);
        self.pace.spread((!self.concurrency.is_growing()).then_some((self.concurrency.limit(), round)));

        let (verdict, answer) = match answer {
            Ok(answer) => (classify(&answer, &ready.claimed.user_phone), Some(answer)),
            Err(failure) => {
                let status = if let SendFailure::Lost { status, .. } = &failure { *status } else { None };
                let partial = status.map(|status| Answer { status, ..Answer::default() });
                (classify_failure(&failure), partial)
            }
        };
        self.heard(answer.as_ref(), took);
        self.watch(&verdict);
        let settlement = Settlement {
            seq: ready.claimed.seq,
            attempt: ready.claimed.attempt,
            end: AttemptEnd::Answered,
            state: State::Planned,
            server_id: None,
            creation_id: None,
            conversation_id: None,
            http_status: answer.as_ref().map(|answer| answer.status),
            note: None,
            created_at: None,
            sent_at: sent.wall,
            ended_at: self.clock.now(),
            server_date: answer.as_ref().and_then(|answer| answer.date),
        };
        self.apply(ready, verdict, answer.as_ref(), settlement, sent);
    }

    /// What every answer tells, whatever it answers: the server's clock, and whether it is a stand-in.
    fn heard(&mut self, answer: Option<&Answer>, took: Duration) {
        let Some(answer) = answer else { return };
        if answer.sandbox && !self.sandbox {
            self.sandbox = true;
            // Now, since nobody may live to say it at the end.
            self.ledger.stand_in();
            self.tell(Event::Sandbox);
        }
        if let Some(date) = answer.date {
            let now = self.clock.now();
            let told = Lead::of(date, now - i64::try_from(took.as_millis()).unwrap_or(i64::MAX / 4), now);
            self.lead = Some(self.lead.map_or(told, |lead| lead.and(told)));
        }
    }

    /// Lets pace, concurrency and breaker learn from a verdict.
    pub(super) fn watch(&mut self, verdict: &Verdict) {
        let round_trip = Duration::from_secs_f64(self.latency.clamp(0.001, 10.0));
        let failure = match verdict {
            Verdict::NotSent(detail) => Some(Trouble::Failure(SendFailure::Connect(detail.clone()))),
            Verdict::InDoubt { doubt: Doubt::Timeout, .. } => Some(Trouble::Failure(SendFailure::Timeout)),
            Verdict::InDoubt { doubt: Doubt::ConnectionLost, detail, .. } => {
                Some(Trouble::Failure(SendFailure::Lost { status: None, detail: detail.clone() }))
            }
            Verdict::InDoubt { doubt: Doubt::ServerError(status), .. } => Some(Trouble::Status(*status)),
            _ => None,
        };
        if !matches!(verdict, Verdict::Throttled) {
            self.throttled_since = None;
        }
        match (failure, verdict) {
            (None, Verdict::Throttled) => self.concurrency.trouble(round_trip),
            (None, _) => {
                self.concurrency.clean(self.in_flight + 1);
                self.breaker.record(false);
            }
            (Some(failure), _) => {
                // A 5xx says that something is broken, not that there is too much of it.
                if !matches!(verdict, Verdict::InDoubt { doubt: Doubt::ServerError(_), .. }) {
                    self.concurrency.trouble(round_trip);
                }
                self.sample.failed += 1;
                self.last_failure = Some(failure);
                if self.breaker.record(true) && self.probe.is_none() && self.ending.is_none() {
                    self.open_breaker(0);
                }
            }
        }
        if matches!(verdict, Verdict::Created { .. } | Verdict::IncompleteTask(_)) {
            self.equal.0 = 0;
        }
    }

    pub(super) fn apply(
        &mut self,
        ready: Ready,
        verdict: Verdict,
        answer: Option<&Answer>,
        mut settlement: Settlement,
        sent: Moment,
    ) {
        match verdict {
            Verdict::Created { id, .. } if !self.ids.insert(id) => {
                // The ledger knows all ids and has the last word; ours of this run are seen before the next one leaves.
                self.doubt(ready, settlement, Doubt::Crossed, format!("task id {id} is taken"), sent);
                self.end(Ending::CrossedAnswers);
            }
            Verdict::Created { id, creation_id, conversation_id, created_at } => {
                settlement.state = State::Created;
                settlement.server_id = Some(id);
                settlement.creation_id = creation_id;
                settlement.conversation_id = conversation_id;
                settlement.created_at = created_at;
                self.settle_as(settlement, Outcome::Created);
            }
            Verdict::IncompleteTask(words) if ready.doubted.is_some() => {
                // The unfinished task may be our own, of the attempt that was in doubt.
                self.doubt(ready, settlement, Doubt::Busy, words.message, sent);
            }
            Verdict::IncompleteTask(words) => {
                settlement.state = State::IncompleteTask;
                settlement.note = Some(Note::Server(words));
                self.settle_as(settlement, Outcome::IncompleteTask);
            }
            Verdict::Rejected(words) => self.reject(settlement, words),
            Verdict::Barred(words) => {
                // Not acted on, whatever comes of it: that much is written down before the server is asked.
                settlement.end = AttemptEnd::Barred;
                settlement.note = Some(Note::Server(words.clone()));
                self.settle(settlement.clone(), Then::Nothing);
                if self.ending.is_none() {
                    self.barred.push((words, settlement));
                    if self.probe.is_none() {
                        self.ask_about_token(1, Instant::now());
                    }
                }
            }
            Verdict::Throttled => self.throttled(ready, answer, settlement),
            Verdict::NotSent(detail) => self.not_sent(ready, detail, settlement),
            Verdict::Misdirected(stop) => {
                settlement.end = AttemptEnd::Barred;
                self.settle(settlement, Then::Nothing);
                self.end(ending_of(&stop));
            }
            Verdict::InDoubt { doubt, detail, stop } => {
                self.doubt(ready, settlement, doubt, detail, sent);
                if let Some(stop) = stop {
                    self.end(ending_of(&stop));
                }
            }
        }
    }

    /// Records that an attempt may have made the task; once that is durable, it is looked for.
    fn doubt(
        &mut self,
        mut ready: Ready,
        mut settlement: Settlement,
        doubt: Doubt,
        detail: String,
        since: Moment,
    ) {
        self.tell(Event::Doubt { doubt, attempt: Attempt::of(&settlement) });
        settlement.end = AttemptEnd::InDoubt;
        settlement.state = State::InDoubt;
        settlement.note = Some(Note::Doubt { doubt, detail: detail.clone(), lookup: None });
        ready.claimed.attempts_used += 1;
        let until = Moment { wall: settlement.ended_at, steady: Some(Instant::now()) };
        self.settle(settlement, Then::LookUp { ready: Box::new(ready), doubt, detail, since, until });
    }

    pub(super) fn reject(&mut self, mut settlement: Settlement, words: ServerWords) {
        settlement.end = AttemptEnd::Answered;
        settlement.state = State::Rejected;
        settlement.note = Some(Note::Server(words.clone()));
        self.settle_as(settlement, Outcome::Rejected);
        let count = if same(&words, &self.equal.1) { self.equal.0 + 1 } else { 1 };
        self.equal = (count, words.clone());
        if count >= EQUAL_REJECTIONS {
            self.end(Ending::EqualRejections { count, words });
        }
    }

    pub(super) fn throttled(
        &mut self,
        mut ready: Ready,
        answer: Option<&Answer>,
        mut settlement: Settlement,
    ) {
        settlement.end = AttemptEnd::Throttled;
        self.sample.throttled += 1;
        ready.throttles += 1;
        let now = settlement.server_date.unwrap_or(settlement.ended_at / 1_000);
        let asked = answer
            .and_then(|answer| answer.retry_after.as_deref())
            .and_then(|header| retry_after(header, now));
        let wait = asked.unwrap_or_else(|| {
            backoff(Cause::Throttle, ready.throttles, fastrand::f64()).max(Duration::from_millis(100))
        });
        if wait > LONGEST_PAUSE {
            self.settle(settlement, Then::Nothing);
            self.end(Ending::RetryLater { wait });
            return;
        }
        let attempt = Attempt::of(&settlement);
        self.settle_then_retry(settlement, ready, wait);
        if self.throttled_too_long() {
            self.end(Ending::ThrottledThroughout);
            return;
        }
        // Answers to requests of the same moment are one slow-down.
        if !self.pace.is_paused() {
            self.pace.slow_down();
        }
        self.pace.pause(wait);
        self.unstage();
        self.tell(Event::Throttled { wait, attempt });
    }

    /// Whether there was nothing but 429 for longer than a run should sit through.
    pub(super) fn throttled_too_long(&mut self) -> bool {
        self.throttled_since.get_or_insert_with(Instant::now).elapsed() > THROTTLED_THROUGHOUT
    }

    pub(super) fn not_sent(&mut self, mut ready: Ready, detail: String, mut settlement: Settlement) {
        settlement.end = AttemptEnd::NotSent;
        ready.claimed.attempts_used += 1;
        if ready.claimed.attempts_used >= self.options.max_attempts {
            settlement.state = State::Failed;
            settlement.note = Some(Note::NotSent { detail });
            self.settle_as(settlement, Outcome::Failed);
            return;
        }
        let wait = backoff(Cause::Connect, ready.claimed.attempts_used, fastrand::f64());
        self.tell(Event::Retry { wait, why: detail.clone(), attempt: Attempt::of(&settlement) });
        settlement.note = Some(Note::NotSent { detail });
        self.settle_then_retry(settlement, ready, wait);
    }

    /// The operations of one handle are applied in order, so the intent of the retry comes after this settlement.
    pub(super) fn settle_then_retry(&mut self, settlement: Settlement, ready: Ready, wait: Duration) {
        self.settle(settlement, Then::Nothing);
        if self.ending.is_none() {
            self.waiting.insert(Reverse((Instant::now() + wait, ready.claimed.seq)), ready);
        }
    }

    fn settle_as(&mut self, settlement: Settlement, outcome: Outcome) {
        let attempt = Attempt::of(&settlement);
        self.settle(settlement, Then::Finished(outcome, attempt));
    }

    pub(super) fn settle(&mut self, settlement: Settlement, then: Then) {
        self.settling += 1;
        let durable = self.durable.clone();
        // Nobody listening any more means that the run was left.
        self.ledger.settle(settlement, move |result| drop(durable.send((result, then))));
    }

    pub(super) fn settled(&mut self, result: Result<Settled, LedgerError>, then: Then) {
        self.settling -= 1;
        match (result, then) {
            (Ok(Settled::Recorded), Then::Finished(outcome, attempt)) => self.finished(outcome, attempt),
            (Ok(Settled::Recorded), Then::Nothing) => {}
            (Ok(Settled::Recorded), Then::LookUp { ready, doubt, detail, since, until }) => {
                self.doubted(*ready, doubt, detail, since, until);
            }
            (Ok(Settled::Crossed), then) => {
                let attempt =
                    if let Then::Finished(_, attempt) = then { attempt } else { Attempt::default() };
                self.tell(Event::Doubt { doubt: Doubt::Crossed, attempt });
                self.end(Ending::CrossedAnswers);
            }
            (Err(error), _) => self.ledger_failed(&error),
        }
    }

    pub(super) fn finished(&mut self, outcome: Outcome, attempt: Attempt) {
        self.sample.finished += 1;
        self.tell(Event::Finished { outcome, attempt });
    }
}

/// Whether two refusals are the same one.
fn same(one: &ServerWords, other: &ServerWords) -> bool {
    one.code == other.code && one.message == other.message
}

fn ending_of(stop: &Stop) -> Ending {
    match stop {
        Stop::WrongServer { status } => Ending::WrongServer { status: *status },
        Stop::ForeignAnswer => Ending::ForeignAnswer,
        Stop::CrossedAnswers => Ending::CrossedAnswers,
    }
}
