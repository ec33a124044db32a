//! How the workbook is read as a list again.

use super::*;

#[test]
fn the_few_wrong_numbers_do_not_become_the_country_of_the_list() {
    let rows: String = (0..5).map(|user| format!("628121000000{user},1\n")).collect();
    let work =
        WorkDir::with("l.csv", format!("user_phone,due_amount\n{rows}8613800138000,1\n8613800138001,1\n"));
    assert_eq!(
        problems(&work, &["l.csv", "--fix", "fix.xlsx"]),
        ["bad-phone user_phone7", "bad-phone user_phone8"]
    );
    assert_eq!(problems(&work, &["fix.xlsx"]), ["bad-phone B2", "bad-phone B3"]);
    // One of them mended does not make the other right.
    mended(&work, "fix.xlsx", |book| book[0].rows[1][1] = text("+8613800138000"));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["bad-phone B3"]);
    // Nor what is made of that one.
    problems(&work, &["mended.xlsx", "--fix", "again.xlsx"]);
    assert_eq!(problems(&work, &["again.xlsx"]), ["bad-phone B2"]);
    // A sheet that lost what it knew of its list is a list like any other.
    mended(&work, "fix.xlsx", |book| book.truncate(1));
    assert_eq!(problems(&work, &["mended.xlsx"]), Vec::<String>::new());
    mended(&work, "fix.xlsx", |book| {
        book[0].rows[1][1] = text("6281210000008");
        book[0].rows[2][1] = text("6281210000009");
    });
    assert_eq!(bodies(&work, &["mended.xlsx"]).len(), 2, "written as the list is written, they are right");
}

#[test]
fn a_shifted_row_is_not_read_half() {
    let work = WorkDir::with("l.csv", format!("user_phone,due_amount\n{U},1,500,x\n{V},2\n"));
    assert_eq!(problems(&work, &["l.csv", "--fix", "fix.xlsx"]), ["ragged-row 2"]);
    assert_eq!(problems(&work, &["fix.xlsx"]), ["ragged-row 2"]);
    mended(&work, "fix.xlsx", |book| book.truncate(1));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["ragged-row 2"], "without the hidden sheet too");
    // A remark beside a sheet is told, there and in the workbook that is made of it, and is no fault.
    let sheet = SheetCells {
        name: "s".to_owned(),
        visible: true,
        rows: vec![
            vec![text("user_phone"), text("due_amount")],
            vec![text(U), text("1O"), Data::Empty, text("call first")],
        ],
    };
    save(&[sheet], &work.path().join("l.xlsx"));
    assert_eq!(problems(&work, &["l.xlsx", "--fix", "fix2.xlsx"]), ["unknown-column D1", "bad-amount B2"]);
    assert_eq!(problems(&work, &["fix2.xlsx"]), ["unknown-column E1", "bad-amount C2"]);
}

#[test]
fn letters_in_flags_mean_the_columns_of_the_list() {
    let work = WorkDir::with("l.csv", format!("Tel,Kosten,Kosten,x\n{U},1O,9,9\n{V},2,9,9\n"));
    let flags = [
        "--header-row",
        "1",
        "--map",
        "user_phone=A",
        "--map",
        "due_amount=#2",
        "--ignore",
        "C",
        "--ignore",
        "#4",
    ];
    assert_eq!(
        problems(&work, &[&["l.csv", "--fix", "fix.xlsx"], &flags[..]].concat()),
        ["bad-amount Kosten2"]
    );
    assert_eq!(problems(&work, &[&["fix.xlsx"], &flags[..]].concat()), ["bad-amount C2"]);
    // The letter that a hint gives to type is the one that a flag takes.
    let work = WorkDir::with("l.csv", format!("user_phone,due_amount\n{U},1O\n"));
    problems(&work, &["l.csv", "--fix", "fix.xlsx"]);
    mended(&work, "fix.xlsx", |book| {
        book[0].rows[0].push(text("due_amount"));
        book[0].rows[1].push(text("10"));
    });
    let run = work.run(&[&["check", "mended.xlsx"][..], &GIVEN].concat()).expect(2);
    assert!(
        run.stdout.contains("mended.xlsx l!D1") && run.stdout.contains("--ignore C\n"),
        "{}",
        run.transcript()
    );
    assert_eq!(problems(&work, &["mended.xlsx", "--ignore", "C"]), ["bad-amount C2"]);
    assert_eq!(problems(&work, &["mended.xlsx", "--ignore", "B"]), [] as [&str; 0]);
}

