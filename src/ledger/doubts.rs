//! The SQL of doubts: finding them, what is needed to look for them, and writing down what was found.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::LedgerError;
use super::record::keys_of;
use super::rows::{
    AttemptEnd, DatedAnswer, Doubtful, LastAttempt, Resolution, Settled, Survey, WallEvidence, ZoneSample,
};
use super::sqlite::{Work, json, seq_of};
use super::store::AtServer;
use crate::domain::note::{Doubt, Note};
use crate::domain::outcome::State;

/// So many samples of the server's zone are read from each end of the time asked for: it may have changed in between.
const ZONE_SAMPLES: u32 = 10;

/// An answer tells what a clock was worth at a doubt if it came so near to it by that clock, in milliseconds. Farther away
/// the clock may have been set meanwhile, or been another process's.
const NEARBY: u64 = 600_000;

/// The time for an answer in a run that does not say.
const USUAL_TIMEOUT_MS: i64 = 60_000;

impl Work<'_> {
    pub(super) fn zone(&self, from: i64, to: i64) -> Result<WallEvidence, LedgerError> {
        let mut samples = BTreeMap::new();
        for order in ["ASC", "DESC"] {
            let mut query = self.connection.prepare_cached(&format!(
                "SELECT task.id, task.created_at, attempt.server_date
                 FROM task INDEXED BY task_created
                 JOIN attempt ON attempt.task = task.id AND attempt.n = task.attempts
                 JOIN run ON run.number = task.id >> 32
                 WHERE task.created_at BETWEEN ?2 AND ?3 AND attempt.verdict = 'answered'
                       AND attempt.server_date IS NOT NULL
                       AND run.server = (SELECT server FROM run WHERE number = ?1)
                 ORDER BY task.created_at {order} LIMIT ?4"
            ))?;
            let rows = query.query_map(params![self.run, from, to, ZONE_SAMPLES], |row| {
                Ok((row.get::<_, i64>(0)?, ZoneSample { created_at: row.get(1)?, date: row.get(2)? }))
            })?;
            for row in rows {
                let (task, sample) = row?;
                samples.insert(task, sample);
            }
        }
        Ok(WallEvidence { samples: samples.into_values().collect(), by_our_clock: self.by_our_clock()? })
    }

    /// How far the server's clock on the wall is before ours, as the first tasks tell that this run created.
    fn by_our_clock(&self) -> Result<Vec<i64>, LedgerError> {
        let (first, last) = keys_of(self.run);
        let mut query = self.connection.prepare_cached(
            "SELECT task.created_at, attempt.ended_at
             FROM task JOIN attempt ON attempt.task = task.id AND attempt.n = task.attempts
             WHERE task.id BETWEEN ?1 AND ?2 AND task.created_at IS NOT NULL AND attempt.verdict = 'answered'
             ORDER BY task.id LIMIT ?3",
        )?;
        let rows = query.query_map(params![first, last, ZONE_SAMPLES], |row| {
            Ok(row.get::<_, i64>(0)? - row.get::<_, i64>(1)?.div_euclid(1_000))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn survey(&self, from: i64, to: i64, ids: &[i64]) -> Result<Survey, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT task.server_id, task.created_at
             FROM task INDEXED BY task_created JOIN run ON run.number = task.id >> 32
             WHERE task.created_at BETWEEN ?2 AND ?3 AND task.state = ?4 AND task.server_id IS NOT NULL
                   AND run.server = (SELECT server FROM run WHERE number = ?1)",
        )?;
        let rows = query.query_map(params![self.run, from, to, State::Created as u8], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let ours = rows.collect::<Result<_, _>>()?;
        let mut query = self.connection.prepare_cached(
            "SELECT 1 FROM server_task
             WHERE server = (SELECT server FROM run WHERE number = ?1) AND server_id = ?2",
        )?;
        let mut owned = Vec::new();
        for &id in ids {
            if query.exists(params![self.run, id])? {
                owned.push(id);
            }
        }
        Ok(Survey { ours, owned })
    }

    pub(super) fn resolve(&self, resolution: &Resolution) -> Result<Settled, LedgerError> {
        let id = resolution.task;
        if let Some(server_id) = resolution.server_id
            && !self.own_server_id(id, server_id)?
        {
            return Ok(Settled::Crossed);
        }
        let note = resolution.note.as_ref().map(json).transpose()?;
        let finished_at = (resolution.state != State::Planned).then_some(resolution.at);
        let changed = self
            .connection
            .prepare_cached(
                "UPDATE task SET state = ?2, note = ?3, server_id = ?4, creation_id = ?5, created_at = ?6,
                                 finished_at = ?7
                 WHERE id = ?1 AND state IN (2, 3)",
            )?
            .execute(params![
                id,
                resolution.state as u8,
                note,
                resolution.server_id,
                resolution.creation_id,
                resolution.created_at,
                finished_at
            ])?;
        if changed != 1 {
            return Err(LedgerError::Failed(format!("task {} is not in doubt", seq_of(id))));
        }
        let verdict = match resolution.state {
            State::Unresolved => AttemptEnd::InDoubt,
            State::Created => AttemptEnd::Found,
            _ => AttemptEnd::Absent,
        };
        self.connection
            .prepare_cached(
                "UPDATE attempt SET verdict = ?2, evidence = ?3 WHERE task = ?1 AND verdict = 'in-doubt'",
            )?
            .execute(params![id, verdict.as_str(), resolution.evidence])?;
        Ok(Settled::Recorded)
    }

    pub(super) fn busy(&self, phones: &[([u8; 16], i64)], at: i64) -> Result<u64, LedgerError> {
        let mut marked = 0;
        for (phone, task_id) in phones {
            for task in self.planned_for(phone)? {
                self.hold_back(task, State::IncompleteTask, &Note::Busy { task_id: *task_id }, at)?;
                marked += 1;
            }
        }
        Ok(marked)
    }

    pub(super) fn at_server(&self, listed: &[AtServer], at: i64) -> Result<u64, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT json_extract(json, '$.auth_id') = ?2 AND json_extract(json, '$.name') = ?3
             FROM body WHERE task = ?1",
        )?;
        let mut marked = 0;
        for listed in listed {
            for task in self.planned_for(&listed.phone_key)? {
                let equal: Option<bool> = query
                    .query_row(params![task, listed.auth_id, listed.name], |row| row.get(0))
                    .optional()?;
                if equal == Some(true) {
                    let note = Note::AtServer { task_id: listed.id, within: listed.within };
                    self.hold_back(task, State::Skipped, &note, at)?;
                    marked += 1;
                }
            }
        }
        Ok(marked)
    }

    /// The planned tasks of this run for a phone: one at the most.
    fn planned_for(&self, phone: &[u8; 16]) -> Result<Vec<i64>, LedgerError> {
        let (first, last) = keys_of(self.run);
        let mut query = self.connection.prepare_cached(
            "SELECT id FROM task INDEXED BY task_phone
             WHERE phone_key = ?1 AND id BETWEEN ?2 AND ?3 AND state = 0",
        )?;
        let rows = query.query_map(params![phone, first, last], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// When the first attempt of a task that was ever in doubt may have left; `None` if none was.
pub(super) fn doubted_since(connection: &Connection, task: i64) -> Result<Option<i64>, LedgerError> {
    Ok(connection
        .prepare_cached(
            "SELECT min(coalesce(sent_at, intent_at)) FROM attempt
             WHERE task = ?1 AND (verdict IS NULL OR verdict IN ('in-doubt', 'absent'))",
        )?
        .query_row([task], |row| row.get(0))?)
}

/// What is needed to look for a task that is in doubt.
pub(super) fn doubtful(
    connection: &Connection,
    task: i64,
    seq: Option<u32>,
) -> Result<Doubtful, LedgerError> {
    let mut query = connection.prepare_cached(
        "SELECT run.id, body.json, task.user_phone, task.attempts, task.attempts_used, task.note,
                attempt.intent_at, attempt.ended_at, json_extract(run.settings, '$.timeout_ms'),
                max(attempt.intent_at, coalesce((SELECT max(at) FROM series WHERE run = task.id >> 32), 0))
         FROM task
         JOIN body ON body.task = task.id
         JOIN run ON run.number = task.id >> 32
         JOIN attempt ON attempt.task = task.id AND attempt.n = task.attempts
         WHERE task.id = ?1",
    )?;
    let mut doubtful = query.query_row([task], |row| {
        let (doubt, detail) = match super::column::note(row, 5)? {
            Some(Note::Doubt { doubt, detail, .. }) => (doubt, detail),
            _ => (Doubt::Interrupted, String::new()),
        };
        // A machine that slept may have sent it long after the intent: as long as its run gave a sign of life.
        let intended = LastAttempt::Intended {
            alive_at: row.get(9)?,
            timeout_ms: row.get::<_, Option<i64>>(8)?.unwrap_or(USUAL_TIMEOUT_MS),
        };
        Ok(Doubtful {
            task,
            seq,
            run: row.get(0)?,
            body: row.get(1)?,
            user_phone: row.get(2)?,
            attempt: row.get(3)?,
            attempts_used: row.get(4)?,
            doubt,
            detail,
            since: row.get(6)?,
            last: row.get::<_, Option<i64>>(7)?.map_or(intended, LastAttempt::Ended),
            dated: None,
        })
    })?;
    let intent_at = doubtful.since;
    doubtful.since = doubted_since(connection, task)?.unwrap_or(intent_at);
    doubtful.dated = dated(connection, task)?.filter(|answer| answer.sent_at.abs_diff(intent_at) <= NEARBY);
    Ok(doubtful)
}

/// The nearest attempt of the same run whose answer told the server's clock.
fn dated(connection: &Connection, task: i64) -> Result<Option<DatedAnswer>, LedgerError> {
    let run = keys_of(task >> 32);
    let nearest = |sql: &str| -> Result<Option<DatedAnswer>, rusqlite::Error> {
        let mut query = connection.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(DatedAnswer { date: row.get(0)?, sent_at: row.get(1)?, ended_at: row.get(2)? })
        };
        query.query_row(params![task, run.0, run.1], read).optional()
    };
    let before = nearest(
        "SELECT server_date, sent_at, ended_at FROM attempt
         WHERE task BETWEEN ?2 AND ?1 AND task <= ?3 AND server_date IS NOT NULL AND sent_at IS NOT NULL
         ORDER BY task DESC, n DESC LIMIT 1",
    )?;
    if before.is_some() {
        return Ok(before);
    }
    Ok(nearest(
        "SELECT server_date, sent_at, ended_at FROM attempt
         WHERE task BETWEEN ?1 AND ?3 AND task >= ?2 AND server_date IS NOT NULL AND sent_at IS NOT NULL
         ORDER BY task, n LIMIT 1",
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::reopen::doubts_of;
    use crate::ledger::rows::Settlement;
    use crate::ledger::store::{Op, Reply};
    use crate::ledger::trial::{Trial, commit, settlement};

    const T0: i64 = 1_700_000_000;

    /// A task created at a second of our clock, which is the server's too, in a zone of so many seconds.
    fn created(seq: u32, second: i64, zone: i64) -> Settlement {
        let at = second * 1_000;
        Settlement {
            server_id: Some(i64::from(seq) + 1),
            created_at: Some(second + zone),
            server_date: Some(second),
            ..settlement(seq, State::Created, at, at + 50)
        }
    }

    #[test]
    fn a_zone_that_changed_within_the_window_is_seen_however_many_tasks_came_after() {
        let trial = Trial::new();
        let run = trial.record("r1", 100, T0 * 1_000);
        let mut store = trial.store(run);
        commit(&mut store, Op::Claim { limit: 100, at: T0 * 1_000 });
        // Summer time begins after the third task.
        for seq in 0..100 {
            let zone = if seq < 3 { 3_600 } else { 7_200 };
            commit(&mut store, Op::Settle(Box::new(created(seq, T0 + i64::from(seq), zone))));
        }
        let Reply::Zone(evidence) = commit(&mut store, Op::Zone { from: T0 - 50_000, to: T0 + 50_000 })
        else {
            panic!()
        };
        let zones: Vec<i64> = evidence.samples.iter().map(|sample| sample.created_at - sample.date).collect();
        assert!(zones.contains(&3_600) && zones.contains(&7_200), "{zones:?}");
        let Reply::Zone(few) = commit(&mut store, Op::Zone { from: T0 + 3_600, to: T0 + 3_601 }) else {
            panic!()
        };
        assert_eq!(few.samples.len(), 2, "each once");
        assert_eq!(few.by_our_clock.len(), ZONE_SAMPLES as usize, "whatever was asked for");
    }

    #[test]
    fn an_answer_under_another_clock_does_not_date_a_doubt() {
        let doubt_of = |answered_at: i64| {
            let trial = Trial::new();
            let run = trial.record("r1", 2, T0 * 1_000);
            let mut store = trial.store(run);
            commit(&mut store, Op::Claim { limit: 2, at: T0 * 1_000 });
            commit(
                &mut store,
                Op::Settle(Box::new(settlement(1, State::InDoubt, T0 * 1_000, T0 * 1_000 + 50))),
            );
            // The clock that wrote down the doubt was set right before this answer came to a resumed run.
            commit(&mut store, Op::Settle(Box::new(created(0, answered_at, 0))));
            doubts_of(&trial.connection(), run).unwrap()[0].dated.is_some()
        };
        assert!(doubt_of(T0) && doubt_of(T0 + 300) && doubt_of(T0 - 300));
        assert!(!doubt_of(T0 - 7 * 3_600) && !doubt_of(T0 + 7 * 3_600));
    }
}
