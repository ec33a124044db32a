//! The settings of a run as the ledger keeps them, so that it can be taken up again as it was meant; never the token.

use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cli::parse::{Changed, Rate};
use crate::cli::refusal::Refusal;
use crate::cli::settings::{Origin, Settings, Upload};
use crate::domain::outcome::Outcome;
use crate::domain::reading::Reading;
use crate::lang::{Language, say, speak, spoken};
use crate::ledger::read::{Reader, Run};
use crate::report::Privacy;

/// What is kept. What an older program did not keep has the value it had then.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::cli) struct Kept {
    rate: String,
    burst: u32,
    concurrency: u32,
    timeout_ms: u64,
    #[serde(default)]
    settle_ms: Option<u64>,
    max_attempts: u32,
    dedupe_window_ms: u64,
    changed: String,
    #[serde(default)]
    skip_busy: bool,
    #[serde(default)]
    preflight: bool,
    accept: Vec<String>,
    allow_empty: bool,
    #[serde(default)]
    redact: bool,
    /// Whether the server was the stand-in inside that process, which ended with it.
    #[serde(default)]
    pub(in crate::cli) own_sandbox: bool,
    /// How the list was read; for reports, and nothing here.
    #[serde(default)]
    list: Option<Reading>,
    /// The language of its reports.
    #[serde(default)]
    lang: Option<String>,
}

impl Kept {
    /// What a run is sent with. `changed` is what was settled about other content, which a person may have been asked.
    pub(super) fn of(settings: &Settings, changed: Changed, list: Reading) -> Self {
        let upload = &settings.upload;
        Self {
            rate: upload.rate.to_string(),
            burst: upload.burst,
            concurrency: upload.concurrency,
            timeout_ms: millis(upload.timeout),
            settle_ms: upload.settle.map(millis),
            max_attempts: upload.max_attempts,
            dedupe_window_ms: millis(upload.dedupe_window),
            changed: if changed == Changed::Send { "send" } else { "skip" }.to_owned(),
            skip_busy: upload.skip_busy,
            preflight: upload.preflight,
            accept: upload.accept.iter().map(|outcome| outcome.as_str().to_owned()).collect(),
            allow_empty: upload.allow_empty,
            redact: upload.privacy == Privacy::Redacted,
            own_sandbox: upload.sandbox,
            list: Some(list),
            lang: Some(spoken().as_str().to_owned()),
        }
    }

    /// Whether the reports of the run name people.
    pub(in crate::cli) fn privacy(&self) -> Privacy {
        if self.redact { Privacy::Redacted } else { Privacy::Full }
    }

    /// As text for the ledger.
    pub(super) fn write(&self) -> String {
        // Names and numbers: there is nothing that can fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the text of the ledger.
    pub(in crate::cli) fn read(text: &str) -> Result<Self, Refusal> {
        serde_json::from_str(text).map_err(|error| {
            Refusal::new(say!("resume-no-settings", error = error.to_string()))
                .hint(say!("resume-mend-no-settings"))
        })
    }

    /// The language of the run; `None` if an older program recorded it.
    fn language(&self) -> Option<Language> {
        self.lang.as_deref().and_then(Language::from_name)
    }

    /// The settings with which to go on: those of the run, and above them what the command line says.
    pub(super) fn under(&self, settings: &Settings) -> Result<Upload, Refusal> {
        let mut upload = settings.upload.clone();
        let from_run = |key: &str| *settings.origin_of(key) != Origin::Flag;
        if from_run("rate") {
            upload.rate = Rate::from_str(&self.rate).map_err(|why| {
                Refusal::new(say!("resume-bad-rate", rate = format!("{:?}", self.rate), why = why))
                    .hint(say!("resume-mend-bad-rate"))
            })?;
        }
        if from_run("burst") {
            upload.burst = self.burst;
        }
        if from_run("concurrency") {
            upload.concurrency = self.concurrency;
        }
        if from_run("timeout") {
            upload.timeout = Duration::from_millis(self.timeout_ms);
        }
        if from_run("settle") {
            upload.settle = self.settle_ms.map(Duration::from_millis);
        }
        if from_run("max_attempts") {
            upload.max_attempts = self.max_attempts;
        }
        if from_run("dedupe_window") {
            upload.dedupe_window = Duration::from_millis(self.dedupe_window_ms);
        }
        if from_run("changed") {
            upload.changed = Some(if self.changed == "send" { Changed::Send } else { Changed::Skip });
        }
        if from_run("skip_busy") {
            upload.skip_busy = self.skip_busy;
        }
        if from_run("preflight") {
            upload.preflight = self.preflight;
        }
        if from_run("accept") {
            upload.accept = self.accept.iter().filter_map(|name| Outcome::from_name(name)).collect();
        }
        if from_run("allow_empty") {
            upload.allow_empty = self.allow_empty;
        }
        if from_run("redact") {
            upload.privacy = self.privacy();
        }
        Ok(upload)
    }
}

/// Goes on in the language of a run, unless one was asked for: its reports shall be the same wherever they are written.
pub(in crate::cli) fn speak_like(run: &Run, reader: &Reader, settings: &Settings) {
    if settings.global.lang.is_some() {
        return;
    }
    // Whoever needs the settings of the run says what is wrong with them.
    let kept = reader.settings(run.number).ok().and_then(|text| Kept::read(&text).ok());
    if let Some(language) = kept.and_then(|kept| kept.language()) {
        speak(language);
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use crate::cli::config::Folders;
    use crate::cli::settings::Surroundings;

    #[test]
    fn what_a_person_answered_is_kept_for_the_resume() {
        let folder = tempfile::tempdir().unwrap();
        let load = |arguments: &[&str]| {
            let folders =
                Folders { working: folder.path().to_owned(), config: None, state: None, home: None };
            let flags = Cli::read(arguments.iter().map(Into::into)).unwrap().flags();
            Settings::load(flags, &Surroundings { environment: &|_| None, folders }).unwrap()
        };
        let upload = load(&["incs-import", "upload", "list.csv"]);
        assert_eq!(upload.upload.changed, None, "so it is asked");
        for answer in [Changed::Send, Changed::Skip] {
            let kept = Kept::read(&Kept::of(&upload, answer, Reading::default()).write()).unwrap();
            let resumed = kept.under(&load(&["incs-import", "resume"])).unwrap();
            assert_eq!(resumed.changed, Some(answer));
        }
    }
    #[test]
    fn the_language_is_kept_and_one_that_nobody_knows_is_none() {
        let text = r#"{"rate":"10/s","burst":1,"concurrency":16,"timeout_ms":60000,"max_attempts":5,
                       "dedupe_window_ms":0,"changed":"skip","accept":[],"allow_empty":false"#;
        for (lang, want) in [
            ("", None),
            (r#","lang":null"#, None),
            (r#","lang":"xx""#, None),
            (r#","lang":"id""#, Some(Language::Indonesian)),
        ] {
            let kept = Kept::read(&format!("{text}{lang}}}")).unwrap();
            assert_eq!(kept.language(), want, "{lang}");
        }
    }
}
