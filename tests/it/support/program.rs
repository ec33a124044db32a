//! The program, run in a folder of its own with an environment of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// The token that must turn up nowhere.
pub(crate) const TOKEN: &str = "canary-token-5f3a91";

/// How long a doubt is waited for in these tests.
const SETTLE: &str = "300ms";

/// A folder with the lists of a test. Everything the program writes lies below it.
pub(crate) struct WorkDir {
    folder: TempDir,
    #[cfg(target_os = "linux")]
    clock: Option<super::Clock>,
}

/// One finished run of the program.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl WorkDir {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            #[cfg(target_os = "linux")]
            clock: None,
        }
    }

    /// An empty folder in which the program, and the stand-in, believe that it is now this time.
    #[cfg(target_os = "linux")]
    pub(crate) fn at(time: &str) -> Self {
        let mut work = Self::new();
        work.clock = Some(super::Clock::kept_in(work.path().join(".clock")));
        work.set_clock(time);
        work
    }

    /// Sets the clock of a folder made by [`WorkDir::at`], for those too that run already.
    #[cfg(target_os = "linux")]
    pub(crate) fn set_clock(&self, time: &str) {
        self.clock.as_ref().unwrap().set(time);
    }

    /// A folder with one file.
    pub(crate) fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let work = Self::new();
        work.write(name, content);
        work
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), content).unwrap();
    }

    /// The program with these arguments, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_incs-import"));
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null()).env_clear();
        for (name, value) in [
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("HOME", self.path().join("home").display().to_string()),
            ("TZ", "UTC".to_owned()),
            ("USER", "tester".to_owned()),
            ("HOSTNAME", "desk".to_owned()),
            ("INCS_TOKEN", TOKEN.to_owned()),
        ] {
            command.env(name, value);
        }
        #[cfg(target_os = "linux")]
        if let Some(clock) = &self.clock {
            clock.shown_to(&mut command);
        }
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// Uploads to a server, as fast as it goes.
    pub(crate) fn upload(&self, base_url: &str, arguments: &[&str]) -> Run {
        self.run(&Self::uploading(base_url, arguments))
    }

    /// Uploads one at a time with a token that [`Scripted::barring`] stops; gives the run's id.
    pub(crate) fn stopped_upload(&self, token: &str, base_url: &str, arguments: &[&str]) -> String {
        let mut arguments = Self::uploading(base_url, arguments);
        arguments.extend(["--concurrency", "1"]);
        self.run_as(token, &arguments).expect(3);
        self.last().run()
    }

    /// Runs the program to its end with another token.
    pub(crate) fn run_as(&self, token: &str, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).env("INCS_TOKEN", token).output().unwrap())
    }

    /// Starts the program and leaves it running.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Starts an upload and leaves it running.
    pub(crate) fn start_upload(&self, base_url: &str, arguments: &[&str]) -> Child {
        self.start(&Self::uploading(base_url, arguments))
    }

    /// The arguments of an upload as fast as it goes.
    pub(crate) fn uploading<'a>(base_url: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
        let settle: &[&str] = if arguments.contains(&"--settle") { &[] } else { &["--settle", SETTLE] };
        ["upload", "--base-url", base_url, "--rate", "1000000/s", "--burst", "64"]
            .iter()
            .chain(settle)
            .chain(arguments)
            .copied()
            .collect()
    }

    /// What `runs` says about a run: its line, without the run's id.
    pub(crate) fn line_of(&self, run: &str) -> String {
        let runs = self.run(&["runs"]).expect(0);
        let line = runs.stdout.lines().find_map(|line| line.trim_start().strip_prefix(run));
        line.unwrap_or_else(|| panic!("no line of {run}\n{}", runs.stdout)).to_owned()
    }

    /// The report folders, oldest first.
    pub(crate) fn reports(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.path().join("reports")) else { return Vec::new() };
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        // Ids made in one second do not sort among themselves.
        folders.sort_by_key(|folder| fs::metadata(folder).unwrap().modified().unwrap());
        folders
    }

    /// The reports that were written last.
    pub(crate) fn last(&self) -> Reports {
        Reports(self.reports().pop().unwrap())
    }

    /// The lines of the latest `results.csv`, each as its cells by title.
    pub(crate) fn results(&self) -> Vec<BTreeMap<String, String>> {
        self.last().results()
    }

    /// One column of the latest `results.csv`.
    pub(crate) fn column(&self, title: &str) -> Vec<String> {
        self.last().column(title)
    }

    /// The latest `summary.json`.
    pub(crate) fn summary(&self) -> serde_json::Value {
        self.last().summary()
    }

    /// Every file below the folder.
    pub(crate) fn all_files(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(self.path(), &mut found);
        found
    }
}

