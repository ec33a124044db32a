//! `--deadline`: nothing new is started then, and the rest can be taken up.

use std::fs;
use std::time::Duration;

use crate::support::{Action, Reports, Run, Scripted, Tasks, WorkDir, list, row};

/// A server that takes its time.
fn slow(tasks: &Tasks) -> Scripted {
    let tasks = tasks.clone();
    Scripted::start(move |_, request| {
        Action::Late(Duration::from_millis(20), Box::new(tasks.answer(request)))
    })
}

/// What was stopped at its deadline: nothing failed, and what was not sent waits.
#[track_caller]
fn stopped(reports: &Reports, server: &Scripted, stderr: &str) {
    let summary = reports.summary();
    assert_eq!((&summary["status"], &summary["exit_code"]), (&"interrupted".into(), &130.into()));
    let (created, pending) = (&summary["tasks"]["created"], &summary["tasks"]["pending"]);
    assert_eq!(created, server.posts().len());
    assert!(pending.as_u64() > Some(0), "{summary}");
    assert!(stderr.contains("stopped at the deadline"), "{stderr}");
    assert!(stderr.contains(&format!("incs-import resume {}", reports.run())), "{stderr}");
}

#[test]
fn at_a_time_of_day_in_the_zone_of_the_list() {
    let work = WorkDir::at("2026-04-15T01:30:00+07:00");
    let tasks = Tasks::default();
    let server = slow(&tasks);
    work.write("list.csv", list(400));
    let night = ["list.csv", "--concurrency", "2", "--deadline", "06:00", "--time-zone", "Asia/Jakarta"];
    let child = work.start_upload(&server.url(), &night);
    server.wait_for_posts(5);
    work.set_clock("2026-04-15T06:00:00+07:00");
    let run = Run::finish(child).expect(130);
    assert!(run.stderr.contains("the deadline is reached"), "{}", run.transcript());
    stopped(&work.last(), &server, &run.stderr);

    work.run(&["resume"]).expect(0);
    assert_eq!(tasks.ids().len(), 400);
    assert!(server.posts_by_phone().values().all(|posts| *posts == 1));
}

#[test]
fn one_that_is_over_before_the_first_task_leaves_them_all() {
    let tasks = Tasks::default();
    let server = slow(&tasks);
    let work = WorkDir::with("list.csv", list(3));
    let run = work.upload(&server.url(), &["list.csv", "--deadline", "1ms"]).expect(130);
    assert!(server.posts().is_empty());
    stopped(&work.last(), &server, &run.stderr);
    let again = work.run(&["resume", "--deadline", "1ms"]).expect(130);
    stopped(&work.last(), &server, &again.stderr);
    work.run(&["resume", "--deadline", "1h"]).expect(0);
    assert_eq!(tasks.ids().len(), 3);
}

#[test]
fn nobody_is_waited_for_beyond_it() {
    let tasks = Tasks::default();
    let server = slow(&tasks);
    let work = WorkDir::with("list.csv", list(200));
    let child = work.start_upload(&server.url(), &["list.csv", "--concurrency", "1"]);
    server.wait_for_posts(1);
    let arguments = ["list.csv", "--lock-wait", "1h", "--deadline", "100ms"];
    let second = work.upload(&server.url(), &arguments).expect(4);
    assert!(second.stderr.contains("holds the ledger"), "{}", second.transcript());
    Run::finish(child).expect(0);
}

#[test]
fn inbox_leaves_what_it_has_not_begun() {
    let work = WorkDir::at("2026-04-15T01:30:00+07:00");
    let tasks = Tasks::default();
    let server = slow(&tasks);
    fs::create_dir(work.path().join("drop")).unwrap();
    let other: String = (1000..1010).map(row).collect();
    work.write("drop/a.csv", list(400));
    work.write("drop/b.csv", list(0) + &other);
    let url = server.url();
    let sweep = ["inbox", "drop", "--base-url", &url, "--rate", "1000000/s", "--rest", "1ms"];
    for (day, watch) in [("15", &[][..]), ("16", &["--watch", "--every", "1h"])] {
        work.set_clock(&format!("2026-04-{day}T01:30:00+07:00"));
        let night = [&sweep[..], &["--concurrency", "2", "--deadline", "06:00"], watch].concat();
        let night = [&night[..], &["--time-zone", "Asia/Jakarta"]].concat();
        let child = work.start(&night);
        server.wait_for_posts(server.posts().len() + 5);
        work.set_clock(&format!("2026-04-{day}T06:00:00+07:00"));
        let run = Run::finish(child).expect(130);
        assert!(run.stderr.contains("the deadline is reached"), "{}", run.transcript());
        assert!(work.path().join("drop/a.csv").exists() && work.path().join("drop/b.csv").exists());
    }
    work.run(&sweep).expect(0);
    assert_eq!(tasks.ids().len(), 410);
    assert!(server.posts_by_phone().values().all(|posts| *posts == 1));
}
