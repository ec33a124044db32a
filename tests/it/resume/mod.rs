//! `resume`: which run is taken up, what it does to it, and what it says.

mod in_flight;
mod later;
mod settings;

use std::fs;
use std::time::{Duration, Instant};

use crate::support::{
    Action, Down, Reports, Run, Scripted, StandIn, Tasks, WorkDir, created, kill, list, phone, refused, row,
    signal, until,
};

/// Every user of the list has one task at the server, and the report names it.
#[track_caller]
fn everybody_once(reports: &Reports, tasks: &Tasks, users: usize) {
    let at_server = tasks.ids();
    assert_eq!(at_server.len(), users);
    for line in reports.results() {
        assert_eq!(line["outcome"], "created", "{line:?}");
        assert_eq!(at_server[&line["user_phone"]], [line["task_id"].clone()], "{line:?}");
    }
    let summary = reports.summary();
    assert_eq!((&summary["status"], &summary["exit_code"]), (&"completed".into(), &0.into()));
    let counts = &summary["tasks"];
    assert_eq!((&counts["planned"], &counts["created"]), (&users.into(), &users.into()), "{counts}");
}

#[test]
fn after_a_refused_token_a_good_one_finishes_the_run() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 3);
    let work = WorkDir::with("list.csv", list(10));
    let run = work.stopped_upload("old", &server.url(), &["list.csv"]);
    let before = work.summary();
    assert_eq!((&before["status"], &before["exit_code"]), (&"aborted".into(), &3.into()));
    assert_eq!((&before["tasks"]["created"], &before["tasks"]["pending"]), (&3.into(), &7.into()));
    assert!(work.line_of(&run).contains("aborted"), "{}", work.line_of(&run));

    // What the server said is told; the user's own task has nothing to be mended.
    let line = &work.results()[3];
    assert_eq!((line["outcome"].as_str(), line["error"].as_str()), ("pending", "Unauthenticated."));
    assert_eq!(line["hint"], format!("it is sent by: incs-import resume {run}"));

    let stopped_again = work.run_as("old", &["resume"]).expect(3);
    assert!(stopped_again.stderr.contains("INCS_TOKEN"), "{}", stopped_again.transcript());
    let resumed = work.run(&["resume"]).expect(0);
    assert!(resumed.stderr.contains(&format!("resuming run {run}: 7 tasks left")), "{}", resumed.stderr);
    assert!(resumed.stdout.contains("rows read 10 = 10 created"), "{}", resumed.transcript());
    assert!(work.line_of(&run).contains("completed"));
    assert_eq!(work.reports().len(), 1, "the same folder");
    everybody_once(&work.last(), &tasks, 10);

    // The requests of all three are counted, and the run began when it began.
    let (after, requests) = (work.summary(), server.requests());
    let posts = server.posts().len();
    assert_eq!(after["requests"]["posts"], posts);
    assert_eq!(after["requests"]["lookups"], requests.len() - posts);
    assert_eq!(after["requests"]["retried"], 2);
    assert_eq!((&after["started_at"], &after["run_id"]), (&before["started_at"], &run.as_str().into()));
}

#[test]
#[cfg(unix)]
fn without_a_token_nothing_is_touched() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 3);
    let work = WorkDir::with("list.csv", list(10));
    let run = work.stopped_upload("old", &server.url(), &["list.csv"]);
    let (sent, line) = (server.requests().len(), work.line_of(&run));
    let none = Run::of(work.command(&["resume"]).env_remove("INCS_TOKEN").output().unwrap()).expect(2);
    assert!(none.stderr.contains("INCS_TOKEN") && none.stderr.contains("--token-file"), "{}", none.stderr);
    assert_eq!((server.requests().len(), work.line_of(&run)), (sent, line));

    work.write("token", format!("{}\n", crate::support::TOKEN));
    fs::set_permissions(work.path().join("token"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    let mut command = work.command(&["resume", "--token-file", "token"]);
    Run::of(command.env_remove("INCS_TOKEN").output().unwrap()).expect(0);
    everybody_once(&work.last(), &tasks, 10);
}

#[test]
fn what_was_invalid_or_left_out_stays_so() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let rows: String = (1..7).map(row).collect();
    let work = WorkDir::with("list.csv", list(0) + &row(0).replace(".50", ".x") + &rows);
    work.stopped_upload("old", &server.url(), &["list.csv", "--limit", "4"]);
    let resumed = work.run(&["resume"]).expect(1);
    let proof = "rows read 7 = 4 created + 1 invalid + 2 left out (beyond --limit: 2)";
    assert!(resumed.stdout.contains(proof), "{}", resumed.transcript());
    assert_eq!(work.column("outcome"), ["invalid", "created", "created", "created", "created"]);
    assert!(work.last().0.join("fix.xlsx").exists());
    assert_eq!(work.summary()["exit_code"], 1);
}

