//! What `resume` takes from the run, and what from the command line.

use std::time::{Duration, Instant};

use crate::support::{Action, Run, Scripted, Tasks, WorkDir, list, phone, refused};

/// How many GETs came.
fn gets(server: &Scripted) -> usize {
    server.requests().len() - server.posts().len()
}

#[test]
fn the_server_of_a_run_cannot_be_changed() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 1);
    let other = Scripted::creating();
    let work = WorkDir::with("list.csv", list(3));
    let run = work.stopped_upload("old", &server.url(), &["list.csv"]);
    for named in [vec!["resume"], vec!["resume", &run]] {
        let arguments = [named, vec!["--base-url"]].concat();
        let elsewhere = work.run(&[arguments.clone(), vec![&other.url()]].concat()).expect(2);
        assert!(
            elsewhere.stderr.contains("--base-url") && elsewhere.stderr.contains(&server.url()),
            "{}",
            elsewhere.stderr
        );
    }
    assert!(work.line_of(&run).contains("aborted"));
    // What is set for other runs is no order to change this one; it is said.
    let mut command = work.command(&["resume"]);
    let resumed = Run::of(command.env("INCS_BASE_URL", other.url()).output().unwrap()).expect(0);
    assert!(resumed.stderr.contains("INCS_BASE_URL") && resumed.stderr.contains(&server.url()));
    work.run(&["resume", &run, "--base-url", &format!("{}/", server.url())]).expect(0);
    assert_eq!((other.requests().len(), tasks.ids().len()), (0, 3));
}

/// A config that would change everything if it counted.
const OTHER_CONFIG: &str = "rate = '2/m'\nburst = 1\nconcurrency = 1\ntimeout = '1ms'\nsettle = '2m'\n\
    max_attempts = 1\ndedupe_window = '0'\nchanged = 'skip'\naccept = ['failed']\nskip_busy = true\n\
    preflight = true\nreport_dir = 'elsewhere'\n";

#[test]
fn everything_comes_from_the_run_and_nothing_from_the_config_of_today() {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |_, request| match request.token() {
        "old" => Action::json(401, refused(401, "Unauthenticated.")),
        _ if request.phone() == phone(2) => Action::json(422, refused(422, "No.")),
        _ => Action::Late(Duration::from_millis(20), Box::new(answers.answer(request))),
    });
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    // User 0 the same, user 1 with other content, user 2 new and refused.
    work.write("list.csv", list(3).replace("101.50", "999.50"));
    let wanted = ["list.csv", "--changed", "send", "--accept", "rejected"];
    work.stopped_upload("old", &server.url(), &wanted);
    work.write("incs-import.toml", OTHER_CONFIG);
    let (begin, gets) = (Instant::now(), gets(&server));
    work.run(&["resume"]).expect(0);
    assert!(begin.elapsed() < Duration::from_secs(20), "at the rate of the run, without waiting");
    assert_eq!(work.column("outcome"), ["skipped", "created", "rejected"]);
    assert_eq!(self::gets(&server), gets, "nothing is asked first");
    assert!(!work.path().join("elsewhere").exists());
}

#[test]
fn flags_go_before_what_the_run_kept() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 0);
    let work = WorkDir::with("list.csv", list(4));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    work.stopped_upload("old", &server.url(), &["list.csv", "--dedupe-window", "0"]);
    work.run(&["resume", "--dedupe-window", "20h"]).expect(0);
    assert_eq!(work.column("error_code"), ["already-created"; 4]);
    assert_eq!(tasks.ids().values().map(Vec::len).sum::<usize>(), 4);

    let slow = Scripted::barring(&tasks, 0);
    work.stopped_upload("old", &slow.url(), &["list.csv"]);
    let begin = slow.posts().len();
    work.run(&["resume", "--rate", "4/s", "--burst", "1"]).expect(0);
    let at: Vec<_> = slow.posts()[begin..].iter().map(|post| post.at).collect();
    assert!(at[3] - at[0] >= Duration::from_millis(700), "{:?}", at[3] - at[0]);
}

#[test]
fn accepted_outcomes_are_those_of_the_run_unless_a_flag_says_others() {
    let server = Scripted::start(|number, request| match request.token() {
        "old" => Action::json(401, refused(401, "Unauthenticated.")),
        _ if request.phone() == phone(1) => Action::json(422, refused(422, "No.")),
        _ => Action::json(200, crate::support::created(number as u64 + 1, &request.phone())),
    });
    let work = WorkDir::with("list.csv", list(2));
    let run = work.stopped_upload("old", &server.url(), &["list.csv", "--accept", "rejected"]);
    work.run(&["resume", &run]).expect(0);
    assert_eq!(work.column("outcome"), ["created", "rejected"]);
    work.run(&["resume", &run, "--retry", "rejected", "--accept", "failed"]).expect(1);
    work.run(&["resume", &run, "--retry", "rejected"]).expect(0);
}

#[test]
fn a_dry_run_and_the_sandbox_are_not_for_real_sending() {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 1);
    let work = WorkDir::with("list.csv", list(4));
    let run = work.stopped_upload("old", &server.url(), &["list.csv"]);
    let (sent, line) = (server.requests().len(), work.line_of(&run));
    let dry = work.run(&["resume", "--dry-run"]).expect(0);
    assert!(
        dry.stdout.contains("dry run: 3 tasks") && dry.stdout.contains(&server.url()),
        "{}",
        dry.transcript()
    );
    let sandbox = work.run(&["resume", "--sandbox"]).expect(2);
    assert!(sandbox.stderr.contains("--sandbox"), "{}", sandbox.transcript());
    // A config that forbids real sending is not a setting of the run, and holds.
    work.write("incs-import.toml", "dry_run = true\n");
    assert!(work.run(&["resume"]).expect(0).stdout.contains("dry run"));
    work.write("incs-import.toml", "sandbox = true\n");
    let sandbox = work.run(&["resume"]).expect(2);
    assert!(sandbox.stderr.contains("incs-import.toml"), "{}", sandbox.transcript());
    assert_eq!((server.requests().len(), work.line_of(&run)), (sent, line));
    work.run(&["resume", "--sandbox=false"]).expect(0);
    assert_eq!(tasks.ids().len(), 4);
}
