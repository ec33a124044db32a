//! The loop that sends: intents are staged ahead of the free slots, an answer is classified, written down, and only
//! then told.
//!
//! One task of the runtime owns all the state; requests and commits run as tasks of their own and come back as
//! `Done`. Stopping early, for whatever reason, is one path: start nothing new, give staged intents back, wait for
//! what is in flight, write it down.

mod answers;
mod cases;
mod ending;
mod looking;
mod prelude;
mod probing;
mod staging;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior};

use crate::api::classify::{Answer, SendFailure};
use crate::api::client::Client;
use crate::domain::clock::Clock;
use crate::domain::note::Doubt;
use crate::domain::note::ServerWords;
use crate::domain::outcome::Outcome;
use crate::domain::outcome::State;
use crate::ledger::{
    Claimed, Claims, Doubtful, Ledger, LedgerError, Sample, Settled, Settlement, Survey, WallEvidence,
};
use crate::upload::breaker::Breaker;
use crate::upload::event::{Attempt, Ending, Event, Interrupt, Trouble};
use crate::upload::pace::{Concurrency, Pace, Rate};
use crate::upload::reconcile::window::{Lead, Moment};
use cases::Case;
use looking::Looking;
use prelude::Asking;
pub use prelude::Prelude;

/// How many intents are staged at the least and at the most.
///
/// After a kill every staged intent is a doubt that somebody has to look at, so at an ordinary rate hardly any is staged;
/// the depth follows what is sent while two commits run.
const STAGE: (f64, f64) = (2.0, 512.0);

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
    /// How long after an attempt in doubt its absence is not believed.
    pub settle: Duration,
    /// What the server is asked before anything is sent.
    pub preludes: Vec<Prelude>,
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

/// Gives the keyed hash of a phone under which the ledger knows it.
pub type PhoneKey = Box<dyn Fn(&str) -> [u8; 16] + Send + Sync>;

/// An upload that has not begun.
pub struct Upload<C> {
    /// The number of the run in the ledger.
    pub run: i64,
    /// What the run left in doubt before it was taken up again.
    pub doubts: Vec<Doubtful>,
    /// The ledger's hash of a phone.
    pub phone_key: PhoneKey,
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
    /// When the first attempt that was ever in doubt left.
    doubted: Option<Moment>,
    /// When the intent was recorded, milliseconds since 1970.
    intended_at: i64,
}

/// What comes back from the tasks of the runtime.
enum Done {
    Claimed { claims: Result<Claims, LedgerError>, at: i64, took: Duration },
    Reclaimed { claims: Result<Claims, LedgerError>, at: i64 },
    Intended(Ready, Result<u32, LedgerError>),
    Answered { ready: Ready, answer: Result<Answer, SendFailure>, sent: Moment, took: Duration },
    Zone(Result<WallEvidence, LedgerError>),
    Paged { answer: Result<Answer, SendFailure>, took: Duration },
    Surveyed(Result<Survey, LedgerError>),
    Resolved { case: Box<Case>, state: State, id: Option<i64>, result: Result<Settled, LedgerError> },
    Marked(Outcome, Result<u64, LedgerError>),
    GivenBack(Result<(), LedgerError>),
    Probed(Result<Answer, SendFailure>),
}

/// What follows once a settlement is durable.
enum Then {
    Nothing,
    Finished(Outcome, Attempt),
    /// It has to be looked for.
    LookUp {
        ready: Box<Ready>,
        doubt: Doubt,
        detail: String,
        since: Moment,
        until: Moment,
    },
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
    /// How many settlements are not durable yet, and where they come back.
    settling: usize,
    durable: mpsc::UnboundedSender<(Result<Settled, LedgerError>, Then)>,
    staged: VecDeque<Ready>,
    waiting: BTreeMap<Reverse<(Instant, u32)>, Ready>,
    run: i64,
    phone_key: PhoneKey,
    begun: Instant,
    cases: HashMap<i64, Case>,
    looking: Option<Looking>,
    rest_until: Instant,
    asking: Option<Asking>,
    preludes: VecDeque<Prelude>,
    /// The server's clock less ours, as far as its answers told it.
    lead: Option<Lead>,
    asked_clock: bool,
    ids: HashSet<i64>,
    barred: Vec<(ServerWords, Settlement)>,
    probe: Option<Probe>,
    probe_at: Option<Instant>,
    probing: Option<AbortHandle>,
    claiming: bool,
    /// Intents of further attempts that are not durable yet.
    intending: usize,
    exhausted: bool,
    in_flight: usize,
    ending: Option<Ending>,
    equal: (u32, ServerWords),
    throttled_since: Option<Instant>,
    last_failure: Option<Trouble>,
    latency: f64,
    commit: f64,
    sample: Sample,
    sample_latency: (f64, u32),
    /// Concurrency, and percent of the rate, that were told last.
    pace_told: (usize, u8),
    lookups: u64,
    sandbox: bool,
}

