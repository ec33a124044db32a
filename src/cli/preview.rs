//! What a plan looks like to a person: what would be sent, and what is wrong, grouped by kind.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::console::{Console, News, Tone};
use super::log::Level;
use super::look_back::LookBack;
use crate::domain::code::{Code, Severity};
use crate::domain::place::{Names, shell_word};
use crate::domain::problem::Problem;
use crate::domain::quote::{shortened, visible};
use crate::domain::unread;
use crate::domain::words::settled_by;
use crate::input::Note;
use crate::lang::{grouped, grouped_amount, say};
use crate::plan::{Plan, Unusable};

/// So many examples of a kind are shown, unless all are wanted.
const EXAMPLES: usize = 3;

/// So many users are shown as they will be sent.
const USERS: usize = 3;

/// `check --format json`, key by key.
#[derive(Serialize)]
pub(super) struct CheckObject<'p> {
    rows: u64,
    tasks: u64,
    rows_invalid: u64,
    would_send: bool,
    problems: ProblemObjects<'p>,
}

/// The problems, made one at a time while they are written: a long list may have one in every row.
struct ProblemObjects<'p>(Box<dyn Fn() -> Box<dyn Iterator<Item = ProblemObject> + 'p> + 'p>);

impl Serialize for ProblemObjects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// One problem, key by key.
#[derive(Debug, Serialize)]
struct ProblemObject {
    severity: Severity,
    code: Code,
    file: Option<String>,
    sheet: Option<String>,
    row: Option<u32>,
    column: Option<String>,
    field: Option<&'static str>,
    value: Option<String>,
    message: String,
    hint: String,
}

impl ProblemObject {
    fn new(problem: &Problem, names: &Names) -> Self {
        let table = names.table(problem.at.table);
        Self {
            severity: problem.severity(),
            code: problem.code(),
            file: table.map(|table| table.file.clone()),
            sheet: table.and_then(|table| table.sheet.clone()),
            row: (problem.at.row > 0).then_some(problem.at.row),
            column: names.column(problem.at),
            field: problem.field.map(|field| field.as_str()),
            // What says why a cell could not be read does not stand in it.
            value: problem
                .value
                .as_deref()
                .filter(|value| problem.code() != Code::CellError || !unread::stands_in(value))
                .map(str::to_owned),
            message: problem.message(names),
            hint: problem.hint(names),
        }
    }
}

impl<'p> CheckObject<'p> {
    /// Of a plan, with its problems and what else is to be told.
    pub(super) fn of_plan(plan: &'p Plan, more: &'p [Problem], would_send: bool) -> Self {
        Self {
            rows: plan.counts.rows,
            tasks: plan.counts.tasks,
            rows_invalid: plan.counts.rows_invalid,
            would_send,
            problems: ProblemObjects(Box::new(move || {
                Box::new(all_problems(plan, more).map(|problem| ProblemObject::new(problem, &plan.names)))
            })),
        }
    }

    /// Of settings that cannot be used.
    pub(super) fn of_refusal(message: &'p str, hint: Option<&'p str>) -> Self {
        let object = move || ProblemObject {
            severity: Severity::Error,
            code: Code::Unreadable,
            file: None,
            sheet: None,
            row: None,
            column: None,
            field: None,
            value: None,
            message: message.to_owned(),
            hint: hint.unwrap_or_default().to_owned(),
        };
        let problems = ProblemObjects(Box::new(move || Box::new(std::iter::once(object()))));
        Self { rows: 0, tasks: 0, rows_invalid: 0, would_send: false, problems }
    }

    /// Of an input that cannot be used.
    pub(super) fn of_unusable(unusable: &'p Unusable) -> Self {
        Self {
            rows: 0,
            tasks: 0,
            rows_invalid: 0,
            would_send: false,
            problems: ProblemObjects(Box::new(move || {
                let problems = unusable.problems.iter();
                Box::new(problems.map(|problem| ProblemObject::new(problem, &unusable.names)))
            })),
        }
    }
}

