//! A week of nights by the clock of the test: each night one sweep over the drop folder, nobody there, and something wrong on
//! most of them. In the end each user of a list that was accepted has one task, and each night tells what it was.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::support::{Action, Request, Run, Scripted, StandIn, TOKEN, WorkDir, list, row};

/// Users of one list.
const USERS: usize = 12;

/// The way to the server. Shut, it refuses connections, as a machine does on which nothing listens.
struct Door {
    here: SocketAddr,
    there: SocketAddr,
    open: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
    /// Keeps the port while nobody listens.
    shut: Option<tokio::net::TcpSocket>,
}

impl Door {
    fn to(there: SocketAddr) -> Self {
        let socket = closed(SocketAddr::from(([127, 0, 0, 1], 0)));
        let mut door = Self { here: socket.local_addr().unwrap(), there, open: None, shut: Some(socket) };
        door.open();
        door
    }

    fn open(&mut self) {
        let socket = self.shut.take().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        let listener = runtime.block_on(async { socket.listen(64).unwrap().into_std().unwrap() });
        listener.set_nonblocking(false).unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let (over, there) = (Arc::clone(&is_over), self.there);
        self.open = Some((is_over, thread::spawn(move || let_through(&listener, there, &over))));
    }

    fn shut(&mut self) {
        let (is_over, thread) = self.open.take().unwrap();
        is_over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.here));
        thread.join().unwrap();
        self.shut = Some(closed(self.here));
    }
}

/// A socket that has its port, and does not listen.
fn closed(address: SocketAddr) -> tokio::net::TcpSocket {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    // Connections of yesterday may still linger.
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap();
    socket
}

fn let_through(listener: &TcpListener, there: SocketAddr, is_over: &AtomicBool) {
    for guest in listener.incoming() {
        let guest = guest.unwrap();
        if is_over.load(Ordering::SeqCst) {
            return;
        }
        let host = TcpStream::connect(there).unwrap();
        for (mut from, mut to) in [(guest.try_clone().unwrap(), host.try_clone().unwrap()), (host, guest)] {
            thread::spawn(move || {
                drop(io::copy(&mut from, &mut to));
                drop(to.shutdown(Shutdown::Write));
            });
        }
    }
}

/// The job, its server and who is told.
struct Office {
    work: WorkDir,
    _server: StandIn,
    door: Door,
    hook: Scripted,
}

impl Office {
    fn new() -> Self {
        let work = WorkDir::at("2026-04-13T01:30:00+07:00");
        let server =
            StandIn::start(&work, &["--token", TOKEN, "--audit", "audit.jsonl", "--finish-after", "0s"]);
        let door = Door::to(server.url.strip_prefix("http://").unwrap().parse().unwrap());
        let hook = Scripted::start(|_, _| Action::json(200, "{}".to_owned()));
        fs::create_dir(work.path().join("drop")).unwrap();
        let config = format!(
            "base_url = 'http://{}'\ntime_zone = 'Asia/Jakarta'\nrate = '1000000/s'\nburst = 64\nsettle = '300ms'\n\
             resume_first = true\ndeadline = '06:00'\nexpect_rows = '..5000'\nretention = '30d'\n\
             metrics_file = 'night.prom'\n[notify]\non = 'change'\nwebhook = '{}/hook'\n",
            door.here,
            hook.url(),
        );
        work.write("night.toml", config);
        Self { work, _server: server, door, hook }
    }

    fn drop_folder(&self) -> PathBuf {
        self.work.path().join("drop")
    }

    /// Puts a list there that came some seconds before the sweep.
    fn put(&self, name: &str, content: &str, seconds_ago: u64) {
        let path = self.drop_folder().join(name);
        fs::write(&path, content).unwrap();
        let at = SystemTime::now() - Duration::from_secs(seconds_ago);
        OpenOptions::new().write(true).open(path).unwrap().set_modified(at).unwrap();
    }

    fn arguments() -> [&'static str; 6] {
        ["inbox", "drop", "--config", "night.toml", "--rest", "60ms"]
    }

