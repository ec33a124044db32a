//! A program of the user that is told of an end: the object on its standard input, the gist in its environment.

use std::collections::VecDeque;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::Why;
use super::message::Message;
use super::words::harmless;
use crate::cli::settings::{HookPlace, Notify, SecretPlace};
use crate::cli::token;
use crate::cli::upload::Environment;
use crate::lang::say;
use crate::platform;

/// How long it may take.
pub(super) const TIME: Duration = Duration::from_secs(30);
/// How often it is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(10);
/// So much of what it says is kept, from the end.
const KEPT: usize = 4096;
/// And so much of that is told.
const SAID: usize = 200;

/// Runs the program of the settings, without a shell.
///
/// # Errors
/// Why it was not told: it could not be started, failed, or took too long.
pub(super) fn tell(notify: &Notify, message: &Message, time: Duration) -> Result<(), Why> {
    let Some((program, arguments)) = notify.command.split_first() else { return Ok(()) };
    let mut command = Command::new(program);
    command.args(arguments);
    for name in secret_variables(notify) {
        command.env_remove(name);
    }
    command.env("INCS_IMPORT_EXIT_CODE", message.exit_code.to_string());
    command.env("INCS_IMPORT_STATE", message.state.as_str());
    command.env("INCS_IMPORT_RUN_ID", message.run_id.as_deref().unwrap_or_default());
    let failed =
        |error: std::io::Error| Why::from(say!("notify-command-not-started", error = error.to_string()));
    let (mut child, said) = start(command, &message.object()).map_err(failed)?;
    match wait(&mut child, time) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(ended(status, &last_words(&said))),
        Ok(None) => {
            platform::end_group(&mut child);
            Err(say!("notify-command-too-slow", seconds = time.as_secs().to_string()).into())
        }
        Err(error) => Err(failed(error)),
    }
}

/// What a program that was not written for them must not see.
fn secret_variables(notify: &Notify) -> impl Iterator<Item = &str> {
    let webhook = match &notify.webhook {
        Some(HookPlace::Elsewhere(place)) => Some(place),
        _ => None,
    };
    let named = [webhook, notify.authorization.as_ref()].into_iter().flatten();
    let named = named.filter_map(|place| match place {
        SecretPlace::Variable(name) => Some(name.as_str()),
        SecretPlace::File(_) => None,
    });
    [token::VARIABLE].into_iter().chain(named)
}

/// Starts it. Its input is a file, so that it may leave it unread; what it says is read to the end, so that it never waits.
fn start(mut command: Command, input: &[u8]) -> std::io::Result<(Child, Receiver<String>)> {
    let mut file = tempfile::tempfile()?;
    file.write_all(input)?;
    file.rewind()?;
    let (mut reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::from(file)).stdout(writer.try_clone()?).stderr(writer);
    let child = platform::as_group(&mut command).spawn()?;
    // Its ends of the pipe are ours too until this is gone.
    drop(command);
    let (sender, said) = mpsc::channel();
    thread::spawn(move || {
        let mut kept = VecDeque::new();
        let mut buffer = [0; 4096];
        while let Ok(read @ 1..) = reader.read(&mut buffer) {
            kept.extend(&buffer[..read]);
            kept.drain(..kept.len().saturating_sub(KEPT));
        }
        // Nobody listening means that it took too long.
        let _ = sender.send(String::from_utf8_lossy(kept.make_contiguous()).into_owned());
    });
    Ok((child, said))
}

/// Waits for its end; `None`: it took too long.
fn wait(child: &mut Child, time: Duration) -> std::io::Result<Option<ExitStatus>> {
    let begin = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) => return Ok(Some(status)),
            None if begin.elapsed() >= time => return Ok(None),
            None => thread::sleep(LOOK),
        }
    }
}

/// The last line of what it said. Somebody it started may still hold the pipe, and is not waited for.
fn last_words(said: &Receiver<String>) -> String {
    let text = said.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
    let line = text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    harmless(line, SAID)
}

fn ended(status: ExitStatus, said: &str) -> Why {
    let how = match status.code() {
        Some(code) => say!("notify-command-failed", code = code.to_string()),
        None => say!("notify-command-killed"),
    };
    Why { words: if said.is_empty() { how.clone() } else { format!("{how}: {said}") }, outline: how }
}

/// Where the program is; `None`: nowhere, or it cannot be run.
pub(super) fn found(program: &str, environment: Environment<'_>) -> Option<PathBuf> {
    let can_run = |path: &PathBuf| platform::can_run(path);
    if program.contains(['/', std::path::MAIN_SEPARATOR]) {
        return Some(PathBuf::from(program)).filter(can_run);
    }
    let folders = environment("PATH")?;
    let name = |folder: PathBuf| folder.join(program);
    let with_ending = |path: PathBuf| {
        let ended = path.with_file_name(format!("{program}{}", std::env::consts::EXE_SUFFIX));
        [path, ended]
    };
    std::env::split_paths(&folders).map(name).flat_map(with_ending).find(can_run)
}

