//! What in particular is wrong with a file that cannot be read: data, kept in the ledger, from which the words are made when
//! somebody reads them.

use serde::{Deserialize, Serialize};

use crate::lang::say;

/// What is wrong inside a file, or beyond which limit it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "the names, and the English catalogue, say it; numbers are what the file or the limit has"
)]
pub enum Detail {
    // Text files.
    OneTable,
    TooManyLines {
        most: u32,
    },
    TooManyFields {
        line: u32,
        most: u16,
    },
    NeverClosed,
    TextBehindQuote,
    LongRecord {
        kib: u32,
    },
    ZeroBytes,
    NotUtf8,
    NotUtf8Byte {
        byte: u8,
        field: u32,
    },
    OtherMark {
        found: String,
        named: String,
    },
    ForeignByte {
        encoding: String,
    },
    ForeignBytes {
        bytes: String,
        encoding: String,
    },
    HalfCharacter,
    // Any workbook.
    NoSuchSheet,
    ReaderFailed,
    ReaderConfused,
    CellBeyondSheet,
    CellTwice {
        cell: String,
    },
    SheetList,
    TooManySheets {
        most: usize,
    },
    PartMissing,
    MissingPart {
        part: String,
    },
    AfterRow {
        error: String,
    },
    // Workbooks in a zip archive.
    Zip {
        error: String,
    },
    Utf16Parts,
    NoWorkbookPart,
    SheetWithoutPart,
    UnusualPart {
        part: String,
        usual: String,
    },
    TextTableDoctype,
    TextTableBeginning,
    TextTableClaim,
    TextTableCutOff,
    CellsUnclear,
    TextMissing,
    RowCutOff,
    RowBeyondSheet,
    RowNumbers,
    UnpackedSize,
    PartSize {
        part: String,
        mib: u32,
    },
    UnpackedTextTable {
        mib: u32,
    },
    TextTableSize {
        mib: u32,
    },
    TextTableMemory,
    TextSize {
        mib: u32,
    },
    RowSize {
        mib: u32,
    },
    TooManyFormats,
    TooManyTags,
    // Workbooks of Excel 97 to 2003.
    XlsSize {
        mib: u32,
    },
    SectorSize,
    EmptyDirectory,
    HeaderCutOff,
    EndlessSectorList,
    LongSectorList,
    SectorBeyondEnd,
    EndlessChain,
    ChainNowhere,
    EndlessRecord,
    SheetBeyondEnd,
    SheetsOverlap,
    CellCutOff,
    CellBeyondColumns,
    SizeCutOff,
    ImpossibleSize,
    CellTexts {
        mib: u32,
    },
    SparseCells,
    // OpenDocument workbooks.
    Cdata,
    ClosingTag,
    ContentCutOff,
    ContentOrder,
    DayZero,
    TagSize {
        mib: u32,
    },
    Repeats,
    // The list as a whole.
    ListSheets,
    ListText,
    LeadingRows {
        mib: u32,
    },
    /// In the words of a library, or of an older version of this program.
    #[serde(untagged)]
    Said(String),
}

impl From<String> for Detail {
    fn from(said: String) -> Self {
        Self::Said(said)
    }
}

