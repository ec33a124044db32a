//! `--watch` with an hour between two looks: what it takes sooner, the file system has told.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Tray;
use super::watching::heartbeat;
use crate::support::{Run, Scripted, list, row, signal, until};

const LISTENING: [&str; 5] = ["--watch", "--every", "1h", "--heartbeat", "drop/beat.csv"];

fn looks(tray: &Tray) -> u64 {
    heartbeat(tray)["counts"]["looks"].as_u64().unwrap_or(0)
}

#[test]
fn a_list_is_taken_when_it_comes_however_it_comes() {
    let server = Scripted::creating();
    let tray = Tray::new();
    let child = tray.start(&server.url(), &LISTENING);
    until("the first look", || looks(&tray) >= 1);
    tray.put("a.csv", list(1));
    until("written into the folder", || heartbeat(&tray)["counts"]["done"] == 1);
    tray.work.write("b.csv", list(0) + &row(1));
    std::fs::rename(tray.work.path().join("b.csv"), tray.path("b.csv")).unwrap();
    until("moved into the folder", || heartbeat(&tray)["counts"]["done"] == 2);
    tray.put("c.csv.part", list(0) + &row(2));
    std::fs::rename(tray.path("c.csv.part"), tray.path("c.csv")).unwrap();
    until("renamed in the folder", || heartbeat(&tray)["counts"]["done"] == 3);
    signal(&child, "-INT");
    let run = Run::finish(child).expect(130);
    assert!(!run.stderr.contains("warning"), "{}", run.transcript());
    assert_eq!(server.posts().len(), 3);
}

#[test]
fn what_comes_during_a_run_is_taken_after_it() {
    let server = Scripted::keeping(Duration::from_millis(300));
    let tray = Tray::with("a.csv", list(1));
    let child = tray.start(&server.url(), &LISTENING);
    server.wait_for_posts(1);
    tray.put("b.csv", list(0) + &row(1));
    until("both", || heartbeat(&tray)["counts"]["done"] == 2);
    signal(&child, "-TERM");
    Run::finish(child).expect(130);
}

#[test]
fn one_that_is_written_all_the_time_neither_blocks_nor_hurries() {
    let server = Scripted::creating();
    let tray = Tray::with("growing.csv", list(0));
    let begin = Instant::now();
    let arguments = [&LISTENING[..], &["--rest", "1s"]].concat();
    let child = tray.start(&server.url(), &arguments);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = OpenOptions::new().append(true).open(tray.path("growing.csv")).unwrap();
            for user in 1.. {
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                file.write_all(row(user).as_bytes()).unwrap();
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        until("the first look", || looks(&tray) > 0);
        tray.put("b.csv", list(1));
        until("the one that rests", || heartbeat(&tray)["counts"]["done"] == 1);
        let (looks, most) = (looks(&tray), begin.elapsed().as_millis() / 100 + 1);
        assert!(u128::from(looks) <= most, "{looks} looks where {most} are the most");
        assert_eq!(tray.lists(), ["beat.csv", "growing.csv"]);
        signal(&child, "-INT");
        let asked = Instant::now();
        Run::finish(child).expect(130);
        assert!(asked.elapsed() < Duration::from_secs(10));
        is_over.store(true, Ordering::SeqCst);
    });
    assert_eq!(server.posts().len(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn another_folder_that_takes_its_place_is_listened_to() {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let server = Scripted::creating();
    let tray = Tray::new();
    let child = tray.start(&server.url(), &["--watch", "--every", "1h", "--heartbeat", "beat.json"]);
    until("the first look", || looks(&tray) >= 1);
    let other = tray.work.path().join("other");
    std::fs::create_dir(&other).unwrap();
    renameat_with(CWD, tray.path(""), CWD, &other, RenameFlags::EXCHANGE).unwrap();
    until("a look at the other one", || looks(&tray) >= 2);
    tray.put("a.csv", list(1));
    until("the list in the other one", || heartbeat(&tray)["counts"]["done"] == 1);
    signal(&child, "-INT");
    Run::finish(child).expect(130);
    assert!(tray.path("done").is_dir() && !other.join("a.csv").exists());
}
