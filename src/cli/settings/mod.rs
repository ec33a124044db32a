//! The settings of one run of the program: plain values with every default filled in.
//!
//! [`Settings::load`] lays the layers over one another once: flag > environment > profile > config file > default. A list
//! of a higher layer replaces that of a lower one; only `map` is merged, field by field.

mod merge;
mod notify;
mod origin;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;
pub use merge::{Flags, Surroundings};
pub use notify::{HookPlace, Notify, SecretPlace};
pub use origin::Origin;

use super::config::Ignored;
use super::parse::{
    BaseUrl, Changed, Color, Deadline, ExpectedRows, InputPath, LogFormat, OutputFormat, Percent, Rate,
    TablePath,
};
use super::refusal::Refusal;
use crate::domain::field::Field;
use crate::domain::outcome::Outcome;
use crate::domain::rules::{DateRules, DecimalSeparator, HiddenRows, PhoneRules, TotalAmount};
use crate::lang::{Language, say};
use crate::report::Privacy;

/// The variables of the environment that stand for a key; `INCS_IMPORT_CONFIG` and `INCS_TOKEN` are no keys.
pub const VARIABLES: [(&str, &str); 4] = [
    ("base_url", "INCS_BASE_URL"),
    ("profile", "INCS_IMPORT_PROFILE"),
    ("ledger", "INCS_IMPORT_LEDGER"),
    ("color", "NO_COLOR"),
];

/// The variable that names the config file.
pub const CONFIG_VARIABLE: &str = "INCS_IMPORT_CONFIG";

/// The server of `create-task.md`.
pub const DEFAULT_BASE_URL: &str = "https://api.incsapp.com";

/// The module of `create-task.md`, which gives it as a constant.
pub const DEFAULT_MODULE_ID: &str = "019d3dcd-f5a8-70e7-aff8-c54bde267f38";

/// Everything that was settled before the work begins.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How the program behaves, whatever it does.
    pub global: Global,
    /// How lists are read.
    pub reading: Reading,
    /// What tasks are made of where the list says nothing, and when a list is too bad to be sent.
    pub task: TaskDefaults,
    /// Where and how tasks are sent.
    pub upload: Upload,
    /// Who is told how runs ended.
    pub notify: Notify,
    /// What a person should know about the settings themselves: one sentence each, for standard error.
    pub warnings: Vec<String>,
    /// What named the config file: `--config` or `INCS_IMPORT_CONFIG`; `None` where it was found by itself, or there is none.
    pub config_named_by: Option<&'static str>,
    /// What of the config files was found and does not count.
    pub ignored: Vec<Ignored>,
    sources: BTreeMap<&'static str, Origin>,
}

/// How much is told on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Only what went wrong.
    Quiet,
    /// The usual.
    Normal,
    /// More.
    Verbose,
}

/// How the program behaves, whatever it does.
#[derive(Debug, Clone)]
pub struct Global {
    /// The config file that was read.
    pub config: Option<PathBuf>,
    /// The profile that was chosen.
    pub profile: Option<String>,
    /// The record of all runs. `None` if none is named and the user has no state folder; see [`Global::ledger`].
    pub ledger: Option<PathBuf>,
    /// From `--verbose` and `--quiet`.
    pub verbosity: Verbosity,
    /// When colours are used.
    pub color: Color,
    /// Form of the log on standard error.
    pub log_format: LogFormat,
    /// Form of standard output.
    pub format: OutputFormat,
    /// The language of screens and reports. `None`: nobody said, so that of the locale.
    pub lang: Option<Language>,
}

impl Global {
    /// The file of the ledger, which need not exist yet.
    ///
    /// # Errors
    /// None is named, and the user has no state folder that could hold one.
    pub fn ledger(&self) -> Result<&Path, Refusal> {
        self.ledger
            .as_deref()
            .ok_or_else(|| Refusal::new(say!("settings-no-ledger-place")).hint(say!("settings-name-ledger")))
    }
}

