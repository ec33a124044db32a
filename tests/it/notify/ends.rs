//! Which ends are told, and what is said of them.

use std::time::Duration;

use incs_import::ledger::{Holder, Lock};
use serde_json::{Value, json};

use super::*;
use crate::support::{EMPTY_LIST, Tasks, created, list, phone, refused, signal};

const ALWAYS: &str = "on = 'end'";

#[test]
fn what_is_told_of_a_run_that_went_well() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", list(2));
    let run = work.upload(&api.url(), &["list.csv"]).expect(0);
    let posts = hook.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].path, format!("/{SECRET}?key={SECRET}"));
    let header =
        |name: &str| posts[0].headers.iter().find(|(known, _)| known == name).map(|(_, value)| &**value);
    assert_eq!((header("content-type"), header("authorization")), (Some("application/json"), None));
    let (id, summary) = (work.last().run(), work.summary());
    let reports = work.reports()[0].canonicalize().unwrap().display().to_string();
    let told = told(&hook).remove(0);
    let want = json!({
        "schema": 1, "test": false, "state": "ok", "previous": null, "since": told["since"],
        "text": format!("incs-import upload on desk: all done (exit code 0)\nlist.csv: 2 created (run {id})"),
        "command": "upload", "exit_code": 0, "status": "completed", "why": null, "mend": null,
        "run_id": id, "sandbox": false, "base_url": api.url(), "host": "desk", "profile": null,
        "files": ["list.csv"], "started_at": summary["started_at"], "finished_at": summary["finished_at"],
        "tasks": summary["tasks"], "problems": {}, "report_dir": told["report_dir"],
    });
    assert_eq!(told, want);
    let folder = told["report_dir"].as_str().unwrap();
    assert_eq!(std::path::Path::new(folder).canonicalize().unwrap().display().to_string(), reports);
    assert_secret(&work, &[&run]);
}

#[test]
fn something_is_left() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", format!("{}1,Zhang San,incs_1,Follow up,30058,O9,1\n", list(2)));
    work.upload(&api.url(), &["list.csv"]).expect(1);
    let told = told(&hook).remove(0);
    assert_eq!((&told["state"], &told["problems"]), (&json!("failing"), &json!({"bad-phone": 1})));
    assert_eq!((&told["tasks"]["created"], &told["tasks"]["invalid"]), (&json!(2), &json!(1)));
    let text = told["text"].as_str().unwrap();
    assert!(text.contains("list.csv: 2 created, 1 invalid (run ") && text.contains("\nreports: /"), "{text}");
    let whole = told.to_string();
    assert!(!whole.contains("Zhang San") && !whole.contains(&phone(0)), "nobody of the list: {whole}");
}

#[test]
fn nothing_was_sent() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", UNUSABLE);
    work.write("good.csv", list(1));
    work.upload(&api.url(), &["list.csv"]).expect(2);
    work.upload(&api.url(), &["good.csv", "--token-file", "gone"]).expect(2);
    work.upload(&api.url(), &["no-such.csv"]).expect(2);
    work.write("strict.csv", format!("{}1,Zhang San,incs_1,Follow up,30058,O9,1\n", list(1)));
    work.upload(&api.url(), &["strict.csv", "--strict"]).expect(2);
    let told = told(&hook);
    assert_eq!(of(&told, "exit_code"), [2, 2, 2, 2]);
    assert_eq!(
        of(&told, "files"),
        [["list.csv"], ["good.csv"], ["no-such.csv"], ["strict.csv"]].map(|f| json!(f))
    );
    for without_run in &told[..3] {
        for key in ["run_id", "status", "tasks", "started_at", "report_dir"] {
            assert_eq!(without_run[key], Value::Null, "{key}");
        }
        assert!(without_run["why"].is_string() && without_run["mend"].is_string(), "{without_run}");
    }
    assert!(told[1]["why"].as_str().unwrap().starts_with("token file gone: cannot be read"), "{}", told[1]);
    assert_eq!((&told[3]["status"], &told[3]["tasks"]["created"]), (&json!("refused"), &json!(0)));
    assert!(
        told[0]["text"]
            .as_str()
            .unwrap()
            .starts_with("incs-import upload on desk: NOTHING WAS SENT (exit code 2)\nlist.csv\n")
    );
    assert!(api.posts().is_empty());
}

