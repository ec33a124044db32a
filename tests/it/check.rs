//! `check`: what programs read of it, and that it touches nothing.

use serde_json::json;

use crate::support::{Run, StandIn, WorkDir, list, row};

#[test]
fn a_clean_list_is_0_and_says_what_would_be_sent() {
    let work = WorkDir::with("list.csv", list(3));
    let object = work.run(&["check", "list.csv", "--format", "json"]).expect(0).json();
    assert_eq!(object, json!({"rows": 3, "tasks": 3, "rows_invalid": 0, "would_send": true, "problems": []}));
    assert_eq!(work.all_files().len(), 1, "check writes nothing");
}

#[test]
fn a_problem_has_all_its_keys_in_a_sheet_and_in_a_csv() {
    let work = WorkDir::with("list.csv", list(1) + &row(1).replace("101.50", "12,5O"));
    let object = work.run(&["check", "list.csv", "--format", "json"]).expect(1).json();
    assert_eq!(object["rows_invalid"], 1);
    assert_eq!(
        object["problems"][0],
        json!({
            "severity": "error", "code": "ragged-row", "file": "list.csv", "sheet": null, "row": 3, "column": null,
            "field": null, "value": "5O", "message": "the row has more cells than the 7 columns of the header",
            "hint": "quote the cells that contain the delimiter, or remove the cells beyond the header"
        })
    );
    work.write("quoted.csv", list(1) + &row(1).replace("101.50", "\"12,5O\""));
    let object = work.run(&["check", "quoted.csv", "--format", "json"]).expect(1).json();
    assert_eq!(
        object["problems"][0],
        json!({
            "severity": "error", "code": "bad-amount", "file": "quoted.csv", "sheet": null, "row": 3,
            "column": "due_amount", "field": "due_amount", "value": "12,5O",
            "message": "\"12,5O\" is not an amount",
            "hint": "use digits and one mark before the decimals, for example 3000.50"
        })
    );
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/daily_collection.xlsx");
    let object = work.run(&["check", sample, "--format", "json"]).expect(1).json();
    let problems = object["problems"].as_array().unwrap();
    let amount = problems.iter().find(|problem| problem["code"] == "bad-amount").unwrap();
    assert_eq!(
        (&amount["sheet"], &amount["row"], &amount["column"]),
        (&json!("催收名单"), &json!(57), &json!("K"))
    );
}

#[test]
fn too_many_wrong_rows_or_strict_would_send_nothing() {
    let bad: String = (0..30).map(|user| row(user).replace(".50", ".5x")).collect();
    let work = WorkDir::with("list.csv", list(0) + &bad);
    let object = work.run(&["check", "list.csv", "--format", "json"]).expect(1).json();
    assert_eq!(object["would_send"], false);
    let object =
        work.run(&["check", "list.csv", "--format", "json", "--max-invalid", "100"]).expect(1).json();
    assert_eq!(object["would_send"], true);
    work.write("one.csv", list(9) + &row(9).replace(".50", ".5x"));
    let would_send = |arguments: &[&str]| work.run(arguments).expect(1).json()["would_send"].clone();
    assert_eq!(would_send(&["check", "one.csv", "--format", "json"]), true);
    assert_eq!(would_send(&["check", "one.csv", "--format", "json", "--strict"]), false);
}

#[test]
fn payloads_are_the_bodies_in_upload_order() {
    let work = WorkDir::with("list.csv", list(2) + &row(0).replace("ORD00000", "ORD9"));
    work.run(&["check", "list.csv", "--payloads", "bodies.jsonl"]).expect(0);
    let text = std::fs::read_to_string(work.path().join("bodies.jsonl")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[0],
        concat!(
            r#"{"name":"Follow up","type":3,"auth_id":30058,"user_name":"User 0","user_phone":"6281210000000","#,
            r#""assignee_username":"incs_1","task_module_info":{"module_id":"019d3dcd-f5a8-70e7-aff8-c54bde267f38","#,
            r#""total_amount":"200.00","orders":[{"order_number":"ORD00000","username":"","phone_number":"","#,
            r#""loan_amount":"","due_amount":"100.50","next_due_date":"","confirm_loan_time":""},{"order_number":"ORD9","#,
            r#""username":"","phone_number":"","loan_amount":"","due_amount":"100.50","next_due_date":"","#,
            r#""confirm_loan_time":""}]}}"#
        )
        .replace("200.00", "201.00")
    );
}

