//! `check --fix PATH`: the rows to be mended, from a plan and the files behind it.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::CheckArgs;
use super::parse::InputPath;
use super::prepare::{Prepared, named, reading_of};
use super::refusal::Refusal;
use super::settings::Settings;
use crate::lang::say;
use crate::plan::Plan;
use crate::report::fix::{self, InputCopy, List, Offending};

/// Refuses what would overwrite a list, before anything is read.
///
/// # Errors
/// `--payloads` or `--fix` names an input; `--fix` names the file of `--payloads`, or something that is no `.xlsx`.
pub(super) fn check_paths(arguments: &CheckArgs, settings: &Settings) -> Result<(), Refusal> {
    let refuse = |flag: &str, what: String, hint: String| Err(Refusal::new(what).at(flag).hint(hint));
    let inputs = || Ok::<_, Refusal>(named(settings.input()?).into_iter().map(|(input, ..)| input));
    for (flag, path) in [("--payloads", &arguments.payloads), ("--fix", &arguments.fix)] {
        let Some(path) = path else { continue };
        let (target, file) = (real(path), path.display().to_string());
        if inputs()?.any(|input| matches!(input, InputPath::File(input) if real(&input) == target)) {
            return refuse(flag, say!("check-output-is-the-list", file = file), say!("file-name-another"));
        }
    }
    let Some(path) = &arguments.fix else { return Ok(()) };
    let file = path.display().to_string();
    if path.extension().is_some_and(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        return refuse("--fix", say!("file-not-a-workbook", file = file), say!("file-name-a-workbook"));
    }
    if arguments.payloads.as_deref().is_some_and(|payloads| real(payloads) == real(path)) {
        return refuse("--fix", say!("check-fix-is-payloads", file = file), say!("file-name-another"));
    }
    Ok(())
}

/// The path by which two names of one file are equal, whether the file is there or not.
fn real(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// Writes the workbook, unless there is nothing to mend; gives what to tell.
///
/// # Errors
/// The files cannot be read again, or the workbook cannot be written.
pub(super) fn write(
    plan: &Plan,
    prepared: &Prepared,
    settings: &Settings,
    path: &Path,
) -> Result<String, Refusal> {
    let mut offending = Offending::default();
    for problem in plan.problems() {
        offending.problem(problem.at, problem.code());
    }
    if offending.is_empty() {
        let file = path.display().to_string();
        return Ok(if path.exists() {
            say!("check-fix-nothing-old", file = file)
        } else {
            say!("check-fix-nothing", file = file)
        });
    }
    for line in plan.lines().filter(|line| line.task.is_err()) {
        if let Some(phone) = &line.user_phone {
            offending.user(phone);
        }
    }
    let files: Vec<InputCopy> = prepared
        .files
        .iter()
        .map(|file| InputCopy {
            name: file.name.clone(),
            path: file.path.clone(),
            sha256: file.sha256.clone(),
        })
        .collect();
    let tables = u16::try_from(plan.names.0.len()).unwrap_or(u16::MAX);
    let file_of_table: Vec<u16> = (0..tables).map(|table| plan.file_of(table)).collect();
    let reading = reading_of(plan, settings);
    let list = List { names: &plan.names, reading: &reading, files: &files, file_of_table: &file_of_table };
    let mut problems = plan.problems();
    fix::write(path, &list, &offending, &mut || Ok(problems.next().cloned()))
        .map_err(|error| Refusal::new(error.to_string()).at("--fix").hint(error.hint()))?;
    Ok(say!("check-fix-written", count = offending.count(), file = path.display().to_string()))
}
