//! The sentences about problems, each a function of a reason and its arguments.

use std::borrow::Cow;

use super::code::Code;
use super::field::Field;
use super::place::{Names, Place, map_flag, shell_word};
use super::problem::{OtherCountry, Reason};
use super::quote::{shortened, visible};
use super::unread;
use crate::lang::say;

#[cfg(test)]
mod tests;

/// So many columns are named that may be meant.
const NAMED: usize = 8;

/// The sentence that says what is wrong.
pub fn message(
    reason: &Reason,
    at: Place,
    field: Option<Field>,
    value: Option<&str>,
    names: &Names,
) -> String {
    if let Some(sentence) = error_cell(reason, value).and_then(unread::message) {
        return sentence;
    }
    let value = quoted(reason, value);
    let value = &*value;
    let field = || match field {
        Some(field) => Cow::Borrowed(field.as_str()),
        None => Cow::Owned(say!("problem-some-value")),
    };
    let cited = |place: &Place| names.short(*place, at.table);
    match reason {
        Reason::MissingColumn => say!("problem-missing-column", field = field()),
        Reason::RequiredColumn => say!("problem-required-column", field = field()),
        Reason::UnclearColumn { like, or } if or.is_empty() => {
            say!("problem-unclear-column", value = value, like = like.as_str())
        }
        Reason::UnclearColumn { like, or } => {
            let fields: Vec<_> = [like].into_iter().chain(or).map(ToString::to_string).collect();
            say!("problem-unclear-column-several", value = value, fields = listed(&fields))
        }
        Reason::DuplicateColumn { first, .. } => {
            say!(
                "problem-duplicate-column",
                value = value,
                field = field(),
                first = column_name(names, *first)
            )
        }
        Reason::NoHeader => say!("problem-no-header"),
        Reason::NoPhoneColumn { known, of_orders: false, .. } => {
            say!("problem-no-phone-column", row = at.row.to_string(), count = *known)
        }
        Reason::NoPhoneColumn { known, of_orders: true, .. } => {
            say!("problem-no-user-phone-column", row = at.row.to_string(), count = *known)
        }
        Reason::NoMappedColumn { .. } => say!("problem-no-mapped-column", value = value, field = field()),
        Reason::MixedSheets { sheets } => {
            let sheets: Vec<_> = sheets.iter().map(|sheet| in_quotes(&visible(sheet))).collect();
            say!("problem-mixed-sheets", sheets = listed(&sheets))
        }
        Reason::PoorJoin { orphans, orders } => {
            say!("problem-poor-join", orphans = orphans.to_string(), orders = orders.to_string())
        }
        Reason::NotThere(it) if it.flag == SHEET_MARK => say!("problem-no-such-sheet", value = value),
        Reason::NotThere(it) => say!("problem-not-there", value = value, flag = &it.flag),
        Reason::NoSuchRow { row, rows: Some(rows) } => {
            say!("problem-no-such-row", row = row.to_string(), count = *rows)
        }
        Reason::NoSuchRow { row, rows: None } => say!("problem-nothing-in-row", row = row.to_string()),
        Reason::MissingValue | Reason::MissingKey { .. } => say!("problem-missing-value", field = field()),
        Reason::Phone(flaw) => flaw.message(value),
        Reason::OtherCountry(country) => match &**country {
            OtherCountry { found, common: Some(common) } => {
                say!("problem-other-country", value = value, found = found, common = common)
            }
            OtherCountry { found, common: None } => {
                say!("problem-unclear-country", value = value, found = found)
            }
        },
        Reason::Amount(flaw) => flaw.message(value),
        Reason::Date(flaw) => flaw.message(value),
        Reason::Text(flaw) => flaw.message(value),
        Reason::RenderedTooLong { length } => {
            say!("problem-rendered-too-long", field = field(), length = length.to_string())
        }
        Reason::JoinedTooLong { length } => say!("problem-joined-too-long", length = length.to_string()),
        Reason::NoOrderColumns => say!("problem-no-order-columns"),
        Reason::MappedTwice { other } => {
            say!("problem-mapped-twice", value = value, field = field(), other = other.as_str())
        }
        Reason::PhoneOnly => say!("problem-phone-only"),
        Reason::SharedUserId { first } => {
            say!("problem-shared-user-id", value = value, place = cited(first))
        }
        Reason::TotalTooLarge => say!("problem-total-too-large"),
        Reason::Conflict { first, value: other } => {
            say!(
                "problem-conflict",
                field = field(),
                value = value,
                other = shortened(other),
                place = cited(first)
            )
        }
        Reason::DuplicateOrder { first, fields } if fields.is_empty() => {
            say!("problem-duplicate-order", value = value, place = cited(first))
        }
        Reason::DuplicateOrder { first, fields } => {
            let fields: Vec<_> = fields.iter().map(ToString::to_string).collect();
            say!(
                "problem-duplicate-order-fields",
                value = value,
                place = cited(first),
                fields = listed(&fields)
            )
        }
        Reason::DuplicateRow { first } => say!("problem-duplicate-row", place = cited(first)),
        Reason::PossibleDuplicate { first } => say!("problem-possible-duplicate", place = cited(first)),
        Reason::DuplicateOrderAcrossUsers { first } => {
            say!("problem-duplicate-order-across-users", value = value, place = cited(first))
        }
        Reason::OrphanOrder => say!("problem-orphan-order", value = value),
        Reason::RaggedRow { columns } => say!("problem-ragged-row", count = u32::from(*columns)),
        Reason::Withheld { code, cause } => {
            say!("problem-withheld", code = code.as_str(), place = cited(cause))
        }
        Reason::UnknownColumn => say!("problem-unknown-column", value = value),
        Reason::NamelessColumn => say!("problem-nameless-column", column = position(names, at)),
        Reason::IgnoredSheet => say!("problem-ignored-sheet"),
        Reason::IgnoredHiddenSheet => say!("problem-ignored-hidden-sheet"),
        Reason::TotalRow => say!("problem-total-row", value = value),
        Reason::ComputedTotal => say!("problem-computed-total"),
        Reason::NoOrders => say!("problem-no-orders"),
        Reason::HiddenRows { count, left_out: true, .. } => {
            say!("problem-hidden-rows-left-out", count = *count)
        }
        Reason::HiddenRows { count, left_out: false, .. } => {
            say!("problem-hidden-rows-read", count = *count)
        }
        Reason::ChangedSinceCreated { run, task_id } => {
            say!("problem-changed-since-created", run = &**run, task = task_id.to_string())
        }
        Reason::DataAboveHeader { header } => {
            say!("problem-data-above-header", value = value, header = header.to_string())
        }
        Reason::NoRows => say!("problem-no-rows"),
        Reason::File(flaw) => flaw.message(),
    }
}

