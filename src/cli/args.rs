//! The command line: commands, their arguments, and the help. What flags mean together is settled in
//! [`settings`](super::settings).

#[cfg(feature = "sandbox")]
mod sandbox;
mod server;
mod setup;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::keys::{GlobalKeys, Keys, ReadingKeys, TaskKeys, UploadKeys};
use super::parse::{InputPath, Period, Text};
use super::settings::Flags;
use crate::lang::say;
#[cfg(feature = "sandbox")]
pub use sandbox::{FaultArgs, SandboxArgs, TestArgs};
pub use server::{AskingArgs, ServerArgs, TasksArgs, TrackArgs};
pub use setup::{CompletionsArgs, DoctorArgs, InitArgs, ManArgs};

const AFTER_HELP: &str = "\
Settings: every flag that describes lists, tasks or uploading has a key in incs-import.toml,
named like the flag with _ for -. A flag goes before the environment, that before
[profile.NAME], that before the rest of the file. A flag that takes no value can be taken
back with =false (--strict=false).

Exit codes: 0 all done, 1 finished with something to mend, 2 nothing was sent, 3 stopped
early, 4 another run is going on, 130 interrupted.

Examples:
  incs-import check list.xlsx
  incs-import upload list.xlsx --auth-id 30058 --name 'Reminder {date}' --assignee incs_1,incs_2
  incs-import upload --sandbox list.csv";

const CHECK_EXAMPLES: &str = "\
Examples:
  incs-import check list.xlsx --country-code 62
  incs-import check --users users.xlsx#Users --orders orders.csv
  incs-import check list.csv --payloads bodies.jsonl
  incs-import check list.xlsx --fix fix.xlsx
  incs-import check list.csv --format json";

const UPLOAD_EXAMPLES: &str = "\
The token comes from INCS_TOKEN or from --token-file, never from the command line itself.

