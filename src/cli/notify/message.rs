//! What is told of an end: counts, codes, names of files, and a text of a few lines. Nobody of a list is in it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::state::{Health, Record};
use super::words::{bounded, harmless, without_people};
use crate::cli::afterwards::End;
use crate::cli::refusal::Refusal;
use crate::cli::settings::Settings;
use crate::cli::upload::{Environment, host};
use crate::domain::outcome::Outcome;
use crate::report::summary::TaskSummary;

/// So many files are named.
const FILES: usize = 20;
/// Sentences are cut behind so many characters.
const SENTENCE: usize = 200;
/// Names and paths too.
const NAME: usize = 300;

/// One notification; the names are those of the JSON object, which `docs/notifications.md` describes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Message {
    /// The form of this object.
    pub(super) schema: u8,
    /// Whether it was only asked for by `doctor --notify`.
    pub(super) test: bool,
    /// A few lines for people, in the language of the run.
    pub(super) text: String,
    /// How it stands now.
    pub(super) state: Health,
    /// How it stood after the end before; `None`: nobody knows.
    pub(super) previous: Option<Health>,
    /// Since when it has stood as it does.
    pub(super) since: String,
    /// `upload`, `resume` or `inbox`.
    pub(super) command: &'static str,
    pub(super) exit_code: u8,
    /// How the run stands, in the words of `summary.json`; `None` where there is no run.
    pub(super) status: Option<&'static str>,
    /// Why it stopped early or was refused, in the language of the run.
    pub(super) why: Option<String>,
    /// What to do about that.
    pub(super) mend: Option<String>,
    pub(super) run_id: Option<String>,
    /// Whether nothing real was created.
    pub(super) sandbox: bool,
    pub(super) base_url: String,
    /// The machine.
    pub(super) host: String,
    pub(super) profile: Option<String>,
    /// The names of the lists, without their folders.
    pub(super) files: Vec<String>,
    pub(super) started_at: Option<String>,
    pub(super) finished_at: String,
    /// How many tasks had which outcome.
    pub(super) tasks: Option<TaskSummary>,
    /// How many problems of which code the lists have.
    pub(super) problems: BTreeMap<String, u64>,
    pub(super) report_dir: Option<String>,
}

/// What a placeholder stands for.
pub(super) type Placeholder = fn(&Message) -> String;

/// What can stand between braces in a body.
pub(super) const PLACEHOLDERS: [(&str, Placeholder); 26] = [
    ("text", |message| message.text.clone()),
    ("state", |message| message.state.as_str().to_owned()),
    ("previous", |message| message.previous.map_or("unknown", Health::as_str).to_owned()),
    ("since", |message| message.since.clone()),
    ("command", |message| message.command.to_owned()),
    ("exit_code", |message| message.exit_code.to_string()),
    ("status", |message| message.status.unwrap_or_default().to_owned()),
    ("why", |message| message.why.clone().unwrap_or_default()),
    ("mend", |message| message.mend.clone().unwrap_or_default()),
    ("run_id", |message| message.run_id.clone().unwrap_or_default()),
    ("base_url", |message| message.base_url.clone()),
    ("host", |message| message.host.clone()),
    ("profile", |message| message.profile.clone().unwrap_or_default()),
    ("files", |message| message.files.join(", ")),
    ("started_at", |message| message.started_at.clone().unwrap_or_default()),
    ("finished_at", |message| message.finished_at.clone()),
    ("report_dir", |message| message.report_dir.clone().unwrap_or_default()),
    ("planned", |message| message.tasks.as_ref().map_or(0, |tasks| tasks.planned).to_string()),
    ("created", |message| message.count(Outcome::Created)),
    ("incomplete_task", |message| message.count(Outcome::IncompleteTask)),
    ("rejected", |message| message.count(Outcome::Rejected)),
    ("failed", |message| message.count(Outcome::Failed)),
    ("unresolved", |message| message.count(Outcome::Unresolved)),
    ("skipped", |message| message.count(Outcome::Skipped)),
    ("pending", |message| message.count(Outcome::Pending)),
    ("invalid", |message| message.count(Outcome::Invalid)),
];

