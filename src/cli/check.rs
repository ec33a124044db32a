//! `check`: reads, validates, groups; sends nothing.

use std::path::Path;

use super::args::CheckArgs;
use super::console::{Console, Tone};
use super::look_back::{LookBack, look_back};
use super::prepare::{Barrier, prepare};
use super::preview::{self, CheckObject, all_problems, counted};
use super::refusal::Refusal;
use super::settings::Settings;
use super::{exit, fix};
use crate::domain::code::Severity;
use crate::plan::Plan;
use crate::report::files::write_atomically;

/// Runs the command; gives the exit code.
///
/// # Errors
/// Bad settings, or `--payloads` or `--fix` cannot be written.
pub(super) fn run(arguments: &CheckArgs, settings: &Settings, console: &Console) -> Result<u8, Refusal> {
    fix::check_path(arguments, settings)?;
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
                console.result(text.trim_end());
            } else {
                console.json(&CheckObject::of_unusable(unusable));
            }
            return Ok(exit::NOTHING_SENT);
        }
    };
    let barrier = Barrier::of(plan, settings);
    let mut earlier = look_back(plan, settings).unwrap_or_else(|error| {
        console.warn(format_args!("what earlier runs created is not known: {error}"));
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
        let sending = counted(plan.counts.tasks - earlier.held_back(), "task");
        let verdict = match (barrier, errors) {
            (Some(barrier), _) => {
                let text = format!(
                    "nothing would be sent: {}\n  fix: {}",
                    barrier.message(plan, settings),
                    barrier.hint()
                );
                console.tone(Tone::Bad, text)
            }
            (None, 0) => console.tone(Tone::Good, format!("no errors: {sending} would be sent")),
            (None, _) => console.tone(
                Tone::Care,
                format!("{sending} would be sent; {} would not", counted(plan.counts.rows_invalid, "row")),
            ),
        };
        console.result(verdict);
        if let Some(path) = &arguments.payloads {
            console.say(format_args!("bodies written to {}", path.display()));
        }
        if let Some(words) = mended {
            console.say(words);
        }
    } else {
        console.json(&CheckObject::of_plan(plan, &earlier.problems, barrier.is_none()));
    }
    Ok(if errors > 0 { exit::SOMETHING_LEFT } else { exit::ALL_DONE })
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
        Refusal::new(format!("cannot write {}: {error}", path.display()))
            .at("--payloads")
            .hint("name a file in a folder you can write to")
    })
}
