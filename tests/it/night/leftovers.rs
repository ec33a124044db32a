//! `--resume-first`: what earlier runs left goes out before today's list.

use std::cell::RefCell;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{
    Action, Reports, Run, Scripted, Tasks, WorkDir, list, phone, refused, row, signal, until,
};

/// A list of other users than those of `list`.
fn others(users: usize) -> String {
    list(0) + &(500..500 + users).map(row).collect::<String>()
}

fn report_of(work: &WorkDir, run: &str) -> Reports {
    Reports(work.path().join("reports").join(run))
}

#[test]
fn yesterdays_rest_goes_out_before_todays_list() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 3);
    let work = WorkDir::with("yesterday.csv", list(10));
    let run = work.stopped_upload("old", &server.url(), &["yesterday.csv"]);
    work.write("today.csv", others(5));
    let before = server.posts().len();
    let today = work.upload(&server.url(), &["today.csv", "--resume-first", "--concurrency", "1"]).expect(0);
    assert!(today.stderr.contains(&format!("resuming run {run}: 7 tasks left")), "{}", today.transcript());
    let sent: Vec<String> = server.posts()[before..].iter().map(|post| post.phone()).collect();
    let wanted: Vec<String> = (3..10).chain(500..505).map(phone).collect();
    assert_eq!(sent, wanted);
    assert_eq!(report_of(&work, &run).summary()["status"], "completed");
    assert_eq!(work.summary()["tasks"]["created"], 5);
    // There is nothing left, and that is nothing to speak of.
    work.write("later.csv", others(6));
    let later = work.upload(&server.url(), &["later.csv", "--resume-first"]).expect(0);
    assert!(!later.stderr.contains("resum"), "{}", later.transcript());
}

#[test]
fn the_worse_exit_code_counts() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 3);
    let rows = list(4) + &row(20).replace("6281", "62O1");
    let work = WorkDir::with("yesterday.csv", rows);
    work.stopped_upload("old", &server.url(), &["yesterday.csv"]);
    work.write("today.csv", others(2));
    work.upload(&server.url(), &["today.csv", "--resume-first"]).expect(1);
    assert_eq!(tasks.ids().len(), 6);
    // What was wrong in it is not what was left.
    work.write("later.csv", others(3));
    work.upload(&server.url(), &["later.csv", "--resume-first"]).expect(0);
}

#[test]
fn what_stops_the_rest_stops_todays_list_too() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 3);
    let work = WorkDir::with("yesterday.csv", list(10));
    work.stopped_upload("old", &server.url(), &["yesterday.csv"]);
    work.write("today.csv", others(5));
    let url = server.url();
    let today = work.run_as("old", &WorkDir::uploading(&url, &["today.csv", "--resume-first"])).expect(3);
    assert!(today.stderr.contains("this list was not begun"), "{}", today.transcript());
    assert_eq!(work.reports().len(), 1, "there is no run of today");
    let late = work.upload(&url, &["today.csv", "--resume-first", "--deadline", "1ms"]).expect(130);
    assert!(late.stderr.contains("this list was not begun"), "{}", late.transcript());
    assert_eq!(work.reports().len(), 1);
    work.upload(&url, &["today.csv", "--resume-first"]).expect(0);
    assert_eq!(tasks.ids().len(), 15);
}

#[test]
fn what_is_old_or_of_another_server_is_told_and_left() {
    let work = WorkDir::at("2026-04-13T01:30:00Z");
    let tasks = Tasks::default();
    let (server, other) = (Scripted::barring(&tasks, 3), Scripted::creating());
    work.write("old.csv", list(10));
    let run = work.stopped_upload("old", &server.url(), &["old.csv"]);
    work.write("today.csv", others(5));
    let elsewhere = work.upload(&other.url(), &["today.csv", "--resume-first"]).expect(0);
    assert!(elsewhere.stderr.contains("1 run has something left"), "{}", elsewhere.transcript());
    work.set_clock("2026-04-14T13:30:01Z");
    let late = work.upload(&server.url(), &["today.csv", "--resume-first"]).expect(0);
    assert!(late.stderr.contains("1 run has something left"), "{}", late.transcript());
    assert_eq!(report_of(&work, &run).summary()["tasks"]["pending"], 7);
    // A night is not too long ago.
    work.set_clock("2026-04-14T13:29:00Z");
    work.upload(&server.url(), &["today.csv", "--resume-first"]).expect(0);
    assert_eq!(tasks.ids().len(), 15);
}

#[test]
fn inbox_finishes_what_upload_left() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 3);
    let work = WorkDir::with("yesterday.csv", list(10));
    let run = work.stopped_upload("old", &server.url(), &["yesterday.csv"]);
    std::fs::create_dir(work.path().join("drop")).unwrap();
    work.write("drop/today.csv", others(5));
    let url = server.url();
    let sweep =
        ["inbox", "drop", "--base-url", &url, "--rate", "1000000/s", "--rest", "1ms", "--resume-first"];
    work.run_as("old", &sweep).expect(3);
    assert!(work.path().join("drop/today.csv").exists());
    work.run(&sweep).expect(0);
    assert_eq!(tasks.ids().len(), 15);
    assert_eq!(report_of(&work, &run).summary()["status"], "completed");
    assert!(!work.path().join("drop/today.csv").exists());
}

#[test]
fn a_signal_is_heard_during_the_rest_during_the_list_and_between_them() {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |_, request| match request.token() {
        "old" => Action::json(401, refused(401, "Unauthenticated.")),
        _ => Action::Late(Duration::from_millis(20), Box::new(answers.answer(request))),
    });
    let work = WorkDir::with("yesterday.csv", list(100));
    let run = work.stopped_upload("old", &server.url(), &["yesterday.csv"]);
    let before = server.posts().len();
    let url = server.url();
    let today = ["-", "--yes", "--resume-first", "--concurrency", "2"];
    let start = || {
        let mut command = work.command(&WorkDir::uploading(&url, &today));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };

    // While the rest is sent: what is on its way is waited for.
    let child = start();
    server.wait_for_posts(before + 10);
    signal(&child, "-TERM");
    let stopped = Run::finish(child).expect(130);
    assert!(stopped.stderr.contains("this list was not begun"), "{}", stopped.transcript());
    assert_eq!(report_of(&work, &run).summary()["status"], "interrupted");

    // While the list is read, which may take any time: at once.
    let mut child = start();
    let list = child.stdin.take();
    until("the rest", || report_of(&work, &run).summary()["status"] == "completed");
    signal(&child, "-TERM");
    let child = RefCell::new(child);
    until("the end", || child.borrow_mut().try_wait().unwrap().is_some());
    Run::finish(child.into_inner()).expect(130);
    drop(list);

    // While the list is sent.
    let mut child = start();
    let sent = server.posts().len();
    child.stdin.take().unwrap().write_all(others(100).as_bytes()).unwrap();
    server.wait_for_posts(sent + 10);
    signal(&child, "-TERM");
    Run::finish(child).expect(130);
    work.run(&["resume"]).expect(0);
    assert_eq!(tasks.ids().len(), 200);
    assert!(tasks.ids().values().all(|ids| ids.len() == 1));
}
