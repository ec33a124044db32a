//! What can only be decided when every row is in: the country of bare numbers, missing values, duplicates, totals, who
//! is withheld, who gets which assignee.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::arena::Span;
use super::elsewhere::Elsewhere;
use super::intake::Intake;
use super::layout::PlannedTable;
use super::read::joins_by_id;
use super::{Context, Counts, NOBODY, Order, Plan, RowRecord, Settled, slot};
use crate::domain::code::{Code, Severity};
use crate::domain::field::Field;
use crate::domain::money::Total;
use crate::domain::phone::{Country, country_of};
use crate::domain::place::{Names, Place};
use crate::domain::problem::{OtherCountry, Problem, Reason};
use crate::domain::rules::TotalAmount;
use crate::domain::text::{LIMIT, TextFlaw};
use crate::input::Note;

/// Turns what was collected into a plan.
pub(super) fn finish(
    intake: Intake<'_>,
    tables: Vec<PlannedTable>,
    names: Names,
    files: Vec<String>,
    file_of_table: Vec<u16>,
    notes: Vec<(String, Note)>,
) -> Plan {
    let Intake { context, arena, users, rows, orders, problems, strays, hidden, carried, elsewhere, .. } =
        intake;
    let (rows_of, row_starts) = by_user(users.len(), rows.iter().map(|row| row.user));
    let (orders_of, order_starts) =
        by_user(users.len(), orders.list.iter().map(|order| rows[order.row as usize].user));
    let mut plan = Plan {
        names,
        tables,
        counts: Counts { hidden_rows: hidden, ..Counts::default() },
        countries: Vec::new(),
        notes,
        unused_flags: Vec::new(),
        unmatched_ignores: Vec::new(),
        context: context.clone(),
        arena,
        users,
        rows,
        orders,
        rows_of,
        row_starts,
        orders_of,
        order_starts,
        problems,
        sorted: Vec::new(),
        lines: Vec::new(),
        files,
        file_of_table,
        all_countries: Vec::new(),
        carried,
    };
    let countries = plan.one_country(elsewhere);
    let needed = plan.needed();
    let told = plan.told(&needed);
    for user in 0..plan.users.len() {
        plan.needed_fields(user, &needed, &told);
        plan.long_description(user);
        plan.orders_of_one_user(user);
    }
    plan.orders_across_users();
    let list = ListColumns {
        total: plan.tables.iter().any(|planned| planned.header.has(Field::TotalAmount)),
        orders: plan
            .tables
            .iter()
            .any(|planned| Field::ORDER.into_iter().any(|field| planned.header.has(field))),
    };
    for user in 0..plan.users.len() {
        plan.settle(user, list);
    }
    plan.check_templates();
    plan.withhold_siblings();
    plan.deal_out();
    plan.list_lines(&strays);
    plan.count(&countries);
    plan
}

/// Which columns the list has in any of its tables.
#[derive(Debug, Clone, Copy)]
struct ListColumns {
    total: bool,
    orders: bool,
}

/// Groups indexes by their user with two passes and no list per user.
fn by_user(users: usize, user_of: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; users + 1];
    for user in user_of.clone().filter(|user| *user != NOBODY) {
        starts[user as usize + 1] += 1;
    }
    for user in 0..users {
        starts[user + 1] += starts[user];
    }
    let mut next = starts.clone();
    let mut grouped = vec![0; starts[users] as usize];
    for (index, user) in (0_u32..).zip(user_of) {
        if user != NOBODY {
            let at = &mut next[user as usize];
            grouped[*at as usize] = index;
            *at += 1;
        }
    }
    (grouped, starts)
}

impl Plan {
    pub(super) fn rows_of(&self, user: usize) -> &[u32] {
        &self.rows_of[self.row_starts[user] as usize..self.row_starts[user + 1] as usize]
    }