impl Detail {
    /// As it stands behind a colon.
    pub fn words(&self) -> String {
        match self {
            Self::OneTable => say!("problem-detail-one-table"),
            Self::TooManyLines { most } => say!("problem-detail-too-many-lines", most = most.to_string()),
            Self::TooManyFields { line, most } => {
                say!("problem-detail-too-many-fields", line = line.to_string(), most = most.to_string())
            }
            Self::NeverClosed => say!("problem-detail-never-closed"),
            Self::TextBehindQuote => say!("problem-detail-text-behind-quote"),
            Self::LongRecord { kib } => say!("problem-detail-long-record", kib = kib.to_string()),
            Self::ZeroBytes => say!("problem-detail-zero-bytes"),
            Self::NotUtf8 => say!("problem-detail-not-utf8"),
            Self::NotUtf8Byte { byte, field } => {
                say!(
                    "problem-detail-not-utf8-byte",
                    byte = format!("0x{byte:02X}"),
                    field = field.to_string()
                )
            }
            Self::OtherMark { found, named } => {
                say!("problem-detail-other-mark", found = found, named = named)
            }
            Self::ForeignByte { encoding } => say!("problem-detail-foreign-byte", encoding = encoding),
            Self::ForeignBytes { bytes, encoding } => {
                say!("problem-detail-foreign-bytes", bytes = bytes, encoding = encoding)
            }
            Self::HalfCharacter => say!("problem-detail-half-character"),
            Self::NoSuchSheet => say!("problem-detail-no-such-sheet"),
            Self::ReaderFailed => say!("problem-detail-reader-failed"),
            Self::ReaderConfused => say!("problem-detail-reader-confused"),
            Self::CellBeyondSheet => say!("problem-detail-cell-beyond-sheet"),
            Self::CellTwice { cell } => say!("problem-detail-cell-twice", cell = cell),
            Self::SheetList => say!("problem-detail-sheet-list"),
            Self::TooManySheets { most } => say!("problem-detail-too-many-sheets", most = most.to_string()),
            Self::PartMissing => say!("problem-detail-part-missing"),
            Self::MissingPart { part } => say!("problem-detail-missing-part", part = part),
            Self::AfterRow { error } => say!("problem-detail-after-row", error = error),
            Self::Zip { error } => say!("problem-detail-zip", error = error),
            Self::Utf16Parts => say!("problem-detail-utf16-parts"),
            Self::NoWorkbookPart => say!("problem-detail-no-workbook-part"),
            Self::SheetWithoutPart => say!("problem-detail-sheet-without-part"),
            Self::UnusualPart { part, usual } => {
                say!("problem-detail-unusual-part", part = part, usual = usual)
            }
            Self::TextTableDoctype => say!("problem-detail-text-table-doctype"),
            Self::TextTableBeginning => say!("problem-detail-text-table-beginning"),
            Self::TextTableClaim => say!("problem-detail-text-table-claim"),
            Self::TextTableCutOff => say!("problem-detail-text-table-cut-off"),
            Self::CellsUnclear => say!("problem-detail-cells-unclear"),
            Self::TextMissing => say!("problem-detail-text-missing"),
            Self::RowCutOff => say!("problem-detail-row-cut-off"),
            Self::RowBeyondSheet => say!("problem-detail-row-beyond-sheet"),
            Self::RowNumbers => say!("problem-detail-row-numbers"),
            Self::UnpackedSize => say!("problem-detail-unpacked-size"),
            Self::PartSize { part, mib } => {
                say!("problem-detail-part-size", part = part, mib = mib.to_string())
            }
            Self::UnpackedTextTable { mib } => {
                say!("problem-detail-unpacked-text-table", mib = mib.to_string())
            }
            Self::TextTableSize { mib } => say!("problem-detail-text-table-size", mib = mib.to_string()),
            Self::TextTableMemory => say!("problem-detail-text-table-memory"),
            Self::TextSize { mib } => say!("problem-detail-text-size", mib = mib.to_string()),
            Self::RowSize { mib } => say!("problem-detail-row-size", mib = mib.to_string()),
            Self::TooManyFormats => say!("problem-detail-too-many-formats"),
            Self::TooManyTags => say!("problem-detail-too-many-tags"),
            Self::XlsSize { mib } => say!("problem-detail-xls-size", mib = mib.to_string()),
            Self::SectorSize => say!("problem-detail-sector-size"),
            Self::EmptyDirectory => say!("problem-detail-empty-directory"),
            Self::HeaderCutOff => say!("problem-detail-header-cut-off"),
            Self::EndlessSectorList => say!("problem-detail-endless-sector-list"),
            Self::LongSectorList => say!("problem-detail-long-sector-list"),
            Self::SectorBeyondEnd => say!("problem-detail-sector-beyond-end"),
            Self::EndlessChain => say!("problem-detail-endless-chain"),
            Self::ChainNowhere => say!("problem-detail-chain-nowhere"),
            Self::EndlessRecord => say!("problem-detail-endless-record"),
            Self::SheetBeyondEnd => say!("problem-detail-sheet-beyond-end"),
            Self::SheetsOverlap => say!("problem-detail-sheets-overlap"),
            Self::CellCutOff => say!("problem-detail-cell-cut-off"),
            Self::CellBeyondColumns => say!("problem-detail-cell-beyond-columns"),
            Self::SizeCutOff => say!("problem-detail-size-cut-off"),
            Self::ImpossibleSize => say!("problem-detail-impossible-size"),
            Self::CellTexts { mib } => say!("problem-detail-cell-texts", mib = mib.to_string()),
            Self::SparseCells => say!("problem-detail-sparse-cells"),
            Self::Cdata => say!("problem-detail-cdata"),
            Self::ClosingTag => say!("problem-detail-closing-tag"),
            Self::ContentCutOff => say!("problem-detail-content-cut-off"),
            Self::ContentOrder => say!("problem-detail-content-order"),
            Self::DayZero => say!("problem-detail-day-zero"),
            Self::TagSize { mib } => say!("problem-detail-tag-size", mib = mib.to_string()),
            Self::Repeats => say!("problem-detail-repeats"),
            Self::ListSheets => say!("problem-detail-list-sheets"),
            Self::ListText => say!("problem-detail-list-text"),
            Self::LeadingRows { mib } => say!("problem-detail-leading-rows", mib = mib.to_string()),
            Self::Said(said) => said.clone(),
        }
    }
}
