//! Times the stages of a run one by one: reading, planning, recording, committing.
//!
//! `cargo bench --bench stages -- 20000` takes the number of users; each has three orders. Nothing is asserted: the
//! figures are for people, and belong beside their limits in docs/performance.md.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::time::Instant;

use incs_import::domain::outcome::State;
use incs_import::input::{Flow, Options, open};
use incs_import::ledger::history::Changed;
use incs_import::ledger::{self, AttemptEnd, Ledger, Settlement, SqliteStore};

use support::{made_list, planned, record};

fn main() {
    let users = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    std::fs::write(&list, made_list(users)).unwrap();
    println!("{users} users, {} rows", users * 3);

    timed("read", || {
        let mut source = open(&list, "list.csv", &Options::default()).unwrap();
        let mut rows = 0;
        source
            .read(0, &mut |_| {
                rows += 1;
                Flow::Continue
            })
            .unwrap();
        assert_eq!(rows, users * 3 + 1);
    });
    let plan = timed("read and plan", || planned(&list));
    timed("render all bodies", || {
        let mut body = Vec::new();
        plan.tasks().for_each(|task| {
            body.clear();
            task.write_body(&mut body);
        });
    });
    let path = folder.path().join("ledger.db");
    let number = timed("record the run", || record(&path, &plan));
    let (connection, _) = ledger::open(&path).unwrap();
    let ledger = Ledger::start(SqliteStore::new(connection, &path, number, None, Changed::Skip)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    timed("claim and settle every task, 64 at a time", || runtime.block_on(commit_all(&ledger)));
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begin = Instant::now();
    let done = work();
    println!("{:>9.1} ms  {what}", begin.elapsed().as_secs_f64() * 1_000.0);
    done
}

async fn commit_all(ledger: &Ledger) {
    let mut id = 0;
    let (durable, mut settled) = tokio::sync::mpsc::unbounded_channel();
    loop {
        let claims = ledger.claim(64, 1).await.unwrap();
        for task in &claims.tasks {
            id += 1;
            let settlement = Settlement {
                seq: task.seq,
                attempt: task.attempt,
                end: AttemptEnd::Answered,
                state: State::Created,
                server_id: Some(id),
                creation_id: None,
                conversation_id: None,
                http_status: Some(200),
                note: None,
                created_at: None,
                sent_at: 1,
                ended_at: 2,
                server_date: None,
            };
            let durable = durable.clone();
            ledger.settle(settlement, move |result| drop(durable.send(result)));
        }
        if claims.exhausted {
            break;
        }
    }
    for _ in 0..id {
        settled.recv().await.unwrap().unwrap();
    }
}
