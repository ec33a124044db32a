//! Which rows are to be mended.

use std::collections::{BTreeMap, HashMap};

use crate::domain::code::{Code, Severity};
use crate::domain::note::Note;
use crate::domain::phone::country_of;
use crate::domain::place::{Place, RowRange};

/// The rows to be mended, and what else has to be known of the list: four bytes a row.
#[derive(Debug, Default)]
pub struct Offending {
    /// By table, in rising order.
    rows: BTreeMap<u16, Vec<u32>>,
    /// Total rows, which say nothing of the rows below them.
    left_out: BTreeMap<u16, Vec<u32>>,
    /// Rows that the server refused, with the note of their task.
    refused: BTreeMap<(u16, u32), usize>,
    notes: Vec<Note>,
    /// Users among these rows, by the country of their phone.
    countries: HashMap<String, u64>,
}

impl Offending {
    /// Takes in the place of a problem. Places come in the order of tables and rows, each as often as it likes.
    pub fn problem(&mut self, at: Place, code: Code) {
        let rows = match code {
            Code::TotalRow => &mut self.left_out,
            _ if code.severity() == Severity::Error && at.row > 0 => &mut self.rows,
            _ => return,
        };
        let rows = rows.entry(at.table).or_default();
        if rows.last() != Some(&at.row) {
            rows.push(at.row);
        }
    }

    /// Takes in the tasks that the server refused, after all problems: their rows, and why.
    pub fn refused(&mut self, tasks: Vec<(Vec<RowRange>, Note)>) {
        for (places, note) in tasks {
            for (table, first, last) in places {
                self.rows.entry(table).or_default().extend(first..=last);
                self.refused.extend((first..=last).map(|row| ((table, row), self.notes.len())));
            }
            self.notes.push(note);
        }
        for rows in self.rows.values_mut() {
            rows.sort_unstable();
            rows.dedup();
        }
    }

    /// Takes in the phone of a user who is among the rows.
    pub fn user(&mut self, phone: &str) {
        if let Some(country) = country_of(phone) {
            *self.countries.entry(country.to_string()).or_default() += 1;
        }
    }

    /// Whether there is nothing to be mended.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many rows.
    pub fn count(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// Those of a table.
    pub(super) fn rows(&self, table: u16) -> &[u32] {
        self.rows.get(&table).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn is_left_out(&self, table: u16, row: u32) -> bool {
        self.left_out.get(&table).is_some_and(|rows| rows.binary_search(&row).is_ok())
    }

    /// Why the server refused a row.
    pub(super) fn refusal(&self, table: u16, row: u32) -> Option<&Note> {
        self.refused.get(&(table, row)).and_then(|&note| self.notes.get(note))
    }

    /// How many of `all` users are not among the rows, by country.
    pub(super) fn elsewhere(&self, all: &[(String, u64)]) -> Vec<(String, u64)> {
        let here = |country: &str| self.countries.get(country).copied().unwrap_or(0);
        let rest = all.iter().map(|(country, count)| (country.clone(), count.saturating_sub(here(country))));
        rest.filter(|(_, count)| *count > 0).collect()
    }
}