    /// The orders of a user in row order, copies of one order included once.
    pub(super) fn orders_of(&self, user: usize) -> impl Iterator<Item = &Order> + Clone {
        let range = self.order_starts[user] as usize..self.order_starts[user + 1] as usize;
        self.orders_of[range]
            .iter()
            .filter(|index| **index != NOBODY)
            .map(|index| &self.orders.list[*index as usize])
    }

    pub(super) fn field(&self, user: usize, field: Field) -> &str {
        self.users[user].fields[slot(field)].map_or("", |(span, _)| self.arena.get(span))
    }

    /// Notes an error in a row of a user, and withholds the user.
    pub(super) fn error(&mut self, problem: Problem, row: u32) {
        let cause = u32::try_from(self.problems.len()).unwrap_or(u32::MAX);
        self.problems.push(problem);
        self.rows[row as usize].flags |= RowRecord::WRONG;
        let user = self.rows[row as usize].user;
        if user != NOBODY {
            self.users[user as usize].cause.get_or_insert(cause);
        }
    }

    pub(super) fn place_of(&self, row: u32, field: Field) -> Place {
        let record = self.rows[row as usize];
        let planned = self.tables.iter().find(|planned| planned.table == record.table);
        Place { column: planned.and_then(|planned| planned.header.column(field)), ..record.place() }
    }

    /// Numbers written without `+` must be valid and all of one country: the commonest of the list. The rows of a fix
    /// workbook are judged by the list they came from. Gives the country of each user.
    fn one_country(&mut self, elsewhere: Elsewhere) -> Vec<Option<Country>> {
        let mut digits = String::new();
        let mut country = |phone: u64| {
            digits.clear();
            // Writing into a string cannot fail.
            let _ = write!(digits, "{phone}");
            country_of(&digits)
        };
        let countries: Vec<Option<Country>> = self.users.iter().map(|user| country(user.phone)).collect();
        let mut here: HashMap<Country, u64> = HashMap::new();
        for country in countries.iter().flatten() {
            *here.entry(*country).or_default() += 1;
        }
        let mut counts: HashMap<String, u64> = HashMap::new();
        let names: HashMap<Country, String> =
            here.keys().map(|country| (*country, country.to_string())).collect();
        let here_by_name = here.iter().map(|(country, count)| (country.to_string(), *count));
        for (country, count) in here_by_name.chain(elsewhere.countries) {
            let counted = counts.entry(country).or_default();
            *counted = counted.saturating_add(count);
        }
        let mut ranking: Vec<(String, u64)> = counts.into_iter().collect();
        ranking.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let common = match ranking.as_slice() {
            [(_, first), (_, second), ..] if first == second => None,
            [(name, _), ..] => Some(name.clone()),
            [] => None,
        };
        self.all_countries = ranking;
        let bare: Vec<u32> = (0_u32..)
            .zip(&self.rows)
            .filter(|(_, row)| row.is(RowRecord::BARE))
            .map(|(index, _)| index)
            .collect();
        for index in bare {
            let user = self.rows[index as usize].user;
            if user == NOBODY {
                continue;
            }
            let phone = self.users[user as usize].phone.to_string();
            let found = countries[user as usize].and_then(|country| names.get(&country));
            if found.is_some() && found == common.as_ref() {
                continue;
            }
            let found = found.cloned().unwrap_or_default();
            let reason = Reason::OtherCountry(Box::new(OtherCountry { found, common: common.clone() }));
            let at = self.place_of(index, Field::UserPhone);
            self.error(Problem::with_value(reason, at, Field::UserPhone, &phone), index);
        }
        countries
    }

    /// Fields of the user that every task needs, and those of `--require`, of an order too; but not what a flag gives.
    fn needed(&self) -> Vec<Field> {
        let tasks = [Field::AssigneeUsername, Field::Name, Field::AuthId];
        // Without it nobody finds his orders.
        let key = joins_by_id(&self.tables).then_some(Field::UserId);
        let required = self.context.require.iter().copied();
        let all = tasks.into_iter().chain(key).chain(required).filter(|field| *field != Field::UserPhone);
        let mut needed = Vec::new();
        for field in all.filter(|field| !(tasks.contains(field) && self.context.defaults.has(*field))) {
            if !needed.contains(&field) {
                needed.push(field);
            }
        }
        needed
    }

