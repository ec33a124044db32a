//! `inbox`: each list of a drop folder once, whatever happens meanwhile, and then out of the way.

mod events;
mod stopped;
mod sweeps;
mod watching;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;

use crate::support::{Reports, Run, WorkDir};

/// A drop folder `drop` beside the ledger of a user.
pub(crate) struct Tray {
    pub(crate) work: WorkDir,
}

impl Tray {
    fn new() -> Self {
        let work = WorkDir::new();
        fs::create_dir(work.path().join("drop")).unwrap();
        Self { work }
    }

    fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let tray = Self::new();
        tray.put(name, content);
        tray
    }

    fn path(&self, name: &str) -> PathBuf {
        self.work.path().join("drop").join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// The arguments of a sweep as fast as it goes.
    fn sweeping<'a>(url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let fixed = ["inbox", "drop", "--base-url", url, "--rate", "1000000/s", "--burst", "64"];
        let rest: &[&str] = if more.contains(&"--rest") { &[] } else { &["--rest", "1ms"] };
        [&fixed[..], &["--settle", "300ms"], rest, more].concat()
    }

    fn sweep(&self, url: &str, more: &[&str]) -> Run {
        self.work.run(&Self::sweeping(url, more))
    }

    /// The same with another token.
    fn sweep_as(&self, token: &str, url: &str, more: &[&str]) -> Run {
        self.work.run_as(token, &Self::sweeping(url, more))
    }

    fn start(&self, url: &str, more: &[&str]) -> Child {
        self.work.start(&Self::sweeping(url, more))
    }

    /// What lies in the folder; hidden names are left out.
    fn lists(&self) -> Vec<String> {
        let mut names = names(&self.path(""));
        names.retain(|name| !name.starts_with('.') && name != "done" && name != "failed");
        names
    }

    /// What was moved to `done` or `failed`: the run and the file of each, in the order of their names; and the folders there.
    fn moved(&self, place: &str) -> (Vec<(String, String)>, Vec<Reports>) {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for name in names(&self.path(place)) {
            let path = self.path(place).join(&name);
            if path.is_dir() {
                folders.push(Reports(path));
            } else {
                files.push((name[..20].to_owned(), name[21..].to_owned()));
            }
        }
        (files, folders)
    }

    /// The only file that was moved to `done`, and the reports of its run.
    #[track_caller]
    fn done(&self) -> (String, Reports) {
        let (files, folders) = self.moved("done");
        let ([(run, name)], [reports]) = (files.as_slice(), folders.as_slice()) else {
            panic!("{files:?} {folders:?}")
        };
        assert_eq!(*run, reports.run());
        (name.clone(), reports.clone())
    }

    /// The names of the files in `done`, sorted.
    fn done_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.moved("done").0.into_iter().map(|(_, name)| name).collect();
        names.sort();
        names
    }

    /// The claims that are left.
    fn claims(&self) -> Vec<String> {
        let folder = self.path(".incs-import");
        if folder.is_dir() { names(&folder) } else { Vec::new() }
    }

    /// The latest run in the ledger.
    fn run(&self) -> String {
        let runs = self.work.run(&["runs"]).expect(0);
        runs.stdout.lines().nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
