//! Why a file cannot be read: what is wrong with it and what its owner can do, with the name left to the caller.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::detail::Detail;
use crate::lang::say;

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
    Utf16BigEndianWithoutMark,
    Binary,
    Device,
}

impl Lookalike {
    /// As it stands in a sentence: `an HTML page`.
    fn name(self) -> String {
        match self {
            Self::Picture => say!("problem-looks-picture"),
            Self::Pdf => say!("problem-looks-pdf"),
            Self::Html => say!("problem-looks-html"),
            Self::Mhtml => say!("problem-looks-mhtml"),
            Self::SpreadsheetXml => say!("problem-looks-spreadsheet-xml"),
            Self::Xml => say!("problem-looks-xml"),
            Self::Json => "JSON".to_owned(),
            Self::RichText => say!("problem-looks-rich-text"),
            Self::Word => say!("problem-looks-word"),
            Self::PowerPoint => say!("problem-looks-power-point"),
            Self::OpenDocument => say!("problem-looks-open-document"),
            Self::Numbers => say!("problem-looks-numbers"),
            Self::OldExcel => say!("problem-looks-old-excel"),
            Self::Zip => say!("problem-looks-zip"),
            Self::Archive => say!("problem-looks-archive"),
            Self::OfficeFile => say!("problem-looks-office-file"),
            Self::Utf16WithoutMark | Self::Utf16BigEndianWithoutMark => say!("problem-looks-utf16"),
            Self::Binary => say!("problem-looks-binary"),
            Self::Device => say!("problem-looks-device"),
        }
    }

    fn hint(self) -> String {
        match self {
            Self::Html | Self::Mhtml | Self::SpreadsheetXml | Self::Xml | Self::OldExcel => {
                say!("problem-looks-saved-again-hint")
            }
            Self::Numbers => say!("problem-looks-numbers-hint"),
            Self::Zip | Self::Archive => say!("problem-looks-packed-hint"),
            Self::Utf16WithoutMark => say!("problem-looks-utf16-hint", encoding = "utf-16le"),
            Self::Utf16BigEndianWithoutMark => say!("problem-looks-utf16-hint", encoding = "utf-16be"),
            Self::Device => say!("problem-looks-device-hint"),
            _ => say!("problem-looks-other-hint"),
        }
    }
}

