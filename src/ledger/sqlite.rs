//! The store on SQLite.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior, params};

use super::LedgerError;
use super::history::{Changed, Rule, decide, earlier};
use super::open::FileId;
use super::record::{key, keys_of};
use super::rows::{AttemptEnd, Claimed, HeldBack, RunEnd, Sample, Settled, Settlement};
use super::store::{Claims, Op, Reply, Store};
use crate::domain::note::{Doubt, Note};
use crate::domain::outcome::State;

/// The tasks of one run in a ledger file.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    file: Option<FileId>,
    run: i64,
    dedupe_window_ms: Option<i64>,
    changed: Changed,
    /// The last task that was claimed: what lies before it and is planned again is in the hands of the engine.
    cursor: i64,
}

impl SqliteStore {
    /// Works on run number `run` of the open ledger at `path`.
    ///
    /// A `dedupe_window_ms` of `None` lets no created task hold another one back.
    pub fn new(
        connection: Connection,
        path: &Path,
        run: i64,
        dedupe_window_ms: Option<i64>,
        changed: Changed,
    ) -> Self {
        Self {
            connection,
            path: path.to_owned(),
            file: FileId::of(path),
            run,
            dedupe_window_ms,
            changed,
            cursor: keys_of(run).0 - 1,
        }
    }
}

impl Store for SqliteStore {
    fn commit(&mut self, ops: &[Op]) -> Result<Vec<Reply>, LedgerError> {
        if FileId::of(&self.path) != self.file {
            // What is written to a file without a name is gone when it is closed.
            return Err(LedgerError::Gone(self.path.clone()));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut work = Work {
            connection: &transaction,
            run: self.run,
            window: self.dedupe_window_ms,
            changed: self.changed,
            cursor: self.cursor,
        };
        let replies = ops.iter().map(|op| work.apply(op)).collect::<Result<Vec<_>, _>>()?;
        let cursor = work.cursor;
        transaction.commit()?;
        self.cursor = cursor;
        Ok(replies)
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // Only tidiness: the WAL is as durable as the file it is folded into.
        drop(self.connection.pragma_update(None, "wal_checkpoint", "TRUNCATE"));
    }
}

struct Work<'c> {
    connection: &'c Connection,
    run: i64,
    window: Option<i64>,
    changed: Changed,
    cursor: i64,
}