    /// The sweep of one night; gives its exit code and the exit codes that somebody was told of.
    fn night(&self, day: u8, token: &str) -> (Run, Vec<i64>) {
        self.work.set_clock(&format!("2026-04-{day}T01:30:00+07:00"));
        let before = self.hook.requests().len();
        let run = self.work.run_as(token, &Self::arguments());
        let told = self.hook.requests().split_off(before);
        let code = |request: &Request| -> i64 {
            let object: Value = serde_json::from_str(&request.body).unwrap();
            object["exit_code"].as_i64().unwrap()
        };
        let told = told.iter().map(code).collect();
        (run, told)
    }

    /// What lies in the folder, or in `done` or `failed` without the ids of the runs.
    fn lists(&self, place: &str) -> Vec<String> {
        let entries = fs::read_dir(self.drop_folder().join(place)).unwrap().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        let names = files.map(|entry| entry.file_name().into_string().unwrap());
        let mut names: Vec<String> =
            names.map(|name| if place.is_empty() { name } else { name[21..].to_owned() }).collect();
        names.sort();
        names
    }
}

/// The list of one day; no user is in two of them.
fn list_of(day: usize) -> String {
    list(0) + &(day * 100..day * 100 + USERS).map(row).collect::<String>()
}

/// Writes a list row by row until the sweep is over, and then the rest of it.
fn while_it_is_written<T>(path: &Path, content: &str, sweep: impl FnOnce() -> T) -> T {
    let is_over = AtomicBool::new(false);
    let (begin, rest) = content.split_at(content.len() / 2);
    let mut file = fs::File::create(path).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            let (mut written, mut bytes) = (0, begin.as_bytes().iter());
            while !is_over.load(Ordering::SeqCst) {
                // A program that copies slowly; once half of it is there, it hangs for the rest of the sweep.
                if let Some(byte) = bytes.next() {
                    file.write_all(&[*byte]).unwrap();
                    written += 1;
                }
                file.set_modified(SystemTime::now()).unwrap();
                thread::sleep(Duration::from_millis(2));
            }
            file.write_all(&content.as_bytes()[written..]).unwrap();
            assert!(written <= begin.len() && !rest.is_empty());
        });
        let result = sweep();
        is_over.store(true, Ordering::SeqCst);
        result
    })
}

#[test]
fn seven_lists_and_what_goes_wrong_in_a_week() {
    let mut office = Office::new();
    let nothing: Vec<i64> = Vec::new();

    // Monday: all is well, which is told once.
    office.put("mon.csv", &list_of(1), 60);
    let (run, told) = office.night(13, TOKEN);
    assert_eq!((run.expect(0).code, told), (0, vec![0]));

    // Tuesday: the export is still being written. Nothing is made of half a list.
    let path = office.drop_folder().join("tue.csv");
    let (run, told) = while_it_is_written(&path, &list_of(2), || office.night(14, TOKEN));
    let run = run.expect(0);
    assert!(run.stderr.contains("tue.csv") && told == nothing, "{}", run.transcript());
    assert_eq!(office.lists(""), ["tue.csv"]);

    // Wednesday: it is whole, and somebody has put the list of the day there twice.
    office.put("wed.csv", &list_of(3), 60);
    office.put("wed (1).csv", &list_of(3), 30);
    let (run, told) = office.night(15, TOKEN);
    let run = run.expect(0);
    assert!(run.stdout.contains("wed (1).csv") && run.stdout.contains("12 skipped"), "{}", run.transcript());
    assert_eq!(told, nothing);

    // Thursday: a list without a row besides.
    office.put("thu.csv", &list_of(4), 60);
    office.put("nobody.csv", &list(0), 30);
    let (run, told) = office.night(16, TOKEN);
    assert_eq!((run.expect(1).code, told), (1, vec![1]));
    assert_eq!(office.lists(""), Vec::<String>::new());

    // Friday: the columns are not those they were.
    office.put("fri.csv", &list_of(5).replace("user_phone", "contact"), 60);
    let (run, told) = office.night(17, TOKEN);
    assert_eq!((run.expect(2).code, told), (2, vec![2]));
    assert_eq!(office.lists("failed"), ["fri.csv"]);

    // Saturday: it is put right, but the server is down.
    office.put("fri.csv", &list_of(5), 60);
    office.put("sat.csv", &list_of(6), 30);
    office.door.shut();
    let (run, told) = office.night(18, TOKEN);
    assert_eq!((run.expect(3).code, told), (3, vec![3]));
    assert_eq!(office.lists(""), ["fri.csv", "sat.csv"]);
    office.door.open();

    // Sunday: the token has expired. That it still does not work is no news.
    office.put("sun.csv", &list_of(7), 30);
    let (run, told) = office.night(19, "expired");
    assert_eq!((run.expect(3).code, told), (3, nothing.clone()));
    assert_eq!(office.lists(""), ["fri.csv", "sat.csv", "sun.csv"]);

    // Monday: somebody has put a new token there, and everything that was left goes out.
    let (run, told) = office.night(20, TOKEN);
    assert_eq!((run.expect(0).code, told), (0, vec![0]));
    assert_eq!(office.lists(""), Vec::<String>::new());
    let (run, told) = office.night(21, TOKEN);
    assert_eq!((run.expect(0).code, told), (0, nothing), "there is nothing left to do");

    everybody_once(&office);
    the_history_explains_itself(&office);
}

