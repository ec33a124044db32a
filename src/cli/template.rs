//! `template OUT.xlsx`: an empty list with the right columns, so that nobody has to guess how they are called or what
//! their cells may hold.

use std::io;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Note,
    Workbook, Worksheet, XlsxError,
};

use super::args::TemplateArgs;
use super::console::Console;
use super::exit;
use super::refusal::Refusal;
use crate::domain::field::Field;
use crate::lang::say;
use crate::report::files::write_new;

/// Rows below the header that are checked as they are typed; more would make the file no better.
const CHECKED_ROWS: u32 = 100_000;

/// What a column holds, and how its cells are formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Text, which a spreadsheet must not take for anything else.
    Text,
    /// Text that the server takes up to 256 characters of.
    Limited,
    Whole,
    Amount,
    Date,
    Moment,
}

/// A column of the template.
struct Column {
    field: Field,
    /// Whether it has to be filled, or given by this flag.
    needed: bool,
    holds: Holds,
    width: f64,
    example: &'static str,
}

const fn column(field: Field, needed: bool, holds: Holds, width: f64, example: &'static str) -> Column {
    Column { field, needed, holds, width, example }
}

/// Those that every task needs come first. `user_id` is not here: it joins two tables, and this is one.
const COLUMNS: [Column; 15] = [
    column(Field::UserPhone, true, Holds::Text, 20.0, "+6281234567890"),
    column(Field::AssigneeUsername, true, Holds::Text, 20.0, "incs_1"),
    column(Field::Name, true, Holds::Limited, 28.0, "Payment reminder"),
    column(Field::AuthId, true, Holds::Whole, 12.0, "30058"),
    column(Field::UserName, false, Holds::Text, 20.0, "Sari Wijaya"),
    column(Field::Description, false, Holds::Limited, 28.0, "Prefers calls in the evening"),
    column(Field::TotalAmount, false, Holds::Amount, 16.0, ""),
    column(Field::ModuleId, false, Holds::Text, 16.0, ""),
    column(Field::OrderNumber, false, Holds::Text, 20.0, "WD20260401001"),
    column(Field::Username, false, Holds::Text, 20.0, "Sari Wijaya"),
    column(Field::PhoneNumber, false, Holds::Text, 20.0, "081234567890"),
    column(Field::LoanAmount, false, Holds::Amount, 16.0, "1000000.00"),
    column(Field::DueAmount, false, Holds::Amount, 16.0, "1250000.50"),
    column(Field::NextDueDate, false, Holds::Date, 16.0, "2026-04-15"),
    column(Field::ConfirmLoanTime, false, Holds::Moment, 22.0, "2026-03-01 10:00:00"),
];

/// What a column is for; nothing for the join key, which has none.
fn about(field: Field) -> String {
    match field {
        Field::UserPhone => say!("template-user-phone"),
        Field::AssigneeUsername => say!("template-assignee-username"),
        Field::Name => say!("template-name"),
        Field::AuthId => say!("template-auth-id"),
        Field::UserName => say!("template-user-name"),
        Field::Description => say!("template-description"),
        Field::TotalAmount => say!("template-total-amount"),
        Field::ModuleId => say!("template-module-id"),
        Field::OrderNumber => say!("template-order-number"),
        Field::Username => say!("template-username"),
        Field::PhoneNumber => say!("template-phone-number"),
        Field::LoanAmount => say!("template-loan-amount"),
        Field::DueAmount => say!("template-due-amount"),
        Field::NextDueDate => say!("template-next-due-date"),
        Field::ConfirmLoanTime => say!("template-confirm-loan-time"),
        Field::UserId => String::new(),
    }
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// The name does not end in `.xlsx`, something of that name is there already, or it cannot be written.
pub(super) fn run(arguments: &TemplateArgs, console: &Console) -> Result<u8, Refusal> {
    let path = &arguments.out;
    let file = path.display().to_string();
    let refuse = |what: String, hint: String| Refusal::new(what).at("template").hint(hint);
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return Err(refuse(say!("file-not-a-workbook", file = file), say!("file-name-a-workbook")));
    }
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            refuse(say!("template-is-there", file = &file), say!("template-mend-is-there"))
        }
        _ => {
            let what = say!("file-cannot-write", file = &file, error = error.to_string());
            refuse(what, say!("file-name-writable"))
        }
    };
    write_new(path, |out| {
        let saved = workbook().and_then(|mut book| book.save_to_writer(out));
        saved.map_err(|error| match error {
            XlsxError::IoError(error) => error,
            other => io::Error::other(other),
        })
    })
    .map_err(failed)?;
    console.say(say!("template-written", file = &file));
    Ok(exit::ALL_DONE)
}

fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let list = book.add_worksheet();
    list.set_name("list")?;
    header(list)?;
    for (at, column) in (0_u16..).zip(&COLUMNS) {
        if let Some(rule) = rule(column.holds)? {
            list.add_data_validation(1, at, CHECKED_ROWS, at, &rule)?;
        }
    }
    let example = book.add_worksheet();
    example.set_name("example")?.set_hidden(true);
    header(example)?;
    for (at, column) in (0_u16..).zip(&COLUMNS).filter(|(_, column)| !column.example.is_empty()) {
        let format = format(column.holds);
        match column.holds {
            Holds::Text | Holds::Limited => {
                example.write_string_with_format(1, at, column.example, &format)?;
            }
            Holds::Whole | Holds::Amount => {
                let number: f64 = column.example.parse().unwrap_or_default();
                example.write_number_with_format(1, at, number, &format)?;
            }
            Holds::Date | Holds::Moment => {
                let moment = ExcelDateTime::parse_from_str(column.example)?;
                example.write_datetime_with_format(1, at, &moment, &format)?;
            }
        }
    }
    Ok(book)
}

fn header(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let needed = Format::new().set_bold().set_background_color(Color::RGB(0xFF_EB9C)).set_num_format("@");
    let other = Format::new().set_bold().set_background_color(Color::RGB(0xD9_E1F2)).set_num_format("@");
    for (at, column) in (0_u16..).zip(&COLUMNS) {
        sheet.set_column_format(at, &format(column.holds))?;
        sheet.set_column_width(at, column.width)?;
        let (mark, look) = if column.needed { ("*", &needed) } else { ("", &other) };
        sheet.write_string_with_format(0, at, format!("{}{mark}", column.field), look)?;
        let example = match column.example {
            "" => String::new(),
            example => format!("\n{}", say!("template-example", example = example)),
        };
        let note = Note::new(format!("{}{example}", about(column.field))).add_author_prefix(false);
        sheet.insert_note(0, at, &note.set_width(300).set_height(110))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn format(holds: Holds) -> Format {
    Format::new().set_num_format(match holds {
        Holds::Text | Holds::Limited => "@",
        Holds::Whole => "0",
        Holds::Amount => "0.00",
        Holds::Date => "yyyy-mm-dd",
        Holds::Moment => "yyyy-mm-dd hh:mm:ss",
    })
}

/// What a spreadsheet program says when something else is typed: it warns, for this program reads more than it knows.
fn rule(holds: Holds) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let (rule, words) = match holds {
        Holds::Text => return Ok(None),
        Holds::Limited => {
            (rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(256)), say!("template-too-long"))
        }
        Holds::Whole => (rule.allow_whole_number(DataValidationRule::GreaterThan(0)), say!("template-whole")),
        Holds::Amount => (
            rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            say!("template-amount"),
        ),
        Holds::Date | Holds::Moment => {
            let years = DataValidationRule::Between(
                ExcelDateTime::from_ymd(1970, 1, 1)?,
                ExcelDateTime::from_ymd(2101, 1, 1)?,
            );
            (rule.allow_date(years), say!("template-date"))
        }
    };
    let rule = rule.set_error_style(DataValidationErrorStyle::Warning).set_error_message(words)?;
    Ok(Some(rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_but_the_join_key_has_its_column_and_needed_ones_come_first() {
        let mut fields: Vec<Field> = COLUMNS.iter().map(|column| column.field).collect();
        fields.push(Field::UserId);
        fields.sort_unstable();
        assert_eq!(fields, Field::ALL);
        assert!(COLUMNS.is_sorted_by_key(|column| !column.needed));
        assert!(COLUMNS.iter().all(|column| !about(column.field).is_empty()));
    }
}
