//! The tables of the page: reasons, outcomes, assignees and the first lines, as they are worded and drawn.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::rows::{place, shortened};
use super::text::{Piece, pieces, shown};
use crate::domain::outcome::Outcome;
use crate::domain::quote::visible;
use crate::lang::{grouped, grouped_amount, say};
use crate::ledger::LedgerError;
use crate::ledger::read::Tally;
use crate::report::overview::{Overview, Reason};
use crate::report::redact::Lines;
use crate::report::xlsx::{meaning, money};

/// So many lines stand on the page before its script has run, or without one.
const FIRST_ROWS: usize = 100;

/// So many assignees are shown.
pub(super) const ASSIGNEES: usize = 300;

/// The longest message or hint above the list, in characters.
const MESSAGE: usize = 600;

/// The width of a bar, in units of its box.
const BAR: u64 = 1_000;

/// An outcome as it is named and coloured.
#[derive(Serialize)]
pub(super) struct OutcomeName {
    #[serde(skip)]
    pub(super) class: &'static str,
    pub(super) code: &'static str,
    pub(super) label: String,
}

/// A reason, and the first whom it hit.
pub(super) struct ReasonView {
    /// Its place among the reasons, as the lines name it.
    pub(super) number: usize,
    pub(super) outcome: OutcomeName,
    pub(super) code: String,
    pub(super) count: String,
    pub(super) money: String,
    pub(super) message: String,
    pub(super) hint: Vec<Piece>,
    pub(super) examples: Vec<ExampleView>,
    /// Whether its lines have a message each.
    pub(super) is_told_apart: bool,
    pub(super) link: String,
}

/// A line that stands for others.
pub(super) struct ExampleView {
    pub(super) place: String,
    pub(super) phone: String,
    pub(super) user: String,
    pub(super) message: String,
}

/// What an outcome comes to.
pub(super) struct OutcomeView {
    pub(super) name: OutcomeName,
    pub(super) lines: String,
    pub(super) rows: String,
    pub(super) money: String,
    pub(super) meaning: String,
    pub(super) bar_from: u64,
    pub(super) bar_width: u64,
}

/// An assignee's tasks by outcome, in the order of the columns.
pub(super) struct AssigneeView {
    pub(super) name: String,
    pub(super) counts: Vec<String>,
    pub(super) money: String,
    pub(super) bar: Vec<BarPart>,
}

/// A stretch of a bar, in units of its box.
pub(super) struct BarPart {
    pub(super) class: &'static str,
    pub(super) from: u64,
    pub(super) width: u64,
}

/// A column of the list; the script sorts by its key.
pub(super) struct Column {
    pub(super) key: &'static str,
    pub(super) title: String,
    pub(super) is_number: bool,
}

/// A line of the list, as it stands there without a script.
pub(super) struct RowView {
    pub(super) place: String,
    pub(super) phone: String,
    pub(super) user: String,
    pub(super) assignee: String,
    pub(super) orders: String,
    pub(super) money: String,
    pub(super) outcome: OutcomeName,
    pub(super) task: String,
    pub(super) why: String,
}

pub(super) fn outcome_name(outcome: Outcome) -> OutcomeName {
    let (class, label) = match outcome {
        Outcome::Created => ("o-created", say!("page-outcome-created")),
        Outcome::IncompleteTask => ("o-incomplete_task", say!("page-outcome-incomplete-task")),
        Outcome::Rejected => ("o-rejected", say!("page-outcome-rejected")),
        Outcome::Failed => ("o-failed", say!("page-outcome-failed")),
        Outcome::Unresolved => ("o-unresolved", say!("page-outcome-unresolved")),
        Outcome::Skipped => ("o-skipped", say!("page-outcome-skipped")),
        Outcome::Pending => ("o-pending", say!("page-outcome-pending")),
        Outcome::Invalid => ("o-invalid", say!("page-outcome-invalid")),
    };
    OutcomeName { class, code: outcome.as_str(), label }
}

/// The reasons with their places: what only says that all is done stands last.
pub(super) fn in_order(overview: &Overview) -> Vec<(usize, &Reason)> {
    let mut reasons: Vec<_> = overview.reasons.iter().enumerate().collect();
    reasons.sort_by_key(|(_, reason)| reason.code == "already-created");
    reasons
}

pub(super) fn reason_name(reason: &Reason) -> String {
    let label = outcome_name(reason.outcome).label;
    if reason.code.is_empty() { label } else { format!("{label} · {}", reason.code) }
}

pub(super) fn reason_view(number: usize, reason: &Reason) -> ReasonView {
    let examples: Vec<ExampleView> = reason
        .examples
        .iter()
        .map(|example| ExampleView {
            place: place(&example.source, &example.rows),
            phone: shown(&example.user_phone).into_owned(),
            user: shown(&example.user_name).into_owned(),
            message: shortened(&visible(&example.message), MESSAGE),
        })
        .collect();
    let is_told_apart = reason.examples.iter().any(|example| example.message != reason.message);
    let message = match (is_told_apart, reason.message.as_str()) {
        // It would stand for one of them only, which is named below.
        (true, _) => String::new(),
        (false, "") => meaning(reason.outcome),
        (false, message) => shortened(&visible(message), MESSAGE),
    };
    let lines = reason.tally.lines;
    // An invalid row may belong to no user.
    let are_users = reason.outcome != Outcome::Invalid
        || (lines == examples.len() as u64 && examples.iter().all(|example| !example.phone.is_empty()));
    ReasonView {
        number,
        outcome: outcome_name(reason.outcome),
        code: visible(&reason.code).into_owned(),
        count: if are_users {
            say!("page-count-users", count = lines)
        } else {
            say!("page-count-invalid", count = lines)
        },
        money: money(&reason.tally),
        message,
        hint: pieces(&shortened(&visible(&reason.hint), MESSAGE)),
        examples,
        is_told_apart,
        link: say!("page-show-group", count = lines),
    }
}

