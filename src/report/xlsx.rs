//! `results.xlsx`: the lines of `results.csv` as a table to filter and sort, and before it a sheet that sums them up.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::batch::Batch;
use super::columns::COLUMNS;
use super::overview::Overview;
use super::workbook::{Book, Kind, Page, PageCell, Table, Tone};
use super::{ReportError, Summary, time_here};
use crate::domain::outcome::Outcome;
use crate::domain::quote::visible;
use crate::lang::{grouped_amount, say};
use crate::ledger::read::{Run, Tally};

/// How an outcome stands out.
fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Created => Tone::Good,
        Outcome::IncompleteTask | Outcome::Unresolved => Tone::Care,
        Outcome::Rejected | Outcome::Failed | Outcome::Invalid => Tone::Bad,
        Outcome::Skipped | Outcome::Pending => Tone::Quiet,
    }
}

/// What the workbook is made of, in this order.
pub(super) enum Part {
    /// Lines of the results.
    Lines(Batch),
    /// What they come to, after the last of them.
    Sum(Arc<Overview>),
}

/// Writes the workbook of a run from what comes through `parts`. If they end without a sum, whoever sends them has failed, and
/// there is no workbook.
pub(super) fn write(
    run: &Run,
    summary: &Summary,
    parts: &Receiver<Part>,
    path: &Path,
) -> Result<(), ReportError> {
    fill(run, summary, parts, path).map_err(|error| ReportError::File { path: path.to_owned(), error })
}

fn fill(run: &Run, summary: &Summary, parts: &Receiver<Part>, path: &Path) -> io::Result<()> {
    let mut book = Book::new();
    let first = book.add_page("Summary", &[26.0, 12.0, 12.0, 22.0, 90.0, 90.0])?;
    let columns: Vec<(&str, Kind)> = COLUMNS.iter().map(|column| (column.title, column.kind)).collect();
    let mut table = book.table("Results", &columns)?;
    for part in parts {
        match part {
            Part::Lines(batch) => add(&mut table, &batch)?,
            Part::Sum(overview) => {
                table.end()?;
                sum_up(book.page(first)?, run, summary, &overview)?;
                return book.save(path);
            }
        }
    }
    Ok(())
}

fn add(table: &mut Table<'_, '_>, batch: &Batch) -> io::Result<()> {
    for (outcome, cells) in batch.lines() {
        for (cell, column) in cells.zip(&COLUMNS) {
            table.cell(cell, if column.title == "outcome" { tone(outcome) } else { Tone::Plain })?;
        }
        table.end_line()?;
    }
    Ok(())
}

/// The first sheet: what was created and what was not, what it is worth, and why.
fn sum_up(mut page: Page<'_>, run: &Run, summary: &Summary, overview: &Overview) -> io::Result<()> {
    page.line(&[PageCell::title(say!("summary-run")), PageCell::title(&summary.run_id)])?;
    if summary.sandbox {
        page.line(&[PageCell::text(say!("summary-sandbox"), Tone::Care)])?;
    }
    let finished = summary.duration_ms().map(|took| time_here(run.started_at + took)).unwrap_or_default();
    let operator = format!("{}@{}", visible(&run.operator), visible(&run.host));
    for (label, value) in [
        (say!("summary-status"), summary.status.as_str().to_owned()),
        (say!("summary-server"), summary.base_url.clone()),
        (say!("summary-started"), time_here(run.started_at)),
        (say!("summary-finished"), finished),
        (say!("summary-operator"), operator),
    ] {
        page.line(&[PageCell::plain(label), PageCell::plain(value)])?;
    }
    for file in &summary.input.files {
        let rows = say!("summary-file-rows", count = file.rows);
        page.line(&[
            PageCell::plain(say!("summary-file")),
            PageCell::plain(visible(&file.path)),
            PageCell::plain(""),
            PageCell::plain(rows),
        ])?;
    }
    page.line(&[])?;

    let headings = [
        say!("summary-outcome"),
        say!("summary-users"),
        say!("summary-rows"),
        say!("summary-money"),
        say!("summary-meaning"),
    ];
    page.line(&headings.map(PageCell::title))?;
    for outcome in Outcome::ALL {
        let tally = overview.tally(outcome);
        if tally.lines == 0 && outcome != Outcome::Created {
            continue;
        }
        page.line(&[
            PageCell::text(outcome.as_str(), tone(outcome)),
            PageCell::Number(tally.lines),
            PageCell::Number(tally.rows),
            PageCell::plain(money(&tally)),
            PageCell::plain(meaning(outcome)),
        ])?;
    }
    let (created, not_created) = (overview.tally(Outcome::Created), overview.not_created());
    for (label, tally) in [(say!("summary-created"), created), (say!("summary-not-created"), not_created)] {
        page.line(&[
            PageCell::title(label),
            PageCell::Number(tally.lines),
            PageCell::Number(tally.rows),
            PageCell::title(money(&tally)),
        ])?;
    }
    page.line(&[])?;

    if !overview.reasons.is_empty() {
        let headings = [
            say!("summary-reasons"),
            say!("summary-users"),
            say!("summary-rows"),
            say!("summary-money"),
            say!("summary-what"),
            say!("summary-remedy"),
        ];
        page.line(&headings.map(PageCell::title))?;
        for reason in &overview.reasons {
            let name = if reason.code.is_empty() {
                reason.outcome.as_str().to_owned()
            } else {
                format!("{} [{}]", reason.outcome, reason.code)
            };
            page.line(&[
                PageCell::text(name, tone(reason.outcome)),
                PageCell::Number(reason.tally.lines),
                PageCell::Number(reason.tally.rows),
                PageCell::plain(money(&reason.tally)),
                PageCell::plain(visible(&reason.message)),
                PageCell::plain(visible(&reason.hint)),
            ])?;
        }
        page.line(&[])?;
    }
    page.line(&[PageCell::plain(summary.conservation.line())])?;
    if let Some(money) = &summary.conservation.money {
        page.line(&[PageCell::plain(money.line())])?;
    }
    Ok(())
}

/// The sum of a tally as a person reads it; nothing where it cannot be told.
pub(super) fn money(tally: &Tally) -> String {
    if tally.uncounted > 0 { String::new() } else { grouped_amount(&tally.money.to_string()) }
}

/// What an outcome means, in a few words.
pub(super) fn meaning(outcome: Outcome) -> String {
    match outcome {
        Outcome::Created => say!("outcome-created"),
        Outcome::IncompleteTask => say!("outcome-incomplete-task"),
        Outcome::Rejected => say!("outcome-rejected"),
        Outcome::Failed => say!("outcome-failed"),
        Outcome::Unresolved => say!("outcome-unresolved"),
        Outcome::Skipped => say!("outcome-skipped"),
        Outcome::Pending => say!("outcome-pending"),
        Outcome::Invalid => say!("outcome-invalid"),
    }
}
