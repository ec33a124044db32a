//! What the files of `track` show of texts that want to be more than texts, and of people.

use calamine::Data;
use serde_json::json;

use super::{lines, track};
use crate::support::{Scripted, Tasks, WorkDir, list, phone, sheets};

#[test]
fn hostile_text_stays_text() {
    let evil = "=cmd|'/c calc'!A1\u{1b}[31m\u{202e}\u{0}";
    let tasks = Tasks::default();
    let keeping = tasks.clone();
    let server = Scripted::start(move |_, request| keeping.answer(request));
    let work = WorkDir::with("list.csv", list(1).replace("User 0", "=1+1"));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    tasks.change(
        1,
        json!({
            "assignee_username": evil, "status": evil, "updated_at": evil,
            "logs": [{"id": 1, "type": 4, "assignee_username": evil, "comment": evil, "created_at": evil}],
        }),
    );
    let said = track(&work, &[]).expect(0);
    let is_quiet = |text: &str| text.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}'));
    assert!(is_quiet(&said.stdout) && is_quiet(&said.stderr), "{:?}", said.stdout);
    let shown = "=cmd|'/c calc'!A1\\u{1b}[31m\\u{202e}\\u{0}";
    let lines = lines(&work.last().0);
    let book = &sheets(&work.last().0.join("tracking.xlsx"))[0];
    for title in ["assignee_now", "status", "updated_at", "last_log_at", "last_remark", "last_remark_at"] {
        assert_eq!(lines[0][title], format!("'{shown}"), "{title}");
        assert_eq!(book.cell(0, 1, title), &Data::String(shown.to_owned()), "{title}");
    }
    assert_eq!(lines[0]["last_log"], format!("remark by {shown}: {shown}"));
    assert_eq!(lines[0]["user_name"], "'=1+1");
    let json = track(&work, &["--format", "json"]).expect(0).json();
    assert_eq!(json["last_remark"], evil);
}

#[test]
fn what_is_passed_on_names_nobody() {
    let tasks = Tasks::default();
    let keeping = tasks.clone();
    let server = Scripted::start(move |_, request| keeping.answer(request));
    let work = WorkDir::with("list.csv", list(1).replace("Follow up", "Call User 0"));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let comment = format!("User 0 ({}) gave 081298765432", phone(0));
    tasks.change(
        1,
        json!({"logs": [
            {"id": 1, "type": 4, "comment": comment, "created_at": "2026-04-08 17:25:01"},
            {"id": 2, "type": 9, "comment": comment, "created_at": "2026-04-08 17:25:02"},
        ]}),
    );
    let mut run = work.last().run();
    for redacted in [&["--redact"][..], &["--redact", "--format", "json"], &[]] {
        if redacted.is_empty() {
            // Those of a run that was uploaded so, too.
            let other = ["list.csv", "--redact", "--dedupe-window", "0"];
            work.upload(&server.url(), &other).expect(0);
            tasks.change(2, json!({"logs": [{"id": 3, "type": 4, "comment": comment}]}));
            run = work.last().run();
        }
        let said = track(&work, &[&[run.as_str()], redacted].concat()).expect(0);
        let folder = work.path().join("reports").join(&run);
        let csv = std::fs::read_to_string(folder.join("tracking.csv")).unwrap();
        let book = format!("{:?}", sheets(&folder.join("tracking.xlsx")));
        for text in [&said.stdout, &csv, &book] {
            for secret in ["User 0", &phone(0), "081298765432"] {
                assert!(!text.contains(secret), "{secret}: {text}");
            }
        }
        assert!(csv.contains("6281*******00") && csv.contains("Call U*** 0***"), "{csv}");
    }
    track(&work, &[]).expect(0);
}

#[test]
fn a_run_whose_people_were_forgotten_is_not_asked_about() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let run = work.last().run();
    work.run(&["purge", "--older-than", "1ms"]).expect(0);
    let before = server.requests().len();
    let said = track(&work, &[&run]).expect(2);
    assert!(said.stderr.contains("were forgotten"), "{}", said.transcript());
    track(&work, &[]).expect(2);
    assert_eq!((server.requests().len(), work.reports().len()), (before, 0));
}
