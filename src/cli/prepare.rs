//! From settings to a plan: opening the files, keeping what was read, and the rules that stop a bad list.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Zoned;
use jiff::tz::TimeZone;
use tempfile::NamedTempFile;

use super::parse::{ExpectedRows, InputPath};
use super::refusal::Refusal;
use super::settings::{Input, Origin, Settings};
use crate::domain::quote::visible;
use crate::domain::reading::Reading;
use crate::domain::text::{LineBreaks, clean};
use crate::input::header::{ColumnName, HeaderRules};
use crate::input::{Options, open};
use crate::lang::say;
use crate::plan::{Context, Defaults, InputFile, LayoutRules, Plan, Role, Template, Unusable, plan};
use crate::report::files::{copy_private, input_copy, sha256};

/// From so many wrong rows on, their share counts.
const FEW_WRONG_ROWS: u64 = 20;

/// A file as it was when it was read.
#[derive(Debug)]
pub(super) struct ReadFile {
    /// As the user named it; `-` for standard input.
    pub name: String,
    /// Where its bytes lie.
    pub path: PathBuf,
    /// Of those bytes, in hexadecimal; empty where nothing is kept of them.
    pub sha256: String,
}

/// A plan, and the files behind it.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The plan, or why the input cannot be used.
    pub plan: Result<Plan, Unusable>,
    /// The files, in the order in which they were named.
    pub files: Vec<ReadFile>,
    /// Standard input lies here until its copy is made.
    _spooled: Option<NamedTempFile>,
}

impl Prepared {
    /// The plan alone; a copy of standard input goes away.
    pub(super) fn into_plan(self) -> Result<Plan, Unusable> {
        self.plan
    }
}

/// Why a list must not be sent although it could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Barrier {
    /// `--strict`, and a row is invalid.
    Strict,
    /// Too large a part of the rows is wrong.
    MaxInvalid,
    /// Another number of rows was expected.
    ExpectRows(ExpectedRows),
}

impl Barrier {
    /// The barrier that a plan runs into, if any.
    pub(super) fn of(plan: &Plan, settings: &Settings) -> Option<Self> {
        let counts = &plan.counts;
        if let Some(expected) = settings.task.expect_rows
            && !expected.contain(counts.rows)
        {
            return Some(Self::ExpectRows(expected));
        }
        if settings.task.strict && counts.rows_invalid > 0 {
            return Some(Self::Strict);
        }
        let many = counts.rows_wrong >= FEW_WRONG_ROWS;
        (many && settings.task.max_invalid.is_exceeded_by(counts.rows_wrong, counts.rows))
            .then_some(Self::MaxInvalid)
    }

    /// What happened.
    pub(super) fn message(self, plan: &Plan, settings: &Settings) -> String {
        let counts = &plan.counts;
        match self {
            Self::Strict => say!("barrier-strict", invalid = counts.rows_invalid, rows = counts.rows),
            Self::MaxInvalid => {
                let percent = settings.task.max_invalid.to_string();
                say!("barrier-max-invalid", wrong = counts.rows_wrong, rows = counts.rows, percent = percent)
            }
            Self::ExpectRows(expected) => {
                say!("barrier-expect-rows", rows = counts.rows, expected = expected.to_string())
            }
        }
    }

    /// What to do.
    pub(super) fn hint(self) -> String {
        match self {
            Self::Strict => say!("barrier-mend-strict"),
            Self::MaxInvalid => say!("barrier-mend-max-invalid"),
            Self::ExpectRows(_) => say!("barrier-mend-expect-rows"),
        }
    }
}

/// Opens and reads everything that the settings name. With `keeps`, the files are to be copied later, and are
/// fingerprinted for that.
///
/// # Errors
/// Nothing is named, a template or a mapping makes no sense, or standard input cannot be kept.
pub(super) fn prepare(settings: &Settings, keeps: bool) -> Result<Prepared, Refusal> {
    let context = context(settings)?;
    let rules = layout_rules(settings);
    let options = options(settings);
    let mut files = Vec::new();
    let mut inputs = Vec::new();
    let mut spooled = None;
    for (path, role, sheet) in named(settings.input()?) {
        let (name, path) = match path {
            InputPath::File(path) => (path.display().to_string(), path),
            InputPath::Stdin => {
                let file = spool().map_err(|error| {
                    Refusal::new(say!("file-no-stdin", error = error.to_string()))
                        .hint(say!("file-no-room-for-stdin"))
                })?;
                let path = file.path().to_owned();
                spooled = Some(file);
                ("-".to_owned(), path)
            }
        };
        // Before reading, so that a file which changes meanwhile is found out when it is copied. A pipe is waited for,
        // and a device may never end.
        let is_kept = keeps && std::fs::metadata(&path).is_ok_and(|kind| kind.is_file());
        let hash =
            if is_kept { File::open(&path).and_then(sha256).unwrap_or_default() } else { String::new() };
        let source = open(&path, &name, &options);
        inputs.push(InputFile { name: name.clone(), source, role, sheet });
        files.push(ReadFile { name, path, sha256: hash });
    }
    let plan = plan(&mut inputs, &rules, &context);
    Ok(Prepared { plan, files, _spooled: spooled })
}

