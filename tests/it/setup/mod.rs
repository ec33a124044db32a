//! Setting the program up and looking after it.

mod config;
mod doctor;

use std::fs;
use std::process::Command;

use crate::support::WorkDir;

#[test]
fn init_writes_a_file_that_loads_and_overwrites_nothing() {
    let work = WorkDir::new();
    let run = work.run(&["init"]).expect(0);
    assert!(run.stdout.starts_with("incs-import.toml written"), "{}", run.transcript());
    let path = work.path().join("incs-import.toml");
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777,
        0o600
    );
    let config = work.run(&["config", "--format", "json"]).expect(0).json();
    assert_eq!(config["config"]["value"], "incs-import.toml");
    assert_eq!(config["rate"]["origin"], "default", "nothing in it counts yet");
    // One # less, and it does.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("#max_attempts = 5", "max_attempts = 7")).unwrap();
    let config = work.run(&["config", "--format", "json", "--profile", "night"]).expect(0).json();
    assert_eq!((&config["max_attempts"]["value"], &config["profile"]["value"]), (&7.into(), &"night".into()));

    let again = work.run(&["init"]).expect(2);
    assert!(
        again.stderr.contains("incs-import.toml is there already\n  fix: name another file"),
        "{}",
        again.stderr
    );
    assert!(fs::read_to_string(&path).unwrap().contains("max_attempts = 7"), "it is as it was");
}

#[test]
fn init_writes_where_it_is_told_and_a_broken_file_does_not_hinder_it() {
    let work = WorkDir::with("incs-import.toml", "no_such_key = 1");
    work.run(&["runs"]).expect(2);
    work.run(&["init", "night.toml"]).expect(0);
    work.run(&["runs", "--config", "night.toml"]).expect(0);
    work.run(&["init", "--user"]).expect(0);
    assert!(work.path().join("home/.config/incs-import/incs-import.toml").is_file());
    work.run(&["init", "--user"]).expect(2);
    let run = work.run(&["init", "no/such/folder/x.toml"]).expect(2);
    assert!(run.stderr.contains("cannot write no/such/folder/x.toml"), "{}", run.stderr);
    work.run(&["init", "--user", "x.toml"]).expect(2);
    work.run(&["completions", "bash"]).expect(0);
    work.run(&["man"]).expect(0);
}

#[test]
fn completions_of_every_shell_name_the_commands_and_no_hidden_flag() {
    let work = WorkDir::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = work.run(&["completions", shell]).expect(0).stdout;
        for word in ["upload", "resume", "doctor", "country-code"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let run = work.run(&["completions", "tcsh"]).expect(2);
    assert!(run.stderr.contains("powershell"), "{}", run.stderr);
    let script = work.run(&["completions", "bash"]).expect(0).stdout;
    let of_check = script.lines().find(|line| line.contains("opts=") && line.contains("--payloads")).unwrap();
    assert!(!of_check.contains("--token "), "the token is never a flag: {of_check}");
    work.write("complete.bash", script);
    // Where there is no bash, nobody can say.
    if let Ok(read) = Command::new("bash").arg("-n").arg(work.path().join("complete.bash")).output() {
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    }
}

#[test]
fn man_pages_of_the_program_and_of_each_command() {
    let work = WorkDir::new();
    let page = work.run(&["man"]).expect(0).stdout;
    assert!(page.lines().take(3).any(|line| line.starts_with(".TH incs-import 1")), "{page}");
    let help = work.run(&["--help"]).expect(0).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.split(' ').next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 10, "{help}");
    work.run(&["man", "--out", "man/man1"]).expect(0);
    for command in commands {
        assert!(page.contains(&format!("incs\\-import\\-{command}(1)")), "{command} is on the page");
        let own = fs::read_to_string(work.path().join(format!("man/man1/incs-import-{command}.1"))).unwrap();
        assert!(own.contains(".TH incs-import-"), "{own}");
    }
    assert!(work.path().join("man/man1/incs-import.1").is_file());
    work.write("file", "");
    let run = work.run(&["man", "--out", "file"]).expect(2);
    assert!(run.stderr.contains("cannot write file"), "{}", run.stderr);
}
