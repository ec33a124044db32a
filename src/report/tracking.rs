//! `tracking.csv` and `tracking.xlsx`: what became of the tasks of a run, one line a created task; and the counts of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::ReportError;
use super::history::explain;
use super::redact::{self, Person, without_numbers};
use super::table::{Field, number, text, write_csv, write_xlsx};
use super::workbook::Tone;
use crate::api::tasks::{Log, Task, TaskStatus};
use crate::ledger::tracked::CreatedTask;

/// The status of a task that the server does not list any more.
pub const NOT_FOUND: &str = "not_found";

/// What the server says of a task now.
#[derive(Debug, Clone)]
pub struct Fate {
    /// Its status.
    pub status: TaskStatus,
    /// The agent who has it.
    pub assignee_username: String,
    /// As it is listed.
    pub created_at: String,
    /// As it is listed.
    pub updated_at: String,
    /// The last log.
    pub last_log: Option<Log>,
    /// How many remarks there are.
    pub remarks: u64,
    /// The newest of them.
    pub last_remark: Option<Log>,
}

impl Fate {
    /// What matters of a listed task.
    pub fn of(task: &Task) -> Self {
        Self {
            status: task.status.clone(),
            assignee_username: task.text("assignee_username").to_owned(),
            created_at: task.text("created_at").to_owned(),
            updated_at: task.text("updated_at").to_owned(),
            last_log: task.last_log().cloned(),
            remarks: task.remarks().count() as u64,
            last_remark: task.remarks().next_back().cloned(),
        }
    }
}

/// A task of a run, and what became of it.
#[derive(Debug, Clone)]
pub struct Tracked {
    /// As it was sent.
    pub sent: CreatedTask,
    /// `None`: the server does not list it.
    pub fate: Option<Fate>,
}

impl Tracked {
    /// The name of its status.
    pub fn status(&self) -> &str {
        self.fate.as_ref().map_or(NOT_FOUND, |fate| fate.status.code())
    }

    /// The agent who has it; where the server does not say, the one it was sent to.
    pub fn assignee(&self) -> &str {
        self.fate.as_ref().map_or(&self.sent.assignee_username, |fate| &fate.assignee_username)
    }

    /// The same for passing on: phones and names masked, also where a remark repeats them.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        let CreatedTask { user_phone, user_name, name, .. } = self.sent.clone();
        let person = Person::new(Some(&user_phone), Some(&user_name));
        self.sent.user_phone = redact::phone(&user_phone);
        self.sent.user_name = redact::name(&user_name);
        self.sent.name = person.without(&name);
        let logs = self.fate.iter_mut().flat_map(|fate| [&mut fate.last_log, &mut fate.last_remark]);
        for log in logs.flatten() {
            log.comment = without_numbers(&person.without(&log.comment));
            // What nobody can explain, nobody can mask either: it may be written in escapes.
            log.json = "***".to_owned();
        }
        self
    }

    fn said<'t>(&'t self, what: impl FnOnce(&'t Fate) -> &'t str) -> Cow<'t, str> {
        self.fate.as_ref().map(what).unwrap_or_default().into()
    }

    fn last_log(&self) -> Option<&Log> {
        self.fate.as_ref()?.last_log.as_ref()
    }

    /// The newest remark.
    pub fn last_remark(&self) -> Option<&Log> {
        self.fate.as_ref()?.last_remark.as_ref()
    }
}

/// How a status stands out; `None` is that of a task that is not listed.
pub(super) fn tone(status: Option<&TaskStatus>) -> Tone {
    match status {
        Some(TaskStatus::Completed) => Tone::Good,
        Some(TaskStatus::InProgress) => Tone::Care,
        Some(TaskStatus::NotStarted) => Tone::Quiet,
        Some(TaskStatus::Terminated) | None => Tone::Bad,
        Some(TaskStatus::Other(_)) => Tone::Plain,
    }
}

fn in_codes(log: &Log) -> String {
    explain(log, &|status| status.code().to_owned())
}

