//! Sends what the ledger holds, and writes back what became of it.
//!
//! [`engine`] is the only part with effects; [`pace`], [`retry`], [`breaker`] and [`reconcile`] decide when and whether, as
//! functions of what they were told. Nobody is told of an outcome before it is durable.

pub mod breaker;
pub mod engine;
pub mod event;
pub mod pace;
pub mod reconcile;
pub mod retry;

pub use engine::{Ended, Options, Prelude, Upload};
pub use event::{Attempt, Ending, Event, Interrupt, Trouble};
