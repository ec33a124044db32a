//! The screen of `track`: how many tasks there are of each status, and with whom.

use std::path::PathBuf;

use comfy_table::{CellAlignment, Table, presets};

use crate::cli::console::{Console, Tone};
use crate::domain::quote::shortened;
use crate::lang::{grouped, say};
use crate::ledger::read::Run;
use crate::report::tracking::{Statuses, Tracked, counted};

/// All that a person wants to know at once.
pub(super) fn screen(
    run: &Run,
    lines: &[Tracked],
    requests: u64,
    files: &[PathBuf],
    console: &Console,
) -> String {
    let (all, by_assignee) = counted(lines);
    let title =
        say!("tracking-title", run = &run.id, count = all.all(), server = &run.server, requests = requests);
    let mut text = vec![console.tone(Tone::Bold, title)];
    let columns = columns(&all);
    if !lines.is_empty() {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        let titles = columns.iter().map(|column| column.title.clone());
        table.set_header(std::iter::once(say!("tracking-assignee")).chain(titles));
        let mut add = |who: String, counts: &Statuses| {
            let cells = columns.iter().map(|column| grouped((column.count)(counts)));
            table.add_row(std::iter::once(who).chain(cells));
        };
        for (assignee, counts) in &by_assignee {
            add(shortened(assignee).into_owned(), counts);
        }
        add(say!("tracking-all"), &all);
        for column in 1..=columns.len() {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        text.extend(table.lines().map(|line| line.trim_end().to_owned()));
    }
    let remarks = lines.iter().filter_map(|line| Some((line.last_remark()?, line)));
    if let Some((remark, line)) = remarks.max_by(|(one, _), (other, _)| one.created_at.cmp(&other.created_at))
    {
        text.push(say!(
            "tracking-last-remark",
            at = shortened(&remark.created_at),
            phone = shortened(&line.sent.user_phone),
            assignee = shortened(&remark.assignee_username),
            comment = shortened(&remark.comment)
        ));
    }
    if all.not_found > 0 {
        text.push(console.tone(Tone::Care, say!("tracking-not-found-words", count = all.not_found)));
    }
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    text.push(say!("tracking-files", files = files.join(", ")));
    text.join("\n")
}

/// A column of counts.
struct Column {
    title: String,
    count: fn(&Statuses) -> u64,
}

fn columns(all: &Statuses) -> Vec<Column> {
    let mut columns = vec![
        Column { title: say!("tracking-not-started"), count: |counts| counts.known[0] },
        Column { title: say!("tracking-in-progress"), count: |counts| counts.known[1] },
        Column { title: say!("tracking-completed"), count: |counts| counts.known[2] },
        Column { title: say!("tracking-terminated"), count: |counts| counts.known[3] },
        Column { title: say!("tracking-not-found"), count: |counts| counts.not_found },
        Column { title: say!("tracking-all"), count: Statuses::all },
    ];
    if all.other > 0 {
        columns.insert(4, Column { title: say!("tracking-other"), count: |counts| counts.other });
    }
    columns
}
