//! One sweep: what is taken, in which order, where it goes, and what is said.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use super::Tray;
use crate::support::{Run, Scripted, list, phone, row};

#[test]
fn a_list_is_uploaded_and_moved_beside_its_reports() {
    let server = Scripted::creating();
    let tray = Tray::with("名单 1.csv", list(3));
    let run = tray.sweep(&server.url(), &[]).expect(0);
    assert_eq!(server.posts().len(), 3);
    let (name, reports) = tray.done();
    assert_eq!(name, "名单 1.csv");
    let home = tray.path("done").join(format!("{}-{name}", reports.run()));
    assert_eq!(fs::read_to_string(home).unwrap(), list(3));
    assert_eq!(reports.summary()["status"], "completed");
    assert_eq!(reports.column("outcome"), ["created"; 3]);
    assert!(tray.lists().is_empty() && tray.claims().is_empty());
    // One line, which says all of it.
    let line = run.stdout.trim_end();
    for part in ["名单 1.csv: run ", &reports.run(), "3 created", "exit code 0", "moved to drop/done/"] {
        assert!(line.contains(part) && !line.contains('\n'), "{}", run.transcript());
    }
    // The usual screen with -v.
    tray.put("more.csv", list(4));
    let run = tray.sweep(&server.url(), &["-v"]).expect(0);
    assert!(run.stdout.contains("rows read 4 = 1 created + 3 skipped"), "{}", run.transcript());

    tray.sweep(&server.url(), &[]).expect(0);
    assert_eq!(server.posts().len(), 4, "nothing is there any more");
}

#[test]
#[cfg(unix)]
fn the_folders_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Scripted::creating();
    let tray = Tray::with("list.csv", list(1));
    tray.sweep(&server.url(), &[]).expect(0);
    for name in ["done", "failed", ".incs-import"] {
        assert_eq!(fs::metadata(tray.path(name)).unwrap().permissions().mode() & 0o777, 0o700, "{name}");
    }
}

#[test]
fn the_ledger_knows_where_the_reports_are() {
    let server = Scripted::creating();
    let tray = Tray::with("list.csv", list(2) + &row(2).replace("62812", "62x12"));
    tray.sweep(&server.url(), &[]).expect(1);
    let (_, reports) = tray.done();
    for name in ["fix.xlsx", "results.csv"] {
        fs::remove_file(reports.0.join(name)).unwrap();
    }
    tray.work.run(&["report", &reports.run()]).expect(0);
    assert_eq!(reports.column("outcome"), ["created", "created", "invalid"]);
    assert!(reports.0.join("fix.xlsx").exists());
}

#[test]
fn a_bad_file_does_not_stop_the_others_and_the_worst_code_is_the_exit_code() {
    let server = Scripted::creating();
    let tray = Tray::with("a.csv", "colour,size\nred,1\n");
    tray.put("b.csv", list(1));
    tray.sweep(&server.url(), &[]).expect(2);
    let (files, folders) = tray.moved("failed");
    assert_eq!(files.len(), 1);
    assert_eq!((files[0].1.as_str(), &files[0].0), ("a.csv", &folders[0].run()));
    let why = fs::read_to_string(folders[0].0.join("error.txt")).unwrap();
    assert!(why.contains("missing-column") && why.contains("--map"), "{why}");
    assert_eq!(tray.done().0, "b.csv");

    tray.put("c.csv", list(3) + &row(3).replace(".50", ".x"));
    tray.put("d.csv", list(4));
    let told = tray.sweep(&server.url(), &["--strict"]).expect(2);
    let (files, folders) = tray.moved("failed");
    let (run, _) = files.iter().find(|(_, name)| name == "c.csv").unwrap();
    let reports = folders.iter().find(|reports| reports.run() == *run).unwrap();
    assert_eq!(reports.summary()["status"], "refused");
    assert!(reports.0.join("fix.xlsx").exists());
    assert!(tray.lists().is_empty() && tray.claims().is_empty(), "{}", told.transcript());
    assert_eq!(server.posts_by_phone().len(), 4);
    tray.put("e.csv", list(4) + &row(5).replace(".50", ".x"));
    tray.sweep(&server.url(), &[]).expect(1);
}

