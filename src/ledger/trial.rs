//! A ledger with planned tasks in a folder of its own, for the tests of whatever works on one.

use tempfile::TempDir;

use super::history::Changed;
use super::rows::{AttemptEnd, NewRun, NewTask, RunState, Settlement};
use super::store::{Op, Reply, Store as _};
use super::{Recorder, Secret, SqliteStore, open};
use crate::domain::outcome::State;

const SERVER: &str = "https://api.example.com";

/// It is gone when this is dropped.
pub(crate) struct Trial {
    folder: TempDir,
}

/// The phone of a task.
pub(crate) fn phone(seq: u32) -> String {
    format!("62812{:08}", 10_000_000 + seq)
}

impl Trial {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("ledger.db")
    }

    pub(crate) fn connection(&self) -> rusqlite::Connection {
        open(&self.path()).unwrap().0
    }

    pub(crate) fn secret(&self) -> Secret {
        open(&self.path()).unwrap().1
    }

    /// Records a run with so many planned tasks, all of different phones, begun now (milliseconds since 1970). Gives its number.
    pub(crate) fn record(&self, id: &str, tasks: u32, started_at: i64) -> i64 {
        let (mut connection, secret) = open(&self.path()).unwrap();
        let run = NewRun {
            id: id.to_owned(),
            server: SERVER.to_owned(),
            sandbox: false,
            state: RunState::Running,
            started_at,
            operator: "tester".to_owned(),
            host: "desk".to_owned(),
            report_dir: "reports".to_owned(),
            settings: r#"{"timeout_ms":3000}"#.to_owned(),
            rows: u64::from(tasks),
            rows_invalid: 0,
            rows_left_out: Vec::new(),
            total_amount: None,
            exit_code: None,
        };
        let mut recorder = Recorder::begin(&mut connection, &run).unwrap();
        for seq in 0..tasks {
            let phone = phone(seq);
            let body = format!(
                r#"{{"name":"Follow up","type":3,"auth_id":7,"user_phone":"{phone}","assignee_username":"incs_1"}}"#
            );
            recorder
                .task(&NewTask {
                    seq,
                    state: State::Planned,
                    phone_key: Some(secret.phone_key(SERVER, &phone)),
                    identity: Some(secret.identity(body.as_bytes())),
                    body: body.as_bytes(),
                    source: "list.csv",
                    rows: "1",
                    places: &[],
                    row_count: 1,
                    user_phone: Some(&phone),
                    user_name: None,
                    assignee_username: Some("incs_1"),
                    name: Some("Follow up"),
                    orders: 0,
                    total_amount: None,
                    note: None,
                })
                .unwrap();
        }
        recorder.commit().unwrap()
    }

    pub(crate) fn store(&self, run: i64) -> SqliteStore {
        SqliteStore::new(self.connection(), &self.path(), run, None, Changed::Skip)
    }

    /// The state of each task of a run, in upload order.
    pub(crate) fn states(&self, run: i64) -> Vec<State> {
        let connection = self.connection();
        let mut query = connection.prepare("SELECT state FROM task WHERE id >> 32 = ?1 ORDER BY id").unwrap();
        let states = query.query_map([run], |row| row.get::<_, u8>(0)).unwrap();
        states.map(|state| State::from_number(state.unwrap()).unwrap()).collect()
    }
}

/// What became of an attempt that began and ended at these times of our clock, milliseconds since 1970.
pub(crate) fn settlement(seq: u32, state: State, sent_at: i64, ended_at: i64) -> Settlement {
    Settlement {
        seq,
        attempt: 1,
        end: if state == State::InDoubt { AttemptEnd::InDoubt } else { AttemptEnd::Answered },
        state,
        server_id: None,
        creation_id: None,
        conversation_id: None,
        created_at: None,
        http_status: Some(200),
        note: None,
        sent_at,
        ended_at,
        server_date: None,
    }
}

/// Commits one operation.
pub(crate) fn commit(store: &mut SqliteStore, op: Op) -> Reply {
    store.commit(&[op]).unwrap().remove(0)
}
