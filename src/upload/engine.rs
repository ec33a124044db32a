//! The loop that sends: intents are staged ahead of the free slots, an answer is classified, written down, and only
//! then told.
//!
//! One task of the runtime owns all the state; requests and commits run as tasks of their own and come back as
//! `Done`. Stopping early, for whatever reason, is one path: start nothing new, give staged intents back, wait for
//! what is in flight, write it down.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior};

use super::breaker::Breaker;
use super::event::{Ending, Event, Interrupt};
use super::pace::{Concurrency, Pace, Rate};
use super::retry::{Cause, backoff, retry_after};
use crate::api::classify::{Answer, SendFailure, Stop, Verdict, classify, classify_failure};
use crate::api::client::Client;
use crate::domain::clock::Clock;
use crate::domain::note::{Doubt, Note, ServerWords};
use crate::domain::outcome::{Outcome, State};
use crate::ledger::{AttemptEnd, Claimed, Claims, Ledger, LedgerError, Sample, Settled, Settlement};

/// So many equal rejections in a row stop the run: a wrong auth id must not burn the list.
const EQUAL_REJECTIONS: u32 = 20;

/// The longest pause that a run sits through because the server asks for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// Nothing but 429 for so long stops the run.
const THROTTLED_THROUGHOUT: Duration = Duration::from_secs(1_800);

/// How many intents are staged at the least and at the most.
///
/// After a kill every staged intent is a doubt that somebody has to look at, so at an ordinary rate hardly any is staged;
/// the depth follows what is sent while two commits run.
const STAGE: (f64, f64) = (2.0, 512.0);

/// A pause from this length on gives staged intents back: nothing should look sent that is not.
const LONG_PAUSE: Duration = Duration::from_secs(2);

/// How often the question whether the token is good is put again when it got no answer.
const TOKEN_PROBES: u32 = 3;

/// The knobs of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// For all requests.
    pub rate: Rate,
    /// How many may start at once.
    pub burst: NonZeroU32,
    /// The ceiling of requests on their way.
    pub concurrency: usize,
    /// Attempts of a task that may fail before it is given up.
    pub max_attempts: u32,
}

/// How the upload ended.
#[derive(Debug)]
pub struct Ended {
    /// `None`: every task had its turn.
    pub early: Option<Ending>,
    /// GET requests made.
    pub lookups: u64,
    /// Whether an answer carried the sandbox's mark.
    pub sandbox: bool,
}

/// An upload that has not begun.
#[derive(Debug)]
pub struct Upload<C> {
    /// Where the requests go.
    pub client: Client,
    /// Where the tasks come from, and their fates go.
    pub ledger: Arc<Ledger>,
    /// The knobs.
    pub options: Options,
    /// The wall clock.
    pub clock: C,
    /// Who listens; nobody listening is no reason to stop.
    pub events: mpsc::UnboundedSender<Event>,
    /// Says when to end early.
    pub interrupt: watch::Receiver<Interrupt>,
}

/// A task whose intent is durable.
#[derive(Debug, Clone)]
struct Ready {
    claimed: Claimed,
    throttles: u32,
}

/// What comes back from the tasks of the runtime.
enum Done {
    Claimed(Result<Claims, LedgerError>, Duration),
    Intended(Ready, Result<u32, LedgerError>),
    Answered { ready: Ready, answer: Result<Answer, SendFailure>, sent_at: i64, took: Duration },
    Settled { result: Result<Settled, LedgerError>, outcome: Option<Outcome>, took: Duration },
    GivenBack(Result<(), LedgerError>),
    Probed(Result<Answer, SendFailure>),
}

/// Why a GET is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Probe {
    Token { tries: u32 },
    Breaker { number: usize },
}

