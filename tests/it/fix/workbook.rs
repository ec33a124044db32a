//! What stands in the workbook.

use super::*;

#[test]
fn the_offending_rows_as_they_came_marked_and_explained() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Daily").unwrap();
    sheet.write(0, 0, "Daily list").unwrap();
    for (row, line) in [
        ["user_phone", "order_number", "due_amount", "note"],
        [U, "A", "10", "keep"],
        [V, "B", "1O", "=1+1"],
        [V, "0012", "3.000", "me too"],
    ]
    .into_iter()
    .enumerate()
    {
        for (column, cell) in (0_u16..).zip(line) {
            sheet.write_string(row as u32 + 2, column, cell).unwrap();
        }
    }
    let work = WorkDir::new();
    book.save(work.path().join("list.xlsx")).unwrap();
    let run = work.run(&[&["check", "list.xlsx", "--fix", "fix.xlsx"][..], &GIVEN].concat()).expect(1);
    assert!(run.stdout.contains("2 rows to mend written to fix.xlsx"), "{}", run.transcript());

    let book = sheets(&work.path().join("fix.xlsx"));
    let visible = visible(&book);
    assert_eq!(visible.len(), 1);
    let daily = visible[0];
    assert_eq!((daily.name.as_str(), daily.rows.len()), ("Daily", 5));
    assert_eq!(daily.rows[0][1], text("Daily list"), "what stands above the header stays above it");
    assert_eq!(daily.rows[2][..3], [text("_problem"), text("user_phone"), text("order_number")]);
    assert_eq!(daily.rows[3][1..], [text(V), text("B"), text("1O"), text("=1+1")]);
    assert_eq!(daily.rows[4][1..], [text(V), text("0012"), text("3.000"), text("me too")]);
    let reason = daily.rows[3][0].to_string();
    assert!(
        reason.contains("\"1O\" is not an amount") && reason.contains("row 5 of list.xlsx Daily"),
        "{reason}"
    );
    // Two cells are coloured, and have a note that says how to mend them.
    let xml = part(&work, "fix.xlsx", "xl/worksheets/sheet1.xml");
    let style = |cell: &str| {
        let at = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
        let rest = &xml[at..at + xml[at..].find('>').unwrap()];
        rest.split("s=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(style("D4"), style("D5"));
    assert_ne!(style("D4"), style("C4"));
    let notes = part(&work, "fix.xlsx", "xl/comments1.xml");
    assert_eq!(notes.matches("<comment ").count(), 2);
    assert!(notes.contains("ref=\"D4\"") && notes.contains("fix: use digits and one mark"), "{notes}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(work.path().join("fix.xlsx")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(problems(&work, &["fix.xlsx"]), ["unknown-column E3", "bad-amount D4", "ambiguous-amount D5"]);
}

#[test]
fn cells_stay_of_their_kind() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let titles = [
        "user_phone",
        "user_name",
        "description",
        "order_number",
        "username",
        "phone_number",
        "loan_amount",
        "due_amount",
        "next_due_date",
        "confirm_loan_time",
    ];
    for (column, title) in (0_u16..).zip(titles) {
        sheet.write(0, column, title).unwrap();
    }
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_number_with_format(1, 0, 81_512_341_234_f64, &format("000000000000")).unwrap();
    sheet.write_boolean(1, 1, true).unwrap();
    sheet.write_string(1, 2, "  +_x0041_\r\nA\u{1}\t<&>\n").unwrap();
    sheet.write_number_with_format(1, 3, 7.0, &format("00000")).unwrap();
    sheet.write_formula(1, 4, Formula::new("=A1").set_result("Sari")).unwrap();
    sheet.write_number_with_format(1, 5, 812_345.0, &format("0000000000")).unwrap();
    sheet.write_number(1, 6, 0.1 + 0.2).unwrap();
    sheet.write_string(1, 7, "3.000").unwrap();
    sheet.write_number_with_format(1, 8, 46_127.0, &format("d mmm yyyy")).unwrap();
    sheet.write_number_with_format(1, 9, 46_127.416_666_666_664, &format("dd/mm/yyyy hh:mm")).unwrap();
    sheet.write_string(2, 0, "0815 1234 1235").unwrap();
    sheet.write_number_with_format(2, 1, 46_127.5, &format("yyyy-mm-dd")).unwrap();
    sheet.write_string(2, 3, "=1+1").unwrap();
    sheet.write_number_with_format(2, 4, 0.075, &format("0.00%")).unwrap();
    sheet.write_number(2, 6, 123_456_789_012.0).unwrap();
    sheet.write_string(2, 7, "4,000").unwrap();
    sheet.write_number(2, 8, 20_260_405.0).unwrap();
    sheet.write_number_with_format(2, 9, 46_127.25, &format("General")).unwrap();
    let work = WorkDir::new();
    book.save(work.path().join("list.xlsx")).unwrap();
    let rules = ["--country-code", "62"];
    let before = problems(&work, &[&["list.xlsx", "--fix", "fix.xlsx"], &rules[..]].concat());
    assert_eq!(before, ["ambiguous-amount H2", "ambiguous-amount H3"]);
    // What a flag settles makes the same tasks of the list and of the workbook, cell by cell.
    let rules = ["--country-code", "62", "--decimal-separator", ","];
    let of_list = bodies(&work, &[&["list.xlsx", "--max-invalid", "100"], &rules[..]].concat());
    let of_fix = bodies(&work, &[&["fix.xlsx", "--max-invalid", "100"], &rules[..]].concat());
    assert_eq!((of_fix.len(), &of_fix), (2, &of_list));
}

#[test]
fn what_a_cell_cannot_hold_is_an_error_and_never_cut() {
    let long = "x".repeat(40_000);
    let work =
        WorkDir::with("l.csv", format!("user_phone,user_name,due_amount\n{U},{long},1O\n{V},A\u{ffff},1O\n"));
    assert_eq!(problems(&work, &["l.csv", "--fix", "fix.xlsx"]).len(), 2);
    let book = sheets(&work.path().join("fix.xlsx"));
    for row in [1, 2] {
        assert_eq!(book[0].cell(0, row, "user_name"), &text("#VALUE!"));
        assert!(book[0].rows[row][0].to_string().contains("C: the text "), "{:?}", book[0].rows[row][0]);
    }
    mended(&work, "fix.xlsx", |book| book[0].rows[1][3] = text("10"));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["cell-error C2", "cell-error C3", "bad-amount D3"]);
}

