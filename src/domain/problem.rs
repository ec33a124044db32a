//! A problem in the user's files: data with a code and a place. Its words are made when somebody reads them.

use serde::{Deserialize, Serialize};

use super::code::{Code, Severity};
use super::date::DateFlaw;
use super::field::Field;
use super::file::Unreadable;
use super::money::AmountFlaw;
use super::phone::PhoneFlaw;
use super::place::{Names, Place, map_flag, shell_word};
use super::quote::{shortened, visible};
use super::text::TextFlaw;

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
    },
    /// Two columns for one field.
    DuplicateColumn {
        /// The first of them.
        first: Place,
    },
    /// No header row was found.
    NoHeader,
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
    NotThere {
        /// The flag that named it.
        flag: String,
    },
    /// A needed cell is blank.
    MissingValue,
    /// A phone cannot be read.
    Phone(PhoneFlaw),
    /// A phone written without `+`, of another country than most of the list.
    OtherCountry {
        /// `CN +86`
        found: String,
        /// `ID +62`; `None` when no country is the commonest.
        common: Option<String>,
    },
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
        value: String,
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
    /// An earlier run made a task for this user with other content.
    ChangedSinceCreated {
        /// That run.
        run: String,
        /// That task.
        task_id: i64,
    },
    /// A header, and nothing below it.
    NoRows,
    /// The file cannot be read.
    File(Unreadable),
}

