//! What holds for every list: no row is lost, no user is doubled, nothing goes out half.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::domain::cell::{Format, Row, Value};
use crate::domain::code::{Code, Severity};
use crate::domain::problem::Reason;
use crate::input::{Flow, Kind, MergedArea, Note, Source, TableInfo, Unreadable};

/// A table in memory, its header in the first row.
struct Memory {
    info: [TableInfo; 1],
    rows: Vec<Vec<String>>,
}

impl Source for Memory {
    fn kind(&self) -> Kind {
        Kind::Csv
    }

    fn tables(&self) -> &[TableInfo] {
        &self.info
    }

    fn read(&mut self, _: usize, sink: &mut dyn FnMut(&Row) -> Flow) -> Result<(), Unreadable> {
        let mut row = Row::default();
        for (number, cells) in (1_u32..).zip(&self.rows) {
            row.start(number);
            for (column, cell) in (0_u16..).zip(cells) {
                row.push(column, Value::Text(cell), Format::Unknown);
            }
            if sink(&row) == Flow::Stop {
                break;
            }
        }
        Ok(())
    }

    fn merges(&mut self, _: usize) -> Result<Vec<MergedArea>, Unreadable> {
        Ok(Vec::new())
    }

    fn notes(&self) -> &[Note] {
        &[]
    }
}

fn context() -> Context {
    Context {
        today: jiff::civil::date(2026, 11, 22),
        phone: PhoneRules { country_code: Some("62".to_owned()), bare: None },
        decimal: None,
        date: DateRules::default(),
        total: None,
        hidden: None,
        fill_down: false,
        require: Vec::new(),
        defaults: Defaults {
            auth_id: Some(1),
            module_id_is_given: false,
            module_id: "019d3dcd-f5a8-70e7-aff8-c54bde267f38".to_owned(),
            name: Some(Template::parse("n {date}").unwrap()),
            description: None,
            assignees: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
        },
        limit: None,
    }
}

fn planned(header: &[&str], rows: &[Vec<String>], context: &Context) -> Plan {
    let header = header.iter().map(|&title| title.to_owned()).collect();
    let rows = std::iter::once(header).chain(rows.iter().cloned()).collect();
    let source = Memory { info: [TableInfo { sheet: None, hidden: false }], rows };
    let file =
        InputFile { name: "list.csv".to_owned(), source: Ok(Box::new(source)), role: None, sheet: None };
    plan(&mut [file], &LayoutRules::default(), context).unwrap()
}

/// The rows of a line: `2..3;7`.
fn numbers(rows: &str) -> Vec<u32> {
    let parts = rows.split(';').map(|part| part.split_once("..").unwrap_or((part, part)));
    parts.flat_map(|(from, to)| from.parse::<u32>().unwrap()..=to.parse().unwrap()).collect()
}

const HEADER: [&str; 6] =
    ["user_phone", "user_name", "user_id", "order_number", "due_amount", "next_due_date"];

/// Rows as people leave them: few users, so that they meet; good cells mostly, and every kind of bad one.
fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = |good: &'static [&'static str], bad: &'static [&'static str]| prop_oneof![8 => prop::sample::select(good), 1 => prop::sample::select(bad), 2 => Just("")];
    let row = (
        cell(
            &["081234567890", "+62 812-3456-7890", "6281234567891", "081234567892"],
            &["12", "0812 x", "Total", "合计:", "6.28E+12"],
        ),
        cell(&["Sari", "Budi"], &["#N/A"]),
        cell(&["1", "2"], &["3"]),
        cell(&["A", "B", "C", "D"], &["Total 9"]),
        cell(&["100", "1,000.50", "Rp 3.000.000"], &["3.000", "-5", "1O"]),
        cell(&["2026-04-15", "15/04/2026"], &["04/05/2026", "2026-02-30"]),
    );
    let row = row.prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f].map(str::to_owned).to_vec());
    prop::collection::vec(row, 0..25)
}