#[test]
fn what_is_carried_down_stands_in_the_row() {
    let list = format!(
        "user_phone,user_name,assignee_username,order_number,due_amount\n{U},Sari,x,A,1\n,,,B,2\n{V},Budi,y,C,3\n,,,D,4O\n{U},,x,E,5\n"
    );
    let work = WorkDir::with("l.csv", list);
    let all = bodies(&work, &["l.csv", "--fill-down", "--fix", "fix.xlsx"]);
    assert_eq!(all.len(), 1, "Budi is held back");
    let book = sheets(&work.path().join("fix.xlsx"));
    let budi: Vec<String> =
        book[0].rows[1..].iter().map(|row| format!("{} {} {}", row[1], row[3], row[4])).collect();
    assert_eq!(budi, [format!("{V} y C"), format!("{V} y D")]);
    mended(&work, "fix.xlsx", |book| book[0].rows[2][5] = text("4"));
    for flag in ["--fill-down", "--fill-down=false"] {
        let sent = bodies(&work, &["mended.xlsx", flag]);
        assert_eq!(sent.len(), 1);
        assert_eq!((&sent[0]["assignee_username"], &sent[0]["user_name"]), (&"y".into(), &"Budi".into()));
        assert_eq!(sent[0]["task_module_info"]["orders"].as_array().unwrap().len(), 2, "{flag}");
    }
}

