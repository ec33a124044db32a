//! `track`: what became of the tasks of a run, joined by their ids.

mod texts;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::Data;
use serde_json::{Value, json};

use crate::support::{
    Action, Run, Scripted, StandIn, Tasks, WorkDir, created, kill, list, phone, refused, sheets, wall,
};

/// Tracks as fast as it goes.
fn track(work: &WorkDir, arguments: &[&str]) -> Run {
    work.run(&[&["track", "--rate", "1000000/s"], arguments].concat())
}

/// The lines of `tracking.csv` in this folder, each as its cells by title.
fn lines(folder: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join("tracking.csv")).unwrap();
    reader.deserialize().map(|line| line.unwrap()).collect()
}

fn column(lines: &[BTreeMap<String, String>], title: &str) -> Vec<String> {
    lines.iter().map(|line| line[title].clone()).collect()
}

/// The GETs that a stand-in was sent.
fn gets(work: &WorkDir) -> usize {
    let text = std::fs::read_to_string(work.path().join("requests.jsonl")).unwrap();
    text.lines().filter(|line| line.contains(r#""method":"GET""#)).count()
}

#[test]
fn every_fate_is_told_and_nobody_is_dropped() {
    let tasks = Tasks::default();
    let keeping = tasks.clone();
    let server = Scripted::start(move |_, request| keeping.answer(request));
    let work = WorkDir::with("list.csv", list(7));
    work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(0);
    for (id, status) in [(1, 0), (2, 1), (3, 2), (4, 3), (6, 8)] {
        tasks.set_status(id, status);
    }
    tasks.forget(5);
    tasks.change(2, json!({
        "assignee_username": "incs_2", "updated_at": "2026-04-08 17:30:00",
        "logs": [
            {"id": 4, "type": 4, "assignee_username": "incs_2", "comment": "later", "created_at": "2026-04-08 17:25:02"},
            {"id": 3, "type": 4, "assignee_username": "incs_1", "comment": "earlier", "created_at": "2026-04-08 17:25:01"},
            {"id": 5, "type": 3, "status": 1, "pre_status": 0, "assignee_username": "incs_2", "created_at": "2026-04-08 17:30:00"},
        ],
    }));
    let said = track(&work, &[]).expect(0);
    let folder = work.last().0;
    let lines = lines(&folder);
    let statuses = ["not_started", "in_progress", "completed", "terminated", "not_found", "8", "completed"];
    assert_eq!(column(&lines, "status"), statuses);
    assert_eq!(column(&lines, "found"), ["yes", "yes", "yes", "yes", "no", "yes", "yes"]);
    for title in
        ["source", "rows", "user_phone", "user_name", "assignee_username", "name", "total_amount", "task_id"]
    {
        assert_eq!(column(&lines, title), work.column(title), "{title}");
    }
    let line = &lines[1];
    for (title, text) in [
        ("assignee_now", "incs_2"),
        ("assignee_username", "incs_1"),
        ("updated_at", "2026-04-08 17:30:00"),
        ("last_log_type", "status_changed"),
        ("last_log", "not_started -> in_progress by incs_2"),
        ("last_log_at", "2026-04-08 17:30:00"),
        ("remarks", "2"),
        ("last_remark", "later"),
        ("last_remark_at", "2026-04-08 17:25:02"),
    ] {
        assert_eq!(line[title], text, "{title}");
    }
    assert_eq!((lines[4]["assignee_now"].as_str(), lines[4]["remarks"].as_str()), ("", ""));
    assert_eq!(lines[0]["remarks"], "0");

    // Counts by status and by agent; not the folder's name, which differs.
    let shown: Vec<Vec<&str>> = said.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(shown[0].contains(&"7") && said.stdout.contains("(2 requests)"), "{}", said.stdout);
    assert_eq!(shown[2], ["incs_1", "1", "0", "2", "1", "1", "1", "6"], "{}", said.stdout);
    assert_eq!(shown[3], ["incs_2", "0", "1", "0", "0", "0", "0", "1"], "{}", said.stdout);
    assert_eq!(shown[4], ["all", "1", "1", "2", "1", "1", "1", "7"], "{}", said.stdout);
    assert!(
        said.stdout.contains(&format!("2026-04-08 17:25:02 {} (incs_2): later", phone(1))),
        "{}",
        said.stdout
    );
    assert!(said.stdout.contains("1 task is not listed any more"), "{}", said.stdout);
    assert!(!said.stderr.contains("SANDBOX"), "{}", said.stderr);

    let book = &sheets(&folder.join("tracking.xlsx"))[0];
    assert_eq!(book.rows.len(), 8);
    for (row, line) in (1..).zip(&lines) {
        for (title, text) in line {
            let cell = match book.cell(0, row, title) {
                Data::Empty => String::new(),
                Data::String(text) => text.clone(),
                Data::Float(number) if title == "remarks" => number.to_string(),
                other => panic!("{title}: {other:?}"),
            };
            assert_eq!(&cell, text, "{title}");
        }
    }
    #[cfg(unix)]
    for file in ["tracking.csv", "tracking.xlsx"] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(folder.join(file).metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }

    let json = track(&work, &["--format", "json", "--report-dir", "elsewhere"]).expect(0);
    let objects: Vec<Value> = json.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<&str> = objects.iter().map(|object| object["status"].as_str().unwrap()).collect();
    assert_eq!(told, statuses);
    assert_eq!((&objects[4]["found"], &objects[4]["assignee_now"]), (&json!(false), &Value::Null));
    assert_eq!((&objects[1]["task_id"], &objects[1]["remarks"]), (&json!(2), &json!(2)));
    assert!(work.path().join("elsewhere").join(work.last().run()).join("tracking.csv").exists());
}

#[test]
fn a_thousand_tasks_take_eleven_requests_at_the_most() {
    let work = WorkDir::with("list.csv", list(1_000));
    let server =
        StandIn::start(&work, &["--requests", "requests.jsonl", "--start-after", "0s", "--remarks", "0.3"]);
    work.upload(&server.url, &["list.csv"]).expect(0);
    let before = gets(&work);
    let said = track(&work, &[]).expect(0);
    let asked = gets(&work) - before;
    assert!(asked <= 11, "{asked}");
    assert!(said.stdout.contains(&format!("({asked} requests)")), "{}", said.stdout);
    assert!(said.stderr.contains("SANDBOX"), "{}", said.stderr);
    let lines = lines(&work.last().0);
    assert_eq!(column(&lines, "task_id"), work.column("task_id"));
    assert!(lines.iter().all(|line| line["status"] == "in_progress" && line["found"] == "yes"));
    let remarked =
        lines.iter().filter(|line| line["remarks"] == "1" && !line["last_remark"].is_empty()).count();
    assert!((200..400).contains(&remarked), "{remarked}");
}

#[test]
fn strangers_in_between_are_not_waded_through() {
    let work = WorkDir::with("list.csv", list(2));
    let server = StandIn::start(&work, &["--requests", "requests.jsonl", "--finish-after", "0s"]);
    // Ours are the first and the last of a long list.
    let first = work.upload(&server.url, &["list.csv", "--limit", "1"]).expect(0);
    drop(first);
    let other = WorkDir::with("list.csv", list(650));
    other.upload(&server.url, &["list.csv"]).expect(0);
    work.upload(&server.url, &["list.csv", "--dedupe-window", "0"]).expect(0);
    let run = work.last().run();
    let before = gets(&work);
    track(&work, &[&run]).expect(0);
    assert!(gets(&work) - before <= 3, "{}", gets(&work) - before);
    assert_eq!(column(&lines(&work.last().0), "found"), ["yes", "yes"]);
    // With a run that is most of its time, all pages are read, strangers or not.
    let before = gets(&work);
    track(&other, &["--base-url", &server.url]).expect(0);
    assert!(gets(&work) - before <= 8, "{}", gets(&work) - before);
    assert!(lines(&other.last().0).iter().all(|line| line["found"] == "yes"));
}

#[test]
fn what_the_list_leaves_out_is_asked_for_by_its_id() {
    // A page that is shifted loses a task; a task that is never listed is not found.
    let work = WorkDir::with("list.csv", list(220));
    let server = StandIn::start(
        &work,
        &["--requests", "requests.jsonl", "--list-unstable", "1", "--list-misses", "0.05", "--seed", "2"],
    );
    work.upload(&server.url, &["list.csv"]).expect(0);
    let before = gets(&work);
    track(&work, &[]).expect(0);
    let lines = lines(&work.last().0);
    let lost = lines.iter().filter(|line| line["found"] == "no").count();
    assert!(lines.len() == 220 && (3..25).contains(&lost), "{lost}");
    let asked = gets(&work) - before;
    assert!(asked > lost && asked <= lost + 3 + 3, "{asked} for {lost}");
    assert!(lines.iter().all(|line| (line["status"] == "not_found") == (line["found"] == "no")));
}

#[test]
fn where_all_is_gone_the_list_is_believed_after_a_while() {
    let work = WorkDir::with("list.csv", list(130));
    let tasks = Tasks::default();
    let keeping = tasks.clone();
    let server = Scripted::start(move |_, request| keeping.answer(request));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    for id in 1..=130 {
        tasks.forget(id);
    }
    let before = server.requests().len();
    track(&work, &[]).expect(0);
    assert_eq!(server.requests().len() - before, 1 + 50);
    assert!(lines(&work.last().0).iter().all(|line| line["status"] == "not_found"));
}

#[test]
fn a_server_that_told_no_times_is_asked_about_ours() {
    let server = Scripted::start(|number, request| match request.method.as_str() {
        "POST" => Action::json(
            200,
            created(number as u64 + 1, &request.phone())
                .replace(r#""created_at":"2026-04-16 17:44:48","#, ""),
        ),
        // The window is wide enough for any zone.
        _ => {
            let now = wall(Duration::ZERO);
            assert!(
                request.path.contains("start_at=") && !request.path.contains(&now[..10].replace('-', "%2D"))
            );
            let tasks = json!([{"id": 1, "status": 1}, {"id": 2, "status": 3}]);
            Action::json(
                200,
                json!({"status": "success", "code": 200, "data": {"total": 2, "data": tasks}}).to_string(),
            )
        }
    });
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(0);
    let before = server.requests().len();
    track(&work, &[]).expect(0);
    assert_eq!(server.requests().len() - before, 1);
    assert_eq!(column(&lines(&work.last().0), "status"), ["in_progress", "terminated"]);
}

#[test]
fn a_server_that_does_not_understand_proves_nothing() {
    // It ignores the conditions, and lists other tasks.
    let server = Scripted::start(|number, request| match request.method.as_str() {
        "POST" => Action::json(200, created(number as u64 + 1, &request.phone())),
        _ => Action::json(
            200,
            json!({"status": "success", "code": 200, "data": {"total": 1, "data": [{"id": 99}]}}).to_string(),
        ),
    });
    let work = WorkDir::with("list.csv", list(1));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let said = track(&work, &[]).expect(3);
    assert!(said.stderr.contains("asked for task 1"), "{}", said.transcript());
    assert!(!work.last().0.join("tracking.csv").exists());
}

#[test]
fn a_server_that_fails_meanwhile() {
    let work = WorkDir::with("list.csv", list(230));
    let server = StandIn::start(&work, &["--fault-list", "0.3", "--seed", "4"]);
    work.upload(&server.url, &["list.csv"]).expect(0);
    track(&work, &[]).expect(0);
    assert!(lines(&work.last().0).iter().all(|line| line["found"] == "yes"));

    let folder = work.last().0;
    let before = std::fs::read(folder.join("tracking.csv")).unwrap();
    drop(server);
    let gone = track(&work, &["--timeout", "2s"]).expect(3);
    assert!(gone.stderr.contains("could not be asked"), "{}", gone.transcript());
    assert_eq!(std::fs::read(folder.join("tracking.csv")).unwrap(), before, "what is known stays");

    let tasks = Tasks::default();
    let keeping = tasks.clone();
    let server =
        Scripted::start(move |number, request| match (request.method.as_str(), request.token(), number) {
            ("GET", "old", _) => Action::json(403, refused(403, "Forbidden.")),
            ("GET", _, 150) => Action::Answer(429, vec![("Retry-After", "0".to_owned())], String::new()),
            ("GET", _, 152) => Action::json(502, "<html>".to_owned()),
            _ => keeping.answer(request),
        });
    let work = WorkDir::with("list.csv", list(150));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    track(&work, &[]).expect(0);
    assert_eq!(server.requests().len(), 150 + 4);
    let run = work.last().run();
    let barred = work.run_as("old", &["track", &run]).expect(2);
    assert!(
        barred.stderr.contains("refuses the token") && barred.stderr.contains("INCS_TOKEN"),
        "{}",
        barred.stderr
    );
}

#[test]
fn which_run_is_meant() {
    let nowhere = WorkDir::new();
    let none = track(&nowhere, &[]).expect(2);
    assert!(none.stderr.contains("no run has created a task yet"), "{}", none.transcript());
    track(&nowhere, &["20261122-013000-none"]).expect(2);
    assert_eq!(nowhere.all_files().len(), 0, "no ledger is made to say so");

    let tasks = Tasks::default();
    let keeping = tasks.clone();
    let server = Scripted::start(move |_, request| keeping.answer(request));
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let first = work.last().run();
    // The later run creates nothing: all of it is created already.
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let second = work.last().run();
    assert_ne!(first, second);
    let said = track(&work, &[]).expect(0);
    assert!(said.stdout.contains(&first), "{}", said.stdout);
    let before = server.requests().len();
    let empty = track(&work, &[&second]).expect(0);
    assert!(empty.stderr.contains("created no task"), "{}", empty.transcript());
    assert_eq!(lines(&work.path().join("reports").join(&second)).len(), 0);
    track(&work, &["20261122-013000-none"]).expect(2);
    let other = Scripted::creating();
    let elsewhere = track(&work, &[&first, "--base-url", &other.url()]).expect(2);
    assert!(elsewhere.stderr.contains("--base-url"), "{}", elsewhere.transcript());
    let mut command = work.command(&["track"]);
    assert!(
        Run::of(command.env_remove("INCS_TOKEN").output().unwrap()).expect(2).stderr.contains("INCS_TOKEN")
    );
    assert_eq!((server.requests().len(), other.requests().len()), (before, 0));
}

#[test]
fn a_run_in_the_embedded_sandbox_cannot_be_asked_about() {
    let work = WorkDir::with("list.csv", list(2));
    work.run(&["upload", "list.csv", "--sandbox"]).expect(0);
    let ledger = work.last().0.join("ledger.db").display().to_string();
    let said = track(&work, &["--ledger", &ledger]).expect(2);
    assert!(
        said.stderr.contains("ended with its process") && said.stderr.contains("sandbox"),
        "{}",
        said.transcript()
    );
}

#[test]
fn a_run_that_is_going_on_can_be_tracked() {
    let tasks = Tasks::default();
    let keeping = tasks.clone();
    let server = Scripted::start(move |_, request| match request.phone() == phone(1) {
        true => Action::Late(Duration::from_secs(60), Box::new(Action::Cut)),
        false => keeping.answer(request),
    });
    let work = WorkDir::with("list.csv", list(2));
    let child = work.start_upload(&server.url(), &["list.csv", "--concurrency", "1"]);
    server.wait_for_posts(2);
    // The outcome of the first may be written a moment after the second has left.
    let begin = Instant::now();
    let said = loop {
        let said = track(&work, &[]);
        if said.code == 0 || begin.elapsed() > Duration::from_secs(60) {
            break said.expect(0);
        }
    };
    assert!(said.stdout.contains("1 task at"), "{}", said.stdout);
    kill(child);
}
