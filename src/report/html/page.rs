//! What stands on the page above the list: its template's values, made from what was counted.

use std::path::{Path, PathBuf};

use askama::Template;
use serde::Serialize;

use super::chart::Chart;
use super::text::{Piece, duration};
use super::views::{
    ASSIGNEES, AssigneeView, Column, OutcomeName, OutcomeView, ReasonView, RowView, assignees, columns,
    first_rows, in_order, outcome_name, outcomes, reason_name, reason_view,
};
use super::{STYLE, policy};
use crate::domain::outcome::Outcome;
use crate::domain::place::shell_word;
use crate::domain::quote::visible;
use crate::lang::{grouped, say, spoken};
use crate::ledger::LedgerError;
use crate::ledger::read::{Run, Tally};
use crate::report::overview::Overview;
use crate::report::redact::{Lines, Privacy, without_numbers};
use crate::report::xlsx::money;
use crate::report::{Status, Summary, time_here};

/// So many reasons are shown.
const REASONS: usize = 60;

/// The values of `templates/report.html`.
#[derive(Template)]
#[template(path = "report.html")]
pub(super) struct Page<'a> {
    language: &'static str,
    policy: String,
    style: &'static str,
    version: &'static str,
    run_id: &'a str,
    is_sandbox: bool,
    status: String,
    /// A class of the style: `good`, `care` or `bad`.
    tone: &'static str,
    verdict: String,
    stopped_by: Option<String>,
    facts: Vec<(String, String)>,
    created: Figure,
    not_created: Figure,
    steps: Vec<Step>,
    reasons: Vec<ReasonView>,
    more_reasons: Option<String>,
    outcomes: Vec<OutcomeView>,
    has_uncounted: bool,
    assignees: Vec<AssigneeView>,
    more_assignees: Option<String>,
    chart: Option<Chart>,
    proof: Proof,
    files: Vec<FileView>,
    first_rows: String,
    columns: Vec<Column>,
    rows: Vec<RowView>,
    /// Of each reason, what the filter by it is called.
    reason_names: Vec<String>,
}

/// A count and what it is worth.
struct Figure {
    lines: String,
    money: String,
    is_none: bool,
}

/// Something to do next: a sentence, in which a file beside the page may be named, and a command.
struct Step {
    before: String,
    file: &'static str,
    after: String,
    command: Option<String>,
}

impl Step {
    fn new(sentence: &str, command: Option<String>) -> Self {
        let file =
            ["fix.xlsx", "results.xlsx"].into_iter().find(|file| sentence.contains(file)).unwrap_or_default();
        let (before, after) = match file {
            "" => (sentence, ""),
            file => sentence.split_once(file).unwrap_or((sentence, "")),
        };
        Self { before: before.to_owned(), file, after: after.to_owned(), command }
    }
}

/// The equations that prove that nothing was lost.
struct Proof {
    holds: bool,
    lines: Vec<String>,
}

/// A file that was read.
struct FileView {
    path: String,
    rows: String,
    sha256: String,
}

/// The words that the script needs. Braces name what it fills in.
#[derive(Serialize)]
pub(super) struct Words<'p> {
    outcomes: Vec<OutcomeName>,
    reasons: &'p [String],
    all: String,
    shown: String,
    found: String,
    nothing: String,
    page: String,
    clear: String,
    copy: String,
    copied: String,
    details: String,
    name: String,
    what: String,
    remedy: String,
    attempts: String,
    sent: String,
    finished: String,
    latency: String,
}

