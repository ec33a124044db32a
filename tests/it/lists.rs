//! The lists of `tests/lists`: what they are to say stands beside them, and was written before the program was asked.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::support::WorkDir;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists")
}

/// One case: its folder, what is expected, and a place for what the program writes.
struct Case {
    folder: PathBuf,
    expected: Value,
    work: WorkDir,
}

impl Case {
    fn of(folder: PathBuf) -> Self {
        let text = fs::read_to_string(folder.join("case.json")).unwrap();
        let expected =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Self { folder, expected, work: WorkDir::new() }
    }

    fn texts(&self, key: &str) -> Vec<String> {
        let tmp = self.work.path().display().to_string();
        let texts = self.expected[key].as_array().into_iter().flatten();
        texts.map(|text| text.as_str().unwrap().replace("{tmp}", &tmp)).collect()
    }

    fn run(&self, arguments: &[String]) -> Output {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut command = self.work.command(&arguments);
        command.current_dir(&self.folder).env_remove("INCS_TOKEN");
        match self.expected["stdin"].as_str() {
            Some(file) => command.stdin(File::open(self.folder.join(file)).unwrap()),
            None => command.stdin(Stdio::null()),
        };
        command.output().unwrap()
    }

    fn check(&self, arguments: &[String], more: &[&str]) -> Output {
        let more = more.iter().map(|text| (*text).to_owned());
        let arguments: Vec<String> =
            std::iter::once("check".to_owned()).chain(arguments.iter().cloned()).chain(more).collect();
        self.run(&arguments)
    }

    /// What differs.
    fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        let first = self.texts("first");
        if !first.is_empty() && !self.run(&first).status.success() {
            differences.push("the command before it failed".to_owned());
        }
        let arguments = self.texts("args");
        let bodies_path = self.work.path().join("bodies.jsonl");
        let program = self.check(&arguments, &["--format", "json"]);
        let human = self.check(&arguments, &["--payloads", bodies_path.to_str().unwrap()]);
        let found: Value = serde_json::from_slice(&program.stdout).unwrap_or_default();
        if program.status.code() != human.status.code() {
            differences.push(format!("exit {:?} and {:?}", program.status.code(), human.status.code()));
        }
        let found_exit = json!(program.status.code());
        for (key, found) in ["rows", "tasks", "rows_invalid", "would_send"]
            .map(|key| (key, &found[key]))
            .into_iter()
            .chain([("exit", &found_exit)])
        {
            if let Some(wanted) = self.expected.get(key)
                && wanted != found
            {
                differences.push(format!("{key}: {wanted} expected, is {found}"));
            }
        }
        if let Some(wanted) = self.expected["problems"].as_array() {
            let may = self.expected["problems_may"].as_array().cloned().unwrap_or_default();
            differences.extend(compare_problems(wanted, &may, &found["problems"]));
        }
        let said = [&program.stdout, &program.stderr, &human.stdout, &human.stderr];
        let said = said.map(|text| String::from_utf8_lossy(text).to_lowercase()).concat();
        for text in self.texts("says").iter().filter(|text| !said.contains(&text.to_lowercase())) {
            differences.push(format!("{text:?} is not said"));
        }
        if let Some(wanted) = self.expected["bodies"].as_array() {
            let text = fs::read_to_string(&bodies_path).unwrap_or_default();
            let found: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            if *wanted != found {
                differences.push(format!("bodies:\n  wanted {wanted:?}\n  found  {found:?}"));
            }
        }
        if !self.expected["fix"].is_null() {
            differences.extend(self.fix(&arguments));
        }
        differences
    }

    /// Makes the fix workbook and checks it as it is.
    fn fix(&self, arguments: &[String]) -> Option<String> {
        let path = self.work.path().join("fix.xlsx").display().to_string();
        self.check(arguments, &["--fix", &path]);
        let flags = arguments.iter().filter(|text| !self.folder.join(text).exists());
        let again: Vec<String> = std::iter::once(path).chain(flags.cloned()).collect();
        let found: Value =
            serde_json::from_slice(&self.check(&again, &["--format", "json"]).stdout).unwrap_or_default();
        let errors = found["problems"].as_array().into_iter().flatten();
        let mut errors: Vec<&Value> =
            errors.filter(|problem| problem["severity"] == "error").map(|problem| &problem["code"]).collect();
        errors.sort_by_key(|code| code.to_string());
        let mut wanted: Vec<&Value> = self.expected["fix"]["errors"].as_array().unwrap().iter().collect();
        wanted.sort_by_key(|code| code.to_string());
        let rows = (&self.expected["fix"]["rows"], &found["rows"]);
        (rows.0 != rows.1 || errors != wanted).then(|| {
            format!("the fix workbook: {} rows with {errors:?}, expected {} with {wanted:?}", rows.1, rows.0)
        })
    }
}

