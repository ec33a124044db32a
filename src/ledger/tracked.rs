//! What a run created, for asking the server what became of it. Needs no lock.

use rusqlite::params;

use super::read::{Reader, Run};
use super::record::keys_of;
use super::{LedgerError, ZoneSample};
use crate::domain::outcome::State;

/// From this schema on, tasks have the time at which the server says that it created them.
const HAS_CREATED_AT: u32 = 3;

/// So many samples of the server's zone are read from each side.
const SAMPLES: u32 = 10;

/// A created task of a run, as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatedTask {
    /// File (and sheet) of the first row.
    pub source: String,
    /// `17..19;25`
    pub rows: String,
    /// The user.
    pub user_phone: String,
    /// The user's name.
    pub user_name: String,
    /// The agent.
    pub assignee_username: String,
    /// The task's name.
    pub name: String,
    /// The total.
    pub total_amount: String,
    /// The server's id.
    pub task_id: i64,
    /// When the server says it created the task: seconds since 1970 of its clock on the wall.
    pub created_at: Option<i64>,
    /// From sending to the outcome, milliseconds since 1970 of our clock; `None` where one of them is not known.
    pub between: Option<(i64, i64)>,
}

/// Which run is asked about where none is named.
#[derive(Debug, Clone, PartialEq)]
pub enum Tracking {
    /// This one.
    Run(Box<Run>),
    /// None: the people of all that created tasks were forgotten.
    Forgotten,
    /// None has created a task.
    Nothing,
}

impl Reader {
    /// The latest run that created a task, and whose people were not forgotten.
    ///
    /// # Errors
    /// The store failed.
    pub fn latest_with_tasks(&self) -> Result<Tracking, LedgerError> {
        let mut query = self.connection.prepare(
            "SELECT 1 FROM task WHERE id BETWEEN ?1 AND ?2 AND state = ?3 AND server_id IS NOT NULL LIMIT 1",
        )?;
        let mut found = Tracking::Nothing;
        for run in self.runs()? {
            let (first, last) = keys_of(run.number);
            if !query.exists(params![first, last, State::Created as u8])? {
                continue;
            }
            if run.purged_at.is_none() {
                return Ok(Tracking::Run(Box::new(run)));
            }
            found = Tracking::Forgotten;
        }
        Ok(found)
    }

    /// The created tasks of a run, in upload order.
    ///
    /// # Errors
    /// The store failed.
    pub fn created_tasks(&self, run: i64) -> Result<Vec<CreatedTask>, LedgerError> {
        // A ledger is brought to the newest schema by whoever writes to it, not by asking.
        let is_dated = self.version >= HAS_CREATED_AT;
        let created_at = if is_dated { "created_at" } else { "NULL" };
        let mut query = self.connection.prepare(&format!(
            "SELECT source, rows, user_phone, user_name, assignee_username, name, total_amount, server_id,
                    {created_at}, sent_at, finished_at
             FROM task WHERE id BETWEEN ?1 AND ?2 AND state = ?3 AND server_id IS NOT NULL ORDER BY id"
        ))?;
        let (first, last) = keys_of(run);
        let rows = query.query_map(params![first, last, State::Created as u8], |row| {
            let text =
                |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(column)?.unwrap_or_default());
            let (sent_at, finished_at): (Option<i64>, Option<i64>) = (row.get(9)?, row.get(10)?);
            Ok(CreatedTask {
                source: text(0)?,
                rows: text(1)?,
                user_phone: text(2)?,
                user_name: text(3)?,
                assignee_username: text(4)?,
                name: text(5)?,
                total_amount: text(6)?,
                task_id: row.get(7)?,
                created_at: row.get(8)?,
                between: sent_at.zip(finished_at),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What answers of a server tell of its zone: those nearest to a second of its clock on the wall, on both sides of it.
    ///
    /// # Errors
    /// The store failed.
    pub fn zone_samples(&self, server: &str, near: i64) -> Result<Vec<ZoneSample>, LedgerError> {
        if self.version < HAS_CREATED_AT {
            return Ok(Vec::new());
        }
        let mut samples = Vec::new();
        for (side, order) in [("<=", "DESC"), (">", "ASC")] {
            let mut query = self.connection.prepare(&format!(
                "SELECT task.created_at, attempt.server_date
                 FROM task INDEXED BY task_created
                 JOIN attempt ON attempt.task = task.id AND attempt.n = task.attempts
                 JOIN run ON run.number = task.id >> 32
                 JOIN server ON server.number = run.server
                 WHERE task.created_at {side} ?1 AND attempt.verdict = 'answered'
                       AND attempt.server_date IS NOT NULL AND server.base_url = ?2
                 ORDER BY task.created_at {order} LIMIT ?3"
            ))?;
            let rows = query.query_map(params![near, server, SAMPLES], |row| {
                Ok(ZoneSample { created_at: row.get(0)?, date: row.get(1)? })
            })?;
            samples.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(samples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::rows::Settlement;
    use crate::ledger::store::Op;
    use crate::ledger::trial::{Trial, commit, settlement};

    const T0: i64 = 1_700_000_000;

    #[test]
    fn only_created_tasks_with_what_the_server_said_of_them() {
        let trial = Trial::new();
        let run = trial.record("r1", 3, T0 * 1_000);
        let empty = trial.record("r2", 1, T0 * 1_000);
        let reader = || Reader::open(&trial.path()).unwrap().unwrap();
        assert_eq!(reader().latest_with_tasks().unwrap(), Tracking::Nothing);
        let mut store = trial.store(run);
        commit(&mut store, Op::Claim { limit: 3, at: T0 * 1_000 });
        for (seq, zone) in [(0, 25_200), (2, 25_200)] {
            let settled = Settlement {
                server_id: Some(i64::from(seq) + 7),
                created_at: Some(T0 + zone),
                server_date: Some(T0),
                ..settlement(seq, State::Created, T0 * 1_000, T0 * 1_000 + 50)
            };
            commit(&mut store, Op::Settle(Box::new(settled)));
        }
        let tasks = reader().created_tasks(run).unwrap();
        let ids: Vec<_> = tasks.iter().map(|task| (task.task_id, task.created_at)).collect();
        assert_eq!(ids, [(7, Some(T0 + 25_200)), (9, Some(T0 + 25_200))]);
        assert!(tasks[0].between.is_some() && !tasks[0].user_phone.is_empty());
        assert_eq!(reader().created_tasks(empty).unwrap(), []);
        let latest = reader().latest_with_tasks().unwrap();
        assert!(matches!(&latest, Tracking::Run(found) if found.number == run), "{latest:?}");

        let server = reader().run(Some("r1")).unwrap().unwrap().server;
        for near in [T0 - 1, T0 + 25_200, T0 + 90_000] {
            let samples = reader().zone_samples(&server, near).unwrap();
            let zones: Vec<_> = samples.iter().map(|sample| sample.created_at - sample.date).collect();
            assert_eq!(zones, [25_200, 25_200], "{near}");
        }
        assert_eq!(reader().zone_samples("https://other.example", T0).unwrap(), []);
    }
}
