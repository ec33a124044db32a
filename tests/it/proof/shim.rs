//! The library of `tests/shim/faults.c` between the program and the system: built once, told by the environment.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use rusqlite::{Connection, OpenFlags};

use crate::support::build;

fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| build("faults"))
}

/// What a call is about; see the head of `faults.c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Open,
    Report,
    Write,
    Sync,
    Cut,
    Post,
    Get,
    Recv,
    Wait,
    Any,
}

impl Class {
    const ALL: [(Self, &str); 10] = [
        (Self::Open, "open"),
        (Self::Report, "report"),
        (Self::Write, "write"),
        (Self::Sync, "sync"),
        (Self::Cut, "cut"),
        (Self::Post, "post"),
        (Self::Get, "get"),
        (Self::Recv, "recv"),
        (Self::Wait, "wait"),
        (Self::Any, "any"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(class, _)| *class)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(class, _)| class == self).map(|(_, name)| *name);
        f.write_str(name.unwrap_or("?"))
    }
}

/// The instant at which the program is killed: the `at`th call of `class`, counted from the `arm`ed call on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kill {
    pub(super) class: Class,
    pub(super) at: u64,
    pub(super) after: bool,
    pub(super) arm: Option<(Class, u64)>,
}

impl fmt::Display for Kill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = if self.after { "after" } else { "before" };
        write!(f, "SHIM_KILL={}:{}:{side}", self.class, self.at)?;
        match self.arm {
            Some((class, at)) => write!(f, " SHIM_ARM={class}:{at}"),
            None => Ok(()),
        }
    }
}

/// What the system answers instead of doing its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No space left on the device.
    Full,
    /// The disk failed.
    Broken,
    /// The file system is read-only.
    ReadOnly,
}

impl Trouble {
    /// As the system numbers them on every Linux that this runs on.
    fn errno(self) -> i32 {
        match self {
            Self::Full => 28,
            Self::Broken => 5,
            Self::ReadOnly => 30,
        }
    }
}

/// Calls that fail: those of `class` on a path below `prefix`, from the `from`th on, or that one only.
#[derive(Debug, Clone)]
pub(super) struct Fail {
    pub(super) class: Class,
    pub(super) trouble: Trouble,
    pub(super) from: u64,
    pub(super) once: bool,
    pub(super) prefix: PathBuf,
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (errno, how) = (self.trouble.errno(), if self.once { "once" } else { "on" });
        write!(f, "{}:{errno}:{}:{how}:{}", self.class, self.from, self.prefix.display())
    }
}

/// The settings of the library for one run of the program.
#[derive(Debug, Default)]
pub(super) struct Shim {
    pub(super) trace: Option<PathBuf>,
    pub(super) kill: Option<Kill>,
    pub(super) fail: Option<Fail>,
    /// The ledger, by its absolute name.
    pub(super) ledger: Option<PathBuf>,
    /// Where the images of the ledger go.
    pub(super) snapshots: Option<PathBuf>,
    /// Where the reports lie, by its absolute name.
    pub(super) reports: Option<PathBuf>,
}

impl fmt::Display for Shim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kill) = &self.kill {
            write!(f, "{kill} ")?;
        }
        match &self.fail {
            Some(fail) => write!(f, "SHIM_FAIL={fail} "),
            None => Ok(()),
        }
    }
}

impl Shim {
    /// Whether it would do nothing.
    pub(super) fn is_idle(&self) -> bool {
        self.trace.is_none() && self.kill.is_none() && self.fail.is_none() && self.snapshots.is_none()
    }

    /// Puts the library before the program that `command` starts.
    pub(super) fn put_before(&self, command: &mut Command) {
        command.env("LD_PRELOAD", library());
        if let Some(trace) = &self.trace {
            command.env("SHIM_TRACE", trace);
        }
        if let Some(kill) = &self.kill {
            for setting in kill.to_string().split(' ') {
                if let Some((name, value)) = setting.split_once('=') {
                    command.env(name, value);
                }
            }
        }
        if let Some(fail) = &self.fail {
            command.env("SHIM_FAIL", fail.to_string());
        }
        if let Some(ledger) = &self.ledger {
            command.env("SHIM_LEDGER", ledger);
        }
        if let Some(snapshots) = &self.snapshots {
            command.env("SHIM_SNAPSHOTS", snapshots);
        }
        if let Some(reports) = &self.reports {
            command.env("SHIM_REPORTS", reports);
        }
    }
}

/// One line of a trace.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) number: u64,
    /// Whether this is the end of the call.
    pub(super) done: bool,
    /// `None` for a class that no test asks about.
    pub(super) class: Option<Class>,
    /// Of the system call; the error is negative.
    pub(super) result: i64,
    /// Which thread made it.
    pub(super) thread: i64,
    pub(super) path: String,
}

/// Reads a trace; one that a kill cut off ends where it was cut.
pub(super) fn trace(path: &Path) -> Vec<Event> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let events = text.lines().filter_map(|line| {
        let mut fields = line.splitn(7, ' ');
        let number = fields.next()?.parse().ok()?;
        let done = fields.next()? == "e";
        let class = Class::named(fields.next()?);
        let result = fields.next()?.parse().ok()?;
        let thread = fields.nth(1)?.parse().ok()?;
        let path = fields.next()?.to_owned();
        Some(Event { number, done, class, result, thread, path })
    });
    events.collect()
}

/// What a power cut would have left of the ledger when something was about to leave the program.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) number: u64,
    /// `post`, `tell` or `report`.
    pub(super) kind: String,
    /// What was about to leave.
    pub(super) bytes: Vec<u8>,
    folder: PathBuf,
}

impl Image {
    /// The images in a folder, in the order in which they were taken.
    pub(super) fn all(folder: &Path) -> Vec<Self> {
        let mut images: Vec<Self> = fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_name()?.to_str()?.to_owned();
                let (number, kind) = name.split_once('.')?;
                let kind = ["post", "tell", "report"].into_iter().find(|known| *known == kind)?.to_owned();
                let (number, bytes) = (number.parse().unwrap(), fs::read(&path).unwrap());
                Some(Self { number, kind, bytes, folder: folder.to_owned() })
            })
            .collect();
        images.sort_by_key(|image| image.number);
        images
    }

    /// The ledger as the next start would find it.
    pub(super) fn ledger(&self) -> Connection {
        let path = self.folder.join(format!("{}.db", self.number));
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
    }
}