impl<C: Clock> Upload<C> {
    /// Sends until every task has its fate, or until something ends the run.
    pub async fn run(self) -> Ended {
        let mut interrupt = self.interrupt;
        let (durable, settled) = mpsc::unbounded_channel();
        let now = Instant::now();
        let mut engine = Engine {
            run: self.run,
            phone_key: self.phone_key,
            begun: now,
            cases: HashMap::new(),
            looking: None,
            rest_until: now,
            asking: None,
            preludes: self.options.preludes.iter().copied().collect(),
            lead: None,
            asked_clock: false,
            pace: Pace::new(self.options.rate, self.options.burst),
            concurrency: Concurrency::new(self.options.concurrency),
            client: self.client,
            ledger: self.ledger,
            options: self.options,
            clock: Arc::new(self.clock),
            events: self.events,
            breaker: Breaker::default(),
            work: JoinSet::new(),
            settling: 0,
            durable,
            staged: VecDeque::new(),
            waiting: BTreeMap::new(),
            ids: HashSet::new(),
            barred: Vec::new(),
            probe: None,
            probe_at: None,
            probing: None,
            claiming: false,
            intending: 0,
            exhausted: false,
            in_flight: 0,
            ending: None,
            equal: (0, ServerWords::default()),
            throttled_since: None,
            last_failure: None,
            latency: 0.0,
            commit: 0.005,
            sample: Sample::default(),
            sample_latency: (0.0, 0),
            pace_told: (0, 100),
            lookups: 0,
            sandbox: false,
        };
        engine.sample.at = engine.clock.now();
        for doubtful in self.doubts {
            engine.recall(doubtful, None);
        }
        if !engine.cases.is_empty() {
            engine.tell_of_cases();
        }
        engine.until_done(&mut interrupt, settled).await;
        // The reports are made of what the ledger has: the last second, too, has to be there.
        if let Some(last) = engine.take_sample()
            && let Err(error) = last.await
        {
            engine.ledger_failed(&error);
        }
        Ended { early: engine.ending, lookups: engine.lookups, sandbox: engine.sandbox }
    }
}

impl<C: Clock> Engine<C> {
    async fn until_done(
        &mut self,
        interrupt: &mut watch::Receiver<Interrupt>,
        mut settled: mpsc::UnboundedReceiver<(Result<Settled, LedgerError>, Then)>,
    ) {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(MissedTickBehavior::Delay);
        second.tick().await;
        let mut listening = true;
        loop {
            match *interrupt.borrow_and_update() {
                Interrupt::None => {}
                Interrupt::Drain => self.end(Ending::Interrupted),
                Interrupt::Deadline => self.end(Ending::Deadline),
            }
            self.ask_next();
            self.look();
            self.stage();
            if self.page_is_due() && self.pace.try_start() {
                self.send_due_page();
            }
            self.dispatch_staged();
            if self.is_done() {
                return;
            }
            let asking = self.page_is_due();
            let dispatching = self.may_dispatch() || asking;
            let wake = self.look_at().filter(|_| !self.is_held()).into_iter().chain(self.page_at()).min();
            // What is due already waits for something else, which wakes this loop.
            let wake = wake.filter(|at| *at > Instant::now());
            let pause = self.pace.paused_until().filter(|_| self.ending.is_none());
            let next_retry = self.waiting.last_key_value().map(|(Reverse((at, _)), _)| *at);
            // No more than the stage holds: what is intended and not sent is a doubt after a kill.
            let retrying = !self.is_held() && next_retry.is_some() && self.room() > 0;
            let probe_at = self.probe_at.filter(|_| self.ending.is_none());
            tokio::select! {
                done = self.work.join_next(), if !self.work.is_empty() => {
                    if let Some(done) = done {
                        self.take(done);
                    }
                    while let Some(done) = self.work.try_join_next() {
                        // A free slot does not wait for the other answers.
                        self.dispatch_staged();
                        self.take(done);
                    }
                }
                Some((result, then)) = settled.recv(), if self.settling > 0 => {
                    self.settled(result, then);
                    while let Ok((result, then)) = settled.try_recv() {
                        self.settled(result, then);
                    }
                }
                start = next_start(&mut self.pace, probe_at), if dispatching || probe_at.is_some() => match start {
                    Start::Task if asking => self.send_due_page(),
                    Start::Task => self.dispatch(),
                    Start::Probe => self.send_probe(),
                },
                () = sleep_until(next_retry), if retrying => self.intend_due(),
                () = sleep_until(wake), if wake.is_some() => {}
                () = sleep_until(pause), if pause.is_some() => {}
                _ = second.tick() => {
                    self.tell_pace();
                    drop(self.take_sample());
                }
                changed = interrupt.changed(), if listening => listening = changed.is_ok(),
            }
        }
    }

    fn is_done(&self) -> bool {
        let idle = self.work.is_empty() && self.settling == 0 && self.barred.is_empty();
        let nothing_left = self.exhausted
            && self.staged.is_empty()
            && self.waiting.is_empty()
            && self.cases.is_empty()
            && self.looking.is_none();
        idle && (self.ending.is_some() || nothing_left)
    }

    fn tell(&self, event: Event) {
        drop(self.events.send(event));
    }

    // Watching ----------------------------------------------------------------------------------------------------

    fn tell_pace(&mut self) {
        let (concurrency, rate_percent) = (self.concurrency.limit(), self.pace.percent());
        if std::mem::replace(&mut self.pace_told, (concurrency, rate_percent)) != self.pace_told {
            self.tell(Event::Pace { concurrency, rate_percent });
        }
    }

    /// Hands the last second over to the ledger; there is no point in that once it has failed.
    fn take_sample(&mut self) -> Option<impl Future<Output = Result<(), LedgerError>> + use<C>> {
        let (sum, count) = std::mem::take(&mut self.sample_latency);
        let now = self.clock.now();
        let mut sample = std::mem::replace(&mut self.sample, Sample { at: now, ..Sample::default() });
        sample.in_flight = u32::try_from(self.in_flight).unwrap_or(u32::MAX);
        sample.concurrency = u32::try_from(self.concurrency.limit()).unwrap_or(u32::MAX);
        sample.paused = self.pace.is_paused() || self.probe.is_some();
        sample.latency_ms = if count == 0 { 0 } else { (sum * 1_000.0 / f64::from(count)) as u32 };
        (!matches!(self.ending, Some(Ending::Ledger(..)))).then(|| self.ledger.sample(sample))
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

#[cfg(test)]
mod tests;
