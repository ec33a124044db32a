//! `summary.json`, and the proof that no row was lost.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::columns::time;
use crate::domain::money::Total;
use crate::domain::outcome::Outcome;
use crate::domain::words::listed;
use crate::lang::{grouped_amount, say};
use crate::ledger::LedgerError;
use crate::ledger::read::{Counts, Reader, Run};

/// How a run stands, in the words of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Somebody holds the ledger and works on it.
    Running,
    /// It was killed.
    Unfinished,
    /// Every task had its turn.
    Completed,
    /// Somebody asked it to stop.
    Interrupted,
    /// It stopped by itself.
    Aborted,
    /// Nothing was sent, by rule.
    Refused,
}

impl Status {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Unfinished => "unfinished",
            Self::Completed => "completed",
            Self::Interrupted => "interrupted",
            Self::Aborted => "aborted",
            Self::Refused => "refused",
        }
    }
}

/// `summary.json`, key by key.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    schema: u8,
    /// The run.
    pub run_id: String,
    /// How it stands.
    pub status: Status,
    /// `None` before the end.
    pub exit_code: Option<i32>,
    /// Whether nothing real was created.
    pub sandbox: bool,
    /// Where the tasks went.
    pub base_url: String,
    /// `2026-11-22T01:30:00.123Z`
    pub started_at: String,
    /// The same; `None` before the end.
    pub finished_at: Option<String>,
    duration_ms: Option<i64>,
    /// What was read.
    pub input: InputSummary,
    /// What became of it.
    pub tasks: TaskSummary,
    /// What it took.
    pub requests: RequestSummary,
    /// Problem codes and how often.
    pub problems: BTreeMap<String, u64>,
    /// The proof; it stands on the screen and in the page.
    #[serde(skip)]
    pub conservation: Conservation,
}

/// The part `input`.
#[derive(Debug, Clone, Serialize)]
pub struct InputSummary {
    /// One a file.
    pub files: Vec<FileSummary>,
    /// Rows read.
    pub rows: u64,
    /// Rows without an error.
    pub rows_valid: u64,
    /// Rows with one, and rows withheld.
    pub rows_invalid: u64,
}

/// One file.
#[derive(Debug, Clone, Serialize)]
pub struct FileSummary {
    /// As the user named it.
    pub path: String,
    /// Of the bytes that were read.
    pub sha256: String,
    /// Rows read.
    pub rows: u64,
}

/// The part `tasks`.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are the outcomes")]
pub struct TaskSummary {
    pub planned: u64,
    pub created: u64,
    pub incomplete_task: u64,
    pub rejected: u64,
    pub failed: u64,
    pub unresolved: u64,
    pub skipped: u64,
    pub pending: u64,
    pub invalid: u64,
}

impl TaskSummary {
    fn new(counts: &Counts) -> Self {
        Self {
            planned: counts.planned(),
            created: counts.lines(Outcome::Created),
            incomplete_task: counts.lines(Outcome::IncompleteTask),
            rejected: counts.lines(Outcome::Rejected),
            failed: counts.lines(Outcome::Failed),
            unresolved: counts.lines(Outcome::Unresolved),
            skipped: counts.lines(Outcome::Skipped),
            pending: counts.lines(Outcome::Pending),
            invalid: counts.lines(Outcome::Invalid),
        }
    }

    /// Lines of the results with this outcome.
    pub fn lines(&self, outcome: Outcome) -> u64 {
        match outcome {
            Outcome::Created => self.created,
            Outcome::IncompleteTask => self.incomplete_task,
            Outcome::Rejected => self.rejected,
            Outcome::Failed => self.failed,
            Outcome::Unresolved => self.unresolved,
            Outcome::Skipped => self.skipped,
            Outcome::Pending => self.pending,
            Outcome::Invalid => self.invalid,
        }
    }
}

/// The part `requests`.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RequestSummary {
    pub posts: u64,
    pub lookups: u64,
    pub retried: u64,
    pub throttled: u64,
}

/// Every row that was read is in one line of the results, or was left out for a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conservation {
    /// Rows read.
    pub rows: u64,
    /// Rows by outcome, in the order of the outcomes, zeros left out.
    pub by_outcome: Vec<(Outcome, u64)>,
    /// Rows left out, with the reason as the ledger keeps it; [`left_out_words`] says it.
    pub left_out: Vec<(String, u64)>,
    /// The same of the money; `None` where no task has a total, or an older program recorded the run.
    pub money: Option<Money>,
}

/// The totals of all tasks as they were planned, and by outcome as the ledger has them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// What the plan added up.
    pub planned: String,
    /// By outcome, in the order of the outcomes, those without a total left out.
    pub by_outcome: Vec<(Outcome, String)>,
    /// The sum of `by_outcome`, added up again; empty if it is beyond all size.
    pub sum: String,
}

impl Money {
    fn new(run: &Run, counts: &Counts) -> Option<Self> {
        let planned = run.total_amount.clone()?;
        let mut all = Some(Total::default());
        let mut by_outcome = Vec::new();
        for (outcome, tally) in counts.tallies() {
            let money = tally.money.to_string();
            all = all.and_then(|mut all| (tally.uncounted == 0 && all.add(&money).is_ok()).then_some(all));
            if !money.is_empty() {
                by_outcome.push((*outcome, money));
            }
        }
        Some(Self { planned, by_outcome, sum: all.map(|all| all.to_string()).unwrap_or_default() })
    }

    /// Whether it adds up.
    pub fn holds(&self) -> bool {
        self.planned == self.sum
    }

