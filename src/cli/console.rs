//! The only place that writes to the terminal: results to standard output, everything else to standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

use serde::Serialize;

use super::log::{self, Level, Value};
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

    /// For what needs no settings, and what ends the program whatever they are.
    pub(super) fn early() -> Self {
        Self::early_for(false)
    }

    /// For what goes wrong before there are settings: `json_log` says whether the arguments ask for such a log.
    pub(super) fn early_for(json_log: bool) -> Self {
        Self {
            human: true,
            brief: false,
            verbosity: Verbosity::Normal,
            color_out: false,
            color_err: false,
            json_log: json_log || log::is_json(),
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
            self.log(Level::INFO, &text.to_string(), &[]);
        }
    }

    /// The same, with what programs read of it: in JSON each of `fields` is one, and `event` says what happened in a word
    /// that stays the same. Where it is a warning, it is one in JSON only; a person sees it as a line among others.
    pub(super) fn news(&self, news: &News) {
        let News { level, event, text, fields } = news;
        if self.json_log && (*level <= Level::WARN || !self.is_quiet()) {
            self.line(*level, Some(event), text, fields);
        } else if !self.json_log {
            self.note(text);
        }
    }

    /// Something that a person should know. Who wants to hear only of what went wrong has it in the log all the same.
    pub(super) fn warn(&self, text: impl Display) {
        if self.json_log || !self.is_quiet() {
            self.log(Level::WARN, &text.to_string(), &[]);
        }
    }

    /// A warning that repeats others' words, which a log must not hold; `outline` says the same without them.
    pub(super) fn warn_about_people(&self, text: impl Display, outline: impl Display) {
        if self.json_log { self.warn(outline) } else { self.warn(text) }
    }

    /// Something that is told with `--quiet` too: what was asked for does not count.
    pub(super) fn caution(&self, text: impl Display) {
        self.log(Level::WARN, &text.to_string(), &[]);
    }

    /// A line of an answer that goes to standard error, as it is. Not for what a log must not hold: see
    /// [`is_log_for_programs`](Self::is_log_for_programs).
    pub(super) fn warn_line(&self, text: impl Display) {
        if self.json_log {
            self.log(Level::ERROR, &text.to_string(), &[]);
        } else {
            self.shown(Tone::Plain, "", &text.to_string());
        }
    }

    /// Something that went wrong, and how to mend it.
    pub(super) fn error(&self, text: impl Display, hint: Option<&str>) {
        let text = text.to_string();
        if self.json_log {
            let hint = hint.map(|hint| ("hint", Value::from(hint)));
            self.log(Level::ERROR, &text, hint.as_slice());
            return;
        }
        self.log(Level::ERROR, &text, &[]);
        if let Some(hint) = hint {
            drop(writeln!(io::stderr().lock(), "  fix: {}", visible(hint)));
        }
    }

    /// The same of something whose words may name a person, which a log must not: `outline` stands for them there.
    pub(super) fn error_about_people(&self, text: impl Display, outline: impl Display, hint: Option<&str>) {
        if self.json_log { self.error(outline, hint) } else { self.error(text, hint) }
    }

    /// Why something was not begun.
    pub(super) fn refuse(&self, why: &Refusal) {
        self.error(why.line(), why.hint.as_deref());
    }

    /// Whether what goes to standard error is kept and searched by programs: it holds no values of cells then.
    pub(super) fn is_log_for_programs(&self) -> bool {
        self.json_log
    }

    fn log(&self, level: Level, text: &str, fields: &[(&'static str, Value)]) {
        match level {
            _ if self.json_log => self.line(level, None, text, fields),
            Level::ERROR => self.shown(Tone::Bad, "error: ", text),
            Level::WARN => self.shown(Tone::Care, "warning: ", text),
            _ => self.shown(Tone::Plain, "", text),
        }
    }

    fn line(
        &self,
        level: Level,
        event: Option<&'static str>,
        message: &str,
        fields: &[(&'static str, Value)],
    ) {
        log::Line { level, run: log::run_here(), event, message, fields }.write(true);
    }

    fn shown(&self, tone: Tone, mark: &str, text: &str) {
        let mut err = io::stderr().lock();
        drop(if mark.is_empty() {
            writeln!(err, "{}", visible(text))
        } else {
            writeln!(err, "{}{}", painted(self.color_err, tone, mark), visible(text))
        });
    }
}

/// A line about the progress of the work, for people and for programs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct News {
    pub(super) level: Level,
    pub(super) event: &'static str,
    pub(super) text: String,
    pub(super) fields: Vec<(&'static str, Value)>,
}

fn painted(color: bool, tone: Tone, text: impl Display) -> String {
    if color && tone != Tone::Plain {
        format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
    } else {
        text.to_string()
    }
}