/// The files that are named, in their order, with what is said of each.
pub(super) fn named(input: Input) -> Vec<(InputPath, Option<Role>, Option<String>)> {
    match input {
        Input::Lists(paths) => paths.into_iter().map(|path| (path, None, None)).collect(),
        Input::Tables { users, orders } => vec![
            (InputPath::File(users.path), Some(Role::Users), users.sheet),
            (InputPath::File(orders.path), Some(Role::Orders), orders.sheet),
        ],
    }
}

/// Keeps standard input in a file, since it is read more than once.
fn spool() -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    file.flush()?;
    Ok(file)
}

/// Copies the files into the folder of a run, as they were read.
///
/// # Errors
/// A file cannot be copied, or is not what was read any more.
pub(super) fn keep_inputs(files: &[ReadFile], folder: &Path) -> Result<(), Refusal> {
    let cannot = |name: &str, error: io::Error| {
        let (folder, error) = (folder.display().to_string(), error.to_string());
        Refusal::new(say!("file-cannot-copy", file = visible(name), folder = folder, error = error))
            .hint(say!("file-mend-copy"))
    };
    crate::report::files::private_folder(folder).map_err(|error| cannot(&say!("file-the-inputs"), error))?;
    for (number, file) in files.iter().enumerate() {
        let target = folder.join(input_copy(number, &file.name));
        let hash = copy_private(&file.path, &target).map_err(|error| cannot(&file.name, error))?;
        if hash != file.sha256 {
            return Err(Refusal::new(say!("file-changed", file = visible(&file.name)))
                .hint(say!("file-mend-changed")));
        }
    }
    Ok(())
}

/// How text files are read.
fn options(settings: &Settings) -> Options {
    Options { delimiter: settings.reading.delimiter, encoding: settings.reading.encoding.clone() }
}

/// What a second reading of the files has to know.
pub(super) fn reading_of(plan: &Plan, settings: &Settings) -> Reading {
    let Options { delimiter, encoding } = options(settings);
    Reading { delimiter, encoding, ..plan.reading() }
}

fn layout_rules(settings: &Settings) -> LayoutRules {
    let reading = &settings.reading;
    LayoutRules {
        header: HeaderRules {
            row: reading.header_row,
            map: reading.map.iter().map(|(field, column)| (*field, ColumnName(column.clone()))).collect(),
            ignore: reading.ignore.iter().cloned().map(ColumnName).collect(),
            // The context of the plan knows them.
            given: Vec::new(),
        },
        sheets: reading.sheets.clone(),
        all_sheets: reading.all_sheets,
    }
}

fn context(settings: &Settings) -> Result<Context, Refusal> {
    let (reading, task) = (&settings.reading, &settings.task);
    let template = |key: &str, text: &Option<String>, breaks: LineBreaks| {
        // The same cleaning as for a cell.
        let text = text.as_deref().map(|text| clean(text, breaks));
        let parsed = text.as_deref().map(Template::parse).transpose();
        parsed.map_err(|error| {
            Refusal::new(error.to_string()).at(settings.origin_of(key).place(key)).hint(error.hint())
        })
    };
    let zone = reading.dates.zone.clone().unwrap_or_else(TimeZone::system);
    Ok(Context {
        today: Zoned::now().with_time_zone(zone).date(),
        phone: reading.phones.clone(),
        decimal: reading.decimal_separator,
        date: reading.dates.clone(),
        total: task.total_amount,
        fill_down: reading.fill_down,
        hidden: reading.hidden_rows,
        require: reading.require.clone(),
        defaults: Defaults {
            auth_id: task.auth_id,
            module_id: task.module_id.clone(),
            module_id_is_given: *settings.origin_of("module_id") != Origin::Default,
            name: template("name", &task.name, LineBreaks::Space)?,
            description: template("description", &task.description, LineBreaks::Keep)?,
            assignees: task.assignees.clone(),
        },
        limit: task.limit,
    })
}
