//! `--watch`: it stays, takes what comes, and goes when it is asked to.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::Tray;
use crate::support::{Action, Run, Scripted, Tasks, created, list, row, signal, until};

/// The last heartbeat, which is either beside the folder or in it.
pub(super) fn heartbeat(tray: &Tray) -> serde_json::Value {
    let beside = fs::read_to_string(tray.work.path().join("beat.json"));
    let text = beside.or_else(|_| fs::read_to_string(tray.path("beat.csv"))).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

const WATCHING: [&str; 5] = ["--watch", "--every", "20ms", "--heartbeat", "beat.json"];

#[test]
fn it_takes_what_comes_tells_that_it_lives_and_stops_at_once() {
    let server = Scripted::creating();
    let tray = Tray::new();
    tray.put("notes.pdf", "x");
    let child = tray.start(&server.url(), &WATCHING);
    until("the first look", || heartbeat(&tray)["counts"]["looks"].as_u64() >= Some(3));
    assert_eq!(heartbeat(&tray)["last_file"], serde_json::Value::Null);
    for (name, user) in [("a.csv", 0), ("b.csv", 1)] {
        tray.put(name, list(0) + &row(user));
        until(name, || heartbeat(&tray)["last_file"] == name);
    }
    tray.put("c.csv", "nothing");
    until("c.csv", || heartbeat(&tray)["counts"]["failed"] == 1);
    let beat = heartbeat(&tray);
    assert_eq!((&beat["counts"]["done"], &beat["last_exit_code"]), (&2.into(), &2.into()));
    assert_eq!((&beat["last_run_id"], &beat["busy_with"]), (&().into(), &().into()));
    assert_eq!(beat["pid"], child.id());
    let age = jiff::Timestamp::now().duration_since(beat["at"].as_str().unwrap().parse().unwrap());
    assert!(age.as_secs().abs() < 60, "{beat}");
    // It holds nothing between two looks.
    tray.work.write("own.csv", list(0) + &row(5));
    tray.work.upload(&server.url(), &["own.csv"]).expect(0);
    signal(&child, "-INT");
    let asked = Instant::now();
    let run = Run::finish(child).expect(130);
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert_eq!(run.stderr.matches("notes.pdf").count(), 1, "named once\n{}", run.transcript());
    assert_eq!(server.posts().len(), 3);
}

#[test]
fn while_it_sends_it_says_what_it_is_busy_with() {
    let server = Scripted::start(|_, request| {
        let answer = Action::json(200, created(7, &request.phone()));
        Action::Late(Duration::from_millis(300), Box::new(answer))
    });
    let tray = Tray::with("a.csv", list(1));
    let child = tray.start(&server.url(), &WATCHING);
    server.wait_for_posts(1);
    let busy = heartbeat(&tray);
    assert_eq!((&busy["busy_with"], &busy["last_file"]), (&"a.csv".into(), &().into()), "{busy}");
    until("the end", || heartbeat(&tray)["last_file"] == "a.csv");
    let idle = heartbeat(&tray);
    assert_eq!((&idle["busy_with"], &idle["last_run_id"]), (&().into(), &tray.run().into()));
    signal(&child, "-TERM");
    Run::finish(child).expect(130);
}

#[test]
fn it_reacts_to_a_signal_after_a_run_too() {
    let server = Scripted::creating();
    let tray = Tray::with("a.csv", list(1));
    let child = tray.start(&server.url(), &["--watch", "--every", "1h", "--heartbeat", "beat.json"]);
    until("the look", || heartbeat(&tray)["last_file"] == "a.csv");
    signal(&child, "-TERM");
    Run::finish(child).expect(130);
}

#[test]
fn it_ends_a_run_gracefully_when_it_is_asked_to() {
    let server = Scripted::keeping(Duration::from_millis(30));
    let tray = Tray::with("a.csv", list(200));
    let child = tray.start(&server.url(), &[&WATCHING[..], &["--concurrency", "4"]].concat());
    server.wait_for_posts(10);
    signal(&child, "-INT");
    Run::finish(child).expect(130);
    let summary = tray.moved("done").1[0].summary();
    assert_eq!(summary["status"], "interrupted");
    assert_eq!(summary["tasks"]["created"].as_u64().unwrap() as usize, server.posts().len());
    assert_eq!(tray.lists(), ["a.csv"]);
}

#[test]
#[cfg(target_os = "linux")]
fn asked_while_it_waits_for_the_ledger_it_leaves_at_once() {
    let server = Scripted::keeping(Duration::from_secs(30));
    let tray = Tray::with("a.csv", list(1));
    tray.work.write("own.csv", list(0) + &row(5));
    let holder = tray.work.start_upload(&server.url(), &["own.csv"]);
    server.wait_for_posts(1);
    tray.put("seen.pdf", "x");
    let child = tray.start(&server.url(), &[&WATCHING[..], &["--lock-wait", "1h"]].concat());
    // It has the lock's file open as long as it waits.
    until("it waits", || {
        let open = fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap();
        let mut names = open.flatten().filter_map(|entry| fs::read_link(entry.path()).ok());
        names.any(|path| path.extension().is_some_and(|extension| extension == "lock"))
    });
    signal(&child, "-INT");
    Run::finish(child).expect(130);
    assert_eq!(tray.lists(), ["a.csv", "seen.pdf"]);
    crate::support::kill(holder);
}

#[test]
fn what_fails_is_tried_again_after_ever_longer_pauses_until_it_changes() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("a.csv", list(5));
    let mut command = tray.work.command(&Tray::sweeping(&server.url(), &WATCHING));
    let child =
        command.env("INCS_TOKEN", "old").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    until("some attempts", || heartbeat(&tray)["counts"]["stayed"].as_u64() >= Some(3));
    until("more looks", || heartbeat(&tray)["counts"]["looks"].as_u64() >= Some(60));
    let stayed = heartbeat(&tray)["counts"]["stayed"].as_u64().unwrap();
    assert!(stayed <= 10, "{stayed}: the pauses double");
    // Another content of that name is looked at by the next look, whatever the pause.
    tray.put("a.csv", list(6));
    until("the change", || heartbeat(&tray)["counts"]["stayed"].as_u64() > Some(stayed));
    signal(&child, "-INT");
    Run::finish(child).expect(130);
    tray.sweep(&server.url(), &[]).expect(0);
    assert!(tasks.ids().len() == 6 && tasks.ids().values().all(|ids| ids.len() == 1));
}

