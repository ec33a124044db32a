//! The server: whether it is the right one and lets us in, what its clocks show, how fast it answers.
//!
//! It is asked for its list, five times at most and no faster than the configured rate.

use std::time::{Duration, Instant};

use jiff::tz::Offset;
use secrecy::SecretString;

use super::Check;
use crate::api::classify::{Answer, SendFailure, get_status};
use crate::api::client::Client;
use crate::api::list::{Page, page};
use crate::api::types::{begins_as_json, naive_text};
use crate::cli::parse::Rate;
use crate::cli::settings::{Settings, Upload};
use crate::cli::token;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::lang::say;
use crate::upload::Trouble;
use crate::upload::reconcile::window::{Lead, ZONES};

/// Requests after the first one, to see how long answers take.
const MORE: u32 = 4;
/// What those may wait for the rate, all together.
const PATIENCE: Duration = Duration::from_secs(5);
/// Nobody waits longer than this for a diagnosis.
const LONGEST_ANSWER: Duration = Duration::from_secs(20);
/// Tasks of a page.
const PAGE_SIZE: u64 = 20;

/// Clocks that differ by more are told of: milliseconds.
const CLOCK_WARN: i64 = 5_000;
/// Clocks that differ by more make every time in a report wrong, and doubts hard to settle.
const CLOCK_FAIL: i64 = 300_000;

/// More requests under way are not suggested, whatever the rate.
const MOST_UNDER_WAY: f64 = 64.0;
/// Nor fewer: the concurrency is a ceiling, and one slow answer must not hold all others.
const LEAST_UNDER_WAY: u32 = 4;

/// An answer, and when.
struct Asked {
    answer: Answer,
    /// Milliseconds since 1970, of our clock.
    sent_at: i64,
    ended_at: i64,
    took: Duration,
}

/// Asks the server, and tells what is found as it is found.
pub(super) fn look(settings: &Settings, token: Option<SecretString>, tell: &mut dyn FnMut(Check)) {
    let Some(token) = token else {
        return tell(Check::warn("server", say!("doctor-not-asked"), token::hint()));
    };
    let upload = &settings.upload;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let found = say!("screens-no-runtime", error = error.to_string());
            return tell(Check::fail("server", found, say!("doctor-mend-server-down")));
        }
    };
    let client =
        reqwest::Url::parse(upload.base_url.as_str()).map_err(|error| error.to_string()).and_then(|url| {
            let timeout = upload.timeout.min(LONGEST_ANSWER);
            Client::new(&url, &token, timeout).map_err(|error| error.to_string())
        });
    match client {
        Ok(client) => runtime.block_on(ask_all(&client, upload, tell)),
        Err(error) => tell(Check::fail("server", error, say!("doctor-mend-tls"))),
    }
    // A name that is still being looked up must not hold the program.
    runtime.shutdown_background();
}

async fn ask_all(client: &Client, upload: &Upload, tell: &mut dyn FnMut(Check)) {
    let mut begin = Instant::now();
    let first = match ask(client, 1, PAGE_SIZE).await {
        Ok(first) => first,
        Err(failure) => return tell(unreachable(&failure)),
    };
    let (check, listed) = understood(&first.answer);
    tell(check);
    if first.answer.sandbox {
        tell(Check::warn("sandbox", say!("doctor-stand-in"), say!("doctor-mend-stand-in")));
    }
    tell(clock(first.answer.date.map(|date| Lead::of(date, first.sent_at, first.ended_at))));
    let Some(listed) = listed else { return };

    // The newest task is on the first page or on the last one: nobody says in which order they come.
    let last_page = listed.total.div_ceil(PAGE_SIZE);
    let mut newest = newest_of(&listed);
    let mut times = Vec::new();
    let between = upload.rate.interval();
    for more in 0..MORE {
        if between * (more + 1) > PATIENCE {
            break;
        }
        tokio::time::sleep(between.saturating_sub(begin.elapsed())).await;
        begin = Instant::now();
        let number = if more == 0 { last_page.max(1) } else { 1 };
        let Ok(asked) = ask(client, number, PAGE_SIZE).await else { break };
        if get_status(&asked.answer) != 200 {
            break;
        }
        newest = newest.max(page(&asked.answer.body).ok().and_then(|page| newest_of(&page)));
        times.push(asked.took);
    }
    tell(zone(newest, first.answer.date));
    // The first one had to connect, which those of an upload need not.
    if times.is_empty() {
        times.push(first.took);
    }
    tell(speed(&mut times, upload.rate, upload.concurrency));
}

