//! `check --fix` and `fix.xlsx`: what stands in the workbook, and how it is read again.

mod again;
mod lists;
mod runs;
mod workbook;

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
