//! `resume` of a run whose users got tasks in a later one.

use serde_json::json;

use crate::support::{Scripted, Tasks, WorkDir, list, phone, row};

/// An older run of three users who are all pending.
fn older(tasks: &Tasks) -> (Scripted, WorkDir, String) {
    let server = Scripted::barring(tasks, 0);
    let work = WorkDir::with("list.csv", list(3));
    let run = work.stopped_upload("old", &server.url(), &["list.csv"]);
    (server, work, run)
}

#[test]
fn who_got_the_same_task_in_a_later_run_is_skipped_and_all_is_well() {
    let tasks = Tasks::default();
    let (server, work, old) = older(&tasks);
    // Whatever the window: it is the older run that is late.
    let new = work.upload(&server.url(), &["list.csv"]).expect(0);
    assert!(!new.stderr.contains("never finished"), "it was stopped, not killed\n{}", new.stderr);
    let later = work.last().run();
    let resumed = work.run(&["resume", &old, "--dedupe-window", "0"]).expect(0);
    assert!(resumed.stdout.contains("rows read 3 = 3 skipped"), "{}", resumed.transcript());
    let results = work.last().results();
    assert_eq!(work.last().run(), old);
    for line in &results {
        assert_eq!((line["outcome"].as_str(), line["error_code"].as_str()), ("skipped", "already-created"));
        assert!(line["error"].contains(&later), "{line:?}");
    }
    assert_eq!(work.summary()["exit_code"], 0);
    assert!(tasks.ids().values().all(|ids| ids.len() == 1));
}

#[test]
fn who_got_another_task_in_a_later_run_is_skipped_and_that_is_told() {
    let tasks = Tasks::default();
    let (server, work, old) = older(&tasks);
    work.write("list.csv", list(2).replace("101.50", "999.50"));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let later = work.last().run();
    let id = tasks.ids()[&phone(1)][0].clone();
    // Even where a second task is wanted: the list that wants it is the later one.
    work.run(&["resume", &old, "--changed", "send"]).expect(1);
    assert_eq!(work.column("outcome"), ["skipped", "skipped", "created"]);
    let line = &work.results()[1];
    assert_eq!(line["error_code"], "created-later");
    assert!(line["error"].contains(&later) && line["error"].contains(&format!("task {id}")), "{line:?}");
    assert!(line["hint"].contains("--changed send"), "{line:?}");
    assert!(tasks.ids().values().all(|ids| ids.len() == 1));
    // Where that is fine, it is fine.
    work.run(&["resume", &old, "--retry", "rejected", "--accept", "skipped"]).expect(0);
}

#[test]
fn who_may_have_a_task_of_a_later_run_is_skipped_until_that_is_settled() {
    let tasks = Tasks::default();
    let (server, work, old) = older(&tasks);
    work.write("later.csv", list(0) + &row(1));
    let later = work.stopped_upload("portal", &server.url(), &["later.csv"]);
    assert_eq!(work.column("outcome"), ["unresolved"]);

    work.run(&["resume", &old]).expect(1);
    assert_eq!(work.last().run(), old);
    assert_eq!(work.column("outcome"), ["created", "skipped", "created"]);
    let line = &work.results()[1];
    assert_eq!(line["error_code"], "in-doubt-later");
    assert!(line["error"].contains(&later), "{line:?}");
    assert!(line["hint"].contains(&format!("incs-import resume {later}")), "{line:?}");
    assert!(!tasks.ids().contains_key(&phone(1)));

    work.run(&["resume", &later]).expect(0);
    work.run(&["resume", &old]).expect(0);
    assert_eq!(tasks.ids().len(), 3);
    assert_eq!(server.posts_by_phone()[&phone(1)], 2, "again only once it was surely not there");
}

#[test]
fn a_run_that_only_waits_for_the_doubt_of_an_older_one_gives_way_to_it() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 0);
    let work = WorkDir::with("list.csv", list(2));
    let old = work.stopped_upload("hidden", &server.url(), &["list.csv"]);
    // Somebody else made the same task meanwhile: looking cannot tell which is ours.
    let equal = json!({
        "user_phone": phone(0), "name": "Follow up", "auth_id": 30058, "assignee_username": "incs_1",
    });
    let theirs = tasks.put(equal)["id"].to_string();
    work.write("new.csv", list(0) + &row(0).replace("100.50", "777.50") + &row(5));
    work.upload(&server.url(), &["new.csv", "--changed", "send"]).expect(1);
    let new = work.last().run();
    assert_eq!(work.column("outcome"), ["unresolved", "created"]);
    let hint = &work.results()[0]["hint"];
    assert!(hint.contains(&format!("incs-import resume {old};")), "{hint}");

    // Taken up, the later one could but wait again; the older one has a user who had no turn, too.
    let resumed = work.run(&["resume"]).expect(1);
    assert!(resumed.stderr.contains(&format!("run {new} waits for")), "{}", resumed.transcript());
    assert!(resumed.stderr.contains(&format!("resuming run {old}:")), "{}", resumed.transcript());
    assert_eq!(work.last().run(), old);
    assert_eq!(work.column("outcome"), ["unresolved", "created"]);

    // Once that is settled, it is the turn of the later one.
    work.run(&["resolve", &old, "--phone", &phone(0), "--task-id", &theirs]).expect(0);
    let resumed = work.run(&["resume"]).expect(0);
    assert!(resumed.stderr.contains(&format!("resuming run {new}:")), "{}", resumed.transcript());
    assert_eq!(work.column("outcome"), ["created", "created"]);
}

#[test]
fn a_run_that_waits_for_another_and_has_something_else_to_do_is_still_the_latest() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 0);
    let work = WorkDir::with("list.csv", list(1));
    let old = work.stopped_upload("hidden", &server.url(), &["list.csv"]);
    tasks.put(json!({
        "user_phone": phone(0), "name": "Follow up", "auth_id": 30058, "assignee_username": "incs_1",
    }));
    work.write("new.csv", list(0) + &row(0).replace("100.50", "777.50") + &row(5));
    let new = work.stopped_upload("portal", &server.url(), &["new.csv", "--changed", "send"]);
    let resumed = work.run(&["resume"]).expect(1);
    assert!(resumed.stderr.contains(&format!("resuming run {new}:")), "{}", resumed.transcript());
    assert_eq!(work.column("outcome"), ["unresolved", "created"]);
    let resumed = work.run(&["resume"]).expect(1);
    assert!(resumed.stderr.contains(&format!("resuming run {old}:")), "{}", resumed.transcript());
}