impl Reason {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::MissingColumn
            | Self::RequiredColumn
            | Self::NoHeader
            | Self::PhoneOnly
            | Self::NoOrderColumns => Code::MissingColumn,
            Self::MappedTwice { .. } => Code::DuplicateColumn,
            Self::UnclearColumn { .. } => Code::UnclearColumn,
            Self::DuplicateColumn { .. } => Code::DuplicateColumn,
            Self::MixedSheets { .. } | Self::PoorJoin { .. } | Self::NotThere { .. } => Code::Unreadable,
            Self::MissingValue => Code::MissingValue,
            Self::Phone(flaw) => flaw.code(),
            Self::OtherCountry { .. } => Code::BadPhone,
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
            Self::UnknownColumn => Code::UnknownColumn,
            Self::IgnoredSheet | Self::IgnoredHiddenSheet => Code::IgnoredSheet,
            Self::TotalRow => Code::TotalRow,
            Self::ComputedTotal => Code::ComputedTotal,
            Self::NoOrders => Code::NoOrders,
            Self::ChangedSinceCreated { .. } => Code::ChangedSinceCreated,
            Self::NoRows => Code::NoRows,
            Self::File(flaw) => flaw.code(),
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

/// The sentence that says what is wrong.
pub fn message(
    reason: &Reason,
    at: Place,
    field: Option<Field>,
    value: Option<&str>,
    names: &Names,
) -> String {
    let shown = value.map(shortened).unwrap_or_default();
    let field = field.map_or("value", Field::as_str);
    match reason {
        Reason::MissingColumn => format!("no column for {field}, and no flag gives it"),
        Reason::RequiredColumn => format!("no column for {field}"),
        Reason::UnclearColumn { like } => format!("column \"{shown}\" may be {like}, which has no column"),
        Reason::DuplicateColumn { first } => {
            format!("column \"{shown}\" is {field} too, as {} already is", column_name(names, *first))
        }
        Reason::NoHeader => "no header row: none of the first 20 rows has a phone column".to_owned(),
        Reason::MixedSheets { sheets } => {
            let sheets: Vec<_> = sheets.iter().map(|sheet| format!("\"{}\"", visible(sheet))).collect();
            format!("the sheets {} do not fit together", sheets.join(", "))
        }
        Reason::PoorJoin { orphans, orders } => {
            format!(
                "{orphans} of {orders} orders find no user in the other sheet, so the sheets do not belong together"
            )
        }
        Reason::NotThere { flag } => format!("there is no {shown} here, which {flag} names"),
        Reason::MissingValue => format!("{field} is blank"),
        Reason::Phone(flaw) => flaw.message(&shown),
        Reason::OtherCountry { found, common: Some(common) } => {
            format!("\"{shown}\" is a number of {found}, while most of the list is of {common}")
        }
        Reason::OtherCountry { found, common: None } => {
            format!("\"{shown}\" would be a number of {found}, but the list has as many of another country")
        }
        Reason::Amount(flaw) => flaw.message(&shown),
        Reason::Date(flaw) => flaw.message(&shown),
        Reason::Text(flaw) => flaw.message(&shown),
        Reason::RenderedTooLong { length } => {
            format!("{field} is {length} characters long once its template is filled; the server takes 256")
        }
        Reason::JoinedTooLong { length } => {
            format!("the remarks of this user are {length} characters together; the server takes 256")
        }
        Reason::NoOrderColumns => "the table of orders has no column of an order".to_owned(),
        Reason::MappedTwice { other } => format!("column \"{shown}\" is mapped to {field} and to {other}"),
        Reason::PhoneOnly => {
            "no header row: the row with the phone column has no other column that is known".to_owned()
        }
        Reason::SharedUserId { first } => {
            format!("user_id \"{shown}\" belongs to another user too, in {}", names.short(*first, at.table))
        }
        Reason::TotalTooLarge => "the amounts of this user add up to more than can be".to_owned(),
        Reason::Conflict { first, value } => {
            format!(
                "{field} \"{shown}\" differs from \"{}\" in {}",
                shortened(value),
                names.short(*first, at.table)
            )
        }
        Reason::DuplicateOrder { first } => {
            format!("order \"{shown}\" stands in {} with other values", names.short(*first, at.table))
        }
        Reason::DuplicateRow { first } => {
            format!("the same order as in {}, taken once", names.short(*first, at.table))
        }
        Reason::PossibleDuplicate { first } => {
            format!("the same as {} and without an order number, both kept", names.short(*first, at.table))
        }
        Reason::DuplicateOrderAcrossUsers { first } => {
            format!("order \"{shown}\" belongs to another user in {}", names.short(*first, at.table))
        }
        Reason::OrphanOrder => format!("the order's user \"{shown}\" is in no users table"),
        Reason::RaggedRow { columns } => {
            format!("the row has more cells than the {columns} columns of the header")
        }
        Reason::Withheld { code, cause } => {
            format!("held back, because the same user has {code} in {}", names.short(*cause, at.table))
        }
        Reason::UnknownColumn => format!("column \"{shown}\" is no known field and is ignored"),
        Reason::IgnoredSheet => {
            "the sheet has no header with a phone column and another known one, and is ignored".to_owned()
        }
        Reason::IgnoredHiddenSheet => "the sheet is hidden and is ignored".to_owned(),
        Reason::TotalRow => format!("left out as a total row (\"{shown}\")"),
        Reason::ComputedTotal => "total_amount is blank and was added up from the orders".to_owned(),
        Reason::NoOrders => "the user has no orders".to_owned(),
        Reason::ChangedSinceCreated { run, task_id } => {
            format!("task {task_id} of run {run} was created for this user with other content")
        }
        Reason::NoRows => "there is a header, and no rows below it".to_owned(),
        Reason::File(flaw) => flaw.message(),
    }
}

/// The sentence that says how to mend it.
pub fn hint(reason: &Reason, at: Place, field: Option<Field>, value: Option<&str>, names: &Names) -> String {
    let column = value.unwrap_or_default();
    match reason {
        Reason::MissingColumn => match field {
            Some(field @ (Field::AssigneeUsername | Field::Name | Field::AuthId)) => {
                format!(
                    "name the column with {}, or give it for all with {}",
                    map_flag(field, "COLUMN"),
                    flag_of(field)
                )
            }
            Some(field) => format!("name the column with {}", map_flag(field, "COLUMN")),
            None => "name the column with --map FIELD=COLUMN".to_owned(),
        },
        Reason::RequiredColumn => match field {
            Some(field) => format!("name the column with {}", map_flag(field, "COLUMN")),
            None => "name the column with --map FIELD=COLUMN".to_owned(),
        },
        Reason::UnclearColumn { like } => {
            format!("say what it is: {}, or --ignore {}", map_flag(*like, column), shell_word(column))
        }
        Reason::DuplicateColumn { first } => {
            let first_text = names
                .table(first.table)
                .and_then(|table| first.column.and_then(|column| table.headers.get(usize::from(column))));
            // Two equal headers can only be told apart by their letters.
            let ignore = if first_text.map(String::as_str) == Some(column) {
                at.column.map(|column| super::cell::Letters(column).to_string()).unwrap_or_default()
            } else {
                column.to_owned()
            };
            format!("keep one of them: --ignore {}", shell_word(&ignore))
        }
        Reason::NoHeader => {
            "name the row with --header-row N, or the phone column with --map user_phone=COLUMN".to_owned()
        }
        Reason::MixedSheets { .. } => {
            "choose with --sheet NAME, or read them all with --all-sheets".to_owned()
        }
        Reason::PoorJoin { .. } => "choose one with --sheet NAME".to_owned(),
        Reason::NotThere { .. } => "check its name; the check command lists what is there".to_owned(),
        Reason::MissingValue => match field {
            Some(Field::UserPhone) => {
                "fill the cell; if the rows above belong to the same user, use --fill-down".to_owned()
            }
            Some(field @ (Field::AssigneeUsername | Field::Name | Field::AuthId)) => {
                format!("fill the cell, or give it for all blank ones with {}", flag_of(field))
            }
            _ => "fill the cell".to_owned(),
        },
        Reason::Phone(flaw) => flaw.hint(),
        Reason::OtherCountry { .. } => {
            "write + before numbers that have their country code, or give --country-code DIGITS".to_owned()
        }
        Reason::Amount(flaw) => flaw.hint(),
        Reason::Date(flaw) => flaw.hint(),
        Reason::Text(flaw) => flaw.hint(),
        Reason::RenderedTooLong { .. } => "shorten the template".to_owned(),
        Reason::JoinedTooLong { .. } => "shorten the remarks, or keep one of them".to_owned(),
        Reason::NoOrderColumns => "name its columns, for example --map order_number=COLUMN".to_owned(),
        Reason::MappedTwice { .. } => "give each field a column of its own".to_owned(),
        Reason::PhoneOnly => {
            "name the other columns with --map FIELD=COLUMN, or say that it is the header with --header-row N"
                .to_owned()
        }
        Reason::SharedUserId { .. } => "give each user an id of his own, or join by user_phone".to_owned(),
        Reason::TotalTooLarge => "check the amounts of this user".to_owned(),
        Reason::Conflict { .. } => "make the cells equal, or leave all but one blank".to_owned(),
        Reason::DuplicateOrder { .. } => "keep the row that is right".to_owned(),
        Reason::DuplicateRow { .. } => "nothing to do, if it is a copy".to_owned(),
        Reason::PossibleDuplicate { .. } => "remove one if it is a copy".to_owned(),
        Reason::DuplicateOrderAcrossUsers { .. } => "check whose order it is".to_owned(),
        Reason::OrphanOrder => "add the user to the users table, or mend the key".to_owned(),
        Reason::RaggedRow { .. } => {
            "quote the cells that contain the delimiter, or remove the cells beyond the header".to_owned()
        }
        Reason::Withheld { .. } => "mend that row; no task goes out with part of its orders".to_owned(),
        Reason::UnknownColumn => {
            format!(
                "if it is a field: --map FIELD={}; else silence this with --ignore {}",
                shell_word(column),
                shell_word(column)
            )
        }
        Reason::IgnoredSheet => "if it is to be read, name its header with --header-row N".to_owned(),
        Reason::IgnoredHiddenSheet => "if it is to be read, name it with --sheet NAME".to_owned(),
        Reason::TotalRow => "nothing to do, if it is one".to_owned(),
        Reason::ComputedTotal => "fill the cell if another total is wanted".to_owned(),
        Reason::NoOrders => "nothing to do, if that is right".to_owned(),
        Reason::ChangedSinceCreated { .. } => {
            "if a second task is wanted, upload the list again with --changed send".to_owned()
        }
        Reason::NoRows => "check that the right file was exported".to_owned(),
        Reason::File(flaw) => flaw.hint(),
    }
}

fn column_name(names: &Names, at: Place) -> String {
    let header = names
        .table(at.table)
        .and_then(|table| at.column.and_then(|column| table.headers.get(usize::from(column))))
        .map(|header| format!("\"{}\"", shortened(header)));
    header.or_else(|| names.column(at)).unwrap_or_default()
}

/// The flag that gives a field for all users.
fn flag_of(field: Field) -> &'static str {
    match field {
        Field::AssigneeUsername => "--assignee NAME",
        Field::Name => "--name TEXT",
        Field::AuthId => "--auth-id N",
        Field::ModuleId => "--module-id UUID",
        Field::Description => "--description TEXT",
        _ => "--map",
    }
}
