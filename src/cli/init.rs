//! `init`: a config file with every key in it, each commented out, so that nobody has to look up how one is called.
//!
//! The keys are those of the registry, their words those of the help; only what stands behind `=` is written down here.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::PathBuf;

use clap::{Arg, Command, CommandFactory};

use super::args::{Cli, InitArgs};
use super::config::{FILE_NAME, Folders};
use super::console::Console;
use super::exit;
use super::keys::Keys;
use super::refusal::Refusal;
use super::settings::{DEFAULT_BASE_URL, DEFAULT_MODULE_ID};
use crate::lang::say;
use crate::report::files::{private_folder, write_new_private};

/// What stands behind a key: its default, or where it has none, an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Default(&'static str),
    Example(&'static str),
}
use Shown::{Default as Usual, Example};

/// What a key is shown with, as TOML. Switches are off by default; what is not named here shows what the help does.
const VALUES: &[(&str, Shown)] = &[
    ("profile", Example("\"night\"")),
    ("ledger", Example("\"~/incs-import/ledger.db\"")),
    ("color", Usual("\"auto\"")),
    ("log_format", Usual("\"text\"")),
    ("format", Usual("\"human\"")),
    ("lang", Example("\"en\"")),
    ("users", Example("\"users.xlsx#Users\"")),
    ("orders", Example("\"orders.csv\"")),
    ("sheet", Example("[\"Sheet1\"]")),
    ("header_row", Example("1")),
    ("map", Example("{ user_phone = \"C\", due_amount = \"Amount due\" }")),
    ("ignore", Example("[\"Branch\"]")),
    ("require", Example("[\"user_name\", \"due_amount\"]")),
    ("encoding", Example("\"gb18030\"")),
    ("delimiter", Example("\";\"")),
    ("country_code", Example("\"62\"")),
    ("bare_numbers", Example("\"national\"")),
    ("date_order", Example("\"dmy\"")),
    ("decimal_separator", Example("\".\"")),
    ("time_zone", Example("\"Asia/Jakarta\"")),
    ("hidden_rows", Example("\"skip\"")),
    ("auth_id", Example("30058")),
    ("module_id", Usual(MODULE_ID)),
    ("name", Example("\"Reminder {date}\"")),
    ("description", Example("\"{orders} orders, {total_amount} in all\"")),
    ("assignee", Example("[\"incs_1\", \"incs_2\"]")),
    ("total_amount", Example("\"sum:due_amount\"")),
    ("max_invalid", Usual("20")),
    ("expect_rows", Example("\"5000..20000\"")),
    ("limit", Example("10")),
    ("base_url", Usual(BASE_URL)),
    ("token_file", Example("\"token\"")),
    ("rate", Usual("\"10/s\"")),
    ("burst", Usual("1")),
    ("concurrency", Usual("16")),
    ("timeout", Usual("\"60s\"")),
    ("settle", Usual("\"125s\"")),
    ("max_attempts", Usual("5")),
    ("dedupe_window", Usual("\"20h\"")),
    ("changed", Example("\"skip\"")),
    ("accept", Example("[\"incomplete_task\"]")),
    ("lock_wait", Usual("0")),
    ("deadline", Example("\"06:00\"")),
    ("retention", Example("\"90d\"")),
    // A path of the file counts from its folder, so the default cannot be written down.
    ("report_dir", Example("\"~/incs-import/reports\"")),
    ("metrics_file", Example("\"/var/lib/node_exporter/incs-night.prom\"")),
    ("on", Usual("\"change\"")),
    ("webhook", Example("\"https://hooks.example.com/services/...\"")),
    ("webhook_file", Example("\"webhook\"")),
    ("webhook_env", Example("\"INCS_WEBHOOK\"")),
    ("authorization_file", Example("\"webhook-authorization\"")),
    ("authorization_env", Example("\"INCS_WEBHOOK_AUTHORIZATION\"")),
    ("body", Example(r#"'{"text": "{text}"}'"#)),
    ("command", Example("[\"/usr/local/bin/page\", \"--urgent\"]")),
];

// Placeholders for the two defaults that are kept elsewhere.
const MODULE_ID: &str = "MODULE_ID";
const BASE_URL: &str = "BASE_URL";

/// The keys of the example profile: a nightly job that nobody watches.
const PROFILE: [(&str, &str); 6] = [
    ("rate", "\"5/s\""),
    ("yes", "true"),
    ("hidden_rows", "\"skip\""),
    ("resume_first", "true"),
    ("deadline", "\"06:00\""),
    ("report_dir", "\"reports/night\""),
];

/// Runs the command; gives the exit code.
///
/// # Errors
/// The file is there already, or cannot be written, or the user has no config folder.
pub(super) fn run(arguments: &InitArgs, folders: &Folders) -> Result<u8, Refusal> {
    let path = target(arguments, folders)?;
    let file = path.display().to_string();
    let failed = |error: std::io::Error| {
        let refusal = match error.kind() {
            ErrorKind::AlreadyExists => {
                let refusal = Refusal::new(say!("template-is-there", file = &file));
                refusal.hint(say!("init-mend-is-there", file = &file))
            }
            _ => Refusal::new(say!("file-cannot-write", file = &file, error = error.to_string()))
                .hint(say!("file-name-writable")),
        };
        refusal.at("init")
    };
    if arguments.user
        && let Some(folder) = path.parent().filter(|folder| !folder.is_dir())
    {
        private_folder(folder).map_err(failed)?;
    }
    let text = text(folders);
    write_new_private(&path, |out| out.write_all(text.as_bytes())).map_err(failed)?;
    Console::early().result(say!("init-written", file = &file));
    Ok(exit::ALL_DONE)
}

fn target(arguments: &InitArgs, folders: &Folders) -> Result<PathBuf, Refusal> {
    if arguments.user {
        return folders.user_file().ok_or_else(|| {
            Refusal::new(say!("init-no-config-folder")).at("--user").hint(say!("init-name-path"))
        });
    }
    Ok(match &arguments.path {
        Some(path) if path.is_dir() => path.join(FILE_NAME),
        Some(path) => path.clone(),
        None => folders.working.join(FILE_NAME),
    })
}

/// The whole file.
fn text(folders: &Folders) -> String {
    let mut command = Cli::command();
    command.build();
    let mut out = String::new();
    let own = folders.user_file().unwrap_or_else(|| PathBuf::from(FILE_NAME));
    comment(&mut out, &say!("init-head"));
    comment(&mut out, &say!("init-how"));
    comment(&mut out, &say!("init-paths"));
    comment(&mut out, &say!("init-trust", file = own.display().to_string()));
    for (section, keys) in Keys::SECTIONS {
        push(&mut out, format_args!("\n[{section}]\n"));
        for key in keys {
            out.push('\n');
            let value = explained(&mut out, key, flag(&command, key));
            push(&mut out, format_args!("#{key} = {value}\n"));
        }
    }
    out.push('\n');
    comment(&mut out, &say!("init-profile"));
    push(&mut out, format_args!("[profile.night]\n"));
    for (key, value) in PROFILE {
        push(&mut out, format_args!("#{key} = {value}\n"));
    }
    out
}

/// The flag of a key: `upload` has them all.
fn flag<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    let upload = command.find_subcommand("upload")?;
    upload.get_arguments().find(|argument| argument.get_id() == key)
}

/// Writes what the help says of a key; gives the value to show with it.
fn explained(out: &mut String, key: &str, flag: Option<&Arg>) -> String {
    let help = flag.and_then(Arg::get_help).map(ToString::to_string);
    comment(out, &help.or_else(|| without_flag(key)).unwrap_or_default());
    let words = |argument: &Arg| {
        argument
            .get_possible_values()
            .iter()
            .map(|value| format!("{:?}", value.get_name()))
            .collect::<Vec<_>>()
    };
    let words = flag.map(words).unwrap_or_default();
    let is_switch = words == [r#""true""#, r#""false""#];
    if !words.is_empty() && !is_switch {
        comment(out, &say!("init-one-of", words = words.join(", ")));
    }
    let shown = VALUES.iter().find_map(|(name, shown)| (*name == key).then_some(*shown));
    match shown {
        Some(Usual(MODULE_ID)) => format!("\"{DEFAULT_MODULE_ID}\""),
        Some(Usual(BASE_URL)) => format!("\"{DEFAULT_BASE_URL}\""),
        Some(Usual(value)) => value.to_owned(),
        Some(Example(value)) => {
            comment(out, &say!("init-example"));
            value.to_owned()
        }
        None if is_switch => "false".to_owned(),
        None => words.first().cloned().unwrap_or_else(|| "\"\"".to_owned()),
    }
}

/// What is said of a key that is no flag, and so has no help.
fn without_flag(key: &str) -> Option<String> {
    Some(match key {
        "on" => say!("notify-key-on"),
        "webhook" => say!("notify-key-webhook"),
        "webhook_file" => say!("notify-key-webhook-file"),
        "webhook_env" => say!("notify-key-webhook-env"),
        "authorization_file" => say!("notify-key-authorization-file"),
        "authorization_env" => say!("notify-key-authorization-env"),
        "body" => say!("notify-key-body"),
        "command" => say!("notify-key-command"),
        _ => return None,
    })
}

/// A comment, broken into lines that a terminal shows whole.
fn comment(out: &mut String, text: &str) {
    const WIDTH: usize = 100;
    let mut width = 0;
    for word in text.split_whitespace() {
        let wide = 1 + unicode_width::UnicodeWidthStr::width(word);
        if width > 0 && width + wide <= WIDTH {
            push(out, format_args!(" {word}"));
            width += wide;
        } else {
            push(out, format_args!("{}# {word}", if width > 0 { "\n" } else { "" }));
            width = 1 + wide;
        }
    }
    if width > 0 {
        out.push('\n');
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config_show::value_of;
    use crate::cli::keys::NotifyKeys;
    use crate::cli::settings::{Flags, Settings, Surroundings};
    use crate::lang::{Language, speaking};

    /// The settings of a file that is named.
    fn load(text: &str) -> Result<Settings, Refusal> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        std::fs::write(&file, text).unwrap();
        let around = Surroundings { environment: &|_| None, folders: Folders::default() };
        Settings::load(Flags { config: Some(file), ..Flags::default() }, &around)
    }

    fn is_key(line: &str) -> bool {
        line.starts_with('#') && !line.starts_with("# ")
    }

    #[test]
    fn every_key_is_there_and_as_it_is_written_the_file_says_nothing() {
        let plain = load("").unwrap();
        for language in Language::ALL {
            let text = speaking(language, || text(&Folders::default()));
            let keys: Vec<&str> = text
                .lines()
                .take_while(|line| *line != "[profile.night]")
                .filter(|line| is_key(line))
                .filter_map(|line| line.trim_start_matches('#').split(" = ").next())
                .collect();
            assert_eq!(keys, Keys::names().collect::<Vec<_>>());
            let settings = load(&text).unwrap();
            for key in Keys::names() {
                assert_eq!(value_of(&settings, key), value_of(&plain, key), "{key}");
            }
            assert!(text.lines().all(|line| line.is_empty() || line.starts_with(['#', '['])), "{text}");
        }
    }

    #[test]
    fn each_line_alone_is_accepted_and_changes_nothing_where_it_is_the_default() {
        let (text, plain) = (text(&Folders::default()), load("").unwrap());
        let lines: Vec<&str> = text.lines().collect();
        let in_profile = lines.iter().position(|line| *line == "[profile.night]").unwrap();
        let mut tried = 0;
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_key(line)) {
            let mut lines: Vec<&str> = lines.clone();
            lines[at] = &line[1..];
            if at > in_profile {
                let choice = lines.iter().position(|line| line.starts_with("#profile = ")).unwrap();
                lines[choice] = &lines[choice][1..];
            }
            let settings = load(&lines.join("\n")).unwrap_or_else(|refusal| panic!("{line}: {refusal}"));
            let key = line[1..].split(" = ").next().unwrap();
            assert_ne!(*settings.origin_of(key), crate::cli::settings::Origin::Default, "{line}");
            let is_default = value_of(&settings, key) == value_of(&plain, key);
            let example = VALUES.iter().any(|(name, shown)| *name == key && matches!(shown, Example(_)));
            // Nobody can see the language of a locale from here.
            if key != "lang" {
                assert_eq!(is_default, !(example || at > in_profile), "{line}");
            }
            tried += 1;
        }
        assert_eq!(tried, Keys::names().count() + PROFILE.len());
        // Of several places for one thing only one can be named.
        let is_left_out = |line: &str| {
            let mut others = NotifyKeys::EITHER.into_iter().flat_map(|either| &either[1..]);
            others.any(|key| line.starts_with(&format!("#{key} = ")))
        };
        let bare = |line: &&str| match is_key(line) && !is_left_out(line) {
            true => line[1..].to_owned(),
            false => (*line).to_owned(),
        };
        let whole: Vec<String> = lines.iter().map(bare).collect();
        load(&whole.join("\n")).unwrap();
    }

    #[test]
    fn long_comments_are_broken() {
        let mut out = String::new();
        comment(&mut out, &"word ".repeat(40));
        let lines: Vec<usize> = out.lines().map(str::len).collect();
        assert_eq!(lines, [96, 96, 11], "{out}");
        assert!(out.lines().all(|line| line.starts_with("# word")));
        out.clear();
        comment(&mut out, " ");
        assert_eq!(out, "");
    }
}
