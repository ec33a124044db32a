//! `check --fix` and `fix.xlsx`: what stands in the workbook, and how it is read again.

use calamine::Data;
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::support::{Action, Run, Scripted, SheetCells, WorkDir, created, list, refused, row, save, sheets};

const GIVEN: [&str; 6] = ["--auth-id", "7", "--name", "n", "--assignee", "a"];

/// Checks with what every task needs; gives the problems as `code place`.
fn problems(work: &WorkDir, arguments: &[&str]) -> Vec<String> {
    let all: Vec<&str> =
        ["check", "--format", "json"].into_iter().chain(GIVEN).chain(arguments.iter().copied()).collect();
    let object = work.run(&all).json();
    let problems = object["problems"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    problems
        .map(|problem| format!("{} {}{}", text(&problem["code"]), text(&problem["column"]), problem["row"]))
        .collect()
}

fn bodies(work: &WorkDir, arguments: &[&str]) -> Vec<serde_json::Value> {
    let all: Vec<&str> =
        ["check", "--payloads", "o"].into_iter().chain(GIVEN).chain(arguments.iter().copied()).collect();
    let run = work.run(&all);
    assert!(run.code < 2, "{}", run.transcript());
    let text = std::fs::read_to_string(work.path().join("o")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Reads a workbook, types over what `mend` says, and saves it as `mended.xlsx`.
fn mended(work: &WorkDir, name: &str, mend: impl FnOnce(&mut Vec<SheetCells>)) {
    let mut book = sheets(&work.path().join(name));
    mend(&mut book);
    save(&book, &work.path().join("mended.xlsx"));
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

fn visible(book: &[SheetCells]) -> Vec<&SheetCells> {
    book.iter().filter(|sheet| sheet.visible).collect()
}

/// A part of the workbook as XML.
fn part(work: &WorkDir, name: &str, part: &str) -> String {
    let file = std::fs::File::open(work.path().join(name)).unwrap();
    let mut zip = zip::ZipArchive::new(file).unwrap();
    std::io::read_to_string(zip.by_name(part).unwrap()).unwrap()
}

const U: &str = "+6281512341234";
const V: &str = "+6281512345678";

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
        assert_eq!(book[0].rows[2][1..4], [text(V), Data::Empty, text("x")]);
        book[0].rows[2][5] = text("1");
    });
    let sent = bodies(&work, &["mended.xlsx"]);
    assert_eq!((&sent[0]["assignee_username"], &sent[0]["user_name"]), (&"x".into(), &"Budi".into()));
    assert_eq!(sent[0]["task_module_info"]["orders"].as_array().unwrap().len(), 2);
}

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
    // One of them mended does not make the other right, nor does a sheet that lost what it knew of its list.
    mended(&work, "fix.xlsx", |book| book[0].rows[1][1] = text("+8613800138000"));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["bad-phone B3"]);
    mended(&work, "fix.xlsx", |book| book.truncate(1));
    assert_eq!(problems(&work, &["mended.xlsx", "--fix", "again.xlsx"]), ["bad-phone B2", "bad-phone B3"]);
    assert_eq!(
        problems(&work, &["again.xlsx"]),
        ["bad-phone B2", "bad-phone B3"],
        "nor what is made of that one"
    );
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
    // A remark beside a sheet is no fault there, and none in the workbook that is made of it.
    let sheet = SheetCells {
        name: "s".to_owned(),
        visible: true,
        rows: vec![
            vec![text("user_phone"), text("due_amount")],
            vec![text(U), text("1O"), Data::Empty, text("call first")],
        ],
    };
    save(&[sheet], &work.path().join("l.xlsx"));
    assert_eq!(problems(&work, &["l.xlsx", "--fix", "fix2.xlsx"]), ["bad-amount B2"]);
    assert_eq!(problems(&work, &["fix2.xlsx"]), ["bad-amount C2"]);
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
fn what_is_no_part_of_the_run_is_not_in_the_workbook() {
    let work = WorkDir::with("l.csv", format!("user_phone,due_amount\nbad,1\n{U},1\n{V},1O\n"));
    problems(&work, &["l.csv", "--limit", "1", "--fix", "fix.xlsx"]);
    assert_eq!(sheets(&work.path().join("fix.xlsx"))[0].rows.len(), 2);
}

#[test]
fn rows_that_are_emptied_are_no_rows() {
    let work = WorkDir::with("l.csv", format!("user_phone,due_amount\n{U},1O\n"));
    problems(&work, &["l.csv", "--fix", "fix.xlsx"]);
    mended(&work, "fix.xlsx", |book| book[0].rows[1][1..].fill(Data::Empty));
    assert_eq!(problems(&work, &["mended.xlsx"]), ["no-rows null"]);
}

