//! From rows to tasks: which column is which field, what a value means, which rows are one user, what is wrong.
//!
//! Everything here is a function of the tables and the [`Context`]: no clock, no network. The only thing it does to the
//! outside is to pull rows through [`crate::input::Source`].
//!
//! Invariant: every row that is read ends in exactly one line of the results, or is counted as left out.

mod arena;
mod cells;
mod duplicates;
mod elsewhere;
mod finish;
mod identity;
mod intake;
mod layout;
mod look;
mod orders;
mod owner;
mod payload;
mod read;
mod tally;
mod tasks;
mod template;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::domain::field::Field;
use crate::domain::place::{Names, Place};
use crate::domain::problem::Problem;
use crate::domain::reading::{CarriedRow, Origin, Reading, TableReading};
use crate::domain::rules::{DateRules, DecimalSeparator, HiddenRows, PhoneRules, TotalAmount};
use crate::input::Note;
use arena::{Arena, Span};

pub use layout::{Candidate, Layout, LayoutRules, PlannedTable, Role, lay_out};
pub use read::{InputFile, Unusable, plan};
pub use tasks::{Line, Task};
pub use template::{Template, TemplateError};

/// All that a plan depends on besides the tables.
#[derive(Debug, Clone)]
pub struct Context {
    /// Today, for `{date}`.
    pub today: Date,
    /// How phones are read.
    pub phone: PhoneRules,
    /// How amounts are read.
    pub decimal: Option<DecimalSeparator>,
    /// How dates are read.
    pub date: DateRules,
    /// Where totals come from; `None`: the column where it is filled, else the due amounts.
    pub total: Option<TotalAmount>,
    /// Blank cells of user columns take what stands above.
    pub fill_down: bool,
    /// What becomes of hidden rows; they are read where nothing is said.
    pub hidden: Option<HiddenRows>,
    /// Fields that must have a column and be filled.
    pub require: Vec<Field>,
    /// What the sheet leaves blank.
    pub defaults: Defaults,
    /// Only the first so many tasks.
    pub limit: Option<u32>,
}

impl Context {
    /// The fields that need no column.
    fn given(&self) -> Vec<Field> {
        let is_computed = matches!(self.total, Some(TotalAmount::SumDue | TotalAmount::SumLoan));
        let total = |field: &Field| *field == Field::TotalAmount && is_computed;
        Field::ALL.into_iter().filter(|field| self.defaults.has(*field) || total(field)).collect()
    }
}

/// Values for what the sheet leaves blank.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// `--auth-id`
    pub auth_id: Option<u64>,
    /// `--module-id`, or the constant of the API page.
    pub module_id: String,
    /// Whether somebody asked for that module.
    pub module_id_is_given: bool,
    /// `--name`
    pub name: Option<Template>,
    /// `--description`
    pub description: Option<Template>,
    /// `--assignee`; several are dealt out.
    pub assignees: Vec<String>,
}

impl Defaults {
    /// Whether a field has one.
    fn has(&self, field: Field) -> bool {
        match field {
            Field::AuthId => self.auth_id.is_some(),
            Field::Name => self.name.is_some(),
            Field::Description => self.description.is_some(),
            Field::AssigneeUsername => !self.assignees.is_empty(),
            Field::ModuleId => true,
            _ => false,
        }
    }
}

/// How many fields a user has, the phone not counted.
const USER_FIELDS: usize = 8;

/// The place of a user field in [`User::fields`].
const fn slot(field: Field) -> usize {
    // The phone is the first field and stands apart.
    field as usize - 1
}

/// One user, known by the phone.
#[derive(Debug)]
struct User {
    phone: u64,
    /// Index of the first row.
    first_row: u32,
    /// The value of each field, and the row it was first seen in.
    fields: [Option<(Span, u32)>; USER_FIELDS],
    /// Further descriptions, which may stand per order.
    more_descriptions: Vec<Span>,
    /// The problem that withholds the user, as an index.
    cause: Option<u32>,
    /// What goes out, decided at the end.
    settled: Settled,
}

/// What the end of planning decides for a valid user.
#[derive(Debug, Default, Clone, Copy)]
struct Settled {
    total: Span,
    has_module: bool,
    assignee: Option<u32>,
}

/// The seven fields of an order, one after the other in the arena: there are millions, so they are kept small.
#[derive(Debug, Clone, Copy)]
struct Order {
    row: u32,
    /// Where the first begins.
    at: u32,
    /// Where each ends, counted from there; [`WIDE`] when that is too far, and kept elsewhere.
    ends: [u16; 7],
}

/// The ends of an order whose texts take more than can be counted in 16 bits.
const WIDE: [u16; 7] = [u16::MAX; 7];

/// The orders of a plan.
#[derive(Debug, Default)]
struct Orders {
    list: Vec<Order>,
    /// The ends of the wide ones, by row.
    wide: HashMap<u32, [u32; 7]>,
}

impl Orders {
    /// Adds the order of a row, whose fields are the parts of one piece of the arena.
    fn push(&mut self, row: u32, whole: Span, ends: [u32; 7]) {
        let narrow = ends.map(|end| u16::try_from(end).unwrap_or(u16::MAX));
        let is_wide = narrow.contains(&u16::MAX);
        if is_wide {
            self.wide.insert(row, ends);
        }
        self.list.push(Order { row, at: whole.at(), ends: if is_wide { WIDE } else { narrow } });
    }

