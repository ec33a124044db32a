//! The desk of somebody who does what a page says: a folder with the samples, a shell, a server.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use calamine::Data;

use super::mask::{ids, masked};
use super::page::Step;
use crate::support::{StandIn, WorkDir, save, sheets};

/// The address of the stand-in as the pages have it.
const PAGE_ADDRESS: &str = "http://127.0.0.1:8787";

pub(super) struct Desk {
    work: WorkDir,
    root: PathBuf,
    here: PathBuf,
    variables: BTreeMap<String, String>,
    server: StandIn,
    /// What has been said since the last block began.
    said: String,
    /// Ids as the page has them, and what they are here.
    known: BTreeMap<String, String>,
    /// What is wrong with the page.
    pub(super) wrong: Vec<String>,
}

impl Desk {
    /// A folder with the samples, and a server without faults.
    pub(super) fn new() -> Self {
        let work = WorkDir::new();
        let root = work.path().canonicalize().unwrap();
        let here = root.join("home/ops/lists");
        let samples = here.join("samples");
        fs::create_dir_all(&samples).unwrap();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, samples.join(path.file_name().unwrap())).unwrap();
            }
        }
        fs::create_dir(root.join("bin")).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_incs-import"), root.join("bin/incs-import")).unwrap();
        let server = StandIn::start(&work, &[]);
        let variables = [
            ("PATH", format!("{}:{}", root.join("bin").display(), std::env::var("PATH").unwrap())),
            ("HOME", root.join("home/ops").display().to_string()),
            ("TZ", "UTC".to_owned()),
            ("USER", "ops".to_owned()),
            ("HOSTNAME", "desk".to_owned()),
            ("INCS_TOKEN", "the-token-of-the-page".to_owned()),
            ("INCS_BASE_URL", server.url.clone()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).into();
        let (said, known, wrong) = (String::new(), BTreeMap::new(), Vec::new());
        Self { work, root, here, variables, server, said, known, wrong }
    }

    pub(super) fn does(&mut self, step: &Step) {
        match step {
            Step::Block => self.said.clear(),
            Step::Save { name, content } => {
                let path = self.here.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, content).unwrap();
                // As the umask of the machine may be.
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            }
            Step::Type { line, command, exit } => self.types(*line, command, *exit),
            Step::Shown { line, lines } => self.sees(*line, lines),
            Step::Mend { line, file, cells } => self.mends(*line, file, cells),
        }
    }

    fn types(&mut self, line: usize, command: &str, exit: i32) {
        if let Some(assignments) = command.strip_prefix("export ") {
            for (name, value) in assignments.split_whitespace().filter_map(|one| one.split_once('=')) {
                let value = value.replace(PAGE_ADDRESS, &self.server.url);
                self.variables.insert(name.to_owned(), value);
            }
            return;
        }
        if let Some(arguments) =
            command.strip_prefix("incs-import sandbox").and_then(|end| end.strip_suffix('&'))
        {
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let port = arguments.iter().position(|one| *one == "--port").unwrap();
            self.server = StandIn::start(&self.work, &[&arguments[..port], &arguments[port + 2..]].concat());
            return;
        }
        let mut typed = command.replace(PAGE_ADDRESS, &self.server.url);
        for id in ids(command) {
            match self.known.get(id) {
                Some(real) => typed = typed.replace(id, real),
                None => self.wrong.push(format!("line {line}: no output has shown {id} before")),
            }
        }
        let path = self.root.join("said");
        let out = File::create(&path).unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", &typed]).current_dir(&self.here).env_clear().envs(&self.variables);
        shell.stdin(Stdio::null()).stdout(out.try_clone().unwrap()).stderr(out);
        let code = shell.status().unwrap().code().unwrap_or(-1);
        let said = String::from_utf8(fs::read(&path).unwrap()).unwrap();
        if code != exit {
            self.wrong.push(format!("line {line}: exit {code}, not {exit}: {command}\n{said}"));
        }
        self.said.push_str(&said.replace(&self.root.display().to_string(), ""));
    }

    /// Each line has to be in what was said, behind the one before.
    fn sees(&mut self, line: usize, lines: &[String]) {
        let days: Vec<String> = [-24, 0, 24]
            .map(|hours| {
                let moment = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
                moment.strftime("%Y-%m-%d").to_string()
            })
            .into();
        let said = std::mem::take(&mut self.said);
        let mut real = said.lines();
        for (at, wanted) in lines.iter().enumerate() {
            if ["", "..."].contains(&wanted.trim()) {
                continue;
            }
            let want = masked(wanted, &days);
            if !real.any(|one| masked(one, &days) == want && self.agree(wanted, one)) {
                let place = line + at;
                self.wrong
                    .push(format!("line {place}: this is not shown there: {wanted}\nwhat is shown:\n{said}"));
                break;
            }
        }
        self.said = said;
    }

    /// Whether the ids of two lines can be the same.
    fn agree(&mut self, page: &str, real: &str) -> bool {
        let pairs: Vec<_> = ids(page).into_iter().zip(ids(real)).collect();
        let can_be = pairs.iter().all(|(page, real)| self.known.get(*page).is_none_or(|known| known == real));
        if can_be {
            self.known.extend(pairs.into_iter().map(|(page, real)| (page.to_owned(), real.to_owned())));
        }
        can_be
    }

    fn mends(&mut self, line: usize, file: &str, cells: &[[String; 3]]) {
        let path = self.here.join(file);
        let mut book = sheets(&path);
        for [place, old, new] in cells {
            let (letters, digits) = place.split_at(place.find(|one: char| one.is_ascii_digit()).unwrap());
            let column = letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
            let row: usize = digits.parse().unwrap();
            let cell = &mut book[0].rows[row - 1][column - 1];
            let found = cell.to_string();
            if found != *old {
                self.wrong.push(format!("line {line}: {place} of {file} holds {found:?}, not {old:?}"));
            }
            *cell = if new.is_empty() { Data::Empty } else { Data::String(new.clone()) };
        }
        save(&book, &path);
    }
}