proptest! {
    #[test]
    fn every_row_is_in_one_line_or_left_out(rows in rows()) {
        let plan = planned(&HEADER, &rows, &context());
        let mut seen = BTreeSet::new();
        for line in plan.lines() {
            let numbers = numbers(&line.rows);
            prop_assert_eq!(numbers.len(), line.row_count as usize);
            for number in numbers {
                prop_assert!(seen.insert(number), "row {} is in two lines", number);
            }
        }
        for problem in plan.problems().filter(|problem| problem.code() == Code::TotalRow) {
            prop_assert!(seen.insert(problem.at.row), "a left out row is in a line");
        }
        let blank = |row: &&Vec<String>| row.iter().all(String::is_empty);
        prop_assert_eq!(seen.len() as u64, plan.counts.rows);
        prop_assert_eq!(plan.counts.rows as usize, rows.iter().filter(|row| !blank(row)).count());
    }

    #[test]
    fn one_phone_is_one_task_with_all_its_orders(rows in rows()) {
        let plan = planned(&HEADER, &rows, &context());
        let mut phones = BTreeSet::new();
        let wrong: BTreeSet<u32> = plan
            .problems()
            .filter(|problem| problem.severity() == Severity::Error)
            .map(|problem| problem.at.row)
            .collect();
        for line in plan.lines() {
            if let Some(phone) = &line.user_phone {
                prop_assert!(phones.insert(phone.clone()), "{} is in two lines", phone);
            }
            let numbers = numbers(&line.rows);
            match &line.task {
                // A task that goes out has no wrong row, and as many orders as its rows hold.
                Ok(task) => {
                    prop_assert!(numbers.iter().all(|number| !wrong.contains(number)));
                    let with_order = numbers.iter().filter(|number| rows[**number as usize - 2][3..].iter().any(|cell| !cell.is_empty()));
                    let copies = plan.problems().filter(|problem| problem.code() == Code::DuplicateRow && numbers.contains(&problem.at.row)).count();
                    prop_assert_eq!(task.order_count() + copies, with_order.count());
                }
                // Every row that does not go out says why.
                Err(_) => prop_assert!(numbers.iter().all(|number| wrong.contains(number))),
            }
        }
    }

    #[test]
    fn assignees_are_dealt_evenly_and_bodies_are_json(rows in rows()) {
        let plan = planned(&HEADER, &rows, &context());
        let mut dealt: BTreeMap<String, u32> = BTreeMap::new();
        for task in plan.tasks() {
            *dealt.entry(task.assignee_username.to_owned()).or_default() += 1;
            let mut body = Vec::new();
            task.write_body(&mut body);
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            prop_assert_eq!(body["user_phone"].as_str(), Some(task.user_phone.as_str()));
        }
        let counts = ["a", "b", "c"].map(|name| dealt.get(name).copied().unwrap_or(0));
        prop_assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{:?}", counts);
    }

    #[test]
    fn what_a_row_repeats_of_the_one_before_changes_nothing(rows in rows()) {
        // A blank row in between is no row, and there is then no row before.
        let spaced: Vec<Vec<String>> =
            rows.iter().flat_map(|row| [row.clone(), vec![String::new(); HEADER.len()]]).collect();
        let told = |plan: &Plan, row: &dyn Fn(u32) -> u32| {
            let problems: Vec<_> =
                plan.problems().map(|problem| (problem.code(), row(problem.at.row), problem.at.column)).collect();
            let bodies: Vec<Vec<u8>> = plan.tasks().map(|task| {
                let mut body = Vec::new();
                task.write_body(&mut body);
                body
            }).collect();
            (problems, bodies, plan.counts.clone())
        };
        for fill_down in [false, true] {
            let context = Context { fill_down, ..context() };
            let close = planned(&HEADER, &rows, &context);
            let far = planned(&HEADER, &spaced, &context);
            prop_assert_eq!(told(&close, &|row| row), told(&far, &|row| if row == 0 { 0 } else { row / 2 + 1 }));
        }
    }

    #[test]
    fn the_content_is_the_same_on_another_day_and_in_another_place(rows in rows()) {
        let content = |plan: &Plan| -> BTreeMap<String, [u8; 32]> {
            plan.tasks().map(|task| (task.user_phone.clone(), task.content())).collect()
        };
        let today = content(&planned(&HEADER, &rows, &context()));
        let tomorrow = Context { today: jiff::civil::date(2026, 11, 23), ..context() };
        prop_assert_eq!(&content(&planned(&HEADER, &rows, &tomorrow)), &today);
        // A user on top moves the dealt assignees of all below, and changes nothing about them.
        let first = vec!["+6281299999999", "Top", "", "", "", ""].into_iter().map(str::to_owned).collect();
        let moved: Vec<Vec<String>> = std::iter::once(first).chain(rows).collect();
        let mut moved = content(&planned(&HEADER, &moved, &context()));
        // He himself may be held back by a row below that has no phone.
        moved.remove("6281299999999");
        prop_assert_eq!(moved, today);
    }
}