    /// The rows in which something is wrong with a needed field, or with the whole row.
    fn told(&self, needed: &[Field]) -> HashSet<(u16, u32, Option<Field>)> {
        let of_these = self.problems.iter().filter(|problem| match problem.field {
            Some(field) => problem.severity() == Severity::Error && needed.contains(&field),
            None => problem.code() == Code::RaggedRow,
        });
        of_these.map(|problem| (problem.at.table, problem.at.row, problem.field)).collect()
    }

    /// Tells each needed field that no row of the user fills. What could not be read has been told already.
    fn needed_fields(&mut self, user: usize, needed: &[Field], told: &HashSet<(u16, u32, Option<Field>)>) {
        for &field in needed {
            let is_there = match field.is_order() {
                // The rows of an order were looked at one by one; here it is about a user who has none.
                true => self.orders_of(user).next().is_some(),
                false => self.users[user].fields[slot(field)].is_some(),
            };
            let is_told = |&row: &u32| {
                let RowRecord { table, number, .. } = self.rows[row as usize];
                told.contains(&(table, number, Some(field))) || told.contains(&(table, number, None))
            };
            if is_there || self.rows_of(user).iter().any(is_told) {
                continue;
            }
            let row = self.users[user].first_row;
            let at = self.place_of(row, field);
            self.error(Problem { field: Some(field), ..Problem::at(Reason::MissingValue, at) }, row);
        }
    }

    /// Joins the different descriptions of a user; the limit holds for all of them together.
    fn long_description(&mut self, user: usize) {
        let more = std::mem::take(&mut self.users[user].more_descriptions);
        let Some((first, row)) = self.users[user].fields[slot(Field::Description)] else { return };
        if more.is_empty() && self.arena.get(first).len() <= LIMIT {
            return;
        }
        let mut joined = self.arena.get(first).to_owned();
        for span in &more {
            joined.push('\n');
            joined.push_str(self.arena.get(*span));
        }
        let length = joined.chars().count();
        if length > LIMIT {
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            let reason = if more.is_empty() {
                Reason::Text(TextFlaw::TooLong { length })
            } else {
                Reason::JoinedTooLong { length }
            };
            let at = self.place_of(row, Field::Description);
            self.error(Problem::with_value(reason, at, Field::Description, &joined), row);
        } else if !more.is_empty() {
            self.users[user].fields[slot(Field::Description)] = Some((self.arena.push(&joined), row));
        }
    }

    /// A field of an order, counted as in [`Field::ORDER`].
    pub(super) fn order_text(&self, order: &Order, field: usize) -> &str {
        self.arena.get(self.orders.field(order, field))
    }

    /// Computes the total of a user, and whether there is anything to show beside the chat.
    fn settle(&mut self, user: usize, list: ListColumns) {
        if self.users[user].cause.is_some() {
            return;
        }
        let column = self.users[user].fields[slot(Field::TotalAmount)].map(|(span, _)| span);
        let has_orders = self.orders_of(user).next().is_some();
        let sum_of = match self.context.total {
            Some(TotalAmount::Column) => None,
            Some(TotalAmount::SumDue) => Some(Field::DueAmount),
            Some(TotalAmount::SumLoan) => Some(Field::LoanAmount),
            None if column.is_some() => None,
            None => Some(Field::DueAmount),
        };
        let row = self.users[user].first_row;
        let mut settled = Settled { total: Span::default(), has_module: has_orders, assignee: None };
        match sum_of {
            None => settled.total = column.unwrap_or_default(),
            Some(field) => {
                let at = if field == Field::DueAmount { 4 } else { 3 };
                let mut total = Total::default();
                let added = self.orders_of(user).try_for_each(|order| total.add(self.order_text(order, at)));
                if added.is_err() {
                    let at = self.place_of(row, field);
                    self.error(Problem { field: Some(field), ..Problem::at(Reason::TotalTooLarge, at) }, row);
                    return;
                }
                let mut text = String::new();
                total.write(&mut text);
                settled.total = self.arena.push(&text);
                if list.total && self.context.total.is_none() && !settled.total.is_empty() {
                    let at = self.place_of(row, Field::TotalAmount);
                    self.problems.push(Problem {
                        field: Some(Field::TotalAmount),
                        ..Problem::at(Reason::ComputedTotal, at)
                    });
                }
            }
        }
        settled.has_module |= !settled.total.is_empty();
        if list.orders && !has_orders {
            self.problems.push(Problem::at(Reason::NoOrders, self.rows[row as usize].place()));
        }
        self.users[user].settled = settled;
    }

