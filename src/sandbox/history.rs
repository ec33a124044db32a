//! What becomes of a task as time goes by: agents begin it, remark on it, and end it.

use jiff::SignedDuration;

/// What became of a task, as the page numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    NotStarted = 0,
    InProgress = 1,
    Completed = 2,
    Terminated = 3,
}

impl Status {
    pub(super) fn number(self) -> u64 {
        self as u64
    }

    /// Whether its user can have another task.
    pub(super) fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Terminated)
    }
}

/// Kinds of log lines, as the page numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LogKind {
    Created = 1,
    Assigned = 2,
    StatusChanged = 3,
    Remark = 4,
}

/// A log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: LogKind,
    pub(super) status: Status,
    pub(super) pre_status: Status,
    /// Empty but for remarks.
    pub(super) comment: &'static str,
    /// How long after the creation.
    pub(super) after: SignedDuration,
}

/// The most log lines that a task can have.
pub(super) const LOGS_PER_TASK: u64 = 5;

/// What agents write.
const REMARKS: [&str; 4] =
    ["已经跟进", "Promised to pay on Friday", "Janji bayar besok", "未接电话，明天再打"];

/// What is to become of one task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Course {
    /// When an agent begins it; `None` is never.
    pub(super) start_after: Option<SignedDuration>,
    /// When it is over; `None` is never.
    pub(super) finish_after: Option<SignedDuration>,
    /// Whether it is terminated rather than completed.
    pub(super) is_terminated: bool,
    /// Whether an agent remarks on it, and with which of the remarks.
    pub(super) remark: Option<usize>,
}

impl Course {
    /// Its log lines at this age, oldest first.
    pub(super) fn entries(self, age: SignedDuration) -> Vec<Entry> {
        let zero = SignedDuration::ZERO;
        let is_over_by = |after: SignedDuration| self.finish_after.is_some_and(|end| end <= after);
        let started = self.start_after.filter(|&after| !is_over_by(after));
        let mut status = Status::NotStarted;
        let mut entries = Vec::new();
        let mut add = |kind, next: Status, comment, after: SignedDuration| {
            if after <= age {
                entries.push(Entry { kind, status: next, pre_status: status, comment, after });
                status = next;
            }
        };
        add(LogKind::Created, Status::NotStarted, "", zero);
        add(LogKind::Assigned, Status::NotStarted, "", zero);
        if let Some(after) = started {
            add(LogKind::StatusChanged, Status::InProgress, "", after);
        }
        if let Some(remark) = self.remark {
            // Whoever begins a task says something about it; where nobody begins, somebody looked at it at once.
            let now = if started.is_some() { Status::InProgress } else { Status::NotStarted };
            add(LogKind::Remark, now, REMARKS[remark % REMARKS.len()], started.unwrap_or(zero));
        }
        if let Some(after) = self.finish_after {
            let end = if self.is_terminated { Status::Terminated } else { Status::Completed };
            add(LogKind::StatusChanged, end, "", after);
        }
        entries
    }

    /// Its status at this age.
    pub(super) fn status(self, age: SignedDuration) -> Status {
        let is_past = |after: Option<SignedDuration>| after.is_some_and(|after| after <= age);
        match (is_past(self.finish_after), is_past(self.start_after)) {
            (true, _) if self.is_terminated => Status::Terminated,
            (true, _) => Status::Completed,
            (false, true) => Status::InProgress,
            (false, false) => Status::NotStarted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: i64) -> SignedDuration {
        SignedDuration::from_secs(seconds)
    }

    /// Kind, status before and after, and second of each line.
    fn shape(course: Course, age: i64) -> Vec<(u8, u64, u64, i64)> {
        let entries = course.entries(seconds(age));
        assert_eq!(entries.last().map(|entry| entry.status), Some(course.status(seconds(age))), "{course:?}");
        entries
            .iter()
            .map(|entry| {
                (entry.kind as u8, entry.pre_status.number(), entry.status.number(), entry.after.as_secs())
            })
            .collect()
    }

    #[test]
    fn a_task_goes_from_line_to_line() {
        let course = Course {
            start_after: Some(seconds(10)),
            finish_after: Some(seconds(60)),
            is_terminated: true,
            remark: Some(5),
        };
        let all = [(1, 0, 0, 0), (2, 0, 0, 0), (3, 0, 1, 10), (4, 1, 1, 10), (3, 1, 3, 60)];
        for (age, lines) in [(0, 2), (9, 2), (10, 4), (59, 4), (60, 5), (1_000, 5)] {
            assert_eq!(shape(course, age), all[..lines], "{age}");
        }
        assert_eq!(course.entries(seconds(10))[3].comment, REMARKS[1]);
        assert_eq!(all.len() as u64, LOGS_PER_TASK);
    }

    #[test]
    fn what_nobody_asks_for_does_not_happen() {
        assert_eq!(shape(Course::default(), 1_000), [(1, 0, 0, 0), (2, 0, 0, 0)]);
        let finished = Course { finish_after: Some(seconds(5)), ..Course::default() };
        assert_eq!(shape(finished, 5), [(1, 0, 0, 0), (2, 0, 0, 0), (3, 0, 2, 5)]);
        let too_late = Course { start_after: Some(seconds(5)), ..finished };
        assert_eq!(shape(too_late, 5), shape(finished, 5), "over before anybody began");
        let remarked = Course { remark: Some(0), ..Course::default() };
        assert_eq!(shape(remarked, 0), [(1, 0, 0, 0), (2, 0, 0, 0), (4, 0, 0, 0)]);
    }
}
