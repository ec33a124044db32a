//! Which tables are read, as what, and in which order.

use std::collections::HashMap;

use super::cells::shown;
use crate::domain::cell::Row;
use crate::domain::code::Severity;
use crate::domain::field::Field;
use crate::domain::phone::{PhoneForm, read_user_phone};
use crate::domain::place::{Place, TableName};
use crate::domain::problem::{Problem, Reason};
use crate::domain::reading::Origin;
pub use crate::domain::reading::Role;
use crate::domain::rules::{BareNumbers, PhoneRules};
use crate::input::fixbook::FixSheet;
use crate::input::header::{
    ColumnName, Header, HeaderRules, NoHeader, Phoneless, Unmapped, is_exactly, recognise,
};

/// A table that could be read: every sheet of every file, in the order in which they were named.
#[derive(Debug)]
pub struct Candidate {
    /// Which file.
    pub file: u16,
    /// How the file and the sheet are called; the headers are filled in here.
    pub name: TableName,
    /// Hidden sheets are read only when they are named.
    pub hidden: bool,
    /// The leading rows; with `--header-row` those from there on.
    pub leading: Vec<Row>,
    /// The number of the last row that was looked at.
    pub last: u32,
    /// Set by `--users` and `--orders`.
    pub role: Option<Role>,
    /// Whether the user named this sheet.
    pub chosen: bool,
    /// What the hidden sheet of a fix workbook says of this one.
    pub fix: Option<FixSheet>,
}

impl Candidate {
    /// Whether this is a sheet of this name, or was one in the list it came from.
    fn is_named(&self, sheet: &str) -> bool {
        let origin = self.fix.as_ref().and_then(|fix| fix.origin.sheet.as_deref());
        self.name.sheet.as_deref() == Some(sheet) || origin == Some(sheet)
    }

    /// Whether it came from a table that `--sheet` says nothing of, as it says nothing of CSV.
    fn was_csv(&self) -> bool {
        self.fix.as_ref().is_some_and(|fix| fix.origin.sheet.is_none())
    }

    /// How many rows it has, if it ends before the one that `--header-row` names.
    fn rows_seen(&self) -> Option<u32> {
        self.leading.is_empty().then_some(self.last)
    }

    fn header(&self, rules: &HeaderRules) -> Result<Header, NoHeader> {
        // One more for the column of the reasons.
        let width = self.fix.as_ref().map_or(0, |fix| fix.width.saturating_add(1));
        recognise(&self.leading, rules, width)
    }
}

/// What the user has settled.
#[derive(Debug, Clone, Default)]
pub struct LayoutRules {
    /// About headers.
    pub header: HeaderRules,
    /// `--sheet`: only these sheets of each workbook.
    pub sheets: Vec<String>,
    /// `--all-sheets`: every sheet with a header, whatever it is.
    pub all_sheets: bool,
}

/// A table that is read.
#[derive(Debug)]
pub struct PlannedTable {
    /// The number of its candidate, and of its name.
    pub table: u16,
    /// What it holds.
    pub role: Role,
    /// Its header.
    pub header: Header,
    /// Whether more cells than the header has are an error: in CSV, and in what came from it.
    pub is_narrow: bool,
    /// What it was before it became a sheet of a fix workbook.
    pub origin: Option<Origin>,
}

impl PlannedTable {
    /// Whether it is a sheet of a fix workbook, of which the hidden sheet or the first column may have been lost.
    pub fn is_of_fix(&self) -> bool {
        self.header.is_fix() || self.origin.is_some()
    }
}

/// The tables to read, users first.
#[derive(Debug, Default)]
pub struct Layout {
    /// In reading order.
    pub tables: Vec<PlannedTable>,
    /// Whether the program joined users and orders of its own accord.
    pub joined_by_itself: bool,
    /// Warnings, and errors that make the input unusable. Their places are numbers of candidates, and the number behind the
    /// last one where the input as a whole is meant.
    pub problems: Vec<Problem>,
}

