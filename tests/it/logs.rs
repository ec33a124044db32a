//! The log on standard error: an object a line with `--log-format json`, which names rows and runs but nobody; technical lines
//! in text with `-v` only.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::support::{
    Action, EMPTY_LIST, Run, Scripted, TOKEN, Tasks, WorkDir, created, list, phone, refused, row,
};

/// What every user of these lists is called, and what stands in cells that nobody can read.
const MARKS: [&str; 4] = ["Budi Canary", "6281O-canary", "canary-amount", "canary remark"];

/// The log of a run of the program, line by line.
#[track_caller]
fn lines(run: &Run) -> Vec<Value> {
    let object = |line: &str| -> Value {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{}", run.transcript()))
    };
    let lines: Vec<Value> = run.stderr.lines().map(object).collect();
    for line in &lines {
        let at = line["at"].as_str().unwrap();
        assert!(at.len() == 24 && at.ends_with('Z') && at.parse::<jiff::Timestamp>().is_ok(), "{line}");
        assert!(["error", "warn", "info", "debug"].contains(&line["level"].as_str().unwrap()), "{line}");
        assert!(!line["message"].as_str().unwrap().is_empty(), "{line}");
    }
    lines
}

fn of<'l>(lines: &'l [Value], event: &str) -> Vec<&'l Value> {
    lines.iter().filter(|line| line["event"] == event).collect()
}

/// A list whose people are marked, with rows that cannot be sent among them.
fn marked(users: usize) -> String {
    let bad = [
        row(90).replace("6281", "6281O-canary"),
        row(91).replace("191.50", "canary-amount"),
        row(92).replace("incs_1", ""),
    ];
    (list(users) + &bad.concat()).replace("User", "Budi Canary").replace("Follow up", "canary remark")
}

/// Every fault once, with words of the server that repeat whom they are about.
fn faulty() -> Scripted {
    let posts = AtomicUsize::new(0);
    Scripted::start(move |number, request| {
        if request.method == "GET" {
            return Action::json(200, EMPTY_LIST.to_owned());
        }
        let phone = request.phone();
        let words = format!("{phone} Budi Canary {TOKEN}");
        match posts.fetch_add(1, Ordering::Relaxed) {
            0 => Action::json(422, refused(422, &words)),
            1 => Action::json(400, refused(400, &format!("User is in an incomplete task. {words}"))),
            2 => Action::json(429, refused(429, &words)),
            3 => Action::Cut,
            4 => Action::json(500, refused(500, &words)),
            5 => Action::json(200, format!("{{\"{words}")),
            _ => Action::json(200, created(number as u64 + 1, &phone)),
        }
    })
}

/// Fails if somebody, or the token, is named.
#[track_caller]
fn assert_nobody_in(text: &str) {
    for mark in MARKS.into_iter().chain([TOKEN]).map(str::to_owned).chain((0..99).map(phone)) {
        assert!(!text.contains(&mark), "{mark} in\n{text}");
    }
}

#[test]
fn no_line_of_a_json_log_names_anybody() {
    for more in [&["--log-format", "json"][..], &["--log-format", "json", "-v"]] {
        let server = faulty();
        let work = WorkDir::with("list.csv", marked(12));
        let run =
            work.upload(&server.url(), &[&["list.csv", "--max-attempts", "1"], more].concat()).expect(1);
        assert!(run.stdout.contains(&phone(0)), "a person sees whom it is about\n{}", run.transcript());
        let lines = lines(&run);
        assert_nobody_in(&run.stderr);
        let ended = of(&lines, "run-ended")[0];
        for (key, want) in
            [("created", 7), ("rejected", 1), ("incomplete_task", 1), ("failed", 3), ("invalid", 3)]
        {
            assert_eq!(ended[key], want, "{key} in {ended}");
        }
    }
}