#[test]
fn two_tables_join_on_the_phone_or_on_the_id() {
    let work = WorkDir::new();
    work.write(
        "users.csv",
        "user_id,user_phone,name,assignee,auth_id\nA,6281210000000,n,i,1\nB,6281210000001,n,i,1\n",
    );
    work.write("orders.csv", "user_id,order_no,due_amount\nB,1,10\nA,2,20\nC,3,30\n");
    let arguments = [
        "check",
        "--users",
        "users.csv",
        "--orders",
        "orders.csv",
        "--payloads",
        "out.jsonl",
        "--format",
        "json",
    ];
    let object = work.run(&arguments).expect(1).json();
    assert_eq!(object["problems"][0]["code"], "orphan-order");
    assert_eq!(object["problems"][0]["row"], 4);
    let text = std::fs::read_to_string(work.path().join("out.jsonl")).unwrap();
    let bodies: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(bodies[0]["task_module_info"]["orders"][0]["order_number"], "2");
    assert_eq!(bodies[1]["task_module_info"]["orders"][0]["order_number"], "1");

    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/users_orders.xlsx");
    let object = work.run(&["check", sample, "--format", "json"]).expect(0).json();
    assert_eq!((&object["tasks"], &object["rows"]), (&json!(40), &json!(129)));
}

#[test]
fn a_column_that_is_nearly_a_field_is_not_guessed() {
    let work = WorkDir::with("list.csv", list(1).replace("assignee_username", "asignee_username"));
    let run = work.run(&["check", "list.csv", "--assignee", "x"]).expect(2);
    assert!(run.stdout.contains("--map assignee_username=asignee_username"), "{}", run.transcript());
    assert!(run.stdout.contains("--ignore asignee_username"), "{}", run.transcript());
    work.run(&["check", "list.csv", "--map", "assignee_username=asignee_username"]).expect(0);
    work.run(&["check", "list.csv", "--assignee", "x", "--ignore", "asignee_username"]).expect(0);
}