async fn ask(client: &Client, number: u64, size: u64) -> Result<Asked, SendFailure> {
    let query = [("page", number.to_string()), ("page_size", size.to_string())];
    let (sent_at, begin) = (SystemClock.now(), Instant::now());
    let answer = client.list(&query).await?;
    Ok(Asked { answer, sent_at, ended_at: SystemClock.now(), took: begin.elapsed() })
}

fn newest_of(page: &Page) -> Option<i64> {
    page.tasks.iter().filter_map(|task| task.created_at).max()
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unreachable {
    Name,
    Refused,
    Tls,
    Other,
}

impl Unreachable {
    /// From the library's words, which is all that it gives.
    fn of(detail: &str) -> Self {
        let detail = detail.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| detail.contains(word));
        if has(&["dns error", "failed to lookup", "name resolution"]) {
            Self::Name
        } else if has(&["connection refused", "actively refused"]) {
            Self::Refused
        } else if has(&["certificate", "tls", "handshake", "corrupt message", "unknownissuer"]) {
            Self::Tls
        } else {
            Self::Other
        }
    }
}

fn unreachable(failure: &SendFailure) -> Check {
    let why = failure.words();
    let kind = match failure {
        SendFailure::Connect(detail) => Unreachable::of(detail),
        _ => Unreachable::Other,
    };
    let (found, fix) = match kind {
        Unreachable::Name => (say!("doctor-no-name", why = why), say!("doctor-mend-name")),
        Unreachable::Refused => (say!("doctor-refused", why = why), say!("doctor-mend-refused")),
        Unreachable::Tls => (say!("doctor-no-tls", why = why), say!("doctor-mend-tls")),
        Unreachable::Other => (say!("doctor-no-answer", why = why), say!("doctor-mend-server-down")),
    };
    Check::fail("server", found, fix)
}

/// What the first answer says of the server; the page, if it is one of the API.
fn understood(answer: &Answer) -> (Check, Option<Page>) {
    let fail = |found: String, fix: String| (Check::fail("server", found, fix), None);
    let is_html = answer.body.trim_ascii_start().starts_with(b"<");
    match (answer.status, get_status(answer)) {
        (300..400, _) => fail(
            say!("doctor-redirect", status = answer.status.to_string()),
            say!("doctor-mend-other-server"),
        ),
        (_, status @ (401 | 403)) => {
            fail(say!("doctor-token-refused", status = status.to_string()), say!("doctor-mend-token-refused"))
        }
        (_, 429) => (Check::warn("server", say!("doctor-throttled"), say!("doctor-mend-throttled")), None),
        (200..300, _) if is_html => fail(say!("doctor-html"), say!("doctor-mend-other-server")),
        (200..300, _) if !begins_as_json(&answer.body) => {
            fail(say!("doctor-not-the-api", why = say!("doctor-no-json")), say!("doctor-mend-other-server"))
        }
        (404 | 405, status) => {
            fail(say!("doctor-no-such-page", status = status.to_string()), say!("doctor-mend-other-server"))
        }
        (200..300, 200..300) => match page(&answer.body) {
            Ok(page) => (Check::ok("server", say!("doctor-server", count = page.total)), Some(page)),
            Err(bad) => {
                fail(say!("doctor-not-the-api", why = bad.to_string()), say!("doctor-mend-other-server"))
            }
        },
        (_, status) => {
            let why = Trouble::Status(status).words();
            fail(say!("doctor-no-answer", why = why), say!("doctor-mend-server-down"))
        }
    }
}