/// Decides about all candidates; their names get the header texts.
pub fn lay_out(candidates: &mut [Candidate], rules: &LayoutRules) -> Layout {
    let mut layout = Layout::default();
    let mut passed_over = Vec::new();
    missing_sheets(candidates, rules, &mut layout);
    for (number, candidate) in (0_u16..).zip(candidates.iter_mut()) {
        let at = Place::table(number);
        let named = rules.sheets.iter().any(|sheet| candidate.is_named(sheet));
        candidate.chosen |= named || (candidate.was_csv() && !candidate.hidden);
        let is_sheet = candidate.name.sheet.is_some();
        if is_sheet && !candidate.chosen && (candidate.hidden || !rules.sheets.is_empty()) {
            if candidate.hidden && rules.sheets.is_empty() {
                layout.problems.push(Problem::at(Reason::IgnoredHiddenSheet, at));
            }
            continue;
        }
        match candidate.header(&rules.header) {
            Ok(header) => {
                if let Some(problem) =
                    data_above(&header, candidate, number).filter(|_| rules.header.row.is_none())
                {
                    layout.problems.push(problem);
                }
                candidate.name.headers.clone_from(&header.texts);
                let role = candidate.role.unwrap_or(Role::Flat);
                let origin = candidate.fix.as_ref().map(|fix| fix.origin.clone());
                // Without its hidden sheet nothing is known of a fix workbook: the stricter rule holds.
                let is_narrow = match &origin {
                    Some(origin) => origin.sheet.is_none(),
                    None => !is_sheet || header.is_fix(),
                };
                layout.tables.push(PlannedTable { table: number, role, header, is_narrow, origin });
            }
            Err(why) if is_sheet && !candidate.chosen && candidate.fix.is_none() => {
                passed_over.push((number, why));
                layout.problems.push(Problem::at(Reason::IgnoredSheet, at))
            }
            Err(why) => layout.problems.push(no_header(why, number, candidate.rows_seen())),
        }
    }
    let has_error = layout.problems.iter().any(|problem| problem.severity() == Severity::Error);
    if layout.tables.is_empty() && !has_error {
        // Nothing but sheets that are passed over: say of the first that is nearly a list why it will not do.
        let nearly = passed_over.iter().position(|(_, why)| *why != NoHeader::NoPhone).unwrap_or(0);
        let (number, why) = passed_over.into_iter().nth(nearly).unwrap_or((0, NoHeader::NoPhone));
        let seen = candidates.get(usize::from(number)).and_then(Candidate::rows_seen);
        layout.problems.push(no_header(why, number, seen));
    }
    assign_roles(candidates, rules, &mut layout);
    columns_elsewhere(&mut layout.tables);
    unused_mappings(rules, &mut layout);
    for planned in &layout.tables {
        layout.problems.extend(header_problems(planned));
    }
    layout
}

fn no_header(why: NoHeader, table: u16, rows: Option<u32>) -> Problem {
    match why {
        NoHeader::NoPhone => Problem::at(Reason::NoHeader, Place::table(table)),
        NoHeader::Phoneless(Phoneless { row, known, columns, of_orders }) => {
            let known = u32::try_from(known).unwrap_or(u32::MAX);
            Problem::at(Reason::NoPhoneColumn { known, columns, of_orders }, Place::row(table, row))
        }
        NoHeader::Unmapped(Unmapped { name, row, columns }) => {
            let reason = Reason::NoMappedColumn { columns };
            Problem::with_value(reason, Place::row(table, row), Field::UserPhone, &name.0)
        }
        NoHeader::PhoneOnly(row) => Problem::at(Reason::PhoneOnly, Place::row(table, row)),
        NoHeader::NoSuchRow(row) => {
            let value = Some(row.to_string().into());
            Problem { value, ..Problem::at(Reason::NoSuchRow { row, rows }, Place::table(table)) }
        }
    }
}

