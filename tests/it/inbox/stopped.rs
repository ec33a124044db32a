//! Runs that did not come to their end: the file stays, the next sweep goes on, nobody is tasked twice.

use std::fs;
use std::time::Duration;

use super::Tray;
use crate::support::{Action, Run, Scripted, Tasks, created, kill, list, phone, refused, row, signal};

/// Stops a sweep of `list.csv` with five users after two of them.
fn stopped(tray: &Tray, server: &Scripted) -> String {
    let run = tray.sweep_as("old", &server.url(), &["--concurrency", "1"]).expect(3);
    assert!(
        run.stdout.contains("list.csv: run ") && run.stdout.contains("stays here"),
        "{}",
        run.transcript()
    );
    assert_eq!(tray.lists(), ["list.csv"]);
    assert_eq!(tray.claims().len(), 1);
    tray.run()
}

fn everybody_once(tasks: &Tasks, users: usize) {
    let ids = tasks.ids();
    assert_eq!(ids.len(), users);
    assert!(ids.values().all(|ids| ids.len() == 1), "{ids:?}");
}

#[test]
fn the_next_sweep_goes_on_with_the_same_run() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("list.csv", list(5));
    let run = stopped(&tray, &server);
    let told = tray.sweep(&server.url(), &[]).expect(0);
    assert!(told.stdout.contains(&format!("list.csv: run {run}: 5 created")), "{}", told.transcript());
    let (name, reports) = tray.done();
    assert_eq!((name.as_str(), reports.run()), ("list.csv", run));
    assert_eq!(reports.summary()["status"], "completed");
    everybody_once(&tasks, 5);
    assert!(tray.claims().is_empty());
}

#[test]
fn the_language_of_a_resumed_run_is_its_own() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("list.csv", list(5));
    tray.sweep_as("old", &server.url(), &["--concurrency", "1", "--lang", "id"]).expect(3);
    tray.put("other.csv", list(1).replace("62812", "62813"));
    let told = tray.sweep(&server.url(), &[]).expect(0);
    assert!(told.stdout.lines().all(|line| line.contains("exit code 0")), "{}", told.transcript());
}

#[test]
fn a_refused_token_spares_the_other_lists() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("list.csv", list(5));
    tray.put("other.csv", list(2).replace("62812", "62813"));
    tray.sweep_as("old", &server.url(), &["--concurrency", "1"]).expect(3);
    assert_eq!(tray.lists(), ["list.csv", "other.csv"]);
    let runs = tray.work.run(&["runs"]).expect(0);
    assert_eq!(runs.stdout.lines().count(), 2, "one run\n{}", runs.transcript());
    tray.sweep(&server.url(), &[]).expect(0);
    everybody_once(&tasks, 7);
}

#[test]
fn a_list_that_is_rejected_over_and_over_does_not_stop_the_others() {
    let server = Scripted::start(|number, request| match request.body.contains(r#""auth_id":30058"#) {
        true => Action::json(422, refused(422, "The auth id is not yours.")),
        false => Action::json(200, created(number as u64 + 1, &request.phone())),
    });
    let tray = Tray::with("bad.csv", list(20));
    tray.put("good.csv", list(2).replace("30058", "7").replace("62812", "62813"));
    tray.sweep(&server.url(), &["--concurrency", "1"]).expect(3);
    assert_eq!(tray.done_names(), ["good.csv"]);
    assert_eq!(tray.lists(), ["bad.csv"]);
    // All twenty had their turn: there is nothing to go on with.
    let posts = server.posts().len();
    let run = tray.sweep(&server.url(), &[]).expect(1);
    assert!(run.stdout.contains("20 rejected"), "{}", run.transcript());
    assert_eq!(server.posts().len(), posts);
    assert_eq!(tray.done_names(), ["bad.csv", "good.csv"]);
}

#[test]
fn a_replaced_file_is_a_new_list_once_its_run_is_finished() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("list.csv", list(5));
    let run = stopped(&tray, &server);
    tray.put("list.csv", list(0) + &row(7) + &row(8));
    let told = tray.sweep(&server.url(), &[]).expect(0);
    assert!(
        told.stdout.contains(&format!("list.csv: run {run}: 5 created"))
            && told.stdout.contains("was replaced"),
        "{}",
        told.transcript()
    );
    everybody_once(&tasks, 7);
    let (files, folders) = tray.moved("done");
    assert_eq!((files.len(), folders.len()), (1, 2), "of the old one there is the copy in its reports");
    assert_ne!(files[0].0, run);
    assert!(tray.claims().is_empty());
}

#[test]
fn a_file_that_was_taken_away_is_finished_all_the_same() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("list.csv", list(5));
    stopped(&tray, &server);
    fs::remove_file(tray.path("list.csv")).unwrap();
    let told = tray.sweep(&server.url(), &[]).expect(0);
    assert!(told.stdout.contains("is not here any more"), "{}", told.transcript());
    everybody_once(&tasks, 5);
    assert!(tray.claims().is_empty());
}

#[test]
fn what_is_in_done_is_never_overwritten() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    for there in ["somebody's", ""] {
        let tray = Tray::with("list.csv", list(5));
        let run = stopped_or_done(&tray, &server);
        let taken = tray.path("done").join(format!("{run}-list.csv"));
        fs::write(&taken, there).unwrap();
        tray.sweep(&server.url(), &[]).expect(0);
        assert_eq!(fs::read_to_string(&taken).unwrap(), there);
        let home = tray.path("done").join(format!("{run}-2-list.csv"));
        assert_eq!(fs::read_to_string(home).unwrap(), list(5));
        assert!(tray.lists().is_empty());
    }
}

