//! `resolve`: a person's word on a task that may exist, checked as far as it can be.

use std::time::Duration;

use serde_json::json;

use crate::support::{Action, Run, Scripted, Tasks, WorkDir, created, kill, list, phone, row};

/// A run of three users: user 0 was answered by a login page, users 1 and 2 had no turn. The token `portal` makes no task
/// of it, `hidden` does.
fn in_doubt(token: &str) -> (Tasks, Scripted, WorkDir, String) {
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 0);
    let work = WorkDir::with("list.csv", list(3));
    let run = work.stopped_upload(token, &server.url(), &["list.csv"]);
    assert_eq!(work.column("outcome"), ["unresolved", "pending", "pending"]);
    (tasks, server, work, run)
}

/// Everything that a word could have changed.
fn state(work: &WorkDir, run: &str) -> (String, Vec<Vec<String>>, serde_json::Value) {
    let lines = work.results().into_iter().map(|line| line.into_values().collect()).collect();
    (work.line_of(run), lines, work.summary())
}

#[test]
fn an_id_is_believed_only_if_the_server_has_such_a_task() {
    let (tasks, server, work, run) = in_doubt("hidden");
    let ours = |change: serde_json::Value| {
        let mut task = json!({
            "user_phone": phone(0), "name": "Follow up", "auth_id": 30058, "assignee_username": "incs_1",
        });
        task.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        tasks.put(task)["id"].to_string()
    };
    let before = state(&work, &run);
    for (id, words) in [
        (ours(json!({"user_phone": phone(1)})), "another phone"),
        (ours(json!({"name": "Something else"})), "another name"),
        (ours(json!({"auth_id": 1})), "authorisation"),
        ("4711".to_owned(), "no task 4711"),
    ] {
        let said = work.run(&["resolve", &run, "--phone", &phone(0), "--task-id", &id]).expect(2);
        assert!(said.stderr.contains(words) && said.stderr.contains("--task-id"), "{}", said.transcript());
        assert!(said.stderr.contains("--absent"), "{}", said.transcript());
        assert_eq!(state(&work, &run), before, "{words}");
    }
    let said = work.run(&["resolve", &run, "--phone", &phone(0), "--task-id", "1"]).expect(0);
    assert!(said.stdout.contains("task 1") && said.stdout.contains(&run), "{}", said.transcript());
    // The reports tell it at once, and nothing was sent to find out.
    assert_eq!(work.column("outcome"), ["created", "pending", "pending"]);
    let line = &work.results()[0];
    assert_eq!((line["task_id"].as_str(), line["creation_id"].as_str()), ("1", "501"));
    assert_eq!((line["error"].as_str(), line["hint"].as_str()), ("", ""));
    assert_eq!(server.posts().len(), 1);
    work.run(&["resume"]).expect(0);
    assert_eq!(work.column("outcome"), ["created", "created", "created"]);
    assert_eq!(server.posts_by_phone().values().sum::<usize>(), 3);
}

#[test]
fn a_task_that_was_given_to_another_agent_meanwhile_is_still_the_users() {
    let (tasks, _server, work, run) = in_doubt("portal");
    let id = tasks.put(json!({
        "user_phone": phone(0), "name": "Follow up", "auth_id": 30058, "assignee_username": "incs_2",
    }))["id"]
        .to_string();
    work.run(&["resolve", &run, "--phone", &phone(0), "--task-id", &id]).expect(0);
    assert_eq!((&work.column("outcome")[0], &work.column("task_id")[0]), (&"created".to_owned(), &id));
}

#[test]
fn the_id_of_another_task_of_ours_is_refused() {
    // Twice the same task is wanted; the answer to the second is lost. Its id cannot be that of the first.
    let tasks = Tasks::default();
    let server = Scripted::barring(&tasks, 0);
    let work = WorkDir::with("list.csv", list(1));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let run = work.stopped_upload("hidden", &server.url(), &["list.csv", "--dedupe-window", "0"]);
    assert_eq!(tasks.ids()[&phone(0)], ["1", "2"]);
    let before = state(&work, &run);
    let said = work.run(&["resolve", &run, "--phone", &phone(0), "--task-id", "1"]).expect(2);
    assert!(said.stderr.contains("task 1") && said.stderr.contains("known already"), "{}", said.transcript());
    assert_eq!(state(&work, &run), before);
    work.run(&["resolve", &run, "--phone", &phone(0), "--task-id", "2"]).expect(0);
    assert_eq!(work.column("task_id"), ["2"]);
}

