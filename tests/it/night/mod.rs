//! What a job asks for that nobody watches: an end before the morning, a list of the usual size, yesterday's rest first, and
//! nobody's data for longer than is allowed.

mod deadline;
mod leftovers;

use std::fs;

use crate::support::{Scripted, WorkDir, list, row};

#[test]
fn a_list_of_an_unexpected_size_is_refused() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(5));
    for (expected, is_fine) in
        [("6..", false), ("..4", false), ("1..4", false), ("5..5", true), ("5..", true)]
    {
        let checked = work.run(&["check", "list.csv", "--expect-rows", expected, "--format", "json"]);
        assert_eq!(checked.json()["would_send"], is_fine, "{expected}");
        assert_eq!(checked.code, i32::from(!is_fine), "{}", checked.transcript());
    }
    let words =
        "the list has 5 rows, and --expect-rows wants 6..20: this looks like the wrong file, or part of one";
    let shown = work.run(&["check", "list.csv", "--expect-rows", "6..20"]).expect(1);
    assert!(shown.stdout.contains(words), "{}", shown.transcript());

    let refused = work.upload(&server.url(), &["list.csv", "--expect-rows", "6..20"]).expect(2);
    assert!(refused.stderr.contains(words), "{}", refused.transcript());
    assert!(server.requests().is_empty());
    let summary = work.summary();
    assert_eq!((&summary["status"], &summary["exit_code"]), (&"refused".into(), &2.into()));
    assert!(work.line_of(&work.last().run()).contains("refused"));
    work.upload(&server.url(), &["list.csv", "--expect-rows", "5..20"]).expect(0);
    assert_eq!(server.posts().len(), 5);
}

#[test]
fn after_a_run_old_ones_are_forgotten() {
    let work = WorkDir::at("2026-04-13T01:30:00Z");
    let server = Scripted::creating();
    work.write("first.csv", list(2));
    work.upload(&server.url(), &["first.csv", "--retention", "3d"]).expect(0);
    let first = work.last();
    // It is as old as it may be, less an hour; then more.
    work.set_clock("2026-04-16T00:30:00Z");
    work.write("second.csv", list(0) + &row(500));
    work.upload(&server.url(), &["second.csv", "--retention", "3d"]).expect(0);
    assert!(first.0.exists());
    work.set_clock("2026-04-16T02:30:00Z");
    work.write("third.csv", list(0) + &row(600));
    // Where no run was recorded, nothing is forgotten either.
    work.upload(&server.url(), &["nowhere.csv", "--retention", "3d"]).expect(2);
    work.upload(&server.url(), &["third.csv", "--retention", "3d", "--dry-run"]);
    assert!(first.0.exists());
    let third = work.upload(&server.url(), &["third.csv", "--retention", "3d"]).expect(0);
    assert!(third.stdout.contains(&first.run()), "{}", third.transcript());
    assert!(!first.0.exists(), "{}", third.transcript());
    assert_eq!(work.reports().len(), 2);
    work.run(&["report", &first.run()]).expect(2);
    // And it is known all the same who has a task.
    let posts = server.posts().len();
    work.upload(&server.url(), &["first.csv", "--retention", "3d", "--dedupe-window", "10d"]).expect(0);
    assert_eq!(server.posts().len(), posts);

    let short = work.upload(&server.url(), &["first.csv", "--retention", "1h"]).expect(2);
    assert!(short.stderr.contains("must be at least 1d"), "{}", short.transcript());
    fs::remove_dir_all(work.path().join("reports")).unwrap();
}