#[test]
fn words_that_stop_a_run_are_for_people_and_not_for_the_log() {
    let server = Scripted::start(|_, request| match request.method.as_str() {
        "POST" => Action::json(422, refused(422, "Budi Canary 6281210000099 is unknown")),
        _ => Action::json(200, EMPTY_LIST.to_owned()),
    });
    let text = WorkDir::with("list.csv", marked(30)).upload(&server.url(), &["list.csv"]).expect(3);
    assert!(text.stderr.contains("Budi Canary 6281210000099 is unknown"), "{}", text.transcript());
    let json = WorkDir::with("list.csv", marked(30));
    let json = json.upload(&server.url(), &["list.csv", "--log-format", "json"]).expect(3);
    assert_nobody_in(&json.stderr);
    let lines = lines(&json);
    let why = lines.iter().find(|line| line["level"] == "error").unwrap();
    assert!(why["message"].as_str().unwrap().contains("422"), "{why}");
    assert!(why["hint"].as_str().unwrap().contains("incs-import resume"), "{why}");
    assert_eq!(why["run"], of(&lines, "run-ended")[0]["run"]);
}

#[test]
fn of_a_list_that_cannot_be_used_the_log_has_codes_and_places() {
    let work = WorkDir::with("list.csv", "user_phone,nama nasabah,auth_idd\n6281210000001,Budi Canary,1\n");
    let server = Scripted::creating();
    let run = work.upload(&server.url(), &["list.csv", "--log-format", "json"]).expect(2);
    let lines = lines(&run);
    assert_nobody_in(&run.stderr);
    let problems = of(&lines, "problem");
    let codes: Vec<&Value> = problems.iter().map(|line| &line["code"]).collect();
    assert!(codes.iter().any(|code| **code == "missing-column"), "{}", run.transcript());
    assert!(problems.iter().all(|line| line["file"] == "list.csv" && line.get("value").is_none()));
    assert!(lines.last().unwrap()["hint"].as_str().unwrap().contains("incs-import check"));
    assert_eq!(server.posts().len(), 0);
}

#[test]
fn every_line_of_a_run_has_its_id_and_every_attempt_its_rows() {
    let server = faulty();
    let work = WorkDir::with("list.csv", list(8));
    let run = work.upload(&server.url(), &["list.csv", "-v", "--log-format", "json"]).expect(1);
    let id = work.last().run();
    let lines = lines(&run);
    let first = lines.iter().position(|line| line["event"] == "run-begins").unwrap();
    assert!(lines[first..].iter().all(|line| line["run"] == id.as_str()), "{}", run.stderr);
    assert_eq!((&lines[first]["tasks"], &lines[first]["base_url"]), (&8.into(), &server.url().into()));

    let sent = of(&lines, "request-sent");
    assert_eq!(sent.len(), server.posts().len());
    let ended = of(&lines, "task-ended");
    let results = work.results();
    assert_eq!(ended.len(), results.len());
    for line in ended {
        let result = &results[usize::try_from(line["task"].as_u64().unwrap()).unwrap()];
        for key in ["source", "rows", "outcome"] {
            assert_eq!(line[key], result[key].as_str(), "{key} of {line}");
        }
        let attempts: Vec<u64> = sent
            .iter()
            .filter(|sent| sent["task"] == line["task"])
            .map(|sent| sent["attempt"].as_u64().unwrap())
            .collect();
        assert_eq!(attempts.len().to_string(), result["attempts"], "{line}");
        assert_eq!(line["attempt"].as_u64(), attempts.last().copied(), "{line}");
        if line["http_status"].is_u64() {
            assert_eq!(line["http_status"].to_string(), result["http_status"]);
            assert!(line["latency_ms"].is_u64(), "{line}");
        }
    }
    for (event, key) in [
        ("request-throttled", "wait_ms"),
        ("task-in-doubt", "doubt"),
        ("task-looked-up", "outcome"),
        ("looking", "doubts"),
    ] {
        let lines = of(&lines, event);
        assert!(!lines.is_empty() && lines.iter().all(|line| !line[key].is_null()), "{event}: {lines:?}");
    }
}

#[test]
fn problems_are_in_the_log_with_their_places_when_more_is_wanted() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", marked(3));
    let arguments = ["list.csv", "--max-invalid", "100", "--log-format", "json", "-v"];
    let run = work.upload(&server.url(), &arguments).expect(1);
    let lines = lines(&run);
    let problems: Vec<(&Value, &Value)> =
        of(&lines, "problem").into_iter().map(|line| (&line["row"], &line["code"])).collect();
    let want = [(5, "bad-phone"), (6, "bad-amount"), (7, "missing-value")];
    assert_eq!(problems.len(), want.len());
    for ((row, code), want) in problems.into_iter().zip(want) {
        assert_eq!((row, code), (&want.0.into(), &want.1.into()));
    }
}

