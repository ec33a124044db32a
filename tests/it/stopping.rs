//! Runs that end early: asked to, killed, or because another one is going on. Nobody is tasked twice, nobody is lost.

use std::time::Duration;

use crate::support::{Action, Run, Scripted, WorkDir, created, kill, list, row, signal, until};

/// A server that takes its time, so that a run can be met in the middle.
fn slow() -> Scripted {
    Scripted::keeping(Duration::from_millis(30))
}

#[test]
fn asked_to_stop_it_finishes_what_is_in_flight_and_can_be_taken_up() {
    for name in ["-INT", "-TERM", "-HUP"] {
        let server = slow();
        let work = WorkDir::with("list.csv", list(300));
        let child = work.start_upload(&server.url(), &["list.csv"]);
        server.wait_for_posts(20);
        signal(&child, name);
        let run = Run::finish(child).expect(130);
        assert!(run.stderr.contains("stopping"), "{}", run.transcript());
        let summary = work.summary();
        let created = summary["tasks"]["created"].as_u64().unwrap();
        assert_eq!(created as usize, server.posts().len(), "{name}: every answer was waited for");
        assert_eq!(summary["tasks"]["pending"].as_u64().unwrap(), 300 - created);
        assert_eq!(summary["status"], "interrupted");

        work.upload(&server.url(), &["list.csv"]).expect(0);
        let posts = server.posts_by_phone();
        assert_eq!(posts.len(), 300);
        assert!(posts.values().all(|count| *count == 1), "{name}: nobody twice");
    }
}

#[test]
fn asked_twice_it_leaves_at_once_and_the_ledger_is_still_right() {
    let server = Scripted::start(|_, _| Action::Late(Duration::from_secs(20), Box::new(Action::Cut)));
    let work = WorkDir::with("list.csv", list(30));
    let child = work.start_upload(&server.url(), &["list.csv"]);
    server.wait_for_posts(4);
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(200));
    signal(&child, "-INT");
    Run::finish(child).expect(130);
    let sent = server.posts().len();
    let good = Scripted::creating();
    // The same server, as far as the ledger is concerned: another port is another server.
    let run = work.upload(&server.url(), &["list.csv", "--dry-run"]).expect(1);
    assert!(run.stdout.contains(&format!("{sent} possibly created")), "{}", run.transcript());
    drop(good);
}

#[test]
fn killed_at_any_moment_nobody_is_tasked_twice() {
    for after in [1, 5, 20, 60, 150] {
        let server = slow();
        let work = WorkDir::with("list.csv", list(200));
        let child = work.start_upload(&server.url(), &["list.csv"]);
        server.wait_for_posts(after);
        kill(child);
        let before = server.posts().len();
        let runs = work.run(&["runs"]).expect(0);
        assert!(runs.stdout.contains("unfinished"), "{}", runs.transcript());
        // By the list again, or by its run: what was in flight is looked up, the rest is sent.
        let run = if after % 2 == 0 {
            work.run(&["resume", "--settle", "300ms"])
        } else {
            work.upload(&server.url(), &["list.csv"])
        };
        assert_eq!(run.code, 0, "{}", run.transcript());
        let posts = server.posts_by_phone();
        assert_eq!(posts.len(), 200);
        assert!(posts.values().all(|count| *count == 1), "killed after {after}: {posts:?}");
        assert_eq!(run.stderr.contains("never finished"), after % 2 == 1, "{}", run.transcript());
        assert!(before >= after);
    }
}

#[test]
fn a_second_run_is_told_who_holds_the_ledger() {
    let server = slow();
    let work = WorkDir::with("list.csv", list(60));
    let child = work.start_upload(&server.url(), &["list.csv"]);
    server.wait_for_posts(1);
    let second = work.upload(&server.url(), &["list.csv"]).expect(4);
    assert!(
        second.stderr.contains("holds the ledger (process") && second.stderr.contains("on desk"),
        "{}",
        second.transcript()
    );
    let runs = work.run(&["runs"]).expect(0);
    assert!(runs.stdout.contains("running"), "reading needs no lock\n{}", runs.transcript());
    // Patience pays: it waits for the first, and finds everything created.
    work.upload(&server.url(), &["list.csv", "--lock-wait", "60s"]).expect(0);
    Run::finish(child).expect(0);
    assert!(work.column("outcome").iter().all(|outcome| outcome == "skipped"));
    assert!(server.posts_by_phone().values().all(|count| *count == 1));
}

