//! `doctor`: a fault is planted, and its line is expected.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use incs_import::ledger::{Holder, Lock};

use crate::support::{Action, Down, EMPTY_LIST, Request, Run, Scripted, TOKEN, Tasks, WorkDir, list};

/// A check's status, what was found, how to mend it.
type Found = BTreeMap<String, (String, String, String)>;

fn read(run: &Run) -> Found {
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Found::new();
    for line in lines {
        let mut here = (text(&line["status"]), text(&line["found"]), text(&line["fix"]));
        assert!(here.0 == "ok" || !here.2.is_empty(), "what is wrong can be mended: {line}");
        let check = text(&line["check"]);
        // Of several lines of one check the worst counts here.
        if let Some(before) = found.remove(&check).filter(|before| here.0 == "ok" && before.0 != "ok") {
            here = before;
        }
        found.insert(check, here);
    }
    found
}

fn doctor(work: &WorkDir, arguments: &[&str]) -> Run {
    work.run(&[&["doctor", "--format", "json"], arguments].concat())
}

/// Expects a line, and the exit code that goes with it.
#[track_caller]
fn expect(run: &Run, check: &str, status: &str, words: &str) {
    let found = read(run);
    let line = found.get(check).unwrap_or_else(|| panic!("no line {check}\n{}", run.transcript()));
    assert!(line.0 == status && line.1.contains(words), "{check}: {line:?}");
    let failed = found.values().any(|line| line.0 == "fail");
    assert_eq!(run.code, i32::from(failed), "{}", run.transcript());
    assert!(!run.transcript().contains(TOKEN));
}

fn date(at: SystemTime) -> Vec<(&'static str, String)> {
    vec![("Date", httpdate::fmt_http_date(at)), ("Content-Type", "application/json".to_owned())]
}

/// A server with an empty list, whose clock is right.
fn healthy(_: usize, _: &Request) -> Action {
    Action::Answer(200, date(SystemTime::now()), EMPTY_LIST.to_owned())
}

/// What the server's line is when it answers so.
#[track_caller]
fn server_says(answer: impl Fn() -> Action + Send + Sync + 'static, status: &str, words: &str) {
    let server = Scripted::start(move |_, _| answer());
    expect(&doctor(&WorkDir::new(), &["--base-url", &server.url()]), "server", status, words);
    assert!(server.requests().len() == 1 && server.posts().is_empty(), "one question is enough");
}

#[test]
fn all_is_well() {
    let (work, server) = (WorkDir::new(), Scripted::start(healthy));
    let arguments = ["--base-url", &server.url(), "--country-code", "62", "--rate", "1000/s"];
    let run = doctor(&work, &arguments).expect(0);
    let found = read(&run);
    assert!(found.values().all(|line| line.0 == "ok"), "{}", run.transcript());
    let checks = "base_url clock config country_code ledger ledger_folder ledger_space notify reports_folder reports_space server speed token zone";
    assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>().join(" "), checks);
    assert!(found["speed"].1.contains("--rate 1000/s --concurrency "), "{found:?}");
    assert_eq!(server.requests().len(), 5);
    assert!(server.posts().is_empty());
    assert!(work.all_files().is_empty(), "nothing is left behind: {:?}", work.all_files());

    let offline = doctor(&work, &["--offline", "--base-url", &server.url()]).expect(0);
    assert!(!read(&offline).contains_key("server"));
    assert_eq!(server.requests().len(), 5, "it is not asked");
    let screen = work.run(&["doctor", "--offline"]).expect(0).stdout;
    assert!(
        screen.contains("ok    token ")
            && screen.contains("warn  country_code ")
            && screen.contains("  fix: set country_code")
    );
    let quiet = work.run(&["doctor", "--offline", "-q"]).expect(0).stdout;
    assert!(quiet.starts_with("warn  country_code ") && !quiet.contains("ok  "), "{quiet}");
    work.run(&["doctor", "--no-such-flag"]).expect(2);
}

