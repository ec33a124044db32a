//! The words of the trade: cells and where they stand, the fields of a task, what can be wrong with a value.
//!
//! Everything here is pure: no files, no clock, no network.

pub mod cell;
pub mod clock;
pub mod code;
pub mod date;
pub mod detail;
pub mod field;
pub mod file;
mod fold;
pub mod money;
pub mod note;
pub mod outcome;
pub mod phone;
pub mod place;
pub mod problem;
pub mod quote;
pub mod reading;
pub mod rules;
pub mod text;
pub mod unread;
pub mod words;
