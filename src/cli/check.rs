//! `check`: reads, validates, groups; sends nothing.

use std::path::Path;

use super::args::CheckArgs;
use super::console::{Console, Tone};
use super::look_back::{LookBack, look_back};
use super::prepare::{Barrier, prepare};
use super::preview::{self, CheckObject, all_problems};
use super::refusal::Refusal;
use super::settings::Settings;
use super::{exit, fix};
use crate::domain::code::Severity;
use crate::lang::say;
use crate::plan::Plan;
use crate::report::files::write_atomically;

/// Runs the command; gives the exit code.
///
/// # Errors
/// Bad settings, or `--payloads` or `--fix` cannot be written.
pub(super) fn run(arguments: &CheckArgs, settings: &Settings, console: &Console) -> Result<u8, Refusal> {
    fix::check_paths(arguments, settings)?;
    let prepared = prepare(settings, arguments.fix.is_some())?;
    let plan = match &prepared.plan {
        Ok(plan) => plan,
        Err(unusable) => {
            if console.is_human() {
                let mut text = String::new();
                preview::notes(&mut text, &unusable.notes);
                text += &preview::problems(
                    unusable.problems.iter(),
                    &unusable.names,
                    console,
                    console.is_verbose(),
                );
                text += &console.tone(Tone::Bad, say!("check-unusable")).to_string();
                console.result(text);
            } else {
                preview::tell_guesses(&unusable.notes, console);
                console.json(&CheckObject::of_unusable(unusable));
            }
            return Ok(exit::NOTHING_SENT);
        }
    };
    let barrier = Barrier::of(plan, settings);
    let mut earlier = look_back(plan, settings).unwrap_or_else(|error| {
        console.warn(say!("check-no-history", error = error.to_string()));
        LookBack::default()
    });
    earlier.problems.sort_by_key(|problem| problem.at);
    let errors = plan.problems().filter(|problem| problem.severity() == Severity::Error).count();
    if let Some(path) = &arguments.payloads {
        write_payloads(plan, path)?;
    }
    let mended = match &arguments.fix {
        Some(path) => Some(fix::write(plan, &prepared, settings, path)?),
        None => None,
    };
    if console.is_human() {
        console.say(preview::overview(plan, console).trim_end());
        if let Some(text) = preview::held_back(&earlier) {
            console.say(text);
        }
        let text = preview::problems(
            all_problems(plan, &earlier.problems),
            &plan.names,
            console,
            console.is_verbose(),
        );
        if !text.is_empty() {
            console.say(text.trim_end());
        }
        let sending = plan.counts.tasks - earlier.held_back();
        let verdict = match (barrier, errors) {
            (Some(barrier), _) => {
                let words = say!("check-nothing-would-be-sent", why = barrier.message(plan, settings));
                console.tone(Tone::Bad, format!("{words}\n  fix: {}", barrier.hint()))
            }
            (None, 0) => console.tone(Tone::Good, say!("check-no-errors", count = sending)),
            (None, _) => {
                let words = say!("check-some-errors", count = sending, rows = plan.counts.rows_invalid);
                console.tone(Tone::Care, words)
            }
        };
        console.result(verdict);
        if let Some(path) = &arguments.payloads {
            console.say(say!("check-payloads-written", file = path.display().to_string()));
        }
        if let Some(words) = mended {
            console.say(words);
        }
    } else {
        preview::tell_guesses(&plan.notes, console);
        preview::tell_unused(plan, console);
        console.json(&CheckObject::of_plan(plan, &earlier.problems, barrier.is_none()));
    }
    Ok(if errors > 0 || barrier.is_some() { exit::SOMETHING_LEFT } else { exit::ALL_DONE })
}

/// Prints the object that is promised in every case, for a command that could not begin.
pub(super) fn refused(refusal: &Refusal) {
    Console::early().json(&CheckObject::of_refusal(&refusal.message, refusal.hint.as_deref()));
}

/// Writes one body a line, exactly as it would be POSTed, in upload order.
fn write_payloads(plan: &Plan, path: &Path) -> Result<(), Refusal> {
    let written = write_atomically(path, |out| {
        let mut body = Vec::new();
        for task in plan.tasks() {
            body.clear();
            task.write_body(&mut body);
            body.push(b'\n');
            out.write_all(&body)?;
        }
        Ok(())
    });
    written.map_err(|error| {
        let (file, error) = (path.display().to_string(), error.to_string());
        Refusal::new(say!("file-cannot-write", file = file, error = error))
            .at("--payloads")
            .hint(say!("file-name-writable"))
    })
}
