//! Every file that somebody may hand over, by accident or on purpose: none may end the process, hang it, or cost more
//! memory than the machine of an operations team has to spare, and each is answered with what is wrong and what to do.
//!
//! The files are made here, and only while a test runs. Each is read by the real program with a limit on its memory and
//! on its time; both only stop what is out of hand, nothing is measured.

mod archives;
mod files;
mod ods;
mod screen;
mod text;
mod xls;
mod xlsb;
mod xlsx;

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::support::WorkDir;

/// The address space that a reading may take, in KiB: 1 GiB of data, and what a debug build and its threads map.
const ADDRESS_SPACE: u32 = (1024 + 512) * 1024;

/// The guard against a program that hangs, in seconds.
const TIME: u32 = 120;

/// What every list here leaves out.
const REST: [&str; 6] = ["--assignee", "a", "--name", "n", "--auth-id", "1"];

/// What `check` said of a file.
pub(super) struct Checked {
    pub(super) code: i32,
    pub(super) json: serde_json::Value,
    pub(super) stderr: String,
}

impl Checked {
    /// The message and the hint of the first problem.
    #[track_caller]
    fn words(&self) -> (String, String) {
        let text = |key: &str| self.json["problems"][0][key].as_str().unwrap_or_default().to_owned();
        (text("message"), text("hint"))
    }
}

/// `check FILE --format json` within the limits; standard input is empty.
#[track_caller]
pub(super) fn check(work: &WorkDir, file: impl AsRef<OsStr>) -> Checked {
    finished(limited(work, "check", file.as_ref(), &["--format", "json"]).output().unwrap(), file.as_ref())
}

/// The program behind a shell that sets the limits, reading one file.
pub(super) fn limited(work: &WorkDir, command: &str, file: &OsStr, flags: &[&str]) -> Command {
    let program = work.command(&[]);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", &format!("ulimit -v {ADDRESS_SPACE}; exec timeout -s KILL {TIME} \"$0\" \"$@\"")])
        .args([program.get_program(), OsStr::new(command)])
        .args(flags)
        .args(REST)
        .args([OsStr::new("--"), file])
        .current_dir(work.path())
        .stdin(Stdio::null())
        .env_clear()
        .envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    limited
}

#[track_caller]
pub(super) fn finished(output: std::process::Output, file: &OsStr) -> Checked {
    let stderr = String::from_utf8(output.stderr).unwrap();
    let code = output.status.code().unwrap_or(-1);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!((0..=2).contains(&code), "{} ended with {:?}\n{stderr}", file.display(), output.status);
    for word in ["panicked", "internal error", "overflow"] {
        assert!(!stderr.contains(word) && !said.contains(word), "{}: {said}\n{stderr}", file.display());
    }
    let json = serde_json::from_str(&said);
    let json = json.unwrap_or_else(|error| panic!("{}: {error}\n{said}\n{stderr}", file.display()));
    Checked { code, json, stderr }
}

/// Asserts that a file is refused whole: exit 2, nothing counted, the file named, and a message and a hint that hold
/// these words.
#[track_caller]
pub(super) fn refused(work: &WorkDir, file: &str, message: &str, hint: &str) {
    refused_as(work, file, "unreadable", message, hint);
}

/// The same with another code than `unreadable`.
#[track_caller]
pub(super) fn refused_as(work: &WorkDir, file: &str, code: &str, message: &str, hint: &str) {
    let checked = check(work, file);
    let whole = &checked.json;
    assert_eq!(checked.code, 2, "{file}: {whole}");
    assert_eq!((&whole["rows"], &whole["tasks"]), (&0.into(), &0.into()), "{file}: {whole}");
    assert_eq!(whole["would_send"], false, "{file}");
    let problem = &whole["problems"][0];
    assert_eq!(problem["code"], code, "{file}: {problem}");
    assert_eq!((&problem["severity"], &problem["file"]), (&"error".into(), &file.into()), "{problem}");
    let (said, fix) = checked.words();
    assert!(said.contains(message), "{file}: {message:?} is not said: {said}");
    assert!(!fix.is_empty() && fix.contains(hint), "{file}: {hint:?} is not said: {fix}");
    assert_eq!(checked.stderr, "", "{file}");
}

/// Asserts that a list is read: so many rows, so many tasks, and these codes and nothing else.
#[track_caller]
pub(super) fn read(work: &WorkDir, file: &str, rows: u64, tasks: u64, codes: &[&str]) -> Checked {
    let checked = check(work, file);
    let whole = &checked.json;
    let mut found: Vec<&str> = whole["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!((&whole["rows"], &whole["tasks"]), (&rows.into(), &tasks.into()), "{file}: {found:?}");
    assert_eq!(found, codes, "{file}");
    checked
}

/// The words of a message where any kind of damage will do.
pub(super) const BROKEN: &str = "the file is broken";