/// A phone in the phone column above the header: whoever sorted the header away must not lose the users above it.
fn data_above(header: &Header, candidate: &Candidate, table: u16) -> Option<Problem> {
    let column = header.column(Field::UserPhone)?;
    let above = candidate.leading.iter().filter(|row| row.number < header.row);
    above.filter_map(|row| Some((row.number, row.get(column)?))).find_map(|(number, cell)| {
        let value = shown(&cell);
        let mut digits = String::new();
        // Whether it is a good one is not the question; one with a country code is a phone in any list.
        let rules =
            PhoneRules { country_code: Some("62".to_owned()), bare: Some(BareNumbers::International) };
        read_user_phone(&cell, &rules, &mut digits).ok().filter(|form| *form != PhoneForm::Blank)?;
        let reason = Reason::DataAboveHeader { header: header.row };
        Some(Problem::with_value(reason, Place::cell(table, number, column), Field::UserPhone, &value))
    })
}

/// The table behind all others stands for the input as a whole: what is said of a sheet that is not there has its place
/// in no other sheet.
fn missing_sheets(candidates: &[Candidate], rules: &LayoutRules, layout: &mut Layout) {
    for sheet in &rules.sheets {
        if !candidates.iter().any(|candidate| candidate.is_named(sheet)) {
            let sheets = candidates.iter().filter_map(|candidate| candidate.name.sheet.clone());
            let reason = Reason::not_there("--sheet", sheets.collect());
            let at = Place::table(u16::try_from(candidates.len()).unwrap_or(u16::MAX));
            layout.problems.push(Problem { value: Some(sheet.as_str().into()), ..Problem::at(reason, at) });
        }
    }
}

/// What is nearly a field is another column where that field stands in the table of the other kind: a list of orders is
/// not asked for the name of a user when the list of users has it.
fn columns_elsewhere(tables: &mut [PlannedTable]) {
    let fields = |role: Role, is_wanted: &dyn Fn(Field) -> bool| -> Vec<Field> {
        let of_role = tables.iter().filter(|planned| planned.role == role);
        of_role
            .flat_map(|planned| planned.header.fields.iter().flatten().copied())
            .filter(|field| is_wanted(*field))
            .collect()
    };
    let users = fields(Role::Users, &|field| !field.is_order() && !KEYS.contains(&field));
    let orders = fields(Role::Orders, &|field| field.is_order());
    for planned in tables {
        let elsewhere = match planned.role {
            Role::Users => &orders,
            Role::Orders => &users,
            Role::Flat => continue,
        };
        for unknown in &mut planned.header.unknown {
            unknown.likes.retain(|like| !elsewhere.contains(like));
        }
    }
}

/// A column named by `--map` has to be in one of the tables at least.
fn unused_mappings(rules: &LayoutRules, layout: &mut Layout) {
    for (field, ColumnName(name)) in &rules.header.map {
        let missing = |planned: &PlannedTable| planned.header.missing.iter().any(|(other, _)| other == field);
        if let Some(first) = layout.tables.first()
            && layout.tables.iter().all(missing)
        {
            let texts = first.header.texts.iter().filter(|text| !text.is_empty());
            let reason = Reason::not_there("--map", texts.cloned().collect());
            let at = Place::table(first.table);
            layout
                .problems
                .push(Problem { field: Some(*field), ..Problem::with_value(reason, at, *field, name) });
        }
    }
}

/// One users table and its orders are joined; equal headers are one list; another mix is for the user to settle.
fn assign_roles(candidates: &[Candidate], rules: &LayoutRules, layout: &mut Layout) {
    if candidates.iter().any(|candidate| candidate.role.is_some()) {
        layout.tables.sort_by_key(|planned| planned.role == Role::Orders);
        return;
    }
    let has_fix_sheets = roles_of_fix_sheets(candidates, layout);
    let kinds: Vec<Role> = layout.tables.iter().map(|planned| kind(&planned.header)).collect();
    let count = |role| kinds.iter().filter(|kind| **kind == role).count();
    if !has_fix_sheets && count(Role::Users) == 1 && count(Role::Orders) >= 1 && count(Role::Flat) == 0 {
        for (planned, kind) in layout.tables.iter_mut().zip(kinds) {
            planned.role = kind;
        }
        layout.tables.sort_by_key(|planned| planned.role == Role::Orders);
        layout.joined_by_itself = true;
        return;
    }
    // Several files are one list by the user's own word, and so are the sheets that a fix workbook has from them; sheets
    // of any other workbook may be anything.
    let mut firsts = HashMap::new();
    let mixed = layout.tables.iter().filter(|planned| !planned.is_of_fix()).any(|planned| {
        let file = |planned: &PlannedTable| candidates[usize::from(planned.table)].file;
        let first = firsts.entry(file(planned)).or_insert(planned);
        !same_columns(&planned.header, &first.header)
    });
    if mixed && !rules.all_sheets && rules.sheets.is_empty() {
        let sheets = layout
            .tables
            .iter()
            .filter_map(|planned| candidates[usize::from(planned.table)].name.sheet.clone());
        let reason = Reason::MixedSheets { sheets: sheets.collect() };
        let at = Place::table(layout.tables.first().map_or(0, |planned| planned.table));
        layout.problems.push(Problem::at(reason, at));
    }
}

