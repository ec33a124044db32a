//! Reports to be passed on: the same lines and numbers, and nobody in them.

use std::fs;

use crate::agreement::everything;
use crate::support::{Reports, WorkDir, phone};

/// Every text of a report folder, those inside workbooks too.
fn texts(folder: &std::path::Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("xlsx") => {
                let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
                for index in 0..archive.len() {
                    std::io::Read::read_to_string(&mut archive.by_index(index).unwrap(), &mut all).unwrap();
                }
            }
            Some("csv" | "json" | "html") => all += &fs::read_to_string(&path).unwrap(),
            _ => {}
        }
    }
    all
}

fn nobody(folder: &std::path::Path) {
    let texts = texts(folder);
    for user in 0..10 {
        for secret in [phone(user), format!("User {user}")] {
            assert!(!texts.contains(&secret), "{secret} is in {}", folder.display());
        }
    }
    assert!(!folder.join("fix.xlsx").exists(), "it would hold the rows as they came");
}

#[test]
fn nobody_is_in_reports_that_are_passed_on_and_the_numbers_are_the_same() {
    let (work, _, folder) = everything(&[]);
    let run = Reports(folder.clone()).run();
    let redacted = work.run(&["report", &run, "--redact", "--report-dir", "pass"]).expect(0);
    let passed = Reports(work.path().join("pass").join(&run));
    nobody(&passed.0);
    assert!(redacted.stderr.contains("fix.xlsx is not written with --redact"), "{}", redacted.transcript());
    assert_eq!(passed.summary(), Reports(folder.clone()).summary());
    let full = Reports(folder).results();
    for (line, whole) in passed.results().iter().zip(&full) {
        for (title, cell) in line {
            match title.as_str() {
                "user_phone" => assert!(cell.contains("***") && cell[..4] == whole[title][..4], "{cell}"),
                "user_name" => {
                    assert_eq!(cell, &format!("U*** {}***", whole[title].split_once(' ').unwrap().1))
                }
                "error" | "hint" => {}
                _ => assert_eq!(cell, &whole[title], "{title}"),
            }
        }
    }
}

#[test]
fn a_run_that_is_redacted_stays_so_until_somebody_wants_the_whole() {
    let (work, _, folder) = everything(&["--redact"]);
    nobody(&folder);
    let run = Reports(folder.clone()).run();
    // A person's word writes the reports again, as the run wanted them.
    fs::remove_file(folder.join("results.csv")).unwrap();
    work.run(&["report", &run]).expect(0);
    assert!(texts(&folder).contains(&phone(0)) && folder.join("fix.xlsx").exists());
}

#[test]
fn the_config_can_ask_for_it() {
    let work = WorkDir::with("incs-import.toml", "redact = true\n");
    work.write("list.csv", crate::support::list(2));
    let run = work.run(&["upload", "list.csv", "--sandbox", "--rate", "1000/s"]).expect(0);
    nobody(&work.last().0);
    assert!(run.stdout.contains("created                 2"), "{}", run.transcript());
}
