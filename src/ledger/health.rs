//! Whether a ledger is sound, and what it has left to do; looked at without writing, and without the lock.

use std::path::Path;

use super::read::{Reader, Run};
use super::{LedgerError, RunState, Unfinished};

/// What a look at a ledger found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The schema of the file.
    pub schema: u32,
    /// What `PRAGMA quick_check` says is wrong; empty for a sound file.
    pub damage: Vec<String>,
    /// Bytes of the file.
    pub size: u64,
    /// Bytes of the write-ahead log beside it.
    pub log_size: u64,
    /// The runs that have something left, latest first.
    pub open: Vec<OpenRun>,
}

/// A run that has something left: it did not come to its end, or has tasks in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRun {
    /// `20261122-013000-k7f3`
    pub id: String,
    /// Tasks that may exist, and nobody knows.
    pub doubts: u64,
    /// Tasks that were not sent.
    pub pending: u64,
}

/// Looks at a ledger; `None` where there is no file, or an empty one: nothing was ever run.
///
/// # Errors
/// The file cannot be read, is no ledger, or is newer than this program.
pub fn examine(path: &Path) -> Result<Option<Health>, LedgerError> {
    let Some(reader) = Reader::open(path)? else { return Ok(None) };
    let damage = reader.quick_check()?;
    let mut open = Vec::new();
    if damage.is_empty() {
        for run in reader.runs()? {
            open.extend(left_of(&reader, run)?);
        }
    }
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Ok(Some(Health { schema: reader.schema(), damage, size: size(path), log_size: size(log.as_ref()), open }))
}

/// What a run has left to do, if anything.
fn left_of(reader: &Reader, run: Run) -> Result<Option<OpenRun>, LedgerError> {
    if run.state == RunState::Refused || run.purged_at.is_some() {
        return Ok(None);
    }
    let Unfinished { pending, unresolved: doubts, .. } = reader.left_of(run.number)?;
    let is_open = run.state == RunState::Running || pending + doubts > 0;
    Ok(is_open.then_some(OpenRun { id: run.id, doubts, pending }))
}

impl Reader {
    /// The schema of the file.
    const fn schema(&self) -> u32 {
        self.version
    }

    /// What SQLite finds wrong with the file, in its words; nothing where it is sound.
    fn quick_check(&self) -> Result<Vec<String>, LedgerError> {
        let mut query = self.connection.prepare("PRAGMA quick_check(5)")?;
        let found = query.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        // A row is several lines, below a heading.
        let lines = found.iter().flat_map(|row| row.lines()).filter(|line| !line.starts_with("***"));
        Ok(lines.filter(|line| *line != "ok").map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::open;

    #[test]
    fn a_new_ledger_is_sound_and_what_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        assert_eq!(examine(&path), Ok(None));
        drop(open(&path).unwrap());
        let health = examine(&path).unwrap().unwrap();
        assert!(health.damage.is_empty() && health.open.is_empty() && health.size > 0, "{health:?}");
        assert_eq!(health.schema, super::super::schema::NEWEST);

        // A page in the middle is overwritten: the file still opens.
        let mut bytes = std::fs::read(&path).unwrap();
        let page = bytes.len() / 2 / 8_192 * 8_192;
        bytes[page..page + 8_192].fill(0x55);
        std::fs::write(&path, &bytes).unwrap();
        let damaged = examine(&path);
        assert!(
            !matches!(&damaged, Ok(Some(health)) if health.damage.is_empty()) && damaged != Ok(None),
            "{damaged:?}"
        );
        std::fs::write(&path, b"this is no database, whatever it is called").unwrap();
        assert!(examine(&path).is_err());
    }
}
