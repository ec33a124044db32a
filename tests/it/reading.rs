//! How lists are read: encodings of text, hidden rows of sheets, and what is said about both.

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

    let run = work.run(&["upload", "list.xlsx", "--sandbox"]).expect(2);
    assert!(run.stderr.contains("--hidden-rows read"), "{}", run.transcript());
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
