//! A problem in the user's files: data with a code and a place. Its words are made when somebody reads them.

use serde::{Deserialize, Serialize};

use super::code::{Code, Severity};
use super::date::DateFlaw;
use super::field::Field;
use super::file::Unreadable;
use super::money::AmountFlaw;
use super::phone::PhoneFlaw;
use super::place::{Names, Place};
use super::text::TextFlaw;
use super::words::{hint, message};

/// What is wrong: the arguments of the sentence that says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A field that every task needs has neither column nor flag.
    MissingColumn,
    /// `--require` or a rule needs this column.
    RequiredColumn,
    /// An unknown column is close to a field that has none.
    UnclearColumn {
        /// The field it may be.
        like: Field,
        /// Others that it may be as well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        or: Vec<Field>,
    },
    /// Two columns for one field.
    DuplicateColumn {
        /// The first of them.
        first: Place,
        /// The one of them that may hold the names of the users, which have no column.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        people: Option<Box<str>>,
    },
    /// No header row was found.
    NoHeader,
    /// No header row was found; this row has several known columns, but none with the phone.
    NoPhoneColumn {
        /// How many of its columns are known.
        known: u32,
        /// What the phone column may be called; empty where every column is known.
        columns: Vec<String>,
        /// Whether these hold the phones of orders.
        #[serde(default)]
        of_orders: bool,
    },
    /// No header row was found, and no row has the column that `--map` names for the phone.
    NoMappedColumn {
        /// What the row that is likeliest the header has instead.
        columns: Vec<String>,
    },
    /// Sheets that cannot be read together.
    MixedSheets {
        /// Their names.
        sheets: Vec<String>,
    },
    /// Joined by themselves, two tables fit in less than half of the orders.
    PoorJoin {
        /// Orders without their user.
        orphans: u64,
        /// All orders.
        orders: u64,
    },
    /// A sheet, a column or a row that the user named is not there.
    NotThere(Box<NotThere>),
    /// `--header-row` names a row that is not there.
    NoSuchRow {
        /// That row.
        row: u32,
        /// How many there are, blank ones counted; `None` when it is only blank, or within a CSV record of several lines.
        rows: Option<u32>,
    },
    /// A needed cell is blank.
    MissingValue,
    /// The cell that says whose row it is is blank.
    MissingKey {
        /// Whether `--fill-down` is given already.
        fill_down: bool,
    },
    /// A phone cannot be read.
    Phone(PhoneFlaw),
    /// A phone written without `+`, of another country than most of the list.
    OtherCountry(Box<OtherCountry>),
    /// An amount cannot be read.
    Amount(AmountFlaw),
    /// A date or time cannot be read.
    Date(DateFlaw),
    /// A text or number cannot be taken.
    Text(TextFlaw),
    /// A filled template is too long.
    RenderedTooLong {
        /// Characters.
        length: u32,
    },
    /// The total of a task is beyond all size.
    TotalTooLarge,
    /// A user field differs from what an earlier row says.
    Conflict {
        /// The earlier cell.
        first: Place,
        /// What it says.
        value: Box<str>,
    },
    /// A `user_id` of two users.
    SharedUserId {
        /// The first row of the other one.
        first: Place,
    },
    /// The remarks of a user are too long together.
    JoinedTooLong {
        /// Characters.
        length: u32,
    },
    /// A table of orders without any field of an order.
    NoOrderColumns,
    /// `--map` gives one column to two fields.
    MappedTwice {
        /// The other field.
        other: Field,
    },
    /// The phone column stands in a row without any other known column.
    PhoneOnly,
    /// An order number of the same user with other values.
    DuplicateOrder {
        /// The earlier row.
        first: Place,
        /// What differs; empty in the records of earlier versions.
        #[serde(default, skip_serializing_if = "<[Field]>::is_empty")]
        fields: Box<[Field]>,
    },
    /// An order row that is equal to an earlier one.
    DuplicateRow {
        /// The earlier row.
        first: Place,
    },
    /// The same without an order number.
    PossibleDuplicate {
        /// The earlier row.
        first: Place,
    },
    /// An order number that another user has too.
    DuplicateOrderAcrossUsers {
        /// The earlier row.
        first: Place,
    },
    /// An order whose user is in no users table.
    OrphanOrder,
    /// More cells than the header has columns.
    RaggedRow {
        /// Columns of the header.
        columns: u16,
    },
    /// A row of a user of whom another row is wrong.
    Withheld {
        /// What is wrong there.
        code: Code,
        /// Where.
        cause: Place,
    },
    /// A column that is no field.
    UnknownColumn,
    /// A column with data and without a header.
    NamelessColumn,
    /// A sheet without a header.
    IgnoredSheet,
    /// A sheet that is hidden.
    IgnoredHiddenSheet,
    /// A row that adds up others.
    TotalRow,
    /// The total column is blank here.
    ComputedTotal,
    /// A user without orders in a list with orders.
    NoOrders,
    /// Rows that the sheet hides, by hand or by a filter.
    HiddenRows {
        /// How many.
        count: u32,
        /// Whether they are left out; else they are rows like any other.
        left_out: bool,
        /// Whether the user said so.
        settled: bool,
    },
    /// An earlier run made a task for this user with other content.
    ChangedSinceCreated {
        /// That run.
        run: Box<str>,
        /// That task.
        task_id: i64,
    },
    /// A phone stands above the header.
    DataAboveHeader {
        /// The row that was taken for the header.
        header: u32,
    },
    /// A header, and nothing below it.
    NoRows,
    /// The file cannot be read.
    File(Box<Unreadable>),
}

