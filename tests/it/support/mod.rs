//! What the tests stand on: a folder, the program in it, and servers that do as they are told.

use std::time::{Duration, Instant};

#[cfg(unix)]
mod browser;
mod keeping;
#[cfg(target_os = "linux")]
mod preload;
mod program;
mod server;
mod stand_in;
mod workbook;
#[cfg(target_os = "linux")]
pub(crate) mod workbooks;

#[cfg(unix)]
pub(crate) use browser::Browser;
pub(crate) use keeping::{Tasks, wall};
#[cfg(target_os = "linux")]
pub(crate) use preload::{Clock, build};
pub(crate) use program::{Reports, Run, TOKEN, WorkDir, kill, signal};
pub(crate) use server::{Action, Down, EMPTY_LIST, Request, Scripted};
pub(crate) use stand_in::StandIn;
pub(crate) use workbook::{SheetCells, save, sheets};

/// A list with `users` users of one order each, whose phones, names and order numbers are all different.
pub(crate) fn list(users: usize) -> String {
    let rows = (0..users).map(row).collect::<String>();
    format!("{HEADER}\n{rows}")
}

/// The header of [`list`].
pub(crate) const HEADER: &str = "user_phone,user_name,assignee_username,name,auth_id,order_number,due_amount";

/// One row of [`list`].
pub(crate) fn row(user: usize) -> String {
    format!("{},User {user},incs_1,Follow up,30058,ORD{user:05},{}.50\n", phone(user), 100 + user)
}

/// The phone of a user of [`list`].
pub(crate) fn phone(user: usize) -> String {
    format!("62812{:08}", 10_000_000 + user)
}

/// The body of a created task, as the page on creating tasks shows it.
pub(crate) fn created(id: u64, phone: &str) -> String {
    format!(
        r#"{{"status":"success","code":200,"message":"","data":{{"id":{id},"creation_id":{},"user_phone":"{phone}","conversation_id":{},"status":0,"created_at":"2026-04-16 17:44:48","logs":[]}},"error":{{}}}}"#,
        id + 500,
        id + 900
    )
}

/// An error envelope.
pub(crate) fn refused(code: u16, message: &str) -> String {
    format!(r#"{{"status":"error","code":{code},"message":"{message}","data":{{}},"error":{{}}}}"#)
}

/// Waits for what another process is about to do.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
