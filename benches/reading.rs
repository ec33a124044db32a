//! Reads and plans a long list, beside the plainest loop over the same file that could be written with the same library.
//!
//! `cargo bench --bench reading -- 350000` takes the number of users, who have one to five orders each. The loop and the
//! plan are run in turn, three times each, and the ratio of their medians is printed: it is worth more than the times.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

#[path = "support/planned.rs"]
mod planned;

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use planned::planned;
use rust_xlsxwriter::{Format, Workbook};

const HEADER: [&str; 13] = [
    "user_phone",
    "user_name",
    "assignee_username",
    "name",
    "description",
    "total_amount",
    "order_number",
    "username",
    "phone_number",
    "loan_amount",
    "due_amount",
    "next_due_date",
    "confirm_loan_time",
];

fn main() {
    let users = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(50_000);
    let folder = tempfile::tempdir().unwrap();
    let (csv, xlsx) = (folder.path().join("list.csv"), folder.path().join("list.xlsx"));
    write_csv(users, &csv);
    write_xlsx(users, &xlsx);
    compare("csv: records grouped by their first field", &csv, group_records);
    compare("xlsx: every cell of calamine's reader", &xlsx, walk_cells);
}

fn compare(what: &str, list: &Path, limit: fn(&Path) -> u64) {
    let (mut limits, mut plans, mut rows) = (Vec::new(), Vec::new(), 0);
    for _ in 0..3 {
        let begin = Instant::now();
        rows = limit(list);
        limits.push(begin.elapsed());
        let begin = Instant::now();
        assert_eq!(rows_planned(list), rows);
        plans.push(begin.elapsed());
    }
    let (limit, plan) = (median(limits), median(plans));
    let ratio = plan.as_secs_f64() / limit.as_secs_f64();
    println!("{rows} rows, {what} {limit:.2?}, read and planned {plan:.2?}: {ratio:.2} times");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn rows_planned(list: &Path) -> u64 {
    let plan = planned(list);
    assert_eq!(plan.counts.rows_invalid, 0);
    plan.counts.rows
}

/// Every field into one arena, the rows of a phone together.
fn group_records(list: &Path) -> u64 {
    let mut reader = csv::Reader::from_path(list).unwrap();
    let mut record = csv::ByteRecord::new();
    let mut arena: Vec<u8> = Vec::new();
    let mut groups: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
    let mut rows = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        match groups.get_mut(&record[0]) {
            Some(group) => group.push(arena.len()),
            None => drop(groups.insert(record[0].to_vec(), vec![arena.len()])),
        }
        arena.extend_from_slice(record.as_slice());
        rows += 1;
    }
    assert!(groups.len() as u64 <= rows);
    rows
}

fn walk_cells(list: &Path) -> u64 {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(list).unwrap();
    let mut cells = book.worksheet_cells_reader("Sheet1").unwrap();
    let mut rows = 0;
    while let Some(cell) = cells.next_cell().unwrap() {
        rows = rows.max(u64::from(cell.get_position().0));
    }
    rows
}

/// The rows of a list: what stands in each of the columns of [`HEADER`].
fn rows(users: u32) -> impl Iterator<Item = [String; 13]> {
    (0..users).flat_map(|user| {
        (0..=user % 5).map(move |order| {
            [
                format!("62812{:08}", 10_000_000 + user),
                format!("User {user}"),
                format!("agent{:03}", user % 90),
                format!("Follow up due {:06}", user % 1000),
                format!("Promised to pay on day {}", user % 28),
                format!("{}.75", 100_000 + user),
                format!("ORD{:013}", u64::from(user) * 5 + u64::from(order)),
                format!("u{user:07}"),
                format!("0812{:08}", 10_000_000 + user),
                format!("{}.06", 60_000 + user % 7000),
                format!("{}.99", 67_000 + user % 9000),
                format!("2026-04-{:02}", 1 + user % 28),
                format!("2026-03-{:02} 19:13:{:02}", 1 + user % 28, user % 60),
            ]
        })
    })
}

fn write_csv(users: u32, path: &Path) {
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(HEADER).unwrap();
    rows(users).for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
}

/// Phones as text, amounts as numbers, dates as text in their ISO form.
fn write_xlsx(users: u32, path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    let amount = Format::new().set_num_format("#,##0.00");
    for (column, title) in (0..).zip(HEADER) {
        sheet.write_string(0, column, title).unwrap();
    }
    for (number, row) in (1..).zip(rows(users)) {
        for (column, text) in (0..).zip(row) {
            if matches!(column, 5 | 9 | 10) {
                sheet
                    .write_number_with_format(number, column, text.parse::<f64>().unwrap(), &amount)
                    .unwrap();
            } else {
                sheet.write_string(number, column, text).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}
