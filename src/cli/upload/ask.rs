//! What a person is asked or told before anything is sent.

use std::io::{self, IsTerminal as _, Write};

use super::books::Decisions;
use crate::cli::console::{Console, Tone};
use crate::cli::exit;
use crate::cli::prepare::Barrier;
use crate::cli::preview;
use crate::cli::settings::{Settings, Upload};
use crate::domain::outcome::Outcome;
use crate::lang::say;
use crate::plan::Plan;

pub(super) fn dry_run(
    plan: &Plan,
    decisions: &Decisions,
    barrier: Option<Barrier>,
    settings: &Settings,
    console: &Console,
) {
    if !console.is_human() {
        console.json(&preview::CheckObject::of_plan(plan, &[], barrier.is_none()));
        return;
    }
    match barrier {
        Some(barrier) => console.error(barrier.message(plan, settings), Some(&barrier.hint())),
        None => {
            let sending = plan.counts.tasks - (decisions.already + decisions.changed + decisions.doubtful);
            let server = match settings.upload.sandbox {
                true => say!("upload-dry-run-sandbox"),
                false => settings.upload.base_url.as_str().to_owned(),
            };
            let besides = decisions.words();
            console.result(say!("upload-dry-run", count = sending, server = server, besides = besides));
        }
    }
}

/// The exit code that the run would have if the server created all that is sent to it; a doubt counts as something left.
pub(super) fn dry_exit(plan: &Plan, decisions: &Decisions, upload: &Upload) -> u8 {
    let counts = |outcome| !upload.accept.contains(&outcome);
    let left = (plan.counts.rows_invalid > 0 && counts(Outcome::Invalid))
        || (decisions.changed > 0 && counts(Outcome::Skipped))
        || decisions.doubtful > 0
        || (plan.counts.rows == 0 && !upload.allow_empty);
    if left { exit::SOMETHING_LEFT } else { exit::ALL_DONE }
}

/// Whether a person sits before it, who reads a question and can answer.
pub(super) fn is_at_terminal() -> bool {
    io::stdin().is_terminal() && (io::stderr().is_terminal() || io::stdout().is_terminal())
}

pub(super) enum Answer {
    Yes,
    /// Those with other content too.
    All,
    No,
}

/// Asks once, with counts and target in sight.
pub(super) fn ask(plan: &Plan, decisions: &Decisions, settings: &Settings, console: &Console) -> Answer {
    let sending = decisions.to_send();
    let target = settings.upload.base_url.as_str();
    let choices = if decisions.changed > 0 && settings.upload.changed.is_none() {
        say!("upload-choices-with-changed", count = decisions.changed)
    } else {
        say!("upload-choices")
    };
    let mut besides = decisions.words();
    if plan.counts.hidden_rows > 0 && settings.reading.hidden_rows.is_none() {
        besides += &say!("upload-besides-hidden", count = plan.counts.hidden_rows);
    }
    if plan.counts.rows_invalid > 0 {
        besides += &say!("upload-besides-invalid", count = plan.counts.rows_invalid);
    }
    let question =
        say!("upload-question", count = sending, server = target, besides = besides, choices = choices);
    // Where the person sees it, whichever of the two goes into a file.
    let mut seen: Box<dyn Write> =
        if io::stderr().is_terminal() { Box::new(io::stderr()) } else { Box::new(io::stdout()) };
    // Without the question there is no answer that counts.
    if write!(seen, "{} ", console.tone(Tone::Bold, question)).and_then(|()| seen.flush()).is_err() {
        return Answer::No;
    }
    let mut answer = String::new();
    if io::stdin().read_line(&mut answer).is_err() {
        return Answer::No;
    }
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" | "ya" | "是" => Answer::Yes,
        "a" | "all" | "semua" | "全部" if decisions.changed > 0 => Answer::All,
        _ => Answer::No,
    }
}
