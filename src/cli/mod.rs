//! What stands between the program and the person who runs it: arguments, settings, and the commands.
//!
//! A setting travels one way: [`args`] reads the command line, [`config`] the file `incs-import.toml`, both into the same
//! structs of [`keys`]; [`settings`] lays the layers over one another once (flag > environment > profile > file > default)
//! and hands out plain structs. Nothing behind this module knows where a value came from.
//!
//! Only this module prints, exits, and reads arguments and environment.

mod afterwards;
pub mod args;
mod asking;
mod check;
mod closing;
mod completions;
pub mod config;
mod config_show;
mod console;
mod doctor;
mod exit;
mod fix;
mod inbox;
mod init;
pub mod keys;
mod log;
mod look_back;
mod metrics;
mod notify;
pub mod parse;
mod prepare;
mod preview;
mod progress;
mod purge;
pub mod refusal;
mod runs;
#[cfg(feature = "sandbox")]
mod sandbox;
pub mod settings;
mod signals;
mod tasks;
mod template;
pub mod token;
mod track;
mod upload;
mod usage;

use std::ffi::OsString;
use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;
use std::sync::Mutex;

use afterwards::watched;
use args::{Cli, Command};
use config::Folders;
use console::Console;
use parse::OutputFormat;
use refusal::Refusal;
use settings::{Settings, Surroundings};
use upload::Failure;

use crate::lang::{Language, say, speak, spoken};

/// The last panic's words. A parser that panics on a damaged file is caught and reported as a broken file; any other
/// panic ends the program, and this is what it has to say.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Runs the program; gives its exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        if let Ok(mut last) = LAST_PANIC.lock() {
            *last = Some(info.to_string());
        }
    }));
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let wants_json_log = asks_for(&arguments, "--log-format", "json");
    let code = panic::catch_unwind(|| start(arguments)).unwrap_or_else(|_| {
        let words = LAST_PANIC.lock().ok().and_then(|mut last| last.take()).unwrap_or_default();
        let (whole, place) = (words.as_str(), words.lines().next().unwrap_or_default());
        // What it says may be about a person; where it happened is not.
        let [whole, place] = [whole, place].map(|words| say!("screens-bug", error = words));
        let hint = say!("screens-mend-bug");
        Console::early_for(wants_json_log).error_about_people(whole, place, Some(&hint));
        exit::STOPPED
    });
    ExitCode::from(code)
}

/// The language of the system's locale. Who sets `LC_ALL=C` wants what every script expects, whatever `LANGUAGE` lists: so
/// says gettext's manual, and sys-locale does not.
fn language_of_locale() -> Language {
    let all = std::env::var("LC_ALL").unwrap_or_default();
    if matches!(all.split('.').next(), Some("C" | "POSIX")) {
        return Language::English;
    }
    sys_locale::get_locale().map(|locale| Language::of_locale(&locale)).unwrap_or_default()
}

/// The language that the arguments ask for, for what is said before they are understood.
fn language_of(arguments: &[OsString]) -> Option<Language> {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let split = words.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| &*pair[1]);
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    split.chain(joined).find_map(Language::from_name)
}

