//! What the committer asks of a store. SQLite is one; tests have a faulty one, benchmarks one that keeps nothing.

use super::LedgerError;
use super::rows::{
    Claimed, Doubtful, HeldBack, Resolution, RunEnd, Sample, Settled, Settlement, Survey, WallEvidence,
};

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
    /// Decide again about a planned task that was set aside because of a doubt of another run.
    Reclaim {
        /// Place in upload order.
        seq: u32,
        /// The doubt that it waited for, which was looked up since.
        after: i64,
        /// Now.
        at: i64,
    },
    /// Read what tells the zone of the server's clock on the wall, from tasks created between these times of that clock.
    Zone {
        /// First second.
        from: i64,
        /// Last second.
        to: i64,
    },
    /// Read which tasks of ours the server's list has to show between these times of its clock on the wall.
    Survey {
        /// First second.
        from: i64,
        /// Last second.
        to: i64,
        /// Ids of which to tell whether they are ours already.
        ids: Vec<i64>,
    },
    /// Record what a look-up, or a person, found about a doubt.
    Resolve(Box<Resolution>),
    /// Mark planned tasks of these phones as belonging to users with an unfinished task.
    Busy {
        /// Keyed hash of the phone, and the task the server lists.
        phones: Vec<([u8; 16], i64)>,
        /// Now.
        at: i64,
    },
    /// Mark planned tasks that the server has already.
    AtServer {
        /// The listed tasks.
        listed: Vec<AtServer>,
        /// Now.
        at: i64,
    },
    /// Record what became of an attempt.
    Settle(Box<Settlement>),
    /// Give back intents that never reached the wire.
    GiveBack(Vec<u32>),
    /// Keep one second of the run.
    Sample(Sample),
    /// Record that the server says it is a stand-in.
    StandIn,
    /// Close the run.
    End(Box<RunEnd>),
}

/// A task that the server lists, for [`Op::AtServer`].
#[derive(Debug, Clone)]
pub struct AtServer {
    /// Keyed hash of the phone.
    pub phone_key: [u8; 16],
    /// The WhatsApp authorisation.
    pub auth_id: i64,
    /// The name.
    pub name: String,
    /// Its id.
    pub id: i64,
    /// Whether it was surely created within the window.
    pub within: bool,
}

impl Op {
    /// Whether nothing is held up while it waits a few milliseconds for others.
    pub fn can_wait(&self) -> bool {
        matches!(self, Self::Settle(_) | Self::Sample(_) | Self::StandIn)
    }
}

/// Tasks taken by [`Op::Claim`].
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// May be sent now.
    pub tasks: Vec<Claimed>,
    /// Held back by what other runs did meanwhile.
    pub held_back: Vec<HeldBack>,
    /// Set aside, still planned, until the doubt of another run is looked up.
    pub blocked: Vec<(u32, Doubtful)>,
    /// No planned task is left that was not claimed before.
    pub exhausted: bool,
}

/// The answer to one [`Op`].
#[derive(Debug, Clone)]
pub enum Reply {
    /// To [`Op::Claim`] and [`Op::Reclaim`].
    Claims(Claims),
    /// To [`Op::Intend`]: the number of the attempt.
    Attempt(u32),
    /// To [`Op::Settle`] and [`Op::Resolve`].
    Settled(Settled),
    /// To [`Op::Zone`].
    Zone(WallEvidence),
    /// To [`Op::Survey`].
    Survey(Survey),
    /// To [`Op::Busy`] and [`Op::AtServer`]: how many were marked.
    Marked(u64),
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