#[test]
fn after_ctrl_c_the_rest_is_sent() {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |_, request| {
        Action::Late(Duration::from_millis(30), Box::new(answers.answer(request)))
    });
    let work = WorkDir::with("list.csv", list(100));
    let child = work.start_upload(&server.url(), &["list.csv", "--concurrency", "4"]);
    server.wait_for_posts(10);
    signal(&child, "-INT");
    let stopped = Run::finish(child).expect(130);
    let run = work.last().run();
    assert!(stopped.stderr.contains(&format!("incs-import resume {run}")), "{}", stopped.transcript());
    work.run(&["resume", &run]).expect(0);
    everybody_once(&work.last(), &tasks, 100);
    assert_eq!(server.posts().len(), 100);
}

#[test]
fn what_failed_while_the_server_was_down_is_sent_once_it_is_up() {
    let down = Down::new();
    let work = WorkDir::with("list.csv", list(3));
    work.upload(&down.url(), &["list.csv", "--max-attempts", "1"]).expect(1);
    assert_eq!(work.column("outcome"), ["failed", "failed", "failed"]);
    let hint = &work.column("hint")[0];
    assert!(hint.contains(&format!("incs-import resume {}", work.last().run())), "{hint}");
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = down.up(move |_, request| answers.answer(request));
    work.run(&["resume"]).expect(0);
    everybody_once(&work.last(), &tasks, 3);
    assert_eq!(server.posts().len(), 3);
}

#[test]
fn the_latest_unfinished_run_of_the_day_is_meant_and_others_are_named() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 0);
    let work = WorkDir::with("first.csv", list(1));
    work.write("second.csv", list(0) + &row(1));
    work.write("third.csv", list(0) + &row(2));
    let first = work.stopped_upload("old", &server.url(), &["first.csv"]);
    let second = work.stopped_upload("old", &server.url(), &["second.csv"]);
    work.upload(&server.url(), &["third.csv"]).expect(0);

    // Too old to be meant; it says which there are, and how to go on with them.
    let nothing = work.run(&["resume", "--max-age", "1ms"]).expect(0);
    assert!(nothing.stderr.contains("nothing to resume"), "{}", nothing.transcript());
    assert!(nothing.stderr.contains(&format!("incs-import resume {second}")), "{}", nothing.stderr);
    assert_eq!(tasks.ids().len(), 1);

    assert!(work.run(&["resume"]).expect(0).stderr.contains(&second));
    assert!(work.line_of(&first).contains("aborted"));
    // Named, it may be as old as it likes.
    work.run(&["resume", &first, "--max-age", "1ms"]).expect(0);
    assert!(tasks.ids().values().all(|ids| ids.len() == 1) && tasks.ids().len() == 3);
    let nothing = work.run(&["resume"]).expect(0);
    assert!(nothing.stderr.contains("nothing to resume"), "{}", nothing.transcript());
    assert!(!nothing.stderr.contains("incs-import resume"), "{}", nothing.stderr);
}

