//! How the job of one user ended, in the words of the reports.

use std::fmt;

/// What became of one line of the results. Every count, report and exit code is made from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The server has the task, and we know its id.
    Created,
    /// The server said that the user still has an unfinished task.
    IncompleteTask,
    /// The server refused the task for another reason; the same bytes cannot pass.
    Rejected,
    /// Surely not created; the attempts are used up.
    Failed,
    /// May exist; the server could not tell us.
    Unresolved,
    /// Not sent, because an earlier run already made it, or a rule holds it back.
    Skipped,
    /// The run stopped before its turn.
    Pending,
    /// Never sent: the rows have errors.
    Invalid,
}

impl Outcome {
    /// Every outcome, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::IncompleteTask,
        Self::Rejected,
        Self::Failed,
        Self::Unresolved,
        Self::Skipped,
        Self::Pending,
        Self::Invalid,
    ];

    /// The name in reports, in `--accept` and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::IncompleteTask => "incomplete_task",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
            Self::Unresolved => "unresolved",
            Self::Skipped => "skipped",
            Self::Pending => "pending",
            Self::Invalid => "invalid",
        }
    }

    /// The outcome of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a task stands in the ledger.
///
/// ```text
/// Planned -> Intent (durable) -> on the wire -> Created | IncompleteTask | Rejected
///    ^  not sent, throttled |                -> InDoubt -> Created | Planned (proved absent) | Unresolved
///    +----------------------+
/// ```
/// Losing a record that was not synced may only move a task towards doubt, never back to unsent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum State {
    /// Nothing of it is on the wire, and nothing that was is unanswered.
    Planned = 0,
    /// An attempt may be on the wire. Found at start, it is in doubt.
    Intent = 1,
    /// The last attempt may have made the task; nobody has asked yet.
    InDoubt = 2,
    /// May exist, and asking did not tell. Only a look-up or a person can move it.
    Unresolved = 3,
    /// Created; the id is known.
    Created = 10,
    /// The user had an unfinished task.
    IncompleteTask = 11,
    /// Refused for good.
    Rejected = 12,
    /// Surely not created; attempts used up.
    Failed = 13,
    /// Held back by a rule.
    Skipped = 14,
    /// Never to be sent.
    Invalid = 15,
}

impl State {
    const ALL: [Self; 10] = [
        Self::Planned,
        Self::Intent,
        Self::InDoubt,
        Self::Unresolved,
        Self::Created,
        Self::IncompleteTask,
        Self::Rejected,
        Self::Failed,
        Self::Skipped,
        Self::Invalid,
    ];

    /// The state of this number, as the ledger keeps it.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|state| *state as u8 == number)
    }

    /// How a report names a task in this state.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Planned => Outcome::Pending,
            Self::Intent | Self::InDoubt | Self::Unresolved => Outcome::Unresolved,
            Self::Created => Outcome::Created,
            Self::IncompleteTask => Outcome::IncompleteTask,
            Self::Rejected => Outcome::Rejected,
            Self::Failed => Outcome::Failed,
            Self::Skipped => Outcome::Skipped,
            Self::Invalid => Outcome::Invalid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_come_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_name(outcome.as_str()), Some(outcome));
        }
        for state in State::ALL {
            assert_eq!(State::from_number(state as u8), Some(state));
        }
        assert_eq!(State::from_number(4), None);
    }
}