#[test]
fn an_empty_file_and_a_workbook_that_is_none_fail() {
    let server = Scripted::creating();
    let tray = Tray::with("leer.csv", "");
    tray.put("buku.xlsx", "a,b\n1,2\n");
    tray.sweep(&server.url(), &[]).expect(2);
    assert_eq!(tray.moved("failed").0.len(), 2);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn the_oldest_is_first_and_then_the_name_decides() {
    let server = Scripted::creating();
    let tray = Tray::new();
    let base = SystemTime::now() - Duration::from_secs(3_600);
    for (name, user, age) in [("a.csv", 0, 10), ("b.csv", 1, 30), ("d.csv", 2, 20), ("c.csv", 3, 20)] {
        tray.put(name, list(0) + &row(user));
        let file = File::options().write(true).open(tray.path(name)).unwrap();
        file.set_modified(base - Duration::from_secs(age)).unwrap();
    }
    tray.sweep(&server.url(), &[]).expect(0);
    let phones: Vec<String> = server.posts().iter().map(crate::support::Request::phone).collect();
    assert_eq!(phones, [1, 3, 2, 0].map(phone));
}

#[test]
#[cfg(unix)]
fn what_is_no_list_is_left_alone_and_named_once() {
    let server = Scripted::creating();
    let tray = Tray::with("list.csv", list(1));
    let silent = [".hidden.csv", "~$list.xlsx", "a.csv.part", "b.tmp", "c.crdownload", "d.csv.filepart"];
    for name in silent {
        tray.put(name, list(2));
    }
    fs::create_dir(tray.path("more.csv")).unwrap();
    fs::write(tray.path("more.csv/inner.csv"), list(2)).unwrap();
    tray.put("notes.pdf", "x");
    fs::write(tray.work.path().join("outside.csv"), list(2)).unwrap();
    std::os::unix::fs::symlink("../outside.csv", tray.path("link.csv")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(tray.path("pipe.csv")).status().unwrap().success());
    let before = tray.lists().len();
    let run = tray.sweep(&server.url(), &[]).expect(0);
    for (name, why) in [("notes.pdf", ".csv .tsv"), ("link.csv", "links"), ("pipe.csv", "ordinary")] {
        let lines: Vec<&str> = run.stderr.lines().filter(|line| line.contains(name)).collect();
        assert!(
            lines.len() == 1 && lines[0].contains("ignored") && lines[0].contains(why),
            "{}",
            run.transcript()
        );
    }
    for name in silent.iter().chain(&["more.csv", "inner.csv"]) {
        assert!(!run.stderr.contains(name) && !run.stdout.contains(name), "{name}\n{}", run.transcript());
    }
    assert_eq!(tray.lists().len(), before - 1);
    assert_eq!(server.posts().len(), 1);
}

#[test]
fn a_file_that_is_still_written_is_left_for_the_next_sweep() {
    let server = Scripted::creating();
    let tray = Tray::with("growing.csv", list(1));
    tray.put("whole.csv", list(2).replace("62812", "62813"));
    tray.put("seen.pdf", "named at the first look");
    let mut child = tray.work.command(&Tray::sweeping(&server.url(), &["--rest", "2s"]));
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("seen.pdf") {
        line.clear();
        assert!(told.read_line(&mut line).unwrap() > 0, "it ended");
    }
    let mut file = File::options().append(true).open(tray.path("growing.csv")).unwrap();
    file.write_all(row(1).as_bytes()).unwrap();
    drop(file);
    let rest: Vec<String> = told.lines().map(Result::unwrap).collect();
    Run::finish(child).expect(0);
    assert!(rest.iter().any(|line| line.contains("growing.csv is being changed")), "{rest:?}");
    assert_eq!(tray.lists(), ["growing.csv", "seen.pdf"]);
    assert_eq!(server.posts().len(), 2, "the whole one alone");
    tray.sweep(&server.url(), &[]).expect(0);
    assert_eq!(server.posts().len(), 4);
}

#[test]
fn the_same_content_under_another_name_is_told_and_creates_nothing() {
    let server = Scripted::creating();
    let tray = Tray::with("monday.csv", list(3));
    tray.sweep(&server.url(), &[]).expect(0);
    let (_, first) = tray.done();
    tray.put("monday (1).csv", list(3));
    let run = tray.sweep(&server.url(), &[]).expect(0);
    let same = format!("monday (1).csv has the same content as monday.csv of run {}", first.run());
    assert!(run.stderr.contains(&same), "{}", run.transcript());
    assert!(run.stdout.contains("3 skipped"), "{}", run.transcript());
    assert_eq!(server.posts().len(), 3);
    assert_eq!(tray.moved("done").0.len(), 2);
}

#[test]
fn a_file_that_is_put_there_again_is_a_new_list() {
    let server = Scripted::creating();
    let tray = Tray::with("list.csv", list(2));
    tray.sweep(&server.url(), &[]).expect(0);
    let (name, reports) = tray.done();
    // The very file, with its time and all.
    fs::rename(tray.path("done").join(format!("{}-{name}", reports.run())), tray.path("list.csv")).unwrap();
    tray.sweep(&server.url(), &["--dedupe-window", "0"]).expect(0);
    assert_eq!(server.posts().len(), 4, "that is what was asked for");
    assert_eq!(tray.moved("done").1.len(), 2);
}

#[test]
fn programs_read_an_object_a_line() {
    let server = Scripted::creating();
    let tray = Tray::with("a.csv", list(2));
    tray.put("b.csv", "nothing");
    let run = tray.sweep(&server.url(), &["--format", "json"]).expect(2);
    let mut objects: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    objects.sort_by_key(|object| object["input"]["files"][0]["path"].to_string());
    let of = |at: usize| {
        (
            objects[at]["input"]["files"][0]["path"].as_str(),
            objects[at]["exit_code"].as_u64(),
            &objects[at]["status"],
        )
    };
    assert_eq!(of(0), (Some("drop/a.csv"), Some(0), &"completed".into()));
    assert_eq!(of(1), (Some("drop/b.csv"), Some(2), &"refused".into()));
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[0]["tasks"]["created"], 2);
    assert_eq!(objects[1]["run_id"], tray.moved("failed").1[0].run());
}