    /// `totals 1 734.00 = 1 000.00 created + 734.00 rejected`
    pub fn line(&self) -> String {
        let parts: Vec<String> = self
            .by_outcome
            .iter()
            .map(|(outcome, amount)| format!("{} {outcome}", grouped_amount(amount)))
            .collect();
        let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
        let planned = grouped_amount(&self.planned);
        if self.holds() {
            say!("report-totals", planned = planned, sum = sum)
        } else {
            say!("report-totals-lost", planned = planned, sum = sum)
        }
    }
}

impl Conservation {
    fn new(run: &Run, counts: &Counts) -> Self {
        let by_outcome = Outcome::ALL.into_iter().map(|outcome| (outcome, counts.rows(outcome)));
        let by_outcome = by_outcome.filter(|(_, rows)| *rows > 0).collect();
        let left_out = run.rows_left_out.iter().filter(|(_, rows)| *rows > 0).cloned().collect();
        Self { rows: run.rows, by_outcome, left_out, money: Money::new(run, counts) }
    }

    /// Whether rows and money add up; if not, this program has a bug.
    pub fn holds(&self) -> bool {
        self.rows_hold() && self.money.as_ref().is_none_or(Money::holds)
    }

    fn rows_hold(&self) -> bool {
        let ended: u64 = self.by_outcome.iter().map(|(_, rows)| rows).sum();
        let left_out: u64 = self.left_out.iter().map(|(_, rows)| rows).sum();
        self.rows == ended + left_out
    }

    /// `rows read 414 = 410 created + 3 invalid + 1 left out (total rows: 1)`
    pub fn line(&self) -> String {
        let ended = |(outcome, rows): &(Outcome, u64)| {
            say!("report-rows-ended", rows = rows.to_string(), outcome = outcome.as_str())
        };
        let mut parts: Vec<String> = self.by_outcome.iter().map(ended).collect();
        if !self.left_out.is_empty() {
            let all: u64 = self.left_out.iter().map(|(_, rows)| rows).sum();
            let reason = |(reason, rows): &(String, u64)| {
                say!("report-rows-of-reason", reason = left_out_words(reason), rows = rows.to_string())
            };
            let reasons: Vec<String> = self.left_out.iter().map(reason).collect();
            parts.push(say!("report-rows-left-out", rows = all.to_string(), reasons = listed(&reasons)));
        }
        let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
        if self.rows_hold() {
            say!("report-rows-read", rows = self.rows.to_string(), sum = sum)
        } else {
            say!("report-rows-lost", rows = self.rows.to_string(), sum = sum)
        }
    }
}

/// Why rows were left out, in words; the ledger keeps the same English ones whatever language the run spoke.
pub fn left_out_words(reason: &str) -> Cow<'_, str> {
    match reason {
        "total rows" => say!("report-left-out-total").into(),
        "hidden rows" => say!("report-left-out-hidden").into(),
        "beyond --limit" => say!("report-left-out-limit").into(),
        other => Cow::Borrowed(other),
    }
}

impl Summary {
    /// Reads the summary of a run from the ledger. The state of the run itself is the caller's to say, since the last
    /// summary is written before the run is closed.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn read(
        reader: &Reader,
        run: &Run,
        status: Status,
        exit_code: Option<i32>,
        finished_at: Option<i64>,
    ) -> Result<Self, LedgerError> {
        let counts = reader.counts(run.number)?;
        let files = reader.input_files(run.number)?.into_iter();
        let problems = reader.problems(run.number)?.into_iter();
        Ok(Self {
            schema: 1,
            run_id: run.id.clone(),
            status,
            exit_code,
            sandbox: run.sandbox,
            base_url: run.server.clone(),
            started_at: time(Some(run.started_at)),
            finished_at: finished_at.map(|at| time(Some(at))),
            duration_ms: finished_at.map(|at| at - run.started_at),
            input: InputSummary {
                files: files
                    .map(|file| FileSummary { path: file.path, sha256: file.sha256, rows: file.rows })
                    .collect(),
                rows: run.rows,
                rows_valid: run.rows.saturating_sub(run.rows_invalid),
                rows_invalid: run.rows_invalid,
            },
            tasks: TaskSummary::new(&counts),
            requests: RequestSummary {
                posts: counts.posts,
                lookups: run.lookups,
                retried: counts.retried,
                throttled: reader.throttled(run.number)?,
            },
            problems: problems.map(|(code, count)| (code.to_string(), count)).collect(),
            conservation: Conservation::new(run, &counts),
        })
    }

    /// How long the run took, milliseconds.
    pub fn duration_ms(&self) -> Option<i64> {
        self.duration_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, speaking};

    #[test]
    fn the_proof_is_said_in_every_language_from_what_the_ledger_keeps() {
        let mut proof = Conservation {
            rows: 1_414,
            by_outcome: vec![(Outcome::Created, 1_410), (Outcome::Invalid, 1)],
            left_out: vec![("total rows".into(), 1), ("hidden rows".into(), 1), ("beyond --limit".into(), 1)],
            money: None,
        };
        for (language, want) in [
            (
                Language::English,
                "rows read 1414 = 1410 created + 1 invalid + 3 left out (total rows: 1, hidden rows: 1, beyond --limit: 1)",
            ),
            (
                Language::Chinese,
                "读取行数 1414 = 1410 行 created + 1 行 invalid + 3 行已排除（合计行：1、隐藏的行：1、超出 --limit：1）",
            ),
            (
                Language::Indonesian,
                "baris dibaca 1414 = 1410 created + 1 invalid + 3 dikecualikan (baris total: 1, baris tersembunyi: 1, melebihi --limit: 1)",
            ),
        ] {
            assert_eq!(speaking(language, || proof.line()), want);
        }
        proof.rows = 1;
        assert!(proof.line().starts_with("rows read 1 IS NOT 1410 created"));
        speaking(Language::Chinese, || {
            assert!(proof.line().starts_with("读取行数 1 不等于 1410 行 created"))
        });
    }
}
