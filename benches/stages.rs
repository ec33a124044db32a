//! Times the stages of a run one by one: reading, planning, recording, committing.
//!
//! `cargo bench --bench stages -- 20000` takes the number of users; each has three orders. Nothing is asserted: the
//! figures are for people, and belong beside their limits in docs/performance.md.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use incs_import::domain::outcome::State;
use incs_import::domain::rules::{DateRules, PhoneRules};
use incs_import::input::{Flow, Options, open};
use incs_import::ledger::history::Changed;
use incs_import::ledger::{
    self, AttemptEnd, Ledger, NewRun, NewTask, Recorder, RunState, Settlement, SqliteStore,
};
use incs_import::plan::{Context, Defaults, InputFile, LayoutRules, Plan, plan};

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

fn made_list(users: usize) -> String {
    let mut list =
        "user_phone,user_name,assignee_username,name,order_number,due_amount,next_due_date\n".to_owned();
    for user in 0..users {
        for order in 0..3 {
            let _ = writeln!(
                list,
                "62812{:08},User {user},incs_{},Follow up,ORD{user}-{order},{}.50,2026-04-{:02}",
                10_000_000 + user,
                user % 9,
                100 + order,
                1 + user % 28
            );
        }
    }
    list
}

fn planned(list: &Path) -> Plan {
    let context = Context {
        today: jiff::civil::date(2026, 11, 22),
        phone: PhoneRules::default(),
        decimal: None,
        date: DateRules::default(),
        total: None,
        hidden: None,
        fill_down: false,
        require: Vec::new(),
        defaults: Defaults { auth_id: Some(1), module_id: "m".to_owned(), ..Defaults::default() },
        limit: None,
    };
    let source = open(list, "list.csv", &Options::default());
    let file = InputFile { name: "list.csv".to_owned(), source, role: None, sheet: None };
    plan(&mut [file], &LayoutRules::default(), &context).unwrap()
}

fn record(path: &Path, plan: &Plan) -> i64 {
    let (mut connection, secret) = ledger::open(path).unwrap();
    let run = NewRun {
        id: "bench".to_owned(),
        server: "http://127.0.0.1".to_owned(),
        sandbox: true,
        state: RunState::Running,
        started_at: 0,
        operator: String::new(),
        host: String::new(),
        report_dir: String::new(),
        settings: "{}".to_owned(),
        rows: plan.counts.rows,
        rows_invalid: 0,
        rows_left_out: Vec::new(),
        exit_code: None,
    };
    let mut recorder = Recorder::begin(&mut connection, &run).unwrap();
    let mut body = Vec::new();
    for ((seq, task), line) in (0_u32..).zip(plan.tasks()).zip(plan.lines()) {
        body.clear();
        task.write_body(&mut body);
        recorder
            .task(&NewTask {
                seq,
                state: State::Planned,
                phone_key: Some(secret.phone_key("s", &task.user_phone)),
                identity: Some(secret.identity(&task.content())),
                body: &body,
                source: &line.source,
                rows: &line.rows,
                places: &plan.places(seq as usize),
                row_count: line.row_count,
                user_phone: Some(&task.user_phone),
                user_name: Some(task.user_name),
                assignee_username: Some(task.assignee_username),
                name: Some(&task.name),
                orders: 3,
                total_amount: Some(task.total_amount),
                note: None,
            })
            .unwrap();
    }
    recorder.commit().unwrap()
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
