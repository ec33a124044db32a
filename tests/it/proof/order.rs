//! The order of things: an intent is on the disk before its request leaves, and an outcome before anybody is told of it.
//!
//! At each of these instants the shim keeps the ledger as a power cut would leave it: what was written and not synced is
//! gone from the image.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Desk;
use super::shim::{Image, Shim};
use crate::support::{Action, Scripted, created, list, refused};

/// A server that makes everybody ask twice, one way or another.
fn reluctant() -> Scripted {
    let seen = std::sync::Mutex::new(BTreeMap::<String, usize>::new());
    Scripted::start(move |number, request| {
        if request.method != "POST" {
            return Action::json(200, crate::support::EMPTY_LIST.to_owned());
        }
        let phone = request.phone();
        let mut seen = seen.lock().unwrap();
        let times = seen.entry(phone.clone()).or_insert(0);
        *times += 1;
        match (number % 4, *times) {
            (0, 1) => Action::Answer(429, vec![("Retry-After", "0".to_owned())], String::new()),
            (1, 1) => Action::json(400, refused(400, "User is in an incomplete task.")),
            _ => Action::json(200, created(number as u64 + 1, &phone)),
        }
    })
}

fn states(ledger: &Connection) -> BTreeMap<String, (u8, Option<i64>)> {
    let mut query = ledger.prepare("SELECT user_phone, state, server_id FROM task").unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The state of the last task of this phone, how often it was really tried, and how its last attempt ended.
fn last_attempt(ledger: &Connection, phone: &str) -> Option<(u8, u32, Option<String>)> {
    let sql = "SELECT task.state, task.attempts - task.given_back, attempt.verdict
               FROM task JOIN attempt ON attempt.task = task.id AND attempt.n = task.attempts
               WHERE user_phone = ?1 ORDER BY task.id DESC";
    ledger.query_row(sql, [phone], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).ok()
}

/// What the shim saw of one upload.
fn images(desk: &mut Desk, server: &Scripted, more: &[&str]) -> Vec<Image> {
    let snapshots = tempfile::tempdir().unwrap();
    let shim = Shim {
        ledger: Some(desk.ledger()),
        snapshots: Some(snapshots.path().to_owned()),
        reports: Some(desk.path("reports")),
        ..Shim::default()
    };
    desk.upload(&shim, &server.url(), more);
    let images = Image::all(snapshots.path());
    // The images are read after this: keep the folder until the test process ends.
    let _ = snapshots.keep();
    images
}

#[test]
fn no_post_leaves_before_its_intent_is_synced() {
    for more in [&["--concurrency", "16"][..], &["--concurrency", "1"], &["--rate", "200/s", "--burst", "1"]]
    {
        let server = reluctant();
        let mut desk = Desk::with_list(&list(24));
        let images = images(&mut desk, &server, more);
        let posts: Vec<&Image> = images.iter().filter(|image| image.kind == "post").collect();
        assert_eq!(posts.len(), server.posts().len(), "every POST was seen\n{}", desk.transcript());
        assert!(posts.len() > 24, "some were sent again\n{}", desk.transcript());
        let mut sent = BTreeMap::<String, u32>::new();
        for post in posts {
            let text = String::from_utf8(post.bytes.clone()).unwrap();
            let body: serde_json::Value =
                serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap();
            let phone = body["user_phone"].as_str().unwrap();
            let times = sent.entry(phone.to_owned()).or_insert(0);
            *times += 1;
            let durable = last_attempt(&post.ledger(), phone);
            assert_eq!(
                durable,
                Some((1, *times, None)),
                "POST {times} of {phone} (call {}): on the disk there must be its intent, and no end of it\n{}",
                post.number,
                desk.transcript()
            );
        }
    }
}

#[test]
fn no_outcome_is_told_before_it_is_synced() {
    let server = reluctant();
    let mut desk = Desk::with_list(&list(24));
    let images = images(&mut desk, &server, &[]);
    let (mut lines, mut screens) = (0, 0);
    for image in &images {
        let text = String::from_utf8_lossy(&image.bytes);
        let durable = || states(&image.ledger());
        if image.kind == "report" && text.starts_with("source,rows,") {
            let durable = durable();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for line in reader.deserialize::<BTreeMap<String, String>>() {
                let line = line.unwrap();
                let (state, id) = durable[&line["user_phone"]];
                let told = (line["outcome"].as_str(), line["task_id"].parse().ok());
                let kept = if state == 10 { ("created", id) } else { ("incomplete_task", None) };
                assert_eq!(told, kept, "{line:?}\n{}", desk.transcript());
                lines += 1;
            }
        }
        if image.kind == "tell" && text.contains("rows read 24 =") {
            let created = durable().values().filter(|(state, _)| *state == 10).count();
            assert!(text.contains(&format!("= {created} created")), "{text}\nwith {created} on the disk");
            screens += 1;
        }
    }
    assert_eq!((lines, screens), (24, 1), "the results and the last screen were seen\n{}", desk.transcript());
}
