//! Lists that fail, are behind, or lack tasks.

use super::client::{Connection, get, post};
use super::{created, faults, until, with_files};
use crate::support::{StandIn, WorkDir, phone};

fn filled(work: &WorkDir, users: usize, arguments: &[&str]) -> StandIn {
    let stand_in = StandIn::start(work, &with_files(arguments));
    for user in 0..users {
        assert_eq!(post(&stand_in, &phone(user)).status, 200);
    }
    stand_in
}

#[test]
fn a_list_fails_in_each_of_its_ways() {
    let work = WorkDir::new();
    let stand_in = filled(&work, 3, &["--fault-list", "1"]);
    let cut = get(&stand_in, "");
    assert_eq!(cut.status, 0);
    let half = get(&stand_in, "");
    assert_eq!((half.status, half.body.len()), (200, half.announced() / 2));
    let page = get(&stand_in, "");
    assert_eq!((page.status, page.body.starts_with("<!DOCTYPE html>")), (502, true));
    assert_eq!(get(&stand_in, "").json()["code"], 500);
    assert_eq!(faults(&work)[3..], ["list-cut", "list-truncate", "list-html", "list-500"]);
}

#[test]
fn lists_fail_from_a_number_on() {
    let work = WorkDir::new();
    let stand_in = filled(&work, 1, &["--list-fails-from", "3"]);
    let statuses: Vec<u16> = (0..4).map(|_| get(&stand_in, "").status).collect();
    assert_eq!(statuses, [200, 200, 500, 500]);
    assert_eq!(post(&stand_in, &phone(5)).status, 200, "only lists");
}

#[test]
fn a_list_that_is_behind_counts_what_it_shows() {
    let work = WorkDir::new();
    let stand_in = filled(&work, 3, &["--list-lag", "1h"]);
    let answer = get(&stand_in, "?page_size=2");
    assert_eq!((answer.total(), answer.phones().len()), (0, 0));
    assert_eq!(created(&work).len(), 3);

    let work = WorkDir::new();
    let stand_in = filled(&work, 3, &["--list-lag", "300ms"]);
    until(|| {
        let answer = get(&stand_in, "?page_size=2");
        assert_eq!(answer.phones().len() as u64, answer.total().min(2));
        answer.total() == 3
    });
}

#[test]
fn some_tasks_are_never_listed() {
    let listed = |seed: &str| {
        let work = WorkDir::new();
        let stand_in = filled(&work, 40, &["--list-misses", "0.5", "--seed", seed]);
        let answer = get(&stand_in, "?page_size=100");
        assert_eq!(created(&work).len(), 40);
        assert_eq!(answer.total(), answer.phones().len() as u64);
        answer.phones()
    };
    let first = listed("1");
    assert!((8..=32).contains(&first.len()), "{}", first.len());
    assert_eq!(first, listed("1"));
    assert_ne!(first, listed("2"));
}

#[test]
fn shifted_pages_repeat_a_task_and_lose_another() {
    let work = WorkDir::new();
    let stand_in = filled(&work, 6, &["--list-unstable", "1"]);
    let mut connection = Connection::open(&stand_in);
    let mut pages = Vec::new();
    for page in 1..=3 {
        connection.send("GET", &format!("?page={page}&page_size=2"), "");
        let answer = connection.answer();
        assert_eq!(answer.total(), 6);
        pages.push(answer.phones());
    }
    let want = [[0, 1], [1, 3], [3, 5]].map(|users| users.map(phone).to_vec());
    assert_eq!(pages, want);
    assert_eq!(faults(&work)[6..], ["list-unstable"; 3]);
}

#[test]
fn agents_work_on_tasks() {
    let work = WorkDir::new();
    let stand_in = filled(&work, 2, &["--start-after", "0s", "--remarks", "1"]);
    let task = get(&stand_in, "").json()["data"]["data"][0].take();
    assert_eq!((&task["status"], &task["updated_at"]), (&1.into(), &task["logs"][3]["updated_at"]));
    let of = |key: &str| -> Vec<String> {
        task["logs"].as_array().unwrap().iter().map(|log| log[key].to_string()).collect()
    };
    assert_eq!(
        (of("type").concat(), of("status").concat(), of("pre_status").concat()),
        ("1234".into(), "0011".into(), "0001".into())
    );
    assert_eq!(of("assignee_username"), ["\"\"", "\"incs_1\"", "\"incs_1\"", "\"incs_1\""]);
    assert!(of("comment")[..3].iter().all(|comment| comment == "\"\"") && of("comment")[3].len() > 2);
    let ids: std::collections::BTreeSet<String> = of("id").into_iter().collect();
    assert_eq!(ids.len(), 4);
    assert_eq!(post(&stand_in, &phone(0)).status, 400, "he has a task in progress");

    let work = WorkDir::new();
    let stand_in = filled(&work, 2, &["--start-after", "1h", "--finish-after", "0s", "--terminated", "1"]);
    assert_eq!(get(&stand_in, "?status=3").total(), 2);
    assert_eq!(post(&stand_in, &phone(0)).status, 200, "a task that was terminated is over");
}