#[test]
fn stopped_early_and_taken_up_again() {
    let (tasks, hook) = (Tasks::default(), taking());
    let words = "Unauthenticated, Zhang San 6281299998888";
    let answering = tasks.clone();
    let api = Scripted::start(move |_, request| match request.token() {
        "old" => Action::json(401, refused(401, words)),
        _ => answering.answer(request),
    });
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", list(2));
    let run = work.run_as("old", &WorkDir::uploading(&api.url(), &["list.csv"])).expect(3);
    assert!(run.stderr.contains("Zhang San"), "the person at the screen is told all of it: {}", run.stderr);
    let id = work.last().run();
    work.run(&["resume", &id, "--rate", "1000000/s"]).expect(0);
    work.run(&["resume", &id]).expect(0);
    work.run(&["resume"]).expect(0);
    let told = told(&hook);
    assert_eq!(of(&told, "exit_code"), [3, 0], "nothing to resume is nothing to tell");
    assert_eq!(of(&told, "command"), ["upload", "resume"]);
    assert_eq!((&told[0]["run_id"], &told[1]["run_id"]), (&json!(id), &json!(id)));
    assert_eq!(told[0]["why"], "the server refuses the token");
    assert!(told[0]["mend"].as_str().unwrap().ends_with(&format!("incs-import resume {id}")));
    assert!(!told[0].to_string().contains("Zhang"), "{}", told[0]);
    assert_eq!((&told[1]["previous"], &told[1]["files"]), (&json!("failing"), &json!(["list.csv"])));
    assert!(told[1]["text"].as_str().unwrap().contains("resume on desk: all done again, after failing"));
}

#[test]
fn another_run_holds_the_ledger() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", list(1));
    let lock = Lock::take(&work.path().join("ledger.db.lock"), Duration::ZERO).unwrap();
    let holder = Holder { host: "desk".to_owned(), pid: 7, run: Some("20261122-013000-k7f3".to_owned()) };
    lock.name(&holder).unwrap();
    work.upload(&api.url(), &["list.csv", "--ledger", "ledger.db"]).expect(4);
    let told = told(&hook).remove(0);
    assert_eq!(told["exit_code"], 4);
    assert_eq!(told["why"], "run 20261122-013000-k7f3 holds the ledger (process 7 on desk)");
    assert!(
        work.path().join("ledger.db.notify.json").is_file(),
        "it is kept beside the ledger that was named"
    );
}

#[test]
#[cfg(unix)]
fn a_job_that_a_signal_stopped() {
    let (api, hook) = (Scripted::keeping(Duration::from_millis(30)), taking());
    let work = office(&hook.url(), "");
    work.write("list.csv", list(300));
    let child = work.start_upload(&api.url(), &["list.csv"]);
    api.wait_for_posts(5);
    signal(&child, "-TERM");
    Run::finish(child).expect(130);
    let told = told(&hook);
    assert_eq!((of(&told, "exit_code"), of(&told, "status")), (vec![json!(130)], vec![json!("interrupted")]));
}

#[test]
fn each_file_of_an_inbox() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), ALWAYS);
    std::fs::create_dir(work.path().join("drop")).unwrap();
    work.write("drop/good.csv", list(1));
    work.write("drop/bad.csv", UNUSABLE);
    let sweep = ["inbox", "drop", "--base-url", &api.url(), "--rest", "1ms", "--rate", "1000000/s"];
    work.run(&sweep).expect(2);
    let mut told = told(&hook);
    told.sort_by_key(|told| told["files"].to_string());
    assert_eq!(of(&told, "command"), ["inbox", "inbox"]);
    assert_eq!(of(&told, "files"), [json!(["bad.csv"]), json!(["good.csv"])]);
    assert_eq!(of(&told, "exit_code"), [2, 0]);
    assert!(told[1]["report_dir"].as_str().unwrap().contains("/drop/done/"), "{}", told[1]);
    work.run(&sweep).expect(0);
    assert_eq!(hook.posts().len(), 2, "a sweep without lists is no end");
}

