//! What the durable ledger costs an upload: the same tasks are sent with it and with a store that keeps nothing, in turn.
//!
//! `cargo bench --bench upload -- 20000 20 5` takes the number of tasks, how many milliseconds every answer is held back,
//! and the rounds. The server is the sandbox in this process; only the sending is timed. Nothing is asserted but that
//! every task is created: the figures are for people, and belong beside their limits in docs/performance.md.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use incs_import::api::client::Client;
use incs_import::domain::clock::SystemClock;
use incs_import::ledger::history::Changed;
use incs_import::ledger::{
    self, Claimed, Claims, Ledger, LedgerError, Op, Reply, Settled, SqliteStore, Store,
};
use incs_import::plan::Plan;
use incs_import::sandbox;
use incs_import::upload::pace::Rate;
use incs_import::upload::{Interrupt, Options, Upload};
use secrecy::SecretString;
use tokio::sync::{mpsc, watch};

use support::{made_list, planned, record};

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let tasks = numbers.next().unwrap_or(20_000) as usize;
    let latency = Duration::from_millis(numbers.next().unwrap_or(20));
    let rounds = numbers.next().unwrap_or(5);
    println!("{tasks} tasks, answers after {latency:?}, 64 on their way, {rounds} rounds");

    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    std::fs::write(&list, made_list(tasks)).unwrap();
    let plan = planned(&list);
    let mut ratios = Vec::new();
    for round in 0..rounds {
        let path = folder.path().join(format!("{round}.db"));
        let durable = upload(Ledger::start(durable(&path, &plan)).unwrap(), latency, tasks);
        let forgetful = upload(Ledger::start(Forgetful::new(&plan)).unwrap(), latency, tasks);
        let ratio = forgetful.as_secs_f64() / durable.as_secs_f64();
        println!("{durable:>10.2?} durable {forgetful:>10.2?} forgetful: {ratio:.3}");
        ratios.push(ratio);
    }
    ratios.sort_by(f64::total_cmp);
    println!("forgetful / durable: {:.3} (median)", ratios[ratios.len() / 2]);
}

fn durable(path: &Path, plan: &Plan) -> SqliteStore {
    let number = record(path, plan);
    let (connection, _) = ledger::open(path).unwrap();
    SqliteStore::new(connection, path, number, None, Changed::Skip)
}

/// Sends all tasks to a sandbox of its own; gives how long that took.
fn upload(ledger: Ledger, latency: Duration, tasks: usize) -> Duration {
    let server = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let config = sandbox::Config { latency, ..sandbox::Config::default() };
    let sandbox = server.block_on(sandbox::start(config)).unwrap();
    let url = format!("http://{}", sandbox.address()).parse().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (events, _unheard) = mpsc::unbounded_channel();
    let (_stop, interrupt) = watch::channel(Interrupt::None);
    let upload = Upload {
        run: 1,
        doubts: Vec::new(),
        phone_key: Box::new(|_| [0; 16]),
        client: Client::new(&url, &SecretString::from("bench"), Duration::from_secs(60)).unwrap(),
        ledger: Arc::new(ledger),
        options: Options {
            rate: Rate { count: NonZeroU32::new(1_000_000).unwrap(), per: Duration::from_secs(1) },
            burst: NonZeroU32::new(64).unwrap(),
            concurrency: 64,
            max_attempts: 1,
            settle: Duration::from_secs(120),
            preludes: Vec::new(),
        },
        clock: SystemClock,
        events,
        interrupt,
    };
    let begin = Instant::now();
    let ended = runtime.block_on(upload.run());
    let took = begin.elapsed();
    assert!(ended.early.is_none(), "{ended:?}");
    assert_eq!(sandbox.created(), tasks);
    took
}

/// Gives every task once, and keeps nothing.
struct Forgetful(VecDeque<Claimed>);

impl Forgetful {
    fn new(plan: &Plan) -> Self {
        let claimed = (0_u32..).zip(plan.tasks()).map(|(seq, task)| {
            let mut body = Vec::new();
            task.write_body(&mut body);
            let user_phone = task.user_phone;
            Claimed { seq, attempt: 1, attempts_used: 0, body, user_phone, doubted_since: None }
        });
        Self(claimed.collect())
    }
}

impl Store for Forgetful {
    fn commit(&mut self, ops: &[Op]) -> Result<Vec<Reply>, LedgerError> {
        let replies = ops.iter().map(|op| match op {
            Op::Claim { limit, .. } => {
                let tasks: Vec<Claimed> = self.0.drain(..self.0.len().min(*limit)).collect();
                Reply::Claims(Claims { exhausted: tasks.len() < *limit, tasks, ..Claims::default() })
            }
            Op::Settle(_) => Reply::Settled(Settled::Recorded),
            _ => Reply::Done,
        });
        Ok(replies.collect())
    }
}