Examples:
  incs-import upload list.xlsx
  incs-import upload list.xlsx --dry-run
  incs-import upload --profile night --yes /srv/export/*.csv
  export-users | incs-import upload - --yes";

const INBOX_EXAMPLES: &str = "\
A list that has stood still is uploaded, moved as RUN_ID-NAME to DIR/done or DIR/failed, and has its
reports in the folder RUN_ID there. What was stopped stays, and the next sweep goes on with it.
The exit code is the worst of all lists, in this order: 0, 1, 2, 4, 3, 130.

Examples:
  incs-import inbox /srv/drop
  incs-import inbox /srv/drop --watch --profile night --heartbeat /run/incs/inbox.json
  incs-import inbox --sandbox drop";

const RESUME_EXAMPLES: &str = "\
Everything comes from the run unless a flag says otherwise; the server cannot be changed.

Examples:
  incs-import resume
  incs-import resume 20261122-013000-k7f3
  incs-import resume 20261122-013000-k7f3 --retry incomplete_task,rejected";

const RESOLVE_EXAMPLES: &str = "\
Examples:
  incs-import resolve 20261122-013000-k7f3 --phone 6281234567890 --task-id 239
  incs-import resolve 20261122-013000-k7f3 --phone 6281234567890 --absent";

const TRACK_EXAMPLES: &str = "\
Examples:
  incs-import track
  incs-import track 20261122-013000-k7f3 --format json";

const TASKS_EXAMPLES: &str = "\
Examples:
  incs-import tasks --status in_progress
  incs-import tasks --start-at 2026-11-22 --time-zone Asia/Jakarta --out today.xlsx
  incs-import tasks --task-id 237
  incs-import tasks --search 'Reminder' --page 1 --page-size 20 --format json";

/// Reads lists of users and orders and creates one INCS message task per user: never twice, never lost.
#[derive(Debug, Clone, Parser)]
#[command(name = "incs-import", version, after_help = AFTER_HELP, max_term_width = 110)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Config file [env: INCS_IMPORT_CONFIG] [default: incs-import.toml here, then in your config folder]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    pub config: Option<PathBuf>,
    /// The flags that every command has.
    #[command(flatten)]
    pub global: GlobalKeys,
}

/// The commands.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Read, check and group lists; show what would be sent, and every problem. Sends nothing
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Box<CheckArgs>),
    /// Check lists, create the tasks, write the reports
    #[command(after_help = UPLOAD_EXAMPLES)]
    Upload(Box<UploadArgs>),
    /// Upload each new list of a folder, and move it to done or failed there
    #[command(after_help = INBOX_EXAMPLES)]
    Inbox(Box<InboxArgs>),
    /// Finish a run that was stopped or killed: send what is pending, look up what is in doubt, write the reports
    #[command(after_help = RESUME_EXAMPLES)]
    Resume(Box<ResumeArgs>),
    /// Take a person's word on a task that may exist: it does, under that id, or it does not
    #[command(after_help = RESOLVE_EXAMPLES)]
    Resolve(ResolveArgs),
    /// Write an empty list with the right columns, notes and cell formats
    Template(TemplateArgs),
    /// List past runs: when, what, how many, in which state
    Runs,
    /// Write the reports of a run again
    Report(ReportArgs),
    /// Ask the server what became of the tasks of a run
    #[command(after_help = TRACK_EXAMPLES)]
    Track(Box<TrackArgs>),
    /// List tasks of the server: by id, status, name or time
    #[command(after_help = TASKS_EXAMPLES)]
    Tasks(Box<TasksArgs>),
    /// Forget the people of old runs; counts, ids and keyed hashes stay, so that nobody is tasked twice
    Purge(PurgeArgs),
    /// Write a commented config file with every setting in it
    #[command(after_help = setup::INIT_EXAMPLES)]
    Init(InitArgs),
    /// Show every setting and where it comes from
    #[command(after_help = setup::CONFIG_EXAMPLES)]
    Config(Box<KeyArgs>),
    /// Test config, token, server, clock, ledger and disk, and say how to mend each
    #[command(after_help = setup::DOCTOR_EXAMPLES)]
    Doctor(Box<DoctorArgs>),
    /// Run a stand-in for the INCS API on this machine, for trials
    #[cfg(feature = "sandbox")]
    Sandbox(Box<SandboxArgs>),
    /// Write the completions of a shell to standard output
    #[command(after_help = setup::COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Write the man page to standard output
    #[command(after_help = setup::MAN_EXAMPLES)]
    Man(ManArgs),
}

/// Lists to read.
#[derive(Debug, Clone, Default, Args)]
pub struct InputArgs {
    /// Lists: .csv .tsv .txt .xlsx .xlsm .xlsb .xls .ods, or - for CSV on standard input
    #[arg(value_name = "INPUT", conflicts_with_all = ["users", "orders"])]
    pub inputs: Vec<InputPath>,
    /// Only here to say why it is not.
    #[arg(long, hide = true, num_args = 0..=1, value_name = "TOKEN")]
    token: Option<Option<OsString>>,
}

/// Every flag that has a key in the config file.
#[derive(Debug, Clone, Args)]
pub struct KeyArgs {
    /// How lists are read.
    #[command(flatten)]
    pub reading: ReadingKeys,
    /// What tasks are made of.
    #[command(flatten)]
    pub task: TaskKeys,
    /// How tasks are sent.
    #[command(flatten)]
    pub upload: UploadKeys,
}

impl KeyArgs {
    fn put_into(&self, keys: &mut Keys) {
        keys.reading = self.reading.clone();
        keys.task = self.task.clone();
        keys.upload = self.upload.clone();
    }
}

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Lists to read.
    #[command(flatten)]
    pub input: InputArgs,
    /// Write the bodies that would be sent to this file, one JSON object a line, in upload order
    #[arg(long, value_name = "PATH")]
    pub payloads: Option<PathBuf>,
    /// Write the rows to be mended to this workbook, marked and explained; corrected, it is an INPUT for the same flags
    #[arg(long, value_name = "PATH")]
    pub fix: Option<PathBuf>,
    /// How lists are read.
    #[command(flatten)]
    pub reading: ReadingKeys,
    /// What tasks are made of.
    #[command(flatten)]
    pub task: TaskKeys,
}

/// Arguments of `upload`.
#[derive(Debug, Clone, Args)]
pub struct UploadArgs {
    /// Lists to read.
    #[command(flatten)]
    pub input: InputArgs,
    /// Every flag that has a key.
    #[command(flatten)]
    pub keys: KeyArgs,
}

/// Arguments of `inbox`.
#[derive(Debug, Clone, Args)]
pub struct InboxArgs {
    /// The folder; sub-folders, hidden and unfinished files are left alone
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Stay, and look again and again
    #[arg(long)]
    pub watch: bool,
    /// With --watch: the longest time between two looks
    #[arg(long, value_name = "DUR", default_value = super::inbox::EVERY)]
    pub every: Period<1>,
    /// How long size and time of a file must stand still before it is taken
    #[arg(long, value_name = "DUR", default_value = super::inbox::REST)]
    pub rest: Period<1>,
    /// Write a line of JSON to this file after every look and every 10 seconds, for whoever watches over it
    #[arg(long, value_name = "PATH")]
    pub heartbeat: Option<PathBuf>,
    /// Every flag that has a key.
    #[command(flatten)]
    pub keys: KeyArgs,
}

/// Arguments of `resume`.
#[derive(Debug, Clone, Args)]
pub struct ResumeArgs {
    /// The run, as `runs` shows it [default: the latest one that is not finished]
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
    /// Send these again too: incomplete_task, rejected
    #[arg(long, value_name = "OUTCOME,...", value_delimiter = ',', hide_possible_values = true)]
    pub retry: Vec<Retry>,
    /// Without RUN: how long ago the run may have begun
    #[arg(long, value_name = "DUR", default_value = "24h")]
    pub max_age: Period<1>,
    /// How tasks are sent.
    #[command(flatten)]
    pub upload: UploadKeys,
}

/// An outcome that `resume` can be told to send again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Retry {
    /// The user had an unfinished task.
    IncompleteTask,
    /// The server refused it.
    Rejected,
}

/// Arguments of `resolve`.
#[derive(Debug, Clone, Args)]
#[command(group(clap::ArgGroup::new("word").required(true).args(["task_id", "absent"])))]
pub struct ResolveArgs {
    /// The run, as `runs` shows it
    #[arg(value_name = "RUN")]
    pub run: String,
    /// The user's phone
    #[arg(long, value_name = "P")]
    pub phone: String,
    /// The task exists under this id; the server is asked whether that can be
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub task_id: Option<i64>,
    /// There is no such task: resume may send it
    #[arg(long)]
    pub absent: bool,
    /// File that holds the token; without it the token comes from INCS_TOKEN
    #[arg(long, value_name = "PATH")]
    pub token_file: Option<PathBuf>,
    /// The server, if it is to be made sure which one
    #[arg(long, value_name = "URL")]
    pub base_url: Option<Text>,
    /// How long an answer may take [default: 60s]
    #[arg(long, value_name = "DUR")]
    pub timeout: Option<Period<1>>,
    /// How long to wait for another run to end [default: 0]
    #[arg(long, value_name = "DUR")]
    pub lock_wait: Option<Period<0>>,
}

/// Arguments of `template`.
#[derive(Debug, Clone, Args)]
pub struct TemplateArgs {
    /// The workbook to write, OUT.xlsx; one that is there already is left alone
    #[arg(value_name = "OUT.xlsx")]
    pub out: PathBuf,
}

/// Arguments of `report`.
#[derive(Debug, Clone, Args)]
pub struct ReportArgs {
    /// The run, as `runs` shows it [default: the latest]
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
    /// Folder of the reports, one folder a run [default: reports]
    #[arg(long, value_name = "DIR")]
    pub report_dir: Option<PathBuf>,
    /// Mask phones and names, to pass the reports on; no fix.xlsx is written then
    #[arg(long)]
    pub redact: bool,
}

/// Arguments of `purge`.
#[derive(Debug, Clone, Args)]
pub struct PurgeArgs {
    /// Runs that began longer ago than this, for example 90d
    #[arg(long, value_name = "DUR")]
    pub older_than: Period<1>,
    /// Say what would be forgotten, and forget nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How long to wait for another run to end [default: 0]
    #[arg(long, value_name = "DUR")]
    pub lock_wait: Option<Period<0>>,
}

impl Cli {
    /// Reads the command line, the program's name first.
    ///
    /// # Errors
    /// What clap makes of bad usage (exit code 2), and of `--help` and `--version` (exit code 0): print it, and exit with
    /// its `exit_code`.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(arguments)?;
        let input = match &cli.command {
            Command::Check(check) => Some(&check.input),
            Command::Upload(upload) => Some(&upload.input),
            _ => None,
        };
        if input.is_some_and(|input| input.token.is_some()) {
            return Err(Self::command().error(ErrorKind::UnknownArgument, say!("token-on-command-line")));
        }
        Ok(cli)
    }

    /// The highest layer of the settings.
    pub fn flags(&self) -> Flags {
        let mut keys = Keys { global: self.global.clone(), ..Keys::default() };
        let mut inputs = Vec::new();
        match &self.command {
            Command::Check(check) => {
                inputs.clone_from(&check.input.inputs);
                keys.reading = check.reading.clone();
                keys.task = check.task.clone();
            }
            Command::Upload(upload) => {
                inputs.clone_from(&upload.input.inputs);
                upload.keys.put_into(&mut keys);
            }
            Command::Inbox(inbox) => inbox.keys.put_into(&mut keys),
            Command::Resume(resume) => keys.upload = resume.upload.clone(),
            Command::Resolve(resolve) => {
                keys.upload.token_file.clone_from(&resolve.token_file);
                keys.upload.base_url.clone_from(&resolve.base_url);
                keys.upload.timeout = resolve.timeout;
                keys.upload.lock_wait = resolve.lock_wait;
            }
            Command::Track(track) => {
                track.asking.fill(&mut keys);
                keys.upload.report_dir.clone_from(&track.report_dir);
                keys.upload.redact = track.redact.then_some(true);
            }
            Command::Tasks(tasks) => tasks.asking.fill(&mut keys),
            Command::Report(report) => {
                keys.upload.report_dir.clone_from(&report.report_dir);
                keys.upload.redact = report.redact.then_some(true);
            }
            Command::Runs | Command::Template(_) => {}
            Command::Purge(purge) => keys.upload.lock_wait = purge.lock_wait,
            Command::Config(config) => config.put_into(&mut keys),
            Command::Doctor(doctor) => doctor.put_into(&mut keys),
            Command::Init(_) | Command::Completions(_) | Command::Man(_) => {}
            #[cfg(feature = "sandbox")]
            Command::Sandbox(_) => {}
        }
        Flags { config: self.config.clone(), inputs, keys }
    }
}

#[cfg(test)]
mod tests;