#[test]
fn in_text_the_log_is_what_people_read_unless_more_is_wanted() {
    let server = Scripted::creating();
    let usual = WorkDir::with("list.csv", list(3)).upload(&server.url(), &["list.csv"]).expect(0);
    assert_eq!(usual.stderr, "");
    let work = WorkDir::with("list.csv", list(3));
    let more = work.upload(&server.url(), &["list.csv", "-v"]).expect(0);
    let id = work.last().run();
    let lines: Vec<&str> = more.stderr.lines().collect();
    assert!(lines.iter().all(|line| line.contains(&format!(" {id} "))), "{}", more.stderr);
    let ended = lines.iter().filter(|line| line.contains("DEBUG") && line.contains("task ended: task="));
    assert_eq!(ended.count(), 3, "{}", more.stderr);
    assert!(
        lines.iter().any(|line| line.contains("source=list.csv rows=4 outcome=created")),
        "{}",
        more.stderr
    );
    assert_nobody_in(&more.stderr);
    let less = WorkDir::with("list.csv", list(3));
    let less = less.upload(&server.url(), &["list.csv", "-q", "--log-format", "json"]).expect(0);
    assert_eq!(less.stderr, "");
}

#[test]
fn a_quiet_log_has_warnings_and_errors() {
    let server = faulty();
    let work = WorkDir::with("list.csv", marked(12));
    let run = work.upload(&server.url(), &["list.csv", "-q", "--log-format", "json"]).expect(1);
    let lines = lines(&run);
    assert!(!of(&lines, "throttled").is_empty(), "{}", run.stderr);
    assert!(lines.iter().all(|line| ["warn", "error"].contains(&line["level"].as_str().unwrap())));
}

#[test]
fn what_goes_wrong_before_there_are_settings_is_an_object_too() {
    let work = WorkDir::with("incs-import.toml", "[upload]\nrate = 'fast'\n");
    let cases: [&[&str]; 4] = [
        &["upload", "--no-such-flag", "--log-format", "json"],
        &["upload", "--log-format=json", "--rate", "x"],
        &["upload", "list.csv", "--log-format", "json"],
        &["no-such-command", "--log-format", "json"],
    ];
    for arguments in cases {
        for lang in ["en", "zh"] {
            let run = work.run(&[arguments, &["--lang", lang]].concat()).expect(2);
            let lines = lines(&run);
            assert_eq!((lines.len(), &lines[0]["level"]), (1, &"error".into()), "{}", run.transcript());
            assert!(!lines[0]["message"].as_str().unwrap().starts_with("error"), "{}", run.transcript());
        }
    }
}

#[test]
fn a_resumed_run_and_the_files_of_an_inbox_are_named() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(4));
    let barring = Scripted::barring(&Tasks::default(), 2);
    let id = work.stopped_upload("old", &barring.url(), &["list.csv"]);
    let run = work.run(&["resume", &id, "--log-format", "json"]).expect(0);
    let resumed = lines(&run);
    let begins = of(&resumed, "run-begins")[0];
    assert_eq!(
        (&begins["run"], &begins["command"], &begins["tasks"]),
        (&id.as_str().into(), &"resume".into(), &2.into())
    );

    let work = WorkDir::new();
    fs::create_dir(work.path().join("drop")).unwrap();
    work.write("drop/good.csv", list(2));
    work.write("drop/bad.csv", "this is no list");
    let url = server.url();
    let arguments = ["inbox", "drop", "--base-url", &url, "--rest", "1ms", "--log-format", "json", "-v"];
    let run = work.run(&arguments).expect(2);
    let lines = lines(&run);
    let ended = of(&lines, "file-ended");
    let good = ended.iter().find(|line| line["file"] == "good.csv").unwrap();
    assert_eq!((&good["place"], &good["exit_code"]), (&"moved".into(), &0.into()));
    assert_eq!(good["run"], of(&lines, "file-claimed")[0]["run"]);
    assert!(good["to"].as_str().unwrap().ends_with("-good.csv"), "{good}");
    let bad = ended.iter().find(|line| line["file"] == "bad.csv").unwrap();
    assert_eq!((&bad["exit_code"], bad.get("run")), (&2.into(), None));
    assert_eq!(of(&lines, "sweep-ended").len(), 1);
}
