//! `completions` and `man`: what the command line says of itself, for shells and for `man`.

use std::path::Path;

use clap::{Command, CommandFactory};

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::console::Console;
use super::exit;
use super::refusal::Refusal;
use crate::lang::say;

/// Runs `completions`; gives the exit code.
///
/// # Errors
/// None; the form is that of its neighbours.
pub(super) fn completions(arguments: &CompletionsArgs) -> Result<u8, Refusal> {
    let mut command = visible(&Cli::command());
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    Console::early().result(String::from_utf8_lossy(&script).trim_end());
    Ok(exit::ALL_DONE)
}

/// Runs `man`; gives the exit code.
///
/// # Errors
/// The pages cannot be written to the folder that is named.
pub(super) fn man(arguments: &ManArgs) -> Result<u8, Refusal> {
    let console = Console::early();
    let Some(folder) = &arguments.out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command())
            .render(&mut page)
            .map_err(|error| cannot_write(Path::new("-"), &error))?;
        console.result(String::from_utf8_lossy(&page).trim_end());
        return Ok(exit::ALL_DONE);
    };
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .map_err(|error| cannot_write(folder, &error))?;
    console.result(say!("man-written", folder = folder.display().to_string()));
    Ok(exit::ALL_DONE)
}

/// The command without its hidden arguments, which are only there to be refused or for tests, and which the scripts would
/// offer all the same. Nothing is parsed with it.
fn visible(command: &Command) -> Command {
    let mut shown = Command::new(command.get_name().to_owned())
        .args(command.get_arguments().filter(|argument| !argument.is_hide_set()).cloned())
        .subcommands(command.get_subcommands().filter(|command| !command.is_hide_set()).map(visible));
    if let Some(about) = command.get_about() {
        shown = shown.about(about.clone());
    }
    match command.get_version() {
        Some(version) => shown.version(version.to_owned()),
        None => shown,
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::new(say!("file-cannot-write", file = path.display().to_string(), error = error.to_string()))
        .at("man")
        .hint(say!("file-name-writable"))
}