#[test]
fn standard_input_is_a_list_too() {
    use std::io::Write as _;
    let work = WorkDir::new();
    let mut child = work
        .command(&["check", "-", "--format", "json"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(list(4).as_bytes()).unwrap();
    let run = crate::support::Run::of(child.wait_with_output().unwrap()).expect(0);
    assert_eq!(run.json()["tasks"], 4);
}

#[test]
fn the_same_phone_in_several_files_is_one_task() {
    let work = WorkDir::with("a.csv", list(2));
    work.write("b.csv", list(0) + &row(1).replace("ORD00001", "ORD7") + &row(2));
    let object = work.run(&["check", "a.csv", "b.csv", "--format", "json"]).expect(0).json();
    assert_eq!((&object["tasks"], &object["rows"]), (&json!(3), &json!(4)));
}

#[test]
fn assignees_are_dealt_out_and_templates_are_filled() {
    let work = WorkDir::with(
        "list.csv",
        "user_phone,user_name\n6281210000000,Sari\n6281210000001,Budi\n6281210000002,\n",
    );
    let arguments = [
        "check",
        "list.csv",
        "--payloads",
        "o",
        "--auth-id",
        "7",
        "--assignee",
        "a,b",
        "--name",
        "{{x}} {user_name}/{file}",
    ];
    work.run(&arguments).expect(0);
    let text = std::fs::read_to_string(work.path().join("o")).unwrap();
    assert_eq!(
        text.lines().next().unwrap(),
        r#"{"name":"{x} Sari/list","type":3,"auth_id":7,"user_name":"Sari","user_phone":"6281210000000","assignee_username":"a"}"#
    );
    let assignees: Vec<_> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["assignee_username"].clone())
        .collect();
    assert_eq!(assignees, ["a", "b", "a"]);
}

/// Checks a list with every needed flag; gives the bodies by phone and the problems as `code row`.
fn planned(lists: &[(&str, &str)], arguments: &[&str]) -> (Vec<serde_json::Value>, Vec<String>) {
    let work = WorkDir::new();
    for (name, text) in lists {
        work.write(name, text);
    }
    let defaults =
        ["check", "--auth-id", "1", "--name", "n", "--assignee", "a", "--payloads", "o", "--format", "json"];
    let all: Vec<&str> = defaults.into_iter().chain(arguments.iter().copied()).collect();
    let object = work.run(&all).json();
    let bodies = std::fs::read_to_string(work.path().join("o")).unwrap_or_default();
    let bodies = bodies.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let problems = object["problems"].as_array().unwrap().iter();
    (
        bodies,
        problems.map(|problem| format!("{} {}", problem["code"].as_str().unwrap(), problem["row"])).collect(),
    )
}

const U: &str = "+6281512341234";
const V: &str = "+6281512345678";

#[test]
fn one_id_of_two_users_holds_both_back_with_all_their_orders() {
    let orders = "user_id,order_number,due_amount\n1,A,5\n2,B,6\n";
    let users = format!("user_id,user_phone\n1,{U}\n1,{V}\n2,+6281512349999\n");
    let (bodies, problems) =
        planned(&[("u.csv", &users), ("o.csv", orders)], &["--users", "u.csv", "--orders", "o.csv"]);
    assert_eq!(bodies.len(), 1, "{problems:?}");
    assert_eq!(problems, ["withheld 2", "conflict 3", "withheld 2"]);
    // An id whose first owner has a bad phone is nobody else's either.
    let users = format!("user_id,user_phone\n1,bad\n1,{V}\n2,+6281512349999\n");
    let (bodies, problems) =
        planned(&[("u.csv", &users), ("o.csv", orders)], &["--users", "u.csv", "--orders", "o.csv"]);
    assert_eq!(bodies.len(), 1);
    assert_eq!(problems, ["bad-phone 2", "withheld 3", "withheld 2"]);
}

#[test]
fn an_id_that_joins_nothing_says_nothing() {
    let flat = format!("user_id,user_phone,order_number\n-,{U},1\n-,{V},2\n-,bad,3\n");
    let (bodies, problems) = planned(&[("l.csv", &flat)], &["l.csv"]);
    assert_eq!((bodies.len(), problems), (2, vec!["bad-phone 4".to_owned()]));
    let users = format!("user_id,user_phone\n1,{U}\n1,{V}\n");
    let orders = format!("user_phone,order_number\n{U},1\n{V},2\n");
    let (bodies, problems) =
        planned(&[("u.csv", &users), ("o.csv", &orders)], &["--users", "u.csv", "--orders", "o.csv"]);
    assert_eq!((bodies.len(), problems.len()), (2, 0));
    // Where it does join, a user without one would go out without his orders.
    let users = format!("user_id,user_phone\n1,{U}\n,{V}\n");
    let (bodies, problems) = planned(
        &[("u.csv", &users), ("o.csv", "user_id,order_number\n1,A\n")],
        &["--users", "u.csv", "--orders", "o.csv"],
    );
    assert_eq!((bodies.len(), problems), (1, vec!["missing-value 3".to_owned()]));
}

#[test]
fn what_lies_beyond_the_limit_is_no_part_of_anything() {
    let flat = format!("user_phone,order_number\n{U},1\n{V},2\nbad,3\n");
    let (bodies, problems) = planned(&[("l.csv", &flat)], &["l.csv", "--limit", "1", "--strict"]);
    assert_eq!((bodies.len(), problems.len()), (1, 0));
}

#[test]
fn an_ignored_column_still_makes_a_header() {
    let list = format!("user_id,user_phone\n1,{U}\n");
    let (bodies, problems) = planned(&[("l.csv", &list)], &["l.csv", "--ignore", "user_id"]);
    assert_eq!((bodies.len(), problems.len()), (1, 0), "{problems:?}");
}

#[test]
fn nobody_is_sent_without_an_order_that_may_be_his() {
    let flat = format!("user_id,user_phone,order_number\n7,{U},1\n7,,2\n8,{V},3\n8,bad,4\n");
    let (bodies, _) = planned(&[("l.csv", &flat)], &["l.csv"]);
    assert_eq!(bodies.len(), 0, "marked as his by the id");
    let users = format!("user_id,user_phone\n1,{U}\n2,{V}\n");
    let orders = "user_id,order_number\n1,A\n,B\n2,C\n";
    let (bodies, problems) =
        planned(&[("u.csv", &users), ("o.csv", orders)], &["--users", "u.csv", "--orders", "o.csv"]);
    assert_eq!(bodies.len(), 1, "{problems:?}");
    let above = format!("user_phone,order_number\n{U},1\n,2\n{V},3\n");
    let (bodies, problems) = planned(&[("l.csv", &above)], &["l.csv"]);
    assert_eq!((bodies.len(), problems), (1, vec!["withheld 2".to_owned(), "missing-value 3".to_owned()]));
    let filled = planned(&[("l.csv", &above)], &["l.csv", "--fill-down"]).0;
    assert_eq!(filled[0]["task_module_info"]["orders"].as_array().unwrap().len(), 2);
}

#[test]
fn mappings_that_lose_a_column_are_refused() {
    let list = format!("user_phone,order_number,due_amount\n{U},1,500\n");
    for map in ["due_amount=#9", "due_amount=Z", "due_amount=Sum", "due_amount=order_number"] {
        let (bodies, problems) =
            planned(&[("l.csv", &list)], &["l.csv", "--map", "order_number=order_number", "--map", map]);
        assert!(bodies.is_empty() && problems.len() == 1, "{map}: {problems:?}");
    }
}

#[test]
fn a_table_of_orders_without_orders_is_refused() {
    let users = format!("user_phone\n{U}\n");
    let other = format!("user_phone,Nomor,Hutang\n{U},1,2\n");
    let (_, problems) = planned(
        &[("u.csv", &users), ("o.csv", &other)],
        &["--users", "u.csv", "--orders", "o.csv", "--header-row", "1"],
    );
    assert!(problems.contains(&"missing-column 1".to_owned()), "{problems:?}");
}

#[test]
fn errors_of_a_spreadsheet_in_an_export_go_to_nobody() {
    let list = format!("user_phone,user_name,order_number,due_amount\n{U},#N/A,#REF!,#VALUE!\n");
    let (bodies, problems) = planned(&[("l.csv", &list)], &["l.csv"]);
    assert!(bodies.is_empty());
    assert_eq!(problems, ["cell-error 2", "cell-error 2", "cell-error 2"]);
    let list = format!("user_phone,user_name,order_number,due_amount\n{U},Err:502,#FIELD!,#####\n");
    let (bodies, problems) = planned(&[("l.csv", &list)], &["l.csv"]);
    assert!(bodies.is_empty());
    assert_eq!(problems, ["cell-error 2", "cell-error 2", "cell-error 2"]);
}

#[test]
fn a_formula_without_a_value_says_so_and_has_none() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/unevaluated.exceljs.xlsx");
    let object = WorkDir::new().run(&["check", path, "--format", "json"]).json();
    let problems = object["problems"].as_array().expect("a list");
    let hollow = problems.iter().find(|problem| problem["code"] == "cell-error").expect("a formula");
    assert_eq!(hollow["value"], json!(null));
    assert_eq!(hollow["message"], "the formula has no stored value");
    assert!(hollow["hint"].as_str().is_some_and(|hint| hint.contains("save it")), "{hollow}");
}

