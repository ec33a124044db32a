//! Reads spreadsheets of users and orders and creates one INCS message task per user.

pub mod api;
pub mod cli;
pub mod domain;
pub mod input;
pub mod lang;
pub mod ledger;
pub mod plan;
pub mod platform;
pub mod report;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod upload;
