//! Writes the files of `samples/`: `cargo run --example make_samples -- samples`.
//!
//! All people, phones and debts are invented. The same version writes the same bytes, so that a change shows in a diff.

mod csv_tables;
mod invented;
mod messy;
mod workbooks;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// The columns of an orders table, named as the API names the fields.
const ORDER_TABLE: [&str; 8] = [
    "user_phone",
    "order_number",
    "username",
    "phone_number",
    "loan_amount",
    "due_amount",
    "next_due_date",
    "confirm_loan_time",
];

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).context("name the folder to write to")?;
    fs::create_dir_all(&folder)?;
    workbooks::daily_collection(&folder.join("daily_collection.xlsx"))?;
    workbooks::users_orders(&folder.join("users_orders.xlsx"))?;
    csv_tables::write(&folder)?;
    messy::write(&folder.join("messy.csv"))
}