/// The sheets of a fix workbook are what they were in their list, whatever is left of it: that they belong together is
/// settled. Whether there are such sheets.
fn roles_of_fix_sheets(candidates: &[Candidate], layout: &mut Layout) -> bool {
    if !layout.tables.iter().any(PlannedTable::is_of_fix) {
        return false;
    }
    let kinds: Vec<Role> = layout.tables.iter().map(|planned| kind(&planned.header)).collect();
    let by_kind =
        kinds.contains(&Role::Users) && kinds.contains(&Role::Orders) && !kinds.contains(&Role::Flat);
    for (planned, kind) in layout.tables.iter_mut().zip(kinds) {
        let fix = candidates[usize::from(planned.table)].fix.as_ref();
        planned.role = match fix {
            Some(fix) => fix.role,
            None if by_kind => kind,
            None => Role::Flat,
        };
    }
    layout.tables.sort_by_key(|planned| planned.role == Role::Orders);
    true
}

fn same_columns(one: &Header, other: &Header) -> bool {
    let fields = |header: &Header| {
        let mut fields: Vec<Field> = header.fields.iter().copied().flatten().collect();
        fields.sort_unstable();
        fields
    };
    fields(one) == fields(other)
}

/// The fields by which orders find their users.
const KEYS: [Field; 2] = [Field::UserPhone, Field::UserId];

/// What a header alone says of its table.
fn kind(header: &Header) -> Role {
    let mut fields = header.fields.iter().copied().flatten();
    let has_order = fields.clone().any(Field::is_order);
    let has_user =
        fields.any(|field| !field.is_order() && !KEYS.contains(&field) && field != Field::UserName);
    match (has_user, has_order) {
        (false, true) => Role::Orders,
        (_, false) => Role::Users,
        (true, true) => Role::Flat,
    }
}

fn header_problems(planned: &PlannedTable) -> Vec<Problem> {
    let header = &planned.header;
    let cell = |column| Place::cell(planned.table, header.row, column);
    let text = |column: u16| header.texts.get(usize::from(column)).map(String::as_str).unwrap_or_default();
    let unknown = header.unknown.iter().map(|unknown| {
        let reason = match unknown.likes.as_slice() {
            [like, or @ ..] => Reason::UnclearColumn { like: *like, or: or.to_vec() },
            [] => Reason::UnknownColumn,
        };
        Problem { value: Some(unknown.header.as_str().into()), ..Problem::at(reason, cell(unknown.column)) }
    });
    let duplicates = header.duplicates.iter().map(|&(field, first, later)| {
        // `Name` beside `Task Name` is that of the user as likely as not.
        let may_be_people = |column: &u16| is_exactly(text(*column), field);
        let people = [first, later].into_iter().filter(may_be_people).collect::<Vec<_>>();
        let people = match people.as_slice() {
            [one] if field == Field::Name && !header.has(Field::UserName) => Some(text(*one).into()),
            _ => None,
        };
        let reason = Reason::DuplicateColumn { first: cell(first), people };
        Problem::with_value(reason, cell(later), field, text(later))
    });
    let contested = header.contested.iter().map(|&(column, other, field)| {
        Problem::with_value(Reason::MappedTwice { other }, cell(column), field, text(column))
    });
    unknown.chain(duplicates).chain(contested).collect()
}

#[cfg(test)]
mod tests;
