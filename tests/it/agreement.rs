//! One run with every outcome in it, told by every report in the same numbers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use calamine::Data;
use rusqlite::{Connection, OpenFlags};

use crate::html::Page;
use crate::support::{
    Action, HEADER, Run, Scripted, SheetCells, Tasks, WorkDir, list, phone, refused, row, sheets,
};

const OUTCOMES: [&str; 8] =
    ["created", "incomplete_task", "rejected", "failed", "unresolved", "skipped", "pending", "invalid"];

/// Waits until nothing of the run is in doubt any more: the two doubts have been looked up.
fn wait_for_the_doubts(ledger: &Path) {
    let settled = || {
        let ledger = Connection::open_with_flags(ledger, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
        let sql = "SELECT count(*) = 2 FROM task WHERE state = 13 OR (state = 3 AND note LIKE '%lookup%')";
        ledger.query_row(sql, [], |row| row.get::<_, bool>(0)).ok()
    };
    wait_until("the doubts were not settled", || settled() == Some(true));
}

fn wait_until(complaint: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(30), "{complaint}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A run in which everything happens that can happen, and its folder.
pub(crate) fn everything(arguments: &[&str]) -> (WorkDir, Run, PathBuf) {
    let work = WorkDir::new();
    let (tasks, barred, held) =
        (Tasks::default(), Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let ledger = work.path().join("home/.local/state/incs-import/ledger.db");
    let server = Scripted::start(move |_, request| {
        if barred.load(Ordering::SeqCst) {
            return Action::json(401, refused(401, "Unauthenticated."));
        }
        if request.method == "GET" {
            return tasks.list(request);
        }
        let user = (0..9).find(|user| phone(*user) == request.phone()).unwrap();
        if matches!(user, 2 | 3) {
            // A cut takes slots away; by then those who are held have to have theirs.
            wait_until("nobody is held", || held.load(Ordering::SeqCst) == 2);
        }
        match user {
            0 => Action::json(400, refused(400, "User is in an incomplete task.")),
            1 => Action::json(422, refused(422, "The assignee does not exist.")),
            // Cut before anything was made, and no attempt is left.
            2 => Action::Cut,
            // Cut after it was made, and a colleague made the same.
            3 => {
                drop(tasks.create(request));
                tasks.create_but(request, Action::Cut)
            }
            7.. => {
                held.fetch_add(1, Ordering::SeqCst);
                wait_for_the_doubts(&ledger);
                barred.store(true, Ordering::SeqCst);
                Action::json(401, refused(401, "Unauthenticated."))
            }
            _ => tasks.create(request),
        }
    });
    work.write("before.csv", format!("{HEADER}\n{}", row(4)));
    work.upload(&server.url(), &["before.csv"]).expect(0);
    work.write("list.csv", list(9) + &row(9).replace(".50", ".5O") + "合计,,,,,,999\n");
    let mut all = vec!["list.csv", "--max-attempts", "1", "--concurrency", "8"];
    all.extend(arguments);
    let run = work.upload(&server.url(), &all).expect(3);
    let folder = work.last().0;
    (work, run, folder)
}

/// The numbers behind `created`, `invalid`... on the screen.
fn on_screen(run: &Run) -> BTreeMap<String, u64> {
    let lines =
        run.stdout.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(char::is_whitespace));
    lines
        .filter(|(word, _)| OUTCOMES.contains(word))
        .map(|(word, rest)| (word.to_owned(), rest.trim().parse().unwrap()))
        .collect()
}

/// The numbers of the first sheet: lines, rows and money by outcome.
fn on_first_sheet(sheet: &SheetCells) -> BTreeMap<String, (u64, u64, String)> {
    let number = |cell: &Data| match cell {
        Data::Float(number) => *number as u64,
        other => panic!("{other:?} is no number"),
    };
    let lines = sheet.rows.iter().filter_map(|row| match &row[0] {
        Data::String(outcome) if OUTCOMES.contains(&outcome.as_str()) => {
            Some((outcome.clone(), (number(&row[1]), number(&row[2]), row[3].to_string())))
        }
        _ => None,
    });
    lines.collect()
}

#[test]
fn all_reports_and_the_screen_tell_the_same_numbers() {
    let (work, run, folder) = everything(&[]);
    let summary = work.summary();
    let lines = work.results();

    // Every outcome is there, or the rest would prove little.
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut money: BTreeMap<String, u64> = BTreeMap::new();
    for line in &lines {
        *counts.entry(line["outcome"].clone()).or_default() += 1;
        // In hundredths: the amounts of the list have two decimals.
        let cents = line["total_amount"].replace('.', "").parse::<u64>().unwrap_or(0);
        *money.entry(line["outcome"].clone()).or_default() += cents;
    }
    assert_eq!(counts.keys().map(String::as_str).collect::<Vec<_>>(), {
        let mut all = OUTCOMES;
        all.sort_unstable();
        all
    });

    for outcome in OUTCOMES {
        assert_eq!(summary["tasks"][outcome], counts[outcome], "{outcome} in summary.json");
    }
    let planned: u64 =
        counts.iter().filter(|(outcome, _)| *outcome != "invalid").map(|(_, count)| count).sum();
    assert_eq!(summary["tasks"]["planned"], planned);
    assert_eq!(on_screen(&run), counts, "the closing screen");

    let book = sheets(&folder.join("results.xlsx"));
    assert_eq!(book.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Summary", "Results"]);
    let first = on_first_sheet(&book[0]);
    assert_eq!(first.len(), OUTCOMES.len());
    for (outcome, (lines, _, amount)) in &first {
        assert_eq!(lines, &counts[outcome], "{outcome} on the first sheet");
        let cents = amount.replace([' ', '.'], "").parse::<u64>().unwrap_or(0);
        assert_eq!(cents, money[outcome], "the money of {outcome} on the first sheet");
    }
    let page = Page::read(&folder);
    assert_eq!(page.outcomes(), counts, "the lines of the page");
    assert_eq!(page.table(), first, "the table of the page");

    let rows: u64 = first.values().map(|(_, rows, _)| rows).sum();
    assert_eq!(summary["input"]["rows"], rows + 1, "and the total row, which is left out");

    let totals: u64 = money.values().sum();
    let line = run.stdout.lines().find(|line| line.starts_with("totals ")).unwrap();
    let (all, parts) = line.strip_prefix("totals ").unwrap().split_once(" = ").unwrap();
    assert_eq!(all.replace([' ', '.'], "").parse::<u64>().unwrap(), totals, "{line}");
    for part in parts.split(" + ") {
        let (amount, outcome) = part.rsplit_once(' ').unwrap();
        assert_eq!(amount.replace([' ', '.'], "").parse::<u64>().unwrap(), money[outcome], "{part}");
    }
}

#[test]
fn the_workbook_holds_every_cell_of_the_csv() {
    let (work, _, folder) = everything(&[]);
    let book = sheets(&folder.join("results.xlsx"));
    let results = &book[1].rows;
    let mut csv = csv::ReaderBuilder::new().has_headers(false).from_path(folder.join("results.csv")).unwrap();
    let lines: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(results.len(), lines.len());
    let titles = lines[0].clone();
    for (line, row) in lines.iter().zip(results) {
        for ((cell, title), read) in line.iter().zip(&titles).zip(row) {
            let is_number = ["orders", "attempts", "latency_ms"].contains(&title) && cell != title;
            match read {
                Data::Empty => assert_eq!(cell, "", "{title}"),
                Data::Float(number) if is_number => assert_eq!(cell, number.to_string(), "{title}"),
                Data::String(text) if !is_number => assert_eq!(cell, text, "{title}"),
                other => panic!("{title}: {other:?} for {cell:?}"),
            }
        }
    }
    drop(work);
}

#[test]
fn reports_written_again_are_the_same() {
    let (work, _, folder) = everything(&[]);
    let id = folder.file_name().unwrap().to_str().unwrap();
    let read = || {
        let texts = ["results.csv", "summary.json", "report.html"];
        let texts = texts.map(|name| fs::read_to_string(folder.join(name)).unwrap());
        let books = ["results.xlsx", "fix.xlsx"].map(|name| sheets(&folder.join(name)));
        (texts, books.map(|book| book.into_iter().map(|sheet| (sheet.name, sheet.rows)).collect::<Vec<_>>()))
    };
    let (texts, books) = read();
    work.run(&["report", id]).expect(0);
    let (texts_again, books_again) = read();
    for (one, other) in texts.iter().zip(&texts_again) {
        assert_eq!(one, other);
    }
    assert_eq!(books, books_again);
}