/// The sentence that says how to mend it.
pub fn hint(reason: &Reason, at: Place, field: Option<Field>, value: Option<&str>, names: &Names) -> String {
    if let Some(sentence) = error_cell(reason, value).and_then(unread::hint) {
        return sentence;
    }
    let column = value.unwrap_or_default();
    match reason {
        Reason::MissingColumn => match field {
            Some(field @ (Field::AssigneeUsername | Field::Name | Field::AuthId)) => {
                say!(
                    "problem-missing-column-or-flag-hint",
                    map = map_flag(field, "COLUMN"),
                    flag = flag_of(field)
                )
            }
            field => say!("problem-missing-column-hint", map = map_any(field)),
        },
        Reason::RequiredColumn => say!("problem-missing-column-hint", map = map_any(field)),
        Reason::UnclearColumn { like, or } => {
            let maps: Vec<_> = [like].into_iter().chain(or).map(|field| map_flag(*field, column)).collect();
            say!("problem-unclear-column-hint", map = listed(&maps), column = shell_word(column))
        }
        Reason::DuplicateColumn { first, people } => {
            let first_text = names
                .table(first.table)
                .and_then(|table| first.column.and_then(|column| table.headers.get(usize::from(column))));
            // Two equal headers can only be told apart by their letters.
            let ignore = if first_text.map(String::as_str) == Some(column) {
                at.column.map(|column| names.typed_letters(at.table, column)).unwrap_or_default()
            } else {
                column.to_owned()
            };
            let column = shell_word(&ignore);
            match people {
                None => say!("problem-duplicate-column-hint", column = column),
                Some(text) => say!(
                    "problem-duplicate-column-or-people-hint",
                    people = shortened(text),
                    map = map_flag(Field::UserName, text),
                    column = column
                ),
            }
        }
        Reason::NoHeader => say!("problem-no-header-hint"),
        Reason::NoPhoneColumn { columns, of_orders, .. } => match columns.as_slice() {
            [] => say!("problem-no-phone-column-hint", map = map_flag(Field::UserPhone, "COLUMN")),
            [one] if *of_orders => {
                let (column, map) = (shortened(one), map_flag(Field::UserPhone, one));
                say!("problem-no-user-phone-column-hint", column = column, map = map)
            }
            [one] => {
                let (column, map) = (shortened(one), map_flag(Field::UserPhone, one));
                say!("problem-no-phone-column-one-hint", column = column, map = map)
            }
            several => {
                let map = map_flag(Field::UserPhone, "COLUMN");
                say!("problem-no-phone-column-several-hint", map = map, columns = some_of(several))
            }
        },
        Reason::NoMappedColumn { columns } => {
            say!("problem-no-mapped-column-hint", columns = some_of(columns), map = map_any(field))
        }
        Reason::MixedSheets { .. } => say!("problem-mixed-sheets-hint"),
        Reason::PoorJoin { .. } => say!("problem-poor-join-hint"),
        Reason::NotThere(it) => there_hint(&it.flag, &it.there, field, column),
        Reason::NoSuchRow { .. } => say!("problem-no-such-row-hint"),
        // What was carried down stands in the rows of a fix workbook, and their neighbours are others now.
        Reason::MissingKey { .. } if names.is_fix(at.table) => say!("problem-missing-value-hint"),
        Reason::MissingKey { fill_down: false } => say!("problem-missing-key-hint"),
        Reason::MissingKey { fill_down: true } => say!("problem-missing-key-filled-hint"),
        Reason::MissingValue => match field {
            Some(field @ (Field::AssigneeUsername | Field::Name | Field::AuthId)) => {
                say!("problem-missing-value-or-flag-hint", flag = flag_of(field))
            }
            _ => say!("problem-missing-value-hint"),
        },
        Reason::Phone(flaw) => flaw.hint(),
        Reason::OtherCountry(_) => say!("problem-other-country-hint"),
        Reason::Amount(flaw) => flaw.hint(),
        Reason::Date(flaw) => flaw.hint(),
        Reason::Text(flaw) => flaw.hint(),
        Reason::RenderedTooLong { .. } => say!("problem-rendered-too-long-hint"),
        Reason::JoinedTooLong { .. } => say!("problem-joined-too-long-hint"),
        Reason::NoOrderColumns => say!("problem-no-order-columns-hint"),
        Reason::MappedTwice { .. } => say!("problem-mapped-twice-hint"),
        Reason::PhoneOnly => say!("problem-phone-only-hint"),
        Reason::SharedUserId { .. } => say!("problem-shared-user-id-hint"),
        Reason::TotalTooLarge => say!("problem-total-too-large-hint"),
        Reason::Conflict { .. } => say!("problem-conflict-hint"),
        Reason::DuplicateOrder { .. } => say!("problem-duplicate-order-hint"),
        Reason::DuplicateRow { .. } => say!("problem-duplicate-row-hint"),
        Reason::PossibleDuplicate { .. } => say!("problem-possible-duplicate-hint"),
        Reason::DuplicateOrderAcrossUsers { .. } => say!("problem-duplicate-order-across-users-hint"),
        Reason::OrphanOrder => say!("problem-orphan-order-hint"),
        Reason::RaggedRow { .. } => say!("problem-ragged-row-hint"),
        Reason::Withheld { .. } => say!("problem-withheld-hint"),
        Reason::UnknownColumn => say!("problem-unknown-column-hint", column = shell_word(column)),
        Reason::NamelessColumn => {
            let column = shell_word(&typed_position(names, at));
            say!("problem-unknown-column-hint", column = column)
        }
        Reason::IgnoredSheet => say!("problem-ignored-sheet-hint"),
        Reason::IgnoredHiddenSheet => say!("problem-ignored-hidden-sheet-hint"),
        Reason::TotalRow => say!("problem-total-row-hint"),
        Reason::ComputedTotal => say!("problem-computed-total-hint"),
        Reason::HiddenRows { settled: false, .. } => say!("problem-hidden-rows-hint"),
        Reason::NoOrders | Reason::HiddenRows { .. } => say!("problem-if-right-hint"),
        Reason::ChangedSinceCreated { .. } => say!("problem-changed-since-created-hint"),
        Reason::DataAboveHeader { header } => {
            say!("problem-data-above-header-hint", header = header.to_string())
        }
        Reason::NoRows => say!("problem-no-rows-hint"),
        Reason::File(flaw) => flaw.hint(),
    }
}