#[test]
fn a_merged_cell_stands_in_every_row_that_it_covers() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    for (column, title) in
        (0_u16..).zip(["user_phone", "user_name", "assignee_username", "order_number", "due_amount"])
    {
        sheet.write(0, column, title).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, U, &plain).unwrap().merge_range(3, 0, 4, 0, V, &plain).unwrap();
    sheet.merge_range(1, 1, 2, 1, "Sari", &plain).unwrap().merge_range(3, 1, 4, 1, "Budi", &plain).unwrap();
    sheet.merge_range(1, 2, 4, 2, "x", &plain).unwrap();
    for row in 1..5 {
        sheet.write_string(row, 3, format!("O{row}")).unwrap();
        sheet.write_string(row, 4, if row == 4 { "bad" } else { "1" }).unwrap();
    }
    let work = WorkDir::new();
    book.save(work.path().join("l.xlsx")).unwrap();
    assert_eq!(bodies(&work, &["l.xlsx", "--fix", "fix.xlsx"]).len(), 1);
    mended(&work, "fix.xlsx", |book| {
        assert_eq!(book[0].rows[2][1..4], [text(V), text("Budi"), text("x")]);
        book[0].rows[2][5] = text("1");
    });
    let sent = bodies(&work, &["mended.xlsx"]);
    assert_eq!((&sent[0]["assignee_username"], &sent[0]["user_name"]), (&"x".into(), &"Budi".into()));
    assert_eq!(sent[0]["task_module_info"]["orders"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_no_part_of_the_run_is_not_in_the_workbook() {
    let work = WorkDir::with("l.csv", format!("user_phone,due_amount\nbad,1\n{U},1\n{V},1O\n"));
    problems(&work, &["l.csv", "--limit", "1", "--fix", "fix.xlsx"]);
    assert_eq!(sheets(&work.path().join("fix.xlsx"))[0].rows.len(), 2);
}

#[test]
fn an_id_from_above_still_holds_back_whose_it_is() {
    let work = WorkDir::with(
        "l.csv",
        format!("user_id,user_phone,user_name,order_number\n7,{U},Sari,1\n,bad,,2\n8,{V},Budi,3\n"),
    );
    let before = problems(&work, &["l.csv", "--fill-down", "--fix", "fix.xlsx"]);
    assert_eq!(before, ["withheld 2", "bad-phone user_phone3"]);
    for flag in ["--fill-down", "--fill-down=false"] {
        assert_eq!(problems(&work, &["fix.xlsx", flag]), ["withheld 2", "bad-phone C3"], "{flag}");
    }
    // Of another person only the id is told: no name goes to a number that it does not belong to.
    let book = sheets(&work.path().join("fix.xlsx"));
    assert_eq!(book[0].rows[2][1..], [text("7"), text("bad"), Data::Empty, text("2")]);
}

#[test]
fn a_bad_cell_holds_back_everybody_it_counts_for() {
    let list = format!("user_phone,auth_id,order_number\n{U},x,1\n{V},,2\n+6281512349999,8,3\n");
    let work = WorkDir::with("l.csv", list);
    let arguments = ["l.csv", "--fill-down", "--fix", "fix.xlsx"];
    assert_eq!(problems(&work, &arguments), ["bad-number auth_id2", "withheld 3"]);
    assert_eq!(bodies(&work, &arguments).len(), 1);
    assert_eq!(problems(&work, &["fix.xlsx"]), ["bad-number C2", "bad-number C3"]);
}

#[test]
fn a_name_beside_an_order_is_not_carried_to_the_next_id() {
    let work = WorkDir::new();
    work.write("users.csv", format!("user_id,user_phone\n1,{U}\n2,{V}\n"));
    work.write("orders.csv", "user_id,user_name,order_number\n1,Sari,A\n,,B\n2,,C\n");
    let sent = bodies(&work, &["--users", "users.csv", "--orders", "orders.csv", "--fill-down"]);
    assert_eq!((&sent[0]["user_name"], &sent[1]["user_name"]), (&"Sari".into(), &serde_json::Value::Null));
    assert_eq!(sent[0]["task_module_info"]["orders"].as_array().unwrap().len(), 2);
}

#[test]
fn notes_are_few_and_reasons_in_every_row() {
    let rows: String = (0..10_050).map(|user| format!("+62812{user:08},1O\n")).collect();
    let work = WorkDir::with("l.csv", format!("user_phone,due_amount\n{rows}"));
    work.run(&[&["check", "l.csv", "--fix", "fix.xlsx"][..], &GIVEN].concat()).expect(1);
    assert_eq!(part(&work, "fix.xlsx", "xl/comments1.xml").matches("<comment ").count(), 10_000);
    let book = sheets(&work.path().join("fix.xlsx"));
    assert_eq!(book[0].rows.len(), 10_051);
    assert!(book[0].rows[10_050][0].to_string().contains("is not an amount"));
}
