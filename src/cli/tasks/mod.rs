//! `tasks`: what the server lists, by whatever it can be asked for.

mod show;

use std::path::Path;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::args::TasksArgs;
use super::asking::paging::{Next, Paging};
use super::asking::{Asker, PAGE_SIZE, Silence, ask};
use super::console::Console;
use super::exit;
use super::refusal::Refusal;
use super::runs::refused;
use super::settings::Settings;
use super::upload::Environment;
use crate::api::tasks::Task;
use crate::api::types::naive_text;
use crate::lang::say;
use crate::ledger::read::Reader;
use crate::report::{self, listed::Form};
use crate::upload::reconcile::window::{ZONES, Zone, zone};

/// The parameters of a request but for its page.
type Query = Vec<(&'static str, String)>;

/// What came of listing.
struct Listed {
    /// How many there are on all pages.
    total: Option<u64>,
    /// Whether all tasks that were there were seen.
    is_all: bool,
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// Bad usage, no token or one that is refused, or a file that cannot be written.
pub(super) fn run(
    arguments: &TasksArgs,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<u8, Refusal> {
    let out = arguments.out.as_deref().map(|path| Ok::<_, Refusal>((path, form_of(path)?))).transpose()?;
    let query = query(arguments, settings)?;
    let server = &settings.upload.base_url;
    let is_json = !console.is_human();
    let keeps = !is_json || out.is_some();
    let mut tasks = Vec::new();
    let asked = ask(settings, server, console, environment, async |asker: &mut Asker| {
        list(asker, arguments, &query, |task| {
            // Who has read enough, as `head` has, asks for no more.
            let goes_on = !is_json || console.try_result(&task.json) || out.is_some();
            if keeps {
                tasks.push(task);
            }
            goes_on
        })
        .await
    })?;
    let Some((listed, _)) = asked else { return Ok(exit::INTERRUPTED) };
    let listed = match listed {
        Ok(listed) => listed,
        Err(silence) => return silence.tell(server.as_str(), console),
    };
    if let Some((path, form)) = out {
        report::listed::write(path, form, &tasks)
            .map_err(|error| Refusal::new(error.to_string()).at("--out").hint(say!("tracking-out-hint")))?;
        let count = tasks.len();
        let text = say!("tracking-out-written", count = count, path = path.display().to_string());
        if is_json { console.note(text) } else { console.say(text) }
    } else if !is_json {
        let is_detailed = arguments.task_id.is_some() || console.is_verbose();
        show::show(&tasks, is_detailed, console);
        if let (Some(page), Some(total)) = (arguments.page, listed.total) {
            console.note(say!("tracking-page", page = page.to_string(), count = tasks.len(), total = total));
        }
    }
    if !listed.is_all {
        console.error(say!("tracking-restless"), Some(&say!("tracking-restless-hint")));
        return Ok(exit::STOPPED);
    }
    Ok(exit::ALL_DONE)
}

/// Reads the page that is asked for, or all of them. `each` gets every task once, and says whether more is wanted.
async fn list(
    asker: &mut Asker,
    arguments: &TasksArgs,
    query: &Query,
    mut each: impl FnMut(Task) -> bool,
) -> Result<Listed, Silence> {
    let page_size = arguments.page_size.map_or(PAGE_SIZE, |size| size.0);
    let mut paging = Paging::new(u64::from(page_size), arguments.status.is_some());
    let (mut number, mut count) = (arguments.page.unwrap_or(1), 0);
    loop {
        let mut query = query.clone();
        query.push(("page", number.to_string()));
        query.push(("page_size", page_size.to_string()));
        let page = asker.page(&query).await?;
        let total = page.total;
        let (fresh, next) = paging.take(page);
        count += fresh.len();
        asker.tell_progress(count, total);
        if !fresh.into_iter().all(&mut each) {
            return Ok(Listed { total, is_all: true });
        }
        match next {
            _ if arguments.page.is_some() => return Ok(Listed { total, is_all: true }),
            Next::Page(next) => number = next,
            next => return Ok(Listed { total, is_all: next == Next::Done }),
        }
    }
}

fn form_of(path: &Path) -> Result<Form, Refusal> {
    let form = Form::of(path).ok_or_else(|| {
        Refusal::new(say!("tracking-out-form", path = path.display().to_string()))
            .at("--out")
            .hint(say!("tracking-out-form-hint"))
    })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() && !path.is_dir() {
        return Ok(form);
    }
    // Said before the server is asked for what could not be kept.
    let text = say!("tracking-out-folder", folder = folder.display().to_string());
    Err(Refusal::new(text).at("--out").hint(say!("tracking-out-hint")))
}

/// The conditions, as the page on listing tasks names them.
fn query(arguments: &TasksArgs, settings: &Settings) -> Result<Query, Refusal> {
    let mut query = Vec::new();
    let numbers = [
        ("task_id", arguments.task_id),
        ("creation_id", arguments.creation_id),
        ("type", arguments.kind),
        (
            "status",
            arguments.status.as_ref().and_then(|status| status.0.number()).map(|number| number as u64),
        ),
    ];
    query.extend(numbers.into_iter().filter_map(|(key, number)| Some((key, number?.to_string()))));
    query.extend(arguments.search.clone().map(|text| ("name", text)));
    let (from, to) = (arguments.start_at.map(|at| at.first()), arguments.end_at.map(|at| at.last()));
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Refusal::new(say!("tracking-times-crossed"))
            .at("--start-at")
            .hint(say!("tracking-times-crossed-hint")));
    }
    let times = [("start_at", from, Edge::First), ("end_at", to, Edge::Last)];
    for (key, at, edge) in times {
        let Some(at) = at else { continue };
        let seconds = match &arguments.time_zone {
            None => seconds(at, &TimeZone::UTC),
            Some(named) => on_the_servers_wall(seconds(at, &named.0), edge, settings)?,
        };
        query.push((key, naive_text(seconds)));
    }
    Ok(query)
}

/// Seconds since 1970 of a time on a clock on the wall of a zone; one that summer time skips is that an hour later.
fn seconds(at: DateTime, zone: &TimeZone) -> i64 {
    let moment = zone.to_ambiguous_timestamp(at).compatible();
    moment.or_else(|_| Offset::UTC.to_timestamp(at)).map(|moment| moment.as_second()).unwrap_or_default()
}

/// Which end of a stretch of time is meant, where a second more or less cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// A moment (seconds since 1970) on the clock that the server searches by. Its zone is learned from the tasks that were
/// created there: their answers tell both of its clocks.
fn on_the_servers_wall(moment: i64, edge: Edge, settings: &Settings) -> Result<i64, Refusal> {
    let path = settings.global.ledger()?;
    let server = settings.upload.base_url.as_str();
    let reader = Reader::open(path).map_err(|error| refused(&error))?;
    let samples = reader.map(|reader| reader.zone_samples(server, moment)).transpose();
    let samples = samples.map_err(|error| refused(&error))?.unwrap_or_default();
    let zone = zone(&samples).ok_or_else(|| {
        Refusal::new(say!("tracking-zone-unknown", server = server))
            .at("--time-zone")
            .hint(say!("tracking-zone-unknown-hint"))
    })?;
    Ok(moment.saturating_add(lead(zone, edge)))
}

/// How far the server's clock on the wall is ahead of UTC: by quarters of an hour, if one fits.
fn lead(zone: Zone, edge: Edge) -> i64 {
    let quarter = zone.high.div_euclid(ZONES.2) * ZONES.2;
    match edge {
        _ if zone.low <= quarter => quarter,
        Edge::First => zone.low,
        Edge::Last => zone.high,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_a_quarter_of_an_hour_where_one_fits() {
        for (low, high, first, last) in [
            (25_198, 25_200, 25_200, 25_200),
            (25_200, 25_200, 25_200, 25_200),
            (25_200, 25_230, 25_200, 25_200),
            (-12_602, -12_600, -12_600, -12_600),
            (-1, 0, 0, 0),
            (25_300, 25_302, 25_300, 25_302),
        ] {
            let zone = Zone { low, high };
            assert_eq!((lead(zone, Edge::First), lead(zone, Edge::Last)), (first, last), "{zone:?}");
        }
    }

    #[test]
    fn times_of_a_zone_with_summer_time() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (at, want) in [
            ("2026-01-01T12:00:00", "2026-01-01T11:00:00Z"),
            ("2026-07-01T12:00:00", "2026-07-01T10:00:00Z"),
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),
        ] {
            let want: jiff::Timestamp = want.parse().unwrap();
            assert_eq!(seconds(at.parse().unwrap(), &berlin), want.as_second(), "{at}");
        }
    }
}
