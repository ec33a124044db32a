//! The samples for systemd, cron and Docker: what they start is started, with other folders, and does its work.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Run, Scripted, WorkDir, list, row, signal};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The lines of a sample, those that go on in the next one joined; comments and blank lines are left out.
fn lines(name: &str) -> Vec<String> {
    let text = fs::read_to_string(project().join("samples").join(name)).unwrap();
    let text = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    text.replace("\\\n", " ").lines().map(str::to_owned).filter(|line| !line.is_empty()).collect()
}

/// The values of a key, in order.
fn values(unit: &[String], key: &str) -> Vec<String> {
    unit.iter().filter_map(|line| line.strip_prefix(key)?.strip_prefix('=')).map(str::to_owned).collect()
}

/// Waits for what another process is about to do.
#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The folders and files of an installed program, with a list to upload.
struct Installed {
    work: WorkDir,
    server: Scripted,
}

/// What only the file holds.
const TOKEN: &str = "token-of-the-file";

/// Where a sample has it, and where it is here. Longer names stand before those that they begin with.
const PLACES: [(&str, &str); 12] = [
    ("/usr/local/bin/incs-import", env!("CARGO_BIN_EXE_incs-import")),
    ("/etc/incs-import/incs-import.toml", "incs-import.toml"),
    ("/config/incs-import.toml", "incs-import.toml"),
    ("/srv/incs-import/inbox", "inbox"),
    ("/var/lib/incs-import/token", "token"),
    ("/run/secrets/incs_token", "token"),
    ("/var/lib/incs-import", "state"),
    ("%S/incs-import", "state"),
    ("%t/incs-import", "state"),
    ("%d/token", "token"),
    ("/state", "state"),
    ("/inbox", "inbox"),
];

impl Installed {
    fn new() -> Self {
        let (work, server) = (WorkDir::with("token", TOKEN), Scripted::creating());
        for folder in ["inbox", "state"] {
            fs::create_dir(work.path().join(folder)).unwrap();
        }
        let token = work.path().join("token");
        fs::set_permissions(token, fs::Permissions::from_mode(0o400)).unwrap();
        let config = format!("base_url = '{}'\nrate = '1000/s'\nsettle = '1s'\n", server.url());
        work.write("incs-import.toml", config);
        work.write("inbox/a.csv", list(2));
        Self { work, server }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.work.path().join(name)
    }

    /// One word of a command, with the folders of this machine.
    fn here(&self, word: &str) -> String {
        let word = word.to_owned();
        let Some((there, here)) = PLACES.iter().find(|(there, _)| word.starts_with(there)) else {
            assert!(!word.starts_with(['/', '%', '$']), "{word} is nowhere");
            return word;
        };
        let rest = &word[there.len()..];
        assert!(rest.is_empty() || rest.starts_with('/'), "{word} is nowhere");
        format!("{}{rest}", self.path(here).display())
    }

    fn all_here<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<String> {
        words.map(|word| self.here(word)).collect()
    }