#[test]
fn nothing_to_resume_is_no_failure() {
    let work = WorkDir::with("list.csv", list(1));
    let nothing = work.run(&["resume"]).expect(0);
    assert!(nothing.stderr.contains("nothing to resume"), "{}", nothing.transcript());
    let unknown = work.run(&["resume", "20261122-013000-none"]).expect(2);
    assert!(unknown.stderr.contains("incs-import runs"), "{}", unknown.transcript());
    assert_eq!(work.all_files().len(), 1, "no ledger is made to say so");

    let server = Scripted::creating();
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let run = work.last().run();
    let named = work.run(&["resume", &run]).expect(0);
    assert!(named.stderr.contains(&format!("run {run} has nothing left to do")), "{}", named.transcript());
    work.run(&["resume", "20261122-013000-none"]).expect(2);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_refused_run_cannot_be_resumed() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(2) + &row(2).replace(".50", ".x"));
    work.upload(&server.url(), &["list.csv", "--strict"]).expect(2);
    let run = work.last().run();
    let named = work.run(&["resume", &run]).expect(2);
    assert!(
        named.stderr.contains("was refused") && named.stderr.contains("upload it again"),
        "{}",
        named.stderr
    );
    let unnamed = work.run(&["resume"]).expect(0);
    assert!(unnamed.stderr.contains("nothing to resume"), "{}", unnamed.transcript());
    assert_eq!(server.requests().len(), 0);
    assert_eq!(work.summary()["status"], "refused");
}

#[test]
fn missing_reports_are_written_again_without_asking_the_server() {
    let server = Scripted::start(|number, request| match request.phone() {
        second if second == phone(1) => Action::json(422, refused(422, "No.")),
        user => Action::json(200, created(number as u64 + 1, &user)),
    });
    let work = WorkDir::with("list.csv", list(3));
    work.upload(&server.url(), &["list.csv"]).expect(1);
    let reports = work.last();
    let (results, summary) = (reports.results(), reports.summary());
    let sent = server.requests().len();
    for missing in ["results.csv", "summary.json", ""] {
        let path = reports.0.join(missing);
        if missing.is_empty() {
            fs::remove_dir_all(&path).unwrap()
        } else {
            fs::remove_file(&path).unwrap()
        }
        let mut command = work.command(&["resume", &reports.run()]);
        let again = Run::of(command.env_remove("INCS_TOKEN").output().unwrap()).expect(1);
        assert!(again.stdout.contains("rows read 3 = 2 created + 1 rejected"), "{}", again.transcript());
        assert_eq!((reports.results(), reports.summary()), (results.clone(), summary.clone()), "{missing}");
    }
    assert_eq!(server.requests().len(), sent);
}

#[test]
fn a_run_that_only_lacks_its_end_gets_it() {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |_, request| {
        Action::Late(Duration::from_millis(30), Box::new(answers.answer(request)))
    });
    let work = WorkDir::with("list.csv", list(40));
    let child = work.start_upload(&server.url(), &["list.csv"]);
    server.wait_for_posts(10);
    let reports = work.last();
    fs::remove_dir_all(&reports.0).unwrap();
    fs::write(&reports.0, "in the way").unwrap();
    let stopped = Run::finish(child).expect(3);
    assert!(stopped.stderr.contains("incs-import resume"), "{}", stopped.transcript());
    assert!(work.line_of(&reports.run()).contains("unfinished"));
    // Still in the way: it says so, and changes nothing.
    work.run(&["resume"]).expect(2);
    fs::remove_file(&reports.0).unwrap();
    work.run(&["resume"]).expect(0);
    everybody_once(&reports, &tasks, 40);
    assert_eq!(server.requests().len(), 40);
}

#[test]
fn what_was_refused_is_sent_again_only_when_that_is_wanted() {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |number, request| match (number, request.phone()) {
        (0..5, user) if user == phone(1) => Action::json(400, refused(400, "User is in an incomplete task.")),
        (0..5, user) if user == phone(2) => Action::json(422, refused(422, "No such agent.")),
        (0..5, user) if user == phone(3) => Action::json(401, refused(401, "Unauthenticated.")),
        (0..5, user) if user.is_empty() => Action::json(401, refused(401, "Unauthenticated.")),
        _ => answers.answer(request),
    });
    let work = WorkDir::with("list.csv", list(4));
    work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(3);
    assert_eq!(work.column("outcome"), ["created", "incomplete_task", "rejected", "pending"]);
    let run = work.last().run();
    work.run(&["resume"]).expect(1);
    assert_eq!(work.column("outcome"), ["created", "incomplete_task", "rejected", "created"]);
    assert!(work.column("hint")[1].contains(&format!("incs-import resume {run} --retry incomplete_task")));
    assert_eq!(server.posts().len(), 5);

    // Finished now, and so it is taken up only for them.
    work.run(&["resume", &run]).expect(0);
    let nothing = work.run(&["resume"]).expect(0);
    assert!(nothing.stderr.contains("nothing to resume"), "{}", nothing.transcript());
    work.run(&["resume", "--retry", "created"]).expect(2);
    work.run(&["resume", "--retry", "incomplete_task"]).expect(1);
    assert_eq!(work.column("outcome"), ["created", "created", "rejected", "created"]);
    work.run(&["resume", &run, "--retry", "incomplete_task,rejected"]).expect(0);
    everybody_once(&work.last(), &tasks, 4);
    assert_eq!(server.posts().len(), 7);
    assert!(!work.last().0.join("fix.xlsx").exists(), "nothing is to be mended any more");
}

