//! The statuses of tasks and the kinds of their logs, by the numbers of the page on listing tasks.

use serde_json::value::RawValue;

use super::tasks::text;
use super::types::integer;

/// What became of a task. Source: `status` of the page on listing tasks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskStatus {
    /// 0
    NotStarted,
    /// 1
    InProgress,
    /// 2
    Completed,
    /// 3
    Terminated,
    /// Anything else, as it is written; empty where there is none.
    Other(String),
}

impl TaskStatus {
    /// Those of the page, in the order of their numbers.
    pub const KNOWN: [Self; 4] = [Self::NotStarted, Self::InProgress, Self::Completed, Self::Terminated];

    /// Reads a number of the page, or a name: in any case, with `_`, `-` or a space between its words.
    pub fn from_name(text: &str) -> Option<Self> {
        let folded = text.trim().to_lowercase().replace(['-', ' '], "_");
        let by_name = || Self::KNOWN.into_iter().find(|status| status.code() == folded);
        let number = folded.parse().ok().filter(|_| folded.bytes().all(|byte| byte.is_ascii_digit()));
        number.and_then(|number: usize| Self::KNOWN.get(number).cloned()).or_else(by_name)
    }

    /// The number of the page; `None` for what it does not name.
    pub fn number(&self) -> Option<usize> {
        Self::KNOWN.iter().position(|known| known == self)
    }

    /// The name in files, filters and JSON.
    pub fn code(&self) -> &str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Terminated => "terminated",
            Self::Other(text) => text,
        }
    }

    pub(super) fn of(raw: Option<&RawValue>) -> Self {
        let number = raw.and_then(integer).and_then(|number| usize::try_from(number).ok());
        let known = number.and_then(|number| Self::KNOWN.get(number).cloned());
        known.unwrap_or_else(|| Self::Other(raw.map(text).unwrap_or_default()))
    }
}

/// What a log is about. Source: `logs.type` of the page on listing tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogKind {
    /// 1
    Created,
    /// 2
    Assigned,
    /// 3
    StatusChanged,
    /// 4
    Remark,
    /// Anything else, as it is written; empty where there is none.
    Other(String),
}

impl LogKind {
    /// The name in files and JSON.
    pub fn code(&self) -> &str {
        match self {
            Self::Created => "created",
            Self::Assigned => "assigned",
            Self::StatusChanged => "status_changed",
            Self::Remark => "remark",
            Self::Other(text) => text,
        }
    }

    pub(super) fn of(raw: Option<&RawValue>) -> Self {
        match raw.and_then(integer) {
            Some(1) => Self::Created,
            Some(2) => Self::Assigned,
            Some(3) => Self::StatusChanged,
            Some(4) => Self::Remark,
            _ => Self::Other(raw.map(text).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_by_number_and_name() {
        for (text, want) in [
            ("0", Some(TaskStatus::NotStarted)),
            ("3", Some(TaskStatus::Terminated)),
            ("in_progress", Some(TaskStatus::InProgress)),
            ("In-Progress", Some(TaskStatus::InProgress)),
            ("not started", Some(TaskStatus::NotStarted)),
            (" COMPLETED ", Some(TaskStatus::Completed)),
            ("4", None),
            ("+1", None),
            ("done", None),
            ("", None),
        ] {
            assert_eq!(TaskStatus::from_name(text), want, "{text:?}");
        }
        assert_eq!(TaskStatus::Terminated.number(), Some(3));
        assert_eq!(TaskStatus::Other("9".to_owned()).number(), None);
    }
}
