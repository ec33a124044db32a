//! Keys that say where and how tasks are sent, and where the reports go.

use std::path::PathBuf;

use super::group;
use crate::cli::parse::{
    Changed, Commas, Deadline, OutcomeName, Period, Rate, Text, Whole, one_or_many, path,
};

group! {
    "upload"
    /// How tasks are sent.
    #[derive(clap::Args)]
    #[command(next_help_heading = "Uploading")]
    pub struct UploadKeys {
        /// The server. Text until it is merged: a refusal of clap would repeat what is typed, and that may hold a password.
        #[arg(long, value_name = "URL")]
        #[arg(help = "The server [env: INCS_BASE_URL] [default: https://api.incsapp.com]")]
        #[arg(long_help = None)]
        pub base_url: Option<Text>,
        /// File that holds the token; without it the token comes from INCS_TOKEN
        #[arg(long, value_name = "PATH")]
        #[serde(deserialize_with = "path")]
        pub token_file: Option<PathBuf>,
        /// Requests that may start, of all kinds: N/s, N/m or N/h [default: 10/s]
        #[arg(long, value_name = "N/s")]
        pub rate: Option<Rate>,
        /// Requests that may start at once after a lull [default: 1]
        #[arg(long, value_name = "N")]
        pub burst: Option<Whole<1, 10_000>>,
        /// Requests under way at most [default: 16]
        #[arg(long, value_name = "N")]
        pub concurrency: Option<Whole<1, 1024>>,
        /// How long an answer may take [default: 60s]
        #[arg(long, value_name = "DUR")]
        pub timeout: Option<Period<1>>,
        /// How long after a request in doubt its task may still turn up at the server [default: 2 x timeout + 5s]
        #[arg(long, value_name = "DUR")]
        pub settle: Option<Period<1>>,
        /// Attempts for one task [default: 5]
        #[arg(long, value_name = "N")]
        pub max_attempts: Option<Whole<1, { u32::MAX }>>,
        /// Skip what an earlier run created within this time; 0 turns it off [default: 20h]
        #[arg(long, value_name = "DUR")]
        pub dedupe_window: Option<Period<0>>,
        /// A phone that got another task within that time: skip it, or send [default: ask at a terminal, else skip]
        #[arg(long, value_name = "WHAT")]
        pub changed: Option<Changed>,
        /// Ask the server first who has an unfinished task, and leave those out
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub skip_busy: Option<bool>,
        /// Ask the server first which tasks of the dedupe window it has, and leave those out (for a lost ledger)
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub preflight: Option<bool>,
        /// Outcomes that do not make the exit code 1
        #[arg(long, value_name = "OUTCOME,...")]
        #[serde(deserialize_with = "one_or_many")]
        pub accept: Option<Vec<Commas<OutcomeName>>>,
        /// A list without rows is fine (exit code 0)
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub allow_empty: Option<bool>,
        /// How long to wait for another run to end [default: 0]
        #[arg(long, value_name = "DUR")]
        pub lock_wait: Option<Period<0>>,
        /// When no new task is started any more: so long after the start (2h), or at a time of day (06:00) in --time-zone
        #[arg(long, value_name = "DUR|HH:MM")]
        pub deadline: Option<Deadline>,
        /// First finish what runs of the last 36 hours left, then go on with today's list
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub resume_first: Option<bool>,
        /// After each run, purge runs older than this; at least 1d [default: never]
        #[arg(long, value_name = "DUR")]
        pub retention: Option<Period<86_400_000>>,
        /// Folder of the reports, one folder a run [default: reports]
        #[arg(long, value_name = "DIR")]
        #[serde(deserialize_with = "path")]
        pub report_dir: Option<PathBuf>,
        /// Write metrics into this file, for the textfile collector of Prometheus' node exporter (NAME.prom)
        #[arg(long, value_name = "PATH")]
        #[serde(deserialize_with = "path")]
        pub metrics_file: Option<PathBuf>,
        /// Mask phones and names in the reports, to pass them on; no fix.xlsx is written then
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub redact: Option<bool>,
        /// Do everything but send; no run is recorded
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub dry_run: Option<bool>,
        /// Do not ask before sending
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub yes: Option<bool>,
        /// Upload to a stand-in inside the program: nothing real is created
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub sandbox: Option<bool>,
    }
}
