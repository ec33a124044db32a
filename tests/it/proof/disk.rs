//! A disk that is full, broken or read-only, at each call that meets it: a clear message, the right exit code, nothing
//! more sent than the ledger knows of, and nobody tasked twice once there is room again.

use std::ops::Range;

use super::audit::{Terms, audit};
use super::shim::{Class, Event, Fail, Image, Shim, Trouble, trace};
use super::{Desk, Server, TIMES, list_of, phones, with_servers};

/// Users of each list.
const USERS: usize = 6;

/// One trouble of the disk.
#[derive(Debug, Clone, Copy)]
struct Case {
    class: Class,
    trouble: Trouble,
    once: bool,
    /// `ledger.db` (with what lies beside it) or `reports`.
    below: &'static str,
    /// Which call is the first to fail; every so many are tried.
    step: usize,
}

const CASES: [Case; 10] = [
    Case { class: Class::Write, trouble: Trouble::Full, once: false, below: "ledger.db", step: 4 },
    Case { class: Class::Write, trouble: Trouble::Full, once: true, below: "ledger.db", step: 5 },
    Case { class: Class::Sync, trouble: Trouble::Broken, once: false, below: "ledger.db", step: 1 },
    Case { class: Class::Sync, trouble: Trouble::Broken, once: true, below: "ledger.db", step: 1 },
    Case { class: Class::Open, trouble: Trouble::ReadOnly, once: false, below: "ledger.db", step: 1 },
    Case { class: Class::Cut, trouble: Trouble::Full, once: false, below: "ledger.db", step: 1 },
    Case { class: Class::Write, trouble: Trouble::Full, once: false, below: "reports", step: 1 },
    Case { class: Class::Sync, trouble: Trouble::Broken, once: false, below: "reports", step: 1 },
    Case { class: Class::Open, trouble: Trouble::ReadOnly, once: false, below: "reports", step: 1 },
    Case { class: Class::Open, trouble: Trouble::Full, once: true, below: "reports", step: 1 },
];

/// How many calls of each case a run without trouble makes.
fn calls(case: Case) -> usize {
    let server = Server::start(&[]);
    let mut desk = Desk::with_list(&list_of(0..USERS));
    let path = desk.path("trace");
    let shim = Shim { trace: Some(path.clone()), ..Shim::default() };
    desk.upload(&shim, server.url(), &[]);
    desk.expect(0);
    let prefix = desk.path(case.below).display().to_string();
    let meets =
        |event: &&Event| !event.done && event.class == Some(case.class) && event.path.starts_with(&prefix);
    trace(&path).iter().filter(meets).count()
}

fn users_of(number: usize) -> Range<usize> {
    number * USERS..(number + 1) * USERS
}

/// Lets the `from`th call of a case fail, makes room again, and goes on. What was wrong, in words.
fn meet(case: Case, from: usize, server: &Server, users: Range<usize>) -> Option<String> {
    let mut desk = Desk::with_list(&list_of(users.clone()));
    let phones = phones(users);
    let images = tempfile::tempdir().unwrap();
    let shim = Shim {
        fail: Some(Fail {
            class: case.class,
            trouble: case.trouble,
            from: from as u64,
            once: case.once,
            prefix: desk.path(case.below),
        }),
        trace: Some(images.path().join("trace")),
        ledger: Some(desk.ledger()),
        snapshots: Some(images.path().to_owned()),
        ..Shim::default()
    };
    let code = desk.upload(&shim, server.url(), &TIMES);
    let stderr = desk.runs[0].stderr.clone();
    let images = Image::all(images.path());
    let posts = images.iter().filter(|image| image.kind == "post").count();
    let mut wrong = Vec::new();
    let told = stderr.contains("error:") && stderr.contains("fix:");
    match code {
        // The call that failed was one that nothing depends on: tidying up, or words for others.
        0 => {}
        2 if posts > 0 => wrong.push(format!("exit 2 says that nothing was sent; {posts} POSTs were")),
        2 | 3 if told => {}
        2 | 3 => wrong.push("nobody was told what is wrong and how to mend it".to_owned()),
        code => wrong.push(format!("exit code {code}")),
    }
    if stderr.contains("panicked") {
        wrong.push("it panicked".to_owned());
    }
    for post in images.iter().filter(|image| image.kind == "post") {
        let text = String::from_utf8_lossy(&post.bytes).into_owned();
        let phone = phones.iter().find(|phone| text.contains(phone.as_str())).cloned().unwrap_or_default();
        let state =
            post.ledger().query_row("SELECT state FROM task WHERE user_phone = ?1", [&phone], |row| {
                row.get::<_, u8>(0)
            });
        if state != Ok(1) {
            wrong.push(format!("the POST of {phone} left with {state:?} on the disk instead of its intent"));
        }
    }
    if let Some(path) = written_after_a_failed_sync(&trace(&shim.trace.clone().unwrap())) {
        wrong.push(format!(
            "after a failed sync there was another write to {path}: no commit may be tried again"
        ));
    }
    // There is room again.
    if code != 0 && !desk.go_on(server.url()) {
        wrong.push("it never came to an end".to_owned());
    }
    let found = audit(&desk, server, &phones, &Terms::ALL_CREATED);
    wrong.extend(found.wrong.iter().cloned());
    (!wrong.is_empty())
        .then(|| format!("{case:?} from call {from}: {}\n{}", wrong.join("\n"), desk.transcript()))
}

/// The WAL that was written by a thread for which a sync of it had failed before. Another one may fold it at the very moment in
/// which a commit is written; that commit has a sync of its own to pass.
fn written_after_a_failed_sync(events: &[Event]) -> Option<&str> {
    let of_wal = |event: &&Event| event.path.ends_with("ledger.db-wal");
    let mut of_wal = events.iter().filter(of_wal);
    let failed = of_wal.find(|event| event.done && event.class == Some(Class::Sync) && event.result < 0)?;
    let same = |event: &&Event| event.thread == failed.thread && event.class == Some(Class::Write);
    of_wal.find(same).map(|event| event.path.as_str())
}

#[test]
fn a_disk_that_fails_at_any_call_stops_the_run_and_doubles_nobody() {
    let jobs: Vec<(usize, Case, usize)> = CASES
        .into_iter()
        .flat_map(|case| {
            let calls = calls(case);
            assert!(calls > 0, "{case:?} meets no call");
            (1..=calls).step_by(case.step).map(move |from| (case, from))
        })
        .enumerate()
        .map(|(number, (case, from))| (number, case, from))
        .collect();
    assert!(jobs.len() > 100, "{} cases", jobs.len());
    let wrong =
        with_servers(&[&[]], jobs, |server, (number, case, from)| meet(case, from, server, users_of(number)));
    assert!(wrong.is_empty(), "{} cases went wrong; the first:\n{}", wrong.len(), wrong[0]);
}
