//! Tasks of the server as a file: all their fields, the logs as one column that can be read.

use std::path::Path;

use super::ReportError;
use super::history::explain_all;
use super::table::{Field, text, write_csv, write_xlsx};
use super::tracking::tone;
use crate::api::tasks::Task;

/// The fields of the page on listing tasks in its order, then what it does not name.
const FIELDS: [Field<Task>; 14] = [
    text("id", |task| task.text("id").into()),
    text("creation_id", |task| task.text("creation_id").into()),
    text("auth_id", |task| task.text("auth_id").into()),
    text("name", |task| task.text("name").into()),
    text("description", |task| task.text("description").into()),
    text("type", |task| task.text("type").into()),
    text("user_name", |task| task.text("user_name").into()),
    text("user_phone", |task| task.text("user_phone").into()),
    text("assignee_username", |task| task.text("assignee_username").into()),
    text("status", |task: &Task| task.status.code().into()).toned(|task| tone(Some(&task.status))),
    text("created_at", |task| task.text("created_at").into()),
    text("updated_at", |task| task.text("updated_at").into()),
    text("logs", |task| explain_all(&task.logs).into()),
    text("other_fields", |task| {
        let fields: Vec<_> = task.others.iter().map(|(key, value)| format!("{key}={value}")).collect();
        fields.join(" ").into()
    }),
];

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// The form that the name of a file asks for.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// Writes the tasks, one a line. A file that is there already is replaced.
///
/// # Errors
/// The file cannot be written; one that was there stays.
pub fn write(path: &Path, form: Form, tasks: &[Task]) -> Result<(), ReportError> {
    match form {
        Form::Csv => write_csv(path, &FIELDS, tasks),
        Form::Xlsx => write_xlsx(path, "Tasks", &FIELDS, tasks),
    }
}
