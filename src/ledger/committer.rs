//! Group commit: one thread, one connection, one sync for all that waits.

use std::future::Future;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::LedgerError;
use super::rows::{Resolution, RunEnd, Sample, Settled, Settlement, Survey, WallEvidence};
use super::store::{Claims, Op, Reply, Store};

/// How many operations go into one transaction at the most: bounds how long the first of them waits.
const BATCH: usize = 512;

/// So long after a commit what nobody waits for gathers company, unless something comes that somebody waits for.
///
/// At an ordinary rate the last commit is longer ago than that, and nothing is held. At thousands of answers a second a
/// commit for every few of them costs more than all else, and a kill finds more requests on their way than this holds.
const GATHER: Duration = Duration::from_millis(5);

type Answer = Result<Reply, LedgerError>;

struct Request {
    op: Op,
    waiter: Waiter,
}

/// Whom to tell what became of an operation. If the thread ends without a word, they are told that.
struct Waiter(Option<Box<dyn FnOnce(Answer) + Send>>);

impl Waiter {
    fn new(tell: impl FnOnce(Answer) + Send + 'static) -> Self {
        Self(Some(Box::new(tell)))
    }

    fn tell(mut self, answer: Answer) {
        if let Some(tell) = self.0.take() {
            tell(answer);
        }
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        if let Some(tell) = self.0.take() {
            tell(Err(gone()));
        }
    }
}

/// The handle to the committer thread. Dropping it ends the thread once all that was asked is done.
#[derive(Debug)]
pub struct Ledger {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.op.fmt(f)
    }
}

/// An operation that was handed over and not yet acknowledged.
#[must_use = "nothing is known to be durable before the ticket is awaited"]
#[derive(Debug)]
pub struct Ticket(oneshot::Receiver<Answer>);

impl Ticket {
    /// Waits until the operation is durable.
    ///
    /// # Errors
    /// The store failed, now or earlier: nothing more may be sent.
    pub async fn durable(self) -> Answer {
        self.0.await.unwrap_or_else(|_| Err(gone()))
    }

    /// The same for a thread outside the async runtime.
    ///
    /// # Errors
    /// As [`Ticket::durable`].
    pub fn wait(self) -> Answer {
        self.0.blocking_recv().unwrap_or_else(|_| Err(gone()))
    }
}