#[test]
fn a_server_that_cannot_be_asked_leaves_everything_as_it_is() {
    let (_, server, work, run) = in_doubt("hidden");
    let before = state(&work, &run);
    let said = work.run_as("old", &["resolve", &run, "--phone", &phone(0), "--task-id", "1"]).expect(2);
    assert!(
        said.stderr.contains("refuses the token") && said.stderr.contains("INCS_TOKEN"),
        "{}",
        said.stderr
    );
    let id = ["resolve", &run, "--phone", &phone(0), "--task-id", "1"];
    let none = Run::of(work.command(&id).env_remove("INCS_TOKEN").output().unwrap()).expect(2);
    assert!(none.stderr.contains("INCS_TOKEN"), "{}", none.transcript());
    let other = Scripted::creating();
    let elsewhere = work.run(&[&id[..], &["--base-url", &other.url()]].concat()).expect(2);
    assert!(elsewhere.stderr.contains("--base-url"), "{}", elsewhere.transcript());
    assert_eq!(other.requests().len(), 0);
    drop(server);
    let gone = work.run(&[&id[..], &["--timeout", "2s"]].concat()).expect(2);
    assert!(gone.stderr.contains("nothing was changed"), "{}", gone.transcript());
    assert_eq!(state(&work, &run), before);
}

#[test]
fn absent_is_taken_at_its_word_and_resume_sends() {
    // However a person writes the phone; and nobody has to be asked.
    for typed in ["+62 812-1000 0000", "0062 812 1000 0000", "(62) 812.10.00.00.00", "6281210000000"] {
        let (tasks, server, work, run) = in_doubt("portal");
        let asked = server.requests().len();
        let mut command = work.command(&["resolve", &run, "--phone", typed, "--absent"]);
        let said = Run::of(command.env_remove("INCS_TOKEN").output().unwrap()).expect(0);
        assert!(said.stdout.contains(&format!("incs-import resume {run}")), "{}", said.transcript());
        assert_eq!(server.requests().len(), asked);
        assert_eq!(work.column("outcome"), ["pending", "pending", "pending"]);
        work.run(&["resume"]).expect(0);
        assert_eq!(work.column("outcome"), ["created", "created", "created"]);
        assert_eq!(work.column("task_id")[0], tasks.ids()[&phone(0)][0]);
        assert_eq!(server.posts_by_phone()[&phone(0)], 2);
        // No look-up came first: the word is enough.
        assert_eq!(server.requests().len() - server.posts().len(), 0);
    }
}

#[test]
fn exactly_one_word_is_needed() {
    let (_, server, work, run) = in_doubt("portal");
    let sent = server.requests().len();
    let neither = work.run(&["resolve", &run, "--phone", &phone(0)]).expect(2);
    assert!(
        neither.stderr.contains("--task-id") && neither.stderr.contains("--absent"),
        "{}",
        neither.stderr
    );
    work.run(&["resolve", &run, "--phone", &phone(0), "--absent", "--task-id", "1"]).expect(2);
    work.run(&["resolve", &run, "--phone", &phone(0), "--task-id", "0"]).expect(2);
    work.run(&["resolve", &run, "--phone", &phone(0), "--task-id", "x"]).expect(2);
    work.run(&["resolve", &run, "--absent"]).expect(2);
    work.run(&["resolve", "--phone", &phone(0), "--absent"]).expect(2);
    assert_eq!(server.requests().len(), sent);
    assert_eq!(work.column("outcome"), ["unresolved", "pending", "pending"]);
}

