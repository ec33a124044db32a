//! Bad input: one message that says what, where and how to mend it, exit 2, and nothing sent.

use crate::support::{Scripted, WorkDir, list};

/// Each case: what is wrong, the arguments, and words that the message has to hold.
#[test]
fn what_where_and_how_to_mend_it() {
    let server = Scripted::creating();
    let url = server.url();
    let work = WorkDir::with("list.csv", list(2));
    work.write("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    work.write("page.xls", "<html><table><tr><td>user_phone</td></tr></table></html>");
    work.write("text.xlsx", list(2));
    work.write("nophone.csv", "name,assignee,order_no\na,b,c\n");
    work.write("empty.csv", "");
    work.write("twice.csv", list(1).replace("user_name", "phone,mobile"));
    work.write("broken.xlsx", b"PK\x03\x04 not much of a zip");
    work.write("noname.csv", "user_phone,assignee\n6281210000000,x\n");
    work.write(
        "russian.csv",
        b"user_phone,name,assignee,auth_id\n6281210000000,\xC8\xE2\xE0\xED \xCF\xE5\xF2\xF0\xEE\xE2,x,1\n",
    );
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("a missing file", &["gone.csv"], &["gone.csv", "no such file", "fix: check the path"]),
        ("a folder", &["."], &["it is a folder"]),
        ("a picture", &["picture.xlsx"], &["picture.xlsx", "a picture", "fix: "]),
        ("a web page", &["page.xls"], &["page.xls", "an HTML page", "save it as .xlsx"]),
        ("text named .xlsx", &["text.xlsx"], &["text.xlsx", "plain text", "fix: "]),
        ("an empty file", &["empty.csv"], &["empty.csv", "empty"]),
        ("a broken workbook", &["broken.xlsx"], &["broken.xlsx", "fix: "]),
        ("no phone column", &["nophone.csv"], &["nophone.csv", "no header row", "--map user_phone=COLUMN"]),
        (
            "no name",
            &["noname.csv", "--auth-id", "1"],
            &["no column for name", "--map name=COLUMN", "--name TEXT"],
        ),
        ("two phones", &["twice.csv"], &["mobile", "--ignore"]),
        ("another encoding", &["russian.csv"], &["russian.csv", "not UTF-8", "--encoding windows-1251"]),
        (
            "the wrong encoding",
            &["russian.csv", "--encoding", "utf-8"],
            &["russian.csv", "line 2", "not valid text"],
        ),
        ("an unknown flag", &["list.csv", "--assigne", "x"], &["--assigne", "--assignee"]),
        ("a token as a flag", &["list.csv", "--token", "abc"], &["INCS_TOKEN", "--token-file"]),
        ("an unknown placeholder", &["list.csv", "--name", "{day}"], &["{day}", "{date}"]),
        ("a bad duration", &["list.csv", "--timeout", "soon"], &["--timeout", "60s"]),
        ("an unknown column", &["list.csv", "--map", "user_phone=Tel"], &["Tel", "--map"]),
        ("nothing to read", &[], &["no list to read", "name a file"]),
    ];
    for (case, arguments, words) in cases {
        let run = work.upload(&url, arguments);
        assert_eq!(run.code, 2, "{case}\n{}", run.transcript());
        for word in *words {
            assert!(run.stderr.contains(word), "{case}: {word:?} is not said\n{}", run.transcript());
        }
        assert!(!run.stderr.contains("panicked") && !run.stderr.contains("internal error"), "{case}");
    }
    assert_eq!(server.requests().len(), 0, "nothing was sent");
    assert!(work.reports().is_empty(), "no run was made");
}

#[test]
fn no_token_is_told_before_anything_is_read() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(2));
    let arguments = ["upload", "list.csv", "--base-url", &server.url()];
    let run = crate::support::Run::of(work.command(&arguments).env_remove("INCS_TOKEN").output().unwrap())
        .expect(2);
    assert!(run.stderr.contains("no token") && run.stderr.contains("INCS_TOKEN"), "{}", run.transcript());
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_plain_server_elsewhere_is_refused_before_the_token_goes_there() {
    let work = WorkDir::with("list.csv", list(1));
    let run = work.run(&["upload", "list.csv", "--base-url", "http://example.com"]).expect(2);
    assert!(run.stderr.contains("https"), "{}", run.transcript());
}

#[test]
fn a_config_file_with_a_slip_says_what_was_meant() {
    let work = WorkDir::with("list.csv", list(1));
    work.write("c.toml", "[upload]\nrat = \"5/s\"\n");
    let run = work.run(&["check", "list.csv", "--config", "c.toml"]).expect(2);
    assert!(run.stderr.contains("c.toml:2") && run.stderr.contains("rate"), "{}", run.transcript());
}

#[test]
fn a_ledger_of_a_newer_program_is_left_alone() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(1));
    let path = work.path().join("new.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let run = work.upload(&server.url(), &["list.csv", "--ledger", "new.db"]).expect(2);
    assert!(run.stderr.contains("newer version") && run.stderr.contains("--ledger"), "{}", run.transcript());
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_report_folder_that_cannot_be_made_stops_before_sending() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(1));
    work.write("file", "");
    let run = work.upload(&server.url(), &["list.csv", "--report-dir", "file"]).expect(2);
    assert!(run.stderr.contains("--report-dir"), "{}", run.transcript());
    assert_eq!(server.requests().len(), 0);
}
