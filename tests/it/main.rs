//! The program as its users meet it: each command through the real binary, servers on loopback, faults on purpose.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agreement;
// Terminals are made for the C library of Linux.
#[cfg(target_os = "linux")]
mod asking;
mod bad_input;
mod before;
mod check;
mod faults;
mod fix;
mod formats;
// The pages show a shell, and the folders of Linux.
#[cfg(target_os = "linux")]
mod guide;
// `ulimit` and `timeout` are what keeps a failing reader from taking the machine with it.
#[cfg(target_os = "linux")]
mod hostile;
// The browser is reached over a pipe that a shell makes.
#[cfg(unix)]
mod html;
mod http_library;
mod inbox;
mod lists;
mod logs;
mod metrics;
// The clock that is set is made for the C library of Linux.
#[cfg(target_os = "linux")]
mod night;
mod notify;
// Units and crontabs are for Unix.
#[cfg(unix)]
mod packaging;
// What stands between the program and the system is made for the C library of Linux.
#[cfg(target_os = "linux")]
mod proof;
mod purge;
mod reading;
mod redact;
mod resolve;
mod resume;
mod rules;
mod sandbox;
mod screens;
mod setup;
mod stopping;
mod support;
mod tasks;
mod template;
mod track;
mod upload;
