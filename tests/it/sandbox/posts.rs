//! Faults of POSTs.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::client::{Connection, ask, body, get, post};
use super::{created, faults, lines, until, with_files};
use crate::support::{StandIn, TOKEN, WorkDir, phone};

/// What a client sees of an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen {
    /// Not a byte.
    Nothing,
    /// Half of the body that was announced.
    Half,
    /// An envelope with this code, and the same status.
    Envelope(u16),
    /// A page with this status.
    Page(u16),
    /// 200 and no body.
    Empty,
}

#[test]
fn each_fault_shows_what_it_says_and_creates_or_not() {
    for (fault, seen, creates) in [
        ("429", Seen::Envelope(429), false),
        ("500", Seen::Envelope(500), false),
        ("503", Seen::Envelope(503), false),
        ("408", Seen::Page(408), false),
        ("drop-before", Seen::Nothing, false),
        ("drop-after", Seen::Nothing, true),
        ("truncate", Seen::Half, true),
        ("html", Seen::Page(502), false),
        ("late", Seen::Envelope(200), true),
        ("504", Seen::Page(504), true),
        ("empty", Seen::Empty, true),
        ("no-id", Seen::Envelope(200), true),
        ("cross", Seen::Envelope(200), true),
        ("busy-after", Seen::Envelope(400), true),
    ] {
        let work = WorkDir::new();
        let flag = format!("--fault-{fault}");
        let stand_in = StandIn::start(&work, &with_files(&[&flag, "1", "--late-by", "1ms"]));
        let mut connection = Connection::open(&stand_in);
        connection.send("POST", "", &body(&phone(1)));
        let answer = connection.answer();
        let found = match answer.status {
            0 => Seen::Nothing,
            200 if answer.announced() == 0 => Seen::Empty,
            200 if answer.body.len() < answer.announced() => {
                assert_eq!(answer.body.len(), answer.announced() / 2);
                Seen::Half
            }
            status if answer.body.starts_with("<!DOCTYPE html>") => Seen::Page(status),
            status => {
                assert_eq!(answer.json()["code"], status, "{answer:?}");
                Seen::Envelope(status)
            }
        };
        assert_eq!(found, seen, "{fault}");
        if seen == Seen::Nothing {
            assert!(answer.headers.is_empty(), "{fault}: {answer:?}");
        } else {
            assert_eq!(answer.header("x-incs-sandbox"), Some("1"), "{fault}");
            assert!(answer.header("date").is_some(), "{fault}");
        }
        if matches!(seen, Seen::Nothing | Seen::Half) {
            assert!(connection.is_over(), "{fault}");
        }
        assert_eq!(created(&work), if creates { vec![phone(1)] } else { vec![] }, "{fault}");
        assert_eq!(faults(&work), [fault]);
        // Lists do not meet the faults of POSTs.
        assert_eq!(get(&stand_in, "").total(), u64::from(creates), "{fault}");
        if fault == "no-id" {
            assert_eq!(answer.json()["data"], json!({}));
        } else if fault == "busy-after" {
            assert_eq!(answer.json()["message"], "User is in an incomplete task.");
        }
    }
}

#[test]
fn a_cut_connection_leaves_the_others_alone() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &["--fault-drop-after", "0.5", "--fault-truncate", "0.5"]);
    let mut other = Connection::open(&stand_in);
    for user in 1..=20 {
        other.send("GET", "", "");
        let mut cut = Connection::open(&stand_in);
        cut.send("POST", "", &body(&phone(user)));
        assert_eq!(other.answer().status, 200);
        let answer = cut.answer();
        assert!(answer.status == 0 || answer.body.len() < answer.announced(), "{answer:?}");
        assert!(cut.is_over());
    }
    other.send("GET", "", "");
    assert_eq!(other.answer().total(), 20);
}

#[test]
fn a_late_task_is_created_though_nobody_waits() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--fault-late", "1", "--late-by", "150ms"]));
    let mut gone = Connection::open(&stand_in);
    gone.send("POST", "", &body(&phone(1)));
    until(|| faults(&work) == ["late"]);
    drop(gone);
    until(|| created(&work) == [phone(1)]);
    let at = |name| -> Timestamp { lines(&work, name)[0]["at"].as_str().unwrap().parse().unwrap() };
    let late_by = at("audit.jsonl").duration_since(at("requests.jsonl"));
    assert!(late_by >= SignedDuration::from_millis(150), "{late_by}");
    assert_eq!(get(&stand_in, "").phones(), [phone(1)]);

    let start = Instant::now();
    assert_eq!(post(&stand_in, &phone(2)).json()["data"]["user_phone"], phone(2));
    assert!(start.elapsed() >= Duration::from_millis(150));
}

#[test]
fn a_late_task_does_not_hold_up_the_end() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--fault-late", "1"]));
    let mut held = Connection::open(&stand_in);
    held.send("POST", "", &body(&phone(1)));
    until(|| faults(&work) == ["late"]);
    let start = Instant::now();
    assert!(stand_in.stop().success());
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    assert_eq!(held.answer().status, 0);
    assert_eq!(created(&work), [] as [String; 0]);
}

