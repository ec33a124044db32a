//! Old runs are forgotten: no phone and no name is left, and nobody is tasked twice all the same.

use std::fs;
use std::path::{Path, PathBuf};

use memchr::memmem;

use crate::agreement::everything;
use crate::support::{Action, Reports, Scripted, Tasks, WorkDir, list, phone, refused};

/// The files of the ledger.
fn ledger_files(work: &WorkDir) -> Vec<PathBuf> {
    let folder = work.path().join("home/.local/state/incs-import");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Which of some texts stand in some files, as UTF-8 or as UTF-16.
fn found(files: &[PathBuf], texts: &[String]) -> Vec<String> {
    let holds = |bytes: &[u8], text: &[u8]| memmem::find(bytes, text).is_some();
    let mut found = Vec::new();
    for file in files {
        let bytes = fs::read(file).unwrap();
        for text in texts {
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if holds(&bytes, text.as_bytes()) || holds(&bytes, &wide) {
                found.push(format!("{text} in {}", file.display()));
            }
        }
    }
    found
}

/// Phones, names and order numbers of some users, none of which may be left.
fn personal(users: impl IntoIterator<Item = usize>) -> Vec<String> {
    users
        .into_iter()
        .flat_map(|user| [phone(user), format!("User {user}"), format!("ORD{user:05}")])
        .collect()
}

fn a_server() -> Scripted {
    let tasks = Tasks::default();
    Scripted::start(move |_, request| tasks.answer(request))
}

#[test]
fn no_phone_or_name_is_left_and_nobody_is_tasked_twice() {
    let server = a_server();
    let work = WorkDir::with("list.csv", list(300) + "081234x,Wrong One,incs_1,Follow up,30058,ORD99999,5\n");
    work.upload(&server.url(), &["list.csv", "--max-invalid", "100"]).expect(1);
    let before = work.run(&["runs", "--format", "json"]).stdout;
    let mut texts = personal(0..300);
    texts.extend(["081234x".to_owned(), "Wrong One".to_owned(), "ORD99999".to_owned()]);
    assert_eq!(found(&ledger_files(&work), &texts[..3]).len(), 3, "they are there at first");
    let folder = work.last().0;

    let run = work.run(&["purge", "--older-than", "1ms"]).expect(0);
    assert!(run.stdout.contains("301 users are forgotten"), "{}", run.transcript());
    let track = work.run(&["track"]).expect(2);
    assert!(track.stderr.contains("knows its people any more"), "{}", track.transcript());
    assert!(track.stderr.contains("incs-import tasks"), "{}", track.transcript());
    assert_eq!(found(&ledger_files(&work), &texts), Vec::<String>::new());
    assert!(!folder.exists(), "the report folder is gone");

    let posts = server.posts().len();
    fs::write(work.path().join("list.csv"), list(300)).unwrap();
    let again = work.upload(&server.url(), &["list.csv"]).expect(0);
    assert!(again.stdout.contains("skipped               300"), "{}", again.transcript());
    assert_eq!(server.posts().len(), posts, "nothing was sent again");

    let after = work.run(&["runs", "--format", "json"]).stdout;
    let old = after.lines().last().unwrap();
    assert_eq!(old, before.trim(), "the counts of the run are what they were");
    let work_again = work.run(&["purge", "--older-than", "1ms"]).expect(0);
    assert!(work_again.stdout.contains("1 run forgotten"), "only the second: {}", work_again.transcript());
    assert!(work.run(&["purge", "--older-than", "1ms"]).expect(0).stdout.contains("nothing to forget"));
}

#[test]
fn what_is_in_doubt_stays_until_it_is_settled() {
    let (work, _, folder) = everything(&[]);
    let run = Reports(folder.clone()).run();
    // User 3 may exist twice at the server; nobody can tell.
    let purged = work.run(&["purge", "--older-than", "1ms"]).expect(0);
    assert!(purged.stderr.contains("1 task in doubt keeps its phone"), "{}", purged.transcript());
    let others = personal([0, 1, 2, 4, 5, 6, 7, 8]);
    assert_eq!(found(&ledger_files(&work), &others), Vec::<String>::new());
    assert_eq!(found(&ledger_files(&work), &[phone(3)]).len(), 1, "its phone is what it is looked for by");

    let resumed = work.run(&["resume", &run]).expect(2);
    assert!(resumed.stderr.contains("were forgotten on"), "{}", resumed.transcript());
    let report = work.run(&["report", &run]).expect(2);
    assert!(report.stderr.contains("incs-import runs"), "{}", report.transcript());
}

#[test]
fn a_doubt_of_a_purged_run_is_still_looked_up_before_anything_is_sent() {
    // The answers of the first upload are lost, and then the token is refused: everybody stays in doubt.
    let tasks = Tasks::default();
    let (shared, blind) = (tasks.clone(), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true)));
    let switch = std::sync::Arc::clone(&blind);
    let server = Scripted::start(move |_, request| {
        let blind = blind.load(std::sync::atomic::Ordering::SeqCst);
        match request.method.as_str() {
            "GET" if !blind => shared.list(request),
            _ if blind && (request.method == "GET" || request.phone() == phone(3)) => {
                Action::json(401, refused(401, "Unauthenticated."))
            }
            _ if blind => shared.create_but(request, Action::Cut),
            _ => shared.create(request),
        }
    });
    let work = WorkDir::with("list.csv", list(4));
    work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(3);
    assert_eq!(work.column("outcome"), ["unresolved", "unresolved", "unresolved", "pending"]);
    work.run(&["purge", "--older-than", "1ms"]).expect(0);
    switch.store(false, std::sync::atomic::Ordering::SeqCst);
    let again = work.upload(&server.url(), &["list.csv"]);
    let made: usize = tasks.ids().values().map(Vec::len).sum();
    assert_eq!(made, 4, "each user has one task\n{}", again.transcript());
    // Now that they are settled, they go too.
    work.run(&["purge", "--older-than", "1ms"]).expect(0);
    assert_eq!(found(&ledger_files(&work), &personal(0..4)), Vec::<String>::new());
}

