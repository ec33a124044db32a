//! Why a file cannot be read: what is wrong with it and what its owner can do, with the name left to the caller.

use std::io;

use serde::{Deserialize, Serialize};

use super::code::Code;

/// What a file that is no table looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names, and the texts below, say it")]
pub enum Lookalike {
    Picture,
    Pdf,
    Html,
    Mhtml,
    SpreadsheetXml,
    Xml,
    Json,
    RichText,
    Word,
    PowerPoint,
    OpenDocument,
    Numbers,
    OldExcel,
    Zip,
    Archive,
    OfficeFile,
    Utf16WithoutMark,
    Binary,
    Device,
}

impl Lookalike {
    /// As it stands in a sentence: `an HTML page`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Picture => "a picture",
            Self::Pdf => "a PDF document",
            Self::Html => "an HTML page",
            Self::Mhtml => "a saved web page",
            Self::SpreadsheetXml => "an XML spreadsheet of Excel 2003",
            Self::Xml => "an XML document",
            Self::Json => "JSON",
            Self::RichText => "a rich text document",
            Self::Word => "a Word document",
            Self::PowerPoint => "a PowerPoint presentation",
            Self::OpenDocument => "an OpenDocument file that is not a spreadsheet",
            Self::Numbers => "an Apple Numbers document",
            Self::OldExcel => "a workbook of an Excel before 97",
            Self::Zip => "a zip archive without a workbook",
            Self::Archive => "a compressed archive",
            Self::OfficeFile => "an Office file without a workbook",
            Self::Utf16WithoutMark => "UTF-16 text without a byte order mark",
            Self::Binary => "a binary file",
            Self::Device => "a pipe or a device",
        }
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Html | Self::Mhtml | Self::SpreadsheetXml | Self::OldExcel => {
                "open it in Excel or LibreOffice and save it as .xlsx"
            }
            Self::Numbers => "export it from Numbers as Excel (.xlsx) or CSV",
            Self::Zip | Self::Archive => "unpack it and name the list inside",
            Self::Utf16WithoutMark => "save it as UTF-8, or name the encoding: --encoding utf-16le",
            Self::Device => "use - to read CSV from standard input",
            _ => "name the list itself, as .xlsx, .xls, .ods or .csv",
        }
    }
}

/// Why a file, or one of its tables, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Unreadable {
    /// No such file.
    #[error("there is no such file")]
    NotFound,
    /// A folder was named.
    #[error("it is a folder, not a file")]
    IsFolder,
    /// The system refuses to open it.
    #[error("the system does not allow reading it")]
    NoPermission,
    /// No bytes, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// Something else altogether.
    #[error("it is not a table but {}", looks_like.name())]
    NotATable {
        /// What the content says.
        looks_like: Lookalike,
    },
    /// Delimited text under the name of a workbook.
    #[error("it is named .{extension}, but its content is plain text, not a workbook")]
    TextNamedWorkbook {
        /// Lower-case, without the dot.
        extension: String,
    },
    /// Needs a password.
    #[error("the workbook is protected by a password")]
    Encrypted,
    /// Damaged, or made by a program that does not keep to the format.
    #[error("the file is broken: {}{detail}", place(sheet.as_deref(), *row))]
    Broken {
        /// The sheet, where one is known.
        sheet: Option<String>,
        /// The row of the sheet or the line of the text, counted from 1, where one is known.
        row: Option<u32>,
        /// What is wrong, for a person.
        detail: String,
    },
    /// A quotation mark of a CSV record has no partner.
    #[error("the quotation marks of the record that begins on line {line} do not pair up: {detail}")]
    OpenQuote {
        /// The line on which the record starts, counted from 1.
        line: u32,
        /// What was seen.
        detail: String,
    },
    /// Bytes that do not fit the encoding.
    #[error("line {line} is not valid text: {detail}")]
    Undecodable {
        /// The line of the offending bytes, counted from 1.
        line: u32,
        /// Which bytes, and what was expected.
        detail: String,
    },
    /// Text in an encoding that is not guessed.
    #[error("the text is not UTF-8; it looks like {likely}")]
    UnclearEncoding {
        /// The name of the likeliest encoding.
        likely: String,
    },
    /// `--encoding` names something unknown.
    #[error("the encoding {name:?} is not known")]
    UnknownEncoding {
        /// As the user gave it.
        name: String,
    },
    /// Beyond a limit that no honest list reaches.
    #[error("the file is too big: {detail}")]
    TooBig {
        /// What is beyond which limit.
        detail: String,
    },
    /// The system failed while reading.
    #[error("reading failed: {detail}")]
    Io {
        /// In the words of the system.
        detail: String,
    },
}

