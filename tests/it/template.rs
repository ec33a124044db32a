//! `template`: an empty list that is one.

use crate::support::{WorkDir, save, sheets};

#[test]
fn the_template_is_an_empty_list_and_its_example_a_task() {
    let work = WorkDir::new();
    work.run(&["template", "t.xlsx"]).expect(0);
    let object = work.run(&["check", "t.xlsx", "--format", "json"]).expect(0).json();
    let codes: Vec<&str> = object["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["no-rows", "ignored-sheet"], "the example is hidden, and nobody's");

    let mut book = sheets(&work.path().join("t.xlsx"));
    assert_eq!(book.iter().map(|sheet| sheet.visible).collect::<Vec<_>>(), [true, false]);
    let example = book[1].rows[1].clone();
    book[0].rows.push(example);
    save(&book, &work.path().join("filled.xlsx"));
    work.run(&["check", "filled.xlsx", "--payloads", "bodies"]).expect(0);
    let body = std::fs::read_to_string(work.path().join("bodies")).unwrap();
    assert_eq!(
        body,
        concat!(
            r#"{"name":"Payment reminder","type":3,"auth_id":30058,"description":"Prefers calls in the evening","#,
            r#""user_name":"Sari Wijaya","user_phone":"6281234567890","assignee_username":"incs_1","task_module_info":{"#,
            r#""module_id":"019d3dcd-f5a8-70e7-aff8-c54bde267f38","total_amount":"1250000.50","orders":[{"#,
            r#""order_number":"WD20260401001","username":"Sari Wijaya","phone_number":"081234567890","#,
            r#""loan_amount":"1000000","due_amount":"1250000.5","next_due_date":"2026-04-15","#,
            r#""confirm_loan_time":"2026-03-01 10:00:00"}]}}"#,
            "\n"
        )
    );
}

#[test]
fn nothing_is_overwritten_and_only_a_workbook_is_written() {
    let work = WorkDir::with("t.xlsx", "mine");
    let run = work.run(&["template", "t.xlsx"]).expect(2);
    assert!(run.stderr.contains("there already") && run.stderr.contains("fix:"), "{}", run.transcript());
    assert_eq!(std::fs::read_to_string(work.path().join("t.xlsx")).unwrap(), "mine");
    for name in ["t.csv", "t", "t.xls"] {
        let run = work.run(&["template", name]).expect(2);
        assert!(run.stderr.contains("ends in .xlsx"), "{}", run.transcript());
        assert!(!work.path().join(name).exists());
    }
    work.run(&["template", "no/such/folder/t.xlsx"]).expect(2);
    work.run(&["template"]).expect(2);
}