/// How far our clock is from the server's.
fn clock(lead: Option<Lead>) -> Check {
    let Some(lead) = lead else {
        return Check::warn("clock", say!("doctor-no-date"), say!("doctor-mend-clock"));
    };
    // What is possible goes from `low` to `high`; the benefit of the doubt is ours.
    let behind = if lead.low > 0 { lead.low } else { lead.high.min(0) };
    let seconds = format!("{}.{}", behind.abs() / 1_000, behind.abs() % 1_000 / 100);
    let found = match behind {
        0 => say!("doctor-clock"),
        1.. => say!("doctor-clock-behind", seconds = seconds),
        _ => say!("doctor-clock-ahead", seconds = seconds),
    };
    match behind.abs() {
        0..=CLOCK_WARN => Check::ok("clock", found),
        ..=CLOCK_FAIL => Check::warn("clock", found, say!("doctor-mend-clock")),
        _ => Check::fail("clock", found, say!("doctor-mend-clock")),
    }
}

/// What the newest task tells of the zone of the server's clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wall {
    /// It was surely made in a zone this far east, seconds, or further.
    AtLeast(i64),
    /// It is so near to this zone that it is likely the one.
    Likely(i64),
}

/// A task is never made after the answer that lists it; how long before is not known.
fn wall(newest: i64, date: i64) -> Option<Wall> {
    const SLACK: i64 = 60; // two clocks of one server
    const RECENT: i64 = 300;
    let (first, last, step) = ZONES;
    let lead = newest - date;
    let zone = (lead - SLACK).div_euclid(step) * step + step;
    if !(first..=last).contains(&zone) {
        return None;
    }
    let is_whole = zone % 3_600 == 0;
    Some(if is_whole && zone - lead <= RECENT { Wall::Likely(zone) } else { Wall::AtLeast(zone) })
}

fn zone(newest: Option<i64>, date: Option<i64>) -> Check {
    let (Some(newest), Some(date)) = (newest, date) else {
        return Check::ok("zone", say!("doctor-zone-unknown"));
    };
    let at = naive_text(newest);
    Check::ok(
        "zone",
        match wall(newest, date) {
            None => say!("doctor-zone-too-old", at = at),
            Some(Wall::Likely(zone)) => say!("doctor-zone", zone = utc(zone), at = at),
            Some(Wall::AtLeast(zone)) => say!("doctor-zone-at-least", zone = utc(zone), at = at),
        },
    )
}

/// `UTC+07:00`
fn utc(seconds: i64) -> String {
    let offset = i32::try_from(seconds).ok().and_then(|seconds| Offset::from_seconds(seconds).ok());
    let seconds = offset.unwrap_or(Offset::UTC).seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", seconds.abs() / 3_600, seconds.abs() % 3_600 / 60)
}

/// The round trip, and what rate and concurrency go with it.
fn speed(times: &mut [Duration], rate: Rate, concurrency: u32) -> Check {
    times.sort_unstable();
    let took = times.get(times.len() / 2).copied().unwrap_or_default();
    let suggested = suggest(rate, took);
    let found = say!(
        "doctor-speed",
        ms = took.as_millis().to_string(),
        rate = suggested.0.to_string(),
        concurrency = suggested.1.to_string()
    );
    let needed = per_second(rate) * took.as_secs_f64();
    if needed > f64::from(concurrency) {
        let fix =
            say!("doctor-mend-speed", rate = suggested.0.to_string(), concurrency = suggested.1.to_string());
        return Check::warn("speed", found, fix);
    }
    Check::ok("speed", found)
}

fn per_second(rate: Rate) -> f64 {
    f64::from(rate.count.get()) / rate.per.as_secs_f64()
}

