//! A line for whoever watches over the watcher: that it lives, what it is busy with, and how the last list ended.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::console::Console;
use crate::lang::{Language, say, speaking, spoken};
use crate::report::files::{may_be_replaced, write_atomically};

/// How every line begins.
const BEGINNING: &str = "{\"at\":\"";

/// How often the line is written anew, whatever the program is busy with.
const EVERY: Duration = Duration::from_secs(10);

/// What happened since the program was started; the names are those of the file.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Counts {
    /// Looks at the folder.
    pub(super) looks: u64,
    /// Files that were moved to `done`.
    pub(super) done: u64,
    /// Files that were moved to `failed`.
    pub(super) failed: u64,
    /// Attempts after which a file stayed.
    pub(super) stayed: u64,
}

/// What the line tells besides the time; the names are those of the file.
#[derive(Debug, Clone, Default, Serialize)]
struct Vitals {
    /// The file that is worked on.
    busy_with: Option<String>,
    /// Since when.
    busy_since: Option<Timestamp>,
    /// The file that was worked on last, the run that it became, how that ended and when.
    last_file: Option<String>,
    last_run_id: Option<String>,
    last_exit_code: Option<u8>,
    last_at: Option<Timestamp>,
    counts: Counts,
}

/// The line.
#[derive(Debug, Serialize)]
struct Line<'v> {
    at: Timestamp,
    pid: u32,
    #[serde(flatten)]
    vitals: &'v Vitals,
}

/// Keeps the line up to date until it is dropped.
#[derive(Debug)]
pub(super) struct Heartbeat {
    vitals: Arc<Mutex<Vitals>>,
    /// Where there is a file: what ends the writing, and who writes besides.
    writing: Option<Writing>,
}

#[derive(Debug)]
struct Writing {
    writer: Arc<Writer>,
    /// Dropped, it ends the thread.
    stop: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Writer {
    path: PathBuf,
    console: Console,
    language: Language,
    /// Whether it could not be written the last time, which is told once.
    is_mute: Mutex<bool>,
}

impl Heartbeat {
    /// Begins; without a file nothing is written.
    pub(super) fn begin(path: Option<&Path>, console: Console) -> Self {
        let vitals = Arc::new(Mutex::new(Vitals::default()));
        let writing = path.map(|path| {
            let (path, is_mute) = (path.to_owned(), Mutex::new(false));
            let writer = Arc::new(Writer { path, console, language: spoken(), is_mute });
            let (stop, stopped) = mpsc::channel();
            let (pen, seen) = (Arc::clone(&writer), Arc::clone(&vitals));
            let beat = move || {
                while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                    pen.write(&seen);
                }
            };
            // Without the thread there is a line after each look all the same.
            Writing {
                writer,
                stop,
                thread: thread::Builder::new().name("heartbeat".to_owned()).spawn(beat).ok(),
            }
        });
        Self { vitals, writing }
    }

    /// Counts.
    pub(super) fn count(&self, one_more: impl FnOnce(&mut Counts)) {
        one_more(&mut self.vitals.lock().unwrap_or_else(PoisonError::into_inner).counts);
    }

    /// What was counted.
    pub(super) fn counts(&self) -> Counts {
        self.vitals.lock().unwrap_or_else(PoisonError::into_inner).counts.clone()
    }

    /// A file is begun with.
    pub(super) fn begins(&self, file: &str) {
        let mut vitals = self.vitals.lock().unwrap_or_else(PoisonError::into_inner);
        (vitals.busy_with, vitals.busy_since) = (Some(file.to_owned()), Some(Timestamp::now()));
        drop(vitals);
        self.write();
    }

    /// The file that was begun with came to an end, or could not be worked on.
    pub(super) fn ended(&self, file: &str, run_id: Option<String>, exit_code: u8) {
        let mut vitals = self.vitals.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = std::mem::take(&mut vitals.counts);
        *vitals = Vitals {
            busy_with: None,
            busy_since: None,
            last_file: Some(file.to_owned()),
            last_run_id: run_id,
            last_exit_code: Some(exit_code),
            last_at: Some(Timestamp::now()),
            counts,
        };
    }

    /// The file that was begun with is a list like any other.
    pub(super) fn rests(&self) {
        let mut vitals = self.vitals.lock().unwrap_or_else(PoisonError::into_inner);
        (vitals.busy_with, vitals.busy_since) = (None, None);
    }

    /// Writes the line now.
    pub(super) fn write(&self) {
        if let Some(Writing { writer, .. }) = &self.writing {
            writer.write(&self.vitals);
        }
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        if let Some(Writing { stop, thread: Some(thread), .. }) = self.writing.take() {
            drop(stop);
            drop(thread.join());
        }
    }
}

impl Writer {
    fn write(&self, vitals: &Mutex<Vitals>) {
        // Held until it is written: of two lines the newer one stays.
        let mut is_mute = self.is_mute.lock().unwrap_or_else(PoisonError::into_inner);
        let vitals = vitals.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let written = self.try_to_write(&vitals);
        if let Err(error) = &written
            && !*is_mute
        {
            // Whoever waits for it will notice; the lists are more important.
            speaking(self.language, || self.console.warn(not_written(&self.path, error)));
        }
        *is_mute = written.is_err();
    }

    fn try_to_write(&self, vitals: &Vitals) -> io::Result<()> {
        if !may_be_replaced(&self.path, BEGINNING)? {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, say!("file-no-heartbeat")));
        }
        let mut line = serde_json::to_vec(&Line { at: Timestamp::now(), pid: std::process::id(), vitals })?;
        line.push(b'\n');
        write_atomically(&self.path, |out| out.write_all(&line))
    }
}

fn not_written(path: &Path, error: &io::Error) -> String {
    say!("file-cannot-write", file = path.display().to_string(), error = error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_what_goes_on_and_what_went_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("beat.json");
        let read = || -> serde_json::Value {
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(text.matches('\n').count(), 1, "{text}");
            serde_json::from_str(&text).unwrap()
        };
        let heartbeat = Heartbeat::begin(Some(&path), Console::early());
        heartbeat.begins("a\n\u{202e}.csv");
        let busy = read();
        assert_eq!((&busy["busy_with"], &busy["last_file"]), (&"a\n\u{202e}.csv".into(), &().into()));
        assert!(busy["busy_since"].is_string() && busy["at"].is_string());
        heartbeat.count(|counts| counts.done += 1);
        heartbeat.ended("a.csv", Some("20260413-013000-ab12".to_owned()), 1);
        heartbeat.write();
        let idle = read();
        assert_eq!((&idle["busy_with"], &idle["busy_since"]), (&().into(), &().into()));
        assert_eq!(idle["last_run_id"], "20260413-013000-ab12");
        assert_eq!((&idle["last_exit_code"], &idle["counts"]["done"]), (&1.into(), &1.into()));
        drop(heartbeat);
    }
}
