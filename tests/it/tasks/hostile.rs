//! Texts that want to be more than texts, and fields that are not what they should be.

use std::io::Read as _;

use calamine::Data;
use serde_json::{Value, json};

use super::{ask, objects, page, show};
use crate::support::{Scripted, WorkDir, sheets};

/// Whatever a server, or somebody who writes to it, may put into a text.
const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://example.com\")",
    "+1+1",
    "@SUM(A1)",
    "-2",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "back\u{202e}wards\u{9b}2J\u{0}",
    "https://example.com/pay",
    "a,\"b\";'c'\nsecond line",
    "<script>alert(1)</script>",
];

fn hostile_task(number: usize) -> Value {
    let text = HOSTILE[number % HOSTILE.len()];
    json!({
        "id": number + 1, "creation_id": text, "auth_id": text, "name": text, "description": text, "type": text,
        "user_name": text, "user_phone": text, "assignee_username": text, "status": text, "created_at": text,
        "updated_at": text, text: text,
        "logs": [
            {"id": 1, "type": 4, "assignee_username": text, "comment": text, "created_at": text},
            {"id": 2, "type": text, "comment": text, "created_at": text},
            {"id": 3, "type": 3, "status": text, "pre_status": text, "created_at": text},
        ],
    })
}

/// The text as a cell shows it.
fn tame(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => "\n".to_owned(),
            c if c.is_control() || c == '\u{202e}' => c.escape_default().to_string(),
            c => c.to_string(),
        })
        .collect()
}

#[test]
fn hostile_text_stays_text() {
    let tasks: Vec<Value> = (0..HOSTILE.len()).map(hostile_task).collect();
    let all = tasks.clone();
    let server = Scripted::start(move |_, _| page(all.len(), &all));
    let work = WorkDir::new();
    let is_quiet = |text: &str| text.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}'));
    for arguments in [&[][..], &["-v"], &["--format", "json"]] {
        let shown = show(&work, &server.url(), arguments).expect(0);
        let stays = |c: char| c == '\u{202e}' && arguments.len() == 2;
        assert!(is_quiet(&shown.stdout.replace(stays, "")), "{arguments:?} {:?}", shown.stdout);
        assert!(is_quiet(&shown.stderr), "{:?}", shown.stderr);
    }
    assert_eq!(objects(&ask(&work, &server.url(), &[]).expect(0)), tasks, "JSON says what the server said");

    show(&work, &server.url(), &["--out", "tasks.csv"]).expect(0);
    show(&work, &server.url(), &["--out", "tasks.xlsx"]).expect(0);
    let mut reader = csv::Reader::from_path(work.path().join("tasks.csv")).unwrap();
    let titles = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    let sheet = &sheets(&work.path().join("tasks.xlsx"))[0];
    assert_eq!((records.len(), sheet.rows.len()), (HOSTILE.len(), HOSTILE.len() + 1));
    for (number, text) in HOSTILE.into_iter().enumerate() {
        for (column, title) in titles.iter().enumerate().filter(|(_, title)| *title != "id") {
            let cell = &records[number][column];
            assert!(is_quiet(cell), "{cell:?}");
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{title}: {cell:?}");
            let Data::String(in_book) = sheet.cell(0, number + 1, title) else {
                panic!("{title} of {number}")
            };
            if !["logs", "other_fields"].contains(&title) {
                assert_eq!(cell.trim_start_matches('\''), tame(text), "{title}");
                assert_eq!(in_book, &tame(text), "{title}");
            }
        }
    }
    // No address became a link, and no text a formula.
    let mut book =
        zip::ZipArchive::new(std::fs::File::open(work.path().join("tasks.xlsx")).unwrap()).unwrap();
    let names: Vec<String> = book.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names {
        let mut text = String::new();
        book.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        assert!(!text.contains("<hyperlink") && !text.contains("<f>"), "{name}");
    }
}

#[test]
fn what_is_missing_or_odd_or_new_hides_no_task() {
    let tasks = [
        json!({}),
        json!({"id": null, "name": null, "logs": null, "status": null}),
        json!({"id": "7", "user_phone": 6_281_234_567_890_u64, "logs": {"a": 1}, "status": "2"}),
        json!({"id": 8, "status": 9, "conversation_id": 5, "module": {"orders": [1]}, "logs": [{}, 5, null]}),
    ];
    let all = tasks.clone();
    let server = Scripted::start(move |_, _| page(all.len(), &all));
    let work = WorkDir::new();
    assert_eq!(objects(&ask(&work, &server.url(), &[]).expect(0)), tasks);
    let shown = show(&work, &server.url(), &[]).expect(0);
    assert_eq!(shown.stdout.lines().count(), 5, "{}", shown.stdout);
    show(&work, &server.url(), &["-v"]).expect(0);
    show(&work, &server.url(), &["--out", "tasks.csv"]).expect(0);
    show(&work, &server.url(), &["--out", "Tasks.XLSX"]).expect(0);
    let text = std::fs::read_to_string(work.path().join("tasks.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert!(lines[3].contains("6281234567890") && lines[3].contains("completed"), "{}", lines[3]);
    assert!(lines[4].contains("conversation_id=5") && lines[4].contains(",9,"), "{}", lines[4]);
}
