//! What is remembered from end to end: how it stood, since when, and who has not been told.
//!
//! It lies in a small file beside the ledger, one record a profile, since a ledger may serve several jobs. Losing it costs a
//! notification too many, never one too few: what cannot be read is unknown, and the unknown is told.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::cli::exit;
use crate::cli::parse::NotifyOn;
use crate::report::files::{private_folder, write_atomically};

/// Whether all is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Health {
    /// Exit code 0.
    Ok,
    /// Any other.
    Failing,
}

impl Health {
    pub(super) const fn of(exit_code: u8) -> Self {
        if exit_code == exit::ALL_DONE { Self::Ok } else { Self::Failing }
    }

    /// The word of the object and of the variable.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failing => "failing",
        }
    }
}

/// A way to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Channel {
    Webhook,
    Command,
}

/// How it stood after an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) state: Health,
    pub(super) exit_code: u8,
    /// Since when the state is this one.
    pub(super) since: Timestamp,
    /// Who should have been told of an end and was not: he is told of the next one, whatever it is.
    pub(super) untold: Vec<Channel>,
}

/// What an end is, after the one before: the new record, whose `untold` are those to be told now.
pub(super) fn after(
    before: Option<&Record>,
    exit_code: u8,
    on: NotifyOn,
    channels: &[Channel],
    now: Timestamp,
) -> Record {
    let state = Health::of(exit_code);
    let same = before.filter(|before| before.state == state);
    let is_told = |channel: &Channel| match before {
        Some(before) => {
            on == NotifyOn::Change && before.exit_code == exit_code && !before.untold.contains(channel)
        }
        None => false,
    };
    Record {
        state,
        exit_code,
        since: same.map_or(now, |same| same.since),
        untold: channels.iter().copied().filter(|channel| !is_told(channel)).collect(),
    }
}

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Contents {
    schema: u8,
    /// By the name of the profile; without one it is the empty text.
    profiles: BTreeMap<String, Record>,
}

const SCHEMA: u8 = 1;

/// The records beside a ledger.
pub(super) struct Memory(PathBuf);

impl Memory {
    /// Of this ledger: `ledger.db.notify.json`.
    pub(super) fn beside(ledger: &Path) -> Self {
        let mut name = ledger.as_os_str().to_owned();
        name.push(".notify.json");
        Self(PathBuf::from(name))
    }

    fn contents(&self) -> Contents {
        let text = std::fs::read(&self.0).unwrap_or_default();
        let contents =
            serde_json::from_slice(&text).ok().filter(|contents: &Contents| contents.schema == SCHEMA);
        contents.unwrap_or_default()
    }

    /// What is known of the end before this one.
    pub(super) fn recall(&self, profile: &str) -> Option<Record> {
        self.contents().profiles.remove(profile)
    }

    /// Keeps what is known now. Of two processes that end at once the last one counts.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn keep(&self, profile: &str, record: &Record) -> io::Result<()> {
        let mut contents = self.contents();
        contents.schema = SCHEMA;
        contents.profiles.insert(profile.to_owned(), record.clone());
        if let Some(folder) =
            self.0.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        {
            // As the ledger makes it, which may not be there yet.
            private_folder(folder)?;
        }
        let text = serde_json::to_vec(&contents)?;
        write_atomically(&self.0, |out| out.write_all(&text))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Channel; 2] = [Channel::Webhook, Channel::Command];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// Goes through ends of these exit codes; gives whether each was told. `fails` says which are not delivered.
    fn told(on: NotifyOn, ends: &[u8], fails: &[usize]) -> Vec<bool> {
        let mut before: Option<Record> = None;
        let mut told = Vec::new();
        for (number, exit_code) in ends.iter().enumerate() {
            let mut record = after(before.as_ref(), *exit_code, on, &BOTH, at(number as i64));
            told.push(!record.untold.is_empty());
            if !fails.contains(&number) {
                record.untold.clear();
            }
            before = Some(record);
        }
        told
    }

    #[test]
    fn changes_are_told_and_so_is_another_kind_of_failure() {
        for (ends, fails, want) in [
            (&[0, 0, 3, 3, 0, 0][..], &[][..], &[true, false, true, false, true, false][..]),
            (&[1, 1, 2, 3, 1], &[], &[true, false, true, true, true]),
            (&[130, 130, 4, 0], &[], &[true, false, true, true]),
            // The network was down for one of them: the next one is told, whatever it is.
            (&[0, 3, 3, 3], &[1], &[true, true, true, false]),
            (&[0, 3, 0, 0], &[1], &[true, true, true, false]),
            (&[0, 3, 3, 3, 0], &[1, 2, 3], &[true, true, true, true, true]),
        ] {
            assert_eq!(told(NotifyOn::Change, ends, fails), want, "{ends:?} {fails:?}");
        }
        assert_eq!(told(NotifyOn::End, &[0, 0, 1, 1], &[]), [true; 4]);
    }

    #[test]
    fn each_channel_is_told_for_itself() {
        let before =
            Record { state: Health::Failing, exit_code: 1, since: at(5), untold: vec![Channel::Command] };
        let next = after(Some(&before), 1, NotifyOn::Change, &BOTH, at(9));
        assert_eq!((next.untold, next.since), (vec![Channel::Command], at(5)));
        let next = after(Some(&before), 1, NotifyOn::Change, &[Channel::Webhook], at(9));
        assert!(next.untold.is_empty(), "nobody waits for a channel that is gone");
        let next = after(Some(&before), 2, NotifyOn::Change, &BOTH, at(9));
        assert_eq!((next.untold, next.since), (BOTH.to_vec(), at(5)), "still failing");
        let next = after(Some(&before), 0, NotifyOn::Change, &BOTH, at(9));
        assert_eq!((next.state, next.since), (Health::Ok, at(9)));
    }

    #[test]
    fn what_is_kept_is_recalled_and_what_is_damaged_is_unknown() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::beside(&folder.path().join("state/ledger.db"));
        assert_eq!(memory.recall(""), None);
        let record = after(None, 3, NotifyOn::Change, &BOTH, at(7));
        memory.keep("", &record).unwrap();
        memory.keep("night", &Record { exit_code: 0, ..record.clone() }).unwrap();
        assert_eq!(memory.recall("").as_ref(), Some(&record));
        assert_eq!(memory.recall("night").map(|record| record.exit_code), Some(0));
        assert_eq!(memory.recall("day"), None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(memory.path()).unwrap().permissions().mode() & 0o777, 0o600);
        }
        for damaged in
            ["", "{", r#"{"schema":9,"profiles":{}}"#, r#"{"schema":1,"profiles":{"":{"state":"odd"}}}"#]
        {
            std::fs::write(memory.path(), damaged).unwrap();
            assert_eq!(memory.recall(""), None, "{damaged}");
            memory.keep("", &record).unwrap();
            assert_eq!(memory.recall("").as_ref(), Some(&record), "{damaged}");
        }
    }
}
