//! "Never twice, never lost", proved from outside: the program that ships, a stand-in for the server in a process of its
//! own, faults of the network, of the disk and of the machine between them, and after every run an audit of what the
//! server has against what the ledger and the reports say.
//!
//! The stand-in lets tasks finish at once (`--finish-after 0s`): its own rule of one unfinished task a user would hide a
//! mistake of ours.

mod audit;
mod disk;
mod drops;
mod kills;
mod matrix;
mod order;
mod phase;
mod shim;
mod twice;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use crate::support::{HEADER, Run, StandIn, WorkDir, phone, row};

/// Most of a scenario is waiting, for syncs and for answers.
const THREADS: usize = 16;

/// How long the program waits for an answer, and the settle time: until then it does not believe that a task was not
/// created.
const TIMES: [&str; 4] = ["--timeout", "300ms", "--settle", "900ms"];

/// How often a run is resumed before it is called stuck.
const PATIENCE: usize = 10;

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
        let fixed = ["--audit", "audit.jsonl", "--requests", "requests.jsonl", "--finish-after", "0s"];
        let stand_in = StandIn::start(&work, &[&fixed, arguments].concat());
        Self { work, stand_in }
    }

    fn url(&self) -> &str {
        &self.stand_in.url
    }

    /// What it made, a line a task.
    fn audit_file(&self) -> PathBuf {
        self.work.path().join("audit.jsonl")
    }

    /// What it was asked, a line a request.
    fn requests_file(&self) -> PathBuf {
        self.work.path().join("requests.jsonl")
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

    /// Whether the ledger has a run.
    fn has_run(&self) -> bool {
        let Some(ledger) = audit::open(&self.ledger()) else { return false };
        ledger.query_row("SELECT 1 FROM run LIMIT 1", [], |_| Ok(())).is_ok()
    }

    /// All that was run and said.
    fn transcript(&self) -> String {
        let runs = self.story.iter().zip(&self.runs);
        runs.map(|(story, run)| format!("$ {story}\n{}\n", run.transcript())).collect()
    }
}

impl Desk {
    /// Goes on as a person would after a run that did not end well: resumes it, or uploads again if there is no run to
    /// resume, until nothing is left. Whether that came to an end.
    fn go_on(&mut self, url: &str) -> bool {
        let idle = shim::Shim::default();
        for _ in 0..PATIENCE {
            let code = self.run(&idle, &["resume"]);
            let nothing = self.runs.last().is_some_and(|run| run.stderr.contains("nothing to resume"));
            if nothing && !self.has_run() {
                self.upload(&idle, url, &TIMES);
            } else if code == 0 {
                return true;
            }
        }
        false
    }
}

/// Does the jobs on a few threads; gives what went wrong.
fn on_threads<J: Send, W: IntoIterator<Item = String>>(
    threads: usize,
    jobs: Vec<J>,
    work: impl Fn(J) -> W + Sync,
) -> Vec<String> {
    let (jobs, wrong) = (Mutex::new(jobs.into_iter()), Mutex::new(Vec::new()));
    let next = || jobs.lock().unwrap().next();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(job) = next() {
                    let what = work(job);
                    wrong.lock().unwrap().extend(what);
                }
            });
        }
    });
    wrong.into_inner().unwrap()
}

/// The same, with a server that many jobs share, one after the other: they are dealt to servers with these settings.
fn with_servers<J: Send>(
    settings: &[&[&str]],
    jobs: Vec<J>,
    work: impl Fn(&Server, J) -> Option<String> + Sync,
) -> Vec<String> {
    let mut hands: Vec<(&[&str], Vec<J>)> =
        (0..THREADS).map(|hand| (settings[hand % settings.len()], Vec::new())).collect();
    for (index, job) in jobs.into_iter().enumerate() {
        hands[index % THREADS].1.push(job);
    }
    on_threads(THREADS, hands, |(setting, jobs)| {
        let server = Server::start(setting);
        jobs.into_iter().filter_map(|job| work(&server, job)).collect::<Vec<_>>()
    })
}