/// How lists are read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The `INPUT` arguments.
    pub inputs: Vec<InputPath>,
    /// The users, where they are a table of their own.
    pub users: Option<TablePath>,
    /// The orders of those users.
    pub orders: Option<TablePath>,
    /// Only these sheets; empty: those that have a header.
    pub sheets: Vec<String>,
    /// Every visible sheet with a header. Never together with `sheets`.
    pub all_sheets: bool,
    /// Row of the header, counted from 1. `None`: found.
    pub header_row: Option<u32>,
    /// The columns that were named for fields, each field once: a header text, a letter `C` or a number `#3`.
    pub map: Vec<(Field, String)>,
    /// Columns that are left out silently.
    pub ignore: Vec<String>,
    /// Fields that must be there and filled.
    pub require: Vec<Field>,
    /// The encoding of CSV files. `None`: found.
    pub encoding: Option<String>,
    /// The delimiter of CSV files. `None`: found.
    pub delimiter: Option<u8>,
    /// How phones are read.
    pub phones: PhoneRules,
    /// How dates are read; its zone is that of `{date}` too, where `None` means the machine's.
    pub dates: DateRules,
    /// How amounts are read.
    pub decimal_separator: Option<DecimalSeparator>,
    /// Blank cells of user columns are filled from above.
    pub fill_down: bool,
    /// What becomes of hidden rows. `None`: somebody has to be asked.
    pub hidden_rows: Option<HiddenRows>,
}

/// What tasks are made of where the list says nothing, and when a list is too bad to be sent.
#[derive(Debug, Clone)]
pub struct TaskDefaults {
    /// WhatsApp authorisation id.
    pub auth_id: Option<u64>,
    /// Module that shows the orders.
    pub module_id: String,
    /// Template of the name; not blank.
    pub name: Option<String>,
    /// Template of the description; not blank.
    pub description: Option<String>,
    /// Accounts that take turns.
    pub assignees: Vec<String>,
    /// Where the total comes from. `None`: the column where it is filled, else the sum of the due amounts.
    pub total_amount: Option<TotalAmount>,
    /// Any invalid row: send nothing.
    pub strict: bool,
    /// More invalid rows than this: send nothing.
    pub max_invalid: Percent,
    /// Another number of rows than this: send nothing.
    pub expect_rows: Option<ExpectedRows>,
    /// Only so many tasks.
    pub limit: Option<u32>,
}

/// Where and how tasks are sent.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The server.
    pub base_url: BaseUrl,
    /// The file of the token; use [`load_token`](super::token::load_token), which knows the precedence.
    pub token_file: Option<PathBuf>,
    /// Requests of all kinds that may start.
    pub rate: Rate,
    /// Requests that may start at once after a lull; 1 or more.
    pub burst: u32,
    /// Requests under way at most; 1 or more.
    pub concurrency: u32,
    /// How long an answer may take; not zero.
    pub timeout: Duration,
    /// How long after a doubt absence is not believed; see [`Upload::settle`].
    pub settle: Option<Duration>,
    /// Attempts for one task; 1 or more.
    pub max_attempts: u32,
    /// Skip what was created within this time; zero: never.
    pub dedupe_window: Duration,
    /// What becomes of changed tasks. `None`: nobody said; part of the question at a terminal, else skipped.
    pub changed: Option<Changed>,
    /// Ask first who has an unfinished task.
    pub skip_busy: bool,
    /// Ask first what the server has already.
    pub preflight: bool,
    /// Outcomes that do not make the exit code 1.
    pub accept: Vec<Outcome>,
    /// A list without rows is fine.
    pub allow_empty: bool,
    /// How long to wait for another run.
    pub lock_wait: Duration,
    /// When no new task is started any more.
    pub deadline: Option<Deadline>,
    /// Finish what earlier runs left before anything else.
    pub resume_first: bool,
    /// How old a run may grow before its people are forgotten. `None`: that is not done by itself.
    pub retention: Option<Duration>,
    /// Folder of the reports.
    pub report_dir: PathBuf,
    /// Where metrics are written. `None`: nowhere.
    pub metrics_file: Option<PathBuf>,
    /// Whether the reports name people.
    pub privacy: Privacy,
    /// Everything but sending.
    pub dry_run: bool,
    /// Do not ask.
    pub yes: bool,
    /// Upload to the stand-in.
    pub sandbox: bool,
}

