//! What a person is asked or told before anything is sent.

use std::io::{self, Write as _};

use super::books::Decisions;
use crate::cli::console::{Console, Tone};
use crate::cli::exit;
use crate::cli::prepare::Barrier;
use crate::cli::preview;
use crate::cli::settings::Settings;
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
        Some(barrier) => console.error(barrier.message(plan, settings), Some(barrier.hint())),
        None => {
            let sending = plan.counts.tasks - (decisions.already + decisions.changed + decisions.doubtful);
            console.result(format_args!(
                "dry run: {sending} tasks would be sent to {}{}; nothing was sent or recorded",
                settings.upload.base_url.as_str(),
                decisions.words()
            ));
        }
    }
}

pub(super) fn dry_exit(plan: &Plan, decisions: &Decisions) -> u8 {
    let left =
        plan.counts.rows_invalid > 0 || decisions.changed + decisions.doubtful > 0 || plan.counts.rows == 0;
    if left { exit::SOMETHING_LEFT } else { exit::ALL_DONE }
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
        format!("[y]es, [a]ll including the {} with other content, [N]o", decisions.changed)
    } else {
        "[y]es, [N]o".to_owned()
    };
    let invalid = plan.counts.rows_invalid;
    let withheld = if invalid > 0 { format!(", {invalid} invalid rows not sent") } else { String::new() };
    let hidden = match (plan.counts.hidden_rows, settings.reading.hidden_rows) {
        (0, _) | (_, Some(_)) => String::new(),
        (rows, None) => format!(", {} that the sheet hides among them", preview::counted(rows, "row")),
    };
    let mut err = io::stderr().lock();
    let question =
        format!("create {sending} tasks at {target}{}{hidden}{withheld}? {choices}: ", decisions.words());
    // Without the question there is no answer that counts.
    if write!(err, "{}", console.tone(Tone::Bold, question)).and_then(|()| err.flush()).is_err() {
        return Answer::No;
    }
    let mut answer = String::new();
    if io::stdin().read_line(&mut answer).is_err() {
        return Answer::No;
    }
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Answer::Yes,
        "a" | "all" if decisions.changed > 0 => Answer::All,
        _ => Answer::No,
    }
}