struct Engine<C> {
    client: Client,
    ledger: Arc<Ledger>,
    options: Options,
    clock: Arc<C>,
    events: mpsc::UnboundedSender<Event>,
    pace: Pace,
    concurrency: Concurrency,
    breaker: Breaker,
    work: JoinSet<Done>,
    staged: VecDeque<Ready>,
    waiting: BTreeMap<Reverse<(Instant, u32)>, Ready>,
    ids: HashSet<i64>,
    barred: Vec<(Ready, ServerWords, Settlement)>,
    probe: Option<Probe>,
    probe_at: Option<Instant>,
    probing: Option<AbortHandle>,
    claiming: bool,
    exhausted: bool,
    in_flight: usize,
    ending: Option<Ending>,
    equal: (u32, ServerWords),
    throttled_since: Option<Instant>,
    last_failure: String,
    latency: f64,
    commit: f64,
    sample: Sample,
    sample_latency: (f64, u32),
    lookups: u64,
    sandbox: bool,
}

impl<C: Clock> Upload<C> {
    /// Sends until every task has its fate, or until something ends the run.
    pub async fn run(self) -> Ended {
        let mut interrupt = self.interrupt;
        let mut engine = Engine {
            pace: Pace::new(self.options.rate, self.options.burst),
            concurrency: Concurrency::new(self.options.concurrency),
            client: self.client,
            ledger: self.ledger,
            options: self.options,
            clock: Arc::new(self.clock),
            events: self.events,
            breaker: Breaker::default(),
            work: JoinSet::new(),
            staged: VecDeque::new(),
            waiting: BTreeMap::new(),
            ids: HashSet::new(),
            barred: Vec::new(),
            probe: None,
            probe_at: None,
            probing: None,
            claiming: false,
            exhausted: false,
            in_flight: 0,
            ending: None,
            equal: (0, ServerWords::default()),
            throttled_since: None,
            last_failure: String::new(),
            latency: 0.0,
            commit: 0.005,
            sample: Sample::default(),
            sample_latency: (0.0, 0),
            lookups: 0,
            sandbox: false,
        };
        engine.sample.at = engine.clock.now();
        engine.until_done(&mut interrupt).await;
        engine.take_sample();
        Ended { early: engine.ending, lookups: engine.lookups, sandbox: engine.sandbox }
    }
}

impl<C: Clock> Engine<C> {
    async fn until_done(&mut self, interrupt: &mut watch::Receiver<Interrupt>) {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(MissedTickBehavior::Delay);
        second.tick().await;
        let mut listening = true;
        loop {
            if *interrupt.borrow_and_update() == Interrupt::Drain {
                self.end(Ending::Interrupted);
            }
            self.stage();
            while self.may_dispatch() && self.pace.try_start() {
                self.dispatch();
            }
            if self.is_done() {
                return;
            }
            let dispatching = self.may_dispatch();
            let pause = self.pace.paused_until().filter(|_| self.ending.is_none());
            let next_retry = self.waiting.last_key_value().map(|(Reverse((at, _)), _)| *at);
            let retrying = self.ending.is_none() && next_retry.is_some();
            let probe_at = self.probe_at.filter(|_| self.ending.is_none());
            tokio::select! {
                done = self.work.join_next(), if !self.work.is_empty() => {
                    if let Some(done) = done {
                        self.take(done);
                    }
                    while let Some(done) = self.work.try_join_next() {
                        self.take(done);
                    }
                }
                start = next_start(&mut self.pace, probe_at), if dispatching || probe_at.is_some() => match start {
                    Start::Task => self.dispatch(),
                    Start::Probe => self.send_probe(),
                },
                () = sleep_until(next_retry), if retrying => self.intend_due(),
                () = sleep_until(pause), if pause.is_some() => {}
                _ = second.tick() => self.take_sample(),
                changed = interrupt.changed(), if listening => listening = changed.is_ok(),
            }
        }
    }

    fn is_done(&self) -> bool {
        let idle = self.work.is_empty() && self.barred.is_empty();
        let nothing_left = self.exhausted && self.staged.is_empty() && self.waiting.is_empty();
        idle && (self.ending.is_some() || nothing_left)
    }

    fn tell(&self, event: Event) {
        drop(self.events.send(event));
    }