    /// A field, counted as in [`Field::ORDER`].
    fn field(&self, order: &Order, field: usize) -> Span {
        let ends = match self.wide.get(&order.row).filter(|_| order.ends == WIDE) {
            Some(ends) => *ends,
            None => order.ends.map(u32::from),
        };
        let end = |field: usize| ends.get(field).copied().unwrap_or_default();
        let from = field.checked_sub(1).map_or(0, end);
        Span::new(order.at.saturating_add(from), end(field).saturating_sub(from))
    }
}

/// A row that was read.
#[derive(Debug, Clone, Copy)]
struct RowRecord {
    number: u32,
    /// [`NOBODY`], or the user.
    user: u32,
    table: u16,
    flags: u8,
}

/// A row without a user.
const NOBODY: u32 = u32::MAX;

impl RowRecord {
    /// It has an error of its own.
    const WRONG: u8 = 1;
    /// It was left out as a total row.
    const LEFT_OUT: u8 = 2;
    /// Its phone was written without `+`, and no country code was given.
    const BARE: u8 = 4;
    /// It holds an order.
    const ORDER: u8 = 8;
    /// It has no user, and is held back because of another row.
    const HELD_BACK: u8 = 16;
    /// It is no part of the run, by `--limit`.
    const BEYOND: u8 = 32;
    /// It was left out because the sheet hides it.
    const HIDDEN: u8 = 64;

    const fn is(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    const fn place(self) -> Place {
        Place::row(self.table, self.number)
    }
}

/// A plan: every line of the results, and every problem.
#[derive(Debug)]
pub struct Plan {
    /// The names of all tables.
    pub names: Names,
    /// What was read, as what.
    pub tables: Vec<PlannedTable>,
    /// The numbers.
    pub counts: Counts,
    /// Valid users by country, the commonest first: `ID +62`, 195.
    pub countries: Vec<(String, u64)>,
    /// What the readers decided by themselves: the file, and what.
    pub notes: Vec<(String, Note)>,
    /// Flags that had nothing to fill.
    pub unused_flags: Vec<&'static str>,
    /// Columns named by `--ignore` that are in none of the tables.
    pub unmatched_ignores: Vec<String>,
    context: Context,
    arena: Arena,
    users: Vec<User>,
    rows: Vec<RowRecord>,
    orders: Orders,
    /// Row indexes by user, users in order: `rows_of[row_starts[u]..row_starts[u + 1]]`.
    rows_of: Vec<u32>,
    row_starts: Vec<u32>,
    /// Order indexes by user, likewise.
    orders_of: Vec<u32>,
    order_starts: Vec<u32>,
    problems: Vec<Problem>,
    /// The problems in the order of their places.
    sorted: Vec<u32>,
    lines: Vec<LineRef>,
    files: Vec<String>,
    file_of_table: Vec<u16>,
    /// All users by country, those of the list behind a fix workbook too.
    all_countries: Vec<(String, u64)>,
    carried: Vec<CarriedRow>,
}

/// A line of the results.
#[derive(Debug, Clone, Copy)]
enum LineRef {
    /// A user, valid or withheld.
    User(u32),
    /// An invalid row that belongs to no user.
    Row { row: u32, problem: u32 },
}

/// The numbers of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read; headers and blank rows do not count.
    pub rows: u64,
    /// By file.
    pub rows_by_file: Vec<u64>,
    /// Rows with an error of their own.
    pub rows_wrong: u64,
    /// Those, and the rows withheld with them.
    pub rows_invalid: u64,
    /// Rows in no line of the results: total rows.
    pub total_rows: u64,
    /// Rows that the sheets hide, read or not.
    pub hidden_rows: u64,
    /// Those of them that were left out.
    pub rows_hidden: u64,
    /// Rows of tasks beyond `--limit`.
    pub rows_beyond_limit: u64,
    /// Valid tasks.
    pub tasks: u64,
    /// Their orders.
    pub orders: u64,
    /// Lines of the results that are invalid.
    pub invalid_lines: u64,
    /// The sum of the totals of the valid tasks, with 2 decimals; empty without any.
    pub total_amount: String,
}

impl Plan {
    /// All problems in the order of their places.
    pub fn problems(&self) -> impl ExactSizeIterator<Item = &Problem> {
        self.sorted.iter().map(|&index| &self.problems[index as usize])
    }

    /// The files that were read, as the user named them.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// What a second reading of the inputs has to know.
    pub fn reading(&self) -> Reading {
        let mut tables: Vec<TableReading> =
            self.tables.iter().map(|planned| self.table_reading(planned)).collect();
        tables.sort_by_key(|table| table.table);
        Reading {
            countries: self.all_countries.clone(),
            tables,
            carried: self.carried.clone(),
            ..Reading::default()
        }
    }

    fn table_reading(&self, planned: &PlannedTable) -> TableReading {
        let name = self.names.table(planned.table);
        let is_fix = planned.header.is_fix();
        let origin = planned.origin.clone().unwrap_or_else(|| Origin {
            file: name.map(|name| name.file.clone()).unwrap_or_default(),
            sheet: name.and_then(|name| name.sheet.clone()).filter(|_| !planned.is_narrow),
        });
        TableReading {
            table: planned.table,
            role: planned.role,
            header_row: planned.header.row,
            fields: planned.header.fields.clone(),
            is_fix,
            fill_down: self.context.fill_down && !planned.is_of_fix(),
            width: planned.header.width.saturating_sub(u16::from(is_fix)),
            origin,
        }
    }

    /// Which file a table belongs to.
    pub fn file_of(&self, table: u16) -> u16 {
        self.file_of_table.get(usize::from(table)).copied().unwrap_or(0)
    }
}
