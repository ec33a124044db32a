//! What became of one file, on the screen and for the loop.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::refusal::Refusal;
use crate::domain::outcome::Outcome;
use crate::domain::quote::visible;
use crate::lang::{grouped, say};
use crate::report::Summary;
use crate::report::summary::TaskSummary;
use crate::upload::Ending;

/// What a list is told by of which nothing could be sent, in the folder of the run that it did not become.
pub(super) const REASONS: &str = "error.txt";

/// Where a file is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// It was moved here.
    Moved(PathBuf),
    /// It is where it was, and is tried again.
    Stays,
    /// It went away meanwhile; what was uploaded lies in the folder of the run.
    Gone(PathBuf),
    /// Another file has its name, which is a new list; what was uploaded lies in the folder of the run.
    Replaced(PathBuf),
}

/// What a turn of a file counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is in `done`.
    Done,
    /// It is in `failed`.
    Failed,
    /// It is tried again.
    Stayed,
    /// It changed, and is looked at anew.
    None,
}

impl Turn {
    pub(super) const fn of(place: &Place, code: u8) -> Self {
        match (place, code) {
            (Place::Stays, exit::ALL_DONE) => Self::None,
            (Place::Stays, _) => Self::Stayed,
            (_, exit::NOTHING_SENT) => Self::Failed,
            _ => Self::Done,
        }
    }
}

impl Place {
    /// The word for it in the log.
    pub(super) const fn as_str(&self) -> &'static str {
        match self {
            Self::Moved(_) => "moved",
            Self::Stays => "stays",
            Self::Gone(_) => "gone",
            Self::Replaced(_) => "replaced",
        }
    }
}

/// How one file ended.
#[derive(Debug)]
pub(super) struct Fate {
    pub(super) code: u8,
    pub(super) place: Place,
    /// The run that it became, or was gone on with.
    pub(super) run: Option<String>,
    /// The same would happen to every other file now.
    pub(super) ends_sweep: bool,
}

impl Fate {
    /// Nothing happened to it.
    pub(super) fn left(code: u8) -> Self {
        Self { code, place: Place::Stays, run: None, ends_sweep: false }
    }

    /// It has this run.
    pub(super) fn of_run(self, run: &str) -> Self {
        Self { run: Some(run.to_owned()), ..self }
    }

    /// It would be the same for every other file.
    pub(super) fn and_all_others(self) -> Self {
        Self { ends_sweep: true, ..self }
    }
}

/// Whether what ended a run early would end the next one too: a server, a token or a ledger has no other for another list.
pub(super) fn ends_others(early: Option<&Ending>) -> bool {
    match early {
        None | Some(Ending::EqualRejections { .. } | Ending::Bug(_)) => false,
        Some(
            Ending::Interrupted
            | Ending::Deadline
            | Ending::TokenRefused(_)
            | Ending::TokenUnclear
            | Ending::WrongServer { .. }
            | Ending::ForeignAnswer
            | Ending::CrossedAnswers
            | Ending::RetryLater { .. }
            | Ending::ThrottledThroughout
            | Ending::ListUnreadable(_)
            | Ending::ServerDown { .. }
            | Ending::Ledger(_),
        ) => true,
    }
}

/// Shows the line of a file that has a run.
pub(super) fn tell_run(
    file: &str,
    run: &str,
    summary: Option<&Summary>,
    code: u8,
    place: &Place,
    console: &Console,
) {
    let counts = summary.map(|summary| counts(&summary.tasks)).unwrap_or_default();
    let (file, code) = (visible(file), code.to_string());
    let shown = |path: &Path| visible(&path.display().to_string()).into_owned();
    console.say(match place {
        Place::Moved(path) => {
            say!("inbox-moved", file = file, run = run, counts = counts, code = code, place = shown(path))
        }
        Place::Stays => say!("inbox-stays", file = file, run = run, counts = counts, code = code),
        Place::Gone(folder) => {
            say!("inbox-gone", file = file, run = run, counts = counts, code = code, place = shown(folder))
        }
        Place::Replaced(folder) => {
            say!(
                "inbox-replaced",
                file = file,
                run = run,
                counts = counts,
                code = code,
                place = shown(folder)
            )
        }
    });
}

/// Shows the line, or the object, of a file that has no run.
pub(super) fn tell_no_run(file: &str, path: &Path, run: &str, why: &Refusal, fate: &Fate, console: &Console) {
    let about = match &why.place {
        Some(place) => format!("{file}: {place}: {}", why.message),
        None => format!("{file}: {}", why.message),
    };
    console.error(about, why.hint.as_deref());
    if !console.is_human() {
        let is_moved = matches!(fate.place, Place::Moved(_));
        console.json(&json!({
            "schema": 1,
            "run_id": is_moved.then_some(run),
            "status": "refused",
            "exit_code": fate.code,
            "input": {"files": [{"path": path.display().to_string()}]},
            "error": why.message,
            "hint": why.hint,
        }));
        return;
    }
    let (file, code) = (visible(file), fate.code.to_string());
    console.say(match &fate.place {
        Place::Moved(home) => {
            let reasons = home.with_file_name(run).join(REASONS).display().to_string();
            let (place, why) = (home.display().to_string(), visible(&reasons));
            say!("inbox-refused", file = file, run = run, code = code, place = visible(&place), why = why)
        }
        _ => say!("inbox-not-now", file = file, code = code),
    });
}

/// `3 created, 1 invalid`
pub(in crate::cli) fn counts(tasks: &TaskSummary) -> String {
    let lines = |outcome: Outcome| (outcome, tasks.lines(outcome));
    let parts: Vec<String> = Outcome::ALL
        .into_iter()
        .map(lines)
        .filter(|(_, count)| *count > 0)
        .map(|(outcome, count)| format!("{} {outcome}", grouped(count)))
        .collect();
    if parts.is_empty() { say!("inbox-no-rows") } else { parts.join(&say!("screens-comma")) }
}

/// What is kept beside a list of which nothing could be sent.
pub(super) fn explained(why: &Refusal, problems: &str) -> String {
    if problems.is_empty() { format!("{why}\n") } else { format!("{problems}\n\n{why}\n") }
}

/// What a panic said.
pub(super) fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
