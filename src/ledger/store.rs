//! What the committer asks of a store. SQLite is one; tests have a faulty one, benchmarks one that keeps nothing.

use super::LedgerError;
use super::rows::{Claimed, HeldBack, RunEnd, Sample, Settled, Settlement};

/// One change to the run in hand.
#[derive(Debug, Clone)]
pub enum Op {
    /// Take the next planned tasks and record the intent to send each.
    Claim {
        /// At most so many.
        limit: usize,
        /// Now, milliseconds since 1970.
        at: i64,
    },
    /// Record the intent to send a task again whose last attempt is proved not to have been acted on.
    Intend {
        /// Place in upload order.
        seq: u32,
        /// Now.
        at: i64,
    },
    /// Record what became of an attempt.
    Settle(Box<Settlement>),
    /// Give back intents that never reached the wire.
    GiveBack(Vec<u32>),
    /// Keep one second of the run.
    Sample(Sample),
    /// Close the run.
    End(Box<RunEnd>),
}

/// Tasks taken by [`Op::Claim`].
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// May be sent now.
    pub tasks: Vec<Claimed>,
    /// Held back by what other runs did meanwhile.
    pub held_back: Vec<HeldBack>,
    /// No planned task is left that was not claimed before.
    pub exhausted: bool,
}

/// The answer to one [`Op`].
#[derive(Debug, Clone)]
pub enum Reply {
    /// To [`Op::Claim`].
    Claims(Claims),
    /// To [`Op::Intend`]: the number of the attempt.
    Attempt(u32),
    /// To [`Op::Settle`].
    Settled(Settled),
    /// To all others.
    Done,
}

/// Applies changes durably.
pub trait Store: Send + 'static {
    /// Applies all of `ops` in one transaction that is on disk when this returns: all of them or none.
    ///
    /// # Errors
    /// After any error the store is not used again: what of the transaction survived is unknown.
    fn commit(&mut self, ops: &[Op]) -> Result<Vec<Reply>, LedgerError>;
}
