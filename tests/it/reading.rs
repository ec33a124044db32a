//! How lists are read: encodings of text, hidden rows of sheets, what a column may be, and what is said about all of it.

use rust_xlsxwriter::Workbook;

use crate::support::{HEADER, Run, WorkDir, list, row};

fn encoded(label: &str, text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!unmappable, "{label} has no {text}");
    bytes.into_owned()
}

fn names(work: &WorkDir, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["check"], arguments, &["--payloads", "bodies.jsonl", "-q"]].concat();
    work.run(&arguments).expect(0);
    let text = std::fs::read_to_string(work.path().join("bodies.jsonl")).unwrap();
    let body = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    text.lines().map(|line| body(line)["user_name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn text_in_other_encodings_is_read_and_the_guess_is_told() {
    let chinese = "用户手机号,用户姓名,催收员,任务名称,授权ID,订单号,应还金额(元)\n\
                   6281210000000,欧阳娜娜,incs_1,催收,30058,A1,100.50\n";
    let french = list(2).replace("User 0", "José Müller").replace("User 1", "Zoë “Z” Ñandú");
    let work = WorkDir::new();
    work.write("chinese.csv", encoded("gb18030", chinese));
    work.write("french.csv", encoded("windows-1252", &french));
    let little: Vec<u8> = format!("\u{feff}{chinese}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    work.write("unicode.csv", little);
    assert_eq!(names(&work, &["chinese.csv"]), ["欧阳娜娜"]);
    assert_eq!(names(&work, &["unicode.csv"]), ["欧阳娜娜"]);
    assert_eq!(names(&work, &["french.csv"]), ["José Müller", "Zoë “Z” Ñandú"]);
    assert_eq!(names(&work, &["french.csv", "--encoding", "latin1"]), ["José Müller", "Zoë “Z” Ñandú"]);

    let said = |file: &str| work.run(&["check", file]).expect(0).stdout;
    assert!(
        said("chinese.csv")
            .contains("chinese.csv: text is not UTF-8, and is read as GB18030, which is a guess")
    );
    assert!(said("french.csv").contains("is read as Windows-1252, which is a guess"));
    assert!(said("unicode.csv").contains("text is read as UTF-16LE\n"));
    // Who reads no preview is told as well, and not on the output for programs.
    for arguments in [
        &["check", "chinese.csv", "--format", "json"][..],
        &["upload", "chinese.csv", "--sandbox", "--format", "json"],
    ] {
        let run = work.run(arguments).expect(0);
        run.json();
        assert!(
            run.stderr.contains("chinese.csv: text is not UTF-8, and is read as GB18030"),
            "{}",
            run.transcript()
        );
    }
    let named = work.run(&["check", "chinese.csv", "--encoding", "gbk"]).expect(0).stdout;
    assert!(named.contains("text is read as GB18030\n"), "{named}");
}

#[test]
fn bytes_that_do_not_fit_are_undecodable_and_nothing_is_guessed_far() {
    let work = WorkDir::new();
    let problem = |run: Run| run.expect(2).json()["problems"][0].clone();
    let check = |file: &str, encoding: &str| {
        problem(work.run(&["check", file, "--format", "json", "--encoding", encoding]))
    };
    work.write("broken.csv", [list(3).as_bytes(), b"62812\xFF10000009,x,y,z,1,2,3\n"].concat());
    for encoding in ["gb18030", "utf-8"] {
        let found = check("broken.csv", encoding);
        assert_eq!((&found["code"], &found["row"]), (&"undecodable".into(), &5.into()), "{found}");
    }
    work.write("cut.csv", [list(1).as_bytes(), b"\x81"].concat());
    assert_eq!(check("cut.csv", "windows-1252")["code"], "undecodable");
    assert_eq!(check("cut.csv", "klingon")["code"], "unreadable");
    work.write("marked.csv", format!("\u{feff}{}", list(1)));
    assert_eq!(check("marked.csv", "gbk")["code"], "undecodable");

    work.write(
        "taiwan.csv",
        encoded("big5", &list(1).replace("User 0", "張三,手機號碼").replace(",手機", "手機")),
    );
    let found = problem(work.run(&["check", "taiwan.csv", "--format", "json"]));
    assert_eq!(found["code"], "undecodable");
    assert!(found["hint"].as_str().unwrap().contains("--encoding big5"), "{found}");
    assert_eq!(names(&work, &["taiwan.csv", "--encoding", "big5"]), ["張三手機號碼"]);
}

/// A workbook of four users, of whom two are hidden, and a total row that is hidden too.
fn filtered() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let text = list(4) + "total,,,,,,406\n";
    for (number, line) in (0_u32..).zip(text.lines()) {
        for (column, cell) in (0_u16..).zip(line.split(',')) {
            sheet.write_string(number, column, cell).unwrap();
        }
    }
    for hidden in [2, 3, 5] {
        sheet.set_row_hidden(hidden).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn hidden_rows_are_told_and_need_a_word_where_nobody_is_asked() {
    let work = WorkDir::with("list.xlsx", filtered());
    let object = work.run(&["check", "list.xlsx", "--format", "json"]).expect(0).json();
    assert_eq!((&object["rows"], &object["tasks"]), (&5.into(), &4.into()));
    let hidden = &object["problems"][0];
    assert_eq!(
        (&hidden["severity"], &hidden["code"], &hidden["row"]),
        (&"warning".into(), &"hidden-rows".into(), &serde_json::Value::Null)
    );
    assert!(hidden["message"].as_str().unwrap().starts_with("3 rows are hidden"), "{hidden}");

    for trial in [&["upload", "list.xlsx", "--sandbox"][..], &["upload", "list.xlsx", "--dry-run"]] {
        let run = work.run(trial).expect(2);
        assert!(run.stderr.contains("--hidden-rows read"), "{}", run.transcript());
    }
    assert!(work.reports().is_empty(), "nothing was begun");

    work.run(&["upload", "list.xlsx", "--sandbox", "--hidden-rows", "read"]).expect(0);
    assert_eq!(work.results().len(), 4);
    let run = work.run(&["upload", "list.xlsx", "--sandbox", "--hidden-rows", "skip"]).expect(0);
    assert_eq!(work.column("rows"), ["2", "5"]);
    assert!(run.stdout.contains("3 left out (hidden rows: 3)"), "{}", run.transcript());
    assert_eq!(work.summary()["input"]["rows"], 5);
    let object =
        work.run(&["check", "list.xlsx", "--format", "json", "--hidden-rows", "skip"]).expect(0).json();
    assert_eq!((&object["rows"], &object["tasks"]), (&5.into(), &2.into()));
    assert_eq!(object["problems"].as_array().unwrap().len(), 1, "{object}");
}

#[test]
fn a_hidden_row_with_an_error_is_an_error_unless_it_is_left_out() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let text = format!("{HEADER}\n{}{}", row(0), row(1).replace("101.50", "x"));
    for (number, line) in (0_u32..).zip(text.lines()) {
        for (column, cell) in (0_u16..).zip(line.split(',')) {
            sheet.write_string(number, column, cell).unwrap();
        }
    }
    sheet.set_row_hidden(2).unwrap();
    let work = WorkDir::with("list.xlsx", book.save_to_buffer().unwrap());
    work.run(&["check", "list.xlsx"]).expect(1);
    work.run(&["check", "list.xlsx", "--hidden-rows", "skip"]).expect(0);
}

fn orders(work: &WorkDir, arguments: &[&str]) -> Vec<(String, Vec<String>)> {
    let arguments = [&["check"], arguments, &["--payloads", "bodies.jsonl", "-q"]].concat();
    work.run(&arguments);
    let text = std::fs::read_to_string(work.path().join("bodies.jsonl")).unwrap();
    let body = |line: &str| {
        let body: serde_json::Value = serde_json::from_str(line).unwrap();
        let orders = body["task_module_info"]["orders"].as_array().cloned().unwrap_or_default();
        let numbers = orders.iter().map(|order| order["order_number"].as_str().unwrap().to_owned());
        (body["user_phone"].as_str().unwrap().to_owned(), numbers.collect())
    };
    text.lines().map(body).collect()
}

const SHORT: [&str; 8] = ["--auth-id", "1", "--name", "n", "--assignee", "a", "--country-code", "62"];

#[test]
fn an_order_that_may_be_the_user_aboves_holds_him_back() {
    let list = |row: &str| {
        format!(
            "user_phone,user_name,user_id,order_no,due_amount\n+6281210000000,Ani,7,A,1\n{row}\n+6281210000001,Budi,8,C,3\n"
        )
    };
    for (row, tasks) in [
        (",,,B,2", 1),
        (",Ani,,B,2", 1),
        (", ani ,,B,2", 2),
        (",,7,B,2", 1),
        // somebody else's
        (",Cici,,B,2", 2),
        // nobody's order
        (",,,,", 2),
    ] {
        let work = WorkDir::with("list.csv", list(row));
        let arguments = [&["check", "list.csv", "--format", "json"], &SHORT[..]].concat();
        assert_eq!(work.run(&arguments).json()["tasks"], tasks, "{row}");
    }
}

#[test]
fn what_follows_a_total_is_nobodys() {
    let work = WorkDir::new();
    work.write(
        "list.csv",
        "user_phone,order_no,due_amount\n+6281210000000,A,100\n,B,50\nTotal,,150\n,,150\n",
    );
    let arguments = [&["list.csv", "--fill-down"], &SHORT[..]].concat();
    let run = work.run(&[&["check", "--format", "json"], &arguments[..]].concat()).expect(1);
    let codes: Vec<_> =
        run.json()["problems"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect();
    assert_eq!(codes, ["withheld", "withheld", "total-row", "missing-value"]);
    // The word in the column of order numbers is no order, a number that begins with it is one.
    work.write(
        "list.csv",
        "user_phone,order_no,due_amount\n+6281210000000,A,100\n,Total 9,50\n,小计：,150\n",
    );
    assert_eq!(
        orders(&work, &arguments),
        [("6281210000000".to_owned(), vec!["A".to_owned(), "Total 9".to_owned()])]
    );
}

#[test]
fn a_phone_above_the_header_is_not_passed_over() {
    let sorted = format!("{}{HEADER}\n{}", row(0), row(1));
    let work = WorkDir::with("list.csv", &sorted);
    let object = work.run(&["check", "list.csv", "--format", "json"]).expect(2).json();
    let problem = &object["problems"][0];
    assert_eq!((&problem["row"], &problem["field"]), (&1.into(), &"user_phone".into()), "{object}");
    assert!(problem["hint"].as_str().unwrap().contains("--header-row 2"));
    work.run(&["check", "list.csv", "--header-row", "2"]).expect(0);
    work.write("titled.csv", format!("Daily list of May 2026\nCall 021 555 before noon\n{}", list(2)));
    work.run(&["check", "titled.csv"]).expect(0);
}

#[test]
fn one_text_over_two_columns_names_neither() {
    let work = WorkDir::with("list.csv", "Kontak,Kontak,order_no\n+6281210000000,+6281210000001,A\n");
    let arguments = [&["check", "list.csv", "--map", "user_phone=Kontak"], &SHORT[..]].concat();
    let run = work.run(&arguments).expect(2);
    assert!(run.stdout.contains("[duplicate-column]"), "{}", run.transcript());
    let arguments = [&["check", "list.csv", "--map", "user_phone=B"], &SHORT[..]].concat();
    work.run(&arguments).expect(0);
}

#[test]
fn what_a_column_may_be_is_all_said() {
    let work =
        WorkDir::with("list.csv", "Title\nTel;Pelanggan;Petugas;Tagihan\n628121000001;Budi;incs_1;100\n");
    let check =
        |flags: &[&str]| work.run(&[&["check", "list.csv", "--auth-id", "1", "--name", "x"], flags].concat());
    let phone = check(&[]).expect(2);
    assert!(
        phone.stdout.ends_with("\nthe list cannot be used, and nothing would be sent\n"),
        "{}",
        phone.transcript()
    );
    assert!(phone.stdout.contains("row 2 looks like one (2 known columns)"), "{}", phone.transcript());
    assert!(phone.stdout.contains("--map user_phone=Tel\n"), "{}", phone.transcript());
    let unclear = check(&["--map", "user_phone=Tel"]).expect(2);
    assert!(unclear.stdout.contains("may be one of user_name, user_id"), "{}", unclear.transcript());
    let flags = "--map user_name=Pelanggan, --map user_id=Pelanggan, or --ignore Pelanggan";
    assert!(unclear.stdout.contains(flags), "{}", unclear.transcript());
    check(&["--map", "user_phone=Tel", "--map", "user_name=Pelanggan"]).expect(0);
}

#[test]
fn a_name_beside_a_task_name_may_be_the_users() {
    let work = WorkDir::with("list.csv", "phone,Name,Task Name,agent\n628121000001,Budi,Reminder,incs_1\n");
    let both = work.run(&["check", "list.csv", "--auth-id", "1"]).expect(2);
    assert!(both.stdout.contains("--ignore 'Task Name'; or"), "{}", both.transcript());
    assert!(both.stdout.contains("--map user_name=Name\n"), "{}", both.transcript());
    let mapped = work.run(&["check", "list.csv", "--auth-id", "1", "--map", "user_name=Name"]).expect(0);
    assert!(mapped.stdout.contains("628121000001 Budi: \"Reminder\""), "{}", mapped.transcript());
    // Where the users' names have a column, the name is another one for the task.
    work.write("list.csv", "phone,nama,Name,Task Name,agent\n628121000001,Budi,Call,Reminder,incs_1\n");
    let third = work.run(&["check", "list.csv", "--auth-id", "1"]).expect(2);
    assert!(!third.stdout.contains("user_name=Name"), "{}", third.transcript());
}

#[test]
fn every_field_that_a_user_lacks_is_told_at_once() {
    let work = WorkDir::new();
    let lacking = |text: &str, flags: &[&str]| {
        work.write("list.csv", text);
        let run = work.run(&[&["check", "list.csv", "--format", "json"][..], flags].concat()).expect(1);
        let problems = run.json()["problems"].as_array().unwrap().clone();
        let of_errors = problems.iter().filter(|problem| problem["severity"] == "error");
        let shown = of_errors.map(|problem| {
            format!("{} {}", problem["code"].as_str().unwrap(), problem["field"].as_str().unwrap())
        });
        shown.collect::<Vec<_>>()
    };
    let header = "user_phone,assignee_username,auth_id,name,user_name,order_number,due_amount";
    let none = format!("{header}\n6281277000001,,,,,A1,5\n");
    assert_eq!(
        lacking(&none, &["--require", "user_name,name"]),
        [
            "missing-value assignee_username",
            "missing-value auth_id",
            "missing-value name",
            "missing-value user_name"
        ]
    );
    // What stands there and cannot be read is no blank.
    let wrong = format!("{header}\n6281277000001,a,abc,,u,A1,5\n");
    assert_eq!(lacking(&wrong, &[]), ["bad-number auth_id", "missing-value name"]);
    // Neither is a wrong amount a reason to be silent about a name.
    let amount = format!("{header}\n6281277000001,a,1,,u,A1,x\n");
    assert_eq!(lacking(&amount, &[]), ["missing-value name", "bad-amount due_amount"]);

    // What an order has to have, a user without any order has not.
    let orders = format!("{header}\n6281277000001,a,1,n,u,,\n6281277000002,a,1,n,u,A1,5\n");
    assert_eq!(lacking(&orders, &["--require", "due_amount"]), ["missing-value due_amount"]);
    // A row for the user, and his orders below it: he has them.
    let below = format!("{header}\n6281277000001,a,1,n,u,,\n6281277000001,,,,,A1,5\n");
    work.write("list.csv", below);
    work.run(&["check", "list.csv", "--require", "due_amount"]).expect(0);
}

#[test]
fn a_dry_run_of_the_sandbox_says_where_it_would_send() {
    let work = WorkDir::with("list.csv", list(1));
    let run = work.run(&["upload", "list.csv", "--sandbox", "--dry-run"]).expect(0);
    assert!(run.stdout.contains("1 task would be sent to a stand-in"), "{}", run.transcript());
}

#[test]
fn a_dry_run_ends_with_the_code_of_the_run() {
    let work = WorkDir::with("empty.csv", format!("{HEADER}\n"));
    work.write("wrong.csv", list(2).replace("101.50", "x"));
    for (arguments, code) in [
        (&["empty.csv"][..], 1),
        (&["empty.csv", "--allow-empty"], 0),
        (&["wrong.csv"], 1),
        (&["wrong.csv", "--accept", "invalid"], 0),
    ] {
        let run = |more: &[&str]| work.run(&[&["upload", "--sandbox"], arguments, more].concat()).code;
        assert_eq!((run(&[]), run(&["--dry-run"])), (code, code), "{arguments:?}");
    }
}

#[test]
fn what_is_written_never_takes_the_place_of_the_list() {
    let work = WorkDir::with("list.csv", list(1));
    for flag in ["--payloads", "--fix"] {
        let run = work.run(&["check", "list.csv", flag, "./list.csv"]).expect(2);
        assert!(run.stderr.contains("list.csv is the list itself"), "{}", run.transcript());
    }
    assert_eq!(std::fs::read_to_string(work.path().join("list.csv")).unwrap(), list(1));
}

#[test]
fn flags_without_an_effect_are_told_to_programs_too() {
    let list = "user_phone,assignee_username,name,auth_id,module_id,order_number\n\
                6281277000001,a,n,1,019d3dcd-f5a8-70e7-aff8-c54bde267f38,A1\n";
    let work = WorkDir::with("list.csv", list);
    let flags = ["check", "list.csv", "--name", "x", "--module-id", "019d3dcd-f5a8-70e7-aff8-c54bde267f39"];
    let told = |text: &str| {
        ["--name", "--module-id"].map(|flag| text.contains(&format!("{flag} had nothing to fill")))
    };
    let shown = work.run(&flags).expect(0);
    assert_eq!(told(&shown.stdout), [true, true], "{}", shown.transcript());
    let json = work.run(&[&flags[..], &["--format", "json"]].concat()).expect(0);
    assert_eq!(told(&json.stderr), [true, true], "{}", json.transcript());
    json.json();
    // The constant of the API page is nobody's flag.
    let without = work.run(&["check", "list.csv"]).expect(0);
    assert_eq!(told(&without.stdout), [false, false], "{}", without.transcript());
}

#[test]
fn the_sandbox_takes_the_place_of_any_target() {
    let work = WorkDir::with("list.csv", list(1));
    for url in ["garbage", "http://example.com"] {
        work.run(&["upload", "list.csv", "--sandbox", "--base-url", url]).expect(0);
        work.run(&["upload", "list.csv", "--dry-run", "--base-url", url]).expect(2);
    }
}

#[test]
fn a_sheet_of_another_name_is_answered_with_those_that_are_there() {
    let work = WorkDir::new();
    let mut book = Workbook::new();
    for name in ["Orders", "Users"] {
        book.add_worksheet().set_name(name).unwrap().write(0, 0, "user_phone").unwrap();
    }
    work.write("list.xlsx", book.save_to_buffer().unwrap());
    for (arguments, hint) in [
        (&["list.xlsx", "--sheet", "B"][..], r#"name one that is there: "Orders", "Users""#),
        (&["list.xlsx", "--sheet", "users"], "capitals and spaces count: --sheet Users"),
        (
            &["--users", "list.xlsx#users", "--orders", "list.xlsx#Orders"],
            "capitals and spaces count: #Users",
        ),
    ] {
        let run = work.run(&[&["check"], arguments].concat()).expect(2);
        assert!(run.stdout.contains(&format!("    fix: {hint}\n")), "{}", run.transcript());
        assert!(run.stdout.contains("  list.xlsx: there is no "), "{}", run.transcript());
    }
}

#[test]
fn columns_that_nothing_is_done_with_are_told() {
    let list = "phone,order_no,,city\n+6281210000000,A1,5,x\n+6281210000000,A2,6,y\n";
    let work = WorkDir::with("list.csv", list);
    let check = |flags: &[&str]| work.run(&[&["check", "list.csv"], &SHORT[..], flags].concat()).expect(0);
    let run = check(&["--ignore", "city", "--ignore", "my zzz"]);
    let told = "--ignore 'my zzz' had nothing to ignore: no list has such a column\n";
    assert!(run.stdout.contains(told), "{}", run.transcript());
    assert_eq!(run.stdout.matches("has no header and is ignored").count(), 1, "{}", run.transcript());
    assert!(run.stdout.contains("list.csv:1 column 3: column 3 has no header"), "{}", run.transcript());
    let run = check(&["--ignore", "city", "--ignore", "#3"]);
    assert!(!run.stdout.contains("has no header"), "{}", run.transcript());
    assert!(!run.stdout.contains("nothing to ignore"), "{}", run.transcript());
    check(&["--ignore", "city", "--map", "due_amount=#3", "--require", "due_amount"]);
}
