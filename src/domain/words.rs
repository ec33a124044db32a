//! The sentences about problems, each a function of a reason and its arguments.

use super::code::Code;
use super::field::Field;
use super::place::{Names, Place, map_flag, shell_word};
use super::problem::{OtherCountry, Reason};
use super::quote::{shortened, visible};

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
        Reason::OtherCountry(country) => match &**country {
            OtherCountry { found, common: Some(common) } => {
                format!("\"{shown}\" is a number of {found}, while most of the list is of {common}")
            }
            OtherCountry { found, common: None } => {
                format!(
                    "\"{shown}\" would be a number of {found}, but the list does not tell of which country it is"
                )
            }
        },
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
        Reason::HiddenRows { count, left_out, .. } => {
            let rows = if *count == 1 { "1 row is".to_owned() } else { format!("{count} rows are") };
            let fate = if *left_out { "left out" } else { "read like the others" };
            format!("{rows} hidden or filtered out in the sheet, and {fate}")
        }
        Reason::ChangedSinceCreated { run, task_id } => {
            format!("task {task_id} of run {run} was created for this user with other content")
        }
        Reason::DataAboveHeader { header } => {
            format!("\"{shown}\" stands above the header in row {header}, so that its row would not be read")
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
                at.column.map(|column| names.typed_letters(at.table, column)).unwrap_or_default()
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
            // What was carried down stands in the rows of a fix workbook, and their neighbours are others now.
            Some(Field::UserPhone) if names.is_fix(at.table) => "fill the cell".to_owned(),
            Some(Field::UserPhone) => {
                "fill the cell; if the rows above belong to the same user, use --fill-down".to_owned()
            }
            Some(field @ (Field::AssigneeUsername | Field::Name | Field::AuthId)) => {
                format!("fill the cell, or give it for all blank ones with {}", flag_of(field))
            }
            _ => "fill the cell".to_owned(),
        },
        Reason::Phone(flaw) => flaw.hint(),
        Reason::OtherCountry(_) => {
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
        Reason::HiddenRows { settled: false, .. } => {
            "show the rows, or say what is meant: --hidden-rows read, or --hidden-rows skip".to_owned()
        }
        Reason::HiddenRows { .. } => "nothing to do, if that is right".to_owned(),
        Reason::ChangedSinceCreated { .. } => {
            "if a second task is wanted, upload the list again with --changed send".to_owned()
        }
        Reason::DataAboveHeader { header } => {
            format!("move the header above its rows, or if all is well, add --header-row {header}")
        }
        Reason::NoRows => "check that the right file was exported".to_owned(),
        Reason::File(flaw) => flaw.hint(),
    }
}

/// What settles all problems of a kind: the flag or the edit.
pub const fn settled_by(code: Code) -> &'static str {
    match code {
        Code::MissingColumn => "--map FIELD=COLUMN, or the flag that gives the value to all",
        Code::UnclearColumn => "--map FIELD=COLUMN, or --ignore COLUMN",
        Code::MissingValue => {
            "fill the cells; --assignee, --name and --auth-id fill all that are blank, --fill-down takes what belongs to the user from the row above"
        }
        Code::BadPhone => {
            "--country-code DIGITS where numbers begin with 0, --bare-numbers national or international where they begin with neither + nor 0; correct the others"
        }
        Code::LossyNumber => "format the column as text and paste the digits again from where they came",
        Code::BadAmount => "write amounts as digits with one mark before the decimals: 3000.50",
        Code::AmbiguousAmount => "--decimal-separator . or --decimal-separator ,",
        Code::BadDate => "write dates as 2026-04-15",
        Code::AmbiguousDate => {
            "--date-order dmy, mdy or ymd for the order of day and month, --time-zone NAME for times with a zone"
        }
        Code::BadNumber => "write whole numbers, digits only",
        Code::TooLong => "shorten the texts to 256 characters",
        Code::Conflict => "make the cells of a user equal, or leave all but one blank",
        Code::DuplicateOrder => "of the two rows keep the one that is right",
        Code::DuplicateColumn => "--ignore COLUMN for all but one",
        Code::OrphanOrder => "add the users to the users table, or mend the key",
        Code::CellError => "mend the formulas, or paste their values",
        Code::RaggedRow => "quote cells that contain the delimiter, or name another one with --delimiter",
        Code::Undecodable => "--encoding NAME, or save the file as UTF-8",
        Code::Unreadable => "see each of them",
        Code::Withheld => "mend the rows that are named; these go out with them",
        Code::DuplicateRow | Code::PossibleDuplicate => "remove the copies",
        Code::DuplicateOrderAcrossUsers => "check whose orders they are",
        Code::UnknownColumn => "--ignore COLUMN, or --map FIELD=COLUMN",
        Code::IgnoredSheet => "--sheet NAME, or --header-row N",
        Code::TotalRow | Code::NoOrders | Code::ComputedTotal => "nothing to do, if that is right",
        Code::HiddenRows => "--hidden-rows read, or --hidden-rows skip",
        Code::ChangedSinceCreated => "--changed send, if second tasks are wanted",
        Code::NoRows => "check that the right file was exported",
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