#[test]
fn every_problem_of_a_row_is_told_at_once() {
    let list = "user_phone,auth_id,total_amount,due_amount\nbad,x,-5,1O\n";
    let (_, problems) = planned(&[("l.csv", list)], &["l.csv"]);
    assert_eq!(problems, ["bad-phone 2", "bad-number 2", "bad-amount 2", "bad-amount 2"]);
    let carried = format!("user_phone,total_amount,order_number\n{U},-5,1\n,,2\n");
    let (_, problems) = planned(&[("l.csv", &carried)], &["l.csv", "--fill-down"]);
    assert_eq!(problems, ["bad-amount 2", "withheld 3"]);
}

#[test]
fn an_order_number_that_begins_like_a_total_is_an_order() {
    let list = format!(
        "user_phone,user_name,order_number,due_amount\n{U},A,1,5\n,,Total 12,7\nTotal,,,12\n合计：,,,12\n"
    );
    let (bodies, problems) = planned(&[("l.csv", &list)], &["l.csv"]);
    assert!(bodies.is_empty());
    assert_eq!(problems, ["withheld 2", "missing-value 3", "total-row 4", "total-row 5"]);
}

#[test]
fn the_object_is_printed_in_every_case() {
    let work = WorkDir::with("list.csv", list(1));
    for arguments in [
        &["check", "gone.csv"][..],
        &["check", "list.csv", "--name", "{day}"],
        &["check"],
        &["check", "list.csv", "--nonsense"],
        &["check", "list.csv", "--limit", "0"],
        &["check", "list.csv", "--config", "gone.toml"],
    ] {
        let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
        let object = work.run(&all).expect(2).json();
        assert_eq!(object["would_send"], false, "{arguments:?}");
        assert_eq!(object["problems"].as_array().unwrap().len(), 1, "{arguments:?}");
    }
}

