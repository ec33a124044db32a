//! Rules that a test of its own keeps: docs/rules.md names tests that are there, and src/platform alone knows the system.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The tests of a file by their paths: functions below `#[test]`, in the file or in a module of it.
fn tests_of(root: &Path, file: &Path) -> Vec<String> {
    let relative = file.strip_prefix(root).unwrap().with_extension("");
    let mut module: Vec<String> =
        relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib" || last == "main") {
        module.pop();
    }
    let text = fs::read_to_string(file).unwrap();
    let mut marked = false;
    let mut tests = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(inside) = line.strip_prefix("mod ").or_else(|| line.strip_prefix("pub(super) mod ")) {
            if let Some(name) = inside.strip_suffix(" {") {
                module.push(name.to_owned());
            }
        } else if line == "#[test]" {
            marked = true;
        } else if let Some(name) = line.strip_prefix("fn ").filter(|_| marked) {
            let name = name.split('(').next().unwrap();
            tests.push(module.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::"));
            marked = false;
        }
    }
    tests
}

#[test]
fn every_test_that_is_named_exists() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = BTreeSet::new();
    for root in [project.join("src"), project.join("tests/it")] {
        let mut files = Vec::new();
        sources(&root, &mut files);
        known.extend(files.iter().flat_map(|file| tests_of(&root, file)));
    }
    assert!(known.contains("rules::every_test_that_is_named_exists"), "this one is found");
    assert!(known.contains("domain::cell::tests::letters_and_back"), "those in a file's own module too");

    let text = fs::read_to_string(project.join("docs/rules.md")).unwrap();
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| rule") && !line.starts_with("| ---"));
    let mut rules = 0;
    let mut missing = Vec::new();
    for row in rows {
        rules += 1;
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), 2, "{row}");
        let names: Vec<&str> = cells[1].split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test holds: {row}");
        for name in names {
            let exists = match name.split_once('/') {
                Some(("lists", case)) => project.join("tests/lists").join(case).join("case.json").exists(),
                Some(("fixtures", case)) => {
                    project.join("tests/fixtures").join(format!("{case}.json")).exists()
                }
                _ => known.contains(name),
            };
            if !exists {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(rules >= 60, "only {rules} rules");
    assert!(missing.is_empty(), "docs/rules.md names what does not exist: {missing:#?}");
}

/// What only one operating system has, as it is written in Rust.
const OF_ONE_SYSTEM: [&str; 13] = [
    "cfg(unix",
    "cfg!(unix",
    "not(unix",
    "cfg(windows",
    "cfg!(windows",
    "not(windows",
    "target_os",
    "target_family",
    "os::unix",
    "os::windows",
    "signal::unix",
    "signal::windows",
    "rustix::",
];

#[test]
fn only_the_platform_module_knows_the_operating_system() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (mut there, mut elsewhere) = (0, Vec::new());
    for file in files {
        let relative = file.strip_prefix(&root).unwrap();
        if relative.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        // Tests stand at the end of a file, and may ask.
        let program = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in program.lines().enumerate() {
            if !OF_ONE_SYSTEM.iter().any(|sign| line.contains(sign)) {
                continue;
            }
            if relative.starts_with("platform") {
                there += 1;
            } else {
                elsewhere.push(format!("{}:{}: {line}", relative.display(), number + 1));
            }
        }
    }
    assert!(there >= 5, "those of the module itself are seen: {there}");
    assert!(elsewhere.is_empty(), "this belongs into src/platform: {elsewhere:#?}");
}
