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
use crate::lang::{Language, grouped, say, spoken};
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
    let (run, state) = (summary.run_id.as_str(), state(summary.status));
    let title = match took.map(|millis| human(Duration::from_millis(millis))) {
        Some(time) => say!("closing-title-with-time", run = run, state = state, time = time),
        None => say!("closing-title", run = run, state = state),
    };
    push(&mut text, console.tone(tone, title));
    if summary.sandbox {
        push(&mut text, console.tone(Tone::Care, say!("closing-sandbox")));
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
            let line = format!("  {:<16}{:>9}{}", outcome.as_str(), grouped(count), meaning(outcome));
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
        let mut message = shortened_line(&note.message(names));
        if *count > 1 && names_one_task(note) {
            message = say!("closing-example", message = message);
        }
        push(&mut text, format_args!("  {count} {outcome} [{}]: {message}", note.code()));
        push(
            &mut text,
            format_args!("    fix: {}", crate::domain::quote::visible(&note.remedy(*outcome, names, about))),
        );
    }
    if summary.status == Status::Refused && tasks.pending > 0 {
        push(&mut text, format_args!("  {} {}", tasks.pending, Outcome::Pending));
        push(&mut text, format_args!("    fix: {}", say!("note-refused-hint")));
    }
    if reasons.len() > REASONS {
        let more = say!("closing-more-reasons", count = reasons.len() - REASONS);
        push(&mut text, format_args!("  {more}"));
    }
    if folder.join("fix.xlsx").exists() {
        push(&mut text, format_args!("  {}", say!("closing-fix-sheet")));
    } else if tasks.invalid > 0 {
        push(&mut text, format_args!("  {}", say!("closing-invalid-rows")));
    }
    push(&mut text, summary.conservation.line());
    if let Some(money) = &summary.conservation.money {
        push(&mut text, money.line());
    }
    if !summary.conservation.holds() {
        let words = format!("error: {}", say!("closing-not-conserved"));
        push(&mut text, console.tone(Tone::Bad, words));
    }
    push(&mut text, say!("closing-reports", folder = folder.display().to_string()));
    text.truncate(text.trim_end().len());
    text
}

/// How a run stands, as part of a sentence.
fn state(status: Status) -> String {
    match status {
        Status::Running => say!("closing-state-running"),
        Status::Unfinished => say!("closing-state-unfinished"),
        Status::Completed => say!("closing-state-completed"),
        Status::Interrupted => say!("closing-state-interrupted"),
        Status::Aborted => say!("closing-state-aborted"),
        Status::Refused => say!("closing-state-refused"),
    }
}

/// What the code of an outcome means, to go behind its count; nothing for those who read the code itself.
fn meaning(outcome: Outcome) -> String {
    if spoken() == Language::English {
        return String::new();
    }
    let word = match outcome {
        Outcome::Created => say!("closing-outcome-created"),
        Outcome::IncompleteTask => say!("closing-outcome-incomplete-task"),
        Outcome::Rejected => say!("closing-outcome-rejected"),
        Outcome::Failed => say!("closing-outcome-failed"),
        Outcome::Unresolved => say!("closing-outcome-unresolved"),
        Outcome::Skipped => say!("closing-outcome-skipped"),
        Outcome::Pending => say!("closing-outcome-pending"),
        Outcome::Invalid => say!("closing-outcome-invalid"),
    };
    format!("  {word}")
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
