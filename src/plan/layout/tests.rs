use super::*;
use crate::domain::cell::{Format, Value};
use crate::domain::code::Code;

fn candidate(file: u16, sheet: Option<&str>, header: &[&str]) -> Candidate {
    let mut row = Row::default();
    row.start(1);
    for (column, text) in (0_u16..).zip(header) {
        row.push(column, Value::Text(text), Format::Unknown);
    }
    let name = TableName { file: "f".into(), sheet: sheet.map(str::to_owned), headers: Vec::new() };
    Candidate { file, name, hidden: false, leading: vec![row], last: 1, role: None, chosen: false, fix: None }
}

const USERS: &[&str] = &["user_phone", "name", "assignee"];
const ORDERS: &[&str] = &["user_phone", "order_number", "due_amount"];
const FLAT: &[&str] = &["user_phone", "name", "order_number"];
const NOTES: &[&str] = &["anything", "else"];

fn roles(candidates: &mut [Candidate], rules: &LayoutRules) -> (Vec<(u16, Role)>, Vec<Code>) {
    let layout = lay_out(candidates, rules);
    let roles = layout.tables.iter().map(|planned| (planned.table, planned.role)).collect();
    (roles, layout.problems.iter().map(Problem::code).collect())
}

#[test]
fn one_users_table_and_its_orders_are_joined_users_first() {
    let mut sheets =
        [candidate(0, Some("O"), ORDERS), candidate(0, Some("U"), USERS), candidate(0, Some("N"), NOTES)];
    let (roles, problems) = roles(&mut sheets, &LayoutRules::default());
    assert_eq!(roles, [(1, Role::Users), (0, Role::Orders)]);
    assert_eq!(problems, [Code::IgnoredSheet]);
}

#[test]
fn equal_headers_are_one_list_and_a_mix_is_refused() {
    let mut same = [candidate(0, Some("A"), FLAT), candidate(0, Some("B"), &["name", "order_no", "phone"])];
    assert_eq!(roles(&mut same, &LayoutRules::default()).0, [(0, Role::Flat), (1, Role::Flat)]);
    let mix = || [candidate(0, Some("A"), FLAT), candidate(0, Some("B"), USERS)];
    assert_eq!(roles(&mut mix(), &LayoutRules::default()).1, [Code::Unreadable]);
    let all = LayoutRules { all_sheets: true, ..LayoutRules::default() };
    assert_eq!(roles(&mut mix(), &all).1, []);
    let one = LayoutRules { sheets: vec!["B".into()], ..LayoutRules::default() };
    assert_eq!(roles(&mut mix(), &one), (vec![(1, Role::Flat)], vec![]));
    let none = LayoutRules { sheets: vec!["C".into()], ..LayoutRules::default() };
    assert!(roles(&mut mix(), &none).1.contains(&Code::Unreadable));
}

#[test]
fn files_with_other_columns_are_one_list() {
    let mut files = [candidate(0, None, FLAT), candidate(1, None, &["user_phone", "name", "due_amount"])];
    assert_eq!(roles(&mut files, &LayoutRules::default()), (vec![(0, Role::Flat), (1, Role::Flat)], vec![]));
}

#[test]
fn hidden_sheets_are_read_only_when_named() {
    let mut sheets = [candidate(0, Some("A"), FLAT), candidate(0, Some("B"), FLAT)];
    sheets[1].hidden = true;
    assert_eq!(
        roles(&mut sheets, &LayoutRules::default()),
        (vec![(0, Role::Flat)], vec![Code::IgnoredSheet])
    );
    let rules = LayoutRules { sheets: vec!["B".into()], ..LayoutRules::default() };
    assert_eq!(roles(&mut sheets, &rules).0, [(1, Role::Flat)]);
}

#[test]
fn a_csv_without_a_header_is_an_error() {
    assert_eq!(roles(&mut [candidate(0, None, NOTES)], &LayoutRules::default()).1, [Code::MissingColumn]);
}