#[test]
fn a_phone_column_alone_is_a_header_in_the_workbook_too() {
    let work = WorkDir::with("l.csv", format!("user_phone\n{U}\nbad\n"));
    problems(&work, &["l.csv", "--fix", "fix.xlsx"]);
    assert_eq!(problems(&work, &["fix.xlsx"]), ["bad-phone B2"]);
}

#[test]
fn two_tables_come_back_as_two_tables() {
    let work = WorkDir::new();
    work.write("users.csv", format!("user_id,user_phone,user_name\n1,{U},Sari\n2,{V},Budi\n3,bad,Tono\n"));
    let orders = "user_id,order_number,due_amount\n2,A,1\n1,B,2\n2,C,3x\n9,D,4\n3,E,5\n1,F,6\n";
    work.write("orders.csv", orders);
    let tables = ["--users", "users.csv", "--orders", "orders.csv"];
    let first = bodies(&work, &[&tables[..], &["--fix", "fix.xlsx"]].concat());
    assert_eq!(first.len(), 1);
    let book = sheets(&work.path().join("fix.xlsx"));
    let names = |sheet: &SheetCells| {
        sheet.rows[1..].iter().map(|row| format!("{} {}", row[1], row[2])).collect::<Vec<_>>()
    };
    assert_eq!(names(&book[0]), [format!("2 {V}"), "3 bad".to_owned()]);
    assert_eq!(names(&book[1]), ["2 A", "2 C", "9 D", "3 E"]);
    let before = problems(&work, &tables);
    let codes = |problems: &[String]| {
        let mut codes: Vec<String> =
            problems.iter().map(|it| it.split(' ').next().unwrap().to_owned()).collect();
        codes.sort();
        codes
    };
    assert_eq!(
        codes(&problems(&work, &["fix.xlsx"])),
        codes(&before),
        "most orders finding no user is no reason to stop"
    );
    assert_eq!(bodies(&work, &["fix.xlsx"]).len(), 0);
    mended(&work, "fix.xlsx", |book| {
        book[0].rows[2][2] = text("+6281512340000");
        book[0].rows.push(vec![Data::Empty, text("9"), text("+6281512349999"), text("Wati")]);
        book[1].rows[2][3] = text("3");
    });
    let missing = bodies(&work, &["mended.xlsx"]);
    work.write("users.csv", format!("user_id,user_phone,user_name\n1,{U},Sari\n2,{V},Budi\n3,+6281512340000,Tono\n9,+6281512349999,Wati\n"));
    work.write("orders.csv", orders.replace("3x", "3"));
    let all = bodies(&work, &tables);
    let both: Vec<_> = first.into_iter().chain(missing).collect();
    assert_eq!(both, all);
}

#[test]
fn a_table_without_anything_to_mend_is_kept_for_the_join() {
    let work = WorkDir::new();
    work.write("users.csv", format!("user_id,user_phone\n1,{U}\n2,bad\n"));
    work.write("orders.csv", "user_id,order_number\n1,A\n");
    problems(&work, &["--users", "users.csv", "--orders", "orders.csv", "--fix", "fix.xlsx"]);
    assert_eq!(problems(&work, &["fix.xlsx"]), ["bad-phone C2"]);
    mended(&work, "fix.xlsx", |book| book[0].rows[1][1..].clone_from_slice(&[Data::Empty, text(V)]));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["missing-value B2"], "orders are still found by the id");
}