#[test]
fn a_slow_rate_is_kept() {
    let server = Scripted::start(healthy);
    doctor(&WorkDir::new(), &["--base-url", &server.url(), "--rate", "1/m"]).expect(0);
    assert_eq!(server.requests().len(), 1);
    doctor(&WorkDir::new(), &["--base-url", &server.url(), "--rate", "50/s"]).expect(0);
    let times: Vec<_> = server.requests().iter().skip(1).map(|request| request.at).collect();
    assert_eq!(times.len(), 5);
    let whole = times[4].duration_since(times[0]);
    assert!(whole >= Duration::from_millis(70), "{whole:?}");
}

#[test]
#[cfg(unix)]
fn an_untrusted_config_and_one_with_an_unknown_key() {
    use std::os::unix::fs::PermissionsExt as _;
    let work = WorkDir::with("incs-import.toml", "country_code = 62\ntoken_file = 'token'");
    let file = work.path().join("incs-import.toml");
    let mode = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o666);
    expect(
        &doctor(&work, &["--offline"]),
        "config",
        "warn",
        "incs-import.toml: others can write it (mode 666)",
    );
    mode(0o600);
    expect(
        &doctor(&work, &["--offline"]),
        "config",
        "warn",
        "incs-import.toml, token_file: a file that merely lies",
    );
    work.write("incs-import.toml", "contry_code = 62");
    let run = doctor(&work, &["--offline"]).expect(1);
    expect(
        &run,
        "config",
        "fail",
        "incs-import.toml:1: unknown key `contry_code`; did you mean country_code?",
    );
    assert!(run.stderr.contains("all other checks depend on the settings"), "{}", run.stderr);
    let run = doctor(&work, &["--offline", "--lang", "zh"]).expect(1);
    expect(&run, "config", "fail", "unknown key `contry_code`");
    let run = work.run(&["doctor"]).expect(1);
    assert!(run.stdout.starts_with("fail  config ") && run.stdout.contains("fix: write `country_code`"));
}

#[test]
fn an_address_that_would_leak_the_token() {
    let run = doctor(&WorkDir::new(), &["--base-url", "http://incs.test"]).expect(1);
    expect(&run, "base_url", "fail", "must be https");
}

#[test]
fn tokens_that_are_missing_open_to_others_or_none() {
    let (work, server) = (WorkDir::new(), Scripted::start(healthy));
    let mut command = work.command(&["doctor", "--format", "json", "--base-url", &server.url()]);
    let run = Run::of(command.env_remove("INCS_TOKEN").output().unwrap()).expect(1);
    expect(&run, "token", "fail", "no token");
    expect(&run, "server", "warn", "not asked");
    assert!(server.requests().is_empty());
    expect(
        &doctor(&work, &["--offline", "--token-file", "gone"]),
        "token",
        "fail",
        "token file gone: cannot be read",
    );
    work.write("token", "two\nlines");
    expect(&doctor(&work, &["--offline", "--token-file", "token"]), "token", "fail", "more than one line");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        work.write("token", TOKEN);
        fs::set_permissions(work.path().join("token"), fs::Permissions::from_mode(0o644)).unwrap();
        let run = doctor(&work, &["--offline", "--token-file", "token"]);
        expect(&run, "token", "warn", "token can be read by others");
        assert_eq!(read(&run)["token"].2, "chmod 600 token");
    }
}

