//! What a path may lead to besides a file, and what it may be called.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use super::{check, limited, refused};
use crate::support::WorkDir;

#[test]
fn paths_that_lead_to_no_file() {
    let work = WorkDir::new();
    fs::create_dir(work.path().join("folder.csv")).unwrap();
    let made = Command::new("mkfifo").arg(work.path().join("pipe.csv")).status().unwrap();
    assert!(made.success());
    symlink("loop.csv", work.path().join("loop.csv")).unwrap();
    symlink("gone.csv", work.path().join("dangling.csv")).unwrap();
    symlink("pipe.csv", work.path().join("topipe.csv")).unwrap();
    let long = "x".repeat(300);
    for (file, message, hint) in [
        ("folder.csv", "it is a folder", "name a file in it"),
        ("pipe.csv", "a pipe or a device", "standard input"),
        ("topipe.csv", "a pipe or a device", "standard input"),
        ("/dev/null", "a pipe or a device", "standard input"),
        ("/dev/zero", "a pipe or a device", "standard input"),
        ("loop.csv", "symbolic links", "check the path"),
        ("dangling.csv", "no such file", "check the path"),
        ("gone.csv", "no such file", "check the path"),
        ("folder.csv/list.csv", "no such file", "check the path"),
        (&long, "too long", ""),
    ] {
        refused(&work, file, message, hint);
    }
}

#[test]
fn a_file_that_may_not_be_read() {
    let work = WorkDir::with("list.csv", "user_phone,order_no\n");
    let path = work.path().join("list.csv");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_ok() {
        // To root no file is closed.
        return;
    }
    refused(&work, "list.csv", "does not allow reading it", "check its permissions");
}

#[test]
fn names_that_would_move_the_cursor_are_shown_escaped() {
    let work = WorkDir::new();
    for name in [
        OsString::from("two\nlines.csv"),
        OsString::from("red\x1b[31m.csv"),
        OsString::from("title\x1b]0;pwned\x07.csv"),
        OsString::from("right\u{202e}vsc.csv"),
        OsString::from("hidden\u{200b}.csv"),
        OsString::from_vec(b"latin\xE9.csv".to_vec()),
        OsString::from("-"),
        OsString::from("--sheet"),
        OsString::from("list.csv#Data"),
    ] {
        for content in ["", "user_phone,order_no\n1,2\n"] {
            // Standard input has a name of its own.
            if name != "-" {
                fs::write(work.path().join(&name), content).unwrap();
            }
            let checked = check(&work, &name);
            assert!(checked.code > 0, "{}: {}", name.display(), checked.json);
            let shown = checked.json["problems"][0]["file"].as_str();
            assert!(
                shown.is_some_and(|shown| shown.starts_with(&name.to_string_lossy()[..1])),
                "{}",
                checked.json
            );
            is_tame(&limited(&work, "check", &name, &["--color", "never"]).output().unwrap(), &name);
            is_tame(&limited(&work, "upload", &name, &["--yes", "--dry-run"]).output().unwrap(), &name);
        }
    }
}

/// Nothing in an answer may steer a terminal.
pub(super) fn is_tame(output: &std::process::Output, of: &OsStr) {
    for bytes in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let wild = |c: char| {
            (c.is_control() && c != '\n')
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c)
                || c == '\u{200b}'
        };
        assert!(!text.contains(wild), "{}: {text:?}", of.display());
    }
}
