//! Where the workbook is written, and where it is not.

use super::*;

#[test]
fn nothing_to_mend_is_said_and_leaves_what_is_there() {
    let work = WorkDir::with("l.csv", list(2));
    let run = work.run(&["check", "l.csv", "--fix", "fix.xlsx"]).expect(0);
    assert!(
        run.stdout.contains("nothing is to be mended: fix.xlsx was not written\n"),
        "{}",
        run.transcript()
    );
    work.write("fix.xlsx", "old");
    let run = work.run(&["check", "l.csv", "--fix", "fix.xlsx"]).expect(0);
    assert!(run.stdout.contains("left as it is"), "{}", run.transcript());
    assert_eq!(std::fs::read_to_string(work.path().join("fix.xlsx")).unwrap(), "old");
}

#[test]
fn the_list_itself_is_never_overwritten() {
    let work = WorkDir::with("l.xlsx", list(1).replace(".50", ".5x"));
    std::fs::create_dir(work.path().join("sub")).unwrap();
    for target in ["l.xlsx", "sub/../l.xlsx"] {
        let run = work.run(&["check", "l.xlsx", "--fix", target]).expect(2);
        assert!(run.stderr.contains("is the list itself"), "{}", run.transcript());
    }
    let run = work.run(&["check", "l.xlsx", "--fix", "f.xlsx", "--payloads", "f.xlsx"]).expect(2);
    assert!(run.stderr.contains("--payloads too"), "{}", run.transcript());
    work.run(&["check", "l.xlsx", "--fix", "f.csv"]).expect(2);
    work.run(&["check", "l.csv", "--fix", "no/such/f.xlsx"]).expect(2);
}

#[test]
fn standard_input_is_mended_too() {
    use std::io::Write as _;
    let work = WorkDir::new();
    let mut child = work
        .command(&["check", "-", "--fix", "fix.xlsx"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let bad = list(1) + &row(1).replace(".50", ".5x");
    child.stdin.take().unwrap().write_all(bad.as_bytes()).unwrap();
    Run::of(child.wait_with_output().unwrap()).expect(1);
    let book = sheets(&work.path().join("fix.xlsx"));
    assert_eq!((book[0].name.as_str(), book[0].rows.len()), ("stdin", 2));
}

#[test]
fn a_run_that_was_refused_has_its_workbook() {
    let work = WorkDir::with("l.csv", list(2) + &row(2).replace(".50", ".5x"));
    let server = Scripted::creating();
    work.upload(&server.url(), &["l.csv", "--strict"]).expect(2);
    let fix = work.reports()[0].join("fix.xlsx");
    assert_eq!(sheets(&fix)[0].rows.len(), 2, "the header and the row that is wrong");
    let before = std::fs::read(&fix).unwrap();
    std::fs::remove_file(&fix).unwrap();
    work.run(&["report"]).expect(0);
    assert_eq!(sheets(&fix)[0].rows.len(), 2);
    assert!(!before.is_empty());
    // Without the copies of the inputs there is nothing to make it from; the other reports are written all the same.
    std::fs::remove_file(&fix).unwrap();
    std::fs::write(work.reports()[0].join("input/01-l.csv"), list(3)).unwrap();
    let run = work.run(&["report"]).expect(0);
    assert!(run.stderr.contains("fix.xlsx is not written") && !fix.exists(), "{}", run.transcript());
}

#[test]
fn what_the_server_rejects_is_mended_and_sent_again() {
    let work =
        WorkDir::with("l.csv", list(4).replace("100.50", "100.5x") + &row(2).replace("ORD00002", "ORD9"));
    let rejecting = Scripted::start(|number, request| match request.method.as_str() {
        "POST" if request.phone().ends_with('2') => {
            Action::json(200, refused(422, "assignee does not exist"))
        }
        "POST" => Action::json(200, created(number as u64 + 1, &request.phone())),
        _ => Action::json(200, crate::support::EMPTY_LIST.to_owned()),
    });
    let run = work.upload(&rejecting.url(), &["l.csv"]).expect(1);
    assert!(run.stdout.contains("fix.xlsx"), "{}", run.transcript());
    let fix = work.reports()[0].join("fix.xlsx");
    std::fs::copy(&fix, work.path().join("fix.xlsx")).unwrap();
    mended(&work, "fix.xlsx", |book| {
        let rows: Vec<String> = book[0].rows[1..].iter().map(|row| row[6].to_string()).collect();
        assert_eq!(rows, ["ORD00000", "ORD00002", "ORD9"]);
        assert!(book[0].rows[2][0].to_string().starts_with("refused by the server: assignee does not exist"));
        book[0].rows[1][7] = text("100.50");
    });
    let sending = Scripted::creating();
    work.upload(&sending.url(), &["mended.xlsx"]).expect(0);
    let mut phones: Vec<String> = sending.posts().iter().map(|post| post.phone()).collect();
    phones.sort();
    assert_eq!(phones, [crate::support::phone(0), crate::support::phone(2)]);
    assert!(!work.reports()[1].join("fix.xlsx").exists(), "nothing is left to mend");
}

#[test]
fn a_run_of_an_older_version_has_no_workbook_and_says_so() {
    let work = WorkDir::with("l.csv", list(2) + &row(2).replace(".50", ".5x"));
    let server = Scripted::creating();
    work.upload(&server.url(), &["l.csv", "--ledger", "ledger.db"]).expect(1);
    let fix = work.reports()[0].join("fix.xlsx");
    std::fs::remove_file(&fix).unwrap();
    let connection = rusqlite::Connection::open(work.path().join("ledger.db")).unwrap();
    connection.execute("UPDATE run SET settings = '{}'", []).unwrap();
    let run = work.run(&["report", "--ledger", "ledger.db"]).expect(0);
    assert!(run.stderr.contains("an older version") && !fix.exists(), "{}", run.transcript());
}