/// Twice as many under way as the rate needs, since an answer to a new task takes longer than a list; and where that would be
/// too many, a lower rate.
fn suggest(rate: Rate, took: Duration) -> (Rate, u32) {
    let seconds = took.as_secs_f64().max(0.001);
    let under_way = (per_second(rate) * seconds * 2.0).ceil();
    if under_way <= MOST_UNDER_WAY {
        return (rate, (under_way as u32).max(LEAST_UNDER_WAY));
    }
    let most = MOST_UNDER_WAY / (seconds * 2.0);
    let (count, per) = if most >= 1.0 { (most, 1) } else { (most * 60.0, 60) };
    let count = std::num::NonZeroU32::new(count as u32).unwrap_or(std::num::NonZeroU32::MIN);
    (Rate { count, per: Duration::from_secs(per) }, MOST_UNDER_WAY as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::Status;
    use crate::cli::parse::FromText as _;

    #[test]
    fn failures_to_connect_are_told_apart_by_the_librarys_words() {
        for (detail, want) in [
            ("dns error: failed to lookup address information: Name or service not known", Unreachable::Name),
            ("tcp connect error: Connection refused (os error 111)", Unreachable::Refused),
            ("invalid peer certificate: UnknownIssuer", Unreachable::Tls),
            ("received corrupt message of type InvalidContentType", Unreachable::Tls),
            ("tcp connect error: Network is unreachable (os error 101)", Unreachable::Other),
        ] {
            assert_eq!(Unreachable::of(detail), want, "{detail}");
        }
    }

    #[test]
    fn clocks_near_off_and_far_off() {
        let lead = |low: i64, high: i64| Some(Lead { low, high });
        for (lead, status, words) in [
            (lead(-900, 1_100), Status::Ok, "agrees"),
            (lead(4_900, 6_900), Status::Ok, "4.9 s behind"),
            (lead(5_100, 7_000), Status::Warn, "5.1 s behind"),
            (lead(-9_000, -7_000), Status::Warn, "7.0 s ahead"),
            (lead(300_100, 302_000), Status::Fail, "300.1 s behind"),
            (lead(-602_000, -600_000), Status::Fail, "600.0 s ahead"),
            (None, Status::Warn, "Date"),
        ] {
            let check = clock(lead);
            assert!(check.status == status && check.found.contains(words), "{lead:?}: {check:?}");
        }
    }

    #[test]
    fn the_zone_as_far_as_the_newest_task_tells_it() {
        const NOW: i64 = 1_775_668_921;
        for (lead, want) in [
            (25_200, Some(Wall::Likely(25_200))),
            (25_200 - 200, Some(Wall::Likely(25_200))),
            (25_230, Some(Wall::Likely(25_200))),
            (25_200 - 1_000, Some(Wall::AtLeast(24_300))),
            (-10, Some(Wall::Likely(0))),
            (-18_000, Some(Wall::Likely(-18_000))),
            (-5 * 86_400, None),
            (15 * 3_600, None),
        ] {
            assert_eq!(wall(NOW + lead, NOW), want, "{lead}");
        }
        assert_eq!(
            (utc(25_200), utc(-12_600), utc(0)),
            ("UTC+07:00".into(), "UTC-03:30".into(), "UTC+00:00".into())
        );
        assert!(zone(None, Some(NOW)).found.contains("unknown"));
    }

    #[test]
    fn rate_and_concurrency_that_go_with_the_round_trip() {
        let rate = |text: &str| Rate::from_text(text).unwrap();
        for (configured, ms, want_rate, want_concurrency) in [
            ("10/s", 20, "10/s", 4),
            ("10/s", 400, "10/s", 8),
            ("10/s", 3_200, "10/s", 64),
            ("100/s", 2_000, "16/s", 64),
            ("10/s", 40_000, "48/m", 64),
            ("600/m", 400, "600/m", 8),
        ] {
            let (suggested, concurrency) = suggest(rate(configured), Duration::from_millis(ms));
            assert_eq!(
                (suggested.to_string().as_str(), concurrency),
                (want_rate, want_concurrency),
                "{configured} {ms}"
            );
        }
        let mut times = [Duration::from_secs(3); 3];
        assert_eq!(speed(&mut times, rate("10/s"), 16).status, Status::Warn);
        assert_eq!(speed(&mut times, rate("10/s"), 30).status, Status::Ok);
    }
}