#[test]
fn only_changes() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), "");
    work.write("good.csv", list(1));
    work.write("bad.csv", UNUSABLE);
    let upload = |name: &str, code| drop(work.upload(&api.url(), &[name]).expect(code));
    for (name, code) in [("good.csv", 0), ("good.csv", 0), ("bad.csv", 2), ("bad.csv", 2), ("good.csv", 0)] {
        upload(name, code);
    }
    let told = told(&hook);
    assert_eq!(of(&told, "exit_code"), [0, 2, 0]);
    assert_eq!(of(&told, "previous"), [Value::Null, json!("ok"), json!("failing")]);
    assert!(told[0]["since"].as_str() < told[1]["since"].as_str());
}

#[test]
fn profiles_are_known_apart() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), "[profile.day]\nlimit = 9\n[profile.night.notify]\non = 'end'");
    work.write("good.csv", list(1));
    work.write("bad.csv", UNUSABLE);
    for _ in 0..2 {
        work.upload(&api.url(), &["good.csv", "--profile", "day"]).expect(0);
        work.upload(&api.url(), &["bad.csv", "--profile", "night"]).expect(2);
    }
    let told = told(&hook);
    assert_eq!(of(&told, "profile"), ["day", "night", "night"]);
    assert!(
        told[1]["text"].as_str().unwrap().starts_with("incs-import upload on desk, profile night: NOTHING")
    );
}

#[test]
#[cfg(feature = "sandbox")]
fn nobody_is_told_of_a_trial() {
    let (api, hook) = (Scripted::start(|_, _| Action::json(200, EMPTY_LIST.to_owned())), taking());
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", list(1));
    work.write("bad.csv", UNUSABLE);
    work.upload(&api.url(), &["list.csv", "--dry-run"]).expect(0);
    work.upload(&api.url(), &["list.csv", "--sandbox"]).expect(0);
    work.upload(&api.url(), &["bad.csv", "--dry-run"]).expect(2);
    work.upload(&api.url(), &["bad.csv", "--sandbox"]).expect(2);
    work.run(&["check", "bad.csv"]).expect(2);
    assert!(hook.requests().is_empty(), "{:?}", hook.requests());
}

#[test]
fn the_text_is_in_the_language_of_the_run_and_the_rest_is_not() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", list(1));
    for language in ["zh", "id"] {
        work.upload(&api.url(), &["list.csv", "--lang", language]).expect(0);
    }
    let told = told(&hook);
    let first = |at: usize| told[at]["text"].as_str().unwrap().lines().next().unwrap().to_owned();
    assert_eq!(first(0), "incs-import upload（desk）：全部完成（退出码 0）");
    assert_eq!(first(1), "incs-import upload di desk: semua selesai (kode keluar 0)");
    assert_eq!(
        (of(&told, "state"), of(&told, "status")),
        (vec![json!("ok"); 2], vec![json!("completed"); 2])
    );
}

#[test]
fn a_server_that_is_a_stand_in_is_told_to_be_one() {
    let hook = taking();
    let api = Scripted::start(|number, request| {
        let headers =
            vec![("X-Incs-Sandbox", "1".to_owned()), ("Content-Type", "application/json".to_owned())];
        Action::Answer(200, headers, created(number as u64 + 1, &request.phone()))
    });
    let work = office(&hook.url(), ALWAYS);
    work.write("list.csv", list(1));
    work.upload(&api.url(), &["list.csv"]).expect(0);
    let told = told(&hook).remove(0);
    assert_eq!(told["sandbox"], true);
    assert!(told["text"].as_str().unwrap().contains("\nSANDBOX: nothing real was created\n"), "{told}");
}