    /// Ends early: from here on nothing new starts. The first reason counts, but a failing ledger beats all.
    fn end(&mut self, why: Ending) {
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
        if first {
            self.tell(Event::Draining { in_flight: self.in_flight });
        }
        self.give_back_staged();
        if self.probe.is_none() {
            self.settle_barred();
        }
    }

    fn ledger_failed(&mut self, error: &LedgerError) {
        self.end(Ending::Ledger(error.to_string(), error.hint()));
    }

    fn give_back_staged(&mut self) {
        let staged = std::mem::take(&mut self.staged);
        self.give_back(&staged);
    }

    fn give_back(&mut self, staged: &VecDeque<Ready>) {
        if !staged.is_empty() {
            let given = self.ledger.give_back(staged.iter().map(|ready| ready.claimed.seq).collect());
            self.work.spawn(async move { Done::GivenBack(given.await) });
        }
    }

    /// Gives staged intents back for a while: what waits must not look sent.
    fn unstage(&mut self, wait: Duration) {
        let staged = std::mem::take(&mut self.staged);
        self.give_back(&staged);
        let due = Instant::now() + wait;
        self.waiting.extend(staged.into_iter().map(|ready| (Reverse((due, ready.claimed.seq)), ready)));
    }

    // Staging -----------------------------------------------------------------------------------------------------

    /// Claims ahead of the free slots, so that sending never waits for a commit.
    fn stage(&mut self) {
        let held = self.ending.is_some() || self.probe.is_some() || self.pace.is_paused();
        if held || self.exhausted || self.claiming {
            return;
        }
        let depth = self.depth();
        if self.staged.len() * 2 > depth {
            return;
        }
        let limit = depth - self.staged.len();
        self.claiming = true;
        let (ledger, at, begin) = (Arc::clone(&self.ledger), self.clock.now(), Instant::now());
        self.work.spawn(async move { Done::Claimed(ledger.claim(limit, at).await, begin.elapsed()) });
    }

    /// What is sent while a claim is under way: throughput x commit time x 4, since a claim may have to wait for the commit
    /// before its own, and the next one is asked for at half the depth. Where the rate is no limit, at least a full round
    /// of slots, or the stage itself would keep the concurrency from growing.
    fn depth(&self) -> usize {
        let configured = 1.0 / self.options.rate.interval().as_secs_f64().max(1e-9);
        let reachable = self.concurrency.limit() as f64 / self.latency.max(0.001);
        let round = self.concurrency.limit() as f64;
        let needed = (reachable * self.commit * 4.0).max(round);
        (configured * self.commit * 4.0).min(needed).clamp(STAGE.0, STAGE.1) as usize
    }

    fn took_commit(&mut self, took: Duration) {
        // A slowly forgetting maximum stands for the 99th percentile.
        self.commit = took.as_secs_f64().max(self.commit * 0.99).min(1.0);
    }