#[test]
fn each_command_of_a_hint_is_one_once_it_is_filled_in() {
    let (tasks, server, work, _) = in_doubt("hidden");
    tasks.put(json!({
        "user_phone": phone(0), "name": "Follow up", "auth_id": 30058, "assignee_username": "incs_1",
    }));
    // On the screen a hint is for all who ended alike, and so the phone is for the reader to fill in.
    work.write("new.csv", list(0) + &row(0).replace("100.50", "777.50") + &row(5));
    let new = work.upload(&server.url(), &["new.csv", "--changed", "send"]).expect(1);
    let hint = new.stdout.lines().find(|line| line.contains("incs-import resolve")).unwrap();
    let commands: Vec<&str> =
        hint.split("incs-import ").skip(1).filter(|rest| rest.starts_with("resolve")).collect();
    let filled = |rest: &str| {
        let command = rest.split(';').next().unwrap().replace("PHONE", &phone(0)).replace("ID", "4711");
        command.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let run = |rest: &str| work.run(&filled(rest).iter().map(String::as_str).collect::<Vec<_>>());
    let [there, absent] = commands[..] else { panic!("{hint}") };
    let unknown = run(there).expect(2);
    assert!(unknown.stderr.contains("no task 4711"), "{}", unknown.transcript());
    let said = run(absent).expect(0);
    assert!(said.stdout.contains("nothing was created"), "{}", said.transcript());
}

#[test]
fn what_is_not_in_doubt_needs_no_word() {
    let (_, _server, work, run) = in_doubt("portal");
    let before = state(&work, &run);
    for (phone, words) in [
        (phone(1), "not in doubt: it is pending"),
        (phone(7), "has no task for"),
        ("0812-1000-0000".to_owned(), "has no task for 081210000000"),
        ("nobody".to_owned(), "is no phone"),
    ] {
        let said = work.run(&["resolve", &run, "--phone", &phone, "--absent"]).expect(2);
        assert!(said.stderr.contains(words), "{}", said.transcript());
    }
    work.run(&["resolve", "20261122-013000-none", "--phone", &phone(0), "--absent"]).expect(2);
    assert_eq!(state(&work, &run), before);

    let nowhere = WorkDir::new();
    nowhere.run(&["resolve", &run, "--phone", &phone(0), "--absent"]).expect(2);
    assert_eq!(nowhere.all_files().len(), 0, "no ledger is made to say so");
}

#[test]
fn until_the_word_is_spoken_a_new_task_for_that_phone_waits_and_cites_the_run() {
    // Somebody else made the same task meanwhile: only a person can tell which is ours.
    let (tasks, server, work, old) = in_doubt("hidden");
    tasks.put(json!({
        "user_phone": phone(0), "name": "Follow up", "auth_id": 30058, "assignee_username": "incs_1",
    }));
    let posts = server.posts().len();
    // Other content is held back as well; others are sent.
    work.write("new.csv", list(0) + &row(0).replace("100.50", "777.50") + &row(5));
    let new = work.upload(&server.url(), &["new.csv", "--changed", "send"]).expect(1);
    assert_eq!(work.column("outcome"), ["unresolved", "created"]);
    let line = &work.results()[0];
    assert_eq!(line["error_code"], "in-doubt-elsewhere");
    assert!(line["error"].contains(&old), "{line:?}");
    assert!(line["hint"].contains(&format!("incs-import resolve {old} --phone {}", phone(0))), "{line:?}");
    assert!(new.stdout.contains(&format!("incs-import resolve {old}")), "{}", new.transcript());
    assert_eq!(server.posts().len(), posts + 1);

    // The doubt is the older run's, and so the word is said of that.
    let latest = work.last().run();
    let said = work.run(&["resolve", &latest, "--phone", &phone(0), "--absent"]).expect(2);
    assert!(said.stderr.contains(&format!("incs-import resolve {old}")), "{}", said.transcript());
    work.run(&["resolve", &old, "--phone", &phone(0), "--task-id", "2"]).expect(0);
    assert_eq!((work.last().run(), work.column("task_id")[0].as_str()), (old, "2"));

    // Now its turn has come.
    work.run(&["resume", &latest]).expect(0);
    assert_eq!(work.column("outcome"), ["created", "created"]);
    assert_eq!(server.posts().len(), posts + 2);
}

#[test]
fn a_word_on_a_run_that_was_killed() {
    let server = Scripted::start(|number, request| match number {
        0 => Action::Late(Duration::from_secs(60), Box::new(Action::Cut)),
        _ => Action::json(200, created(number as u64, &request.phone())),
    });
    let work = WorkDir::with("list.csv", list(1));
    let child = work.start_upload(&server.url(), &["list.csv"]);
    server.wait_for_posts(1);
    let run = work.last().run();
    let held = work.run(&["resolve", &run, "--phone", &phone(0), "--absent"]).expect(4);
    assert!(held.stderr.contains(&format!("run {run} holds the ledger")), "{}", held.transcript());
    kill(child);
    work.run(&["resolve", &run, "--phone", &phone(0), "--absent"]).expect(0);
    assert!(work.line_of(&run).contains("unfinished"));
    work.run(&["resume"]).expect(0);
    assert_eq!(work.column("outcome"), ["created"]);
    assert_eq!(server.requests().len(), 2, "no look-up");
}