impl Work<'_> {
    fn apply(&mut self, op: &Op) -> Result<Reply, LedgerError> {
        match op {
            Op::Claim { limit, at } => self.claim(*limit, *at).map(Reply::Claims),
            Op::Intend { seq, at } => self.intend(*seq, *at).map(Reply::Attempt),
            Op::Settle(settlement) => self.settle(settlement).map(Reply::Settled),
            Op::GiveBack(tasks) => self.give_back(tasks).map(|()| Reply::Done),
            Op::Sample(sample) => self.sample(sample).map(|()| Reply::Done),
            Op::End(end) => self.end(end).map(|()| Reply::Done),
        }
    }

    fn claim(&mut self, limit: usize, at: i64) -> Result<Claims, LedgerError> {
        let rule = Rule { since: self.window.map(|window| at - window), changed: self.changed };
        let mut query = self.connection.prepare_cached(
            "SELECT task.id, task.attempts, task.attempts_used, task.user_phone, task.phone_key, task.identity, body.json
             FROM task INDEXED BY task_open JOIN body ON body.task = task.id
             WHERE task.id > ?1 AND task.id <= ?2 AND task.state < 10 AND task.state = 0
             ORDER BY task.id LIMIT ?3",
        )?;
        let own = keys_of(self.run);
        let limit_sql = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = query.query(params![self.cursor, own.1, limit_sql])?;
        let mut claims = Claims::default();
        let mut taken = 0;
        while let Some(row) = rows.next()? {
            taken += 1;
            let id: i64 = row.get(0)?;
            self.cursor = id;
            let seq = seq_of(id);
            let attempt = row.get::<_, u32>(1)? + 1;
            let others = earlier(self.connection, &row.get(4)?, &row.get(5)?, own)?;
            if let Some((state, note)) = decide(&others, rule) {
                self.hold_back(id, state, &note, at)?;
                claims.held_back.push(HeldBack { seq, state, note });
                continue;
            }
            self.record_intent(id, attempt, at)?;
            claims.tasks.push(Claimed {
                seq,
                attempt,
                attempts_used: row.get(2)?,
                user_phone: row.get(3)?,
                body: row.get(6)?,
            });
        }
        claims.exhausted = taken < limit;
        Ok(claims)
    }

    fn record_intent(&self, id: i64, attempt: u32, at: i64) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached("INSERT INTO attempt (task, n, intent_at) VALUES (?1, ?2, ?3)")?
            .execute(params![id, attempt, at])?;
        self.connection
            .prepare_cached("UPDATE task SET state = ?2, attempts = ?3 WHERE id = ?1")?
            .execute(params![id, State::Intent as u8, attempt])?;
        Ok(())
    }

    fn hold_back(&self, id: i64, state: State, note: &Note, at: i64) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached("UPDATE task SET state = ?2, note = ?3, finished_at = ?4 WHERE id = ?1")?
            .execute(params![id, state as u8, json(note)?, at])?;
        Ok(())
    }

    fn intend(&self, seq: u32, at: i64) -> Result<u32, LedgerError> {
        let id = key(self.run, seq);
        let mut query = self.connection.prepare_cached("SELECT state, attempts FROM task WHERE id = ?1")?;
        let (state, attempts): (u8, u32) = query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        // The last line of defence: whatever the engine believes, only a task proved unsent gets another intent.
        if state != State::Planned as u8 {
            return Err(LedgerError::Failed(format!(
                "task {seq} is in state {state} and must not be sent again"
            )));
        }
        self.record_intent(id, attempts + 1, at)?;
        Ok(attempts + 1)
    }

    fn settle(&self, settlement: &Settlement) -> Result<Settled, LedgerError> {
        let id = key(self.run, settlement.seq);
        let mut state = settlement.state;
        let mut note = settlement.note.as_ref().map(json).transpose()?;
        let mut end = settlement.end;
        let mut settled = Settled::Recorded;
        let mut server_id = settlement.server_id;
        if let Some(wanted) = server_id
            && !self.own_server_id(id, wanted)?
        {
            let crossed = Note::Doubt { doubt: Doubt::Crossed, detail: format!("task id {wanted} is taken") };
            (state, note, end, settled) =
                (State::Unresolved, Some(json(&crossed)?), AttemptEnd::InDoubt, Settled::Crossed);
            server_id = None;
        }
        self.connection
            .prepare_cached(
                "UPDATE attempt SET sent_at = ?3, ended_at = ?4, server_date = ?5, http_status = ?6, verdict = ?7
                 WHERE task = ?1 AND n = ?2",
            )?
            .execute(params![
                id,
                settlement.attempt,
                settlement.sent_at,
                settlement.ended_at,
                settlement.server_date,
                settlement.http_status,
                end.as_str()
            ])?;
        self.connection
            .prepare_cached(
                "UPDATE task SET state = ?2, attempts_used = attempts_used + ?3, server_id = ?4, creation_id = ?5,
                                 conversation_id = ?6, http_status = ?7, note = ?8, sent_at = ?9, finished_at = ?10,
                                 latency_ms = ?11
                 WHERE id = ?1",
            )?
            .execute(params![
                id,
                state as u8,
                u8::from(end.uses_an_attempt()),
                server_id,
                settlement.creation_id,
                settlement.conversation_id,
                settlement.http_status,
                note,
                settlement.sent_at,
                settlement.ended_at,
                settlement.ended_at - settlement.sent_at
            ])?;
        Ok(settled)
    }

    /// Whether the server's id is, or now becomes, that of this task.
    fn own_server_id(&self, id: i64, server_id: i64) -> Result<bool, LedgerError> {
        let added = self
            .connection
            .prepare_cached(
                "INSERT INTO server_task (server, server_id, task)
                 VALUES ((SELECT server FROM run WHERE number = ?1), ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![self.run, server_id, id])?;
        if added == 1 {
            return Ok(true);
        }
        let owner: i64 = self
            .connection
            .prepare_cached(
                "SELECT task FROM server_task
                 WHERE server = (SELECT server FROM run WHERE number = ?1) AND server_id = ?2",
            )?
            .query_row(params![self.run, server_id], |row| row.get(0))?;
        Ok(owner == id)
    }

    fn give_back(&self, tasks: &[u32]) -> Result<(), LedgerError> {
        for &seq in tasks {
            let id = key(self.run, seq);
            self.connection
                .prepare_cached(
                    "UPDATE attempt SET verdict = ?2
                     WHERE task = ?1 AND n = (SELECT attempts FROM task WHERE id = ?1) AND verdict IS NULL",
                )?
                .execute(params![id, AttemptEnd::GivenBack.as_str()])?;
            self.connection
                .prepare_cached(
                    "UPDATE task SET state = ?2, given_back = given_back + 1 WHERE id = ?1 AND state = ?3",
                )?
                .execute(params![id, State::Planned as u8, State::Intent as u8])?;
        }
        Ok(())
    }

    fn sample(&self, sample: &Sample) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO series (run, at, sent, finished, throttled, failed, in_flight, concurrency,
                                                paused, latency_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                self.run,
                sample.at,
                sample.sent,
                sample.finished,
                sample.throttled,
                sample.failed,
                sample.in_flight,
                sample.concurrency,
                sample.paused,
                sample.latency_ms
            ])?;
        Ok(())
    }

    fn end(&self, end: &RunEnd) -> Result<(), LedgerError> {
        self.connection.execute(
            "UPDATE run SET state = ?2, finished_at = ?3, exit_code = ?4, ended_by = ?5, lookups = lookups + ?6,
                            sandbox = ?7
             WHERE number = ?1",
            params![
                self.run,
                end.state as u8,
                end.finished_at,
                end.exit_code,
                end.ended_by,
                end.lookups.cast_signed(),
                end.sandbox
            ],
        )?;
        Ok(())
    }
}

fn seq_of(id: i64) -> u32 {
    // The lower half of the key; the mask makes the conversion exact.
    u32::try_from(id & 0xFFFF_FFFF).unwrap_or(u32::MAX)
}

fn json(note: &Note) -> Result<String, LedgerError> {
    serde_json::to_string(note).map_err(|error| LedgerError::Failed(error.to_string()))
}