impl Message {
    /// The message of an end; `before` is what is known of the end before it.
    pub(super) fn of(
        end: &End<'_>,
        before: Option<&Record>,
        record: &Record,
        settings: &Settings,
        environment: Environment<'_>,
        now: Timestamp,
    ) -> Self {
        let summary = end.summary;
        let server = || settings.upload.base_url.as_str().to_owned();
        let mut message = Self {
            test: false,
            state: record.state,
            previous: before.map(|before| before.state),
            since: time(record.since),
            command: end.command,
            exit_code: end.exit_code,
            status: summary.map(|summary| summary.status.as_str()),
            why: end.why.map(why),
            mend: end.why.and_then(|why| why.hint.as_deref()).map(sentence),
            run_id: end.run_id.map(str::to_owned),
            sandbox: summary.is_some_and(|summary| summary.sandbox),
            base_url: summary.map_or_else(server, |summary| summary.base_url.clone()),
            files: end.files.iter().take(FILES).map(|file| harmless(file, NAME)).collect(),
            started_at: summary.map(|summary| summary.started_at.clone()),
            finished_at: summary.and_then(|summary| summary.finished_at.clone()).unwrap_or_else(|| time(now)),
            tasks: summary.map(|summary| summary.tasks.clone()),
            problems: summary.map(|summary| summary.problems.clone()).unwrap_or_default(),
            report_dir: end.report_dir.map(folder),
            ..Self::here(settings, environment, now)
        };
        let more_files = end.files.len().saturating_sub(message.files.len());
        message.text = super::words::text(&message, more_files);
        message
    }

    /// The message of a trial.
    pub(super) fn trial(settings: &Settings, environment: Environment<'_>) -> Self {
        let mut message = Self::here(settings, environment, Timestamp::now());
        message.text = super::words::text_of_trial(&message.host);
        message
    }

    /// What is known without an end.
    fn here(settings: &Settings, environment: Environment<'_>, now: Timestamp) -> Self {
        Self {
            schema: 1,
            test: true,
            text: String::new(),
            state: Health::Ok,
            previous: None,
            since: time(now),
            command: "doctor",
            exit_code: 0,
            status: None,
            why: None,
            mend: None,
            run_id: None,
            sandbox: false,
            base_url: settings.upload.base_url.as_str().to_owned(),
            host: harmless(&host(environment), NAME),
            profile: settings.global.profile.as_deref().map(|profile| harmless(profile, NAME)),
            files: Vec::new(),
            started_at: None,
            finished_at: time(now),
            tasks: None,
            problems: BTreeMap::new(),
            report_dir: None,
        }
    }

    fn count(&self, outcome: Outcome) -> String {
        self.tasks.as_ref().map_or(0, |tasks| tasks.lines(outcome)).to_string()
    }

    /// The whole object.
    pub(super) fn object(&self) -> Vec<u8> {
        // Texts and numbers under keys that are texts can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// `2026-11-22T01:30:00.123Z`, as in `summary.json`.
fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn why(refusal: &Refusal) -> String {
    sentence(&refusal.line())
}

/// A sentence that may hold what came from outside.
fn sentence(text: &str) -> String {
    bounded(&without_people(&harmless(text, 4 * SENTENCE)), SENTENCE)
}

fn folder(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    harmless(&path.display().to_string(), NAME)
}

/// `3 created, 1 invalid`; `None` where there is no run.
pub(super) fn counts(message: &Message) -> Option<String> {
    message.tasks.as_ref().map(crate::cli::inbox::counts)
}

#[cfg(test)]
impl Message {
    pub(super) fn example() -> Self {
        let around =
            crate::cli::settings::Surroundings { environment: &|_| None, folders: Default::default() };
        let settings = Settings::load(crate::cli::settings::Flags::default(), &around).unwrap();
        let nobody = |_: &str| Some("desk".into());
        Self { command: "upload", test: false, ..Self::trial(&settings, &nobody) }
    }
}