#[test]
fn a_sheet_that_is_not_there_has_its_place_in_none() {
    let mut sheets = [candidate(0, Some("Orders"), FLAT), candidate(0, Some("Users"), USERS)];
    let rules = LayoutRules { sheets: vec!["users".into()], ..LayoutRules::default() };
    let layout = lay_out(&mut sheets, &rules);
    let reason = Reason::not_there("--sheet", vec!["Orders".into(), "Users".into()]);
    let problem = Problem { value: Some("users".into()), ..Problem::at(reason, Place::table(2)) };
    assert_eq!(layout.problems, [problem]);
}

fn numbered(row: &Row, number: u32) -> Row {
    let mut row = row.clone();
    row.number = number;
    row
}

#[test]
fn a_header_row_that_is_not_there_is_told_with_what_is() {
    let rules = LayoutRules {
        header: HeaderRules { row: Some(30), ..HeaderRules::default() },
        ..LayoutRules::default()
    };
    let found = |leading: &[u32], last: u32| {
        let mut one = candidate(0, None, FLAT);
        let header = one.leading.remove(0);
        one.leading.extend(leading.iter().map(|number| numbered(&header, *number)));
        one.last = last;
        lay_out(&mut [one], &rules).problems.into_iter().map(|problem| problem.reason).collect::<Vec<_>>()
    };
    assert_eq!(found(&[30, 31], 31), []);
    assert_eq!(found(&[], 12), [Reason::NoSuchRow { row: 30, rows: Some(12) }]);
    assert_eq!(found(&[], 0), [Reason::NoSuchRow { row: 30, rows: Some(0) }]);
    assert_eq!(found(&[31], 31), [Reason::NoSuchRow { row: 30, rows: None }]);
}

#[test]
fn a_field_of_the_other_table_is_not_missing_in_this_one() {
    let likes = |users: &[&str], orders: &[&str], role: Role| {
        let mut sheets = [candidate(0, Some("U"), users), candidate(0, Some("O"), orders)];
        let layout = lay_out(&mut sheets, &LayoutRules::default());
        let of_role = layout.tables.iter().filter(|planned| planned.role == role);
        let unknown = of_role.flat_map(|planned| planned.header.unknown.clone());
        unknown.map(|unknown| unknown.likes).collect::<Vec<_>>()
    };
    let with = |columns: &[&'static str], more: &'static str| [columns, &[more]].concat();
    assert_eq!(likes(&with(USERS, "due_amt"), ORDERS, Role::Users), [vec![]]);
    assert_eq!(likes(&with(USERS, "loan_amt"), ORDERS, Role::Users), [vec![Field::LoanAmount]]);
    assert_eq!(likes(USERS, &with(ORDERS, "task_nm"), Role::Orders), [vec![]]);
    assert_eq!(likes(USERS, &with(ORDERS, "total_amt"), Role::Orders), [vec![Field::TotalAmount]]);
    // Sheets of one list have each their own.
    let mut same = [candidate(0, None, FLAT), candidate(1, None, &["user_phone", "name", "order_num"])];
    let codes = roles(&mut same, &LayoutRules::default()).1;
    assert_eq!(codes, [Code::UnclearColumn]);
}

#[test]
fn a_mapping_that_fits_no_table_is_told_with_the_headers() {
    let map = vec![(Field::UserName, ColumnName("nope".into()))];
    let rules =
        LayoutRules { header: HeaderRules { map, ..HeaderRules::default() }, ..LayoutRules::default() };
    let layout = lay_out(&mut [candidate(0, None, FLAT)], &rules);
    let there = FLAT.iter().map(ToString::to_string).collect();
    let problem =
        Problem::with_value(Reason::not_there("--map", there), Place::table(0), Field::UserName, "nope");
    assert_eq!(layout.problems, [problem]);
}
