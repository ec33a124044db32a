//! "Never twice, never lost", proved from outside: the program that ships, a stand-in for the server in a process of its
//! own, faults of the network, of the disk and of the machine between them, and after every run an audit of what the
//! server has against what the ledger and the reports say.
//!
//! The stand-in lets tasks finish at once (`--finish-after 0s`): its own rule of one unfinished task a user would hide a
//! mistake of ours.

mod audit;
mod disk;
mod order;
mod shim;
mod twice;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use crate::support::{HEADER, Run, StandIn, WorkDir, phone, row};

/// Most of a scenario is waiting, for syncs and for answers.
const THREADS: usize = 4;

/// A list of these users.
fn list_of(users: std::ops::Range<usize>) -> String {
    format!("{HEADER}\n{}", users.map(row).collect::<String>())
}

/// Their phones.
fn phones(users: std::ops::Range<usize>) -> Vec<String> {
    users.map(phone).collect()
}

/// The stand-in in a process of its own, with all that it saw and made.
struct Server {
    work: WorkDir,
    stand_in: StandIn,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let work = WorkDir::new();
        let fixed = ["--audit", "audit.jsonl", "--finish-after", "0s"];
        let stand_in = StandIn::start(&work, &[&fixed, arguments].concat());
        Self { work, stand_in }
    }

    fn url(&self) -> &str {
        &self.stand_in.url
    }

    fn audit_file(&self) -> PathBuf {
        self.work.path().join("audit.jsonl")
    }
}

/// A folder with a list and a ledger, from which the program is run.
struct Desk {
    work: WorkDir,
    /// What was run, for whoever has to do it again.
    story: Vec<String>,
    runs: Vec<Run>,
}

impl Desk {
    fn with_list(content: &str) -> Self {
        Self { work: WorkDir::with("list.csv", content), story: Vec::new(), runs: Vec::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.work.path().join(name)
    }

    fn ledger(&self) -> PathBuf {
        self.path("ledger.db")
    }

    /// The program with these arguments and the ledger of the desk, behind the shim.
    fn command(&self, shim: &shim::Shim, arguments: &[&str]) -> Command {
        let mut command = self.work.command(arguments);
        command.env("INCS_IMPORT_LEDGER", self.ledger());
        if !shim.is_idle() {
            shim.put_before(&mut command);
        }
        command
    }

    /// Runs the program behind the shim to its end, whatever that is, and remembers it; gives the exit code.
    fn run(&mut self, shim: &shim::Shim, arguments: &[&str]) -> i32 {
        let run = Run::of(self.command(shim, arguments).output().unwrap());
        self.story.push(format!("{shim} incs-import {} -> exit {}", arguments.join(" "), run.code));
        let code = run.code;
        self.runs.push(run);
        code
    }

    /// Fails the test unless the last run ended so.
    #[track_caller]
    fn expect(&self, code: i32) {
        let found = self.runs.last().map(|run| run.code);
        assert_eq!(found, Some(code), "exit code\n{}", self.transcript());
    }

    /// Uploads the list, as fast as it goes unless a rate is given.
    fn upload(&mut self, shim: &shim::Shim, url: &str, more: &[&str]) -> i32 {
        let fixed = ["upload", "list.csv", "--base-url", url];
        let rate = if more.contains(&"--rate") { &[][..] } else { &["--rate", "1000000/s", "--burst", "64"] };
        self.run(shim, &[&fixed, rate, more].concat())
    }

    /// All that was run and said.
    fn transcript(&self) -> String {
        let runs = self.story.iter().zip(&self.runs);
        runs.map(|(story, run)| format!("$ {story}\n{}\n", run.transcript())).collect()
    }
}

impl Desk {
    /// Takes up what is left, as whoever finds a run that ended early would.
    fn go_on(&mut self, shim: &shim::Shim, url: &str) -> i32 {
        self.upload(shim, url, &[])
    }
}

/// Does the jobs on a few threads, each with a server of its own started with `arguments`; most of the time is waiting.
/// Gives what went wrong.
fn in_parallel<J: Send>(
    jobs: Vec<J>,
    arguments: &[&str],
    work: impl Fn(&Server, J) -> Option<String> + Sync,
) -> Vec<String> {
    let (jobs, wrong) = (Mutex::new(jobs.into_iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let server = Server::start(arguments);
                loop {
                    let job = jobs.lock().unwrap().next();
                    let Some(job) = job else { return };
                    if let Some(what) = work(&server, job) {
                        wrong.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    wrong.into_inner().unwrap()
}
