//! What a list says must not steer the terminal it is shown on.

use std::ffi::OsStr;

use super::files::is_tame;
use super::limited;
use crate::support::WorkDir;

/// Red, the cursor home, a title, a bell, a carriage return over the line, bidi and invisible marks, a C1 control.
const WILD: &str = "\u{1b}[31m\u{1b}[H\u{1b}]0;x\u{7}\r\u{202e}\u{2066}\u{200b}\u{9b}31m\u{8}ok";

/// The commands that show a list to a person, in every way they have.
fn every_screen(work: &WorkDir, file: &str) {
    for (command, flags) in [
        ("check", &[][..]),
        ("check", &["-v"]),
        ("check", &["--strict"]),
        ("check", &["--sheet", WILD]),
        ("check", &["--map", &format!("user_phone={WILD}")]),
        ("check", &["--ignore", WILD]),
        ("check", &["--name", WILD]),
        ("upload", &["--dry-run", "--yes"]),
        ("upload", &["--dry-run", "--yes", "--log-format", "json"]),
        ("upload", &["--sandbox", "--yes"]),
    ] {
        let mut command = limited(work, command, OsStr::new(file), flags);
        let output = command.output().unwrap();
        assert!(output.status.code().is_some_and(|code| code <= 2), "{flags:?}: {output:?}");
        is_tame(&output, OsStr::new(file));
    }
}

#[test]
fn cells_and_headers_of_a_text_file() {
    let work = WorkDir::new();
    let quoted = format!("\"{WILD}\"");
    let header = "user_phone,user_name,order_no,due_amount,next_due_date,description";
    for (name, content) in [
        ("values.csv", format!("{header}\n6281210000000,{quoted},{quoted},1,2026-04-05,{quoted}\n")),
        ("bad.csv", format!("{header}\n{0},{0},{0},{0},{0},{0}\n", quoted)),
        ("conflict.csv", format!("{header}\n6281210000000,a,O1,,,\n6281210000000,{quoted},O2,,,\n")),
        ("orders.csv", format!("{header}\n6281210000000,a,{quoted},1,,\n6281210000000,a,{quoted},2,,\n")),
        ("header.csv", format!("{header},{quoted}\n6281210000000,a,O1,,,,x\n")),
        (
            "unclear.csv",
            format!("user_phone,order_no,due_amuont{WILD}\n6281210000000,O1,1\n").replace('\r', ""),
        ),
        (
            "twice.csv",
            format!("user_phone,order_no,phone{WILD},mobile\n6281210000000,O1,1,2\n").replace('\r', ""),
        ),
        ("none.csv", format!("{quoted},{quoted}\n1,2\n")),
    ] {
        work.write(name, content);
        every_screen(&work, name);
    }
}

#[test]
fn sheets_and_cells_of_a_workbook() {
    let work = WorkDir::new();
    let wild = WILD.replace(['[', ']'], "(");
    for name in [wild.as_str(), "Data"] {
        let mut book = rust_xlsxwriter::Workbook::new();
        for number in 0..3 {
            let sheet = book.add_worksheet();
            sheet.set_name(if number == 0 { name.to_owned() } else { format!("{number}{name}") }).unwrap();
            sheet.set_hidden(number == 2);
            let headers = if number == 0 { ["user_phone", "order_no", WILD] } else { [WILD, "a", "b"] };
            for (column, header) in (0..).zip(headers) {
                sheet.write_string(0, column, header).unwrap();
                sheet.write_string(1, column, WILD).unwrap();
                sheet.write_formula(2, column, rust_xlsxwriter::Formula::new("1").set_result(WILD)).unwrap();
            }
        }
        let file = if name == "Data" { "cells.xlsx" } else { "sheets.xlsx" };
        book.save(work.path().join(file)).unwrap();
        every_screen(&work, file);
    }
}