    /// A command as a machine starts it: without the token of the tests, and in the folder of the service.
    fn command(&self, words: &[String]) -> Command {
        let mut command = self.work.command(&[]);
        let environment: Vec<_> = command
            .get_envs()
            .filter(|(name, _)| *name != "INCS_TOKEN")
            .map(|(name, value)| (name.to_owned(), value.unwrap().to_owned()))
            .collect();
        command = Command::new(&words[0]);
        command.args(&words[1..]).env_clear().envs(environment).current_dir(self.path("state"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn done(&self) -> usize {
        let Ok(entries) = fs::read_dir(self.path("inbox/done")) else { return 0 };
        entries.filter(|entry| entry.as_ref().unwrap().path().is_file()).count()
    }

    /// What both have to have done with the list.
    #[track_caller]
    fn expect_done(&self, run: &Run) {
        let posts = self.server.posts();
        assert_eq!((posts.len(), self.done()), (2, 1), "{}", run.transcript());
        assert!(posts.iter().all(|post| post.token() == TOKEN));
        assert!(self.path("state/ledger.db").is_file());
        assert!(!run.stderr.contains("warning"), "{}", run.transcript());
    }

    /// Lets a watcher take the list, and asks it to stop as its keeper does.
    fn watch(&self, child: Child) -> Run {
        until("the list", || self.path("state/heartbeat.json").is_file() && self.done() == 1);
        signal(&child, "-TERM");
        Run::finish(child).expect(130)
    }
}

#[test]
fn what_the_units_start_does_its_work() {
    for (name, stays) in [("incs-import-nightly.service", false), ("incs-import-watch.service", true)] {
        let unit = lines(&format!("systemd/{name}"));
        let [start] = values(&unit, "ExecStart").try_into().unwrap();
        let words: Vec<&str> = start.split_whitespace().collect();
        // The drop folder is named thrice.
        assert_eq!(values(&unit, "ReadWritePaths"), [words[2]], "{name}");
        assert_eq!(values(&unit, "RequiresMountsFor"), [words[2]], "{name}");
        let credential = values(&unit, "LoadCredential").concat();
        let (id, _) = credential.split_once(':').unwrap();
        assert!(words.contains(&format!("%d/{id}").as_str()), "{name}");

        let installed = Installed::new();
        let mut command = installed.command(&installed.all_here(words.into_iter()));
        let run = if stays {
            installed.watch(command.spawn().unwrap())
        } else {
            Run::of(command.output().unwrap()).expect(0)
        };
        installed.expect_done(&run);
    }
}

#[test]
fn the_units_part_the_exit_codes_as_their_page_says() {
    let nightly = lines("systemd/incs-import-nightly.service");
    assert_eq!(values(&nightly, "RestartPreventExitStatus"), ["1 2"]);
    for unit in [nightly, lines("systemd/incs-import-watch.service")] {
        assert_eq!(values(&unit, "Restart"), ["on-failure"]);
        assert_eq!(values(&unit, "SuccessExitStatus"), ["130"]);
    }
    // A timer starts the service of its name.
    assert!(values(&lines("systemd/incs-import-nightly.timer"), "Unit").is_empty());
}

#[test]
fn systemd_understands_the_units() {
    let analyze = |arguments: &[&str], folder: &Path| {
        Command::new("systemd-analyze").args(arguments).current_dir(folder).output()
    };
    if analyze(&["--version"], Path::new("/")).is_err() {
        // Past the harness, which keeps what a passing test prints to itself.
        let words = b"==== NOT TESTED with systemd: there is no systemd-analyze on this machine ====\n";
        std::io::stderr().write_all(words).unwrap();
        return;
    }
    let work = WorkDir::new();
    let mut names = Vec::new();
    for entry in fs::read_dir(project().join("samples/systemd")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|extension| extension != "md") {
            // The program has to be there.
            let text = fs::read_to_string(&path).unwrap();
            let (there, here) = PLACES[0];
            work.write(&name, text.replace(there, here));
            names.push(format!("./{name}"));
        }
    }
    assert_eq!(names.len(), 3, "{names:?}");
    let arguments: Vec<&str> =
        ["verify", "--man=no"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let run = Run::of(analyze(&arguments, work.path()).unwrap()).expect(0);
    // What it says of other units of the machine is not about ours.
    assert!(!run.stderr.contains("incs-import"), "{}", run.transcript());
    for name in names.iter().filter(|name| name.ends_with(".service")) {
        // In tenths: what a client of a server on the internet cannot do without.
        let arguments = ["security", "--offline=true", "--no-pager", "--threshold=15", name];
        Run::of(analyze(&arguments, work.path()).unwrap()).expect(0);
    }
}

#[test]
fn what_the_crontab_starts_does_its_work_and_tells_the_exit_code() {
    let crontab = lines("cron/crontab");
    let (settings, jobs): (Vec<&String>, Vec<&String>) =
        crontab.iter().partition(|line| line.split(' ').next().unwrap().contains('='));
    let [job] = jobs[..] else { panic!("{jobs:?}") };
    let words: Vec<&str> = job.splitn(6, ' ').collect();
    let (times, job) = (&words[..5], words[5]);
    let is_time = |word: &&str| word.chars().all(|c| c.is_ascii_digit() || "*-,/".contains(c));
    assert!(times.iter().all(is_time), "{times:?}");
    // cron takes it for the end of the command.
    assert!(!job.contains('%'), "{job}");
    let path = settings.iter().find_map(|line| line.strip_prefix("PATH=")).unwrap();
    let (there, program) = PLACES[0];
    let folder = Path::new(there).parent().unwrap().to_str().unwrap();
    assert!(path.split(':').any(|known| known == folder), "{path}");

    let installed = Installed::new();
    let (command, rest) = job.split_once(" || ").unwrap();
    let command = installed.all_here(command.split(' ')).join(" ");
    let script = format!("{command} || {rest}");
    let run = || {
        let mut command = installed.command(&["/bin/sh".to_owned(), "-c".to_owned(), script.clone()]);
        let folder = Path::new(program).parent().unwrap().display();
        Run::of(command.env("PATH", format!("{folder}:{path}")).output().unwrap()).expect(0)
    };
    let first = run();
    installed.expect_done(&first);
    assert_eq!(first.stdout.lines().count(), 1, "{}", first.transcript());
    let second = run();
    assert_eq!((second.stdout.as_str(), second.stderr.as_str()), ("", ""), "nothing to do, nothing to mail");
    installed.work.write("inbox/b.csv", list(0) + &row(7).replace("62812", "62x12"));
    let third = run();
    assert!(third.stdout.ends_with("incs-import: exit code 1\n"), "{}", third.transcript());
}

#[test]
fn what_the_image_starts_does_its_work_and_is_seen_to_be_well() {
    let steps = lines("Dockerfile");
    let step = |name: &str| steps.iter().find_map(|line| line.strip_prefix(name)).unwrap().trim();
    let array = |name| serde_json::from_str::<Vec<String>>(step(name)).unwrap();
    let words = [array("ENTRYPOINT "), array("CMD ")].concat();
    let installed = Installed::new();
    let mut command = installed.command(&installed.all_here(words.iter().map(String::as_str)));
    for variable in step("ENV ").split(' ') {
        let (name, value) = variable.split_once('=').unwrap();
        command.env(name, installed.here(value));
    }
    let child = command.spawn().unwrap();
    let (_, check) = step("HEALTHCHECK ").split_once(" CMD ").unwrap();
    let check = installed.all_here(check.split(' ')).join(" ");
    let is_well = || {
        let words = ["/bin/sh".to_owned(), "-c".to_owned(), check.clone()];
        installed.command(&words).status().unwrap().success()
    };
    let run = installed.watch(child);
    installed.expect_done(&run);
    assert!(is_well());
    let long_ago = std::time::SystemTime::now() - Duration::from_hours(1);
    for entry in fs::read_dir(installed.path("state")).unwrap() {
        fs::File::options().append(true).open(entry.unwrap().path()).unwrap().set_modified(long_ago).unwrap();
    }
    assert!(!is_well(), "for an hour nothing has been written");
}

#[test]
fn the_image_is_built_from_what_is_there() {
    let manifest: toml::Table = fs::read_to_string(project().join("Cargo.toml")).unwrap().parse().unwrap();
    let steps = lines("Dockerfile");
    let minimum = manifest["package"]["rust-version"].as_str().unwrap();
    assert!(steps[0].starts_with(&format!("FROM rust:{minimum}-slim-")), "{}", steps[0]);
    assert!(manifest["profile"]["dist"].is_table());
    assert!(steps.iter().any(|step| step.contains("cargo build --profile dist --locked --bin incs-import")));
    let copies: Vec<&str> = steps.iter().filter_map(|step| step.strip_prefix("COPY ")).collect();
    assert_eq!(copies, [". .", "--from=build /src/target/dist/incs-import /usr/local/bin/incs-import"]);
    // Built against one C library, run with the same.
    let system = |step: &str| step.split(['-', ':', ' ']).any(|part| part == "bookworm");
    assert!(steps.iter().filter(|step| step.starts_with("FROM ")).all(|step| system(step)));

    // Everything is kept out, then let in by name.
    let ignore = fs::read_to_string(project().join(".dockerignore")).unwrap();
    let rules: Vec<&str> = ignore.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rules[0], "*");
    let sent: Vec<&str> = rules[1..].iter().map(|rule| rule.strip_prefix('!').unwrap()).collect();
    for name in &sent {
        assert!(project().join(name).exists(), "{name}");
    }
    for needed in ["Cargo.toml", "Cargo.lock", ".cargo", "src", "locales", "templates", "benches"] {
        assert!(sent.contains(&needed), "{needed}");
    }
}