/// What settles all problems of a kind: the flag or the edit.
pub fn settled_by(code: Code) -> String {
    match code {
        Code::MissingColumn => say!("problem-settle-missing-column"),
        Code::UnclearColumn => say!("problem-settle-unclear-column"),
        Code::MissingValue => say!("problem-settle-missing-value"),
        Code::BadPhone => say!("problem-settle-bad-phone"),
        Code::LossyNumber => say!("problem-settle-lossy-number"),
        Code::BadAmount => say!("problem-settle-bad-amount"),
        Code::AmbiguousAmount => say!("problem-settle-ambiguous-amount"),
        Code::BadDate => say!("problem-settle-bad-date"),
        Code::AmbiguousDate => say!("problem-settle-ambiguous-date"),
        Code::BadNumber => say!("problem-settle-bad-number"),
        Code::TooLong => say!("problem-settle-too-long"),
        Code::Conflict => say!("problem-settle-conflict"),
        Code::DuplicateOrder => say!("problem-settle-duplicate-order"),
        Code::DuplicateColumn => say!("problem-settle-duplicate-column"),
        Code::OrphanOrder => say!("problem-settle-orphan-order"),
        Code::CellError => say!("problem-settle-cell-error"),
        Code::RaggedRow => say!("problem-settle-ragged-row"),
        Code::Undecodable => say!("problem-settle-undecodable"),
        Code::Unreadable => say!("problem-settle-unreadable"),
        Code::Withheld => say!("problem-settle-withheld"),
        Code::DuplicateRow | Code::PossibleDuplicate => say!("problem-settle-duplicate-row"),
        Code::DuplicateOrderAcrossUsers => say!("problem-settle-duplicate-order-across-users"),
        Code::UnknownColumn => say!("problem-settle-unknown-column"),
        Code::IgnoredSheet => say!("problem-settle-ignored-sheet"),
        Code::TotalRow | Code::NoOrders | Code::ComputedTotal => say!("problem-if-right-hint"),
        Code::HiddenRows => say!("problem-settle-hidden-rows"),
        Code::ChangedSinceCreated => say!("problem-settle-changed-since-created"),
        Code::NoRows => say!("problem-no-rows-hint"),
    }
}