#[test]
fn names_in_flags_are_cleaned_like_those_in_cells() {
    let list = format!("user_phone,auth_id\n{U},1\n");
    let work = WorkDir::with("l.csv", list);
    work.run(&["check", "l.csv", "--name", " a\n\u{200b}b\t ", "--assignee", "x", "--payloads", "o"])
        .expect(0);
    let body = std::fs::read_to_string(work.path().join("o")).unwrap();
    assert!(body.starts_with(r#"{"name":"a b","#), "{body}");
}

#[test]
fn what_an_earlier_run_created_is_seen_before_sending() {
    let work = WorkDir::with("list.csv", list(4));
    let server = StandIn::start(&work, &[]);
    work.upload(&server.url, &["list.csv", "--limit", "3"]).expect(0);
    work.write("list.csv", list(4).replace("101.50", "99.50"));
    let check = |arguments: &[&str]| {
        let arguments = [&["check", "list.csv"], arguments].concat();
        Run::of(work.command(&arguments).env("INCS_BASE_URL", &server.url).output().unwrap())
    };
    let human = check(&[]).expect(0);
    assert!(
        human.stdout.contains(
            "not to be sent again: 2 already created by an earlier run, 1 created before with other content"
        ),
        "{}",
        human.transcript()
    );
    assert!(human.stdout.contains("no errors: 1 task would be sent"), "{}", human.transcript());
    let object = check(&["--format", "json"]).expect(0).json();
    assert_eq!(object["tasks"], 4);
    let problems = object["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 1, "{object}");
    assert_eq!((&problems[0]["code"], &problems[0]["row"]), (&json!("changed-since-created"), &json!(3)));
    assert!(problems[0]["hint"].as_str().unwrap().contains("--changed send"));
    // Another server knows nothing of it.
    let other = work.run(&["check", "list.csv", "--format", "json"]).expect(0).json();
    assert_eq!(other["problems"], json!([]));
}

#[test]
fn each_kind_of_problem_says_what_settles_it() {
    let work = WorkDir::new();
    let list = list(6).replace("100.50", "3.000").replace("101.50", "4.000").replace("105.50", "12x");
    work.write("list.csv", list.replace("user_name", "Status").replace("auth_id", "auth id"));
    let run = work.run(&["check", "list.csv"]).expect(1);
    assert!(
        run.stdout.contains(
            "error [ambiguous-amount] 2 times\n  to settle them: --decimal-separator . or --decimal-separator ,\n"
        ),
        "{}",
        run.transcript()
    );
    assert!(run.stdout.contains("columns not read: Status\n"), "{}", run.transcript());
    // A kind of one has its own words.
    assert!(!run.stdout.contains("error [bad-amount] once\n  to settle"), "{}", run.transcript());
    work.run(&["check", "list.csv", "--decimal-separator", ",", "--ignore", "Status"]).expect(1);
}
