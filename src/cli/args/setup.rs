//! The commands that set the program up and look after it: `init`, `config`, `doctor`, `completions`, `man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::server::ServerArgs;
use crate::cli::keys::{Keys, UploadKeys};
use crate::cli::parse::{CountryCode, Period, Rate, Whole};

pub(super) const INIT_EXAMPLES: &str = "\
Examples:
  incs-import init
  incs-import init --user
  incs-import init /srv/incs/night.toml";

pub(super) const CONFIG_EXAMPLES: &str = "\
The token itself is never shown.

Examples:
  incs-import config
  incs-import config --profile night --format json
  incs-import config --rate 5/s";

pub(super) const DOCTOR_EXAMPLES: &str = "\
Nothing is created, and nothing is written into the ledger. The server is asked for its list, five times at most.

Exit codes: 0 nothing failed (there may be warnings), 1 something failed, 2 bad usage.

Examples:
  incs-import doctor
  incs-import doctor --offline
  incs-import doctor --offline --notify
  incs-import doctor --profile night --format json";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  incs-import completions bash > ~/.local/share/bash-completion/completions/incs-import
  incs-import completions zsh > ~/.zfunc/_incs-import
  incs-import completions fish > ~/.config/fish/completions/incs-import.fish";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  incs-import man | man -l -
  incs-import man --out /usr/local/share/man/man1";

/// Arguments of `init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// The file to write [default: incs-import.toml here]; one that is there already is left alone
    #[arg(value_name = "PATH", conflicts_with = "user")]
    pub path: Option<PathBuf>,
    /// Write it to your config folder, where it counts wherever the program is started
    #[arg(long)]
    pub user: bool,
}

/// Arguments of `doctor`: the flags that what it looks at depends on.
#[derive(Debug, Clone, Args)]
pub struct DoctorArgs {
    /// Leave the server out
    #[arg(long)]
    pub offline: bool,
    /// Send a test notification to whoever [notify] in the config file names, and say whether it was taken
    #[arg(long)]
    pub notify: bool,
    /// Which server, and the token for it.
    #[command(flatten)]
    pub server: ServerArgs,
    /// Requests that may start, of all kinds: N/s, N/m or N/h [default: 10/s]
    #[arg(long, value_name = "N/s")]
    pub rate: Option<Rate>,
    /// Requests under way at most [default: 16]
    #[arg(long, value_name = "N")]
    pub concurrency: Option<Whole<1, 1024>>,
    /// How long an answer may take, 20s at most here [default: 60s]
    #[arg(long, value_name = "DUR")]
    pub timeout: Option<Period<1>>,
    /// Folder of the reports, one folder a run [default: reports]
    #[arg(long, value_name = "DIR")]
    pub report_dir: Option<PathBuf>,
    /// Country calling code that replaces the leading 0 of a phone, such as 62
    #[arg(long, value_name = "DIGITS")]
    pub country_code: Option<CountryCode>,
}

impl DoctorArgs {
    pub(super) fn put_into(&self, keys: &mut Keys) {
        keys.reading.country_code.clone_from(&self.country_code);
        keys.upload = UploadKeys {
            base_url: self.server.base_url.clone(),
            token_file: self.server.token_file.clone(),
            rate: self.rate,
            concurrency: self.concurrency,
            timeout: self.timeout,
            report_dir: self.report_dir.clone(),
            ..UploadKeys::default()
        };
    }
}

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// Write the page of the program and one of each command into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
