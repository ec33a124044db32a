//! Keys that every command has.

use std::path::PathBuf;

use super::group;
use crate::cli::parse::{Color, LogFormat, OutputFormat, Text, path};
use crate::lang::Language;

group! {
    "global"
    /// How the program behaves, whatever it does.
    #[derive(clap::Args)]
    #[command(next_help_heading = "Everywhere")]
    pub struct GlobalKeys {
        /// Take the settings of [profile.NAME] in the config file [env: INCS_IMPORT_PROFILE]
        #[arg(long, global = true, value_name = "NAME")]
        pub profile: Option<Text>,
        /// The record of all runs [env: INCS_IMPORT_LEDGER] [default: incs-import/ledger.db in your state folder]
        #[arg(long, global = true, value_name = "PATH")]
        #[serde(deserialize_with = "path")]
        pub ledger: Option<PathBuf>,
        /// Tell more
        #[arg(short, long, global = true, overrides_with = "verbose", value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub verbose: Option<bool>,
        /// Tell only what went wrong
        #[arg(short, long, global = true, overrides_with = "quiet", value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub quiet: Option<bool>,
        /// Use colours; NO_COLOR in the environment turns them off [default: auto]
        #[arg(long, global = true, value_name = "WHEN")]
        pub color: Option<Color>,
        /// Form of the log on standard error [default: text]
        #[arg(long, global = true, value_name = "FORM")]
        pub log_format: Option<LogFormat>,
        /// Form of standard output [default: human]
        #[arg(long, global = true, value_name = "FORM")]
        pub format: Option<OutputFormat>,
        /// Language of screens and reports; codes, JSON and headers stay English [default: that of your locale, else en]
        #[arg(long, global = true, value_name = "LANGUAGE")]
        pub lang: Option<Language>,
    }
}