impl Unreadable {
    /// The problem code under which it is reported.
    pub const fn code(&self) -> Code {
        match self {
            Self::Undecodable { .. } | Self::UnclearEncoding { .. } => Code::Undecodable,
            _ => Code::Unreadable,
        }
    }

    /// The line, or the row of the sheet, where it shows.
    pub const fn row(&self) -> Option<u32> {
        match self {
            Self::Broken { row, .. } => *row,
            Self::OpenQuote { line, .. } | Self::Undecodable { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// What is wrong; the caller names the file.
    pub fn message(&self) -> String {
        self.to_string()
    }

    /// What the user can do.
    pub fn hint(&self) -> String {
        match self {
            Self::NotFound => "check the path, and quote it if it has spaces".into(),
            Self::IsFolder => "name a file in it".into(),
            Self::NoPermission => "close it in other programs, check its permissions, or copy it".into(),
            Self::Empty => "check that the export finished".into(),
            Self::NotATable { looks_like } => looks_like.hint().into(),
            Self::TextNamedWorkbook { extension } => {
                format!(
                    "rename it to .csv if it is delimited text, or open it in Excel and save it as .xlsx (not .{extension} as it is)"
                )
            }
            Self::Encrypted => "open it in Excel, remove the password, and save it".into(),
            Self::Broken { .. } => {
                "open it in Excel or LibreOffice, check that all is there, and save it as a new .xlsx".into()
            }
            Self::OpenQuote { .. } => {
                "close the quotation mark on that line, or save the list as .xlsx".into()
            }
            Self::Undecodable { .. } => {
                "save the file as UTF-8 (\"CSV UTF-8\" in Excel), or name its encoding with --encoding".into()
            }
            Self::UnclearEncoding { likely } => {
                format!(
                    "if that is right, add --encoding {likely}; else name the right one, or save the file as UTF-8 (\"CSV UTF-8\" in Excel)"
                )
            }
            Self::UnknownEncoding { .. } => {
                "use a usual name, for example utf-8, utf-16le, gb18030, windows-1252 or big5".into()
            }
            Self::TooBig { .. } => "copy the rows that matter into a new workbook, or split the list".into(),
            Self::Io { .. } => "check the path, try again, or copy the file to a local disk first".into(),
        }
    }

    /// A broken file of which nothing more is known than `detail`.
    pub(crate) fn broken(detail: impl Into<String>) -> Self {
        Self::Broken { sheet: None, row: None, detail: detail.into() }
    }

    /// Adds the sheet, and the row if it is known, to a [`Unreadable::Broken`] that has none.
    pub(crate) fn in_sheet(self, name: &str, number: Option<u32>) -> Self {
        match self {
            Self::Broken { sheet, row, detail } => {
                Self::Broken { sheet: sheet.or_else(|| Some(name.to_owned())), row: row.or(number), detail }
            }
            other => other,
        }
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            io::ErrorKind::IsADirectory => Self::IsFolder,
            io::ErrorKind::PermissionDenied => Self::NoPermission,
            _ => Self::Io { detail: error.to_string() },
        }
    }
}

fn place(sheet: Option<&str>, row: Option<u32>) -> String {
    match (sheet, row) {
        (Some(sheet), Some(row)) => format!("sheet {sheet:?}, row {row}: "),
        (Some(sheet), None) => format!("sheet {sheet:?}: "),
        (None, Some(row)) => format!("line {row}: "),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_place_and_survive_storage() {
        let broken = Unreadable::broken("cut off").in_sheet("Orders", Some(7));
        for (unreadable, message, code) in [
            (broken, "the file is broken: sheet \"Orders\", row 7: cut off", Code::Unreadable),
            (
                Unreadable::NotATable { looks_like: Lookalike::Html },
                "it is not a table but an HTML page",
                Code::Unreadable,
            ),
            (
                Unreadable::Undecodable { line: 3, detail: "byte 0xD6".into() },
                "line 3 is not valid text: byte 0xD6",
                Code::Undecodable,
            ),
        ] {
            assert_eq!((unreadable.message().as_str(), unreadable.code()), (message, code));
            assert!(!unreadable.hint().is_empty());
            let json = serde_json::to_string(&unreadable).unwrap();
            assert_eq!(serde_json::from_str::<Unreadable>(&json).unwrap(), unreadable, "{json}");
        }
    }
}