fn start(arguments: Vec<OsString>) -> u8 {
    speak(if wants_json(&arguments, &FOR_PROGRAMS) {
        Language::English
    } else {
        language_of(&arguments).unwrap_or_else(language_of_locale)
    });
    let early_console = || Console::early_for(asks_for(&arguments, "--log-format", "json"));
    let cli = match Cli::read(arguments.clone()) {
        Ok(cli) => cli,
        Err(error) => {
            if error.use_stderr() && wants_json(&arguments, &["check"]) {
                check::refused(&Refusal::new(error.render().to_string().lines().next().unwrap_or_default()));
            }
            if let Some(words) = usage::words(&error) {
                early_console().error(words, Some(&say!("usage-see-help")));
                return exit::NOTHING_SENT;
            }
            let console = early_console();
            if error.use_stderr() && console.is_log_for_programs() {
                let text = error.render().to_string();
                console.error(text.trim_end().trim_start_matches("error: "), None);
                return exit::NOTHING_SENT;
            }
            // Help and version go to standard output, bad usage to standard error; a closed pipe is no failure.
            drop(error.print());
            return u8::try_from(error.exit_code()).unwrap_or(exit::NOTHING_SENT);
        }
    };
    let environment = |name: &str| std::env::var_os(name);
    let around = Surroundings { environment: &environment, folders: Folders::of_this_process() };
    // What needs no settings is not hindered by a config file that has to be mended first.
    let early = match &cli.command {
        Command::Init(arguments) => Some(init::run(arguments, &around.folders)),
        Command::Completions(arguments) => Some(completions::completions(arguments)),
        Command::Man(arguments) => Some(completions::man(arguments)),
        _ => None,
    };
    if let Some(done) = early {
        return done.unwrap_or_else(|refusal| refuse(&refusal, &early_console()));
    }
    let settings = match Settings::load(cli.flags(), &around) {
        Ok(settings) => settings,
        Err(refusal) if matches!(cli.command, Command::Doctor(_)) => {
            return doctor::without_settings(&refusal, &cli.global);
        }
        Err(refusal) => {
            if matches!(cli.command, Command::Check(_)) && cli.global.format == Some(OutputFormat::Json) {
                check::refused(&refusal);
            }
            return refuse(&refusal, &early_console());
        }
    };
    // What a program reads of these is mostly sentences.
    let is_object = matches!(cli.command, Command::Check(_) | Command::Config(_) | Command::Doctor(_))
        && settings.global.format == OutputFormat::Json;
    let early = spoken();
    speak(match settings.global.lang {
        _ if is_object => Language::English,
        Some(language) => language,
        None => language_of_locale(),
    });
    // Warnings were made before it was known that a config file names another language.
    let settings = match spoken() {
        now if now == early => settings,
        _ => Settings::load(cli.flags(), &around).unwrap_or(settings),
    };
    log::begin(&settings.global);
    let console = Console::new(&settings.global);
    // Two commands say on standard output what is ignored.
    if !matches!(cli.command, Command::Config(_) | Command::Doctor(_)) {
        for warning in &settings.warnings {
            console.caution(warning);
        }
    }
    let done = match &cli.command {
        Command::Check(arguments) => check::run(arguments, &settings, &console)
            .inspect_err(|refusal| {
                if !console.is_human() {
                    check::refused(refusal);
                }
            })
            .map_err(Failure::Refused),
        Command::Upload(_) => Ok(watched("upload", &settings, &console, &environment, || {
            upload::run(&settings, &console, &environment)
        })),
        Command::Inbox(arguments) => Ok(watched("inbox", &settings, &console, &environment, || {
            inbox::run(arguments, &settings, &console, &environment).unwrap_or_else(|failure| {
                afterwards::failed("inbox", &failure, &settings, &console, &environment)
            })
        })),
        Command::Resume(arguments) => Ok(watched("resume", &settings, &console, &environment, || {
            upload::resume(arguments, &settings, &console, &environment)
        })),
        Command::Resolve(arguments) => upload::resolve(arguments, &settings, &console, &environment),
        Command::Template(arguments) => template::run(arguments, &console).map_err(Failure::Refused),
        Command::Runs => runs::list(&settings, &console).map_err(Failure::Refused),
        Command::Report(arguments) => runs::report(arguments, &settings, &console).map_err(Failure::Refused),
        Command::Track(arguments) => {
            track::run(arguments, &settings, &console, &environment).map_err(Failure::Refused)
        }
        Command::Tasks(arguments) => {
            tasks::run(arguments, &settings, &console, &environment).map_err(Failure::Refused)
        }
        Command::Purge(arguments) => purge::run(arguments, &settings, &console),
        Command::Config(_) => Ok(config_show::run(&settings, &around, &console)),
        Command::Doctor(arguments) => Ok(doctor::run(arguments, &settings, &console, &environment)),
        Command::Init(_) | Command::Completions(_) | Command::Man(_) => Ok(exit::ALL_DONE), // done above
        #[cfg(feature = "sandbox")]
        Command::Sandbox(arguments) => sandbox::run(arguments, &console).map_err(Failure::Refused),
    };
    done.unwrap_or_else(|failure| {
        failure.tell(&console);
        failure.exit_code()
    })
}

/// The commands whose JSON is in English, sentences and all.
const FOR_PROGRAMS: [&str; 3] = ["check", "config", "doctor"];

/// Whether one of these commands was asked for JSON, as far as arguments that make no sense can tell.
fn wants_json(arguments: &[OsString], commands: &[&str]) -> bool {
    let mut words = arguments.iter().map(|word| word.to_string_lossy());
    words.any(|word| commands.contains(&&*word)) && asks_for(arguments, "--format", "json")
}

/// Whether a flag has this value somewhere, as far as arguments that make no sense can tell.
fn asks_for(arguments: &[OsString], flag: &str, value: &str) -> bool {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    words.windows(2).any(|pair| pair[0] == flag && pair[1] == value)
        || words.iter().any(|word| word.strip_prefix(flag) == Some(&format!("={value}")))
}

fn refuse(refusal: &Refusal, console: &Console) -> u8 {
    console.refuse(refusal);
    exit::NOTHING_SENT
}