#[test]
fn nothing_to_mend_is_said_and_leaves_what_is_there() {
    let work = WorkDir::with("l.csv", list(2));
    let run = work.run(&["check", "l.csv", "--fix", "fix.xlsx"]).expect(0);
    assert!(
        run.stdout.contains("nothing is to be mended: fix.xlsx was not written\n"),
        "{}",
        run.transcript()
    );
    work.write("fix.xlsx", "old");
    let run = work.run(&["check", "l.csv", "--fix", "fix.xlsx"]).expect(0);
    assert!(run.stdout.contains("left as it is"), "{}", run.transcript());
    assert_eq!(std::fs::read_to_string(work.path().join("fix.xlsx")).unwrap(), "old");
}

#[test]
fn the_list_itself_is_never_overwritten() {
    let work = WorkDir::with("l.xlsx", list(1).replace(".50", ".5x"));
    std::fs::create_dir(work.path().join("sub")).unwrap();
    for target in ["l.xlsx", "sub/../l.xlsx"] {
        let run = work.run(&["check", "l.xlsx", "--fix", target]).expect(2);
        assert!(run.stderr.contains("is the list itself"), "{}", run.transcript());
    }
    let run = work.run(&["check", "l.xlsx", "--fix", "f.xlsx", "--payloads", "f.xlsx"]).expect(2);
    assert!(run.stderr.contains("--payloads too"), "{}", run.transcript());
    work.run(&["check", "l.xlsx", "--fix", "f.csv"]).expect(2);
    work.run(&["check", "l.csv", "--fix", "no/such/f.xlsx"]).expect(2);
}

#[test]
fn standard_input_is_mended_too() {
    use std::io::Write as _;
    let work = WorkDir::new();
    let mut child = work
        .command(&["check", "-", "--fix", "fix.xlsx"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let bad = list(1) + &row(1).replace(".50", ".5x");
    child.stdin.take().unwrap().write_all(bad.as_bytes()).unwrap();
    Run::of(child.wait_with_output().unwrap()).expect(1);
    let book = sheets(&work.path().join("fix.xlsx"));
    assert_eq!((book[0].name.as_str(), book[0].rows.len()), ("stdin", 2));
}

#[test]
fn a_run_that_was_refused_has_its_workbook() {
    let work = WorkDir::with("l.csv", list(2) + &row(2).replace(".50", ".5x"));
    let server = Scripted::creating();
    work.upload(&server.url(), &["l.csv", "--strict"]).expect(2);
    let fix = work.reports()[0].join("fix.xlsx");
    assert_eq!(sheets(&fix)[0].rows.len(), 2, "the header and the row that is wrong");
    let before = std::fs::read(&fix).unwrap();
    std::fs::remove_file(&fix).unwrap();
    work.run(&["report"]).expect(0);
    assert_eq!(sheets(&fix)[0].rows.len(), 2);
    assert!(!before.is_empty());
    // Without the copies of the inputs there is nothing to make it from; the other reports are written all the same.
    std::fs::remove_file(&fix).unwrap();
    std::fs::write(work.reports()[0].join("input/01-l.csv"), list(3)).unwrap();
    let run = work.run(&["report"]).expect(0);
    assert!(run.stderr.contains("fix.xlsx is not written") && !fix.exists(), "{}", run.transcript());
}

#[test]
fn what_the_server_rejects_is_mended_and_sent_again() {
    let work =
        WorkDir::with("l.csv", list(4).replace("100.50", "100.5x") + &row(2).replace("ORD00002", "ORD9"));
    let rejecting = Scripted::start(|number, request| match request.method.as_str() {
        "POST" if request.phone().ends_with('2') => {
            Action::json(200, refused(422, "assignee does not exist"))
        }
        "POST" => Action::json(200, created(number as u64 + 1, &request.phone())),
        _ => Action::json(200, crate::support::EMPTY_LIST.to_owned()),
    });
    let run = work.upload(&rejecting.url(), &["l.csv"]).expect(1);
    assert!(run.stdout.contains("fix.xlsx"), "{}", run.transcript());
    let fix = work.reports()[0].join("fix.xlsx");
    std::fs::copy(&fix, work.path().join("fix.xlsx")).unwrap();
    mended(&work, "fix.xlsx", |book| {
        let rows: Vec<String> = book[0].rows[1..].iter().map(|row| row[6].to_string()).collect();
        assert_eq!(rows, ["ORD00000", "ORD00002", "ORD9"]);
        assert!(book[0].rows[2][0].to_string().starts_with("refused by the server: assignee does not exist"));
        book[0].rows[1][7] = text("100.50");
    });
    let sending = Scripted::creating();
    work.upload(&sending.url(), &["mended.xlsx"]).expect(0);
    let mut phones: Vec<String> = sending.posts().iter().map(|post| post.phone()).collect();
    phones.sort();
    assert_eq!(phones, [crate::support::phone(0), crate::support::phone(2)]);
    assert!(!work.reports()[1].join("fix.xlsx").exists(), "nothing is left to mend");
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
