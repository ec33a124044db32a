//! Where a setting comes from.

use std::fmt;
use std::path::PathBuf;

use crate::lang::say;

/// The layer that gave a setting its value, the highest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
    /// A variable of the environment.
    Environment(&'static str),
    /// A profile of a config file.
    Profile {
        /// Its name.
        name: String,
        /// The file.
        file: PathBuf,
    },
    /// A config file, outside of profiles.
    File(PathBuf),
    /// Nobody said anything.
    Default,
}

impl Origin {
    /// Where to look for `key`, for messages: `--rate`, `INCS_BASE_URL`, `[profile.night] of incs-import.toml, rate`.
    pub fn place(&self, key: &str) -> String {
        match self {
            Self::Flag => format!("--{}", key.replace('_', "-")),
            Self::Environment(variable) => (*variable).to_owned(),
            Self::Profile { .. } | Self::File(_) => format!("{self}, {key}"),
            Self::Default => key.to_owned(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Environment(variable) => write!(f, "environment {variable}"),
            Self::Profile { name, file } => {
                let file = file.display().to_string();
                f.write_str(&say!("settings-place-in-profile", name = name, file = file))
            }
            Self::File(file) => write!(f, "{}", file.display()),
            Self::Default => f.write_str("default"),
        }
    }
}