/// The server's own record.
fn everybody_once(office: &Office) {
    let audit = fs::read_to_string(office.work.path().join("audit.jsonl")).unwrap();
    let mut tasks: BTreeMap<String, u32> = BTreeMap::new();
    for line in audit.lines() {
        let task: Value = serde_json::from_str(line).unwrap();
        *tasks.entry(task["body"]["user_phone"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let wanted = (1..=7).flat_map(|day| day * 100..day * 100 + USERS).map(crate::support::phone);
    assert_eq!(tasks, wanted.map(|phone| (phone, 1)).collect());
}

/// What one finds who comes back after a week.
fn the_history_explains_itself(office: &Office) {
    let runs = office.work.run(&["runs", "--config", "night.toml"]).expect(0);
    let line = |file: &str| {
        let lines: Vec<&str> = runs.stdout.lines().filter(|line| line.contains(file)).collect();
        assert_eq!(lines.len(), 1, "{file}\n{}", runs.stdout);
        lines[0].to_owned()
    };
    // Tasks, created, not created; the ids of runs tell the time in UTC.
    for (file, day, counts) in [
        ("mon.csv", "20260412", "12 12 0"),
        ("tue.csv", "20260414", "12 12 0"),
        ("wed.csv", "20260414", "12 12 0"),
        ("wed (1).csv", "20260414", "12 0 0"), // everybody has a task already
        ("thu.csv", "20260415", "12 12 0"),
        ("nobody.csv", "20260415", "0 0 0"),
        ("fri.csv", "20260417", "12 12 0"),
        ("sat.csv", "20260419", "12 12 0"),
        ("sun.csv", "20260419", "12 12 0"),
    ] {
        let line = line(file);
        let told: Vec<&str> = line.split_whitespace().collect();
        let told = told.join(" ");
        // A run that asked the server for nothing does not know that it is a stand-in.
        let state = if told.contains("(sandbox)") { "completed (sandbox)" } else { "completed" };
        assert!(told.starts_with(day) && told.contains(&format!("{state} {counts} ")), "{line}");
    }
    assert_eq!(runs.stdout.lines().filter(|line| line.contains("tester@desk")).count(), 9, "{}", runs.stdout);

    // The list that could not be used lies where it was put, with the reason beside it.
    let failed = office.drop_folder().join("failed");
    let reasons = fs::read_dir(failed).unwrap().map(|entry| entry.unwrap().path().join("error.txt"));
    let reasons: Vec<String> = reasons.filter_map(|path| fs::read_to_string(path).ok()).collect();
    assert!(matches!(reasons.as_slice(), [reason] if reason.contains("contact")), "{reasons:?}");
    let metrics = fs::read_to_string(office.work.path().join("night.prom")).unwrap();
    let of = |name: &str| metrics.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(of("incs_import_last_exit_code{").ends_with(" 0"), "{metrics}");
}
