//! The only place that writes to the terminal: results to standard output, everything else to standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

use serde::Serialize;
use serde_json::json;

use super::parse::{Color, LogFormat, OutputFormat};
use super::refusal::Refusal;
use super::settings::{Global, Verbosity};
use crate::domain::quote::visible;
use crate::lang::in_english;

/// How text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// As it is.
    Plain,
    /// A heading.
    Bold,
    /// Went well.
    Good,
    /// To be looked at.
    Care,
    /// Went wrong.
    Bad,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "0",
            Self::Bold => "1",
            Self::Good => "32",
            Self::Care => "33",
            Self::Bad => "31",
        }
    }
}

/// Standard output and standard error under one set of rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    human: bool,
    brief: bool,
    verbosity: Verbosity,
    color_out: bool,
    color_err: bool,
    json_log: bool,
}

impl Console {
    /// The rules of the settings.
    pub(super) fn new(global: &Global) -> Self {
        let colored = |terminal: bool| match global.color {
            Color::Auto => terminal,
            Color::Always => true,
            Color::Never => false,
        };
        Self {
            human: global.format == OutputFormat::Human,
            brief: false,
            verbosity: global.verbosity,
            color_out: colored(io::stdout().is_terminal()),
            color_err: colored(io::stderr().is_terminal()),
            json_log: global.log_format == LogFormat::Json,
        }
    }

    /// For what goes wrong before there are settings.
    pub(super) fn early() -> Self {
        Self {
            human: true,
            brief: false,
            verbosity: Verbosity::Normal,
            color_out: false,
            color_err: false,
            json_log: false,
        }
    }

    /// The same with standard output for programs.
    pub(super) fn for_programs(self) -> Self {
        Self { human: false, ..self }
    }

    /// The same for one run of many, of which only a line is shown unless more than the usual is wanted.
    pub(super) fn of_many(self) -> Self {
        // What it says may be kept in a file too.
        Self { brief: self.human && !self.is_verbose(), color_out: false, ..self }
    }

    /// Whether a run is shown by somebody else, in a line.
    pub(super) fn is_brief(&self) -> bool {
        self.brief
    }

    /// Whether standard output is for a person.
    pub(super) fn is_human(&self) -> bool {
        self.human
    }

    /// Whether more than the usual is wanted.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Whether only what goes wrong is wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.verbosity == Verbosity::Quiet
    }

    /// A line for a person on standard output; nothing with `--format json` or `--quiet`.
    pub(super) fn say(&self, text: impl Display) {
        if self.human && !self.is_quiet() {
            self.result(text);
        }
    }

    /// A line on standard output that was asked for, and so is there with `--quiet` too.
    pub(super) fn result(&self, text: impl Display) {
        // A reader that went away, as `head` does, has all it wanted.
        drop(writeln!(io::stdout().lock(), "{text}"));
    }

    /// The same; gives whether anybody still reads.
    pub(super) fn try_result(&self, text: impl Display) -> bool {
        writeln!(io::stdout().lock(), "{text}").is_ok()
    }

    /// A JSON object on standard output.
    pub(super) fn json(&self, value: &impl Serialize) {
        let mut out = io::BufWriter::new(io::stdout().lock());
        // Its words may be made while it is written.
        if in_english(|| serde_json::to_writer(&mut out, value)).is_ok() {
            drop(writeln!(out));
        }
    }

    /// Text for standard output in a tone.
    pub(super) fn tone(&self, tone: Tone, text: impl Display) -> String {
        painted(self.color_out, tone, text)
    }

    /// A line about the progress of the work.
    pub(super) fn note(&self, text: impl Display) {
        if !self.is_quiet() {
            self.log("info", Tone::Plain, "", &text.to_string());
        }
    }

    /// Something that a person should know.
    pub(super) fn warn(&self, text: impl Display) {
        if !self.is_quiet() {
            self.log("warn", Tone::Care, "warning: ", &text.to_string());
        }
    }

    /// A line of an answer that goes to standard error, as it is.
    pub(super) fn warn_line(&self, text: impl Display) {
        self.log("error", Tone::Plain, "", &text.to_string());
    }

    /// Something that went wrong, and how to mend it.
    pub(super) fn error(&self, text: impl Display, hint: Option<&str>) {
        let text = text.to_string();
        if self.json_log {
            self.log("error", Tone::Bad, "", &text);
            if let Some(hint) = hint {
                self.log("error", Tone::Bad, "", &format!("fix: {hint}"));
            }
            return;
        }
        self.log("error", Tone::Bad, "error: ", &text);
        if let Some(hint) = hint {
            drop(writeln!(io::stderr().lock(), "  fix: {}", visible(hint)));
        }
    }

    /// Why something was not begun.
    pub(super) fn refuse(&self, why: &Refusal) {
        self.error(why.line(), why.hint.as_deref());
    }

    fn log(&self, level: &str, tone: Tone, mark: &str, text: &str) {
        let mut err = io::stderr().lock();
        let written = if self.json_log {
            let at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
            writeln!(err, "{}", json!({ "at": at, "level": level, "message": text }))
        } else if mark.is_empty() {
            writeln!(err, "{}", visible(text))
        } else {
            writeln!(err, "{}{}", painted(self.color_err, tone, mark), visible(text))
        };
        drop(written);
    }
}

fn painted(color: bool, tone: Tone, text: impl Display) -> String {
    if color && tone != Tone::Plain {
        format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
    } else {
        text.to_string()
    }
}
