//! Asking the server about tasks, politely: at the configured rate, one page after the other, and again where it could not
//! answer. A GET changes nothing, so it may be repeated; it is given up after a few times all the same.

pub(super) mod paging;

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use super::console::Console;
use super::parse::BaseUrl;
use super::refusal::Refusal;
use super::settings::{Settings, Upload};
use super::upload::{Environment, Target, token_of};
use super::{signals, token};
use crate::api::classify::{Answer, get_status};
use crate::api::client::Client;
use crate::api::tasks::{TaskPage, task_page};
use crate::api::types::{begins_as_json, envelope};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::lang::say;
use crate::upload::pace::Pace;
use crate::upload::retry::{Cause, backoff, retry_after};

/// The most that a page may hold. Source: the page on listing tasks.
pub(super) const PAGE_SIZE: u32 = 100;

/// A request is made so often at the most.
const TRIES: u32 = 4;

/// A server that asks for more patience than this is not waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// How often it is told how far the reading is.
const TELLING: Duration = Duration::from_secs(5);

/// A longer wait is told.
const LONG_WAIT: Duration = Duration::from_secs(3);

/// The server does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Silence {
    /// It refuses the token, which is a matter of usage.
    Token,
    /// It failed, or what answers is not the API.
    Failed(String),
}

impl Silence {
    /// Says so on standard error; gives the exit code.
    ///
    /// # Errors
    /// The token is to be mended.
    pub(super) fn tell(self, server: &str, console: &Console) -> Result<u8, Refusal> {
        match self {
            Self::Token => {
                Err(Refusal::new(say!("tracking-token-refused", server = server)).hint(token::hint()))
            }
            Self::Failed(why) => {
                let text = say!("tracking-server-failed", server = server, why = why);
                console.error(text, Some(&say!("tracking-server-failed-hint")));
                Ok(super::exit::STOPPED)
            }
        }
    }
}

/// What became of a request.
enum Outcome {
    Page(TaskPage),
    /// May be asked again; what happened, and how long the server wants to be left alone.
    Again {
        why: String,
        cause: Cause,
        wait: Option<Duration>,
    },
    Never(Silence),
}

/// Whoever asks.
pub(super) struct Asker {
    client: Client,
    pace: Pace,
    console: Console,
    /// Requests made, repeated ones too.
    pub(super) requests: u64,
    /// Whether an answer carried the sandbox's mark.
    is_sandbox: bool,
    told_at: Instant,
}

impl Asker {
    pub(super) fn new(client: Client, upload: &Upload, console: Console) -> Self {
        let burst = NonZeroU32::new(upload.burst).unwrap_or(NonZeroU32::MIN);
        let (pace, told_at) = (Pace::new(upload.rate, burst), Instant::now());
        Self { client, pace, console, requests: 0, is_sandbox: false, told_at }
    }

    /// Says how many tasks were read, if that was not said just now.
    pub(super) fn tell_progress(&mut self, count: usize, total: Option<u64>) {
        if self.told_at.elapsed() < TELLING {
            return;
        }
        self.told_at = Instant::now();
        self.console.note(match total {
            Some(total) => say!("tracking-progress-of", count = count, total = total),
            None => say!("tracking-progress", count = count),
        });
    }

    /// Asks for one page.
    ///
    /// # Errors
    /// The token is refused, or the server did not answer as it should however often it was asked.
    pub(super) async fn page(&mut self, query: &[(&str, String)]) -> Result<TaskPage, Silence> {
        let mut tries = 0;
        loop {
            self.pace.start().await;
            self.requests += 1;
            tries += 1;
            let (why, cause, wait) = match self.ask(query).await {
                Outcome::Page(page) => return Ok(page),
                Outcome::Never(silence) => return Err(silence),
                Outcome::Again { why, cause, wait } => (why, cause, wait),
            };
            let wait = wait.unwrap_or_else(|| backoff(cause, tries, fastrand::f64()));
            if tries >= TRIES || wait > LONGEST_WAIT {
                return Err(Silence::Failed(why));
            }
            if wait >= LONG_WAIT {
                self.console.note(say!("tracking-waiting", why = why, seconds = wait.as_secs()));
            }
            self.pace.pause(wait);
        }
    }

    async fn ask(&mut self, query: &[(&str, String)]) -> Outcome {
        let answer = match self.client.list(query).await {
            Ok(answer) => answer,
            Err(failure) => {
                return Outcome::Again { why: failure.words(), cause: Cause::Connect, wait: None };
            }
        };
        if answer.sandbox && !self.is_sandbox {
            self.is_sandbox = true;
            self.console.warn(say!("tracking-sandbox"));
        }
        let status = get_status(&answer);
        match status {
            // A login page is no failure that passes.
            _ if (200..300).contains(&answer.status) && !begins_as_json(&answer.body) => {
                Outcome::Never(Silence::Failed(say!("tracking-foreign-answer")))
            }
            200..300 => match task_page(&answer.body) {
                Ok(page) => Outcome::Page(page),
                Err(why) => Outcome::Again { why, cause: Cause::Connect, wait: None },
            },
            401 | 403 => Outcome::Never(Silence::Token),
            429 => {
                self.pace.slow_down();
                let now = answer.date.unwrap_or_else(|| SystemClock.now().div_euclid(1_000));
                let wait = answer.retry_after.as_deref().and_then(|header| retry_after(header, now));
                Outcome::Again { why: words(status, &answer), cause: Cause::Throttle, wait }
            }
            408 | 500.. => Outcome::Again { why: words(status, &answer), cause: Cause::Connect, wait: None },
            _ => Outcome::Never(Silence::Failed(words(status, &answer))),
        }
    }
}

/// The status, and what the server says about it.
fn words(status: u16, answer: &Answer) -> String {
    let message = envelope(&answer.body).map(|envelope| envelope.message).unwrap_or_default();
    match message.is_empty() {
        true => say!("tracking-status", status = status.to_string()),
        false => say!("tracking-status-with-words", status = status.to_string(), message = message),
    }
}

/// Makes a client for the server, and asks it until the work is done; `None` when a person stopped it.
///
/// # Errors
/// There is no token, or no client can be made.
pub(super) fn ask<T>(
    settings: &Settings,
    server: &BaseUrl,
    console: &Console,
    environment: Environment<'_>,
    work: impl AsyncFnOnce(&mut Asker) -> T,
) -> Result<Option<(T, Asker)>, Refusal> {
    let mut upload = settings.upload.clone();
    upload.base_url = server.clone();
    // There is nothing to ask of a stand-in that begins and ends with this command.
    (upload.sandbox, upload.dry_run) = (false, false);
    let token = token_of(settings, console, environment)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(say!("screens-no-runtime", error = error.to_string())))?;
    let target = Target::start(&upload, Some(token), &runtime)?;
    let mut asker = Asker::new(target.client.clone(), &upload, *console);
    let done = runtime.block_on(async {
        let stopped = signals::once();
        tokio::select! {
            done = work(&mut asker) => Some(done),
            () = stopped => None,
        }
    });
    Ok(done.map(|done| (done, asker)))
}