impl<'a> Page<'a> {
    /// Reads what is missing in the overview, and words everything.
    pub(super) fn of(
        lines: &Lines<'_>,
        summary: &'a Summary,
        overview: &Overview,
        folder: &Path,
    ) -> Result<Self, LedgerError> {
        let (reader, run) = (lines.reader, lines.run);
        let rows = first_rows(lines)?;
        let (created, missing) = (overview.tally(Outcome::Created), overview.not_created());
        let already = if missing.lines == 0 { 0 } else { reader.already_created(run.number)? };
        let all = created.lines + missing.lines;
        let shown_reasons = in_order(overview);
        let count_of_reasons = overview.reasons.len();
        let assignees = assignees(overview);
        let proof = &summary.conservation;
        Ok(Self {
            language: spoken().tag(),
            policy: policy(),
            style: STYLE,
            version: env!("CARGO_PKG_VERSION"),
            run_id: &summary.run_id,
            is_sandbox: summary.sandbox,
            status: status(summary.status),
            tone: match (summary.status, summary.exit_code) {
                _ if !proof.holds() => "bad",
                (Status::Completed, Some(0)) => "good",
                (Status::Completed | Status::Running, _) => "care",
                _ => "bad",
            },
            verdict: verdict(summary.status, created.lines, missing.lines, already),
            stopped_by: run.ended_by.as_deref().map(|why| match lines.privacy {
                Privacy::Full => visible(why).into_owned(),
                // It may be in the server's words.
                Privacy::Redacted => without_numbers(&visible(why)),
            }),
            facts: facts(run, summary),
            created: figure(&created),
            not_created: Figure { is_none: missing.lines == already, ..figure(&missing) },
            steps: steps(summary, folder),
            reasons: shown_reasons
                .iter()
                .take(REASONS)
                .map(|(at, reason)| reason_view(*at, reason))
                .collect(),
            more_reasons: (count_of_reasons > REASONS)
                .then(|| say!("page-more-reasons", count = count_of_reasons - REASONS)),
            outcomes: outcomes(overview, all),
            has_uncounted: overview.outcomes.values().any(|tally| tally.uncounted > 0),
            more_assignees: (overview.assignees.len() > ASSIGNEES)
                .then(|| say!("page-more-assignees", count = overview.assignees.len() - ASSIGNEES)),
            assignees,
            chart: Chart::draw(&reader.series(run.number)?),
            proof: Proof {
                holds: proof.holds(),
                lines: [Some(proof.line()), proof.money.as_ref().map(|money| money.line())]
                    .into_iter()
                    .flatten()
                    .map(|line| visible(&line).into_owned())
                    .collect(),
            },
            files: summary
                .input
                .files
                .iter()
                .map(|file| FileView {
                    path: visible(&file.path).into_owned(),
                    rows: grouped(file.rows),
                    sha256: file.sha256.clone(),
                })
                .collect(),
            first_rows: say!("page-first-rows", shown = grouped(rows.len() as u64), all = grouped(all)),
            columns: columns(),
            rows,
            reason_names: overview.reasons.iter().map(reason_name).collect(),
        })
    }

    /// The words for the script.
    pub(super) fn words(&self) -> Words<'_> {
        Words {
            outcomes: Outcome::ALL.map(outcome_name).into(),
            reasons: &self.reason_names,
            all: say!("page-all"),
            shown: say!("page-shown", from = "{from}", to = "{to}", all = "{all}"),
            found: say!("page-found", from = "{from}", to = "{to}", hits = "{hits}", all = "{all}"),
            nothing: say!("page-nothing-found", all = "{all}"),
            page: say!("page-page", page = "{page}", pages = "{pages}"),
            clear: say!("page-clear"),
            copy: say!("page-copy"),
            copied: say!("page-copied"),
            details: say!("page-details"),
            name: say!("page-task-name"),
            what: say!("page-why-column"),
            remedy: say!("page-what-to-do"),
            attempts: say!("page-attempts"),
            sent: say!("page-sent"),
            finished: say!("page-finished"),
            latency: say!("page-latency"),
        }
    }
}

/// The whole run in one sentence.
fn verdict(status: Status, created: u64, missing: u64, already: u64) -> String {
    match (created, missing) {
        _ if status == Status::Refused => say!("page-verdict-refused"),
        (0, 0) => say!("page-verdict-empty"),
        (_, 0) => say!("page-verdict-all", count = created),
        _ if missing == already && created == 0 => say!("page-verdict-already", count = already),
        _ if missing == already => {
            say!("page-verdict-all-now", created = grouped(created), already = grouped(already))
        }
        _ if already > 0 => say!(
            "page-verdict-some-already",
            created = grouped(created),
            all = grouped(created + missing),
            missing = grouped(missing.saturating_sub(already)),
            already = grouped(already)
        ),
        _ => say!(
            "page-verdict-some",
            created = grouped(created),
            all = grouped(created + missing),
            missing = grouped(missing)
        ),
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Running => say!("page-status-running"),
        Status::Unfinished => say!("page-status-unfinished"),
        Status::Completed => say!("page-status-completed"),
        Status::Interrupted => say!("page-status-interrupted"),
        Status::Aborted => say!("page-status-aborted"),
        Status::Refused => say!("page-status-refused"),
    }
}

