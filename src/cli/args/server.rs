//! The arguments of the commands that ask the server about tasks.

use std::path::PathBuf;

use clap::Args;

use crate::cli::keys::Keys;
use crate::cli::parse::{NamedStatus, Period, Rate, Text, WallTime, Whole, Zone};

/// Which server is asked, and the token for it.
#[derive(Debug, Clone, Args)]
pub struct ServerArgs {
    /// The server.
    #[arg(long, value_name = "URL")]
    #[arg(help = "The server [env: INCS_BASE_URL] [default: https://api.incsapp.com]")]
    pub base_url: Option<Text>,
    /// File that holds the token; without it the token comes from INCS_TOKEN
    #[arg(long, value_name = "PATH")]
    pub token_file: Option<PathBuf>,
}

/// Where and how the server is asked.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Asking")]
pub struct AskingArgs {
    /// Which server, and the token for it.
    #[command(flatten)]
    pub server: ServerArgs,
    /// Requests that may start: N/s, N/m or N/h [default: 10/s]
    #[arg(long, value_name = "N/s")]
    pub rate: Option<Rate>,
    /// Requests that may start at once after a lull [default: 1]
    #[arg(long, value_name = "N")]
    pub burst: Option<Whole<1, 10_000>>,
    /// How long an answer may take [default: 60s]
    #[arg(long, value_name = "DUR")]
    pub timeout: Option<Period<1>>,
}

impl AskingArgs {
    /// Lays them into the highest layer of the settings.
    pub(super) fn fill(&self, keys: &mut Keys) {
        keys.upload.base_url.clone_from(&self.server.base_url);
        keys.upload.token_file.clone_from(&self.server.token_file);
        keys.upload.rate = self.rate;
        keys.upload.burst = self.burst;
        keys.upload.timeout = self.timeout;
    }
}

/// Arguments of `track`.
#[derive(Debug, Clone, Args)]
pub struct TrackArgs {
    /// The run, as `runs` shows it [default: the latest one that created tasks]
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
    /// Folder of the reports, one folder a run [default: that of the run]
    #[arg(long, value_name = "DIR")]
    pub report_dir: Option<PathBuf>,
    /// Mask phones and names, to pass the files on
    #[arg(long)]
    pub redact: bool,
    /// Where and how the server is asked.
    #[command(flatten)]
    pub asking: AskingArgs,
}

/// Arguments of `tasks`.
#[derive(Debug, Clone, Args)]
pub struct TasksArgs {
    /// The task of this id, with all its fields and its history
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    pub task_id: Option<u64>,
    /// Tasks of this batch
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    pub creation_id: Option<u64>,
    /// Tasks of this type (3: message task)
    #[arg(long = "type", value_name = "N")]
    pub kind: Option<u64>,
    /// Tasks of this status: 0 not_started, 1 in_progress, 2 completed, 3 terminated
    #[arg(long, value_name = "0..3|NAME")]
    pub status: Option<NamedStatus>,
    /// Tasks whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Tasks created at this time or later, such as '2026-04-07 17:00:00' or 2026-04-07, by the server's clock
    #[arg(long, value_name = "TIME")]
    pub start_at: Option<WallTime>,
    /// Tasks created at this time or earlier, by the server's clock
    #[arg(long, value_name = "TIME")]
    pub end_at: Option<WallTime>,
    /// The zone of --start-at and --end-at, such as Asia/Jakarta [default: the server's]
    #[arg(long, value_name = "IANA")]
    pub time_zone: Option<Zone>,
    /// Only this page, counted from 1 [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub page: Option<u64>,
    /// Tasks of a page [default: 100]
    #[arg(long, value_name = "N")]
    pub page_size: Option<Whole<1, 100>>,
    /// Write the tasks with all their fields to this file, .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Where and how the server is asked.
    #[command(flatten)]
    pub asking: AskingArgs,
}
