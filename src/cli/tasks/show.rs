//! Tasks on a terminal: a line each, or all there is about one.

use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table, presets};

use crate::api::tasks::{FIELDS, Task};
use crate::cli::console::Console;
use crate::domain::quote::{shortened, visible};
use crate::lang::say;
use crate::report::history::{explain, word};

/// How wide a line is where nobody says.
const WIDTH: u16 = 110;

/// A narrower table says nothing.
const NARROWEST: u16 = 60;

/// Shows tasks, each once.
pub(super) fn show(tasks: &[Task], is_detailed: bool, console: &Console) {
    if tasks.is_empty() {
        console.result(say!("tracking-no-tasks"));
    } else if is_detailed {
        let texts: Vec<String> = tasks.iter().map(details).collect();
        console.result(texts.join("\n"));
    } else {
        console.result(table(tasks));
        console.note(say!("counted-tasks", count = tasks.len()));
    }
}

fn width() -> u16 {
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    width.unwrap_or(WIDTH).max(NARROWEST)
}

/// A line each, with the newest remark; what does not fit is cut.
fn table(tasks: &[Task]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width());
    table.set_truncation_indicator("…");
    table.set_header(["id", "status", "user_phone", "assignee", "created_at", "name", "user_name", "remark"]);
    for task in tasks {
        let remark = task.remarks().next_back().map(|log| log.comment.as_str()).unwrap_or_default();
        let texts = ["user_phone", "assignee_username", "created_at", "name", "user_name"];
        let mut cells =
            vec![shortened(task.text("id")).into_owned(), visible(&word(&task.status)).into_owned()];
        cells.extend(texts.map(|field| shortened(task.text(field)).into_owned()));
        cells.push(shortened(remark).into_owned());
        let mut row = Row::from(cells);
        row.max_height(1);
        table.add_row(row);
    }
    // What a person copies from here is not cut.
    for whole in [0, 1, 2, 4] {
        if let Some(column) = table.column_mut(whole) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Every field and the whole history.
fn details(task: &Task) -> String {
    let mut lines: Vec<String> = FIELDS
        .iter()
        .map(|field| match *field {
            "status" => {
                let (number, name) = (task.text("status"), word(&task.status));
                let known = task.status.number().map(|_| format!("{number} {name}"));
                ("status", known.unwrap_or_else(|| number.to_owned()))
            }
            field => (field, task.text(field).to_owned()),
        })
        .chain(task.others.iter().map(|(key, value)| (key.as_str(), value.clone())))
        .map(|(field, text)| format!("{:<18} {}", visible(field), visible(&text)).trim_end().to_owned())
        .collect();
    lines.push(say!("tracking-history", count = task.logs.len()));
    for log in &task.logs {
        let text = explain(log, &word);
        lines.push(format!("  {:<19}  {}", visible(&log.created_at), visible(&text)));
    }
    lines.push(String::new());
    lines.join("\n")
}
