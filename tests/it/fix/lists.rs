//! The rows to be mended of any list: as they are they give the same errors again and nothing to send; mended they give
//! exactly the tasks that were missing.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Data;
use fastrand::Rng;

use crate::support::{SheetCells, WorkDir, save, sheets};

const HEADER: [&str; 9] = [
    "row",
    "user_phone",
    "user_name",
    "assignee_username",
    "description",
    "total_amount",
    "order_number",
    "due_amount",
    "next_due_date",
];

/// A list without a flaw, and what was spoilt in it: the right text by row name and column.
struct Spoilt {
    good: Vec<[String; 9]>,
    bad: Vec<[String; 9]>,
    right: BTreeMap<(String, usize), String>,
    /// Whose each row is.
    users: Vec<usize>,
    /// Whether the phone stands only in the first of several rows.
    fill_down: bool,
}

fn phone(user: usize) -> String {
    format!("62812100000{user:02}")
}

/// Users in blocks of rows, some of whom come back further down.
fn made(random: &mut Rng, fill_down: bool) -> Spoilt {
    let users = random.usize(30..40);
    let mut blocks: Vec<usize> = (0..users).collect();
    blocks.extend((0..random.usize(0..12)).map(|_| random.usize(0..users)));
    let (mut good, mut of) = (Vec::new(), Vec::new());
    for user in blocks {
        for first in [true, false, false].into_iter().take(random.usize(1..=3)) {
            let number = good.len();
            let own = |text: String| if first { text } else { String::new() };
            of.push(user);
            good.push([
                format!("r{number}"),
                if first || !fill_down { phone(user) } else { String::new() },
                own(format!("User {user}")),
                own(format!("agent_{}", user % 3)),
                if random.bool() { format!("remark {number}") } else { String::new() },
                own(if user % 4 == 0 { "12.50".to_owned() } else { String::new() }),
                format!("ORD{number}"),
                format!("{}.50", 100 + number),
                "2026-04-15".to_owned(),
            ]);
        }
    }
    let mut spoilt = Spoilt { bad: good.clone(), good, right: BTreeMap::new(), users: of, fill_down };
    for row in 0..spoilt.good.len() {
        if random.usize(0..4) == 0 {
            spoilt.spoil(row, random);
        }
    }
    spoilt
}

impl Spoilt {
    fn set(&mut self, row: usize, column: usize, text: &str) {
        let name = self.good[row][0].clone();
        self.right.insert((name, column), self.good[row][column].clone());
        self.bad[row][column] = text.to_owned();
    }

    fn rows_of(&self, row: usize) -> usize {
        self.users.iter().filter(|other| **other == self.users[row]).count()
    }

    fn spoil(&mut self, row: usize, random: &mut Rng) {
        let alone = self.rows_of(row) == 1;
        let follows = row > 0
            && self.users[row - 1] == self.users[row]
            && self.bad[row - 1][1] == self.good[row - 1][1]
            && self.good[row][2].is_empty();
        match random.usize(0..12) {
            // A row that has lost its user can only be given back to one who was not sent without it.
            0 if alone => self.set(row, 1, "0812 x"),
            1 if alone => self.set(row, 1, "8613800138000"),
            2 if !self.fill_down && follows && self.good[row][4].is_empty() => self.set(row, 1, ""),
            3 => self.set(row, 7, "3.000"),
            4 => self.set(row, 7, "=1+1"),
            5 => self.set(row, 8, "04/05/2026"),
            6 => self.set(row, 8, "2026-02-30"),
            // What is carried down is not one cell to be mended, and a blank one is none.
            7 if !self.fill_down && !self.good[row][3].is_empty() => self.set(row, 3, "#N/A"),
            8 if !self.fill_down && alone => self.set(row, 3, ""),
            9 if follows => self.set(row, 2, "Somebody Else"),
            10 if follows => self.set(row, 6, &self.good[row - 1][6].clone()),
            11 => self.set(row, 4, &"long ".repeat(60)),
            _ => {}
        }
    }
}

