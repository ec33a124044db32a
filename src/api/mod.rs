//! The INCS API as a client sees it: one POST, one GET, and what their answers mean.
//!
//! [`client`] moves bytes and repeats nothing; [`types`] reads the envelope tolerantly, [`list`] a page of tasks as far as doubts
//! need it, [`tasks`] whole tasks for people; [`classify`] is the answer
//! table, a function from data to data.

pub mod classify;
pub mod client;
pub mod list;
mod status;
pub mod tasks;
pub mod types;