#[test]
fn a_limit_takes_the_first_tasks_and_loses_no_row() {
    let rows: Vec<Vec<String>> =
        (0..10).map(|n| vec![format!("+62812345678{n:02}"), format!("O{n}")]).collect();
    let plan = planned(&["user_phone", "order_number"], &rows, &Context { limit: Some(3), ..context() });
    assert_eq!((plan.counts.tasks, plan.counts.rows, plan.counts.rows_beyond_limit), (3, 10, 7));
}

#[test]
fn bare_numbers_are_of_one_country_or_refused() {
    let rows = |phones: &[&str]| {
        phones.iter().map(|phone| vec![(*phone).to_owned(), "o".to_owned()]).collect::<Vec<_>>()
    };
    let bare = Context { phone: PhoneRules::default(), ..context() };
    let codes = |phones: &[&str]| -> Vec<(Code, u32)> {
        let plan = planned(&["user_phone", "username"], &rows(phones), &bare);
        plan.problems().map(|problem| (problem.code(), problem.at.row)).collect()
    };
    assert_eq!(codes(&["6281234567890", "6281234567891", "8613800138000"]), [(Code::BadPhone, 4)]);
    assert_eq!(codes(&["6281234567890", "6281234567891", "+8613800138000"]), []);
    assert_eq!(codes(&["6281234567890", "8613800138000"]).len(), 2, "neither is the commonest");
    assert_eq!(codes(&["081234567890", "6281234567891"]), [(Code::BadPhone, 2)]);
}

#[test]
fn the_longest_texts_of_an_order_stay_whole() {
    let long = "x".repeat(70_000);
    for texts in [["A", "b"], [&long, "b"], ["A", &long], [&long, &long], ["", ""]] {
        let row = vec!["+6281234567890".to_owned(), texts[0].to_owned(), texts[1].to_owned(), "7".to_owned()];
        let header = ["user_phone", "order_number", "username", "due_amount"];
        let plan = planned(&header, &[row], &context());
        let mut body = Vec::new();
        plan.tasks().next().unwrap().write_body(&mut body);
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let order = &body["task_module_info"]["orders"][0];
        let found = ["order_number", "username", "due_amount"].map(|key| order[key].as_str().unwrap());
        assert_eq!(found, [texts[0], texts[1], "7"]);
    }
}

fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn rows_above_a_far_header_are_skipped_and_not_kept() {
    let titles = (1..500).map(|number| vec![format!("title {number}"), "x".to_owned()]);
    let list = cells(&[&["phone", "order_no"], &["+6281234567890", "A"], &["+6281234567891", "B"]]);
    let source =
        Memory { info: [TableInfo { sheet: None, hidden: false }], rows: titles.chain(list).collect() };
    let mut file =
        InputFile { name: "list.csv".into(), source: Ok(Box::new(source)), role: None, sheet: None };
    let look = |file: &mut InputFile, from| {
        let (mut candidates, mut origins, mut problems) = Default::default();
        look::look_at(0, file, from, &mut candidates, &mut origins, &mut problems);
        let numbers: Vec<u32> = candidates[0].leading.iter().map(|row| row.number).collect();
        (numbers, candidates[0].last, problems.len())
    };
    assert_eq!(look(&mut file, 0), ((1..=20).collect(), 20, 0));
    assert_eq!(look(&mut file, 500), (vec![500, 501, 502], 502, 0));
    assert_eq!(look(&mut file, 600), (vec![], 502, 0));
    let header = crate::input::header::HeaderRules { row: Some(500), ..Default::default() };
    let rules = LayoutRules { header, ..LayoutRules::default() };
    let plan = plan(&mut [file], &rules, &context()).unwrap();
    assert_eq!((plan.counts.rows, plan.counts.tasks), (2, 2));
}

