//! `track`: what became of the tasks of a run, asked of the server and joined by their ids.

mod show;
mod windows;

use std::collections::HashMap;
use std::path::PathBuf;

use super::args::TrackArgs;
use super::asking::{Asker, PAGE_SIZE, Silence, ask};
use super::console::Console;
use super::exit;
use super::purge::purged;
use super::refusal::Refusal;
use super::runs::refused;
use super::settings::{Origin, Settings};
use super::upload::{Environment, Kept, server_of, speak_like, unknown};
use crate::api::types::naive_text;
use crate::lang::say;
use crate::ledger::read::{Reader, Run};
use crate::ledger::tracked::{CreatedTask, Tracking};
use crate::report::Privacy;
use crate::report::files::private_folder;
use crate::report::tracking::{self, Fate, Tracked, TrackedObject};
use crate::upload::reconcile::window::zone;
use windows::{Part, parts};

/// Where the whole time of a run is listed without them, so many tasks in a row are asked for by their ids; if none of them
/// is there, the list is believed about the others.
const CONFIRMED_BY: u32 = 50;

/// Runs the command; gives the exit code.
///
/// # Errors
/// No such run, no token or one that is refused, or a folder that cannot be written to.
pub(super) fn run(
    arguments: &TrackArgs,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<u8, Refusal> {
    let path = settings.global.ledger()?;
    let reader = Reader::open(path).map_err(|error| refused(&error))?;
    let (reader, run) = match (reader, &arguments.run) {
        (Some(reader), Some(id)) => {
            let run = reader.run(Some(id)).map_err(|error| refused(&error))?.ok_or_else(|| unknown(id))?;
            (reader, run)
        }
        (None, Some(id)) => return Err(unknown(id)),
        (reader, None) => {
            let ledger = path.display().to_string();
            let none = || Refusal::new(say!("tracking-no-run", ledger = &ledger)).hint(say!("runs-see-runs"));
            let reader = reader.ok_or_else(none)?;
            match reader.latest_with_tasks().map_err(|error| refused(&error))? {
                Tracking::Run(run) => (reader, *run),
                Tracking::Nothing => return Err(none()),
                Tracking::Forgotten => {
                    return Err(Refusal::new(say!("tracking-all-purged", ledger = &ledger))
                        .hint(say!("tracking-purged-hint")));
                }
            }
        }
    };
    speak_like(&run, &reader, settings);
    if let Some(at) = run.purged_at {
        return Err(Refusal::new(purged(&run.id, at)).hint(say!("tracking-purged-hint")));
    }
    let text = reader.settings(run.number).map_err(|error| refused(&error))?;
    let kept = Kept::read(&text).ok();
    if kept.as_ref().is_some_and(|kept| kept.own_sandbox) {
        return Err(Refusal::new(say!("resume-ended-stand-in", run = &run.id))
            .hint(say!("tracking-own-sandbox-hint")));
    }
    let server = server_of(&run, settings, console)?;
    let sent = reader.created_tasks(run.number).map_err(|error| refused(&error))?;
    let parts = parts_of(&reader, &run, &sent)?;
    let folder = folder_of(&run, settings)?;
    if sent.is_empty() {
        console.warn(say!("tracking-nothing-created", run = &run.id));
        return finish(&run, Vec::new(), 0, &folder, console);
    }
    console.note(say!("tracking-asking", count = sent.len(), run = &run.id, server = server.as_str()));
    let asked = ask(settings, &server, console, environment, async |asker: &mut Asker| {
        fates(asker, &sent, parts).await
    })?;
    let Some((fates, asker)) = asked else { return Ok(exit::INTERRUPTED) };
    let fates = match fates {
        Ok(fates) => fates,
        Err(silence) => return silence.tell(server.as_str(), console),
    };
    let is_redacted = settings.upload.privacy == Privacy::Redacted
        || kept.is_some_and(|kept| kept.privacy() == Privacy::Redacted);
    let shown = |line: Tracked| if is_redacted { line.redacted() } else { line };
    let lines = sent.into_iter().zip(fates).map(|(sent, fate)| shown(Tracked { sent, fate })).collect();
    finish(&run, lines, asker.requests, &folder, console)
}

/// Where the tasks stand in the server's list. The server's zone matters only for tasks whose time it did not tell.
fn parts_of(reader: &Reader, run: &Run, sent: &[CreatedTask]) -> Result<Vec<Part>, Refusal> {
    let zone = if sent.iter().all(|task| task.created_at.is_some()) {
        None
    } else {
        let near = run.started_at.div_euclid(1_000);
        zone(&reader.zone_samples(&run.server, near).map_err(|error| refused(&error))?)
    };
    Ok(parts(sent, zone))
}

/// The folder of the run's reports, which is made if it is not there.
fn folder_of(run: &Run, settings: &Settings) -> Result<PathBuf, Refusal> {
    let folder = match settings.origin_of("report_dir") {
        Origin::Flag => settings.upload.report_dir.join(&run.id),
        _ => run.report_dir.clone(),
    };
    if !folder.is_dir() {
        private_folder(&folder).map_err(|error| {
            let (folder, error) = (folder.display().to_string(), error.to_string());
            Refusal::new(say!("file-no-report-folder", folder = folder, error = error))
                .hint(say!("file-mend-reports"))
        })?;
    }
    Ok(folder)
}

fn finish(
    run: &Run,
    lines: Vec<Tracked>,
    requests: u64,
    folder: &std::path::Path,
    console: &Console,
) -> Result<u8, Refusal> {
    let files = tracking::write(folder, &lines)
        .map_err(|error| Refusal::new(error.to_string()).hint(say!("file-mend-reports")))?;
    if console.is_human() {
        console.result(show::screen(run, &lines, requests, &files, console));
    } else {
        for line in &lines {
            console.json(&TrackedObject::of(&run.id, line));
        }
        console.note(say!("tracking-requests", count = requests));
    }
    Ok(exit::ALL_DONE)
}

/// What became of each task; `None` for those that the server does not list.
async fn fates(
    asker: &mut Asker,
    sent: &[CreatedTask],
    parts: Vec<Part>,
) -> Result<Vec<Option<Fate>>, Silence> {
    let mut search = Search {
        places: sent.iter().enumerate().map(|(place, task)| (task.task_id, place)).collect(),
        fates: vec![None; sent.len()],
    };
    let mut is_listed_whole = true;
    for part in &parts {
        is_listed_whole &= search.list(asker, part).await?;
    }
    let mut misses = 0;
    for (place, task) in sent.iter().enumerate() {
        if search.fates[place].is_some() {
            continue;
        }
        if is_listed_whole && misses >= CONFIRMED_BY {
            break;
        }
        if search.ask_for(asker, task.task_id).await? {
            // It lists less than there is.
            is_listed_whole = false;
        } else {
            misses += 1;
        }
    }
    Ok(search.fates)
}

/// The tasks that are looked for, and what was found.
struct Search {
    /// By the ids of the server.
    places: HashMap<i64, usize>,
    fates: Vec<Option<Fate>>,
}

impl Search {
    /// Reads a part of the list as long as that is less to do than asking for its tasks one by one. Gives whether it was
    /// surely read to its end, without moving meanwhile.
    async fn list(&mut self, asker: &mut Asker, part: &Part) -> Result<bool, Silence> {
        let (mut number, mut listed, mut first_total) = (1_u64, 0_u64, None);
        let mut ids = std::collections::HashSet::new();
        loop {
            let missing = part.places.iter().filter(|place| self.fates[**place].is_none()).count() as u64;
            if missing == 0 {
                return Ok(true);
            }
            let query = [
                ("start_at", naive_text(part.span.from)),
                ("end_at", naive_text(part.span.to)),
                ("page", number.to_string()),
                ("page_size", PAGE_SIZE.to_string()),
            ];
            let page = asker.page(&query).await?;
            asker.tell_progress(self.fates.iter().flatten().count(), Some(self.fates.len() as u64));
            let count = page.tasks.len() as u64;
            listed += count;
            let total = *first_total.get_or_insert(page.total);
            let (mut found, before) = (0, ids.len());
            for task in &page.tasks {
                let Some(id) = task.id else { continue };
                ids.insert(id);
                let Some(fate) = self.places.get(&id).and_then(|place| self.fates.get_mut(*place)) else {
                    continue;
                };
                found += u64::from(fate.is_none());
                fate.get_or_insert_with(|| Fate::of(task));
            }
            let is_steady = page.total == total && ids.len() as u64 == listed;
            match total {
                _ if count == 0 => return Ok(is_steady && total.is_none_or(|total| listed >= total)),
                // A full last page may be no more than the most that a server counts.
                Some(total) if listed >= total => return Ok(is_steady && count < u64::from(PAGE_SIZE)),
                // The same page again, from a server that counts nothing.
                None if ids.len() == before => return Ok(false),
                // Strangers' tasks: what is left to read is more than what is left to find.
                Some(total) if (total - listed).div_ceil(count) > missing.saturating_sub(found) => {
                    return Ok(false);
                }
                _ => number += 1,
            }
        }
    }

    /// Asks for one task by its id; gives whether it is listed.
    async fn ask_for(&mut self, asker: &mut Asker, id: i64) -> Result<bool, Silence> {
        let query =
            [("task_id", id.to_string()), ("page", "1".to_owned()), ("page_size", PAGE_SIZE.to_string())];
        let page = asker.page(&query).await?;
        let Some(task) = page.tasks.iter().find(|task| task.id == Some(id)) else {
            // A server that does not understand the question must not make anybody believe that the task is gone.
            return match page.tasks.is_empty() {
                true => Ok(false),
                false => Err(Silence::Failed(say!("tracking-other-task", id = id.to_string()))),
            };
        };
        if let Some(fate) = self.places.get(&id).and_then(|place| self.fates.get_mut(*place)) {
            *fate = Some(Fate::of(task));
        }
        Ok(true)
    }
}