    fn claimed(&mut self, claims: Result<Claims, LedgerError>, took: Duration) {
        self.claiming = false;
        self.took_commit(took);
        match claims {
            Ok(claims) => {
                self.exhausted = claims.exhausted;
                for held in claims.held_back {
                    self.finished(held.state.outcome());
                }
                self.staged.extend(claims.tasks.into_iter().map(|claimed| Ready { claimed, throttles: 0 }));
                if self.ending.is_some() {
                    self.give_back_staged();
                }
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// Records the next intent of every task whose wait is over.
    fn intend_due(&mut self) {
        let now = Instant::now();
        while let Some(entry) = self.waiting.last_entry() {
            if entry.key().0.0 > now {
                break;
            }
            let ready = entry.remove();
            let intent = self.ledger.intend(ready.claimed.seq, self.clock.now());
            self.work.spawn(async move { Done::Intended(ready, intent.await) });
        }
    }

    fn intended(&mut self, mut ready: Ready, attempt: Result<u32, LedgerError>) {
        match attempt {
            Ok(attempt) => {
                ready.claimed.attempt = attempt;
                self.staged.push_front(ready);
                if self.ending.is_some() {
                    self.give_back_staged();
                }
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    // Sending -----------------------------------------------------------------------------------------------------

    fn may_dispatch(&self) -> bool {
        self.ending.is_none()
            && self.probe.is_none()
            && !self.staged.is_empty()
            && self.in_flight < self.concurrency.limit()
    }

    /// Sends the first staged task; the caller has taken the right to start a request.
    fn dispatch(&mut self) {
        let Some(ready) = self.staged.pop_front() else { return };
        self.in_flight += 1;
        self.sample.sent += 1;
        self.tell(Event::Sent);
        let (client, sent_at, begin) = (self.client.clone(), self.clock.now(), Instant::now());
        self.work.spawn(async move {
            let answer = client.create(ready.claimed.body.clone()).await;
            Done::Answered { ready, answer, sent_at, took: begin.elapsed() }
        });
    }

    // Coming back -------------------------------------------------------------------------------------------------

    fn take(&mut self, done: Result<Done, JoinError>) {
        match done {
            Ok(Done::Claimed(claims, took)) => self.claimed(claims, took),
            Ok(Done::Intended(ready, attempt)) => self.intended(ready, attempt),
            Ok(Done::Answered { ready, answer, sent_at, took }) => {
                self.answered(ready, answer, sent_at, took)
            }
            Ok(Done::Settled { result, outcome, took }) => self.settled(result, outcome, took),
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

    fn answered(&mut self, ready: Ready, answer: Result<Answer, SendFailure>, sent_at: i64, took: Duration) {
        self.in_flight -= 1;
        let seconds = took.as_secs_f64();
        self.latency = if self.latency == 0.0 { seconds } else { self.latency * 0.9 + seconds * 0.1 };
        self.sample_latency = (self.sample_latency.0 + seconds, self.sample_latency.1 + 1);

        let (verdict, answer) = match answer {
            Ok(answer) => (classify(&answer, &ready.claimed.user_phone), Some(answer)),
            Err(failure) => {
                let status = if let SendFailure::Lost { status, .. } = &failure { *status } else { None };
                let partial = status.map(|status| Answer { status, ..Answer::default() });
                (classify_failure(&failure), partial)
            }
        };
        if answer.as_ref().is_some_and(|answer| answer.sandbox) && !self.sandbox {
            self.sandbox = true;
            self.tell(Event::Sandbox);
        }
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
            sent_at,
            ended_at: self.clock.now(),
            server_date: answer.as_ref().and_then(|answer| answer.date),
        };
        self.apply(ready, verdict, answer.as_ref(), settlement);
    }

    /// Lets pace, concurrency and breaker learn from a verdict.
    fn watch(&mut self, verdict: &Verdict) {
        let round_trip = Duration::from_secs_f64(self.latency.clamp(0.001, 10.0));
        let failure = match verdict {
            Verdict::NotSent(detail) => Some(detail.clone()),
            Verdict::InDoubt { doubt: Doubt::Timeout, .. } => Some("no answer in time".to_owned()),
            Verdict::InDoubt { doubt: Doubt::ConnectionLost, detail, .. } => Some(detail.clone()),
            Verdict::InDoubt { doubt: Doubt::ServerError(status), .. } => Some(format!("status {status}")),
            _ => None,
        };
        if !matches!(verdict, Verdict::Throttled) {
            self.throttled_since = None;
        }
        match (&failure, verdict) {
            (None, Verdict::Throttled) => self.concurrency.trouble(round_trip),
            (None, _) => {
                self.concurrency.clean(self.in_flight + 1);
                self.breaker.record(false);
            }
            (Some(failure), _) => {
                self.concurrency.trouble(round_trip);
                self.sample.failed += 1;
                self.last_failure.clone_from(failure);
                if self.breaker.record(true) && self.probe.is_none() && self.ending.is_none() {
                    self.open_breaker(0);
                }
            }
        }
        if matches!(verdict, Verdict::Created { .. } | Verdict::IncompleteTask(_)) {
            self.equal.0 = 0;
        }
    }

    fn apply(&mut self, ready: Ready, verdict: Verdict, answer: Option<&Answer>, mut settlement: Settlement) {
        match verdict {
            Verdict::Created { id, .. } if !self.ids.insert(id) => {
                // The ledger knows all ids and has the last word; ours of this run are seen before the next one leaves.
                settlement.end = AttemptEnd::InDoubt;
                settlement.state = State::Unresolved;
                settlement.note =
                    Some(Note::Doubt { doubt: Doubt::Crossed, detail: format!("task id {id} is taken") });
                self.tell(Event::Doubt(Doubt::Crossed));
                self.settle(settlement, Some(Outcome::Unresolved));
                self.end(Ending::CrossedAnswers);
            }
            Verdict::Created { id, creation_id, conversation_id } => {
                settlement.state = State::Created;
                settlement.server_id = Some(id);
                settlement.creation_id = creation_id;
                settlement.conversation_id = conversation_id;
                self.settle(settlement, Some(Outcome::Created));
            }
            Verdict::IncompleteTask(words) => {
                settlement.state = State::IncompleteTask;
                settlement.note = Some(Note::Server(words));
                self.settle(settlement, Some(Outcome::IncompleteTask));
            }
            Verdict::Rejected(words) => self.reject(settlement, words),
            Verdict::Barred(words) => {
                settlement.end = AttemptEnd::Barred;
                self.barred.push((ready, words, settlement));
                if self.probe.is_none() && self.ending.is_none() {
                    self.probe = Some(Probe::Token { tries: 1 });
                    self.probe_at = Some(Instant::now());
                } else if self.ending.is_some() && self.probe.is_none() {
                    self.settle_barred();
                }
            }
            Verdict::Throttled => self.throttled(ready, answer, settlement),
            Verdict::NotSent(detail) => self.not_sent(ready, detail, settlement),
            Verdict::Misdirected(stop) => {
                settlement.end = AttemptEnd::Barred;
                self.settle(settlement, None);
                self.end(ending_of(&stop));
            }
            Verdict::InDoubt { doubt, detail, stop } => {
                self.tell(Event::Doubt(doubt));
                settlement.end = AttemptEnd::InDoubt;
                settlement.state = State::Unresolved;
                settlement.note = Some(Note::Doubt { doubt, detail });
                self.settle(settlement, Some(Outcome::Unresolved));
                if let Some(stop) = stop {
                    self.end(ending_of(&stop));
                }
            }
        }
    }

    fn reject(&mut self, mut settlement: Settlement, words: ServerWords) {
        settlement.end = AttemptEnd::Answered;
        settlement.state = State::Rejected;
        settlement.note = Some(Note::Server(words.clone()));
        self.settle(settlement, Some(Outcome::Rejected));
        let count = if same(&words, &self.equal.1) { self.equal.0 + 1 } else { 1 };
        self.equal = (count, words.clone());
        if count >= EQUAL_REJECTIONS {
            self.end(Ending::EqualRejections { count, words });
        }
    }

    fn throttled(&mut self, mut ready: Ready, answer: Option<&Answer>, mut settlement: Settlement) {
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
            self.settle(settlement, None);
            self.end(Ending::RetryLater { wait });
            return;
        }
        self.settle_then_retry(settlement, ready, wait);
        let since = *self.throttled_since.get_or_insert_with(Instant::now);
        if since.elapsed() > THROTTLED_THROUGHOUT {
            self.end(Ending::ThrottledThroughout);
            return;
        }
        // Answers to requests of the same moment are one slow-down.
        if !self.pace.is_paused() {
            self.pace.slow_down();
        }
        self.pace.pause(wait);
        if wait >= LONG_PAUSE {
            self.unstage(wait);
        }
        self.tell(Event::Throttled { wait });
    }

    fn not_sent(&mut self, mut ready: Ready, detail: String, mut settlement: Settlement) {
        settlement.end = AttemptEnd::NotSent;
        ready.claimed.attempts_used += 1;
        if ready.claimed.attempts_used >= self.options.max_attempts {
            settlement.state = State::Failed;
            settlement.note = Some(Note::NotSent { detail });
            self.settle(settlement, Some(Outcome::Failed));
            return;
        }
        let wait = backoff(Cause::Connect, ready.claimed.attempts_used, fastrand::f64());
        self.tell(Event::Retry { wait, why: detail.clone() });
        settlement.note = Some(Note::NotSent { detail });
        self.settle_then_retry(settlement, ready, wait);
    }

    /// The operations of one handle are applied in order, so the intent of the retry comes after this settlement.
    fn settle_then_retry(&mut self, settlement: Settlement, ready: Ready, wait: Duration) {
        self.settle(settlement, None);
        if self.ending.is_none() {
            self.waiting.insert(Reverse((Instant::now() + wait, ready.claimed.seq)), ready);
        }
    }

    fn settle(&mut self, settlement: Settlement, outcome: Option<Outcome>) {
        let begin = Instant::now();
        let settled = self.ledger.settle(settlement);
        self.work
            .spawn(async move { Done::Settled { result: settled.await, outcome, took: begin.elapsed() } });
    }

    fn settled(&mut self, result: Result<Settled, LedgerError>, outcome: Option<Outcome>, took: Duration) {
        self.took_commit(took);
        match (result, outcome) {
            (Ok(Settled::Recorded), Some(outcome)) => self.finished(outcome),
            (Ok(Settled::Recorded), None) => {}
            (Ok(Settled::Crossed), _) => {
                self.tell(Event::Doubt(Doubt::Crossed));
                self.finished(Outcome::Unresolved);
                self.end(Ending::CrossedAnswers);
            }
            (Err(error), _) => self.ledger_failed(&error),
        }
    }

    fn finished(&mut self, outcome: Outcome) {
        self.sample.finished += 1;
        self.tell(Event::Finished { outcome });
    }

    // Probing -----------------------------------------------------------------------------------------------------

    fn open_breaker(&mut self, number: usize) {
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
    fn send_probe(&mut self) {
        self.probe_at = None;
        self.lookups += 1;
        let client = self.client.clone();
        let probe = async move { Done::Probed(client.list(&[("page", "1"), ("page_size", "1")]).await) };
        self.probing = Some(self.work.spawn(probe));
    }

    fn probed(&mut self, answer: Result<Answer, SendFailure>) {
        self.probing = None;
        let Some(probe) = self.probe.take() else { return };
        let status = answer.as_ref().ok().map(crate::api::classify::get_status);
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
    fn settle_barred(&mut self) {
        for (_, words, mut settlement) in std::mem::take(&mut self.barred) {
            settlement.note = Some(Note::Server(words));
            self.settle(settlement, None);
        }
    }

    // Watching ----------------------------------------------------------------------------------------------------

    fn take_sample(&mut self) {
        let (sum, count) = std::mem::take(&mut self.sample_latency);
        let now = self.clock.now();
        let mut sample = std::mem::replace(&mut self.sample, Sample { at: now, ..Sample::default() });
        sample.in_flight = u32::try_from(self.in_flight).unwrap_or(u32::MAX);
        sample.concurrency = u32::try_from(self.concurrency.limit()).unwrap_or(u32::MAX);
        sample.paused = self.pace.is_paused() || self.probe.is_some();
        sample.latency_ms = if count == 0 { 0 } else { (sum * 1_000.0 / f64::from(count)) as u32 };
        if !matches!(self.ending, Some(Ending::Ledger(..))) {
            self.ledger.sample(sample);
        }
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

/// What may start now.
enum Start {
    Task,
    Probe,
}

/// Waits for the right to start a probe when its time has come, or else a task.
async fn next_start(pace: &mut Pace, probe_at: Option<Instant>) -> Start {
    match probe_at {
        Some(at) => {
            tokio::time::sleep_until(at).await;
            pace.start().await;
            Start::Probe
        }
        None => {
            pace.start().await;
            Start::Task
        }
    }
}

/// Sleeps until then, or for ever.
async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
