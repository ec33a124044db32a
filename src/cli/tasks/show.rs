//! Tasks on a terminal: a line each, or all there is about one.

use comfy_table::{Table, presets};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::api::tasks::{FIELDS, Task};
use crate::api::types::naive_seconds;
use crate::cli::console::Console;
use crate::domain::quote::visible;
use crate::lang::say;
use crate::report::history::{explain, word};

/// How wide a line is where nobody says.
const WIDTH: usize = 110;

/// The titles, which are those of the fields: what a person filters by.
const TITLES: [&str; 7] = ["id", "status", "user_phone", "assignee", "created_at", "name", "remark"];

/// The widest that a column is, in the order of the titles; name and remark share what is left.
const WIDEST: [usize; 5] = [20, 20, 20, 20, 16];

/// Where there is less left than this for name and remark, they have this.
const LEAST: usize = 24;

/// Shows tasks, each once.
pub(super) fn show(tasks: &[Task], is_detailed: bool, console: &Console) {
    if tasks.is_empty() {
        console.result(say!("tracking-no-tasks"));
    } else if is_detailed {
        let texts: Vec<String> = tasks.iter().map(details).collect();
        console.result(texts.join("\n"));
    } else {
        let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
        console.result(table(tasks, width.unwrap_or(WIDTH)));
        console.note(say!("counted-tasks", count = tasks.len()));
    }
}

/// A line each, with the newest remark; what does not fit is cut.
fn table(tasks: &[Task], width: usize) -> String {
    let mut rows: Vec<[String; 7]> = tasks.iter().map(cells).collect();
    rows.insert(0, TITLES.map(str::to_owned));
    let mut widths = [0; 7];
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(cell.width());
        }
    }
    for (width, widest) in widths.iter_mut().zip(WIDEST) {
        *width = (*width).min(widest);
    }
    // Each column has a space on both sides.
    let fixed: usize = widths[..5].iter().sum::<usize>() + 2 * widths.len();
    let left = width.saturating_sub(fixed).max(LEAST);
    let (name, remark) = (widths[5], widths[6]);
    widths[5] = name.min(left.saturating_sub(remark).max(left / 2));
    widths[6] = remark.min(left - widths[5]);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for row in rows {
        table.add_row(row.iter().zip(widths).map(|(cell, width)| cut(cell, width)));
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn cells(task: &Task) -> [String; 7] {
    let created_at = task.text("created_at");
    // The seconds matter to nobody who reads a table.
    let minute = naive_seconds(created_at).and_then(|_| created_at.trim().get(..16));
    let remark = task.remarks().next_back().map(|log| log.comment.as_str()).unwrap_or_default();
    let texts = [
        task.text("id"),
        &word(&task.status),
        task.text("user_phone"),
        task.text("assignee_username"),
        minute.unwrap_or(created_at),
        task.text("name"),
        remark,
    ];
    texts.map(|text| visible(text).into_owned())
}

/// The text in so many columns of a terminal.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tasks::task_page;

    fn task(name: &str, remark: &str) -> Task {
        let task = serde_json::json!({
            "id": 237, "status": 1, "user_phone": "6281234567890", "assignee_username": "incs_1", "name": name,
            "created_at": "2026-04-08 17:22:01", "logs": [{"type": 4, "comment": remark}],
        });
        let page = serde_json::json!({"data": {"total": 1, "data": [task]}}).to_string();
        task_page(page.as_bytes()).unwrap().tasks.remove(0)
    }

    #[test]
    fn a_line_fits_however_wide_its_texts_are() {
        let long = "已经跟进".repeat(50);
        let tasks = [
            task("short", "a remark"),
            task(&long, &long),
            task(&"x".repeat(500), ""),
            task("", "\u{1b}[2J\n"),
        ];
        for width in [100, 110, 160, 300] {
            let table = table(&tasks, width);
            assert_eq!(table.lines().count(), 5, "{table}");
            for line in table.lines() {
                assert!(line.width() <= width, "{width}: {} {line}", line.width());
            }
            assert!(
                table.contains("237")
                    && table.contains("6281234567890")
                    && table.contains("2026-04-08 17:22")
            );
            assert!(table.contains(r"\u{1b}[2J\n"), "{table}");
        }
        assert!(
            table(&tasks[..1], 60).lines().all(|line| line.width() <= 100),
            "short ones are not stretched"
        );
        assert_eq!(table(&tasks[..1], 110).lines().nth(1).unwrap().split_whitespace().last(), Some("remark"));
    }

    #[test]
    fn texts_are_cut_by_their_width() {
        for (text, width, want) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("长长长", 6, "长长长"),
            ("长长长", 5, "长长…"),
            ("长长长", 4, "长…"),
            ("ab", 0, "…"),
        ] {
            assert_eq!(cut(text, width), want, "{text} {width}");
        }
    }
}