/// Pairs what is wanted, and what may be there, with what was found, one to one.
fn compare_problems(wanted: &[Value], may: &[Value], found: &Value) -> Vec<String> {
    let found: Vec<&Value> = found.as_array().into_iter().flatten().collect();
    let patterns: Vec<&Value> = wanted.iter().chain(may).collect();
    let fits = |pattern: &Value, problem: &Value| {
        let either =
            |at: usize, key: &str| pattern[at].as_str().unwrap().split('|').any(|text| problem[key] == text);
        let same = |at: usize, key: &str| pattern[at] == "*" || pattern[at] == problem[key];
        either(0, "severity") && either(1, "code") && same(2, "row") && same(3, "column")
    };
    /// Gives a problem a pattern, moving others where they fit elsewhere.
    fn place(
        problem: usize,
        fits: &dyn Fn(usize, usize) -> bool,
        owners: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for pattern in 0..owners.len() {
            if seen[pattern] || !fits(pattern, problem) {
                continue;
            }
            seen[pattern] = true;
            if owners[pattern].is_none_or(|other| place(other, fits, owners, seen)) {
                owners[pattern] = Some(problem);
                return true;
            }
        }
        false
    }
    let mut owners = vec![None; patterns.len()];
    let mut differences = Vec::new();
    for problem in 0..found.len() {
        let fits = |pattern: usize, problem: usize| fits(patterns[pattern], found[problem]);
        if !place(problem, &fits, &mut owners, &mut vec![false; patterns.len()]) {
            differences.push(format!("a problem too many: {}", found[problem]));
        }
    }
    let lost = wanted.iter().zip(&owners).filter(|(_, owner)| owner.is_none());
    differences.extend(lost.map(|(pattern, _)| format!("a problem is missing: {pattern}")));
    differences
}

#[test]
fn every_list_says_what_it_should() {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 140, "only {} lists", folders.len());
    let waiting = Mutex::new(folders.into_iter());
    let differing = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some(folder) = next else { break };
                    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
                    let differences = Case::of(folder).differences();
                    if !differences.is_empty() {
                        differing.lock().unwrap().push(format!("{name}\n  {}", differences.join("\n  ")));
                    }
                }
            });
        }
    });
    let mut differing = differing.into_inner().unwrap();
    differing.sort();
    assert!(differing.is_empty(), "{} lists differ:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn the_comparison_sees_what_is_missing_and_what_is_too_many() {
    let found = json!([
        {"severity": "error", "code": "bad-phone", "row": 3, "column": "A"},
        {"severity": "warning", "code": "no-orders", "row": 4, "column": null},
    ]);
    let compare = |wanted: Value, may: Value| {
        compare_problems(wanted.as_array().unwrap(), may.as_array().unwrap(), &found).len()
    };
    let phone = json!(["error", "bad-phone|conflict", "*", "A"]);
    let orders = json!(["warning", "no-orders", 4, null]);
    let any = json!(["error|warning", "bad-phone|no-orders", "*", "*"]);
    assert_eq!(compare(json!([phone, orders]), json!([])), 0);
    assert_eq!(compare(json!([any, phone]), json!([])), 0);
    assert_eq!(compare(json!([phone]), json!([orders])), 0);
    assert_eq!(compare(json!([phone]), json!([])), 1);
    assert_eq!(compare(json!([phone, orders, phone]), json!([])), 1);
    assert_eq!(compare(json!([["error", "bad-phone", 2, "A"], orders]), json!([])), 2);
}