/// Why a file, or one of its tables, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Unreadable {
    /// No such file.
    NotFound,
    /// A folder was named.
    IsFolder,
    /// The system refuses to open it.
    NoPermission,
    /// No bytes, or nothing but blanks.
    Empty,
    /// Something else altogether.
    NotATable {
        /// What the content says.
        looks_like: Lookalike,
    },
    /// Delimited text under the name of a workbook.
    TextNamedWorkbook {
        /// Lower-case, without the dot.
        extension: String,
    },
    /// Needs a password.
    Encrypted,
    /// Damaged, or made by a program that does not keep to the format.
    Broken {
        /// The sheet, where one is known.
        sheet: Option<String>,
        /// The row of the sheet or the line of the text, counted from 1, where one is known.
        row: Option<u32>,
        /// What is wrong, for a person.
        detail: Detail,
    },
    /// A quotation mark of a CSV record has no partner.
    OpenQuote {
        /// The line on which the record starts, counted from 1.
        line: u32,
        /// What was seen.
        detail: Detail,
    },
    /// Bytes that do not fit the encoding.
    Undecodable {
        /// The line of the offending bytes, counted from 1.
        line: u32,
        /// Which bytes, and what was expected.
        detail: Detail,
    },
    /// Text in an encoding that is not guessed.
    UnclearEncoding {
        /// The name of the likeliest encoding.
        likely: String,
        /// Another that fits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        or: Option<String>,
    },
    /// `--encoding` names something unknown.
    UnknownEncoding {
        /// As the user gave it.
        name: String,
    },
    /// Beyond a limit that no honest list reaches.
    TooBig {
        /// What is beyond which limit.
        detail: Detail,
    },
    /// The system failed while reading.
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
        match self {
            Self::NotFound => say!("problem-file-not-found"),
            Self::IsFolder => say!("problem-file-folder"),
            Self::NoPermission => say!("problem-file-permission"),
            Self::Empty => say!("problem-file-empty"),
            Self::NotATable { looks_like } => say!("problem-file-no-table", looks_like = looks_like.name()),
            Self::TextNamedWorkbook { extension } => say!("problem-file-text", extension = extension),
            Self::Encrypted => say!("problem-file-encrypted"),
            Self::Broken { sheet, row, detail } => {
                say!("problem-file-broken", detail = placed(sheet.as_deref(), *row, &detail.words()))
            }
            Self::OpenQuote { line, detail } => {
                say!("problem-file-open-quote", line = line.to_string(), detail = detail.words())
            }
            Self::Undecodable { line, detail } => {
                say!("problem-file-undecodable", line = line.to_string(), detail = detail.words())
            }
            Self::UnclearEncoding { likely, or: None } => {
                say!("problem-file-unclear-encoding", likely = likely)
            }
            Self::UnclearEncoding { likely, or: Some(other) } => {
                say!("problem-file-unclear-encoding-or", likely = likely, other = other)
            }
            Self::UnknownEncoding { name } => {
                say!("problem-file-unknown-encoding", name = format!("{name:?}"))
            }
            Self::TooBig { detail } => say!("problem-file-too-big", detail = detail.words()),
            Self::Io { detail } => say!("problem-file-io", detail = detail),
        }
    }

    /// What the user can do.
    pub fn hint(&self) -> String {
        match self {
            Self::NotFound => say!("problem-file-not-found-hint"),
            Self::IsFolder => say!("problem-file-folder-hint"),
            Self::NoPermission => say!("problem-file-permission-hint"),
            Self::Empty => say!("problem-file-empty-hint"),
            Self::NotATable { looks_like } => looks_like.hint(),
            Self::TextNamedWorkbook { .. } => say!("problem-file-text-hint"),
            Self::Encrypted => say!("problem-file-encrypted-hint"),
            Self::Broken { .. } => say!("problem-file-broken-hint"),
            Self::OpenQuote { .. } => say!("problem-file-open-quote-hint"),
            Self::Undecodable { .. } => say!("problem-file-undecodable-hint"),
            Self::UnclearEncoding { likely, or: None } => {
                say!("problem-file-unclear-encoding-hint", likely = likely)
            }
            Self::UnclearEncoding { likely, or: Some(other) } => {
                say!("problem-file-unclear-encoding-or-hint", likely = likely, other = other)
            }
            Self::UnknownEncoding { .. } => say!("problem-file-unknown-encoding-hint"),
            Self::TooBig { .. } => say!("problem-file-too-big-hint"),
            Self::Io { .. } => say!("problem-file-io-hint"),
        }
    }

    /// A broken file of which nothing more is known than `detail`.
    pub(crate) fn broken(detail: impl Into<Detail>) -> Self {
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

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Unreadable {}

/// What is wrong, behind its place where one is known.
fn placed(sheet: Option<&str>, row: Option<u32>, detail: &str) -> String {
    match (sheet, row) {
        (Some(sheet), Some(row)) => {
            say!("problem-file-in-row", sheet = format!("{sheet:?}"), row = row.to_string(), detail = detail)
        }
        (Some(sheet), None) => say!("problem-file-in-sheet", sheet = format!("{sheet:?}"), detail = detail),
        (None, Some(row)) => say!("problem-file-in-line", row = row.to_string(), detail = detail),
        (None, None) => detail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_place_and_survive_storage() {
        let broken = Unreadable::broken("cut off".to_owned()).in_sheet("Orders", Some(7));
        for (unreadable, message, code) in [
            (broken, "the file is broken: sheet \"Orders\", row 7: cut off", Code::Unreadable),
            (
                Unreadable::NotATable { looks_like: Lookalike::Html },
                "it is not a table but an HTML page",
                Code::Unreadable,
            ),
            (
                Unreadable::Undecodable { line: 3, detail: Detail::NotUtf8Byte { byte: 0xD6, field: 2 } },
                "line 3 is not valid text: byte 0xD6 in field 2 is not UTF-8",
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
