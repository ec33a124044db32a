//! The stand-in when it is told to go wrong: what a client sees, and what was created all the same.

mod client;
mod lists;
mod posts;
mod rules;

use serde_json::Value;

use crate::support::WorkDir;

/// The lines of a file, which may not be there yet.
fn lines(work: &WorkDir, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(work.path().join(name)).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The phones of the tasks that were created, by the audit.
fn created(work: &WorkDir) -> Vec<String> {
    let phone = |line: Value| line["body"]["user_phone"].as_str().unwrap().to_owned();
    lines(work, "audit.jsonl").into_iter().map(phone).collect()
}

/// What went wrong with each request, by the requests file; `-` for nothing.
fn faults(work: &WorkDir) -> Vec<String> {
    let fault = |line: Value| line["fault"].as_str().unwrap_or("-").to_owned();
    lines(work, "requests.jsonl").into_iter().map(fault).collect()
}

/// Where the two files go.
const FILES: [&str; 4] = ["--audit", "audit.jsonl", "--requests", "requests.jsonl"];

/// These arguments behind those of the files.
fn with_files<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    FILES.into_iter().chain(arguments.iter().copied()).collect()
}

/// Asks again until it is so; the test fails if that takes absurdly long.
#[track_caller]
fn until(mut is_so: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !is_so() {
        assert!(start.elapsed().as_secs() < 30, "it never was so");
        std::thread::yield_now();
    }
}

#[test]
fn its_files_hold_phones_and_are_for_their_owner_only() {
    let work = WorkDir::new();
    let sandbox = crate::support::StandIn::start(&work, &with_files(&[]));
    #[cfg(unix)]
    for name in ["audit.jsonl", "requests.jsonl"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = work.path().join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    drop(sandbox);
    for (flag, what) in [("--audit", "audit"), ("--requests", "requests")] {
        let run = work.run(&["sandbox", "--port", "0", flag, "no-folder/lines"]).expect(2);
        let words = format!("cannot open the {what} file no-folder/lines: ");
        assert!(run.stderr.contains(&words), "{}", run.transcript());
    }
}
