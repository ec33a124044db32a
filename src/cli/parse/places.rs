//! What names a table on the command line: a list, standard input, or one sheet of a file.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// One `INPUT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputPath {
    /// `-`: CSV on standard input.
    Stdin,
    /// A file, as the user named it.
    File(PathBuf),
}

impl From<OsString> for InputPath {
    fn from(text: OsString) -> Self {
        if text == "-" { Self::Stdin } else { Self::File(PathBuf::from(text)) }
    }
}

/// `PATH[#SHEET]`: the table that `--users` or `--orders` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePath {
    /// The file.
    pub path: PathBuf,
    /// Its sheet, where one is named.
    pub sheet: Option<String>,
}

impl TablePath {
    /// Splits the text where a file ends and a sheet begins. Both may hold a `#`: a split whose file `exists` wins, the
    /// whole text being the first candidate; if no file exists, the last `#` splits.
    pub fn split(whole: &Path, exists: &dyn Fn(&Path) -> bool) -> Self {
        let no_sheet = || Self { path: whole.to_owned(), sheet: None };
        let Some(text) = whole.to_str().filter(|_| !exists(whole)) else { return no_sheet() };
        let splits = || {
            let parts = text
                .rmatch_indices('#')
                .filter_map(|(at, mark)| Some((text.get(..at)?, text.get(at + mark.len()..)?)));
            parts.filter(|(path, sheet)| !path.is_empty() && !sheet.trim().is_empty())
        };
        let split = splits().find(|(path, _)| exists(Path::new(path))).or_else(|| splits().next());
        match split {
            Some((path, sheet)) => Self { path: PathBuf::from(path), sheet: Some(sheet.trim().to_owned()) },
            None => no_sheet(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_stands_behind_the_file_that_exists() {
        let exists =
            |path: &Path| ["users.xlsx", "a#b.xlsx", "list#1.csv"].iter().any(|file| path == Path::new(file));
        for (text, path, sheet) in [
            ("users.xlsx", "users.xlsx", None),
            ("users.xlsx#Users", "users.xlsx", Some("Users")),
            ("users.xlsx#Users #2", "users.xlsx", Some("Users #2")),
            ("a#b.xlsx#S", "a#b.xlsx", Some("S")),
            ("list#1.csv", "list#1.csv", None),
            ("gone.xlsx#S", "gone.xlsx", Some("S")),
            ("gone#1.xlsx#S", "gone#1.xlsx", Some("S")),
            ("gone.xlsx#", "gone.xlsx#", None),
            ("#S", "#S", None),
            ("用户.xlsx#表#一", "用户.xlsx#表", Some("一")),
        ] {
            let want = TablePath { path: PathBuf::from(path), sheet: sheet.map(str::to_owned) };
            assert_eq!(TablePath::split(Path::new(text), &exists), want, "{text:?}");
        }
    }
}
