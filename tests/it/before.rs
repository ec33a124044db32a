//! What is asked before anything is sent: who is busy (`--skip-busy`), what is there already (`--preflight`), and what the
//! ledger remembers (`--dedupe-window`, `--changed`).

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Action, HEADER, Scripted, StandIn, Tasks, WorkDir, list, phone, refused, row, wall};

/// The POSTs that a stand-in started with `--requests requests.jsonl` got.
fn posts(work: &WorkDir) -> usize {
    let log = fs::read_to_string(work.path().join("requests.jsonl")).unwrap();
    log.lines().filter(|line| line.contains(r#""method":"POST""#)).count()
}

fn stand_in(work: &WorkDir, arguments: &[&str]) -> StandIn {
    StandIn::start(work, &[&["--requests", "requests.jsonl"], arguments].concat())
}

/// A task of the list at the server, changed so.
fn task(user: usize, change: Value) -> Value {
    let mut task = json!({
        "user_phone": phone(user), "name": "Follow up", "auth_id": 30058, "assignee_username": "incs_1",
    });
    task.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    task
}

fn keeping(tasks: &Tasks) -> Scripted {
    let answers = tasks.clone();
    Scripted::start(move |_, request| answers.answer(request))
}

fn lose_the_ledger(work: &WorkDir) {
    for path in work.all_files() {
        if path.file_name().unwrap().to_str().unwrap().starts_with("ledger.") {
            fs::remove_file(path).unwrap();
        }
    }
}

// --skip-busy ---------------------------------------------------------------------------------------------------------

#[test]
fn who_has_an_unfinished_task_is_left_out_until_it_is_finished() {
    let tasks = Tasks::default();
    let server = keeping(&tasks);
    for status in 0..4 {
        tasks.put(task(status, json!({"name": "Another matter", "status": status})));
    }
    let work = WorkDir::with("list.csv", list(5));
    let run = work.upload(&server.url(), &["list.csv", "--skip-busy"]).expect(1);
    let outcomes = ["incomplete_task", "incomplete_task", "created", "created", "created"];
    assert_eq!(work.column("outcome"), outcomes, "{}", run.transcript());
    assert_eq!(work.column("attempts"), ["0", "0", "1", "1", "1"]);
    let posts = server.posts_by_phone();
    assert!(!posts.contains_key(&phone(0)) && !posts.contains_key(&phone(1)));
    let line = &work.results()[1];
    assert!(line["error"].contains("unfinished task at the server: 2"), "{line:?}");
    assert!(line["hint"].contains("--retry incomplete_task"), "{line:?}");
    let get = &server.requests()[0];
    assert!(get.method == "GET" && get.path.contains("status=0"), "asked before anything else: {}", get.path);

    // Asked again, still busy; then one of them is finished.
    work.run(&["resume", "--retry", "incomplete_task"]).expect(1);
    assert_eq!(work.column("outcome"), outcomes);
    tasks.set_status(1, 2);
    work.run(&["resume", "--retry", "incomplete_task", "--accept", "incomplete_task"]).expect(0);
    assert_eq!(work.column("outcome")[..2], ["created", "incomplete_task"]);
}

#[test]
fn unfinished_tasks_are_found_on_every_page() {
    let work = WorkDir::with("list.csv", list(250));
    let server = stand_in(&work, &[]);
    work.upload(&server.url, &["list.csv"]).expect(0);
    work.write("new.csv", list(253).replace("Follow up", "Second reminder"));
    let again = ["new.csv", "--changed", "send", "--skip-busy", "--accept", "incomplete_task"];
    work.upload(&server.url, &again).expect(0);
    let tasks = &work.summary()["tasks"];
    assert_eq!((&tasks["incomplete_task"], &tasks["created"]), (&250.into(), &3.into()));
    assert_eq!(posts(&work), 253);
    // Who was created by us is skipped for that reason, busy or not.
    work.upload(&server.url, &["list.csv", "--skip-busy"]).expect(0);
    assert!(work.column("error_code").iter().all(|code| code == "already-created"));
}

#[test]
fn a_list_that_cannot_be_read_stops_the_run_before_anything_is_sent() {
    let page = || Action::Answer(200, Vec::new(), "<html>Please log in</html>".to_owned());
    let unreadable = "could not be read";
    let cases = [
        ("--skip-busy", Action::json(500, "down".to_owned()), unreadable),
        ("--preflight", Action::json(500, "down".to_owned()), unreadable),
        ("--skip-busy", page(), unreadable),
        ("--preflight", Action::json(200, refused(422, "Unknown parameter.")), unreadable),
        (
            "--skip-busy",
            Action::json(200, r#"{"status":"success","data":{"total":1}}"#.to_owned()),
            unreadable,
        ),
        ("--preflight", Action::json(401, refused(401, "Unauthenticated.")), "refuses the token"),
        (
            "--skip-busy",
            Action::Answer(302, vec![("Location", "/".to_owned())], String::new()),
            "not the INCS API",
        ),
    ];
    // It is patient with a list that fails, and so all of them are waited for at once.
    std::thread::scope(|scope| {
        for (flag, trouble, words) in cases {
            scope.spawn(move || stopped_by_the_list(flag, trouble, words));
        }
    });
}

fn stopped_by_the_list(flag: &str, trouble: Action, words: &str) {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |_, request| match request.token() {
        "old" if request.method == "GET" => trouble.clone(),
        _ => answers.answer(request),
    });
    let work = WorkDir::with("list.csv", list(2));
    let stopped = work.run_as("old", &WorkDir::uploading(&server.url(), &["list.csv", flag])).expect(3);
    assert!(stopped.stderr.contains(words), "{words}\n{}", stopped.transcript());
    let run = work.last().run();
    assert!(stopped.stderr.contains(&format!("incs-import resume {run}")), "{}", stopped.transcript());
    assert_eq!((server.posts().len(), work.column("outcome")), (0, vec!["pending".into(); 2]));
    work.run(&["resume"]).expect(0);
    assert_eq!((tasks.ids().len(), work.last().run()), (2, run));
}

// --preflight ---------------------------------------------------------------------------------------------------------

#[test]
fn a_lost_ledger_tasks_nobody_twice() {
    for zone in ["+00:00", "+07:00", "-05:00"] {
        let work = WorkDir::with("list.csv", list(130));
        let server = stand_in(&work, &["--finish-after", "0s", "--zone", zone]);
        work.upload(&server.url, &["list.csv"]).expect(0);
        lose_the_ledger(&work);
        let again = work.upload(&server.url, &["list.csv", "--preflight"]).expect(0);
        assert!(again.stdout.contains("rows read 130 = 130 skipped"), "{zone}\n{}", again.transcript());
        let line = &work.results()[0];
        assert_eq!((line["error_code"].as_str(), line["attempts"].as_str()), ("at-server", "0"), "{zone}");
        assert!(line["error"].contains("has this task already"), "{line:?}");
        assert_eq!(posts(&work), 130, "{zone}");
        // What the question was good for.
        lose_the_ledger(&work);
        work.upload(&server.url, &["list.csv", "--limit", "1"]).expect(0);
        assert_eq!(posts(&work), 131);
    }
}

#[test]
fn only_what_is_equal_is_left_out() {
    let tasks = Tasks::default();
    let server = keeping(&tasks);
    tasks.put(task(0, json!({"name": "Another matter"})));
    tasks.put(task(1, json!({"auth_id": 1})));
    tasks.put(task(2, json!({"assignee_username": "incs_9"})));
    tasks.put(task(3, json!({})));
    let work = WorkDir::with("list.csv", list(5));
    work.upload(&server.url(), &["list.csv", "--preflight"]).expect(0);
    assert_eq!(work.column("outcome"), ["created", "created", "skipped", "skipped", "created"]);
    assert_eq!(server.posts().len(), 3);
    // The way out is for that user: without the question the whole list would go out a second time.
    let hint = &work.results()[3]["hint"];
    assert!(hint.contains("nothing to do") && hint.contains("alone, without --preflight"), "{hint}");
    work.write("alone.csv", list(0) + &row(3));
    work.upload(&server.url(), &["alone.csv"]).expect(0);
    assert_eq!(server.posts().len(), 4);
    // What is not asked for is not asked.
    let gets = server.requests().len() - server.posts().len();
    work.write("more.csv", list(0) + &row(7));
    let none = work.upload(&server.url(), &["more.csv", "--preflight", "--dedupe-window", "0"]).expect(0);
    assert!(none.stderr.contains("--preflight asks for nothing"), "{}", none.transcript());
    assert_eq!(server.requests().len() - server.posts().len(), gets);
}

#[test]
fn a_task_older_than_the_window_is_no_reason_once_the_zone_is_known() {
    const HOUR: Duration = Duration::from_secs(3_600);
    let tasks = Tasks::default();
    let server = keeping(&tasks);
    let work = WorkDir::with("list.csv", list(2));
    // Two answers with their `Date` tell the zone.
    work.upload(&server.url(), &["list.csv"]).expect(0);
    tasks.put(task(5, json!({"created_at": wall(3 * HOUR)})));
    tasks.put(task(6, json!({"created_at": wall(3 * HOUR)})));
    work.write("five.csv", list(0) + &row(5));
    work.upload(&server.url(), &["five.csv", "--preflight", "--dedupe-window", "2h"]).expect(0);
    assert_eq!(work.column("outcome"), ["created"]);
    work.write("six.csv", list(0) + &row(6));
    work.upload(&server.url(), &["six.csv", "--preflight", "--dedupe-window", "4h"]).expect(0);
    assert_eq!(
        (work.column("outcome"), work.column("error_code")),
        (vec!["skipped".into()], vec!["at-server".into()])
    );
}

#[test]
fn the_second_machine_sees_what_the_first_one_made() {
    let work = WorkDir::with("list.csv", list(4));
    let server = stand_in(&work, &["--finish-after", "0s", "--zone", "+07:00"]);
    work.upload(&server.url, &["list.csv", "--limit", "2"]).expect(0);
    work.write("rest.csv", format!("{HEADER}\n{}{}", row(2), row(3)));
    work.upload(&server.url, &["rest.csv", "--ledger", "other.db"]).expect(0);
    work.upload(&server.url, &["list.csv", "--preflight"]).expect(0);
    assert_eq!(work.column("error_code"), ["already-created", "already-created", "at-server", "at-server"]);
    assert_eq!(posts(&work), 4);
}

#[test]
fn a_time_that_cannot_be_placed_holds_the_user_back_and_is_told() {
    // Half a day behind UTC: without its zone this may be of today or of yesterday.
    let work = WorkDir::with("list.csv", list(2));
    let server = stand_in(&work, &["--finish-after", "0s", "--zone", "-11:00"]);
    work.upload(&server.url, &["list.csv"]).expect(0);
    lose_the_ledger(&work);
    work.upload(&server.url, &["list.csv", "--preflight"]).expect(1);
    assert_eq!(work.column("outcome"), ["skipped", "skipped"]);
    let line = &work.results()[0];
    assert!(line["error"].contains("cannot be compared") && line["hint"].contains("--preflight"), "{line:?}");
    assert_eq!(posts(&work), 2);
}

// --dedupe-window, --changed ------------------------------------------------------------------------------------------

#[test]
fn with_tasks_that_finish_at_once_only_the_ledger_keeps_users_from_a_second_one() {
    let work = WorkDir::with("list.csv", list(3));
    let server = stand_in(&work, &["--finish-after", "0s"]);
    work.upload(&server.url, &["list.csv"]).expect(0);
    let id = work.column("task_id")[1].clone();
    for again in [vec![], vec!["--changed", "send"], vec!["--dedupe-window", "365d"]] {
        work.upload(&server.url, &[vec!["list.csv"], again].concat()).expect(0);
        assert_eq!(work.column("error_code"), ["already-created"; 3]);
    }
    assert_eq!(posts(&work), 3);

    work.write("changed.csv", list(3).replace("101.50", "999.50"));
    for skip in [vec![], vec!["--changed", "skip"]] {
        let held = work.upload(&server.url, &[vec!["changed.csv"], skip].concat()).expect(1);
        let codes = ["already-created", "changed-since-created", "already-created"];
        assert_eq!(work.column("error_code"), codes, "{}", held.transcript());
        assert!(work.column("error")[1].contains(&format!("task {id} of run ")), "{:?}", work.results());
    }
    work.upload(&server.url, &["changed.csv", "--accept", "skipped"]).expect(0);
    assert_eq!(posts(&work), 3);
    work.upload(&server.url, &["changed.csv", "--changed", "send"]).expect(0);
    assert_eq!((work.column("outcome")[1].as_str(), posts(&work)), ("created", 4));
    // Both contents are known now.
    work.upload(&server.url, &["changed.csv"]).expect(0);
    work.upload(&server.url, &["list.csv"]).expect(0);
    assert_eq!(posts(&work), 4);

    // A window that is over before the next run begins, and none at all.
    for (window, sent) in [("1ms", 7), ("0", 10)] {
        work.upload(&server.url, &["list.csv", "--dedupe-window", window]).expect(0);
        assert_eq!((work.column("outcome"), posts(&work)), (vec!["created".to_owned(); 3], sent), "{window}");
    }
}