/// The problems of a plan and others, in the order of their places.
pub(super) fn all_problems<'p>(plan: &'p Plan, more: &'p [Problem]) -> impl Iterator<Item = &'p Problem> {
    let (mut problems, mut more) = (plan.problems().peekable(), more.iter().peekable());
    std::iter::from_fn(move || match (problems.peek(), more.peek()) {
        (Some(one), Some(other)) if other.at < one.at => more.next(),
        (Some(_), _) => problems.next(),
        (None, _) => more.next(),
    })
}

/// What was read and what would be sent.
pub(super) fn overview(plan: &Plan, console: &Console) -> String {
    let mut text = String::new();
    let counts = &plan.counts;
    for planned in &plan.tables {
        let Some(name) = plan.names.table(planned.table) else { continue };
        let columns = planned.header.fields.iter().zip(&planned.header.texts);
        let known: Vec<String> = columns
            .filter_map(|(field, header)| {
                let field = field.as_ref()?;
                Some(if header == field.as_str() {
                    field.to_string()
                } else {
                    format!("{field} ({})", shortened(header))
                })
            })
            .collect();
        line(&mut text, format_args!("{} {}", console.tone(Tone::Bold, say!("preview-read")), name.title()));
        let row = planned.header.row.to_string();
        line(&mut text, format_args!("  {}", say!("preview-header", row = row, columns = known.join(", "))));
        let others: Vec<_> = planned.header.unread().map(shortened).collect();
        if !others.is_empty() {
            let others = say!("preview-unread-columns", columns = others.join(", "));
            line(&mut text, format_args!("  {others}"));
        }
    }
    notes(&mut text, &plan.notes);
    let rows = match counts.rows_invalid {
        0 => say!("preview-rows", count = counts.rows),
        invalid => say!("preview-rows-invalid", count = counts.rows, invalid = invalid),
    };
    line(&mut text, format_args!("  {rows}"));
    let tasks = say!("counted-tasks", count = counts.tasks);
    let orders = say!("preview-orders", count = counts.orders);
    let tasks = if counts.total_amount.is_empty() {
        say!("preview-tasks-with-orders", tasks = tasks, orders = orders)
    } else {
        let total = grouped_amount(&counts.total_amount);
        say!("preview-tasks-with-orders-and-totals", tasks = tasks, orders = orders, total = total)
    };
    line(&mut text, format_args!("{} {tasks}", console.tone(Tone::Bold, say!("preview-tasks"))));
    if !plan.countries.is_empty() {
        let countries: Vec<String> =
            plan.countries.iter().map(|(country, count)| format!("{country}: {}", grouped(*count))).collect();
        let countries = say!("preview-countries", countries = countries.join(", "));
        line(&mut text, format_args!("  {countries}"));
    }
    for task in plan.tasks().take(USERS) {
        let user = format!("{} {}", task.user_phone, task.user_name);
        let (user, name, agent) = (user.trim_end(), shortened(&task.name), task.assignee_username);
        let orders = say!("preview-orders", count = task.order_count());
        let user = match task.total_amount {
            "" => say!("preview-user", user = user, name = name, agent = agent, orders = orders),
            total => {
                say!(
                    "preview-user-with-total",
                    user = user,
                    name = name,
                    agent = agent,
                    orders = orders,
                    total = total
                )
            }
        };
        line(&mut text, format_args!("  {user}"));
    }
    if counts.tasks > USERS as u64 {
        let more = say!("preview-more-users", count = counts.tasks - USERS as u64);
        line(&mut text, format_args!("  {more}"));
    }
    for flag in &plan.unused_flags {
        line(&mut text, format_args!("  {}", say!("preview-unused-flag", flag = flag.to_string())));
    }
    for column in &plan.unmatched_ignores {
        let flag = format!("--ignore {}", shell_word(column));
        line(&mut text, format_args!("  {}", say!("preview-unmatched-ignore", flag = flag)));
    }
    text
}