impl Ledger {
    /// Starts the thread that owns `store`.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(store: impl Store) -> Result<Self, LedgerError> {
        let (requests, waiting) = channel();
        let thread = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || commit_all(store, &waiting))
            .map_err(|error| LedgerError::Failed(error.to_string()))?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    /// Hands an operation over. Operations are applied in the order in which they were handed over.
    pub fn submit(&self, op: Op) -> Ticket {
        let (answer, ticket) = oneshot::channel();
        // Whoever no longer waits has no use for the answer.
        self.hand_over(op, Waiter::new(move |reply| drop(answer.send(reply))));
        Ticket(ticket)
    }

    fn hand_over(&self, op: Op, waiter: Waiter) {
        let can_wait = op.can_wait();
        if let Some(requests) = &self.requests {
            // A thread that is gone takes nothing, and the waiter is told so.
            drop(requests.send(Request { op, waiter }));
        }
        if let Some(thread) = self.thread.as_ref().filter(|_| !can_wait) {
            thread.thread().unpark();
        }
    }

    /// Takes the next planned tasks, their intents being durable when this returns.
    ///
    /// # Errors
    /// The store failed.
    pub fn claim(&self, limit: usize, at: i64) -> impl Future<Output = Result<Claims, LedgerError>> + use<> {
        let ticket = self.submit(Op::Claim { limit, at });
        async move {
            match ticket.durable().await? {
                Reply::Claims(claims) => Ok(claims),
                other => Err(misfit(&other)),
            }
        }
    }

    /// Records the intent of one more attempt; gives its number.
    ///
    /// # Errors
    /// The store failed.
    pub fn intend(&self, seq: u32, at: i64) -> impl Future<Output = Result<u32, LedgerError>> + use<> {
        let ticket = self.submit(Op::Intend { seq, at });
        async move {
            match ticket.durable().await? {
                Reply::Attempt(attempt) => Ok(attempt),
                other => Err(misfit(&other)),
            }
        }
    }

    /// Decides again about a task that waited for the doubt `after` of another run.
    ///
    /// # Errors
    /// The store failed.
    pub fn reclaim(
        &self,
        seq: u32,
        after: i64,
        at: i64,
    ) -> impl Future<Output = Result<Claims, LedgerError>> + use<> {
        let ticket = self.submit(Op::Reclaim { seq, after, at });
        async move {
            match ticket.durable().await? {
                Reply::Claims(claims) => Ok(claims),
                other => Err(misfit(&other)),
            }
        }
    }

    /// Reads what tells the zone of the server's clock on the wall, which is between `from` and `to` there.
    ///
    /// # Errors
    /// The store failed.
    pub fn zone(
        &self,
        from: i64,
        to: i64,
    ) -> impl Future<Output = Result<WallEvidence, LedgerError>> + use<> {
        let ticket = self.submit(Op::Zone { from, to });
        async move {
            match ticket.durable().await? {
                Reply::Zone(evidence) => Ok(evidence),
                other => Err(misfit(&other)),
            }
        }
    }

    /// Reads which tasks are ours between two times of the server's clock on the wall, and which of `ids`.
    ///
    /// # Errors
    /// The store failed.
    pub fn survey(
        &self,
        from: i64,
        to: i64,
        ids: Vec<i64>,
    ) -> impl Future<Output = Result<Survey, LedgerError>> + use<> {
        let ticket = self.submit(Op::Survey { from, to, ids });
        async move {
            match ticket.durable().await? {
                Reply::Survey(survey) => Ok(survey),
                other => Err(misfit(&other)),
            }
        }
    }

    /// Records what a look-up or a person found about a doubt.
    ///
    /// # Errors
    /// The store failed, or the task is not in doubt.
    pub fn resolve(
        &self,
        resolution: Resolution,
    ) -> impl Future<Output = Result<Settled, LedgerError>> + use<> {
        let ticket = self.submit(Op::Resolve(Box::new(resolution)));
        async move {
            match ticket.durable().await? {
                Reply::Settled(settled) => Ok(settled),
                other => Err(misfit(&other)),
            }
        }
    }

    /// The same for a thread outside the async runtime.
    ///
    /// # Errors
    /// As [`Ledger::resolve`].
    pub fn resolve_now(&self, resolution: Resolution) -> Result<Settled, LedgerError> {
        match self.submit(Op::Resolve(Box::new(resolution))).wait()? {
            Reply::Settled(settled) => Ok(settled),
            other => Err(misfit(&other)),
        }
    }

    /// Marks planned tasks: [`Op::Busy`] or [`Op::AtServer`]. Gives how many.
    ///
    /// # Errors
    /// The store failed.
    pub fn mark(&self, op: Op) -> impl Future<Output = Result<u64, LedgerError>> + use<> {
        let ticket = self.submit(op);
        async move {
            match ticket.durable().await? {
                Reply::Marked(count) => Ok(count),
                other => Err(misfit(&other)),
            }
        }
    }

    /// Records what became of an attempt. Once that is durable, or the store failed, `tell` is called on the thread of
    /// the ledger; it must not wait for anything.
    pub fn settle(
        &self,
        settlement: Settlement,
        tell: impl FnOnce(Result<Settled, LedgerError>) + Send + 'static,
    ) {
        let waiter = Waiter::new(move |answer| {
            tell(answer.and_then(|reply| match reply {
                Reply::Settled(settled) => Ok(settled),
                other => Err(misfit(&other)),
            }));
        });
        self.hand_over(Op::Settle(Box::new(settlement)), waiter);
    }

    /// Gives back intents that never reached the wire.
    ///
    /// # Errors
    /// The store failed.
    pub fn give_back(&self, tasks: Vec<u32>) -> impl Future<Output = Result<(), LedgerError>> + use<> {
        let ticket = self.submit(Op::GiveBack(tasks));
        async move { ticket.durable().await.map(drop) }
    }

    /// Keeps one second of the run, whether anybody waits for it or not.
    ///
    /// # Errors
    /// The store failed.
    pub fn sample(&self, sample: Sample) -> impl Future<Output = Result<(), LedgerError>> + use<> {
        let ticket = self.submit(Op::Sample(sample));
        async move { ticket.durable().await.map(drop) }
    }

    /// Records that the server says it is a stand-in, before whatever is handed over after it. If that fails, so does what
    /// comes after it.
    pub fn stand_in(&self) {
        drop(self.submit(Op::StandIn));
    }

    /// Closes the run, waiting on the calling thread.
    ///
    /// # Errors
    /// The store failed.
    pub fn end_run(&self, end: RunEnd) -> Result<(), LedgerError> {
        self.submit(Op::End(Box::new(end))).wait().map(drop)
    }

    /// Waits until all that was handed over is done and the file is closed.
    pub fn close(mut self) {
        self.shut();
    }

    fn shut(&mut self) {
        drop(self.requests.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has already failed every ticket.
            drop(thread.join());
        }
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.shut();
    }
}