    /// What templates become has the server's limit too.
    fn check_templates(&mut self) {
        for user in 0..self.users.len() {
            if self.users[user].cause.is_some() {
                continue;
            }
            let row = self.users[user].first_row;
            // Cells were measured when they were read.
            for field in [Field::Name, Field::Description] {
                if !self.field(user, field).is_empty() {
                    continue;
                }
                let text = match field {
                    Field::Name => self.rendered_name(user).into_owned(),
                    _ => self.rendered_description(user).into_owned(),
                };
                let length = text.chars().count();
                if length > LIMIT {
                    let reason =
                        Reason::RenderedTooLong { length: u32::try_from(length).unwrap_or(u32::MAX) };
                    let problem = Problem::with_value(reason, self.rows[row as usize].place(), field, &text);
                    self.error(problem, row);
                } else if field == Field::Name && text.trim().is_empty() {
                    let problem = Problem {
                        field: Some(field),
                        ..Problem::at(Reason::MissingValue, self.rows[row as usize].place())
                    };
                    self.error(problem, row);
                }
            }
        }
    }

    /// No task goes out with part of its orders: the rows beside a wrong one are told why they are held back.
    fn withhold_siblings(&mut self) {
        for user in 0..self.users.len() {
            let Some(cause) = self.users[user].cause else { continue };
            // The first in the order of the list is the one to begin with.
            let rows = self.rows_of(user).to_vec();
            let (code, place) = {
                let problem = &self.problems[cause as usize];
                (problem.code(), problem.at)
            };
            for row in rows {
                let record = self.rows[row as usize];
                if !record.is(RowRecord::WRONG) {
                    let reason = Reason::Withheld { code, cause: place };
                    self.problems.push(Problem::at(reason, record.place()));
                }
            }
        }
    }

    /// Deals the assignees out evenly, in the order of the valid users who have none of their own.
    fn deal_out(&mut self) {
        let dealers = self.context.defaults.assignees.len();
        let mut next = 0_usize;
        for user in 0..self.users.len() {
            let record = &mut self.users[user];
            if record.cause.is_none() && record.fields[slot(Field::AssigneeUsername)].is_none() && dealers > 0
            {
                record.settled.assignee = u32::try_from(next % dealers).ok();
                next += 1;
            }
        }
        let mut unused = |flag, field: Field, given: bool| {
            let filled = |user: &super::User| user.cause.is_some() || user.fields[slot(field)].is_some();
            if given && self.users.iter().any(|user| user.cause.is_none()) && self.users.iter().all(filled) {
                self.unused_flags.push(flag);
            }
        };
        unused("--assignee", Field::AssigneeUsername, dealers > 0);
        unused("--name", Field::Name, self.context.defaults.name.is_some());
        unused("--description", Field::Description, self.context.defaults.description.is_some());
        unused("--module-id", Field::ModuleId, self.context.defaults.module_id_is_given);
        unused("--auth-id", Field::AuthId, self.context.defaults.auth_id.is_some());
    }
}

/// What a task gets from its context.
impl Context {
    /// Today as `{date}` shows it.
    pub(super) fn date(&self) -> String {
        self.today.to_string()
    }
}
