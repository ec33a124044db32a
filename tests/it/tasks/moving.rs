//! Lists that grow, shrink and shift while they are read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{ask, ids, paged};
use crate::support::{Scripted, StandIn, WorkDir, list};

#[test]
fn a_list_that_grows_at_its_head_shows_each_task_once() {
    // The newest first: what is new pushes the others to later pages, and one task is on two of them.
    let server = Scripted::start(|number, request| {
        let new = (0..number.min(4) * 3).map(|id| 5_000 + id).rev();
        let tasks: Vec<Value> = new.chain((0..350).rev()).map(|id| json!({"id": id + 1})).collect();
        paged(&request.path, &tasks)
    });
    let work = WorkDir::new();
    let listed = ids(&ask(&work, &server.url(), &[]).expect(0));
    let once: BTreeSet<i64> = listed.iter().copied().collect();
    assert_eq!(once.len(), listed.len(), "twice");
    assert!((1..=350).all(|id| once.contains(&id)));
    assert_eq!(server.requests().len(), 4, "growing is no reason to read it again");
}

#[test]
fn a_list_that_shrinks_between_two_pages_hides_nobody() {
    // Two tasks of the first page are begun before the second is asked for, and two new ones come: no total tells of it.
    let server = Scripted::start(|number, request| {
        let mut ids: Vec<i64> = (1..=250).collect();
        if number > 0 {
            ids.retain(|id| *id != 7 && *id != 8);
            ids.extend([900, 901]);
        }
        let tasks: Vec<Value> = ids.iter().map(|id| json!({"id": id, "status": 0})).collect();
        paged(&request.path, &tasks)
    });
    let work = WorkDir::new();
    let listed: BTreeSet<i64> =
        ids(&ask(&work, &server.url(), &["--status", "not_started"]).expect(0)).into_iter().collect();
    assert!((1..=250).all(|id| listed.contains(&id)), "{:?}", (1..=250).find(|id| !listed.contains(id)));
}

#[test]
fn pages_that_are_shifted_are_read_again() {
    let work = WorkDir::with("list.csv", list(60));
    let server = StandIn::start(&work, &["--list-unstable", "0.4", "--seed", "3"]);
    work.upload(&server.url, &["list.csv"]).expect(0);
    let listed = ids(&ask(&work, &server.url, &["--page-size", "7"]).expect(0));
    let once: BTreeSet<i64> = listed.iter().copied().collect();
    assert_eq!((once.len(), listed.len()), (60, 60));

    // One that never stands still is not passed off as whole.
    let server = StandIn::start(&work, &["--list-unstable", "1"]);
    work.upload(&server.url, &["list.csv"]).expect(0);
    let listed = ask(&work, &server.url, &["--page-size", "7"]).expect(3);
    assert!(listed.stderr.contains("kept changing"), "{}", listed.transcript());
    let listed = ids(&listed);
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len());
}
