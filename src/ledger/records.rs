//! What is read of the ledger, as it is handed out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::rows::RunState;
use crate::domain::money::Total;
use crate::domain::note::{About, Note};
use crate::domain::outcome::Outcome;
use crate::domain::place::Names;
use crate::lang::say;

/// A run as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its number in this ledger.
    pub number: i64,
    /// `20261122-013000-k7f3`
    pub id: String,
    /// The base URL it was sent to.
    pub server: String,
    /// Whether that was the stand-in.
    pub sandbox: bool,
    /// Where it stands; a [`RunState::Running`] run may have been killed.
    pub state: RunState,
    /// Milliseconds since 1970.
    pub started_at: i64,
    /// Milliseconds since 1970; `None` before the end.
    pub finished_at: Option<i64>,
    /// Who ran it.
    pub operator: String,
    /// On which machine.
    pub host: String,
    /// The folder of its reports.
    pub report_dir: PathBuf,
    /// Rows read.
    pub rows: u64,
    /// Rows with an error, withheld ones included.
    pub rows_invalid: u64,
    /// Why rows are in no line of the results, and how many.
    pub rows_left_out: Vec<(String, u64)>,
    /// The sum of the totals of all valid tasks, as it was planned; `None` where there is none, or nobody recorded it.
    pub total_amount: Option<String>,
    /// When its people were forgotten, milliseconds since 1970.
    pub purged_at: Option<i64>,
    /// GET requests made.
    pub lookups: u64,
    /// `None` before the end.
    pub exit_code: Option<i32>,
    /// Why it stopped early.
    pub ended_by: Option<String>,
}

/// One line of the results, lent out while the ledger is read.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRow<'r> {
    /// The run's id.
    pub run: &'r str,
    /// Whether the run was refused, so that nothing of it is ever sent.
    pub is_refused: bool,
    /// Place in upload order.
    pub seq: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// File (and sheet) of the first row.
    pub source: &'r str,
    /// `17..19;25`
    pub rows: &'r str,
    /// How many input rows it stands for.
    pub row_count: u32,
    /// As sent.
    pub user_phone: Option<&'r str>,
    /// As sent.
    pub user_name: Option<&'r str>,
    /// As sent.
    pub assignee_username: Option<&'r str>,
    /// As sent.
    pub name: Option<&'r str>,
    /// How many orders.
    pub orders: u32,
    /// As sent.
    pub total_amount: Option<&'r str>,
    /// Why it is not created.
    pub note: Option<Note>,
    /// Requests that were, or may have been, sent.
    pub attempts: u32,
    /// The server's ids.
    pub task_id: Option<i64>,
    /// The batch.
    pub creation_id: Option<i64>,
    /// The conversation.
    pub conversation_id: Option<i64>,
    /// Of the last answer.
    pub http_status: Option<u16>,
    /// Milliseconds since 1970.
    pub sent_at: Option<i64>,
    /// Milliseconds since 1970.
    pub finished_at: Option<i64>,
    /// From sending to the answer.
    pub latency_ms: Option<i64>,
}

impl ResultRow<'_> {
    /// Whom the hints of this line are about.
    pub fn about(&self) -> About<'_> {
        About { run: self.run, phone: self.user_phone }
    }

    /// What to do about this line, for the column `hint`; empty where there is nothing to say.
    pub fn remedy(&self, names: &Names) -> String {
        self.remedy_about(self.about(), names)
    }

    /// The same for all lines that ended for its reason.
    pub fn remedy_of_group(&self, names: &Names) -> String {
        self.remedy_about(About { phone: None, ..self.about() }, names)
    }

    fn remedy_about(&self, about: About<'_>, names: &Names) -> String {
        if self.is_refused && self.outcome == Outcome::Pending {
            return say!("note-refused-hint");
        }
        self.note.as_ref().map(|note| note.remedy(self.outcome, names, about)).unwrap_or_default()
    }
}

/// Lines of the results, what stands behind them, and what they are worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines of the results.
    pub lines: u64,
    /// Input rows behind them.
    pub rows: u64,
    /// The sum of their totals. Invalid users have none: their amounts are what is in doubt.
    pub money: Total,
    /// Totals that could not be added, because the sum would be beyond all size.
    pub uncounted: u64,
}

impl Tally {
    /// Counts one more line.
    pub fn add(&mut self, rows: u64, total_amount: Option<&str>) {
        self.lines += 1;
        self.rows += rows;
        self.uncounted += u64::from(self.money.add(total_amount.unwrap_or_default()).is_err());
    }

    /// Counts the lines of another tally too.
    pub fn merge(&mut self, other: &Self) {
        self.lines += other.lines;
        self.rows += other.rows;
        self.uncounted += other.uncounted + u64::from(self.money.add(&other.money.to_string()).is_err());
    }
}

/// Lines and input rows by outcome, and requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub(super) tallies: BTreeMap<Outcome, Tally>,
    /// POSTs that were, or may have been, sent.
    pub posts: u64,
    /// POSTs beyond the first of their task.
    pub retried: u64,
}

impl Counts {
    /// Lines of the results with this outcome.
    pub fn lines(&self, outcome: Outcome) -> u64 {
        self.tallies.get(&outcome).map_or(0, |tally| tally.lines)
    }

    /// Input rows behind them.
    pub fn rows(&self, outcome: Outcome) -> u64 {
        self.tallies.get(&outcome).map_or(0, |tally| tally.rows)
    }

    /// The outcomes that there are, with all that is counted of them.
    pub fn tallies(&self) -> &BTreeMap<Outcome, Tally> {
        &self.tallies
    }

    /// Tasks that were to be sent: every line but the invalid ones.
    pub fn planned(&self) -> u64 {
        let planned = self.tallies.iter().filter(|(outcome, _)| **outcome != Outcome::Invalid);
        planned.map(|(_, tally)| tally.lines).sum()
    }

    /// Input rows behind all lines.
    pub fn all_rows(&self) -> u64 {
        self.tallies.values().map(|tally| tally.rows).sum()
    }
}
