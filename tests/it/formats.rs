//! Workbooks as real programs write them: each file of `tests/fixtures` has to give the bodies and the problems that
//! were written down for it by hand. `everything.openpyxl.xlsx` is held against `everything.json`, and so are those of
//! all the other writers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::support::WorkDir;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// What a workbook has to give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// What the workbook is for.
    about: String,
    #[serde(default)]
    args: Vec<String>,
    exit: i32,
    rows: u64,
    tasks: u64,
    /// `code cell`, `code row`, or the code alone, in the order in which they are told.
    problems: Vec<String>,
    bodies: Vec<Value>,
}

fn files() -> Vec<PathBuf> {
    std::fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|found| wanted.contains(&found))
}

/// The name up to its first dot.
fn subject(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned()
}

/// The workbooks of each expectation.
fn workbooks() -> BTreeMap<String, Vec<PathBuf>> {
    let mut workbooks: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in files().into_iter().filter(|path| has_extension(path, &WORKBOOKS)) {
        workbooks.entry(subject(&path)).or_default().push(path);
    }
    workbooks
}

fn expected(subject: &str) -> Expected {
    let text = std::fs::read_to_string(Path::new(FOLDER).join(format!("{subject}.json"))).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{subject}.json: {error}"))
}

fn problem(problem: &Value) -> String {
    let code = problem["code"].as_str().unwrap();
    match (problem["column"].as_str(), problem["row"].as_u64()) {
        (Some(column), Some(row)) => format!("{code} {column}{row}"),
        (None, Some(row)) => format!("{code} {row}"),
        _ => code.to_owned(),
    }
}

/// What is wrong with a workbook, `None` if it gives what it has to.
fn difference(path: &Path, want: &Expected) -> Option<String> {
    let work = WorkDir::new();
    let mut arguments = vec!["check", path.to_str().unwrap(), "--payloads", "bodies", "--format", "json"];
    arguments.extend(want.args.iter().map(String::as_str));
    let run = work.run(&arguments);
    let found = run.json();
    let problems: Vec<String> = found["problems"].as_array().unwrap().iter().map(problem).collect();
    let bodies = std::fs::read_to_string(work.path().join("bodies")).unwrap_or_default();
    let bodies: Vec<Value> = bodies.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found = (run.code, found["rows"].as_u64(), found["tasks"].as_u64(), &problems, &bodies);
    let want = (want.exit, Some(want.rows), Some(want.tasks), &want.problems, &want.bodies);
    (found != want)
        .then(|| format!("{}\n  found {found:?}\n  want  {want:?}", path.file_name().unwrap().display()))
}

#[test]
fn every_workbook_has_an_expectation_and_every_expectation_a_workbook() {
    let with_workbook: BTreeSet<String> = workbooks().into_keys().collect();
    let with_words: BTreeSet<String> =
        files().iter().filter(|path| has_extension(path, &["json"])).map(|path| subject(path)).collect();
    assert_eq!(with_workbook, with_words);
    for subject in with_words {
        assert!(!expected(&subject).about.is_empty(), "{subject}");
    }
}

#[test]
fn every_writer_of_a_list_is_understood_alike() {
    let lists: Vec<(Expected, Vec<PathBuf>)> =
        workbooks().into_iter().map(|(subject, paths)| (expected(&subject), paths)).collect();
    let all: Vec<(&Expected, &PathBuf)> =
        lists.iter().flat_map(|(want, paths)| paths.iter().map(move |path| (want, path))).collect();
    // Most of the time is the start of the program.
    let differences: Vec<String> = std::thread::scope(|scope| {
        let share = all.len().div_ceil(4);
        let workers: Vec<_> = all
            .chunks(share)
            .map(|part| {
                scope.spawn(move || {
                    part.iter().filter_map(|(want, path)| difference(path, want)).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_lists_that_matter_most_are_there_in_every_format() {
    let workbooks = workbooks();
    for subject in ["everything", "problems", "evaluated"] {
        for extension in WORKBOOKS.iter().filter(|extension| **extension != "xlsm") {
            let found = workbooks[subject].iter().any(|path| has_extension(path, &[extension]));
            assert!(found, "{subject}.{extension}");
        }
    }
}

#[test]
fn a_workbook_that_is_refused_says_why() {
    for (name, words) in [
        ("utf16.xlsx", "UTF-16"),
        ("renamed-part.xlsx", "texts.xml has an unusual name"),
        ("cells-out-of-order.xlsx", "cell D2 is out of order"),
        ("cdata.ods", "CDATA"),
        ("encrypted.ods", "protected by a password"),
    ] {
        let path = format!("{FOLDER}/{name}");
        let object = WorkDir::new().run(&["check", &path, "--format", "json"]).expect(2).json();
        let problem = &object["problems"][0];
        assert!(problem["message"].as_str().unwrap().contains(words), "{problem}");
        assert!(problem["hint"].as_str().unwrap().contains("save it"), "{problem}");
    }
}