#[test]
fn the_sandbox_creates_nothing_real_and_a_dry_run_nothing_at_all() {
    let tray = Tray::with("list.csv", list(2));
    let run = tray.sweep("http://127.0.0.1:1", &["--dry-run"]).expect(0);
    assert!(run.stdout.contains("list.csv: nothing was sent or moved"), "{}", run.transcript());
    assert_eq!(super::names(&tray.path("")), ["list.csv"]);
    tray.work.run(&["inbox", "--sandbox", "--rest", "1ms", "drop"]).expect(0);
    let (_, reports) = tray.done();
    assert_eq!(reports.summary()["sandbox"], true);
    let runs = tray.work.run(&["runs"]).expect(0);
    assert!(!runs.stdout.contains(&reports.run()), "the ledger of the user knows nothing of it");
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_looked_at() {
    let tray = Tray::with("list.csv", list(1));
    for (arguments, why) in [
        (&["inbox", "gone"][..], "there is no folder gone"),
        (&["inbox", "drop", "--report-dir", "r"], "--report-dir"),
        (&["inbox", "drop", "--users", "u.csv"], "--users"),
        (&["inbox", "drop", "--orders", "o.csv"], "--orders"),
    ] {
        let run = tray.work.run(arguments).expect(2);
        assert!(run.stderr.contains(why), "{}", run.transcript());
    }
    let run = tray.sweep_as("", "http://127.0.0.1:1", &[]).expect(2);
    assert!(run.stderr.contains("INCS_TOKEN"), "{}", run.transcript());
    assert_eq!(tray.lists(), ["list.csv"], "it is not the list's fault");
}

#[test]
fn the_tables_and_the_report_folder_of_the_config_file_are_for_other_commands() {
    let server = Scripted::creating();
    let tray = Tray::with("list.csv", list(1));
    tray.work.write(
        "own.toml",
        "[reading]\nusers = 'u.csv'\norders = 'o.csv'\n[upload]\nreport_dir = 'elsewhere'\n",
    );
    tray.sweep(&server.url(), &["--config", "own.toml"]).expect(0);
    tray.done();
    assert!(!tray.work.path().join("elsewhere").exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_place_on_another_file_system_gets_a_copy() {
    use std::os::unix::fs::MetadataExt as _;
    let server = Scripted::creating();
    let tray = Tray::with("list.csv", list(2));
    let elsewhere = tempfile::tempdir_in("/dev/shm").unwrap();
    let device = |path: &std::path::Path| fs::metadata(path).unwrap().dev();
    assert_ne!(device(elsewhere.path()), device(&tray.path("")), "there is nothing to test here");
    std::os::unix::fs::symlink(elsewhere.path(), tray.path("done")).unwrap();
    tray.sweep(&server.url(), &[]).expect(0);
    let (name, reports) = tray.done();
    let home = elsewhere.path().join(format!("{}-{name}", reports.run()));
    assert_eq!(fs::read_to_string(home).unwrap(), list(2));
    assert!(tray.lists().is_empty() && tray.claims().is_empty());
    assert_eq!(super::names(elsewhere.path()).len(), 2, "nothing temporary stays");
}

#[test]
fn every_language_names_file_run_and_code() {
    let server = Scripted::creating();
    for (lang, code) in [("en", "exit code 0"), ("zh", "退出码 0"), ("id", "kode keluar 0")] {
        let tray = Tray::with("list.csv", list(1));
        let run = tray.sweep(&server.url(), &["--lang", lang]).expect(0);
        assert!(run.stdout.contains(code) && run.stdout.contains(&tray.run()), "{}", run.transcript());
    }
}

#[test]
fn a_name_as_long_as_can_be_is_taken_like_any_other() {
    let server = Scripted::creating();
    let long = format!("{}.csv", "催".repeat(83));
    let tray = Tray::with(&long, list(1));
    tray.put("z.csv", list(0) + &row(7));
    tray.sweep(&server.url(), &[]).expect(0);
    assert_eq!(tray.lists(), Vec::<String>::new());
    assert_eq!(server.posts().len(), 2);
}