/// Several things in one sentence: `a, b, c`.
pub(crate) fn listed(things: &[String]) -> String {
    things.join(&say!("comma"))
}

/// What an error cell holds.
fn error_cell<'v>(reason: &Reason, value: Option<&'v str>) -> Option<&'v str> {
    value.filter(|_| reason.code() == Code::CellError)
}

/// A value as a sentence shows it. What stands for one that could not be read is of ours, and said in its language.
fn quoted<'v>(reason: &Reason, value: Option<&'v str>) -> Cow<'v, str> {
    let Some(value) = value else { return Cow::Borrowed("") };
    if reason.code() != Code::CellError {
        return shortened(value);
    }
    match unread::words(value) {
        Cow::Borrowed(value) => shortened(value),
        // Advice that is cut off is none.
        Cow::Owned(words) => Cow::Owned(visible(&words).into_owned()),
    }
}

/// What names a sheet in `--users list.xlsx#SHEET`, as a problem keeps it.
pub(crate) const SHEET_MARK: &str = "the part after #";

/// What is there instead of what a flag names.
fn there_hint(flag: &str, there: &[String], field: Option<Field>, value: &str) -> String {
    if there.is_empty() {
        return say!("problem-not-there-hint");
    }
    if flag == "--map" {
        return say!("problem-no-mapped-column-hint", columns = some_of(there), map = map_any(field));
    }
    let typed = |sheet: &str| match flag {
        SHEET_MARK => format!("#{}", visible(sheet)),
        flag => format!("{flag} {}", shell_word(sheet)),
    };
    let same = |sheet: &&String| sheet.trim().to_lowercase() == value.trim().to_lowercase();
    match there.iter().find(same) {
        Some(sheet) => say!("problem-sheet-in-other-case-hint", sheet = typed(sheet)),
        None => say!("problem-no-such-sheet-hint", sheets = some_of(there)),
    }
}

/// The first of several texts of a list, in quotation marks.
fn some_of(texts: &[String]) -> String {
    let mut named: Vec<_> = texts.iter().take(NAMED).map(|text| in_quotes(&shortened(text))).collect();
    if texts.len() > NAMED {
        named.push("...".to_owned());
    }
    listed(&named)
}

/// Where a column without a header stands: its letters, or in a text file, where nobody sees letters, its number.
fn typed_position(names: &Names, at: Place) -> String {
    let column = at.column.unwrap_or_default();
    match names.table(at.table) {
        Some(table) if table.sheet.is_none() => format!("#{}", u32::from(column) + 1),
        _ => names.typed_letters(at.table, column),
    }
}

/// The same as it stands in a sentence.
fn position(names: &Names, at: Place) -> String {
    match (names.table(at.table), at.column) {
        (Some(table), Some(column)) if table.sheet.is_none() => (u32::from(column) + 1).to_string(),
        _ => names.column(at).unwrap_or_default(),
    }
}

fn in_quotes(text: &str) -> String {
    say!("problem-quoted", text = text)
}

fn column_name(names: &Names, at: Place) -> String {
    let header = names
        .table(at.table)
        .and_then(|table| at.column.and_then(|column| table.headers.get(usize::from(column))))
        .map(|header| in_quotes(&shortened(header)));
    header.or_else(|| names.column(at)).unwrap_or_default()
}

/// The flag that says which column a field is.
fn map_any(field: Option<Field>) -> String {
    field.map_or_else(|| "--map FIELD=COLUMN".to_owned(), |field| map_flag(field, "COLUMN"))
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