fn csv(rows: &[[String; 9]]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

const FLAGS: [&str; 11] = [
    "--auth-id",
    "7",
    "--name",
    "{file} {user_name} {orders}",
    "--ignore",
    "row",
    "--max-invalid",
    "100",
    "--payloads",
    "bodies",
    "--format",
];

/// The errors, as far as they do not name places; and the bodies.
fn checked(work: &WorkDir, arguments: &[&str]) -> (Vec<String>, Vec<String>) {
    let all: Vec<&str> =
        ["check"].into_iter().chain(FLAGS).chain(["json"]).chain(arguments.iter().copied()).collect();
    let run = work.run(&all);
    let object = run.json();
    let problems = object["problems"].as_array().unwrap().iter();
    let mut errors: Vec<String> = problems
        .filter(|problem| problem["severity"] == "error")
        .map(|problem| format!("{} {} {}", problem["code"], problem["field"], problem["value"]))
        .collect();
    errors.sort();
    assert!(run.code < 2, "{}", run.transcript());
    let bodies = std::fs::read_to_string(work.path().join("bodies")).unwrap();
    let mut bodies: Vec<String> = bodies.lines().map(str::to_owned).collect();
    bodies.sort();
    (errors, bodies)
}

/// Types the right text over what was spoilt, in whatever order the columns stand.
fn mend(sheets: &mut [SheetCells], right: &BTreeMap<(String, usize), String>) {
    for sheet in sheets.iter_mut().filter(|sheet| sheet.visible) {
        let names = sheet.column(0, "row");
        let columns: Vec<usize> = HEADER.iter().map(|title| sheet.column(0, title)).collect();
        for row in &mut sheet.rows[1..] {
            let name = row[names].to_string();
            for ((_, column), text) in right.iter().filter(|((other, _), _)| *other == name) {
                row[columns[*column]] =
                    if text.is_empty() { Data::Empty } else { Data::String(text.clone()) };
            }
        }
    }
}

#[test]
fn any_list() {
    let mut seen = BTreeSet::new();
    for seed in 0..4 {
        let fill_down = seed % 2 == 1;
        let spoilt = made(&mut Rng::with_seed(seed), fill_down);
        let flag = if fill_down { "--fill-down" } else { "--fill-down=false" };
        let work = WorkDir::new();
        work.write("list.csv", csv(&spoilt.good));
        let (none, all) = checked(&work, &["list.csv", flag]);
        assert!(none.is_empty(), "{none:?}");
        work.write("list.csv", csv(&spoilt.bad));
        let (errors, sent) = checked(&work, &["list.csv", flag, "--fix", "fix.xlsx"]);
        if errors.is_empty() {
            continue;
        }
        seen.extend(errors.iter().map(|error| error.split(' ').next().unwrap().to_owned()));

        // A name that is carried down differs once for each row, and stands only once in the workbook.
        let kinds = |mut errors: Vec<String>| {
            if fill_down {
                errors.retain(|error| !error.contains("withheld"));
                errors.dedup();
            }
            errors
        };
        let errors = kinds(errors);
        let (again, nothing) = checked(&work, &["fix.xlsx", "--fix", "second.xlsx"]);
        assert_eq!(kinds(again), errors, "seed {seed}");
        assert_eq!(nothing, Vec::<String>::new(), "seed {seed}: what is not mended is not sent");
        let (again, nothing) = checked(&work, &["second.xlsx", "--fill-down"]);
        assert_eq!((kinds(again), nothing.len()), (errors, 0), "seed {seed}: of the fix file of a fix file");

        for name in ["fix.xlsx", "second.xlsx"] {
            let mut cells = sheets(&work.path().join(name));
            mend(&mut cells, &spoilt.right);
            save(&cells, &work.path().join("mended.xlsx"));
            for flag in ["--fill-down=false", "--fill-down"] {
                let (errors, missing) = checked(&work, &["mended.xlsx", flag]);
                assert_eq!(errors, Vec::<String>::new(), "seed {seed} {name} {flag}");
                let mut both: Vec<String> = sent.iter().cloned().chain(missing).collect();
                both.sort();
                assert_eq!(both, all, "seed {seed} {name} {flag}: nothing doubled, nothing missing");
            }
        }
    }
    for code in [
        "bad-phone",
        "missing-value",
        "ambiguous-amount",
        "bad-amount",
        "ambiguous-date",
        "bad-date",
        "cell-error",
        "conflict",
        "duplicate-order",
        "too-long",
        "withheld",
    ] {
        assert!(seen.contains(&format!("\"{code}\"")), "no list had {code}: {seen:?}");
    }
}