fn gone() -> LedgerError {
    LedgerError::Failed("its thread has ended".to_owned())
}

fn misfit(reply: &Reply) -> LedgerError {
    LedgerError::Failed(format!("an answer of the wrong kind: {reply:?}"))
}

fn commit_all(mut store: impl Store, waiting: &Receiver<Request>) {
    let mut failed: Option<LedgerError> = None;
    let (mut ops, mut waiters) = (Vec::new(), Vec::new());
    let mut last = None;
    while let Ok(first) = waiting.recv() {
        gather(first, waiting, last, &mut ops, &mut waiters);
        let replies = match &failed {
            Some(error) => Err(error.clone()),
            None => store.commit(&ops),
        };
        match replies {
            Ok(replies) => {
                waiters
                    .drain(..)
                    .zip(replies)
                    .for_each(|(waiter, reply): (Waiter, _)| waiter.tell(Ok(reply)));
            }
            Err(error) => {
                waiters.drain(..).for_each(|waiter| waiter.tell(Err(error.clone())));
                failed = Some(error);
            }
        }
        ops.clear();
        last = Some(Instant::now());
    }
}

/// Takes all that waits. The sync in progress is the window in which the next batch gathers; what nobody waits for
/// gathers a little longer.
fn gather(
    first: Request,
    waiting: &Receiver<Request>,
    last_commit: Option<Instant>,
    ops: &mut Vec<Op>,
    waiters: &mut Vec<Waiter>,
) {
    let hold_until = last_commit.map(|last| last + GATHER);
    let mut can_wait = true;
    let mut next = Some(first);
    loop {
        for request in next.take().into_iter().chain(waiting.try_iter()).take(BATCH - ops.len()) {
            can_wait &= request.op.can_wait();
            ops.push(request.op);
            waiters.push(request.waiter);
        }
        let left = hold_until.map(|until| until.saturating_duration_since(Instant::now()));
        match left.filter(|left| can_wait && ops.len() < BATCH && !left.is_zero()) {
            // Woken by what cannot wait; other requests do not disturb.
            Some(left) => std::thread::park_timeout(left),
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails at one commit, and would say yes to every later one, as a disk does after a failed sync.
    struct FailsOnce {
        commits: usize,
        fails_at: usize,
    }

    impl Store for FailsOnce {
        fn commit(&mut self, ops: &[Op]) -> Result<Vec<Reply>, LedgerError> {
            self.commits += 1;
            if self.commits == self.fails_at {
                return Err(LedgerError::Failed("disk I/O error".to_owned()));
            }
            Ok(ops.iter().map(|_| Reply::Done).collect())
        }
    }

    #[test]
    fn after_one_failed_commit_nothing_is_durable_any_more() {
        let ledger = Ledger::start(FailsOnce { commits: 0, fails_at: 2 }).unwrap();
        assert!(ledger.submit(Op::GiveBack(vec![])).wait().is_ok());
        assert!(ledger.submit(Op::GiveBack(vec![])).wait().is_err());
        assert!(ledger.submit(Op::GiveBack(vec![])).wait().is_err(), "a retry must not be believed");
    }

    #[test]
    fn closing_does_all_that_was_asked() {
        let ledger = Ledger::start(FailsOnce { commits: 0, fails_at: 0 }).unwrap();
        let tickets: Vec<_> = (0..2_000).map(|seq| ledger.submit(Op::GiveBack(vec![seq]))).collect();
        ledger.close();
        assert!(tickets.into_iter().all(|ticket| ticket.wait().is_ok()));
    }
}