#[test]
fn several_lists_of_other_columns_and_odd_names_are_one_workbook() {
    let work = WorkDir::new();
    let sheet = |name: &str, amount: &str| SheetCells {
        name: name.to_owned(),
        visible: true,
        rows: vec![
            vec![text("user_phone"), text("due_amount"), text("name")],
            vec![text(U), text(amount), text("n")],
        ],
    };
    save(&[sheet("Orders", "1"), sheet("x", "2")], &work.path().join("a.xlsx"));
    save(&[sheet("Orders", "1O")], &work.path().join("b.xlsx"));
    let odd = "a very long name [of] a list that no sheet can have.csv";
    work.write(odd, format!("order_number;user_phone;name\nA;{V};n;2\n"));
    work.write("History.csv", "user_phone,name,order_number\nbad,n,1\n");
    let inputs = ["a.xlsx", "b.xlsx", odd, "History.csv", "--sheet", "Orders"];
    let before = problems(&work, &[&inputs[..], &["--fix", "fix.xlsx"]].concat());
    assert_eq!(before, ["withheld 2", "bad-amount B2", "ragged-row 2", "bad-phone user_phone2"]);
    let book = sheets(&work.path().join("fix.xlsx"));
    let names: Vec<&str> = book.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        ["Orders", "Orders (2)", "a very long name _of_ a list th", "History list", "_incs_import"]
    );
    let after = problems(&work, &["fix.xlsx", "--sheet", "Orders"]);
    assert_eq!(after, ["withheld 2", "bad-amount C2", "ragged-row 2", "bad-phone B2"]);
}

#[test]
fn rows_that_are_emptied_are_no_rows() {
    let work = WorkDir::with("l.csv", format!("user_phone,due_amount\n{U},1O\n"));
    problems(&work, &["l.csv", "--fix", "fix.xlsx"]);
    mended(&work, "fix.xlsx", |book| book[0].rows[1][1..].fill(Data::Empty));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["no-rows null"]);
}

#[test]
fn a_column_without_a_header_is_found_by_its_letter_in_the_workbook_too() {
    let work = WorkDir::with("l.csv", format!("Tel,Kosten\n{U},1O\n{V},2,incs_9\n"));
    let flags = [
        "--header-row",
        "1",
        "--map",
        "user_phone=A",
        "--map",
        "due_amount=B",
        "--map",
        "assignee_username=C",
    ];
    assert_eq!(
        problems(&work, &[&["l.csv", "--fix", "fix.xlsx"], &flags[..]].concat()),
        ["bad-amount Kosten2"]
    );
    assert_eq!(problems(&work, &[&["fix.xlsx"], &flags[..]].concat()), ["bad-amount C2"]);
}

#[test]
fn a_workbook_without_its_first_column_is_still_judged_by_its_list() {
    let rows: String = (0..5).map(|user| format!("628121000000{user},1\n")).collect();
    let work =
        WorkDir::with("l.csv", format!("user_phone,due_amount\n{rows}8613800138000,1\n+6281210000009,1,5\n"));
    problems(&work, &["l.csv", "--fix", "fix.xlsx"]);
    mended(&work, "fix.xlsx", |book| book[0].rows.iter_mut().for_each(|row| drop(row.remove(0))));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["bad-phone A2", "ragged-row 3"]);
}

#[test]
fn a_hidden_sheet_that_is_not_ours_is_a_sheet_like_any_other() {
    let work = WorkDir::new();
    let sheet = |name: &str, visible, rows| SheetCells { name: name.to_owned(), visible, rows };
    let list = vec![vec![text("user_phone"), text("name")], vec![text(U), text("n")]];
    let ours = vec![text("_incs_import"), text("1")];
    for (about, ignored) in [
        (vec![vec![text("my notes")]], 1),
        (vec![vec![text("_incs_import"), text("2")]], 1),
        (vec![ours.clone(), vec![text("table"), text("l"), text("king")]], 1),
        (vec![ours.clone(), vec![text("country"), text("ID +62"), text("many")]], 1),
        (vec![ours.clone(), vec![text("country"), text("CN +86"), Data::Float(7.0)]], 1),
        (vec![ours.clone(), vec![text("country"), text("ID +62"), text("18446744073709551615")]], 0),
    ] {
        save(
            &[sheet("l", true, list.clone()), sheet("_incs_import", false, about)],
            &work.path().join("l.xlsx"),
        );
        let want: &[&str] = if ignored == 1 { &["ignored-sheet null"] } else { &[] };
        assert_eq!(problems(&work, &["l.xlsx"]), want);
    }
}