#[test]
fn a_kill_while_everything_waits_leaves_no_doubt_about_what_was_never_sent() {
    let throttled = |wait: &str| Action::Answer(429, vec![("Retry-After", wait.to_owned())], String::new());
    // A long pause, pauses one after the other, a server that is down, a question that hangs.
    for (case, trouble) in [
        ("long", throttled("120")),
        ("short", throttled("1")),
        ("down", Action::json(500, "down".to_owned())),
        ("barred", Action::json(403, crate::support::refused(403, "No."))),
    ] {
        let server = Scripted::start(move |number, request| match (number, request.method.as_str()) {
            (_, "GET") => Action::Late(Duration::from_secs(30), Box::new(Action::Cut)),
            (0..3, _) => Action::json(200, created(number as u64 + 1, &request.phone())),
            _ => trouble.clone(),
        });
        let work = WorkDir::with("list.csv", list(100));
        let child = work.start_upload(&server.url(), &["list.csv", "--concurrency", "1"]);
        server.wait_for_posts(if case == "down" { 13 } else { 4 });
        std::thread::sleep(Duration::from_millis(500));
        kill(child);
        let doubts = if case == "down" { 10 } else { 0 };
        let run = work.upload(&server.url(), &["list.csv", "--dry-run"]);
        assert!(
            run.stdout.contains(&format!("{} tasks would be sent", 97 - doubts)),
            "{case}\n{}",
            run.transcript()
        );
    }
}

#[test]
#[cfg(unix)]
fn a_ledger_under_another_name_is_the_same_ledger() {
    let server = slow();
    let work = WorkDir::with("list.csv", list(60));
    std::os::unix::fs::symlink("real.db", work.path().join("link.db")).unwrap();
    let child = work.start_upload(&server.url(), &["list.csv", "--ledger", "real.db"]);
    server.wait_for_posts(1);
    work.upload(&server.url(), &["list.csv", "--ledger", "link.db"]).expect(4);
    Run::finish(child).expect(0);
    std::fs::hard_link(work.path().join("real.db"), work.path().join("hard.db")).unwrap();
    let run = work.upload(&server.url(), &["list.csv", "--ledger", "hard.db"]).expect(2);
    assert!(run.stderr.contains("several names"), "{}", run.transcript());
}

#[test]
#[cfg(unix)]
fn a_ledger_that_is_deleted_meanwhile_ends_the_run_without_a_promise() {
    let server = slow();
    let work = WorkDir::with("list.csv", list(400));
    let child = work.start_upload(&server.url(), &["list.csv", "--ledger", "own.db"]);
    server.wait_for_posts(10);
    std::fs::remove_file(work.path().join("own.db")).unwrap();
    let run = Run::finish(child).expect(3);
    assert!(
        run.stderr.contains("moved or deleted") && run.stderr.contains("look in INCS"),
        "{}",
        run.transcript()
    );
    assert!(!run.stderr.contains("not sent twice"), "{}", run.transcript());
    assert!(server.posts().len() < 400, "it stopped");
}

#[test]
#[cfg(unix)]
fn reports_that_cannot_be_written_are_told_with_all_the_counts() {
    let server = slow();
    let work = WorkDir::with("list.csv", list(60));
    let child = work.start_upload(&server.url(), &["list.csv"]);
    server.wait_for_posts(10);
    let folder = work.reports().pop().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    let run = Run::finish(child).expect(3);
    assert!(run.stderr.contains("reports could not be written"), "{}", run.transcript());
    assert!(run.stdout.contains("rows read 60 = 60 created"), "{}", run.transcript());
    std::fs::remove_file(&folder).unwrap();
    work.run(&["report"]).expect(0);
    assert_eq!(work.column("outcome").len(), 60);
}

#[test]
#[cfg(target_os = "linux")]
fn asked_to_stop_while_it_waits_for_the_ledger_it_leaves_at_once() {
    let server = Scripted::keeping(Duration::from_secs(30));
    let work = WorkDir::with("list.csv", list(1));
    work.write("own.csv", list(0) + &row(5));
    let holder = work.start_upload(&server.url(), &["own.csv"]);
    server.wait_for_posts(1);
    let url = server.url();
    let upload = WorkDir::uploading(&url, &["list.csv", "--lock-wait", "1h"]);
    let resume = ["resume", "--lock-wait", "1h"].to_vec();
    for arguments in [upload.clone(), [&upload[..], &["--resume-first"]].concat(), resume] {
        let child = work.start(&arguments);
        // It has the lock's file open as long as it waits.
        until("it waits", || {
            let open = std::fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap();
            let mut names = open.flatten().filter_map(|entry| std::fs::read_link(entry.path()).ok());
            names.any(|path| path.extension().is_some_and(|extension| extension == "lock"))
        });
        signal(&child, "-TERM");
        let run = Run::finish(child);
        assert_eq!(run.code, 130, "{arguments:?}: {}", run.transcript());
    }
    assert_eq!(server.posts().len(), 1);
    kill(holder);
}
