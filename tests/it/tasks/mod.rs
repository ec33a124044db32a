//! `tasks`: what the server lists, completely and as it is, whatever it does meanwhile.

mod hostile;
mod moving;

use std::collections::BTreeSet;
use std::io::BufRead as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{
    Action, EMPTY_LIST, Run, Scripted, StandIn, WorkDir, list, refused, row, sheets, signal,
};

/// The objects of `--format json`.
fn objects(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Their ids.
fn ids(run: &Run) -> Vec<i64> {
    objects(run).iter().map(|task| task["id"].as_i64().unwrap()).collect()
}

/// Lists tasks as JSON, as fast as it goes.
fn ask(work: &WorkDir, url: &str, arguments: &[&str]) -> Run {
    let fast = ["tasks", "--base-url", url, "--rate", "1000000/s", "--format", "json"];
    work.run(&[&fast, arguments].concat())
}

/// The same for a person.
fn show(work: &WorkDir, url: &str, arguments: &[&str]) -> Run {
    let fast = ["tasks", "--base-url", url, "--rate", "1000000/s"];
    work.run(&[&fast, arguments].concat())
}

/// A page of the list.
fn page(total: usize, tasks: &[Value]) -> Action {
    let data = json!({"total": total, "data": tasks});
    Action::json(
        200,
        json!({"status": "success", "code": 200, "message": "", "data": data, "error": {}}).to_string(),
    )
}

/// The page that a request asks for, of these tasks.
fn paged(path: &str, tasks: &[Value]) -> Action {
    let asked = |key: &str| {
        let rest = path.split(['?', '&']).find_map(|part| part.strip_prefix(&format!("{key}=")));
        rest.map(|number| number.parse::<usize>().unwrap())
    };
    let (number, size) = (asked("page").unwrap(), asked("page_size").unwrap());
    let shown: Vec<Value> = tasks.iter().skip((number - 1) * size).take(size).cloned().collect();
    page(tasks.len(), &shown)
}

/// The targets of the GETs that a stand-in was sent.
fn targets(work: &WorkDir) -> Vec<String> {
    let text = std::fs::read_to_string(work.path().join("requests.jsonl")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .filter(|line| line["method"] == "GET")
        .map(|line| line["target"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_condition_is_asked_for() {
    let work = WorkDir::with("list.csv", list(12) + &row(20).replace("Follow up", "Reminder 1"));
    let server = StandIn::start(
        &work,
        &["--start-after", "0s", "--finish-after", "0s", "--terminated", "0.5", "--remarks", "1"],
    );
    work.upload(&server.url, &["list.csv", "--concurrency", "1"]).expect(0);
    let all = ask(&work, &server.url, &[]).expect(0);
    let all_ids = ids(&all);
    assert_eq!(all_ids.len(), 13);
    assert!(all.stderr.contains("SANDBOX"), "{}", all.transcript());
    let first = objects(&all)[0].clone();
    let keys: BTreeSet<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    let want = "id creation_id auth_id name description type user_name user_phone assignee_username status created_at updated_at logs";
    assert_eq!(keys, want.split(' ').collect(), "as the page has it, and nothing invented");

    let completed = ids(&ask(&work, &server.url, &["--status", "completed"]).expect(0));
    let terminated = ids(&ask(&work, &server.url, &["--status", "3"]).expect(0));
    assert!(!completed.is_empty() && !terminated.is_empty());
    let both: BTreeSet<i64> = completed.iter().chain(&terminated).copied().collect();
    assert_eq!((both.len(), completed.len() + terminated.len()), (13, 13));
    let created_at = first["created_at"].as_str().unwrap();
    let (id, creation_id) = (first["id"].to_string(), first["creation_id"].to_string());
    for (arguments, count) in [
        (&["--status", "Not-Started"][..], 0),
        (&["--status", "in progress"], 0),
        (&["--task-id", &id], 1),
        (&["--task-id", "5"], 0),
        (&["--creation-id", &creation_id], 1),
        (&["--type", "3"], 13),
        (&["--type", "2"], 0),
        (&["--search", "remind"], 1),
        (&["--search", "a b&c=d#e%"], 0),
        (&["--start-at", created_at], 13),
        (&["--start-at", &created_at[..10]], 13),
        (&["--end-at", &created_at[..10]], 13),
        (&["--end-at", "2026-01-01 00:00"], 0),
        (&["--start-at", "2999-01-01T00:00:00"], 0),
        (&["--page", "2", "--page-size", "5"], 5),
        (&["--page", "3", "--page-size", "5"], 3),
        (&["--page", "9"], 0),
        (&["--page-size", "1"], 13),
    ] {
        assert_eq!(objects(&ask(&work, &server.url, arguments).expect(0)).len(), count, "{arguments:?}");
    }
    let second = ids(&ask(&work, &server.url, &["--page", "2", "--page-size", "5"]).expect(0));
    assert_eq!(second, all_ids[5..10]);
}

#[test]
fn a_person_sees_a_line_a_task_and_all_of_one() {
    let work = WorkDir::with("list.csv", list(2));
    let server = StandIn::start(&work, &["--start-after", "0s", "--remarks", "1"]);
    work.upload(&server.url, &["list.csv", "--concurrency", "1"]).expect(0);
    let table = show(&work, &server.url, &[]).expect(0);
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{}", table.stdout);
    assert!(lines.iter().all(|line| line.chars().count() <= 110), "{}", table.stdout);
    assert!(lines[1].contains("in progress") && lines[1].contains("628121000000"), "{}", lines[1]);
    assert!(lines[1].contains("已经跟进") && lines[1].contains("incs_1"), "{}", lines[1]);
    assert!(table.stderr.contains("2 tasks"), "{}", table.stderr);
    let chinese = show(&work, &server.url, &["--lang", "zh"]).expect(0);
    assert!(chinese.stdout.contains("进行中"), "{}", chinese.stdout);

    let id = lines[1].split_whitespace().next().unwrap();
    let one = show(&work, &server.url, &["--task-id", id]).expect(0);
    for words in [
        "user_name          User 0",
        "status             1 in progress",
        "history (4):",
        "  created\n",
        "  assigned to incs_1\n",
        "  not started -> in progress by incs_1\n",
        "  remark by incs_1: 已经跟进\n",
    ] {
        assert!(one.stdout.contains(words), "{words:?}\n{}", one.stdout);
    }
    let page = show(&work, &server.url, &["--page", "1", "--page-size", "1"]).expect(0);
    assert!(page.stderr.contains("page 1: 1 of 2 tasks"), "{}", page.stderr);
}

#[test]
fn an_empty_list_is_no_failure() {
    let server = Scripted::start(|_, _| Action::json(200, EMPTY_LIST.to_owned()));
    let work = WorkDir::new();
    let shown = show(&work, &server.url(), &[]).expect(0);
    assert!(
        shown.stdout.contains("no such tasks") && !shown.stderr.contains("SANDBOX"),
        "{}",
        shown.transcript()
    );
    assert_eq!(ask(&work, &server.url(), &[]).expect(0).stdout, "");
    show(&work, &server.url(), &["--out", "none.csv"]).expect(0);
    let text = std::fs::read_to_string(work.path().join("none.csv")).unwrap();
    assert!(text.starts_with("id,creation_id,") && text.lines().count() == 1, "{text}");
    show(&work, &server.url(), &["--out", "none.xlsx"]).expect(0);
    assert_eq!(sheets(&work.path().join("none.xlsx"))[0].rows.len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = work.path().join("none.csv").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_server_that_fails_is_asked_again_and_given_up_in_the_end() {
    let tasks: Vec<Value> = (1..=250).map(|id| json!({"id": id})).collect();
    let all = tasks.clone();
    // The second page is not to be had at first, in one way after the other.
    let server = Scripted::start(move |number, request| match number {
        1 => Action::Answer(429, vec![("Retry-After", "0".to_owned())], refused(429, "Too many.")),
        2 => Action::json(500, refused(500, "Server Error")),
        3 => Action::Cut,
        _ => paged(&request.path, &all),
    });
    let work = WorkDir::new();
    let listed = ask(&work, &server.url(), &[]).expect(0);
    assert_eq!((ids(&listed).len(), server.requests().len()), (250, 6));

    let all = tasks.clone();
    let server = Scripted::start(move |number, request| match number {
        0 => paged(&request.path, &all),
        _ => Action::json(503, refused(503, "Down for \u{9b}maintenance.")),
    });
    work.write("tasks.csv", "before");
    let failed = show(&work, &server.url(), &["--out", "tasks.csv"]).expect(3);
    assert!(failed.stderr.contains("status 503: Down for \\u{9b}maintenance."), "{}", failed.transcript());
    assert_eq!(std::fs::read_to_string(work.path().join("tasks.csv")).unwrap(), "before");
    assert_eq!(server.requests().len(), 5);

    for (status, body, code, words) in [
        (401, refused(401, "Unauthenticated."), 2, "refuses the token"),
        (200, refused(401, "Unauthenticated."), 2, "refuses the token"),
        (422, refused(422, "Bad type."), 3, "status 422: Bad type."),
        (302, String::new(), 3, "status 302"),
        (200, "<html>Please log in</html>".to_owned(), 3, "login page"),
        (404, "<html>".to_owned(), 3, "status 404"),
    ] {
        let server = Scripted::start(move |_, _| Action::json(status, body.clone()));
        let failed = show(&work, &server.url(), &[]).expect(code);
        assert!(failed.stderr.contains(words), "{}", failed.transcript());
        assert_eq!(server.requests().len(), 1, "{words}: that does not pass");
    }
    let patience = Scripted::start(|_, _| {
        Action::Answer(429, vec![("Retry-After", "100000".to_owned())], refused(429, "Too many."))
    });
    show(&work, &patience.url(), &[]).expect(3);
    assert_eq!(patience.requests().len(), 1);
}

#[test]
fn times_of_a_zone_are_told_in_the_servers() {
    let work = WorkDir::with("list.csv", list(3));
    let server = StandIn::start(&work, &["--zone", "+07:00", "--requests", "requests.jsonl"]);
    let asked =
        ["--start-at", "2026-04-07 17:00:00", "--end-at", "2026-04-07", "--time-zone", "Asia/Shanghai"];
    let asked = [&asked[..2], &["--end-at", "2026-04-08"], &asked[4..]].concat();
    let unknown = ask(&work, &server.url, &asked).expect(2);
    assert!(
        unknown.stderr.contains("--time-zone") && unknown.stderr.contains("is not known"),
        "{}",
        unknown.transcript()
    );
    assert_eq!(targets(&work).len(), 0);
    work.upload(&server.url, &["list.csv", "--concurrency", "1"]).expect(0);
    ask(&work, &server.url, &asked).expect(0);
    let target = targets(&work).pop().unwrap();
    assert!(target.contains("start_at=2026-04-07+16%3A00%3A00"), "{target}");
    assert!(target.contains("end_at=2026-04-08+22%3A59%3A59"), "{target}");
    // By the server's clock nothing has to be known.
    ask(&work, &server.url, &asked[..4]).expect(0);
    assert!(targets(&work).pop().unwrap().contains("start_at=2026-04-07+17%3A00%3A00"));
}

#[test]
fn bad_usage_asks_nothing() {
    let server = Scripted::creating();
    let work = WorkDir::new();
    for (arguments, words) in [
        (&["--status", "4"][..], "3 terminated"),
        (&["--status", "done"], "3 terminated"),
        (&["--page", "0"], "--page"),
        (&["--page-size", "101"], "from 1 to 100"),
        (&["--task-id", "0"], "--task-id"),
        (&["--start-at", "7/4/2026"], "2026-04-07 17:00:00"),
        (&["--start-at", "2026-04-08", "--end-at", "2026-04-07"], "--start-at"),
        (&["--out", "tasks.txt"], ".xlsx"),
        (&["--out", "nowhere/tasks.csv"], "nowhere"),
        (&["--token", "s3cret"], "--token"),
    ] {
        let refused = show(&work, &server.url(), arguments).expect(2);
        assert!(refused.stderr.contains(words), "{arguments:?}: {}", refused.transcript());
    }
    let none = Run::of(
        work.command(&["tasks", "--base-url", &server.url()]).env_remove("INCS_TOKEN").output().unwrap(),
    );
    assert!(none.expect(2).stderr.contains("INCS_TOKEN"));
    assert_eq!(server.requests().len(), 0);
    assert_eq!(work.all_files().len(), 0, "not even a ledger");
}

#[test]
fn nobody_is_asked_for_more_than_is_read() {
    let tasks: Vec<Value> = (1..=3_000).map(|id| json!({"id": id, "name": "x".repeat(1_000)})).collect();
    let server = Scripted::start(move |_, request| paged(&request.path, &tasks));
    let work = WorkDir::new();
    let mut child =
        work.start(&["tasks", "--base-url", &server.url(), "--rate", "1000000/s", "--format", "json"]);
    let mut line = String::new();
    std::io::BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(server.requests().len() < 31, "{}", server.requests().len());
}

#[test]
#[cfg(unix)]
fn a_person_can_stop_it() {
    let server = Scripted::start(|_, _| Action::Late(Duration::from_secs(60), Box::new(Action::Cut)));
    let work = WorkDir::new();
    let child = work.start(&["tasks", "--base-url", &server.url(), "--out", "tasks.csv"]);
    let begin = Instant::now();
    while server.requests().is_empty() {
        assert!(begin.elapsed() < Duration::from_secs(60));
        std::thread::yield_now();
    }
    signal(&child, "-INT");
    Run::finish(child).expect(130);
    assert_eq!(work.all_files().len(), 0);
}

#[test]
fn a_file_and_json_at_once() {
    let server = Scripted::start(|_, request| paged(&request.path, &[json!({"id": 1}), json!({"id": 2})]));
    let work = WorkDir::new();
    let both = ask(&work, &server.url(), &["--out", "tasks.csv"]).expect(0);
    assert_eq!((ids(&both), both.stderr.contains("2 tasks written to tasks.csv")), (vec![1, 2], true));
    assert_eq!(std::fs::read_to_string(work.path().join("tasks.csv")).unwrap().lines().count(), 3);
}
