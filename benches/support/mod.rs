//! What the benchmarks stand on: a list, its plan, and a ledger with it.

mod planned;

use std::fmt::Write as _;
use std::path::Path;

use incs_import::domain::outcome::State;
use incs_import::ledger::{self, NewRun, NewTask, Recorder, RunState};
use incs_import::plan::Plan;

pub(crate) use planned::planned;

pub(crate) fn made_list(users: usize) -> String {
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

pub(crate) fn record(path: &Path, plan: &Plan) -> i64 {
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
        total_amount: None,
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