#[test]
fn crossed_answers_are_about_the_task_before() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--fault-cross", "1"]));
    let first = post(&stand_in, &phone(1)).json()["data"].clone();
    assert_eq!(first["user_phone"], phone(1), "there is none before it");
    let mut second = post(&stand_in, &phone(2)).json()["data"].clone();
    assert_eq!(second, first);
    second = post(&stand_in, &phone(3)).json()["data"].clone();
    assert_eq!(second["user_phone"], phone(2));
    assert_eq!(created(&work).len(), 3);
}

#[test]
fn a_refused_user_stays_refused_under_every_fault_of_answers() {
    let work = WorkDir::new();
    let arguments = [
        "--fault-empty",
        "0.25",
        "--fault-no-id",
        "0.25",
        "--fault-cross",
        "0.25",
        "--fault-busy-after",
        "0.25",
    ];
    let stand_in = StandIn::start(&work, &with_files(&arguments));
    post(&stand_in, &phone(1));
    for _ in 0..8 {
        let answer = post(&stand_in, &phone(1));
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!(400)));
    }
    assert_eq!(created(&work), [phone(1)]);
}

#[test]
fn the_same_seed_meets_the_same_users_in_any_order() {
    let met = |seed: &str, users: &[usize], concurrent: bool| {
        let work = WorkDir::new();
        let arguments =
            ["--seed", seed, "--fault-500", "0.2", "--fault-drop-after", "0.2", "--fault-html", "0.2"];
        let stand_in = StandIn::start(&work, &with_files(&arguments));
        for _ in 0..2 {
            let mut connections: Vec<Connection> = Vec::new();
            for &user in users {
                let mut connection = Connection::open(&stand_in);
                connection.send("POST", "", &body(&phone(user)));
                if concurrent {
                    connections.push(connection);
                } else {
                    connection.answer();
                }
            }
            connections.iter_mut().for_each(|connection| drop(connection.answer()));
        }
        // Of each phone, what happened to it, the first time first.
        let mut met: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in lines(&work, "requests.jsonl") {
            let phone = line["phone"].as_str().unwrap().to_owned();
            met.entry(phone).or_default().push(line["fault"].to_string());
        }
        let created: std::collections::BTreeSet<String> = created(&work).into_iter().collect();
        (met, created)
    };
    let forward: Vec<usize> = (0..30).collect();
    let backward: Vec<usize> = (0..30).rev().collect();
    let first = met("7", &forward, false);
    assert_eq!(first, met("7", &backward, true));
    assert_ne!(first.0, met("8", &forward, false).0);
    assert!(first.0.values().any(|both| both[0] != both[1]), "the second try has luck of its own");
}

#[test]
fn every_request_is_written_down_without_its_token() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--token", "another"]));
    assert_eq!(post(&stand_in, &phone(1)).status, 401);
    assert_eq!(get(&stand_in, "?page=2").status, 401);
    assert_eq!(ask(&stand_in, "POST", "", "{not JSON").status, 401);
    assert_eq!(ask(&stand_in, "POST", "/other?x=1", r#"{"user_phone":7}"#).status, 404);
    let mut written = lines(&work, "requests.jsonl");
    for line in &mut written {
        line.as_object_mut().unwrap().remove("at").unwrap();
    }
    let want = |n: u64, method: &str, target: &str, phone: Option<String>| {
        let name = phone.as_ref().map(|_| "Follow up");
        json!({"n": n, "method": method, "target": target, "phone": phone, "name": name, "fault": null})
    };
    assert_eq!(
        written,
        [
            want(1, "POST", "/external/tasks", Some(phone(1))),
            want(2, "GET", "/external/tasks?page=2", None),
            want(3, "POST", "/external/tasks", None),
            want(4, "POST", "/external/tasks/other?x=1", None),
        ]
    );
    for path in work.all_files() {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(!text.contains(TOKEN) && !text.contains("another"), "{}", path.display());
    }
    assert_eq!(created(&work), [] as [String; 0]);
}

#[test]
fn probabilities_that_cannot_be_are_refused() {
    let work = WorkDir::new();
    for (arguments, want) in [
        (&["--fault-html", "1.1"][..], "wants a probability from 0 to 1"),
        (&["--fault-late", "-0.1"], "wants a probability from 0 to 1"),
        (&["--fault-list", "often"], "wants a probability from 0 to 1"),
        (&["--fault-html", "0.6", "--fault-503", "0.6"], "add up to 1.2"),
        (&["--zone", "+25:00"], "-12:00 to +14:00"),
        (&["--redirect", "200"], "300 to 399"),
    ] {
        let run = work.run(&[&["sandbox", "--port", "0"], arguments].concat()).expect(2);
        assert!(run.stderr.contains(want), "{}", run.transcript());
    }
}
