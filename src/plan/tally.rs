//! What a plan shows when all is decided: its lines in their order, and what they come to.

use std::collections::{HashMap, HashSet};

use super::{Counts, LineRef, NOBODY, Plan, RowRecord};
use crate::domain::code::{Code, Severity};
use crate::domain::money::Total;
use crate::domain::phone::Country;
use crate::domain::problem::Problem;
use crate::lang::say;

impl Plan {
    /// Lists users and stray rows in the order in which they first appear; `--limit` ends the list.
    pub(super) fn list_lines(&mut self, strays: &[(u32, u32)]) {
        let users = (0_u32..).zip(&self.users).map(|(user, record)| (record.first_row, LineRef::User(user)));
        let rows = strays.iter().map(|&(row, problem)| (row, LineRef::Row { row, problem }));
        let mut lines: Vec<(u32, LineRef)> = users.chain(rows).collect();
        lines.sort_by_key(|(row, _)| *row);
        let limit = self.context.limit.map_or(usize::MAX, |limit| limit as usize);
        let mut tasks = 0;
        let mut beyond = HashSet::new();
        for (_, line) in lines {
            let valid = matches!(line, LineRef::User(user) if self.users[user as usize].cause.is_none());
            if tasks == limit {
                let rows = match line {
                    LineRef::User(user) => self.rows_of(user as usize).to_vec(),
                    LineRef::Row { row, .. } => vec![row],
                };
                self.counts.rows_beyond_limit += rows.len() as u64;
                for row in rows {
                    let record = &mut self.rows[row as usize];
                    record.flags |= RowRecord::BEYOND;
                    beyond.insert((record.table, record.number));
                }
                continue;
            }
            tasks += usize::from(valid);
            self.lines.push(line);
        }
        // What is no part of the run has no problems either.
        let counts = |problem: &Problem| !beyond.contains(&(problem.at.table, problem.at.row));
        let problems = (0_u32..).zip(&self.problems);
        let mut sorted: Vec<u32> =
            problems.filter(|(_, problem)| counts(problem)).map(|(index, _)| index).collect();
        sorted.sort_by_key(|&index| (self.problems[index as usize].at, index));
        self.sorted = sorted;
    }

    /// Counts what is listed: rows, tasks, orders, money, phones by country.
    pub(super) fn count(&mut self, country_of: &[Option<Country>]) {
        let mut counts = Counts { rows: self.rows.len() as u64, ..std::mem::take(&mut self.counts) };
        counts.rows_by_file = vec![0; self.files.len()];
        for row in &self.rows {
            if let Some(count) = counts.rows_by_file.get_mut(usize::from(self.file_of(row.table))) {
                *count += 1;
            }
            if row.is(RowRecord::BEYOND) {
                continue;
            }
            let withheld = row.user != NOBODY && self.users[row.user as usize].cause.is_some();
            counts.rows_wrong += u64::from(row.is(RowRecord::WRONG));
            counts.rows_invalid +=
                u64::from(row.is(RowRecord::WRONG) || row.is(RowRecord::HELD_BACK) || withheld);
            counts.total_rows += u64::from(row.is(RowRecord::LEFT_OUT));
            counts.rows_hidden += u64::from(row.is(RowRecord::HIDDEN));
        }
        let mut total = Some(Total::default());
        let mut countries: HashMap<Option<Country>, u64> = HashMap::new();
        for line in &self.lines {
            let LineRef::User(user) = *line else {
                counts.invalid_lines += 1;
                continue;
            };
            let user = user as usize;
            if self.users[user].cause.is_some() {
                counts.invalid_lines += 1;
                continue;
            }
            counts.tasks += 1;
            counts.orders += self.orders_of(user).count() as u64;
            *countries.entry(country_of[user]).or_default() += 1;
            // A sum beyond all size is shown as none; each task has its own.
            let amount = self.arena.get(self.users[user].settled.total);
            total = total.and_then(|mut total| total.add(amount).is_ok().then_some(total));
        }
        if let Some(total) = total {
            total.write(&mut counts.total_amount);
        }
        let name = |country: Option<Country>| {
            country.map_or_else(|| say!("problem-country-unknown"), |country| country.to_string())
        };
        self.countries = countries.into_iter().map(|(country, count)| (name(country), count)).collect();
        self.countries.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        self.counts = counts;
        debug_assert!(
            self.problems.iter().all(|problem| {
                problem.severity() != Severity::Error || problem.code() != Code::Unreadable
            })
        );
    }
}