/// What the readers decided by themselves.
pub(super) fn notes(text: &mut String, notes: &[(String, Note)]) {
    for (file, note) in notes {
        line(text, format_args!("  {}: {note}", visible(file)));
    }
}

/// Tells a guess where nobody sees the preview: whoever gets names in the wrong letters should know why.
pub(super) fn tell_guesses(notes: &[(String, Note)], console: &Console) {
    for (file, note) in notes.iter().filter(|(_, note)| matches!(note, Note::Encoding { guessed: true, .. }))
    {
        console.warn(format_args!("{}: {note}", visible(file)));
    }
}

/// Tells of flags without an effect where nobody sees the preview.
pub(super) fn tell_unused(plan: &Plan, console: &Console) {
    for flag in &plan.unused_flags {
        console.warn(say!("preview-unused-flag", flag = flag.to_string()));
    }
}

/// What an upload of the list would not send, because of earlier runs.
pub(super) fn held_back(earlier: &LookBack) -> Option<String> {
    let parts = [
        (earlier.already, say!("preview-already", count = earlier.already)),
        (earlier.changed, say!("preview-changed", count = earlier.changed)),
        (earlier.doubtful, say!("preview-doubtful", count = earlier.doubtful)),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    (!parts.is_empty()).then(|| format!("  {}", say!("preview-held-back", parts = listed(&parts))))
}

/// Problems grouped by kind, with examples; `all` shows every one.
pub(super) fn problems<'p>(
    problems: impl Iterator<Item = &'p Problem>,
    names: &Names,
    console: &Console,
    all: bool,
) -> String {
    // Of each kind those that are shown, and how many there are.
    let mut kinds: BTreeMap<(Severity, Code), (Vec<&Problem>, usize)> = BTreeMap::new();
    for problem in problems {
        let (shown, count) = kinds.entry((problem.severity(), problem.code())).or_default();
        if all || *count < EXAMPLES {
            shown.push(problem);
        }
        *count += 1;
    }
    let mut text = String::new();
    for ((severity, code), (problems, count)) in &kinds {
        let tone = if *severity == Severity::Error { Tone::Bad } else { Tone::Care };
        let label = format!("{severity} [{code}]");
        line(
            &mut text,
            format_args!("{} {}", console.tone(tone, label), say!("preview-times", count = *count)),
        );
        if *count > 1 && *severity == Severity::Error {
            line(&mut text, format_args!("  {}", say!("preview-settled-by", how = settled_by(*code))));
        }
        let mut last_hint = String::new();
        for problem in problems {
            let place = names.place(problem.at);
            line(&mut text, format_args!("  {place}: {}", problem.message(names)));
            let hint = problem.hint(names);
            if hint != last_hint {
                line(&mut text, format_args!("    fix: {hint}"));
                last_hint = hint;
            }
        }
        if *count > problems.len() {
            let more = say!("preview-more-problems", count = *count - problems.len());
            line(&mut text, format_args!("  {more}"));
        }
    }
    text
}

/// A problem for a log: its code and its place. The value, and the sentences that quote it, are for screens and reports;
/// only of a file that cannot be read it is said why.
pub(super) fn logged(problem: &Problem, names: &Names) -> News {
    let object = ProblemObject::new(problem, names);
    let (code, place) = (problem.code(), names.place(problem.at));
    let (text, hint) = match code {
        Code::Unreadable => (format!("{place}: {}", object.message), Some(object.hint)),
        _ => (format!("{place}: {code}"), None),
    };
    let level = if object.severity == Severity::Error { Level::ERROR } else { Level::WARN };
    let fields = vec![
        ("code", code.as_str().into()),
        ("file", object.file.into()),
        ("sheet", object.sheet.into()),
        ("row", object.row.into()),
        ("column", object.column.into()),
        ("field", object.field.into()),
        ("hint", hint.into()),
    ];
    News { level, event: "problem", text, fields }
}

/// Parts of a sentence, with the comma of its language between them.
pub(super) fn listed(parts: &[String]) -> String {
    parts.join(&say!("screens-comma"))
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = text.write_fmt(arguments);
    text.push('\n');
}
