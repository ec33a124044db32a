//! What the pages name is there: exit codes, outcomes, problem codes, flags. And the examples of problems are examples.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use incs_import::domain::code::Code;
use incs_import::domain::outcome::Outcome;

use super::links::prose;
use super::page::{cells, fences};
use super::{pages, project};
use crate::support::WorkDir;

/// Pages beside the guide, which show commands of other programs too; what they say of ours is held to the same.
pub(super) const ELSEWHERE: [&str; 4] =
    ["docs/notifications.md", "docs/monitoring.md", "samples/systemd/README.md", "samples/cron/README.md"];

fn trouble() -> String {
    fs::read_to_string(project().join("docs/guide/when-something-goes-wrong.md")).unwrap()
}

/// The rows of the table below a heading, without its titles.
fn rows<'t>(page: &'t str, heading: &str) -> Vec<Vec<&'t str>> {
    let section = page.split(&format!("\n## {heading}\n")).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    section.lines().filter(|line| line.starts_with("| ")).skip(2).map(cells).collect()
}

/// The first cells of a table, sorted.
fn firsts(page: &str, heading: &str) -> Vec<String> {
    let rows = rows(page, heading);
    sorted(rows.iter().map(|row| row[0].trim_matches('`').to_owned()))
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort();
    words
}

#[test]
fn every_exit_code_outcome_and_problem_is_explained() {
    let page = trouble();
    let help = WorkDir::new().run(&["--help"]).expect(0).stdout;
    let codes = help.split("Exit codes: ").nth(1).unwrap().split("\n\n").next().unwrap();
    let codes: Vec<&str> = codes.split([' ', '\n']).filter(|word| word.parse::<u8>().is_ok()).collect();
    assert_eq!(codes, ["0", "1", "2", "3", "4", "130"]);
    assert_eq!(firsts(&page, "Exit codes"), sorted(codes.iter().map(ToString::to_string)));
    assert_eq!(firsts(&page, "Outcomes"), sorted(Outcome::ALL.iter().map(ToString::to_string)));

    for (heading, severity) in [("Errors", "error"), ("Warnings", "warning")] {
        let codes = Code::ALL.iter().filter(|code| code.severity().to_string() == severity);
        assert_eq!(firsts(&page, heading), sorted(codes.map(ToString::to_string)), "{heading}");
    }
}

/// A cell that stands as an example for a problem is that problem.
#[test]
fn the_examples_of_problems_are_examples() {
    const FIELDS: [(&str, &str); 9] = [
        ("user_phone", "081277000001"),
        ("user_name", "Budi Santoso"),
        ("assignee_username", "incs_1"),
        ("name", "April follow-up"),
        ("auth_id", "30058"),
        ("total_amount", "3000"),
        ("order_number", "A1001"),
        ("due_amount", "3000"),
        ("next_due_date", "2026-04-20"),
    ];
    let page = trouble();
    let mut tried = 0;
    for row in ["Errors", "Warnings"].iter().flat_map(|heading| rows(&page, heading)) {
        let code = row[0].trim_matches('`');
        let Some((field, value)) = row[1].split_once(": ") else { continue };
        let value = if value == "blank" { "" } else { value.trim_matches('`') };
        let field = field.trim_matches('`');
        assert!(FIELDS.iter().any(|(name, _)| *name == field), "{code}: {field}");
        let titles: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = FIELDS
            .iter()
            .map(|(name, usual)| format!("\"{}\"", if *name == field { value } else { usual }))
            .collect();
        let work = WorkDir::with("list.csv", format!("{}\n{}\n", titles.join(","), values.join(",")));
        let json = work.run(&["check", "list.csv", "--country-code", "62", "--format", "json"]).json();
        let found: Vec<&str> =
            json["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(found, [code], "{field}: {value:?}");
        tried += 1;
    }
    assert!(tried >= 9, "only {tried} examples");
}

/// The flags of each command, by its name; those of the program itself under an empty one.
fn flags() -> BTreeMap<String, BTreeSet<String>> {
    let work = WorkDir::new();
    let known = |help: &str| {
        let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        lines.flat_map(|line| named(line.split("  ").next().unwrap())).collect::<BTreeSet<_>>()
    };
    let help = work.run(&["--help"]).expect(0).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.split(' ').next());
    let mut all = BTreeMap::from([(String::new(), known(&help))]);
    for command in commands.filter(|command| *command != "help") {
        all.insert(command.to_owned(), known(&work.run(&[command, "--help"]).expect(0).stdout));
    }
    all
}

/// The flags in a text.
fn named(text: &str) -> Vec<String> {
    let words = text.split([' ', '`', '(', ')', ',', ';', '=', '[', '|']);
    let words = words.filter(|word| word.len() > 2 && word.starts_with("--"));
    words.map(|word| word.trim_end_matches(|end: char| !end.is_ascii_alphanumeric()).to_owned()).collect()
}

#[test]
fn every_command_and_flag_that_is_named_exists() {
    let flags = flags();
    assert!(flags.len() > 15 && flags["upload"].contains("--settle") && !flags["check"].contains("--settle"));
    let all: BTreeSet<&String> = flags.values().flatten().collect();
    let mut wrong = Vec::new();
    let mut documents = pages();
    documents.push(project().join("README.md"));
    documents.extend(ELSEWHERE.map(|name| project().join(name)));
    let mut typed = 0;
    for path in &documents {
        let text = fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(project()).unwrap().display();
        let words = prose(&text);
        let spans: Vec<&str> = words.split('`').skip(1).step_by(2).collect();
        let blocks = fences(&text);
        let lines =
            blocks.iter().filter(|block| block.kind == "sh").flat_map(|block| block.lines.iter().copied());
        for span in spans.iter().copied().chain(lines) {
            if span.starts_with("--") {
                let unknown = named(span).into_iter().filter(|flag| !all.contains(flag));
                wrong.extend(unknown.map(|flag| format!("{name}: there is no {flag}")));
            }
            let parts: Vec<&str> = span.split("incs-import ").collect();
            for pair in parts.windows(2) {
                // Elsewhere it is the name of a user or of a file.
                if !pair[0].is_empty() && !pair[0].ends_with("| ") && !pair[0].ends_with("sudo ") {
                    continue;
                }
                let command = pair[1].split(" # ").next().unwrap();
                let verb = command.split(' ').next().unwrap();
                let verb = if verb.starts_with('-') { "" } else { verb };
                let Some(known) = flags.get(verb) else {
                    wrong.push(format!("{name}: there is no command {verb:?}: {span}"));
                    continue;
                };
                typed += 1;
                let unknown = named(command).into_iter().filter(|flag| !known.contains(flag));
                wrong.extend(unknown.map(|flag| format!("{name}: {verb} has no {flag}: {span}")));
            }
        }
    }
    assert!(typed > 60, "only {typed} commands");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