#[test]
fn a_folder_that_goes_away_is_told_once_and_waited_for() {
    let server = Scripted::creating();
    let tray = Tray::new();
    let child = tray.start(&server.url(), &WATCHING);
    let looks = || heartbeat(&tray)["counts"]["looks"].as_u64().unwrap_or(0);
    until("a look", || looks() > 1);
    fs::rename(tray.path(""), tray.work.path().join("away")).unwrap();
    let now = looks();
    until("more looks", || looks() > now + 5);
    assert!(!tray.path("").exists(), "it is not made anew");
    fs::rename(tray.work.path().join("away"), tray.path("")).unwrap();
    tray.put("a.csv", list(1));
    until("the list", || heartbeat(&tray)["counts"]["done"] == 1);
    signal(&child, "-INT");
    let run = Run::finish(child).expect(130);
    assert_eq!(run.stderr.matches("there is no folder drop").count(), 1, "{}", run.transcript());
}

#[test]
fn its_own_heartbeat_in_the_folder_is_no_stranger() {
    let server = Scripted::creating();
    let tray = Tray::with("list.csv", list(1));
    for _ in 0..2 {
        let run = tray.sweep(&server.url(), &["--heartbeat", "drop/beat.csv"]).expect(0);
        assert!(!run.stderr.contains("beat.csv"), "{}", run.transcript());
    }
    assert_eq!(tray.lists(), ["beat.csv"]);
}

#[test]
fn a_refused_token_does_not_begin_a_run_for_every_list() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 0);
    let tray = Tray::new();
    for number in 0..5 {
        tray.put(&format!("{number}.csv"), list(0) + &row(number));
    }
    let mut command = tray.work.command(&Tray::sweeping(&server.url(), &WATCHING));
    let child = command.env("INCS_TOKEN", "old").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("looks", || heartbeat(&tray)["counts"]["looks"].as_u64() >= Some(60));
    signal(&child, "-INT");
    Run::finish(child).expect(130);
    let runs = tray.work.run(&["runs"]).expect(0);
    assert_eq!(runs.stdout.lines().count(), 2, "a title and a run\n{}", runs.transcript());
    tray.sweep(&server.url(), &[]).expect(0);
    assert_eq!(tasks.ids().len(), 5);
}

#[test]
fn what_is_no_heartbeat_is_not_replaced_by_one() {
    let server = Scripted::creating();
    let tray = Tray::with("a.csv", list(1));
    tray.work.write("beat.json", list(3));
    let run = tray.sweep(&server.url(), &["--heartbeat", "beat.json"]).expect(0);
    assert_eq!(run.stderr.matches("beat.json").count(), 1, "told once\n{}", run.transcript());
    assert_eq!(fs::read_to_string(tray.work.path().join("beat.json")).unwrap(), list(3));
}