fn facts(run: &Run, summary: &Summary) -> Vec<(String, String)> {
    let mut facts = vec![(say!("page-started"), time_here(run.started_at))];
    if let Some(took) = summary.duration_ms() {
        facts.push((say!("page-finished"), time_here(run.started_at.saturating_add(took))));
        facts.push((say!("page-took"), duration(took)));
    }
    facts.push((say!("page-by"), format!("{}@{}", visible(&run.operator), visible(&run.host))));
    facts.push((say!("page-server"), visible(&summary.base_url).into_owned()));
    let mut files = summary.input.files.iter().map(|file| visible(&file.path).into_owned());
    if let Some(first) = files.next() {
        let more = files.count();
        let names = if more == 0 { first } else { say!("page-files", first = first, count = more) };
        facts.push((say!("page-input"), names));
    }
    let requests = &summary.requests;
    let numbers = [
        Some(say!("page-posts", count = requests.posts)),
        (requests.retried > 0).then(|| say!("page-retried", count = requests.retried)),
        (requests.lookups > 0).then(|| say!("page-lookups", count = requests.lookups)),
        (requests.throttled > 0).then(|| say!("page-throttled", count = requests.throttled)),
    ];
    facts.push((say!("page-requests"), numbers.into_iter().flatten().collect::<Vec<_>>().join(" · ")));
    facts
}

fn figure(tally: &Tally) -> Figure {
    let money = match money(tally) {
        // Invalid users have no total: their amounts are what is in doubt.
        none if none.is_empty() && tally.lines > 0 => say!("page-no-amount"),
        money => money,
    };
    Figure { lines: grouped(tally.lines), money, is_none: tally.lines == 0 }
}

/// What to do next, the most pressing first.
fn steps(summary: &Summary, folder: &Path) -> Vec<Step> {
    let tasks = &summary.tasks;
    let mut steps = Vec::new();
    let open = tasks.pending + tasks.unresolved + tasks.failed;
    let can_resume = !matches!(summary.status, Status::Running | Status::Refused);
    if can_resume && (open > 0 || summary.status == Status::Unfinished) {
        let command = Some(format!("incs-import resume {}", summary.run_id));
        steps.push(Step::new(&say!("page-step-resume", count = open), command));
    }
    let fix = folder.join("fix.xlsx");
    if fix.exists() {
        let shown = as_typed_here(&fix).display().to_string();
        let command = Some(format!("incs-import upload {}", shell_word(&shown)));
        steps.push(Step::new(&say!("page-step-fix"), command));
    } else if tasks.invalid > 0 {
        steps.push(Step::new(&say!("page-step-mend"), None));
    }
    if can_resume && tasks.incomplete_task > 0 {
        let command = Some(format!("incs-import resume {} --retry incomplete_task", summary.run_id));
        steps.push(Step::new(&say!("page-step-incomplete", count = tasks.incomplete_task), command));
    }
    steps
}

/// A path as it is typed where the program was started, whether it came from the command line or, whole, from the ledger: the
/// page is the same when it is written again.
fn as_typed_here(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let here = std::env::current_dir().ok();
    let typed = here.and_then(|here| whole.strip_prefix(here).ok().map(Path::to_owned));
    typed.unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_says_what_matters() {
        use Status::{Aborted, Completed, Refused};
        for (status, created, missing, already, want) in [
            (Completed, 1, 0, 0, "Every user was tasked: 1 task created"),
            (Completed, 1_200, 0, 0, "Every user was tasked: 1 200 tasks created"),
            (Completed, 196, 4, 0, "196 of 200 tasked, 4 not"),
            (Completed, 2, 3, 3, "Every user has a task: 2 created now, 3 by an earlier run"),
            (Completed, 0, 3, 3, "Every user has a task: an earlier run created all 3"),
            (Completed, 5, 3, 2, "5 of 8 tasked, 1 not, 2 by an earlier run"),
            (Completed, 0, 0, 0, "There was no user in the input"),
            (Refused, 0, 9, 0, "Nothing was sent"),
            (Aborted, 5, 5, 0, "5 of 10 tasked, 5 not"),
        ] {
            assert_eq!(verdict(status, created, missing, already), want);
        }
    }
}
