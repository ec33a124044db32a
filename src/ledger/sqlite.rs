//! The store on SQLite.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row, TransactionBehavior, params};

use super::LedgerError;
use super::doubts::doubted_since;
use super::history::{Changed, Rule, Ruling, decide, earlier};
use super::open::{Folding, file_now};
use super::record::{key, keys_of};
use super::reopen::doubt_of;
use super::rows::{AttemptEnd, Claimed, HeldBack, RunEnd, Sample, Settled, Settlement};
use super::store::{Claims, Op, Reply, Store};
use crate::domain::note::{Doubt, Note};
use crate::domain::outcome::State;
use crate::platform::FileId;

/// The tasks of one run in a ledger file.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    file: Option<FileId>,
    folding: Folding,
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
            file: file_now(path),
            folding: Folding::default(),
            run,
            dedupe_window_ms,
            changed,
            cursor: keys_of(run).0 - 1,
        }
    }

    /// The same beside a folding of the WAL, whose failure is one of the store.
    #[must_use]
    pub fn beside(mut self, folding: Folding) -> Self {
        self.folding = folding;
        self
    }
}

impl Store for SqliteStore {
    fn commit(&mut self, ops: &[Op]) -> Result<Vec<Reply>, LedgerError> {
        if file_now(&self.path) != self.file {
            // What is written to a file without a name is gone when it is closed.
            return Err(LedgerError::Gone(self.path.clone()));
        }
        if let Some(error) = self.folding.failure() {
            return Err(error);
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

pub(super) struct Work<'c> {
    pub(super) connection: &'c Connection,
    pub(super) run: i64,
    window: Option<i64>,
    changed: Changed,
    cursor: i64,
}

impl Work<'_> {
    fn apply(&mut self, op: &Op) -> Result<Reply, LedgerError> {
        match op {
            Op::Claim { limit, at } => self.claim(*limit, *at).map(Reply::Claims),
            Op::Intend { seq, at } => self.intend(*seq, *at).map(Reply::Attempt),
            Op::Reclaim { seq, after, at } => self.reclaim(*seq, *after, *at).map(Reply::Claims),
            Op::Zone { from, to } => self.zone(*from, *to).map(Reply::Zone),
            Op::Survey { from, to, ids } => self.survey(*from, *to, ids).map(Reply::Survey),
            Op::StandIn => self.stand_in().map(|()| Reply::Done),
            Op::Resolve(resolution) => self.resolve(resolution).map(Reply::Settled),
            Op::Busy { phones, at } => self.busy(phones, *at).map(Reply::Marked),
            Op::AtServer { listed, at } => self.at_server(listed, *at).map(Reply::Marked),
            Op::Settle(settlement) => self.settle(settlement).map(Reply::Settled),
            Op::GiveBack(tasks) => self.give_back(tasks).map(|()| Reply::Done),
            Op::Sample(sample) => self.sample(sample).map(|()| Reply::Done),
            Op::End(end) => self.end(end).map(|()| Reply::Done),
        }
    }

    fn claim(&mut self, limit: usize, at: i64) -> Result<Claims, LedgerError> {
        let connection = self.connection;
        let mut query = connection.prepare_cached(
            "SELECT task.id, task.attempts, task.attempts_used, task.user_phone, task.phone_key, task.identity, body.json
             FROM task INDEXED BY task_open JOIN body ON body.task = task.id
             WHERE task.id > ?1 AND task.id <= ?2 AND task.state < 10 AND task.state = 0
             ORDER BY task.id LIMIT ?3",
        )?;
        let limit_sql = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = query.query(params![self.cursor, keys_of(self.run).1, limit_sql])?;
        let mut claims = Claims::default();
        let mut taken = 0;
        while let Some(row) = rows.next()? {
            taken += 1;
            self.cursor = row.get(0)?;
            self.rule_on(row, None, at, &mut claims)?;
        }
        claims.exhausted = taken < limit;
        Ok(claims)
    }

    fn reclaim(&self, seq: u32, after: i64, at: i64) -> Result<Claims, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT task.id, task.attempts, task.attempts_used, task.user_phone, task.phone_key, task.identity, body.json
             FROM task JOIN body ON body.task = task.id WHERE task.id = ?1 AND task.state = 0",
        )?;
        let mut rows = query.query([key(self.run, seq)])?;
        let mut claims = Claims::default();
        if let Some(row) = rows.next()? {
            self.rule_on(row, Some(after), at, &mut claims)?;
        }
        Ok(claims)
    }

    /// Decides about one planned task: it gets its intent, is held back, or waits. A doubt that was looked up already
    /// (`asked`) is not waited for again.
    fn rule_on(
        &self,
        row: &Row<'_>,
        asked: Option<i64>,
        at: i64,
        claims: &mut Claims,
    ) -> Result<(), LedgerError> {
        let rule = Rule { since: self.window.map(|window| at - window), changed: self.changed };
        let id: i64 = row.get(0)?;
        let (seq, attempt) = (seq_of(id), row.get::<_, u32>(1)? + 1);
        let others = earlier(self.connection, &row.get(4)?, &row.get(5)?, keys_of(self.run))?;
        let held = match decide(&others, rule) {
            Ruling::Send => None,
            Ruling::Hold(state, note) => Some((state, note)),
            Ruling::Ask { task, run } if asked == Some(task) => {
                Some((State::Unresolved, Note::InDoubtElsewhere { run }))
            }
            Ruling::Ask { task, .. } => {
                claims.blocked.push((seq, doubt_of(self.connection, task)?));
                return Ok(());
            }
        };
        if let Some((state, note)) = held {
            self.hold_back(id, state, &note, at)?;
            claims.held_back.push(HeldBack { seq, state, note });
            return Ok(());
        }
        let doubted_since = if attempt == 1 { None } else { doubted_since(self.connection, id)? };
        self.record_intent(id, attempt, at)?;
        claims.tasks.push(Claimed {
            seq,
            attempt,
            attempts_used: row.get(2)?,
            user_phone: row.get(3)?,
            body: row.get(6)?,
            doubted_since,
        });
        Ok(())
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

    pub(super) fn hold_back(&self, id: i64, state: State, note: &Note, at: i64) -> Result<(), LedgerError> {
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
            let crossed = Note::Doubt {
                doubt: Doubt::Crossed,
                detail: format!("task id {wanted} is taken"),
                lookup: None,
            };
            (state, note, end, settled) =
                (State::InDoubt, Some(json(&crossed)?), AttemptEnd::InDoubt, Settled::Crossed);
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
                                 latency_ms = ?11, created_at = ?12
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
                settlement.ended_at - settlement.sent_at,
                settlement.created_at.filter(|_| state == State::Created)
            ])?;
        Ok(settled)
    }

    /// Whether the server's id is, or now becomes, that of this task.
    pub(super) fn own_server_id(&self, id: i64, server_id: i64) -> Result<bool, LedgerError> {
        let added = self
            .connection
            .prepare_cached(
                "INSERT INTO server_task (server, server_id, task)
                 VALUES ((SELECT server FROM run WHERE number = ?1), ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![id >> 32, server_id, id])?;
        if added == 1 {
            return Ok(true);
        }
        let owner: i64 = self
            .connection
            .prepare_cached(
                "SELECT task FROM server_task
                 WHERE server = (SELECT server FROM run WHERE number = ?1) AND server_id = ?2",
            )?
            .query_row(params![id >> 32, server_id], |row| row.get(0))?;
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

    fn stand_in(&self) -> Result<(), LedgerError> {
        self.connection.execute("UPDATE run SET sandbox = 1 WHERE number = ?1", [self.run])?;
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

pub(super) fn seq_of(id: i64) -> u32 {
    // The lower half of the key; the mask makes the conversion exact.
    u32::try_from(id & 0xFFFF_FFFF).unwrap_or(u32::MAX)
}

pub(super) fn json(note: &Note) -> Result<String, LedgerError> {
    serde_json::to_string(note).map_err(|error| LedgerError::Failed(error.to_string()))
}