#[test]
fn data_without_a_header_is_told_once() {
    let header = ["phone", "order_no", "", "city", "", ""];
    let rows = cells(&[
        &["+6281234567890", "A", "", "x", "", ""],
        &["+6281234567890", "B", "7", "x", " ", ""],
        &["+6281234567891", "C", "8", "x", "", "z"],
        &["Total", "", "9", "", "t", ""],
    ]);
    let found: Vec<(u32, Option<u16>)> = planned(&header, &rows, &context())
        .problems()
        .filter(|problem| problem.reason == Reason::NamelessColumn)
        .map(|problem| (problem.at.row, problem.at.column))
        .collect();
    assert_eq!(found, [(1, Some(2)), (1, Some(5))]);
}

#[test]
fn a_blank_key_names_the_flag_that_may_help() {
    let rows = cells(&[&["", "A"]]);
    for fill_down in [false, true] {
        let plan = planned(&["phone", "order_no"], &rows, &Context { fill_down, ..context() });
        let reasons: Vec<_> = plan.problems().map(|problem| problem.reason.clone()).collect();
        assert_eq!(reasons, [Reason::MissingKey { fill_down }]);
    }
}

#[test]
fn what_is_given_needs_no_column() {
    let total = |total| Context { total, ..context() }.given();
    let fields = [Field::AssigneeUsername, Field::Name, Field::AuthId, Field::ModuleId];
    assert_eq!(total(None), fields);
    assert_eq!(total(Some(TotalAmount::Column)), fields);
    assert_eq!(total(Some(TotalAmount::SumDue)), [&fields[..], &[Field::TotalAmount]].concat());
}

#[test]
fn a_problem_is_small() {
    assert!(size_of::<Problem>() <= 64, "{}", size_of::<Problem>());
}

#[test]
fn an_auth_id_is_every_digit_of_its_cell_or_refused() {
    use crate::domain::cell::Cell;
    use crate::domain::problem::Reason;
    use crate::domain::text::TextFlaw;
    for (text, want) in [
        ("30058", Ok("30058")),
        ("000030058.00", Ok("30058")),
        ("9007199254740991", Ok("9007199254740991")),
        ("9007199254740993", Err(TextFlaw::TooLarge)),
        ("18446744073709551615", Err(TextFlaw::TooLarge)),
    ] {
        let mut out = String::new();
        let read = super::cells::user_field(&Cell::text(0, text), Field::AuthId, &context(), &mut out);
        let want = want.map(str::to_owned).map_err(Reason::Text);
        assert_eq!(read.map(|()| out), want, "{text}");
    }
}

#[test]
fn a_problem_says_which_text_is_long_and_which_fields_differ() {
    let header = ["user_phone", "description", "order_number", "due_amount", "next_due_date"];
    let row = |description: &str, rest: [&str; 3]| -> Vec<String> {
        ["+6281234567890", description].into_iter().chain(rest).map(str::to_owned).collect()
    };
    let said = |rows: &[Vec<String>]| {
        let plan = planned(&header, rows, &context());
        let problem =
            plan.problems().find(|problem| matches!(problem.code(), Code::TooLong | Code::DuplicateOrder));
        problem.map(|problem| problem.message(&plan.names))
    };
    let (half, long) = ("x".repeat(128), "y".repeat(257));
    for (rows, want) in [
        (vec![row(&long, ["A", "1", ""])], "the text has 257 characters, and 256 is the most"),
        (
            vec![row(&half, ["A", "1", ""]), row(&long[..128], ["B", "1", ""])],
            "the remarks of this user are 257 characters together; the server takes 256",
        ),
        (
            vec![row("", ["A", "1", "2026-04-15"]), row("", ["A", "2", "2026-04-16"])],
            "order \"A\" stands in line 2 with other values: due_amount, next_due_date",
        ),
        (
            vec![row("", ["A", "1", ""]), row("", ["A", "1", "2026-04-16"])],
            "order \"A\" stands in line 2 with other values: next_due_date",
        ),
    ] {
        assert_eq!(said(&rows).as_deref(), Some(want));
    }
}
