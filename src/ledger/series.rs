//! Reading what was measured each second of a run: for the chart of its report.

use super::LedgerError;
use super::read::Reader;
use super::rows::Sample;

impl Reader {
    /// What was measured while the run was sending, in the order of time. There is a gap of hours where it was resumed later.
    ///
    /// # Errors
    /// The store failed.
    pub fn series(&self, run: i64) -> Result<Vec<Sample>, LedgerError> {
        let mut query = self.connection.prepare(
            "SELECT at, sent, finished, throttled, failed, in_flight, concurrency, paused, latency_ms
             FROM series WHERE run = ?1 ORDER BY at",
        )?;
        let rows = query.query_map([run], |row| {
            Ok(Sample {
                at: row.get(0)?,
                sent: row.get(1)?,
                finished: row.get(2)?,
                throttled: row.get(3)?,
                failed: row.get(4)?,
                in_flight: row.get(5)?,
                concurrency: row.get(6)?,
                paused: row.get(7)?,
                latency_ms: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::Sample;
    use crate::ledger::read::Reader;
    use crate::ledger::trial::Trial;

    #[test]
    fn seconds_come_in_order_and_of_one_run_only() {
        let trial = Trial::new();
        let run = trial.record("a", 1, 1_000);
        let other = trial.record("b", 1, 2_000);
        for (run, at, paused) in [(run, 3_000, 1), (run, 2_000, 0), (other, 2_500, 0)] {
            let sql = "INSERT INTO series VALUES (?1, ?2, 2, 3, 4, 5, 6, 7, ?3, 8)";
            trial.connection().execute(sql, rusqlite::params![run, at, paused]).unwrap();
        }
        let second = |at, paused| Sample {
            at,
            sent: 2,
            finished: 3,
            throttled: 4,
            failed: 5,
            in_flight: 6,
            concurrency: 7,
            paused,
            latency_ms: 8,
        };
        let reader = Reader::open(&trial.path()).unwrap().unwrap();
        assert_eq!(reader.series(run).unwrap(), [second(2_000, false), second(3_000, true)]);
    }
}