#[test]
fn a_run_in_use_is_left_alone() {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |_, request| {
        Action::Late(Duration::from_millis(200), Box::new(answers.answer(request)))
    });
    let work = WorkDir::with("list.csv", list(30));
    let child = work.start_upload(&server.url(), &["list.csv", "--concurrency", "1"]);
    server.wait_for_posts(1);
    let run = work.last().run();
    for arguments in [vec!["resume"], vec!["resume", &run]] {
        let second = work.run(&arguments).expect(4);
        assert!(second.stderr.contains(&format!("run {run} holds the ledger")), "{}", second.stderr);
    }
    kill(child);
    // A resume holds its run as an upload does, whether it was named or not.
    let child = work.start(&["resume"]);
    server.wait_for_posts(4);
    assert!(work.line_of(&run).contains("running"), "{}", work.line_of(&run));
    let second = work.run(&["resume", &run]).expect(4);
    assert!(second.stderr.contains(&format!("run {run} holds the ledger")), "{}", second.stderr);
    Run::finish(child).expect(0);
    everybody_once(&work.last(), &tasks, 30);
}

#[test]
fn json_is_the_summary_of_the_run() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 1);
    let work = WorkDir::with("list.csv", list(3));
    let run = work.stopped_upload("old", &server.url(), &["list.csv"]);
    let resumed = work.run(&["resume", "--format", "json"]).expect(0);
    assert_eq!(resumed.json(), work.summary());
    assert_eq!(resumed.json()["run_id"], run);
    // A program that asks for a run by its name gets its summary, whether there was something to do or not.
    let again = work.run(&["resume", &run, "--format", "json"]).expect(0);
    assert_eq!(again.json(), work.summary());
}

#[test]
fn a_run_that_met_a_stand_in_is_known_for_it_although_it_was_killed() {
    let work = WorkDir::with("list.csv", list(200));
    let stand_in = StandIn::start(&work, &[]);
    let child = work.start(&["upload", "list.csv", "--base-url", &stand_in.url, "--rate", "20/s"]);
    let report = || work.run(&["report", "--format", "json"]);
    until("a task is created", || {
        let run = report();
        run.code == 0 && run.json()["tasks"]["created"].as_u64().unwrap() > 0
    });
    kill(child);
    let summary = report().expect(0).json();
    assert_eq!((&summary["status"], &summary["sandbox"]), (&"unfinished".into(), &true.into()), "{summary}");
    let runs = work.run(&["runs"]).expect(0);
    assert!(runs.stdout.contains("(sandbox)"), "{}", runs.transcript());
}

#[test]
fn a_run_of_the_embedded_sandbox_ended_with_it() {
    let work = WorkDir::with("list.csv", list(2000));
    let child = work.start(&["upload", "list.csv", "--sandbox", "--rate", "100/s"]);
    let begin = Instant::now();
    let ledger = loop {
        assert!(begin.elapsed() < Duration::from_secs(60), "no run is recorded");
        let found = work.all_files().into_iter().find(|path| path.ends_with("ledger.db"));
        let runs = found.clone().map(|path| work.run(&["runs", "--ledger", path.to_str().unwrap()]));
        match (found, runs) {
            (Some(path), Some(runs)) if runs.stdout.contains("running") => break path,
            _ => {}
        }
    };
    kill(child);
    let run = work.last().run();
    let own = ["resume", &run, "--ledger", ledger.to_str().unwrap()];
    let resumed = work.run(&own).expect(2);
    assert!(
        resumed.stderr.contains("stand-in") && resumed.stderr.contains("nothing real was created"),
        "{}",
        resumed.transcript()
    );
    work.run(&["resume", &run]).expect(2);
    work.run(&["resume"]).expect(0);
}