#[test]
fn only_the_folder_of_the_run_is_deleted() {
    let server = a_server();
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let folder = work.last().0;
    let elsewhere = work.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("precious"), "x").unwrap();
    fs::remove_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
    let run = work.run(&["purge", "--older-than", "1ms"]).expect(1);
    assert!(run.stderr.contains("is still there"), "{}", run.transcript());
    assert!(elsewhere.join("precious").exists());
    fs::remove_file(&folder).unwrap();
    work.run(&["purge", "--older-than", "1ms"]).expect(0);
    assert_eq!(found(&ledger_files(&work), &personal(0..2)), Vec::<String>::new());
}

#[test]
fn young_runs_are_left_alone() {
    let server = a_server();
    let work = WorkDir::with("list.csv", list(2));
    assert!(work.run(&["purge", "--older-than", "30d"]).expect(0).stdout.contains("nothing to forget"));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    for arguments in [&["purge", "--older-than", "30d"][..], &["purge", "--older-than", "1ms", "--dry-run"]] {
        work.run(arguments).expect(0);
        assert!(Path::new(&work.last().0).exists());
        assert_eq!(found(&ledger_files(&work), &[phone(0)]).len(), 1);
    }
    work.run(&["purge"]).expect(2);
}

#[test]
fn while_somebody_reads_the_log_cannot_be_emptied_and_the_next_purge_does_it() {
    let server = a_server();
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let reader =
        rusqlite::Connection::open(work.path().join("home/.local/state/incs-import/ledger.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM task").unwrap();
    let run = work.run(&["purge", "--older-than", "1ms"]).expect(1);
    assert!(run.stderr.contains("somebody is reading the ledger"), "{}", run.transcript());
    drop(reader);
    work.run(&["purge", "--older-than", "1ms"]).expect(0);
    assert_eq!(found(&ledger_files(&work), &personal(0..2)), Vec::<String>::new());
}

#[test]
fn the_lists_that_inbox_moved_go_too() {
    let server = a_server();
    let work = WorkDir::new();
    fs::create_dir(work.path().join("drop")).unwrap();
    work.write("drop/list.csv", list(2));
    work.write("drop/other.csv", "user_phone\n");
    let sweep = [
        "inbox",
        "drop",
        "--rest",
        "1ms",
        "--base-url",
        &server.url(),
        "--rate",
        "1000000/s",
        "--settle",
        "300ms",
    ];
    let swept = work.run(&sweep);
    assert_eq!(swept.code, 2, "{}", swept.transcript());
    let done = work.path().join("drop/done");
    fs::write(done.join("mine.txt"), "stays").unwrap();
    work.run(&["purge", "--older-than", "1ms"]).expect(0);
    let left: Vec<_> = fs::read_dir(&done).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["mine.txt"]);
    let files: Vec<PathBuf> = work.all_files();
    assert_eq!(found(&files, &personal(0..2)), Vec::<String>::new());
}
