//! Reads spreadsheets of users and orders and creates one INCS message task per user.

pub mod domain;