/// The outcomes that there are, each with its part of the bar.
pub(super) fn outcomes(overview: &Overview, all: u64) -> Vec<OutcomeView> {
    let mut before = 0;
    Outcome::ALL
        .into_iter()
        .filter(|outcome| overview.tally(*outcome).lines > 0 || *outcome == Outcome::Created)
        .map(|outcome| {
            let tally = overview.tally(outcome);
            let (bar_from, bar_width) = part(before, tally.lines, all);
            before += tally.lines;
            OutcomeView {
                name: outcome_name(outcome),
                lines: grouped(tally.lines),
                rows: grouped(tally.rows),
                money: money(&tally),
                meaning: meaning(outcome),
                bar_from,
                bar_width,
            }
        })
        .collect()
}

/// Where a part of a bar begins, and how wide it is: never nothing where there is something.
fn part(before: u64, count: u64, all: u64) -> (u64, u64) {
    if count == 0 || all == 0 {
        return (0, 0);
    }
    let width = (count * BAR / all).max(3);
    ((before * BAR / all).min(BAR - width.min(BAR)), width)
}

/// Whose work it is, those with the most first.
pub(super) fn assignees(overview: &Overview) -> Vec<AssigneeView> {
    let lines_of =
        |outcomes: &BTreeMap<Outcome, Tally>| outcomes.values().map(|tally| tally.lines).sum::<u64>();
    let mut by_size: Vec<_> = overview.assignees.iter().collect();
    by_size.sort_by_key(|(_, outcomes)| Reverse(lines_of(outcomes)));
    let columns: Vec<Outcome> = Outcome::ALL
        .into_iter()
        .filter(|outcome| overview.tally(*outcome).lines > 0 || *outcome == Outcome::Created)
        .collect();
    let most = by_size.first().map_or(0, |(_, outcomes)| lines_of(outcomes));
    by_size
        .into_iter()
        .take(ASSIGNEES)
        .map(|(name, outcomes)| {
            let lines = |outcome: &Outcome| outcomes.get(outcome).map_or(0, |tally| tally.lines);
            let mut before = 0;
            let bar = columns.iter().filter(|outcome| lines(outcome) > 0).map(|outcome| {
                let (from, width) = part(before, lines(outcome), most);
                before += lines(outcome);
                BarPart { class: outcome_name(*outcome).class, from, width }
            });
            AssigneeView {
                bar: bar.collect(),
                name: if name.is_empty() { say!("page-nobody") } else { shown(name).into_owned() },
                counts: columns.iter().map(|outcome| grouped(lines(outcome))).collect(),
                money: outcomes.get(&Outcome::Created).map(money).unwrap_or_default(),
            }
        })
        .collect()
}

pub(super) fn columns() -> Vec<Column> {
    let column = |key, title| Column { key, title, is_number: matches!(key, "orders" | "total") };
    vec![
        column("place", say!("page-place")),
        column("phone", say!("page-phone")),
        column("user", say!("page-user")),
        column("assignee", say!("page-assignee")),
        column("orders", say!("page-orders")),
        column("total", say!("page-total")),
        column("outcome", say!("page-outcome")),
        column("task", say!("page-task")),
        column("why", say!("page-why-column")),
    ]
}

/// The lines that stand on the page from the beginning.
pub(super) fn first_rows(lines: &Lines<'_>) -> Result<Vec<RowView>, LedgerError> {
    /// Why reading ended before the last line.
    enum Stop {
        Enough,
        Failed(LedgerError),
    }
    impl From<LedgerError> for Stop {
        fn from(error: LedgerError) -> Self {
            Self::Failed(error)
        }
    }
    let names = lines.reader.names(lines.run.number)?;
    let mut rows = Vec::new();
    let read = lines.each(|row| {
        if rows.len() == FIRST_ROWS {
            return Err(Stop::Enough);
        }
        let why = row
            .note
            .as_ref()
            .map(|note| format!("[{}] {}", note.code(), shortened(&visible(&note.message(&names)), MESSAGE)));
        rows.push(RowView {
            place: place(row.source, row.rows),
            phone: shown(row.user_phone.unwrap_or_default()).into_owned(),
            user: shown(row.user_name.unwrap_or_default()).into_owned(),
            assignee: shown(row.assignee_username.unwrap_or_default()).into_owned(),
            orders: grouped(row.orders.into()),
            money: grouped_amount(row.total_amount.unwrap_or_default()),
            outcome: outcome_name(row.outcome),
            task: row.task_id.map(|id| id.to_string()).unwrap_or_default(),
            why: why.unwrap_or_default(),
        });
        Ok(())
    });
    match read {
        Ok(()) | Err(Stop::Enough) => Ok(rows),
        Err(Stop::Failed(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_bar_stay_in_it_and_are_seen() {
        for (before, count, all) in [(0, 1, 1), (199_999, 1, 200_000), (0, 199_999, 200_000), (196, 4, 200)] {
            let (from, width) = part(before, count, all);
            assert!(width > 0 && from + width <= BAR, "{before} {count} {all}: {from} {width}");
        }
        assert_eq!(part(0, 0, 0), (0, 0));
    }
}
