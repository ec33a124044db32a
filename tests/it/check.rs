//! `check`: what programs read of it, and that it touches nothing.

use serde_json::json;

use crate::support::{WorkDir, list, row};

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
