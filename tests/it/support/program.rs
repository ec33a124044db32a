//! The program, run in a folder of its own with an environment of its own.

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
        Self { folder: tempfile::tempdir().unwrap() }
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

    /// Starts an upload and leaves it running.
    pub(crate) fn start_upload(&self, base_url: &str, arguments: &[&str]) -> Child {
        let arguments = Self::uploading(base_url, arguments);
        self.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn uploading<'a>(base_url: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
        let settle: &[&str] = if arguments.contains(&"--settle") { &[] } else { &["--settle", SETTLE] };
        ["upload", "--base-url", base_url, "--rate", "1000000/s", "--burst", "64"]
            .iter()
            .chain(settle)
            .chain(arguments)
            .copied()
            .collect()
    }

    /// The report folders, oldest first.
    pub(crate) fn reports(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.path().join("reports")) else { return Vec::new() };
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        // Ids made in one second do not sort among themselves.
        folders.sort_by_key(|folder| fs::metadata(folder).unwrap().modified().unwrap());
        folders
    }

    /// The lines of the latest `results.csv`, each as its cells by title.
    pub(crate) fn results(&self) -> Vec<std::collections::BTreeMap<String, String>> {
        let path = self.reports().pop().unwrap().join("results.csv");
        let mut reader = csv::Reader::from_path(path).unwrap();
        reader.deserialize().map(|line| line.unwrap()).collect()
    }

    /// One column of the latest `results.csv`.
    pub(crate) fn column(&self, title: &str) -> Vec<String> {
        self.results().into_iter().map(|line| line[title].clone()).collect()
    }

    /// The latest `summary.json`.
    pub(crate) fn summary(&self) -> serde_json::Value {
        let path = self.reports().pop().unwrap().join("summary.json");
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
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

impl Run {
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

/// Replaces what differs from run to run: run ids, dates with times, ports, durations, folders.
fn mask(text: &str) -> String {
    let mut masked = String::new();
    for word in text.split_inclusive([' ', '\n', '/', ',', '"']) {
        let (core, end) = word.split_at(word.trim_end_matches([' ', '\n', '/', ',', '"']).len());
        let digits = core.bytes().filter(u8::is_ascii_digit).count();
        let shape = core.as_bytes();
        let is_run = core.len() == 20 && shape[8] == b'-' && shape[15] == b'-' && digits >= 14;
        let is_date = core.len() == 10 && shape[4] == b'-' && shape[7] == b'-' && core.starts_with("20");
        let is_time = core.len() == 8 && shape[2] == b':' && shape[5] == b':' && digits == 6;
        let host = core.strip_prefix("127.0.0.1:").is_some();
        masked.push_str(match core {
            _ if is_run => "RUN_ID",
            _ if is_date && text.contains("started") => "DATE",
            _ if is_time && text.contains("started") => "TIME",
            _ if host => "127.0.0.1:PORT",
            core => core,
        });
        masked.push_str(end);
    }
    let lines =
        masked.lines().map(|line| match line.find(" completed in ").or(line.find(" interrupted in ")) {
            Some(at) if line.starts_with("run ") => {
                let end = line[at..].find(" in ").map_or(line.len(), |found| at + found);
                format!("{} in DURATION", &line[..end])
            }
            _ => match line.strip_prefix("reports: ") {
                Some(path) => {
                    format!("reports: {}", path.rsplit_once("reports/").map_or(path, |(_, rest)| rest))
                }
                None => line.to_owned(),
            },
        });
    lines.collect::<Vec<_>>().join("\n")
}