/// All columns: what is needed to know the task, then what became of it.
const FIELDS: [Field<Tracked>; 19] = [
    text("source", |line| line.sent.source.as_str().into()),
    text("rows", |line| line.sent.rows.as_str().into()),
    text("user_phone", |line| line.sent.user_phone.as_str().into()),
    text("user_name", |line| line.sent.user_name.as_str().into()),
    text("assignee_username", |line| line.sent.assignee_username.as_str().into()),
    text("name", |line| line.sent.name.as_str().into()),
    text("total_amount", |line| line.sent.total_amount.as_str().into()),
    text("task_id", |line| line.sent.task_id.to_string().into()),
    text("found", |line| if line.fate.is_some() { "yes" } else { "no" }.into()),
    text("status", |line: &Tracked| line.status().into())
        .toned(|line| tone(line.fate.as_ref().map(|fate| &fate.status))),
    text("assignee_now", |line| line.said(|fate| &fate.assignee_username)),
    text("created_at", |line| line.said(|fate| &fate.created_at)),
    text("updated_at", |line| line.said(|fate| &fate.updated_at)),
    text("last_log_type", |line| line.last_log().map(|log| log.kind.code()).unwrap_or_default().into()),
    text("last_log", |line| line.last_log().map(in_codes).unwrap_or_default().into()),
    text("last_log_at", |line| line.last_log().map(|log| log.created_at.as_str()).unwrap_or_default().into()),
    number("remarks", |line| match &line.fate {
        Some(fate) => fate.remarks.to_string().into(),
        None => "".into(),
    }),
    text("last_remark", |line| line.last_remark().map(|log| log.comment.as_str()).unwrap_or_default().into()),
    text("last_remark_at", |line| {
        line.last_remark().map(|log| log.created_at.as_str()).unwrap_or_default().into()
    }),
];

/// Writes both files into the folder of a run; gives their paths.
///
/// # Errors
/// A file cannot be written; one that was written before stays.
pub fn write(folder: &Path, lines: &[Tracked]) -> Result<[PathBuf; 2], ReportError> {
    let csv = folder.join("tracking.csv");
    let workbook = folder.join("tracking.xlsx");
    write_csv(&csv, &FIELDS, lines)?;
    write_xlsx(&workbook, "Tracking", &FIELDS, lines)?;
    Ok([csv, workbook])
}

/// `track --format json`, one object a task, key by key.
#[derive(Serialize)]
pub struct TrackedObject<'t> {
    run: &'t str,
    source: &'t str,
    rows: &'t str,
    user_phone: &'t str,
    user_name: &'t str,
    assignee_username: &'t str,
    name: &'t str,
    total_amount: &'t str,
    task_id: i64,
    found: bool,
    status: &'t str,
    assignee_now: Option<&'t str>,
    created_at: Option<&'t str>,
    updated_at: Option<&'t str>,
    last_log_type: Option<&'t str>,
    last_log: Option<String>,
    last_log_at: Option<&'t str>,
    remarks: Option<u64>,
    last_remark: Option<&'t str>,
    last_remark_at: Option<&'t str>,
}

impl<'t> TrackedObject<'t> {
    /// The object of a task of the run.
    pub fn of(run: &'t str, line: &'t Tracked) -> Self {
        let (sent, fate) = (&line.sent, line.fate.as_ref());
        let (last_log, last_remark) = (line.last_log(), line.last_remark());
        Self {
            run,
            source: &sent.source,
            rows: &sent.rows,
            user_phone: &sent.user_phone,
            user_name: &sent.user_name,
            assignee_username: &sent.assignee_username,
            name: &sent.name,
            total_amount: &sent.total_amount,
            task_id: sent.task_id,
            found: fate.is_some(),
            status: line.status(),
            assignee_now: fate.map(|fate| fate.assignee_username.as_str()),
            created_at: fate.map(|fate| fate.created_at.as_str()),
            updated_at: fate.map(|fate| fate.updated_at.as_str()),
            last_log_type: last_log.map(|log| log.kind.code()),
            last_log: last_log.map(in_codes),
            last_log_at: last_log.map(|log| log.created_at.as_str()),
            remarks: fate.map(|fate| fate.remarks),
            last_remark: last_remark.map(|log| log.comment.as_str()),
            last_remark_at: last_remark.map(|log| log.created_at.as_str()),
        }
    }
}

/// How many tasks there are of each status. The last place is for those that are not found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statuses {
    /// Of the statuses of the page, in the order of their numbers.
    pub known: [u64; 4],
    /// Of a status that the page does not name.
    pub other: u64,
    /// Not listed any more.
    pub not_found: u64,
}

impl Statuses {
    fn add(&mut self, line: &Tracked) {
        let number = line.fate.as_ref().map(|fate| fate.status.number());
        match number {
            None => self.not_found += 1,
            Some(number) => match number.and_then(|number| self.known.get_mut(number)) {
                Some(count) => *count += 1,
                None => self.other += 1,
            },
        }
    }

    /// All tasks.
    pub fn all(&self) -> u64 {
        self.known.iter().sum::<u64>() + self.other + self.not_found
    }
}

/// The counts of all tasks, and of each agent who has some.
pub fn counted(lines: &[Tracked]) -> (Statuses, BTreeMap<&str, Statuses>) {
    let (mut all, mut by_assignee) = (Statuses::default(), BTreeMap::<&str, Statuses>::new());
    for line in lines {
        all.add(line);
        by_assignee.entry(line.assignee()).or_default().add(line);
    }
    (all, by_assignee)
}
