//! `fix.xlsx` in the folder of a run, from the ledger and the copies of the inputs.

use std::fs;
use std::path::Path;

use super::{FixError, InputCopy, List, Offending, write};
use crate::domain::outcome::Outcome;
use crate::domain::place::Place;
use crate::lang::say;
use crate::ledger::read::{Reader, Run};
use crate::report::ReportError;
use crate::report::files::input_copy;

/// The file's name.
const NAME: &str = "fix.xlsx";

/// What became of `fix.xlsx`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It was written, with so many rows.
    Written(usize),
    /// Nothing is to be mended.
    Nothing,
    /// Something is to be mended, but it cannot be written: the inputs are gone, or too large. Why, and what to do.
    Impossible(String, String),
}

/// Takes `fix.xlsx` of a run out of `folder`, where nobody is to be named, and says so if something is to be mended.
///
/// # Errors
/// The ledger cannot be read, or the file cannot be removed.
pub fn none_of_run(reader: &Reader, run: &Run, folder: &Path) -> Result<Made, ReportError> {
    let path = folder.join(NAME);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(ReportError::File { path, error });
        }
        _ => {}
    }
    let mut offending = Offending::default();
    reader.problem_places(run.number, &mut |at: Place, code| offending.problem(at, code))?;
    offending.refused(reader.rejected(run.number)?);
    if offending.is_empty() {
        return Ok(Made::Nothing);
    }
    Ok(Made::Impossible(say!("report-fix-redacted"), say!("report-fix-redacted-hint")))
}

/// Writes `fix.xlsx` of a run into `folder`. One that was there goes away where nothing is to be mended any more.
///
/// # Errors
/// The ledger cannot be read, or the file cannot be written.
pub fn of_run(reader: &Reader, run: &Run, folder: &Path) -> Result<Made, ReportError> {
    let path = folder.join(NAME);
    let mut offending = Offending::default();
    reader.problem_places(run.number, &mut |at: Place, code| offending.problem(at, code))?;
    let Some(reading) = reader.reading(run.number)? else {
        if offending.is_empty() {
            return Ok(Made::Nothing);
        }
        let why = say!("report-fix-not-written-old", file = NAME);
        return Ok(Made::Impossible(why, say!("report-fix-not-written-old-hint")));
    };
    offending.refused(reader.rejected(run.number)?);
    if offending.is_empty() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(ReportError::File { path, error })
            }
            _ => Ok(Made::Nothing),
        };
    }
    reader.phones(run.number, &[Outcome::Invalid, Outcome::Rejected], &mut |phone| offending.user(phone))?;
    let names = reader.names(run.number)?;
    let files: Vec<InputCopy> = reader
        .input_files(run.number)?
        .into_iter()
        .enumerate()
        .map(|(number, file)| InputCopy {
            path: run.report_dir.join("input").join(input_copy(number, &file.path)),
            name: file.path,
            sha256: file.sha256,
        })
        .collect();
    let file_of_table: Vec<u16> =
        reader.input_tables(run.number)?.into_iter().map(|table| table.file).collect();
    let list = List { names: &names, reading: &reading, files: &files, file_of_table: &file_of_table };
    let written = reader.with_problems(run.number, |problems: &mut dyn FnMut() -> _| {
        write(&path, &list, &offending, problems)
    });
    match written {
        Ok(()) => Ok(Made::Written(offending.count())),
        Err(FixError::Ledger(error)) => Err(error.into()),
        Err(FixError::File { path, error }) => Err(ReportError::File { path, error }),
        Err(error) => Ok(Made::Impossible(
            say!("report-fix-not-written", file = NAME, error = error.to_string()),
            error.hint(),
        )),
    }
}
