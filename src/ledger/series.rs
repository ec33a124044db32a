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