/// Stops a sweep, of however many users the server has let in before.
fn stopped_or_done(tray: &Tray, server: &Scripted) -> String {
    tray.sweep_as("old", &server.url(), &["--concurrency", "1"]).expect(3);
    tray.run()
}

#[test]
fn another_run_is_waited_for_only_as_long_as_is_said() {
    let server = Scripted::keeping(Duration::from_millis(30));
    let tray = Tray::with("list.csv", list(2).replace("62812", "62813"));
    tray.work.write("other.csv", list(60));
    let child = tray.work.start_upload(&server.url(), &["other.csv"]);
    server.wait_for_posts(1);
    let run = tray.sweep(&server.url(), &[]).expect(4);
    assert!(run.stderr.contains("holds the ledger"), "{}", run.transcript());
    assert_eq!(tray.lists(), ["list.csv"]);
    assert!(tray.claims().is_empty());
    tray.sweep(&server.url(), &["--lock-wait", "60s"]).expect(0);
    Run::finish(child).expect(0);
    assert_eq!(server.posts_by_phone().len(), 62);
}

#[test]
fn killed_while_it_uploads_the_next_sweep_goes_on() {
    for after in [1, 20] {
        let server = Scripted::keeping(Duration::from_millis(30));
        let tray = Tray::with("list.csv", list(60));
        let child = tray.start(&server.url(), &["--concurrency", "4"]);
        server.wait_for_posts(after);
        kill(child);
        let run = tray.run();
        assert_eq!(tray.lists(), ["list.csv"]);
        tray.sweep(&server.url(), &[]).expect(0);
        assert_eq!(tray.done().1.run(), run);
        let posts = server.posts_by_phone();
        assert!(posts.len() == 60 && posts.values().all(|count| *count == 1), "{posts:?}");
    }
}

#[test]
fn asked_to_stop_it_ends_gracefully_and_the_file_stays() {
    let server = Scripted::keeping(Duration::from_millis(30));
    let tray = Tray::with("a.csv", list(200));
    tray.put("b.csv", list(2).replace("62812", "62813"));
    let child = tray.start(&server.url(), &["--concurrency", "4"]);
    server.wait_for_posts(10);
    signal(&child, "-TERM");
    let run = Run::finish(child).expect(130);
    assert!(run.stderr.contains("stopping"), "{}", run.transcript());
    assert_eq!(tray.lists(), ["a.csv", "b.csv"]);
    let stopped = tray.moved("done").1[0].summary();
    assert_eq!(stopped["tasks"]["created"].as_u64().unwrap() as usize, server.posts().len());
    tray.sweep(&server.url(), &[]).expect(0);
    let posts = server.posts_by_phone();
    assert!(posts.len() == 202 && posts.values().all(|count| *count == 1), "{}", posts.len());
}

#[test]
fn a_file_that_another_ledger_has_begun_is_left_to_it() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("list.csv", list(5));
    let run = stopped(&tray, &server);
    for other in [&["--ledger", "other.db"][..], &["--sandbox"]] {
        let told = tray.sweep(&server.url(), other).expect(4);
        assert!(told.stderr.contains(&format!("run {run}")), "{}", told.transcript());
        assert_eq!(tray.lists(), ["list.csv"]);
    }
    // Its own one is not kept from it.
    tray.sweep(&server.url(), &[]).expect(0);
    everybody_once(&tasks, 5);
}

#[test]
fn a_claim_that_says_nothing_is_named_and_its_file_left_alone() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 2);
    let tray = Tray::with("list.csv", list(5));
    stopped(&tray, &server);
    let claim = tray.path(".incs-import").join(&tray.claims()[0]);
    fs::write(&claim, "{").unwrap();
    tray.put("other.csv", list(0) + &row(9));
    let told = tray.sweep(&server.url(), &[]).expect(2);
    assert!(told.stderr.contains(&tray.claims()[0]), "{}", told.transcript());
    assert_eq!(tray.lists(), ["list.csv"]);
    assert!(tasks.ids().contains_key(&phone(9)));
}

#[test]
fn two_sweeps_at_once_share_the_folder() {
    let server = Scripted::keeping(Duration::from_millis(5));
    let tray = Tray::new();
    for number in 0..6 {
        tray.put(&format!("{number}.csv"), list(0) + &row(2 * number) + &row(2 * number + 1));
    }
    let both = [(); 2].map(|()| tray.start(&server.url(), &["--lock-wait", "60s"]));
    for child in both {
        let run = Run::finish(child);
        // A list that the other one is just about to move is left to it.
        assert!([0, 4].contains(&run.code), "{}", run.transcript());
    }
    tray.sweep(&server.url(), &[]).expect(0);
    let posts = server.posts_by_phone();
    assert!(posts.len() == 12 && posts.values().all(|count| *count == 1), "{posts:?}");
    assert_eq!(tray.done_names().len(), 6);
    assert_eq!(tray.moved("done").1.len(), 6, "and no run without its file");
    assert!(tray.moved("failed").0.is_empty() && tray.lists().is_empty() && tray.claims().is_empty());
}