/// The report folder of a run.
#[derive(Debug, Clone)]
pub(crate) struct Reports(pub(crate) PathBuf);

impl Reports {
    /// The run's id.
    pub(crate) fn run(&self) -> String {
        self.0.file_name().unwrap().to_str().unwrap().to_owned()
    }

    /// The lines of `results.csv`, each as its cells by title.
    pub(crate) fn results(&self) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(self.0.join("results.csv")).unwrap();
        reader.deserialize().map(|line| line.unwrap()).collect()
    }

    /// One column of `results.csv`.
    pub(crate) fn column(&self, title: &str) -> Vec<String> {
        self.results().into_iter().map(|line| line[title].clone()).collect()
    }

    /// `summary.json`.
    pub(crate) fn summary(&self) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.0.join("summary.json")).unwrap()).unwrap()
    }
}

/// Sends a signal to a process of ours.
pub(crate) fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

/// Kills a process of ours, and waits until it is gone.
pub(crate) fn kill(mut child: Child) {
    child.kill().unwrap();
    drop(child.wait());
}

impl Run {
    /// Waits for the end of a process of ours.
    pub(crate) fn finish(child: Child) -> Self {
        Self::of(child.wait_with_output().unwrap())
    }

    pub(crate) fn of(output: Output) -> Self {
        Self {
            // A process that was killed has no code.
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails the test, with all that was said, unless the exit code is this one.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code\n{}", self.transcript());
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}", self.transcript()))
    }

    /// All that a person saw, with ids, times and ports masked.
    pub(crate) fn transcript(&self) -> String {
        let mut text = format!("exit {}\n--- stdout\n{}", self.code, self.stdout);
        if !self.stderr.is_empty() {
            text.push_str("--- stderr\n");
            text.push_str(&self.stderr);
        }
        mask(&text)
    }
}

/// What stands between words, in Chinese sentences too.
const BETWEEN: [char; 14] = [' ', '\n', '/', ',', ';', '"', '：', '，', '；', '（', '）', '“', '”', '。'];

/// How the title of the closing screen begins, and what stands before its duration, in every language.
const TITLES: [(&str, &str); 3] =
    [("run RUN_ID ", " in "), ("运行 RUN_ID：", "，用时 "), ("proses RUN_ID: ", ", lama ")];

/// How the last line of the closing screen begins, in every language.
const REPORTS: [&str; 3] = ["reports: ", "报告：", "laporan: "];

/// Replaces what differs from run to run: run ids, dates with times, ports, durations, folders.
fn mask(text: &str) -> String {
    let mut masked = String::new();
    let has_dates = ["started", "开始时间", "mulai"].iter().any(|title| text.contains(title));
    for word in text.split_inclusive(BETWEEN) {
        let (core, end) = word.split_at(word.trim_end_matches(BETWEEN).trim_end_matches(':').len());
        let digits = core.bytes().filter(u8::is_ascii_digit).count();
        let shape = core.as_bytes();
        let is_run = core.len() == 20 && shape[8] == b'-' && shape[15] == b'-' && digits >= 14;
        let is_date = core.len() == 10 && shape[4] == b'-' && shape[7] == b'-' && core.starts_with("20");
        let is_time = core.len() == 8 && shape[2] == b':' && shape[5] == b':' && digits == 6;
        let host = core.strip_prefix("127.0.0.1:").is_some();
        masked.push_str(match core {
            _ if is_run => "RUN_ID",
            _ if is_date && has_dates => "DATE",
            _ if is_time && has_dates => "TIME",
            _ if host => "127.0.0.1:PORT",
            core => core,
        });
        masked.push_str(end);
    }
    masked.lines().map(mask_line).collect::<Vec<_>>().join("\n")
}

fn mask_line(line: &str) -> String {
    for (begin, before) in TITLES {
        if let Some((title, _)) = line.rsplit_once(before).filter(|_| line.starts_with(begin)) {
            return format!("{title}{before}DURATION");
        }
    }
    for begin in REPORTS {
        if let Some(path) = line.strip_prefix(begin) {
            return format!("{begin}{}", path.rsplit_once("reports/").map_or(path, |(_, rest)| rest));
        }
    }
    line.to_owned()
}
