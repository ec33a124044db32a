//! The words of the trade: cells and where they stand, the fields of a task, what can be wrong with a value.
//!
//! Everything here is pure: no files, no clock, no network.

pub mod cell;
pub mod code;
pub mod field;
pub mod rules;