/// What is shown of it.
pub(super) fn shown(program: &str) -> String {
    Path::new(program)
        .file_name()
        .map_or_else(|| program.to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::cli::parse::NotifyOn;

    fn shell(script: &str) -> Notify {
        let command = ["sh", "-c", script].map(str::to_owned).to_vec();
        let authorization = Some(SecretPlace::Variable("HOME".to_owned()));
        Notify { on: NotifyOn::End, webhook: None, authorization, body: None, command }
    }

    #[test]
    fn it_gets_the_object_and_the_gist_but_no_secret() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let script = format!(
            "{{ cat; printf '|%s|%s|%s|%s' \"$INCS_IMPORT_EXIT_CODE\" \"$INCS_IMPORT_STATE\" \"$INCS_IMPORT_RUN_ID\" \"${{HOME-gone}}\"; }} > '{}'",
            out.display()
        );
        let run_id = Some("20261122-013000-k7f3".to_owned());
        let message = Message {
            exit_code: 3,
            state: super::super::state::Health::Failing,
            run_id,
            ..Message::example()
        };
        tell(&shell(&script), &message, TIME).unwrap();
        let got = std::fs::read_to_string(out).unwrap();
        let (object, rest) = got.split_once('|').unwrap();
        assert_eq!(object.as_bytes(), message.object());
        assert_eq!(rest, "3|failing|20261122-013000-k7f3|gone");
    }

    #[test]
    fn how_it_failed_is_told_in_a_line() {
        let message = Message::example();
        for (script, want) in [
            ("exit 7", "it ended with 7"),
            ("echo first; echo '<last>' >&2; exit 1", "it ended with 1: ‹last›"),
            ("kill -9 $$", "a signal ended it"),
            ("head -c 300000 /dev/zero | tr '\\0' 'x'; echo; echo end; exit 1", "it ended with 1: end"),
        ] {
            let why = tell(&shell(script), &message, TIME).unwrap_err();
            assert_eq!(why.words, want, "{script}");
            assert!(want.starts_with(&why.outline) && !why.outline.contains("said"), "{script}: {why:?}");
        }
        tell(&shell("exec 0<&-; echo said"), &message, TIME).unwrap();
        let nowhere = Notify { command: vec!["/no/such/program".to_owned()], ..shell("") };
        let said = tell(&nowhere, &message, TIME).unwrap_err().words;
        assert!(said.starts_with("it cannot be started: "), "{said}");
    }

    #[test]
    fn what_takes_too_long_is_ended_with_all_it_has_started() {
        let folder = tempfile::tempdir().unwrap();
        let pid = folder.path().join("pid");
        let script = format!("sleep 600 & echo $! > '{}'; wait", pid.display());
        // Until the script has said whom it started.
        let watch = thread::spawn({
            let pid = pid.clone();
            move || {
                while !std::fs::read_to_string(&pid).is_ok_and(|text| text.ends_with('\n')) {
                    thread::yield_now();
                }
            }
        });
        let said = tell(&shell(&script), &Message::example(), Duration::from_millis(500)).unwrap_err().words;
        assert_eq!(said, "it took longer than 0 s, and was ended");
        watch.join().unwrap();
        let started: i32 = std::fs::read_to_string(pid).unwrap().trim().parse().unwrap();
        let started = rustix::process::Pid::from_raw(started).unwrap();
        // Whoever inherits it may need a moment to take note of its end.
        let is_gone = || {
            let state = std::fs::read_to_string(format!("/proc/{}/stat", started.as_raw_nonzero()));
            state.is_err() || state.is_ok_and(|state| state.contains(") Z "))
        };
        let begin = Instant::now();
        while !is_gone() && cfg!(target_os = "linux") {
            assert!(begin.elapsed() < Duration::from_secs(20), "it still runs");
            thread::yield_now();
        }
    }

    #[test]
    fn programs_are_found_by_path_or_by_name() {
        let path = |name: &str| (name == "PATH").then(|| std::env::var_os("PATH").unwrap_or_default());
        assert!(found("sh", &path).is_some() && found("/bin/sh", &path).is_some());
        let text = tempfile::NamedTempFile::new().unwrap();
        let text = text.path().to_str().unwrap();
        assert!(found("no-such-program", &path).is_none() && found(text, &path).is_none());
        assert!(found("sh", &|_| None).is_none());
        assert_eq!((shown("/usr/bin/page").as_str(), shown("page").as_str()), ("page", "page"));
    }
}
