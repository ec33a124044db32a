//! The end of a run on the screen: what became of the tasks, why some were not created, and the proof that adds up.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use super::console::{Console, Tone};
use super::progress::human;
use crate::domain::note::{About, Note};
use crate::domain::outcome::Outcome;
use crate::domain::place::Names;
use crate::domain::quote::shortened;
use crate::lang::grouped;
use crate::report::{Status, Summary};

/// So many reasons are shown.
const REASONS: usize = 10;

/// The closing screen of a run.
pub(super) fn closing(
    summary: &Summary,
    reasons: &[(Outcome, Note, u64)],
    names: &Names,
    folder: &Path,
    console: &Console,
) -> String {
    let mut text = String::new();
    let tone = match (summary.status, summary.exit_code) {
        (Status::Completed, Some(0)) => Tone::Good,
        (Status::Completed | Status::Running, _) => Tone::Care,
        _ => Tone::Bad,
    };
    let took = summary.duration_ms().and_then(|millis| u64::try_from(millis).ok());
    let took = took.map(|millis| format!(" in {}", human(Duration::from_millis(millis)))).unwrap_or_default();
    let title = format!("run {} {}{took}", summary.run_id, summary.status.as_str());
    push(&mut text, console.tone(tone, title));
    if summary.sandbox {
        push(&mut text, console.tone(Tone::Care, "SANDBOX: nothing real was created"));
    }
    let tasks = &summary.tasks;
    let counts = [
        (Outcome::Created, tasks.created),
        (Outcome::IncompleteTask, tasks.incomplete_task),
        (Outcome::Rejected, tasks.rejected),
        (Outcome::Failed, tasks.failed),
        (Outcome::Unresolved, tasks.unresolved),
        (Outcome::Skipped, tasks.skipped),
        (Outcome::Pending, tasks.pending),
        (Outcome::Invalid, tasks.invalid),
    ];
    for (outcome, count) in counts {
        if count > 0 || outcome == Outcome::Created {
            let line = format!("  {:<16}{:>9}", outcome.as_str(), grouped(count));
            let tone = match outcome {
                Outcome::Created => Tone::Good,
                Outcome::Skipped | Outcome::Pending => Tone::Plain,
                _ => Tone::Care,
            };
            push(&mut text, console.tone(tone, line));
        }
    }
    let about = About { run: &summary.run_id, phone: None };
    for (outcome, note, count) in reasons.iter().take(REASONS) {
        let example = if *count > 1 && names_one_task(note) { "for example " } else { "" };
        push(
            &mut text,
            format_args!(
                "  {count} {outcome} [{}]: {example}{}",
                note.code(),
                shortened_line(&note.message(names))
            ),
        );
        push(
            &mut text,
            format_args!("    fix: {}", crate::domain::quote::visible(&note.remedy(*outcome, names, about))),
        );
    }
    if reasons.len() > REASONS {
        push(&mut text, format_args!("  ... and {} more reasons in results.csv", reasons.len() - REASONS));
    }
    if folder.join("fix.xlsx").exists() {
        let words = "  the rows to mend stand in fix.xlsx, marked: correct them there and upload that file, with the same flags";
        push(&mut text, words);
    } else if tasks.invalid > 0 {
        push(&mut text, "  the invalid rows stand in results.csv with place, reason and how to mend them");
    }
    push(&mut text, summary.conservation.line());
    if let Some(money) = &summary.conservation.money {
        push(&mut text, money.line());
    }
    if !summary.conservation.holds() {
        let text_bug = "error: the rows do not add up; this is a bug of this program, please report it";
        push(&mut text, console.tone(Tone::Bad, text_bug));
    }
    push(&mut text, format_args!("reports: {}", folder.display()));
    text.truncate(text.trim_end().len());
    text
}

/// Whether the words of a note are about one task of many that ended alike.
fn names_one_task(note: &Note) -> bool {
    matches!(
        note,
        Note::AlreadyCreated { .. }
            | Note::ChangedSinceCreated { .. }
            | Note::InDoubtElsewhere { .. }
            | Note::CreatedLater { .. }
            | Note::InDoubtLater { .. }
            | Note::Busy { .. }
            | Note::AtServer { .. }
            | Note::Doubt { lookup: Some(_), .. }
    )
}

fn push(text: &mut String, line: impl std::fmt::Display) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{line}");
}

/// A sentence may hold a server's words of any length.
fn shortened_line(text: &str) -> String {
    if text.chars().count() > 200 {
        shortened(text).into_owned()
    } else {
        crate::domain::quote::visible(text).into_owned()
    }
}