#[test]
fn servers_that_are_not_the_one_or_let_nobody_in() {
    let html = || Action::Answer(200, Vec::new(), "<!doctype html><title>Log in</title>".to_owned());
    let error = |code: u16| move || Action::json(code, crate::support::refused(code, "No."));
    server_says(html, "fail", "web page (HTML)");
    server_says(error(401), "fail", "refuses the token (HTTP 401)");
    server_says(error(403), "fail", "refuses the token (HTTP 403)");
    server_says(
        || Action::json(200, crate::support::refused(401, "No.")),
        "fail",
        "refuses the token (HTTP 401)",
    );
    let elsewhere =
        || Action::Answer(302, vec![("Location", "https://login.test/".to_owned())], String::new());
    server_says(elsewhere, "fail", "sends elsewhere (HTTP 302)");
    server_says(|| Action::json(404, "{}".to_owned()), "fail", "no list of tasks (HTTP 404)");
    server_says(|| Action::json(200, r#"{"items":[]}"#.to_owned()), "fail", "no good answer");
    server_says(|| Action::json(200, "hello".to_owned()), "fail", "not the INCS API");
    let odd = || Action::json(200, EMPTY_LIST.replace(r#""total":0"#, r#""total":"many""#));
    server_says(odd, "fail", "not the INCS API");
    server_says(error(429), "warn", "asks to slow down");
    server_says(error(503), "fail", "no good answer");
    server_says(|| Action::Cut, "fail", "no good answer");
}

#[test]
fn servers_that_cannot_be_reached() {
    let down = Down::new();
    expect(&doctor(&WorkDir::new(), &["--base-url", &down.url()]), "server", "fail", "connection refused");
    // A server without TLS, asked with it.
    let server = Scripted::start(healthy);
    let address = server.url().replace("http:", "https:");
    expect(
        &doctor(&WorkDir::new(), &["--base-url", &address]),
        "server",
        "fail",
        "no secure connection (TLS)",
    );
    let silent = Scripted::start(|_, _| Action::Late(Duration::from_millis(600), Box::new(Action::Cut)));
    let run = doctor(&WorkDir::new(), &["--base-url", &silent.url(), "--timeout", "200ms"]);
    expect(&run, "server", "fail", "no good answer: no answer in time");
}

#[test]
fn clocks_that_differ() {
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    for (at, status, words) in [
        (SystemTime::now() + minutes(10), "fail", " s behind the server's"),
        (SystemTime::now() - minutes(10), "fail", " s ahead of the server's"),
        (SystemTime::now() + minutes(1), "warn", " s behind the server's"),
    ] {
        let server = Scripted::start(move |_, _| Action::Answer(200, date(at), EMPTY_LIST.to_owned()));
        expect(&doctor(&WorkDir::new(), &["--base-url", &server.url()]), "clock", status, words);
    }
    let silent = Scripted::start(|_, _| Action::Answer(200, Vec::new(), EMPTY_LIST.to_owned()));
    expect(&doctor(&WorkDir::new(), &["--base-url", &silent.url()]), "clock", "warn", "no Date");
}

#[test]
fn the_zone_is_seen_in_the_newest_task_wherever_it_is_listed() {
    let server = |hours: i64, tasks: usize| {
        let (list, now) = (Tasks::default(), jiff::Timestamp::now());
        let wall = |ago: i64| {
            let at = now + jiff::SignedDuration::from_secs(hours * 3_600 - ago);
            at.strftime("%Y-%m-%d %H:%M:%S").to_string()
        };
        for number in (0..tasks).rev() {
            let at = wall(if number == 0 { 2 } else { 86_400 * 30 });
            drop(list.put(serde_json::json!({"name": "x", "user_phone": "62812", "created_at": at})));
        }
        Scripted::start(move |_, request| list.list(request))
    };
    for (hours, tasks) in [(7, 1), (8, 45), (-3, 20)] {
        let server = server(hours, tasks);
        let sign = if hours < 0 { '-' } else { '+' };
        let run = doctor(&WorkDir::new(), &["--base-url", &server.url(), "--rate", "1000/s"]);
        expect(&run, "zone", "ok", &format!("UTC{sign}{:02}:00", hours.abs()));
        let listed = if tasks == 1 { "1 task is".to_owned() } else { format!("{tasks} tasks are") };
        expect(&run, "server", "ok", &listed);
    }
}

#[test]
fn a_stand_in_is_called_one() {
    let marked = |_: usize, _: &Request| {
        let mut headers = date(SystemTime::now());
        headers.push(("X-Incs-Sandbox", "1".to_owned()));
        Action::Answer(200, headers, EMPTY_LIST.to_owned())
    };
    let server = Scripted::start(marked);
    let run = doctor(&WorkDir::new(), &["--base-url", &server.url()]).expect(0);
    expect(&run, "sandbox", "warn", "NOTHING REAL IS CREATED");
    let work = WorkDir::with("incs-import.toml", "sandbox = true");
    #[cfg(unix)]
    fs::set_permissions(
        work.path().join("incs-import.toml"),
        std::os::unix::fs::PermissionsExt::from_mode(0o600),
    )
    .unwrap();
    expect(&doctor(&work, &["--offline"]), "sandbox", "warn", "incs-import.toml, sandbox is on");
}

/// A folder with the ledger of a run that was stopped.
fn with_run() -> (WorkDir, String) {
    let (work, tasks) = (WorkDir::with("list.csv", list(5)), Tasks::default());
    let server = Scripted::barring(&tasks, 2);
    let run = work.stopped_upload("old", &server.url(), &["list.csv", "--ledger", "ledger.db"]);
    (work, run)
}

#[test]
fn what_a_stopped_run_left_and_who_holds_the_ledger() {
    let (work, run_id) = with_run();
    let before = fs::read(work.path().join("ledger.db")).unwrap();
    let arguments = ["--offline", "--ledger", "ledger.db"];
    let run = doctor(&work, &arguments).expect(0);
    expect(&run, "ledger", "ok", "ledger.db is sound: schema ");
    expect(&run, "runs", "warn", &format!("1 run is not finished, {run_id}: 3 pending, 0 in doubt"));
    assert_eq!(read(&run)["runs"].2, format!("incs-import resume {run_id}"));
    expect(&run, "lock", "ok", "nobody holds");

    let lock = Lock::take(&work.path().join("ledger.db.lock"), Duration::ZERO).unwrap();
    lock.name(&Holder { host: "desk".to_owned(), pid: 7, run: Some(run_id.clone()) }).unwrap();
    let run = doctor(&work, &arguments).expect(0);
    expect(&run, "lock", "warn", &run_id);
    expect(&run, "runs", "ok", "every run");
    drop(lock);
    assert_eq!(fs::read(work.path().join("ledger.db")).unwrap(), before, "nothing is written into it");
}

#[test]
fn ledgers_that_are_damaged_newer_or_none() {
    let (work, _) = with_run();
    let path = work.path().join("ledger.db");
    let sound = fs::read(&path).unwrap();
    let look = || doctor(&work, &["--offline", "--ledger", "ledger.db"]);
    fs::write(&path, "this is no ledger, whatever it is called").unwrap();
    expect(&look(), "ledger", "fail", "ledger.db");
    // All but the first page is lost.
    let mut torn = sound.clone();
    torn[8_192..].fill(0x55);
    fs::write(&path, &torn).unwrap();
    expect(&look(), "ledger", "fail", "ledger.db is damaged: ");
    // A page that no list of runs needs: only a look at every page finds it.
    fs::write(&path, &sound).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let page: u32 = connection
        .query_row("SELECT rootpage FROM sqlite_master WHERE name = 'task_phone'", [], |row| row.get(0))
        .unwrap();
    drop(connection);
    let mut torn = sound.clone();
    let page = page as usize;
    torn[(page - 1) * 8_192..page * 8_192].fill(0x55);
    fs::write(&path, &torn).unwrap();
    work.run(&["runs", "--ledger", "ledger.db"]).expect(0);
    expect(&look(), "ledger", "fail", "ledger.db is damaged: ");
    fs::write(&path, &sound).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    expect(&look(), "ledger", "fail", "999");
}

#[test]
fn folders_that_cannot_be_written() {
    // Below a file there is no folder, even for those who may write everywhere.
    let work = WorkDir::with("file", "");
    let run = doctor(&work, &["--offline", "--report-dir", "file/reports"]).expect(1);
    expect(&run, "reports_folder", "fail", "file/reports cannot be written to");
    let run = doctor(&work, &["--offline", "--ledger", "file/ledger.db"]).expect(1);
    expect(&run, "ledger_folder", "fail", "file cannot be written to");
}

#[test]
fn a_missing_country_code() {
    expect(&doctor(&WorkDir::new(), &["--offline"]), "country_code", "warn", "no country_code");
    expect(&doctor(&WorkDir::new(), &["--offline", "--country-code", "62"]), "country_code", "ok", "62");
}