/// A name that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotThere {
    /// The flag that has it.
    pub flag: String,
    /// What of its kind is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub there: Vec<String>,
}

impl Reason {
    /// A name of a flag is not there, but these are.
    pub fn not_there(flag: &str, there: Vec<String>) -> Self {
        Self::NotThere(Box::new(NotThere { flag: flag.to_owned(), there }))
    }
}

/// A phone of another country than the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherCountry {
    /// `CN +86`
    pub found: String,
    /// `ID +62`; `None` when no country is the commonest.
    pub common: Option<String>,
}

impl Reason {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::MissingColumn
            | Self::RequiredColumn
            | Self::NoHeader
            | Self::NoPhoneColumn { .. }
            | Self::NoMappedColumn { .. }
            | Self::PhoneOnly
            | Self::NoOrderColumns => Code::MissingColumn,
            Self::MappedTwice { .. } => Code::DuplicateColumn,
            Self::UnclearColumn { .. } => Code::UnclearColumn,
            Self::DuplicateColumn { .. } => Code::DuplicateColumn,
            Self::DataAboveHeader { .. }
            | Self::MixedSheets { .. }
            | Self::PoorJoin { .. }
            | Self::NotThere(_)
            | Self::NoSuchRow { .. } => Code::Unreadable,
            Self::MissingValue | Self::MissingKey { .. } => Code::MissingValue,
            Self::Phone(flaw) => flaw.code(),
            Self::OtherCountry(_) => Code::BadPhone,
            Self::Amount(flaw) => flaw.code(),
            Self::Date(flaw) => flaw.code(),
            Self::Text(flaw) => flaw.code(),
            Self::RenderedTooLong { .. } | Self::JoinedTooLong { .. } => Code::TooLong,
            Self::TotalTooLarge => Code::BadAmount,
            Self::Conflict { .. } | Self::SharedUserId { .. } => Code::Conflict,
            Self::DuplicateOrder { .. } => Code::DuplicateOrder,
            Self::DuplicateRow { .. } => Code::DuplicateRow,
            Self::PossibleDuplicate { .. } => Code::PossibleDuplicate,
            Self::DuplicateOrderAcrossUsers { .. } => Code::DuplicateOrderAcrossUsers,
            Self::OrphanOrder => Code::OrphanOrder,
            Self::RaggedRow { .. } => Code::RaggedRow,
            Self::Withheld { .. } => Code::Withheld,
            Self::UnknownColumn | Self::NamelessColumn => Code::UnknownColumn,
            Self::IgnoredSheet | Self::IgnoredHiddenSheet => Code::IgnoredSheet,
            Self::TotalRow => Code::TotalRow,
            Self::ComputedTotal => Code::ComputedTotal,
            Self::NoOrders => Code::NoOrders,
            Self::HiddenRows { .. } => Code::HiddenRows,
            Self::ChangedSinceCreated { .. } => Code::ChangedSinceCreated,
            Self::NoRows => Code::NoRows,
            Self::File(flaw) => flaw.code(),
        }
    }
}

impl Reason {
    /// The other place that its sentence cites.
    pub fn cited(&mut self) -> Option<&mut Place> {
        match self {
            Self::DuplicateColumn { first, .. }
            | Self::Conflict { first, .. }
            | Self::SharedUserId { first }
            | Self::DuplicateOrder { first, .. }
            | Self::DuplicateRow { first }
            | Self::PossibleDuplicate { first }
            | Self::DuplicateOrderAcrossUsers { first } => Some(first),
            Self::Withheld { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

/// One problem: what, where, and what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub reason: Reason,
    /// Where.
    pub at: Place,
    /// The field that was to be read.
    pub field: Option<Field>,
    /// What stood there, as it came, cut to a sane length.
    pub value: Option<Box<str>>,
}

/// The longest value that a problem keeps, in characters.
const KEPT: usize = 120;

impl Problem {
    /// A problem with a whole table or row.
    pub fn at(reason: Reason, at: Place) -> Self {
        Self { reason, at, field: None, value: None }
    }

    /// A problem with one value.
    pub fn with_value(reason: Reason, at: Place, field: Field, value: &str) -> Self {
        let end = value.char_indices().nth(KEPT).map_or(value.len(), |(end, _)| end);
        Self { reason, at, field: Some(field), value: Some(value[..end].into()) }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.reason.code()
    }

    /// Whether it stops the row or only tells.
    pub fn severity(&self) -> Severity {
        self.code().severity()
    }

    /// What is wrong, in one line.
    pub fn message(&self, names: &Names) -> String {
        message(&self.reason, self.at, self.field, self.value.as_deref(), names)
    }

    /// How to mend it, in one line.
    pub fn hint(&self, names: &Names) -> String {
        hint(&self.reason, self.at, self.field, self.value.as_deref(), names)
    }
}