impl Upload {
    /// How long after an attempt in doubt its absence is not believed: twice the time for an answer and a little more,
    /// where nobody says.
    pub fn settle(&self) -> Duration {
        self.settle.unwrap_or(self.timeout.saturating_mul(2).saturating_add(Duration::from_secs(5)))
    }

    /// The dedupe window in milliseconds; `None` when it is off.
    pub fn dedupe_window_ms(&self) -> Option<i64> {
        i64::try_from(self.dedupe_window.as_millis()).ok().filter(|window| *window > 0)
    }
}

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Lists; at least one, standard input at most once.
    Lists(Vec<InputPath>),
    /// Two tables.
    Tables {
        /// The users.
        users: TablePath,
        /// Their orders.
        orders: TablePath,
    },
}

impl Settings {
    /// Reads the config file and merges all layers.
    ///
    /// # Errors
    /// The config file, the profile, or a value in any layer cannot be used; or two settings of one layer contradict each
    /// other. Nothing else has been touched then: exit code 2.
    pub fn load(flags: Flags, around: &Surroundings<'_>) -> Result<Self, Refusal> {
        merge::load(flags, around)
    }

    /// Where the value of a key (`header_row`) comes from.
    pub fn origin_of(&self, key: &str) -> &Origin {
        self.sources.get(key).unwrap_or(&Origin::Default)
    }

    /// When a command that began at `start` starts no new task any more; both in milliseconds since 1970.
    pub fn deadline(&self, start: i64) -> Option<i64> {
        let zone = self.reading.dates.zone.clone().unwrap_or_else(TimeZone::system);
        self.upload.deadline.map(|deadline| deadline.moment(start, &zone))
    }

    /// What is to be read: the `INPUT` arguments, else `users` and `orders`.
    ///
    /// # Errors
    /// Nothing is named, only one of the two tables is, or standard input is named twice.
    pub fn input(&self) -> Result<Input, Refusal> {
        let Reading { inputs, users, orders, .. } = &self.reading;
        if inputs.iter().filter(|input| **input == InputPath::Stdin).count() > 1 {
            return Err(Refusal::new(say!("settings-stdin-twice")).hint(say!("settings-name-stdin-once")));
        }
        match (inputs.as_slice(), users, orders) {
            ([_, ..], None, None) => Ok(Input::Lists(inputs.clone())),
            ([_, ..], ..) => {
                Err(Refusal::new(say!("settings-input-and-tables")).hint(say!("screens-leave-one-out")))
            }
            ([], Some(users), Some(orders)) => {
                Ok(Input::Tables { users: users.clone(), orders: orders.clone() })
            }
            ([], Some(_), None) => Err(Refusal::new(say!("settings-users-without-orders"))
                .at(self.origin_of("users").place("users"))
                .hint(say!("settings-add-orders"))),
            ([], None, Some(_)) => Err(Refusal::new(say!("settings-orders-without-users"))
                .at(self.origin_of("orders").place("orders"))
                .hint(say!("settings-add-users"))),
            ([], None, None) => Err(Refusal::new(say!("settings-no-list")).hint(say!("settings-name-list"))),
        }
    }
}

/// A variable of the environment; an empty one counts as not set.
fn variable(environment: &dyn Fn(&str) -> Option<OsString>, name: &str) -> Option<OsString> {
    environment(name).filter(|value| !value.is_empty())
}

// They need files with owners and modes.
#[cfg(test)]
#[cfg(unix)]
mod tests;
